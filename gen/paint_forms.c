/*
 * gen/paint_forms.c - fields of an electronic file.
 *
 * After the first signature the file only grows, so every field a later act
 * fills exists from the file's birth: merged field and widget dictionaries,
 * layout->forms[i] being object p->fields + i and its appearance the object
 * p->fields + form_count + i.  A field's font holds the repertoire of
 * paint_fonts.c, whatever the pages use.
 *
 * The seal closes number and date: its field names them in a lock, which must
 * be there before anyone signs.  Lock and AcroForm are the two objects behind
 * the appearances.
 */
#include "gen/paint.h"

#include <string.h>

#define PRINT 4              /* annotation flag: PDF/A-2 6.3.2 */
#define MULTILINE (1u << 12) /* text field flag */
#define LINE_HEIGHT 1.15     /* of the face's size: Liberation's own */

static bool several_lines(const vt_form *form) {
    return form->y2 - form->y1 > 2 * LINE_HEIGHT * form->size;
}

/* One line of a value, as the layout would set it. */
static vt_status draw_line(vt_painter *p, const vt_form *form, const char *text, size_t len,
                           double y, vt_buf *out) {
    const vt_paint_face *face = &p->faces[form->face];
    double width =
        (double)vt_fonts_width(p->engine->fonts, form->face, text, len) * form->size / 1000;
    double left = form->x2 - form->x1 - width;
    uint16_t *glyphs = vt_alloc_array(p->arena, len + 1, sizeof *glyphs);
    vt_glyph_line line = {
        .glyphs = glyphs, .text = text, .len = len, .size = form->size, .face = form->face};

    if (!glyphs)
        return vt_nomem(p->list);
    for (const char *s = text; s < text + len; line.count++) {
        uint32_t cp = vt_utf8_next(&s, text + len);

        glyphs[line.count] = vt_fonts_glyph(p->engine->fonts, form->face, cp);
        if (!glyphs[line.count])
            return vt_bad(
                p->list, "PDF-04", (vt_place){.path = form->name},
                "Thay ký tự này bằng chữ, số hoặc dấu câu thông thường.",
                "Giá trị của trường “%s” có ký tự U+%04X mà phông chữ của trường không có",
                form->name, cp);
    }
    vt_pdf_put(out, "1 0 0 1 ");
    vt_buf_number(out, form->align == VT_RIGHT ? left : form->align == VT_CENTER ? left / 2 : 0, 2);
    vt_buf_putc(out, ' ');
    vt_buf_number(out, y, 2);
    vt_pdf_put(out, " Tm");
    vt_paint_glyphs(p->engine->fonts, face, &line, out);
    return VT_OK;
}

static vt_status draw_value(vt_painter *p, const vt_form *form, vt_buf *out) {
    double y = form->y2 - form->baseline;
    vt_status status = VT_OK;

    vt_pdf_put(out, "q\nBT\n");
    vt_pdf_put(out, vt_paint_font_name(form->face));
    vt_buf_putc(out, ' ');
    vt_buf_number(out, form->size, 4);
    vt_pdf_put(out, " Tf\n0 g\n");
    for (const char *s = form->value; s && *s && status == VT_OK;) {
        const char *end = s + strcspn(s, "\n");

        status = draw_line(p, form, s, (size_t)(end - s), y, out);
        y -= LINE_HEIGHT * form->size;
        s = *end ? end + 1 : end;
    }
    vt_pdf_put(out, "ET\nQ\n");
    return status;
}

/* What the field shows: nothing until there is a value. */
static vt_status draw_field(vt_painter *p, const vt_form *form, vt_buf *out) {
    vt_status status = VT_OK;

    if (form->kind == VT_FORM_SIGNATURE)
        return VT_OK;
    vt_pdf_put(out, "/Tx BMC\n");
    if (form->value && *form->value)
        status = draw_value(p, form, out);
    vt_pdf_put(out, "EMC\n");
    return status;
}

