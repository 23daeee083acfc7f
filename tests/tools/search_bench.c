/*
 * tests/tools/search_bench.c - what it costs to find a record.
 *
 *   search_bench FOLDER [PART]     an archive of make_archive; measures whose name holds PART
 *
 * CPU time of the process (user + system), milliseconds: the first time, and the
 * median of nine more.  Opening is a new connection each time.  FOLDER may be the URL of
 * an archive in a PostgreSQL of this machine: then with that of the server's process.
 */
#include "records/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { RUNS = 9, PAGE = 30 };

typedef struct bench {
    vt_records_options options;
    vt_records *r;
    vt_findings *list;
    vt_arena *arena;
    size_t found;    /* by the last run */
    const char *say; /* about it */
    const char *part;
    int64_t server; /* process of the server that answers; 0: none */
} bench;

static int64_t now_ms(void *ctx) {
    (void)ctx;
    return INT64_C(1795143600000);
}

static bool chance(void *ctx, void *out, size_t len) {
    (void)ctx;
    return getrandom(out, len, 0) == (ssize_t)len;
}

static double server_ms(int64_t pid) {
    char path[64], line[128] = "";
    FILE *f;

    snprintf(path, sizeof path, "/proc/%lld/schedstat", (long long)pid);
    f = pid ? fopen(path, "r") : NULL;
    if (f && !fgets(line, sizeof line, f))
        *line = '\0';
    if (f)
        fclose(f);
    return (double)strtoull(line, NULL, 10) * 1e-6; /* nanoseconds on a processor come first */
}

