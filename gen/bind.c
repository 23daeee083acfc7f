/*
 * gen/bind.c - a record of the data put into the declared fields of a model:
 * nothing misspelt, nothing missing, every value of its kind.
 */
#include "gen/model.h"
#include "gen/words.h"

#include <string.h>

/* Where a value is going. */
typedef struct target {
    vt_run *run;
    const vt_scope *scope;
    vt_bound *bound;
} target;

/* "ho-ten", "khach-moi[2]/ho-ten" */
static const char *path_of(const target *t, const char *name) {
    vt_arena *arena = t->run->model->scratch;
    const char *path = name;
    for (const vt_bound *b = t->bound; path && b->parent; b = b->parent) {
        int list = vt_scope_find(b->parent->scope, b->scope->list->name), position = 1;
        for (const vt_bound *e = b->parent->slot[list].first; e && e != b; e = e->next)
            position++;
        path = vt_printf(arena, "%s[%d]/%s", b->scope->list->name, position, path);
    }
    return path ? path : name;
}

static int line_of(const target *t, size_t field) {
    int line = t->scope->line[field];
    return line < 0 ? -line : line;
}

/* A finding about a field: place in the model, the record by its line. */
static vt_status complain(const target *t, const char *id, size_t field, int data_line,
                          const char *remedy, const char *what) {
    const vt_field *f = &t->scope->fields[field];
    if (t->run->complaints++ >= VT_MODEL_MAX_COMPLAINTS)
        return VT_BAD;
    return vt_bad(t->run->list, id,
                  vt_model_place(t->run->model, line_of(t, field), path_of(t, f->name)), remedy,
                  "Trường “%s” (%s) %s (%s, dòng %d).", f->label, f->name, what, t->run->data->file,
                  data_line);
}

/* A hint tells how to write the value, not that it has to be there. */
static const char *remedy_of(const target *t, const vt_field *f) {
    const char *both =
        f->hint ? vt_printf(t->run->model->scratch, "Điền trường này. Gợi ý: %s", f->hint) : NULL;
    return both ? both : "Điền trường này.";
}

static vt_status no_memory(const target *t) {
    return vt_nomem(t->run->list);
}

/* --------------------------------------------------------------- leaves -- */

static vt_status ill_formed(const target *t, size_t field, const char *text, int line,
                            const char *remedy, const char *wanted) {
    char *what =
        vt_printf(t->run->model->scratch, "có giá trị “%.200s”, không phải %s", text, wanted);
    return what ? complain(t, "GOP-13", field, line, remedy, what) : no_memory(t);
}

static vt_status take_plain(const target *t, size_t field, const vt_buf *buf) {
    vt_slot *slot = &t->bound->slot[field];
    slot->text = vt_strndup(t->run->model->scratch, buf->data, buf->len);
    slot->len = buf->len;
    return slot->text && !vt_buf_failed(buf) ? VT_OK : no_memory(t);
}

static vt_status take_date(const target *t, size_t field, const char *text, size_t len, int line) {
    vt_date date;
    if (!vt_words_read_date(text, len, &date))
        return ill_formed(t, field, text, line, "Viết như 27/3/2026 hoặc 2026-03-27.",
                          "một ngày có thật");
    vt_buf *buf = &t->run->model->buf;
    char iso[11];
    vt_date_iso(date, iso);
    vt_buf_clear(buf);
    vt_buf_puts(buf, iso);
    return take_plain(t, field, buf);
}

/* "12.50" of JSON in the way numbers are written here: "12,50". */
static const char *with_comma(const target *t, const char *text, size_t len) {
    char *copy = vt_strndup(t->run->model->scratch, text, len);
    char *dot = copy ? strchr(copy, '.') : NULL;
    if (dot)
        *dot = ',';
    return copy;
}

