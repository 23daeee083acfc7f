/*
 * gen/check_body.c - rules of the body: căn cứ, structure and its labels, the
 * end mark.
 *
 * Labels are the engine's work; what can be wrong is a label that a person set
 * (@label) or typed into the words, and what it does to the count.
 */
#include "gen/check.h"

#include <stdlib.h>
#include <string.h>

/* The parts of a document that count by themselves: its body, each annex, the
   same of each attached text. */
static void each_part(vt_checking *c, const vt_node *document,
                      void (*check)(vt_checking *, const vt_node *)) {
    for (const vt_node *n = document->first; n; n = n->next) {
        if (n->el == VT_BODY || n->el == VT_ANNEX)
            check(c, n);
        else if (n->el == VT_ATTACHED && vt_child(n, VT_DOCUMENT))
            each_part(c, vt_child(n, VT_DOCUMENT), check);
    }
}

static bool within(const vt_node *node, vt_el el, const vt_node *top) {
    for (; node && node != top; node = node->parent)
        if (node->el == el)
            return true;
    return false;
}

static bool is_structure(vt_el el) {
    return el >= VT_PART && el <= VT_POINT;
}

static bool unnumbered(const vt_node *node) {
    const char *own = vt_attr_get(node, VT_AT_LABEL);

    return own && !*own;
}

/* ---------------------------------------------------------------- basis -- */

void vt_check_basis_there(vt_checking *c) {
    const vt_node *body = vt_child(c->root, VT_BODY);

    if (c->type && c->type->basis == VT_YES && body && !vt_child(body, VT_BASIS))
        vt_say(c, body, NULL, "%s không có căn cứ ban hành.", c->type->name);
}

void vt_check_basis_form(vt_checking *c) {
    for (size_t i = 0; i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        const char *second = strstr(w->text, "; Căn cứ");
        if (w->node->el != VT_BASIS)
            continue;
        if (second)
            vt_say(c, w->node, vt_excerpt(c, w->text, second), "Một dòng có nhiều căn cứ.");
        size_t len = strlen(w->text);
        if (len && strchr(";,.", w->text[len - 1]))
            vt_say(c, w->node, vt_excerpt(c, w->text, w->text + len),
                   "Căn cứ gõ sẵn dấu “%c” ở cuối.", w->text[len - 1]);
        if (w->text[0] == '-' || strncmp(w->text, "–", strlen("–")) == 0)
            vt_say(c, w->node, vt_excerpt(c, w->text, w->text), "Căn cứ gõ sẵn gạch đầu dòng.");
    }
}

const struct vt_word *vt_resolves_of(const vt_checking *c) {
    for (size_t i = 0; c->type && i < c->pack->resolve_count; i++)
        if (strcmp(c->pack->resolves[i].key, c->type->slug) == 0)
            return &c->pack->resolves[i];
    return NULL;
}

void vt_check_resolves(vt_checking *c) {
    const vt_node *body = vt_child(c->root, VT_BODY);
    const struct vt_word *word = vt_resolves_of(c);

    if (!word || !body)
        return;
    if (!vt_child(body, VT_AUTHORITY))
        vt_say(c, body, NULL, "Thiếu dòng chủ thể ban hành trước căn cứ.");
    const char *plain = vt_strndup(c->arena, word->text, strcspn(word->text, ":"));
    for (size_t i = 0; plain && i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        if (w->node->parent == body && w->node->el == VT_P &&
            (vt_same(c, w->text, word->text) || vt_same(c, w->text, plain)))
            vt_say(c, w->node, w->text, "Dòng “%s” gõ tay: chương trình đã in dòng này.",
                   word->text);
    }
}

/* --------------------------------------------------------------- labels -- */

static int roman_digit(char ch) {
    static const char digits[] = "IVXLCDM";
    static const int values[] = {1, 5, 10, 50, 100, 500, 1000};
    const char *at = ch ? strchr(digits, ch) : NULL;

    return at ? values[at - digits] : 0;
}

/* A Roman number at *s, moved behind it; 0: none. */
static int roman(const char **s) {
    int sum = 0;

    for (; roman_digit(**s) && sum < 4000; (*s)++) {
        int value = roman_digit(**s);
        sum += value < roman_digit((*s)[1]) ? -value : value;
    }
    return sum > 0 ? sum : 0;
}

/* The last of "1", "1.2", "1.2.3" at *s, moved behind it; 0: none. */
static int arabic(const char **s) {
    int value = 0;

    while (**s >= '0' && **s <= '9') {
        value = (int)strtol(*s, NULL, 10) % 100000;
        *s += strspn(*s, "0123456789");
        if ((*s)[0] != '.' || (*s)[1] < '0' || (*s)[1] > '9')
            break;
        (*s)++;
    }
    return value;
}

