/*
 * cli/xlsx.h - libxlsxwriter, opened when a spreadsheet is wanted.
 *
 * It brings minizip and OpenSSL with it, whose loading would cost every other
 * command 3 ms.  The functions are those of xlsxwriter.h under their own names:
 * x->workbook_new(path).
 */
#ifndef VT_CLI_XLSX_H
#define VT_CLI_XLSX_H

#include "base/base.h"

#include <xlsxwriter.h>

#define VT_XLSX_FUNCTIONS(X)                                                                       \
    X(format_set_align)                                                                            \
    X(format_set_bold)                                                                             \
    X(format_set_border)                                                                           \
    X(format_set_font_name)                                                                        \
    X(format_set_font_size)                                                                        \
    X(format_set_num_format)                                                                       \
    X(format_set_text_wrap)                                                                        \
    X(lxw_strerror)                                                                                \
    X(lxw_workbook_free)                                                                           \
    X(workbook_add_format)                                                                         \
    X(workbook_add_worksheet)                                                                      \
    X(workbook_close)                                                                              \
    X(workbook_new)                                                                                \
    X(workbook_set_properties)                                                                     \
    X(worksheet_fit_to_pages)                                                                      \
    X(worksheet_freeze_panes)                                                                      \
    X(worksheet_merge_range)                                                                       \
    X(worksheet_repeat_rows)                                                                       \
    X(worksheet_set_column)                                                                        \
    X(worksheet_set_footer)                                                                        \
    X(worksheet_set_landscape)                                                                     \
    X(worksheet_set_paper)                                                                         \
    X(worksheet_write_blank)                                                                       \
    X(worksheet_write_datetime)                                                                    \
    X(worksheet_write_number)                                                                      \
    X(worksheet_write_string)

typedef struct vt_xlsx {
    void *library;
#define VT_XLSX_FIELD(name) __typeof__(&(name)) name; /* NOLINT(bugprone-macro-parentheses) */
    VT_XLSX_FUNCTIONS(VT_XLSX_FIELD)
#undef VT_XLSX_FIELD
} vt_xlsx;

/* VT_FAIL: not installed, or not the version compiled against. */
vt_status vt_xlsx_open(vt_findings *list, vt_xlsx *out) VT_USED;
void vt_xlsx_close(vt_xlsx *xlsx);

#endif
