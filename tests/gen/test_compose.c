/*
 * Composed pages: words in reading order, sizes and places as the pack says.
 */
#include "help.h"

#include "dump.h"
#include "gen/engine.h"
#include "gen/pack.h"

#include <math.h>

typedef struct vt_made {
    vt_findings *list;
    vt_arena *arena;
    vt_doc *doc;
    const vt_pack *pack;
    vt_layout *layout;
    vt_status status;
} vt_made;

static vt_engine *engine;

static int open_engine(void **state) {
    vt_findings *list = vt_findings_new();
    const vt_engine_options options = {.data = "."};

    (void)state;
    if (vt_engine_open(&options, list, &engine) != VT_OK)
        printf("%s", help_findings(list));
    vt_findings_free(list);
    return engine ? 0 : -1;
}

static int close_engine(void **state) {
    (void)state;
    vt_engine_free(engine);
    return 0;
}

static void compose_as(vt_made *made, const vt_compose_options *options) {
    if (made->status == VT_OK)
        made->status = vt_pack_choose(engine, made->doc, made->list, &made->pack);
    if (made->status == VT_OK)
        made->status = vt_compose(engine, made->pack, made->doc, options, made->arena, made->list,
                                  &made->layout);
}

static void compose_read(vt_made *made, bool electronic) {
    compose_as(made, &(vt_compose_options){.electronic = electronic, .draft = true});
}

static vt_made start(void) {
    return (vt_made){.list = vt_findings_new(), .arena = vt_arena_new((size_t)256 << 20)};
}

static vt_made compose_file(const char *path) {
    vt_made made = start();

    made.status = vt_doc_read(engine, made.arena, path, made.list, &made.doc);
    compose_read(&made, false);
    return made;
}

static vt_made compose_text(const char *xml, bool electronic) {
    vt_made made = start();

    made.status =
        vt_doc_parse(engine, made.arena, xml, strlen(xml), "thu.xml", NULL, made.list, &made.doc);
    compose_read(&made, electronic);
    return made;
}

static void drop(vt_made *made) {
    vt_findings_free(made->list);
    vt_arena_free(made->arena);
}

static void assert_made(const vt_made *made) {
    if (made->status != VT_OK)
        fail_msg("status %d\n%s", made->status, help_findings(made->list));
}

/* ------------------------------------------------------------ the words -- */

/* Words of the pages as they are read: a line, or a change of tag, ends a word. */
static void page_words(const vt_layout *layout, vt_buf *out) {
    const vt_run *last = NULL;

    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].run_count; i++) {
            const vt_run *run = &layout->pages[p].runs[i];
            if (run->tag == VT_ARTIFACT)
                continue;
            if (last && (last->tag != run->tag || fabs(last->y - run->y) > 8))
                vt_buf_putc(out, ' ');
            vt_buf_add(out, run->text, run->len);
            last = run;
        }
}

/* Folds white space in place. */
static char *folded(char *text) {
    char *to = text;

    for (char *from = text; *from; from++) {
        bool space = *from == ' ' || *from == '\n';
        if (space && (to == text || to[-1] == ' '))
            continue;
        *to++ = space ? ' ' : *from;
    }
    while (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}

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

/* ------------------------------------------------------------- geometry -- */

static const vt_run *find_run(const vt_layout *layout, const char *text, size_t *page) {
    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].run_count; i++) {
            const vt_run *run = &layout->pages[p].runs[i];
            if (run->len >= strlen(text) && memcmp(run->text, text, strlen(text)) == 0) {
                if (page)
                    *page = p;
                return run;
            }
        }
    fail_msg("no run begins with \"%s\"", text);
    return NULL;
}

static const vt_mark *find_mark(const vt_layout *layout, const char *what) {
    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].mark_count; i++)
            if (strcmp(layout->pages[p].marks[i].what, what) == 0)
                return &layout->pages[p].marks[i];
    fail_msg("no mark \"%s\"", what);
    return NULL;
}

