/*
 * fonts/cmap.c - from code points to glyphs and back.
 *
 * The face's cmap (format 12 or 4) is unfolded once into pages of 256 code
 * points, so that a lookup is two loads.
 */
#include "fonts/face.h"

#include <string.h>

#define GROUP 12 /* bytes of a format 12 group */

/* How much we like a subtable; 0: not Unicode. */
static int worth(unsigned platform, unsigned encoding, unsigned format) {
    if (format != 4 && format != 12)
        return 0;
    if (platform == 3 && encoding == 10)
        return 4;
    if (platform == 0 && (encoding == 4 || encoding == 6))
        return 3;
    if (platform == 3 && encoding == 1)
        return 2;
    return platform == 0 && encoding < 4;
}

static vt_table choose_subtable(vt_table cmap) {
    unsigned count = vt_u16(cmap, 2);
    vt_table best = {0};
    int best_worth = 0;

    for (unsigned i = 0; i < count && (size_t)4 + 8 * i < cmap.len; i++) {
        size_t at = 4 + (size_t)8 * i;
        vt_table t = vt_part(cmap, vt_u32(cmap, at + 4), cmap.len);
        int w = worth(vt_u16(cmap, at), vt_u16(cmap, at + 2), vt_u16(t, 0));

        if (w > best_worth) {
            best_worth = w;
            best = t;
        }
    }
    return best;
}

/* Whether a glyph that stands for several characters stands for cp in text:
   one of our repertoire before others (U+0110 before U+00D0), then the lowest. */
static bool in_repertoire(uint32_t cp) {
    size_t low = 0, high = vt_repertoire_required_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (vt_repertoire_required[middle] == cp)
            return true;
        if (vt_repertoire_required[middle] < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool map(vt_arena *arena, vt_face_data *face, uint32_t cp, uint32_t glyph) {
    uint16_t **page = &face->pages[cp >> 8 & 0xFF];

    if (glyph == 0 || glyph >= face->glyphs)
        return true;
    if (cp < 0x10000) {
        if (!*page)
            *page = vt_alloc_array(arena, 256, sizeof **page);
        if (!*page)
            return false;
        (*page)[cp & 0xFF] = (uint16_t)glyph;
    }
    if (face->codepoint[glyph] == 0 ||
        (in_repertoire(cp) && !in_repertoire(face->codepoint[glyph])))
        face->codepoint[glyph] = cp;
    return true;
}

static vt_status bad_cmap(const vt_face_data *face, vt_findings *list) {
    return vt_fail(list, "FNT-02", (vt_place){.file = face->file},
                   "Thay bằng tệp phông nguyên vẹn.", "Tệp phông “%s” hỏng: bảng cmap sai dạng.",
                   face->file);
}

/* Format 4.  Segments must ascend: that bounds the work to 65,536 steps. */
static vt_status unfold_segments(vt_arena *arena, vt_face_data *face, vt_table t,
                                 vt_findings *list) {
    unsigned count = vt_u16(t, 6) / 2;
    size_t starts = 16 + (size_t)2 * count, deltas = starts + (size_t)2 * count;
    size_t offsets = deltas + (size_t)2 * count;
    uint32_t next = 0; /* the least code point that may come */

    if (t.len < offsets + (size_t)2 * count)
        return bad_cmap(face, list);
    for (unsigned i = 0; i < count; i++) {
        uint32_t end = vt_u16(t, 14 + (size_t)2 * i), start = vt_u16(t, starts + (size_t)2 * i);
        unsigned delta = vt_u16(t, deltas + (size_t)2 * i);
        size_t at = offsets + (size_t)2 * i, offset = vt_u16(t, at);

        if (start < next || end < start)
            return bad_cmap(face, list);
        next = end + 1;
        for (uint32_t cp = start; cp <= end && cp < 0xFFFF; cp++) {
            unsigned glyph = offset ? vt_u16(t, at + offset + (size_t)2 * (cp - start)) : cp;

            if ((glyph || !offset) && !map(arena, face, cp, (glyph + delta) & 0xFFFF))
                return vt_nomem(list);
        }
    }
    return VT_OK;
}

/* Format 12.  Groups must ascend; what lies beyond the BMP stays in `groups`. */
static vt_status unfold_groups(vt_arena *arena, vt_face_data *face, vt_table t, vt_findings *list) {
    uint32_t count = vt_u32(t, 12), next = 0;

    face->groups = vt_part(t, 16, t.len);
    if (count > face->groups.len / GROUP)
        return bad_cmap(face, list);
    face->groups.len = (size_t)count * GROUP;
    for (uint32_t i = 0; i < count; i++) {
        size_t at = (size_t)GROUP * i;
        uint32_t start = vt_u32(face->groups, at), end = vt_u32(face->groups, at + 4);
        uint32_t glyph = vt_u32(face->groups, at + 8);

        if (start < next || end < start || end > 0x10FFFF || glyph > 0xFFFF)
            return bad_cmap(face, list);
        next = end + 1;
        if (end - start >= face->glyphs)
            end = start + face->glyphs - 1;
        for (uint32_t cp = start; cp <= end; cp++) {
            if (!map(arena, face, cp, glyph + (cp - start)))
                return vt_nomem(list);
        }
    }
    return VT_OK;
}

vt_status vt_face_cmap(vt_arena *arena, vt_face_data *face, vt_findings *list) {
    vt_table t = choose_subtable(face->cmap);

    face->codepoint = vt_alloc_array(arena, face->glyphs, sizeof *face->codepoint);
    if (!face->codepoint)
        return vt_nomem(list);
    if (t.len == 0)
        return bad_cmap(face, list);
    return vt_u16(t, 0) == 12 ? unfold_groups(arena, face, t, list)
                              : unfold_segments(arena, face, t, list);
}

static uint16_t glyph_beyond_bmp(const vt_face_data *face, uint32_t cp) {
    size_t low = 0, high = face->groups.len / GROUP;

    while (low < high) {
        size_t middle = (low + high) / 2, at = middle * GROUP;
        uint32_t start = vt_u32(face->groups, at), glyph;

        if (cp < start)
            high = middle;
        else if (cp > vt_u32(face->groups, at + 4))
            low = middle + 1;
        else {
            glyph = vt_u32(face->groups, at + 8) + (cp - start);
            return glyph < face->glyphs ? (uint16_t)glyph : 0;
        }
    }
    return 0;
}

uint16_t vt_face_glyph(const vt_face_data *face, uint32_t cp) {
    const uint16_t *page;

    if (cp >= 0x10000)
        return glyph_beyond_bmp(face, cp);
    page = face->pages[cp >> 8];
    return page ? page[cp & 0xFF] : 0;
}
