/*
 * gen/data_xlsx.c - a spreadsheet (XLSX) as the CSV a spreadsheet program would save.
 *
 * Of a workbook the first sheet is read: shared and inline strings, numbers, dates by the
 * format of their cell.  Formulas count with the value that was kept for them.  Row N of
 * the sheet is line N of the CSV, so that findings name rows people see; a line break
 * inside a cell becomes a space for that reason.  Cells joined over three columns and more
 * that stand alone in their row (titles, notes below the table) are left out.
 *
 * Hostile files: the ZIP is unpacked in memory, each part up to PART_BYTES whatever it
 * says of itself; XML comes in by the one door (xml.h), without document types and entities.
 * libzip is opened when a spreadsheet comes: loading it would cost every other command.
 */
#include "gen/data.h"
#include "gen/xml.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define LIBRARY "libzip.so.4"
#define REMEDY "Mở bằng Excel hoặc LibreOffice, lưu lại ở dạng .xlsx; hoặc lưu thành “CSV UTF-8”."

enum {
    PART_BYTES = VT_MAX_INPUT_BYTES,
    ARENA_BYTES = 256 << 20,
    ROWS = 1 << 20,
    COLUMNS = 256,
    CELLS = 4 << 20,
    STYLES = 1 << 16,
    NAME_BYTES = 512
};

/* ---------------------------------------------------------------- library -- */

#define FUNCTIONS(X)                                                                               \
    X(zip_source_buffer_create)                                                                    \
    X(zip_source_free)                                                                             \
    X(zip_open_from_source)                                                                        \
    X(zip_discard)                                                                                 \
    X(zip_fopen)                                                                                   \
    X(zip_fread)                                                                                   \
    X(zip_fclose)

typedef struct zip_library {
    void *library;
#define FIELD(name) __typeof__(&(name)) name; /* NOLINT(bugprone-macro-parentheses) */
    FUNCTIONS(FIELD)
#undef FIELD
} zip_library;

static bool found(void *library, const char *name, void *function) {
    *(void **)function = dlsym(library, name);
    return *(void **)function != NULL;
}

static vt_status open_library(vt_findings *list, zip_library *z) {
    bool all;

    *z = (zip_library){.library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL)};
    all = z->library != NULL;
#define FIND(name) all = all && found(z->library, #name, &z->name);
    FUNCTIONS(FIND)
#undef FIND
    if (all)
        return VT_OK;
    if (z->library)
        dlclose(z->library);
    return vt_fail(list, "DL-06", (vt_place){0},
                   "Cài gói libzip4 của Debian, hoặc lưu bảng tính thành CSV UTF-8.",
                   "Không mở được thư viện đọc tệp XLSX (%s).", LIBRARY);
}

/* ---------------------------------------------------------------- workbook -- */

typedef struct cell {
    int row, column;
    const char *text;
} cell;

typedef struct workbook {
    zip_library z;
    zip_t *zip;
    const char *name;
    vt_findings *list;
    vt_arena *arena;
    vt_buf part; /* the one being read */

    char sheet_id[NAME_BYTES], sheet[NAME_BYTES]; /* of the first sheet: r:id, path */
    bool base_1904;

    bool *date_style, *date_format; /* by style; by number of format */
    size_t styles;
    bool in_styles;

    const char **strings;
    size_t string_count, string_cap;

    cell *cells;
    size_t cell_count, cell_cap;
    bool *titles; /* by row; NULL: none */
    int row, column, width;
    char type[16];
    size_t style;
    vt_buf text; /* of the element being read */
    bool taking, phonetic;
} workbook;

static vt_status wrong(workbook *w, const char *what) {
    return vt_bad(w->list, "DL-02", (vt_place){.file = w->name}, REMEDY,
                  "Không đọc được bảng tính: %s.", what);
}

