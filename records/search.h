/*
 * records/search.h - finding records: by words and numbers, newest first, page by
 * page; counted by kind; searches kept under a name.  Findings: TIM-nn.
 */
#ifndef VT_SEARCH_H
#define VT_SEARCH_H

#include "records/records.h"

/*
 * Words find documents that hold all of them.  Accents typed are honoured,
 * without accents everything that sounds so is found (đ = d); where accents
 * find nothing, they are left out and hits.folded says so.  "several words"
 * are a phrase, word* a beginning, -word must not occur.  A query that reads
 * as a number puts the documents of that number first (with ký hiệu and year they are
 * a page of their own, where there are any); then come those with all
 * the words side by side in heading or subject, then the others, newest first
 * each time.  Any input is a query; none is an error.
 */
typedef struct vt_search {
    const char *query; /* NULL or "": all */
    const char *type;  /* "ke-hoach" or "Kế hoạch"; NULL: any, as for all below */
    const char *issuer, *signer, *recipient; /* words of the name */
    const char *series;                      /* "van-ban" or "van-ban/2026" */
    const char *urgency;                     /* "khan" or "Khẩn" */
    const char *state;                       /* "recalled" */
    const char *dossier;                     /* "01.VP", "01.VP/2026" */
    vt_date from, to;  /* year 0: open; a partial date counts as its first or last day */
    size_t limit;      /* 0: 20; at most VT_SEARCH_MOST */
    const char *after; /* hits.next of the page before; NULL: the first page */
    bool snippets;     /* hits.snippets is wanted */
} vt_search;

#define VT_SEARCH_MOST 1000

/* Text with the words that were looked for: where each begins and how long it is, in bytes. */
typedef struct vt_mark {
    size_t start, len;
} vt_mark;
typedef struct vt_marked {
    const char *text;
    const vt_mark *marks;
    size_t count;
} vt_marked;

/* The subject, and the piece of the text that holds most of the words; of a record that is
   secret or not open to use nothing of the text ("": each view of that is logged). */
typedef struct vt_snippet {
    vt_marked subject, text;
} vt_snippet;

typedef struct vt_hits {
    vt_record **items;          /* newest first */
    const vt_snippet *snippets; /* of each; NULL: not wanted */
    size_t count;
    const char *next; /* for `after`; NULL: that was all */
    bool folded;
    bool mentions; /* `next` are documents that speak of the number, if there are any */
} vt_hits;

vt_status vt_records_search(vt_records *records, const vt_search *search, vt_arena *arena,
                            vt_findings *list, vt_hits *out) VT_USED;

/* --------------------------------------------------------------- counting -- */

/*
 * How many records a search finds, of each kind.  The newest four thousand are counted;
 * of what is older, days picked evenly stand for the days between them: then `estimated`
 * is true and counts are rounded to two digits.  `limit` and `after` do not matter.
 */
typedef enum vt_facet_kind {
    VT_BY_TYPE,    /* key "ke-hoach", name "Kế hoạch" */
    VT_BY_SERIES,  /* "van-ban/2026", name with the issuer */
    VT_BY_YEAR,    /* "2026": latest first, the others by count */
    VT_BY_ISSUER,  /* key and name: its name */
    VT_BY_SIGNER,  /* the first signer's name */
    VT_BY_URGENCY, /* "khan"; those without are left out */
    VT_BY_STATE,   /* "issued" */
    VT_FACETS
} vt_facet_kind;
typedef struct vt_facet_value {
    const char *key, *name; /* key: for the filter of that kind in vt_search */
    int64_t count;
} vt_facet_value;
typedef struct vt_facet {
    const vt_facet_value *values; /* at most VT_FACET_MOST */
    size_t count, more;           /* more: values left out */
} vt_facet;
typedef struct vt_facets {
    int64_t total;
    bool estimated, folded;
    vt_facet of[VT_FACETS];
} vt_facets;

enum { VT_FACET_MOST = 20 };

vt_status vt_records_facets(vt_records *records, const vt_search *search, vt_arena *arena,
                            vt_findings *list, vt_facets *out) VT_USED;

/* ----------------------------------------------------------------- keeping -- */

/*
 * Searches kept under a name, each actor's own (all but `limit`, `after`).  They are
 * notes, not acts: no line of the log tells of them.  A name that is taken is given
 * to the new search.  TIM-03 no such name; TIM-04 no name.
 */
vt_status vt_records_search_save(vt_records *records, const char *name, const vt_search *search,
                                 vt_findings *list) VT_USED;
vt_status vt_records_search_saved(vt_records *records, const char *name, vt_arena *arena,
                                  vt_findings *list, vt_search *out) VT_USED;
vt_status vt_records_search_forget(vt_records *records, const char *name,
                                   vt_findings *list) VT_USED;
/* By name. */
typedef struct vt_saved {
    const char *name;
    vt_search search;
} vt_saved;
vt_status vt_records_searches(vt_records *records, vt_arena *arena, vt_findings *list,
                              vt_saved **out, size_t *count) VT_USED;

#endif
