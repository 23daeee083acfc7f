/*
 * Composed pages: places and sizes as the pack says, where pages end.
 */
#include "made.h"

static void test_header_stands_as_the_law_says(void **state) {
    vt_made made = compose_text(LETTER("Thạch Bình", "2026-02-05", "<p>Kính báo cáo</p>"), false);
    const vt_layout *layout = made.layout;

    (void)state;
    assert_made(&made);
    const vt_run *motto = find_run(layout, "Độc lập", NULL),
                 *title = find_run(layout, "CỘNG", NULL);
    const vt_run *number = find_run(layout, "Số:", NULL),
                 *date = find_run(layout, "Thạch Bình,", NULL);
    const vt_mark *rule = find_mark(layout, "motto-rule"),
                  *short_rule = find_mark(layout, "issuer-rule");
    const vt_run *issuer = find_run(layout, "XÃ THẠCH BÌNH", NULL);
    const vt_style *styles = made.pack->styles;

    /* PL I II.1.b: as long as the motto, below it */
    near(rule->x1, motto->x);
    near(rule->x2 - rule->x1, motto->width);
    assert_true(rule->y1 > motto->y && rule->y1 < motto->y + motto->size);
    /* PL I II.2.b: 1/3 to 1/2 of the last line of the name, centred */
    double share = (short_rule->x2 - short_rule->x1) / issuer->width;
    assert_true(share >= 1 / 3.0 && share <= 0.5);
    near((short_rule->x1 + short_rule->x2) / 2, issuer->x + issuer->width / 2);
    /* PL I II.4.c: place and date on the line of the number, below the motto's middle */
    near(number->y, date->y);
    near(title->x + title->width / 2, motto->x + motto->width / 2);
    near(title->size, styles[VT_C_NATIONAL_TITLE].size[0]);
    near(date->size, styles[VT_C_PLACE_DATE].size[0]);
    /* lines of both columns stand on common baselines */
    near(title->y, find_run(layout, "UBND TỈNH", NULL)->y);
    near(motto->y, find_run(layout, "ỦY BAN NHÂN DÂN ", NULL)->y);
    drop(&made);
}

static void test_long_place_takes_the_small_sizes(void **state) {
    vt_made made =
        compose_text(LETTER("Thành phố Hồ Chí Minh", "2026-12-29", "<p>Kính báo cáo</p>"), false);

    (void)state;
    assert_made(&made);
    near(find_run(made.layout, "CỘNG", NULL)->size, made.pack->styles[VT_C_NATIONAL_TITLE].size[1]);
    near(find_run(made.layout, "Độc lập", NULL)->size, made.pack->styles[VT_C_MOTTO].size[1]);
    near(find_run(made.layout, "Thành phố Hồ Chí Minh", NULL)->size,
         made.pack->styles[VT_C_PLACE_DATE].size[1]);
    drop(&made);
}

static void test_nothing_leaves_the_text_area(void **state) {
    char *paths[64];
    const size_t n = help_files("tests/regress/compose", ".xml", paths, 64);

    (void)state;
    for (size_t f = 0; f < n; f++) {
        vt_made made = compose_file(paths[f]);
        assert_made(&made);
        const vt_pack *pack = made.pack;
        for (size_t p = 0; p < made.layout->page_count; p++) {
            const vt_page *page = &made.layout->pages[p];
            for (size_t i = 0; i < page->run_count; i++) {
                const vt_run *run = &page->runs[i];
                double end = run->x + run->width;
                if (run->text[run->len - 1] == ' ')
                    end -= run->word_space + run->size / 4;
                /* ô 11 stands in the top margin (PL I, IV) */
                if (run->tag == VT_ARTIFACT ||
                    strncmp(run->text, "LƯU HÀNH", strlen("LƯU HÀNH")) == 0)
                    continue;
                /* a sheet on its side has turned its margins with it */
                const bool turned = page->width > page->height;
                const vt_span *const margins[] = {
                    turned ? &pack->margin_bottom : &pack->margin_left,
                    turned ? &pack->margin_top : &pack->margin_right,
                    turned ? &pack->margin_left : &pack->margin_top,
                    turned ? &pack->margin_right : &pack->margin_bottom};
                assert_true(run->x >= margins[0]->value - 0.01);
                assert_true(end <= page->width - margins[1]->value + 0.05);
                assert_true(run->y > margins[2]->value);
                assert_true(run->y < page->height - margins[3]->value);
            }
        }
        drop(&made);
        free(paths[f]);
    }
}

/* ------------------------------------------------------------ page breaks -- */