/* A part's bytes into w->part.  *there false: the workbook has no such part. */
static vt_status read_part(workbook *w, const char *path, bool *there) {
    zip_file_t *file = w->z.zip_fopen(w->zip, path, 0);
    char block[1 << 14];
    zip_int64_t n = 0;

    vt_buf_clear(&w->part);
    *there = file != NULL;
    if (!file)
        return VT_OK;
    while (!vt_buf_failed(&w->part) && (n = w->z.zip_fread(file, block, sizeof block)) > 0)
        vt_buf_add(&w->part, block, (size_t)n);
    w->z.zip_fclose(file);
    if (n < 0)
        return wrong(w, "tệp nén bị hỏng");
    if (vt_buf_failed(&w->part))
        return vt_bad(w->list, "DL-05", (vt_place){.file = w->name},
                      "Chia bảng tính thành nhiều tệp.",
                      "Bảng tính quá lớn: một phần của nó hơn %d MiB.", PART_BYTES >> 20);
    return VT_OK;
}

/* --------------------------------------------------------------------- SAX -- */

static workbook *of(void *ctx) {
    return ((vt_xml *)ctx)->user;
}

/* Attribute `name` of an element, by its local name; "" for none. */
static void attribute(const xmlChar **attrs, int count, const char *name, char *out, size_t size) {
    *out = '\0';
    for (int i = 0; i < count; i++) {
        const xmlChar **a = attrs + (size_t)i * 5;
        size_t n = (size_t)(a[4] - a[3]);

        if (strcmp((const char *)a[0], name) != 0)
            continue;
        n = n < size ? n : size - 1;
        memcpy(out, a[3], n);
        out[n] = '\0';
        return;
    }
}

static bool named(const xmlChar *local, const char *name) {
    return strcmp((const char *)local, name) == 0;
}

static void on_text(void *ctx, const xmlChar *text, int len) {
    workbook *w = of(ctx);

    if (w->taking && !w->phonetic)
        vt_buf_add(&w->text, text, (size_t)len);
}

static void stop(void *ctx, vt_status status) {
    vt_xml_stop(ctx, status);
}

/* libxml2 hands over what a callback of this shape gets. */
#define START                                                                                      \
    void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int ns_count,      \
        const xmlChar **ns, int attr_count, int defaulted, const xmlChar **attrs
#define UNUSED_START (void)prefix, (void)uri, (void)ns_count, (void)ns, (void)defaulted
#define END void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri
#define UNUSED_END (void)prefix, (void)uri

static void nothing(END) {
    (void)ctx, (void)local, UNUSED_END;
}

/* ------------------------------------------------------- which sheet it is -- */

static void start_workbook(START) {
    workbook *w = of(ctx);
    char value[16];

    UNUSED_START;
    if (named(local, "sheet") && !*w->sheet_id)
        attribute(attrs, attr_count, "id", w->sheet_id, sizeof w->sheet_id);
    if (named(local, "workbookPr")) {
        attribute(attrs, attr_count, "date1904", value, sizeof value);
        w->base_1904 = strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
    }
}

static void start_relation(START) {
    workbook *w = of(ctx);
    char id[NAME_BYTES], target[NAME_BYTES];

    UNUSED_START;
    if (!named(local, "Relationship"))
        return;
    attribute(attrs, attr_count, "Id", id, sizeof id);
    attribute(attrs, attr_count, "Target", target, sizeof target);
    if (strcmp(id, w->sheet_id) == 0 && strlen(target) + 4 < sizeof w->sheet)
        snprintf(w->sheet, sizeof w->sheet, "%s%s", *target == '/' ? "" : "xl/",
                 target + (*target == '/'));
}

/* ------------------------------------------------------------------ styles -- */

/* "dd/mm/yyyy", "[$-42A]d mmmm yyyy;@": days or years outside of quotes and brackets. */
static bool shows_date(const char *code) {
    for (; *code; code++) {
        if (*code == '"')
            code += strcspn(code + 1, "\"") + (strchr(code + 1, '"') != NULL);
        else if (*code == '[')
            code += strcspn(code, "]") - (strchr(code, ']') == NULL);
        else if (*code == '\\' && code[1])
            code++;
        else if (strchr("dDyY", *code))
            return true;
    }
    return false;
}

