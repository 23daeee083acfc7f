/*
 * records/postgres.h - the store in a PostgreSQL database: what its files share.
 *
 *   postgres.c        statements, and errors in Vietnamese
 *   postgres_url.c    the archive's name: a URL with the schema in it
 *   postgres_open.c   connecting, making, opening, bringing older tables forward
 *   postgres_schema.c are the tables the program's?
 *   postgres_act.c    transactions, and when "done" may be said
 *   postgres_words.c  words of a document as a tsvector
 *   postgres_query.c  a query as a tsquery
 *   postgres_index.c  keeping the index
 *   postgres_lib.c    libpq, opened when it is wanted
 */
#ifndef VT_POSTGRES_H
#define VT_POSTGRES_H

#include "records/store.h"

#include <libpq-fe.h>

/* vt_postgresql_schema[0] makes the tables of version VT_POSTGRES_FIRST, [1]
   brings them to the next one ...: records/schema/postgresql/NNN.sql. */
#define VT_POSTGRES_FIRST 3
extern const char *const vt_postgresql_schema[];
extern const int vt_postgresql_schema_count;

/* ------------------------------------------------------- postgres_lib.c -- */

#define VT_PQ_FUNCTIONS(F)                                                                         \
    F(PQclear)                                                                                     \
    F(PQcmdStatus)                                                                                 \
    F(PQconnectdbParams)                                                                           \
    F(PQconninfoFree)                                                                              \
    F(PQconninfoParse)                                                                             \
    F(PQenterPipelineMode)                                                                         \
    F(PQerrorMessage)                                                                              \
    F(PQexec)                                                                                      \
    F(PQexitPipelineMode)                                                                          \
    F(PQfinish)                                                                                    \
    F(PQfreemem)                                                                                   \
    F(PQgetResult)                                                                                 \
    F(PQftype)                                                                                     \
    F(PQgetisnull)                                                                                 \
    F(PQgetlength)                                                                                 \
    F(PQgetvalue)                                                                                  \
    F(PQnfields)                                                                                   \
    F(PQntuples)                                                                                   \
    F(PQpipelineSync)                                                                              \
    F(PQsocket)                                                                                    \
    F(PQisBusy)                                                                                    \
    F(PQconsumeInput)                                                                              \
    F(PQresultErrorField)                                                                          \
    F(PQresultStatus)                                                                              \
    F(PQsendPrepare)                                                                               \
    F(PQsendQueryPrepared)                                                                         \
    F(PQsetNoticeReceiver)                                                                         \
    F(PQstatus)                                                                                    \
    F(PQtransactionStatus)

typedef struct vt_pq {
    void *library;
#define VT_PQ_MEMBER(name) __typeof__(&(name)) name; /* NOLINT(bugprone-macro-parentheses) */
    VT_PQ_FUNCTIONS(VT_PQ_MEMBER)
#undef VT_PQ_MEMBER
} vt_pq;

/* KHO-60: the library is not there. */
vt_status vt_pq_open(vt_findings *list, vt_pq *out) VT_USED;
void vt_pq_close(vt_pq *pq);
/* The server is told to answer all that was sent; behind the answers, its word that these were all.
   Where libpq has no memory it would wait for them until the server loses patience: then the
   connection is ended. */
void vt_pq_sync(const vt_pq *pq, PGconn *connection);
void vt_pq_synced(const vt_pq *pq, PGconn *connection);

/* ------------------------------------------------------------- the store -- */

enum { VT_SCHEMA_BYTES = 64, VT_PENDING_MOST = 256 };

/* A statement that was sent and whose answer was not read yet. */
typedef struct vt_pending {
    struct vt_postgres_statement *of; /* NULL: nobody waits for its rows */
    bool prepares;                    /* it only makes the statement ready */
} vt_pending;

typedef struct vt_postgres_store {
    vt_pq pq;
    PGconn *connection;
    char *url;                    /* without what is ours */
    char schema[VT_SCHEMA_BYTES]; /* letters, digits, _: fit to stand in a statement */
    char *files;                  /* folder that holds files/; NULL: all in the database */
    unsigned generation;          /* of the connection: what was prepared before is gone */
    unsigned prepared;            /* statements so far, for their names */
    unsigned warnings;            /* of the server since this was last set to 0 */
    bool several;                 /* hosts in the URL */
    bool standby;                 /* the server only follows another one */
    vt_pending pending[VT_PENDING_MOST];
    size_t pending_count;
    PGresult *refused; /* the first error among them; NULL: none */
    bool untidy;       /* words wait in the index to be put in order */
} vt_postgres_store;

