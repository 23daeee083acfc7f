/*
 * tests/gen/test_tree.c - building and asking the tree; number and date.
 */
#include "gen/gen.h"
#include "tests/gen/help.h"

#define XML                                                                                        \
    "<document xmlns=\"urn:vanthu:document:1\" system=\"party\" type=\"ke-hoach\">"                \
    "<issuer abbr=\"HU\"><name>Huyện ủy<br/>Thạch Bình</name></issuer>"                     \
    "<subject>phòng, chống lụt bão</subject>"                                                \
    "<body><clause><heading>Mục <b>tiêu</b></heading><p>Một<footnote>chú thích</footnote>"  \
    " và hai</p></clause><clause><p>Ba</p></clause></body></document>"

typedef struct fixture {
    vt_arena *arena;
    vt_findings *list;
    vt_doc *doc;
} fixture;

static int open_doc(void **state) {
    fixture *f = calloc(1, sizeof *f);

    assert_non_null(f);
    f->arena = vt_arena_new((size_t)16 << 20);
    f->list = vt_findings_new();
    assert_int_equal(
        vt_doc_parse(NULL, f->arena, XML, sizeof XML - 1, "x.xml", "folder", f->list, &f->doc),
        VT_OK);
    *state = f;
    return 0;
}

static int close_doc(void **state) {
    fixture *f = *state;

    vt_findings_free(f->list);
    vt_arena_free(f->arena);
    free(f);
    return 0;
}

static void values_of_the_document(void **state) {
    fixture *f = *state;
    const vt_node *issuer = vt_child(f->doc->root, VT_ISSUER);

    assert_int_equal(f->doc->system, VT_PARTY);
    assert_string_equal(f->doc->file, "x.xml");
    assert_string_equal(f->doc->folder, "folder");
    assert_string_equal(vt_attr_get(f->doc->root, VT_AT_TYPE), "ke-hoach");
    assert_string_equal(vt_attr_get(issuer, VT_AT_ABBR), "HU");
    assert_null(vt_attr_get(issuer, VT_AT_ORGAN));
    assert_null(vt_child(f->doc->root, VT_DATE));
}

static void text_below_a_node(void **state) {
    fixture *f = *state;
    const vt_node *name = vt_child(vt_child(f->doc->root, VT_ISSUER), VT_NAME);
    const vt_node *body = vt_child(f->doc->root, VT_BODY);

    assert_string_equal(vt_node_text(f->arena, name, 0), "Huyện ủy Thạch Bình");
    assert_string_equal(vt_node_text(f->arena, name, '\n'), "Huyện ủy\nThạch Bình");
    assert_string_equal(vt_node_text(f->arena, body, '|'), "Mục tiêu|Một và hai|Ba");
    assert_string_equal(vt_node_text(f->arena, vt_node_new(f->arena, VT_P, 0), 0), "");
}

static void places(void **state) {
    fixture *f = *state;
    const vt_node *body = vt_child(f->doc->root, VT_BODY);
    const vt_node *second = vt_next_same(vt_child(body, VT_CLAUSE));
    vt_place place = vt_node_place(f->arena, f->doc, vt_child(second, VT_P)->first);

    assert_string_equal(place.file, "x.xml");
    assert_int_equal(place.line, 1);
    assert_string_equal(place.path, "/document/body/clause[2]/p");
    assert_null(vt_next_same(second));
}

static void attributes_stay_in_order(void **state) {
    static const vt_at order[] = {VT_AT_VALIGN, VT_AT_ALIGN, VT_AT_ROWSPAN, VT_AT_COLSPAN};
    fixture *f = *state;
    vt_node *cell = vt_node_new(f->arena, VT_CELL, 0);

    for (size_t i = 0; i < 4; i++)
        assert_true(vt_attr_set(f->arena, cell, order[i], "1"));
    assert_true(vt_attr_set(f->arena, cell, VT_AT_ALIGN, "left"));
    for (const vt_attr *a = cell->attrs; a->next; a = a->next)
        assert_true(a->id < a->next->id);
    assert_string_equal(vt_attr_get(cell, VT_AT_ALIGN), "left");
    assert_true(vt_attr_set(f->arena, cell, VT_AT_ALIGN, NULL));
    assert_null(vt_attr_get(cell, VT_AT_ALIGN));
    assert_true(vt_attr_set(f->arena, cell, VT_AT_CAPTION, NULL)); /* was not there */
    assert_string_equal(vt_attr_get(cell, VT_AT_VALIGN), "1");
}

static void links(const vt_node *parent, const vt_el *els, size_t n) {
    const vt_node *child = parent->first, *prev = NULL;

    for (size_t i = 0; i < n; i++, prev = child, child = child->next) {
        assert_non_null(child);
        assert_int_equal(child->el, els[i]);
        assert_ptr_equal(child->prev, prev);
        assert_ptr_equal(child->parent, parent);
    }
    assert_null(child);
    assert_ptr_equal(parent->last, prev);
}

