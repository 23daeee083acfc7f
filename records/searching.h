/* records/searching.h - a search under way: what is asked, as expressions of the index and as a
   range of its rows.  records/search.c makes pages of it, records/facet.c counts it. */
#ifndef VT_SEARCHING_H
#define VT_SEARCHING_H

#include "records/query.h"
#include "records/store.h"

enum { VT_DAY_SLOTS = 1 << 24 /* of a day in the sort key */ };

/* What the index is narrowed by: a facet, or the words of a name. */
typedef enum vt_filter_kind {
    VT_BY_TYPE_NAMED,
    VT_BY_SERIES_NAMED,
    VT_BY_URGENCY_NAMED,
    VT_BY_ISSUER_NAMED,
    VT_BY_SIGNER_NAMED,
    VT_BY_RECIPIENT_NAMED,
    VT_FILTERS
} vt_filter_kind;
typedef struct vt_filter {
    const char *typed; /* NULL: not asked for */
    char facet;        /* VT_FACET_TYPE ...; 0: a name */
    char name;         /* VT_NAME_ISSUER ...; 0: a facet */
} vt_filter;

typedef struct vt_searching {
    vt_records *r;
    vt_findings *list;
    vt_arena *arena;
    const char *query;
    vt_typed_number typed;
    const char *year_from, *year_before; /* vt_number_span */
    bool has_number;                     /* the query reads as a number */
    bool has_run; /* several whole words: the tier of the exact run is asked for */
    const char *state, *dossier;
    int64_t from, to; /* sort keys, inclusive */
    vt_filter filter[VT_FILTERS];
    vt_buf filters;       /* FTS5 expression of the filters; "" for none */
    vt_buf facets, names; /* of them, by what narrows them */
    vt_buf run;           /* of the exact run */
    vt_buf words;         /* filters and query together; "": everything */
    vt_query_marks marks; /* of the query */
    vt_status failed;     /* reading the words of a beginning */
} vt_searching;

vt_status vt_searching_start(vt_searching *s, vt_records *r, const vt_search *search,
                             vt_arena *arena, vt_findings *list) VT_USED;
void vt_searching_end(vt_searching *s);

/* Adds a filter to an expression of filters; nothing where it has no words. */
void vt_searching_filter(vt_buf *out, const vt_filter *filter);
/* The state and the dossier that were typed (records/narrow.c); told where there is none. */
vt_status vt_searching_state(vt_searching *s, const char *typed) VT_USED;
vt_status vt_searching_dossier(vt_searching *s, const char *typed) VT_USED;
/* Nothing was found: tells of each filter that no document passes, whatever else is asked. */
vt_status vt_searching_tell(const vt_searching *s) VT_USED;

/* Makes s->words.  "" or " AND " / " NOT ": what of the exact run.  *any: words are asked for. */
vt_status vt_searching_words(vt_searching *s, bool folded, const char *run, bool *any) VT_USED;

/* Columns of what is found: those of a record, or those it is counted by. */
typedef enum vt_found { VT_FOUND_RECORDS, VT_FOUND_COUNTS } vt_found;

/* Documents of the number, or with the words, newest first, of sort keys between. */
vt_status vt_searching_numbers(const vt_searching *s, vt_found what, int64_t from, int64_t to,
                               int64_t limit, vt_stmt **out) VT_USED;
vt_status vt_searching_open(const vt_searching *s, vt_found what, int64_t from, int64_t to,
                            int64_t limit, vt_stmt **out) VT_USED;

#endif
