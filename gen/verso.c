/*
 * gen/verso.c - paper printed on both sides: the margins of back pages change
 * places, so that the wider one is always at the edge that is bound (HD 05:
 * left 15, right 30 mm).
 *
 * The text area keeps its size, so pages are broken as ever; a back page is
 * moved as a whole.  Back pages are the even ones of the file, whatever number
 * they bear: an annex begins where the sheet has room.
 */
#include "gen/compose.h"

vt_reach vt_reach_now(const vt_ctx *ctx) {
    const vt_layout *layout = ctx->job->layout;

    return (vt_reach){layout->page_count, layout->form_count, layout->outline_count};
}

static bool is_back(size_t page) {
    return page % 2 == 1;
}

static void move_page(vt_page *page, double x, double y) {
    for (size_t i = 0; i < page->run_count; i++) {
        page->runs[i].x += x;
        page->runs[i].y += y;
    }
    for (size_t i = 0; i < page->mark_count; i++) {
        page->marks[i].x1 += x;
        page->marks[i].x2 += x;
        page->marks[i].y1 += y;
        page->marks[i].y2 += y;
    }
}

static void move_form(vt_form *form, double x, double y) {
    form->x1 += x;
    form->x2 += x;
    form->y1 += y;
    form->y2 += y;
    form->baseline += y;
}

/* The bound edge of a turned sheet is its upper one, on the back its lower. */
void vt_verso(vt_ctx *ctx, vt_reach from) {
    vt_layout *layout = ctx->job->layout;
    const vt_sheet *sheet = &ctx->sheet;
    const bool turned = sheet->width > sheet->height;
    const double x = turned ? 0 : sheet->right - sheet->left;
    const double y = turned ? sheet->bottom - sheet->top : 0;

    if (!ctx->job->options->two_sided || !ctx->pack->mirror_margins)
        return;
    for (size_t i = from.pages; i < layout->page_count; i++)
        if (is_back(i))
            move_page(&layout->pages[i], x, y);
    for (size_t i = from.forms; i < layout->form_count; i++)
        if (is_back(layout->forms[i].page))
            move_form(&layout->forms[i], x, y);
    for (size_t i = from.outlines; i < layout->outline_count; i++)
        if (is_back(layout->outlines[i].page))
            layout->outlines[i].y += y;
}
