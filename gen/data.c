/*
 * gen/data.c - what all formats of data share: the door (encoding, line ends),
 * names of fields, leaves, and the list of records.
 */
#include "gen/data.h"
#include "gen/text.h"

#include <stdlib.h>
#include <string.h>

vt_place vt_data_place(const vt_data *data, int line, const char *path) {
    return (vt_place){.file = data->file, .line = line, .path = path};
}

/* ----------------------------------------------------------------- door -- */

#define REMEDY_UTF8                                                                                                      \
    "Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại ở dạng “CSV UTF-8” (hoặc bảng mã Unicode " \
    "UTF-8)."

static bool looks_utf16(const char *s, size_t len) {
    if (len >= 2 && (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0))
        return true;
    return len >= 2 && (s[0] == 0) != (s[1] == 0); /* "H\0": an ASCII letter in 16 bits */
}

static int line_of(const char *s, size_t at) {
    int line = 1;
    for (size_t i = 0; i < at; i++)
        if (s[i] == '\n' || (s[i] == '\r' && s[i + 1] != '\n'))
            line++;
    return line;
}

static vt_status check_bytes(const vt_data *data, const char *s, size_t len, vt_findings *list) {
    size_t at = 0;
    if (looks_utf16(s, len))
        return vt_bad(list, "DL-01", vt_data_place(data, 1, NULL), REMEDY_UTF8,
                      "Tệp ghi bằng bảng mã UTF-16, không phải UTF-8.");
    if (!vt_utf8_valid(s, len, &at))
        return vt_bad(list, "DL-01", vt_data_place(data, line_of(s, at), NULL), REMEDY_UTF8,
                      "Tệp không ghi bằng UTF-8 mà bằng một bảng mã cũ (Windows-1258, TCVN3 ...).");
    return VT_OK;
}

static vt_status check_letters(const vt_data *data, vt_findings *list) {
    vt_legacy legacy = vt_text_legacy(data->text.data, data->text.len);
    if (legacy == VT_LEGACY_NONE)
        return VT_OK;
    return vt_bad(list, "DL-01", vt_data_place(data, 0, NULL),
                  "Chuyển mã tệp gốc sang Unicode (công cụ Unikey: Ctrl+Shift+F6) rồi xuất lại.",
                  "Chữ trong tệp gõ bằng bảng mã %s, không phải Unicode.",
                  legacy == VT_LEGACY_VNI ? "VNI" : "TCVN3 (ABC)");
}

vt_status vt_data_check_text(const vt_data *data, const char *s, size_t len, int line,
                             const char *field, vt_findings *list) {
    uint32_t cp = 0;
    size_t at = 0;
    vt_fault fault = vt_text_fault(s, len, &cp, &at);
    if (fault == VT_FAULT_NONE || fault == VT_FAULT_LOOSE_MARK)
        return VT_OK;
    return vt_bad(list, "DL-01", vt_data_place(data, field ? line : line_of(s, at), field),
                  "Xoá ký tự ấy ở tệp gốc rồi xuất lại.", "Có %s (U+%04X).",
                  vt_text_fault_name(fault), (unsigned)cp);
}

/* Takes the bytes over the doorstep: no BOM, LF line ends, UTF-8. */
static vt_status take_text(vt_data *data, const char *s, size_t len, vt_findings *list) {
    vt_status st = check_bytes(data, s, len, list);
    if (st)
        return st;
    if (len >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
        s += 3;
        len -= 3;
    }
    vt_buf_init(&data->text, VT_MAX_INPUT_BYTES * 3u + 1);
    if (!vt_buf_reserve(&data->text, len))
        return vt_nomem(list);
    for (const char *end = s + len; s < end;) {
        const char *cr = memchr(s, '\r', (size_t)(end - s));
        vt_buf_add(&data->text, s, (size_t)((cr ? cr : end) - s));
        if (!cr)
            break;
        vt_buf_putc(&data->text, '\n');
        s = cr + (cr + 1 < end && cr[1] == '\n' ? 2 : 1);
    }
    return vt_buf_failed(&data->text) ? vt_nomem(list) : VT_OK;
}

