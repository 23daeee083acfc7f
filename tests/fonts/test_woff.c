/* Web fonts: the PDF's outlines again, with the characters they stand for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "fonts/face.h"
#include "tests/fonts/sfnt.h"

#define SAMPLE "Kính gửi: Ủy ban nhân dân xã Thạch Bình\xC2\xA0(125 bản)./."

static vt_fonts *fonts;

static int set_up(void **state) {
    (void)state;
    return vt_fonts_open(NULL, NULL, &fonts) == VT_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    vt_fonts_free(fonts);
    return 0;
}

static vt_subset *marked(vt_face face, const char *text) {
    vt_subset *subset = vt_subset_new(fonts, face, VT_SUBSET_EXACT);
    const char *end = text + strlen(text);

    assert_non_null(subset);
    while (text < end)
        vt_subset_mark(subset, vt_fonts_glyph(fonts, face, vt_utf8_next(&text, end)));
    return subset;
}

static vt_buf woff_of(vt_subset *subset, const char *family) {
    vt_buf out;

    vt_buf_init(&out, (size_t)1 << 20);
    assert_int_equal(vt_subset_woff(subset, family, &out, NULL), VT_OK);
    return out;
}

/* The font as a TrueType file, by zlib; everything the header says is checked. */
static sfnt unpacked(const vt_buf *woff) {
    const uint8_t *w = (const uint8_t *)woff->data;
    unsigned tables = sfnt16(w + 12);
    size_t to = 12 + 16 * (size_t)tables, size = sfnt32(w + 16), end = 44 + 20 * (size_t)tables;
    uint8_t *font = calloc(1, size);

    assert_non_null(font);
    assert_memory_equal(w, "wOFF\0\1\0\0", 8);
    assert_int_equal(sfnt32(w + 8), woff->len);
    assert_int_equal(sfnt16(w + 14), 0);
    memcpy(font, "\0\1\0\0\0\0\0\x80\0\3\0\x20", 12); /* for ten tables */
    font[5] = (uint8_t)tables;
    for (unsigned i = 0; i < tables; i++) {
        const uint8_t *entry = w + 44 + 20 * i;
        size_t at = sfnt32(entry + 4), packed = sfnt32(entry + 8), whole = sfnt32(entry + 12);
        uLongf got = whole;

        assert_int_equal(at, end); /* in order, without gaps */
        assert_true(packed <= whole && to + whole <= size);
        if (packed == whole)
            memcpy(font + to, w + at, whole);
        else
            assert_int_equal(uncompress(font + to, &got, w + at, packed), Z_OK);
        assert_int_equal(got, whole);
        memcpy(font + 12 + 16 * i, entry, 4);
        memcpy(font + 12 + 16 * i + 4, entry + 16, 4);
        vt_put32(font + 12 + 16 * i + 8, (uint32_t)to);
        vt_put32(font + 12 + 16 * i + 12, (uint32_t)whole);
        to += (whole + 3) & ~(size_t)3;
        end += (packed + 3) & ~(size_t)3;
    }
    assert_int_equal(to, size);
    assert_int_equal(end, woff->len);
    return (sfnt){font, size};
}

/* Format 4 read in the plainest way; 0: no glyph. */
static unsigned glyph_of(sfnt font, uint32_t cp) {
    const uint8_t *cmap = sfnt_table(font, "cmap", NULL), *four = cmap + sfnt32(cmap + 8);
    unsigned segments = sfnt16(four + 6) / 2;

    assert_int_equal(sfnt16(four), 4);
    for (unsigned i = 0; i < segments; i++) {
        const uint8_t *end = four + 14 + 2 * i, *start = end + 2 * segments + 2;

        if (cp <= sfnt16(end))
            return cp < sfnt16(start) ? 0 : (cp + sfnt16(start + 2 * segments)) & 0xFFFF;
    }
    return 0;
}

static void outlines_and_widths_are_those_of_the_pdf(void **state) {
    (void)state;
    for (vt_face face = 0; face < VT_FACES; face++) {
        static const char *const same[] = {"glyf", "loca", "hmtx", "hhea", "maxp"};
        vt_subset *subset = marked(face, SAMPLE);
        vt_buf woff = woff_of(subset, "vt1");
        sfnt web = unpacked(&woff), pdf;
        vt_subset_data data;
        uLongf len;
        uint8_t *raw;

        assert_int_equal(vt_subset_finish(subset, NULL, &data), VT_OK);
        len = data.font_file_raw_len;
        raw = malloc(len);
        assert_int_equal(uncompress(raw, &len, data.font_file, data.font_file_len), Z_OK);
        pdf = (sfnt){raw, len};
        for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
            size_t a, b;
            const uint8_t *x = sfnt_table(web, same[i], &a), *y = sfnt_table(pdf, same[i], &b);

            assert_int_equal(a, b);
            assert_memory_equal(x, y, a);
        }
        free(raw);
        free((void *)(uintptr_t)web.data);
        vt_buf_free(&woff);
        vt_subset_free(subset);
    }
}

