/*
 * gen/import_legacy.c - text typed for VNI-Windows and TCVN3 (ABC) fonts made
 * Unicode; gen/legacy.c recognises it.
 *
 * TCVN3 has one byte for a letter: places A1..FE of TCVN 5712:1993, which
 * iconv knows as "TCVN" (tests/gen/test_import.c holds the table against it).
 * VNI writes a vowel and a second character for its marks; no library has it.
 */
#include "gen/import.h"

#include <string.h>

/* U+00A1..00FE; 0: stays as it is. */
static const uint16_t tcvn3[0xFF - 0xA1] = {
    /* A1 */ 0x102,  0xC2,   0xCA,   0xD4,   0x1A0,  0x1AF,  0x110,  0x103,
    /* A9 */ 0xE2,   0xEA,   0xF4,   0x1A1,  0x1B0,  0x111,  0x1EB0, 0x300,
    /* B1 */ 0x309,  0x303,  0x301,  0x323,  0xE0,   0x1EA3, 0xE3,   0xE1,
    /* B9 */ 0x1EA1, 0x1EB2, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB4, 0x1EAE,
    /* C1 */ 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EC0, 0x1EB7, 0x1EA7, 0x1EA9,
    /* C9 */ 0x1EAB, 0x1EA5, 0x1EAD, 0xE8,   0x1EC2, 0x1EBB, 0x1EBD, 0xE9,
    /* D1 */ 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0xEC,   0x1EC9,
    /* D9 */ 0x1EC4, 0x1EBE, 0x1ED2, 0x129,  0xED,   0x1ECB, 0xF2,   0x1ED4,
    /* E1 */ 0x1ECF, 0xF5,   0xF3,   0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1,
    /* E9 */ 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0xF9,   0x1ED6,
    /* F1 */ 0x1EE7, 0x169,  0xFA,   0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9,
    /* F9 */ 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0xFD,   0x1EF5};

/* A VNI character behind a vowel: what it does, and to which vowels. */
typedef struct vni_mark {
    uint16_t small, shape, tone; /* shape, tone: combining marks, 0: none */
    const char *vowels;          /* "o" and "w" stand for ơ and ư in "AEOUYow" */
} vni_mark;

static const vni_mark vni[] = {
    {0xF9, 0, 0x301, "AEOUYow"}, {0xF8, 0, 0x300, "AEOUYow"}, {0xFB, 0, 0x309, "AEOUYow"},
    {0xF5, 0, 0x303, "AEOUYow"}, {0xEF, 0, 0x323, "AEOUYow"}, {0xE2, 0x302, 0, "AEO"},
    {0xE1, 0x302, 0x301, "AEO"}, {0xE0, 0x302, 0x300, "AEO"}, {0xE5, 0x302, 0x309, "AEO"},
    {0xE3, 0x302, 0x303, "AEO"}, {0xE4, 0x302, 0x323, "AEO"}, {0xEA, 0x306, 0, "A"},
    {0xE9, 0x306, 0x301, "A"},   {0xE8, 0x306, 0x300, "A"},   {0xFA, 0x306, 0x309, "A"},
    {0xFC, 0x306, 0x303, "A"},   {0xEB, 0x306, 0x323, "A"},
};

/* VNI letters that stand alone, the small ones; capitals are 0x20 below. */
static const uint16_t vni_alone[][2] = {
    {0xF1, 0x111},  /* ñ: đ */
    {0xF4, 0x1A1},  /* ô: ơ */
    {0xF6, 0x1B0},  /* ö: ư */
    {0xE6, 0x1EC9}, /* æ: ỉ */
    {0xF3, 0x129},  /* ó: ĩ */
    {0xF2, 0x1ECB}, /* ò: ị */
    {0xEE, 0x1EF5}, /* î: ỵ */
};

static bool west_capital(uint32_t cp) {
    return cp >= 0xC0 && cp <= 0xDE;
}

/* The capital of a small letter of Vietnamese. */
static uint32_t capital_of(uint32_t cp) {
    return cp >= 0xE0 && cp <= 0xFE ? cp - 0x20 : cp - 1;
}

static uint32_t alone(uint32_t cp) {
    const bool capital = west_capital(cp);

    for (size_t i = 0; i < sizeof vni_alone / sizeof *vni_alone; i++)
        if (vni_alone[i][0] == (capital ? cp + 0x20 : cp))
            return capital ? capital_of(vni_alone[i][1]) : vni_alone[i][1];
    return cp;
}

static char vowel_of(uint32_t cp) {
    if (cp < 0x80)
        return (char)(cp & ~0x20u);
    if ((cp & ~0x20u) == 0xD4)
        return 'o';
    return (cp & ~0x20u) == 0xD6 ? 'w' : 0;
}

static const vni_mark *mark_behind(uint32_t vowel, uint32_t cp) {
    const char letter = vowel_of(vowel);

    if (!letter || cp < 0xC0 || cp > 0xFF)
        return NULL;
    for (size_t i = 0; i < sizeof vni / sizeof *vni; i++)
        if (vni[i].small == (cp | 0x20u) && strchr(vni[i].vowels, letter))
            return &vni[i];
    return NULL;
}

static char *put(char *to, uint32_t cp) {
    return to + vt_utf8_put(cp, to);
}

static char *from_vni(char *to, const char *s, const char *end) {
    while (s < end) {
        const uint32_t cp = vt_utf8_next(&s, end);
        const char *ahead = s;
        const vni_mark *mark = mark_behind(cp, vt_utf8_next(&ahead, end));

        to = put(to, alone(cp));
        if (!mark)
            continue;
        if (mark->shape)
            to = put(to, mark->shape);
        if (mark->tone)
            to = put(to, mark->tone);
        s = ahead;
    }
    return to;
}

static char *from_tcvn3(char *to, const char *s, const char *end) {
    while (s < end) {
        const uint32_t cp = vt_utf8_next(&s, end);

        to = put(to, cp >= 0xA1 && cp <= 0xFE ? tcvn3[cp - 0xA1] : cp);
    }
    return to;
}

char *vt_from_legacy(vt_arena *arena, vt_legacy legacy, const char *s, size_t len, size_t *out) {
    char *text = vt_alloc(arena, 3 * len + 1); /* two bytes become five at most, a mark three */
    char *end;

    if (!text)
        return NULL;
    end = legacy == VT_LEGACY_VNI ? from_vni(text, s, s + len) : from_tcvn3(text, s, s + len);
    *end = '\0';
    *out = (size_t)(end - text);
    return (char *)(uintptr_t)vt_text_nfc(arena, text, *out, out);
}