static vt_status appearance(vt_painter *p, size_t index) {
    const vt_form *form = &p->layout->forms[index];
    vt_ref object = p->fields + (vt_ref)(p->layout->form_count + index);
    vt_buf *content = &p->cache->content, *b;
    char *copy;
    vt_status status;

    vt_buf_clear(content);
    status = draw_field(p, form, content);
    if (status != VT_OK)
        return status;
    copy = vt_alloc(p->arena, content->len);
    if (!copy || vt_buf_failed(content))
        return vt_nomem(p->list);
    memcpy(copy, content->data, content->len);
    b = vt_pdf_begin(p->pdf, object);
    vt_pdf_put(b, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    vt_buf_number(b, form->x2 - form->x1, 2);
    vt_buf_putc(b, ' ');
    vt_buf_number(b, form->y2 - form->y1, 2);
    vt_pdf_put(b, "]/Resources<<");
    if (form->kind == VT_FORM_TEXT) {
        vt_pdf_put(b, "/Font<<");
        vt_pdf_entry(b, vt_paint_font_name(form->face), p->faces[form->face].font);
        vt_pdf_put(b, ">>");
    }
    vt_pdf_put(b, ">>");
    vt_pdf_end(p->pdf);
    vt_pdf_stream(p->pdf, object, copy, content->len, false);
    return VT_OK;
}

static void text_entries(const vt_form *form, vt_buf *b) {
    static const int quadding[] = {[VT_LEFT] = 0, [VT_CENTER] = 1, [VT_RIGHT] = 2};

    vt_pdf_put(b, "/FT/Tx");
    if (several_lines(form))
        vt_pdf_number(b, "/Ff", MULTILINE);
    if (form->align == VT_CENTER || form->align == VT_RIGHT)
        vt_pdf_number(b, "/Q", quadding[form->align]);
    vt_pdf_put(b, "/DA(");
    vt_pdf_put(b, vt_paint_font_name(form->face));
    vt_buf_putc(b, ' ');
    vt_buf_number(b, form->size, 4);
    vt_pdf_put(b, " Tf 0 g)");
    if (form->value && *form->value) {
        vt_pdf_put(b, "/V");
        vt_pdf_text(b, form->value);
    }
}

static bool is_seal(const vt_form *form) {
    return form->kind == VT_FORM_SIGNATURE && strncmp(form->name, "dau_", 4) == 0;
}

/* The seal closes number and date; where the file has none (a copy, an annex of
   its own), the words on which it lies. */
static bool locked(const vt_layout *layout, const char *name) {
    for (size_t i = 0; i < layout->form_count; i++)
        if (strcmp(layout->forms[i].name, "so") == 0 || strcmp(layout->forms[i].name, "ngay") == 0)
            return strcmp(name, "so") == 0 || strcmp(name, "ngay") == 0;
    return strcmp(name, "kem_theo") == 0 || strcmp(name, "ban_sao") == 0;
}

static void lock(vt_painter *p, vt_ref object) {
    vt_buf *b = vt_pdf_begin(p->pdf, object);

    vt_pdf_put(b, "/Type/SigFieldLock/Action/Include/Fields[");
    for (size_t i = 0; i < p->layout->form_count; i++)
        if (locked(p->layout, p->layout->forms[i].name))
            vt_pdf_text(b, p->layout->forms[i].name);
    vt_pdf_put(b, "]");
    vt_pdf_end(p->pdf);
}

static void widget(vt_painter *p, size_t index) {
    const vt_form *form = &p->layout->forms[index];
    double height = p->layout->pages[form->page].height;
    const double rect[] = {form->x1, height - form->y2, form->x2, height - form->y1};
    vt_buf *b = vt_pdf_begin(p->pdf, p->fields + (vt_ref)index);

    vt_pdf_put(b, "/Type/Annot/Subtype/Widget/T");
    vt_pdf_text(b, form->name);
    vt_pdf_put(b, "/TU");
    vt_pdf_text(b, form->label);
    if (form->kind == VT_FORM_TEXT)
        text_entries(form, b);
    else
        vt_pdf_put(b, "/FT/Sig");
    if (is_seal(form))
        vt_pdf_entry(b, "/Lock", p->fields + 2 * (vt_ref)p->layout->form_count);
    vt_pdf_number(b, "/F", PRINT);
    vt_pdf_put(b, "/Rect[");
    for (int i = 0; i < 4; i++) {
        vt_buf_number(b, rect[i], 2);
        vt_buf_putc(b, i < 3 ? ' ' : ']');
    }
    vt_pdf_entry(b, "/P", p->pages[form->page]);
    vt_pdf_number(b, "/StructParent", (int64_t)(p->layout->page_count + index));
    vt_pdf_entry(b, "/AP<</N", p->fields + (vt_ref)(p->layout->form_count + index));
    vt_pdf_put(b, ">>");
    vt_pdf_end(p->pdf);
}

/* An object of its own: signing changes it, and need not touch the catalogue. */
static void acroform(vt_painter *p, vt_ref object) {
    vt_buf *b = vt_pdf_begin(p->pdf, object);

    vt_pdf_put(b, "/Fields[");
    for (size_t i = 0; i < p->layout->form_count; i++) {
        vt_pdf_ref(b, p->fields + (vt_ref)i);
        vt_buf_putc(b, ' ');
    }
    vt_pdf_put(b, "]/DR<</Font<<");
    for (vt_face face = 0; face < VT_FACES; face++)
        if (p->faces[face].font)
            vt_pdf_entry(b, vt_paint_font_name(face), p->faces[face].font);
    vt_pdf_put(b, ">>>>");
    vt_pdf_end(p->pdf);
}

vt_status vt_paint_forms(vt_painter *p) {
    vt_ref behind = p->fields + 2 * (vt_ref)p->layout->form_count;
    vt_status status = VT_OK;

    for (size_t i = 0; i < p->layout->form_count && status == VT_OK; i++) {
        status = appearance(p, i);
        widget(p, i);
    }
    if (p->layout->form_count) {
        lock(p, behind);
        acroform(p, behind + 1);
    }
    return status;
}
