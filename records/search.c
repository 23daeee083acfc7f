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
#include "records/searching.h"
#include "records/snippet.h"
#include "records/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVERYTHING "facet : \"\1all\""
enum { EXPRESSION_BYTES = 1 << 18, PAGE = 20 };
enum { TIER_NUMBERS, TIER_RUN, TIER_WORDS, TIER_FOLDED };
static const char TIER_LETTERS[] = "newf";

/* A page on its way. */
typedef struct paging {
    vt_searching s;
    int tier;
    int64_t below; /* keys under this one */
    size_t limit, cap;
    vt_hits hits;
    int64_t last_key;
} paging;

/* ----------------------------------------------------------------- filters -- */

/* "Kế hoạch" and "ke-hoach" name one type: a token of the index.  Of a name each word is one. */
void vt_searching_filter(vt_buf *out, const vt_filter *filter) {
    vt_buf part;

    vt_buf_init(&part, EXPRESSION_BYTES);
    if (!filter->typed || !(filter->facet ? vt_query_slug(filter->typed, &part)
                                          : vt_query_names(filter->typed, filter->name, &part)))
        ;
    else if (filter->facet)
        vt_buf_printf(out, "%s(facet : \"%c%c:%s\")", out->len ? " AND " : "", VT_FACET,
                      filter->facet, part.data);
    else
        vt_buf_printf(out, "%s(facet : %s)", out->len ? " AND " : "", part.data);
    out->failed = out->failed || vt_buf_failed(&part);
    vt_buf_free(&part);
}

/* Read off the index word by word, newest first, they need not be joined before (beginning). */
static void begin_so(void *ctx, const char *begin, vt_buf *out) {
    vt_searching *s = ctx;

    if (!s->failed && s->r->backend->beginning)
        s->failed = s->r->backend->beginning(s->r, s->list, begin, out);
}

/* What was asked for so far, found by itself, and then this of it: few of the first keep the
   index from reading all of the second. */
static void narrow(vt_searching *s, const char *by) {
    vt_buf both;

    if (!*by)
        return;
    vt_buf_init(&both, EXPRESSION_BYTES);
    if (s->words.len)
        vt_buf_printf(&both, "((%s)%s) AND ", s->words.data, s->r->backend->together);
    vt_buf_printf(&both, "(%s)", by);
    both.failed = both.failed || vt_buf_failed(&s->words);
    vt_buf_free(&s->words);
    s->words = both;
}

/* What few documents have comes first: facets, a run, names, and words last. */
vt_status vt_searching_words(vt_searching *s, bool folded, const char *run, bool *any) {
    const vt_query_index index = {begin_so, s};
    bool with_run = strcmp(run, " AND ") == 0;
    vt_buf part;

    vt_buf_init(&part, EXPRESSION_BYTES);
    *any = vt_query_expression(s->query, folded, EVERYTHING, &index, &part, &s->marks);
    vt_buf_clear(&s->words);
    narrow(s, s->facets.data);
    narrow(s, with_run ? s->run.data : "");
    narrow(s, s->names.data);
    narrow(s, *any ? part.data : !s->words.len && (*s->state || *s->dossier) ? EVERYTHING : "");
    if (*run && !with_run)
        vt_buf_printf(&s->words, "%s(%s)", run, s->run.data);
    s->words.failed = s->words.failed || vt_buf_failed(&part) || vt_buf_failed(&s->run);
    vt_buf_free(&part);
    return s->failed ? s->failed : vt_buf_failed(&s->words) ? vt_nomem(s->list) : VT_OK;
}

static int64_t key_of_day(vt_date date) {
    return vt_date_days(date) * VT_DAY_SLOTS;
}

static void set_range(vt_searching *s, const vt_search *q) {
    vt_date from = q->from, to = vt_date_last(q->to);

    if (from.year && !from.month)
        from.month = 1;
    if (from.year && !from.day)
        from.day = 1;
    s->from = from.year ? key_of_day(from) : INT64_MIN;
    s->to = to.year ? key_of_day(to) + VT_DAY_SLOTS - 1 : INT64_MAX;
}

static void set_filters(vt_searching *s, const vt_search *q) {
    const vt_filter filters[VT_FILTERS] = {
        [VT_BY_TYPE_NAMED] = {q->type, VT_FACET_TYPE, 0},
        [VT_BY_SERIES_NAMED] = {q->series, VT_FACET_SERIES, 0},
        [VT_BY_URGENCY_NAMED] = {q->urgency, VT_FACET_URGENCY, 0},
        [VT_BY_ISSUER_NAMED] = {q->issuer, 0, VT_NAME_ISSUER},
        [VT_BY_SIGNER_NAMED] = {q->signer, 0, VT_NAME_SIGNER},
        [VT_BY_RECIPIENT_NAMED] = {q->recipient, 0, VT_NAME_RECIPIENT},
    };

    for (int i = 0; i < VT_FILTERS; i++) {
        s->filter[i] = filters[i];
        vt_searching_filter(filters[i].facet ? &s->facets : &s->names, &filters[i]);
        vt_searching_filter(&s->filters, &filters[i]);
    }
}

