/*
 * gen/data_xlsx.h - a spreadsheet in three steps: parts out of a ZIP (data_xlsx_zip.c),
 * cells out of the parts (data_xlsx.c), lines of CSV out of the cells (data_xlsx_rows.c).
 *
 * Findings: DL-02 not readable, DL-05 too large, DL-06 (VT_FAIL) no libzip, DL-07 (warnings)
 * joined cells that are left out, or read in their first cell only.
 */
#ifndef VT_DATA_XLSX_H
#define VT_DATA_XLSX_H

#include "gen/gen.h"

#define VT_XLSX_REMEDY                                                                             \
    "Mở bằng Excel hoặc LibreOffice, lưu lại ở dạng .xlsx; hoặc lưu thành “CSV UTF-8”."

enum {
    VT_XLSX_PART_BYTES = VT_MAX_INPUT_BYTES,
    VT_XLSX_ROWS = 1 << 20,
    VT_XLSX_COLUMNS = 256,
    VT_XLSX_JOINS = 1 << 16
};

/* Where parts come from: the bytes of one into `out`, whose ceiling holds.  *there false: the
   workbook has no such part. */
typedef struct vt_xlsx_parts {
    vt_status (*read)(void *ctx, const char *path, vt_findings *list, vt_buf *out, bool *there);
    void *ctx;
} vt_xlsx_parts;

typedef struct vt_xlsx_cell {
    int row, column; /* from 0 */
    const char *text;
} vt_xlsx_cell;

typedef struct vt_xlsx_join {
    int row, column, last_row, last_column;
} vt_xlsx_join;

typedef struct vt_xlsx_sheet {
    const char *name; /* of the file, for findings */
    vt_findings *list;
    vt_arena *arena;
    vt_xlsx_cell *cells; /* as they come */
    size_t cell_count, cell_cap;
    vt_xlsx_join *joins;
    size_t join_count, join_cap;
    int width; /* columns */
} vt_xlsx_sheet;

/* The first sheet of a workbook as CSV. */
vt_status vt_xlsx_read(const vt_xlsx_parts *parts, const char *name, vt_findings *list,
                       vt_buf *out) VT_USED;

/* Cells and joins as CSV; what of the joined cells is not read is told.  Sorts the cells. */
vt_status vt_xlsx_rows(vt_xlsx_sheet *sheet, vt_buf *out) VT_USED;

/* "AB12" of a cell. */
typedef struct vt_xlsx_ref {
    char text[16];
} vt_xlsx_ref;
vt_xlsx_ref vt_xlsx_name(int row, int column);

#endif
