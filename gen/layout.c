/*
 * gen/layout.c - what those who draw a layout may rely on.
 */
#include "gen/layout.h"

#include <math.h>

static bool sound_page(const vt_layout *layout, const vt_page *page) {
    if (!(page->width >= 3 && page->width <= 14400 && page->height >= 3 && page->height <= 14400))
        return false;
    for (size_t i = 0; i < page->run_count; i++) {
        const vt_run *run = &page->runs[i];

        if ((run->tag >= layout->tag_count && run->tag != VT_ARTIFACT) || run->face >= VT_FACES ||
            !isfinite(run->x + run->y + run->word_space) || !(run->size > 0 && run->size < 1000) ||
            (run->count && (!run->glyphs || !run->text)))
            return false;
    }
    for (size_t i = 0; i < page->mark_count; i++) {
        const vt_mark *m = &page->marks[i];

        if (!isfinite(m->x1 + m->y1 + m->x2 + m->y2 + m->thickness) ||
            (m->kind == VT_MARK_PICTURE &&
             (m->picture >= layout->picture_count ||
              (m->tag >= layout->tag_count && m->tag != VT_ARTIFACT))))
            return false;
    }
    return true;
}

static bool sound_tags(const vt_layout *layout) {
    for (size_t i = 0; i < layout->tag_count; i++) {
        const vt_tag *tag = &layout->tags[i];

        if (tag->role >= VT_ROLES || tag->parent >= layout->tag_count ||
            tag->first >= layout->tag_count || tag->last >= layout->tag_count ||
            tag->next >= layout->tag_count || (tag->next && tag->next <= i) ||
            (tag->first && tag->first <= i))
            return false;
    }
    return layout->tag_count > 0;
}

bool vt_layout_sound(const vt_layout *layout) {
    bool sound = layout->page_count > 0 && sound_tags(layout);

    for (size_t i = 0; i < layout->page_count && sound; i++)
        sound = sound_page(layout, &layout->pages[i]);
    for (size_t i = 0; i < layout->form_count && sound; i++) {
        const vt_form *form = &layout->forms[i];

        sound = form->page < layout->page_count && form->tag < layout->tag_count && form->name &&
                form->label && form->face < VT_FACES && form->x2 > form->x1 && form->y2 > form->y1;
    }
    for (size_t i = 0; i < layout->outline_count && sound; i++)
        sound = layout->outlines[i].page < layout->page_count;
    return sound;
}
