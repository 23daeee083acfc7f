/*
 * fonts/kern.c - pair kerning: GPOS 'kern' (pair adjustment, both formats, also
 * through extension lookups), else the old kern table.
 *
 * Nothing is unfolded.  A bit per glyph tells whether anything follows it
 * closer or wider; only then are the tables searched.
 */
#include "fonts/face.h"

#include <string.h>

#define TAG(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))
#define LOOKUP_PAIR 2
#define LOOKUP_EXTENSION 9
#define X_ADVANCE 4u /* bit of a ValueFormat */

/* ---------------------------------------------------- coverage and classes -- */

/* Index of the record of `size` bytes behind a count at `at` whose range
   [start, end] holds the glyph; -1: none.  Records of plain glyphs have 2 bytes. */
static long find_range(vt_table t, size_t at, size_t size, unsigned glyph) {
    size_t low = 0, high = vt_u16(t, at);

    while (low < high) {
        size_t middle = (low + high) / 2, record = at + 2 + middle * size;
        unsigned start = vt_u16(t, record), end = size == 2 ? start : vt_u16(t, record + 2);

        if (glyph < start)
            high = middle;
        else if (glyph > end)
            low = middle + 1;
        else
            return (long)middle;
    }
    return -1;
}

/* Coverage index of a glyph, -1: not covered. */
static long coverage(vt_table t, unsigned glyph) {
    unsigned format = vt_u16(t, 0);
    long i;
    size_t record;

    if (format == 1)
        return find_range(t, 2, 2, glyph);
    if (format != 2 || (i = find_range(t, 2, 6, glyph)) < 0)
        return -1;
    record = 4 + (size_t)6 * (size_t)i;
    return (long)(vt_u16(t, record + 4) + glyph - vt_u16(t, record));
}

static unsigned class_of(vt_table t, unsigned glyph) {
    unsigned format = vt_u16(t, 0), start = vt_u16(t, 2);
    long i;

    if (format == 1)
        return glyph >= start && glyph - start < vt_u16(t, 4)
                   ? vt_u16(t, 6 + (size_t)2 * (glyph - start))
                   : 0;
    if (format != 2 || (i = find_range(t, 2, 6, glyph)) < 0)
        return 0;
    return vt_u16(t, 4 + (size_t)6 * (size_t)i + 4);
}

/* ------------------------------------------------------- pair adjustment -- */

static size_t value_size(unsigned format) {
    size_t size = 0;

    for (format &= 0xFF; format; format &= format - 1)
        size += 2;
    return size;
}

/* The advance of the first glyph in the value record at `at`. */
static int advance_of(vt_table t, size_t at, unsigned format) {
    if (!(format & X_ADVANCE))
        return 0;
    return vt_i16(t, at + value_size(format & (X_ADVANCE - 1)));
}

