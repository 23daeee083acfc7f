/*
 * records/numbers.c - numbers and their states: next, held back, void, in use.
 *
 * Every number ever given has a row; a row goes from reserved to used or void
 * and stays there.  Số and ngày go forward together inside a series (Điều
 * 15.1): a date lies between those of the numbers before and behind, unless a
 * reason is written into the row.
 */
#include "records/query.h"
#include "records/series.h"
#include "records/typed.h"
#include "records/words.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_BYTES = 1 << 16, HOLD_MOST = 500 };

static void set_text(vt_number_row *n) {
    snprintf(n->text, sizeof n->text, "%lld%s", (long long)n->number, n->suffix);
}

/* ------------------------------------------------------------------ checks -- */

static vt_status backwards(vt_findings *list, const char *date, vt_stmt *stmt, bool before) {
    return vt_bad(list, "SO-03", (vt_place){.path = "/document/date"},
                  "Ghi ngày ban hành theo thứ tự số; nếu đúng là ngày ấy, thêm --override SO-03 "
                  "--reason LÝ-DO.",
                  "Ngày ban hành %s ở %s văn bản số %lld%s, ngày %s: số và ngày trong một sổ không "
                  "đi lùi.",
                  vt_day(date).text, before ? "trước" : "sau", (long long)vt_sql_int(stmt, 0),
                  vt_sql_view(stmt, 1), vt_day(vt_sql_view(stmt, 2)).text);
}

/* One neighbour whose date contradicts; the tables refuse it, too. */
static vt_status neighbour(vt_records *r, vt_findings *list, const char *sql, int64_t series,
                           const vt_number_row *n, const char *date, bool before) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(
        r, list, sql, VT_ARGS(vt_int(series), vt_int(n->number), vt_text(n->suffix), vt_text(date)),
        &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    st = backwards(list, date, stmt, before);
    vt_sql_done(stmt);
    return st;
}

static vt_status in_order(vt_records *r, vt_findings *list, int64_t series, const vt_number_row *n,
                          const char *date) {
    vt_status st = neighbour(r, list,
                             "SELECT number, suffix, date FROM number WHERE series_id = ?1 AND "
                             "(number, suffix) < (?2, ?3) AND date > ?4 AND state = 'used' AND "
                             "disorder = '' ORDER BY date DESC, number DESC LIMIT 1",
                             series, n, date, true);

    return st ? st
              : neighbour(r, list,
                          "SELECT number, suffix, date FROM number WHERE series_id = ?1 AND "
                          "(number, suffix) > (?2, ?3) AND date || '' < ?4 AND state = 'used' AND "
                          "disorder = '' ORDER BY number, suffix LIMIT 1",
                          series, n, date, false);
}

/* Số + ký hiệu once in a period (Điều 15.1), whichever book gave it. */
static vt_status not_taken(vt_records *r, vt_findings *list, const vt_series_row *series,
                           const char *notation, const vt_number_row *n) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT s.book FROM number n JOIN series s USING (series_id) WHERE "
        "n.issuer_id = ? AND n.period = ? AND n.number = ? AND n.suffix = ? AND n.notation = ?",
        VT_ARGS(vt_int(series->issuer), vt_text(series->period), vt_int(n->number),
                vt_text(n->suffix), vt_text(notation)),
        &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    st = vt_bad(
        list, "SO-11", (vt_place){.path = "/document/number"},
        "Cho văn bản của sổ này ký hiệu riêng (number/@notation): hai sổ của một cơ quan không "
        "dùng chung một ký hiệu.",
        "Số %s với ký hiệu %s đã cấp trong kỳ %s ở sổ “%s”.", n->text, notation, series->period,
        vt_sql_view(stmt, 0));
    vt_sql_done(stmt);
    return st;
}

/* ---------------------------------------------------------------- picking -- */

static vt_status last_number(vt_records *r, vt_findings *list, const vt_series_row *series,
                             int64_t *out) {
    return vt_sql_number(r, list, "SELECT max(number) FROM number WHERE series_id = ?",
                         VT_ARGS(vt_int(series->id)), out);
}

