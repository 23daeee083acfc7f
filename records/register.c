/*
 * records/register.c - the register of outgoing documents: its rows, and what
 * was closed of it.
 */
#include "records/register.h"
#include "records/series.h"

#include <stdio.h>
#include <string.h>

enum { JOINED_BYTES = 1 << 20, CANON_BYTES = 256 << 20 };

/* ------------------------------------------------------------------- rows -- */

static const char *number_text(vt_arena *arena, vt_stmt *s) {
    return vt_printf(arena, "%lld%s", (long long)vt_sql_int(s, 0), vt_sql_view(s, 1));
}

/* The day in Viet Nam of a moment in UTC. */
static const char *local_day(vt_arena *arena, const char *utc) {
    vt_date d;
    char day[11], iso[11];

    snprintf(day, sizeof day, "%.10s", utc);
    if (strlen(utc) < 13 || !vt_date_parse(day, &d))
        return "";
    int hour = (utc[11] - '0') * 10 + (utc[12] - '0');
    vt_date_iso(vt_time_day((vt_date_days(d) * 24 + hour) * INT64_C(3600000)), iso);
    return vt_strdup(arena, iso);
}

static vt_register_row load_row(vt_arena *arena, vt_stmt *s) {
    return (vt_register_row){.number = number_text(arena, s),
                             .state = vt_sql_text(arena, s, 2),
                             .designation = vt_sql_text(arena, s, 3),
                             .date = vt_sql_text(arena, s, 4),
                             .reason = vt_sql_text(arena, s, 5),
                             .holder = vt_sql_text(arena, s, 6),
                             .until = vt_sql_text(arena, s, 7),
                             .actor = vt_sql_text(arena, s, 8),
                             .disorder = vt_sql_text(arena, s, 9),
                             .type_name = vt_sql_text(arena, s, 10),
                             .subject = vt_sql_text(arena, s, 11),
                             .secrecy = vt_sql_text(arena, s, 12),
                             .urgency = vt_sql_text(arena, s, 13),
                             .amount = vt_sql_int(s, 14),
                             .document_state = vt_sql_text(arena, s, 15),
                             .sent = local_day(arena, vt_sql_view(s, 16)),
                             .undone = vt_sql_text(arena, s, 17),
                             .undone_why = vt_sql_text(arena, s, 18),
                             .signers = "",
                             .recipients = "",
                             .keepers = ""};
}

static void count_row(vt_register_part *part, const vt_register_row *row) {
    part->used += *row->state == 'u';
    part->voided += *row->state == 'v';
    part->reserved += *row->state == 'r';
    if (!*row->date || *row->disorder)
        return;
    if (!*part->first_date)
        part->first_date = row->date;
    part->last_date = row->date;
}

/* The last step that took a document out of use. */
#define UNDONE(column)                                                                             \
    "coalesce((SELECT s." column " FROM step s WHERE s.document_id = d.document_id AND s.act IN "  \
    "('recall', 'replace') ORDER BY s.ordinal DESC LIMIT 1), '')"

static vt_status load_rows(vt_records *r, vt_findings *list, vt_arena *arena, int64_t series,
                           vt_register_part *part) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT n.number, n.suffix, n.state, coalesce(d.designation, ''), coalesce(n.date, ''), "
        "n.reason, n.holder, n.until, n.actor, n.disorder, coalesce(d.type_name, ''), "
        "coalesce(d.subject, ''), coalesce(d.secrecy, ''), coalesce(d.urgency, ''), "
        "coalesce(d.amount, 0), coalesce(d.state, ''), coalesce((SELECT min(s.at) FROM step s "
        "WHERE s.document_id = d.document_id AND s.to_state = 'issued' AND s.act <> 'import'), "
        "''), " UNDONE("act") ", " UNDONE(
            "note") " FROM number n LEFT JOIN document d ON d.number_id = "
                    "n.number_id "
                    "WHERE n.series_id = ? AND n.number BETWEEN ? AND ? ORDER "
                    "BY n.number, n.suffix",
        VT_ARGS(vt_int(series), vt_int(part->first), vt_int(part->last)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        part->rows = vt_grow(arena, part->rows, &cap, part->row_count + 1, sizeof *part->rows);
        if (!part->rows) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        part->rows[part->row_count] = load_row(arena, stmt);
        count_row(part, &part->rows[part->row_count++]);
    }
    return st;
}

