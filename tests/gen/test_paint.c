/*
 * tests/gen/test_paint.c - the painter against layouts made by hand.
 *
 * What a whole file must be is for tests/referee; here: the same bytes again,
 * text that does not drift, notation, and what happens when something is wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gen/pack.h"
#include "gen/paint.h"
#include "tests/gen/layouts.h"

#include <math.h>

#define DOCUMENT(date, word)                                                                       \
    "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"cong-van\">"                \
    "<issuer abbr=\"UBND\"><name>Ủy ban nhân dân<br/>xã Thạch Bình</name></issuer>"        \
    "<number unit=\"VX\"/><place>Thạch Bình</place><date>" date "</date>"                          \
    "<subject>tủ sách &lt;làng&gt;</subject><to><recipient>Các thôn</recipient></to>"        \
    "<body><p>" word "</p></body><copies><archive>VT</archive></copies>"                           \
    "<signature><position>Chủ tịch</position><name>Nguyễn Văn Bình</name></signature></document>"

static vt_engine engine = {.data = (char *)"."};
static vt_pack pack;
static vt_arena *arena;
static vt_findings *list;

static vt_doc *parse(const char *xml) {
    vt_doc *doc = NULL;

    assert_int_equal(vt_doc_parse(&engine, arena, xml, strlen(xml), "mau.xml", NULL, list, &doc),
                     VT_OK);
    return doc;
}

static vt_doc *document(void) {
    return parse(DOCUMENT("2026-03-05", "Nội dung."));
}

static int open_all(void **state) {
    (void)state;
    list = vt_findings_new();
    arena = vt_arena_new((size_t)256 << 20);
    return vt_fonts_open(NULL, list, &engine.fonts) != VT_OK;
}

static int close_all(void **state) {
    (void)state;
    vt_paint_cache_free(engine.paint);
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

static vt_buf painted(const vt_doc *doc, const vt_layout *layout, vt_paint_options options) {
    vt_buf out;

    vt_buf_init(&out, (size_t)64 << 20);
    assert_int_equal(vt_paint(&engine, &pack, doc, layout, &options, &out, list), VT_OK);
    assert_int_equal(vt_findings_count(list), 0);
    return out;
}

static const char *find(const vt_buf *pdf, const char *text) {
    size_t len = strlen(text);

    for (size_t i = 0; i + len <= pdf->len; i++)
        if (memcmp(pdf->data + i, text, len) == 0)
            return pdf->data + i;
    return NULL;
}

static void told(vt_status status, vt_status wanted, const char *id) {
    assert_int_equal(status, wanted);
    assert_true(vt_findings_count(list) > 0);
    assert_string_equal(vt_findings_at(list, vt_findings_count(list) - 1)->id, id);
    vt_findings_clear(list);
}

static vt_status paint(const vt_doc *doc, const vt_layout *layout, vt_paint_options options) {
    vt_buf out;
    vt_status status;

    vt_buf_init(&out, (size_t)64 << 20);
    vt_buf_puts(&out, "xyz");
    status = vt_paint(&engine, &pack, doc, layout, &options, &out, list);
    assert_true(status == VT_OK || strcmp(out.data, "xyz") == 0 || out.len == 3);
    vt_buf_free(&out);
    return status;
}

/* ---------------------------------------------------------------- bytes -- */

static void same_bytes_again(void **state) {
    vt_doc *doc = document();
    vt_layout *letter = make_letter(arena, engine.fonts, 3, true);
    vt_layout *other = make_plain(arena, engine.fonts, 9);

    (void)state;
    for (int exact = 0; exact < 2; exact++) {
        vt_paint_options options = {.shared_subset = exact};
        vt_buf first = painted(doc, letter, options), again;

        again = painted(doc, other, (vt_paint_options){.shared_subset = !exact});
        vt_buf_free(&again);
        again = painted(doc, letter, options);
        assert_int_equal(first.len, again.len);
        assert_memory_equal(first.data, again.data, first.len);
        vt_buf_free(&first);
        vt_buf_free(&again);
    }
}

static void id_of(const vt_doc *doc, const vt_layout *layout, vt_paint_options options,
                  char id[33]) {
    vt_buf pdf = painted(doc, layout, options);
    const char *at = find(&pdf, "/ID[<");

    assert_non_null(at);
    memcpy(id, at + 5, 32);
    id[32] = '\0';
    assert_memory_equal(at + 5, at + 5 + 34, 32); /* both halves */
    vt_buf_free(&pdf);
}

