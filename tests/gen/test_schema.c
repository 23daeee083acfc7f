/*
 * tests/gen/test_schema.c - the table of gen/schema.c and the published schema
 * templates/schema/document.rng say the same.
 *
 * Trees are grown from the table and the real cases are mutated (elements
 * lost, doubled, swapped, moved, renamed; attributes lost, gained, spoilt; stray
 * text); each must get the same verdict from the validator's grammar findings
 * (XML-10 .. XML-19) and from libxml2's RELAX NG.
 */
#include "gen/schema.h"
#include "tests/gen/help.h"

#include <libxml/relaxng.h>

#define SCHEMA "templates/schema/document.rng"
#define GROWN 500
#define MUTANTS_OF_CASES 60
#define MUTANTS_OF_GROWN 3

/* ---------------------------------------------------------------- chance -- */

static uint64_t seed;

static unsigned chance(unsigned n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed >> 33) % n;
}

/* ----------------------------------------------------------- the schema -- */

static xmlRelaxNGPtr schema;

static void quiet(void *user, xmlErrorPtr error) {
    (void)user, (void)error;
}

static int open_schema(void **state) {
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(SCHEMA);

    (void)state;
    schema = parser ? xmlRelaxNGParse(parser) : NULL;
    xmlRelaxNGFreeParserCtxt(parser);
    return schema ? 0 : -1;
}

static int close_schema(void **state) {
    (void)state;
    xmlRelaxNGFree(schema);
    xmlCleanupParser();
    return 0;
}

static bool schema_accepts(const vt_buf *xml) {
    xmlDocPtr dom = xmlReadMemory(xml->data, (int)xml->len, "x.xml", NULL, XML_PARSE_NONET);
    xmlRelaxNGValidCtxtPtr valid = xmlRelaxNGNewValidCtxt(schema);
    int verdict;

    assert_non_null(dom);
    assert_non_null(valid);
    xmlRelaxNGSetValidStructuredErrors(valid, quiet, NULL);
    verdict = xmlRelaxNGValidateDoc(valid, dom);
    xmlRelaxNGFreeValidCtxt(valid);
    xmlFreeDoc(dom);
    return verdict == 0;
}

/* ---------------------------------------------------------- the verdict -- */

static bool is_grammar(const vt_finding *f) {
    return strncmp(f->id, "XML-1", 5) == 0;
}

static bool table_accepts(const vt_findings *list) {
    for (size_t i = 0; i < vt_findings_count(list); i++)
        if (is_grammar(vt_findings_at(list, i)))
            return false;
    return true;
}

/* Writes, reads and compares; the tree may be anything. */
static void same_verdict(const vt_doc *doc) {
    vt_arena *arena = vt_arena_new((size_t)64 << 20);
    vt_findings *list = vt_findings_new();
    vt_doc *again = NULL;
    bool by_table, by_schema;
    vt_buf xml;

    vt_buf_init(&xml, (size_t)16 << 20);
    assert_int_equal(vt_doc_write(doc, &xml, list), VT_OK);
    (void)!vt_doc_parse(NULL, arena, xml.data, xml.len, "mutant", NULL, list, &again);
    by_table = table_accepts(list);
    by_schema = schema_accepts(&xml);
    if (by_table != by_schema)
        fail_msg("table %s, schema %s:\n%s\n%s", by_table ? "accepts" : "refuses",
                 by_schema ? "accepts" : "refuses", help_findings(list), xml.data);
    vt_buf_free(&xml);
    vt_findings_free(list);
    vt_arena_free(arena);
}

/* --------------------------------------------------------- grown trees -- */

static const char *const words[] = {"Ủy ban",   "nhân dân", "xã Thạch Bình", "tỉnh Lam Giang",
                                    "kế hoạch", "năm 2026", "về việc",       "a & b < c > d",
                                    "“Điều 5”", "đ",        "]]>",           "x"};

static const char *any_words(void) {
    return words[chance(sizeof words / sizeof words[0])];
}