/* ------------------------------------------- what belongs to several rows -- */

typedef void put_fn(vt_arena *arena, vt_register_row *row, vt_stmt *stmt);

static const char *joined(vt_arena *arena, const char *before, const char *more) {
    return *before ? vt_printf(arena, "%s; %s", before, more) : vt_strdup(arena, more);
}

static void put_person(vt_arena *arena, vt_register_row *row, vt_stmt *s) {
    row->signers = joined(arena, row->signers, vt_sql_view(s, 2));
}

static void put_recipient(vt_arena *arena, vt_register_row *row, vt_stmt *s) {
    const char **to = vt_sql_int(s, 3) == 2 ? &row->keepers : &row->recipients;

    *to = joined(arena, *to, vt_sql_view(s, 2));
}

static void put_relation(vt_arena *arena, vt_register_row *row, vt_stmt *s) {
    vt_relation *all = vt_alloc_array(arena, row->relation_count + 1, sizeof *all);

    if (!all)
        return;
    if (row->relation_count)
        memcpy(all, row->relations, row->relation_count * sizeof *all);
    all[row->relation_count] = (vt_relation){.kind = vt_sql_text(arena, s, 2),
                                             .designation = vt_sql_text(arena, s, 3),
                                             .date = vt_sql_text(arena, s, 4),
                                             .reason = vt_sql_text(arena, s, 5),
                                             .id = vt_sql_text(arena, s, 6),
                                             .passive = true};
    row->relations = all;
    row->relation_count++;
}

