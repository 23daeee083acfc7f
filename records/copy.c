/* records/copy.c - files copied and hashed in one go, folders claimed and taken away. */

#include "records/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 1 << 18, FANS = 256 };

/* ---------------------------------------------------------------- copying -- */

static bool write_all(int fd, const char *data, size_t len) {
    while (len) {
        ssize_t n = write(fd, data, len);

        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            data += n;
            len -= (size_t)n;
        }
    }
    return true;
}

/* in -> out (-1: nowhere) and the hash; false with out->error, out->at set. */
static bool pump(int in, int to, const char *from, const char *name, vt_copy *out) {
    char *step = malloc(STEP);
    vt_hasher hasher;
    vt_hash hash;
    ssize_t n = 1;

    *out = (vt_copy){.error = step ? 0 : ENOMEM, .at = from};
    vt_hasher_start(&hasher);
    while (!out->error && n != 0) {
        n = read(in, step, STEP);
        if (n < 0 && errno != EINTR)
            out->error = errno;
        if (n <= 0)
            continue;
        vt_hasher_add(&hasher, step, (size_t)n);
        out->bytes += n;
        if (to >= 0 && !write_all(to, step, (size_t)n)) {
            out->error = errno;
            out->at = name;
        }
    }
    free(step);
    vt_hasher_end(&hasher, &hash);
    vt_hash_hex(&hash, out->sha256);
    return out->error == 0;
}

static bool copy_to(int in, const char *from, const char *to, mode_t mode, vt_copy *out) {
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);

    if (fd < 0) {
        *out = (vt_copy){.error = errno, .at = to};
        return false;
    }
    if (pump(in, fd, from, to, out) && fsync(fd) != 0) {
        out->error = errno;
        out->at = to;
    }
    if (close(fd) != 0 && !out->error) {
        out->error = errno;
        out->at = to;
    }
    return out->error == 0;
}

bool vt_copy_file(const char *from, const char *to, mode_t mode, vt_copy *out) {
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe is not waited for */
    struct stat sb;
    bool ok;

    *out = (vt_copy){.at = from};
    if (in < 0 || fstat(in, &sb) != 0)
        out->error = errno;
    else if (!S_ISREG(sb.st_mode))
        out->error = S_ISDIR(sb.st_mode) ? EISDIR : EINVAL;
    ok = !out->error && (to ? copy_to(in, from, to, mode, out) : pump(in, -1, from, NULL, out));
    if (in >= 0)
        close(in);
    return ok;
}

vt_status vt_copy_failed(vt_findings *list, const char *path, int error) {
    if (error == ENOMEM)
        return vt_nomem(list);
    return vt_fail(list, "KHO-52", (vt_place){.file = path},
                   error == ENOSPC || error == EDQUOT
                       ? "Giải phóng dung lượng hoặc chọn ổ đĩa khác rồi làm lại."
                       : "Kiểm tra đường dẫn, quyền và ổ đĩa rồi làm lại.",
                   "Không đọc hoặc ghi được “%s”: %s. Không có gì dở dang được để lại.", path,
                   vt_error_text(error));
}

/* ---------------------------------------------------------------- folders -- */

int vt_folder_make(const char *path) {
    struct stat sb;

    if (mkdir(path, 0777) == 0)
        return 0;
    if (errno != EEXIST)
        return errno;
    return stat(path, &sb) == 0 && S_ISDIR(sb.st_mode) ? 0 : ENOTDIR;
}

/* The descriptor of a folder is its lock: it dies with the process. */
vt_status vt_backup_claim(const char *folder, vt_findings *list, int *fd) {
    int rc;

    *fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd < 0)
        return vt_copy_failed(list, folder, errno);
    do
        rc = flock(*fd, LOCK_EX | LOCK_NB);
    while (rc != 0 && errno == EINTR);
    if (rc == 0)
        return VT_OK;
    rc = errno;
    close(*fd);
    *fd = -1;
    if (rc != EWOULDBLOCK)
        return vt_copy_failed(list, folder, rc);
    return vt_fail(list, "KHO-53", (vt_place){.file = folder}, "Đợi lượt kia xong rồi làm lại.",
                   "Một lượt sao lưu hoặc phục hồi khác đang ghi vào “%s”.", folder);
}

static void remove_name(vt_arena *arena, const char *folder, const char *name) {
    const char *path = vt_printf(arena, "%s/%s", folder, name);

    if (path)
        unlink(path);
}

/* The files of one folder files/ab, and it. */
static void remove_fan(vt_arena *arena, const char *fan) {
    DIR *dir = opendir(fan);

    if (!dir)
        return;
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        if (strlen(e->d_name) == 62 && strspn(e->d_name, "0123456789abcdef") == 62)
            remove_name(arena, fan, e->d_name);
    closedir(dir);
    rmdir(fan);
}

bool vt_backup_remove(vt_arena *arena, const char *folder) {
    static const char *const names[] = {VT_MANIFEST,      VT_REGISTER_COPY,    "records.db",
                                        "records.db-wal", "records.db-shm",    "records.lock",
                                        "records.db.new", "records.db-journal"};
    const char *files = vt_printf(arena, "%s/files", folder);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove_name(arena, folder, names[i]);
    for (unsigned i = 0; files && i < FANS; i++) {
        const char *fan = vt_printf(arena, "%s/%02x", files, i);

        if (fan)
            remove_fan(arena, fan);
    }
    if (files)
        rmdir(files);
    return rmdir(folder) == 0;
}
