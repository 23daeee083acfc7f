/*
 * records/act.c - one writes at a time: the lock, the transaction inside it,
 * and emptying SQLite's log.
 *
 * flock is taken before BEGIN IMMEDIATE and given back after COMMIT.  SQLite
 * checkpoints on its own only inside a COMMIT, that is inside the lock; the
 * checkpoint of a connection that closes is switched off (store.c) and made
 * here instead, inside the lock.  So never two connections write or checkpoint
 * at once, which is what the WAL-reset bug of SQLite 3.7.0 to 3.51.2 needs.
 * Who opens the register with another program and writes to it, or checkpoints
 * it, stands outside of this.
 */
#include "records/store.h"

#include <errno.h>
#include <sys/file.h>
#include <time.h>

enum { WAIT_MOST_US = 60000000, NAP_LEAST_US = 100, NAP_SPAN_US = 400 };

/* ------------------------------------------------------------------ lock -- */

static void nap(vt_records *r, int64_t *waited_us) {
    struct timespec t = {0};

    r->jitter ^= r->jitter << 13; /* xorshift64: no chance that matters */
    r->jitter ^= r->jitter >> 7;
    r->jitter ^= r->jitter << 17;
    t.tv_nsec = (long)(NAP_LEAST_US + r->jitter % NAP_SPAN_US) * 1000;
    *waited_us += t.tv_nsec / 1000;
    nanosleep(&t, NULL);
}

static bool lock_try(vt_records *r, int *error) {
    int rc;

    do
        rc = flock(r->lock, LOCK_EX | LOCK_NB);
    while (rc != 0 && errno == EINTR);
    *error = rc == 0 || errno == EWOULDBLOCK ? 0 : errno;
    return rc == 0;
}

/* Waiting is by naps and not by a lock that blocks, so that a process that was
   stopped with the lock in its hand is reported and not waited for for ever. */
vt_status vt_lock_take(vt_records *r, vt_findings *list) {
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

void vt_lock_drop(vt_records *r) {
    flock(r->lock, LOCK_UN);
}

int vt_on_busy(void *ctx, int count) {
    vt_records *r = ctx;
    int64_t waited_us = (int64_t)count * (NAP_LEAST_US + NAP_SPAN_US / 2);

    if (waited_us > WAIT_MOST_US)
        return 0;
    nap(r, &waited_us);
    return 1;
}

/* ------------------------------------------------------------------ acts -- */

vt_status vt_records_begin(vt_records *r, vt_findings *list) {
    vt_status st;
    int rc;

    if (r->read_only)
        return vt_no_right(r, list);
    st = vt_lock_take(r, list);
    if (st)
        return st;
    rc = vt_sql_exec(r, "BEGIN IMMEDIATE");
    if (rc != SQLITE_OK) {
        vt_lock_drop(r);
        return vt_sql_error(r, list, rc);
    }
    r->acting = true;
    return VT_OK;
}

static void end_act(vt_records *r) {
    r->acting = false;
    vt_lock_drop(r);
}

vt_status vt_records_commit(vt_records *r, vt_findings *list) {
    vt_status st = VT_OK;
    int rc;

    if (!r->acting)
        return VT_OK;
    rc = vt_sql_exec(r, "COMMIT");
    if (rc != SQLITE_OK) {
        st = vt_sql_error(r, list, rc);
        vt_records_rollback(r);
        return st;
    }
    r->written = true;
    end_act(r);
    return VT_OK;
}

void vt_records_rollback(vt_records *r) {
    if (!r->acting)
        return;
    if (!sqlite3_get_autocommit(r->db))
        vt_sql_exec(r, "ROLLBACK");
    end_act(r);
}

/* ------------------------------------------------------------ checkpoint -- */

/* Who has written empties SQLite's log, unless somebody else writes just now:
   then that one will.  The next to open finds nothing to recover. */
void vt_store_checkpoint(vt_records *r) {
    int error;

    if (!r->db || !r->written || !lock_try(r, &error))
        return;
    sqlite3_busy_handler(r->db, NULL, NULL); /* readers are not waited for */
    sqlite3_wal_checkpoint_v2(r->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    vt_lock_drop(r);
}
