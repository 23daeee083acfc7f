/*
 * gen/paracache.h - paragraphs set once.
 *
 * A merge sets the same words in the same column a thousand times over.  What
 * comes of a paragraph depends on its pieces and its shape alone; tags differ
 * from document to document and are put in afterwards.  The cache keeps lines,
 * runs, text and glyphs of a paragraph under all it depends on, compared byte by
 * byte, in bounded memory: when full it forgets everything and starts again,
 * which changes no answer.
 *
 * A paragraph being set names in each run's `tag` the piece whose style it has;
 * vt_para_set puts the piece's tag in its place when it is done.
 */
#ifndef VT_PARACACHE_H
#define VT_PARACACHE_H

#include "gen/para.h"

typedef struct vt_para_cache vt_para_cache;
vt_para_cache *vt_para_cache_new(void); /* NULL: no memory */
void vt_para_cache_free(vt_para_cache *cache);

/* What a paragraph depends on, as bytes; valid until the next call. */
typedef struct vt_para_key {
    const void *data; /* NULL: not to be kept (too long) */
    size_t len;
    uint64_t hash;
} vt_para_key;
vt_para_key vt_para_key_of(vt_para_cache *cache, const vt_para_spec *spec);

typedef enum vt_recall { VT_RECALL_NONE, VT_RECALL_FOUND, VT_RECALL_NO_MEMORY } vt_recall;
/* A copy in the arena of what was kept under the key. */
vt_recall vt_para_recall(vt_para_cache *cache, const vt_para_key *key, vt_arena *arena,
                         vt_para *out);
void vt_para_keep(vt_para_cache *cache, const vt_para_key *key, const vt_para *para);

#endif
