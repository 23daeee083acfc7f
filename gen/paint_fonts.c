/*
 * gen/paint_fonts.c - the faces a document uses, as embedded subsets.
 *
 * Type0 over CIDFontType2 with Identity-H: the codes in the page are glyph ids
 * of the subset.  The streams come ready deflated from fonts/.
 */
#include "gen/paint.h"

#include <stdlib.h>
#include <string.h>

/* The cache's slot for one face, its memory and subset made on first use. */
static vt_status face_ready(vt_painter *p, vt_paint_face *f, vt_face face) {
    if (f->subset)
        return VT_OK;
    f->face_glyphs = vt_fonts_glyphs(p->engine->fonts, face);
    if (!f->code)
        f->code = calloc(f->face_glyphs, sizeof *f->code);
    if (!f->kern)
        f->kern = calloc(VT_KERN_PAIRS, sizeof *f->kern);
    if (!f->glyphs)
        f->glyphs = malloc(f->face_glyphs * sizeof *f->glyphs);
    if (!f->code || !f->kern || !f->glyphs)
        return vt_nomem(p->list);
    f->space = vt_fonts_glyph(p->engine->fonts, face, ' ');
    f->subset =
        vt_subset_new(p->engine->fonts, face, p->shared ? VT_SUBSET_SHARED : VT_SUBSET_EXACT);
    if (!f->subset)
        return vt_nomem(p->list);
    return VT_OK;
}

/* Empties what the document before left. */
static void face_clear(vt_paint_face *f) {
    for (size_t i = 0; i < f->glyph_count; i++)
        f->code[f->glyphs[i]].len = 0;
    f->glyph_count = 0;
    f->font = 0;
    if (f->subset)
        vt_subset_clear(f->subset);
}

static void mark(vt_paint_face *f, uint16_t glyph) {
    if (f->code[glyph].len)
        return;
    f->code[glyph].len = 1;
    f->glyphs[f->glyph_count++] = glyph;
    vt_subset_mark(f->subset, glyph);
}

static vt_status mark_pages(vt_painter *p) {
    for (size_t i = 0; i < p->layout->page_count; i++) {
        const vt_page *page = &p->layout->pages[i];

        for (size_t j = 0; j < page->run_count; j++) {
            const vt_run *run = &page->runs[j];
            vt_paint_face *f = &p->faces[run->face];
            vt_status status = face_ready(p, f, run->face);

            if (status != VT_OK)
                return status;
            for (uint32_t k = 0; k < run->count; k++) {
                if (run->glyphs[k] >= f->face_glyphs)
                    return vt_paint_unsound(p);
                mark(f, run->glyphs[k]);
            }
        }
    }
    return VT_OK;
}

/*
 * Every character a field can come to need after the file is made: a later act
 * may use only fonts that were there before the first signature.  A number or a
 * date needs ASCII and the letters of "ngày tháng năm" and of a ký hiệu; other
 * text all letters of Vietnamese and the marks of office text.
 */
static const char number_letters[] = "ÀÁĂĐàáăđ–";
static const char text_letters[] = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯàáâãèéêìíòóôõùúýăđĩũơư"
                                   "ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
                                   "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ–—“”‘’…§°";

static bool find_repertoire(vt_painter *p, vt_face face, const char *letters, vt_repertoire *out) {
    size_t len = strlen(letters);

    out->glyphs = calloc('~' - ' ' + 1 + len, sizeof *out->glyphs);
    if (!out->glyphs)
        return false;
    for (uint32_t cp = ' '; cp <= '~'; cp++)
        out->glyphs[out->count++] = vt_fonts_glyph(p->engine->fonts, face, cp);
    for (const char *s = letters, *end = letters + len; s < end;)
        out->glyphs[out->count++] = vt_fonts_glyph(p->engine->fonts, face, vt_utf8_next(&s, end));
    return true;
}

static vt_status mark_field(vt_painter *p, const vt_form *form) {
    vt_paint_face *f = &p->faces[form->face];
    bool number = strcmp(form->name, "so") == 0 || strcmp(form->name, "ngay") == 0;
    vt_repertoire *all = &f->repertoire[number];
    const char *s = form->value ? form->value : "", *end = s + strlen(s);
    vt_status status = face_ready(p, f, form->face);

    if (status != VT_OK)
        return status;
    if (!all->glyphs &&
        !find_repertoire(p, form->face, number ? number_letters : text_letters, all))
        return vt_nomem(p->list);
    for (size_t i = 0; i < all->count; i++)
        vt_subset_mark(f->subset, all->glyphs[i]);
    mark(f, f->space); /* so that the face is embedded, whatever else is used of it */
    while (s < end)
        mark(f, vt_fonts_glyph(p->engine->fonts, form->face, vt_utf8_next(&s, end)));
    return VT_OK;
}

