/* records/index.c - the words a document is found by. */

#include "records/store.h"
#include "records/tokenizer.h"

#include <string.h>

enum { TEXT_BYTES = 64 << 20 /* of one column */, BUFFERS = 5 };

typedef struct index_text {
    vt_buf facet, heading, issuer, signer, recipient;
} index_text;

static const char *or_empty(const char *s) {
    return s ? s : "";
}

static void add_part(vt_buf *buf, const char *a, const char *b) {
    vt_buf_printf(buf, "%s%s%s%s", buf->len ? "; " : "", or_empty(a), a && *a && b && *b ? " " : "",
                  or_empty(b));
}

static void fill(index_text *t, const vt_meta *m, const char *designation) {
    vt_buf_printf(&t->facet, "%call %ct:%s", VT_FACET, VT_FACET, or_empty(m->type_slug));
    add_part(&t->heading, m->type_name, designation);
    if (m->title && strcmp(m->title, or_empty(m->type_name)) != 0)
        add_part(&t->heading, m->title, NULL);
    for (size_t i = 0; i < m->issuer_count; i++)
        add_part(&t->issuer, m->issuers[i].superior, m->issuers[i].name);
    for (size_t i = 0; i < m->signer_count; i++)
        add_part(&t->signer, m->signers[i].position, m->signers[i].name);
    for (size_t i = 0; i < m->addressee_count; i++)
        add_part(&t->recipient, m->addressees[i].name, NULL);
}

static vt_status insert(vt_records *r, vt_findings *list, int64_t sort_key, const vt_meta *m,
                        const index_text *t) {
    const vt_arg args[] = {vt_int(sort_key),           vt_text(t->facet.data),
                           vt_text(t->heading.data),   vt_text(or_empty(m->subject)),
                           vt_text(t->issuer.data),    vt_text(t->signer.data),
                           vt_text(t->recipient.data), vt_text(or_empty(m->text))};
    size_t n = sizeof args / sizeof *args;
    vt_status st =
        vt_sql_run(r, list, "INSERT INTO document_text VALUES (?, ?, ?, ?, ?, ?, ?, ?)", args, n);

    return st ? st : vt_sql_run(r, list, r->backend->named[VT_SQL_INDEX_ADD], args, n);
}

vt_status vt_index_add(vt_records *r, vt_findings *list, int64_t sort_key, const vt_meta *meta,
                       const char *designation) {
    index_text t;
    vt_buf *const all[BUFFERS] = {&t.facet, &t.heading, &t.issuer, &t.signer, &t.recipient};
    bool failed = false;
    vt_status st;

    for (size_t i = 0; i < BUFFERS; i++)
        vt_buf_init(all[i], TEXT_BYTES);
    fill(&t, meta, designation);
    for (size_t i = 0; i < BUFFERS; i++)
        failed = failed || vt_buf_failed(all[i]);
    st = failed ? vt_nomem(list) : insert(r, list, sort_key, meta, &t);
    for (size_t i = 0; i < BUFFERS; i++)
        vt_buf_free(all[i]);
    return st;
}
