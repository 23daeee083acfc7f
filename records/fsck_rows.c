/*
 * records/fsck_rows.c - rows against the log.
 *
 * The last line of the log that has the hash of an object's rows (records/rows.c)
 * says how they stand; a row that was changed, put in or taken out beside the log is
 * named by its object.  Numbers held and void have no object of their own: there the
 * log's words are followed, one act after the other, and must end where the row is.
 */
#include "records/fsck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REMEDY                                                                                     \
    "Đối chiếu với bản sao lưu và nhật ký (vanthu audit export); phục hồi từ bản sao lưu."

/* ----------------------------------------------------------------- objects -- */

/* The hash the log has last for an object; "" when it has none. */
static vt_status last_row(vt_inspection *c, const char *uid, char out[VT_ROW_CHARS + 1],
                          int64_t *serial) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(
        c->r, c->list,
        "SELECT detail, serial FROM event WHERE object = ? AND instr(detail, '\"row\":\"') > 0 "
        "ORDER BY serial DESC LIMIT 1",
        VT_ARGS(vt_text(uid)), &stmt);
    json_t *detail;
    const char *hash;

    *out = '\0';
    *serial = 0;
    if (!st)
        st = vt_sql_row(stmt, c->list, &row);
    if (st || !row)
        return st;
    detail = json_loads(vt_sql_view(stmt, 0), 0, NULL);
    hash = json_string_value(json_object_get(detail, "row"));
    snprintf(out, VT_ROW_CHARS + 1, "%s", hash ? hash : "");
    *serial = vt_sql_int(stmt, 1);
    json_decref(detail);
    vt_sql_done(stmt);
    return VT_OK;
}

/* What is wrong with an object of this kind, as people call it. */
static const char *const NAMES[VT_ROW_KINDS] = {
    [VT_ROW_DOCUMENT] = "Văn bản",
    [VT_ROW_VOLUME] = "Quyển sổ đã khoá",
    [VT_ROW_ARRIVALS] = "Quyển sổ văn bản đến đã khoá",
    [VT_ROW_IMPORT] = "Lần nhập sổ cũ",
    [VT_ROW_RECEIVED] = "Văn bản đến",
    [VT_ROW_DOSSIER] = "Hồ sơ",
    [VT_ROW_TRANSFER] = "Biên bản",
};

/* As people know it: a document by what is printed on it. */
static vt_status name_of(vt_inspection *c, vt_row_kind kind, const char *uid, char *out,
                         size_t size) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st;

    snprintf(out, size, "%s", uid);
    if (kind != VT_ROW_DOCUMENT)
        return VT_OK;
    st = vt_sql_open(c->r, c->list,
                     "SELECT designation, date FROM document WHERE uid = ? AND designation <> ''",
                     VT_ARGS(vt_text(uid)), &stmt);
    if (!st)
        st = vt_sql_row(stmt, c->list, &row);
    if (st || !row)
        return st;
    snprintf(out, size, "%s ngày %s (mã %s)", vt_sql_view(stmt, 0),
             vt_day(vt_sql_view(stmt, 1)).text, uid);
    vt_sql_done(stmt);
    return VT_OK;
}

/* An object's rows as they stand, and as the log has them. */
typedef struct both {
    char stands[VT_ROW_CHARS + 1], logged[VT_ROW_CHARS + 1];
    int64_t serial;
} both;

static vt_status read_both(vt_inspection *c, vt_row_kind kind, int64_t id, const char *uid,
                           both *out) {
    vt_status st = vt_row_hash(c->r, c->list, kind, id, out->stands);

    return st ? st : last_row(c, uid, out->logged, &out->serial);
}

