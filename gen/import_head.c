/*
 * gen/import_head.c - the head of a draft: issuer, number, place and date,
 * marks, type and subject, Kính gửi - in any order in which two columns come
 * out of a program that pastes or recognises them.
 *
 * First the lines are sorted into a vt_head (what stands where); then system,
 * pack and type are decided from all of it; then the elements are made.
 */
#include "gen/import.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ORGANS = 16, MOST_COLUMNS = 4, TITLE_WORDS = 4 };

/* Whose subject lines go on with the next line. */
typedef enum vt_open { VT_OPEN_NONE, VT_OPEN_LETTER, VT_OPEN_TITLE, VT_OPEN_TO } vt_open;

typedef struct vt_head {
    vt_typed organs[MOST_ORGANS];
    size_t organ_count;
    vt_typed number, date, title, reference;
    const char *type_name; /* of a pack; NULL: the title is none of a pack's */
    vt_typed *subject;
    size_t subject_count, subject_cap;
    vt_typed *to;
    size_t to_count, to_cap;
    bool addressed; /* "Kính gửi" stands there */
    const char *urgency, *secrecy, *circulation;
    int draft;
    bool nation[VT_SYSTEMS], motto, star, seen;
    vt_open open;
} vt_head;

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

    if (piece.len > 64)
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (int s = 0; s < VT_SYSTEMS; s++)
            if (has_word(piece, d->packs[s], known[i].key)) {
                const char **const where[] = {&h->urgency, &h->secrecy, &h->circulation};
                *where[known[i].what] = known[i].key;
                return true;
            }
    if (!vt_starts(piece, "du thao"))
        return false;
    size_t at = vt_behind(piece, "du thao lan");
    h->draft = at ? (int)strtol(piece.s + at, NULL, 10) : 1; /* a line of the draft: NUL behind */
    h->draft = h->draft < 1 || h->draft > 99 ? 1 : h->draft;
    return at || vt_key_is(piece, "dự thảo");
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
    add_receivers(d, h, vt_part(t, at, t.len));
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

static bool is_basis(vt_typed t) {
    return vt_starts(vt_unbulleted(t), "can cu");
}

static bool is_reference(vt_typed t) {
    return t.len && *t.s == '(' &&
           (vt_starts(vt_part(t, 1, t.len), "kem theo") ||
            vt_starts(vt_part(t, 1, t.len), "ban hanh kem theo"));
}

/* Goes the subject on in this line? */
static bool more_subject(const vt_draft *d, vt_head *h, const vt_draft_line *line, vt_typed piece) {
    const vt_typed *last = h->subject_count ? &h->subject[h->subject_count - 1] : NULL;

    if (h->open != VT_OPEN_LETTER && h->open != VT_OPEN_TITLE)
        return false;
    if (is_basis(piece) || is_reference(piece) || vt_leader_of(piece).kind > VT_L_NONE)
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
    if ((h->number.len || h->date.len || line->heading) && !vt_is_organ(piece) &&
        !vt_is_level(piece)) { /* a title no pack knows */
        h->title = piece;
        h->open = VT_OPEN_TITLE;
        return VT_TAKEN;
    }
    if (h->organ_count == MOST_ORGANS)
        return VT_BEGINS_BODY;
    h->organs[h->organ_count++] = piece;
    return VT_TAKEN;
}

/* An authority in capitals is not the subject of a decision. */
static bool is_authority(const vt_head *h, vt_typed piece) {
    return h->title.len && h->subject_count && vt_all_capitals(piece) &&
           (vt_is_organ(piece) || vt_is_position(piece));
}

static vt_taken take_piece(vt_draft *d, vt_head *h, const vt_draft_line *line, vt_typed piece,
                           bool before_to) {
    bool capitals;

    if (is_boilerplate(d, h, piece))
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
    if (!is_authority(h, piece) && more_subject(d, h, line, piece)) {
        add_subject(d, h, piece);
        return VT_TAKEN;
    }
    capitals = vt_all_capitals(piece);
    if (capitals && vt_leader_of(piece).kind == VT_L_NONE)
        return take_capitals(d, h, line, piece);
    if (!h->number.len && !h->title.len && h->organ_count < MOST_ORGANS && piece.len < 100 &&
        vt_is_organ(piece) && !ends_with(piece, ".:;,") && (h->organ_count || h->seen)) {
        h->organs[h->organ_count++] = piece; /* an issuer typed in small letters */
        return VT_TAKEN;
    }
    return h->seen ? VT_BEGINS_BODY : VT_STRAY;
}

