/*
 * fonts/subset.c - which glyphs a document needs, and the subsets made so far.
 *
 * A finished subset depends on the set of glyphs alone.  Documents of one run
 * mostly need the same sets, so each face keeps the last ones it made; those
 * in use by a vt_subset outlive their place in that list.
 */
#include "fonts/face.h"

#include <stdlib.h>
#include <string.h>

#define KEPT 64 /* finished subsets per face, of 1 to 12 KB each */

struct vt_subset {
    vt_fonts *fonts;
    vt_face_data *face;
    uint64_t *marks, *base; /* a bit per glyph; what a new document starts with */
    vt_made *made;          /* once finished */
};

static void set_bit(uint64_t *bits, unsigned i) {
    bits[i / 64] |= (uint64_t)1 << (i % 64);
}

static bool bit(const uint64_t *bits, unsigned i) {
    return bits[i / 64] >> (i % 64) & 1;
}

/* ----------------------------------------------------------------- marks -- */

static void mark_characters(vt_subset *subset, const uint16_t *cps, size_t count) {
    for (size_t i = 0; i < count; i++)
        set_bit(subset->base, vt_face_glyph(subset->face, cps[i]));
}

vt_subset *vt_subset_new(vt_fonts *fonts, vt_face face, vt_subset_mode mode) {
    size_t words = vt_words(&fonts->faces[face]);
    vt_subset *subset = calloc(1, sizeof *subset);

    if (!subset)
        return NULL;
    subset->fonts = fonts;
    subset->face = &fonts->faces[face];
    subset->base = calloc(2 * words, sizeof *subset->base);
    if (!subset->base) {
        free(subset);
        return NULL;
    }
    subset->marks = subset->base + words;
    set_bit(subset->base, 0); /* .notdef */
    if (mode == VT_SUBSET_SHARED) {
        mark_characters(subset, vt_repertoire_required, vt_repertoire_required_count);
        mark_characters(subset, vt_repertoire_optional, vt_repertoire_optional_count);
    }
    vt_subset_clear(subset);
    return subset;
}

void vt_subset_free(vt_subset *subset) {
    if (!subset)
        return;
    vt_made_drop(subset->made);
    free(subset->base);
    free(subset);
}

void vt_subset_clear(vt_subset *subset) {
    vt_made_drop(subset->made);
    subset->made = NULL;
    memcpy(subset->marks, subset->base, vt_words(subset->face) * sizeof *subset->marks);
}

void vt_subset_mark(vt_subset *subset, uint16_t glyph) {
    if (!subset->made && glyph < subset->face->glyphs)
        set_bit(subset->marks, glyph);
}

/* ------------------------------------------------------- finished subsets -- */

void vt_made_drop(vt_made *made) {
    if (!made || --made->refs)
        return;
    free(made->bytes);
    free(made->glyphs);
    free(made->marks);
    free(made);
}