static vt_status check_object(vt_inspection *c, vt_row_kind kind, int64_t id, const char *uid) {
    char name[256], text[512];
    both is;
    bool own;
    vt_status st = read_both(c, kind, id, uid, &is);

    if (st || strcmp(is.stands, is.logged) == 0)
        return st;
    st = vt_reading_begin(c->r, c->list, &own); /* an act may have come between the two */
    if (!st)
        st = vt_reading_end(c->r, own, read_both(c, kind, id, uid, &is));
    if (st || strcmp(is.stands, is.logged) == 0)
        return st;
    st = name_of(c, kind, uid, name, sizeof name);
    if (*is.logged)
        snprintf(
            text, sizeof text,
            "%s %s trong sổ không còn như dòng %lld của nhật ký ghi: có dòng bị sửa, thêm hoặc "
            "xoá ngoài chương trình.",
            NAMES[kind], name, (long long)is.serial);
    else
        snprintf(text, sizeof text, "%s %s có trong sổ mà nhật ký không ghi.", NAMES[kind], name);
    vt_fsck_wrong(c, "KHO-32", uid, REMEDY, text);
    return st;
}

static vt_status check_kind(vt_inspection *c, vt_row_kind kind) {
    char uid[VT_UID_CHARS + 1];
    int64_t id = 0;
    vt_status st;

    while (!(st = vt_row_next(c->r, c->list, kind, &id, uid)) && id)
        if ((st = check_object(c, kind, id, uid)) != VT_OK)
            break;
    return st;
}

/* The log has an object that the register has not. */
static vt_status check_gone(vt_inspection *c) {
    char text[256];
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        c->r, c->list,
        "SELECT DISTINCT object FROM event WHERE instr(detail, '\"row\":\"') > 0 AND "
        "instr(detail, '\"row\":\"config:') = 0 AND object NOT IN (SELECT uid FROM document UNION "
        "ALL SELECT uid FROM closed_register UNION ALL SELECT uid FROM closed_received UNION ALL "
        "SELECT uid FROM import_run UNION ALL SELECT "
        "uid FROM received UNION ALL SELECT uid FROM dossier UNION ALL SELECT uid FROM transfer) "
        "ORDER BY object",
        VT_NO_ARGS, &stmt);

    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row) {
        snprintf(text, sizeof text, "Nhật ký có %s mà sổ không có.", vt_sql_view(stmt, 0));
        vt_fsck_wrong(c, "KHO-32", vt_sql_view(stmt, 0), REMEDY, text);
    }
    return st;
}

static vt_status check_config(vt_inspection *c) {
    char stands[VT_ROW_CHARS + 1], needle[VT_ROW_CHARS + 12];
    int64_t last = 0, agrees = 0;
    vt_status st = vt_config_hash(c->r, c->list, stands);

    snprintf(needle, sizeof needle, "\"row\":\"%s\"", stands);
    if (!st)
        st = vt_sql_number(c->r, c->list,
                           "SELECT max(serial) FROM event WHERE instr(detail, "
                           "'\"row\":\"config:') > 0",
                           VT_NO_ARGS, &last);
    if (!st)
        st = vt_sql_number(c->r, c->list,
                           "SELECT count(*) FROM event WHERE serial = ? AND instr(detail, ?) > 0",
                           VT_ARGS(vt_int(last), vt_text(needle)), &agrees);
    if (!st && !agrees)
        vt_fsck_wrong(
            c, "KHO-32", "config", REMEDY,
            "Những gì được đặt cho kho (cơ quan, sổ, nhiệm kỳ, người dùng, quyền, quy tắc "
            "tách việc) không còn như nhật ký ghi.");
    return st;
}

/* ----------------------------------------------------------------- numbers -- */

/* What the log says happened to a number; number "" : its whole series was closed. */
typedef struct told {
    const char *series, *number, *act, *reason, *holder, *until, *actor;
    int64_t serial;
} told;

typedef struct tale {
    told *items;
    size_t count, cap;
} tale;

