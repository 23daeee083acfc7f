/*
 * gen/parapart.c - parting words that are wider than their column.
 *
 * A web address or a chain of slashes has no white space to break at.  Only
 * when it does not fit on a line by itself is it parted: everywhere ICU offers
 * a break, and before the character that would overflow where ICU's stretches
 * are too wide as well.  A word that fits is never parted: 28-CT/TW, though
 * ICU would break it behind "28-" and "CT/".
 */
#include "gen/glue.h"
#include "gen/paraword.h"

#include <unicode/uchar.h>
#include <unicode/utext.h>

/* Penalties of a break that ICU offers, but not behind a slash, and of one
   that it does not. */
#define INSIDE 50
#define ANYWHERE 100

typedef struct parting {
    vt_word_cache *cache;
    vt_arena *scratch;
    const vt_words *old;
    vt_frag *frags;
    uint32_t *starts, *classes;
    int32_t *penalties;
    size_t frag_cap, start_cap, class_cap, penalty_cap;
    uint32_t frag_count, word_count;
    double limit, width; /* of the part being made */
    bool failed;
} parting;

static double word_width(const vt_words *w, uint32_t word) {
    double width = 0;
    for (uint32_t f = w->starts[word]; f + 1 < w->starts[word + 1]; f++)
        width += vt_frag_width(w, &w->frags[f]);
    return width;
}

static double room_for(const vt_para_spec *spec, uint32_t word) {
    return spec->width - (word == 0 ? spec->first_indent : spec->hang);
}

static vt_frag *push_frag(parting *p, vt_frag frag) {
    vt_frag *grown =
        vt_grow(p->scratch, p->frags, &p->frag_cap, (size_t)p->frag_count + 1, sizeof *p->frags);
    if (grown == NULL) {
        p->failed = true;
        return NULL;
    }
    p->frags = grown;
    p->frags[p->frag_count] = frag;
    return &p->frags[p->frag_count++];
}

/* Ends a word whose fragments and gap have been pushed. */
static void push_word(parting *p, uint32_t class, int32_t penalty) {
    size_t n = p->word_count;
    uint32_t *starts = vt_grow(p->scratch, p->starts, &p->start_cap, n + 2, sizeof *p->starts);
    uint32_t *classes = vt_grow(p->scratch, p->classes, &p->class_cap, n + 1, sizeof *p->classes);
    int32_t *penalties =
        vt_grow(p->scratch, p->penalties, &p->penalty_cap, n + 1, sizeof *p->penalties);
    if (starts == NULL || classes == NULL || penalties == NULL) {
        p->failed = true;
        return;
    }
    starts[n + 1] = p->frag_count;
    classes[n] = class;
    penalties[n] = penalty;
    p->starts = starts;
    p->classes = classes;
    p->penalties = penalties;
    p->word_count++;
}

static void copy_word(parting *p, uint32_t word) {
    const vt_words *old = p->old;
    for (uint32_t f = old->starts[word]; f < old->starts[word + 1] && !p->failed; f++)
        push_frag(p, old->frags[f]);
    push_word(p, old->classes[word], old->penalties[word]);
}

/* A gap of no width but the kerning that stands while the line is not broken. */
static void cut(parting *p, const vt_frag *at, int32_t kern, int32_t penalty) {
    push_frag(p, (vt_frag){.gap = true,
                           .style = at->style,
                           .text = at->text,
                           .glyph = at->glyph,
                           .lead = kern,
                           .units = kern});
    push_word(p, 0, penalty);
    p->width = 0;
}

static int32_t offered_penalty(const parting *p, const vt_frag *at) {
    return at->text > 0 && p->old->text[at->text - 1] == '/' ? 0 : INSIDE;
}

