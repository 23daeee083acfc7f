/*
 * gen/tablegrid.h - a table's cells at their places, columns and their widths.
 */
#ifndef VT_TABLEGRID_H
#define VT_TABLEGRID_H

#include "gen/cell.h"
#include "gen/grid.h"

typedef struct vt_tcell {
    const vt_node *node;
    int row, column, rows, columns; /* place and spans, inside the table */
    bool header;
    double natural, least; /* widths with padding (by content only) */
    vt_cell_text text;
    double top; /* of the text, from the top of the cell */
} vt_tcell;

typedef struct vt_tgrid {
    vt_ctx *ctx;
    const vt_node *table;
    int rows, columns, header_rows;
    vt_tcell *cells;
    size_t cell_count; /* row by row, from left to right */
    double *edges;     /* left edge of each column, and the right edge of the last */
} vt_tgrid;

/* Places the cells; spans that leave the table or meet others are cut. */
bool vt_tgrid_place(vt_ctx *ctx, const vt_node *table, vt_tgrid *out);

/* Column widths: @widths in per cent of `room`, else by content: never less
   than the widest unbroken stretch where that fits, the rest in proportion to
   what the columns hold. */
bool vt_tgrid_widths(vt_tgrid *grid, double room);

const vt_style *vt_tgrid_style(const vt_tgrid *grid, const vt_tcell *cell);
double vt_tgrid_pad(const vt_tgrid *grid); /* white on either side of a cell's text */

#endif
