/*
 * tests/gen/import_words.h - no word made up, none lost: what a draft's words
 * are, and those of the documents made of it.
 *
 * A word is a run of letters and digits, in small letters; zeros in front of a
 * number do not count, for packs pad them.
 */
#ifndef VT_TESTS_GEN_IMPORT_WORDS_H
#define VT_TESTS_GEN_IMPORT_WORDS_H

#include "gen/import.h"

#include <stdlib.h>
#include <string.h>

enum { IMPORT_WORD = 64 };

typedef struct import_word {
    char text[IMPORT_WORD];
    long count;
} import_word;

typedef struct import_bag {
    import_word *at;
    size_t size, used; /* size: a power of two */
} import_bag;

static inline import_bag import_bag_new(void) {
    import_bag bag = {calloc(1 << 10, sizeof(import_word)), 1 << 10, 0};

    if (!bag.at)
        abort();
    return bag;
}

static inline import_word *import_find(import_bag *bag, const char *word) {
    size_t hash = 5381;

    for (const char *p = word; *p; p++)
        hash = hash * 33 + (unsigned char)*p;
    hash ^= hash >> 13;
    for (size_t i = hash & (bag->size - 1);; i = (i + 1) & (bag->size - 1))
        if (!bag->at[i].text[0] || strcmp(bag->at[i].text, word) == 0)
            return &bag->at[i];
}

static inline void import_count(import_bag *bag, const char *word, long by) {
    import_word *w;

    if (bag->used * 2 > bag->size) {
        import_bag more = {calloc(bag->size * 2, sizeof(import_word)), bag->size * 2, bag->used};
        if (!more.at)
            abort();
        for (size_t i = 0; i < bag->size; i++)
            if (bag->at[i].text[0])
                *import_find(&more, bag->at[i].text) = bag->at[i];
        free(bag->at);
        *bag = more;
    }
    w = import_find(bag, word);
    if (!w->text[0]) {
        memcpy(w->text, word, strlen(word) + 1);
        bag->used++;
    }
    w->count += by;
}

/* Counts the words of a text; long ones are cut, alike everywhere. */
static inline void import_add(import_bag *bag, const char *s, size_t len, long by) {
    const char *end = s + len;
    char word[IMPORT_WORD];
    size_t n = 0;

    for (;;) {
        const char *next = s;
        const uint32_t cp = s < end ? vt_utf8_next(&next, end) : 0;
        char utf8[4];
        if (cp && vt_is_word(cp)) {
            const int bytes = vt_utf8_put(vt_smaller(cp), utf8);
            if (n + (size_t)bytes < IMPORT_WORD - 1) {
                memcpy(word + n, utf8, (size_t)bytes);
                n += (size_t)bytes;
            }
        } else if (n) {
            size_t zeros = 0;
            word[n] = '\0';
            while (zeros + 1 < n && word[zeros] == '0' && word[zeros + 1] >= '0' &&
                   word[zeros + 1] <= '9')
                zeros++;
            import_count(bag, word + zeros, by);
            n = 0;
        }
        if (s >= end)
            break;
        s = next;
    }
}

/* All text below a node; with its attributes when asked for. */
static inline void import_add_tree(import_bag *bag, const vt_node *node, bool attributes, long by) {
    char *all;
    vt_arena *arena = vt_arena_new((size_t)256 << 20);

    for (const vt_attr *a = node->attrs; attributes && a; a = a->next)
        import_add(bag, a->value, strlen(a->value), by);
    /* block by block: a word may change its style in the middle */
    bool block = true;
    for (const vt_node *c = node->first; c; c = c->next)
        if (c->el != VT_TEXT && c->el != VT_B && c->el != VT_I && c->el != VT_BR)
            block = false;
    if (block && node->first && (all = vt_node_text(arena, node, ' ')) != NULL)
        import_add(bag, all, strlen(all), by);
    for (const vt_node *c = node->first; c; c = c->next)
        if (!block || attributes) {
            if (c->el == VT_TEXT && !block)
                import_add(bag, c->text, c->len, by);
            else if (!block)
                import_add_tree(bag, c, attributes, by);
        }
    vt_arena_free(arena);
}

/* Words that a finding says were left out. */
static inline void import_add_findings(import_bag *bag, const vt_findings *list, long by) {
    static const char *const ids[] = {"NHAP-04", "NHAP-13", "NHAP-14", "NHAP-17", "NHAP-33",
                                      "NHAP-35", "NHAP-36", "NHAP-38", "NHAP-39"};

    for (size_t i = 0; i < vt_findings_count(list); i++) {
        const vt_finding *f = vt_findings_at(list, i);
        for (size_t k = 0; f->excerpt && k < sizeof ids / sizeof *ids; k++)
            if (strcmp(f->id, ids[k]) == 0)
                import_add(bag, f->excerpt, strlen(f->excerpt), by);
    }
}

/* A word that `part` has more of than `whole`, unless `known` has it; NULL: none. */
static inline const char *import_missing(const import_bag *part, import_bag *whole,
                                         import_bag *known) {
    for (size_t i = 0; i < part->size; i++) {
        const import_word *w = &part->at[i];
        if (!w->text[0] || w->count <= 0)
            continue;
        if (import_find(whole, w->text)->count < w->count &&
            !(known && import_find(known, w->text)->count > 0))
            return w->text;
    }
    return NULL;
}

#endif
