/*
 * gen/tablegrid.c - a table's cells at their places.
 */
#include "gen/tablegrid.h"

#include <stdlib.h>

const vt_style *vt_tgrid_style(const vt_tgrid *grid, const vt_tcell *cell) {
    return cell->header ? &grid->head : &grid->cell;
}

double vt_tgrid_pad(const vt_tgrid *grid) {
    return grid->cell.frame_pad;
}

/* ---------------------------------------------------------------- places -- */

static int number(const vt_node *node, vt_at at, int normal, int max) {
    const char *value = vt_attr_get(node, at);
    long n = value != NULL ? strtol(value, NULL, 10) : normal;

    return n < normal ? normal : n > max ? max : (int)n;
}

static void count(const vt_node *table, int *rows, size_t *cells) {
    *rows = 0;
    *cells = 0;
    for (const vt_node *row = table->first; row != NULL; row = row->next) {
        *rows += row->el == VT_ROW;
        for (const vt_node *cell = row->first; cell != NULL; cell = cell->next)
            *cells += cell->el == VT_CELL;
    }
}

/* Cuts a cell to the free columns from its own on. */
static int free_columns(const int *covered, int column, int wanted) {
    int n = 0;

    while (n < wanted && column + n < VT_MAX_COLUMNS && covered[column + n] == 0)
        n++;
    return n;
}

static void place_row(vt_tgrid *g, const vt_node *row, int at, int *covered) {
    int column = 0;

    for (const vt_node *node = row->first; node != NULL; node = node->next) {
        if (node->el != VT_CELL)
            continue;
        while (column < VT_MAX_COLUMNS && covered[column] > 0)
            column++;
        if (column == VT_MAX_COLUMNS)
            break;
        vt_tcell *cell = &g->cells[g->cell_count++];
        *cell = (vt_tcell){.node = node, .row = at, .column = column};
        cell->columns =
            free_columns(covered, column, number(node, VT_AT_COLSPAN, 1, VT_MAX_COLUMNS));
        cell->header = at < g->header_rows;
        cell->rows = number(node, VT_AT_ROWSPAN, 1, (cell->header ? g->header_rows : g->rows) - at);
        for (int i = 0; i < cell->columns; i++)
            covered[column++] = cell->rows;
        g->columns = column > g->columns ? column : g->columns;
    }
    for (int i = 0; i < VT_MAX_COLUMNS; i++)
        covered[i] -= covered[i] > 0;
}

bool vt_tgrid_place(vt_ctx *ctx, const vt_node *table, vt_tgrid *out) {
    vt_tgrid g = {.ctx = ctx,
                  .table = table,
                  .head = *vt_style_of(ctx, VT_C_TABLE_HEAD),
                  .cell = *vt_style_of(ctx, VT_C_TABLE_CELL)};
    int covered[VT_MAX_COLUMNS] = {0}, at = 0;
    size_t cells;

    if (ctx->type->book) /* many columns, read from near: the least size */
        for (int set = 0; set < 2; set++)
            g.head.size[set] = g.cell.size[set] = g.cell.size_min;

    count(table, &g.rows, &cells);
    g.header_rows = number(table, VT_AT_HEADER_ROWS, 0, g.rows);
    g.cells = vt_alloc_array(ctx->job->arena, cells + 1, sizeof *g.cells);
    if (g.cells == NULL)
        return false;
    for (const vt_node *row = table->first; row != NULL; row = row->next)
        if (row->el == VT_ROW)
            place_row(&g, row, at++, covered);
    *out = g;
    return true;
}

/* ------------------------------------------------------- measured before -- */

static bool exceeds(vt_ctx *ctx, const vt_node *table, vt_tier tier, double room, vt_tgrid ***end) {
    vt_tgrid *g = vt_alloc(ctx->job->arena, sizeof *g);

    if (g == NULL || !vt_tgrid_place(ctx, table, g)) {
        vt_no_memory(ctx);
        return false;
    }
    vt_tgrid_sort(g);
    if (!vt_tgrid_measure(g)) {
        vt_no_memory(ctx);
        return false;
    }
    **end = g;
    *end = &g->next;
    return vt_tgrid_width(g, tier) > room;
}

bool vt_tables_exceed(vt_ctx *ctx, const vt_node *node, vt_tier tier, double room) {
    vt_tgrid **end = &ctx->measured;
    bool any = false;

    for (const vt_node *n = node->first; n != NULL && n != node && !vt_idle(ctx);) {
        if (n->el == VT_TABLE)
            any = exceeds(ctx, n, tier, room, &end) || any;
        else if (n->first != NULL) {
            n = n->first;
            continue;
        }
        while (n != node && n->next == NULL)
            n = n->parent;
        n = n != node ? n->next : n;
    }
    return any;
}
