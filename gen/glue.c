#include "gen/glue.h"

#include "base/base.h"

#include <string.h>
#include <unicode/uchar.h>

/* ---------------------------------------------------------- forms we know -- */

/* What only a word with no punctuation behind it is: "khoản," does not lean on
   what follows. */
#define OPEN_BITS                                                                                  \
    (VT_GLUE_HEAD | VT_GLUE_SCALE | VT_GLUE_DATEPART | VT_GLUE_ORDINAL_HEAD | VT_GLUE_HONORIFIC |  \
     VT_GLUE_DONG | VT_GLUE_CHI | VT_GLUE_PHU | VT_GLUE_LUC | VT_GLUE_THU | VT_GLUE_LAN)

/* Forms that lean on what follows, in the case in which they are printed:
   subject mark, capacities of both systems, towns, degrees. */
static const char prefixes[] = " V/v v/v TM. KT. TL. TUQ. Q. T/M K/T T/L TP. Tp. TX. Tx. TT. GS. "
                               "PGS. TS. ThS. Ths. BS. KS. LS. GS.TS. PGS.TS. ";

/* The list order of Vietnamese (PL I II.6.đ): no marks, with đ. */
static const char letters[] = "abcdđeghiklmnopqrstuvxy";

#define WORD_MAX 24 /* bytes; no word we know is longer */

static bool is_prefix(const char *word, size_t len) {
    char probe[WORD_MAX + 3];
    if (len == 0 || len > WORD_MAX)
        return false;
    probe[0] = ' ';
    memcpy(probe + 1, word, len);
    probe[len + 1] = ' ';
    probe[len + 2] = '\0';
    return strstr(prefixes, probe) != NULL;
}

/* ------------------------------------------------------------- characters -- */

/* A word without the brackets, quotes and stops around it. */
typedef struct core {
    const char *start, *end;
    uint32_t before, after; /* first character in front, first behind; 0: none */
    size_t after_len;       /* bytes behind */
} core;

static bool opening(uint32_t cp) {
    return cp == '(' || cp == '[' || cp == '{' || cp == '"' || cp == '\'' || cp == 0x201C ||
           cp == 0x2018 || cp == 0xAB;
}

static bool closing(uint32_t cp) {
    return (cp < 0x80 && cp != 0 && strchr(",;:.!?)]}\"'", (int)cp) != NULL) || cp == 0x201D ||
           cp == 0x2019 || cp == 0xBB || cp == 0x2026;
}

static core core_of(const char *word, size_t len) {
    const char *end = word + len, *p = word;
    core c = {word, word, 0, 0, 0};
    bool inside = false;
    while (p < end) {
        const char *at = p;
        uint32_t cp = vt_utf8_next(&p, end);
        if (!inside && opening(cp)) {
            c.before = c.before == 0 ? cp : c.before;
            c.start = c.end = p;
        } else if (!closing(cp)) {
            inside = true;
            c.end = p;
            c.after = 0;
        } else if (c.after == 0) {
            c.after = cp;
            inside = true;
            if (c.end < at && c.start == c.end)
                c.end = c.start; /* nothing but punctuation */
        }
    }
    c.after_len = (size_t)(end - c.end);
    return c;
}

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static bool only(const char *start, const char *end, const char *set) {
    for (const char *p = start; p < end; p++)
        if (strchr(set, *p) == NULL)
            return false;
    return start < end;
}

static bool has_letter(const char *start, const char *end, bool or_digit) {
    while (start < end) {
        uint32_t cp = vt_utf8_next(&start, end);
        if (u_isalpha((UChar32)cp) || (or_digit && u_isdigit((UChar32)cp)))
            return true;
    }
    return false;
}

static size_t lower(const char *start, const char *end, char out[WORD_MAX + 4]) {
    size_t n = 0;
    while (start < end) {
        uint32_t cp = vt_utf8_next(&start, end);
        if (n > WORD_MAX - 4)
            return 0;
        n += (size_t)vt_utf8_put((uint32_t)u_tolower((UChar32)cp), out + n);
    }
    return n;
}

/* ---------------------------------------------------------------- classes -- */

static uint32_t class_dash(const char *word, size_t len) {
    char probe[8];
    if (len > 3)
        return 0;
    memcpy(probe, word, len);
    probe[len] = '\0';
    if (strcmp(probe, "-") == 0 || strcmp(probe, "–") == 0 || strcmp(probe, "—") == 0)
        return VT_GLUE_DASH | VT_GLUE_MARK;
    if (strcmp(probe, "+") == 0 || strcmp(probe, "*") == 0 || strcmp(probe, "•") == 0)
        return VT_GLUE_MARK;
    return 0;
}

