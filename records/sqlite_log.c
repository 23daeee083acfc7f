/*
 * records/sqlite_log.c - SQLite's log (WAL) written in long pieces.
 *
 * SQLite gives each page of an act to the system in two writes, its header and
 * the page: two hundred calls for one document.  This VFS is the system's own
 * but for the log's file, where what follows upon what was written before is
 * held back and goes out together.
 *
 * Nobody reads a frame before the index in shared memory names it, and SQLite
 * writes there only after the frame that ends the act.  So from the header of
 * such a frame on nothing is held; nor is it across a read, a sync or any other
 * use of the file.  What could not be written stays held and is tried again by
 * the next call, which fails likewise if the disk is still full: an act never
 * ends with a piece missing.
 */
#include "records/sqlite.h"

#include <pthread.h>
#include <string.h>

enum { HELD_MOST = 64 << 10, FRAME_HEADER = 24, FRAME_COMMIT = 4 /* size of the register, or 0 */ };

typedef struct log_file {
    sqlite3_file base;
    sqlite3_int64 from;  /* where what is held belongs */
    int held;            /* bytes */
    bool ending;         /* the frame that ends an act is being written */
    char *bytes;         /* HELD_MOST */
    sqlite3_file real[]; /* the system's, longer than its declaration */
} log_file;

static log_file *log_of(sqlite3_file *file) {
    return (log_file *)file;
}

/* ------------------------------------------------------------- held back -- */

static int write_held(log_file *log) {
    int rc = SQLITE_OK;

    if (log->held)
        rc = log->real->pMethods->xWrite(log->real, log->bytes, log->held, log->from);
    if (rc == SQLITE_OK)
        log->held = 0;
    return rc;
}

static bool ends_act(const unsigned char *header) {
    static const unsigned char none[4] = {0};

    return memcmp(header + FRAME_COMMIT, none, sizeof none) != 0;
}

static int log_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at) {
    log_file *log = log_of(file);
    int rc = SQLITE_OK;

    if (len == FRAME_HEADER)
        log->ending = ends_act(bytes);
    if (log->ending || len > HELD_MOST - log->held || at != log->from + log->held)
        rc = write_held(log);
    if (rc != SQLITE_OK)
        return rc;
    if (log->ending || len > HELD_MOST)
        return log->real->pMethods->xWrite(log->real, bytes, len, at);
    if (!log->held)
        log->from = at;
    memcpy(log->bytes + log->held, bytes, (size_t)len);
    log->held += len;
    return SQLITE_OK;
}

/* --------------------------------------------------------- after it is out -- */

static int log_close(sqlite3_file *file) {
    sqlite3_free(log_of(file)->bytes); /* of an act that was not ended */
    return log_of(file)->real->pMethods->xClose(log_of(file)->real);
}

static int log_read(sqlite3_file *file, void *out, int len, sqlite3_int64 at) {
    log_file *log = log_of(file);
    int rc = write_held(log);

    return rc == SQLITE_OK ? log->real->pMethods->xRead(log->real, out, len, at) : rc;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size) {
    log_file *log = log_of(file);
    int rc = write_held(log);

    return rc == SQLITE_OK ? log->real->pMethods->xTruncate(log->real, size) : rc;
}

static int log_sync(sqlite3_file *file, int flags) {
    log_file *log = log_of(file);
    int rc = write_held(log);

    return rc == SQLITE_OK ? log->real->pMethods->xSync(log->real, flags) : rc;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size) {
    log_file *log = log_of(file);
    int rc = write_held(log);

    return rc == SQLITE_OK ? log->real->pMethods->xFileSize(log->real, size) : rc;
}

/* ------------------------------------------------------- the system's own -- */

static int log_lock(sqlite3_file *file, int level) {
    return log_of(file)->real->pMethods->xLock(log_of(file)->real, level);
}

static int log_unlock(sqlite3_file *file, int level) {
    return log_of(file)->real->pMethods->xUnlock(log_of(file)->real, level);
}

static int log_reserved(sqlite3_file *file, int *out) {
    return log_of(file)->real->pMethods->xCheckReservedLock(log_of(file)->real, out);
}

static int log_control(sqlite3_file *file, int op, void *arg) {
    return log_of(file)->real->pMethods->xFileControl(log_of(file)->real, op, arg);
}

static int log_sector(sqlite3_file *file) {
    return log_of(file)->real->pMethods->xSectorSize(log_of(file)->real);
}

static int log_device(sqlite3_file *file) {
    return log_of(file)->real->pMethods->xDeviceCharacteristics(log_of(file)->real);
}

static const sqlite3_io_methods LOG = {.iVersion = 1,
                                       .xClose = log_close,
                                       .xRead = log_read,
                                       .xWrite = log_write,
                                       .xTruncate = log_truncate,
                                       .xSync = log_sync,
                                       .xFileSize = log_size,
                                       .xLock = log_lock,
                                       .xUnlock = log_unlock,
                                       .xCheckReservedLock = log_reserved,
                                       .xFileControl = log_control,
                                       .xSectorSize = log_sector,
                                       .xDeviceCharacteristics = log_device};

/* ------------------------------------------------------------------- VFS -- */

static sqlite3_vfs *system_vfs, vfs;

static int open_log(const char *name, log_file *log, int flags, int *out_flags) {
    int rc;

    memset(log, 0, sizeof *log);
    log->bytes = sqlite3_malloc(HELD_MOST);
    if (!log->bytes)
        return SQLITE_NOMEM;
    rc = system_vfs->xOpen(system_vfs, name, log->real, flags, out_flags);
    if (rc == SQLITE_OK)
        log->base.pMethods = &LOG;
    else
        sqlite3_free(log->bytes);
    return rc;
}

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags,
                     int *out_flags) {
    (void)self;
    if (flags & SQLITE_OPEN_WAL)
        return open_log(name, log_of(file), flags, out_flags);
    return system_vfs->xOpen(system_vfs, name, file, flags, out_flags);
}

static void make_vfs(void) {
    system_vfs = sqlite3_vfs_find(NULL);
    if (!system_vfs)
        return;
    vfs = *system_vfs;
    vfs.zName = "vanthu";
    vfs.szOsFile += (int)sizeof(log_file);
    vfs.xOpen = open_file;
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
        system_vfs = NULL;
}

const char *vt_sqlite_vfs(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, make_vfs);
    return system_vfs ? vfs.zName : NULL;
}