/* Place of the letter at *s in the pack's order, moved behind it; 0: none. */
static int letter(const vt_checking *c, const char **s) {
    int n = 1;

    for (const char *p = c->pack->letters; *p; n++) {
        size_t len = strcspn(p, " ");
        if (strncmp(*s, p, len) == 0) {
            *s += len;
            return n;
        }
        p += len + (p[len] == ' ');
    }
    return 0;
}

/* How an element is numbered. */
typedef struct style {
    const char *word; /* before the number */
    enum { ROMAN, ARABIC, LETTER } kind;
} style;

static style style_of(const vt_node *node, const vt_node *top) {
    switch (node->el) {
    case VT_PART:
        return (style){"Phần ", ROMAN};
    case VT_CHAPTER:
        return (style){"Chương ", ROMAN};
    case VT_SECTION:
        return within(node, VT_CHAPTER, top) ? (style){"Mục ", ARABIC} : (style){"", ROMAN};
    case VT_SUBSECTION:
        return (style){"Tiểu mục ", ARABIC};
    case VT_ARTICLE:
        return (style){"Điều ", ARABIC};
    case VT_POINT:
        return (style){"", LETTER};
    default:
        return (style){"", ARABIC};
    }
}

/* The number a label says; 0: it is not of this style.  *rest: behind it. */
static int label_number(const vt_checking *c, style st, const char *label, const char **rest) {
    size_t len = strlen(st.word);
    int n;

    if (strncmp(label, st.word, len) != 0)
        return 0;
    label += len;
    n = st.kind == ROMAN ? roman(&label) : st.kind == ARABIC ? arabic(&label) : letter(c, &label);
    *rest = label;
    return n;
}

/* ------------------------------------------------------------- counting -- */

/* Numbers of one run of elements: as the engine counts, and as printed last. */
typedef struct run {
    int counted, last;
} run;

typedef struct counting {
    vt_checking *c;
    const vt_node *top;
    run through[VT_ELEMENTS]; /* chapters and articles run through the document */
    int latest[VT_ELEMENTS];  /* printed last, wherever it was */
    void (*check)(struct counting *, const vt_node *, const run *, int number, const char *rest);
} counting;

static bool first_of_kind(const vt_node *node) {
    for (const vt_node *p = node->prev; p; p = p->prev)
        if (p->el == node->el)
            return false;
    return true;
}

/* Numbers an element as gen/numbering.c does, or as its own label says. */
static void count_one(counting *k, run *local, const vt_node *node) {
    bool runs = node->el == VT_CHAPTER || node->el == VT_ARTICLE;
    run *r = runs ? &k->through[node->el] : &local[node->el];
    const char *label = vt_attr_get(node, VT_AT_LABEL), *rest = "";

    if (unnumbered(node))
        return;
    r->counted++;
    int number = label ? label_number(k->c, style_of(node, k->top), label, &rest) : r->counted;
    k->check(k, node, r, number, rest);
    r->last = number ? number : r->last + 1;
    k->latest[node->el] = r->last;
}

/* The tree is at most VT_MAX_DEPTH deep. */
static void count_below(counting *k, const vt_node *parent) {
    run local[VT_ELEMENTS] = {{0, 0}};

    for (const vt_node *n = parent->first; n; n = n->next) {
        if (!is_structure(n->el))
            continue; /* a quotation has labels of its own */
        count_one(k, local, n);
        count_below(k, n);
    }
}

static bool follows(const counting *k, const vt_node *node, const run *r, int number) {
    bool labelled = vt_attr_get(node, VT_AT_LABEL) != NULL;

    if (number == r->last + 1)
        return true;
    /* a label may go on from an earlier run, or begin a new one */
    return labelled && first_of_kind(node) &&
           (number == k->latest[node->el] + 1 || (node->el == VT_CHAPTER && number == 1));
}

static void say_gap(counting *k, const vt_node *node, const run *r, int number) {
    const char *label = vt_attr_get(node, VT_AT_LABEL);

    if (number == 0 || follows(k, node, r, number))
        return;
    if (label)
        vt_say(k->c, node, label, "Nhãn “%s” không nối tiếp nhãn trước (thứ %d).", label, r->last);
    else
        vt_say(k->c, node, NULL, "Số thứ tự %d không nối tiếp nhãn trước (thứ %d).", number,
               r->last);
}

static void check_sequence(counting *k, const vt_node *node, const run *r, int number,
                           const char *rest) {
    const style st = style_of(node, k->top);
    const char *label = vt_attr_of(node, VT_AT_LABEL), *s = label;

    (void)rest;
    if (st.kind == LETTER)
        return;
    if (number == 0 && strncmp(label, st.word, strlen(st.word)) == 0) {
        s += strlen(st.word);
        if (st.kind == ROMAN ? arabic(&s) : roman(&s))
            vt_say(k->c, node, label, "Nhãn “%s” phải dùng chữ số %s.", label,
                   st.kind == ROMAN ? "La Mã" : "Ả Rập");
    }
    say_gap(k, node, r, number);
}

