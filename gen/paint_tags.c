/*
 * gen/paint_tags.c - structure tree and parent tree (PDF 32000-1, 14.7).
 *
 * Elements stand in the order of layout->tags, so element i is object
 * p->tags + i.  Type is left out: it is optional, and elements are the most
 * numerous objects of a file.
 */
#include "gen/paint.h"

#include <string.h>

/* How a list is numbered, by the label of its first item; NULL: it is not. */
static const char *numbering(const char *label, size_t len) {
    if (len == 0)
        return NULL;
    if (*label >= '0' && *label <= '9')
        return "Decimal";
    if (memchr("IVX", *label, 3))
        return "UpperRoman";
    if (memchr("ivx", *label, 3))
        return "LowerRoman";
    if (*label >= 'A' && *label <= 'Z')
        return "UpperAlpha";
    if (*label >= 'a' && *label <= 'z')
        return "LowerAlpha";
    return NULL;
}

static const char *list_numbering(const vt_painter *p, const vt_tag *list) {
    const vt_tag *tags = p->layout->tags;
    uint32_t label = list->first ? tags[list->first].first : 0, mcr;

    if (!label || tags[label].role != VT_ROLE_LBL)
        return NULL;
    mcr = p->contents[label].first;
    return mcr && p->mcrs[mcr - 1].run
               ? numbering(p->mcrs[mcr - 1].run->text, p->mcrs[mcr - 1].run->len)
               : NULL;
}

static void list_attributes(const vt_painter *p, const vt_tag *tag, vt_buf *b) {
    const char *kind = list_numbering(p, tag);

    if (kind) {
        vt_pdf_put(b, "/A<</O/List/ListNumbering/");
        vt_pdf_put(b, kind);
        vt_pdf_put(b, ">>");
    }
}

static void cell_attributes(const vt_tag *tag, vt_buf *b) {
    if (tag->role == VT_ROLE_TD && tag->colspan < 2 && tag->rowspan < 2)
        return;
    vt_pdf_put(b, "/A<</O/Table");
    if (tag->colspan > 1)
        vt_pdf_number(b, "/ColSpan", tag->colspan);
    if (tag->rowspan > 1)
        vt_pdf_number(b, "/RowSpan", tag->rowspan);
    if (tag->role == VT_ROLE_TH)
        vt_pdf_put(b, tag->column_scope ? "/Scope/Column" : "/Scope/Row");
    vt_pdf_put(b, ">>");
}

/* Where on its page a picture stands (PDF 32000-1, 14.8.5.4.3). */
static void figure_attributes(const vt_painter *p, uint32_t index, vt_buf *b) {
    const uint32_t first = p->contents[index].first;
    const vt_mcr *mcr = first ? &p->mcrs[first - 1] : NULL;

    if (!mcr || !mcr->mark)
        return;
    const double height = p->layout->pages[mcr->page].height;
    const double box[] = {mcr->mark->x1, height - mcr->mark->y2, mcr->mark->x2,
                          height - mcr->mark->y1};
    vt_pdf_put(b, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) {
        vt_buf_number(b, box[i], 2);
        vt_buf_putc(b, i < 3 ? ' ' : ']');
    }
    vt_pdf_put(b, ">>");
}

static void attributes(const vt_painter *p, uint32_t index, vt_buf *b) {
    const vt_tag *tag = &p->layout->tags[index];

    if (tag->role == VT_ROLE_L)
        list_attributes(p, tag, b);
    else if (tag->role == VT_ROLE_TH || tag->role == VT_ROLE_TD)
        cell_attributes(tag, b);
    else if (tag->role == VT_ROLE_FIGURE)
        figure_attributes(p, index, b);
    else if (tag->role == VT_ROLE_NOTE) /* PDF/UA-1 7.9: every note has an ID */
        vt_buf_printf(b, "/ID(note%08u)", index);
    if (tag->alt) {
        vt_pdf_put(b, "/Alt");
        vt_pdf_text(b, tag->alt);
    }
}

/* Content of the element: MCIDs of its page as numbers, of others as references. */
static void content_kids(const vt_painter *p, const struct vt_tag_content *content, vt_buf *b) {
    uint32_t page = p->mcrs[content->first - 1].page;

    for (uint32_t i = content->first; i; i = p->mcrs[i - 1].next) {
        const vt_mcr *mcr = &p->mcrs[i - 1];

        if (mcr->page == page) {
            vt_buf_putc(b, ' ');
            vt_pdf_int(b, mcr->mcid);
            continue;
        }
        vt_pdf_entry(b, "<</Type/MCR/Pg", p->pages[mcr->page]);
        vt_pdf_number(b, "/MCID", mcr->mcid);
        vt_pdf_put(b, ">>");
    }
}

