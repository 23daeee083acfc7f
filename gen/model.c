/*
 * gen/model.c - a model is read once and compiled into a tree of ops.
 *
 * Names of elements, attributes and fields are judged here, so that a slip in
 * the model is found when it is opened and not in front of a record.
 */
#include "gen/model_read.h"
#include "gen/schema.h"
#include "gen/text.h"

#include <stdlib.h>
#include <string.h>

#define MAX_OPS 200000u

vt_place vt_model_place(const vt_model *model, int line, const char *path) {
    return (vt_place){.file = model->file, .line = line, .path = path};
}

void vt_model_wrong(vt_model_reader *r, int line, const char *id, const char *remedy,
                    const char *fmt, ...) {
    va_list args;
    vt_buf text;
    vt_buf_init(&text, 4096);
    va_start(args, fmt);
    vt_buf_vprintf(&text, fmt, args);
    va_end(args);
    vt_bad(r->list, id, vt_model_place(r->model, line, NULL), remedy, "%s", text.data);
    vt_buf_free(&text);
    if (r->status == VT_OK)
        r->status = VT_BAD;
}

void vt_model_nomem(vt_model_reader *r) {
    r->status = vt_nomem(r->list);
}

/* ----------------------------------------------------------- attributes -- */

static const xmlChar **find_attribute(const vt_attributes *attrs, const char *name) {
    for (int i = 0; i < attrs->count; i++)
        if (!attrs->at[5 * i + 2] && strcmp((const char *)attrs->at[5 * i], name) == 0)
            return &attrs->at[5 * i];
    return NULL;
}

const char *vt_model_attribute(vt_model_reader *r, const vt_attributes *attrs, const char *name) {
    const xmlChar **a = find_attribute(attrs, name);
    if (!a)
        return NULL;
    const char *value = vt_strndup(r->model->arena, (const char *)a[3], (size_t)(a[4] - a[3]));
    if (!value)
        vt_model_nomem(r);
    return value;
}

/* ------------------------------------------------------------------ ops -- */

static vt_open_op *open_now(vt_model_reader *r) {
    return r->depth ? &r->open[r->depth - 1] : NULL;
}

static vt_op *new_op(vt_model_reader *r, vt_op_kind kind, int line) {
    vt_op *op = vt_alloc(r->model->arena, sizeof *op);
    if (!op || ++r->nodes > MAX_OPS) {
        vt_model_nomem(r);
        return NULL;
    }
    op->kind = kind;
    op->line = line;
    return op;
}

static void append(vt_op *parent, vt_op *op) {
    op->parent = parent;
    if (parent->last)
        parent->last->next = op;
    else
        parent->first = op;
    parent->last = op;
}

static vt_op *text_op(vt_model_reader *r, const char *text, size_t len, int line) {
    vt_op *op = new_op(r, VT_OP_TEXT, line);
    if (op && !(op->text = vt_strndup(r->model->arena, text, len)))
        vt_model_nomem(r);
    if (op) {
        op->len = len;
        op->look = vt_text_scan(text, len);
    }
    return op && op->text ? op : NULL;
}

static vt_op *value_op(vt_model_reader *r, const vt_scope *scope, const char *source, size_t len,
                       int line, vt_expr_use use) {
    vt_op *op = new_op(r, VT_OP_VALUE, line);
    vt_status st =
        op ? vt_expr_compile(r->model, scope, source, len, line, use, r->list, &op->expr) : VT_FAIL;
    if (st > r->status)
        r->status = st;
    return st ? NULL : op;
}

typedef void take_piece(vt_model_reader *r, void *to, vt_op *op);

static int lines_in(const char *p, const char *end) {
    int n = 0;
    for (; p < end; p++)
        n += *p == '\n';
    return n;
}

static const char *find(const char *p, const char *end, const char *mark) {
    for (; p + 1 < end; p++)
        if (p[0] == mark[0] && p[1] == mark[1])
            return p;
    return NULL;
}

