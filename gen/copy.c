/*
 * gen/copy.c - copies (bản sao): sao y, sao lục, trích sao (NĐ 30 Điều 25; PL I
 * Phần II; Mẫu 3.1, 3.2).
 *
 * A copy is a document of its own number and signature that holds another one:
 * its enclosure, set anew.  On paper the copy's block stands right behind the
 * end of that text, below a line over the full width: form, agency, number,
 * place and date, signature, receivers.  An electronic copy has no block but a
 * text at the right of the top margin of page 1, and the seal there.
 */
#include "gen/compose.h"

/* "Sao y": the words of the type, where the document has no title of its own. */
const char *vt_copy_words(vt_ctx *ctx) {
    const vt_node *title = vt_child(ctx->root, VT_TITLE);
    const struct vt_word *word = vt_pack_word(ctx->pack, ctx->type->slug);
    const char *own = title ? vt_node_text(ctx->job->arena, title, ' ') : NULL;

    if (own)
        return own;
    if (!word) /* one type for all forms: that of the issuer's own copy */
        word = vt_pack_word(ctx->pack, "sao-y");
    return word ? word->text : ctx->type->name;
}

/* ------------------------------------------------------------- the block -- */

static void line_above(vt_ctx *copier) {
    const vt_style *style = vt_style_of(copier, VT_C_COPY_FORM);
    vt_column column = {.ctx = copier};

    vt_column_line(&column, 0, copier->width, 0, style, "copy-rule");
    vt_column_box(&column, 0, copier->pack->title_gap, copier->pack->title_gap / 2);
}

static void one_block(vt_ctx *ctx, vt_ctx *copier) {
    copier->sheet = ctx->sheet;
    copier->width = ctx->width;
    line_above(copier);
    vt_header(copier);
    vt_closing(copier);
    vt_flow_keep_whole(&copier->flow, 0);
    if (copier->flow.count) /* it may begin a page: no text of its own goes with the signature */
        copier->flow.boxes[0].keep = VT_KEEP_FREE;
    if (!vt_flow_append(&ctx->flow, &copier->flow))
        vt_no_memory(ctx);
}

/* On paper, behind the last part of the document that is copied.  A sao lục is a
   copy of a sao y (Điều 25.2): the block of that one, which exists already, stands
   first, in an electronic file, too. */
void vt_copy_block(vt_ctx *ctx) {
    for (vt_ctx *copier = ctx->copier; copier; copier = copier->copier)
        if (copier->issued || !copier->job->options->electronic)
            one_block(ctx, copier);
    ctx->copier = NULL;
}

/* Alone on a sheet of its own. */
static void own_sheet(vt_ctx *ctx) {
    line_above(ctx);
    vt_header(ctx);
    vt_closing(ctx);
    vt_copy_block(ctx); /* of who copies this copy */
    vt_ctx_pages(ctx);
}

/* --------------------------------------------------------- the electronic -- */

static const char *two_digits(vt_ctx *ctx, int value) {
    return value ? vt_printf(ctx->job->arena, "%02d", value) : ctx->pack->annex_blank;
}

/* "Sao y; Ủy ban nhân dân xã ...; 05/03/2026; ...": the hour is left to who seals. */
static const char *text_of_copy(vt_ctx *ctx) {
    vt_arena *arena = ctx->job->arena;
    const vt_node *issuer = vt_child(ctx->root, VT_ISSUER);
    const vt_node *name = issuer ? vt_child(issuer, VT_NAME) : NULL;
    const char *blank = ctx->pack->annex_blank;
    vt_date date = {0};

    vt_doc_date(ctx->doc, &date);
    const vt_slot slots[] = {{"form", vt_copy_words(ctx)},
                             {"issuer", name ? vt_node_text(arena, name, ' ') : ""},
                             {"dd", two_digits(ctx, date.day)},
                             {"mm", two_digits(ctx, date.month)},
                             {"yyyy", date.year ? vt_printf(arena, "%d", date.year) : blank},
                             {"hh", blank},
                             {"mi", blank},
                             {"ss", blank},
                             {"zone", "+07:00"}};
    return vt_fill(ctx, ctx->pack->copy_pattern, slots, sizeof slots / sizeof *slots);
}

/* Of the copy that is made now. */
void vt_copy_fields(vt_ctx *ctx) {
    vt_ctx *copier = ctx->copier;

    while (copier && copier->copier)
        copier = copier->copier;
    if (copier && copier->job->options->electronic)
        vt_field_sealed(ctx, "ban_sao", "Thông tin bản sao điện tử", text_of_copy(copier),
                        "Chữ ký số của cơ quan, tổ chức sao văn bản");
}

/* --------------------------------------------------------------- the whole -- */

void vt_copy_document(vt_ctx *ctx) {
    const vt_node *enclosed = vt_child(ctx->root, VT_ENCLOSURE);

    if (!enclosed)
        return;
    if (!vt_enclosed_is_pdf(enclosed)) {
        vt_copied(ctx, enclosed);
        return;
    }
    vt_worsen(ctx,
              vt_warn(ctx->job->list, "CO-03", vt_node_place(ctx->job->arena, ctx->doc, enclosed),
                      "Sao từ tệp văn bản (.xml) để phần sao nằm ngay dưới văn bản.",
                      "Văn bản được sao là PDF nên không dựng lại được: phần sao nằm ở tờ "
                      "riêng, bản PDF đi kèm trong tệp."));
    own_sheet(ctx);
    vt_enclosures(ctx);
}
