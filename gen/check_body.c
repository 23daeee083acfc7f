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
int vt_roman(const char **s) {
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
        return vt_within(node, VT_CHAPTER, top) ? (style){"Mục ", ARABIC} : (style){"", ROMAN};
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
    n = st.kind == ROMAN    ? vt_roman(&label)
        : st.kind == ARABIC ? arabic(&label)
                            : letter(c, &label);
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
        if (!vt_is_structure(n->el))
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
        if (st.kind == ROMAN ? arabic(&s) : vt_roman(&s))
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

/* ------------------------------------------------------ numbers as printed -- */

typedef struct gathering {
    counting k;
    vt_el el;
    vt_numbered *all;
    size_t count, cap;
} gathering;

static void gather(counting *k, const vt_node *node, const run *r, int number, const char *rest) {
    gathering *g = (gathering *)k; /* its first member */

    (void)rest;
    if (node->el != g->el)
        return;
    vt_numbered *all = vt_grow(k->c->arena, g->all, &g->cap, g->count + 1, sizeof *all);
    if (!all)
        return; /* the arena remembers */
    g->all = all;
    all[g->count++] = (vt_numbered){node, number ? number : r->last + 1};
}

const vt_numbered *vt_numbers_of(vt_checking *c, const vt_node *top, vt_el el, size_t *count) {
    gathering g = {.k = {.c = c, .top = top, .check = gather}, .el = el};

    count_below(&g.k, top);
    *count = g.count;
    return g.all;
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
        return vt_within(node, VT_CHAPTER, top)
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
    if (label && !number && st.kind != LETTER && !in_words(k->c, label) && !vt_roman(&roman_end) &&
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
        n = vt_walk(top, n, n == top || vt_is_structure(n->el));
    while (n && !vt_is_structure(n->el));
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
        return vt_within(node, VT_CHAPTER, top);
    case VT_ARTICLE:
        return vt_within(node, VT_CHAPTER, top) || vt_within(node, VT_PART, top);
    default:
        return false;
    }
}

static const char *level_name(vt_el el) {
    return el == VT_PART ? "phần" : el == VT_CHAPTER ? "chương" : el == VT_ARTICLE ? "điều" : "mục";
}

static void titles_of(vt_checking *c, const vt_node *top) {
    for (const vt_node *n = next_structure(top, top); n; n = next_structure(top, n)) {
        if (!needs_title(n, top) || vt_child(n, VT_HEADING))
            continue;
        const char *words = first_words(c, n);
        vt_say(c, n, vt_excerpt(c, words, words), "Thiếu tiêu đề của %s.", level_name(n->el));
    }
}

void vt_check_titles(vt_checking *c) {
    each_part(c, c->root, titles_of);
}

static void schemes_of(vt_checking *c, const vt_node *top) {
    const vt_node *article = NULL, *head = NULL;

    for (const vt_node *n = next_structure(top, top); n; n = next_structure(top, n)) {
        if (n->el == VT_ARTICLE || n->el == VT_CHAPTER)
            article = article ? article : n;
        if (n->el == VT_SECTION && !vt_within(n, VT_CHAPTER, top) && !unnumbered(n))
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

/* The last of the texts from `from` on that stand in one part, notes aside. */
static size_t end_of_part(const vt_checking *c, size_t from) {
    size_t last = from;

    for (size_t i = from + 1; i < c->word_count && c->words[i].top == c->words[from].top; i++)
        if (c->words[i].node->el != VT_FOOTNOTE)
            last = i;
    return last;
}

static bool ends_in_words(const vt_words *w) {
    return !(w->where & (VT_IN_TABLE | VT_IN_FORM | VT_IN_QUOTE));
}

const vt_words *vt_last_words(const vt_checking *c, const vt_node *top) {
    for (size_t i = 0; top && i < c->word_count; i++)
        if (c->words[i].top == top) {
            const vt_words *last = &c->words[end_of_part(c, i)];
            return ends_in_words(last) ? last : NULL;
        }
    return NULL;
}

void vt_check_state_end(vt_checking *c) {
    const vt_node *body = vt_child(c->root, VT_BODY);
    const vt_words *last = vt_last_words(c, body);
    size_t end = 0;

    for (size_t i = 0; i < c->word_count && !vt_enough(c); i++) {
        const vt_words *w = &c->words[i];
        if (i > end || i == 0)
            end = end_of_part(c, i);
        const char *at = w->where & VT_IN_QUOTE ? NULL : strstr(w->text, "./.");
        const bool closes = w->top && (i == end || !ends_in_words(&c->words[end]));
        if (at && (at[3] || !closes))
            vt_say(c, w->node, vt_excerpt(c, w->text, at), "Dấu “./.” đứng giữa văn bản.");
    }
    if (last && (vt_ends(last->text, ";") || vt_ends(last->text, ",") || vt_ends(last->text, ":")))
        vt_say(c, last->node, vt_excerpt(c, last->text, last->text + strlen(last->text)),
               "Câu cuối của nội dung chưa kết thúc.");
}

void vt_check_party_end(vt_checking *c) {
    const vt_node *body = vt_child(c->root, VT_BODY);
    const vt_words *last = vt_last_words(c, body);

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

/* ---------------------------------------------- papers with fixed lines -- */

/* What each paper of Phụ lục III must say, as labels of lines or first words. */
static const struct paper {
    const char *slug;
    struct {
        const char *label, *other;
    } lines[6];
} papers[] = {
    {"giay-moi", {{"Chủ trì", NULL}, {"Thời gian", NULL}, {"Địa điểm", NULL}}},
    {"giay-gioi-thieu", {{"Giấy này có giá trị đến hết ngày", NULL}}},
    {"bien-ban",
     {{"Thời gian bắt đầu", "Thời gian"},
      {"Địa điểm", NULL},
      {"Thành phần tham dự", "Thành phần"},
      {"Chủ trì", "Chủ tọa"},
      {"Thư ký", "Người ghi biên bản"}}},
};

/* Is there a line so labelled, or a text that begins so or has it after a
   sentence's end? */
static bool says(vt_checking *c, const vt_node *body, const char *label) {
    for (size_t i = 0; label && i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        if (w->top == body && (vt_begins(c, w->text, label) || strstr(w->text, label)))
            return true;
    }
    for (const vt_node *n = body; label && n; n = vt_walk(body, n, true))
        if (n->el == VT_LINE && vt_begins(c, vt_attr_of(n, VT_AT_LABEL), label))
            return true;
    return false;
}

void vt_check_form_lines(vt_checking *c) {
    const vt_node *body = vt_child(c->root, VT_BODY);

    for (size_t i = 0; body && c->type && i < sizeof papers / sizeof *papers; i++) {
        const struct paper *p = &papers[i];
        if (strcmp(p->slug, c->type->slug) != 0)
            continue;
        for (size_t k = 0; k < sizeof p->lines / sizeof *p->lines && p->lines[k].label; k++)
            if (!says(c, body, p->lines[k].label) && !says(c, body, p->lines[k].other))
                vt_say(c, body, NULL, "%s thiếu dòng “%s”.", c->type->name, p->lines[k].label);
    }
}