/* Cuts "Kính mời {{ho-ten}}, {{chuc-vu}}" into texts and values. */
static void cut_text(vt_model_reader *r, const vt_scope *scope, const char *text, size_t len,
                     int line, vt_expr_use use, take_piece *take, void *to) {
    const char *p = text, *end = text + len;
    while (p < end) {
        const char *open = find(p, end, "{{"), *close = open ? find(open + 2, end, "}}") : NULL;
        const char *stray = find(p, open ? open : end, "}}");
        if (stray || (open && !close)) {
            vt_model_wrong(r, line + lines_in(p, stray ? stray : open), "GOP-04",
                           "Viết trọn {{tên-trường}} trong một phần tử.",
                           stray ? "Có “}}” mà không có “{{” trước nó."
                                 : "Có “{{” mà không có “}}” sau nó.");
            return;
        }
        if (open && !scope) {
            vt_model_wrong(r, line, "GOP-01", "Viết thẳng giá trị.",
                           "Thuộc tính của phần tử gốc không nhận chỗ điền.");
            return;
        }
        if (!open)
            open = end;
        vt_op *literal = open > p ? text_op(r, p, (size_t)(open - p), line) : NULL;
        if (literal)
            take(r, to, literal);
        line += lines_in(p, open);
        p = open;
        if (p < end) {
            vt_op *value = value_op(r, scope, p + 2, (size_t)(close - p - 2), line, use);
            if (value)
                take(r, to, value);
            line += lines_in(p, close);
            p = close + 2;
        }
    }
}

/* -------------------------------------------------------------- content -- */

static bool only_space(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (!strchr(" \t\r\n", s[i]))
            return false;
    return true;
}

/* A place of the tree that may stand for any parent but the root's. */
static const vt_el_info *info_of(const vt_op *element) {
    static const vt_node inner = {.el = VT_ATTACHED};
    return vt_el_info_in(element->el, element->parent ? &inner : NULL);
}

static void take_content(vt_model_reader *r, void *to, vt_op *op) {
    vt_open_op *open = to;
    const vt_el_info *info = info_of(open->element);
    append(open->op, op);
    if (op->kind != VT_OP_VALUE)
        return;
    op->breaks = (info->inlines & VT_BIT(VT_BR)) != 0;
    open->op->dynamic = true;
    (void)r;
}

static void flush_text(vt_model_reader *r) {
    vt_open_op *open = open_now(r);
    if (!open || r->text.len == 0)
        return;
    const vt_el_info *info = info_of(open->element);
    bool holds_text = info->content == VT_CONTENT_TEXT || info->content == VT_CONTENT_FLOW;
    vt_expr_use use = open->element->el == VT_DATE ? VT_EXPR_EXACT : VT_EXPR_TEXT;
    const char *s = r->text.data;
    if (vt_buf_failed(&r->text))
        vt_model_nomem(r);
    else if (holds_text)
        cut_text(r, open->scope, s, r->text.len, r->text_line, use, take_content, open);
    else if (!only_space(s, r->text.len))
        vt_model_wrong(r, r->text_line + lines_in(s, s + strspn(s, " \t\r\n")), "GOP-01",
                       "Đặt chữ vào một phần tử, ví dụ <p>...</p>.",
                       "Trong <%s> không có chỗ cho chữ.", info->name);
    vt_buf_clear(&r->text);
}

/* ------------------------------------------------------------- elements -- */

typedef struct pieces {
    vt_op *first, *last;
} pieces;

static void take_attribute_piece(vt_model_reader *r, void *to, vt_op *op) {
    pieces *all = to;
    (void)r;
    if (all->last)
        all->last->next = op;
    else
        all->first = op;
    all->last = op;
}

static void read_attribute(vt_model_reader *r, vt_op *op, vt_at at, const xmlChar **a,
                           const vt_scope *scope) {
    size_t len = (size_t)(a[4] - a[3]);
    pieces all = {0};
    vt_op_attr *attr = vt_alloc(r->model->arena, sizeof *attr);
    if (!attr) {
        vt_model_nomem(r);
        return;
    }
    cut_text(r, scope, (const char *)a[3], len, op->line, VT_EXPR_EXACT, take_attribute_piece,
             &all);
    if (!all.first)
        all.first = len == 0 ? text_op(r, "", 0, op->line) : NULL;
    *attr = (vt_op_attr){.next = op->attrs, .id = at, .pieces = all.first};
    if (all.first)
        op->attrs = attr;
}

