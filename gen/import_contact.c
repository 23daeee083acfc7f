/*
 * gen/import_contact.c - the issuer's address and ways to reach it (ô 13; PL I
 * III.4), as they come from the foot of a page or from a letterhead.
 */
#include "gen/import.h"
#include "gen/tree.h"

#include <string.h>

enum { LONGEST = 400 };

static const struct {
    vt_list list;
    vt_el el;
} parts[] = {{VT_LIST_ADDRESS, VT_ADDRESS},
             {VT_LIST_PHONE, VT_PHONE},
             {VT_LIST_FAX, VT_FAX},
             {VT_LIST_EMAIL, VT_EMAIL},
             {VT_LIST_WEBSITE, VT_WEBSITE}};

/* The longest of all labels; its bytes, 0: none. */
static size_t word_at(const vt_draft *d, vt_typed t, vt_el *el) {
    size_t best = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const size_t n = vt_listed_behind(d, parts[i].list, t);
        if (n > best) {
            best = n;
            *el = parts[i].el;
        }
    }
    return best;
}

static size_t blanks(vt_typed t, size_t at) {
    const size_t from = at;

    while (at < t.len && (t.s[at] == ' ' || t.s[at] == '\t'))
        at++;
    return at - from;
}

/* "Điện thoại: ", "ĐT/Fax: ", "Tel 0299": bytes up to what it names; 0: no label. */
static size_t label_at(const vt_draft *d, vt_typed t, vt_el *el) {
    vt_el other;
    size_t at = word_at(d, t, el);

    if (!at)
        return 0;
    at += blanks(t, at);
    while (at < t.len && t.s[at] == '/') {
        const size_t n = word_at(d, vt_part(t, at + 1, t.len), &other);
        if (!n)
            return 0;
        at += 1 + n;
        at += blanks(t, at);
    }
    if (at >= t.len)
        return 0;
    if (t.s[at] == ':')
        return at + 1 + blanks(t, at + 1);
    const bool number = strchr("0123456789(+", t.s[at]) != NULL;
    return number && (*el == VT_PHONE || *el == VT_FAX) ? at : 0;
}

/* May a label begin at `at`: behind a mark that parts, or a blank? */
static bool is_apart(vt_typed t, size_t at) {
    return at == 0 || strchr(" \t;,.|-\v", t.s[at - 1]) ||
           (at >= 3 && (memcmp(t.s + at - 3, "–", 3) == 0 || memcmp(t.s + at - 3, "•", 3) == 0));
}

/* Where the next label begins, at `from` or later; the length when there is none. */
static size_t next_label(const vt_draft *d, vt_typed t, size_t from) {
    vt_el el;

    for (size_t i = from; i < t.len; i++)
        if (is_apart(t, i) && label_at(d, vt_part(t, i, t.len), &el))
            return i;
    return t.len;
}

/* Without the marks that parted it from its neighbours. */
static vt_typed value_of(vt_typed t) {
    for (;;) {
        const size_t before = t.len;
        t = vt_trimmed(t, ";,-|");
        if (t.len >= 3 &&
            (memcmp(t.s + t.len - 3, "–", 3) == 0 || memcmp(t.s + t.len - 3, "•", 3) == 0))
            t.len -= 3;
        if (t.len == before)
            return t;
    }
}

/* "Số 12 đường ...", "45 Trần Phú": an address without a label. */
static bool is_house(vt_typed t) {
    size_t at = vt_behind(t, "so");

    at += blanks(t, at);
    return at < t.len && t.s[at] >= '0' && t.s[at] <= '9';
}

bool vt_is_contact(const vt_draft *d, vt_typed t) {
    vt_el el;

    if (!t.len || t.len > LONGEST)
        return false;
    return label_at(d, t, &el) || (is_house(t) && next_label(d, t, 0) < t.len);
}

static void add(vt_making *m, vt_el el, vt_typed value) {
    vt_node *contact = (vt_node *)(uintptr_t)vt_child(m->root, VT_CONTACT);

    if (!value.len)
        return;
    if (!contact)
        contact = vt_make(m, m->root, VT_CONTACT, value.line);
    if (!contact)
        return;
    vt_node *node = (vt_node *)(uintptr_t)vt_child(contact, el);
    if (node) { /* a second telephone */
        vt_make_text(m, node, vt_typed_of(",", value.line), 0, false);
        vt_node *space = vt_text_new(m->draft->arena, " ", 1, value.line);
        if (space)
            vt_append(node, space);
        vt_make_text(m, node, value, 0, false);
        return;
    }
    node = vt_node_new(m->draft->arena, el, value.line);
    if (!node)
        return;
    vt_insert_ordered(contact, node);
    vt_make_text(m, node, value, 0, false);
}

void vt_import_contact(vt_making *m, vt_typed t) {
    vt_el el = VT_ADDRESS;
    size_t at = label_at(m->draft, t, &el);

    while (at < t.len) {
        const size_t end = next_label(m->draft, t, at);
        add(m, el, value_of(vt_part(t, at, end)));
        if (end >= t.len)
            break;
        at = end + label_at(m->draft, vt_part(t, end, t.len), &el);
    }
    vt_left_out(m->draft, VT_INFO, "NHAP-36", t, "Xem lại <contact>; không phải thì sửa đoạn này.",
                "Địa chỉ, thông tin liên hệ của cơ quan; nhãn đứng trước được in theo thể thức.");
}
