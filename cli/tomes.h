/*
 * cli/tomes.h - a register too long for one file, in parts to be bound (tập): so-tap-1.pdf,
 * so-tap-2.pdf ...  All of them are made before any is written, so that a volume is closed only
 * when it can be printed.
 */
#ifndef VT_CLI_TOMES_H
#define VT_CLI_TOMES_H

#include "cli/book.h"

enum {
    VT_TOME_ROWS = 10000,    /* at most, unless fewer are asked for */
    VT_TOME_BYTES = 6 << 20, /* of the words of its rows: a record of data is at most 16 MiB, in
                                which they are escaped */
    VT_TOMES_MOST = 1000
};

typedef struct vt_tomes {
    const char *model, *output;
    vt_book_format format;
    size_t count, pages;
    const char *names[VT_TOMES_MOST];
    vt_buf bytes[VT_TOMES_MOST];
    size_t file_pages[VT_TOMES_MOST]; /* of a PDF */
} vt_tomes;

/* --per-file of a register: SO-24. */
vt_status vt_tomes_rows(vt_cli *cli, int rows) VT_USED;

/* One more: what `record` makes goes into the model, with page numbers that go on; its memory
   is given back.  `parted`: it is not the only one (SO-24 where those cannot be written).
   Lines of CSV go on in the one file. */
typedef json_t *vt_tome_record(vt_cli *cli, void *ctx);
vt_status vt_tomes_add(vt_cli *cli, vt_tomes *tomes, bool parted, vt_tome_record *record,
                       void *ctx) VT_USED;

/* Their names; may they be written? */
vt_status vt_tomes_name(vt_cli *cli, vt_tomes *tomes) VT_USED;

/* Writes them and says so.  What an earlier, longer or shorter, run has left beside them is no
   part of this register any more: it is named (SO-26, a warning). */
vt_status vt_tomes_write(vt_cli *cli, vt_tomes *tomes) VT_USED;
void vt_tomes_free(vt_tomes *tomes); /* the bytes; NULL is allowed */

#endif
