/*
 * tests/fonts/exercise.h - a face from bytes in memory, and everything one can
 * ask of it: what the forged fonts of the tests and of the fuzzer go through.
 */
#ifndef VT_TESTS_FONTS_EXERCISE_H
#define VT_TESTS_FONTS_EXERCISE_H

#include "fonts/face.h"

#include <stdlib.h>
#include <string.h>

/* Loads the bytes as all four faces' first; false when the font is refused.
   Anything but a refusal and sane answers ends the program. */
static inline bool exercise_font(const uint8_t *data, size_t len) {
    vt_fonts *fonts = calloc(1, sizeof *fonts);
    vt_face_data *face = &fonts->faces[VT_REGULAR];
    vt_findings *list = vt_findings_new();
    uint8_t *copy;
    bool good;

    fonts->arena = vt_arena_new((size_t)64 << 20);
    for (int i = 0; i < VT_FACES; i++)
        vt_buf_init(&fonts->faces[i].shape_bytes, VT_FONT_FILE_MAX);
    vt_buf_init(&fonts->raw, (size_t)64 << 20);
    vt_buf_init(&fonts->packed, (size_t)64 << 20);
    face->file = "forged.ttf";
    copy = malloc(len ? len : 1); /* reading beyond it is seen */
    if (!copy)
        abort();
    memcpy(copy, data, len);
    face->bytes = (vt_mapping){copy, len};
    good = vt_face_load(fonts->arena, face, list) == VT_OK;
    if (good != (vt_findings_errors(list) == 0))
        abort(); /* refused without a reason, or taken with one */
    if (good) {
        vt_subset *subset = vt_subset_new(fonts, VT_REGULAR, VT_SUBSET_SHARED);
        vt_subset_data out;
        int64_t sum = 0;

        for (unsigned left = 0; left < face->glyphs; left += 7)
            sum += vt_fonts_kern(fonts, VT_REGULAR, (uint16_t)left, (uint16_t)(left * 31 % 600));
        for (uint32_t cp = 0; cp < 0x20000; cp += 97)
            sum += vt_fonts_advance(fonts, VT_REGULAR, vt_fonts_glyph(fonts, VT_REGULAR, cp));
        sum += vt_fonts_width(fonts, VT_REGULAR, "AVTo P.\xFF ấ", 12);
        vt_subset_mark(subset, (uint16_t)(sum & 0xFFFF));
        vt_subset_mark(subset, 0xFFFF);
        good = vt_subset_finish(subset, list, &out) == VT_OK;
        if (good && (out.font_file_len == 0 || strlen(out.name) < 8 ||
                     strlen(out.widths) != out.widths_len))
            abort();
        vt_subset_free(subset);
    }
    face->bytes = (vt_mapping){0};
    vt_fonts_free(fonts);
    free(copy);
    vt_findings_free(list);
    return good;
}

#endif
