/*
 * records/restore.c - an archive made again from a backup: all of it under its
 * name, or nothing.
 *
 * Every file is hashed while it is copied and compared with the manifest; the copy
 * is opened, brought forward if its tables are older, goes through fsck, its log is
 * compared with the head in the manifest; then it gets its name.
 */
#include "records/backup.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct restoring {
    const vt_records_options *options; /* folder: where the archive shall be */
    const char *backup, *folder, *temp;
    vt_arena *arena;
    vt_findings *list;
    vt_manifest manifest;
    vt_backup_report *out;
} restoring;

/* ----------------------------------------------------------------- target -- */

static bool is_empty(const char *folder) {
    DIR *dir = opendir(folder);
    bool empty = dir != NULL;

    for (struct dirent *e; empty && (e = readdir(dir)) != NULL;)
        empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
    if (dir)
        closedir(dir);
    return empty;
}

static vt_status to_folder(const restoring *s) {
    if (vt_store_is_folder(s->folder))
        return VT_OK;
    return vt_bad(s->list, "KHO-56", (vt_place){0},
                  "Phục hồi cơ sở dữ liệu bằng công cụ của PostgreSQL (pg_restore), hoặc phục hồi "
                  "vào một thư mục: --records THƯ-MỤC-MỚI.",
                  "Bản sao lưu của vanthu chỉ phục hồi được vào một thư mục.");
}

/* Nothing that is there is ever written over. */
static vt_status check_target(restoring *s) {
    const char *path = vt_printf(s->arena, "%s/records.db", s->folder);
    struct stat sb;

    if (!path)
        return vt_nomem(s->list);
    if (lstat(s->folder, &sb) != 0)
        return errno == ENOENT ? VT_OK : vt_copy_failed(s->list, s->folder, errno);
    if (lstat(path, &sb) == 0)
        return vt_bad(s->list, "KHO-03", (vt_place){.file = s->folder},
                      "Phục hồi vào một thư mục mới: --records THƯ-MỤC-MỚI.",
                      "Ở “%s” đã có kho văn bản; phục hồi không ghi đè lên kho nào.", s->folder);
    if (is_empty(s->folder))
        return VT_OK;
    return vt_bad(s->list, "KHO-04", (vt_place){.file = s->folder},
                  "Chọn một thư mục trống hoặc chưa có: --records THƯ-MỤC.",
                  "“%s” không phải thư mục trống, không phục hồi vào đây được.", s->folder);
}

/* ".kho.restore" beside "kho" */
static vt_status name_temp(restoring *s) {
    const char *parent, *name = strrchr(s->folder, '/');

    parent = vt_path_folder(s->arena, s->folder);
    name = name ? name + 1 : s->folder;
    if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return vt_bad(s->list, "KHO-04", (vt_place){.file = s->folder},
                      "Chọn một thư mục trống hoặc chưa có: --records THƯ-MỤC.",
                      "Không phục hồi vào “%s” được: cần tên của một thư mục.", s->folder);
    if (parent)
        s->temp = vt_printf(s->arena, "%s/.%s.restore", parent, name);
    return s->temp ? VT_OK : vt_nomem(s->list);
}

/* -------------------------------------------------------------------- copy -- */

static vt_status damaged(restoring *s, const char *path, const char *what) {
    return vt_bad(s->list, "KHO-51", (vt_place){.file = path},
                  "Dùng một bản sao lưu khác, hoặc một bản chép khác của bản này.",
                  "Bản sao lưu bị hỏng: tệp “%s” %s.", path, what);
}

/* `to` NULL: only looked at. */
static vt_status take_file(restoring *s, const vt_manifest_line *line, const char *to) {
    const char *from = vt_printf(s->arena, "%s/%s", s->backup, line->path);
    mode_t mode = strcmp(line->path, VT_REGISTER_COPY) == 0 ? 0666 : 0444;
    vt_copy copy;

    if (!from)
        return vt_nomem(s->list);
    if (!vt_copy_file(from, to, mode, &copy)) {
        if (copy.error == ENOENT && copy.at == from)
            return damaged(s, from, "không còn");
        return vt_copy_failed(s->list, copy.at, copy.error);
    }
    if (strcmp(copy.sha256, line->sha256) != 0)
        return damaged(s, from, "không còn đúng mã băm trong bản kê");
    s->out->bytes += copy.bytes;
    return VT_OK;
}

static vt_status copy_line(restoring *s, const vt_manifest_line *line) {
    bool is_register = strcmp(line->path, VT_REGISTER_COPY) == 0;
    const char *to = vt_printf(s->arena, "%s/%s", s->temp, is_register ? "records.db" : line->path);
    const char *fan = to ? vt_path_folder(s->arena, to) : NULL;
    int error = fan ? vt_folder_make(fan) : ENOMEM;

    return error ? vt_copy_failed(s->list, s->temp, error) : take_file(s, line, to);
}

static vt_status copy_all(restoring *s) {
    const char *files = vt_printf(s->arena, "%s/files", s->temp);
    int error = files ? vt_folder_make(files) : ENOMEM;
    vt_status st = error ? vt_copy_failed(s->list, s->temp, error) : VT_OK;

    for (size_t i = 0; !st && i < s->manifest.count; i++)
        st = copy_line(s, &s->manifest.lines[i]);
    return st;
}

