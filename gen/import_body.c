/*
 * gen/import_body.c - blocks as the numbered structure: căn cứ and authority
 * in front, parts to points nested by rank, lists, lines of forms.
 *
 * Labels are generated, so what a draft typed is compared with what would be
 * printed; a label that says something else is kept as @label.
 */
#include "gen/compose.h"
#include "gen/import.h"

#include <string.h>

enum { MOST_OPEN = 24, MOST_LISTS = 6, HEADING_BYTES = 420 };

/* An element that is open, outermost first. */
typedef struct vt_open_el {
    vt_node *node;
    int rank;
    int heading; /* Markdown's level, 0: none */
    bool strong; /* its own text is bold */
} vt_open_el;

typedef struct vt_label_typed {
    const vt_node *node;
    const char *label;
    vt_leader mark;
    int line;
} vt_label_typed;

typedef struct vt_builder {
    vt_making *m;
    vt_node *parent;
    vt_open_el open[MOST_OPEN];
    size_t depth;
    struct {
        vt_node *list;
        char sign;
        int indent;
    } lists[MOST_LISTS];
    size_t list_depth;
    vt_label_typed *labels;
    size_t label_count, label_cap;
    const vt_block *blocks;
    size_t count;
} vt_builder;

static vt_node *top(const vt_builder *b) {
    return b->depth ? b->open[b->depth - 1].node : b->parent;
}

/* ---------------------------------------------------------------- labels -- */

static void remember_label(vt_builder *b, const vt_node *node, const vt_block *block) {
    vt_label_typed *labels = NULL;

    if (node)
        labels = vt_grow(b->m->draft->arena, b->labels, &b->label_cap, b->label_count + 1,
                         sizeof *b->labels);
    if (!labels)
        return;
    b->labels = labels;
    b->labels[b->label_count++] =
        (vt_label_typed){node, block->label, block->mark, block->text.line};
}

/* The next letter or digit, small; 0 at the end. */
static uint32_t next_sign(const char **s) {
    const char *end = *s + strlen(*s);

    while (**s) {
        const uint32_t cp = vt_utf8_next(s, end);
        if (vt_is_word(cp))
            return vt_smaller(cp);
    }
    return 0;
}

/* Letters and digits alike, whatever stands around them. */
static bool same_number(const char *a, const char *b) {
    uint32_t x, y;

    do {
        x = next_sign(&a);
        y = next_sign(&b);
    } while (x && x == y);
    return x == y;
}

/* Does the typed label print as it was typed, but for its sign's kind? */
static bool would_print(const vt_label_typed *typed, const char *generated) {
    const size_t n = strlen(generated);
    const char sign = n ? generated[n - 1] : 0;

    if (!same_number(typed->label, generated))
        return false;
    /* "I-" and "I." are two ways of writing; "1/" and "1)" are none */
    return !(typed->mark.sign && strchr(".-", typed->mark.sign) && strchr(".-", sign)) ||
           typed->mark.sign == sign;
}

typedef struct vt_label_walk {
    vt_builder *b;
    vt_ctx ctx;
    size_t at;           /* of the labels, which stand in reading order */
    int restyled, first; /* labels whose sign became the law's; the first one's line */
} vt_label_walk;

static void follow_up(const vt_label_walk *w, const vt_label_typed *typed) {
    const vt_node *before = typed->node->prev;
    int value = 0;

    while (before && before->el != typed->node->el)
        before = before->prev;
    for (size_t i = w->at; before && i-- > 0;)
        if (w->b->labels[i].node == before) {
            value = w->b->labels[i].mark.value;
            break;
        }
    if (typed->mark.value != value + 1)
        vt_unsure(w->b->m->draft, VT_WARNING, "NHAP-21", vt_typed_of(typed->label, typed->line),
                  "Xem lại cách đánh số; nhãn được giữ đúng như bản nháp.",
                  before ? "Số này không nối tiếp số đứng trước." : "Số này không bắt đầu từ đầu.");
}

/* "Phần thứ nhất:": its heading stands on the next line, no mark between. */
static const char *label_of(const vt_label_walk *w, const vt_label_typed *typed) {
    const size_t n = strlen(typed->label);
    const char *bare = NULL;

    if (typed->mark.kind <= VT_L_SUBSECTION && n && typed->label[n - 1] == ':')
        bare = vt_strndup(w->b->m->draft->arena, typed->label, n - 1);
    return bare ? bare : typed->label;
}

