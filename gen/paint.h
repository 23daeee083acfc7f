/*
 * gen/paint.h - inside of the painter: what its parts share.
 *
 *   paint.c          one document from first to last object; the cache
 *   paint_fonts.c    the faces a document uses, as embedded subsets
 *   paint_pictures.c pictures as image objects
 *   paint_pages.c    pages and their content streams
 *   paint_tags.c     structure tree and parent tree
 *   paint_forms.c    fields of an electronic file
 *   paint_meta.c     XMP, Info, output intent, the file's ID
 *   paint_files.c    embedded source and enclosures
 */
#ifndef VT_PAINT_H
#define VT_PAINT_H

#include "gen/engine.h"
#include "gen/layout.h"
#include "gen/pdf.h"

#include <libdeflate.h>

/* How a glyph is written in a literal string: its id in the subset, two
   bytes, escaped. */
typedef struct vt_glyph_code {
    char byte[4];
    uint8_t len; /* 0: not marked */
} vt_glyph_code;

/* Pairs asked for lately; what is asked twice a line is found here. */
#define VT_KERN_PAIRS 1024
typedef struct vt_kern_pair {
    uint16_t left, right;
    int32_t kern;
} vt_kern_pair;

/* Glyphs that fields can come to need; found when the first field is met. */
typedef struct vt_repertoire {
    uint16_t *glyphs;
    size_t count;
} vt_repertoire;

/* One face as this document embeds it. */
typedef struct vt_paint_face {
    vt_subset *subset;
    unsigned face_glyphs; /* how many the face has */
    vt_glyph_code *code;  /* [face_glyphs] */
    vt_kern_pair *kern;   /* [VT_KERN_PAIRS] */
    uint16_t *glyphs;     /* those marked, in order; room for face_glyphs */
    size_t glyph_count;
    vt_repertoire repertoire[2]; /* of text fields; of numbers and dates */
    uint16_t space;              /* U+0020 */
    vt_ref font;                 /* the Type0 font; 0: the document does not use the face */
} vt_paint_face;

typedef enum vt_icc { VT_ICC_GRAY, VT_ICC_RGB, VT_ICCS } vt_icc;

/* What lives as long as the process: see gen/engine.h. */
struct vt_paint_cache {
    vt_pdf *pdf;
    struct libdeflate_compressor *deflate;
    struct vt_icc_profile {
        uint8_t *data; /* deflated */
        size_t len;
    } icc[VT_ICCS];
    vt_paint_face faces[2][VT_FACES]; /* [shared?][face] */
    vt_buf content, source, xml;
};

/* A stretch of marked content on a page: one MCID. */
typedef struct vt_mcr {
    uint32_t tag, page, mcid;
    uint32_t next;       /* of the same tag: index + 1, 0 none */
    const vt_run *run;   /* its first; NULL: it is a picture */
    const vt_mark *mark; /* that picture, else NULL */
} vt_mcr;

/* One document while it is painted. */
typedef struct vt_painter {
    struct vt_paint_cache *cache;
    vt_engine *engine;
    const vt_pack *pack;
    const vt_doc *doc;
    const vt_layout *layout;
    vt_findings *list;
    vt_pdf *pdf;
    vt_arena *arena; /* until the next document */
    int part;        /* of PDF/A: 1, 2, 3 */
    bool no_source, shared;
    bool colour;      /* anything not black, or electronic: later acts bring the red seal */
    vt_hasher digest; /* of what the ID stands for */
    vt_date date;
    vt_paint_face *faces;  /* [VT_FACES] */
    vt_ref *pages;         /* [page_count] */
    vt_ref tags;           /* tags + i is the element of layout->tags[i] */
    vt_ref tag_root;       /* StructTreeRoot */
    vt_ref *pictures;      /* [picture_count] */
    vt_ref fields;         /* fields + i is the widget of layout->forms[i] */
    uint32_t *field_order; /* [form_count], by page */
    vt_mcr *mcrs;
    size_t mcr_count, mcr_cap;
    struct vt_tag_content {
        uint32_t first, last; /* its mcrs: index + 1, 0 none */
        uint32_t field;       /* its form: index + 1, 0 none */
    } * contents;             /* [tag_count] */
    uint32_t *page_mcrs;      /* [page_count + 1]: where each page's mcrs begin */
} vt_painter;

/* All return VT_OK or what stopped them, told in the findings. */
vt_status vt_paint_fonts(vt_painter *p) VT_USED;
vt_status vt_paint_pictures(vt_painter *p) VT_USED;
/* Part 1 knows no transparency: such pictures are left out of it. */
bool vt_paint_shows(const vt_painter *p, const vt_picture *picture);
vt_status vt_paint_pages(vt_painter *p) VT_USED;
vt_status vt_paint_tags(vt_painter *p) VT_USED;
vt_status vt_paint_forms(vt_painter *p) VT_USED;
vt_status vt_paint_outlines(vt_painter *p) VT_USED;
/* Reads a colour profile of icc-profiles-free into the cache, once. */
vt_status vt_paint_profile(vt_painter *p, vt_icc which) VT_USED;
vt_status vt_paint_meta(vt_painter *p) VT_USED; /* catalogue, Info, XMP */
/* Source and enclosures; what the catalogue says of them. */
vt_status vt_paint_files(vt_painter *p, vt_buf *catalog) VT_USED;

void vt_paint_pdf_date(vt_date date, vt_buf *out); /* "(D:20260305000000+07'00')" */
const char *vt_paint_font_name(vt_face face);      /* "/F0" */
const char *vt_paint_role(vt_role role);           /* its PDF name */

/* One line of text: TJ operators for glyphs of one face.  Advances are exact;
   what rounding loses is made good at the next adjustment. */
typedef struct vt_glyph_line {
    const uint16_t *glyphs;
    uint32_t count;
    const char *text; /* of the glyphs, to know U+0020 from other blanks */
    size_t len;
    double size, word_space;
    vt_face face;
} vt_glyph_line;
void vt_paint_glyphs(const vt_fonts *fonts, const vt_paint_face *face, const vt_glyph_line *line,
                     vt_buf *out);

/* The layout is not one of ours (PDF-08). */
vt_status vt_paint_unsound(const vt_painter *p);

/* Deflates into the document's arena; NULL without memory. */
const void *vt_paint_deflate(vt_painter *p, const void *data, size_t len, size_t *out_len);

#endif