static inline vt_postgres_store *vt_postgres_of(const vt_records *r) {
    return r->store;
}

/* ----------------------------------------------------------- postgres.c -- */

/* What went wrong, in Vietnamese, by what the server said; takes the result. */
vt_status vt_postgres_error(vt_records *r, vt_findings *list, PGresult *result);
bool vt_postgres_lost(const vt_records *r); /* the connection is gone */
/* Waits for the answers to all that was sent; the first error among them. */
vt_status vt_postgres_flush(vt_records *r, vt_findings *list);
/* Statements without rows, several at once. */
vt_status vt_postgres_exec(vt_records *r, vt_findings *list, const char *sql) VT_USED;
/* One row of texts, in memory of the result, which is the caller's; *out NULL: no row. */
vt_status vt_postgres_row(vt_records *r, vt_findings *list, const char *sql,
                          PGresult **out) VT_USED;

/* ------------------------------------------------------- postgres_url.c -- */

/* "postgresql://HOST/DB?schema=NAME&...": the schema taken out of the URL, "vanthu"
   where none is named.  KHO-61. */
vt_status vt_postgres_url(vt_records *r, vt_findings *list) VT_USED;

/* ------------------------------------------------------ postgres_open.c -- */

vt_status vt_postgres_make(vt_records *r, const vt_records_new_options *how, vt_findings *list);
vt_status vt_postgres_open(vt_records *r, vt_findings *list);
void vt_postgres_close(vt_records *r);
/* Connects anew after the connection was lost. */
vt_status vt_postgres_again(vt_records *r, vt_findings *list) VT_USED;

/* Adds a statement with the schema's name where @ stands. */
void vt_postgres_named(const vt_records *r, const char *format, vt_buf *out);

/* ---------------------------------------------------- postgres_schema.c -- */

vt_status vt_postgres_check(vt_records *r, vt_findings *list);

/* ------------------------------------------------------- postgres_act.c -- */

vt_status vt_postgres_begin(vt_records *r, vt_findings *list);
vt_status vt_postgres_commit(vt_records *r, vt_findings *list);
void vt_postgres_rollback(vt_records *r);
bool vt_postgres_in_act(const vt_records *r);
vt_status vt_postgres_settle(vt_records *r, vt_findings *list);

/* ------------------------------------------ words, queries and the index -- */

/* A lexeme is at most this long (PostgreSQL's own limit is 2,046). */
enum { VT_LEXEME_BYTES = 1024 };

/* A lexeme in quotes, as tsvector and tsquery read it.  `column`: only of that column
   of names; VT_TEXT_COLUMNS: of any. */
void vt_postgres_lexeme(vt_buf *out, int column, const char *text, size_t len);

/* The text of a tsvector from the columns of document_text, with the stretches of time its
   sort key lies in (the function "found" of the tables). */
void vt_postgres_words(int64_t sort_key, const char *const columns[VT_TEXT_COLUMNS], vt_buf *out);
/* The text of a tsquery from an expression as records/search.c makes them for FTS5; what
   is none asks for nothing that exists.  "" stays "".  `out` is empty before. */
void vt_postgres_query(const char *expression, vt_buf *out);
/* The same as an array of tsquery; the second finds all that the first does, and more only where
   that wants words in a row, else it is the same; one to eight further ones are its parts. */
void vt_postgres_queries(const char *expression, vt_buf *out);

vt_status vt_postgres_index_add(vt_records *r, vt_findings *list, int64_t sort_key,
                                const char *words);
vt_status vt_postgres_index_drop(vt_records *r, vt_findings *list, int64_t sort_key,
                                 const char *words);
vt_status vt_postgres_index_check(vt_records *r, vt_findings *list, bool *right, bool *compared);
vt_status vt_postgres_index_make(vt_records *r, vt_findings *list);

#endif
