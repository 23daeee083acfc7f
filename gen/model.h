/*
 * gen/model.h - inside of models and merging: what gen/model.c compiles,
 * gen/expr.c and gen/bind.c evaluate and gen/merge.c turns into documents.
 *
 * Ids of findings: GOP-01 form of the model, GOP-02 declaration of fields,
 * GOP-03 names in placeholders, GOP-04 expressions; for a record GOP-10
 * missing field, GOP-11 misspelt field, GOP-12 unused field (information),
 * GOP-13 ill-formed value, GOP-14 shape of the record, GOP-15 lines where one
 * is wanted, GOP-16 expression that cannot be computed.
 */
#ifndef VT_MODEL_H
#define VT_MODEL_H

#include "gen/data.h"
#include "gen/gen.h"

#include <libxml/xpath.h>

#define VT_MODEL_ARENA ((size_t)64 << 20)
#define VT_MODEL_MAX_FIELDS 500u         /* of one level */
#define VT_MODEL_MAX_EXPR 1000u          /* bytes of one placeholder */
#define VT_MODEL_MAX_STEPS 8u            /* of a path */
#define VT_MODEL_MAX_OPS 200000u         /* of libxml2, for one expression: some milliseconds */
#define VT_MODEL_MAX_RECORD_OPS 5000000u /* ... for one record */
#define VT_MODEL_MAX_UNKNOWN 50u         /* unknown names of a record that are looked at */
#define VT_MODEL_MAX_COMPLAINTS 20u      /* about one record: a wrong list repeats itself */
#define VT_MODEL_MAX_COPIES 100000u      /* turns of all for-each of one record */

/* --------------------------------------------------------------- fields -- */

/* The fields of one level: of the record, or of the elements of a list. */
typedef struct vt_scope vt_scope;
struct vt_scope {
    vt_scope *parent;     /* NULL: the record's */
    const vt_field *list; /* whose elements these are */
    const vt_field *fields;
    size_t count;       /* 0 in a list: its elements are text */
    vt_scope **inner;   /* of list fields; NULL for others */
    int *line;          /* where the model first uses the field; declared only: minus that line */
    const char ***keys; /* choices as vt_data_name makes them */
    uint16_t *index;    /* hash of names: 1 + place, 0 none */
    size_t index_size;  /* a power of two */
};

bool vt_scope_index(vt_arena *arena, vt_scope *scope);      /* when its fields are known */
int vt_scope_find(const vt_scope *scope, const char *name); /* the field's place, or -1 */
/* Is the name declared, here or in a list of it?  Notes that it is used. */
bool vt_scope_use(const vt_scope *scope, const char *name, int line);
/* The declared name most like `name`; NULL: none is near. */
const char *vt_scope_nearest(const vt_scope *scope, const char *name);
const char *vt_name_nearest(const char *name, const char *const *candidates, size_t count);

/* ---------------------------------------------------------- expressions -- */

typedef enum vt_print {
    VT_PRINT_PLAIN,   /* as the record keeps it */
    VT_PRINT_GROUPED, /* money without its unit */
    VT_PRINT_DATE,    /* ngay */
    VT_PRINT_DATE_FIGURES,
    VT_PRINT_NUMBER,
    VT_PRINT_MONEY,
    VT_PRINT_SPELT,
    VT_PRINT_UPPER,
} vt_print;

/* A path of names is followed by our own look-up; all else is XPath. */
typedef struct vt_expr {
    const char *source;
    int line;
    bool negated; /* not(PATH) */
    vt_print print;
    unsigned up, steps; /* "../" so many times, then names; none: "." */
    uint16_t step[VT_MODEL_MAX_STEPS];
    const vt_field *field; /* that the path names; NULL: "." */
    const vt_scope *inner; /* of the elements selected */
    bool xpath;            /* not a path: `source` is for libxml2 */
} vt_expr;

typedef enum vt_expr_use { VT_EXPR_TEXT, VT_EXPR_EXACT, VT_EXPR_TEST, VT_EXPR_SELECT } vt_expr_use;

/* ngay, so, tien ...: the functions that print. */
bool vt_expr_function(const char *name, size_t len, vt_print *out);
bool vt_expr_register(xmlXPathContext *xpath);
/* Runs `source` in the context, or only compiles it: *out NULL when it is
   wrong, too costly, or evaluate is false.  Memory that libxml2 lacks is told
   apart from that, whatever way it says so: VT_FAIL. */
