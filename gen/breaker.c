#include "gen/breaker.h"

#include "gen/glue.h"

#include <float.h>
#include <math.h>

/* Sizes of the demerits, in the manner of TeX: (LINE + badness)^2 + penalty^2
   for each line; badness is 100 where the spaces are stretched by BASIS of the
   limit or shrunk as far as they can. */
#define LINE 10.0
#define BASIS 0.5
#define CONTRAST 10000.0  /* a tight line beside a loose one */
#define LOOSE_PAIR 3000.0 /* two loose lines one below the other */
#define RUNT 12000.0      /* a last line of one short word */
#define RUNT_EMS 4.0
#define OVERFULL 1e18
#define HORRIBLE                                                                                   \
    8.0                  /* ratio beyond which badness grows but slowly: so that one line          \
                            that cannot be helped does not drown the others */
#define TRIED 300.0      /* badness that is always tried */
#define OPENED 50000     /* penalty of a ban that cannot be kept */
#define RAGGED_LINE 1e12 /* ragged text: fewest lines first, whatever else */
#define LONE 4e11        /* balanced: a last line of one short word, if words need not be parted */
#define SLACK 1e-6       /* points: rounding, not width */

enum { TIGHT, DECENT, LOOSE, VERY_LOOSE, CLASSES };

typedef struct node {
    double cost[CLASSES];
    uint32_t from[CLASSES]; /* node of the previous line * CLASSES + its class */
} node;

/* ------------------------------------------------------------- one line -- */

static double natural(const vt_box *b, size_t i, size_t j) {
    return b[j].end - b[i].start;
}

static double least(const vt_box *b, size_t i, size_t j, bool justify) {
    return natural(b, i, j) - (justify ? b[j].shrink - b[i].shrink : 0);
}

static double room_of(const vt_fit *fit, size_t i) {
    return i == 0 ? fit->first : fit->rest;
}

static bool allowed(const vt_box *b, size_t j, size_t n) {
    return j + 1 == n || b[j].penalty != VT_GLUE_BAN;
}

double vt_fit_ratio(const vt_box *boxes, size_t first, size_t last, double room) {
    double slack = room - natural(boxes, first, last);
    double give = slack >= 0 ? boxes[last].stretch - boxes[first].stretch
                             : boxes[last].shrink - boxes[first].shrink;
    return give > 0 ? slack / give : 0;
}

/* Badness of a line stretched by `slack`.  A lone box counts as if it had one
   gap, though it stays as it is. */
static double looseness(const vt_fit *fit, double stretch, double slack, double *r) {
    *r = slack / (BASIS * fit->limit * (stretch > 0 ? stretch : fit->em));
    if (*r <= HORRIBLE)
        return 100 * *r * *r * *r;
    return 100 * HORRIBLE * HORRIBLE * HORRIBLE + (*r - HORRIBLE);
}

/* Demerits of the line i..j; its class of tightness; its badness. */
static double line_demerits(const vt_box *b, size_t n, const vt_fit *fit, size_t i, size_t j,
                            int *class, double *badness) {
    double room = room_of(fit, i), slack = room - natural(b, i, j), extra = 0;
    bool last = j + 1 == n;
    *class = DECENT;
    *badness = 0;
    /* ragged, two short words are none the worse: the lines above count too */
    if (last && i > 0 && (fit->justify || i == j) && natural(b, i, j) < RUNT_EMS * fit->em)
        extra = fit->balance && !fit->justify ? LONE : RUNT;
    if (!last)
        extra += (double)b[j].penalty * b[j].penalty;
    if (slack < -SLACK && least(b, i, j, fit->justify) > room + SLACK)
        return OVERFULL;
    if (!fit->justify) {
        double rag = last && !fit->balance ? 0 : 100 * slack / fmax(room, 1);
        return RAGGED_LINE + rag * rag + extra;
    }
    double r = vt_fit_ratio(b, i, j, room);
    if (r < 0) {
        *badness = -100 * r * r * r;
        *class = r < -0.5 ? TIGHT : DECENT;
    } else if (!last) {
        *badness = looseness(fit, b[j].stretch - b[i].stretch, slack, &r);
        *class = r <= 0.5 ? DECENT : r <= 1 ? LOOSE : VERY_LOOSE;
    }
    return (LINE + *badness) * (LINE + *badness) + extra;
}

