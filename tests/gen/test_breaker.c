/*
 * Breaking by numbers: nothing beats it among all ways to break, it is never
 * worse than breaking line by line, and its work grows with the text only.
 */
#include "gen/breaker.h"
#include "gen/glue.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define EM 14.0

static uint32_t seed_next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Words of 1 to 7 letters, gaps of a quarter em, here and there a penalty. */
static void make_boxes(vt_box *b, size_t n, uint32_t seed, bool bans) {
    double x = 0;
    for (size_t i = 0; i < n; i++) {
        double width = EM * (0.4 + 0.45 * (double)(seed_next(&seed) % 7));
        int32_t penalty = 0;
        if (bans && seed_next(&seed) % 4 == 0)
            penalty = seed_next(&seed) % 2 ? VT_GLUE_BAN : 100;
        b[i] = (vt_box){x, x + width, (double)i * EM, (double)i * EM / 12, penalty};
        x += width + EM / 4;
    }
}

static vt_fit fit_of(double width, bool justify, bool balance) {
    return (vt_fit){.first = width - 2 * EM,
                    .rest = width,
                    .limit = 0.25,
                    .em = EM,
                    .justify = justify,
                    .balance = balance};
}

/* Every box once, in order. */
static void assert_partition(const vt_fitted *f, size_t n) {
    assert_true(f->lines > 0);
    for (size_t k = 1; k < f->lines; k++)
        assert_true(f->ends[k] > f->ends[k - 1]);
    assert_int_equal(f->ends[f->lines - 1], n - 1);
}

/* Least demerits of all 2^(n-1) ways. */
static double best_of_all(const vt_box *b, size_t n, const vt_fit *fit) {
    double best = HUGE_VAL;
    for (uint32_t ways = 0; ways < 1u << (n - 1); ways++) {
        uint32_t ends[16];
        size_t lines = 0;
        bool banned = false;
        for (uint32_t i = 0; i < n; i++) {
            bool end = i + 1 == n || (ways >> i & 1) != 0;
            banned = banned || (end && i + 1 < n && b[i].penalty == VT_GLUE_BAN);
            if (end)
                ends[lines++] = i;
        }
        double d = banned ? HUGE_VAL : vt_fit_demerits(b, n, fit, ends, lines);
        best = fmin(best, d);
    }
    return best;
}

static void nothing_beats_it(void **state) {
    vt_arena *arena = *state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        vt_box b[12];
        size_t n = 4 + seed % 9;
        make_boxes(b, n, seed, true);
        vt_fit fit = fit_of(EM * (8 + seed % 6), seed % 3 != 0, seed % 2 == 0);
        vt_fitted f;
        assert_true(vt_fit_lines(b, n, &fit, arena, &f));
        assert_partition(&f, n);
        double best = best_of_all(b, n, &fit), own = vt_fit_demerits(b, n, &fit, f.ends, f.lines);
        assert_true(fabs(own - f.demerits) <= 1e-9 * own);
        /* looser lines than breaking line by line needs are not tried: what
           they could save is bounded by that */
        if (fabs(best - own) > 1e-9 * own) {
            uint32_t ends[12];
            size_t lines = vt_fit_greedy(b, n, &fit, ends);
            assert_true(fit.justify && own <= vt_fit_demerits(b, n, &fit, ends, lines));
        }
        vt_arena_reset(arena);
    }
}

static void never_worse_than_line_by_line(void **state) {
    vt_arena *arena = *state;
    size_t better = 0;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        enum { N = 160 };
        vt_box b[N];
        uint32_t ends[N];
        make_boxes(b, N, seed, seed % 2 == 0);
        vt_fit fit = fit_of(EM * (10 + seed % 30), true, false);
        vt_fitted f;
        assert_true(vt_fit_lines(b, N, &fit, arena, &f));
        assert_partition(&f, N);
        size_t lines = vt_fit_greedy(b, N, &fit, ends);
        double greedy = vt_fit_demerits(b, N, &fit, ends, lines);
        assert_true(f.demerits <= greedy * (1 + 1e-12));
        better += f.demerits < greedy;
        vt_arena_reset(arena);
    }
    assert_true(better > 290);
}

