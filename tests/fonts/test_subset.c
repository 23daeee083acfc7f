/* Subsets: what is embedded equals what was asked for, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fonts/face.h"
#include "tests/fonts/sfnt.h"

#define SAMPLE                                                                                                             \
    "Kính gửi: Ủy ban nhân dân các xã, phường. Thực hiện Kế hoạch số 15/KH-UBND ngày 05 tháng 01 " \
    "năm 2026, đề nghị quý cơ quan phối hợp triển khai trước 17 giờ 00./."

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

/* ------------------------------------------------------------- unpacking -- */

/* A subset with its streams inflated. */
typedef struct unpacked {
    vt_subset *subset;
    vt_subset_data data;
    sfnt font;
    char *to_unicode;
    uint8_t *cid_set;
    size_t cid_set_len;
} unpacked;

static uint8_t *inflated(const uint8_t *data, size_t len, size_t *out_len) {
    size_t room = 1 << 20;
    uint8_t *out = malloc(room + 1);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();

    assert_true(out && d);
    assert_int_equal(libdeflate_zlib_decompress(d, data, len, out, room, out_len), 0);
    libdeflate_free_decompressor(d);
    out[*out_len] = 0;
    return out;
}

static void mark_text(vt_subset *subset, vt_face face, const char *text) {
    const char *end = text + strlen(text);

    while (text < end)
        vt_subset_mark(subset, vt_fonts_glyph(fonts, face, vt_utf8_next(&text, end)));
}

static unpacked unpack(vt_subset *subset) {
    unpacked u = {.subset = subset};
    uint8_t *font;
    size_t len;

    assert_int_equal(vt_subset_finish(subset, NULL, &u.data), VT_OK);
    font = inflated(u.data.font_file, u.data.font_file_len, &u.font.len);
    u.font.data = font;
    assert_int_equal(u.font.len, u.data.font_file_raw_len);
    u.to_unicode = (char *)inflated(u.data.to_unicode, u.data.to_unicode_len, &len);
    u.cid_set = inflated(u.data.cid_set, u.data.cid_set_len, &u.cid_set_len);
    return u;
}

static unpacked make(vt_face face, vt_subset_mode mode, const char *text) {
    vt_subset *subset = vt_subset_new(fonts, face, mode);

    assert_non_null(subset);
    mark_text(subset, face, text);
    return unpack(subset);
}

static void drop(unpacked *u) {
    free((void *)(uintptr_t)u->font.data);
    free(u->to_unicode);
    free(u->cid_set);
    vt_subset_free(u->subset);
}

static unsigned glyph_count(const unpacked *u) {
    return sfnt16(sfnt_table(u->font, "maxp", NULL) + 4);
}

/* ------------------------------------------------------------ the checks -- */

static void check_tables(const unpacked *u) {
    unsigned count = sfnt16(u->font.data + 4), glyphs = glyph_count(u);
    const uint8_t *head = sfnt_table(u->font, "head", NULL);
    size_t len;

    assert_int_equal(sfnt32(u->font.data), 0x00010000);
    for (unsigned i = 0; i < count; i++) {
        const uint8_t *entry = u->font.data + 12 + 16 * i;
        uint32_t at = sfnt32(entry + 8), size = sfnt32(entry + 12);
        uint32_t sum = sfnt_sum(u->font.data + at, size);

        assert_int_equal(at % 4, 0);
        assert_true(at + size <= u->font.len);
        assert_true(i == 0 || memcmp(entry - 16, entry, 4) < 0); /* in the order of tags */
        if (memcmp(entry, "head", 4) == 0)
            sum -= sfnt32(head + 8);
        assert_int_equal(sum, sfnt32(entry + 4));
    }
    assert_int_equal(sfnt_sum(u->font.data, u->font.len), 0xB1B0AFBA);
    assert_int_equal(sfnt32(head + 12), 0x5F0F3CF5);
    assert_int_equal(sfnt16(sfnt_table(u->font, "hhea", NULL) + 34), glyphs);
    sfnt_table(u->font, "hmtx", &len);
    assert_int_equal(len, 4 * glyphs);
    sfnt_table(u->font, "loca", &len);
    assert_int_equal(len, (sfnt16(head + 50) ? 4 : 2) * (glyphs + 1));
    assert_null(sfnt_table(u->font, "fpgm", NULL));
    assert_null(sfnt_table(u->font, "prep", NULL));
    assert_null(sfnt_table(u->font, "cvt ", NULL));
}

