/*
 * tests/tools/issue_bench.c - what it costs to issue, end to end: number,
 * composed and painted PDF, both files, search index, log, durable.
 *
 *   issue_bench one   FOLDER DOC.xml PROCESSES EACH [folder]  an act for each document
 *   issue_bench batch FOLDER DOC.xml COUNT [folder]           all in one act
 *   issue_bench sync  FOLDER PROCESSES EACH BYTES             the disk alone: as many writes
 *                                                             of so many bytes, each with its
 *                                                             fdatasync
 *
 * FOLDER is made and must not be there.
 */
#include "cli/ahead.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct office {
    vt_cli cli;
    vt_records *records, *asked; /* asked: by the second thread */
    const char *xml;
    int which; /* of the processes */
} office;

static double now(void) {
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ------------------------------------------------------------- an office -- */

static int64_t now_ms(void *ctx) {
    struct timespec t;

    (void)ctx;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool chance(void *ctx, void *out, size_t len) {
    (void)ctx;
    return getrandom(out, len, 0) == (ssize_t)len;
}

static vt_records_options options(const char *folder) {
    return (vt_records_options){
        .folder = folder, .actor = "os:do", .maker = "bench", .world = {now_ms, chance, NULL}};
}

static int fail(const office *o, const char *what) {
    fprintf(stderr, "issue_bench: %s\n", what);
    for (size_t i = 0; i < vt_findings_count(o->cli.list); i++)
        fprintf(stderr, "  [%s] %s\n", vt_findings_at(o->cli.list, i)->id,
                vt_findings_at(o->cli.list, i)->message);
    return 2;
}

static const vt_issuing HOW = {0}; /* by the date of the document itself */

static int start(office *o, const char *folder, const char *xml, int which) {
    const vt_engine_options e = {.data = ".", .fonts = getenv("VANTHU_FONTS")};
    vt_records_options r = options(folder);

    *o = (office){.cli = {.list = vt_findings_new(), .arena = vt_arena_new((size_t)256 << 20)},
                  .xml = xml,
                  .which = which};
    if (vt_engine_open(&e, o->cli.list, &o->cli.engine) != VT_OK)
        return fail(o, "engine");
    if (vt_records_open(&r, o->cli.list, &o->records) != VT_OK)
        return fail(o, "open");
    r.read_only = true;
    return vt_records_open(&r, o->cli.list, &o->asked) ? fail(o, "open for reading") : 0;
}

static void end(office *o) {
    vt_records_close(o->asked);
    vt_records_close(o->records);
    vt_engine_free(o->cli.engine);
}

/* ------------------------------------------------- each an act of its own -- */

static vt_status issue(office *o, const char *key, vt_buf *pdf) {
    vt_record *record = NULL;
    vt_doc *doc = NULL;
    bool existing;
    vt_status st;

    vt_arena_reset(o->cli.arena);
    st = vt_doc_read(o->cli.engine, o->cli.arena, o->xml, o->cli.list, &doc);
    if (!st)
        st = vt_cli_issue(&o->cli, o->records, doc, key, &HOW, o->cli.arena, pdf, &record,
                          &existing);
    if (!st)
        vt_findings_clear(o->cli.list);
    return st;
}

static int issue_each(const char *folder, const char *xml, int which, int count) {
    office o;
    char key[64];
    vt_buf pdf;
    int rc = start(&o, folder, xml, which);

    vt_buf_init(&pdf, (size_t)1 << 28);
    for (int i = 0; !rc && i < count; i++) {
        snprintf(key, sizeof key, "bench:%d:%d", which, i);
        if (issue(&o, key, &pdf) != VT_OK)
            rc = fail(&o, key);
    }
    end(&o);
    return rc;
}

/* ---------------------------------------------------------- all in one act -- */

static vt_status make_ready(void *ctx, size_t index, vt_ahead_doc *out) {
    office *o = ctx;
    const char *key = vt_printf(out->cli.arena, "bench:%zu", index);
    vt_doc *doc = NULL;
    vt_status st = vt_doc_read(out->cli.engine, out->cli.arena, o->xml, out->cli.list, &doc);

    return st ? st : vt_cli_ready(&out->cli, o->asked, doc, key, &HOW, out->cli.arena, &out->ready);
}

static vt_status issue_all(office *o, vt_ahead *ahead, int count) {
    vt_status st = vt_records_begin(o->records, o->cli.list);

    for (int i = 0; !st && i < count; i++) {
        vt_ahead_doc *doc = vt_ahead_next(ahead);
        vt_record *record;
        bool existing;

        st = doc->status ? doc->status : vt_ahead_issue(ahead, doc, o->records, &record, &existing);
        vt_ahead_done(ahead, doc);
    }
    return st ? st : vt_records_commit(o->records, o->cli.list);
}

static int issue_many(const char *folder, const char *xml, int count) {
    office o;
    vt_ahead *ahead = NULL;
    int rc = start(&o, folder, xml, 0);

    if (!rc && vt_ahead_start(&o.cli, (size_t)count, make_ready, &o, &ahead) != VT_OK)
        rc = fail(&o, "start");
    if (!rc && issue_all(&o, ahead, count) != VT_OK)
        rc = fail(&o, "act");
    vt_ahead_stop(ahead);
    end(&o);
    return rc;
}

/* ----------------------------------------------------------- the disk alone -- */

static int sync_many(const char *folder, int which, int count, size_t bytes) {
    char path[4096];
    void *data = calloc(1, bytes ? bytes : 1);
    int fd, rc = 0;

    snprintf(path, sizeof path, "%s/sync-%d", folder, which);
    fd = open(path, O_RDWR | O_CREAT, 0666);
    for (int i = 0; fd >= 0 && !rc && i < count; i++)
        rc = pwrite(fd, data, bytes, (off_t)((size_t)i * bytes)) != (ssize_t)bytes ||
             fdatasync(fd) != 0;
    free(data);
    if (fd >= 0)
        close(fd);
    unlink(path);
    return fd < 0 ? 2 : rc;
}

static int init(const char *folder, bool in_folder) {
    const office o = {.cli.list = vt_findings_new()};
    vt_records_options r = options(folder);
    const vt_records_new_options how = {.any_issuer = true, .files_in_folder = in_folder};

    return vt_records_init(&r, &how, o.cli.list) ? fail(&o, "init") : 0;
}

/* Of all children: what a rate could be if nobody else used the machine. */
static double cpu_seconds(void) {
    struct rusage u;

    getrusage(RUSAGE_CHILDREN, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static int wait_all(int processes) {
    int rc = 0, status;

    for (int i = 0; i < processes; i++)
        if (wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status))
            rc = 2;
    return rc;
}

int main(int argc, char **argv) {
    const char *act = argc > 4 ? argv[1] : "";
    bool sync = strcmp(act, "sync") == 0, batch = strcmp(act, "batch") == 0;
    int processes, each, rc = 0;
    double from;

    if (argc < (batch ? 5 : 6)) {
        fputs("usage: issue_bench one|batch|sync FOLDER ...\n", stderr);
        return 1;
    }
    processes = batch ? 1 : (int)strtol(argv[sync ? 3 : 4], NULL, 10);
    each = (int)strtol(argv[sync || batch ? 4 : 5], NULL, 10);
    if (!sync && init(argv[2], argc > (batch ? 5 : 6)) != 0)
        return 2;
    mallopt(M_TOP_PAD, 1 << 20); /* as cli/main.c does */
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    from = now();
    for (int i = 0; i < processes; i++)
        if (fork() == 0)
            _exit(sync    ? sync_many(argv[2], i, each, strtoul(argv[5], NULL, 10))
                  : batch ? issue_many(argv[2], argv[3], each)
                          : issue_each(argv[2], argv[3], i, each));
    rc = wait_all(processes);
    if (!rc)
        printf("%s, %d processes: %.0f a second, %.2f ms CPU each\n", act, processes,
               processes * each / (now() - from), cpu_seconds() * 1000 / (processes * each));
    return rc;
}
