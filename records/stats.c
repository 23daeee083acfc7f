/* records/stats.c - documents counted in groups, as they stood at one moment. */

#include "records/stats.h"
#include "records/series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT_MOST = 40 };

typedef struct counting {
    vt_records *r;
    vt_arena *arena;
    vt_findings *list;
    int64_t issuer;
    char from[11], to[11];
    const char *series;
} counting;

/* --------------------------------------------------------------------- rows -- */

/* The group of this name, made when it is not there yet. */
static vt_stat_row *group(const counting *c, vt_stat *part, size_t *cap, const char *name) {
    for (size_t i = part->count; i-- > 0;) /* rows come sorted: mostly the last one */
        if (strcmp(part->rows[i].name, name) == 0)
            return &part->rows[i];
    part->rows = vt_grow(c->arena, part->rows, cap, part->count + 1, sizeof *part->rows);
    if (!part->rows)
        return NULL;
    part->rows[part->count] = (vt_stat_row){.name = vt_strdup(c->arena, name)};
    return part->rows[part->count].name ? &part->rows[part->count++] : NULL;
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

/* ------------------------------------------------------------------- groups -- */

#define DONE(act)                                                                                  \
    "sum(CASE WHEN EXISTS (SELECT 1 FROM step p WHERE p.document_id = d.document_id AND p.act = "  \
    "'" act "') THEN 1 ELSE 0 END)"
#define COUNTS "count(*), sum(d.pages), " DONE("recall") ", " DONE("replace")
#define COUNTED                                                                                    \
    " FROM document d JOIN number n ON n.number_id = d.number_id JOIN series s ON s.series_id = "  \
    "n.series_id JOIN issuer i ON i.issuer_id = d.issuer_id WHERE (?1 = 0 OR d.issuer_id = ?1) "   \
    "AND (?2 = '' OR d.date >= ?2) AND (?3 = '' OR d.date <= ?3) AND (?4 = '' OR s.book = ?4 OR "  \
    "s.book || '/' || s.period = ?4)"
#define BY(column) "SELECT " COUNTS ", " column COUNTED " GROUP BY " column " ORDER BY " column
#define SIGNER                                                                                     \
    "coalesce((SELECT g.name FROM signer g WHERE g.document_id = d.document_id ORDER BY "          \
    "g.ordinal LIMIT 1), '')"
#define KEEPER                                                                                     \
    "coalesce((SELECT min(k.name) FROM recipient k WHERE k.document_id = d.document_id AND "       \
    "k.role = 2), '')"
/* "VT, VX|UBND-VX": of a công văn its ký hiệu names the unit, too (PL I, II.3.b) */
#define UNITS KEEPER " || '|' || CASE WHEN d.type = 'cong-van' THEN n.notation ELSE '' END"
/* "2026-03-27|2026-04-01|2026-03-27T08|1": date, due, when it went out, imported */
#define TIMES                                                                                      \
    "d.date || '|' || d.due || '|' || coalesce((SELECT substr(min(p.at), 1, 13) FROM step p "      \
    "WHERE p.document_id = d.document_id AND p.to_state = 'issued'), '') || '|' || CASE WHEN "     \
    "EXISTS (SELECT 1 FROM step p WHERE p.document_id = d.document_id AND p.act = 'import') THEN " \
    "'1' ELSE '' END"

/* A word between two signs, without the spaces around it. */
static const char *word_of(const counting *c, const char *s, size_t n) {
    while (n && *s == ' ') {
        s++;
        n--;
    }
    while (n && s[n - 1] == ' ')
        n--;
    return vt_strndup(c->arena, s, n < UNIT_MOST ? n : UNIT_MOST);
}

/* What stands behind "VT" at Lưu, else behind the agency in the ký hiệu; "" neither. */
static const char *unit_of(const counting *c, const char *text) {
    const char *bar = strrchr(text, '|'), *dash = bar ? strchr(bar, '-') : NULL;

    for (const char *s = text; bar && s < bar && *s != '(';) {
        const size_t n = strcspn(s, ",;(|");
        const char *word = word_of(c, s, n);

        if (!word || (*word && strcmp(word, "VT") != 0 && strcmp(word, "Văn thư") != 0))
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

/* What the columns of a row mean for `by`. */
static const char *name_of(const counting *c, const char *by, const char *text) {
    char date[11], due[11], out[14];
    const char *second, *third, *last;

    if (strcmp(by, "unit") == 0)
        return unit_of(c, text);
    if (strcmp(by, "time") != 0 && strcmp(by, "due") != 0)
        return text;
    second = strchr(text, '|') + 1;
    third = strchr(second, '|') + 1;
    last = strchr(third, '|') + 1;
    snprintf(date, sizeof date, "%.10s", text);
    snprintf(due, sizeof due, "%.*s", (int)(third - second - 1), second);
    snprintf(out, sizeof out, "%.*s", (int)(last - third - 1), third);
    if (strcmp(by, "time") == 0)
        return time_of(date, out, *last != '\0');
    return !*due ? "none" : strcmp(date, due) <= 0 ? "before" : "after";
}

static const struct kind {
    const char *by, *sql;
} KINDS[] = {
    {"type", BY("d.type_name")},
    {"unit", BY(UNITS)},
    {"issuer", BY("i.name")},
    {"signer", BY(SIGNER)},
    {"month", BY("substr(d.date, 1, 7)")},
    {"series", BY("s.book || '/' || s.period")},
    {"time", BY(TIMES)},
    {"due", BY(TIMES)},
};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

static vt_status count_groups(const counting *c, const struct kind *kind, vt_stat *part) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        c->r, c->list, kind->sql,
        VT_ARGS(vt_int(c->issuer), vt_text(c->from), vt_text(c->to), vt_text(c->series)), &stmt);

    *part = (vt_stat){.by = kind->by};
    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row) {
        const char *name = name_of(c, kind->by, vt_sql_view(stmt, 4));
        vt_stat_row *g = name ? group(c, part, &cap, name) : NULL;

        if (!g) {
            vt_sql_done(stmt);
            return vt_nomem(c->list);
        }
        g->documents += vt_sql_int(stmt, 0);
        g->pages += vt_sql_int(stmt, 1);
        g->recalled += vt_sql_int(stmt, 2);
        g->replaced += vt_sql_int(stmt, 3);
    }
    if (!st && part->count)
        qsort(part->rows, part->count, sizeof *part->rows,
              strcmp(kind->by, "month") == 0 ? by_name : by_count);
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

        for (size_t i = 0; i < KIND_COUNT; i++)
            known = known || (strlen(KINDS[i].by) == n && strncmp(KINDS[i].by, s, n) == 0);
        if (!known)
            return vt_bad(list, "SO-20", (vt_place){.path = by},
                          "Dùng type, unit, issuer, signer, month, series, time, due.",
                          "Không thống kê theo “%.*s” được.", (int)n, s);
    }
    return VT_OK;
}

