/*
 * gen/tablesplit.c - a row that is higher than a page, page by page.
 *
 * Each cell goes on where it was left: its lines are taken from the row only
 * when their page is known, so that a row over many pages costs no more than
 * its lines.
 */
#include "gen/table.h"

#include <math.h>

/* ------------------------------------------------------------- what is left -- */

static size_t cell_end(const vt_table_row *row, size_t first) {
    size_t end = first;

    while (end < row->line_count && row->lines[end].cell == row->lines[first].cell)
        end++;
    return end;
}

/* Height of what is left: its lines begin below the padding. */
static void measure(vt_table_rest *rest) {
    const vt_table_row *row = rest->row;

    rest->height = 0;
    for (size_t c = 0; c < rest->cell_count; c++) {
        const struct vt_rest_cell *cell = &rest->cells[c];
        if (cell->line < cell->end)
            rest->height =
                fmax(rest->height, row->lines[cell->end - 1].bottom - cell->up + row->pad);
    }
}

vt_table_rest *vt_table_rest_new(vt_arena *arena, const vt_table_row *row) {
    vt_table_rest *rest = vt_alloc(arena, sizeof *rest);
    size_t n = 0;

    for (size_t i = 0; i < row->line_count; i = cell_end(row, i))
        n++;
    if (rest == NULL || (rest->cells = vt_alloc_array(arena, n + 1, sizeof *rest->cells)) == NULL)
        return NULL;
    for (size_t i = 0, end; i < row->line_count; i = end) {
        end = cell_end(row, i);
        rest->cells[rest->cell_count++] = (struct vt_rest_cell){.line = i, .end = end};
    }
    rest->row = row;
    rest->height = row->height;
    return rest;
}

/* ---------------------------------------------------------------- a part -- */

static double bottom_of(const vt_table_rest *rest, const struct vt_rest_cell *cell, size_t line) {
    return rest->row->lines[line].bottom - cell->up + rest->row->pad;
}

/* Would the part end behind a paragraph's first line, or before its last? */
static bool parts_badly(const vt_table_rest *rest, const struct vt_rest_cell *cell, size_t taken) {
    const vt_table_line *next = &rest->row->lines[cell->line + taken];

    return taken > 0 && !next->opens && (next[-1].opens || next->closes);
}

/* Is there white above the cell's next line: in the middle of its row, or at its foot? */
static bool begins_lower(const vt_table_rest *rest, const struct vt_rest_cell *cell) {
    return rest->row->lines[cell->line].top - cell->up > rest->row->pad + VT_SLACK_PT;
}

/* How many of a cell's lines fit; false: not as many as must.  A cell that begins lower
   down may wait for the next page, at the top of which it goes on. */
static bool lines_above(const vt_table_rest *rest, struct vt_rest_cell *cell, double room,
                        size_t least) {
    const size_t n = cell->end - cell->line;
    size_t taken = 0;

    while (taken < n && bottom_of(rest, cell, cell->line + taken) <= room)
        taken++;
    if (taken < n && n - taken < least)
        taken = n > least ? n - least : 0;
    while (taken < n && least > 1 && parts_badly(rest, cell, taken))
        taken--;
    cell->taken = taken;
    return taken == n || taken >= least || (taken == 0 && begins_lower(rest, cell));
}

static bool allocate(vt_arena *arena, const vt_table_rest *rest, vt_table_row *part) {
    const vt_table_row *row = rest->row;
    size_t runs = 1, marks = row->mark_count - row->rule + 1;

    for (size_t c = 0; c < rest->cell_count; c++)
        for (size_t i = 0; i < rest->cells[c].taken; i++) {
            runs += row->lines[rest->cells[c].line + i].run_count;
            marks += row->lines[rest->cells[c].line + i].mark_count;
        }
    *part = (vt_table_row){.pad = row->pad, .header = row->header, .joined = row->joined};
    part->runs = vt_alloc_array(arena, runs, sizeof *part->runs);
    part->marks = vt_alloc_array(arena, marks, sizeof *part->marks);
    return part->runs != NULL && part->marks != NULL;
}

/* Adds a line to a part, `up` higher than it stood. */
static void move_line(const vt_table_row *row, const vt_table_line *line, double up,
                      vt_table_row *part) {
    for (size_t i = 0; i < line->run_count; i++) {
        vt_run *run = &part->runs[part->run_count++];
        *run = row->runs[line->run + i];
        run->y -= up;
    }
    for (size_t i = 0; i < line->mark_count; i++) {
        vt_mark *mark = &part->marks[part->mark_count++];
        *mark = row->marks[line->mark + i];
        mark->y1 -= up;
        mark->y2 -= up;
    }
}

/* The row's upper rule stands above its first part, its lower one below the
   last; those between the columns go through all. */
static void move_rules(const vt_table_rest *rest, bool last, vt_table_row *part) {
    const vt_table_row *row = rest->row;

    part->rule = part->mark_count;
    for (size_t i = row->rule; i < row->mark_count; i++) {
        const bool across = row->marks[i].y1 == row->marks[i].y2, lower = row->marks[i].y1 > 0;
        if (across && (lower ? !last : rest->begun))
            continue;
        vt_mark *mark = &part->marks[part->mark_count++];
        *mark = row->marks[i];
        mark->y1 = across && lower ? part->height : 0;
        mark->y2 = across && !lower ? 0 : part->height;
    }
}

static void take_lines(vt_table_rest *rest, vt_table_row *part) {
    const vt_table_row *row = rest->row;

    for (size_t c = 0; c < rest->cell_count; c++) {
        struct vt_rest_cell *cell = &rest->cells[c];
        size_t lines = cell->taken;
        for (; cell->taken > 0; cell->taken--)
            move_line(row, &row->lines[cell->line++], cell->up, part);
        part->line_most = lines > part->line_most ? lines : part->line_most;
        if (cell->line < cell->end)
            cell->up = row->lines[cell->line].top - row->pad;
    }
}

bool vt_table_take(vt_arena *arena, vt_table_rest *rest, double room, size_t least,
                   vt_table_row *part) {
    const bool last = rest->height <= room;
    const double height = last ? rest->height : room;
    size_t taken = 0;

    for (size_t c = 0; c < rest->cell_count; c++) {
        if (!lines_above(rest, &rest->cells[c], last ? HUGE_VAL : room, least))
            return false;
        taken += rest->cells[c].taken;
    }
    if (taken == 0 || !allocate(arena, rest, part))
        return false;
    part->height = height;
    take_lines(rest, part);
    move_rules(rest, last, part);
    rest->begun = true;
    measure(rest);
    return true;
}
