/*
 * gen/compose.h - what the files that set a document share.
 *
 * A vt_job is one call of vt_compose.  A vt_ctx is one document being set in
 * it: the document itself, an attached text, an enclosed document.  Each has
 * its own pack, flow, counters and page numbers.
 *
 * Errors are sticky: whoever meets one records the finding and worsens
 * job->status; the others go on, so that all faults are found in one run.
 * Only VT_FAIL (no memory) makes the rest idle.
 */
#ifndef VT_COMPOSE_H
#define VT_COMPOSE_H

#include "gen/engine.h"
#include "gen/flow.h"
#include "gen/layout.h"
#include "gen/pack.h"
#include "gen/para.h"

typedef struct vt_job {
    vt_engine *engine;
    const vt_compose_options *options;
    vt_arena *arena;
    vt_findings *list;
    vt_layout *layout;
    vt_status status;
    size_t enclosed; /* files enclosed so far, at whatever depth */
} vt_job;

/* Counters of the numbered structure (gen/numbering.c). */
typedef struct vt_counters {
    int part, chapter, section, subsection, article, point;
    int clause[VT_MAX_DEPTH]; /* by nesting of khoản */
    int clause_depth;
} vt_counters;

/* Pieces of the paragraph at hand: scratch, reused. */
typedef struct vt_pieces {
    vt_piece *at;
    size_t count, cap;
} vt_pieces;

/* Footnotes of a document (gen/notes.c). */
typedef struct vt_note_ref {
    const vt_node *node;
    uint32_t tag;  /* of the text that names it */
    uint32_t note; /* its own */
} vt_note_ref;
typedef struct vt_notes {
    vt_note_ref *at;
    size_t count, cap, cursor;
    int before; /* notes counted before this document's first: annexes go on */
} vt_notes;

typedef struct vt_ctx {
    vt_job *job;
    const struct vt_ctx *outer; /* the document that encloses this one, or NULL */
    const vt_pack *pack;
    const vt_doc *doc;
    const vt_node *root; /* VT_DOCUMENT: doc->root or the one inside <attached> */
    const vt_type *type;
    const vt_node *attached; /* the element this document stands in, or NULL */
    vt_hash source;          /* of an enclosed file: no file encloses itself */
    int set;                 /* size set: 0 large, 1 small */
    double width;            /* of the text area */
    vt_sheet sheet;
    uint32_t tag; /* holds this document's content */
    vt_flow flow;
    vt_pieces pieces;
    vt_counters counters;
    vt_notes notes;
    const vt_node *end_node;   /* its paragraph gets the end mark */
    struct vt_tgrid *measured; /* tables measured before they are set, in their order */
    bool has_contact;          /* ô 13 stands at the foot of its first page */
    struct vt_ctx *copier;     /* the copy whose block is still to come behind it, or NULL */
    bool issued;               /* an enclosed file: nothing of it is left blank for later acts */
    bool copied;               /* a document of another body set anew: bears a copy mark */
    int heading_base;          /* level of a heading at the top of the body */
} vt_ctx;

/* Setting one document from its root on: pages are appended (gen/compose.c). */
void vt_compose_document(vt_ctx *ctx);
const vt_type *vt_type_of(vt_ctx *ctx); /* by @type; NULL: a finding has been made */
void vt_ctx_begin(vt_ctx *ctx);         /* sheet and empty flow */
void vt_turn_sheet(vt_ctx *ctx);        /* lying: its margins turn with it */
void vt_ctx_pages(vt_ctx *ctx);         /* the flow onto pages, with their numbers */

/* gen/verso.c: how far the layout has come; then what has come since stands
   as on the backs of its sheets, where it is printed on both sides. */
typedef struct vt_reach {
    size_t pages, forms, outlines;
} vt_reach;
vt_reach vt_reach_now(const vt_ctx *ctx);
void vt_verso(vt_ctx *ctx, vt_reach from);

/* A problem of the document, at a node: recorded, the job is worse for it. */
void vt_trouble(vt_ctx *ctx, const char *id, const vt_node *node, const char *remedy,
                const char *fmt, ...) VT_PRINTF(5, 6);
void vt_worsen(vt_ctx *ctx, vt_status status); /* found by another room's call */
bool vt_idle(const vt_ctx *ctx);               /* the job has failed: do nothing more */
void vt_no_memory(vt_ctx *ctx);
vt_place vt_at_node(const vt_ctx *ctx, const vt_node *node); /* cheap: file, line, element */

/* ---------------------------------------------------------------- tags -- */

/* gen/tags.c: appends a structure element below `parent`; 0 without memory. */
uint32_t vt_tag_add(vt_ctx *ctx, vt_role role, uint32_t parent, const vt_node *node);
vt_role vt_heading_role(int level);                              /* H1..H6 */
void vt_outline_entry(vt_ctx *ctx, int level, const char *text); /* at the box to come */

/* -------------------------------------------------------------- inline -- */

