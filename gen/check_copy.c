/*
 * gen/check_copy.c - rules of copies (bản sao), and of annexes that are files of
 * their own: what is copied, the copy's block, the texts at the right of the top
 * margin (NĐ 30 Điều 25; PL I Phần II; III.1.d).
 */
#include "gen/check_pages.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#define MM (72 / 25.4)

/* ------------------------------------------------------- what is copied -- */

static bool is_pdf(const char *name) {
    const size_t len = strlen(name);

    return len > 4 && strcasecmp(name + len - 4, ".pdf") == 0;
}

/* The copied document; NULL: a PDF, or nothing that can be read (composing tells why). */
static const vt_doc *copied(vt_checking *c) {
    vt_findings *about = vt_findings_new();
    vt_doc *doc = NULL;

    if (about && vt_doc_copied(c->engine, c->arena, c->doc, about, &doc) != VT_OK)
        doc = NULL;
    vt_findings_free(about);
    return doc;
}

static const char *type_name(const vt_checking *c, const char *slug) {
    const vt_type *type = vt_pack_type(c->pack, slug);

    return type ? type->name : slug;
}

/* Điều 25: sao y and trích sao are made from the original or the bản chính, sao
   lục from a sao y. */
static void source_of_copy(vt_checking *c, const vt_node *at, const vt_doc *source) {
    const char *own = vt_attr_of(c->root, VT_AT_TYPE);
    const char *type = vt_attr_of(source->root, VT_AT_TYPE);

    if (c->doc->system != VT_STATE || source->system != VT_STATE)
        return; /* the Party's forms tell who copies, not from what */
    if (strcmp(own, "sao-luc") == 0 && strcmp(type, "sao-y") != 0)
        vt_say(c, at, vt_attr_of(at, VT_AT_HREF),
               "Sao lục thực hiện từ bản sao y; văn bản được sao là %s.", type_name(c, type));
    else if (strcmp(own, "sao-luc") != 0 && vt_is_copy(source->root))
        vt_say(c, at, vt_attr_of(at, VT_AT_HREF),
               "Văn bản được sao đã là %s: bản sao từ bản sao y là sao lục.", type_name(c, type));
}

/* What has no number or no day has not been issued. */
static void issued_source(vt_checking *c, const vt_node *at, const vt_doc *source) {
    const vt_node *number = vt_child(source->root, VT_NUMBER);
    const vt_node *date = vt_child(source->root, VT_DATE);
    vt_date day = {0};

    if ((number && !vt_doc_number(source)) ||
        (date && !(vt_doc_date(source, &day) && vt_date_full(day))))
        vt_say(c, at, vt_attr_of(at, VT_AT_HREF),
               "Văn bản được sao chưa có %s: chưa phải bản gốc, bản chính.",
               number && !vt_doc_number(source) ? "số" : "đủ ngày, tháng, năm");
}

void vt_check_copied(vt_checking *c) {
    const vt_node *at = vt_child(c->root, VT_ENCLOSURE);
    const vt_doc *source = c->root == c->doc->root ? copied(c) : NULL;

    if (!source)
        return;
    source_of_copy(c, at, source);
    issued_source(c, at, source);
}

void vt_check_copied_pdf(vt_checking *c) {
    const vt_node *at = vt_is_copy(c->root) ? vt_child(c->root, VT_ENCLOSURE) : NULL;

    if (at && is_pdf(vt_attr_of(at, VT_AT_HREF)))
        vt_say(c, at, vt_attr_of(at, VT_AT_HREF),
               "Văn bản được sao là PDF nên không dựng lại được: phần sao nằm ở tờ riêng.");
}

/* ------------------------------------------------------------- the block -- */

void vt_check_copy(vt_checking *c) {
    const vt_node *signature = vt_child(c->root, VT_SIGNATURE);

    if (!vt_is_copy(c->root))
        return;
    if (!signature)
        vt_say(c, c->root, NULL, "Bản sao thiếu người ký.");
    else if (!vt_child(signature, VT_POSITION))
        vt_say(c, signature, NULL, "Người ký bản sao thiếu chức vụ.");
    if (!vt_child(c->root, VT_NUMBER))
        vt_say(c, c->root, NULL, "Bản sao thiếu số, ký hiệu bản sao.");
    if (!vt_child(c->root, VT_DATE))
        vt_say(c, c->root, NULL, "Bản sao thiếu thời gian sao.");
}

/* The line above the block, over the full width of the text. */
static void line_above(vt_checking *c, const vt_text_line *form) {
    const vt_page *page = &c->layout->pages[form->page];
    const vt_area area = vt_area_of(c, page);
    const double full = area.right - area.left - VT_SLACK_PT;
    const vt_mark *line = NULL;

    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].what && strcmp(page->marks[i].what, "copy-rule") == 0 &&
            page->marks[i].y1 < form->y)
            line = &page->marks[i];
    if (!line)
        vt_say(c, c->root, form->text, "Trên phần sao không có đường kẻ.");
    else if (line->x2 - line->x1 < full)
        vt_say(c, c->root, form->text,
               "Đường kẻ trên phần sao dài %.0f mm, quy định hết chiều "
               "ngang (%.0f mm).",
               (line->x2 - line->x1) / MM, full / MM);
}

