/*
 * gen/pack_read.c - a pack file to its flattened values, and one pack over another.
 *
 * Packs come from an installation's own folder, so they are input like any
 * other: they come in through the door of gen/xml.h, and every unknown element,
 * attribute and value is refused with file and line.
 */
#include "gen/pack_raw.h"

#include "gen/text.h"
#include "gen/xml.h"

#include <stdio.h>
#include <string.h>

#define USUAL_VALUES 1024 /* of one pack */

/* A start tag as libxml2 tells it. */
typedef struct element {
    const char *name;
    const xmlChar **attributes; /* name, prefix, namespace, value, end of value */
    unsigned count;
    uint64_t asked_for; /* a bit for each attribute: what nobody asked for is unknown */
    int line;
    const char *source; /* its own, else its group's */
    char confidence;
} element;

enum { OUTSIDE, ROOT, GROUP, ITEM }; /* what the reader is in */

typedef struct reader {
    vt_arena *arena;
    vt_findings *list;
    vt_raw_pack *raw;
    int depth;    /* OUTSIDE .. ITEM */
    int left_out; /* elements open that were refused */
    const char *open[ITEM + 1];
    /* of the group being read */
    const char *item; /* what its children are called; NULL: it holds text */
    void (*read_item)(struct reader *, element *);
    const char *source;
    char confidence;
    vt_buf name;     /* the text of <name> */
    bool head_alone; /* to be read of the file */
    bool bad;
} reader;

static void refuse(reader *r, int line, const char *remedy, const char *fmt, ...) VT_PRINTF(4, 5);

