/*
 * gen/cell.h - what stands in one cell of a table: paragraphs, lists and
 * figures, one below the other.
 */
#ifndef VT_CELL_H
#define VT_CELL_H

#include "gen/compose.h"

typedef struct vt_cell_para vt_cell_para;
struct vt_cell_para {
    vt_cell_para *next;
    vt_para para;
    double x;     /* from the left edge of the cell's text */
    double top;   /* from the top of the cell's text */
    double pitch; /* height of each of its lines */
    bool drawn;   /* a picture: its one line hangs from the top */
};

typedef struct vt_cell_text {
    vt_cell_para *first, *last;
    double height, pitch;
} vt_cell_text;

/* The widest of its paragraphs in every respect, without padding; the text of
   all of them. */
vt_extent vt_cell_measure(vt_ctx *ctx, const vt_node *cell, const vt_style *style);

/* `tag` is the cell's TH or TD; `align` holds where the document says nothing,
   and then text set to the right stays `inset` off the edge. */
typedef struct vt_cell_shape {
    double width;
    vt_align align;
    double inset;
} vt_cell_shape;
void vt_cell_set(vt_ctx *ctx, const vt_node *cell, const vt_style *style, vt_cell_shape shape,
                 uint32_t tag, vt_cell_text *out);

/* What the document says of a cell or a paragraph, else `normal`. */
vt_align vt_align_of(const vt_node *node, vt_align normal);

#endif