static vt_status make_nfc(vt_data *data, vt_findings *list) {
    if (vt_text_is_nfc(data->text.data, data->text.len))
        return VT_OK;
    size_t len = 0;
    vt_arena *scratch = vt_arena_new(VT_DATA_ARENA);
    const char *nfc = scratch ? vt_text_nfc(scratch, data->text.data, data->text.len, &len) : NULL;
    if (nfc && nfc != data->text.data) {
        vt_buf_clear(&data->text);
        vt_buf_add(&data->text, nfc, len);
    }
    vt_arena_free(scratch);
    return nfc && !vt_buf_failed(&data->text) ? VT_OK : vt_nomem(list);
}

/* --------------------------------------------------------------- leaves -- */

/* Each line trimmed and its inner white space single; no blank lines at the
   ends, at most one between. */
static size_t fold_lines(char *out, const char *s, size_t len) {
    const char *end = s + len;
    char *to = out;
    unsigned breaks = 0;
    bool space = false;
    while (s < end) {
        while (!space && !breaks && s < end && vt_text_no_space(s))
            *to++ = *s++;
        if (s == end)
            break;
        size_t n = vt_text_no_space(s) ? 0 : vt_text_space(s, end);
        if (*s == '\n')
            breaks += breaks < 2;
        if (n) {
            space = true;
            s += n;
            continue;
        }
        if (to > out && breaks)
            for (; breaks; breaks--)
                *to++ = '\n';
        else if (to > out && space)
            *to++ = ' ';
        breaks = 0;
        space = false;
        *to++ = *s++;
    }
    *to = 0;
    return (size_t)(to - out);
}

vt_status vt_data_leaf(vt_arena *arena, const char *name, const char *text, size_t len, int line,
                       vt_findings *list, vt_value **out) {
    char *copy = vt_alloc(arena, len + 1);
    if (!copy)
        return vt_nomem(list);
    len = fold_lines(copy, text, len);
    *out = NULL;
    if (len == 0)
        return VT_OK;
    vt_value *v = vt_alloc(arena, sizeof *v);
    if (!v)
        return vt_nomem(list);
    *v = (vt_value){.name = name, .text = copy, .len = len, .line = line};
    *out = v;
    return VT_OK;
}

vt_status vt_data_new_leaf(const vt_data *data, vt_arena *arena, const char *name, const char *text,
                           size_t len, int line, vt_findings *list, vt_value **out) {
    const char *nfc = vt_text_nfc(arena, text, len, &len);
    vt_status st = nfc ? VT_OK : vt_nomem(list);
    if (!st)
        st = vt_data_check_text(data, nfc, len, line, name, list);
    return st ? st : vt_data_leaf(arena, name, nfc, len, line, list, out);
}

/* -------------------------------------------------------------- records -- */

vt_status vt_data_add(vt_data *data, size_t at, int line, vt_value *fields, vt_findings *list) {
    if (data->count == VT_DATA_MAX_RECORDS)
        return vt_bad(list, "DL-05", vt_data_place(data, line, NULL), "Chia tệp thành nhiều tệp.",
                      "Tệp có hơn %u bản ghi.", VT_DATA_MAX_RECORDS);
    vt_record_at *grown =
        vt_grow(data->arena, data->records, &data->cap, data->count + 1, sizeof *grown);
    if (!grown)
        return vt_nomem(list);
    data->records = grown;
    grown[data->count++] = (vt_record_at){.at = (uint32_t)at, .line = line, .fields = fields};
    return VT_OK;
}

static vt_status read_format(vt_data *data, const char *format, vt_findings *list) {
    if (strcmp(format, "csv") == 0)
        return vt_data_read_csv(data, list);
    if (strcmp(format, "json") == 0)
        return vt_data_read_json(data, list);
    if (strcmp(format, "xml") == 0)
        return vt_data_read_xml(data, list);
    return vt_bad(list, "DL-02", vt_data_place(data, 0, NULL),
                  "Dùng tệp .csv, .json, .xml hoặc .xlsx.", "Không rõ dạng dữ liệu của tệp.");
}

static vt_status too_large(vt_findings *list, const char *name) {
    return vt_bad(list, "DL-05", (vt_place){.file = name}, "Chia tệp thành nhiều tệp.",
                  "Tệp dữ liệu lớn hơn %u MiB.", VT_MAX_INPUT_BYTES >> 20);
}

