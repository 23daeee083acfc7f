#include "gen/paracache.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define POOL ((size_t)3 << 20)     /* of some forty two-page letters */
#define ENTRIES 4096u              /* a power of two */
#define SLOTS (ENTRIES * 2u)       /* likewise */
#define KEY_MAX ((size_t)16 << 10) /* a paragraph longer than some three pages is set anew */
#define ALIGN alignof(max_align_t)

/* A block holds lines, runs, marks, text and glyphs of a paragraph in this order;
   its pointers are those into the pool and move with it. */
typedef struct entry {
    uint64_t hash;
    const unsigned char *key;
    unsigned char *block;
    uint32_t key_len;
    uint32_t lines, runs, marks;
    size_t block_len;
    bool loose;
} entry;

struct vt_para_cache {
    unsigned char key[KEY_MAX];
    uint16_t slots[SLOTS]; /* index of an entry + 1; 0: free */
    entry entries[ENTRIES];
    size_t count, used;
    unsigned char *pool;
};

static void forget(vt_para_cache *c) {
    memset(c->slots, 0, sizeof c->slots);
    c->count = c->used = 0;
}

/* Only the slots are cleared: one document uses few of the entries. */
vt_para_cache *vt_para_cache_new(void) {
    vt_para_cache *c = malloc(sizeof *c);
    if (c == NULL)
        return NULL;
    forget(c);
    c->pool = malloc(POOL);
    if (c->pool == NULL) {
        free(c);
        return NULL;
    }
    return c;
}

void vt_para_cache_free(vt_para_cache *cache) {
    if (cache == NULL)
        return;
    free(cache->pool);
    free(cache);
}

/* -------------------------------------------------------------------- key -- */

/* All of vt_para_spec and vt_piece but pointers and tags.  A field added there
   belongs here too, hence the sizes. */
typedef struct key_spec {
    double width, first_indent, hang, stretch_limit;
    uint32_t align, balance, pieces, reserved;
} key_spec;
typedef struct key_piece {
    double size, rise, blank;
    uint32_t len;
    uint8_t face, flags;
    vt_rgb colour;
    uint8_t reserved[7]; /* no padding: compared byte by byte */
} key_piece;
_Static_assert(sizeof(vt_para_spec) == 56 && sizeof(vt_piece) == 64 && sizeof(key_spec) == 48 &&
                   sizeof(key_piece) == 40,
               "a field that the key does not know");

static uint64_t hash_of(const unsigned char *p, size_t len) {
    uint64_t h = 0x9E3779B97F4A7C15u ^ len, word;
    for (; len >= sizeof word; p += sizeof word, len -= sizeof word) {
        memcpy(&word, p, sizeof word);
        h = (h ^ word) * 0xBF58476D1CE4E5B9u;
        h ^= h >> 29;
    }
    word = 0;
    memcpy(&word, p, len);
    h = (h ^ word) * 0x94D049BB133111EBu;
    return h ^ h >> 31;
}

static size_t put_piece(unsigned char *out, const vt_piece *p, const vt_piece *before) {
    unsigned same_tag = before != NULL && before->tag == p->tag;
    key_piece k = {.size = p->size,
                   .rise = p->rise,
                   .blank = p->blank,
                   .len = (uint32_t)p->len,
                   .face = (uint8_t)p->face,
                   .flags = (uint8_t)(same_tag | p->underline * 2u | p->br * 4u | p->hold * 8u),
                   .colour = p->colour};
    memcpy(out, &k, sizeof k);
    memcpy(out + sizeof k, p->text, p->len);
    return sizeof k + p->len;
}

vt_para_key vt_para_key_of(vt_para_cache *cache, const vt_para_spec *spec) {
    key_spec k = {.width = spec->width,
                  .first_indent = spec->first_indent,
                  .hang = spec->hang,
                  .stretch_limit = spec->stretch_limit,
                  .align = spec->align,
                  .balance = spec->balance,
                  .pieces = (uint32_t)spec->piece_count};
    size_t len = sizeof k;
    memcpy(cache->key, &k, sizeof k);
    for (size_t i = 0; i < spec->piece_count; i++) {
        const vt_piece *p = &spec->pieces[i];
        if (p->len > KEY_MAX || KEY_MAX - len < sizeof(key_piece) + p->len)
            return (vt_para_key){0};
        len += put_piece(cache->key + len, p, i > 0 ? p - 1 : NULL);
    }
    return (vt_para_key){cache->key, len, hash_of(cache->key, len)};
}

/* ---------------------------------------------------------- keep, recall -- */

