/*
 * tests/fuzz/fuzz_compose.c - any tree the format allows onto pages.
 *
 * The bytes choose what a document holds, so that nearly every input reaches
 * the pages.  What is composed must be sound: tags that exist, places that are
 * numbers, every page inside its sheet; what is refused must say why.
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

typedef struct maker {
    const uint8_t *data;
    size_t left;
    vt_buf xml;
    int depth;
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

static void words(maker *m) {
    static const char *const some[] = {"Ủy ban nhân dân ",
                                       "ngày 05 tháng 01 năm 2026 ",
                                       "số 28-CT/TW ",
                                       "https://vi.du/",
                                       "Điều 5 khoản 2 ",
                                       "nghiêng",
                                       "- ",
                                       "ỗỡợ",
                                       "10 % ",
                                       "A",
                                       ". ",
                                       ": ",
                                       "và các tổ chức "};
    const unsigned n = choose(m, 24);

    put(m, "x");
    for (unsigned i = 0; i < n; i++)
        put(m, some[choose(m, sizeof some / sizeof *some)]);
}

static void inlines(maker *m) {
    static const char *const tags[] = {"b", "i", "u", "sup", "sub", "footnote"};

    words(m);
    if (choose(m, 3) != 1)
        return;
    const char *tag = tags[choose(m, 6)];
    vt_buf_printf(&m->xml, "<%s>", tag);
    words(m);
    vt_buf_printf(&m->xml, "</%s>", tag);
    if (choose(m, 4) == 1)
        put(m, "<br/>");
    words(m);
}

static void element(maker *m, const char *name) {
    vt_buf_printf(&m->xml, "<%s>", name);
    inlines(m);
    vt_buf_printf(&m->xml, "</%s>", name);
}

static void plain(maker *m, const char *name) {
    vt_buf_printf(&m->xml, "<%s>", name);
    words(m);
    vt_buf_printf(&m->xml, "</%s>", name);
}

static void table(maker *m) {
    const unsigned rows = 1 + choose(m, 60), columns = 1 + choose(m, 5), tall = choose(m, 60);

    put(m, choose(m, 2) ? "<table header-rows=\"1\" caption=\"Bảng\">" : "<table>");
    for (unsigned r = 0; r < rows + 1; r++) {
        put(m, "<row>");
        for (unsigned c = 0; c < columns; c++) {
            put(m, "<cell>");
            for (unsigned k = 0; r == 1 && k < tall * 4; k++)
                put(m, "<p>cao</p>");
            if (r != 1)
                words(m);
            put(m, "</cell>");
        }
        put(m, "</row>");
    }
    put(m, "</table>");
}

static void list(maker *m) {
    put(m, "<list>");
    for (unsigned n = 1 + choose(m, 4); n; n--) {
        put(m, "<item>");
        inlines(m);
        if (choose(m, 4) == 1 && m->depth < 8) {
            m->depth++;
            list(m);
            m->depth--;
        }
        put(m, "</item>");
    }
    put(m, "</list>");
}

static const char *const levels[] = {"part",    "chapter", "section", "subsection",
                                     "article", "clause",  "point"};

static void block(maker *m, unsigned level);

static void structure(maker *m, unsigned level) {
    vt_buf_printf(&m->xml, choose(m, 5) == 1 ? "<%s label=\"\">" : "<%s>", levels[level]);
    if (choose(m, 2)) {
        put(m, choose(m, 4) == 1 ? "<heading run-in=\"yes\">" : "<heading>");
        inlines(m);
        put(m, "</heading>");
    }
    m->depth++;
    for (unsigned n = 1 + choose(m, 4); n; n--)
        block(m, level == 5 && m->depth < 20 ? 5 : level + 1);
    m->depth--;
    vt_buf_printf(&m->xml, "</%s>", levels[level]);
}

static void block(maker *m, unsigned level) {
    switch (choose(m, 9)) {
    case 0:
    case 1:
        element(m, "p");
        break;
    case 2:
        list(m);
        break;
    case 3:
        table(m);
        break;
    case 4:
        put(m, "<pagebreak/><line label=\"Giờ\">");
        words(m);
        put(m, "</line>");
        break;
    case 5:
        put(m, "<quote>");
        element(m, "p");
        put(m, "</quote>");
        break;
    default:
        if (level < 7)
            structure(m, level + choose(m, 7 - level));
        else
            element(m, "p");
        break;
    }
}

static void head(maker *m) {
    static const char *const types[] = {
        "state\" type=\"cong-van", "party\" type=\"cong-van", "state\" type=\"quyet-dinh",
        "party\" type=\"ke-hoach", "state\" type=\"bien-ban", "state\" type=\"giay-gioi-thieu"};

    vt_buf_printf(&m->xml, "<document xmlns=\"" VT_NS_DOCUMENT "\" system=\"%s\">",
                  types[choose(m, 6)]);
    for (unsigned n = 1 + choose(m, 3); n; n--) {
        put(m, "<issuer abbr=\"UB\">");
        if (choose(m, 2))
            plain(m, "superior");
        plain(m, "name");
        put(m, "</issuer>");
    }
    put(m, choose(m, 2) ? "<number/>" : "<number value=\"7\"/>");
    if (choose(m, 4) != 1)
        plain(m, "place");
    put(m, choose(m, 2) ? "<date>2026-02-05</date>" : "<date/>");
    if (choose(m, 3) == 1)
        put(m, "<marks urgency=\"khan\" circulation=\"luu-hanh-noi-bo\"/>");
    if (choose(m, 4))
        plain(m, "subject");
    if (choose(m, 2)) {
        put(m, "<to>");
        for (unsigned n = 1 + choose(m, 6); n; n--)
            plain(m, "recipient");
        put(m, "</to>");
    }
}

static void tail(maker *m) {
    if (choose(m, 3)) {
        put(m, "<copies><as-above/>");
        for (unsigned n = choose(m, 80); n; n--)
            plain(m, "recipient");
        put(m, "<archive>VT</archive></copies>");
    }
    for (unsigned n = choose(m, 6); n; n--) {
        put(m, "<signature><capacity kind=\"KT\">Chủ tịch</capacity>");
        plain(m, "position");
        plain(m, "name");
        put(m, "</signature>");
    }
    if (choose(m, 3) == 1)
        put(m, "<contact><address>Số 1</address><phone>1</phone></contact>");
    for (unsigned n = choose(m, 3); n; n--) {
        put(m, choose(m, 2) ? "<annex orientation=\"landscape\">" : "<annex>");
        plain(m, "title");
        block(m, 0);
        put(m, "</annex>");
    }
    put(m, "</document>");
}

/* No lawful bottom margin is less than 15 mm. */
#define FOOT 42.5

