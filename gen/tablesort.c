/*
 * gen/tablesort.c - what the columns of a table hold, told by their cells.
 *
 * Numbers are compared digit by digit and stand to the right, their decimal
 * signs in line; ordinals and dates stand in the middle; all else is running
 * text.  A column is what most of its cells are; how each kind is aligned the
 * pack says.
 */
#include "gen/tablegrid.h"

#include <math.h>
#include <string.h>

#define BRIEF 40 /* bytes: no number, date or ordinal is longer */

/* ------------------------------------------------------------ cell's text -- */

typedef struct brief {
    char text[BRIEF + 1];
    size_t len;
    bool over; /* too long, or no plain words */
    bool bold;
} brief;

static void add_words(brief *b, const vt_node *node, int depth) {
    for (; node != NULL && !b->over; node = node->next) {
        if (node->el == VT_B || node->el == VT_I || node->el == VT_U) {
            b->over = depth == VT_MAX_DEPTH;
            b->bold = b->bold || node->el == VT_B;
            add_words(b, node->first, depth + 1);
        } else if (node->el != VT_TEXT || node->len > BRIEF - b->len) {
            b->over = true;
        } else {
            memcpy(b->text + b->len, node->text, node->len);
            b->len += node->len;
        }
    }
}

/* The words of a cell that holds one short paragraph of plain words. */
static brief brief_of(const vt_node *cell) {
    const vt_node *first = cell->first;
    brief b = {0};

    if (first != NULL && first->el == VT_P && first->next == NULL)
        first = first->first;
    add_words(&b, first, 0);
    while (b.len > 0 && b.text[b.len - 1] == ' ')
        b.len--;
    b.text[b.len] = '\0';
    return b;
}

/* ---------------------------------------------------------------- kinds -- */

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t digits(const char *s) {
    return strspn(s, "0123456789");
}

