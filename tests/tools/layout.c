/*
 * tests/tools/layout.c - where everything of a document stands: layout DOC.xml
 *
 * The pages of tests/gen/dump.h on paper, without the structure tree; of each
 * line the first words only: the words have a golden file of their own.
 */
#include "gen/gen.h"
#include "tests/gen/dump.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 56 }; /* bytes of a line of the dump */

static void put_short(const char *text) {
    for (const char *line = text, *end; *line; line = end + 1) {
        end = line + strcspn(line, "\n");
        size_t len = (size_t)(end - line);
        if (len > SHOWN)
            for (len = SHOWN; ((unsigned char)line[len] & 0xC0) == 0x80;)
                len--;
        while (len && line[len - 1] == ' ')
            len--;
        printf("%.*s\n", (int)len, line);
        if (!*end)
            break;
    }
}

static vt_status show(vt_engine *engine, vt_arena *arena, const char *path, vt_findings *list) {
    const vt_compose_options how = {.draft = true};
    const vt_pack *pack = NULL;
    vt_layout *layout = NULL;
    vt_doc *doc = NULL;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    vt_status st = vt_doc_read(engine, arena, path, list, &doc);

    if (!st)
        st = vt_pack_choose(engine, doc, list, &pack);
    if (!st)
        st = vt_compose(engine, pack, doc, &how, arena, list, &layout);
    if (!st) {
        layout->tag_count = 0;
        dump_layout(out, layout);
    }
    fclose(out);
    put_short(text);
    free(text);
    return st;
}

int main(int argc, char **argv) {
    const vt_engine_options options = {.data = "."};
    vt_engine *engine = NULL;
    vt_arena *arena = vt_arena_new((size_t)1 << 30);
    vt_findings *list = vt_findings_new();
    vt_status st = argc == 2 ? vt_engine_open(&options, list, &engine) : VT_FAIL;

    if (!st)
        st = show(engine, arena, argv[1], list);
    for (size_t i = 0; i < vt_findings_count(list); i++)
        printf("%s: %s\n", vt_findings_at(list, i)->id, vt_findings_at(list, i)->message);
    vt_engine_free(engine);
    vt_arena_free(arena);
    vt_findings_free(list);
    return (int)st;
}
