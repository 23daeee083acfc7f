/*
 * gen/tags.c - structure elements and outline entries of the layout.
 */
#include "gen/compose.h"

uint32_t vt_tag_add(vt_ctx *ctx, vt_role role, uint32_t parent, const vt_node *node) {
    vt_layout *layout = ctx->job->layout;
    vt_tag *grown = vt_grow(ctx->job->arena, layout->tags, &layout->tag_cap, layout->tag_count + 1,
                            sizeof *grown);

    if (!grown || layout->tag_count >= VT_ARTIFACT) {
        vt_no_memory(ctx);
        return 0;
    }
    layout->tags = grown;

    const uint32_t index = (uint32_t)layout->tag_count++;
    grown[index] = (vt_tag){.role = role, .parent = parent, .node = node};
    if (index) {
        vt_tag *above = &grown[parent];
        if (above->last)
            grown[above->last].next = index;
        else
            above->first = index;
        above->last = index;
    }
    return index;
}

vt_role vt_heading_role(int level) {
    int i = level < 1 ? 1 : level > 6 ? 6 : level;

    return (vt_role)(VT_ROLE_H1 + i - 1);
}

void vt_outline_entry(vt_ctx *ctx, int level, const char *text) {
    if (text && *text)
        vt_flow_outline_add(&ctx->flow, level, text);
}
