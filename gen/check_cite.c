/*
 * gen/check_cite.c - documents named by their number: where they stand in the
 * text, and the rules about naming them (căn cứ, first and further citations).
 */
#include "gen/check.h"

#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------------- finding -- */

static const vt_token *token(const vt_words *w, size_t i) {
    static const vt_token none = {.kind = VT_TOK_MARK};

    return i < w->token_count ? &w->tokens[i] : &none;
}

static bool joiner(const vt_token *t) {
    return vt_token_is(t, '/') || vt_token_is(t, '-');
}

/* A mark inside a ký hiệu and a group behind it: "/HU", "-CP", ".TE". */
static bool joins(const vt_words *w, size_t i) {
    const vt_token *mark = token(w, i), *group = token(w, i + 1);

    return i + 1 < w->token_count && vt_token_joined(mark) && vt_token_joined(group) &&
           (joiner(mark) ? group->kind != VT_TOK_MARK
                         : vt_token_is(mark, '.') && group->kind == VT_TOK_WORD);
}

/* "145-KH/HU", "93/2019/NĐ-CP": a number, then groups of letters or digits, no
   white space; one of the groups is an abbreviation.  Gives the token behind. */
static size_t notation_end(const vt_words *w, size_t i, uint64_t *key) {
    size_t end = i + 1, n = i + 1;
    bool letters = false;

    *key = token(w, i)->key;
    if (token(w, n)->kind == VT_TOK_WORD && vt_token_joined(token(w, n)) && token(w, n)->len <= 2)
        n++; /* "152a" */
    while (joins(w, n)) {
        const vt_token *group = token(w, n + 1);
        letters = letters || (group->flags & VT_TOK_CAPITALS);
        *key = (*key ^ group->key) * UINT64_C(0x100000001B3);
        n += 2;
        while (token(w, n)->kind != VT_TOK_MARK && n < w->token_count &&
               vt_token_joined(token(w, n)))
            n++; /* "QH15" */
        end = n;
    }
    return letters ? end : i;
}

/* ", ngày 27/3/2024", "ngày 27 tháng 3 năm 2024", "năm 2024": the token behind. */
static size_t date_end(const vt_words *w, size_t i) {
    size_t n = i + vt_token_is(token(w, i), ',');

    if (vt_word_at(w, n, "năm") && token(w, n + 1)->kind == VT_TOK_NUMBER)
        return n + 2;
    if (!vt_word_at(w, n, "ngày") || token(w, n + 1)->kind != VT_TOK_NUMBER)
        return i;
    for (n += 2; n < w->token_count && n < i + 8; n++) {
        const vt_token *t = token(w, n);
        if (t->kind != VT_TOK_NUMBER && !joiner(t) && !vt_word_at(w, n, "tháng") &&
            !vt_word_at(w, n, "năm"))
            break;
    }
    return n;
}

/* Part of the trích yếu of the document named before: "Kế hoạch số 1 ngày ... về
   thực hiện Chỉ thị số 2 ngày ..." is quoted as it is. */
static bool is_embedded(const vt_cite *cite, const vt_cite *before) {
    static const char *const openings[] = {"về",  "thực",  "ban",   "sửa", "quy",
                                           "phê", "hướng", "triển", "bổ",  "tăng"};
    bool opened = before->embedded;

    for (size_t k = before->end; k < cite->first; k++) {
        const vt_token *t = &cite->words->tokens[k];
        if (vt_token_is(t, ';') || vt_token_is(t, '.'))
            return false;
        for (size_t o = 0; !opened && o < sizeof openings / sizeof *openings; o++)
            opened = vt_word_at(cite->words, k, openings[o]);
    }
    return opened;
}

static void add_cite(vt_checking *c, const vt_words *w, size_t first, size_t last, uint64_t key) {
    vt_cite *all = vt_grow(c->arena, c->cites, &c->cite_cap, c->cite_count + 1, sizeof *all);
    const size_t before = first && vt_token_is(token(w, first - 1), ':') ? 2 : 1;

    if (!all)
        return; /* the arena remembers */
    c->cites = all;
    vt_cite *cite = &all[c->cite_count++];
    *cite = (vt_cite){.words = w, .first = first, .last = last, .key = key};
    cite->numbered = first >= before && vt_word_at(w, first - before, "số");
    cite->end = date_end(w, last);
    cite->dated = cite->end > last;
    if (cite != all && cite[-1].words == w)
        cite->embedded = is_embedded(cite, cite - 1);
}