static void nodes_are_linked(void **state) {
    fixture *f = *state;
    vt_node *p = vt_node_new(f->arena, VT_P, 0), *b = vt_node_new(f->arena, VT_B, 0);
    vt_node *i = vt_node_new(f->arena, VT_I, 0), *u = vt_node_new(f->arena, VT_U, 0);

    vt_append(p, b);
    vt_insert_before(b, i);
    vt_insert_before(b, u);
    links(p, (const vt_el[]){VT_I, VT_U, VT_B}, 3);
    vt_remove(u);
    links(p, (const vt_el[]){VT_I, VT_B}, 2);
    vt_remove(i);
    links(p, (const vt_el[]){VT_B}, 1);
    vt_remove(b);
    links(p, NULL, 0);
    assert_null(b->parent);
}

/* What is built like careless data is tidied like careless text. */
static void built_trees_are_tidied(void **state) {
    fixture *f = *state;
    vt_node *body = f->doc->root->last, *p = vt_node_new(f->arena, VT_P, 0);
    vt_doc *read = NULL;
    vt_buf xml;

    vt_append(body, p);
    vt_append(p, vt_text_new(f->arena, " Xa\xCC\x83", strlen(" Xa\xCC\x83"), 0));
    vt_append(p, vt_text_new(f->arena, "\n", 1, 0));
    vt_append(p, vt_text_new(f->arena, "Thạch ", strlen("Thạch "), 0));
    vt_append(p, vt_text_new(f->arena, "", 0, 0));
    assert_true(vt_doc_tidy(f->doc));
    assert_int_equal(vt_doc_validate(f->doc, f->list), VT_OK);
    assert_string_equal(p->first->text, "Xã Thạch");
    assert_ptr_equal(p->first, p->last);
    vt_buf_init(&xml, 1 << 20);
    assert_int_equal(vt_doc_write(f->doc, &xml, f->list), VT_OK);
    assert_int_equal(vt_doc_parse(NULL, f->arena, xml.data, xml.len, "", NULL, f->list, &read),
                     VT_OK);
    assert_true(vt_doc_equal(f->doc, read));
    vt_buf_free(&xml);
}

static void unequal_trees(void **state) {
    static const char *const others[] = {
        "<p>b</p>",
        "<p>a</p><p>a</p>",
        "<p align=\"left\">a</p>",
        "<p><b>a</b></p>",
    };
    fixture *f = *state;
    vt_doc *docs[2];
    char xml[1024];

    for (size_t i = 0; i < 4; i++) {
        static const char form[] =
            "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"cong-van\">"
            "<issuer><name>a</name></issuer><body>%s</body></document>";

        for (int k = 0; k < 2; k++) {
            snprintf(xml, sizeof xml, form, k ? others[i] : "<p>a</p>");
            assert_int_equal(
                vt_doc_parse(NULL, f->arena, xml, strlen(xml), "", NULL, f->list, &docs[k]), VT_OK);
        }
        assert_false(vt_doc_equal(docs[0], docs[1]));
        assert_true(vt_doc_equal(docs[1], docs[1]));
    }
}

static void number_and_date(void **state) {
    fixture *f = *state;
    vt_date date = {0, 0, 0};

    assert_null(vt_doc_number(f->doc));
    assert_false(vt_doc_date(f->doc, &date));
    assert_int_equal(vt_doc_set_date(f->doc, (vt_date){2026, 3, 5}, f->list), VT_OK);
    assert_int_equal(vt_doc_set_number(f->doc, "152a", f->list), VT_OK);
    assert_string_equal(vt_doc_number(f->doc), "152a");
    assert_true(vt_doc_date(f->doc, &date));
    assert_int_equal(date.year * 10000 + date.month * 100 + date.day, 20260305);
    /* in their places, so that the document is still one */
    links(f->doc->root, (const vt_el[]){VT_ISSUER, VT_NUMBER, VT_DATE, VT_SUBJECT, VT_BODY}, 5);
    assert_int_equal(vt_doc_validate(f->doc, f->list), VT_OK);
    help_round_trip(f->doc);

    assert_int_equal(vt_doc_set_number(f->doc, "05", f->list), VT_OK);
    assert_string_equal(vt_doc_number(f->doc), "5");
    assert_int_equal(vt_doc_set_number(f->doc, NULL, f->list), VT_OK);
    assert_null(vt_doc_number(f->doc));
    assert_int_equal(vt_doc_set_date(f->doc, (vt_date){0, 0, 0}, f->list), VT_OK);
    assert_false(vt_doc_date(f->doc, &date));
    assert_int_equal(vt_findings_count(f->list), 0);

    assert_int_equal(vt_doc_set_number(f->doc, "5/KH", f->list), VT_BAD);
    assert_null(vt_doc_number(f->doc));
    assert_int_equal(vt_findings_count(f->list), 1);
}

/* A tree of no depth that could be read is refused too. */
static void deep_trees_are_refused(void **state) {
    fixture *f = *state;
    vt_node *node = f->doc->root->last;

    for (int i = 0; i < VT_MAX_DEPTH; i++) {
        vt_node *clause = vt_node_new(f->arena, VT_CLAUSE, 0);

        vt_append(node, clause);
        node = clause;
    }
    assert_int_equal(vt_doc_validate(f->doc, f->list), VT_BAD);
    assert_string_equal(vt_findings_at(f->list, 0)->id, "XML-05");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_doc, close_doc)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(values_of_the_document),
        TEST(text_below_a_node),
        TEST(places),
        TEST(attributes_stay_in_order),
        TEST(nodes_are_linked),
        TEST(built_trees_are_tidied),
        TEST(unequal_trees),
        TEST(number_and_date),
        TEST(deep_trees_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
