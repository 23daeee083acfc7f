/*
 * gen/write.c - canonical XML of a document tree.
 *
 * Element content is indented by two spaces, text stays on one line with its
 * inline elements, so that folding on reading gives the same tree.
 */
#include "gen/schema.h"
#include "gen/xml.h"

#include <string.h>

static const char *escape_of(unsigned char c, bool attribute) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return attribute ? "&quot;" : NULL;
    case '\t':
        return attribute ? "&#9;" : NULL;
    case '\n':
        return attribute ? "&#10;" : NULL;
    default:
        return NULL;
    }
}

/* The characters below 64 that have an escape somewhere. */
#define BIT(c) ((uint64_t)1 << (c))
#define ESCAPED (BIT('&') | BIT('<') | BIT('>') | BIT('"') | BIT('\r') | BIT('\t') | BIT('\n'))

void vt_xml_put(vt_buf *out, const char *s, size_t len, bool attribute) {
    const char *from = s, *end = s + len;

    for (; s < end; s++) {
        unsigned char c = (unsigned char)*s;
        const char *escape = c < 64 && (ESCAPED >> c & 1) ? escape_of(c, attribute) : NULL;

        if (escape) {
            vt_buf_add(out, from, (size_t)(s - from));
            vt_buf_puts(out, escape);
            from = s + 1;
        }
    }
    vt_buf_add(out, from, (size_t)(end - from));
}

static void put_indent(vt_buf *out, int depth) {
    vt_buf_putc(out, '\n');
    for (int i = 0; i < depth; i++)
        vt_buf_add(out, "  ", 2);
}

static void put_tag(vt_buf *out, const vt_node *node) {
    vt_buf_putc(out, '<');
    vt_buf_puts(out, vt_el_name(node->el));
    if (node->el == VT_DOCUMENT && !node->parent)
        vt_buf_puts(out, " xmlns=\"" VT_NS_DOCUMENT "\"");
    for (const vt_attr *a = node->attrs; a; a = a->next) {
        vt_buf_putc(out, ' ');
        vt_buf_puts(out, vt_at_name(a->id));
        vt_buf_puts(out, "=\"");
        vt_xml_put(out, a->value, strlen(a->value), true);
        vt_buf_putc(out, '"');
    }
    vt_buf_puts(out, node->first ? ">" : "/>");
}

static void put_node(vt_buf *out, const vt_node *node, int depth) {
    bool block = false;

    if (node->el == VT_TEXT) {
        vt_xml_put(out, node->text, node->len, false);
        return;
    }
    put_tag(out, node);
    if (!node->first)
        return;
    for (const vt_node *child = node->first; child; child = child->next) {
        if (!vt_el_inline(child->el)) {
            put_indent(out, depth + 1);
            block = true;
        }
        put_node(out, child, depth + 1);
    }
    if (block)
        put_indent(out, depth);
    vt_buf_puts(out, "</");
    vt_buf_puts(out, vt_el_name(node->el));
    vt_buf_putc(out, '>');
}

vt_status vt_doc_write(const vt_doc *doc, vt_buf *out, vt_findings *list) {
    vt_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    put_node(out, doc->root, 0);
    vt_buf_putc(out, '\n');
    return vt_buf_failed(out) ? vt_nomem(list) : VT_OK;
}
