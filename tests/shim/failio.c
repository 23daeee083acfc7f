/*
 * tests/shim/failio.c - LD_PRELOAD: lets the n-th change of a folder fail.
 *
 *   FAILIO_UNDER=folder   only calls on files under this absolute path count
 *   FAILIO=n              the n-th such call fails (from 1)
 *   FAILIO_ALL=1          and so does every later one (a disk that stays full)
 *   FAILIO_ERRNO=e        with this errno (default 28, ENOSPC); a write that
 *                         fails for want of space first writes half
 *   FAILIO_COUNT=f        at exit the number of calls is written to file f
 *
 * Counted are the calls that change files or make changes durable: write,
 * pwrite, fsync, fdatasync, ftruncate, rename, mkdir, unlink, and open when it
 * makes a file.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned long count, fail_at;
static int fail_all, fail_errno, ready;
static char under[4096], count_file[4096];

__attribute__((constructor)) static void start(void) {
    const char *at = getenv("FAILIO"), *folder = getenv("FAILIO_UNDER");
    const char *file = getenv("FAILIO_COUNT"), *number = getenv("FAILIO_ERRNO");

    fail_at = at ? strtoul(at, NULL, 10) : 0;
    fail_all = getenv("FAILIO_ALL") != NULL;
    fail_errno = number ? (int)strtol(number, NULL, 10) : ENOSPC;
    snprintf(under, sizeof under, "%s", folder ? folder : "/nowhere");
    snprintf(count_file, sizeof count_file, "%s", file ? file : "");
    ready = 1;
}

__attribute__((destructor)) static void finish(void) {
    FILE *out;

    ready = 0;
    if (*count_file && (out = fopen(count_file, "w")) != NULL) {
        fprintf(out, "%lu\n", count);
        fclose(out);
    }
}

static int fails_path(const char *path) {
    if (!ready || !path || strncmp(path, under, strlen(under)) != 0)
        return 0;
    count++;
    if (!fail_at || count < fail_at || (count > fail_at && !fail_all))
        return 0;
    errno = fail_errno;
    return 1;
}

static int fails_fd(int fd) {
    char link[64], path[4096];
    ssize_t n;

    if (!ready)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof path - 1);
    if (n < 0)
        return 0;
    path[n] = '\0';
    return fails_path(path);
}

/* The next definition of a function, found once. */
#define REAL(name)                                                                                 \
    static __typeof__(&name) real;                                                                 \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t len) {
    REAL(write);
    if (!fails_fd(fd))
        return real(fd, data, len);
    if (fail_errno == ENOSPC && len > 1)
        (void)!real(fd, data, len / 2);
    errno = fail_errno;
    return -1;
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t at) {
    REAL(pwrite);
    if (!fails_fd(fd))
        return real(fd, data, len, at);
    if (fail_errno == ENOSPC && len > 1)
        (void)!real(fd, data, len / 2, at);
    errno = fail_errno;
    return -1;
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at) {
    return pwrite(fd, data, len, at);
}

int fsync(int fd) {
    REAL(fsync);
    return fails_fd(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    return fails_fd(fd) ? -1 : real(fd);
}

int ftruncate(int fd, off_t len) {
    REAL(ftruncate);
    return fails_fd(fd) ? -1 : real(fd, len);
}

int ftruncate64(int fd, off64_t len) {
    return ftruncate(fd, len);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    return fails_path(to) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    return fails_path(path) ? -1 : real(path, mode);
}

int unlink(const char *path) {
    REAL(unlink);
    return fails_path(path) ? -1 : real(path);
}

int open(const char *path, int flags, ...) {
    REAL(open);
    mode_t mode = 0;
    va_list args;

    if (!(flags & O_CREAT))
        return real(path, flags);
    va_start(args, flags);
    mode = va_arg(args, mode_t);
    va_end(args);
    if (access(path, F_OK) != 0 && fails_path(path))
        return -1;
    return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    mode_t mode = 0;
    va_list args;

    if (flags & O_CREAT) {
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    return open(path, flags, mode);
}
