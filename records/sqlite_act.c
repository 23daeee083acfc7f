/*
 * records/sqlite_act.c - one writes at a time: the transaction inside the lock
 * (sqlite_lock.c), putting it on the disk, and emptying SQLite's log.
 *
 * The lock is taken before BEGIN IMMEDIATE and given back after COMMIT.  SQLite
 * checkpoints on its own only inside a COMMIT, that is inside the lock; the
 * checkpoint of a connection that closes is switched off (sqlite_open.c) and
 * made here instead, inside the lock.  So never two connections write or
 * checkpoint at once, which is what the WAL-reset bug of SQLite 3.7.0 to 3.51.2
 * needs.  Who opens the register with another program and writes to it, or
 * checkpoints it, stands outside of this.
 *
 * The commit's fsync comes after the lock: COMMIT (synchronous=NORMAL) leaves
 * the act in SQLite's log, the lock is given back, and only then the log is put
 * on the disk and the act acknowledged.  While one process waits for its disk
 * the next one works; the kernel lets those who wait share one flush.  The log
 * is one file written in order and every frame's checksum covers those before
 * it: what a later act's fsync saves has the earlier ones under it, and a power
 * cut leaves a beginning of the log, never a middle.  Until its fsync an act is
 * seen by others, as it is in every database that commits in groups; nobody has
 * been told that it stands, and who tells so of another's act settles it first.
 */
#include "records/sqlite.h"

/* ------------------------------------------------------------------ acts -- */

vt_status vt_sqlite_begin(vt_records *r, vt_findings *list) {
    vt_status st = vt_sqlite_lock(r, list);
    int rc;

    if (st)
        return st;
    rc = vt_sqlite_exec(r, "BEGIN IMMEDIATE");
    if (rc == SQLITE_OK)
        return VT_OK;
    st = vt_sqlite_error(r, list, rc);
    vt_sqlite_unlock(r);
    return st;
}

/* SQLite's own descriptor of its log: closing another one of ours would drop
   the process's locks on the file. */
static int sync_log(vt_records *r) {
    sqlite3_file *log = NULL;
    int rc = sqlite3_file_control(vt_sqlite_of(r)->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);

    if (rc == SQLITE_OK && log && log->pMethods)
        rc = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    return rc;
}

vt_status vt_sqlite_settle(vt_records *r, vt_findings *list) {
    int rc = r->read_only ? SQLITE_OK : sync_log(r);

    return rc == SQLITE_OK ? VT_OK : vt_sqlite_error(r, list, rc);
}

vt_status vt_sqlite_commit(vt_records *r, vt_findings *list) {
    int rc = vt_sqlite_exec(r, "COMMIT");
    vt_status st;

    if (rc != SQLITE_OK) {
        st = vt_sqlite_error(r, list, rc);
        vt_sqlite_rollback(r);
        return st;
    }
    vt_sqlite_of(r)->written = true;
    vt_sqlite_unlock(r);
    return vt_sqlite_settle(r, list);
}

void vt_sqlite_rollback(vt_records *r) {
    if (vt_sqlite_in_act(r))
        vt_sqlite_exec(r, "ROLLBACK");
    vt_sqlite_unlock(r);
}

bool vt_sqlite_in_act(const vt_records *r) {
    return !sqlite3_get_autocommit(vt_sqlite_of(r)->db);
}

/* ------------------------------------------------------------ checkpoint -- */

/* Who has written empties SQLite's log, unless somebody else writes just now:
   then that one will.  The next to open finds nothing to recover. */
void vt_sqlite_checkpoint(vt_records *r) {
    vt_sqlite_store *store = vt_sqlite_of(r);

    if (!store->db || !store->written || !vt_sqlite_lock_now(r))
        return;
    sqlite3_busy_handler(store->db, NULL, NULL); /* readers are not waited for */
    sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    vt_sqlite_unlock(r);
}
