/* records/stats.c - documents counted in groups, as they stood at one moment. */

#include "records/stats.h"
#include "records/series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 40, MONTH_BYTES = 7, PAGE = 5000, SLOTS_FIRST = 64 };

/* What a document is counted by, in the order it is printed. */
enum { BY_TYPE, BY_UNIT, BY_ISSUER, BY_SIGNER, BY_MONTH, BY_SERIES, BY_TIME, BY_DUE, KINDS };
static const char *const NAMES[KINDS] = {"type",  "unit",   "issuer", "signer",
                                         "month", "series", "time",   "due"};

/* Groups of one kind, found by the hash of their names. */
typedef struct grouping {
    vt_stat *part; /* NULL: not asked for */
    size_t cap, slot_count;
    uint32_t *slots; /* row + 1; 0: empty */
} grouping;

typedef struct counting {
    vt_records *r;
    vt_arena *arena;
    vt_findings *list;
    int64_t issuer;
    char from[11], to[11];
    const char *series;
    char first[11], last[11]; /* days */
    grouping groups[KINDS];
    char name[NAME_MOST + 1]; /* of the group at hand */
} counting;

/* ------------------------------------------------------------------- groups -- */

/* Where a name is in the table, or would be. */
static uint32_t *slot_of(const grouping *g, const char *name) {
    size_t at = vt_fnv(VT_FNV_START, name, strlen(name)) & (g->slot_count - 1);

    while (g->slots[at] && strcmp(g->part->rows[g->slots[at] - 1].name, name) != 0)
        at = (at + 1) & (g->slot_count - 1);
    return &g->slots[at];
}

static bool grow(const counting *c, grouping *g) {
    g->slot_count = g->slot_count ? 2 * g->slot_count : SLOTS_FIRST;
    g->slots = vt_alloc_array(c->arena, g->slot_count, sizeof *g->slots);
    for (size_t i = 0; g->slots && i < g->part->count; i++)
        *slot_of(g, g->part->rows[i].name) = (uint32_t)i + 1;
    return g->slots != NULL;
}

/* The group of this name, made when it is not there yet; NULL: no memory. */
static vt_stat_row *group(const counting *c, grouping *g, const char *name) {
    vt_stat *part = g->part;
    uint32_t *slot;

    if (2 * part->count >= g->slot_count && !grow(c, g))
        return NULL;
    slot = slot_of(g, name);
    if (*slot)
        return &part->rows[*slot - 1];
    part->rows = vt_grow(c->arena, part->rows, &g->cap, part->count + 1, sizeof *part->rows);
    if (!part->rows)
        return NULL;
    part->rows[part->count] = (vt_stat_row){.name = vt_strdup(c->arena, name)};
    if (!part->rows[part->count].name)
        return NULL;
    *slot = (uint32_t)++part->count;
    return &part->rows[part->count - 1];
}

static int by_count(const void *a, const void *b) {
    const vt_stat_row *x = a, *y = b;

    if (x->documents != y->documents)
        return x->documents < y->documents ? 1 : -1;
    return strcmp(x->name, y->name);
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const vt_stat_row *)a)->name, ((const vt_stat_row *)b)->name);
}

/* --------------------------------------------------------------------- rows -- */

#define DONE(act)                                                                                  \
    "CASE WHEN EXISTS (SELECT 1 FROM step p WHERE p.document_id = d.document_id AND p.act = "      \
    "'" act "') THEN 1 ELSE 0 END"
#define SIGNER                                                                                     \
    "coalesce((SELECT g.name FROM signer g WHERE g.document_id = d.document_id ORDER BY "          \
    "g.ordinal LIMIT 1), '')"
#define KEEPER                                                                                     \
    "coalesce((SELECT min(k.name) FROM recipient k WHERE k.document_id = d.document_id AND "       \
    "k.role = 2), '')"