vt_status vt_xpath_run(xmlXPathContext *xpath, const char *source, bool evaluate, vt_findings *list,
                       bool *good, xmlXPathObject **out) VT_USED;

/* Compiles an expression that stands in `scope`.  VT_EXPR_EXACT: dates stay
   ISO (attributes, <date>). */
vt_status vt_expr_compile(struct vt_model *model, const vt_scope *scope, const char *source,
                          size_t len, int line, vt_expr_use use, vt_findings *list,
                          vt_expr **out) VT_USED;

/* ---------------------------------------------------------------- model -- */

typedef enum vt_op_kind { VT_OP_ELEMENT, VT_OP_TEXT, VT_OP_VALUE, VT_OP_EACH, VT_OP_IF } vt_op_kind;

typedef struct vt_op vt_op;
typedef struct vt_op_attr vt_op_attr;
struct vt_op_attr {
    vt_op_attr *next;
    vt_at id;
    vt_op *pieces; /* texts and values */
};

struct vt_op {
    vt_op_kind kind;
    vt_el el;
    int line;
    bool dynamic; /* ELEMENT: its content depends on the record; dropped when that leaves nothing */
    bool alone;   /* ELEMENT: p or item that holds one value and nothing else */
    bool breaks;  /* VALUE: <br/> may stand here */
    vt_op *parent, *first, *last, *next;
    vt_op_attr *attrs;
    const char *text;
    size_t len;
    unsigned look; /* of the text, as in vt_node: the same in every document */
    vt_expr *expr;
};

struct vt_model {
    vt_arena *arena;
    const char *file;
    vt_scope *scope; /* of the record */
    vt_op *root;
    vt_system system;
    /* of the record being merged */
    vt_arena *scratch;
    vt_buf buf;
    xmlXPathContext *xpath;
};

/* As vt_model_open, of bytes. */
vt_status vt_model_parse(const void *data, size_t len, const char *name, vt_findings *list,
                         vt_model **out) VT_USED;
vt_place vt_model_place(const vt_model *model, int line, const char *path);

/* -------------------------------------------------------------- binding -- */

/* A record or an element of a list with its declared fields in their places.
   Dates are ISO, numbers plain digits, choices as declared. */
typedef struct vt_bound vt_bound;
typedef struct vt_slot {
    const char *text; /* NULL: absent */
    size_t len;
    vt_bound *first; /* lists */
    bool faulty;     /* its value was refused, or its name misspelt */
} vt_slot;
struct vt_bound {
    vt_bound *parent, *next;
    const vt_scope *scope;
    const char *text; /* of an element of text; else NULL */
    size_t len;
    xmlNode *dom; /* made when an XPath first needs it */
    vt_slot *slot;
};

typedef struct vt_run {
    vt_model *model;
    const vt_data *data;
    size_t record;
    int line; /* of the record in its file */
    vt_findings *list;
    vt_bound *root;
    xmlDoc *dom;
    const vt_expr *now; /* being evaluated, for messages of functions */
    vt_status failed;   /* a function has reported this */
    size_t copies;
    size_t complaints; /* about values and fields */
    size_t unknown;    /* names the model does not know */
    unsigned long ops; /* spent by XPath so far */
} vt_run;

vt_status vt_bind(vt_run *run, const vt_value *fields) VT_USED;
bool vt_bind_default_ok(const vt_scope *scope, size_t field); /* is it of its kind? */

/* Where a for-each stands: the element and its position. */
typedef struct vt_at_record {
    vt_bound *bound;
    int position, size;
} vt_at_record;

/* *text is never NULL; it lives until the next call. */
vt_status vt_expr_text(vt_run *run, const vt_expr *expr, const vt_at_record *at, const char **text,
                       size_t *len) VT_USED;
vt_status vt_expr_test(vt_run *run, const vt_expr *expr, const vt_at_record *at, bool *yes) VT_USED;
/* The selected elements, in an array of the model's scratch arena. */
vt_status vt_expr_select(vt_run *run, const vt_expr *expr, const vt_at_record *at, vt_bound ***out,
                         size_t *count) VT_USED;

#endif
