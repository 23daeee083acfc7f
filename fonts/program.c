/*
 * fonts/program.c - the font program of a subset and what PDF wants beside it.
 *
 * Tables: glyf head hhea hmtx loca maxp; a CIDFontType2 with an Identity map
 * needs no other.  The scratch buffers live in vt_fonts; what is made is
 * copied into one block of its exact size.
 */
#include "fonts/face.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL 6 /* of libdeflate; see "What was tried" in README.md */
#define TABLES 6
#define DIRECTORY (12 + 16 * TABLES)
#define SHORT_LOCA_MAX 0x1FFFE /* bytes of outlines the short form of loca can reach */
#define RANGE_MIN 5            /* equal widths in a row that pay for a range */
#define BLOCK 100              /* entries a block of a CMap may have */

/* --------------------------------------------------------------- program -- */

/* Where the tables of a subset stand, known before the first is written. */
typedef struct plan {
    size_t glyf, head, hhea, hmtx, loca, maxp, end; /* offsets, multiples of 4 */
    size_t outlines, locations;                     /* bytes of glyf and loca */
    bool wide;                                      /* the long form of loca */
} plan;

static size_t even(size_t n) {
    return (n + 1) & ~(size_t)1;
}

static size_t four(size_t n) {
    return (n + 3) & ~(size_t)3;
}

static plan make_plan(const vt_face_data *face, const vt_made *made) {
    plan p = {.glyf = DIRECTORY};

    for (unsigned i = 0; i < made->count; i++)
        p.outlines += even(face->shapes[made->glyphs[i]].len);
    p.wide = p.outlines > SHORT_LOCA_MAX;
    p.locations = (size_t)(made->count + 1) * (p.wide ? 4 : 2);
    p.head = p.glyf + four(p.outlines);
    p.hhea = p.head + four(54);
    p.hmtx = p.hhea + 36;
    p.loca = p.hmtx + (size_t)4 * made->count;
    p.maxp = p.loca + four(p.locations);
    p.end = p.maxp + 32;
    return p;
}

/* Gives a composite's components their ids in the subset. */
static void renumber(const vt_made *made, uint8_t *bytes, size_t len) {
    vt_table t = {bytes, len};
    size_t at = 0, id;

    while ((id = vt_shape_component(t, &at)) != 0)
        vt_put16(bytes + id, vt_made_id(made, vt_u16(t, id)));
}

static void put_location(const plan *p, uint8_t *loca, unsigned id, size_t at) {
    if (p->wide)
        vt_put32(loca + (size_t)4 * id, (uint32_t)at);
    else
        vt_put16(loca + (size_t)2 * id, (unsigned)(at / 2));
}

/* glyf and loca; the memory is zero, so that padding need not be written. */
static void put_outlines(const vt_face_data *face, const vt_made *made, const plan *p,
                         uint8_t *out) {
    size_t at = 0;

    for (unsigned i = 0; i < made->count; i++) {
        const vt_shape *shape = &face->shapes[made->glyphs[i]];
        uint8_t *place = out + p->glyf + at;

        if (shape->len)
            memcpy(place, vt_shape_bytes(face, shape).data, shape->len);
        if (shape->depth)
            renumber(made, place, shape->len);
        put_location(p, out + p->loca, i, at);
        at += even(shape->len);
    }
    put_location(p, out + p->loca, made->count, at);
}

static void put_metrics(const vt_face_data *face, const vt_made *made, uint8_t *hmtx) {
    unsigned own = face->hmetrics; /* glyphs from here on share the last advance */

    for (unsigned i = 0; i < made->count; i++, hmtx += 4) {
        unsigned glyph = made->glyphs[i], with = glyph < own ? glyph : own - 1;
        size_t bearing =
            glyph < own ? (size_t)4 * glyph + 2 : (size_t)4 * own + (size_t)2 * (glyph - own);

        vt_put16(hmtx, vt_u16(face->hmtx, (size_t)4 * with));
        vt_put16(hmtx + 2, vt_u16(face->hmtx, bearing));
    }
}

static void put_headers(const vt_face_data *face, const vt_made *made, const plan *p,
                        uint8_t *out) {
    uint8_t *head = out + p->head, *hhea = out + p->hhea, *maxp = out + p->maxp;

    memcpy(head, face->head.data, 54);
    vt_put32(head + 8, 0); /* the sum of the whole comes last */
    /* flags: the baseline and side bearing bits; the others speak of instructions */
    vt_put16(head + 16, vt_u16(face->head, 16) & 3);
    vt_put16(head + 50, p->wide);
    memcpy(hhea, face->hhea.data, 36);
    vt_put16(hhea + 34, made->count);
    memcpy(maxp, face->maxp.data, 32);
    vt_put16(maxp + 4, made->count);
    memset(maxp + 16, 0, 12); /* twilight points to size of instructions: there are none */
}

static uint32_t sum_words(const uint8_t *data, size_t len) {
    uint32_t sum = 0;

    for (size_t at = 0; at < len; at += 4)
        sum += (uint32_t)data[at] << 24 | (uint32_t)data[at + 1] << 16 |
               (uint32_t)data[at + 2] << 8 | data[at + 3];
    return sum;
}

