/* records/query.h - what people type, as what the index is asked. */
#ifndef VT_QUERY_H
#define VT_QUERY_H

#include "records/words.h"

enum { VT_QUERY_TERMS = 32, VT_NOTATION_BYTES = 256 };

/*
 * Adds a query to `out` as an FTS5 expression: every term is quoted and holds
 * words only, so that no input is an error.  `folded`: accents are left out.
 * False: nothing is asked for (no words at all).
 *
 *     ke hoach       both words             "ke hoach"   one after the other
 *     145-KH/HU      as a phrase            hoach*       words beginning so
 *     -trẻ           not this word
 *
 * *accents tells whether a word was typed with accents; *cut that there were
 * more than VT_QUERY_TERMS terms.  All of `out` must be named by the caller's
 * `everything` (an expression for "all documents") when only exclusions were
 * typed.
 */
typedef struct vt_query_marks {
    bool accents, cut;
} vt_query_marks;
/* What the index has of its own; words side by side are tokens, too (VT_PAIRED of
   records/tokenizer.h). */
typedef struct vt_query_index {
    /* What stands for a beginning (hoach*): the words that begin so, a space before each; none:
       the index is asked for the beginning itself. */
    void (*beginning)(void *ctx, const char *begin, vt_buf *out);
    void *ctx;
} vt_query_index;
bool vt_query_expression(const char *typed, bool folded, const char *everything,
                         const vt_query_index *index /* NULL: at nothing */, vt_buf *out,
                         vt_query_marks *marks);

/*
 * What was typed as one run of words in the heading or the subject (a phrase of
 * pairs: tokenizer.h), for ranking it first.  False: one word only, or a word that is not whole
 * (hoach*).
 */
bool vt_query_phrase(const char *typed, vt_buf *out);

/* The words that are looked for, one by one, as the index has them: what is marked where
   it was found.  Words that must not occur are left out, and what is more than there is
   room for. */
enum { VT_TYPED_WORDS = 64 };
typedef struct vt_typed_word {
    char text[VT_WORD_BYTES];
    bool accents, prefix;
} vt_typed_word;
typedef struct vt_typed_words {
    vt_typed_word words[VT_TYPED_WORDS];
    size_t count;
} vt_typed_words;
void vt_query_typed(const char *typed, bool folded, vt_typed_words *out);

/* "van-ban/2026" of "Văn bản/2026": folded words joined by '-', '/' kept.  What
   follows VT_FACET and a letter in the index.  False: no words. */
bool vt_query_slug(const char *name, vt_buf *out);

/* The words of a name, all of them wanted, each as the index has names of that kind (VT_NAME_...
   of records/tokenizer.h): ("\4iso" AND "\4icong" AND "\4ithuong").  False: no words. */
bool vt_query_names(const char *typed, char kind, vt_buf *out);

/* "152/UBND-VX", "152 ubnd", "Số: 05-CV/TU năm 2026": a number as people write it, and as documents
   cite it: "Nghị quyết số 12-NQ/ĐU, ngày 05/9/2026 của ...", "ngày 05 tháng 9 năm 2026".  Words
   before "số" and behind the day are passed over where ký hiệu and day are there: those say enough.
 */
typedef struct vt_typed_number {
    int64_t number;
    char suffix[8];                   /* "a" of "152a" */
    char notation[VT_NOTATION_BYTES]; /* " ubnd vx"; "" */
    int year;                         /* 0: not said */
    vt_date day;                      /* all zero: not said */
} vt_typed_number;
bool vt_number_parse(const char *typed, vt_typed_number *out);

/* The dates it may have, from one text to before the other; `year`, unless 0, in place of the one
   typed.  False: no memory. */
bool vt_number_span(const vt_typed_number *typed, int year, vt_arena *arena, const char **from,
                    const char **before);

#endif
