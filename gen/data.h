/*
 * gen/data.h - records of fields, whatever file they came from.
 *
 * A file is checked whole when it is opened; after that a record is built in
 * the caller's arena when it is asked for (CSV and JSON keep the file's text
 * and where each record starts), so that 100,000 rows cost their bytes only.
 *
 * Ids of findings: DL-01 encoding, DL-02 form of the file, DL-03 names of
 * fields, DL-04 shape of a record, DL-05 limits.
 */
#ifndef VT_DATA_H
#define VT_DATA_H

#include "gen/gen.h"

#define VT_DATA_MAX_RECORDS 1000000u
#define VT_DATA_MAX_COLUMNS 1000u /* fields of one record, children included: 100 times that */
#define VT_DATA_MAX_NAMES 10000u  /* different field names of one file */
#define VT_DATA_MAX_ERRORS 20u    /* a wrong delimiter would say the same for every row */
#define VT_DATA_ARENA ((size_t)256 << 20)

/* A field of a record: a leaf has text, a branch has children. */
typedef struct vt_value vt_value;
struct vt_value {
    const char *name; /* kebab-case */
    const char *text; /* NFC, lines parted by "\n", never empty; NULL: a branch */
    size_t len;
    vt_value *first, *next; /* children of a branch; the next field of the same record */
    int line;               /* in the data file */
    bool number;            /* a JSON number: "." stands before its decimals */
};

typedef struct vt_record_at {
    uint32_t at; /* byte in vt_data.text where the record starts */
    int line;
    vt_value *fields; /* XML: built already */
} vt_record_at;

struct vt_data {
    vt_arena *arena;
    const char *file;   /* as findings name it */
    const char *folder; /* of the file; NULL when it was not opened by its path */
    vt_buf text;        /* CSV: LF line ends; JSON: numbers quoted */
    vt_record_at *records;
    size_t count, cap;
    char delimiter;       /* CSV */
    const char **columns; /* CSV: NULL for an empty column without a header */
    const char **headers; /* ... as they are spelt */
    size_t column_count;
    struct vt_name_table *names; /* JSON, XML: keys already turned into field names */
    vt_status (*build)(const vt_data *, const vt_record_at *, vt_arena *, vt_findings *,
                       vt_value **);
};

/* The fields of one record, in file order, in `arena`.  Empty values are left
   out: absent and empty are the same. */
vt_status vt_data_record(const vt_data *data, size_t record, vt_arena *arena, vt_findings *list,
                         vt_value **out) VT_USED;

/* ------------------------------------------- for the readers of formats -- */

vt_status vt_data_read_csv(vt_data *data, vt_findings *list) VT_USED;
vt_status vt_data_read_json(vt_data *data, vt_findings *list) VT_USED;
vt_status vt_data_read_xml(vt_data *data, vt_findings *list) VT_USED;

vt_status vt_data_add(vt_data *data, size_t at, int line, vt_value *fields, vt_findings *list);
vt_place vt_data_place(const vt_data *data, int line, const char *path);

/* "Họ và tên" -> "ho-va-ten"; a leading digit takes "_" before it.  "" when
   no letter or digit is there; NULL without memory. */
char *vt_data_name(vt_arena *arena, const char *header);

/* Enters a key of JSON or XML while the file is opened; an error when it is no
   name, or becomes the same name as a key that is spelt otherwise. */
vt_status vt_data_enter_name(vt_data *data, const char *key, int line, vt_findings *list) VT_USED;
const char *vt_data_find_name(const vt_data *data, const char *key); /* of a key entered */

/* A leaf with trimmed lines; *out NULL when nothing is left.  The text is
   copied into the arena. */
vt_status vt_data_leaf(vt_arena *arena, const char *name, const char *text, size_t len, int line,
                       vt_findings *list, vt_value **out) VT_USED;
/* The same for text that escapes have made, behind the door. */
vt_status vt_data_new_leaf(const vt_data *data, vt_arena *arena, const char *name, const char *text,
                           size_t len, int line, vt_findings *list, vt_value **out) VT_USED;
/* Characters that no document may hold.  Without a field the text is that of
   the whole file and gives the line. */
vt_status vt_data_check_text(const vt_data *data, const char *s, size_t len, int line,
                             const char *field, vt_findings *list) VT_USED;

#endif
