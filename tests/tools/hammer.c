/*
 * tests/tools/hammer.c - issues small documents into an archive, alone, many at
 * once, or until it is killed.
 *
 *   hammer init  FOLDER [folder]             all files in files/
 *   hammer issue FOLDER KEY COUNT [ACKS]      one process; KEY:1 .. KEY:COUNT
 *   hammer batch FOLDER KEY COUNT [ACKS]      the same in one act
 *   hammer race  FOLDER KEY COUNT PROCESSES [ACKS]
 *   hammer kill  FOLDER SEED RUNS PROCESSES ACKS [MILLISECONDS]
 *
 * What was acknowledged is appended to ACKS, a line "KEY PERIOD NUMBER" after
 * the act: whatever stands there must be in the archive ever after.  Documents
 * belong to two issuers and to the last day of one year and the first of the
 * next, so that every run crosses a year; those whose KEY begins with "one" to one
 * issuer and one day: all of them stand in line for one series.
 *
 * kill: in each run PROCESSES children issue without end and are killed (-9) at
 * a moment drawn from SEED, within so many milliseconds: in one run of four counted
 * from their start, in the others from their first document, so that a busy machine
 * kills at work, too.  FOLDER may be the URL of an archive in PostgreSQL.
 */
#include "records/records.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PDF_MOST = 20000,
    KILL_MOST_US = 25000,
    WAIT_NAP_US = 200,
    WAIT_NAPS = 10000,
    MOST_PROCESSES = 64
};

typedef struct hammer {
    vt_records *records;
    vt_findings *list;
    vt_arena *arena;
    int acks; /* descriptor or -1 */
    uint64_t seed;
} hammer;

static uint64_t draw(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
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
        .folder = folder, .actor = "os:bua", .maker = "hammer", .world = {now_ms, chance, NULL}};
}

static int failed(hammer *h, const char *what) {
    fprintf(stderr, "hammer: %s\n", what);
    for (size_t i = 0; i < vt_findings_count(h->list); i++)
        fprintf(stderr, "  [%s] %s\n", vt_findings_at(h->list, i)->id,
                vt_findings_at(h->list, i)->message);
    return 2;
}

static int start(hammer *h, const char *folder, const char *acks, uint64_t seed) {
    vt_records_options o = options(folder);

    *h = (hammer){.list = vt_findings_new(),
                  .arena = vt_arena_new((size_t)64 << 20),
                  .acks = acks ? open(acks, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1,
                  .seed = seed | 1};
    if (!h->list || !h->arena)
        return 2;
    return vt_records_open(&o, h->list, &h->records) ? failed(h, "open") : 0;
}

static void stop(hammer *h) {
    vt_records_close(h->records);
    vt_arena_free(h->arena);
    vt_findings_free(h->list);
    if (h->acks >= 0)
        close(h->acks);
}

/* ------------------------------------------------------------- documents -- */

static vt_status make(void *ctx, const vt_allotted *allotted, vt_findings *list,
                      vt_issued_files *out) {
    static char pdf[PDF_MOST], source[256], designation[64];
    hammer *h = ctx;
    size_t size = 200 + draw(&h->seed) % (PDF_MOST - 200);

    (void)list;
    memset(pdf, 'x', size);
    snprintf(pdf, sizeof pdf, "%%PDF %s %s", allotted->id, allotted->number);
    snprintf(source, sizeof source, "<document id='%s' number='%s'/>", allotted->id,
             allotted->number);
    snprintf(designation, sizeof designation, "%s/UBND", allotted->number);
    *out = (vt_issued_files){.pdf = pdf,
                             .source = source,
                             .pdf_len = size,
                             .source_len = strlen(source),
                             .pages = 1,
                             .designation = designation};
    return VT_OK;
}

/* What a document is follows from its key alone: a second try issues the same. */
static vt_status issue(hammer *h, const char *key, vt_record **out) {
    static const char *const names[] = {"Ủy ban nhân dân xã Thạch Bình", "Hội đồng nhân dân xã"};
    static const vt_date days[] = {{2025, 12, 31}, {2026, 1, 1}};
    unsigned sum = 0;
    bool existing;

    for (const char *s = key; *s; s++)
        sum = strncmp(key, "one", 3) == 0 ? 0 : sum * 31 + (unsigned char)*s;
    struct {
        const char *superior, *name, *organ, *abbr;
    } issuer = {"", names[sum % 2], NULL, "UBND"};
    vt_meta meta = {.type_slug = "cong-van",
                    .type_name = "Công văn",
                    .notation = "UBND",
                    .subject = "thử nghiệm độ bền của kho",
                    .pack = "state-nd30",
                    .date = days[sum / 2 % 2],
                    .issuer_count = 1,
                    .text = "văn bản thử nghiệm cấp số đồng thời và mất điện giữa chừng"};
    meta.issuers = (void *)&issuer;
    vt_issue request = {
        .meta = &meta, .book = "van-ban", .period = "year", .pack_hash = "", .key = key};
    vt_arena_reset(h->arena);
    return vt_records_issue(h->records, &request, make, h, h->arena, h->list, out, &existing);
}

static bool acknowledge(hammer *h, const char *key, const vt_record *record) {
    char line[256];
    int n = snprintf(line, sizeof line, "%s %.4s %s\n", key, record->date, record->number);

    return h->acks < 0 || write(h->acks, line, (size_t)n) == n;
}

static int issue_many(hammer *h, const char *prefix, int count) {
    char key[128];
    vt_record *record;

    for (int i = 1; count == 0 || i <= count; i++) {
        snprintf(key, sizeof key, "%s:%d", prefix, i);
        if (issue(h, key, &record) != VT_OK)
            return failed(h, key);
        if (!acknowledge(h, key, record))
            return failed(h, "acks");
    }
    return 0;
}

static int issue_batch(hammer *h, const char *prefix, int count) {
    char key[128];
    vt_record *record;

    if (vt_records_begin(h->records, h->list) != VT_OK)
        return failed(h, "begin");
    for (int i = 1; i <= count; i++) {
        snprintf(key, sizeof key, "%s:%d", prefix, i);
        if (issue(h, key, &record) != VT_OK)
            return failed(h, key);
    }
    return vt_records_commit(h->records, h->list) ? failed(h, "commit") : 0;
}

/* -------------------------------------------------------------- processes -- */

static int issue_alone(const char *folder, const char *prefix, int count, bool batch,
                       const char *acks, uint64_t seed) {
    hammer h;
    int rc = start(&h, folder, acks, seed);

    if (!rc)
        rc = batch ? issue_batch(&h, prefix, count) : issue_many(&h, prefix, count);
    stop(&h);
    return rc;
}

static pid_t spawn(const char *folder, const char *key, int which, int count, const char *acks,
                   uint64_t seed) {
    char prefix[100];
    pid_t pid = fork();

    if (pid)
        return pid;
    snprintf(prefix, sizeof prefix, "%s-%d", key, which);
    _exit(issue_alone(folder, prefix, count, false, acks, seed + (uint64_t)which * 7919));
}

static int race(const char *folder, const char *key, int count, int processes, const char *acks) {
    int rc = 0, status;
    struct timespec a, b;

    clock_gettime(CLOCK_MONOTONIC, &a);
    for (int i = 0; i < processes; i++)
        if (spawn(folder, key, i, count, acks, 1) < 0)
            return 2;
    for (int i = 0; i < processes; i++) {
        if (wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status))
            rc = 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &b);
    double s = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    printf("%d documents by %d processes: %.0f a second\n", count * processes, processes,
           count * processes / s);
    return rc;
}