static void start_style(START) {
    workbook *w = of(ctx);
    char value[NAME_BYTES];
    long format;

    UNUSED_START;
    if (named(local, "cellXfs"))
        w->in_styles = true;
    attribute(attrs, attr_count, "numFmtId", value, sizeof value);
    format = strtol(value, NULL, 10);
    if (!*value || format < 0 || format >= STYLES)
        return;
    if (named(local, "numFmt")) {
        attribute(attrs, attr_count, "formatCode", value, sizeof value);
        w->date_format[format] = shows_date(value);
    } else if (named(local, "xf") && w->in_styles && w->styles < STYLES) {
        w->date_style[w->styles++] =
            w->date_format[format] || (format >= 14 && format <= 17) || format == 22;
    }
}

static void end_style(END) {
    UNUSED_END;
    if (named(local, "cellXfs"))
        of(ctx)->in_styles = false;
}

/* ----------------------------------------------------------------- strings -- */

static void start_string(START) {
    workbook *w = of(ctx);

    UNUSED_START, (void)attrs, (void)attr_count;
    if (named(local, "si"))
        vt_buf_clear(&w->text);
    w->phonetic = w->phonetic || named(local, "rPh");
    w->taking = named(local, "t");
}

static void end_string(END) {
    workbook *w = of(ctx);

    UNUSED_END;
    w->taking = false;
    if (named(local, "rPh"))
        w->phonetic = false;
    if (!named(local, "si"))
        return;
    w->strings =
        vt_grow(w->arena, w->strings, &w->string_cap, w->string_count + 1, sizeof *w->strings);
    if (!w->strings || vt_buf_failed(&w->text) ||
        !(w->strings[w->string_count++] = vt_strdup(w->arena, w->text.data)))
        stop(ctx, vt_nomem(w->list));
}

/* ------------------------------------------------------------------- cells -- */

/* "B3": column 1, row 2; without it the next one. */
static bool read_reference(workbook *w, const char *ref) {
    int column = 0;
    long row;

    if (!*ref)
        return true;
    for (; *ref >= 'A' && *ref <= 'Z' && column <= COLUMNS * 27; ref++)
        column = column * 26 + (*ref - 'A' + 1);
    row = strtol(ref, NULL, 10);
    if (column < 1 || row < 1 || row > ROWS)
        return false;
    w->column = column - 1;
    w->row = (int)row - 1;
    return true;
}

/* "A1:J1" */
static bool read_join(workbook *w, const char *ref) {
    const char *colon = strchr(ref, ':');
    int row, column;

    if (!colon || !read_reference(w, ref))
        return false;
    row = w->row;
    column = w->column;
    if (!read_reference(w, colon + 1))
        return false;
    if (w->row == row && w->column >= column + 2) {
        if (!w->titles && !(w->titles = vt_alloc_array(w->arena, ROWS, sizeof(bool))))
            return false;
        w->titles[row] = true;
    }
    return true;
}

static void start_cell(START) {
    workbook *w = of(ctx);
    char value[32];

    UNUSED_START;
    if (named(local, "row")) {
        w->row++;
        attribute(attrs, attr_count, "r", value, sizeof value);
        if (*value) {
            long row = strtol(value, NULL, 10);
            w->row = row >= 1 && row <= ROWS ? (int)row - 1 : -1;
        }
        w->column = -1;
        if (w->row < 0 || w->row >= ROWS)
            stop(ctx, wrong(w, "số hàng không đúng"));
    } else if (named(local, "c")) {
        w->column++;
        attribute(attrs, attr_count, "r", value, sizeof value);
        attribute(attrs, attr_count, "t", w->type, sizeof w->type);
        if (!read_reference(w, value))
            stop(ctx, wrong(w, "địa chỉ của ô không đúng"));
        attribute(attrs, attr_count, "s", value, sizeof value);
        w->style = (size_t)strtoul(value, NULL, 10);
        vt_buf_clear(&w->text);
    }
    if (named(local, "mergeCell")) {
        attribute(attrs, attr_count, "ref", value, sizeof value);
        if (!read_join(w, value))
            stop(ctx, vt_arena_failed(w->arena) ? vt_nomem(w->list)
                                                : wrong(w, "địa chỉ của ô gộp không đúng"));
    }
    w->phonetic = w->phonetic || named(local, "rPh");
    w->taking = named(local, "v") || named(local, "t");
}