static void settle(vt_label_walk *w, vt_label_typed *typed, const char *generated) {
    if (would_print(typed, generated)) {
        if (strcmp(typed->label, generated) != 0 && typed->mark.sign &&
            strchr(")/:", typed->mark.sign) &&
            generated[strlen(generated) - 1] != typed->mark.sign) {
            w->first = w->first ? w->first : typed->line;
            w->restyled++;
        }
        return;
    }
    vt_make_attr(w->b->m, (vt_node *)(uintptr_t)typed->node, VT_AT_LABEL, label_of(w, typed));
    if (!same_number(typed->label, generated))
        follow_up(w, typed);
}

static void walk(vt_label_walk *w, vt_node *node) {
    const bool structure = node->el >= VT_PART && node->el <= VT_POINT;

    if (structure) {
        const char *label = vt_label_enter(&w->ctx, node);
        if (w->at < w->b->label_count && w->b->labels[w->at].node == node) {
            settle(w, &w->b->labels[w->at], label);
            w->at++;
        }
    }
    for (vt_node *child = node->first; child; child = child->next)
        if (child->el != VT_TEXT && child->el != VT_TABLE)
            walk(w, child);
    if (structure)
        vt_label_leave(&w->ctx, node);
}

/* The sign behind the first headings is the body's. */
static void set_body_mark(vt_builder *b) {
    const vt_label_typed *first = NULL;

    for (size_t i = 0; i < b->label_count; i++) {
        const vt_label_typed *l = &b->labels[i];
        if (l->mark.kind == VT_L_ROMAN && (!first || first->mark.kind != VT_L_ROMAN))
            first = l;
        else if (l->mark.kind == VT_L_CLAUSE && !first)
            first = l;
    }
    if (first && first->mark.sign == '-' && b->parent && b->parent->parent)
        vt_make_attr(b->m, b->parent, VT_AT_MARK, "-");
}

/* A label with nothing behind it and nothing below is text like another. */
static void drop_empty(vt_builder *b) {
    size_t kept = 0;

    for (size_t i = 0; i < b->label_count; i++) {
        const vt_label_typed *l = &b->labels[i];
        vt_node *node = (vt_node *)(uintptr_t)l->node;
        vt_node *p = node->first ? NULL : vt_node_new(b->m->draft->arena, VT_P, l->line);
        if (p) {
            vt_make_text(b->m, p, vt_typed_of(l->label, l->line), 0, false);
            vt_insert_before(node, p);
            vt_remove(node);
        } else {
            b->labels[kept++] = *l;
        }
    }
    b->label_count = kept;
}

static void settle_labels(vt_builder *b) {
    vt_job job = {
        .arena = b->m->draft->arena, .engine = b->m->draft->engine, .list = b->m->draft->list};
    vt_label_walk *w = vt_alloc(b->m->draft->arena, sizeof *w);

    if (!w || !b->parent || !b->m->pack)
        return;
    set_body_mark(b);
    w->b = b;
    w->ctx.job = &job;
    w->ctx.pack = b->m->pack;
    w->ctx.doc = b->m->doc;
    walk(w, b->parent);
    if (job.status) /* a label without memory is no label */
        b->m->draft->status = vt_nomem(b->m->draft->list);
    if (w->restyled)
        vt_unsure(b->m->draft, VT_INFO, "NHAP-22", (vt_typed){.s = "", .line = w->first},
                  "Không cần làm gì nếu đúng ý.",
                  "Dấu sau số (như “1)”, “a.”, “2/”) được in theo thể thức ở %d chỗ.", w->restyled);
}

/* -------------------------------------------------------------- structure -- */

static int rank_of(const vt_leader *mark) {
    switch (mark->kind) {
    case VT_L_PART:
    case VT_L_LETTER:
        return 10;
    case VT_L_CHAPTER:
        return 20;
    case VT_L_SECTION:
    case VT_L_ROMAN:
        return 30;
    case VT_L_SUBSECTION:
        return 40;
    case VT_L_ARTICLE:
        return 50;
    case VT_L_CLAUSE:
        return 59 + mark->depth;
    default:
        return 70;
    }
}

static vt_el element_of(vt_label_kind kind) {
    static const vt_el elements[] = {[VT_L_PART] = VT_PART,       [VT_L_CHAPTER] = VT_CHAPTER,
                                     [VT_L_SECTION] = VT_SECTION, [VT_L_SUBSECTION] = VT_SUBSECTION,
                                     [VT_L_ARTICLE] = VT_ARTICLE, [VT_L_LETTER] = VT_PART,
                                     [VT_L_ROMAN] = VT_SECTION,   [VT_L_CLAUSE] = VT_CLAUSE,
                                     [VT_L_POINT] = VT_POINT};

    return elements[kind];
}