static void the_id_follows_what_it_is_made_from(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 1, false);
    vt_layout *longer = make_letter(arena, engine.fonts, 2, false);
    char id[6][33];

    (void)state;
    id_of(document(), letter, (vt_paint_options){0}, id[0]);
    id_of(document(), longer, (vt_paint_options){0}, id[1]);
    id_of(parse(DOCUMENT("2026-03-05", "Nội dung khác.")), letter, (vt_paint_options){0}, id[2]);
    id_of(document(), letter, (vt_paint_options){.pdfa_part = 2}, id[3]);
    id_of(document(), letter, (vt_paint_options){.shared_subset = true}, id[4]);
    pack.hash.byte[0]++;
    id_of(document(), letter, (vt_paint_options){0}, id[5]);
    pack.hash.byte[0]--;
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(id[i], id[j]);
    id_of(document(), letter, (vt_paint_options){0}, id[1]);
    assert_string_equal(id[0], id[1]);
}

static void a_blank_date_is_left_out(void **state) {
    vt_layout *letter = make_plain(arena, engine.fonts, 1);
    vt_buf pdf = painted(parse(DOCUMENT("2026-03", "Nội dung.")), letter, (vt_paint_options){0});

    (void)state;
    assert_null(find(&pdf, "Date"));
    vt_buf_free(&pdf);
    pdf = painted(document(), letter, (vt_paint_options){0});
    assert_non_null(find(&pdf, "/CreationDate(D:20260305000000+07'00')"));
    assert_non_null(find(&pdf, "<xmp:CreateDate>2026-03-05T00:00:00+07:00</xmp:CreateDate>"));
    assert_non_null(find(&pdf, "/ModDate(D:20260305000000+07'00')"));
    assert_non_null(find(&pdf, "tủ sách &lt;làng&gt;"));
    vt_buf_free(&pdf);
}

static void parts_differ_as_they_must(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 1, false);
    vt_buf pdf = painted(document(), letter, (vt_paint_options){.pdfa_part = 1});

    (void)state;
    assert_memory_equal(pdf.data, "%PDF-1.4\n", 9);
    assert_null(find(&pdf, "/EmbeddedFile"));
    vt_buf_free(&pdf);
    pdf = painted(document(), letter, (vt_paint_options){.pdfa_part = 2});
    assert_memory_equal(pdf.data, "%PDF-1.7\n", 9);
    assert_null(find(&pdf, "/EmbeddedFile"));
    vt_buf_free(&pdf);
    pdf = painted(document(), letter, (vt_paint_options){0});
    assert_non_null(find(&pdf, "<pdfaid:part>3<"));
    assert_non_null(find(&pdf, "/AFRelationship/Source"));
    vt_buf_free(&pdf);
    pdf = painted(document(), letter, (vt_paint_options){.no_source = true});
    assert_null(find(&pdf, "/EmbeddedFile"));
    vt_buf_free(&pdf);
}

static void black_is_gray_and_colour_is_srgb(void **state) {
    vt_buf pdf = painted(document(), make_plain(arena, engine.fonts, 1), (vt_paint_options){0});

    (void)state;
    assert_non_null(find(&pdf, "(Gray gamma 2.2)"));
    vt_buf_free(&pdf);
    pdf = painted(document(), make_letter(arena, engine.fonts, 1, false), (vt_paint_options){0});
    assert_non_null(find(&pdf, "(sRGB IEC61966-2.1)"));
    vt_buf_free(&pdf);
}

/* ----------------------------------------------------------------- text -- */

/* Where the last glyph of the TJ array begins, as a reader computes it. */
static double end_of(const vt_buf *content, const vt_run *run, vt_paint_face *face) {
    double x = 0, last = 0;
    uint32_t n = 0;
    const char *s = content->data;

    while (*s == ' ' || *s == '[')
        s++;
    while (n < run->count) {
        if (*s == '(' || *s == ')') {
            char *end;

            if (*s++ == ')') {
                x -= strtod(s, &end) * run->size / 1000;
                s = end;
            }
            continue;
        }
        last = x;
        x += vt_fonts_advance(engine.fonts, run->face, run->glyphs[n]) * run->size / 1000;
        s += face->code[run->glyphs[n]].len;
        n++;
    }
    return last;
}

/* The same from the layout's side. */
static double wanted_end(const vt_run *run) {
    const char *s = run->text, *end = run->text + run->len;
    double x = 0;

    for (uint32_t i = 0; i + 1 < run->count; i++) {
        uint32_t cp = vt_utf8_next(&s, end);

        x += vt_fonts_advance(engine.fonts, run->face, run->glyphs[i]) * run->size / 1000;
        x += vt_fonts_kern(engine.fonts, run->face, run->glyphs[i], run->glyphs[i + 1]) *
             run->size / 1000;
        x += cp == ' ' ? run->word_space : 0;
    }
    return x;
}