static void read_attributes(vt_model_reader *r, vt_op *op, const vt_attributes *attrs,
                            const vt_scope *scope) {
    const vt_el_info *info = info_of(op);
    for (int i = 0; i < attrs->count; i++) {
        const xmlChar **a = &attrs->at[5 * i];
        vt_at at = a[2] ? VT_ATTRIBUTES : vt_at_find((const char *)a[0]);
        if (at < VT_ATTRIBUTES && (info->attrs & VT_BIT(at))) {
            read_attribute(r, op, at, a, scope);
            continue;
        }
        const char *near = vt_at_nearest(info->attrs, (const char *)a[0]);
        vt_model_wrong(r, op->line, "GOP-01", "Xem docs/format.md.",
                       "<%s> không có thuộc tính “%s”%s%s%s", info->name, (const char *)a[0],
                       near ? "; ý bạn là “" : "", near ? near : "", near ? "”?" : ".");
    }
}

static vt_set allowed_in(const vt_el_info *info) {
    vt_set set = info->inlines;
    for (const vt_step *s = info->steps; s && s->els; s++)
        set |= s->els;
    return info->content == VT_CONTENT_FLOW ? set | VT_BIT(VT_LIST) : set;
}

static void refuse_element(vt_model_reader *r, const char *name, int line, vt_set allowed) {
    const char *near = vt_el_nearest(allowed, name);
    vt_model_wrong(r, line, "GOP-01", "Xem docs/format.md.", "<%s> không đứng được ở đây%s%s%s.",
                   name, near ? "; ý bạn là <" : "", near ? near : "", near ? ">?" : "");
    r->skipped = 1;
}

static void push(vt_model_reader *r, vt_op *op, const vt_scope *scope, vt_op *element) {
    r->open[r->depth++] = (vt_open_op){op, scope, element};
}

static void start_element(vt_model_reader *r, const char *name, const vt_attributes *attrs,
                          int line) {
    vt_open_op *parent = open_now(r);
    vt_set allowed = parent ? allowed_in(info_of(parent->element)) : VT_BIT(VT_DOCUMENT);
    vt_el el = vt_el_find(name);
    if (el == VT_ELEMENTS || !(allowed & VT_BIT(el))) {
        refuse_element(r, name, line, allowed);
        return;
    }
    vt_op *op = new_op(r, VT_OP_ELEMENT, line);
    if (!op)
        return;
    if (parent)
        vt_fields_finish(r); /* <m:fields> comes first, or there is none */
    op->el = el;
    if (parent)
        append(parent->op, op);
    else
        r->model->root = op;
    read_attributes(r, op, attrs, parent ? parent->scope ? parent->scope : r->model->scope : NULL);
    push(r, op, parent && parent->scope ? parent->scope : r->model->scope, op);
}

/* <m:for-each select="..."> and <m:if test="..."> */
static void start_control(vt_model_reader *r, bool each, const vt_attributes *attrs, int line) {
    vt_open_op *parent = open_now(r);
    const char *wanted = each ? "select" : "test";
    const xmlChar **a = find_attribute(attrs, wanted);
    if (!a || attrs->count != 1) {
        vt_model_wrong(
            r, line, "GOP-01", "Ví dụ: <m:for-each select=\"khach-moi\">, <m:if test=\"ghi-chu\">.",
            "<m:%s> cần một thuộc tính duy nhất là %s.", each ? "for-each" : "if", wanted);
        r->skipped = 1;
        return;
    }
    vt_op *op = new_op(r, each ? VT_OP_EACH : VT_OP_IF, line);
    if (!op)
        return;
    const vt_scope *scope = parent->scope;
    vt_status st = vt_expr_compile(r->model, scope, (const char *)a[3], (size_t)(a[4] - a[3]), line,
                                   each ? VT_EXPR_SELECT : VT_EXPR_TEST, r->list, &op->expr);
    if (st > r->status)
        r->status = st;
    if (st) {
        r->skipped = 1; /* names inside have no scope to be judged in */
        return;
    }
    append(parent->op, op);
    op->dynamic = true;
    push(r, op, each ? op->expr->inner : scope, parent->element);
}

