/*
 * Composed documents: the words in reading order, labels and ends, structure,
 * fields, enclosures; golden pages.
 */
#include "made.h"

#include "dump.h"

static void test_cases_read_word_for_word(void **state) {
    char *paths[16];
    const size_t n = help_cases(paths, 16);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        vt_made made = compose_file(paths[i]);
        vt_buf words, expected;
        char other[4096];
        snprintf(other, sizeof other, "%.*s.expected.txt", (int)strlen(paths[i]) - 4, paths[i]);
        vt_buf_init(&words, 1 << 20);
        vt_buf_init(&expected, 1 << 20);
        assert_made(&made);
        page_words(made.layout, &words);
        assert_int_equal(vt_file_read(other, 1 << 20, &expected, made.list), VT_OK);
        assert_string_equal(folded(words.data), folded(expected.data));
        vt_buf_free(&words);
        vt_buf_free(&expected);
        drop(&made);
        free(paths[i]);
    }
}

/* ---------------------------------------------------------- golden files -- */

/* The first line in which two texts differ. */
static void assert_same_lines(const char *path, const char *is, const char *should) {
    for (int line = 1; *is || *should; line++) {
        const size_t n = strcspn(is, "\n"), m = strcspn(should, "\n");
        if (n != m || memcmp(is, should, n) != 0)
            fail_msg("%s:%d\n  is     %.*s\n  should %.*s", path, line, (int)n, is, (int)m, should);
        is += n + (is[n] != '\0');
        should += m + (should[m] != '\0');
    }
}

/* VT_ACCEPT=1 writes what is found as what is expected: read the difference. */
static void compare_dump(const vt_layout *layout, const char *path, vt_findings *list) {
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    vt_buf expected;

    vt_buf_init(&expected, 1 << 20);
    assert_non_null(out);
    dump_layout(out, layout);
    fclose(out);
    if (getenv("VT_ACCEPT")) {
        assert_int_equal(vt_file_write(path, text, len, false, list), VT_OK);
    } else {
        assert_int_equal(vt_file_read(path, 1 << 20, &expected, list), VT_OK);
        assert_same_lines(path, text, expected.data);
    }
    vt_buf_free(&expected);
    free(text);
}

/* A name with "dien-tu" in it is composed as an electronic file. */
static void test_golden_layouts(void **state) {
    char *paths[64];
    const size_t n = help_files("tests/regress/compose", ".xml", paths, 64);

    (void)state;
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        char golden[4096];
        vt_made made = start();
        snprintf(golden, sizeof golden, "%.*s.layout", (int)strlen(paths[i]) - 4, paths[i]);
        made.status = vt_doc_read(engine, made.arena, paths[i], made.list, &made.doc);
        compose_read(&made, strstr(paths[i], "dien-tu") != NULL);
        assert_made(&made);
        compare_dump(made.layout, golden, made.list);
        drop(&made);
        free(paths[i]);
    }
}

/* ---------------------------------------------------------- ends and labels -- */

static void assert_words(const char *body, const char *should) {
    vt_buf xml, words;

    vt_buf_init(&xml, 1 << 16);
    vt_buf_printf(&xml, LETTER("Thạch Bình", "2026-02-05", "%s"), body);
    vt_made made = compose_text(xml.data, false);
    assert_made(&made);
    const char *text = words_of(&made, &words);
    if (!strstr(text, should))
        fail_msg("\"%s\" is not in \"%s\"", should, text);
    vt_buf_free(&words);
    vt_buf_free(&xml);
    drop(&made);
}

static void test_end_mark(void **state) {
    (void)state;
    assert_words("<p>Hết</p>", "Hết./. Nơi nhận:");
    assert_words("<p>Hết.</p>", "Hết./. Nơi nhận:");
    assert_words("<p>Hết./.</p>", "Hết./. Nơi nhận:");
    assert_words("<p>Nêu <i>rõ.</i></p>", "Nêu rõ./. Nơi nhận:");
    assert_words("<p>Gồm:</p><list><item>một;</item><item>hai.</item></list>",
                 "- hai./. Nơi nhận:");
    assert_words("<clause><heading>Một</heading><p>Xong</p></clause>", "1. Một Xong./. Nơi nhận:");
    assert_words("<clause><p>Một</p></clause><pagebreak/>", "1. Một./. Nơi nhận:");
}

