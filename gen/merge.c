/*
 * gen/merge.c - a record walked through the compiled model becomes a document.
 *
 * What an empty value leaves behind: an attribute without text is left out,
 * and so is an element whose content depends on the record when neither text
 * nor elements remain in it (VT_KEPT_EMPTY: those that mean something empty).
 */
#include "gen/model.h"
#include "gen/schema.h"

#include <string.h>

#define VT_KEPT_EMPTY                                                                              \
    (VT_BIT(VT_DATE) | VT_BIT(VT_CELL) | VT_BIT(VT_AS_ABOVE) | VT_BIT(VT_AS_ARTICLE))

typedef struct writer {
    vt_run *run;
    vt_arena *arena; /* of the document */
    vt_findings *list;
} writer;

static vt_status emit(writer *w, const vt_op *first, const vt_at_record *at, vt_node **node);

/* ----------------------------------------------------------------- text -- */

static vt_status add_text(writer *w, vt_node *node, const char *text, size_t len, unsigned look,
                          int line) {
    if (len == 0)
        return VT_OK;
    vt_node *child = vt_text_new(w->arena, text, len, line);
    if (!child)
        return vt_nomem(w->list);
    child->look = look;
    vt_append(node, child);
    return VT_OK;
}

static vt_status add_break(writer *w, vt_node *node, int line) {
    vt_node *br = vt_node_new(w->arena, VT_BR, line);
    if (!br)
        return vt_nomem(w->list);
    vt_append(node, br);
    return VT_OK;
}

/* A further <p> or <item> like this one, behind it. */
static vt_node *twin(writer *w, const vt_node *node) {
    vt_node *copy = vt_node_new(w->arena, node->el, node->line);
    for (const vt_attr *a = node->attrs; copy && a; a = a->next)
        if (!vt_attr_set(w->arena, copy, a->id, a->value))
            return NULL;
    if (copy)
        vt_append(node->parent, copy);
    return copy;
}

static vt_status lines_refused(const writer *w, const vt_op *op, bool blank_line) {
    const vt_expr *e = op->expr;
    const vt_run *run = w->run;
    return vt_bad(
        w->list, "GOP-15", vt_model_place(run->model, op->line, e->field ? e->field->name : NULL),
        blank_line ? "Bỏ dòng trống trong giá trị, hoặc để {{...}} đứng một mình trong <p>."
                   : "Viết giá trị trên một dòng.",
        blank_line ? "Giá trị của {{%s}} có dòng trống, ở chỗ không tách đoạn được (%s, "
                     "dòng %d)."
                   : "Giá trị của {{%s}} có nhiều dòng, ở chỗ chỉ nhận một dòng (%s, dòng "
                     "%d).",
        e->source, run->data->file, run->line);
}

/* A line end is <br/>, an empty line starts the next <p>. */
static vt_status add_lines(writer *w, const vt_op *op, const char *text, size_t len,
                           vt_node **node) {
    const char *p = text, *end = text + len;
    for (;;) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        vt_status st = add_text(w, *node, p, (size_t)((stop ? stop : end) - p), 0, op->line);
        if (st || !stop)
            return st;
        bool blank = stop + 1 < end && stop[1] == '\n';
        if (blank ? !op->parent || !op->parent->alone : !op->breaks)
            return lines_refused(w, op, blank);
        if (blank) {
            *node = twin(w, *node);
            st = *node ? VT_OK : vt_nomem(w->list);
        } else {
            st = add_break(w, *node, op->line);
        }
        if (st)
            return st;
        p = stop + 1 + blank;
    }
}

static vt_status emit_value(writer *w, const vt_op *op, const vt_at_record *at, vt_node **node) {
    const char *text;
    size_t len;
    vt_status st = vt_expr_text(w->run, op->expr, at, &text, &len);
    if (st)
        return st;
    return add_lines(w, op, text, len, node);
}

/* ------------------------------------------------------------- elements -- */

/* The text of an attribute, in the scratch arena. */
static vt_status attribute_text(writer *w, const vt_op *piece, const vt_at_record *at,
                                const char **out) {
    vt_arena *scratch = w->run->model->scratch;
    const char *all = "";
    for (; piece; piece = piece->next) {
        const char *text = piece->text;
        size_t len = piece->len;
        if (piece->kind == VT_OP_VALUE) {
            vt_status st = vt_expr_text(w->run, piece->expr, at, &text, &len);
            if (st)
                return st;
            if (memchr(text, '\n', len))
                return lines_refused(w, piece, false);
        }
        all = vt_printf(scratch, "%s%.*s", all, (int)len, text);
        if (!all)
            return vt_nomem(w->list);
    }
    *out = all;
    return VT_OK;
}

