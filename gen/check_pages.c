/*
 * gen/check_pages.c - rules of composed pages: paper, margins, page numbers,
 * colour, tables, and the head.
 *
 * What is seen is held against the law's own ranges (c->law), not against the
 * pack the document is set by: a local pack may be wrong.
 */
#include "gen/check_pages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MM (72 / 25.4)

/* --------------------------------------------------------------- looking -- */

bool vt_is_black(vt_rgb colour) {
    return !colour.r && !colour.g && !colour.b;
}

const vt_text_line *vt_line_with(const vt_checking *c, const char *text) {
    for (size_t i = 0; *text && i < c->lines->count; i++)
        if (!c->lines->at[i].part && strcmp(c->lines->at[i].text, text) == 0)
            return &c->lines->at[i];
    return NULL;
}

const vt_text_line *vt_line_of(const vt_checking *c, vt_el el, vt_el parent) {
    for (size_t i = 0; i < c->lines->count; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!l->part && l->node && l->node->el == el && l->node->parent &&
            l->node->parent->el == parent)
            return l;
    }
    return NULL;
}

const vt_mark *vt_mark_named(const vt_checking *c, const char *what) {
    const vt_page *page = c->layout->page_count ? &c->layout->pages[0] : NULL;

    for (size_t i = 0; page && i < page->mark_count; i++)
        if (page->marks[i].what && strcmp(page->marks[i].what, what) == 0)
            return &page->marks[i];
    return NULL;
}

bool vt_in_capitals(vt_checking *c, const char *text) {
    const char *upper = vt_text_upper(c->arena, text);

    return upper && strcmp(upper, text) == 0;
}

static const char *face_name(vt_face face) {
    static const char *const names[VT_FACES] = {"đứng", "đậm", "nghiêng", "nghiêng đậm"};

    return names[face];
}

bool vt_keeps_style(vt_checking *c, const vt_text_line *line, vt_component component,
                    const char *what) {
    const vt_style *law = &c->law->styles[component];
    const vt_node *at = line->node ? line->node : c->root;

    if (line->size < law->size_min - 0.01 || line->size > law->size_max + 0.01)
        vt_say(c, at, line->text, "%s in cỡ %g, quy định %g–%g.", what, line->size, law->size_min,
               law->size_max);
    else if (line->face != law->face)
        vt_say(c, at, line->text, "%s in kiểu chữ %s, quy định %s.", what, face_name(line->face),
               face_name(law->face));
    else if (law->upper && !vt_in_capitals(c, line->text))
        vt_say(c, at, line->text, "%s chưa in hoa.", what);
    else
        return true;
    return false;
}

/* ------------------------------------------------------------------ paper -- */

static bool is_turned(const vt_page *page) {
    return page->width > page->height;
}

static const vt_node *part_at(const vt_checking *c, size_t page) {
    return c->lines->page_part[page] ? c->lines->page_part[page] : c->root;
}

static bool near(double a, double b) {
    return fabs(a - b) <= VT_SLACK_PT;
}

void vt_page_size(vt_checking *c) {
    const double w = c->law->page_width, h = c->law->page_height;

    for (size_t i = 0; i < c->layout->page_count; i++) {
        const vt_page *p = &c->layout->pages[i];
        if (c->lines->foreign[i] || (near(p->width, w) && near(p->height, h)) ||
            (near(p->width, h) && near(p->height, w)))
            continue;
        vt_say(c, part_at(c, i), NULL, "Trang %zu khổ %.0f × %.0f mm, quy định %.0f × %.0f mm.",
               i + 1, p->width / MM, p->height / MM, w / MM, h / MM);
        return;
    }
}

/* Ends of the table's lines on a page. */
static double table_width(const vt_page *page) {
    double left = page->width, right = 0;

    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].what && strcmp(page->marks[i].what, "cell") == 0) {
            left = fmin(left, page->marks[i].x1);
            right = fmax(right, page->marks[i].x2);
        }
    return right - left;
}