static double cpu_ms(const bench *b) {
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6 + server_ms(b->server);
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* ------------------------------------------------------------------ measures -- */

typedef vt_status run_fn(bench *b, const void *what);

static vt_status run_open(bench *b, const void *what) {
    vt_records *r = NULL;
    vt_status st = vt_records_open(&b->options, b->list, &r);

    (void)what;
    vt_records_close(r);
    return st;
}

static vt_status run_search(bench *b, const void *what) {
    vt_hits hits;
    vt_status st = vt_records_search(b->r, what, b->arena, b->list, &hits);

    b->found = hits.count;
    b->say = hits.next ? "+" : "";
    return st;
}

static vt_status run_facets(bench *b, const void *what) {
    vt_facets facets;
    vt_status st = vt_records_facets(b->r, what, b->arena, b->list, &facets);

    b->found = (size_t)facets.total;
    b->say = facets.estimated ? "~" : "";
    return st;
}

static vt_status run_show(bench *b, const void *what) {
    vt_record *record;

    b->found = 1;
    return vt_records_show(b->r, what, 0, b->arena, b->list, &record);
}

static vt_status run_register(bench *b, const void *what) {
    vt_register reg;
    vt_status st = vt_records_register(b->r, what, b->arena, b->list, &reg);

    b->found = st ? 0 : reg.parts->row_count;
    return st;
}

static bool measure(bench *b, const char *name, double goal, run_fn *run, const void *what) {
    double ms[RUNS], first = 0;

    if (b->part && !strstr(name, b->part))
        return true;
    for (int i = -1; i < RUNS; i++) {
        double t = cpu_ms(b);

        vt_arena_reset(b->arena);
        b->say = "";
        b->found = 0;
        if (run(b, what)) {
            printf("%s: not done\n", name);
            for (size_t k = 0; k < vt_findings_count(b->list); k++)
                printf("  %s\n", vt_findings_at(b->list, k)->message);
            return false;
        }
        t = cpu_ms(b) - t;
        if (i < 0)
            first = t;
        else
            ms[i] = t;
    }
    qsort(ms, RUNS, sizeof *ms, by_value);
    printf("%-58s %6zu%-2s %8.2f %8.2f   %3.0f%s\n", name, b->found, b->say, first, ms[RUNS / 2],
           goal, ms[RUNS / 2] > goal ? " MISSED" : "");
    return true;
}

/* What people ask for; goal in milliseconds. */
static const struct {
    const char *name;
    double goal;
    vt_search search;
} SEARCHES[] = {
    {"newest 20", 5, {.query = ""}},
    {"words, no accents: ke hoach tre em", 5, {.query = "ke hoach tre em"}},
    {"words, accents: phòng cháy, chữa cháy", 5, {.query = "phòng cháy, chữa cháy"}},
    {"words of one in a hundred: trạm quan trắc", 5, {.query = "trạm quan trắc"}},
    {"one rare number: 41523", 5, {.query = "41523"}},
    {"a name: Huỳnh Ngọc Hạnh Yến", 5, {.query = "Huỳnh Ngọc Hạnh Yến"}},
    {"a beginning: quan trac*", 5, {.query = "quan trac*"}},
    {"words in 2/3: ủy ban nhân dân", 50, {.query = "ủy ban nhân dân"}},
    {"words in 2/3: ke hoach", 50, {.query = "ke hoach"}},
    {"words in 2/3 and one not: uy ban -ke hoach", 50, {.query = "uy ban -hoach"}},
    {"a run that is nowhere: nhân dân kế hoạch uỷ ban", 50, {.query = "nhân dân kế hoạch uỷ ban"}},
    {"a phrase that is nowhere: \"tình hình kế hoạch\"", 50, {.query = "\"tình hình kế hoạch\""}},
    {"accents that are nowhere: kể hoách", 50, {.query = "kể hoách"}},
    {"words in 2/3, three are left: type", 50, {.query = "ủy ban nhân dân", .type = "cong-dien"}},
    {"words in 2/3, few are left: a day",
     50,
     {.query = "ke hoach", .from = {2015, 5, 6}, .to = {2015, 5, 6}}},
    {"three filters: type, issuer, urgency",
     20,
     {.query = "ke hoach", .type = "quyet-dinh", .issuer = "thach binh", .urgency = "khan"}},
    {"three filters: issuer, signer, year",
     20,
     {.query = "ngân sách",
      .issuer = "Tân Điền",
      .signer = "chu tich",
      .from = {2019, 0, 0},
      .to = {2019, 0, 0}}},
    {"three filters, rare: type, series, urgency",
     20,
     {.query = "trẻ em", .type = "to-trinh", .series = "to-trinh/2011", .urgency = "hoa-toc"}},
    {"three filters that leave none: type, issuer, recipient",
     20,
     {.type = "giay-moi", .issuer = "yen chau", .recipient = "thach yen dai", .query = "khu"}},
    {"by number and year: 152/UBND-VP năm 2021", 1, {.query = "152/UBND-VP năm 2021"}},
    {"by number: 12/KH-UBND", 1, {.query = "12/KH-UBND", .limit = 5}},
    {"page 2 of common words", 5, {.query = "uy ban", .after = "w:335000000000"}},
};

/* Days of a series until a page is full. */
static bool register_page(bench *b) {
    vt_register_query page = {
        .issuer = "xã Thạch Bình", .series = "van-ban/2021", .from = {2021, 6, 1}};
    vt_register reg;
    size_t rows = 0;

    for (int day = 1; day <= 30 && rows < PAGE; day++) {
        page.to = (vt_date){2021, 6, day};
        rows = vt_records_register(b->r, &page, b->arena, b->list, &reg) ? 0 : reg.parts->row_count;
    }
    vt_findings_clear(b->list);
    return measure(b, "a page of the register", 20, run_register, &page);
}

static bool show(bench *b) {
    vt_hits hits;
    char reference[64];

    if (vt_records_search(b->r, &(vt_search){.type = "cong-dien"}, b->arena, b->list, &hits) ||
        !hits.count)
        return false;
    snprintf(reference, sizeof reference, "%s %.4s", hits.items[0]->designation,
             hits.items[0]->date);
    return measure(b, "show by number and year", 1, run_show, reference);
}

int main(int argc, char **argv) {
    bench b = {.list = vt_findings_new(), .arena = vt_arena_new((size_t)1 << 30)};
    bool ok = true;

    if (argc < 2 || argc > 3 || !b.list || !b.arena) {
        fputs("search_bench FOLDER [PART]\n", stderr);
        return 2;
    }
    b.part = argv[2];
    b.options = (vt_records_options){.folder = argv[1],
                                     .actor = "os:do",
                                     .maker = "bench",
                                     .world = {now_ms, chance, NULL},
                                     .read_only = true};
    printf("%-58s %8s %8s %8s   goal\n", argv[1], "found", "first", "median");
    ok = measure(&b, "open", 20, run_open, NULL) && ok;
    if (vt_records_open(&b.options, b.list, &b.r))
        return 1;
    if (strncmp(argv[1], vt_postgres.scheme, strlen(vt_postgres.scheme)) == 0 &&
        vt_sql_number(b.r, b.list, "SELECT pg_backend_pid()", VT_NO_ARGS, &b.server))
        return 1;
    for (size_t i = 0; i < sizeof SEARCHES / sizeof *SEARCHES; i++)
        ok = measure(&b, SEARCHES[i].name, SEARCHES[i].goal, run_search, &SEARCHES[i].search) && ok;
    ok = measure(&b, "counts: everything", 200, run_facets, &(vt_search){0}) && ok;
    ok = measure(&b, "counts: ủy ban nhân dân", 200, run_facets,
                 &(vt_search){.query = "ủy ban nhân dân"}) &&
         ok;
    ok = measure(&b, "counts: trạm quan trắc", 200, run_facets,
                 &(vt_search){.query = "trạm quan trắc"}) &&
         ok;
    ok = measure(&b, "counts: ngân sách, a type, a year", 200, run_facets,
                 &(vt_search){.query = "ngân sách",
                              .type = "ke-hoach",
                              .from = {2016, 0, 0},
                              .to = {2018, 0, 0}}) &&
         ok;
    ok = measure(&b, "newest 20 with snippets: phong chay", 5, run_search,
                 &(vt_search){.query = "phong chay", .snippets = true}) &&
         ok;
    ok = show(&b) && ok;
    ok = register_page(&b) && ok;
    vt_records_close(b.r);
    vt_arena_free(b.arena);
    vt_findings_free(b.list);
    return ok ? 0 : 1;
}