/* A value that the attribute may have. */
static const char *good_value(vt_at at) {
    static char word[32];
    const vt_at_info *info = vt_at_info_of(at);
    const char *w = info->words;

    switch (info->kind) {
    case VT_VALUE_TEXT:
    case VT_VALUE_LABEL:
        return any_words();
    case VT_VALUE_TOKEN:
        return "VX";
    case VT_VALUE_ORGAN:
        return "H35.12-01";
    case VT_VALUE_SLUG:
        return "ke-hoach";
    case VT_VALUE_ENUM:
        while (chance(2) && strchr(w, '|'))
            w = strchr(w, '|') + 1;
        snprintf(word, sizeof word, "%.*s", (int)strcspn(w, "|"), w);
        return word;
    case VT_VALUE_COUNT:
    case VT_VALUE_COUNTS:
        return "1";
    case VT_VALUE_NUMBER:
        return chance(2) ? "152" : "152a";
    case VT_VALUE_DATE:
        return "2026-03-05";
    case VT_VALUE_FILE:
        return "phu-luc.pdf";
    case VT_VALUE_WIDTH:
        return chance(2) ? "33.3" : "120mm";
    case VT_VALUE_PERCENTS:
        return "33.3";
    }
    return "";
}

/* Values that are wrong for most attributes, and right for some. */
static const char *any_value(void) {
    static const char *const values[] = {
        "",
        "a b",
        "state",
        "khan",
        "0",
        "007",
        "1000000",
        "1",
        "100",
        "101",
        "100000",
        "152đ",
        "152ab",
        "152abc",
        "0000",
        "000152",
        "0000152",
        "2026-13-01",
        "2026-3-1",
        "../x",
        "a/b",
        "a..b",
        "a.b.xml",
        ".x",
        "x.",
        "c:x",
        "Q",
        "TM",
        "yes",
        "center",
        "10 40 50",
        "10  40",
        "0mm",
        "400mm",
        "401mm",
        "7 mm",
        "7.5mm",
        "33.333",
        "100.5",
        "0.5",
        "2, 3",
        "2,3",
        "Ke-Hoach",
        "ke--hoach",
        "-ke",
        "ke-",
        "ke-hoach",
        "sao-y",
        "ban-sao",
        "H35.12",
        "(TM)",
        "portrait",
        "1001",
        "1000",
        "99999",
        "99",
        "----",
        "TUQ",
        "justify",
        "top",
        "đ",
        "a\\b",
        "12345678901234567890123456789012345678901",
        "1234567890123456789012345678901234567890",
        "a-very-long-slug-that-goes-on-and-on-and-on-and-on-for-sixty-five",
    };

    return chance(3) ? values[chance(sizeof values / sizeof values[0])] : any_words();
}

static vt_node *grow(vt_arena *arena, vt_node *parent, vt_el el, int room);

static vt_el any_of(vt_set set) {
    vt_el el;

    do
        el = (vt_el)chance(VT_ELEMENTS);
    while (!(set & VT_BIT(el)));
    return el;
}

static void grow_text(vt_arena *arena, vt_node *node, vt_set inlines, int room) {
    for (unsigned n = 1 + chance(3); n; n--) {
        const char *text = any_words();

        if (inlines && room > 0 && chance(3) == 0)
            grow(arena, node, any_of(inlines), room - 1);
        vt_append(node, vt_text_new(arena, text, strlen(text), 1));
    }
}

static void grow_steps(vt_arena *arena, vt_node *node, const vt_step *step, int room) {
    bool headed = step->els == VT_BIT(VT_HEADING);

    for (; step->els; step++) {
        unsigned n = step->required;

        if (room > 0 && step->many)
            n += chance(3);
        else if (!step->required)
            n = chance(2);
        if (headed && step->many && !node->first && !n)
            n = 1;
        for (; n; n--) {
            vt_set set = step->els;

            if (room <= 0 && (set & VT_BIT(VT_P)))
                set = VT_BIT(VT_P);
            grow(arena, node, any_of(set), room - 1);
        }
    }
}

static void grow_attributes(vt_arena *arena, vt_node *node, const vt_el_info *info) {
    for (int at = 0; at < VT_ATTRIBUTES; at++)
        if ((info->required & VT_BIT(at)) || ((info->attrs & VT_BIT(at)) && chance(3) == 0))
            assert_true(vt_attr_set(arena, node, (vt_at)at, good_value((vt_at)at)));
    if (node->el == VT_FIGURE && !vt_attr_get(node, VT_AT_TITLE)) /* the one or the other */
        assert_true(vt_attr_set(arena, node, VT_AT_CAPTION, any_words()));
}

static bool holds_no_text(const vt_node *node) {
    const char *kind = vt_attr_get(node, VT_AT_KIND);

    return node->el == VT_DATE || (kind && strcmp(kind, "Q") == 0);
}

