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

/* Sets of U+00C0..U+00FF: one bit each. */
#define BIT(c) ((uint64_t)1 << ((c)-0xC0))

static bool among(uint32_t c, uint64_t set) {
    return c >= 0xC0 && c <= 0xFF && (set & BIT(c)) != 0;
}

/* ø ù û õ ï ä å ë ü: marks of VNI that stand behind no vowel of Unicode's */
#define VNI_TONES (BIT(0xF8) | BIT(0xF9) | BIT(0xFB) | BIT(0xF5) | BIT(0xEF))
#define VNI_ODD (BIT(0xE4) | BIT(0xE5) | BIT(0xEB) | BIT(0xFC))
/* â á à ã ê é è ú */
#define VNI_MORE                                                                                   \
    (BIT(0xE2) | BIT(0xE1) | BIT(0xE0) | BIT(0xE3) | BIT(0xEA) | BIT(0xE9) | BIT(0xE8) | BIT(0xFA))

/* A vowel and a VNI mark that no Vietnamese syllable has side by side ("oà",
   "uê", "yê" are such syllables; "aø", "eâ", "où" are not). */
static bool vni_pair(uint32_t vowel, uint32_t mark) {
    mark = small(mark);
    switch (small(vowel)) {
    case 'a':
    case 'e':
        return among(mark, VNI_TONES | VNI_ODD | VNI_MORE);
    case 'o':
        return among(mark, VNI_TONES | VNI_ODD | BIT(0xE2) | BIT(0xEA) | BIT(0xFA));
    case 'u':
    case 'y':
        return among(mark, VNI_TONES | VNI_ODD);
    case 0xF4: /* ô stands for ơ */
    case 0xF6: /* ö stands for ư */
        return among(mark, VNI_TONES);
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
    if ((c >= 0xA8 && c <= 0xAC) || (c >= 0xB5 && c <= 0xBE)) /* ¨ © ª ¬ µ ¶ · ¸ ¹ ¼ ½ ¾ */
        return c != 0xBA && is_ascii_letter(before);
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

/* The character of U+0080..00FF whose two bytes stand at p. */
static uint32_t west(const unsigned char *p) {
    return (uint32_t)(p[0] & 3) << 6 | (p[1] & 0x3Fu);
}

/* ASCII or west European before p; else a space will do. */
static uint32_t before_it(const unsigned char *p, const unsigned char *start) {
    if (p > start && p[-1] < 0x80)
        return p[-1];
    return p - start >= 2 && p[-2] == 0xC3 ? west(p - 2) : ' ';
}

bool vt_text_legacy_place(const unsigned char *p, const unsigned char *start) {
    uint32_t c = west(p), before = before_it(p, start);

    return vni_pair(before, c) || small(c) == 0xF1 || c < 0xC0 || (c <= 0xDE && is_lower(before));
}

vt_legacy vt_text_legacy(const char *s, size_t len) {
    const char *end = s + len;
    evidence e = {0, 0, 0};
    word w = {false, false, false};
    uint32_t before = ' ', c;

    for (c = len ? vt_utf8_next(&s, end) : 0; c; before = c, c = vt_utf8_next(&s, end)) {
        const char *ahead = s;
        uint32_t behind;

        if (c == ' ') {
            count(&e, &w);
            continue;
        }
        if (c < 0x80)
            continue;
        behind = vt_utf8_next(&ahead, end);
        w.vietnamese |= is_vietnamese(c);
        w.vni |= vni_pair(before, c) ||
                 (small(c) == 0xF1 && !is_letter(before) && is_letter(behind)); /* ñ begins */
        w.tcvn3 |= tcvn3_letter(before, c, behind);
    }
    count(&e, &w);
    if (e.vni >= VT_LEGACY_EVIDENCE && e.vni > e.vietnamese && e.vni >= e.tcvn3)
        return VT_LEGACY_VNI;
    if (e.tcvn3 >= VT_LEGACY_EVIDENCE && e.tcvn3 > e.vietnamese)
        return VT_LEGACY_TCVN3;
    return VT_LEGACY_NONE;
}
