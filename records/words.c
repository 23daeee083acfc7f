/*
 * records/words.c - letters with their quality and tone, and words of them.
 *
 * A Vietnamese vowel letter is a row (which vowel: a ă â e ...) and a column
 * (which tone).  NFC letters are taken apart by a table, NFD marks are added
 * to the letter before them; both end in the same pair.
 */
#include "records/words.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

enum { ROWS = 12, TONES = 6, NO_ROW = -1, SMALL_D = 0x0111 /* đ */ };
enum {
    ROW_A = 0,
    ROW_A_BREVE,
    ROW_A_HAT,
    ROW_E,
    ROW_E_HAT,
    ROW_I,
    ROW_O,
    ROW_O_HAT,
    ROW_O_HORN,
    ROW_U,
    ROW_U_HORN,
    ROW_Y
};

/* Tones: level, huyền, sắc, hỏi, ngã, nặng. */
static const uint16_t VOWELS[ROWS][TONES] = {
    {'a', 0x00E0, 0x00E1, 0x1EA3, 0x00E3, 0x1EA1},
    {0x0103, 0x1EB1, 0x1EAF, 0x1EB3, 0x1EB5, 0x1EB7},
    {0x00E2, 0x1EA7, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD},
    {'e', 0x00E8, 0x00E9, 0x1EBB, 0x1EBD, 0x1EB9},
    {0x00EA, 0x1EC1, 0x1EBF, 0x1EC3, 0x1EC5, 0x1EC7},
    {'i', 0x00EC, 0x00ED, 0x1EC9, 0x0129, 0x1ECB},
    {'o', 0x00F2, 0x00F3, 0x1ECF, 0x00F5, 0x1ECD},
    {0x00F4, 0x1ED3, 0x1ED1, 0x1ED5, 0x1ED7, 0x1ED9},
    {0x01A1, 0x1EDD, 0x1EDB, 0x1EDF, 0x1EE1, 0x1EE3},
    {'u', 0x00F9, 0x00FA, 0x1EE7, 0x0169, 0x1EE5},
    {0x01B0, 0x1EEB, 0x1EE9, 0x1EED, 0x1EEF, 0x1EF1},
    {'y', 0x1EF3, 0x00FD, 0x1EF7, 0x1EF9, 0x1EF5},
};
static const char BASE[ROWS] = {'a', 'a', 'a', 'e', 'e', 'i', 'o', 'o', 'o', 'u', 'u', 'y'};

/* The same table by code point, in order. */
static const struct vowel {
    uint16_t cp;
    uint8_t row, tone;
} BY_CODE[] = {
    {0x00E0, 0, 1},  {0x00E1, 0, 2},  {0x00E2, 2, 0},  {0x00E3, 0, 4},  {0x00E8, 3, 1},
    {0x00E9, 3, 2},  {0x00EA, 4, 0},  {0x00EC, 5, 1},  {0x00ED, 5, 2},  {0x00F2, 6, 1},
    {0x00F3, 6, 2},  {0x00F4, 7, 0},  {0x00F5, 6, 4},  {0x00F9, 9, 1},  {0x00FA, 9, 2},
    {0x00FD, 11, 2}, {0x0103, 1, 0},  {0x0129, 5, 4},  {0x0169, 9, 4},  {0x01A1, 8, 0},
    {0x01B0, 10, 0}, {0x1EA1, 0, 5},  {0x1EA3, 0, 3},  {0x1EA5, 2, 2},  {0x1EA7, 2, 1},
    {0x1EA9, 2, 3},  {0x1EAB, 2, 4},  {0x1EAD, 2, 5},  {0x1EAF, 1, 2},  {0x1EB1, 1, 1},
    {0x1EB3, 1, 3},  {0x1EB5, 1, 4},  {0x1EB7, 1, 5},  {0x1EB9, 3, 5},  {0x1EBB, 3, 3},
    {0x1EBD, 3, 4},  {0x1EBF, 4, 2},  {0x1EC1, 4, 1},  {0x1EC3, 4, 3},  {0x1EC5, 4, 4},
    {0x1EC7, 4, 5},  {0x1EC9, 5, 3},  {0x1ECB, 5, 5},  {0x1ECD, 6, 5},  {0x1ECF, 6, 3},
    {0x1ED1, 7, 2},  {0x1ED3, 7, 1},  {0x1ED5, 7, 3},  {0x1ED7, 7, 4},  {0x1ED9, 7, 5},
    {0x1EDB, 8, 2},  {0x1EDD, 8, 1},  {0x1EDF, 8, 3},  {0x1EE1, 8, 4},  {0x1EE3, 8, 5},
    {0x1EE5, 9, 5},  {0x1EE7, 9, 3},  {0x1EE9, 10, 2}, {0x1EEB, 10, 1}, {0x1EED, 10, 3},
    {0x1EEF, 10, 4}, {0x1EF1, 10, 5}, {0x1EF3, 11, 1}, {0x1EF5, 11, 5}, {0x1EF7, 11, 3},
    {0x1EF9, 11, 4},
};

