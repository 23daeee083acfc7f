/*
 * gen/check_boxes.c - rules of composed pages: the text, the signature, the
 * receivers, stamps and annexes.
 */
#include "gen/check_pages.h"

#include <math.h>
#include <string.h>

#define MM (72 / 25.4)

static bool near(double a, double b) {
    return fabs(a - b) <= VT_SLACK_PT;
}

/* ------------------------------------------------------------------- body -- */

/* A paragraph of the main text: not a table, a quotation, a note. */
static bool is_body(const vt_checking *c, const vt_text_line *l) {
    if (l->part || !l->node ||
        (l->node->el != VT_P && l->node->el != VT_ITEM && !vt_is_structure(l->node->el)))
        return false;
    for (const vt_node *n = l->node->parent; n && n != c->root; n = n->parent) {
        if (n->el == VT_TABLE || n->el == VT_QUOTE || n->el == VT_FOOTNOTE || n->el == VT_FIGURE)
            return false;
        if (n->el == VT_BODY)
            return true;
    }
    return false;
}

static bool same_element(const vt_text_line *a, const vt_text_line *b) {
    return a->tag == b->tag && a->page == b->page;
}

/* Baselines of one paragraph: single lines or points, as the law counts. */
static void line_distance(vt_checking *c, const vt_text_line *l, const vt_text_line *next) {
    const bool factor = c->law->line_factor > 0;
    const double pitch = next->y - l->y;
    const double value = factor ? pitch / (l->size * c->law->line_single) : pitch;
    const vt_span *law = &c->law->line_range;

    if (value < law->min - 0.02 || value > law->max + 0.02)
        vt_say(c, l->node, l->text, "Dòng cách nhau %.2f %s, quy định %g–%g.", value,
               factor ? "dòng đơn" : "pt", law->min, law->max);
}

static void body_sizes(vt_checking *c, const vt_text_line *l) {
    const vt_style *law = &c->law->styles[VT_C_BODY];

    if (l->size < law->size_min - 0.01 || l->size > law->size_max + 0.01)
        vt_say(c, l->node, l->text, "Nội dung in cỡ %g, quy định %g–%g.", l->size, law->size_min,
               law->size_max);
}

void vt_page_body(vt_checking *c) {
    const vt_style *law = &c->law->styles[VT_C_BODY], *own = &c->pack->styles[VT_C_BODY];

    if (own->align != law->align)
        vt_say(c, c->root, NULL, "Nội dung không canh đều hai bên.");
    if (own->indent < law->indent_min - 0.01 || own->indent > law->indent_max + 0.01)
        vt_say(c, c->root, NULL, "Đầu dòng lùi %.1f mm, quy định %.1f–%.1f mm.", own->indent / MM,
               law->indent_min / MM, law->indent_max / MM);
    if (fmax(c->pack->paragraph_gap, own->before) < c->law->paragraph_gap - 0.01)
        vt_say(c, c->root, NULL, "Đoạn cách nhau %g pt, quy định ít nhất %g pt.",
               fmax(c->pack->paragraph_gap, own->before), c->law->paragraph_gap);
    for (size_t i = 0; i < c->lines->count && c->said == 0; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!is_body(c, l))
            continue;
        body_sizes(c, l);
        if (!c->said && i + 1 < c->lines->count && same_element(l, l + 1) && l[1].y > l->y)
            line_distance(c, l, l + 1);
    }
}

void vt_page_one_size(vt_checking *c) {
    const vt_text_line *first = NULL;

    for (size_t i = 0; i < c->lines->count; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!is_body(c, l))
            continue;
        first = first ? first : l;
        if (!near(l->size, first->size)) {
            vt_say(c, l->node, l->text, "Nội dung in cỡ %g, chỗ khác cỡ %g.", l->size, first->size);
            return;
        }
    }
}

void vt_page_basis(vt_checking *c) {
    for (size_t i = 0; i < c->lines->count && !c->said; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!l->part && l->node && l->node->el == VT_BASIS && !l->mixed)
            (void)vt_keeps_style(c, l, VT_C_BASIS, "Căn cứ");
    }
}

