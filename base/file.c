/*
 * base/file.c - reading and writing whole files, names of files.
 */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 << 10) /* for files that do not tell their size (/proc) */
#define TEMPORARY_TRIES 100
#define NAME_SIZE 64 /* of a temporary file's own name */

/* ---------------------------------------------------------------- errors -- */

static const struct cause {
    int number;
    const char *text, *remedy;
} causes[] = {
    {ENOENT, "không có tệp hoặc thư mục này", "Kiểm tra lại đường dẫn và tên tệp."},
    {ENOTDIR, "một phần của đường dẫn không phải thư mục", "Kiểm tra lại đường dẫn."},
    {EISDIR, "đây là một thư mục", "Chỉ ra một tệp trong thư mục đó."},
    {ENAMETOOLONG, "tên quá dài", "Đặt tên ngắn hơn."},
    {ELOOP, "liên kết dẫn vòng quanh", "Kiểm tra lại các liên kết của đường dẫn."},
    {EACCES, "không có quyền truy cập", "Xin quyền trên tệp hoặc thư mục, hay chọn nơi khác."},
    {EPERM, "hệ thống không cho phép", "Xin quyền trên tệp hoặc thư mục, hay chọn nơi khác."},
    {EROFS, "ổ đĩa chỉ cho đọc", "Chọn nơi khác hoặc gắn lại ổ đĩa cho ghi."},
    {ENOSPC, "đĩa đã đầy", "Giải phóng dung lượng rồi làm lại."},
    {EDQUOT, "hết hạn mức dung lượng", "Xoá bớt tệp hoặc xin thêm hạn mức rồi làm lại."},
    {EFBIG, "tệp vượt cỡ cho phép của hệ thống", "Kiểm tra giới hạn cỡ tệp (ulimit -f)."},
    {EMFILE, "chương trình mở quá nhiều tệp", "Tăng giới hạn số tệp mở (ulimit -n)."},
    {ENFILE, "hệ thống mở quá nhiều tệp", "Đóng bớt chương trình khác rồi làm lại."},
    {EIO, "thiết bị đọc ghi bị lỗi", "Kiểm tra ổ đĩa và dây nối rồi làm lại."},
    {EPIPE, "bên nhận đã đóng", "Kiểm tra chương trình nhận đầu ra."},
};

static const struct cause *cause_of(int number) {
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (causes[i].number == number)
            return &causes[i];
    return NULL;
}

const char *vt_error_text(int number) {
    const struct cause *cause = cause_of(number);

    return cause ? cause->text : "lỗi của hệ thống";
}

/* The request is at fault where it names what is not there; else the system. */
static bool is_request(int number) {
    return number == ENOENT || number == ENOTDIR || number == EISDIR || number == ENAMETOOLONG ||
           number == ELOOP;
}

static vt_status io_error(vt_findings *list, const char *id, const char *path, const char *what,
                          int number) {
    vt_place place = {.file = path};
    const struct cause *cause = cause_of(number);
    const char *remedy = cause ? cause->remedy : "Kiểm tra ổ đĩa và quyền trên tệp rồi làm lại.";
    const char *text = cause ? cause->text : NULL;

    if (number == ENOMEM)
        return vt_nomem(list);
    if (text && is_request(number))
        return vt_bad(list, id, place, remedy, "Không %s được “%s”: %s.", what, path, text);
    if (text)
        return vt_fail(list, id, place, remedy, "Không %s được “%s”: %s.", what, path, text);
    return vt_fail(list, id, place, remedy, "Không %s được “%s”: lỗi hệ thống số %d.", what, path,
                   number);
}

/* --------------------------------------------------------------- reading -- */

/* Everything up to the end of fd, at most max bytes.  0, an errno, or -1 for
   "more than max". */
