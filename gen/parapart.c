/*
 * gen/parapart.c - parting web addresses, and words wider than their column.
 *
 * A web address or a chain of slashes has no white space to break at.  An
 * address may be parted wherever ICU offers a break, at a price: only where the
 * lines around it would be worse without.  Any other word is parted only when
 * it does not fit on a line by itself: then where ICU offers a break, and
 * before the character that would overflow where ICU's stretches are too wide
 * as well.  A word that fits is never parted: 28-CT/TW, though ICU would break
 * it behind "28-" and "CT/".
 */
#include "gen/glue.h"
#include "gen/paraword.h"

#include <math.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utext.h>

/* Penalties of a break that ICU offers, but not behind a slash, and of one
   that it does not. */
#define INSIDE 50
#define ANYWHERE 100
/* In an address: behind a slash, at ICU's other offers, and around the parts of
   the host's name.  The first is taken where spaces would else be some 0.18 em
   wider than natural, the last at 0.27 em. */
#define ADDRESS_SLASH 300
#define ADDRESS_INSIDE 500
#define ADDRESS_HOST 1000
#define NO_OFFER (-1)

#define ADDRESS_LEAST 16 /* bytes; a shorter one is as good as a word */

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
    bool address;
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

/* Adds one character of `from` (at `at`, which is moved on) to the part. */
static void add_char(parting *p, vt_frag *at, uint32_t bytes, int32_t offer, bool may_part) {
    const vt_words *w = p->old;
    const vt_piece *style = &w->pieces[at->style];
    const vt_fonts *fonts = vt_word_fonts(p->cache);
    const uint16_t *glyph = &w->glyphs[at->glyph];
    vt_frag *open = p->frag_count > p->starts[p->word_count] ? &p->frags[p->frag_count - 1] : NULL;
    bool joins = open != NULL && open->style == at->style && !open->blank;
    int32_t kern = joins ? vt_fonts_kern(fonts, style->face, glyph[-1], glyph[0]) : 0;
    int32_t units = vt_fonts_advance(fonts, style->face, glyph[0]);
    double width = at->blank ? style->blank : (kern + units) * style->size / 1000;
    if (open != NULL && (offer >= 0 || (may_part && p->width + width > p->limit))) {
        cut(p, at, kern, offer >= 0 ? offer : ANYWHERE);
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

/* ------------------------------------------------------------ what ICU offers -- */

/* Offers inside one word; `breaks` NULL: none. */
typedef struct offers {
    UBreakIterator *breaks;
    UText text;
    const char *word;
    int32_t next;
} offers;

static void open_offers(vt_word_cache *cache, const vt_words *w, uint32_t word, offers *o) {
    const vt_frag *first = &w->frags[w->starts[word]], *gap = &w->frags[w->starts[word + 1] - 1];
    UErrorCode error = U_ZERO_ERROR;
    *o = (offers){.breaks = vt_word_breaks(cache),
                  .text = UTEXT_INITIALIZER,
                  .word = w->text + first->text,
                  .next = UBRK_DONE};
    if (o->breaks == NULL)
        return;
    utext_openUTF8(&o->text, o->word, gap->text - first->text, &error);
    ubrk_setUText(o->breaks, &o->text, &error);
    if (U_SUCCESS(error))
        o->next = ubrk_first(o->breaks);
}

/* Is a break offered before the byte `at` of the word?  Asked in ascending
   order. */
static bool offered(offers *o, int32_t at) {
    while (o->next != UBRK_DONE && o->next < at)
        o->next = ubrk_next(o->breaks);
    return o->next == at;
}

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What a break before the byte `at` costs; NO_OFFER: it is none. */
static int32_t price(offers *o, int32_t at, int32_t len, bool address) {
    const char *s = o->word + at;
    const bool icu = offered(o, at), slash = at > 0 && s[-1] == '/';

    if (!address)
        return !icu ? NO_OFFER : slash ? 0 : INSIDE;
    if (icu && at > 2 && memcmp(s - 3, "://", 3) == 0)
        return ADDRESS_HOST;
    if (icu)
        return slash ? ADDRESS_SLASH : ADDRESS_INSIDE;
    return *s == '.' && at > 0 && at + 1 < len && letter(s[-1]) && letter(s[1]) ? ADDRESS_HOST
                                                                                : NO_OFFER;
}

static void close_offers(offers *o) {
    utext_close(&o->text);
}

/* --------------------------------------------------------------- one word -- */

/* Walks a word character by character beside ICU's offers. */
static void part_word(parting *p, uint32_t word) {
    const vt_words *w = p->old;
    uint32_t first = w->starts[word], gap = w->starts[word + 1] - 1;
    const uint32_t base = w->frags[first].text;
    const int32_t len = (int32_t)(w->frags[gap].text - base);
    offers o;
    open_offers(p->cache, w, word, &o);
    p->width = 0;
    for (uint32_t f = first; f < gap && !p->failed; f++) {
        vt_frag at = w->frags[f];
        const char *s = w->text + at.text, *end = s + at.len;
        while (s < end && !p->failed) {
            const char *from = s;
            uint32_t cp = vt_utf8_next(&s, end);
            add_char(p, &at, (uint32_t)(s - from),
                     price(&o, (int32_t)(at.text - base), len, p->address),
                     u_getCombiningClass((UChar32)cp) == 0);
        }
    }
    close_offers(&o);
    if (!p->failed)
        push_frag(p, w->frags[gap]);
    push_word(p, w->classes[word], w->penalties[word]);
}

static bool has(const char *text, size_t len, const char *part) {
    const size_t n = strlen(part);

    for (size_t i = 0; i + n <= len; i++)
        if (memcmp(text + i, part, n) == 0)
            return true;
    return false;
}

static bool address(const vt_words *w, uint32_t word) {
    const char *text = w->text + w->frags[w->starts[word]].text;
    const char *end = w->text + w->frags[w->starts[word + 1] - 1].text;
    const size_t len = (size_t)(end - text);
    return len >= ADDRESS_LEAST && (has(text, len, "://") || has(text, len, "www."));
}

static bool wide(const vt_para_spec *spec, const vt_words *w, uint32_t word) {
    return word_width(w, word) > room_for(spec, word);
}

static bool any_parted(const vt_para_spec *spec, const vt_words *w) {
    for (uint32_t i = 0; i < w->word_count; i++)
        if (wide(spec, w, i) || address(w, i))
            return true;
    return false;
}

static void part_segment(parting *p, const vt_para_spec *spec, vt_segment *segment) {
    uint32_t first = p->word_count;
    for (uint32_t i = segment->first; i < segment->last && !p->failed; i++) {
        p->limit = room_for(spec, i);
        p->address = address(p->old, i);
        if (p->address || wide(spec, p->old, i))
            part_word(p, i);
        else
            copy_word(p, i);
    }
    segment->first = first;
    segment->last = p->word_count;
}

bool vt_words_part(vt_word_cache *cache, const vt_para_spec *spec, vt_words *words) {
    parting p = {.cache = cache, .scratch = vt_word_scratch(cache), .old = words};
    if (!any_parted(spec, words))
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

/* -------------------------------------------------------------- measuring -- */

/* ICU offers no break in letters alone, and one in a date is none. */
static bool may_be_parted(const char *text, size_t len) {
    bool joint = false, letter = false;

    for (size_t i = 0; i < len; i++) {
        joint = joint || (text[i] != '\0' && strchr("/-?&@=|", text[i]) != NULL);
        letter = letter || (uint8_t)text[i] >= 'A';
    }
    return joint && letter;
}

double vt_words_widest_part(vt_word_cache *cache, const vt_words *w, uint32_t word) {
    const uint32_t first = w->starts[word], gap = w->starts[word + 1] - 1;
    const uint32_t base = w->frags[first].text;
    double widest = 0, width = 0;
    offers o;

    if (!may_be_parted(w->text + base, w->frags[gap].text - base))
        return word_width(w, word);
    open_offers(cache, w, word, &o);
    for (uint32_t f = first; f < gap; f++) {
        const vt_frag *frag = &w->frags[f];
        const vt_piece *style = &w->pieces[frag->style];
        const char *s = w->text + frag->text, *end = s + frag->len;
        for (uint32_t glyph = frag->glyph; s < end; glyph++) {
            if (offered(&o, (int32_t)(s - w->text) - (int32_t)base))
                width = 0;
            (void)vt_utf8_next(&s, end);
            width += frag->blank
                         ? style->blank
                         : vt_fonts_advance(vt_word_fonts(cache), style->face, w->glyphs[glyph]) *
                               style->size / 1000;
            widest = fmax(widest, width);
        }
    }
    close_offers(&o);
    return widest;
}
