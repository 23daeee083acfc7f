/*
 * gen/paint_fonts.c - the faces a document uses, as embedded subsets.
 *
 * Type0 over CIDFontType2 with Identity-H: the codes in the page are glyph ids
 * of the subset.  The streams come ready deflated from fonts/.
 */
#include "gen/paint.h"

#include <stdlib.h>

/* The cache's slot for one face, its memory and subset made on first use. */
static vt_status face_ready(vt_painter *p, vt_paint_face *f, vt_face face, bool exact) {
    if (f->subset)
        return VT_OK;
    if (!f->id)
        f->id = calloc(VT_GLYPHS, sizeof *f->id);
    if (!f->marked)
        f->marked = calloc(VT_GLYPHS / 8, 1);
    if (!f->glyphs)
        f->glyphs = calloc(VT_GLYPHS, sizeof *f->glyphs);
    if (!f->id || !f->marked || !f->glyphs)
        return vt_nomem(p->list);
    f->subset = vt_subset_new(p->engine->fonts, face, exact ? VT_SUBSET_EXACT : VT_SUBSET_SHARED);
    if (!f->subset)
        return vt_nomem(p->list);
    return VT_OK;
}

/* Empties what the document before left. */
static void face_clear(vt_paint_face *f) {
    for (size_t i = 0; i < f->glyph_count; i++)
        f->marked[f->glyphs[i] / 8] = 0;
    f->glyph_count = 0;
    f->font = 0;
    if (f->subset)
        vt_subset_clear(f->subset);
}

static void mark(vt_paint_face *f, uint16_t glyph) {
    uint8_t bit = (uint8_t)(1 << glyph % 8);

    if (f->marked[glyph / 8] & bit)
        return;
    f->marked[glyph / 8] |= bit;
    f->glyphs[f->glyph_count++] = glyph;
    vt_subset_mark(f->subset, glyph);
}

static vt_status mark_pages(vt_painter *p) {
    for (size_t i = 0; i < p->layout->page_count; i++) {
        const vt_page *page = &p->layout->pages[i];

        for (size_t j = 0; j < page->run_count; j++) {
            const vt_run *run = &page->runs[j];
            vt_paint_face *f = &p->faces[run->face];
            vt_status status = face_ready(p, f, run->face, p->exact);

            if (status != VT_OK)
                return status;
            for (uint32_t k = 0; k < run->count; k++)
                mark(f, run->glyphs[k]);
        }
    }
    return VT_OK;
}

/* Every character a field can come to need after the file is made: a later act
   may use only fonts that were there before the first signature. */
static vt_status mark_repertoire(vt_painter *p, vt_face face) {
    /* the letters of Vietnamese beyond ASCII, and the marks of office text */
    static const char more[] = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯàáâãèéêìíòóôõùúýăđĩũơư"
                               "ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
                               "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ–—“”‘’…§°";
    vt_paint_face *f = &p->field_faces[face];
    vt_status status = face_ready(p, f, face, false);

    if (status != VT_OK)
        return status;
    for (uint32_t cp = ' '; cp <= '~'; cp++)
        mark(f, vt_fonts_glyph(p->engine->fonts, face, cp));
    for (const char *s = more, *end = more + sizeof more - 1; s < end;)
        mark(f, vt_fonts_glyph(p->engine->fonts, face, vt_utf8_next(&s, end)));
    return VT_OK;
}

static void embed(vt_painter *p, vt_face face, vt_paint_face *f, const vt_subset_data *data) {
    enum { TYPE0, CID, DESCRIPTOR, FILE2, UNICODE, SET, OBJECTS };
    const vt_face_info *info = vt_fonts_info(p->engine->fonts, face);
    vt_ref first = vt_pdf_add(p->pdf, OBJECTS);
    vt_buf *b = vt_pdf_begin(p->pdf, first + TYPE0);

    f->font = first;
    vt_buf_printf(b,
                  "/Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H"
                  "/DescendantFonts[%u 0 R]/ToUnicode %u 0 R",
                  data->name, first + CID, first + UNICODE);
    vt_pdf_end(p->pdf);
    b = vt_pdf_begin(p->pdf, first + CID);
    vt_buf_printf(b,
                  "/Type/Font/Subtype/CIDFontType2/BaseFont/%s"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                  "/FontDescriptor %u 0 R/CIDToGIDMap/Identity/W",
                  data->name, first + DESCRIPTOR);
    vt_buf_add(b, data->widths, data->widths_len);
    vt_pdf_end(p->pdf);
    b = vt_pdf_begin(p->pdf, first + DESCRIPTOR);
    vt_buf_printf(b,
                  "/Type/FontDescriptor/FontName/%s/Flags %u/FontBBox[%d %d %d %d]/ItalicAngle %d"
                  "/Ascent %d/Descent %d/CapHeight %d/XHeight %d/StemV %d/FontFile2 %u 0 R"
                  "/CIDSet %u 0 R",
                  data->name, info->pdf_flags, info->bbox[0], info->bbox[1], info->bbox[2],
                  info->bbox[3], info->italic_angle_deg, info->ascent, info->descent,
                  info->cap_height, info->x_height, info->stem_v, first + FILE2, first + SET);
    vt_pdf_end(p->pdf);
    b = vt_pdf_begin(p->pdf, first + FILE2);
    vt_buf_printf(b, "/Length1 %zu", data->font_file_raw_len);
    vt_pdf_end(p->pdf);
    vt_pdf_stream(p->pdf, first + FILE2, data->font_file, data->font_file_len, true);
    vt_pdf_stream(p->pdf, first + UNICODE, data->to_unicode, data->to_unicode_len, true);
    vt_pdf_stream(p->pdf, first + SET, data->cid_set, data->cid_set_len, true);
}

static vt_status finish(vt_painter *p, vt_paint_face faces[VT_FACES]) {
    for (vt_face face = 0; face < VT_FACES; face++) {
        vt_paint_face *f = &faces[face];
        vt_subset_data data;
        vt_status status;

        if (f->glyph_count == 0 || f->font)
            continue;
        status = vt_subset_finish(f->subset, p->list, &data);
        if (status != VT_OK)
            return status;
        for (size_t i = 0; i < f->glyph_count; i++)
            f->id[f->glyphs[i]] = vt_subset_id(f->subset, f->glyphs[i]);
        embed(p, face, f, &data);
    }
    return VT_OK;
}

vt_status vt_paint_fonts(vt_painter *p) {
    vt_status status;

    for (vt_face face = 0; face < VT_FACES; face++) {
        face_clear(&p->cache->faces[0][face]);
        face_clear(&p->cache->faces[1][face]);
    }
    p->faces = p->cache->faces[p->exact];
    p->field_faces = p->cache->faces[0];
    status = mark_pages(p);
    for (size_t i = 0; i < p->layout->form_count && status == VT_OK; i++)
        if (p->layout->forms[i].kind == VT_FORM_TEXT)
            status = mark_repertoire(p, p->layout->forms[i].face);
    if (status == VT_OK)
        status = finish(p, p->faces);
    if (status == VT_OK)
        status = finish(p, p->field_faces);
    return status;
}
