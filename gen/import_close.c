/*
 * gen/import_close.c - the end of a draft: Nơi nhận and the signatures, below
 * one another or in two columns, in either order.
 */
#include "gen/import.h"

#include <string.h>

enum { MOST_SIGNERS = 8, MOST_PIECES = 4, LONGEST = 400, WALK = 16 };

/* -------------------------------------------------------- what a piece is -- */

/* "TM.", "T/M", "KT.", "K/T", "TL.", "T/L", "TUQ.", "Q.": bytes; 0: none. */
size_t vt_capacity_of(vt_typed t, const char **kind) {
    static const char *const kinds[] = {"TUQ", "TM", "KT", "TL", "Q"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t at = 0, signs = 0;
        const char *k = kinds[i];
        while (*k && at < t.len && t.s[at] == *k) {
            at++;
            k++;
            while (at < t.len && (t.s[at] == '.' || t.s[at] == '/')) {
                at++;
                signs++;
            }
        }
        if (*k || at >= t.len || !(signs || (t.s[at] == ' ' && kinds[i][0] != 'Q')))
            continue;
        if (t.s[at - 1] != '.' && t.s[at - 1] != '/' && !vt_word_ends(t.s + at, t.s + t.len))
            continue; /* "T/M26" */
        *kind = kinds[i];
        while (at < t.len && t.s[at] == ' ')
            at++;
        return at;
    }
    return 0;
}

static bool is_capacity(vt_typed t) {
    const char *kind;

    return t.len <= LONGEST && vt_capacity_of(t, &kind) && vt_all_capitals(t);
}

static size_t copies_label(vt_typed t) {
    size_t at = vt_behind(vt_unbulleted(t), "noi nhan");

    if (!at)
        return 0;
    at += (size_t)(vt_unbulleted(t).s - t.s);
    return at == t.len || strchr(": (*", t.s[at]) ? at : 0;
}

/* "(Đã ký)", "(Ký, ghi rõ họ tên)" */
static bool is_signed_note(vt_typed t) {
    if (t.len > 80)
        return false;
    if (vt_key_is(t, "đã ký") || vt_key_is(t, "ký tên"))
        return true;
    return t.len > 1 && *t.s == '(' &&
           (vt_starts(vt_part(t, 1, t.len), "ky") || vt_starts(vt_part(t, 1, t.len), "da ky") ||
            vt_starts(vt_part(t, 1, t.len), "dau"));
}

static bool is_post(const vt_draft *d, vt_typed t) {
    return vt_is_listed(d, VT_LIST_POSTS, t);
}

static bool is_name(const vt_draft *d, vt_typed t) {
    const size_t rank = vt_listed_behind(d, VT_LIST_RANKS, t);

    if (vt_all_capitals(t) || t.len > 100)
        return false;
    return vt_is_person(rank ? vt_trimmed(vt_part(t, rank, t.len), "") : t);
}

/* A post in small letters: "Trạm trưởng Trạm Khuyến nông". */
static bool is_small_post(const vt_draft *d, vt_typed t) {
    enum { LONGEST_POST = 120 };

    if (!t.len || t.len > LONGEST_POST || vt_starts_small(t) || !is_post(d, t))
        return false;
    for (size_t i = 0; i < t.len; i++)
        if (strchr(".;:,", t.s[i]) || (t.s[i] >= '0' && t.s[i] <= '9'))
            return false;
    return true;
}

/* "TM. Ủy ban nhân dân" */
static bool is_small_capacity(vt_typed t) {
    const char *kind;
    const size_t n = t.len <= 160 ? vt_capacity_of(t, &kind) : 0;

    return n && n < t.len && !vt_starts_small(vt_part(t, n, t.len)) && !vt_leader_of(t).kind;
}

static bool is_capitals(vt_typed t) {
    return t.len <= 160 && vt_all_capitals(t) && !vt_leader_of(t).kind;
}