static int by_number(const void *a, const void *b) {
    const told *x = a, *y = b;
    int order = strcmp(x->series, y->series);

    if (!order)
        order = strcmp(x->number, y->number);
    return order ? order : (x->serial > y->serial) - (x->serial < y->serial);
}

static const char *said(vt_arena *arena, const json_t *detail, const char *key) {
    const char *text = json_string_value(json_object_get(detail, key));

    return text ? vt_strdup(arena, text) : "";
}

static vt_status add_told(vt_inspection *c, vt_stmt *stmt, tale *all) {
    json_t *detail = json_loads(vt_sql_view(stmt, 3), 0, NULL);
    bool closed = strcmp(vt_sql_view(stmt, 2), "series-close") == 0;

    all->items = vt_grow(c->arena, all->items, &all->cap, all->count + 1, sizeof *all->items);
    if (all->items)
        all->items[all->count++] =
            (told){.series = vt_sql_text(c->arena, stmt, 4),
                   .number = closed ? "" : said(c->arena, detail, "number"),
                   .act = vt_sql_text(c->arena, stmt, 2),
                   .reason = said(c->arena, detail, closed ? "void" : "reason"),
                   .holder = said(c->arena, detail, "for"),
                   .until = said(c->arena, detail, "until"),
                   .actor = vt_sql_text(c->arena, stmt, 1),
                   .serial = vt_sql_int(stmt, 0)};
    json_decref(detail);
    return vt_arena_failed(c->arena) ? vt_nomem(c->list) : VT_OK;
}

static vt_status read_tale(vt_inspection *c, tale *all) {
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(c->r, c->list,
                               "SELECT serial, actor, act, detail, object FROM event WHERE act IN "
                               "('reserve', 'void') OR (act = 'series-close' AND instr(detail, "
                               "'\"void\":') > 0) ORDER BY serial",
                               VT_NO_ARGS, &stmt);

    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row)
        if ((st = add_told(c, stmt, all)) != VT_OK)
            vt_sql_done(stmt);
    if (!st && all->count)
        qsort(all->items, all->count, sizeof *all->items, by_number);
    return st;
}

