/*
 * records/past.c - what an old register has beside documents, which come in by
 * vt_records_issue (vt_issue.past): numbers that it has as void, at its end those it left
 * out, and the line that says what was imported.
 */
#include "records/series.h"
#include "records/typed.h"
#include "records/uid.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

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
    vt_series_row series;
    vt_number_row number;
} gap;

static gap load_gap(vt_arena *arena, vt_stmt *stmt) {
    gap g = {.series = {.id = vt_sql_int(stmt, 0),
                        .issuer = vt_sql_int(stmt, 1),
                        .period = vt_sql_text(arena, stmt, 2),
                        .book = vt_sql_text(arena, stmt, 3),
                        .uid = vt_sql_text(arena, stmt, 5)},
             .number = {.number = vt_sql_int(stmt, 4), .disorder = ""}};

    snprintf(g.number.text, sizeof g.number.text, "%lld", (long long)g.number.number);
    return g;
}

static int by_number(const void *a, const void *b) {
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Of a row that did not come in: it stands in the register. */
static bool is_known(const vt_past_run *run, int64_t number) {
    return run->known_count &&
           bsearch(&number, run->known, run->known_count, sizeof number, by_number);
}

static vt_status find_gaps(vt_records *r, const vt_past_run *run, vt_arena *arena,
                           vt_findings *list, gap **out, size_t *count) {
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
        if (!is_known(run, vt_sql_int(stmt, 4)))
            (*out)[(*count)++] = load_gap(arena, stmt);
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

static vt_status tell(vt_findings *list, const gap *gaps, size_t count) {
    for (size_t i = 0; i < count && i < GAPS_SHOWN; i++)
        vt_bad(list, "SO-21", (vt_place){.path = gaps[i].series.book},
               "Thêm hàng thiếu vào sổ cũ; sổ không bắt đầu từ 1 thì mở trước: vanthu series open "
               "SỔ --date NGÀY --first SỐ; số đã bỏ thì nói vì sao: --gaps LÝ-DO.",
               "Sổ “%s” kỳ %s không có số %s.", gaps[i].series.book, gaps[i].series.period,
               gaps[i].number.text);
    if (count > GAPS_SHOWN)
        vt_bad(list, "SO-21", (vt_place){0}, NULL, "Và %zu số thiếu nữa.", count - GAPS_SHOWN);
    return VT_BAD;
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
    if (run->known_count)
        qsort(run->known, run->known_count, sizeof *run->known, by_number);
    if (!st)
        st = find_gaps(r, run, arena, list, &gaps, &count);
    if (!st && count && (!run->gaps || !*run->gaps))
        return tell(list, gaps, count);
    for (size_t i = 0; !st && i < count; i++)
        st = vt_number_void(r, list, &gaps[i].series, &gaps[i].number, run->gaps);
    *voided = count;
    return st ? st : write_run(r, run, list);
}

vt_status vt_records_past_series(vt_records *r, const char *id, vt_arena *arena, vt_findings *list,
                                 const char **out) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(r, list,
                               "SELECT s.uid FROM document d JOIN number n ON n.number_id = "
                               "d.number_id JOIN series s ON s.series_id = n.series_id WHERE d.uid "
                               "= ?",
                               VT_ARGS(vt_text(id)), &stmt);

    *out = "";
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    *out = vt_sql_text(arena, stmt, 0);
    vt_sql_done(stmt);
    return vt_arena_failed(arena) ? vt_nomem(list) : VT_OK;
}

static vt_status void_past(vt_records *r, const vt_issue *q, vt_arena *arena, vt_findings *list,
                           const char **series, bool *existing) {
    vt_series_row s = {0};
    int64_t issuer = 0;
    char date[11];
    vt_status st = vt_issuer_find(r, q, list, &issuer);

    vt_date_iso(q->meta->date, date);
    if (!st)
        st = vt_series_use(r, list, arena, issuer, q, date, &s);
    if (!st)
        st = vt_number_void_past(r, list, &s, q->number, q->note, existing);
    *series = s.uid;
    return st;
}

vt_status vt_records_past_void(vt_records *r, const vt_issue *asked, vt_arena *arena,
                               vt_findings *list, const char **series, bool *existing) {
    vt_issue q = *asked;
    vt_status st = vt_blank(q.note) ? vt_bad(list, "SO-20", (vt_place){.path = q.number},
                                             "Ghi vì sao số ấy huỷ.", "Huỷ một số phải có lý do.")
                                    : vt_book_check(list, q.book);

    *series = NULL;
    *existing = false;
    if (!st)
        st = vt_typed(r, list, VT_TYPED({"lý do huỷ số", &q.note, 0}));
    if (!st)
        st = vt_part_begin(r, list);
    return st ? st : vt_part_end(r, list, void_past(r, &q, arena, list, series, existing));
}
