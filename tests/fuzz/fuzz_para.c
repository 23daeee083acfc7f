/*
 * Fuzzer for paragraphs: whatever the words, styles and column, all words are
 * set in their order within finite places, or a finding says why not.
 *
 * Built with: clang -fsanitize=fuzzer,address,undefined, the sources of base/,
 * fonts/ and gen/ and their libraries.  The first bytes choose column and
 * alignment; each piece begins with two bytes of style, and ends at a zero.
 */
#include "gen/para.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIECES_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t read_pieces(const uint8_t *data, size_t size, vt_piece *pieces) {
    size_t n = 0;
    while (size > 2 && n < PIECES_MAX) {
        const uint8_t *end = memchr(data + 2, 0, size - 2);
        size_t len = end != NULL ? (size_t)(end - data) - 2 : size - 2;
        pieces[n++] = (vt_piece){.text = (const char *)data + 2,
                                 .len = len,
                                 .face = (vt_face)(data[0] % VT_FACES),
                                 .size = data[1] % 32,
                                 .rise = data[0] & 8 ? 3 : 0,
                                 .underline = data[0] & 16,
                                 .br = data[0] & 32,
                                 .hold = data[0] & 64,
                                 .blank = data[0] & 128 ? data[1] : 0};
        size -= len + 2 + (end != NULL);
        data += len + 2 + (end != NULL);
    }
    return n;
}

static void check(const vt_para *para) {
    for (size_t i = 0; i < para->line_count; i++)
        for (size_t r = 0; r < para->lines[i].run_count; r++) {
            const vt_run *run = &para->lines[i].runs[r];
            if (!isfinite(run->x) || !isfinite(run->width) || !isfinite(run->word_space))
                abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static vt_fonts *fonts;
    static vt_word_cache *cache;
    vt_piece pieces[PIECES_MAX];
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new((size_t)64 << 20);
    vt_para para;
    vt_extent extent;

    if (fonts == NULL && vt_fonts_open(NULL, list, &fonts) != VT_OK)
        abort();
    if (cache == NULL)
        cache = vt_word_cache_new(fonts);
    if (size > 6 && list != NULL && arena != NULL) {
        const vt_para_spec spec = {.pieces = pieces,
                                   .piece_count = read_pieces(data + 6, size - 6, pieces),
                                   .width = 4 * (double)data[0] - 20,
                                   .first_indent = (double)data[1] - 100,
                                   .hang = (double)data[2] - 100,
                                   .align = (vt_align)(data[3] % 4),
                                   .balance = data[4] % 2,
                                   .stretch_limit = (double)data[5] / 256 - 0.2};
        if (vt_para_set(fonts, cache, &spec, arena, (vt_place){0}, list, &para) == VT_OK)
            check(&para);
        (void)!vt_para_measure(fonts, cache, &spec, arena, (vt_place){0}, list, true, &extent);
    }
    vt_arena_free(arena);
    vt_findings_free(list);
    return 0;
}
