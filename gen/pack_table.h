/*
 * gen/pack_table.h - the tables of what a pack holds, for its loader.
 */
#ifndef VT_PACK_TABLE_H
#define VT_PACK_TABLE_H

#include "gen/pack_raw.h"

typedef enum vt_kind {
    VT_K_LENGTH, /* double, points; the file says mm, cm or pt */
    VT_K_NUMBER, /* double without a unit */
    VT_K_INT,
    VT_K_BOOL,
    VT_K_TEXT,     /* `names`: the placeholders it may hold */
    VT_K_SPAN,     /* vt_span of lengths */
    VT_K_SIZE,     /* vt_style.size, size_min, size_max */
    VT_K_FRACTION, /* vt_style.fraction, fraction_min, fraction_max */
    VT_K_EXTENT,   /* the same of a length: vt_style.indent, indent_min, indent_max */
    VT_K_CHOICE,   /* int-sized enum; `names`: its values in order */
    VT_K_COLOUR,
} vt_kind;

typedef struct vt_field_row {
    const char *group, *name;
    vt_kind kind;
    size_t offset;
    double low, high;
    const char *names;
} vt_field_row;

extern const vt_field_row vt_pack_rows[]; /* offsets into vt_pack */
extern const size_t vt_pack_row_count;
extern const vt_field_row vt_style_rows[]; /* offsets into vt_style */
extern const size_t vt_style_row_count;
extern const char *const vt_component_names[VT_COMPONENTS];

#endif