void vt_page_orientation(vt_checking *c) {
    const double upright =
        c->pack->page_width - c->pack->margin_left.value - c->pack->margin_right.value;
    const vt_node *part = NULL;
    size_t first = 0;
    bool wide = true;

    for (size_t i = 0; i <= c->layout->page_count; i++) {
        const bool ends = i == c->layout->page_count;
        const vt_page *p = ends ? NULL : &c->layout->pages[i];
        const bool turned = p && !c->lines->foreign[i] && is_turned(p);
        if (!wide && (!turned || part_at(c, i) != part)) {
            vt_say(c, part, NULL, "Trang %zu nằm ngang mà không có bảng rộng hơn trang dọc.",
                   first + 1);
            wide = true;
        }
        if (!turned)
            continue;
        if (part_at(c, i) != part) {
            part = part_at(c, i);
            first = i;
            wide = false;
        }
        wide = wide || table_width(p) > upright - 1; /* as wide as the page is turned for */
    }
}

static void margin(vt_checking *c, const char *name, double value, const vt_span *law) {
    if (value < law->min - 0.01 || value > law->max + 0.01)
        vt_say(c, c->root, NULL, "Lề %s %.4g mm, quy định %.4g–%.4g mm.", name, value / MM,
               law->min / MM, law->max / MM);
}

void vt_page_margins(vt_checking *c) {
    margin(c, "trên", c->pack->margin_top.value, &c->law->margin_top);
    margin(c, "dưới", c->pack->margin_bottom.value, &c->law->margin_bottom);
    margin(c, "trái", c->pack->margin_left.value, &c->law->margin_left);
    margin(c, "phải", c->pack->margin_right.value, &c->law->margin_right);
}

vt_area vt_area_of(const vt_checking *c, const vt_page *page) {
    const vt_pack *p = c->pack;
    const vt_area upright = {p->margin_left.value, page->width - p->margin_right.value,
                             p->margin_top.value, page->height - p->margin_bottom.value};
    const vt_area turned = {p->margin_bottom.value, page->width - p->margin_top.value,
                            p->margin_left.value, page->height - p->margin_right.value};

    return is_turned(page) ? turned : upright;
}

static bool is_out(const vt_area *a, double x1, double x2, double y) {
    return x1 < a->left - 1 || x2 > a->right + 1 || y > a->bottom + 1;
}

/* Above the text area stand the page number, ô 11, ô 14 and copy marks. */
void vt_page_inside(vt_checking *c) {
    for (size_t i = 0; i < c->lines->count && !vt_enough(c); i++) {
        const vt_text_line *l = &c->lines->at[i];
        const vt_area a = vt_area_of(c, &c->layout->pages[l->page]);
        if (l->y > a.top && is_out(&a, l->x1, l->x2, l->y))
            vt_say(c, l->node ? l->node : c->root, l->text, "Chữ tràn ra ngoài vùng trình bày.");
    }
    for (size_t i = 0; i < c->layout->page_count; i++) {
        const vt_page *p = &c->layout->pages[i];
        const vt_area a = vt_area_of(c, p);
        for (size_t k = 0; !c->lines->foreign[i] && k < p->mark_count && !vt_enough(c); k++) {
            const vt_mark *m = &p->marks[k];
            if (m->kind != VT_MARK_PICTURE && fmax(m->y1, m->y2) > a.top &&
                is_out(&a, m->x1, m->x2, fmax(m->y1, m->y2)))
                vt_say(c, part_at(c, i), m->what,
                       "Nét kẻ hoặc khung tràn ra ngoài vùng trình bày.");
        }
    }
}

/* What stands in the top margin and is no content (a repeated row is none, either). */
static const vt_text_line *number_on(const vt_checking *c, size_t page, size_t *from) {
    const vt_text_line *found = NULL;
    const double top = vt_area_of(c, &c->layout->pages[page]).top;

    for (; *from < c->lines->count && c->lines->at[*from].page <= page; ++*from) {
        const vt_text_line *l = &c->lines->at[*from];
        if (l->page == page && l->tag == VT_ARTIFACT && l->y < top + 1)
            found = l;
    }
    return found;
}

static void check_number(vt_checking *c, const vt_page *page, const vt_text_line *l) {
    const vt_area a = vt_area_of(c, page);
    const double law = c->law->page_number_baseline;
    char digits[16];

    snprintf(digits, sizeof digits, "%d", page->number);
    if (page->number < c->law->page_number_first) {
        if (l)
            vt_say(c, c->root, l->text, "Số trang hiện ở trang %d.", page->number);
    } else if (!l || strcmp(l->text, digits) != 0)
        vt_say(c, c->root, l ? l->text : NULL, "Trang %d không có số trang.", page->number);
    else if (!vt_keeps_style(c, l, VT_C_PAGE_NUMBER, "Số trang"))
        return;
    else if (!near((l->x1 + l->x2) / 2, (a.left + a.right) / 2) || l->y > a.top)
        vt_say(c, c->root, l->text, "Số trang không ở giữa lề trên.");
    else if (c->doc->system != VT_STATE && fabs(l->y - law) > MM)
        vt_say(c, c->root, l->text, "Số trang cách mép trên %.0f mm, quy định khoảng %.0f mm.",
               l->y / MM, law / MM);
}