static vt_status next(vt_records *r, vt_findings *list, const vt_series_row *series, int64_t *out) {
    int64_t last = 0;
    vt_status st = last_number(r, list, series, &last);

    *out = last + 1 > series->first ? last + 1 : series->first;
    return st;
}

static vt_status unavailable(vt_findings *list, const vt_series_row *s, const vt_number_row *n,
                             const char *why, const char *remedy) {
    return vt_bad(list, "SO-17", (vt_place){.path = n->text}, remedy, "Số %s của sổ “%s” kỳ %s %s.",
                  n->text, s->book, s->period, why);
}

/* Is the row of this number one that may be taken? */
static vt_status check_row(vt_findings *list, const vt_series_row *s, vt_number_row *n,
                           vt_stmt *stmt, const char *today) {
    const char *state = vt_sql_view(stmt, 1), *until = vt_sql_view(stmt, 2);

    n->id = vt_sql_int(stmt, 0);
    if (strcmp(state, "used") == 0)
        return unavailable(list, s, n, "đã cấp cho văn bản khác", "Xem: vanthu show SỐ/KÝ-HIỆU.");
    if (strcmp(state, "void") == 0)
        return unavailable(list, s, n, "đã huỷ", "Để kho cấp số tiếp theo, hoặc chọn số khác.");
    if (*until && strcmp(until, today) < 0)
        return unavailable(list, s, n, "đã quá hạn giữ",
                           "Giữ thêm: vanthu reserve --number SỐ --until NGÀY, hoặc huỷ: vanthu "
                           "void.");
    return VT_OK;
}

/* Between two numbers: only where the series has suffixes (Điều 15.1 has none). */
static vt_status between(vt_records *r, vt_findings *list, const vt_series_row *s,
                         const vt_number_row *n) {
    int64_t last = 0;
    vt_status st = last_number(r, list, s, &last);

    if (st)
        return st;
    if (!*n->suffix)
        return unavailable(list, s, n, "chưa được giữ chỗ",
                           "Bỏ --number để kho cấp số tiếp theo, hoặc giữ chỗ trước: vanthu "
                           "reserve.");
    if (!s->suffixes)
        return vt_bad(list, "SO-19", (vt_place){.path = n->text},
                      "Để kho cấp số tiếp theo; cần thì cho phép: vanthu series set SỔ --suffixes.",
                      "Sổ “%s” không dùng số có chữ kèm (%s).", s->book, n->text);
    return n->number > last ? unavailable(list, s, n, "chèn sau một số chưa cấp",
                                          "Chữ kèm chỉ thêm vào số đã cấp.")
                            : VT_OK;
}

/* A number that has a row; *row: it has. */
static vt_status standing(vt_records *r, vt_findings *list, const vt_series_row *s,
                          vt_number_row *n, bool *row) {
    char today[11];
    vt_stmt *stmt;
    vt_status st =
        vt_sql_open(r, list,
                    "SELECT number_id, state, until FROM number WHERE series_id = ? AND "
                    "number = ? AND suffix = ?",
                    VT_ARGS(vt_int(s->id), vt_int(n->number), vt_text(n->suffix)), &stmt);

    vt_date_iso(vt_time_day(r->world.now_ms(r->world.ctx)), today);
    if (!st)
        st = vt_sql_row(stmt, list, row);
    if (st || !*row)
        return st;
    st = check_row(list, s, n, stmt, today);
    vt_sql_done(stmt);
    return st;
}

/* `past`: it was given on paper, long ago; then it needs not have been held. */
static vt_status given(vt_records *r, vt_findings *list, const vt_series_row *s, vt_number_row *n,
                       bool past) {
    bool row = false;
    vt_status st = standing(r, list, s, n, &row);

    if (st || row || (past && (!*n->suffix || s->suffixes)))
        return st;
    return between(r, list, s, n);
}

/* Read without accents, "152đ" would be 152d, another number. */
static bool accented(const char *text) {
    text += strcspn(text, "0123456789");
    text += strspn(text, "0123456789");
    return (*text & 0x80) != 0;
}

