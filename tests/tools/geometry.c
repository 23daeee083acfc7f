/*
 * tests/tools/geometry.c - the page read back from the PDF and held against
 * the rule pack: geometry PACK [sparse] < trace
 *
 * Standard input is what `mutool trace FILE.pdf` prints: every glyph with its
 * place, size and font, every stroked line.  Nothing of our own composition
 * is asked, so a wrong number in layout or painter cannot agree with itself.
 * A paper that is `sparse` may have no date, no full lines, no one who signs
 * beside the receivers: what is not there is not missed.  Speaks TAP.
 */
#include "gen/pack.h"

#include <libxml/parser.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_GLYPHS = 400000, MAX_LINES = 20000, MAX_RULES = 20000, TEXT = 1024 };

typedef struct glyph {
    double x, y, size, adv;
    int face, page;
    uint32_t cp;
} glyph;

/* A stretch of glyphs on one baseline, one column. */
typedef struct line {
    double x1, x2, y, size;
    int face, page;
    char text[TEXT];
} line;

typedef struct rule {
    double x1, x2, y;
    int page;
} rule;

typedef struct book {
    glyph *glyphs;
    line *lines;
    rule *rules;
    int glyph_count, line_count, rule_count, page_count;
    double width, height;
    int tests, failed;
} book;

static const vt_pack *pack;
static bool sparse;

/* ------------------------------------------------------------- reading -- */

static double number(xmlNode *node, const char *name) {
    xmlChar *v = xmlGetProp(node, (const xmlChar *)name);
    double d = v ? strtod((const char *)v, NULL) : 0;
    xmlFree(v);
    return d;
}

static int face_of(const char *font) {
    bool bold = strstr(font, "Bold") != NULL,
         italic = strstr(font, "-Ital") || strstr(font, "BoldIt");
    return bold ? (italic ? VT_BOLD_ITALIC : VT_BOLD) : italic ? VT_ITALIC : VT_REGULAR;
}

static void read_span(book *b, xmlNode *span) {
    xmlChar *font = xmlGetProp(span, (const xmlChar *)"font");
    double size = number(span, "trm");
    for (xmlNode *g = span->children; g; g = g->next) {
        xmlChar *u = g->type == XML_ELEMENT_NODE ? xmlGetProp(g, (const xmlChar *)"unicode") : NULL;
        if (!u || b->glyph_count == MAX_GLYPHS) {
            xmlFree(u);
            continue;
        }
        const char *s = (const char *)u;
        b->glyphs[b->glyph_count++] = (glyph){.x = number(g, "x"),
                                              .y = b->height - number(g, "y"),
                                              .size = size,
                                              .adv = number(g, "adv") * size,
                                              .face = face_of((const char *)font),
                                              .page = b->page_count,
                                              .cp = vt_utf8_next(&s, s + strlen(s))};
        xmlFree(u);
    }
    xmlFree(font);
}

static void read_stroke(book *b, xmlNode *path) {
    double x[2] = {0}, y[2] = {0};
    int n = 0;
    for (xmlNode *p = path->children; p; p = p->next)
        if (p->type == XML_ELEMENT_NODE && n < 2) {
            x[n] = number(p, "x");
            y[n++] = b->height - number(p, "y");
        }
    if (n == 2 && fabs(y[0] - y[1]) < 0.01 && b->rule_count < MAX_RULES)
        b->rules[b->rule_count++] = (rule){fmin(x[0], x[1]), fmax(x[0], x[1]), y[0], b->page_count};
}

static void read_page(book *b, xmlNode *node) {
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *name = (const char *)node->name;
        if (strcmp(name, "page") == 0) {
            xmlChar *box = xmlGetProp(node, (const xmlChar *)"mediabox");
            double at[4] = {0};
            char *s = (char *)box;
            for (int i = 0; s && i < 4; i++)
                at[i] = strtod(s, &s);
            b->width = at[2] - at[0];
            b->height = at[3] - at[1];
            b->page_count++;
            xmlFree(box);
        } else if (strcmp(name, "span") == 0) {
            read_span(b, node);
        } else if (strcmp(name, "stroke_path") == 0) {
            read_stroke(b, node);
        }
        read_page(b, node->children);
    }
}

static int by_place(const void *a, const void *c) {
    const glyph *g = a, *h = c;
    if (g->page != h->page)
        return g->page - h->page;
    if (fabs(g->y - h->y) > 0.2)
        return g->y < h->y ? -1 : 1;
    return (g->x > h->x) - (g->x < h->x);
}

