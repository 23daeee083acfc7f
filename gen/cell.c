#include "gen/cell.h"

#include <math.h>
#include <string.h>

/* One walk over a cell's content serves both purposes: `out` NULL measures. */
typedef struct walk {
    vt_ctx *ctx;
    const vt_style *style;
    double width; /* of the cell's text */
    vt_cell_text *out;
    vt_extent extent;
    uint32_t pretended; /* tags while measuring: unlike styles part runs, and so kerning */
} walk;

/* Where in the cell a block stands. */
typedef struct where {
    uint32_t tag;
    double left;
    vt_align align;
    int lists, depth;
} where;

static uint32_t add_tag(walk *w, vt_role role, uint32_t parent, const vt_node *node) {
    return w->out != NULL ? vt_tag_add(w->ctx, role, parent, node) : ++w->pretended;
}

vt_align vt_align_of(const vt_node *node, vt_align normal) {
    static const char *const names[] = {"left", "center", "right", "justify"};
    const char *value = vt_attr_get(node, VT_AT_ALIGN);

    for (int i = 0; value != NULL && i < 4; i++)
        if (strcmp(value, names[i]) == 0)
            return (vt_align)i;
    return normal;
}

/* Puts a set paragraph below the others. */
static void stack(walk *w, const vt_para *para, double left, double pitch, bool drawn) {
    vt_cell_text *out = w->out;
    vt_cell_para *p = vt_alloc(w->ctx->job->arena, sizeof *p);

    if (p == NULL) {
        vt_no_memory(w->ctx);
        return;
    }
    *p = (vt_cell_para){.para = *para, .x = left, .pitch = pitch, .drawn = drawn};
    if (out->last != NULL) {
        out->last->next = p;
        out->height += w->style->before;
    } else {
        out->first = p;
    }
    out->last = p;
    p->top = out->height;
    out->height += (double)para->line_count * pitch;
}

static void widen(vt_extent *all, vt_extent one, double left, double hang) {
    all->part = fmax(all->part, left + hang + one.part);
    all->word = fmax(all->word, left + hang + one.word);
    all->held = fmax(all->held, left + hang + one.held);
    all->line = fmax(all->line, left + one.line);
    all->text += one.text;
}

/* Sets or measures the pieces at hand. */
static void put_para(walk *w, const where *at, double hang, const vt_node *node) {
    vt_ctx *ctx = w->ctx;

    if (w->out == NULL) {
        widen(&w->extent, vt_extent_of(ctx, node), at->left, hang);
        return;
    }
    const vt_shape shape = {.width = w->width - at->left, .hang = hang, .align = at->align};
    vt_para para = vt_set(ctx, shape, node);
    if (para.line_count > 0)
        stack(w, &para, at->left, w->out->pitch, false);
}

static void blocks(walk *w, const vt_node *node, const where *at);

static void paragraph(walk *w, const vt_node *node, const where *at) {
    where inner = *at;

    inner.align = vt_align_of(node, at->align);
    vt_pieces_clear(w->ctx);
    vt_pieces_inline(w->ctx, w->style, add_tag(w, VT_ROLE_P, at->tag, node), node->first);
    put_para(w, &inner, 0, node);
}

static void form_line(walk *w, const vt_node *node, const where *at) {
    const char *label = vt_attr_get(node, VT_AT_LABEL);
    const uint32_t tag = add_tag(w, VT_ROLE_P, at->tag, node);

    vt_pieces_clear(w->ctx);
    if (label != NULL && *label != '\0') {
        bool colon = label[strlen(label) - 1] == ':';
        vt_pieces_text(w->ctx, w->style, tag, label);
        vt_pieces_text(w->ctx, w->style, tag, colon ? " " : w->ctx->pack->line_separator);
    }
    vt_pieces_inline(w->ctx, w->style, tag, node->first);
    put_para(w, at, 0, node);
}

/* ---------------------------------------------------------------- lists -- */

static const char *mark_of(const walk *w, const vt_node *list, const where *at) {
    const char *own = vt_attr_get(list, VT_AT_MARK);
    const char *mark = own != NULL     ? own
                       : at->lists > 0 ? w->ctx->pack->sublist_mark
                                       : w->ctx->pack->list_mark;
    const char *spaced = vt_printf(w->ctx->job->arena, "%s ", mark);

    if (spaced == NULL)
        vt_no_memory(w->ctx);
    return spaced != NULL && *mark != '\0' ? spaced : "";
}

/* In a column too narrow for what it was given indents stop at half its width. */
static double indent_of(const walk *w, const where *at, double mark) {
    return w->out == NULL ? mark : fmax(fmin(mark, w->width / 2 - at->left), 0);
}

/* Text stands clear of the mark on all lines of an item. */
static void item(walk *w, const vt_node *node, const where *at, const char *mark, double width) {
    const double hang = indent_of(w, at, width);
    vt_ctx *ctx = w->ctx;
    const uint32_t li = add_tag(w, VT_ROLE_LI, at->tag, node);
    const uint32_t label = *mark != '\0' ? add_tag(w, VT_ROLE_LBL, li, NULL) : 0;
    const uint32_t body = add_tag(w, VT_ROLE_LBODY, li, NULL);
    const bool wrapped = node->first != NULL && node->first->el == VT_P;
    const vt_node *first = wrapped ? node->first->first : node->first;
    const vt_node *rest = wrapped ? node->first->next : node->first;
    where inner = *at;

    while (!wrapped && rest != NULL && vt_is_inline(rest->el))
        rest = rest->next;
    vt_pieces_clear(ctx);
    if (*mark != '\0')
        vt_pieces_text(ctx, w->style, label, mark);
    vt_pieces_inline(ctx, w->style, rest != NULL ? add_tag(w, VT_ROLE_P, body, NULL) : body, first);
    put_para(w, at, hang, node);
    inner.tag = body;
    inner.left += hang;
    blocks(w, rest, &inner);
}

