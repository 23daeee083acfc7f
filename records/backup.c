/*
 * records/backup.c - a backup of the whole archive while others issue.
 *
 * The register is copied first, at one moment; then the files it names, which
 * never change and never go away.  The copy is opened as the archive it will be
 * one day and goes through fsck (store, tables, log, every file, index) before it
 * gets its name: what bears a backup's name is whole.  Older ones go only then.
 */
#include "records/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANIFEST_MOST = 1 << 30, NAMES_MOST = 1 << 16 };

typedef struct backing {
    vt_records *r, *copy; /* copy: what is being made, opened */
    const vt_records_options *options;
    vt_arena *arena;
    vt_findings *list;
    const char *folder; /* of the backups */
    const char *name, *temp;
    const char *before; /* the newest backup that is there: for hard links; NULL */
    vt_manifest manifest;
    vt_backup_report *out;
} backing;

static vt_status failed(const backing *b, const char *path, int error) {
    return vt_copy_failed(b->list, path, error);
}

static const char *inside(const backing *b, const char *name) {
    return vt_printf(b->arena, "%s/%s", b->temp, name);
}

/* ------------------------------------------------------------ those there -- */

/* "vanthu-20261120T030000123Z" */
static bool is_backup_name(const char *name) {
    return strlen(name) == 26 && strncmp(name, "vanthu-", 7) == 0 &&
           strspn(name + 7, "0123456789TZ") == 19;
}

