/*
 * gen/tree.c - the document tree: nodes, attributes, text, places.
 */
#include "gen/tree.h"

#include "gen/schema.h"

#include <string.h>

/* ------------------------------------------------------------- building -- */

vt_node *vt_node_new(vt_arena *arena, vt_el el, int line) {
    vt_node *node = vt_alloc(arena, sizeof *node);

    if (node) {
        node->el = el;
        node->line = line;
    }
    return node;
}

vt_node *vt_text_new(vt_arena *arena, const char *text, size_t len, int line) {
    vt_node *node = vt_node_new(arena, VT_TEXT, line);

    if (node)
        node->text = vt_strndup(arena, text, len);
    if (!node || !node->text)
        return NULL;
    node->len = len;
    return node;
}

void vt_append(vt_node *parent, vt_node *child) {
    child->parent = parent;
    child->next = NULL;
    child->prev = parent->last;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void vt_insert_before(vt_node *sibling, vt_node *child) {
    child->parent = sibling->parent;
    child->next = sibling;
    child->prev = sibling->prev;
    if (sibling->prev)
        sibling->prev->next = child;
    else
        sibling->parent->first = child;
    sibling->prev = child;
}

void vt_insert_ordered(vt_node *parent, vt_node *child) {
    for (vt_node *c = parent->first; c; c = c->next) {
        if (c->el > child->el) {
            vt_insert_before(c, child);
            return;
        }
    }
    vt_append(parent, child);
}

void vt_remove(vt_node *node) {
    if (node->prev)
        node->prev->next = node->next;
    else if (node->parent)
        node->parent->first = node->next;
    if (node->next)
        node->next->prev = node->prev;
    else if (node->parent)
        node->parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

bool vt_attr_set(vt_arena *arena, vt_node *node, vt_at at, const char *value) {
    vt_attr **place = &node->attrs, *attr;

    while (*place && (*place)->id < at)
        place = &(*place)->next;
    attr = *place && (*place)->id == at ? *place : NULL;
    if (!value) {
        if (attr)
            *place = attr->next;
        return true;
    }
    value = vt_strdup(arena, value);
    if (!value)
        return false;
    if (!attr) {
        attr = vt_alloc(arena, sizeof *attr);
        if (!attr)
            return false;
        attr->id = at;
        attr->next = *place;
        *place = attr;
    }
    attr->value = value;
    return true;
}

/* -------------------------------------------------------------- reading -- */

const char *vt_attr_get(const vt_node *node, vt_at at) {
    const vt_attr *a = node->attrs;

    while (a && a->id < at)
        a = a->next;
    return a && a->id == at ? a->value : NULL;
}

const vt_node *vt_child(const vt_node *node, vt_el el) {
    const vt_node *c = node->first;

    while (c && c->el != el)
        c = c->next;
    return c;
}

const vt_node *vt_next_same(const vt_node *node) {
    const vt_node *c = node->next;

    while (c && c->el != node->el)
        c = c->next;
    return c;
}

/* The next node in reading order that is not below `node`. */
static const vt_node *behind(const vt_node *node, const vt_node *top) {
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

/* Copies the text below `top` to `out` unless that is NULL; returns its length. */
static size_t gather(const vt_node *top, char br, char *out) {
    const vt_node *node = top;
    size_t len = 0;
    bool broken = true; /* a separator here would be one too many */

    while (node) {
        const vt_node *next = node->first ? node->first : behind(node, top);
        bool block = !vt_el_inline(node->el);

        if (node->el == VT_TEXT && node->len) {
            if (out)
                memcpy(out + len, node->text, node->len);
            len += node->len;
            broken = false;
        } else if (node != top && (node->el == VT_BR || block) && !broken) {
            if (out)
                out[len] = br;
            len++;
            broken = true;
        } else if (node->el == VT_FOOTNOTE && node != top) {
            next = behind(node, top);
        }
        node = next;
    }
    if (len && broken)
        len--;
    return len;
}

char *vt_node_text(vt_arena *arena, const vt_node *node, char br) {
    size_t len = gather(node, br ? br : ' ', NULL);
    char *text = vt_alloc(arena, len + 2); /* a separator at the end may be written and cut */

    if (!text)
        return NULL;
    gather(node, br ? br : ' ', text);
    text[len] = '\0';
    return text;
}

/* --------------------------------------------------------------- places -- */

/* The n-th of its name among its siblings; 0 when it is the only one. */
static int ordinal(const vt_node *node) {
    int n = 1;

    for (const vt_node *p = node->prev; p; p = p->prev)
        n += p->el == node->el;
    return n == 1 && !vt_next_same(node) ? 0 : n;
}

const char *vt_node_path(vt_arena *arena, const vt_node *node) {
    const char *path = "";

    for (; node; node = node->parent) {
        int n;

        if (node->el == VT_TEXT)
            continue;
        n = ordinal(node);
        path = n ? vt_printf(arena, "/%s[%d]%s", vt_el_name(node->el), n, path)
                 : vt_printf(arena, "/%s%s", vt_el_name(node->el), path);
        if (!path)
            return "";
    }
    return path;
}

vt_place vt_node_place(vt_arena *arena, const vt_doc *doc, const vt_node *node) {
    return (vt_place){doc->file, node->line, vt_node_path(arena, node)};
}

/* ---------------------------------------------------------------- equal -- */

static bool attrs_equal(const vt_attr *a, const vt_attr *b) {
    for (; a && b; a = a->next, b = b->next)
        if (a->id != b->id || strcmp(a->value, b->value) != 0)
            return false;
    return !a && !b;
}

static bool node_equal(const vt_node *a, const vt_node *b) {
    if (a->el != b->el || a->len != b->len || !attrs_equal(a->attrs, b->attrs))
        return false;
    if (a->len && memcmp(a->text, b->text, a->len) != 0)
        return false;
    a = a->first;
    b = b->first;
    for (; a && b; a = a->next, b = b->next)
        if (!node_equal(a, b))
            return false;
    return !a && !b;
}

bool vt_doc_equal(const vt_doc *a, const vt_doc *b) {
    return a->system == b->system && node_equal(a->root, b->root);
}
