/*
 * gen/import_words.c - comparing the words of a draft: without marks and
 * capitals, as names of persons, in columns.
 */
#include "gen/import.h"

#include <string.h>
#include <unicode/uchar.h>

/* ----------------------------------------------------------------- spans -- */

vt_typed vt_typed_of(const char *s, int line) {
    return (vt_typed){s, NULL, strlen(s), line};
}

vt_typed vt_part(vt_typed t, size_t from, size_t to) {
    if (!t.len)
        return t;
    from = from < t.len ? from : t.len;
    to = to < from ? from : to < t.len ? to : t.len;
    return (vt_typed){t.s + from, t.style ? t.style + from : NULL, to - from, t.line};
}

vt_typed vt_trimmed(vt_typed t, const char *ends) {
    while (t.len && (strchr(" \t\v", t.s[t.len - 1]) || strchr(ends, t.s[t.len - 1])))
        t.len--;
    while (t.len && strchr(" \t\v", *t.s))
        t = vt_part(t, 1, t.len);
    return t;
}

bool vt_holds(vt_typed t, const char *words) {
    const size_t n = strlen(words);

    for (size_t i = 0; i + n <= t.len; i++)
        if (t.s[i] == *words && memcmp(t.s + i, words, n) == 0)
            return true;
    return false;
}

/* A cut between columns: a tab, or three blanks. */
static size_t cut_at(vt_typed t, size_t from, size_t *behind) {
    for (size_t i = from; i < t.len; i++) {
        size_t end = i;
        while (end < t.len && (t.s[end] == ' ' || t.s[end] == '\t'))
            end++;
        if (end - i >= 3 || memchr(t.s + i, '\t', end - i)) {
            *behind = end;
            return i;
        }
        i = end > i ? end - 1 : i;
    }
    *behind = t.len;
    return t.len;
}

/* A wide blank left to be filled in is no border: "Số:      /UBND", "ngày      tháng". */
static bool is_blank_left(vt_typed before, vt_typed behind) {
    static const char *const goes_on[] = {"thang", "nam"};

    if (vt_leader_of((vt_typed){before.s, NULL, before.len + 2, 0}).skip > before.len)
        return true; /* a label or bullet and its text */
    if (behind.len && strchr("/-", *behind.s) && before.len && before.s[before.len - 1] == ':')
        return true;
    if (behind.len && *behind.s == '/')
        return true;
    for (size_t i = 0; i < sizeof goes_on / sizeof *goes_on; i++)
        if (vt_starts(behind, goes_on[i]))
            return true;
    return before.len < 6 && vt_starts(before, "so");
}

size_t vt_columns(vt_typed line, vt_typed *out, size_t max) {
    size_t n = 0, from = 0, at = 0, behind;

    while (from < line.len) {
        at = cut_at(line, at, &behind);
        const vt_typed left = vt_trimmed(vt_part(line, from, at), "");
        if (behind < line.len && is_blank_left(left, vt_part(line, behind, line.len))) {
            at = behind;
            continue;
        }
        if (n + 1 == max)
            at = behind = line.len;
        if (left.len)
            out[n++] = vt_trimmed(vt_part(line, from, at), "");
        if (n == max)
            break;
        from = at = behind;
    }
    return n;
}

/* ------------------------------------------------------------------ keys -- */

static bool is_key_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

char *vt_key(vt_arena *arena, const char *s, size_t len) {
    const char *end = s + len;
    char *key = vt_alloc(arena, len + 1), *to = key;

    while (key && s < end) {
        char folded[4];
        if (vt_text_fold_char(vt_utf8_next(&s, end), folded) == 1 && is_key_char(*folded))
            *to++ = *folded;
    }
    return key;
}

/* The next key character of a text, 0 at its end. */
static char next_key(const char **s, const char *end) {
    while (*s < end) {
        char folded[4];
        if (vt_text_fold_char(vt_utf8_next(s, end), folded) == 1 && is_key_char(*folded))
            return *folded;
    }
    return 0;
}

bool vt_key_is(vt_typed t, const char *words) {
    const char *s = t.s, *end = t.len ? s + t.len : s, *words_end = words + strlen(words);
    char a, b;

    do {
        a = next_key(&s, end);
        b = next_key(&words, words_end);
    } while (a && a == b);
    return a == b;
}

size_t vt_behind(vt_typed t, const char *folded) {
    const char *s = t.s, *end = t.len ? s + t.len : s;

    for (; *folded; folded++) {
        char c[4] = {0};
        if (*folded == ' ') {
            if (s >= end || !vt_text_space(s, end))
                return 0;
            for (size_t n; s < end && (n = vt_text_space(s, end)) > 0;)
                s += n;
        } else if (s >= end || vt_text_fold_char(vt_utf8_next(&s, end), c) != 1 || *c != *folded) {
            return 0;
        }
    }
    const char *at = s;
    return at < end && u_isalnum((UChar32)vt_utf8_next(&at, end)) ? 0 : (size_t)(s - t.s);
}

bool vt_starts(vt_typed t, const char *folded) {
    return vt_behind(t, folded) > 0;
}

/* -------------------------------------------------------------- capitals -- */

bool vt_capital(uint32_t cp) {
    return u_isupper((UChar32)cp);
}

bool vt_small(uint32_t cp) {
    return u_islower((UChar32)cp);
}

bool vt_is_word(uint32_t cp) {
    return u_isalnum((UChar32)cp);
}

uint32_t vt_smaller(uint32_t cp) {
    return (uint32_t)u_tolower((UChar32)cp);
}

bool vt_all_capitals(vt_typed t) {
    const char *s = t.s, *end = t.len ? s + t.len : s;
    int capitals = 0;

    while (s < end) {
        const uint32_t cp = vt_utf8_next(&s, end);
        if (vt_small(cp))
            return false;
        capitals += vt_capital(cp);
    }
    return capitals > 1;
}

bool vt_starts_small(vt_typed t) {
    const char *s = t.s, *end = t.len ? s + t.len : s;

    while (s < end) {
        const uint32_t cp = vt_utf8_next(&s, end);
        if (u_isalnum((UChar32)cp))
            return vt_small(cp);
    }
    return false;
}

static void change_case(char *s, size_t len, UChar32 (*changed)(UChar32)) {
    const char *end = s + len;

    while (s < end) {
        const char *next = s;
        char other[4];
        const uint32_t cp = vt_utf8_next(&next, end);
        const int n = vt_utf8_put((uint32_t)changed((UChar32)cp), other);
        if (n == (int)(next - s)) /* as all of Vietnamese is */
            memcpy(s, other, (size_t)n);
        s += next - s;
    }
}

void vt_lower(char *s) {
    change_case(s, strlen(s), u_tolower);
}

void vt_upper(char *s, size_t len) {
    change_case(s, len, u_toupper);
}

/* ----------------------------------------------------------------- names -- */

bool vt_is_person(vt_typed t) {
    const char *s = t.s, *end = s + t.len;
    int words = 0;

    if (!t.len || t.len > 60)
        return false;
    while (s < end) {
        const uint32_t first = vt_utf8_next(&s, end);
        if (!vt_capital(first))
            return false;
        words++;
        while (s < end && *s != ' ') {
            const uint32_t cp = vt_utf8_next(&s, end);
            if (!u_isalpha((UChar32)cp) && cp != '.' && cp != '-')
                return false;
        }
        while (s < end && *s == ' ')
            s++;
    }
    return words >= 2 && words <= 6;
}
