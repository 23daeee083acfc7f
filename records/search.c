/*
 * records/search.c - searching, newest first, page by page.
 *
 * Three tiers: documents whose number the query may be, or those with its
 * words as one run in heading or subject, then those with its words anywhere.
 * Where accents find nothing, one tier without them.  The rowid of the index is
 * the sort key (day and serial), so a page is read off the index in order and
 * nothing is sorted or scored.  The key of a page is its last tier and sort key:
 * "n:123" number, "e:123" exact run, "w:123" words, "f:123" without accents.
 */
#include "records/query.h"
#include "records/store.h"
#include "records/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVERYTHING "facet : \"\1all\""
enum { EXPRESSION_BYTES = 1 << 18, PAGE = 20, DAY_SLOTS = 1 << 24 };
enum { TIER_NUMBERS, TIER_RUN, TIER_WORDS, TIER_FOLDED };
static const char TIER_LETTERS[] = "newf";

typedef struct searching {
    vt_records *r;
    vt_findings *list;
    vt_arena *arena;
    vt_typed_number typed;
    const char *year_from, *year_before; /* of typed.year */
    bool has_number;                     /* the query reads as a number */
    bool has_run; /* several whole words: the tier of the exact run is asked for */
    const char *state, *dossier;
    int tier;
    int64_t from, to; /* sort keys, inclusive */
    int64_t below;    /* of the page: keys under this one */
    size_t limit, cap;
    vt_buf filters; /* FTS5 expression of the filters; "" for none */
    vt_buf run;     /* of the exact run */
    vt_buf words;   /* filters and query together */
    vt_hits hits;
    int64_t last_key;
} searching;

/* ----------------------------------------------------------------- filters -- */

static void add_filter(vt_buf *out, const char *column, const char *words) {
    vt_buf part;

    if (!words || !*words)
        return;
    vt_buf_init(&part, EXPRESSION_BYTES);
    if (vt_query_words(words, &part))
        vt_buf_printf(out, "%s(%s : %s)", out->len ? " AND " : "", column, part.data);
    out->failed = out->failed || vt_buf_failed(&part);
    vt_buf_free(&part);
}

/* "Kế hoạch" and "ke-hoach" name one type: a token of the index. */
static void add_facet(vt_buf *out, char letter, const char *value) {
    vt_buf slug;

    vt_buf_init(&slug, EXPRESSION_BYTES);
    if (value && vt_query_slug(value, &slug))
        vt_buf_printf(out, "%s(facet : \"%c%c:%s\")", out->len ? " AND " : "", VT_FACET, letter,
                      slug.data);
    out->failed = out->failed || vt_buf_failed(&slug);
    vt_buf_free(&slug);
}

/* False: no words are asked for at all. */
static bool add_query(searching *s, const char *query, bool folded, vt_query_marks *marks) {
    vt_buf part;
    bool any;

    vt_buf_init(&part, EXPRESSION_BYTES);
    any = vt_query_expression(query, folded, EVERYTHING, &part, marks);
    vt_buf_clear(&s->words);
    vt_buf_puts(&s->words, s->filters.len ? s->filters.data : "");
    if (any)
        vt_buf_printf(&s->words, "%s(%s)", s->words.len ? " AND " : "", part.data);
    else if (!s->words.len && (*s->state || *s->dossier))
        vt_buf_puts(&s->words, EVERYTHING);
    if (s->has_run && s->tier != TIER_FOLDED) {
        vt_buf_puts(&s->words, s->tier == TIER_RUN ? " AND (" : " NOT (");
        vt_buf_printf(&s->words, "%s)", s->run.data);
    }
    s->words.failed = s->words.failed || vt_buf_failed(&part) || vt_buf_failed(&s->run);
    vt_buf_free(&part);
    return any;
}

static int64_t key_of_day(vt_date date) {
    return vt_date_days(date) * DAY_SLOTS;
}

static void set_range(searching *s, const vt_search *q) {
    vt_date from = q->from, to = vt_date_last(q->to);

    if (from.year && !from.month)
        from.month = 1;
    if (from.year && !from.day)
        from.day = 1;
    s->from = from.year ? key_of_day(from) : INT64_MIN;
    s->to = to.year ? key_of_day(to) + DAY_SLOTS - 1 : INT64_MAX;
}

