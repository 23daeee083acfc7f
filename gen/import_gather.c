/*
 * gen/import_gather.c - the lines of a draft's head sorted: issuer, number,
 * place and date, marks, type and subject, Kính gửi - in any order in which two
 * columns come out of a program that pastes or recognises them.
 */
#include "gen/import_head.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 4, TITLE_WORDS = 4, TABLE_COLUMNS = 3 };

/* ---------------------------------------------------- what a piece may be -- */

static bool is_text_of(const vt_draft *d, vt_system system, vt_component c, vt_typed piece) {
    const vt_pack *pack = d->packs[system];

    return pack && *pack->styles[c].text && vt_key_is(piece, pack->styles[c].text);
}

bool vt_is_national_title(const vt_draft *d, vt_typed piece) {
    for (int s = 0; s < VT_SYSTEMS; s++)
        if (is_text_of(d, (vt_system)s, VT_C_NATIONAL_TITLE, piece))
            return true;
    return false;
}

static bool is_boilerplate(const vt_draft *d, vt_head *h, vt_typed piece) {
    bool found = false;

    if (piece.len > 160)
        return false;
    for (int s = 0; s < VT_SYSTEMS; s++)
        if (is_text_of(d, (vt_system)s, VT_C_NATIONAL_TITLE, piece))
            found = h->nation[s] = true;
    if (is_text_of(d, VT_STATE, VT_C_MOTTO, piece))
        found = h->motto = true;
    if (piece.len == 1 && *piece.s == '*')
        found = h->star = true;
    return found;
}

static void add_subject(vt_draft *d, vt_head *h, vt_typed piece) {
    vt_typed *subject = NULL;

    if (piece.len)
        subject = vt_grow(d->arena, h->subject, &h->subject_cap, h->subject_count + 1,
                          sizeof *h->subject);
    if (!subject)
        return;
    h->subject = subject;
    h->subject[h->subject_count++] = piece;
}

/* The type of a pack that the piece begins with, the longest; its bytes. */
static size_t type_of(const vt_draft *d, vt_typed piece, const char **name) {
    size_t best = 0;

    for (int s = 0; s < VT_SYSTEMS; s++) {
        const vt_pack *pack = d->packs[s];
        for (size_t i = 0; pack && i < pack->type_count; i++) {
            const char *folded = vt_text_fold(d->arena, pack->types[i].name);
            const size_t n = folded ? vt_behind(piece, folded) : 0;
            if (n > best) {
                best = n;
                *name = pack->types[i].name;
            }
        }
    }
    return best;
}

static size_t words_in(vt_typed t) {
    size_t n = 0;

    for (size_t i = 0; i < t.len; i++)
        n += t.s[i] != ' ' && (i == 0 || t.s[i - 1] == ' ');
    return n;
}

/* "KẾ HOẠCH", "CHƯƠNG TRÌNH HÀNH ĐỘNG", "KẾ HOẠCH Tổ chức ...". */
static bool take_title(vt_draft *d, vt_head *h, vt_typed piece) {
    const char *name = NULL;
    size_t n;

    if (h->title.len || piece.len > 600 || (piece.len && piece.s[piece.len - 1] == ':'))
        return false;
    n = type_of(d, piece, &name);
    if (!n || !(n == piece.len || vt_all_capitals(vt_part(piece, 0, n))))
        return false;
    const vt_typed rest = vt_trimmed(vt_part(piece, n, piece.len), "");
    h->type_name = name;
    h->open = VT_OPEN_TITLE;
    h->title = piece;
    if (rest.len && (!vt_all_capitals(rest) || words_in(rest) >= TITLE_WORDS)) {
        h->title = vt_part(piece, 0, n);
        add_subject(d, h, rest);
    }
    return true;
}

static bool has_word(vt_typed piece, const vt_pack *pack, const char *key) {
    const struct vt_word *word = pack ? vt_pack_word(pack, key) : NULL;

    return word && vt_key_is(piece, word->text);
}

