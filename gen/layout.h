/*
 * gen/layout.h - composed pages: the value between compose and paint.
 *
 * Everything a page shows is here as boxes at fixed places, and everything a
 * reader, a screen reader or the checker asks about it as structure.  The PDF,
 * the preview and the checks of the composed page all read this and nothing
 * else, so what is seen on the screen is what is signed.
 *
 * Coordinates are points; the origin is the page's upper left corner, y grows
 * downwards; text stands on its baseline.
 *
 * Reading order: runs are stored in the order in which the page is read (left
 * header column, right header column, number, date, title ...), which is also
 * the order in which the painter writes them.
 */
#ifndef VT_LAYOUT_H
#define VT_LAYOUT_H

#include "gen/gen.h"

#define VT_ARTIFACT UINT32_MAX /* page number, rule lines: not content */

/* A colour; black is all zero.  The law wants black text (PL I I.4); stamps red. */
typedef struct vt_rgb {
    uint8_t r, g, b;
} vt_rgb;

/* Text of one face and size on one baseline. */
typedef struct vt_run {
    double x, y;       /* left end of the baseline; sup/sub are shifted already */
    double width;      /* set width: advances, kerning between its own glyphs (spaces
                          too) and word_space for each U+0020, exactly */
    double size;       /* points */
    double word_space; /* added to each U+0020 (justification), may be negative */
    vt_face face;
    vt_rgb colour;
    uint32_t tag;           /* index into layout->tags, or VT_ARTIFACT */
    const char *text;       /* UTF-8, plain spaces; the space (or <br/>) at which a line
                               was broken stays at the end of its run as U+0020: part
                               of `width`, but beyond the line's ink, so that a
                               justified line's last run may reach past the column */
    uint32_t len;           /* bytes of text */
    uint32_t count;         /* glyphs = code points of text */
    const uint16_t *glyphs; /* of the face, not of a subset */
} vt_run;

/* What is drawn besides text, in its order and below the text: a line or a frame,
   always an artifact; or a picture, which is content of its tag. */
typedef enum vt_mark_kind { VT_MARK_LINE, VT_MARK_FRAME, VT_MARK_PICTURE } vt_mark_kind;
typedef struct vt_mark {
    vt_mark_kind kind;
    double x1, y1, x2, y2; /* ends of the centre line, or corners: x1 < x2, y1 < y2 */
    double thickness;
    vt_rgb colour;
    uint32_t picture; /* PICTURE: index into layout->pictures; it fills the corners */
    uint32_t tag;     /* PICTURE: its FIGURE tag, or VT_ARTIFACT */
    const char *what; /* what it is, for checks: "motto-rule", "issuer-rule", "cell",
                         "figure", "signature", "seal" ... */
} vt_mark;

/* A picture file, decoded whole and so known to be sound (gen/picture.c).  One
   file is one picture, wherever it stands and however often; its bytes may be the
   engine's, which outlives its layouts. */
typedef struct vt_picture {
    const char *path;       /* where it was read */
    const char *mime;       /* "image/png", "image/jpeg" */
    const uint8_t *file;    /* for a browser: as it was read, a JPEG without the notes */
    size_t file_len;        /* of cameras and authors */
    uint32_t width, height; /* samples, as stored */
    bool mirrored;          /* left and right change places, before it is turned */
    int turn;               /* quarter turns clockwise by which it is shown: 0..3 */
    int channels;           /* 1 gray, 3 RGB */
    double dpi;             /* as the file states it; 0: it does not */
    vt_rgb ink;             /* of a see-through PNG: its mean colour, by opacity */
    const uint8_t *samples; /* for a PDF: the JPEG itself, or zlib of PNG-filtered rows */
    size_t samples_len;     /* of 8 bit samples (Predictor 15) */
    const uint8_t *alpha;   /* the same with one channel; NULL: opaque */
    size_t alpha_len;
} vt_picture;