static size_t aligned(size_t n) {
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

/* The parts of a block. */
typedef struct parts {
    vt_line *lines;
    vt_run *runs;
    vt_mark *marks;
    unsigned char *rest; /* text and glyphs, run after run */
} parts;

static parts parts_of(unsigned char *block, const entry *e) {
    unsigned char *runs = block + aligned(e->lines * sizeof(vt_line));
    unsigned char *marks = runs + aligned(e->runs * sizeof(vt_run));
    return (parts){.lines = (vt_line *)(void *)block,
                   .runs = (vt_run *)(void *)runs,
                   .marks = (vt_mark *)(void *)marks,
                   .rest = marks + aligned(e->marks * sizeof(vt_mark))};
}

/* Glyphs first, so that they stand even. */
static size_t run_bytes(const vt_run *run) {
    size_t n = run->count * sizeof *run->glyphs + run->len;
    return n + n % sizeof *run->glyphs;
}

static void measure(const vt_para *para, entry *e) {
    size_t rest = 0;
    for (size_t i = 0; i < para->line_count; i++) {
        const vt_line *line = &para->lines[i];
        e->runs += (uint32_t)line->run_count;
        e->marks += (uint32_t)line->mark_count;
        for (size_t r = 0; r < line->run_count; r++)
            rest += run_bytes(&line->runs[r]);
    }
    e->lines = (uint32_t)para->line_count;
    e->loose = para->loose;
    e->block_len = aligned(e->lines * sizeof(vt_line)) + aligned(e->runs * sizeof(vt_run)) +
                   aligned(e->marks * sizeof(vt_mark)) + aligned(rest);
}

static void fill(const vt_para *para, const entry *e) {
    parts p = parts_of(e->block, e);
    for (size_t i = 0; i < para->line_count; i++) {
        const vt_line *from = &para->lines[i];
        vt_line *line = p.lines++;
        *line = *from;
        line->runs = p.runs;
        line->marks = from->mark_count > 0 ? p.marks : NULL;
        for (size_t r = 0; r < from->run_count; r++) {
            vt_run *run = p.runs++;
            *run = from->runs[r];
            run->glyphs = memcpy(p.rest, run->glyphs, run->count * sizeof *run->glyphs);
            run->text = memcpy(p.rest + run->count * sizeof *run->glyphs, run->text, run->len);
            p.rest += run_bytes(run);
        }
        for (size_t m = 0; m < from->mark_count; m++)
            *p.marks++ = from->marks[m];
    }
}

void vt_para_keep(vt_para_cache *cache, const vt_para_key *key, const vt_para *para) {
    entry e = {.hash = key->hash, .key_len = (uint32_t)key->len};
    measure(para, &e);
    size_t need = e.block_len + aligned(key->len);
    if (need > POOL / 16)
        return;
    if (cache->count == ENTRIES || POOL - cache->used < need)
        forget(cache);
    e.block = cache->pool + cache->used;
    e.key = memcpy(e.block + e.block_len, key->data, key->len);
    fill(para, &e);
    cache->used += need;
    cache->entries[cache->count++] = e;
    size_t slot = e.hash % SLOTS;
    while (cache->slots[slot] != 0)
        slot = (slot + 1) % SLOTS;
    cache->slots[slot] = (uint16_t)cache->count;
}

/* The pointers of a copied block point into the copy. */
static void move(const entry *e, unsigned char *copy) {
    parts p = parts_of(copy, e);
    for (uint32_t i = 0; i < e->lines; i++) {
        vt_line *line = &p.lines[i];
        line->runs = (vt_run *)(void *)(copy + ((unsigned char *)line->runs - e->block));
        if (line->marks != NULL)
            line->marks = (vt_mark *)(void *)(copy + ((unsigned char *)line->marks - e->block));
    }
    for (uint32_t i = 0; i < e->runs; i++) {
        vt_run *run = &p.runs[i];
        run->glyphs = (const uint16_t *)(const void *)(copy + ((const unsigned char *)run->glyphs -
                                                               e->block));
        run->text = (const char *)copy + ((const unsigned char *)run->text - e->block);
    }
}

vt_recall vt_para_recall(vt_para_cache *cache, const vt_para_key *key, vt_arena *arena,
                         vt_para *out) {
    const entry *e = NULL;
    for (size_t slot = key->hash % SLOTS; cache->slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        e = &cache->entries[cache->slots[slot] - 1];
        if (e->hash == key->hash && e->key_len == key->len &&
            memcmp(e->key, key->data, key->len) == 0)
            break;
        e = NULL;
    }
    if (e == NULL)
        return VT_RECALL_NONE;
    *out = (vt_para){.line_count = e->lines, .loose = e->loose};
    if (e->lines == 0)
        return VT_RECALL_FOUND;
    unsigned char *copy = vt_alloc(arena, e->block_len);
    if (copy == NULL)
        return VT_RECALL_NO_MEMORY;
    memcpy(copy, e->block, e->block_len);
    move(e, copy);
    out->lines = (vt_line *)(void *)copy;
    return VT_RECALL_FOUND;
}
