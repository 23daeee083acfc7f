/*
 * gen/body.c - the body's blocks to boxes (ô 6).
 *
 * Structure elements print their label and heading in one of three ways: on
 * lines of their own, centred (Phần, Chương, Mục); on one line of their own
 * ("I. MỤC ĐÍCH", "1. Phạm vi"); or run in before the first paragraph.  List
 * items are paragraphs that begin with their mark, as offices here set them.
 */
#include "gen/table.h"

#include <string.h>

/* Where a block stands. */
typedef struct vt_env {
    uint32_t tag;       /* parent of its tags */
    double left, width; /* of its column */
    int level;          /* heading level of the next heading below */
    int lists;          /* lists around it */
    int depth;          /* elements around it */
    bool quoted;
} vt_env;

static void blocks(vt_ctx *ctx, const vt_node *node, const vt_env *env);

static bool is_yes(const char *value) {
    return value && strcmp(value, "yes") == 0;
}

static vt_align align_of(const vt_node *node, vt_align normal) {
    const char *value = vt_attr_get(node, VT_AT_ALIGN);

    if (!value)
        return normal;
    return strcmp(value, "center") == 0  ? VT_CENTER
           : strcmp(value, "right") == 0 ? VT_RIGHT
           : strcmp(value, "left") == 0  ? VT_LEFT
                                         : normal;
}

/* --------------------------------------------------------- one paragraph -- */

/* An introduction stays with what it introduces. */
static bool ends_with_colon(const vt_ctx *ctx) {
    if (!ctx->pieces.count)
        return false;
    const vt_piece *last = &ctx->pieces.at[ctx->pieces.count - 1];
    size_t len = last->len;
    while (len && last->text[len - 1] == ' ')
        len--;
    return len && last->text[len - 1] == ':';
}

/* Sets the pieces at hand as lines of the flow, `before` below what is above. */
static void put_lines(vt_ctx *ctx, const vt_env *env, const vt_style *style, vt_align align,
                      double before, const vt_node *node) {
    const bool plain = align == VT_JUSTIFY || align == VT_LEFT;
    const vt_shape shape = {.width = env->width,
                            .first_indent = plain ? style->indent : 0,
                            .hang = plain ? style->hang : 0,
                            .align = align};
    vt_para para = vt_set(ctx, shape, node);

    vt_flow_para(&ctx->flow, &para, env->left, vt_body_pitch(ctx, vt_size_of(ctx, style)), before,
                 style->after);
    if (ends_with_colon(ctx))
        vt_flow_join(&ctx->flow, 1);
}

/* The same as a paragraph of its own: never closer than the law wants. */
static void put_para(vt_ctx *ctx, const vt_env *env, const vt_style *style, vt_align align,
                     const vt_node *node) {
    const double least = ctx->pack->paragraph_gap;

    put_lines(ctx, env, style, align, style->before > least ? style->before : least, node);
}

/* Inline content of a block from `first` on; gives what follows it. */
static const vt_node *add_inline(vt_ctx *ctx, const vt_style *style, uint32_t tag,
                                 const vt_node *block, const vt_node *first) {
    const vt_node *rest = vt_pieces_inline(ctx, style, tag, first);

    if (block == ctx->end_node)
        vt_pieces_end_mark(ctx, style, tag, ctx->pack->end_mark);
    return rest;
}

static void paragraph(vt_ctx *ctx, const vt_node *node, const vt_env *env, vt_component component) {
    const vt_style *style = vt_style_of(ctx, component);

    vt_pieces_clear(ctx);
    add_inline(ctx, style, vt_tag_add(ctx, VT_ROLE_P, env->tag, node), node, node->first);
    put_para(ctx, env, style, align_of(node, style->align), node);
}

static void form_line(vt_ctx *ctx, const vt_node *node, const vt_env *env) {
    const vt_style *style = vt_style_of(ctx, VT_C_LINE);
    const char *label = vt_attr_get(node, VT_AT_LABEL);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, env->tag, node);

    vt_pieces_clear(ctx);
    if (label && *label) {
        const size_t len = strlen(label);
        vt_pieces_text(ctx, style, tag, label);
        vt_pieces_text(ctx, style, tag, label[len - 1] == ':' ? " " : ctx->pack->line_separator);
    }
    add_inline(ctx, style, tag, node, node->first);
    put_para(ctx, env, style, align_of(node, style->align), node);
}

/* ------------------------------------------------------- căn cứ, authority -- */

static bool last_basis(const vt_node *node) {
    for (const vt_node *n = node->next; n; n = n->next)
        if (n->el == VT_BASIS)
            return false;
    return true;
}

