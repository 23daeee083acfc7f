/*
 * gen/figure.c - figures of the body: a picture in the middle of its column, its
 * caption below it on the same page.
 */
#include "gen/compose.h"

#include <stdlib.h>
#include <string.h>

#define POINTS_PER_MM (72 / 25.4)

/* "80" is per cent of the column, "120mm" are millimetres; by default the
   picture fills the column. */
static double wanted_width(const vt_node *node, double column) {
    const char *value = vt_attr_get(node, VT_AT_WIDTH);
    char *end;

    if (!value)
        return column;
    const double number = strtod(value, &end);
    return strcmp(end, "mm") == 0 ? number * POINTS_PER_MM : column * number / 100;
}

bool vt_figure_mark(vt_ctx *ctx, const vt_node *node, uint32_t tag, double width, double room,
                    vt_mark *mark) {
    uint32_t index = 0;
    const vt_picture *picture = vt_picture_beside(ctx, node, VT_AT_HREF, &index);
    double w = wanted_width(node, width);

    if (!picture)
        return false;
    const double high = picture->turn % 2 ? picture->width : picture->height;
    const double wide = picture->turn % 2 ? picture->height : picture->width;
    if (w > width)
        w = width;
    if (w * high / wide > room)
        w = room * wide / high;
    *mark = (vt_mark){.kind = VT_MARK_PICTURE,
                      .x1 = (width - w) / 2,
                      .x2 = (width + w) / 2,
                      .y2 = w * high / wide,
                      .picture = index,
                      .tag = tag,
                      .what = "figure"};
    return true;
}

uint32_t vt_figure_tag(vt_ctx *ctx, const vt_node *node, uint32_t parent) {
    const char *words = vt_attr_get(node, VT_AT_TITLE);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_FIGURE, parent, node);

    if (tag)
        ctx->job->layout->tags[tag].alt = words ? words : vt_attr_get(node, VT_AT_CAPTION);
    return tag;
}

vt_para vt_figure_caption(vt_ctx *ctx, const vt_node *node, uint32_t tag, double width) {
    const char *words = vt_attr_get(node, VT_AT_CAPTION);

    if (!words)
        return (vt_para){0};
    return vt_set_words(ctx, VT_C_TABLE_CAPTION, vt_tag_add(ctx, VT_ROLE_CAPTION, tag, node), words,
                        width);
}

void vt_figure(vt_ctx *ctx, const vt_node *node, uint32_t parent, double left, double width) {
    const vt_style *style = vt_style_of(ctx, VT_C_TABLE_CAPTION);
    const double gap = ctx->pack->paragraph_gap, pitch = vt_single(ctx, vt_size_of(ctx, style));
    const uint32_t tag = vt_figure_tag(ctx, node, parent);
    const vt_para caption = vt_figure_caption(ctx, node, tag, width);
    const double below = caption.line_count ? style->after + (double)caption.line_count * pitch : 0;
    const double page = ctx->sheet.height - ctx->sheet.top - ctx->sheet.bottom;
    vt_mark *mark = vt_alloc(ctx->job->arena, sizeof *mark);

    if (!mark) {
        vt_no_memory(ctx);
        return;
    }
    if (!vt_figure_mark(ctx, node, tag, width, page - below, mark))
        return;
    vt_vbox *box = vt_flow_box(&ctx->flow, gap, caption.line_count ? style->after : gap);
    if (!box) {
        vt_no_memory(ctx);
        return;
    }
    box->x = left;
    box->depth = mark->y2;
    box->marks = mark;
    box->mark_count = 1;
    vt_flow_join(&ctx->flow, (int)caption.line_count);
    vt_flow_para(&ctx->flow, &caption, left, pitch, style->after, gap);
}