static void each_character_leads_to_its_glyph_and_no_other_character_to_any(void **state) {
    vt_subset *subset = marked(VT_REGULAR, SAMPLE);
    vt_buf woff = woff_of(subset, "vt1");
    sfnt web = unpacked(&woff);
    vt_subset_data data;
    unsigned found = 0;

    (void)state;
    assert_int_equal(vt_subset_finish(subset, NULL, &data), VT_OK);
    for (uint32_t cp = 0; cp < 0x10000; cp++) {
        uint16_t glyph = vt_fonts_glyph(fonts, VT_REGULAR, cp);
        bool asked = false;

        for (const char *s = SAMPLE, *end = s + strlen(s); s < end;)
            asked |= vt_fonts_glyph(fonts, VT_REGULAR, vt_utf8_next(&s, end)) == glyph && glyph;
        assert_int_equal(glyph_of(web, cp), asked ? vt_subset_id(subset, glyph) : 0);
        found += asked;
    }
    assert_true(found >= 30);
    assert_int_not_equal(glyph_of(web, 0xA0), 0); /* shares the glyph of U+0020 */
    free((void *)(uintptr_t)web.data);
    vt_buf_free(&woff);
    vt_subset_free(subset);
}

static void its_sums_are_those_of_a_sound_font(void **state) {
    vt_subset *subset = marked(VT_BOLD, SAMPLE);
    vt_buf woff = woff_of(subset, "vt1");
    sfnt web = unpacked(&woff);
    const uint8_t *head = sfnt_table(web, "head", NULL);

    (void)state;
    for (unsigned i = 0; i < sfnt16(web.data + 4); i++) {
        const uint8_t *entry = web.data + 12 + 16 * i;
        uint32_t sum = sfnt_sum(web.data + sfnt32(entry + 8), sfnt32(entry + 12));

        if (memcmp(entry, "head", 4) == 0)
            sum -= sfnt32(head + 8);
        assert_int_equal(sum, sfnt32(entry + 4));
        assert_true(i == 0 || memcmp(entry - 16, entry, 4) < 0);
    }
    assert_int_equal(sfnt_sum(web.data, web.len), 0xB1B0AFBA);
    free((void *)(uintptr_t)web.data);
    vt_buf_free(&woff);
    vt_subset_free(subset);
}

static void it_names_itself_as_it_is_told(void **state) {
    static const char bold[] = "\0v\0t\0\x37\0B\0o\0l\0d\0v\0t\0\x37\0-\0B\0o\0l\0d";
    vt_subset *subset = marked(VT_BOLD, "A");
    vt_buf woff = woff_of(subset, "vt7");
    sfnt web = unpacked(&woff);
    size_t len;
    const uint8_t *name = sfnt_table(web, "name", &len);

    (void)state;
    assert_memory_equal(name + sfnt16(name + 4), bold, sizeof bold - 1);
    free((void *)(uintptr_t)web.data);
    vt_buf_free(&woff);
    vt_subset_free(subset);
}

static void the_same_glyphs_give_the_same_bytes(void **state) {
    vt_subset *one = marked(VT_ITALIC, "Thạch Bình"), *other = marked(VT_ITALIC, "hnìB hcạhTT");
    vt_buf a = woff_of(one, "vt1"), b = woff_of(other, "vt1"), c = woff_of(one, "vt2");

    (void)state;
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    assert_true(a.len != c.len || memcmp(a.data, c.data, a.len) != 0);
    vt_buf_free(&a);
    vt_buf_free(&b);
    vt_buf_free(&c);
    vt_subset_free(one);
    vt_subset_free(other);
}

static void a_buffer_that_is_full_is_an_error(void **state) {
    vt_subset *subset = marked(VT_REGULAR, SAMPLE);
    vt_buf out;

    (void)state;
    for (size_t ceiling = 0; ceiling < 3000; ceiling += 250) {
        vt_buf_init(&out, ceiling);
        assert_int_equal(vt_subset_woff(subset, "vt1", &out, NULL), VT_FAIL);
        vt_buf_free(&out);
    }
    vt_subset_free(subset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outlines_and_widths_are_those_of_the_pdf),
        cmocka_unit_test(each_character_leads_to_its_glyph_and_no_other_character_to_any),
        cmocka_unit_test(its_sums_are_those_of_a_sound_font),
        cmocka_unit_test(it_names_itself_as_it_is_told),
        cmocka_unit_test(the_same_glyphs_give_the_same_bytes),
        cmocka_unit_test(a_buffer_that_is_full_is_an_error),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
