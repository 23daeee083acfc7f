/*
 * gen/picture_cache.c - pictures decoded before, by the hash of their file.
 *
 * A merge sets a thousand letters with one picture of a signature: it is decoded
 * once in the run.  Nothing is ever thrown out, so what is kept is bounded; what
 * finds no room is decoded anew each time, as it was before.
 */
#include "gen/engine.h"
#include "gen/picture.h"

#include <stdlib.h>
#include <string.h>

#define KEPT_MAX 64
#define KEPT_BYTES ((size_t)64 << 20)

struct vt_picture_cache {
    vt_arena *arena;
    size_t count;
    struct kept {
        vt_hash hash;
        vt_picture picture;
    } kept[KEPT_MAX];
};

void vt_picture_cache_free(struct vt_picture_cache *cache) {
    if (cache)
        vt_arena_free(cache->arena);
    free(cache);
}

const vt_picture *vt_picture_recall(const vt_engine *engine, const vt_hash *hash) {
    const struct vt_picture_cache *cache = engine->pictures;

    for (size_t i = 0; cache && i < cache->count; i++)
        if (memcmp(&cache->kept[i].hash, hash, sizeof *hash) == 0)
            return &cache->kept[i].picture;
    return NULL;
}

static struct vt_picture_cache *cache_of(vt_engine *engine) {
    if (engine->pictures)
        return engine->pictures;
    struct vt_picture_cache *cache = calloc(1, sizeof *cache);
    if (cache && !(cache->arena = vt_arena_new(KEPT_BYTES))) {
        free(cache);
        cache = NULL;
    }
    return engine->pictures = cache;
}

static const uint8_t *copy(vt_arena *arena, const uint8_t *data, size_t len) {
    return data ? (const uint8_t *)vt_strndup(arena, (const char *)data, len) : NULL;
}

void vt_picture_remember(vt_engine *engine, const vt_hash *hash, const vt_picture *picture) {
    struct vt_picture_cache *cache = cache_of(engine);
    const bool as_it_is = picture->samples == picture->file;
    const size_t bytes =
        picture->file_len + (as_it_is ? 0 : picture->samples_len) + picture->alpha_len;

    if (!cache || cache->count == KEPT_MAX || vt_arena_failed(cache->arena) ||
        bytes + (bytes >> 3) + 65536 > KEPT_BYTES - vt_arena_used(cache->arena))
        return;
    vt_picture own = *picture;
    own.file = copy(cache->arena, picture->file, picture->file_len);
    own.samples = as_it_is ? own.file : copy(cache->arena, picture->samples, picture->samples_len);
    own.alpha = copy(cache->arena, picture->alpha, picture->alpha_len);
    own.path = "";
    if (!own.file || !own.samples || (picture->alpha && !own.alpha))
        return;
    cache->kept[cache->count++] = (struct kept){*hash, own};
}