/* Rows of `sql` come in the register's order; each goes to its number's row. */
static vt_status attach(vt_records *r, vt_findings *list, vt_arena *arena, int64_t series,
                        vt_register_part *part, const char *sql, put_fn *put) {
    vt_stmt *stmt;
    bool row = true;
    size_t at = 0;
    char number[40];
    vt_status st = vt_sql_open(
        r, list, sql, VT_ARGS(vt_int(series), vt_int(part->first), vt_int(part->last)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        snprintf(number, sizeof number, "%lld%s", (long long)vt_sql_int(stmt, 0),
                 vt_sql_view(stmt, 1));
        while (at < part->row_count && strcmp(part->rows[at].number, number) != 0)
            at++;
        if (at < part->row_count)
            put(arena, &part->rows[at], stmt);
    }
    return st;
}

#define OF_NUMBERS "FROM number n JOIN document d ON d.number_id = n.number_id JOIN "
#define IN_RANGE "WHERE n.series_id = ? AND n.number BETWEEN ? AND ? ORDER BY n.number, n.suffix, "

static vt_status load_part(vt_records *r, vt_findings *list, vt_arena *arena, int64_t series,
                           vt_register_part *part) {
    vt_status st = load_rows(r, list, arena, series, part);

    if (!st)
        st = attach(r, list, arena, series, part,
                    "SELECT n.number, n.suffix, s.name " OF_NUMBERS
                    "signer s ON s.document_id = d.document_id " IN_RANGE "s.ordinal",
                    put_person);
    if (!st)
        st = attach(r, list, arena, series, part,
                    "SELECT n.number, n.suffix, p.name, p.role " OF_NUMBERS
                    "recipient p ON p.document_id = d.document_id " IN_RANGE "p.ordinal",
                    put_recipient);
    if (!st)
        st = attach(
            r, list, arena, series, part,
            "SELECT n.number, n.suffix, x.kind, o.designation, o.date, x.reason, o.uid " OF_NUMBERS
            "relation x ON x.other_id = d.document_id JOIN document o ON "
            "o.document_id = x.document_id " IN_RANGE "o.date, o.document_id",
            put_relation);
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

/* ------------------------------------------------------------------- hash -- */

static void canon(vt_buf *buf, const char *text) {
    vt_buf_printf(buf, "%zu:%s", strlen(text), text);
}

/* The rows as they stay for ever: what happens to a document later on (recalled,
   corrected) is not among it. */
static const char *hash_rows(vt_arena *arena, const vt_register_part *part) {
    vt_hash hash;
    vt_buf buf;
    char hex[65];
    bool failed;

    vt_buf_init(&buf, CANON_BYTES);
    canon(&buf, part->series.id);
    for (size_t i = 0; i < part->row_count; i++) {
        const vt_register_row *row = &part->rows[i];
        const char *const fields[] = {
            row->number,    row->state,      row->designation, row->date,
            row->type_name, row->subject,    row->secrecy,     row->urgency,
            row->signers,   row->recipients, row->keepers,     row->reason,
            row->holder,    row->until,      row->actor,       row->disorder};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
            canon(&buf, fields[k]);
        vt_buf_printf(&buf, "%lld\n", (long long)row->amount);
    }
    failed = vt_buf_failed(&buf);
    vt_sha256(buf.data, buf.len, &hash);
    vt_buf_free(&buf);
    vt_hash_hex(&hash, hex);
    return failed ? NULL : vt_strdup(arena, hex);
}

/* ----------------------------------------------------------------- ranges -- */

static vt_status series_id(vt_records *r, vt_findings *list, const char *uid, int64_t *out) {
    return vt_sql_number(r, list, "SELECT series_id FROM series WHERE uid = ?",
                         VT_ARGS(vt_text(uid)), out);
}

static const char *bound(vt_date d, char iso[11], bool last) {
    if (last)
        d = vt_date_last(d);
    vt_date_iso((vt_date){d.year, d.month ? d.month : 1, d.day ? d.day : 1}, iso);
    return iso;
}

/* Numbers of documents in the order of their dates, which is that of the numbers where
   nobody said why not; "152a" goes with 152. */
#define DATED "FROM number WHERE series_id = ? AND suffix = '' AND disorder = '' AND date "

/* What a number without a date is behind decides where it belongs: so the range
   begins with a document, or where the series begins. */
static vt_status find_first(vt_records *r, vt_findings *list, int64_t series, vt_date from,
                            int64_t *out) {
    char iso[11];
    int64_t before = 0;
    vt_status st = VT_OK;

    if (from.year)
        st = vt_sql_number(r, list,
                           "SELECT number " DATED "< ? ORDER BY date DESC, number DESC LIMIT 1",
                           VT_ARGS(vt_int(series), vt_text(bound(from, iso, false))), &before);
    if (!st && before)
        return vt_sql_number(
            r, list, "SELECT number " DATED ">= ? AND number > ? ORDER BY date, number LIMIT 1",
            VT_ARGS(vt_int(series), vt_text(iso), vt_int(before)), out);
    return st ? st
              : vt_sql_number(r, list,
                              "SELECT coalesce(min(number), 0) FROM number WHERE series_id = ?",
                              VT_ARGS(vt_int(series)), out);
}

static vt_status find_last(vt_records *r, vt_findings *list, int64_t series, vt_date to,
                           int64_t *out) {
    char iso[11];
    int64_t behind = 0;
    vt_status st = VT_OK;

    if (to.year)
        st = vt_sql_number(r, list, "SELECT number " DATED "> ? ORDER BY date, number LIMIT 1",
                           VT_ARGS(vt_int(series), vt_text(bound(to, iso, true))), &behind);
    *out = behind - 1;
    if (st || behind)
        return st;
    return vt_sql_number(r, list, "SELECT coalesce(max(number), 0) FROM number WHERE series_id = ?",
                         VT_ARGS(vt_int(series)), out);
}

/* The numbers of a range of days; a part without any has first 0. */
static vt_status find_range(vt_records *r, vt_findings *list, int64_t series,
                            const vt_register_query *q, vt_register_part *part) {
    vt_status st = find_first(r, list, series, q->from, &part->first);

    if (!st)
        st = find_last(r, list, series, q->to, &part->last);
    if (!st && part->last < part->first)
        part->first = part->last = 0;
    return st;
}

/* --------------------------------------------------------- closed volumes -- */

static vt_status find_volume(vt_records *r, vt_findings *list, vt_arena *arena, int64_t series,
                             int volume, vt_register_part *part) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(r, list,
                               "SELECT volume, first_number, last_number, sha256, at, actor FROM "
                               "closed_register WHERE series_id = ? AND volume = ?",
                               VT_ARGS(vt_int(series), vt_int(volume)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st)
        return st;
    if (!row)
        return vt_bad(list, "SO-22", (vt_place){.path = part->series.book},
                      "Xem các quyển đã khoá: vanthu register --volumes.",
                      "Sổ %s/%s không có quyển số %d đã khoá.", part->series.book,
                      part->series.period, volume);
    part->volume = vt_sql_int(stmt, 0);
    part->first = vt_sql_int(stmt, 1);
    part->last = vt_sql_int(stmt, 2);
    part->sha256 = vt_sql_text(arena, stmt, 3);
    part->closed_at = vt_sql_text(arena, stmt, 4);
    part->closed_by = vt_sql_text(arena, stmt, 5);
    vt_sql_done(stmt);
    return VT_OK;
}

/* A closed volume is held against its hash each time it is read. */
static vt_status check_volume(vt_findings *list, const char *now, const vt_register_part *part) {
    if (strcmp(now, part->sha256) == 0)
        return VT_OK;
    return vt_bad(list, "SO-23", (vt_place){.path = part->series.book},
                  "So với bản đã in và với bản sao lưu; chạy vanthu audit verify.",
                  "Quyển số %lld của sổ %s/%s không còn như khi khoá: mã băm nay là %s, khi khoá "
                  "là %s.",
                  (long long)part->volume, part->series.book, part->series.period, now,
                  part->sha256);
}

/* ------------------------------------------------------------------ parts -- */

static vt_status fill_part(vt_records *r, vt_findings *list, vt_arena *arena,
                           const vt_register_query *q, vt_register_part *part) {
    int64_t series = 0;
    const char *now;
    vt_status st = series_id(r, list, part->series.id, &series);

    if (!st)
        st = q->volume ? find_volume(r, list, arena, series, q->volume, part)
                       : find_range(r, list, series, q, part);
    if (!st && part->first)
        st = load_part(r, list, arena, series, part);
    if (st)
        return st;
    now = hash_rows(arena, part);
    if (!now)
        return vt_nomem(list);
    if (part->volume)
        return check_volume(list, now, part);
    part->sha256 = now;
    return VT_OK;
}

/* Has the series days of this year? */
static bool year_wanted(const vt_series *s, int year) {
    char first[11], last[11];

    if (!year)
        return true;
    vt_date_iso((vt_date){year, 1, 1}, first);
    vt_date_iso((vt_date){year, 12, 31}, last);
    return (!*s->opens || strcmp(s->opens, last) <= 0) &&
           (!*s->closes || strcmp(s->closes, first) >= 0);
}

static vt_status several_issuers(vt_findings *list, const vt_series *a, const vt_series *b) {
    return vt_bad(list, "SO-16", (vt_place){0}, "Thêm --issuer \"TÊN CƠ QUAN\".",
                  "Kho có sổ của nhiều cơ quan (%s; %s ...): mỗi sổ in là của một cơ quan.",
                  a->issuer, b->issuer);
}

static vt_status choose_parts(vt_records *r, vt_findings *list, vt_arena *arena,
                              const vt_register_query *q, vt_register *out) {
    vt_series *all;
    size_t count = 0;
    const vt_series *first = NULL;
    vt_status st = vt_series_list(r, q->issuer, q->series, false, arena, list, &all, &count);

    out->parts = st ? NULL : vt_alloc_array(arena, count + 1, sizeof *out->parts);
    if (st || !out->parts)
        return st ? st : vt_nomem(list);
    for (size_t i = 0; i < count; i++) {
        if (!year_wanted(&all[i], q->year))
            continue;
        if (first && (strcmp(first->issuer, all[i].issuer) != 0 ||
                      strcmp(first->superior, all[i].superior) != 0))
            return several_issuers(list, first, &all[i]);
        first = first ? first : &all[i];
        out->parts[out->part_count++] = (vt_register_part){
            .series = all[i], .first_date = "", .last_date = "", .closed_at = "", .closed_by = ""};
    }
    if (!first)
        return vt_bad(list, "SO-16", (vt_place){.path = q->series}, "Xem các sổ: vanthu series.",
                      "Kho không có sổ nào như vậy.");
    if (q->volume && out->part_count > 1)
        return vt_bad(list, "SO-16", (vt_place){.path = q->series},
                      "Nói rõ: --series SỔ/KỲ; xem các sổ: vanthu series.",
                      "Có %zu sổ như vậy; quyển số chỉ là của một sổ.", out->part_count);
    out->superior = first->superior;
    out->issuer = first->issuer;
    return VT_OK;
}

/* Parts without a number in the range are left out. */
static void drop_empty(vt_register *out) {
    size_t n = 0;

    for (size_t i = 0; i < out->part_count; i++)
        if (out->parts[i].row_count)
            out->parts[n++] = out->parts[i];
    out->part_count = n;
}

static vt_status read_head(vt_records *r, vt_findings *list, vt_arena *arena, vt_register *out) {
    vt_anchor head;
    vt_status st = vt_records_head(r, list, &head);

    out->event_serial = head.serial;
    out->event_hash = head.serial ? vt_strdup(arena, head.hash) : "";
    return !st && !out->event_hash ? vt_nomem(list) : st;
}

static vt_status read_all(vt_records *r, const vt_register_query *q, vt_arena *arena,
                          vt_findings *list, vt_register *out) {
    vt_status st = read_head(r, list, arena, out);

    if (!st)
        st = choose_parts(r, list, arena, q, out);
    for (size_t i = 0; !st && i < out->part_count; i++)
        st = fill_part(r, list, arena, q, &out->parts[i]);
    if (st)
        return st;
    drop_empty(out);
    if (!out->part_count)
        return vt_bad(list, "SO-21", (vt_place){.path = q->series},
                      "Xem sổ có những ngày nào: vanthu series.",
                      "Không có số nào trong khoảng ấy.");
    return VT_OK;
}

vt_status vt_records_register(vt_records *r, const vt_register_query *q, vt_arena *arena,
                              vt_findings *list, vt_register *out) {
    bool own;
    vt_status st = vt_reading_begin(r, list, &own);

    *out = (vt_register){0};
    if (!st)
        st = vt_reading_end(r, own, read_all(r, q, arena, list, out));
    return st;
}

/* ---------------------------------------------------------------- closing -- */

static vt_status still_held(vt_findings *list, const vt_register_part *part) {
    const char *number = "";

    for (size_t i = part->row_count; i-- > 0;)
        if (*part->rows[i].state == 'r')
            number = part->rows[i].number;
    return vt_bad(list, "SO-18", (vt_place){.path = part->series.book},
                  "Dùng số ấy, hoặc huỷ nó: vanthu void SỔ SỐ --reason LÝ-DO; rồi khoá lại.",
                  "Sổ %s/%s còn %zu số đang giữ chỗ (%s ...), chưa khoá quyển được.",
                  part->series.book, part->series.period, part->reserved, number);
}

/* From behind the last closed number on; false: nothing is left. */
static vt_status open_rows(vt_records *r, vt_findings *list, int64_t series, vt_register_part *part,
                           int64_t *volume) {
    int64_t closed = 0;
    vt_status st = vt_sql_number(
        r, list, "SELECT coalesce(max(last_number), 0) FROM closed_register WHERE series_id = ?",
        VT_ARGS(vt_int(series)), &closed);

    if (!st)
        st = vt_sql_number(
            r, list, "SELECT coalesce(max(volume), 0) + 1 FROM closed_register WHERE series_id = ?",
            VT_ARGS(vt_int(series)), volume);
    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT coalesce(min(number), 0) FROM number WHERE series_id = ? AND "
                           "number > ?",
                           VT_ARGS(vt_int(series), vt_int(closed)), &part->first);
    return st;
}

static vt_status add_volume(vt_records *r, vt_findings *list, vt_arena *arena, int64_t series,
                            int64_t volume, const vt_register *all, vt_register_part *part) {
    char uid[VT_UID_CHARS + 1], at[VT_TIME_CHARS + 1];

    if (!vt_uid_make(&r->world, uid))
        return vt_nomem(list);
    vt_time_utc(r->world.now_ms(r->world.ctx), at);
    part->volume = volume;
    part->closed_at = vt_strdup(arena, at);
    part->closed_by = r->actor;
    vt_status st = vt_sql_run(
        r, list,
        "INSERT INTO closed_register(uid, series_id, volume, first_number, last_number, "
        "first_date, last_date, entries, sha256, event_serial, event_hash, actor, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        VT_ARGS(vt_text(uid), vt_int(series), vt_int(volume), vt_int(part->first),
                vt_int(part->last), vt_text(part->first_date), vt_text(part->last_date),
                vt_int((int64_t)part->row_count), vt_text(part->sha256), vt_int(all->event_serial),
                vt_text(all->event_hash), vt_text(r->actor), vt_text(at)));
    if (!st)
        st = vt_event_json(r, list, "close-register", uid,
                           json_pack("{s:s, s:I, s:I, s:I, s:I, s:s}", "series", part->series.id,
                                     "volume", (json_int_t)volume, "first", (json_int_t)part->first,
                                     "last", (json_int_t)part->last, "entries",
                                     (json_int_t)part->row_count, "sha256", part->sha256));
    return st ? st : vt_event_anchor(r, list, uid, at);
}