static off_t size_of(const char *path) {
    struct stat sb;

    return stat(path, &sb) == 0 ? sb.st_size : 0;
}

/* Until somebody acknowledged a document; not for ever. */
static void wait_for_work(const char *acks, off_t before) {
    const struct timespec nap = {0, WAIT_NAP_US * 1000};

    for (int i = 0; i < WAIT_NAPS && size_of(acks) == before; i++)
        nanosleep(&nap, NULL);
}

static int kill_runs(const char *folder, uint64_t seed, int runs, int processes, const char *acks,
                     int most_us) {
    pid_t children[MOST_PROCESSES];
    char key[64];
    int status, died = 0;

    for (int run = 0; run < runs; run++) {
        long us = (long)(draw(&seed) % (unsigned)most_us);
        struct timespec t = {us / 1000000, us % 1000000 * 1000};
        off_t before = size_of(acks);

        snprintf(key, sizeof key, "kill-%llu", (unsigned long long)seed);
        for (int i = 0; i < processes; i++)
            if ((children[i] = spawn(folder, key, i, 0, acks, seed)) < 0)
                return 2;
        if (run % 4)
            wait_for_work(acks, before);
        nanosleep(&t, NULL);
        for (int i = 0; i < processes; i++)
            kill(children[i], SIGKILL);
        for (int i = 0; i < processes; i++) {
            if (waitpid(children[i], &status, 0) != children[i])
                return 2;
            died += WIFEXITED(status); /* a child that ended by itself met an error */
        }
    }
    printf("%d runs, %d processes each\n", runs, processes);
    return died ? 2 : 0;
}

int main(int argc, char **argv) {
    const char *act = argc > 2 ? argv[1] : "";
    int n = argc > 4 ? (int)strtol(argv[4], NULL, 10) : 0;

    if (strcmp(act, "init") == 0) {
        hammer h = {.list = vt_findings_new()};
        vt_records_options o = options(argv[2]);
        vt_records_new_options how = {.any_issuer = true, .files_in_folder = argc > 3};
        int rc = vt_records_init(&o, &how, h.list) ? failed(&h, "init") : 0;

        vt_findings_free(h.list);
        return rc;
    }
    if ((strcmp(act, "issue") == 0 || strcmp(act, "batch") == 0) && (argc == 5 || argc == 6))
        return issue_alone(argv[2], argv[3], n, *act == 'b', argv[5], 1);
    if (strcmp(act, "race") == 0 && (argc == 6 || argc == 7))
        return race(argv[2], argv[3], n, (int)strtol(argv[5], NULL, 10), argv[6]);
    if (strcmp(act, "kill") == 0 && (argc == 7 || argc == 8))
        return kill_runs(argv[2], strtoull(argv[3], NULL, 10) | 1, n,
                         (int)strtol(argv[5], NULL, 10), argv[6],
                         argv[7] ? (int)strtol(argv[7], NULL, 10) * 1000 : KILL_MOST_US);
    fputs("usage: hammer init|issue|batch|race|kill FOLDER ...\n", stderr);
    return 1;
}
