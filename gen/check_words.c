/*
 * gen/check_words.c - rules that read words by the word lists (gen/wordbook.h):
 * capitals, bodies that exist no longer, abbreviations.
 */
#include "gen/check.h"

#include "gen/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

/* ---------------------------------------------------------------- sentences -- */

static bool has_letter_case(const vt_words *w, const vt_token *t) {
    const char *s = w->text + t->at;

    return t->kind == VT_TOK_WORD && u_islower((UChar32)vt_utf8_next(&s, s + t->len));
}

/* A typed label "a)", a unit, a formula: not the first word of a sentence. */
static bool is_label(const vt_words *w) {
    const vt_token *second = w->token_count > 1 ? &w->tokens[1] : NULL;

    return second && second->kind == VT_TOK_MARK && vt_token_joined(second) &&
           !vt_token_is(second, ',') && !vt_token_is(second, ':');
}

/* The text before ends with a colon: what follows in a list goes its sentence on. */
static bool goes_on(const vt_words *w, const vt_words *before) {
    const vt_node *n = w->node, *parent = n->parent;
    const bool listed = n->el == VT_ITEM ||
                        (parent->first == n && (parent->el == VT_POINT || parent->el == VT_CLAUSE));

    return listed && before && before->token_count &&
           (vt_token_is(&before->tokens[before->token_count - 1], ':') ||
            vt_token_is(&before->tokens[before->token_count - 1], ';') ||
            vt_token_is(&before->tokens[before->token_count - 1], ','));
}

/* Elements whose text is sentences, on a line of its own. */
static bool begins_line(const vt_words *w) {
    const vt_node *n = w->node, *before = n->prev;

    if (w->where & (VT_IN_QUOTE | VT_IN_TABLE))
        return false;
    if (n->el != VT_P)
        return n->el == VT_HEADING || n->el == VT_ITEM || n->el == VT_BASIS;
    /* the sentence may go on behind a heading on its line, or what was set between */
    return !before || (before->el != VT_QUOTE && before->el != VT_FIGURE &&
                       before->el != VT_TABLE && before->el != VT_LINE &&
                       !(before->el == VT_HEADING && vt_attr_get(before, VT_AT_RUN_IN)));
}

/* The stop at token i ends a sentence: a usual word stands before it, which no
   list calls an abbreviation. */
static bool ends_sentence(const vt_words *w, size_t i, const vt_section *known) {
    const vt_token *stop = &w->tokens[i], *last = stop - 1;

    if (vt_token_is(stop, '?') || vt_token_is(stop, '!'))
        return i && last->kind == VT_TOK_WORD;
    return i && vt_token_is(stop, '.') && vt_token_joined(stop) && last->kind == VT_TOK_WORD &&
           !(last->flags & VT_TOK_CAPITALS) && last->len > 1 &&
           !(known && vt_phrase_at(known, w->tokens, w->token_count, i - 1));
}

void vt_check_sentence_capitals(vt_checking *c) {
    const vt_section *known = vt_wordbook_section(c->engine, "CP-01");

    for (size_t k = 0; k < c->word_count && !vt_enough(c); k++) {
        const vt_words *w = &c->words[k];
        if (!w->token_count || w->where & VT_IN_QUOTE || w->node->el == VT_SUBJECT)
            continue;
        if (begins_line(w) && has_letter_case(w, &w->tokens[0]) && !is_label(w) &&
            !goes_on(w, k ? w - 1 : NULL))
            vt_say(c, w->node, vt_excerpt(c, w->text, w->text), "Đầu dòng chưa viết hoa.");
        for (size_t i = 1; i + 1 < w->token_count; i++) {
            const vt_token *next = &w->tokens[i + 1];
            if (w->tokens[i].kind != VT_TOK_MARK || vt_token_joined(next) ||
                !has_letter_case(w, next) || !ends_sentence(w, i, known))
                continue;
            vt_say(c, w->node, vt_excerpt(c, w->text, w->text + next->at),
                   "Đầu câu chưa viết hoa.");
            break; /* one for each paragraph */
        }
    }
}

/* --------------------------------------------------------------- dictionary -- */

/* How the phrase must be written here: its letters as they stand, each word's
   first in the case the list has. */
static const char *rewritten(vt_checking *c, const vt_words *w, const vt_phrase *p, size_t i) {
    vt_buf out;

    vt_buf_init(&out, 1 << 12);
    for (size_t k = 0; k < p->count; k++) {
        const vt_token *t = &w->tokens[i + k];
        const char *s = w->text + t->at, *end = s + t->len;
        char first[4];
        if (k && !vt_token_joined(t))
            vt_buf_putc(&out, ' ');
        if (p->at[k].place == VT_LITERAL && t->kind == VT_TOK_WORD) {
            const UChar32 cp = (UChar32)vt_utf8_next(&s, end);
            const bool capital = p->at[k].flags & VT_TOK_CAPITAL;
            vt_buf_add(
                &out, first,
                (size_t)vt_utf8_put((uint32_t)(capital ? u_toupper(cp) : u_tolower(cp)), first));
        }
        vt_buf_add(&out, s, (size_t)(end - s));
    }
    const char *words = vt_strndup(c->arena, out.data, out.len);
    vt_buf_free(&out);
    return words ? words : "";
}

