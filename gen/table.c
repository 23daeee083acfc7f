#include "gen/table.h"

#include "gen/tablegrid.h"

#include <math.h>
#include <string.h>

/* A table being made. */
typedef struct maker {
    vt_ctx *ctx;
    vt_arena *arena;
    vt_tgrid grid;
    double *tops; /* upper edge of each row, and the lower edge of the last */
    double thickness;
    vt_rgb colour;
    vt_table *out;
} maker;

/* ------------------------------------------------------------------ tags -- */

static void tag_cell(maker *m, vt_tcell *cell, uint32_t row) {
    vt_ctx *ctx = m->ctx;
    const vt_style *style = vt_tgrid_style(&m->grid, cell);
    const uint32_t tag = vt_tag_add(ctx, cell->header ? VT_ROLE_TH : VT_ROLE_TD, row, cell->node);
    const double *edges = m->grid.edges;
    const double width = edges[cell->column + cell->columns] - edges[cell->column];

    if (vt_idle(ctx))
        return;
    ctx->job->layout->tags[tag].colspan = (uint16_t)cell->columns;
    ctx->job->layout->tags[tag].rowspan =
        (uint16_t)(cell->rows < UINT16_MAX ? cell->rows : UINT16_MAX);
    ctx->job->layout->tags[tag].column_scope = cell->header;
    vt_cell_set(ctx, cell->node, style,
                (vt_cell_shape){.width = width - 2 * vt_tgrid_pad(&m->grid),
                                .align = cell->align,
                                .inset = cell->inset},
                tag, &cell->text);
}

/* Tags in the order of reading, and with each cell's its text. */
static void set_cells(maker *m, uint32_t table) {
    vt_tgrid *g = &m->grid;
    uint32_t group = 0, row = 0;
    size_t i = 0;

    for (int r = 0; r < g->rows && !vt_idle(m->ctx); r++) {
        if (r == 0 || r == g->header_rows)
            group =
                vt_tag_add(m->ctx, r < g->header_rows ? VT_ROLE_THEAD : VT_ROLE_TBODY, table, NULL);
        row = vt_tag_add(m->ctx, VT_ROLE_TR, group, NULL);
        for (; i < g->cell_count && g->cells[i].row == r; i++)
            tag_cell(m, &g->cells[i], row);
    }
}

/* ----------------------------------------------------------------- lines -- */

/* A line of a cell and the row in which it stands. */
typedef struct placed {
    const vt_line *line;
    double x, top, baseline; /* from the row's corner */
    double pitch;
    int row;
    uint32_t cell;
    bool opens, closes;
} placed;

/* `at`: how far the lines of its cell are. */
static placed place_line(const maker *m, size_t index, const vt_cell_para *p, size_t i,
                         vt_tgrid_at *at) {
    const double pitch = p->pitch;
    const vt_line *line = &p->para.lines[i];
    const double ascent = vt_ascent(m->ctx, line->size), depth = vt_depth(m->ctx, line->size);
    const double below = p->drawn ? 0 : (pitch - ascent - depth) / 2 + ascent;
    const double top = vt_tgrid_line(&m->grid, m->tops, p, i, at);

    return (placed){.line = line,
                    .x = m->grid.edges[m->grid.cells[index].column] + vt_tgrid_pad(&m->grid) + p->x,
                    .top = top,
                    .baseline = top + below,
                    .pitch = pitch,
                    .row = at->row,
                    .cell = (uint32_t)index,
                    .opens = i == 0,
                    .closes = i + 1 == p->para.line_count};
}

static void put_line(const maker *m, vt_table_row *row, const placed *p, size_t nth) {
    vt_table_line *line = &row->lines[row->line_count++];

    row->line_most = nth > row->line_most ? nth : row->line_most;
    if (p->row + 1 < m->grid.rows && p->top + p->pitch > row->height + VT_TGRID_ROUNDING)
        row[1].crossed = true;
    *line = (vt_table_line){.run = row->run_count,
                            .run_count = p->line->run_count,
                            .mark = row->mark_count,
                            .mark_count = p->line->mark_count,
                            .top = p->top,
                            .bottom = p->top + p->pitch,
                            .cell = p->cell,
                            .opens = p->opens,
                            .closes = p->closes};
    for (size_t i = 0; i < p->line->run_count; i++) {
        vt_run *run = &row->runs[row->run_count++];
        *run = p->line->runs[i];
        run->x += p->x;
        run->y += p->baseline;
    }
    for (size_t i = 0; i < p->line->mark_count; i++) {
        vt_mark *mark = &row->marks[row->mark_count++];
        *mark = p->line->marks[i];
        mark->x1 += p->x;
        mark->x2 += p->x;
        mark->y1 += p->baseline;
        mark->y2 += p->baseline;
    }
}

