/*
 * gen/tablegrid.h - a table's cells at their places, what its columns hold,
 * how wide they are.
 *
 * In this order: vt_tgrid_place(), vt_tgrid_sort(), vt_tgrid_measure() where the
 * widths by content are asked for, vt_tgrid_widths(), the text of each cell,
 * vt_tgrid_heights().
 */
#ifndef VT_TABLEGRID_H
#define VT_TABLEGRID_H

#include "gen/cell.h"
#include "gen/grid.h"

/* What a short cell holds (gen/tablesort.c). */
typedef enum vt_content {
    VT_CELL_TEXT,
    VT_CELL_EMPTY,  /* nothing, or a dash */
    VT_CELL_ORDER,  /* "12", "IV", "1.2", "a)": in the first column only */
    VT_CELL_NUMBER, /* "1.234,5", "-3", "12,5%" */
    VT_CELL_YEAR,   /* "2026": a number among numbers, a date among dates */
    VT_CELL_DATE,   /* "05/3/2026", "12/2026", "2026 - 2030" */
    VT_CELL_MARK,   /* "x" */
    VT_CELL_CONTENTS
} vt_content;

typedef struct vt_tcell {
    const vt_node *node;
    int row, column, rows, columns; /* place and spans, inside the table */
    bool header, brief;             /* brief: one short paragraph */
    vt_content content;
    vt_align align; /* where the document names none */
    double tail;    /* of a number: from its decimal sign on, points */
    double inset;   /* of a number from the right edge: decimal signs stand in line */
    double length;  /* of all its text on one line, points (measured) */
    vt_cell_text text;
    double top;  /* of the text, from the top of the cell */
    bool parted; /* its rows are higher than a page: no line stands across their borders */
} vt_tcell;

/* How wide the columns may be, each step at least as wide as the one before;
   padding counts (gen/tablewidth.c). */
typedef enum vt_tier {
    VT_TIER_PART, /* no date, number or syllable is parted; reference numbers are */
    VT_TIER_WORD, /* no word is */
    VT_TIER_HELD, /* what glue holds together stays on one line */
    VT_TIER_TEXT, /* running text has pack->column_least */
    VT_TIER_LINE, /* each paragraph has one line */
    VT_TIERS
} vt_tier;

typedef struct vt_tgrid {
    vt_ctx *ctx;
    const vt_node *table;
    int rows, columns, header_rows;
    vt_tcell *cells;
    size_t cell_count; /* row by row, from left to right */
    vt_style head, cell;
    double (*tiers)[VT_MAX_COLUMNS]; /* VT_TIERS of them; NULL: not measured */
    double *edges;                   /* left edge of each column, and the right edge of the last */
    struct vt_tgrid *next;
} vt_tgrid;

/* Places the cells; spans that leave the table or meet others are cut.  False:
   no memory. */
bool vt_tgrid_place(vt_ctx *ctx, const vt_node *table, vt_tgrid *out);

/* Tells columns of ordinals, numbers and dates from running text, and gives
   cells their alignment by it. */
void vt_tgrid_sort(vt_tgrid *grid);

bool vt_tgrid_measure(vt_tgrid *grid);
double vt_tgrid_width(const vt_tgrid *grid, vt_tier tier); /* of all columns, measured before */

/*
 * Column widths: @widths in per cent of `room`; else by content, measured when
 * that has not been done: the widest tier that fits, and above it what makes the
 * table as short as can be.  Where words do not fit, the type is made smaller,
 * down to the pack's least size; where that does not help, a warning says so.
 */
bool vt_tgrid_widths(vt_tgrid *grid, double room);

/* Upper edge of each row and the lower edge of the last, points from the table's top;
   each cell's `top` and `parted`.  NULL: no memory. */
double *vt_tgrid_heights(vt_tgrid *grid);

#define VT_TGRID_ROUNDING 0.01 /* points */

/* How far the lines of a cell are: begins in its first row, `down` 0. */
typedef struct vt_tgrid_at {
    const vt_tcell *cell;
    int row;     /* where its last line stands */
    double down; /* how much lower than they were set the lines stand */
} vt_tgrid_at;

/* The cell's next line, the i-th of `para`: its row to `at`; its top, from the row's. */
double vt_tgrid_line(const vt_tgrid *grid, const double *tops, const vt_cell_para *para, size_t i,
                     vt_tgrid_at *at);

const vt_style *vt_tgrid_style(const vt_tgrid *grid, const vt_tcell *cell);
double vt_tgrid_pad(const vt_tgrid *grid); /* white on either side of a cell's text */

/* Measures all tables below `node`, in their order, for vt_table_set to find
   again; true when one is wider than `room` in that tier. */
bool vt_tables_exceed(vt_ctx *ctx, const vt_node *node, vt_tier tier, double room);

#endif