typedef struct vt_page {
    double width, height;
    vt_run *runs;
    size_t run_count, run_cap;
    vt_mark *marks;
    size_t mark_count, mark_cap;
    int number; /* printed number of the page within its document, from 1 */
} vt_page;

/* Roles of the structure tree: standard PDF 1.7 types only. */
typedef enum vt_role {
    VT_ROLE_DOCUMENT,
    VT_ROLE_PART,
    VT_ROLE_SECT,
    VT_ROLE_DIV,
    VT_ROLE_P,
    VT_ROLE_H1,
    VT_ROLE_H2,
    VT_ROLE_H3,
    VT_ROLE_H4,
    VT_ROLE_H5,
    VT_ROLE_H6,
    VT_ROLE_L,
    VT_ROLE_LI,
    VT_ROLE_LBL,
    VT_ROLE_LBODY,
    VT_ROLE_TABLE,
    VT_ROLE_THEAD,
    VT_ROLE_TBODY,
    VT_ROLE_TR,
    VT_ROLE_TH,
    VT_ROLE_TD,
    VT_ROLE_CAPTION,
    VT_ROLE_FIGURE,
    VT_ROLE_FORM,
    VT_ROLE_NOTE,
    VT_ROLE_SPAN,
    VT_ROLES
} vt_role;

/* One structure element.  tags[0] is the Document.  A tag holds either other
   tags or content (runs that name it), not both, except that FORM tags hold
   their field, and FIGURE tags their picture and perhaps a CAPTION.  Children are in reading order.
 */
typedef struct vt_tag {
    vt_role role;
    uint32_t parent, first, last, next; /* indices; 0 = none but for parent of 1st level */
    uint16_t colspan, rowspan;          /* TH, TD; 0 or 1: plain */
    bool column_scope;                  /* TH: heads its column */
    const char *alt;                    /* FIGURE, FORM: what it shows; may be NULL */
    const vt_node *node;                /* where it came from; may be NULL */
} vt_tag;

/* A form field of an electronic file (docs/format.md, "electronic"). */
typedef enum vt_form_kind { VT_FORM_TEXT, VT_FORM_SIGNATURE } vt_form_kind;
typedef enum vt_align { VT_LEFT, VT_CENTER, VT_RIGHT, VT_JUSTIFY } vt_align;
typedef struct vt_form {
    vt_form_kind kind;
    const char *name;      /* "so", "ngay", "ky_1", "dau_1", "ban_sao" */
    const char *label;     /* Vietnamese, for people and screen readers (TU) */
    size_t page;           /* index */
    double x1, y1, x2, y2; /* box, y1 < y2 */
    double baseline;       /* y of the text's baseline */
    vt_face face;
    double size;
    vt_align align;
    const char *value; /* text already known, or NULL: empty */
    uint32_t tag;      /* its FORM tag */
} vt_form;

typedef struct vt_outline {
    int level; /* from 1 */
    const char *text;
    size_t page;
    double y; /* top of the heading */
} vt_outline;

struct vt_layout {
    vt_arena *arena;
    vt_page *pages;
    size_t page_count, page_cap;
    vt_tag *tags;
    size_t tag_count, tag_cap;
    vt_form *forms;
    size_t form_count, form_cap;
    vt_outline *outlines;
    size_t outline_count, outline_cap;
    vt_picture *pictures;
    size_t picture_count, picture_cap;
    const char *title;    /* "Công văn số 152/UBND-VX: V/v ..." : the PDF's title */
    const char *language; /* "vi-VN" */
    struct vt_attachment {
        const char *name, *title;
        const uint8_t *data;
        size_t len;
        const char *mime;
    } * attachments;
    size_t attachment_count; /* enclosed PDFs, embedded as associated files */
    vt_beside *beside;       /* vt_layout_beside */
    size_t beside_count, beside_cap;
};

/* Whoever draws a layout asks first: indices inside their arrays, finite numbers,
   sizes of pages that PDF can have.  False is a fault of ours. */
bool vt_layout_sound(const vt_layout *layout);

#endif
