/* records/query.c - see query.h.  The input is hostile: any bytes may come. */

#include "records/query.h"
#include "records/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* NAME_WORDS: those of "Nghị quyết liên tịch số 12/..." */
enum { QUERY_BYTES = 4096, NUMBER_DIGITS = 9, NAME_WORDS = 8 };

/* ------------------------------------------------------------------ terms -- */

/* One term: words between start and end. */
typedef struct term {
    const char *start, *end;
    bool not, prefix;
} term;

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Length of a quotation mark at s (ASCII, or the typographic ones), or 0. */
static size_t quote_at(const char *s, const char *end) {
    if (s < end && *s == '"')
        return 1;
    if (end - s >= 3 && memcmp(s, "\xE2\x80", 2) == 0 &&
        (s[2] == '\x9C' || s[2] == '\x9D' || s[2] == '\x9E'))
        return 3;
    return 0;
}

/* Takes the next term; false at the end.  A term without words may come. */
static bool next_term(const char **at, const char *end, term *out) {
    const char *s = *at;
    size_t quote;

    *out = (term){0};
    while (s < end && is_space(*s))
        s++;
    if (s == end)
        return false;
    if (*s == '-') {
        out->not = true;
        s++;
    }
    quote = quote_at(s, end);
    s += quote;
    out->start = s;
    while (s < end && !quote_at(s, end) && (quote || !is_space(*s)))
        s++;
    out->end = s;
    if (quote)
        s += quote_at(s, end);
    else
        out->prefix = s > out->start && s[-1] == '*';
    if (quote && s < end && *s == '*') {
        out->prefix = true;
        s++;
    }
    *at = s;
    return true;
}

/* How a query is written. */
typedef struct writing {
    bool folded;
    const vt_query_index *index;
    vt_query_marks *marks;
} writing;

/* The words of a term but the last, a space before each, and the last. */
static void read_words(const term *t, const writing *w, vt_buf *before, vt_word_forms *last) {
    const char *at = t->start;
    vt_word_forms word;
    bool any = false;

    while (vt_word_next(&at, t->end, &word)) {
        w->marks->accents = w->marks->accents || strcmp(word.folded, word.exact) != 0;
        if (any)
            vt_buf_printf(before, "%s ", w->folded ? last->folded : last->exact);
        *last = word;
        any = true;
    }
}

/* A token of two words, whose list is short where those of both are long, narrows what the
   term's words are then looked for in.  True: there is one. */
static bool add_pairs(const term *t, vt_buf *out) {
    const char *at = t->start;
    vt_word_forms word, before;
    size_t run = 0, pairs = 0; /* words that are paired */

    while (vt_word_next(&at, t->end, &word)) {
        if (run == 1 && vt_word_pairs(&word))
            vt_buf_printf(out, "%s\"%c%s", pairs++ ? "\" AND " : "(", VT_PAIRED, before.exact);
        run = vt_word_pairs(&word) ? run + 1 : 0;
        if (run > 1)
            vt_buf_printf(out, " %s", word.exact);
        before = word;
    }
    vt_buf_puts(out, pairs ? "\" AND " : "");
    return pairs;
}

/* Adds the term's words as one quoted string, or one for each word its last may be. */
static void add_term(const term *t, const writing *w, vt_buf *out) {
    vt_buf before, words;
    vt_word_forms last;
    const char *text = w->folded ? last.folded : last.exact;
    bool pairs = false;

    vt_buf_init(&before, out->ceiling);
    vt_buf_init(&words, out->ceiling);
    read_words(t, w, &before, &last);
    if (t->prefix && w->index)
        w->index->beginning(w->index->ctx, text, &words);
    for (const char *at = words.data; words.len && *at;) {
        size_t n = strcspn(++at, " ");

        vt_buf_printf(out, "%s\"%s%.*s\"", at == words.data + 1 ? "(" : " OR ",
                      before.len ? before.data : "", (int)n, at);
        at += n;
    }
    if (!words.len) {
        pairs = before.len && !t->prefix && w->index && add_pairs(t, out);
        vt_buf_printf(out, "\"%s%s\"%s", before.len ? before.data : "", text, t->prefix ? "*" : "");
    }
    vt_buf_puts(out, words.len || pairs ? ")" : "");
    out->failed = out->failed || vt_buf_failed(&before) || vt_buf_failed(&words);
    vt_buf_free(&before);
    vt_buf_free(&words);
}

