/*
 * gen/data_json.c - JSON (RFC 8259): one object, or an array of objects.
 *
 * Read here and not by jansson because a record must keep the text of its
 * numbers ("0.10", 20 digits) and the line of every value, and because a record
 * is read again from the file's text each time it is asked for: jansson takes
 * a hundred instructions a byte for that.  The fuzzer holds the two against
 * each other: both take the same files.
 */
#include "gen/data.h"

#include <string.h>

typedef struct parser {
    vt_data *data; /* while the file is opened: its records are checked and noted */
    const vt_data *file;
    vt_arena *arena;
    vt_findings *list;
    const char *at, *end;
    int line, depth;
    size_t nodes;
} parser;

static vt_status wrong(const parser *p, const char *id, const char *remedy, const char *message) {
    return vt_bad(p->list, id, vt_data_place(p->file, p->line, NULL), remedy, "%s", message);
}

static vt_status syntax(const parser *p) {
    if (p->at >= p->end)
        return wrong(p, "DL-02", "Tìm chỗ còn thiếu } hoặc ].",
                     "Tệp hết giữa chừng: còn ngoặc chưa đóng.");
    return wrong(p, "DL-02", "Sửa tệp ở dòng ấy hoặc ngay trên đó.",
                 "Sai cú pháp JSON (thiếu hoặc thừa dấu phẩy, ngoặc, dấu ngoặc kép).");
}

/* The next character that is not white space; 0 at the end. */
static char peek(parser *p) {
    for (; p->at < p->end; p->at++) {
        if (*p->at == '\n')
            p->line++;
        else if (*p->at != ' ' && *p->at != '\t')
            return *p->at;
    }
    return 0;
}

/* -------------------------------------------------------------- strings -- */

typedef struct string {
    const char *text;
    size_t len;
    bool escaped; /* text was made from escapes: not seen at the door */
} string;

static int hex4(const char *s, const char *end) {
    int value = 0;
    if (end - s < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int c = s[i] | 0x20;
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0 || (s[i] < '0'))
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* \uXXXX, or two of them for a character beyond U+FFFF.  *s stands behind "\u". */
static bool unescape_unicode(const char **s, const char *end, char **out) {
    int high = hex4(*s, end);
    *s += 4;
    if (high <= 0 || (high >= 0xDC00 && high < 0xE000))
        return false;
    uint32_t cp = (uint32_t)high;
    if (high >= 0xD800 && high < 0xDC00) {
        int low = end - *s >= 6 && (*s)[0] == '\\' && (*s)[1] == 'u' ? hex4(*s + 2, end) : -1;
        if (low < 0xDC00 || low >= 0xE000)
            return false;
        cp = 0x10000 + ((cp - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
        *s += 6;
    }
    *out += vt_utf8_put(cp, *out);
    return true;
}

static bool unescape(const char *s, const char *end, char *out, size_t *len) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char *start = out;
    while (s < end) {
        if (*s != '\\') {
            *out++ = *s++;
            continue;
        }
        const char *which = s[1] ? strchr(from, s[1]) : NULL;
        s += 2;
        if (which)
            *out++ = to[which - from];
        else if (s[-1] != 'u' || !unescape_unicode(&s, end, &out))
            return false;
    }
    *len = (size_t)(out - start);
    return true;
}

/* p->at stands on the opening quotation mark. */
static vt_status read_string(parser *p, string *out) {
    const char *start = ++p->at;
    bool escaped = false;
    for (; p->at < p->end && *p->at != '"'; p->at++) {
        if (*p->at == '\n' || *p->at == '\t')
            return wrong(p, "DL-02", "Trong chuỗi, xuống dòng viết là \\n, dấu tab viết là \\t.",
                         "Chuỗi chưa đóng ngoặc kép, hoặc có xuống dòng hay dấu tab trần.");
        if (*p->at == '\\') {
            escaped = true;
            p->at += p->at + 1 < p->end;
        }
    }
    if (p->at >= p->end)
        return syntax(p);
    *out = (string){start, (size_t)(p->at - start), escaped};
    p->at++;
    if (!escaped)
        return VT_OK;
    char *text = vt_alloc(p->arena, out->len + 1);
    if (!text)
        return vt_nomem(p->list);
    if (!unescape(start, start + out->len, text, &out->len))
        return wrong(p, "DL-02", "Sau \\ chỉ có \" \\ / b f n r t và u kèm bốn chữ số.",
                     "Chuỗi có dấu \\ dùng sai, hoặc ký tự rỗng \\u0000.");
    out->text = text;
    return VT_OK;
}

/* -------------------------------------------------------------- numbers -- */

static const char *digits(const char *p, const char *end) {
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

/* The end of a number, or NULL. */
static const char *number_end(const char *p, const char *end) {
    if (p < end && *p == '-')
        p++;
    const char *whole = p;
    p = digits(p, end);
    if (p == whole || (*whole == '0' && p > whole + 1))
        return NULL;
    if (p < end && *p == '.') {
        const char *fraction = ++p;
        if ((p = digits(p, end)) == fraction)
            return NULL;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < end && (*p == '+' || *p == '-'))
            p++;
        const char *exponent = p;
        if ((p = digits(p, end)) == exponent)
            return NULL;
    }
    return p < end && (*p == '.' || *p == '-' || *p == '+') ? NULL : p;
}

static vt_status read_number(parser *p, const char *name, vt_value **out) {
    const char *start = p->at, *stop = number_end(start, p->end);
    if (!stop)
        return wrong(p, "DL-02",
                     "Số của JSON viết như 1250000 hoặc 12.5; điện thoại, mã số và số có chấm phân "
                     "nhóm đặt giữa hai dấu ngoặc kép.",
                     "Số viết sai quy cách của JSON.");
    p->at = stop;
    vt_status st =
        vt_data_leaf(p->arena, name, start, (size_t)(stop - start), p->line, p->list, out);
    if (!st)
        (*out)->number = true;
    return st;
}

/* --------------------------------------------------------------- values -- */

static vt_status read_object(parser *p, vt_value **out);

static vt_status read_text(parser *p, const char *name, vt_value **out) {
    string s;
    vt_status st = read_string(p, &s);
    if (st)
        return st;
    return s.escaped
               ? vt_data_new_leaf(p->file, p->arena, name, s.text, s.len, p->line, p->list, out)
               : vt_data_leaf(p->arena, name, s.text, s.len, p->line, p->list, out);
}

/* true is the text "có", so that <m:if test="..."> asks for it; false and
   null are absent. */
static vt_status read_word(parser *p, const char *name, vt_value **out) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        size_t len = strlen(words[i]);
        if ((size_t)(p->end - p->at) < len || memcmp(p->at, words[i], len) != 0)
            continue;
        p->at += len;
        *out = NULL;
        return i ? VT_OK : vt_data_leaf(p->arena, name, "có", strlen("có"), p->line, p->list, out);
    }
    return syntax(p);
}

