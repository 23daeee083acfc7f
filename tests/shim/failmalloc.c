/*
 * tests/shim/failmalloc.c - LD_PRELOAD: lets the n-th allocation fail.
 *
 *   FAILMALLOC=n        the n-th allocation of the process returns NULL (from 1)
 *   FAILMALLOC_ALL=1    and so does every later one
 *   FAILMALLOC_COUNT=f  at exit the number of allocations is written to file f
 *
 * Counts what any library asks for, so the sweep meets libxml2, ICU, libharu
 * and SQLite as well as our own code.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static atomic_ulong count;
static unsigned long fail_at;
static int fail_all;
static char count_file[4096];

__attribute__((constructor)) static void start(void) {
    const char *at = getenv("FAILMALLOC"), *file = getenv("FAILMALLOC_COUNT");
    fail_all = getenv("FAILMALLOC_ALL") != NULL;
    if (file)
        snprintf(count_file, sizeof count_file, "%s", file);
    atomic_store(&count, 0);
    fail_at = at ? strtoul(at, NULL, 10) : 0;
}

__attribute__((destructor)) static void finish(void) {
    if (!*count_file)
        return;
    char text[32];
    int n = snprintf(text, sizeof text, "%lu\n", (unsigned long)atomic_load(&count));
    int fd = open(count_file, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd >= 0 && write(fd, text, (size_t)n) == n)
        close(fd);
}

static int fails(void) {
    unsigned long n = atomic_fetch_add(&count, 1) + 1;
    if (!fail_at || n < fail_at || (n > fail_at && !fail_all))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size) {
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size) {
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size) {
    return fails() ? NULL : __libc_realloc(old, size);
}
