/*
 * gen/contact.c - address and ways to reach the issuer (ô 13): the last block
 * of page 1, below a line over the full width (PL I III.4).
 */
#include "gen/compose.h"

/* Which parts share a line. */
static const vt_el LINES[][3] = {{VT_ADDRESS}, {VT_PHONE, VT_FAX}, {VT_EMAIL, VT_WEBSITE}};

static const char *label_of(const vt_ctx *ctx, vt_el el) {
    const char *key = el == VT_ADDRESS ? "contact-address"
                      : el == VT_PHONE ? "contact-phone"
                      : el == VT_FAX   ? "contact-fax"
                      : el == VT_EMAIL ? "contact-email"
                                       : "contact-website";
    const struct vt_word *word = vt_pack_word(ctx->pack, key);

    return word ? word->text : "";
}

/* The parts of one line as pieces; false: none of them is given. */
static bool line_pieces(vt_ctx *ctx, const vt_node *contact, const vt_el *parts, uint32_t *tag) {
    const vt_style *style = vt_style_of(ctx, VT_C_CONTACT);
    bool any = false;

    vt_pieces_clear(ctx);
    for (size_t i = 0; i < 3 && parts[i]; i++) {
        const vt_node *part = vt_child(contact, parts[i]);
        if (!part)
            continue;
        if (!any)
            *tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, part);
        else
            vt_pieces_text(ctx, style, *tag, ", ");
        any = true;
        vt_pieces_text(ctx, style, *tag, label_of(ctx, parts[i]));
        vt_pieces_inline(ctx, style, *tag, part->first);
    }
    return any;
}

double vt_contact(vt_column *column) {
    vt_ctx *ctx = column->ctx;
    const vt_node *contact = vt_child(ctx->root, VT_CONTACT);
    const vt_style *style = vt_style_of(ctx, VT_C_CONTACT);
    const double size = vt_size_of(ctx, style), pitch = vt_single(ctx, size);
    uint32_t tag = 0;
    double y = style->rule_gap;

    if (!contact)
        return 0;
    vt_column_line(column, 0, ctx->width, 0, style, "contact-rule");
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        if (!line_pieces(ctx, contact, LINES[i], &tag))
            continue;
        vt_para para = vt_set(ctx, (vt_shape){.width = ctx->width, .align = style->align}, contact);
        y = vt_column_para(column, &para, 0, y + pitch - vt_depth(ctx, size), pitch) +
            vt_depth(ctx, size);
    }
    return y;
}
