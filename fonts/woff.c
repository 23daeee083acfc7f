/*
 * fonts/woff.c - a subset as a web font: WOFF 1.0 (W3C, 2012).
 *
 * The outlines are those of the PDF's font program, byte for byte; browsers
 * want four tables more, which are made here: cmap, name, OS/2, post.  Each
 * table is deflated by itself, and stored as it is where that is shorter.
 */
#include "fonts/face.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#define HEADER 44
#define ENTRY 20
#define OUTLINE_TABLES 6
#define TABLES (OUTLINE_TABLES + 4)
#define TAG_BYTES 4

/* A table before it is packed: where it stands in the scratch buffer. */
typedef struct part {
    char tag[TAG_BYTES + 1];
    size_t at, len;
    uint32_t sum; /* of its words; head's without the adjustment it holds */
} part;

static size_t four(size_t n) {
    return (n + 3) & ~(size_t)3;
}

static void add16(vt_buf *out, unsigned v) {
    uint8_t bytes[2];

    vt_put16(bytes, v);
    vt_buf_add(out, bytes, sizeof bytes);
}

static void add32(vt_buf *out, uint32_t v) {
    add16(out, v >> 16);
    add16(out, v & 0xFFFF);
}

static void pad(vt_buf *out, size_t from) {
    while ((out->len - from) % 4)
        vt_buf_putc(out, '\0');
}

/* ------------------------------------------------------------------ cmap -- */

/* A character and the id of its glyph in the subset, as one number to sort by. */
typedef uint64_t pair;

static pair make_pair(uint32_t cp, unsigned id) {
    return (pair)cp << 16 | id;
}

static int by_character(const void *a, const void *b) {
    pair x = *(const pair *)a, y = *(const pair *)b;

    return (x > y) - (x < y);
}

static bool marked(const vt_made *made, unsigned glyph) {
    return glyph && (made->marks[glyph / 64] >> glyph % 64 & 1);
}

/* All characters of the BMP that the marked glyphs stand for (a blank may stand
   for two), and the first of each glyph beyond; ascending. */
static void list_characters(const vt_face_data *face, const vt_made *made, vt_buf *pairs) {
    for (uint32_t cp = 0; cp < 0xFFFF; cp++) {
        const uint16_t *page = face->pages[cp >> 8];
        pair found;

        if (!page)
            cp |= 0xFF;
        else if (marked(made, page[cp & 0xFF])) {
            found = make_pair(cp, vt_made_id(made, page[cp & 0xFF]));
            vt_buf_add(pairs, &found, sizeof found);
        }
    }
    for (unsigned id = 1; id < made->count; id++) {
        uint32_t cp = face->codepoint[made->glyphs[id]];
        pair found = make_pair(cp, id);

        if (cp > 0xFFFF && marked(made, made->glyphs[id]))
            vt_buf_add(pairs, &found, sizeof found);
    }
    if (!pairs->failed)
        qsort(pairs->data, pairs->len / sizeof(pair), sizeof(pair), by_character);
}

/* Format 4: ids follow widths, not characters, so a segment is one character. */
static void add_format_4(const pair *pairs, unsigned count, vt_buf *out) {
    unsigned segments = count + 1, range = 2;

    while (range * 2 <= segments * 2)
        range *= 2;
    add16(out, 4);
    add16(out, 16 + 8 * segments);
    add16(out, 0); /* no language */
    add16(out, 2 * segments);
    add16(out, range);
    add16(out, (unsigned)__builtin_ctz(range / 2));
    add16(out, 2 * segments - range);
    for (int reserved = 0; reserved < 2; reserved++) { /* ends, then starts */
        for (unsigned i = 0; i < count; i++)
            add16(out, (unsigned)(pairs[i] >> 16));
        add16(out, 0xFFFF);
        if (reserved == 0)
            add16(out, 0);
    }
    for (unsigned i = 0; i < count; i++)
        add16(out, ((unsigned)pairs[i] - (unsigned)(pairs[i] >> 16)) & 0xFFFF);
    add16(out, 1); /* U+FFFF is no glyph */
    for (unsigned i = 0; i < segments; i++)
        add16(out, 0);
}

/* Format 12: every character, for what lies beyond the BMP. */
static void add_format_12(const pair *pairs, unsigned count, vt_buf *out) {
    add16(out, 12);
    add16(out, 0);
    add32(out, 16 + 12 * count);
    add32(out, 0);
    add32(out, count);
    for (unsigned i = 0; i < count; i++) {
        add32(out, (uint32_t)(pairs[i] >> 16));
        add32(out, (uint32_t)(pairs[i] >> 16));
        add32(out, (uint32_t)(pairs[i] & 0xFFFF));
    }
}