/* Who decides stands before the căn cứ (state) or behind them (Party). */
static bool last_of_opening(const vt_node *node) {
    for (const vt_node *n = node->next; n; n = n->next)
        if (n->el == VT_BASIS || n->el == VT_AUTHORITY)
            return false;
    return true;
}

/* "QUYẾT ĐỊNH:" after them all, for the types that resolve. */
static void resolves(vt_ctx *ctx, const vt_env *env) {
    const char *slug = ctx->type ? ctx->type->slug : "";

    for (size_t i = 0; i < ctx->pack->resolve_count; i++) {
        if (strcmp(ctx->pack->resolves[i].key, slug) != 0)
            continue;
        const vt_style *style = vt_style_of(ctx, VT_C_RESOLVES);
        vt_pieces_clear(ctx);
        vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_P, env->tag, NULL),
                       ctx->pack->resolves[i].text);
        put_para(ctx, env, style, style->align, NULL);
        vt_flow_join(&ctx->flow, ctx->pack->widow_lines);
    }
}

static void basis(vt_ctx *ctx, const vt_node *node, const vt_env *env) {
    const vt_style *style = vt_style_of(ctx, VT_C_BASIS);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, env->tag, node);
    const bool last = last_basis(node);

    vt_pieces_clear(ctx);
    if (*ctx->pack->basis_prefix)
        vt_pieces_text(ctx, style, tag, ctx->pack->basis_prefix);
    vt_pieces_inline(ctx, style, tag, node->first);
    vt_pieces_text(ctx, style, tag, last ? ctx->pack->basis_last : ctx->pack->basis_separator);
    put_para(ctx, env, style, style->align, node);
    if (last_of_opening(node))
        resolves(ctx, env);
}

static void authority(vt_ctx *ctx, const vt_node *node, const vt_env *env) {
    paragraph(ctx, node, env, VT_C_AUTHORITY);
    vt_flow_join(&ctx->flow, ctx->pack->widow_lines);
    if (last_of_opening(node))
        resolves(ctx, env);
}

/* ---------------------------------------------------------------- lists -- */

/* The mark with the space behind it; a nested list has the second mark. */
static const char *list_mark(vt_ctx *ctx, const vt_node *list, const vt_env *env) {
    const char *own = vt_attr_get(list, VT_AT_MARK);
    const char *mark = own ? own : env->lists ? ctx->pack->sublist_mark : ctx->pack->list_mark;
    const char *spaced = vt_printf(ctx->job->arena, "%s ", mark);

    if (!spaced)
        vt_no_memory(ctx);
    return spaced && *mark ? spaced : "";
}

static void item(vt_ctx *ctx, const vt_node *node, const vt_env *env, const char *mark) {
    const vt_style *style = vt_style_of(ctx, VT_C_LIST);
    const uint32_t li = vt_tag_add(ctx, VT_ROLE_LI, env->tag, node);
    const uint32_t label = *mark ? vt_tag_add(ctx, VT_ROLE_LBL, li, NULL) : 0;
    const uint32_t body = vt_tag_add(ctx, VT_ROLE_LBODY, li, NULL);
    const vt_node *first = node->first, *block = node, *rest = first;
    vt_env inner = *env;

    if (first && first->el == VT_P) {
        block = first;
        rest = first->next;
        first = first->first;
    } else {
        while (rest && vt_is_inline(rest->el))
            rest = rest->next;
    }
    vt_pieces_clear(ctx);
    if (label)
        vt_pieces_text(ctx, style, label, mark);
    add_inline(ctx, style, rest ? vt_tag_add(ctx, VT_ROLE_P, body, NULL) : body, block, first);
    put_para(ctx, env, style, style->align, node);
    inner.tag = body;
    blocks(ctx, rest, &inner);
}

static void list(vt_ctx *ctx, const vt_node *node, const vt_env *env) {
    const char *mark = list_mark(ctx, node, env);
    vt_env inner = *env;

    inner.tag = vt_tag_add(ctx, VT_ROLE_L, env->tag, node);
    inner.lists++;
    for (const vt_node *n = node->first; n; n = n->next)
        if (n->el == VT_ITEM)
            item(ctx, n, &inner, mark);
}

/* ------------------------------------------------------------ structure -- */

/* How a kind of structure element is printed. */
typedef struct vt_form_of {
    bool stacked;       /* label on a line of its own above the title */
    vt_component label; /* of the label, or of the whole heading line */
    vt_component title;
    vt_component plain; /* text run in after the label, without a heading */
} vt_form_of;

static bool in_chapter(const vt_node *node) {
    for (const vt_node *n = node->parent; n; n = n->parent)
        if (n->el == VT_CHAPTER)
            return true;
    return false;
}

