/*
 * tests/tools/bench.c - what a document costs.
 *
 *   bench merge MODEL DATA [--paper] [--shared] [--docs N]   warm: CPU per document, bytes
 *   bench check DOC.xml                                     the rules of about 20 pages
 *   bench pages DOC.xml                   its text 1, 2, 4 ... times
 *   bench rows DOC.xml                    the rows of its table, likewise
 *   bench preview DOC.xml                 its pages for the screen, composed already
 *   bench import DRAFT.txt                plain text in: its middle 1, 2, 4 ... times
 *   bench cold COMMAND [ARG ...]          CPU of a whole process, median of 21
 *
 * CPU time is the process's own (user + system); medians of 9 batches.  For
 * instruction counts run it under callgrind with --toggle-collect=bench_one.
 */
#include "gen/gen.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BATCHES = 9, COLD_RUNS = 21, PREVIEWS = 20 };

typedef struct bench {
    vt_engine *engine;
    vt_model *model;
    vt_data *data;
    vt_findings *list;
    vt_arena *arena;
    vt_buf pdf;
    vt_compose_options compose;
    vt_paint_options paint;
} bench;

static double cpu_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, size_t n) {
    qsort(v, n, sizeof *v, by_value);
    return v[n / 2];
}

static long peak_kb(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

static int fail(bench *b, const char *what) {
    fprintf(stderr, "bench: %s\n", what);
    for (size_t i = 0; i < vt_findings_count(b->list); i++)
        fprintf(stderr, "  [%s] %s\n", vt_findings_at(b->list, i)->id,
                vt_findings_at(b->list, i)->message);
    return 1;
}

static vt_status pdf_of(bench *b, const vt_doc *doc, size_t *pages) {
    const vt_pack *pack = NULL;
    vt_layout *layout = NULL;
    vt_status st = vt_pack_choose(b->engine, doc, b->list, &pack);
    if (!st)
        st = vt_compose(b->engine, pack, doc, &b->compose, b->arena, b->list, &layout);
    vt_buf_clear(&b->pdf);
    if (!st)
        st = vt_paint(b->engine, pack, doc, layout, &b->paint, &b->pdf, b->list);
    if (!st)
        *pages = vt_layout_pages(layout);
    return st;
}

/* One document from a record to a finished PDF; callgrind counts this. */
__attribute__((noinline)) vt_status bench_one(bench *b, size_t record, size_t *pages);
vt_status bench_one(bench *b, size_t record, size_t *pages) {
    vt_doc *doc = NULL;
    vt_arena_reset(b->arena);
    vt_status st = vt_merge(b->model, b->data, record, b->arena, b->list, &doc);
    return st ? st : pdf_of(b, doc, pages);
}

static int run_merge(bench *b, size_t docs) {
    double batch[BATCHES];
    size_t pages = 0, records = vt_data_count(b->data), bytes = 0;
    for (size_t i = 0; i < 5; i++)
        if (bench_one(b, i % records, &pages))
            return fail(b, "a document failed");
    long before = peak_kb();
    for (size_t k = 0; k < BATCHES; k++) {
        double t = cpu_seconds();
        for (size_t i = 0; i < docs; i++)
            if (bench_one(b, i % records, &pages))
                return fail(b, "a document failed");
        batch[k] = (cpu_seconds() - t) / (double)docs;
        bytes = b->pdf.len;
    }
    double m = median(batch, BATCHES);
    printf("%s%s: %.0f us CPU, %.0f documents/s, %zu pages, %zu bytes; "
           "peak %ld KB warm, %ld KB after %zu documents\n",
           b->compose.electronic ? "electronic" : "paper",
           b->paint.shared_subset ? ", shared subset" : "", m * 1e6, 1 / m, pages, bytes, before,
           peak_kb(), docs * BATCHES);
    return 0;
}

static int merge_command(bench *b, int argc, char **argv) {
    size_t docs = 200;
    b->compose.electronic = true;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--paper") == 0)
            b->compose.electronic = false;
        else if (strcmp(argv[i], "--shared") == 0)
            b->paint.shared_subset = true;
        else if (strcmp(argv[i], "--docs") == 0 && i + 1 < argc)
            docs = strtoul(argv[++i], NULL, 10);
    }
    if (vt_model_open(b->engine, argv[0], b->list, &b->model) ||
        vt_data_open(argv[1], b->list, &b->data))
        return fail(b, "model or data");
    return run_merge(b, docs ? docs : 1);
}

