#include "gen/tablegrid.h"

#include <math.h>
#include <stdlib.h>

const vt_style *vt_tgrid_style(const vt_tgrid *grid, const vt_tcell *cell) {
    return vt_style_of(grid->ctx, cell->header ? VT_C_TABLE_HEAD : VT_C_TABLE_CELL);
}

double vt_tgrid_pad(const vt_tgrid *grid) {
    return vt_style_of(grid->ctx, VT_C_TABLE_CELL)->frame_pad;
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
    vt_tgrid g = {.ctx = ctx, .table = table};
    int covered[VT_MAX_COLUMNS] = {0}, at = 0;
    size_t cells;

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

/* ---------------------------------------------------------------- widths -- */

/* Reads @widths; false where it does not name each column. */
static bool given_widths(const vt_tgrid *g, double room, double *widths) {
    const char *s = vt_attr_get(g->table, VT_AT_WIDTHS);
    double sum = 0;
    char *end;

    for (int i = 0; i < g->columns; i++) {
        double percent = s != NULL ? strtod(s, &end) : 0;
        if (s == NULL || end == s || !(percent > 0) || percent > 100)
            return false;
        widths[i] = percent * room / 100;
        sum += widths[i];
        s = end;
    }
    for (int i = 0; i < g->columns && sum > room; i++)
        widths[i] *= room / sum;
    return true;
}

/* What a spanning cell needs beyond its columns is shared out among them in
   proportion to what they have. */
static void widen(double *widths, const vt_tcell *cell, double need) {
    double have = 0;

    for (int i = 0; i < cell->columns; i++)
        have += widths[cell->column + i];
    for (int i = 0; i < cell->columns && need > have; i++) {
        double share = have > 0 ? widths[cell->column + i] / have : 1.0 / cell->columns;
        widths[cell->column + i] += (need - have) * share;
    }
}

static void measure(vt_tgrid *g, double *natural, double *least) {
    const double pad = 2 * vt_tgrid_pad(g);

    for (int i = 0; i < g->columns; i++)
        natural[i] = least[i] = pad;
    for (int spans = 0; spans < 2; spans++)
        for (size_t i = 0; i < g->cell_count; i++) {
            vt_tcell *cell = &g->cells[i];
            if ((cell->columns > 1) != (spans == 1))
                continue;
            vt_cell_measure(g->ctx, cell->node, vt_tgrid_style(g, cell), &cell->natural,
                            &cell->least);
            widen(natural, cell, cell->natural + pad);
            widen(least, cell, cell->least + pad);
        }
    for (int i = 0; i < g->columns; i++)
        natural[i] = fmax(natural[i], least[i]);
}

static double sum_of(const double *widths, int n) {
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += widths[i];
    return sum;
}

/* The level to which the widest columns must be cut for all to fit. */
static double level_of(const double *widths, int n, double room) {
    double level = 0;

    while (true) {
        double used = 0, next = HUGE_VAL;
        int wider = 0;
        for (int i = 0; i < n; i++) {
            used += fmin(widths[i], level);
            if (widths[i] > level) {
                wider++;
                next = fmin(next, widths[i]);
            }
        }
        if (wider == 0 || used + wider * (next - level) > room)
            return wider == 0 ? level : level + (room - used) / wider;
        level = next;
    }
}

/* Columns that want little more than they need get it, the others share the
   rest in proportion to what they want. */
static void share_rest(int n, const double *want, double rest, double *widths) {
    bool settled[VT_MAX_COLUMNS] = {false}, again = true;

    while (again) {
        double free = rest, open = 0;
        int left = 0;
        again = false;
        for (int i = 0; i < n; i++) {
            free -= settled[i] ? want[i] : 0;
            open += settled[i] ? 0 : want[i];
            left += !settled[i];
        }
        for (int i = 0; i < n; i++)
            if (!settled[i] && want[i] <= free / left)
                settled[i] = again = true;
        for (int i = 0; i < n && !again; i++)
            widths[i] += settled[i] ? want[i] : want[i] * free / open;
    }
}

/* No column less than it needs; where even that does not fit, the widest are
   cut. */
static void share_room(int n, const double *natural, const double *least, double room,
                       double *widths) {
    const double most = sum_of(natural, n), need = sum_of(least, n);
    double want[VT_MAX_COLUMNS];

    if (need >= room) {
        const double level = level_of(least, n, room);
        for (int i = 0; i < n; i++)
            widths[i] = fmin(least[i], level);
    } else if (most <= room) {
        for (int i = 0; i < n; i++)
            widths[i] = natural[i] * room / most;
    } else {
        for (int i = 0; i < n; i++) {
            widths[i] = least[i];
            want[i] = natural[i] - least[i];
        }
        share_rest(n, want, room - need, widths);
    }
}

bool vt_tgrid_widths(vt_tgrid *g, double room) {
    double natural[VT_MAX_COLUMNS], least[VT_MAX_COLUMNS], widths[VT_MAX_COLUMNS];

    g->edges = vt_alloc_array(g->ctx->job->arena, (size_t)g->columns + 1, sizeof *g->edges);
    if (g->edges == NULL)
        return false;
    if (!given_widths(g, room, widths)) {
        measure(g, natural, least);
        share_room(g->columns, natural, least, room, widths);
    }
    for (int i = 0; i < g->columns; i++)
        g->edges[i + 1] = g->edges[i] + widths[i];
    return true;
}