/* gen/inline.c: styles and pieces */
const vt_style *vt_style_of(const vt_ctx *ctx, vt_component component);
double vt_size_of(const vt_ctx *ctx, const vt_style *style);
double vt_single(const vt_ctx *ctx, double size); /* pitch of single-spaced lines */
double vt_body_pitch(const vt_ctx *ctx, double size);
double vt_ascent(const vt_ctx *ctx, double size); /* of type of that size */
double vt_depth(const vt_ctx *ctx, double size);

void vt_pieces_clear(vt_ctx *ctx);
vt_piece *vt_pieces_text(vt_ctx *ctx, const vt_style *style, uint32_t tag, const char *text);
vt_piece *vt_pieces_blank(vt_ctx *ctx, const vt_style *style, uint32_t tag, double width);
/* Inline content: `node` and its siblings as long as they are inline. */
const vt_node *vt_pieces_inline(vt_ctx *ctx, const vt_style *style, uint32_t tag,
                                const vt_node *node);
void vt_pieces_end_mark(vt_ctx *ctx, const vt_style *style, uint32_t tag, const char *mark);
bool vt_is_inline(vt_el el);
/* Fills a pattern: "{name}" becomes the value of that name.  NULL value: "". */
typedef struct vt_slot {
    const char *name, *value;
} vt_slot;
const char *vt_fill(vt_ctx *ctx, const char *pattern, const vt_slot *slots, size_t count);

/* gen/notes.c: the raised number of a footnote as a piece.  Its run bears a
   mark instead of a tag until vt_notes_attach has found its box. */
void vt_note_number(vt_ctx *ctx, const vt_style *style, uint32_t tag, const vt_node *node);
void vt_notes_attach(vt_ctx *ctx); /* before the flow is broken into pages */

/* Sets the pieces at hand.  A fault leaves a paragraph without lines. */
typedef struct vt_shape {
    double width, first_indent, hang;
    vt_align align;
    bool balance; /* lines of about equal length; centred ones always are */
} vt_shape;
vt_para vt_set(vt_ctx *ctx, vt_shape shape, const vt_node *node);
vt_extent vt_extent_of(vt_ctx *ctx, const vt_node *node);           /* of the pieces at hand */
double vt_natural(vt_ctx *ctx, double *least, const vt_node *node); /* width on one line */
vt_para vt_set_words(vt_ctx *ctx, vt_component component, uint32_t tag, const char *text,
                     double width); /* one component, its own alignment */

/* -------------------------------------------------------------- column -- */

/*
 * gen/column.c: lines at fixed places inside an assembly (header, closing
 * block), in the order in which they are read.
 */
typedef struct vt_column {
    vt_ctx *ctx;
    vt_run *runs;
    size_t run_count, run_cap;
    vt_mark *marks;
    size_t mark_count, mark_cap;
} vt_column;

/* Puts a paragraph: first baseline at y, lines `pitch` apart, left edge x.
   Returns the baseline of its last line (y when it has none). */
double vt_column_para(vt_column *column, const vt_para *para, double x, double y, double pitch);
void vt_column_mark(vt_column *column, const vt_mark *mark);
void vt_column_line(vt_column *column, double x1, double x2, double y, const vt_style *style,
                    const char *what);
void vt_column_frame(vt_column *column, double x1, double y1, double x2, double y2,
                     const vt_style *style, const char *what);
/* The line below a component (style->rule) whose last line is given, rule_gap
   below its descenders; returns the depth below that baseline at which the
   component ends. */
double vt_column_rule(vt_column *column, const vt_style *style, const vt_line *last, double x,
                      double y, const char *what);
/* Into the flow as one box of that height; its index. */
size_t vt_column_box(vt_column *column, double height, double before, double after);

/* ------------------------------------------------------ files beside it -- */

/* The bytes, in the arena, of the file `node` names; false: a finding has been made at
   that node (gen/enclose.c). */
bool vt_ctx_read(vt_ctx *ctx, const vt_node *node, const char *path, size_t max,
                 const uint8_t **data, size_t *len);
/* Its bytes are kept for vt_layout_beside. */
void vt_ctx_beside(vt_ctx *ctx, const char *name, const void *data, size_t len);

/* gen/picture.c: the picture the attribute names, decoded when it first stands
   in the layout; NULL: a finding has been made. */
const vt_picture *vt_picture_beside(vt_ctx *ctx, const vt_node *node, vt_at at, uint32_t *index);

/* gen/figure.c: a figure as a picture in the middle of a column `width` wide, no
   higher than `room`: its mark, from (0, 0) down.  False: a finding has been made. */
bool vt_figure_mark(vt_ctx *ctx, const vt_node *node, uint32_t tag, double width, double room,
                    vt_mark *mark);
/* Its FIGURE tag and its caption, which may have no lines. */
uint32_t vt_figure_tag(vt_ctx *ctx, const vt_node *node, uint32_t parent);
vt_para vt_figure_caption(vt_ctx *ctx, const vt_node *node, uint32_t tag, double width);
/* Figure and caption as boxes of the flow. */
void vt_figure(vt_ctx *ctx, const vt_node *node, uint32_t parent, double left, double width);

/* -------------------------------------------------------------- stages -- */

