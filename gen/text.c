/*
 * gen/text.c - text at the door and folded: Unicode by ICU, with short ways
 * for what Vietnamese is made of.
 */
#include "gen/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Text longer than this is not handed to ICU (its lengths are int32_t). */
#define TEXT_MAX ((size_t)64 << 20)

/* ----------------------------------------------------------------- scan -- */

/*
 * What a byte begins: "." a character that is surely good, " " a space, "c" a
 * control character, "w" U+0080..00BF, "W" U+00C0..00FF, "1" U+1000..1FFF,
 * "2" U+2000..2FFF, "?" anything else.  Bytes inside characters count as ".":
 * the text is well-formed.
 */
static const char kinds[257] = "cccccccccccccccccccccccccccccccc"
                               " ..............................."
                               "................................"
                               "...............................c"
                               "................................"
                               "................................"
                               "??wW........????????????????????" /* C4..CB: U+0100..02FF */
                               "?12?????????????????????????????";

#define LOOK_ALL (VT_SCAN_NFC | VT_SCAN_SPACE | VT_SCAN_FAULT)

static unsigned scan_control(unsigned char c) {
    return c == '\t' || c == '\n' || c == '\r' ? VT_SCAN_SPACE : VT_SCAN_FAULT;
}

static unsigned scan_latin(unsigned char second) {
    if (second == 0xA0)
        return VT_SCAN_SPACE;
    return second < 0xA0 || second == 0xAD ? VT_SCAN_FAULT : 0;
}

/* U+1E00..1EFF hold the Vietnamese letters. */
static unsigned scan_1(unsigned char second) {
    return second >= 0xB8 && second <= 0xBB ? 0 : LOOK_ALL;
}

/* U+2010..2027 and U+2030..203F: dashes, quotation marks, the ellipsis. */
static unsigned scan_2(unsigned char second, unsigned char third) {
    if (second == 0x80 && third >= 0x90 && third != 0xA8 && third != 0xA9 && third != 0xAF)
        return third >= 0xAA && third <= 0xAE ? VT_SCAN_FAULT : 0;
    return LOOK_ALL;
}

static unsigned scan_char(const unsigned char *p, ptrdiff_t left) {
    switch (kinds[*p]) {
    case ' ':
        return left > 1 && p[1] == ' ' ? VT_SCAN_SPACE : 0;
    case 'c':
        return scan_control(*p);
    case 'w':
        return left > 1 ? scan_latin(p[1]) : LOOK_ALL;
    case '1':
        return left > 1 ? scan_1(p[1]) : LOOK_ALL;
    case '2':
        return left > 2 ? scan_2(p[1], p[2]) : LOOK_ALL;
    case 'W':
        return 0;
    default:
        return LOOK_ALL;
    }
}

unsigned vt_text_scan(const char *s, size_t len) {
    const unsigned char *start = (const unsigned char *)s, *end = start + len;
    unsigned look = VT_SCAN_DONE;
    int places = 0;

    for (const unsigned char *p = start; p < end; p++) {
        char kind = kinds[*p];

        if (kind == '.')
            continue;
        look |= scan_char(p, end - p);
        if ((kind == 'w' || kind == 'W') && end - p > 1)
            places += vt_text_legacy_place(p, start);
    }
    return places >= VT_LEGACY_EVIDENCE ? look | VT_SCAN_LEGACY : look;
}

/* ------------------------------------------------------------------ NFC -- */

/* All that begins before U+0300 is. */
bool vt_text_is_nfc(const char *s, size_t len) {
    const unsigned char *p = (const unsigned char *)s, *end = p + len;

    while (p < end && (*p < 0xCC || !(scan_char(p, end - p) & VT_SCAN_NFC)))
        p++;
    return p == end;
}

/* Both buffers are malloced; *to has room for `cap`. */
static bool normalise(const char *s, size_t len, UChar *from, UChar *to, int32_t cap, int32_t *n) {
    UErrorCode err = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&err);
    int32_t units = 0;

    u_strFromUTF8WithSub(from, (int32_t)len + 1, &units, s, (int32_t)len, 0xFFFD, NULL, &err);
    *n = unorm2_normalize(nfc, from, units, to, cap, &err);
    return U_SUCCESS(err);
}

