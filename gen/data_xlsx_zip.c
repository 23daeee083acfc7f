/*
 * gen/data_xlsx_zip.c - the ZIP a spreadsheet stands in, and what else bears its name.
 *
 * The ZIP is unpacked in memory, each part up to the ceiling of its buffer whatever it says of
 * itself.  libzip is opened when a spreadsheet comes: loading it would cost every other command.
 */
#include "gen/data_xlsx.h"

#include <string.h>
#include <zip.h>

#define LIBRARY "libzip.so.4"

#define FUNCTIONS(X)                                                                               \
    X(zip_source_buffer_create)                                                                    \
    X(zip_source_free)                                                                             \
    X(zip_open_from_source)                                                                        \
    X(zip_discard)                                                                                 \
    X(zip_error_code_zip)                                                                          \
    X(zip_get_error)                                                                               \
    X(zip_name_locate)                                                                             \
    X(zip_fopen)                                                                                   \
    X(zip_fread)                                                                                   \
    X(zip_fclose)

typedef struct archive {
    void *library;
#define FIELD(function) __typeof__(&(function)) function; /* NOLINT(bugprone-macro-parentheses) */
    FUNCTIONS(FIELD)
#undef FIELD
    zip_t *zip;
    const char *name;
} archive;

static vt_status open_library(vt_findings *list, archive *z) {
#define PLACE(function) {#function, offsetof(archive, function)},
    static const vt_function functions[] = {FUNCTIONS(PLACE)};
#undef PLACE

    if (vt_library_open(LIBRARY, functions, sizeof functions / sizeof *functions, z, &z->library))
        return VT_OK;
    return vt_fail(list, "DL-06", (vt_place){0},
                   "Cài gói libzip4 của Debian, hoặc lưu bảng tính thành CSV UTF-8.",
                   "Không mở được thư viện đọc tệp XLSX (%s).", LIBRARY);
}

static vt_status wrong(const archive *z, vt_findings *list, const char *remedy, const char *what) {
    return vt_bad(list, "DL-02", (vt_place){.file = z->name}, remedy,
                  "Không đọc được bảng tính: %s.", what);
}

static vt_status locked(const archive *z, vt_findings *list) {
    return wrong(z, list, "Mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ), rồi lưu lại.",
                 "tệp có mật khẩu");
}

/* Older files of Excel, and newer ones with a password, are of another kind (OLE). */
static vt_status refuse_ole(const archive *z, const char *bytes, size_t len, vt_findings *list) {
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    const char *end = bytes + len - (sizeof encrypted - 1);

    for (const char *s = bytes; s <= end && (s = memchr(s, 'E', (size_t)(end - s) + 1)); s++)
        if (memcmp(s, encrypted, sizeof encrypted - 1) == 0)
            return locked(z, list);
    return wrong(z, list, VT_XLSX_REMEDY, "đây là tệp .xls của Excel đời cũ mang tên .xlsx");
}

static vt_status open_zip(archive *z, const void *bytes, size_t len, vt_findings *list) {
    zip_source_t *source;

    if (len >= 64 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
        return refuse_ole(z, bytes, len, list);
    source = z->zip_source_buffer_create(bytes, len, 0, NULL);
    if (!source)
        return vt_nomem(list);
    z->zip = z->zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (z->zip)
        return VT_OK;
    z->zip_source_free(source);
    if (len >= 2 && memcmp(bytes, "PK", 2) == 0)
        return wrong(z, list, "Chép lại hay tải lại tệp.", "tệp bị hỏng hoặc bị cắt cụt");
    return wrong(z, list, VT_XLSX_REMEDY, "không phải tệp .xlsx");
}

/* A workbook without its first part is something else that is packed. */
static vt_status other_kind(const archive *z, vt_findings *list) {
    static const struct {
        const char *part, *what;
    } kinds[] = {
        {"xl/workbook.bin", "đây là tệp .xlsb mang tên .xlsx"},
        {"content.xml", "đây là tệp .ods mang tên .xlsx"},
        {"word/document.xml", "đây là tệp .docx mang tên .xlsx"},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (z->zip_name_locate(z->zip, kinds[i].part, ZIP_FL_NOCASE) >= 0)
            return wrong(z, list, VT_XLSX_REMEDY, kinds[i].what);
    return wrong(z, list, VT_XLSX_REMEDY, "không có trang tính");
}

/* Names of parts are the same in either case. */
static vt_status open_part(archive *z, const char *path, vt_findings *list, zip_file_t **out) {
    *out = z->zip_fopen(z->zip, path, ZIP_FL_NOCASE);
    if (*out)
        return VT_OK;
    switch (z->zip_error_code_zip(z->zip_get_error(z->zip))) {
    case ZIP_ER_NOENT:
        return strcmp(path, "xl/workbook.xml") == 0 ? other_kind(z, list) : VT_OK;
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP:
        return locked(z, list);
    case ZIP_ER_MEMORY:
        return vt_nomem(list);
    default:
        return wrong(z, list, VT_XLSX_REMEDY, "tệp nén bị hỏng hoặc nén theo cách lạ");
    }
}

static vt_status read_part(void *ctx, const char *path, vt_findings *list, vt_buf *out,
                           bool *there) {
    archive *z = ctx;
    zip_file_t *file;
    char block[1 << 14];
    zip_int64_t n = 0;
    vt_status st = open_part(z, path, list, &file);

    *there = file != NULL;
    if (!file)
        return st;
    while (!vt_buf_failed(out) && (n = z->zip_fread(file, block, sizeof block)) > 0)
        vt_buf_add(out, block, (size_t)n);
    z->zip_fclose(file);
    return n < 0 ? wrong(z, list, "Chép lại hay tải lại tệp.", "tệp nén bị hỏng") : VT_OK;
}

vt_status vt_xlsx_csv(const void *bytes, size_t len, const char *name, vt_findings *list,
                      vt_buf *out) {
    archive z = {.name = name};
    vt_status st = open_library(list, &z);

    if (st)
        return st;
    st = open_zip(&z, bytes, len, list);
    if (!st)
        st = vt_xlsx_read(&(vt_xlsx_parts){read_part, &z}, name, list, out);
    if (z.zip)
        z.zip_discard(z.zip);
    vt_library_close(z.library);
    return st;
}
