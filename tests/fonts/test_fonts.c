/* Faces, metrics and kerning; which files are chosen; fonts that are unfit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/fonts/exercise.h"

static vt_fonts *fonts;
static vt_findings *list;

static const char *const vowels[] = {
    "a à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ",
    "e è é ẻ ẽ ẹ ê ề ế ể ễ ệ",
    "i ì í ỉ ĩ ị",
    "o ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ",
    "u ù ú ủ ũ ụ ư ừ ứ ử ữ ự",
    "y ỳ ý ỷ ỹ ỵ",
    "A À Á Ả Ã Ạ Ă Ằ Ắ Ẳ Ẵ Ặ Â Ầ Ấ Ẩ Ẫ Ậ",
    "E È É Ẻ Ẽ Ẹ Ê Ề Ế Ể Ễ Ệ",
    "I Ì Í Ỉ Ĩ Ị",
    "O Ò Ó Ỏ Õ Ọ Ô Ồ Ố Ổ Ỗ Ộ Ơ Ờ Ớ Ở Ỡ Ợ",
    "U Ù Ú Ủ Ũ Ụ Ư Ừ Ứ Ử Ữ Ự",
    "Y Ỳ Ý Ỷ Ỹ Ỵ",
    "đ",
    "Đ",
};

static int set_up(void **state) {
    (void)state;
    list = vt_findings_new();
    return list && vt_fonts_open(NULL, list, &fonts) == VT_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    vt_fonts_free(fonts);
    vt_findings_free(list);
    return 0;
}

static int advance(vt_face face, uint32_t cp) {
    return vt_fonts_advance(fonts, face, vt_fonts_glyph(fonts, face, cp));
}

static uint32_t only(const char *letter) {
    return vt_utf8_next(&letter, letter + strlen(letter));
}

/* --------------------------------------------------------------- letters -- */

static void every_vietnamese_letter_is_there_and_comes_back(void **state) {
    (void)state;
    for (int face = 0; face < VT_FACES; face++) {
        int marked = 0;

        for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++) {
            const char *at = vowels[i], *end = at + strlen(at);

            while (at < end) {
                uint32_t cp = vt_utf8_next(&at, end);
                uint16_t glyph = vt_fonts_glyph(fonts, (vt_face)face, cp);

                assert_int_not_equal(glyph, 0);
                assert_int_equal(vt_fonts_codepoint(fonts, (vt_face)face, glyph), cp);
                assert_true(vt_fonts_advance(fonts, (vt_face)face, glyph) > 200);
                marked += cp > 0x7F;
                at += at < end;
            }
        }
        assert_int_equal(marked, 134);
    }
}

/* Marks stand above or below; only the horn of ơ and ư may widen a letter. */
static void marks_do_not_change_widths(void **state) {
    (void)state;
    for (int face = 0; face < VT_FACES; face++) {
        for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++) {
            const char *at = vowels[i], *end = at + strlen(at);
            int width = 0;

            for (int k = 0; at < end; k++, at += at < end) {
                uint32_t cp = vt_utf8_next(&at, end);
                bool horn =
                    strchr("oOuU", vowels[i][0]) && k >= (strchr("oO", vowels[i][0]) ? 12 : 6);

                if (!horn && width)
                    assert_int_equal(advance((vt_face)face, cp), width);
                else if (!width)
                    width = advance((vt_face)face, cp);
                else
                    assert_true(advance((vt_face)face, cp) >= width);
            }
        }
    }
}

/* Adobe's metrics of the Times family, which Liberation Serif keeps. */
static void widths_are_those_of_times(void **state) {
    (void)state;
    const struct {
        uint32_t cp;
        int width[VT_FACES];
    } known[] = {
        {' ', {250, 250, 250, 250}},    {'0', {500, 500, 500, 500}}, {'A', {722, 722, 611, 667}},
        {'W', {944, 1000, 833, 889}},   {'a', {444, 500, 500, 500}}, {'m', {778, 833, 722, 778}},
        {'.', {250, 250, 250, 250}},    {'-', {333, 333, 333, 333}}, {'i', {278, 278, 278, 278}},
        {0x2013, {500, 500, 500, 500}}, {'@', {921, 930, 920, 832}}, {0x110, {722, 722, 722, 722}},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        for (int face = 0; face < VT_FACES; face++)
            assert_int_equal(advance((vt_face)face, known[i].cp), known[i].width[face]);
    }
}

