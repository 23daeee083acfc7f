/*
 * records/sqlite.h - the store of one folder, on SQLite: what its files
 * share (sqlite.c statements and errors, sqlite_open.c the folder,
 * sqlite_reading.c what cannot be written, sqlite_lock.c the lock, sqlite_log.c how the log is
 * written, sqlite_act.c transactions).
 */
#ifndef VT_SQLITE_H
#define VT_SQLITE_H

#include "records/store.h"

#include <sqlite3.h>

#define VT_APPLICATION_ID 0x76746875 /* "vthu" */
#define VT_LOCK_NAME "records.lock"
#define VT_REGISTER "records.db"

/* vt_sqlite_schema[v] brings tables of version v to version v + 1: made from
   records/schema/sqlite/ when the program is built. */
extern const char *const vt_sqlite_schema[];
extern const int vt_sqlite_schema_count;

typedef struct vt_turnstile vt_turnstile;

typedef struct vt_sqlite_store {
    sqlite3 *db;
    int lock;                /* descriptor of records.lock; -1: opened for reading, with a log */
    vt_turnstile *turnstile; /* where those who wait for it sleep; NULL: they nap */
    bool written;            /* by this connection */
} vt_sqlite_store;

static inline vt_sqlite_store *vt_sqlite_of(const vt_records *r) {
    return r->store;
}

/* ------------------------------------------------------------- sqlite.c -- */

int vt_sqlite_exec(vt_records *r, const char *sql); /* SQLite's code */
/* What went wrong, in Vietnamese, by SQLite's code. */
vt_status vt_sqlite_error(vt_records *r, vt_findings *list, int rc);

/* -------------------------------------------------------- sqlite_open.c -- */

vt_status vt_sqlite_make(vt_records *r, const vt_records_new_options *how, vt_findings *list);
vt_status vt_sqlite_open(vt_records *r, vt_findings *list);
void vt_sqlite_close(vt_records *r);
int vt_sqlite_connect(vt_records *r, const char *path, int flags); /* SQLite's code */
void vt_sqlite_disconnect(vt_records *r);

/* ----------------------------------------------------- sqlite_reading.c -- */

/* Opens the register for reading only, where nothing can be written, too; *rc is SQLite's
   word on it.  KHO-06: that cannot be done without passing over what was written. */
vt_status vt_sqlite_connect_reading(vt_records *r, const char *path, vt_findings *list,
                                    int *rc) VT_USED;
const vt_unwritable *vt_sqlite_unwritable(const vt_records *r);

/* -------------------------------------------------------- sqlite_lock.c -- */

vt_status vt_sqlite_lock_open(vt_records *r, vt_findings *list); /* makes it, too */
void vt_sqlite_lock_close(vt_records *r);
vt_status vt_sqlite_lock(vt_records *r, vt_findings *list); /* KHO-07: after a minute */
bool vt_sqlite_lock_now(vt_records *r);                     /* if nobody else holds it */
/* Nobody writes until vt_sqlite_lock_close, others may read; *held false: there is no lock, or
   none to be had by who reads. */
vt_status vt_sqlite_lock_reading(vt_records *r, vt_findings *list, bool *held) VT_USED;
void vt_sqlite_unlock(vt_records *r);
int vt_sqlite_on_busy(void *records, int count); /* SQLite's busy handler */

/* --------------------------------------------------------- sqlite_log.c -- */

const char *vt_sqlite_vfs(void); /* its name; NULL: the system's has to do */

/* --------------------------------------------------------- sqlite_act.c -- */

void vt_sqlite_checkpoint(vt_records *r); /* before closing */

vt_status vt_sqlite_begin(vt_records *r, vt_findings *list);
vt_status vt_sqlite_commit(vt_records *r, vt_findings *list);
void vt_sqlite_rollback(vt_records *r);
bool vt_sqlite_in_act(const vt_records *r);
vt_status vt_sqlite_settle(vt_records *r, vt_findings *list);

/* ------------------------------------------------------ sqlite_schema.c -- */

/* *any: what differs was told (KHO-35). */
vt_status vt_sqlite_schema_check(vt_records *r, vt_findings *list, bool *any);

/* -------------------------------------------------------- sqlite_copy.c -- */

vt_status vt_sqlite_copy(vt_records *r, vt_findings *list, const char *path);

#endif
