/*
 * gen/engine.c - opening and closing what all documents of a process share.
 */
#include "gen/engine.h"

#include "gen/para.h"

#include <stdlib.h>
#include <string.h>

#define ENGINE_CEILING ((size_t)64 << 20) /* packs, models' names */

static bool copy(char **out, const char *text) {
    *out = text ? strdup(text) : NULL;
    return !text || *out;
}

/* LOCAL/may-doc-lap.txt, in which somebody answers for it: docs/rules.md. */
#define ISOLATED_FILE "may-doc-lap.txt"
#define ISOLATED_BYTES 65536

static bool declared_isolated(const vt_engine *engine) {
    const char *path =
        engine->local ? vt_path_beside(engine->arena, engine->local, ISOLATED_FILE) : NULL;
    vt_buf text;
    bool signed_by;

    vt_buf_init(&text, ISOLATED_BYTES);
    signed_by = path && vt_file_read(path, ISOLATED_BYTES, &text, NULL) == VT_OK &&
                text.data[strspn(text.data, " \t\r\n\xEF\xBB\xBF")] != '\0';
    vt_buf_free(&text);
    return signed_by;
}

bool vt_engine_isolated(const vt_engine *engine) {
    return engine->isolated;
}

vt_status vt_engine_admits(const vt_engine *engine, const char *secrecy, vt_place place,
                           vt_findings *list) {
    if (!secrecy || engine->isolated)
        return VT_OK;
    return vt_bad(list, "MK-02", place,
                  "Soạn văn bản mật trên máy không nối mạng; người quản trị khai máy ấy bằng tệp "
                  "may-doc-lap.txt trong thư mục --local.",
                  "Văn bản có độ mật: máy này chưa được khai là máy độc lập.");
}

vt_status vt_engine_open(const vt_engine_options *options, vt_findings *list, vt_engine **out) {
    vt_engine *engine = calloc(1, sizeof *engine);
    if (!engine)
        return vt_nomem(list);
    vt_status status = VT_OK;
    engine->arena = vt_arena_new(ENGINE_CEILING);
    if (!engine->arena || !copy(&engine->data, options->data) ||
        !copy(&engine->local, options->local) || !copy(&engine->icc_folder, options->icc_folder))
        status = vt_nomem(list);
    if (status == VT_OK)
        status = vt_packs_find(engine, list);
    engine->isolated = status == VT_OK && declared_isolated(engine);
    if (status == VT_OK)
        status = vt_fonts_open(options->fonts, list, &engine->fonts);
    if (status == VT_OK)
        *out = engine;
    else
        vt_engine_free(engine);
    return status;
}

void vt_engine_free(vt_engine *engine) {
    if (!engine)
        return;
    vt_paint_cache_free(engine->paint);
    vt_picture_cache_free(engine->pictures);
    vt_word_cache_free(engine->words);
    vt_fonts_free(engine->fonts);
    vt_arena_free(engine->arena);
    free(engine->data);
    free(engine->local);
    free(engine->icc_folder);
    free(engine);
}

const vt_fonts *vt_engine_fonts(const vt_engine *engine) {
    return engine->fonts;
}
