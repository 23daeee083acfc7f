/*
 * tests/gen/dump.h - composed pages as text, for golden files and for eyes.
 *
 * One line of output per line of type: baseline, left end, width, size, face,
 * words.  Runs that continue a line on the same baseline are told apart by "|".
 */
#ifndef VT_TESTS_GEN_DUMP_H
#define VT_TESTS_GEN_DUMP_H

#include "gen/layout.h"

#include <stdio.h>
#include <string.h>

static const char *const dump_faces[] = {"R", "B", "I", "BI"};
static const char *const dump_roles[] = {"Document", "Part",   "Sect",  "Div",   "P",   "H1", "H2",
                                         "H3",       "H4",     "H5",    "H6",    "L",   "LI", "Lbl",
                                         "LBody",    "Table",  "THead", "TBody", "TR",  "TH", "TD",
                                         "Caption",  "Figure", "Form",  "Note",  "Span"};

static void dump_run(FILE *out, const vt_layout *layout, const vt_run *run) {
    fprintf(out, "%7.1f %6.1f %6.1f %4.1f %-2s %-6s %.*s", run->y, run->x, run->width, run->size,
            dump_faces[run->face],
            run->tag == VT_ARTIFACT ? "-" : dump_roles[layout->tags[run->tag].role], (int)run->len,
            run->text);
}

static void dump_page(FILE *out, const vt_layout *layout, size_t p) {
    const vt_page *page = &layout->pages[p];

    fprintf(out, "page %zu (%d) %.1f x %.1f\n", p + 1, page->number, page->width, page->height);
    for (size_t i = 0; i < page->run_count; i++) {
        const vt_run *run = &page->runs[i], *last = i ? run - 1 : NULL;
        if (last && last->y == run->y && last->tag == run->tag && last->x < run->x)
            fprintf(out, "|%.*s", (int)run->len, run->text);
        else {
            fputs(i ? "\n" : "", out);
            dump_run(out, layout, run);
        }
    }
    fputs(page->run_count ? "\n" : "", out);
    for (size_t i = 0; i < page->mark_count; i++) {
        const vt_mark *mark = &page->marks[i];
        if (mark->kind == VT_MARK_PICTURE) {
            const char *path = layout->pictures[mark->picture].path;
            fprintf(out, "%7.1f %6.1f %6.1f x %.1f picture %s %s\n", mark->y1, mark->x1,
                    mark->x2 - mark->x1, mark->y2 - mark->y1, mark->what, strrchr(path, '/') + 1);
            continue;
        }
        fprintf(out, "%7.1f %6.1f %6.1f %4.2f %s %s\n", mark->y1, mark->x1, mark->x2 - mark->x1,
                mark->thickness, mark->kind == VT_MARK_LINE ? "line" : "frame", mark->what);
    }
}

static void dump_tag(FILE *out, const vt_layout *layout, uint32_t i, int depth) {
    const vt_tag *tag = &layout->tags[i];

    fprintf(out, "%*s%s", depth * 2, "", dump_roles[tag->role]);
    if (tag->colspan > 1 || tag->rowspan > 1)
        fprintf(out, " %ux%u", tag->colspan, tag->rowspan);
    fprintf(out, tag->role == VT_ROLE_FIGURE ? " \"%s\"\n" : "\n", tag->alt);
    for (uint32_t child = tag->first; child; child = layout->tags[child].next)
        dump_tag(out, layout, child, depth + 1);
}

static void dump_layout(FILE *out, const vt_layout *layout) {
    fprintf(out, "title %s\n", layout->title);
    for (size_t i = 0; i < layout->page_count; i++)
        dump_page(out, layout, i);
    for (size_t i = 0; i < layout->form_count; i++) {
        const vt_form *f = &layout->forms[i];
        fprintf(out, "field %s page %zu %.1f %.1f %.1f %.1f = %s\n", f->name, f->page + 1, f->x1,
                f->y1, f->x2, f->y2, f->value ? f->value : "");
    }
    for (size_t i = 0; i < layout->outline_count; i++) {
        const vt_outline *o = &layout->outlines[i];
        fprintf(out, "outline %d page %zu %.1f %s\n", o->level, o->page + 1, o->y, o->text);
    }
    for (size_t i = 0; i < layout->attachment_count; i++)
        fprintf(out, "attachment %s %zu %s\n", layout->attachments[i].name,
                layout->attachments[i].len, layout->attachments[i].title);
    if (layout->tag_count)
        dump_tag(out, layout, 0, 0);
}

#endif
