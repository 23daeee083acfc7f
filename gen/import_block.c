/*
 * gen/import_block.c - the lines of a body as blocks: what was broken by a
 * line's or a page's end is joined again, tables are taken whole.
 */
#include "gen/import.h"

#include <string.h>

enum { MOST_CELLS = 64 };

/* A block as the lines [from, to) of the draft. */
typedef struct vt_lines_of {
    size_t from, to;
    vt_leader mark;
    vt_node *table;
} vt_lines_of;

/* ----------------------------------------------------------------- forms -- */

static bool is_form(const vt_draft *d, const vt_type *type) {
    const vt_listed *slug = vt_list_of(d, VT_LIST_FORM_TYPES);

    while (slug->natural && (!type || strcmp(type->slug, slug->natural) != 0))
        slug++;
    return slug->natural != NULL;
}

/* "Thời gian: 8 giờ 00": where its colon stands, 0: no such line. */
size_t vt_form_colon(const vt_making *m, vt_typed t) {
    enum { LONGEST = 160 };
    const char *colon = t.len ? memchr(t.s, ':', t.len) : NULL;
    const size_t n = colon && is_form(m->draft, m->type) ? (size_t)(colon - t.s) : 0;

    if (!n || n > LONGEST || memchr(t.s, '.', n) || memchr(t.s, ';', n) ||
        memchr(t.s, VT_LINE_BREAK, n))
        return 0;
    return n + 1 == t.len || t.s[n + 1] == ' ' || t.s[n + 1] == '\t' ? n : 0;
}

/* ---------------------------------------------------------------- joining -- */

/* Behind closing quotes and brackets. */
static char last_sign(vt_typed t) {
    while (t.len) {
        const char c = t.s[t.len - 1];
        if (strchr(")\"']*", c))
            t.len--;
        else if (t.len >= 3 &&
                 (memcmp(t.s + t.len - 3, "”", 3) == 0 || memcmp(t.s + t.len - 3, "’", 3) == 0))
            t.len -= 3;
        else if (t.len >= 3 && memcmp(t.s + t.len - 3, "…", 3) == 0)
            return '.';
        else
            return c;
    }
    return 0;
}

static int characters(vt_typed t) {
    int n = 0;

    for (size_t i = 0; i < t.len; i++)
        n += ((unsigned char)t.s[i] & 0xC0) != 0x80;
    return n;
}

/* The first word of the next line would not have fitted here. */
static bool is_full(const vt_draft *d, vt_typed line, vt_typed next) {
    const char *blank = memchr(next.s, ' ', next.len);
    const vt_typed word = vt_part(next, 0, blank ? (size_t)(blank - next.s) : next.len);

    return characters(line) + 1 + characters(word) > d->width - 2;
}

static bool goes_on_here(const vt_draft *d, const vt_draft_line *last, const vt_draft_line *line) {
    const char sign = last_sign(last->text);
    const bool small = vt_starts_small(line->text), ended = sign && strchr(".!?:;", sign);

    if (vt_all_capitals(last->text) || vt_all_capitals(line->text))
        return vt_all_capitals(last->text) && vt_all_capitals(line->text) && sign != ':';
    if (d->width)
        return is_full(d, last->text, line->text) ||
               (!ended && (small || characters(last->text) * 4 >= d->width * 3));
    if (small)
        return !ended;
    return d->blocky && !last->hard && !ended && characters(last->text) >= 60;
}

/* "...; Luật Trẻ em;" and a long sentence: a series that a page's end cut. */
static bool series_goes_on(vt_typed block, vt_typed next) {
    enum { LONG = 200 };

    return block.len >= LONG && next.len >= LONG && last_sign(next) == '.' &&
           memchr(block.s, ';', block.len - 1) && !vt_starts(block, "can cu");
}

static bool goes_on_behind_gap(const vt_draft_line *first, const vt_draft_line *last,
                               const vt_draft_line *line) {
    const char sign = last_sign(last->text);

    if (vt_all_capitals(line->text) || vt_all_capitals(last->text))
        return false;
    if (vt_starts_small(line->text))
        return !sign || !strchr(".!?:;", sign);
    if (sign == ',')
        return true;
    return sign == ';' && series_goes_on(first == last ? last->text : first->text, line->text);
}

static bool goes_on(const vt_making *m, const vt_lines_of *block, const vt_draft_line *line,
                    vt_leader mark) {
    const vt_draft *d = m->draft;
    const vt_draft_line *first = &d->lines[block->from], *last = &d->lines[block->to - 1];

    if (block->table || mark.kind || line->heading || line->text.s[0] == '|' ||
        vt_form_colon(m, line->text))
        return false;
    if (block->mark.kind && block->mark.skip >= first->text.len && block->to == block->from + 1)
        return false; /* "Chương I": its heading stands on the next line */
    if (last->heading && !vt_starts_small(line->text))
        return false;
    if (!line->gap)
        return goes_on_here(d, last, line);
    return goes_on_behind_gap(first, last, line);
}

