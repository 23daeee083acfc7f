/*
 * gen/pack_read.c - a pack file to its flattened values, and one pack over another.
 *
 * Packs come from an installation's own folder, so they are input like any
 * other: size, encoding, DTD and every unknown name are refused with file and
 * line.
 */
#include "gen/pack_raw.h"

#include "gen/text.h"

#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    vt_arena *arena;
    vt_findings *list;
    vt_raw_pack *raw;
    const char *source; /* of the group being read */
    char confidence;
    bool bad;
} reader;

static void refuse(reader *r, const xmlNode *node, const char *remedy, const char *fmt, ...)
    VT_PRINTF(4, 5);

static void refuse(reader *r, const xmlNode *node, const char *remedy, const char *fmt, ...) {
    char message[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    vt_text_whole(message);
    vt_place place = {r->raw->file, node ? (int)xmlGetLineNo(node) : 0, NULL};
    (void)vt_bad(r->list, "GOI-02", place, remedy, "%s", message);
    r->bad = true;
}

vt_status vt_pack_bad(vt_findings *list, const vt_raw *at, const char *id, const char *remedy,
                      const char *fmt, ...) {
    char message[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    vt_text_whole(message);
    vt_place place = {at->file, at->line, at->key};
    return vt_bad(list, id, place, remedy, "%s", message);
}

/* ---------------------------------------------------------- attributes -- */

/* The attribute's text in the arena; NULL when absent. */
static const char *attribute(reader *r, xmlNode *node, const char *name) {
    const xmlAttr *attr = xmlHasProp(node, (const xmlChar *)name);
    if (!attr || attr->ns)
        return NULL;
    const xmlNode *only_text = attr->children;
    if (only_text && only_text->type == XML_TEXT_NODE && !only_text->next &&
        strlen((const char *)only_text->content) <= VT_PACK_MAX_TEXT)
        return vt_strdup(r->arena, (const char *)only_text->content);
    xmlChar *text = xmlNodeGetContent((const xmlNode *)attr);
    if (!text)
        return NULL;
    size_t len = strlen((const char *)text);
    const char *copy = NULL;
    if (len > VT_PACK_MAX_TEXT)
        refuse(r, node, NULL, "Thuộc tính “%s” dài quá %d byte.", name, VT_PACK_MAX_TEXT);
    else
        copy = vt_strndup(r->arena, (const char *)text, len);
    xmlFree(text);
    return copy;
}

static const char *needed(reader *r, xmlNode *node, const char *name) {
    const char *value = attribute(r, node, name);
    if (!value)
        refuse(r, node, "Ghi thêm thuộc tính ấy.", "Phần tử <%s> thiếu thuộc tính “%s”.",
               (const char *)node->name, name);
    return value;
}

/* Refuses attributes outside the space-separated list. */
static void only(reader *r, xmlNode *node, const char *names) {
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        size_t len = strlen(name);
        bool known = false;
        for (const char *p = names; !a->ns && !known && (p = strstr(p, name)) != NULL; p += len)
            known = (p == names || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0');
        if (!known)
            refuse(r, node, "Sửa tên thuộc tính theo templates/schema/rules.rng.",
                   "Phần tử <%s> có thuộc tính lạ “%s”.", (const char *)node->name, name);
    }
}

/* Names are kebab-case ASCII. */
static bool slug(const char *s) {
    size_t len = strlen(s);
    return len > 0 && len <= 40 && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static const char *needed_slug(reader *r, xmlNode *node, const char *name) {
    const char *value = needed(r, node, name);
    if (!value || slug(value))
        return value;
    refuse(r, node, "Tên viết bằng chữ thường không dấu, số và dấu gạch nối.",
           "Tên “%s” ở thuộc tính “%s” không hợp lệ.", value, name);
    return NULL;
}

/* ------------------------------------------------------------- values -- */

static char confidence_of(reader *r, xmlNode *node, char inherited) {
    const char *text = attribute(r, node, "confidence");
    if (!text)
        return inherited;
    if (text[0] && !text[1] && strchr("ABCUD", text[0]))
        return text[0];
    refuse(r, node, "Ghi A, B, C, U hoặc D.", "Mức tin cậy “%s” không có.", text);
    return inherited;
}

static vt_raw *add(reader *r, xmlNode *node, const char *key, const char *value) {
    vt_raw_pack *raw = r->raw;
    if (raw->count >= VT_PACK_MAX_VALUES) {
        refuse(r, node, NULL, "Gói có quá %d giá trị.", VT_PACK_MAX_VALUES);
        return NULL;
    }
    vt_raw *values = vt_grow(r->arena, raw->values, &raw->cap, raw->count + 1, sizeof *raw->values);
    if (!values || !key) {
        r->bad = true;
        return NULL;
    }
    raw->values = values;
    const char *source = attribute(r, node, "source");
    vt_raw *v = &values[raw->count++];
    *v = (vt_raw){.key = key,
                  .value = value,
                  .source = source ? source : r->source,
                  .confidence = confidence_of(r, node, r->confidence),
                  .file = raw->file,
                  .line = (int)xmlGetLineNo(node)};
    if (value && (!v->source || !*v->source || !v->confidence))
        refuse(r, node,
               "Ghi source (chỗ quy định) và confidence (A, B, C, U, D) ở dòng hoặc ở nhóm.",
               "Giá trị “%s” không có nguồn hoặc mức tin cậy.", key);
    return v;
}

static const char *key2(reader *r, const char *a, const char *b) {
    return vt_printf(r->arena, "%s/%s", a, b);
}

static const char *key3(reader *r, const char *a, const char *b, const char *c) {
    return vt_printf(r->arena, "%s/%s/%s", a, b, c);
}

/* ------------------------------------------------------------ elements -- */

/* Calls `each` for every child element; anything but comments is refused. */
static void children(reader *r, xmlNode *node, const char *name,
                     void (*each)(reader *, xmlNode *, const char *), const char *group) {
    for (xmlNode *n = node->children; n; n = n->next) {
        if (n->type == XML_COMMENT_NODE || xmlIsBlankNode(n))
            continue;
        if (n->type == XML_ELEMENT_NODE && n->ns &&
            xmlStrEqual(n->ns->href, (const xmlChar *)VT_NS_RULES) &&
            xmlStrEqual(n->name, (const xmlChar *)name))
            each(r, n, group);
        else
            refuse(r, n, NULL, "Trong <%s> chỉ được có <%s>.", (const char *)node->name, name);
    }
}

static void empty(reader *r, xmlNode *node) {
    for (const xmlNode *n = node->children; n; n = n->next)
        if (n->type != XML_COMMENT_NODE && !xmlIsBlankNode(n))
            refuse(r, node, NULL, "Phần tử <%s> không được có nội dung.", (const char *)node->name);
}

static void read_set(reader *r, xmlNode *node, const char *group) {
    only(r, node, "name value small min max source confidence");
    empty(r, node);
    const char *name = needed_slug(r, node, "name");
    const char *value = needed(r, node, "value");
    if (!name || !value)
        return;
    bool known =
        vt_pack_has_component(group) ? vt_pack_has_property(name) : vt_pack_has_value(group, name);
    if (!known) {
        refuse(r, node, "Sửa tên theo templates/schema/rules.rng.", "Không có giá trị “%s/%s”.",
               group, name);
        return;
    }
    vt_raw *v = add(r, node, key2(r, group, name), value);
    if (!v)
        return;
    v->small = attribute(r, node, "small");
    v->min = attribute(r, node, "min");
    v->max = attribute(r, node, "max");
}

static void read_component(reader *r, xmlNode *node) {
    only(r, node, "id like source confidence");
    const char *id = needed_slug(r, node, "id");
    if (!id)
        return;
    if (!vt_pack_has_component(id)) {
        refuse(r, node, "Sửa tên theo templates/schema/rules.rng.", "Không có thành phần “%s”.",
               id);
        return;
    }
    const char *like = attribute(r, node, "like");
    if (like && !vt_pack_has_component(like)) {
        refuse(r, node, NULL, "Thành phần “%s” theo thành phần “%s” không có.", id, like);
        return;
    }
    /* says that the component is there, too; without a value a base's stays */
    vt_raw *v = add(r, node, key2(r, id, "like"), NULL);
    if (v)
        v->value = like;
    children(r, node, "set", read_set, id);
}

static void read_word(reader *r, xmlNode *node, const char *group) {
    bool words = strcmp(group, "words") == 0;
    only(r, node, words ? "key text width height source confidence" : "key text source confidence");
    empty(r, node);
    const char *key = needed_slug(r, node, "key");
    const char *text = needed(r, node, "text");
    if (!key || !text)
        return;
    static const char *const more[] = {"width", "height"};
    add(r, node, key3(r, group, key, "text"), text);
    for (size_t i = 0; words && i < sizeof more / sizeof *more; i++) {
        const char *value = attribute(r, node, more[i]);
        if (value)
            add(r, node, key3(r, group, key, more[i]), value);
    }
}

static void read_type(reader *r, xmlNode *node, const char *group) {
    static const char *const names[] = {"name",         "abbr",     "heading",       "subject",
                                        "subject-rule", "dateline", "addressed",     "basis",
                                        "number-class", "end-mark", "attached-only", "book"};
    only(r, node,
         "slug name abbr heading subject subject-rule dateline addressed basis number-class "
         "end-mark attached-only book source confidence");
    empty(r, node);
    const char *key = needed_slug(r, node, "slug");
    if (!key)
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = attribute(r, node, names[i]);
        if (value)
            add(r, node, key3(r, group, key, names[i]), value);
    }
}

static void read_name(reader *r, xmlNode *node) {
    only(r, node, "");
    xmlChar *text = xmlNodeGetContent(node);
    if (text && strlen((const char *)text) <= VT_PACK_MAX_TEXT)
        r->raw->name = vt_strdup(r->arena, (const char *)text);
    else
        refuse(r, node, NULL, "Tên gói dài quá %d byte.", VT_PACK_MAX_TEXT);
    xmlFree(text);
}

static void read_group(reader *r, xmlNode *node) {
    const char *name = (const char *)node->name;
    r->source = NULL;
    r->confidence = 0;
    if (strcmp(name, "name") == 0) {
        read_name(r, node);
        return;
    }
    r->source = attribute(r, node, "source");
    r->confidence = confidence_of(r, node, 0);
    if (strcmp(name, "component") == 0) {
        read_component(r, node);
        return;
    }
    only(r, node, "source confidence");
    if (strcmp(name, "words") == 0 || strcmp(name, "resolves") == 0)
        children(r, node, "word", read_word, name);
    else if (strcmp(name, "types") == 0)
        children(r, node, "type", read_type, name);
    else if (vt_pack_has_group(name))
        children(r, node, "set", read_set, name);
    else
        refuse(r, node, "Xem các nhóm trong templates/schema/rules.rng.", "Không có nhóm <%s>.",
               name);
}

static bool read_head(reader *r, xmlNode *root, vt_raw_head *head) {
    if (!root->ns || !xmlStrEqual(root->ns->href, (const xmlChar *)VT_NS_RULES) ||
        !xmlStrEqual(root->name, (const xmlChar *)"rules")) {
        refuse(r, root, "Phần tử gốc phải là <rules xmlns=\"" VT_NS_RULES "\">.",
               "Tệp không phải gói quy tắc.");
        return false;
    }
    only(r, root, "id base system from to");
    *head = (vt_raw_head){.id = needed_slug(r, root, "id"),
                          .base = attribute(r, root, "base"),
                          .system = attribute(r, root, "system"),
                          .from = attribute(r, root, "from"),
                          .to = attribute(r, root, "to")};
    return !r->bad;
}

static void read_root(reader *r, xmlNode *root) {
    if (!read_head(r, root, &r->raw->head))
        return;
    for (xmlNode *n = root->children; n; n = n->next) {
        if (n->type == XML_COMMENT_NODE || xmlIsBlankNode(n))
            continue;
        if (n->type == XML_ELEMENT_NODE && n->ns &&
            xmlStrEqual(n->ns->href, (const xmlChar *)VT_NS_RULES))
            read_group(r, n);
        else
            refuse(r, n, NULL, "Trong <rules> có nội dung lạ.");
    }
}

/* -------------------------------------------------------------- sorting -- */

typedef struct keyed {
    const char *key;
    uint32_t index;
} keyed;

static int by_key(const void *a, const void *b) {
    const keyed *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static vt_status sort(vt_arena *arena, vt_raw_pack *raw, vt_findings *list) {
    keyed *keys = vt_alloc_array(arena, raw->count + 1, sizeof *keys);
    raw->sorted = vt_alloc_array(arena, raw->count + 1, sizeof *raw->sorted);
    if (!keys || !raw->sorted)
        return vt_nomem(list);
    for (size_t i = 0; i < raw->count; i++)
        keys[i] = (keyed){raw->values[i].key, (uint32_t)i};
    qsort(keys, raw->count, sizeof *keys, by_key);
    vt_status status = VT_OK;
    for (size_t i = 0; i < raw->count; i++) {
        raw->sorted[i] = keys[i].index;
        if (i && strcmp(keys[i - 1].key, keys[i].key) == 0)
            status = vt_pack_bad(list, &raw->values[keys[i].index], "GOI-02",
                                 "Chỉ giữ lại một dòng.", "Giá trị “%s” ghi hai lần (dòng %d).",
                                 keys[i].key, raw->values[keys[i - 1].index].line);
    }
    return status;
}

/* The first place in the order whose key is not below `key`. */
static size_t lower_bound(const vt_raw_pack *raw, const char *key) {
    size_t low = 0, high = raw->count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (strcmp(raw->values[raw->sorted[mid]].key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const vt_raw *vt_raw_find(const vt_raw_pack *raw, const char *key) {
    size_t i = lower_bound(raw, key);
    if (i == raw->count)
        return NULL;
    const vt_raw *v = &raw->values[raw->sorted[i]];
    return strcmp(v->key, key) == 0 ? v : NULL;
}

size_t vt_raw_first(const vt_raw_pack *raw, const char *head) {
    char key[64];
    snprintf(key, sizeof key, "%s/", head);
    return lower_bound(raw, key);
}

/* --------------------------------------------------------------- files -- */

/* Text outside NFC would never match the words of a document. */
static vt_status check_text(const vt_buf *bytes, const char *path, vt_findings *list) {
    vt_place place = {path, 0, NULL};
    const char *remedy = "Lưu lại tệp bằng UTF-8, Unicode dựng sẵn (NFC).";
    size_t bad_at = 0;
    if (!vt_utf8_valid(bytes->data, bytes->len, &bad_at) || memchr(bytes->data, 0, bytes->len))
        return vt_bad(list, "GOI-02", place, remedy, "Gói quy tắc không phải văn bản UTF-8.");
    if (strstr(bytes->data, "<!DOCTYPE"))
        return vt_bad(list, "GOI-02", place, "Bỏ khai báo <!DOCTYPE ...>.",
                      "Gói quy tắc không được khai báo DTD.");
    size_t len = 0;
    vt_arena *scratch = vt_arena_new(8 * (size_t)VT_PACK_MAX_BYTES);
    const char *nfc = scratch ? vt_text_nfc(scratch, bytes->data, bytes->len, &len) : NULL;
    bool normal = nfc && len == bytes->len && memcmp(nfc, bytes->data, len) == 0;
    vt_arena_free(scratch);
    if (!nfc)
        return vt_nomem(list);
    if (!normal)
        return vt_bad(list, "GOI-02", place, remedy,
                      "Gói quy tắc có chữ Unicode tổ hợp, không phải dựng sẵn.");
    return VT_OK;
}

static vt_status not_xml(vt_findings *list, const char *path, const xmlError *error) {
    return vt_bad(list, "GOI-02", (vt_place){path, error ? error->line : 0, NULL},
                  "Sửa cú pháp XML.", "Gói quy tắc không phải XML đúng cú pháp.");
}

#define PARSE_OPTIONS                                                                              \
    (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |               \
     XML_PARSE_NOBLANKS | XML_PARSE_COMPACT)

/* libxml2 leaves out what it has no memory for and parses on; the tree's own
   failures are told to the thread, not to the parser. */
static bool memory_ended(const xmlParserCtxt *ctxt) {
    const xmlError *last = xmlGetLastError();
    return ctxt->errNo == XML_ERR_NO_MEMORY || (last && last->code == XML_ERR_NO_MEMORY);
}

static vt_status parse(reader *r, const vt_buf *bytes) {
    vt_status status = VT_BAD;
    xmlDoc *doc = NULL;
    xmlParserCtxt *ctxt = xmlNewParserCtxt();
    if (!ctxt)
        return vt_nomem(r->list);
    xmlResetLastError();
    doc =
        xmlCtxtReadMemory(ctxt, bytes->data, (int)bytes->len, r->raw->file, "UTF-8", PARSE_OPTIONS);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (memory_ended(ctxt)) {
        status = vt_nomem(r->list);
        goto out;
    }
    if (!root || doc->intSubset) {
        status = not_xml(r->list, r->raw->file, xmlCtxtGetLastError(ctxt));
        goto out;
    }
    read_root(r, root);
    status = r->bad ? VT_BAD : VT_OK;
    if (vt_arena_failed(r->arena))
        status = vt_nomem(r->list);
out:
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(ctxt);
    return status;
}

vt_status vt_raw_read(vt_arena *arena, const char *path, vt_findings *list, vt_raw_pack **out) {
    vt_buf bytes = {0};
    vt_raw_pack *raw = vt_alloc(arena, sizeof *raw);
    if (!raw)
        return vt_nomem(list);
    raw->file = vt_strdup(arena, path);
    if (!raw->file)
        return vt_nomem(list);
    vt_status status = vt_file_read(path, VT_PACK_MAX_BYTES, &bytes, list);
    if (status != VT_OK)
        return status;
    reader r = {.arena = arena, .list = list, .raw = raw};
    status = check_text(&bytes, path, list);
    vt_sha256(bytes.data, bytes.len, &raw->hash);
    if (status == VT_OK)
        status = parse(&r, &bytes);
    if (status == VT_OK)
        status = sort(arena, raw, list);
    if (status == VT_OK)
        *out = raw;
    vt_buf_free(&bytes);
    return status;
}

/* ---------------------------------------------------------------- heads -- */

/* Reads on to the root element, which the reader keeps; NULL: there is none. */
static xmlNode *first_element(xmlTextReader *xml) {
    while (xmlTextReaderRead(xml) == 1)
        if (xmlTextReaderNodeType(xml) == XML_READER_TYPE_ELEMENT)
            return xmlTextReaderCurrentNode(xml);
        else if (xmlTextReaderNodeType(xml) == XML_READER_TYPE_DOCUMENT_TYPE)
            return NULL;
    return NULL;
}

vt_status vt_raw_peek(vt_arena *arena, const char *path, vt_findings *list, vt_raw_head *out) {
    vt_buf bytes = {0};
    vt_raw_pack raw = {.file = path};
    vt_raw_head head = {0};
    reader r = {.arena = arena, .list = list, .raw = &raw};
    vt_status status = vt_file_read(path, VT_PACK_MAX_BYTES, &bytes, list);
    if (status != VT_OK)
        return status;
    xmlTextReader *xml =
        xmlReaderForMemory(bytes.data, (int)bytes.len, path, "UTF-8", PARSE_OPTIONS);
    xmlNode *root = xml ? first_element(xml) : NULL;
    if (!xml)
        status = vt_nomem(list);
    else if (!root) /* say which kind of wrong bytes they are */
        status = check_text(&bytes, path, list) == VT_OK ? not_xml(list, path, NULL) : VT_BAD;
    else if (read_head(&r, root, &head))
        *out = head;
    else
        status = VT_BAD;
    if (vt_arena_failed(arena))
        status = vt_nomem(list);
    xmlFreeTextReader(xml);
    vt_buf_free(&bytes);
    return status;
}

vt_raw_head vt_raw_head_over(const vt_raw_head *base, const vt_raw_head *own) {
    return (vt_raw_head){.id = own->id,
                         .base = own->base,
                         .system = own->system ? own->system : base->system,
                         .from = own->from ? own->from : base->from,
                         /* who says from when says until when: nothing is "still" */
                         .to = own->to || own->from ? own->to : base->to};
}

/* ------------------------------------------------------------- overlay -- */

static void lay_value(vt_raw *under, const vt_raw *over) {
    if (!over->value)
        return; /* a component without `like` keeps its base's */
    under->value = over->value;
    if (over->small)
        under->small = over->small;
    if (over->min)
        under->min = over->min;
    if (over->max)
        under->max = over->max;
    under->source = over->source;
    under->confidence = over->confidence;
    under->file = over->file;
    under->line = over->line;
}

static void hash_both(const vt_raw_pack *base, const vt_raw_pack *own, vt_hash *out) {
    uint8_t both[2 * sizeof(vt_hash)];
    memcpy(both, base->hash.byte, sizeof(vt_hash));
    memcpy(both + sizeof(vt_hash), own->hash.byte, sizeof(vt_hash));
    vt_sha256(both, sizeof both, out);
}

vt_status vt_raw_overlay(vt_arena *arena, const vt_raw_pack *base, const vt_raw_pack *own,
                         vt_findings *list, vt_raw_pack **out) {
    vt_raw_pack *raw = vt_alloc(arena, sizeof *raw);
    if (!raw)
        return vt_nomem(list);
    *raw = *own;
    raw->name = own->name ? own->name : base->name;
    raw->head = vt_raw_head_over(&base->head, &own->head);
    raw->cap = raw->count = 0;
    raw->values = vt_alloc_array(arena, base->count + own->count, sizeof *raw->values);
    if (!raw->values)
        return vt_nomem(list);
    memcpy(raw->values, base->values, base->count * sizeof *raw->values);
    raw->count = base->count;
    for (size_t i = 0; i < own->count; i++) {
        const vt_raw *over = &own->values[i];
        const vt_raw *under = vt_raw_find(base, over->key);
        if (under)
            lay_value(&raw->values[under - base->values], over);
        else
            raw->values[raw->count++] = *over;
    }
    raw->cap = raw->count;
    hash_both(base, own, &raw->hash);
    vt_status status = sort(arena, raw, list);
    if (status == VT_OK)
        *out = raw;
    return status;
}