/* A letter of n paragraphs of about three lines each. */
static vt_made long_letter(int n) {
    vt_buf xml;
    vt_made made;

    vt_buf_init(&xml, 1 << 20);
    vt_buf_puts(&xml, "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"bao-cao\">"
                      "<issuer abbr=\"UBND\"><name>Ủy ban nhân dân xã Thạch Bình</name></issuer>"
                      "<number/><place>Thạch Bình</place><date>2026</date>"
                      "<subject>Kết quả công tác</subject><body>");
    for (int i = 0; i < n; i++)
        vt_buf_printf(&xml,
                      "<p>Đoạn %d báo cáo việc lập hồ sơ, nộp lưu hồ sơ vào lưu trữ cơ quan, việc "
                      "quản lý và sử dụng con dấu, việc bố trí kho tàng và kinh phí cho công tác "
                      "văn thư, lưu trữ của các đơn vị trực thuộc trong kỳ.</p>",
                      i);
    vt_buf_puts(&xml,
                "</body><copies><recipient>Sở Nội vụ</recipient><archive>VT</archive></copies>"
                "<signature><position>Chủ tịch</position><name>Lương Hồng Nhạn</name>"
                "</signature></document>");
    made = compose_text(xml.data, false);
    vt_buf_free(&xml);
    return made;
}

/* Lines of text on a page above a baseline, the header's aside. */
static int lines_above(const vt_page *page, double y, double from) {
    double last = -1;
    int n = 0;

    for (size_t i = 0; i < page->run_count; i++) {
        const vt_run *run = &page->runs[i];
        if (run->tag == VT_ARTIFACT || run->y >= y || run->y < from || run->y == last)
            continue;
        last = run->y;
        n++;
    }
    return n;
}

/* Whatever the length of the text, two of its lines stand with the signature,
   and no paragraph leaves a line alone. */
static void test_signature_is_never_alone(void **state) {
    (void)state;
    for (int n = 4; n < 40; n++) {
        vt_made made = long_letter(n);
        size_t page = 0;
        assert_made(&made);
        const vt_run *post = find_run(made.layout, "CHỦ TỊCH", &page);
        assert_true(page == made.layout->page_count - 1);
        assert_true(lines_above(&made.layout->pages[page], post->y, page ? 0 : 150) >= 2);
        for (size_t p = 1; p < made.layout->page_count; p++) {
            const vt_page *here = &made.layout->pages[p], *before = here - 1;
            const vt_run *first = &here->runs[0], *last = &before->runs[before->run_count - 1];
            for (size_t i = before->run_count; last->tag == VT_ARTIFACT && i-- > 0;)
                last = &before->runs[i];
            if (first->tag != last->tag)
                continue;
            assert_int_equal(here->runs[1].tag, first->tag);
            assert_int_equal(last[-1].tag, last->tag);
        }
        drop(&made);
    }
}

static void test_page_numbers_begin_on_page_two(void **state) {
    vt_made made = long_letter(40);
    const vt_layout *layout = made.layout;

    (void)state;
    assert_made(&made);
    assert_true(layout->page_count >= 3);
    for (size_t p = 0; p < layout->page_count; p++) {
        const vt_page *page = &layout->pages[p];
        const vt_run *last = &page->runs[page->run_count - 1];
        char number[32];
        snprintf(number, sizeof number, "%zu", p + 1);
        assert_int_equal(last->tag == VT_ARTIFACT, p > 0);
        if (!p)
            continue;
        assert_int_equal(last->len, strlen(number));
        assert_memory_equal(last->text, number, last->len);
        near(last->y, made.pack->page_number_baseline);
        near(last->x + last->width / 2,
             (made.pack->margin_left.value + page->width - made.pack->margin_right.value) / 2);
    }
    drop(&made);
}

/* A note stands at the foot of the page that names it, below its line. */
static void test_footnotes(void **state) {
    vt_made made = compose_text(
        LETTER(
            "Thạch Bình", "2026",
            "<p>Một<footnote>Ghi chú đầu.</footnote> và hai.</p><table><row><cell>ô<footnote>Ghi "
            "chú <i>hai</i>.</footnote></cell></row></table><p>Hết</p>"),
        false);
    size_t page = 0;

    (void)state;
    assert_made(&made);
    const vt_run *one = find_run(made.layout, "1", &page),
                 *text = find_run(made.layout, "Một", NULL);
    assert_int_equal(one->tag, text->tag);
    assert_true(one->size < text->size && one->y < text->y);
    const vt_run *first = find_run(made.layout, " Ghi chú đầu.", NULL);
    const vt_run *second = find_run(made.layout, " Ghi chú ", NULL);
    const vt_mark *rule = find_mark(made.layout, "note-rule");
    assert_true(rule->y1 < first->y && first->y < second->y + 0.1);
    assert_true(find_run(made.layout, "Lương Hồng Nhạn", NULL)->y < rule->y1);
    assert_tree(made.layout);
    drop(&made);
}