static void say_joined(vt_draft *d, const vt_draft_line *last, const vt_draft_line *line) {
    vt_unsure(d, VT_INFO, "NHAP-20", line->text, "Nếu là đoạn mới thì tách ra.",
              "Đã nối dòng %d vào dòng %d: câu bị ngắt giữa chừng.", line->text.line,
              last->text.line);
}

/* The lines' text as one, the mark left out; copied only when it must be. */
static vt_typed text_of(vt_draft *d, const vt_lines_of *block) {
    const vt_typed first = d->lines[block->from].text;
    const size_t skip = block->mark.skip < first.len ? block->mark.skip : first.len;
    size_t len = 0, at = 0;

    if (block->to == block->from + 1)
        return vt_part(first, skip, first.len);
    for (size_t i = block->from; i < block->to; i++)
        len += d->lines[i].text.len + 1;
    char *s = vt_alloc(d->arena, len);
    unsigned char *style = vt_alloc(d->arena, len);
    if (!s || !style)
        return vt_part(first, skip, first.len);
    for (size_t i = block->from; i < block->to; i++) {
        const vt_typed t = i == block->from ? vt_part(first, skip, first.len) : d->lines[i].text;
        if (at) {
            /* emphasis that was broken with the line has no hole */
            style[at] = t.len ? style[at - 1] & t.style[0] : 0;
            s[at++] = ' ';
        }
        memcpy(s + at, t.s, t.len);
        memcpy(style + at, t.style, t.len);
        at += t.len;
    }
    return (vt_typed){s, style, at, first.line};
}

/* ---------------------------------------------------------------- tables -- */

static bool is_separator(vt_typed t) {
    for (size_t i = 0; i < t.len; i++)
        if (!strchr("|-: \t", t.s[i]))
            return false;
    return memchr(t.s, '-', t.len) != NULL;
}

static size_t split(vt_typed t, char sign, vt_typed *out, size_t max) {
    size_t n = 0;

    for (size_t at = 0; at <= t.len && n < max;) {
        const char *cut = n + 1 < max ? memchr(t.s + at, sign, t.len - at) : NULL;
        const size_t end = cut ? (size_t)(cut - t.s) : t.len;
        out[n++] = vt_trimmed(vt_part(t, at, end), "");
        at = end + 1;
    }
    return n;
}

static size_t cells_of(vt_typed t, bool bars, vt_typed *out, size_t max) {
    if (bars && t.len > 1) {
        t = vt_part(t, *t.s == '|', t.len);
        t.len -= t.s[t.len - 1] == '|';
        return split(t, '|', out, max);
    }
    return memchr(t.s, '\t', t.len) ? split(t, '\t', out, max) : vt_columns(t, out, max);
}

static bool has_bar(const vt_draft_line *line) {
    return line->text.len > 2 && memchr(line->text.s + 1, '|', line->text.len - 1);
}

static bool is_piped(const vt_draft_line *line) {
    return has_bar(line) && *line->text.s == '|';
}

/* "Nội dung | Số tiền" above "--- | ---:" */
static bool is_bare_head(const vt_draft *d, size_t at, size_t to) {
    return at + 1 < to && has_bar(&d->lines[at]) && has_bar(&d->lines[at + 1]) &&
           is_separator(d->lines[at + 1].text);
}

/* How a table's lines are parted: by bars, else by tabs or wide blanks. */
typedef struct vt_columns_of {
    size_t count;
    bool bars;
} vt_columns_of;

/* How many lines from `at` on make a table; 0: none begins there. */
static size_t table_at(const vt_draft *d, size_t at, size_t to, vt_columns_of *of) {
    vt_typed cells[MOST_CELLS];
    size_t n = at;

    of->bars = is_piped(&d->lines[at]) || is_bare_head(d, at, to);
    if (of->bars) {
        of->count = cells_of(d->lines[at].text, true, cells, MOST_CELLS);
        while (n < to && has_bar(&d->lines[n]) &&
               (n == at || is_piped(&d->lines[n]) || !d->lines[n].gap))
            n++;
        return n - at > 1 ? n - at : 0;
    }
    of->count = vt_columns(d->lines[at].text, cells, MOST_CELLS);
    if (of->count < 2 || vt_leader_of(d->lines[at].text).kind == VT_L_BULLET)
        return 0;
    while (n < to && (n == at || !d->lines[n].gap) &&
           vt_columns(d->lines[n].text, cells, MOST_CELLS) >= 2)
        n++;
    return n - at >= (of->count > 2 ? 2 : 3) ? n - at : 0;
}

static bool is_head(vt_typed first) {
    return vt_key_is(first, "stt") || vt_key_is(first, "tt") || vt_key_is(first, "số tt") ||
           vt_key_is(first, "số thứ tự");
}