static vt_status take_number(const target *t, size_t field, const char *text, size_t len, bool json,
                             int line) {
    bool money = t->scope->fields[field].kind == VT_FIELD_MONEY;
    vt_decimal n;
    if (json)
        text = with_comma(t, text, len);
    if (!text)
        return no_memory(t);
    if (!(money ? vt_words_read_money : vt_words_read_number)(text, len, &n))
        return money ? ill_formed(t, field, text, line, "Viết như 1250000 hoặc 1.250.000.",
                                  "số tiền chẵn đồng")
                     : ill_formed(t, field, text, line,
                                  "Viết như 1250000, 1.250.000 hoặc 12,5 (dấu phẩy trước phần lẻ).",
                                  "số");
    vt_buf *buf = &t->run->model->buf;
    vt_buf_clear(buf);
    vt_words_number_plain(buf, &n);
    return take_plain(t, field, buf);
}

static vt_status wrong_choice(const target *t, size_t field, const char *text, int line) {
    const vt_field *f = &t->scope->fields[field];
    vt_buf *buf = &t->run->model->buf;
    vt_buf_clear(buf);
    vt_buf_puts(buf, "Chọn một trong: ");
    for (size_t i = 0; i < f->choice_count; i++)
        vt_buf_printf(buf, "%s%s", i ? ", " : "", f->choices[i]);
    vt_buf_putc(buf, '.');
    const char *remedy = vt_strdup(t->run->model->scratch, buf->data);
    return remedy ? ill_formed(t, field, text, line, remedy, "một lựa chọn của mẫu") : no_memory(t);
}

/* "Thượng khẩn" is taken for the choice "thuong-khan". */
static vt_status take_choice(const target *t, size_t field, const char *text, int line) {
    const vt_field *f = &t->scope->fields[field];
    vt_slot *slot = &t->bound->slot[field];
    for (size_t i = 0; i < f->choice_count && !slot->text; i++)
        if (strcmp(f->choices[i], text) == 0)
            slot->text = f->choices[i];
    const char *key = slot->text ? NULL : vt_data_name(t->run->model->scratch, text);
    for (size_t i = 0; key && i < f->choice_count && !slot->text; i++)
        if (strcmp(t->scope->keys[field][i], key) == 0)
            slot->text = f->choices[i];
    if (!slot->text)
        return wrong_choice(t, field, text, line);
    slot->len = strlen(slot->text);
    return VT_OK;
}

static vt_status take_leaf(const target *t, size_t field, const char *text, size_t len, bool json,
                           int line) {
    switch (t->scope->fields[field].kind) {
    case VT_FIELD_DATE:
        return take_date(t, field, text, len, line);
    case VT_FIELD_NUMBER:
    case VT_FIELD_MONEY:
        return take_number(t, field, text, len, json, line);
    case VT_FIELD_CHOICE:
        return take_choice(t, field, text, line);
    default:
        t->bound->slot[field].text = text;
        t->bound->slot[field].len = len;
        return VT_OK;
    }
}

/* ---------------------------------------------------------------- lists -- */

static vt_status bind_fields(vt_run *run, const vt_scope *scope, vt_bound *bound,
                             const vt_value *values, int line);
static vt_status check_required(const target *t, int line);

static vt_bound *new_element(const target *t, size_t field, vt_bound ***tail) {
    vt_arena *arena = t->run->model->scratch;
    const vt_scope *inner = t->scope->inner[field];
    vt_bound *b = vt_alloc(arena, sizeof *b);
    if (!b)
        return NULL;
    b->scope = inner;
    b->parent = t->bound;
    if (inner->count > 0 && !(b->slot = vt_alloc_array(arena, inner->count, sizeof *b->slot)))
        return NULL;
    **tail = b;
    *tail = &b->next;
    return b;
}

