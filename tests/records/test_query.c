/* Queries as people type them: the expression for the index, and numbers. */

#include "fixture.h"
#include "records/query.h"

static const struct {
    const char *typed, *exact, *folded; /* "" where nothing is asked */
} QUERIES[] = {
    {"ke hoach", "\"ke\" AND \"hoach\"", "\"ke\" AND \"hoach\""},
    {"kế hoạch", "\"kế\" AND \"hoạch\"", "\"ke\" AND \"hoach\""},
    {"\"kế hoạch\" trẻ em", "\"kế hoạch\" AND \"trẻ\" AND \"em\"",
     "\"ke hoach\" AND \"tre\" AND \"em\""},
    {"“kế hoạch” em", "\"kế hoạch\" AND \"em\"", "\"ke hoach\" AND \"em\""},
    {"145-KH/HU", "\"145 kh hu\"", "\"145 kh hu\""},
    {"hoach*", "\"hoach\"*", "\"hoach\"*"},
    {"\"ke ho\"*", "\"ke ho\"*", "\"ke ho\"*"},
    {"trẻ -em", "(\"trẻ\") NOT (\"em\")", "(\"tre\") NOT (\"em\")"},
    {"-\"trẻ em\" -già", "(ALL) NOT (\"trẻ em\" OR \"già\")", "(ALL) NOT (\"tre em\" OR \"gia\")"},
    {"\"chưa đóng", "\"chưa đóng\"", "\"chua dong\""},
    {"", "", ""},
    {"   \t ", "", ""},
    {"- * \" ( ) AND", "\"and\"", "\"and\""},
    {"-- \"\" \"\"* -\"\"", "", ""},
    {"a NEAR(b c) {d}: ^e + 'f", "\"a\" AND \"near b\" AND \"c\" AND \"d\" AND \"e\" AND \"f\"",
     "\"a\" AND \"near b\" AND \"c\" AND \"d\" AND \"e\" AND \"f\""},
    {"\1t:ke-hoach", "\"t ke hoach\"", "\"t ke hoach\""}, /* facets are not for people */
};

static void expressions(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++)
        for (int folded = 0; folded < 2; folded++) {
            const char *wanted = folded ? QUERIES[i].folded : QUERIES[i].exact;
            vt_query_marks marks;
            vt_buf out;

            vt_buf_init(&out, 1 << 16);
            assert_int_equal(
                vt_query_expression(QUERIES[i].typed, folded, "ALL", NULL, &out, &marks),
                *wanted != '\0');
            assert_string_equal(out.data, wanted);
            assert_int_equal(marks.accents, strcmp(QUERIES[i].exact, QUERIES[i].folded) != 0);
            vt_buf_free(&out);
        }
}

/* Words side by side, as tokens, narrow what the words are looked for in. */
static void no_words(void *ctx, const char *begin, vt_buf *out) {
    (void)ctx, (void)begin, (void)out;
}

