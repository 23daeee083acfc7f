/*
 * records/arrivals.c - received documents found again, and the register of them
 * (sổ đăng ký văn bản đến) closed volume by volume.
 */
#include "records/dossiers.h"
#include "records/series.h"
#include "records/uid.h"
#include "records/words.h"

#include <string.h>

enum { WORDS_BYTES = 1 << 20, CANON_BYTES = 64 << 20 };

/* ------------------------------------------------------------------ finding -- */

/* "tiem chung" -> "\"tiem\" \"chung\"": each of the words, wherever it stands. */
static vt_status expression_of(const char *words, vt_buf *out, vt_findings *list) {
    const char *end = words + strlen(words);
    vt_word_forms word;

    while (vt_word_next(&words, end, &word))
        vt_buf_printf(out, "%s\"%s\"", out->len ? " " : "", word.folded);
    return vt_buf_failed(out) ? vt_nomem(list) : VT_OK;
}

static vt_arrived load_arrived(vt_arena *arena, vt_stmt *s) {
    return (vt_arrived){.id = vt_sql_text(arena, s, 0),
                        .year = (int)vt_sql_int(s, 1),
                        .number = vt_sql_int(s, 2),
                        .date = vt_sql_text(arena, s, 3),
                        .sender = vt_sql_text(arena, s, 4),
                        .designation = vt_sql_text(arena, s, 5),
                        .document_date = vt_sql_text(arena, s, 6),
                        .type_name = vt_sql_text(arena, s, 7),
                        .subject = vt_sql_text(arena, s, 8),
                        .to = vt_sql_text(arena, s, 9),
                        .note = vt_sql_text(arena, s, 10),
                        .secrecy = vt_sql_text(arena, s, 11),
                        .dossier = vt_sql_text(arena, s, 12),
                        .issuer = vt_sql_text(arena, s, 13),
                        .superior = vt_sql_text(arena, s, 14)};
}

static vt_status load_all(vt_stmt *stmt, vt_arena *arena, vt_findings *list, vt_arrived **out,
                          size_t *count) {
    size_t cap = 0;
    bool row = true;
    vt_status st = VT_OK;

    while (!(st = vt_sql_row(stmt, list, &row)) && row) {
        *out = vt_grow(arena, *out, &cap, *count + 1, sizeof **out);
        if (!*out) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        (*out)[(*count)++] = load_arrived(arena, stmt);
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

/* ------------------------------------------------------------------ volumes -- */

static void canon(vt_buf *buf, const char *text) {
    vt_buf_printf(buf, "%zu:", strlen(text));
    vt_buf_puts(buf, text);
}

/* What stands in the register of each, for ever, and the hash of its PDF. */
static vt_status hash_range(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                            vt_arrived_volume *v) {
    enum { FIELDS = 12 };
    vt_hash hash;
    vt_buf buf;
    char hex[65];
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT c.uid, c.arrival_date, c.sender, c.designation, c.date, c.type_name, c.subject, "
        "c.to_places, c.signer, c.secrecy, c.note, coalesce(c.sha256, ''), c.arrival_number FROM "
        "received c WHERE c.issuer_id = ? AND c.year = ? AND c.arrival_number BETWEEN ? AND ? "
        "ORDER BY c.arrival_number",
        VT_ARGS(vt_int(issuer), vt_int(v->year), vt_int(v->first), vt_int(v->last)), &stmt);

    v->entries = 0;
    v->first_date = v->last_date = "";
    vt_buf_init(&buf, CANON_BYTES);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        const char *day = vt_sql_view(stmt, 1);

        vt_buf_printf(&buf, "%lld\n", (long long)vt_sql_int(stmt, FIELDS));
        for (int i = 0; i < FIELDS; i++)
            canon(&buf, vt_sql_view(stmt, i));
        if (!*v->first_date || strcmp(day, v->first_date) < 0)
            v->first_date = vt_strdup(arena, day);
        if (strcmp(day, v->last_date) > 0)
            v->last_date = vt_strdup(arena, day);
        v->entries++;
        if (vt_arena_failed(arena)) {
            vt_sql_done(stmt);
            st = vt_nomem(list);
        }
    }
    if (!st && vt_buf_failed(&buf))
        st = vt_nomem(list);
    vt_sha256(buf.data, buf.len, &hash);
    vt_hash_hex(&hash, hex);
    vt_buf_free(&buf);
    v->sha256 = vt_strdup(arena, hex);
    return !st && !v->sha256 ? vt_nomem(list) : st;
}