void vt_page_number(vt_checking *c) {
    size_t from = 0;

    for (size_t i = 0; i < c->layout->page_count && !c->said; i++)
        if (!c->lines->foreign[i])
            check_number(c, &c->layout->pages[i], number_on(c, i, &from));
}

void vt_page_annex_number(vt_checking *c) {
    for (size_t i = 1; i < c->layout->page_count; i++) {
        const vt_node *part = c->lines->page_part[i];
        if (part && !c->lines->foreign[i] && part != c->lines->page_part[i - 1] &&
            c->layout->pages[i].number != 1)
            vt_say(c, part, NULL, "Phụ lục bắt đầu ở trang số %d.", c->layout->pages[i].number);
    }
}

void vt_page_coupling(vt_checking *c) {
    const vt_text_line *title = vt_line_with(c, c->pack->styles[VT_C_NATIONAL_TITLE].text);
    const vt_text_line *motto = vt_line_with(c, c->pack->styles[VT_C_MOTTO].text);
    const vt_text_line *date = vt_line_of(c, VT_DATE, VT_DOCUMENT);

    if (title && motto &&
        (!near(motto->size, title->size + 1) || (date && !near(date->size, motto->size))))
        vt_say(c, c->root, NULL, "Cỡ chữ Quốc hiệu %g, Tiêu ngữ %g, ngày tháng %g không cùng bộ.",
               title->size, motto->size, date ? date->size : motto->size);
}

static bool is_stamp(const vt_checking *c, const char *text) {
    for (size_t i = 0; i < c->law->word_count; i++)
        if (strcmp(c->law->words[i].text, text) == 0)
            return true;
    return false;
}

void vt_page_colour(vt_checking *c) {
    for (size_t i = 0; i < c->lines->count && !c->said; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!vt_is_black(l->colour) && !is_stamp(c, l->text))
            vt_say(c, l->node ? l->node : c->root, l->text, "Chữ in màu.");
    }
}

/* One of the law's families, whole. */
static bool is_lawful_family(const char *list, const char *family) {
    const size_t len = strlen(family);

    for (const char *at = list; *at; at += strcspn(at, ";"), at += *at == ';') {
        at += strspn(at, " ");
        if (strncmp(at, family, len) == 0 && (!at[len] || at[len] == ';'))
            return true;
    }
    return false;
}

void vt_page_font(vt_checking *c) {
    const vt_fonts *fonts = vt_engine_fonts(c->engine);

    for (size_t i = 0; i < c->lines->count; i++) {
        const vt_text_line *l = &c->lines->at[i];
        const char *family = vt_fonts_info(fonts, l->face)->family;
        if (is_lawful_family(c->law->font_families, family))
            continue;
        vt_say(c, l->node ? l->node : c->root, l->text, "Chữ in phông “%s”, quy định %s.", family,
               c->law->font_families);
        return; /* the four faces are of one family */
    }
}

/* Pages on which each table and each row has text; 0: none yet, else page + 1. */
typedef struct spread {
    size_t first;
    bool broken, headed;
} spread;

static void spread_line(vt_checking *c, spread *all, const vt_text_line *l) {
    const vt_tag *tags = c->layout->tags;

    for (uint32_t t = l->tag; t && t != VT_ARTIFACT; t = tags[t].parent) {
        const vt_role role = tags[t].role;
        if (role == VT_ROLE_THEAD)
            return; /* repeated on every page */
        if (role != VT_ROLE_TR && role != VT_ROLE_TABLE)
            continue;
        all[t].broken = all[t].broken || (all[t].first && all[t].first != l->page + 1);
        all[t].first = all[t].first ? all[t].first : l->page + 1;
    }
}

