/*
 * gen/data_csv.c - comma-separated values as spreadsheets write them: RFC 4180
 * with comma, semicolon or tab, told from the header line.
 */
#include "gen/data.h"
#include "gen/text.h"

#include <string.h>

typedef struct cursor {
    const char *at, *end;
    int line;
    char delimiter;
} cursor;

typedef struct csv_cell {
    const char *text;
    size_t len;
    int line;
    bool doubled;      /* holds "" for a quotation mark */
    bool last;         /* of its row */
    const char *wrong; /* what breaks the quoting; NULL: nothing */
} csv_cell;

static void skip_to_row_end(cursor *c) {
    while (c->at < c->end && *c->at != '\n')
        c->at++;
}

/* The closing quotation mark, or NULL.  Counts lines on the way. */
static const char *quoted_end(cursor *c, bool *doubled) {
    for (const char *p = c->at; p < c->end; p++) {
        if (*p == '\n')
            c->line++;
        if (*p != '"')
            continue;
        if (p + 1 == c->end || p[1] != '"')
            return p;
        *doubled = true;
        p++;
    }
    return NULL;
}

static void quoted_cell(cursor *c, csv_cell *out) {
    c->at++;
    const char *close = quoted_end(c, &out->doubled);
    out->text = c->at;
    if (!close) {
        out->wrong = "dấu ngoặc kép mở ra mà không đóng lại";
        c->at = c->end;
        return;
    }
    out->len = (size_t)(close - c->at);
    c->at = close + 1;
    if (c->at < c->end && *c->at != c->delimiter && *c->at != '\n') {
        out->wrong = "có chữ đứng sau dấu ngoặc kép đóng";
        skip_to_row_end(c);
    }
}

/* The next cell; the cursor ends up behind its delimiter or line end. */
static void next_cell(cursor *c, csv_cell *out) {
    *out = (csv_cell){.text = c->at, .line = c->line};
    if (c->at < c->end && *c->at == '"') {
        quoted_cell(c, out);
    } else {
        while (c->at < c->end && *c->at != c->delimiter && *c->at != '\n')
            c->at++;
        out->len = (size_t)(c->at - out->text);
    }
    out->last = c->at == c->end || *c->at == '\n';
    if (c->at < c->end) {
        c->line += *c->at == '\n';
        c->at++;
    }
}

/* Of white space only, whatever kind: it would give no value. */
static bool cell_empty(const csv_cell *cell) {
    const char *s = cell->text, *end = s + cell->len;

    for (size_t n; s < end; s += n)
        if ((n = vt_text_space(s, end)) == 0)
            return false;
    return true;
}

/* The cell's text; a copy where quotation marks were doubled. */
static const char *cell_text(vt_arena *arena, const csv_cell *cell, size_t *len) {
    *len = cell->len;
    if (!cell->doubled)
        return cell->text;
    char *copy = vt_alloc(arena, cell->len + 1);
    if (!copy)
        return NULL;
    size_t n = 0;
    for (size_t i = 0; i < cell->len; i++) {
        copy[n++] = cell->text[i];
        i += cell->text[i] == '"'; /* the other half of "" */
    }
    *len = n;
    return copy;
}

/* --------------------------------------------------------------- header -- */

/* What stands most often outside quotation marks of the first line; of equals
   tab before semicolon before comma. */
static char find_delimiter(const cursor *c) {
    static const char candidates[] = "\t;,";
    size_t count[3] = {0, 0, 0};
    bool quoted = false;
    for (const char *p = c->at; p < c->end && (quoted || *p != '\n'); p++) {
        if (*p == '"')
            quoted = !quoted;
        const char *hit = !quoted && *p ? strchr(candidates, *p) : NULL;
        if (hit)
            count[hit - candidates]++;
    }
    size_t best = 2;
    for (size_t i = 2; i-- > 0;)
        if (count[i] > 0 && count[i] >= count[best])
            best = i;
    return candidates[best];
}

static char *column_letter(vt_arena *arena, size_t column) {
    char letters[8];
    size_t at = sizeof letters;
    letters[--at] = 0;
    for (size_t n = column + 1; n > 0 && at > 0; n = (n - 1) / 26)
        letters[--at] = (char)('A' + (n - 1) % 26);
    return vt_strdup(arena, letters + at);
}

/* "B", as spreadsheets call the second column; NULL-safe for messages. */
static const char *letter(const vt_data *data, size_t column) {
    const char *s = column_letter(data->arena, column);
    return s ? s : "?";
}

static vt_status check_collision(const vt_data *data, size_t n, int line, vt_findings *list) {
    for (size_t i = 0; i < n; i++)
        if (data->columns[i] && strcmp(data->columns[i], data->columns[n]) == 0)
            return vt_bad(list, "DL-03", vt_data_place(data, line, data->columns[n]),
                          "Đổi tên một trong hai cột.",
                          "Cột %s “%s” và cột %s “%s” cùng thành trường “%s”.", letter(data, i),
                          data->headers[i], letter(data, n), data->headers[n], data->columns[n]);
    return VT_OK;
}

static vt_status add_column(vt_data *data, const csv_cell *cell, vt_findings *list) {
    size_t n = data->column_count++, len;
    const char *text = cell_text(data->arena, cell, &len);
    data->headers[n] = text ? vt_strndup(data->arena, text, len) : NULL;
    char *name = data->headers[n] ? vt_data_name(data->arena, data->headers[n]) : NULL;
    if (!name)
        return vt_nomem(list);
    data->columns[n] = *name ? name : NULL;
    if (!*name && !cell_empty(cell))
        return vt_bad(list, "DL-03", vt_data_place(data, cell->line, NULL),
                      "Đặt tên cột bằng chữ, ví dụ “Họ và tên”.",
                      "Tên cột %s “%s” không có chữ hay số nào.", letter(data, n),
                      data->headers[n]);
    return *name ? check_collision(data, n, cell->line, list) : VT_OK;
}

