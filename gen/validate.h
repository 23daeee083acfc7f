/*
 * gen/validate.h - the validator, as the reader calls it.
 */
#ifndef VT_VALIDATE_H
#define VT_VALIDATE_H

#include "gen/gen.h"

/* A document with more findings than these is not read to its end. */
#define VT_MAX_FINDINGS 200

/* The finding that says so: XML-32. */
vt_status vt_too_many(vt_findings *list, const char *file, int line);

/* As vt_doc_validate; `incomplete`: the reader has left out what it did not
   know, so what seems to be missing or empty may not be. */
vt_status vt_validate(const vt_doc *doc, bool incomplete, vt_findings *list) VT_USED;

#endif