/* The body's blocks again and again, so that one text grows to many pages. */
static vt_node *copy(vt_arena *arena, const vt_node *from) {
    vt_node *to = from->el == VT_TEXT ? vt_text_new(arena, from->text, from->len, from->line)
                                      : vt_node_new(arena, from->el, from->line);
    for (const vt_attr *a = from->attrs; to && a; a = a->next)
        vt_attr_set(arena, to, a->id, a->value);
    for (const vt_node *c = from->first; to && c; c = c->next)
        vt_append(to, copy(arena, c));
    return to;
}

/* What is repeated: the rows of the body's table, else the body's blocks. */
static vt_node *repeated(const vt_doc *doc, bool rows) {
    const vt_node *body = vt_child(doc->root, VT_BODY);
    return (vt_node *)(uintptr_t)(rows && body ? vt_child(body, VT_TABLE) : body);
}

/* One text or table made 1, 2, 4 ... times as long, until it has more than
   LONG_PAGES pages: cost and memory of a page should not grow with it. */
enum { LONG_PAGES = 1000, LONG_RUNS = 3 };

static int grow_command(bench *b, const char *path, bool rows) {
    const long before = peak_kb();
    size_t pages = 0;
    for (size_t times = 1; pages <= LONG_PAGES; times *= 2) {
        double run[LONG_RUNS];
        size_t count = 0;
        for (size_t k = 0; k < LONG_RUNS; k++) {
            vt_doc *doc = NULL;
            vt_arena_reset(b->arena);
            if (vt_doc_read(b->engine, b->arena, path, b->list, &doc))
                return fail(b, "document");
            vt_node *whole = repeated(doc, rows), *last = whole->last;
            const vt_node *first = rows ? whole->first->next : whole->first; /* below the header */
            for (size_t i = 1; i < times; i++)
                for (const vt_node *n = first;; n = n->next) {
                    vt_append(whole, copy(b->arena, n));
                    if (n == last)
                        break;
                }
            count = 0;
            for (const vt_node *n = whole->first; n; n = n->next)
                count++;
            double t = cpu_seconds();
            if (pdf_of(b, doc, &pages))
                return fail(b, "document");
            run[k] = cpu_seconds() - t;
        }
        double m = median(run, LONG_RUNS);
        printf("%5zu %s, %4zu pages: %7.1f ms, %5.0f us and %4ld KB a page, %zu bytes\n", count,
               rows ? "rows" : "blocks", pages, m * 1e3, m * 1e6 / (double)pages,
               (peak_kb() - before) / (long)pages, b->pdf.len);
    }
    return 0;
}

/* The rules of one document of about 20 pages: of the tree, and with its pages
   composed and judged. */
static int check_command(bench *b, const char *path) {
    double tree[LONG_RUNS], composing[LONG_RUNS], whole[LONG_RUNS];
    size_t pages = 0;
    for (size_t k = 0; k < LONG_RUNS; k++) {
        vt_doc *doc = NULL;
        const vt_pack *pack = NULL;
        vt_layout *layout = NULL;
        vt_arena_reset(b->arena);
        if (vt_doc_read(b->engine, b->arena, path, b->list, &doc) ||
            vt_pack_choose(b->engine, doc, b->list, &pack))
            return fail(b, "document");
        vt_node *body = repeated(doc, false), *last = body->last;
        for (size_t i = 1; i < 20; i++)
            for (const vt_node *n = body->first;; n = n->next) {
                vt_append(body, copy(b->arena, n));
                if (n == last)
                    break;
            }
        vt_findings *list = vt_findings_new();
        double t = cpu_seconds();
        if (vt_check(b->engine, pack, doc, list) == VT_FAIL)
            return fail(b, "check");
        tree[k] = cpu_seconds() - t;
        t = cpu_seconds();
        if (vt_compose(b->engine, pack, doc, &b->compose, b->arena, b->list, &layout))
            return fail(b, "compose");
        composing[k] = cpu_seconds() - t;
        pages = vt_layout_pages(layout);
        vt_findings_clear(list);
        t = cpu_seconds();
        if (vt_check_with(b->engine, pack, doc, layout, NULL, list) == VT_FAIL)
            return fail(b, "check");
        whole[k] = cpu_seconds() - t;
        vt_findings_free(list);
    }
    double per = 20.0 / (double)pages * 1e3;
    printf("check of %zu pages; for 20: tree %.2f ms, composing %.2f ms, tree and pages %.2f ms\n",
           pages, median(tree, LONG_RUNS) * per, median(composing, LONG_RUNS) * per,
           median(whole, LONG_RUNS) * per);
    return 0;
}

