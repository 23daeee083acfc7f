/*
 * gen/data_xlsx.c - the cells of a spreadsheet (XLSX), as a spreadsheet program would save them.
 *
 * Of a workbook the first sheet is read: shared and inline strings, numbers to fifteen digits;
 * days, times and per cents by the format of their cell.  Formulas count with the value that was
 * kept for them; one that is an error is refused.
 *
 * XML comes in by the one door (xml.h), without document types and entities.
 */
#include "gen/data_xlsx.h"

#include "gen/xml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 256 << 20, STYLES = 1 << 16, NAME_BYTES = 512, DAY_SECONDS = 86400 };

/* What numbers of a style are shown as. */
typedef enum shown { AS_NUMBER, AS_DAY, AS_TIME, AS_BOTH, AS_PER_CENT } shown;

typedef struct workbook {
    vt_xlsx_sheet sheet;
    const vt_xlsx_parts *parts;
    vt_findings *list;
    vt_arena *arena;
    vt_buf part; /* the one being read */

    char sheet_id[NAME_BYTES], path[NAME_BYTES]; /* of the first sheet: r:id, part */
    bool base_1904;

    unsigned char *styles, *formats; /* a `shown` by style; by number of format */
    size_t style_count;
    bool in_styles;

    const char **strings;
    size_t string_count, string_cap;

    int row, column;
    char type[16];
    size_t style;
    vt_buf text; /* of the element being read */
    bool taking, phonetic;
} workbook;

static vt_status wrong(workbook *w, const char *what) {
    return vt_bad(w->list, "DL-02", (vt_place){.file = w->sheet.name}, VT_XLSX_REMEDY,
                  "Không đọc được bảng tính: %s.", what);
}

vt_xlsx_ref vt_xlsx_name(int row, int column) {
    vt_xlsx_ref ref;
    char letters[8];
    size_t at = sizeof letters;

    letters[--at] = '\0';
    for (int n = column + 1; n > 0 && at > 0; n = (n - 1) / 26)
        letters[--at] = (char)('A' + (n - 1) % 26);
    snprintf(ref.text, sizeof ref.text, "%s%d", letters + at, row + 1);
    return ref;
}

/* The cell being read is at fault. */
static vt_status wrong_cell(workbook *w, const char *remedy, const char *what) {
    return vt_bad(w->list, "DL-02", (vt_place){.file = w->sheet.name, .line = w->row + 1}, remedy,
                  "Không đọc được bảng tính: ô %s %s.", vt_xlsx_name(w->row, w->column).text, what);
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
    if (strcmp(id, w->sheet_id) == 0 && strlen(target) + 4 < sizeof w->path)
        snprintf(w->path, sizeof w->path, "%s%s", *target == '/' ? "" : "xl/",
                 target + (*target == '/'));
}

/* ------------------------------------------------------------------ styles -- */

/* "dd/mm/yyyy", "[$-42A]d mmmm yyyy;@", "hh:mm", "0.0%": letters of the first section, outside of
   quotes and brackets ("[h]:mm" is a span, not a time of day). */
static shown shown_by(const char *code) {
    bool day = false, hour = false, per_cent = false;

    for (; *code && *code != ';'; code++) {
        if (*code == '"')
            code += strcspn(code + 1, "\"") + (strchr(code + 1, '"') != NULL);
        else if (*code == '[')
            code += strcspn(code, "]") - (strchr(code, ']') == NULL);
        else if (strchr("\\_*", *code) && code[1])
            code++;
        day = day || strchr("dDyY", *code);
        hour = hour || strchr("hH", *code);
        per_cent = per_cent || *code == '%';
    }
    if (day)
        return hour ? AS_BOTH : AS_DAY;
    return hour ? AS_TIME : per_cent ? AS_PER_CENT : AS_NUMBER;
}