static bool take_marks(const vt_draft *d, vt_head *h, vt_typed piece) {
    static const struct {
        const char *key;
        int what;
    } known[] = {{"khan", 0},
                 {"thuong-khan", 0},
                 {"hoa-toc", 0},
                 {"hoa-toc-hen-gio", 0},
                 {"mat", 1},
                 {"toi-mat", 1},
                 {"tuyet-mat", 1},
                 {"xem-xong-tra-lai", 2},
                 {"luu-hanh-noi-bo", 2},
                 {"tai-lieu-thu-hoi", 2},
                 {"tai-lieu-hoi-nghi", 2}};

    if (piece.len > 64 || h->mark_count == VT_HEAD_MARKS)
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (int s = 0; s < VT_SYSTEMS; s++)
            if (has_word(piece, d->packs[s], known[i].key)) {
                const char **const where[] = {&h->urgency, &h->secrecy, &h->circulation};
                *where[known[i].what] = known[i].key;
                h->marks[h->mark_count++] = piece;
                return true;
            }
    if (!vt_starts(piece, "du thao"))
        return false;
    const size_t at = vt_behind(piece, "du thao lan");
    if (!at && !vt_key_is(piece, "dự thảo"))
        return false;
    h->draft = at ? (int)strtol(piece.s + at, NULL, 10) : 1; /* a line of the draft: NUL behind */
    h->draft = h->draft < 1 || h->draft > 99 ? 1 : h->draft;
    h->marks[h->mark_count++] = piece;
    return true;
}

/* ----------------------------------------------------------------- lines -- */

static void add_receiver(vt_draft *d, vt_head *h, vt_typed piece) {
    vt_typed *to = NULL;

    if (piece.len)
        to = vt_grow(d->arena, h->to, &h->to_cap, h->to_count + 1, sizeof *h->to);
    if (!to)
        return;
    h->to = to;
    h->to[h->to_count++] = piece;
}

/* "Kính gửi: A; B." on one line. */
static void add_receivers(vt_draft *d, vt_head *h, vt_typed piece) {
    for (size_t at = 0; at <= piece.len;) {
        const char *semicolon = memchr(piece.s + at, ';', piece.len - at);
        const size_t end = semicolon ? (size_t)(semicolon - piece.s) : piece.len;
        const bool last = !semicolon;
        /* the mark stays with it: it says whether another follows */
        add_receiver(d, h, vt_trimmed(vt_part(piece, at, end + !last), ""));
        at = end + 1;
    }
}

static bool ends_with(vt_typed t, const char *signs) {
    return t.len && strchr(signs, t.s[t.len - 1]);
}

static bool take_to(vt_draft *d, vt_head *h, vt_typed piece) {
    const vt_typed t = vt_unbulleted(piece);
    size_t at = vt_behind(t, "kinh gui");

    at = at ? at : vt_behind(t, "kinh trinh");
    if (!at || h->addressed)
        return false;
    h->addressed = true;
    h->open = VT_OPEN_TO;
    while (at < t.len && strchr(": *\t", t.s[at]))
        at++;
    add_receivers(d, h, vt_unbulleted(vt_part(t, at, t.len)));
    return true;
}

/* Does the line go on with the receivers? */
static bool more_receivers(vt_draft *d, vt_head *h, const vt_draft_line *line) {
    const vt_leader m = vt_leader_of(line->text);
    vt_typed *last = h->to_count ? &h->to[h->to_count - 1] : NULL;

    if (m.kind == VT_L_BULLET && (!last || !ends_with(*last, ".") || !line->gap)) {
        add_receivers(d, h, vt_part(line->text, m.skip, line->text.len));
        return true;
    }
    if (m.kind)
        return false;
    if (!last || ends_with(*last, ";,")) {
        add_receivers(d, h, line->text);
        return true;
    }
    if (!line->gap && vt_starts_small(line->text) && !ends_with(*last, ".:")) {
        const char *s = vt_printf(d->arena, "%.*s %.*s", (int)last->len, last->s,
                                  (int)line->text.len, line->text.s);
        if (s)
            *last = vt_typed_of(s, last->line);
        return true;
    }
    return false;
}

