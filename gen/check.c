/*
 * gen/check.c - a document taken through the rules: its text collected and cut
 * into words once, then each rule of the tables asked.
 *
 * Ids, systems and severities are those of the rules' own list: E an obligation,
 * W a strong rule or one of weaker source, I a hint.  A false alarm is a fault
 * of ours, so a rule speaks only where what it reads decides it.
 */
#include "gen/check.h"

#include "gen/check_lines.h"
#include "gen/text.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* ----------------------------------------------------------------- rules -- */

static const vt_rule_table *const tables[] = {&vt_rules_form, &vt_rules_text, &vt_rules_close};

size_t vt_rule_count(void) {
    size_t n = 0;

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        n += tables[i]->count;
    return n;
}

const vt_rule *vt_rule_at(size_t i) {
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        if (i < tables[t]->count)
            return &tables[t]->rules[i];
        i -= tables[t]->count;
    }
    return NULL;
}

const vt_rule *vt_rule_named(const char *id) {
    for (size_t i = 0, n = vt_rule_count(); i < n; i++)
        if (strcmp(vt_rule_at(i)->id, id) == 0)
            return vt_rule_at(i);
    return NULL;
}

#define PATHS_MAX 200 /* findings with a full path, which is a walk over siblings */

static vt_place place_of_node(vt_checking *c, const vt_node *node) {
    if (vt_findings_count(c->list) < PATHS_MAX)
        return vt_node_place(c->arena, c->doc, node);
    return (vt_place){.file = c->doc->file, .line = node->line, .path = vt_el_name(node->el)};
}

void vt_say(vt_checking *c, const vt_node *at, const char *excerpt, const char *fmt, ...) {
    char message[600], cut[240];
    va_list args;

    if (vt_enough(c)) {
        if (c->rule->severity == VT_ERROR && c->status == VT_OK)
            c->status = VT_BAD;
        return;
    }
    c->said++;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    if (vt_enough(c))
        snprintf(message, sizeof message, "Còn nhiều chỗ nữa cùng lỗi này, không kể hết.");
    vt_text_whole(message);
    if (excerpt) {
        snprintf(cut, sizeof cut, "%s", excerpt);
        vt_text_whole(cut);
    }
    vt_finding f = {.severity = c->rule->severity,
                    .id = c->rule->id,
                    .place = place_of_node(c, at),
                    .message = message,
                    .remedy = c->rule->remedy,
                    .source = c->rule->source,
                    .excerpt = excerpt ? cut : NULL};
    vt_status status = vt_find(c->list, &f);
    if (status > c->status)
        c->status = status;
}

/* ----------------------------------------------------------------- words -- */

static bool is_inline(vt_el el) {
    return el == VT_TEXT || (el >= VT_B && el <= VT_BR);
}

/* The element's own inline content, up to the first block in it. */
static void add_inline(vt_checking *c, vt_buf *text, const vt_node *first) {
    for (const vt_node *n = first; n && (is_inline(n->el) || n->el == VT_FOOTNOTE); n = n->next) {
        if (n->el == VT_TEXT)
            vt_buf_add(text, n->text, n->len);
        else if (n->el == VT_BR)
            vt_buf_putc(text, ' ');
        else if (n->el != VT_FOOTNOTE)
            add_inline(c, text, n->first);
    }
}

static void add_words(vt_checking *c, vt_buf *text, const vt_node *node, const vt_node *top,
                      unsigned where) {
    vt_buf_clear(text);
    add_inline(c, text, node->first);
    vt_words *words =
        vt_grow(c->arena, c->words, &c->word_cap, c->word_count + 1, sizeof *c->words);
    const char *copy = vt_strndup(c->arena, text->data, text->len);
    if (!words || !copy)
        return; /* the arena remembers */
    c->words = words;
    vt_words *w = &words[c->word_count++];
    *w = (vt_words){.node = node, .top = top, .text = copy, .where = where};
    w->tokens = vt_tokenise(c->arena, copy, &w->token_count);
}