bool vt_closes(const vt_draft *d, size_t line) {
    vt_typed pieces[MOST_PIECES];
    const vt_typed t = d->lines[line].text;
    const size_t n = t.len > LONGEST ? 0 : vt_columns(t, pieces, MOST_PIECES);

    for (size_t i = 0; i < n; i++)
        if (copies_label(pieces[i]) || is_capacity(pieces[i]))
            return true;
    return false;
}

/* --------------------------------------------------------- where it begins -- */

/* Of nothing but posts, names and the like; *post: has a post. */
static bool is_signature_line(const vt_draft *d, size_t line, bool *post) {
    vt_typed pieces[MOST_PIECES];
    const vt_typed t = d->lines[line].text;
    const size_t n = t.len > LONGEST ? 0 : vt_columns(t, pieces, MOST_PIECES);

    *post = false;
    for (size_t i = 0; i < n; i++) {
        if (is_capitals(pieces[i]) && (is_capacity(pieces[i]) || is_post(d, pieces[i])))
            *post = true;
        else if (!is_capitals(pieces[i]) && !is_name(d, pieces[i]) && !is_signed_note(pieces[i]))
            return false;
    }
    return n > 0;
}

/* "SỞ NỘI VỤ      SỞ TÀI CHÍNH" above their posts. */
static bool is_row_of_bodies(const vt_draft *d, size_t line) {
    vt_typed pieces[MOST_PIECES];
    const vt_typed t = d->lines[line].text;
    const size_t n = t.len > LONGEST ? 0 : vt_columns(t, pieces, MOST_PIECES);

    for (size_t i = 0; i < n; i++)
        if (!vt_is_body(d, pieces[i]) || !is_capitals(pieces[i]))
            return false;
    return n > 1;
}

/* The first line of the signatures that end before line `at`; `at`: none. */
static size_t signatures_before(const vt_draft *d, size_t at, size_t from) {
    size_t first = at;
    bool post;

    for (size_t i = at; i-- > from && at - i < WALK;) {
        if (!is_signature_line(d, i, &post))
            break;
        if (post)
            first = i;
    }
    return first < at && first > from && is_row_of_bodies(d, first - 1) ? first - 1 : first;
}

static bool has_copies(const vt_draft *d, size_t line) {
    vt_typed pieces[MOST_PIECES];
    const vt_typed t = d->lines[line].text;
    const size_t n = t.len > LONGEST ? 0 : vt_columns(t, pieces, MOST_PIECES);

    for (size_t i = 0; i < n; i++)
        if (copies_label(pieces[i]))
            return true;
    return false;
}

/* A post and a name in small letters, nothing behind them; `to`: none. */
static size_t small_signature(const vt_draft *d, size_t from, size_t to) {
    enum { LINES = 4 };
    size_t first = to;

    if (to <= from || !is_name(d, d->lines[to - 1].text))
        return to;
    for (size_t i = to - 1; i-- > from && to - i <= LINES;) {
        const vt_typed t = d->lines[i].text;
        if (is_small_post(d, t) || is_capacity(t))
            first = i;
        else if (!is_signed_note(t))
            break;
    }
    return first;
}

/* What stands behind a signature: the foot of the first page, what programs add. */
static bool is_foot(const vt_draft *d, vt_typed t) {
    return vt_is_contact(d, t) || vt_is_listed(d, VT_LIST_OUTSIDE, t);
}

size_t vt_import_close_at(const vt_draft *d, size_t from, size_t to) {
    size_t end = to;

    while (end > from && is_foot(d, d->lines[end - 1].text))
        end--;
    for (size_t i = to; i-- > from;)
        if (has_copies(d, i))
            return signatures_before(d, i, from);
    /* no Nơi nhận: what stands last, or the last "KT. ..." */
    size_t last = signatures_before(d, end, from);
    if (last == end)
        last = small_signature(d, from, end);
    if (last < end)
        return last;
    for (size_t i = to; i-- > from && to - i < WALK;)
        if (vt_closes(d, i))
            return signatures_before(d, i + 1, from);
    return end;
}

/* --------------------------------------------------------------- gathering -- */

