/*
 * gen/meta.c - what the register, the search and the PDF's metadata take from
 * a document (NĐ 30 PL VI part II).
 */
#include "gen/gen.h"
#include "gen/schema.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_CEILING ((size_t)VT_MAX_INPUT_BYTES * 2)

/* ---------------------------------------------------------------- words -- */

typedef struct words {
    vt_buf out;
    const char *title; /* printed where the document names none; NULL: said */
} words;

static void line_end(words *w) {
    if (w->out.len && w->out.data[w->out.len - 1] != '\n')
        vt_buf_putc(&w->out, '\n');
}

static void put_attr(words *w, const vt_node *node, vt_at at, const char *before,
                     const char *after) {
    const char *value = vt_attr_get(node, at);

    if (!value || !*value)
        return;
    vt_buf_puts(&w->out, before);
    vt_buf_puts(&w->out, value);
    vt_buf_puts(&w->out, after);
}

/* Attributes that are words on the page, before or after the content. */
static void put_head(words *w, const vt_node *node) {
    switch (node->el) {
    case VT_LINE:
        put_attr(w, node, VT_AT_LABEL, "", ": ");
        break;
    case VT_TABLE:
        put_attr(w, node, VT_AT_CAPTION, "", "\n");
        break;
    case VT_FIGURE:
    case VT_ENCLOSURE:
        put_attr(w, node, VT_AT_TITLE, "", "");
        break;
    case VT_FOOTNOTE:
        vt_buf_putc(&w->out, ' ');
        break;
    default:
        break;
    }
}

static void put_words(words *w, const vt_node *node) {
    bool block = !vt_el_inline(node->el);

    if (node->el == VT_TEXT) {
        vt_buf_add(&w->out, node->text, node->len);
        return;
    }
    if (node->el == VT_NUMBER || node->el == VT_DATE || node->el == VT_MARKS)
        return; /* the register keeps them by themselves */
    if (block || node->el == VT_BR)
        line_end(w);
    put_head(w, node);
    for (const vt_node *child = node->first; child; child = child->next)
        put_words(w, child);
    if (node->el == VT_RECIPIENT)
        put_attr(w, node, VT_AT_NOTE, " (", ")");
    if (block)
        line_end(w);
}

static void put_title(words *w) {
    line_end(w);
    vt_buf_puts(&w->out, w->title);
    line_end(w);
    w->title = NULL;
}

/* All words in reading order, a line per block. */
static const char *all_words(vt_arena *arena, const vt_doc *doc, const char *title) {
    words w = {.title = vt_child(doc->root, VT_TITLE) ? NULL : title};
    const char *text = NULL;

    vt_buf_init(&w.out, TEXT_CEILING);
    for (const vt_node *child = doc->root->first; child; child = child->next) {
        if (w.title && child->el > VT_TITLE)
            put_title(&w);
        put_words(&w, child);
    }
    if (!vt_buf_failed(&w.out))
        text = vt_strndup(arena, w.out.data, w.out.len);
    vt_buf_free(&w.out);
    return text;
}

/* ------------------------------------------------------------- counting -- */

static size_t count(const vt_node *parent, vt_el el) {
    size_t n = 0;

    for (const vt_node *c = parent ? parent->first : NULL; c; c = c->next)
        n += c->el == el;
    return n;
}

/* Text of the first such child; NULL when absent. */
static const char *text_of(vt_arena *arena, const vt_node *parent, vt_el el) {
    const vt_node *node = vt_child(parent, el);

    return node ? vt_node_text(arena, node, ' ') : NULL;
}

/* -------------------------------------------------------------- issuers -- */

/* All superior bodies, the highest first; NULL: none. */
static const char *superiors(vt_arena *arena, const vt_node *issuer) {
    const char *all = NULL;

    for (const vt_node *s = vt_child(issuer, VT_SUPERIOR); s; s = vt_next_same(s)) {
        const char *name = vt_node_text(arena, s, ' ');

        all = name && all ? vt_printf(arena, "%s - %s", all, name) : name;
    }
    return all;
}

static bool take_issuers(vt_arena *arena, const vt_doc *doc, vt_meta *meta) {
    size_t n = count(doc->root, VT_ISSUER), i = 0, with_superior = 0;

    meta->issuers = vt_alloc_array(arena, n, sizeof *meta->issuers);
    if (!meta->issuers)
        return false;
    for (const vt_node *node = vt_child(doc->root, VT_ISSUER); node;
         node = vt_next_same(node), i++) {
        meta->issuers[i].superior = superiors(arena, node);
        meta->issuers[i].name = text_of(arena, node, VT_NAME);
        meta->issuers[i].organ = vt_attr_get(node, VT_AT_ORGAN);
        meta->issuers[i].abbr = vt_attr_get(node, VT_AT_ABBR);
        with_superior += meta->issuers[i].superior != NULL;
    }
    /* a superior on the first issuer only stands over all */
    for (i = 1; i < n && with_superior == 1; i++)
        if (meta->issuers[0].superior)
            meta->issuers[i].superior = meta->issuers[0].superior;
    meta->issuer_count = n;
    return true;
}

