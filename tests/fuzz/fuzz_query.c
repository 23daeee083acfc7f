/*
 * Fuzzer for search queries: whatever people type, it is a query.  The first
 * byte chooses where the text goes (words, filters, page key, reference of
 * show); an error of the store, or VT_FAIL, is a finding.
 */
#include "records/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LONGEST = 5000 };

static vt_records *records;
static vt_arena *arena;
static vt_findings *list;

static int64_t now_ms(void *ctx) {
    (void)ctx;
    return INT64_C(1795143600000);
}

static bool chance(void *ctx, void *out, size_t len) {
    static uint8_t next;

    (void)ctx;
    memset(out, ++next, len);
    return true;
}

static vt_status make(void *ctx, const vt_allotted *allotted, vt_findings *found,
                      vt_issued_files *out) {
    (void)ctx, (void)found;
    *out = (vt_issued_files){.pdf = allotted->id,
                             .source = "<x/>",
                             .pdf_len = strlen(allotted->id),
                             .source_len = 4,
                             .pages = 1,
                             .designation = "1/UBND"};
    return VT_OK;
}

static void need(vt_status st) {
    if (st == VT_OK)
        return;
    for (size_t i = 0; i < vt_findings_count(list); i++)
        fprintf(stderr, "%s: %s\n", vt_findings_at(list, i)->id, vt_findings_at(list, i)->message);
    abort();
}

/* One archive with a few documents for the whole run. */
static void start(void) {
    static char folder[4096];
    const char *tmp = getenv("TMP");
    static const char *const texts[] = {"kế hoạch trẻ em", "ke hoach", "đường số 152", "thư mời"};
    struct {
        const char *superior, *name, *organ, *abbr;
    } issuer = {"", "Ủy ban nhân dân xã Thạch Bình", NULL, "UBND"};
    vt_records_options options = {
        .folder = folder, .actor = "os:fuzz", .maker = "fuzz", .world = {now_ms, chance, NULL}};

    snprintf(folder, sizeof folder, "%s/fuzz-query-XXXXXX", tmp ? tmp : "/tmp");
    list = vt_findings_new();
    arena = vt_arena_new((size_t)64 << 20);
    if (!mkdtemp(folder) || !list || !arena)
        abort();
    need(vt_records_init(&options, &(vt_records_new_options){.any_issuer = true}, list));
    need(vt_records_open(&options, list, &records));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        vt_meta meta = {.type_slug = "cong-van",
                        .notation = "UBND",
                        .subject = texts[i],
                        .text = texts[i],
                        .date = {2026, 11, (int)i + 1},
                        .issuer_count = 1};
        vt_issue request = {
            .meta = &meta, .book = "b", .period = "year", .pack_hash = "", .key = texts[i]};
        vt_record *record;
        bool existing;

        meta.issuers = (void *)&issuer;
        need(vt_records_issue(records, &request, make, NULL, arena, list, &record, &existing));
    }
}

/* What is marked stands in the text, one behind the other. */
static void within(const vt_marked *m) {
    size_t at = 0;

    for (size_t i = 0; i < m->count; i++) {
        if (m->marks[i].start < at || m->marks[i].len == 0)
            abort();
        at = m->marks[i].start + m->marks[i].len;
    }
    if (at > strlen(m->text))
        abort();
}

static void try(uint8_t choice, const char *text) {
    vt_search search = {.query = choice & 1 ? text : NULL,
                        .series = choice & 2 && choice & 4 ? text : NULL,
                        .urgency = choice & 4 && choice & 8 ? text : NULL,
                        .state = choice & 8 && choice & 16 ? text : NULL,
                        .dossier = choice & 16 && choice & 2 ? text : NULL,
                        .type = choice & 2 ? text : NULL,
                        .issuer = choice & 4 ? text : NULL,
                        .signer = choice & 8 ? text : NULL,
                        .recipient = choice & 16 ? text : NULL,
                        .after = choice & 32 ? text : NULL,
                        .limit = 1 + (choice >> 6),
                        .snippets = true};
    vt_record *record;
    vt_facets facets;
    vt_hits hits;
    vt_status st = vt_records_search(records, &search, arena, list, &hits);

    if (st == VT_FAIL || (st == VT_BAD && !search.after))
        need(st);
    for (size_t i = 0; !st && i < hits.count; i++)
        within(&hits.snippets[i].subject), within(&hits.snippets[i].text);
    need(vt_records_facets(records, &search, arena, list, &facets));
    if (vt_records_show(records, text, choice & 1 ? 2026 : 0, arena, list, &record) == VT_FAIL)
        need(VT_FAIL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char text[LONGEST + 1];

    if (!records)
        start();
    if (size < 2 || size > LONGEST)
        return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    vt_arena_reset(arena);
    vt_findings_clear(list);
    try(data[0], text);
    return 0;
}
