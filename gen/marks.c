/*
 * gen/marks.c - stamps: secrecy (ô 10a) and urgency (ô 10b) below the number,
 * circulation (ô 11) in the top margin, the line that says it is a draft.
 *
 * Marks of secrecy are refused where the machine has not been declared
 * isolated: a secret document may only be made on machines without a network,
 * and the program cannot know by itself that it runs on one.
 */
#include "gen/compose.h"

/* A framed word: where its frame stands and how large it is. */
typedef struct vt_stamp {
    const vt_style *style;
    const char *text;
    double width, height;
} vt_stamp;

static double first_set(double a, double b, double c) {
    return a > 0 ? a : b > 0 ? b : c;
}

/* The stamp an attribute asks for; false: none, or a word the pack lacks. */
static bool stamp_of(vt_ctx *ctx, const vt_node *marks, vt_at at, vt_component component,
                     vt_stamp *stamp) {
    const char *key = vt_attr_get(marks, at);
    const struct vt_word *word = key ? vt_pack_word(ctx->pack, key) : NULL;

    if (!key)
        return false;
    if (!word) {
        vt_trouble(ctx, "TRANG-04", marks, "Dùng một giá trị có trong bộ quy tắc.",
                   "Bộ quy tắc %s không có chữ in cho %s=“%s”.", ctx->pack->id, vt_at_name(at),
                   key);
        return false;
    }
    stamp->style = vt_style_of(ctx, component);
    stamp->text = word->text;
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, stamp->style, 0, word->text);
    stamp->width = first_set(word->frame_width, stamp->style->frame_width,
                             vt_natural(ctx, NULL, marks) + 2 * stamp->style->frame_pad);
    stamp->height = first_set(word->frame_height, stamp->style->frame_height,
                              vt_single(ctx, vt_size_of(ctx, stamp->style)));
    return true;
}

static void draw_stamp(vt_column *column, const vt_stamp *stamp, double x, double y,
                       const char *what) {
    vt_ctx *ctx = column->ctx;
    const vt_style *style = stamp->style;
    const vt_face_info *face = vt_fonts_info(ctx->job->engine->fonts, style->face);
    const double capitals = face->cap_height / 1000.0 * vt_size_of(ctx, style);

    vt_column_frame(column, x, y, x + stamp->width, y + stamp->height, style, what);
    if (style->frame_gap > 0)
        vt_column_frame(column, x + style->frame_gap, y + style->frame_gap,
                        x + stamp->width - style->frame_gap, y + stamp->height - style->frame_gap,
                        style, what);
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, NULL), stamp->text);
    vt_para para = vt_set(ctx, (vt_shape){.width = stamp->width, .align = VT_CENTER}, NULL);
    vt_column_para(column, &para, x, y + (stamp->height + capitals) / 2, 0);
}

/* ô 11 stands in the top margin, at the left of ô 14 where there is one. */
static void circulation(vt_column *column, const vt_node *marks) {
    vt_ctx *ctx = column->ctx;
    vt_stamp stamp;

    if (!stamp_of(ctx, marks, VT_AT_CIRCULATION, VT_C_CIRCULATION, &stamp))
        return;
    double right = ctx->width;
    if (vt_has_fields(ctx))
        right -= ctx->pack->copy_field_width;
    draw_stamp(column, &stamp, right - stamp.width, -(ctx->sheet.top + stamp.height) / 2,
               "circulation");
}

static double draft_line(vt_column *column, const vt_node *marks, double width, double y) {
    vt_ctx *ctx = column->ctx;
    const vt_style *style = vt_style_of(ctx, VT_C_DRAFT);
    const vt_slot n = {"n", vt_attr_get(marks, VT_AT_DRAFT)};
    const double size = vt_size_of(ctx, style);

    if (!n.value)
        return y;
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, marks),
                   vt_fill(ctx, ctx->pack->draft_pattern, &n, 1));
    vt_para para = vt_set(ctx, (vt_shape){.width = width, .align = style->align}, marks);
    y += style->before + vt_ascent(ctx, size);
    return vt_column_para(column, &para, 0, y, vt_single(ctx, size)) + vt_depth(ctx, size);
}

/* A stamp of the left column, below y; gives its end. */
static double stamp_below(vt_column *column, const vt_node *marks, vt_at at, vt_component component,
                          double y) {
    vt_stamp stamp;

    if (!stamp_of(column->ctx, marks, at, component, &stamp))
        return y;
    const double half = stamp.style->frame_thickness / 2;
    draw_stamp(column, &stamp, half, y + stamp.style->before, vt_at_name(at));
    return y + stamp.style->before + stamp.height + half;
}

/* ô 10a stands above ô 10b. */
double vt_marks(vt_column *column, double width, double y) {
    vt_ctx *ctx = column->ctx;
    const vt_node *marks = vt_child(ctx->root, VT_MARKS);
    vt_status admitted;

    if (!marks)
        return y;
    admitted = vt_engine_admits(ctx->job->engine, vt_attr_get(marks, VT_AT_SECRECY),
                                vt_node_place(ctx->job->arena, ctx->doc, marks), ctx->job->list);
    if (admitted == VT_OK)
        y = stamp_below(column, marks, VT_AT_SECRECY, VT_C_SECRECY, y);
    vt_worsen(ctx, admitted);
    y = stamp_below(column, marks, VT_AT_URGENCY, VT_C_URGENCY, y);
    y = draft_line(column, marks, width, y);
    circulation(column, marks);
    return y;
}

void vt_copy_mark(vt_column *column) {
    vt_ctx *ctx = column->ctx;
    const vt_style *style = vt_style_of(ctx, VT_C_COPY_FORM);
    const struct vt_word *word = vt_pack_word(ctx->pack, "sao-y");

    if (!ctx->copied || !word)
        return;
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, NULL), word->text);
    vt_para para = vt_set(ctx, (vt_shape){.width = ctx->width, .align = VT_RIGHT}, NULL);
    vt_column_para(column, &para, 0, -ctx->sheet.top / 2, 0);
}