/* Words without a letter or digit: stray punctuation, dots for a number. */
static uint32_t class_punctuation(const char *word, size_t len) {
    const char *p = word, *end = word + len;
    bool dots = true, close = len > 0, open = len > 0;
    while (p < end) {
        uint32_t cp = vt_utf8_next(&p, end);
        dots = dots && (cp == '.' || cp == 0x2026 || cp == '_');
        close = close && (closing(cp) || cp == '/');
        open = open && opening(cp);
    }
    if (open)
        return VT_GLUE_OPENER;
    if (dots && len > 0)
        return VT_GLUE_BLANK | (len <= 4 ? VT_GLUE_CLOSER : 0);
    return close ? VT_GLUE_CLOSER : 0;
}

static uint32_t class_number(const core *c) {
    const char *s = c->start, *e = c->end;
    if (s == e || !(digit(*s) || (*s == '/' && e - s > 1)))
        return 0;
    uint32_t bits = VT_GLUE_NUMBER;
    if (c->after == 0 && only(s, e, "0123456789.,-/"))
        bits |= VT_GLUE_COUNT;
    if (memchr(s, '/', (size_t)(e - s)) != NULL && has_letter(s, e, false))
        bits |= VT_GLUE_REFERENCE;
    return bits;
}

static bool one_letter(const core *c) {
    char low[WORD_MAX + 4];
    size_t n = lower(c->start, c->end, low);
    if (n == 1)
        return strchr(letters, low[0]) != NULL;
    return n == 2 && memcmp(low, "đ", 2) == 0;
}

/* "a)", "1.", "1.1.", "(2)", "II-" */
static uint32_t class_label(const core *c, uint32_t bits) {
    const char *s = c->start, *e = c->end;
    bool dash = e - s > 1 && e[-1] == '-';
    bool label = (bits & (VT_GLUE_ROMAN | VT_GLUE_LETTER)) != 0 || only(s, e, "0123456789.-") ||
                 (dash && only(s, e - 1, "IVXLC"));
    bool mark =
        (c->after_len == 1 && (c->after == '.' || c->after == ')')) || (c->after == 0 && dash);
    return label && mark ? VT_GLUE_LABEL : 0;
}

/* "A.", "V.A.": single capitals, each with its stop. */
static bool initials(const char *word, size_t len) {
    const char *p = word, *end = word + len;
    while (p < end) {
        uint32_t cp = vt_utf8_next(&p, end);
        if (!u_isupper((UChar32)cp) || p == end || *p++ != '.')
            return false;
    }
    return len > 0;
}

static uint32_t class_form(const core *c, const char *word, size_t len) {
    const char *p = c->start;
    uint32_t bits = 0, first = vt_utf8_next(&p, c->end);
    if (only(c->start, c->end, "IVXLCDM"))
        bits |= VT_GLUE_ROMAN;
    if (one_letter(c))
        bits |= VT_GLUE_LETTER;
    if (u_isupper((UChar32)first)) {
        bits |= VT_GLUE_CAPITAL;
        if (p == c->end)
            bits |= VT_GLUE_SINGLE;
        else if (u_islower((UChar32)vt_utf8_next(&p, c->end)))
            bits |= VT_GLUE_PROPER;
    }
    if (initials(word, len))
        bits |= VT_GLUE_INITIAL;
    if (c->after == 0)
        bits |= VT_GLUE_OPEN;
    return bits;
}

static uint32_t class_known(const core *c) {
    char low[WORD_MAX + 4];
    size_t n = lower(c->start, c->end, low);
    uint32_t bits = 0;
    if (n == 0)
        return 0;
    low[n] = '\0';
    bits = vt_glue_known(low);
    /* "Số: 15": the colon does not part the number from its word */
    if (c->after != 0 && !(c->after == ':' && c->after_len == 1))
        bits &= ~(uint32_t)OPEN_BITS;
    if (c->after != 0)
        bits &= ~(uint32_t)(VT_GLUE_SCALE | VT_GLUE_DATEPART | VT_GLUE_DONG);
    if (c->before != 0)
        bits &= ~(uint32_t)(VT_GLUE_UNIT);
    return bits;
}

uint32_t vt_glue_class(const char *word, size_t len) {
    uint32_t bits = class_dash(word, len);
    if (bits != 0)
        return bits;
    core c = core_of(word, len);
    if (is_prefix(word, len))
        bits |= VT_GLUE_PREFIX;
    if (!has_letter(word, word + len, true))
        bits |= class_punctuation(word, len);
    if (c.start == c.end)
        return bits;
    bits |= class_number(&c) | class_form(&c, word, len) | class_known(&c);
    return bits | class_label(&c, bits);
}

