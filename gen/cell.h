/*
 * gen/cell.h - what stands in one cell of a table: paragraphs and lists, one
 * below the other.
 */
#ifndef VT_CELL_H
#define VT_CELL_H

#include "gen/compose.h"

typedef struct vt_cell_para vt_cell_para;
struct vt_cell_para {
    vt_cell_para *next;
    vt_para para;
    double x;   /* from the left edge of the cell's text */
    double top; /* from the top of the cell's text */
};

typedef struct vt_cell_text {
    vt_cell_para *first, *last;
    double height, pitch;
} vt_cell_text;

/* Widths, without padding: of the longest paragraph on one line, and of the
   widest stretch that is not broken. */
void vt_cell_measure(vt_ctx *ctx, const vt_node *cell, const vt_style *style, double *natural,
                     double *least);

/* `tag` is the cell's TH or TD. */
void vt_cell_set(vt_ctx *ctx, const vt_node *cell, const vt_style *style, double width,
                 uint32_t tag, vt_cell_text *out);

#endif