static void check_page(const vt_layout *layout, const vt_page *page) {
    for (size_t i = 0; i < page->run_count; i++) {
        const vt_run *run = &page->runs[i];
        DEMAND(run->tag == VT_ARTIFACT || run->tag < layout->tag_count);
        DEMAND(isfinite(run->x) && isfinite(run->width) && run->size > 0);
        DEMAND(run->y > 0 && run->y < page->height - FOOT);
    }
    for (size_t i = 0; i < page->mark_count; i++)
        DEMAND(isfinite(page->marks[i].x1) && isfinite(page->marks[i].y2) && page->marks[i].what);
}

static void check_layout(const vt_layout *layout) {
    DEMAND(layout->page_count > 0);
    for (size_t i = 0; i < layout->page_count; i++)
        check_page(layout, &layout->pages[i]);
    for (size_t i = 0; i < layout->form_count; i++)
        DEMAND(layout->forms[i].page < layout->page_count &&
               layout->forms[i].tag < layout->tag_count);
    for (size_t i = 0; i < layout->outline_count; i++)
        DEMAND(layout->outlines[i].page < layout->page_count);
    for (size_t i = 1; i < layout->tag_count; i++)
        DEMAND(layout->tags[i].parent < i);
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
    vt_arena *arena = vt_arena_new((size_t)256 << 20);
    vt_findings *list = vt_findings_new();
    maker m = {.data = data, .left = size};
    vt_doc *doc = NULL;
    const vt_pack *pack = NULL;
    vt_layout *layout = NULL;

    vt_buf_init(&m.xml, VT_MAX_INPUT_BYTES);
    const vt_compose_options options = {.electronic = choose(&m, 2), .draft = true};
    head(&m);
    put(&m, "<body>");
    for (unsigned n = 1 + choose(&m, 12); n; n--)
        block(&m, 0);
    put(&m, "</body>");
    tail(&m);
    vt_status st = vt_doc_parse(engine, arena, m.xml.data, m.xml.len, "fuzz", NULL, list, &doc);
    if (st == VT_OK)
        st = vt_pack_choose(engine, doc, list, &pack);
    if (st == VT_OK) {
        st = vt_compose(engine, pack, doc, &options, arena, list, &layout);
        DEMAND((st == VT_OK) == (layout != NULL));
    }
    DEMAND((st == VT_OK) == (vt_findings_errors(list) == 0));
    if (layout)
        check_layout(layout);
    vt_findings_clear(list);
    if (pack) /* the rules say what they say */
        DEMAND(vt_check_with(engine, pack, doc, layout, NULL, list) != VT_FAIL);
    vt_buf_free(&m.xml);
    vt_findings_free(list);
    vt_arena_free(arena);
    return 0;
}
