/* Dates, numbers and money in the words of official documents. */
#include "gen/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect_date(const char *typed, int year, int month, int day) {
    vt_date d = {0, 0, 0};
    assert_true(vt_words_read_date(typed, strlen(typed), &d));
    assert_int_equal(d.year, year);
    assert_int_equal(d.month, month);
    assert_int_equal(d.day, day);
}

static void test_dates_as_typed(void **state) {
    (void)state;
    expect_date("2026-03-27", 2026, 3, 27);
    expect_date("2026-3-7", 2026, 3, 7);
    expect_date("27/3/2026", 2026, 3, 27);
    expect_date("05/01/2026", 2026, 1, 5);
    expect_date("5-1-2026", 2026, 1, 5);
    expect_date("29.02.2024", 2024, 2, 29);
    expect_date("3/2026", 2026, 3, 0);
    expect_date("2026-03", 2026, 3, 0);
    expect_date("2026", 2026, 0, 0);
    static const char *const bad[] = {
        "",          "27/3/26",    "3/27/2026",  "29/02/2025",      "31/4/2026", "2026/03/27",
        "27/3-2026", "27/3/2026 ", "0/3/2026",   "27/0/2026",       "27//2026",  "/3/2026",
        "27/3/",     "1899",       "0000",       "20260327",        "46108",     "hôm nay",
        "2026-",     "2026-13",    "1/2/3/2026", "2026-03-27T00:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vt_date d;
        if (vt_words_read_date(bad[i], strlen(bad[i]), &d))
            fail_msg("took %s", bad[i]);
    }
}

static void expect_words(vt_date d, const char *words, const char *figures) {
    vt_buf out;
    vt_buf_init(&out, 1000);
    vt_words_date(&out, d);
    assert_string_equal(out.data, words);
    vt_buf_clear(&out);
    vt_words_date_figures(&out, d);
    assert_string_equal(out.data, figures);
    vt_buf_free(&out);
}

/* NĐ 30 PL I, II.4.b: only days below 10 and the months 1 and 2 are padded. */
static void test_dates_in_words(void **state) {
    (void)state;
    expect_words((vt_date){2026, 1, 5}, "ngày 05 tháng 01 năm 2026", "05/01/2026");
    expect_words((vt_date){2026, 2, 28}, "ngày 28 tháng 02 năm 2026", "28/02/2026");
    expect_words((vt_date){2026, 3, 9}, "ngày 09 tháng 3 năm 2026", "09/3/2026");
    expect_words((vt_date){2026, 10, 10}, "ngày 10 tháng 10 năm 2026", "10/10/2026");
    expect_words((vt_date){2026, 9, 0}, "tháng 9 năm 2026", "9/2026");
    expect_words((vt_date){2026, 0, 0}, "năm 2026", "2026");
}

typedef void write_number(vt_buf *, const vt_decimal *);

static void expect_number(const char *typed, write_number *write, const char *printed) {
    vt_decimal n;
    vt_buf out;
    if (!vt_words_read_number(typed, strlen(typed), &n))
        fail_msg("refused %s", typed);
    vt_buf_init(&out, 1000);
    write(&out, &n);
    assert_string_equal(out.data, printed);
    vt_buf_free(&out);
}

