/*
 * cli/past_void.c - rows of an old register that are no document's: numbers that were given up,
 * by the words that offices write there, and what stands beside them.
 */
#include "cli/past.h"

#include <stdlib.h>
#include <string.h>

enum { SERIES_MOST = 256, UNFIT = 1 << 30 };

/* ------------------------------------------------------------------ words -- */

/* As the content or the note, folded: these alone; these and what follows; those whose like a
   trích yếu may begin with ("Huỷ bỏ Quyết định số 5") only as the note. */
static const char *const ALONE[] = {"huy", "trong", "de trong", "bo trong", "khong dung"};
static const char *const SURE[] = {"so huy", "bo so", "nhay so"};
static const char *const NOTED[] = {
    "da huy",    "huy so",        "huy bo",           "huy do",         "huy vi",
    "huy khong", "bo trong",      "de trong",         "so trong",       "khong dung",
    "khong cap", "khong su dung", "khong co van ban", "khong ban hanh", "khong phat hanh"};
#define IN(list, words, whole) in(list, sizeof(list) / sizeof *(list), words, whole)

static bool in(const char *const *list, size_t count, const char *words, bool whole) {
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(list[i]);

        if (strncmp(words, list[i], n) == 0 && (!words[n] || (!whole && words[n] == ' ')))
            return true;
    }
    return false;
}

static bool tells(const char *words, bool note) {
    return IN(ALONE, words, true) || (note ? IN(SURE, words, false) || IN(NOTED, words, false)
                                           : IN(SURE, words, true) || IN(NOTED, words, true));
}

/* "Số huỷ: đánh nhầm (huong)", as the program's own register says it, is "đánh nhầm (huong)". */
static const char *reason_of(vt_arena *arena, const char *text) {
    const char *colon = strchr(text, ':');
    const char *head = colon ? vt_strndup(arena, text, (size_t)(colon - text)) : NULL;
    const char *words = head ? vt_past_words_of(arena, head) : NULL;

    if (words && strcmp(words, "so huy") == 0 && colon[1 + strspn(colon + 1, " \n")])
        return colon + 1 + strspn(colon + 1, " \n");
    return text;
}

/* What else the row tells of it is kept with the reason: the row of a void number has none. */
static void give_up(vt_arena *arena, vt_past_row *row, const char *said, const char *more) {
    const char *date = row->cell[VT_COL_DATE];
    const char *reason = reason_of(arena, said);

    if (*more)
        reason = vt_printf(arena, "%s; %s", reason, more);
    if (reason && (*row->notation || *date))
        reason = vt_printf(arena, "%s (sổ ghi số %s%s%s)", reason, row->designation,
                           *date ? ", ngày " : "", date);
    row->voided = reason;
}

vt_status vt_past_read_void(vt_cli *cli, const vt_past_way *way, vt_past_row *row) {
    const char *note = row->cell[VT_COL_NOTE], *date = row->cell[VT_COL_DATE];
    const char *content = vt_past_words_of(cli->arena, row->subject);
    const char *noted = vt_past_words_of(cli->arena, note);

    if (!content || !noted)
        return vt_nomem(cli->list);
    if (*row->cell[VT_COL_SIGNER] || *row->cell[VT_COL_RECIPIENTS])
        return VT_OK; /* it was a document */
    if (!*content && !*date && strncmp(noted, "giu cho ", 8) == 0)
        return vt_bad(cli->list, "NK-11", (vt_place){.file = way->file, .line = row->line},
                      "Ghi vào hàng này văn bản đã dùng số ấy; không dùng nữa thì ghi “Số huỷ: "
                      "LÝ-DO” vào cột ghi chú.",
                      "Số %s trong sổ còn đang giữ chỗ (“%s”): chưa là văn bản, cũng chưa huỷ.",
                      row->number, note);
    if (!*content && tells(noted, true))
        give_up(cli->arena, row, note, "");
    else if (*content && (tells(content, false) || (!*date && IN(SURE, content, false))))
        give_up(cli->arena, row, row->subject, note);
    return vt_arena_failed(cli->arena) ? vt_nomem(cli->list) : VT_OK;
}

/* ----------------------------------------------------------------- beside -- */

/* The rows of one series above and below. */
typedef struct sides {
    const char *series;
    const vt_past_row *above, *below;
} sides;

static bool fits(const vt_past_row *row, const vt_past_row *other, bool alike) {
    if (other->voided || !other->series || other->part != row->part)
        return false;
    return !alike || ((!row->type || other->type == row->type) &&
                      (!vt_date_full(row->date) || other->date.year == row->date.year));
}

static sides *of_series(sides *all, size_t *count, const char *series) {
    for (size_t i = 0; i < *count; i++)
        if (strcmp(all[i].series, series) == 0)
            return &all[i];
    if (*count == SERIES_MOST)
        return NULL;
    all[*count] = (sides){.series = series};
    return &all[(*count)++];
}

static size_t find_sides(const vt_past_row *rows, size_t count, size_t at, bool alike,
                         sides all[SERIES_MOST]) {
    size_t found = 0;
    sides *s;

    for (size_t i = at; i-- > 0;)
        if (fits(&rows[at], &rows[i], alike) && (s = of_series(all, &found, rows[i].series)) &&
            !s->above)
            s->above = &rows[i];
    for (size_t i = at + 1; i < count; i++)
        if (fits(&rows[at], &rows[i], alike) && (s = of_series(all, &found, rows[i].series)) &&
            !s->below)
            s->below = &rows[i];
    return found;
}

static long number_of(const vt_past_row *row) {
    return strtol(row->number, NULL, 10);
}

/* How far the number is from those of this series; far, where it is not between them. */
static long distance(const sides *s, long number, const vt_past_row **nearest) {
    const long above = s->above ? number - number_of(s->above) : 0;
    const long below = s->below ? number_of(s->below) - number : 0;
    const bool between = (above >= 0 && below >= 0) || (above <= 0 && below <= 0);
    const bool upper = s->above && (!s->below || labs(above) <= labs(below));

    *nearest = upper ? s->above : s->below;
    return (upper ? labs(above) : labs(below)) + (between ? 0 : UNFIT);
}

const vt_past_row *vt_past_beside(const vt_past_row *rows, size_t count, size_t at, bool *several) {
    sides all[SERIES_MOST];
    const vt_past_row *best = NULL, *one;
    const long number = number_of(&rows[at]);
    size_t found = find_sides(rows, count, at, true, all);
    long least = 0;

    *several = false;
    if (!found)
        found = find_sides(rows, count, at, false, all);
    for (size_t i = 0; i < found; i++) {
        const long far = distance(&all[i], number, &one);

        if (best && far == least)
            *several = true;
        if (best && far >= least)
            continue;
        best = one;
        least = far;
        *several = false;
    }
    return *several ? NULL : best;
}
