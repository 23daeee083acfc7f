/*
 * tests/tools/variants.c - a document as every kind of PDF the painter makes,
 * part 1 included, which is for the referees only:
 *
 *   variants DOC.xml FOLDER     FOLDER/NAME-{1,2,3}-{paper,electronic}.pdf and NAME.xml,
 *                               the canonical source
 */
#include "gen/gen.h"

#include <stdio.h>
#include <string.h>

typedef struct work {
    vt_engine *engine;
    vt_arena *arena;
    vt_findings *list;
    vt_buf out;
    const char *folder;
    char *stem;
} work;

static vt_status write_as(work *w, const char *suffix) {
    char *path = vt_printf(w->arena, "%s/%s%s", w->folder, w->stem, suffix);
    return path ? vt_file_write(path, w->out.data, w->out.len, false, w->list) : VT_FAIL;
}

static vt_status variant(work *w, const vt_pack *pack, const vt_doc *doc, int part,
                         bool electronic) {
    const vt_compose_options how = {.electronic = electronic, .draft = true};
    const vt_paint_options paint = {.pdfa_part = part};
    vt_layout *layout = NULL;
    char suffix[32];
    vt_status st = vt_compose(w->engine, pack, doc, &how, w->arena, w->list, &layout);
    vt_buf_clear(&w->out);
    if (!st)
        st = vt_paint(w->engine, pack, doc, layout, &paint, &w->out, w->list);
    snprintf(suffix, sizeof suffix, "-%d-%s.pdf", part, electronic ? "electronic" : "paper");
    return st ? st : write_as(w, suffix);
}

static vt_status all(work *w, const char *path) {
    vt_doc *doc = NULL;
    const vt_pack *pack = NULL;
    vt_status st = vt_doc_read(w->engine, w->arena, path, w->list, &doc);
    if (!st)
        st = vt_pack_choose(w->engine, doc, w->list, &pack);
    for (int part = 1; !st && part <= 3; part++)
        for (int electronic = 0; !st && electronic < 2; electronic++)
            st = variant(w, pack, doc, part, electronic);
    vt_buf_clear(&w->out);
    if (!st)
        st = vt_doc_write(doc, &w->out, w->list);
    return st ? st : write_as(w, ".xml");
}

int main(int argc, char **argv) {
    if (argc != 3)
        return 2;
    work w = {.arena = vt_arena_new((size_t)1 << 30), .list = vt_findings_new(), .folder = argv[2]};
    const vt_engine_options options = {.data = "."};
    const char *slash = strrchr(argv[1], '/'), *name = slash ? slash + 1 : argv[1];
    vt_buf_init(&w.out, (size_t)1 << 30);
    const char *dot = strrchr(name, '.');
    w.stem = vt_strndup(w.arena, name, dot ? (size_t)(dot - name) : strlen(name));
    vt_status st = w.stem ? vt_engine_open(&options, w.list, &w.engine) : VT_FAIL;
    if (!st)
        st = all(&w, argv[1]);
    for (size_t i = 0; st && i < vt_findings_count(w.list); i++)
        printf("%s: %s\n", vt_findings_at(w.list, i)->id, vt_findings_at(w.list, i)->message);
    vt_buf_free(&w.out);
    vt_engine_free(w.engine);
    vt_arena_free(w.arena);
    vt_findings_free(w.list);
    return (int)st;
}