/* The day of a serial: 1 is 1900-01-01, and 60 the day that 1900 had not. */
static const char *date_text(workbook *w, double serial) {
    /* civil date of days since 1970-01-01, Gregorian */
    int64_t z = (int64_t)serial + (w->base_1904 ? 1462 : 0);
    int64_t era, doe, yoe, doy, mp, year;

    z += (z < 60 && !w->base_1904 ? 1 : 0) - 25569 + 719468;
    era = z / 146097;
    doe = z - era * 146097;
    yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    mp = (5 * doy + 2) / 153;
    year = yoe + era * 400 + (mp >= 10);
    return vt_printf(w->arena, "%02d/%02d/%04d", (int)(doy - (153 * mp + 2) / 5 + 1),
                     (int)(mp < 10 ? mp + 3 : mp - 9), (int)year);
}

static const char *number_text(workbook *w, const char *text) {
    char *end;
    double value = strtod(text, &end);

    if (end == text || *end || !isfinite(value))
        return vt_strdup(w->arena, text);
    if (w->style < w->styles && w->date_style[w->style] && value >= 1 && value < 2958466)
        return date_text(w, value);
    if (value > -1e15 && value < 1e15 && value == (double)(int64_t)value)
        return vt_printf(w->arena, "%lld", (long long)value);
    return vt_strdup(w->arena, text);
}

static const char *cell_text(workbook *w) {
    if (strcmp(w->type, "s") == 0) {
        size_t i = (size_t)strtoul(w->text.data, NULL, 10);
        return i < w->string_count ? w->strings[i] : NULL;
    }
    if (!*w->type || strcmp(w->type, "n") == 0)
        return number_text(w, w->text.data);
    return vt_strdup(w->arena, w->text.data);
}

static void end_cell(END) {
    workbook *w = of(ctx);
    const char *text;

    UNUSED_END;
    w->taking = false;
    if (named(local, "rPh"))
        w->phonetic = false;
    if (!named(local, "c") || !w->text.len)
        return;
    if (w->column >= COLUMNS || w->cell_count >= CELLS) {
        stop(ctx, wrong(w, w->column >= COLUMNS ? "có quá 256 cột" : "có quá nhiều ô"));
        return;
    }
    text = vt_buf_failed(&w->text) ? NULL : cell_text(w);
    if (!text && !vt_buf_failed(&w->text) && !vt_arena_failed(w->arena)) {
        stop(ctx, wrong(w, "ô trỏ tới chữ không có"));
        return;
    }
    w->cells = vt_grow(w->arena, w->cells, &w->cell_cap, w->cell_count + 1, sizeof *w->cells);
    if (!text || !w->cells) {
        stop(ctx, vt_nomem(w->list));
        return;
    }
    w->cells[w->cell_count++] = (cell){w->row, w->column, text};
    w->width = w->column >= w->width ? w->column + 1 : w->width;
}

/* --------------------------------------------------------------------- CSV -- */

static int in_order(const void *a, const void *b) {
    const cell *x = a, *y = b;

    return x->row != y->row ? (x->row > y->row) - (x->row < y->row)
                            : (x->column > y->column) - (x->column < y->column);
}

static void put_cell(vt_buf *out, const char *text) {
    vt_buf_putc(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            vt_buf_putc(out, '"');
        vt_buf_putc(out, strchr("\r\n\t", *text) ? ' ' : *text);
    }
    vt_buf_putc(out, '"');
}

/* Does cell i stand alone in its row, over several columns? */
static bool is_title(const workbook *w, size_t i) {
    return w->titles && w->titles[w->cells[i].row] &&
           (i == 0 || w->cells[i - 1].row != w->cells[i].row) &&
           (i + 1 == w->cell_count || w->cells[i + 1].row != w->cells[i].row);
}