static uint64_t hash_words(const uint64_t *words, size_t n) {
    uint64_t h = 0;

    for (size_t i = 0; i < n; i++) {
        h = (h ^ words[i]) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    return h;
}

/* Finds the subset of these marks and moves it to the front of the list. */
static vt_made *find_made(vt_face_data *face, const uint64_t *marks, uint64_t hash) {
    size_t size = vt_words(face) * sizeof *marks;

    for (vt_made **at = &face->made; *at; at = &(*at)->next) {
        vt_made *made = *at;

        if (made->hash != hash || memcmp(made->marks, marks, size) != 0)
            continue;
        *at = made->next;
        made->next = face->made;
        face->made = made;
        return made;
    }
    return NULL;
}

static void keep_made(vt_face_data *face, vt_made *made) {
    vt_made **at = &face->made;

    made->refs++;
    made->next = face->made;
    face->made = made;
    for (size_t i = 0; *at && i < KEPT; i++)
        at = &(*at)->next;
    if (*at) { /* the list held KEPT before: its last is the oldest */
        vt_made_drop(*at);
        *at = NULL;
    }
}

static vt_made *made_new(const vt_face_data *face, const uint64_t *marks, uint64_t hash) {
    size_t words = vt_words(face);
    vt_made *made = calloc(1, sizeof *made);

    if (!made)
        return NULL;
    made->refs = 1;
    made->hash = hash;
    made->marks = calloc(words, 2 * sizeof *made->marks + sizeof *made->before);
    if (!made->marks) {
        free(made);
        return NULL;
    }
    made->closed = made->marks + words;
    made->before = (uint16_t *)(made->closed + words);
    memcpy(made->marks, marks, words * sizeof *marks);
    return made;
}

/* ---------------------------------------------------------------- closure -- */

/* Adds the glyph and its components; the depth of checked shapes is bounded. */
static bool close_over(vt_face_data *face, vt_made *made, unsigned glyph) {
    const vt_shape *shape;
    size_t at = 0, id;

    if (bit(made->closed, glyph))
        return true;
    shape = vt_shape_get(face, glyph);
    if (!shape)
        return false;
    set_bit(made->closed, glyph);
    while (shape->depth && (id = vt_shape_component(vt_shape_bytes(face, shape), &at)) != 0) {
        if (!close_over(face, made, vt_u16(vt_shape_bytes(face, shape), id)))
            return false;
    }
    return true;
}

static vt_status broken_glyph(const vt_face_data *face, unsigned glyph, vt_findings *list) {
    if (face->shape_bytes.failed)
        return vt_nomem(list);
    return vt_fail(list, "FNT-08", (vt_place){.file = face->file},
                   "Thay bằng tệp phông nguyên vẹn.",
                   "Tệp phông “%s” hỏng: nét của chữ U+%04X (số %u) sai dạng.", face->file,
                   (unsigned)face->codepoint[glyph], glyph);
}

static unsigned ones(uint64_t word) {
    unsigned n = 0;

    for (; word; word &= word - 1)
        n++;
    return n;
}

/* The numbers of the bits that are set, in ascending order. */
static size_t list_bits(const uint64_t *bits, size_t words, uint16_t *out) {
    size_t n = 0;

    for (size_t i = 0; i < words; i++) {
        for (uint64_t word = bits[i]; word; word &= word - 1)
            out[n++] = (uint16_t)(64 * i + ones((word & -word) - 1));
    }
    return n;
}

static vt_status close_set(vt_face_data *face, vt_made *made, vt_findings *list) {
    size_t words = vt_words(face);
    unsigned count = 0;

    for (size_t i = 0; i < words; i++) {
        for (uint64_t word = made->marks[i]; word; word &= word - 1) {
            unsigned glyph = (unsigned)(64 * i + ones((word & -word) - 1));

            if (!close_over(face, made, glyph))
                return broken_glyph(face, glyph, list);
        }
    }
    for (size_t i = 0; i < words; i++) {
        made->before[i] = (uint16_t)count;
        count += ones(made->closed[i]);
    }
    made->glyphs = malloc(count * sizeof *made->glyphs);
    if (!made->glyphs)
        return vt_nomem(list);
    made->count = (unsigned)list_bits(made->closed, words, made->glyphs);
    return VT_OK;
}

/* ----------------------------------------------------------------- finish -- */

vt_status vt_subset_finish(vt_subset *subset, vt_findings *list, vt_subset_data *out) {
    vt_face_data *face = subset->face;
    uint64_t hash = hash_words(subset->marks, vt_words(face));
    vt_made *made = subset->made ? subset->made : find_made(face, subset->marks, hash);
    vt_status status = VT_OK;

    if (!made) {
        made = made_new(face, subset->marks, hash);
        if (!made)
            return vt_nomem(list);
        status = close_set(face, made, list);
        if (status == VT_OK)
            status = vt_program_build(subset->fonts, face, made, list);
        if (status != VT_OK) {
            vt_made_drop(made);
            return status;
        }
        keep_made(face, made);
        subset->made = made;
    } else if (!subset->made) {
        made->refs++;
        subset->made = made;
    }
    *out = made->data;
    return VT_OK;
}

uint16_t vt_made_id(const vt_made *made, unsigned glyph) {
    uint64_t word = made->closed[glyph / 64], below = ((uint64_t)1 << (glyph % 64)) - 1;

    if (!(word >> (glyph % 64) & 1))
        return 0;
    return (uint16_t)(made->before[glyph / 64] + ones(word & below));
}

uint16_t vt_subset_id(const vt_subset *subset, uint16_t glyph) {
    return subset->made && glyph < subset->face->glyphs ? vt_made_id(subset->made, glyph) : 0;
}