static void check_outline(const unpacked *u, vt_face face, uint16_t glyph) {
    const vt_face_data *f = &fonts->faces[face];
    static outline before, after;
    unsigned id = vt_subset_id(u->subset, glyph);
    const uint8_t *hmtx = sfnt_table(u->font, "hmtx", NULL);

    before.count = after.count = 0;
    assert_true(sfnt_outline((sfnt){(uint8_t *)f->bytes.data, f->bytes.len}, glyph, &before));
    assert_true(sfnt_outline(u->font, id, &after));
    assert_int_equal(before.count, after.count);
    for (size_t i = 0; i < before.count; i++) {
        assert_int_equal(before.points[i].x, after.points[i].x);
        assert_int_equal(before.points[i].y, after.points[i].y);
        assert_int_equal(before.points[i].on, after.points[i].on);
        assert_int_equal(before.points[i].last, after.points[i].last);
    }
    assert_memory_equal(hmtx + 4 * id, f->hmtx.data + 4 * glyph, 4);
}

/* The width that W or else DW gives to an id. */
static int width_of(const unpacked *u, unsigned id) {
    const char *at = u->data.widths, *default_width = strstr(at, "]/DW ");
    int found = -1;
    char *end;

    assert_non_null(default_width);
    assert_int_equal(*at++, '[');
    while (*at != ']') {
        unsigned long first = strtoul(at, &end, 10), last = first;
        long width;

        assert_true(end > at);
        at = end;
        if (*at == '[') {
            for (at++; *at != ']'; last++) {
                width = strtol(at, &end, 10);
                assert_true(end > at);
                at = end;
                if (last == id)
                    found = (int)width;
            }
            at++;
            continue;
        }
        last = strtoul(at, &end, 10);
        assert_true(end > at && last > first);
        at = end;
        width = strtol(at, &end, 10);
        assert_true(end > at);
        at = end;
        if (id >= first && id <= last)
            found = (int)width;
    }
    assert_ptr_equal(at, default_width);
    if (found < 0)
        found = (int)strtol(at + 5, &end, 10);
    assert_int_equal(strlen(u->data.widths), u->data.widths_len);
    return found;
}

static unsigned hex4(const char **at) {
    unsigned value;
    int used = 0;

    assert_int_equal(sscanf(*at, "<%4X>%n", &value, &used), 1);
    assert_int_equal(used, 6);
    *at += used;
    return value;
}

/* The code point ToUnicode gives to an id, 0: none; on the way the syntax of
   the whole map is held to the rules. */
static uint32_t character_of(const unpacked *u, unsigned id) {
    const char *at = strstr(u->to_unicode, "begincmap");
    uint32_t found = 0;

    assert_non_null(at);
    assert_non_null(strstr(at, "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"));
    while ((at = strstr(at, " beginbfrange\n")) != NULL) {
        const char *digits = at;
        unsigned long count, n = 0;

        while (digits[-1] >= '0' && digits[-1] <= '9')
            digits--;
        count = strtoul(digits, NULL, 10);
        assert_in_range(count, 1, 100);
        at += strlen(" beginbfrange\n");
        for (; strncmp(at, "endbfrange\n", 11) != 0; n++) {
            unsigned from = hex4(&at), to = hex4(&at);

            assert_true(from && from <= to && from >> 8 == to >> 8);
            assert_int_equal(*at++, '[');
            for (; from <= to; from++) {
                uint32_t cp = hex4(&at);

                if (from == id)
                    found = cp;
            }
            assert_memory_equal(at, "]\n", 2);
            at += 2;
        }
        assert_int_equal(n, count);
    }
    assert_true(!strstr(u->to_unicode, "beginbf") ||
                strstr(u->to_unicode, "endbfrange\nendcmap\n"));
    return found;
}

static void check_cid_set(const unpacked *u) {
    unsigned glyphs = glyph_count(u);

    assert_int_equal(u->cid_set_len, (glyphs + 7) / 8);
    for (unsigned id = 0; id < 8 * u->cid_set_len; id++)
        assert_int_equal(u->cid_set[id / 8] >> (7 - id % 8) & 1, id < glyphs);
}

static void check_name(const unpacked *u, vt_face face) {
    for (int i = 0; i < 6; i++)
        assert_in_range(u->data.name[i], 'A', 'Z');
    assert_int_equal(u->data.name[6], '+');
    assert_string_equal(u->data.name + 7, vt_fonts_info(fonts, face)->postscript_name);
}

