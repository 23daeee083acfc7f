/*
 * records/fsck_files.c - every file the register names is there, with its hash and
 * not a byte more; what stands beside them is told.
 */
#include "records/fsck.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ------------------------------------------------------------------- files -- */

/* Bytes for a hash from another copy of the archive's files. */
static vt_status bring_back(vt_inspection *c, const char *sha256, bool *back) {
    char name[80];
    vt_buf path, bytes;
    vt_status st = VT_OK;

    *back = false;
    if (!c->how->repair || !c->how->from)
        return VT_OK;
    vt_store_name(sha256, name);
    vt_buf_init(&path, 1 << 16);
    vt_buf_init(&bytes, (size_t)1 << 30);
    vt_buf_printf(&path, "%s/%s", c->how->from, name);
    if (!vt_buf_failed(&path) && vt_file_read(path.data, (size_t)1 << 30, &bytes, NULL) == VT_OK) {
        st = vt_folder_put(c->r, c->list, sha256, bytes.data, bytes.len);
        if (!st)
            *back = vt_store_check(c->r, NULL, sha256, &bytes) == VT_OK;
    }
    vt_buf_free(&path);
    vt_buf_free(&bytes);
    return st;
}

/* The database's own bytes come back with the database only. */
static void tell(vt_inspection *c, const char *sha256, bool in_folder) {
    const char *here = c->how->from
                           ? "Bản sao ở --from cũng không có tệp đúng mã băm ấy; tìm ở bản sao khác"
                           : "Phục hồi từ bản sao lưu";

    if (in_folder)
        vt_fsck_wrong(c, "KHO-30", sha256, vt_fsck_mend(c, here, " --from THƯ-MỤC"),
                      "Tệp trong files/ mất, hoặc không còn đúng mã băm và độ dài.");
    else
        vt_fsck_wrong(c, "KHO-30", sha256, "Phục hồi kho từ bản sao lưu.",
                      "Tệp trong sổ mất, hoặc không còn đúng mã băm và độ dài.");
}

static vt_status check_file(vt_inspection *c, const char *sha256, bool in_folder, vt_buf *bytes) {
    bool back = false;
    vt_status st = vt_store_check(c->r, NULL, sha256, bytes);

    c->report->files++;
    if (st == VT_OK)
        return VT_OK;
    st = in_folder ? bring_back(c, sha256, &back) : VT_OK;
    if (back)
        c->report->repaired++;
    else if (!st)
        tell(c, sha256, in_folder);
    return st;
}

/* A page of the files, from behind `sha256` on; *more: it was full. */
static vt_status check_page(vt_inspection *c, char sha256[65], vt_buf *bytes, bool *more) {
    char before[65];
    int rows = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st;

    snprintf(before, sizeof before, "%s", sha256);
    st = vt_sql_open(c->r, c->list,
                     "SELECT sha256, place FROM file WHERE sha256 > ? ORDER BY sha256 LIMIT ?",
                     VT_ARGS(vt_text(before), vt_int(VT_FSCK_PAGE)), &stmt);
    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row) {
        bool in_folder = strcmp(vt_sql_view(stmt, 1), "folder") == 0;

        rows++;
        snprintf(sha256, 65, "%s", vt_sql_view(stmt, 0));
        st = check_file(c, sha256, in_folder, bytes);
        if (st)
            vt_sql_done(stmt);
    }
    *more = rows == VT_FSCK_PAGE;
    return st;
}

static vt_status check_kept(vt_inspection *c) {
    char sha256[65] = "";
    bool more = true;
    vt_buf bytes;
    vt_status st = VT_OK;

    vt_buf_init(&bytes, (size_t)1 << 30);
    while (!st && more)
        st = check_page(c, sha256, &bytes, &more);
    vt_buf_free(&bytes);
    return st;
}

/* ------------------------------------------------------------------ strays -- */

static bool is_hex(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isdigit((unsigned char)s[i]) && !(s[i] >= 'a' && s[i] <= 'f'))
            return false;
    return s[n] == '\0';
}

