/* records/fsck.h - the parts of vt_records_fsck. */
#ifndef VT_FSCK_H
#define VT_FSCK_H

#include "records/store.h"

/* Rows that are read at a time: what a store answers is in memory as a whole. */
enum { VT_FSCK_PAGE = 200 };

typedef struct vt_inspection {
    vt_records *r;
    vt_arena *arena;
    vt_findings *list;
    const vt_fsck *how;
    vt_fsck_report *report;
    vt_status worst;
} vt_inspection;

/* One thing that is wrong; past some only their number counts. */
void vt_fsck_wrong(vt_inspection *c, const char *id, const char *at, const char *remedy,
                   const char *what);
/* ... that proves nothing wrong, but that somebody should see. */
void vt_fsck_strange(vt_inspection *c, const char *at, const char *remedy, const char *what);

/* The remedy `here`, or for where it can be done when nothing can be written: "Làm lại: vanthu
   fsck --repair." and what follows the command. */
const char *vt_fsck_mend(const vt_inspection *c, const char *here, const char *with);

/* Rows against the log: every object, what is configured, numbers held and void, heads
   that were given out.  records/fsck_rows.c */
vt_status vt_fsck_rows(vt_inspection *c) VT_USED;

/* Every file against its hash and its row; what stands in the folder besides.
   records/fsck_files.c */
vt_status vt_fsck_files(vt_inspection *c) VT_USED;

#endif
