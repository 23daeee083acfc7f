/*
 * fonts/program.c - the font program of a subset and what PDF wants beside it.
 *
 * Tables: glyf head hhea hmtx loca maxp; a CIDFontType2 with an Identity map
 * needs no other.  The scratch buffers live in vt_fonts; what is made is
 * copied into one block of its exact size.
 */
#include "fonts/face.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL 6 /* of libdeflate; see "What was tried" in README.md */
#define TABLES 6
#define DIRECTORY (12 + 16 * TABLES)
#define RAW_MAX ((size_t)128 << 20)
#define BFCHARS 100 /* entries a block of a CMap may have (Adobe 5014) */

typedef struct made_part {
    size_t at, len;
} made_part;

/* --------------------------------------------------------------- program -- */

static uint32_t sum_words(const uint8_t *data, size_t len) {
    uint32_t sum = 0;
    vt_table t = {data, len};

    for (size_t at = 0; at < len; at += 4)
        sum += vt_u32(t, at);
    return sum;
}

static void pad(vt_buf *raw, size_t multiple) {
    while (raw->len % multiple)
        vt_buf_putc(raw, 0);
}

static void put16(vt_buf *raw, unsigned v) {
    uint8_t bytes[2];

    vt_put16(bytes, v);
    vt_buf_add(raw, bytes, 2);
}

static void put32(vt_buf *raw, uint32_t v) {
    put16(raw, v >> 16);
    put16(raw, v & 0xFFFF);
}

/* Steps through the glyphs of a subset in ascending order. */
static bool next_glyph(const vt_face_data *face, const vt_made *made, unsigned *glyph) {
    for (; *glyph < face->glyphs; ++*glyph) {
        uint64_t word = made->closed[*glyph / 64] >> (*glyph % 64);

        if (word & 1)
            return true;
        if (!word)
            *glyph |= 63;
    }
    return false;
}

static void renumber(const vt_made *made, uint8_t *bytes, size_t len) {
    size_t at = 0, id;

    while ((id = vt_shape_component((vt_table){bytes, len}, &at)) != 0)
        vt_put16(bytes + id, vt_made_id(made, vt_u16((vt_table){bytes, len}, id)));
}

static void put_outlines(const vt_face_data *face, const vt_made *made, vt_buf *raw) {
    for (unsigned glyph = 0; next_glyph(face, made, &glyph); glyph++) {
        const vt_shape *shape = &face->shapes[glyph];
        vt_table bytes = vt_shape_bytes(face, shape);
        size_t at = raw->len;

        vt_buf_add(raw, bytes.data, bytes.len);
        if (shape->depth && !raw->failed)
            renumber(made, (uint8_t *)raw->data + at, bytes.len);
        pad(raw, 2);
    }
}

/* The short form of loca reaches 128 KB. */
static void put_loca(const vt_face_data *face, const vt_made *made, bool wide, vt_buf *raw) {
    size_t at = 0;

    for (unsigned glyph = 0; next_glyph(face, made, &glyph); glyph++) {
        wide ? put32(raw, (uint32_t)at) : put16(raw, (unsigned)(at / 2));
        at += (face->shapes[glyph].len + 1u) & ~(size_t)1;
    }
    wide ? put32(raw, (uint32_t)at) : put16(raw, (unsigned)(at / 2));
}

static void put_hmtx(const vt_face_data *face, const vt_made *made, vt_buf *raw) {
    unsigned last = face->hmetrics - 1;

    for (unsigned glyph = 0; next_glyph(face, made, &glyph); glyph++) {
        bool own = glyph < face->hmetrics;

        put16(raw, vt_u16(face->hmtx, (size_t)4 * (own ? glyph : last)));
        put16(raw, vt_u16(face->hmtx,
                          own ? (size_t)4 * glyph + 2
                              : (size_t)4 * face->hmetrics + (size_t)2 * (glyph - face->hmetrics)));
    }
}

/* Copies `len` bytes of a table with some of its 16-bit fields replaced. */
typedef struct field {
    size_t at;
    unsigned value;
} field;

static void put_table(vt_buf *raw, vt_table t, size_t len, const field *fields, size_t count) {
    size_t start = raw->len;

    vt_buf_add(raw, t.data, len);
    for (size_t i = 0; i < count && !raw->failed; i++)
        vt_put16((uint8_t *)raw->data + start + fields[i].at, fields[i].value);
}