/* All pages in one HTML file, and each as an SVG; callgrind counts this. */
__attribute__((noinline)) vt_status bench_preview(bench *b, const vt_layout *layout, bool svg);
vt_status bench_preview(bench *b, const vt_layout *layout, bool svg) {
    vt_status st = VT_OK;
    vt_buf_clear(&b->pdf);
    if (!svg)
        return vt_preview_html(b->engine, layout, &b->pdf, b->list);
    for (size_t i = 0; i < vt_layout_pages(layout) && !st; i++)
        st = vt_preview_svg(b->engine, layout, i, &b->pdf, b->list);
    return st;
}

static int preview_command(bench *b, const char *path) {
    const vt_pack *pack = NULL;
    vt_layout *layout = NULL;
    vt_doc *doc = NULL;
    if (vt_doc_read(b->engine, b->arena, path, b->list, &doc) ||
        vt_pack_choose(b->engine, doc, b->list, &pack) ||
        vt_compose(b->engine, pack, doc, &b->compose, b->arena, b->list, &layout))
        return fail(b, "document");
    size_t pages = vt_layout_pages(layout);
    for (int svg = 0; svg < 2; svg++) {
        double batch[BATCHES];
        for (size_t k = 0; k < BATCHES; k++) {
            double t = cpu_seconds();
            for (int i = 0; i < PREVIEWS; i++)
                if (bench_preview(b, layout, svg))
                    return fail(b, "preview");
            batch[k] = (cpu_seconds() - t) / PREVIEWS;
        }
        printf("%s, %zu pages: %.0f us CPU and %zu bytes a page\n",
               svg ? "an SVG for each page" : "one HTML file", pages,
               median(batch, BATCHES) * 1e6 / (double)pages, b->pdf.len / pages);
    }
    return 0;
}

/* ------------------------------------------------------------- import -- */

__attribute__((noinline)) vt_status bench_import(bench *b, const vt_buf *draft, vt_doc **doc);
vt_status bench_import(bench *b, const vt_buf *draft, vt_doc **doc) {
    vt_doc **docs = NULL;
    size_t count = 0;
    vt_arena_reset(b->arena);
    vt_findings_clear(b->list);
    vt_status st = vt_import_text(b->engine, b->arena, draft->data, draft->len, "draft", NULL,
                                  b->list, &docs, &count);
    *doc = count ? docs[0] : NULL;
    return st;
}