/* Two lines below one another. */
static double pair_demerits(int above, int below) {
    double d = above - below > 1 || below - above > 1 ? CONTRAST : 0;
    return above >= LOOSE && below >= LOOSE ? d + LOOSE_PAIR : d;
}

double vt_fit_demerits(const vt_box *boxes, size_t n, const vt_fit *fit, const uint32_t *ends,
                       size_t lines) {
    double total = 0, badness;
    int above = DECENT, class;
    for (size_t k = 0, i = 0; k < lines; i = ends[k++] + 1u) {
        total += line_demerits(boxes, n, fit, i, ends[k], &class, &badness);
        total += fit->justify ? pair_demerits(above, class) : 0;
        above = class;
    }
    return total;
}

/* --------------------------------------------------------- line by line -- */

/* The last box of the line that begins at i when nothing is looked ahead. */
static size_t greedy_end(const vt_box *b, size_t n, const vt_fit *fit, size_t i) {
    double room = room_of(fit, i) + SLACK;
    size_t best = n; /* none yet */
    for (size_t j = i; j < n; j++) {
        bool fits = natural(b, i, j) <= room;
        if (!fits && best < n)
            return best;
        if (!allowed(b, j, n))
            continue;
        if (!fits)
            return j; /* nothing fits naturally: shrunk, or beyond the margin */
        best = j;
    }
    return best;
}

size_t vt_fit_greedy(const vt_box *boxes, size_t n, const vt_fit *fit, uint32_t *ends) {
    size_t lines = 0;
    for (size_t i = 0; i < n; i = ends[lines++] + 1u)
        ends[lines] = (uint32_t)greedy_end(boxes, n, fit, i);
    return lines;
}

/* -------------------------------------------------------------- all ways -- */

typedef struct search {
    vt_box *boxes;
    size_t n;
    const vt_fit *fit;
    node *nodes;      /* nodes[i]: a line begins at box i; nodes[n]: the end */
    double tolerance; /* badness up to which a line is tried */
    size_t steps;
} search;

static void try_line(search *s, size_t i, size_t j, double demerits, int class) {
    const node *from = &s->nodes[i];
    node *to = &s->nodes[j + 1];
    for (int c = 0; c < CLASSES; c++) {
        if (from->cost[c] >= DBL_MAX)
            continue;
        double total = from->cost[c] + demerits;
        total += s->fit->justify ? pair_demerits(c, class) : 0;
        if (total < to->cost[class]) {
            to->cost[class] = total;
            to->from[class] = (uint32_t)(i * CLASSES + (size_t)c);
        }
    }
}

/* Tries all lines that begin at box i; `hi` is the last box that fits. */
static void try_from(search *s, size_t i, size_t hi) {
    bool any = false;
    double badness;
    int class;
    for (size_t j = hi + 1; j-- > i;) {
        if (!allowed(s->boxes, j, s->n))
            continue;
        s->steps++;
        double d = line_demerits(s->boxes, s->n, s->fit, i, j, &class, &badness);
        if (d >= OVERFULL)
            continue;
        any = true;
        if (badness > s->tolerance)
            break; /* shorter lines are looser still */
        try_line(s, i, j, d, class);
    }
    if (any)
        return;
    for (size_t j = hi; j < s->n; j++) { /* nothing fits: the shortest that may end */
        s->steps++;
        if (allowed(s->boxes, j, s->n)) {
            try_line(s, i, j, OVERFULL, DECENT);
            return;
        }
    }
}

static bool reached(const node *at) {
    for (int c = 0; c < CLASSES; c++)
        if (at->cost[c] < DBL_MAX)
            return true;
    return false;
}

