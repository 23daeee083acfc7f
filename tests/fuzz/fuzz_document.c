/*
 * tests/fuzz/fuzz_document.c - any bytes as a document.
 *
 * What is accepted must survive writing and reading; what is refused must say
 * why.  Corpus: tests/fuzz/corpus/document, and tests/regress/bad.
 */
#include "gen/gen.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEMAND(what)                                                                               \
    do {                                                                                           \
        if (!(what))                                                                               \
            abort();                                                                               \
    } while (0)

static void check_round_trip(vt_arena *arena, const vt_doc *doc, vt_findings *list) {
    vt_doc *again = NULL;
    vt_buf first, second;

    vt_buf_init(&first, (size_t)64 << 20);
    vt_buf_init(&second, (size_t)64 << 20);
    DEMAND(vt_doc_write(doc, &first, list) == VT_OK);
    DEMAND(vt_doc_parse(NULL, arena, first.data, first.len, "", NULL, list, &again) == VT_OK);
    DEMAND(vt_doc_equal(doc, again));
    DEMAND(vt_doc_write(again, &second, list) == VT_OK);
    DEMAND(first.len == second.len);
    vt_buf_free(&first);
    vt_buf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    vt_arena *arena = vt_arena_new((size_t)256 << 20);
    vt_findings *list = vt_findings_new();
    vt_doc *doc = NULL;
    vt_status st = vt_doc_parse(NULL, arena, data, size, "fuzz", NULL, list, &doc);

    DEMAND((st == VT_OK) == (doc != NULL));
    DEMAND((st == VT_OK) == (vt_findings_errors(list) == 0));
    if (doc) {
        check_round_trip(arena, doc, list);
        DEMAND(vt_node_text(arena, doc->root, 0));
    }
    vt_findings_free(list);
    vt_arena_free(arena);
    return 0;
}