#define VOLUMES                                                                                    \
    "SELECT i.name, c.year, c.volume, c.first_number, c.last_number, c.first_date, c.last_date, "  \
    "c.entries, c.sha256, c.at, c.actor, c.event_serial, c.event_hash FROM closed_received c "     \
    "JOIN issuer i ON i.issuer_id = c.issuer_id "

static vt_arrived_volume load_volume(vt_arena *arena, vt_stmt *s) {
    return (vt_arrived_volume){.issuer = vt_sql_text(arena, s, 0),
                               .year = (int)vt_sql_int(s, 1),
                               .volume = vt_sql_int(s, 2),
                               .first = vt_sql_int(s, 3),
                               .last = vt_sql_int(s, 4),
                               .first_date = vt_sql_text(arena, s, 5),
                               .last_date = vt_sql_text(arena, s, 6),
                               .entries = vt_sql_int(s, 7),
                               .sha256 = vt_sql_text(arena, s, 8),
                               .at = vt_sql_text(arena, s, 9),
                               .actor = vt_sql_text(arena, s, 10),
                               .event_serial = vt_sql_int(s, 11),
                               .event_hash = vt_sql_text(arena, s, 12)};
}

/* A closed volume, held against its hash. */
static vt_status find_volume(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                             int year, int volume, vt_arrived_volume *out) {
    vt_arrived_volume now;
    vt_stmt *stmt;
    bool row = false;
    vt_status st =
        vt_sql_open(r, list, VOLUMES "WHERE c.issuer_id = ? AND c.year = ? AND c.volume = ?",
                    VT_ARGS(vt_int(issuer), vt_int(year), vt_int(volume)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (!st && !row)
        return vt_bad(list, "SO-22", (vt_place){0},
                      "Xem các quyển đã khoá: vanthu dossier received --volumes.",
                      "Sổ văn bản đến năm %d không có quyển số %d đã khoá.", year, volume);
    if (st)
        return st;
    *out = load_volume(arena, stmt);
    vt_sql_done(stmt);
    now = *out;
    st = hash_range(r, list, arena, issuer, &now);
    if (!st && (strcmp(now.sha256, out->sha256) != 0 || now.entries != out->entries))
        st = vt_bad(list, "SO-23", (vt_place){0}, "Chạy vanthu fsck, đối chiếu với bản đã in.",
                    "Quyển số %d của sổ văn bản đến năm %d không còn đúng với mã băm lúc khoá.",
                    volume, year);
    return st;
}

vt_status vt_records_arrived(vt_records *r, const vt_arrived_query *q, vt_arena *arena,
                             vt_findings *list, vt_arrived **out, size_t *count) {
    vt_arrived_volume volume = {0};
    int64_t of = 0;
    vt_buf words;
    vt_stmt *stmt;
    vt_status st = q->issuer || q->volume ? vt_issuer_named(r, list, q->issuer, &of) : VT_OK;

    *out = NULL;
    *count = 0;
    vt_buf_init(&words, WORDS_BYTES);
    if (!st && q->volume)
        st = find_volume(r, list, arena, of, q->year, q->volume, &volume);
    if (!st)
        st = expression_of(q->words ? q->words : "", &words, list);
    if (!st)
        st = vt_sql_open(r, list,
                         r->backend->named[words.len ? VT_SQL_ARRIVED_WORDS : VT_SQL_ARRIVED],
                         VT_ARGS(vt_int(of), vt_int(q->year), vt_int(volume.first),
                                 vt_int(volume.last), vt_text(words.len ? words.data : "")),
                         &stmt);
    if (!st)
        st = load_all(stmt, arena, list, out, count);
    vt_buf_free(&words);
    return st;
}

vt_status vt_records_arrived_volumes(vt_records *r, const char *issuer, int year, vt_arena *arena,
                                     vt_findings *list, vt_arrived_volume **out, size_t *count) {
    size_t cap = 0;
    int64_t of = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = issuer ? vt_issuer_named(r, list, issuer, &of) : VT_OK;

    *out = NULL;
    *count = 0;
    if (!st)
        st = vt_sql_open(r, list,
                         VOLUMES "WHERE (?1 = 0 OR c.issuer_id = ?1) AND (?2 = 0 OR c.year = ?2) "
                                 "ORDER BY c.issuer_id, c.year, c.volume",
                         VT_ARGS(vt_int(of), vt_int(year)), &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        *out = vt_grow(arena, *out, &cap, *count + 1, sizeof **out);
        if (!*out) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        (*out)[(*count)++] = load_volume(arena, stmt);
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

/* ------------------------------------------------------------------ closing -- */

static vt_status log_head(vt_records *r, vt_findings *list, vt_arena *arena, vt_arrived_volume *v) {
    vt_anchor head;
    vt_status st = vt_records_head(r, list, &head);

    v->event_serial = head.serial;
    v->event_hash = vt_strdup(arena, head.hash);
    return !st && !v->event_hash ? vt_nomem(list) : st;
}

/* From behind the last closed number to the last one that came in by day `to`. */
static vt_status next_range(vt_records *r, vt_findings *list, int64_t issuer, vt_date to,
                            vt_arrived_volume *v) {
    char day[11] = "9999-12-31";
    vt_stmt *stmt;
    bool row = false;
    vt_status st;

    if (to.year)
        vt_date_iso(vt_date_last(to), day);
    st = vt_sql_open(
        r, list,
        "SELECT (SELECT 1 + count(*) FROM closed_received WHERE issuer_id = ?1 AND year = ?2), "
        "coalesce(min(c.arrival_number), 0), coalesce(max(CASE WHEN c.arrival_date <= ?3 THEN "
        "c.arrival_number ELSE 0 END), 0) FROM received c WHERE c.issuer_id = ?1 AND c.year = ?2 "
        "AND c.arrival_number > coalesce((SELECT max(last_number) FROM closed_received WHERE "
        "issuer_id = ?1 AND year = ?2), 0)",
        VT_ARGS(vt_int(issuer), vt_int(v->year), vt_text(day)), &stmt);
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    v->volume = vt_sql_int(stmt, 0);
    v->first = vt_sql_int(stmt, 1);
    v->last = vt_sql_int(stmt, 2);
    vt_sql_done(stmt);
    if (v->first && v->first <= v->last)
        return VT_OK;
    return vt_bad(list, "SO-21", (vt_place){0}, NULL,
                  "Sổ văn bản đến năm %d không có số nào mới để khoá thành quyển.", v->year);
}

static vt_status add_volume(vt_records *r, vt_findings *list, int64_t issuer,
                            const vt_arrived_volume *v, const char *uid) {
    vt_status st = vt_sql_run(
        r, list,
        "INSERT INTO closed_received(uid, issuer_id, year, volume, first_number, last_number, "
        "first_date, last_date, entries, sha256, event_serial, event_hash, actor, at) VALUES (?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        VT_ARGS(vt_text(uid), vt_int(issuer), vt_int(v->year), vt_int(v->volume), vt_int(v->first),
                vt_int(v->last), vt_text(v->first_date), vt_text(v->last_date), vt_int(v->entries),
                vt_text(v->sha256), vt_int(v->event_serial), vt_text(v->event_hash),
                vt_text(v->actor), vt_text(v->at)));

    if (!st)
        st = vt_event_json(r, list, "close-received", uid,
                           json_pack("{s:i, s:I, s:I, s:I, s:I, s:s}", "year", v->year, "volume",
                                     (json_int_t)v->volume, "first", (json_int_t)v->first, "last",
                                     (json_int_t)v->last, "entries", (json_int_t)v->entries,
                                     "sha256", v->sha256));
    return st ? st : vt_event_anchor(r, list, uid, v->at);
}

static vt_status close_next(vt_records *r, const char *issuer, vt_date to, vt_arena *arena,
                            vt_findings *list, vt_arrived_volume *v) {
    char uid[VT_UID_CHARS + 1], at[VT_TIME_CHARS + 1];
    int64_t of = 0;
    vt_status st = vt_issuer_named(r, list, issuer, &of);

    if (!st)
        st = next_range(r, list, of, to, v);
    if (!st)
        st = hash_range(r, list, arena, of, v);
    if (!st)
        st = log_head(r, list, arena, v);
    vt_time_utc(r->world.now_ms(r->world.ctx), at);
    v->at = vt_strdup(arena, at);
    v->actor = r->actor;
    if (!st && (!v->at || !vt_uid_make(&r->world, uid)))
        st = vt_nomem(list);
    if (!st)
        st = add_volume(r, list, of, v, uid);
    return st ? st : log_head(r, list, arena, v); /* with the closing itself */
}

vt_status vt_records_arrived_close(vt_records *r, const char *issuer, int year, vt_date to,
                                   vt_arena *arena, vt_findings *list, vt_arrived_volume *out) {
    bool own;
    vt_status st = vt_dossier_begin(r, list, &own);

    *out = (vt_arrived_volume){.year = year};
    if (st)
        return st;
    st = close_next(r, issuer, to, arena, list, out);
    return vt_dossier_end(r, list, own, st);
}
