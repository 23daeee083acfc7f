/*
 * records/store.h - what the files of this room share: the open archive, its
 * statements, its log.
 */
#ifndef VT_STORE_H
#define VT_STORE_H

#include "records/records.h"
#include "records/uid.h"

#include <sqlite3.h>

/* ---------------------------------------------------------------- tables -- */

#define VT_APPLICATION_ID 0x76746875 /* "vthu" */
#define VT_SCHEMA_VERSION 1

/* vt_migrations[v] brings tables of version v to version v + 1. */
extern const char *const vt_migrations[VT_SCHEMA_VERSION];

/* -------------------------------------------------------- the open archive -- */

enum { VT_STATEMENTS = 64 };

struct vt_records {
    char *folder, *actor, *maker;
    vt_world world;
    sqlite3 *db;
    int lock; /* descriptor of records.lock; -1: opened for reading */
    bool read_only, any_issuer, acting, written;
    uint64_t jitter; /* state of the waiting times' generator */
    struct {
        const char *sql;
        sqlite3_stmt *stmt;
    } statements[VT_STATEMENTS];
    size_t statement_count;
};

/* "FOLDER/NAME" in memory of malloc; NULL without. */
char *vt_store_path(const vt_records *r, const char *name);

/* What the system refused, in Vietnamese, by errno. */
vt_status vt_store_failed(const vt_records *r, vt_findings *list, const char *what,
                          int error) VT_USED;

vt_status vt_no_right(const vt_records *r, vt_findings *list) VT_USED; /* KHO-06 */

/* ------------------------------------------------------ lock (records/act.c) -- */

vt_status vt_lock_take(vt_records *r, vt_findings *list) VT_USED;
void vt_lock_drop(vt_records *r);
int vt_on_busy(void *records, int count); /* SQLite's busy handler */
void vt_store_checkpoint(vt_records *r);  /* before closing */

/* ------------------------------------------------------------------- SQL -- */

/* A value bound to a statement. */
typedef struct vt_arg {
    enum { VT_ARG_INT, VT_ARG_TEXT, VT_ARG_NULL } kind;
    int64_t number;
    const char *text;
} vt_arg;

static inline vt_arg vt_int(int64_t v) {
    return (vt_arg){.kind = VT_ARG_INT, .number = v};
}
/* Borrowed until the statement is reset; NULL binds NULL. */
static inline vt_arg vt_text(const char *s) {
    return (vt_arg){.kind = s ? VT_ARG_TEXT : VT_ARG_NULL, .text = s};
}
#define VT_ARGS(...)                                                                               \
    ((const vt_arg[]){__VA_ARGS__}), (sizeof((const vt_arg[]){__VA_ARGS__}) / sizeof(vt_arg))

/*
 * Runs a statement that gives no rows.  `sql` is a literal: the statement made
 * from it is kept with the archive and found again by the literal's address.
 */
vt_status vt_sql_run(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                     size_t count) VT_USED;
/*
 * A statement that gives rows: bound, not yet stepped.  vt_sql_row steps it;
 * *row false: no more (it is then reset).  Whoever stops earlier calls
 * vt_sql_done.
 */
vt_status vt_sql_open(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                      size_t count, sqlite3_stmt **out) VT_USED;
vt_status vt_sql_row(vt_records *r, vt_findings *list, sqlite3_stmt *stmt, bool *row) VT_USED;
void vt_sql_done(sqlite3_stmt *stmt);
/* Column i as text in the arena; "" for NULL. */
const char *vt_sql_text(vt_arena *arena, sqlite3_stmt *stmt, int i);

/* Statements that are no queries and not kept: PRAGMA, BEGIN ...  SQLite's code. */
int vt_sql_exec(vt_records *r, const char *sql);

/* What went wrong, in Vietnamese, by SQLite's code. */
vt_status vt_sql_error(vt_records *r, vt_findings *list, int rc);

/* ------------------------------------------------------------------- log -- */

/* Appends a row to the log, within the open act.  `detail` is JSON. */
vt_status vt_event_add(vt_records *r, vt_findings *list, const char *act, const char *object,
                       const char *detail) VT_USED;

/* ----------------------------------------------------------------- files -- */

typedef struct vt_stored {
    char sha256[65];
    int64_t bytes;
} vt_stored;

/* Makes the folders of files/: once, when the archive is made. */
vt_status vt_store_fans(vt_records *r, vt_findings *list) VT_USED;

/* Puts the names in a folder on the disk.  0 or an errno. */
int vt_sync_folder(const char *path);

/* Where a file of this hash stands in the archive: "files/ab/cd..". */
void vt_store_name(const char *sha256, char out[80]);

/* Keeps bytes under their hash, durably, and reads them back before it says
   VT_OK.  What stands there already is checked and used. */
vt_status vt_store_put(vt_records *r, vt_findings *list, const void *data, size_t len,
                       vt_stored *out) VT_USED;
/* The bytes of a hash, checked against it. */
vt_status vt_store_get(vt_records *r, vt_findings *list, const char *sha256, vt_buf *out) VT_USED;

/* --------------------------------------------------------------- issuers -- */

/* The issuer's row, made when that is allowed. */
vt_status vt_issuer_find(vt_records *r, const vt_issue *request, vt_findings *list,
                         int64_t *out) VT_USED;

/* --------------------------------------------------------------- records -- */

/*
 * The columns of a record, for "SELECT " VT_RECORD_COLUMNS " FROM document d"
 * VT_RECORD_JOINS.
 */
#define VT_RECORD_COLUMNS                                                                          \
    "d.uid, d.state, n.number, n.suffix, n.notation, d.designation, d.date, d.due, d.system, "     \
    "d.type, d.type_name, d.title, i.superior, i.name, i.abbr, i.organ, d.place, d.subject, "      \
    "d.urgency, d.secrecy, (SELECT name FROM signer s WHERE s.document_id = d.document_id "        \
    "ORDER BY ordinal LIMIT 1), d.pack, d.maker, (SELECT sha256 FROM document_file f "             \
    "WHERE f.document_id = d.document_id AND role = 'pdf' ORDER BY generation DESC LIMIT 1), "     \
    "d.pages, d.amount, d.document_id, d.sort_key, d.again"
#define VT_RECORD_JOINS                                                                            \
    " JOIN number n ON n.number_id = d.number_id JOIN issuer i ON i.issuer_id = d.issuer_id "
enum {
    VT_COLUMN_NUMBER = 2,
    VT_COLUMN_SUFFIX = 3,
    VT_COLUMN_PAGES = 24,
    VT_COLUMN_AMOUNT,
    VT_COLUMN_DOCUMENT,
    VT_COLUMN_SORT,
    VT_COLUMN_AGAIN,
    VT_COLUMNS
};

/* A record from a row of those columns; NULL without memory. */
vt_record *vt_record_load(vt_arena *arena, sqlite3_stmt *stmt);

vt_status vt_record_of(vt_records *r, int64_t document, vt_arena *arena, vt_findings *list,
                       vt_record **out) VT_USED;
/* The newest record of a key, and how often it was issued again; NULL: none. */
vt_status vt_record_of_key(vt_records *r, const char *key, vt_arena *arena, vt_findings *list,
                           vt_record **out, int64_t *again) VT_USED;

#endif
