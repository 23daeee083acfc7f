/*
 * cli/past_words.c - the words of a PDF by pdftotext, a program of its own: what is in the
 * PDF cannot hurt this one.  No shell; limits on time, memory and what is read.
 */
#include "cli/past.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 30, MEMORY_MIB = 1024, STEP = 1 << 16 };

static void limit(int what, rlim_t most) {
    const struct rlimit l = {most, most};

    setrlimit(what, &l);
}

/* In the child, up to exec. */
static void run(const char *path, int out) {
    char *const argv[] = {"pdftotext", "-q", "-enc", "UTF-8", (char *)path, "-", NULL};
    int null = open("/dev/null", O_RDWR);

    if (null < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(null, 2) < 0)
        _exit(127);
    limit(RLIMIT_CPU, SECONDS);
    limit(RLIMIT_AS, (rlim_t)MEMORY_MIB << 20);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    execvp(argv[0], argv);
    _exit(127);
}

static int64_t now_ms(void) {
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Up to its end; false: it took too long or said too much. */
static bool read_all(int fd, vt_buf *out) {
    int64_t end = now_ms() + (int64_t)SECONDS * 1000;
    ssize_t n = 1;

    while (n > 0) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int64_t left = end - now_ms();

        if (left <= 0 || poll(&wait, 1, (int)left) <= 0 || !vt_buf_reserve(out, STEP))
            return false;
        n = read(fd, out->data + out->len, STEP);
        if (n > 0)
            out->len += (size_t)n;
    }
    out->data[out->len] = '\0';
    return n == 0;
}

/* What it wrote is checked as any text: UTF-8, without control characters. */
static void clean(vt_buf *text, size_t *pages) {
    size_t bad;

    for (size_t i = 0; i < text->len; i++) {
        unsigned char c = (unsigned char)text->data[i];

        *pages += c == '\f';
        if (c < ' ' || c == 0x7F)
            text->data[i] = ' ';
    }
    while (!vt_utf8_valid(text->data, text->len, &bad))
        text->data[bad] = ' ';
}

bool vt_pdf_words(const char *path, vt_buf *out, size_t *pages) {
    int ends[2], status = 0;
    pid_t child;
    bool ok;

    *pages = 0;
    vt_buf_clear(out);
    if (pipe(ends) != 0)
        return false;
    child = fork();
    if (child == 0)
        run(path, ends[1]);
    close(ends[1]);
    ok = child > 0 && read_all(ends[0], out);
    close(ends[0]);
    if (child > 0 && !ok)
        kill(child, SIGKILL);
    if (child > 0 && waitpid(child, &status, 0) == child)
        ok = ok && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!ok)
        vt_buf_clear(out);
    clean(out, pages);
    return ok;
}