static void test_labels(void **state) {
    (void)state;
    assert_words("<clause><p>A</p><point><p>x</p></point><point><p>y</p></point></clause>"
                 "<clause><p>B</p><point><p>z</p></point></clause>",
                 "1. A a) x b) y 2. B a) z./.");
    assert_words("<clause><p>A</p><clause><p>B</p><clause><p>C</p></clause></clause>"
                 "<clause><p>D</p></clause></clause>",
                 "1. A 1.1. B 1.1.1. C 1.2. D./.");
    assert_words("<section><heading>Một</heading><clause><p>A</p></clause></section>"
                 "<section label=\"\"><heading>Giữa</heading><p>B</p></section>"
                 "<section><heading>Hai</heading><clause><p>C</p></clause></section>",
                 "I. MỘT 1. A GIỮA B II. HAI 1. C./.");
    assert_words("<clause><p>A</p></clause><quote><clause label=\"“5.\"><p>B”</p></clause></quote>"
                 "<clause><p>C</p></clause>",
                 "1. A “5. B” 2. C./.");
}

/* --------------------------------------------------------------- structure -- */

static void test_structure_is_sound(void **state) {
    char *paths[64];
    size_t n = help_files("tests/regress/compose", ".xml", paths, 64);

    (void)state;
    n += help_cases(paths + n, 64 - n);
    for (size_t i = 0; i < n; i++) {
        vt_made made = compose_file(paths[i]);
        assert_made(&made);
        assert_tree(made.layout);
        drop(&made);
        free(paths[i]);
    }
}

static void test_electronic_file_has_its_fields(void **state) {
    vt_made made = compose_text(LETTER("Thạch Bình", "2026-02-05", "<p>Kính báo cáo</p>"), true);
    const vt_layout *layout = made.layout;
    vt_buf words;

    (void)state;
    assert_made(&made);
    const vt_form *number = find_form(layout, "so"), *date = find_form(layout, "ngay");
    const vt_form *sign = find_form(layout, "ky_1"), *seal = find_form(layout, "dau_1");
    const vt_run *suffix = find_run(layout, "/UBND-VP", NULL);

    find_form(layout, "ban_sao");
    near(number->x2, suffix->x);
    near(number->baseline, suffix->y);
    assert_string_equal(number->value, "09");
    assert_string_equal(date->value, "ngày 05 tháng 02 năm 2026");
    near(date->baseline, suffix->y);
    /* PL I II.8.a: the seal covers the left third of the signature */
    near(seal->x2, sign->x1 + (sign->x2 - sign->x1) / 3);
    assert_true(seal->x1 < sign->x1);
    assert_null(strstr(words_of(&made, &words), "09"));
    assert_null(strstr(words.data, "ngày 05"));
    vt_buf_free(&words);
    drop(&made);
}

/* Parts that begin on pages of their own count from 1; the reference is filled
   on paper and dotted in an electronic file. */
static void test_annexes(void **state) {
    const char *xml =
        "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"quyet-dinh\">"
        "<issuer abbr=\"UBND\"><name>Ủy ban nhân dân xã Thạch Bình</name></issuer>"
        "<number value=\"7\"/><place>Thạch Bình</place><date>2026-02-05</date>"
        "<subject>Ban hành Quy chế</subject><body><p>Một</p></body>"
        "<signature><position>Chủ tịch</position><name>Lương Hồng Nhạn</name></signature>"
        "<annex><title>Biểu mẫu</title><p>Hai</p></annex></document>";
    (void)state;
    for (int electronic = 0; electronic < 2; electronic++) {
        vt_made made = compose_text(xml, electronic);
        vt_buf words;
        assert_made(&made);
        assert_int_equal(made.layout->page_count, 2);
        assert_int_equal(made.layout->pages[1].number, 1);
        const char *text = words_of(&made, &words);
        assert_non_null(strstr(text, "Phụ lục BIỂU MẪU (Kèm theo"));
        assert_int_equal(electronic,
                         strstr(text, "số 07/QĐ-UBND ngày 05 tháng 02 năm 2026") == NULL);
        assert_non_null(strstr(text, "Hai./."));
        vt_buf_free(&words);
        drop(&made);
    }
}