static void list(walk *w, const vt_node *node, const where *at) {
    const vt_ctx *ctx = w->ctx;
    const char *mark = mark_of(w, node, at);
    const int64_t units =
        vt_fonts_width(ctx->job->engine->fonts, w->style->face, mark, strlen(mark));
    where inner = *at;

    inner.tag = add_tag(w, VT_ROLE_L, at->tag, node);
    inner.lists++;
    for (const vt_node *n = node->first; n != NULL; n = n->next)
        if (n->el == VT_ITEM)
            item(w, n, &inner, mark, (double)units * vt_size_of(ctx, w->style) / 1000);
}

/* --------------------------------------------------------------- blocks -- */

/* -------------------------------------------------------------- figures -- */

/* A picture asks for a point for each sample, and can do with less. */
static void measure_figure(walk *w, const vt_node *node, const where *at) {
    uint32_t index = 0;
    const vt_picture *picture = vt_picture_beside(w->ctx, node, VT_AT_HREF, &index);
    const double wide = picture ? picture->turn % 2 ? picture->height : picture->width : 0;

    widen(&w->extent, (vt_extent){.line = wide, .text = wide}, at->left, 0);
}

/* No higher than half a page: header rows may need the other half. */
static void figure(walk *w, const vt_node *node, const where *at) {
    vt_ctx *ctx = w->ctx;
    const double width = w->width - at->left;
    const double page = ctx->sheet.height - ctx->sheet.top - ctx->sheet.bottom;

    if (w->out == NULL) {
        measure_figure(w, node, at);
        return;
    }
    const uint32_t tag = vt_figure_tag(ctx, node, at->tag);
    vt_line *line = vt_alloc(ctx->job->arena, sizeof *line);
    vt_mark *mark = vt_alloc(ctx->job->arena, sizeof *mark);
    if (line == NULL || mark == NULL) {
        vt_no_memory(ctx);
        return;
    }
    if (!(width > 0) || !vt_figure_mark(ctx, node, tag, width, page / 2, mark))
        return;
    *line = (vt_line){.marks = mark, .mark_count = 1};
    stack(w, &(vt_para){.lines = line, .line_count = 1}, at->left, mark->y2, true);
    const vt_para caption = vt_figure_caption(ctx, node, tag, width);
    const double size = vt_size_of(ctx, vt_style_of(ctx, VT_C_TABLE_CAPTION));
    if (caption.line_count > 0)
        stack(w, &caption, at->left, vt_single(ctx, size), false);
}

static void block(walk *w, const vt_node *node, const where *at) {
    switch (node->el) {
    case VT_P:
        paragraph(w, node, at);
        break;
    case VT_LINE:
        form_line(w, node, at);
        break;
    case VT_LIST:
        list(w, node, at);
        break;
    case VT_QUOTE:
        blocks(w, node->first, at);
        break;
    case VT_FIGURE:
        figure(w, node, at);
        break;
    default:
        if (w->out != NULL)
            vt_trouble(w->ctx, "BO-03", node, "Đưa phần này ra ngoài bảng.",
                       "Ô của bảng chỉ chứa được đoạn văn, danh sách và hình, không chứa <%s>.",
                       vt_el_name(node->el));
        break;
    }
}

static void blocks(walk *w, const vt_node *node, const where *at) {
    where inner = *at;

    if (++inner.depth > VT_MAX_DEPTH)
        return;
    for (; node != NULL && !vt_idle(w->ctx); node = node->next)
        block(w, node, &inner);
}

static void content(walk *w, const vt_node *cell, uint32_t tag, vt_align align) {
    const where at = {.tag = tag, .align = align};
    const vt_node *node = cell->first;

    if (node != NULL && vt_is_inline(node->el)) {
        vt_pieces_clear(w->ctx);
        node = vt_pieces_inline(w->ctx, w->style, add_tag(w, VT_ROLE_P, tag, NULL), node);
        put_para(w, &at, 0, cell);
    }
    blocks(w, node, &at);
}

vt_extent vt_cell_measure(vt_ctx *ctx, const vt_node *cell, const vt_style *style) {
    walk w = {.ctx = ctx, .style = style};

    content(&w, cell, 0, VT_LEFT);
    return w.extent;
}

void vt_cell_set(vt_ctx *ctx, const vt_node *cell, const vt_style *style, vt_cell_shape shape,
                 uint32_t tag, vt_cell_text *out) {
    const vt_align align = vt_align_of(cell, shape.align);
    const bool own = vt_attr_get(cell, VT_AT_ALIGN) != NULL;
    const double inset = align == VT_RIGHT && !own ? fmin(shape.inset, shape.width / 2) : 0;
    walk w = {.ctx = ctx, .style = style, .width = shape.width - inset, .out = out};

    *out = (vt_cell_text){.pitch = vt_single(ctx, vt_size_of(ctx, style))};
    content(&w, cell, tag, align);
}
