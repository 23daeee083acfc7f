/*
 * gen/tidy.c - NFC and folded white space for a whole tree, in place.
 *
 * A run is the text of one block between forced lines and blocks; its white
 * space is folded across the borders of inline elements, so that
 * "a <b> b</b>" has one space, and dropped at both ends.
 */
#include "gen/schema.h"
#include "gen/text.h"
#include "gen/tree.h"

#include <string.h>

typedef struct run {
    vt_arena *arena;
    bool space;    /* the run begins here, or its last character is a space */
    vt_node *tail; /* the text that ends with that space; NULL: none */
} run;

/* Folds `len` bytes in place; returns the new length.  Shrinks only. */
static size_t fold(char *text, size_t len, bool *space) {
    const char *s = text, *end = text + len;
    char *to = text;

    while (s < end) {
        size_t n = vt_text_space(s, end);

        if (n) {
            if (!*space)
                *to++ = ' ';
            *space = true;
            s += n;
        } else {
            *to++ = *s++;
            *space = false;
        }
    }
    return (size_t)(to - text);
}

static void end_run(run *r) {
    if (r->tail) {
        ((char *)(uintptr_t)r->tail->text)[--r->tail->len] = '\0';
        if (r->tail->len == 0)
            vt_remove(r->tail);
    }
    r->space = true;
    r->tail = NULL;
}

/* Takes the texts that follow `node` without anything between into it. */
static bool join(vt_arena *arena, vt_node *node) {
    size_t len = node->len;
    char *text;

    if (!node->next || node->next->el != VT_TEXT)
        return true;
    for (vt_node *n = node->next; n && n->el == VT_TEXT; n = n->next)
        len += n->len;
    text = vt_alloc(arena, len + 1);
    if (!text)
        return false;
    memcpy(text, node->text, node->len);
    len = node->len;
    while (node->next && node->next->el == VT_TEXT) {
        memcpy(text + len, node->next->text, node->next->len);
        len += node->next->len;
        vt_remove(node->next);
    }
    node->text = text;
    node->len = len;
    node->look = 0;
    return true;
}

/* NFC, and white space folded behind what `space` says; both in most text are
   nothing to do.  `look` as in vt_node.  NULL: no memory. */
static char *tidied(vt_arena *arena, const char *s, size_t *len, bool *space, unsigned *look) {
    char *text;

    if (!*look)
        *look = vt_text_scan(s, *len);
    if (*look & VT_SCAN_NFC)
        s = vt_text_nfc(arena, s, *len, len);
    if (!s)
        return NULL;
    text = (char *)(uintptr_t)s; /* the arena's */
    if (*look & VT_SCAN_SPACE) {
        *len = fold(text, *len, space);
    } else if (*len) {
        bool drop = *space && *text == ' ';

        text += drop;
        *len -= drop;
        *space = *len ? text[*len - 1] == ' ' : *space;
    }
    text[*len] = '\0';
    if (*look & (VT_SCAN_NFC | VT_SCAN_SPACE))
        *look = 0; /* changed */
    return text;
}

static bool tidy_text(run *r, vt_node *node) {
    bool space = r->space;

    node->text = tidied(r->arena, node->text, &node->len, &space, &node->look);
    if (!node->text)
        return false;
    if (node->len) {
        r->space = space;
        r->tail = space ? node : NULL;
    } else {
        vt_remove(node);
    }
    return true;
}

static bool tidy_attrs(vt_arena *arena, vt_node *node) {
    for (vt_attr *a = node->attrs; a; a = a->next) {
        size_t len = strlen(a->value);
        bool space = true;
        unsigned look = 0;
        char *value = tidied(arena, a->value, &len, &space, &look);

        if (!value)
            return false;
        if (len && space)
            value[len - 1] = '\0';
        a->value = value;
    }
    return true;
}

static bool tidy_children(run *r, vt_node *node);

static bool tidy_block(vt_arena *arena, vt_node *node) {
    run r = {arena, true, NULL};
    bool ok = tidy_attrs(arena, node) && tidy_children(&r, node);

    end_run(&r);
    return ok;
}

static bool tidy_child(run *r, vt_node *child) {
    if (child->el == VT_TEXT)
        return tidy_text(r, child);
    if (child->el == VT_FOOTNOTE) {
        r->space = false;
        r->tail = NULL;
        return tidy_block(r->arena, child);
    }
    if (vt_el_inline(child->el) && child->el != VT_BR)
        return tidy_attrs(r->arena, child) && tidy_children(r, child);
    end_run(r);
    return tidy_block(r->arena, child);
}

static bool tidy_children(run *r, vt_node *node) {
    vt_node *next;

    for (vt_node *child = node->first; child; child = next) {
        if (child->el == VT_TEXT && !join(r->arena, child))
            return false;
        next = child->next;
        if (!tidy_child(r, child))
            return false;
    }
    return true;
}

bool vt_doc_tidy(vt_doc *doc) {
    return tidy_block(doc->arena, doc->root);
}
