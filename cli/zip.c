/* cli/zip.c - a ZIP by libzip, which is opened when one is wanted, as for spreadsheets. */

#include "cli/zip.h"

#include <errno.h>
#include <string.h>
#include <zip.h>

#define LIBRARY "libzip.so.4"

enum { NOON = 12 << 11, OLDEST = 1980, PLAIN_FILE = 0100644 };

#define FUNCTIONS(X)                                                                               \
    X(zip_open)                                                                                    \
    X(zip_close)                                                                                   \
    X(zip_discard)                                                                                 \
    X(zip_get_error)                                                                               \
    X(zip_error_code_system)                                                                       \
    X(zip_source_file)                                                                             \
    X(zip_source_free)                                                                             \
    X(zip_file_add)                                                                                \
    X(zip_set_file_compression)                                                                    \
    X(zip_file_set_dostime)                                                                        \
    X(zip_file_set_external_attributes)

typedef struct packing {
    void *library;
#define FIELD(function) __typeof__(&(function)) function; /* NOLINT(bugprone-macro-parentheses) */
    FUNCTIONS(FIELD)
#undef FIELD
    zip_t *zip;
} packing;

static vt_status open_library(packing *z, vt_findings *list) {
#define PLACE(function) {#function, offsetof(packing, function)},
    static const vt_function functions[] = {FUNCTIONS(PLACE)};
#undef PLACE

    *z = (packing){0};
    if (vt_library_open(LIBRARY, functions, sizeof functions / sizeof *functions, z, &z->library))
        return VT_OK;
    return vt_fail(list, "CLI-24", (vt_place){0},
                   "Cài gói libzip4 của Debian, hoặc xuất ra thư mục: -o THƯ-MỤC.",
                   "Không mở được thư viện làm tệp ZIP (%s).", LIBRARY);
}

static vt_status failed(const char *path, int error, vt_findings *list) {
    if (error == ENOMEM)
        return vt_nomem(list);
    return vt_fail(list, "CLI-08", (vt_place){.file = path},
                   "Kiểm tra đường dẫn, quyền và chỗ trống rồi làm lại.",
                   "Không ghi được “%s”: %s. Không có gì dở dang được để lại.", path,
                   vt_error_text(error ? error : EIO));
}

static int error_of(const packing *z) {
    return z->zip_error_code_system(z->zip_get_error(z->zip));
}

/* As the clock of a ZIP has it, which begins with 1980. */
static zip_uint16_t dos_day(const char *iso) {
    vt_date d;

    if (!vt_date_parse(iso, &d) || !vt_date_full(d) || d.year < OLDEST)
        d = (vt_date){OLDEST, 1, 1};
    return (zip_uint16_t)((d.year - OLDEST) << 9 | d.month << 5 | d.day);
}

static bool add(const packing *z, const vt_zip_file *f) {
    zip_source_t *source = z->zip_source_file(z->zip, f->path, 0, 0);
    zip_int64_t at = source ? z->zip_file_add(z->zip, f->name, source, 0) : -1;

    if (source && at < 0)
        z->zip_source_free(source);
    return at >= 0 && z->zip_set_file_compression(z->zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0 &&
           z->zip_file_set_dostime(z->zip, (zip_uint64_t)at, NOON, dos_day(f->day), 0) == 0 &&
           z->zip_file_set_external_attributes(z->zip, (zip_uint64_t)at, 0, ZIP_OPSYS_UNIX,
                                               (zip_uint32_t)PLAIN_FILE << 16) == 0;
}

static vt_status pack(packing *z, const char *path, const vt_zip_file *files, size_t count,
                      vt_findings *list) {
    int error = 0;
    bool ok = true;

    errno = 0;
    z->zip = z->zip_open(path, ZIP_CREATE | ZIP_EXCL, &error);
    if (!z->zip)
        return failed(path, error == ZIP_ER_MEMORY ? ENOMEM : errno, list);
    for (size_t i = 0; ok && i < count; i++)
        ok = add(z, &files[i]);
    if (ok && z->zip_close(z->zip) == 0) /* frees it, too */
        return VT_OK;
    error = error_of(z);
    z->zip_discard(z->zip);
    return failed(path, error, list);
}

vt_status vt_zip_write(const char *path, const vt_zip_file *files, size_t count,
                       vt_findings *list) {
    packing z;
    vt_status st = open_library(&z, list);

    if (st)
        return st;
    st = pack(&z, path, files, count, list);
    vt_library_close(z.library);
    return st;
}