const char *vt_text_nfc(vt_arena *arena, const char *s, size_t len, size_t *out_len) {
    UErrorCode err = U_ZERO_ERROR;
    UChar *from = NULL, *to = NULL;
    char *out = NULL;
    int32_t cap, n = 0, bytes = 0;

    if (vt_text_is_nfc(s, len)) {
        *out_len = len;
        return s;
    }
    if (len > TEXT_MAX)
        return NULL;
    cap = (int32_t)len * 3 + 1; /* NFC is at most three times as long in UTF-16 */
    from = malloc((len + 1) * sizeof *from);
    to = malloc((size_t)cap * sizeof *to);
    if (from && to && normalise(s, len, from, to, cap, &n))
        out = vt_alloc(arena, (size_t)n * 3 + 1);
    if (out)
        u_strToUTF8(out, n * 3 + 1, &bytes, to, n, &err);
    free(from);
    free(to);
    if (!out || U_FAILURE(err))
        return NULL;
    *out_len = (size_t)bytes;
    return out;
}

/* --------------------------------------------------------------- spaces -- */

size_t vt_text_space(const char *s, const char *end) {
    const unsigned char *p = (const unsigned char *)s;
    ptrdiff_t left = end - s;

    if (left < 1 || (*p > ' ' && *p < 0xC2))
        return 0;
    if (*p <= ' ')
        return *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';
    if (left >= 2 && p[0] == 0xC2)
        return p[1] == 0xA0 ? 2 : 0; /* U+00A0 */
    if (left < 3)
        return 0;
    if (p[0] == 0xE2 && p[1] == 0x80) /* U+2000..200A, 2028, 2029, 202F */
        return p[2] <= 0x8A || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF ? 3 : 0;
    if ((p[0] == 0xE1 && p[1] == 0x9A && p[2] == 0x80) || /* U+1680 */
        (p[0] == 0xE2 && p[1] == 0x81 && p[2] == 0x9F) || /* U+205F */
        (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80))   /* U+3000 */
        return 3;
    return 0;
}

/* --------------------------------------------------------------- faults -- */

static bool carries_marks(const char *s, const char *at) {
    const char *p = at;
    uint32_t cp;

    if (at == s)
        return false;
    do
        p--;
    while (p > s && ((unsigned char)*p & 0xC0) == 0x80);
    cp = vt_utf8_next(&p, at);
    return u_isalpha((UChar32)cp) || (u_getCombiningClass((UChar32)cp) != 0);
}

vt_fault vt_text_char_fault(uint32_t cp, const char *s, const char *at) {
    if (cp == '\t' || cp == '\n' || cp == '\r')
        return VT_FAULT_NONE;
    if (cp == 0xFFFD)
        return VT_FAULT_LOST;
    if ((cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF))
        return VT_FAULT_NOT_A_CHARACTER;
    switch (u_charType((UChar32)cp)) {
    case U_CONTROL_CHAR:
        return VT_FAULT_CONTROL;
    case U_FORMAT_CHAR:
        return VT_FAULT_INVISIBLE;
    case U_PRIVATE_USE_CHAR:
        return VT_FAULT_PRIVATE;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
        return carries_marks(s, at) ? VT_FAULT_LOOSE_MARK : VT_FAULT_LONE_MARK;
    default:
        return VT_FAULT_NONE;
    }
}

vt_fault vt_text_fault(const char *s, size_t len, uint32_t *cp, size_t *at) {
    const char *p = s, *end = s + len;
    vt_fault loose = VT_FAULT_NONE;

    while (p < end) {
        const char *here = p;
        uint32_t c;
        vt_fault fault;

        c = vt_utf8_next(&p, end);
        fault = vt_text_char_fault(c, s, here);
        if (fault == VT_FAULT_NONE || (fault == VT_FAULT_LOOSE_MARK && loose))
            continue;
        *cp = c;
        *at = (size_t)(here - s);
        if (fault != VT_FAULT_LOOSE_MARK)
            return fault;
        loose = fault;
    }
    return loose;
}

/* Would it disturb a terminal or a page that shows it? */
static bool disturbs(vt_fault fault, uint32_t cp) {
    return (fault != VT_FAULT_NONE && fault < VT_FAULT_LONE_MARK) || cp < ' ';
}