typedef struct letter {
    uint32_t cp; /* lower case; for vowels the form without tone */
    int row, tone;
} letter;

/* Of the vowels of Unicode's Vietnamese block each second code point is a small one. */
static size_t place_of(uint32_t cp) {
    enum { BLOCK = 0x1EA1, BEFORE = 21 /* vowels of other blocks */ };
    size_t low = 0, high = BEFORE;

    if (cp >= BLOCK)
        return BEFORE + (cp - BLOCK) / 2;
    while (low < high) {
        size_t mid = (low + high) / 2;

        if (BY_CODE[mid].cp < cp)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool find_vowel(uint32_t cp, letter *out) {
    size_t at = place_of(cp);

    if (at >= sizeof BY_CODE / sizeof *BY_CODE || BY_CODE[at].cp != cp)
        return false;
    out->row = BY_CODE[at].row;
    out->tone = BY_CODE[at].tone;
    out->cp = VOWELS[out->row][0];
    return true;
}

static bool ascii_letter(uint32_t cp, letter *out) {
    static const int8_t rows['z' - 'a' + 1] = {
        ROW_A,  NO_ROW, NO_ROW, NO_ROW, ROW_E,  NO_ROW, NO_ROW, NO_ROW, ROW_I,
        NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW, ROW_O,  NO_ROW, NO_ROW, NO_ROW,
        NO_ROW, NO_ROW, ROW_U,  NO_ROW, NO_ROW, NO_ROW, ROW_Y,  NO_ROW};
    uint32_t small = cp | 0x20, place = small - 'a';

    if (place < sizeof rows) {
        *out = (letter){small, rows[place], 0};
        return true;
    }
    *out = (letter){cp, NO_ROW, 0};
    return cp >= '0' && cp <= '9';
}

/* False: not part of a word. */
static bool to_letter(uint32_t cp, letter *out) {
    if (cp < 0x80)
        return ascii_letter(cp, out);
    *out = (letter){cp, NO_ROW, 0};
    if (find_vowel(cp, out) || cp == SMALL_D)
        return true;
    out->cp = (uint32_t)u_tolower((UChar32)cp);
    return find_vowel(out->cp, out) || u_isalnum((UChar32)cp);
}

/* A combining mark: changes the letter before it.  False: not a mark. */
static bool add_mark(uint32_t cp, letter *l) {
    static const struct {
        uint8_t from, mark, to;
    } quality[] = {{ROW_A, 0, ROW_A_HAT},   {ROW_E, 0, ROW_E_HAT},  {ROW_O, 0, ROW_O_HAT},
                   {ROW_A, 1, ROW_A_BREVE}, {ROW_O, 2, ROW_O_HORN}, {ROW_U, 2, ROW_U_HORN}};
    static const uint16_t quality_marks[] = {0x0302, 0x0306, 0x031B};
    static const uint16_t tone_marks[TONES] = {0, 0x0300, 0x0301, 0x0309, 0x0303, 0x0323};

    if (cp < 0x0300 || !(U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK))
        return false;
    if (l->row == NO_ROW)
        return true;
    for (int t = 1; t < TONES; t++)
        if (tone_marks[t] == cp)
            l->tone = t;
    for (size_t i = 0; i < sizeof quality / sizeof *quality; i++)
        if (quality[i].from == l->row && quality_marks[quality[i].mark] == cp) {
            l->row = quality[i].to;
            l->cp = VOWELS[l->row][0];
            break;
        }
    return true;
}

/* Old and new placement are both in use ("hòa", "hoà"; "uỷ", "ủy"): the tone
   of an open oa, oe, uy goes to its second letter. */
static void move_tones(letter *l, size_t n) {
    for (size_t i = 0; i + 1 < n; i++) {
        bool pair = (l[i].row == ROW_O && (l[i + 1].row == ROW_A || l[i + 1].row == ROW_E)) ||
                    (l[i].row == ROW_U && l[i + 1].row == ROW_Y);

        if (pair && l[i].tone && !l[i + 1].tone) {
            l[i + 1].tone = l[i].tone;
            l[i].tone = 0;
        }
    }
}

/* Letters of other languages lose their marks by Unicode's decomposition. */
static uint32_t plain(uint32_t cp) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfd;
    UChar parts[8];
    int32_t n;

    if (cp < 0x80)
        return cp;
    if (cp == SMALL_D) /* has no decomposition */
        return 'd';
    nfd = unorm2_getNFDInstance(&error);
    n = U_SUCCESS(error) ? unorm2_getDecomposition(nfd, (UChar32)cp, parts, 8, &error) : -1;
    if (U_FAILURE(error) || n < 1 || U16_IS_SURROGATE(parts[0]))
        return cp;
    return parts[0];
}

/* Most letters are ASCII. */
static size_t put(uint32_t cp, char *out) {
    if (cp >= 0x80)
        return (size_t)vt_utf8_put(cp, out);
    *out = (char)cp;
    return 1;
}

static void finish(const letter *l, size_t n, vt_word_forms *out) {
    out->folded_len = out->exact_len = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t folded = l[i].row == NO_ROW ? plain(l[i].cp) : (uint32_t)BASE[l[i].row];
        uint32_t exact = l[i].row == NO_ROW ? l[i].cp : VOWELS[l[i].row][l[i].tone];

        out->folded_len += put(folded, out->folded + out->folded_len);
        out->exact_len += put(exact, out->exact + out->exact_len);
    }
    out->folded[out->folded_len] = out->exact[out->exact_len] = '\0';
}