static bool has_words(const term *t) {
    const char *at = t->start;
    vt_word_forms word;

    return vt_word_next(&at, t->end, &word);
}

/* All terms of one kind, joined. */
static size_t add_terms(const char *typed, const char *end, bool not, const char *join,
                        const writing *w, vt_buf *out) {
    size_t seen = 0, added = 0;
    term t;

    while (next_term(&typed, end, &t)) {
        if (!has_words(&t))
            continue;
        if (seen++ == VT_QUERY_TERMS) {
            w->marks->cut = true;
            break;
        }
        if (t.not != not )
            continue;
        if (added++)
            vt_buf_puts(out, join);
        add_term(&t, w, out);
    }
    return added;
}

static const char *end_of(const char *typed) {
    size_t n = strnlen(typed, QUERY_BYTES);

    return typed + n;
}

bool vt_query_expression(const char *typed, bool folded, const char *everything,
                         const vt_query_index *index, vt_buf *out, vt_query_marks *marks) {
    const writing w = {folded, index, marks};
    const char *end = end_of(typed);
    vt_buf wanted, unwanted;
    bool any;

    vt_buf_init(&wanted, out->ceiling);
    vt_buf_init(&unwanted, out->ceiling);
    *marks = (vt_query_marks){.cut = *end != '\0'};
    if (!add_terms(typed, end, false, " AND ", &w, &wanted))
        vt_buf_puts(&wanted, everything);
    any = wanted.len && strcmp(wanted.data, everything) != 0;
    if (add_terms(typed, end, true, " OR ", &w, &unwanted)) {
        vt_buf_printf(out, "(%s) NOT (%s)", wanted.data, unwanted.data);
        any = true;
    } else if (any) {
        vt_buf_puts(out, wanted.data);
    }
    out->failed = out->failed || vt_buf_failed(&wanted) || vt_buf_failed(&unwanted);
    vt_buf_free(&wanted);
    vt_buf_free(&unwanted);
    return any;
}

bool vt_query_phrase(const char *typed, vt_buf *out) {
    const char *at = typed, *end = end_of(typed);
    size_t words = 0, seen = 0;
    bool whole = true;
    term t;

    vt_buf_printf(out, "run : \"%c", VT_RUN);
    while (seen < VT_QUERY_TERMS && next_term(&at, end, &t)) {
        vt_word_forms word;

        seen += has_words(&t);
        whole = whole && !t.prefix;
        for (const char *s = t.start; !t.not &&vt_word_next(&s, t.end, &word); words++)
            vt_buf_printf(out, "%s%s", words ? " " : "", word.exact);
    }
    vt_buf_putc(out, '"');
    return whole && words > 1;
}

void vt_query_typed(const char *typed, bool folded, vt_typed_words *out) {
    const char *at = typed, *end = end_of(typed);
    term t;

    out->count = 0;
    while (next_term(&at, end, &t)) {
        const char *s = t.start;
        size_t before = out->count;
        vt_word_forms word;

        while (!t.not &&out->count < VT_TYPED_WORDS && vt_word_next(&s, t.end, &word)) {
            vt_typed_word *w = &out->words[out->count++];

            w->accents = !folded && strcmp(word.folded, word.exact) != 0;
            memcpy(w->text, w->accents ? word.exact : word.folded,
                   (w->accents ? word.exact_len : word.folded_len) + 1);
            w->prefix = false;
        }
        if (out->count > before)
            out->words[out->count - 1].prefix = t.prefix;
    }
}

bool vt_query_slug(const char *name, vt_buf *out) {
    const char *at = name, *end = end_of(name), *before = name;
    vt_word_forms word;
    bool any = false;

    while (vt_word_next(&at, end, &word)) {
        if (any)
            vt_buf_putc(out, memchr(before, '/', (size_t)(word.start - before)) ? '/' : '-');
        vt_buf_puts(out, word.folded);
        before = word.end;
        any = true;
    }
    return any;
}

