/*
 * gen/read.c - XML into the document tree.
 *
 * libxml2's events build the tree in the arena at once; names and namespaces
 * are judged here, all else by the validator on the finished, tidied tree.
 * Comments and processing instructions are passed over.
 */
#include "gen/schema.h"
#include "gen/text.h"
#include "gen/tree.h"
#include "gen/validate.h"
#include "gen/xml.h"

#include <string.h>

#define TEXT_CEILING ((size_t)VT_MAX_INPUT_BYTES + 16)

typedef struct reader {
    vt_arena *arena;
    vt_doc *doc;
    vt_node *open; /* the element being read; NULL: before the root */
    int depth;
    int skipped; /* elements open below one that was left out */
    unsigned nodes;
    vt_buf text; /* since the last tag */
    int text_line;
    vt_status status; /* of names: the reading goes on */
    bool incomplete;  /* something was left out */
    int left_out;     /* how often */
} reader;

static void out_of_memory(vt_xml *xml) {
    vt_xml_stop(xml, vt_nomem(xml->list));
}

static void count_left_out(vt_xml *xml, reader *r) {
    r->incomplete = true;
    if (++r->left_out > VT_MAX_FINDINGS)
        vt_xml_stop(xml, vt_too_many(xml->list, xml->name, vt_xml_line(xml)));
}

static bool count_node(vt_xml *xml, reader *r) {
    if (++r->nodes <= VT_MAX_NODES)
        return true;
    vt_xml_stop(xml,
                vt_bad(xml->list, "XML-06", (vt_place){xml->name, vt_xml_line(xml), NULL},
                       "Tách thành nhiều văn bản.", "Văn bản có quá %u phần tử.", VT_MAX_NODES));
    return false;
}

/* ----------------------------------------------------------------- text -- */

static bool only_space(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (s[i] != ' ' && s[i] != '\n' && s[i] != '\t' && s[i] != '\r')
            return false;
    return true;
}

/* Indents between elements are not text. */
static bool is_indent(const reader *r) {
    vt_content content = vt_el_info_of(r->open)->content;

    return (content == VT_CONTENT_CHILDREN || content == VT_CONTENT_EMPTY) &&
           only_space(r->text.data, r->text.len);
}

/* Line ends before the first word. */
static int lines_before(const char *s, size_t len) {
    int n = 0;

    for (size_t i = 0; i < len && only_space(s + i, 1); i++)
        n += s[i] == '\n';
    return n;
}

static void flush_text(vt_xml *xml, reader *r) {
    int line = r->text_line;
    vt_node *node;

    if (r->text.len && r->open && !r->skipped && !is_indent(r) && count_node(xml, r)) {
        line += lines_before(r->text.data, r->text.len);
        node = vt_text_new(r->arena, r->text.data, r->text.len, line);
        if (node)
            vt_append(r->open, node);
        else
            out_of_memory(xml);
    }
    vt_buf_clear(&r->text);
}

static void on_text(void *user, const xmlChar *s, int len) {
    vt_xml *xml = user;
    reader *r = xml->user;

    if (vt_xml_stopped(xml) || r->skipped || !r->open)
        return;
    if (!r->text.len)
        r->text_line = vt_xml_line(xml);
    vt_buf_add(&r->text, s, (size_t)len);
    if (vt_buf_failed(&r->text))
        out_of_memory(xml);
}

/* ----------------------------------------------------------- attributes -- */

static void unknown_attribute(vt_xml *xml, reader *r, vt_node *node, const char *name,
                              bool foreign) {
    const vt_el_info *info = vt_el_info_of(node);
    const char *near = foreign ? NULL : vt_at_nearest(info->attrs, name);
    vt_place place = vt_node_place(r->arena, r->doc, node);
    const char *remedy = near ? vt_printf(r->arena, "Có phải @%s?", near) : "Bỏ thuộc tính này.";
    char clipped[VT_CLIP];

    vt_text_clip(name, strlen(name), clipped);
    if (foreign)
        r->status =
            vt_bad(xml->list, "XML-09", place, remedy,
                   "Thuộc tính “%s” của <%s> thuộc không gian tên khác.", clipped, info->name);
    else
        r->status = vt_bad(xml->list, "XML-11", place, remedy, "<%s> không có thuộc tính @%s.",
                           info->name, clipped);
    count_left_out(xml, r);
}

