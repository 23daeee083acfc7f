/* cli/register_slice.c - how much of a register one file holds. */

#include "cli/register.h"
#include "cli/tomes.h"

#include <stdlib.h>
#include <string.h>

static size_t bytes_of(const vt_register_row *r) {
    size_t bytes = 200 + strlen(r->designation) + strlen(r->subject) + strlen(r->signers) +
                   strlen(r->recipients) + strlen(r->keepers) + strlen(r->reason) +
                   strlen(r->undone_why) + strlen(r->disorder);

    return bytes + r->relation_count * 100;
}

static int64_t number_of(const vt_register_row *r) {
    return strtoll(r->number, NULL, 10);
}

/* May a file end behind row i?  `month`: where a month ends. */
static bool may_end(const vt_register_part *p, size_t i, bool month) {
    const vt_register_row *a = &p->rows[i], *b = a + 1;

    if (i + 1 == p->row_count)
        return true;
    if (number_of(a) == number_of(b))
        return false;
    return !month || (*a->date && *b->date && strncmp(a->date, b->date, 7) != 0);
}

/* Behind the last row from `from` on that fits. */
static size_t end_of(const vt_register_part *p, size_t from, size_t most, size_t *bytes) {
    size_t end = from, best;

    for (; end < p->row_count && end - from < most && *bytes < VT_TOME_BYTES; end++)
        *bytes += bytes_of(&p->rows[end]);
    if (end == p->row_count)
        return end;
    for (int month = 1; month >= 0; month--)
        for (best = end; best > from; best--)
            if (may_end(p, best - 1, month))
                return best;
    return end;
}

static void take(const vt_register_part *p, size_t from, size_t end, vt_register_part *out) {
    *out = *p;
    if (from == 0 && end == p->row_count)
        return;
    out->rows = p->rows + from;
    out->row_count = end - from;
    out->used = out->reserved = out->voided = 0;
    out->first = number_of(&p->rows[from]);
    out->last = number_of(&p->rows[end - 1]);
    out->first_date = out->last_date = "";
    for (size_t i = from; i < end; i++) {
        const vt_register_row *r = &p->rows[i];

        out->used += *r->state == 'u';
        out->reserved += *r->state == 'r';
        out->voided += *r->state == 'v';
        if (!*r->date || *r->disorder)
            continue;
        if (!*out->first_date)
            out->first_date = r->date;
        out->last_date = r->date;
    }
}

bool vt_register_slice(vt_arena *arena, const vt_register *all, size_t most, size_t *part,
                       size_t *row, vt_register *out) {
    size_t bytes = 0;

    *out = *all;
    out->part_count = 0;
    out->parts = vt_alloc_array(arena, all->part_count + 1, sizeof *out->parts);
    while (out->parts && *part < all->part_count && most > 0 && bytes < VT_TOME_BYTES) {
        const vt_register_part *p = &all->parts[*part];
        size_t end = end_of(p, *row, most, &bytes);

        take(p, *row, end, &out->parts[out->part_count++]);
        most -= end - *row;
        *row = end < p->row_count ? end : 0;
        *part += end == p->row_count;
        if (*row)
            break;
    }
    return out->parts != NULL;
}
