/* records/postgres_index.c - keeping the search index: adding, checking, making anew. */

#include "records/postgres.h"

enum { WORDS_MOST = 64 << 20, PAGE = 200, TIDY_EACH = 32 };

vt_status vt_postgres_index_add(vt_records *r, vt_findings *list, int64_t sort_key,
                                const char *words) {
    if (sort_key % TIDY_EACH == 0) /* the first of a day, too */
        vt_postgres_of(r)->untidy = true;
    return vt_sql_run(r, list, "INSERT INTO document_index VALUES (?, CAST(? AS tsvector))",
                      VT_ARGS(vt_int(sort_key), vt_text(words)));
}

vt_status vt_postgres_index_drop(vt_records *r, vt_findings *list, int64_t sort_key,
                                 const char *words) {
    (void)words;
    return vt_sql_run(r, list, "DELETE FROM document_index WHERE sort_key = ?",
                      VT_ARGS(vt_int(sort_key)));
}

static vt_status same_words(vt_records *r, vt_findings *list, int64_t sort_key, const char *words,
                            bool *same) {
    int64_t n = 0;
    vt_status st = vt_sql_number(r, list,
                                 "SELECT count(*) FROM document_index WHERE sort_key = ? AND words "
                                 "= CAST(? AS tsvector)",
                                 VT_ARGS(vt_int(sort_key), vt_text(words)), &n);

    *same = n == 1;
    return st;
}

/* A row of document_text whose words are made, or compared. */
static vt_status one_row(vt_records *r, vt_findings *list, vt_stmt *stmt, bool rebuild,
                         int64_t *key, bool *same) {
    const char *columns[VT_TEXT_COLUMNS];
    vt_buf words;
    vt_status st;

    *key = vt_sql_int(stmt, 0);
    for (int i = 0; i < VT_TEXT_COLUMNS; i++)
        columns[i] = vt_sql_view(stmt, i + 1);
    vt_buf_init(&words, WORDS_MOST);
    vt_postgres_words(*key, columns, &words);
    st = vt_buf_failed(&words) ? vt_nomem(list)
         : rebuild             ? vt_postgres_index_add(r, list, *key, words.data)
                               : same_words(r, list, *key, words.data, same);
    vt_buf_free(&words);
    return st;
}

/* A page of document_text, from behind *last on; *more: it was full. */
static vt_status one_page(vt_records *r, vt_findings *list, bool rebuild, int64_t *last, bool *more,
                          bool *right) {
    int rows = 0;
    vt_stmt *stmt;
    bool row = true, same = true;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT sort_key, facet, heading, subject, issuer, signer, recipient, body, keywords "
        "FROM document_text WHERE sort_key > ? ORDER BY sort_key LIMIT ?",
        VT_ARGS(vt_int(*last), vt_int(PAGE)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        rows++;
        st = one_row(r, list, stmt, rebuild, last, &same);
        *right = *right && same;
        if (st)
            vt_sql_done(stmt);
    }
    *more = rows == PAGE;
    return st;
}

vt_status vt_postgres_index_make(vt_records *r, vt_findings *list) {
    int64_t last = INT64_MIN;
    bool more = true, right = true;
    vt_status st = vt_postgres_exec(r, list, "DELETE FROM document_index");

    while (!st && more)
        st = one_page(r, list, true, &last, &more, &right);
    return st;
}

/* Read only: on a standby, too, for who may but read, and others go on.  Each page is as of one
   moment, in which words and index agree; one moment for all of them a standby would not give. */
vt_status vt_postgres_index_check(vt_records *r, vt_findings *list, bool *right, bool *compared) {
    int64_t last = INT64_MIN, without = 0;
    bool more = true, own;
    vt_status st = VT_OK;

    *right = true;
    while (!st && more && *right) {
        st = vt_reading_begin(r, list, &own);
        if (!st)
            st = vt_reading_end(r, own, one_page(r, list, false, &last, &more, right));
    }
    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT count(*) FROM document_index x WHERE NOT EXISTS (SELECT 1 FROM "
                           "document_text t WHERE t.sort_key = x.sort_key)",
                           VT_NO_ARGS, &without);
    *right = *right && without == 0;
    *compared = true;
    return st;
}
