/*
 * tests/gen/test_text.c - NFC, capitals, folding, faults and old encodings.
 */
#include "gen/text.h"
#include "tests/gen/help.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static vt_arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = vt_arena_new((size_t)16 << 20);
    return arena ? 0 : -1;
}

static int close_arena(void **state) {
    (void)state;
    vt_arena_free(arena);
    return 0;
}

static const char *nfc(const char *s) {
    size_t len;
    const char *out = vt_text_nfc(arena, s, strlen(s), &len);

    assert_non_null(out);
    assert_int_equal(len, strlen(out));
    return out;
}

static void composed(void **state) {
    static const char word[] = "Quyết định số 5 “về việc” – thử…";

    (void)state;
    assert_ptr_equal(nfc(word), word); /* nothing to do: nothing is copied */
    assert_string_equal(nfc("e\xCC\x82\xCC\xA3"), "ệ");
    assert_string_equal(nfc("e\xCC\xA3\xCC\x82"), "ệ");
    assert_string_equal(nfc("ê\xCC\xA3"), "ệ");
    assert_string_equal(nfc("o\xCC\x9B\xCC\x80"), "ờ");
    assert_string_equal(nfc("\xE2\x84\xA6"), "Ω"); /* the ohm sign is the letter */
    assert_string_equal(nfc(""), "");
}

