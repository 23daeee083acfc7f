/*
 * records/past.c - the end of an import of an old register: numbers it left out, and
 * the line that says what was imported.  The documents themselves come in by
 * vt_records_issue (vt_issue.past).
 */
#include "records/typed.h"
#include "records/uid.h"

#include <jansson.h>
#include <stdio.h>

enum { GAP_MOST = 100000, GAPS_SHOWN = 50, FILE_MOST = 255 };

/* Numbers without a row between the first one and the last one of a series. */
static const char GAPS[] =
    "WITH RECURSIVE span(series_id, number, last) AS (SELECT s.series_id, s.first, (SELECT "
    "max(n.number) FROM number n WHERE n.series_id = s.series_id) FROM series s WHERE EXISTS "
    "(SELECT 1 FROM number n WHERE n.series_id = s.series_id) UNION ALL SELECT series_id, number + "
    "1, last FROM span WHERE number < last) SELECT x.series_id, s.issuer_id, s.period, s.book, "
    "x.number, s.uid FROM span x JOIN series s USING (series_id) WHERE x.number <= x.last AND NOT "
    "EXISTS (SELECT 1 FROM number n WHERE n.series_id = x.series_id AND n.number = x.number AND "
    "n.suffix = '') ORDER BY s.book, s.period, x.number LIMIT ?";

typedef struct gap {
    int64_t series, issuer, number;
    const char *period, *book, *uid;
} gap;

static vt_status find_gaps(vt_records *r, vt_arena *arena, vt_findings *list, gap **out,
                           size_t *count) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list, GAPS, VT_ARGS(vt_int(GAP_MOST)), &stmt);

    *out = NULL;
    *count = 0;
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        *out = vt_grow(arena, *out, &cap, *count + 1, sizeof **out);
        if (!*out) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        (*out)[(*count)++] = (gap){vt_sql_int(stmt, 0),         vt_sql_int(stmt, 1),
                                   vt_sql_int(stmt, 4),         vt_sql_text(arena, stmt, 2),
                                   vt_sql_text(arena, stmt, 3), vt_sql_text(arena, stmt, 5)};
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

static vt_status tell(vt_findings *list, const gap *gaps, size_t count) {
    for (size_t i = 0; i < count && i < GAPS_SHOWN; i++)
        vt_bad(list, "SO-21", (vt_place){.path = gaps[i].book},
               "Thêm hàng thiếu vào sổ cũ; sổ không bắt đầu từ 1 thì mở trước: vanthu series open "
               "SỔ --date NGÀY --first SỐ; số đã bỏ thì nói vì sao: --gaps LÝ-DO.",
               "Sổ “%s” kỳ %s không có số %lld.", gaps[i].book, gaps[i].period,
               (long long)gaps[i].number);
    if (count > GAPS_SHOWN)
        vt_bad(list, "SO-21", (vt_place){0}, NULL, "Và %zu số thiếu nữa.", count - GAPS_SHOWN);
    return VT_BAD;
}

static vt_status make_void(vt_records *r, vt_findings *list, const gap *g, const char *reason) {
    vt_status st = vt_sql_run(
        r, list,
        "INSERT INTO number(series_id, issuer_id, period, number, suffix, state, reason, "
        "actor) VALUES (?, ?, ?, ?, '', 'void', ?, ?)",
        VT_ARGS(vt_int(g->series), vt_int(g->issuer), vt_text(g->period), vt_int(g->number),
                vt_text(reason), vt_text(r->actor)));
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)g->number);
    return st ? st
              : vt_event_json(r, list, "void", g->uid,
                              json_pack("{s:s, s:s}", "number", number, "reason", reason));
}

static vt_status write_run(vt_records *r, const vt_past_run *run, vt_findings *list) {
    char uid[VT_UID_CHARS + 1], at[VT_TIME_CHARS + 1];
    vt_status st = vt_uid_make(&r->world, uid) ? VT_OK : vt_nomem(list);

    vt_time_utc(r->world.now_ms(r->world.ctx), at);
    if (!st)
        st = vt_sql_run(r, list,
                        "INSERT INTO import_run(uid, name, sha256, taken, actor, at) VALUES (?, ?, "
                        "?, ?, ?, ?)",
                        VT_ARGS(vt_text(uid), vt_text(run->name), vt_text(run->sha256),
                                vt_int((int64_t)run->taken), vt_text(r->actor), vt_text(at)));
    return st ? st
              : vt_event_json(r, list, "import-run", uid,
                              json_pack("{s:s, s:s, s:I}", "name", run->name, "sha256", run->sha256,
                                        "taken", (json_int_t)run->taken));
}

vt_status vt_records_past(vt_records *r, const vt_past_run *asked, vt_arena *arena,
                          vt_findings *list, size_t *voided) {
    vt_past_run said = *asked;
    const vt_past_run *run = &said;
    gap *gaps = NULL;
    size_t count = 0;
    vt_status st = vt_typed(
        r, list, VT_TYPED({"tên tệp của sổ", &said.name, FILE_MOST}, {"lý do", &said.gaps, 0}));

    *voided = 0;
    if (!st)
        st = find_gaps(r, arena, list, &gaps, &count);
    if (!st && count && (!run->gaps || !*run->gaps))
        return tell(list, gaps, count);
    for (size_t i = 0; !st && i < count; i++)
        st = make_void(r, list, &gaps[i], run->gaps);
    *voided = count;
    return st ? st : write_run(r, run, list);
}