static void refuse(reader *r, int line, const char *remedy, const char *fmt, ...) {
    char message[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    vt_text_whole(message);
    vt_place place = {r->raw->file, line, NULL};
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
static const char *attribute(reader *r, element *e, const char *name) {
    for (unsigned i = 0; i < e->count; i++) {
        const xmlChar **a = e->attributes + 5 * i;
        const size_t len = (size_t)(a[4] - a[3]);
        if (a[2] || strcmp((const char *)a[0], name) != 0)
            continue;
        e->asked_for |= (uint64_t)1 << i;
        if (len <= VT_PACK_MAX_TEXT)
            return vt_strndup(r->arena, (const char *)a[3], len);
        refuse(r, e->line, NULL, "Thuộc tính “%s” dài quá %d byte.", name, VT_PACK_MAX_TEXT);
    }
    return NULL;
}

static const char *needed(reader *r, element *e, const char *name) {
    const char *value = attribute(r, e, name);
    if (!value)
        refuse(r, e->line, "Ghi thêm thuộc tính ấy.", "Phần tử <%s> thiếu thuộc tính “%s”.",
               e->name, name);
    return value;
}

static void refuse_unknown(reader *r, const element *e) {
    for (unsigned i = 0; i < e->count; i++)
        if (!(e->asked_for >> i & 1))
            refuse(r, e->line, "Sửa tên thuộc tính theo templates/schema/rules.rng.",
                   "Phần tử <%s> có thuộc tính lạ “%s”.", e->name,
                   (const char *)e->attributes[5 * i]);
}

/* Names are kebab-case ASCII. */
static bool slug(const char *s) {
    size_t len = strlen(s);
    return len > 0 && len <= 40 && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static const char *needed_slug(reader *r, element *e, const char *name) {
    const char *value = needed(r, e, name);
    if (!value || slug(value))
        return value;
    refuse(r, e->line, "Tên viết bằng chữ thường không dấu, số và dấu gạch nối.",
           "Tên “%s” ở thuộc tính “%s” không hợp lệ.", value, name);
    return NULL;
}

/* ------------------------------------------------------------- values -- */

/* Where its values come from, when it does not say so: where its group's do. */
static void read_provenance(reader *r, element *e) {
    const char *source = attribute(r, e, "source");
    const char *confidence = attribute(r, e, "confidence");
    e->source = source ? source : r->source;
    e->confidence = r->confidence;
    if (confidence && *confidence && !confidence[1] && strchr("ABCUD", *confidence))
        e->confidence = *confidence;
    else if (confidence)
        refuse(r, e->line, "Ghi A, B, C, U hoặc D.", "Mức tin cậy “%s” không có.", confidence);
}

/* "words/khan/text"; without `c` "page/width". */
static const char *key_of(vt_arena *arena, const char *a, const char *b, const char *c) {
    const size_t first = strlen(a), second = strlen(b), third = c ? strlen(c) : 0;
    char *key = vt_alloc(arena, first + second + third + 3);
    if (!key)
        return NULL;
    memcpy(key, a, first);
    key[first] = '/';
    memcpy(key + first + 1, b, second);
    if (c) {
        key[first + 1 + second] = '/';
        memcpy(key + first + second + 2, c, third);
    }
    return key;
}

static vt_raw *add(reader *r, const element *e, const char *key, const char *value) {
    vt_raw_pack *raw = r->raw;
    if (raw->count >= VT_PACK_MAX_VALUES) {
        refuse(r, e->line, NULL, "Gói có quá %d giá trị.", VT_PACK_MAX_VALUES);
        return NULL;
    }
    vt_raw *values = vt_grow(r->arena, raw->values, &raw->cap,
                             raw->count ? raw->count + 1 : USUAL_VALUES, sizeof *raw->values);
    if (!values || !key)
        return NULL; /* the arena has failed */
    raw->values = values;
    vt_raw *v = &values[raw->count++];
    *v = (vt_raw){.key = key,
                  .value = value,
                  .source = e->source,
                  .confidence = e->confidence,
                  .file = raw->file,
                  .line = e->line};
    if (value && (!v->source || !*v->source || !v->confidence))
        refuse(r, e->line,
               "Ghi source (chỗ quy định) và confidence (A, B, C, U, D) ở dòng hoặc ở nhóm.",
               "Giá trị “%s” không có nguồn hoặc mức tin cậy.", key);
    return v;
}

/* ------------------------------------------------------------ elements -- */

static void read_set(reader *r, element *e) {
    const char *name = needed_slug(r, e, "name");
    const char *value = needed(r, e, "value");
    if (!name || !value)
        return;
    vt_raw *v = add(r, e, key_of(r->arena, r->open[GROUP], name, NULL), value);
    if (!v)
        return;
    v->small = attribute(r, e, "small");
    v->min = attribute(r, e, "min");
    v->max = attribute(r, e, "max");
}

/* Each attribute that is there is a value of its own: "types/ke-hoach/abbr". */
static void read_parts(reader *r, element *e, const char *key, const char *const *parts) {
    for (; key && *parts; parts++) {
        const char *value = attribute(r, e, *parts);
        if (value)
            add(r, e, key_of(r->arena, r->open[GROUP], key, *parts), value);
    }
}

static void read_word(reader *r, element *e) {
    static const char *const parts[] = {"text", "width", "height", NULL};
    static const char *const plain[] = {"text", NULL};
    const char *key = needed_slug(r, e, "key");
    (void)needed(r, e, "text");
    read_parts(r, e, key, strcmp(r->open[GROUP], "words") == 0 ? parts : plain);
}

static void read_type(reader *r, element *e) {
    static const char *const parts[] = {
        "name",          "abbr",      "heading", "subject",      "subject-rule",
        "dateline",      "addressed", "basis",   "number-class", "end-mark",
        "attached-only", "book",      NULL};
    read_parts(r, e, needed_slug(r, e, "slug"), parts);
}

/* Its values are those of the group of its name: "issuer/size". */
static void read_component(reader *r, element *e) {
    const char *id = needed_slug(r, e, "id");
    const char *like = attribute(r, e, "like");
    if (!id)
        return;
    r->open[GROUP] = id;
    if (vt_pack_component(id) == VT_COMPONENTS) {
        refuse(r, e->line, "Sửa tên theo templates/schema/rules.rng.", "Không có thành phần “%s”.",
               id);
        return;
    }
    if (like && vt_pack_component(like) == VT_COMPONENTS)
        refuse(r, e->line, NULL, "Thành phần “%s” theo thành phần “%s” không có.", id, like);
    /* says that the component is there, too; without a value a base's stays */
    vt_raw *v = add(r, e, key_of(r->arena, id, "like", NULL), NULL);
    if (v)
        v->value = like;
}

static void read_group(reader *r, element *e) {
    r->open[GROUP] = e->name;
    r->item = NULL;
    if (strcmp(e->name, "name") == 0)
        return;
    r->source = NULL;
    r->confidence = 0;
    read_provenance(r, e);
    r->source = e->source;
    r->confidence = e->confidence;
    r->item = "set";
    r->read_item = read_set;
    if (strcmp(e->name, "component") == 0) {
        read_component(r, e);
    } else if (strcmp(e->name, "words") == 0 || strcmp(e->name, "resolves") == 0) {
        r->item = "word";
        r->read_item = read_word;
    } else if (strcmp(e->name, "types") == 0) {
        r->item = "type";
        r->read_item = read_type;
    } else if (!vt_pack_has_group(e->name)) {
        refuse(r, e->line, "Xem các nhóm trong templates/schema/rules.rng.", "Không có nhóm <%s>.",
               e->name);
    }
}

static vt_raw_head read_head(reader *r, element *e) {
    return (vt_raw_head){.id = needed_slug(r, e, "id"),
                         .base = attribute(r, e, "base"),
                         .system = attribute(r, e, "system"),
                         .from = attribute(r, e, "from"),
                         .to = attribute(r, e, "to")};
}

/* What may not stand where it stands. */
static void refuse_content(reader *r, int line) {
    if (r->depth == ROOT)
        refuse(r, line, NULL, "Trong <rules> có nội dung lạ.");
    else if (r->depth == ITEM)
        refuse(r, line, NULL, "Phần tử <%s> không được có nội dung.", r->item);
    else if (r->item)
        refuse(r, line, NULL, "Trong <%s> chỉ được có <%s>.", r->open[GROUP], r->item);
    else
        refuse(r, line, NULL, "Trong <name> chỉ được có chữ.");
}

/* --------------------------------------------------------------- events -- */

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **ns, int count, int defaulted,
                     const xmlChar **attributes) {
    vt_xml *xml = user;
    reader *r = xml->user;
    element e = {.name = (const char *)local,
                 .attributes = attributes,
                 .count = (unsigned)count,
                 .line = vt_xml_line(xml)};
    const bool ours = uri && strcmp((const char *)uri, VT_NS_RULES) == 0;

    (void)prefix, (void)namespaces, (void)ns, (void)defaulted;
    if (vt_xml_stopped(xml))
        return;
    if (r->left_out) {
        r->left_out++;
        return;
    }
    if (r->depth == OUTSIDE && ours && strcmp(e.name, "rules") == 0) {
        r->raw->head = read_head(r, &e);
        if (r->head_alone)
            vt_xml_stop(xml, VT_OK);
    } else if (r->depth == OUTSIDE) {
        refuse(r, e.line, "Phần tử gốc phải là <rules xmlns=\"" VT_NS_RULES "\">.",
               "Tệp không phải gói quy tắc.");
        vt_xml_stop(xml, VT_BAD);
        return;
    } else if (r->depth == ROOT && ours) {
        read_group(r, &e);
    } else if (r->depth == GROUP && ours && r->item && strcmp(e.name, r->item) == 0) {
        read_provenance(r, &e);
        r->read_item(r, &e);
    } else {
        refuse_content(r, e.line);
        r->left_out = 1;
        return;
    }
    r->depth++;
    refuse_unknown(r, &e);
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    vt_xml *xml = user;
    reader *r = xml->user;

    (void)local, (void)prefix, (void)uri;
    if (r->left_out)
        r->left_out--;
    else
        r->depth--;
}

static bool blank(const xmlChar *s, int len) {
    while (len > 0 && strchr(" \t\r\n", s[len - 1]))
        len--;
    return len == 0;
}

static void on_text(void *user, const xmlChar *s, int len) {
    vt_xml *xml = user;
    reader *r = xml->user;

    if (vt_xml_stopped(xml) || r->left_out)
        return;
    if (r->depth == GROUP && !r->item)
        vt_buf_add(&r->name, s, (size_t)len);
    else if (!blank(s, len))
        refuse_content(r, vt_xml_line(xml));
}

/* ---------------------------------------------------------------- index -- */

static uint32_t hash(uint32_t h, const char *s) {
    return vt_fnv(h, s, strlen(s));
}

/* What follows `part` in `key`; NULL: it begins otherwise. */
static const char *behind(const char *key, const char *part) {
    const size_t len = strlen(part);
    return key && strncmp(key, part, len) == 0 ? key + len : NULL;
}

/* The slot of the key "a/b/c": its value's number + 1, or 0 where it would stand. */
static uint16_t *slot_of(const vt_raw_pack *raw, const char *a, const char *b, const char *c) {
    uint32_t h = hash(VT_FNV_START, a);
    if (b)
        h = hash(hash(h, "/"), b);
    if (c)
        h = hash(hash(h, "/"), c);
    for (;; h++) {
        uint16_t *slot = &raw->slots[h & (raw->slot_count - 1)];
        const char *rest = *slot ? behind(raw->values[*slot - 1].key, a) : "";
        if (b && *slot)
            rest = behind(behind(rest, "/"), b);
        if (c && *slot)
            rest = behind(behind(rest, "/"), c);
        if (rest && !*rest)
            return slot;
    }
}

const vt_raw *vt_raw_find(const vt_raw_pack *raw, const char *a, const char *b, const char *c) {
    const uint16_t *slot = slot_of(raw, a, b, c);
    return *slot ? &raw->values[*slot - 1] : NULL;
}

static vt_status make_index(vt_arena *arena, vt_raw_pack *raw, vt_findings *list) {
    vt_status status = VT_OK;
    raw->slot_count = 16;
    while (raw->slot_count < 2 * raw->count)
        raw->slot_count *= 2;
    raw->slots = vt_alloc_array(arena, raw->slot_count, sizeof *raw->slots);
    if (!raw->slots)
        return vt_nomem(list);
    for (size_t i = 0; i < raw->count; i++) {
        const vt_raw *v = &raw->values[i];
        uint16_t *slot = slot_of(raw, v->key, NULL, NULL);
        if (*slot)
            status = vt_pack_bad(list, v, "GOI-02", "Chỉ giữ lại một dòng.",
                                 "Giá trị “%s” ghi hai lần (dòng %d).", v->key,
                                 raw->values[*slot - 1].line);
        else
            *slot = (uint16_t)(i + 1);
    }
    return status;
}

/* --------------------------------------------------------------- files -- */

/* Text outside NFC would never match the words of a document. */
static vt_status check_nfc(vt_arena *arena, const vt_buf *bytes, const char *path,
                           vt_findings *list) {
    size_t len = 0;
    const char *nfc = vt_text_nfc(arena, bytes->data, bytes->len, &len);
    if (!nfc)
        return vt_nomem(list);
    if (len == bytes->len && memcmp(nfc, bytes->data, len) == 0)
        return VT_OK;
    return vt_bad(list, "GOI-02", (vt_place){path, 0, NULL},
                  "Lưu lại tệp bằng UTF-8, Unicode dựng sẵn (NFC).",
                  "Gói quy tắc có chữ Unicode tổ hợp, không phải dựng sẵn.");
}

static vt_status read_bytes(reader *r, const char *data, size_t len) {
    vt_buf_init(&r->name, VT_PACK_MAX_TEXT);
    vt_status status = vt_xml_read(data, len, r->raw->file, r->list, on_start, on_end, on_text, r);
    if (vt_buf_failed(&r->name))
        refuse(r, 0, NULL, "Tên gói dài quá %d byte.", VT_PACK_MAX_TEXT);
    else if (r->name.len)
        r->raw->name = vt_strndup(r->arena, r->name.data, r->name.len);
    vt_buf_free(&r->name);
    if (vt_arena_failed(r->arena))
        return vt_nomem(r->list);
    return status == VT_OK && r->bad ? VT_BAD : status;
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
    vt_sha256(bytes.data, bytes.len, &raw->hash);
    status = read_bytes(&r, bytes.data, bytes.len);
    if (status == VT_OK)
        status = check_nfc(arena, &bytes, path, list);
    if (status == VT_OK)
        status = make_index(arena, raw, list);
    if (status == VT_OK)
        *out = raw;
    vt_buf_free(&bytes);
    return status;
}

/* ---------------------------------------------------------------- heads -- */

vt_status vt_raw_peek(vt_arena *arena, const char *path, vt_findings *list, vt_raw_head *out) {
    vt_buf bytes = {0};
    vt_raw_pack raw = {.file = path};
    reader r = {.arena = arena, .list = list, .raw = &raw, .head_alone = true};
    vt_status status = vt_file_read(path, VT_PACK_MAX_BYTES, &bytes, list);
    if (status != VT_OK)
        return status;
    status = read_bytes(&r, bytes.data, vt_xml_head(bytes.data, bytes.len));
    if (status == VT_OK)
        *out = raw.head;
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
        const vt_raw *under = vt_raw_find(base, over->key, NULL, NULL);
        if (under)
            lay_value(&raw->values[under - base->values], over);
        else
            raw->values[raw->count++] = *over;
    }
    raw->cap = raw->count;
    hash_both(base, own, &raw->hash);
    vt_status status = make_index(arena, raw, list);
    if (status == VT_OK)
        *out = raw;
    return status;
}
