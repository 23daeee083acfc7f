/*
 * gen/inline.c - words in their style: pieces of a paragraph, patterns of the
 * pack, and the call that makes lines of them.
 */
#include "gen/compose.h"

#include <string.h>

/* ---------------------------------------------------------------- style -- */

const vt_style *vt_style_of(const vt_ctx *ctx, vt_component component) {
    return &ctx->pack->styles[component];
}

double vt_size_of(const vt_ctx *ctx, const vt_style *style) {
    return style->size[ctx->set];
}

double vt_single(const vt_ctx *ctx, double size) {
    return ctx->pack->line_single * size;
}

/* PL I II.6.e: single to 1.5 lines; Party: an exact distance whatever the size. */
double vt_body_pitch(const vt_ctx *ctx, double size) {
    return ctx->pack->line_factor > 0 ? ctx->pack->line_factor * vt_single(ctx, size)
                                      : ctx->pack->line_exact;
}

double vt_ascent(const vt_ctx *ctx, double size) {
    return ctx->flow.ascent * size;
}

double vt_depth(const vt_ctx *ctx, double size) {
    return ctx->flow.depth * size;
}

/* --------------------------------------------------------------- pieces -- */

void vt_pieces_clear(vt_ctx *ctx) {
    ctx->pieces.count = 0;
}

static vt_piece *add_piece(vt_ctx *ctx) {
    vt_pieces *pieces = &ctx->pieces;
    vt_piece *grown =
        vt_grow(ctx->job->arena, pieces->at, &pieces->cap, pieces->count + 1, sizeof *grown);

    if (!grown) {
        vt_no_memory(ctx);
        return NULL;
    }
    pieces->at = grown;

    vt_piece *piece = &grown[pieces->count++];
    memset(piece, 0, sizeof *piece);
    return piece;
}

vt_piece *vt_pieces_text(vt_ctx *ctx, const vt_style *style, uint32_t tag, const char *text) {
    const char *shown = style->upper ? vt_text_upper(ctx->job->arena, text) : text;
    vt_piece *piece = add_piece(ctx);

    if (!piece)
        return NULL;
    if (!shown) {
        vt_no_memory(ctx);
        shown = "";
    }
    piece->text = shown;
    piece->len = strlen(shown);
    piece->face = style->face;
    piece->size = vt_size_of(ctx, style);
    piece->underline = style->underline;
    piece->colour = style->colour;
    piece->tag = tag;
    return piece;
}

vt_piece *vt_pieces_blank(vt_ctx *ctx, const vt_style *style, uint32_t tag, double width) {
    vt_piece *piece = vt_pieces_text(ctx, style, tag, " ");

    if (piece)
        piece->blank = width;
    return piece;
}

/* How inline marks change the style around them. */
typedef struct vt_look {
    bool bold, italic, underline;
    double scale, rise; /* of the size; in ems of the full size */
} vt_look;

static vt_face marked_face(vt_face face, const vt_look *look) {
    const bool bold = look->bold || face == VT_BOLD || face == VT_BOLD_ITALIC;
    const bool italic = look->italic || face == VT_ITALIC || face == VT_BOLD_ITALIC;

    if (bold)
        return italic ? VT_BOLD_ITALIC : VT_BOLD;
    return italic ? VT_ITALIC : VT_REGULAR;
}

static vt_look marked_look(const vt_ctx *ctx, vt_look look, vt_el el) {
    switch (el) {
    case VT_B:
        look.bold = true;
        break;
    case VT_I:
        look.italic = true;
        break;
    case VT_U:
        look.underline = true;
        break;
    case VT_SUP:
        look.rise += ctx->pack->raise_by * look.scale;
        look.scale *= ctx->pack->raise_size;
        break;
    case VT_SUB:
        look.rise -= ctx->pack->lower_by * look.scale;
        look.scale *= ctx->pack->raise_size;
        break;
    default:
        break;
    }
    return look;
}

bool vt_is_inline(vt_el el) {
    return el == VT_TEXT || (el >= VT_B && el <= VT_FOOTNOTE);
}

static void add_break(vt_ctx *ctx, const vt_style *style, uint32_t tag) {
    if (ctx->pieces.count == 0 || ctx->pieces.at[ctx->pieces.count - 1].br)
        vt_pieces_text(ctx, style, tag, "");
    if (ctx->pieces.count)
        ctx->pieces.at[ctx->pieces.count - 1].br = true;
}

static void inline_node(vt_ctx *ctx, const vt_style *style, uint32_t tag, const vt_node *node,
                        vt_look look, int depth) {
    if (depth > VT_MAX_DEPTH)
        return;
    if (node->el == VT_TEXT) {
        vt_piece *piece = vt_pieces_text(ctx, style, tag, node->text);
        if (piece) {
            piece->face = marked_face(style->face, &look);
            piece->rise = look.rise * piece->size;
            piece->size *= look.scale;
            piece->underline |= look.underline;
        }
    } else if (node->el == VT_BR) {
        add_break(ctx, style, tag);
    } else if (node->el == VT_FOOTNOTE) {
        vt_note_number(ctx, style, tag, node);
    } else {
        look = marked_look(ctx, look, node->el);
        for (const vt_node *n = node->first; n; n = n->next)
            inline_node(ctx, style, tag, n, look, depth + 1);
    }
}