static void add_row(vt_making *m, vt_node *table, const vt_draft_line *line,
                    const vt_columns_of *of, bool head) {
    const size_t columns = of->count;
    vt_typed cells[MOST_CELLS];
    vt_node *row = vt_make(m, table, VT_ROW, line->text.line);
    size_t n = cells_of(line->text, of->bars, cells, columns), shift = 0;

    /* a leading tab is an empty cell */
    if (!of->bars && n < columns)
        shift = (size_t)line->tabs < columns - n ? (size_t)line->tabs : columns - n;
    for (size_t i = 0; i < columns; i++) {
        vt_node *cell = vt_make(m, row, VT_CELL, line->text.line);
        if (i >= shift && i - shift < n)
            vt_make_text(m, cell, cells[i - shift], head ? VT_SLANTED : VT_STRONG | VT_SLANTED,
                         true);
    }
}

static vt_node *make_table(vt_making *m, size_t from, size_t to, const vt_columns_of *of) {
    vt_draft *d = m->draft;
    vt_node *table = vt_node_new(d->arena, VT_TABLE, d->lines[from].text.line);
    vt_typed first[MOST_CELLS];
    bool head = to > from + 1 && is_separator(d->lines[from + 1].text);

    (void)cells_of(d->lines[from].text, of->bars, first, MOST_CELLS);
    head = head || (to > from + 1 && is_head(first[0]));
    if (head)
        vt_make_attr(m, table, VT_AT_HEADER_ROWS, "1");
    for (size_t i = from; i < to; i++)
        if (!of->bars || !is_separator(d->lines[i].text))
            add_row(m, table, &d->lines[i], of, head && i == from);
    if (!of->bars)
        vt_unsure(
            d, VT_INFO, "NHAP-24", d->lines[from].text, "Nếu không phải bảng thì sửa lại đoạn này.",
            "Các dòng %d đến %d chia cột bằng khoảng trống, được coi là một bảng%s.",
            d->lines[from].text.line, d->lines[to - 1].text.line, head ? " có hàng tiêu đề" : "");
    return table && table->first ? table : NULL;
}

/* ------------------------------------------------------------ page's foot -- */

static bool is_page_number(vt_typed t) {
    size_t n = 0;

    while (n < t.len && t.s[n] >= '0' && t.s[n] <= '9')
        n++;
    return n == t.len && n <= 2;
}

/* The issuer's address at the foot of the first page, the number of the second
   below it: how many lines; 0: no such thing. */
static size_t foot_at(const vt_draft *d, size_t at, size_t to) {
    enum { MOST_LINES = 6 };
    size_t n = at;

    while (n < to && n < at + MOST_LINES && vt_is_contact(d, d->lines[n].text))
        n++;
    return n > at && n < to && is_page_number(d->lines[n].text) ? n + 1 - at : 0;
}

static void take_foot(vt_making *m, size_t from, size_t to) {
    for (size_t i = from; i + 1 < to; i++)
        vt_import_contact(m, m->draft->lines[i].text);
    vt_left_out(m->draft, VT_INFO, "NHAP-04", m->draft->lines[to - 1].text, NULL,
                "Số trang, không đưa vào.");
}

/* ----------------------------------------------------------------- whole -- */

static vt_block finished(vt_making *m, const vt_lines_of *lines) {
    vt_draft *d = m->draft;
    const vt_draft_line *first = &d->lines[lines->from];

    return (vt_block){
        .text = lines->table ? (vt_typed){"", NULL, 0, first->text.line} : text_of(d, lines),
        .mark = lines->mark,
        .label = lines->mark.kind ? vt_strndup(d->arena, first->text.s, lines->mark.label) : NULL,
        .indent = first->indent,
        .heading = first->heading,
        .gap = first->gap,
        .table = lines->table};
}

vt_block *vt_import_blocks(vt_making *m, size_t from, size_t to, size_t *count) {
    vt_draft *d = m->draft;
    vt_lines_of *all = vt_alloc_array(d->arena, to - from + 1, sizeof *all);
    size_t n = 0;
    vt_columns_of of;

    *count = 0;
    for (size_t i = from; all && i < to;) {
        const size_t rows = table_at(d, i, to, &of);
        if (rows) {
            all[n++] = (vt_lines_of){i, i + rows, {0}, make_table(m, i, i + rows, &of)};
            n -= !all[n - 1].table;
            i += rows;
            continue;
        }
        const size_t foot = foot_at(d, i, to);
        if (foot) {
            take_foot(m, i, i + foot);
            i += foot;
            continue;
        }
        const vt_leader mark = vt_leader_of(d->lines[i].text);
        if (n && goes_on(m, &all[n - 1], &d->lines[i], mark)) {
            if (d->lines[i].gap)
                say_joined(d, &d->lines[i - 1], &d->lines[i]);
            all[n - 1].to = i + 1;
        } else {
            all[n++] = (vt_lines_of){i, i + 1, mark, NULL};
        }
        i++;
    }
    vt_block *blocks = n ? vt_alloc_array(d->arena, n, sizeof *blocks) : NULL;
    for (size_t i = 0; blocks && i < n; i++)
        blocks[i] = finished(m, &all[i]);
    *count = blocks ? n : 0;
    return blocks;
}
