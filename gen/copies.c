/*
 * gen/copies.c - receivers of copies (ô 9b): "Nơi nhận:" and its list.
 *
 * The list is set once; then it stands beside the signature, or below it where
 * it is too long for that.
 */
#include "gen/compose.h"

#include <string.h>

static bool is_copy(vt_el el) {
    return el == VT_RECIPIENT || el == VT_AS_ABOVE || el == VT_AS_ARTICLE || el == VT_ARCHIVE;
}

static const vt_node *next_copy(const vt_node *node) {
    while (node && !is_copy(node->el))
        node = node->next;
    return node;
}

static void archive_pieces(vt_ctx *ctx, const vt_style *style, uint32_t tag, const vt_node *node) {
    const char *drafter = vt_attr_get(node, VT_AT_DRAFTER), *count = vt_attr_get(node, VT_AT_COUNT);
    const vt_slot slots[] = {{"drafter", drafter}, {"count", count}};

    vt_pieces_text(ctx, style, tag, ctx->pack->archive_prefix);
    vt_pieces_inline(ctx, style, tag, node->first);
    if (drafter)
        vt_pieces_text(
            ctx, style, tag,
            vt_fill(ctx, count ? ctx->pack->drafter_pattern : ctx->pack->drafter_plain, slots, 2));
}

static void copy_words(vt_ctx *ctx, const vt_style *style, uint32_t tag, const vt_node *node) {
    const vt_slot n = {"n", vt_attr_get(node, VT_AT_N)};
    const vt_slot note = {"note", vt_attr_get(node, VT_AT_NOTE)};

    if (node->el == VT_ARCHIVE) {
        archive_pieces(ctx, style, tag, node);
        return;
    }
    if (node->first)
        vt_pieces_inline(ctx, style, tag, node->first);
    else if (node->el == VT_AS_ABOVE)
        vt_pieces_text(ctx, style, tag, ctx->pack->as_above);
    else if (node->el == VT_AS_ARTICLE)
        vt_pieces_text(ctx, style, tag, vt_fill(ctx, ctx->pack->as_article, &n, 1));
    if (note.value) {
        vt_pieces_text(ctx, style, tag, " ");
        vt_pieces_text(ctx, style, tag, vt_fill(ctx, ctx->pack->note_pattern, &note, 1));
    }
}

/* The end mark of an item, unless its words end with it already. */
static void copy_end(vt_ctx *ctx, const vt_style *style, uint32_t tag, const char *mark) {
    const vt_piece *last = &ctx->pieces.at[ctx->pieces.count - 1];
    const size_t len = strlen(mark);

    if (last->len >= len && memcmp(last->text + last->len - len, mark, len) == 0)
        return;
    vt_pieces_text(ctx, style, tag, mark);
}

/* `list` 0: only measured. */
static vt_para copy_para(vt_ctx *ctx, const vt_node *node, uint32_t list, double width) {
    const vt_style *style = vt_style_of(ctx, VT_C_COPIES);
    const uint32_t li = list ? vt_tag_add(ctx, VT_ROLE_LI, list, node) : 0;
    const uint32_t label = list ? vt_tag_add(ctx, VT_ROLE_LBL, li, NULL) : 0;
    const uint32_t body = list ? vt_tag_add(ctx, VT_ROLE_LBODY, li, NULL) : 0;

    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, label, ctx->pack->copies_mark);
    copy_words(ctx, style, body, node);
    if (ctx->pieces.count)
        copy_end(ctx, style, body,
                 next_copy(node->next) ? ctx->pack->copies_separator : ctx->pack->copies_last);
    return vt_set(ctx,
                  (vt_shape){.width = width,
                             .first_indent = style->indent,
                             .hang = style->hang,
                             .align = style->align},
                  node);
}

static size_t count_copies(const vt_node *copies) {
    size_t n = 0;

    for (const vt_node *c = next_copy(copies->first); c; c = next_copy(c->next))
        n++;
    return n;
}

double vt_copies_height(vt_ctx *ctx, const vt_node *node, double width) {
    const vt_style *label = vt_style_of(ctx, VT_C_COPIES_LABEL);
    const vt_style *style = vt_style_of(ctx, VT_C_COPIES);
    const double pitch = vt_single(ctx, vt_size_of(ctx, style));
    double height = vt_single(ctx, vt_size_of(ctx, label)) + label->after;

    for (const vt_node *n = next_copy(node->first); n; n = next_copy(n->next))
        height +=
            (double)copy_para(ctx, n, 0, width).line_count * pitch + style->before + style->after;
    return height;
}

vt_copies vt_copies_set(vt_ctx *ctx, const vt_node *node, double width) {
    const vt_style *label = vt_style_of(ctx, VT_C_COPIES_LABEL);
    const vt_style *style = vt_style_of(ctx, VT_C_COPIES);
    const size_t count = count_copies(node);
    vt_copies copies = {.pitch = vt_single(ctx, vt_size_of(ctx, style))};

    copies.label = vt_set_words(ctx, VT_C_COPIES_LABEL, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, node),
                                label->text, width);
    copies.items = vt_alloc_array(ctx->job->arena, count + 1, sizeof *copies.items);
    if (!copies.items) {
        vt_no_memory(ctx);
        return copies;
    }
    const uint32_t list = vt_tag_add(ctx, VT_ROLE_L, ctx->tag, node);
    for (const vt_node *n = next_copy(node->first); n; n = next_copy(n->next)) {
        copies.items[copies.count++] = copy_para(ctx, n, list, width);
    }
    return copies;
}

double vt_copies_beside(vt_column *column, const vt_copies *copies, double first) {
    vt_ctx *ctx = column->ctx;
    const vt_style *style = vt_style_of(ctx, VT_C_COPIES);
    double y = vt_column_para(column, &copies->label, 0, first, copies->pitch) +
               vt_style_of(ctx, VT_C_COPIES_LABEL)->after;

    for (size_t i = 0; i < copies->count; i++) {
        y += style->before + copies->pitch;
        y = vt_column_para(column, &copies->items[i], 0, y, copies->pitch) + style->after;
    }
    return y + vt_depth(ctx, vt_size_of(ctx, style));
}

/* The label and two of its receivers stay with the signatures. */
void vt_copies_below(vt_ctx *ctx, const vt_copies *copies) {
    const vt_style *style = vt_style_of(ctx, VT_C_COPIES);

    vt_flow_join(&ctx->flow, 1);
    vt_flow_para(&ctx->flow, &copies->label, 0, copies->pitch, ctx->pack->signature_gap,
                 vt_style_of(ctx, VT_C_COPIES_LABEL)->after);
    vt_flow_join(&ctx->flow, ctx->pack->widow_lines);
    for (size_t i = 0; i < copies->count; i++)
        vt_flow_para(&ctx->flow, &copies->items[i], 0, copies->pitch, style->before, style->after);
}