/* ------------------------------------------------- signers, addressees -- */

static bool take_signers(vt_arena *arena, const vt_doc *doc, vt_meta *meta) {
    size_t i = 0;

    meta->signer_count = count(doc->root, VT_SIGNATURE);
    meta->signers = vt_alloc_array(arena, meta->signer_count, sizeof *meta->signers);
    if (!meta->signers)
        return false;
    for (const vt_node *node = vt_child(doc->root, VT_SIGNATURE); node;
         node = vt_next_same(node), i++) {
        meta->signers[i].position = text_of(arena, node, VT_POSITION);
        meta->signers[i].name = text_of(arena, node, VT_NAME);
    }
    return true;
}

static void add_addressees(vt_arena *arena, const vt_node *list, vt_el el, int role,
                           vt_meta *meta) {
    for (const vt_node *node = list ? vt_child(list, el) : NULL; node; node = vt_next_same(node))
        meta->addressees[meta->addressee_count++] = (vt_addressee){
            .name = vt_node_text(arena, node, ' '),
            .organ = vt_attr_get(node, VT_AT_ORGAN),
            .group = vt_attr_get(node, VT_AT_GROUP),
            .role = role,
        };
}

static bool take_addressees(vt_arena *arena, const vt_doc *doc, vt_meta *meta) {
    const vt_node *to = vt_child(doc->root, VT_TO), *copies = vt_child(doc->root, VT_COPIES);
    const char *amount = copies ? vt_attr_get(copies, VT_AT_AMOUNT) : NULL;
    size_t n = count(to, VT_RECIPIENT) + count(copies, VT_RECIPIENT) + count(copies, VT_ARCHIVE);

    meta->addressees = vt_alloc_array(arena, n, sizeof *meta->addressees);
    if (!meta->addressees)
        return false;
    add_addressees(arena, to, VT_RECIPIENT, 0, meta);
    add_addressees(arena, copies, VT_RECIPIENT, 1, meta);
    add_addressees(arena, copies, VT_ARCHIVE, 2, meta);
    meta->copies_amount = amount ? (int)strtol(amount, NULL, 10) : 0;
    return true;
}

/* ---------------------------------------------------------------- whole -- */

static void take_marks(const vt_doc *doc, vt_meta *meta) {
    const vt_node *marks = vt_child(doc->root, VT_MARKS), *date = vt_child(doc->root, VT_DATE);
    const char *due = date ? vt_attr_get(date, VT_AT_DUE) : NULL;

    if (marks) {
        meta->urgency = vt_attr_get(marks, VT_AT_URGENCY);
        meta->secrecy = vt_attr_get(marks, VT_AT_SECRECY);
    }
    (void)vt_doc_date(doc, &meta->date); /* absent: all zero */
    if (due)
        (void)vt_date_parse(due, &meta->due); /* the reader saw to it */
}

vt_status vt_meta_extract(vt_arena *arena, const vt_pack *pack, const vt_doc *doc,
                          vt_findings *list, vt_meta *out) {
    const char *slug = vt_attr_get(doc->root, VT_AT_TYPE);
    const vt_type *type = slug ? vt_pack_type(pack, slug) : NULL;
    vt_meta meta = {.system = doc->system, .pack = vt_pack_id(pack), .type_slug = slug};
    const char *title = text_of(arena, doc->root, VT_TITLE);

    if (!type)
        return vt_bad(list, "XML-31", vt_node_place(arena, doc, doc->root),
                      "Sửa @type theo danh mục loại văn bản của bộ quy tắc.",
                      "Bộ quy tắc “%s” không có loại văn bản “%s”.", meta.pack, slug ? slug : "");
    meta.type_name = type->name;
    meta.title = title ? title : type->name;
    meta.number = vt_doc_number(doc);
    meta.notation = vt_notation(arena, pack, doc);
    meta.place = text_of(arena, doc->root, VT_PLACE);
    meta.subject = text_of(arena, doc->root, VT_SUBJECT);
    meta.text = all_words(arena, doc, type->has_heading ? type->name : NULL);
    take_marks(doc, &meta);
    if (meta.secrecy && strcmp(meta.secrecy, "tuyet-mat") == 0) {
        meta.subject = NULL; /* the register of secret documents has no trích yếu of these */
        meta.text = "";      /* and what is not entered is not searched (NĐ 63/2026 PL III) */
    }
    if (!take_issuers(arena, doc, &meta) || !take_signers(arena, doc, &meta) ||
        !take_addressees(arena, doc, &meta) || !meta.notation || !meta.text ||
        vt_arena_failed(arena))
        return vt_nomem(list);
    *out = meta;
    return VT_OK;
}
