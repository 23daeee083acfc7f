/*
 * gen/tableflow.c - a table's rows into the flow, and what of them must stay
 * together.
 *
 * A row stands whole on a page, and so do rows that a cell spans; header rows
 * stand with a row below them, a row that heads others with the next, the last
 * row with the one above.  A row higher than a page begins where it is and goes
 * on on the next page; of rows that hang together and are higher than a page
 * each may begin one.
 */
#include "gen/table.h"

#include <math.h>

typedef struct placer {
    vt_ctx *ctx;
    const vt_table *table;
    const vt_repeat *repeat;
    double room; /* height of the text area below repeated header rows */
} placer;

static double page_height(const vt_ctx *ctx) {
    return ctx->sheet.height - ctx->sheet.top - ctx->sheet.bottom;
}

/* ----------------------------------------------------------- header rows -- */

/* Header rows as they come again on further pages: artifacts there.  Those that
   would leave less than half a page for what they head come only once. */
static const vt_repeat *repeat_of(vt_ctx *ctx, const vt_table *table) {
    vt_arena *arena = ctx->job->arena;
    vt_repeat *repeat = vt_alloc(arena, sizeof *repeat);
    vt_column column = {.ctx = ctx};

    if (!repeat) {
        vt_no_memory(ctx);
        return NULL;
    }
    for (size_t r = 0; r < table->header_rows; r++) {
        const vt_table_row *row = &table->rows[r];
        const vt_line line = {row->runs, row->run_count, row->marks, row->mark_count, 0, 0, 0};
        const vt_para para = {.lines = (vt_line *)&line, .line_count = 1};
        vt_column_para(&column, &para, 0, repeat->height, 0);
        repeat->height += row->height;
    }
    repeat->edge = table->edge;
    if (repeat->height > page_height(ctx) / 2) {
        repeat->height = 0;
        return repeat;
    }
    for (size_t i = 0; i < column.run_count; i++)
        column.runs[i].tag = VT_ARTIFACT;
    for (size_t i = 0; i < column.mark_count; i++)
        column.marks[i].tag = VT_ARTIFACT; /* of pictures; lines are so by nature */
    repeat->runs = column.runs;
    repeat->run_count = column.run_count;
    repeat->marks = column.marks;
    repeat->mark_count = column.mark_count;
    return repeat;
}

/* --------------------------------------------------------------- one row -- */

static vt_part_box part_row;

static void fill_box(vt_vbox *box, const vt_table_row *row) {
    box->depth = row->height;
    box->runs = row->runs;
    box->run_count = row->run_count;
    box->marks = row->marks;
    box->mark_count = row->mark_count;
    box->lines = row->line_most;
}

static bool take(vt_flow *flow, vt_table_rest *rest, double room, bool opens, vt_table_row *part) {
    const size_t least = (size_t)flow->widow_lines;

    return vt_table_take(flow->arena, rest, room, least, part) ||
           (opens && vt_table_take(flow->arena, rest, room, 1, part));
}

/* As much of a high row as the page still holds; the rest to the spare box,
   whole where a page will hold it. */
static bool part_row(vt_flow *flow, size_t at, double room, bool opens) {
    vt_vbox *box = &flow->boxes[at], *spare = box + 1;
    vt_table_rest *rest = box->rest;
    vt_table_row part;

    if (rest == NULL || at + 1 == flow->count || spare->part != part_row || spare->rest != NULL ||
        !take(flow, rest, room, opens, &part))
        return false;
    fill_box(box, &part);
    box->rest = NULL;
    spare->keep = VT_KEEP_PAGE;
    if (rest->height <= spare->room + VT_SLACK_PT &&
        vt_table_take(flow->arena, rest, rest->height, 1, &part)) {
        fill_box(spare, &part);
        return true;
    }
    spare->depth = rest->height;
    spare->rest = rest;
    return true;
}

static vt_vbox *row_box(const placer *p) {
    vt_vbox *box = vt_flow_box(&p->ctx->flow, 0, 0);

    if (box) {
        box->x = p->table->x;
        box->repeat = p->repeat;
    } else {
        vt_no_memory(p->ctx);
    }
    return box;
}

