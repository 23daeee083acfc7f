/*
 * records/sqlite_copy.c - the register as it stands at one moment, in a file.
 *
 * One step of SQLite's backup copies all pages inside one read transaction: who
 * issues meanwhile goes on, and what is committed later is not in the copy.  The
 * source is only read, so the copy needs no lock (sqlite_act.c).  What the copy
 * holds is put on the disk in the source, too, before the copy counts: a backup
 * never knows of an act that a power cut takes from the archive.
 */
#include "records/sqlite.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static int copy_pages(vt_records *r, sqlite3 *to) {
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", vt_sqlite_of(r)->db, "main");
    int rc;

    if (!copy)
        return sqlite3_extended_errcode(to);
    rc = sqlite3_backup_step(copy, -1);
    sqlite3_backup_finish(copy);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

vt_status vt_sqlite_copy(vt_records *r, vt_findings *list, const char *path) {
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(path, &to,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                                 SQLITE_OPEN_EXRESCODE,
                             NULL);
    int system;

    if (rc == SQLITE_OK) /* a copy that was cut short is thrown away, and synced by its maker */
        rc = sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL,
                          NULL);
    if (rc == SQLITE_OK)
        rc = copy_pages(r, to);
    system = to ? sqlite3_system_errno(to) : 0;
    sqlite3_close(to);
    if (rc == SQLITE_OK)
        return vt_sqlite_settle(r, list);
    if ((rc & 0xFF) == SQLITE_FULL || (rc & 0xFF) == SQLITE_CANTOPEN || (rc & 0xFF) == SQLITE_IOERR)
        return vt_fail(list, "KHO-52", (vt_place){.file = path},
                       "Kiểm tra chỗ trống, quyền và ổ đĩa rồi làm lại.",
                       "Không ghi được bản sao của sổ vào “%s”: %s.", path,
                       (rc & 0xFF) == SQLITE_FULL ? "đĩa đã đầy" : vt_error_text(system));
    return vt_sqlite_error(r, list, rc);
}
