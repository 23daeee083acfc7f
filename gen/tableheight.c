/*
 * gen/tableheight.c - how high a table's rows are, and in which of them each line
 * of a cell stands.
 *
 * A cell over several rows runs through them as if they were one, as long as they
 * stand on one page.  Rows that hang together and are higher than a page are parted
 * at their borders; there a line that would stand across a border goes on in the
 * next row.
 */
#include "gen/tablegrid.h"

#include <math.h>
#include <string.h>

static double cell_height(const vt_tgrid *g, const vt_tcell *cell) {
    const vt_style *style = vt_tgrid_style(g, cell);

    return style->before + fmax(cell->text.height, cell->text.pitch) + style->after;
}

static double page_height(const vt_tgrid *g) {
    return g->ctx->sheet.height - g->ctx->sheet.top - g->ctx->sheet.bottom;
}

/* -------------------------------------------------------- spanning cells -- */

/* Cells over several rows, by their last row: lists through `next`, both 1-based. */
typedef struct spanning {
    uint32_t *first, *next;
} spanning;

static bool list_spanning(const vt_tgrid *g, spanning *out) {
    vt_arena *arena = g->ctx->job->arena;

    out->first = vt_alloc_array(arena, (size_t)g->rows, sizeof *out->first);
    out->next = vt_alloc_array(arena, g->cell_count + 1, sizeof *out->next);
    if (out->first == NULL || out->next == NULL)
        return false;
    for (size_t i = 0; i < g->cell_count; i++)
        if (g->cells[i].rows > 1) {
            uint32_t *first = &out->first[g->cells[i].row + g->cells[i].rows - 1];
            out->next[i] = *first;
            *first = (uint32_t)i + 1;
        }
    return true;
}

/* What a cell needs beyond its rows is shared out among them. */
static void raise_rows(const vt_tgrid *g, const vt_tcell *cell, double *heights) {
    double have = 0;

    for (int r = cell->row; r < cell->row + cell->rows; r++)
        have += heights[r];
    const double more = (cell_height(g, cell) - have) / cell->rows;
    for (int r = cell->row; r < cell->row + cell->rows && more > 0; r++)
        heights[r] += more;
}

/* ---------------------------------------------------------------- parting -- */

/* Header rows come again on each page, unless they take half of it. */
static double page_room(const vt_tgrid *g, const double *heights) {
    double header = 0;

    for (int r = 0; r < g->header_rows; r++)
        header += heights[r];
    return page_height(g) - (header > page_height(g) / 2 ? 0 : header);
}

/* Marks the cells of rows that hang together and are higher than a page. */
static void find_parted(vt_tgrid *g, const double *heights) {
    const double room = page_room(g, heights);
    size_t first = 0, i = 0;

    for (int r = 0, end = 0; r < g->rows; r = end) {
        double height = 0;
        end = r + 1;
        first = i;
        for (int at = r; at < end; at++) {
            height += heights[at];
            for (; i < g->cell_count && g->cells[i].row == at; i++)
                if (at + g->cells[i].rows > end)
                    end = at + g->cells[i].rows;
        }
        for (; first < i; first++)
            g->cells[first].parted = height > room && g->cells[first].rows > 1;
    }
}

double vt_tgrid_line(const vt_tgrid *g, const double *tops, const vt_cell_para *p, size_t i,
                     vt_tgrid_at *at) {
    const vt_tcell *cell = at->cell;
    const int last = cell->row + cell->rows - 1;
    const double share = cell->parted ? VT_TGRID_ROUNDING : p->pitch / 2;
    double y = tops[cell->row] + cell->top + p->top + (double)i * p->pitch + at->down;

    while (at->row < last && y + share >= tops[at->row + 1])
        at->row++;
    if (cell->parted && at->row < last && y + p->pitch > tops[at->row + 1] + VT_TGRID_ROUNDING) {
        const double next = tops[++at->row] + vt_tgrid_style(g, cell)->before;
        at->down += next - y;
        y = next;
    }
    return y - tops[at->row];
}

/* Row r lower by so much, and all below it down to row `last`. */
static void lower_rows(double *tops, double *heights, int r, int last, double more) {
    heights[r] += more;
    for (; r <= last; r++)
        tops[r + 1] += more;
}

/* Lines that went on in the next row may need more of the last, or all of theirs. */
static void make_room(const vt_tgrid *g, const vt_tcell *cell, double *tops, double *heights) {
    const int last = cell->row + cell->rows - 1;
    const double after = vt_tgrid_style(g, cell)->after;
    vt_tgrid_at at = {.cell = cell, .row = cell->row};

    for (const vt_cell_para *p = cell->text.first; p != NULL; p = p->next)
        for (size_t i = 0; i < p->para.line_count; i++) {
            const double bottom = vt_tgrid_line(g, tops, p, i, &at) + p->pitch + after;
            if (bottom > heights[at.row] + after + VT_TGRID_ROUNDING ||
                (at.row == last && bottom > heights[last]))
                lower_rows(tops, heights, at.row, last, bottom - heights[at.row]);
        }
}

/* ---------------------------------------------------------------- heights -- */

/* Where the text begins: header cells stand in the middle of their height; text
   that must go on on the next page begins at the top. */
static double text_top(const vt_tgrid *g, const vt_tcell *cell, double room) {
    const vt_style *style = vt_tgrid_style(g, cell);
    const char *value = vt_attr_get(cell->node, VT_AT_VALIGN);
    const bool high = cell->parted || room > page_height(g);
    const double spare = high ? 0 : fmax(0, room - cell_height(g, cell));

    if (value != NULL ? strcmp(value, "middle") == 0 : cell->header)
        return style->before + spare / 2;
    return style->before + (value != NULL && strcmp(value, "bottom") == 0 ? spare : 0);
}

/* Rows as high as their cells need: first those of one row, then the others
   from the top down. */
double *vt_tgrid_heights(vt_tgrid *g) {
    vt_arena *arena = g->ctx->job->arena;
    double *heights = vt_alloc_array(arena, (size_t)g->rows + 1, sizeof *heights);
    double *tops = vt_alloc_array(arena, (size_t)g->rows + 1, sizeof *tops);
    spanning s;

    if (heights == NULL || tops == NULL || !list_spanning(g, &s))
        return NULL;
    for (size_t i = 0; i < g->cell_count; i++)
        if (g->cells[i].rows == 1)
            heights[g->cells[i].row] = fmax(heights[g->cells[i].row], cell_height(g, &g->cells[i]));
    for (int r = 0; r < g->rows; r++)
        for (uint32_t i = s.first[r]; i > 0; i = s.next[i - 1])
            raise_rows(g, &g->cells[i - 1], heights);
    find_parted(g, heights);
    for (int r = 0; r < g->rows; r++) {
        tops[r + 1] = tops[r] + heights[r];
        for (uint32_t i = s.first[r]; i > 0; i = s.next[i - 1]) {
            g->cells[i - 1].top = text_top(g, &g->cells[i - 1], 0);
            if (g->cells[i - 1].parted)
                make_room(g, &g->cells[i - 1], tops, heights);
        }
    }
    for (size_t i = 0; i < g->cell_count; i++) {
        vt_tcell *cell = &g->cells[i];
        cell->top = text_top(g, cell, tops[cell->row + cell->rows] - tops[cell->row]);
    }
    return tops;
}