/* a: local name, prefix, namespace, value, end of value */
static void read_attribute(vt_xml *xml, reader *r, vt_node *node, const xmlChar **a) {
    const char *name = (const char *)a[0];
    vt_at at = a[2] ? VT_ATTRIBUTES : vt_at_find(name);
    char *value;

    if (at == VT_ATTRIBUTES) {
        unknown_attribute(xml, r, node, name, a[2] != NULL);
        return;
    }
    value = vt_strndup(r->arena, (const char *)a[3], (size_t)(a[4] - a[3]));
    if (!value || !vt_attr_set(r->arena, node, at, value))
        out_of_memory(xml);
}

/* ------------------------------------------------------------- elements -- */

static void wrong_root(vt_xml *xml, const char *name, const char *ns) {
    static const char family[] = "urn:vanthu:document:";
    const char *remedy = "Phần tử gốc phải là <document xmlns=\"" VT_NS_DOCUMENT "\" ...>.";
    vt_place place = {xml->name, vt_xml_line(xml), NULL};
    char clipped[VT_CLIP];
    vt_status st;

    if (ns && strcmp(ns, VT_NS_DOCUMENT) == 0)
        st = vt_bad(xml->list, "XML-08", place, remedy,
                    "Phần tử gốc là <%s>, không phải <document>.",
                    vt_text_clip(name, strlen(name), clipped));
    else if (ns && strncmp(ns, family, sizeof family - 1) == 0)
        st = vt_bad(xml->list, "XML-08", place, "Dùng bản vanthu đọc được phiên bản ấy.",
                    "Tệp thuộc phiên bản khác của định dạng (%s).",
                    vt_text_clip(ns, strlen(ns), clipped));
    else
        st = vt_bad(xml->list, "XML-08", place, remedy,
                    "Phần tử gốc <%s> không thuộc không gian tên của định dạng.",
                    vt_text_clip(name, strlen(name), clipped));
    vt_xml_stop(xml, st);
}

/* A child of another namespace: a model given for a document, or a mistake. */
static void leave_out_foreign(vt_xml *xml, reader *r, vt_place place, const char *name,
                              const char *ns) {
    bool merge = ns && strcmp(ns, VT_NS_MERGE) == 0;

    r->status = vt_bad(
        xml->list, "XML-09", place,
        merge ? "Tệp này là mẫu: dùng lệnh “vanthu merge” với tệp số liệu." : "Bỏ phần tử này.",
        "<%s> thuộc không gian tên khác; văn bản chỉ dùng phần tử của định dạng.", name);
}

static void leave_out_unknown(vt_xml *xml, reader *r, vt_place place, const char *name) {
    const char *remedy = "Bỏ phần tử này.";
    const char *near = vt_el_nearest(vt_el_allowed(vt_el_info_of(r->open)), name);

    if (!near)
        near = vt_el_nearest(~(vt_set)0, name);
    if (near)
        remedy = vt_printf(r->arena, "Có phải <%s> (%s)?", near,
                           vt_el_info_in(vt_el_find(near), NULL)->term);
    r->status =
        vt_bad(xml->list, "XML-10", place, remedy, "Định dạng không có phần tử <%s>.", name);
}

static void leave_out(vt_xml *xml, reader *r, const char *name, const char *ns) {
    char clipped[VT_CLIP];
    vt_place place;

    vt_text_clip(name, strlen(name), clipped);
    place = (vt_place){r->doc->file, vt_xml_line(xml),
                       vt_printf(r->arena, "%s/%s", vt_node_path(r->arena, r->open), clipped)};
    if (ns && strcmp(ns, VT_NS_DOCUMENT) == 0)
        leave_out_unknown(xml, r, place, clipped);
    else
        leave_out_foreign(xml, r, place, clipped, ns);
    r->skipped = 1;
    count_left_out(xml, r);
}

