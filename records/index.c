/* records/index.c - the words a document is found by. */

#include "records/query.h"
#include "records/store.h"
#include "records/tokenizer.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 64 << 20 /* of one column */, BUFFERS = 6 };

typedef struct index_text {
    vt_buf facet, heading, subject, issuer, signer, recipient;
} index_text;

static const char *or_empty(const char *s) {
    return s ? s : "";
}

/* Bytes below the space tell the tokenizer what a column is (records/tokenizer.h): in nobody's
   words, or who writes a name could pass for another. */
static void no_marks(vt_buf *words) {
    for (size_t i = 0; i < words->len; i++)
        if ((unsigned char)words->data[i] < ' ')
            words->data[i] = ' ';
}

/* For a column that stands by itself: only what it begins with counts. */
static const char *behind_marks(const char *words) {
    while (*words && (unsigned char)*words < ' ')
        words++;
    return words;
}

static void add_part(vt_buf *buf, const char *a, const char *b) {
    vt_buf_printf(buf, "%s%s%s%s", buf->len ? "; " : "", or_empty(a), a && *a && b && *b ? " " : "",
                  or_empty(b));
}

static void add_facet(vt_buf *buf, char letter, const char *value) {
    vt_buf slug;

    vt_buf_init(&slug, buf->ceiling);
    if (value && vt_query_slug(value, &slug))
        vt_buf_printf(buf, " %c%c:%s", VT_FACET, letter, slug.data);
    buf->failed = buf->failed || vt_buf_failed(&slug);
    vt_buf_free(&slug);
}

