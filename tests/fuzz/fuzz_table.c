/*
 * tests/fuzz/fuzz_table.c - any table the format allows onto pages.
 *
 * The bytes choose spans, widths, header rows and what cells hold; the grid is
 * kept whole, so that nearly every input is composed, unless a byte asks for a
 * fault, which must be refused by name.  What is composed must be sound: every
 * cell once among the tags, with the spans it was given; all its words on the
 * pages, in order, no page overfull; nothing but a finding says why not.
 */
#include "gen/engine.h"
#include "gen/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEMAND(what)                                                                               \
    do {                                                                                           \
        if (!(what))                                                                               \
            abort();                                                                               \
    } while (0)

enum { COLUMNS = 100, BUDGET = 1500 };

typedef struct maker {
    const uint8_t *data;
    size_t left;
    vt_buf xml;
    unsigned budget; /* words still to be spent */
    size_t cells;    /* written so far */
    bool faulty;     /* the grid has been broken on purpose */
    bool notes;      /* footnotes of one row may be higher than a page */
} maker;

static unsigned choose(maker *m, unsigned n) {
    if (!m->left)
        return 0;
    m->left--;
    return *m->data++ % n;
}

static void put(maker *m, const char *s) {
    vt_buf_puts(&m->xml, s);
}

/* ---------------------------------------------------------------- content -- */

static void words(maker *m) {
    static const char *const some[] = {
        "Ủy ban nhân dân xã ",
        "05/01/2026 ",
        "1.234.567,8 ",
        "số 28-CT/TW ",
        "và ",
        "12,5% ",
        "nghiêng",
        "x ",
        "- ",
        "IV ",
        "2026 ",
        "ngày 05 tháng 1 ",
        "a) ",
        "30 người ",
        ": ",
        "https://vanban.lamgiang.example/tra-cuu/thach-binh/2026/ho-so "};
    unsigned n = 1 + choose(m, 12);

    if (choose(m, 16) == 1)
        n *= 20;
    for (; n && m->budget; n--, m->budget--)
        put(m, some[choose(m, sizeof some / sizeof *some)]);
    put(m, "y");
}

static void inlines(maker *m) {
    static const char *const tags[] = {"b", "i", "u", "sup", "footnote"};
    const char *tag = tags[choose(m, 5)];

    words(m);
    if (choose(m, 4) != 1)
        return;
    m->notes = m->notes || strcmp(tag, "footnote") == 0;
    vt_buf_printf(&m->xml, "<%s>", tag);
    words(m);
    vt_buf_printf(&m->xml, "</%s>", tag);
    put(m, choose(m, 2) ? "<br/>" : "");
    words(m);
}

static void list(maker *m, int depth) {
    put(m, "<list>");
    for (unsigned n = 1 + choose(m, 4); n; n--) {
        put(m, "<item>");
        inlines(m);
        if (depth < 4 && choose(m, 4) == 1)
            list(m, depth + 1);
        put(m, "</item>");
    }
    put(m, "</list>");
}

static void blocks(maker *m) {
    for (unsigned n = 1 + choose(m, 5); n; n--)
        switch (choose(m, 4)) {
        case 0:
            list(m, 0);
            break;
        case 1:
            put(m, "<line label=\"Giờ\">");
            words(m);
            put(m, "</line>");
            break;
        default:
            put(m, choose(m, 3) == 1 ? "<p align=\"center\">" : "<p>");
            inlines(m);
            put(m, "</p>");
            break;
        }
}

static void content(maker *m) {
    static const char *const brief[] = {"1",  "2.",       "IV",      "a)",        "12,5", "1.234",
                                        "-3", "12/03/26", "03/2026", "05/3/2026", "x",    "-",
                                        "%",  "2026",     "1,2,3",   "(1)"};

    if (!m->budget)
        return;
    switch (choose(m, 6)) {
    case 0:
        break;
    case 1:
        blocks(m);
        break;
    case 2:
        inlines(m);
        break;
    case 3:
        words(m);
        list(m, 0);
        break;
    default:
        put(m, brief[choose(m, sizeof brief / sizeof *brief)]);
        break;
    }
}

/* ------------------------------------------------------------------ tables -- */

/* Columns free from `at` on, and at most `most`. */
static unsigned free_columns(const unsigned *covered, unsigned at, unsigned columns,
                             unsigned most) {
    unsigned n = 0;

    while (n < most && at + n < columns && !covered[at + n])
        n++;
    return n;
}