/* A list of receivers higher than a page begins below its label, on page 1. */
static void test_many_receivers(void **state) {
    char xml[8192];
    size_t n = 0, page = 9;
    (void)state;
    n += (size_t)snprintf(
        xml, sizeof xml,
        "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"cong-van\">"
        "<issuer abbr=\"UBND\"><name>Ủy ban nhân dân xã Thạch Bình</name></issuer>"
        "<number value=\"7\" unit=\"VX\"/><place>Thạch Bình</place><date>2026-02-05</date>"
        "<subject>mời họp</subject><to>");
    for (int i = 1; i <= 60; i++)
        n += (size_t)snprintf(xml + n, sizeof xml - n, "<recipient>Trường %d</recipient>", i);
    snprintf(xml + n, sizeof xml - n, "</to><body><p>Một.</p></body></document>");
    vt_made made = compose_text(xml, false);
    assert_made(&made);
    assert_non_null(find_run(made.layout, "Kính gửi:", &page));
    assert_int_equal(page, 0);
    assert_non_null(find_run(made.layout, "Trường 2;", &page));
    assert_int_equal(page, 0);
    assert_non_null(find_run(made.layout, "Trường 60.", &page));
    assert_int_equal(page, 1);
    drop(&made);
}

/* ------------------------------------------------------------- enclosures -- */

static vt_made compose_enclosing(const char *name, bool draft) {
    char path[256];
    vt_made made = start();

    snprintf(path, sizeof path, "tests/regress/enclose/%s", name);
    made.status = vt_doc_read(engine, made.arena, path, made.list, &made.doc);
    compose_as(&made, &(vt_compose_options){.draft = draft});
    return made;
}

static void test_enclosed_document_follows(void **state) {
    vt_made made = compose_enclosing("gui-kem.xml", false);
    const vt_layout *layout = made.layout;
    size_t page = 0;

    (void)state;
    assert_made(&made);
    assert_int_equal(layout->page_count, 2);
    assert_int_equal(layout->pages[1].number, 1);
    find_run(layout, "ĐẢNG BỘ TỈNH", &page);
    assert_int_equal(page, 1);
    const vt_run *mark = find_run(layout, "SAO Y", &page);
    assert_true(page == 1 && mark->y < made.pack->margin_top.value);
    assert_int_equal(layout->tags[layout->tags[0].last].role, VT_ROLE_PART);
    assert_int_equal(layout->attachment_count, 1);
    assert_string_equal(layout->attachments[0].name, "bieu.pdf");
    assert_string_equal(layout->attachments[0].title, "Biểu tổng hợp");
    assert_memory_equal(layout->attachments[0].data, "%PDF-1.4", 8);
    drop(&made);

    made = compose_enclosing("gui-kem.xml", true);
    vt_buf words;
    assert_made(&made);
    assert_null(strstr(words_of(&made, &words), "SAO Y"));
    vt_buf_free(&words);
    drop(&made);
}

