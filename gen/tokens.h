/*
 * gen/tokens.h - the words of a text, as the checker's dictionary and its
 * readers of citations see them.
 *
 * Words that differ only in case, or in where a tone mark stands ("ủy", "uỷ"),
 * have one key.
 */
#ifndef VT_TOKENS_H
#define VT_TOKENS_H

#include "gen/gen.h"

typedef enum vt_token_kind {
    VT_TOK_WORD,   /* letters */
    VT_TOK_NUMBER, /* Arabic digits */
    VT_TOK_MARK,   /* any other character but white space: one */
} vt_token_kind;

/* What a token looks like and where it stands. */
enum {
    VT_TOK_SPACED = 1,   /* white space before it, or the text begins with it */
    VT_TOK_CAPITAL = 2,  /* a word whose first letter is a capital */
    VT_TOK_CAPITALS = 4, /* a word of two letters or more, all of them capitals */
    VT_TOK_FREE = 8,     /* a sentence, a clause or a quotation may begin here, so that a
                            capital says nothing: the text begins, or a mark stands before */
};

typedef struct vt_token {
    uint64_t key; /* of a mark: its code point */
    uint32_t at;  /* byte in the text */
    uint16_t len; /* bytes, at most 65,535 */
    uint8_t kind, flags;
} vt_token;

/* All tokens of a NUL-terminated text, in the arena; NULL when there are none or no memory. */
vt_token *vt_tokenise(vt_arena *arena, const char *text, size_t *count);
/* The key of one word. */
uint64_t vt_token_key(const char *word);

static inline bool vt_token_is(const vt_token *t, uint32_t mark) {
    return t->kind == VT_TOK_MARK && t->key == mark;
}
/* Does it follow the one before without white space? */
static inline bool vt_token_joined(const vt_token *t) {
    return !(t->flags & VT_TOK_SPACED);
}

#endif