/* A footnote holds no further one, however deep. */
static bool in_footnote(const vt_node *node) {
    for (; node; node = node->parent)
        if (node->el == VT_FOOTNOTE)
            return true;
    return false;
}

static vt_node *grow(vt_arena *arena, vt_node *parent, vt_el el, int room) {
    vt_node *node = vt_node_new(arena, el, 1);
    const vt_el_info *info;
    vt_set inlines;

    if (parent)
        vt_append(parent, node);
    info = vt_el_info_of(node);
    inlines = in_footnote(node) ? info->inlines & ~VT_BIT(VT_FOOTNOTE) : info->inlines;
    grow_attributes(arena, node, info);
    if (info->content == VT_CONTENT_CHILDREN)
        grow_steps(arena, node, info->steps, room);
    else if (info->content == VT_CONTENT_FLOW && room > 0 && chance(2))
        grow_steps(arena, node, info->steps, room);
    else if (info->content != VT_CONTENT_EMPTY && !holds_no_text(node))
        grow_text(arena, node, inlines, room);
    return node;
}

static vt_doc *grown(vt_arena *arena) {
    vt_doc *doc = vt_alloc(arena, sizeof *doc);

    doc->arena = arena;
    doc->file = "grown";
    doc->root = grow(arena, NULL, VT_DOCUMENT, 5);
    assert_true(vt_doc_tidy(doc));
    for (int s = 0; s < VT_SYSTEMS; s++)
        if (strcmp(vt_attr_get(doc->root, VT_AT_SYSTEM), vt_system_name((vt_system)s)) == 0)
            doc->system = (vt_system)s;
    return doc;
}

/* -------------------------------------------------------------- mutants -- */

static void list_nodes(vt_node *node, vt_node **nodes, size_t *n, size_t max) {
    if (*n < max)
        nodes[(*n)++] = node;
    for (vt_node *c = node->first; c; c = c->next)
        list_nodes(c, nodes, n, max);
}

static bool is_below(const vt_node *node, const vt_node *top) {
    while (node && node != top)
        node = node->parent;
    return node != NULL;
}

static vt_node *copied(vt_arena *arena, const vt_node *node) {
    vt_node *copy = node->el == VT_TEXT ? vt_text_new(arena, node->text, node->len, 1)
                                        : vt_node_new(arena, node->el, 1);

    for (const vt_attr *a = node->attrs; a; a = a->next)
        assert_true(vt_attr_set(arena, copy, a->id, a->value));
    for (const vt_node *c = node->first; c; c = c->next)
        vt_append(copy, copied(arena, c));
    return copy;
}

static void mutate_attributes(vt_arena *arena, vt_node *node) {
    vt_at at = (vt_at)chance(VT_ATTRIBUTES);

    if (node->attrs && chance(2)) { /* one that it has */
        const vt_attr *a = node->attrs;

        while (a->next && chance(2))
            a = a->next;
        at = a->id;
    }
    assert_true(vt_attr_set(arena, node, at,
                            chance(4) == 0 ? NULL
                            : chance(2)    ? good_value(at)
                                           : any_value()));
}

static void mutate(vt_arena *arena, vt_node **nodes, size_t n) {
    vt_node *node = nodes[1 + chance((unsigned)n - 1)], *other = nodes[chance((unsigned)n)];
    vt_node *parent = node->parent, *made;

    if (!parent) /* went with an ancestor */
        return;
    switch (chance(9)) {
    case 0:
        vt_remove(node);
        break;
    case 1:
        vt_insert_before(node, copied(arena, node));
        break;
    case 2:
        if (node->prev) {
            other = node->prev;
            vt_remove(node);
            vt_insert_before(other, node);
        }
        break;
    case 3:
        if (other->el != VT_TEXT && !is_below(other, node)) {
            vt_remove(node);
            vt_append(other, node);
        }
        break;
    case 4:
        if (node->el != VT_TEXT)
            node->el = (vt_el)(1 + chance(VT_ELEMENTS - 1));
        break;
    case 5:
        made = vt_node_new(arena, (vt_el)(1 + chance(VT_ELEMENTS - 1)), 1);
        vt_insert_before(node, made);
        break;
    case 6:
        vt_insert_before(node, vt_text_new(arena, "chữ", strlen("chữ"), 1));
        break;
    default:
        if (node->el != VT_TEXT)
            mutate_attributes(arena, chance(8) ? node : nodes[0]);
        break;
    }
}