static void add_cmap(const vt_face_data *face, const vt_made *made, vt_buf *scratch, vt_buf *out) {
    const pair *pairs;
    unsigned count, bmp = 0;
    bool wide;

    vt_buf_clear(scratch);
    list_characters(face, made, scratch);
    out->failed |= scratch->failed;
    pairs = (const pair *)(const void *)scratch->data;
    count = scratch->failed ? 0 : (unsigned)(scratch->len / sizeof *pairs);
    while (bmp < count && pairs[bmp] >> 16 <= 0xFFFF)
        bmp++;
    wide = bmp < count;
    add16(out, 0);
    add16(out, wide ? 2 : 1);
    add16(out, 3); /* Windows, BMP */
    add16(out, 1);
    add32(out, wide ? 20 : 12);
    if (wide) {
        add16(out, 3); /* Windows, all */
        add16(out, 10);
        add32(out, 20 + 16 + 8 * (bmp + 1));
    }
    add_format_4(pairs, bmp, out);
    if (wide)
        add_format_12(pairs, count, out);
}

/* ------------------------------------------------------ name, OS/2, post -- */

#define NAMES 4

static void add_name(const vt_face_data *face, const char *family, vt_buf *out) {
    static const struct {
        const char *style, *suffix;
    } styles[] = {
        {"Regular", ""}, {"Bold", "-Bold"}, {"Italic", "-Italic"}, {"Bold Italic", "-BoldItalic"}};
    unsigned mac_style = vt_u16(face->head, 44) & 3; /* bold, italic */
    const struct {
        unsigned id;
        const char *a, *b;
    } names[NAMES] = {{1, family, ""},
                      {2, styles[mac_style].style, ""},
                      {4, family, styles[mac_style].suffix},
                      {6, family, styles[mac_style].suffix}};
    size_t at = 0;

    add16(out, 0);
    add16(out, NAMES);
    add16(out, 6 + 12 * NAMES);
    for (int i = 0; i < NAMES; i++) {
        size_t len = 2 * (strlen(names[i].a) + strlen(names[i].b));

        add16(out, 3); /* Windows, BMP, English */
        add16(out, 1);
        add16(out, 0x409);
        add16(out, names[i].id);
        add16(out, (unsigned)len);
        add16(out, (unsigned)at);
        at += len;
    }
    for (int i = 0; i < NAMES; i++) {
        for (const char *s = names[i].a; *s; s++)
            add16(out, (unsigned char)*s);
        for (const char *s = names[i].b; *s; s++)
            add16(out, (unsigned char)*s);
    }
}

/* Version 3: glyphs have no names.  Of the face: slant, underline, fixed pitch. */
static void add_post(const vt_face_data *face, vt_buf *out) {
    add32(out, 0x00030000);
    add32(out, vt_u32(face->post, 4));
    add32(out, vt_u32(face->post, 8));
    add32(out, vt_u32(face->post, 12));
    for (int memory = 0; memory < 4; memory++)
        add32(out, 0);
}

/* ------------------------------------------------------------------ file -- */

static void begin_part(part *p, const char *tag, const vt_buf *raw) {
    memcpy(p->tag, tag, TAG_BYTES);
    p->at = raw->len;
}

static void end_part(part *p, vt_buf *raw) {
    p->len = raw->len - p->at;
    pad(raw, p->at);
}

static int by_tag(const void *a, const void *b) {
    return memcmp(((const part *)a)->tag, ((const part *)b)->tag, TAG_BYTES);
}

/* All tables one after the other in fonts->raw, each on a multiple of four. */
static void build_tables(vt_fonts *fonts, const vt_face_data *face, const vt_made *made,
                         const char *family, part parts[TABLES]) {
    vt_buf *raw = &fonts->raw;
    part *next = parts + OUTLINE_TABLES;

    vt_program_outlines(face, made, raw);
    for (size_t i = 0; i < OUTLINE_TABLES && !raw->failed; i++) {
        vt_table entry = vt_part((vt_table){(const uint8_t *)raw->data, raw->len}, 12 + 16 * i, 16);

        memcpy(parts[i].tag, entry.data, TAG_BYTES);
        parts[i].at = vt_u32(entry, 8);
        parts[i].len = vt_u32(entry, 12);
    }
    begin_part(next, "cmap", raw);
    add_cmap(face, made, &fonts->packed, raw);
    end_part(next++, raw);
    begin_part(next, "name", raw);
    add_name(face, family, raw);
    end_part(next++, raw);
    begin_part(next, "OS/2", raw);
    vt_buf_add(raw, face->os2.data, face->os2.len);
    end_part(next++, raw);
    begin_part(next, "post", raw);
    add_post(face, raw);
    end_part(next++, raw);
    qsort(parts, TABLES, sizeof *parts, by_tag);
}