/* "VT, VX|UBND-VX": of a công văn its ký hiệu names the unit, too (PL I, II.3.b) */
#define UNITS KEEPER " || '|' || CASE WHEN d.type = 'cong-van' THEN n.notation ELSE '' END"
/* "2026-03-27T08": when it went out; "" not yet */
#define OUT                                                                                        \
    "coalesce((SELECT substr(min(p.at), 1, 13) FROM step p WHERE p.document_id = d.document_id "   \
    "AND p.to_state = 'issued'), '')"
enum {
    AT_KEY,
    AT_PAGES,
    AT_RECALLED,
    AT_REPLACED,
    AT_DATE,
    AT_DUE,
    AT_SUPERIOR,
    AT_ISSUER,
    AT_TYPE,
    AT_UNITS,
    AT_SIGNER,
    AT_SERIES,
    AT_OUT,
    AT_IMPORTED
};
#define DOCUMENTS                                                                                  \
    "SELECT d.sort_key, d.pages, " DONE("recall") ", " DONE(                                       \
        "replace") ", d.date, d.due, i.superior, i.name, d.type_name, " UNITS ", " SIGNER          \
                   ", s.book || '/' || s.period, " OUT                                             \
                   ", " DONE("import") " FROM document d JOIN number n ON n.number_id = "          \
                                       "d.number_id JOIN series s ON s.series_id = "               \
                                       "n.series_id JOIN issuer i ON i.issuer_id = d.issuer_id "   \
                                       "WHERE d.sort_key > ?5 AND (?1 = 0 OR "                     \
                                       "d.issuer_id = ?1) AND (?2 = '' OR d.date >= ?2) AND (?3 "  \
                                       "= '' OR d.date <= ?3) AND "                                \
                                       "(?4 = '' OR s.book = ?4 OR s.book || '/' || s.period = "   \
                                       "?4) ORDER BY d.sort_key LIMIT ?6"

/* Cut behind a whole letter. */
static const char *name_from(counting *c, const char *s, size_t n) {
    if (n > NAME_MOST)
        for (n = NAME_MOST; n && ((unsigned char)s[n] & 0xC0) == 0x80;)
            n--;
    memcpy(c->name, s, n);
    c->name[n] = '\0';
    return c->name;
}

/* A word between two signs, without the spaces around it. */
static const char *word_of(counting *c, const char *s, size_t n) {
    while (n && *s == ' ') {
        s++;
        n--;
    }
    while (n && s[n - 1] == ' ')
        n--;
    return name_from(c, s, n);
}

/* What stands behind "VT" at Lưu, else behind the agency in the ký hiệu; "" neither. */
static const char *unit_of(counting *c, const char *text) {
    const char *bar = strrchr(text, '|'), *dash = bar ? strchr(bar, '-') : NULL;

    for (const char *s = text; bar && s < bar && *s != '(';) {
        const size_t n = strcspn(s, ",;(|");
        const char *word = word_of(c, s, n);

        if (*word && strcmp(word, "VT") != 0 && strcmp(word, "Văn thư") != 0)
            return word;
        s += n + (s[n] == ',' || s[n] == ';');
    }
    return dash ? word_of(c, dash + 1, strlen(dash + 1)) : "";
}

/* The next working day; 1970-01-01 was a Thursday. */
static int64_t next_working(int64_t day) {
    do
        day++;
    while ((day + 4) % 7 == 0 || (day + 4) % 7 == 6);
    return day;
}

/* The day in Viet Nam of "2026-03-27T20" UTC. */
static bool local_day(const char *hour, int64_t *out) {
    char iso[11];
    vt_date day;

    snprintf(iso, sizeof iso, "%.10s", hour);
    if (strlen(hour) < 13 || !vt_date_parse(iso, &day))
        return false;
    *out = vt_date_days(
        vt_time_day((vt_date_days(day) * 24 + strtol(hour + 11, NULL, 10)) * INT64_C(3600000)));
    return true;
}