static void put_directory(const plan *p, uint8_t *out) {
    const struct {
        const char *tag;
        size_t at, len;
    } tables[TABLES] = {
        {"glyf", p->glyf, p->outlines},  {"head", p->head, 54},
        {"hhea", p->hhea, 36},           {"hmtx", p->hmtx, p->loca - p->hmtx},
        {"loca", p->loca, p->locations}, {"maxp", p->maxp, 32},
    };
    uint32_t whole = 0;

    vt_put32(out, 0x00010000);
    vt_put16(out + 4, TABLES);
    vt_put16(out + 6, 64); /* searchRange, entrySelector, rangeShift of 6 tables */
    vt_put16(out + 8, 2);
    vt_put16(out + 10, 32);
    for (size_t i = 0; i < TABLES; i++) {
        uint8_t *entry = out + 12 + 16 * i;
        uint32_t sum = sum_words(out + tables[i].at, four(tables[i].len));

        memcpy(entry, tables[i].tag, 4);
        vt_put32(entry + 4, sum);
        vt_put32(entry + 8, (uint32_t)tables[i].at);
        vt_put32(entry + 12, (uint32_t)tables[i].len);
        whole += sum;
    }
    vt_put32(out + p->head + 8, 0xB1B0AFBA - (whole + sum_words(out, DIRECTORY)));
}

void vt_program_outlines(const vt_face_data *face, const vt_made *made, vt_buf *raw) {
    plan p = make_plan(face, made);
    uint8_t *out;

    if (!vt_buf_reserve(raw, p.end))
        return;
    out = (uint8_t *)raw->data;
    raw->len = p.end;
    memset(out, 0, p.end + 1);
    put_outlines(face, made, &p, out);
    put_metrics(face, made, out + p.hmtx);
    put_headers(face, made, &p, out);
    put_directory(&p, out);
}

/* ---------------------------------------------------- ToUnicode, W, CIDSet -- */

/*
 * ToUnicode: ranges of ids, each with the list of its characters.  One line a
 * character (bfchar) would take half as much again in the file.  A range may
 * not reach over ids that differ in their first byte (PDF 32000-1, 9.10.3).
 */

/* The ids [*from, *to) that come next, all with a character; false: no more. */
static bool next_range(const vt_face_data *face, const vt_made *made, unsigned *from,
                       unsigned *to) {
    unsigned id = *to;

    while (id < made->count && face->codepoint[made->glyphs[id]] == 0)
        id++;
    *from = id;
    while (id < made->count && face->codepoint[made->glyphs[id]] != 0 && id >> 8 == *from >> 8)
        id++;
    *to = id;
    return *from < *to;
}

/* "<1EA5>"; characters beyond the BMP as surrogates. */
static void put_character(vt_buf *raw, uint32_t cp) {
    char text[12], *at = text;

    *at++ = '<';
    for (int shift = cp >= 0x10000 ? 28 : 12; shift >= 0; shift -= 4) {
        uint32_t units =
            cp >= 0x10000 ? (0xD800 + ((cp - 0x10000) >> 10)) << 16 | (0xDC00 + (cp & 0x3FF)) : cp;

        *at++ = "0123456789ABCDEF"[units >> shift & 15];
    }
    *at++ = '>';
    vt_buf_add(raw, text, (size_t)(at - text));
}

