/*
 * gen/data_xml.c - XML data: <data><record><ho-ten>...</ho-ten></record></data>,
 * or one <record> alone.  Streamed: the file never stands in memory as a DOM.
 */
#include "gen/data.h"
#include "gen/xml.h"

#include <string.h>

/* An element that is open. */
typedef struct level {
    const char *name; /* of the field; NULL: <data> or <record> */
    vt_value *first, **tail;
    int line;
    bool data;   /* <data> itself */
    bool branch; /* it has children */
} level;

typedef struct reader {
    vt_data *data;
    vt_findings *list;
    vt_buf text; /* of the innermost element, since its last child */
    level open[VT_MAX_DEPTH];
    size_t depth, nodes;
} reader;

static vt_status wrong(vt_xml *xml, const char *id, const char *remedy, const char *message) {
    reader *r = xml->user;
    return vt_bad(r->list, id, vt_data_place(r->data, vt_xml_line(xml), NULL), remedy, "%s",
                  message);
}

static bool blank(const vt_buf *text) {
    return text->data[strspn(text->data, " \t\r\n")] == 0;
}

static vt_status mixed(vt_xml *xml) {
    return wrong(xml, "DL-04", "Đặt phần chữ vào một phần tử mang tên trường.",
                 "Có chữ nằm ngoài các trường.");
}

/* ---------------------------------------------------------------- start -- */

static vt_status push(vt_xml *xml, level new) {
    reader *r = xml->user;
    if (r->depth == VT_MAX_DEPTH)
        return wrong(xml, "DL-05", NULL, "Số liệu lồng nhau quá sâu.");
    if (++r->nodes > VT_MAX_NODES)
        return wrong(xml, "DL-05", "Chia tệp thành nhiều tệp.", "Tệp có quá nhiều phần tử.");
    new.line = vt_xml_line(xml);
    r->open[r->depth] = new;
    r->open[r->depth].tail = &r->open[r->depth].first;
    r->depth++;
    return VT_OK;
}

static vt_status start_root(vt_xml *xml, const char *name) {
    bool data = strcmp(name, "data") == 0;
    if (!data && strcmp(name, "record") != 0)
        return wrong(xml, "DL-02", "Viết <data><record>...</record></data>.",
                     "Phần tử gốc phải là <data> hoặc <record>.");
    return push(xml, (level){.data = data});
}

static vt_status start_field(vt_xml *xml, const char *name, int attributes) {
    reader *r = xml->user;
    if (attributes)
        return wrong(xml, "DL-04", "Viết mỗi số liệu thành một phần tử.",
                     "Thuộc tính của phần tử không được dùng làm số liệu.");
    vt_status st = vt_data_enter_name(r->data, name, vt_xml_line(xml), r->list);
    return st ? st : push(xml, (level){.name = vt_data_find_name(r->data, name)});
}

static vt_status start_element(vt_xml *xml, const char *name, int attributes) {
    reader *r = xml->user;
    if (r->depth == 0)
        return start_root(xml, name);
    if (!blank(&r->text))
        return mixed(xml);
    vt_buf_clear(&r->text);
    level *parent = &r->open[r->depth - 1];
    parent->branch = true;
    if (!parent->data)
        return start_field(xml, name, attributes);
    if (strcmp(name, "record") != 0)
        return wrong(xml, "DL-02", "Đặt các trường vào <record>...</record>.",
                     "Trong <data> chỉ có thể là <record>.");
    return push(xml, (level){.name = NULL});
}

/* ------------------------------------------------------------------ end -- */

static vt_status make_branch(reader *r, const level *done, vt_value **out) {
    *out = NULL;
    if (!done->first)
        return VT_OK;
    vt_value *v = vt_alloc(r->data->arena, sizeof *v);
    if (!v)
        return vt_nomem(r->list);
    *v = (vt_value){.name = done->name, .first = done->first, .line = done->line};
    *out = v;
    return VT_OK;
}

static vt_status end_field(vt_xml *xml, const level *done) {
    reader *r = xml->user;
    level *parent = &r->open[r->depth - 1];
    vt_status st;
    if (vt_buf_failed(&r->text))
        return vt_nomem(r->list);
    if (!done->branch)
        st = vt_data_new_leaf(r->data, r->data->arena, done->name, r->text.data, r->text.len,
                              done->line, r->list, parent->tail);
    else
        st = make_branch(r, done, parent->tail);
    if (!st && *parent->tail)
        parent->tail = &(*parent->tail)->next;
    return st;
}

static vt_status end_element(vt_xml *xml) {
    reader *r = xml->user;
    const level *done = &r->open[--r->depth];
    vt_status st = VT_OK;
    if ((done->branch || !done->name) && !blank(&r->text))
        return mixed(xml);
    if (done->name)
        st = end_field(xml, done);
    else if (!done->data)
        st = vt_data_add(r->data, 0, done->line, done->first, r->list);
    vt_buf_clear(&r->text);
    return st;
}

/* ------------------------------------------------------------- the file -- */

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int attributes, int defaulted,
                     const xmlChar **values) {
    (void)prefix;
    (void)uri;
    (void)namespaces;
    (void)declared;
    (void)defaulted;
    (void)values;
    vt_status st = start_element(ctx, (const char *)name, attributes);
    if (st)
        vt_xml_stop(ctx, st);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)name;
    (void)prefix;
    (void)uri;
    vt_status st = vt_xml_stopped(ctx) ? VT_OK : end_element(ctx);
    if (st)
        vt_xml_stop(ctx, st);
}

static void on_text(void *ctx, const xmlChar *text, int len) {
    const vt_xml *xml = ctx;
    reader *r = xml->user;
    vt_buf_add(&r->text, text, (size_t)len);
}

static vt_status build_record(const vt_data *data, const vt_record_at *record, vt_arena *arena,
                              vt_findings *list, vt_value **out) {
    (void)data;
    (void)arena;
    (void)list;
    *out = record->fields;
    return VT_OK;
}

vt_status vt_data_read_xml(vt_data *data, vt_findings *list) {
    reader *r = vt_alloc(data->arena, sizeof *r);
    if (!r)
        return vt_nomem(list);
    r->data = data;
    r->list = list;
    data->build = build_record;
    vt_buf_init(&r->text, VT_MAX_INPUT_BYTES);
    vt_status st = vt_xml_read(data->text.data, data->text.len, data->file, list, on_start, on_end,
                               on_text, r);
    vt_buf_free(&r->text);
    return st;
}
