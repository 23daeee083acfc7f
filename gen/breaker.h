/*
 * gen/breaker.h - where to end the lines: numbers only.
 *
 * A paragraph is a row of boxes (what cannot be broken) with gaps between
 * them.  All ways to break it are compared by their total demerits, after
 * Knuth and Plass: how far each line's spaces are from natural, breaks that
 * the glue rules dislike, neighbours of unlike tightness, and a last line of
 * one short word.
 *
 * How loose a line may be tried is set by what breaking line by line would
 * need: so some way is always found, and none worse than that one.
 */
#ifndef VT_BREAKER_H
#define VT_BREAKER_H

#include "base/base.h"

/* Positions are points, as if the whole paragraph stood on one line. */
typedef struct vt_box {
    double start, end;
    double stretch;  /* ems (points of type size) of all gaps before this box */
    double shrink;   /* points by which all those gaps can shrink together */
    int32_t penalty; /* of ending a line behind this box; VT_GLUE_BAN: forbidden */
} vt_box;

typedef struct vt_fit {
    double first, rest; /* room on the first line and on the others */
    double limit;       /* stretch of a space, in ems, beyond which a line is loose */
    double em;          /* type size: measures a short last word */
    bool justify;       /* else ragged: no space is stretched or shrunk */
    bool balance;       /* ragged: the last line counts like the others */
} vt_fit;

typedef struct vt_fitted {
    uint32_t *ends; /* index of the last box of each line */
    size_t lines;
    double demerits;
    size_t steps; /* lines tried: grows in proportion to the paragraph */
    bool loose;   /* some line is looser than the limit, or does not fit */
} vt_fitted;

/* Bans that cannot be kept are changed to heavy penalties in `boxes`. */
bool vt_fit_lines(vt_box *boxes, size_t n, const vt_fit *fit, vt_arena *scratch, vt_fitted *out);

/* Line by line: as many boxes as fit naturally.  `ends` has room for n. */
size_t vt_fit_greedy(const vt_box *boxes, size_t n, const vt_fit *fit, uint32_t *ends);

/* Demerits of a given way to break. */
double vt_fit_demerits(const vt_box *boxes, size_t n, const vt_fit *fit, const uint32_t *ends,
                       size_t lines);

/* Stretch (>0) or shrink (<0) of the line that holds boxes first..last: ems
   per em of space for stretch, share of the possible shrink. */
double vt_fit_ratio(const vt_box *boxes, size_t first, size_t last, double room);

#endif
