/*
 * records/sqlite_act.c - one writes at a time: the lock, the transaction inside
 * it, putting it on the disk, and emptying SQLite's log.
 *
 * flock is taken before BEGIN IMMEDIATE and given back after COMMIT.  SQLite
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

#include <errno.h>
#include <sys/file.h>
#include <time.h>

enum { WAIT_MOST_US = 60000000, NAP_LEAST_US = 100, NAP_SPAN_US = 400, NAP_LONG = 4 };

/* ------------------------------------------------------------------ lock -- */

/* The first naps are short; who waits longer has others before him. */
static void nap(vt_records *r, int64_t *waited_us) {
    struct timespec t = {0};

    r->jitter ^= r->jitter << 13; /* xorshift64: no chance that matters */
    r->jitter ^= r->jitter >> 7;
    r->jitter ^= r->jitter << 17;
    t.tv_nsec = (long)(NAP_LEAST_US + r->jitter % NAP_SPAN_US) * 1000;
    if (*waited_us > NAP_LONG * NAP_SPAN_US)
        t.tv_nsec *= NAP_LONG;
    *waited_us += t.tv_nsec / 1000;
    nanosleep(&t, NULL);
}

static bool lock_try(vt_records *r, int *error) {
    int rc;

    do
        rc = flock(vt_sqlite_of(r)->lock, LOCK_EX | LOCK_NB);
    while (rc != 0 && errno == EINTR);
    *error = rc == 0 || errno == EWOULDBLOCK ? 0 : errno;
    return rc == 0;
}

/* Waiting is by naps and not by a lock that blocks, so that a process that was
   stopped with the lock in its hand is reported and not waited for for ever. */
vt_status vt_sqlite_lock(vt_records *r, vt_findings *list) {
    int64_t waited_us = 0;
    int error;

    while (!lock_try(r, &error)) {
        if (error)
            return vt_store_failed(r, list, "khoá được sổ", error);
        if (waited_us > WAIT_MOST_US)
            return vt_fail(list, "KHO-07", (vt_place){.file = r->folder},
                           "Đợi chương trình kia xong, hoặc kiểm tra xem nó có bị treo không.",
                           "Kho “%s” đang bận: một chương trình khác giữ quyền ghi quá lâu.",
                           r->folder);
        nap(r, &waited_us);
    }
    return VT_OK;
}

void vt_sqlite_unlock(vt_records *r) {
    flock(vt_sqlite_of(r)->lock, LOCK_UN);
}

int vt_sqlite_on_busy(void *ctx, int count) {
    vt_records *r = ctx;
    int64_t waited_us = (int64_t)count * (NAP_LEAST_US + NAP_SPAN_US / 2);

    if (waited_us > WAIT_MOST_US)
        return 0;
    nap(r, &waited_us);
    return 1;
}

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
    int error;

    if (!store->db || !store->written || !lock_try(r, &error))
        return;
    sqlite3_busy_handler(store->db, NULL, NULL); /* readers are not waited for */
    sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    vt_sqlite_unlock(r);
}