typedef struct vt_ending {
    vt_making *m;
    vt_signer signers[MOST_SIGNERS];
    size_t count;
    size_t row, row_count; /* signers side by side that are being read */
    vt_typed *copies;
    size_t copy_count, copy_cap;
    bool listing; /* the lines below are receivers */
    bool labelled;
    bool last; /* nothing follows the line at hand */
} vt_ending;

static void leftover(vt_ending *c, vt_typed t) {
    if (!t.len)
        return;
    vt_make_text(c->m, vt_make(c->m, c->m->body, VT_P, t.line), t, VT_STRONG | VT_SLANTED, false);
    vt_unsure(c->m->draft, VT_WARNING, "NHAP-32", t, "Chuyển đoạn này về đúng chỗ.",
              "Không rõ dòng này ở phần cuối là gì; đã đặt vào cuối nội dung.");
}

static void add_copy(vt_ending *c, vt_typed t) {
    vt_typed *copies = NULL;

    if (vt_trimmed(t, ";,.").len)
        copies = vt_grow(c->m->draft->arena, c->copies, &c->copy_cap, c->copy_count + 1,
                         sizeof *c->copies);
    if (!copies)
        return;
    c->copies = copies;
    c->copies[c->copy_count++] = t;
}

/* "- Như trên; - UBND tỉnh; - Lưu: VT." on one line. */
static void add_copies(vt_ending *c, vt_typed t) {
    for (size_t i = 1; i + 2 < t.len; i++) {
        if (!strchr(";,.", t.s[i - 1]) || t.s[i] != ' ')
            continue;
        const vt_leader mark = vt_leader_of(vt_part(t, i + 1, t.len));
        if (mark.kind != VT_L_BULLET || mark.sign != '-')
            continue;
        add_copy(c, vt_part(t, 0, i));
        t = vt_part(t, i + 1 + mark.skip, t.len);
        i = 0;
    }
    add_copy(c, t);
}

static bool ends_with(vt_typed t, const char *signs) {
    return t.len && strchr(signs, t.s[t.len - 1]);
}

/* A piece of a line, and where it stands on it. */
typedef struct vt_placed {
    vt_typed text;
    int middle, tab;
} vt_placed;

static vt_placed placed(const vt_draft_line *line, vt_typed piece) {
    const char *from = line->text.s;
    vt_placed p = {.text = piece, .middle = line->indent * 2, .tab = line->tabs};

    for (; from < piece.s; from++) {
        p.tab += *from == '\t';
        p.middle += ((unsigned char)*from & 0xC0) != 0x80 ? 2 : 0;
    }
    for (size_t i = 0; i < piece.len; i++)
        p.middle += ((unsigned char)piece.s[i] & 0xC0) != 0x80;
    return p;
}

static void start_row(vt_ending *c, const vt_placed *pieces, size_t n) {
    c->row = c->count;
    c->row_count = c->count + n <= MOST_SIGNERS ? n : MOST_SIGNERS - c->count;
    c->count += c->row_count;
    for (size_t i = 0; i < c->row_count; i++) {
        c->signers[c->row + i].column = pieces[i].middle;
        c->signers[c->row + i].tab = pieces[i].tab;
    }
}

/* Are posts still being read, that is: has none of the row a name yet? */
static bool row_open(const vt_ending *c) {
    for (size_t i = 0; i < c->row_count; i++)
        if (c->signers[c->row + i].name.len)
            return false;
    return c->row_count > 0;
}

static int distance(const vt_signer *s, const vt_placed *piece, bool tabs) {
    const int n = tabs ? s->tab - piece->tab : s->column - piece->middle;

    return n < 0 ? -n : n;
}

/* Which signer of the row the k-th of n pieces belongs to: with fewer pieces than
   signers, the one it stands below. */
