/*
 * tests/gen/test_book.c - registers and lists: across the sheet, without the
 * national title, bound at the left.
 */
#include "made.h"

#define BOOK(type, body)                                                                           \
    "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"" type "\">"                \
    "<issuer><superior>Ủy ban nhân dân tỉnh Thạch Hà</superior>"                          \
    "<name>Sở Công Thương</name></issuer><body>" body "</body></document>"
#define TABLE                                                                                      \
    "<table header-rows=\"1\"><row><cell>Số</cell></row><row><cell>05</cell></row></table>"
#define COVER BOOK("so-dang-ky-van-ban-di", "<p align=\"center\">Năm: 2026</p><pagebreak/>" TABLE)
#define LIST BOOK("muc-luc-van-ban", TABLE)

static const vt_run *run_of(const vt_layout *layout, size_t page, const char *words) {
    const vt_page *p = &layout->pages[page];

    for (size_t i = 0; i < p->run_count; i++)
        if (p->runs[i].len == strlen(words) && memcmp(p->runs[i].text, words, p->runs[i].len) == 0)
            return &p->runs[i];
    fail_msg("“%s” is not on page %zu", words, page + 1);
    return NULL;
}

static size_t frames(const vt_page *page) {
    size_t n = 0;

    for (size_t i = 0; i < page->mark_count; i++)
        n += page->marks[i].what && strcmp(page->marks[i].what, "cover") == 0;
    return n;
}

static bool has_words(const vt_layout *layout, const char *words) {
    vt_buf all;
    bool has;

    vt_buf_init(&all, 1 << 20);
    page_words(layout, &all);
    has = strstr(all.data, words) != NULL;
    vt_buf_free(&all);
    return has;
}

static void pages_lie_across(void **state) {
    vt_made made = compose_text(COVER, false);

    (void)state;
    assert_made(&made);
    assert_int_equal(made.layout->page_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(made.layout->pages[i].width > made.layout->pages[i].height);
    drop(&made);
}

static void no_national_title(void **state) {
    vt_made made = compose_text(COVER, false);

    (void)state;
    assert_made(&made);
    assert_false(has_words(made.layout, "CỘNG HÒA"));
    assert_true(has_words(made.layout, "SỞ CÔNG THƯƠNG"));
    assert_false(has_words(made.layout, "./."));
    drop(&made);
}

/* The name of a register is large, in the middle of a framed cover. */
static void a_register_has_a_cover(void **state) {
    vt_made made = compose_text(COVER, false);

    (void)state;
    assert_made(&made);
    const vt_run *name = run_of(made.layout, 0, "SỔ ĐĂNG KÝ VĂN BẢN ĐI");
    const double left = made.pack->margin_left.value;
    const double right = made.layout->pages[0].width - made.pack->margin_right.value;
    assert_true(name->size == made.pack->styles[VT_C_BOOK_TITLE].size[0]);
    assert_true(fabs(name->x + name->width / 2 - (left + right) / 2) < 0.5);
    assert_int_equal(frames(&made.layout->pages[0]), 2);
    assert_int_equal(frames(&made.layout->pages[1]), 0);
    drop(&made);
}

static void a_list_has_a_title(void **state) {
    vt_made made = compose_text(LIST, false);

    (void)state;
    assert_made(&made);
    assert_int_equal(made.layout->page_count, 1);
    assert_true(run_of(made.layout, 0, "MỤC LỤC VĂN BẢN, TÀI LIỆU")->size <
                made.pack->styles[VT_C_BOOK_TITLE].size[0]);
    assert_int_equal(frames(&made.layout->pages[0]), 0);
    drop(&made);
}

/* Many columns: tables of books are set in the least size of tables. */
static void tables_are_small(void **state) {
    vt_made made = compose_text(LIST, false);

    (void)state;
    assert_made(&made);
    assert_true(run_of(made.layout, 0, "05")->size == made.pack->styles[VT_C_TABLE_CELL].size_min);
    drop(&made);
}

/* PL V: danh mục hồ sơ has the national title and stands upright. */
static void a_form_of_the_law_stands_upright(void **state) {
    vt_made made = compose_text(BOOK("danh-muc-ho-so", TABLE), false);

    (void)state;
    assert_made(&made);
    assert_true(made.layout->pages[0].width < made.layout->pages[0].height);
    assert_true(has_words(made.layout, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
    assert_true(has_words(made.layout, "DANH MỤC HỒ SƠ"));
    assert_false(has_words(made.layout, "./."));
    drop(&made);
}

/* A register is nothing to be issued. */
static void a_book_is_no_document_of_its_own(void **state) {
    vt_made made = compose_text(LIST, false);
    bool told = false;

    (void)state;
    assert_made(&made);
    assert_int_equal(vt_check(engine, made.pack, made.doc, made.list), VT_BAD);
    for (size_t i = 0; i < vt_findings_count(made.list); i++)
        told |= strstr(vt_findings_at(made.list, i)->message, "không phải loại văn bản ban hành") !=
                NULL;
    assert_true(told);
    drop(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_lie_across),
        cmocka_unit_test(no_national_title),
        cmocka_unit_test(a_register_has_a_cover),
        cmocka_unit_test(a_list_has_a_title),
        cmocka_unit_test(tables_are_small),
        cmocka_unit_test(a_form_of_the_law_stands_upright),
        cmocka_unit_test(a_book_is_no_document_of_its_own),
    };

    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