/* The lawful words of the form in capitals. */
static const char *lawful_form(vt_checking *c) {
    const vt_node *title = vt_child(c->root, VT_TITLE);
    const struct vt_word *word = c->type ? vt_pack_word(c->law, c->type->slug) : NULL;

    if (title)
        return vt_text_upper(c->arena, vt_words_of(c, title));
    if (!word)
        word = vt_pack_word(c->law, "sao-y");
    return word ? vt_text_upper(c->arena, word->text) : NULL;
}

void vt_page_copy(vt_checking *c) {
    const vt_text_line *form = NULL;
    const char *law = vt_is_copy(c->root) ? lawful_form(c) : NULL;

    if (!law || c->layout->form_count)
        return;
    for (size_t i = 0; !form && i < c->lines->count; i++)
        if (c->lines->at[i].role == VT_ROLE_H1 && !c->lines->at[i].part)
            form = &c->lines->at[i];
    if (!form) {
        vt_say(c, c->root, NULL, "Không có hình thức sao “%s”.", law);
        return;
    }
    if (strcmp(form->text, law) != 0 && vt_in_capitals(c, form->text))
        vt_say(c, c->root, form->text, "Hình thức sao in “%s”, quy định “%s”.", form->text, law);
    else
        (void)vt_keeps_style(c, form, VT_C_COPY_FORM, "Hình thức sao");
    line_above(c, form);
}

/* ---------------------------------------------- texts of electronic files -- */

static const vt_form *form_named(const vt_checking *c, const char *name) {
    for (size_t i = 0; i < c->layout->form_count; i++)
        if (strcmp(c->layout->forms[i].name, name) == 0)
            return &c->layout->forms[i];
    return NULL;
}

/* At the right of the top margin of the first page, upright, of the law's size,
   the agency's signature on it. */
static void corner_text(vt_checking *c, const vt_form *f, const char *what) {
    const vt_style *law = &c->law->styles[VT_C_ELECTRONIC_TEXT];
    const vt_form *seal = form_named(c, "dau_1");
    const vt_page *page = &c->layout->pages[f->page];

    if (f->page != 0 || f->y2 > vt_area_of(c, page).top || f->x1 < page->width / 2)
        vt_say(c, c->root, f->label, "%s không ở góc phải, lề trên của trang đầu.", what);
    else if (f->size < law->size_min - 0.01 || f->size > law->size_max + 0.01)
        vt_say(c, c->root, f->label, "%s cỡ %g, quy định %g–%g.", what, f->size, law->size_min,
               law->size_max);
    else if (f->face != law->face)
        vt_say(c, c->root, f->label, "%s không phải chữ đứng.", what);
    else if (!seal || seal->page != f->page || seal->x2 < f->x1 || seal->x1 > f->x2 ||
             seal->y2 < f->y1 || seal->y1 > f->y2)
        vt_say(c, c->root, f->label, "Trên %s không có ô chữ ký số của cơ quan.", what);
}

/* "%PDF-1.3" is too old (PL I Phần II, I). */
static void pdf_version(vt_checking *c) {
    for (size_t i = 0; i < c->layout->attachment_count && !vt_enough(c); i++) {
        const struct vt_attachment *a = &c->layout->attachments[i];
        const char *head = (const char *)a->data;
        if (a->len > 8 && memcmp(head, "%PDF-1.", 7) == 0 && head[7] < '4')
            vt_say(c, vt_child(c->root, VT_ENCLOSURE), a->name,
                   "Tệp PDF được sao có phiên bản 1.%c, quy định từ 1.4 trở lên.", head[7]);
    }
}

void vt_page_copy_text(vt_checking *c) {
    const vt_form *f = form_named(c, "ban_sao");

    if (!vt_is_copy(c->root))
        return;
    if (c->layout->form_count)
        pdf_version(c);
    if (f)
        corner_text(c, f, "Thông tin bản sao điện tử");
    else if (c->layout->form_count)
        vt_say(c, c->root, NULL, "Bản sao điện tử không có thông tin sao ở góc phải trang đầu.");
}

/* Only an annex that is a file of its own bears the words of the main document. */
void vt_page_annex_text(vt_checking *c) {
    const vt_form *f = form_named(c, "kem_theo");

    if (f && !c->alone)
        vt_say(c, c->root, f->label,
               "Phụ lục cùng tệp với văn bản mà có thông tin chữ ký của văn bản chính.");
    else if (f)
        corner_text(c, f, "Thông tin của văn bản chính");
    else if (c->alone && c->layout->form_count)
        vt_say(c, c->lines->page_part[0], NULL,
               "Phụ lục ở tệp riêng không có số, ký hiệu, thời gian ký của văn bản chính.");
}