static bool pair_by_glyph(vt_table t, unsigned index, unsigned right, int *value) {
    unsigned first = vt_u16(t, 4);
    size_t size = 2 + value_size(first) + value_size(vt_u16(t, 6));
    vt_table set;
    size_t low = 0, high;

    if (index >= vt_u16(t, 8))
        return false;
    set = vt_part(t, vt_u16(t, 10 + (size_t)2 * index), t.len);
    high = vt_u16(set, 0);
    while (low < high) {
        size_t middle = (low + high) / 2, record = 2 + middle * size;
        unsigned second = vt_u16(set, record);

        if (second == right) {
            *value = advance_of(set, record + 2, first);
            return true;
        }
        if (second < right)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool pair_by_class(vt_table t, unsigned left, unsigned right, int *value) {
    unsigned first = vt_u16(t, 4), columns = vt_u16(t, 14);
    size_t size = value_size(first) + value_size(vt_u16(t, 6));
    unsigned row = class_of(vt_part(t, vt_u16(t, 8), t.len), left);
    unsigned column = class_of(vt_part(t, vt_u16(t, 10), t.len), right);

    if (row >= vt_u16(t, 12) || column >= columns)
        return false;
    *value = advance_of(t, 16 + ((size_t)row * columns + column) * size, first);
    return true;
}

/* Pairs of a kern table: left, right, value, sorted. */
static bool pair_by_key(vt_table t, unsigned left, unsigned right, int *value) {
    uint32_t key = (uint32_t)left << 16 | right;
    size_t low = 0, high = t.len / 6;

    while (low < high) {
        size_t middle = (low + high) / 2;
        uint32_t at = vt_u32(t, 6 * middle);

        if (at == key) {
            *value = vt_i16(t, 6 * middle + 4);
            return true;
        }
        if (at < key)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool pair_value(const struct vt_kern_subtable *s, unsigned left, unsigned right,
                       int *value) {
    long index;

    if (s->format == 0)
        return pair_by_key(s->data, left, right, value);
    index = coverage(vt_part(s->data, vt_u16(s->data, 2), s->data.len), left);
    if (index < 0)
        return false;
    return s->format == 1 ? pair_by_glyph(s->data, (unsigned)index, right, value)
                          : pair_by_class(s->data, left, right, value);
}

int vt_face_kern(const vt_face_data *face, uint16_t left, uint16_t right) {
    const vt_kerning *k = &face->kerning;
    int sum = 0, value;

    if (left >= face->glyphs || !(k->left[left >> 3] >> (left & 7) & 1))
        return 0;
    for (size_t i = 0; i < k->count; i++) {
        if (!pair_value(&k->subtables[i], left, right, &value))
            continue;
        sum += value;
        while (i + 1 < k->count && k->subtables[i + 1].lookup == k->subtables[i].lookup)
            i++;
    }
    return sum ? vt_face_scaled(face, sum) : 0;
}

/* --------------------------------------------------------------- loading -- */

static void add_left(const vt_face_data *face, unsigned glyph) {
    if (glyph < face->glyphs)
        face->kerning.left[glyph >> 3] |= (uint8_t)(1u << (glyph & 7));
}

/* Ranges that do not ascend end the walk: their searches would fail anyway. */
static void add_left_coverage(const vt_face_data *face, vt_table t) {
    unsigned format = vt_u16(t, 0), count = vt_u16(t, 2), next = 0;
    size_t size = format == 1 ? 2 : 6;

    if (format != 1 && format != 2)
        return;
    for (unsigned i = 0; i < count; i++) {
        size_t record = 4 + size * i;
        unsigned start = vt_u16(t, record), end = format == 1 ? start : vt_u16(t, record + 2);

        if (start < next || end < start)
            return;
        next = end + 1;
        for (unsigned glyph = start; glyph <= end; glyph++)
            add_left(face, glyph);
    }
}

static struct vt_kern_subtable *new_subtable(vt_face_data *face, vt_table data, unsigned lookup) {
    vt_kerning *k = &face->kerning;
    struct vt_kern_subtable *s;

    if (k->count == VT_KERN_SUBTABLES)
        return NULL;
    s = &k->subtables[k->count++];
    *s = (struct vt_kern_subtable){.data = data, .lookup = lookup};
    return s;
}

static void add_pair_subtable(vt_face_data *face, vt_table t, unsigned lookup) {
    struct vt_kern_subtable *s;
    unsigned format = vt_u16(t, 0);

    if (format != 1 && format != 2)
        return;
    s = new_subtable(face, t, lookup);
    if (!s)
        return;
    s->format = (int)format;
    add_left_coverage(face, vt_part(t, vt_u16(t, 2), t.len));
}

static void add_lookup(vt_face_data *face, vt_table lookups, unsigned index) {
    vt_table t = vt_part(lookups, vt_u16(lookups, 2 + (size_t)2 * index), lookups.len), sub;
    unsigned type = vt_u16(t, 0), count = vt_u16(t, 4);

    if (index >= vt_u16(lookups, 0))
        return;
    for (unsigned i = 0; i < count && i < VT_KERN_SUBTABLES; i++) {
        unsigned actual = type;

        sub = vt_part(t, vt_u16(t, 6 + (size_t)2 * i), t.len);
        if (type == LOOKUP_EXTENSION) {
            actual = vt_u16(sub, 2);
            sub = vt_part(sub, vt_u32(sub, 4), sub.len);
        }
        if (actual == LOOKUP_PAIR)
            add_pair_subtable(face, sub, index);
    }
}

/* The record with this tag in a list of (tag, offset) behind a count at `at`;
   an empty table when there is none. */
static vt_table tagged(vt_table t, size_t at, uint32_t tag) {
    unsigned count = vt_u16(t, at);

    for (unsigned i = 0; i < count && at + 2 + (size_t)6 * i < t.len; i++) {
        size_t record = at + 2 + (size_t)6 * i;

        if (vt_u32(t, record) == tag)
            return vt_part(t, vt_u16(t, record + 4), t.len);
    }
    return (vt_table){0};
}

/* The language system of Vietnamese in Latin script. */
static vt_table language_system(vt_table gpos) {
    vt_table scripts = vt_part(gpos, vt_u16(gpos, 4), gpos.len);
    vt_table script = tagged(scripts, 0, TAG('l', 'a', 't', 'n')), language;

    if (script.len == 0)
        script = tagged(scripts, 0, TAG('D', 'F', 'L', 'T'));
    language = tagged(script, 2, TAG('V', 'I', 'T', ' '));
    if (language.len == 0 && vt_u16(script, 0) != 0)
        language = vt_part(script, vt_u16(script, 0), script.len);
    return language;
}

/* Lookups in the order in which they apply, each once. */
typedef struct lookup_list {
    unsigned index[VT_KERN_SUBTABLES];
    size_t count;
} lookup_list;

static void insert(lookup_list *list, unsigned index) {
    size_t i = list->count;

    for (size_t k = 0; k < list->count; k++) {
        if (list->index[k] == index)
            return;
    }
    if (list->count == VT_KERN_SUBTABLES)
        return;
    for (; i > 0 && list->index[i - 1] > index; i--)
        list->index[i] = list->index[i - 1];
    list->index[i] = index;
    list->count++;
}

/* Features past VT_KERN_SUBTABLES, and lookups past as many, are not looked at. */
static void kern_lookups(vt_table gpos, lookup_list *out) {
    vt_table language = language_system(gpos);
    vt_table features = vt_part(gpos, vt_u16(gpos, 6), gpos.len);
    unsigned count = vt_u16(language, 4), seen = 0;

    for (unsigned i = 0; i < count && seen < VT_KERN_SUBTABLES; i++) {
        size_t record = 2 + (size_t)6 * vt_u16(language, 6 + (size_t)2 * i);
        vt_table feature = vt_part(features, vt_u16(features, record + 4), features.len);
        unsigned lookups = vt_u16(feature, 2);

        if (vt_u32(features, record) != TAG('k', 'e', 'r', 'n'))
            continue;
        seen++;
        for (unsigned k = 0; k < lookups && k < VT_KERN_SUBTABLES; k++)
            insert(out, vt_u16(feature, 4 + (size_t)2 * k));
    }
}

/* The old table, as Windows wrote it: horizontal subtables of format 0. */
static void load_kern_table(vt_face_data *face) {
    vt_table kern = face->kern;
    unsigned count = vt_u16(kern, 2);
    size_t at = 4;

    if (vt_u16(kern, 0) != 0)
        return;
    for (unsigned i = 0; i < count && i < VT_KERN_SUBTABLES; i++) {
        unsigned flags = vt_u16(kern, at + 4), pairs = vt_u16(kern, at + 6);
        vt_table t = vt_part(kern, at + 14, (size_t)6 * pairs);

        /* bit 0 horizontal; minimum (1), cross-stream (2), override (3) and other formats: no */
        if ((flags & 0xFF0F) == 1 && new_subtable(face, t, i)) {
            for (size_t p = 0; p + 6 <= t.len; p += 6)
                add_left(face, vt_u16(t, p));
        }
        at += vt_u16(kern, at + 2);
    }
}

vt_status vt_face_kerning(vt_arena *arena, vt_face_data *face, vt_findings *list) {
    vt_table lookups = vt_part(face->gpos, vt_u16(face->gpos, 8), face->gpos.len);
    lookup_list wanted = {.count = 0};

    face->kerning.left = vt_alloc(arena, (size_t)face->glyphs / 8 + 1);
    if (!face->kerning.left)
        return vt_nomem(list);
    kern_lookups(face->gpos, &wanted);
    for (size_t i = 0; i < wanted.count; i++)
        add_lookup(face, lookups, wanted.index[i]);
    if (face->kerning.count == 0)
        load_kern_table(face);
    return VT_OK;
}
