/*
 * gen/eval.c - expressions evaluated for a record: paths by our own look-up,
 * the rest by libxml2 over a DOM of the record that is made when first needed.
 */
#include "gen/model.h"
#include "gen/words.h"

#include <libxml/tree.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

static vt_status wrong_value(vt_run *run, const char *text, const char *what) {
    const vt_expr *e = run->now;
    return vt_bad(run->list, "GOP-13",
                  vt_model_place(run->model, e->line, e->field ? e->field->name : NULL),
                  "Sửa giá trị trong số liệu, hoặc khai báo đúng kind của trường.",
                  "“%s” trong {{%s}} không phải %s (%s, dòng %d).", text, e->source, what,
                  run->data->file, run->line);
}

/* ---------------------------------------------------------------- print -- */

static vt_status print_date(vt_run *run, vt_print print, const char *text, size_t len) {
    vt_date date;
    if (!vt_words_read_date(text, len, &date))
        return wrong_value(run, text, "ngày");
    (print == VT_PRINT_DATE ? vt_words_date : vt_words_date_figures)(&run->model->buf, date);
    return VT_OK;
}

/* "năm nghìn đồng" -> "Năm nghìn đồng": the first letter of an amount in words. */
static void capital_first(vt_run *run) {
    vt_buf *buf = &run->model->buf;
    const char *p = buf->data;
    vt_utf8_next(&p, buf->data + buf->len);
    size_t n = (size_t)(p - buf->data);
    char *first = vt_strndup(run->model->scratch, buf->data, n);
    char *upper = first ? vt_text_upper(run->model->scratch, first) : NULL;
    if (!upper || strlen(upper) != n) /* all first letters of numbers keep their length */
        buf->failed = true;
    else
        memcpy(buf->data, upper, n);
}

static vt_status print_number(vt_run *run, vt_print print, const char *text, size_t len) {
    vt_decimal n;
    bool money = print == VT_PRINT_GROUPED || print == VT_PRINT_MONEY || print == VT_PRINT_SPELT;
    vt_buf *buf = &run->model->buf;
    if (!(money ? vt_words_read_money : vt_words_read_number)(text, len, &n))
        return wrong_value(run, text, money ? "số tiền chẵn đồng" : "số");
    if (print == VT_PRINT_NUMBER)
        vt_words_number(buf, &n);
    else if (print == VT_PRINT_SPELT)
        vt_words_spell(buf, &n);
    else
        vt_words_money(buf, &n);
    if (print == VT_PRINT_SPELT || print == VT_PRINT_MONEY)
        vt_buf_puts(buf, " đồng");
    if (print == VT_PRINT_SPELT)
        capital_first(run);
    return VT_OK;
}

/* Into the model's buffer; of nothing comes nothing. */
static vt_status print_value(vt_run *run, vt_print print, const char *text, size_t len) {
    vt_status st = VT_OK;
    vt_buf *buf = &run->model->buf;
    vt_buf_clear(buf);
    if (len == 0)
        return VT_OK;
    if (print == VT_PRINT_PLAIN) {
        vt_buf_add(buf, text, len);
    } else if (print == VT_PRINT_UPPER) {
        const char *upper = vt_text_upper(run->model->scratch, text);
        if (!upper)
            return vt_nomem(run->list);
        vt_buf_puts(buf, upper);
    } else if (print == VT_PRINT_DATE || print == VT_PRINT_DATE_FIGURES) {
        st = print_date(run, print, text, len);
    } else {
        st = print_number(run, print, text, len);
    }
    return !st && vt_buf_failed(buf) ? vt_nomem(run->list) : st;
}

/* ---------------------------------------------------------------- paths -- */