/* ------------------------------------------------------------------ verify -- */

static vt_status verify(restoring *s, vt_records *r) {
    vt_fsck_report found = {0};
    vt_anchor head;
    vt_status st = vt_records_audit(r, &s->manifest.head, 1, s->arena, s->list, &head);

    if (!st)
        st = vt_records_fsck(r, &(vt_fsck){0}, s->arena, s->list, &found);
    if (st == VT_BAD)
        damaged(s, s->backup, "không qua được kiểm tra (kể ở trên)");
    s->out->documents = found.documents;
    s->out->files = found.files;
    return st;
}

/* Its log goes on with where it came from. */
static vt_status log_restore(restoring *s, vt_records *r) {
    const char *name = strrchr(s->out->path, '/');
    vt_status st = vt_records_begin(r, s->list);

    if (!st)
        st = vt_event_json(r, s->list, "restore", name ? name + 1 : s->out->path,
                           json_pack("{s:s, s:I}", "made", s->manifest.made, "serial",
                                     (json_int_t)s->manifest.head.serial));
    if (!st)
        st = vt_records_commit(r, s->list);
    if (!st)
        st = vt_records_head(r, s->list, &s->out->head);
    vt_records_rollback(r);
    return st;
}

static vt_status bring_to_life(restoring *s) {
    vt_records_options options = *s->options;
    vt_records *r = NULL;
    vt_status st;

    options.folder = s->temp;
    options.read_only = false;
    st = vt_records_open(&options, s->list, &r);
    if (!st)
        st = vt_store_fans(r, s->list);
    if (!st)
        st = verify(s, r);
    if (!st)
        st = log_restore(s, r);
    vt_records_close(r);
    return st;
}

static vt_status give_name(restoring *s) {
    const char *parent = vt_path_folder(s->arena, s->folder);
    int error = parent ? 0 : ENOMEM;

    for (unsigned i = 0; !error && i < 256; i++) {
        const char *fan = vt_printf(s->arena, "%s/files/%02x", s->temp, i);

        error = fan ? vt_sync_folder(fan) : ENOMEM;
    }
    if (!error)
        error = vt_sync_folder(s->temp);
    if (!error && rename(s->temp, s->folder) != 0)
        error = errno;
    if (!error)
        error = vt_sync_folder(parent);
    return error ? vt_copy_failed(s->list, s->folder, error) : VT_OK;
}

/* ------------------------------------------------------------------- whole -- */

/* The temporary folder belongs to this process; what one before left in it goes. */
static vt_status fresh_temp(restoring *s, int *claim) {
    int error = vt_folder_make(s->temp);
    vt_status st =
        error ? vt_copy_failed(s->list, s->temp, error) : vt_backup_claim(s->temp, s->list, claim);

    if (st || is_empty(s->temp))
        return st;
    if (!vt_backup_remove(s->arena, s->temp))
        return vt_bad(s->list, "KHO-04", (vt_place){.file = s->temp}, "Xem rồi tự xoá thư mục ấy.",
                      "Thư mục tạm “%s” có thứ khác.", s->temp);
    close(*claim);
    *claim = -1;
    error = vt_folder_make(s->temp);
    return error ? vt_copy_failed(s->list, s->temp, error)
                 : vt_backup_claim(s->temp, s->list, claim);
}

static vt_status whole(restoring *s) {
    int claim = -1;
    vt_status st = check_target(s);

    if (!st)
        st = name_temp(s);
    if (!st)
        st = fresh_temp(s, &claim);
    if (st)
        return st;
    st = copy_all(s);
    if (!st)
        st = bring_to_life(s);
    if (!st)
        st = give_name(s);
    if (st)
        vt_backup_remove(s->arena, s->temp);
    close(claim);
    return st;
}

static const char *without_slashes(vt_arena *arena, const char *folder) {
    size_t n = strlen(folder);

    while (n > 1 && folder[n - 1] == '/')
        n--;
    return vt_strndup(arena, folder, n);
}

static vt_status start(restoring *s) {
    *s->out = (vt_backup_report){0};
    s->backup = without_slashes(s->arena, s->backup);
    s->folder = without_slashes(s->arena, s->options->folder);
    s->out->path = s->backup;
    if (!s->backup || !s->folder)
        return vt_nomem(s->list);
    return vt_manifest_read(s->backup, s->arena, s->list, &s->manifest);
}

vt_status vt_records_restore(const vt_records_options *options, const char *backup, vt_arena *arena,
                             vt_findings *list, vt_backup_report *out) {
    restoring s = {.options = options,
                   .backup = backup,
                   .folder = options->folder,
                   .arena = arena,
                   .list = list,
                   .out = out};
    vt_status st = to_folder(&s);

    if (!st)
        st = start(&s);
    return st ? st : whole(&s);
}

vt_status vt_backup_check(const char *backup, vt_arena *arena, vt_findings *list,
                          vt_backup_report *out) {
    vt_records_options nowhere = {.folder = ""};
    restoring s = {.options = &nowhere, .backup = backup, .arena = arena, .list = list, .out = out};
    vt_status st = start(&s);

    for (size_t i = 0; !st && i < s.manifest.count; i++)
        st = take_file(&s, &s.manifest.lines[i], NULL);
    out->documents = (size_t)s.manifest.documents;
    out->files = s.manifest.count;
    out->head = s.manifest.head;
    return st;
}