static void start_merge_element(vt_model_reader *r, const char *name, const vt_attributes *attrs,
                                int line) {
    bool each = strcmp(name, "for-each") == 0;
    if (r->depth == 0) {
        refuse_element(r, name, line, VT_BIT(VT_DOCUMENT));
    } else if (each || strcmp(name, "if") == 0) {
        vt_fields_finish(r);
        if (!open_now(r)->scope)
            open_now(r)->scope = r->model->scope;
        start_control(r, each, attrs, line);
    } else if (strcmp(name, "fields") == 0 && r->depth == 1) {
        vt_fields_start(r, name, attrs, line);
    } else {
        vt_model_wrong(r, line, "GOP-01", "Mẫu có <m:fields>, <m:for-each> và <m:if>.",
                       "Không có <m:%s>, hoặc nó không đứng được ở đây.", name);
        r->skipped = 1;
    }
}

/* A <p> or <item> that holds one value and nothing else. */
static void note_alone(vt_op *op) {
    vt_op *value = NULL;
    if (op->el != VT_P && op->el != VT_ITEM)
        return;
    for (vt_op *child = op->first; child; child = child->next) {
        bool space = child->kind == VT_OP_TEXT && only_space(child->text, child->len);
        if (space)
            continue;
        if (child->kind != VT_OP_VALUE || value)
            return;
        value = child;
    }
    if (!value)
        return;
    op->alone = true;
    op->first = op->last = value;
    value->next = NULL;
}

static void end_op(vt_model_reader *r) {
    vt_op *op = open_now(r)->op;
    r->depth--;
    if (op->kind == VT_OP_ELEMENT)
        note_alone(op);
    if (op->dynamic && op->parent)
        op->parent->dynamic = true;
}

/* ------------------------------------------------------------------ SAX -- */

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **values) {
    vt_xml *xml = ctx;
    vt_model_reader *r = xml->user;
    const vt_attributes attrs = {values, count};
    const char *name = (const char *)local, *ns = uri ? (const char *)uri : "";
    int line = vt_xml_line(xml);
    (void)prefix, (void)namespaces, (void)declared, (void)defaulted;
    if (vt_xml_stopped(xml))
        return;
    if (r->skipped) {
        r->skipped++;
        return;
    }
    if (r->decl_depth == 0)
        flush_text(r);
    if (r->depth == VT_MAX_DEPTH) {
        vt_model_wrong(r, line, "GOP-01", NULL, "Các phần tử lồng nhau quá %d tầng.", VT_MAX_DEPTH);
        r->skipped = 1;
    } else if (strcmp(ns, VT_NS_MERGE) == 0 && r->decl_depth > 0) {
        vt_fields_start(r, name, &attrs, line);
    } else if (strcmp(ns, VT_NS_MERGE) == 0) {
        start_merge_element(r, name, &attrs, line);
    } else if (strcmp(ns, VT_NS_DOCUMENT) == 0 && r->decl_depth == 0) {
        start_element(r, name, &attrs, line);
    } else {
        vt_model_wrong(r, line, "GOP-01",
                       "Phần tử của văn bản thuộc " VT_NS_DOCUMENT
                       ", của phép ghép thuộc " VT_NS_MERGE ".",
                       "<%s> thuộc không gian tên khác, hoặc đứng sai chỗ.", name);
        r->skipped = 1;
    }
    if (r->status == VT_FAIL)
        vt_xml_stop(xml, VT_FAIL);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    vt_xml *xml = ctx;
    vt_model_reader *r = xml->user;
    (void)name, (void)prefix, (void)uri;
    if (vt_xml_stopped(xml))
        return;
    if (r->skipped) {
        r->skipped--;
        return;
    }
    if (r->decl_depth > 0) {
        vt_fields_end(r, vt_xml_line(xml));
        return;
    }
    flush_text(r);
    end_op(r);
    if (r->status == VT_FAIL)
        vt_xml_stop(xml, VT_FAIL);
}

