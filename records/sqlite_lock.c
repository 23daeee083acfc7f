/*
 * records/sqlite_lock.c - who writes holds records.lock, all others wait.
 *
 * Who only reads does not need it, but where SQLite's own locks are not to be had
 * (sqlite_reading.c): there he shares it with others who read.
 *
 * The lock is flock's and nothing else: the kernel takes it back from whoever
 * dies.  Waiting is not flock's, so that a process that was stopped with the
 * lock in its hand is reported and not waited for for ever.  Who waits sleeps on
 * a word of that same file which all have mapped, and whoever gives the lock
 * back wakes one.  That word says nothing about who holds the lock: if it is
 * lost, wrong or cannot be mapped, those who wait look again after a while.
 */
#include "records/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MOST_US = 60000000, NAP_LEAST_US = 100, NAP_SPAN_US = 400, UNCALLED_US = 10000 };

/* What records.lock holds. */
struct vt_turnstile {
    _Atomic uint32_t turn;    /* one more each time the lock is given back */
    _Atomic uint32_t waiting; /* too many, once one of them was killed */
};

/* --------------------------------------------------------------- waiting -- */

static void nap(vt_records *r, int64_t *waited_us) {
    struct timespec t = {0};

    r->jitter ^= r->jitter << 13; /* xorshift64: no chance that matters */
    r->jitter ^= r->jitter >> 7;
    r->jitter ^= r->jitter << 17;
    t.tv_nsec = (long)(NAP_LEAST_US + r->jitter % NAP_SPAN_US) * 1000;
    *waited_us += t.tv_nsec / 1000;
    nanosleep(&t, NULL);
}

/* Until the lock was given back since turn was read, or for a while. */
static void wait_turn(vt_records *r, uint32_t turn, int64_t *waited_us) {
    vt_turnstile *stile = vt_sqlite_of(r)->turnstile;
    const struct timespec most = {0, UNCALLED_US * 1000L};
    struct timespec from, to;
    int error;
    long rc;

    if (!stile) {
        nap(r, waited_us);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &from);
    stile->waiting++;
    rc = syscall(SYS_futex, &stile->turn, FUTEX_WAIT, turn, &most, NULL, 0);
    error = rc == 0 ? 0 : errno;
    stile->waiting--;
    if (error && error != EAGAIN && error != EINTR && error != ETIMEDOUT)
        nap(r, waited_us); /* where nobody can sleep so */
    clock_gettime(CLOCK_MONOTONIC, &to);
    *waited_us += (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000 + 1;
}

int vt_sqlite_on_busy(void *ctx, int count) {
    vt_records *r = ctx;
    int64_t waited_us = (int64_t)count * (NAP_LEAST_US + NAP_SPAN_US / 2);

    if (waited_us > WAIT_MOST_US)
        return 0;
    nap(r, &waited_us);
    return 1;
}

/* ------------------------------------------------------------------ lock -- */

/* `how`: LOCK_EX, or LOCK_SH with others who only read. */
static bool lock_try(vt_records *r, int how, int *error) {
    int rc;

    do
        rc = flock(vt_sqlite_of(r)->lock, how | LOCK_NB);
    while (rc != 0 && errno == EINTR);
    *error = rc == 0 || errno == EWOULDBLOCK ? 0 : errno;
    return rc == 0;
}

bool vt_sqlite_lock_now(vt_records *r) {
    int error;

    return lock_try(r, LOCK_EX, &error);
}

static uint32_t turn_of(const vt_records *r) {
    vt_turnstile *stile = vt_sqlite_of(r)->turnstile;

    return stile ? stile->turn : 0;
}

/* *error: the system has no lock to give. */
static vt_status wait_lock(vt_records *r, vt_findings *list, int how, int *error) {
    int64_t waited_us = 0;
    uint32_t turn = turn_of(r);

    while (!lock_try(r, how, error)) {
        if (*error)
            return VT_FAIL;
        if (waited_us > WAIT_MOST_US)
            return vt_fail(list, "KHO-07", (vt_place){.file = r->folder},
                           "Đợi chương trình kia xong, hoặc kiểm tra xem nó có bị treo không.",
                           "Kho “%s” đang bận: một chương trình khác giữ quyền ghi quá lâu.",
                           r->folder);
        wait_turn(r, turn, &waited_us);
        turn = turn_of(r); /* before the lock is tried: no call between the two is missed */
    }
    return VT_OK;
}

vt_status vt_sqlite_lock(vt_records *r, vt_findings *list) {
    int error;
    vt_status st = wait_lock(r, list, LOCK_EX, &error);

    return error ? vt_store_failed(r, list, "khoá được sổ", error) : st;
}

void vt_sqlite_unlock(vt_records *r) {
    vt_turnstile *stile = vt_sqlite_of(r)->turnstile;

    flock(vt_sqlite_of(r)->lock, LOCK_UN);
    if (!stile)
        return;
    stile->turn++;
    if (stile->waiting)
        syscall(SYS_futex, &stile->turn, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* ------------------------------------------------------------- the file -- */

/* The word is written, not only given room: a page of a file that gets its room
   when it is touched ends the process if the disk is full.  No word: naps. */
static void map_turnstile(vt_sqlite_store *store) {
    static const vt_turnstile none;
    struct stat sb;
    void *at;

    if (fstat(store->lock, &sb) != 0 ||
        (sb.st_size < (off_t)sizeof none &&
         pwrite(store->lock, &none, sizeof none, 0) != (ssize_t)sizeof none))
        return;
    at = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, store->lock, 0);
    store->turnstile = at == MAP_FAILED ? NULL : at;
}

vt_status vt_sqlite_lock_open(vt_records *r, vt_findings *list) {
    vt_sqlite_store *store = vt_sqlite_of(r);
    char *path = vt_store_path(r, VT_LOCK_NAME);

    if (!path)
        return vt_nomem(list);
    store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    free(path);
    if (store->lock < 0)
        return vt_store_failed(r, list, "mở được tệp khoá", errno);
    map_turnstile(store);
    return VT_OK;
}

void vt_sqlite_lock_close(vt_records *r) {
    vt_sqlite_store *store = vt_sqlite_of(r);

    if (store->turnstile)
        munmap(store->turnstile, sizeof *store->turnstile);
    if (store->lock >= 0)
        close(store->lock);
    store->turnstile = NULL;
    store->lock = -1;
}

/* The file is not made and not mapped: it may stand where nothing can be written. */
vt_status vt_sqlite_lock_reading(vt_records *r, vt_findings *list, bool *held) {
    vt_sqlite_store *store = vt_sqlite_of(r);
    char *path = vt_store_path(r, VT_LOCK_NAME);
    int error = 0;
    vt_status st;

    *held = false;
    if (!path)
        return vt_nomem(list);
    store->lock =
        open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe of that name is no lock */
    free(path);
    if (store->lock < 0)
        return VT_OK;
    st = wait_lock(r, list, LOCK_SH, &error);
    *held = !st;
    return error ? VT_OK : st;
}
