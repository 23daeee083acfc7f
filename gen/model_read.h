/* gen/model_read.h - the reader of models, shared by its two halves. */
#ifndef VT_MODEL_READ_H
#define VT_MODEL_READ_H

#include "gen/model.h"
#include "gen/xml.h"

#define VT_MODEL_LIST_DEPTH 4 /* lists in lists */

/* A level of <m:fields> being read. */
typedef struct vt_field_level {
    vt_scope *scope;
    vt_field *fields; /* the growing arrays behind the scope's */
    size_t fields_cap, inner_cap, line_cap, keys_cap;
} vt_field_level;

typedef enum vt_decl { VT_DECL_FIELDS, VT_DECL_LIST, VT_DECL_FIELD, VT_DECL_CHOICE } vt_decl;

/* An element that is open: an op, with the scope for the names inside it. */
typedef struct vt_open_op {
    vt_op *op;
    const vt_scope *scope;
    vt_op *element; /* itself or the nearest element around it */
} vt_open_op;

typedef struct vt_model_reader {
    vt_model *model;
    vt_findings *list;
    vt_status status; /* the worst so far; the reading goes on after errors */
    vt_buf text;      /* since the last tag */
    int text_line;    /* where it begins */
    vt_open_op open[VT_MAX_DEPTH];
    size_t depth;
    size_t skipped; /* open elements below one that was refused */
    size_t nodes;
    /* <m:fields> */
    vt_decl decl[VT_MODEL_LIST_DEPTH + 3]; /* its open elements */
    size_t decl_depth;                     /* 0: outside */
    vt_field_level level[VT_MODEL_LIST_DEPTH + 1];
    size_t levels;
} vt_model_reader;

/* SAX attributes come five strings each: name, prefix, namespace, value, its end. */
typedef struct vt_attributes {
    const xmlChar **at;
    int count;
} vt_attributes;

/* The value in the model's arena; NULL: absent (or no memory: *status). */
const char *vt_model_attribute(vt_model_reader *r, const vt_attributes *attrs, const char *name);

void vt_model_wrong(vt_model_reader *r, int line, const char *id, const char *remedy,
                    const char *fmt, ...) VT_PRINTF(5, 6);
void vt_model_nomem(vt_model_reader *r);

/* <m:fields>, <m:field>, <m:choice> (gen/model_fields.c). */
void vt_fields_start(vt_model_reader *r, const char *name, const vt_attributes *attrs, int line);
void vt_fields_end(vt_model_reader *r, int line);
/* The scope of the record when there is no <m:fields>, or it has ended. */
void vt_fields_finish(vt_model_reader *r);

#endif