static void test_bad_enclosures_are_refused(void **state) {
    static const struct {
        const char *name, *id;
    } cases[] = {
        {"vong-1.xml", "TRANG-13"},
        {"thieu.xml", "TEP-01"},
        {"ra-ngoai.xml", ""},
        {"gia-pdf.xml", "TRANG-12"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_made made = compose_enclosing(cases[i].name, true);
        assert_int_equal(made.status, VT_BAD);
        if (!strstr(help_findings(made.list), cases[i].id))
            fail_msg("%s: %s", cases[i].name, help_findings(made.list));
        drop(&made);
    }
}

/* ------------------------------------------------------------------ copies -- */

static vt_made compose_copy(const char *type, const char *enclosed, bool electronic) {
    vt_made made = start();
    vt_buf xml;

    vt_buf_init(&xml, 1 << 14);
    vt_buf_printf(&xml,
                  "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"%s\">"
                  "<issuer abbr=\"UBND\"><name>Ủy ban nhân dân xã Thạch Bình</name></issuer>"
                  "<number value=\"5\"/><place>Thạch Bình</place><date>2026-03-12</date>"
                  "<copies><archive>VT</archive></copies><signature><position>Chánh Văn phòng"
                  "</position><name>Lê Thị Hoa</name></signature><enclosure href=\"%s\"/>"
                  "</document>",
                  type, enclosed);
    made.status = vt_doc_parse(engine, made.arena, xml.data, xml.len, "sao.xml",
                               "tests/regress/enclose", made.list, &made.doc);
    compose_as(&made, &(vt_compose_options){.electronic = electronic});
    vt_buf_free(&xml);
    return made;
}

/* PL I Phần II; Mẫu 3.1: on the same sheet, right behind the end of the text,
   below a line over the full width. */
static void test_a_copy_stands_below_what_it_copies(void **state) {
    static const char *const forms[][3] = {{"sao-y", "SAO Y", "/SY-UBND"},
                                           {"sao-luc", "SAO LỤC", "/SL-UBND"},
                                           {"trich-sao", "TRÍCH SAO", "/TrS-UBND"}};

    (void)state;
    for (int i = 0; i < 3; i++) {
        vt_made made = compose_copy(forms[i][0], "ke-hoach.xml", false);
        size_t page = 9, last = 9;
        assert_made(&made);
        const double width = made.layout->pages[0].width;
        const vt_mark *rule = find_mark(made.layout, "copy-rule");
        const vt_run *form = find_run(made.layout, forms[i][1], &page);
        near(rule->x1, 30 * 72 / 25.4); /* the copied document's margins: the Party's */
        near(rule->x2, width - 15 * 72 / 25.4);
        assert_true(form->y > rule->y1 && form->x > width / 2);
        find_run(made.layout, "Lê Thị Hoa", &last);
        assert_int_equal(page, last);
        vt_buf words;
        const char *number = i == 0 ? "Số: 05/SY-UBND" : forms[i][2];
        const char *text = words_of(&made, &words), *at = strstr(text, forms[i][1]);
        assert_non_null(at);
        assert_non_null(strstr(at, number));
        assert_non_null(strstr(at, "Thạch Bình, ngày 12 tháng 3 năm 2026"));
        assert_null(strstr(at, "CỘNG HÒA")); /* the copied document's own is above */
        assert_tree(made.layout);
        vt_buf_free(&words);
        drop(&made);
    }
}

/* Mẫu 3.2: no block, but form, agency and day at the right of the top margin of
   page 1, and the agency's seal on them. */
static void test_an_electronic_copy_has_a_text_and_a_seal(void **state) {
    vt_made made = compose_copy("sao-y", "ke-hoach.xml", true);
    vt_buf words;

    (void)state;
    assert_made(&made);
    const vt_form *text = find_form(made.layout, "ban_sao"),
                  *seal = find_form(made.layout, "dau_1");
    assert_int_equal(made.layout->form_count, 2);
    assert_int_equal(text->page, 0);
    assert_true(text->y2 < made.pack->margin_top.value);
    assert_true(text->x2 > made.layout->pages[0].width - made.pack->margin_right.value);
    near(text->size, 10);
    near(seal->x1, text->x1);
    near(seal->y2, text->y2);
    assert_non_null(strstr(text->value, "Sao y; Ủy ban nhân dân xã Thạch Bình;"));
    assert_non_null(strstr(text->value, "12/03/2026; "));
    assert_non_null(strstr(text->value, "+07:00"));
    assert_null(strstr(words_of(&made, &words), "Lê Thị Hoa"));
    vt_buf_free(&words);
    drop(&made);
}

/* What cannot be set anew is copied on a sheet of its own, and that is said. */
static void test_a_copied_pdf_has_its_block_on_its_own_sheet(void **state) {
    vt_made made = compose_copy("sao-luc", "bieu.pdf", false);

    (void)state;
    assert_made(&made);
    assert_non_null(strstr(help_findings(made.list), "CO-03"));
    assert_int_equal(made.layout->page_count, 1);
    assert_int_equal(made.layout->attachment_count, 1);
    find_mark(made.layout, "copy-rule");
    drop(&made);
}

/* -------------------------------------------------------- signature and seal -- */

static vt_made compose_signed(const char *image, const char *seal, bool electronic) {
    vt_made made = start();
    vt_buf xml;

    vt_buf_init(&xml, 1 << 14);
    vt_buf_printf(&xml,
                  "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"thong-bao\">"
                  "<issuer abbr=\"UBND\" seal=\"%s\"><name>Ủy ban nhân dân xã Thạch Bình</name>"
                  "</issuer><number value=\"7\"/><place>Thạch Bình</place><date>2026-02-05</date>"
                  "<subject>về lịch trực</subject><body><p>Một</p></body><signature image=\"%s\">"
                  "<position>Chủ tịch</position><name>Lương Hồng Nhạn</name></signature>"
                  "</document>",
                  seal, image);
    made.status = vt_doc_parse(engine, made.arena, xml.data, xml.len, "thu.xml",
                               "tests/regress/compose", made.list, &made.doc);
    compose_read(&made, electronic);
    vt_buf_free(&xml);
    return made;
}

/* PL I II.7.d, II.8.a: between post and name; the seal in its real size over the
   left third of the signature. */
static void test_the_seal_covers_a_third_of_the_signature(void **state) {
    vt_made made = compose_signed("chu-ky.png", "dau.png", false);
    const vt_layout *layout = made.layout;

    (void)state;
    assert_made(&made);
    const vt_mark *sign = find_mark(layout, "signature"), *seal = find_mark(layout, "seal");
    const vt_run *post = find_run(layout, "CHỦ TỊCH", NULL);
    const vt_run *name = find_run(layout, "Lương Hồng Nhạn", NULL);
    near((sign->x1 + sign->x2) / 2, name->x + name->width / 2);
    assert_true(sign->y1 > post->y && sign->y2 < name->y);
    near((sign->x2 - sign->x1) / (sign->y2 - sign->y1), 360.0 / 150);
    near(seal->x2 - sign->x1, (sign->x2 - sign->x1) / 3);
    near(seal->x2 - seal->x1, made.pack->seal_size);
    near(seal->y1 + seal->y2, sign->y1 + sign->y2);
    assert_string_equal(layout->tags[sign->tag].alt, "Chữ ký của Lương Hồng Nhạn");
    assert_string_equal(layout->tags[seal->tag].alt, "Dấu của Ủy ban nhân dân xã Thạch Bình");
    assert_true(seal > sign); /* it is set upon the signature */
    drop(&made);
}

/* The letters of a merge share what was decoded for the first of them. */
static void test_a_picture_is_decoded_once_in_a_run(void **state) {
    vt_made first = compose_signed("chu-ky.png", "dau.png", false);
    vt_made second = compose_signed("chu-ky.png", "dau.png", false);
    vt_made third = compose_signed("chu-ky.png", "dau.png", false);

    (void)state;
    assert_made(&first);
    assert_made(&third);
    drop(&first); /* what the next one shows is not the first one's */
    assert_int_equal(second.layout->picture_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const vt_picture *a = &second.layout->pictures[i], *b = &third.layout->pictures[i];
        assert_ptr_equal(a->samples, b->samples);
        assert_ptr_equal(a->alpha, b->alpha);
        assert_true(a->width > 0 && a->width == b->width && a->samples_len > 0);
        assert_string_equal(strrchr(a->path, '/') + 1, i ? "dau.png" : "chu-ky.png");
    }
    drop(&second);
    drop(&third);
}

#define HEAD "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"ke-hoach\">"
#define TAIL                                                                                       \
    "<number value=\"7\"/><place>Lam Giang</place><date>2026-02-05</date><subject>A</subject>"

/* What several bodies issue together names them all. */
static void test_joint_issuers_are_told_apart(void **state) {
    vt_made made = compose_text(
        HEAD "<issuer abbr=\"A\"><name>Sở Giáo dục và Đào tạo</name></issuer>"
             "<issuer abbr=\"B\"><name>Sở Y tế</name></issuer>"
             "<issuer abbr=\"C\"><name>Sở Nông nghiệp và Môi trường</name></issuer>" TAIL
             "<body><p>Một</p></body><annex><title>T</title><p>Hai</p></annex></document>",
        false);
    vt_buf words;

    (void)state;
    assert_made(&made);
    const char *all = words_of(&made, &words);
    assert_non_null(
        strstr(all, "SỞ GIÁO DỤC VÀ ĐÀO TẠO - SỞ Y TẾ - SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG "));
    assert_non_null(
        strstr(all, "của Sở Giáo dục và Đào tạo, Sở Y tế và Sở Nông nghiệp và Môi trường)"));
    vt_buf_free(&words);
    drop(&made);
}

/* A note higher than a page is told at the note, not at its row's first cell; a
   column that parts words at its table. */
static void test_places_in_tables(void **state) {
    vt_buf xml;
    vt_made made;

    (void)state;
    vt_buf_init(&xml, 1 << 20);
    vt_buf_puts(&xml, HEAD "<issuer abbr=\"A\"><name>Sở Y tế</name></issuer>" TAIL
                           "<body><table><row><cell>1</cell><cell>Hai<footnote>");
    for (int i = 0; i < 1500; i++)
        vt_buf_puts(&xml, "dài dòng ");
    vt_buf_puts(&xml, "</footnote></cell></row></table></body></document>");
    made = compose_text(xml.data, false);
    assert_int_equal(made.status, VT_BAD);
    assert_non_null(strstr(help_findings(made.list), "TRANG-02"));
    assert_non_null(strstr(help_findings(made.list), "row/cell[2]/footnote"));
    drop(&made);
    vt_buf_free(&xml);
    made = compose_text(HEAD "<issuer abbr=\"A\"><name>Sở Y tế</name></issuer>" TAIL
                             "<body><table widths=\"70 5 25\"><row><cell>a</cell><cell>12.345.678"
                             "</cell><cell>b</cell></row></table></body></document>",
                        false);
    assert_made(&made);
    assert_non_null(strstr(help_findings(made.list), "TRANG-07"));
    assert_non_null(strstr(help_findings(made.list), "Cột 2"));
    drop(&made);
}

/* Điều 32.2: first the person signs, then the office seals; a file is not born
   with the look of both. */
static void test_an_electronic_file_is_born_unsigned(void **state) {
    vt_made made = compose_signed("chu-ky.png", "dau.png", true);

    (void)state;
    assert_made(&made);
    assert_int_equal(made.layout->picture_count, 0);
    find_form(made.layout, "ky_1");
    find_form(made.layout, "dau_1");
    drop(&made);
}

static void test_pictures_that_cannot_be_signatures(void **state) {
    static const struct {
        const char *image, *seal, *told;
        vt_status status;
    } cases[] = {
        {"so-do.png", "dau.png", "HINH-07", VT_BAD},       /* not transparent */
        {"chu-ky.png", "so-do.jpg", "HINH-07", VT_BAD},    /* cannot be */
        {"chu-ky.png", "dau-72dpi.png", "106 mm", VT_BAD}, /* no seal is so wide */
        {"khong-co.png", "dau.png", "TEP-01", VT_BAD},
        {"dau.png", "dau.png", "không phải màu xanh", VT_OK},
        {"chu-ky.png", "chu-ky.png", "không phải màu đỏ", VT_OK},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_made made = compose_signed(cases[i].image, cases[i].seal, false);
        if (made.status != cases[i].status || !strstr(help_findings(made.list), cases[i].told))
            fail_msg("%s, %s: %s", cases[i].image, cases[i].seal, help_findings(made.list));
        drop(&made);
    }
}

/* ------------------------------------------------------- parts of their own -- */

static vt_made compose_part(int part) {
    vt_made made = start();

    made.status = vt_doc_read(engine, made.arena, "tests/regress/compose/du-thanh-phan.xml",
                              made.list, &made.doc);
    compose_as(&made, &(vt_compose_options){.electronic = true, .draft = true, .part = part});
    return made;
}

/* PL I III.1.d: in a file of its own an annex bears number and time of the main
   document at the right of its top margin, 10 pt, and the seal without a picture. */
static void test_parts_in_files_of_their_own(void **state) {
    vt_made whole = compose_part(0), main = compose_part(VT_MAIN_PART);
    size_t pages = 0;

    (void)state;
    assert_made(&whole);
    assert_made(&main);
    const int parts = (int)vt_doc_parts(main.doc);
    assert_true(parts == 3 && main.layout->page_count < whole.layout->page_count);
    for (int i = 1; i <= parts; i++) {
        vt_made part = compose_part(i);
        assert_made(&part);
        const vt_form *words = find_form(part.layout, "kem_theo");
        const vt_form *seal = find_form(part.layout, "dau_1");
        const double width = part.layout->pages[0].width;
        assert_int_equal(part.layout->form_count, 2);
        assert_true(words->page == 0 && words->x2 < width && words->x1 > width / 2);
        assert_true(words->y1 > 0 && words->y2 < part.pack->margin_right.value * 1.5);
        near(words->size, 10);
        near(seal->y1, words->y1);
        assert_int_equal(part.layout->pages[0].number, 1);
        assert_tree(part.layout);
        pages += part.layout->page_count;
        drop(&part);
    }
    assert_int_equal(pages + main.layout->page_count, whole.layout->page_count);
    vt_made none = compose_part(parts + 1);
    assert_int_equal(none.status, VT_BAD);
    assert_non_null(strstr(help_findings(none.list), "TRANG-14"));
    drop(&none);
    drop(&main);
    drop(&whole);
}

/* ----------------------------------------------------------------- secrets -- */

#define SECRET(secrecy)                                                                            \
    "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"thong-bao\">"               \
    "<issuer abbr=\"UBND\"><name>Ủy ban nhân dân xã Thạch Bình</name></issuer>"            \
    "<number value=\"3\"/><place>Thạch Bình</place><date>2026-03-05</date><marks "              \
    "urgency=\"khan\" secrecy=\"" secrecy "\"/><subject>về diễn tập</subject><body>"         \
    "<p>Một</p></body></document>"

/* Luật Bảo vệ bí mật nhà nước: only where somebody has declared the machine isolated. */
static void test_secrets_need_an_isolated_machine(void **state) {
    static const char *const texts[][2] = {
        {SECRET("mat"), "MẬT"}, {SECRET("toi-mat"), "TỐI MẬT"}, {SECRET("tuyet-mat"), "TUYỆT MẬT"}};
    const vt_engine_options options = {.data = ".", .local = "tests/regress/isolated"};
    vt_findings *list = vt_findings_new();
    vt_engine *usual = engine;

    (void)state;
    assert_false(vt_engine_isolated(engine));
    vt_made made = compose_text(texts[0][0], false);
    assert_int_equal(made.status, VT_BAD);
    assert_non_null(strstr(help_findings(made.list), "MK-02"));
    drop(&made);
    assert_int_equal(vt_engine_open(&options, list, &engine), VT_OK);
    assert_true(vt_engine_isolated(engine));
    for (size_t i = 0; i < 3; i++) {
        made = compose_text(texts[i][0], false);
        assert_made(&made);
        const vt_mark *secrecy = find_mark(made.layout, "secrecy");
        const vt_mark *urgency = find_mark(made.layout, "urgency");
        const vt_run *word = find_run(made.layout, texts[i][1], NULL);
        assert_true(secrecy->y2 <= urgency->y1); /* ô 10a above ô 10b */
        assert_true(word->y > secrecy->y1 && word->y < secrecy->y2);
        assert_true(word->x > secrecy->x1 && word->x + word->width < secrecy->x2);
        assert_true(word->colour.r > 128 && !word->colour.g);
        (void)!vt_check(engine, made.pack, made.doc, made.list);
        assert_null(strstr(help_findings(made.list), "MK-02"));
        drop(&made);
    }
    vt_engine_free(engine);
    engine = usual;
    vt_findings_free(list);
}

/* ---------------------------------------------------------------- refusals -- */

static void assert_refused(const char *body, const char *id) {
    vt_buf xml;

    vt_buf_init(&xml, 1 << 16);
    vt_buf_printf(&xml, LETTER("Thạch Bình", "2026", "%s"), body);
    vt_made made = compose_text(xml.data, false);
    assert_int_equal(made.status, VT_BAD);
    assert_null(made.layout);
    assert_non_null(strstr(help_findings(made.list), id));
    vt_buf_free(&xml);
    drop(&made);
}

/* A number line that does not fit beside the national title. */
static void assert_refused_in(const char *unit, const char *id) {
    vt_buf xml;

    vt_buf_init(&xml, 1 << 16);
    vt_buf_printf(&xml,
                  "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"cong-van\">"
                  "<issuer abbr=\"UBND\"><name>Ủy ban nhân dân xã</name></issuer>"
                  "<number unit=\"%s\"/><subject>thử</subject><body><p>Một</p></body></document>",
                  unit);
    vt_made made = compose_text(xml.data, false);
    assert_int_equal(made.status, VT_BAD);
    assert_non_null(strstr(help_findings(made.list), id));
    vt_buf_free(&xml);
    drop(&made);
}

/* What cannot be drawn is said, never left out. */
static void test_what_is_not_drawn_is_refused(void **state) {
    (void)state;
    assert_refused("<figure href=\"a.png\" title=\"A\"/>", "HINH-01"); /* it has no folder */
    assert_refused_in("UBND-VHXH-TTTĐN-VPĐP-BCĐ-TCTĐA06", "TRANG-05");
    assert_refused("<p>A</p><p>\xF0\x9F\x98\x80</p>", "");
}

/* However little memory there is: an error like another, no page half made. */
static void test_memory_may_end_anywhere(void **state) {
    vt_made made = start();
    const vt_compose_options options = {.electronic = true, .draft = true};
    vt_status status = VT_FAIL;

    (void)state;
    made.status = vt_doc_read(engine, made.arena, "tests/regress/compose/du-thanh-phan.xml",
                              made.list, &made.doc);
    compose_read(&made, true);
    assert_made(&made);
    for (size_t ceiling = 256; status != VT_OK; ceiling += 509) {
        vt_arena *small = vt_arena_new(ceiling);
        vt_findings *list = vt_findings_new();
        vt_layout *layout = NULL;
        assert_non_null(small);
        status = vt_compose(engine, made.pack, made.doc, &options, small, list, &layout);
        assert_true(status == VT_FAIL || status == VT_OK);
        assert_int_equal(status == VT_OK, layout != NULL);
        assert_int_equal(status == VT_OK, vt_findings_errors(list) == 0);
        vt_findings_free(list);
        vt_arena_free(small);
    }
    drop(&made);
}

/* What was read twice for one document must have been one file. */
static void test_a_file_that_changed_meanwhile(void **state) {
    const vt_beside before = {"hinh.png", "abc", 3};
    vt_findings *list = vt_findings_new();

    (void)state;
    assert_int_equal(vt_beside_same(&before, "abc", 3, list), VT_OK);
    assert_int_equal(vt_findings_count(list), 0);
    assert_int_equal(vt_beside_same(&before, "abd", 3, list), VT_BAD);
    assert_int_equal(vt_beside_same(&before, "abcd", 4, list), VT_BAD);
    assert_string_equal(vt_findings_at(list, 0)->id, "TEP-10");
    vt_findings_free(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_read_word_for_word),
        cmocka_unit_test(test_golden_layouts),
        cmocka_unit_test(test_a_file_that_changed_meanwhile),
        cmocka_unit_test(test_end_mark),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_structure_is_sound),
        cmocka_unit_test(test_electronic_file_has_its_fields),
        cmocka_unit_test(test_annexes),
        cmocka_unit_test(test_many_receivers),
        cmocka_unit_test(test_enclosed_document_follows),
        cmocka_unit_test(test_bad_enclosures_are_refused),
        cmocka_unit_test(test_a_copy_stands_below_what_it_copies),
        cmocka_unit_test(test_an_electronic_copy_has_a_text_and_a_seal),
        cmocka_unit_test(test_a_copied_pdf_has_its_block_on_its_own_sheet),
        cmocka_unit_test(test_parts_in_files_of_their_own),
        cmocka_unit_test(test_secrets_need_an_isolated_machine),
        cmocka_unit_test(test_the_seal_covers_a_third_of_the_signature),
        cmocka_unit_test(test_a_picture_is_decoded_once_in_a_run),
        cmocka_unit_test(test_joint_issuers_are_told_apart),
        cmocka_unit_test(test_places_in_tables),
        cmocka_unit_test(test_an_electronic_file_is_born_unsigned),
        cmocka_unit_test(test_pictures_that_cannot_be_signatures),
        cmocka_unit_test(test_what_is_not_drawn_is_refused),
        cmocka_unit_test(test_memory_may_end_anywhere),
    };

    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