static void begin_directory(vt_buf *raw) {
    put32(raw, 0x00010000);
    put16(raw, TABLES);
    put16(raw, 64); /* searchRange, entrySelector, rangeShift for 6 tables */
    put16(raw, 2);
    put16(raw, 32);
    for (size_t i = 0; i < 4 * TABLES; i++)
        put32(raw, 0);
}

/* Enters the table that starts at `start` and ends here. */
static void end_table(vt_buf *raw, int index, const char tag[4], size_t start) {
    size_t len = raw->len - start;
    uint8_t *entry;

    pad(raw, 4);
    if (raw->failed)
        return;
    entry = (uint8_t *)raw->data + 12 + 16 * index;
    memcpy(entry, tag, 4);
    vt_put32(entry + 4, sum_words((const uint8_t *)raw->data + start, raw->len - start));
    vt_put32(entry + 8, (uint32_t)start);
    vt_put32(entry + 12, (uint32_t)len);
}

static void build_program(const vt_face_data *face, const vt_made *made, vt_buf *raw) {
    size_t start = DIRECTORY, head, outlines;
    bool wide;

    begin_directory(raw);
    put_outlines(face, made, raw);
    outlines = raw->len - start;
    end_table(raw, 0, "glyf", start);
    wide = outlines > 0x1FFFE;

    head = raw->len;
    /* flags: the baseline and side bearing bits; the others speak of instructions */
    put_table(
        raw, face->head, 54,
        (const field[]){{8, 0}, {10, 0}, {16, vt_u16(face->head, 16) & 3}, {50, wide}, {52, 0}}, 5);
    end_table(raw, 1, "head", head);

    start = raw->len;
    put_table(raw, face->hhea, 36, (const field[]){{34, made->glyphs}}, 1);
    end_table(raw, 2, "hhea", start);

    start = raw->len;
    put_hmtx(face, made, raw);
    end_table(raw, 3, "hmtx", start);

    start = raw->len;
    put_loca(face, made, wide, raw);
    end_table(raw, 4, "loca", start);

    start = raw->len;
    /* no instructions: no twilight points, storage, functions, stack */
    put_table(
        raw, face->maxp, 32,
        (const field[]){{4, made->glyphs}, {16, 0}, {18, 0}, {20, 0}, {22, 0}, {24, 0}, {26, 0}},
        7);
    end_table(raw, 5, "maxp", start);
    if (!raw->failed)
        vt_put32((uint8_t *)raw->data + head + 8,
                 0xB1B0AFBA - sum_words((const uint8_t *)raw->data, raw->len));
}

/* ---------------------------------------------------- ToUnicode, W, CIDSet -- */

static size_t count_characters(const vt_face_data *face, const vt_made *made) {
    size_t n = 0;

    for (unsigned glyph = 0; next_glyph(face, made, &glyph); glyph++)
        n += face->codepoint[glyph] != 0;
    return n;
}

/* n as `digits` digits of base 16. */
static void put_hex(vt_buf *raw, unsigned n, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        vt_buf_putc(raw, "0123456789ABCDEF"[n >> shift & 15]);
}

static void put_bfchar(vt_buf *raw, unsigned id, uint32_t cp) {
    vt_buf_putc(raw, '<');
    put_hex(raw, id, 4);
    vt_buf_puts(raw, "> <");
    if (cp >= 0x10000) {
        put_hex(raw, 0xD800 + ((cp - 0x10000) >> 10), 4);
        put_hex(raw, 0xDC00 + (cp & 0x3FF), 4);
    } else
        put_hex(raw, cp, 4);
    vt_buf_puts(raw, ">\n");
}

