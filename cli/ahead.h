/*
 * cli/ahead.h - documents made ahead of their numbers.
 *
 * To issue a document is to make it (merge, check, compose, paint) and to keep it
 * (files, rows, index, log), each about half of the work.  While the archive keeps
 * one, a second thread makes the next ones, each with the number behind that of its
 * predecessor.  It is a guess: numbers are given by the archive alone, inside its
 * lock, and a document that gets another is made again with that one.
 *
 * The thread has the engine for itself from vt_ahead_start to vt_ahead_stop.
 */
#ifndef VT_CLI_AHEAD_H
#define VT_CLI_AHEAD_H

#include "cli/archive.h"

typedef struct vt_ahead vt_ahead;

/* One of them; the caller's from vt_ahead_next to vt_ahead_done. */
typedef struct vt_ahead_doc {
    vt_cli cli;       /* with findings and an arena of the document's own */
    vt_status status; /* VT_OK: it may be issued; else cli.list says why not */
    bool known;       /* it was issued before: there is nothing to make */
    vt_ready ready;
    vt_numbered made;
} vt_ahead_doc;

/* Fills known and ready of the index-th document, with doc->cli; in the second thread. */
typedef vt_status (*vt_ahead_fn)(void *ctx, size_t index, vt_ahead_doc *doc);

/* Starts on `count` documents.  VT_FAIL: no memory, no thread. */
vt_status vt_ahead_start(const vt_cli *cli, size_t count, vt_ahead_fn fn, void *ctx,
                         vt_ahead **out) VT_USED;
/* The next one, in order; waits for it.  At most `count` times. */
vt_ahead_doc *vt_ahead_next(vt_ahead *ahead);
/* vt_records_issue with doc->made: at once, if its number was guessed. */
vt_status vt_ahead_issue(vt_ahead *ahead, vt_ahead_doc *doc, vt_records *records, vt_record **out,
                         bool *existing) VT_USED;
void vt_ahead_done(vt_ahead *ahead, vt_ahead_doc *doc);
void vt_ahead_stop(vt_ahead *ahead); /* NULL: nothing */

#endif
