/*
 * gen/to.c - to whom the document is addressed (ô 9a): "Kính gửi:".
 *
 * One receiver stands on the line of the label.  Several stand below it, each
 * after a dash, the dashes below the colon (PL I II.9.d).  Either way the whole
 * is placed as a block in the middle of the page; what is too long wraps inside
 * the block behind its dash.
 */
#include "gen/compose.h"

#include <string.h>

/* A slug in a list of slugs separated by spaces. */
static bool listed(const char *list, const char *slug) {
    const size_t len = strlen(slug);

    for (const char *s = list; (s = strstr(s, slug)) != NULL; s += len)
        if ((s == list || s[-1] == ' ') && (s[len] == ' ' || !s[len]))
            return true;
    return false;
}

static const char *label_words(const vt_ctx *ctx) {
    const char *petition = ctx->pack->petition_label;

    if (*petition && ctx->type && listed(ctx->pack->petition_types, ctx->type->slug))
        return petition;
    return vt_style_of(ctx, VT_C_TO_LABEL)->text;
}

static double width_of(vt_ctx *ctx, const vt_style *style, const char *text, size_t len) {
    const char *part = vt_strndup(ctx->job->arena, text, len);

    vt_pieces_clear(ctx);
    if (part && vt_pieces_text(ctx, style, 0, part))
        return vt_natural(ctx, NULL, NULL);
    return 0;
}

/* The largest white that keeps a block of this width in the middle, but never
   less than the pack's own inset. */
static double middle_inset(const vt_ctx *ctx, double block) {
    const double free = (ctx->width - block) / 2, least = ctx->pack->to_inset;

    return free > least ? free : least;
}

static void one_receiver(vt_ctx *ctx, const vt_node *to, const vt_node *receiver) {
    const vt_style *label = vt_style_of(ctx, VT_C_TO_LABEL);
    const vt_style *style = vt_style_of(ctx, VT_C_TO_RECIPIENT);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, to);
    const char *words = vt_printf(ctx->job->arena, "%s ", label_words(ctx));

    if (!words) {
        vt_no_memory(ctx);
        return;
    }
    const double hang = width_of(ctx, label, words, strlen(words));
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, label, tag, words);
    vt_pieces_inline(ctx, style, tag, receiver->first);
    const double inset = middle_inset(ctx, vt_natural(ctx, NULL, receiver));
    vt_para para = vt_set(
        ctx, (vt_shape){.width = ctx->width - 2 * inset, .hang = hang, .align = VT_LEFT}, receiver);
    vt_flow_para(&ctx->flow, &para, inset, vt_single(ctx, vt_size_of(ctx, style)),
                 ctx->pack->to_gap, style->after);
}

static void receiver_pieces(vt_ctx *ctx, const vt_node *receiver, uint32_t label, uint32_t tag) {
    const vt_style *style = vt_style_of(ctx, VT_C_TO_RECIPIENT);

    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, label, ctx->pack->to_mark);
    vt_pieces_inline(ctx, style, tag, receiver->first);
    vt_pieces_text(ctx, style, tag,
                   vt_next_same(receiver) ? ctx->pack->to_separator : ctx->pack->to_last);
}

static void several_receivers(vt_ctx *ctx, const vt_node *to) {
    const vt_style *label = vt_style_of(ctx, VT_C_TO_LABEL);
    const vt_style *style = vt_style_of(ctx, VT_C_TO_RECIPIENT);
    const char *words = label_words(ctx);
    const double pitch = vt_single(ctx, vt_size_of(ctx, style));
    const uint32_t p = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, to);
    /* the dashes stand below the colon, the label's last character */
    const size_t len = strlen(words);
    const double colon = len ? width_of(ctx, label, words, len - 1) : 0;
    const double hang = width_of(ctx, style, ctx->pack->to_mark, strlen(ctx->pack->to_mark));
    double widest = 0;

    for (const vt_node *n = vt_child(to, VT_RECIPIENT); n; n = vt_next_same(n)) {
        receiver_pieces(ctx, n, 0, 0);
        double width = vt_natural(ctx, NULL, n);
        widest = width > widest ? width : widest;
    }
    const double inset = middle_inset(ctx, colon + widest);
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, label, p, words);
    vt_para para = vt_set(ctx, (vt_shape){.width = ctx->width - inset, .align = VT_LEFT}, to);
    vt_flow_para(&ctx->flow, &para, inset, pitch, ctx->pack->to_gap, style->before);

    const uint32_t list = vt_tag_add(ctx, VT_ROLE_L, ctx->tag, to);
    for (const vt_node *n = vt_child(to, VT_RECIPIENT); n; n = vt_next_same(n)) {
        const uint32_t li = vt_tag_add(ctx, VT_ROLE_LI, list, n);
        const uint32_t lbl = vt_tag_add(ctx, VT_ROLE_LBL, li, NULL);
        receiver_pieces(ctx, n, lbl, vt_tag_add(ctx, VT_ROLE_LBODY, li, NULL));
        para = vt_set(ctx,
                      (vt_shape){.width = ctx->width - 2 * inset - colon + widest * 1e-6,
                                 .hang = hang,
                                 .align = VT_LEFT},
                      n);
        vt_flow_join(&ctx->flow, 1);
        vt_flow_para(&ctx->flow, &para, inset + colon, pitch, style->before, style->after);
    }
}

void vt_to(vt_ctx *ctx) {
    const vt_node *to = vt_child(ctx->root, VT_TO);
    const vt_node *first = to ? vt_child(to, VT_RECIPIENT) : NULL;

    if (!first)
        return;
    if (vt_next_same(first))
        several_receivers(ctx, to);
    else
        one_receiver(ctx, to, first);
}