static void close_to(vt_builder *b, int rank) {
    while (b->depth && b->open[b->depth - 1].rank >= rank)
        b->depth--;
}

static vt_node *open_el(vt_builder *b, vt_el el, int rank, int heading, int line) {
    vt_node *node;

    close_to(b, rank);
    if (b->depth == MOST_OPEN)
        b->depth--;
    node = vt_make(b->m, top(b), el, line);
    b->list_depth = 0;
    if (node)
        b->open[b->depth++] = (vt_open_el){node, rank, heading, false};
    return node;
}

/* Is the heading of this element printed in capitals? */
static bool prints_capitals(const vt_builder *b, vt_el el) {
    static const vt_component titles[] = {[VT_PART] = VT_C_PART_TITLE,
                                          [VT_CHAPTER] = VT_C_CHAPTER_TITLE,
                                          [VT_SECTION] = VT_C_HEAD_SECTION,
                                          [VT_SUBSECTION] = VT_C_SUBSECTION_TITLE};

    return b->m->pack && el <= VT_SUBSECTION && b->m->pack->styles[titles[el]].upper;
}

static bool styled_whole(vt_typed t, unsigned style) {
    for (size_t i = 0; i < t.len; i++)
        if (!(t.style && (t.style[i] & style)) && t.s[i] != ' ')
            return false;
    return t.len > 0;
}

static void make_heading(vt_builder *b, vt_node *owner, vt_typed t, bool run_in) {
    vt_node *heading = vt_make(b->m, owner, VT_HEADING, t.line);

    if (run_in)
        vt_make_attr(b->m, heading, VT_AT_RUN_IN, "yes");
    if (owner && prints_capitals(b, owner->el))
        t = vt_natural_case(b->m->draft, t, VT_CASE_HEADING);
    vt_make_text(b->m, heading, t, styled_whole(t, VT_SLANTED) ? 0 : VT_SLANTED, false);
}

static bool ends_sentence(vt_typed t) {
    return t.len && strchr(".;:,!?", t.s[t.len - 1]);
}

/* Has the element of block i anything below it? */
static bool content_follows(const vt_builder *b, size_t i) {
    const vt_block *block = &b->blocks[i], *next = i + 1 < b->count ? block + 1 : NULL;

    if (!next)
        return false;
    return !next->mark.kind || next->mark.kind == VT_L_BULLET ||
           rank_of(&next->mark) > rank_of(&block->mark) ||
           (next->mark.kind == VT_L_CLAUSE && next->mark.value == 1 && next->mark.depth == 1 &&
            block->mark.kind == VT_L_CLAUSE && block->mark.depth == 1 &&
            styled_whole(block->text, VT_STRONG) && !styled_whole(next->text, VT_STRONG));
}

static bool is_heading(const vt_builder *b, size_t i) {
    const vt_block *block = &b->blocks[i];
    const vt_typed t = block->text;

    if (!t.len || t.len > HEADING_BYTES)
        return false;
    if (vt_all_capitals(t) && rank_of(&block->mark) < 50)
        return true;
    if (rank_of(&block->mark) <= 40)
        return !ends_sentence(t);
    if (!content_follows(b, i))
        return false;
    return !ends_sentence(t) ||
           (styled_whole(t, VT_STRONG) && t.len < 200 && t.s[t.len - 1] != ';');
}

/* Bold words in front of others: a heading on the paragraph's line; its bytes. */
static size_t bold_front(vt_typed t) {
    size_t n = 0;

    while (n < t.len && t.style && ((t.style[n] & VT_STRONG) || t.s[n] == ' '))
        n++;
    return n > 3 && n < t.len && ends_sentence(vt_trimmed(vt_part(t, 0, n), "")) ? n : 0;
}

static void paragraph(vt_builder *b, vt_node *parent, vt_typed t, unsigned keep) {
    if (t.len)
        vt_make_text(b->m, vt_make(b->m, parent, VT_P, t.line), t, keep, true);
}

/* A heading that stands on the line below its label. */
static bool heading_below(const vt_builder *b, size_t i) {
    const vt_block *next = i + 1 < b->count ? &b->blocks[i + 1] : NULL;

    return next && !next->mark.kind && !next->table && next->text.len <= HEADING_BYTES &&
           (vt_all_capitals(next->text) || !ends_sentence(next->text));
}

