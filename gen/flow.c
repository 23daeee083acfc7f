/*
 * gen/flow.c - the vertical list: boxes, the white between them, and where no
 * page may end (widows, orphans, what must stay together).
 */
#include "gen/flow.h"

#include <string.h>

void vt_flow_init(vt_flow *flow, vt_arena *arena, double ascent, double depth, int widow_lines) {
    memset(flow, 0, sizeof *flow);
    flow->arena = arena;
    flow->ascent = ascent;
    flow->depth = depth;
    flow->widow_lines = widow_lines;
}

vt_vbox *vt_flow_box(vt_flow *flow, double before, double after) {
    vt_vbox *grown = vt_grow(flow->arena, flow->boxes, &flow->cap, flow->count + 1, sizeof *grown);

    if (!grown)
        return NULL;
    flow->boxes = grown;

    vt_vbox *box = &grown[flow->count++];
    memset(box, 0, sizeof *box);
    box->gap = before > flow->after ? before : flow->after;
    flow->after = after;
    if (flow->new_page)
        box->keep = VT_KEEP_PAGE;
    else if (flow->join > 0)
        box->keep = VT_KEEP_JOIN;
    if (flow->join > 0)
        flow->join--;
    flow->new_page = false;
    return box;
}

void vt_flow_para(vt_flow *flow, const vt_para *para, double x, double pitch, double before,
                  double after) {
    const size_t n = para->line_count, least = (size_t)flow->widow_lines;

    for (size_t i = 0; i < n; i++) {
        const vt_line *line = &para->lines[i];
        vt_vbox *box = vt_flow_box(flow, i ? 0 : before, i + 1 < n ? 0 : after);
        if (!box)
            return;
        box->pitch = pitch;
        box->ascent = flow->ascent * line->size;
        box->depth = flow->depth * line->size;
        box->x = x;
        box->runs = line->runs;
        box->run_count = line->run_count;
        box->marks = line->marks;
        box->mark_count = line->mark_count;
        box->lines = 1;
        if (i && box->keep == VT_KEEP_FREE && (i < least || n - i < least))
            box->keep = VT_KEEP_JOIN;
    }
}

void vt_flow_join(vt_flow *flow, int lines) {
    if (flow->join < lines)
        flow->join = lines;
}

void vt_flow_keep_whole(vt_flow *flow, size_t first) {
    for (size_t i = first + 1; i < flow->count; i++)
        flow->boxes[i].keep = VT_KEEP_JOIN;
}

bool vt_flow_append(vt_flow *flow, const vt_flow *more) {
    const size_t before = flow->count;
    vt_vbox *grown =
        vt_grow(flow->arena, flow->boxes, &flow->cap, flow->count + more->count, sizeof *grown);

    if (!grown)
        return more->count == 0;
    flow->boxes = grown;
    for (size_t i = 0; i < more->count; i++) {
        vt_vbox *box = &grown[flow->count++];
        *box = more->boxes[i];
        if (i == 0 && box->gap < flow->after)
            box->gap = flow->after;
    }
    flow->after = more->after;
    for (size_t i = 0; i < more->outline_count; i++) {
        const vt_flow_outline *o = &more->outlines[i];
        vt_flow_outline *room = vt_grow(flow->arena, flow->outlines, &flow->outline_cap,
                                        flow->outline_count + 1, sizeof *room);
        if (!room)
            return false;
        flow->outlines = room;
        room[flow->outline_count++] = (vt_flow_outline){before + o->box, o->level, o->text};
    }
    return true;
}

void vt_flow_new_page(vt_flow *flow) {
    flow->new_page = true;
    flow->join = 0;
}

void vt_flow_hold_lines(vt_flow *flow, int lines) {
    const size_t wanted = lines > 0 ? (size_t)lines : 0;
    size_t i = flow->count, held = 0;

    flow->join = 1;
    while (i > 0 && held < wanted) {
        vt_vbox *box = &flow->boxes[--i];
        held += box->lines;
        if (held >= wanted || box->keep == VT_KEEP_PAGE)
            return;
        box->keep = VT_KEEP_JOIN;
    }
}

void vt_flow_outline_add(vt_flow *flow, int level, const char *text) {
    vt_flow_outline *grown = vt_grow(flow->arena, flow->outlines, &flow->outline_cap,
                                     flow->outline_count + 1, sizeof *grown);

    if (!grown)
        return;
    flow->outlines = grown;
    grown[flow->outline_count++] = (vt_flow_outline){flow->count, level, text};
}

void vt_flow_form_add(vt_flow *flow, size_t box, const vt_form *form) {
    vt_flow_form *grown =
        vt_grow(flow->arena, flow->forms, &flow->form_cap, flow->form_count + 1, sizeof *grown);

    if (!grown)
        return;
    flow->forms = grown;
    grown[flow->form_count++] = (vt_flow_form){box, *form};
}
