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

const char *vt_paint_font_name(vt_face face) {
    static const char *const names[VT_FACES] = {"/F0", "/F1", "/F2", "/F3"};

    return names[face];
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

/* At most 9 characters. */
static char *put_fixed(char *s, int32_t value) {
    uint32_t n = value < 0 ? 0 - (uint32_t)value : (uint32_t)value;

    if (value < 0)
        *s++ = '-';
    if (n >= 100 || n == 0)
        s = vt_pdf_digits(s, n / 100);
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

static int kern_of(const vt_fonts *fonts, const vt_paint_face *f, vt_face face, uint16_t left,
                   uint16_t right) {
    vt_kern_pair *pair = &f->kern[(left * 31u + right) % VT_KERN_PAIRS];

    if (pair->left != left || pair->right != right)
        *pair = (vt_kern_pair){left, right, vt_fonts_kern(fonts, face, left, right)};
    return pair->kern;
}

/* ")-123(": an adjustment in thousandths of an em; returns what is still owed. */
static double adjust(char **at, double owed) {
    long n = lround(fmin(fmax(owed, -1e6), 1e6));
    char *s = *at;

    *s++ = ')';
    s = vt_pdf_digits(s, -n);
    *s++ = '(';
    *at = s;
    return owed - (double)n;
}

void vt_paint_glyphs(const vt_fonts *fonts, const vt_paint_face *face, const vt_glyph_line *line,
                     vt_buf *out) {
    const size_t most = sizeof face->code->byte + sizeof ")-1000000(";
    double stretch = line->size > 0 ? line->word_space * 1000 / line->size : 0, owed = 0;
    /* U+00A0, which is not stretched, may share its glyph with U+0020: then the
       text decides.  C2 is the first byte of U+0080 to U+00BF. */
    const char *text = memchr(line->text, 0xC2, line->len) ? line->text : NULL;
    bool array = false;
    char *start, *s;

    if (line->count == 0 || !vt_buf_reserve(out, line->count * most + 16))
        return;
    start = s = out->data + out->len;
    *s++ = '[';
    *s++ = '(';
    for (uint32_t i = 0;; i++) {
        uint16_t glyph = line->glyphs[i];
        const vt_glyph_code *code = &face->code[glyph];

        memcpy(s, code->byte, sizeof code->byte);
        s += code->len;
        if (i + 1 == line->count)
            break;
        owed += kern_of(fonts, face, line->face, glyph, line->glyphs[i + 1]);
        if (glyph == face->space && (!text || *text == ' '))
            owed += stretch;
        if (text)
            vt_utf8_next(&text, line->text + line->len);
        if (owed <= -0.5 || owed >= 0.5) {
            owed = adjust(&s, owed);
            array = true;
        }
    }
    *s++ = ')';
    if (array)
        s = (char *)memcpy(s, "]TJ\n", 4) + 4;
    else { /* one string needs no array */
        *start = ' ';
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
        vt_pdf_put(pen->out, "0 ");
        vt_pdf_put(pen->out, gray);
        return;
    }
    vt_buf_number(pen->out, colour.r / 255.0, 3);
    vt_buf_putc(pen->out, ' ');
    vt_buf_number(pen->out, colour.g / 255.0, 3);
    vt_buf_putc(pen->out, ' ');
    vt_buf_number(pen->out, colour.b / 255.0, 3);
    vt_pdf_put(pen->out, rgb);
}

static void draw_mark(struct pen *pen, const vt_mark *m) {
    int32_t x1 = hundredths(m->x1), y1 = hundredths(pen->height - m->y1);
    int32_t x2 = hundredths(m->x2), y2 = hundredths(pen->height - m->y2);
    int32_t thickness = hundredths(m->thickness);

    set_colour(pen, &pen->stroke, m->colour, "G\n", " RG\n");
    if (thickness != pen->thickness) {
        pen->thickness = thickness;
        add_fixed(pen->out, thickness, ' ');
        vt_pdf_put(pen->out, "w\n");
    }
    add_fixed(pen->out, x1, ' ');
    if (m->kind == VT_MARK_LINE) {
        add_fixed(pen->out, y1, ' ');
        vt_pdf_put(pen->out, "m ");
        add_fixed(pen->out, x2, ' ');
        add_fixed(pen->out, y2, ' ');
        vt_pdf_put(pen->out, "l S\n");
    } else {
        add_fixed(pen->out, y2, ' ');
        add_fixed(pen->out, x2 - x1, ' ');
        add_fixed(pen->out, y1 - y2, ' ');
        vt_pdf_put(pen->out, "re S\n");
    }
}

static void draw_run(vt_painter *p, struct pen *pen, const vt_run *run) {
    int32_t x = hundredths(run->x), y = hundredths(pen->height - run->y);
    char move[32], *s;
    const vt_glyph_line line = {.glyphs = run->glyphs,
                                .count = run->count,
                                .text = run->text,
                                .len = run->len,
                                .size = run->size,
                                .word_space = run->word_space,
                                .face = run->face};

    set_colour(pen, &pen->fill, run->colour, "g\n", " rg\n");
    if (pen->font != (int)run->face || pen->size != run->size) {
        pen->font = (int)run->face;
        pen->size = run->size;
        vt_pdf_put(pen->out, vt_paint_font_name(run->face));
        vt_buf_putc(pen->out, ' ');
        vt_buf_number(pen->out, run->size, 4); /* rounded, it would stretch the line */
        vt_pdf_put(pen->out, " Tf\n");
    }
    s = put_fixed(move, x - pen->x);
    *s++ = ' ';
    s = put_fixed(s, y - pen->y);
    memcpy(s, " Td\n", 4);
    vt_buf_add(pen->out, move, (size_t)(s + 4 - move));
    pen->x = x;
    pen->y = y;
    vt_paint_glyphs(p->engine->fonts, &p->faces[run->face], &line, pen->out);
}

/* Notes the next stretch of an element on this page. */
static bool add_mcr(vt_painter *p, vt_mcr next, uint32_t *mcid) {
    struct vt_tag_content *content = &p->contents[next.tag];
    vt_mcr *grown = vt_grow(p->arena, p->mcrs, &p->mcr_cap, p->mcr_count + 1, sizeof *p->mcrs);

    if (!grown)
        return false;
    p->mcrs = grown;
    *mcid = next.mcid = (uint32_t)p->mcr_count - p->page_mcrs[next.page];
    p->mcrs[p->mcr_count++] = next;
    if (content->last)
        p->mcrs[content->last - 1].next = (uint32_t)p->mcr_count;
    else
        content->first = (uint32_t)p->mcr_count;
    content->last = (uint32_t)p->mcr_count;
    return true;
}

static bool begin_content(vt_painter *p, struct pen *pen, vt_mcr mcr) {
    uint32_t mcid;

    if (!add_mcr(p, mcr, &mcid))
        return false;
    vt_buf_putc(pen->out, '/');
    vt_pdf_put(pen->out, role_names[p->layout->tags[mcr.tag].role]);
    vt_pdf_put(pen->out, "<</MCID ");
    vt_pdf_int(pen->out, mcid);
    vt_pdf_put(pen->out, ">>BDC\n");
    return true;
}

static bool begin_group(vt_painter *p, struct pen *pen, size_t page, const vt_run *run) {
    if (run->tag == VT_ARTIFACT) { /* the page number, above or below the text */
        vt_pdf_put(pen->out, "/Artifact<</Type/Pagination/Subtype/");
        vt_pdf_put(pen->out, run->y * 2 < pen->height ? "Header>>BDC\n" : "Footer>>BDC\n");
        return true;
    }
    return begin_content(p, pen, (vt_mcr){.tag = run->tag, .page = (uint32_t)page, .run = run});
}

static void draw_lines(struct pen *pen, const vt_page *page) {
    bool any = false;

    for (size_t i = 0; i < page->mark_count; i++) {
        if (page->marks[i].kind == VT_MARK_PICTURE)
            continue;
        vt_pdf_put(pen->out, any ? "" : "/Artifact<</Type/Layout>>BDC\n");
        any = true;
        draw_mark(pen, &page->marks[i]);
    }
    vt_pdf_put(pen->out, any ? "EMC\n" : "");
}

static void picture_name(vt_buf *b, uint32_t picture) {
    vt_pdf_put(b, "/I");
    vt_pdf_int(b, picture);
    vt_buf_putc(b, ' ');
}

/* The unit square with the picture onto its corners, turned, mirrored before. */
static void place_picture(struct pen *pen, const vt_mark *m, const vt_picture *picture) {
    const int32_t x = hundredths(m->x1), y = hundredths(pen->height - m->y2);
    const int32_t w = hundredths(m->x2) - x, h = hundredths(pen->height - m->y1) - y;
    const int32_t matrices[4][6] = {{w, 0, 0, h, x, y},
                                    {0, -h, w, 0, x, y + h},
                                    {-w, 0, 0, -h, x + w, y + h},
                                    {0, h, -w, 0, x + w, y}};
    const int32_t *t = matrices[picture->turn & 3];
    const int32_t mirrored[6] = {-t[0], -t[1], t[2], t[3], t[4] + t[0], t[5] + t[1]};

    for (int i = 0; i < 6; i++)
        add_fixed(pen->out, (picture->mirrored ? mirrored : t)[i], ' ');
}

static bool draw_picture(vt_painter *p, struct pen *pen, size_t page, const vt_mark *m) {
    const vt_picture *picture = &p->layout->pictures[m->picture];

    if (m->tag == VT_ARTIFACT)
        vt_pdf_put(pen->out, "/Artifact<</Type/Layout>>BDC\n");
    else if (!begin_content(p, pen, (vt_mcr){.tag = m->tag, .page = (uint32_t)page, .mark = m}))
        return false;
    if (vt_paint_shows(p, picture)) {
        vt_pdf_put(pen->out, "q ");
        place_picture(pen, m, picture);
        vt_pdf_put(pen->out, "cm");
        picture_name(pen->out, m->picture);
        vt_pdf_put(pen->out, "Do Q\n");
    }
    vt_pdf_put(pen->out, "EMC\n");
    return true;
}

static bool draw_page(vt_painter *p, size_t index, vt_buf *out) {
    const vt_page *page = &p->layout->pages[index];
    struct pen pen = {.out = out, .height = page->height, .font = -1, .thickness = 100};

    draw_lines(&pen, page);
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == VT_MARK_PICTURE &&
            !draw_picture(p, &pen, index, &page->marks[i]))
            return false;
    for (size_t i = 0; i < page->run_count;) {
        uint32_t tag = page->runs[i].tag;

        if (!begin_group(p, &pen, index, &page->runs[i]))
            return false;
        vt_pdf_put(out, "BT\n");
        pen.x = pen.y = 0;
        for (; i < page->run_count && page->runs[i].tag == tag; i++)
            draw_run(p, &pen, &page->runs[i]);
        vt_pdf_put(out, "ET\nEMC\n");
    }
    return !vt_buf_failed(out);
}

/* -------------------------------------------------------------- pages -- */

/* Those the page draws, each once. */
static void page_pictures(const vt_painter *p, const vt_page *page, vt_buf *b) {
    bool any = false;

    for (size_t i = 0; i < page->mark_count; i++) {
        const vt_mark *m = &page->marks[i];
        size_t before = 0;

        if (m->kind != VT_MARK_PICTURE || !vt_paint_shows(p, &p->layout->pictures[m->picture]))
            continue;
        while (page->marks[before].kind != VT_MARK_PICTURE ||
               page->marks[before].picture != m->picture)
            before++;
        if (before < i)
            continue;
        vt_pdf_put(b, any ? "" : "/XObject<<");
        any = true;
        picture_name(b, m->picture);
        vt_pdf_ref(b, p->pictures[m->picture]);
    }
    vt_pdf_put(b, any ? ">>" : "");
}

static void page_dictionary(vt_painter *p, size_t index, vt_ref content,
                            const uint32_t *fields_on) {
    const vt_page *page = &p->layout->pages[index];
    vt_buf *b = vt_pdf_begin(p->pdf, p->pages[index]);
    bool fields = false;

    vt_pdf_entry(b, "/Type/Page/Parent", vt_pdf_page_root(p->pdf));
    vt_pdf_entry(b, "/Contents", content);
    vt_pdf_put(b, "/MediaBox[0 0 ");
    add_fixed(b, hundredths(page->width), ' ');
    add_fixed(b, hundredths(page->height), ']');
    vt_pdf_put(b, "/Resources<</Font<<");
    for (vt_face face = 0; face < VT_FACES; face++)
        if (p->faces[face].font)
            vt_pdf_entry(b, vt_paint_font_name(face), p->faces[face].font);
    vt_pdf_put(b, ">>");
    page_pictures(p, page, b);
    vt_pdf_put(b, ">>");
    if (p->page_mcrs[index + 1] > p->page_mcrs[index])
        vt_pdf_number(b, "/StructParents", (int64_t)index);
    for (uint32_t i = fields_on[index]; i < fields_on[index + 1]; i++) {
        vt_pdf_put(b, fields ? " " : "/Tabs/S/Annots[");
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
        vt_hasher_add(&p->digest, deflated, len);
        page_dictionary(p, i, stream, fields_on);
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
        vt_pdf_put(b, "/Title");
        vt_pdf_text(b, o->text);
        vt_pdf_put(b, "/Dest[");
        vt_pdf_ref(b, p->pages[o->page]);
        vt_pdf_put(b, "/XYZ null ");
        add_fixed(b, hundredths(p->layout->pages[o->page].height - o->y), ' ');
        vt_pdf_put(b, "null]");
        vt_pdf_end(p->pdf);
    }
    return VT_OK;
}