static void pairs(void **state) {
    static const vt_query_index index = {no_words, NULL};
    static const struct {
        const char *typed, *exact, *folded;
    } cases[] = {
        {"kế hoạch", "\"kế\" AND \"hoạch\"", "\"ke\" AND \"hoach\""},
        {"\"kế hoạch\" em", "(\"\6kế hoạch\" AND \"kế hoạch\") AND \"em\"",
         "(\"\6kế hoạch\" AND \"ke hoach\") AND \"em\""},
        {"\"trẻ em gái\"", "(\"\6trẻ em gái\" AND \"trẻ em gái\")",
         "(\"\6trẻ em gái\" AND \"tre em gai\")"},
        /* numbers are in no pair */
        {"145-KH/HU", "(\"\6kh hu\" AND \"145 kh hu\")", "(\"\6kh hu\" AND \"145 kh hu\")"},
        {"a-b-1-c-2d-e-f", "(\"\6a b\" AND \"\6e f\" AND \"a b 1 c 2d e f\")",
         "(\"\6a b\" AND \"\6e f\" AND \"a b 1 c 2d e f\")"},
        {"\"năm 2026\"", "\"năm 2026\"", "\"nam 2026\""},
        {"\"ke ho\"*", "\"ke ho\"*", "\"ke ho\"*"},
        {"em -\"trẻ già\"", "(\"em\") NOT ((\"\6trẻ già\" AND \"trẻ già\"))",
         "(\"em\") NOT ((\"\6trẻ già\" AND \"tre gia\"))"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int folded = 0; folded < 2; folded++) {
            vt_query_marks marks;
            vt_buf out;

            vt_buf_init(&out, 1 << 16);
            assert_true(vt_query_expression(cases[i].typed, folded, "ALL", &index, &out, &marks));
            assert_string_equal(out.data, folded ? cases[i].folded : cases[i].exact);
            vt_buf_free(&out);
        }
}

static void names(void **state) {
    vt_buf out;

    (void)state;
    vt_buf_init(&out, 1 << 16);
    assert_true(vt_query_names("Sở Công Thương", 'i', &out));
    assert_string_equal(out.data, "(\"\4isở\" AND \"\4icông\" AND \"\4ithương\")");
    vt_buf_clear(&out);
    assert_false(vt_query_names(" - ", 's', &out));
    assert_string_equal(out.data, "");
    vt_buf_free(&out);
}

static void many_terms_are_cut(void **state) {
    char text[4000] = "";
    vt_query_marks marks;
    vt_buf out;
    size_t terms = 1;

    (void)state;
    for (int i = 0; i < VT_QUERY_TERMS + 1; i++)
        strcat(text, "mot ");
    vt_buf_init(&out, 1 << 16);
    assert_true(vt_query_expression(text, false, "ALL", NULL, &out, &marks));
    assert_true(marks.cut);
    for (const char *s = out.data; (s = strstr(s, " AND ")); s++)
        terms++;
    assert_int_equal(terms, VT_QUERY_TERMS);
    vt_buf_free(&out);
}

static const struct {
    const char *typed;
    int64_t number; /* 0: not a number */
    const char *suffix, *notation;
    int year;
} NUMBERS[] = {
    {"152/UBND-VX", 152, "", " ubnd vx", 0},
    {"152 ubnd", 152, "", " ubnd", 0},
    {"so 152", 152, "", "", 0},
    {"Số: 05-CV/TU", 5, "", " cv tu", 0},
    {"152", 152, "", "", 0},
    {"152a/QĐ-UBND", 152, "a", " qd ubnd", 0},
    {"152/UBND-VX năm 2026", 152, "", " ubnd vx", 2026},
    {"152 ubnd 2026", 152, "", " ubnd", 2026},
    {"152 2026", 152, "", "", 2026},
    {"kế hoạch 152", 0, "", "", 0},
    {"kế hoạch số 152/KH-UBND", 0, "", "", 0},
    {"đường số 5 ngày 01/02/2026", 0, "", "", 0},
    {"152/UBND-VX ngày 31/02/2026", 0, "", "", 0},
    {"152/UBND-VX ngày mai", 0, "", "", 0},
    {"152/UBND-VX năm 2026 của xã", 0, "", "", 0},
    {"số", 0, "", "", 0},
    {"0", 0, "", "", 0},
    {"152ab", 0, "", "", 0},
    {"99999999999", 0, "", "", 0},
    {"\"152\"", 0, "", "", 0},
    {"152 ubnd nam nay", 0, "", "", 0},
    {"152 2026 ubnd", 0, "", "", 0},
    {"", 0, "", "", 0},
};

static void numbers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        vt_typed_number typed;
        bool is = vt_number_parse(NUMBERS[i].typed, &typed);

        if (is != (NUMBERS[i].number != 0))
            fail_msg("“%s”: %d", NUMBERS[i].typed, is);
        if (!is)
            continue;
        assert_int_equal(typed.number, NUMBERS[i].number);
        assert_string_equal(typed.suffix, NUMBERS[i].suffix);
        assert_string_equal(typed.notation, NUMBERS[i].notation);
        assert_int_equal(typed.year, NUMBERS[i].year);
        assert_int_equal(typed.day.day, 0);
    }
}

static const struct {
    const char *typed;
    int64_t number;
    const char *notation, *day;
} CITED[] = {
    {"152/UBND-VX ngày 05/9/2026", 152, " ubnd vx", "2026-09-05"},
    {"152 ngày 05.9.2026", 152, "", "2026-09-05"},
    {"Kế hoạch số 152/KH-UBND ngày 05 tháng 9 năm 2026", 152, " kh ubnd", "2026-09-05"},
    {"Nghị quyết số 12-NQ/ĐU, ngày 05/9/2026 của Đảng ủy xã về 5 việc", 12, " nq du", "2026-09-05"},
};

static void numbers_as_they_are_cited(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CITED / sizeof *CITED; i++) {
        vt_typed_number typed;
        char day[11];

        if (!vt_number_parse(CITED[i].typed, &typed))
            fail_msg("“%s”", CITED[i].typed);
        vt_date_iso(typed.day, day);
        assert_int_equal(typed.number, CITED[i].number);
        assert_string_equal(typed.notation, CITED[i].notation);
        assert_string_equal(day, CITED[i].day);
        assert_int_equal(typed.year, 2026);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions), cmocka_unit_test(pairs),
        cmocka_unit_test(names),       cmocka_unit_test(many_terms_are_cut),
        cmocka_unit_test(numbers),     cmocka_unit_test(numbers_as_they_are_cited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
