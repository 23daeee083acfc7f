/*
 * gen/tablewidth.c - how wide a table's columns are.
 *
 * A column by content has five widths (vt_tier), from what may never be parted
 * to all of its text on one line.  The columns get the widest of these that
 * fits for all of them, so a date is not broken as long as any text column
 * could give way instead; the rest is shared so that the rows become as low as
 * they can together.
 */
#include "gen/tablegrid.h"

#include <math.h>
#include <stdlib.h>

/* ----------------------------------------------------------------- given -- */

/* Reads @widths; false where it does not name each column. */
static bool given_widths(const vt_tgrid *g, double room, double *widths) {
    const char *s = vt_attr_get(g->table, VT_AT_WIDTHS);
    double sum = 0;
    char *end;

    for (int i = 0; i < g->columns; i++) {
        double percent = s != NULL ? strtod(s, &end) : 0;
        if (s == NULL || end == s || !(percent > 0) || percent > 100)
            return false;
        widths[i] = percent * room / 100;
        sum += widths[i];
        s = end;
    }
    for (int i = 0; i < g->columns && sum > room; i++)
        widths[i] *= room / sum;
    return true;
}

/* ------------------------------------------------------------- measuring -- */

/* What a spanning cell needs beyond its columns is shared out among them in
   proportion to what they have. */
static void widen(double *widths, const vt_tcell *cell, double need) {
    double have = 0;

    for (int i = 0; i < cell->columns; i++)
        have += widths[cell->column + i];
    for (int i = 0; i < cell->columns && need > have; i++) {
        double share = have > 0 ? widths[cell->column + i] / have : 1.0 / cell->columns;
        widths[cell->column + i] += (need - have) * share;
    }
}

/* A header may take lines: it must not make a narrow column wide; but few words
   stand on one. */
#define HEADER_LINES 2
#define HEADER_EMS 4

static void measure_cell(vt_tgrid *g, vt_tcell *cell) {
    const double pad = 2 * vt_tgrid_pad(g) + cell->inset;
    const vt_extent e = vt_cell_measure(g->ctx, cell->node, vt_tgrid_style(g, cell));
    const double line = cell->header ? fmax(e.held, e.line / HEADER_LINES) : e.line;
    const double brief = HEADER_EMS * vt_size_of(g->ctx, &g->head);
    const double text = !cell->header     ? fmin(e.line, g->ctx->pack->column_least)
                        : e.line <= brief ? e.line
                                          : e.held;

    cell->length = e.text;
    widen(g->tiers[VT_TIER_PART], cell, e.part + pad);
    widen(g->tiers[VT_TIER_WORD], cell, e.word + pad);
    widen(g->tiers[VT_TIER_HELD], cell, e.held + pad);
    widen(g->tiers[VT_TIER_LINE], cell, line + pad);
    widen(g->tiers[VT_TIER_TEXT], cell, text + pad);
}

bool vt_tgrid_measure(vt_tgrid *g) {
    const double pad = 2 * vt_tgrid_pad(g);

    g->tiers = vt_alloc_array(g->ctx->job->arena, VT_TIERS, sizeof *g->tiers);
    if (g->tiers == NULL)
        return false;
    for (int t = 0; t < VT_TIERS; t++)
        for (int i = 0; i < g->columns; i++)
            g->tiers[t][i] = pad;
    for (int spans = 0; spans < 2; spans++) /* cells of one column come first */
        for (size_t i = 0; i < g->cell_count; i++)
            if ((g->cells[i].columns > 1) == (spans == 1))
                measure_cell(g, &g->cells[i]);
    for (int i = 0; i < g->columns; i++)
        for (int t = 1; t < VT_TIERS; t++)
            g->tiers[t][i] = fmax(g->tiers[t][i], g->tiers[t - 1][i]);
    return true;
}

/* --------------------------------------------------------------- sharing -- */

static double sum_of(const double *widths, int n) {
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += widths[i];
    return sum;
}

