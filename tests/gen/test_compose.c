/*
 * Composed pages: words in reading order, sizes and places as the pack says.
 */
#include "help.h"

#include "dump.h"
#include "gen/engine.h"
#include "gen/pack.h"

#include <math.h>

typedef struct vt_made {
    vt_findings *list;
    vt_arena *arena;
    vt_doc *doc;
    const vt_pack *pack;
    vt_layout *layout;
    vt_status status;
} vt_made;

static vt_engine *engine;

static int open_engine(void **state) {
    vt_findings *list = vt_findings_new();
    const vt_engine_options options = {.data = "."};

    (void)state;
    if (vt_engine_open(&options, list, &engine) != VT_OK)
        printf("%s", help_findings(list));
    vt_findings_free(list);
    return engine ? 0 : -1;
}

static int close_engine(void **state) {
    (void)state;
    vt_engine_free(engine);
    return 0;
}

static void compose_read(vt_made *made, bool electronic) {
    const vt_compose_options options = {.electronic = electronic, .draft = true};

    if (made->status == VT_OK)
        made->status = vt_pack_choose(engine, made->doc, made->list, &made->pack);
    if (made->status == VT_OK)
        made->status = vt_compose(engine, made->pack, made->doc, &options, made->arena,
                                  made->list, &made->layout);
}

static vt_made start(void) {
    return (vt_made){.list = vt_findings_new(), .arena = vt_arena_new((size_t)256 << 20)};
}

static vt_made compose_file(const char *path) {
    vt_made made = start();

    made.status = vt_doc_read(engine, made.arena, path, made.list, &made.doc);
    compose_read(&made, false);
    return made;
}

static vt_made compose_text(const char *xml, bool electronic) {
    vt_made made = start();

    made.status = vt_doc_parse(engine, made.arena, xml, strlen(xml), "thu.xml", NULL, made.list,
                               &made.doc);
    compose_read(&made, electronic);
    return made;
}

static void drop(vt_made *made) {
    vt_findings_free(made->list);
    vt_arena_free(made->arena);
}

static void assert_made(const vt_made *made) {
    if (made->status != VT_OK)
        fail_msg("status %d\n%s", made->status, help_findings(made->list));
}

/* ------------------------------------------------------------ the words -- */

/* Words of the pages as they are read: a line, or a change of tag, ends a word. */
static void page_words(const vt_layout *layout, vt_buf *out) {
    const vt_run *last = NULL;

    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].run_count; i++) {
            const vt_run *run = &layout->pages[p].runs[i];
            if (run->tag == VT_ARTIFACT)
                continue;
            if (last && (last->tag != run->tag || fabs(last->y - run->y) > 8))
                vt_buf_putc(out, ' ');
            vt_buf_add(out, run->text, run->len);
            last = run;
        }
}

/* Folds white space in place. */
static char *folded(char *text) {
    char *to = text;

    for (char *from = text; *from; from++) {
        bool space = *from == ' ' || *from == '\n';
        if (space && (to == text || to[-1] == ' '))
            continue;
        *to++ = space ? ' ' : *from;
    }
    while (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}

static void test_cases_read_word_for_word(void **state) {
    char *paths[16];
    const size_t n = help_cases(paths, 16);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        vt_made made = compose_file(paths[i]);
        vt_buf words, expected;
        char other[4096];
        snprintf(other, sizeof other, "%.*s.expected.txt", (int)strlen(paths[i]) - 4, paths[i]);
        vt_buf_init(&words, 1 << 20);
        assert_made(&made);
        page_words(made.layout, &words);
        assert_int_equal(vt_file_read(other, 1 << 20, &expected, made.list), VT_OK);
        assert_string_equal(folded(words.data), folded(expected.data));
        vt_buf_free(&words);
        vt_buf_free(&expected);
        drop(&made);
        free(paths[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_read_word_for_word),
    };

    (void)compose_text;
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