/* A cell of a pasted table: "| SỞ Y<br>PHÒNG Z | CỘNG HÒA ... |" */
static size_t pieces_of(vt_typed line, vt_typed *out, size_t max) {
    size_t n = 0;

    if (line.len > 2 && *line.s == '|') {
        for (size_t at = 1; at < line.len && n < max;) {
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

static vt_taken take_line(vt_draft *d, vt_head *h, const vt_draft_line *line, bool before_to) {
    vt_typed columns[MOST_COLUMNS];
    const size_t n = pieces_of(line->text, columns, MOST_COLUMNS);
    vt_taken taken = VT_TAKEN;

    if (h->open == VT_OPEN_TO && !take_title(d, h, line->text))
        return more_receivers(d, h, line) ? VT_TAKEN : VT_BEGINS_BODY;
    for (size_t i = 0; i < n && taken == VT_TAKEN; i++)
        for (vt_typed rest = columns[i]; rest.len && taken == VT_TAKEN;) {
            const char *br = memchr(rest.s, VT_LINE_BREAK, rest.len);
            const size_t end = br ? (size_t)(br - rest.s) : rest.len;
            const vt_typed piece = vt_trimmed(vt_part(rest, 0, end), "");
            if (piece.len)
                taken = take_piece(d, h, line, piece, before_to);
            rest = vt_trimmed(vt_part(rest, end, rest.len), "");
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

static size_t gather(vt_draft *d, vt_head *h, size_t from, size_t to) {
    bool before_to = false;

    for (size_t i = from; i < to; i++) {
        before_to = before_to ? !h->addressed : to_ahead(d, i, to);
        const vt_taken taken = take_line(d, h, &d->lines[i], before_to);
        if (taken == VT_BEGINS_BODY || (taken == VT_STRAY && !head_ahead(d, i + 1, to)))
            return i;
        if (taken == VT_STRAY)
            vt_left_out(d, VT_WARNING, "NHAP-17", d->lines[i].text,
                        "Cần dùng thì đưa vào phần nội dung.",
                        "Dòng này đứng trước phần đầu văn bản, không đưa vào.");
        else
            h->seen = true;
    }
    return to;
}

/* ------------------------------------------------------------- decisions -- */

/* "T/M BAN THƯỜNG VỤ" is the Party's, "TM." the state's. */
static int capacity_hint(const vt_draft *d, size_t from, size_t to) {
    for (size_t i = to; i-- > from;) {
        const vt_typed t = d->lines[i].text;
        if (t.len < 4 || t.len > 160)
            continue;
        if (memcmp(t.s, "T/M ", 4) == 0 || memcmp(t.s, "K/T ", 4) == 0)
            return 1;
        if (memcmp(t.s, "TM.", 3) == 0 || memcmp(t.s, "KT.", 3) == 0)
            return -1;
    }
    return 0;
}

static vt_system decide_system(vt_making *m, const vt_head *h, size_t from, size_t to) {
    vt_draft *d = m->draft;
    const char *type;
    bool sure;
    int score[VT_SYSTEMS] = {0};
    const vt_system by_number = vt_notation_system(d, h->number, &type, &sure);
    const int hint = capacity_hint(d, from, to);
    vt_system best = VT_STATE;

    for (int s = 0; s < VT_SYSTEMS; s++)
        score[s] += h->nation[s] ? 8 : 0;
    score[VT_STATE] += (h->motto ? 8 : 0) + (hint < 0 ? 2 : 0);
    score[VT_PARTY] += (h->star ? 4 : 0) + (hint > 0 ? 3 : 0);
    if (sure)
        score[by_number] += *type ? 5 : 3;
    for (int s = 0; s < VT_SYSTEMS; s++)
        if (score[s] > score[best] && d->packs[s])
            best = (vt_system)s;
    if (score[best] < 3)
        vt_unsure(d, VT_WARNING, "NHAP-10", (vt_typed){.s = "", .line = d->lines[from].text.line},
                  "Sai thì sửa <document system=\"...\">, hoặc chạy lại với --system.",
                  "Không thấy Quốc hiệu hay tiêu đề của Đảng; tạm coi là văn bản %s.",
                  best == VT_PARTY ? "của Đảng" : "hành chính nhà nước");
    return best;
}

static const vt_type *type_named(const vt_pack *pack, const char *name) {
    for (size_t i = 0; pack && name && i < pack->type_count; i++)
        if (strcmp(pack->types[i].name, name) == 0)
            return &pack->types[i];
    return NULL;
}

static const vt_type *type_abbreviated(const vt_pack *pack, const char *abbr) {
    for (size_t i = 0; pack && *abbr && i < pack->type_count; i++)
        if (strcmp(pack->types[i].abbr, abbr) == 0)
            return &pack->types[i];
    return NULL;
}

static void decide_type(vt_making *m, vt_head *h) {
    vt_draft *d = m->draft;
    const char *abbr, *slug = d->options ? d->options->type : NULL;
    bool sure;

    (void)vt_notation_system(d, h->number, &abbr, &sure);
    m->type = slug ? vt_pack_type(m->pack, slug) : type_named(m->pack, h->type_name);
    if (!m->type && !slug && h->type_name)
        for (int s = 0; s < VT_SYSTEMS && !m->type; s++)
            m->type = type_named(d->packs[s], h->type_name);
    if (!m->type && !slug)
        m->type = type_abbreviated(m->pack, abbr);
    if (!m->type && !slug) {
        m->type = vt_pack_type(m->pack, "cong-van");
        if (h->title.len || !(h->subject_count || h->addressed))
            vt_unsure(d, VT_WARNING, "NHAP-11",
                      h->title.len ? h->title : (vt_typed){.s = "", .line = d->lines[0].text.line},
                      "Ghi loại đúng vào <document type=\"...\">, hoặc chạy lại với --type.",
                      "Không nhận ra tên loại văn bản; tạm coi là công văn.");
    }
    vt_make_attr(m, m->root, VT_AT_TYPE, m->type ? m->type->slug : slug ? slug : "cong-van");
    if (!m->root->parent && m->pack && (!m->type || !vt_pack_type(m->pack, m->type->slug)))
        vt_unsure(d, VT_WARNING, "NHAP-11", h->title, "Xem lại loại và hệ thống văn bản.",
                  "Hệ thống văn bản này không có loại ấy.");
}

static void decide(vt_making *m, vt_head *h, size_t from, size_t to) {
    const char *forced = m->draft->options ? m->draft->options->system : NULL;
    vt_system system = VT_STATE;

    if (m->root->parent) /* attached: as the document that issues it */
        return;
    if (forced)
        while (system < VT_SYSTEMS - 1 && strcmp(vt_system_name(system), forced) != 0)
            system++;
    else
        system = decide_system(m, h, from, to);
    m->doc->system = system;
    vt_make_attr(m, m->root, VT_AT_SYSTEM, vt_system_name(system));
    if (h->date.len)
        vt_read_date(m, h->date);
    m->pack = vt_draft_pack(m->draft, m->doc); /* of its date */
}

/* -------------------------------------------------------------- elements -- */

static vt_typed joined(vt_draft *d, const vt_typed *parts, size_t count, char with) {
    size_t len = 0;
    char *s, *to;

    for (size_t i = 0; i < count; i++)
        len += parts[i].len + 1;
    s = to = vt_alloc(d->arena, len + 1);
    for (size_t i = 0; s && i < count; i++) {
        if (i)
            *to++ = with;
        memcpy(to, parts[i].s, parts[i].len);
        to += parts[i].len;
    }
    return (vt_typed){s ? s : "", NULL, s ? (size_t)(to - s) : 0, count ? parts[0].line : 0};
}

/* "SỞ NỘI VỤ - SỞ TÀI CHÍNH": two bodies; 0: one. */
static size_t joint_at(vt_typed t) {
    for (size_t i = 1; i + 3 < t.len; i++)
        if (memcmp(t.s + i, " - ", 3) == 0 && vt_is_organ(vt_part(t, i + 3, t.len)))
            return i;
    return 0;
}

static void make_issuer(vt_making *m, const vt_typed *superior, size_t superiors, vt_typed name) {
    vt_draft *d = m->draft;
    const size_t cut = joint_at(name);
    vt_node *issuer = vt_make(m, m->root, VT_ISSUER, superiors ? superior->line : name.line);

    for (size_t i = 0; i < superiors; i++)
        vt_make_words(m, issuer, VT_SUPERIOR, vt_natural_case(d, superior[i], VT_CASE_NAME));
    vt_make_words(m, issuer, VT_NAME,
                  vt_natural_case(d, cut ? vt_part(name, 0, cut) : name, VT_CASE_NAME));
    if (cut)
        make_issuer(m, NULL, 0, vt_part(name, cut + 3, name.len));
}

/* A new body begins where a line begins with such a word; else the line goes
   on with the one before, on a line of its own behind a name without a place. */
static void make_issuers(vt_making *m, const vt_head *h) {
    vt_typed bodies[MOST_ORGANS];
    size_t count = 0;

    for (size_t i = 0; i < h->organ_count; i++) {
        const vt_typed t = vt_trimmed(h->organs[i], "-*");
        if (!t.len)
            continue;
        if (!count || (vt_is_organ(t) && !vt_is_level(t))) {
            bodies[count++] = t;
            continue;
        }
        const vt_typed parts[] = {bodies[count - 1], t};
        bodies[count - 1] = joined(m->draft, parts, 2, vt_is_level(t) ? VT_LINE_BREAK : ' ');
    }
    if (count) {
        make_issuer(m, bodies, count - 1, bodies[count - 1]);
        return;
    }
    const vt_typed line = {.s = "", .line = m->root->line};
    vt_make_words(m, vt_make(m, m->root, VT_ISSUER, line.line), VT_NAME, vt_placeholder(line.line));
    vt_unsure(m->draft, VT_WARNING, "NHAP-12", line, "Ghi tên cơ quan vào <issuer><name>.",
              "Bản nháp không có tên cơ quan ban hành; chỗ ấy để dấu chấm.");
}

static void make_marks(vt_making *m, const vt_head *h) {
    vt_node *marks;

    if (!h->urgency && !h->secrecy && !h->circulation && !h->draft)
        return;
    marks = vt_make(m, m->root, VT_MARKS, m->root->line);
    if (h->urgency)
        vt_make_attr(m, marks, VT_AT_URGENCY, h->urgency);
    if (h->secrecy)
        vt_make_attr(m, marks, VT_AT_SECRECY, h->secrecy);
    if (h->circulation)
        vt_make_attr(m, marks, VT_AT_CIRCULATION, h->circulation);
    if (h->draft)
        vt_make_attr(m, marks, VT_AT_DRAFT, vt_printf(m->draft->arena, "%d", h->draft));
}

static void make_title(vt_making *m, const vt_head *h) {
    vt_draft *d = m->draft;

    if (h->title.len && (!m->type || !vt_key_is(h->title, m->type->name)))
        vt_make_words(m, m->root, VT_TITLE, vt_natural_case(d, h->title, VT_CASE_HEADING));
    const vt_typed subject = joined(d, h->subject, h->subject_count, ' ');
    if (subject.len)
        vt_make_words(m, m->root, VT_SUBJECT, vt_natural_case(d, subject, VT_CASE_HEADING));
    else if (!m->type || m->type->has_subject)
        vt_unsure(d, VT_WARNING, "NHAP-15",
                  h->title.len ? h->title : (vt_typed){.s = "", .line = m->root->line},
                  "Ghi trích yếu vào <subject>.", "Không thấy trích yếu nội dung.");
}

static void make_to(vt_making *m, const vt_head *h) {
    vt_node *to;

    if (!h->to_count)
        return;
    to = vt_make(m, m->root, VT_TO, h->to[0].line);
    for (size_t i = 0; i < h->to_count; i++) {
        const vt_typed name = vt_trimmed(h->to[i], ";,.");
        if (name.len)
            vt_make_words(m, to, VT_RECIPIENT, name);
    }
    if (to && !to->first)
        vt_remove(to);
}

/* A biên bản has no such line (Mẫu 1.9). */
static void no_date(vt_making *m, const vt_head *h) {
    if (h->date.len || m->root->parent || (m->type && !m->type->has_dateline))
        return;
    vt_make(m, m->root, VT_DATE, m->root->line);
    vt_unsure(m->draft, VT_INFO, "NHAP-14", (vt_typed){.s = "", .line = m->root->line},
              "Ghi địa danh vào <place>; ngày có thể để trống đến lúc cấp số.",
              "Bản nháp không có dòng địa danh và ngày, tháng, năm.");
}

size_t vt_import_head(vt_making *m, size_t from, size_t to) {
    vt_head *h = vt_alloc(m->draft->arena, sizeof *h);
    size_t body;

    if (!h)
        return to;
    body = gather(m->draft, h, from, to);
    decide(m, h, from, to);
    if (!m->pack) {
        if (!m->draft->status)
            m->draft->status =
                vt_bad(m->draft->list, "NHAP-10", (vt_place){m->draft->file, 0, NULL},
                       "Cài gói quy tắc cho hệ thống ấy, hoặc chọn --system khác.",
                       "Không có gói quy tắc cho hệ thống văn bản này.");
        return to;
    }
    decide_type(m, h);
    no_date(m, h);
    if (!m->root->parent || h->organ_count)
        make_issuers(m, h);
    make_marks(m, h);
    make_title(m, h);
    if (h->reference.len && m->root->parent)
        vt_make_reference(m, m->root->parent, h->reference);
    if (!m->root->parent) {
        make_to(m, h);
        vt_read_number(m, h->number.len ? h->number : (vt_typed){.s = "", .line = m->root->line});
    }
    return body;
}