static vt_node *add_element(vt_xml *xml, reader *r, vt_el el) {
    vt_node *node = vt_node_new(r->arena, el, vt_xml_line(xml));

    if (!node) {
        out_of_memory(xml);
        return NULL;
    }
    if (r->open)
        vt_append(r->open, node);
    else
        r->doc->root = node;
    r->open = node;
    return node;
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **ns, int count, int defaulted,
                     const xmlChar **attributes) {
    vt_xml *xml = user;
    reader *r = xml->user;
    const char *name = (const char *)local;
    bool foreign = !uri || strcmp((const char *)uri, VT_NS_DOCUMENT) != 0;
    vt_el el = foreign ? VT_ELEMENTS : vt_el_find(name);
    vt_node *node;

    (void)prefix, (void)namespaces, (void)ns, (void)defaulted;
    if (vt_xml_stopped(xml))
        return;
    flush_text(xml, r);
    if (++r->depth > VT_MAX_DEPTH) {
        vt_xml_stop(xml, vt_bad(xml->list, "XML-05", (vt_place){xml->name, vt_xml_line(xml), NULL},
                                "Bớt các cấp lồng nhau.", "Các phần tử lồng nhau quá %d cấp.",
                                VT_MAX_DEPTH));
    } else if (r->skipped) {
        r->skipped++;
    } else if (!r->open && el != VT_DOCUMENT) {
        wrong_root(xml, name, (const char *)uri);
    } else if (el == VT_ELEMENTS) {
        leave_out(xml, r, name, (const char *)uri);
    } else if (count_node(xml, r) && (node = add_element(xml, r, el))) {
        for (int i = 0; i < count && !vt_xml_stopped(xml); i++)
            read_attribute(xml, r, node, attributes + 5 * i);
    }
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    vt_xml *xml = user;
    reader *r = xml->user;

    (void)local, (void)prefix, (void)uri;
    if (vt_xml_stopped(xml))
        return;
    flush_text(xml, r);
    r->depth--;
    if (r->skipped)
        r->skipped--;
    else if (r->open)
        r->open = r->open->parent;
}

/* ----------------------------------------------------------------- whole -- */

static vt_system system_of(const vt_node *root) {
    const char *name = vt_attr_get(root, VT_AT_SYSTEM);

    for (int s = 0; name && s < VT_SYSTEMS; s++)
        if (strcmp(name, vt_system_name((vt_system)s)) == 0)
            return (vt_system)s;
    return VT_STATE; /* the validator refuses the document */
}

static vt_doc *doc_new(vt_arena *arena, const char *name, const char *folder) {
    vt_doc *doc = vt_alloc(arena, sizeof *doc);

    if (!doc)
        return NULL;
    doc->arena = arena;
    doc->file = vt_strdup(arena, name ? name : "");
    doc->folder = folder ? vt_strdup(arena, folder) : NULL;
    return doc->file && (doc->folder || !folder) ? doc : NULL;
}

vt_status vt_doc_parse(vt_engine *engine, vt_arena *arena, const void *data, size_t len,
                       const char *name, const char *folder, vt_findings *list, vt_doc **out) {
    reader r = {.arena = arena, .doc = doc_new(arena, name, folder)};
    vt_status st, valid;

    (void)engine; /* nothing of the reader's is worth keeping between documents */
    if (!r.doc)
        return vt_nomem(list);
    vt_buf_init(&r.text, TEXT_CEILING);
    st = vt_xml_read(data, len, r.doc->file, list, on_start, on_end, on_text, &r);
    vt_buf_free(&r.text);
    if (st)
        return st;
    r.doc->system = system_of(r.doc->root);
    if (!vt_doc_tidy(r.doc))
        return vt_nomem(list);
    valid = vt_validate(r.doc, r.incomplete, list);
    st = valid > r.status ? valid : r.status;
    if (st == VT_OK)
        *out = r.doc;
    return st;
}

vt_status vt_doc_read(vt_engine *engine, vt_arena *arena, const char *path, vt_findings *list,
                      vt_doc **out) {
    char *folder = vt_path_folder(arena, path);
    vt_buf bytes;
    vt_status st;

    if (!folder)
        return vt_nomem(list);
    vt_buf_init(&bytes, VT_MAX_INPUT_BYTES);
    st = vt_file_read(path, VT_MAX_INPUT_BYTES, &bytes, list);
    if (st == VT_OK)
        st = vt_doc_parse(engine, arena, bytes.data, bytes.len, path, folder, list, out);
    vt_buf_free(&bytes);
    return st;
}
