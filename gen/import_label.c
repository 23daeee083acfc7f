/*
 * gen/import_label.c - what a line begins with: "Phần I", "Chương II",
 * "Điều 3.", "I-", "1.2.", "đ)", "-" (PL I II.6.đ), as people type them.
 */
#include "gen/import.h"

#include <string.h>
#include <unicode/uchar.h>

/* ------------------------------------------------------------- numerals -- */

static int roman_digit(char c) {
    switch (c) {
    case 'I':
        return 1;
    case 'V':
        return 5;
    case 'X':
        return 10;
    case 'L':
        return 50;
    default:
        return 0;
    }
}

/* A Roman number below 90; its bytes in *len, 0: none. */
static int roman(vt_typed t, size_t *len) {
    int value = 0;
    size_t i = 0;

    for (; i < t.len && i < 8 && roman_digit(t.s[i]); i++) {
        const int d = roman_digit(t.s[i]);
        const int next = i + 1 < t.len ? roman_digit(t.s[i + 1]) : 0;
        value += d < next ? -d : d;
    }
    *len = i;
    return value > 0 ? value : 0;
}

static int arabic(vt_typed t, size_t *len) {
    int value = 0;
    size_t i = 0;

    for (; i < t.len && i < 4 && t.s[i] >= '0' && t.s[i] <= '9'; i++)
        value = value * 10 + (t.s[i] - '0');
    *len = i;
    return i < 4 ? value : 0;
}