static void cell(maker *m, unsigned wide, unsigned deep) {
    static const char *const aligns[] = {"left", "center", "right", "justify"};
    static const char *const valigns[] = {"top", "middle", "bottom"};

    put(m, "<cell");
    if (wide > 1)
        vt_buf_printf(&m->xml, " colspan=\"%u\"", wide);
    if (deep > 1)
        vt_buf_printf(&m->xml, " rowspan=\"%u\"", deep);
    if (choose(m, 8) == 1)
        vt_buf_printf(&m->xml, " align=\"%s\"", aligns[choose(m, 4)]);
    if (choose(m, 8) == 1)
        vt_buf_printf(&m->xml, " valign=\"%s\"", valigns[choose(m, 3)]);
    put(m, ">");
    content(m);
    put(m, "</cell>");
    m->cells++;
}

/* A row; `covered` holds how many rows each column is still taken.  One column
   at least is free again in the next row: that row must have a cell. */
static void row(maker *m, unsigned *covered, unsigned columns, unsigned rows_left,
                unsigned header_left) {
    const unsigned deepest = header_left ? header_left : rows_left;
    unsigned last = 0; /* free column */
    bool ends = false; /* some cell does with this row */

    for (unsigned i = 0; i < columns; i++) {
        last = covered[i] ? last : i;
        ends = ends || covered[i] == 1;
    }
    put(m, "<row>");
    for (unsigned at = 0; at < columns;) {
        if (covered[at]) {
            at++;
            continue;
        }
        const unsigned wide =
            free_columns(covered, at, columns, choose(m, 4) == 1 ? 1 + choose(m, columns) : 1);
        unsigned deep = choose(m, 5) == 1 ? 1 + choose(m, deepest) : 1;
        if (!ends && at + wide > last)
            deep = 1;
        ends = ends || deep == 1;
        if (choose(m, 250) == 249) {
            m->faulty = true;
            deep += 1000;
        }
        cell(m, wide, deep);
        for (unsigned i = 0; i < wide; i++)
            covered[at++] = deep;
    }
    put(m, "</row>");
    for (unsigned i = 0; i < columns; i++)
        covered[i] -= covered[i] > 0;
}

static void widths(maker *m, unsigned columns) {
    put(m, " widths=\"");
    for (unsigned i = 0; i < columns; i++)
        vt_buf_printf(&m->xml, i ? " %u" : "%u", 1 + choose(m, columns > 9 ? 1 : 100 / columns));
    put(m, "\"");
}

static void table(maker *m) {
    unsigned covered[COLUMNS] = {0};
    const unsigned columns = 1 + (choose(m, 20) == 1 ? choose(m, COLUMNS) : choose(m, 10));
    const unsigned rows = 1 + choose(m, choose(m, 10) == 1 ? 90 : 20);
    const unsigned header = choose(m, 3) ? choose(m, rows > 4 ? 4 : rows) : 0;

    put(m, "<table");
    if (choose(m, 3) == 1)
        widths(m, columns);
    if (header)
        vt_buf_printf(&m->xml, " header-rows=\"%u\"", header);
    put(m, choose(m, 2) ? " caption=\"Bảng các nhiệm vụ\">" : ">");
    for (unsigned r = 0; r < rows; r++)
        row(m, covered, columns, rows - r, r < header ? header - r : 0);
    put(m, "</table>");
}

static void document(maker *m) {
    put(m, "<document xmlns=\"" VT_NS_DOCUMENT "\" system=\"");
    put(m, choose(m, 2) ? "state\" type=\"ke-hoach\">" : "party\" type=\"ke-hoach\">");
    put(m, "<issuer abbr=\"UB\"><name>Ủy ban</name></issuer><number/><place>Xã</place><date/>"
           "<subject>Việc</subject><body>");
    for (unsigned n = choose(m, 30); n; n--)
        put(m, "<p>Đoạn văn đứng trước bảng.</p>");
    table(m);
    if (choose(m, 2))
        put(m, "<p>Hết.</p>");
    put(m, "</body><copies><archive>VT</archive></copies><signature><position>Chủ tịch</position>"
           "<name>Lê Hưng</name></signature>");
    for (unsigned n = choose(m, 3); n; n--) {
        put(m, choose(m, 3) == 1 ? "<annex orientation=\"landscape\">" : "<annex>");
        put(m, "<title>Phụ lục</title>");
        table(m);
        if (choose(m, 3) == 1)
            table(m);
        put(m, "</annex>");
    }
    put(m, "</document>");
}

/* ---------------------------------------------------------------- demands -- */

/* No lawful bottom margin is less than 15 mm. */
#define FOOT 42.5