static void test_numbers(void **state) {
    (void)state;
    expect_number("5", vt_words_number, "05");
    expect_number("0", vt_words_number, "00");
    expect_number("05", vt_words_number, "05");
    expect_number("12", vt_words_number, "12");
    expect_number("5,5", vt_words_number, "5,5");
    expect_number("-7", vt_words_number, "-7");
    expect_number("-0", vt_words_money, "0");
    expect_number("1250000", vt_words_number, "1.250.000");
    expect_number("1.250.000", vt_words_number_plain, "1250000");
    expect_number("1 250 000,50", vt_words_number_plain, "1250000,50");
    expect_number("100", vt_words_money, "100");
    expect_number("1000", vt_words_money, "1.000");
    expect_number("1000000000000000000", vt_words_money, "1.000.000.000.000.000.000");
    /* beyond the 53 bits of a binary number */
    expect_number("999999999999999999", vt_words_money, "999.999.999.999.999.999");
    static const char *const bad[] = {"",
                                      "-",
                                      "1.25",
                                      "1.2500",
                                      "12.34.567",
                                      "1.250 000",
                                      "1..250",
                                      ".250",
                                      "1,",
                                      ",5",
                                      "1,5,5",
                                      "0.125",
                                      "1e6",
                                      "một trăm",
                                      "+5",
                                      "5 ",
                                      " 5",
                                      "1000000000000000001",
                                      "99999999999999999999999",
                                      "1,1234567890123",
                                      "1.2345.678"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vt_decimal n;
        if (vt_words_read_number(bad[i], strlen(bad[i]), &n))
            fail_msg("took %s", bad[i]);
    }
}

static void test_money_as_typed(void **state) {
    (void)state;
    static const char *const good[] = {"1250000", "1.250.000", "1.250.000 đồng", "1.250.000đ",
                                       "1250000 VND"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        vt_decimal n = {0};
        assert_true(vt_words_read_money(good[i], strlen(good[i]), &n));
        assert_int_equal(n.whole, 1250000);
    }
    static const char *const bad[] = {"1250,5", "1.250.000 USD", "đồng", "1.250.000 đồng chẵn"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vt_decimal n;
        assert_false(vt_words_read_money(bad[i], strlen(bad[i]), &n));
    }
}

static void test_numbers_in_words(void **state) {
    (void)state;
    static const struct {
        const char *number, *words;
    } cases[] = {
        {"0", "không"},
        {"4", "bốn"},
        {"10", "mười"},
        {"14", "mười bốn"},
        {"15", "mười lăm"},
        {"20", "hai mươi"},
        {"21", "hai mươi mốt"},
        {"11", "mười một"},
        {"24", "hai mươi tư"},
        {"55", "năm mươi lăm"},
        {"100", "một trăm"},
        {"101", "một trăm linh một"},
        {"104", "một trăm linh bốn"},
        {"115", "một trăm mười lăm"},
        {"1000", "một nghìn"},
        {"1005", "một nghìn không trăm linh năm"},
        {"1015", "một nghìn không trăm mười lăm"},
        {"10000", "mười nghìn"},
        {"21500", "hai mươi mốt nghìn năm trăm"},
        {"1250000", "một triệu hai trăm năm mươi nghìn"},
        {"1000005", "một triệu không trăm linh năm"},
        {"1001005", "một triệu không trăm linh một nghìn không trăm linh năm"},
        {"1000000000", "một tỷ"},
        {"1050000000", "một tỷ không trăm năm mươi triệu"},
        {"12345678901",
         "mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một"},
        {"2500000000000", "hai nghìn năm trăm tỷ"},
        {"1000000000000000000", "một tỷ tỷ"},
        {"-35", "âm ba mươi lăm"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_decimal n;
        vt_buf out;
        vt_buf_init(&out, 1000);
        assert_true(vt_words_read_number(cases[i].number, strlen(cases[i].number), &n));
        assert_true(vt_words_spell(&out, &n));
        assert_string_equal(out.data, cases[i].words);
        vt_buf_free(&out);
    }
}

static void test_decimals_are_not_spelt(void **state) {
    (void)state;
    vt_decimal n;
    vt_buf out;
    vt_buf_init(&out, 1000);
    assert_true(vt_words_read_number("1,5", 3, &n));
    assert_false(vt_words_spell(&out, &n));
    vt_buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates_as_typed),   cmocka_unit_test(test_dates_in_words),
        cmocka_unit_test(test_numbers),          cmocka_unit_test(test_money_as_typed),
        cmocka_unit_test(test_numbers_in_words), cmocka_unit_test(test_decimals_are_not_spelt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