void vt_cites_find(vt_checking *c) {
    for (size_t k = 0; k < c->word_count; k++) {
        const vt_words *w = &c->words[k];
        for (size_t i = 0; i < w->token_count; i++) {
            const vt_token *t = &w->tokens[i];
            uint64_t key;
            if (t->kind != VT_TOK_NUMBER || (i && vt_token_joined(t) && joiner(t - 1)))
                continue;
            const size_t end = notation_end(w, i, &key);
            if (end == i)
                continue;
            add_cite(c, w, i, end, key);
            i = end - 1;
        }
    }
}

/* ---------------------------------------------------------- first and later -- */

/* What stands in the text that cites; not lists, quotations, annexes. */
static bool counts(const vt_words *w) {
    return (w->where & VT_IN_BODY) &&
           !(w->where & (VT_IN_QUOTE | VT_IN_TABLE | VT_IN_ANNEX | VT_IN_ATTACHED));
}

/* Does the type of the document stand before ("Kế hoạch số 12-KH/TU", "Kế hoạch
   12-KH/TU")?  Other things have numbers, too. */
static bool named(const vt_cite *cite) {
    static const char *const ends[] = {"định", "hoạch", "tư",   "thị", "quyết", "văn",  "báo",
                                       "cáo",  "trình", "luận", "án",  "dẫn",   "lệnh", "chế"};
    size_t i = cite->first;

    if (cite->numbered)
        i -= vt_token_is(&cite->words->tokens[i - 1], ':') ? 2 : 1;
    for (size_t k = 0; i && k < sizeof ends / sizeof *ends; k++)
        if (vt_word_at(cite->words, i - 1, ends[k]))
            return true;
    return false;
}

/* Laws are named without their number: theirs needs no date (PL I II.6.b). */
static bool is_law(const vt_cite *cite) {
    for (size_t i = cite->first; i < cite->last; i++)
        if (vt_word_at(cite->words, i, "qh") || vt_word_at(cite->words, i, "ubtvqh"))
            return true;
    return false;
}

typedef struct keyed {
    uint64_t key;
    size_t at; /* in c->cites */
} keyed;

