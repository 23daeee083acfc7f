/*
 * gen/schema.h - the grammar of the document format as one table.
 *
 * Reader, validator, writer and messages all work from it;
 * templates/schema/document.rng says the same for other programs, and
 * tests/gen/test_schema.c holds the two against each other.
 */
#ifndef VT_SCHEMA_H
#define VT_SCHEMA_H

#include "gen/gen.h"

/* Sets of elements and of attributes: one bit each. */
typedef uint64_t vt_set;
#define VT_BIT(id) ((vt_set)1 << (id))
_Static_assert(VT_ELEMENTS <= 64 && VT_ATTRIBUTES <= 64, "a vt_set has 64 bits");

/* What may stand in an element. */
typedef enum vt_content {
    VT_CONTENT_EMPTY,    /* nothing */
    VT_CONTENT_CHILDREN, /* elements only, in the order of `steps` */
    VT_CONTENT_TEXT,     /* text among `inlines` */
    VT_CONTENT_FLOW,     /* text among `inlines` and then lists, or else blocks of steps[0] */
} vt_content;

/* One place in the order of children: any of `els`. */
typedef struct vt_step {
    vt_set els;
    bool required, many;
} vt_step;

typedef struct vt_el_info {
    const char *name; /* "subject" */
    const char *term; /* "trích yếu" */
    vt_content content;
    vt_set attrs, required; /* attributes it may have, must have */
    vt_set inlines;
    const vt_step *steps; /* ends with an empty set; NULL: none */
    bool blank;           /* TEXT and FLOW: may be empty */
} vt_el_info;

/* How an attribute's value is written. */
typedef enum vt_value_kind {
    VT_VALUE_TEXT,   /* 1..max characters */
    VT_VALUE_LABEL,  /* 0..max characters: an empty one prints nothing */
    VT_VALUE_TOKEN,  /* 1..max characters without white space */
    VT_VALUE_ORGAN,  /* mã định danh: letters, digits, "." and "-" */
    VT_VALUE_SLUG,   /* words of a-z 0-9 joined by "-" */
    VT_VALUE_ENUM,   /* one of `words` */
    VT_VALUE_COUNT,  /* 1..max */
    VT_VALUE_COUNTS, /* "2" or "2, 3" */
    VT_VALUE_NUMBER, /* số văn bản: "152", "152a" */
    VT_VALUE_DATE,   /* a whole date */
    VT_VALUE_FILE,   /* a file name without folder */
    VT_VALUE_WIDTH,  /* per cent (1..100, two decimals at most), or millimetres: "120mm" */
    VT_VALUE_PERCENTS,
} vt_value_kind;

typedef struct vt_at_info {
    const char *name; /* "header-rows" */
    const char *term; /* "số hàng tiêu đề" */
    vt_value_kind kind;
    int max;           /* characters, or the largest number */
    const char *words; /* ENUM: "state|party|youth" */
} vt_at_info;

/* The row of an element; a document inside <attached> has a row of its own,
   and so has a copy. */
const vt_el_info *vt_el_info_of(const vt_node *node);
const vt_el_info *vt_el_info_in(vt_el el, const vt_node *parent);
const vt_at_info *vt_at_info_of(vt_at at);
vt_set vt_el_allowed(const vt_el_info *info); /* all that may be a child */

/* VT_ELEMENTS, VT_ATTRIBUTES when there is none of that name. */
vt_el vt_el_find(const char *name);
vt_at vt_at_find(const char *name);
bool vt_el_inline(vt_el el); /* text and what stands among it */

/* The most alike name among `set`, for "có phải <subject>?"; NULL: none is near. */
const char *vt_el_nearest(vt_set set, const char *name);
const char *vt_at_nearest(vt_set set, const char *name);

/* Is the value well-formed?  (gen/value.c) */
bool vt_value_ok(const vt_at_info *info, const char *value);
/* What would be: a Vietnamese sentence for the remedy.  NULL without memory. */
char *vt_value_wanted(vt_arena *arena, const vt_at_info *info);
/* "2024-03-27", "2024-05", "2021" or "" in form, whatever the calendar says. */
bool vt_value_date_form(const char *text, size_t len, bool whole);

#endif