static vt_signer *signer_of(vt_ending *c, const vt_placed *pieces, size_t k, size_t n) {
    vt_signer *row = &c->signers[c->row], *nearest = row;

    if (!c->row_count)
        return NULL;
    if (n == c->row_count)
        return &row[k];
    const bool tabs = row[c->row_count - 1].tab > 0;
    for (size_t i = 1; i < c->row_count; i++)
        if (distance(&row[i], &pieces[k], tabs) < distance(nearest, &pieces[k], tabs))
            nearest = &row[i];
    return nearest;
}

static void capitals(vt_ending *c, const vt_placed *pieces, size_t n) {
    if (!row_open(c) || n > c->row_count)
        start_row(c, pieces, n);
    for (size_t i = 0; i < n; i++) {
        vt_signer *s = signer_of(c, pieces, i, n);
        if (s && s->count < VT_MOST_CAPITALS)
            s->capitals[s->count++] = pieces[i].text;
        else
            leftover(c, pieces[i].text);
    }
}

static void names(vt_ending *c, const vt_placed *pieces, size_t n) {
    for (size_t i = 0; i < n; i++) {
        vt_signer *s = signer_of(c, pieces, i, n);
        for (size_t k = 0; n < c->row_count && s && s->name.len && k < c->row_count; k++)
            if (!c->signers[c->row + k].name.len)
                s = &c->signers[c->row + k];
        if (!s || s->name.len)
            leftover(c, pieces[i].text);
        else
            s->name = pieces[i].text;
    }
}

/* A name typed in capitals stands apart below a post. */
static bool is_capital_name(const vt_ending *c, const vt_draft_line *line, vt_typed t) {
    const vt_signer *s = row_open(c) ? &c->signers[c->row] : NULL;
    const vt_draft *d = c->m->draft;

    return s && s->count && (line->gap || c->last) && !is_post(d, t) && !is_capacity(t) &&
           vt_is_person(t) && !vt_is_listed(d, VT_LIST_ORGANS, t) && !vt_is_level(d, t);
}

/* One piece of Nơi nhận; false: it is none. */
static bool take_copy(vt_ending *c, const vt_draft_line *line, vt_typed t) {
    vt_typed *last = c->copy_count ? &c->copies[c->copy_count - 1] : NULL;
    const vt_leader mark = vt_leader_of(t);
    const size_t label = c->labelled ? 0 : copies_label(t);

    if (label) {
        size_t at = label;
        while (at < t.len && strchr(": *", t.s[at]))
            at++;
        c->labelled = c->listing = true;
        add_copies(c, vt_unbulleted(vt_part(t, at, t.len)));
        return true;
    }
    if (!c->labelled)
        return false;
    if (mark.kind == VT_L_BULLET) {
        add_copies(c, vt_part(t, mark.skip, t.len));
        c->listing = true;
        return true;
    }
    if (!c->listing || vt_all_capitals(t) || is_signed_note(t) ||
        (line->gap && is_name(c->m->draft, t)))
        return false;
    if (last && ends_with(*last, ".") && (is_small_post(c->m->draft, t) || is_small_capacity(t)))
        return false;
    if (!last || ends_with(*last, ";,") || vt_starts(t, "luu")) {
        add_copies(c, t);
        return true;
    }
    if (line->gap || is_name(c->m->draft, t) || is_small_post(c->m->draft, t) ||
        is_small_capacity(t))
        return false;
    const char *s =
        vt_printf(c->m->draft->arena, "%.*s %.*s", (int)last->len, last->s, (int)t.len, t.s);
    if (s)
        *last = vt_typed_of(s, last->line);
    return true;
}

/* "- Như trên; PHÓ GIÁM ĐỐC": two columns that became one line; where the post
   begins, 0: nowhere. */
static size_t post_behind(const vt_draft *d, vt_typed t) {
    for (size_t i = 1; i < t.len; i++) {
        const vt_typed rest = vt_part(t, i, t.len);
        if (t.s[i - 1] == ' ' && (i == 1 || strchr(":;,.", t.s[i - 2])) && is_capitals(rest) &&
            (is_capacity(rest) || is_post(d, rest)))
            return i;
    }
    return 0;
}