/* A draft whose middle, from its first section to Nơi nhận, comes again and again. */
static int import_command(bench *b, const char *path) {
    vt_buf text, draft;
    vt_buf_init(&text, VT_MAX_INPUT_BYTES);
    vt_buf_init(&draft, VT_MAX_INPUT_BYTES);
    if (vt_file_read(path, VT_MAX_INPUT_BYTES, &text, b->list))
        return fail(b, "draft");
    const char *from = strstr(text.data, "\nI"), *to = strstr(text.data, "\nNơi nhận");
    if (!from || !to || to < from)
        return fail(b, "the draft has no section and Nơi nhận");
    for (size_t times = 1; times <= 1024; times *= 2) {
        double runs[BATCHES];
        size_t pages = 0;
        vt_doc *doc = NULL;
        vt_buf_clear(&draft);
        vt_buf_add(&draft, text.data, (size_t)(from - text.data));
        for (size_t i = 0; i < times; i++)
            vt_buf_add(&draft, from, (size_t)(to - from));
        vt_buf_puts(&draft, to);
        for (size_t k = 0; k < BATCHES; k++) {
            double t = cpu_seconds();
            if (bench_import(b, &draft, &doc))
                return fail(b, "import");
            runs[k] = cpu_seconds() - t;
        }
        if (pdf_of(b, doc, &pages))
            return fail(b, "the imported document");
        double m = median(runs, BATCHES);
        printf("%4zu pages, %8zu bytes of text: %7.2f ms, %4.0f us a page, peak %ld KB\n", pages,
               draft.len, m * 1e3, m * 1e6 / (double)pages, peak_kb());
    }
    vt_buf_free(&draft);
    vt_buf_free(&text);
    return 0;
}

/* What a finished child used, to the nanosecond: rusage counts in ticks. */
static double run_once(char **argv) {
    struct timespec t = {0};
    clockid_t clock;
    siginfo_t info;
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(127);
        execv(argv[0], argv);
        _exit(127);
    }
    if (child < 0 || waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) != 0 ||
        clock_getcpuclockid(child, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return -1;
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) <= 1
               ? (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6
               : -1;
}

static int cold_command(char **argv) {
    double run[COLD_RUNS];
    for (int i = 0; i < COLD_RUNS; i++)
        if ((run[i] = run_once(argv)) < 0)
            return 1;
    double m = median(run, COLD_RUNS);
    printf("cold start: %.1f ms CPU (least %.1f, most %.1f)\n", m, run[0], run[COLD_RUNS - 1]);
    return 0;
}

/* The machine's speed at this moment: additions that wait for each other, one
   a cycle.  Machines that share a processor change it within minutes. */
static double additions_per_second(void) {
    enum { ADDITIONS = 100000000 };
    uint64_t x = 0;
    double t = cpu_seconds();
    for (long i = 0; i < ADDITIONS; i++)
        __asm__ volatile("" : "+r"(x) : "r"(++x));
    return ADDITIONS / (cpu_seconds() - t);
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "machine") == 0) {
        printf("machine: %.2f thousand million dependent additions a second\n",
               additions_per_second() * 1e-9);
        return 0;
    }
    if (argc > 2 && strcmp(argv[1], "cold") == 0)
        return cold_command(argv + 2);
    bench b = {.list = vt_findings_new(), .arena = vt_arena_new((size_t)4 << 30)};
    vt_buf_init(&b.pdf, (size_t)1 << 30);
    int result = 2;
    vt_engine_options options = {.data = "."};
    if (vt_engine_open(&options, b.list, &b.engine))
        result = fail(&b, "engine");
    else if (argc > 3 && strcmp(argv[1], "merge") == 0)
        result = merge_command(&b, argc - 2, argv + 2);
    else if (argc > 2 && strcmp(argv[1], "check") == 0)
        result = check_command(&b, argv[2]);
    else if (argc > 2 && strcmp(argv[1], "pages") == 0)
        result = grow_command(&b, argv[2], false);
    else if (argc > 2 && strcmp(argv[1], "rows") == 0)
        result = grow_command(&b, argv[2], true);
    else if (argc > 2 && strcmp(argv[1], "preview") == 0)
        result = preview_command(&b, argv[2]);
    else if (argc > 2 && strcmp(argv[1], "import") == 0)
        result = import_command(&b, argv[2]);
    else
        fputs("bench merge MODEL DATA [--paper] [--shared] [--docs N] | pages DOC | rows DOC | "
              "preview DOC | import DRAFT | "
              "cold COMMAND | machine\n",
              stderr);
    vt_buf_free(&b.pdf);
    vt_data_free(b.data);
    vt_model_free(b.model);
    vt_engine_free(b.engine);
    vt_arena_free(b.arena);
    vt_findings_free(b.list);
    return result;
}
