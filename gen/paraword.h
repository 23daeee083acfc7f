/*
 * gen/paraword.h - the words of a paragraph, measured and ready to be broken.
 *
 * Pieces are read into one text (white space folded to single U+0020, a space
 * for each <br/>) with one glyph for each character, so that any stretch of a
 * line in one style is a slice of both.
 */
#ifndef VT_PARAWORD_H
#define VT_PARAWORD_H

#include "gen/breaker.h"
#include "gen/wordcache.h"

/* A stretch of one style inside a word, or the gap behind a word. */
typedef struct vt_frag {
    bool gap, blank;
    uint32_t style;        /* index of the piece whose style it has */
    uint32_t text, len;    /* in vt_words.text; a gap: its one space, or nothing
                              where a word too wide for the column is parted */
    uint32_t glyph, count; /* in vt_words.glyphs */
    int32_t lead;          /* of a gap: kerning with what follows, part of `units` */
    int64_t units;         /* thousandths of the style's size */
} vt_frag;

/* Words first .. last - 1 stand between two forced breaks. */
typedef struct vt_segment {
    uint32_t first, last;
    double size; /* of an empty line */
} vt_segment;

typedef struct vt_words {
    const vt_piece *pieces;
    char *text;
    uint16_t *glyphs;
    vt_frag *frags;     /* of one word, its gap, of the next word, its gap ... */
    uint32_t *starts;   /* first fragment of each word, and one behind the last gap */
    uint32_t *classes;  /* glue class of each word */
    int32_t *penalties; /* of ending a line behind each word */
    vt_box *boxes;      /* the same words for the breaker */
    vt_segment *segments;
    uint32_t text_len, glyph_count, frag_count, word_count, segment_count;
    uint32_t turns;  /* fragments whose style is not that of the one before */
    bool underlined; /* some piece is */
} vt_words;

/* Text and glyphs live in `arena`, the rest in the cache's scratch memory. */
vt_status vt_words_read(vt_word_cache *cache, const vt_para_spec *spec, vt_arena *arena,
                        vt_place place, vt_findings *list, vt_words *out) VT_USED;

/* Parts web addresses, and words wider than the column: where ICU would break
   them (an address behind a slash), and where even that leaves too wide a
   stretch, anywhere. */
bool vt_words_part(vt_word_cache *cache, const vt_para_spec *spec, vt_words *words);

/* The widest stretch of a word between ICU's offers, points, kerning left out.
   A date and a number are never parted there. */
double vt_words_widest_part(vt_word_cache *cache, const vt_words *words, uint32_t word);

/* Points that a fragment takes. */
static inline double vt_frag_width(const vt_words *words, const vt_frag *frag) {
    const vt_piece *style = &words->pieces[frag->style];
    return frag->blank ? style->blank : (double)frag->units * style->size / 1000;
}

#endif
