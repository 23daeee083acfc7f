/* Libraries opened when they are wanted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

typedef struct sums {
    int before; /* what is no function's stays */
    double (*cos)(double);
    double (*sin)(double);
    int behind;
} sums;

static const vt_function BOTH[] = {{"sin", offsetof(sums, sin)}, {"cos", offsetof(sums, cos)}};

static void each_function_comes_into_its_place(void **state) {
    sums s = {.before = 1, .behind = 2};
    void *library = NULL;
    (void)state;
    assert_true(vt_library_open("libm.so.6", BOTH, 2, &s, &library));
    assert_non_null(library);
    assert_true(s.cos(0) == 1 && s.sin(0) == 0);
    assert_int_equal(s.before * 10 + s.behind, 12);
    vt_library_close(library);
}

static void a_library_that_lacks_one_is_not_taken(void **state) {
    const vt_function lacking[] = {{"sin", offsetof(sums, sin)},
                                   {"vt_no_such_function", offsetof(sums, cos)}};
    sums s;
    void *library = &s;
    (void)state;
    assert_false(vt_library_open("libm.so.6", lacking, 2, &s, &library));
    assert_null(library);
    library = &s;
    assert_false(vt_library_open("libvt-no-such-library.so.1", BOTH, 2, &s, &library));
    assert_null(library);
    vt_library_close(library);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_function_comes_into_its_place),
        cmocka_unit_test(a_library_that_lacks_one_is_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
