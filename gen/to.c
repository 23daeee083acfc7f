/*
 * gen/to.c - to whom the document is addressed (ô 9a): "Kính gửi:"; or with words
 * of its own, "Chủ tịch Ủy ban nhân dân tỉnh điện:" (Mẫu 1.6), "... kính chuyển:".
 *
 * One receiver stands on the line of the label.  Several stand below it, each
 * after a dash, the dashes below the colon (PL I II.9.d).  Either way the whole
 * is placed as a block in the middle of the page; what is too long wraps inside
 * the block behind its dash.  A label of its own words stands in the middle of the
 * page, its receivers always below.
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

/* ----------------------------------------------------------- the block -- */

/* The block is set at the left edge and then moved as a whole. */
typedef struct vt_address {
    size_t first; /* its first box */
    double right; /* its widest line's end */
} vt_address;

static vt_address begin(const vt_ctx *ctx) {
    return (vt_address){.first = ctx->flow.count};
}

static void put(vt_ctx *ctx, vt_address *block, const vt_para *para, double x, double before,
                double after) {
    const double size = vt_size_of(ctx, vt_style_of(ctx, VT_C_TO_RECIPIENT));

    for (size_t i = 0; i < para->line_count; i++) {
        const double end = x + para->lines[i].x + para->lines[i].width;
        block->right = end > block->right ? end : block->right;
    }
    vt_flow_para(&ctx->flow, para, x, vt_single(ctx, size), before, after);
    vt_flow_join(&ctx->flow, 1);
}

static void to_the_middle(vt_ctx *ctx, const vt_address *block) {
    const double shift = (ctx->width - block->right) / 2;

    for (size_t i = block->first; i < ctx->flow.count; i++)
        ctx->flow.boxes[i].x += shift;
    ctx->flow.join = 0;
}

static void one_receiver(vt_ctx *ctx, const vt_node *to, const vt_node *receiver) {
    const vt_style *label = vt_style_of(ctx, VT_C_TO_LABEL);
    const vt_style *style = vt_style_of(ctx, VT_C_TO_RECIPIENT);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, to);
    const char *words = vt_printf(ctx->job->arena, "%s ", label_words(ctx));
    vt_address block = begin(ctx);

    if (!words) {
        vt_no_memory(ctx);
        return;
    }
    vt_shape shape = {.width = ctx->width - 2 * ctx->pack->to_inset,
                      .hang = width_of(ctx, label, words, strlen(words)),
                      .align = VT_LEFT,
                      .balance = true};
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, label, tag, words);
    vt_pieces_inline(ctx, style, tag, receiver->first);
    vt_para para = vt_set(ctx, shape, receiver);
    put(ctx, &block, &para, 0, ctx->pack->to_gap, style->after);
    to_the_middle(ctx, &block);
}

static vt_para receiver_para(vt_ctx *ctx, const vt_node *receiver, uint32_t list, vt_shape shape) {
    const vt_style *style = vt_style_of(ctx, VT_C_TO_RECIPIENT);
    const uint32_t li = vt_tag_add(ctx, VT_ROLE_LI, list, receiver);
    const uint32_t label = vt_tag_add(ctx, VT_ROLE_LBL, li, NULL);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_LBODY, li, NULL);

    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, label, ctx->pack->to_mark);
    vt_pieces_inline(ctx, style, tag, receiver->first);
    vt_pieces_text(ctx, style, tag,
                   vt_next_same(receiver) ? ctx->pack->to_separator : ctx->pack->to_last);
    return vt_set(ctx, shape, receiver);
}

/* A list longer than its page goes on, but neither its first receiver stands
   alone below the label nor its last one on the next page. */
static bool may_part(const vt_node *to, const vt_node *receiver) {
    const vt_node *next = vt_next_same(receiver);

    return receiver != vt_child(to, VT_RECIPIENT) && next && vt_next_same(next);
}

/* The receivers below the label, their dashes `x` from the block's left edge. */
static void receivers(vt_ctx *ctx, vt_address *block, const vt_node *to, double x) {
    const vt_style *style = vt_style_of(ctx, VT_C_TO_RECIPIENT);
    const char *mark = ctx->pack->to_mark;
    const vt_shape shape = {.width = ctx->width - 2 * ctx->pack->to_inset - x,
                            .hang = width_of(ctx, style, mark, strlen(mark)),
                            .align = VT_LEFT,
                            .balance = true};
    const uint32_t list = vt_tag_add(ctx, VT_ROLE_L, ctx->tag, to);

    for (const vt_node *n = vt_child(to, VT_RECIPIENT); n; n = vt_next_same(n)) {
        const vt_para para = receiver_para(ctx, n, list, shape);
        put(ctx, block, &para, x, style->before, style->after);
        if (may_part(to, n))
            ctx->flow.join = 0;
    }
    to_the_middle(ctx, block);
}

static void several_receivers(vt_ctx *ctx, const vt_node *to) {
    const vt_style *label = vt_style_of(ctx, VT_C_TO_LABEL);
    const char *words = label_words(ctx);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, to);
    /* the dashes stand below the colon, the label's last character */
    const double colon = *words ? width_of(ctx, label, words, strlen(words) - 1) : 0;
    vt_address block = begin(ctx);

    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, label, tag, words);
    const vt_para para = vt_set(ctx, (vt_shape){.width = ctx->width, .align = VT_LEFT}, to);
    put(ctx, &block, &para, 0, ctx->pack->to_gap, vt_style_of(ctx, VT_C_TO_RECIPIENT)->before);
    receivers(ctx, &block, to, colon);
}

/* "Chủ tịch Ủy ban nhân dân tỉnh điện:" in the middle of the page. */
static void own_words(vt_ctx *ctx, const vt_node *to, const char *words) {
    const double inset = ctx->pack->to_inset;
    const vt_style *label = vt_style_of(ctx, VT_C_TO_LABEL);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, to);
    const vt_shape shape = {.width = ctx->width - 2 * inset, .align = VT_CENTER, .balance = true};

    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, label, tag, words);
    vt_pieces_text(ctx, label, tag, ctx->pack->line_separator);
    const vt_para para = vt_set(ctx, shape, to);
    vt_flow_para(&ctx->flow, &para, inset, vt_single(ctx, vt_size_of(ctx, label)),
                 ctx->pack->to_gap, vt_style_of(ctx, VT_C_TO_RECIPIENT)->before);
    vt_flow_join(&ctx->flow, 1);
    vt_address block = begin(ctx);
    receivers(ctx, &block, to, 0);
}

void vt_to(vt_ctx *ctx) {
    const vt_node *to = vt_child(ctx->root, VT_TO);
    const vt_node *first = to ? vt_child(to, VT_RECIPIENT) : NULL;
    const char *words = to ? vt_attr_get(to, VT_AT_LABEL) : NULL;

    if (!first)
        return;
    if (words && *words)
        own_words(ctx, to, words);
    else if (vt_next_same(first))
        several_receivers(ctx, to);
    else
        one_receiver(ctx, to, first);
}