static vt_form_of form_of(const vt_node *node) {
    switch (node->el) {
    case VT_PART:
        return (vt_form_of){true, VT_C_PART_LABEL, VT_C_PART_TITLE, VT_C_BODY};
    case VT_CHAPTER:
        return (vt_form_of){true, VT_C_CHAPTER_LABEL, VT_C_CHAPTER_TITLE, VT_C_BODY};
    case VT_SECTION:
        if (in_chapter(node))
            return (vt_form_of){true, VT_C_SECTION_LABEL, VT_C_SECTION_TITLE, VT_C_BODY};
        return (vt_form_of){false, VT_C_HEAD_SECTION, VT_C_HEAD_SECTION, VT_C_BODY};
    case VT_SUBSECTION:
        return (vt_form_of){true, VT_C_SUBSECTION_LABEL, VT_C_SUBSECTION_TITLE, VT_C_BODY};
    case VT_ARTICLE:
        return (vt_form_of){false, VT_C_ARTICLE, VT_C_ARTICLE, VT_C_BODY};
    case VT_POINT:
        return (vt_form_of){false, VT_C_POINT, VT_C_POINT_TITLE, VT_C_POINT};
    default:
        return (vt_form_of){false, VT_C_CLAUSE, VT_C_CLAUSE_TITLE, VT_C_CLAUSE};
    }
}

static void heading_entry(vt_ctx *ctx, const vt_node *heading, const char *label,
                          const vt_env *env) {
    const char *words = vt_node_text(ctx->job->arena, heading, ' ');
    const char *text =
        vt_printf(ctx->job->arena, *label ? "%s %s" : "%s%s", label, words ? words : "");

    if (!words || !text)
        vt_no_memory(ctx);
    vt_outline_entry(ctx, ctx->heading_base + env->level - 1, text);
}

/* Label and title on lines of their own (Phần, Chương, Mục). */
static void stacked_heading(vt_ctx *ctx, const vt_node *heading, vt_form_of form, const char *label,
                            const vt_env *env, uint32_t tag) {
    const vt_style *style = vt_style_of(ctx, form.label);
    uint32_t inner = tag;

    if (*label) {
        inner = vt_tag_add(ctx, VT_ROLE_SPAN, tag, NULL);
        vt_pieces_clear(ctx);
        vt_pieces_text(ctx, style, inner, label);
        put_para(ctx, env, style, style->align, heading);
        vt_flow_join(&ctx->flow, ctx->pack->widow_lines);
        inner = vt_tag_add(ctx, VT_ROLE_SPAN, tag, NULL);
    }
    const size_t first = ctx->flow.count;
    style = vt_style_of(ctx, form.title);
    vt_pieces_clear(ctx);
    add_inline(ctx, style, inner, heading, heading->first);
    if (*label)
        put_lines(ctx, env, style, align_of(heading, style->align), style->before, heading);
    else
        put_para(ctx, env, style, align_of(heading, style->align), heading);
    vt_flow_keep_whole(&ctx->flow, first);
}

/* Label and title on one line ("I. MỤC ĐÍCH", "1. Phạm vi"). */
static void line_heading(vt_ctx *ctx, const vt_node *heading, vt_form_of form, const char *label,
                         const vt_env *env, uint32_t tag) {
    const vt_style *style = vt_style_of(ctx, form.title);

    vt_pieces_clear(ctx);
    if (*label) {
        vt_pieces_text(ctx, style, tag, label);
        vt_pieces_text(ctx, style, tag, " ");
    }
    add_inline(ctx, style, tag, heading, heading->first);
    const size_t first = ctx->flow.count;
    put_para(ctx, env, style, align_of(heading, style->align), heading);
    vt_flow_keep_whole(&ctx->flow, first);
}

/* Label, run-in heading and first paragraph on one line; gives what follows. */
static const vt_node *run_in(vt_ctx *ctx, const vt_node *node, const vt_node *heading,
                             vt_form_of form, const char *label, const vt_env *env) {
    const vt_style *plain = vt_style_of(ctx, form.plain);
    const vt_style *bold = vt_style_of(ctx, heading ? form.title : form.label);
    const vt_node *first = heading ? heading->next : node->first;
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, env->tag, node);

    vt_pieces_clear(ctx);
    if (*label) {
        vt_pieces_text(ctx, bold, tag, label);
        vt_pieces_text(ctx, plain, tag, " ");
    }
    if (heading) {
        add_inline(ctx, bold, tag, heading, heading->first);
        vt_pieces_text(ctx, plain, tag, " ");
    }
    if (first && first->el == VT_P) {
        add_inline(ctx, plain, tag, first, first->first);
        put_para(ctx, env, plain, align_of(first, plain->align), first);
        return first->next;
    }
    put_para(ctx, env, plain, plain->align, node);
    vt_flow_join(&ctx->flow, 1);
    return first;
}

