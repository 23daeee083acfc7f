/*
 * cli/merge.h - one run of `merge`: what making files (cmd_merge.c) and issuing
 * (merge_issue.c) share.
 */
#ifndef VT_CLI_MERGE_H
#define VT_CLI_MERGE_H

#include "cli/archive.h"

#define VT_MERGE_BYTES ((size_t)1 << 30) /* of one PDF */

typedef struct vt_merge_run {
    vt_cli *cli;
    vt_model *model;
    vt_data *data;
    vt_records *records; /* with --issue */
    const char *folder, *stem;
    vt_issuing how;
    bool keep_xml, issue;
    vt_arena *arena;  /* emptied for each record */
    vt_findings *all; /* those of every record; cli->list holds one record's */
    json_t *issued;   /* with --issue --json */
    size_t made, failed, known;
    size_t elsewhen;          /* of the known: issued with another date than --date */
    size_t otherwise;         /* ... with other files beside them than there are now */
    char first[64], last[64]; /* numbers given */
} vt_merge_run;

/* The file of a record; NULL: no memory. */
char *vt_merge_path(const vt_merge_run *run, vt_arena *arena, size_t record, const char *suffix);
/* The record's document, and with --xml its source beside the PDF to be.  `cli` is whose
   findings and arena are used. */
vt_status vt_merge_one(const vt_merge_run *run, vt_cli *cli, size_t record, vt_doc **out) VT_USED;
/* Findings about one record get its place in the data and go to run->all; `list` is emptied. */
void vt_merge_keep_findings(vt_merge_run *run, vt_findings *list, size_t record);
void vt_merge_progress(const vt_merge_run *run, size_t done);

/* Every record numbered and kept, in acts of many. */
vt_status vt_merge_issue(vt_merge_run *run) VT_USED;

#endif