static void build_to_unicode(const vt_face_data *face, const vt_made *made, vt_buf *raw) {
    unsigned from, to = 0;
    size_t left = 0, block = 0;

    while (next_range(face, made, &from, &to))
        left++;
    vt_buf_puts(raw, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                     "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                     "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                     "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (to = 0; next_range(face, made, &from, &to); block--) {
        if (block == 0) {
            block = left < BLOCK ? left : BLOCK;
            left -= block;
            vt_buf_printf(raw, "%zu beginbfrange\n", block);
        }
        put_character(raw, from);
        put_character(raw, to - 1);
        vt_buf_putc(raw, '[');
        for (unsigned id = from; id < to; id++)
            put_character(raw, face->codepoint[made->glyphs[id]]);
        vt_buf_puts(raw, block == 1 ? "]\nendbfrange\n" : "]\n");
    }
    vt_buf_puts(raw, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

/*
 * W: the width of a digit is the default and left out, runs of one width are
 * ranges.  Ids that stand for parts of letters alone are never shown and have
 * no entry.  Half the size of a plain list.
 */
typedef struct widths {
    const vt_face_data *face;
    const vt_made *made;
    int usual; /* DW */
} widths;

static int width_of(const widths *w, unsigned id) {
    return w->face->advance[w->made->glyphs[id]];
}

static bool must_say(const widths *w, unsigned id) {
    unsigned glyph;

    if (id >= w->made->count)
        return false;
    glyph = w->made->glyphs[id];
    return (w->made->marks[glyph / 64] >> glyph % 64 & 1) && width_of(w, id) != w->usual;
}

/* How many ids from this one on must say the same width. */
static unsigned run_length(const widths *w, unsigned id) {
    unsigned end = id;

    while (must_say(w, end) && width_of(w, end) == width_of(w, id))
        end++;
    return end - id;
}

static void put_number(vt_buf *out, int n) {
    char last = out->data[out->len - 1];

    if (last >= '0' && last <= '9')
        vt_buf_putc(out, ' ');
    vt_buf_number(out, n, 0);
}

/* "12[250 333 ...]" up to where a range or a gap of two ids pays; returns that. */
static unsigned put_list(const widths *w, unsigned id, vt_buf *out) {
    put_number(out, (int)id);
    vt_buf_putc(out, '[');
    do
        put_number(out, width_of(w, id++));
    while ((must_say(w, id) || must_say(w, id + 1)) && run_length(w, id) < RANGE_MIN);
    vt_buf_putc(out, ']');
    return id;
}

static void build_widths(const vt_face_data *face, const vt_made *made, vt_buf *out) {
    widths w = {face, made, face->advance[vt_face_glyph(face, '0')]};

    vt_buf_putc(out, '[');
    for (unsigned id = 1; id < made->count;) {
        unsigned run = run_length(&w, id);

        if (run >= RANGE_MIN) { /* "12 18 444" */
            put_number(out, (int)id);
            put_number(out, (int)(id + run - 1));
            put_number(out, width_of(&w, id));
            id += run;
        } else if (run)
            id = put_list(&w, id, out);
        else
            id++;
    }
    vt_buf_puts(out, "]/DW ");
    vt_buf_number(out, w.usual, 0);
}

/* One bit per id, from the highest of each byte. */
static void build_cid_set(const vt_made *made, vt_buf *raw) {
    for (unsigned i = 0; i + 8 <= made->count; i += 8)
        vt_buf_putc(raw, (char)0xFF);
    if (made->count % 8)
        vt_buf_putc(raw, (char)(0xFF00u >> made->count % 8));
}

/* Six letters from the glyph set (PDF 32000-1, 9.6.4), then the face's name. */
static void build_name(const vt_face_data *face, const vt_made *made, vt_buf *out) {
    uint64_t h = 0xCBF29CE484222325u; /* FNV-1a over the glyph ids */

    for (unsigned i = 0; i < made->count; i++)
        h = (h ^ made->glyphs[i]) * 0x100000001B3u;
    h ^= h >> 32;
    for (int i = 0; i < 6; i++, h /= 26)
        vt_buf_putc(out, (char)('A' + h % 26));
    vt_buf_putc(out, '+');
    vt_buf_puts(out, face->info.postscript_name);
}

/* ------------------------------------------------------------------- all -- */

/* Moves fonts->raw, deflated, to the end of fonts->packed; returns its length. */
static size_t deflated(vt_fonts *fonts) {
    vt_buf *raw = &fonts->raw, *packed = &fonts->packed;
    size_t bound = libdeflate_zlib_compress_bound(fonts->deflate, raw->len), len = 0;

    if (!raw->failed && vt_buf_reserve(packed, bound))
        len = libdeflate_zlib_compress(fonts->deflate, raw->data, raw->len,
                                       packed->data + packed->len, bound);
    packed->len += len;
    packed->failed |= len == 0;
    vt_buf_clear(raw);
    return len;
}

/* The streams and texts one after the other in `packed`; the lengths in `data`. */
static void build_parts(vt_fonts *fonts, const vt_face_data *face, const vt_made *made,
                        vt_subset_data *data) {
    vt_buf *packed = &fonts->packed;
    size_t start;

    vt_program_outlines(face, made, &fonts->raw);
    data->font_file_raw_len = fonts->raw.len;
    data->font_file_len = deflated(fonts);
    build_to_unicode(face, made, &fonts->raw);
    data->to_unicode_len = deflated(fonts);
    build_cid_set(made, &fonts->raw);
    data->cid_set_len = deflated(fonts);
    start = packed->len;
    build_widths(face, made, packed);
    data->widths_len = packed->len - start;
    vt_buf_putc(packed, '\0');
    build_name(face, made, packed);
    vt_buf_putc(packed, '\0');
}

bool vt_program_ready(vt_fonts *fonts) {
    if (!fonts->deflate)
        fonts->deflate = libdeflate_alloc_compressor(LEVEL);
    vt_buf_clear(&fonts->raw);
    vt_buf_clear(&fonts->packed);
    return fonts->deflate != NULL;
}

vt_status vt_program_build(vt_fonts *fonts, const vt_face_data *face, vt_made *made,
                           vt_findings *list) {
    vt_subset_data data = {0};

    if (!vt_program_ready(fonts))
        return vt_nomem(list);
    build_parts(fonts, face, made, &data);
    if (fonts->packed.failed || !(made->bytes = malloc(fonts->packed.len)))
        return vt_nomem(list);
    made->size = fonts->packed.len;
    memcpy(made->bytes, fonts->packed.data, made->size);
    data.font_file = made->bytes;
    data.to_unicode = data.font_file + data.font_file_len;
    data.cid_set = data.to_unicode + data.to_unicode_len;
    data.widths = (const char *)data.cid_set + data.cid_set_len;
    data.name = data.widths + data.widths_len + 1;
    made->data = data;
    return VT_OK;
}
