/*
 * records/facet.c - how many records a search finds, by type, series, year ...
 *
 * The newest EXACT of them are counted one by one.  Where there are more, the days
 * before are parted into stretches of equal length, in each of which one day, or a few
 * where a day has hardly any, picked without regard to weeks, are counted and stand for
 * their stretch.  So a count costs the same whether a search finds ten thousand records
 * or a million: what it costs is pages read, and of what is rare each is on one of its own.
 */
#include "records/searching.h"

#include <stdlib.h>
#include <string.h>

enum {
    EXACT = 4000,     /* counted one by one */
    SAMPLE = 8000,    /* about so many more stand for the rest */
    LEAST = 1500,     /* about so many do where a day has few */
    LEAST_DAYS = 32,  /* counted at least */
    MOST_DAYS = 120,  /* and at most; or LEAST_DAYS times a few */
    OF_A_DAY = 20000, /* counted of one day */
    FIRST_TABLE = 256
};
#define GOLDEN 0.6180339887498949 /* multiples of it fall evenly, and not on weeks */

/* One value of one kind; text where the kind has no ids. */
typedef struct tally {
    vt_facet_kind kind;
    bool used;
    int64_t id;
    const char *text;
    double count;
} tally;

typedef struct counting {
    vt_searching s;
    tally *table; /* open addressing; a power of two */
    size_t size, used;
    double total;
    bool failed, estimated;
} counting;

/* ------------------------------------------------------------------- table -- */

static size_t hash(vt_facet_kind kind, int64_t id, const char *text) {
    uint64_t h = UINT64_C(14695981039346656037) ^ ((uint64_t)id * 31 + (uint64_t)kind);

    for (; text && *text; text++)
        h = (h ^ (uint8_t)*text) * UINT64_C(1099511628211);
    h *= UINT64_C(1099511628211);
    return (size_t)(h ^ (h >> 29));
}

static bool is(const tally *t, vt_facet_kind kind, int64_t id, const char *text) {
    return t->kind == kind && t->id == id && (!text || strcmp(t->text, text) == 0);
}

static tally *find(const counting *c, vt_facet_kind kind, int64_t id, const char *text) {
    size_t at = hash(kind, id, text) & (c->size - 1);

    while (c->table[at].used && !is(&c->table[at], kind, id, text))
        at = (at + 1) & (c->size - 1);
    return &c->table[at];
}

static bool grow(counting *c) {
    tally *old = c->table;
    size_t size = c->size;

    c->size = size ? size * 2 : FIRST_TABLE;
    c->table = vt_alloc_array(c->s.arena, c->size, sizeof *c->table);
    for (size_t i = 0; c->table && i < size; i++)
        if (old[i].used)
            *find(c, old[i].kind, old[i].id, old[i].text) = old[i];
    return c->table;
}

static void add(counting *c, vt_facet_kind kind, int64_t id, const char *text, double weight) {
    tally *t;

    c->failed = c->failed || (c->used * 2 >= c->size && !grow(c));
    if (c->failed)
        return;
    t = find(c, kind, id, text);
    if (!t->used) {
        *t = (tally){.kind = kind, .used = true, .id = id};
        t->text = text ? vt_strdup(c->s.arena, text) : NULL;
        c->failed = text && !t->text;
        c->used++;
    }
    t->count += weight;
}

/* ---------------------------------------------------------------- counting -- */

static int64_t day_of(int64_t key) {
    return (key - ((key % VT_DAY_SLOTS) + VT_DAY_SLOTS) % VT_DAY_SLOTS) / VT_DAY_SLOTS;
}

static int year_of(int64_t key) {
    return vt_time_day(day_of(key) * INT64_C(86400000)).year;
}

/* One row of VT_COUNT_COLUMNS. */
static void count_row(counting *c, vt_stmt *row, double weight) {
    static const struct {
        vt_facet_kind kind;
        int column;
        bool id;
    } columns[] = {{VT_BY_TYPE, 1, false},   {VT_BY_SERIES, 2, true},   {VT_BY_ISSUER, 3, true},
                   {VT_BY_SIGNER, 4, false}, {VT_BY_URGENCY, 5, false}, {VT_BY_STATE, 6, false}};

    c->total += weight;
    add(c, VT_BY_YEAR, year_of(vt_sql_int(row, 0)), NULL, weight);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *text = columns[i].id ? NULL : vt_sql_view(row, columns[i].column);

        if (columns[i].id || *text)
            add(c, columns[i].kind, columns[i].id ? vt_sql_int(row, columns[i].column) : 0, text,
                weight);
    }
}