static void check_character(const unpacked *u, vt_face face, uint32_t cp) {
    uint16_t glyph = vt_fonts_glyph(fonts, face, cp);
    unsigned id = vt_subset_id(u->subset, glyph);

    assert_true(glyph && id && id < glyph_count(u));
    check_outline(u, face, glyph);
    assert_int_equal(width_of(u, id), vt_fonts_advance(fonts, face, glyph));
    assert_int_equal(character_of(u, id), vt_fonts_codepoint(fonts, face, glyph));
}

/* ----------------------------------------------------------------- tests -- */

static void every_letter_of_the_repertoire_is_embedded_whole(void **state) {
    (void)state;
    for (int face = 0; face < VT_FACES; face++) {
        unpacked u = make((vt_face)face, VT_SUBSET_SHARED, "");

        check_tables(&u);
        check_cid_set(&u);
        check_name(&u, (vt_face)face);
        for (size_t i = 0; i < vt_repertoire_required_count; i++)
            check_character(&u, (vt_face)face, vt_repertoire_required[i]);
        for (size_t i = 0; i < vt_repertoire_optional_count; i++) {
            if (vt_fonts_glyph(fonts, (vt_face)face, vt_repertoire_optional[i]))
                check_character(&u, (vt_face)face, vt_repertoire_optional[i]);
        }
        assert_true(u.data.font_file_len < 14000);
        drop(&u);
    }
}

static void an_exact_subset_holds_what_was_marked(void **state) {
    (void)state;
    for (int face = 0; face < VT_FACES; face++) {
        unpacked u = make((vt_face)face, VT_SUBSET_EXACT, SAMPLE);
        const char *at = SAMPLE, *end = at + strlen(at);

        check_tables(&u);
        check_cid_set(&u);
        check_name(&u, (vt_face)face);
        while (at < end)
            check_character(&u, (vt_face)face, vt_utf8_next(&at, end));
        /* a letter that does not occur, nor is part of one that does */
        assert_int_equal(vt_subset_id(u.subset, vt_fonts_glyph(fonts, (vt_face)face, 'W')), 0);
        check_outline(&u, (vt_face)face, 0);
        assert_true(u.data.font_file_len < 6000);
        drop(&u);
    }
}

/* Every glyph of the faces, whatever it is: 2,600 each. */
static void any_glyph_can_be_embedded(void **state) {
    (void)state;
    for (int face = 0; face < VT_FACES; face++) {
        vt_subset *subset = vt_subset_new(fonts, (vt_face)face, VT_SUBSET_EXACT);
        unsigned glyphs = fonts->faces[face].glyphs;
        unpacked u;

        for (unsigned glyph = 0; glyph < glyphs; glyph++)
            vt_subset_mark(subset, (uint16_t)glyph);
        u = unpack(subset);
        assert_int_equal(glyph_count(&u), glyphs);
        check_tables(&u);
        check_cid_set(&u);
        for (unsigned glyph = 0; glyph < glyphs; glyph++)
            check_outline(&u, (vt_face)face, (uint16_t)glyph);
        for (uint16_t glyph = 1; glyph < glyphs; glyph = (uint16_t)(glyph + 37)) {
            unsigned id = vt_subset_id(subset, glyph);

            assert_int_equal(width_of(&u, id), vt_fonts_advance(fonts, (vt_face)face, glyph));
            assert_int_equal(character_of(&u, id), vt_fonts_codepoint(fonts, (vt_face)face, glyph));
        }
        drop(&u);
    }
}

static void shared_subsets_take_up_what_lies_outside(void **state) {
    (void)state;
    uint16_t omega = vt_fonts_glyph(fonts, VT_REGULAR, 0x3A9);
    unpacked plain = make(VT_REGULAR, VT_SUBSET_SHARED, "Điều 5");
    unpacked more = make(VT_REGULAR, VT_SUBSET_SHARED, "Điều 5 Ω");

    assert_int_not_equal(omega, 0);
    assert_int_equal(vt_subset_id(plain.subset, omega), 0);
    assert_int_not_equal(vt_subset_id(more.subset, omega), 0);
    check_character(&more, VT_REGULAR, 0x3A9);
    check_character(&more, VT_REGULAR, 0x1EC1);
    assert_string_not_equal(plain.data.name, more.data.name);
    drop(&plain);
    drop(&more);
}

