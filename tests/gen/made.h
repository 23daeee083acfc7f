/*
 * tests/gen/made.h - documents composed for a test, and what can be asked of
 * their pages.
 */
#ifndef VT_TESTS_GEN_MADE_H
#define VT_TESTS_GEN_MADE_H

#include "help.h"

#include "gen/engine.h"
#include "gen/layout.h"
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

static HELP_UNUSED int open_engine(void **state) {
    vt_findings *list = vt_findings_new();
    const vt_engine_options options = {.data = "."};

    (void)state;
    if (vt_engine_open(&options, list, &engine) != VT_OK)
        printf("%s", help_findings(list));
    vt_findings_free(list);
    return engine ? 0 : -1;
}

static HELP_UNUSED int close_engine(void **state) {
    (void)state;
    vt_engine_free(engine);
    return 0;
}

static HELP_UNUSED void compose_as(vt_made *made, const vt_compose_options *options) {
    if (made->status == VT_OK)
        made->status = vt_pack_choose(engine, made->doc, made->list, &made->pack);
    if (made->status == VT_OK)
        made->status = vt_compose(engine, made->pack, made->doc, options, made->arena, made->list,
                                  &made->layout);
}

static HELP_UNUSED void compose_read(vt_made *made, bool electronic) {
    compose_as(made, &(vt_compose_options){.electronic = electronic, .draft = true});
}

static HELP_UNUSED vt_made start(void) {
    return (vt_made){.list = vt_findings_new(), .arena = vt_arena_new((size_t)256 << 20)};
}

static HELP_UNUSED vt_made compose_file(const char *path) {
    vt_made made = start();

    made.status = vt_doc_read(engine, made.arena, path, made.list, &made.doc);
    compose_read(&made, false);
    return made;
}

static HELP_UNUSED vt_made compose_text(const char *xml, bool electronic) {
    vt_made made = start();

    made.status =
        vt_doc_parse(engine, made.arena, xml, strlen(xml), "thu.xml", NULL, made.list, &made.doc);
    compose_read(&made, electronic);
    return made;
}

static HELP_UNUSED void drop(vt_made *made) {
    vt_findings_free(made->list);
    vt_arena_free(made->arena);
}

static HELP_UNUSED void assert_made(const vt_made *made) {
    if (made->status != VT_OK)
        fail_msg("status %d\n%s", made->status, help_findings(made->list));
}

/* ------------------------------------------------------- what is there -- */

/* Words of the pages as they are read: a line, or a change of tag, ends a word. */
static HELP_UNUSED void page_words(const vt_layout *layout, vt_buf *out) {
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
static HELP_UNUSED char *folded(char *text) {
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

static HELP_UNUSED const char *words_of(const vt_made *made, vt_buf *words) {
    vt_buf_init(words, 1 << 20);
    page_words(made->layout, words);
    return folded(words->data);
}

static HELP_UNUSED const vt_run *find_run(const vt_layout *layout, const char *text, size_t *page) {
    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].run_count; i++) {
            const vt_run *run = &layout->pages[p].runs[i];
            if (run->len >= strlen(text) && memcmp(run->text, text, strlen(text)) == 0) {
                if (page)
                    *page = p;
                return run;
            }
        }
    fail_msg("no run begins with \"%s\"", text);
    return NULL;
}

static HELP_UNUSED const vt_mark *find_mark(const vt_layout *layout, const char *what) {
    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].mark_count; i++)
            if (strcmp(layout->pages[p].marks[i].what, what) == 0)
                return &layout->pages[p].marks[i];
    fail_msg("no mark \"%s\"", what);
    return NULL;
}

static HELP_UNUSED const vt_form *find_form(const vt_layout *layout, const char *name) {
    for (size_t i = 0; i < layout->form_count; i++)
        if (strcmp(layout->forms[i].name, name) == 0)
            return &layout->forms[i];
    fail_msg("no field \"%s\"", name);
    return NULL;
}

static HELP_UNUSED void near(double is, double should) {
    if (fabs(is - should) > 0.01)
        fail_msg("%.3f is not %.3f", is, should);
}

/* Content hangs on leaves only; every tag but fields and empty cells has content; headings
   never skip a level. */
static HELP_UNUSED void assert_tree(const vt_layout *layout) {
    uint8_t *used = calloc(layout->tag_count, 1);
    int level = 0;

    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].run_count; i++)
            if (layout->pages[p].runs[i].tag != VT_ARTIFACT)
                used[layout->pages[p].runs[i].tag] = 1;
    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].mark_count; i++) {
            const vt_mark *mark = &layout->pages[p].marks[i];
            if (mark->kind == VT_MARK_PICTURE && mark->tag != VT_ARTIFACT)
                used[mark->tag] = 1;
        }
    for (uint32_t i = 0; i < layout->tag_count; i++) {
        const vt_tag *tag = &layout->tags[i];
        if (tag->role == VT_ROLE_FORM)
            continue;
        if (tag->role == VT_ROLE_FIGURE) { /* a picture, and below it a caption */
            assert_true(used[i] && tag->alt && *tag->alt);
            continue;
        }
        const bool cell = tag->role == VT_ROLE_TH || tag->role == VT_ROLE_TD; /* may be empty */
        assert_true(used[i] == (tag->first == 0) || (cell && tag->first == 0));
        if (tag->role == VT_ROLE_PART)
            level = 0;
        if (tag->role < VT_ROLE_H1 || tag->role > VT_ROLE_H6)
            continue;
        int here = (int)(tag->role - VT_ROLE_H1) + 1;
        assert_true(here <= level + 1);
        level = here;
    }
    free(used);
}

/* ---------------------------------------------------------- a short letter -- */

#define LETTER(place, date, body)                                                                    \
    "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"cong-van\">"                  \
    "<issuer abbr=\"UBND\"><superior>UBND tỉnh Lam Giang</superior>"                               \
    "<name>Ủy ban nhân dân xã Thạch Bình</name></issuer><number value=\"9\" unit=\"VP\"/>"   \
    "<place>" place "</place><date>" date "</date><subject>báo cáo công tác văn thư</subject>" \
    "<to><recipient>Sở Nội vụ</recipient></to><body>" body "</body>"                                 \
    "<copies><as-above/><archive>VT</archive></copies>"                                              \
    "<signature><position>Chủ tịch</position><name>Lương Hồng Nhạn</name></signature></document>"

#endif
