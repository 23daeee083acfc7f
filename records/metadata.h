/*
 * records/metadata.h - a record in the fields the law names: NĐ 30, PL VI, part II.I
 * (names, types, lengths of outgoing documents), and TT 05/2025/TT-BNV.
 *
 * All of them but four are filled when the document is issued and stay so.  Keywords,
 * retention, access and the note may be told later, and again; each time is logged.
 */
#ifndef VT_METADATA_H
#define VT_METADATA_H

#include "records/records.h"

typedef struct vt_metadatum {
    const char *name;  /* "CodeNumber" */
    const char *group; /* "FileCode", "SignerInfo"; "": stands alone */
    const char *text;  /* "" when it is not known */
    bool number;       /* its type is Number; else String or Date */
    int most;          /* characters the law gives it; 0: not said */
    bool too_long;
} vt_metadatum;

/* What may change after a document was issued.  NULL: stays; "": is not told any more. */
typedef struct vt_set {
    const char *reference; /* as in vt_records_show */
    int year;
    const char *keywords;  /* "trẻ em; trường học" */
    const char *retention; /* "20 năm", "Vĩnh viễn" */
    const char *access;    /* "01", "02", "03"; "công khai", "có điều kiện", "mật" */
    const char *note;
} vt_set;

/*
 * Sets what is told, as one logged act ("set"), and finds the record by its new
 * keywords.  Refused: a record without a number (MD-01), too much of it (KHO-15), an
 * access that is none, or open to all for what is secret (MD-03), retention (HS-04);
 * with roles on who is neither clerk nor archivist (DOI-03).
 */
vt_status vt_records_set(vt_records *records, const vt_set *set, vt_arena *arena, vt_findings *list,
                         vt_record **out) VT_USED;

/* "01" as "công khai"; "" for none. */
const char *vt_access_word(const char *access);

#endif