/* "thứ nhất" */
static int ordinal(vt_typed t, size_t *len) {
    static const char *const words[] = {"thu nhat", "thu hai", "thu ba",  "thu tu",   "thu nam",
                                        "thu sau",  "thu bay", "thu tam", "thu chin", "thu muoi"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if ((*len = vt_behind(t, words[i])) > 0)
            return (int)i + 1;
    return 0;
}

static int any_number(vt_typed t, size_t *len) {
    int n = arabic(t, len);

    if (!n)
        n = roman(t, len);
    return n ? n : ordinal(t, len);
}

/* ---------------------------------------------------------------- parts -- */

static size_t blanks_at(vt_typed t, size_t at) {
    size_t n = 0;

    while (at + n < t.len && (t.s[at + n] == ' ' || t.s[at + n] == '\t'))
        n++;
    return n;
}

/* The sign behind a number: '.', ')', '/', ':', '-' ("–" too); its bytes. */
static size_t sign_at(vt_typed t, size_t at, char *sign) {
    *sign = 0;
    if (at < t.len && strchr(".)/:-", t.s[at])) {
        *sign = t.s[at];
        return 1;
    }
    if (at + 3 <= t.len && (memcmp(t.s + at, "–", 3) == 0 || memcmp(t.s + at, "—", 3) == 0)) {
        *sign = '-';
        return 3;
    }
    return 0;
}

static vt_leader finished(vt_typed t, vt_leader m, size_t at) {
    m.label = at;
    m.skip = at + blanks_at(t, at);
    return m;
}

/* "Điều 3.", "Chương II": a sign, the line's end, or capitals must follow, for
   "Điều 5 Luật ..." begins a sentence. */
static vt_leader named(vt_typed t, const char *word, vt_label_kind kind) {
    const size_t before = vt_behind(t, word);
    vt_leader m = {.kind = kind, .depth = 1};
    size_t n, at;

    if (!before)
        return (vt_leader){0};
    at = before + blanks_at(t, before);
    m.value = any_number(vt_part(t, at, t.len), &n);
    if (!m.value)
        return (vt_leader){0};
    at += n;
    if (at < t.len && t.s[at] >= 'a' && t.s[at] <= 'd' && kind == VT_L_ARTICLE)
        at++; /* "Điều 2a." */
    if (!vt_word_ends(t.s + at, t.s + t.len))
        return (vt_leader){0}; /* "PHẦN IINH" */
    const size_t sign = sign_at(t, at, &m.sign);
    const vt_typed rest = vt_trimmed(vt_part(t, at + sign, t.len), "");
    if (!sign && rest.len && *rest.s != VT_LINE_BREAK && !vt_all_capitals(rest))
        return (vt_leader){0};
    return finished(t, m, at + sign);
}

/* "I.", "I-", "I - " */
static vt_leader of_roman(vt_typed t) {
    vt_leader m = {.kind = VT_L_ROMAN, .depth = 1};
    size_t n, at, sign;

    m.value = roman(t, &n);
    if (!m.value)
        return (vt_leader){0};
    at = n;
    sign = sign_at(t, at, &m.sign);
    if (!sign && blanks_at(t, at)) {
        at += blanks_at(t, at);
        sign = sign_at(t, at, &m.sign);
        if (m.sign != '-')
            return (vt_leader){0};
    }
    at += sign;
    if (!sign || (at < t.len && !blanks_at(t, at) && m.sign != '.' && m.sign != '-'))
        return (vt_leader){0};
    return finished(t, m, at);
}

/* "A. ĐẶC ĐIỂM": capitals behind it, for "A. Nguyễn" may be a name. */
static vt_leader of_capital_letter(vt_typed t) {
    vt_leader m = {.kind = VT_L_LETTER, .depth = 1};
    const size_t n = t.len >= 2 && memcmp(t.s, "Đ", 2) == 0 ? 2 : 1;
    size_t sign;

    if (!t.len || (n == 1 && !(*t.s >= 'A' && *t.s <= 'H')))
        return (vt_leader){0};
    sign = sign_at(t, n, &m.sign);
    if (!sign || !blanks_at(t, n + sign) || !vt_all_capitals(vt_part(t, n + sign, t.len)))
        return (vt_leader){0};
    static const char order[] = "ABCD\1EFGH"; /* \1: Đ */
    m.value = (int)(strchr(order, n == 2 ? '\1' : *t.s) - order) + 1;
    return finished(t, m, n + sign);
}

/* "1.", "1.1.", "1.1", "2)", "3/" */
static vt_leader of_clause(vt_typed t) {
    enum { DEEPEST = 5, MOST = 199 };
    vt_leader m = {.kind = VT_L_CLAUSE};
    size_t at = 0, n;

    for (;;) {
        const int value = arabic(vt_part(t, at, t.len), &n);
        if (!value || value > MOST || n > 3)
            return (vt_leader){0};
        m.value = value;
        m.depth++;
        at += n;
        if (at + 1 < t.len && t.s[at] == '.' && t.s[at + 1] >= '0' && t.s[at + 1] <= '9' &&
            m.depth < DEEPEST)
            at++;
        else
            break;
    }
    at += sign_at(t, at, &m.sign);
    const char *next = t.s + at, *end = t.s + t.len;
    const bool open = at == t.len || blanks_at(t, at);
    if (!m.sign && (m.depth == 1 || !blanks_at(t, at)))
        return (vt_leader){0};
    if (!open && !(m.sign == '.' && vt_capital(vt_utf8_next(&next, end)))) /* "1.Mục đích" */
        return (vt_leader){0};
    if (m.sign == ':' && m.depth == 1)
        return (vt_leader){0};
    return finished(t, m, at);
}

/* "a)", "đ)", "b." */
static vt_leader of_point(vt_typed t) {
    static const char letters[] = "abcd\1eghiklmnopqrstuvxy"; /* \1: đ */
    vt_leader m = {.kind = VT_L_POINT, .depth = 1};
    const size_t n = t.len >= 2 && memcmp(t.s, "đ", 2) == 0 ? 2 : 1;
    const char *at;

    if (!t.len)
        return (vt_leader){0};
    at = strchr(letters, n == 2 ? '\1' : *t.s);
    if (!at || !*t.s || *at < (n == 2 ? '\1' : 'a'))
        return (vt_leader){0};
    m.value = (int)(at - letters) + 1;
    const size_t sign = sign_at(t, n, &m.sign);
    if (!sign || !strchr(")./", m.sign) || (!blanks_at(t, n + sign) && n + sign < t.len))
        return (vt_leader){0};
    return finished(t, m, n + sign);
}

/* --------------------------------------------------------------- bullets -- */

/* What people and programs put before items, and what it stands for. */
static const struct {
    const char *typed;
    char sign;
} bullets[] = {
    {"-", '-'}, {"–", '-'}, {"—", '-'}, {"−", '-'}, {"+", '+'}, {"*", '*'}, {"•", '-'},
    {"●", '-'}, {"○", '+'}, {"◦", '+'}, {"▪", '-'}, {"■", '-'}, {"□", '-'}, {"·", '-'},
    {"∙", '-'}, {"➢", '-'}, {"►", '-'}, {"▶", '-'}, {"✓", '-'}, {"✔", '-'}, {"❖", '-'},
    {"→", '-'}, {"⁃", '-'}, {"‣", '-'}, {"§", '-'}, {"Ø", '-'}, {"ü", '-'}, {"o", '+'},
};

static vt_leader of_bullet(vt_typed t) {
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        const size_t n = strlen(bullets[i].typed);
        const char *next = t.s + n, *end = t.s + t.len;
        if (t.len < n || memcmp(t.s, bullets[i].typed, n) != 0)
            continue;
        /* "-Tăng cường" is typed in haste; "-5" and "*)" are none; Word's "o", "ü" are letters */
        const bool letter = vt_is_word(vt_utf8_next(&(const char *){t.s}, end));
        if (t.len == n || (!blanks_at(t, n) && (letter || !vt_capital(vt_utf8_next(&next, end)))))
            return (vt_leader){0};
        return finished(t, (vt_leader){.kind = VT_L_BULLET, .sign = bullets[i].sign}, n);
    }
    return (vt_leader){0};
}

/* ----------------------------------------------------------------- whole -- */

vt_leader vt_leader_of(vt_typed t) {
    static const struct {
        const char *word;
        vt_label_kind kind;
    } words[] = {{"phan", VT_L_PART},
                 {"chuong", VT_L_CHAPTER},
                 {"muc", VT_L_SECTION},
                 {"tieu muc", VT_L_SUBSECTION},
                 {"dieu", VT_L_ARTICLE}};
    static vt_leader (*const forms[])(vt_typed) = {of_bullet, of_clause, of_roman,
                                                   of_capital_letter, of_point};
    vt_leader m = {0};

    for (size_t i = 0; !m.kind && i < sizeof words / sizeof *words; i++)
        m = named(t, words[i].word, words[i].kind);
    for (size_t i = 0; !m.kind && i < sizeof forms / sizeof *forms; i++)
        m = forms[i](t);
    return m;
}

vt_typed vt_unbulleted(vt_typed t) {
    const vt_leader m = vt_leader_of(t);

    return m.kind == VT_L_BULLET ? vt_part(t, m.skip, t.len) : t;
}