static vt_status read_branch(parser *p, const char *name, vt_value **out) {
    vt_value *v = vt_alloc(p->arena, sizeof *v);
    if (!v)
        return vt_nomem(p->list);
    *v = (vt_value){.name = name, .line = p->line};
    vt_status st = read_object(p, &v->first);
    *out = v->first ? v : NULL;
    return st;
}

static vt_status read_value(parser *p, const char *name, vt_value **out) {
    char c = peek(p);
    if (++p->nodes > VT_DATA_MAX_COLUMNS * 100u)
        return wrong(p, "DL-05", "Chia bản ghi thành nhiều bản ghi.",
                     "Bản ghi có quá nhiều giá trị.");
    if (c == '"')
        return read_text(p, name, out);
    if (c == '{')
        return read_branch(p, name, out);
    if (c == '-' || (c >= '0' && c <= '9'))
        return read_number(p, name, out);
    if (c == '[')
        return wrong(p, "DL-04", "Đặt mảng trong vào một trường riêng.",
                     "Mảng nằm trực tiếp trong mảng: mẫu không có chỗ cho nó.");
    return read_word(p, name, out);
}

/* Behind a member: *more when a comma stands there, else `close` has ended all. */
static vt_status next_member(parser *p, char close, bool *more) {
    char c = peek(p);
    if (c != ',' && c != close)
        return syntax(p);
    p->at++;
    *more = c == ',';
    return VT_OK;
}

/* An array repeats its element. */
static vt_status read_array(parser *p, const char *name, vt_value ***tail) {
    bool more = true;
    vt_status st = VT_OK;
    p->at++;
    if (peek(p) == ']') {
        p->at++;
        return VT_OK;
    }
    while (!st && more) {
        st = read_value(p, name, *tail);
        if (!st && **tail)
            *tail = &(**tail)->next;
        if (!st)
            st = next_member(p, ']', &more);
    }
    return st;
}

/* -------------------------------------------------------------- objects -- */

/* The names of one object so far: none may come twice. */
typedef struct name_list {
    const char **names;
    size_t count, cap;
} name_list;