/* "1." in plain type below a bold "2.": numbers of its own. */
static bool is_nested(const vt_builder *b, const vt_block *block, bool strong) {
    enum { CLAUSE = 60 };
    bool below = false, begun = false;

    for (size_t i = 0; i < b->depth; i++) {
        below = below || (b->open[i].rank == CLAUSE && b->open[i].strong);
        begun = begun || b->open[i].rank == CLAUSE + 1;
    }
    return block->mark.kind == VT_L_CLAUSE && block->mark.depth == 1 && !strong && below &&
           (begun || block->mark.value == 1);
}

/* Returns how many blocks it took. */
static size_t structure(vt_builder *b, size_t i) {
    const vt_block *block = &b->blocks[i];
    const vt_typed t = block->text;
    const bool strong = styled_whole(t, VT_STRONG);
    const int rank = rank_of(&block->mark) + is_nested(b, block, strong);
    vt_node *node = open_el(b, element_of(block->mark.kind), rank, block->heading, t.line);
    const size_t front = rank_of(&block->mark) >= 50 ? bold_front(t) : 0;

    if (node)
        b->open[b->depth - 1].strong = strong;
    remember_label(b, node, block);
    if (!t.len) {
        if (!heading_below(b, i))
            return 1;
        make_heading(b, node, b->blocks[i + 1].text, false);
        return 2;
    }
    if (front) {
        make_heading(b, node, vt_trimmed(vt_part(t, 0, front), ""), true);
        paragraph(b, node, vt_trimmed(vt_part(t, front, t.len), ""), VT_STRONG | VT_SLANTED);
    } else if (is_heading(b, i)) {
        make_heading(b, node, t, false);
    } else {
        /* what was marked as a heading and is none is not bold either */
        paragraph(b, node, t, block->heading ? VT_SLANTED : VT_STRONG | VT_SLANTED);
    }
    return 1;
}

/* "## Mục tiêu": a heading without a number. */
static void unnumbered(vt_builder *b, const vt_block *block) {
    vt_el el = VT_SECTION;
    int rank = 30;

    while (b->depth) {
        const vt_open_el *o = &b->open[b->depth - 1];
        if (o->heading ? o->heading < block->heading : o->rank < 30)
            break;
        b->depth--;
    }
    if (b->depth && b->open[b->depth - 1].rank >= 30) {
        el = VT_CLAUSE;
        rank = b->open[b->depth - 1].rank < 60 ? 60 : b->open[b->depth - 1].rank + 1;
    }
    if (rank > 69)
        rank = 69;
    vt_node *node = open_el(b, el, rank, block->heading, block->text.line);
    vt_make_attr(b->m, node, VT_AT_LABEL, "");
    make_heading(b, node, block->text, false);
}

/* ----------------------------------------------------------------- lists -- */

/* The list an item belongs to: of its sign, or of its indentation. */
static size_t list_level(const vt_builder *b, const vt_block *block) {
    for (size_t i = b->list_depth; i-- > 0;)
        if (b->lists[i].sign == block->mark.sign) {
            if (i + 1 == b->list_depth && block->indent >= b->lists[i].indent + 2)
                return i + 1;
            while (i > 0 && b->lists[i - 1].sign == block->mark.sign &&
                   block->indent < b->lists[i].indent)
                i--;
            return i;
        }
    return b->list_depth;
}

/* Word's "o", "ü" before an item are letters of one font: told, for they go. */
static void note_letter(vt_draft *d, const vt_block *block) {
    const char *s = block->label, *end = s ? s + strlen(s) : s;

    if (!s || !*s || !vt_is_word(vt_utf8_next(&s, end)))
        return;
    d->letters_line = d->letters_line ? d->letters_line : block->text.line;
    vt_buf_printf(&d->letters, "%s%s", d->letters.len ? ", " : "", block->label);
}

