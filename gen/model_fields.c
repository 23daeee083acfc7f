/*
 * gen/model_fields.c - the declaration of a model's fields:
 *
 *     <m:fields>
 *       <m:field name="ho-ten" label="Họ và tên" required="yes" hint="..."/>
 *       <m:field name="muc-khan" label="Mức khẩn" kind="choice">
 *         <m:choice>khan</m:choice> ...
 *       </m:field>
 *       <m:field name="khach" label="Khách mời" kind="list"> fields ... </m:field>
 *     </m:fields>
 */
#include "gen/model_read.h"

#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {
    [VT_FIELD_TEXT] = "text",     [VT_FIELD_LINES] = "lines", [VT_FIELD_DATE] = "date",
    [VT_FIELD_NUMBER] = "number", [VT_FIELD_MONEY] = "money", [VT_FIELD_CHOICE] = "choice",
    [VT_FIELD_LIST] = "list",
};

static vt_field_level *level_now(vt_model_reader *r) {
    return &r->level[r->levels - 1];
}

static vt_field *field_now(vt_model_reader *r) {
    vt_field_level *level = level_now(r);
    return &level->fields[level->scope->count - 1];
}

/* --------------------------------------------------------------- levels -- */

static bool push_level(vt_model_reader *r) {
    vt_scope *scope = vt_alloc(r->model->arena, sizeof *scope);
    if (!scope)
        return false;
    scope->parent = r->levels ? level_now(r)->scope : NULL;
    r->level[r->levels++] = (vt_field_level){.scope = scope};
    return true;
}

/* One more field in the innermost level: all its arrays grow together. */
static bool grow_level(vt_model_reader *r) {
    vt_arena *arena = r->model->arena;
    vt_field_level *level = level_now(r);
    vt_scope *s = level->scope;
    size_t need = s->count + 1;
    vt_field *fields = vt_grow(arena, level->fields, &level->fields_cap, need, sizeof *fields);
    vt_scope **inner = vt_grow(arena, s->inner, &level->inner_cap, need, sizeof *inner);
    int *line = vt_grow(arena, s->line, &level->line_cap, need, sizeof *line);
    const char ***keys = vt_grow(arena, s->keys, &level->keys_cap, need, sizeof *keys);
    if (!fields || !inner || !line || !keys)
        return false;
    level->fields = fields;
    s->fields = fields;
    s->inner = inner;
    s->line = line;
    s->keys = keys;
    inner[s->count] = NULL;
    keys[s->count] = NULL;
    fields[s->count++] = (vt_field){0};
    return true;
}

/* ---------------------------------------------------------------- field -- */

static bool same_name(const vt_scope *scope, const char *name) {
    for (size_t i = 0; i + 1 < scope->count; i++)
        if (strcmp(scope->fields[i].name, name) == 0)
            return true;
    return false;
}

static void check_name(vt_model_reader *r, const char *name, int line) {
    char *proper = vt_data_name(r->model->arena, name);
    if (!proper)
        vt_model_nomem(r);
    else if (!*name || strcmp(proper, name) != 0)
        vt_model_wrong(r, line, "GOP-02", "Tên trường viết không dấu, chữ thường, nối bằng “-”.",
                       "Tên trường “%s” sai cách viết%s%s%s.", name, *proper ? "; viết “" : "",
                       proper, *proper ? "”" : "");
    else if (same_name(level_now(r)->scope, name))
        vt_model_wrong(r, line, "GOP-02", "Bỏ một trong hai.", "Trường “%s” khai báo hai lần.",
                       name);
}

static vt_field_kind kind_of(vt_model_reader *r, const char *name, const char *kind, int line) {
    size_t count = sizeof kinds / sizeof *kinds;
    for (size_t i = 0; kind && i < count; i++)
        if (strcmp(kinds[i], kind) == 0)
            return (vt_field_kind)i;
    if (kind)
        vt_model_wrong(r, line, "GOP-02",
                       "kind là text, lines, date, number, money, choice hoặc list.",
                       "Trường “%s” có kind “%s” không rõ.", name, kind);
    return VT_FIELD_TEXT;
}

