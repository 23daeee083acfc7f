/*
 * tests/gen/test_preview.c - pages for the screen, from layouts made by hand.
 *
 * What they look like is for tests/referee/preview.t; here: what may never be in
 * them, what a reader is told, the same bytes again, and errors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gen/engine.h"
#include "tests/gen/layouts.h"

#include <libxml/parser.h>
#include <math.h>

static vt_engine engine = {.data = (char *)"."};
static vt_arena *arena;
static vt_findings *list;

static int open_all(void **state) {
    (void)state;
    list = vt_findings_new();
    arena = vt_arena_new((size_t)64 << 20);
    return vt_fonts_open(NULL, list, &engine.fonts) != VT_OK;
}

static int close_all(void **state) {
    (void)state;
    vt_fonts_free(engine.fonts);
    vt_arena_free(arena);
    vt_findings_free(list);
    return 0;
}

static int clean(void **state) {
    (void)state;
    vt_findings_clear(list);
    vt_arena_reset(arena);
    return 0;
}

static vt_buf svg_of(const vt_layout *layout, size_t page) {
    vt_buf out;

    vt_buf_init(&out, (size_t)16 << 20);
    assert_int_equal(vt_preview_svg(&engine, layout, page, &out, list), VT_OK);
    return out;
}

static vt_buf html_of(const vt_layout *layout) {
    vt_buf out;

    vt_buf_init(&out, (size_t)16 << 20);
    assert_int_equal(vt_preview_html(&engine, layout, &out, list), VT_OK);
    return out;
}

static size_t count(const vt_buf *out, const char *words) {
    size_t n = 0;

    for (const char *at = out->data; (at = strstr(at, words)) != NULL; at += strlen(words))
        n++;
    return n;
}

static void assert_well_formed(const vt_buf *svg) {
    xmlDocPtr doc = xmlReadMemory(svg->data, (int)svg->len, "x.svg", NULL, XML_PARSE_NONET);

    assert_non_null(doc);
    xmlFreeDoc(doc);
}

/* A page with one line of each of these. */
static vt_layout *page_of(const char *title, const char *text) {
    maker m = {
        .arena = arena, .fonts = engine.fonts, .layout = must(vt_alloc(arena, sizeof(vt_layout)))};

    m.layout->arena = arena;
    m.layout->title = title;
    make_page(&m);
    make_tag(&m, 0, VT_ROLE_DOCUMENT);
    make_text(&m, LEFT, 100, VT_REGULAR, 14, make_tag(&m, 0, VT_ROLE_P), text);
    return m.layout;
}

/* ----------------------------------------------------------------- text -- */

static void hostile_words_stay_words(void **state) {
    static const char hostile[] =
        "]]></text></title></style></svg><script>alert(1)</script>"
        "<img src=x onerror=alert(1)>&amp;\" ' --> <!-- <?xml href=\"http://example.vn\"";
    vt_layout *layout = page_of(hostile, hostile);
    vt_buf svg, html;
    maker m = {.arena = arena, .fonts = engine.fonts, .layout = layout};

    (void)state;
    make_field(&m, VT_FORM_TEXT, 0, "so", hostile, 120, 96, 300, 18);
    layout->forms[0].value = hostile;
    make_outline(&m, 1, hostile);
    svg = svg_of(layout, 0);
    html = html_of(layout);
    assert_well_formed(&svg);
    for (int i = 0; i < 2; i++) {
        const vt_buf *out = i ? &html : &svg;

        assert_int_equal(count(out, "<script"), 0);
        assert_int_equal(count(out, "<img"), 0);
        assert_int_equal(count(out, "<!--"), 0);
        assert_int_equal(count(out, "<?"), 0);
        assert_true(count(out, "&lt;script&gt;") >= 1);
        assert_true(count(out, "&amp;amp;") >= 2); /* title, text */
    }
    vt_buf_free(&svg);
    vt_buf_free(&html);
}

static void nothing_is_fetched(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 3, true);
    vt_buf svg = svg_of(letter, 0), html = html_of(letter);

    (void)state;
    assert_int_equal(count(&svg, "://"), 1); /* the namespace */
    assert_int_equal(count(&html, "://"), 0);
    assert_int_equal(count(&svg, "url("), count(&svg, "url(data:font/woff;base64,"));
    assert_int_equal(count(&html, "url("), count(&html, "url(data:font/woff;base64,"));
    assert_int_equal(count(&html, "href=\""), count(&html, "href=\"#"));
    assert_int_equal(count(&html, "default-src 'none'"), 1);
    vt_buf_free(&svg);
    vt_buf_free(&html);
}

