/*
 * gen/import_case.c - "SỞ CÔNG THƯƠNG" as "Sở Công Thương": the format has
 * natural case, the pack sets the capitals.
 *
 * Capitals say nothing about which letters are capitals elsewhere.  What can be
 * known is taken in this order: phrases every office writes in one way (PL II);
 * the same name as the draft's own sentences write it; for headings, words the
 * draft always writes with a capital.  The rest of a name gets capitals, the
 * rest of a heading small letters, and the lines are listed for reading over.
 */
#include "gen/import.h"

#include <string.h>
#include <unicode/uchar.h>

enum { MOST_SEARCHES = 48, MOST_WORDS = 1 << 16, WORD_BYTES = 24 };

/* -------------------------------------------------------------- phrases -- */

bool vt_word_ends(const char *s, const char *end) {
    return s >= end || !u_isalnum((UChar32)vt_utf8_next(&s, end));
}

/* The longest phrase of a list at `s` (small letters); NULL: none. */
static const vt_listed *phrase_in(const vt_draft *d, vt_list list, const char *s, const char *end) {
    const vt_listed *p = vt_list_of(d, list);

    while (p->natural && (p->len > (size_t)(end - s) || memcmp(p->small, s, p->len) != 0 ||
                          !vt_word_ends(s + p->len, end)))
        p++;
    return p->natural ? p : NULL;
}

static const vt_listed *phrase_at(const vt_draft *d, const char *s, const char *end, bool heading) {
    const vt_listed *proper = phrase_in(d, VT_LIST_PROPER, s, end);
    const vt_listed *name = heading ? NULL : phrase_in(d, VT_LIST_NAMES, s, end);

    return name && (!proper || name->len > proper->len) ? name : proper;
}

/* ------------------------------------------------------ the draft's words -- */

typedef struct vt_word_use {
    char word[WORD_BYTES]; /* small letters */
    uint32_t small, capital, upper;
} vt_word_use;

typedef struct vt_truth {
    vt_word_use *table; /* MOST_WORDS places at most, half of them used */
    size_t size, used;
} vt_truth;

/* Where the word at `at` ends; `at` itself when none begins there. */
static size_t word_end(const char *s, size_t at, size_t len) {
    const char *p = s + at;

    while (p < s + len) {
        const char *next = p;
        const uint32_t cp = vt_utf8_next(&next, s + len);
        if (!u_isalnum((UChar32)cp))
            break;
        p = next;
    }
    return (size_t)(p - s);
}

static vt_word_use *place_of(vt_truth *truth, const char *word) {
    size_t hash = 5381;

    for (const char *p = word; *p; p++)
        hash = hash * 33 + (unsigned char)*p;
    hash ^= hash >> 15;
    for (size_t i = hash & (truth->size - 1);; i = (i + 1) & (truth->size - 1))
        if (!truth->table[i].word[0] || strcmp(truth->table[i].word, word) == 0)
            return &truth->table[i];
}

static void count_word(vt_truth *truth, const char *s, size_t len, bool begins) {
    char word[WORD_BYTES];
    const char *p = s, *end = s + len;

    if (len + 1 > WORD_BYTES)
        return;
    memcpy(word, s, len);
    word[len] = '\0';
    vt_lower(word);
    vt_word_use *use = place_of(truth, word);
    if (!use->word[0]) {
        if (truth->used * 2 >= truth->size)
            return;
        memcpy(use->word, word, len + 1);
        truth->used++;
    }
    const bool capital = vt_capital(vt_utf8_next(&p, end));
    const bool second = capital && p < end && vt_capital(vt_utf8_next(&p, end));
    if (second)
        use->upper++;
    else if (!capital)
        use->small++;
    else if (!begins)
        use->capital++;
}

static void count_line(vt_truth *truth, vt_typed t) {
    bool begins = true;

    for (size_t at = 0; at < t.len;) {
        const size_t end = word_end(t.s, at, t.len);
        if (end > at) {
            count_word(truth, t.s + at, end - at, begins);
            begins = false;
            at = end;
            continue;
        }
        if (strchr(".:;!?-\"(+*", t.s[at]) || (unsigned char)t.s[at] == 0xE2)
            begins = true;
        at++;
    }
}

static const vt_truth *truth_of(vt_draft *d) {
    vt_truth *truth = d->seen;
    size_t size = 1024;

    if (truth)
        return truth;
    truth = vt_alloc(d->arena, sizeof *truth);
    for (size_t bytes = strlen(d->text); size < bytes / 4 && size < MOST_WORDS; size *= 2)
        ;
    if (truth)
        truth->table = vt_alloc_array(d->arena, size, sizeof *truth->table);
    if (!truth || !truth->table)
        return NULL;
    truth->size = size;
    for (size_t i = 0; i < d->count; i++) {
        const vt_typed t = d->lines[i].text;
        if (!vt_all_capitals(vt_part(t, vt_leader_of(t).skip, t.len)))
            count_line(truth, t);
    }
    d->seen = truth;
    return truth;
}