/* Goes over all lines of all cells: first to count, then to put them. */
static void count_line(vt_table_row *row, const placed *at) {
    row->line_count++;
    row->run_count += at->line->run_count;
    row->mark_count += at->line->mark_count;
}

static void each_line(maker *m, bool put) {
    for (size_t i = 0; i < m->grid.cell_count; i++) {
        vt_tgrid_at at = {.cell = &m->grid.cells[i], .row = m->grid.cells[i].row};
        size_t nth = 0;
        for (const vt_cell_para *p = m->grid.cells[i].text.first; p != NULL; p = p->next)
            for (size_t k = 0; k < p->para.line_count; k++) {
                const placed line = place_line(m, i, p, k, &at);
                if (put)
                    put_line(m, &m->out->rows[line.row], &line, ++nth);
                else
                    count_line(&m->out->rows[line.row], &line);
            }
    }
}

static bool allocate_row(const maker *m, vt_table_row *row) {
    /* at most: a rule between any two columns, a line above each, one below */
    const size_t grid = 2 * (size_t)m->grid.columns + 2;

    row->runs = vt_alloc_array(m->arena, row->run_count + 1, sizeof *row->runs);
    row->marks = vt_alloc_array(m->arena, row->mark_count + grid, sizeof *row->marks);
    row->lines = vt_alloc_array(m->arena, row->line_count + 1, sizeof *row->lines);
    row->rule = row->mark_count;
    row->run_count = row->mark_count = row->line_count = 0;
    return row->runs != NULL && row->marks != NULL && row->lines != NULL;
}

/* ------------------------------------------------------------------ grid -- */

static void rule(const maker *m, vt_table_row *row, double x1, double y1, double x2, double y2) {
    if (!(m->thickness > 0))
        return;
    row->marks[row->mark_count++] = (vt_mark){.kind = VT_MARK_LINE,
                                              .x1 = x1,
                                              .y1 = y1,
                                              .x2 = x2,
                                              .y2 = y2,
                                              .thickness = m->thickness,
                                              .colour = m->colour,
                                              .what = "cell"};
}

/* A horizontal rule over columns from..to - 1; it fills the corners. */
static void across(const maker *m, vt_table_row *row, int from, int to, double y) {
    rule(m, row, m->grid.edges[from] - m->thickness / 2, y, m->grid.edges[to] + m->thickness / 2,
         y);
}

/* Owners of the columns of a row: cell + 1, or 0 for a hole. */
static void own(const maker *m, int r, size_t *next, uint32_t *owner) {
    const vt_tgrid *g = &m->grid;

    for (int c = 0; c < g->columns; c++)
        if (owner[c] != 0 && g->cells[owner[c] - 1].row + g->cells[owner[c] - 1].rows <= r)
            owner[c] = 0;
    for (; *next < g->cell_count && g->cells[*next].row == r; ++*next)
        for (int c = 0; c < g->cells[*next].columns; c++)
            owner[g->cells[*next].column + c] = (uint32_t)*next + 1;
}

static void row_rules(const maker *m, int r, const uint32_t *above, const uint32_t *owner) {
    const vt_tgrid *g = &m->grid;
    vt_table_row *row = &m->out->rows[r];
    int from = 0;

    for (int c = 0; c <= g->columns; c++) {
        bool inner = c > 0 && c < g->columns && owner[c] != 0 && owner[c] == owner[c - 1];
        if (!inner)
            rule(m, row, g->edges[c], 0, g->edges[c], row->height);
        bool spanned = c < g->columns && r > 0 && owner[c] != 0 && owner[c] == above[c];
        row->joined = row->joined || spanned;
        if (c == g->columns || spanned) {
            if (from < c)
                across(m, row, from, c, 0);
            from = c + 1;
        }
    }
    if (r + 1 == g->rows)
        across(m, row, 0, g->columns, row->height);
}

static void draw_grid(const maker *m) {
    uint32_t above[VT_MAX_COLUMNS] = {0}, owner[VT_MAX_COLUMNS] = {0};
    vt_table_row ignored = {0};
    vt_mark edge[1] = {{0}};
    size_t next = 0;

    for (int r = 0; r < m->grid.rows; r++) {
        own(m, r, &next, owner);
        row_rules(m, r, above, owner);
        memcpy(above, owner, sizeof above);
    }
    ignored.marks = edge;
    across(m, &ignored, 0, m->grid.columns, 0);
    m->out->edge = edge[0];
}

