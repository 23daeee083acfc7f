/*
 * gen/legacy.c - recognises text typed for VNI-Windows and TCVN3 (ABC) fonts.
 *
 * Those encodings put Vietnamese letters on the places of West European ones:
 * VNI writes a vowel and a second character for its mark ("Vieät"), TCVN3 one
 * character that is often not a letter at all ("ViÖt", "nh©n").  A word counts
 * as evidence when no Vietnamese syllable has such a sequence; two words that
 * outnumber the words with real Vietnamese letters decide.
 */
#include "gen/text.h"

#include <string.h>

#define EVIDENCE 2

static bool is_lower(uint32_t c) {
    return c >= 'a' && c <= 'z';
}

static bool is_ascii_letter(uint32_t c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z');
}

static bool is_letter(uint32_t c) {
    return is_ascii_letter(c) || (c >= 0xA1 && c <= 0xFF && c != 0xD7 && c != 0xF7);
}

/* Letters that only Vietnamese in Unicode has. */
static bool is_vietnamese(uint32_t c) {
    return c == 0x102 || c == 0x103 || c == 0x110 || c == 0x111 || c == 0x128 || c == 0x129 ||
           c == 0x168 || c == 0x169 || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0 ||
           (c >= 0x1EA0 && c <= 0x1EF9);
}

static uint32_t small(uint32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 32;
    return c;
}

static bool among(uint32_t c, const char *set) {
    const char *end = set + strlen(set);

    while (set < end)
        if (vt_utf8_next(&set, end) == c)
            return true;
    return false;
}

/* A vowel and a VNI mark that no Vietnamese syllable has side by side. */
static bool vni_pair(uint32_t vowel, uint32_t mark) {
    mark = small(mark);
    switch (small(vowel)) {
    case 'a':
    case 'e':
        return among(mark, "øùûõïâáàåãäêéèúüë");
    case 'o':
        return among(mark, "øùûõïâåäúüëê");
    case 'u':
    case 'y':
        return among(mark, "øùûõïåäüë");
    case 0xF4: /* ô stands for ơ */
    case 0xF6: /* ö stands for ư */
        return among(mark, "øùûõï");
    default:
        return false;
    }
}

/* One TCVN3 letter between what stands before and behind it. */
static bool tcvn3_letter(uint32_t before, uint32_t c, uint32_t behind) {
    if (c == 0xAE || c == 0xA7) /* đ, Đ begin a word */
        return !is_letter(before) && is_letter(behind);
    if (c == 0xBB || c == 0xAB) /* ằ, ô: else quotation marks */
        return is_lower(before) && is_ascii_letter(behind);
    if (c <= 0xBE && among(c, "¨©ª¬µ¶·¸¹¼½¾"))
        return is_ascii_letter(before);
    return is_lower(before) && c >= 0xC6 && c <= 0xDE && c != 0xD7; /* a capital in a word */
}

typedef struct evidence {
    int vni, tcvn3, vietnamese;
} evidence;

typedef struct word {
    bool vni, tcvn3, vietnamese;
} word;

static void count(evidence *e, word *w) {
    if (w->vietnamese)
        e->vietnamese++;
    else {
        e->vni += w->vni;
        e->tcvn3 += w->tcvn3;
    }
    *w = (word){false, false, false};
}

static bool continues(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* vt_utf8_next, with no call for what Vietnamese text is made of. */
static inline uint32_t next(const char **s, const char *end) {
    const char *p = *s;
    unsigned lead = p < end ? (unsigned char)*p : 0;

    if (p < end && lead < 0x80) {
        *s = p + 1;
        return lead;
    }
    if (lead >= 0xC2 && lead < 0xE0 && end - p >= 2 && continues(p[1])) {
        *s = p + 2;
        return (lead & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (lead > 0xE0 && lead < 0xED && end - p >= 3 && continues(p[1]) && continues(p[2])) {
        *s = p + 3;
        return (lead & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    return vt_utf8_next(s, end);
}

vt_legacy vt_text_legacy(const char *s, size_t len) {
    const char *end = s + len;
    evidence e = {0, 0, 0};
    word w = {false, false, false};
    uint32_t before = ' ', c;

    for (c = next(&s, end); c; before = c, c = next(&s, end)) {
        const char *ahead = s;
        uint32_t behind;

        if (c == ' ') {
            count(&e, &w);
            continue;
        }
        if (c < 0x80)
            continue;
        if (c > 0xFF) { /* both encodings live in Latin-1 */
            w.vietnamese |= is_vietnamese(c);
            continue;
        }
        behind = next(&ahead, end);
        w.vni |= vni_pair(before, c) ||
                 (small(c) == 0xF1 && !is_letter(before) && is_letter(behind)); /* ñ begins */
        w.tcvn3 |= tcvn3_letter(before, c, behind);
    }
    count(&e, &w);
    if (e.vni >= EVIDENCE && e.vni > e.vietnamese && e.vni >= e.tcvn3)
        return VT_LEGACY_VNI;
    if (e.tcvn3 >= EVIDENCE && e.tcvn3 > e.vietnamese)
        return VT_LEGACY_TCVN3;
    return VT_LEGACY_NONE;
}
