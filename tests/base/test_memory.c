/* Arenas, buffers and findings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <math.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

/* ---------------------------------------------------------------- arenas -- */

static void arena_gives_zeroed_aligned_memory(void **state) {
    (void)state;
    vt_arena *arena = vt_arena_new(1 << 20);

    for (int round = 0; round < 2; round++) {
        for (size_t size = 0; size < 300; size++) {
            unsigned char *p = vt_alloc(arena, size);

            assert_non_null(p);
            assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xAA, size);
        }
        assert_true(vt_arena_used(arena) >= 299 * 300 / 2);
        vt_arena_reset(arena); /* the second round gets the same memory, dirty */
        assert_int_equal(vt_arena_used(arena), 0);
    }
    vt_arena_free(arena);
    vt_arena_free(NULL);
}

static void arena_stops_at_its_ceiling(void **state) {
    (void)state;
    vt_arena *arena = vt_arena_new(100 * 1024);
    size_t got = 0;

    while (vt_alloc(arena, 1000))
        got += 1000;
    assert_true(got <= 100 * 1024);
    assert_true(got >= 80 * 1024);
    assert_true(vt_arena_failed(arena));
    vt_arena_reset(arena);
    assert_false(vt_arena_failed(arena));
    /* the blocks kept are too small for this, but the ceiling is not */
    assert_non_null(vt_alloc(arena, 90 * 1024));
    assert_null(vt_alloc(arena, 90 * 1024));
    vt_arena_free(arena);
}

static void arena_refuses_what_overflows(void **state) {
    (void)state;
    vt_arena *arena = vt_arena_new(SIZE_MAX);
    size_t cap = 0;

    assert_null(vt_alloc(arena, SIZE_MAX));
    assert_null(vt_alloc(arena, SIZE_MAX - 7));
    assert_null(vt_alloc_array(arena, SIZE_MAX / 2, 3));
    assert_null(vt_alloc_array(arena, (size_t)1 << 33, (size_t)1 << 33));
    assert_null(vt_grow(arena, NULL, &cap, SIZE_MAX, 8));
    assert_null(vt_grow(arena, NULL, &cap, SIZE_MAX / 4, 8));
    assert_int_equal(cap, 0);
    assert_null(vt_strndup(arena, "", SIZE_MAX));
    assert_true(vt_arena_failed(arena));
    vt_arena_free(arena);
}

static void arena_reuses_its_memory(void **state) {
    (void)state;
    vt_arena *arena = vt_arena_new(3 << 20);

    for (int i = 0; i < 50; i++) { /* 100 MB in all */
        assert_non_null(vt_alloc(arena, 1 << 20));
        for (int k = 0; k < 1000; k++)
            assert_non_null(vt_alloc(arena, 1000));
        vt_arena_reset(arena);
    }
    vt_arena_free(arena);
}

static void arrays_grow_with_their_content(void **state) {
    (void)state;
    vt_arena *arena = vt_arena_new(1 << 20);
    size_t cap = 0;
    int *numbers = NULL;

    for (int i = 0; i < 5000; i++) {
        numbers = vt_grow(arena, numbers, &cap, (size_t)i + 1, sizeof *numbers);
        assert_non_null(numbers);
        assert_int_equal(numbers[i], 0); /* what is new is zeroed */
        numbers[i] = i;
        if (i % 1000 == 999) /* the next growth cannot happen in place */
            assert_non_null(vt_alloc(arena, 1));
    }
    for (int i = 0; i < 5000; i++)
        assert_int_equal(numbers[i], i);
    assert_int_equal(cap, 8192);
    assert_ptr_equal(vt_grow(arena, numbers, &cap, 8192, sizeof *numbers), numbers);
    vt_arena_free(arena);
}

static void strings_are_copied(void **state) {
    (void)state;
    vt_arena *arena = vt_arena_new(1 << 20);

    assert_string_equal(vt_strdup(arena, "Uỷ ban"), "Uỷ ban");
    assert_string_equal(vt_strndup(arena, "nhân dân", 5), "nhân");
    assert_string_equal(vt_strndup(arena, NULL, 0), "");
    assert_string_equal(vt_printf(arena, "Số %02d/%s", 5, "BC"), "Số 05/BC");
    vt_arena_free(arena);
}