bool vt_query_names(const char *typed, char kind, vt_buf *out) {
    const char *end = end_of(typed);
    vt_word_forms word;
    int n = 0;

    while (n < VT_QUERY_TERMS && vt_word_next(&typed, end, &word))
        vt_buf_printf(out, "%s\"%c%c%s\"", n++ ? " AND " : "(", VT_NAME, kind, word.exact);
    if (n)
        vt_buf_putc(out, ')');
    return n > 0;
}

/* ----------------------------------------------------------------- numbers -- */

/* "152", "152a" */
static bool read_number(const char *word, vt_typed_number *out) {
    size_t digits = strspn(word, "0123456789");
    size_t rest = strlen(word) - digits;

    if (digits == 0 || digits > NUMBER_DIGITS || rest > 1)
        return false;
    out->number = strtoll(word, NULL, 10);
    memcpy(out->suffix, word + digits, rest + 1);
    return out->number > 0;
}

static int read_year(const char *word) {
    long year = strlen(word) == 4 && strspn(word, "0123456789") == 4 ? strtol(word, NULL, 10) : 0;

    return year >= 1900 && year <= 2100 ? (int)year : 0;
}

static bool add_notation(vt_typed_number *out, const vt_word_forms *word) {
    size_t used = strlen(out->notation);

    if (used + word->folded_len + 2 > sizeof out->notation)
        return false;
    out->notation[used] = ' ';
    memcpy(out->notation + used + 1, word->folded, word->folded_len + 1);
    return true;
}

/* "05/9/2026", "05 tháng 9 năm 2026" */
static bool read_day(const char **at, const char *end, vt_typed_number *out) {
    static const char *const before[] = {"", "thang", "nam"};
    long part[3];
    char iso[32];
    vt_word_forms word;

    for (int i = 0; i < 3; i++) {
        if (!vt_word_next(at, end, &word) ||
            (strcmp(word.folded, before[i]) == 0 && !vt_word_next(at, end, &word)) ||
            strspn(word.folded, "0123456789") != word.folded_len || word.folded_len > 4)
            return false;
        part[i] = strtol(word.folded, NULL, 10);
    }
    snprintf(iso, sizeof iso, "%04ld-%02ld-%02ld", part[2], part[1], part[0]);
    out->year = (int)part[2];
    return vt_date_parse(iso, &out->day) && vt_date_full(out->day);
}

/* What stands behind the number: notation, then perhaps "năm 2026" or a day. */
static bool read_rest(const char *at, const char *end, vt_typed_number *out) {
    vt_word_forms word;

    while (vt_word_next(&at, end, &word)) {
        if (out->year)
            return out->day.day && *out->notation;
        if (strcmp(word.folded, "ngay") == 0) {
            if (!read_day(&at, end, out))
                return false;
            continue;
        }
        if (strcmp(word.folded, "nam") == 0 && vt_word_next(&at, end, &word) &&
            !read_year(word.folded))
            return false;
        out->year = read_year(word.folded);
        if (!out->year && !add_notation(out, &word))
            return false;
    }
    return true;
}

/* The first word, or the one behind "số"; *named: others stand before that. */
static bool find_number(const char **at, const char *end, vt_word_forms *word, bool *named) {
    for (int words = 0; words < NAME_WORDS && vt_word_next(at, end, word); words++) {
        *named = words > 0;
        if (strcmp(word->folded, "so") == 0)
            return vt_word_next(at, end, word);
        if (!*named && strspn(word->folded, "0123456789"))
            return true;
    }
    return false;
}

bool vt_number_parse(const char *typed, vt_typed_number *out) {
    const char *end = end_of(typed);
    bool named = false;
    vt_word_forms word;

    *out = (vt_typed_number){0};
    if (!*end && !strpbrk(typed, "\"*") && find_number(&typed, end, &word, &named) &&
        read_number(word.folded, out) && read_rest(typed, end, out) &&
        (!named || (out->day.day && *out->notation)))
        return true;
    *out = (vt_typed_number){0};
    return false;
}
