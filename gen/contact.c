/*
 * gen/contact.c - address and ways to reach the issuer (ô 13): the last block
 * of page 1, below a line over the full width (PL I III.4).
 */
#include "gen/compose.h"

/* The parts in their order, and on which line of the block each stands. */
static const struct vt_part {
    vt_el el;
    int line;
    const char *key; /* of its label among the pack's words */
} PARTS[] = {
    {VT_ADDRESS, 0, "contact-address"}, {VT_PHONE, 1, "contact-phone"},
    {VT_FAX, 1, "contact-fax"},         {VT_EMAIL, 2, "contact-email"},
    {VT_WEBSITE, 2, "contact-website"},
};
#define PART_LINES 3

static const char *word(const vt_ctx *ctx, const char *key) {
    const struct vt_word *found = vt_pack_word(ctx->pack, key);

    return found ? found->text : "";
}

/* "Số: " of the diagram is a house's number: "Số: 12 đường ...", but not "Số: Thôn 3". */
static bool begins_with_number(const vt_ctx *ctx, const vt_node *address) {
    const char *text = vt_node_text(ctx->job->arena, address, 0);

    return text && *text >= '0' && *text <= '9';
}

/* The parts of one line as pieces; false: none of them is given. */
static bool line_pieces(vt_ctx *ctx, const vt_node *contact, int line) {
    const vt_style *style = vt_style_of(ctx, VT_C_CONTACT);
    uint32_t tag = 0;
    bool any = false;

    vt_pieces_clear(ctx);
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        const vt_node *part = vt_child(contact, PARTS[i].el);
        if (!part || PARTS[i].line != line)
            continue;
        if (any)
            vt_pieces_text(ctx, style, tag, word(ctx, "contact-joiner"));
        else
            tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, part);
        any = true;
        if (PARTS[i].el != VT_ADDRESS || begins_with_number(ctx, part))
            vt_pieces_text(ctx, style, tag, word(ctx, PARTS[i].key));
        vt_pieces_inline(ctx, style, tag, part->first);
    }
    return any;
}

double vt_contact(vt_column *column) {
    vt_ctx *ctx = column->ctx;
    const vt_node *contact = vt_child(ctx->root, VT_CONTACT);
    const vt_style *style = vt_style_of(ctx, VT_C_CONTACT);
    const double size = vt_size_of(ctx, style), pitch = vt_single(ctx, size);
    double y = style->rule_gap;

    if (!contact)
        return 0;
    vt_column_line(column, 0, ctx->width, 0, style, "contact-rule");
    for (int line = 0; line < PART_LINES; line++) {
        if (!line_pieces(ctx, contact, line))
            continue;
        vt_para para = vt_set(ctx, (vt_shape){.width = ctx->width, .align = style->align}, contact);
        y = vt_column_para(column, &para, 0, y + pitch - vt_depth(ctx, size), pitch) +
            vt_depth(ctx, size);
    }
    return y;
}
