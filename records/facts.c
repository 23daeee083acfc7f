/*
 * records/facts.c - what the register knows, for the rules of the checker that
 * ask: is this number another document's, was it taken from the register, what
 * dates stand before and behind it.
 */
#include "records/query.h"
#include "records/series.h"

#include <string.h>

enum { SOURCE_BYTES = 64 << 20, NAMES_MOST = 1000 };

/* One document as the register would file it. */
typedef struct asked {
    vt_records *r;
    vt_arena *arena;
    vt_meta meta;
    vt_typed_number number;
    int64_t issuer;
    char source[65]; /* hash of its canonical form */
} asked;

typedef struct facts {
    vt_records *r;
    vt_arena *arena;
    const char **names;
    size_t name_count;
} facts;

/* False: it has no number, or the archive does not know its issuer. */
static bool ask(facts *f, const vt_pack *pack, const vt_doc *doc, asked *out) {
    vt_hash hash;
    vt_buf xml;
    bool ok;

    *out = (asked){.r = f->r, .arena = f->arena};
    if (vt_meta_extract(f->arena, pack, doc, NULL, &out->meta) != VT_OK || !out->meta.number ||
        !vt_number_parse(out->meta.number, &out->number) ||
        vt_issuer_known(f->r, &out->meta, NULL, &out->issuer) != VT_OK || !out->issuer)
        return false;
    vt_buf_init(&xml, SOURCE_BYTES);
    ok = vt_doc_write(doc, &xml, NULL) == VT_OK;
    vt_sha256(xml.data, xml.len, &hash);
    vt_hash_hex(&hash, out->source);
    vt_buf_free(&xml);
    return ok;
}

static const char *in_words(const asked *a, vt_stmt *stmt) {
    return vt_printf(a->arena, "%s ngày %s, %s", vt_sql_view(stmt, 1),
                     vt_day(vt_sql_view(stmt, 2)).text, vt_sql_view(stmt, 3));
}

/* Documents of this number, ký hiệu and issuer; `period`: whose series holds its
   date.  *other is one that is not this document, *self whether this one is there. */
static bool find_same(const asked *a, bool period, const char **other, bool *self,
                      int64_t *series) {
    char date[11];
    vt_stmt *stmt;
    bool row = true;
    vt_status st;

    *other = NULL;
    *self = false;
    vt_date_iso(vt_date_last(a->meta.date), date);
    st = vt_sql_open(
        a->r, NULL,
        "SELECT EXISTS (SELECT 1 FROM document_file f WHERE f.document_id = d.document_id AND "
        "f.role = 'source' AND f.sha256 = ?5), d.designation, d.date, d.subject, n.series_id FROM "
        "number n JOIN document d USING (number_id) JOIN series s USING (series_id) WHERE "
        "n.number = ?1 AND n.suffix = ?2 AND n.notation = ?3 AND d.issuer_id = ?4 AND (?6 = 0 OR "
        "((s.opens = '' OR s.opens <= ?7) AND (s.closes = '' OR s.closes >= ?7)))",
        VT_ARGS(vt_int(a->number.number), vt_text(a->number.suffix),
                vt_text(a->meta.notation ? a->meta.notation : ""), vt_int(a->issuer),
                vt_text(a->source), vt_int(period), vt_text(date)),
        &stmt);
    while (!st && !(st = vt_sql_row(stmt, NULL, &row)) && row) {
        *series = vt_sql_int(stmt, 4);
        if (vt_sql_int(stmt, 0))
            *self = true;
        else
            *other = in_words(a, stmt);
    }
    return st == VT_OK;
}

/* The date beside a number in its series. */
static vt_date neighbour(const asked *a, const char *sql, int64_t series) {
    vt_date date = {0};
    vt_stmt *stmt;
    bool row = false;

    if (vt_sql_open(a->r, NULL, sql,
                    VT_ARGS(vt_int(series), vt_int(a->number.number), vt_text(a->number.suffix)),
                    &stmt) != VT_OK ||
        vt_sql_row(stmt, NULL, &row) != VT_OK || !row)
        return date;
    if (!vt_date_parse(vt_sql_view(stmt, 0), &date))
        date = (vt_date){0};
    vt_sql_done(stmt);
    return date;
}

static bool number(void *context, const vt_pack *pack, const vt_doc *doc, vt_fact_number *out) {
    int64_t series = 0;
    bool self;
    asked a;

    *out = (vt_fact_number){0};
    if (!ask(context, pack, doc, &a) || !find_same(&a, true, &out->holder, &self, &series))
        return false;
    out->used = out->holder ? VT_TRUE : VT_FALSE;
    out->allotted = self ? VT_TRUE : VT_FALSE;
    if (!series)
        return true;
    out->before = neighbour(&a,
                            "SELECT date FROM number WHERE series_id = ?1 AND state = 'used' AND "
                            "(number, suffix) < (?2, ?3) ORDER BY number DESC, suffix DESC LIMIT 1",
                            series);
    out->after = neighbour(&a,
                           "SELECT date FROM number WHERE series_id = ?1 AND state = 'used' AND "
                           "(number, suffix) > (?2, ?3) ORDER BY number, suffix LIMIT 1",
                           series);
    return true;
}

static const char *twin(void *context, const vt_pack *pack, const vt_doc *doc) {
    const char *other = NULL;
    int64_t series = 0;
    bool self;
    asked a;

    return ask(context, pack, doc, &a) && find_same(&a, true, &other, &self, &series) ? other
                                                                                      : NULL;
}

static const char *const *names(void *context, size_t *count) {
    facts *f = context;

    *count = f->name_count;
    return f->names;
}

/* The issuers of the archive, as they are written in it. */
static vt_status load_names(facts *f, vt_findings *list) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(f->r, list, "SELECT name FROM issuer ORDER BY issuer_id LIMIT ?",
                               VT_ARGS(vt_int(NAMES_MOST)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        f->names = vt_grow(f->arena, f->names, &cap, f->name_count + 1, sizeof *f->names);
        if (!f->names) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        f->names[f->name_count++] = vt_sql_text(f->arena, stmt, 0);
    }
    return !st && vt_arena_failed(f->arena) ? vt_nomem(list) : st;
}

vt_status vt_records_facts(vt_records *r, vt_arena *arena, vt_findings *list, vt_facts *out) {
    facts *f = vt_alloc(arena, sizeof *f);
    vt_status st;

    if (!f)
        return vt_nomem(list);
    *f = (facts){.r = r, .arena = arena};
    st = load_names(f, list);
    if (!st)
        *out = (vt_facts){.context = f,
                          .today = vt_time_day(r->world.now_ms(r->world.ctx)),
                          .number = number,
                          .names = names,
                          .twin = twin};
    return st;
}
