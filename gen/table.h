/*
 * gen/table.h - tables, row by row.
 *
 * vt_table_set() makes the whole table: column widths by per cent or by
 * content, cells with spans, the drawn grid, the tags Table > THead, TBody >
 * TR > TH, TD > P.  What comes out is a stack of rows, each a box of its own:
 * the page builder puts them one below the other, says where a page ends, and
 * puts the header rows again at the top of each further page (there their runs
 * are artifacts: the tagged ones stand on the first page).
 *
 * Runs and marks of a row are relative to its upper left corner.  The line
 * above a row and the line below it belong to the row, so that the grid is
 * closed wherever a page ends.
 */
#ifndef VT_TABLE_H
#define VT_TABLE_H

#include "gen/compose.h"

typedef struct vt_table_row {
    double height;
    vt_run *runs; size_t run_count;   /* in reading order: cell by cell */
    vt_mark *marks; size_t mark_count;
    bool header;  /* one of the rows repeated on each page */
    bool joined;  /* a cell reaches into it from the row above: no page ends between them
                     unless nothing else can be done */
} vt_table_row;

typedef struct vt_table {
    double x, width;          /* from the left edge of the text area */
    vt_table_row *rows; size_t row_count, header_rows;
} vt_table;

/* Sets the table for ctx->width below the tag `parent`.  Faults go the way of
   all composing (gen/compose.h); the table is empty then. */
vt_table vt_table_set(vt_ctx *ctx, const vt_node *table, uint32_t parent);

/*
 * Parts a row that is higher than a page: as many lines of each cell as fit
 * into `room` stay in `head`, the rest goes to `rest`, both with closed
 * borders.  False: not even one line of any cell fits, or no memory (then
 * vt_arena_failed).
 */
bool vt_table_split(vt_arena *arena, const vt_table_row *row, double room, vt_table_row *head,
                    vt_table_row *rest);

#endif