static void set_glyphs(const vt_run *run, vt_buf *out) {
    const vt_glyph_line line = {.glyphs = run->glyphs,
                                .count = run->count,
                                .text = run->text,
                                .len = run->len,
                                .size = run->size,
                                .word_space = run->word_space,
                                .face = run->face};

    vt_buf_clear(out);
    vt_paint_glyphs(engine.fonts, &engine.paint->faces[0][run->face], &line, out);
}

static void lines_do_not_drift(void **state) {
    static const char words[] = "AV To P.A. Y. Vũ Tường Vi, 10/2026 (LT) – “Tỷ lệ” \\ và \r\xC2\xA0"
                                "các  khoảng trống  dài ơi là dài, mười hai từ nữa cho đủ một dòng";
    static const double spaces[] = {0, 0.013, 0.7, 3.3333, -0.4217, 11.7};
    static const double sizes[] = {8.4, 12, 13, 13.5, 14};
    maker m = {.arena = arena, .fonts = engine.fonts, .layout = vt_alloc(arena, sizeof(vt_layout))};
    vt_buf out;

    (void)state;
    m.layout->language = "vi-VN";
    make_page(&m);
    make_tag(&m, 0, VT_ROLE_DOCUMENT);
    for (vt_face face = 0; face < VT_FACES; face++)
        make_text(&m, 72, 100, face, 13, make_tag(&m, 0, VT_ROLE_P), words);
    out = painted(document(), m.layout, (vt_paint_options){0});
    for (size_t i = 0; i < VT_FACES * 30; i++) {
        vt_run run = m.layout->pages[0].runs[i % VT_FACES];

        run.word_space = spaces[i / VT_FACES % 6];
        run.size = sizes[i / VT_FACES / 6];
        set_glyphs(&run, &out);
        assert_true(fabs(end_of(&out, &run, &engine.paint->faces[0][run.face]) - wanted_end(&run)) <
                    0.01);
    }
    vt_buf_free(&out);
}

static void plain_lines_need_no_array(void **state) {
    maker m = {.arena = arena, .fonts = engine.fonts, .layout = vt_alloc(arena, sizeof(vt_layout))};
    vt_run run;
    vt_buf out;

    (void)state;
    make_page(&m);
    make_text(&m, 72, 100, VT_REGULAR, 13, make_tag(&m, 0, VT_ROLE_DOCUMENT), "xin");
    out = painted(document(), m.layout, (vt_paint_options){0});
    run = m.layout->pages[0].runs[0];
    set_glyphs(&run, &out);
    assert_non_null(strstr(out.data + out.len - 4, ")Tj\n"));
    assert_int_equal(out.data[0], ' ');
    run.count = 0;
    set_glyphs(&run, &out);
    assert_int_equal(out.len, 0);
    vt_buf_free(&out);
}

/* -------------------------------------------------------------- notation -- */

static void notation(void **state) {
    vt_buf b;

    (void)state;
    vt_buf_init(&b, 4096);
    vt_pdf_text(&b, "a(b)\\c");
    assert_string_equal(b.data, "(a\\(b\\)\\\\c)");
    vt_buf_clear(&b);
    vt_pdf_text(&b, "Số 😀\u2829");
    assert_int_equal(b.len, 18);
    assert_memory_equal(b.data, "(\xFE\xFF\0S\x1E\xD1\0 \xD8\x3D\xDE\0\\(\\))", 18);
    vt_buf_clear(&b);
    vt_pdf_text(&b, "");
    assert_string_equal(b.data, "()");
    vt_buf_clear(&b);
    vt_pdf_bytes(&b, "\r\n", 2);
    assert_string_equal(b.data, "(\\r\n)");
    vt_buf_clear(&b);
    vt_pdf_int(&b, 0);
    vt_pdf_int(&b, -120);
    vt_pdf_int(&b, INT64_MIN);
    assert_string_equal(b.data, "0-120-9223372036854775808");
    vt_buf_clear(&b);
    vt_pdf_entry(&b, "/K", 4294967295u);
    vt_pdf_number(&b, "/N", 7);
    vt_pdf_hex(&b, (const uint8_t *)"\x0F\xA0", 2);
    assert_string_equal(b.data, "/K 4294967295 0 R/N 7<0FA0>");
    vt_buf_free(&b);
}

static void no_room_is_no_crash(void **state) {
    vt_buf b;

    (void)state;
    vt_buf_init(&b, 3);
    vt_pdf_put(&b, "dài hơn ba");
    vt_pdf_entry(&b, "/K", 1);
    vt_pdf_number(&b, "/N", 1);
    vt_pdf_int(&b, 5);
    vt_pdf_ref(&b, 5);
    assert_true(vt_buf_failed(&b));
    assert_true(b.len <= 3);
    vt_buf_free(&b);
}

/* --------------------------------------------------------------- wrong -- */