static vt_status note_name(parser *p, name_list *seen, const char *name) {
    for (size_t i = 0; i < seen->count; i++)
        if (seen->names[i] == name) /* the table has one copy of each */
            return vt_bad(p->list, "DL-03", vt_data_place(p->file, p->line, name),
                          "Bỏ một; nhiều giá trị của một trường viết thành mảng [ ].",
                          "Trường “%s” được viết hai lần trong cùng một bản ghi.", name);
    if (seen->count == VT_DATA_MAX_COLUMNS)
        return wrong(p, "DL-05", "Bỏ bớt trường không dùng.", "Bản ghi có quá nhiều trường.");
    const char **grown = vt_grow(p->arena, seen->names, &seen->cap, seen->count + 1, sizeof *grown);
    if (!grown)
        return vt_nomem(p->list);
    seen->names = grown;
    grown[seen->count++] = name;
    return VT_OK;
}

static vt_status read_name(parser *p, name_list *seen, const char **name) {
    string key;
    if (peek(p) != '"')
        return syntax(p);
    vt_status st = read_string(p, &key);
    char *copy = st ? NULL : vt_strndup(p->arena, key.text, key.len);
    if (!st && !copy)
        st = vt_nomem(p->list);
    if (!st && p->data)
        st = vt_data_enter_name(p->data, copy, p->line, p->list);
    if (st)
        return st;
    *name = vt_data_find_name(p->file, copy);
    if (p->data && (st = note_name(p, seen, *name)))
        return st;
    if (peek(p) != ':')
        return syntax(p);
    p->at++;
    return VT_OK;
}

static vt_status read_member(parser *p, name_list *seen, vt_value ***tail) {
    const char *name = NULL;
    vt_status st = read_name(p, seen, &name);
    if (st)
        return st;
    if (peek(p) == '[')
        return read_array(p, name, tail);
    st = read_value(p, name, *tail);
    if (!st && **tail)
        *tail = &(**tail)->next;
    return st;
}

/* p->at stands on the brace. */
static vt_status read_object(parser *p, vt_value **out) {
    vt_value **tail = out;
    name_list names = {0};
    bool more = true;
    vt_status st = VT_OK;
    *out = NULL;
    p->at++;
    if (++p->depth > VT_MAX_DEPTH)
        return wrong(p, "DL-05", "Bớt tầng lồng nhau.", "Số liệu lồng nhau quá sâu.");
    if (peek(p) == '}') {
        p->at++;
        more = false;
    }
    while (!st && more) {
        st = read_member(p, &names, &tail);
        if (!st)
            st = next_member(p, '}', &more);
    }
    p->depth--;
    return st;
}

/* ------------------------------------------------------------- the file -- */

static vt_status build_record(const vt_data *data, const vt_record_at *record, vt_arena *arena,
                              vt_findings *list, vt_value **out) {
    parser p = {.file = data,
                .arena = arena,
                .list = list,
                .at = data->text.data + record->at,
                .end = data->text.data + data->text.len,
                .line = record->line};
    return read_object(&p, out);
}

/* One record, read as if it were asked for, and noted. */
static vt_status read_record(parser *p) {
    vt_value *fields;
    if (peek(p) != '{')
        return wrong(p, "DL-02", "Viết {...}, hoặc [{...}, {...}].",
                     "Mỗi bản ghi phải là một đối tượng {...}.");
    size_t start = (size_t)(p->at - p->file->text.data);
    int line = p->line;
    p->nodes = 0;
    vt_arena_reset(p->arena);
    vt_status st = read_object(p, &fields);
    return st ? st : vt_data_add(p->data, start, line, NULL, p->list);
}

static vt_status read_records(parser *p) {
    bool more = true;
    vt_status st = VT_OK;
    p->at++;
    if (peek(p) == ']') {
        p->at++;
        return VT_OK;
    }
    while (!st && more) {
        st = read_record(p);
        if (!st)
            st = next_member(p, ']', &more);
    }
    return st;
}

vt_status vt_data_read_json(vt_data *data, vt_findings *list) {
    parser p = {.data = data,
                .file = data,
                .arena = vt_arena_new(VT_DATA_ARENA),
                .list = list,
                .at = data->text.data,
                .end = data->text.data + data->text.len,
                .line = 1};
    data->build = build_record;
    vt_status st = p.arena ? VT_OK : vt_nomem(list);
    if (!st)
        st = peek(&p) == '[' ? read_records(&p) : read_record(&p);
    if (!st && peek(&p) != 0)
        st = wrong(&p, "DL-02", "Nhiều bản ghi viết thành mảng [{...}, {...}].",
                   "Có chữ thừa sau khi số liệu đã hết.");
    vt_arena_free(p.arena);
    return st;
}
