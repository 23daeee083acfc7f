/*
 * gen/wordcache.h - words measured once.
 *
 * A word of one face has the same glyphs, width (in thousandths of an em) and
 * glue class wherever it stands.  The cache keeps them under (face, bytes) in
 * bounded memory: when full it forgets everything and starts again, which
 * changes no answer.  It also keeps what breaking a paragraph needs anyway:
 * scratch memory, ICU's line break iterator, and the paragraphs set before.
 */
#ifndef VT_WORDCACHE_H
#define VT_WORDCACHE_H

#include "fonts/fonts.h"
#include "gen/paracache.h"

#include <unicode/ubrk.h>

typedef struct vt_measured {
    uint32_t count;                  /* glyphs = code points */
    uint32_t missing;                /* the first character the face lacks; 0: none */
    uint32_t glue;                   /* vt_glue_class */
    int32_t kern_before, kern_after; /* with a space on that side */
    int64_t units;                   /* width, inner kerning included */
} vt_measured;

typedef struct vt_space {
    uint16_t glyph;
    int32_t units;
} vt_space;

/* `glyphs` has room for `len` ids. */
void vt_word_measure(vt_word_cache *cache, vt_face face, const char *text, size_t len,
                     uint16_t *glyphs, vt_measured *out);
vt_space vt_word_space(const vt_word_cache *cache, vt_face face);
const vt_fonts *vt_word_fonts(const vt_word_cache *cache);

/* What headings keep whole (gen/compound.h); NULL until somebody puts it here. */
struct vt_compounds;
void vt_word_compounds_put(vt_word_cache *cache, const struct vt_compounds *compounds);
const struct vt_compounds *vt_word_compounds(const vt_word_cache *cache);

/* Memory that lasts until the paragraph is done.  What a giant paragraph took
   is given back then. */
vt_arena *vt_word_scratch(vt_word_cache *cache);
void vt_word_done(vt_word_cache *cache);

vt_para_cache *vt_word_paras(vt_word_cache *cache);

/* Opened on first use; NULL: ICU failed. */
UBreakIterator *vt_word_breaks(vt_word_cache *cache);

#endif
