/*
 * gen/expr.c - what stands in {{...}}, select and test: read, checked against
 * the declared fields, and compiled once.
 *
 * A path ("ho-ten", "../dia-diem", "nguoi-ky/chuc-vu"), alone or in one of our
 * functions, is followed by our own look-up.  Everything else is XPath 1.0 by
 * libxml2, after a check that it names declared fields and known functions
 * only: libxml2 takes a misspelt name for an empty value.
 */
#include "gen/model.h"

#include <libxml/xpathInternals.h>
#include <string.h>

typedef struct compiler {
    vt_model *model;
    const vt_scope *scope;
    vt_expr *expr;
    vt_expr_use use;
    vt_findings *list;
} compiler;

static const struct {
    const char *name;
    vt_print print;
} functions[] = {
    {"ngay", VT_PRINT_DATE},  {"ngay-so", VT_PRINT_DATE_FIGURES}, {"so", VT_PRINT_NUMBER},
    {"tien", VT_PRINT_MONEY}, {"bang-chu", VT_PRINT_SPELT},       {"hoa", VT_PRINT_UPPER},
};

bool vt_expr_function(const char *name, size_t len, vt_print *out) {
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strlen(functions[i].name) == len && memcmp(functions[i].name, name, len) == 0) {
            *out = functions[i].print;
            return true;
        }
    return false;
}

static vt_status wrong(compiler *c, const char *id, const char *remedy, const char *what) {
    return vt_bad(c->list, id, vt_model_place(c->model, c->expr->line, NULL), remedy, "“%s”: %s.",
                  c->expr->source, what);
}

/* --------------------------------------------------------------- lexing -- */