static void check_attributes(vt_model_reader *r, const vt_attributes *attrs, int line) {
    static const char *const known[] = {"name", "label", "kind", "required", "hint", "default"};
    for (int i = 0; i < attrs->count; i++) {
        const char *name = (const char *)attrs->at[5 * i];
        bool ok = false;
        for (size_t k = 0; k < sizeof known / sizeof *known && !ok; k++)
            ok = !attrs->at[5 * i + 2] && strcmp(known[k], name) == 0;
        if (!ok)
            vt_model_wrong(r, line, "GOP-02",
                           "Thuộc tính dùng được: name, label, kind, required, hint, default.",
                           "<m:field> không có thuộc tính “%s”.", name);
    }
}

/* Fills in the field that grow_level has made. */
static void read_field(vt_model_reader *r, const vt_attributes *attrs, int line) {
    vt_field *f = field_now(r);
    vt_scope *scope = level_now(r)->scope;
    const char *name = vt_model_attribute(r, attrs, "name");
    const char *required = vt_model_attribute(r, attrs, "required");
    scope->line[scope->count - 1] = -line;
    f->name = name ? name : "";
    f->label = vt_model_attribute(r, attrs, "label");
    f->hint = vt_model_attribute(r, attrs, "hint");
    f->initial = vt_model_attribute(r, attrs, "default");
    f->required = required && strcmp(required, "yes") == 0;
    f->kind = kind_of(r, f->name, vt_model_attribute(r, attrs, "kind"), line);
    check_attributes(r, attrs, line);
    check_name(r, f->name, line);
    if (!f->label || !*f->label) {
        f->label = f->name;
        vt_model_wrong(r, line, "GOP-02", "Thêm label=\"...\" bằng tiếng Việt có dấu.",
                       "Trường “%s” không có label.", f->name);
    }
    if (required && !f->required && strcmp(required, "no") != 0)
        vt_model_wrong(r, line, "GOP-02", "Viết required=\"yes\" hoặc bỏ đi.",
                       "Trường “%s” có required=\"%s\".", f->name, required);
}

static void push(vt_model_reader *r, vt_decl decl) {
    r->decl[r->decl_depth++] = decl;
}

static void open_field(vt_model_reader *r, const vt_attributes *attrs, int line) {
    if (level_now(r)->scope->count == VT_MODEL_MAX_FIELDS || r->levels > VT_MODEL_LIST_DEPTH) {
        vt_model_wrong(r, line, "GOP-02", "Tách thành nhiều mẫu.",
                       "Mẫu có hơn %u trường, hoặc danh sách lồng nhau quá %d tầng.",
                       VT_MODEL_MAX_FIELDS, VT_MODEL_LIST_DEPTH);
        r->skipped = 1;
        return;
    }
    if (!grow_level(r)) {
        vt_model_nomem(r);
        return;
    }
    read_field(r, attrs, line);
    bool list = field_now(r)->kind == VT_FIELD_LIST;
    push(r, list ? VT_DECL_LIST : VT_DECL_FIELD);
    if (list && !push_level(r))
        vt_model_nomem(r);
}

static bool make_keys(vt_model_reader *r, vt_scope *scope, size_t field) {
    const vt_field *f = &scope->fields[field];
    const char **keys = vt_alloc_array(r->model->arena, f->choice_count + 1, sizeof *keys);
    for (size_t i = 0; keys && i < f->choice_count; i++)
        if (!(keys[i] = vt_data_name(r->model->arena, f->choices[i])))
            return false;
    scope->keys[field] = keys;
    return keys != NULL;
}

static void finish_field(vt_model_reader *r, vt_scope *scope, size_t field, int line) {
    const vt_field *f = &scope->fields[field];
    if (f->kind == VT_FIELD_CHOICE && f->choice_count == 0)
        vt_model_wrong(r, line, "GOP-02", "Thêm <m:choice>...</m:choice> cho từng lựa chọn.",
                       "Trường “%s” không có lựa chọn nào.", f->name);
    else if (f->kind != VT_FIELD_CHOICE && f->choice_count > 0)
        vt_model_wrong(r, line, "GOP-02", "Đổi thành kind=\"choice\".",
                       "Trường “%s” có <m:choice> mà không phải kiểu choice.", f->name);
    if (!make_keys(r, scope, field))
        vt_model_nomem(r);
    else if (f->initial && !vt_bind_default_ok(scope, field))
        vt_model_wrong(r, line, "GOP-02", "Sửa default.",
                       "Giá trị mặc định “%s” của trường “%s” không hợp kiểu của trường.",
                       f->initial, f->name);
}

