/*
 * gen/import_cells.c - Nơi nhận and signature that came as a table: its rows
 * become lines of columns, as a draft has them that was typed.
 */
#include "gen/import.h"

#include <string.h>

enum { COLUMNS = 2, MOST_CELLS = 4, LONGEST = 4000 };

static bool is_row(const vt_draft_line *line) {
    return line->text.len > 2 && line->text.len <= LONGEST && *line->text.s == '|';
}

/* "|---|:--:|" */
static bool is_separator(vt_typed t) {
    for (size_t i = 0; i < t.len; i++)
        if (!strchr("|-: \t", t.s[i]))
            return false;
    return true;
}

static size_t cells_of(vt_typed t, vt_typed *out) {
    size_t n = 0;

    t = vt_part(t, 1, t.len);
    t.len -= t.s[t.len - 1] == '|';
    for (size_t at = 0; at <= t.len && n < MOST_CELLS;) {
        const char *bar = n + 1 < MOST_CELLS ? memchr(t.s + at, '|', t.len - at) : NULL;
        const size_t end = bar ? (size_t)(bar - t.s) : t.len;
        out[n++] = vt_trimmed(vt_part(t, at, end), "");
        at = end + 1;
    }
    return n;
}

/* The rows of a table from `at` on. */
static size_t rows_end(const vt_draft *d, size_t at) {
    while (at < d->count && is_row(&d->lines[at]))
        at++;
    return at;
}

/* "Nơi nhận", "Nơi nhận: - Như trên"; "Nơi nhận hồ sơ" heads a column of another table. */
static bool is_label(vt_typed cell) {
    const size_t n = vt_behind(cell, "noi nhan");

    return n && (n == cell.len || strchr(":\v", cell.s[n]));
}

/* Has one of the rows, of two columns, Nơi nhận? */
static bool closing_rows(const vt_draft *d, size_t from, size_t to) {
    vt_typed cells[MOST_CELLS];

    for (; from < to; from++) {
        const size_t count = cells_of(d->lines[from].text, cells);
        if (count <= COLUMNS && (is_label(cells[0]) || is_label(cells[count - 1])))
            return true;
    }
    return false;
}

/* What stands before a cell's next forced line; the cell goes on behind it. */
static vt_typed next_part(vt_typed *cell) {
    const char *br = cell->len ? memchr(cell->s, VT_LINE_BREAK, cell->len) : NULL;
    const size_t end = br ? (size_t)(br - cell->s) : cell->len;
    const vt_typed part = vt_trimmed(vt_part(*cell, 0, end), "");

    *cell = end + 1 < cell->len ? vt_part(*cell, end + 1, cell->len)
                                : (vt_typed){"", NULL, 0, cell->line};
    return part;
}

/* The parts side by side with tabs between; a line whose text begins behind those of
   the empty ones. */
static vt_draft_line line_of(vt_draft *d, const vt_typed *parts, size_t n, bool gap) {
    size_t len = 0, first = 0;

    while (first < n && !parts[first].len)
        first++;
    for (size_t i = first; i < n; i++)
        len += parts[i].len + 1;
    char *s = vt_alloc(d->arena, len + 1);
    unsigned char *style = vt_alloc(d->arena, len + 1);
    vt_draft_line line = {.gap = gap, .tabs = (int)first, .indent = (int)first * 4};
    line.text = (vt_typed){s ? s : "", style, 0, parts->line};
    for (size_t i = first; s && style && i < n; i++) {
        if (i > first)
            s[line.text.len++] = '\t';
        memcpy(s + line.text.len, parts[i].s, parts[i].len);
        if (parts[i].style)
            memcpy(style + line.text.len, parts[i].style, parts[i].len);
        line.text.len += parts[i].len;
    }
    line.text = vt_trimmed(line.text, "");
    return line;
}

typedef struct vt_unfolder {
    vt_draft *draft;
    vt_draft_line *lines;
    size_t count, cap;
    bool gap;
} vt_unfolder;

static void put(vt_unfolder *u, vt_draft_line line) {
    vt_draft_line *lines =
        vt_grow(u->draft->arena, u->lines, &u->cap, u->count + 1, sizeof *u->lines);

    if (!lines)
        return;
    u->lines = lines;
    u->lines[u->count++] = line;
}

static void unfold_row(vt_unfolder *u, const vt_draft_line *row) {
    vt_typed cells[MOST_CELLS], parts[MOST_CELLS];
    const size_t n = cells_of(row->text, cells);
    size_t left;

    do {
        size_t here = 0;
        left = 0;
        for (size_t i = 0; i < n; i++) {
            parts[i] = next_part(&cells[i]);
            here += parts[i].len;
            left += cells[i].len;
        }
        if (here)
            put(u, line_of(u->draft, parts, n, u->gap));
        u->gap = !here;
    } while (left);
}

void vt_draft_cells(vt_draft *d) {
    vt_unfolder u = {.draft = d};
    bool any = false;

    for (size_t i = 0; i < d->count && !any; i++)
        any = is_row(&d->lines[i]) && closing_rows(d, i, i + 1);
    if (!any)
        return;
    for (size_t i = 0; i < d->count;) {
        const size_t end = rows_end(d, i);
        const bool closing = closing_rows(d, i, end);
        u.gap = d->lines[i].gap;
        for (size_t k = i; k < end; k++)
            if (!closing)
                put(&u, d->lines[k]);
            else if (!is_separator(d->lines[k].text))
                unfold_row(&u, &d->lines[k]);
        if (end == i)
            put(&u, d->lines[i]);
        i = end > i ? end : i + 1;
    }
    d->lines = u.lines;
    d->count = u.count;
}
