/*
 * gen/title.c - type name and subject in the middle of the page (ô 5a), with
 * the mark below them: a line of 1/3 to 1/2 of the last line, Party "-----".
 */
#include "gen/compose.h"

bool vt_prints_title(const vt_ctx *ctx) {
    return ctx->type->has_heading || vt_child(ctx->root, VT_TITLE);
}

void vt_title_para(vt_ctx *ctx, const vt_style *style, const vt_node *node, double before,
                   const char *rule) {
    const double inset = ctx->pack->title_inset, size = vt_size_of(ctx, style);
    const vt_shape shape = {.width = ctx->width - 2 * inset, .align = style->align};
    vt_para para = vt_set(ctx, shape, node);
    vt_column column = {.ctx = ctx};

    vt_flow_join(&ctx->flow, (int)para.line_count + 1);
    vt_flow_para(&ctx->flow, &para, inset, vt_single(ctx, size), before, style->after);
    if (!para.line_count || vt_idle(ctx) || !rule)
        return;
    double depth = vt_column_rule(&column, style, &para.lines[para.line_count - 1], 0, 0, rule);
    vt_vbox *box = &ctx->flow.boxes[ctx->flow.count - 1];
    if (!column.mark_count)
        return;
    box->marks = column.marks;
    box->mark_count = column.mark_count;
    box->foot = depth - box->depth;
}

static void name(vt_ctx *ctx) {
    const vt_style *style = vt_style_of(ctx, VT_C_TYPE_NAME);
    const vt_node *title = vt_child(ctx->root, VT_TITLE);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_H1, ctx->tag, title);

    vt_pieces_clear(ctx);
    if (title)
        vt_pieces_inline(ctx, style, tag, title->first);
    else
        vt_pieces_text(ctx, style, tag, ctx->type->name);
    vt_title_para(ctx, style, title ? title : ctx->root, ctx->pack->title_gap, NULL);
}

/* "-----" on a line of its own. */
static void mark_line(vt_ctx *ctx, const vt_style *style) {
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, NULL), style->after_text);
    vt_title_para(ctx, style, NULL, 0, NULL);
}

void vt_title(vt_ctx *ctx) {
    const vt_style *style = vt_style_of(ctx, VT_C_SUBJECT);
    const vt_node *subject = vt_child(ctx->root, VT_SUBJECT);
    const bool marked = ctx->type->subject_rule && subject;

    if (!vt_prints_title(ctx))
        return;
    name(ctx);
    if (subject) {
        /* an attached text has its mark below "(Kèm theo ...)" */
        const bool rule = marked && !*style->after_text && !ctx->attached;
        vt_pieces_clear(ctx);
        vt_pieces_inline(ctx, style, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, subject), subject->first);
        vt_title_para(ctx, style, subject, style->before, rule ? "subject-rule" : NULL);
    }
    if (ctx->attached)
        vt_reference_line(ctx, ctx->outer, ctx->attached);
    if (marked && *style->after_text)
        mark_line(ctx, style);
    vt_flow_join(&ctx->flow, ctx->pack->widow_lines);
}
