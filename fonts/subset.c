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

/* Finished subsets a face keeps: rows by hash, in each row the latest used.  A
   subset takes 1 to 12 KB. */
#define ROWS 128
#define ROW 8
#define KEPT_BYTES ((size_t)4 << 20)

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

/* ------------------------------------------------------- finished subsets -- */

typedef struct kept {
    uint64_t hash;
    vt_made *made; /* NULL: a free place */
} kept;

typedef struct vt_kept {
    size_t bytes;
    kept rows[ROWS][ROW]; /* each from the latest used to the oldest, then free */
} vt_kept;

static void drop(vt_made *made) {
    if (!made || --made->refs)
        return;
    free(made->bytes);
    free(made->glyphs);
    free(made->marks);
    free(made);
}

void vt_kept_free(vt_kept *all) {
    for (size_t i = 0; all && i < ROWS; i++) {
        for (size_t k = 0; k < ROW; k++)
            drop(all->rows[i][k].made);
    }
    free(all);
}

static uint64_t hash_words(const uint64_t *words, size_t n) {
    uint64_t h = 0;

    for (size_t i = 0; i < n; i++) {
        h = (h ^ words[i]) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    return h;
}

/* Puts `entry` at the front of its row, the first `n` moving back by one. */
static void put_first(kept *row, size_t n, kept entry) {
    memmove(row + 1, row, n * sizeof *row);
    row[0] = entry;
}

static vt_made *find_kept(vt_kept *all, const uint64_t *marks, size_t words, uint64_t hash) {
    kept *row = all ? all->rows[hash % ROWS] : NULL;

    for (size_t i = 0; row && i < ROW && row[i].made; i++) {
        kept found = row[i];

        if (found.hash == hash && memcmp(found.made->marks, marks, words * sizeof *marks) == 0) {
            put_first(row, i, found);
            found.made->refs++;
            return found.made;
        }
    }
    return NULL;
}

/* The oldest of a row make room.  What finds none is not kept: that costs time
   alone, and so does a lack of memory. */
static void keep(vt_face_data *face, vt_made *made, uint64_t hash) {
    vt_kept *all = face->kept ? face->kept : calloc(1, sizeof *all);
    kept *row = all ? all->rows[hash % ROWS] : NULL;
    size_t n = 0;

    face->kept = all;
    while (row && n < ROW && row[n].made)
        n++;
    while (n && (n == ROW || made->size > KEPT_BYTES - all->bytes)) {
        kept *oldest = &row[--n];

        all->bytes -= oldest->made->size;
        drop(oldest->made);
        oldest->made = NULL;
    }
    if (!row || made->size > KEPT_BYTES - all->bytes)
        return;
    put_first(row, n, (kept){hash, made});
    made->refs++;
    all->bytes += made->size;
}

static vt_made *made_new(const vt_face_data *face, const uint64_t *marks) {
    size_t words = vt_words(face);
    vt_made *made = calloc(1, sizeof *made);

    if (!made)
        return NULL;
    made->refs = 1;
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
    drop(subset->made);
    free(subset->base);
    free(subset);
}

void vt_subset_clear(vt_subset *subset) {
    drop(subset->made);
    subset->made = NULL;
    memcpy(subset->marks, subset->base, vt_words(subset->face) * sizeof *subset->marks);
}

void vt_subset_mark(vt_subset *subset, uint16_t glyph) {
    if (!subset->made && glyph < subset->face->glyphs)
        set_bit(subset->marks, glyph);
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

/* How many glyphs of the set stand before this one, which is in it. */
static unsigned rank(const vt_made *made, unsigned glyph) {
    uint64_t below = ((uint64_t)1 << (glyph % 64)) - 1;

    return made->before[glyph / 64] + ones(made->closed[glyph / 64] & below);
}

static int by_key(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/*
 * Numbers the glyphs: .notdef, those asked for by their widths, then those
 * that are only parts of others.  So the W array consists of ranges and the
 * hmtx table of repetitions: 3 % of what a face takes in a file.
 */
static vt_status number_glyphs(const vt_face_data *face, vt_made *made, vt_findings *list) {
    uint64_t *keys = malloc(made->count * sizeof *keys);
    size_t n = 0;

    made->glyphs = malloc(2 * made->count * sizeof *made->glyphs);
    if (!keys || !made->glyphs) {
        free(keys);
        return vt_nomem(list);
    }
    made->ids = made->glyphs + made->count;
    for (unsigned glyph = 0; glyph < face->glyphs; glyph++) {
        if (made->closed[glyph / 64] == 0)
            glyph |= 63;
        else if (bit(made->closed, glyph))
            keys[n++] = (uint64_t)(glyph && !bit(made->marks, glyph)) << 63 |
                        (uint64_t)(glyph ? face->advance[glyph] + 1 : 0) << 32 | glyph;
    }
    qsort(keys, n, sizeof *keys, by_key);
    for (size_t id = 0; id < n; id++) {
        uint16_t glyph = (uint16_t)keys[id];

        made->glyphs[id] = glyph;
        made->ids[rank(made, glyph)] = (uint16_t)id;
    }
    free(keys);
    return VT_OK;
}

static vt_status close_set(vt_face_data *face, vt_made *made, vt_findings *list) {
    for (unsigned glyph = 0; glyph < face->glyphs; glyph++) {
        if (made->marks[glyph / 64] == 0)
            glyph |= 63;
        else if (bit(made->marks, glyph) && !close_over(face, made, glyph))
            return broken_glyph(face, glyph, list);
    }
    made->count = 0;
    for (size_t i = 0; i < vt_words(face); i++) {
        made->before[i] = (uint16_t)made->count;
        made->count += ones(made->closed[i]);
    }
    return number_glyphs(face, made, list);
}

/* ----------------------------------------------------------------- finish -- */

static vt_status make(vt_fonts *fonts, vt_face_data *face, const uint64_t *marks, vt_findings *list,
                      vt_made **out) {
    vt_made *made = made_new(face, marks);
    vt_status status = made ? close_set(face, made, list) : vt_nomem(list);

    if (status == VT_OK)
        status = vt_program_build(fonts, face, made, list);
    if (status == VT_OK) {
        made->size += vt_words(face) * (2 * sizeof *made->marks + sizeof *made->before) +
                      2 * made->count * sizeof *made->glyphs;
        *out = made;
    } else
        drop(made);
    return status;
}

vt_status vt_subset_finish(vt_subset *subset, vt_findings *list, vt_subset_data *out) {
    vt_face_data *face = subset->face;
    uint64_t hash = hash_words(subset->marks, vt_words(face));
    vt_status status = VT_OK;

    if (!subset->made)
        subset->made = find_kept(face->kept, subset->marks, vt_words(face), hash);
    if (!subset->made) {
        status = make(subset->fonts, face, subset->marks, list, &subset->made);
        if (status == VT_OK)
            keep(face, subset->made, hash);
    }
    if (status == VT_OK)
        *out = subset->made->data;
    return status;
}

/* Made anew each time: a page is looked at more seldom than documents are made. */
vt_status vt_subset_woff(vt_subset *subset, const char *family, vt_buf *out, vt_findings *list) {
    vt_made *made = made_new(subset->face, subset->marks);
    vt_status status = made ? close_set(subset->face, made, list) : vt_nomem(list);

    if (status == VT_OK)
        status = vt_woff_build(subset->fonts, subset->face, made, family, out, list);
    drop(made);
    return status;
}

uint16_t vt_made_id(const vt_made *made, unsigned glyph) {
    return bit(made->closed, glyph) ? made->ids[rank(made, glyph)] : 0;
}

uint16_t vt_subset_id(const vt_subset *subset, uint16_t glyph) {
    return subset->made && glyph < subset->face->glyphs ? vt_made_id(subset->made, glyph) : 0;
}
