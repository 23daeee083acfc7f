/*
 * fonts/face.h - one TrueType face in memory (inside of vt_fonts).
 */
#ifndef VT_FONTS_FACE_H
#define VT_FONTS_FACE_H

#include "fonts/fonts.h"
#include "fonts/table.h"

#define VT_FONT_FILE_MAX ((size_t)64 << 20)
#define VT_COMPOSITE_DEPTH 6 /* composites inside composites; fonts in use have 2 */
#define VT_COMPOSITE_PARTS 64
#define VT_KERN_SUBTABLES 64

/* Characters of administrative documents, in ascending order.  The first
   table must be there; the second is used where a face has it. */
extern const uint16_t vt_repertoire_required[];
extern const size_t vt_repertoire_required_count;
extern const uint16_t vt_repertoire_optional[];
extern const size_t vt_repertoire_optional_count;

/* A glyph as it goes into PDFs: without instructions, checked (fonts/glyph.c). */
typedef struct vt_shape {
    uint32_t at, len; /* in shape_bytes; an empty glyph has len 0 */
    uint8_t state;    /* enum vt_shape_state */
    uint8_t depth;    /* of composites below; 0: simple or empty */
    uint16_t parts;   /* simple glyphs it draws */
} vt_shape;

typedef struct vt_kerning {
    struct vt_kern_subtable {
        vt_table data;   /* PairPos subtable, or pairs of a kern table */
        unsigned lookup; /* of a lookup only the first subtable that matches counts */
        int format;      /* 1, 2: PairPos; 0: sorted pairs of a kern table */
    } subtables[VT_KERN_SUBTABLES];
    size_t count;
    uint8_t *left; /* bit per glyph: some subtable kerns what follows it */
} vt_kerning;

typedef struct vt_face_data {
    const char *file; /* its path, for findings */
    vt_mapping bytes;
    vt_table head, hhea, maxp, hmtx, loca, glyf, cmap, os2, post, name, gpos, kern;
    unsigned units_per_em, glyphs, hmetrics;
    bool long_loca;
    int *advance;         /* thousandths, per glyph */
    uint16_t *pages[256]; /* BMP: glyph by code point, in pages of 256; NULL: empty */
    vt_table groups;      /* cmap format 12: its groups, for what lies beyond the BMP */
    uint32_t *codepoint;  /* per glyph */
    vt_kerning kerning;
    vt_face_info info;

    vt_shape *shapes; /* per glyph, made when first used */
    vt_buf shape_bytes;
    struct vt_kept *kept; /* finished subsets (fonts/subset.c); NULL: none yet */
} vt_face_data;

struct vt_fonts {
    vt_arena *arena;
    vt_hash hash;
    vt_face_data faces[VT_FACES];
    vt_buf raw, packed; /* scratch of fonts/program.c */
    struct libdeflate_compressor *deflate;
};

/* Checks face->bytes and fills everything else.  VT_FAIL: the font is unfit. */
vt_status vt_face_load(vt_arena *arena, vt_face_data *face, vt_findings *list);
vt_status vt_face_cmap(vt_arena *arena, vt_face_data *face, vt_findings *list); /* fonts/cmap.c */
vt_status vt_face_kerning(vt_arena *arena, vt_face_data *face, vt_findings *list); /* kern.c */

uint16_t vt_face_glyph(const vt_face_data *face, uint32_t cp);
int vt_face_kern(const vt_face_data *face, uint16_t left, uint16_t right);
int vt_face_scaled(const vt_face_data *face, int units); /* thousandths of an em, rounded */
/* Where a glyph's outline stands in glyf. */
vt_table vt_face_outline(const vt_face_data *face, unsigned glyph);

/* The glyph stripped of its instructions and checked, components included.
   NULL: its outline is broken, or there is no memory (shape_bytes failed). */
const vt_shape *vt_shape_get(vt_face_data *face, unsigned glyph);
/* Steps through the components of a shape: *at starts as 0.  Returns where in
   the shape's bytes the next component's glyph id stands, 0 after the last. */
size_t vt_shape_component(vt_table bytes, size_t *at);
static inline vt_table vt_shape_bytes(const vt_face_data *face, const vt_shape *shape) {
    return (vt_table){(const uint8_t *)face->shape_bytes.data + shape->at, shape->len};
}

/* Which four files (fonts/choose.c): paths in the arena. */
vt_status vt_fonts_choose(vt_arena *arena, const char *folder, vt_findings *list,
                          const char *paths[VT_FACES]);

/* A finished subset (fonts/subset.c). */
typedef struct vt_made {
    unsigned refs;
    uint64_t *marks;  /* the glyphs asked for: the key, a bit per glyph */
    uint64_t *closed; /* those and all their components */
    uint16_t *before; /* glyphs in the words of `closed` before this one */
    uint16_t *glyphs; /* by their ids in the subset */
    uint16_t *ids;    /* of the glyphs of `closed`, in ascending order of those */
    unsigned count;
    vt_subset_data data;
    uint8_t *bytes; /* what `data` points to */
    size_t size;    /* of all this */
} vt_made;

static inline size_t vt_words(const vt_face_data *face) {
    return ((size_t)face->glyphs + 63) / 64;
}
void vt_kept_free(struct vt_kept *kept);

/* Fills made->data from made->closed (fonts/program.c). */
vt_status vt_program_build(vt_fonts *fonts, const vt_face_data *face, vt_made *made,
                           vt_findings *list);
/* The tables a set of outlines needs, as a TrueType file: glyf head hhea hmtx loca maxp. */
void vt_program_outlines(const vt_face_data *face, const vt_made *made, vt_buf *raw);
/* A compressor is there, fonts->raw and fonts->packed are empty; false: no memory. */
bool vt_program_ready(vt_fonts *fonts);
/* Appends the set as a WOFF file (fonts/woff.c). */
vt_status vt_woff_build(vt_fonts *fonts, const vt_face_data *face, const vt_made *made,
                        const char *family, vt_buf *out, vt_findings *list);
uint16_t vt_made_id(const vt_made *made, unsigned glyph);

#endif
