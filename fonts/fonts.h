/*
 * fonts/fonts.h - the four faces every document is set in.
 *
 * A vt_fonts is loaded once per process and shared by all its documents; it
 * is immutable after vt_fonts_open but for caches that change no answer, so
 * one thread uses it at a time.
 *
 * Default: Liberation Serif (metric-equal to Times New Roman, full
 * Vietnamese).  An agency may name a folder with its own Times New Roman; the
 * folder's manifest or the well-known file names say which file is which face.
 *
 * Text is NFC, so one code point is one glyph; there is no shaping but pair
 * kerning (GPOS 'kern' or the kern table).
 */
#ifndef VT_FONTS_H
#define VT_FONTS_H

#include "base/base.h"

typedef enum vt_face { VT_REGULAR, VT_BOLD, VT_ITALIC, VT_BOLD_ITALIC, VT_FACES } vt_face;

typedef struct vt_fonts vt_fonts;

/*
 * Loads and checks the four faces: table directory, bounds, checksum-free
 * sanity of every table used, glyf outlines (TrueType only), embedding bits of
 * OS/2.fsType (restricted or no-subsetting faces are refused), presence of the
 * 134 Vietnamese letters, digits and punctuation of administrative documents.
 * `folder` NULL: the default folders (see fonts/README.md).
 */
vt_status vt_fonts_open(const char *folder, vt_findings *list, vt_fonts **out) VT_USED;
void vt_fonts_free(vt_fonts *fonts);

/* What goes into a document's ID: hash of the four faces' table directories,
   that is of the length and checksum of each of their tables. */
const vt_hash *vt_fonts_hash(const vt_fonts *fonts);

/* Glyphs of the face: their ids are below this. */
unsigned vt_fonts_glyphs(const vt_fonts *fonts, vt_face face);
/* 0 (.notdef) when the face lacks the character. */
uint16_t vt_fonts_glyph(const vt_fonts *fonts, vt_face face, uint32_t cp);
/* The code point a glyph stands for in text we set (its first by cmap). */
uint32_t vt_fonts_codepoint(const vt_fonts *fonts, vt_face face, uint16_t glyph);

/* Advance and pair kerning in thousandths of an em (exact: rounded once from
   font units, so that widths in the PDF and in the layout agree). */
int vt_fonts_advance(const vt_fonts *fonts, vt_face face, uint16_t glyph);
int vt_fonts_kern(const vt_fonts *fonts, vt_face face, uint16_t left, uint16_t right);

/* Width of UTF-8 text in thousandths of an em, kerning included. */
int64_t vt_fonts_width(const vt_fonts *fonts, vt_face face, const char *text, size_t len);

/* Metrics for layout and for the PDF font descriptor, thousandths of an em. */
typedef struct vt_face_info {
    const char *postscript_name; /* "LiberationSerif-Bold" */
    const char *family;          /* "Liberation Serif" */
    int ascent, descent /* negative */, cap_height, x_height, italic_angle_deg;
    int bbox[4];
    int stem_v;
    int underline_position /* negative: below the baseline */, underline_thickness;
    unsigned pdf_flags; /* PDF 32000-1 table 123: serif, italic, symbolic */
} vt_face_info;
const vt_face_info *vt_fonts_info(const vt_fonts *fonts, vt_face face);

/* ------------------------------------------------------------ embedding -- */

/*
 * What the painter puts into a PDF for one face of one document.  The glyph
 * ids in the page content are the ids of the subset: mark every glyph, finish,
 * then vt_subset_id() gives them.  All pointers live until the subset is
 * cleared or freed.
 *
 * The streams come ready deflated (zlib format) so that nothing is compressed
 * twice; `*_raw_len` is Length1 of the uncompressed font program.
 */
typedef struct vt_subset vt_subset;

typedef struct vt_subset_data {
    const char *name; /* "ABCDEF+LiberationSerif", tag from the glyph set */
    const uint8_t *font_file;
    size_t font_file_len, font_file_raw_len;
    const uint8_t *to_unicode;
    size_t to_unicode_len; /* deflated CMap: bfrange with lists, <= 100 a block */
    const uint8_t *cid_set;
    size_t cid_set_len; /* deflated bit string, complete */
    /* What follows /W in the CIDFont: "[...]/DW 500".  Only glyphs marked have a width. */
    const char *widths;
    size_t widths_len;
} vt_subset_data;

/*
 * One subset per document and face.  Mark what is needed, then finish.
 *   VT_SUBSET_EXACT  only the glyphs marked (smallest file);
 *   VT_SUBSET_SHARED the repertoire of Vietnamese administrative documents,
 *                    made once per process and shared (fastest), with the
 *                    marked glyphs that lie outside it added exactly.
 */
typedef enum vt_subset_mode { VT_SUBSET_EXACT, VT_SUBSET_SHARED } vt_subset_mode;

vt_subset *vt_subset_new(vt_fonts *fonts, vt_face face, vt_subset_mode mode);
void vt_subset_free(vt_subset *subset);
void vt_subset_clear(vt_subset *subset); /* for the next document; memory is kept */
/* Marks a glyph (and the components of a composite).  Marking is a set: order
   and repetition do not matter, so documents with the same glyphs share one
   finished subset. */
void vt_subset_mark(vt_subset *subset, uint16_t glyph);
/* Closes the set until vt_subset_clear: marks after it are ignored. */
vt_status vt_subset_finish(vt_subset *subset, vt_findings *list, vt_subset_data *out) VT_USED;
/* The id of a marked glyph in the finished subset: what the page content holds.
   0 is .notdef, and the answer for a glyph that was not marked or before
   vt_subset_finish.  The same set of glyphs always has the same ids. */
uint16_t vt_subset_id(const vt_subset *subset, uint16_t glyph);
/*
 * For screens: the marked glyphs as a WOFF 1.0 file, appended to `out`, with the
 * characters they stand for and the face's weight and slant.  It names itself
 * `family` (ASCII) and no more of its origin.  Kerning is not in it: whoever sets
 * the text has placed it.  The same glyphs and family give the same bytes.
 */
vt_status vt_subset_woff(vt_subset *subset, const char *family, vt_buf *out,
                         vt_findings *list) VT_USED;

#endif
