/*
 * gen/preview_page.c - what one page shows, as SVG.
 *
 * A line of the page is one <text>.  Its words get their places as the PDF gives
 * them: a <tspan> begins after each blank and between letters that are kerned,
 * so that nothing is left to a browser's own spacing and a missing font moves no
 * word.  What stands between is one piece of text, which a person can select.
 */
#include "gen/preview.h"

#include "gen/xml.h"

#include <math.h>
#include <string.h>

#define LINE_HEIGHT 1.15 /* of a field's lines, as gen/paint_forms.c sets them */

void vt_preview_text(vt_buf *out, const char *text) {
    vt_xml_put(out, text, strlen(text), false);
}

void vt_preview_attribute(vt_buf *out, const char *text) {
    vt_xml_put(out, text, strlen(text), true);
}

static void put_number(vt_buf *out, const char *before, double value) {
    vt_buf_puts(out, before);
    vt_buf_number(out, value, 2);
}

static void put_colour(vt_buf *out, const char *before, vt_rgb c) {
    vt_buf_printf(out, "%s\"#%02x%02x%02x\"", before, c.r, c.g, c.b);
}

static bool same_colour(vt_rgb a, vt_rgb b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static bool is_bold(vt_face face) {
    return face == VT_BOLD || face == VT_BOLD_ITALIC;
}

static bool is_italic(vt_face face) {
    return face == VT_ITALIC || face == VT_BOLD_ITALIC;
}

/* ---------------------------------------------------------------- marks -- */

static bool same_pen(const vt_mark *a, const vt_mark *b) {
    return a->kind == b->kind && a->thickness == b->thickness && same_colour(a->colour, b->colour);
}

/* Lines or frames drawn with one pen, as one path. */
static size_t put_strokes(const vt_page *page, size_t i, vt_buf *out) {
    const vt_mark *first = &page->marks[i];

    put_colour(out, "<path stroke=", first->colour);
    put_number(out, " stroke-width=\"", first->thickness);
    vt_buf_puts(out, "\" d=\"");
    for (; i < page->mark_count && same_pen(first, &page->marks[i]); i++) {
        const vt_mark *m = &page->marks[i];

        put_number(out, "M", m->x1);
        put_number(out, " ", m->y1);
        if (m->kind == VT_MARK_LINE) {
            put_number(out, "L", m->x2);
            put_number(out, " ", m->y2);
        } else {
            put_number(out, "H", m->x2);
            put_number(out, "V", m->y2);
            put_number(out, "H", m->x1);
            vt_buf_putc(out, 'Z');
        }
    }
    vt_buf_puts(out, "\"/>\n");
    return i;
}

/* A picture's file stands once in a preview, as a square of size 1, and is
   stretched to where it is shown. */
static void define_picture(vt_preview *p, uint32_t index) {
    const vt_picture *picture = &p->layout->pictures[index];

    p->drawn[index] = true;
    vt_buf_printf(p->out,
                  "<defs><image id=\"%s-%u\" width=\"1\" height=\"1\" "
                  "preserveAspectRatio=\"none\" href=\"data:%s;base64,",
                  p->family, (unsigned)index, picture->mime);
    vt_buf_base64(p->out, picture->file, picture->file_len);
    vt_buf_puts(p->out, "\"/></defs>\n");
}

static void put_picture(vt_preview *p, const vt_mark *m) {
    const vt_picture *picture = &p->layout->pictures[m->picture];
    const char *alt = m->tag == VT_ARTIFACT ? NULL : p->layout->tags[m->tag].alt;
    double width = m->x2 - m->x1, height = m->y2 - m->y1;
    bool across = picture->turn % 2 != 0;

    if (!p->drawn[m->picture])
        define_picture(p, m->picture);
    vt_buf_printf(p->out, "<use href=\"#%s-%u\" transform=\"translate(", p->family,
                  (unsigned)m->picture);
    put_number(p->out, "", m->x1 + width / 2);
    put_number(p->out, " ", m->y1 + height / 2);
    vt_buf_printf(p->out, ") rotate(%d) scale(", 90 * picture->turn);
    put_number(p->out, picture->mirrored ? "-" : "", across ? height : width);
    put_number(p->out, " ", across ? width : height);
    vt_buf_puts(p->out, ") translate(-.5 -.5)\"");
    if (alt) {
        vt_buf_puts(p->out, " role=\"img\" aria-label=\"");
        vt_preview_attribute(p->out, alt);
        vt_buf_puts(p->out, "\"/>\n");
    } else
        vt_buf_puts(p->out, " aria-hidden=\"true\"/>\n");
}

static void put_marks(vt_preview *p, const vt_page *page) {
    if (page->mark_count == 0)
        return;
    vt_buf_puts(p->out, "<g fill=\"none\">\n");
    for (size_t i = 0; i < page->mark_count;) {
        if (page->marks[i].kind == VT_MARK_PICTURE)
            put_picture(p, &page->marks[i++]);
        else
            i = put_strokes(page, i, p->out);
    }
    vt_buf_puts(p->out, "</g>\n");
}

/* ----------------------------------------------------------------- text -- */

/* A line while it is written. */
typedef struct nib {
    vt_buf *out;
    const vt_fonts *fonts;
    const vt_run *first; /* whose look the <text> has */
    double y;            /* of the last place given */
    bool open;           /* a <tspan> is */
} nib;

/* Face, size and colour, where they are not those of `beside` (NULL: black
   regular type without a size). */
static void put_look(vt_buf *out, const vt_run *run, const vt_run *beside) {
    static const vt_run plain = {.face = VT_REGULAR};

    if (!beside)
        beside = &plain;
    if (run->size != beside->size) {
        vt_buf_puts(out, " font-size=\"");
        vt_buf_number(out, run->size, 4);
        vt_buf_putc(out, '"');
    }
    if (is_bold(run->face) != is_bold(beside->face))
        vt_buf_puts(out, is_bold(run->face) ? " font-weight=\"700\"" : " font-weight=\"400\"");
    if (is_italic(run->face) != is_italic(beside->face))
        vt_buf_puts(out,
                    is_italic(run->face) ? " font-style=\"italic\"" : " font-style=\"normal\"");
    if (!same_colour(run->colour, beside->colour))
        put_colour(out, " fill=", run->colour);
}

static void open_text(nib *p, const vt_run *run) {
    p->first = run;
    p->y = run->y;
    put_number(p->out, "<text x=\"", run->x);
    put_number(p->out, "\" y=\"", run->y);
    vt_buf_putc(p->out, '"');
    put_look(p->out, run, NULL);
    vt_buf_putc(p->out, '>');
}

static void open_span(nib *p, const vt_run *run, double x) {
    if (p->open)
        vt_buf_puts(p->out, "</tspan>");
    p->open = true;
    put_number(p->out, "<tspan x=\"", x);
    if (run->y != p->y)
        put_number(p->out, "\" y=\"", run->y);
    vt_buf_putc(p->out, '"');
    put_look(p->out, run, p->first);
    vt_buf_putc(p->out, '>');
    p->y = run->y;
}

static void close_text(nib *p) {
    if (p->open)
        vt_buf_puts(p->out, "</tspan>");
    if (p->first)
        vt_buf_puts(p->out, "</text>\n");
    p->open = false;
    p->first = NULL;
}

/* The run's words, each where the PDF has it (gen/paint_pages.c). */
static void put_words(nib *p, const vt_run *run) {
    const char *from = run->text, *s = run->text, *end = run->text + run->len;
    uint32_t cp = s < end ? vt_utf8_next(&s, end) : 0;
    uint16_t glyph = vt_fonts_glyph(p->fonts, run->face, cp);
    double x = run->x;

    while (s < end) {
        const char *here = s;
        uint32_t next = vt_utf8_next(&s, end);
        uint16_t right = vt_fonts_glyph(p->fonts, run->face, next);
        int kern = vt_fonts_kern(p->fonts, run->face, glyph, right);

        x += (vt_fonts_advance(p->fonts, run->face, glyph) + kern) * run->size / 1000;
        x += cp == ' ' ? run->word_space : 0;
        if (cp == ' ' || (kern && next != ' ')) {
            vt_xml_put(p->out, from, (size_t)(here - from), false);
            open_span(p, run, x);
            from = here;
        }
        cp = next;
        glyph = right;
    }
    vt_xml_put(p->out, from, (size_t)(end - from), false);
}

static void put_run(nib *p, const vt_run *run) {
    if (p->first)
        open_span(p, run, run->x);
    else
        open_text(p, run);
    put_words(p, run);
}

/* Does `run` continue the line that `before` ends?  Raised figures do, and what
   stands behind a label ("1. ", "- "), which ends with a blank. */
static bool same_line(const vt_run *before, const vt_run *run) {
    const double gap = run->x - before->x - before->width;
    const bool one =
        before->tag == run->tag || (before->len && before->text[before->len - 1] == ' ');

    return one && fabs(run->y - before->y) < before->size / 2 && gap > -before->size &&
           gap < 2 * before->size;
}

/* What a screen reader is told of a stretch of runs. */
enum { NONE = -2, HIDDEN = -1, PARAGRAPH = 0 }; /* from 1: a heading's level */

static int manner(const vt_layout *layout, uint32_t tag) {
    if (tag == VT_ARTIFACT) /* the page number */
        return HIDDEN;
    switch (layout->tags[tag].role) {
    case VT_ROLE_H1:
    case VT_ROLE_H2:
    case VT_ROLE_H3:
    case VT_ROLE_H4:
    case VT_ROLE_H5:
    case VT_ROLE_H6:
        return (int)(layout->tags[tag].role - VT_ROLE_H1) + 1;
    default:
        return PARAGRAPH;
    }
}

static void open_group(vt_buf *out, int how) {
    if (how == HIDDEN)
        vt_buf_puts(out, "<g aria-hidden=\"true\">\n");
    else if (how == PARAGRAPH)
        vt_buf_puts(out, "<g role=\"paragraph\">\n");
    else
        vt_buf_printf(out, "<g role=\"heading\" aria-level=\"%d\">\n", how);
}

static void put_runs(vt_preview *p, const vt_page *page) {
    nib pen = {.out = p->out, .fonts = p->engine->fonts};
    int now = NONE;

    for (size_t i = 0; i < page->run_count; i++) {
        const vt_run *run = &page->runs[i], *before = i ? run - 1 : run;
        int how = manner(p->layout, run->tag);
        bool joins = same_line(before, run);
        bool other = how != now || (before->tag != run->tag && !joins);

        if (other || !joins)
            close_text(&pen);
        if (other && now != NONE)
            vt_buf_puts(p->out, "</g>\n");
        if (other)
            open_group(p->out, how);
        now = how;
        put_run(&pen, run);
    }
    close_text(&pen);
    if (now != NONE)
        vt_buf_puts(p->out, "</g>\n");
}

/* --------------------------------------------------------------- fields -- */

/* What a field shows already, line by line, as gen/paint_forms.c places it. */
static void put_value(vt_preview *p, const vt_form *form) {
    nib pen = {.out = p->out, .fonts = p->engine->fonts};
    double y = form->baseline;
    const char *s = form->value;

    while (s && *s) {
        size_t len = strcspn(s, "\n");
        double width = (double)vt_fonts_width(pen.fonts, form->face, s, len) * form->size / 1000;
        double left = form->x2 - form->x1 - width;
        const vt_run run = {.x = form->x1 + (form->align == VT_RIGHT    ? left
                                             : form->align == VT_CENTER ? left / 2
                                                                        : 0),
                            .y = y,
                            .size = form->size,
                            .face = form->face,
                            .text = s,
                            .len = (uint32_t)len};

        if (len) {
            put_run(&pen, &run);
            close_text(&pen);
        }
        s += s[len] ? len + 1 : len;
        y += LINE_HEIGHT * form->size;
    }
}

static void put_field(vt_preview *p, const vt_form *form) {
    put_number(p->out, "<rect x=\"", form->x1);
    put_number(p->out, "\" y=\"", form->y1);
    put_number(p->out, "\" width=\"", form->x2 - form->x1);
    put_number(p->out, "\" height=\"", form->y2 - form->y1);
    vt_buf_puts(p->out, "\" role=\"img\"><title>");
    vt_preview_text(p->out, form->label);
    vt_buf_puts(p->out, "</title></rect>\n");
}

/* Boxes that only the screen has, above the text so that a pointer meets them. */
static void put_fields(vt_preview *p, size_t page) {
    const vt_form *forms = p->layout->forms;
    size_t count = 0;

    for (size_t i = 0; i < p->layout->form_count; i++)
        if (forms[i].page == page) {
            put_value(p, &forms[i]);
            count++;
        }
    if (count == 0)
        return;
    vt_buf_puts(p->out, "<g class=\"fields\" fill=\"#2a6fdb\" fill-opacity=\".05\" "
                        "stroke=\"#2a6fdb\" stroke-opacity=\".6\" stroke-width=\".6\" "
                        "stroke-dasharray=\"3 2\">\n");
    for (size_t i = 0; i < p->layout->form_count; i++)
        if (forms[i].page == page)
            put_field(p, &forms[i]);
    vt_buf_puts(p->out, "</g>\n");
}

/* ----------------------------------------------------------------- page -- */

void vt_preview_attributes(vt_preview *p, const vt_page *page) {
    put_number(p->out, " viewBox=\"0 0 ", page->width);
    put_number(p->out, " ", page->height);
    vt_buf_printf(p->out,
                  "\" font-family=\"%s,'Liberation Serif','Times New Roman',serif\" "
                  "text-rendering=\"geometricPrecision\"",
                  p->family);
}

void vt_preview_page(vt_preview *p, size_t index) {
    const vt_page *page = &p->layout->pages[index];

    put_number(p->out, "<path fill=\"#fff\" d=\"M0 0H", page->width);
    put_number(p->out, "V", page->height);
    vt_buf_puts(p->out, "H0Z\"/>\n");
    put_marks(p, page);
    put_runs(p, page);
    put_fields(p, index);
}