/* ------------------------------------------------------------------ rules -- */

/* How much a break is disliked: its square is added to the line's demerits
   (a line with spaces half as wide again as natural costs about 10,000). */
enum { BAN = VT_GLUE_BAN, STRONG = 150, DISLIKE = 100, SLIGHT = 70 };

#define LABEL (VT_GLUE_NUMBER | VT_GLUE_ROMAN | VT_GLUE_LETTER)
#define FIGURE (VT_GLUE_COUNT | VT_GLUE_ROMAN)

/*
 * A gap stands between `left` and `right`; `before` is the word before left,
 * `after` the one behind right.  Of each mask one bit must be there (0: any
 * word); of `not_before` none may be.
 */
static const struct rule {
    const char *name;
    uint32_t before, not_before, left, right, after;
    int32_t penalty;
    bool open; /* no punctuation between left and right */
} rules[] = {
    {.name = "mark or label of an item and its first word", .left = VT_GLUE_FIRST, .penalty = BAN},
    {.name = "punctuation never begins a line", .right = VT_GLUE_CLOSER, .penalty = BAN},
    {.name = "opening mark never ends a line", .left = VT_GLUE_OPENER, .penalty = BAN},
    {.name = "V/v, TM., TP. and what follows", .left = VT_GLUE_PREFIX, .penalty = BAN},
    {.name = "day and its month",
     .left = FIGURE,
     .right = VT_GLUE_ORDINAL_HEAD,
     .after = VT_GLUE_NUMBER,
     .penalty = BAN},
    {.name = "month and year of one date",
     .left = FIGURE,
     .right = VT_GLUE_DATEPART,
     .after = VT_GLUE_NUMBER,
     .penalty = STRONG},
    {.name = "phụ lục and its label",
     .left = VT_GLUE_PHU,
     .right = VT_GLUE_LUC,
     .after = LABEL,
     .penalty = BAN},
    {.name = "label of a phụ lục",
     .before = VT_GLUE_PHU,
     .left = VT_GLUE_LUC,
     .right = LABEL,
     .penalty = BAN},
    {.name = "điều, khoản, số ... and their number",
     .left = VT_GLUE_HEAD,
     .right = LABEL,
     .penalty = BAN},
    {.name = "thứ, tháng and a number in words",
     .left = VT_GLUE_ORDINAL_HEAD,
     .right = VT_GLUE_ORDINAL,
     .penalty = BAN},
    {.name = "lần thứ and its number",
     .left = VT_GLUE_LAN,
     .right = VT_GLUE_THU,
     .after = LABEL | VT_GLUE_ORDINAL,
     .penalty = STRONG},
    {.name = "dash inside a range",
     .left = FIGURE,
     .right = VT_GLUE_DASH,
     .after = LABEL,
     .penalty = BAN},
    {.name = "end of a range",
     .before = FIGURE,
     .left = VT_GLUE_DASH,
     .right = VT_GLUE_NUMBER | VT_GLUE_ROMAN,
     .penalty = BAN},
    {.name = "a dash never begins a line", .right = VT_GLUE_DASH, .penalty = BAN},
    {.name = "number and unit",
     .not_before = VT_GLUE_HEAD,
     .left = VT_GLUE_COUNT,
     .right = VT_GLUE_UNIT,
     .penalty = BAN},
    {.name = "nghìn, triệu, tỷ and unit",
     .before = VT_GLUE_COUNT | VT_GLUE_SCALE,
     .left = VT_GLUE_SCALE,
     .right = VT_GLUE_UNIT,
     .penalty = BAN},
    {.name = "initial and name", .left = VT_GLUE_INITIAL, .right = VT_GLUE_CAPITAL, .penalty = BAN},
    {.name = "name and initial",
     .left = VT_GLUE_CAPITAL,
     .right = VT_GLUE_INITIAL | VT_GLUE_SINGLE,
     .penalty = BAN,
     .open = true},
    {.name = "đồng chí", .left = VT_GLUE_DONG, .right = VT_GLUE_CHI, .penalty = DISLIKE},
    {.name = "ông, bà, đồng chí and name",
     .left = VT_GLUE_HONORIFIC | VT_GLUE_CHI,
     .right = VT_GLUE_NAME,
     .penalty = STRONG},
    {.name = "inside a name", .left = VT_GLUE_NAME, .right = VT_GLUE_NAME, .penalty = SLIGHT},
    {.name = "document and its reference number",
     .left = VT_GLUE_OPEN,
     .right = VT_GLUE_REFERENCE,
     .penalty = SLIGHT},
};

