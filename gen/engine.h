/*
 * gen/engine.h - what all documents of a process share (inside of vt_engine).
 *
 * Each stage keeps its own cache behind an opaque pointer with its own free
 * function; a NULL cache is made on first use.
 */
#ifndef VT_ENGINE_H
#define VT_ENGINE_H

#include "gen/gen.h"

struct vt_engine {
    char *data, *local; /* installation folder; local overrides or NULL */
    char *icc_folder;   /* NULL: default */
    bool isolated;      /* the administrator has declared the machine to be on no network */
    vt_fonts *fonts;
    vt_arena *arena;                   /* packs and names: lives as long as the engine */
    struct vt_shelf *shelf;            /* gen/pack.c: which packs there are, and those read */
    struct vt_word_cache *words;       /* gen/para.c */
    struct vt_wordbook *wordbooks[2];  /* gen/wordbook.c, by vt_words_for; NULL: not read yet */
    struct vt_lists *lists;            /* gen/import_lists.c: those of drafts, ready to compare */
    struct vt_picture_cache *pictures; /* gen/picture_cache.c: decoded files, by hash */
    struct vt_compounds *compounds; /* gen/compound.c: what headings keep whole; NULL: not read */
    struct vt_paint_cache *paint;   /* gen/paint.c: ICC profile, subsets, deflated parts */
};

void vt_paint_cache_free(struct vt_paint_cache *cache); /* gen/paint.c */
void vt_picture_cache_free(struct vt_picture_cache *cache);

/* Finds the packs of data/templates/rules and local/rules (gen/pack.c). */
vt_status vt_packs_find(vt_engine *engine, vt_findings *list);

#endif
