/*
 * records/sqlite_open.c - the archive in a folder: making, opening, closing,
 * bringing older tables forward.
 */
#include "records/sqlite.h"
#include "records/tokenizer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REGISTER_NEW VT_REGISTER ".new"

/* --------------------------------------------------------- the connection -- */

static vt_status start(vt_records *r, vt_findings *list) {
    /* Nobody asks how much memory SQLite has; counting takes a lock for every piece of it. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    r->store = calloc(1, sizeof(vt_sqlite_store));
    if (!r->store)
        return vt_nomem(list);
    vt_sqlite_of(r)->lock = -1;
    r->files = r->folder;
    return VT_OK;
}

int vt_sqlite_connect(vt_records *r, const char *path, int flags) {
    int rc = sqlite3_open_v2(path, &vt_sqlite_of(r)->db,
                             flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vt_sqlite_vfs());

    if (rc == SQLITE_OK)
        rc = sqlite3_busy_handler(vt_sqlite_of(r)->db, vt_sqlite_on_busy, r);
    if (rc == SQLITE_OK) /* checkpoints are made under the lock only */
        rc = sqlite3_db_config(vt_sqlite_of(r)->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_db_config(vt_sqlite_of(r)->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (rc == SQLITE_OK)
        rc = vt_tokenizer_register(vt_sqlite_of(r)->db);
    if (rc == SQLITE_OK)
        rc = vt_sqlite_exec(
            r, "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;" /* and an fsync of our own:
                                                                           sqlite_act.c */
               "PRAGMA wal_autocheckpoint = 4000;"
               "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;");
    return rc;
}

void vt_sqlite_disconnect(vt_records *r) {
    vt_statements_drop(r);
    sqlite3_close(vt_sqlite_of(r)->db);
    vt_sqlite_of(r)->db = NULL;
}

static int number_of(vt_records *r, const char *sql, int64_t *out) {
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(vt_sqlite_of(r)->db, sql, -1, &stmt, NULL);

    *out = 0;
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        *out = sqlite3_column_int64(stmt, 0);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* ------------------------------------------------------------------ init -- */

static bool is_ours(const char *name) {
    static const char *const names[] = {".", "..", "files", VT_LOCK_NAME};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return strncmp(name, REGISTER_NEW, strlen(REGISTER_NEW)) == 0; /* and its journals */
}

/* Nothing in the folder but what an init that was cut short left there. */
static vt_status check_empty(vt_records *r, vt_findings *list) {
    char *path = vt_store_path(r, VT_REGISTER);
    bool there = path && access(path, F_OK) == 0;
    DIR *dir = opendir(r->folder);
    vt_status st = VT_OK;

    free(path);
    if (there)
        st = vt_bad(list, "KHO-03", (vt_place){.file = r->folder},
                    "Dùng ngay kho ấy, hoặc chọn thư mục khác: --records THƯ-MỤC.",
                    "Ở “%s” đã có kho văn bản.", r->folder);
    else if (!dir)
        st = vt_store_failed(r, list, "mở được thư mục", errno);
    for (struct dirent *e; !st && (e = readdir(dir));)
        if (!is_ours(e->d_name))
            st = vt_bad(list, "KHO-04", (vt_place){.file = r->folder},
                        "Chọn một thư mục trống hoặc chưa có: --records THƯ-MỤC.",
                        "Thư mục “%s” có thứ khác (“%s”), không lập kho ở đây được.", r->folder,
                        e->d_name);
    if (dir)
        closedir(dir);
    return st;
}

/* The name of a new folder is on the disk before anything in it counts. */
static int sync_parent(char *folder) {
    char *slash = strrchr(folder, '/');
    int error;

    if (!slash)
        return vt_sync_folder(".");
    if (slash == folder)
        return vt_sync_folder("/");
    *slash = '\0';
    error = vt_sync_folder(folder);
    *slash = '/';
    return error;
}

static vt_status make_folder(vt_records *r, vt_findings *list) {
    int error = 0;

    if (mkdir(r->folder, 0777) == 0)
        error = sync_parent(r->folder);
    else if (errno != EEXIST)
        error = errno;
    if (error)
        return vt_store_failed(r, list, "tạo được thư mục", error);
    return vt_sqlite_lock_open(r, list);
}

/* Inside a transaction, with foreign keys off: tables are made anew and copied. */
static vt_status migrate(vt_records *r, int64_t from, vt_findings *list) {
    char version[64];
    int64_t broken = 0;
    int rc = SQLITE_OK;

    for (int64_t v = from; v < vt_sqlite_schema_count && rc == SQLITE_OK; v++)
        rc = vt_sqlite_exec(r, vt_sqlite_schema[v]);
    snprintf(version, sizeof version, "PRAGMA user_version = %d", vt_sqlite_schema_count);
    if (rc == SQLITE_OK)
        rc = vt_sqlite_exec(r, version);
    if (rc == SQLITE_OK)
        rc = number_of(r, "SELECT count(*) FROM pragma_foreign_key_check", &broken);
    if (rc == SQLITE_OK && broken)
        rc = SQLITE_CORRUPT;
    return rc == SQLITE_OK ? VT_OK : vt_sqlite_error(r, list, rc);
}

static vt_status fill_new(vt_records *r, const vt_records_new_options *how, vt_findings *list) {
    char application[64];
    vt_status st;
    int rc;

    snprintf(application, sizeof application, "PRAGMA application_id = %d", VT_APPLICATION_ID);
    rc = vt_sqlite_exec(r, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL");
    if (rc == SQLITE_OK)
        rc = vt_sqlite_exec(r, application);
    if (rc == SQLITE_OK)
        rc = vt_sqlite_exec(r, "PRAGMA foreign_keys = OFF");
    if (rc == SQLITE_OK)
        rc = vt_sqlite_exec(r, "BEGIN"); /* init holds the lock already */
    st = rc == SQLITE_OK ? migrate(r, 0, list) : vt_sqlite_error(r, list, rc);
    if (!st)
        st = vt_records_fill(r, how, list);
    if (st)
        return st;
    rc = vt_sqlite_exec(r, "COMMIT");
    if (rc == SQLITE_OK) /* the log stays behind when the register gets its name */
        rc = sqlite3_wal_checkpoint_v2(vt_sqlite_of(r)->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                       NULL);
    return rc == SQLITE_OK ? VT_OK : vt_sqlite_error(r, list, rc);
}

static void remove_leftover(const char *path) {
    static const char *const tails[] = {"", "-journal", "-wal", "-shm"};
    char name[4096];

    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if ((size_t)snprintf(name, sizeof name, "%s%s", path, tails[i]) < sizeof name)
            unlink(name);
}

/* The register gets its name when it is whole: that is the moment from which
   the folder is an archive. */
static vt_status make_register(vt_records *r, const vt_records_new_options *how,
                               vt_findings *list) {
    char *fresh = vt_store_path(r, REGISTER_NEW), *path = vt_store_path(r, VT_REGISTER);
    vt_status st = VT_OK;
    int rc, error;

    if (!fresh || !path) {
        st = vt_nomem(list);
        goto out;
    }
    remove_leftover(fresh);
    rc = vt_sqlite_connect(r, fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    st = rc == SQLITE_OK ? fill_new(r, how, list) : vt_sqlite_error(r, list, rc);
    vt_sqlite_disconnect(r);
    if (!st && rename(fresh, path) != 0)
        st = vt_store_failed(r, list, "đặt được tên cho sổ", errno);
    if (!st && (error = vt_sync_folder(r->folder)) != 0)
        st = vt_store_failed(r, list, "ghi được thư mục", error);
    remove_leftover(fresh);
out:
    free(fresh);
    free(path);
    return st;
}

vt_status vt_sqlite_make(vt_records *r, const vt_records_new_options *how, vt_findings *list) {
    vt_status st = start(r, list);

    if (!st && how->files_folder)
        st = vt_bad(list, "KHO-04", (vt_place){.file = how->files_folder},
                    "Bỏ --files-folder; muốn mọi tệp ở ngoài sổ thì dùng --files-in-folder.",
                    "Kho trong thư mục giữ tệp ở ngay trong thư mục ấy.");
    if (!st)
        st = make_folder(r, list);
    if (!st)
        st = vt_sqlite_lock(r, list);
    if (st)
        return st;
    st = check_empty(r, list);
    if (!st)
        st = vt_store_fans(r, list);
    if (!st)
        st = make_register(r, how, list);
    vt_sqlite_unlock(r);
    return st;
}

/* ------------------------------------------------------------------ open -- */

static vt_status find_register(vt_records *r, vt_findings *list, char **path) {
    struct stat sb;

    *path = vt_store_path(r, VT_REGISTER);
    if (!*path)
        return vt_nomem(list);
    if (stat(*path, &sb) == 0)
        return S_ISREG(sb.st_mode) ? VT_OK : vt_not_ours(r, list);
    if (errno == EACCES)
        return vt_fail(list, "KHO-08", (vt_place){.file = r->folder}, "Xin quyền đọc thư mục kho.",
                       "Không có quyền đọc kho “%s”.", r->folder);
    return vt_bad(list, "KHO-01", (vt_place){.file = r->folder},
                  "Chỉ đúng kho: --records THƯ-MỤC, hoặc lập kho mới: vanthu init.",
                  "Ở “%s” không có kho văn bản.", r->folder);
}

static vt_status open_lock(vt_records *r, vt_findings *list) {
    if (r->read_only)
        return VT_OK;
    if (access(r->folder, W_OK | X_OK) != 0)
        return vt_no_right(r, list);
    return vt_sqlite_lock_open(r, list);
}

/* Opens and reads the header: the first read is what fails. */
static vt_status connect(vt_records *r, const char *path, vt_findings *list, int64_t *application,
                         int64_t *version) {
    int rc = SQLITE_OK;
    vt_status st = r->read_only ? vt_sqlite_connect_reading(r, path, list, &rc) : VT_OK;

    if (st)
        return st;
    if (!r->read_only)
        rc = vt_sqlite_connect(r, path, SQLITE_OPEN_READWRITE);
    if (rc == SQLITE_OK)
        rc = number_of(r, "PRAGMA application_id", application);
    if (rc == SQLITE_OK)
        rc = number_of(r, "PRAGMA user_version", version);
    if ((rc & 0xFF) == SQLITE_NOTADB)
        return vt_not_ours(r, list);
    if (rc != SQLITE_OK)
        return vt_sqlite_error(r, list, rc);
    if (!r->read_only && sqlite3_db_readonly(vt_sqlite_of(r)->db, "main") == 1)
        return vt_no_right(r, list);
    return VT_OK;
}

/* From where the tables stand now: another may have been quicker. */
static vt_status migrate_now(vt_records *r, vt_findings *list) {
    int64_t version = 0;
    vt_status st = vt_records_begin(r, list);
    int rc;

    if (st)
        return st;
    rc = number_of(r, "PRAGMA user_version", &version);
    if (rc != SQLITE_OK)
        st = vt_sqlite_error(r, list, rc);
    if (!st && version < vt_sqlite_schema_count)
        st = migrate(r, version, list);
    if (!st && version < vt_sqlite_schema_count)
        st = vt_records_migrated(r, version, list);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

static vt_status bring_forward(vt_records *r, vt_findings *list) {
    int rc = vt_sqlite_exec(r, "PRAGMA foreign_keys = OFF");
    vt_status st = rc == SQLITE_OK ? migrate_now(r, list) : vt_sqlite_error(r, list, rc);

    rc = vt_sqlite_exec(r, "PRAGMA foreign_keys = ON");
    return !st && rc != SQLITE_OK ? vt_sqlite_error(r, list, rc) : st;
}

vt_status vt_sqlite_open(vt_records *r, vt_findings *list) {
    int64_t application = 0, version = 0;
    char *path = NULL;
    vt_status st = start(r, list);

    if (!st)
        st = find_register(r, list, &path);
    if (!st)
        st = open_lock(r, list);
    if (!st)
        st = connect(r, path, list, &application, &version);
    if (!st)
        st = vt_version_known(r, application == VT_APPLICATION_ID ? version : 0, list);
    if (!st && version < vt_sqlite_schema_count)
        st = bring_forward(r, list);
    free(path);
    return st;
}

/* ----------------------------------------------------------------- close -- */

void vt_sqlite_close(vt_records *r) {
    if (!r->store)
        return;
    vt_sqlite_checkpoint(r);
    vt_sqlite_disconnect(r);
    vt_sqlite_lock_close(r);
    free(r->store);
    r->store = NULL;
}