static bool is_space(char ch) {
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

static bool starts_name(char ch) {
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' || (ch & 0x80);
}

static bool in_name(char ch) {
    return starts_name(ch) || (ch >= '0' && ch <= '9') || ch == '-' || ch == '.';
}

static const char *skip_space(const char *p) {
    while (is_space(*p))
        p++;
    return p;
}

static size_t name_length(const char *p) {
    size_t n = 0;
    if (starts_name(*p))
        while (in_name(p[n]))
            n++;
    return n;
}

/* ---------------------------------------------------------------- paths -- */

/* "..", "../", names parted by "/", or ".".  Returns where it ends; NULL:
   not a path of ours. */
static const char *path_end(const char *p) {
    if (*p == '.' && p[1] != '.')
        return p + 1;
    while (p[0] == '.' && p[1] == '.') {
        p += 2;
        if (*p != '/')
            return p;
        p++;
    }
    for (;;) {
        size_t n = name_length(p);
        if (n == 0)
            return NULL;
        p += n;
        if (*p != '/')
            return p;
        p++;
    }
}

static vt_status unknown_name(compiler *c, const vt_scope *scope, const char *name) {
    const char *nearest = vt_scope_nearest(scope, name);
    vt_place place = vt_model_place(c->model, c->expr->line, NULL);
    if (scope->parent && vt_scope_find(scope->parent, name) >= 0)
        return vt_bad(c->list, "GOP-03", place, "Trong for-each, trường của bản ghi viết với ../",
                      "“%s”: “%s” không có trong “%s”; ý bạn là “../%s”?", c->expr->source, name,
                      scope->list->name, name);
    if (nearest)
        return vt_bad(c->list, "GOP-03", place, "Sửa tên, hoặc khai báo trường trong <m:fields>.",
                      "“%s”: trường “%s” chưa khai báo; ý bạn là “%s”?", c->expr->source, name,
                      nearest);
    return vt_bad(c->list, "GOP-03", place, "Khai báo trường trong <m:fields>.",
                  "“%s”: trường “%s” chưa khai báo.", c->expr->source, name);
}

static void note_use(const compiler *c, const vt_scope *scope, int at) {
    if (scope->line[at] < 0) /* not used before: - line of the declaration */
        scope->line[at] = c->expr->line;
}

/* Follows the names through the declared fields. */
static vt_status resolve(compiler *c, const char *p, const char *end) {
    vt_expr *e = c->expr;
    const vt_scope *scope = c->scope;
    while (p + 1 < end && p[0] == '.' && p[1] == '.') {
        if (!scope->parent)
            return wrong(c, "GOP-03", "Bỏ bớt ../", "đã ra ngoài bản ghi");
        scope = scope->parent;
        e->up++;
        p += p + 2 < end ? 3 : 2;
    }
    e->inner = scope;
    while (p < end && *p != '.') {
        size_t n = name_length(p);
        char *name = vt_strndup(c->model->arena, p, n);
        if (!name)
            return vt_nomem(c->list);
        if (!scope)
            return wrong(c, "GOP-03", "Chỉ trường kiểu list mới có trường con.",
                         "trường đứng trước dấu / không có trường con");
        int at = vt_scope_find(scope, name);
        if (at < 0)
            return unknown_name(c, scope, name);
        if (e->steps == VT_MODEL_MAX_STEPS)
            return wrong(c, "GOP-04", NULL, "đường dẫn quá dài");
        note_use(c, scope, at);
        e->step[e->steps++] = (uint16_t)at;
        e->field = &scope->fields[at];
        e->inner = scope = scope->inner[at];
        p += n + (p + n < end);
    }
    return VT_OK;
}

/* How a value is printed that stands without a function. */
static vt_print natural(const compiler *c) {
    if (c->use == VT_EXPR_TEXT && c->expr->field && c->expr->field->kind == VT_FIELD_DATE)
        return VT_PRINT_DATE_FIGURES;
    if (c->use == VT_EXPR_TEXT && c->expr->field && c->expr->field->kind == VT_FIELD_MONEY)
        return VT_PRINT_GROUPED;
    return VT_PRINT_PLAIN;
}

/* May the path stand here?  A list is walked through, a value is printed. */
static vt_status check_use(compiler *c) {
    const vt_expr *e = c->expr;
    bool list = e->field ? e->field->kind == VT_FIELD_LIST : e->inner && e->inner->count > 0;
    bool text_element = !e->field && e->inner && e->inner->list && e->inner->count == 0;
    if (c->use == VT_EXPR_SELECT)
        return e->field && list ? VT_OK
                                : wrong(c, "GOP-03", "Khai báo trường với kind=\"list\".",
                                        "for-each chỉ đi qua được trường kiểu list");
    if (c->use == VT_EXPR_TEST || text_element || (e->field && !list))
        return VT_OK;
    return e->field ? wrong(c, "GOP-03", "Đi qua danh sách bằng <m:for-each select=\"...\">.",
                            "một danh sách không in thẳng ra được")
                    : wrong(c, "GOP-03", "Viết tên một trường.",
                            "ở đây có nhiều trường, “.” không rõ là trường nào");
}

/* NAME(path) of ours, or not(path) of a test: *inside is where the path begins. */
static bool wrapped(const compiler *c, const char *source, const char **inside, vt_print *print,
                    bool *negated) {
    size_t n = name_length(source);
    const char *open = skip_space(source + n);
    if (n == 0 || *open != '(')
        return false;
    *inside = skip_space(open + 1);
    *negated = n == 3 && memcmp(source, "not", 3) == 0;
    if (*negated)
        return c->use == VT_EXPR_TEST;
    return (c->use == VT_EXPR_TEXT || c->use == VT_EXPR_EXACT) &&
           vt_expr_function(source, n, print);
}

/* *ours: it was a path, good or bad. */
static vt_status compile_path(compiler *c, bool *ours) {
    const char *start = c->expr->source, *end;
    vt_print print = VT_PRINT_PLAIN;
    bool negated = false;
    bool closed = wrapped(c, start, &start, &print, &negated);
    end = path_end(start);
    const char *rest = end ? skip_space(end) : NULL;
    if (rest && closed)
        rest = *rest == ')' ? skip_space(rest + 1) : NULL;
    *ours = rest && *rest == 0 && !(end > start && end[-1] == '/');
    if (!*ours)
        return VT_OK;
    vt_status st = resolve(c, start, end);
    if (!st)
        st = check_use(c);
    c->expr->negated = negated;
    c->expr->print = closed && !negated ? print : natural(c);
    return st;
}

/* ---------------------------------------------------------------- XPath -- */

static const char *const core_functions[] = {
    "boolean",
    "ceiling",
    "concat",
    "contains",
    "count",
    "false",
    "floor",
    "last",
    "normalize-space",
    "not",
    "number",
    "position",
    "round",
    "starts-with",
    "string",
    "substring",
    "substring-after",
    "substring-before",
    "string-length",
    "sum",
    "translate",
    "true",
    "ngay",
    "ngay-so",
    "so",
    "tien",
    "bang-chu",
    "hoa",
    "node",
    "text",
};
static const char *const axes[] = {"ancestor",   "ancestor-or-self",   "child",
                                   "descendant", "descendant-or-self", "following-sibling",
                                   "parent",     "preceding-sibling",  "self"};

static bool among(const char *name, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return false;
}
#define AMONG(name, words) among(name, words, sizeof(words) / sizeof *(words))

static vt_status check_function(compiler *c, const char *name) {
    bool node_test = strcmp(name, "node") == 0 || strcmp(name, "text") == 0;
    if (node_test || (AMONG(name, core_functions) &&
                      xmlXPathFunctionLookup(c->model->xpath, (const xmlChar *)name)))
        return VT_OK;
    if (AMONG(name, core_functions))
        return vt_nomem(c->list); /* libxml2 could not register it, and did not say */
    const char *nearest =
        vt_name_nearest(name, core_functions, sizeof core_functions / sizeof *core_functions);
    return vt_bad(c->list, "GOP-04", vt_model_place(c->model, c->expr->line, NULL),
                  "Các hàm dùng được ghi trong docs/models.md.", "“%s”: không có hàm “%s”%s%s%s",
                  c->expr->source, name, nearest ? "; ý bạn là “" : "", nearest ? nearest : "",
                  nearest ? "”?" : ".");
}

static const vt_scope *record_scope(const vt_scope *scope) {
    while (scope->parent)
        scope = scope->parent;
    return scope;
}

/* A name of the expression; `operand`: an operand stands before it. */
static vt_status check_name(compiler *c, const char *p, size_t n, bool operand, bool *is_operator) {
    static const char *const operators[] = {"and", "or", "div", "mod"};
    const char *after = skip_space(p + n);
    char *name = vt_strndup(c->model->arena, p, n);
    if (!name)
        return vt_nomem(c->list);
    *is_operator = operand && AMONG(name, operators);
    if (*is_operator)
        return VT_OK;
    if (*after == '(')
        return check_function(c, name);
    if (after[0] == ':' && after[1] == ':')
        return AMONG(name, axes) ? VT_OK
                                 : wrong(c, "GOP-04", NULL, "trục này của XPath không được dùng");
    const vt_scope *record = record_scope(c->scope);
    if (vt_scope_use(record, name, c->expr->line) || strcmp(name, "record") == 0 ||
        strcmp(name, "data") == 0)
        return VT_OK;
    return unknown_name(c, c->scope, name);
}

/* Every name is a declared field or a known function; no attributes,
   variables, prefixes. */
static vt_status check_names(compiler *c) {
    bool operand = false; /* what stands before is the end of an operand */
    for (const char *p = skip_space(c->expr->source); *p; p = skip_space(p)) {
        size_t n = name_length(p);
        if (n > 0) {
            bool is_operator;
            vt_status st = check_name(c, p, n, operand, &is_operator);
            if (st)
                return st;
            operand = !is_operator;
            p += n;
        } else if (*p == '"' || *p == '\'') {
            const char *close = strchr(p + 1, *p);
            if (!close)
                return wrong(c, "GOP-04", NULL, "dấu nháy mở ra mà không đóng lại");
            operand = true;
            p = close + 1;
        } else if (*p == '@' || *p == '$' || (*p == ':' && p[1] != ':')) {
            return wrong(c, "GOP-04", "Số liệu chỉ có các trường, viết bằng tên trần.",
                         "không dùng được thuộc tính (@), biến ($) và tiền tố (:)");
        } else {
            operand = *p == ')' || *p == ']' || *p == '.' || (*p >= '0' && *p <= '9') ||
                      (*p == '*' && !operand);
            p += *p == ':' ? 2 : 1;
        }
    }
    return VT_OK;
}

/* What a select without its predicates names: "khach[vai='A']" -> "khach". */
static vt_status resolve_select(compiler *c) {
    char bare[VT_MODEL_MAX_EXPR + 1];
    size_t n = 0;
    int depth = 0;
    for (const char *p = c->expr->source; *p; p++) {
        depth += *p == '[';
        if (depth == 0 && !is_space(*p))
            bare[n++] = *p;
        depth -= *p == ']';
    }
    bare[n] = 0;
    const char *end = path_end(bare);
    if (depth != 0 || !end || *end)
        return wrong(c, "GOP-04", "Ví dụ: khach-moi, hoặc khach-moi[vai-tro='Chủ trì'].",
                     "select phải là đường dẫn tới một danh sách, có thể kèm điều kiện trong [ ]");
    vt_status st = resolve(c, bare, end);
    return st ? st : check_use(c);
}

static vt_status compile_xpath(compiler *c) {
    vt_status st = check_names(c);
    if (!st && c->use == VT_EXPR_SELECT)
        st = resolve_select(c);
    if (st)
        return st;
    bool good;
    xmlXPathObject *none = NULL;
    c->expr->xpath = true;
    st = vt_xpath_run(c->model->xpath, c->expr->source, false, c->list, &good, &none);
    if (!st && !good)
        st = wrong(c, "GOP-04", "Xem cách viết biểu thức trong docs/models.md.",
                   "biểu thức viết sai");
    return st;
}

vt_status vt_expr_compile(vt_model *model, const vt_scope *scope, const char *source, size_t len,
                          int line, vt_expr_use use, vt_findings *list, vt_expr **out) {
    while (len && is_space(*source)) {
        source++;
        len--;
    }
    while (len && is_space(source[len - 1]))
        len--;
    vt_expr *e = vt_alloc(model->arena, sizeof *e);
    char *copy = vt_strndup(model->arena, source, len);
    if (!e || !copy)
        return vt_nomem(list);
    *e = (vt_expr){.source = copy, .line = line};
    compiler c = {model, scope, e, use, list};
    if (len == 0)
        return wrong(&c, "GOP-04", "Viết tên một trường, ví dụ {{ho-va-ten}}.", "biểu thức trống");
    if (len > VT_MODEL_MAX_EXPR)
        return vt_bad(list, "GOP-04", vt_model_place(model, line, NULL), NULL,
                      "Biểu thức dài hơn %u byte.", VT_MODEL_MAX_EXPR);
    bool ours;
    vt_status st = compile_path(&c, &ours);
    if (!st && !ours)
        st = compile_xpath(&c);
    if (!st)
        *out = e;
    return st;
}