static void bans_are_kept(void **state) {
    vt_arena *arena = *state;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        enum { N = 120 };
        vt_box b[N];
        make_boxes(b, N, seed, true);
        vt_fit fit = fit_of(EM * 30, seed % 2 == 0, false);
        vt_fitted f;
        assert_true(vt_fit_lines(b, N, &fit, arena, &f));
        for (size_t k = 0; k + 1 < f.lines; k++)
            assert_int_not_equal(b[f.ends[k]].penalty, VT_GLUE_BAN);
        vt_arena_reset(arena);
    }
}

/* A chain of bans wider than the line is parted rather than set beyond it. */
static void impossible_bans_give_way(void **state) {
    vt_arena *arena = *state;
    vt_box b[12];
    make_boxes(b, 12, 7, false);
    for (size_t i = 0; i < 11; i++)
        b[i].penalty = VT_GLUE_BAN;
    for (int justify = 0; justify < 2; justify++) {
        vt_fit fit = fit_of(EM * 6, justify, false);
        vt_fitted f;
        assert_true(vt_fit_lines(b, 12, &fit, arena, &f));
        assert_partition(&f, 12);
        for (size_t k = 0, i = 0; k < f.lines; i = f.ends[k++] + 1u)
            assert_true(b[f.ends[k]].end - b[i].start <= (i == 0 ? fit.first : fit.rest) + EM);
    }
}

/* The work is counted in lines tried, not in time. */
static void work_grows_with_the_text(void **state) {
    vt_arena *arena = *state;
    for (int kind = 0; kind < 3; kind++) {
        size_t steps[2];
        for (int size = 0; size < 2; size++) {
            size_t n = size == 0 ? 20000 : 200000;
            vt_box *b = malloc(n * sizeof *b);
            assert_non_null(b);
            make_boxes(b, n, 3, kind == 1);
            vt_fit fit = fit_of(EM * 32, kind != 2, false);
            vt_fitted f;
            assert_true(vt_fit_lines(b, n, &fit, arena, &f));
            assert_partition(&f, n);
            steps[size] = f.steps;
            free(b);
            vt_arena_reset(arena);
        }
        assert_true(steps[1] < 11 * steps[0]);
        assert_true(steps[1] < (kind == 2 ? 40u : 12u) * 200000);
    }
}

/* Justified: a last line of one short word is avoided where spaces allow it. */
static void no_lonely_last_word(void **state) {
    vt_arena *arena = *state;
    size_t greedy_runts = 0, runts = 0;
    for (uint32_t seed = 1; seed <= 200; seed++) {
        enum { N = 90 };
        vt_box b[N];
        uint32_t ends[N];
        make_boxes(b, N, seed, false);
        vt_fit fit = fit_of(EM * 32, true, false);
        vt_fitted f;
        assert_true(vt_fit_lines(b, N, &fit, arena, &f));
        size_t lines = vt_fit_greedy(b, N, &fit, ends);
        greedy_runts += ends[lines - 2] == N - 2;
        runts += f.ends[f.lines - 2] == N - 2;
        vt_arena_reset(arena);
    }
    assert_true(greedy_runts >= 5);
    assert_true(runts <= greedy_runts / 5);
}

/* Ragged, a last line of two short words costs nothing: "Hoàn thành / xuất sắc
   / nhiệm vụ", not "Hoàn / thành xuất / sắc nhiệm vụ".  Of one it does. */