static size_t letter_subject(vt_typed piece) {
    static const char *const starts[] = {"v/v", "ve viec", "v/v:"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (vt_behind(piece, starts[i]))
            return vt_behind(piece, starts[i]);
    return 0;
}

/* "V/v ..." below the number: the words are the pack's; "Về việc" is typed. */
static bool take_letter_subject(vt_draft *d, vt_head *h, vt_typed piece, bool before_to) {
    const size_t at = letter_subject(piece);

    if (h->title.len || h->subject_count || h->addressed)
        return false;
    if (!at && !(before_to && h->number.len && vt_starts(piece, "ve")))
        return false;
    h->open = VT_OPEN_LETTER;
    const bool abbreviated = at && vt_starts(piece, "v/v");
    vt_typed rest = abbreviated ? vt_trimmed(vt_part(piece, at, piece.len), "") : piece;
    if (abbreviated && rest.len && *rest.s == ':')
        rest = vt_trimmed(vt_part(rest, 1, rest.len), "");
    add_subject(d, h, rest);
    return true;
}

/* The letterhead's address; not of an attached text, which has none. */
static bool take_contact(const vt_draft *d, vt_head *h, vt_typed piece) {
    if (h->title.len || h->addressed || h->contact_count == VT_HEAD_CONTACTS ||
        !vt_is_contact(d, piece))
        return false;
    h->contacts[h->contact_count++] = piece;
    return true;
}

static bool is_basis(vt_typed t) {
    return vt_starts(vt_unbulleted(t), "can cu");
}

static bool is_reference(vt_typed t) {
    return t.len && *t.s == '(' &&
           (vt_starts(vt_part(t, 1, t.len), "kem theo") ||
            vt_starts(vt_part(t, 1, t.len), "ban hanh kem theo"));
}

/* "Thời gian: 8 giờ", "... như sau:": no words of a subject. */
static bool has_colon(vt_typed t) {
    for (size_t i = 0; i < t.len; i++)
        if (t.s[i] == ':' && (i + 1 == t.len || t.s[i + 1] == ' '))
            return true;
    return false;
}

/* Goes the subject on in this line? */
static bool more_subject(const vt_draft *d, vt_head *h, const vt_draft_line *line, vt_typed piece) {
    const vt_typed *last = h->subject_count ? &h->subject[h->subject_count - 1] : NULL;

    if (h->open != VT_OPEN_LETTER && h->open != VT_OPEN_TITLE)
        return false;
    if (is_basis(piece) || is_reference(piece) || vt_leader_of(piece).kind > VT_L_NONE ||
        vt_closes(d, (size_t)(line - d->lines)) || has_colon(piece))
        return false;
    if (!last)
        return h->open == VT_OPEN_TITLE;
    if (line->gap)
        return false;
    const bool alike = vt_all_capitals(piece) == vt_all_capitals(*last) &&
                       (piece.style && last->style && piece.style[0] == last->style[0]);
    return vt_starts_small(piece) || (*piece.s >= '0' && *piece.s <= '9') || d->blocky ||
           (alike && piece.style[0]) || (alike && piece.len < 90 && !ends_with(piece, ".:;,"));
}

typedef enum vt_taken { VT_TAKEN, VT_BEGINS_BODY, VT_STRAY } vt_taken;

static vt_taken take_capitals(vt_draft *d, vt_head *h, const vt_draft_line *line, vt_typed piece) {
    if (h->title.len || h->addressed)
        return VT_BEGINS_BODY; /* an authority, a heading */
    if (h->open == VT_OPEN_LETTER && !line->gap) {
        add_subject(d, h, piece);
        return VT_TAKEN;
    }
    if ((h->number.len || h->date.len || line->heading) &&
        !vt_is_listed(d, VT_LIST_ORGANS, piece) &&
        !vt_is_level(d, piece)) { /* a title no pack knows */
        h->title = piece;
        h->open = VT_OPEN_TITLE;
        return VT_TAKEN;
    }
    if (h->organ_count == VT_HEAD_ORGANS)
        return VT_BEGINS_BODY;
    h->organs[h->organ_count++] = piece;
    return VT_TAKEN;
}

/* An authority in capitals is not the subject of a decision. */
static bool is_authority(const vt_draft *d, const vt_head *h, vt_typed piece) {
    return h->title.len && h->subject_count && vt_all_capitals(piece) &&
           (vt_is_listed(d, VT_LIST_ORGANS, piece) || vt_is_listed(d, VT_LIST_POSTS, piece));
}

/* "Sở Công Thương" on a line of its own. */
static bool is_small_organ(const vt_draft *d, vt_typed t) {
    return t.len < 100 && vt_is_listed(d, VT_LIST_ORGANS, t) && !vt_starts_small(t) &&
           !ends_with(t, ".:;,") && !has_colon(t);
}

/* Drawn with dashes or lines: no letter, no figure. */
static bool is_drawn(vt_typed t) {
    for (const char *s = t.s, *end = s + t.len; s < end;)
        if (vt_is_word(vt_utf8_next(&s, end)))
            return false;
    return true;
}

static vt_taken take_piece(vt_draft *d, vt_head *h, const vt_draft_line *line, vt_typed piece,
                           bool before_to) {
    bool capitals;

    if (is_boilerplate(d, h, piece) || is_drawn(piece) || take_contact(d, h, piece))
        return VT_TAKEN;
    if (!h->number.len && vt_is_number_line(piece)) {
        h->number = piece;
        h->open = VT_OPEN_NONE;
        return VT_TAKEN;
    }
    if (!h->date.len && vt_is_date_line(piece)) {
        h->date = piece;
        return VT_TAKEN;
    }
    if (take_marks(d, h, piece) || take_letter_subject(d, h, piece, before_to) ||
        take_to(d, h, piece) || take_title(d, h, piece))
        return VT_TAKEN;
    if (is_reference(piece) && h->title.len && !h->reference.len) {
        h->reference = piece;
        return VT_TAKEN;
    }
    if (!is_authority(d, h, piece) && more_subject(d, h, line, piece)) {
        add_subject(d, h, piece);
        return VT_TAKEN;
    }
    capitals = vt_all_capitals(piece);
    if (capitals && vt_leader_of(piece).kind == VT_L_NONE)
        return take_capitals(d, h, line, piece);
    if (!h->number.len && !h->title.len && h->organ_count < VT_HEAD_ORGANS &&
        is_small_organ(d, piece) && (h->organ_count || h->seen)) {
        h->organs[h->organ_count++] = piece; /* an issuer typed in small letters */
        return VT_TAKEN;
    }
    return h->seen ? VT_BEGINS_BODY : VT_STRAY;
}

/* "*      Thạch Bình, ngày ...": the star below a Party body, and another column. */
static size_t behind_star(vt_typed line) {
    size_t at = 1;

    while (at < line.len && (line.s[at] == ' ' || line.s[at] == '\t'))
        at++;
    return line.len && *line.s == '*' && (at > 3 || (at > 1 && line.s[1] == '\t')) ? at : 0;
}

/* A cell of a pasted table: "| SỞ Y<br>PHÒNG Z | CỘNG HÒA ... |", "SỞ Y | CỘNG HÒA ..." */
static size_t pieces_of(vt_typed line, vt_typed *out, size_t max) {
    const size_t star = behind_star(line);
    size_t n = 0;

    if (star) {
        out[0] = vt_part(line, 0, 1);
        return 1 + vt_columns(vt_part(line, star, line.len), out + 1, max - 1);
    }
    if (line.len > 2 && (*line.s == '|' || vt_holds(line, " | "))) {
        for (size_t at = *line.s == '|'; at < line.len && n < max;) {
            const char *bar = n + 1 < max ? memchr(line.s + at, '|', line.len - at) : NULL;
            const size_t end = bar ? (size_t)(bar - line.s) : line.len;
            const vt_typed cell = vt_trimmed(vt_part(line, at, end), "");
            if (cell.len)
                out[n++] = cell;
            at = end + 1;
        }
        return n;
    }
    return vt_columns(line, out, max);
}

/* "SỞ Y TẾ CỘNG HÒA XÃ HỘI ...", "Số: 8/BV-TC Lam Giang, ngày ...": two columns that
   recognition made one line; where the second begins, 0: there is one. */
static size_t inner_cut(const vt_draft *d, vt_typed t) {
    enum { LONGEST_LINE = 300 };
    vt_head probe = {0};

    for (size_t i = 1; t.len <= LONGEST_LINE && i < t.len; i++) {
        const vt_typed rest = vt_part(t, i, t.len);
        if (t.s[i - 1] != ' ')
            continue;
        if (is_boilerplate(d, &probe, rest) ||
            (vt_is_date_line(rest) && vt_is_number_line(vt_trimmed(vt_part(t, 0, i), ""))))
            return i;
    }
    return 0;
}

static vt_taken take_line(vt_draft *d, vt_head *h, const vt_draft_line *line, bool before_to) {
    vt_typed columns[MOST_COLUMNS];
    const size_t n = pieces_of(line->text, columns, MOST_COLUMNS);
    vt_taken taken = VT_TAKEN;

    if (take_to(d, h, line->text))
        return VT_TAKEN;
    if (h->subject_count && n >= TABLE_COLUMNS)
        return VT_BEGINS_BODY;
    if (h->open == VT_OPEN_TO && !take_title(d, h, line->text))
        return more_receivers(d, h, line) ? VT_TAKEN : VT_BEGINS_BODY;
    for (size_t i = 0; i < n && taken == VT_TAKEN; i++)
        for (vt_typed rest = columns[i]; rest.len && taken == VT_TAKEN;) {
            const char *br = memchr(rest.s, VT_LINE_BREAK, rest.len);
            const size_t end = br ? (size_t)(br - rest.s) : rest.len;
            const size_t cut = inner_cut(d, vt_part(rest, 0, end));
            const vt_typed piece = vt_trimmed(vt_part(rest, 0, cut ? cut : end), "");
            if (piece.len)
                taken = take_piece(d, h, line, piece, before_to);
            rest = vt_trimmed(vt_part(rest, cut ? cut : end, rest.len), "");
        }
    return taken;
}

/* Stands "Kính gửi" in the next lines? */
static bool to_ahead(const vt_draft *d, size_t at, size_t to) {
    enum { AHEAD = 14 };

    for (size_t i = at; i < to && i < at + AHEAD; i++)
        if (vt_starts(vt_unbulleted(d->lines[i].text), "kinh gui") ||
            vt_starts(vt_unbulleted(d->lines[i].text), "kinh trinh"))
            return true;
    return false;
}

/* Is there a head at all behind these lines? */
static bool head_ahead(vt_draft *d, size_t at, size_t to) {
    enum { AHEAD = 12 };

    for (size_t i = at; i < to && i < at + AHEAD; i++) {
        vt_head probe = {0};
        vt_typed columns[MOST_COLUMNS];
        const size_t n = pieces_of(d->lines[i].text, columns, MOST_COLUMNS);
        for (size_t k = 0; k < n; k++)
            if (is_boilerplate(d, &probe, columns[k]) || vt_is_number_line(columns[k]) ||
                (d->lines[i].text.len < 200 && take_title(d, &probe, columns[k])))
                return true;
    }
    return false;
}

/* An issuer in small letters that opens the draft, the state's or the Party's title
   right below it. */
static bool take_first_organ(const vt_draft *d, vt_head *h, size_t at, size_t to) {
    enum { AHEAD = 3 };
    const vt_typed t = d->lines[at].text;
    vt_typed columns[MOST_COLUMNS];

    if (h->seen || !is_small_organ(d, t))
        return false;
    for (size_t i = at + 1; i < to && i <= at + AHEAD; i++) {
        const size_t n = pieces_of(d->lines[i].text, columns, MOST_COLUMNS);
        for (size_t k = 0; k < n; k++)
            if (vt_is_national_title(d, columns[k])) {
                h->organs[h->organ_count++] = t;
                return true;
            }
    }
    return false;
}

size_t vt_head_gather(vt_draft *d, vt_head *h, size_t from, size_t to) {
    bool before_to = false;

    for (size_t i = from; i < to; i++) {
        before_to = before_to ? !h->addressed : to_ahead(d, i, to);
        const vt_taken taken = take_line(d, h, &d->lines[i], before_to);
        if (taken == VT_BEGINS_BODY || (taken == VT_STRAY && !head_ahead(d, i + 1, to)))
            return i;
        if (taken == VT_STRAY && !take_first_organ(d, h, i, to))
            vt_left_out(d, VT_WARNING, "NHAP-17", d->lines[i].text,
                        "Cần dùng thì đưa vào phần nội dung.",
                        "Dòng này đứng trước phần đầu văn bản, không đưa vào.");
        else
            h->seen = true;
    }
    return to;
}
