/*
 * records/sqlite_reading.c - reading where nothing can be written: a DVD, a medium mounted so,
 * a folder of others.
 *
 * SQLite reads a register through its log and the log's index, two files beside it, and makes
 * them where they are missing.  Where it may not, it can still read the register as a file that
 * never changes ("immutable"), looking at no log and taking no lock of its own.  That is right
 * only while nobody writes: so the archive's lock is held, shared, for as long as it is open, or
 * the medium is one that takes no writes.  And only while the log holds nothing: acts that stand
 * there and not yet in the register would be passed over without a word.
 */
#include "records/sqlite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { LOG_HEADER = 32 /* a log that has no more holds no page */ };

static bool is_sealed(const char *path) {
    struct statvfs sb;

    return statvfs(path, &sb) == 0 && (sb.f_flag & ST_RDONLY);
}

/* Numbers go on in one archive only: who wants to write is not sent to a copy first. */
const vt_unwritable *vt_sqlite_unwritable(const vt_records *r) {
    static const vt_unwritable right = {
        "Xin quyền ghi vào thư mục kho và các tệp trong đó.",
        "Nhờ người có quyền ghi vào kho chạy vanthu series một lần để nâng sổ lên, hoặc chép cả "
        "thư mục kho sang nơi ghi được rồi mở ở đó: --records THƯ-MỤC.",
        "Xin quyền ghi vào thư mục kho.", "Nhờ người có quyền ghi vào kho chạy", false};
    static const vt_unwritable medium = {
        "Dùng kho gốc, hoặc gắn lại ổ đĩa cho ghi; kho chỉ còn ở đây thì chép cả thư mục sang ổ "
        "đĩa "
        "ghi được rồi làm ở đó: --records THƯ-MỤC.",
        "Chép cả thư mục kho sang ổ đĩa ghi được rồi mở ở đó (--records THƯ-MỤC): sổ được nâng lên "
        "lúc mở.",
        "Chép cả thư mục kho sang ổ đĩa ghi được rồi xem ở đó: --records THƯ-MỤC.",
        "Chạy ở kho gốc, hoặc chép cả thư mục kho sang ổ đĩa ghi được rồi chạy ở đó", true};

    return is_sealed(r->folder) ? &medium : &right;
}

/* ---------------------------------------------------------------- the log -- */

static bool log_is_empty(const vt_records *r) {
    char *path = vt_store_path(r, VT_REGISTER "-wal");
    struct stat sb;
    bool empty = path && (stat(path, &sb) == 0 ? sb.st_size <= LOG_HEADER : errno == ENOENT);

    free(path);
    return empty;
}

/* The files a log wants are missing and may not be made. */
static bool lacks_log(int rc) {
    return (rc & 0xFF) == SQLITE_CANTOPEN || (rc & 0xFF) == SQLITE_READONLY;
}

static const char COPY_OUT[] =
    "Chép cả thư mục kho, kể cả records.db-wal, sang nơi ghi được rồi mở ở đó: --records THƯ-MỤC.";

static vt_status log_left(vt_records *r, vt_findings *list) {
    return vt_fail(list, "KHO-06", (vt_place){.file = r->folder}, COPY_OUT,
                   "Kho “%s” chỉ cho đọc mà còn phần đã ghi chưa nhập vào sổ (records.db-wal): đọc "
                   "ở đây sẽ thiếu những văn bản sau cùng.",
                   r->folder);
}

static vt_status not_alone(vt_records *r, vt_findings *list) {
    return vt_fail(list, "KHO-06", (vt_place){.file = r->folder}, COPY_OUT,
                   "Kho “%s” chỉ cho đọc và không giữ được khoá của kho (records.lock): không biết "
                   "chắc lúc đọc có ai đang ghi hay không.",
                   r->folder);
}

/* -------------------------------------------------------------- connecting -- */

/* Opens and reads the header: the first read is what fails. */
static int connect_plain(vt_records *r, const char *path) {
    int rc;

    vt_sqlite_disconnect(r);
    rc = vt_sqlite_connect(r, path, SQLITE_OPEN_READONLY);
    return rc == SQLITE_OK ? vt_sqlite_exec(r, "PRAGMA application_id") : rc;
}

/* "file:PATH?immutable=1" */
static int connect_immutable(vt_records *r, const char *path) {
    vt_buf uri;
    int rc;

    vt_sqlite_disconnect(r);
    vt_buf_init(&uri, 65536);
    vt_buf_puts(&uri, "file:");
    for (const char *s = path; *s; s++) {
        if (strchr("?#%", *s))
            vt_buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*s);
        else
            vt_buf_putc(&uri, *s);
    }
    vt_buf_puts(&uri, "?immutable=1");
    rc = vt_buf_failed(&uri)
             ? SQLITE_NOMEM
             : vt_sqlite_connect(r, uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    vt_buf_free(&uri);
    return rc == SQLITE_OK ? vt_sqlite_exec(r, "PRAGMA application_id") : rc;
}

/* Behind the lock: who wrote since the first try has left a log, with which SQLite can read, or
   has emptied it again. */
static vt_status connect_alone(vt_records *r, const char *path, bool held, vt_findings *list,
                               int *rc) {
    if (!log_is_empty(r)) {
        vt_sqlite_lock_close(r);
        *rc = connect_plain(r, path);
        return lacks_log(*rc) ? log_left(r, list) : VT_OK;
    }
    if (!held && !is_sealed(path))
        return not_alone(r, list);
    *rc = connect_immutable(r, path);
    return VT_OK;
}

vt_status vt_sqlite_connect_reading(vt_records *r, const char *path, vt_findings *list, int *rc) {
    bool held = false;
    vt_status st;

    *rc = connect_plain(r, path);
    if (!lacks_log(*rc) || access(path, R_OK) != 0)
        return VT_OK;
    st = vt_sqlite_lock_reading(r, list, &held);
    return st ? st : connect_alone(r, path, held, list, rc);
}
