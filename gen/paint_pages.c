/*
 * gen/paint_pages.c - pages and their content streams.
 *
 * Runs are written in reading order; consecutive runs of one structure element
 * are one marked-content sequence.  Positions are kept in hundredths of a
 * point as they are written, so that relative moves never add up an error;
 * within a line what rounding an adjustment loses goes into the next one
 * (less than 0.01 pt at 14 pt type).
 */
#include "gen/paint.h"

#include <math.h>
#include <string.h>

#define DRAWING_MAX_PT 14400.0 /* PDF/A-2 6.1.13 */

static const char *const role_names[VT_ROLES] = {
    "Document", "Part", "Sect", "Div",     "P",      "H1",    "H2",    "H3",    "H4",
    "H5",       "H6",   "L",    "LI",      "Lbl",    "LBody", "Table", "THead", "TBody",
    "TR",       "TH",   "TD",   "Caption", "Figure", "Form",  "Note",  "Span",
};

const char *vt_paint_role(vt_role role) {
    return role_names[role];
}

/* ------------------------------------------------------------ numbers -- */

/* Hundredths of a point; what lies beyond any page, or is no number, is cut. */
static int32_t hundredths(double pt) {
    if (!(pt > -DRAWING_MAX_PT))
        pt = -DRAWING_MAX_PT;
    if (pt > DRAWING_MAX_PT)
        pt = DRAWING_MAX_PT;
    return (int32_t)lround(pt * 100);
}