/* The level to which the widest columns must be cut for all to fit. */
static double level_of(const double *widths, int n, double room) {
    double level = 0;

    while (true) {
        double used = 0, next = HUGE_VAL;
        int wider = 0;
        for (int i = 0; i < n; i++) {
            used += fmin(widths[i], level);
            if (widths[i] > level) {
                wider++;
                next = fmin(next, widths[i]);
            }
        }
        if (wider == 0 || used + wider * (next - level) > room)
            return wider == 0 ? level : level + (room - used) / wider;
        level = next;
    }
}

double vt_tgrid_width(const vt_tgrid *g, vt_tier tier) {
    return sum_of(g->tiers[tier], g->columns);
}

/* Widths of `idle` and a share in proportion to `wish`, none outside its limits,
   that fill the room: sum of least <= room <= sum of most. */
static double spread(int n, const double *wish, double idle, double share, const double *least,
                     const double *most, double *widths) {
    double sum = 0;

    for (int i = 0; i < n; i++) {
        widths[i] = fmin(fmax(idle + wish[i] * share, least[i]), most[i]);
        sum += widths[i];
    }
    return sum;
}

static void fill_room(int n, const double *wish, double idle, const double *least,
                      const double *most, double room, double *widths) {
    double low = 0, high = 1;

    if (spread(n, wish, idle, 0, least, most, widths) > room)
        idle = 0; /* many narrow columns: there is not so much to begin with */
    while (high < 1e9 && spread(n, wish, idle, high, least, most, widths) < room)
        high *= 2;
    for (int step = 0; step < 60; step++) {
        const double middle = (low + high) / 2;
        *(spread(n, wish, idle, middle, least, most, widths) > room ? &high : &low) = middle;
    }
}

/* What a cell's lines can hold: padding is lost, and on the average of ragged
   lines about an em. */
static double idle_of(const vt_tgrid *g) {
    return 2 * vt_tgrid_pad(g) + vt_size_of(g->ctx, &g->cell);
}

/*
 * How much each column makes rows higher.  A row is about as high as its
 * longest cell, which the fourth powers say smoothly: then there is one best
 * way, where a point of width more would save as much height in one column as
 * in another.
 */
static void weigh(const vt_tgrid *g, const double *widths, double *weight) {
    const double idle = idle_of(g);
    double lines[VT_MAX_COLUMNS];

    for (int i = 0; i < g->columns; i++)
        weight[i] = 0;
    for (size_t from = 0, to; from < g->cell_count; from = to) {
        double sum = 1; /* no row is lower than a line */
        for (to = from; to < g->cell_count && g->cells[to].row == g->cells[from].row; to++) {
            const vt_tcell *cell = &g->cells[to];
            if (cell->columns > 1)
                continue;
            const double room = fmax(widths[cell->column] - idle - cell->inset, 1);
            const double high = cell->length / room / cell->rows;
            lines[cell->column] = high * high * high * high;
            sum += lines[cell->column];
        }
        const double height = sqrt(sqrt(sum));
        for (size_t i = from; i < to; i++)
            if (g->cells[i].columns == 1)
                weight[g->cells[i].column] += height * lines[g->cells[i].column] / sum;
    }
}

#define ROUNDS 10 /* of drawing near: after them widths move by less than a point */

/* The lowest table, from one guess to a better one.  What a column saves by a
   point more falls with about the sixth power of its width: steps by the eighth
   root do not go too far. */
static void lowest(const vt_tgrid *g, const double *least, const double *most, double room,
                   double *widths) {
    const int n = g->columns;
    const double idle = idle_of(g);
    double weight[VT_MAX_COLUMNS], wish[VT_MAX_COLUMNS];

    fill_room(n, most, 0, least, most, room, widths);
    for (int round = 0; round < ROUNDS; round++) {
        weigh(g, widths, weight);
        for (int i = 0; i < n; i++) {
            const double now = fmax(widths[i] - idle, 1);
            wish[i] = now * sqrt(sqrt(sqrt(weight[i] / now)));
        }
        fill_room(n, wish, idle, least, most, room, widths);
    }
}

