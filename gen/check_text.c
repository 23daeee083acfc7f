/*
 * gen/check_text.c - rules of the words themselves: what is still to be filled
 * in, punctuation, where the tone mark stands.
 */
#include "gen/check.h"

#include <string.h>
#include <unicode/uchar.h>

/* --------------------------------------------------------- placeholders -- */

#define BRACKET_BYTES 120 /* of a note in brackets at most */

/* "[CẦN BỔ SUNG]": two words or more, all in capitals. */
static const char *bracketed(vt_checking *c, const char *s) {
    for (const char *open = s; (open = strchr(open, '[')) != NULL; open++) {
        const char *close = memchr(open, ']', strnlen(open, BRACKET_BYTES));
        const size_t len = close ? (size_t)(close - open) : 0;
        if (!close || !memchr(open, ' ', len))
            continue;
        const char *inside = vt_strndup(c->arena, open + 1, len - 1);
        const char *upper = inside ? vt_text_upper(c->arena, inside) : NULL;
        const char *fold = inside ? vt_text_fold(c->arena, inside) : NULL;
        if (upper && fold && strcmp(upper, inside) == 0 &&
            strpbrk(fold, "abcdefghijklmnopqrstuvwxyz"))
            return open;
    }
    return NULL;
}

/* An ellipsis is three dots, and a stop may follow it at once ("v.v...."). */
static const char *dots(const char *s) {
    for (const char *p = s; (p = strstr(p, "....")) != NULL; p += strspn(p, "."))
        if (p == s || p[-1] == ' ' || strspn(p, ".") > 4)
            return p;
    return NULL;
}

static const char *placeholder(vt_checking *c, const char *s) {
    static const char *const marks[] = {"……", "… …", "???", "{{", "____", "xxxx", "XXXX"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(s, marks[i]))
            return strstr(s, marks[i]);
    const char *found = dots(s);
    return found ? found : bracketed(c, s);
}

void vt_check_placeholders(vt_checking *c) {
    const unsigned meant = VT_IN_QUOTE | VT_IN_TABLE | VT_IN_ANNEX | VT_IN_ATTACHED | VT_IN_FORM;
    const vt_node *marks = vt_child(c->root, VT_MARKS);

    if (*vt_attr_of(marks, VT_AT_DRAFT))
        return;
    for (size_t i = 0; i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        const char *at = w->where & meant ? NULL : placeholder(c, w->text);
        if (at)
            vt_say(c, w->node, vt_excerpt(c, w->text, at), "Còn chỗ chờ điền.");
    }
}

/* ----------------------------------------------------------- punctuation -- */

/* The character at s; 0 at the end. */
static uint32_t at_char(const char *s) {
    return *s ? vt_utf8_next(&s, s + strnlen(s, 4)) : 0;
}