static unsigned place_of(vt_el el) {
    switch (el) {
    case VT_QUOTE:
        return VT_IN_QUOTE;
    case VT_TABLE:
        return VT_IN_TABLE;
    case VT_ANNEX:
        return VT_IN_ANNEX;
    case VT_ATTACHED:
        return VT_IN_ATTACHED;
    case VT_LINE:
    case VT_REFERENCE:
    case VT_CONFIRMATION:
    case VT_CONTACT:
        return VT_IN_FORM;
    case VT_BODY:
        return VT_IN_BODY;
    default:
        return 0;
    }
}

/* The tree is at most VT_MAX_DEPTH deep.  Footnotes stand inside the words of
   another element and are words of their own. */
static void collect(vt_checking *c, vt_buf *text, const vt_node *node, const vt_node *top,
                    unsigned where) {
    const vt_node *first = node->first;

    where |= place_of(node->el);
    if (node->el == VT_BODY || node->el == VT_ANNEX)
        top = node;
    if (!is_inline(node->el) && first && (is_inline(first->el) || first->el == VT_FOOTNOTE))
        add_words(c, text, node, top, where);
    for (const vt_node *n = first; n; n = n->next)
        collect(c, text, n, top, where);
}

static void collect_all(vt_checking *c) {
    vt_buf text;

    vt_buf_init(&text, VT_MAX_INPUT_BYTES);
    collect(c, &text, c->root, NULL, 0);
    vt_buf_free(&text);
}

/* --------------------------------------------------------------- asking -- */

const char *vt_words_of(vt_checking *c, const vt_node *node) {
    const char *text = node ? vt_node_text(c->arena, node, ' ') : NULL;

    return text ? text : "";
}

const char *vt_words_in(vt_checking *c, vt_el el) {
    return vt_words_of(c, vt_child(c->root, el));
}

const char *vt_attr_of(const vt_node *node, vt_at at) {
    const char *value = node ? vt_attr_get(node, at) : NULL;

    return value ? value : "";
}

const vt_node *vt_walk(const vt_node *top, const vt_node *n, bool inside) {
    if (inside && n->first)
        return n->first;
    for (; n != top; n = n->parent)
        if (n->next)
            return n->next;
    return NULL;
}

#define KEY_UNITS 512 /* UTF-16 units of a compared text, taken apart */

static bool is_tone(UChar u) {
    return u == 0x300 || u == 0x301 || u == 0x303 || u == 0x309 || u == 0x323;
}

/* Letters small, their marks apart, and each tone at the end of its syllable:
   "ỦY" and "uỷ" have one key, "ủy" and "úy" have two.  False: too long. */
static bool key_of(const char *text, size_t len, UChar out[KEY_UNITS]) {
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[KEY_UNITS], apart[KEY_UNITS], tones[8];
    int32_t n = 0, size = 0, tone = 0, o = 0;

    u_strFromUTF8WithSub(wide, KEY_UNITS, &n, text, (int32_t)len, 0xFFFD, NULL, &error);
    size = unorm2_normalize(unorm2_getNFDInstance(&error), wide, n, apart, KEY_UNITS, &error);
    if (U_FAILURE(error) || size >= KEY_UNITS)
        return false;
    for (int32_t i = 0; i <= size; i++) {
        UChar u = i < size ? apart[i] : 0;
        if (is_tone(u) && tone < 8) {
            tones[tone++] = u;
            continue;
        }
        if (!u_isalpha(u) && u_getCombiningClass(u) == 0) {
            memcpy(out + o, tones, (size_t)tone * sizeof *tones);
            o += tone;
            tone = 0;
        }
        out[o++] = (UChar)u_tolower(u); /* 0 at the end */
    }
    return true;
}

/* The first letter rules nearly all words out, before they are taken apart. */
static bool other_start(const UChar *key, const char *words) {
    return !(*words & 0x80) && key[0] != (UChar)u_tolower(*words);
}

