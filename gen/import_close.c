/*
 * gen/import_close.c - the end of a draft: Nơi nhận and the signatures, below
 * one another or in two columns, in either order.
 */
#include "gen/import.h"
#include "gen/schema.h"

#include <string.h>

enum { MOST_SIGNERS = 8, MOST_CAPITALS = 8, MOST_PIECES = 4, LONGEST = 400, WALK = 16 };

/* -------------------------------------------------------- what a piece is -- */

/* "TM.", "T/M", "KT.", "K/T", "TL.", "T/L", "TUQ.", "Q.": bytes; 0: none. */
static size_t capacity_of(vt_typed t, const char **kind) {
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
        *kind = kinds[i];
        while (at < t.len && t.s[at] == ' ')
            at++;
        return at;
    }
    return 0;
}

static bool is_capacity(vt_typed t) {
    const char *kind;

    return t.len <= LONGEST && capacity_of(t, &kind) && vt_all_capitals(t);
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

static size_t rank_of(vt_typed t) {
    static const char *const ranks[] = {
        "dai tuong", "thuong tuong", "trung tuong", "thieu tuong", "dai ta",   "thuong ta",
        "trung ta",  "thieu ta",     "dai uy",      "thuong uy",   "trung uy", "thieu uy",
        "ths.",      "ts.",          "pgs.ts.",     "gs.ts.",      "bs.",      "ths",
        "ts",        "ks.",          "cn."};

    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
        if (vt_behind(t, ranks[i]))
            return vt_behind(t, ranks[i]);
    return 0;
}

static bool is_name(vt_typed t) {
    const size_t rank = rank_of(t);

    if (vt_all_capitals(t) || t.len > 100)
        return false;
    return vt_is_person(rank ? vt_trimmed(vt_part(t, rank, t.len), "") : t);
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
        if (is_capitals(pieces[i]) && (is_capacity(pieces[i]) || vt_is_position(pieces[i])))
            *post = true;
        else if (!is_capitals(pieces[i]) && !is_name(pieces[i]) && !is_signed_note(pieces[i]))
            return false;
    }
    return n > 0;
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
    return first;
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

size_t vt_import_close_at(const vt_draft *d, size_t from, size_t to) {
    for (size_t i = to; i-- > from;)
        if (has_copies(d, i))
            return signatures_before(d, i, from);
    /* no Nơi nhận: what stands last, or the last "KT. ..." */
    const size_t last = signatures_before(d, to, from);
    if (last < to)
        return last;
    for (size_t i = to; i-- > from && to - i < WALK;)
        if (vt_closes(d, i))
            return signatures_before(d, i + 1, from);
    return to;
}

/* --------------------------------------------------------------- gathering -- */

typedef struct vt_signer {
    vt_typed capitals[MOST_CAPITALS];
    size_t count;
    vt_typed name;
} vt_signer;

typedef struct vt_ending {
    vt_making *m;
    vt_signer signers[MOST_SIGNERS];
    size_t count;
    size_t row, row_count; /* signers side by side that are being read */
    vt_typed *copies;
    size_t copy_count, copy_cap;
    bool listing; /* the lines below are receivers */
    bool labelled;
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

static bool ends_with(vt_typed t, const char *signs) {
    return t.len && strchr(signs, t.s[t.len - 1]);
}

static void start_row(vt_ending *c, size_t n) {
    c->row = c->count;
    c->row_count = c->count + n <= MOST_SIGNERS ? n : MOST_SIGNERS - c->count;
    c->count += c->row_count;
}

/* Are posts still being read, that is: has none of the row a name yet? */
static bool row_open(const vt_ending *c) {
    for (size_t i = 0; i < c->row_count; i++)
        if (c->signers[c->row + i].name.len)
            return false;
    return c->row_count > 0;
}

/* Which signer of the row the k-th of n pieces belongs to. */
static vt_signer *signer_of(vt_ending *c, size_t k, size_t n, bool right) {
    if (!c->row_count)
        return NULL;
    if (n == c->row_count)
        return &c->signers[c->row + k];
    return &c->signers[c->row + (right ? c->row_count - 1 : 0)];
}

static void capitals(vt_ending *c, const vt_typed *pieces, size_t n, bool right) {
    if (!row_open(c) || n > c->row_count)
        start_row(c, n);
    for (size_t i = 0; i < n; i++) {
        vt_signer *s = signer_of(c, i, n, right);
        if (s && s->count < MOST_CAPITALS)
            s->capitals[s->count++] = pieces[i];
        else
            leftover(c, pieces[i]);
    }
}

static void names(vt_ending *c, const vt_typed *pieces, size_t n, bool right) {
    for (size_t i = 0; i < n; i++) {
        vt_signer *s = signer_of(c, i, n, right);
        for (size_t k = 0; n < c->row_count && s && s->name.len && k < c->row_count; k++)
            if (!c->signers[c->row + k].name.len)
                s = &c->signers[c->row + k];
        if (!s || s->name.len)
            leftover(c, pieces[i]);
        else
            s->name = pieces[i];
    }
}

/* A name typed in capitals stands apart below a post. */
static bool is_capital_name(const vt_ending *c, const vt_draft_line *line, vt_typed t) {
    const vt_signer *s = row_open(c) ? &c->signers[c->row] : NULL;

    return s && s->count && line->gap && !vt_is_position(t) && !is_capacity(t) && vt_is_person(t) &&
           !vt_is_organ(t) && !vt_is_level(t);
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
        add_copy(c, vt_unbulleted(vt_part(t, at, t.len)));
        return true;
    }
    if (!c->labelled)
        return false;
    if (mark.kind == VT_L_BULLET) {
        add_copy(c, vt_part(t, mark.skip, t.len));
        c->listing = true;
        return true;
    }
    if (!c->listing || vt_all_capitals(t) || is_signed_note(t))
        return false;
    if (!last || ends_with(*last, ";,") || vt_starts(t, "luu")) {
        add_copy(c, t);
        return true;
    }
    if (line->gap || is_name(t))
        return false;
    const char *s =
        vt_printf(c->m->draft->arena, "%.*s %.*s", (int)last->len, last->s, (int)t.len, t.s);
    if (s)
        *last = vt_typed_of(s, last->line);
    return true;
}

static void take_line(vt_ending *c, const vt_draft_line *line) {
    vt_typed pieces[MOST_PIECES], posts[MOST_PIECES], people[MOST_PIECES];
    const size_t n = vt_columns(line->text, pieces, MOST_PIECES);
    size_t post_count = 0, people_count = 0;
    const bool right = line->indent >= 20 || n > 1;

    for (size_t i = 0; i < n; i++) {
        const vt_typed t = pieces[i];
        if (take_copy(c, line, t))
            continue;
        if (is_signed_note(t))
            vt_left_out(c->m->draft, VT_INFO, "NHAP-33", t, NULL,
                        "Chỗ ký để trống, không đưa dòng này vào.");
        else if (is_name(t) || is_capital_name(c, line, t))
            people[people_count++] = t;
        else if (is_capitals(t))
            posts[post_count++] = t;
        else
            leftover(c, t);
    }
    if (post_count || people_count)
        c->listing = c->listing && n > 1;
    if (post_count)
        capitals(c, posts, post_count, right);
    if (people_count)
        names(c, people, people_count, right);
}

/* ------------------------------------------------------------- Nơi nhận -- */

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
    else if (vt_starts(t, "nhu tren") || vt_starts(t, "nhu kinh gui") ||
             vt_starts(t, "nhu thanh phan") || vt_starts(t, "nhu noi gui"))
        make_as_above(m, copies, t);
    else if (luu && at < t.len)
        vt_make_words(m, copies, VT_ARCHIVE, vt_part(t, at, t.len));
    else if (t.len)
        make_receiver(m, copies, t);
}

