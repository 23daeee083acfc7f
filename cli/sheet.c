/* cli/sheet.c - the tables of a document as CSV and XLSX. */

#include "cli/book.h"
#include "cli/xlsx.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { COLUMNS_MOST = 100, CELL_CHARS = 32767 };

static size_t header_rows(const vt_node *table) {
    const char *n = vt_attr_get(table, VT_AT_HEADER_ROWS);

    return n ? (size_t)strtoul(n, NULL, 10) : 0;
}

static size_t span_of(const vt_node *cell) {
    const char *n = vt_attr_get(cell, VT_AT_COLSPAN);
    size_t span = n ? (size_t)strtoul(n, NULL, 10) : 1;

    return span && span <= COLUMNS_MOST ? span : 1;
}

static const char *words_of(vt_cli *cli, const vt_node *node) {
    const char *text = vt_node_text(cli->arena, node, '\n');

    return text ? text : "";
}

/* -------------------------------------------------------------------- CSV -- */

/* Would a spreadsheet compute it?  A bare number is only a number. */
static bool formula(const char *text) {
    return *text && strchr("=+-@\t\r", *text) &&
           !(*text == '-' && text[1] && text[1 + strspn(text + 1, "0123456789")] == '\0');
}

static void csv_cell(vt_buf *out, const char *text) {
    bool quoted = strpbrk(text, ",;\"\r\n\t") || *text == ' ' || formula(text);

    if (!quoted) {
        vt_buf_puts(out, text);
        return;
    }
    vt_buf_puts(out, formula(text) ? "\"'" : "\"");
    for (; *text; text++)
        if (*text == '"')
            vt_buf_puts(out, "\"\"");
        else
            vt_buf_putc(out, *text);
    vt_buf_putc(out, '"');
}

static void csv_row(vt_cli *cli, const vt_node *row, vt_buf *out) {
    for (const vt_node *cell = vt_child(row, VT_CELL); cell; cell = vt_next_same(cell)) {
        if (cell->prev)
            vt_buf_putc(out, ',');
        csv_cell(out, words_of(cli, cell));
        for (size_t i = 1; i < span_of(cell); i++)
            vt_buf_putc(out, ',');
    }
    vt_buf_puts(out, "\r\n");
}

vt_status vt_sheet_csv(vt_cli *cli, const vt_doc *doc, vt_buf *out) {
    const vt_node *body = vt_child(doc->root, VT_BODY);
    bool headed = false;

    vt_buf_puts(out, "\xEF\xBB\xBF");
    for (const vt_node *t = vt_child(body, VT_TABLE); t; t = vt_next_same(t)) {
        size_t heads = header_rows(t), n = 0;
        for (const vt_node *row = vt_child(t, VT_ROW); row; row = vt_next_same(row), n++)
            if (n >= heads || (n == 0 && !headed))
                csv_row(cli, row, out);
        headed = true;
    }
    return vt_buf_failed(out) || vt_arena_failed(cli->arena) ? vt_nomem(cli->list) : VT_OK;
}

/* ------------------------------------------------------------------- XLSX -- */

typedef struct book {
    vt_cli *cli;
    vt_xlsx x;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *title, *middle, *head, *text, *number, *date, *foot;
    lxw_row_t row;
    lxw_col_t columns;
    lxw_error error;
} book;

static lxw_format *format(book *b, bool bold, uint8_t align, bool grid, const char *number) {
    lxw_format *f = b->x.workbook_add_format(b->workbook);

    if (!f)
        return NULL;
    b->x.format_set_font_name(f, "Times New Roman");
    b->x.format_set_font_size(f, 12);
    b->x.format_set_align(f, align);
    b->x.format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    b->x.format_set_text_wrap(f);
    if (bold)
        b->x.format_set_bold(f);
    if (grid)
        b->x.format_set_border(f, LXW_BORDER_THIN);
    if (number)
        b->x.format_set_num_format(f, number);
    return f;
}