static vt_status set_page(searching *s, const vt_search *q) {
    const char *letter;
    char *end;

    s->limit = q->limit ? q->limit : PAGE;
    if (s->limit > VT_SEARCH_MOST)
        s->limit = VT_SEARCH_MOST;
    s->tier = s->has_number ? TIER_NUMBERS : s->has_run ? TIER_RUN : TIER_WORDS;
    s->below = INT64_MAX;
    if (!q->after || !*q->after)
        return VT_OK;
    letter = strchr(TIER_LETTERS, q->after[0]);
    if (letter && q->after[1] == ':' && q->after[2]) {
        s->tier = (int)(letter - TIER_LETTERS);
        s->below = strtoll(q->after + 2, &end, 10);
        if (!*end && (s->tier != TIER_NUMBERS || s->has_number) &&
            (s->tier != TIER_RUN || s->has_run))
            return VT_OK;
    }
    return vt_bad(s->list, "TIM-01", (vt_place){.path = q->after},
                  "Dùng đúng khoá mà trang trước đã cho.", "Khoá trang “%s” không đúng.", q->after);
}

/* ------------------------------------------------------------------- tiers -- */

static vt_status take_hits(searching *s, vt_stmt *stmt) {
    bool row = true;
    vt_status st = VT_OK;

    while (s->hits.count <= s->limit && !(st = vt_sql_row(stmt, s->list, &row)) && row) {
        vt_record **items =
            vt_grow(s->arena, s->hits.items, &s->cap, s->hits.count + 1, sizeof(vt_record *));
        vt_record *record = items ? vt_record_load(s->arena, stmt) : NULL;

        if (!record) {
            vt_sql_done(stmt);
            return vt_nomem(s->list);
        }
        s->hits.items = items;
        if (s->hits.count < s->limit)
            s->last_key = vt_sql_int(stmt, VT_COLUMN_SORT);
        s->hits.items[s->hits.count++] = record;
    }
    if (!st && row)
        vt_sql_done(stmt);
    return st;
}

/* One row more than the page holds tells whether there is a next one. */
static int64_t wanted(const searching *s) {
    return (int64_t)(s->limit + 1 - s->hits.count);
}

static int64_t last_of_page(const searching *s) {
    return s->below <= s->to ? s->below - 1 : s->to;
}

static vt_status numbers_tier(searching *s) {
    vt_stmt *stmt;
    vt_status st =
        vt_sql_open(s->r, s->list, s->r->backend->named[VT_SQL_FIND_NUMBERS],
                    VT_ARGS(vt_int(s->typed.number), vt_text(s->typed.suffix),
                            vt_text(s->typed.notation), vt_text(s->year_from), vt_int(s->from),
                            vt_int(last_of_page(s)), vt_text(s->filters.data), vt_int(wanted(s)),
                            vt_text(s->state), vt_text(s->dossier), vt_text(s->year_before)),
                    &stmt);

    return st ? st : take_hits(s, stmt);
}

/* Where the archive begins to look: few documents are of a dossier, or of a
   state other than "issued", and the index is then asked about each of them. */
static const char *words_sql(const searching *s) {
    static const char all[] = "SELECT " VT_RECORD_COLUMNS " FROM document d" VT_RECORD_JOINS
                              "WHERE d.sort_key BETWEEN ?5 AND ?6 AND "
                              "NOT " VT_NUMBER_TYPED " AND ?7 = '' AND ?9 = '' AND ?10 = '' "
                              "ORDER BY d.sort_key DESC LIMIT ?8";

    if (*s->dossier)
        return s->r->backend->named[VT_SQL_FIND_IN_DOSSIER];
    if (*s->state && strcmp(s->state, "issued") != 0)
        return s->r->backend->named[VT_SQL_FIND_IN_STATE];
    return s->words.len ? s->r->backend->named[VT_SQL_FIND_WORDS] : all;
}