/* Text without its tags, as a person selects it. */
static void assert_reads(const vt_buf *svg, const char *line) {
    char *plain = must(calloc(1, svg->len + 1)), *to = plain;
    const char *s = strstr(svg->data, "</style>");

    for (; s && *s; s++) {
        if (*s == '<')
            s += strcspn(s, ">");
        else
            *to++ = *s;
    }
    if (!strstr(plain, line))
        print_message("not found: %s\nin: %.2000s\n", line, plain);
    assert_non_null(strstr(plain, line));
    free(plain);
}

static void a_line_is_one_piece_of_text_label_and_kerned_letters_included(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 1, false);
    vt_buf svg = svg_of(letter, 0);

    (void)state;
    assert_reads(&svg, "\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n");
    assert_reads(&svg, "\na) Rà soát tủ sách của nhà văn hóa thôn");
    assert_reads(&svg, "\nTrần AV. Tùng\n"); /* A and V are kerned */
    assert_true(strstr(svg.data, "AV.") == NULL);
    vt_buf_free(&svg);
}

static void a_word_stands_where_justification_puts_it(void **state) {
    vt_layout *layout = page_of("", "hai bên");
    vt_run *run = &layout->pages[0].runs[0];
    double x = LEFT + (double)vt_fonts_width(engine.fonts, VT_REGULAR, "hai ", 4) * 14 / 1000 + 7;
    vt_buf svg;
    char wanted[64];

    (void)state;
    run->word_space = 7;
    snprintf(wanted, sizeof wanted, ">hai <tspan x=\"%.2f\">bên</tspan></text>", x);
    svg = svg_of(layout, 0);
    assert_int_equal(count(&svg, wanted), 1);
    vt_buf_free(&svg);
}

static void headings_are_told_and_page_numbers_are_not(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 6, false);
    vt_buf html = html_of(letter);

    (void)state;
    assert_int_equal(count(&html, "role=\"heading\" aria-level=\"1\""), 6);
    assert_int_equal(count(&html, "<g aria-hidden=\"true\">\n<text"), letter->page_count - 1);
    assert_true(count(&html, "<g role=\"paragraph\">\n<text") > 6);
    assert_int_equal(count(&html, "<g "), count(&html, "</g>"));
    assert_int_equal(count(&html, "<section id=\"trang-"), letter->page_count);
    assert_int_equal(count(&html, "<a href=\"#trang-"), letter->page_count + 6);
    assert_int_equal(count(&html, "<html lang=\"vi\">"), 1);
    vt_buf_free(&html);
}

/* --------------------------------------------------------------- drawing -- */

static void fields_are_boxes_with_their_names(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 1, true);
    vt_buf svg = svg_of(letter, letter->page_count - 1);

    (void)state;
    assert_int_equal(count(&svg, "<g class=\"fields\""), 1);
    assert_int_equal(count(&svg, "<title>Chữ ký số của người ký</title></rect>"), 1);
    assert_int_equal(count(&svg, "</title></rect>"), 5);
    assert_reads(&svg, "\nngày 05 tháng 3 năm 2026\n");
    vt_buf_free(&svg);
}

static void one_file_is_one_picture_however_often_it_is_shown(void **state) {
    static vt_picture picture = {
        .mime = "image/png", .file = (const uint8_t *)"\x89PNG", .file_len = 4, .turn = 1};
    maker m = {.arena = arena,
               .fonts = engine.fonts,
               .layout = make_letter(arena, engine.fonts, 4, false)};
    uint32_t figure = make_tag(&m, 0, VT_ROLE_FIGURE);
    vt_mark *mark;
    vt_buf html, svg;

    (void)state;
    m.layout->pictures = &picture;
    m.layout->picture_count = 1;
    m.layout->tags[figure].alt = "Con dấu \"mẫu\"";
    mark = make_mark(&m, VT_MARK_PICTURE, 100, 200, 140, 220);
    mark->tag = figure;
    make_page(&m);
    make_mark(&m, VT_MARK_PICTURE, 100, 200, 140, 220)->tag = VT_ARTIFACT;
    html = html_of(m.layout);
    assert_int_equal(count(&html, "href=\"data:image/png;base64,iVBORw==\""), 1);
    assert_int_equal(count(&html, "translate(120 210) rotate(90) scale(20 40)"), 2);
    assert_int_equal(count(&html, "role=\"img\" aria-label=\"Con dấu &quot;mẫu&quot;\""), 1);
    picture.mirrored = true;
    svg = svg_of(m.layout, m.layout->page_count - 1); /* stands by itself */
    assert_int_equal(count(&svg, "rotate(90) scale(-20 40)"), 1);
    assert_int_equal(count(&svg, "iVBORw=="), 1);
    assert_well_formed(&svg);
    vt_buf_free(&html);
    vt_buf_free(&svg);
}