static void item(vt_builder *b, const vt_block *block) {
    size_t level = list_level(b, block);
    vt_node *parent = top(b);
    const char mark = block->mark.sign == '*' && b->m->draft->star_is_dash ? '-' : block->mark.sign;

    note_letter(b->m->draft, block);
    level = level < MOST_LISTS ? level : MOST_LISTS - 1;
    if (level >= b->list_depth) {
        static const char usual[] = "-+";
        const char sign[] = {mark, 0};
        if (level)
            parent = b->lists[level - 1].list ? b->lists[level - 1].list->last : NULL;
        vt_node *list = vt_make(b->m, parent, VT_LIST, block->text.line);
        if (mark != usual[level ? 1 : 0] && !(level && mark == '-'))
            vt_make_attr(b->m, list, VT_AT_MARK, sign);
        b->lists[level].list = list;
        b->lists[level].sign = block->mark.sign;
        b->lists[level].indent = block->indent;
    }
    b->list_depth = level + 1;
    vt_node *node = vt_make(b->m, b->lists[level].list, VT_ITEM, block->text.line);
    vt_make_text(b->m, node, block->text, VT_STRONG | VT_SLANTED, true);
}

/* ----------------------------------------------------------------- forms -- */

static void form_line(vt_builder *b, vt_typed t, size_t colon) {
    vt_node *line = vt_make(b->m, top(b), VT_LINE, t.line);

    vt_make_attr(b->m, line, VT_AT_LABEL, vt_strndup(b->m->draft->arena, t.s, colon));
    vt_make_text(b->m, line, vt_part(t, colon + 1, t.len), VT_STRONG | VT_SLANTED, true);
}

static void plain_block(vt_builder *b, const vt_block *block) {
    const size_t colon = b->depth ? 0 : vt_form_colon(b->m, block->text);

    if (block->table) {
        vt_node *to = top(b);
        if (to)
            vt_append(to, block->table);
    } else if (block->heading && !ends_sentence(block->text)) {
        unnumbered(b, block);
    } else if (colon) {
        form_line(b, block->text, colon);
    } else {
        paragraph(b, top(b), block->text, VT_STRONG | VT_SLANTED);
    }
    b->list_depth = 0;
}

/* --------------------------------------------------------------- preamble -- */

static vt_typed basis_text(const vt_block *block) {
    return vt_trimmed(block->text, ";,.");
}

static bool is_basis(const vt_draft *d, const vt_block *block, bool first) {
    if (block->table || block->heading || (block->mark.kind && block->mark.kind != VT_L_BULLET))
        return false;
    if (!block->text.len || !strchr(";,.", block->text.s[block->text.len - 1]))
        return false;
    return first ? vt_starts(block->text, "can cu") : vt_is_listed(d, VT_LIST_BASES, block->text);
}

/* "QUYẾT ĐỊNH:" alone on its line. */
static bool is_resolves(const vt_block *block) {
    return !block->mark.kind && vt_all_capitals(block->text) &&
           (vt_key_is(block->text, "quyết định") || vt_key_is(block->text, "quyết nghị"));
}

/* Does the pack print these words for this type? */
static bool is_generated(const vt_making *m, vt_typed t) {
    for (size_t i = 0; m->pack && m->type && i < m->pack->resolve_count; i++)
        if (strcmp(m->pack->resolves[i].key, m->type->slug) == 0)
            return vt_key_is(t, m->pack->resolves[i].text);
    return false;
}

/* Authority, căn cứ, "QUYẾT ĐỊNH:"; returns the blocks it took. */
static size_t preamble(vt_builder *b) {
    const vt_block *at = b->blocks;
    size_t authority = 0, bases = 0, all = b->count;

    while (authority < all && authority < 2 && !at[authority].mark.kind && !at[authority].table &&
           vt_all_capitals(at[authority].text) && !is_resolves(&at[authority]) &&
           !at[authority].heading)
        authority++;
    while (authority + bases < all && is_basis(b->m->draft, &at[authority + bases], !bases))
        bases++;
    const size_t end = authority + bases;
    const bool resolves = end < all && end > 0 && is_resolves(&at[end]);
    const char last = bases ? at[end - 1].text.s[at[end - 1].text.len - 1] : 0;

    if (!resolves && !(bases && (authority || last != '.' || bases > 1)))
        return 0;
    for (size_t i = 0; i < authority; i++)
        vt_make_words(b->m, b->parent, VT_AUTHORITY,
                      vt_natural_case(b->m->draft, at[i].text, VT_CASE_NAME));
    for (size_t i = authority; i < end; i++)
        vt_make_text(b->m, vt_make(b->m, b->parent, VT_BASIS, at[i].text.line), basis_text(&at[i]),
                     styled_whole(at[i].text, VT_SLANTED) ? 0 : VT_SLANTED, false);
    return end + (resolves && is_generated(b->m, at[end].text));
}

/* ----------------------------------------------------------------- ending -- */