static vt_status parse_xlsx(const void *bytes, size_t len, const char *name, vt_findings *list,
                            vt_data **out) {
    vt_buf csv;
    vt_status st;

    vt_buf_init(&csv, VT_MAX_INPUT_BYTES);
    st = vt_xlsx_csv(bytes, len, name, list, &csv);
    if (!st)
        st = vt_data_parse("csv", csv.data, csv.len, name, list, out);
    vt_buf_free(&csv);
    return st;
}

vt_status vt_data_parse(const char *format, const void *bytes, size_t len, const char *name,
                        vt_findings *list, vt_data **out) {
    vt_status st = VT_OK;
    vt_data *data;

    if (len > VT_MAX_INPUT_BYTES)
        return too_large(list, name);
    if (strcmp(format, "xlsx") == 0)
        return parse_xlsx(bytes, len, name, list, out);
    data = calloc(1, sizeof *data);
    if (!data)
        return vt_nomem(list);
    vt_buf_init(&data->text, 1);
    data->arena = vt_arena_new(VT_DATA_ARENA);
    data->file = data->arena ? vt_strdup(data->arena, name ? name : "") : NULL;
    if (!data->file)
        st = vt_nomem(list);
    if (!st)
        st = take_text(data, bytes, len, list);
    if (!st)
        st = make_nfc(data, list);
    if (!st)
        st = check_letters(data, list);
    if (!st)
        st = vt_data_check_text(data, data->text.data, data->text.len, 0, NULL, list);
    if (!st)
        st = read_format(data, format, list);
    if (!st && data->count == 0)
        st = vt_bad(list, "DL-04", vt_data_place(data, 0, NULL), "Thêm ít nhất một bản ghi.",
                    "Tệp không có bản ghi nào.");
    if (st)
        vt_data_free(data);
    else
        *out = data;
    return st;
}

vt_status vt_data_open(const char *path, vt_findings *list, vt_data **out) {
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash : path, '.');
    char format[8] = "";
    for (size_t i = 0; dot && dot[i + 1] && i + 1 < sizeof format; i++)
        format[i] = (char)(dot[i + 1] | 0x20); /* ASCII letters to lower case */
    vt_buf bytes;
    vt_buf_init(&bytes, 1);
    vt_status st = vt_file_read(path, VT_MAX_INPUT_BYTES, &bytes, list);
    if (!st)
        st = vt_data_parse(format, bytes.data, bytes.len, path, list, out);
    vt_buf_free(&bytes);
    if (!st && !((*out)->folder = vt_path_folder((*out)->arena, path))) {
        vt_data_free(*out);
        *out = NULL;
        st = vt_nomem(list);
    }
    return st;
}

void vt_data_free(vt_data *data) {
    if (!data)
        return;
    vt_buf_free(&data->text);
    vt_arena_free(data->arena);
    free(data);
}

size_t vt_data_count(const vt_data *data) {
    return data->count;
}

int vt_data_line(const vt_data *data, size_t record) {
    return record < data->count ? data->records[record].line : 0;
}

vt_status vt_data_record(const vt_data *data, size_t record, vt_arena *arena, vt_findings *list,
                         vt_value **out) {
    if (record >= data->count)
        return vt_bad(list, "DL-04", vt_data_place(data, 0, NULL), NULL,
                      "Không có bản ghi thứ %zu: tệp chỉ có %zu bản ghi.", record + 1, data->count);
    return data->build(data, &data->records[record], arena, list, out);
}

vt_status vt_data_fields(const vt_data *data, size_t record, vt_arena *arena, vt_findings *list,
                         vt_data_field **out, size_t *count) {
    size_t cap = 0;
    vt_value *first = NULL;
    vt_status st = vt_data_record(data, record, arena, list, &first);

    *out = NULL;
    *count = 0;
    for (const vt_value *v = first; !st && v; v = v->next) {
        *out = vt_grow(arena, *out, &cap, *count + 1, sizeof **out);
        if (!*out)
            return vt_nomem(list);
        (*out)[(*count)++] = (vt_data_field){v->name, v->text ? v->text : ""};
    }
    return st;
}