static char *put_uint(char *s, uint32_t n) {
    char digits[10], *p = digits + sizeof digits;
    size_t len;

    do {
        *--p = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    len = (size_t)(digits + sizeof digits - p);
    memcpy(s, p, len);
    return s + len;
}

/* At most 9 characters. */
static char *put_fixed(char *s, int32_t value) {
    uint32_t n = value < 0 ? 0 - (uint32_t)value : (uint32_t)value;

    if (value < 0)
        *s++ = '-';
    if (n >= 100 || n == 0)
        s = put_uint(s, n / 100);
    if (n % 100) {
        *s++ = '.';
        *s++ = (char)('0' + n / 10 % 10);
        if (n % 10)
            *s++ = (char)('0' + n % 10);
    }
    return s;
}

static void add_fixed(vt_buf *out, int32_t value, char after) {
    char text[16], *end = put_fixed(text, value);

    *end++ = after;
    vt_buf_add(out, text, (size_t)(end - text));
}

/* ------------------------------------------------------------- glyphs -- */

/* Two bytes of a literal string. */
static inline char *put_code(char *s, uint16_t id) {
    const char bytes[2] = {(char)(id >> 8), (char)(id & 0xFF)};

    for (int i = 0; i < 2; i++) {
        char c = bytes[i];

        if (c == '(' || c == ')' || c == '\\')
            *s++ = '\\';
        else if (c == '\r') { /* a bare CR in a string reads as LF */
            *s++ = '\\';
            c = 'r';
        }
        *s++ = c;
    }
    return s;
}

void vt_paint_glyphs(const vt_fonts *fonts, const vt_paint_face *face, const vt_glyph_line *line,
                     vt_buf *out) {
    const size_t most = 2 * 2 + 14; /* a code, both bytes escaped, and ")-2147483(" */
    double stretch = line->size > 0 ? line->word_space * 1000 / line->size : 0, owed = 0;
    const char *text = line->text, *end = text + line->len;
    bool array = false;
    char *start, *s;

    if (line->count == 0 || !vt_buf_reserve(out, line->count * most + 16))
        return;
    start = s = out->data + out->len;
    *s++ = '[';
    *s++ = '(';
    for (uint32_t i = 0; i < line->count; i++) {
        uint16_t glyph = line->glyphs[i];
        int n;

        s = put_code(s, face->id[glyph]);
        if (i + 1 == line->count)
            break;
        owed += vt_fonts_kern(fonts, line->face, glyph, line->glyphs[i + 1]);
        if (stretch != 0 && text < end) {
            if (*text == ' ')
                owed += stretch;
            do /* to the next character */
                text++;
            while (text < end && (*text & 0xC0) == 0x80);
        }
        if (owed > -0.5 && owed < 0.5)
            continue;
        n = (int)lround(fmin(fmax(owed, -1e6), 1e6));
        owed -= n;
        *s++ = ')';
        if (n > 0)
            *s++ = '-';
        s = put_uint(s, n > 0 ? (uint32_t)n : 0 - (uint32_t)n);
        *s++ = '(';
        array = true;
    }
    *s++ = ')';
    if (array)
        s = (char *)memcpy(s, "]TJ\n", 4) + 4;
    else { /* one string needs no array */
        start[0] = ' ';
        s = (char *)memcpy(s, "Tj\n", 3) + 3;
    }
    out->len += (size_t)(s - start);
    out->data[out->len] = '\0';
}

/* ------------------------------------------------------- page content -- */

/* The graphics state as the operators written so far left it. */
struct pen {
    vt_buf *out;
    double height; /* of the page */
    int font;      /* face, -1 none */
    double size;
    int32_t x, y, thickness;
    vt_rgb fill, stroke;
};

static bool same_colour(vt_rgb a, vt_rgb b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static void set_colour(struct pen *pen, vt_rgb *now, vt_rgb colour, const char *gray,
                       const char *rgb) {
    if (same_colour(*now, colour))
        return;
    *now = colour;
    if (!colour.r && !colour.g && !colour.b) {
        vt_buf_printf(pen->out, "0 %s\n", gray);
        return;
    }
    vt_buf_number(pen->out, colour.r / 255.0, 3);
    vt_buf_putc(pen->out, ' ');
    vt_buf_number(pen->out, colour.g / 255.0, 3);
    vt_buf_putc(pen->out, ' ');
    vt_buf_number(pen->out, colour.b / 255.0, 3);
    vt_buf_printf(pen->out, " %s\n", rgb);
}

static void draw_mark(struct pen *pen, const vt_mark *m) {
    int32_t x1 = hundredths(m->x1), y1 = hundredths(pen->height - m->y1);
    int32_t x2 = hundredths(m->x2), y2 = hundredths(pen->height - m->y2);
    int32_t thickness = hundredths(m->thickness);

    set_colour(pen, &pen->stroke, m->colour, "G", "RG");
    if (thickness != pen->thickness) {
        pen->thickness = thickness;
        add_fixed(pen->out, thickness, ' ');
        vt_buf_puts(pen->out, "w\n");
    }
    add_fixed(pen->out, x1, ' ');
    if (m->kind == VT_MARK_LINE) {
        add_fixed(pen->out, y1, ' ');
        vt_buf_puts(pen->out, "m ");
        add_fixed(pen->out, x2, ' ');
        add_fixed(pen->out, y2, ' ');
        vt_buf_puts(pen->out, "l S\n");
    } else {
        add_fixed(pen->out, y2, ' ');
        add_fixed(pen->out, x2 - x1, ' ');
        add_fixed(pen->out, y1 - y2, ' ');
        vt_buf_puts(pen->out, "re S\n");
    }
}

static void draw_run(vt_painter *p, struct pen *pen, const vt_run *run) {
    int32_t x = hundredths(run->x), y = hundredths(pen->height - run->y);
    const vt_glyph_line line = {.glyphs = run->glyphs,
                                .count = run->count,
                                .text = run->text,
                                .len = run->len,
                                .size = run->size,
                                .word_space = run->word_space,
                                .face = run->face};

    set_colour(pen, &pen->fill, run->colour, "g", "rg");
    if (pen->font != (int)run->face || pen->size != run->size) {
        pen->font = (int)run->face;
        pen->size = run->size;
        vt_buf_puts(pen->out, "/F");
        vt_pdf_int(pen->out, pen->font);
        vt_buf_putc(pen->out, ' ');
        vt_buf_number(pen->out, run->size, 4); /* rounded, it would stretch the line */
        vt_buf_puts(pen->out, " Tf\n");
    }
    add_fixed(pen->out, x - pen->x, ' ');
    add_fixed(pen->out, y - pen->y, ' ');
    vt_buf_add(pen->out, "Td\n", 3);
    pen->x = x;
    pen->y = y;
    vt_paint_glyphs(p->engine->fonts, &p->faces[run->face], &line, pen->out);
}

/* Notes that the run begins the next stretch of its element on this page. */
static bool add_mcr(vt_painter *p, size_t page, const vt_run *run, uint32_t *mcid) {
    struct vt_tag_content *content = &p->contents[run->tag];
    vt_mcr *grown = vt_grow(p->arena, p->mcrs, &p->mcr_cap, p->mcr_count + 1, sizeof *p->mcrs);

    if (!grown)
        return false;
    p->mcrs = grown;
    *mcid = (uint32_t)p->mcr_count - p->page_mcrs[page];
    p->mcrs[p->mcr_count] =
        (vt_mcr){.tag = run->tag, .page = (uint32_t)page, .mcid = *mcid, .run = run};
    p->mcr_count++;
    if (content->last)
        p->mcrs[content->last - 1].next = (uint32_t)p->mcr_count;
    else
        content->first = (uint32_t)p->mcr_count;
    content->last = (uint32_t)p->mcr_count;
    return true;
}

static bool begin_group(vt_painter *p, struct pen *pen, size_t page, const vt_run *run) {
    uint32_t mcid;

    if (run->tag == VT_ARTIFACT) { /* the page number, above or below the text */
        vt_buf_printf(pen->out, "/Artifact<</Type/Pagination/Subtype/%s>>BDC\n",
                      run->y * 2 < pen->height ? "Header" : "Footer");
        return true;
    }
    if (!add_mcr(p, page, run, &mcid))
        return false;
    vt_buf_putc(pen->out, '/');
    vt_buf_puts(pen->out, role_names[p->layout->tags[run->tag].role]);
    vt_buf_puts(pen->out, "<</MCID ");
    vt_pdf_int(pen->out, mcid);
    vt_buf_puts(pen->out, ">>BDC\n");
    return true;
}

static bool draw_page(vt_painter *p, size_t index, vt_buf *out) {
    const vt_page *page = &p->layout->pages[index];
    struct pen pen = {.out = out, .height = page->height, .font = -1, .thickness = 100};

    if (page->mark_count) {
        vt_buf_puts(out, "/Artifact<</Type/Layout>>BDC\n");
        for (size_t i = 0; i < page->mark_count; i++)
            draw_mark(&pen, &page->marks[i]);
        vt_buf_puts(out, "EMC\n");
    }
    for (size_t i = 0; i < page->run_count;) {
        uint32_t tag = page->runs[i].tag;

        if (!begin_group(p, &pen, index, &page->runs[i]))
            return false;
        vt_buf_puts(out, "BT\n");
        pen.x = pen.y = 0;
        for (; i < page->run_count && page->runs[i].tag == tag; i++)
            draw_run(p, &pen, &page->runs[i]);
        vt_buf_puts(out, "ET\nEMC\n");
    }
    return !vt_buf_failed(out);
}

/* -------------------------------------------------------------- pages -- */

static void page_dictionary(vt_painter *p, size_t index, const uint32_t *fields_on) {
    const vt_page *page = &p->layout->pages[index];
    vt_buf *b = vt_pdf_begin(p->pdf, p->pages[index]);
    bool fields = false;

    vt_buf_puts(b, "/MediaBox[0 0 ");
    add_fixed(b, hundredths(page->width), ' ');
    add_fixed(b, hundredths(page->height), ']');
    vt_buf_puts(b, "/Resources<</Font<<");
    for (vt_face face = 0; face < VT_FACES; face++)
        if (p->faces[face].font)
            vt_buf_printf(b, "/F%d %u 0 R", (int)face, p->faces[face].font);
    vt_buf_puts(b, ">>>>");
    if (p->page_mcrs[index + 1] > p->page_mcrs[index])
        vt_buf_printf(b, "/StructParents %zu", index);
    for (uint32_t i = fields_on[index]; i < fields_on[index + 1]; i++) {
        vt_buf_puts(b, fields ? " " : "/Tabs/S/Annots[");
        vt_pdf_ref(b, p->fields + p->field_order[i]);
        fields = true;
    }
    if (fields)
        vt_buf_putc(b, ']');
    vt_pdf_end(p->pdf);
}

/* Sorts the fields by page: counts first, then places. */
static const uint32_t *fields_by_page(vt_painter *p) {
    size_t pages = p->layout->page_count, forms = p->layout->form_count;
    uint32_t *first = vt_alloc_array(p->arena, pages + 2, sizeof *first);

    p->field_order = vt_alloc_array(p->arena, forms + 1, sizeof *p->field_order);
    if (!first || !p->field_order)
        return NULL;
    for (size_t i = 0; i < forms; i++)
        first[p->layout->forms[i].page + 2]++;
    for (size_t i = 2; i < pages + 2; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < forms; i++)
        p->field_order[first[p->layout->forms[i].page + 1]++] = (uint32_t)i;
    return first;
}

vt_status vt_paint_pages(vt_painter *p) {
    size_t count = p->layout->page_count;
    const uint32_t *fields_on = fields_by_page(p);

    p->pages = vt_alloc_array(p->arena, count, sizeof *p->pages);
    p->page_mcrs = vt_alloc_array(p->arena, count + 1, sizeof *p->page_mcrs);
    p->contents = vt_alloc_array(p->arena, p->layout->tag_count, sizeof *p->contents);
    if (!fields_on || !p->pages || !p->page_mcrs || !p->contents)
        return vt_nomem(p->list);
    for (size_t i = 0; i < count; i++) {
        vt_buf *content = &p->cache->content;
        const void *deflated;
        vt_ref stream;
        size_t len;

        vt_buf_clear(content);
        p->page_mcrs[i] = (uint32_t)p->mcr_count;
        p->pages[i] = vt_pdf_page(p->pdf, &stream);
        if (!draw_page(p, i, content))
            return vt_nomem(p->list);
        p->page_mcrs[i + 1] = (uint32_t)p->mcr_count;
        deflated = vt_paint_deflate(p, content->data, content->len, &len);
        if (!deflated)
            return vt_nomem(p->list);
        vt_pdf_stream(p->pdf, stream, deflated, len, true);
        vt_paint_digest(p, deflated, len);
        page_dictionary(p, i, fields_on);
    }
    return VT_OK;
}

/* Levels beyond the sixth stand on the sixth. */
vt_status vt_paint_outlines(vt_painter *p) {
    enum { LEVELS = 6 };
    vt_ref above[LEVELS + 1] = {0};

    for (size_t i = 0; i < p->layout->outline_count; i++) {
        const vt_outline *o = &p->layout->outlines[i];
        int level = o->level < 1 ? 1 : o->level > LEVELS ? LEVELS : o->level;
        vt_ref parent = 0, entry;
        vt_buf *b;

        for (int l = level - 1; l > 0 && !parent; l--)
            parent = above[l];
        entry = vt_pdf_outline(p->pdf, parent);
        above[level] = entry;
        for (int l = level + 1; l <= LEVELS; l++)
            above[l] = 0;
        b = vt_pdf_begin(p->pdf, entry);
        vt_buf_puts(b, "/Title");
        vt_pdf_text(b, o->text);
        vt_buf_puts(b, "/Dest[");
        vt_pdf_ref(b, p->pages[o->page]);
        vt_buf_puts(b, "/XYZ null ");
        add_fixed(b, hundredths(p->layout->pages[o->page].height - o->y), ' ');
        vt_buf_puts(b, "null]");
        vt_pdf_end(p->pdf);
    }
    return VT_OK;
}