/* The start of the character before `at`; NULL: there is none. */
static const char *back(const char *text, const char *at) {
    if (at == text)
        return NULL;
    do
        at--;
    while (at > text && ((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

static uint32_t before(const char *text, const char *at) {
    const char *p = back(text, at);

    return p ? at_char(p) : 0;
}

#define ADDRESS_BYTES 200 /* looked at to either side */

/* Web and mail addresses, file names: their dots and colons are their own. */
static bool in_address(const char *text, const char *at) {
    const char *from = at, *to = at;

    while (from > text && from[-1] != ' ' && at - from < ADDRESS_BYTES)
        from--;
    while (*to && *to != ' ' && to - at < ADDRESS_BYTES)
        to++;
    for (const char *p = from; p < to; p++)
        if (*p == '@' || strncmp(p, "://", 3) == 0 || strncmp(p, "www.", 4) == 0)
            return true;
    return false;
}

static bool letter_before(const char *text, const char *at) {
    return u_isalpha((UChar32)before(text, at));
}

static bool letter_after(const char *at) {
    return u_isalpha((UChar32)at_char(at));
}

/* Two small letters, a stop, a capital and a small letter: a sentence that was
   not parted from the next ("việc.Các"), not an abbreviation ("VX.TE", "v.v"). */
static bool run_on(const char *text, const char *stop) {
    const char *last = back(text, stop), *next = stop + 1;

    if (!last || !u_isupper((UChar32)at_char(next)))
        return false;
    (void)vt_utf8_next(&next, next + strnlen(next, 4));
    return u_islower((UChar32)at_char(last)) && u_islower((UChar32)before(text, last)) &&
           u_islower((UChar32)at_char(next));
}

#define PUNCTUATION ",;:!?.()" /* what fault_at() looks at */

static const char *fault_at(const char *text, const char *p) {
    bool spaced = p > text && p[-1] == ' ';

    if (strchr(",;:!?", *p)) {
        if (spaced && p[1] != *p && p[1] != ')') /* marks that are spoken of */
            return "Thừa khoảng trắng trước dấu câu.";
        if (letter_before(text, p) && letter_after(p + 1) && !in_address(text, p))
            return "Thiếu khoảng trắng sau dấu câu.";
    }
    if (*p == '.' && spaced && p[1] != '.' && (p[1] == ' ' || !p[1]))
        return "Thừa khoảng trắng trước dấu câu.";
    if (*p == '.' && run_on(text, p) && !in_address(text, p))
        return "Thiếu khoảng trắng sau dấu câu.";
    if (*p == '(' && p[1] == ' ')
        return "Thừa khoảng trắng sau dấu mở ngoặc.";
    if (*p == ')' && spaced)
        return "Thừa khoảng trắng trước dấu đóng ngoặc.";
    return NULL;
}

/* Hyphens and dashes between words, mixed. */
static void mixed_dashes(vt_checking *c) {
    bool hyphen = false;

    for (size_t i = 0; i < c->word_count; i++)
        hyphen = hyphen || (!(c->words[i].where & VT_IN_QUOTE) && strstr(c->words[i].text, " - "));
    for (size_t i = 0; hyphen && i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        const char *at = w->where & VT_IN_QUOTE ? NULL : strstr(w->text, " – ");
        if (at) {
            vt_say(c, w->node, vt_excerpt(c, w->text, at),
                   "Văn bản dùng lẫn gạch ngang ngắn “-” và dài “–”.");
            return;
        }
    }
}

void vt_check_punctuation(vt_checking *c) {
    for (size_t i = 0; i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        const char *said = NULL; /* one of a kind for each paragraph */
        const char *p = w->where & VT_IN_QUOTE ? "" : w->text;
        for (; *(p += strcspn(p, PUNCTUATION)) && !vt_enough(c); p++) {
            const char *fault = fault_at(w->text, p);
            if (fault && fault != said)
                vt_say(c, w->node, vt_excerpt(c, w->text, p), "%s", fault);
            said = fault ? fault : said;
        }
    }
    mixed_dashes(c);
}

/* ------------------------------------------------------------ tone marks -- */

/* Where the tone stands in an open syllable in oa, oe, uy: on the first vowel
   ("hòa", "ủy": old), on the second ("hoà", "uỷ": new).  "quý" has no choice. */
typedef enum tone { TONE_NONE, TONE_OLD, TONE_NEW } tone;

static bool one_of(uint32_t cp, const char *letters) {
    const char *end = letters + strlen(letters);

    while (letters < end)
        if (vt_utf8_next(&letters, end) == cp)
            return true;
    return false;
}

static tone tone_of(uint32_t previous, uint32_t first, uint32_t second) {
    if (previous == 'q')
        return TONE_NONE;
    if ((one_of(first, "òóỏõọ") && (second == 'a' || second == 'e')) ||
        (one_of(first, "ùúủũụ") && second == 'y'))
        return TONE_OLD;
    if ((first == 'o' && one_of(second, "àáảãạèéẻẽẹ")) || (first == 'u' && one_of(second, "ỳýỷỹỵ")))
        return TONE_NEW;
    return TONE_NONE;
}

typedef struct tone_word {
    const vt_words *where;
    const char *word;
    size_t len;
} tone_word;

#define TONE_WORDS 32 /* different words kept as examples */

typedef struct tone_seen {
    tone_word words[TONE_WORDS];
    size_t kept, count;
} tone_seen;

static void keep_word(tone_seen *seen, tone_word w) {
    seen->count++;
    for (size_t i = 0; i < seen->kept; i++)
        if (seen->words[i].len == w.len && memcmp(seen->words[i].word, w.word, w.len) == 0)
            return;
    if (seen->kept < TONE_WORDS)
        seen->words[seen->kept++] = w;
}

/* The letter before *at, small; *at is moved to it.  0: none. */
static uint32_t letter_back(const char *text, const char **at) {
    const char *p = back(text, *at);
    const uint32_t cp = p ? at_char(p) : 0;

    *at = p ? p : *at;
    return u_isalpha((UChar32)cp) ? (uint32_t)u_tolower((UChar32)cp) : 0;
}

/* The syllable that ends at `end`. */
static void tone_at(const vt_words *w, const char *end, tone_seen seen[3]) {
    const char *at = end;
    uint32_t second = letter_back(w->text, &at);
    uint32_t first = second ? letter_back(w->text, &at) : 0;
    uint32_t previous = first ? letter_back(w->text, &at) : 0;
    tone t = first ? tone_of(previous, first, second) : TONE_NONE;

    if (t == TONE_NONE)
        return;
    const char *start = end;
    for (at = end; letter_back(w->text, &at);)
        start = at;
    keep_word(&seen[t], (tone_word){w, start, (size_t)(end - start)});
}

static bool is_one(char ch, char a, char b, char c) {
    ch = (char)(ch | 0x20); /* small */
    return ch == a || ch == b || ch == c;
}

/* No letter of Vietnamese begins here: those beyond ASCII begin with the bytes
   C3..CB and E1, and E2 begins quotation marks and dashes. */
static bool ends_here(const char *s) {
    const unsigned char b = (unsigned char)*s, low = b | 0x20;

    return b < 0x80 ? low < 'a' || low > 'z' : b == 0xE2;
}

/* A syllable in question ends with a letter of two or three bytes and a, e, y,
   or with o, u and such a letter.  Told from bytes, since nearly all text is
   something else. */
static void tones_in(const vt_words *w, tone_seen seen[3]) {
    const char *text = w->text;

    if (!*text)
        return;
    for (const char *s = text + 1;; s++) {
        if ((s[-1] & 0x80) && s - text > 1) {
            if (ends_here(s) && (is_one(text[s - text - 2], 'o', 'u', 'o') ||
                                 (s - text > 2 && is_one(s[-3], 'o', 'u', 'o')) ||
                                 (s - text > 3 && is_one(s[-4], 'o', 'u', 'o'))))
                tone_at(w, s, seen);
            else if (is_one(*s, 'a', 'e', 'y') && ends_here(s + 1))
                tone_at(w, s + 1, seen);
        }
        if (!*s)
            break;
    }
}

static const char *folded(vt_checking *c, const tone_word *w) {
    const char *word = vt_strndup(c->arena, w->word, w->len);
    const char *fold = word ? vt_text_fold(c->arena, word) : NULL;

    return fold ? fold : "";
}

/* The same word written both ways says more than two words. */
static void best_pair(vt_checking *c, const tone_seen *a, const tone_seen *b, const tone_word **x,
                      const tone_word **y) {
    *x = &a->words[0];
    *y = &b->words[0];
    for (size_t i = 0; i < a->kept; i++)
        for (size_t k = 0; k < b->kept; k++)
            if (strcmp(folded(c, &a->words[i]), folded(c, &b->words[k])) == 0) {
                *x = &a->words[i];
                *y = &b->words[k];
                return;
            }
}

void vt_check_tone_style(vt_checking *c) {
    tone_seen *seen = vt_alloc_array(c->arena, TONE_NEW + 1, sizeof *seen);
    const tone_word *rare, *usual;

    for (size_t i = 0; seen && i < c->word_count; i++) {
        const vt_node *node = c->words[i].node;
        bool person = node->el == VT_NAME && node->parent->el == VT_SIGNATURE;
        if (!person && !(c->words[i].where & VT_IN_QUOTE))
            tones_in(&c->words[i], seen);
    }
    if (!seen || !seen[TONE_OLD].count || !seen[TONE_NEW].count)
        return;
    bool old_is_rare = seen[TONE_OLD].count < seen[TONE_NEW].count;
    best_pair(c, &seen[old_is_rare ? TONE_OLD : TONE_NEW], &seen[old_is_rare ? TONE_NEW : TONE_OLD],
              &rare, &usual);
    vt_say(c, rare->where->node, vt_excerpt(c, rare->where->text, rare->word),
           "Văn bản viết “%.*s”, chỗ khác viết “%.*s”: hai cách đặt dấu thanh.", (int)rare->len,
           rare->word, (int)usual->len, usual->word);
}