static void wrong_requests(void **state) {
    vt_layout *letter = make_letter(arena, engine.fonts, 1, true);
    struct vt_attachment twice[] = {{.name = "a.pdf", .mime = "application/pdf"},
                                    {.name = "b.pdf", .mime = "application/pdf"},
                                    {.name = "a.pdf", .mime = "application/pdf"}};
    vt_engine poor = {.fonts = engine.fonts, .icc_folder = (char *)"tests/gen"};
    vt_buf out;

    (void)state;
    told(paint(document(), letter, (vt_paint_options){.pdfa_part = 4}), VT_BAD, "PDF-09");
    letter->attachments = twice;
    letter->attachment_count = 3;
    told(paint(document(), letter, (vt_paint_options){0}), VT_BAD, "PDF-05");
    letter->attachment_count = 2;
    assert_int_equal(paint(document(), letter, (vt_paint_options){0}), VT_OK);
    letter->forms[0].value = "số ☑";
    told(paint(document(), letter, (vt_paint_options){0}), VT_BAD, "PDF-04");
    letter->forms[0].value = "152/Đ\nhai dòng";
    assert_int_equal(paint(document(), letter, (vt_paint_options){0}), VT_OK);
    vt_buf_init(&out, 1 << 20);
    told(vt_paint(&poor, &pack, document(), letter, NULL, &out, list), VT_FAIL, "PDF-06");
    vt_paint_cache_free(poor.paint);
    vt_buf_free(&out);
    vt_buf_init(&out, 1000); /* a ceiling that is too low */
    assert_int_equal(vt_paint(&engine, &pack, document(), letter, NULL, &out, list), VT_FAIL);
    assert_int_equal(out.len, 0);
    vt_findings_clear(list);
    vt_buf_free(&out);
    assert_int_equal(paint(document(), letter, (vt_paint_options){0}), VT_OK);
}

static void refused(void (*spoil)(vt_layout *)) {
    vt_layout *letter = make_letter(arena, engine.fonts, 1, true);

    spoil(letter);
    told(paint(document(), letter, (vt_paint_options){0}), VT_FAIL, "PDF-08");
}

static void no_pages(vt_layout *l) {
    l->page_count = 0;
}
static void no_tags(vt_layout *l) {
    l->tag_count = 0;
}
static void far_tag(vt_layout *l) {
    l->pages[0].runs[0].tag = (uint32_t)l->tag_count;
}
static void no_number(vt_layout *l) {
    l->pages[0].runs[0].x = NAN;
}
static void no_size(vt_layout *l) {
    l->pages[0].runs[0].size = 0;
}
static void far_line(vt_layout *l) {
    l->pages[0].marks[0].x2 = INFINITY;
}
static void huge_page(vt_layout *l) {
    l->pages[0].width = 20000;
}
static void tags_in_a_ring(vt_layout *l) {
    l->tags[l->tag_count - 1].next = 1;
}
static void child_is_parent(vt_layout *l) {
    l->tags[2].first = 2;
}
static void field_on_no_page(vt_layout *l) {
    l->forms[0].page = l->page_count;
}
static void field_without_label(vt_layout *l) {
    l->forms[0].label = NULL;
}
static void heading_on_no_page(vt_layout *l) {
    l->outlines[0].page = l->page_count;
}
static void no_glyphs(vt_layout *l) {
    l->pages[0].runs[0].glyphs = NULL;
}

static void glyph_of_no_face(vt_layout *l) {
    static const uint16_t far[] = {0xFFFF};

    l->pages[0].runs[0].glyphs = far;
    l->pages[0].runs[0].count = 1;
}

static void broken_layouts_are_refused(void **state) {
    (void)state;
    refused(no_pages);
    refused(no_tags);
    refused(far_tag);
    refused(no_number);
    refused(no_size);
    refused(far_line);
    refused(huge_page);
    refused(tags_in_a_ring);
    refused(child_is_parent);
    refused(field_on_no_page);
    refused(field_without_label);
    refused(heading_on_no_page);
    refused(no_glyphs);
    refused(glyph_of_no_face);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(same_bytes_again, clean),
        cmocka_unit_test_teardown(the_id_follows_what_it_is_made_from, clean),
        cmocka_unit_test_teardown(a_blank_date_is_left_out, clean),
        cmocka_unit_test_teardown(parts_differ_as_they_must, clean),
        cmocka_unit_test_teardown(black_is_gray_and_colour_is_srgb, clean),
        cmocka_unit_test_teardown(lines_do_not_drift, clean),
        cmocka_unit_test_teardown(plain_lines_need_no_array, clean),
        cmocka_unit_test(notation),
        cmocka_unit_test(no_room_is_no_crash),
        cmocka_unit_test_teardown(wrong_requests, clean),
        cmocka_unit_test_teardown(broken_layouts_are_refused, clean),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