static void capitals(void **state) {
    static const char *const table[][2] = {
        {"Ủy ban nhân dân", "ỦY BAN NHÂN DÂN"},
        {"đường ưu tiên", "ĐƯỜNG ƯU TIÊN"},
        {"ỳ ỷ ỹ ỵ ă ặ ẫ ợ", "Ỳ Ỷ Ỹ Ỵ Ă Ặ Ẫ Ợ"},
        {"e\xCC\x82\xCC\xA3", "Ệ"},
        {"15/QĐ-ttr", "15/QĐ-TTR"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_string_equal(vt_text_upper(arena, table[i][0]), table[i][1]);
}

static void folded(void **state) {
    static const char *const table[][2] = {
        {"Tỉnh uỷ", "tinh uy"},
        {"Tỉnh ủy", "tinh uy"},
        {"hoà", "hoa"},
        {"hòa", "hoa"},
        {"ĐƯỜNG Ư", "duong u"},
        {"Ðà Nẵng (Ð: eth)", "da nang (d: eth)"},
        {" a \t\n b\xC2\xA0 ", "a b"},
        {"e\xCC\x82\xCC\xA3", "e"},
        {"152/UBND-VX", "152/ubnd-vx"},
        {"Ắẳẵặ Ợ Ự Ỵ", "aaaa o u y"},
        {"Ж", "ж"},
        {"\xFF\xFE\x9B\xFF\xFE\x9B\xFF\xFE\x9B\xFF\xFE\x9B" /* a name on a disk, an argument */,
         "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"", ""},
        {" ", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_string_equal(vt_text_fold(arena, table[i][0]), table[i][1]);
}

/* Every Vietnamese letter folds like its decomposition without marks. */
static void whole_alphabet(void **state) {
    static const char letters[] = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
    static const char bases[] = "aaaeeiooouuyaaaeeiooouuy";
    static const char *const tones[] = {"",         "\xCC\x80", "\xCC\x81",
                                        "\xCC\x83", "\xCC\x89", "\xCC\xA3"};
    const char *s = letters, *end = letters + strlen(letters);

    (void)state;
    for (size_t i = 0; s < end; i++) {
        char letter[8] = {0}, one[2] = {bases[i], 0};

        vt_utf8_put(vt_utf8_next(&s, end), letter);
        for (size_t t = 0; t < 6; t++) {
            char text[16];

            snprintf(text, sizeof text, "%s%s", letter, tones[t]);
            assert_string_equal(vt_text_fold(arena, text), one);
            assert_string_equal(vt_text_fold(arena, nfc(text)), one);
            assert_int_equal(vt_text_scan(nfc(text), strlen(nfc(text))), VT_SCAN_DONE);
        }
    }
}

static bool is_nfc_by_icu(const char *s, size_t len) {
    UErrorCode err = U_ZERO_ERROR;
    UChar text[8];
    int32_t n;

    u_strFromUTF8(text, 8, &n, s, (int32_t)len, &err);
    return unorm2_isNormalized(unorm2_getNFCInstance(&err), text, n, &err) && U_SUCCESS(err);
}

static void faults(void **state) {
    static const struct {
        const char *text;
        vt_fault fault;
        uint32_t cp;
        size_t at;
    } table[] = {
        {"Quyết định số 5/QĐ-UBND, “về” – …", VT_FAULT_NONE, 0, 0},
        {"a\tb\n", VT_FAULT_NONE, 0, 0},
        {"a\x01", VT_FAULT_CONTROL, 1, 1},
        {"\x7F", VT_FAULT_CONTROL, 0x7F, 0},
        {"ab\xC2\x85", VT_FAULT_CONTROL, 0x85, 2},
        {"a\xC2\xAD", VT_FAULT_INVISIBLE, 0xAD, 1},
        {"a\xE2\x80\x8B", VT_FAULT_INVISIBLE, 0x200B, 1},
        {"a\xE2\x80\xAE", VT_FAULT_INVISIBLE, 0x202E, 1},
        {"\xEF\xBB\xBF", VT_FAULT_INVISIBLE, 0xFEFF, 0},
        {"\xEE\x80\x80", VT_FAULT_PRIVATE, 0xE000, 0},
        {"\xF4\x80\x80\x80", VT_FAULT_PRIVATE, 0x100000, 0},
        {"\xEF\xBF\xBE", VT_FAULT_NOT_A_CHARACTER, 0xFFFE, 0},
        {"\xEF\xBF\xBD", VT_FAULT_LOST, 0xFFFD, 0},
        {"\xCC\x81", VT_FAULT_LONE_MARK, 0x301, 0},
        {"5\xCC\x81", VT_FAULT_LONE_MARK, 0x301, 1},
        {"ư\xCC\x86", VT_FAULT_LOOSE_MARK, 0x306, 2},
        {"ư\xCC\x86 \xC2\xAD", VT_FAULT_INVISIBLE, 0xAD, 5}, /* the worse one */
        {"m² ½ © 25°C €", VT_FAULT_NONE, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        uint32_t cp = 0;
        size_t at = 0;

        assert_int_equal(vt_text_fault(table[i].text, strlen(table[i].text), &cp, &at),
                         table[i].fault);
        assert_int_equal(cp, table[i].cp);
        assert_int_equal(at, table[i].at);
    }
}

/* What the quick pass does not flag has nothing for the slow ones: all characters,
   each between letters. */
static void scan_misses_nothing(void **state) {
    (void)state;
    for (uint32_t cp = 1; cp < 0x110000; cp = cp == 0xD7FF ? 0xE000 : cp + 1) {
        char text[8] = "a";
        size_t len = 1 + (size_t)vt_utf8_put(cp, text + 1), at;
        unsigned look;
        uint32_t found;

        text[len++] = 'b';
        look = vt_text_scan(text, len);
        if (!(look & VT_SCAN_FAULT) && vt_text_fault(text, len, &found, &at))
            fail_msg("U+%04X is a fault", (unsigned)cp);
        if (!(look & VT_SCAN_SPACE) && cp != ' ' && vt_text_space(text + 1, text + len))
            fail_msg("U+%04X is white space", (unsigned)cp);
        if (!(look & VT_SCAN_NFC) && !is_nfc_by_icu(text, len))
            fail_msg("U+%04X is not NFC", (unsigned)cp);
    }
    assert_int_equal(vt_text_scan("a  b", 4), VT_SCAN_DONE | VT_SCAN_SPACE);
}

static void old_encodings(void **state) {
    static const struct {
        vt_legacy legacy;
        const char *text;
    } table[] = {
        {VT_LEGACY_VNI, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"},
        {VT_LEGACY_VNI, "UÛY BAN NHAÂN DAÂN TÆNH"},
        {VT_LEGACY_VNI, "Nguyeãn Vaên Tuù"},
        {VT_LEGACY_VNI, "Ñoäc laäp - Töï do - Haïnh phuùc"},
        {VT_LEGACY_TCVN3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam"},
        {VT_LEGACY_TCVN3, "§éc lËp - Tù do - H¹nh phóc"},
        {VT_LEGACY_TCVN3, "Uû ban nh©n d©n tØnh"},
        {VT_LEGACY_TCVN3, "®­êng giao th«ng n«ng th«n"},
        {VT_LEGACY_NONE, "Cộng hòa xã hội chủ nghĩa Việt Nam"},
        {VT_LEGACY_NONE, "Tỉnh uỷ, toà nhà, hoà bình, quý, khoẻ, thuở, loá, già, giúp"},
        {VT_LEGACY_NONE, "toà xoá quà giã quê khuê guồng giò giêng"},
        {VT_LEGACY_NONE, "Müller, Citroën và Peña, Gößmann"},
        {VT_LEGACY_NONE, "diện tích 25 m², nhiệt độ 30°C, ½ số hộ, giá 5µm, © 2026, ABC®"},
        {VT_LEGACY_NONE, "phương châm «dân biết, dân bàn» và «dân làm»"},
        {VT_LEGACY_NONE, "ban¹ ngân²"},
        {VT_LEGACY_NONE, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (vt_text_legacy(table[i].text, strlen(table[i].text)) != table[i].legacy)
            fail_msg("%s", table[i].text);
}

/* No real document is taken for one of an old encoding, no line of it either. */
static void real_text_is_unicode(void **state) {
    char *paths[64];
    size_t n = help_cases(paths, 64);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        vt_buf text;

        vt_buf_init(&text, 1 << 20);
        assert_int_equal(vt_file_read(paths[i], 1 << 20, &text, NULL), VT_OK);
        for (char *line = text.data, *end; *line; line = end + (*end != '\0')) {
            end = line + strcspn(line, "\n");
            if (vt_text_legacy(line, (size_t)(end - line)))
                fail_msg("%.*s", (int)(end - line), line);
        }
        vt_buf_free(&text);
        free(paths[i]);
    }
    if (!n)
        skip();
}

static void clipped(void **state) {
    char out[VT_CLIP];
    size_t bad;
    const char *s = "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai";

    (void)state;
    assert_string_equal(vt_text_clip("Sở", strlen("Sở"), out), "Sở");
    assert_string_equal(vt_text_clip("a\x1B[2J\xE2\x80\xAEz", 9, out),
                        "a\xEF\xBF\xBD[2J\xEF\xBF\xBDz");
    vt_text_clip(s, strlen(s), out);
    assert_true(strlen(out) < VT_CLIP);
    assert_string_equal(out + strlen(out) - 3, "…");
    assert_true(vt_utf8_valid(out, strlen(out), &bad));
    assert_string_equal(vt_text_clip("", 0, out), "");
}

/* What somebody typed: taken as NFC, or refused with the character and its place. */
static void typed(void **state) {
    static const struct {
        const char *text;
        size_t most;
        const char *message; /* NULL: it is taken */
    } table[] = {
        {"Nghỉ ốm", 7, NULL},
        {"", 0, NULL},
        {"a\xCC\x8Bx", 0, NULL}, /* a loose mark, as in a document */
        {"Nghỉ ốm", 6, "Phần lý do dài 7 ký tự, nhiều nhất là 6."},
        {"ốm\x1B[2J", 0, "Phần lý do có U+001B (ký tự điều khiển) ở ký tự thứ 3."},
        {"ốm\x7F", 0, "Phần lý do có U+007F (ký tự điều khiển) ở ký tự thứ 3."},
        {"ốm\xC2\x9Bx", 0, "Phần lý do có U+009B (ký tự điều khiển) ở ký tự thứ 3."},
        {"ốm\xFFx", 0, "Phần lý do có byte FF ở chỗ thứ 5, không phải là chữ UTF-8."},
        {"ốm\xE1\xBB", 0, "Phần lý do có byte E1 ở chỗ thứ 5, không phải là chữ UTF-8."},
        {"ốm\nx", 0, "Phần lý do có U+000A (xuống dòng) ở ký tự thứ 3."},
        {"ốm\xE2\x80\xA8x", 0, "Phần lý do có U+2028 (xuống dòng) ở ký tự thứ 3."},
        {"ốm\tx", 0, "Phần lý do có U+0009 (tab) ở ký tự thứ 3."},
        {"ốm\xE2\x80\x8Bx", 0, "Phần lý do có U+200B (ký tự ẩn) ở ký tự thứ 3."},
        {"ốm\xEE\x80\x80x", 0,
         "Phần lý do có U+E000 (ký tự riêng của một phông chữ) ở ký tự thứ 3."},
        {"ốm\xEF\xBF\xBEx", 0, "Phần lý do có U+FFFE (mã không phải ký tự) ở ký tự thứ 3."},
        {"\xCC\x81om", 0,
         "Phần lý do có U+0301 (dấu rời không có chữ cái đứng trước) ở ký tự thứ 1."},
        {"Uyû ban nhaân daân xaõ", 0, "Phần lý do gõ bằng bảng mã VNI, không phải Unicode."},
        {"Uû ban nh©n d©n x·", 0, "Phần lý do gõ bằng bảng mã TCVN3 (ABC), không phải Unicode."},
    };
    vt_findings *list = vt_findings_new();

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *text = table[i].text;
        const vt_status st = vt_text_typed(arena, "KHO-15", "lý do", table[i].most, &text, list);

        if (st != (table[i].message ? VT_BAD : VT_OK) || strcmp(text, table[i].text) != 0)
            fail_msg("%zu: %d", i, (int)st);
        if (!table[i].message)
            continue;
        assert_int_equal(vt_findings_count(list), 1);
        assert_string_equal(vt_findings_at(list, 0)->message, table[i].message);
        assert_string_equal(vt_findings_at(list, 0)->place.path, "lý do");
        assert_non_null(vt_findings_at(list, 0)->remedy);
        vt_findings_clear(list);
    }
    const char *loose = "o\xCC\x82\xCC\x81m"; /* counted and kept as NFC */
    assert_int_equal(vt_text_typed(arena, "KHO-15", "lý do", 2, &loose, list), VT_OK);
    assert_string_equal(loose, "ốm");
    vt_findings_free(list);
}

/* What an archive has from before that was asked, on a page. */
static void for_a_page(void **state) {
    static const struct {
        const char *text, *page;
    } table[] = {
        {"Nghỉ ốm ñ", "Nghỉ ốm ñ"},
        {"a\x1B[2Jb", "a?[2Jb"},
        {"a\xFFz", "a?z"},
        {"a\xE2\x80\x8Bz", "a?z"},
        {"a\xEE\x80\x80z", "a?z"},
        {"a\xC2\x85z", "a?z"},
        {"\xCC\x81om", "?om"},
        {"o\xCC\x82\xCC\x81m", "ốm"},
        {"a\nb", "a\nb"}, /* white space folds */
        {"Uyû ban nhaân daân xaõ", "Uy? ban nha?n da?n xa?"},
        {"nghỉ ốm, chưa về\nUyû ban nhaân daân", "nghỉ ốm, chưa về\nUy? ban nha?n da?n"},
        {"x \xF0\x9F\x98\x80 y", "x \xF0\x9F\x98\x80 y"}, /* any faces would do */
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_string_equal(vt_text_for_page(arena, NULL, table[i].text), table[i].page);
    assert_true(vt_char_shown('a') && vt_char_shown(0x1EA1) && vt_char_shown(0x1F600));
    assert_false(vt_char_shown('\n') || vt_char_shown(0x7F) || vt_char_shown(0x9B) ||
                 vt_char_shown(0x202E) || vt_char_shown(0x200B) || vt_char_shown(0x2028) ||
                 vt_char_shown(0xE000) || vt_char_shown(0xFFFE));
}

/* Whatever an archive holds, no line of what is made of it would be refused. */
static void any_text_gets_a_page(void **state) {
    static const char *const parts[] = {
        "a",
        "o",
        "u",
        "Y",
        "n",
        "đ",
        "ế",
        "â",
        "ô",
        "û",
        "ñ",
        "Ñ",
        "ø",
        "ù",
        "©",
        "µ",
        "¸",
        "®",
        "»",
        "\xFF",
        "\xE1",
        "\xCC\x81",
        "\xCC\x82",
        "\xE2\x80\x8B",
        "\xEE\x80\x80",
        "\x1B",
        "\x7F",
        " ",
        "\n",
        "\t",
        "xaõ daân ",
        "x· d©n ",
    };
    enum { PARTS = sizeof parts / sizeof *parts, RUNS = 40000, LONGEST = 12 };
    uint32_t chance = 7;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        char text[LONGEST * 16] = "";
        uint32_t cp;
        size_t at;

        vt_arena_reset(arena);
        for (uint32_t i = 0, n = (chance >> 24) % LONGEST; i <= n; i++) {
            chance = chance * 1664525u + 1013904223u;
            strcat(text, parts[(chance >> 16) % PARTS]);
        }
        const char *page = vt_text_for_page(arena, NULL, text);
        const size_t len = strlen(page);
        const vt_fault fault = vt_text_fault(page, len, &cp, &at);
        if (!vt_utf8_valid(page, len, NULL) ||
            (fault != VT_FAULT_NONE && fault != VT_FAULT_LOOSE_MARK))
            fail_msg("%s: %s", text, page);
        for (const char *line = page; *line; line += strspn(line, "\n")) {
            const size_t n = strcspn(line, "\n");
            if (vt_text_legacy(line, n))
                fail_msg("%s: %s", text, page);
            line += n;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(composed),
        cmocka_unit_test(capitals),
        cmocka_unit_test(folded),
        cmocka_unit_test(whole_alphabet),
        cmocka_unit_test(faults),
        cmocka_unit_test(old_encodings),
        cmocka_unit_test(real_text_is_unicode),
        cmocka_unit_test(clipped),
        cmocka_unit_test(typed),
        cmocka_unit_test(for_a_page),
        cmocka_unit_test(any_text_gets_a_page),
        cmocka_unit_test(scan_misses_nothing),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