void vt_header(vt_ctx *ctx);                    /* gen/header.c: ô 1-4, 5b */
void vt_title(vt_ctx *ctx);                     /* gen/title.c: ô 5a */
void vt_book_head(vt_ctx *ctx);                 /* gen/book.c: of a register, a list */
bool vt_prints_title(const vt_ctx *ctx);        /* else the subject is ô 5b */
void vt_to(vt_ctx *ctx);                        /* gen/to.c: ô 9a */
void vt_body(vt_ctx *ctx, const vt_node *body); /* gen/body.c: ô 6 */
void vt_closing(vt_ctx *ctx);                   /* gen/closing.c: ô 7, 9b */
void vt_confirmations(vt_ctx *ctx);             /* gen/confirm.c: Mẫu 1.10 */
void vt_annexes(vt_ctx *ctx);                   /* gen/annex.c: annex, attached */
void vt_annex_alone(vt_ctx *ctx, int n);        /* the n-th, as a file of its own */
void vt_part_fields(vt_ctx *ctx);               /* what it bears there */
void vt_enclosures(vt_ctx *ctx);                /* gen/enclose.c */
bool vt_enclosed_is_pdf(const vt_node *enclosure);
void vt_copied(vt_ctx *copier, const vt_node *enclosure); /* the document it copies, set anew */

/* gen/copy.c: a copy instead of all the other stages; its block behind the end
   of the document it copies, its fields on that document's first page. */
const char *vt_copy_words(vt_ctx *ctx); /* "Sao y" */
void vt_copy_document(vt_ctx *ctx);
void vt_copy_block(vt_ctx *ctx);
void vt_copy_fields(vt_ctx *ctx);

/* gen/numberline.c: ô 3 and ô 4 as lines of the head, centred in a column of
   that width at (x, y). */
bool vt_is_dated(const vt_ctx *ctx); /* prints place and date */
double vt_date_width(vt_ctx *ctx);
double vt_number_width(vt_ctx *ctx);
void vt_number_set(vt_column *column, double x, double width, double y);
void vt_date_set(vt_column *column, double x, double width, double y);

/* gen/copies.c: ô 9b, set in a column of that width; then put beside a signature
   (its first baseline given, its bottom returned) or as lines of the flow. */
typedef struct vt_copies {
    vt_para label, *items;
    size_t count;
    double pitch;
} vt_copies;
double vt_copies_height(vt_ctx *ctx, const vt_node *node, double width); /* measured */
vt_copies vt_copies_set(vt_ctx *ctx, const vt_node *node, double width);
double vt_copies_beside(vt_column *column, const vt_copies *copies, double first);
void vt_copies_below(vt_ctx *ctx, const vt_copies *copies);

/* gen/seal.c: pictures of a signature and of the seal over it, where the document
   has them; `issuer` NULL: no seal.  The signature's room begins at `top`. */
void vt_sign_pictures(vt_column *column, const vt_node *signature, const vt_node *issuer,
                      double middle, double top);

/* gen/title.c: the pieces at hand as centred lines that stay with what follows;
   `rule` names the line below them where the style has one. */
void vt_title_para(vt_ctx *ctx, const vt_style *style, const vt_node *node, double before,
                   const char *rule);
/* gen/annex.c: "(Kèm theo ...)" of a part of `main`. */
void vt_reference_line(vt_ctx *ctx, const vt_ctx *main, const vt_node *owner);
/* gen/marks.c: stamps below y in the left column of the head; gives their end. */
double vt_marks(vt_column *column, double width, double y);
/* gen/marks.c: "SAO Y" in the top margin of a copied document. */
void vt_copy_mark(vt_column *column);
/* gen/contact.c: ô 13 into a column; its height, 0 for none. */
double vt_contact(vt_column *column);

/* gen/numbering.c: the label of a structure element, "" for none; advances the
   counters.  The caller leaves the element with vt_label_leave. */
const char *vt_label_enter(vt_ctx *ctx, const vt_node *node);
void vt_label_leave(vt_ctx *ctx, const vt_node *node);

/* gen/fields.c: fields of an electronic file; `tag` is the parent of the FORM
   tag.  Places are in coordinates of the flow's box to come. */
bool vt_has_fields(const vt_ctx *ctx); /* the document itself, in an electronic file */
/* A text field on the baseline y, from x on. */
void vt_field_words(vt_ctx *ctx, uint32_t tag, const char *name, const char *label,
                    const vt_style *style, double x, double width, double y, vt_align align,
                    const char *value);
/* Signature n (from 1) in the middle of a column, with the seal that covers
   the left third of it; `seal` 0: none. */
void vt_field_signature(vt_ctx *ctx, uint32_t tag, int n, int seal, double middle, double top);
/* ô 14 at the right of the top margin of page 1: box 0 is the header. */
void vt_field_copy(vt_ctx *ctx);
/* The place of ô 14 with words of its own, and the seal's field on them. */
void vt_field_sealed(vt_ctx *ctx, const char *name, const char *label, const char *text,
                     const char *seal_label);

#endif