/* What a run that was cut short left: nobody else is at work, the folder is claimed. */
static bool is_leftover(const char *name) {
    return name[0] == '.' && strncmp(name + 1, "vanthu-", 7) == 0 && strlen(name) == 31 &&
           (strcmp(name + 27, ".tmp") == 0 || strcmp(name + 27, ".old") == 0);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The backups of this archive, oldest first; leftovers are taken away. */
static vt_status list_backups(backing *b, const char ***names, size_t *count) {
    DIR *dir = opendir(b->folder);
    size_t cap = 0;
    vt_manifest m;

    *names = NULL;
    *count = 0;
    if (!dir)
        return failed(b, b->folder, errno);
    for (struct dirent *e; (e = readdir(dir)) != NULL && *count < NAMES_MOST;) {
        const char *path = vt_printf(b->arena, "%s/%s", b->folder, e->d_name);

        if (path && is_leftover(e->d_name))
            vt_backup_remove(b->arena, path);
        if (!path || !is_backup_name(e->d_name) || vt_manifest_read(path, b->arena, NULL, &m) ||
            strcmp(m.archive, b->manifest.archive) != 0)
            continue;
        *names = vt_grow(b->arena, *names, &cap, *count + 1, sizeof **names);
        if (*names)
            (*names)[(*count)++] = path;
    }
    closedir(dir);
    if (vt_arena_failed(b->arena))
        return vt_nomem(b->list);
    if (*count)
        qsort(*names, *count, sizeof **names, by_name);
    return VT_OK;
}

/* ------------------------------------------------------------------ files -- */

static vt_status add_line(backing *b, const char *sha256, const char *path) {
    vt_manifest *m = &b->manifest;

    m->lines = vt_grow(b->arena, m->lines, &m->cap, m->count + 1, sizeof *m->lines);
    if (m->lines)
        m->lines[m->count++] =
            (vt_manifest_line){vt_strdup(b->arena, sha256), vt_strdup(b->arena, path)};
    return vt_arena_failed(b->arena) ? vt_nomem(b->list) : VT_OK;
}

/* The same bytes stand in the backup before: a link costs no room.  They are read, as
   they would be for a copy. */
static bool linked(const backing *b, const char *name, const char *from, const char *to,
                   vt_copy *copy) {
    const char *there = b->before ? vt_printf(b->arena, "%s/%s", b->before, name) : NULL;
    vt_copy other;

    if (!there || link(there, to) != 0)
        return false;
    if (vt_copy_file(from, NULL, 0, copy) && vt_copy_file(to, NULL, 0, &other) &&
        strcmp(copy->sha256, other.sha256) == 0)
        return true;
    unlink(to);
    return false;
}

static vt_status copy_one(backing *b, const char *sha256) {
    char name[80];
    const char *from, *to;
    char *fan;
    vt_copy copy;
    int error;

    vt_store_name(sha256, name);
    from = vt_printf(b->arena, "%s/%s", b->r->folder, name);
    to = inside(b, name);
    fan = vt_path_folder(b->arena, to ? to : ".");
    if (!from || !to || !fan)
        return vt_nomem(b->list);
    if ((error = vt_folder_make(fan)) != 0)
        return failed(b, fan, error);
    if (!linked(b, name, from, to, &copy) && !vt_copy_file(from, to, 0444, &copy))
        return failed(b, copy.at, copy.error);
    b->out->bytes += copy.bytes;
    return add_line(b, copy.sha256, name);
}

/* Files the copied register names; each is there, since files come before their rows. */
static vt_status copy_files(backing *b) {
    char sha256[65];
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(b->copy, b->list,
                               "SELECT sha256 FROM file WHERE place = 'folder' ORDER BY sha256",
                               VT_NO_ARGS, &stmt);

    while (!st && !(st = vt_sql_row(stmt, b->list, &row)) && row) {
        snprintf(sha256, sizeof sha256, "%s", vt_sql_view(stmt, 0));
        st = copy_one(b, sha256);
        if (st)
            vt_sql_done(stmt);
    }
    return st;
}

/* Names of files/, files/ab ... are on the disk before the backup's is. */
static vt_status sync_folders(const backing *b) {
    const char *files = inside(b, "files");
    int error = files ? vt_sync_folder(files) : ENOMEM;

    for (unsigned i = 0; i < 256 && !error; i++) {
        const char *fan = vt_printf(b->arena, "%s/%02x", files, i);

        error = fan ? vt_sync_folder(fan) : ENOMEM;
        if (error == ENOENT)
            error = 0;
    }
    if (!error)
        error = vt_sync_folder(b->temp);
    return error ? failed(b, b->temp, error) : VT_OK;
}

/* --------------------------------------------------------------- register -- */

static vt_status open_copy(backing *b) {
    vt_records_options options = *b->options;

    options.folder = b->temp;
    options.read_only = false; /* a folder of our own */
    return vt_records_open(&options, b->list, &b->copy);
}

/* Whatever fsck finds in the copy stands in the archive. */
static vt_status verify(backing *b) {
    vt_fsck_report found = {0};
    vt_status st = vt_records_fsck(b->copy, &(vt_fsck){0}, b->arena, b->list, &found);

    b->out->documents = found.documents;
    b->out->files = found.files;
    if (!st)
        st = vt_records_head(b->copy, b->list, &b->manifest.head);
    if (!st)
        st = vt_sql_number(b->copy, b->list, "SELECT count(*) FROM number", VT_NO_ARGS,
                           &b->manifest.numbers);
    b->manifest.documents = (int64_t)found.documents;
    b->out->head = b->manifest.head;
    if (st == VT_BAD)
        vt_bad(b->list, "KHO-54", (vt_place){.file = b->r->folder},
               "Xem: vanthu fsck; sửa kho, hoặc phục hồi từ một bản sao lưu cũ (vẫn còn nguyên).",
               "Kho có chỗ hỏng (kể ở trên) nên bản sao lưu không được nhận.");
    return st;
}

/* Nothing is in SQLite's log of the copy: it was only read. */
static vt_status close_copy(backing *b) {
    static const char *const aside[] = {"records.db-wal", "records.db-shm", "records.lock"};
    struct stat sb;

    vt_records_close(b->copy);
    b->copy = NULL;
    for (size_t i = 0; i < sizeof aside / sizeof *aside; i++) {
        const char *path = inside(b, aside[i]);

        if (!path)
            return vt_nomem(b->list);
        if (i == 0 && stat(path, &sb) == 0 && sb.st_size != 0)
            return failed(b, path, EIO);
        unlink(path);
    }
    return VT_OK;
}

/* The register under its name in a backup, on the disk, hashed. */
static vt_status name_register(backing *b) {
    const char *made = inside(b, "records.db"), *path = inside(b, VT_REGISTER_COPY);
    vt_copy copy;
    int fd, error = 0;

    if (!made || !path)
        return vt_nomem(b->list);
    if (rename(made, path) != 0 || chmod(path, 0444) != 0)
        return failed(b, path, errno);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        error = errno;
    if (fd >= 0)
        close(fd);
    if (error)
        return failed(b, path, error);
    if (!vt_copy_file(path, NULL, 0, &copy))
        return failed(b, path, copy.error);
    b->out->bytes += copy.bytes;
    return add_line(b, copy.sha256, VT_REGISTER_COPY);
}

/* ------------------------------------------------------------------- make -- */

static vt_status copy_register(backing *b) {
    const char *path = inside(b, "records.db");

    if (!path)
        return vt_nomem(b->list);
    return b->r->backend->copy(b->r, b->list, path);
}

static vt_status make(backing *b) {
    const char *files = inside(b, "files");
    int error = files ? 0 : ENOMEM;
    vt_status st;

    if (!error && ((error = vt_folder_make(b->temp)) != 0 || (error = vt_folder_make(files)) != 0))
        return failed(b, b->temp, error);
    st = error ? vt_nomem(b->list) : copy_register(b);
    if (!st)
        st = open_copy(b);
    if (!st)
        st = copy_files(b);
    if (!st)
        st = verify(b);
    if (!st)
        st = close_copy(b);
    vt_records_close(b->copy);
    b->copy = NULL;
    return st ? st : name_register(b);
}

/* The register's line was added last; it stands first. */
static void register_first(vt_manifest *m) {
    vt_manifest_line last = m->lines[m->count - 1];

    memmove(m->lines + 1, m->lines, (m->count - 1) * sizeof *m->lines);
    m->lines[0] = last;
}

static vt_status write_manifest(backing *b) {
    const char *path = inside(b, VT_MANIFEST);
    vt_buf text;
    vt_status st;

    register_first(&b->manifest);
    vt_buf_init(&text, MANIFEST_MOST);
    vt_manifest_write(&b->manifest, &text);
    st = path && !vt_buf_failed(&text) ? vt_file_write(path, text.data, text.len, true, b->list)
                                       : vt_nomem(b->list);
    vt_buf_free(&text);
    return st;
}

static vt_status give_name(backing *b) {
    int error = 0;
    vt_status st = write_manifest(b);

    if (!st)
        st = sync_folders(b);
    if (st)
        return st;
    if (rename(b->temp, b->out->path) != 0)
        error = errno;
    else
        error = vt_sync_folder(b->folder);
    return error ? failed(b, b->out->path, error) : VT_OK;
}

/* The archive remembers which backup was made of which state of its log. */
static vt_status log_backup(backing *b) {
    vt_status st = vt_records_begin(b->r, b->list);

    if (!st)
        st = vt_event_json(
            b->r, b->list, "backup", b->name,
            json_pack("{s:I, s:s, s:I}", "serial", (json_int_t)b->manifest.head.serial, "register",
                      b->manifest.lines[0].sha256, "documents", (json_int_t)b->manifest.documents));
    if (!st)
        st = vt_records_commit(b->r, b->list);
    vt_records_rollback(b->r);
    return st;
}

/* ------------------------------------------------------------------ older -- */

static vt_status remove_one(backing *b, const char *path) {
    const char *away = vt_printf(b->arena, "%s/.%s.old", b->folder, strrchr(path, '/') + 1);

    if (!away)
        return vt_nomem(b->list);
    if (rename(path, away) != 0)
        return failed(b, path, errno);
    b->out->removed++;
    if (!vt_backup_remove(b->arena, away))
        return vt_warn(b->list, "KHO-55", (vt_place){.file = away}, "Xem rồi tự xoá thư mục ấy.",
                       "Bản sao lưu cũ có thứ không phải của nó nên không xoá hết được.");
    return VT_OK;
}

/* `before`: those that were there when the new one was begun. */
static vt_status remove_older(backing *b, const char **before, size_t count, size_t keep) {
    vt_status st = VT_OK;

    for (size_t i = 0; !st && keep && i + keep < count + 1; i++)
        st = remove_one(b, before[i]);
    return st;
}

/* ------------------------------------------------------------------ whole -- */

/* "vanthu-20261120T030000123Z" from "2026-11-20T03:00:00.123Z" */
static vt_status prepare(backing *b) {
    char at[VT_TIME_CHARS + 1], name[32] = "vanthu-";
    size_t n = strlen(name);
    vt_stmt *stmt;
    bool row = false;
    vt_status st;

    vt_time_utc(b->r->world.now_ms(b->r->world.ctx), at);
    for (const char *s = at; *s && n < sizeof name - 1; s++)
        if (!strchr("-:.", *s))
            name[n++] = *s;
    name[n] = '\0';
    b->name = vt_strdup(b->arena, name);
    b->temp = vt_printf(b->arena, "%s/.%s.tmp", b->folder, name);
    b->out->path = vt_printf(b->arena, "%s/%s", b->folder, name);
    b->manifest.made = vt_strdup(b->arena, at);
    b->manifest.maker = b->r->maker;
    st = vt_sql_open(b->r, b->list, "SELECT value FROM setting WHERE name = 'archive'", VT_NO_ARGS,
                     &stmt);
    if (!st)
        st = vt_sql_row(stmt, b->list, &row);
    if (!st && row)
        b->manifest.archive = vt_sql_text(b->arena, stmt, 0);
    if (row)
        vt_sql_done(stmt);
    if (!st && !row)
        st = vt_not_ours(b->r, b->list);
    return !st && vt_arena_failed(b->arena) ? vt_nomem(b->list) : st;
}

static vt_status whole(backing *b, size_t keep) {
    const char **before;
    size_t count;
    vt_status st = list_backups(b, &before, &count);

    if (st)
        return st;
    b->before = count ? before[count - 1] : NULL;
    st = make(b);
    if (!st)
        st = give_name(b);
    if (st) {
        vt_backup_remove(b->arena, b->temp);
        return st;
    }
    st = log_backup(b);
    return st ? st : remove_older(b, before, count, keep);
}

/* A database server has its own means, which know what it was set up to be. */
static vt_status can_copy(const backing *b) {
    if (b->r->backend->copy)
        return VT_OK;
    return vt_bad(b->list, "KHO-56", (vt_place){.file = b->r->folder},
                  "Sao lưu bằng công cụ của máy chủ: pg_dump -Fc --schema=LƯỢC-ĐỒ, hoặc "
                  "pg_basebackup; và thư mục chứa tệp, nếu kho có.",
                  "Kho này nằm trên máy chủ cơ sở dữ liệu, vanthu backup không sao được.");
}

vt_status vt_records_backup(const vt_records_options *options, const vt_backup *how,
                            vt_arena *arena, vt_findings *list, vt_backup_report *out) {
    backing b = {
        .options = options, .arena = arena, .list = list, .folder = how->folder, .out = out};
    int claim = -1, error;
    vt_status st = vt_records_open(options, list, &b.r);

    *out = (vt_backup_report){0};
    if (!st)
        st = can_copy(&b);
    if (!st)
        st = prepare(&b);
    if (!st && (error = vt_folder_make(how->folder)) != 0)
        st = failed(&b, how->folder, error);
    if (!st)
        st = vt_backup_claim(how->folder, list, &claim);
    if (!st)
        st = whole(&b, how->keep);
    if (claim >= 0)
        close(claim);
    vt_records_close(b.r);
    return st;
}
