#include "gen/wordcache.h"

#include "gen/glue.h"

#include <stdlib.h>
#include <string.h>

#define WORD_MAX 48u              /* bytes; longer words are measured each time */
#define ENTRIES 8192u             /* about five times the words of a ministry's year */
#define SLOTS (ENTRIES * 2u)      /* a power of two */
#define POOL (512u << 10)         /* bytes of text and glyphs */
#define SCRATCH ((size_t)1 << 30) /* the longest paragraph: 16 MiB of input */
#define KEPT ((size_t)1 << 20)    /* scratch memory kept from paragraph to paragraph */

typedef struct entry {
    uint64_t hash;
    uint32_t text, glyphs; /* offsets in the pool */
    uint16_t len;
    uint8_t face;
    vt_measured word;
} entry;

struct vt_word_cache {
    const vt_fonts *fonts;
    vt_arena *scratch;
    vt_para_cache *paras;
    const struct vt_compounds *compounds;
    UBreakIterator *breaks;
    vt_space spaces[VT_FACES];
    uint16_t *slots; /* index of an entry + 1; 0: free */
    entry *entries;
    char *pool;
    uint32_t count, pool_used;
};

vt_word_cache *vt_word_cache_new(const vt_fonts *fonts) {
    vt_word_cache *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->fonts = fonts;
    c->scratch = vt_arena_new(SCRATCH);
    c->paras = vt_para_cache_new();
    c->slots = calloc(SLOTS, sizeof *c->slots);
    c->entries = malloc(ENTRIES * sizeof *c->entries);
    c->pool = malloc(POOL);
    if (c->scratch == NULL || c->paras == NULL || c->slots == NULL || c->entries == NULL ||
        c->pool == NULL) {
        vt_word_cache_free(c);
        return NULL;
    }
    for (int f = 0; f < VT_FACES; f++) {
        uint16_t glyph = vt_fonts_glyph(fonts, (vt_face)f, ' ');
        c->spaces[f] = (vt_space){glyph, vt_fonts_advance(fonts, (vt_face)f, glyph)};
    }
    return c;
}

void vt_word_cache_free(vt_word_cache *cache) {
    if (cache == NULL)
        return;
    if (cache->breaks != NULL)
        ubrk_close(cache->breaks);
    vt_arena_free(cache->scratch);
    vt_para_cache_free(cache->paras);
    free(cache->slots);
    free(cache->entries);
    free(cache->pool);
    free(cache);
}

vt_space vt_word_space(const vt_word_cache *cache, vt_face face) {
    return cache->spaces[face];
}

const vt_fonts *vt_word_fonts(const vt_word_cache *cache) {
    return cache->fonts;
}

void vt_word_compounds_put(vt_word_cache *cache, const struct vt_compounds *compounds) {
    cache->compounds = compounds;
}

const struct vt_compounds *vt_word_compounds(const vt_word_cache *cache) {
    return cache->compounds;
}

vt_arena *vt_word_scratch(vt_word_cache *cache) {
    return cache->scratch;
}

vt_para_cache *vt_word_paras(vt_word_cache *cache) {
    return cache->paras;
}

UBreakIterator *vt_word_breaks(vt_word_cache *cache) {
    if (cache->breaks == NULL) {
        UErrorCode error = U_ZERO_ERROR;
        uloc_setDefault("vi", &error); /* without memory ubrk_open would die of having none */
        UBreakIterator *it = ubrk_open(UBRK_LINE, "vi", NULL, 0, &error);
        if (U_FAILURE(error))
            return NULL;
        cache->breaks = it;
    }
    return cache->breaks;
}

void vt_word_done(vt_word_cache *cache) {
    vt_arena *fresh = vt_arena_used(cache->scratch) > KEPT ? vt_arena_new(SCRATCH) : NULL;
    if (fresh == NULL) {
        vt_arena_reset(cache->scratch);
        return;
    }
    vt_arena_free(cache->scratch);
    cache->scratch = fresh;
}

/* -------------------------------------------------------------- measuring -- */

static void measure(const vt_word_cache *c, vt_face face, const char *text, size_t len,
                    uint16_t *glyphs, vt_measured *out) {
    const char *p = text, *end = text + len;
    uint16_t space = c->spaces[face].glyph, before = space;
    *out = (vt_measured){0};
    while (p < end) {
        uint32_t cp = vt_utf8_next(&p, end);
        uint16_t glyph = vt_fonts_glyph(c->fonts, face, cp);
        if (glyph == 0 && out->missing == 0)
            out->missing = cp;
        int kern = vt_fonts_kern(c->fonts, face, before, glyph);
        if (out->count == 0)
            out->kern_before = kern;
        else
            out->units += kern;
        out->units += vt_fonts_advance(c->fonts, face, glyph);
        glyphs[out->count++] = before = glyph;
    }
    out->kern_after = vt_fonts_kern(c->fonts, face, before, space);
    out->glue = vt_glue_class(text, len);
}

/* FNV-1a: words are short. */
static uint64_t hash_of(vt_face face, const char *text, size_t len) {
    uint64_t h = 0xCBF29CE484222325u ^ (uint64_t)face;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (uint8_t)text[i]) * 0x100000001B3u;
    return h ^ h >> 29;
}

static void forget(vt_word_cache *c) {
    memset(c->slots, 0, SLOTS * sizeof *c->slots);
    c->count = c->pool_used = 0;
}

static void keep(vt_word_cache *c, uint64_t hash, vt_face face, const char *text, size_t len,
                 const uint16_t *glyphs, const vt_measured *word) {
    size_t bytes = word->count * sizeof *glyphs, need = bytes + len + len % 2;
    if (c->count == ENTRIES || POOL - c->pool_used < need)
        forget(c);
    entry *e = &c->entries[c->count++];
    *e = (entry){hash, (uint32_t)(c->pool_used + bytes), c->pool_used, (uint16_t)len, (uint8_t)face,
                 *word};
    memcpy(c->pool + e->glyphs, glyphs, bytes);
    memcpy(c->pool + e->text, text, len);
    c->pool_used += (uint32_t)need;
    size_t slot = hash % SLOTS;
    while (c->slots[slot] != 0)
        slot = (slot + 1) % SLOTS;
    c->slots[slot] = (uint16_t)c->count;
}

void vt_word_measure(vt_word_cache *cache, vt_face face, const char *text, size_t len,
                     uint16_t *glyphs, vt_measured *out) {
    if (len > WORD_MAX) {
        measure(cache, face, text, len, glyphs, out);
        return;
    }
    uint64_t hash = hash_of(face, text, len);
    for (size_t slot = hash % SLOTS; cache->slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        const entry *e = &cache->entries[cache->slots[slot] - 1];
        if (e->hash == hash && e->face == face && e->len == len &&
            memcmp(cache->pool + e->text, text, len) == 0) {
            memcpy(glyphs, cache->pool + e->glyphs, e->word.count * sizeof *glyphs);
            *out = e->word;
            return;
        }
    }
    measure(cache, face, text, len, glyphs, out);
    if (out->missing == 0)
        keep(cache, hash, face, text, len, glyphs, out);
}
