/*
 * base/arena.c - memory that lives as long as one document or one request.
 *
 * Blocks are kept in a list; allocation bumps a pointer in the current block.
 * A reset starts again at the first block, so a process that makes thousands
 * of documents asks malloc only while the largest of them grows.
 */
#include "base/base.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under AddressSanitizer every allocation is followed by a poisoned gap. */
#if defined(__SANITIZE_ADDRESS__)
#define VT_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define VT_ASAN 1
#endif
#endif
#ifdef VT_ASAN
#include <sanitizer/asan_interface.h>
#define GAP ALIGN
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define GAP 0
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#define ALIGN alignof(max_align_t)
#define BLOCK_FIRST ((size_t)16 << 10)
#define BLOCK_MAX ((size_t)1 << 20)

typedef struct block {
    struct block *next;
    size_t size, used; /* of data[] */
    alignas(max_align_t) unsigned char data[];
} block;

struct vt_arena {
    size_t ceiling;
    size_t held;            /* bytes asked of malloc for blocks */
    size_t used;            /* bytes handed out since the last reset */
    block *first, *current; /* blocks behind `current` are empty */
    const void *last;       /* the newest allocation: vt_grow may extend it in place */
    bool failed;
};

vt_arena *vt_arena_new(size_t ceiling) {
    vt_arena *arena = calloc(1, sizeof *arena);

    if (arena)
        arena->ceiling = ceiling;
    return arena;
}

static void free_blocks(vt_arena *arena, block *b) {
    while (b) {
        block *next = b->next;

        arena->held -= sizeof *b + b->size;
        UNPOISON(b->data, b->size);
        free(b);
        b = next;
    }
}

void vt_arena_free(vt_arena *arena) {
    if (!arena)
        return;
    free_blocks(arena, arena->first);
    free(arena);
}

void vt_arena_reset(vt_arena *arena) {
    for (block *b = arena->first; b; b = b->next) {
        b->used = 0;
        POISON(b->data, b->size);
    }
    arena->current = arena->first;
    arena->used = 0;
    arena->last = NULL;
    arena->failed = false;
}

bool vt_arena_failed(const vt_arena *arena) {
    return arena->failed;
}

size_t vt_arena_used(const vt_arena *arena) {
    return arena->used;
}

static void *fail(vt_arena *arena) {
    arena->failed = true;
    return NULL;
}

/* A new block with room for `need`, of the usual size where the ceiling allows. */
static block *block_new(vt_arena *arena, size_t need) {
    size_t size = arena->current ? arena->current->size * 2 : BLOCK_FIRST;
    size_t left = arena->ceiling - arena->held;
    block *b;

    if (left < sizeof *b || left - sizeof *b < need)
        return NULL;
    if (size > BLOCK_MAX)
        size = BLOCK_MAX;
    if (size < need)
        size = need;
    if (size > left - sizeof *b)
        size = left - sizeof *b;
    b = malloc(sizeof *b + size);
    if (!b)
        return NULL;
    b->next = NULL;
    b->size = size;
    b->used = 0;
    arena->held += sizeof *b + size;
    POISON(b->data, b->size);
    return b;
}

/* Makes a block with room for `need` the current one. */
static bool next_block(vt_arena *arena, size_t need) {
    bool empty = !arena->current || arena->current->used == 0; /* never used, or just reset */
    block **rest = empty ? &arena->first : &arena->current->next;
    block *b = NULL;

    for (block **at = rest; *at; at = &(*at)->next) {
        if ((*at)->size >= need) {
            b = *at;
            *at = b->next;
            break;
        }
    }
    if (!b)
        b = block_new(arena, need);
    if (!b && *rest) { /* kept from before the reset, but all too small */
        free_blocks(arena, *rest);
        *rest = NULL;
        if (empty)
            arena->current = NULL;
        b = block_new(arena, need);
    }
    if (!b)
        return false;
    b->next = *rest;
    *rest = b;
    arena->current = b;
    return true;
}

static size_t rounded(size_t size) {
    return (size + GAP + ALIGN - 1) / ALIGN * ALIGN;
}

void *vt_alloc(vt_arena *arena, size_t size) {
    block *b = arena->current;
    size_t need;
    void *p;

    if (size == 0)
        size = 1;
    if (size > arena->ceiling || size > SIZE_MAX - GAP - ALIGN)
        return fail(arena);
    need = rounded(size);
    if (!b || b->size - b->used < need) {
        if (!next_block(arena, need))
            return fail(arena);
        b = arena->current;
    }
    p = b->data + b->used;
    b->used += need;
    arena->used += need;
    arena->last = p;
    UNPOISON(p, size);
    return memset(p, 0, size);
}

void *vt_alloc_array(vt_arena *arena, size_t n, size_t size) {
    if (size && n > SIZE_MAX / size)
        return fail(arena);
    return vt_alloc(arena, n * size);
}

/* Lengthens the newest allocation where it stands, if its block has room. */
static bool extend(vt_arena *arena, void *old, size_t had, size_t size) {
    block *b = arena->current;
    size_t start, need;

    if (!old || old != arena->last || had == 0 || size > SIZE_MAX - GAP - ALIGN)
        return false;
    start = (size_t)((unsigned char *)old - b->data);
    need = rounded(size);
    if (b->size - start < need)
        return false;
    arena->used += start + need - b->used;
    b->used = start + need;
    UNPOISON(old, size);
    memset((unsigned char *)old + had, 0, size - had);
    return true;
}

void *vt_grow(vt_arena *arena, void *old, size_t *cap, size_t need, size_t size) {
    size_t n = *cap ? *cap : 8;
    void *place;

    if (need <= *cap)
        return old;
    while (n < need) {
        if (n > SIZE_MAX / 2)
            return fail(arena);
        n *= 2;
    }
    if (size && n > SIZE_MAX / size)
        return fail(arena);
    if (extend(arena, old, *cap * size, n * size)) {
        *cap = n;
        return old;
    }
    place = vt_alloc_array(arena, n, size);
    if (!place)
        return NULL;
    if (old && *cap)
        memcpy(place, old, *cap * size);
    *cap = n;
    return place;
}

char *vt_strndup(vt_arena *arena, const char *s, size_t len) {
    char *copy;

    if (len == SIZE_MAX)
        return fail(arena);
    copy = vt_alloc(arena, len + 1);
    if (copy && len)
        memcpy(copy, s, len);
    return copy;
}

char *vt_strdup(vt_arena *arena, const char *s) {
    return vt_strndup(arena, s, strlen(s));
}

char *vt_printf(vt_arena *arena, const char *fmt, ...) {
    va_list args, again;
    char line[256], *s = NULL; /* most texts are short: made once */
    int len;

    va_start(args, fmt);
    va_copy(again, args);
    len = vsnprintf(line, sizeof line, fmt, args);
    if (len >= 0)
        s = vt_alloc(arena, (size_t)len + 1);
    if (!s)
        arena->failed = true;
    else if ((size_t)len < sizeof line)
        memcpy(s, line, (size_t)len);
    else
        vsnprintf(s, (size_t)len + 1, fmt, again);
    va_end(again);
    va_end(args);
    return s;
}