static void check_page(const vt_layout *layout, const vt_page *page) {
    for (size_t i = 0; i < page->run_count; i++) {
        const vt_run *run = &page->runs[i];
        DEMAND(run->tag == VT_ARTIFACT || run->tag < layout->tag_count);
        DEMAND(isfinite(run->x) && isfinite(run->width) && run->size > 0);
        DEMAND(run->x >= 0 && run->x < page->width);
        DEMAND(run->y > 0 && run->y < page->height - FOOT);
    }
    for (size_t i = 0; i < page->mark_count; i++) {
        const vt_mark *mark = &page->marks[i];
        DEMAND(isfinite(mark->x1) && isfinite(mark->y1) && mark->what);
        DEMAND(mark->x1 >= 0 && mark->x2 <= page->width + 1 && mark->y2 <= page->height - FOOT);
    }
}

static bool inside_table(const vt_layout *layout, uint32_t tag) {
    for (; tag; tag = layout->tags[tag].parent)
        if (layout->tags[tag].role == VT_ROLE_TD || layout->tags[tag].role == VT_ROLE_TH)
            return true;
    return false;
}

/* Bytes that are no spaces. */
static size_t ink(const char *s, size_t len) {
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += s[i] != ' ';
    return n;
}

/* Words of cells: footnotes and labels of lines and lists are left out. */
static size_t ink_of(const vt_node *node) {
    size_t n = node->el == VT_TEXT ? ink(node->text, node->len) : 0;

    for (const vt_node *c = node->first; c; c = c->next)
        n += c->el == VT_FOOTNOTE ? 0 : ink_of(c);
    return n;
}

static size_t ink_of_tables(const vt_node *node) {
    size_t n = 0;

    for (const vt_node *c = node->first; c; c = c->next)
        n += c->el == VT_TABLE ? ink_of(c) : ink_of_tables(c);
    return n;
}

/* Every word of a cell stands on some page, and once: the rows' copies on
   further pages are artifacts. */
static void check_words(const vt_layout *layout, const vt_doc *doc) {
    const size_t wanted = ink_of_tables(doc->root);
    size_t found = 0;

    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].run_count; i++) {
            const vt_run *run = &layout->pages[p].runs[i];
            if (run->tag != VT_ARTIFACT && inside_table(layout, run->tag))
                found += ink(run->text, run->len);
        }
    DEMAND(found >= wanted);
}

static void check_layout(const vt_layout *layout, const vt_doc *doc, size_t cells) {
    size_t found = 0;

    for (size_t i = 0; i < layout->page_count; i++)
        check_page(layout, &layout->pages[i]);
    for (size_t i = 1; i < layout->tag_count; i++) {
        const vt_tag *tag = &layout->tags[i];
        DEMAND(tag->parent < i);
        if (tag->role != VT_ROLE_TD && tag->role != VT_ROLE_TH)
            continue;
        found++;
        DEMAND(tag->colspan >= 1 && tag->rowspan >= 1 && tag->node->el == VT_CELL);
        const char *wide = vt_attr_get(tag->node, VT_AT_COLSPAN);
        const char *deep = vt_attr_get(tag->node, VT_AT_ROWSPAN);
        DEMAND(tag->colspan == (wide ? strtol(wide, NULL, 10) : 1));
        DEMAND(tag->rowspan == (deep ? strtol(deep, NULL, 10) : 1));
    }
    DEMAND(found == cells);
    check_words(layout, doc);
}

static vt_engine *engine_once(void) {
    static vt_engine *engine;
    const vt_engine_options options = {.data = "."};

    if (!engine)
        DEMAND(vt_engine_open(&options, NULL, &engine) == VT_OK);
    return engine;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    vt_engine *engine = engine_once();
    vt_arena *arena = vt_arena_new((size_t)512 << 20);
    vt_findings *list = vt_findings_new();
    maker m = {.data = data, .left = size, .budget = BUDGET};
    const vt_compose_options options = {.draft = true};
    vt_doc *doc = NULL;
    const vt_pack *pack = NULL;
    vt_layout *layout = NULL;

    vt_buf_init(&m.xml, VT_MAX_INPUT_BYTES);
    document(&m);
    vt_status st = vt_doc_parse(engine, arena, m.xml.data, m.xml.len, "fuzz", NULL, list, &doc);
    DEMAND((st == VT_OK) == !m.faulty);
    if (st == VT_OK)
        st = vt_pack_choose(engine, doc, list, &pack);
    if (st == VT_OK)
        st = vt_compose(engine, pack, doc, &options, arena, list, &layout);
    DEMAND((st == VT_OK) == (vt_findings_errors(list) == 0));
    DEMAND(st == VT_OK || m.faulty || m.notes);
    if (layout)
        check_layout(layout, doc, m.cells);
    vt_buf_free(&m.xml);
    vt_findings_free(list);
    vt_arena_free(arena);
    return 0;
}