static void close_field(vt_model_reader *r, int line) {
    vt_scope *scope = level_now(r)->scope;
    finish_field(r, scope, scope->count - 1, line);
}

/* The fields of a list are complete: they go to their field one level up. */
static void close_list(vt_model_reader *r, int line) {
    vt_scope *own = level_now(r)->scope;
    if (!vt_scope_index(r->model->arena, own))
        vt_model_nomem(r);
    r->levels--;
    field_now(r)->fields = own->fields;
    field_now(r)->field_count = own->count;
    level_now(r)->scope->inner[level_now(r)->scope->count - 1] = own;
    close_field(r, line);
}

/* -------------------------------------------------------------- choices -- */

static void close_choice(vt_model_reader *r, int line) {
    vt_field *f = field_now(r);
    char *text = vt_strdup(r->model->arena, r->text.data);
    size_t cap = f->choice_count; /* they are few: grown one by one */
    const char **grown =
        vt_grow(r->model->arena, f->choices, &cap, f->choice_count + 1, sizeof *grown);
    if (!text || !grown) {
        vt_model_nomem(r);
        return;
    }
    while (*text == ' ' || *text == '\n')
        text++;
    for (size_t n = strlen(text); n && (text[n - 1] == ' ' || text[n - 1] == '\n'); n--)
        text[n - 1] = 0;
    f->choices = grown;
    if (*text && f->choice_count < VT_MODEL_MAX_FIELDS)
        grown[f->choice_count++] = text;
    else
        vt_model_wrong(r, line, "GOP-02", "Viết lựa chọn giữa <m:choice> và </m:choice>.",
                       "Trường “%s” có lựa chọn trống, hoặc quá nhiều lựa chọn.", f->name);
}

/* ------------------------------------------------------------- elements -- */

static void misplaced(vt_model_reader *r, const char *name, int line) {
    vt_model_wrong(r, line, "GOP-02",
                   "<m:fields> đứng đầu mẫu, một lần; trong đó là <m:field>; trong <m:field> là "
                   "<m:choice> (kind=\"choice\") hoặc <m:field> (kind=\"list\").",
                   "<m:%s> không đứng được ở đây.", name);
    r->skipped = 1;
}

void vt_fields_start(vt_model_reader *r, const char *name, const vt_attributes *attrs, int line) {
    vt_decl around = r->decl_depth ? r->decl[r->decl_depth - 1] : VT_DECL_CHOICE;
    vt_buf_clear(&r->text);
    if (r->decl_depth == 0 && !r->model->scope) { /* <m:fields> itself */
        if (!push_level(r))
            vt_model_nomem(r);
        else
            push(r, VT_DECL_FIELDS);
    } else if (strcmp(name, "field") == 0 && (around == VT_DECL_FIELDS || around == VT_DECL_LIST)) {
        open_field(r, attrs, line);
    } else if (strcmp(name, "choice") == 0 && around == VT_DECL_FIELD) {
        push(r, VT_DECL_CHOICE);
    } else {
        misplaced(r, name, line);
    }
}

void vt_fields_end(vt_model_reader *r, int line) {
    switch (r->decl[--r->decl_depth]) {
    case VT_DECL_CHOICE:
        close_choice(r, line);
        break;
    case VT_DECL_FIELD:
        close_field(r, line);
        break;
    case VT_DECL_LIST:
        close_list(r, line);
        break;
    case VT_DECL_FIELDS:
        vt_fields_finish(r);
        break;
    }
    vt_buf_clear(&r->text);
}

static void link_lists(vt_scope *scope) {
    for (size_t i = 0; i < scope->count; i++)
        if (scope->inner[i]) {
            scope->inner[i]->list = &scope->fields[i];
            link_lists(scope->inner[i]);
        }
}

void vt_fields_finish(vt_model_reader *r) {
    if (r->model->scope)
        return;
    if (r->levels == 0 && !push_level(r)) {
        vt_model_nomem(r);
        return;
    }
    vt_scope *scope = r->level[0].scope;
    if (!vt_scope_index(r->model->arena, scope))
        vt_model_nomem(r);
    link_lists(scope);
    r->model->scope = scope;
}