static vt_status close_part(vt_records *r, vt_findings *list, vt_arena *arena,
                            const vt_register_query *q, const vt_register *all,
                            vt_register_part *part) {
    int64_t series = 0, volume = 0;
    vt_status st = series_id(r, list, part->series.id, &series);

    if (!st)
        st = find_range(r, list, series, q, part);
    if (!st)
        st = open_rows(r, list, series, part, &volume);
    if (st || !part->first || part->first > part->last)
        return st; /* nothing new: the part stays empty */
    st = load_part(r, list, arena, series, part);
    if (!st && part->reserved)
        st = still_held(list, part);
    part->sha256 = st ? NULL : hash_rows(arena, part);
    if (!st && !part->sha256)
        st = vt_nomem(list);
    return st ? st : add_volume(r, list, arena, series, volume, all, part);
}

static vt_status close_all(vt_records *r, const vt_register_query *q, vt_arena *arena,
                           vt_findings *list, vt_register *out) {
    vt_status st = read_head(r, list, arena, out);

    if (!st)
        st = choose_parts(r, list, arena, q, out);
    for (size_t i = 0; !st && i < out->part_count; i++)
        st = close_part(r, list, arena, q, out, &out->parts[i]);
    if (st)
        return st;
    drop_empty(out);
    if (!out->part_count)
        return vt_bad(
            list, "SO-21", (vt_place){.path = q->series}, NULL,
            "Không có số nào mới để khoá thành quyển: mọi số đã nằm trong các quyển trước.");
    return read_head(r, list, arena, out); /* with the closing itself */
}