static bool one_of(const char *s, const char *list) {
    const size_t len = strlen(s);

    for (const char *at = list; (at = strstr(at, s)) != NULL; at += len)
        if (at > list && at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

/* Groups of digits with points, commas or single spaces between them. */
static const char *number_end(const char *s) {
    while (digit(*s)) {
        s += digits(s);
        if ((*s == '.' || *s == ',' || *s == ' ') && digit(s[1]))
            s++;
    }
    return s;
}

/* "-1.234,5", "(12)", "+3 %" */
static bool is_number(const char *s) {
    static const char minus[] = "−";
    const bool bracket = *s == '(';

    s += bracket;
    if (*s == '-' || *s == '+')
        s++;
    else if (strncmp(s, minus, sizeof minus - 1) == 0)
        s += sizeof minus - 1;
    if (!digit(*s))
        return false;
    s = number_end(s);
    s += *s == ' ' && s[1] == '%';
    s += *s == '%';
    s += bracket && *s == ')';
    return *s == '\0';
}

static bool is_year(const char *s) {
    return strlen(s) == 4 && digits(s) == 4 &&
           (strncmp(s, "19", 2) == 0 || strncmp(s, "20", 2) == 0);
}

/* Days, months, years with slashes or dashes: "5/3/2026", "2026 - 2030" */
static bool is_date(const char *s) {
    int joints = 0;

    for (;;) {
        const size_t n = digits(s);
        if (n == 0 || n > 4)
            return false;
        s += n;
        if (*s == '\0')
            return joints > 0;
        s += strspn(s, " ");
        if (*s != '/' && *s != '-')
            return false;
        joints++;
        s++;
        s += strspn(s, " ");
    }
}

/* "12", "1.2.", "IV", "a)", "(3)" */
static bool is_order(const char *s) {
    const bool bracket = *s == '(';
    size_t n;

    s += bracket;
    if (digit(*s)) {
        while (digit(*s)) {
            n = digits(s);
            if (n > 4)
                return false;
            s += n;
            s += *s == '.';
        }
    } else if ((n = strspn(s, "IVXLC")) > 0) {
        s += n;
    } else if (strncmp(s, "đ", 2) == 0 || strncmp(s, "Đ", 2) == 0) {
        s += 2;
    } else if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z')) {
        s++;
    }
    s += *s == '.' || *s == ')';
    return *s == '\0';
}

static vt_content content_of(const brief *b, int column) {
    if (b->over)
        return VT_CELL_TEXT;
    if (b->len == 0 || one_of(b->text, " - – — … ... "))
        return VT_CELL_EMPTY;
    if (column == 0 && is_order(b->text))
        return VT_CELL_ORDER;
    if (one_of(b->text, " x X v V + "))
        return VT_CELL_MARK;
    if (is_year(b->text))
        return VT_CELL_YEAR;
    if (is_number(b->text))
        return VT_CELL_NUMBER;
    return is_date(b->text) ? VT_CELL_DATE : VT_CELL_TEXT;
}

/* --------------------------------------------------------------- decimals -- */

/* Where the decimals begin: behind the last digit where there are none. */
static const char *decimals(const char *s) {
    const char *comma = strchr(s, ','), *point = strrchr(s, '.');

    if (comma != NULL && comma == strrchr(s, ','))
        return comma;
    if (comma == NULL && point != NULL && point == strchr(s, '.') && digits(point + 1) != 3)
        return point;
    const char *end = s + strlen(s);
    while (end > s && !digit(end[-1]))
        end--;
    return end;
}

static double tail_of(const vt_tgrid *g, const brief *b) {
    const char *tail = decimals(b->text);
    const vt_face face = b->bold ? VT_BOLD : g->cell.face;
    const int64_t units =
        vt_fonts_width(vt_engine_fonts(g->ctx->job->engine), face, tail, strlen(tail));

    return (double)units * vt_size_of(g->ctx, &g->cell) / 1000;
}

/* ---------------------------------------------------------------- columns -- */

typedef struct column {
    uint32_t count[VT_CELL_CONTENTS];
    double tail; /* the widest of its numbers */
} column;

/* What most of its cells are, empty ones left out. */
static vt_content kind_of(const column *c) {
    const uint32_t *n = c->count;
    uint32_t all = 0;

    for (int i = 0; i < VT_CELL_CONTENTS; i++)
        all += i == VT_CELL_EMPTY ? 0 : n[i];
    if (all == 0)
        return VT_CELL_EMPTY;
    if (2 * n[VT_CELL_ORDER] >= all)
        return VT_CELL_ORDER;
    if (n[VT_CELL_NUMBER] == 0 && 2 * (n[VT_CELL_DATE] + n[VT_CELL_YEAR]) >= all)
        return VT_CELL_DATE;
    if (2 * (n[VT_CELL_NUMBER] + n[VT_CELL_YEAR]) >= all)
        return VT_CELL_NUMBER;
    if (2 * n[VT_CELL_DATE] >= all)
        return VT_CELL_DATE;
    return 2 * n[VT_CELL_MARK] >= all ? VT_CELL_MARK : VT_CELL_TEXT;
}

static void look_at(const vt_tgrid *g, vt_tcell *cell, column *columns) {
    const brief b = brief_of(cell->node);
    column *c = &columns[cell->column + cell->columns - 1];

    cell->brief = !b.over;
    cell->content = content_of(&b, cell->column);
    if (cell->content == VT_CELL_NUMBER || cell->content == VT_CELL_YEAR) {
        cell->tail = tail_of(g, &b);
        c->tail = fmax(c->tail, cell->tail);
    }
    if (cell->columns == 1)
        c->count[cell->content]++;
}

static void align(const vt_tgrid *g, vt_tcell *cell, vt_content kind, double tail) {
    const vt_pack *pack = g->ctx->pack;
    const bool number = cell->content == VT_CELL_NUMBER || cell->content == VT_CELL_YEAR;

    cell->align = g->cell.align;
    if (!cell->brief || (cell->columns > 1 && !number))
        return;
    if (kind == VT_CELL_ORDER) {
        cell->align = pack->order_align;
    } else if (kind == VT_CELL_DATE || kind == VT_CELL_MARK) {
        cell->align = pack->date_align;
    } else if (kind == VT_CELL_NUMBER && (number || cell->content == VT_CELL_EMPTY)) {
        cell->align = pack->number_align;
        cell->inset = number && cell->align == VT_RIGHT ? tail - cell->tail : 0;
    }
}

void vt_tgrid_sort(vt_tgrid *g) {
    column columns[VT_MAX_COLUMNS] = {0};

    for (size_t i = 0; i < g->cell_count; i++) {
        if (g->cells[i].header)
            g->cells[i].align = g->head.align;
        else
            look_at(g, &g->cells[i], columns);
    }
    for (size_t i = 0; i < g->cell_count; i++) {
        const column *c = &columns[g->cells[i].column + g->cells[i].columns - 1];
        if (!g->cells[i].header)
            align(g, &g->cells[i], kind_of(c), c->tail);
    }
}