void vt_page_rows(vt_checking *c) {
    const vt_layout *l = c->layout;
    spread *all = vt_alloc_array(c->arena, l->tag_count + 1, sizeof *all);

    for (size_t i = 0; all && i < c->lines->count; i++)
        spread_line(c, all, &c->lines->at[i]);
    for (uint32_t t = 1; all && t < l->tag_count; t++)
        if (l->tags[t].role == VT_ROLE_THEAD)
            all[l->tags[t].parent].headed = true;
    for (uint32_t t = 1; all && t < l->tag_count && !vt_enough(c); t++) {
        if (!all[t].broken)
            continue;
        const vt_node *node = l->tags[t].node;
        for (uint32_t up = t; !node && up; up = l->tags[up].parent)
            node = l->tags[up].node; /* a row has none of its own: the table */
        if (l->tags[t].role == VT_ROLE_TABLE && !all[t].headed)
            vt_say(c, node ? node : c->root, NULL,
                   "Bảng dài quá một trang mà không có hàng tiêu đề lặp lại.");
        if (l->tags[t].role == VT_ROLE_TR)
            vt_say(c, node ? node : c->root, NULL, "Một hàng của bảng bị cắt ngang trang %zu.",
                   all[t].first);
    }
}

/* ------------------------------------------------------------------- head -- */

static double width_of(const vt_text_line *l) {
    return l->x2 - l->x1;
}

/* The law's words in their style; says so if they are not there. */
static const vt_text_line *fixed_words(vt_checking *c, vt_component component, const char *what) {
    const char *words = c->law->styles[component].text;
    const vt_text_line *l = vt_line_with(c, words);

    for (size_t i = 0; !l && i < c->lines->count && c->lines->at[i].page == 0; i++)
        if (vt_same(c, c->lines->at[i].text, words) && vt_in_capitals(c, words) &&
            vt_in_capitals(c, c->lines->at[i].text))
            l = &c->lines->at[i]; /* "HOÀ" */
    if (!l)
        vt_say(c, c->root, NULL, "Không có dòng “%s”.", words);
    else if (!vt_keeps_style(c, l, component, what))
        return NULL;
    return l;
}

/* A line below the text as long as the text, in its middle. */
static void full_rule(vt_checking *c, const vt_text_line *l, const char *mark, const char *what) {
    const vt_mark *m = vt_mark_named(c, mark);

    if (!m)
        vt_say(c, c->root, l->text, "Dưới %s không có đường kẻ.", what);
    else if (fabs((m->x2 - m->x1) / width_of(l) - 1) > 0.02 ||
             fabs(m->x1 + m->x2 - l->x1 - l->x2) > 2)
        vt_say(c, c->root, l->text, "Đường kẻ dưới %s dài %.0f %% dòng chữ.", what,
               100 * (m->x2 - m->x1) / width_of(l));
}

void vt_page_national_title(vt_checking *c) {
    (void)fixed_words(c, VT_C_NATIONAL_TITLE, "Quốc hiệu");
}

void vt_page_motto(vt_checking *c) {
    (void)fixed_words(c, VT_C_MOTTO, "Tiêu ngữ");
}

void vt_page_motto_rule(vt_checking *c) {
    const vt_text_line *l = vt_line_with(c, c->pack->styles[VT_C_MOTTO].text);

    if (l)
        full_rule(c, l, "motto-rule", "Tiêu ngữ");
}

void vt_page_party_title(vt_checking *c) {
    const vt_text_line *l = fixed_words(c, VT_C_NATIONAL_TITLE, "Tiêu đề");

    if (l && c->law->styles[VT_C_NATIONAL_TITLE].rule == VT_RULE_TEXT)
        full_rule(c, l, "title-rule", "tiêu đề");
}

void vt_page_issuer(vt_checking *c) {
    for (size_t i = 0; i < c->lines->count && c->lines->at[i].page == 0; i++) {
        const vt_text_line *l = &c->lines->at[i];
        const vt_node *parent = l->node ? l->node->parent : NULL;
        if (l->part || !parent || parent->el != VT_ISSUER)
            continue;
        (void)vt_keeps_style(c, l, l->node->el == VT_SUPERIOR ? VT_C_SUPERIOR : VT_C_ISSUER,
                             l->node->el == VT_SUPERIOR ? "Cơ quan chủ quản" : "Tên cơ quan");
    }
}

/* The last line of the issuer's names, joint ones on one line included. */
static const vt_text_line *issuer_line(const vt_checking *c) {
    const vt_text_line *last = NULL;

    for (size_t i = 0; i < c->lines->count && c->lines->at[i].page == 0; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!l->part && l->node &&
            (l->node->el == VT_ISSUER ||
             (l->node->el == VT_NAME && l->node->parent && l->node->parent->el == VT_ISSUER)))
            last = l;
    }
    return last;
}

