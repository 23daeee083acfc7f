/*
 * gen/flow.h - the vertical list of boxes and its way onto pages.
 *
 * Blocks put boxes (lines of text, or whole assemblies such as the header) into
 * a flow; nothing knows its page until vt_flow_pages() breaks the flow.  White
 * above a box vanishes at the top of a page.  Where a page may not end is said
 * by `keep`, so that breaking is one pass that looks back at most a page.
 */
#ifndef VT_FLOW_H
#define VT_FLOW_H

#include "gen/layout.h"
#include "gen/para.h"

typedef enum vt_keep {
    VT_KEEP_FREE, /* a page may end above this box */
    VT_KEEP_JOIN, /* it stands on the page of the box above */
    VT_KEEP_PAGE, /* it begins a page */
} vt_keep;

/* What a page repeats above a row of a table that opens it: the header rows, as
   artifacts; and the line that closes the grid on both sides of the break. */
typedef struct vt_repeat {
    double height;
    vt_run *runs;
    size_t run_count;
    vt_mark *marks;
    size_t mark_count;
    vt_mark edge; /* thickness 0: none */
} vt_repeat;

/* A footnote, set: relative to its upper left corner. */
typedef struct vt_note {
    double height;
    vt_run *runs;
    size_t run_count;
    vt_mark *marks;
    size_t mark_count;
} vt_note;

/* Sums of doubles differ in the last bits; a page is not left for that. */
#define VT_SLACK_PT 0.01

/* Parts the box `box` of a flow so that it is at most `room` high; what goes on
   stands in the spare box behind it then, and begins a page.  `opens`: the box
   is the first of its page, so nothing is gained by waiting for the next.
   False: it cannot be. */
struct vt_flow;
typedef bool vt_part_box(struct vt_flow *flow, size_t box, double room, bool opens);

/*
 * Runs and marks are relative to the box's baseline and its left edge `x`,
 * which is measured from the left edge of the text area.  An assembly has its
 * baseline at its top: ascent 0.
 */
typedef struct vt_vbox {
    double gap;           /* white above it */
    double pitch;         /* of lines: baseline to baseline, may be tightened; 0: none */
    double ascent, depth; /* above and below the baseline */
    double foot;          /* drawn below the depth of the type: a rule */
    double x;
    vt_run *runs;
    size_t run_count;
    vt_mark *marks;
    size_t mark_count;
    vt_keep keep;
    size_t lines;            /* of running text that it is or holds */
    vt_part_box *part;       /* a row higher than a page; NULL: the box stays whole */
    void *rest;              /* what `part` takes its parts from */
    double room;             /* of a spare box: what it may hold undivided */
    const vt_repeat *repeat; /* of rows of a table, but its first; else NULL */
    size_t note, note_count; /* of flow->notes, that stand on its page */
    double notes;            /* their height */
    size_t page;             /* found by breaking: index from the flow's first page */
    double y;                /* and baseline, from the top of the text area */
    bool opens;              /* is the first of its page */
} vt_vbox;

/* What stands somewhere in the flow and must be told its page. */
typedef struct vt_flow_outline {
    size_t box;
    int level;
    const char *text;
} vt_flow_outline;
typedef struct vt_flow_form {
    size_t box;
    vt_form form;
} vt_flow_form; /* box coordinates */

typedef struct vt_flow {
    vt_arena *arena;
    vt_vbox *boxes;
    size_t count, cap;
    vt_flow_outline *outlines;
    size_t outline_count, outline_cap;
    vt_flow_form *forms;
    size_t form_count, form_cap;
    vt_note *notes;       /* in the order of the boxes that name them */
    double note_lead;     /* height of white and line above the first of a page */
    vt_mark note_rule;    /* that line; y from the top of the lead */
    double after;         /* white asked for below the last box */
    int join;             /* this many lines to come must stay with what is above */
    bool new_page;        /* the next box begins a page */
    double ascent, depth; /* of a line of type, in ems */
    int widow_lines;
} vt_flow;

/* A sheet: edges of the paper and of the text area, points. */
typedef struct vt_sheet {
    double width, height, left, right, top, bottom; /* margins */
    double foot;                                    /* kept free at the foot of the first page */
} vt_sheet;

/* How lines may close up to save a nearly empty last page. */
typedef struct vt_squeeze {
    double least; /* lawful least factor of the pitch, 1: none */
    double last;  /* share of a page that counts as nearly empty */
} vt_squeeze;

void vt_flow_init(vt_flow *flow, vt_arena *arena, double ascent, double depth, int widow_lines);

/* A new box below the last; the larger of the gaps counts.  NULL: no memory. */
vt_vbox *vt_flow_box(vt_flow *flow, double before, double after);

/* The lines of a paragraph, `pitch` apart, at `x`. */
void vt_flow_para(vt_flow *flow, const vt_para *para, double x, double pitch, double before,
                  double after);

/* The next `lines` lines stay with what stands above them. */
void vt_flow_join(vt_flow *flow, int lines);
/* The boxes from `first` on stay on one page. */
void vt_flow_keep_whole(vt_flow *flow, size_t first);
/* Boxes and outlines of another flow behind those of this one; false: no memory. */
bool vt_flow_append(vt_flow *flow, const vt_flow *more);
void vt_flow_new_page(vt_flow *flow);
/* The last `lines` lines of text stay with the box to come. */
void vt_flow_hold_lines(vt_flow *flow, int lines);

void vt_flow_outline_add(vt_flow *flow, int level, const char *text); /* at the box to come */
void vt_flow_form_add(vt_flow *flow, size_t box, const vt_form *form);

/* Breaks the flow and appends its pages to the layout.  `first` gets the index
   of its first page.  False: no memory.  `*too_high` tells a box that is higher
   than a page (its index), or SIZE_MAX. */
bool vt_flow_pages(vt_flow *flow, const vt_sheet *sheet, const vt_squeeze *fit, vt_layout *layout,
                   size_t *first, size_t *too_high);

#endif