static void turned_pages_are_printed_turned(void **state) {
    maker m = {.arena = arena,
               .fonts = engine.fonts,
               .layout = make_letter(arena, engine.fonts, 1, false)};
    vt_buf html;

    (void)state;
    make_page(&m);
    last_page(&m)->width = A4_HEIGHT;
    last_page(&m)->height = A4_WIDTH;
    html = html_of(m.layout);
    assert_int_equal(count(&html, "@page s842x595{margin:0;size:841.89pt 595.28pt}"), 1);
    assert_int_equal(count(&html, ";page:s842x595\""), 1);
    assert_int_equal(count(&html, "viewBox=\"0 0 841.89 595.28\""), 1);
    vt_buf_free(&html);
}

/* ----------------------------------------------------------------- bytes -- */

static void same_bytes_again_and_other_names_for_other_words(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 2, true);
    vt_buf a = svg_of(letter, 0), b = svg_of(letter, 0);
    vt_buf c = svg_of(page_of("", "một"), 0), d = svg_of(page_of("", "hai"), 0);
    const char *one = strstr(c.data, "font-family:"), *other = strstr(d.data, "font-family:");

    (void)state;
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    assert_non_null(one);
    assert_non_null(other);
    assert_memory_not_equal(one, other, strlen("font-family:vt") + 12);
    vt_buf_free(&a);
    vt_buf_free(&b);
    vt_buf_free(&c);
    vt_buf_free(&d);
}

static void told(vt_status status, vt_status wanted, const char *id) {
    assert_int_equal(status, wanted);
    assert_int_equal(vt_findings_count(list), 1);
    assert_string_equal(vt_findings_at(list, 0)->id, id);
    vt_findings_clear(list);
}

static void what_cannot_be_drawn_is_told(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 1, false);
    vt_buf out;

    (void)state;
    vt_buf_init(&out, (size_t)1 << 20);
    told(vt_preview_svg(&engine, letter, letter->page_count, &out, list), VT_BAD, "XEM-01");
    told(vt_preview_svg(&engine, letter, SIZE_MAX, &out, list), VT_BAD, "XEM-01");
    assert_int_equal(out.len, 0);
    vt_buf_free(&out);
    vt_buf_init(&out, 9000);
    told(vt_preview_html(&engine, letter, &out, list), VT_FAIL, "BO-NHO");
    vt_buf_free(&out);
    vt_buf_init(&out, (size_t)1 << 20);
    letter->pages[0].runs[3].x = (double)NAN;
    told(vt_preview_html(&engine, letter, &out, list), VT_FAIL, "PDF-08");
    vt_buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(hostile_words_stay_words, clean),
        cmocka_unit_test_setup(nothing_is_fetched, clean),
        cmocka_unit_test_setup(a_line_is_one_piece_of_text_label_and_kerned_letters_included,
                               clean),
        cmocka_unit_test_setup(a_word_stands_where_justification_puts_it, clean),
        cmocka_unit_test_setup(headings_are_told_and_page_numbers_are_not, clean),
        cmocka_unit_test_setup(fields_are_boxes_with_their_names, clean),
        cmocka_unit_test_setup(one_file_is_one_picture_however_often_it_is_shown, clean),
        cmocka_unit_test_setup(turned_pages_are_printed_turned, clean),
        cmocka_unit_test_setup(same_bytes_again_and_other_names_for_other_words, clean),
        cmocka_unit_test_setup(what_cannot_be_drawn_is_told, clean),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
