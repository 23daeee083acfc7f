/* Dates, UTF-8, hashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base.h"

/* ----------------------------------------------------------------- dates -- */

/* Every day of four centuries, held against the C library's calendar. */
static void dates_follow_the_calendar(void **state) {
    (void)state;
    struct tm tm;
    vt_date before = {1899, 12, 31};

    for (time_t t = -2208988800; t < 10413792000; t += 86400) { /* 1900-01-01 .. 2299-12-31 */
        char text[40], back[11];
        vt_date d;

        gmtime_r(&t, &tm);
        snprintf(text, sizeof text, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
        assert_true(vt_date_parse(text, &d));
        assert_true(vt_date_full(d));
        assert_true(vt_date_compare(before, d) < 0 && vt_date_compare(d, before) > 0);
        vt_date_iso(d, back);
        assert_string_equal(back, text);
        before = d;
    }
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    const char *bad[] = {"2023-02-29",       "1900-02-29", "2024-02-30",  "2024-04-31",
                         "2024-13-01",       "2024-00-01", "2024-01-00",  "2024-01-32",
                         "1899-12-31",       "0000-01-01", "2024-1-01",   "2024-01-1",
                         "24-01-01",         "2024/01/01", "2024-01-01 ", " 2024-01-01",
                         "2024-01-01T00:00", "20240101",   "abcd",        "2024-",
                         "2024-01-",         "-2024",      "+202",        "２０２４"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vt_date d = {1, 2, 3};

        assert_false(vt_date_parse(bad[i], &d));
        assert_int_equal(d.year, 1); /* untouched */
    }
}

static void partial_dates_count_as_their_last_day(void **state) {
    (void)state;
    const struct {
        const char *text, *last;
    } cases[] = {{"2024-02", "2024-02-29"},
                 {"2023-02", "2023-02-28"},
                 {"2021", "2021-12-31"},
                 {"2024-03-27", "2024-03-27"},
                 {"", ""},
                 {"2100-02", "2100-02-28"},
                 {"2000-02", "2000-02-29"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[11];
        vt_date d;

        assert_true(vt_date_parse(cases[i].text, &d));
        assert_int_equal(vt_date_full(d), strlen(cases[i].text) == 10);
        vt_date_iso(d, out);
        assert_string_equal(out, cases[i].text);
        vt_date_iso(vt_date_last(d), out);
        assert_string_equal(out, cases[i].last);
    }
    assert_false(vt_date_full((vt_date){2023, 2, 29}));
    assert_false(vt_date_full((vt_date){2023, 13, 1}));
    assert_false(vt_date_full((vt_date){10000, 1, 1}));
}

static void wild_dates_do_not_overflow(void **state) {
    (void)state;
    char out[11];

    vt_date_iso((vt_date){INT32_MAX, INT32_MAX, INT32_MAX}, out);
    assert_int_equal(strlen(out), 10);
    vt_date_iso((vt_date){INT32_MIN, 1, 1}, out);
    assert_string_equal(out, "");
    vt_date_last((vt_date){2024, 99, 0});
}

/* ----------------------------------------------------------------- UTF-8 -- */

static void every_code_point_survives_a_round_trip(void **state) {
    (void)state;
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        const char *at = bytes;
        int len;

        if (cp == 0xD800)
            cp = 0xE000;
        len = vt_utf8_put(cp, bytes);
        if (vt_utf8_next(&at, bytes + len) != cp || at != bytes + len ||
            !vt_utf8_valid(bytes, (size_t)len, NULL))
            fail_msg("U+%04X", (unsigned)cp);
        for (int cut = 1; cut < len; cut++) {
            at = bytes;
            if (vt_utf8_next(&at, bytes + cut) != 0xFFFD || at != bytes + 1)
                fail_msg("U+%04X cut at %d", (unsigned)cp, cut);
        }
    }
}

static void ill_formed_sequences_move_one_byte(void **state) {
    (void)state;
    const char *bad[] = {
        "\x80",             /* a continuation alone */
        "\xC0\x80",         /* overlong NUL */
        "\xC1\xBF",         /* overlong */
        "\xE0\x80\x80",     /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xF0\x80\x80\x80", /* overlong */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",     /* a surrogate */
        "\xED\xBF\xBF",     /* a surrogate */
        "\xF4\x90\x80\x80", /* beyond U+10FFFF */
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xFE",
        "\xE1\xBA",     /* cut short */
        "\xE1\xBA\x41", /* broken off by a letter */
        "\xF1\x80\x80\xC0",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *at = bad[i], *end = bad[i] + strlen(bad[i]);
        size_t where = 99;

        assert_int_equal(vt_utf8_next(&at, end), 0xFFFD);
        assert_ptr_equal(at, bad[i] + 1);
        assert_false(vt_utf8_valid(bad[i], strlen(bad[i]), &where));
        assert_int_equal(where, 0);
    }
    size_t where = 0;
    assert_false(vt_utf8_valid("Kế ho\xE1", 8, &where));
    assert_int_equal(where, 7);
    assert_true(vt_utf8_valid("Kế hoạch", strlen("Kế hoạch"), NULL));
    assert_true(vt_utf8_valid("a\0b", 3, NULL));
    assert_true(vt_utf8_valid("", 0, NULL));
    const char *at = "x";
    assert_int_equal(vt_utf8_next(&at, at), 0);
}

static void what_is_no_character_becomes_the_replacement(void **state) {
    (void)state;
    const uint32_t bad[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char bytes[4];

        assert_int_equal(vt_utf8_put(bad[i], bytes), 3);
        assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    }
}

/* ---------------------------------------------------------------- hashes -- */

static void sha256_gives_the_known_answers(void **state) {
    (void)state;
    vt_hash hash;
    char hex[65];

    vt_sha256("", 0, &hash);
    vt_hash_hex(&hash, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    vt_sha256("abc", 3, &hash);
    vt_hash_hex(&hash, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* As its authors give it. */
static void fnv_gives_the_known_answers(void **state) {
    (void)state;
    assert_int_equal(vt_fnv(VT_FNV_START, "", 0), 0x811C9DC5);
    assert_int_equal(vt_fnv(VT_FNV_START, "a", 1), 0xE40C292C);
    assert_int_equal(vt_fnv(VT_FNV_START, "foobar", 6), 0xBF9CF968);
    assert_int_equal(vt_fnv(vt_fnv(VT_FNV_START, "foo", 3), "bar", 3), 0xBF9CF968);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_follow_the_calendar),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(partial_dates_count_as_their_last_day),
        cmocka_unit_test(wild_dates_do_not_overflow),
        cmocka_unit_test(every_code_point_survives_a_round_trip),
        cmocka_unit_test(ill_formed_sequences_move_one_byte),
        cmocka_unit_test(what_is_no_character_becomes_the_replacement),
        cmocka_unit_test(sha256_gives_the_known_answers),
        cmocka_unit_test(fnv_gives_the_known_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
