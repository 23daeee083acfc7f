/*
 * records/typed.h - what people type into an act and the archive keeps is held to the rule
 * of documents' text, before anything is written.
 */
#ifndef VT_TYPED_H
#define VT_TYPED_H

#include "records/store.h"

enum { VT_NAME_MOST = 200, VT_BOOK_MOST = 64, VT_SHEETS_MOST = 30 }; /* characters */

/* What it is, in words; where it stands (NULL there: it was not said); how many characters it
   may have, 0: VT_REASON_MOST. */
typedef struct vt_typed_text {
    const char *what;
    const char **text;
    size_t most;
} vt_typed_text;

/*
 * KHO-15 names each that is not to be kept.  The others become NFC, as documents' text is:
 * *text may be another from then on, which lives until the act ends.  So an act copies what it
 * was asked, hands the copy's texts here and goes on with those.
 */
vt_status vt_typed(vt_records *r, vt_findings *list, const vt_typed_text *texts,
                   size_t count) VT_USED;
#define VT_TYPED(...)                                                                              \
    ((const vt_typed_text[]){__VA_ARGS__}),                                                        \
        (sizeof((const vt_typed_text[]){__VA_ARGS__}) / sizeof(vt_typed_text))
vt_status vt_typed_reason(vt_records *r, vt_findings *list, const char **reason) VT_USED;

#endif
