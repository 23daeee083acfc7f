/*
 * tests/gen/test_read.c - reading and writing: the real cases, the round trip,
 * folding of white space, and every bad input of tests/regress/bad with the
 * finding that stands beside it.
 */
#include "gen/gen.h"
#include "tests/gen/help.h"

/* ----------------------------------------------------------- round trip -- */

static void check_round_trip(const vt_doc *doc) {
    vt_arena *arena = vt_arena_new((size_t)256 << 20);
    vt_findings *list = vt_findings_new();
    vt_buf first, second;
    vt_doc *again = NULL;

    vt_buf_init(&first, (size_t)64 << 20);
    vt_buf_init(&second, (size_t)64 << 20);
    assert_int_equal(vt_doc_write(doc, &first, list), VT_OK);
    if (vt_doc_parse(NULL, arena, first.data, first.len, "again", NULL, list, &again) != VT_OK)
        fail_msg("%s\n%s", help_findings(list), first.data);
    assert_true(vt_doc_equal(doc, again));
    assert_int_equal(vt_doc_write(again, &second, list), VT_OK);
    assert_string_equal(first.data, second.data);
    vt_buf_free(&first);
    vt_buf_free(&second);
    vt_findings_free(list);
    vt_arena_free(arena);
}

static void cases_are_read(void **state) {
    char *paths[64];
    size_t n = help_cases(paths, 64);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        vt_arena *arena = vt_arena_new((size_t)64 << 20);
        vt_findings *list = vt_findings_new();
        vt_doc *doc = NULL;

        if (vt_doc_read(NULL, arena, paths[i], list, &doc) != VT_OK)
            fail_msg("%s: %s", paths[i], help_findings(list));
        assert_int_equal(vt_findings_count(list), 0);
        check_round_trip(doc);
        vt_findings_free(list);
        vt_arena_free(arena);
        free(paths[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