static size_t pieces_of(const vt_ending *c, const vt_draft_line *line, vt_typed *pieces) {
    const vt_draft *d = c->m->draft;
    size_t n = vt_columns(line->text, pieces, MOST_PIECES);
    const bool copies = n && (copies_label(pieces[0]) || vt_leader_of(pieces[0]).kind);
    const size_t cut = copies && n == 1 && line->text.len <= LONGEST ? post_behind(d, *pieces) : 0;

    if (cut) {
        pieces[1] = vt_part(pieces[0], cut, pieces[0].len);
        pieces[0] = vt_trimmed(vt_part(pieces[0], 0, cut), "");
        n = 2;
    }
    return n;
}

/* Alone on a line: "2". */
static bool page_number(vt_typed t) {
    size_t n = 0;

    while (n < t.len && t.s[n] >= '0' && t.s[n] <= '9')
        n++;
    return n == t.len && n <= 3;
}

/* The foot of the page among the closing lines. */
static bool take_foot(vt_ending *c, vt_typed t) {
    if (vt_is_contact(c->m->draft, t)) {
        vt_import_contact(c->m, t);
    } else if (vt_is_listed(c->m->draft, VT_LIST_OUTSIDE, t)) {
        vt_left_out(c->m->draft, VT_INFO, "NHAP-17", t, NULL,
                    "Dòng do chương trình thư thêm vào, không đưa vào.");
    } else {
        return false;
    }
    c->listing = false;
    return true;
}

static void take_line(vt_ending *c, const vt_draft_line *line) {
    vt_typed pieces[MOST_PIECES + 1];
    vt_placed posts[MOST_PIECES + 1], people[MOST_PIECES + 1];
    vt_draft *d = c->m->draft;
    const size_t n = pieces_of(c, line, pieces);
    size_t post_count = 0, people_count = 0;

    for (size_t i = 0; i < n; i++) {
        const vt_typed t = pieces[i];
        if (take_copy(c, line, t))
            continue;
        if (is_signed_note(t))
            vt_left_out(d, VT_INFO, "NHAP-33", t, NULL, "Chỗ ký để trống, không đưa dòng này vào.");
        else if (page_number(t))
            vt_left_out(d, VT_INFO, "NHAP-04", t, NULL, "Số trang, không đưa vào.");
        else if (is_name(d, t) || is_capital_name(c, line, t))
            people[people_count++] = placed(line, t);
        else if (is_capitals(t) || is_small_post(d, t) || is_small_capacity(t))
            posts[post_count++] = placed(line, t);
        else
            leftover(c, t);
    }
    if (post_count || people_count)
        c->listing = c->listing && n > 1;
    if (post_count)
        capitals(c, posts, post_count);
    if (people_count)
        names(c, people, people_count);
}

/* ----------------------------------------------------------------- whole -- */

void vt_import_close(vt_making *m, size_t from, size_t to) {
    vt_ending *c = vt_alloc(m->draft->arena, sizeof *c);
    const int line = m->draft->lines[to ? to - 1 : 0].text.line;

    if (!c)
        return;
    c->m = m;
    for (size_t i = from; i < to; i++) {
        c->last = i + 1 == to;
        if (!take_foot(c, m->draft->lines[i].text))
            take_line(c, &m->draft->lines[i]);
    }
    vt_import_copies(m, c->copies, c->copy_count);
    if (!c->copy_count)
        vt_unsure(m->draft, VT_WARNING, "NHAP-31", (vt_typed){.s = "", .line = line},
                  "Ghi nơi nhận vào <copies>.", "Bản nháp không có Nơi nhận.");
    for (size_t i = 0; i < c->count; i++)
        vt_import_signature(m, &c->signers[i], c->count > 1);
    if (!c->count)
        vt_unsure(m->draft, VT_WARNING, "NHAP-30", (vt_typed){.s = "", .line = line},
                  "Ghi chức vụ và họ tên người ký vào <signature>.",
                  "Bản nháp không có phần chữ ký.");
}
