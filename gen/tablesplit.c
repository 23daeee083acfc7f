/*
 * gen/tablesplit.c - a row that is higher than a page, in two.
 */
#include "gen/table.h"

#include <math.h>

typedef struct parts {
    const vt_table_row *row;
    vt_table_row *half[2]; /* what stays, what goes on */
} parts;

static bool allocate(vt_arena *arena, const vt_table_row *row, vt_table_row *half) {
    *half = (vt_table_row){.pad = row->pad, .header = row->header, .joined = row->joined};
    half->runs = vt_alloc_array(arena, row->run_count + 1, sizeof *half->runs);
    half->marks = vt_alloc_array(arena, row->mark_count + 1, sizeof *half->marks);
    half->lines = vt_alloc_array(arena, row->line_count + 1, sizeof *half->lines);
    return half->runs != NULL && half->marks != NULL && half->lines != NULL;
}

/* Adds a line to a half, `up` higher than it stood. */
static void move_line(const vt_table_row *row, const vt_table_line *line, double up,
                      vt_table_row *half) {
    vt_table_line *moved = &half->lines[half->line_count++];

    *moved = *line;
    moved->run = half->run_count;
    moved->mark = half->mark_count;
    moved->top -= up;
    moved->bottom -= up;
    for (size_t i = 0; i < line->run_count; i++) {
        vt_run *run = &half->runs[half->run_count++];
        *run = row->runs[line->run + i];
        run->y -= up;
    }
    for (size_t i = 0; i < line->mark_count; i++) {
        vt_mark *mark = &half->marks[half->mark_count++];
        *mark = row->marks[line->mark + i];
        mark->y1 -= up;
        mark->y2 -= up;
    }
}

/* The grid's rules come behind the underlines of all lines. */
static void move_rules(const parts *p) {
    const vt_table_row *row = p->row;
    size_t at = 0;

    for (size_t i = 0; i < row->line_count; i++)
        at += row->lines[i].mark_count;
    for (; at < row->mark_count; at++) {
        const vt_mark *mark = &row->marks[at];
        for (int h = 0; h < 2; h++) {
            vt_table_row *half = p->half[h];
            vt_mark *moved = &half->marks[half->mark_count];
            bool across = mark->y1 == mark->y2;
            if (across && (mark->y1 > 0) != (h == 1))
                continue; /* the row's upper rule stays, its lower one goes on */
            *moved = *mark;
            moved->y2 = across && h == 0 ? mark->y1 : half->height;
            moved->y1 = across ? moved->y2 : 0;
            half->mark_count++;
        }
    }
}

/* How many of a cell's lines, from `first` to before `end`, stay above; false:
   not as many as must. */
static bool lines_above(const vt_table_row *row, size_t first, size_t end, double room,
                        size_t least, size_t *out) {
    const size_t n = end - first;
    size_t stay = 0;

    while (stay < n && row->lines[first + stay].bottom + row->pad <= room)
        stay++;
    if (stay < n && n - stay < least)
        stay = n > least ? n - least : 0;
    *out = stay;
    return stay == n || stay >= least;
}

static size_t cell_end(const vt_table_row *row, size_t first) {
    size_t end = first;

    while (end < row->line_count && row->lines[end].cell == row->lines[first].cell)
        end++;
    return end;
}

bool vt_table_split(vt_arena *arena, const vt_table_row *row, double room, size_t least,
                    vt_table_row *head, vt_table_row *rest) {
    const parts p = {row, {head, rest}};
    size_t stay;

    if (!allocate(arena, row, head) || !allocate(arena, row, rest))
        return false;
    for (size_t first = 0, end; first < row->line_count; first = end) {
        end = cell_end(row, first);
        if (!lines_above(row, first, end, room, least, &stay))
            return false;
        const double up = first + stay < end ? row->lines[first + stay].top - row->pad : 0;
        for (size_t i = first; i < end; i++) {
            const bool over = i >= first + stay;
            move_line(row, &row->lines[i], over ? up : 0, over ? rest : head);
            if (over)
                rest->height = fmax(rest->height, row->lines[i].bottom - up + row->pad);
        }
    }
    if (head->line_count == 0 || rest->line_count == 0)
        return false;
    head->height = room;
    move_rules(&p);
    return true;
}