/* The needle (small letters) as the draft's sentences write it; NULL: nowhere. */
static const char *as_written(vt_draft *d, const char *needle, size_t len) {
    enum { MOST_PLACES = 40 };
    if (len < 3 || d->searches++ >= MOST_SEARCHES)
        return NULL;
    const size_t all = strlen(d->text);
    if (!d->lower && (d->lower = vt_strndup(d->arena, d->text, all)))
        vt_lower(d->lower);
    if (!d->lower)
        return NULL;
    const char *at = d->lower;
    for (int i = 0; i < MOST_PLACES; i++, at++) {
        at = strstr(at, needle);
        if (!at)
            return NULL;
        const vt_typed typed = {d->text + (at - d->lower), NULL, len, 0};
        const char *p = typed.s;
        if (vt_word_ends(at + len, d->lower + all) &&
            (at == d->lower || !u_isalnum((UChar32)at[-1])) && !vt_all_capitals(typed) &&
            vt_capital(vt_utf8_next(&p, typed.s + len)))
            return typed.s;
    }
    return NULL;
}

/* ------------------------------------------------------------- rewriting -- */

static void raise_first(char *s, size_t len) {
    const char *next = s;
    char capital[4];
    const uint32_t cp = vt_utf8_next(&next, s + len);
    const int n = vt_utf8_put((uint32_t)u_toupper((UChar32)cp), capital);

    if (n == (int)(next - s))
        memcpy(s, capital, (size_t)n);
}

/* A word of capitals that is no word: "HĐND", "III" behind "quý". */
static bool stays_upper(const vt_draft *d, vt_typed typed, size_t from, size_t to,
                        const char *small, size_t before) {
    const size_t len = to - from;
    bool vowel = false, roman = true, digit = false;

    for (size_t i = from; i < to; i++) {
        vowel |= (unsigned char)typed.s[i] >= 0x80 ? memcmp(typed.s + i, "Đ", 2) != 0 &&
                                                         ((unsigned char)typed.s[i] & 0xC0) != 0x80
                                                   : strchr("AEIOUY", typed.s[i]) != NULL;
        roman &= strchr("IVXL", typed.s[i]) != NULL;
        digit |= typed.s[i] >= '0' && typed.s[i] <= '9';
    }
    if (!roman)
        return !vowel && len > 1 && !digit;
    if (len > 1 && strncmp(typed.s + from, "VI", len) != 0)
        return true;
    for (const vt_listed *w = vt_list_of(d, VT_LIST_COUNTED); w->natural; w++)
        if (before >= w->len && memcmp(small + before - w->len, w->small, w->len) == 0)
            return true;
    return false;
}

static void heading_word(vt_draft *d, char *small, vt_typed typed, size_t from, size_t to,
                         size_t before) {
    const vt_truth *truth = truth_of(d);
    char word[WORD_BYTES];
    const vt_word_use *use = NULL;

    if (stays_upper(d, typed, from, to, small, before)) {
        memcpy(small + from, typed.s + from, to - from);
        return;
    }
    if (truth && to - from < WORD_BYTES) {
        memcpy(word, small + from, to - from);
        word[to - from] = '\0';
        use = place_of((vt_truth *)(uintptr_t)truth, word);
    }
    if (!use || use->small)
        return;
    if (use->capital)
        raise_first(small + from, to - from);
    else if (use->upper)
        memcpy(small + from, typed.s + from, to - from);
}

/* What follows the phrases of a name: as the draft writes it, else capitals. */
static size_t name_rest(vt_draft *d, char *small, vt_typed whole, size_t from) {
    const size_t len = whole.len;
    size_t end = from;

    for (size_t at = from; at < len;) {
        const size_t to = word_end(small, at, len);
        if (to > at && at > from && phrase_at(d, small + at, small + len, false))
            break;
        end = to > at ? to : end;
        at = to > at ? to : at + 1;
    }
    const char *needle = vt_strndup(d->arena, small + from, end - from);
    const char *typed = needle ? as_written(d, needle, end - from) : NULL;
    if (typed) {
        memcpy(small + from, typed, end - from);
        return end;
    }
    for (size_t at = from; at < end;) {
        const size_t to = word_end(small, at, end);
        if (to > at && stays_upper(d, whole, at, to, small, at ? at - 1 : 0))
            memcpy(small + at, whole.s + at, to - at);
        else if (to > at)
            raise_first(small + at, to - at);
        at = to > at ? to : at + 1;
    }
    return end;
}

static void note(vt_draft *d, int line) {
    const size_t most = sizeof d->recased / sizeof *d->recased;

    for (size_t i = 0; i < d->recased_count && i < most; i++)
        if (d->recased[i] == line)
            return;
    if (d->recased_count < most)
        d->recased[d->recased_count] = line;
    d->recased_count++;
}

vt_typed vt_natural_case(vt_draft *d, vt_typed typed, vt_case_kind kind) {
    char *small = vt_strndup(d->arena, typed.s, typed.len);
    size_t at = 0, before = 0;

    if (!small || !vt_all_capitals(typed))
        return typed;
    vt_lower(small);
    while (at < typed.len) {
        const size_t end = word_end(small, at, typed.len);
        if (end == at) {
            at++;
            continue;
        }
        const vt_listed *phrase =
            phrase_at(d, small + at, small + typed.len, kind == VT_CASE_HEADING);
        before = at ? at - 1 : 0;
        if (phrase) {
            memcpy(small + at, phrase->natural, phrase->len);
            at += phrase->len;
        } else if (kind == VT_CASE_HEADING) {
            heading_word(d, small, typed, at, end, before);
            at = end;
        } else {
            at = name_rest(d, small, typed, at);
        }
    }
    for (at = 0; at < typed.len && word_end(small, at, typed.len) == at;)
        at++;
    if (at < typed.len)
        raise_first(small + at, typed.len - at);
    note(d, typed.line);
    return (vt_typed){small, NULL, typed.len, typed.line};
}