/* Glyphs of one baseline without a gap wider than 12 points between them. */
static void make_lines(book *b) {
    qsort(b->glyphs, (size_t)b->glyph_count, sizeof *b->glyphs, by_place);
    line *l = NULL;
    size_t len = 0;
    for (int i = 0; i < b->glyph_count && b->line_count < MAX_LINES; i++) {
        const glyph *g = &b->glyphs[i];
        if (g->cp == ' ' && (!l || g->x < l->x2 - 0.5))
            continue;
        if (!l || g->page != l->page || fabs(g->y - l->y) > 0.2 || g->x - l->x2 > 10) {
            if (g->cp == ' ')
                continue;
            l = &b->lines[b->line_count++];
            *l = (line){.x1 = g->x, .y = g->y, .size = g->size, .face = g->face, .page = g->page};
            len = 0;
        } else if (g->cp != ' ' && g->x - l->x2 > 1.2 && len + 8 < TEXT && len &&
                   l->text[len - 1] != ' ') {
            l->text[len++] = ' ';
        }
        if (g->cp == ' ')
            continue;
        l->x2 = g->x + g->adv;
        if (len + 8 < TEXT)
            len += (size_t)vt_utf8_put(g->cp, l->text + len);
        l->text[len] = 0;
    }
}

/* ------------------------------------------------------------- asserting -- */

static bool near(double a, double c, double by) {
    return fabs(a - c) <= by;
}

static void check(book *b, bool good, const char *what, double got, double want) {
    b->tests++;
    if (good) {
        printf("ok %d - %s\n", b->tests, what);
        return;
    }
    b->failed++;
    printf("not ok %d - %s\n# read %.3f, pack %.3f\n", b->tests, what, got, want);
}

static const line *find(const book *b, const char *text, int page) {
    for (int i = 0; i < b->line_count; i++)
        if (b->lines[i].page == page && strncmp(b->lines[i].text, text, strlen(text)) == 0)
            return &b->lines[i];
    return NULL;
}

static const rule *rule_below(const book *b, const line *l) {
    const rule *best = NULL;
    for (int i = 0; i < b->rule_count; i++) {
        const rule *r = &b->rules[i];
        if (r->page == l->page && r->y > l->y && r->y < l->y + l->size && r->x1 < l->x2 &&
            r->x2 > l->x1 && (!best || r->y < best->y))
            best = r;
    }
    return best;
}

static double middle(const line *l) {
    return (l->x1 + l->x2) / 2;
}

/* Which size set a component was set in: 0, 1, or -1. */
static int set_of(const line *l, vt_component c) {
    for (int i = 0; i < 2; i++)
        if (near(l->size, pack->styles[c].size[i], 0.01))
            return i;
    return -1;
}

static void check_rule(book *b, const line *l, vt_component c, const char *name) {
    const vt_style *s = &pack->styles[c];
    const rule *r = rule_below(b, l);
    char what[200];
    snprintf(what, sizeof what, "%s: rule line", name);
    if (s->rule == VT_RULE_NONE) {
        check(b, !r, what, r != NULL, 0);
        return;
    }
    check(b, r != NULL, what, 0, 1);
    if (!r)
        return;
    double share = (r->x2 - r->x1) / (l->x2 - l->x1);
    snprintf(what, sizeof what, "%s: length of the rule", name);
    if (s->rule == VT_RULE_TEXT)
        check(b, near(share, 1, 0.02), what, share, 1);
    else
        check(b, share >= s->fraction_min - 0.01 && share <= s->fraction_max + 0.01, what, share,
              s->fraction);
    snprintf(what, sizeof what, "%s: rule centred below its text", name);
    check(b, near((r->x1 + r->x2) / 2, middle(l), 0.5), what, (r->x1 + r->x2) / 2, middle(l));
    snprintf(what, sizeof what, "%s: rule clear of the descenders", name);
    check(b, r->y - l->y > 0.22 * l->size, what, r->y - l->y, 0.22 * l->size);
}

static void check_style(book *b, const line *l, vt_component c, const char *name) {
    char what[200];
    const vt_style *s = &pack->styles[c];
    snprintf(what, sizeof what, "%s: size", name);
    check(b, set_of(l, c) >= 0 && l->size >= s->size_min - 0.01 && l->size <= s->size_max + 0.01,
          what, l->size, s->size[0]);
    snprintf(what, sizeof what, "%s: face", name);
    check(b, l->face == (int)s->face, what, l->face, (int)s->face);
}

/* ---------------------------------------------------------------- checks -- */