static const char *time_of(const char *date, const char *out, bool imported) {
    vt_date day;
    int64_t gone;

    if (imported || !vt_date_parse(date, &day))
        return "unknown";
    if (!local_day(out, &gone))
        return "waiting";
    return gone <= next_working(vt_date_days(day)) ? "in-time" : "late";
}

static const char *due_of(const char *date, const char *due) {
    return !*due ? "none" : strcmp(date, due) <= 0 ? "before" : "after";
}

/* The group of a kind that the row is of. */
static const char *name_of(counting *c, int kind, vt_stmt *row) {
    const char *date = vt_sql_view(row, AT_DATE);

    switch (kind) {
    case BY_TYPE:
        return vt_sql_view(row, AT_TYPE);
    case BY_UNIT:
        return unit_of(c, vt_sql_view(row, AT_UNITS));
    case BY_ISSUER:
        return vt_sql_view(row, AT_ISSUER);
    case BY_SIGNER:
        return vt_sql_view(row, AT_SIGNER);
    case BY_MONTH:
        return name_from(c, date, strnlen(date, MONTH_BYTES));
    case BY_SERIES:
        return vt_sql_view(row, AT_SERIES);
    case BY_TIME:
        return time_of(date, vt_sql_view(row, AT_OUT), vt_sql_int(row, AT_IMPORTED) != 0);
    default:
        return due_of(date, vt_sql_view(row, AT_DUE));
    }
}

static void add(vt_stat_row *to, vt_stmt *row) {
    to->documents++;
    to->pages += vt_sql_int(row, AT_PAGES);
    to->recalled += vt_sql_int(row, AT_RECALLED);
    to->replaced += vt_sql_int(row, AT_REPLACED);
}

/* Days of the first and the last one; whose they are, if all are of one. */
static vt_status note_bounds(counting *c, vt_stmt *row, vt_stats *out) {
    const char *date = vt_sql_view(row, AT_DATE);

    if (!out->issuer) {
        out->superior = vt_sql_text(c->arena, row, AT_SUPERIOR);
        out->issuer = vt_sql_text(c->arena, row, AT_ISSUER);
        snprintf(c->first, sizeof c->first, "%s", date);
        snprintf(c->last, sizeof c->last, "%s", date);
        return out->superior && out->issuer ? VT_OK : vt_nomem(c->list);
    }
    if (strcmp(out->issuer, vt_sql_view(row, AT_ISSUER)) != 0)
        out->superior = out->issuer = "";
    if (strcmp(out->superior, vt_sql_view(row, AT_SUPERIOR)) != 0)
        out->superior = "";
    if (strcmp(date, c->first) < 0)
        snprintf(c->first, sizeof c->first, "%s", date);
    if (strcmp(date, c->last) > 0)
        snprintf(c->last, sizeof c->last, "%s", date);
    return VT_OK;
}

static vt_status count_row(counting *c, vt_stmt *row, vt_stats *out) {
    vt_status st = note_bounds(c, row, out);

    add(&out->all, row);
    for (int kind = 0; !st && kind < KINDS; kind++) {
        grouping *g = &c->groups[kind];
        vt_stat_row *to = g->part ? group(c, g, name_of(c, kind, row)) : NULL;

        if (to)
            add(to, row);
        else if (g->part)
            st = vt_nomem(c->list);
    }
    return st;
}

/* Documents from behind *key on; *more: there may be others. */
static vt_status count_page(counting *c, int64_t *key, bool *more, vt_stats *out) {
    int64_t before = out->all.documents;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(c->r, c->list, DOCUMENTS,
                               VT_ARGS(vt_int(c->issuer), vt_text(c->from), vt_text(c->to),
                                       vt_text(c->series), vt_int(*key), vt_int(PAGE)),
                               &stmt);

    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row) {
        *key = vt_sql_int(stmt, AT_KEY);
        st = count_row(c, stmt, out);
        if (st)
            vt_sql_done(stmt);
    }
    *more = out->all.documents - before == PAGE;
    return st;
}