/* --------------------------------------------------------------- buffers -- */

static void buffer_grows_to_its_ceiling(void **state) {
    (void)state;
    vt_buf buf;

    vt_buf_init(&buf, 1000);
    assert_string_equal(buf.data, "");
    for (int i = 0; i < 100; i++)
        vt_buf_puts(&buf, "0123456789");
    assert_false(vt_buf_failed(&buf));
    assert_int_equal(buf.len, 1000);
    vt_buf_putc(&buf, 'x');
    assert_true(vt_buf_failed(&buf));
    vt_buf_putc(&buf, 'y'); /* errors stick, nothing is added */
    assert_int_equal(buf.len, 1000);
    assert_int_equal(strlen(buf.data), 1000);
    vt_buf_clear(&buf);
    assert_false(vt_buf_failed(&buf));
    assert_string_equal(buf.data, "");
    vt_buf_printf(&buf, "%s-%d", "Điều", 5);
    assert_string_equal(buf.data, "Điều-5");
    assert_true(vt_buf_reserve(&buf, 900));
    assert_false(vt_buf_reserve(&buf, SIZE_MAX));
    vt_buf_free(&buf);
    assert_string_equal(buf.data, "");
    vt_buf_free(&buf);

    vt_buf_init(&buf, 0);
    vt_buf_add(&buf, "", 0);
    assert_false(vt_buf_failed(&buf));
    vt_buf_putc(&buf, 'x');
    assert_true(vt_buf_failed(&buf));
    vt_buf_free(&buf);
}

static void check_number(double value, int decimals, const char *expected) {
    vt_buf buf;

    vt_buf_init(&buf, 400);
    vt_buf_number(&buf, value, decimals);
    assert_false(vt_buf_failed(&buf));
    assert_string_equal(buf.data, expected);
    vt_buf_free(&buf);
}

static void numbers_are_short_and_plain(void **state) {
    (void)state;
    vt_buf buf;

    check_number(0, 3, "0");
    check_number(-0.0, 3, "0");
    check_number(-0.0004, 3, "0"); /* no "-0" */
    check_number(0.0005, 3, "0.001");
    check_number(-0.0005, 3, "-0.001");
    check_number(1.5, 0, "2");
    check_number(12.340, 3, "12.34");
    check_number(12.034, 3, "12.034");
    check_number(100, 5, "100");
    check_number(0.1 + 0.2, 5, "0.3");
    check_number(9.99999, 4, "10");
    check_number(-841.89, 2, "-841.89");
    check_number(0.00001, 5, "0.00001");
    check_number(1.23456789, 99, "1.23457");
    check_number(1.5, -1, "2");
    check_number(9999999999999, 5, "9999999999999");
    check_number(1e13, 5, "10000000000000");
    check_number(-1e20, 5, "-100000000000000000000");
    vt_buf_init(&buf, 400);
    vt_buf_number(&buf, NAN, 2);
    assert_true(vt_buf_failed(&buf));
    vt_buf_clear(&buf);
    vt_buf_number(&buf, -INFINITY, 2);
    assert_true(vt_buf_failed(&buf));
    vt_buf_clear(&buf);
    vt_buf_number(&buf, 1.7e308, 2);
    assert_int_equal(buf.len, 309);
    vt_buf_free(&buf);
}

/* What is written is within half a unit of the last place of what was meant. */
static void numbers_round_to_the_nearest(void **state) {
    (void)state;
    vt_buf buf;
    uint32_t seed = 1;

    vt_buf_init(&buf, 100);
    for (int i = 0; i < 20000; i++) {
        double value;
        int decimals = i % 6;

        seed = seed * 1664525u + 1013904223u;
        value = ((double)seed - 2147483648.0) / (1 << (i % 31));
        vt_buf_clear(&buf);
        vt_buf_number(&buf, value, decimals);
        /* a double itself is good to 2^-52 of its size */
        assert_true(fabs(strtod(buf.data, NULL) - value) <=
                    0.5 * pow(10, -decimals) + fabs(value) * 0x1p-52);
        if (strchr(buf.data, '.'))
            assert_true(buf.data[buf.len - 1] != '0' && buf.data[buf.len - 1] != '.');
    }
    vt_buf_free(&buf);
}

/* -------------------------------------------------------------- findings -- */