static void check_page(book *b) {
    double left = pack->margin_left.value, right = b->width - pack->margin_right.value;
    double top = pack->margin_top.value, bottom = b->height - pack->margin_bottom.value;
    check(b, near(b->width, pack->page_width, 0.5) && near(b->height, pack->page_height, 0.5),
          "page size", b->width, pack->page_width);
    double worst = 0;
    const line *which = NULL;
    for (int i = 0; i < b->line_count; i++) {
        const line *l = &b->lines[i];
        if (near(l->y, pack->page_number_baseline, 1))
            continue;
        double out = fmax(fmax(left - l->x1, l->x2 - right),
                          fmax(top - (l->y - l->size * 0.7), l->y - bottom));
        if (out > worst) {
            worst = out;
            which = l;
        }
    }
    check(b, worst < 0.35, "all text inside the margins", worst, 0);
    if (worst >= 0.35)
        printf("# page %d: %s\n", which->page, which->text);
    for (int p = 1; p <= b->page_count; p++) {
        const line *n = NULL;
        for (int i = 0; i < b->line_count; i++)
            if (b->lines[i].page == p && b->lines[i].y < top &&
                near(middle(&b->lines[i]), b->width / 2, 20))
                n = &b->lines[i];
        if (p == 1) {
            check(b, !n, "no number on the first page", n != NULL, 0);
            continue;
        }
        if (!n) /* the first page of an enclosure */
            continue;
        check_style(b, n, VT_C_PAGE_NUMBER, "page number");
        check(b, near(n->y, pack->page_number_baseline, 0.5), "page number: height", n->y,
              pack->page_number_baseline);
        check(b, near(middle(n), (left + right) / 2, 0.6) || near(middle(n), b->width / 2, 0.6),
              "page number: centred", middle(n), (left + right) / 2);
    }
}

static void check_header(book *b) {
    const vt_style *title = &pack->styles[VT_C_NATIONAL_TITLE], *motto = &pack->styles[VT_C_MOTTO];
    const line *t = find(b, title->text, 1), *m = *motto->text ? find(b, motto->text, 1) : t;
    check(b, t && m, "national title and motto, each on one line", t != NULL, 1);
    if (!t || !m)
        return;
    check_style(b, t, VT_C_NATIONAL_TITLE, "national title");
    check_rule(b, m, *motto->text ? VT_C_MOTTO : VT_C_NATIONAL_TITLE, "motto");
    check(b, near(middle(m), middle(t), 0.5), "motto centred below the title", middle(m),
          middle(t));
    const line *n = find(b, "Số", 1), *d = NULL;
    for (int i = 0; n && i < b->line_count; i++)
        if (b->lines[i].page == 1 && near(b->lines[i].y, n->y, 0.3) &&
            b->lines[i].x1 > b->width * 0.4) {
            d = &b->lines[i];
            break;
        }
    if (!sparse || (n && d))
        check(b, n && d, "number and date on one baseline", n ? n->y : 0, 0);
    if (n && d) {
        check_style(b, n, VT_C_NUMBER, "number");
        check_style(b, d, VT_C_PLACE_DATE, "place and date");
        check(b,
              set_of(t, VT_C_NATIONAL_TITLE) == set_of(d, VT_C_PLACE_DATE) ||
                  title->size[0] == title->size[1],
              "sizes of title and date coupled", set_of(t, VT_C_NATIONAL_TITLE),
              set_of(d, VT_C_PLACE_DATE));
    }
    if (*motto->text)
        check_style(b, m, VT_C_MOTTO, "motto");
    /* the issuer: the last bold line of the left column above the number */
    const line *issuer = NULL;
    for (int i = 0; n && i < b->line_count; i++)
        if (b->lines[i].page == 1 && b->lines[i].y < n->y - 1 && b->lines[i].x1 < t->x1 - 20 &&
            b->lines[i].face == VT_BOLD && b->lines[i].text[0] != '*')
            issuer = &b->lines[i];
    if (!sparse || n)
        check(b, issuer != NULL, "issuer in the left column", 0, 1);
    if (!issuer)
        return;
    check_style(b, issuer, VT_C_ISSUER, "issuer");
    check_rule(b, issuer, VT_C_ISSUER, "issuer");
    /* a blank for the number parts the line in two: its extent counts */
    double end = n->x2;
    for (int i = 0; i < b->line_count; i++)
        if (b->lines[i].page == 1 && near(b->lines[i].y, n->y, 0.3) && b->lines[i].x2 < t->x1)
            end = fmax(end, b->lines[i].x2);
    check(b, near(middle(issuer), (n->x1 + end) / 2, 0.6), "number centred below the issuer",
          (n->x1 + end) / 2, middle(issuer));
}