/* First of a number's items. */
static size_t first_of(const tale *all, const char *series, const char *number) {
    const told key = {.series = series, .number = number, .serial = 0};
    size_t low = 0, high = all->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (by_number(&all->items[mid], &key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool same_number(const tale *all, size_t i, const char *series, const char *number) {
    return i < all->count && strcmp(all->items[i].series, series) == 0 &&
           strcmp(all->items[i].number, number) == 0;
}

/* Where a number's acts end; then, if it is still held, the closing of its series. */
static told follow(const tale *all, const char *series, const char *number) {
    told end = {.act = "", .reason = "", .holder = "", .until = "", .actor = ""};

    for (size_t i = first_of(all, series, number); same_number(all, i, series, number); i++) {
        const told *t = &all->items[i];
        bool held = strcmp(t->act, "reserve") == 0;
        end = (told){.act = held ? "reserved" : "void",
                     .reason = t->reason,
                     .holder = held ? t->holder : end.holder,
                     .until = held ? t->until : end.until,
                     .actor = t->actor,
                     .serial = t->serial};
    }
    for (size_t i = first_of(all, series, ""); same_number(all, i, series, ""); i++)
        if (strcmp(end.act, "reserved") == 0 && all->items[i].serial > end.serial) {
            end.act = "void";
            end.reason = all->items[i].reason;
            end.actor = all->items[i].actor;
        }
    return end;
}

static void check_number(vt_inspection *c, vt_stmt *stmt, const tale *all) {
    const char *series = vt_sql_view(stmt, 0), *number = vt_sql_view(stmt, 1);
    told end = follow(all, series, number);
    const char *const log[] = {end.act, end.reason, end.holder, end.until, end.actor, ""};
    char text[512], at[128];
    bool right = vt_sql_int(stmt, 8) == 0; /* nothing that only a number in use has */

    for (int i = 0; i < 6; i++)
        right = right && strcmp(log[i], vt_sql_view(stmt, 2 + i)) == 0;
    if (right)
        return;
    snprintf(at, sizeof at, "%s số %s", series, number);
    snprintf(text, sizeof text, "Số %s (%s, lý do “%s”) không như nhật ký ghi: %s, lý do “%s”.",
             number, vt_record_word(vt_sql_view(stmt, 2)), vt_sql_view(stmt, 3),
             *end.act ? vt_record_word(end.act) : "không có gì", end.reason);
    vt_fsck_wrong(c, "KHO-32", at, REMEDY, text);
}

static vt_status check_numbers(vt_inspection *c) {
    tale all = {0};
    vt_stmt *stmt;
    bool row = true;
    vt_status st = read_tale(c, &all);

    if (!st)
        st = vt_sql_open(
            c->r, c->list,
            "SELECT s.uid, n.number || n.suffix, n.state, n.reason, n.holder, n.until, n.actor, "
            "n.disorder || n.notation_words, CASE WHEN n.notation IS NULL AND n.date IS NULL AND "
            "n.issuer_id = s.issuer_id AND n.period = s.period THEN 0 ELSE 1 END, s.book || '/' || "
            "s.period FROM number n "
            "JOIN series s ON s.series_id = n.series_id WHERE n.state <> 'used'",
            VT_NO_ARGS, &stmt);
    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row)
        check_number(c, stmt, &all);
    return st;
}

/* ----------------------------------------------------------------- anchors -- */

/* A head that was given out is one of this log, and of an act that is known. */
static vt_status check_anchors(vt_inspection *c) {
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        c->r, c->list,
        "WITH c AS (SELECT uid, at, event_serial, event_hash FROM closed_register UNION ALL SELECT "
        "uid, at, event_serial, event_hash FROM closed_received) "
        "SELECT a.given_to, a.serial FROM anchor a WHERE NOT EXISTS (SELECT 1 FROM event e JOIN c "
        "ON a.given_to = 'register ' || c.uid AND a.at = c.at WHERE e.serial = a.serial AND e.hash "
        "= a.hash) UNION ALL SELECT 'register ' || c.uid, e.serial FROM c JOIN event e ON e.object "
        "= c.uid AND e.act IN ('close-register', 'close-received') WHERE NOT EXISTS (SELECT 1 FROM "
        "anchor a WHERE a.serial = e.serial AND a.given_to = 'register ' || c.uid) UNION ALL "
        "SELECT 'register ' || c.uid, c.event_serial FROM c LEFT JOIN event e ON e.serial = "
        "c.event_serial WHERE e.hash IS NULL OR e.hash <> c.event_hash",
        VT_NO_ARGS, &stmt);

    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row) {
        char text[256];
        snprintf(text, sizeof text,
                 "Đầu nhật ký đã trao ra (%s, dòng %lld) không phải của nhật ký này.",
                 vt_sql_view(stmt, 0), (long long)vt_sql_int(stmt, 1));
        vt_fsck_wrong(c, "KHO-32", vt_sql_view(stmt, 0), REMEDY, text);
    }
    return st;
}

/* What several statements say together: no act comes between them. */
static vt_status at_one_moment(vt_inspection *c, vt_status (*check)(vt_inspection *)) {
    bool own;
    vt_status st = vt_reading_begin(c->r, c->list, &own);

    return st ? st : vt_reading_end(c->r, own, check(c));
}

vt_status vt_fsck_rows(vt_inspection *c) {
    vt_status st = VT_OK;

    for (int kind = 0; !st && kind < VT_ROW_KINDS; kind++)
        st = check_kind(c, (vt_row_kind)kind);
    if (!st)
        st = check_gone(c);
    if (!st)
        st = at_one_moment(c, check_config);
    if (!st)
        st = at_one_moment(c, check_numbers);
    return st ? st : check_anchors(c);
}
