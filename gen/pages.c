/*
 * gen/pages.c - the vertical list onto pages.
 *
 * Breaking goes down the list and ends each page at the last place that is
 * allowed; where nothing is allowed on a whole page, it ends it where it is
 * full.  A box that may be parted fills the page and goes on on the next.  Lines may close up a
 * little to save a last page that would be nearly empty.  Notes stand at the foot of the page of
 * the line that names them.
 */
#include "gen/flow.h"

#include <string.h>

/* ------------------------------------------------------------- breaking -- */

/* White between the bottom of the box above and the ascent of this one. */
static double white_above(const vt_vbox *box, double factor) {
    double lead = box->pitch > 0 ? box->pitch * factor - box->ascent - box->depth : 0;

    return box->gap + lead;
}

/* What goes on here has not been put into it yet, however high the box is. */
static bool is_unfilled(const vt_vbox *box) {
    return box->rest && box->room > 0;
}

/* Parts a box that begins at `top` and is too high for the page. */
static bool part_box(vt_flow *flow, size_t i, bool opens, double top, double room) {
    return flow->boxes[i].part && flow->boxes[i].part(flow, i, room - top, opens);
}

/* Sets boxes from `from` on a page of the given height; returns where the next
   page begins. */
static size_t fill_page(vt_flow *flow, size_t from, size_t page, double height, double factor,
                        double *filled) {
    const vt_repeat *repeat = flow->boxes[from].repeat;
    double y = repeat ? repeat->height : 0, notes = 0, at_break = 0;
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
        if (box->notes > 0)
            notes += box->notes + (notes > 0 ? 0 : flow->note_lead);
        if ((y + notes > height + VT_SLACK_PT || is_unfilled(box)) &&
            part_box(flow, i, i == from, box->y - box->ascent, height - notes)) {
            box->page = page;
            *filled = height;
            return i + 1;
        }
        if (y + notes > height + VT_SLACK_PT && i > from) {
            /* no lawful end on this page: what hangs together is too high for it */
            *filled = last > from ? at_break : height;
            return last > from ? last : i;
        }
        box->page = page;
        if (i + 1 == flow->count) {
            *filled = y + notes;
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
        for (size_t k = 0; k < box->note_count; k++) {
            pages[box->page].run_cap += flow->notes[box->note + k].run_count;
            pages[box->page].mark_cap += flow->notes[box->note + k].mark_count + 1;
        }
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

/* The notes of the boxes from `first` on that stand on its page, at its foot. */
static void put_notes(const vt_flow *flow, size_t first, const vt_sheet *sheet, vt_page *page) {
    const size_t number = flow->boxes[first].page;
    double height = 0;
    size_t end = first;

    for (; end < flow->count && flow->boxes[end].page == number; end++)
        height += flow->boxes[end].notes;
    if (height <= 0)
        return;
    double y = sheet->height - sheet->bottom - (number ? 0 : sheet->foot) - height;
    put_marks(&flow->note_rule, 1, sheet->left, y - flow->note_lead, page);
    for (size_t i = first; i < end; i++)
        for (size_t k = 0; k < flow->boxes[i].note_count; k++) {
            const vt_note *note = &flow->notes[flow->boxes[i].note + k];
            put_runs(note->runs, note->run_count, sheet->left, y, page);
            put_marks(note->marks, note->mark_count, sheet->left, y, page);
            y += note->height;
        }
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
        if (flow->boxes[i].ascent + flow->boxes[i].depth + flow->boxes[i].foot +
                flow->boxes[i].notes >
            height + VT_SLACK_PT)
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

    size_t n = fit_pages(flow, sheet, fit);
    *too_high = find_too_high(flow, sheet);
    if (vt_arena_failed(flow->arena) || !make_pages(flow, sheet, layout, n))
        return false;
    for (size_t i = 0; i < flow->count; i++)
        put_box(&flow->boxes[i], sheet, &layout->pages[*first + flow->boxes[i].page]);
    for (size_t i = 0; flow->notes && i < flow->count; i++)
        if (flow->boxes[i].opens)
            put_notes(flow, i, sheet, &layout->pages[*first + flow->boxes[i].page]);
    return put_outlines(flow, sheet, layout, *first) && put_forms(flow, sheet, layout, *first);
}