/* Is a word's first letter in the other case than the list has it?  Where a
   sentence may begin a capital says nothing. */
static bool miswritten(const vt_phrase *p, const vt_token *tokens) {
    bool wrong = false;

    for (size_t k = 0; k < p->count; k++) {
        const vt_token *t = &tokens[k];
        const bool capital = t->flags & VT_TOK_CAPITAL, must = p->at[k].flags & VT_TOK_CAPITAL;
        if (t->kind != VT_TOK_WORD || p->at[k].place != VT_LITERAL)
            continue;
        if (t->flags & VT_TOK_CAPITALS)
            return false; /* a line in capitals, an abbreviation */
        wrong = wrong || (capital != must && !(capital && t->flags & VT_TOK_FREE));
    }
    return wrong;
}

/* Names and posts stand in natural case, but some are written in capitals. */
static bool is_prose(const vt_words *w) {
    return !(w->where & VT_IN_QUOTE) && w->token_count > 0;
}

void vt_check_dictionary(vt_checking *c) {
    const vt_section *section = vt_wordbook_section(c->engine, c->rule->id);

    for (size_t i = 0; section && i < c->word_count && !vt_enough(c); i++) {
        const vt_words *w = &c->words[i];
        const vt_phrase *said = NULL; /* once for a paragraph */
        for (size_t k = 0; is_prose(w) && k < w->token_count; k++) {
            const vt_phrase *p = vt_phrase_at(section, w->tokens, w->token_count, k);
            if (!p)
                continue;
            if (p != said && miswritten(p, &w->tokens[k])) {
                vt_say(c, w->node, vt_excerpt(c, w->text, w->text + w->tokens[k].at),
                       "“%s” viết là “%s”.", vt_excerpt_tokens(c, w, k, k + p->count),
                       rewritten(c, w, p, k));
                said = p;
            }
            k += p->count - 1;
        }
    }
}

/* ---------------------------------------------------------- abolished bodies -- */