/* Sum of the advances of a text in millimetres; kerned as well. */
static double width_mm(vt_face face, double size, const char *text, double *kerned) {
    const char *end = text + strlen(text);
    int64_t width = vt_fonts_width(fonts, face, text, strlen(text)), sum = 0;

    for (const char *at = text; at < end;)
        sum += advance(face, vt_utf8_next(&at, end));
    *kerned = (double)width * size / 1000 * 25.4 / 72;
    return (double)sum * size / 1000 * 25.4 / 72;
}

/* The widths of the header's lines as measured on paper. */
static void header_lines_have_their_measured_widths(void **state) {
    (void)state;
    const struct {
        vt_face face;
        double size;
        const char *text;
        double mm;
    } lines[] = {
        {VT_BOLD, 12, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 88.3},
        {VT_BOLD, 13, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 95.7},
        {VT_BOLD, 13, "Độc lập - Tự do - Hạnh phúc", 56.1},
        {VT_BOLD, 14, "Độc lập - Tự do - Hạnh phúc", 60.5},
        {VT_BOLD, 15, "ĐẢNG CỘNG SẢN VIỆT NAM", 72.9},
        {VT_ITALIC, 13, "Thành phố Hồ Chí Minh, ngày 29 tháng 12 năm 2026", 98.7},
        {VT_ITALIC, 14, "Thành phố Hồ Chí Minh, ngày 29 tháng 12 năm 2026", 106.3},
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        double kerned, mm = width_mm(lines[i].face, lines[i].size, lines[i].text, &kerned);

        if (fabs(mm - lines[i].mm) > 0.15)
            fail_msg("%s: %.2f mm, not %.1f", lines[i].text, mm, lines[i].mm);
        assert_true(kerned <= mm && kerned > mm * 0.98);
    }
}

static void pairs_are_kerned(void **state) {
    (void)state;
    const char *pairs[] = {"AV", "To", "P.", "VA", "Ya", "r."};

    for (int face = 0; face < VT_FACES; face++) {
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
            uint16_t left = vt_fonts_glyph(fonts, (vt_face)face, (uint8_t)pairs[i][0]);
            uint16_t right = vt_fonts_glyph(fonts, (vt_face)face, (uint8_t)pairs[i][1]);
            int kern = vt_fonts_kern(fonts, (vt_face)face, left, right);
            int64_t width = vt_fonts_width(fonts, (vt_face)face, pairs[i], 2);

            assert_true(kern < -30 && kern > -200);
            assert_int_equal(width, vt_fonts_advance(fonts, (vt_face)face, left) +
                                        vt_fonts_advance(fonts, (vt_face)face, right) + kern);
        }
        assert_int_equal(vt_fonts_kern(fonts, (vt_face)face,
                                       vt_fonts_glyph(fonts, (vt_face)face, 'n'),
                                       vt_fonts_glyph(fonts, (vt_face)face, 'n')),
                         0);
        assert_int_equal(vt_fonts_kern(fonts, (vt_face)face, 0xFFFF, 0xFFFF), 0);
    }
    /* -264 of 2,048 units in the regular face */
    assert_int_equal(vt_fonts_kern(fonts, VT_REGULAR, vt_fonts_glyph(fonts, VT_REGULAR, 'A'),
                                   vt_fonts_glyph(fonts, VT_REGULAR, 'V')),
                     -129);
}

/* The GPOS and the kern table of these faces hold the same pairs. */
static void both_kerning_tables_agree(void **state) {
    (void)state;
    for (int face = 0; face < VT_FACES; face++) {
        vt_arena *arena = vt_arena_new(1 << 20);
        vt_face_data old = fonts->faces[face];
        int differ = 0, kerned = 0;

        assert_true(old.gpos.len && old.kern.len);
        old.gpos.len = 0;
        memset(&old.kerning, 0, sizeof old.kerning);
        assert_int_equal(vt_face_kerning(arena, &old, NULL), VT_OK);
        assert_int_equal(old.kerning.subtables[0].format, 0);
        for (uint16_t left = 0; left < old.glyphs; left++) {
            if (!(old.kerning.left[left / 8] >> left % 8 & 1))
                assert_false(fonts->faces[face].kerning.left[left / 8] >> left % 8 & 1);
            else
                for (uint16_t right = 0; right < old.glyphs; right++) {
                    int value = vt_fonts_kern(fonts, (vt_face)face, left, right);

                    kerned += value != 0;
                    differ += value != vt_face_kern(&old, left, right);
                }
        }
        assert_true(kerned > 500);
        assert_int_equal(differ, 0);
        vt_arena_free(arena);
    }
}