/* Two first letters without marks tell most words apart, before a key is made. */
static bool other_letter(const char *a, const char *b) {
    return !((*a | *b) & 0x80) && (*a | 0x20) != (*b | 0x20);
}

bool vt_same(vt_checking *c, const char *text, const char *words) {
    UChar a[KEY_UNITS], b[KEY_UNITS];
    size_t len = strlen(text), size = strlen(words);

    (void)c;
    /* most text is far longer than what is asked for, or begins otherwise */
    if (len > 2 * size || other_letter(text, words))
        return false;
    return key_of(text, len, a) && key_of(words, size, b) && !u_strcmp(a, b);
}

#define START_BYTES 160 /* of a text whose beginning is asked for */

/* The key of the text's beginning, cut before a character. */
static bool start_key(const char *text, UChar out[KEY_UNITS]) {
    size_t len = strnlen(text, START_BYTES);

    while (len == START_BYTES && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    return key_of(text, len, out);
}

static bool key_begins(const UChar *key, const char *words) {
    UChar b[KEY_UNITS];

    if (other_start(key, words) || !key_of(words, strlen(words), b))
        return false;
    int32_t n = u_strlen(b);
    return n > 0 && u_strncmp(key, b, n) == 0 && !u_isalnum(key[n]) &&
           u_getCombiningClass(key[n]) == 0;
}

bool vt_begins(vt_checking *c, const char *text, const char *words) {
    UChar key[KEY_UNITS];

    (void)c;
    return start_key(text, key) && key_begins(key, words);
}

const char *vt_begins_any(vt_checking *c, const char *text, const char *const *list) {
    UChar key[KEY_UNITS];

    (void)c;
    for (bool known = *text && start_key(text, key); known && *list; list++)
        if (key_begins(key, *list))
            return *list;
    return NULL;
}

#define EXCERPT_SIDE 40 /* bytes to either side */

const char *vt_excerpt(vt_checking *c, const char *text, const char *at) {
    size_t pos = (size_t)(at - text), len = pos + strnlen(at, 3 * EXCERPT_SIDE);
    size_t from = pos > EXCERPT_SIDE ? pos - EXCERPT_SIDE : 0;
    size_t to = pos + EXCERPT_SIDE < len ? pos + EXCERPT_SIDE : len;

    while (from > 0 && from < pos && text[from - 1] != ' ')
        from++;
    while (to < len && text[to] != ' ')
        to++;
    const char *cut = vt_printf(c->arena, "%s%.*s%s", from ? "… " : "", (int)(to - from),
                                text + from, to < len ? " …" : "");
    return cut ? cut : "";
}

const char *vt_excerpt_tokens(vt_checking *c, const vt_words *w, size_t from, size_t to) {
    const vt_token *a = &w->tokens[from], *b = &w->tokens[to > from ? to - 1 : from];
    const size_t len = b->at + b->len - a->at;

    return vt_printf(c->arena, "%.*s%s", (int)(len < 160 ? len : 160), w->text + a->at,
                     len < 160 ? "" : " …");
}

bool vt_word_at(const vt_words *w, size_t i, const char *word) {
    return i < w->token_count && w->tokens[i].kind == VT_TOK_WORD &&
           !other_letter(w->text + w->tokens[i].at, word) && w->tokens[i].key == vt_token_key(word);
}

size_t vt_words_at(const vt_words *w, size_t i, const char *words) {
    size_t n = 0;

    while (*words) {
        if (!vt_word_at(w, i + n, words))
            return 0;
        words += strcspn(words, " ");
        words += *words == ' ';
        n++;
    }
    return n;
}

bool vt_within(const vt_node *node, vt_el el, const vt_node *top) {
    for (; node && node != top; node = node->parent)
        if (node->el == el)
            return true;
    return false;
}

bool vt_ends(const char *text, const char *mark) {
    static const char *const closing[] = {" ", "\"", "”", "’", "'", ")", "»", "]"};
    size_t len = strlen(text), size = strlen(mark);
    bool again = true;

    while (again) {
        if (len >= size && memcmp(text + len - size, mark, size) == 0)
            return true;
        again = false;
        for (size_t i = 0; !again && i < sizeof closing / sizeof *closing; i++) {
            size_t n = strlen(closing[i]);
            again = len >= n && memcmp(text + len - n, closing[i], n) == 0;
            if (again)
                len -= n;
        }
    }
    return false;
}

size_t vt_characters(const char *text) {
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/* ---------------------------------------------------------------- whole -- */

#define CHECK_CEILING ((size_t)512 << 20) /* memory of one check */

/* What is set is not always a whole document.  A copy has no head of its own and
   no body: these read what its block shows.  An annex that is a file of its own
   has pages and its heading. */
static const char *const OF_COPIES[] = {"PG-01", "PG-03", "PG-04", "PG-05", "PG-06", "PG-08",
                                        "PG-09", "PG-13", "HD-10", "HD-11", "HD-12", "HD-13",
                                        "HD-18", "HD-19", "HD-22", "SG-01", "SG-02", "SG-08",
                                        "SG-09", "RC-04", "RC-05", "CO-01", "CO-02", NULL};
static const char *const OF_ANNEXES[] = {"PG-01", "PG-02", "PG-03", "PG-04", "PG-05",
                                         "PG-06", "PG-08", "PG-09", "PG-10", "PG-13",
                                         "PG-14", "AN-01", "AN-02", "AN-03", NULL};

static bool reads_pages(const vt_checking *c, const vt_rule *rule) {
    const char *const *ids = vt_is_copy(c->root) ? OF_COPIES : c->alone ? OF_ANNEXES : NULL;

    if (!rule->pages || !c->lines)
        return false;
    for (; ids && *ids; ids++)
        if (strcmp(*ids, rule->id) == 0)
            return true;
    return !ids;
}

static void ask_all(vt_checking *c) {
    for (size_t i = 0, n = vt_rule_count(); i < n; i++) {
        const vt_rule *rule = vt_rule_at(i);
        if (!(rule->systems & (1u << c->doc->system)))
            continue;
        c->rule = rule;
        c->said = 0;
        if (rule->tree)
            rule->tree(c);
        if (reads_pages(c, rule))
            rule->pages(c);
        if (rule->facts && c->facts)
            rule->facts(c);
    }
}

vt_status vt_check_with(vt_engine *engine, const vt_pack *pack, const vt_doc *doc,
                        const vt_layout *layout, const vt_facts *facts, vt_findings *list) {
    vt_checking c = {.engine = engine,
                     .pack = pack,
                     .doc = doc,
                     .root = doc->root,
                     .layout = layout,
                     .facts = facts,
                     .list = list};

    c.status = vt_pack_law(engine, pack, list, &c.law);
    if (c.status == VT_OK)
        c.status = vt_wordbook_need(engine, VT_FOR_CHECKER, list);
    if (c.status != VT_OK)
        return c.status;
    c.arena = vt_arena_new(CHECK_CEILING);
    if (!c.arena)
        return vt_nomem(list);
    c.type = vt_pack_type(pack, vt_attr_of(doc->root, VT_AT_TYPE));
    collect_all(&c);
    vt_cites_find(&c);
    c.lines = layout ? vt_lines_of(&c) : NULL;
    c.alone = c.lines && layout->page_count && c.lines->page_part[0] && !c.lines->foreign[0];
    ask_all(&c);
    if (vt_arena_failed(c.arena))
        c.status = vt_nomem(list);
    vt_arena_free(c.arena);
    return c.status;
}

vt_status vt_check(vt_engine *engine, const vt_pack *pack, const vt_doc *doc, vt_findings *list) {
    return vt_check_with(engine, pack, doc, NULL, NULL, list);
}
