/*
 * gen/pack_raw.h - a rule pack as its file says it, before it is understood.
 *
 * A pack file is flattened into values with a key each ("page/margin-top",
 * "issuer/size", "types/ke-hoach/abbr", "words/khan/text"), so that a pack can
 * be laid over the one it inherits from key by key and attribute by attribute:
 * a local pack that changes a margin keeps the range the law gives for it.
 */
#ifndef VT_PACK_RAW_H
#define VT_PACK_RAW_H

#include "gen/pack.h"

#define VT_PACK_MAX_BYTES (1u << 20) /* one pack file */
#define VT_PACK_MAX_VALUES 4096      /* of one pack */
#define VT_PACK_MAX_TEXT 400         /* bytes of one value */
#define VT_PACK_MAX_FILES 64         /* of one folder */
#define VT_PACK_MAX_BASES 8          /* packs inherited from, one through the other */

/* One value.  NULL attributes are not given (here or in a base). */
typedef struct vt_raw {
    const char *key;
    const char *value, *small, *min, *max;
    const char *source;
    char confidence; /* 'A' 'B' 'C' 'U' 'D' */
    const char *file;
    int line;
} vt_raw;

/* What the root element says.  NULL: not given. */
typedef struct vt_raw_head {
    const char *id, *base, *system, *from, *to;
} vt_raw_head;

typedef struct vt_raw_pack {
    vt_raw_head head;
    const char *name; /* NULL: not given */
    const char *file;
    vt_hash hash;   /* of the file's bytes; with a base, of base hash + bytes */
    vt_raw *values; /* in the file's order */
    size_t count, cap;
    uint16_t *slots; /* open addressing by key: a value's number + 1; 0: free */
    size_t slot_count;
} vt_raw_pack;

/* Reads the root element of a file alone, to see which pack it is. */
vt_status vt_raw_peek(vt_arena *arena, const char *path, vt_findings *list,
                      vt_raw_head *out) VT_USED;
/* `own` where it says something, else `base`; id and base are its own, and so is
   `to` where `from` is. */
vt_raw_head vt_raw_head_over(const vt_raw_head *base, const vt_raw_head *own);
/* Reads and flattens a file (gen/pack_read.c).  All in `arena`. */
vt_status vt_raw_read(vt_arena *arena, const char *path, vt_findings *list,
                      vt_raw_pack **out) VT_USED;
/* `own` laid over `base` (gen/pack_read.c). */
vt_status vt_raw_overlay(vt_arena *arena, const vt_raw_pack *base, const vt_raw_pack *own,
                         vt_findings *list, vt_raw_pack **out) VT_USED;
/* The value of the key "a/b/c", of which b and c may be NULL; NULL: there is none. */
const vt_raw *vt_raw_find(const vt_raw_pack *raw, const char *a, const char *b, const char *c);

/* What may stand in a file (gen/pack_table.c). */
bool vt_pack_has_group(const char *group);
vt_component vt_pack_component(const char *id); /* VT_COMPONENTS: there is none */
/* Turns a flattened pack into what layout and checks read; every value that is
   missing, unknown, ill-formed or out of range is an error (gen/pack_fill.c). */
vt_status vt_pack_fill(vt_arena *arena, const vt_raw_pack *raw, vt_findings *list,
                       vt_pack *out) VT_USED;

/* A finding of the loader, at the value's file and line. */
vt_status vt_pack_bad(vt_findings *list, const vt_raw *at, const char *id, const char *remedy,
                      const char *fmt, ...) VT_PRINTF(5, 6);

#endif