static void descriptor(vt_buf *b, const vt_face_info *info) {
    vt_pdf_number(b, "/Flags", info->pdf_flags);
    vt_pdf_put(b, "/FontBBox[");
    for (int i = 0; i < 4; i++)
        vt_pdf_number(b, "", info->bbox[i]);
    vt_pdf_number(b, "]/ItalicAngle", info->italic_angle_deg);
    vt_pdf_number(b, "/Ascent", info->ascent);
    vt_pdf_number(b, "/Descent", info->descent);
    vt_pdf_number(b, "/CapHeight", info->cap_height);
    vt_pdf_number(b, "/XHeight", info->x_height);
    vt_pdf_number(b, "/StemV", info->stem_v);
}

static void embed(vt_painter *p, vt_face face, vt_paint_face *f, const vt_subset_data *data) {
    enum { TYPE0, CID, DESCRIPTOR, FILE2, UNICODE, SET, OBJECTS };
    const vt_face_info *info = vt_fonts_info(p->engine->fonts, face);
    vt_ref first = vt_pdf_add(p->pdf, OBJECTS);
    vt_buf *b = vt_pdf_begin(p->pdf, first + TYPE0);

    f->font = first;
    vt_pdf_put(b, "/Type/Font/Subtype/Type0/BaseFont/");
    vt_pdf_put(b, data->name);
    vt_pdf_entry(b, "/Encoding/Identity-H/DescendantFonts[", first + CID);
    vt_pdf_entry(b, "]/ToUnicode", first + UNICODE);
    vt_pdf_end(p->pdf);
    b = vt_pdf_begin(p->pdf, first + CID);
    vt_pdf_put(b, "/Type/Font/Subtype/CIDFontType2/BaseFont/");
    vt_pdf_put(b, data->name);
    vt_pdf_put(b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    vt_pdf_entry(b, "/FontDescriptor", first + DESCRIPTOR);
    vt_pdf_put(b, "/CIDToGIDMap/Identity/W");
    vt_buf_add(b, data->widths, data->widths_len);
    vt_pdf_end(p->pdf);
    b = vt_pdf_begin(p->pdf, first + DESCRIPTOR);
    vt_pdf_put(b, "/Type/FontDescriptor/FontName/");
    vt_pdf_put(b, data->name);
    descriptor(b, info);
    vt_pdf_entry(b, "/FontFile2", first + FILE2);
    vt_pdf_entry(b, "/CIDSet", first + SET);
    vt_pdf_end(p->pdf);
    b = vt_pdf_begin(p->pdf, first + FILE2);
    vt_pdf_number(b, "/Length1", (int64_t)data->font_file_raw_len);
    vt_pdf_end(p->pdf);
    vt_pdf_stream(p->pdf, first + FILE2, data->font_file, data->font_file_len, true);
    vt_pdf_stream(p->pdf, first + UNICODE, data->to_unicode, data->to_unicode_len, true);
    vt_pdf_stream(p->pdf, first + SET, data->cid_set, data->cid_set_len, true);
}

static void set_code(vt_glyph_code *code, uint16_t id) {
    const char bytes[2] = {(char)(id >> 8), (char)(id & 0xFF)};

    code->len = 0;
    for (int i = 0; i < 2; i++) {
        bool escaped = bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\' || bytes[i] == '\r';

        if (escaped)
            code->byte[code->len++] = '\\';
        /* a bare CR in a string reads as LF */
        code->byte[code->len++] = bytes[i] == '\r' ? 'r' : bytes[i];
    }
}

static vt_status finish(vt_painter *p) {
    for (vt_face face = 0; face < VT_FACES; face++) {
        vt_paint_face *f = &p->faces[face];
        vt_subset_data data;
        vt_status status;

        if (f->glyph_count == 0)
            continue;
        status = vt_subset_finish(f->subset, p->list, &data);
        if (status != VT_OK)
            return status;
        for (size_t i = 0; i < f->glyph_count; i++)
            set_code(&f->code[f->glyphs[i]], vt_subset_id(f->subset, f->glyphs[i]));
        embed(p, face, f, &data);
    }
    return VT_OK;
}

vt_status vt_paint_fonts(vt_painter *p) {
    vt_status status;

    p->faces = p->cache->faces[p->shared];
    for (vt_face face = 0; face < VT_FACES; face++)
        face_clear(&p->faces[face]);
    status = mark_pages(p);
    for (size_t i = 0; i < p->layout->form_count && status == VT_OK; i++)
        if (p->layout->forms[i].kind == VT_FORM_TEXT)
            status = mark_field(p, &p->layout->forms[i]);
    return status == VT_OK ? finish(p) : status;
}
