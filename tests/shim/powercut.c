/*
 * tests/shim/powercut.c - LD_PRELOAD: the power goes off at the n-th change of a
 * folder, and of what was not synced the disk holds what it likes.
 *
 *   POWERCUT_UNDER=folder   only files under this absolute path
 *   POWERCUT=n              at the n-th write, sync, rename ... the process ends
 *   POWERCUT_SEED=s         which unsynced pages had reached the disk (0: none)
 *   POWERCUT_LIE=1          syncs do nothing: a disk that lies
 *   POWERCUT_COUNT=f        at exit the number of calls is written to file f
 *
 * Before each write the old bytes are kept; a sync of the file forgets them.
 * When the power goes off they are put back, page by page, by a coin; a name
 * whose folder was not synced is gone.  One process at a time.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 4096, MOST = 65536, PATHS = 512 };

/* What stood at a place before it was written, or a name that is new. */
typedef struct undo {
    char path[PATHS];
    int is_name;
    off_t at;
    size_t len;
    unsigned char *old; /* zeros where there was no file yet */
} undo;

static undo undos[MOST];
static size_t undo_count;
static unsigned long count, cut_at, seed;
static int ready, lie;
static char under[PATHS], count_file[PATHS];

/* The next definition of a function, found once. */
#define REAL(name)                                                                                 \
    static __typeof__(&name) real;                                                                 \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, #name)

static ssize_t raw_pwrite(int fd, const void *data, size_t len, off_t at) {
    REAL(pwrite);
    return real(fd, data, len, at);
}

__attribute__((constructor)) static void start(void) {
    const char *at = getenv("POWERCUT"), *folder = getenv("POWERCUT_UNDER");
    const char *file = getenv("POWERCUT_COUNT"), *s = getenv("POWERCUT_SEED");

    cut_at = at ? strtoul(at, NULL, 10) : 0;
    seed = s ? strtoul(s, NULL, 10) : 0;
    lie = getenv("POWERCUT_LIE") != NULL;
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

/* Had this page of this file reached the disk all the same? */
static int reached(const char *path, off_t page) {
    unsigned long h = seed * 2654435761UL + (unsigned long)page * 40503UL;

    for (; *path; path++)
        h = h * 131 + (unsigned char)*path;
    return seed && ((h >> 7) & 1);
}

static void put_back(const undo *u) {
    int fd = u->is_name ? -1 : open(u->path, O_WRONLY);

    if (u->is_name)
        unlink(u->path);
    for (size_t done = 0; fd >= 0 && done < u->len;) {
        off_t at = u->at + (off_t)done;
        size_t part = PAGE - (size_t)(at % PAGE);

        if (part > u->len - done)
            part = u->len - done;
        if (!reached(u->path, at / PAGE))
            (void)!raw_pwrite(fd, u->old + done, part, at);
        done += part;
    }
    if (fd >= 0)
        close(fd);
}

static void change(void) {
    if (++count != cut_at)
        return;
    ready = 0;
    while (undo_count)
        put_back(&undos[--undo_count]);
    _exit(137);
}

static int path_of(int fd, char path[PATHS]) {
    char link[64];
    ssize_t n;

    if (!ready)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, PATHS - 1);
    path[n < 0 ? 0 : n] = '\0';
    return n > 0 && strncmp(path, under, strlen(under)) == 0 && !strstr(path, "-shm");
}

static undo *add(const char *path) {
    undo *u = &undos[undo_count];

    if (undo_count == MOST)
        abort();
    *u = (undo){0};
    snprintf(u->path, sizeof u->path, "%s", path);
    undo_count++;
    return u;
}

static void before_write(int fd, const char *path, size_t len, off_t at) {
    undo *u = add(path);
    int in = open(path, O_RDONLY);

    (void)fd;
    u->at = at;
    u->len = len;
    u->old = calloc(1, len ? len : 1);
    if (in >= 0) {
        (void)!pread(in, u->old, len, at);
        close(in);
    }
}

/* What is on the disk for good: a file's bytes, or the names in a folder. */
static void synced(const char *path) {
    size_t kept = 0, n = strlen(path);

    for (size_t i = 0; i < undo_count; i++) {
        undo *u = &undos[i];
        int of = u->is_name ? strncmp(u->path, path, n) == 0 && u->path[n] == '/' &&
                                  !strchr(u->path + n + 1, '/')
                            : strcmp(u->path, path) == 0;

        if (of)
            free(u->old);
        else
            undos[kept++] = *u;
    }
    undo_count = kept;
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t at) {
    char path[PATHS];

    if (path_of(fd, path)) {
        change();
        before_write(fd, path, len, at);
    }
    return raw_pwrite(fd, data, len, at);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at) {
    return pwrite(fd, data, len, at);
}

ssize_t write(int fd, const void *data, size_t len) {
    REAL(write);
    char path[PATHS];

    if (path_of(fd, path)) {
        change();
        before_write(fd, path, len, lseek(fd, 0, SEEK_CUR));
    }
    return real(fd, data, len);
}

int fsync(int fd) {
    REAL(fsync);
    char path[PATHS];

    if (path_of(fd, path)) {
        change();
        if (lie)
            return 0;
        synced(path);
    }
    return real(fd);
}

int fdatasync(int fd) {
    return fsync(fd);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    int rc;

    if (!ready || strncmp(to, under, strlen(under)) != 0)
        return real(from, to);
    change();
    rc = real(from, to);
    for (size_t i = 0; rc == 0 && i < undo_count; i++)
        if (strcmp(undos[i].path, from) == 0)
            snprintf(undos[i].path, sizeof undos[i].path, "%s", to);
    if (rc == 0)
        add(to)->is_name = 1;
    return rc;
}