static int read_all(int fd, size_t max, size_t expected, vt_buf *out) {
    for (;;) {
        size_t step = expected > out->len ? expected - out->len + 1 : READ_STEP;
        ssize_t n;

        if (step > max - out->len + 1)
            step = max - out->len + 1;
        if (!vt_buf_reserve(out, step))
            return ENOMEM;
        n = read(fd, out->data + out->len, step);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        out->len += (size_t)n;
        out->data[out->len] = '\0';
        if (out->len > max)
            return -1;
        if (n == 0)
            return 0;
    }
}

static vt_status too_big(const char *path, size_t max, vt_findings *list) {
    return vt_bad(list, "TEP-02", (vt_place){.file = path}, "Chia nhỏ hoặc chọn tệp khác.",
                  "Tệp “%s” lớn hơn mức cho phép (%zu byte).", path, max);
}

static vt_status not_read(const char *path, int number, vt_findings *list) {
    return io_error(list, "TEP-01", path, "đọc", number);
}

/* A regular file of at most `max` bytes, open for reading. */
static vt_status open_regular(const char *path, size_t max, int *fd, size_t *size,
                              vt_findings *list) {
    vt_status status = VT_OK;
    struct stat st;

    /* not to wait for the other end of a pipe: those are refused below */
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0)
        return not_read(path, errno, list);
    if (fstat(*fd, &st) != 0)
        status = not_read(path, errno, list);
    else if (S_ISDIR(st.st_mode))
        status = not_read(path, EISDIR, list);
    else if (!S_ISREG(st.st_mode))
        status = vt_bad(list, "TEP-03", (vt_place){.file = path}, "Chỉ ra một tệp thường.",
                        "“%s” không phải là tệp thường (ống dẫn, thiết bị ...).", path);
    else if ((uintmax_t)st.st_size > max)
        status = too_big(path, max, list);
    else
        *size = (size_t)st.st_size;
    if (status != VT_OK)
        close(*fd);
    return status;
}

vt_status vt_file_read(const char *path, size_t max, vt_buf *out, vt_findings *list) {
    vt_status status;
    size_t size = 0;
    int fd, error;

    if (max > SIZE_MAX / 2 - 1)
        max = SIZE_MAX / 2 - 1;
    vt_buf_clear(out);
    status = open_regular(path, max, &fd, &size, list);
    if (status == VT_OK) {
        out->ceiling = max + 1; /* one more tells a file that is too big */
        error = read_all(fd, max, size, out);
        close(fd);
        if (error > 0)
            status = not_read(path, error, list);
        else if (error < 0)
            status = too_big(path, max, list);
    }
    if (status != VT_OK)
        vt_buf_free(out);
    out->ceiling = max;
    return status;
}

vt_status vt_file_map(const char *path, size_t max, vt_mapping *out, vt_findings *list) {
    void *data = NULL;
    size_t size = 0;
    int fd, error = 0;
    vt_status status = open_regular(path, max, &fd, &size, list);

    if (status != VT_OK)
        return status;
    if (size > 0) { /* nothing cannot be mapped */
        data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        error = data == MAP_FAILED ? errno : 0;
    }
    close(fd);
    if (error)
        return not_read(path, error, list);
    *out = (vt_mapping){data, size};
    return VT_OK;
}

void vt_file_unmap(vt_mapping *mapping) {
    if (mapping->data)
        munmap((void *)(uintptr_t)mapping->data, mapping->len);
    *mapping = (vt_mapping){0};
}

/* --------------------------------------------------------------- writing -- */