static void check_letter(counting *k, const vt_node *node, const run *r, int number,
                         const char *rest) {
    const char *label = vt_attr_of(node, VT_AT_LABEL);

    if (node->el != VT_POINT)
        return;
    bool labelled = vt_attr_get(node, VT_AT_LABEL) != NULL;
    if (labelled && (!number || strcmp(rest, ")") != 0))
        vt_say(k->c, node, label, "Nhãn “%s” không phải chữ cái thường kèm dấu “)”.", label);
    else
        say_gap(k, node, r, number);
}

static void count_part(vt_checking *c, const vt_node *top,
                       void (*check)(counting *, const vt_node *, const run *, int, const char *)) {
    counting k = {.c = c, .top = top, .check = check};

    count_below(&k, top);
}

static void sequence_of(vt_checking *c, const vt_node *top) {
    count_part(c, top, check_sequence);
}

static void letters_of(vt_checking *c, const vt_node *top) {
    count_part(c, top, check_letter);
}

void vt_check_sequence(vt_checking *c) {
    each_part(c, c->root, sequence_of);
}

void vt_check_letters(vt_checking *c) {
    each_part(c, c->root, letters_of);
}

/* ----------------------------------------------------------- label form -- */

/* What may stand behind the number in a label. */
static bool right_tail(const vt_node *node, const vt_node *top, const char *rest) {
    const char *mark = top->el == VT_BODY ? vt_attr_of(top, VT_AT_MARK) : "";

    switch (node->el) {
    case VT_ARTICLE:
        return strcmp(rest, ".") == 0;
    case VT_CLAUSE:
        return strcmp(rest, ".") == 0 || (*mark && strcmp(rest, mark) == 0);
    case VT_SECTION:
        return within(node, VT_CHAPTER, top)
                   ? !*rest
                   : strcmp(rest, ".") == 0 || (*mark && strcmp(rest, mark) == 0);
    case VT_POINT:
        return true; /* BD-14 */
    default:
        return !*rest;
    }
}

/* "Phần thứ nhất", as the Party may have it. */
static bool in_words(const vt_checking *c, const char *label) {
    return c->doc->system != VT_STATE &&
           (strncmp(label, "Phần thứ ", strlen("Phần thứ ")) == 0 ||
            strncmp(label, "Chương thứ ", strlen("Chương thứ ")) == 0);
}

/* The words that follow the label on its line. */
static const char *first_words(vt_checking *c, const vt_node *node) {
    const vt_node *first = node->first;

    return first && (first->el == VT_HEADING || first->el == VT_P) ? vt_words_of(c, first) : "";
}

/* A label typed into the words, beside the one that is printed. */
static void check_doubled(counting *k, const vt_node *node, const style st, int number) {
    const char *words = first_words(k->c, node), *rest = "";
    int typed = label_number(k->c, st, words, &rest);
    bool mark = *rest && strchr(".)/-:", *rest) && (rest[1] == ' ' || !rest[1]);

    if (typed == number && (mark || *st.word))
        vt_say(k->c, node, vt_excerpt(k->c, words, words),
               "Lời mở đầu bằng nhãn gõ tay: nhãn sẽ in hai lần.");
}

static void check_form(counting *k, const vt_node *node, const run *r, int number,
                       const char *rest) {
    const char *label = vt_attr_get(node, VT_AT_LABEL);
    const style st = style_of(node, k->top);

    (void)r;
    if (number)
        check_doubled(k, node, st, number);
    if (label && number && !right_tail(node, k->top, rest))
        vt_say(k->c, node, label, "Nhãn “%s” sai dấu câu.", label);
    const char *roman_end = label, *arabic_end = label;
    if (label && !number && st.kind != LETTER && !in_words(k->c, label) && !roman(&roman_end) &&
        !arabic(&arabic_end))
        vt_say(k->c, node, label, "Nhãn “%s” không đúng dạng.", label);
}

static void form_of(vt_checking *c, const vt_node *top) {
    count_part(c, top, check_form);
}

void vt_check_label_form(vt_checking *c) {
    each_part(c, c->root, form_of);
}

/* ---------------------------------------------------- titles and schemes -- */

static const vt_node *next_structure(const vt_node *top, const vt_node *n) {
    do
        n = vt_walk(top, n, n == top || is_structure(n->el));
    while (n && !is_structure(n->el));
    return n;
}