static void near(double is, double should) {
    if (fabs(is - should) > 0.01)
        fail_msg("%.3f is not %.3f", is, should);
}

#define LETTER(place, date, body)                                                                    \
    "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"cong-van\">"                  \
    "<issuer abbr=\"UBND\"><superior>UBND tỉnh Lam Giang</superior>"                               \
    "<name>Ủy ban nhân dân xã Thạch Bình</name></issuer><number value=\"9\" unit=\"VP\"/>"   \
    "<place>" place "</place><date>" date "</date><subject>báo cáo công tác văn thư</subject>" \
    "<to><recipient>Sở Nội vụ</recipient></to><body>" body "</body>"                                 \
    "<copies><as-above/><archive>VT</archive></copies>"                                              \
    "<signature><position>Chủ tịch</position><name>Lương Hồng Nhạn</name></signature></document>"

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
                assert_true(run->x >= pack->margin_left.value - 0.01);
                assert_true(end <= page->width - pack->margin_right.value + 0.05);
                assert_true(run->y > pack->margin_top.value);
                assert_true(run->y < page->height - pack->margin_bottom.value);
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

/* ---------------------------------------------------------- ends and labels -- */

static const char *words_of(const vt_made *made, vt_buf *words) {
    vt_buf_init(words, 1 << 20);
    page_words(made->layout, words);
    return folded(words->data);
}

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

/* Content hangs on leaves only; every tag but the fields has content; headings
   never skip a level. */
static void assert_tree(const vt_layout *layout) {
    uint8_t *used = calloc(layout->tag_count, 1);
    int level = 0;

    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].run_count; i++)
            if (layout->pages[p].runs[i].tag != VT_ARTIFACT)
                used[layout->pages[p].runs[i].tag] = 1;
    for (uint32_t i = 0; i < layout->tag_count; i++) {
        const vt_tag *tag = &layout->tags[i];
        if (tag->role == VT_ROLE_FORM)
            continue;
        assert_int_equal(used[i], tag->first == 0);
        if (tag->role == VT_ROLE_PART)
            level = 0;
        if (tag->role < VT_ROLE_H1 || tag->role > VT_ROLE_H6)
            continue;
        int here = (int)(tag->role - VT_ROLE_H1) + 1;
        assert_true(here <= level + 1);
        level = here;
    }
    free(used);
}

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

/* -------------------------------------------------------------- electronic -- */

static const vt_form *find_form(const vt_layout *layout, const char *name) {
    for (size_t i = 0; i < layout->form_count; i++)
        if (strcmp(layout->forms[i].name, name) == 0)
            return &layout->forms[i];
    fail_msg("no field \"%s\"", name);
    return NULL;
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
    assert_refused("<figure href=\"a.png\"/>", "TRANG-01");
    assert_refused_in("UBND-VHXH-TTTĐN-VPĐP-BCĐ-TCTĐA06", "TRANG-05");
    assert_refused("<p>A</p><p>\xF0\x9F\x98\x80</p>", "");
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_read_word_for_word),
        cmocka_unit_test(test_golden_layouts),
        cmocka_unit_test(test_header_stands_as_the_law_says),
        cmocka_unit_test(test_long_place_takes_the_small_sizes),
        cmocka_unit_test(test_nothing_leaves_the_text_area),
        cmocka_unit_test(test_signature_is_never_alone),
        cmocka_unit_test(test_page_numbers_begin_on_page_two),
        cmocka_unit_test(test_end_mark),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_structure_is_sound),
        cmocka_unit_test(test_annexes),
        cmocka_unit_test(test_footnotes),
        cmocka_unit_test(test_memory_may_end_anywhere),
        cmocka_unit_test(test_table_goes_on),
        cmocka_unit_test(test_what_is_not_drawn_is_refused),
        cmocka_unit_test(test_enclosed_document_follows),
        cmocka_unit_test(test_bad_enclosures_are_refused),
        cmocka_unit_test(test_electronic_file_has_its_fields),
    };

    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