/* ----------------------------------------------------------------- table -- */

/* Titles one below the other that stay with what they head: part, chapter, section. */
enum { HEADS_MOST = 3 };

static bool all_bold(const vt_node *cell) {
    for (const vt_node *n = cell->first; n; n = n->next)
        if (n->el != VT_B)
            return false;
    return cell->first != NULL;
}

/* One cell over all columns but one, or all; or "I | Giao thông | | ": a bold title, behind an
   ordinal perhaps, and nothing else. */
static bool is_head(const vt_tgrid *g, size_t first, size_t end) {
    bool title = false, empty = false, other = false;

    for (size_t i = first; i < end; i++) {
        const vt_tcell *cell = &g->cells[i];

        if (cell->columns >= g->columns - 1 && cell->rows == 1)
            return true;
        empty = empty || cell->content == VT_CELL_EMPTY;
        if (cell->content == VT_CELL_EMPTY || cell->content == VT_CELL_ORDER)
            continue;
        other = other || title || cell->rows > 1 || !all_bold(cell->node);
        title = true;
    }
    return title && empty && !other;
}

static void find_heads(const maker *m) {
    const vt_tgrid *g = &m->grid;
    int above = 0;

    for (size_t i = 0, end; g->columns > 2 && i < g->cell_count; i = end) {
        const int row = g->cells[i].row;

        for (end = i; end < g->cell_count && g->cells[end].row == row;)
            end++;
        m->out->rows[row].heads = above < HEADS_MOST && is_head(g, i, end);
        above = m->out->rows[row].heads ? above + 1 : 0;
    }
}

static bool make_rows(maker *m) {
    vt_tgrid *g = &m->grid;
    vt_table *out = m->out;

    out->rows = vt_alloc_array(m->arena, (size_t)g->rows, sizeof *out->rows);
    m->tops = vt_tgrid_heights(g);
    if (out->rows == NULL || m->tops == NULL)
        return false;
    each_line(m, false);
    for (int r = 0; r < g->rows; r++) {
        vt_table_row *row = &out->rows[r];
        row->height = m->tops[r + 1] - m->tops[r];
        row->header = r < g->header_rows;
        row->pad = vt_style_of(m->ctx, VT_C_TABLE_CELL)->before;
        if (!allocate_row(m, row))
            return false;
    }
    each_line(m, true);
    draw_grid(m);
    find_heads(m);
    out->row_count = (size_t)g->rows;
    out->header_rows = (size_t)g->header_rows;
    return true;
}

static void caption(vt_ctx *ctx, const vt_node *table, uint32_t tag, vt_table *out) {
    const char *words = vt_attr_get(table, VT_AT_CAPTION);

    if (words != NULL && *words != '\0')
        out->caption = vt_set_words(ctx, VT_C_TABLE_CAPTION,
                                    vt_tag_add(ctx, VT_ROLE_CAPTION, tag, NULL), words, ctx->width);
}

/* Its cells in their places: measured before, or now. */
static bool place(vt_ctx *ctx, const vt_node *table, vt_tgrid *out) {
    const vt_tgrid *measured = ctx->measured;

    if (measured == NULL || measured->table != table) {
        if (!vt_tgrid_place(ctx, table, out))
            return false;
        vt_tgrid_sort(out);
        return true;
    }
    ctx->measured = measured->next;
    *out = *measured;
    return true;
}

vt_table vt_table_set(vt_ctx *ctx, const vt_node *table, uint32_t parent) {
    const vt_style *style = vt_style_of(ctx, VT_C_TABLE_CELL);
    vt_table out = {0};
    maker m = {.ctx = ctx,
               .arena = ctx->job->arena,
               .thickness = style->frame_thickness,
               .colour = style->colour,
               .out = &out};

    if (vt_idle(ctx))
        return out;
    /* the outer rules stay inside the text area */
    const double room = ctx->width - m.thickness;
    if (!place(ctx, table, &m.grid) || !vt_tgrid_widths(&m.grid, room))
        goto no_memory;
    if (m.grid.columns == 0)
        return out;
    out.x = (ctx->width - m.grid.edges[m.grid.columns]) / 2;

    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_TABLE, parent, table);
    caption(ctx, table, tag, &out);
    set_cells(&m, tag);
    if (vt_idle(ctx))
        return (vt_table){0};
    if (make_rows(&m))
        return out;
no_memory:
    vt_no_memory(ctx);
    return (vt_table){0};
}
