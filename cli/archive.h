/*
 * cli/archive.h - the archive as commands use it: opening it as the person at
 * the keyboard, issuing a document into it, showing records.
 */
#ifndef VT_CLI_ARCHIVE_H
#define VT_CLI_ARCHIVE_H

#include "cli/cli.h"
#include "records/records.h"

/* Clock, chance and the system user's name. */
vt_records_options vt_cli_archive_options(vt_cli *cli, bool read_only);
vt_status vt_cli_archive_open(vt_cli *cli, bool read_only, vt_records **out) VT_USED;
/* Where a file of the archive stands, by the path its record gives (not ""). */
const char *vt_cli_kept_path(vt_cli *cli, const char *path);

/* -------------------------------------------------------------- issuing -- */

/* What `issue` and `merge --issue` share; filled by options. */
typedef struct vt_issuing {
    vt_date date;          /* --date; year 0: the document's */
    const char *overrides; /* --override: rule ids, with commas */
    const char *reason;    /* --reason */
    const char *again;     /* --again */
    const char *number;    /* --number */
    bool new_issuer;       /* --new-issuer */
    vt_make make;
} vt_issuing;

/* May the annexes' files be written beside `out` (NULL: they are not)?  Before
   anything is made. */
vt_status vt_cli_parts_target(vt_cli *cli, const vt_doc *doc, const char *out,
                              const char *source) VT_USED;
/* Copies of the archived annexes' files beside `out`; *found is how many more. */
vt_status vt_cli_parts_out(vt_cli *cli, vt_records *records, const char *id, const char *out,
                           size_t *found) VT_USED;

/* Two options are refused without the third: --override without --reason. */
vt_status vt_cli_issuing_check(vt_cli *cli, const vt_issuing *how) VT_USED;

/* What is issued once: a hash of the document as it was before it got a date
   and a number.  `nth` tells equal rows of one merge apart (from 1). */
char *vt_cli_issue_key(vt_cli *cli, vt_arena *arena, const vt_doc *doc, size_t nth);

/* Brings it in as a draft (vt_records_draft). */
vt_status vt_cli_draft(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                       bool new_issuer, vt_record **out) VT_USED;

/* A document that waits for its number: dated, checked, with what the archive wants to
   know of it.  request points into it: it stays where it is. */
typedef struct vt_ready {
    vt_doc *doc;
    const vt_pack *pack;
    const vt_make *make;
    vt_meta meta;
    char pack_hash[65];
    vt_issue request;
} vt_ready;

/* Everything before the lock.  `records` answers the checker's questions; `how` and `key`
   are kept. */
vt_status vt_cli_ready(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                       const vt_issuing *how, vt_arena *arena, vt_ready *ready) VT_USED;

/* What is made with the number; files are borrowed from it. */
typedef struct vt_numbered {
    vt_issued_files files;
    vt_buf pdf, source;
    vt_buf *parts; /* of annexes in files of their own */
    size_t part_count;
    vt_beside *beside; /* files.beside, as they come */
    size_t beside_cap;
} vt_numbered;

void vt_numbered_init(vt_numbered *numbered);
void vt_numbered_free(vt_numbered *numbered);
/* number -> compose -> paint, instead of what was in it.  Works on the engine and on the
   document alone, so that it may be another thread's than the archive's. */
vt_status vt_cli_number(vt_engine *engine, const vt_ready *ready, const char *number,
                        vt_arena *arena, vt_findings *list, vt_numbered *out) VT_USED;

/*
 * check -> number -> compose -> paint -> archive.  The PDF that was archived
 * is left in `pdf`, also when the document was issued before (*existing).
 * Inside vt_records_begin .. commit it is part of that act.
 */
vt_status vt_cli_issue(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                       const vt_issuing *how, vt_arena *arena, vt_buf *pdf, vt_record **out,
                       bool *existing) VT_USED;

/* The day of --date; refused (SO-12) where the document has written another. */
vt_status vt_cli_set_date(vt_cli *cli, vt_doc *doc, vt_date given) VT_USED;

/* Was a document that was issued before given another date than --date says? */
bool vt_cli_other_date(const vt_record *record, const vt_issuing *how);
/* The first attachment of what was issued before that is another file now, beside the document;
   NULL: none. */
vt_status vt_cli_other_beside(vt_cli *cli, vt_records *records, const vt_doc *doc,
                              const vt_record *record, const char **name) VT_USED;
/* Could a file be written there?  Asked before a number is given. */
vt_status vt_cli_writable(vt_cli *cli, const char *path) VT_USED;
/* The copy for the person.  The number is given by now: what fails is told
   with the way to get the file, and the command ends with VT_FAIL. */
vt_status vt_cli_copy_out(vt_cli *cli, const vt_record *record, const char *path,
                          const vt_buf *pdf) VT_USED;

/* -------------------------------------------------------------- showing -- */

/* "16/11/2026" from "2026-11-16"; in the arena. */
const char *vt_cli_day(vt_arena *arena, const char *iso);
/* "2026-03-27T18:15:02.123Z" as "28/03/2026 01:15:02", in Viet Nam (UTC+7). */
const char *vt_cli_time(vt_arena *arena, const char *utc);
/* id, number, notation, designation, date, sha256, archived ...; what only
   vt_records_show fills is there when it was filled. */
json_t *vt_cli_record_json(const vt_record *record);
/* "Công văn 152/UBND-VX ngày 16/11/2026" */
const char *vt_cli_record_name(vt_arena *arena, const vt_record *record);
/* Words for what the archive and the format name in ASCII: "khan", "issued"; else the key. */
const char *vt_cli_word(const char *key);
/* Columns a terminal needs for UTF-8 text. */
int vt_cli_width(const char *text);

#endif