static void run(search *s) {
    size_t hi = 0;
    for (size_t i = 0; i <= s->n; i++)
        for (int c = 0; c < CLASSES; c++)
            s->nodes[i].cost[c] = i == 0 && c == DECENT ? 0 : DBL_MAX;
    for (size_t i = 0; i < s->n; i++) {
        if (!reached(&s->nodes[i]))
            continue;
        if (hi < i || i == 1)
            hi = i;
        double room = room_of(s->fit, i) + SLACK;
        while (hi + 1 < s->n && least(s->boxes, i, hi + 1, s->fit->justify) <= room) {
            hi++;
            s->steps++;
        }
        try_from(s, i, hi);
        if (i == 0)
            hi = 0; /* the first line's room is its own */
    }
}

/* Badness that breaking line by line needs, so that it is among what is tried. */
static double tolerance_of(const search *s, const uint32_t *ends, size_t lines) {
    double worst = TRIED, badness;
    int class;
    for (size_t k = 0, i = 0; k < lines; i = ends[k++] + 1u) {
        line_demerits(s->boxes, s->n, s->fit, i, ends[k], &class, &badness);
        worst = fmax(worst, badness);
    }
    return worst;
}

static void read_back(const search *s, vt_fitted *out) {
    const node *end = &s->nodes[s->n];
    int class = 0;
    for (int c = 1; c < CLASSES; c++)
        if (end->cost[c] < end->cost[class])
            class = c;
    out->demerits = end->cost[class];
    out->lines = 0;
    size_t at = s->n;
    for (int c = class; at > 0; out->lines++) {
        uint32_t from = s->nodes[at].from[c];
        at = from / CLASSES;
        c = (int)(from % CLASSES);
    }
    at = s->n;
    for (size_t k = out->lines; at > 0;) {
        uint32_t from = s->nodes[at].from[class];
        out->ends[--k] = (uint32_t)(at - 1);
        at = from / CLASSES;
        class = (int)(from % CLASSES);
    }
}

/* ------------------------------------------------------------------ bans -- */

/* Chains of bans wider than a line cannot be kept. */
static bool open_wide(vt_box *b, size_t n, const vt_fit *fit) {
    bool opened = false;
    for (size_t i = 0; i < n;) {
        size_t j = i;
        while (!allowed(b, j, n))
            j++;
        if (j > i && least(b, i, j, fit->justify) > room_of(fit, i) + SLACK) {
            opened = true;
            for (size_t k = i; k < j; k++)
                b[k].penalty = OPENED;
        }
        i = j + 1;
    }
    return opened;
}

/* How far the loosest line but the last is stretched, in ems a space. */
static double loosest(const search *s, const vt_fitted *f) {
    double worst = 0;
    for (size_t k = 0, i = 0; k < f->lines; i = f->ends[k++] + 1u) {
        double room = room_of(s->fit, i);
        if (least(s->boxes, i, f->ends[k], s->fit->justify) > room + SLACK)
            return DBL_MAX;
        if (!s->fit->justify || f->ends[k] + 1u == s->n)
            continue;
        if (s->boxes[f->ends[k]].stretch > s->boxes[i].stretch)
            worst = fmax(worst, vt_fit_ratio(s->boxes, i, f->ends[k], room));
        else if (room - natural(s->boxes, i, f->ends[k]) > SLACK)
            worst = DBL_MAX;
    }
    return worst;
}

static void fit_once(search *s, vt_fitted *out) {
    if (s->fit->justify) {
        size_t lines = vt_fit_greedy(s->boxes, s->n, s->fit, out->ends);
        s->steps += s->n;
        s->tolerance = fmax(s->tolerance, tolerance_of(s, out->ends, lines));
    }
    run(s);
    read_back(s, out);
}

bool vt_fit_lines(vt_box *boxes, size_t n, const vt_fit *fit, vt_arena *scratch, vt_fitted *out) {
    search s = {boxes, n, fit, NULL, 0, 0};
    *out = (vt_fitted){0};
    if (n == 0)
        return true;
    s.nodes = vt_alloc_array(scratch, n + 1, sizeof *s.nodes);
    out->ends = vt_alloc_array(scratch, n, sizeof *out->ends);
    if (s.nodes == NULL || out->ends == NULL)
        return false;
    if (open_wide(boxes, n, fit))
        s.tolerance = OPENED;
    fit_once(&s, out);
    out->loose = loosest(&s, out) > fit->limit;
    out->steps = s.steps;
    return true;
}
