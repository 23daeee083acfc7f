/*
 * gen/table.h - tables, row by row.
 *
 * vt_table_set() makes the whole table: column widths by per cent or by
 * content, cells with spans, the drawn grid, the tags Table > Caption, THead,
 * TBody > TR > TH, TD > P.  What comes out is a stack of rows, each a box of
 * its own.  vt_table_flow() puts them into the flow one below the other without
 * gaps and says what must stay together; the page builder decides where a page
 * ends.  There it draws vt_table.edge below the row that ends the page and above
 * the row that begins the next one, and puts the header rows again above that,
 * their runs as artifacts (the tagged ones stand on the first page).
 *
 * Runs, marks and lines of a row are relative to its upper left corner.  Each
 * row draws the line above it, the last one also the line below.
 */
#ifndef VT_TABLE_H
#define VT_TABLE_H

#include "gen/compose.h"

/* A line of text of one cell. */
typedef struct vt_table_line {
    size_t run, run_count;   /* in the row's runs */
    size_t mark, mark_count; /* underlines, in the row's marks */
    double top, bottom;      /* of its share of the height */
    uint32_t cell;           /* lines of one cell follow one another */
    bool opens, closes;      /* is the first, the last of its paragraph */
} vt_table_line;

typedef struct vt_table_row {
    double height;
    vt_run *runs;
    size_t run_count; /* in reading order: cell by cell */
    vt_mark *marks;
    size_t mark_count, rule; /* underlines, and from `rule` on the grid */
    vt_table_line *lines;
    size_t line_count, line_most; /* of all cells; of the cell that has most */
    double pad;                   /* white above the first line and below the last */
    bool header;                  /* one of the rows repeated on each page */
    bool joined;                  /* a cell reaches into it from the row above: no page ends between
                                     the two unless all that hangs together is higher than a page */
    bool crossed;                 /* and there even a line of that cell stands across the border */
    bool heads;                   /* one cell that heads the rows below: "I | Giao thông" */
} vt_table_row;

typedef struct vt_table {
    double x;        /* left edge, from that of the text area */
    vt_para caption; /* stands above, in the style VT_C_TABLE_CAPTION; may be empty */
    vt_table_row *rows;
    size_t row_count, header_rows;
    vt_mark edge; /* closes the grid where a page ends; y = 0; thickness 0: no grid */
} vt_table;

/* Sets the table for ctx->width below the tag `parent`.  Faults go the way of
   all composing (gen/compose.h); the table has no rows then. */
vt_table vt_table_set(vt_ctx *ctx, const vt_node *table, uint32_t parent);

/* Sets a table and puts it into the flow (gen/tableflow.c). */
void vt_table_flow(vt_ctx *ctx, const vt_node *table, uint32_t parent);

/* What is left of a row that is parted: of each cell the lines from `line` on,
   so much higher than they stand in the row. */
typedef struct vt_table_rest {
    const vt_table_row *row;
    struct vt_rest_cell {
        size_t line, end, taken;
        double up;
    } * cells;
    size_t cell_count;
    double height;
    bool begun; /* some part has been taken */
} vt_table_rest;

vt_table_rest *vt_table_rest_new(vt_arena *arena, const vt_table_row *row); /* all of it */

/*
 * Takes of each cell the lines that fit into `room`, as a row that is `room`
 * high; all that is left where it fits.  Of a cell that is parted `least` lines
 * stand on either side, and none waits.  False: that cannot be, or no memory
 * (then vt_arena_failed); nothing is taken.
 */
bool vt_table_take(vt_arena *arena, vt_table_rest *rest, double room, size_t least,
                   vt_table_row *part);

#endif