static void structure(vt_ctx *ctx, const vt_node *node, const vt_env *env) {
    const vt_form_of form = form_of(node);
    const char *label = vt_label_enter(ctx, node);
    const vt_node *heading = vt_child(node, VT_HEADING), *rest;
    vt_env inner = *env;

    inner.lists = 0;
    if (heading) {
        heading_entry(ctx, heading, label, env);
        inner.level++;
    }
    if (heading && !is_yes(vt_attr_get(heading, VT_AT_RUN_IN))) {
        uint32_t tag =
            vt_tag_add(ctx, vt_heading_role(ctx->heading_base + env->level - 1), env->tag, heading);
        if (form.stacked)
            stacked_heading(ctx, heading, form, label, env, tag);
        else
            line_heading(ctx, heading, form, label, env, tag);
        vt_flow_join(&ctx->flow, ctx->pack->widow_lines);
        rest = heading->next;
    } else {
        rest = *label || heading ? run_in(ctx, node, heading, form, label, env) : node->first;
    }
    blocks(ctx, rest, &inner);
    vt_label_leave(ctx, node);
}

/* --------------------------------------------------------------- blocks -- */

/* A quoted provision: its labels are its own. */
static void quote(vt_ctx *ctx, const vt_node *node, const vt_env *env) {
    const vt_counters saved = ctx->counters;
    const vt_style *style = vt_style_of(ctx, VT_C_QUOTE);
    vt_env inner = *env;

    memset(&ctx->counters, 0, sizeof ctx->counters);
    inner.quoted = true;
    inner.lists = 0;
    inner.left += style->hang;
    inner.width -= style->hang;
    blocks(ctx, node->first, &inner);
    ctx->counters = saved;
}

static void not_drawn(vt_ctx *ctx, const vt_node *node, const char *what) {
    vt_trouble(ctx, "TRANG-01", node, "Bỏ phần này khỏi tài liệu hoặc đưa thành tệp gửi kèm.",
               "Chưa dựng được %s (<%s>).", what, vt_el_name(node->el));
}

static void block(vt_ctx *ctx, const vt_node *node, const vt_env *env) {
    switch (node->el) {
    case VT_P:
        paragraph(ctx, node, env, env->quoted ? VT_C_QUOTE : VT_C_BODY);
        break;
    case VT_LINE:
        form_line(ctx, node, env);
        break;
    case VT_QUOTE:
        quote(ctx, node, env);
        break;
    case VT_BASIS:
        basis(ctx, node, env);
        break;
    case VT_AUTHORITY:
        authority(ctx, node, env);
        break;
    case VT_LIST:
        list(ctx, node, env);
        break;
    case VT_PART:
    case VT_CHAPTER:
    case VT_SECTION:
    case VT_SUBSECTION:
    case VT_ARTICLE:
    case VT_CLAUSE:
    case VT_POINT:
        structure(ctx, node, env);
        break;
    case VT_PAGEBREAK:
        vt_flow_new_page(&ctx->flow);
        break;
    case VT_TITLE: /* of an annex: set above its blocks */
    case VT_REFERENCE:
        break;
    case VT_TABLE:
        vt_table_flow(ctx, node, env->tag);
        break;
    case VT_FIGURE:
        vt_figure(ctx, node, env->tag, env->left, env->width);
        break;
    default:
        not_drawn(ctx, node, "thành phần này");
        break;
    }
}

static void blocks(vt_ctx *ctx, const vt_node *node, const vt_env *env) {
    vt_env inner = *env;

    if (++inner.depth > VT_MAX_DEPTH)
        return;
    for (; node && !vt_idle(ctx); node = node->next)
        block(ctx, node, &inner);
}

/* The block whose paragraph ends the text; NULL after a table or a figure. */
static const vt_node *last_paragraph(const vt_node *node) {
    for (;;) {
        const vt_node *last = node->last;
        while (last && last->el == VT_PAGEBREAK)
            last = last->prev;
        if (!last || vt_is_inline(last->el))
            return node->el == VT_BODY || node->el == VT_ANNEX ? NULL : node;
        if (last->el == VT_TABLE || last->el == VT_FIGURE || last->el == VT_TITLE ||
            last->el == VT_REFERENCE)
            return NULL;
        node = last;
    }
}

void vt_body(vt_ctx *ctx, const vt_node *body) {
    const vt_env env = {.tag = ctx->tag, .width = ctx->width, .level = 1};

    memset(&ctx->counters, 0, sizeof ctx->counters);
    ctx->end_node = !ctx->type || ctx->type->end_mark ? last_paragraph(body) : NULL;
    if (ctx->flow.after < ctx->pack->body_gap)
        ctx->flow.after = ctx->pack->body_gap;
    blocks(ctx, body->first, &env);
}
