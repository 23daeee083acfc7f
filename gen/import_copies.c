/*
 * gen/import_copies.c - Nơi nhận of a draft: who receives, what is kept, the
 * mark of who drafted it.
 */
#include "gen/import.h"
#include "gen/schema.h"

#include <string.h>

/* ---------------------------------------------------------- as above -- */

/* "Như Điều 2, 3" -> "2, 3"; NULL: no such numbers. */
static const char *articles_in(vt_draft *d, vt_typed t) {
    size_t at = vt_behind(t, "nhu dieu");
    const char *s;

    at = at ? at : vt_behind(t, "nhu cac dieu");
    if (!at)
        return NULL;
    const vt_typed rest = vt_trimmed(vt_part(t, at, t.len), "");
    s = vt_strndup(d->arena, rest.s, rest.len);
    return s && vt_value_ok(vt_at_info_of(VT_AT_N), s) ? s : NULL;
}

static void make_as_article(vt_making *m, vt_node *copies, vt_typed t, const char *n) {
    vt_node *node = vt_make(m, copies, VT_AS_ARTICLE, t.line);
    const char *plain = vt_printf(m->draft->arena, "Như Điều %s", n);

    vt_make_attr(m, node, VT_AT_N, n);
    if (plain && (strlen(plain) != t.len || memcmp(plain, t.s, t.len) != 0))
        vt_make_text(m, node, t, 0, false);
}

static void make_as_above(vt_making *m, vt_node *copies, vt_typed t) {
    vt_node *node = vt_make(m, copies, VT_AS_ABOVE, t.line);

    if (!vt_child(m->root, VT_TO) || !m->pack || !vt_key_is(t, m->pack->as_above))
        vt_make_text(m, node, t, 0, false);
}

/* "(để b/c)" behind a receiver: where it begins, 0: none. */
static size_t note_at(vt_typed t) {
    size_t open = t.len;

    if (!t.len || t.s[t.len - 1] != ')')
        return 0;
    while (open > 0 && t.s[open - 1] != '(')
        open--;
    if (open < 3 || !vt_starts(vt_part(t, open, t.len), "de") || t.len - open > 150)
        return 0;
    return open;
}

static void make_receiver(vt_making *m, vt_node *copies, vt_typed t) {
    const size_t note = note_at(t);
    vt_node *node = vt_make(m, copies, VT_RECIPIENT, t.line);

    if (note)
        vt_make_attr(m, node, VT_AT_NOTE,
                     vt_strndup(m->draft->arena, t.s + note, t.len - note - 1));
    vt_make_text(m, node, note ? vt_part(t, 0, note - 1) : t, 0, false);
}

/* --------------------------------------------------------------- archive -- */

/* "NTH.15b", "PL.(300)", "ĐMQ, 40 bản": who drafted, and how many copies. */
typedef struct vt_drafter {
    vt_typed initials, count;
} vt_drafter;

static size_t initials_at(vt_typed t) {
    enum { LEAST = 2, MOST = 6 };
    const char *s = t.s, *end = t.len ? t.s + t.len : t.s;
    size_t n = 0, letters = 0;

    while (s < end && vt_capital(vt_utf8_next(&s, end))) {
        n = (size_t)(s - t.s);
        letters++;
    }
    return letters >= LEAST && letters <= MOST ? n : 0;
}

/* "15b", "300", "40 bản", to the end; bytes of the number, 0: none. */
static size_t count_of(vt_typed t) {
    size_t n = 0, at;

    while (n < t.len && t.s[n] >= '0' && t.s[n] <= '9')
        n++;
    at = n;
    while (at < t.len && t.s[at] == ' ')
        at++;
    const vt_typed unit = vt_part(t, at, t.len);
    return n && n <= 5 && (at == t.len || vt_key_is(unit, "b") || vt_key_is(unit, "bản")) ? n : 0;
}

