/*
 * gen/head.c - number and date of a document: what issuing fills in.
 */
#include "gen/schema.h"
#include "gen/tree.h"

#include <string.h>

static const vt_node *child_text(const vt_doc *doc, vt_el el) {
    const vt_node *node = vt_child(doc->root, el);

    return node && node->first && node->first->el == VT_TEXT ? node->first : NULL;
}

bool vt_doc_date(const vt_doc *doc, vt_date *out) {
    const vt_node *text = child_text(doc, VT_DATE);

    return text && vt_date_parse(text->text, out);
}

/* The number is compared and padded without the zeros people may have typed. */
const char *vt_doc_number(const vt_doc *doc) {
    const vt_node *node = vt_child(doc->root, VT_NUMBER);
    const char *value = node ? vt_attr_get(node, VT_AT_VALUE) : NULL;

    return value ? value + strspn(value, "0") : NULL;
}

/* The child of the root, made in its place when it is not there. */
static vt_node *child_made(const vt_doc *doc, vt_el el) {
    vt_node *node = doc->root->first;

    while (node && node->el != el)
        node = node->next;
    if (!node && (node = vt_node_new(doc->arena, el, doc->root->line)))
        vt_insert_ordered(doc->root, node);
    return node;
}

vt_status vt_doc_set_date(vt_doc *doc, vt_date date, vt_findings *list) {
    char iso[11];
    vt_node *node = child_made(doc, VT_DATE), *text;

    if (!node)
        return vt_nomem(list);
    vt_date_iso(date, iso);
    text = vt_text_new(doc->arena, iso, strlen(iso), node->line);
    if (!text)
        return vt_nomem(list);
    while (node->first)
        vt_remove(node->first);
    if (text->len)
        vt_append(node, text);
    return VT_OK;
}

vt_status vt_doc_set_number(vt_doc *doc, const char *number, vt_findings *list) {
    const vt_at_info *info = vt_at_info_of(VT_AT_VALUE);
    vt_node *node;

    if (number && !vt_value_ok(info, number))
        return vt_bad(list, "XML-18", (vt_place){doc->file, 0, "/document/number"},
                      vt_value_wanted(doc->arena, info), "Số văn bản “%.40s” không hợp lệ.",
                      number);
    node = child_made(doc, VT_NUMBER);
    if (!node || !vt_attr_set(doc->arena, node, VT_AT_VALUE, number))
        return vt_nomem(list);
    return VT_OK;
}
