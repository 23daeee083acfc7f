/*
 * gen/book.c - the head of what is printed from the archive: registers (sổ),
 * lists (mục lục).  Its sheets lie across, for the columns; instead of the
 * national title and a number it has the agency's names in the middle, and its
 * own name: large on the cover of a register, as a title above a list.
 */
#include "gen/compose.h"

static void middle(vt_ctx *ctx, vt_component component, const vt_node *node, const char *rule) {
    const vt_style *style = vt_style_of(ctx, component);

    vt_pieces_clear(ctx);
    vt_pieces_inline(ctx, style, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, node), node->first);
    vt_title_para(ctx, style, node, 0, rule);
}

static void agency(vt_ctx *ctx) {
    for (const vt_node *i = vt_child(ctx->root, VT_ISSUER); i; i = vt_next_same(i)) {
        const vt_node *name = vt_child(i, VT_NAME);
        for (const vt_node *s = vt_child(i, VT_SUPERIOR); s; s = vt_next_same(s))
            middle(ctx, VT_C_SUPERIOR, s, NULL);
        if (name)
            middle(ctx, VT_C_ISSUER, name, vt_next_same(i) ? NULL : "issuer-rule");
    }
}

static void book_name(vt_ctx *ctx) {
    const bool cover = ctx->type->book == VT_BOOK_COVER;
    const vt_style *style = vt_style_of(ctx, cover ? VT_C_BOOK_TITLE : VT_C_TYPE_NAME);
    const vt_node *title = vt_child(ctx->root, VT_TITLE);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_H1, ctx->tag, title);

    vt_pieces_clear(ctx);
    if (title)
        vt_pieces_inline(ctx, style, tag, title->first);
    else
        vt_pieces_text(ctx, style, tag, ctx->type->name);
    vt_title_para(ctx, style, title ? title : ctx->root,
                  cover ? style->before : ctx->pack->title_gap, NULL);
}

/* The sheet lies across; it is bound at the left, where the margin is wide. */
static void lay_across(vt_ctx *ctx) {
    const double upright = ctx->sheet.width;

    ctx->sheet.width = ctx->sheet.height;
    ctx->sheet.height = upright;
    ctx->width = ctx->sheet.width - ctx->sheet.left - ctx->sheet.right;
}

/* Two lines around the cover. */
static void cover_frame(vt_ctx *ctx) {
    const vt_style *style = vt_style_of(ctx, VT_C_BOOK_TITLE);
    const double high = ctx->sheet.height - ctx->sheet.top - ctx->sheet.bottom;
    const double gap = style->frame_gap;
    vt_column column = {.ctx = ctx};

    vt_column_frame(&column, 0, 0, ctx->width, high, style, "cover");
    if (gap > 0)
        vt_column_frame(&column, gap, gap, ctx->width - gap, high - gap, style, "cover");
    vt_column_box(&column, style->frame_pad, 0, 0);
}

void vt_book_head(vt_ctx *ctx) {
    const vt_node *subject = vt_child(ctx->root, VT_SUBJECT);

    lay_across(ctx);
    if (ctx->type->book == VT_BOOK_COVER)
        cover_frame(ctx);
    agency(ctx);
    book_name(ctx);
    if (subject)
        middle(ctx, VT_C_SUBJECT, subject, NULL);
    vt_flow_join(&ctx->flow, ctx->pack->widow_lines);
}
