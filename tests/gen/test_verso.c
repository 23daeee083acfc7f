/*
 * tests/gen/test_verso.c - paper printed on both sides: back pages stand as the
 * front ones do, moved so that the wide margin is at the bound edge.
 */
#include "made.h"

#define PARTY(body, behind)                                                                          \
    "<document xmlns=\"urn:vanthu:document:1\" system=\"party\" type=\"ke-hoach\">"                  \
    "<issuer abbr=\"ĐU\"><name>Đảng ủy xã Thạch Bình</name></issuer><number value=\"9\"/>" \
    "<place>Thạch Bình</place><date>2026-07-05</date><subject>kiểm tra hồ, đập</subject>"  \
    "<body>" body "</body><copies><archive>VPĐU</archive></copies>"                                 \
    "<signature><position>Bí thư</position><name>Lại Thị Phương</name></signature>" behind           \
    "</document>"
#define PARAGRAPH                                                                                                          \
    "<p>Các chi bộ lãnh đạo Nhân dân kiểm tra hồ, đập, kênh mương<footnote>Cả mương "               \
    "nội đồng.</footnote> trước mùa mưa, báo cáo kết quả về Văn phòng Đảng ủy trước ngày 20 " \
    "tháng 7 năm 2026 để tổng hợp, báo cáo Ban Thường vụ Đảng ủy xã.</p>"
#define TEN(x) x x x x x x x x x x
#define TABLE "<table><row><cell>Hồ Đồng Mây</cell><cell>Thôn Cồn Sẻ</cell></row></table>"
#define LANDSCAPE                                                                                  \
    "<annex orientation=\"landscape\"><title>Danh sách hồ, đập</title>" TABLE "</annex>"

static vt_made compose_sides(const char *xml, bool two_sided) {
    vt_made made = start();

    made.status =
        vt_doc_parse(engine, made.arena, xml, strlen(xml), "so.xml", NULL, made.list, &made.doc);
    compose_as(&made, &(vt_compose_options){.draft = true, .two_sided = two_sided});
    return made;
}

static void assert_moved(const vt_page *page, const vt_page *plain, double x, double y) {
    assert_int_equal(page->run_count, plain->run_count);
    assert_int_equal(page->mark_count, plain->mark_count);
    for (size_t i = 0; i < page->run_count; i++) {
        near(page->runs[i].x, plain->runs[i].x + x);
        near(page->runs[i].y, plain->runs[i].y + y);
    }
    for (size_t i = 0; i < page->mark_count; i++) {
        near(page->marks[i].x1, plain->marks[i].x1 + x);
        near(page->marks[i].x2, plain->marks[i].x2 + x);
        near(page->marks[i].y1, plain->marks[i].y1 + y);
        near(page->marks[i].y2, plain->marks[i].y2 + y);
    }
}

static double leftmost(const vt_page *page) {
    double x = page->width;

    for (size_t i = 0; i < page->run_count; i++)
        x = fmin(x, page->runs[i].x);
    return x;
}

/* HD 05: left 30 and right 15 mm in front, left 15 and right 30 mm behind;
   page number and notes go with the text. */
static void test_back_pages_are_moved(void **state) {
    static const char xml[] = PARTY(TEN(PARAGRAPH) TEN(PARAGRAPH), "");
    vt_made plain = compose_sides(xml, false), both = compose_sides(xml, true);
    const double mm = 72 / 25.4;

    (void)state;
    assert_made(&plain);
    assert_made(&both);
    assert_int_equal(both.layout->page_count, plain.layout->page_count);
    assert_true(both.layout->page_count >= 3);
    near(leftmost(&both.layout->pages[0]), 30 * mm);
    near(leftmost(&both.layout->pages[1]), 15 * mm);
    for (size_t p = 0; p < both.layout->page_count; p++)
        assert_moved(&both.layout->pages[p], &plain.layout->pages[p], p % 2 ? -15 * mm : 0, 0);
    drop(&plain);
    drop(&both);
}

/* A turned sheet is bound at its upper edge; its back at the lower one.  Its
   entry of the outline goes with it. */
static void test_turned_back_page_is_moved_down(void **state) {
    static const char xml[] = PARTY(PARAGRAPH, LANDSCAPE);
    vt_made plain = compose_sides(xml, false), both = compose_sides(xml, true);
    const double mm = 72 / 25.4;

    (void)state;
    assert_made(&plain);
    assert_made(&both);
    assert_int_equal(both.layout->page_count, 2);
    assert_true(both.layout->pages[1].width > both.layout->pages[1].height);
    assert_moved(&both.layout->pages[0], &plain.layout->pages[0], 0, 0);
    assert_moved(&both.layout->pages[1], &plain.layout->pages[1], 0, -15 * mm);
    const size_t last = both.layout->outline_count - 1;
    assert_int_equal(both.layout->outlines[last].page, 1);
    near(both.layout->outlines[last].y, plain.layout->outlines[last].y - 15 * mm);
    drop(&plain);
    drop(&both);
}

/* An annex bears its own numbers; what counts is the side of the sheet. */
static void test_sides_are_counted_through_the_file(void **state) {
    static const char xml[] = PARTY(PARAGRAPH, "<annex><title>A</title>" TABLE
                                               "</annex><annex><title>B</title>" TABLE "</annex>");
    vt_made both = compose_sides(xml, true);
    const double mm = 72 / 25.4;

    (void)state;
    assert_made(&both);
    assert_int_equal(both.layout->page_count, 3);
    for (size_t p = 1; p < 3; p++) {
        const vt_page *page = &both.layout->pages[p];
        double left = page->width;
        assert_int_equal(page->number, 1);
        for (size_t i = 0; i < page->mark_count; i++)
            left = fmin(left, page->marks[i].x1);
        near(left, (p == 1 ? 15 : 30) * mm);
    }
    drop(&both);
}

/* NĐ 30 gives its ranges for every page: no rule, no guess. */
static void test_state_has_no_back_margins(void **state) {
    vt_made made = compose_sides(LETTER("Thạch Bình", "2026-02-05", "<p>Kính báo cáo</p>"), true);

    (void)state;
    assert_int_equal(made.status, VT_BAD);
    assert_non_null(strstr(help_findings(made.list), "TRANG-06"));
    drop(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_back_pages_are_moved),
        cmocka_unit_test(test_turned_back_page_is_moved_down),
        cmocka_unit_test(test_sides_are_counted_through_the_file),
        cmocka_unit_test(test_state_has_no_back_margins),
    };

    return cmocka_run_group_tests_name("verso", tests, open_engine, close_engine);
}