vt_status vt_searching_start(vt_searching *s, vt_records *r, const vt_search *search,
                             vt_arena *arena, vt_findings *list) {
    vt_status st;

    *s = (vt_searching){.r = r, .list = list, .arena = arena};
    s->query = search->query ? search->query : "";
    vt_buf_init(&s->filters, EXPRESSION_BYTES);
    vt_buf_init(&s->facets, EXPRESSION_BYTES);
    vt_buf_init(&s->names, EXPRESSION_BYTES);
    vt_buf_init(&s->words, EXPRESSION_BYTES);
    vt_buf_init(&s->run, EXPRESSION_BYTES);
    s->has_number = vt_number_parse(s->query, &s->typed);
    s->has_run = !s->has_number && vt_query_phrase(s->query, &s->run);
    set_filters(s, search);
    set_range(s, search);
    if (!vt_number_span(&s->typed, 0, arena, &s->year_from, &s->year_before) ||
        vt_buf_failed(&s->filters) || vt_buf_failed(&s->facets) || vt_buf_failed(&s->names))
        return vt_nomem(list);
    st = vt_searching_state(s, search->state);
    return st ? st : vt_searching_dossier(s, search->dossier);
}

void vt_searching_end(vt_searching *s) {
    vt_buf_free(&s->filters);
    vt_buf_free(&s->facets);
    vt_buf_free(&s->names);
    vt_buf_free(&s->words);
    vt_buf_free(&s->run);
}

/* -------------------------------------------------------------- statements -- */

static vt_status open_as(const vt_searching *s, const char *sql, bool of_number, int64_t from,
                         int64_t to, int64_t limit, vt_stmt **out) {
    int64_t number = of_number || s->has_number ? s->typed.number : 0;

    return vt_sql_open(s->r, s->list, sql,
                       VT_ARGS(vt_int(number), vt_text(s->typed.suffix), vt_text(s->typed.notation),
                               vt_text(s->year_from), vt_int(from), vt_int(to),
                               vt_text(of_number ? s->filters.data : s->words.data), vt_int(limit),
                               vt_text(s->state), vt_text(s->dossier), vt_text(s->year_before)),
                       out);
}

vt_status vt_searching_numbers(const vt_searching *s, vt_found what, int64_t from, int64_t to,
                               int64_t limit, vt_stmt **out) {
    vt_named name = what == VT_FOUND_COUNTS ? VT_SQL_COUNT_NUMBERS : VT_SQL_FIND_NUMBERS;

    return open_as(s, s->r->backend->named[name], true, from, to, limit, out);
}

#define ALL(columns)                                                                               \
    "SELECT " columns " FROM document d" VT_RECORD_JOINS "WHERE d.sort_key BETWEEN ?5 AND ?6 "     \
    "AND NOT " VT_NUMBER_TYPED " AND ?7 = '' AND ?9 = '' AND ?10 = '' "                            \
    "ORDER BY d.sort_key DESC LIMIT ?8"

/* Where the archive begins to look: few documents are of a dossier, or of a
   state other than "issued", and the index is then asked about each of them. */
vt_status vt_searching_open(const vt_searching *s, vt_found what, int64_t from, int64_t to,
                            int64_t limit, vt_stmt **out) {
    static const char *const all[] = {ALL(VT_RECORD_COLUMNS), ALL(VT_COUNT_COLUMNS)};
    static const vt_named names[][2] = {{VT_SQL_FIND_IN_DOSSIER, VT_SQL_COUNT_IN_DOSSIER},
                                        {VT_SQL_FIND_IN_STATE, VT_SQL_COUNT_IN_STATE},
                                        {VT_SQL_FIND_WORDS, VT_SQL_COUNT_WORDS}};
    const char *const *named = s->r->backend->named;
    const char *sql = all[what];

    if (*s->dossier)
        sql = named[names[0][what]];
    else if (*s->state && strcmp(s->state, "issued") != 0)
        sql = named[names[1][what]];
    else if (s->words.len)
        sql = named[names[2][what]];
    return open_as(s, sql, false, from, to, limit, out);
}

/* ------------------------------------------------------------------- pages -- */

static vt_status set_page(paging *p, const vt_search *q) {
    const char *letter;
    char *end;

    p->limit = q->limit ? q->limit : PAGE;
    if (p->limit > VT_SEARCH_MOST)
        p->limit = VT_SEARCH_MOST;
    p->tier = p->s.has_number ? TIER_NUMBERS : p->s.has_run ? TIER_RUN : TIER_WORDS;
    p->below = INT64_MAX;
    if (!q->after || !*q->after)
        return VT_OK;
    letter = strchr(TIER_LETTERS, q->after[0]);
    if (letter && q->after[1] == ':' && q->after[2]) {
        p->tier = (int)(letter - TIER_LETTERS);
        p->below = strtoll(q->after + 2, &end, 10);
        if (!*end && (p->tier != TIER_NUMBERS || p->s.has_number) &&
            (p->tier != TIER_RUN || p->s.has_run))
            return VT_OK;
    }
    return vt_bad(p->s.list, "TIM-01", (vt_place){.path = q->after},
                  "Dùng đúng khoá mà trang trước đã cho.", "Khoá trang “%s” không đúng.", q->after);
}

