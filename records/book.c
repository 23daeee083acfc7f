/*
 * records/book.c - the books of an agency: what its head decided, opening, closing,
 * carrying over.
 */
#include "records/series.h"
#include "records/typed.h"
#include "records/words.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { TYPES_MOST = 200, HELD_SHOWN = 8, NAMES_BYTES = 1 << 16 };

static const char *or_empty(const char *s) {
    return s ? s : "";
}

static vt_status refuse(vt_findings *list, const char *at, const char *remedy, const char *what) {
    return vt_bad(list, "SO-20", (vt_place){.path = at}, remedy, "%s", what);
}

/* ------------------------------------------------------------------ listing -- */

#define OF_SERIES "FROM number n WHERE n.series_id = s.series_id"
#define COUNTED(what) "CASE ?3 WHEN 0 THEN 0 ELSE (SELECT " what " " OF_SERIES
#define IN_STATE(state) COUNTED("count(*)") " AND n.state = '" state "') END"

vt_status vt_series_list(vt_records *r, const char *issuer, const char *series, bool counted,
                         vt_arena *arena, vt_findings *list, vt_series **out, size_t *count) {
    vt_series *all = NULL;
    size_t cap = 0;
    int64_t of = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = issuer ? vt_issuer_named(r, list, issuer, &of) : VT_OK;

    *count = 0;
    if (!st)
        st = vt_sql_open(
            r, list,
            "SELECT s.uid, i.superior, i.name, s.book, coalesce(b.name, ''), s.period, s.opens, "
            "s.closes, s.state, s.reason, s.suffixes, s.first, " COUNTED(
                "max(number)") ") END, "
                               "CASE ?3 WHEN 0 THEN '' ELSE (SELECT max(date) " OF_SERIES
                               " AND n.state = 'used' AND "
                               "n.disorder = '') END, " IN_STATE("used") ", " IN_STATE(
                                   "reserved") ", " IN_STATE("void") " FROM series s JOIN issuer i "
                                                                     "ON i.issuer_id = s.issuer_id "
                                                                     "LEFT JOIN book b ON "
                                                                     "b.issuer_id = s.issuer_id "
                                                                     "AND b.book = s.book WHERE "
                                                                     "(?1 = 0 OR s.issuer_id = ?1) "
                                                                     "AND "
                                                                     "(?2 = '' OR s.book = ?2 OR "
                                                                     "s.book || '/' || s.period = "
                                                                     "?2 OR s.uid = ?2) "
                                                                     "ORDER BY s.issuer_id, "
                                                                     "s.book, s.opens, s.series_id",
            VT_ARGS(vt_int(of), vt_text(series ? series : ""), vt_int(counted)), &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        all = vt_grow(arena, all, &cap, *count + 1, sizeof *all);
        if (!all) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        all[(*count)++] = (vt_series){.id = vt_sql_text(arena, stmt, 0),
                                      .superior = vt_sql_text(arena, stmt, 1),
                                      .issuer = vt_sql_text(arena, stmt, 2),
                                      .book = vt_sql_text(arena, stmt, 3),
                                      .name = vt_sql_text(arena, stmt, 4),
                                      .period = vt_sql_text(arena, stmt, 5),
                                      .opens = vt_sql_text(arena, stmt, 6),
                                      .closes = vt_sql_text(arena, stmt, 7),
                                      .state = vt_sql_text(arena, stmt, 8),
                                      .reason = vt_sql_text(arena, stmt, 9),
                                      .suffixes = vt_sql_int(stmt, 10) != 0,
                                      .first = vt_sql_int(stmt, 11),
                                      .last = vt_sql_int(stmt, 12),
                                      .last_date = vt_sql_text(arena, stmt, 13),
                                      .used = vt_sql_int(stmt, 14),
                                      .reserved = vt_sql_int(stmt, 15),
                                      .voided = vt_sql_int(stmt, 16)};
    }
    *out = all;
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

vt_status vt_records_series(vt_records *r, const char *issuer, vt_arena *arena, vt_findings *list,
                            vt_series **out, size_t *count) {
    return vt_series_list(r, issuer, NULL, true, arena, list, out, count);
}

/* ------------------------------------------------------------- what is decided -- */

/* "ke-hoach,bao-cao": a type more of the book that is told, or of a book of its own. */
static bool more_types(vt_arena *arena, vt_stmt *stmt, vt_book *last) {
    const char *type = vt_sql_view(stmt, 6);

    if (!last || !last->types || strcmp(last->issuer, vt_sql_view(stmt, 0)) != 0 ||
        strcmp(last->book, vt_sql_view(stmt, 1)) != 0 || last->secret != (vt_sql_int(stmt, 5) != 0))
        return false;
    last->types = vt_printf(arena, "%s,%s", last->types, type);
    return true;
}

static vt_status list_books(vt_records *r, vt_findings *list, vt_arena *arena, int64_t of,
                            vt_books *out) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT i.name, b.book, b.name, b.period, b.suffixes, coalesce(t.secret, 0), "
        "coalesce(t.type, '') FROM book b JOIN issuer i ON i.issuer_id = b.issuer_id LEFT JOIN "
        "book_type t ON t.issuer_id = b.issuer_id AND t.book = b.book WHERE ?1 = 0 OR b.issuer_id "
        "= ?1 ORDER BY b.issuer_id, b.book, 6, 7",
        VT_ARGS(vt_int(of)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        if (more_types(arena, stmt, out->count ? &out->items[out->count - 1] : NULL))
            continue;
        out->items = vt_grow(arena, out->items, &cap, out->count + 1, sizeof *out->items);
        if (!out->items) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        out->items[out->count++] =
            (vt_book){.issuer = vt_sql_text(arena, stmt, 0),
                      .book = vt_sql_text(arena, stmt, 1),
                      .name = vt_sql_text(arena, stmt, 2),
                      .period = vt_sql_text(arena, stmt, 3),
                      .suffixes = vt_sql_int(stmt, 4) != 0,
                      .secret = vt_sql_int(stmt, 5) != 0,
                      .types = *vt_sql_view(stmt, 6) ? vt_sql_text(arena, stmt, 6) : NULL};
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

static vt_status list_shared(vt_records *r, vt_findings *list, vt_arena *arena, int64_t of,
                             vt_books *out) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list,
                               "SELECT i.name, o.name FROM issuer i JOIN issuer o ON o.issuer_id = "
                               "i.books_of WHERE ?1 = 0 OR i.issuer_id = ?1 OR o.issuer_id = ?1 "
                               "ORDER BY i.issuer_id",
                               VT_ARGS(vt_int(of)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        out->shared = vt_grow(arena, out->shared, &cap, out->shared_count + 1, sizeof *out->shared);
        if (!out->shared) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        out->shared[out->shared_count++] =
            (struct vt_shared){vt_sql_text(arena, stmt, 0), vt_sql_text(arena, stmt, 1)};
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

vt_status vt_records_books(vt_records *r, const char *issuer, vt_arena *arena, vt_findings *list,
                           vt_books *out) {
    int64_t of = 0;
    vt_status st = issuer ? vt_issuer_named(r, list, issuer, &of) : VT_OK;

    *out = (vt_books){0};
    if (!st)
        st = list_books(r, list, arena, of, out);
    if (!st)
        st = list_shared(r, list, arena, of, out);
    return st ? st : vt_terms_list(r, list, arena, of, &out->terms, &out->term_count);
}

/* -------------------------------------------------------------------- books -- */

static bool one_of(const char *word, const char *const *words) {
    for (; *words; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* Letters of a slug: what stands in names of series and in SQL of nobody. */
static bool is_slug(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (!((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9') || s[i] == '-'))
            return false;
    return len > 0;
}

vt_status vt_book_check(vt_findings *list, const char *book) {
    const size_t len = book ? strlen(book) : 0;

    if (!is_slug(book, len))
        return refuse(list, book,
                      "Chỉ dùng chữ thường không dấu, chữ số và gạch nối, không kèm kỳ: van-ban.",
                      "Tên sổ không hợp lệ.");
    if (len > VT_BOOK_MOST)
        return vt_bad(list, "SO-20", (vt_place){.path = book}, "Chọn tên ngắn: van-ban.",
                      "Tên sổ dài %zu chữ, nhiều nhất là %d.", len, VT_BOOK_MOST);
    return VT_OK;
}

static vt_status check_book(vt_findings *list, const char *book, const char *period) {
    static const char *const periods[] = {"year", "term", "congress", "always", NULL};
    vt_status st = vt_book_check(list, book);

    if (st)
        return st;
    if (period && !one_of(period, periods))
        return refuse(list, period, "Chọn year, term, congress hoặc always.",
                      "Không có kỳ như vậy.");
    return VT_OK;
}

/* Types in a list with commas, each on its way into the book. */
static vt_status set_types(vt_records *r, vt_findings *list, int64_t issuer, const vt_book *b) {
    const char *s = or_empty(b->types);
    vt_status st = VT_OK;
    char type[64];
    int n = 0;

    if (b->types && !s[strspn(s, ", ")])
        return refuse(list, b->book, "Ghi như: --types ke-hoach,bao-cao; * là mọi loại còn lại.",
                      "Chưa nói loại văn bản nào vào sổ.");

    while (!st && *s) {
        size_t len = strcspn(s, ", ");

        if (len && (len >= sizeof type || n++ == TYPES_MOST ||
                    !((len == 1 && *s == '*') || is_slug(s, len))))
            return refuse(list, s, "Ghi như: --types ke-hoach,bao-cao; * là mọi loại còn lại.",
                          "Danh sách loại văn bản không hợp lệ.");
        snprintf(type, sizeof type, "%.*s", (int)len, s);
        if (len)
            st = vt_sql_run(
                r, list,
                "INSERT INTO book_type(issuer_id, type, secret, book) VALUES (?, ?, ?, "
                "?) ON CONFLICT (issuer_id, type, secret) DO UPDATE SET book = "
                "excluded.book",
                VT_ARGS(vt_int(issuer), vt_text(type), vt_int(b->secret), vt_text(b->book)));
        s += len + strspn(s + len, ", ");
    }
    return st;
}

/* How long a book lasts where nobody says so: as the issuer's series of that name, else as its
   other ones do; the Party's go by terms. */
static vt_status usual_period(vt_records *r, vt_findings *list, int64_t issuer, const char *book,
                              const char **out) {
    int64_t term = 0;
    vt_status st = vt_sql_number(
        r, list,
        "SELECT CASE WHEN s.period = 'term' OR t.kind = 'term' THEN 1 ELSE 0 END FROM series s "
        "LEFT JOIN term t ON t.term_id = s.term_id WHERE s.issuer_id = ?1 AND s.period <> 'always' "
        "AND (t.kind IS NULL OR t.kind = 'term') ORDER BY CASE s.book WHEN ?2 THEN 0 ELSE 1 END, "
        "s.series_id DESC LIMIT 1",
        VT_ARGS(vt_int(issuer), vt_text(book)), &term);

    *out = term ? "term" : "year";
    return st;
}

static vt_status put_book(vt_records *r, vt_findings *list, int64_t issuer, const vt_book *b) {
    bool told = b->suffixes || b->no_suffixes;
    const char *period = b->period;
    vt_status st = period ? VT_OK : usual_period(r, list, issuer, b->book, &period);

    if (st)
        return st;
    st = vt_sql_run(
        r, list,
        "INSERT INTO book(issuer_id, book, name, period, suffixes) VALUES (?1, ?2, ?3, ?4, ?5) ON "
        "CONFLICT (issuer_id, book) DO UPDATE SET name = CASE ?3 WHEN '' THEN book.name ELSE ?3 "
        "END, period = CASE ?6 WHEN 0 THEN book.period ELSE ?4 END, suffixes = CASE ?7 WHEN 0 THEN "
        "book.suffixes ELSE ?5 END",
        VT_ARGS(vt_int(issuer), vt_text(b->book), vt_text(or_empty(b->name)), vt_text(period),
                vt_int(b->suffixes), vt_int(b->period != NULL), vt_int(told)));

    if (!st && told) /* series that are open take the rule on */
        st = vt_sql_run(r, list,
                        "UPDATE series SET suffixes = ? WHERE issuer_id = ? AND book = ? AND "
                        "state = 'open'",
                        VT_ARGS(vt_int(b->suffixes), vt_int(issuer), vt_text(b->book)));
    return st ? st : set_types(r, list, issuer, b);
}

vt_status vt_records_book(vt_records *r, const vt_book *q, vt_findings *list) {
    vt_book said = *q;
    const vt_book *b = &said;
    int64_t issuer = 0;
    vt_status st = check_book(list, b->book, b->period);

    if (!st)
        st = vt_typed(r, list, VT_TYPED({"tên sổ", &said.name, VT_NAME_MOST}));
    if (!st)
        st = vt_records_begin(r, list);
    if (st)
        return st;
    st = vt_issuer_named(r, list, b->issuer, &issuer);
    if (!st)
        st = put_book(r, list, issuer, b);
    if (!st)
        st = vt_event_json(r, list, "book", b->book,
                           json_pack("{s:s*, s:s*, s:s*, s:b, s:b, s:b, s:I}", "name", b->name,
                                     "period", b->period, "types", b->types, "secret", b->secret,
                                     "suffixes", b->suffixes, "no-suffixes", b->no_suffixes,
                                     "issuer", (json_int_t)issuer));
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

static vt_status share(vt_records *r, const char *issuer, const char *owner, vt_findings *list) {
    int64_t of = 0, books = 0, numbers = 0;
    vt_status st = vt_issuer_named(r, list, issuer, &of);

    if (!st)
        st = vt_issuer_named(r, list, owner, &books);
    if (!st)
        st = vt_sql_number(r, list, "SELECT count(*) FROM issuer WHERE books_of = ?",
                           VT_ARGS(vt_int(of)), &numbers);
    if (!st && (of == books || numbers))
        st = refuse(list, owner, NULL, "Cơ quan có sổ dùng chung phải dùng sổ của chính mình.");
    if (!st)
        st = vt_sql_run(r, list, "UPDATE issuer SET books_of = ? WHERE issuer_id = ?",
                        VT_ARGS(vt_int(books), vt_int(of)));
    return st ? st
              : vt_event_json(r, list, "books-of", "",
                              json_pack("{s:I, s:I}", "issuer", (json_int_t)of, "books-of",
                                        (json_int_t)books));
}

vt_status vt_records_books_of(vt_records *r, const char *issuer, const char *owner,
                              vt_findings *list) {
    vt_status st = vt_records_begin(r, list);

    if (st)
        return st;
    st = share(r, issuer, owner, list);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

/* ------------------------------------------------------------------ closing -- */

/* Numbers still held, by name. */
static vt_status still_held(vt_records *r, vt_findings *list, const vt_series_row *s) {
    vt_buf names;
    vt_stmt *stmt;
    bool row = true;
    int shown = 0;
    vt_status st = vt_sql_open(r, list,
                               "SELECT number, suffix, holder FROM number WHERE series_id = ? AND "
                               "state = 'reserved' ORDER BY number, suffix LIMIT ?",
                               VT_ARGS(vt_int(s->id), vt_int(HELD_SHOWN)), &stmt);

    vt_buf_init(&names, NAMES_BYTES);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row)
        vt_buf_printf(&names, "%s%lld%s (%s)", shown++ ? ", " : "", (long long)vt_sql_int(stmt, 0),
                      vt_sql_view(stmt, 1), vt_sql_view(stmt, 2));
    if (!st && shown)
        st = vt_bad(list, "SO-18", (vt_place){.path = s->book},
                    "Dùng hoặc huỷ từng số (vanthu void), hoặc huỷ tất cả: --void LÝ-DO.",
                    "Sổ “%s” kỳ %s còn số đang giữ: %s.", s->book, s->period, names.data);
    vt_buf_free(&names);
    return st;
}

static vt_status close_one(vt_records *r, vt_findings *list, const vt_series_row *s,
                           const char *reason, const char *void_reason) {
    vt_status st = VT_OK;

    if (!s->open)
        return refuse(list, s->book, "Xem các sổ: vanthu series.", "Sổ đã khoá từ trước.");
    if (void_reason)
        st = vt_sql_run(r, list,
                        "UPDATE number SET state = 'void', reason = ?, actor = ? WHERE series_id = "
                        "? AND state = 'reserved'",
                        VT_ARGS(vt_text(void_reason), vt_text(r->actor), vt_int(s->id)));
    if (!st)
        st = still_held(r, list, s);
    if (!st)
        st = vt_sql_run(r, list,
                        "UPDATE series SET state = 'closed', reason = ? WHERE series_id = ?",
                        VT_ARGS(vt_text(reason), vt_int(s->id)));
    return st ? st
              : vt_event_json(r, list, "series-close", s->uid,
                              json_pack("{s:s, s:s*}", "reason", reason, "void", void_reason));
}

vt_status vt_records_series_close(vt_records *r, const char *issuer, const char *series,
                                  const char *reason, const char *void_reason, vt_arena *arena,
                                  vt_findings *list) {
    vt_series_row s;
    vt_status st;

    if (vt_blank(reason) || (void_reason && vt_blank(void_reason)))
        return refuse(list, series, "Ghi thêm: --reason LÝ-DO.", "Khoá một sổ phải có lý do.");
    st = vt_typed(r, list, VT_TYPED({"lý do", &reason, 0}, {"lý do huỷ số", &void_reason, 0}));
    if (!st)
        st = vt_records_begin(r, list);
    if (st)
        return st;
    st = vt_series_named(r, list, arena, issuer, series, &s);
    if (!st)
        st = close_one(r, list, &s, reason, void_reason);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

/* ------------------------------------------------------------------ opening -- */

/* Before its first document, so that it may begin behind a paper book's last
   number; or again, when it was closed too early. */
static vt_status open_one(vt_records *r, vt_findings *list, vt_arena *arena, const vt_opening *q) {
    char date[11];
    int64_t issuer = 0, numbers = 0;
    vt_series_row s;
    vt_meta meta = {.type_slug = "", .date = q->date};
    vt_issue like = {.meta = &meta, .book = q->book, .period = q->period};
    vt_status st = vt_issuer_named(r, list, q->issuer, &issuer);

    vt_date_iso(q->date, date);
    if (!st && !q->period)
        st = usual_period(r, list, issuer, q->book, &like.period);
    if (!st)
        st = vt_series_of_book(r, list, arena, issuer, &like, date, &s);
    if (!st)
        st = vt_sql_number(r, list, "SELECT count(*) FROM number WHERE series_id = ?",
                           VT_ARGS(vt_int(s.id)), &numbers);
    if (!st && q->first > 1 && numbers)
        st = refuse(list, q->book, NULL, "Sổ đã có số nên không đặt lại số đầu được.");
    if (!st && !s.open && vt_blank(q->reason))
        st = refuse(list, q->book, "Ghi thêm: --reason LÝ-DO.",
                    "Mở lại một sổ đã khoá phải có lý do.");
    if (!st && q->first <= 1 && s.open)
        return VT_OK; /* as it is */
    if (!st)
        st = vt_sql_run(r, list,
                        "UPDATE series SET state = 'open', reason = '', first = ? WHERE series_id "
                        "= ?",
                        VT_ARGS(vt_int(q->first > 1 ? q->first : s.first), vt_int(s.id)));
    return st ? st
              : vt_event_json(
                    r, list, "series-open", s.uid,
                    json_pack("{s:I, s:s*}", "first", (json_int_t)q->first, "reason", q->reason));
}

vt_status vt_records_series_open(vt_records *r, const vt_opening *asked, vt_arena *arena,
                                 vt_findings *list) {
    vt_opening said = *asked;
    const vt_opening *q = &said;
    vt_status st = check_book(list, q->book, q->period);

    if (st)
        return st;
    if (!vt_date_full(q->date) || q->first < 1)
        return refuse(list, q->book, "Ghi: vanthu series open SỔ --date NGÀY --first SỐ.",
                      "Mở sổ cần một ngày trong kỳ và số đầu từ 1 trở lên.");
    st = vt_typed_reason(r, list, &said.reason);
    if (!st)
        st = vt_records_begin(r, list);
    if (st)
        return st;
    st = open_one(r, list, arena, q);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

/* -------------------------------------------------------------- carrying over -- */

/* An open series whose days are over. */
typedef struct ended {
    vt_series_row row;
    const char *issuer; /* its name */
    int64_t last;
    bool congress;
} ended;

/* Open series that no day from `date` on belongs to. */
static vt_status ended_series(vt_records *r, vt_findings *list, vt_arena *arena, const char *date,
                              ended **out, size_t *count) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT s.series_id, s.issuer_id, s.uid, s.book, s.period, CASE t.kind WHEN 'congress' "
        "THEN 1 ELSE 0 END, i.name, coalesce((SELECT max(n.number) FROM number n WHERE n.series_id "
        "= s.series_id), 0) FROM series s JOIN issuer i ON i.issuer_id = s.issuer_id LEFT JOIN "
        "term t ON t.term_id = s.term_id WHERE s.state = 'open' AND s.closes <> '' AND s.closes < "
        "? ORDER BY i.issuer_id, s.book, s.series_id",
        VT_ARGS(vt_text(date)), &stmt);

    *out = NULL;
    *count = 0;
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        *out = vt_grow(arena, *out, &cap, *count + 1, sizeof **out);
        if (!*out) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        (*out)[(*count)++] = (ended){.row = {.id = vt_sql_int(stmt, 0),
                                             .issuer = vt_sql_int(stmt, 1),
                                             .uid = vt_sql_text(arena, stmt, 2),
                                             .book = vt_sql_text(arena, stmt, 3),
                                             .period = vt_sql_text(arena, stmt, 4),
                                             .open = true},
                                     .congress = vt_sql_int(stmt, 5) != 0,
                                     .issuer = vt_sql_text(arena, stmt, 6),
                                     .last = vt_sql_int(stmt, 7)};
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

/* Its successor, ready from number 1 on. */
static vt_status succeed(vt_records *r, vt_findings *list, vt_arena *arena, const vt_series_row *s,
                         vt_date date, vt_series_row *out) {
    bool yearly = strlen(s->period) == 4 && strspn(s->period, "0123456789") == 4;
    vt_meta meta = {.type_slug = "", .date = date};
    const vt_issue like = {.meta = &meta, .book = s->book, .period = yearly ? "year" : "term"};
    char iso[11];

    vt_date_iso(date, iso);
    return vt_series_of_book(r, list, arena, s->issuer, &like, iso, out);
}

/* A slip of the year closes the books of this one. */
static vt_status not_far(vt_records *r, vt_findings *list, vt_date date, const char *far) {
    const vt_date today = vt_time_day(r->world.now_ms(r->world.ctx));
    char iso[11], now[11];

    vt_date_iso(date, iso);
    vt_date_iso(today, now);
    if (far && vt_blank(far))
        return refuse(list, iso, "Ghi thêm: --reason LÝ-DO.", "Bỏ qua lỗi phải có lý do.");
    if (far || vt_date_compare(date, (vt_date){today.year + 1, today.month, today.day}) <= 0)
        return VT_OK;
    return vt_bad(list, "SO-25", (vt_place){.path = iso},
                  "Kiểm tra lại ngày; nếu đúng ý, thêm --override SO-25 --reason LÝ-DO.",
                  "Ngày %s ở sau hôm nay (%s) hơn một năm: chuyển sổ đến đó thì khoá cả các sổ "
                  "đang dùng.",
                  vt_day(iso).text, vt_day(now).text);
}

static vt_status carry_one(vt_records *r, vt_findings *list, vt_arena *arena, const ended *s,
                           vt_date date, const char *reason, const char *void_reason,
                           vt_carried *out) {
    vt_series_row next = {.period = ""};
    vt_status st = close_one(r, list, &s->row, reason, void_reason);

    if (!st && !s->congress) /* nothing follows a congress but the next one */
        st = succeed(r, list, arena, &s->row, date, &next);
    *out = (vt_carried){s->issuer, s->row.book, s->row.period, next.period, s->last};
    return st;
}

static vt_status carry(vt_records *r, vt_date date, const char *void_reason, const char *far,
                       vt_arena *arena, vt_findings *list, vt_carried **out, size_t *count) {
    const char *reason = "hết kỳ, chuyển sổ";
    ended *past = NULL;
    char iso[11];
    vt_status st;

    vt_date_iso(date, iso);
    if (far)
        reason = vt_printf(arena, "%s đến ngày %s: %s", reason, vt_day(iso).text, far);
    st = reason ? ended_series(r, list, arena, iso, &past, count) : vt_nomem(list);
    *out = st ? NULL : vt_alloc(arena, (*count + 1) * sizeof **out);
    if (!st && !*out)
        st = vt_nomem(list);
    for (size_t i = 0; !st && i < *count; i++)
        st = carry_one(r, list, arena, &past[i], date, reason, void_reason, &(*out)[i]);
    return st;
}

vt_status vt_records_carry(vt_records *r, vt_date date, const char *void_reason, const char *far,
                           vt_arena *arena, vt_findings *list, vt_carried **out, size_t *count) {
    vt_status st;

    *out = NULL;
    *count = 0;
    if (void_reason && vt_blank(void_reason))
        return refuse(list, NULL, "Ghi: --void \"LÝ DO\".", "Huỷ các số đang giữ phải có lý do.");
    if (!vt_date_full(date))
        return refuse(list, NULL, "Ghi: vanthu series carry --date 2027-01-01.",
                      "Chuyển sổ cần ngày đầu của kỳ mới.");
    st = not_far(r, list, date, far);
    if (!st)
        st = vt_typed(r, list, VT_TYPED({"lý do", &far, 0}, {"lý do huỷ số", &void_reason, 0}));
    if (!st)
        st = vt_records_begin(r, list);
    if (st)
        return st;
    st = carry(r, date, void_reason, far, arena, list, out, count);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}
