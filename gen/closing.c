/*
 * gen/closing.c - the closing block: receivers of copies (ô 9b) beside the
 * signature (ô 7), first lines on one baseline.  With several signers their
 * columns stand side by side in the order of the file and the copies below.
 */
#include "gen/compose.h"

#include <string.h>

/* A column of the block under construction: text area coordinates of the box. */
typedef struct vt_slotted {
    double x, width; /* of the column */
    double y;        /* bottom of what stands in it */
} vt_slotted;

/* Who signs and seals, while the signatures are set one after another. */
typedef struct vt_signing {
    size_t n, issuers; /* signatures set so far */
    const vt_node *sealed;
} vt_signing;

static double max2(double a, double b) {
    return a > b ? a : b;
}

/* ---------------------------------------------------------------- copies -- */

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

static vt_para copy_para(vt_ctx *ctx, const vt_node *node, uint32_t list, double width) {
    const vt_style *style = vt_style_of(ctx, VT_C_COPIES);
    const uint32_t li = vt_tag_add(ctx, VT_ROLE_LI, list, node);
    const uint32_t label = vt_tag_add(ctx, VT_ROLE_LBL, li, NULL);
    const uint32_t body = vt_tag_add(ctx, VT_ROLE_LBODY, li, NULL);

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

/* "Nơi nhận:" and the list as lines of the flow, below the signatures or
   where the list is too long to stand beside them. */
static void copies_below(vt_ctx *ctx, const vt_node *copies) {
    const vt_style *label = vt_style_of(ctx, VT_C_COPIES_LABEL);
    const vt_style *style = vt_style_of(ctx, VT_C_COPIES);
    const double width = ctx->width * ctx->pack->copies_share;
    const double pitch = vt_single(ctx, vt_size_of(ctx, style));
    vt_para para = vt_set_words(ctx, VT_C_COPIES_LABEL,
                                vt_tag_add(ctx, VT_ROLE_P, ctx->tag, copies), label->text, width);

    vt_flow_para(&ctx->flow, &para, 0, pitch, ctx->pack->signature_gap, label->after);
    vt_flow_join(&ctx->flow, ctx->pack->widow_lines);

    const uint32_t list = vt_tag_add(ctx, VT_ROLE_L, ctx->tag, copies);
    for (const vt_node *n = next_copy(copies->first); n; n = next_copy(n->next)) {
        para = copy_para(ctx, n, list, width);
        vt_flow_para(&ctx->flow, &para, 0, pitch, style->before, style->after);
    }
}

static void copies_beside(vt_ctx *ctx, vt_column *column, const vt_node *copies, double first,
                          vt_slotted *slot) {
    const vt_style *label = vt_style_of(ctx, VT_C_COPIES_LABEL);
    const vt_style *style = vt_style_of(ctx, VT_C_COPIES);
    const double pitch = vt_single(ctx, vt_size_of(ctx, style));
    const double depth = vt_depth(ctx, vt_size_of(ctx, style));
    vt_para para =
        vt_set_words(ctx, VT_C_COPIES_LABEL, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, copies),
                     label->text, slot->width);
    double y = vt_column_para(column, &para, slot->x, first, pitch) + label->after;

    const uint32_t list = vt_tag_add(ctx, VT_ROLE_L, ctx->tag, copies);
    for (const vt_node *n = next_copy(copies->first); n; n = next_copy(n->next)) {
        para = copy_para(ctx, n, list, slot->width);
        y = vt_column_para(column, &para, slot->x, y + style->before + pitch, pitch);
        y += style->after;
    }
    slot->y = y + depth;
}

/* ------------------------------------------------------------- signature -- */

static const char *capacity_prefix(const vt_pack *pack, const char *kind) {
    const struct {
        const char *kind, *prefix;
    } forms[] = {
        {"TM", pack->capacity_tm},   {"KT", pack->capacity_kt}, {"TL", pack->capacity_tl},
        {"TUQ", pack->capacity_tuq}, {"Q", pack->capacity_q},
    };

    for (size_t i = 0; kind && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(kind, forms[i].kind) == 0)
            return forms[i].prefix ? forms[i].prefix : "";
    return "";
}