/* Every row as wide as the widest; one without cells is an empty line. */
static void put_rows(const workbook *w, vt_buf *out) {
    int row = 0;

    for (size_t i = 0; i < w->cell_count && !vt_buf_failed(out);) {
        for (; row < w->cells[i].row; row++)
            vt_buf_putc(out, '\n');
        if (is_title(w, i)) {
            i++;
            continue;
        }
        for (int column = 0; column < w->width; column++) {
            if (column)
                vt_buf_putc(out, ',');
            if (i < w->cell_count && w->cells[i].row == row && w->cells[i].column == column)
                put_cell(out, w->cells[i++].text);
        }
        while (i < w->cell_count && w->cells[i].row == row) /* a place told twice */
            i++;
        vt_buf_putc(out, '\n');
        row++;
    }
}

/* ------------------------------------------------------------------- parts -- */

static vt_status parse(workbook *w, const char *path, bool needed, startElementNsSAX2Func start,
                       endElementNsSAX2Func end) {
    bool there;
    vt_status st = read_part(w, path, &there);

    if (st || (!there && !needed))
        return st;
    if (!there)
        return wrong(w, "không có trang tính");
    w->taking = w->phonetic = false;
    return vt_xml_read(w->part.data, w->part.len, w->name, w->list, start, end, on_text, w);
}

static vt_status read_workbook(workbook *w, vt_buf *out) {
    vt_status st = parse(w, "xl/workbook.xml", true, start_workbook, nothing);

    snprintf(w->sheet, sizeof w->sheet, "xl/worksheets/sheet1.xml");
    if (!st)
        st = parse(w, "xl/_rels/workbook.xml.rels", false, start_relation, nothing);
    if (!st)
        st = parse(w, "xl/styles.xml", false, start_style, end_style);
    if (!st)
        st = parse(w, "xl/sharedStrings.xml", false, start_string, end_string);
    w->row = w->column = -1;
    if (!st)
        st = parse(w, w->sheet, true, start_cell, end_cell);
    if (st)
        return st;
    if (w->cell_count)
        qsort(w->cells, w->cell_count, sizeof *w->cells, in_order);
    put_rows(w, out);
    if (!vt_buf_failed(out))
        return VT_OK;
    return vt_bad(w->list, "DL-05", (vt_place){.file = w->name}, "Chia bảng tính thành nhiều tệp.",
                  "Bảng tính quá lớn.");
}

static vt_status open_zip(workbook *w, const void *bytes, size_t len) {
    zip_source_t *source = w->z.zip_source_buffer_create(bytes, len, 0, NULL);

    if (!source)
        return vt_nomem(w->list);
    w->zip = w->z.zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (w->zip)
        return VT_OK;
    w->z.zip_source_free(source);
    return wrong(w, "không phải tệp .xlsx, hoặc có mật khẩu");
}

vt_status vt_xlsx_csv(const void *bytes, size_t len, const char *name, vt_findings *list,
                      vt_buf *out) {
    workbook *w = calloc(1, sizeof *w);
    vt_status st = w ? VT_OK : vt_nomem(list);

    if (st)
        return st;
    w->name = name;
    w->list = list;
    w->arena = vt_arena_new(ARENA_BYTES);
    vt_buf_init(&w->part, PART_BYTES);
    vt_buf_init(&w->text, PART_BYTES);
    w->date_style = w->arena ? vt_alloc_array(w->arena, STYLES, sizeof(bool)) : NULL;
    w->date_format = w->arena ? vt_alloc_array(w->arena, STYLES, sizeof(bool)) : NULL;
    st = w->date_style && w->date_format ? open_library(list, &w->z) : vt_nomem(list);
    if (!st) {
        st = open_zip(w, bytes, len);
        if (!st)
            st = read_workbook(w, out);
        if (w->zip)
            w->z.zip_discard(w->zip);
        dlclose(w->z.library);
    }
    vt_buf_free(&w->part);
    vt_buf_free(&w->text);
    vt_arena_free(w->arena);
    free(w);
    return st;
}
