/*
 * gen/confirm.c - where another body confirms by hand, at the left below the
 * closing block: "Xác nhận của cơ quan (tổ chức) ..." (Mẫu 1.10).
 *
 * Words in the middle of a half of the page, and below them the same room as for
 * a signature.  Several stand two in a row.
 */
#include "gen/compose.h"

enum { PER_ROW = 2 };

/* Gives the bottom of the words. */
static double confirm_words(vt_ctx *ctx, vt_column *column, const vt_node *node, double x,
                            double width) {
    const vt_style *style = vt_style_of(ctx, VT_C_BODY);
    const double size = vt_size_of(ctx, style), pitch = vt_single(ctx, size);

    vt_pieces_clear(ctx);
    vt_pieces_inline(ctx, style, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, node), node->first);
    const vt_shape shape = {.width = width, .align = VT_CENTER, .balance = true};
    const vt_para para = vt_set(ctx, shape, node);
    const double first = pitch - vt_depth(ctx, size);
    return vt_column_para(column, &para, x, first, pitch) + vt_depth(ctx, size);
}

void vt_confirmations(vt_ctx *ctx) {
    const double gap = ctx->pack->column_gap, width = (ctx->width - gap) / PER_ROW;
    const vt_node *n = vt_child(ctx->root, VT_CONFIRMATION);

    while (n) {
        vt_column column = {.ctx = ctx};
        double bottom = 0;
        for (int i = 0; i < PER_ROW && n; i++, n = vt_next_same(n)) {
            const double here = confirm_words(ctx, &column, n, (width + gap) * i, width);
            bottom = here > bottom ? here : bottom;
        }
        vt_flow_join(&ctx->flow, 1);
        vt_column_box(&column, bottom + ctx->pack->signature_space, ctx->pack->signature_gap, 0);
    }
}