/* An article of a decision may go without; in a text of chapters it may not. */
static bool needs_title(const vt_node *node, const vt_node *top) {
    switch (node->el) {
    case VT_PART:
    case VT_CHAPTER:
    case VT_SUBSECTION:
        return true;
    case VT_SECTION:
        return within(node, VT_CHAPTER, top);
    case VT_ARTICLE:
        return within(node, VT_CHAPTER, top) || within(node, VT_PART, top);
    default:
        return false;
    }
}

static void titles_of(vt_checking *c, const vt_node *top) {
    for (const vt_node *n = next_structure(top, top); n; n = next_structure(top, n))
        if (needs_title(n, top) && !vt_child(n, VT_HEADING))
            vt_say(c, n, vt_excerpt(c, first_words(c, n), first_words(c, n)),
                   "Thiếu tiêu đề của %s.",
                   n->el == VT_PART      ? "phần"
                   : n->el == VT_CHAPTER ? "chương"
                   : n->el == VT_ARTICLE ? "điều"
                                         : "mục");
}

void vt_check_titles(vt_checking *c) {
    each_part(c, c->root, titles_of);
}

static void schemes_of(vt_checking *c, const vt_node *top) {
    const vt_node *article = NULL, *head = NULL;

    for (const vt_node *n = next_structure(top, top); n; n = next_structure(top, n)) {
        if (n->el == VT_ARTICLE || n->el == VT_CHAPTER)
            article = article ? article : n;
        if (n->el == VT_SECTION && !within(n, VT_CHAPTER, top) && !unnumbered(n))
            head = head ? head : n;
    }
    if (article && head)
        vt_say(c, article->line > head->line ? article : head, NULL,
               "Vừa có chương, điều (dòng %d) vừa có mục La Mã (dòng %d).", article->line,
               head->line);
}

void vt_check_schemes(vt_checking *c) {
    each_part(c, c->root, schemes_of);
}

/* -------------------------------------------------------------- end mark -- */

/* The words at the very end of a part's content; NULL when it ends otherwise
   (with a table, a figure, a form's line). */
static const vt_words *last_words(const vt_checking *c, const vt_node *top) {
    const vt_words *last = NULL;

    for (size_t i = 0; i < c->word_count; i++) {
        const vt_node *n = c->words[i].node;
        while (n && n != top)
            n = n->parent;
        if (n && c->words[i].node->el != VT_FOOTNOTE)
            last = &c->words[i];
    }
    if (last && (last->where & (VT_IN_TABLE | VT_IN_FORM | VT_IN_QUOTE)))
        return NULL;
    return last;
}

/* Does the text stand at the end of a body or an annex? */
static bool ends_part(const vt_checking *c, const vt_words *w) {
    const vt_node *top = w->node;

    while (top && top->el != VT_BODY && top->el != VT_ANNEX)
        top = top->parent;
    const vt_words *last = top ? last_words(c, top) : NULL;
    return !last || last == w; /* what ends with a table has no last words */
}

void vt_check_state_end(vt_checking *c) {
    const vt_node *body = vt_child(c->root, VT_BODY);
    const vt_words *last = body ? last_words(c, body) : NULL;

    for (size_t i = 0; i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        const char *at = w->where & VT_IN_QUOTE ? NULL : strstr(w->text, "./.");
        if (at && (at[3] || !ends_part(c, w)))
            vt_say(c, w->node, vt_excerpt(c, w->text, at), "Dấu “./.” đứng giữa văn bản.");
    }
    if (last && (vt_ends(last->text, ";") || vt_ends(last->text, ",") || vt_ends(last->text, ":")))
        vt_say(c, last->node, vt_excerpt(c, last->text, last->text + strlen(last->text)),
               "Câu cuối của nội dung chưa kết thúc.");
}

void vt_check_party_end(vt_checking *c) {
    const vt_node *body = vt_child(c->root, VT_BODY);
    const vt_words *last = body ? last_words(c, body) : NULL;

    if (!last)
        return;
    const char *end = last->text + strlen(last->text);
    if (vt_ends(last->text, "./."))
        vt_say(c, last->node, vt_excerpt(c, last->text, end),
               "Văn bản của Đảng kết thúc bằng “.”, không phải “./.”.");
    else if (!vt_ends(last->text, ".") && !vt_ends(last->text, "!") && !vt_ends(last->text, "…"))
        vt_say(c, last->node, vt_excerpt(c, last->text, end),
               "Câu cuối của nội dung thiếu dấu chấm.");
}

/* ---------------------------------------------------------------- annex -- */

void vt_check_annex_title(vt_checking *c) {
    const vt_node *annex = vt_child(c->root, VT_ANNEX);

    for (; annex; annex = vt_next_same(annex)) {
        const vt_node *title = vt_child(annex, VT_TITLE);
        const char *words = vt_words_of(c, title);
        if (vt_begins(c, words, "Phụ lục"))
            vt_say(c, title, words, "Tên phụ lục gõ sẵn “Phụ lục”.");
    }
}