static vt_status parse(vt_findings *list, const char *text, vt_number_row *out) {
    vt_typed_number typed;

    if (vt_blank(text))
        return vt_bad(list, "SO-20", (vt_place){0}, "Ghi số, như 152 hoặc 152a.",
                      "Chưa ghi số nào.");
    if (*text == '-' || !vt_number_parse(text, &typed) || *typed.notation || typed.year)
        return vt_bad(list, "SO-20", (vt_place){.path = text}, "Ghi số, như 152 hoặc 152a.",
                      "“%s” không phải là một số.", text);
    if (accented(text))
        return vt_bad(list, "SO-20", (vt_place){.path = text},
                      "Dùng một chữ cái không dấu, từ a đến z: 152a, 152e.",
                      "“%s”: chữ kèm theo số không được có dấu (ă, â, đ, ê ...).", text);
    out->number = typed.number;
    snprintf(out->suffix, sizeof out->suffix, "%s", typed.suffix);
    set_text(out);
    return VT_OK;
}

static vt_status pick_given(vt_records *r, vt_findings *list, const vt_series_row *s,
                            const vt_issue *q, vt_number_row *out) {
    vt_status st = parse(list, q->number, out);

    return st ? st : given(r, list, s, out, q->past);
}

static vt_status pick_next(vt_records *r, vt_findings *list, const vt_series_row *s,
                           vt_number_row *out) {
    vt_status st = next(r, list, s, &out->number);

    set_text(out);
    return st;
}

vt_status vt_number_pick(vt_records *r, vt_findings *list, const vt_series_row *s,
                         const vt_issue *q, const char *date, vt_number_row *out) {
    const char *notation = q->meta->notation ? q->meta->notation : "";
    vt_status st;

    *out = (vt_number_row){.disorder = ""};
    st = q->number ? pick_given(r, list, s, q, out) : pick_next(r, list, s, out);
    if (st)
        return st;
    st = in_order(r, q->backwards ? NULL : list, s->id, out, date);
    if (st == VT_BAD && !vt_blank(q->backwards)) { /* someone answers for it */
        out->disorder = q->backwards;
        st = VT_OK;
    }
    return st ? st : not_taken(r, list, s, notation, out);
}

vt_status vt_number_use(vt_records *r, vt_findings *list, const vt_series_row *s, const vt_issue *q,
                        const char *date, vt_number_row *n) {
    const char *notation = q->meta->notation ? q->meta->notation : "";
    vt_buf words;
    vt_status st;

    vt_buf_init(&words, WORDS_BYTES);
    vt_words_folded(notation, &words);
    st = vt_buf_failed(&words) ? vt_nomem(list) : VT_OK;
    if (!st && n->id)
        st = vt_sql_run(r, list,
                        "UPDATE number SET notation = ?, notation_words = ?, date = ?, actor = ?, "
                        "disorder = ?, state = 'used' WHERE number_id = ?",
                        VT_ARGS(vt_text(notation), vt_text(words.data), vt_text(date),
                                vt_text(r->actor), vt_text(n->disorder), vt_int(n->id)));
    else if (!st)
        st = vt_sql_number(
            r, list,
            "INSERT INTO number(series_id, issuer_id, period, number, suffix, notation, "
            "notation_words, date, actor, disorder, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            "'used') RETURNING number_id",
            VT_ARGS(vt_int(s->id), vt_int(s->issuer), vt_text(s->period), vt_int(n->number),
                    vt_text(n->suffix), vt_text(notation), vt_text(words.data), vt_text(date),
                    vt_text(r->actor), vt_text(n->disorder)),
            &n->id);
    vt_buf_free(&words);
    return st;
}

/* --------------------------------------------------------------- reserving -- */

static vt_status hold_new(vt_records *r, vt_findings *list, const vt_series_row *s,
                          const vt_number_row *n, const vt_reserve *q) {
    return vt_sql_run(
        r, list,
        "INSERT INTO number(series_id, issuer_id, period, number, suffix, state, reason, holder, "
        "until, actor) VALUES (?, ?, ?, ?, ?, 'reserved', ?, ?, ?, ?)",
        VT_ARGS(vt_int(s->id), vt_int(s->issuer), vt_text(s->period), vt_int(n->number),
                vt_text(n->suffix), vt_text(q->reason), vt_text(q->holder),
                vt_text(q->until ? q->until : ""), vt_text(r->actor)));
}