/* A centred paragraph of the signature below what stands there. */
static void sign_para(vt_ctx *ctx, vt_column *column, vt_slotted *slot, const vt_style *style,
                      const vt_node *node) {
    const double size = vt_size_of(ctx, style), pitch = vt_single(ctx, size);
    vt_para para = vt_set(ctx, (vt_shape){.width = slot->width, .align = style->align}, node);

    if (!para.line_count)
        return;
    double y = slot->y + style->before + pitch - vt_depth(ctx, size);
    slot->y = vt_column_para(column, &para, slot->x, y, pitch) + vt_depth(ctx, size);
}

/* "TM. ỦY BAN NHÂN DÂN"; "Q." has no words of its own and stands before the
   post.  Gives the prefix left for the post. */
static const char *capacities(vt_ctx *ctx, vt_column *column, vt_slotted *slot,
                              const vt_node *signature) {
    const vt_style *style = vt_style_of(ctx, VT_C_CAPACITY);
    const char *pending = "";

    for (const vt_node *n = vt_child(signature, VT_CAPACITY); n; n = vt_next_same(n)) {
        const char *prefix = capacity_prefix(ctx->pack, vt_attr_get(n, VT_AT_KIND));
        if (!n->first) {
            pending = prefix;
            continue;
        }
        const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, n);
        vt_pieces_clear(ctx);
        vt_pieces_text(ctx, style, tag, prefix);
        vt_pieces_inline(ctx, style, tag, n->first);
        sign_para(ctx, column, slot, style, n);
    }
    return pending;
}

static void sign_words(vt_ctx *ctx, vt_column *column, vt_slotted *slot, vt_component component,
                       const char *prefix, const vt_node *node) {
    const vt_style *style = vt_style_of(ctx, component);

    if (!node)
        return;
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, node);
    vt_pieces_clear(ctx);
    if (*prefix)
        vt_pieces_text(ctx, style, tag, prefix);
    vt_pieces_inline(ctx, style, tag, node->first);
    sign_para(ctx, column, slot, style, node);
}

/* Rank and name on one line (ô 7b). */
static void signer(vt_ctx *ctx, vt_column *column, vt_slotted *slot, const vt_node *signature) {
    const vt_style *style = vt_style_of(ctx, VT_C_SIGNER);
    const vt_node *rank = vt_child(signature, VT_RANK), *name = vt_child(signature, VT_NAME);

    if (!rank && !name)
        return;
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, name ? name : rank);
    vt_pieces_clear(ctx);
    if (rank) {
        vt_pieces_inline(ctx, style, tag, rank->first);
        if (name)
            vt_pieces_text(ctx, style, tag, " ");
    }
    if (name)
        vt_pieces_inline(ctx, style, tag, name->first);
    sign_para(ctx, column, slot, style, signature);
}

static size_t count_same(const vt_node *first) {
    size_t n = 0;

    for (; first; first = vt_next_same(first))
        n++;
    return n;
}

static bool is_chair(const vt_node *signature) {
    const char *role = vt_attr_get(signature, VT_AT_ROLE);

    return role && strcmp(role, "chair") == 0;
}

/* A single issuer seals the chair's signature, else the last. */
static const vt_node *sealed_signature(const vt_ctx *ctx) {
    const vt_node *sealed = vt_child(ctx->root, VT_SIGNATURE);

    for (const vt_node *s = sealed; s; s = vt_next_same(s))
        if (!is_chair(sealed))
            sealed = s;
    return sealed;
}

static vt_signing begin_signing(const vt_ctx *ctx) {
    return (vt_signing){.issuers = count_same(vt_child(ctx->root, VT_ISSUER)),
                        .sealed = sealed_signature(ctx)};
}

/* Which seal covers signature n, from 1; 0: none.  Joint issuers seal their own
   signatures in order. */
static int seal_of(const vt_signing *signing, const vt_node *signature) {
    if (signing->issuers > 1)
        return signing->n <= signing->issuers ? (int)signing->n : 0;
    return signing->sealed == signature;
}