/* Rows that were counted together: how many, keys of the newest and the oldest. */
typedef struct counted {
    int64_t rows, first, last;
} counted;

static vt_status count_rows(counting *c, vt_stmt *stmt, double weight, counted *out) {
    bool row = true;
    vt_status st = VT_OK;

    *out = (counted){0};
    while (!(st = vt_sql_row(stmt, c->s.list, &row)) && row) {
        count_row(c, stmt, weight);
        out->last = vt_sql_int(stmt, 0);
        if (out->rows++ == 0)
            out->first = out->last;
    }
    return !st && c->failed ? vt_nomem(c->s.list) : st;
}

static vt_status count_range(counting *c, int64_t from, int64_t to, int64_t limit, double weight,
                             counted *out) {
    vt_stmt *stmt;
    vt_status st = vt_searching_open(&c->s, VT_FOUND_COUNTS, from, to, limit, &stmt);

    return st ? st : count_rows(c, stmt, weight, out);
}

static vt_status count_numbers(counting *c) {
    vt_stmt *stmt;
    counted rows;
    vt_status st;

    if (!c->s.has_number)
        return VT_OK;
    st = vt_searching_numbers(&c->s, VT_FOUND_COUNTS, c->s.from, c->s.to, EXACT, &stmt);
    return st ? st : count_rows(c, stmt, 1, &rows);
}

/* Days that are counted: so many times a few that follow one another. */
typedef struct sample {
    int64_t times, each;
} sample;

/* Of `days` days from `first` on, each few for their stretch. */
static vt_status count_days(counting *c, int64_t first, int64_t days, sample some) {
    bool all = some.times * some.each >= days;
    int64_t times = all ? 1 : some.times, each = all ? days : some.each;
    double stretch = (double)days / (double)times;
    counted rows;
    vt_status st = VT_OK;

    c->estimated = c->estimated || !all;
    for (int64_t i = 0; !st && i < times; i++) {
        double within = (double)i * GOLDEN - (double)(int64_t)((double)i * GOLDEN);
        double start = (double)i * stretch + within * (stretch - (double)each + 1);
        int64_t day = first + (int64_t)start;

        st = count_range(c, day * VT_DAY_SLOTS, (day + each) * VT_DAY_SLOTS - 1, OF_A_DAY * each,
                         stretch / (double)each, &rows);
        c->estimated = c->estimated || rows.rows == OF_A_DAY * each;
    }
    return st;
}

/* By how many a day has. */
static sample sample_of(double per_day) {
    int64_t days = (int64_t)(SAMPLE / per_day);

    if (per_day * MOST_DAYS < LEAST)
        return (sample){LEAST_DAYS, 1 + (int64_t)(LEAST / (per_day * LEAST_DAYS))};
    return (sample){days < LEAST_DAYS ? LEAST_DAYS : days > MOST_DAYS ? MOST_DAYS : days, 1};
}

/* What is older than the EXACT newest. */
static vt_status count_older(counting *c, const counted *newest) {
    int64_t today = day_of(newest->last), oldest = 0;
    double per_day = (double)EXACT / (double)(day_of(newest->first) - today + 1);
    int64_t morning = today * VT_DAY_SLOTS > c->s.from ? today * VT_DAY_SLOTS : c->s.from;
    counted rows;
    vt_status st = vt_sql_number(
        c->s.r, c->s.list, "SELECT coalesce(min(sort_key), 0) FROM document", VT_NO_ARGS, &oldest);

    if (!st) /* the rest of that day */
        st = count_range(c, morning, newest->last - 1, OF_A_DAY, 1, &rows);
    if (st)
        return st;
    c->estimated = c->estimated || rows.rows == OF_A_DAY;
    oldest = day_of(oldest > c->s.from ? oldest : c->s.from);
    return oldest < today ? count_days(c, oldest, today - oldest, sample_of(per_day)) : VT_OK;
}

static vt_status count_words(counting *c, bool folded, bool *any) {
    counted rows;
    vt_status st = vt_searching_words(&c->s, folded, "", any);

    if (!st)
        st = count_range(c, c->s.from, c->s.to, EXACT, 1, &rows);
    return st || rows.rows < EXACT ? st : count_older(c, &rows);
}

static vt_status count_all(counting *c, bool *folded) {
    bool any = false;
    vt_status st = count_numbers(c);

    if (!st)
        st = count_words(c, false, &any);
    *folded = !st && c->total < 1 && any && c->s.marks.accents;
    return *folded ? count_words(c, true, &any) : st;
}