/* The formats that have numbers and no code. */
static shown shown_as(const workbook *w, long format) {
    if (format == 9 || format == 10)
        return AS_PER_CENT;
    if (format >= 14 && format <= 17)
        return AS_DAY;
    if (format >= 18 && format <= 21)
        return AS_TIME;
    return format == 22 ? AS_BOTH : w->formats[format];
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
    if (format < 0 || format >= STYLES)
        format = 0;
    if (named(local, "numFmt")) {
        attribute(attrs, attr_count, "formatCode", value, sizeof value);
        w->formats[format] = (unsigned char)shown_by(value);
    } else if (named(local, "xf") && w->in_styles && w->style_count < STYLES) {
        w->styles[w->style_count++] = (unsigned char)shown_as(w, format);
    }
}

static void end_style(END) {
    UNUSED_END;
    if (named(local, "cellXfs"))
        of(ctx)->in_styles = false;
}

/* ----------------------------------------------------------------- strings -- */

/* "_x000A_": white space as programs of .NET write it, and "_x005F_" for the line that would be
   taken for one. */
static const char *plain(char *text) {
    char *to = text;

    for (const char *s = text; *s;) {
        char *end;
        long code = strncmp(s, "_x", 2) == 0 ? strtol(s + 2, &end, 16) : 0;

        if ((code == '\t' || code == '\n' || code == '\r' || code == '_') && end == s + 6 &&
            *end == '_') {
            *to++ = (char)code;
            s = end + 1;
        } else {
            *to++ = *s++;
        }
    }
    *to = '\0';
    return text;
}

/* The text of the element that ends, in the arena; NULL: no memory. */
static const char *take_text(workbook *w) {
    char *text = vt_buf_failed(&w->text) ? NULL : vt_strdup(w->arena, w->text.data);

    return text ? plain(text) : NULL;
}

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
    if (!w->strings || !(w->strings[w->string_count++] = take_text(w)))
        stop(ctx, vt_nomem(w->list));
}

/* ------------------------------------------------------------------- cells -- */

/* "B3": column 1, row 2; without it the next one. */
static bool read_reference(workbook *w, const char **ref) {
    const char *s = *ref;
    int column = 0;
    long row;
    char *end;

    if (!*s)
        return true;
    for (; *s >= 'A' && *s <= 'Z' && column <= VT_XLSX_COLUMNS * 27; s++)
        column = column * 26 + (*s - 'A' + 1);
    row = strtol(s, &end, 10);
    if (column < 1 || end == s || row < 1 || row > VT_XLSX_ROWS)
        return false;
    w->column = column - 1;
    w->row = (int)row - 1;
    *ref = end;
    return true;
}

/* "A1:J1"; one cell joined with nothing is none. */
static bool read_join(workbook *w, const char *ref) {
    vt_xlsx_join join;

    if (!*ref || !read_reference(w, &ref))
        return false;
    join = (vt_xlsx_join){w->row, w->column, w->row, w->column};
    if (*ref == ':' && (*++ref == '\0' || !read_reference(w, &ref)))
        return false;
    join.last_row = w->row;
    join.last_column = w->column;
    if (*ref || join.last_row < join.row || join.last_column < join.column)
        return false;
    w->sheet.joins =
        vt_grow(w->arena, w->sheet.joins, &w->sheet.join_cap, w->sheet.join_count + 1, sizeof join);
    if (!w->sheet.joins || w->sheet.join_count >= VT_XLSX_JOINS)
        return false;
    w->sheet.joins[w->sheet.join_count++] = join;
    return true;
}

static void start_cell(START) {
    workbook *w = of(ctx);
    char value[32];
    const char *ref = value;

    UNUSED_START;
    if (named(local, "row")) {
        w->row++;
        attribute(attrs, attr_count, "r", value, sizeof value);
        if (*value) {
            long row = strtol(value, NULL, 10);
            w->row = row >= 1 && row <= VT_XLSX_ROWS ? (int)row - 1 : -1;
        }
        w->column = -1;
        if (w->row < 0 || w->row >= VT_XLSX_ROWS)
            stop(ctx, wrong(w, "số hàng không đúng"));
    } else if (named(local, "c")) {
        w->column++;
        attribute(attrs, attr_count, "r", value, sizeof value);
        attribute(attrs, attr_count, "t", w->type, sizeof w->type);
        if (w->row < 0 || !read_reference(w, &ref) || *ref)
            stop(ctx, wrong(w, "địa chỉ của ô không đúng"));
        attribute(attrs, attr_count, "s", value, sizeof value);
        w->style = (size_t)strtoul(value, NULL, 10);
        vt_buf_clear(&w->text);
    }
    if (named(local, "mergeCell")) {
        attribute(attrs, attr_count, "ref", value, sizeof value);
        if (!read_join(w, value))
            stop(ctx, vt_arena_failed(w->arena) ? vt_nomem(w->list)
                                                : wrong(w, "ô gộp không đúng, hoặc quá nhiều"));
    }
    w->phonetic = w->phonetic || named(local, "rPh");
    w->taking = named(local, "v") || named(local, "t");
}