/* What numbers_tier has shown is left out. */
static vt_status words_tier(searching *s) {
    vt_stmt *stmt;
    vt_status st =
        vt_sql_open(s->r, s->list, words_sql(s),
                    VT_ARGS(vt_int(s->has_number ? s->typed.number : 0), vt_text(s->typed.suffix),
                            vt_text(s->typed.notation), vt_text(s->year_from), vt_int(s->from),
                            vt_int(last_of_page(s)), vt_text(s->words.data), vt_int(wanted(s)),
                            vt_text(s->state), vt_text(s->dossier), vt_text(s->year_before)),
                    &stmt);

    return st ? st : take_hits(s, stmt);
}

static void next_tier(searching *s, int tier) {
    s->tier = tier;
    s->below = s->last_key = INT64_MAX;
}

/* Words as typed, or without their accents. */
static vt_status run_words(searching *s, const char *query, vt_query_marks *marks, bool *any) {
    *any = add_query(s, query, s->tier == TIER_FOLDED, marks);
    if (vt_buf_failed(&s->words))
        return vt_nomem(s->list);
    s->hits.folded = s->tier == TIER_FOLDED;
    return words_tier(s);
}

/* (within one transaction) A page may end one tier and begin the next.  Accents that find nothing
   are left out. */
static vt_status run(searching *s, const vt_search *q) {
    const char *query = q->query ? q->query : "";
    bool first = !q->after || !*q->after, any;
    vt_query_marks marks;
    vt_status st = VT_OK;

    if (s->tier == TIER_NUMBERS) {
        st = numbers_tier(s);
        if (st || s->hits.count > s->limit)
            return st;
        next_tier(s, s->has_run ? TIER_RUN : TIER_WORDS);
    }
    if (s->tier == TIER_RUN) {
        st = run_words(s, query, &marks, &any);
        if (st || s->hits.count > s->limit)
            return st;
        next_tier(s, TIER_WORDS);
    }
    st = run_words(s, query, &marks, &any);
    if (!st && marks.cut)
        vt_warn(s->list, "TIM-02", (vt_place){0}, "Rút gọn câu tìm.",
                "Câu tìm quá dài: chỉ dùng %d từ đầu.", VT_QUERY_TERMS);
    if (!st && first && s->hits.count == 0 && any && marks.accents) {
        next_tier(s, TIER_FOLDED);
        st = run_words(s, query, &marks, &any);
    }
    return st;
}

static vt_status finish(searching *s, vt_hits *out) {
    if (s->hits.count > s->limit) {
        s->hits.count = s->limit;
        s->hits.next =
            vt_printf(s->arena, "%c:%lld", TIER_LETTERS[s->tier], (long long)s->last_key);
        if (!s->hits.next)
            return vt_nomem(s->list);
    }
    *out = s->hits;
    return VT_OK;
}

vt_status vt_records_search(vt_records *r, const vt_search *search, vt_arena *arena,
                            vt_findings *list, vt_hits *out) {
    searching s = {.r = r, .list = list, .arena = arena};
    bool own;
    vt_status st;

    *out = (vt_hits){0};
    vt_buf_init(&s.filters, EXPRESSION_BYTES);
    vt_buf_init(&s.words, EXPRESSION_BYTES);
    s.has_number = vt_number_parse(search->query ? search->query : "", &s.typed);
    vt_buf_init(&s.run, EXPRESSION_BYTES);
    s.has_run = !s.has_number && vt_query_phrase(search->query ? search->query : "", &s.run);
    s.state = search->state ? search->state : "";
    s.dossier = search->dossier ? search->dossier : "";
    if (!vt_year_span(arena, s.typed.year, &s.year_from, &s.year_before))
        return vt_nomem(list);
    add_facet(&s.filters, VT_FACET_TYPE, search->type);
    add_facet(&s.filters, VT_FACET_SERIES, search->series);
    add_facet(&s.filters, VT_FACET_URGENCY, search->urgency);
    add_filter(&s.filters, "issuer", search->issuer);
    add_filter(&s.filters, "signer", search->signer);
    add_filter(&s.filters, "recipient", search->recipient);
    set_range(&s, search);
    st = vt_buf_failed(&s.filters) ? vt_nomem(list) : set_page(&s, search);
    if (!st && !(st = vt_reading_begin(r, list, &own)))
        st = vt_reading_end(r, own, run(&s, search));
    if (!st)
        st = finish(&s, out);
    vt_buf_free(&s.filters);
    vt_buf_free(&s.words);
    vt_buf_free(&s.run);
    return st;
}