/* Where not even the narrowest tier fits its widest columns are cut. */
static void share_room(const vt_tgrid *g, double room, double *widths) {
    const double *part = g->tiers[VT_TIER_PART], *line = g->tiers[VT_TIER_LINE];
    const double all = vt_tgrid_width(g, VT_TIER_LINE);
    vt_tier tier = VT_TIER_TEXT;

    while (tier > VT_TIER_PART && vt_tgrid_width(g, tier) > room)
        tier--;
    if (vt_tgrid_width(g, tier) > room) {
        const double level = level_of(part, g->columns, room);
        for (int i = 0; i < g->columns; i++)
            widths[i] = fmin(part[i], level);
    } else if (all <= room) {
        for (int i = 0; i < g->columns; i++)
            widths[i] = line[i] * room / all;
    } else {
        lowest(g, g->tiers[tier], line, room, widths);
    }
}

/* Smaller type where words would be parted; widths follow the size. */
#define SIZE_STEP 0.5 /* points: a choice of taste, inside the pack's range */

static void shrink(vt_tgrid *g, double room) {
    const double pads = 2 * vt_tgrid_pad(g) * g->columns, need = vt_tgrid_width(g, VT_TIER_WORD);
    const double size = vt_size_of(g->ctx, &g->cell), least = g->cell.size_min;

    if (need <= room || !(least > 0) || size <= least)
        return;
    const double wanted = size * fmax(room - pads, 0) / (need - pads);
    const double now = fmax(floor(wanted / SIZE_STEP) * SIZE_STEP, least), share = now / size;
    for (int t = 0; t < VT_TIERS; t++)
        for (int i = 0; i < g->columns; i++)
            g->tiers[t][i] = (g->tiers[t][i] - pads / g->columns) * share + pads / g->columns;
    for (size_t i = 0; i < g->cell_count; i++)
        g->cells[i].inset *= share;
    for (int set = 0; set < 2; set++) {
        g->cell.size[set] = now;
        g->head.size[set] *= share;
    }
}

/* Words are parted all the same: whoever wrote the table can do better. */
static void tell_too_wide(const vt_tgrid *g) {
    vt_ctx *ctx = g->ctx;

    if (!vt_idle(ctx))
        (void)vt_warn(ctx->job->list, "TRANG-07", vt_at_node(ctx, g->table),
                      "Bớt cột, tách bảng, hoặc đưa bảng vào phụ lục nằm ngang "
                      "(<annex orientation=\"landscape\">).",
                      "Bảng %d cột rộng hơn trang: có từ phải ngắt giữa chừng.", g->columns);
}

/* The author's own widths stand; where they part words, that is said. */
static void tell_too_narrow(const vt_tgrid *g, const double *widths) {
    vt_ctx *ctx = g->ctx;

    for (int i = 0; i < g->columns && !vt_idle(ctx); i++) {
        if (widths[i] >= g->tiers[VT_TIER_WORD][i] - 0.01)
            continue;
        (void)vt_warn(ctx->job->list, "TRANG-07", vt_at_node(ctx, g->table),
                      "Cho cột ấy rộng thêm ở table/@widths, hoặc bỏ @widths để cột theo nội dung.",
                      "Cột %d của bảng hẹp hơn chữ trong nó: có từ phải ngắt giữa chừng.", i + 1);
        return;
    }
}

bool vt_tgrid_widths(vt_tgrid *g, double room) {
    double widths[VT_MAX_COLUMNS];

    g->edges = vt_alloc_array(g->ctx->job->arena, (size_t)g->columns + 1, sizeof *g->edges);
    if (g->edges == NULL)
        return false;
    const bool given = given_widths(g, room, widths);
    if (g->tiers == NULL && !vt_tgrid_measure(g))
        return false;
    if (given) {
        tell_too_narrow(g, widths);
    } else {
        shrink(g, room);
        if (vt_tgrid_width(g, VT_TIER_WORD) > room)
            tell_too_wide(g);
        share_room(g, room, widths);
    }
    for (int i = 0; i < g->columns; i++)
        g->edges[i + 1] = g->edges[i] + widths[i];
    return true;
}