static void build_to_unicode(const vt_face_data *face, const vt_made *made, vt_buf *raw) {
    size_t left = count_characters(face, made), block = 0;
    unsigned id = 0;

    vt_buf_puts(raw, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                     "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                     "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                     "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (unsigned glyph = 0; next_glyph(face, made, &glyph); glyph++, id++) {
        if (face->codepoint[glyph] == 0)
            continue;
        if (block == 0) {
            block = left < BFCHARS ? left : BFCHARS;
            left -= block;
            vt_buf_printf(raw, "%zu beginbfchar\n", block);
        }
        put_bfchar(raw, id, face->codepoint[glyph]);
        if (--block == 0)
            vt_buf_puts(raw, "endbfchar\n");
    }
    vt_buf_puts(raw, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

static void build_widths(const vt_face_data *face, const vt_made *made, vt_buf *out) {
    vt_buf_puts(out, "[0[");
    for (unsigned glyph = 0; next_glyph(face, made, &glyph); glyph++) {
        if (glyph)
            vt_buf_putc(out, ' ');
        vt_buf_number(out, face->advance[glyph], 0);
    }
    vt_buf_puts(out, "]]");
}

/* One bit per id, from the highest of each byte. */
static void build_cid_set(const vt_made *made, vt_buf *raw) {
    for (unsigned i = 0; i + 8 <= made->glyphs; i += 8)
        vt_buf_putc(raw, (char)0xFF);
    if (made->glyphs % 8)
        vt_buf_putc(raw, (char)(0xFF00u >> made->glyphs % 8));
}

/* Six letters from the glyph set (PDF 32000-1, 9.6.4), then the face's name. */
static void build_name(const vt_face_data *face, const vt_made *made, vt_buf *out) {
    uint64_t h = 0xCBF29CE484222325u; /* FNV-1a over the glyph ids */

    for (unsigned glyph = 0; next_glyph(face, made, &glyph); glyph++)
        h = (h ^ glyph) * 0x100000001B3u;
    h ^= h >> 32;
    for (int i = 0; i < 6; i++, h /= 26)
        vt_buf_putc(out, (char)('A' + h % 26));
    vt_buf_printf(out, "+%s", face->info.postscript_name);
    vt_buf_putc(out, '\0');
}

/* ------------------------------------------------------------------- all -- */

/* Appends fonts->raw, deflated, to fonts->packed. */
static made_part deflated(vt_fonts *fonts) {
    size_t bound = libdeflate_zlib_compress_bound(fonts->deflate, fonts->raw.len);
    made_part part = {fonts->packed.len, 0};

    if (fonts->raw.failed || !vt_buf_reserve(&fonts->packed, bound))
        return part;
    part.len = libdeflate_zlib_compress(fonts->deflate, fonts->raw.data, fonts->raw.len,
                                        fonts->packed.data + part.at, bound);
    fonts->packed.len += part.len;
    fonts->packed.failed = part.len == 0;
    return part;
}

vt_status vt_program_build(vt_fonts *fonts, vt_face_data *face, vt_made *made, vt_findings *list) {
    made_part program, to_unicode, cid_set, widths;
    vt_buf *raw = &fonts->raw, *packed = &fonts->packed;

    if (!fonts->deflate)
        fonts->deflate = libdeflate_alloc_compressor(LEVEL);
    if (!fonts->deflate)
        return vt_nomem(list);
    vt_buf_clear(packed);
    vt_buf_clear(raw);
    build_program(face, made, raw);
    made->data.font_file_raw_len = raw->len;
    program = deflated(fonts);
    vt_buf_clear(raw);
    build_to_unicode(face, made, raw);
    to_unicode = deflated(fonts);
    vt_buf_clear(raw);
    build_cid_set(made, raw);
    cid_set = deflated(fonts);
    widths.at = packed->len;
    build_widths(face, made, packed);
    widths.len = packed->len - widths.at;
    vt_buf_putc(packed, '\0');
    size_t name = packed->len;
    build_name(face, made, packed);
    if (raw->failed || packed->failed || !(made->bytes = malloc(packed->len)))
        return vt_nomem(list);
    memcpy(made->bytes, packed->data, packed->len);
    made->data = (vt_subset_data){
        .name = (const char *)made->bytes + name,
        .font_file = made->bytes + program.at,
        .font_file_len = program.len,
        .font_file_raw_len = made->data.font_file_raw_len,
        .to_unicode = made->bytes + to_unicode.at,
        .to_unicode_len = to_unicode.len,
        .cid_set = made->bytes + cid_set.at,
        .cid_set_len = cid_set.len,
        .widths = (const char *)made->bytes + widths.at,
        .widths_len = widths.len,
    };
    return VT_OK;
}