/* A GPOS table with an extension lookup to pairs by class, which Liberation
   Serif has not: A (class 1) and B..V (class 0) before V (class 1). */
static void pairs_by_class_are_kerned(void **state) {
    (void)state;
    const uint16_t A = vt_fonts_glyph(fonts, VT_REGULAR, 'A');
    const uint16_t V = vt_fonts_glyph(fonts, VT_REGULAR, 'V');
    /* clang-format off */
    const uint16_t words[] = {
        1, 0, 10, 30, 44,                            /* 0: script, feature, lookup lists */
        1, 0x4446, 0x4C54, 8, 4, 0, 0, 0xFFFF, 1, 0, /* 10: DFLT, its features: the first */
        1, 0x6B65, 0x726E, 8, 0, 1, 0,               /* 30: kern, its lookups: the first */
        1, 4, 9, 0, 1, 8, 1, 2, 0, 8,                /* 44: an extension to pairs at 64 */
        2, 32, 5, 0, 42, 50, 2, 2,                   /* 64: by class, placement and advance */
        0, 0, 0, (uint16_t)-20,                      /* 80: left class 0 before 0, 1 */
        0, 0, 5, (uint16_t)-100,                     /* 88: left class 1 before 0, 1 */
        2, 1, A, V, 0,                               /* 96: coverage A..V */
        1, A, 1, 1,                                  /* 106: classes of the left glyph */
        2, 1, V, V, 1,                               /* 114: and of the right one */
    };
    /* clang-format on */
    vt_arena *arena = vt_arena_new(1 << 20);
    vt_face_data face = fonts->faces[VT_REGULAR];
    uint8_t table[sizeof words];

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        vt_put16(table + 2 * i, words[i]);
    face.gpos = (vt_table){table, sizeof table};
    memset(&face.kerning, 0, sizeof face.kerning);
    assert_int_equal(vt_face_kerning(arena, &face, NULL), VT_OK);
    assert_int_equal(vt_face_kern(&face, A, V), -49); /* -100 of 2,048 */
    assert_int_equal(vt_face_kern(&face, (uint16_t)(A + 1), V), -10);
    assert_int_equal(vt_face_kern(&face, V, V), -10);
    assert_int_equal(vt_face_kern(&face, A, A), 0);
    assert_int_equal(vt_face_kern(&face, (uint16_t)(V + 1), V), 0);
    assert_int_equal(vt_face_kern(&face, (uint16_t)(A - 1), V), 0);
    vt_arena_free(arena);
}

static void what_a_face_lacks_is_glyph_0(void **state) {
    (void)state;
    const uint32_t missing[] = {0,       1,       0x2610,   0x4E00,   0xD800,    0xFFFF,
                                0x10000, 0x1F600, 0x10FFFF, 0x110000, UINT32_MAX};

    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        assert_int_equal(vt_fonts_glyph(fonts, VT_REGULAR, missing[i]), 0);
    assert_int_equal(vt_fonts_codepoint(fonts, VT_REGULAR, 0), 0);
    assert_int_equal(vt_fonts_codepoint(fonts, VT_REGULAR, 0xFFFF), 0);
    assert_int_equal(vt_fonts_advance(fonts, VT_REGULAR, 0xFFFF),
                     vt_fonts_advance(fonts, VT_REGULAR, 0));
}

static void faces_describe_themselves(void **state) {
    (void)state;
    const char *names[] = {"LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic",
                           "LiberationSerif-BoldItalic"};

    for (int face = 0; face < VT_FACES; face++) {
        const vt_face_info *info = vt_fonts_info(fonts, (vt_face)face);
        bool italic = face == VT_ITALIC || face == VT_BOLD_ITALIC;

        assert_string_equal(info->postscript_name, names[face]);
        assert_string_equal(info->family, "Liberation Serif");
        assert_int_equal(info->ascent, 891);
        assert_int_equal(info->descent, -216);
        assert_in_range(info->cap_height, 640, 670);
        assert_in_range(info->x_height, 440, 480);
        assert_int_equal(info->italic_angle_deg != 0, italic);
        assert_true(info->italic_angle_deg <= 0);
        assert_true(info->bbox[0] < 0 && info->bbox[1] < 0 && info->bbox[2] > 1000 &&
                    info->bbox[3] > 900);
        assert_true(info->underline_position < 0 && info->underline_thickness > 0);
        assert_int_equal(info->pdf_flags, 2 | 4 | (italic ? 64 : 0));
        assert_true(info->stem_v > (face & 1 ? 120 : 60));
    }
}