const char *vt_text_clip(const char *s, size_t len, char out[VT_CLIP]) {
    const char *p = s, *end = s + len;
    char *to = out;

    while (p < end) {
        const char *here = p;
        uint32_t cp = vt_utf8_next(&p, end);
        char utf8[4];
        int n;

        if (disturbs(vt_text_char_fault(cp, s, here), cp))
            cp = 0xFFFD;
        n = vt_utf8_put(cp, utf8);
        if (to + n > out + VT_CLIP - 4) { /* room for the ellipsis */
            memcpy(to, "…", 4);
            return out;
        }
        memcpy(to, utf8, (size_t)n);
        to += n;
    }
    *to = '\0';
    return out;
}

void vt_text_whole(char *s) {
    size_t len = strlen(s), lead = len;

    while (lead > 0 && ((unsigned char)s[lead - 1] & 0xC0) == 0x80)
        lead--;
    if (lead == 0)
        return;
    const unsigned char first = (unsigned char)s[lead - 1];
    const size_t need = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    if (len - lead + 1 < need)
        s[lead - 1] = '\0';
}

/* ----------------------------------------------------------- upper case -- */

char *vt_text_upper(vt_arena *arena, const char *text) {
    UErrorCode err = U_ZERO_ERROR;
    size_t len = strlen(text), out_len;
    UChar *from = NULL, *to = NULL;
    char *out = NULL;
    const char *nfc;
    int32_t units = 0, cap, n, bytes = 0;

    if (len > TEXT_MAX)
        return NULL;
    cap = (int32_t)len * 3 + 1; /* one letter gives three at most */
    from = malloc((len + 1) * sizeof *from);
    to = malloc((size_t)cap * sizeof *to);
    if (from && to) {
        u_strFromUTF8WithSub(from, (int32_t)len + 1, &units, text, (int32_t)len, 0xFFFD, NULL,
                             &err);
        n = u_strToUpper(to, cap, from, units, "vi", &err);
        out = U_SUCCESS(err) ? vt_alloc(arena, (size_t)n * 3 + 1) : NULL;
        if (out)
            u_strToUTF8(out, n * 3 + 1, &bytes, to, n, &err);
    }
    free(from);
    free(to);
    if (!out || U_FAILURE(err))
        return NULL;
    nfc = vt_text_nfc(arena, out, (size_t)bytes, &out_len);
    return (char *)(uintptr_t)nfc;
}

/* -------------------------------------------------------------- folding -- */

/* The base letter in small of U+00C0..024F and U+1E00..1EFF; ".": none. */
static const char latin[] = "aaaaaa.ceeeeiiiidnooooo..uuuuy..aaaaaa.ceeeeiiiidnooooo..uuuuy.y"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll."
                            "...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz."
                            "................................oo.............uu..............."
                            ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
                            "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
                            "................";
static const char latin_more[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
                                 "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
                                 "wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
                                 "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
_Static_assert(sizeof latin - 1 == 0x250 - 0xC0 && sizeof latin_more - 1 == 0x100, "whole blocks");

int vt_text_fold_char(uint32_t cp, char out[4]) {
    char base = '.';

    if (cp >= 0xC0 && cp < 0x250)
        base = latin[cp - 0xC0];
    else if (cp >= 0x1E00 && cp < 0x1F00)
        base = latin_more[cp - 0x1E00];
    if (base != '.') {
        out[0] = base;
        return 1;
    }
    if (U_GET_GC_MASK((UChar32)cp) & (U_GC_MN_MASK | U_GC_ME_MASK))
        return 0;
    return vt_utf8_put((uint32_t)u_tolower((UChar32)cp), out);
}

char *vt_text_fold(vt_arena *arena, const char *text) {
    size_t len = strlen(text);
    const char *s = text, *end = text + len;
    char *out = vt_alloc(arena, len * 3 + 1); /* U+FFFD for a byte that is no UTF-8 has three */
    char *to = out;
    bool space = true;

    if (!out)
        return NULL;
    while (s < end) {
        unsigned char c = (unsigned char)*s;
        size_t n;

        if (c > ' ' && c < 0x80) {
            *to++ = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            s++;
            space = false;
        } else if ((n = vt_text_space(s, end))) {
            if (!space)
                *to++ = ' ';
            space = true;
            s += n;
        } else {
            to += vt_text_fold_char(vt_utf8_next(&s, end), to);
            space = false;
        }
    }
    if (to > out && space)
        to--;
    *to = '\0';
    return out;
}