/* "NTH.15b" as a whole. */
static bool read_drafter(vt_typed t, vt_drafter *out) {
    size_t at = initials_at(t), n;

    out->initials = vt_part(t, 0, at);
    const size_t sign = at;
    while (at < t.len && strchr(".,-/ ", t.s[at]))
        at++;
    if (!sign || at == sign || at >= t.len)
        return false;
    n = count_of(vt_part(t, at, t.len));
    out->count = vt_part(t, at, at + n);
    return n > 0;
}

/* Where the drafter's mark at the end of "VT, VX (NTH.15b)" or "VT, TCCB. PL.(300)"
   begins (PL I III.3); 0: there is none. */
static size_t drafter_at(vt_typed t, vt_drafter *out) {
    size_t open = t.len, from;

    if (t.len < 4 || t.s[t.len - 1] != ')')
        return 0;
    while (open > 0 && t.s[open - 1] != '(')
        open--;
    if (open < 2)
        return 0;
    const vt_typed inside = vt_trimmed(vt_part(t, open, t.len - 1), "");
    if (read_drafter(inside, out))
        return open - 1;
    /* the number alone in brackets, the initials before them behind a full stop */
    const size_t n = count_of(inside);
    for (from = open - 1; from > 0 && t.s[from - 1] != ' '; from--)
        ;
    const size_t letters = initials_at(vt_part(t, from, open - 1));
    if (!n || from < 2 || !letters || from + letters + 2 != open || t.s[open - 2] != '.' ||
        t.s[from - 2] == ',')
        return 0;
    out->initials = vt_part(t, from, from + letters);
    out->count = vt_part(inside, 0, n);
    return from;
}

static void make_archive(vt_making *m, vt_node *copies, vt_typed t) {
    vt_drafter mark;
    const size_t at = drafter_at(t, &mark);
    const vt_typed kept = vt_trimmed(vt_part(t, 0, at), ";,.");
    vt_arena *arena = m->draft->arena;

    while (at && mark.count.len > 1 && *mark.count.s == '0')
        mark.count = vt_part(mark.count, 1, mark.count.len);
    const char *drafter = at ? vt_strndup(arena, mark.initials.s, mark.initials.len) : NULL;
    const char *count = at ? vt_strndup(arena, mark.count.s, mark.count.len) : NULL;
    if (!drafter || !count || !kept.len || !vt_value_ok(vt_at_info_of(VT_AT_DRAFTER), drafter) ||
        !vt_value_ok(vt_at_info_of(VT_AT_COUNT), count)) {
        vt_make_words(m, copies, VT_ARCHIVE, t);
        return;
    }
    vt_node *archive = vt_make_words(m, copies, VT_ARCHIVE, kept);
    vt_make_attr(m, archive, VT_AT_DRAFTER, drafter);
    vt_make_attr(m, archive, VT_AT_COUNT, count);
    vt_left_out(m->draft, VT_INFO, "NHAP-35", vt_part(t, at, t.len),
                "Không phải thì ghi lại cả dòng vào <archive>.",
                "Được hiểu là ký hiệu người soạn thảo và số lượng bản; khi in viết theo thể thức.");
}

/* ------------------------------------------------------------- receivers -- */

static void make_copy(vt_making *m, vt_node *copies, vt_typed typed) {
    const vt_typed t = vt_trimmed(typed, ";,.");
    vt_say_stray(m->draft, t);
    const char *n = articles_in(m->draft, t);
    const size_t luu = vt_behind(t, "luu");
    size_t at = luu;

    while (at < t.len && strchr(": ", t.s[at]))
        at++;
    if (n)
        make_as_article(m, copies, t, n);
    else if (vt_is_listed(m->draft, VT_LIST_AS_ABOVE, t))
        make_as_above(m, copies, t);
    else if (luu && at < t.len)
        make_archive(m, copies, vt_part(t, at, t.len));
    else if (t.len)
        make_receiver(m, copies, t);
}

void vt_import_copies(vt_making *m, const vt_typed *items, size_t count) {
    vt_node *copies = count ? vt_make(m, m->root, VT_COPIES, items[0].line) : NULL;

    for (size_t i = 0; i < count; i++)
        make_copy(m, copies, items[i]);
    if (copies && !copies->first)
        vt_remove(copies);
}
