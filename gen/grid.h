/*
 * gen/grid.h - do the rows of a table fit together?
 */
#ifndef VT_GRID_H
#define VT_GRID_H

#include "gen/gen.h"

#define VT_MAX_COLUMNS 100
#define VT_MAX_CELLS 1000000 /* places: rows times columns */

typedef enum vt_grid_kind {
    VT_GRID_FITS,
    VT_GRID_TOO_WIDE, /* over VT_MAX_COLUMNS columns */
    VT_GRID_UNEVEN,   /* a row of `is` columns, the first has `should` */
    VT_GRID_OVERLAP,  /* a cell runs into one that spans down from above */
    VT_GRID_TOO_DEEP, /* a cell spans `is` rows, `should` are left */
    VT_GRID_WIDTHS,   /* @widths names `is` columns, there are `should` */
    VT_GRID_SUM,      /* @widths add up to `is` per cent */
    VT_GRID_HEADER,   /* @header-rows is `is`, there are `should` rows */
    VT_GRID_SPLIT,    /* a header cell spans `is` rows, `should` of the header are left */
    VT_GRID_TOO_MANY, /* over VT_MAX_CELLS places */
} vt_grid_kind;

typedef struct vt_grid_fault {
    vt_grid_kind kind;
    const vt_node *node;
    int is, should;
} vt_grid_fault;

/* True: they fit.  Values of attributes that are not numbers count as 1. */
bool vt_grid_check(const vt_node *table, vt_grid_fault *fault);

#endif