static vt_status hold_longer(vt_records *r, vt_findings *list, const vt_number_row *n,
                             const vt_reserve *q) {
    return vt_sql_run(r, list,
                      "UPDATE number SET reason = ?, holder = ?, until = ?, actor = ? "
                      "WHERE number_id = ?",
                      VT_ARGS(vt_text(q->reason), vt_text(q->holder),
                              vt_text(q->until ? q->until : ""), vt_text(r->actor), vt_int(n->id)));
}

static vt_status log_number(vt_records *r, vt_findings *list, const char *act,
                            const vt_series_row *s, const vt_number_row *n, const vt_reserve *q) {
    return vt_event_json(r, list, act, s->uid,
                         json_pack("{s:s, s:s, s:s*, s:s*}", "number", n->text, "reason", q->reason,
                                   "for", q->holder, "until", q->until));
}

/* A number that is asked for: one held already is held longer; with a suffix, or
   the next one, it is new. */
static vt_status hold_given(vt_records *r, vt_findings *list, const vt_series_row *s,
                            const vt_reserve *q, vt_number_row *n) {
    int64_t after = 0;
    vt_status st = parse(list, q->number, n);

    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT number_id FROM number WHERE series_id = ? AND number = ? AND "
                           "suffix = ? AND state = 'reserved'",
                           VT_ARGS(vt_int(s->id), vt_int(n->number), vt_text(n->suffix)), &n->id);
    if (!st && n->id)
        return hold_longer(r, list, n, q);
    if (!st)
        st = next(r, list, s, &after);
    if (!st && !(n->number == after && !*n->suffix))
        st = given(r, list, s, n, false);
    return st ? st : hold_new(r, list, s, n, q);
}

static vt_status hold_next(vt_records *r, vt_findings *list, const vt_series_row *s,
                           const vt_reserve *q, vt_number_row *n) {
    vt_status st = next(r, list, s, &n->number);

    set_text(n);
    return st ? st : hold_new(r, list, s, n, q);
}

