/*
 * gen/closing.c - the closing block: the signature (ô 7), beside it the
 * receivers of copies (ô 9b, gen/copies.c), first lines on one baseline.  With several signers
 * their columns stand side by side in the order of the file and the copies below.
 */
#include "gen/compose.h"

#include <string.h>

/* A column of the block under construction: text area coordinates of the box. */
typedef struct vt_slotted {
    double x, width; /* of the column */
    double y;        /* bottom of what stands in it */
    bool measured;   /* nothing is set: y alone is wanted */
} vt_slotted;

/* Where signatures side by side are level: their names stand on one line. */
typedef struct vt_level {
    double head;   /* height of the highest capacities and post */
    double others; /* height of the highest further posts */
} vt_level;

/* Who signs and seals, while the signatures are set one after another. */
typedef struct vt_signing {
    size_t n, issuers; /* signatures set so far */
    const vt_node *sealed;
} vt_signing;

static double max2(double a, double b) {
    return a > b ? a : b;
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
    if (slot->measured)
        y += (double)(para.line_count - 1) * pitch;
    else
        y = vt_column_para(column, &para, slot->x, y, pitch);
    slot->y = y + vt_depth(ctx, size);
}

static uint32_t sign_tag(vt_ctx *ctx, const vt_slotted *slot, const vt_node *node) {
    return slot->measured ? 0 : vt_tag_add(ctx, VT_ROLE_P, ctx->tag, node);
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
        const uint32_t tag = sign_tag(ctx, slot, n);
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
    const uint32_t tag = sign_tag(ctx, slot, node);
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

/* Who signs for the issuer: its abbreviation, or the chair's role. */
static bool for_issuer(const vt_ctx *ctx, const vt_node *signature) {
    const char *role = vt_attr_get(signature, VT_AT_ROLE);
    const char *abbr = vt_attr_get(vt_child(ctx->root, VT_ISSUER), VT_AT_ABBR);

    return role && (strcmp(role, "chair") == 0 || (abbr && strcmp(role, abbr) == 0));
}

/* A single issuer seals the signature made for it, else the last: of the two
   parties of a contract its own. */
static const vt_node *sealed_signature(const vt_ctx *ctx) {
    const vt_node *sealed = vt_child(ctx->root, VT_SIGNATURE);

    for (const vt_node *s = sealed; s; s = vt_next_same(s))
        if (!for_issuer(ctx, sealed))
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

/* From 1; NULL for none. */
static const vt_node *nth_issuer(const vt_ctx *ctx, int n) {
    const vt_node *issuer = n ? vt_child(ctx->root, VT_ISSUER) : NULL;

    while (issuer && --n > 0)
        issuer = vt_next_same(issuer);
    return issuer;
}

static void head_of(vt_ctx *ctx, vt_column *column, vt_slotted *slot, const vt_node *signature) {
    const char *prefix = capacities(ctx, column, slot, signature);

    sign_words(ctx, column, slot, VT_C_POSITION, prefix, vt_child(signature, VT_POSITION));
}

static void other_posts(vt_ctx *ctx, vt_column *column, vt_slotted *slot,
                        const vt_node *signature) {
    for (const vt_node *n = vt_child(signature, VT_OTHER_POSITION); n; n = vt_next_same(n))
        sign_words(ctx, column, slot, VT_C_OTHER_POSITION, "", n);
}

static vt_level level_of(vt_ctx *ctx, double width, const vt_node *signature) {
    vt_slotted head = {.width = width, .measured = true}, others = head;

    head_of(ctx, NULL, &head, signature);
    other_posts(ctx, NULL, &others, signature);
    return (vt_level){head.y, others.y};
}

static void one_signature(vt_ctx *ctx, vt_column *column, vt_slotted *slot, vt_signing *signing,
                          const vt_node *signature, vt_level level) {
    head_of(ctx, column, slot, signature);
    slot->y = max2(slot->y, level.head);
    signing->n++;
    if (vt_has_fields(ctx))
        vt_field_signature(ctx, ctx->tag, (int)signing->n, seal_of(signing, signature),
                           slot->x + slot->width / 2, slot->y);
    vt_sign_pictures(column, signature, nth_issuer(ctx, seal_of(signing, signature)),
                     slot->x + slot->width / 2, slot->y);
    slot->y += ctx->pack->signature_space;
    if (level.others > 0)
        slot->y += level.others - level_of(ctx, slot->width, signature).others;
    other_posts(ctx, column, slot, signature);
    signer(ctx, column, slot, signature);
}

/* Baseline of the block's first line: of the larger of its two columns. */
static double first_baseline(const vt_ctx *ctx) {
    const double size = max2(vt_size_of(ctx, vt_style_of(ctx, VT_C_CAPACITY)),
                             vt_size_of(ctx, vt_style_of(ctx, VT_C_COPIES_LABEL)));

    return vt_single(ctx, size) - vt_depth(ctx, size);
}

static double copies_width(const vt_ctx *ctx) {
    return ctx->width * ctx->pack->copies_share - ctx->pack->column_gap / 2;
}

/* One signer, or none: the copies stand beside.  They keep to their column, for
   the white between it and the signature is the seal's place; a list too long for
   that goes below, over the full width. */
static void beside(vt_ctx *ctx, const vt_node *node, const vt_node *signature) {
    const double page = ctx->sheet.height - ctx->sheet.top - ctx->sheet.bottom;
    const double x = copies_width(ctx) + ctx->pack->column_gap;
    vt_column column = {.ctx = ctx};
    vt_slotted right = {.x = x, .width = ctx->width - x};
    vt_signing signing = begin_signing(ctx);
    vt_copies copies = {0};
    double left = 0;

    const bool below = node && vt_copies_height(ctx, node, copies_width(ctx)) > page / 2;
    if (node)
        copies = vt_copies_set(ctx, node, below ? ctx->width : copies_width(ctx));
    if (node && !below)
        left = vt_copies_beside(&column, &copies, first_baseline(ctx));
    if (signature)
        one_signature(ctx, &column, &right, &signing, signature, (vt_level){0});
    if (signature || !below)
        vt_column_box(&column, max2(left, right.y), ctx->pack->signature_gap, 0);
    if (below)
        vt_copies_below(ctx, &copies);
}

/* Several signers: rows of columns, as many as are asked for side by side. */
#define SIGNERS_PER_ROW 3 /* more would not leave a name its line on A4 */

static vt_level row_level(vt_ctx *ctx, double width, const vt_node *s, size_t here) {
    vt_level level = {0};

    for (size_t i = 0; i < here && s; i++, s = vt_next_same(s)) {
        const vt_level own = level_of(ctx, width, s);
        level = (vt_level){max2(level.head, own.head), max2(level.others, own.others)};
    }
    return level;
}

static void several(vt_ctx *ctx, size_t n) {
    const vt_node *s = vt_child(ctx->root, VT_SIGNATURE);
    vt_signing signing = begin_signing(ctx);
    const double gap = ctx->pack->column_gap;

    while (s) {
        const size_t here = n < SIGNERS_PER_ROW        ? n
                            : n == SIGNERS_PER_ROW + 1 ? 2
                                                       : SIGNERS_PER_ROW;
        const double width = (ctx->width - gap * (double)(here - 1)) / (double)here;
        const vt_level level = row_level(ctx, width, s, here);
        vt_column column = {.ctx = ctx};
        double bottom = 0;
        for (size_t i = 0; i < here && s; i++, s = vt_next_same(s)) {
            vt_slotted slot = {.x = (width + gap) * (double)i, .width = width};
            one_signature(ctx, &column, &slot, &signing, s, level);
            bottom = max2(bottom, slot.y);
        }
        vt_column_box(&column, bottom, ctx->pack->signature_gap, 0);
        vt_flow_join(&ctx->flow, 1);
        n -= here;
    }
}

void vt_closing(vt_ctx *ctx) {
    const vt_node *node = vt_child(ctx->root, VT_COPIES);
    const size_t n = count_same(vt_child(ctx->root, VT_SIGNATURE));

    if (!n && !node)
        return;
    vt_flow_hold_lines(&ctx->flow, ctx->pack->lines_with_signature);
    if (n > 1)
        several(ctx, n);
    else
        beside(ctx, node, vt_child(ctx->root, VT_SIGNATURE));
    if (n > 1 && node) {
        vt_copies copies = vt_copies_set(ctx, node, ctx->width);
        vt_copies_below(ctx, &copies);
    }
}