static void nothing_marked_is_notdef_alone(void **state) {
    (void)state;
    vt_subset *subset = vt_subset_new(fonts, VT_BOLD, VT_SUBSET_EXACT);
    unpacked u;

    vt_subset_mark(subset, 0xFFFF); /* no such glyph: nothing happens */
    assert_int_equal(vt_subset_id(subset, 5), 0);
    u = unpack(subset);
    assert_int_equal(glyph_count(&u), 1);
    check_tables(&u);
    check_cid_set(&u);
    assert_int_equal(character_of(&u, 0), 0);
    assert_null(strstr(u.to_unicode, "beginbf"));
    assert_int_equal(vt_subset_id(subset, 0xFFFF), 0);
    drop(&u);
}

static void assert_same(const unpacked *a, const unpacked *b) {
    assert_int_equal(a->data.font_file_len, b->data.font_file_len);
    assert_memory_equal(a->data.font_file, b->data.font_file, a->data.font_file_len);
    assert_int_equal(a->data.to_unicode_len, b->data.to_unicode_len);
    assert_memory_equal(a->data.to_unicode, b->data.to_unicode, a->data.to_unicode_len);
    assert_string_equal(a->data.name, b->data.name);
    assert_string_equal(a->data.widths, b->data.widths);
}

/* Neither the order of marks nor what was made before may show in the bytes. */
static void the_same_set_gives_the_same_bytes(void **state) {
    (void)state;
    vt_fonts *ours = fonts;
    unpacked first = make(VT_REGULAR, VT_SUBSET_EXACT, "aábcđ"), again, fresh;
    char letters[] = "aA0";

    for (int i = 0; i < 26 * 26 * 3; i++) { /* more than are kept */
        vt_subset *other = vt_subset_new(fonts, VT_REGULAR, VT_SUBSET_EXACT);
        vt_subset_data out;

        letters[0] = (char)('a' + i % 26);
        letters[1] = (char)('A' + i / 26 % 26);
        letters[2] = (char)('0' + i / 26 / 26);
        mark_text(other, VT_REGULAR, letters);
        assert_int_equal(vt_subset_finish(other, NULL, &out), VT_OK);
        vt_subset_free(other);
    }
    again = make(VT_REGULAR, VT_SUBSET_EXACT, "đcbáađđ");
    assert_same(&first, &again);
    assert_int_equal(vt_fonts_open(NULL, NULL, &fonts), VT_OK);
    fresh = make(VT_REGULAR, VT_SUBSET_EXACT, "cđbáa");
    assert_same(&first, &fresh);
    drop(&fresh);
    vt_fonts_free(fonts);
    fonts = ours;
    drop(&first);
    drop(&again);
}

static void a_subset_serves_one_document_after_another(void **state) {
    (void)state;
    vt_subset *subset = vt_subset_new(fonts, VT_ITALIC, VT_SUBSET_EXACT);
    uint16_t a = vt_fonts_glyph(fonts, VT_ITALIC, 'a'), b = vt_fonts_glyph(fonts, VT_ITALIC, 'b');
    vt_subset_data out, twice;

    vt_subset_mark(subset, a);
    assert_int_equal(vt_subset_finish(subset, NULL, &out), VT_OK);
    vt_subset_mark(subset, b); /* too late */
    assert_int_equal(vt_subset_finish(subset, NULL, &twice), VT_OK);
    assert_ptr_equal(out.font_file, twice.font_file);
    assert_int_equal(vt_subset_id(subset, b), 0);
    assert_int_not_equal(vt_subset_id(subset, a), 0);
    vt_subset_clear(subset);
    assert_int_equal(vt_subset_id(subset, a), 0);
    vt_subset_mark(subset, b);
    assert_int_equal(vt_subset_finish(subset, NULL, &out), VT_OK);
    assert_int_equal(vt_subset_id(subset, a), 0);
    assert_int_not_equal(vt_subset_id(subset, b), 0);
    vt_subset_free(subset);
    vt_subset_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_of_the_repertoire_is_embedded_whole),
        cmocka_unit_test(an_exact_subset_holds_what_was_marked),
        cmocka_unit_test(any_glyph_can_be_embedded),
        cmocka_unit_test(shared_subsets_take_up_what_lies_outside),
        cmocka_unit_test(nothing_marked_is_notdef_alone),
        cmocka_unit_test(the_same_set_gives_the_same_bytes),
        cmocka_unit_test(a_subset_serves_one_document_after_another),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