static void the_hash_is_that_of_the_files(void **state) {
    (void)state;
    vt_fonts *again;

    assert_int_equal(vt_fonts_open(NULL, list, &again), VT_OK);
    assert_memory_equal(vt_fonts_hash(again), vt_fonts_hash(fonts), sizeof(vt_hash));
    vt_fonts_free(again);
}

static void the_repertoire_ascends(void **state) {
    (void)state;
    for (size_t i = 1; i < vt_repertoire_required_count; i++)
        assert_true(vt_repertoire_required[i - 1] < vt_repertoire_required[i]);
    for (size_t i = 1; i < vt_repertoire_optional_count; i++)
        assert_true(vt_repertoire_optional[i - 1] < vt_repertoire_optional[i]);
    assert_int_equal(only("ấ"), 0x1EA5);
}

/* --------------------------------------------------------------- folders -- */

static char folder[64];

static const char *in(const char *name) {
    static char paths[2][128];
    static int i;
    char *path = paths[i++ % 2];

    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void new_folder(void) {
    strcpy(folder, "/tmp/vanthu-fonts-XXXXXX");
    assert_non_null(mkdtemp(folder));
}

static void drop_folder(void) {
    char command[128];

    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void link_face(int face, const char *name) {
    assert_int_equal(symlink(fonts->faces[face].file, in(name)), 0);
}

/* Opens the folder; what is found must have the id and name the thing. */
static void check_refused(const char *id, const char *named) {
    vt_findings *found = vt_findings_new();
    vt_fonts *out = fonts;

    assert_int_equal(vt_fonts_open(folder, found, &out), VT_FAIL);
    assert_null(out);
    assert_true(vt_findings_count(found) >= 1);
    assert_string_equal(vt_findings_at(found, vt_findings_count(found) - 1)->id, id);
    if (!strstr(vt_findings_at(found, 0)->message, named))
        fail_msg("“%s” does not name %s", vt_findings_at(found, 0)->message, named);
    assert_non_null(vt_findings_at(found, 0)->remedy);
    vt_findings_free(found);
}

static void known_names_in_any_case_are_found(void **state) {
    (void)state;
    const char *names[][4] = {
        {"TIMES.TTF", "TimesBd.ttf", "timesi.ttf", "TIMESBI.ttf"},
        {"Times_New_Roman.ttf", "Times_New_Roman_Bold.ttf", "Times_New_Roman_Italic.ttf",
         "Times_New_Roman_Bold_Italic.ttf"},
        {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "liberationserif-italic.ttf",
         "LiberationSerif-BoldItalic.ttf"},
    };

    for (size_t i = 0; i < 3; i++) {
        vt_fonts *out;

        new_folder();
        for (int face = 0; face < VT_FACES; face++)
            link_face(face, names[i][face]);
        assert_int_equal(vt_fonts_open(folder, list, &out), VT_OK);
        assert_memory_equal(vt_fonts_hash(out), vt_fonts_hash(fonts), sizeof(vt_hash));
        vt_fonts_free(out);
        drop_folder();
    }
}

static void a_missing_face_is_named(void **state) {
    (void)state;
    new_folder();
    check_refused("FNT-01", folder);
    link_face(VT_REGULAR, "times.ttf");
    link_face(VT_BOLD, "timesbd.ttf");
    link_face(VT_BOLD_ITALIC, "timesbi.ttf");
    check_refused("FNT-01", "timesi.ttf");
    link_face(VT_ITALIC, "LiberationSerif-Italic.ttf"); /* families are not mixed */
    check_refused("FNT-01", "timesi.ttf");
    assert_int_equal(symlink("nowhere.ttf", in("timesi.ttf")), 0);
    check_refused("FNT-01", "timesi.ttf");
    drop_folder();
    check_refused("FNT-01", folder);
}

static void a_face_of_another_kind_is_refused(void **state) {
    (void)state;
    char sans[256];

    new_folder();
    link_face(VT_BOLD, "times.ttf"); /* the wrong style */
    link_face(VT_REGULAR, "timesbd.ttf");
    link_face(VT_ITALIC, "timesi.ttf");
    link_face(VT_BOLD_ITALIC, "timesbi.ttf");
    check_refused("FNT-05", "times.ttf");
    drop_folder();

    new_folder();
    link_face(VT_REGULAR, "times.ttf");
    link_face(VT_BOLD, "timesbd.ttf");
    link_face(VT_ITALIC, "timesi.ttf");
    snprintf(sans, sizeof sans, "%.*s/LiberationSans-BoldItalic.ttf",
             (int)(strrchr(fonts->faces[0].file, '/') - fonts->faces[0].file),
             fonts->faces[0].file);
    assert_int_equal(symlink(sans, in("timesbi.ttf")), 0);
    check_refused("FNT-05", "timesbi.ttf");
    drop_folder();
}

static void manifests_say_which_file_is_which(void **state) {
    (void)state;
    const char *good = "# phông của cơ quan\r\nregular = a.ttf\nbold=b.ttf\n\n italic = c.ttf \n"
                       "bold-italic = d.ttf";
    const struct {
        const char *text, *named;
    } bad[] = {
        {"regular = a.ttf\nbold = b.ttf\nitalic = c.ttf\n", "bold-italic"},
        {"regular a.ttf\n", "regular a.ttf"},
        {"heavy = a.ttf\n", "heavy"},
        {"regular = a.ttf\nregular = b.ttf\n", "regular"},
        {"regular = ../a.ttf\n", "../a.ttf"},
        {"regular = \n", "không hợp lệ"},
        {"regular = \xFF.ttf\n", "UTF-8"},
        {"regular = none.ttf\nbold = b.ttf\nitalic = c.ttf\nbold-italic = d.ttf\n", "none.ttf"},
    };
    vt_fonts *out;

    new_folder();
    link_face(VT_REGULAR, "a.ttf");
    link_face(VT_BOLD, "b.ttf");
    link_face(VT_ITALIC, "c.ttf");
    link_face(VT_BOLD_ITALIC, "d.ttf");
    assert_int_equal(vt_file_write(in("manifest.txt"), good, strlen(good), false, list), VT_OK);
    assert_int_equal(vt_fonts_open(folder, list, &out), VT_OK);
    assert_memory_equal(vt_fonts_hash(out), vt_fonts_hash(fonts), sizeof(vt_hash));
    vt_fonts_free(out);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(
            vt_file_write(in("manifest.txt"), bad[i].text, strlen(bad[i].text), false, list),
            VT_OK);
        check_refused(strstr(bad[i].text, "none.ttf") ? "FNT-01" : "FNT-07", bad[i].named);
    }
    drop_folder();
}

/* ----------------------------------------------------------- unfit fonts -- */

/* A copy of a face with `len` bytes at `at` of a table replaced, written as
   the regular face of a folder of its own. */
static void forge(const char *tag, size_t at, const char *bytes, size_t len) {
    vt_buf copy;
    size_t start = 0;

    new_folder();
    vt_buf_init(&copy, VT_FONT_FILE_MAX);
    vt_buf_add(&copy, fonts->faces[0].bytes.data, fonts->faces[0].bytes.len);
    for (size_t i = 12; tag && memcmp(copy.data + i, tag, 4) != 0; i += 16)
        start = vt_u32((vt_table){(uint8_t *)copy.data, copy.len}, i + 16 + 8);
    memcpy(copy.data + start + at, bytes, len);
    assert_int_equal(vt_file_write(in("times.ttf"), copy.data, copy.len, false, list), VT_OK);
    vt_buf_free(&copy);
    link_face(VT_BOLD, "timesbd.ttf");
    link_face(VT_ITALIC, "timesi.ttf");
    link_face(VT_BOLD_ITALIC, "timesbi.ttf");
}

static void check_forged(const char *tag, size_t at, const char *bytes, size_t len,
                         const char *id) {
    forge(tag, at, bytes, len);
    check_refused(id, "times.ttf");
    drop_folder();
}

static void unfit_fonts_are_refused_by_name(void **state) {
    (void)state;
    vt_fonts *out;

    check_forged(NULL, 0, "ttcf", 4, "FNT-06");
    check_forged(NULL, 0, "OTTO", 4, "FNT-06");
    check_forged(NULL, 0, "wOFF", 4, "FNT-06");
    check_forged("OS/2", 8, "\x00\x02", 2, "FNT-03"); /* no embedding */
    check_forged("OS/2", 8, "\x01\x00", 2, "FNT-03"); /* no subsetting */
    check_forged("OS/2", 8, "\x02\x00", 2, "FNT-03"); /* bitmaps only */
    check_forged("head", 18, "\x00\x00", 2, "FNT-02");
    check_forged("head", 50, "\x00\x07", 2, "FNT-02");
    check_forged("maxp", 4, "\xFF\xFF", 2, "FNT-02");
    check_forged("hhea", 34, "\x00\x00", 2, "FNT-02");
    check_forged("loca", 40, "\xFF\xFF\xFF\xFF", 4, "FNT-02");
    check_forged("cmap", 2, "\x00\x00", 2, "FNT-02");
    check_forged("name", 2, "\x00\x00", 2, "FNT-02");
    forge("OS/2", 8, "\x00\x08", 2); /* embedding for editing, as Times New Roman has it */
    assert_int_equal(vt_fonts_open(folder, list, &out), VT_OK);
    vt_fonts_free(out);
    drop_folder();
}

/* A face small enough to be forged thousands of times: outlines of the
   repertoire only.  The caller frees it. */
static uint8_t *small_font(size_t *len) {
    static const char *const tags[] = {"GPOS", "OS/2", "cmap", "glyf", "head", "hhea",
                                       "hmtx", "kern", "loca", "maxp", "name", "post"};
    enum { TABLES = sizeof tags / sizeof *tags };
    vt_face_data *face = &fonts->faces[VT_REGULAR];
    const vt_table tables[] = {face->gpos, face->os2,  face->cmap, {NULL, 0},
                               face->head, face->hhea, face->hmtx, face->kern,
                               {NULL, 0},  face->maxp, face->name, {face->post.data, 32}};
    uint8_t *data = calloc(1, face->bytes.len + 1000), *loca = calloc(4, face->glyphs + 1u);
    uint8_t *at = data + 12 + 16 * TABLES, *glyf = at;
    bool *wanted = calloc(1, face->glyphs);

    assert_true(data && loca && wanted);
    for (size_t i = 0; i < vt_repertoire_required_count; i++) {
        unsigned glyph = vt_face_glyph(face, vt_repertoire_required[i]);
        const vt_shape *shape = vt_shape_get(face, glyph);
        size_t step = 0, id;

        wanted[glyph] = true;
        assert_non_null(shape);
        while (shape->depth && (id = vt_shape_component(vt_shape_bytes(face, shape), &step)) != 0)
            wanted[vt_u16(vt_shape_bytes(face, shape), id)] = true;
    }
    for (unsigned glyph = 0; glyph < face->glyphs; glyph++) {
        vt_table outline = wanted[glyph] ? vt_face_outline(face, glyph) : (vt_table){0};

        vt_put32(loca + 4 * glyph, (uint32_t)(at - glyf));
        if (outline.len)
            memcpy(at, outline.data, outline.len);
        at += outline.len;
    }
    vt_put32(loca + 4 * face->glyphs, (uint32_t)(at - glyf));
    vt_put32(data, 0x00010000);
    vt_put16(data + 4, TABLES);
    for (int i = 0; i < TABLES; i++) {
        bool is_glyf = strcmp(tags[i], "glyf") == 0, is_loca = strcmp(tags[i], "loca") == 0;
        size_t size = is_glyf   ? (size_t)(at - glyf)
                      : is_loca ? 4 * (face->glyphs + 1u)
                                : tables[i].len;

        memcpy(data + 12 + 16 * i, tags[i], 4);
        vt_put32(data + 12 + 16 * i + 12, (uint32_t)size);
        if (is_glyf) {
            vt_put32(data + 12 + 16 * i + 8, (uint32_t)(glyf - data));
            continue;
        }
        /* glyf stands first; the others follow it in their order */
        vt_put32(data + 12 + 16 * i + 8, 0);
    }
    for (int i = 0; i < TABLES; i++) {
        bool is_loca = strcmp(tags[i], "loca") == 0;
        size_t size = vt_u32((vt_table){data, 12 + 16 * TABLES}, 12 + 16 * (size_t)i + 12);

        if (strcmp(tags[i], "glyf") == 0)
            continue;
        vt_put32(data + 12 + 16 * i + 8, (uint32_t)(at - data));
        memcpy(at, is_loca ? loca : tables[i].data, size);
        at += size;
    }
    free(loca);
    free(wanted);
    *len = (size_t)(at - data);
    return data;
}

static void forged_fonts_are_refused_or_answer(void **state) {
    (void)state;
    size_t len, refused = 0, taken = 0;
    uint8_t *font = small_font(&len), *mutant = malloc(len);
    uint32_t seed = 12345;

    assert_non_null(mutant);
    assert_true(exercise_font(font, len));
    for (size_t cut = 0; cut < len; cut += cut < 400 ? 7 : len / 300) {
        uint8_t *exact = malloc(cut + !cut); /* so that a byte too far is seen */

        assert_non_null(exact);
        memcpy(exact, font, cut);
        if (exercise_font(exact, cut))
            fail_msg("a font cut at %zu of %zu bytes was taken", cut, len);
        free(exact);
    }
    for (int i = 0; i < 3000; i++) {
        vt_table t = {font, len};
        size_t entry, start, size;
        int flips = 1 + i % 4;

        memcpy(mutant, font, len);
        seed = seed * 1664525u + 1013904223u;
        entry = 12 + 16 * ((seed >> 16) % 12);
        start = vt_u32(t, entry + 8);
        size = vt_u32(t, entry + 12);
        if (i % 10 == 0) { /* the directory itself */
            start = 0;
            size = 12 + 16 * 12;
        } else if (i % 2 && size > 64)
            size = 64; /* the headers of tables decide most */
        for (int k = 0; k < flips; k++) {
            seed = seed * 1664525u + 1013904223u;
            mutant[start + (seed >> 8) % size] = (uint8_t)(i % 3 == 0   ? 0xFF
                                                           : i % 3 == 1 ? seed >> 24
                                                                        : 0);
        }
        exercise_font(mutant, len) ? taken++ : refused++;
    }
    assert_true(refused > 100 && taken > 100); /* neither side was left out */
    free(mutant);
    free(font);
}

/* Composites that contain themselves, each other, or far too much. */
static void endless_composites_are_refused(void **state) {
    (void)state;
    size_t len;
    uint8_t *font = small_font(&len);
    vt_face_data *face = &fonts->faces[VT_REGULAR];
    unsigned glyph = vt_face_glyph(face, only("ấ"));
    vt_table t = {font, len};
    size_t glyf = 0, loca = 0, at, step = 0, id;

    for (size_t entry = 12; entry < 12 + 16 * 12; entry += 16) {
        if (memcmp(font + entry, "glyf", 4) == 0)
            glyf = vt_u32(t, entry + 8);
        if (memcmp(font + entry, "loca", 4) == 0)
            loca = vt_u32(t, entry + 8);
    }
    at = glyf + vt_u32(t, loca + (size_t)4 * glyph);
    id = vt_shape_component(vt_part(t, at, len), &step);
    assert_int_not_equal(id, 0);
    vt_put16(font + at + id, glyph); /* a part of itself */
    assert_false(exercise_font(font, len));
    vt_put16(font + at + id, vt_face_glyph(face, only("Ấ"))); /* allowed: another composite */
    assert_true(exercise_font(font, len));
    vt_put16(font + at + id, 0xFFF0); /* no such glyph */
    assert_false(exercise_font(font, len));
    free(font);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vietnamese_letter_is_there_and_comes_back),
        cmocka_unit_test(marks_do_not_change_widths),
        cmocka_unit_test(widths_are_those_of_times),
        cmocka_unit_test(header_lines_have_their_measured_widths),
        cmocka_unit_test(pairs_are_kerned),
        cmocka_unit_test(both_kerning_tables_agree),
        cmocka_unit_test(pairs_by_class_are_kerned),
        cmocka_unit_test(what_a_face_lacks_is_glyph_0),
        cmocka_unit_test(faces_describe_themselves),
        cmocka_unit_test(the_hash_is_that_of_the_files),
        cmocka_unit_test(the_repertoire_ascends),
        cmocka_unit_test(known_names_in_any_case_are_found),
        cmocka_unit_test(a_missing_face_is_named),
        cmocka_unit_test(a_face_of_another_kind_is_refused),
        cmocka_unit_test(manifests_say_which_file_is_which),
        cmocka_unit_test(unfit_fonts_are_refused_by_name),
        cmocka_unit_test(forged_fonts_are_refused_or_answer),
        cmocka_unit_test(endless_composites_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
