/*
 * gen/numbering.c - labels of the numbered structure (PL I II.6.đ).
 *
 * Chapters and articles run through the whole document; everything else starts
 * anew inside the element that holds it.  Text that is quoted has labels of its
 * own: gen/body.c saves the counters around it.
 */
#include "gen/compose.h"

static bool inside(const vt_node *node, vt_el el) {
    for (const vt_node *n = node->parent; n && n->el != VT_BODY; n = n->parent)
        if (n->el == el)
            return true;
    return false;
}

/* Starts the counters that live inside `el`. */
static void restart(vt_counters *c, vt_el el) {
    if (el == VT_PART || el == VT_CHAPTER)
        c->section = 0;
    if (el == VT_PART || el == VT_CHAPTER || el == VT_SECTION)
        c->subsection = 0;
    if (el != VT_CLAUSE && el != VT_POINT) {
        c->clause_depth = 0;
        c->clause[0] = 0;
    }
    if (el != VT_POINT)
        c->point = 0;
}

static const char *simple(vt_ctx *ctx, const char *pattern, int number, const char *mark) {
    return vt_label(ctx->job->arena, ctx->pack, pattern, &number, 1, mark);
}

static const char *clause_label(vt_ctx *ctx, const char *mark) {
    vt_counters *c = &ctx->counters;
    const int depth = c->clause_depth;
    const char *pattern = depth ? ctx->pack->label_subclause : ctx->pack->label_clause;

    c->clause[depth]++;
    return vt_label(ctx->job->arena, ctx->pack, pattern, c->clause, depth + 1, mark);
}

static const char *body_mark(const vt_node *node) {
    while (node && node->el != VT_BODY)
        node = node->parent;
    return node ? vt_attr_get(node, VT_AT_MARK) : NULL;
}

static const char *counted(vt_ctx *ctx, const vt_node *node) {
    const vt_pack *pack = ctx->pack;
    vt_counters *c = &ctx->counters;
    const char *mark = body_mark(node);

    switch (node->el) {
    case VT_PART:
        return simple(ctx, pack->label_part, ++c->part, mark);
    case VT_CHAPTER:
        return simple(ctx, pack->label_chapter, ++c->chapter, mark);
    case VT_SECTION:
        return simple(ctx,
                      inside(node, VT_CHAPTER) ? pack->label_section : pack->label_head_section,
                      ++c->section, mark);
    case VT_SUBSECTION:
        return simple(ctx, pack->label_subsection, ++c->subsection, mark);
    case VT_ARTICLE:
        return simple(ctx, pack->label_article, ++c->article, mark);
    case VT_CLAUSE:
        return clause_label(ctx, mark);
    case VT_POINT:
        return simple(ctx, pack->label_point, ++c->point, mark);
    default:
        return "";
    }
}

const char *vt_label_enter(vt_ctx *ctx, const vt_node *node) {
    const char *own = vt_attr_get(node, VT_AT_LABEL);
    /* an unnumbered heading takes no number from those that follow */
    const char *label = own && !*own ? "" : counted(ctx, node);

    if (!label) {
        vt_no_memory(ctx);
        label = "";
    }
    restart(&ctx->counters, node->el);
    if (node->el == VT_CLAUSE && ctx->counters.clause_depth + 1 < VT_MAX_DEPTH)
        ctx->counters.clause[++ctx->counters.clause_depth] = 0;
    return own ? own : label;
}

void vt_label_leave(vt_ctx *ctx, const vt_node *node) {
    if (node->el == VT_CLAUSE && ctx->counters.clause_depth > 0)
        ctx->counters.clause_depth--;
    if (node->el == VT_CLAUSE)
        ctx->counters.point = 0;
}