/* "Tên | Chức vụ | Đơn vị": the cells of one line go to the fields in turn. */
static vt_status take_cells(const target *t, size_t field, vt_bound *b, const char *line_text,
                            size_t len, int line) {
    target inner = {t->run, t->scope->inner[field], b};
    const char *p = line_text, *end = line_text + len;
    size_t i = 0;
    for (; p <= end; i++) {
        const char *bar = memchr(p, '|', (size_t)(end - p));
        const char *from = p, *to = bar ? bar : end;
        p = to + 1;
        while (from < to && *from == ' ')
            from++;
        while (to > from && to[-1] == ' ')
            to--;
        if (i == inner.scope->count)
            return complain(t, "GOP-14", field, line, "Bỏ bớt phần sau dấu | cuối.",
                            "có dòng nhiều phần (ngăn bằng |) hơn số trường con");
        char *text =
            from < to ? vt_strndup(t->run->model->scratch, from, (size_t)(to - from)) : NULL;
        if (from < to && !text)
            return no_memory(t);
        if (text && inner.scope->fields[i].kind == VT_FIELD_LIST)
            return complain(&inner, "GOP-14", i, line, "Dùng tệp JSON hoặc XML cho số liệu này.",
                            "là danh sách trong danh sách, không viết được trên một dòng");
        vt_status st = text ? take_leaf(&inner, i, text, (size_t)(to - from), false, line) : VT_OK;
        if (st)
            return st;
    }
    return check_required(&inner, line);
}

/* Text of several lines: each line is an element. */
static vt_status take_lines(const target *t, size_t field, const char *text, size_t len, int line,
                            vt_bound ***tail) {
    const char *p = text, *end = text + len;
    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((stop ? stop : end) - p);
        vt_bound *b = n ? new_element(t, field, tail) : NULL;
        char *copy = n ? vt_strndup(t->run->model->scratch, p, n) : NULL;
        if (n && (!b || !copy))
            return no_memory(t);
        vt_status st = VT_OK;
        if (b && b->slot) {
            st = take_cells(t, field, b, copy, n, line);
        } else if (b) {
            b->text = copy;
            b->len = n;
        }
        if (st)
            return st;
        p += n + 1;
    }
    return VT_OK;
}

static vt_status take_element(const target *t, size_t field, const vt_value *v, vt_bound ***tail) {
    if (v->text)
        return take_lines(t, field, v->text, v->len, v->line, tail);
    if (t->scope->inner[field]->count == 0)
        return complain(t, "GOP-14", field, v->line, "Khai báo các trường con trong mẫu.",
                        "là danh sách chữ, không có trường con");
    vt_bound *b = new_element(t, field, tail);
    return b ? bind_fields(t->run, b->scope, b, v->first, v->line) : no_memory(t);
}

/* ---------------------------------------------------------------- fields -- */

/* An unknown name next to a missing field is a slip; else it is just not used. */
static vt_status unknown(const target *t, const vt_value *v) {
    vt_run *run = t->run;
    bool look = run->unknown++ < VT_MODEL_MAX_UNKNOWN; /* comparing names costs time */
    const char *nearest = look ? vt_scope_nearest(t->scope, v->name) : NULL;
    int near = nearest ? vt_scope_find(t->scope, nearest) : -1;
    vt_slot *slot = near >= 0 ? &t->bound->slot[near] : NULL;
    if (slot && !slot->text && !slot->first) {
        slot->faulty = true; /* not missing on top of it */
        return vt_bad(run->list, "GOP-11",
                      vt_model_place(run->model, line_of(t, (size_t)near), path_of(t, v->name)),
                      "Sửa tên trường trong số liệu.",
                      "Mẫu không có trường “%s”; ý bạn là “%s” (%s)? (%s, dòng %d)", v->name,
                      nearest, t->scope->fields[near].label, run->data->file, v->line);
    }
    if (run->record > 0 || !look)
        return VT_OK; /* said once, with the first record */
    const vt_finding f = {
        .severity = VT_INFO,
        .id = "GOP-12",
        .place = vt_data_place(run->data, v->line, path_of(t, v->name)),
        .message =
            vt_printf(run->model->scratch, "Mẫu không dùng trường “%s” của số liệu.", v->name),
    };
    return f.message ? vt_find(run->list, &f) : no_memory(t);
}