static void make_copies(vt_ending *c) {
    vt_node *copies =
        c->copy_count ? vt_make(c->m, c->m->root, VT_COPIES, c->copies[0].line) : NULL;

    for (size_t i = 0; i < c->copy_count; i++)
        make_copy(c->m, copies, c->copies[i]);
    if (copies && !copies->first)
        vt_remove(copies);
}

/* ------------------------------------------------------------ signatures -- */

static vt_typed with_line(vt_draft *d, vt_typed a, vt_typed b, const char *between) {
    const char *s = vt_printf(d->arena, "%.*s%s%.*s", (int)a.len, a.s, between, (int)b.len, b.s);

    return s && a.len ? vt_typed_of(s, a.line) : b;
}

/* "BAN THƯỜNG VỤ PHÓ BÍ THƯ": where the post begins, 0: nowhere. */
static size_t post_inside(vt_typed t) {
    for (size_t i = 1; i < t.len; i++)
        if (t.s[i - 1] == ' ' &&
            (vt_starts(vt_part(t, i, t.len), "pho") || vt_starts(vt_part(t, i, t.len), "bi thu") ||
             vt_starts(vt_part(t, i, t.len), "chu tich")))
            return i;
    return 0;
}

typedef struct vt_post {
    struct {
        const char *kind;
        vt_typed words;
    } capacities[MOST_CAPITALS];
    size_t count;
    vt_typed position;
} vt_post;