bool vt_word_next(const char **at, const char *end, vt_word_forms *out) {
    letter letters[VT_WORD_LETTERS], l;
    size_t n = 0;
    const char *s = *at;

    while (s < end) {
        const char *here = s;
        uint32_t cp = vt_utf8_next(&s, end);

        if (to_letter(cp, &l)) {
            if (n == 0)
                out->start = here;
            if (n < VT_WORD_LETTERS)
                letters[n++] = l;
        } else if (n && !add_mark(cp, &letters[n - 1])) {
            s = here;
            break;
        }
    }
    *at = out->end = s;
    if (n == 0)
        return false;
    move_tones(letters, n);
    finish(letters, n, out);
    return true;
}

uint32_t vt_word_hash(const vt_word_forms *word) {
    return vt_word_pairs(word) ? vt_fnv(VT_FNV_START, word->folded, word->folded_len) | 1 : 0;
}

void vt_word_pair(uint32_t first, uint32_t second, char letters[VT_PAIR_LETTERS]) {
    enum { BITS = 6 };
    uint32_t both = (first ^ second << 16 ^ second >> 16) * UINT32_C(2654435769);

    for (int i = 0; i < VT_PAIR_LETTERS; i++)
        letters[i] = (char)('0' + (both >> (32 - BITS * (i + 1)) & ((1 << BITS) - 1)));
}

void vt_words_folded(const char *text, vt_buf *out) {
    const char *end = text + strlen(text);
    vt_word_forms word;

    while (vt_word_next(&text, end, &word)) {
        vt_buf_putc(out, ' ');
        vt_buf_add(out, word.folded, word.folded_len);
    }
}

void vt_words_exact(const char *text, vt_buf *out) {
    const char *end = text + strlen(text);
    vt_word_forms word;

    while (vt_word_next(&text, end, &word)) {
        vt_buf_putc(out, ' ');
        vt_buf_add(out, word.exact, word.exact_len);
    }
}
