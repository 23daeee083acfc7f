/* records/series.h - series inside of an act: which one a document numbers in. */
#ifndef VT_SERIES_H
#define VT_SERIES_H

#include "records/store.h"

typedef struct vt_series_row {
    int64_t id, issuer; /* issuer: whose books they are */
    const char *uid, *book, *period;
    int64_t first;
    bool suffixes, open;
} vt_series_row;

/* The series of a document of this issuer and date; opened when it is not there
   yet.  SO-07 closed, SO-15 no term holds the date. */
vt_status vt_series_use(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                        const vt_issue *request, const char *date, vt_series_row *out) VT_USED;

/* The series of a book and date, open or closed; opened when it is not there yet. */
vt_status vt_series_of_book(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                            const vt_issue *request, const char *date, vt_series_row *out) VT_USED;

/* A series as people name it: "van-ban/2026", or its id; of `issuer` (words of
   the name; NULL: the only one).  SO-16. */
vt_status vt_series_named(vt_records *r, vt_findings *list, vt_arena *arena, const char *issuer,
                          const char *reference, vt_series_row *out) VT_USED;
/* What a book may be called in commands: SO-20. */
vt_status vt_book_check(vt_findings *list, const char *book) VT_USED;
/* The issuer of these words: its name, or in its name, or in its superior's;
   NULL: the only one.  SO-16. */
vt_status vt_issuer_named(vt_records *r, vt_findings *list, const char *words,
                          int64_t *out) VT_USED;

/* Terms and congresses of an issuer; 0: of all. */
vt_status vt_terms_list(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                        vt_term **out, size_t *count) VT_USED;

/* vt_records_series of one series ("van-ban", "van-ban/2026", an id; NULL: all); its numbers
   counted, or last, last_date and the counts left 0 and "". */
vt_status vt_series_list(vt_records *r, const char *issuer, const char *series, bool counted,
                         vt_arena *arena, vt_findings *list, vt_series **out,
                         size_t *count) VT_USED;

/* ------------------------------------------------------------- numbers.c -- */

/* A number on its way to a document. */
typedef struct vt_number_row {
    int64_t id; /* of a reserved row; 0: a new one */
    int64_t number;
    char suffix[8], text[40]; /* "152a" */
    const char *disorder;     /* why its date may run backwards; "" */
} vt_number_row;

/* Next, or the one asked for; checked against dates, reservations, notation.
   SO-03, SO-11, SO-17, SO-19. */
vt_status vt_number_pick(vt_records *r, vt_findings *list, const vt_series_row *series,
                         const vt_issue *request, const char *date, vt_number_row *out) VT_USED;
/* The row of a number that is now used. */
vt_status vt_number_use(vt_records *r, vt_findings *list, const vt_series_row *series,
                        const vt_issue *request, const char *date, vt_number_row *number) VT_USED;
/* A new row, or one held, is void, and the log says so. */
vt_status vt_number_void(vt_records *r, vt_findings *list, const vt_series_row *series,
                         const vt_number_row *number, const char *reason) VT_USED;
/* One an old register has as void; *existing: it is void already.  SO-17, SO-19. */
vt_status vt_number_void_past(vt_records *r, vt_findings *list, const vt_series_row *series,
                              const char *number, const char *reason, bool *existing) VT_USED;

#endif