static void mutate_and_judge(const vt_doc *doc, unsigned times) {
    vt_arena *arena = vt_arena_new((size_t)64 << 20);
    vt_doc mutant = *doc;
    vt_node **nodes = vt_alloc_array(arena, 4096, sizeof *nodes);
    size_t n = 0;

    mutant.arena = arena;
    mutant.root = copied(arena, doc->root);
    list_nodes(mutant.root, nodes, &n, 4096);
    for (unsigned i = 0; i < times; i++)
        mutate(arena, nodes, n);
    same_verdict(&mutant);
    vt_arena_free(arena);
}

/* ---------------------------------------------------------------- tests -- */

static void mutants_of_cases(void **state) {
    char *paths[64];
    size_t n = help_cases(paths, 64);

    (void)state;
    seed = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < n; i++) {
        vt_arena *arena = vt_arena_new((size_t)64 << 20);
        vt_findings *list = vt_findings_new();
        vt_doc *doc = NULL;

        assert_int_equal(vt_doc_read(NULL, arena, paths[i], list, &doc), VT_OK);
        same_verdict(doc);
        for (int m = 0; m < MUTANTS_OF_CASES; m++)
            mutate_and_judge(doc, 1);
        vt_findings_free(list);
        vt_arena_free(arena);
        free(paths[i]);
    }
    if (!n)
        skip();
}

/* What the table can grow is accepted by both, and survives the round trip. */
static void grown_trees(void **state) {
    (void)state;
    seed = 0xD1B54A32D192ED03u;
    for (int i = 0; i < GROWN; i++) {
        vt_arena *arena = vt_arena_new((size_t)64 << 20);
        vt_findings *list = vt_findings_new();
        vt_doc *doc = grown(arena);

        (void)!vt_doc_validate(doc, list);
        if (!table_accepts(list))
            fail_msg("%s", help_findings(list));
        same_verdict(doc);
        if (vt_findings_errors(list) == 0)
            help_round_trip(doc);
        for (int m = 0; m < MUTANTS_OF_GROWN; m++)
            mutate_and_judge(doc, 1 + chance(2));
        vt_findings_free(list);
        vt_arena_free(arena);
    }
}

/* Names are found by themselves, and lie where their numbers say. */
static void names_are_found(void **state) {
    (void)state;
    for (int el = VT_DOCUMENT; el < VT_ELEMENTS; el++)
        assert_int_equal(vt_el_find(vt_el_name((vt_el)el)), el);
    for (int at = 0; at < VT_ATTRIBUTES; at++)
        assert_int_equal(vt_at_find(vt_at_name((vt_at)at)), at);
    assert_int_equal(vt_el_find("subjekt"), VT_ELEMENTS);
    assert_int_equal(vt_el_find("#text"), VT_ELEMENTS);
    assert_int_equal(vt_at_find(""), VT_ATTRIBUTES);
}

static void misspelt_names(void **state) {
    (void)state;
    assert_string_equal(vt_el_nearest(~(vt_set)0, "subjekt"), "subject");
    assert_string_equal(vt_el_nearest(~(vt_set)0, "Document"), "document");
    assert_string_equal(vt_el_nearest(~(vt_set)0, "as_above"), "as-above");
    assert_string_equal(vt_el_nearest(~(vt_set)0, "receipient"), "recipient");
    assert_string_equal(vt_at_nearest(~(vt_set)0, "colspna"), "colspan");
    assert_string_equal(vt_el_nearest(~(vt_set)0, "tr"), "row"); /* of HTML, not "to" */
    assert_string_equal(vt_el_nearest(~(vt_set)0, "TD"), "cell");
    assert_null(vt_el_nearest(VT_BIT(VT_TO), "tr"));
    assert_null(vt_el_nearest(~(vt_set)0, "paragraph-of-text"));
    assert_null(vt_el_nearest(~(vt_set)0, "x"));
    assert_null(vt_el_nearest(~(vt_set)0, "a-name-that-is-far-too-long-to-be-one"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(misspelt_names),
        cmocka_unit_test(grown_trees),
        cmocka_unit_test(mutants_of_cases),
    };

    return cmocka_run_group_tests(tests, open_schema, close_schema);
}
