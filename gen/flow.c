/*
 * gen/flow.c - boxes to pages: widows, orphans, what must stay together, and
 * closing up a little to save a last page that would be nearly empty.
 */
#include "gen/flow.h"

#include <string.h>

/* Sums of doubles differ in the last bits; a page is not left for that. */
#define SLACK_PT 0.01

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
        box->text = true;
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

void vt_flow_new_page(vt_flow *flow) {
    flow->new_page = true;
    flow->join = 0;
}

void vt_flow_hold_lines(vt_flow *flow, int lines) {
    size_t i = flow->count;

    flow->join = 1;
    while (i > 0 && lines > 0) {
        vt_vbox *box = &flow->boxes[--i];
        if (box->text)
            lines--;
        if (lines <= 0 || box->keep == VT_KEEP_PAGE)
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

/* ------------------------------------------------------------- breaking -- */

/* White between the bottom of the box above and the ascent of this one. */
static double white_above(const vt_vbox *box, double factor) {
    double lead = box->pitch > 0 ? box->pitch * factor - box->ascent - box->depth : 0;

    return box->gap + lead;
}

/* Sets boxes from `from` on a page of the given height; returns where the next
   page begins. */
static size_t fill_page(vt_flow *flow, size_t from, size_t page, double height, double factor,
                        double *filled) {
    const vt_repeat *repeat = flow->boxes[from].repeat;
    double y = repeat ? repeat->height : 0, at_break = 0;
    size_t last = from;

    for (size_t i = from; i < flow->count; i++) {
        vt_vbox *box = &flow->boxes[i];
        box->opens = i == from;
        if (i > from && box->keep != VT_KEEP_JOIN) {
            last = i;
            at_break = y;
            if (box->keep == VT_KEEP_PAGE)
                break;
        }
        if (i > from)
            y += white_above(box, factor);
        box->y = y + box->ascent;
        y = box->y + box->depth + box->foot;
        if (y > height + SLACK_PT && i > from) {
            /* no lawful end on this page: what hangs together is too high for it */
            *filled = last > from ? at_break : height;
            return last > from ? last : i;
        }
        box->page = page;
        if (i + 1 == flow->count) {
            *filled = y;
            return flow->count;
        }
    }
    *filled = at_break;
    return last;
}

/* Breaks the whole flow; returns the number of pages. */
static size_t break_flow(vt_flow *flow, const vt_sheet *sheet, double factor, double *last_fill) {
    const double height = sheet->height - sheet->top - sheet->bottom;
    size_t at = 0, page = 0;

    *last_fill = 0;
    while (at < flow->count) {
        at = fill_page(flow, at, page, page ? height : height - sheet->foot, factor, last_fill);
        page++;
    }
    return page;
}

#define FIT_STEPS 8 /* tried from the least change on; a choice of taste, not of law */

/* Closes lines up as little as saves the last page; else leaves them. */
static size_t fit_pages(vt_flow *flow, const vt_sheet *sheet, const vt_squeeze *fit) {
    const double height = sheet->height - sheet->top - sheet->bottom;
    double fill;
    const size_t pages = break_flow(flow, sheet, 1, &fill);

    if (pages < 2 || fit->least >= 1 || fill > fit->last * height)
        return pages;
    for (int step = 1; step <= FIT_STEPS; step++) {
        double factor = 1 - (1 - fit->least) * step / FIT_STEPS;
        size_t now = break_flow(flow, sheet, factor, &fill);
        if (now < pages)
            return now;
    }
    return break_flow(flow, sheet, 1, &fill);
}

/* -------------------------------------------------------------- pages -- */

static bool make_pages(const vt_flow *flow, const vt_sheet *sheet, vt_layout *layout, size_t n) {
    vt_page *grown = vt_grow(flow->arena, layout->pages, &layout->page_cap, layout->page_count + n,
                             sizeof *grown);

    if (!grown)
        return false;
    layout->pages = grown;

    vt_page *pages = &grown[layout->page_count];
    memset(pages, 0, n * sizeof *pages);
    for (size_t i = 0; i < flow->count; i++) {
        const vt_vbox *box = &flow->boxes[i];
        pages[box->page].run_cap += box->run_count;
        pages[box->page].mark_cap += box->mark_count;
        if (!box->opens || !box->repeat)
            continue;
        pages[box->page].run_cap += box->repeat->run_count;
        pages[box->page].mark_cap += box->repeat->mark_count + 1;
        if (i) /* the edge below the row that ended the page before */
            pages[box[-1].page].mark_cap++;
    }
    for (size_t i = 0; i < n; i++) {
        pages[i].width = sheet->width;
        pages[i].height = sheet->height;
        pages[i].number = (int)i + 1;
        pages[i].run_cap++; /* the page number */
        pages[i].runs = vt_alloc_array(flow->arena, pages[i].run_cap, sizeof(vt_run));
        if (pages[i].mark_cap)
            pages[i].marks = vt_alloc_array(flow->arena, pages[i].mark_cap, sizeof(vt_mark));
        if (!pages[i].runs || (pages[i].mark_cap && !pages[i].marks))
            return false;
    }
    layout->page_count += n;
    return true;
}

static void put_runs(const vt_run *runs, size_t n, double x, double y, vt_page *page) {
    for (size_t i = 0; i < n; i++) {
        vt_run *run = &page->runs[page->run_count++];
        *run = runs[i];
        run->x += x;
        run->y += y;
    }
}

static void put_marks(const vt_mark *marks, size_t n, double x, double y, vt_page *page) {
    for (size_t i = 0; i < n; i++) {
        vt_mark *mark = &page->marks[page->mark_count++];
        *mark = marks[i];
        mark->x1 += x;
        mark->x2 += x;
        mark->y1 += y;
        mark->y2 += y;
    }
}

/* A row of a table begins a page: header rows above it, closed edges. */
static void put_repeat(const vt_vbox *box, const vt_sheet *sheet, vt_page *page) {
    const vt_repeat *repeat = box->repeat;
    const double x = sheet->left + box->x, y = sheet->top + box->y;
    const vt_vbox *above = box - 1; /* a table's first row has no repeat */
    const bool edged = repeat->edge.thickness > 0;

    put_runs(repeat->runs, repeat->run_count, x, y - repeat->height, page);
    put_marks(repeat->marks, repeat->mark_count, x, y - repeat->height, page);
    put_marks(&repeat->edge, edged, x, y, page);
    put_marks(&repeat->edge, edged, x, sheet->top + above->y + above->depth, page - 1);
}

static void put_box(const vt_vbox *box, const vt_sheet *sheet, vt_page *page) {
    const double x = sheet->left + box->x, y = sheet->top + box->y;

    if (box->opens && box->repeat)
        put_repeat(box, sheet, page);
    put_runs(box->runs, box->run_count, x, y, page);
    put_marks(box->marks, box->mark_count, x, y, page);
}

static bool put_outlines(const vt_flow *flow, const vt_sheet *sheet, vt_layout *layout,
                         size_t first) {
    vt_outline *grown = vt_grow(flow->arena, layout->outlines, &layout->outline_cap,
                                layout->outline_count + flow->outline_count, sizeof *grown);

    if (!grown)
        return flow->outline_count == 0;
    layout->outlines = grown;
    for (size_t i = 0; i < flow->outline_count; i++) {
        const vt_flow_outline *from = &flow->outlines[i];
        if (from->box >= flow->count)
            continue;
        const vt_vbox *box = &flow->boxes[from->box];
        grown[layout->outline_count++] = (vt_outline){from->level, from->text, first + box->page,
                                                      sheet->top + box->y - box->ascent};
    }
    return true;
}

static bool put_forms(const vt_flow *flow, const vt_sheet *sheet, vt_layout *layout, size_t first) {
    vt_form *grown = vt_grow(flow->arena, layout->forms, &layout->form_cap,
                             layout->form_count + flow->form_count, sizeof *grown);

    if (!grown)
        return flow->form_count == 0;
    layout->forms = grown;
    for (size_t i = 0; i < flow->form_count; i++) {
        const vt_vbox *box = &flow->boxes[flow->forms[i].box];
        const double x = sheet->left + box->x, y = sheet->top + box->y;
        vt_form *form = &grown[layout->form_count++];
        *form = flow->forms[i].form;
        form->page = first + box->page;
        form->x1 += x;
        form->x2 += x;
        form->y1 += y;
        form->y2 += y;
        form->baseline += y;
    }
    return true;
}

static size_t find_too_high(const vt_flow *flow, const vt_sheet *sheet) {
    const double height = sheet->height - sheet->top - sheet->bottom;

    for (size_t i = 0; i < flow->count; i++)
        if (flow->boxes[i].ascent + flow->boxes[i].depth + flow->boxes[i].foot > height + SLACK_PT)
            return i;
    return SIZE_MAX;
}

bool vt_flow_pages(vt_flow *flow, const vt_sheet *sheet, const vt_squeeze *fit, vt_layout *layout,
                   size_t *first, size_t *too_high) {
    *first = layout->page_count;
    *too_high = SIZE_MAX;
    if (vt_arena_failed(flow->arena))
        return false;
    if (flow->count == 0)
        return true;
    *too_high = find_too_high(flow, sheet);

    size_t n = fit_pages(flow, sheet, fit);
    if (!make_pages(flow, sheet, layout, n))
        return false;
    for (size_t i = 0; i < flow->count; i++)
        put_box(&flow->boxes[i], sheet, &layout->pages[*first + flow->boxes[i].page]);
    return put_outlines(flow, sheet, layout, *first) && put_forms(flow, sheet, layout, *first);
}