static uint32_t sum_words(vt_table t) {
    uint32_t sum = 0;

    for (size_t at = 0; at < t.len; at += 4)
        sum += vt_u32(t, at);
    return sum;
}

static vt_table bytes_of(const vt_buf *raw, const part *p) {
    return (vt_table){(const uint8_t *)raw->data + p->at, four(p->len)};
}

/* The tables' sums, and in head what brings the sum of the whole font, its
   directory of TrueType included, to the constant of OpenType. */
static void put_sums(vt_buf *raw, part parts[TABLES]) {
    uint32_t whole = 0x00010000, at = 12 + 16 * TABLES;
    uint8_t *head = NULL;

    whole += (uint32_t)TABLES << 16 | 128; /* searchRange, entrySelector, rangeShift of 10 */
    whole += 3u << 16 | (16 * TABLES - 128);
    for (size_t i = 0; i < TABLES; i++) {
        vt_table tag = {(const uint8_t *)parts[i].tag, TAG_BYTES};

        if (memcmp(parts[i].tag, "head", TAG_BYTES) == 0) {
            head = (uint8_t *)raw->data + parts[i].at;
            vt_put32(head + 8, 0);
        }
        parts[i].sum = sum_words(bytes_of(raw, &parts[i]));
        whole += vt_u32(tag, 0) + parts[i].sum + at + (uint32_t)parts[i].len + parts[i].sum;
        at += (uint32_t)four(parts[i].len);
    }
    if (head)
        vt_put32(head + 8, 0xB1B0AFBA - whole);
}

/* Deflates one table to the end of `out`; returns the length it has there. */
static size_t add_packed(vt_fonts *fonts, vt_table table, size_t len, vt_buf *out) {
    size_t packed = 0;

    if (!vt_buf_reserve(out, len + 4))
        return 0;
    packed = len < 8 ? 0
                     : libdeflate_zlib_compress(fonts->deflate, table.data, len,
                                                out->data + out->len, len - 1);
    if (packed)
        out->len += packed;
    else
        vt_buf_add(out, table.data, len);
    return packed ? packed : len;
}

/* Header and directory take their place first; what they say is known last. */
static void write_file(vt_fonts *fonts, const part parts[TABLES], vt_buf *out) {
    static const uint8_t blank[HEADER + ENTRY * TABLES] = {0};
    size_t start = out->len, unpacked = 12 + 16 * TABLES;
    uint8_t *head;

    vt_buf_add(out, blank, sizeof blank);
    for (size_t i = 0; i < TABLES && !out->failed; i++) {
        vt_table table = bytes_of(&fonts->raw, &parts[i]);
        size_t at = out->len - start, len = add_packed(fonts, table, parts[i].len, out);
        uint8_t *entry;

        pad(out, start);
        if (out->failed)
            return;
        entry = (uint8_t *)out->data + start + HEADER + ENTRY * i;
        memcpy(entry, parts[i].tag, TAG_BYTES);
        vt_put32(entry + 4, (uint32_t)at);
        vt_put32(entry + 8, (uint32_t)len);
        vt_put32(entry + 12, (uint32_t)parts[i].len);
        vt_put32(entry + 16, parts[i].sum);
        unpacked += four(parts[i].len);
    }
    if (out->failed)
        return;
    head = (uint8_t *)out->data + start;
    memcpy(head, "wOFF", TAG_BYTES);
    vt_put32(head + 4, 0x00010000);
    vt_put32(head + 8, (uint32_t)(out->len - start));
    vt_put16(head + 12, TABLES);
    vt_put32(head + 16, (uint32_t)unpacked);
    vt_put16(head + 20, 1); /* version 1.0; no metadata, no private data */
}

vt_status vt_woff_build(vt_fonts *fonts, const vt_face_data *face, const vt_made *made,
                        const char *family, vt_buf *out, vt_findings *list) {
    part parts[TABLES] = {{.at = 0}};

    if (!vt_program_ready(fonts))
        return vt_nomem(list);
    build_tables(fonts, face, made, family, parts);
    if (fonts->raw.failed)
        return vt_nomem(list);
    put_sums(&fonts->raw, parts);
    write_file(fonts, parts, out);
    return out->failed ? vt_nomem(list) : VT_OK;
}