static void one_signature(vt_ctx *ctx, vt_column *column, vt_slotted *slot, vt_signing *signing,
                          const vt_node *signature) {
    const char *prefix = capacities(ctx, column, slot, signature);

    sign_words(ctx, column, slot, VT_C_POSITION, prefix, vt_child(signature, VT_POSITION));
    signing->n++;
    if (vt_has_fields(ctx))
        vt_field_signature(ctx, ctx->tag, (int)signing->n, seal_of(signing, signature),
                           slot->x + slot->width / 2, slot->y);
    slot->y += ctx->pack->signature_space;
    for (const vt_node *n = vt_child(signature, VT_OTHER_POSITION); n; n = vt_next_same(n))
        sign_words(ctx, column, slot, VT_C_OTHER_POSITION, "", n);
    signer(ctx, column, slot, signature);
}

/* Baseline of the block's first line: of the larger of its two columns. */
static double first_baseline(const vt_ctx *ctx) {
    const double size = max2(vt_size_of(ctx, vt_style_of(ctx, VT_C_CAPACITY)),
                             vt_size_of(ctx, vt_style_of(ctx, VT_C_COPIES_LABEL)));

    return vt_single(ctx, size) - vt_depth(ctx, size);
}

/* One signer, or none: the copies stand beside. */
static void beside(vt_ctx *ctx, const vt_node *copies, const vt_node *signature) {
    const double share = ctx->width * ctx->pack->copies_share, gap = ctx->pack->column_gap;
    vt_column column = {.ctx = ctx};
    vt_slotted left = {.width = share - gap / 2}, right = {.x = share + gap / 2};
    vt_signing signing = begin_signing(ctx);

    right.width = ctx->width - right.x;
    if (copies)
        copies_beside(ctx, &column, copies, first_baseline(ctx), &left);
    if (signature)
        one_signature(ctx, &column, &right, &signing, signature);
    vt_column_box(&column, max2(left.y, right.y), ctx->pack->signature_gap, 0);
}

/* Several signers: rows of columns, as many as are asked for side by side. */
#define SIGNERS_PER_ROW 3 /* more would not leave a name its line on A4 */

static void several(vt_ctx *ctx, size_t n) {
    const vt_node *s = vt_child(ctx->root, VT_SIGNATURE);
    vt_signing signing = begin_signing(ctx);
    const double gap = ctx->pack->column_gap;

    while (s) {
        const size_t here = n < SIGNERS_PER_ROW        ? n
                            : n == SIGNERS_PER_ROW + 1 ? 2
                                                       : SIGNERS_PER_ROW;
        const double width = (ctx->width - gap * (double)(here - 1)) / (double)here;
        vt_column column = {.ctx = ctx};
        double bottom = 0;
        for (size_t i = 0; i < here && s; i++, s = vt_next_same(s)) {
            vt_slotted slot = {.x = (width + gap) * (double)i, .width = width};
            one_signature(ctx, &column, &slot, &signing, s);
            bottom = max2(bottom, slot.y);
        }
        vt_column_box(&column, bottom, ctx->pack->signature_gap, 0);
        n -= here;
    }
}

/* The copies keep to their column: the white beside it is the seal's place, and
   so many that they would not fit beside a signature on one page stand below. */
#define COPIES_BESIDE_MAX 40

static size_t count_copies(const vt_node *copies) {
    size_t n = 0;

    for (const vt_node *c = copies ? next_copy(copies->first) : NULL; c; c = next_copy(c->next))
        n++;
    return n;
}

void vt_closing(vt_ctx *ctx) {
    const vt_node *copies = vt_child(ctx->root, VT_COPIES);
    const size_t n = count_same(vt_child(ctx->root, VT_SIGNATURE));
    const bool apart = n > 1 || count_copies(copies) > COPIES_BESIDE_MAX;

    if (!n && !copies)
        return;
    vt_flow_hold_lines(&ctx->flow, ctx->pack->lines_with_signature);
    if (apart && n > 1)
        several(ctx, n);
    else
        beside(ctx, apart ? NULL : copies, vt_child(ctx->root, VT_SIGNATURE));
    if (apart && copies)
        copies_below(ctx, copies);
}