/* Words with which a draft turns from its last point to all of them. */
static bool is_closing(const vt_draft *d, vt_typed t) {
    if (t.len && *t.s == '(' &&
        (vt_starts(vt_part(t, 1, t.len), "co") || vt_starts(vt_part(t, 1, t.len), "gui kem") ||
         vt_starts(vt_part(t, 1, t.len), "kem theo")))
        return true;
    if (vt_is_listed(d, VT_LIST_CLOSINGS, t))
        return true;
    for (const vt_listed *word = vt_list_of(d, VT_LIST_COURTESIES); word->natural; word++)
        if (t.len < 400 && vt_holds(t, word->natural))
            return true;
    return false;
}

/* The first of the paragraphs that close the whole, behind its last clause or
   point and that one's own paragraph; the count when there is none. */
static size_t closing_from(const vt_builder *b) {
    size_t last = b->count;

    while (last > 0 &&
           (!b->blocks[last - 1].mark.kind || b->blocks[last - 1].mark.kind == VT_L_BULLET))
        last--;
    if (!last || rank_of(&b->blocks[last - 1].mark) < 60)
        return b->count;
    const size_t own = last + is_heading(b, last - 1); /* below a heading something must stand */
    for (size_t i = own; i < b->count; i++) {
        const vt_block *block = &b->blocks[i];
        if (block->mark.kind || block->table || block->heading ||
            !is_closing(b->m->draft, block->text))
            continue;
        for (size_t k = i; k < b->count; k++)
            if (b->blocks[k].mark.kind)
                return b->count; /* items follow: it belongs to them */
        return i;
    }
    return b->count;
}

static void leave_clauses(vt_builder *b, const vt_block *block) {
    if (!b->depth || b->open[b->depth - 1].rank < 60)
        return;
    close_to(b, 60);
    vt_unsure(b->m->draft, VT_INFO, "NHAP-23", block->text,
              "Nếu thuộc khoản, điểm ấy thì chuyển vào trong.",
              "Từ dòng này là đoạn kết, đặt ngoài khoản, điểm cuối cùng.");
}

/* The end mark is the pack's; a Party document keeps its own full stop. */
static vt_typed without_end_mark(const vt_making *m, vt_typed t) {
    const bool generated = m->pack && *m->pack->end_mark;
    bool stroke = false;

    if (t.len >= 2 && memcmp(t.s + t.len - 2, "/.", 2) == 0) {
        t.len -= 2;
        stroke = true;
    } else if (!generated || (t.len > 2 && memcmp(t.s + t.len - 2, "..", 2) == 0)) {
        return t;
    } else if (t.len > 1 && t.s[t.len - 1] == '.') {
        t.len--;
    }
    if (stroke && generated && t.len > 1 && t.s[t.len - 1] == '.')
        t.len--;
    return vt_trimmed(t, "");
}

static void end_mark(vt_builder *b, vt_block *blocks) {
    vt_block *last = b->count ? &blocks[b->count - 1] : NULL;

    if (!last || last->table || last->text.len <= 3)
        return;
    vt_say_stray(b->m->draft, last->text);
    last->text = without_end_mark(b->m, last->text);
}

/* ----------------------------------------------------------------- whole -- */

void vt_import_body(vt_making *m, vt_node *parent, size_t from, size_t to) {
    vt_builder *b = vt_alloc(m->draft->arena, sizeof *b);
    vt_block *blocks;
    size_t closing, i;

    if (!b || !parent)
        return;
    b->m = m;
    b->parent = parent;
    blocks = vt_import_blocks(m, from, to, &b->count);
    b->blocks = blocks;
    i = b->count && parent->parent ? preamble(b) : 0; /* an annex has no căn cứ */
    end_mark(b, blocks);
    closing = closing_from(b);
    while (i < b->count) {
        const vt_block *block = &blocks[i];
        if (i == closing)
            leave_clauses(b, block);
        if (block->mark.kind == VT_L_BULLET) {
            item(b, block);
            i++;
        } else if (block->mark.kind) {
            i += structure(b, i);
        } else {
            plain_block(b, block);
            i++;
        }
    }
    drop_empty(b);
    settle_labels(b);
    if (!parent->first) {
        vt_make_words(m, parent, VT_P, vt_placeholder(parent->line));
        vt_unsure(m->draft, VT_WARNING, "NHAP-18", (vt_typed){.s = "", .line = parent->line},
                  "Ghi nội dung vào đó.", "Không thấy phần nội dung; chỗ ấy để dấu chấm.");
    }
}