/* A table that goes on repeats its header rows, as artifacts, and closes its
   grid on both sides of the break. */
static void test_table_goes_on(void **state) {
    vt_buf xml;

    (void)state;
    vt_buf_init(&xml, 1 << 20);
    vt_buf_puts(&xml, "<table widths=\"10 90\" header-rows=\"1\" caption=\"Bảng 1\">"
                      "<row><cell>TT</cell><cell>Việc</cell></row>");
    for (int i = 1; i <= 60; i++)
        vt_buf_printf(&xml, "<row><cell>%d</cell><cell>Việc thứ %d</cell></row>", i, i);
    vt_buf_puts(&xml, "</table><p>Hết</p>");
    vt_buf whole;
    vt_buf_init(&whole, 1 << 20);
    vt_buf_printf(&whole, LETTER("Thạch Bình", "2026", "%s"), xml.data);
    vt_made made = compose_text(whole.data, false);
    assert_made(&made);
    assert_true(made.layout->page_count >= 2);
    for (size_t p = 1; p < made.layout->page_count; p++) {
        const vt_page *page = &made.layout->pages[p];
        assert_int_equal(page->runs[0].tag, VT_ARTIFACT);
        assert_memory_equal(page->runs[0].text, "TT", 2);
        assert_int_not_equal(page->runs[2].tag, VT_ARTIFACT);
        assert_true(page->runs[0].y < page->runs[2].y);
    }
    assert_tree(made.layout);
    vt_buf_free(&whole);
    vt_buf_free(&xml);
    drop(&made);
}

/* Many receivers do not keep a signature from standing on a page, nor do many
   signers; every one of them is there. */
static void test_long_closing(void **state) {
    vt_buf xml;
    size_t page = 0, post = 0;

    (void)state;
    vt_buf_init(&xml, 1 << 20);
    vt_buf_puts(&xml,
                "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"bien-ban\">"
                "<issuer abbr=\"UBND\"><name>Ủy ban nhân dân</name></issuer><number/>"
                "<subject>Họp</subject><body><p>Một</p><p>Hai</p></body><copies>");
    for (int i = 0; i < 90; i++)
        vt_buf_printf(&xml, "<recipient>Đơn vị %d</recipient>", i);
    vt_buf_puts(&xml, "</copies><signature><position>Chủ tọa</position><name>Ông Một</name>"
                      "</signature></document>");
    vt_made made = compose_text(xml.data, false);
    assert_made(&made);
    find_run(made.layout, "CHỦ TỌA", &post);
    assert_int_equal(post, 0);
    find_run(made.layout, "Đơn vị 89.", &page);
    assert_true(page >= 1 && page + 1 == made.layout->page_count);
    drop(&made);
    vt_buf_free(&xml);
}

/* Header rows, and rows, higher than a page: parted, never below its foot. */
static void test_rows_higher_than_a_page(void **state) {
    vt_buf xml;

    (void)state;
    vt_buf_init(&xml, 1 << 20);
    vt_buf_puts(&xml, "<table header-rows=\"1\">");
    for (int row = 0; row < 3; row++) {
        vt_buf_puts(&xml, "<row><cell>một</cell><cell>");
        for (int i = 0; i < 120; i++)
            vt_buf_puts(&xml, "<p>cao</p>");
        vt_buf_puts(&xml, "</cell></row>");
    }
    vt_buf_puts(&xml, "</table><p>Hết</p>");
    vt_buf whole;
    vt_buf_init(&whole, 1 << 20);
    vt_buf_printf(&whole, LETTER("Thạch Bình", "2026", "%s"), xml.data);
    vt_made made = compose_text(whole.data, false);
    assert_made(&made);
    size_t words = 0;
    for (size_t p = 0; p < made.layout->page_count; p++)
        for (size_t i = 0; i < made.layout->pages[p].run_count; i++) {
            const vt_run *run = &made.layout->pages[p].runs[i];
            assert_true(run->y < made.pack->page_height - made.pack->margin_bottom.value);
            words += run->len == 3 && memcmp(run->text, "cao", 3) == 0;
        }
    assert_int_equal(words, 360);
    vt_buf_free(&whole);
    vt_buf_free(&xml);
    drop(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_stands_as_the_law_says),
        cmocka_unit_test(test_long_place_takes_the_small_sizes),
        cmocka_unit_test(test_nothing_leaves_the_text_area),
        cmocka_unit_test(test_signature_is_never_alone),
        cmocka_unit_test(test_page_numbers_begin_on_page_two),
        cmocka_unit_test(test_footnotes),
        cmocka_unit_test(test_table_goes_on),
        cmocka_unit_test(test_long_closing),
        cmocka_unit_test(test_rows_higher_than_a_page),
    };

    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
