/*
 * records/series.c - which series a document numbers in.
 *
 * The head of the agency decides which types share a book (Điều 15.1): rows of
 * `book` and `book_type`; what is not configured follows the rule pack.  A book
 * lasts a year, a term, the days of a congress, or for ever; each such period
 * of it is a series.
 */
#include "records/series.h"
#include "records/words.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { NAMES_BYTES = 1 << 16, NAMES_SHOWN = 5 };

/* A book as a document finds it. */
typedef struct book {
    const char *code, *period; /* "year", "term", "congress", "always" */
    bool suffixes;
} book;

/* A stretch of time a book is numbered through. */
typedef struct stretch {
    const char *name, *opens, *closes; /* dates; "": no bound */
    int64_t term;                      /* 0: none */
} stretch;

/* ------------------------------------------------------------------ books -- */

static vt_status books_of(vt_records *r, vt_findings *list, int64_t issuer, int64_t *out) {
    return vt_sql_number(r, list,
                         "SELECT coalesce(books_of, issuer_id) FROM issuer WHERE issuer_id = ?",
                         VT_ARGS(vt_int(issuer)), out);
}

static vt_status configured(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                            const char *type, bool secret, book *out, bool *found) {
    vt_stmt *stmt;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT b.book, b.period, b.suffixes FROM book_type t JOIN book b ON b.issuer_id = "
        "t.issuer_id AND b.book = t.book WHERE t.issuer_id = ? AND t.type IN (?, '*') AND "
        "t.secret = ? ORDER BY CASE t.type WHEN '*' THEN 1 ELSE 0 END LIMIT 1",
        VT_ARGS(vt_int(issuer), vt_text(type), vt_int(secret)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, found);
    if (st || !*found)
        return st;
    out->code = vt_sql_text(arena, stmt, 0);
    out->period = vt_sql_text(arena, stmt, 1);
    out->suffixes = vt_sql_int(stmt, 2) != 0;
    vt_sql_done(stmt);
    return VT_OK;
}

/* The pack's own book of a type; a configured one of that name lends its period. */
static vt_status by_pack(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                         const vt_issue *q, bool secret, book *out) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st;

    out->code = secret && q->secret_apart ? vt_printf(arena, "%s-mat", q->book) : q->book;
    out->period = q->period;
    st = vt_sql_open(r, list, "SELECT period, suffixes FROM book WHERE issuer_id = ? AND book = ?",
                     VT_ARGS(vt_int(issuer), vt_text(out->code)), &stmt);
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    out->period = vt_sql_text(arena, stmt, 0);
    out->suffixes = vt_sql_int(stmt, 1) != 0;
    vt_sql_done(stmt);
    return VT_OK;
}

/* ---------------------------------------------------------------- periods -- */

static vt_status no_term(vt_records *r, vt_findings *list, const book *b, const char *date) {
    bool congress = strcmp(b->period, "congress") == 0;

    return vt_bad(list, "SO-15", (vt_place){.file = r->folder, .path = "/document/date"},
                  congress
                      ? "Khai kỳ đại hội: vanthu series term TÊN --congress --from NGÀY --to "
                        "NGÀY; loại văn bản không phải của đại hội thì đặt vào sổ khác: vanthu "
                        "series set SỔ --types LOẠI --period term."
                      : "Khai nhiệm kỳ: vanthu series term TÊN --from NGÀY.",
                  "Sổ “%s” đi theo %s, mà không có %s nào chứa ngày %s nên không biết cấp số ở kỳ "
                  "nào.",
                  b->code, congress ? "kỳ đại hội" : "nhiệm kỳ",
                  congress ? "kỳ đại hội" : "nhiệm kỳ", vt_day(date).text);
}

/* The term that holds the date.  Whoever has named no term at all has one
   without dates. */