/* Words by which a text speaks of what was. */
static bool speaks_of_the_past(const vt_words *w) {
    static const char *const words[] = {
        "cũ",        "trước đây",          "trước ngày",  "nguyên",
        "sáp nhập",  "giải thể",           "hợp nhất",    "bàn giao",
        "tiếp nhận", "kết thúc hoạt động", "chuyển giao", "thôi"};

    for (size_t i = 0; i < w->token_count; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (vt_words_at(w, i, words[k]))
                return true;
    return false;
}

static bool is_in_force(const vt_checking *c, const vt_phrase *p) {
    vt_date date;

    return !p->from.year || !vt_doc_date(c->doc, &date) ||
           vt_date_compare(vt_date_last(date), p->from) >= 0;
}

void vt_check_abolished(vt_checking *c) {
    const vt_section *section = vt_wordbook_section(c->engine, "BD-23");

    for (size_t i = 0; section && i < c->word_count && !vt_enough(c); i++) {
        const vt_words *w = &c->words[i];
        for (size_t k = 0; !(w->where & VT_IN_QUOTE) && k < w->token_count; k++) {
            const vt_phrase *p = vt_phrase_at(section, w->tokens, w->token_count, k);
            if (!p || !is_in_force(c, p))
                continue;
            if (!vt_cite_of(c, w) && !speaks_of_the_past(w))
                vt_say(c, w->node, vt_excerpt(c, w->text, w->text + w->tokens[k].at),
                       "“%s” không còn hoạt động%s%s.", vt_excerpt_tokens(c, w, k, k + p->count),
                       p->instead ? ", nay là " : "", p->instead ? p->instead : "");
            break; /* one for each paragraph */
        }
    }
}

/* ------------------------------------------------------------ abbreviations -- */

typedef struct short_form {
    uint64_t key;
    const vt_words *words;
    size_t at; /* token */
    size_t order;
    bool explained;
} short_form;

/* Part of a ký hiệu or a code: "28-CT/TW", "QH15". */
static bool is_code(const vt_words *w, size_t i) {
    const vt_token *t = &w->tokens[i], *next = i + 1 < w->token_count ? t + 1 : NULL;

    if (i && vt_token_joined(t) &&
        (t[-1].kind != VT_TOK_MARK || vt_token_is(t - 1, '/') || vt_token_is(t - 1, '-') ||
         vt_token_is(t - 1, '.') || vt_token_is(t - 1, '@')))
        return true;
    return next && vt_token_joined(next) &&
           (next->kind != VT_TOK_MARK || vt_token_is(next, '/') || vt_token_is(next, '-') ||
            vt_token_is(next, '@'));
}

/* An abbreviation is made of first letters and bears no tone: "MẬT" is a word. */
static bool is_word(const vt_words *w, size_t i) {
    const vt_token *t = &w->tokens[i];

    for (const char *s = w->text + t->at, *end = s + t->len; s < end;) {
        const uint32_t cp = vt_utf8_next(&s, end);
        if (cp >= 0x80 && cp != 0x110 && cp != 0x1AF) /* Đ, Ư */
            return true;
    }
    return false;
}

/* Beside a word in capitals it is one, too: "CẦN BỔ SUNG". */
static bool is_shouted(const vt_words *w, size_t i) {
    const bool before = i && w->tokens[i - 1].flags & VT_TOK_CAPITALS;
    const bool behind = i + 1 < w->token_count && w->tokens[i + 1].flags & VT_TOK_CAPITALS;

    return is_word(w, i) || (before && is_word(w, i - 1)) || (behind && is_word(w, i + 1));
}

static bool is_roman(const vt_words *w, const vt_token *t) {
    return strspn(w->text + t->at, "IVXLCDM") >= t->len;
}

/* "(BCĐ)", "BCĐ (Ban Chỉ đạo)", "viết tắt là BCĐ". */
static bool is_explained(const vt_words *w, size_t i, int open) {
    return open > 0 || (i + 1 < w->token_count && vt_token_is(&w->tokens[i + 1], '(')) ||
           (i && vt_word_at(w, i - 1, "là")) ||
           (i > 1 && w->tokens[i - 1].kind == VT_TOK_MARK && vt_word_at(w, i - 2, "là"));
}

/* A line in capitals has no abbreviations that could be told. */
static bool in_capitals(const vt_words *w) {
    size_t capitals = 0, words = 0;

    for (size_t i = 0; i < w->token_count; i++) {
        words += w->tokens[i].kind == VT_TOK_WORD;
        capitals += (w->tokens[i].flags & VT_TOK_CAPITALS) != 0;
    }
    return 2 * capitals > words;
}

static short_form *short_forms(vt_checking *c, size_t *count) {
    const vt_section *known = vt_wordbook_section(c->engine, "BD-24");
    short_form *all = NULL;
    size_t cap = 0;

    for (size_t k = 0; k < c->word_count; k++) {
        const vt_words *w = &c->words[k];
        int open = 0;
        if (!(w->where & VT_IN_BODY) || w->where & (VT_IN_QUOTE | VT_IN_FORM | VT_IN_TABLE) ||
            in_capitals(w))
            continue;
        for (size_t i = 0; i < w->token_count; i++) {
            const vt_token *t = &w->tokens[i];
            open += vt_token_is(t, '(') - vt_token_is(t, ')');
            if (!(t->flags & VT_TOK_CAPITALS) || is_code(w, i) || is_roman(w, t) ||
                is_shouted(w, i) || (known && vt_phrase_at(known, w->tokens, w->token_count, i)))
                continue;
            short_form *grown = vt_grow(c->arena, all, &cap, *count + 1, sizeof *all);
            if (!grown)
                return NULL;
            all = grown;
            all[*count] = (short_form){t->key, w, i, *count, is_explained(w, i, open)};
            ++*count;
        }
    }
    return all;
}

static int by_form(const void *a, const void *b) {
    const short_form *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static int by_order(const void *a, const void *b) {
    const short_form *x = a, *y = b;

    return (x->order > y->order) - (x->order < y->order);
}

/* Keeps the first of each form; gives how many. */
static size_t keep_first(short_form *all, size_t count) {
    size_t kept = 0;

    qsort(all, count, sizeof *all, by_form);
    for (size_t i = 0; i < count; i++)
        if (!kept || all[kept - 1].key != all[i].key)
            all[kept++] = all[i];
    qsort(all, kept, sizeof *all, by_order);
    return kept;
}

void vt_check_abbreviations(vt_checking *c) {
    size_t count = 0;
    short_form *all = short_forms(c, &count);

    if (!all)
        return;
    count = keep_first(all, count);
    for (size_t i = 0; i < count && !vt_enough(c); i++) {
        const short_form *f = &all[i];
        if (f->explained)
            continue;
        vt_say(c, f->words->node,
               vt_excerpt(c, f->words->text, f->words->text + f->words->tokens[f->at].at),
               "Chữ viết tắt “%s” chưa được giải nghĩa.",
               vt_excerpt_tokens(c, f->words, f->at, f->at + 1));
    }
}