static int write_all(int fd, const void *data, size_t len) {
    const char *at = data;

    while (len) {
        ssize_t n = write(fd, at, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        at += n;
        len -= (size_t)n;
    }
    return 0;
}

/* Pipes, terminals, devices: there is nothing to replace. */
static int write_straight(const char *path, const void *data, size_t len) {
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    int error;

    if (fd < 0)
        return errno;
    error = write_all(fd, data, len);
    if (close(fd) != 0 && !error)
        error = errno;
    return error;
}

/* Length of the folder part of path, its last "/" included; 0 when none. */
static size_t folder_len(const char *path) {
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* Creates a file of a fresh name in target's folder; its name goes to `name`,
   which has room for the folder and NAME_SIZE. */
static int create_beside(const char *target, mode_t mode, char *name, int *out) {
    size_t folder = folder_len(target);

    memcpy(name, target, folder);
    for (int i = 0; i < TEMPORARY_TRIES; i++) {
        snprintf(name + folder, NAME_SIZE, ".vanthu-%ld-%d.tmp", (long)getpid(), i);
        *out = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (*out >= 0)
            return 0;
        if (errno != EEXIST)
            return errno;
    }
    return EEXIST;
}

/* A rename is kept for certain only when its folder is on the disk. */
static int sync_folder(const char *target, char *name) {
    size_t folder = folder_len(target);
    int error = 0, fd;

    memcpy(name, target, folder);
    memcpy(name + folder, ".", 2);
    fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    if (fsync(fd) != 0 && errno != EINVAL) /* EINVAL: this file system cannot, nor need it */
        error = errno;
    close(fd);
    return error;
}

/* `old`: what stands there, NULL if nothing does. */
static int replace(const char *target, const struct stat *old, const void *data, size_t len,
                   bool durable) {
    char *name = malloc(folder_len(target) + NAME_SIZE);
    int error, fd = -1;

    if (!name)
        return ENOMEM;
    error = create_beside(target, old ? old->st_mode & 0777 : 0666, name, &fd);
    if (error)
        goto done;
    if (old && fchmod(fd, old->st_mode & 0777) != 0)
        error = errno;
    if (!error)
        error = write_all(fd, data, len);
    if (!error && durable && fsync(fd) != 0)
        error = errno;
    if (close(fd) != 0 && !error)
        error = errno;
    if (!error && rename(name, target) != 0)
        error = errno;
    if (error)
        unlink(name);
    else if (durable)
        error = sync_folder(target, name);
done:
    free(name);
    return error;
}

vt_status vt_file_write(const char *path, const void *data, size_t len, bool durable,
                        vt_findings *list) {
    struct stat st;
    bool there = stat(path, &st) == 0;
    char *target;
    int error;

    if (there && S_ISDIR(st.st_mode))
        error = EISDIR;
    else if (there && !S_ISREG(st.st_mode))
        error = write_straight(path, data, len);
    else if (there && access(path, W_OK) != 0) /* the rename would not ask */
        error = errno;
    else if (there) {
        target = realpath(path, NULL); /* a link stays, the file it names is replaced */
        error = target ? replace(target, &st, data, len, durable) : errno;
        free(target);
    } else
        error = *path ? replace(path, NULL, data, len, durable) : ENOENT;
    if (!error)
        return VT_OK;
    io_error(list, "TEP-04", path, "ghi", error);
    return VT_FAIL;
}

/* ----------------------------------------------------------------- names -- */

static bool name_is_plain(const char *name) {
    const char *end = name + strlen(name);

    if (*name == '\0' || strcmp(name, ".") == 0 || strstr(name, "..") || strpbrk(name, "/\\") ||
        !vt_utf8_valid(name, strlen(name), NULL))
        return false;
    while (name < end) {
        uint32_t cp = vt_utf8_next(&name, end);

        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            return false;
    }
    return true;
}

char *vt_path_beside(vt_arena *arena, const char *folder, const char *name) {
    size_t len = strlen(folder);
    bool slash = len && folder[len - 1] == '/';

    if (!name_is_plain(name))
        return NULL;
    if (len == 0)
        return vt_printf(arena, "./%s", name);
    return vt_printf(arena, "%s%s%s", folder, slash ? "" : "/", name);
}

char *vt_path_folder(vt_arena *arena, const char *path) {
    size_t len = folder_len(path);

    if (len == 0)
        return vt_strdup(arena, ".");
    while (len > 1 && path[len - 1] == '/')
        len--;
    return vt_strndup(arena, path, len);
}
