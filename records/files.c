/*
 * records/files.c - files in the folder files/, under their hash.
 *
 * A file is complete before its name exists (written beside, synced, renamed,
 * folder synced by vt_file_write) and is made read-only; it is never changed.
 * A crash may leave a temporary name or a file no row names: both harmless.
 */
#include "records/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_MOST = 1 << 30, FANS = 256, NAME_TAIL = 63 /* "/cd..." */ };

void vt_store_name(const char *sha256, char out[80]) {
    snprintf(out, 80, "files/%.2s/%.62s", sha256, sha256 + 2);
}

int vt_sync_folder(const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = 0;

    if (fd < 0)
        return errno;
    if (fsync(fd) != 0)
        error = errno;
    close(fd);
    return error;
}

/* In memory of malloc; NULL without. */
static char *files_path(const vt_records *r, const char *name) {
    size_t size = strlen(r->files) + strlen(name) + 2;
    char *path = malloc(size);

    if (path)
        snprintf(path, size, "%s/%s", r->files, name);
    return path;
}

static vt_status no_folder(const vt_records *r, vt_findings *list) {
    return vt_fail(list, "KHO-67", (vt_place){.file = r->folder},
                   "Lập kho với thư mục dùng chung: vanthu init --files-folder THƯ-MỤC.",
                   "Kho “%s” không có thư mục giữ tệp lớn (trên 512 MiB).", r->folder);
}

vt_status vt_store_fans(vt_records *r, vt_findings *list) {
    char *path = files_path(r, "files/ab");
    int error = 0;

    if (!path)
        return vt_nomem(list);
    path[strlen(path) - 3] = '\0';
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        error = errno;
    path[strlen(path)] = '/';
    for (unsigned i = 0; i < FANS && !error; i++) {
        snprintf(path + strlen(path) - 2, 3, "%02x", i);
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            error = errno;
    }
    path[strlen(path) - 3] = '\0';
    if (!error)
        error = vt_sync_folder(path);
    free(path);
    if (!error)
        error = vt_sync_folder(r->files);
    return error ? vt_store_failed(r, list, "tạo được thư mục chứa tệp", error) : VT_OK;
}

/* What stands there: right (true), or nothing or something spoilt. */
static bool stands(const char *path, const void *data, size_t len) {
    struct stat sb;
    vt_buf bytes;
    bool right;

    if (stat(path, &sb) != 0 || !S_ISREG(sb.st_mode) || (size_t)sb.st_size != len)
        return false;
    vt_buf_init(&bytes, READ_MOST);
    right = vt_file_read(path, len, &bytes, NULL) == VT_OK && bytes.len == len &&
            memcmp(bytes.data, data, len) == 0;
    vt_buf_free(&bytes);
    return right;
}

/* Copying an archive may leave empty folders behind. */
static int ensure_fan(vt_records *r, const char *fan) {
    char *files;
    int error;

    if (mkdir(fan, 0777) != 0)
        return errno == EEXIST ? 0 : errno;
    files = files_path(r, "files");
    error = files ? vt_sync_folder(files) : ENOMEM;
    free(files);
    return error;
}

/* Writes, or finds there; path is whole. */
static vt_status put(vt_records *r, vt_findings *list, char *path, const void *data, size_t len) {
    char *folder_end = path + strlen(path) - NAME_TAIL;
    bool there = stands(path, data, len);
    int error;
    vt_status st;

    *folder_end = '\0'; /* one that is there: who wrote it may have died before this */
    error = there ? vt_sync_folder(path) : ensure_fan(r, path);
    *folder_end = '/';
    if (error)
        return vt_store_failed(r, list, "ghi được thư mục chứa tệp", error);
    if (there)
        return VT_OK;
    unlink(path); /* spoilt, if anything: what replaces it is proved by the name */
    st = vt_file_write(path, data, len, true, list);
    if (!st)
        chmod(path, 0444);
    return st == VT_BAD ? VT_FAIL : st;
}

vt_status vt_folder_put(vt_records *r, vt_findings *list, const char *sha256, const void *data,
                        size_t len) {
    char name[80];
    char *path;
    vt_status st;

    if (!r->files)
        return no_folder(r, list);
    vt_store_name(sha256, name);
    path = files_path(r, name);
    if (!path)
        return vt_nomem(list);
    st = put(r, list, path, data, len);
    free(path);
    return st;
}

vt_status vt_folder_get(vt_records *r, vt_findings *list, const char *sha256, vt_buf *out) {
    char name[80];
    char *path;
    vt_status st;

    if (!r->files)
        return no_folder(r, list);
    vt_store_name(sha256, name);
    path = files_path(r, name);
    if (!path)
        return vt_nomem(list);
    if (access(path, F_OK) != 0 && errno == ENOENT)
        st = vt_fail(list, "KHO-28", (vt_place){.file = path}, "Phục hồi nó từ bản sao lưu.",
                     "Tệp đã ban hành không còn trong kho.");
    else
        st = vt_file_read(path, READ_MOST, out, list) ? VT_FAIL : VT_OK;
    free(path);
    return st;
}
