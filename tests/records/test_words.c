/* Words: folded and exact forms, NFC and NFD, both placements of tone marks. */

#include "fixture.h"
#include "records/words.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static const struct {
    const char *text, *folded, *exact;
} CASES[] = {
    {"Kế hoạch", " ke hoach", " kế hoạch"},
    {"KẾ HOẠCH", " ke hoach", " kế hoạch"},
    {"Đường đời", " duong doi", " đường đời"},
    {"Tỉnh uỷ", " tinh uy", " tỉnh uỷ"},
    {"Tỉnh ủy", " tinh uy", " tỉnh uỷ"},
    {"hòa hoà HÒA", " hoa hoa hoa", " hoà hoà hoà"},
    {"khỏe khoẻ, thúy thuý", " khoe khoe thuy thuy", " khoẻ khoẻ thuý thuý"},
    {"toàn quyền mùa của", " toan quyen mua cua", " toàn quyền mùa của"},
    {"145-KH/HU; V/v", " 145 kh hu v v", " 145 kh hu v v"},
    {"28-CT/TW 4,3%", " 28 ct tw 4 3", " 28 ct tw 4 3"},
    {"Café Zürich", " cafe zurich", " café zürich"},
    {"", "", ""},
    {" \t\n-/.", "", ""},
    {"a\xFF"
     "b",
     " a b", " a b"},
    {"\xF0\x9D\x92\x9C x", " \xF0\x9D\x92\x9C x", " \xF0\x9D\x92\x9C x"}, /* a letter above FFFF */
};

static void forms(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        vt_buf folded, exact;

        vt_buf_init(&folded, 1000);
        vt_buf_init(&exact, 1000);
        vt_words_folded(CASES[i].text, &folded);
        vt_words_exact(CASES[i].text, &exact);
        assert_string_equal(folded.data, CASES[i].folded);
        assert_string_equal(exact.data, CASES[i].exact);
        vt_buf_free(&folded);
        vt_buf_free(&exact);
    }
}

static void to_utf8(const UNormalizer2 *form, const UChar *raw, char *out, size_t size) {
    UErrorCode error = U_ZERO_ERROR;
    UChar text[8];
    int32_t n = unorm2_normalize(form, raw, -1, text, 8, &error);

    u_strToUTF8(out, (int32_t)size, NULL, text, n, &error);
    assert_true(U_SUCCESS(error));
}

/* Every Vietnamese vowel, small and capital, as one letter and in parts. */
static void parts_are_letters(void **state) {
    static const UChar bases[] = {'a',   0x103, 0xE2,  'e',  0xEA,  'i',   'o',   0xF4,
                                  0x1A1, 'u',   0x1B0, 'y',  'A',   0x102, 0xC2,  'E',
                                  0xCA,  'I',   'O',   0xD4, 0x1A0, 'U',   0x1AF, 'Y'};
    static const UChar tones[] = {0, 0x300, 0x301, 0x309, 0x303, 0x323};
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error), *nfd = unorm2_getNFDInstance(&error);

    (void)state;
    for (size_t i = 0; i < 24 * 6; i++) {
        const UChar raw[] = {bases[i / 6], tones[i % 6], 0};
        char whole[32], parts[32];
        const char *w = whole, *p = parts;
        vt_word_forms a, b;

        to_utf8(nfc, raw, whole, sizeof whole);
        to_utf8(nfd, raw, parts, sizeof parts);
        assert_true(vt_word_next(&w, whole + strlen(whole), &a));
        assert_true(vt_word_next(&p, parts + strlen(parts), &b));
        assert_string_equal(a.exact, b.exact);
        assert_string_equal(a.folded, b.folded);
        assert_int_equal(a.folded_len, 1);
        assert_int_equal(strchr("aeiouy", a.folded[0]) != NULL, 1);
    }
}

static void long_runs_are_cut(void **state) {
    char text[1001];
    vt_word_forms word;
    const char *at = text;

    (void)state;
    memset(text, 'x', 1000);
    text[1000] = '\0';
    assert_true(vt_word_next(&at, text + 1000, &word));
    assert_int_equal(word.folded_len, VT_WORD_LETTERS);
    assert_ptr_equal(at, text + 1000);
    assert_false(vt_word_next(&at, text + 1000, &word));
}

/* They stand in the index of archives in PostgreSQL. */
static void pairs_stay_what_they_are(void **state) {
    const char *at = "Ngày hội", *end = at + strlen(at);
    uint32_t hash[2] = {0};
    vt_word_forms word;
    char letters[VT_PAIR_LETTERS];

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_true(vt_word_next(&at, end, &word));
        hash[i] = vt_word_hash(&word);
    }
    assert_int_equal(hash[0], 0x2A841541);
    assert_int_equal(hash[1], 0xE3C37D53);
    vt_word_pair(hash[0], hash[1], letters);
    assert_memory_equal(letters, "`8:E", sizeof letters);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(parts_are_letters),
        cmocka_unit_test(pairs_stay_what_they_are),
        cmocka_unit_test(long_runs_are_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
