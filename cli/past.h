/*
 * cli/past.h - an old register and its scans, on their way into the archive: columns
 * told by their headers, rows read, PDFs found by number, words taken out of PDFs.
 */
#ifndef VT_CLI_PAST_H
#define VT_CLI_PAST_H

#include "cli/cli.h"

/* ---------------------------------------------------------------- columns -- */

typedef enum vt_column {
    VT_COL_DESIGNATION, /* số, ký hiệu: "152/UBND-VX" */
    VT_COL_NUMBER,
    VT_COL_NOTATION,
    VT_COL_DATE,
    VT_COL_TITLE, /* tên loại và trích yếu */
    VT_COL_TYPE,
    VT_COL_SUBJECT,
    VT_COL_SIGNER,
    VT_COL_RECIPIENTS,
    VT_COL_KEEPERS, /* đơn vị, người nhận bản lưu */
    VT_COL_AMOUNT,
    VT_COL_NOTE,
    VT_COL_FILE,
    VT_COLUMNS_PAST,
    VT_COL_NONE = -1
} vt_column;

/* Which column a header is, with or without accents, or as a field's name. */
vt_column vt_past_column(vt_arena *arena, const char *header);

/* Folded, words parted by single spaces. */
char *vt_past_words_of(vt_arena *arena, const char *text);

/* Makes the lines above the header's (the title of the register) empty, so that lines
   keep their numbers. */
void vt_past_find_header(vt_arena *arena, vt_buf *text);

/* ------------------------------------------------------------------- rows -- */

/* One row of the register. */
typedef struct vt_past_row {
    int line;
    const char *cell[VT_COLUMNS_PAST];           /* "" for none */
    const char *number, *notation, *designation; /* "152", "UBND-VX", "152/UBND-VX" */
    vt_date date;
    const vt_type *type;
    const char *subject;
    const char *file;   /* the PDF; NULL: none */
    const char *voided; /* why its number is void; NULL: the row is a document's */
    const char *series; /* id, once it came in; NULL */
    int part;           /* behind which header of the file */
    bool refused;       /* it stands in the way, and left its number free */
} vt_past_row;

typedef struct vt_past_way {
    const char *file; /* the register, for findings */
    const vt_pack *pack;
    vt_system system;
    int year;            /* of dates without one; 0: none */
    const char *columns; /* "so-ky-hieu=ten-cot,..." */
} vt_past_way;

/* Cells into fields; what cannot be read is told with its line (NK-02 .. 04), a number that is
   held, too (NK-11). */
vt_status vt_past_read_row(vt_cli *cli, const vt_past_way *way, vt_past_row *row) VT_USED;

/* --------------------------------------------------------------- void rows -- */

/* Is a row whose number and type are read that of a void number, by its words?  Sets voided;
   NK-11 held. */
vt_status vt_past_read_void(vt_cli *cli, const vt_past_way *way, vt_past_row *row) VT_USED;

/* Which row in its part of the file says in which series and when the void number `at` stands:
   numbers go up or down there.  NULL: none; *several: two of different series do. */
const vt_past_row *vt_past_beside(const vt_past_row *rows, size_t count, size_t at, bool *several);

/* ------------------------------------------------------------------ files -- */

/* Finds the PDF of each row in a folder, by number.  NK-06 none (with `needed`), NK-07
   several, NK-09 (warning) one that is no row's. */
vt_status vt_past_match(vt_cli *cli, const char *register_file, const char *folder, bool needed,
                        vt_past_row *rows, size_t count) VT_USED;

/* The words of a PDF by pdftotext, run as a program within limits of time, memory and
   size; *pages.  False: it has none, or cannot be read; nothing is said. */
bool vt_pdf_words(const char *path, vt_buf *out, size_t *pages);

#endif
