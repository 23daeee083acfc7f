/*
 * fonts/fonts.c - the four faces: opening, and the questions layout asks.
 */
#include "fonts/face.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)256 << 20)
#define RAW_MAX ((size_t)128 << 20)

/* --------------------------------------------------------------- opening -- */

static vt_status read_face(vt_fonts *fonts, vt_face_data *face, vt_findings *list) {
    vt_status status = vt_file_map(face->file, VT_FONT_FILE_MAX, &face->bytes, list);

    if (status == VT_BAD)
        vt_fail(list, "FNT-01", (vt_place){.file = face->file},
                "Đặt tệp phông vào đúng chỗ, hoặc apt install fonts-liberation2.",
                "Không dùng được tệp phông “%s”.", face->file);
    if (status != VT_OK)
        return VT_FAIL;
    return vt_face_load(fonts->arena, face, list);
}

/* A table directory names every table with its length and checksum: it tells
   one edition of a face from another without reading the 1.5 MB behind it. */
static void hash_directories(vt_fonts *fonts) {
    vt_hasher hasher;

    vt_hasher_start(&hasher);
    for (int i = 0; i < VT_FACES; i++) {
        const vt_mapping *bytes = &fonts->faces[i].bytes;
        const size_t tables = vt_u16((vt_table){bytes->data, bytes->len}, 4);
        const size_t directory = 12 + 16 * tables;

        vt_hasher_add(&hasher, bytes->data, directory < bytes->len ? directory : bytes->len);
    }
    vt_hasher_end(&hasher, &fonts->hash);
}

/* Bold and italic as the face itself says (OS/2.fsSelection, head.macStyle). */
static vt_status check_style(const vt_face_data *face, int i, vt_findings *list) {
    unsigned selection = vt_u16(face->os2, 62), mac = vt_u16(face->head, 44);
    bool bold = (selection & 0x20) || (mac & 1), italic = (selection & 1) || (mac & 2);
    bool want_bold = i == VT_BOLD || i == VT_BOLD_ITALIC;
    bool want_italic = i == VT_ITALIC || i == VT_BOLD_ITALIC;

    if (bold == want_bold && italic == want_italic)
        return VT_OK;
    return vt_fail(list, "FNT-05", (vt_place){.file = face->file},
                   "Kiểm tra lại tên tệp hoặc manifest.txt của thư mục phông.",
                   "“%s” là kiểu chữ %s, không phải kiểu %s.", face->file,
                   bold && italic ? "đậm nghiêng"
                   : bold         ? "đậm"
                   : italic       ? "nghiêng"
                                  : "đứng",
                   want_bold && want_italic ? "đậm nghiêng"
                   : want_bold              ? "đậm"
                   : want_italic            ? "nghiêng"
                                            : "đứng");
}

static vt_status check_family(const vt_fonts *fonts, vt_findings *list) {
    const vt_face_data *first = &fonts->faces[0];

    for (int i = 0; i < VT_FACES; i++) {
        const vt_face_data *face = &fonts->faces[i];

        if (check_style(face, i, list) != VT_OK)
            return VT_FAIL;
        if (strcmp(face->info.family, first->info.family) != 0)
            return vt_fail(list, "FNT-05", (vt_place){.file = face->file},
                           "Đặt đủ bốn kiểu chữ của cùng một họ phông vào thư mục.",
                           "“%s” thuộc họ “%s”, khác họ “%s” của “%s”.", face->file,
                           face->info.family, first->info.family, first->file);
    }
    return VT_OK;
}

static vt_fonts *fonts_new(void) {
    vt_fonts *fonts = calloc(1, sizeof *fonts);

    if (!fonts)
        return NULL;
    fonts->arena = vt_arena_new(ARENA_MAX);
    for (int i = 0; i < VT_FACES; i++)
        vt_buf_init(&fonts->faces[i].shape_bytes, VT_FONT_FILE_MAX);
    vt_buf_init(&fonts->raw, RAW_MAX);
    vt_buf_init(&fonts->packed, RAW_MAX);
    if (!fonts->arena) {
        vt_fonts_free(fonts);
        return NULL;
    }
    return fonts;
}

vt_status vt_fonts_open(const char *folder, vt_findings *list, vt_fonts **out) {
    const char *paths[VT_FACES] = {NULL};
    vt_fonts *fonts = fonts_new();
    vt_status status;

    *out = NULL;
    if (!fonts)
        return vt_nomem(list);
    status = vt_fonts_choose(fonts->arena, folder, list, paths);
    for (int i = 0; status == VT_OK && i < VT_FACES; i++) {
        fonts->faces[i].file = paths[i];
        status = read_face(fonts, &fonts->faces[i], list);
    }
    if (status == VT_OK)
        status = check_family(fonts, list);
    if (status == VT_OK) {
        hash_directories(fonts);
        *out = fonts;
    } else {
        vt_fonts_free(fonts);
    }
    return status;
}

void vt_fonts_free(vt_fonts *fonts) {
    if (!fonts)
        return;
    for (int i = 0; i < VT_FACES; i++) {
        vt_face_data *face = &fonts->faces[i];

        vt_kept_free(face->kept);
        vt_file_unmap(&face->bytes);
        vt_buf_free(&face->shape_bytes);
    }
    vt_buf_free(&fonts->raw);
    vt_buf_free(&fonts->packed);
    libdeflate_free_compressor(fonts->deflate);
    vt_arena_free(fonts->arena);
    free(fonts);
}

/* --------------------------------------------------------------- answers -- */

const vt_hash *vt_fonts_hash(const vt_fonts *fonts) {
    return &fonts->hash;
}

unsigned vt_fonts_glyphs(const vt_fonts *fonts, vt_face face) {
    return fonts->faces[face].glyphs;
}

uint16_t vt_fonts_glyph(const vt_fonts *fonts, vt_face face, uint32_t cp) {
    return vt_face_glyph(&fonts->faces[face], cp);
}

uint32_t vt_fonts_codepoint(const vt_fonts *fonts, vt_face face, uint16_t glyph) {
    const vt_face_data *f = &fonts->faces[face];

    return glyph < f->glyphs ? f->codepoint[glyph] : 0;
}

int vt_fonts_advance(const vt_fonts *fonts, vt_face face, uint16_t glyph) {
    const vt_face_data *f = &fonts->faces[face];

    return f->advance[glyph < f->glyphs ? glyph : 0];
}

int vt_fonts_kern(const vt_fonts *fonts, vt_face face, uint16_t left, uint16_t right) {
    return vt_face_kern(&fonts->faces[face], left, right);
}

int64_t vt_fonts_width(const vt_fonts *fonts, vt_face face, const char *text, size_t len) {
    const vt_face_data *f = &fonts->faces[face];
    const char *end = text + len;
    uint16_t before = 0;
    int64_t width = 0;

    while (text < end) {
        uint16_t glyph = vt_face_glyph(f, vt_utf8_next(&text, end));

        if (before)
            width += vt_face_kern(f, before, glyph);
        width += f->advance[glyph];
        before = glyph;
    }
    return width;
}

const vt_face_info *vt_fonts_info(const vt_fonts *fonts, vt_face face) {
    return &fonts->faces[face].info;
}
