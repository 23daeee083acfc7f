/*
 * tests/gen/help.h - what the tests of this room share.
 */
#ifndef VT_TESTS_GEN_HELP_H
#define VT_TESTS_GEN_HELP_H

#include "gen/gen.h"

/* cmocka wants these before its own header */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HELP_UNUSED __attribute__((unused))

static HELP_UNUSED int help_by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Paths of the files in `folder` that end in `suffix`, sorted; the caller
   frees each.  0: there is no such folder. */
static HELP_UNUSED size_t help_files(const char *folder, const char *suffix, char **paths,
                                     size_t max) {
    DIR *dir = opendir(folder);
    size_t n = 0, tail = strlen(suffix);

    for (struct dirent *e; dir && n < max && (e = readdir(dir));) {
        size_t len = strlen(e->d_name), size = strlen(folder) + len + 2;

        if (len < tail || strcmp(e->d_name + len - tail, suffix) != 0)
            continue;
        paths[n] = malloc(size);
        assert_non_null(paths[n]);
        snprintf(paths[n++], size, "%s/%s", folder, e->d_name);
    }
    if (dir)
        closedir(dir);
    qsort(paths, n, sizeof *paths, help_by_name);
    return n;
}

/* The real cases, where they are at hand. */
static HELP_UNUSED size_t help_cases(char **paths, size_t max) {
    const char *shared = getenv("VT_SHARED");
    char folder[4096];
    size_t n;

    snprintf(folder, sizeof folder, "%s/cases", shared ? shared : "../shared");
    n = help_files(folder, ".xml", paths, max);
    if (!n)
        printf("skipped: no cases in %s (VT_SHARED names another folder)\n", folder);
    return n;
}

/* All findings, a line each: "ID LINE PATH: message [remedy] «excerpt»". */
static HELP_UNUSED const char *help_findings(const vt_findings *list) {
    static char text[1 << 16];
    size_t len = 0;

    text[0] = '\0';
    for (size_t i = 0; i < vt_findings_count(list) && len < sizeof text; i++) {
        const vt_finding *f = vt_findings_at(list, i);

        len += (size_t)snprintf(text + len, sizeof text - len, "%s %d %s: %s [%s] «%s»\n", f->id,
                                f->place.line, f->place.path ? f->place.path : "", f->message,
                                f->remedy ? f->remedy : "", f->excerpt ? f->excerpt : "");
    }
    return text;
}

/* Written, read and written again: an equal tree, the same bytes. */
static HELP_UNUSED void help_round_trip(const vt_doc *doc) {
    vt_arena *arena = vt_arena_new((size_t)256 << 20);
    vt_findings *list = vt_findings_new();
    vt_buf first, second;
    vt_doc *again = NULL;

    vt_buf_init(&first, (size_t)64 << 20);
    vt_buf_init(&second, (size_t)64 << 20);
    assert_int_equal(vt_doc_write(doc, &first, list), VT_OK);
    if (vt_doc_parse(NULL, arena, first.data, first.len, "again", NULL, list, &again) != VT_OK)
        fail_msg("%s\n%s", help_findings(list), first.data);
    assert_int_equal(vt_doc_write(again, &second, list), VT_OK);
    if (!vt_doc_equal(doc, again))
        fail_msg("not equal:\n%s\n%s", first.data, second.data);
    assert_string_equal(first.data, second.data);
    vt_buf_free(&first);
    vt_buf_free(&second);
    vt_findings_free(list);
    vt_arena_free(arena);
}

#endif