/* The series is named as people name it: "van-ban", "van-ban/2026". */
static vt_status add_series(vt_records *r, vt_findings *list, int64_t sort_key, vt_buf *facet) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(r, list,
                               "SELECT s.book, s.book || '/' || s.period FROM document d JOIN "
                               "number n ON n.number_id = d.number_id JOIN series s ON s.series_id "
                               "= n.series_id WHERE d.sort_key = ?",
                               VT_ARGS(vt_int(sort_key)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    add_facet(facet, VT_FACET_SERIES, vt_sql_view(stmt, 0));
    add_facet(facet, VT_FACET_SERIES, vt_sql_view(stmt, 1));
    vt_sql_done(stmt);
    return VT_OK;
}

static void fill(index_text *t, const vt_meta *m, const char *designation) {
    vt_buf *const typed[] = {&t->heading, &t->subject, &t->issuer, &t->signer, &t->recipient};

    vt_buf_printf(&t->facet, "%call", VT_FACET);
    add_facet(&t->facet, VT_FACET_TYPE, m->type_slug);
    add_facet(&t->facet, VT_FACET_URGENCY, m->urgency);
    add_part(&t->heading, m->type_name, designation);
    if (m->title && strcmp(m->title, or_empty(m->type_name)) != 0)
        add_part(&t->heading, m->title, NULL);
    for (size_t i = 0; i < m->issuer_count; i++)
        add_part(&t->issuer, m->issuers[i].superior, m->issuers[i].name);
    for (size_t i = 0; i < m->signer_count; i++)
        add_part(&t->signer, m->signers[i].position, m->signers[i].name);
    for (size_t i = 0; i < m->addressee_count; i++)
        add_part(&t->recipient, m->addressees[i].name, NULL);
    vt_buf_puts(&t->subject, or_empty(m->subject));
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        no_marks(typed[i]);
}

/* --------------------------------------------------------------- waiting -- */

typedef struct vt_waiting_words {
    int64_t sort_key;
    size_t from; /* of the words of all */
    bool out;    /* of the index */
} waiting_words;

static waiting_words *add_item(vt_waiting *w) {
    enum { LEAST = 64 };

    if (w->count == w->room) {
        size_t room = w->room ? 2 * w->room : LEAST;
        waiting_words *items = realloc(w->items, room * sizeof *items);

        if (!items)
            return NULL;
        w->items = items;
        w->room = room;
    }
    return &w->items[w->count++];
}

/* Into the index or out of it, now or at the end of the act. */
static vt_status take(vt_records *r, vt_findings *list, int64_t sort_key, bool out,
                      const char *const columns[VT_TEXT_COLUMNS]) {
    vt_waiting *w = &r->waiting;
    size_t from = w->words.len;
    waiting_words *item = add_item(w);

    if (!item)
        return vt_nomem(list);
    *item = (waiting_words){sort_key, from, out};
    r->backend->words(sort_key, columns, w->in_part, &w->words);
    vt_buf_add(&w->words, "", 1);
    if (vt_buf_failed(&w->words))
        return vt_nomem(list);
    return w->in_part ? VT_OK : vt_index_settle(r, list);
}

void vt_index_forget(vt_records *r, size_t count) {
    vt_waiting *w = &r->waiting;

    w->words.len = count < w->count && count ? w->items[count].from : count ? w->words.len : 0;
    w->words.failed = false;
    w->count = count;
}

static int by_key(const void *a, const void *b) {
    const waiting_words *p = a, *q = b;

    if (p->sort_key != q->sort_key)
        return p->sort_key < q->sort_key ? -1 : 1;
    return p->from < q->from ? -1 : 1;
}

/* In the order of their keys: FTS5 writes its index out whenever one goes backwards. */
vt_status vt_index_settle(vt_records *r, vt_findings *list) {
    vt_waiting *w = &r->waiting;
    vt_status st = VT_OK;

    if (w->count > 1)
        qsort(w->items, w->count, sizeof *w->items, by_key);
    for (size_t i = 0; !st && i < w->count; i++) {
        const waiting_words *item = &w->items[i];
        const char *words = w->words.data + item->from;

        st = item->out ? r->backend->index_drop(r, list, item->sort_key, words)
                       : r->backend->index_add(r, list, item->sort_key, words);
    }
    if (!st)
        vt_index_forget(r, 0);
    return st;
}

vt_status vt_index_room(vt_records *r, vt_findings *list) {
    enum { MOST = 16 << 20 };

    return r->waiting.words.len > MOST ? vt_index_settle(r, list) : VT_OK;
}

/* ------------------------------------------------------------ a new document -- */

static vt_status insert(vt_records *r, vt_findings *list, int64_t sort_key, const vt_meta *m,
                        const index_text *t) {
    const char *const columns[VT_TEXT_COLUMNS] = {t->facet.data,
                                                  t->heading.data,
                                                  t->subject.data,
                                                  t->issuer.data,
                                                  t->signer.data,
                                                  t->recipient.data,
                                                  behind_marks(or_empty(m->text)),
                                                  ""};
    vt_arg args[VT_TEXT_COLUMNS + 1] = {vt_int(sort_key)};
    vt_status st;

    for (size_t i = 0; i < VT_TEXT_COLUMNS; i++)
        args[i + 1] = vt_text(columns[i]);
    st = vt_sql_run(r, list, "INSERT INTO document_text VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", args,
                    VT_TEXT_COLUMNS + 1);
    return st ? st : take(r, list, sort_key, false, columns);
}

vt_status vt_index_add(vt_records *r, vt_findings *list, int64_t sort_key, const vt_meta *meta,
                       const char *designation) {
    index_text t;
    vt_buf *const all[BUFFERS] = {&t.facet,  &t.heading, &t.subject,
                                  &t.issuer, &t.signer,  &t.recipient};
    bool failed = false;
    vt_status st;

    for (size_t i = 0; i < BUFFERS; i++)
        vt_buf_init(all[i], TEXT_BYTES);
    fill(&t, meta, designation);
    st = add_series(r, list, sort_key, &t.facet);
    for (size_t i = 0; i < BUFFERS; i++)
        failed = failed || vt_buf_failed(all[i]);
    if (!st)
        st = failed ? vt_nomem(list) : insert(r, list, sort_key, meta, &t);
    for (size_t i = 0; i < BUFFERS; i++)
        vt_buf_free(all[i]);
    return st;
}

/* ---------------------------------------------------------------- changes -- */

/* A document's words as they stand. */
typedef struct standing {
    int64_t sort_key;
    const char *columns[VT_TEXT_COLUMNS];
} standing;

static vt_status read_standing(vt_records *r, vt_findings *list, vt_arena *arena, int64_t document,
                               standing *out, bool *row) {
    vt_stmt *stmt;
    vt_status st = vt_sql_open(r, list,
                               "SELECT t.sort_key, t.facet, t.heading, t.subject, t.issuer, "
                               "t.signer, t.recipient, t.body, t.keywords FROM document d JOIN "
                               "document_text t ON t.sort_key = d.sort_key WHERE d.document_id = ?",
                               VT_ARGS(vt_int(document)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, row);
    if (st || !*row)
        return st;
    out->sort_key = vt_sql_int(stmt, 0);
    for (int i = 0; i < VT_TEXT_COLUMNS; i++)
        out->columns[i] = vt_sql_text(arena, stmt, i + 1);
    vt_sql_done(stmt);
    return vt_arena_failed(arena) ? vt_nomem(list) : VT_OK;
}

/* Out of the index, and back with other words in one column. */
static vt_status change(vt_records *r, vt_findings *list, standing *is, int column,
                        const char *words) {
    const char *sql = column == VT_COLUMN_KEYWORDS
                          ? "UPDATE document_text SET keywords = ? WHERE sort_key = ?"
                          : "UPDATE document_text SET facet = ? WHERE sort_key = ?";
    vt_status st = take(r, list, is->sort_key, true, is->columns);

    if (!st)
        st = vt_sql_run(r, list, sql, VT_ARGS(vt_text(words), vt_int(is->sort_key)));
    is->columns[column] = words;
    return st ? st : take(r, list, is->sort_key, false, is->columns);
}

vt_status vt_index_keywords(vt_records *r, vt_findings *list, int64_t document,
                            const char *keywords) {
    vt_arena *arena = vt_arena_new(2 * TEXT_BYTES);
    standing is;
    bool row = false;
    vt_status st = arena ? read_standing(r, list, arena, document, &is, &row) : vt_nomem(list);

    if (!st && row)
        st = change(r, list, &is, VT_COLUMN_KEYWORDS, behind_marks(keywords));
    vt_arena_free(arena);
    return st;
}

/* All tokens but those of a series. */
static void other_facets(const char *facet, vt_buf *out) {
    while (*facet) {
        size_t len = strcspn(facet, " ");
        if (len && !(facet[0] == VT_FACET && facet[1] == VT_FACET_SERIES && facet[2] == ':'))
            vt_buf_printf(out, "%s%.*s", out->len ? " " : "", (int)len, facet);
        facet += len + strspn(facet + len, " ");
    }
}

vt_status vt_index_series(vt_records *r, vt_findings *list, int64_t document) {
    vt_arena *arena = vt_arena_new(2 * TEXT_BYTES);
    standing is;
    vt_buf facet;
    bool row = false;
    vt_status st = arena ? read_standing(r, list, arena, document, &is, &row) : vt_nomem(list);

    vt_buf_init(&facet, TEXT_BYTES);
    if (!st && row) {
        other_facets(is.columns[VT_COLUMN_FACET], &facet);
        st = add_series(r, list, is.sort_key, &facet);
        if (!st && vt_buf_failed(&facet))
            st = vt_nomem(list);
        if (!st)
            st = change(r, list, &is, VT_COLUMN_FACET, facet.data);
    }
    vt_buf_free(&facet);
    vt_arena_free(arena);
    return st;
}