/* The day of a serial: 1 is 1900-01-01, and 60 the day that 1900 had not. */
static const char *date_text(workbook *w, int64_t serial) {
    /* civil date of days since 1970-01-01, Gregorian */
    int64_t z = serial + (w->base_1904 ? 1462 : 0);
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

/* "08:30", and seconds where there are some. */
static const char *time_text(workbook *w, int seconds) {
    if (seconds % 60 == 0)
        return vt_printf(w->arena, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
    return vt_printf(w->arena, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static const char *day_and_time(workbook *w, double value) {
    int64_t seconds = llround(value * DAY_SECONDS);
    const char *day = date_text(w, seconds / DAY_SECONDS), *hour;

    if (seconds % DAY_SECONDS == 0)
        return day;
    hour = time_text(w, (int)(seconds % DAY_SECONDS));
    return day && hour ? vt_printf(w->arena, "%s %s", day, hour) : NULL;
}

/* Fifteen digits, as spreadsheets show them: 0.043 is kept as 4.2999999999999997E-2.  What
   would need an exponent stays as it is written. */
static const char *decimal(workbook *w, const char *text, double value, const char *unit) {
    char digits[32];

    snprintf(digits, sizeof digits, "%.15g", value);
    if (strchr(digits, 'e'))
        return vt_strdup(w->arena, text);
    return vt_printf(w->arena, "%s%s", digits, unit);
}

static const char *number_text(workbook *w, const char *text) {
    shown as = w->style < w->style_count ? (shown)w->styles[w->style] : AS_NUMBER;
    char *end;
    double value = strtod(text, &end);
    bool is_day = value >= 1 && value < 2958466;

    if (end == text || *end || !isfinite(value))
        return vt_strdup(w->arena, text);
    if (as == AS_DAY && is_day)
        return date_text(w, (int64_t)value);
    if (as == AS_BOTH && is_day)
        return day_and_time(w, value);
    if ((as == AS_TIME || as == AS_BOTH) && value >= 0 && value < 2958466)
        return time_text(w, (int)(llround(value * DAY_SECONDS) % DAY_SECONDS));
    if (as == AS_PER_CENT)
        return decimal(w, text, value * 100, "%");
    if (value > -1e15 && value < 1e15 && value == (double)(int64_t)value)
        return vt_printf(w->arena, "%lld", (long long)value);
    return decimal(w, text, value, "");
}

/* NULL: refused, which is told, or no memory. */
static const char *cell_text(workbook *w, void *ctx) {
    if (strcmp(w->type, "s") == 0) {
        char *end;
        unsigned long i = strtoul(w->text.data, &end, 10);

        if (!*end && i < w->string_count)
            return w->strings[i];
        stop(ctx, wrong_cell(w, VT_XLSX_REMEDY, "trỏ tới chữ không có"));
        return NULL;
    }
    if (strcmp(w->type, "e") == 0) {
        stop(ctx, wrong_cell(w, "Sửa công thức của ô, hay xoá ô.", "chứa lỗi của công thức"));
        return NULL;
    }
    if (strcmp(w->type, "b") == 0)
        return vt_strdup(w->arena, *w->text.data == '1' ? "TRUE" : "FALSE");
    if (strcmp(w->type, "d") == 0)
        return vt_strndup(w->arena, w->text.data, strcspn(w->text.data, "T"));
    if (!*w->type || strcmp(w->type, "n") == 0)
        return number_text(w, w->text.data);
    return take_text(w);
}

static void end_cell(END) {
    workbook *w = of(ctx);
    vt_xlsx_sheet *s = &w->sheet;
    const char *text;

    UNUSED_END;
    w->taking = false;
    if (named(local, "rPh"))
        w->phonetic = false;
    if (!named(local, "c") || !w->text.len)
        return;
    if (w->column >= VT_XLSX_COLUMNS) {
        stop(ctx, wrong_cell(w, "Xoá các cột thừa ở bên phải.", "nằm ngoài 256 cột đầu"));
        return;
    }
    text = cell_text(w, ctx);
    if (vt_xml_stopped(ctx) || (text && !*text))
        return;
    s->cells = vt_grow(w->arena, s->cells, &s->cell_cap, s->cell_count + 1, sizeof *s->cells);
    if (!text || !s->cells) {
        stop(ctx, vt_nomem(w->list));
        return;
    }
    s->cells[s->cell_count++] = (vt_xlsx_cell){w->row, w->column, text};
    s->width = w->column >= s->width ? w->column + 1 : s->width;
}

/* ------------------------------------------------------------------- parts -- */

/* What is wrong with the XML of a part is told with its name: lines are lines of the part. */
static vt_status parse(workbook *w, const char *path, bool needed, startElementNsSAX2Func start,
                       endElementNsSAX2Func end) {
    const char *name = vt_printf(w->arena, "%s (%s)", w->sheet.name, path);
    bool there = false;
    vt_status st;

    if (!name)
        return vt_nomem(w->list);
    vt_buf_clear(&w->part);
    st = w->parts->read(w->parts->ctx, path, w->list, &w->part, &there);
    if (st || (!there && !needed))
        return st;
    if (!there)
        return wrong(w, "không có trang tính");
    if (vt_buf_failed(&w->part))
        return vt_bad(w->list, "DL-05", (vt_place){.file = w->sheet.name},
                      "Chia bảng tính thành nhiều tệp.",
                      "Bảng tính quá lớn: một phần của nó hơn %d MiB.", VT_XLSX_PART_BYTES >> 20);
    w->taking = w->phonetic = false;
    return vt_xml_read(w->part.data, w->part.len, name, w->list, start, end, on_text, w);
}

static vt_status read_workbook(workbook *w, vt_buf *out) {
    vt_status st = parse(w, "xl/workbook.xml", true, start_workbook, nothing);

    snprintf(w->path, sizeof w->path, "xl/worksheets/sheet1.xml");
    if (!st)
        st = parse(w, "xl/_rels/workbook.xml.rels", false, start_relation, nothing);
    if (!st)
        st = parse(w, "xl/styles.xml", false, start_style, end_style);
    if (!st)
        st = parse(w, "xl/sharedStrings.xml", false, start_string, end_string);
    w->row = w->column = -1;
    if (!st)
        st = parse(w, w->path, true, start_cell, end_cell);
    return st ? st : vt_xlsx_rows(&w->sheet, out);
}

vt_status vt_xlsx_read(const vt_xlsx_parts *parts, const char *name, vt_findings *list,
                       vt_buf *out) {
    workbook *w = calloc(1, sizeof *w);
    vt_status st;

    if (!w)
        return vt_nomem(list);
    w->parts = parts;
    w->list = list;
    w->arena = vt_arena_new(ARENA_BYTES);
    w->sheet = (vt_xlsx_sheet){.name = name, .list = list, .arena = w->arena};
    vt_buf_init(&w->part, VT_XLSX_PART_BYTES);
    vt_buf_init(&w->text, VT_XLSX_PART_BYTES);
    w->styles = w->arena ? vt_alloc_array(w->arena, STYLES, 1) : NULL;
    w->formats = w->arena ? vt_alloc_array(w->arena, STYLES, 1) : NULL;
    st = w->styles && w->formats ? read_workbook(w, out) : vt_nomem(list);
    vt_buf_free(&w->part);
    vt_buf_free(&w->text);
    vt_arena_free(w->arena);
    free(w);
    return st;
}