void vt_page_resolves(vt_checking *c) {
    const struct vt_word *word = vt_resolves_of(c);
    const vt_text_line *l = NULL;

    for (size_t i = 0; word && c->type && i < c->law->resolve_count; i++)
        if (strcmp(c->law->resolves[i].key, c->type->slug) == 0) {
            l = vt_line_with(c, c->law->resolves[i].text);
            if (!l && vt_line_of(c, VT_BASIS, VT_BODY))
                vt_say(c, c->root, NULL, "Không có dòng “%s”.", c->law->resolves[i].text);
        }
    if (l)
        (void)vt_keeps_style(c, l, VT_C_RESOLVES, "Dòng quyết định");
}

void vt_page_end_mark(vt_checking *c) {
    const vt_text_line *last = NULL;
    const vt_words *words = vt_last_words(c, vt_child(c->root, VT_BODY));

    for (size_t i = 0; words && i < c->lines->count; i++)
        if (c->lines->at[i].node == words->node && !c->lines->at[i].part)
            last = &c->lines->at[i];
    if (last && c->type && c->type->end_mark && !vt_ends(last->text, c->law->end_mark))
        vt_say(c, last->node, last->text, "Nội dung không kết thúc bằng “%s”.", c->law->end_mark);
}

/* -------------------------------------------------------------- signature -- */

static const char *lawful_prefix(const vt_checking *c, const char *kind) {
    const vt_pack *p = c->law;

    return strcmp(kind, "TM") == 0    ? p->capacity_tm
           : strcmp(kind, "KT") == 0  ? p->capacity_kt
           : strcmp(kind, "TL") == 0  ? p->capacity_tl
           : strcmp(kind, "TUQ") == 0 ? p->capacity_tuq
                                      : p->capacity_q;
}

void vt_page_capacity(vt_checking *c) {
    const vt_node *seen = NULL;

    for (size_t i = 0; i < c->lines->count && !vt_enough(c); i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!l->node || l->node->el != VT_CAPACITY || l->node == seen)
            continue;
        const char *prefix = lawful_prefix(c, vt_attr_of(l->node, VT_AT_KIND));
        seen = l->node; /* its first line */
        if (strncmp(l->text, prefix, strlen(prefix)) != 0)
            vt_say(c, l->node, l->text, "Quyền hạn in “%s”, quy định mở đầu bằng “%s”.", l->text,
                   prefix);
    }
}

void vt_page_signature_faces(vt_checking *c) {
    for (size_t i = 0; i < c->lines->count && !vt_enough(c); i++) {
        const vt_text_line *l = &c->lines->at[i];
        const vt_node *parent = l->node ? l->node->parent : NULL;
        if (l->part || !parent || parent->el != VT_SIGNATURE)
            continue;
        if (l->node->el == VT_CAPACITY)
            (void)vt_keeps_style(c, l, VT_C_CAPACITY, "Quyền hạn");
        else if (l->node->el == VT_POSITION)
            (void)vt_keeps_style(c, l, VT_C_POSITION, "Chức vụ");
        else if (l->node->el == VT_NAME && vt_keeps_style(c, l, VT_C_SIGNER, "Họ tên") &&
                 strchr(l->text, ' ') && vt_in_capitals(c, l->text) &&
                 !vt_in_capitals(c, vt_words_of(c, l->node)))
            vt_say(c, l->node, l->text, "Họ tên in hoa.");
    }
}

/* A cell of a table has no node of its own: what it stands in tells. */
static bool is_in_body(const vt_checking *c, const vt_text_line *l) {
    const vt_tag *tags = c->layout->tags;
    uint32_t t = l->tag;

    if (l->part || t == VT_ARTIFACT)
        return false;
    while (t && !tags[t].node)
        t = tags[t].parent;
    return vt_within(tags[t].node, VT_BODY, c->root);
}

void vt_page_signature_alone(vt_checking *c) {
    const vt_text_line *signature = NULL;
    int lines = 0;

    for (size_t i = 0; !signature && i < c->lines->count; i++)
        if (!c->lines->at[i].part && c->lines->at[i].node && c->lines->at[i].node->parent &&
            c->lines->at[i].node->parent->el == VT_SIGNATURE)
            signature = &c->lines->at[i];
    if (!signature || signature->page == 0)
        return;
    for (size_t i = 0; i < c->lines->count; i++)
        lines += c->lines->at[i].page == signature->page && is_in_body(c, &c->lines->at[i]);
    if (lines < 2)
        vt_say(c, signature->node, signature->text,
               "Chữ ký ở trang %zu chỉ có %d dòng nội dung đi cùng.", signature->page + 1, lines);
}

