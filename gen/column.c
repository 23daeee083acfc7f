/*
 * gen/column.c - lines at fixed places inside an assembly.
 */
#include "gen/compose.h"

#include <string.h>

static vt_run *more_runs(vt_column *column, size_t n) {
    vt_run *grown = vt_grow(column->ctx->job->arena, column->runs, &column->run_cap,
                            column->run_count + n, sizeof *grown);

    if (grown)
        column->runs = grown;
    else if (n)
        vt_no_memory(column->ctx);
    return grown;
}

static vt_mark *more_marks(vt_column *column, size_t n) {
    vt_mark *grown = vt_grow(column->ctx->job->arena, column->marks, &column->mark_cap,
                             column->mark_count + n, sizeof *grown);

    if (grown)
        column->marks = grown;
    else if (n)
        vt_no_memory(column->ctx);
    return grown;
}

static void put_line(vt_column *column, const vt_line *line, double x, double y) {
    if (line->run_count && more_runs(column, line->run_count)) {
        for (size_t i = 0; i < line->run_count; i++) {
            vt_run *run = &column->runs[column->run_count++];
            *run = line->runs[i];
            run->x += x;
            run->y += y;
        }
    }
    if (line->mark_count && more_marks(column, line->mark_count)) {
        for (size_t i = 0; i < line->mark_count; i++) {
            vt_mark *mark = &column->marks[column->mark_count++];
            *mark = line->marks[i];
            mark->x1 += x;
            mark->x2 += x;
            mark->y1 += y;
            mark->y2 += y;
        }
    }
}

double vt_column_para(vt_column *column, const vt_para *para, double x, double y, double pitch) {
    for (size_t i = 0; i < para->line_count; i++)
        put_line(column, &para->lines[i], x, y + (double)i * pitch);
    return para->line_count ? y + (double)(para->line_count - 1) * pitch : y;
}

void vt_column_mark(vt_column *column, const vt_mark *mark) {
    vt_mark *grown = more_marks(column, 1);

    if (grown)
        grown[column->mark_count++] = *mark;
}

void vt_column_line(vt_column *column, double x1, double x2, double y, const vt_style *style,
                    const char *what) {
    vt_column_mark(column, &(vt_mark){.kind = VT_MARK_LINE,
                                      .x1 = x1,
                                      .y1 = y,
                                      .x2 = x2,
                                      .y2 = y,
                                      .thickness = style->rule_thickness,
                                      .colour = style->colour,
                                      .what = what});
}

void vt_column_frame(vt_column *column, double x1, double y1, double x2, double y2,
                     const vt_style *style, const char *what) {
    if (style->frame_thickness > 0)
        vt_column_mark(column, &(vt_mark){.kind = VT_MARK_FRAME,
                                          .x1 = x1,
                                          .y1 = y1,
                                          .x2 = x2,
                                          .y2 = y2,
                                          .thickness = style->frame_thickness,
                                          .colour = style->colour,
                                          .what = what});
}

double vt_column_rule(vt_column *column, const vt_style *style, const vt_line *last, double x,
                      double y, const char *what) {
    const double share = style->rule == VT_RULE_TEXT       ? 1
                         : style->rule == VT_RULE_FRACTION ? style->fraction
                                                           : 0;

    if (share <= 0)
        return vt_depth(column->ctx, last->size);

    const double middle = x + last->x + last->width / 2, half = last->width * share / 2;
    const double below = vt_depth(column->ctx, last->size) + style->rule_gap;
    vt_column_line(column, middle - half, middle + half, y + below, style, what);
    return below + style->rule_thickness / 2;
}

size_t vt_column_box(vt_column *column, double height, double before, double after) {
    vt_vbox *box = vt_flow_box(&column->ctx->flow, before, after);

    if (!box) {
        vt_no_memory(column->ctx);
        return 0;
    }
    box->depth = height;
    box->runs = column->runs;
    box->run_count = column->run_count;
    box->marks = column->marks;
    box->mark_count = column->mark_count;
    return column->ctx->flow.count - 1;
}