/* Paragraphs: lines of the body's size and face between header and signature. */
static void check_body(book *b) {
    const vt_style *s = &pack->styles[VT_C_BODY];
    double left = pack->margin_left.value, right = b->width - pack->margin_right.value;
    double want = pack->line_exact > 0 ? pack->line_exact : 0;
    int flush = 0, pitched = 0, bad_pitch = 0;
    double least = 1e9, most = 0;
    for (int i = 1; i < b->line_count; i++) {
        const line *l = &b->lines[i], *p = &b->lines[i - 1];
        if (set_of(l, VT_C_BODY) < 0 || l->face != VT_REGULAR || !near(l->x1, left, 0.3) ||
            p->page != l->page || strcmp(l->text, pack->styles[VT_C_COPIES_LABEL].text) == 0)
            continue;
        flush += near(l->x2, right, 0.4);
        if (set_of(p, VT_C_BODY) < 0 || p->face != VT_REGULAR || !near(p->x2, right, 0.4))
            continue;
        double pitch = l->y - p->y;
        pitched++;
        least = fmin(least, pitch);
        most = fmax(most, pitch);
        bad_pitch +=
            pack->line_exact > 0
                ? pitch < pack->line_range.min - 0.05 || pitch > pack->line_range.max + 0.05
                : pitch < l->size - 0.05 || pitch > l->size * 1.15 * pack->line_range.max + 0.05;
    }
    if (!sparse || flush >= 3)
        check(b, flush >= 3, "body lines reach from margin to margin", flush, 3);
    if (!sparse || pitched)
        check(b, pitched && !bad_pitch, "line pitch within the lawful range", pitched ? most : 0,
              want);
    check(b, most - least < 0.05, "one line pitch in the whole body", most, least);
    int indented = 0;
    for (int i = 0; i < b->line_count; i++)
        indented +=
            near(b->lines[i].x1, left + s->indent, 0.3) && set_of(&b->lines[i], VT_C_BODY) >= 0;
    check(b, indented >= 1, "first lines indented", indented, 1);
}

static void check_closing(book *b) {
    const vt_style *s = &pack->styles[VT_C_COPIES_LABEL];
    const line *label = NULL, *post = NULL;
    for (int i = 0; i < b->line_count; i++)
        if (strcmp(b->lines[i].text, s->text) == 0)
            label = &b->lines[i];
    if (!label)
        return;
    check_style(b, label, VT_C_COPIES_LABEL, "Nơi nhận");
    check(b, near(label->x1, pack->margin_left.value, 0.4), "Nơi nhận flush left", label->x1,
          pack->margin_left.value);
    const rule *under = rule_below(b, label);
    check(b, (under != NULL) == s->underline, "Nơi nhận underlined only where the pack says so",
          under != NULL, s->underline);
    for (int i = 0; i < b->line_count; i++)
        if (b->lines[i].page == label->page && b->lines[i].x1 > b->width * 0.45 &&
            near(b->lines[i].y, label->y, 0.3))
            post = &b->lines[i];
    if (!sparse || post)
        check(b,
              post && (post->face == (int)pack->styles[VT_C_CAPACITY].face ||
                       post->face == (int)pack->styles[VT_C_POSITION].face),
              "level with the first line of the authority", post != NULL, 1);
    for (int i = 0; i < b->line_count; i++)
        if (&b->lines[i] > label && b->lines[i].page == label->page &&
            near(b->lines[i].x1, label->x1, 0.4)) {
            check_style(b, &b->lines[i], VT_C_COPIES, "receivers");
            break;
        }
}

int main(int argc, char **argv) {
    sparse = argc == 3 && strcmp(argv[2], "sparse") == 0;
    if (argc != 2 && !sparse)
        return 2;
    vt_findings *list = vt_findings_new();
    vt_engine *engine = NULL;
    vt_engine_options options = {.data = "."};
    if (vt_engine_open(&options, list, &engine) || vt_pack_named(engine, argv[1], list, &pack))
        return 2;
    book b = {.glyphs = calloc(MAX_GLYPHS, sizeof *b.glyphs),
              .lines = calloc(MAX_LINES, sizeof *b.lines),
              .rules = calloc(MAX_RULES, sizeof *b.rules)};
    xmlDoc *trace =
        xmlReadFd(0, "trace", NULL,
                  XML_PARSE_RECOVER | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!b.glyphs || !b.lines || !b.rules || !trace)
        return 2;
    read_page(&b, xmlDocGetRootElement(trace));
    make_lines(&b);
    check_page(&b);
    check_header(&b);
    check_body(&b);
    check_closing(&b);
    printf("1..%d\n", b.tests);
    xmlFreeDoc(trace);
    free(b.glyphs);
    free(b.lines);
    free(b.rules);
    vt_engine_free(engine);
    vt_findings_free(list);
    return b.failed != 0;
}