static vt_status emit_attributes(writer *w, const vt_op *op, const vt_at_record *at,
                                 vt_node *node) {
    for (const vt_op_attr *a = op->attrs; a; a = a->next) {
        const char *value = a->pieces->text; /* mostly one literal */
        bool literal = a->pieces->kind == VT_OP_TEXT && !a->pieces->next;
        vt_status st = literal ? VT_OK : attribute_text(w, a->pieces, at, &value);
        if (st)
            return st;
        if (!literal && value[strspn(value, " ")] == 0)
            continue;
        if (!vt_attr_set(w->arena, node, a->id, value))
            return vt_nomem(w->list);
    }
    return VT_OK;
}

static bool nothing_in(const vt_node *node) {
    for (const vt_node *n = node->first; n; n = n->next)
        if (n->el == VT_TEXT ? strspn(n->text, " \t\n") < n->len : n->el != VT_BR)
            return false;
    return true;
}

static vt_status emit_element(writer *w, const vt_op *op, const vt_at_record *at, vt_node *parent) {
    vt_node *node = vt_node_new(w->arena, op->el, op->line);
    if (!node)
        return vt_nomem(w->list);
    vt_append(parent, node);
    vt_node *last = node;
    vt_status st = emit_attributes(w, op, at, node);
    if (!st)
        st = emit(w, op->first, at, &last);
    if (!st && op->dynamic && !(VT_BIT(op->el) & VT_KEPT_EMPTY) && nothing_in(node))
        vt_remove(node);
    return st;
}

/* -------------------------------------------------------------- control -- */

static vt_status emit_each(writer *w, const vt_op *op, const vt_at_record *at, vt_node **node) {
    vt_bound **elements;
    size_t count;
    vt_status st = vt_expr_select(w->run, op->expr, at, &elements, &count);
    for (size_t i = 0; !st && i < count; i++) {
        const vt_at_record inner = {elements[i], (int)i + 1, (int)count};
        if (++w->run->copies > VT_MODEL_MAX_COPIES)
            return vt_bad(w->list, "GOP-16", vt_model_place(w->run->model, op->line, NULL), NULL,
                          "Các danh sách của bản ghi lặp quá %u lần (%s, dòng %d).",
                          VT_MODEL_MAX_COPIES, w->run->data->file, w->run->line);
        st = emit(w, op->first, &inner, node);
    }
    return st;
}

static vt_status emit_if(writer *w, const vt_op *op, const vt_at_record *at, vt_node **node) {
    bool yes = false;
    vt_status st = vt_expr_test(w->run, op->expr, at, &yes);
    return st || !yes ? st : emit(w, op->first, at, node);
}

/* *node moves on when a value starts a new paragraph. */
static vt_status emit(writer *w, const vt_op *op, const vt_at_record *at, vt_node **node) {
    vt_status all = VT_OK;
    for (; op && all != VT_FAIL; op = op->next) {
        vt_status st = VT_OK;
        switch (op->kind) {
        case VT_OP_ELEMENT:
            st = emit_element(w, op, at, *node);
            break;
        case VT_OP_TEXT:
            st = add_text(w, *node, op->text, op->len, op->look, op->line);
            break;
        case VT_OP_VALUE:
            st = emit_value(w, op, at, node);
            break;
        case VT_OP_EACH:
            st = emit_each(w, op, at, node);
            break;
        case VT_OP_IF:
            st = emit_if(w, op, at, node);
            break;
        }
        if (st > all)
            all = st;
    }
    return all;
}

/* ------------------------------------------------------------ interface -- */

static vt_status make_document(vt_run *run, vt_arena *arena, vt_doc **out) {
    const vt_model *model = run->model;
    const vt_at_record at = {run->root, 1, 1};
    writer w = {run, arena, run->list};
    vt_doc *doc = vt_alloc(arena, sizeof *doc);
    vt_node *root = vt_node_new(arena, VT_DOCUMENT, model->root->line), *last = root;
    if (!doc || !root)
        return vt_nomem(run->list);
    *doc = (vt_doc){.arena = arena, .root = root, .system = model->system};
    doc->file = vt_strdup(arena, model->file);
    doc->folder = run->data->folder ? vt_strdup(arena, run->data->folder) : NULL;
    vt_status st = emit_attributes(&w, model->root, &at, root);
    if (!st)
        st = emit(&w, model->root->first, &at, &last);
    if (!st && (!doc->file || (run->data->folder && !doc->folder) || !vt_doc_tidy(doc)))
        st = vt_nomem(run->list);
    if (!st)
        st = vt_doc_validate(doc, run->list);
    if (!st)
        *out = doc;
    return st;
}

vt_status vt_merge(vt_model *model, const vt_data *data, size_t record, vt_arena *arena,
                   vt_findings *list, vt_doc **out) {
    vt_run run = {.model = model, .data = data, .record = record, .list = list};
    vt_value *fields = NULL;
    run.line = vt_data_line(data, record);
    vt_arena_reset(model->scratch);
    vt_status st = vt_data_record(data, record, model->scratch, list, &fields);
    if (!st)
        st = vt_bind(&run, fields);
    if (!st)
        st = make_document(&run, arena, out);
    xmlFreeDoc(run.dom);
    model->xpath->doc = NULL;
    model->xpath->node = NULL;
    return st;
}
