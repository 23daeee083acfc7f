/*
 * gen/tokens.c - a text cut into words, numbers and marks, in one pass.
 */
#include "gen/tokens.h"

#include <string.h>
#include <unicode/uchar.h>

/* ----------------------------------------------------------------- letters -- */

/* The small letter without its tone, times 8, plus the tone: U+00C0..00FF and
   U+1EA0..1EF9, where all toned letters of Vietnamese are but ĩ and ũ. */
static const uint16_t latin[64] = {
    777,  778, 1808, 780, 1824, 1832, 1840, 1848, 809,  810, 1872, 1880, 841,  842, 1904, 1912,
    1920, 884, 889,  890, 1952, 892,  1968, 1720, 1984, 937, 938,  2008, 2016, 970, 2032, 1784,
    777,  778, 1808, 780, 1824, 1832, 1840, 1848, 809,  810, 1872, 1880, 841,  842, 1904, 1912,
    1920, 884, 889,  890, 1952, 892,  1968, 1976, 1984, 937, 938,  2008, 2016, 970, 2032, 2040};
static const uint16_t vietnamese[90] = {
    781,  781,  779,  779,  1810, 1810, 1809, 1809, 1811, 1811, 1812, 1812, 1813, 1813, 2074,
    2074, 2073, 2073, 2075, 2075, 2076, 2076, 2077, 2077, 813,  813,  811,  811,  812,  812,
    1874, 1874, 1873, 1873, 1875, 1875, 1876, 1876, 1877, 1877, 843,  843,  845,  845,  893,
    893,  891,  891,  1954, 1954, 1953, 1953, 1955, 1955, 1956, 1956, 1957, 1957, 3338, 3338,
    3337, 3337, 3339, 3339, 3340, 3340, 3341, 3341, 941,  941,  939,  939,  3458, 3458, 3457,
    3457, 3459, 3459, 3460, 3460, 3461, 3461, 969,  969,  973,  973,  971,  971,  972,  972};
enum { TONES = 8, TILDE = 4 };

static uint32_t letter_and_tone(uint32_t cp) {
    if (cp < 0x80)
        return (cp >= 'A' && cp <= 'Z' ? cp + 32 : cp) * TONES;
    if (cp >= 0xC0 && cp < 0x100)
        return latin[cp - 0xC0];
    if (cp >= 0x1EA0 && cp < 0x1EFA)
        return vietnamese[cp - 0x1EA0];
    if (cp == 0x128 || cp == 0x129)
        return 'i' * TONES + TILDE;
    if (cp == 0x168 || cp == 0x169)
        return 'u' * TONES + TILDE;
    return (uint32_t)u_tolower((UChar32)cp) * TONES;
}

static bool is_digit(uint32_t cp) {
    return cp >= '0' && cp <= '9';
}

static bool is_letter(uint32_t cp) {
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    return (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) ||
           (cp >= 0x1E00 && cp < 0x1F00) || (cp >= 0x300 && cp < 0x370) || u_isalpha((UChar32)cp);
}

static bool is_capital(uint32_t cp) {
    return cp < 0x80 ? cp >= 'A' && cp <= 'Z' : u_isupper((UChar32)cp);
}

/* FNV-1a over the letters, the tone at the end whatever letter bore it. */
#define HASH_START UINT64_C(0xCBF29CE484222325)
#define HASH_STEP UINT64_C(0x100000001B3)

static uint64_t mixed(uint64_t hash, uint32_t value) {
    return (hash ^ value) * HASH_STEP;
}

/* ------------------------------------------------------------------ tokens -- */

static void take_word(vt_token *t, const char **s, const char *end) {
    const char *start = *s;
    uint64_t hash = HASH_START;
    uint32_t tone = 0, letters = 0, capitals = 0;

    for (const char *p = start; p < end; *s = p) {
        const uint32_t cp = vt_utf8_next(&p, end);
        if (!is_letter(cp))
            break;
        const uint32_t both = letter_and_tone(cp);
        const bool capital = is_capital(cp);
        if (capital && !letters)
            t->flags |= VT_TOK_CAPITAL;
        letters++;
        capitals += capital;
        tone += both % TONES;
        hash = mixed(hash, both / TONES);
    }
    if (letters > 1 && capitals == letters)
        t->flags |= VT_TOK_CAPITALS;
    t->kind = VT_TOK_WORD;
    t->key = mixed(hash, tone);
}

/* "05" is "5". */
static void take_number(vt_token *t, const char **s, const char *end) {
    uint64_t hash = HASH_START;

    while (*s + 1 < end && **s == '0' && is_digit((unsigned char)(*s)[1]))
        ++*s;
    for (; *s < end && is_digit((unsigned char)**s); ++*s)
        hash = mixed(hash, (unsigned char)**s);
    t->kind = VT_TOK_NUMBER;
    t->key = hash;
}

/* Behind it a capital may be that of a beginning. */
static bool begins_anew(uint32_t mark) {
    static const uint32_t marks[] = {'.',    ':',    ';',    '?',    '!',    '(',   '[',
                                     '"',    '\'',   '-',    '/',    '+',    '*',   0x2013,
                                     0x2014, 0x2018, 0x201C, 0x2022, 0x2026, 0x00AB};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == mark)
            return true;
    return false;
}

static void take(vt_token *t, const char *text, const char **s, const char *end, bool *fresh) {
    const char *start = *s, *next = start;
    const uint32_t cp = vt_utf8_next(&next, end);

    t->at = (uint32_t)(start - text);
    t->flags = (uint8_t)((start == text || start[-1] == ' ' ? VT_TOK_SPACED : 0) |
                         (*fresh ? VT_TOK_FREE : 0));
    *fresh = false;
    if (is_digit(cp))
        take_number(t, s, end);
    else if (is_letter(cp))
        take_word(t, s, end);
    else {
        *s = next;
        t->kind = VT_TOK_MARK;
        t->key = cp;
        *fresh = begins_anew(cp);
    }
    const size_t len = (size_t)(*s - start);
    t->len = (uint16_t)(len < UINT16_MAX ? len : UINT16_MAX);
}

#define BYTES_A_TOKEN 4 /* of usual text, its spaces included */

vt_token *vt_tokenise(vt_arena *arena, const char *text, size_t *count) {
    const char *end = text + strlen(text);
    vt_token *all = NULL;
    size_t n = 0, cap = 0;
    bool fresh = true;

    *count = 0;
    for (const char *s = text; s < end;) {
        if (*s == ' ') {
            s++;
            continue;
        }
        if (n == cap) {
            const size_t more = (size_t)(end - s) / BYTES_A_TOKEN + 1;
            all = vt_grow(arena, all, &cap, n + more, sizeof *all);
            if (!all)
                return NULL;
        }
        memset(&all[n], 0, sizeof *all);
        take(&all[n++], text, &s, end, &fresh);
    }
    *count = n;
    return all;
}

uint64_t vt_token_key(const char *word) {
    vt_token t = {0};

    take_word(&t, &word, word + strlen(word));
    return t.key;
}