/* The first value the names lead to, in the order of the record. */
static const vt_slot *follow(const vt_bound *bound, const uint16_t *step, unsigned steps) {
    const vt_slot *slot = &bound->slot[*step];
    if (steps == 1)
        return slot->text || slot->first ? slot : NULL;
    for (const vt_bound *b = slot->first; b; b = b->next) {
        const vt_slot *found = b->slot ? follow(b, step + 1, steps - 1) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static vt_bound *context_of(const vt_expr *e, vt_bound *bound) {
    for (unsigned i = 0; i < e->up; i++)
        bound = bound->parent;
    return bound;
}

static void path_text(const vt_expr *e, vt_bound *bound, const char **text, size_t *len) {
    bound = context_of(e, bound);
    const vt_slot *slot = e->steps ? follow(bound, e->step, e->steps) : NULL;
    *text = slot ? slot->text : e->steps ? NULL : bound->text;
    *len = slot ? slot->len : e->steps ? 0 : bound->len;
    if (!*text) {
        *text = "";
        *len = 0;
    }
}

static void collect(const vt_bound *bound, const uint16_t *step, unsigned steps, vt_bound **out,
                    size_t *count) {
    for (vt_bound *b = bound->slot[*step].first; b; b = b->next) {
        if (steps > 1) {
            collect(b, step + 1, steps - 1, out, count);
            continue;
        }
        if (out)
            out[*count] = b;
        ++*count;
    }
}

/* ------------------------------------------------------------------ DOM -- */

static bool add_element(xmlDoc *doc, xmlNode *parent, const char *name, const char *text,
                        xmlNode **out) {
    xmlNode *node = xmlNewDocNode(doc, NULL, (const xmlChar *)name, NULL);
    if (!node)
        return false;
    xmlAddChild(parent, node);
    *out = node;
    if (!text)
        return node->name; /* libxml2 does not look whether it got the copies */
    xmlNode *content = xmlNewDocText(doc, (const xmlChar *)text);
    return node->name && content && xmlAddChild(node, content) && content->content;
}

static bool build_dom(xmlDoc *doc, vt_bound *bound) {
    xmlNode *node;
    bound->dom->_private = bound;
    for (size_t i = 0; bound->slot && i < bound->scope->count; i++) {
        const char *name = bound->scope->fields[i].name;
        const vt_slot *slot = &bound->slot[i];
        if (slot->text && !add_element(doc, bound->dom, name, slot->text, &node))
            return false;
        for (vt_bound *b = slot->first; b; b = b->next)
            if (!add_element(doc, bound->dom, name, b->text, &b->dom) || !build_dom(doc, b))
                return false;
    }
    return true;
}

static vt_status need_dom(vt_run *run) {
    if (run->dom)
        return VT_OK;
    run->dom = xmlNewDoc((const xmlChar *)"1.0");
    xmlNode *data = run->dom ? xmlNewDocNode(run->dom, NULL, (const xmlChar *)"data", NULL) : NULL;
    if (!data)
        return vt_nomem(run->list);
    xmlDocSetRootElement(run->dom, data);
    if (!add_element(run->dom, data, "record", NULL, &run->root->dom) ||
        !build_dom(run->dom, run->root))
        return vt_nomem(run->list);
    run->model->xpath->doc = run->dom;
    return VT_OK;
}

/* ---------------------------------------------------------------- XPath -- */

static void on_error(void *user, xmlError *error) {
    bool *no_memory = user;
    if (error->code == XML_ERR_NO_MEMORY || error->code == XML_XPATH_MEMORY_ERROR)
        *no_memory = true;
}

/* Room for values of an expression; libxml2 lets it grow. */
#define VALUES 10

/* xmlXPathEval with the stack made beforehand: when that allocation fails in
   libxml2 2.9 it frees the parser twice.  For the same reason no compiled
   expression is kept: xmlXPathCompiledEval has no way to give it a stack. */
static xmlXPathObject *eval(xmlXPathContext *xpath, const char *source, bool *no_memory) {
    xmlXPathParserContext *parser = xmlXPathNewParserContext((const xmlChar *)source, xpath);
    xmlXPathObject *result = NULL, *rest;
    *no_memory = !parser;
    if (!parser)
        return NULL;
    parser->valueTab = xmlMalloc(VALUES * sizeof *parser->valueTab);
    parser->valueMax = VALUES;
    *no_memory = !parser->valueTab;
    if (parser->valueTab)
        xmlXPathEvalExpr(parser);
    if (parser->valueTab && parser->error == XPATH_EXPRESSION_OK)
        result = valuePop(parser);
    while ((rest = valuePop(parser)))
        xmlXPathFreeObject(rest);
    xmlXPathFreeParserContext(parser);
    return result;
}

/* libxml2 2.9 reports some failed allocations only to the handler of the whole
   thread, and goes on with an empty result: hence ours, for as long as it runs. */
vt_status vt_xpath_run(xmlXPathContext *xpath, const char *source, bool evaluate, vt_findings *list,
                       bool *good, xmlXPathObject **out) {
    bool no_memory = false;
    xmlStructuredErrorFunc before = xmlStructuredError;
    void *before_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(&no_memory, on_error);
    xmlResetError(&xpath->lastError);
    *out = NULL;
    if (evaluate) {
        *out = eval(xpath, source, &no_memory);
        *good = *out != NULL;
    } else {
        xmlXPathCompExpr *compiled = xmlXPathCtxtCompile(xpath, (const xmlChar *)source);
        *good = compiled != NULL;
        xmlXPathFreeCompExpr(compiled);
    }
    xmlSetStructuredErrorFunc(before_context, before);
    if (!no_memory && xpath->lastError.code != XML_ERR_NO_MEMORY)
        return VT_OK;
    xmlXPathFreeObject(*out);
    *out = NULL;
    return vt_nomem(list);
}

/* A number of XPath as text, in the form of records ("12,5"): whole ones
   exactly, others to five places.  *text NULL: not a number, or beyond 2^53. */
static vt_status number_text(vt_run *run, double value, const char **text) {
    vt_arena *scratch = run->model->scratch;
    *text = NULL;
    if (!isfinite(value) || fabs(value) > 9007199254740992.0)
        return VT_OK;
    if (value == floor(value)) {
        *text = vt_printf(scratch, "%lld", (long long)value);
        return *text ? VT_OK : vt_nomem(run->list);
    }
    vt_buf buf;
    vt_buf_init(&buf, 64);
    vt_buf_number(&buf, value, 5);
    char *copy = vt_buf_failed(&buf) ? NULL : vt_strdup(scratch, buf.data);
    char *dot = copy ? strchr(copy, '.') : NULL;
    vt_buf_free(&buf);
    if (dot)
        *dot = ',';
    *text = copy;
    return copy ? VT_OK : vt_nomem(run->list);
}

static vt_status not_a_number(vt_run *run) {
    return vt_bad(run->list, "GOP-16", vt_model_place(run->model, run->now->line, NULL),
                  "Kiểm tra các trường dùng trong phép tính: phải là số, không để trống.",
                  "{{%s}} không tính ra số (%s, dòng %d).", run->now->source, run->data->file,
                  run->line);
}

/* The text of a result, in the scratch arena. */
static vt_status result_text(vt_run *run, xmlXPathObject *object, const char **text) {
    if (object->type == XPATH_NUMBER) {
        vt_status st = number_text(run, object->floatval, text);
        return !st && !*text ? not_a_number(run) : st;
    }
    xmlChar *cast = xmlXPathCastToString(object);
    *text = cast ? vt_strdup(run->model->scratch, (const char *)cast) : NULL;
    xmlFree(cast);
    return *text ? VT_OK : vt_nomem(run->list);
}

/* ngay(), tien() ... inside a larger expression. */
static void on_function(xmlXPathParserContext *parser, int arguments) {
    vt_run *run = parser->context->userData;
    const char *name = (const char *)parser->context->function, *text = NULL;
    vt_print print = VT_PRINT_PLAIN;
    if (arguments != 1) {
        xmlXPathErr(parser, XPATH_INVALID_ARITY);
        return;
    }
    xmlXPathObject *object = valuePop(parser);
    vt_status st = object ? result_text(run, object, &text) : vt_nomem(run->list);
    xmlXPathFreeObject(object);
    vt_expr_function(name, strlen(name), &print);
    if (!st)
        st = print_value(run, print, text, strlen(text));
    if (st) {
        run->failed = st;
        xmlXPathErr(parser, XPATH_EXPR_ERROR);
        return;
    }
    valuePush(parser, xmlXPathNewCString(run->model->buf.data));
}

bool vt_expr_register(xmlXPathContext *xpath) {
    static const char *const names[] = {"ngay", "ngay-so", "so", "tien", "bang-chu", "hoa"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xmlXPathRegisterFunc(xpath, (const xmlChar *)names[i], on_function))
            return false;
    return true;
}

static vt_status not_computed(vt_run *run, const vt_expr *e) {
    return vt_bad(run->list, "GOP-16", vt_model_place(run->model, e->line, NULL),
                  "Đơn giản hoá biểu thức; xem docs/models.md.",
                  "“%s” không tính được, hoặc tính quá lâu (%s, dòng %d).", e->source,
                  run->data->file, run->line);
}

static vt_status evaluate(vt_run *run, const vt_expr *e, const vt_at_record *at,
                          xmlXPathObject **out) {
    xmlXPathContext *xpath = run->model->xpath;
    unsigned long left = VT_MODEL_MAX_RECORD_OPS - run->ops;
    vt_status st = need_dom(run);
    if (st)
        return st;
    if (left == 0)
        return not_computed(run, e);
    xpath->userData = run;
    xpath->node = at->bound->dom;
    xpath->contextSize = at->size;
    xpath->proximityPosition = at->position;
    xpath->opLimit = left < VT_MODEL_MAX_OPS ? left : VT_MODEL_MAX_OPS;
    xpath->opCount = 0;
    run->failed = VT_OK;
    bool good = false;
    st = vt_xpath_run(xpath, e->source, true, run->list, &good, out);
    run->ops += xpath->opCount < left ? xpath->opCount : left;
    if (st || good)
        return st;
    return run->failed ? run->failed : not_computed(run, e); /* the function has said why */
}

/* ------------------------------------------------------------ interface -- */

vt_status vt_expr_text(vt_run *run, const vt_expr *e, const vt_at_record *at, const char **text,
                       size_t *len) {
    const char *value;
    size_t n;
    run->now = e;
    if (!e->xpath) {
        path_text(e, at->bound, &value, &n);
    } else {
        xmlXPathObject *object = NULL;
        vt_status st = evaluate(run, e, at, &object);
        if (!st)
            st = result_text(run, object, &value);
        xmlXPathFreeObject(object);
        if (st)
            return st;
        n = strlen(value);
    }
    vt_status st = print_value(run, e->print, value, n);
    *text = run->model->buf.data;
    *len = run->model->buf.len;
    return st;
}

vt_status vt_expr_test(vt_run *run, const vt_expr *e, const vt_at_record *at, bool *yes) {
    run->now = e;
    if (!e->xpath) {
        vt_bound *bound = context_of(e, at->bound);
        bool there = e->steps ? follow(bound, e->step, e->steps) != NULL : true;
        *yes = there != e->negated;
        return VT_OK;
    }
    xmlXPathObject *object = NULL;
    vt_status st = evaluate(run, e, at, &object);
    if (!st)
        *yes = xmlXPathCastToBoolean(object);
    xmlXPathFreeObject(object);
    return st;
}

static vt_status select_path(vt_run *run, const vt_expr *e, const vt_at_record *at, vt_bound ***out,
                             size_t *count) {
    const vt_bound *bound = context_of(e, at->bound);
    size_t n = 0;
    collect(bound, e->step, e->steps, NULL, &n);
    *out = vt_alloc_array(run->model->scratch, n + 1, sizeof **out);
    if (!*out)
        return vt_nomem(run->list);
    *count = 0;
    collect(bound, e->step, e->steps, *out, count);
    return VT_OK;
}

vt_status vt_expr_select(vt_run *run, const vt_expr *e, const vt_at_record *at, vt_bound ***out,
                         size_t *count) {
    run->now = e;
    if (!e->xpath)
        return select_path(run, e, at, out, count);
    xmlXPathObject *object = NULL;
    vt_status st = evaluate(run, e, at, &object);
    if (st)
        return st;
    xmlNodeSet *nodes = object->type == XPATH_NODESET ? object->nodesetval : NULL;
    xmlXPathNodeSetSort(nodes);
    int n = nodes ? nodes->nodeNr : 0;
    *out = vt_alloc_array(run->model->scratch, (size_t)n + 1, sizeof **out);
    *count = 0;
    for (int i = 0; *out && i < n; i++) /* only elements of lists are selected */
        if (nodes->nodeTab[i]->_private)
            (*out)[(*count)++] = nodes->nodeTab[i]->_private;
    xmlXPathFreeObject(object);
    return *out ? VT_OK : vt_nomem(run->list);
}