static void findings_are_kept_with_their_strings(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    char name[] = "cong-van.xml", path[] = "/document/subject";
    vt_place place = {name, 12, path};

    assert_int_equal(vt_bad(list, "HD-12", place, "Viết lại.", "Thừa %d dấu chấm.", 2), VT_BAD);
    assert_int_equal(vt_warn(list, "HD-13", (vt_place){0}, NULL, "Trích yếu dài."), VT_OK);
    assert_int_equal(vt_fail(list, "TEP-01", place, NULL, "100%%"), VT_FAIL);
    name[0] = path[0] = '!'; /* the list has its own copies */
    assert_int_equal(vt_findings_count(list), 3);
    assert_int_equal(vt_findings_errors(list), 2);
    assert_string_equal(vt_findings_at(list, 0)->message, "Thừa 2 dấu chấm.");
    assert_string_equal(vt_findings_at(list, 0)->place.file, "cong-van.xml");
    assert_string_equal(vt_findings_at(list, 0)->place.path, "/document/subject");
    assert_int_equal(vt_findings_at(list, 0)->place.line, 12);
    assert_string_equal(vt_findings_at(list, 0)->remedy, "Viết lại.");
    assert_int_equal(vt_findings_at(list, 1)->severity, VT_WARNING);
    assert_null(vt_findings_at(list, 1)->place.file);
    assert_string_equal(vt_findings_at(list, 2)->message, "100%");
    assert_null(vt_findings_at(list, 3));
    vt_findings_clear(list);
    assert_int_equal(vt_findings_count(list), 0);
    assert_int_equal(vt_findings_errors(list), 0);
    assert_int_equal(vt_nomem(list), VT_FAIL);
    assert_string_equal(vt_findings_at(list, 0)->message, "Hết bộ nhớ.");
    vt_findings_free(list);
    vt_findings_free(NULL);
}

static void findings_past_the_limit_are_counted(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    vt_finding info = {.severity = VT_INFO, .id = "X-1", .message = "m", .excerpt = "e"};

    for (int i = 0; i < 1500; i++)
        vt_bad(list, "X-2", (vt_place){0}, NULL, "lỗi %d", i);
    assert_int_equal(vt_find(list, &info), VT_OK);
    assert_int_equal(vt_findings_count(list), 1000);
    assert_int_equal(vt_findings_errors(list), 1500);
    assert_true(vt_findings_overflowed(list));
    assert_string_equal(vt_findings_at(list, 999)->message, "lỗi 999");
    vt_findings_free(list);
}

static void findings_without_room_for_text_are_counted(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    size_t len = 9 << 20;
    char *huge = malloc(len + 1);

    assert_non_null(huge);
    memset(huge, 'a', len);
    huge[len] = '\0';
    assert_int_equal(vt_bad(list, "X-1", (vt_place){0}, NULL, "%s", huge), VT_BAD);
    assert_int_equal(vt_findings_count(list), 0);
    assert_int_equal(vt_findings_errors(list), 1);
    assert_true(vt_findings_overflowed(list));
    free(huge);
    vt_findings_free(list);
}

static void no_list_swallows_everything(void **state) {
    (void)state;
    assert_int_equal(vt_bad(NULL, "X", (vt_place){0}, NULL, "m"), VT_BAD);
    assert_int_equal(vt_nomem(NULL), VT_FAIL);
    assert_int_equal(vt_findings_count(NULL), 0);
    assert_int_equal(vt_findings_errors(NULL), 0);
    assert_false(vt_findings_overflowed(NULL));
    vt_findings_clear(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_stops_at_its_ceiling),
        cmocka_unit_test(arena_refuses_what_overflows),
        cmocka_unit_test(arena_reuses_its_memory),
        cmocka_unit_test(arrays_grow_with_their_content),
        cmocka_unit_test(strings_are_copied),
        cmocka_unit_test(buffer_grows_to_its_ceiling),
        cmocka_unit_test(numbers_are_short_and_plain),
        cmocka_unit_test(numbers_round_to_the_nearest),
        cmocka_unit_test(findings_are_kept_with_their_strings),
        cmocka_unit_test(findings_past_the_limit_are_counted),
        cmocka_unit_test(findings_without_room_for_text_are_counted),
        cmocka_unit_test(no_list_swallows_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