/* A line of a third to a half of the text above, in its middle. */
static void part_rule(vt_checking *c, const vt_text_line *l, const char *mark, const char *what,
                      const vt_style *law) {
    const vt_mark *m = vt_mark_named(c, mark);
    const double share = m ? (m->x2 - m->x1) / width_of(l) : 0;

    if (!m)
        vt_say(c, l->node ? l->node : c->root, l->text, "Dưới %s không có đường kẻ.", what);
    else if (share < law->fraction_min - 0.01 || share > law->fraction_max + 0.01 ||
             fabs(m->x1 + m->x2 - l->x1 - l->x2) > 2)
        vt_say(c, l->node ? l->node : c->root, l->text,
               "Đường kẻ dưới %s dài %.0f %% dòng chữ, quy định 33–50 %%, ở giữa.", what,
               100 * share);
}

void vt_page_issuer_rule(vt_checking *c) {
    const vt_text_line *l = issuer_line(c);

    if (l)
        part_rule(c, l, "issuer-rule", "tên cơ quan", &c->law->styles[VT_C_ISSUER]);
}

void vt_page_issuer_mark(vt_checking *c) {
    const char *mark = c->law->styles[VT_C_ISSUER].after_text;

    if (*mark && !vt_line_with(c, mark))
        vt_say(c, c->root, NULL, "Dưới tên cơ quan không có dấu “%s”.", mark);
    if (vt_mark_named(c, "issuer-rule"))
        vt_say(c, c->root, NULL, "Dưới tên cơ quan có đường kẻ.");
}

/* Number and date stand in fields of an electronic file. */
static const vt_text_line *printed(const vt_checking *c, vt_el el) {
    return c->layout->form_count ? NULL : vt_line_of(c, el, VT_DOCUMENT);
}

/* The number's line as the law's pattern has it, for what this document bears. */
static const char *lawful_number(vt_checking *c, const vt_pack *strings, bool padded) {
    vt_pack mixed = *c->pack;
    const char *number = vt_doc_number(c->doc);

    mixed.number_pattern = strings->number_pattern;
    mixed.letter_number_pattern = strings->letter_number_pattern;
    mixed.number_pad = padded ? c->law->number_pad : c->pack->number_pad;
    number = number ? vt_number_padded(c->arena, &mixed, number) : NULL;
    const char *line = vt_number_line(c->arena, &mixed, c->doc, number ? number : "");
    return line ? line : "";
}

/* Are they alike but for white space? */
static bool alike(const char *a, const char *b) {
    for (;;) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (!*a || !*b || *a != *b)
            return *a == *b;
        a++;
        b++;
    }
}

void vt_page_number_line(vt_checking *c) {
    const vt_text_line *l = printed(c, VT_NUMBER);
    const char *law = lawful_number(c, c->law, false);

    if (l && !alike(l->text, law))
        vt_say(c, l->node, l->text, "Số, ký hiệu in “%s”, quy định “%s”.", l->text, law);
    else if (l)
        (void)vt_keeps_style(c, l, VT_C_NUMBER, "Số, ký hiệu");
}

void vt_page_number_padding(vt_checking *c) {
    const vt_text_line *l = printed(c, VT_NUMBER);

    if (l && !alike(lawful_number(c, c->pack, true), lawful_number(c, c->pack, false)))
        vt_say(c, l->node, l->text, "Số in không đúng cách thêm số 0.");
}

void vt_page_notation_spaces(vt_checking *c) {
    const vt_text_line *l = printed(c, VT_NUMBER);
    const char *slash = l ? strchr(l->text, '/') : NULL;

    if (!slash)
        return;
    const bool numbered = vt_doc_number(c->doc) != NULL;
    if ((numbered && slash > l->text && slash[-1] == ' ') || strchr(slash, ' '))
        vt_say(c, l->node, l->text, "Ký hiệu có khoảng trắng quanh “/” hoặc “-”.");
}

void vt_page_dateline(vt_checking *c) {
    const vt_text_line *l = printed(c, VT_DATE);
    const char *place = vt_words_in(c, VT_PLACE);
    const size_t len = strlen(place);

    if (!l || !*place)
        return;
    if (strncmp(l->text, place, len) != 0 || strncmp(l->text + len, ", ngày ", 7) != 0 ||
        !strstr(l->text + len, " tháng ") || !strstr(l->text + len, " năm "))
        vt_say(c, l->node, l->text, "Dòng địa danh, ngày tháng in “%s”.", l->text);
    else
        (void)vt_keeps_style(c, l, VT_C_PLACE_DATE, "Địa danh, ngày tháng");
}

