/*
 * fonts/repertoire.c - the characters of Vietnamese administrative documents.
 *
 * Required: printable ASCII, the 134 letters with Vietnamese marks, and the
 * punctuation the rule packs print.  Optional: signs that texts bring along.
 * Both tables ascend (they are searched).
 */
#include "fonts/face.h"

#define TEN(n) (n), (n) + 1, (n) + 2, (n) + 3, (n) + 4, (n) + 5, (n) + 6, (n) + 7, (n) + 8, (n) + 9

const uint16_t vt_repertoire_required[] = {
    /* ASCII 0x20..0x7E */
    TEN(32),
    TEN(42),
    TEN(52),
    TEN(62),
    TEN(72),
    TEN(82),
    TEN(92),
    TEN(102),
    TEN(112),
    122,
    123,
    124,
    125,
    126,
    /* À Á Â Ã È É Ê Ì Í Ò Ó Ô Õ Ù Ú Ý */
    0xC0,
    0xC1,
    0xC2,
    0xC3,
    0xC8,
    0xC9,
    0xCA,
    0xCC,
    0xCD,
    0xD2,
    0xD3,
    0xD4,
    0xD5,
    0xD9,
    0xDA,
    0xDD,
    /* à á â ã è é ê ì í ò ó ô õ ù ú ý */
    0xE0,
    0xE1,
    0xE2,
    0xE3,
    0xE8,
    0xE9,
    0xEA,
    0xEC,
    0xED,
    0xF2,
    0xF3,
    0xF4,
    0xF5,
    0xF9,
    0xFA,
    0xFD,
    /* Ăă Đđ Ĩĩ Ũũ Ơơ Ưư */
    0x102,
    0x103,
    0x110,
    0x111,
    0x128,
    0x129,
    0x168,
    0x169,
    0x1A0,
    0x1A1,
    0x1AF,
    0x1B0,
    /* Ạạ .. Ỹỹ, U+1EA0..U+1EF9 */
    TEN(0x1EA0),
    TEN(0x1EAA),
    TEN(0x1EB4),
    TEN(0x1EBE),
    TEN(0x1EC8),
    TEN(0x1ED2),
    TEN(0x1EDC),
    TEN(0x1EE6),
    TEN(0x1EF0),
    /* – ‘ ’ “ ” … */
    0x2013,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2026,
};
const size_t vt_repertoire_required_count =
    sizeof vt_repertoire_required / sizeof *vt_repertoire_required;

const uint16_t vt_repertoire_optional[] = {
    0xA7,   /* § */
    0xAB,   /* « */
    0xB0,   /* ° */
    0xB1,   /* ± */
    0xB2,   /* ² */
    0xB3,   /* ³ */
    0xB7,   /* · */
    0xBB,   /* » */
    0xBC,   /* ¼ */
    0xBD,   /* ½ */
    0xBE,   /* ¾ */
    0xD7,   /* × */
    0xF7,   /* ÷ */
    0x2014, /* — */
    0x2022, /* • */
    0x2030, /* ‰ */
    0x20AB, /* ₫ */
    0x20AC, /* € */
    0x2116, /* № */
    0x2212, /* − */
    0x2264, /* ≤ */
    0x2265, /* ≥ */
};
const size_t vt_repertoire_optional_count =
    sizeof vt_repertoire_optional / sizeof *vt_repertoire_optional;