static void ragged_runts_are_single(void **state) {
    static const double widths[] = {2.2, 2.2, 1.7, 1.4, 2.3, 1.0};
    vt_arena *arena = *state;
    vt_box b[6];
    double x = 0;
    vt_fitted f;
    for (size_t i = 0; i < 6; i++) {
        b[i] = (vt_box){x, x + EM * widths[i], (double)i * EM, 0, 0};
        x += EM * (widths[i] + 0.25);
    }
    vt_fit fit = fit_of(EM * 5, false, false);
    fit.first = fit.rest;
    assert_true(vt_fit_lines(b, 6, &fit, arena, &f));
    assert_int_equal(f.lines, 3);
    assert_int_equal(f.ends[0], 1);
    assert_int_equal(f.ends[1], 3);
    assert_true(vt_fit_lines(b, 5, &fit, arena, &f));
    assert_int_equal(f.lines, 3);
    assert_int_equal(f.ends[1], 2);
}

/* Balanced: never more lines than needed, and the shortest line is longer. */
static void balanced_lines_are_alike(void **state) {
    vt_arena *arena = *state;
    for (uint32_t seed = 1; seed <= 100; seed++) {
        enum { N = 24 };
        vt_box b[N];
        uint32_t ends[N];
        make_boxes(b, N, seed, false);
        vt_fit fit = fit_of(EM * 20, false, true);
        fit.first = fit.rest;
        vt_fitted f;
        assert_true(vt_fit_lines(b, N, &fit, arena, &f));
        size_t lines = vt_fit_greedy(b, N, &fit, ends);
        assert_int_equal(f.lines, lines);
        double shortest[2] = {HUGE_VAL, HUGE_VAL};
        for (size_t k = 0, i = 0, j = 0; k < lines; k++) {
            shortest[0] = fmin(shortest[0], b[ends[k]].end - b[i].start);
            shortest[1] = fmin(shortest[1], b[f.ends[k]].end - b[j].start);
            i = ends[k] + 1u;
            j = f.ends[k] + 1u;
        }
        assert_true(shortest[1] >= shortest[0] - 1e-9);
        vt_arena_reset(arena);
    }
}

/* Balanced: one short word alone on the last line is worse than a break inside a
   phrase, and better than one inside a word. */
static void no_lone_last_word(void **state) {
    vt_fit fit = fit_of(EM * 14, false, true);
    fit.first = fit.rest;
    for (int word = 0; word < 2; word++) {
        vt_box b[] = {{0, 5 * EM, 0, 0, 0},
                      {5.5 * EM, 10.5 * EM, 0, 0, word ? 1100000 : 150},
                      {11 * EM, 13 * EM, 0, 0, 0},
                      {13.5 * EM, 14.5 * EM, 0, 0, 0}};
        vt_fitted f;
        b[0].penalty = b[1].penalty + 50;
        assert_true(vt_fit_lines(b, 4, &fit, *state, &f));
        assert_int_equal(f.lines, 2);
        assert_int_equal(f.ends[0], word ? 2 : 1);
    }
}

static void narrow_and_empty(void **state) {
    vt_arena *arena = *state;
    vt_box b[9];
    vt_fitted f;
    vt_fit fit = fit_of(0, true, false);
    assert_true(vt_fit_lines(b, 0, &fit, arena, &f));
    assert_int_equal(f.lines, 0);
    for (double width = -50; width <= 50; width += 25)
        for (int kind = 0; kind < 4; kind++) {
            make_boxes(b, 9, 5, true);
            fit = fit_of(width, kind % 2, kind / 2);
            assert_true(vt_fit_lines(b, 9, &fit, arena, &f));
            assert_partition(&f, 9);
        }
}

static int open_arena(void **state) {
    *state = vt_arena_new((size_t)256 << 20);
    return *state == NULL;
}

static int close_arena(void **state) {
    vt_arena_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_beats_it),
        cmocka_unit_test(never_worse_than_line_by_line),
        cmocka_unit_test(bans_are_kept),
        cmocka_unit_test(impossible_bans_give_way),
        cmocka_unit_test(work_grows_with_the_text),
        cmocka_unit_test(no_lonely_last_word),
        cmocka_unit_test(ragged_runts_are_single),
        cmocka_unit_test(balanced_lines_are_alike),
        cmocka_unit_test(no_lone_last_word),
        cmocka_unit_test(narrow_and_empty),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