/* "05" after "ngày ": is it as long as the law wants? */
static bool padded_right(const char *text, const char *word, int value, int pad) {
    const char *at = value ? strstr(text, word) : NULL;
    const size_t digits = at ? strspn(at + strlen(word), "0123456789") : 0;

    return !digits || digits == (value < pad || value > 9 ? 2 : 1);
}

void vt_page_date_padding(vt_checking *c) {
    const vt_text_line *l = printed(c, VT_DATE);
    vt_date date;

    if (!l || !vt_doc_date(c->doc, &date))
        return;
    if (!padded_right(l->text, "ngày ", date.day, c->law->day_pad) ||
        !padded_right(l->text, "tháng ", date.month, c->law->month_pad))
        vt_say(c, l->node, l->text, "Ngày, tháng in không đúng cách thêm số 0.");
}

void vt_page_same_line(vt_checking *c) {
    const vt_text_line *number = vt_line_of(c, VT_NUMBER, VT_DOCUMENT);
    const vt_text_line *date = vt_line_of(c, VT_DATE, VT_DOCUMENT);

    if (number && date && !near(number->y, date->y))
        vt_say(c, date->node, date->text, "Ngày tháng không cùng dòng với số, ký hiệu.");
}

/* The type's name: the heading without a subject's node. */
static const vt_text_line *type_line(const vt_checking *c) {
    for (size_t i = 0; i < c->lines->count && c->lines->at[i].page == 0; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!l->part && l->role == VT_ROLE_H1 && (!l->node || l->node->el == VT_TITLE))
            return l;
    }
    return NULL;
}

void vt_page_type_name(vt_checking *c) {
    const vt_text_line *l = type_line(c);
    const vt_area a = vt_area_of(c, &c->layout->pages[0]);

    if (!l && c->type && c->type->has_heading)
        vt_say(c, c->root, c->type->name, "Không in tên loại.");
    else if (l && vt_keeps_style(c, l, VT_C_TYPE_NAME, "Tên loại") &&
             fabs(l->x1 + l->x2 - a.left - a.right) > 2)
        vt_say(c, c->root, l->text, "Tên loại không ở giữa trang.");
}

static const vt_text_line *last_subject(const vt_checking *c) {
    const vt_text_line *last = NULL;

    for (size_t i = 0; i < c->lines->count && c->lines->at[i].page == 0; i++) {
        const vt_text_line *l = &c->lines->at[i];
        if (!l->part && l->node && l->node->el == VT_SUBJECT)
            last = l;
    }
    return last;
}

void vt_page_subject(vt_checking *c) {
    const vt_text_line *l = type_line(c) ? last_subject(c) : NULL;

    if (l && vt_keeps_style(c, l, VT_C_SUBJECT, "Trích yếu") && c->type && c->type->subject_rule &&
        c->law->styles[VT_C_SUBJECT].rule == VT_RULE_FRACTION)
        part_rule(c, l, "subject-rule", "trích yếu", &c->law->styles[VT_C_SUBJECT]);
}

void vt_page_subject_mark(vt_checking *c) {
    const char *mark = c->law->styles[VT_C_SUBJECT].after_text;
    const vt_text_line *l = type_line(c) ? last_subject(c) : NULL;

    if (l && *mark && c->type && c->type->subject_rule && !vt_line_with(c, mark))
        vt_say(c, l->node, l->text, "Dưới trích yếu không có “%s”.", mark);
}

void vt_page_letter_subject(vt_checking *c) {
    const vt_text_line *l = type_line(c) ? NULL : vt_line_of(c, VT_SUBJECT, VT_DOCUMENT);
    const char *start = c->law->styles[VT_C_LETTER_SUBJECT].text;

    if (!l)
        return;
    if (strncmp(l->text, start, strlen(start)) != 0)
        vt_say(c, l->node, l->text, "Trích yếu công văn không mở đầu bằng “%s”.", start);
    else if (vt_keeps_style(c, l, VT_C_LETTER_SUBJECT, "Trích yếu công văn") &&
             fabs(c->pack->subject_gap - c->law->subject_gap) > VT_SLACK_PT)
        vt_say(c, l->node, l->text, "Trích yếu cách số, ký hiệu %g pt, quy định %g pt.",
               c->pack->subject_gap, c->law->subject_gap);
}