static vt_status in_term(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                         const book *b, const char *date, stretch *out) {
    const char *kind = b->period;
    vt_stmt *stmt;
    int64_t any = 0;
    bool row = false;
    vt_status st = vt_sql_open(r, list,
                               "SELECT term_id, name, opens, closes FROM term WHERE issuer_id = ? "
                               "AND kind = ? AND opens <= ?3 AND (closes = '' OR closes >= ?3)",
                               VT_ARGS(vt_int(issuer), vt_text(kind), vt_text(date)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (!st && row) {
        *out = (stretch){.term = vt_sql_int(stmt, 0),
                         .name = vt_sql_text(arena, stmt, 1),
                         .opens = vt_sql_text(arena, stmt, 2),
                         .closes = vt_sql_text(arena, stmt, 3)};
        vt_sql_done(stmt);
    }
    if (st || row)
        return st;
    st = vt_sql_number(r, list, "SELECT count(*) FROM term WHERE issuer_id = ? AND kind = ?",
                       VT_ARGS(vt_int(issuer), vt_text(kind)), &any);
    if (st)
        return st;
    if (any || strcmp(kind, "congress") == 0)
        return no_term(r, list, b, date);
    *out = (stretch){.name = "term", .opens = "", .closes = ""};
    return VT_OK;
}

static vt_status find_stretch(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                              const book *b, const char *date, stretch *out) {
    if (strcmp(b->period, "always") == 0) {
        *out = (stretch){.name = "always", .opens = "", .closes = ""};
        return VT_OK;
    }
    if (strcmp(b->period, "year") != 0)
        return in_term(r, list, arena, issuer, b, date, out);
    *out = (stretch){.name = vt_printf(arena, "%.4s", date),
                     .opens = vt_printf(arena, "%.4s-01-01", date),
                     .closes = vt_printf(arena, "%.4s-12-31", date)};
    return VT_OK;
}

/* ----------------------------------------------------------------- series -- */

#define SERIES_COLUMNS                                                                             \
    "s.series_id, s.issuer_id, s.uid, s.book, s.period, s.first, s.suffixes, s.state"

static void load(vt_arena *arena, vt_stmt *stmt, vt_series_row *out) {
    *out = (vt_series_row){.id = vt_sql_int(stmt, 0),
                           .issuer = vt_sql_int(stmt, 1),
                           .uid = vt_sql_text(arena, stmt, 2),
                           .book = vt_sql_text(arena, stmt, 3),
                           .period = vt_sql_text(arena, stmt, 4),
                           .first = vt_sql_int(stmt, 5),
                           .suffixes = vt_sql_int(stmt, 6) != 0,
                           .open = strcmp(vt_sql_view(stmt, 7), "open") == 0};
}

static vt_status find_series(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                             const char *code, const char *period, vt_series_row *out,
                             bool *found) {
    vt_stmt *stmt;
    vt_status st = vt_sql_open(r, list,
                               "SELECT " SERIES_COLUMNS " FROM series s WHERE s.issuer_id = ? AND "
                               "s.book = ? AND s.period = ?",
                               VT_ARGS(vt_int(issuer), vt_text(code), vt_text(period)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, found);
    if (st || !*found)
        return st;
    load(arena, stmt, out);
    vt_sql_done(stmt);
    return VT_OK;
}

static vt_status open_series(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                             const book *b, const stretch *when, int64_t first,
                             vt_series_row *out) {
    char uid[VT_UID_CHARS + 1];
    vt_status st = vt_uid_make(&r->world, uid) ? VT_OK : vt_nomem(list);

    *out = (vt_series_row){.issuer = issuer,
                           .uid = vt_strdup(arena, uid),
                           .book = b->code,
                           .period = when->name,
                           .first = first,
                           .suffixes = b->suffixes,
                           .open = true};
    if (!st)
        st = vt_sql_number(
            r, list,
            "INSERT INTO series(uid, issuer_id, book, period, term_id, opens, closes, first, "
            "suffixes, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open') RETURNING series_id",
            VT_ARGS(vt_text(uid), vt_int(issuer), vt_text(b->code), vt_text(when->name),
                    when->term ? vt_int(when->term) : vt_text(NULL), vt_text(when->opens),
                    vt_text(when->closes), vt_int(first), vt_int(b->suffixes)),
            &out->id);
    if (!st && vt_arena_failed(arena))
        st = vt_nomem(list);
    return st ? st
              : vt_event_json(r, list, "series", uid,
                              json_pack("{s:s, s:s}", "book", b->code, "period", when->name));
}

static vt_status closed(vt_findings *list, const vt_series_row *s) {
    return vt_bad(list, "SO-07", (vt_place){0},
                  "Kiểm tra lại ngày ban hành; đúng ngày ấy thì mở lại sổ: vanthu series open SỔ "
                  "--date NGÀY --reason LÝ-DO.",
                  "Sổ “%s” kỳ %s đã khoá, không cấp thêm số được.", s->book, s->period);
}

static vt_status series_at(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                           const book *b, const char *date, vt_series_row *out) {
    stretch when = {0};
    bool found = false;
    vt_status st = find_stretch(r, list, arena, issuer, b, date, &when);

    if (!st && vt_arena_failed(arena))
        st = vt_nomem(list);
    if (!st)
        st = find_series(r, list, arena, issuer, b->code, when.name, out, &found);
    if (!st && !found)
        st = open_series(r, list, arena, issuer, b, &when, 1, out);
    return st;
}

vt_status vt_series_use(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                        const vt_issue *q, const char *date, vt_series_row *out) {
    bool secret = q->meta->secrecy && *q->meta->secrecy, found = false;
    int64_t owner = 0;
    book b = {0};
    vt_status st = books_of(r, list, issuer, &owner);

    if (!st)
        st = configured(r, list, arena, owner, q->meta->type_slug ? q->meta->type_slug : "", secret,
                        &b, &found);
    if (!st && !found)
        st = by_pack(r, list, arena, owner, q, secret, &b);
    if (!st)
        st = series_at(r, list, arena, owner, &b, date, out);
    return !st && !out->open ? closed(list, out) : st;
}

vt_status vt_series_of_book(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                            const vt_issue *q, const char *date, vt_series_row *out) {
    book b = {0};
    vt_status st = by_pack(r, list, arena, issuer, q, false, &b);

    if (!st)
        st = series_at(r, list, arena, issuer, &b, date, out);
    return st;
}

/* ------------------------------------------------------------------ by name -- */

static vt_status several(vt_findings *list, const char *what, const char *typed,
                         const vt_buf *names, const char *remedy) {
    return vt_bad(list, "SO-16", (vt_place){.path = typed}, remedy, "%s: %s.", what, names->data);
}

/* As `series` lists it; typed so, it is that one and no other. */
#define ISSUER_WHOLE "CASE WHEN i.superior = '' THEN i.name ELSE i.superior || ', ' || i.name END"

vt_status vt_issuer_named(vt_records *r, vt_findings *list, const char *words, int64_t *out) {
    vt_buf folded, names;
    vt_stmt *stmt;
    bool row = true;
    int64_t fit = 0;
    int found = 0;
    vt_status st;

    vt_buf_init(&folded, NAMES_BYTES);
    vt_buf_init(&names, NAMES_BYTES);
    vt_words_folded(words ? words : "", &folded);
    st = vt_sql_open(r, list,
                     "SELECT issuer_id, " ISSUER_WHOLE
                     ", fit FROM (SELECT i.*, CASE WHEN ?1 = '' THEN "
                     "1 WHEN replace(folded, ' /', '') = ?1 THEN 0 WHEN folded LIKE '% /' || ?1 "
                     "THEN 1 WHEN folded LIKE '% /%' || ?1 || "
                     "'%' THEN 2 WHEN folded LIKE '%' || ?1 || '%' THEN 3 ELSE 9 END AS fit FROM "
                     "issuer i) i WHERE fit < 9 ORDER BY fit, issuer_id LIMIT ?2",
                     VT_ARGS(vt_text(folded.data), vt_int(NAMES_SHOWN)), &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        if (found && vt_sql_int(stmt, 2) > fit) { /* the better ones are enough */
            vt_sql_done(stmt);
            break;
        }
        fit = vt_sql_int(stmt, 2);
        *out = vt_sql_int(stmt, 0);
        vt_buf_printf(&names, "%s“%s”", found++ ? ", " : "", vt_sql_view(stmt, 1));
    }
    if (!st && found == 0)
        st = vt_bad(list, "SO-16", (vt_place){.path = words},
                    "Xem các cơ quan của kho: vanthu series; ghi một cơ quan vào kho trước khi cấp "
                    "số: vanthu series issuer VĂN-BẢN.xml.",
                    words ? "Kho không có cơ quan ban hành “%s”."
                          : "Kho chưa có cơ quan ban hành nào%s.",
                    words ? words : "");
    if (!st && found > 1)
        st = several(list, "Có nhiều cơ quan ban hành", words, &names,
                     "Chép nguyên một tên ở trên: --issuer \"TÊN CƠ QUAN\".");
    vt_buf_free(&folded);
    vt_buf_free(&names);
    return st;
}

/* "van-ban/2026" of one issuer, or the beginning of an id. */
vt_status vt_series_named(vt_records *r, vt_findings *list, vt_arena *arena, const char *issuer,
                          const char *reference, vt_series_row *out) {
    int64_t of = 0;
    int found = 0, open = 0;
    vt_buf names;
    vt_series_row one;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = issuer ? vt_issuer_named(r, list, issuer, &of) : VT_OK;

    if (st)
        return st;
    vt_buf_init(&names, NAMES_BYTES);
    st =
        vt_sql_open(r, list,
                    "SELECT " SERIES_COLUMNS ", " ISSUER_WHOLE " FROM series s JOIN issuer i USING "
                    "(issuer_id) WHERE (s.book || '/' || s.period = ?1 OR s.book = ?1 OR s.uid = "
                    "?1) AND (?2 = 0 OR s.issuer_id = ?2) ORDER BY s.state DESC, s.series_id DESC "
                    "LIMIT ?3",
                    VT_ARGS(vt_text(reference), vt_int(of), vt_int(NAMES_SHOWN)), &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        load(arena, stmt, &one);
        open += one.open;
        if (!found || one.open)
            *out = one;
        vt_buf_printf(&names, "%s%s/%s (%s)", found++ ? ", " : "", one.book, one.period,
                      vt_sql_view(stmt, 8));
    }
    if (!st && found == 0)
        st = vt_bad(list, "SO-16", (vt_place){.path = reference}, "Xem các sổ: vanthu series.",
                    "Kho không có sổ “%s”.", reference);
    if (!st && found > 1 && open != 1) /* the year before is closed: this year's is meant */
        st = several(list, "Có nhiều sổ ứng với tên ấy", reference, &names,
                     "Ghi đủ SỔ/KỲ, thêm --issuer khi nhiều cơ quan có sổ cùng tên.");
    vt_buf_free(&names);
    return st;
}
