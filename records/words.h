/*
 * records/words.h - text as words for comparing and searching.
 *
 * A word is a run of letters and digits.  It has two forms: folded (lower
 * case, no marks, đ -> d) and exact (lower case, NFC, tone mark on its modern
 * place, so that "hòa" and "hoà" are one).  Input may be NFC or NFD.
 */
#ifndef VT_WORDS_H
#define VT_WORDS_H

#include "base/base.h"

enum {
    VT_WORD_LETTERS = 40, /* longer runs are cut */
    VT_WORD_MARK = 2,     /* bytes that may be put before it: records/tokenizer.h */
    VT_WORD_BYTES = 4 * VT_WORD_LETTERS + VT_WORD_MARK + 1
};

typedef struct vt_word_forms {
    char folded[VT_WORD_BYTES], exact[VT_WORD_BYTES];
    size_t folded_len, exact_len;
    const char *start, *end; /* in the text */
} vt_word_forms;

/* The next word at or after *at; moves *at behind it.  False: no more. */
bool vt_word_next(const char **at, const char *end, vt_word_forms *out);

/* Is it indexed with its neighbour?  Digits are not: there are as many pairs as numbers. */
static inline bool vt_word_pairs(const vt_word_forms *word) {
    return word->folded[0] < '0' || word->folded[0] > '9';
}

/* Two words side by side as one token, by a hash of both, in letters: a token half as long
   costs half as much, and where two pairs have one the words themselves tell them apart. */
enum { VT_PAIR_LETTERS = 4 };
uint32_t vt_word_hash(const vt_word_forms *word); /* of the folded word; 0: it is not paired */
void vt_word_pair(uint32_t first, uint32_t second, char letters[VT_PAIR_LETTERS]);

/* All words, each with a space before it: " ubnd vx".  Two texts hold the
   same words in the same order when these are equal, and instr() finds words
   at their beginning. */
void vt_words_folded(const char *text, vt_buf *out);
void vt_words_exact(const char *text, vt_buf *out);

#endif
