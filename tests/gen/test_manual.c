/*
 * tests/gen/test_manual.c - docs/format.md is true: its examples are read
 * without a finding, and it names every element, attribute, value and finding.
 *
 * ```xml        a whole document
 * ```xml head   children before the body ("issuer" behind it: with its own issuers)
 * ```xml body   blocks
 * ```xml foot   children after the body
 */
#include "gen/schema.h"
#include "tests/gen/help.h"

#define MANUAL "docs/format.md"
#define ISSUER "<issuer abbr='UBND'><name>UBND xã Thạch Bình</name></issuer>"
#define OPEN "<document xmlns='urn:vanthu:document:1' system='state' type='cong-van'>"

static vt_buf manual;

static int open_manual(void **state) {
    (void)state;
    vt_buf_init(&manual, 1 << 20);
    return vt_file_read(MANUAL, 1 << 20, &manual, NULL) == VT_OK ? 0 : -1;
}

static int close_manual(void **state) {
    (void)state;
    vt_buf_free(&manual);
    return 0;
}

static bool is(const char *info, size_t len, const char *what) {
    return len == strlen(what) && strncmp(info, what, len) == 0;
}

static void check_example(const char *info, size_t info_len, const char *text, size_t len) {
    bool own = is(info, info_len, " head issuer"), head = own || is(info, info_len, " head");
    bool body = is(info, info_len, " body"), foot = is(info, info_len, " foot");
    vt_arena *arena = vt_arena_new((size_t)16 << 20);
    vt_findings *list = vt_findings_new();
    vt_doc *doc = NULL;
    vt_buf xml;

    assert_true(head || body || foot || info_len == 0);
    vt_buf_init(&xml, 1 << 20);
    if (info_len)
        vt_buf_printf(&xml, "%s%s", OPEN, own ? "" : ISSUER);
    if (foot)
        vt_buf_puts(&xml, "<body><p>a</p></body>");
    if (body)
        vt_buf_puts(&xml, "<body>");
    vt_buf_add(&xml, text, len);
    if (head)
        vt_buf_puts(&xml, "<body><p>a</p></body>");
    if (body)
        vt_buf_puts(&xml, "</body>");
    if (info_len)
        vt_buf_puts(&xml, "</document>");
    if (vt_doc_parse(NULL, arena, xml.data, xml.len, MANUAL, NULL, list, &doc) != VT_OK ||
        vt_findings_count(list))
        fail_msg("%s%s", help_findings(list), xml.data);
    help_round_trip(doc);
    vt_buf_free(&xml);
    vt_findings_free(list);
    vt_arena_free(arena);
}

static void examples_are_read(void **state) {
    const char *s = manual.data;
    int n = 0;

    (void)state;
    while ((s = strstr(s, "```xml"))) {
        const char *info = s + 6, *line = strchr(info, '\n'), *end;

        assert_non_null(line);
        end = strstr(line, "\n```");
        assert_non_null(end);
        check_example(info, (size_t)(line - info), line + 1, (size_t)(end - line));
        s = end + 4;
        n++;
    }
    assert_true(n > 15);
}

/* `name`, `@name`, `x/@name` or `name` with a value behind it. */
static bool named(const char *name) {
    static const char *const forms[] = {"`%s`", "`@%s`", "/@%s`", "`@%s=", "/@%s=", "<%s/>`"};
    char text[64];

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const char *slot = strstr(forms[i], "%s");

        snprintf(text, sizeof text, "%.*s%s%s", (int)(slot - forms[i]), forms[i], name, slot + 2);
        if (strstr(manual.data, text))
            return true;
    }
    return false;
}

static void everything_is_named(void **state) {
    (void)state;
    for (int el = VT_DOCUMENT; el < VT_ELEMENTS; el++)
        if (!named(vt_el_name((vt_el)el)))
            fail_msg("<%s> is not in " MANUAL, vt_el_name((vt_el)el));
    for (int at = 0; at < VT_ATTRIBUTES; at++) {
        const char *words = vt_at_info_of((vt_at)at)->words;

        if (!named(vt_at_name((vt_at)at)))
            fail_msg("@%s is not in " MANUAL, vt_at_name((vt_at)at));
        while (words && *words) {
            char word[32];
            size_t n = strcspn(words, "|");

            snprintf(word, sizeof word, "%.*s", (int)n, words);
            if (!named(word) && at != VT_AT_RUN_IN)
                fail_msg("%s of @%s is not in " MANUAL, word, vt_at_name((vt_at)at));
            words += n + (words[n] == '|');
        }
    }
}

/* Every finding of the bad inputs stands in the table of findings. */
static void findings_are_listed(void **state) {
    char *paths[256];
    size_t n = help_files("tests/regress/bad", ".expected", paths, 256);
    const char *table = strstr(manual.data, "## Findings of the reader");

    (void)state;
    assert_non_null(table);
    for (size_t i = 0; i < n; i++) {
        const char *name = strrchr(paths[i], '/') + 1; /* "12-bold-subject.expected" */
        char plain[16], listed[16];

        snprintf(plain, sizeof plain, "XML-%.2s", name);
        snprintf(listed, sizeof listed, ", %.2s", name);
        if (!strstr(table, plain) && !strstr(table, listed))
            fail_msg("%s is not listed", plain);
        free(paths[i]);
    }
    assert_true(n > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_are_read),
        cmocka_unit_test(everything_is_named),
        cmocka_unit_test(findings_are_listed),
    };

    return cmocka_run_group_tests(tests, open_manual, close_manual);
}
