/*
 * gen/check_lines.c - runs of the composed pages gathered into lines.
 */
#include "gen/check_lines.h"

#include <math.h>
#include <string.h>

#define SPACE_EM 0.25 /* of a Times space */
#define SAME_LINE 0.01

/* What a tag belongs to. */
typedef struct owner {
    uint32_t unit;       /* the element's own tag: above its spans and list parts */
    const vt_node *part; /* annex, attached or enclosed document; NULL: main */
    bool foreign;
} owner;

static bool is_inner(const vt_tag *tag) {
    return !tag->node && (tag->role == VT_ROLE_SPAN || tag->role == VT_ROLE_LBL ||
                          tag->role == VT_ROLE_LBODY || tag->role == VT_ROLE_FORM);
}

static bool is_ours(const vt_checking *c, const vt_node *node) {
    while (node && node != c->root)
        node = node->parent;
    return node != NULL;
}

/* Parents come before their children. */
static owner *owners(vt_checking *c) {
    const vt_layout *l = c->layout;
    owner *all = vt_alloc_array(c->arena, l->tag_count + 1, sizeof *all);

    for (size_t i = 1; all && i < l->tag_count; i++) {
        const vt_tag *tag = &l->tags[i];
        owner *o = &all[i];
        *o = all[tag->parent];
        if (!is_inner(tag) || !tag->parent)
            o->unit = (uint32_t)i;
        if (tag->role == VT_ROLE_PART && tag->node) {
            o->part = tag->node;
            o->foreign = o->foreign || !is_ours(c, tag->node);
        }
    }
    return all;
}

static double ink_end(const vt_run *run) {
    size_t spaces = 0;

    while (spaces < run->len && run->text[run->len - 1 - spaces] == ' ')
        spaces++;
    return run->x + run->width - (double)spaces * (SPACE_EM * run->size + run->word_space);
}

static bool is_black(vt_rgb colour) {
    return !colour.r && !colour.g && !colour.b;
}

static void begin_line(vt_checking *c, vt_text_line *line, const vt_run *run, size_t page,
                       const owner *o) {
    const bool artifact = run->tag == VT_ARTIFACT;
    const vt_tag *tag = artifact ? NULL : &c->layout->tags[o->unit];

    *line = (vt_text_line){.page = page,
                           .tag = artifact ? VT_ARTIFACT : o->unit,
                           .node = tag ? tag->node : NULL,
                           .part = artifact ? NULL : o->part,
                           .role = tag ? tag->role : VT_ROLE_P,
                           .x1 = run->x,
                           .x2 = ink_end(run),
                           .y = run->y,
                           .size = run->size,
                           .face = run->face,
                           .colour = run->colour};
    line->text = vt_strndup(c->arena, run->text, run->len);
}

/* Further runs of the line: the text is joined at its end, once for the line. */
static void end_line(vt_checking *c, vt_text_line *line, const vt_run *first, size_t n) {
    vt_buf text;

    if (n > 1) {
        vt_buf_init(&text, VT_MAX_INPUT_BYTES);
        for (size_t i = 0; i < n; i++)
            vt_buf_add(&text, first[i].text, first[i].len);
        line->text = vt_strndup(c->arena, text.data, text.len);
        vt_buf_free(&text);
    }
    for (size_t i = 1; i < n; i++) {
        line->x2 = fmax(line->x2, ink_end(&first[i]));
        line->size = fmax(line->size, first[i].size);
        line->mixed = line->mixed || first[i].face != line->face;
        if (!is_black(first[i].colour))
            line->colour = first[i].colour;
    }
    if (!line->text)
        line->text = ""; /* the arena remembers */
}

static void page_lines(vt_checking *c, vt_lines *lines, const owner *all, size_t index) {
    const vt_page *page = &c->layout->pages[index];

    for (size_t i = 0, n; i < page->run_count; i += n) {
        const vt_run *run = &page->runs[i];
        const owner *o = run->tag == VT_ARTIFACT ? &all[0] : &all[run->tag];
        for (n = 1; i + n < page->run_count; n++) {
            const vt_run *next = &run[n];
            const bool artifact = next->tag == VT_ARTIFACT;
            if (artifact != (run->tag == VT_ARTIFACT) ||
                (!artifact && all[next->tag].unit != o->unit) ||
                (fabs(next->y - run->y) > SAME_LINE && next->size > 0.8 * run->size))
                break;
        }
        if (run->tag != VT_ARTIFACT) {
            lines->foreign[index] = o->foreign;
            lines->page_part[index] = o->part;
        }
        if (o->foreign)
            continue;
        vt_text_line *at = vt_grow(c->arena, lines->at, &lines->cap, lines->count + 1, sizeof *at);
        if (!at)
            return; /* the arena remembers */
        lines->at = at;
        begin_line(c, &at[lines->count], run, index, o);
        end_line(c, &at[lines->count++], run, n);
    }
}

struct vt_lines *vt_lines_of(vt_checking *c) {
    const size_t pages = c->layout->page_count;
    vt_lines *lines = vt_alloc(c->arena, sizeof *lines);
    const owner *all = owners(c);

    if (!lines || !all)
        return NULL;
    lines->foreign = vt_alloc_array(c->arena, pages + 1, sizeof *lines->foreign);
    lines->page_part = vt_alloc_array(c->arena, pages + 1, sizeof *lines->page_part);
    if (!lines->foreign || !lines->page_part)
        return NULL;
    for (size_t i = 0; i < pages; i++)
        page_lines(c, lines, all, i);
    return lines;
}