static int by_key_and_place(const void *a, const void *b) {
    const keyed *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* Citations of one document, in reading order. */
static void one_document(vt_checking *c, const keyed *group, size_t n) {
    const vt_cite *first = NULL;
    bool known = false;

    for (size_t i = 0; i < n; i++) {
        const vt_cite *cite = &c->cites[group[i].at];
        const vt_words *w = cite->words;
        if (!counts(w) || w->node->el == VT_FOOTNOTE) {
            known = known || cite->dated; /* the subject, a table */
            continue;
        }
        const char *excerpt = vt_excerpt(c, w->text, w->text + w->tokens[cite->first].at);
        const char *name = vt_excerpt_tokens(c, w, cite->first, cite->last);
        if (!first) {
            first = cite;
            if (!cite->dated && !known && named(cite) && !is_law(cite))
                vt_say(c, w->node, excerpt,
                       "Viện dẫn văn bản số %s lần đầu mà không ghi ngày ban hành.", name);
        } else if (first->dated && cite->dated && !cite->embedded) {
            vt_say(c, w->node, excerpt,
                   "Văn bản số %s đã viện dẫn đầy đủ ở dòng %d: lần này chỉ ghi tên loại và số, "
                   "ký hiệu.",
                   name, first->words->node->line);
            return; /* one place shows it */
        }
    }
}

void vt_check_citations(vt_checking *c) {
    keyed *all = vt_alloc_array(c->arena, c->cite_count + 1, sizeof *all);

    if (!all)
        return;
    for (size_t i = 0; i < c->cite_count; i++)
        all[i] = (keyed){c->cites[i].key, i};
    qsort(all, c->cite_count, sizeof *all, by_key_and_place);
    for (size_t i = 0, end; i < c->cite_count && !vt_enough(c); i = end) {
        for (end = i + 1; end < c->cite_count && all[end].key == all[i].key;)
            end++;
        one_document(c, all + i, end - i);
    }
}

/* --------------------------------------------------------------- căn cứ -- */

static size_t any_words(const vt_words *w, size_t i, const char *const *list) {
    for (; *list; list++) {
        const size_t n = vt_words_at(w, i, *list);
        if (n)
            return n;
    }
    return 0;
}

static bool somewhere(const vt_words *w, size_t from, const char *const *list) {
    for (size_t i = from; i < w->token_count; i++)
        if (any_words(w, i, list))
            return true;
    return false;
}

/* A law: its name and date, neither number nor issuer. */
static void law_basis(vt_checking *c, const vt_words *w, const vt_cite *cite) {
    static const char *const dates[] = {"ngày", "năm", NULL};
    static const char *const numbers[] = {"luật số", "pháp lệnh số", NULL};
    const size_t n = w->token_count;

    if (somewhere(w, 0, numbers) || (cite && is_law(cite)))
        vt_say(c, w->node, vt_excerpt(c, w->text, w->text), "Căn cứ Luật, Pháp lệnh không ghi số.");
    else if (n > 4 && vt_words_at(w, n - 3, "của quốc hội") &&
             w->tokens[n - 4].kind == VT_TOK_NUMBER)
        vt_say(c, w->node, vt_excerpt(c, w->text, w->text + w->tokens[n - 3].at),
               "Căn cứ Luật không ghi cơ quan ban hành.");
    else if (!somewhere(w, 0, dates))
        vt_say(c, w->node, vt_excerpt(c, w->text, w->text), "Căn cứ Luật thiếu ngày ban hành.");
}

/* Types that a căn cứ names in full, their trích yếu included. */
static const char *const basis_types[] = {"nghị định",  "thông tư", "nghị quyết",
                                          "quyết định", "chỉ thị",  NULL};

#define SHORT_ENDING 8 /* words behind "của" in which no trích yếu has room */

/* Any other document: number, date, issuer, trích yếu. */
static void named_basis(vt_checking *c, const vt_words *w, const vt_cite *cite) {
    static const char *const openings[] = {
        "về",        "quy định", "ban hành", "hướng dẫn", "phê duyệt", "sửa đổi",    "bổ sung",
        "thành lập", "công bố",  "giao",     "phân công", "thực hiện", "triển khai", NULL};
    static const char *const of[] = {"của", NULL};
    const char *missing = NULL;
    const bool titled = any_words(w, vt_words_at(w, 0, "căn cứ"), basis_types);

    if (!cite)
        missing = "số và ký hiệu";
    else if (!cite->dated)
        missing = "ngày ban hành";
    else if (!somewhere(w, cite->end, of))
        missing = "cơ quan ban hành";
    else if (titled && !somewhere(w, cite->end, openings) &&
             w->token_count - cite->end <= SHORT_ENDING)
        missing = "trích yếu nội dung";
    if (missing)
        vt_say(c, w->node, vt_excerpt(c, w->text, w->text), "Căn cứ thiếu %s.", missing);
}

/* They stand in the order of the texts. */
const vt_cite *vt_cite_of(const vt_checking *c, const vt_words *w) {
    size_t low = 0, high = c->cite_count;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (c->cites[middle].words < w)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->cite_count && c->cites[low].words == w ? &c->cites[low] : NULL;
}

void vt_check_basis_full(vt_checking *c) {
    static const char *const laws[] = {"luật", "bộ luật", "pháp lệnh", NULL};

    for (size_t i = 0; i < c->word_count && !vt_enough(c); i++) {
        const vt_words *w = &c->words[i];
        if (w->node->el != VT_BASIS)
            continue;
        const size_t start = vt_words_at(w, 0, "căn cứ");
        if (any_words(w, start, laws))
            law_basis(c, w, vt_cite_of(c, w));
        else if (any_words(w, start, basis_types) || (start && vt_cite_of(c, w)))
            named_basis(c, w, vt_cite_of(c, w));
    }
}

/* Date of the document: a partial one counts as its last day, none as new. */
static bool dated_before(const vt_checking *c, vt_date from) {
    vt_date date;

    return vt_doc_date(c->doc, &date) && vt_date_compare(vt_date_last(date), from) < 0;
}

void vt_check_basis_valid(vt_checking *c) {
    const vt_section *section = vt_wordbook_section(c->engine, "BD-08");

    for (size_t i = 0; section && i < c->word_count && !vt_enough(c); i++) {
        const vt_words *w = &c->words[i];
        for (size_t k = 0; w->node->el == VT_BASIS && k < w->token_count; k++) {
            const vt_phrase *p = vt_phrase_at(section, w->tokens, w->token_count, k);
            if (!p || (p->from.year && dated_before(c, p->from)))
                continue;
            vt_say(c, w->node, vt_excerpt(c, w->text, w->text + w->tokens[k].at),
                   "%s đã hết hiệu lực%s%s.", p->text, p->instead ? ", nay có " : "",
                   p->instead ? p->instead : "");
        }
    }
}
