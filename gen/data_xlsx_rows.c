/*
 * gen/data_xlsx_rows.c - cells as lines of CSV, and what becomes of joined ones.
 *
 * Row N of the sheet is line N of the CSV, so that findings name rows people see; a line
 * break inside a cell becomes a space for that reason.
 *
 * A joined cell has its text in its first cell, as spreadsheet programs save it.  One over three
 * columns and more that stands alone in its rows is a title or a note, no row of the table: it is
 * left out.  Both are told wherever text is not read for a cell that it covers.
 */
#include "gen/data_xlsx.h"

#include "gen/text.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE_COLUMNS = 3, TOLD = 20 };

static int in_order(const void *a, const void *b) {
    const vt_xlsx_cell *x = a, *y = b;

    return x->row != y->row ? (x->row > y->row) - (x->row < y->row)
                            : (x->column > y->column) - (x->column < y->column);
}

/* The first cell at or behind a place. */
static size_t cell_from(const vt_xlsx_sheet *s, int row, int column) {
    const vt_xlsx_cell key = {row, column, NULL};
    size_t low = 0, high = s->cell_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (in_order(&s->cells[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ------------------------------------------------------------------- joins -- */

static vt_status tell(const vt_xlsx_sheet *s, const vt_xlsx_join *j, const char *text, bool title) {
    vt_xlsx_ref first = vt_xlsx_name(j->row, j->column);
    vt_xlsx_ref last = vt_xlsx_name(j->last_row, j->last_column);
    vt_place place = {.file = s->name, .line = j->row + 1};
    char clipped[VT_CLIP];

    vt_text_clip(text, strlen(text), clipped);
    if (title)
        return vt_warn(s->list, "DL-07", place, "Là số liệu thì bỏ gộp ô rồi lưu lại.",
                       "Ô gộp %s:%s “%s” đứng một mình trong hàng: coi là tiêu đề hay ghi chú, "
                       "không đọc.",
                       first.text, last.text, clipped);
    return vt_warn(s->list, "DL-07", place,
                   "Bỏ gộp ô rồi ghi vào từng ô; tiêu đề của bảng nằm trên một hàng, mỗi cột một "
                   "ô.",
                   "Ô gộp %s:%s “%s” chỉ được đọc ở ô %s; các ô khác của nó coi là trống.",
                   first.text, last.text, clipped, first.text);
}

/* Is there a cell that the text stands for without being read there? */
static bool stands_for_more(const vt_xlsx_sheet *s, const vt_xlsx_join *j, const bool *used) {
    if (cell_from(s, j->row + 1, 0) < cell_from(s, j->last_row + 1, 0))
        return true;
    for (int column = j->column + 1; column <= j->last_column && column < s->width; column++)
        if (used[column])
            return true;
    return false;
}

/* Which joins are titles, and in which columns something stands. */
static void look(const vt_xlsx_sheet *s, bool *titles, bool *used) {
    for (size_t i = 0; i < s->join_count; i++) {
        const vt_xlsx_join *j = &s->joins[i];
        size_t at = cell_from(s, j->row, 0);

        titles[i] = j->last_column - j->column >= TITLE_COLUMNS - 1 && at < s->cell_count &&
                    s->cells[at].row == j->row && s->cells[at].column == j->column &&
                    cell_from(s, j->last_row + 1, 0) == at + 1;
    }
    for (size_t i = 0; i < s->cell_count; i++)
        used[s->cells[i].column] = true;
}

static vt_status settle_joins(vt_xlsx_sheet *s) {
    bool used[VT_XLSX_COLUMNS] = {false};
    bool *titles = s->join_count ? vt_alloc_array(s->arena, s->join_count, sizeof *titles) : NULL;
    size_t told = 0;
    vt_status st = VT_OK;

    if (!s->join_count)
        return VT_OK;
    if (!titles)
        return vt_nomem(s->list);
    look(s, titles, used);
    for (size_t i = 0; !st && i < s->join_count; i++) {
        const vt_xlsx_join *j = &s->joins[i];
        size_t at = cell_from(s, j->row, j->column);
        vt_xlsx_cell *cell = at < s->cell_count ? &s->cells[at] : NULL;

        if (!cell || cell->row != j->row || cell->column != j->column || !cell->text ||
            (!titles[i] && !stands_for_more(s, j, used)))
            continue;
        if (told++ < TOLD)
            st = tell(s, j, cell->text, titles[i]);
        if (titles[i])
            cell->text = NULL;
    }
    if (!st && told > TOLD)
        st = vt_warn(s->list, "DL-07", (vt_place){.file = s->name}, "Bỏ gộp ô trong bảng.",
                     "Còn %zu ô gộp nữa không được đọc hết.", told - TOLD);
    return st;
}

/* --------------------------------------------------------------------- CSV -- */

static void put_cell(vt_buf *out, const char *text) {
    vt_buf_putc(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            vt_buf_putc(out, '"');
        vt_buf_putc(out, strchr("\r\n\t", *text) ? ' ' : *text);
    }
    vt_buf_putc(out, '"');
}

/* Every row as wide as the widest; one without cells is an empty line. */
static void put_rows(const vt_xlsx_sheet *s, vt_buf *out) {
    int row = 0;

    for (size_t i = 0; i < s->cell_count && !vt_buf_failed(out);) {
        if (!s->cells[i].text) { /* a title, alone in its row */
            i++;
            continue;
        }
        for (; row < s->cells[i].row; row++)
            vt_buf_putc(out, '\n');
        for (int column = 0; column < s->width; column++) {
            if (column)
                vt_buf_putc(out, ',');
            if (i < s->cell_count && s->cells[i].row == row && s->cells[i].column == column)
                put_cell(out, s->cells[i++].text);
        }
        vt_buf_putc(out, '\n');
        row++;
    }
}

static vt_status told_twice(const vt_xlsx_sheet *s) {
    for (size_t i = 1; i < s->cell_count; i++)
        if (in_order(&s->cells[i - 1], &s->cells[i]) == 0)
            return vt_bad(s->list, "DL-02", (vt_place){.file = s->name}, VT_XLSX_REMEDY,
                          "Không đọc được bảng tính: có hai ô cùng là %s.",
                          vt_xlsx_name(s->cells[i].row, s->cells[i].column).text);
    return VT_OK;
}

vt_status vt_xlsx_rows(vt_xlsx_sheet *sheet, vt_buf *out) {
    vt_status st;

    if (sheet->cell_count)
        qsort(sheet->cells, sheet->cell_count, sizeof *sheet->cells, in_order);
    st = told_twice(sheet);
    if (!st)
        st = settle_joins(sheet);
    if (st)
        return st;
    put_rows(sheet, out);
    if (!vt_buf_failed(out))
        return VT_OK;
    return vt_bad(sheet->list, "DL-05", (vt_place){.file = sheet->name},
                  "Chia bảng tính thành nhiều tệp.", "Bảng tính quá lớn.");
}