static vt_status hold_all(vt_records *r, vt_findings *list, const vt_series_row *s,
                          const vt_reserve *q, vt_arena *arena, const char **out) {
    size_t count = q->number ? 1 : q->count;
    vt_status st = VT_OK;

    for (size_t i = 0; !st && i < count; i++) {
        vt_number_row n = {0};

        st = q->number ? hold_given(r, list, s, q, &n) : hold_next(r, list, s, q, &n);
        if (!st)
            st = log_number(r, list, "reserve", s, &n, q);
        out[i] = vt_strdup(arena, n.text);
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

/* A day that is over holds nothing. */
static vt_status check_until(vt_records *r, vt_findings *list, const vt_reserve *q) {
    char today[11];

    vt_date_iso(vt_time_day(r->world.now_ms(r->world.ctx)), today);
    if (!q->until || !*q->until || strcmp(q->until, today) >= 0)
        return VT_OK;
    return vt_bad(list, "SO-20", (vt_place){0}, "Ghi ngày từ hôm nay trở đi, hoặc bỏ --until.",
                  "Hạn giữ số %s đã qua (hôm nay %s).", vt_day(q->until).text, vt_day(today).text);
}

static vt_status check_reserve(vt_findings *list, const vt_reserve *q) {
    if (vt_blank(q->reason) || vt_blank(q->holder))
        return vt_bad(list, "SO-20", (vt_place){0},
                      "Ghi cả hai: --for NGƯỜI-HOẶC-ĐƠN-VỊ --reason LÝ-DO.",
                      "Giữ chỗ một số phải nói giữ cho ai và vì sao.");
    if (q->count < 1 || q->count > HOLD_MOST)
        return vt_bad(list, "SO-20", (vt_place){0},
                      "Giữ nhiều lần, hoặc ghi số nhỏ hơn: --count N.",
                      "Mỗi lần giữ từ 1 đến %d số.", HOLD_MOST);
    if (q->number && q->count != 1)
        return vt_bad(list, "SO-20", (vt_place){.path = q->number}, "Bỏ --number hoặc bỏ --count.",
                      "Mỗi lần chỉ giữ được một số nêu đích danh.");
    return VT_OK;
}

vt_status vt_records_reserve(vt_records *r, const vt_reserve *asked, vt_arena *arena,
                             vt_findings *list, vt_reserved *out) {
    vt_reserve said = *asked;
    const vt_reserve *q = &said;
    vt_series_row s;
    const char **numbers;
    vt_status st = check_reserve(list, q);

    if (!st)
        st = check_until(r, list, q);
    if (!st)
        st = vt_typed(
            r, list,
            VT_TYPED({"người giữ số", &said.holder, VT_NAME_MOST}, {"lý do", &said.reason, 0}));
    if (st)
        return st;
    numbers = vt_alloc_array(arena, q->count, sizeof *numbers);
    st = numbers ? vt_records_begin(r, list) : vt_nomem(list);
    if (st)
        return st;
    st = vt_series_named(r, list, arena, q->issuer, q->series, &s);
    if (!st && !s.open)
        st = vt_bad(list, "SO-07", (vt_place){.path = q->series},
                    "Chọn sổ của kỳ đang mở (vanthu series), hoặc mở lại: vanthu series open.",
                    "Sổ “%s” kỳ %s đã khoá, không giữ thêm số được.", s.book, s.period);
    if (!st)
        st = hold_all(r, list, &s, q, arena, numbers);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    if (!st)
        *out = (vt_reserved){s.book, s.period, numbers, q->number ? 1 : q->count};
    return st;
}

/* ------------------------------------------------------------- those held -- */

static vt_held load_held(vt_records *r, vt_arena *arena, vt_stmt *s, const char *today) {
    return (vt_held){.superior = vt_sql_text(arena, s, 0),
                     .issuer = vt_sql_text(arena, s, 1),
                     .book = vt_sql_text(arena, s, 2),
                     .name = vt_sql_text(arena, s, 3),
                     .period = vt_sql_text(arena, s, 4),
                     .number = vt_sql_text(arena, s, 5),
                     .holder = vt_sql_text(arena, s, 6),
                     .until = vt_sql_text(arena, s, 7),
                     .reason = vt_sql_text(arena, s, 8),
                     .actor = vt_sql_text(arena, s, 9),
                     .days_left = vt_days_until(r, vt_sql_view(s, 7)),
                     .today = vt_strdup(arena, today)};
}

static vt_status list_held(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                           int64_t series, bool over, vt_held **out, size_t *count) {
    char today[11];
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st;

    vt_date_iso(vt_time_day(r->world.now_ms(r->world.ctx)), today);
    st = vt_sql_open(
        r, list,
        "SELECT i.superior, i.name, s.book, coalesce(b.name, ''), s.period, n.number || n.suffix, "
        "n.holder, n.until, n.reason, n.actor FROM number n JOIN series s ON s.series_id = "
        "n.series_id JOIN issuer i ON i.issuer_id = s.issuer_id LEFT JOIN book b ON b.issuer_id = "
        "s.issuer_id AND b.book = s.book WHERE n.state = 'reserved' AND (?1 = 0 OR s.issuer_id = "
        "?1) AND (?2 = 0 OR s.series_id = ?2) AND (?3 = '' OR n.until <> '' AND n.until < ?3) "
        "ORDER BY CASE n.until WHEN '' THEN 1 ELSE 0 END, n.until, s.issuer_id, s.book, s.opens, "
        "s.series_id, n.number, n.suffix",
        VT_ARGS(vt_int(issuer), vt_int(series), vt_text(over ? today : "")), &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        *out = vt_grow(arena, *out, &cap, *count + 1, sizeof **out);
        if (!*out) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        (*out)[(*count)++] = load_held(r, arena, stmt, today);
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

vt_status vt_records_held(vt_records *r, const vt_held_query *q, vt_arena *arena, vt_findings *list,
                          vt_held **out, size_t *count) {
    vt_series_row series = {0};
    int64_t issuer = 0;
    vt_status st = VT_OK;

    *out = NULL;
    *count = 0;
    if (q->series)
        st = vt_series_named(r, list, arena, q->issuer, q->series, &series);
    else if (q->issuer)
        st = vt_issuer_named(r, list, q->issuer, &issuer);
    return st ? st : list_held(r, list, arena, issuer, series.id, q->over, out, count);
}

/* --------------------------------------------------------------------- void -- */

vt_status vt_number_void(vt_records *r, vt_findings *list, const vt_series_row *s,
                         const vt_number_row *n, const char *reason) {
    const vt_reserve q = {.reason = reason};
    vt_status st;

    if (n->id)
        st = vt_sql_run(r, list,
                        "UPDATE number SET state = 'void', reason = ?, actor = ? WHERE number_id = "
                        "?",
                        VT_ARGS(vt_text(reason), vt_text(r->actor), vt_int(n->id)));
    else
        st = vt_sql_run(r, list,
                        "INSERT INTO number(series_id, issuer_id, period, number, suffix, state, "
                        "reason, actor) VALUES (?, ?, ?, ?, ?, 'void', ?, ?)",
                        VT_ARGS(vt_int(s->id), vt_int(s->issuer), vt_text(s->period),
                                vt_int(n->number), vt_text(n->suffix), vt_text(reason),
                                vt_text(r->actor)));
    return st ? st : log_number(r, list, "void", s, n, &q);
}

/* A number held is given up; the next one is left out on purpose. */
static vt_status void_in(vt_records *r, vt_findings *list, const vt_series_row *s,
                         const char *number, const char *reason) {
    vt_number_row n = {0};
    int64_t after = 0;
    vt_status st = parse(list, number, &n);

    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT number_id FROM number WHERE series_id = ? AND number = ? AND "
                           "suffix = ? AND state = 'reserved'",
                           VT_ARGS(vt_int(s->id), vt_int(n.number), vt_text(n.suffix)), &n.id);
    if (!st && !n.id)
        st = next(r, list, s, &after);
    if (!st && !n.id && (n.number != after || *n.suffix)) {
        bool row = false;
        st = standing(r, list, s, &n, &row); /* says what it is */
        if (!st)
            st = vt_bad(list, "SO-17", (vt_place){.path = n.text},
                        "Huỷ một số đang giữ (vanthu reserve), hoặc số kế tiếp của sổ.",
                        "Số %s của sổ “%s” kỳ %s không đang giữ, cũng không phải số kế tiếp "
                        "(%lld).",
                        n.text, s->book, s->period, (long long)after);
    }
    return st ? st : vt_number_void(r, list, s, &n, reason);
}

vt_status vt_records_void(vt_records *r, const char *issuer, const char *series, const char *number,
                          const char *reason, vt_arena *arena, vt_findings *list) {
    vt_series_row s;
    vt_status st;

    if (vt_blank(reason))
        return vt_bad(list, "SO-20", (vt_place){.path = number}, "Ghi thêm: --reason LÝ-DO.",
                      "Huỷ một số phải có lý do.");
    st = vt_typed_reason(r, list, &reason);
    if (!st)
        st = vt_records_begin(r, list);
    if (st)
        return st;
    st = vt_series_named(r, list, arena, issuer, series, &s);
    if (!st)
        st = void_in(r, list, &s, number, reason);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

/* One that is held is given up by who may say so of it, not by an old register. */
vt_status vt_number_void_past(vt_records *r, vt_findings *list, const vt_series_row *s,
                              const char *number, const char *reason, bool *existing) {
    vt_number_row n = {0};
    int64_t found = 0;
    vt_status st = parse(list, number, &n);

    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT count(*) FROM number WHERE series_id = ? AND number = ? AND "
                           "suffix = ? AND state = 'void'",
                           VT_ARGS(vt_int(s->id), vt_int(n.number), vt_text(n.suffix)), &found);
    *existing = found != 0;
    if (st || *existing)
        return st;
    st = given(r, list, s, &n, true);
    if (!st && n.id)
        st = unavailable(list, s, &n, "đang giữ chỗ",
                         "Huỷ nó: vanthu void SỔ SỐ --reason LÝ-DO; rồi nhập lại sổ.");
    return st ? st : vt_number_void(r, list, s, &n, reason);
}