static bool make_formats(book *b) {
    b->title = format(b, true, LXW_ALIGN_CENTER, false, NULL);
    b->middle = format(b, false, LXW_ALIGN_CENTER, false, NULL);
    b->head = format(b, true, LXW_ALIGN_CENTER, true, NULL);
    b->text = format(b, false, LXW_ALIGN_LEFT, true, "@");
    b->number = format(b, false, LXW_ALIGN_CENTER, true, "0");
    b->date = format(b, false, LXW_ALIGN_CENTER, true, "dd/mm/yyyy");
    b->foot = format(b, false, LXW_ALIGN_LEFT, false, NULL);
    if (b->title)
        b->x.format_set_font_size(b->title, 16);
    return b->title && b->middle && b->head && b->text && b->number && b->date && b->foot;
}

static void failed(book *b, lxw_error error) {
    if (!b->error)
        b->error = error;
}

/* So many digits, or -1. */
static int digits(const char *text, size_t n) {
    int value = 0;

    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* "05/03/2026" */
static bool as_date(const char *text, lxw_datetime *out) {
    char iso[11];
    vt_date date;

    if (strlen(text) != 10 || text[2] != '/' || text[5] != '/' || digits(text, 2) < 0 ||
        digits(text + 3, 2) < 0 || digits(text + 6, 4) < 1900)
        return false;
    snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", text + 6, text + 3, text);
    if (!vt_date_parse(iso, &date))
        return false;
    *out = (lxw_datetime){.year = date.year, .month = date.month, .day = date.day};
    return true;
}

/* A whole number as people write one: not "007", not what is longer than a count. */
static bool as_number(const char *text, int *out) {
    size_t n = strlen(text);

    *out = n && n < 10 && (text[0] != '0' || n == 1) ? digits(text, n) : -1;
    return *out >= 0;
}

static void put_cell(book *b, lxw_col_t column, const char *text, bool head) {
    lxw_datetime date;
    int number;

    if (head)
        failed(b, b->x.worksheet_write_string(b->sheet, b->row, column, text, b->head));
    else if (!*text)
        failed(b, b->x.worksheet_write_blank(b->sheet, b->row, column, b->text));
    else if (as_date(text, &date))
        failed(b, b->x.worksheet_write_datetime(b->sheet, b->row, column, &date, b->date));
    else if (as_number(text, &number))
        failed(b, b->x.worksheet_write_number(b->sheet, b->row, column, number, b->number));
    else
        failed(b, b->x.worksheet_write_string(b->sheet, b->row, column, text, b->text));
}

static void put_row(book *b, const vt_node *row, bool head) {
    lxw_col_t column = 0;

    for (const vt_node *cell = vt_child(row, VT_CELL); cell; cell = vt_next_same(cell)) {
        const lxw_col_t span = (lxw_col_t)span_of(cell);
        put_cell(b, column, words_of(b->cli, cell), head);
        for (lxw_col_t i = 1; i < span; i++)
            put_cell(b, (lxw_col_t)(column + i), "", head);
        if (span > 1)
            failed(b, b->x.worksheet_merge_range(b->sheet, b->row, column, b->row,
                                                 (lxw_col_t)(column + span - 1),
                                                 words_of(b->cli, cell), head ? b->head : b->text));
        column = (lxw_col_t)(column + span);
    }
    b->row++;
}

static void put_line(book *b, const vt_node *node, lxw_format *how) {
    const char *text = words_of(b->cli, node);

    if (b->columns > 1)
        failed(b, b->x.worksheet_merge_range(b->sheet, b->row, 0, b->row,
                                             (lxw_col_t)(b->columns - 1), text, how));
    else
        failed(b, b->x.worksheet_write_string(b->sheet, b->row, 0, text, how));
    b->row++;
}

static void put_table(book *b, const vt_node *table, bool first) {
    const size_t heads = header_rows(table);
    const lxw_row_t top = b->row;
    size_t n = 0;

    for (const vt_node *row = vt_child(table, VT_ROW); row; row = vt_next_same(row))
        put_row(b, row, n++ < heads);
    if (first && heads) {
        b->x.worksheet_freeze_panes(b->sheet, (lxw_row_t)(top + heads), 0);
        failed(b, b->x.worksheet_repeat_rows(b->sheet, top, (lxw_row_t)(top + heads - 1)));
    }
}

/* Widths of the page in per cent; a page across holds about 130 characters. */
static void set_columns(book *b, const vt_node *table) {
    const char *widths = vt_attr_get(table, VT_AT_WIDTHS);

    for (const vt_node *cell = vt_child(vt_child(table, VT_ROW), VT_CELL); cell;
         cell = vt_next_same(cell)) {
        char *end = NULL;
        double width = widths ? strtod(widths, &end) : 0;
        for (size_t i = 0; i < span_of(cell); i++, b->columns++)
            failed(b, b->x.worksheet_set_column(b->sheet, b->columns, b->columns,
                                                width > 0 ? width * 1.3 : 14, NULL));
        widths = end;
    }
}

static void put_all(book *b, const vt_doc *doc) {
    const vt_node *body = vt_child(doc->root, VT_BODY), *table = vt_child(body, VT_TABLE);
    const vt_node *issuer = vt_child(doc->root, VT_ISSUER);
    bool tables = false;

    if (table)
        set_columns(b, table);
    for (const vt_node *n = issuer ? issuer->first : NULL; n; n = n->next)
        put_line(b, n, b->middle);
    for (const vt_node *n = doc->root->first; n; n = n->next)
        if (n->el == VT_TITLE || n->el == VT_SUBJECT)
            put_line(b, n, n->el == VT_TITLE ? b->title : b->middle);
    for (const vt_node *n = body->first; n; n = n->next)
        if (n->el == VT_TABLE) {
            put_table(b, n, !tables);
            tables = true;
        } else if (n->el == VT_P) {
            put_line(b, n, tables ? b->foot : b->middle);
        }
}

static void set_page(book *b) {
    lxw_doc_properties properties = {.created = 946684800}; /* no clock: same input, same bytes */

    b->x.worksheet_set_landscape(b->sheet);
    b->x.worksheet_set_paper(b->sheet, 9); /* A4 */
    b->x.worksheet_fit_to_pages(b->sheet, 1, 0);
    b->x.worksheet_set_footer(b->sheet, "&C&P");
    failed(b, b->x.workbook_set_properties(b->workbook, &properties));
}

static vt_status not_made(vt_cli *cli, const char *why) {
    return vt_fail(cli->list, "CLI-22", (vt_place){0},
                   "Kiểm tra chỗ trống của thư mục tạm ($TMPDIR), hoặc dùng --format csv.",
                   "Không làm được tệp XLSX: %s.", why);
}

static vt_status fill_book(book *b, const vt_doc *doc, const char *path) {
    lxw_error closed;

    b->workbook = b->x.workbook_new(path);
    b->sheet = b->workbook ? b->x.workbook_add_worksheet(b->workbook, NULL) : NULL;
    if (!b->sheet || !make_formats(b)) {
        if (b->workbook)
            b->x.lxw_workbook_free(b->workbook);
        return vt_nomem(b->cli->list);
    }
    put_all(b, doc);
    set_page(b);
    closed = b->x.workbook_close(b->workbook); /* frees it, too */
    if (vt_arena_failed(b->cli->arena))
        return vt_nomem(b->cli->list);
    failed(b, closed);
    return b->error ? not_made(b->cli, b->x.lxw_strerror(b->error)) : VT_OK;
}

static vt_status write_book(vt_cli *cli, const vt_doc *doc, const char *path) {
    book b = {.cli = cli};
    vt_status st = vt_xlsx_open(cli->list, &b.x);

    if (st)
        return st;
    st = fill_book(&b, doc, path);
    vt_xlsx_close(&b.x);
    return st;
}

/* libxlsxwriter writes files only: by way of one that has no name for long. */
vt_status vt_sheet_xlsx(vt_cli *cli, const vt_doc *doc, vt_buf *out) {
    const char *tmp = getenv("TMPDIR");
    char *path = vt_printf(cli->arena, "%s/vanthu-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    int fd = path ? mkstemp(path) : -1;
    vt_status st;

    if (fd < 0)
        return path ? not_made(cli, vt_error_text(errno)) : vt_nomem(cli->list);
    close(fd);
    st = write_book(cli, doc, path);
    if (!st)
        st = vt_file_read(path, (size_t)1 << 30, out, cli->list);
    unlink(path);
    return st;
}