/* Of an electronic file: the seal covers the left third of its signature. */
void vt_page_seal(vt_checking *c) {
    const vt_form *signature = NULL;

    for (size_t i = 0; i < c->layout->form_count && !vt_enough(c); i++) {
        const vt_form *f = &c->layout->forms[i];
        if (f->kind == VT_FORM_SIGNATURE && strncmp(f->name, "ky_", 3) == 0)
            signature = f;
        if (f->kind != VT_FORM_SIGNATURE || strncmp(f->name, "dau_", 4) != 0 || !signature)
            continue;
        const double covered = fmin(f->x2, signature->x2) - fmax(f->x1, signature->x1);
        const double share = covered / (signature->x2 - signature->x1);
        if (f->x1 > signature->x1 || share < 0.28 || share > 0.39)
            vt_say(c, c->root, f->label,
                   "Ô dấu trùm %.0f %% ô chữ ký, quy định khoảng một phần ba.",
                   100 * fmax(share, 0));
    }
}

/* -------------------------------------------------------------- receivers -- */

static size_t receivers_of(const vt_node *to) {
    size_t n = 0;

    for (const vt_node *r = to ? vt_child(to, VT_RECIPIENT) : NULL; r; r = vt_next_same(r))
        n++;
    return n;
}

static bool begins_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

void vt_page_to(vt_checking *c) {
    const vt_node *to = vt_child(c->root, VT_TO), *seen = NULL;
    const vt_text_line *label = to ? vt_line_of(c, VT_TO, VT_DOCUMENT) : NULL, *first = NULL;
    const size_t n = receivers_of(to);

    if (label)
        (void)vt_keeps_style(c, label, VT_C_TO_LABEL, "Kính gửi");
    if (label && n == 1 && !*vt_attr_of(to, VT_AT_LABEL) && vt_ends(label->text, ":"))
        vt_say(c, to, label->text, "Một nơi gửi mà không cùng dòng với “%s”.", label->text);
    for (size_t i = 0; n > 1 && i < c->lines->count && !vt_enough(c); i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (l->part || !l->node || l->node->parent != to || l->node == seen)
            continue;
        seen = l->node; /* its first line */
        first = first ? first : l;
        if (!begins_with(l->text, c->law->to_mark) || !near(l->x1, first->x1))
            vt_say(c, l->node, l->text, "Gạch đầu dòng của nơi gửi thiếu hoặc không thẳng.");
    }
}

static void copy_line(vt_checking *c, const vt_text_line *l) {
    const vt_node *archive = l->node->el == VT_ARCHIVE ? l->node : NULL;

    if (!vt_keeps_style(c, l, VT_C_COPIES, "Danh sách nơi nhận"))
        return;
    if (archive && !strstr(l->text, c->law->archive_prefix))
        vt_say(c, archive, l->text, "Dòng lưu không in “%s”.", c->law->archive_prefix);
}

void vt_page_copies(vt_checking *c) {
    const vt_node *copies = vt_child(c->root, VT_COPIES), *seen = NULL;
    const vt_text_line *label = copies ? vt_line_of(c, VT_COPIES, VT_DOCUMENT) : NULL;

    if (label && strcmp(label->text, c->law->styles[VT_C_COPIES_LABEL].text) != 0)
        vt_say(c, copies, label->text, "Nhãn nơi nhận in “%s”.", label->text);
    else if (label && vt_keeps_style(c, label, VT_C_COPIES_LABEL, "Nhãn nơi nhận") &&
             c->pack->styles[VT_C_COPIES_LABEL].underline !=
                 c->law->styles[VT_C_COPIES_LABEL].underline)
        vt_say(c, copies, label->text, "Nhãn nơi nhận gạch chân sai quy định.");
    for (size_t i = 0; copies && i < c->lines->count && !c->said; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (l->part || !l->node || l->node->parent != copies || l->node == seen)
            continue;
        seen = l->node; /* its first line */
        copy_line(c, l);
    }
}