vt_status vt_records_register_close(vt_records *r, const vt_register_query *q, vt_arena *arena,
                                    vt_findings *list, vt_register *out) {
    vt_status st;

    *out = (vt_register){0};
    if (q->from.year || q->volume)
        return vt_bad(list, "SO-20", (vt_place){0}, "Bỏ --from hoặc --volume; dùng --to nếu cần.",
                      "Quyển mới luôn bắt đầu từ số kế tiếp của quyển đã khoá trước.");
    if (r->acting)
        return close_all(r, q, arena, list, out);
    st = vt_records_begin(r, list);
    if (st)
        return st;
    st = close_all(r, q, arena, list, out);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

/* ---------------------------------------------------------------- volumes -- */

vt_status vt_records_volumes(vt_records *r, const char *issuer, vt_arena *arena, vt_findings *list,
                             vt_volume **out, size_t *count) {
    vt_volume *all = NULL;
    size_t cap = 0;
    int64_t of = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = issuer ? vt_issuer_named(r, list, issuer, &of) : VT_OK;

    *count = 0;
    if (!st)
        st = vt_sql_open(r, list,
                         "SELECT i.name, s.book, s.period, c.volume, c.first_number, "
                         "c.last_number, c.first_date, c.last_date, c.sha256, c.at, c.actor FROM "
                         "closed_register c JOIN series s ON s.series_id = c.series_id JOIN issuer "
                         "i ON i.issuer_id = s.issuer_id WHERE ?1 = 0 OR s.issuer_id = ?1 "
                         "ORDER BY s.issuer_id, s.book, s.opens, s.series_id, c.volume",
                         VT_ARGS(vt_int(of)), &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        all = vt_grow(arena, all, &cap, *count + 1, sizeof *all);
        if (!all) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        all[(*count)++] = (vt_volume){.issuer = vt_sql_text(arena, stmt, 0),
                                      .book = vt_sql_text(arena, stmt, 1),
                                      .period = vt_sql_text(arena, stmt, 2),
                                      .volume = vt_sql_int(stmt, 3),
                                      .first = vt_sql_int(stmt, 4),
                                      .last = vt_sql_int(stmt, 5),
                                      .first_date = vt_sql_text(arena, stmt, 6),
                                      .last_date = vt_sql_text(arena, stmt, 7),
                                      .sha256 = vt_sql_text(arena, stmt, 8),
                                      .at = vt_sql_text(arena, stmt, 9),
                                      .actor = vt_sql_text(arena, stmt, 10)};
    }
    *out = all;
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}