/* Does the register know files/FAN/NAME as a file of its own? */
static vt_status known(vt_inspection *c, const char *fan, const char *name, bool *out) {
    char sha256[65];
    int64_t there = 0;
    vt_status st = VT_OK;

    *out = false;
    if (strlen(fan) != 2 || strlen(name) != 62 || !is_hex(fan, 2) || !is_hex(name, 62))
        return VT_OK;
    snprintf(sha256, sizeof sha256, "%.2s%.62s", fan, name);
    st = vt_sql_number(c->r, c->list,
                       "SELECT count(*) FROM file WHERE sha256 = ? AND place = 'folder'",
                       VT_ARGS(vt_text(sha256)), &there);
    *out = there > 0;
    return st;
}

static const char STRAY[] = "Xem nó là gì; không cần thì xoá.";

static vt_status look_at(vt_inspection *c, const char *folder, const char *fan, const char *name) {
    char path[4096];
    struct stat sb;
    bool right = false;
    vt_status st = known(c, fan, name, &right);

    if (st || (size_t)snprintf(path, sizeof path, "%s/%s/%s", folder, fan, name) >= sizeof path ||
        lstat(path, &sb) != 0)
        return st;
    if (!right)
        vt_fsck_strange(c, path, STRAY, "Trong files/ có thứ mà không dòng nào của sổ nói tới.");
    else if (!S_ISREG(sb.st_mode))
        vt_fsck_strange(c, path, "Thay bằng chính tệp ấy.",
                        "Tệp của kho là một liên kết: nội dung nằm ngoài kho.");
    return VT_OK;
}

static bool is_dot(const char *name) {
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static vt_status look_into(vt_inspection *c, const char *folder, const char *fan) {
    char path[4096];
    vt_status st = VT_OK;
    DIR *dir;

    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, fan) >= sizeof path)
        return VT_OK;
    dir = opendir(path);
    if (!dir) {
        vt_fsck_strange(c, path, STRAY, "Trong files/ có thứ không phải thư mục đọc được.");
        return VT_OK;
    }
    for (struct dirent *e; !st && (e = readdir(dir));)
        if (!is_dot(e->d_name))
            st = look_at(c, folder, fan, e->d_name);
    closedir(dir);
    return st;
}

/* What stands in the archive's folder and is none of ours; its register somewhere else. */
static void look_around(vt_inspection *c) {
    static const char *const ours[] = {"records.db", "records.db-wal", "records.db-shm",
                                       "records.lock", "files"};
    DIR *dir = opendir(c->r->folder);

    for (struct dirent *e; dir && (e = readdir(dir));) {
        char path[4096];
        struct stat sb;
        bool known_name = is_dot(e->d_name);

        for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
            known_name = known_name || strcmp(e->d_name, ours[i]) == 0;
        if ((size_t)snprintf(path, sizeof path, "%s/%s", c->r->folder, e->d_name) >= sizeof path ||
            lstat(path, &sb) != 0)
            continue;
        if (!known_name)
            vt_fsck_strange(c, path, STRAY, "Trong thư mục kho có thứ không phải của kho.");
        else if (S_ISLNK(sb.st_mode))
            vt_fsck_strange(
                c, path, "Đưa chính nó vào thư mục kho.",
                "Một phần của kho là liên kết trỏ ra ngoài: sao chép hay sao lưu thư mục "
                "kho sẽ thiếu nó.");
    }
    if (dir)
        closedir(dir);
}

static vt_status check_strays(vt_inspection *c) {
    char *files = vt_store_path(c->r, "files");
    DIR *dir = files ? opendir(files) : NULL;
    vt_status st = files ? VT_OK : vt_nomem(c->list);

    for (struct dirent *e; dir && !st && (e = readdir(dir));)
        if (!is_dot(e->d_name))
            st = look_into(c, files, e->d_name);
    if (dir)
        closedir(dir);
    free(files);
    if (!st)
        look_around(c);
    return st;
}

vt_status vt_fsck_files(vt_inspection *c) {
    vt_status st = check_kept(c);

    return st ? st : check_strays(c);
}