/* ----------------------------------------------------------------- stamps -- */

/* The stamp's frame and words against the law's. */
static void stamp(vt_checking *c, vt_at at, vt_component component, const char *mark) {
    const vt_node *marks = vt_child(c->root, VT_MARKS);
    const char *key = vt_attr_of(marks, at);
    const struct vt_word *law = vt_pack_word(c->law, key), *own = vt_pack_word(c->pack, key);
    const vt_mark *frame = vt_mark_named(c, mark);

    if (!*key || !own)
        return;
    const vt_text_line *l = vt_line_with(c, own->text);
    if (!frame || !l) {
        vt_say(c, marks, own->text, "Dấu “%s” không có khung.", own->text);
        return;
    }
    if (law && strcmp(law->text, own->text) != 0)
        vt_say(c, marks, own->text, "Dấu in “%s”, quy định “%s”.", own->text, law->text);
    else if (law && law->frame_width > 0 &&
             (!near(frame->x2 - frame->x1, law->frame_width) ||
              !near(frame->y2 - frame->y1, law->frame_height)))
        vt_say(c, marks, own->text, "Khung dấu %.0f × %.0f mm, quy định %.0f × %.0f mm.",
               (frame->x2 - frame->x1) / MM, (frame->y2 - frame->y1) / MM, law->frame_width / MM,
               law->frame_height / MM);
    else
        (void)vt_keeps_style(c, l, component, "Dấu");
}

void vt_page_urgency(vt_checking *c) {
    stamp(c, VT_AT_URGENCY, VT_C_URGENCY, "urgency");
}

void vt_page_circulation(vt_checking *c) {
    stamp(c, VT_AT_CIRCULATION, VT_C_CIRCULATION, "circulation");
}

/* ---------------------------------------------------------------- annexes -- */

/* The first line of each annex that comes from a node of that kind. */
static const vt_text_line *line_in(const vt_checking *c, const vt_node *annex, bool reference,
                                   size_t *from) {
    for (size_t i = *from; i < c->lines->count; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (l->part != annex || (reference ? l->role != VT_ROLE_P : l->role != VT_ROLE_H1))
            continue;
        if (l->node == annex || (l->node && l->node->el == VT_REFERENCE)) {
            *from = i;
            return l;
        }
    }
    return NULL;
}

void vt_page_annex_label(vt_checking *c) {
    const vt_node *first = vt_child(c->root, VT_ANNEX);
    const bool several = first && vt_next_same(first);
    size_t from = 0;
    int n = 0;

    for (const vt_node *a = first; a && !vt_enough(c); a = vt_next_same(a)) {
        const char *law =
            several ? vt_label(c->arena, c->law, c->law->annex_label, &(int){++n}, 1, NULL)
                    : c->law->annex_label_single;
        const vt_text_line *l = line_in(c, a, false, &from);
        if (l && law && strcmp(l->text, law) != 0)
            vt_say(c, a, l->text, "Số phụ lục in “%s”, quy định “%s”.", l->text, law);
        else if (l)
            (void)vt_keeps_style(c, l, VT_C_ANNEX_LABEL, "Số phụ lục");
    }
}

/* Annexes may be files of their own. */
static bool is_set(const vt_checking *c, const vt_node *annex) {
    for (size_t i = 0; i < c->layout->page_count; i++)
        if (c->lines->page_part[i] == annex)
            return true;
    return false;
}

void vt_page_annex_reference(vt_checking *c) {
    size_t from = 0;

    for (const vt_node *a = vt_child(c->root, VT_ANNEX); a && !vt_enough(c); a = vt_next_same(a)) {
        const vt_text_line *l = line_in(c, a, true, &from);
        if (!l && is_set(c, a))
            vt_say(c, a, NULL, "Phụ lục không có dòng “(Kèm theo ...)”.");
        else if (l && !begins_with(l->text, "(Kèm theo") &&
                 !begins_with(l->text, "(Ban hành kèm theo"))
            vt_say(c, a, l->text, "Dòng dưới tên phụ lục không phải “(Kèm theo ...)”.");
    }
}