static vt_status quoting(const vt_data *data, const csv_cell *cell, size_t column,
                         vt_findings *list) {
    return vt_bad(list, "DL-02", vt_data_place(data, cell->line, NULL),
                  "Dấu ngoặc kép trong ô phải viết đôi (\"\") và cả ô nằm giữa hai dấu ngoặc kép.",
                  "Ô ở cột %s: %s.", letter(data, column), cell->wrong);
}

static vt_status read_header(vt_data *data, cursor *c, vt_findings *list) {
    data->headers = vt_alloc_array(data->arena, VT_DATA_MAX_COLUMNS, sizeof *data->headers);
    data->columns = vt_alloc_array(data->arena, VT_DATA_MAX_COLUMNS, sizeof *data->columns);
    if (!data->headers || !data->columns)
        return vt_nomem(list);
    while (c->at < c->end && *c->at == '\n') { /* blank lines before the header */
        c->at++;
        c->line++;
    }
    c->delimiter = data->delimiter = find_delimiter(c);
    vt_status all = VT_OK;
    csv_cell cell;
    do {
        next_cell(c, &cell);
        if (cell.wrong)
            return quoting(data, &cell, data->column_count, list);
        if (data->column_count == VT_DATA_MAX_COLUMNS)
            return vt_bad(list, "DL-05", vt_data_place(data, cell.line, NULL),
                          "Bỏ bớt cột không dùng.", "Tệp có hơn %u cột.", VT_DATA_MAX_COLUMNS);
        vt_status st = add_column(data, &cell, list);
        if (st > all)
            all = st;
    } while (!cell.last && all != VT_FAIL);
    return all;
}

/* ----------------------------------------------------------------- rows -- */

static vt_status ragged(const vt_data *data, int line, size_t cells, vt_findings *list) {
    const char *remedy = "Kiểm tra dấu ngăn cách trong hàng; ô có dấu ngăn cách phải đặt giữa hai "
                         "dấu ngoặc kép.";
    if (cells > data->column_count)
        return vt_bad(list, "DL-04", vt_data_place(data, line, NULL), remedy,
                      "Hàng có %zu ô nhưng tiêu đề chỉ có %zu cột: thừa từ cột %s.", cells,
                      data->column_count, letter(data, data->column_count));
    return vt_bad(list, "DL-04", vt_data_place(data, line, NULL), remedy,
                  "Hàng chỉ có %zu ô trong khi tiêu đề có %zu cột: thiếu từ cột %s “%s”.", cells,
                  data->column_count, letter(data, cells),
                  data->columns[cells] ? data->columns[cells] : "");
}

static vt_status headless(const vt_data *data, const csv_cell *cell, size_t column,
                          vt_findings *list) {
    return vt_bad(list, "DL-03", vt_data_place(data, cell->line, NULL), "Đặt tên cho cột ấy.",
                  "Cột %s có số liệu mà không có tiêu đề.", letter(data, column));
}

/* Checks one row and notes where it stands; a blank one is passed over. */
static vt_status scan_row(vt_data *data, cursor *c, vt_findings *list) {
    const char *start = c->at;
    int line = c->line;
    size_t cells = 0;
    bool empty = true;
    vt_status st = VT_OK;
    csv_cell cell;
    do {
        next_cell(c, &cell);
        if (cell.wrong)
            return quoting(data, &cell, cells, list);
        if (!cell_empty(&cell)) {
            empty = false;
            if (!st && cells < data->column_count && !data->columns[cells])
                st = headless(data, &cell, cells, list);
        }
        cells++;
    } while (!cell.last);
    if (empty || st)
        return st;
    if (cells != data->column_count)
        return ragged(data, line, cells, list);
    return vt_data_add(data, (size_t)(start - data->text.data), line, NULL, list);
}

static vt_status build_row(const vt_data *data, const vt_record_at *record, vt_arena *arena,
                           vt_findings *list, vt_value **out) {
    cursor c = {data->text.data + record->at, data->text.data + data->text.len, record->line,
                data->delimiter};
    vt_value *first = NULL, **tail = &first;
    for (size_t i = 0; i < data->column_count; i++) {
        csv_cell cell;
        size_t len;
        next_cell(&c, &cell);
        if (cell.len == 0 || !data->columns[i])
            continue;
        const char *text = cell_text(arena, &cell, &len);
        vt_status st = text
                           ? vt_data_leaf(arena, data->columns[i], text, len, cell.line, list, tail)
                           : vt_nomem(list);
        if (st)
            return st;
        if (*tail)
            tail = &(*tail)->next;
    }
    *out = first;
    return VT_OK;
}

vt_status vt_data_read_csv(vt_data *data, vt_findings *list) {
    cursor c = {.at = data->text.data, .end = data->text.data + data->text.len, .line = 1};
    data->build = build_row;
    vt_status all = read_header(data, &c, list);
    unsigned errors = 0;
    while (!all && c.at < c.end && errors < VT_DATA_MAX_ERRORS) {
        vt_status st = scan_row(data, &c, list);
        if (st == VT_FAIL)
            return st;
        errors += st != VT_OK;
    }
    return errors ? VT_BAD : all;
}
