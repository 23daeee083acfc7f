/*
 * gen/fields.c - the fields with which an electronic file is born.
 *
 * Every later act fills one of them and adds nothing to the page: number and
 * date after signing, the signatures, the seal over the left third of a
 * signature (PL I II.7.d, II.8.a), the text of an electronic copy (ô 14).
 */
#include "gen/compose.h"

bool vt_has_fields(const vt_ctx *ctx) {
    return ctx->job->options->electronic && !ctx->outer;
}

static uint32_t form_tag(vt_ctx *ctx, uint32_t parent, const char *label) {
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_FORM, parent, NULL);

    if (tag)
        ctx->job->layout->tags[tag].alt = label;
    return tag;
}

void vt_field_words(vt_ctx *ctx, uint32_t tag, const char *name, const char *label,
                    const vt_style *style, double x, double width, double y, vt_align align,
                    const char *value) {
    const double size = vt_size_of(ctx, style);
    const vt_form form = {.kind = VT_FORM_TEXT,
                          .name = name,
                          .label = label,
                          .x1 = x,
                          .x2 = x + width,
                          .y1 = y - vt_ascent(ctx, size),
                          .y2 = y + vt_depth(ctx, size),
                          .baseline = y,
                          .face = style->face,
                          .size = size,
                          .align = align,
                          .value = value,
                          .tag = form_tag(ctx, tag, label)};

    vt_flow_form_add(&ctx->flow, ctx->flow.count, &form);
}

static void signature_box(vt_ctx *ctx, uint32_t tag, const char *name, const char *label, double x1,
                          double y1, double x2, double y2) {
    if (!name || !label) {
        vt_no_memory(ctx);
        return;
    }
    const vt_form form = {.kind = VT_FORM_SIGNATURE,
                          .name = name,
                          .label = label,
                          .x1 = x1,
                          .y1 = y1,
                          .x2 = x2,
                          .y2 = y2,
                          .baseline = y2,
                          .tag = form_tag(ctx, tag, label)};

    vt_flow_form_add(&ctx->flow, ctx->flow.count, &form);
}

void vt_field_signature(vt_ctx *ctx, uint32_t tag, int n, int seal, double middle, double top) {
    const vt_pack *pack = ctx->pack;
    vt_arena *arena = ctx->job->arena;
    const double x1 = middle - pack->signature_width / 2, x2 = middle + pack->signature_width / 2;
    const double centre = top + pack->signature_space / 2, edge = pack->seal_size;
    const double right = x1 + pack->signature_width / 3; /* of the seal */

    signature_box(ctx, tag, vt_printf(arena, "ky_%d", n),
                  vt_printf(arena, "Chữ ký của người có thẩm quyền (%d)", n), x1, top, x2,
                  top + pack->signature_space);
    if (seal)
        signature_box(ctx, tag, vt_printf(arena, "dau_%d", seal),
                      vt_printf(arena, "Dấu, chữ ký số của cơ quan, tổ chức (%d)", seal),
                      right - edge, centre - edge / 2, right, centre + edge / 2);
}

/* ô 14: in the top margin, out into the right one. */
static vt_form copy_box(vt_ctx *ctx) {
    const vt_style *style = vt_style_of(ctx, VT_C_ELECTRONIC_TEXT);
    const char *label = "Thông tin bản sao điện tử";
    const double size = vt_size_of(ctx, style), height = ctx->pack->copy_field_height;
    const double right = ctx->width + ctx->sheet.right / 2;
    const double top = (ctx->sheet.top - height) / 2 - ctx->sheet.top;

    return (vt_form){.kind = VT_FORM_TEXT,
                     .name = "ban_sao",
                     .label = label,
                     .x1 = right - ctx->pack->copy_field_width,
                     .x2 = right,
                     .y1 = top,
                     .y2 = top + height,
                     .baseline = top + vt_ascent(ctx, size),
                     .face = style->face,
                     .size = size,
                     .align = VT_RIGHT};
}

/* It hangs on the first box of the text, wherever that begins. */
static void add_copy_box(vt_ctx *ctx, vt_form form) {
    if (ctx->flow.count) {
        const vt_vbox *first = &ctx->flow.boxes[0];
        form.x1 -= first->x;
        form.x2 -= first->x;
        form.y1 -= first->ascent;
        form.y2 -= first->ascent;
        form.baseline -= first->ascent;
    }
    form.tag = form_tag(ctx, ctx->tag, form.label);
    vt_flow_form_add(&ctx->flow, 0, &form);
}

void vt_field_copy(vt_ctx *ctx) {
    if (vt_has_fields(ctx))
        add_copy_box(ctx, copy_box(ctx));
}

/* The text in lines that fit the box. */
static const char *in_lines(vt_ctx *ctx, const char *text, double width) {
    vt_buf lines;
    const char *out;

    vt_para para = vt_set_words(ctx, VT_C_ELECTRONIC_TEXT, 0, text, width);
    vt_buf_init(&lines, 4096);
    for (size_t i = 0; i < para.line_count; i++)
        for (size_t r = 0; r < para.lines[i].run_count; r++) {
            const vt_run *run = &para.lines[i].runs[r];
            size_t len = run->len;
            if (i && !r)
                vt_buf_putc(&lines, '\n');
            while (r + 1 == para.lines[i].run_count && len && run->text[len - 1] == ' ')
                len--; /* at which the line was broken */
            vt_buf_add(&lines, run->text, len);
        }
    out = vt_buf_failed(&lines) ? NULL : vt_strndup(ctx->job->arena, lines.data, lines.len);
    if (!out)
        vt_no_memory(ctx);
    vt_buf_free(&lines);
    return out;
}

void vt_field_sealed(vt_ctx *ctx, const char *name, const char *label, const char *text,
                     const char *seal_label) {
    vt_form form = copy_box(ctx);

    form.name = name;
    form.label = label;
    form.value = text ? in_lines(ctx, text, form.x2 - form.x1) : NULL;
    add_copy_box(ctx, form);
    form.kind = VT_FORM_SIGNATURE;
    form.name = "dau_1";
    form.label = seal_label;
    form.value = NULL;
    add_copy_box(ctx, form);
}