/* -------------------------------------------------------------------- whole -- */

/* Is `by` one of "type,month"? */
static bool wanted(const char *list, const char *by) {
    const size_t n = strlen(by);

    for (const char *s = list; s && *s; s += strcspn(s, ","), s += *s == ',')
        if (strncmp(s, by, n) == 0 && (s[n] == ',' || !s[n]))
            return true;
    return !list;
}

static vt_status check_by(vt_findings *list, const char *by) {
    for (const char *s = by; s && *s; s += strcspn(s, ","), s += *s == ',') {
        const size_t n = strcspn(s, ",");
        bool known = false;

        for (int i = 0; i < KINDS; i++)
            known = known || (strlen(NAMES[i]) == n && strncmp(NAMES[i], s, n) == 0);
        if (!known)
            return vt_bad(list, "SO-20", (vt_place){.path = by},
                          "Dùng type, unit, issuer, signer, month, series, time, due.",
                          "Không thống kê theo “%.*s” được.", (int)n, s);
    }
    return VT_OK;
}

static vt_status start(counting *c, const char *by, vt_stats *out) {
    *out = (vt_stats){.all.name = "", .parts = vt_alloc_array(c->arena, KINDS, sizeof *out->parts)};
    if (!out->parts)
        return vt_nomem(c->list);
    for (int kind = 0; kind < KINDS; kind++)
        if (wanted(by, NAMES[kind])) {
            c->groups[kind].part = &out->parts[out->part_count++];
            c->groups[kind].part->by = NAMES[kind];
        }
    return VT_OK;
}

static vt_status end(counting *c, vt_stats *out) {
    if (!out->all.documents)
        return vt_bad(c->list, "SO-21", (vt_place){.path = c->series}, "Xem các sổ: vanthu series.",
                      "Không có văn bản nào trong khoảng ấy.");
    for (int kind = 0; kind < KINDS; kind++)
        if (c->groups[kind].part)
            qsort(c->groups[kind].part->rows, c->groups[kind].part->count, sizeof(vt_stat_row),
                  kind == BY_MONTH ? by_name : by_count);
    out->first = vt_strdup(c->arena, c->first);
    out->last = vt_strdup(c->arena, c->last);
    return vt_arena_failed(c->arena) ? vt_nomem(c->list) : VT_OK;
}

/* One walk through all documents, in the order of their days. */
static vt_status count(counting *c, const char *by, vt_stats *out) {
    int64_t key = INT64_MIN;
    bool more = true;
    vt_status st = start(c, by, out);

    while (!st && more)
        st = count_page(c, &key, &more, out);
    return st ? st : end(c, out);
}

static void bound(vt_date d, bool last, char out[11]) {
    if (last)
        d = vt_date_last(d);
    else if (d.year)
        d = (vt_date){d.year, d.month ? d.month : 1, d.day ? d.day : 1};
    vt_date_iso(d, out);
}

vt_status vt_records_stats(vt_records *r, const vt_stats_query *q, vt_arena *arena,
                           vt_findings *list, vt_stats *out) {
    counting c = {.r = r, .arena = arena, .list = list, .series = q->series ? q->series : ""};
    vt_status ended, st = check_by(list, q->by);

    *out = (vt_stats){0};
    if (!st && q->issuer)
        st = vt_issuer_named(r, list, q->issuer, &c.issuer);
    if (st)
        return st;
    bound(q->from, false, c.from);
    bound(q->to, true, c.to);
    if (r->backend->in_act(r))
        return count(&c, q->by, out);
    st = r->backend->exec(r, list, "BEGIN"); /* all counts as of one moment */
    if (st)
        return st;
    st = count(&c, q->by, out);
    ended = r->backend->exec(r, NULL, "COMMIT");
    return st ? st : ended;
}
