/* records/dossiers.h - dossiers inside of an act: found, stepped, loaded. */
#ifndef VT_DOSSIERS_H
#define VT_DOSSIERS_H

#include "records/dossier.h"
#include "records/store.h"

/* The date of entry e's document d or received document c. */
#define VT_ENTRY_DATE                                                                              \
    "CASE WHEN e.document_id IS NOT NULL THEN d.date WHEN c.date <> '' THEN c.date ELSE "          \
    "c.arrival_date END"
#define VT_ENTRY_PAGES "CASE WHEN e.document_id IS NOT NULL THEN d.pages ELSE c.pages END"
#define VT_ENTRY_JOINS                                                                             \
    "FROM dossier_entry e LEFT JOIN document d ON d.document_id = e.document_id LEFT JOIN "        \
    "received c ON c.received_id = e.received_id "

typedef struct vt_dossier_row {
    int64_t id, issuer;
    vt_dossier d;
} vt_dossier_row;

/* The one meant, or HS-01, HS-02. */
vt_status vt_dossier_find(vt_records *r, const vt_dossier_ref *which, vt_arena *arena,
                          vt_findings *list, vt_dossier_row *out) VT_USED;
/* A code, or code and year, as it is written: found whatever its case, signs, spaces and form of
   Unicode; *out NULL: none such. */
vt_status vt_dossier_written(vt_records *r, const char *typed, vt_arena *arena, vt_findings *list,
                             const char **out) VT_USED;
/* The same, still open for changes, or HS-05. */
vt_status vt_dossier_find_open(vt_records *r, const vt_dossier_ref *which, const char *act,
                               vt_arena *arena, vt_findings *list, vt_dossier_row *out) VT_USED;
/* Why an act is not to be done now: HS-05. */
vt_status vt_dossier_not_now(vt_findings *list, const vt_dossier *d, const char *act) VT_USED;
/* A reason that must be there: HS-10. */
vt_status vt_dossier_reason(vt_findings *list, const vt_dossier *d, const char *act,
                            const char *reason) VT_USED;

/* The code of a period of retention, "20 năm", "Vĩnh viễn"; made where it is new; NULL for
   none.  HS-04. */
vt_status vt_retention_find(vt_records *r, vt_findings *list, vt_arena *arena, const char *text,
                            const char **out) VT_USED;

/* The row of a step: before what it changes, which the tables allow only behind it. */
vt_status vt_dossier_step_add(vt_records *r, vt_findings *list, const vt_dossier_row *row,
                              const char *act, int64_t entry, const char *note) VT_USED;
/* Its line in the log, behind what it changed (store.h: the line has the hash of the rows);
   `detail` is taken over. */
vt_status vt_dossier_log(vt_records *r, vt_findings *list, const vt_dossier_row *row,
                         const char *act, const char *note, json_t *detail) VT_USED;

/* Its documents by ordinal, and the steps. */
vt_status vt_dossier_entries(vt_records *r, vt_arena *arena, vt_findings *list,
                             const vt_dossier_row *row, vt_dossier_view *out) VT_USED;
/* Sheets as written at the documents ("1-3"); 0: not at all of them. */
int64_t vt_dossier_sheets(const vt_dossier_view *view);
/* Hash over the list of documents; NULL without memory. */
const char *vt_dossier_hash(vt_arena *arena, const vt_dossier_view *view);

/* Is the list of one that is not open what it was when it was closed?  HS-18. */
vt_status vt_dossier_as_closed(vt_findings *list, vt_arena *arena,
                               const vt_dossier_view *view) VT_USED;

/* Puts a received document in; *ordinal. */
vt_status vt_dossier_put_received(vt_records *r, const vt_dossier_row *row, int64_t received,
                                  const char *id, const char *name, const char *sheets,
                                  vt_findings *list, int64_t *ordinal) VT_USED;

/* Words that must be there: HS-16. */
vt_status vt_dossier_needed(vt_findings *list, const char *what, const char *text) VT_USED;

/* Begins an act, or goes on with the caller's; vt_dossier_end commits its own, or
   takes it back when st is not VT_OK. */
vt_status vt_dossier_begin(vt_records *r, vt_findings *list, bool *own) VT_USED;
vt_status vt_dossier_end(vt_records *r, vt_findings *list, bool own, vt_status st) VT_USED;

#endif