static void field_kid(const vt_painter *p, uint32_t form, vt_buf *b) {
    vt_pdf_entry(b, "<</Type/OBJR/Pg", p->pages[p->layout->forms[form].page]);
    vt_pdf_entry(b, "/Obj", p->fields + form);
    vt_pdf_put(b, ">>");
}

static void kids(const vt_painter *p, uint32_t index, vt_buf *b) {
    const vt_tag *tags = p->layout->tags;
    const struct vt_tag_content *content = &p->contents[index];
    bool several;

    if (!tags[index].first && !content->first && !content->field)
        return;
    several = content->first != content->last || (content->first && content->field) ||
              tags[index].first != tags[index].last || (tags[index].first && content->first);
    vt_pdf_put(b, several ? "/K[" : "/K");
    if (content->first)
        content_kids(p, content, b);
    if (content->field)
        field_kid(p, content->field - 1, b);
    for (uint32_t i = tags[index].first; i; i = tags[i].next) {
        vt_buf_putc(b, ' ');
        vt_pdf_ref(b, p->tags + i);
    }
    if (several)
        vt_buf_putc(b, ']');
}

static void element(vt_painter *p, uint32_t index, vt_ref root) {
    const vt_tag *tag = &p->layout->tags[index];
    const struct vt_tag_content *content = &p->contents[index];
    vt_buf *b = vt_pdf_begin(p->pdf, p->tags + index);

    vt_pdf_put(b, "/S/");
    vt_pdf_put(b, vt_paint_role(tag->role));
    vt_pdf_entry(b, "/P", index ? p->tags + tag->parent : root);
    if (content->first) {
        vt_pdf_entry(b, "/Pg", p->pages[p->mcrs[content->first - 1].page]);
    }
    attributes(p, index, b);
    kids(p, index, b);
    vt_pdf_end(p->pdf);
}

/* From a page's MCIDs, and from widgets, back to their elements.  Keys below
   page_count are pages, the widgets' follow. */
static void parent_tree(vt_painter *p, vt_ref object) {
    const vt_layout *layout = p->layout;
    vt_buf *b = vt_pdf_begin(p->pdf, object);

    vt_pdf_put(b, "/Nums[");
    for (size_t page = 0; page < layout->page_count; page++) {
        if (p->page_mcrs[page] == p->page_mcrs[page + 1])
            continue;
        vt_pdf_int(b, (int64_t)page);
        vt_buf_putc(b, '[');
        for (uint32_t i = p->page_mcrs[page]; i < p->page_mcrs[page + 1]; i++) {
            vt_pdf_ref(b, p->tags + p->mcrs[i].tag);
            vt_buf_putc(b, ' ');
        }
        vt_pdf_put(b, "]\n");
    }
    for (size_t i = 0; i < layout->form_count; i++) {
        vt_pdf_int(b, (int64_t)(layout->page_count + i));
        vt_buf_putc(b, ' ');
        vt_pdf_ref(b, p->tags + layout->forms[i].tag);
        vt_buf_putc(b, '\n');
    }
    vt_buf_putc(b, ']');
    vt_pdf_end(p->pdf);
}

/* Notes by their IDs; the keys ascend with the index, being of one width. */
static void id_tree(vt_painter *p, vt_buf *b) {
    bool any = false;

    for (uint32_t i = 0; i < p->layout->tag_count; i++) {
        if (p->layout->tags[i].role != VT_ROLE_NOTE)
            continue;
        vt_pdf_put(b, any ? "" : "/IDTree<</Names[");
        any = true;
        vt_buf_printf(b, "(note%08u) %u 0 R\n", i, p->tags + i);
    }
    vt_pdf_put(b, any ? "]>>" : "");
}

vt_status vt_paint_tags(vt_painter *p) {
    enum { ROOT, PARENTS, OBJECTS };
    const vt_layout *layout = p->layout;
    vt_ref first = vt_pdf_add(p->pdf, OBJECTS);
    vt_buf *b;

    p->tags = vt_pdf_add(p->pdf, layout->tag_count);
    p->tag_root = first + ROOT;
    for (size_t i = 0; i < layout->form_count; i++)
        p->contents[layout->forms[i].tag].field = (uint32_t)i + 1;
    b = vt_pdf_begin(p->pdf, first + ROOT);
    vt_pdf_entry(b, "/Type/StructTreeRoot/K", p->tags);
    vt_pdf_entry(b, "/ParentTree", first + PARENTS);
    vt_pdf_number(b, "/ParentTreeNextKey", (int64_t)(layout->page_count + layout->form_count));
    id_tree(p, b);
    vt_pdf_end(p->pdf);
    parent_tree(p, first + PARENTS);
    for (uint32_t i = 0; i < layout->tag_count; i++)
        element(p, i, first + ROOT);
    return VT_OK;
}
