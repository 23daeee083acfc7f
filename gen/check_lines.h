/*
 * gen/check_lines.h - composed pages as lines of text with what they are: what
 * the rules of the composed page read.
 */
#ifndef VT_CHECK_LINES_H
#define VT_CHECK_LINES_H

#include "gen/check.h"

/* One line of one element on a page. */
typedef struct vt_text_line {
    size_t page;         /* index */
    uint32_t tag;        /* of the element; VT_ARTIFACT: a page number */
    const vt_node *node; /* where it came from; NULL: words of the pack */
    const vt_node *part; /* the annex or the attached document it stands in; NULL: the main text */
    vt_role role;
    double x1, x2, y; /* ends of its ink, baseline */
    double size;      /* of its largest run */
    vt_face face;     /* of its first run */
    bool mixed;       /* other faces, too */
    vt_rgb colour;    /* of a run that is not black, else black */
    const char *text;
} vt_text_line;

/* Lines of the document itself: enclosed documents are checked for themselves. */
typedef struct vt_lines {
    vt_text_line *at;
    size_t count, cap;
    bool *foreign;             /* by page: an enclosed document's */
    const vt_node **page_part; /* by page: as vt_text_line.part */
} vt_lines;

struct vt_lines *vt_lines_of(vt_checking *c);

#endif