/* ----------------------------------------------------------------- results -- */

/* 86,734 is told as 87,000 where it was not counted. */
static int64_t round_off(double count, bool estimated) {
    int64_t n = (int64_t)(count + 0.5), unit = 1;

    while (estimated && n / unit >= 100)
        unit *= 10;
    return (n + unit / 2) / unit * unit;
}

static int by_count(const void *a, const void *b) {
    const tally *x = a, *y = b;

    if (x->kind == VT_BY_YEAR && x->id != y->id)
        return x->id < y->id ? 1 : -1;
    if (x->count < y->count || x->count > y->count)
        return x->count < y->count ? 1 : -1;
    return x->text ? strcmp(x->text, y->text) : (x->id > y->id) - (x->id < y->id);
}

/* Key and name of a value by a query of both. */
static vt_status look_up(counting *c, const char *sql, vt_arg of, vt_facet_value *out) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(c->s.r, c->s.list, sql, VT_ARGS(of), &stmt);

    out->key = out->name = "";
    if (!st)
        st = vt_sql_row(stmt, c->s.list, &row);
    if (st || !row)
        return st;
    out->key = vt_sql_text(c->s.arena, stmt, 0);
    out->name = vt_sql_text(c->s.arena, stmt, 1);
    vt_sql_done(stmt);
    return VT_OK;
}

static vt_status name_value(counting *c, const tally *t, vt_facet_value *out) {
    out->count = round_off(t->count, c->estimated);
    switch (t->kind) {
    case VT_BY_TYPE:
        return look_up(c,
                       "SELECT type, type_name FROM document WHERE type = ? AND sort_key IS NOT "
                       "NULL ORDER BY sort_key DESC LIMIT 1",
                       vt_text(t->text), out);
    case VT_BY_SERIES:
        return look_up(c,
                       "SELECT s.book || '/' || s.period, s.book || '/' || s.period || ', ' || "
                       "i.name FROM series s JOIN issuer i ON i.issuer_id = s.issuer_id WHERE "
                       "s.series_id = ?",
                       vt_int(t->id), out);
    case VT_BY_ISSUER:
        return look_up(c, "SELECT name, name FROM issuer WHERE issuer_id = ?", vt_int(t->id), out);
    case VT_BY_YEAR:
        out->key = out->name = vt_printf(c->s.arena, "%d", (int)t->id);
        return out->key ? VT_OK : vt_nomem(c->s.list);
    default:
        out->key = t->text;
        out->name = t->kind == VT_BY_STATE ? vt_record_word(t->text) : t->text;
        return VT_OK;
    }
}

/* The values of one kind, the most frequent first. */
static vt_status take_kind(counting *c, vt_facet_kind kind, vt_facet *out) {
    size_t n = 0;
    tally *all = vt_alloc_array(c->s.arena, c->used + 1, sizeof *all);
    vt_facet_value *values = vt_alloc_array(c->s.arena, VT_FACET_MOST, sizeof *values);
    vt_status st = VT_OK;

    if (!all || !values)
        return vt_nomem(c->s.list);
    for (size_t i = 0; i < c->size; i++)
        if (c->table[i].used && c->table[i].kind == kind)
            all[n++] = c->table[i];
    qsort(all, n, sizeof *all, by_count);
    out->values = values;
    out->count = n < VT_FACET_MOST ? n : VT_FACET_MOST;
    out->more = n - out->count;
    for (size_t i = 0; !st && i < out->count; i++)
        st = name_value(c, &all[i], &values[i]);
    return !st && vt_arena_failed(c->s.arena) ? vt_nomem(c->s.list) : st;
}

static vt_status take_all(counting *c, vt_facets *out) {
    vt_status st = count_all(c, &out->folded);

    out->estimated = c->estimated;
    out->total = round_off(c->total, c->estimated);
    for (int k = 0; !st && k < VT_FACETS; k++)
        st = take_kind(c, (vt_facet_kind)k, &out->of[k]);
    return st;
}

vt_status vt_records_facets(vt_records *r, const vt_search *search, vt_arena *arena,
                            vt_findings *list, vt_facets *out) {
    counting c = {0};
    bool own;
    vt_status st = vt_searching_start(&c.s, r, search, arena, list);

    *out = (vt_facets){0};
    if (!st && !(st = vt_reading_begin(r, list, &own)))
        st = vt_reading_end(r, own, take_all(&c, out));
    if (!st && !out->total)
        st = vt_searching_tell(&c.s);
    vt_searching_end(&c.s);
    return st;
}