static vt_status count_all(const counting *c, vt_stats *out) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(
        c->r, c->list,
        "SELECT " COUNTS ", coalesce(min(d.date), ''), coalesce(max(d.date), ''), "
        "coalesce(min(i.superior), ''), coalesce(max(i.superior), ''), coalesce(min(i.name), ''), "
        "coalesce(max(i.name), '')" COUNTED,
        VT_ARGS(vt_int(c->issuer), vt_text(c->from), vt_text(c->to), vt_text(c->series)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, c->list, &row);
    if (st || !row)
        return st;
    out->all = (vt_stat_row){.name = "",
                             .documents = vt_sql_int(stmt, 0),
                             .pages = vt_sql_int(stmt, 1),
                             .recalled = vt_sql_int(stmt, 2),
                             .replaced = vt_sql_int(stmt, 3)};
    out->first = vt_sql_text(c->arena, stmt, 4);
    out->last = vt_sql_text(c->arena, stmt, 5);
    out->superior = vt_sql_text(c->arena, stmt, 6);
    if (strcmp(out->superior, vt_sql_view(stmt, 7)) != 0)
        out->superior = "";
    out->issuer = vt_sql_text(c->arena, stmt, 8);
    if (strcmp(out->issuer, vt_sql_view(stmt, 9)) != 0)
        out->superior = out->issuer = "";
    vt_sql_done(stmt);
    if (!out->all.documents)
        return vt_bad(c->list, "SO-21", (vt_place){.path = c->series}, "Xem các sổ: vanthu series.",
                      "Không có văn bản nào trong khoảng ấy.");
    return VT_OK;
}

static vt_status count(const counting *c, const char *by, vt_stats *out) {
    vt_status st = count_all(c, out);

    out->parts = vt_alloc_array(c->arena, KIND_COUNT, sizeof *out->parts);
    if (!st && !out->parts)
        st = vt_nomem(c->list);
    for (size_t i = 0; !st && i < KIND_COUNT; i++)
        if (wanted(by, KINDS[i].by))
            st = count_groups(c, &KINDS[i], &out->parts[out->part_count++]);
    return !st && vt_arena_failed(c->arena) ? vt_nomem(c->list) : st;
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