const vt_node *vt_pieces_inline(vt_ctx *ctx, const vt_style *style, uint32_t tag,
                                const vt_node *node) {
    const vt_look plain = {.scale = 1};

    for (; node && vt_is_inline(node->el); node = node->next)
        inline_node(ctx, style, tag, node, plain, 0);
    return node;
}

/* "./." stands in place of a typed final stop, glued to the last word. */
void vt_pieces_end_mark(vt_ctx *ctx, const vt_style *style, uint32_t tag, const char *mark) {
    vt_piece *last = ctx->pieces.count ? &ctx->pieces.at[ctx->pieces.count - 1] : NULL;
    const size_t length = strlen(mark);

    if (!length || !last)
        return;
    while (last->len && last->text[last->len - 1] == ' ')
        last->len--;
    if (last->len >= length && memcmp(last->text + last->len - length, mark, length) == 0)
        return;
    if (last->len && last->text[last->len - 1] == '.')
        last->len--;
    vt_pieces_text(ctx, style, tag, mark);
}

/* ------------------------------------------------------------- patterns -- */

static const char *slot_value(const vt_slot *slots, size_t count, const char *name, size_t len) {
    for (size_t i = 0; i < count; i++)
        if (strlen(slots[i].name) == len && memcmp(slots[i].name, name, len) == 0)
            return slots[i].value ? slots[i].value : "";
    return NULL;
}

#define FILL_MAX (64u << 10) /* of one filled pattern */

const char *vt_fill(vt_ctx *ctx, const char *pattern, const vt_slot *slots, size_t count) {
    vt_buf out;
    const char *text = "";

    vt_buf_init(&out, FILL_MAX);
    for (const char *s = pattern; *s;) {
        const char *open = strchr(s, '{'), *close = open ? strchr(open, '}') : NULL;
        if (!close) {
            vt_buf_puts(&out, s);
            break;
        }
        const char *value = slot_value(slots, count, open + 1, (size_t)(close - open - 1));
        vt_buf_add(&out, s, (size_t)(open - s));
        if (value)
            vt_buf_puts(&out, value);
        else
            vt_buf_add(&out, open, (size_t)(close - open + 1));
        s = close + 1;
    }
    if (!vt_buf_failed(&out))
        text = vt_strndup(ctx->job->arena, out.data, out.len);
    if (vt_buf_failed(&out) || !text) {
        vt_no_memory(ctx);
        text = "";
    }
    vt_buf_free(&out);
    return text;
}

/* ---------------------------------------------------------------- lines -- */

static vt_para_spec spec_of(const vt_ctx *ctx, vt_shape shape) {
    return (vt_para_spec){.pieces = ctx->pieces.at,
                          .piece_count = ctx->pieces.count,
                          .width = shape.width,
                          .first_indent = shape.first_indent,
                          .hang = shape.hang,
                          .align = shape.align,
                          .balance = shape.balance || shape.align == VT_CENTER,
                          .stretch_limit = ctx->pack->stretch_limit};
}

static void worsen(vt_ctx *ctx, vt_status status) {
    if (status > ctx->job->status)
        ctx->job->status = status;
}

vt_para vt_set(vt_ctx *ctx, vt_shape shape, const vt_node *node) {
    const vt_para_spec spec = spec_of(ctx, shape);
    vt_job *job = ctx->job;
    vt_para para = {0};

    if (vt_idle(ctx) || spec.piece_count == 0)
        return para;
    vt_status status = vt_para_set(job->engine->fonts, job->engine->words, &spec, job->arena,
                                   vt_at_node(ctx, node), job->list, &para);
    worsen(ctx, status);
    return status == VT_OK ? para : (vt_para){0};
}

static vt_extent measured(vt_ctx *ctx, const vt_node *node, bool parts) {
    const vt_para_spec spec = spec_of(ctx, (vt_shape){.width = ctx->width});
    vt_job *job = ctx->job;
    vt_extent extent = {0};

    if (!vt_idle(ctx) && spec.piece_count)
        worsen(ctx, vt_para_measure(job->engine->fonts, job->engine->words, &spec, job->arena,
                                    vt_at_node(ctx, node), job->list, parts, &extent));
    return extent;
}

vt_extent vt_extent_of(vt_ctx *ctx, const vt_node *node) {
    return measured(ctx, node, true);
}

double vt_natural(vt_ctx *ctx, double *least, const vt_node *node) {
    const vt_extent extent = measured(ctx, node, false);

    if (least)
        *least = extent.held;
    return extent.line;
}

vt_para vt_set_words(vt_ctx *ctx, vt_component component, uint32_t tag, const char *text,
                     double width) {
    const vt_style *style = vt_style_of(ctx, component);

    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, tag, text);
    return vt_set(ctx, (vt_shape){.width = width, .align = style->align}, NULL);
}