/* Adds one character of `from` (at `at`, which is moved on) to the part. */
static void add_char(parting *p, vt_frag *at, uint32_t bytes, bool offered, bool may_part) {
    const vt_words *w = p->old;
    const vt_piece *style = &w->pieces[at->style];
    const vt_fonts *fonts = vt_word_fonts(p->cache);
    const uint16_t *glyph = &w->glyphs[at->glyph];
    vt_frag *open = p->frag_count > p->starts[p->word_count] ? &p->frags[p->frag_count - 1] : NULL;
    bool joins = open != NULL && open->style == at->style && !open->blank;
    int32_t kern = joins ? vt_fonts_kern(fonts, style->face, glyph[-1], glyph[0]) : 0;
    int32_t units = vt_fonts_advance(fonts, style->face, glyph[0]);
    double width = at->blank ? style->blank : (kern + units) * style->size / 1000;
    if (open != NULL && (offered || (may_part && p->width + width > p->limit))) {
        cut(p, at, kern, offered ? offered_penalty(p, at) : ANYWHERE);
        joins = false;
        width -= at->blank ? 0 : kern * style->size / 1000;
        kern = 0;
    }
    if (!joins)
        open = push_frag(
            p, (vt_frag){
                   .style = at->style, .blank = at->blank, .text = at->text, .glyph = at->glyph});
    else
        open = &p->frags[p->frag_count - 1];
    if (open == NULL)
        return;
    open->len += bytes;
    open->count++;
    open->units += kern + units;
    p->width += width;
    at->text += bytes;
    at->glyph++;
}

/* Walks a too wide word character by character beside ICU's offers. */
static void part_word(parting *p, uint32_t word, UBreakIterator *breaks) {
    const vt_words *w = p->old;
    uint32_t first = w->starts[word], gap = w->starts[word + 1] - 1;
    uint32_t base = w->frags[first].text;
    int32_t offer = breaks != NULL ? ubrk_first(breaks) : UBRK_DONE;
    p->width = 0;
    for (uint32_t f = first; f < gap && !p->failed; f++) {
        vt_frag at = w->frags[f];
        const char *s = w->text + at.text, *end = s + at.len;
        while (s < end && !p->failed) {
            const char *from = s;
            uint32_t cp = vt_utf8_next(&s, end);
            int32_t offset = (int32_t)(at.text - base);
            while (offer != UBRK_DONE && offer < offset)
                offer = ubrk_next(breaks);
            add_char(p, &at, (uint32_t)(s - from), offer == offset,
                     u_getCombiningClass((UChar32)cp) == 0);
        }
    }
    if (!p->failed)
        push_frag(p, w->frags[gap]);
    push_word(p, w->classes[word], w->penalties[word]);
}

static void part_wide(parting *p, uint32_t word) {
    const vt_words *w = p->old;
    const vt_frag *first = &w->frags[w->starts[word]], *gap = &w->frags[w->starts[word + 1] - 1];
    UBreakIterator *breaks = vt_word_breaks(p->cache);
    UErrorCode error = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    if (breaks != NULL) {
        utext_openUTF8(&text, w->text + first->text, gap->text - first->text, &error);
        ubrk_setUText(breaks, &text, &error);
    }
    part_word(p, word, U_SUCCESS(error) ? breaks : NULL);
    utext_close(&text);
}

static bool any_wide(const vt_para_spec *spec, const vt_words *w) {
    for (uint32_t i = 0; i < w->word_count; i++)
        if (word_width(w, i) > room_for(spec, i))
            return true;
    return false;
}

static void part_segment(parting *p, const vt_para_spec *spec, vt_segment *segment) {
    uint32_t first = p->word_count;
    for (uint32_t i = segment->first; i < segment->last && !p->failed; i++) {
        p->limit = room_for(spec, i);
        if (word_width(p->old, i) <= p->limit)
            copy_word(p, i);
        else
            part_wide(p, i);
    }
    segment->first = first;
    segment->last = p->word_count;
}

bool vt_words_part(vt_word_cache *cache, const vt_para_spec *spec, vt_words *words) {
    parting p = {.cache = cache, .scratch = vt_word_scratch(cache), .old = words};
    if (!any_wide(spec, words))
        return true;
    p.starts = vt_grow(p.scratch, NULL, &p.start_cap, 2, sizeof *p.starts);
    p.failed = p.starts == NULL;
    for (uint32_t s = 0; s < words->segment_count && !p.failed; s++)
        part_segment(&p, spec, &words->segments[s]);
    words->boxes = vt_alloc_array(p.scratch, (size_t)p.word_count + 1, sizeof *words->boxes);
    if (p.failed || words->boxes == NULL)
        return false;
    words->frags = p.frags;
    words->starts = p.starts;
    words->classes = p.classes;
    words->penalties = p.penalties;
    words->frag_count = p.frag_count;
    words->word_count = p.word_count;
    return true;
}