static vt_status take_value(const target *t, size_t field, const vt_value *v, vt_bound ***tails) {
    vt_slot *slot = &t->bound->slot[field];
    if (t->scope->fields[field].kind == VT_FIELD_LIST) {
        vt_bound **tail = tails[field] ? tails[field] : &slot->first;
        vt_status st = take_element(t, field, v, &tail);
        tails[field] = tail;
        return st;
    }
    if (!v->text)
        return complain(t, "GOP-14", field, v->line, "Cho trường một giá trị bằng chữ.",
                        "có trường con trong khi mẫu chờ một giá trị");
    if (slot->text)
        return complain(t, "GOP-14", field, v->line,
                        "Giữ một giá trị, hoặc khai báo trường là kind=\"list\".",
                        "có nhiều giá trị trong khi mẫu chỉ nhận một");
    return take_leaf(t, field, v->text, v->len, v->number, v->line);
}

static vt_status take_default(const target *t, size_t field, int line) {
    const vt_field *f = &t->scope->fields[field];
    size_t len = strlen(f->initial);
    vt_bound **tail = &t->bound->slot[field].first;
    if (f->kind == VT_FIELD_LIST)
        return take_lines(t, field, f->initial, len, line, &tail);
    return take_leaf(t, field, f->initial, len, false, line);
}

static vt_status check_required(const target *t, int line) {
    vt_status all = VT_OK;
    for (size_t i = 0; i < t->scope->count; i++) {
        const vt_field *f = &t->scope->fields[i];
        const vt_slot *slot = &t->bound->slot[i];
        vt_status st = VT_OK;
        if (slot->text || slot->first || slot->faulty)
            continue;
        if (f->initial)
            st = take_default(t, i, line);
        else if (f->required)
            st = complain(t, "GOP-10", i, line, remedy_of(t, f),
                          "bắt buộc nhưng không có hoặc để trống");
        if (st > all)
            all = st;
    }
    return all;
}

static vt_status bind_fields(vt_run *run, const vt_scope *scope, vt_bound *bound,
                             const vt_value *values, int line) {
    target t = {run, scope, bound};
    vt_bound ***tails = vt_alloc_array(run->model->scratch, scope->count + 1, sizeof *tails);
    vt_status all = VT_OK, st;
    size_t unknowns = 0;
    if (!tails)
        return no_memory(&t);
    for (const vt_value *v = values; v && all != VT_FAIL; v = v->next) {
        int field = vt_scope_find(scope, v->name);
        st = field < 0 ? VT_OK : take_value(&t, (size_t)field, v, tails);
        if (st)
            bound->slot[field].faulty = true;
        unknowns += field < 0;
        if (st > all)
            all = st;
    }
    for (const vt_value *v = values; v && unknowns && all != VT_FAIL; v = v->next) {
        st = vt_scope_find(scope, v->name) < 0 ? unknown(&t, v) : VT_OK;
        if (st > all)
            all = st;
    }
    st = all == VT_FAIL ? VT_OK : check_required(&t, line);
    return st > all ? st : all;
}

vt_status vt_bind(vt_run *run, const vt_value *fields) {
    vt_arena *arena = run->model->scratch;
    vt_bound *root = vt_alloc(arena, sizeof *root);
    vt_slot *slot = vt_alloc_array(arena, run->model->scope->count + 1, sizeof *slot);
    if (!root || !slot)
        return vt_nomem(run->list);
    *root = (vt_bound){.scope = run->model->scope, .slot = slot};
    run->root = root;
    return bind_fields(run, root->scope, root, fields, run->line);
}

/* Is the default of a field of its kind?  (For the reader of models.) */
bool vt_bind_default_ok(const vt_scope *scope, size_t field) {
    const vt_field *f = &scope->fields[field];
    size_t len = strlen(f->initial);
    vt_date date;
    vt_decimal n;
    switch (f->kind) {
    case VT_FIELD_DATE:
        return vt_words_read_date(f->initial, len, &date);
    case VT_FIELD_NUMBER:
        return vt_words_read_number(f->initial, len, &n);
    case VT_FIELD_MONEY:
        return vt_words_read_money(f->initial, len, &n);
    case VT_FIELD_CHOICE:
        for (size_t i = 0; i < f->choice_count; i++)
            if (strcmp(f->choices[i], f->initial) == 0)
                return true;
        return false;
    default:
        return true;
    }
}