/* Sorts the lines in capitals into capacities and the post. */
static void sort_out(vt_draft *d, const vt_signer *s, vt_post *post) {
    for (size_t i = 0; i < s->count; i++) {
        const vt_typed t = s->capitals[i];
        const char *kind = NULL;
        const size_t at = capacity_of(t, &kind);
        if (at && *kind == 'Q') {
            post->capacities[post->count].kind = kind;
            post->capacities[post->count++].words = (vt_typed){.s = "", .line = t.line};
            post->position = with_line(d, post->position, vt_part(t, at, t.len), "\v");
        } else if (at && !post->position.len) {
            post->capacities[post->count].kind = kind;
            post->capacities[post->count++].words = vt_part(t, at, t.len);
        } else if (post->position.len || vt_is_position(t) || !post->count) {
            post->position = with_line(d, post->position, t, "\v");
        } else { /* the name of a body goes on */
            vt_typed *words = &post->capacities[post->count - 1].words;
            *words = with_line(d, *words, t, vt_is_level(t) ? "\v" : " ");
        }
    }
    if (post->position.len || !post->count)
        return;
    vt_typed *last = &post->capacities[post->count - 1].words;
    const size_t at = post_inside(*last);
    if (at) {
        post->position = vt_part(*last, at, last->len);
        *last = vt_trimmed(vt_part(*last, 0, at), "");
    }
}

static vt_typed natural_name(vt_draft *d, vt_typed t) {
    return vt_all_capitals(t) ? vt_natural_case(d, t, VT_CASE_NAME) : t;
}

static void make_name(vt_making *m, vt_node *signature, vt_typed t) {
    const size_t rank = rank_of(t);

    if (!t.len)
        return;
    if (rank)
        vt_make_words(m, signature, VT_RANK, vt_part(t, 0, rank));
    vt_make_words(m, signature, VT_NAME,
                  natural_name(m->draft, vt_trimmed(vt_part(t, rank, t.len), "")));
}

static const char *role_of(vt_typed position) {
    if (vt_starts(position, "thu ky") || vt_starts(position, "nguoi ghi"))
        return "secretary";
    return vt_starts(position, "chu toa") || vt_starts(position, "chu tri") ? "chair" : NULL;
}

static void make_signature(vt_ending *c, const vt_signer *s) {
    vt_making *m = c->m;
    vt_post *post = vt_alloc(m->draft->arena, sizeof *post);
    const int line = s->count ? s->capitals[0].line : s->name.line;
    vt_node *node = vt_make(m, m->root, VT_SIGNATURE, line);

    if (!post || !node)
        return;
    sort_out(m->draft, s, post);
    if (c->count > 1 && role_of(post->position))
        vt_make_attr(m, node, VT_AT_ROLE, role_of(post->position));
    for (size_t i = 0; i < post->count; i++) {
        vt_node *capacity = vt_make(m, node, VT_CAPACITY, post->capacities[i].words.line);
        vt_make_attr(m, capacity, VT_AT_KIND, post->capacities[i].kind);
        vt_make_text(m, capacity,
                     vt_natural_case(m->draft, post->capacities[i].words, VT_CASE_NAME), 0, true);
    }
    if (!post->position.len) {
        vt_unsure(m->draft, VT_WARNING, "NHAP-30", (vt_typed){.s = "", .line = line},
                  "Ghi chức vụ vào <signature><position>.",
                  "Không thấy chức vụ người ký; chỗ ấy để dấu chấm.");
        post->position = vt_placeholder(line);
    }
    vt_make_words(m, node, VT_POSITION, vt_natural_case(m->draft, post->position, VT_CASE_NAME));
    make_name(m, node, s->name);
    if (!s->name.len)
        vt_unsure(m->draft, VT_INFO, "NHAP-30", (vt_typed){.s = "", .line = line},
                  "Ghi họ tên vào <signature><name> khi đã biết.", "Không thấy họ tên người ký.");
}

/* ----------------------------------------------------------------- whole -- */

void vt_import_close(vt_making *m, size_t from, size_t to) {
    vt_ending *c = vt_alloc(m->draft->arena, sizeof *c);
    const int line = m->draft->lines[to ? to - 1 : 0].text.line;

    if (!c)
        return;
    c->m = m;
    for (size_t i = from; i < to; i++)
        take_line(c, &m->draft->lines[i]);
    make_copies(c);
    if (!c->copy_count)
        vt_unsure(m->draft, VT_WARNING, "NHAP-31", (vt_typed){.s = "", .line = line},
                  "Ghi nơi nhận vào <copies>.", "Bản nháp không có Nơi nhận.");
    for (size_t i = 0; i < c->count; i++)
        make_signature(c, &c->signers[i]);
    if (!c->count)
        vt_unsure(m->draft, VT_WARNING, "NHAP-30", (vt_typed){.s = "", .line = line},
                  "Ghi chức vụ và họ tên người ký vào <signature>.",
                  "Bản nháp không có phần chữ ký.");
}