/* Empty boxes for what goes on on further pages: each page takes of every cell
   all but some lines that must keep company with others. */
static void spare_boxes(const placer *p, const vt_table_row *row) {
    const int least = 2 * p->ctx->flow.widow_lines + 2;
    double line = 0;

    for (size_t i = 0; i < row->line_count; i++)
        line = fmax(line, row->lines[i].bottom - row->lines[i].top);
    const double taken = p->room - 2 * row->pad - least * line;
    const double pages = taken > 0 ? row->height / taken + 2 : 0;
    for (int i = 0; i < pages && !vt_idle(p->ctx); i++) {
        vt_flow_join(&p->ctx->flow, 1);
        vt_vbox *box = row_box(p);
        if (box)
            *box = (vt_vbox){.x = box->x,
                             .keep = box->keep,
                             .repeat = box->repeat,
                             .part = part_row,
                             .room = p->room};
    }
}

static void put_row(const placer *p, const vt_table_row *row) {
    vt_vbox *box = row_box(p);

    if (!box)
        return;
    fill_box(box, row);
    if (row->height > p->room) {
        box->part = part_row;
        box->rest = vt_table_rest_new(p->ctx->job->arena, row);
        spare_boxes(p, row);
    }
}

/* ------------------------------------------------------------ what joins -- */

/* Rows that keep company are worth so much of a page left empty. */
#define COMPANY_SHARE 3

static bool fit_together(const placer *p, size_t first, size_t end, double room) {
    double height = 0;

    for (size_t r = first; r < end && height <= room; r++)
        height += p->table->rows[r].height;
    return height <= room;
}

/* May no page end above row r?  `whole`: the rows that hang together with it
   fit on a page. */
static bool joins(const placer *p, size_t r, bool whole) {
    const vt_table_row *rows = p->table->rows;

    if (r == 0)
        return false;
    if (rows[r - 1].header)
        return true;
    if (rows[r].joined && (whole || rows[r].crossed))
        return true;
    return (rows[r - 1].heads || r + 1 == p->table->row_count) &&
           fit_together(p, r - 1, r + 1, p->room / COMPANY_SHARE);
}

static size_t group_end(const vt_table *table, size_t r) {
    do
        r++;
    while (r < table->row_count && table->rows[r].joined);
    return r;
}

static void put_rows(placer *p) {
    for (size_t r = 0, end = 0; r < p->table->row_count && !vt_idle(p->ctx); r = end) {
        end = group_end(p->table, r);
        const bool whole = fit_together(p, r, end, p->room);
        for (size_t i = r; i < end && !vt_idle(p->ctx); i++) {
            if (joins(p, i, whole))
                vt_flow_join(&p->ctx->flow, 1);
            put_row(p, &p->table->rows[i]);
        }
    }
}

void vt_table_flow(vt_ctx *ctx, const vt_node *node, uint32_t parent) {
    const vt_style *style = vt_style_of(ctx, VT_C_TABLE_CAPTION);
    const double gap = ctx->pack->paragraph_gap;
    const vt_table table = vt_table_set(ctx, node, parent);
    placer p = {.ctx = ctx, .table = &table, .repeat = repeat_of(ctx, &table)};
    const size_t first = ctx->flow.count + table.caption.line_count;

    if (vt_idle(ctx))
        return;
    p.room = page_height(ctx) - p.repeat->height;
    vt_flow_para(&ctx->flow, &table.caption, 0, vt_single(ctx, vt_size_of(ctx, style)), gap,
                 style->after);
    if (table.caption.line_count)
        vt_flow_join(&ctx->flow, 1);
    else if (ctx->flow.after < gap)
        ctx->flow.after = gap;
    put_rows(&p);
    if (ctx->flow.count > first)
        ctx->flow.boxes[first].repeat = NULL; /* its own header rows stand above */
    ctx->flow.after = gap;
}
