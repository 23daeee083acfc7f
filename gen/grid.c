/*
 * gen/grid.c - the grid a table's cells must fill: every row as wide as the
 * first, spans inside the table and clear of each other.
 */
#include "gen/grid.h"

#include <stdlib.h>

typedef struct grid {
    int left[VT_MAX_COLUMNS]; /* rows that a cell above still covers */
    int columns;              /* of the first row; 0: not known yet */
    int rows, row, header;    /* of the header: 0 for none */
    vt_grid_fault *fault;
} grid;

static bool fault(grid *g, vt_grid_kind kind, const vt_node *node, int is, int should) {
    *g->fault = (vt_grid_fault){kind, node, is, should};
    return false;
}

static int number(const vt_node *node, vt_at at) {
    const char *value = vt_attr_get(node, at);
    long n = value ? strtol(value, NULL, 10) : 1;

    return n < 1 || n > 100000 ? 1 : (int)n;
}

static int count_rows(const vt_node *table) {
    int n = 0;

    for (const vt_node *row = table->first; row; row = row->next)
        n += row->el == VT_ROW;
    return n;
}

/* Sets one cell at the first free column from *column on. */
static bool put_cell(grid *g, const vt_node *cell, int *column) {
    int wide = number(cell, VT_AT_COLSPAN), deep = number(cell, VT_AT_ROWSPAN);

    while (*column < VT_MAX_COLUMNS && g->left[*column] > 0)
        ++*column;
    if (wide > VT_MAX_COLUMNS - *column)
        return fault(g, VT_GRID_TOO_WIDE, cell, *column + wide, VT_MAX_COLUMNS);
    if (deep > g->rows - g->row)
        return fault(g, VT_GRID_TOO_DEEP, cell, deep, g->rows - g->row);
    if (g->row < g->header && deep > g->header - g->row)
        return fault(g, VT_GRID_SPLIT, cell, deep, g->header - g->row);
    for (int end = *column + wide; *column < end; ++*column) {
        if (g->left[*column] > 0)
            return fault(g, VT_GRID_OVERLAP, cell, *column + 1, 0);
        g->left[*column] = deep;
    }
    return true;
}

static bool put_row(grid *g, const vt_node *row) {
    int column = 0, width = 0;

    for (const vt_node *cell = row->first; cell; cell = cell->next)
        if (cell->el == VT_CELL && !put_cell(g, cell, &column))
            return false;
    for (int i = 0; i < VT_MAX_COLUMNS; i++) {
        if (g->left[i] > 0) {
            width = width == i ? i + 1 : VT_MAX_COLUMNS + 1; /* a hole before it */
            g->left[i]--;
        }
    }
    if (!g->columns)
        g->columns = width;
    if (width != g->columns)
        return fault(g, VT_GRID_UNEVEN, row, column, g->columns);
    g->row++;
    return true;
}

static bool check_widths(grid *g, const vt_node *table) {
    const char *s = vt_attr_get(table, VT_AT_WIDTHS);
    double sum = 0;
    int n = 0;

    if (!s)
        return true;
    while (*s) {
        char *end;
        const double width = strtod(s, &end);

        if (end == s || !(width > 0 && width <= 100))
            return true; /* the value itself has been reported */
        sum += width;
        n++;
        s = end;
        while (*s == ' ')
            s++;
    }
    if (n != g->columns)
        return fault(g, VT_GRID_WIDTHS, table, n, g->columns);
    if (sum > 100.5)
        return fault(g, VT_GRID_SUM, table, (int)(sum + 0.5), 100);
    return true;
}

static bool any_empty(const vt_node *table) {
    for (const vt_node *row = table->first; row; row = row->next)
        if (row->el == VT_ROW && !row->first)
            return true;
    return false;
}

bool vt_grid_check(const vt_node *table, vt_grid_fault *out) {
    grid g = {.rows = count_rows(table), .fault = out};

    if (any_empty(table))
        return true; /* that has been reported */
    g.header = vt_attr_get(table, VT_AT_HEADER_ROWS) ? number(table, VT_AT_HEADER_ROWS) : 0;
    if (g.header > g.rows)
        return fault(&g, VT_GRID_HEADER, table, g.header, g.rows);
    for (const vt_node *row = table->first; row; row = row->next) {
        if (row->el == VT_ROW && !put_row(&g, row))
            return false;
        if ((long)g.rows * g.columns > VT_MAX_CELLS)
            return fault(&g, VT_GRID_TOO_MANY, table, 0, VT_MAX_CELLS);
    }
    return check_widths(&g, table);
}