static void on_text(void *ctx, const xmlChar *text, int len) {
    vt_xml *xml = ctx;
    vt_model_reader *r = xml->user;
    if (vt_xml_stopped(xml) || r->skipped)
        return;
    /* a comment in between: what stands behind it begins on another line */
    if (r->decl_depth == 0 &&
        vt_xml_line(xml) != r->text_line + lines_in(r->text.data, r->text.data + r->text.len))
        flush_text(r);
    if (r->text.len == 0)
        r->text_line = vt_xml_line(xml);
    vt_buf_add(&r->text, text, (size_t)len);
}

/* ---------------------------------------------------------------- model -- */

static void read_system(vt_model_reader *r) {
    const vt_op_attr *a = r->model->root->attrs;
    while (a && a->id != VT_AT_SYSTEM)
        a = a->next;
    for (int i = 0; a && a->pieces->kind == VT_OP_TEXT && i < VT_SYSTEMS; i++)
        if (strcmp(vt_system_name((vt_system)i), a->pieces->text) == 0) {
            r->model->system = (vt_system)i;
            return;
        }
    vt_model_wrong(r, r->model->root->line, "GOP-01",
                   "Viết system=\"state\" hoặc system=\"party\".",
                   "Mẫu không nói rõ thuộc hệ thống văn bản nào.");
}

static void warn_unused(vt_model_reader *r, const vt_scope *scope) {
    for (size_t i = 0; i < scope->count; i++) {
        if (scope->line[i] < 0)
            vt_warn(r->list, "GOP-02", vt_model_place(r->model, -scope->line[i], NULL),
                    "Dùng trường ấy trong mẫu, hoặc bỏ khai báo.",
                    "Trường “%s” khai báo mà mẫu không dùng.", scope->fields[i].name);
        if (scope->inner[i])
            warn_unused(r, scope->inner[i]);
    }
}

static vt_status read_model(vt_model *model, const void *data, size_t len, vt_findings *list) {
    vt_model_reader *r = vt_alloc(model->arena, sizeof *r);
    if (!r)
        return vt_nomem(list);
    r->model = model;
    r->list = list;
    vt_buf_init(&r->text, VT_MAX_INPUT_BYTES);
    vt_status st = vt_xml_read(data, len, model->file, list, on_start, on_end, on_text, r);
    if (!st && model->root) {
        vt_fields_finish(r);
        read_system(r);
    }
    if (!st && !r->status)
        warn_unused(r, model->scope);
    vt_buf_free(&r->text);
    return st > r->status ? st : r->status;
}

vt_status vt_model_parse(const void *data, size_t len, const char *name, vt_findings *list,
                         vt_model **out) {
    vt_status st = VT_OK;
    vt_model *m = calloc(1, sizeof *m);
    if (!m)
        return vt_nomem(list);
    vt_buf_init(&m->buf, VT_MAX_INPUT_BYTES * 3u);
    m->arena = vt_arena_new(VT_MODEL_ARENA);
    m->scratch = vt_arena_new(VT_DATA_ARENA);
    m->xpath = xmlXPathNewContext(NULL);
    m->file = m->arena ? vt_strdup(m->arena, name) : NULL;
    if (!m->file || !m->scratch || !m->xpath || !vt_expr_register(m->xpath))
        st = vt_nomem(list);
    if (!st)
        st = read_model(m, data, len, list);
    if (st)
        vt_model_free(m);
    else
        *out = m;
    return st;
}

vt_status vt_model_open(vt_engine *engine, const char *path, vt_findings *list, vt_model **out) {
    vt_buf bytes;
    (void)engine; /* a model needs nothing of it */
    vt_buf_init(&bytes, 1);
    vt_status st = vt_file_read(path, VT_MAX_INPUT_BYTES, &bytes, list);
    if (!st)
        st = vt_model_parse(bytes.data, bytes.len, path, list, out);
    vt_buf_free(&bytes);
    return st;
}

void vt_model_free(vt_model *model) {
    if (!model)
        return;
    xmlXPathFreeContext(model->xpath);
    vt_buf_free(&model->buf);
    vt_arena_free(model->scratch);
    vt_arena_free(model->arena);
    free(model);
}

size_t vt_model_fields(const vt_model *model, const vt_field **out) {
    *out = model->scope->fields;
    return model->scope->count;
}
