/*
 * gen/preview_fonts.c - the faces a preview uses, as embedded web fonts.
 */
#include "gen/preview.h"

#include <stdio.h>
#include <string.h>

#define FONT_CEILING ((size_t)64 << 20)

/* The name may be any that no other content has; 12 digits of SHA-256 are. */
void vt_preview_name(vt_preview *p) {
    vt_hasher hasher;
    vt_hash sum;
    char hex[65];

    vt_hasher_start(&hasher);
    vt_hasher_add(&hasher, vt_fonts_hash(p->engine->fonts), sizeof(vt_hash));
    for (size_t i = p->first; i < p->end; i++) {
        const vt_page *page = &p->layout->pages[i];

        for (size_t k = 0; k < page->run_count; k++) {
            const vt_run *run = &page->runs[k];
            const uint8_t face = (uint8_t)run->face;

            vt_hasher_add(&hasher, &face, sizeof face);
            vt_hasher_add(&hasher, run->text, run->len);
        }
    }
    for (size_t i = 0; i < p->layout->form_count; i++)
        if (p->layout->forms[i].value)
            vt_hasher_add(&hasher, p->layout->forms[i].value, strlen(p->layout->forms[i].value));
    vt_hasher_end(&hasher, &sum);
    vt_hash_hex(&sum, hex);
    snprintf(p->family, sizeof p->family, "vt%.12s", hex);
}

/* Marks the characters; true if there is one. */
static bool mark_text(const vt_preview *p, vt_subset *subset, vt_face face, const char *s,
                      size_t len) {
    const char *end = s + len;

    while (s < end)
        vt_subset_mark(subset, vt_fonts_glyph(p->engine->fonts, face, vt_utf8_next(&s, end)));
    return len > 0;
}

static bool mark_face(const vt_preview *p, vt_subset *subset, vt_face face) {
    bool used = false;

    for (size_t i = p->first; i < p->end; i++) {
        const vt_page *page = &p->layout->pages[i];

        for (size_t k = 0; k < page->run_count; k++)
            if (page->runs[k].face == face)
                used |= mark_text(p, subset, face, page->runs[k].text, page->runs[k].len);
    }
    for (size_t i = 0; i < p->layout->form_count; i++) {
        const vt_form *form = &p->layout->forms[i];

        if (form->face == face && form->value && form->page >= p->first && form->page < p->end)
            used |= mark_text(p, subset, face, form->value, strlen(form->value));
    }
    return used;
}

static vt_status put_face(vt_preview *p, vt_subset *subset, vt_face face, vt_buf *woff) {
    static const char *const styles[VT_FACES] = {
        [VT_REGULAR] = "",
        [VT_BOLD] = "font-weight:700;",
        [VT_ITALIC] = "font-style:italic;",
        [VT_BOLD_ITALIC] = "font-weight:700;font-style:italic;",
    };
    vt_status status = vt_subset_woff(subset, p->family, woff, p->list);

    if (status != VT_OK)
        return status;
    vt_buf_printf(p->out, "@font-face{font-family:%s;%ssrc:url(data:font/woff;base64,", p->family,
                  styles[face]);
    vt_buf_base64(p->out, woff->data, woff->len);
    vt_buf_puts(p->out, ") format(\"woff\")}\n");
    return VT_OK;
}

vt_status vt_preview_fonts(vt_preview *p) {
    vt_status status = VT_OK;
    vt_buf woff;

    vt_buf_init(&woff, FONT_CEILING);
    for (vt_face face = 0; face < VT_FACES && status == VT_OK; face++) {
        vt_subset *subset = vt_subset_new(p->engine->fonts, face, VT_SUBSET_EXACT);

        vt_buf_clear(&woff);
        if (!subset)
            status = vt_nomem(p->list);
        else if (mark_face(p, subset, face))
            status = put_face(p, subset, face, &woff);
        vt_subset_free(subset);
    }
    vt_buf_free(&woff);
    return status;
}
