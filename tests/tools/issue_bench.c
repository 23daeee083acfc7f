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
#include "gen/gen.h"
#include "records/records.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct maker {
    vt_engine *engine;
    vt_findings *list;
    vt_arena *arena;
    const vt_pack *pack;
    vt_doc *doc;
    vt_buf pdf, source;
    vt_records *records;
} maker;

static double now(void) {
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

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

static int fail(const maker *m, const char *what) {
    fprintf(stderr, "issue_bench: %s\n", what);
    for (size_t i = 0; i < vt_findings_count(m->list); i++)
        fprintf(stderr, "  [%s] %s\n", vt_findings_at(m->list, i)->id,
                vt_findings_at(m->list, i)->message);
    return 2;
}

/* As cli/archive.c does it. */
static vt_status make(void *ctx, const vt_allotted *allotted, vt_findings *list,
                      vt_issued_files *out) {
    maker *m = ctx;
    vt_layout *layout = NULL;
    vt_status st = vt_doc_set_number(m->doc, allotted->number, list);

    if (!st)
        st = vt_compose(m->engine, m->pack, m->doc, &(vt_compose_options){0}, m->arena, list,
                        &layout);
    if (!st)
        st = vt_paint(m->engine, m->pack, m->doc, layout, &(vt_paint_options){0}, &m->pdf, list);
    if (!st)
        st = vt_doc_write(m->doc, &m->source, list);
    *out = (vt_issued_files){.pdf = m->pdf.data,
                             .pdf_len = m->pdf.len,
                             .source = m->source.data,
                             .source_len = m->source.len,
                             .pages = layout ? vt_layout_pages(layout) : 0,
                             .designation = vt_printf(m->arena, "%s/UBND-VP", allotted->number)};
    return st;
}

static vt_status issue(maker *m, const char *xml, const char *key) {
    vt_record *record = NULL;
    bool existing;
    vt_meta meta;
    vt_status st;

    vt_arena_reset(m->arena);
    vt_buf_clear(&m->pdf);
    vt_buf_clear(&m->source);
    st = vt_doc_read(m->engine, m->arena, xml, m->list, &m->doc);
    if (!st)
        st = vt_doc_set_date(m->doc, (vt_date){2026, 3, 16}, m->list);
    if (!st)
        st = vt_pack_choose(m->engine, m->doc, m->list, &m->pack);
    if (!st)
        (void)!vt_check(m->engine, m->pack, m->doc, NULL); /* its price belongs to issuing */
    if (!st)
        st = vt_meta_extract(m->arena, m->pack, m->doc, m->list, &meta);
    if (st)
        return st;
    const vt_issue q = {
        .meta = &meta, .book = "van-ban", .period = "year", .pack_hash = "", .key = key};
    return vt_records_issue(m->records, &q, make, m, m->arena, m->list, &record, &existing);
}

static int start(maker *m, const char *folder) {
    const vt_engine_options o = {.data = ".", .fonts = getenv("VANTHU_FONTS")};
    vt_records_options r = options(folder);

    *m = (maker){.list = vt_findings_new(), .arena = vt_arena_new((size_t)256 << 20)};
    vt_buf_init(&m->pdf, (size_t)1 << 28);
    vt_buf_init(&m->source, (size_t)1 << 28);
    if (vt_engine_open(&o, m->list, &m->engine) != VT_OK)
        return fail(m, "engine");
    return vt_records_open(&r, m->list, &m->records) ? fail(m, "open") : 0;
}

static int issue_many(const char *folder, const char *xml, int which, int count, bool one_act) {
    maker m;
    char key[64];
    int rc = start(&m, folder);

    if (!rc && one_act && vt_records_begin(m.records, m.list) != VT_OK)
        rc = fail(&m, "begin");
    for (int i = 0; !rc && i < count; i++) {
        snprintf(key, sizeof key, "bench:%d:%d", which, i);
        if (issue(&m, xml, key) != VT_OK)
            rc = fail(&m, key);
    }
    if (!rc && one_act && vt_records_commit(m.records, m.list) != VT_OK)
        rc = fail(&m, "commit");
    vt_records_close(m.records);
    vt_engine_free(m.engine);
    return rc;
}

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
    maker m = {.list = vt_findings_new()};
    vt_records_options r = options(folder);
    const vt_records_new_options how = {.any_issuer = true, .files_in_folder = in_folder};

    return vt_records_init(&r, &how, m.list) ? fail(&m, "init") : 0;
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
    from = now();
    for (int i = 0; i < processes; i++)
        if (fork() == 0)
            _exit(sync ? sync_many(argv[2], i, each, strtoul(argv[5], NULL, 10))
                       : issue_many(argv[2], argv[3], i, each, batch));
    rc = wait_all(processes);
    if (!rc)
        printf("%s, %d processes: %.0f a second, %.2f ms CPU each\n", act, processes,
               processes * each / (now() - from), cpu_seconds() * 1000 / (processes * each));
    return rc;
}