/* Most words are plain: no rule looks at a gap unless one of these bits stands
   on its side of it. */
#define ACTIVE_LEFT                                                                                \
    (VT_GLUE_FIRST | VT_GLUE_OPENER | VT_GLUE_PREFIX | FIGURE | VT_GLUE_PHU | VT_GLUE_LUC |        \
     VT_GLUE_HEAD | VT_GLUE_ORDINAL_HEAD | VT_GLUE_LAN | VT_GLUE_DASH | VT_GLUE_SCALE |            \
     VT_GLUE_INITIAL | VT_GLUE_DONG | VT_GLUE_HONORIFIC | VT_GLUE_CHI | VT_GLUE_NAME)
#define ACTIVE_RIGHT                                                                               \
    (VT_GLUE_CLOSER | VT_GLUE_DASH | VT_GLUE_INITIAL | VT_GLUE_SINGLE | VT_GLUE_REFERENCE)

static bool has(uint32_t bits, uint32_t wanted) {
    return wanted == 0 || (bits & wanted) != 0;
}

static const struct rule *rule_at(const uint32_t *classes, size_t n, size_t gap) {
    uint32_t before = gap > 0 ? classes[gap - 1] : 0, left = classes[gap], right = classes[gap + 1];
    uint32_t after = gap + 2 < n ? classes[gap + 2] : 0;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct rule *r = &rules[i];
        if (has(left, r->left) && has(right, r->right) && has(before, r->before) &&
            has(after, r->after) && (before & r->not_before) == 0 &&
            (!r->open || (left & VT_GLUE_OPEN) != 0))
            return r;
    }
    return NULL;
}

/* Capitals in a row are a name: three of them, or two where something ends behind
   them; "Ban Tổ chức" is none. */
static void derive_names(uint32_t *classes, size_t n) {
    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        if ((classes[i] & VT_GLUE_PROPER) == 0)
            continue;
        while (end < n && (classes[end - 1] & VT_GLUE_OPEN) != 0 &&
               (classes[end] & VT_GLUE_PROPER) != 0)
            end++;
        const bool closed = end == n || (classes[end - 1] & VT_GLUE_OPEN) == 0;
        for (size_t k = i; k < end && end - i > (closed ? 1u : 2u); k++)
            classes[k] |= VT_GLUE_NAME;
    }
}

/* Bits that depend on a word's neighbours. */
static void derive(uint32_t *classes, size_t n) {
    if (n > 0 && (classes[0] & (VT_GLUE_MARK | VT_GLUE_LABEL)) != 0)
        classes[0] |= VT_GLUE_FIRST;
    for (size_t i = 1; i < n; i++) {
        uint32_t left = classes[i - 1];
        bool comrade = (left & VT_GLUE_CHI) != 0 && i > 1 && (classes[i - 2] & VT_GLUE_DONG) != 0;
        bool leads = comrade || (left & VT_GLUE_HONORIFIC) != 0 ||
                     ((left & VT_GLUE_NAME) != 0 && (left & VT_GLUE_OPEN) != 0);
        if (leads && (classes[i] & VT_GLUE_CAPITAL) != 0)
            classes[i] |= VT_GLUE_NAME;
    }
    derive_names(classes, n);
}

void vt_glue_gaps(uint32_t *classes, size_t n, int32_t *penalty) {
    derive(classes, n);
    for (size_t i = 0; i + 1 < n; i++) {
        penalty[i] = 0;
        if ((classes[i] & ACTIVE_LEFT) == 0 && (classes[i + 1] & ACTIVE_RIGHT) == 0)
            continue;
        const struct rule *r = rule_at(classes, n, i);
        penalty[i] = r != NULL ? r->penalty : 0;
    }
}

bool vt_glue_phrase(uint32_t left, uint32_t right) {
    const uint32_t name = VT_GLUE_CAPITAL;
    if ((left & VT_GLUE_OPEN) == 0) /* punctuation, a dash */
        return true;
    if ((left & VT_GLUE_PHRASE) != 0)
        return false;
    return (right & VT_GLUE_PHRASE) != 0 || ((right & name) != 0 && (left & name) == 0);
}

const char *vt_glue_rule(const uint32_t *classes, size_t n, size_t gap) {
    const struct rule *r = gap + 1 < n ? rule_at(classes, n, gap) : NULL;
    return r != NULL ? r->name : NULL;
}
