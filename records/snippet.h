/* records/snippet.h - where the words that were looked for stand. */
#ifndef VT_SNIPPET_H
#define VT_SNIPPET_H

#include "records/store.h"

/* Fills hits->snippets. */
vt_status vt_snippets(vt_records *r, const char *query, vt_arena *arena, vt_findings *list,
                      vt_hits *hits) VT_USED;

#endif
