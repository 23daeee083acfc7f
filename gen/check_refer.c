/*
 * gen/check_refer.c - rules of references inside a document: to its annexes, to
 * its own articles, clauses and points.
 *
 * The law of another document has articles and annexes too: a reference counts
 * as one's own only where the words leave no doubt.
 */
#include "gen/check.h"

#include <stdlib.h>
#include <string.h>

static const vt_token *token(const vt_words *w, size_t i) {
    static const vt_token none = {.kind = VT_TOK_MARK};

    return i < w->token_count ? &w->tokens[i] : &none;
}

/* The number at token i, Arabic or Roman; 0: none. */
static int number_at(const vt_words *w, size_t i) {
    const vt_token *t = token(w, i);
    const char *s = i < w->token_count ? w->text + t->at : "";
    int n = 0;

    if (t->kind == VT_TOK_NUMBER) {
        for (size_t k = 0; k < t->len && n < 100000; k++)
            n = n * 10 + (s[k] - '0');
        return n;
    }
    const char *end = s;
    n = t->kind == VT_TOK_WORD ? vt_roman(&end) : 0;
    return end == s + t->len ? n : 0;
}

/* Does the text speak of another document's provisions, too? */
static bool names_another(const vt_words *w) {
    static const char *const names[] = {"luật",     "bộ luật",   "pháp lệnh", "nghị định",
                                        "thông tư", "hiến pháp", "điều lệ"};

    for (size_t i = 0; i < w->token_count; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (vt_words_at(w, i, names[k]))
                return true;
    for (size_t i = 0; i < w->token_count; i++)
        if (vt_words_at(w, i, "số") && token(w, i + 1)->kind == VT_TOK_NUMBER &&
            (vt_token_is(token(w, i + 2), '/') || vt_token_is(token(w, i + 2), '-')))
            return true;
    return false;
}

/* --------------------------------------------------------------- annexes -- */

#define ANNEXES_MAX 400 /* that are told apart; the format has fewer in practice */

typedef struct mentions {
    bool number[ANNEXES_MAX + 1];
    bool any, all, along;   /* "phụ lục"; "các phụ lục"; "kèm theo" */
    const vt_words *beyond; /* names an annex that is not there */
    size_t at;
    int which;
} mentions;

/* "Phụ lục I, II và IV", "Phụ lục I đến Phụ lục III": tokens from i on; gives the
   one behind. */
static size_t take_numbers(mentions *m, const vt_words *w, size_t i, int annexes, bool own) {
    int last = 0;
    bool range = false;

    for (; i < w->token_count; i++) {
        const int n = number_at(w, i);
        if (n > 0 && n <= ANNEXES_MAX) {
            for (int k = range && last ? last : n; k <= n; k++)
                m->number[k] = true;
            if (own && n > annexes && !m->beyond) {
                m->beyond = w;
                m->at = i;
                m->which = n;
            }
            last = n;
            range = false;
            continue;
        }
        range = range || vt_word_at(w, i, "đến") || vt_token_is(&w->tokens[i], '-');
        if (!range && !vt_token_is(&w->tokens[i], ',') && !vt_word_at(w, i, "và") &&
            !vt_word_at(w, i, "phụ") && !vt_word_at(w, i, "lục") && !vt_word_at(w, i, "số"))
            return i;
        if (range && number_at(w, i + 1) == 0 && !vt_word_at(w, i + 1, "phụ") &&
            !vt_word_at(w, i + 1, "lục") && !vt_word_at(w, i, "phụ"))
            return i;
    }
    return i;
}

static void take_mentions(mentions *m, const vt_words *w, int annexes) {
    bool asked = false, own = false;

    for (size_t i = 0; i < w->token_count; i++) {
        m->along = m->along || vt_words_at(w, i, "kèm theo");
        if (!vt_words_at(w, i, "phụ lục"))
            continue;
        m->any = true;
        m->all = m->all || (i && vt_word_at(w, i - 1, "các"));
        if (!asked) {
            own = !names_another(w);
            asked = true;
        }
        i = take_numbers(m, w, i + 2, annexes, own && !(w->where & VT_IN_ANNEX)) - 1;
    }
}

/* "Phụ lục II", as it is printed. */
static const char *label_of(vt_checking *c, int n) {
    const char *label = vt_label(c->arena, c->pack, c->pack->annex_label, &n, 1, NULL);

    return label ? label : "";
}

static void say_annexes(vt_checking *c, const mentions *m, int annexes) {
    int n = 0;

    for (const vt_node *a = vt_child(c->root, VT_ANNEX); a && !vt_enough(c); a = vt_next_same(a)) {
        const vt_node *title = vt_child(a, VT_TITLE);
        n++;
        if (annexes == 1 ? m->any || m->along : n > ANNEXES_MAX || m->all || m->number[n])
            continue;
        if (annexes == 1)
            vt_say(c, a, vt_words_of(c, title), "Lời văn không nhắc tới phụ lục.");
        else
            vt_say(c, a, vt_words_of(c, title), "Lời văn không nhắc tới %s.", label_of(c, n));
    }
    if (m->beyond && (annexes || !vt_child(c->root, VT_ENCLOSURE)))
        vt_say(c, m->beyond->node,
               vt_excerpt(c, m->beyond->text, m->beyond->text + m->beyond->tokens[m->at].at),
               "Lời văn nhắc tới phụ lục thứ %d, văn bản có %d phụ lục.", m->which, annexes);
}

void vt_check_annex_named(vt_checking *c) {
    mentions m = {.any = false};
    int annexes = 0;

    for (const vt_node *a = vt_child(c->root, VT_ANNEX); a; a = vt_next_same(a))
        annexes++;
    if (vt_child(c->root, VT_ATTACHED))
        return; /* whose annexes are meant cannot be told */
    for (size_t i = 0; i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        if (!(w->where & VT_IN_QUOTE) && w->node->el != VT_TITLE && w->node->el != VT_REFERENCE)
            take_mentions(&m, w, annexes);
    }
    say_annexes(c, &m, annexes);
}

/* ------------------------------------------------- articles, clauses, points -- */

/* One document's articles: the main one's or an attached text's. */
typedef struct law {
    const vt_node *root, *body;
    const vt_type *type;
    const vt_numbered *articles;
    size_t count;
} law;

/* Steps over nodes that looking up may take in all: enough for any document, not
   for one made to be slow. */
#define STEPS_MAX 2000000

typedef struct looking {
    vt_checking *c;
    law law;
    long steps;
    const vt_words *asked; /* the text of which `another` speaks */
    bool another;
} looking;

static bool speaks_of_another(looking *k, const vt_words *w) {
    if (k->asked != w) {
        k->asked = w;
        k->another = names_another(w);
    }
    return k->another;
}

static void law_of(looking *k, const vt_words *w) {
    const vt_node *root = w->node;

    while (root->parent && root->el != VT_DOCUMENT)
        root = root->parent;
    if (root == k->law.root)
        return;
    k->law = (law){.root = root, .body = vt_child(root, VT_BODY)};
    k->law.type = vt_pack_type(k->c->pack, vt_attr_of(root, VT_AT_TYPE));
    if (k->law.body)
        k->law.articles = vt_numbers_of(k->c, k->law.body, VT_ARTICLE, &k->law.count);
}

static const vt_node *article_of(looking *k, int number) {
    const law *l = &k->law;

    if (number > 0 && (size_t)number <= l->count && l->articles[number - 1].number == number)
        return l->articles[number - 1].node;
    for (size_t i = 0; i < l->count && k->steps++ < STEPS_MAX; i++)
        if (l->articles[i].number == number)
            return l->articles[i].node;
    return NULL;
}

/* The n-th numbered child of a kind; labels that people set are believed. */
static const vt_node *child_of(looking *k, const vt_node *parent, vt_el el, int number) {
    int n = 0;

    for (const vt_node *p = parent->first; p && k->steps++ < STEPS_MAX; p = p->next) {
        const char *label = vt_attr_get(p, VT_AT_LABEL);
        if (p->el != el || (label && !*label))
            continue;
        n++;
        if (label && *label >= '0' && *label <= '9')
            n = (int)(strtol(label, NULL, 10) % 100000);
        if (n == number)
            return p;
    }
    return NULL;
}

/* A reference: 0 where a level is not named. */
typedef struct reference {
    int clause, article;
    bool this_article; /* "Điều này" */
    size_t from, end;  /* tokens */
} reference;

/* "khoản 2", "các khoản 1, 2 và 3" before token i. */
static int clause_before(const vt_words *w, size_t i, size_t *from) {
    size_t k = i;

    while (k && (number_at(w, k - 1) || vt_token_is(&w->tokens[k - 1], ',') ||
                 vt_word_at(w, k - 1, "và")))
        k--;
    if (!k || k == i || !vt_word_at(w, k - 1, "khoản"))
        return 0;
    *from = k - 1;
    int most = 0;
    for (; k < i; k++)
        most = number_at(w, k) > most ? number_at(w, k) : most;
    return most;
}

#define LIST_TOKENS 40 /* of "Điều 3, 4, 5 và Điều 8" */

/* The reference whose "Điều" is token i; false: none. */
static bool reference_at(const vt_words *w, size_t i, reference *r) {
    *r = (reference){.from = i, .end = i + 1};
    r->clause = clause_before(w, i, &r->from);
    r->this_article = vt_word_at(w, i + 1, "này");
    if (r->this_article)
        return r->clause > 0;
    r->article = token(w, i + 1)->kind == VT_TOK_NUMBER ? number_at(w, i + 1) : 0;
    for (r->end = i + 2;
         r->end < i + LIST_TOKENS &&
         (vt_token_is(token(w, r->end), ',') || vt_word_at(w, r->end, "và") ||
          vt_word_at(w, r->end, "điều") || token(w, r->end)->kind == VT_TOK_NUMBER);)
        r->end++;
    return r->article > 0;
}

/* Is it the document's own: "Điều 5 Quy chế này", or "Điều 5" where nothing else
   is spoken of? */
static bool is_own(looking *k, const vt_words *w, const reference *r) {
    size_t i = r->end + vt_word_at(w, r->end, "của");
    const size_t n = k->law.type ? vt_words_at(w, i, k->law.type->name) : 0;

    if (r->this_article)
        return true;
    if (n)
        return vt_word_at(w, i + n, "này");
    if (token(w, i)->kind == VT_TOK_WORD && (token(w, i)->flags & VT_TOK_CAPITAL))
        return false;
    for (size_t x = i; x < i + 4; x++)
        if (vt_word_at(w, x, "này"))
            return false; /* of what is said before */
    return !(w->where & VT_IN_ANNEX) && w->node->el != VT_BASIS && w->node->el != VT_SUBJECT &&
           !speaks_of_another(k, w);
}

static const vt_node *own_article(const vt_words *w) {
    const vt_node *n = w->node;

    while (n && n->el != VT_ARTICLE)
        n = n->parent;
    return n;
}

static void check_reference(looking *k, const vt_words *w, const reference *r) {
    const vt_node *article = r->this_article ? own_article(w) : article_of(k, r->article);
    const char *excerpt = vt_excerpt(k->c, w->text, w->text + w->tokens[r->from].at);

    if (k->steps >= STEPS_MAX || (r->this_article && !article))
        return;
    if (!article)
        vt_say(k->c, w->node, excerpt, "Văn bản không có Điều %d.", r->article);
    else if (r->clause && !child_of(k, article, VT_CLAUSE, r->clause) && k->steps < STEPS_MAX)
        vt_say(k->c, w->node, excerpt, "%s không có khoản %d.",
               r->this_article ? "Điều này" : vt_printf(k->c->arena, "Điều %d", r->article),
               r->clause);
}

void vt_check_references(vt_checking *c) {
    looking k = {.c = c};
    const uint64_t article = vt_token_key("điều");

    for (size_t i = 0; i < c->word_count && !vt_enough(c); i++) {
        const vt_words *w = &c->words[i];
        if (w->where & VT_IN_QUOTE)
            continue;
        for (size_t t = 1; t < w->token_count; t++) {
            reference r;
            if (w->tokens[t].key != article || !reference_at(w, t, &r))
                continue;
            law_of(&k, w);
            if (k.law.count && is_own(&k, w, &r))
                check_reference(&k, w, &r);
        }
    }
}