static vt_status take_hits(paging *p, vt_stmt *stmt) {
    bool row = true;
    vt_status st = VT_OK;

    while (p->hits.count <= p->limit && !(st = vt_sql_row(stmt, p->s.list, &row)) && row) {
        vt_record **items =
            vt_grow(p->s.arena, p->hits.items, &p->cap, p->hits.count + 1, sizeof(vt_record *));
        vt_record *record = items ? vt_record_load(p->s.arena, stmt) : NULL;

        if (!record) {
            vt_sql_done(stmt);
            return vt_nomem(p->s.list);
        }
        p->hits.items = items;
        if (p->hits.count < p->limit)
            p->last_key = vt_sql_int(stmt, VT_COLUMN_SORT);
        p->hits.items[p->hits.count++] = record;
    }
    if (!st && row)
        vt_sql_done(stmt);
    return st;
}

/* One tier's part of the page.  One row more than the page holds tells whether
   there is a next one.  What the tier of numbers has shown is left out of the others. */
static vt_status take_tier(paging *p) {
    int64_t to = p->below <= p->s.to ? p->below - 1 : p->s.to;
    int64_t wanted = (int64_t)(p->limit + 1 - p->hits.count);
    vt_stmt *stmt;
    vt_status st = p->tier == TIER_NUMBERS
                       ? vt_searching_numbers(&p->s, VT_FOUND_RECORDS, p->s.from, to, wanted, &stmt)
                       : vt_searching_open(&p->s, VT_FOUND_RECORDS, p->s.from, to, wanted, &stmt);

    return st ? st : take_hits(p, stmt);
}

static void next_tier(paging *p, int tier) {
    p->tier = tier;
    p->below = p->last_key = INT64_MAX;
}

/* Words as typed, or without their accents. */
static vt_status take_words(paging *p, bool *any) {
    const char *run = !p->s.has_run || p->tier == TIER_FOLDED ? ""
                      : p->tier == TIER_RUN                   ? " AND "
                                                              : " NOT ";
    vt_status st = vt_searching_words(&p->s, p->tier == TIER_FOLDED, run, any);

    p->hits.folded = p->tier == TIER_FOLDED;
    return st ? st : take_tier(p);
}

/* A number with ký hiệu and year that is there is what was looked for: those that
   speak of it are the next page. */
static bool was_meant(const paging *p) {
    return p->hits.count > 0 && *p->s.typed.notation && p->s.typed.year;
}

/* A page may end one tier and begin the next.  Accents that find nothing are
   left out. */
static vt_status take_page(paging *p, bool first) {
    bool any;
    vt_status st = VT_OK;

    if (p->tier == TIER_NUMBERS) {
        st = take_tier(p);
        if (st || p->hits.count > p->limit)
            return st;
        next_tier(p, TIER_WORDS);
        p->hits.mentions = was_meant(p);
        if (p->hits.mentions)
            return VT_OK;
    }
    if (p->tier == TIER_RUN) {
        st = take_words(p, &any);
        if (st || p->hits.count > p->limit)
            return st;
        next_tier(p, TIER_WORDS);
    }
    st = take_words(p, &any);
    if (!st && p->s.marks.cut)
        vt_warn(p->s.list, "TIM-02", (vt_place){0}, "Rút gọn câu tìm.",
                "Câu tìm quá dài: chỉ dùng %d từ đầu.", VT_QUERY_TERMS);
    if (!st && first && p->hits.count == 0 && any && p->s.marks.accents) {
        next_tier(p, TIER_FOLDED);
        st = take_words(p, &any);
    }
    return st;
}

static vt_status finish(paging *p, vt_hits *out) {
    if (p->hits.count > p->limit || p->hits.mentions) {
        if (p->hits.count > p->limit)
            p->hits.count = p->limit;
        p->hits.next =
            vt_printf(p->s.arena, "%c:%lld", TIER_LETTERS[p->tier], (long long)p->last_key);
        if (!p->hits.next)
            return vt_nomem(p->s.list);
    }
    *out = p->hits;
    return VT_OK;
}

vt_status vt_records_search(vt_records *r, const vt_search *search, vt_arena *arena,
                            vt_findings *list, vt_hits *out) {
    bool own, first = !search->after || !*search->after;
    paging p = {0};
    vt_status st = vt_searching_start(&p.s, r, search, arena, list);

    *out = (vt_hits){0};
    if (!st)
        st = set_page(&p, search);
    if (!st && !(st = vt_reading_begin(r, list, &own)))
        st = vt_reading_end(r, own, take_page(&p, first));
    if (!st && first && !p.hits.count)
        st = vt_searching_tell(&p.s);
    if (!st)
        st = finish(&p, out);
    if (!st && search->snippets)
        st = vt_snippets(r, p.s.query, arena, list, out);
    vt_searching_end(&p.s);
    return st;
}
