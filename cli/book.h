/*
 * cli/book.h - registers, lists and statistics on paper and as spreadsheets.
 *
 * What is printed from the archive is a document like any other: rows of the
 * archive as a record (JSON) go into a model of templates/books/, which holds
 * all words, columns and widths.  The tree is composed and painted, or its
 * tables are taken as CSV or XLSX, so that all three say the same.
 */
#ifndef VT_CLI_BOOK_H
#define VT_CLI_BOOK_H

#include "cli/cli.h"

typedef enum vt_book_format { VT_AS_PDF, VT_AS_CSV, VT_AS_XLSX } vt_book_format;

/* --format; NULL: by the end of the file's name, else PDF. */
vt_status vt_cli_book_format(vt_cli *cli, const char *word, const char *path,
                             vt_book_format *out) VT_USED;

/* Merges `record` (released here) into the model "books/NAME" and makes the
   file's bytes; *pages (may be NULL) of a PDF: in, how many stand before its first, out, how
   many it has. */
vt_status vt_cli_book(vt_cli *cli, const char *name, json_t *record, vt_book_format format,
                      vt_buf *out, size_t *pages) VT_USED;

/* ----------------------------------------------------------- cli/sheet.c -- */

/*
 * The tables of a document as CSV (RFC 4180, UTF-8 with a BOM for Excel): the
 * first header row, then all rows.  A cell that a spreadsheet would take for a
 * formula (= + - @ at its head) gets an apostrophe before it.
 */
vt_status vt_sheet_csv(vt_cli *cli, const vt_doc *doc, vt_buf *out) VT_USED;
/* The same as XLSX, with the words around the tables; dates and whole numbers
   are such, everything else is text.  Byte-identical for identical input. */
vt_status vt_sheet_xlsx(vt_cli *cli, const vt_doc *doc, vt_buf *out) VT_USED;

#endif
