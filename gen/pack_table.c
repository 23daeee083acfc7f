/*
 * gen/pack_table.c - every value a pack must hold: name, place in the struct,
 * kind and the range outside which no document could be set at all.  (The range
 * the law allows stands in the pack beside the value: min, max.)
 */
#include "gen/pack_table.h"

#include <string.h>

#define P(member) offsetof(vt_pack, member)
#define S(member) offsetof(vt_style, member)

const vt_field_row vt_pack_rows[] = {
    {"page", "width", VT_K_LENGTH, P(page_width), 200, 2000, NULL},
    {"page", "height", VT_K_LENGTH, P(page_height), 200, 2000, NULL},
    {"page", "margin-top", VT_K_SPAN, P(margin_top), 14, 200, NULL},
    {"page", "margin-bottom", VT_K_SPAN, P(margin_bottom), 14, 200, NULL},
    {"page", "margin-left", VT_K_SPAN, P(margin_left), 14, 200, NULL},
    {"page", "margin-right", VT_K_SPAN, P(margin_right), 14, 200, NULL},
    {"page", "mirror-margins", VT_K_BOOL, P(mirror_margins), 0, 0, NULL},
    {"page", "number-baseline", VT_K_LENGTH, P(page_number_baseline), 14, 200, NULL},
    {"page", "number-first", VT_K_INT, P(page_number_first), 1, 10, NULL},

    {"header", "column-gap", VT_K_LENGTH, P(header_gap), 0, 100, NULL},
    {"header", "left-share", VT_K_NUMBER, P(header_left_share), 0.2, 0.8, NULL},
    {"header", "number-gap", VT_K_LENGTH, P(number_gap), 0, 100, NULL},
    {"header", "date-gap", VT_K_LENGTH, P(date_gap), 0, 100, NULL},
    {"header", "subject-gap", VT_K_LENGTH, P(subject_gap), 0, 100, NULL},
    {"header", "title-gap", VT_K_LENGTH, P(title_gap), 0, 100, NULL},
    {"header", "title-inset", VT_K_LENGTH, P(title_inset), 0, 150, NULL},
    {"header", "to-inset", VT_K_LENGTH, P(to_inset), 0, 150, NULL},
    {"header", "to-gap", VT_K_LENGTH, P(to_gap), 0, 100, NULL},
    {"header", "body-gap", VT_K_LENGTH, P(body_gap), 0, 100, NULL},
    {"header", "coupled-sizes", VT_K_BOOL, P(coupled_sizes), 0, 0, NULL},
    {"header", "number-blank", VT_K_LENGTH, P(number_blank), 5, 150, NULL},
    {"header", "day-blank", VT_K_LENGTH, P(day_blank), 5, 100, NULL},
    {"header", "month-blank", VT_K_LENGTH, P(month_blank), 5, 100, NULL},

    {"text", "fonts", VT_K_TEXT, P(font_families), 0, 0, ""},
    {"text", "line-single", VT_K_NUMBER, P(line_single), 1, 2, NULL},
    {"text", "line-factor", VT_K_NUMBER, P(line_factor), 0, 3, NULL},
    {"text", "line-exact", VT_K_LENGTH, P(line_exact), 0, 60, NULL},
    {"text", "paragraph-gap", VT_K_LENGTH, P(paragraph_gap), 0, 60, NULL},
    {"text", "stretch-limit", VT_K_NUMBER, P(stretch_limit), 0.05, 3, NULL},
    {"text", "widow-lines", VT_K_INT, P(widow_lines), 1, 5, NULL},
    {"text", "fit-tighten", VT_K_NUMBER, P(fit_tighten), 0, 0.3, NULL},
    {"text", "fit-last", VT_K_NUMBER, P(fit_last), 0, 0.5, NULL},
    {"text", "raise-size", VT_K_NUMBER, P(raise_size), 0.3, 1, NULL},
    {"text", "raise-by", VT_K_NUMBER, P(raise_by), 0, 1, NULL},
    {"text", "lower-by", VT_K_NUMBER, P(lower_by), 0, 1, NULL},

    {"table", "column-least", VT_K_LENGTH, P(column_least), 10, 300, NULL},
    {"table", "turn-annex", VT_K_BOOL, P(turn_annex), 0, 0, NULL},
    {"table", "order-align", VT_K_CHOICE, P(order_align), 0, 0, "left center right justify"},
    {"table", "number-align", VT_K_CHOICE, P(number_align), 0, 0, "left center right justify"},
    {"table", "date-align", VT_K_CHOICE, P(date_align), 0, 0, "left center right justify"},

    {"signature-block", "copies-share", VT_K_NUMBER, P(copies_share), 0.2, 0.8, NULL},
    {"signature-block", "column-gap", VT_K_LENGTH, P(column_gap), 0, 100, NULL},
    {"signature-block", "gap", VT_K_LENGTH, P(signature_gap), 0, 100, NULL},
    {"signature-block", "space", VT_K_LENGTH, P(signature_space), 10, 200, NULL},
    {"signature-block", "lines", VT_K_INT, P(lines_with_signature), 0, 10, NULL},
    {"signature-block", "number-field", VT_K_LENGTH, P(number_field), 5, 150, NULL},
    {"signature-block", "signature-width", VT_K_LENGTH, P(signature_width), 20, 300, NULL},
    {"signature-block", "seal-size", VT_K_LENGTH, P(seal_size), 20, 200, NULL},
    {"signature-block", "copy-field-width", VT_K_LENGTH, P(copy_field_width), 20, 400, NULL},
    {"signature-block", "copy-field-height", VT_K_LENGTH, P(copy_field_height), 10, 200, NULL},

    {"numbering", "period", VT_K_TEXT, P(period), 0, 0, ""},
    {"numbering", "secret-apart", VT_K_BOOL, P(secret_apart), 0, 0, NULL},
    {"numbering", "number-pad", VT_K_INT, P(number_pad), 0, 1000, NULL},
    {"numbering", "day-pad", VT_K_INT, P(day_pad), 0, 32, NULL},
    {"numbering", "month-pad", VT_K_INT, P(month_pad), 0, 13, NULL},

    {"strings", "number-pattern", VT_K_TEXT, P(number_pattern), 0, 0, "number type issuer unit"},
    {"strings", "letter-number-pattern", VT_K_TEXT, P(letter_number_pattern), 0, 0,
     "number type issuer unit"},
    {"strings", "date-pattern", VT_K_TEXT, P(date_pattern), 0, 0, "place day month year"},
    {"strings", "end-mark", VT_K_TEXT, P(end_mark), 0, 0, ""},
    {"strings", "to-mark", VT_K_TEXT, P(to_mark), 0, 0, ""},
    {"strings", "to-separator", VT_K_TEXT, P(to_separator), 0, 0, ""},
    {"strings", "to-last", VT_K_TEXT, P(to_last), 0, 0, ""},
    {"strings", "copies-mark", VT_K_TEXT, P(copies_mark), 0, 0, ""},
    {"strings", "copies-separator", VT_K_TEXT, P(copies_separator), 0, 0, ""},
    {"strings", "copies-last", VT_K_TEXT, P(copies_last), 0, 0, ""},
    {"strings", "basis-prefix", VT_K_TEXT, P(basis_prefix), 0, 0, ""},
    {"strings", "basis-separator", VT_K_TEXT, P(basis_separator), 0, 0, ""},
    {"strings", "basis-last", VT_K_TEXT, P(basis_last), 0, 0, ""},
    {"strings", "as-above", VT_K_TEXT, P(as_above), 0, 0, ""},
    {"strings", "as-article", VT_K_TEXT, P(as_article), 0, 0, "n"},
    {"strings", "note-pattern", VT_K_TEXT, P(note_pattern), 0, 0, "note"},
    {"strings", "archive-prefix", VT_K_TEXT, P(archive_prefix), 0, 0, ""},
    {"strings", "drafter-pattern", VT_K_TEXT, P(drafter_pattern), 0, 0, "drafter count"},
    {"strings", "drafter-plain", VT_K_TEXT, P(drafter_plain), 0, 0, "drafter"},
    {"strings", "petition-label", VT_K_TEXT, P(petition_label), 0, 0, ""},
    {"strings", "petition-types", VT_K_TEXT, P(petition_types), 0, 0, ""},
    {"strings", "subject-start", VT_K_TEXT, P(subject_start), 0, 0, ""},
    {"strings", "draft-pattern", VT_K_TEXT, P(draft_pattern), 0, 0, "n"},
    {"strings", "annex-label", VT_K_TEXT, P(annex_label), 0, 0, "I 1 a"},
    {"strings", "annex-label-single", VT_K_TEXT, P(annex_label_single), 0, 0, ""},
    {"strings", "annex-reference", VT_K_TEXT, P(annex_reference), 0, 0,
     "type number day month year issuer"},
    {"strings", "annex-blank", VT_K_TEXT, P(annex_blank), 0, 0, ""},
    {"strings", "electronic-pattern", VT_K_TEXT, P(electronic_pattern), 0, 0,
     "number dd mm yyyy hh mi ss zone"},
    {"strings", "copy-pattern", VT_K_TEXT, P(copy_pattern), 0, 0,
     "form issuer dd mm yyyy hh mi ss zone"},
    {"strings", "line-separator", VT_K_TEXT, P(line_separator), 0, 0, ""},
    {"strings", "issuer-joiner", VT_K_TEXT, P(issuer_joiner), 0, 0, ""},

    {"labels", "part", VT_K_TEXT, P(label_part), 0, 0, "I 1 a mark"},
    {"labels", "chapter", VT_K_TEXT, P(label_chapter), 0, 0, "I 1 a mark"},
    {"labels", "section", VT_K_TEXT, P(label_section), 0, 0, "I 1 a mark"},
    {"labels", "head-section", VT_K_TEXT, P(label_head_section), 0, 0, "I 1 a mark"},
    {"labels", "subsection", VT_K_TEXT, P(label_subsection), 0, 0, "I 1 a mark"},
    {"labels", "article", VT_K_TEXT, P(label_article), 0, 0, "I 1 a mark"},
    {"labels", "clause", VT_K_TEXT, P(label_clause), 0, 0, "I 1 a mark"},
    {"labels", "subclause", VT_K_TEXT, P(label_subclause), 0, 0, "I 1 a n.n mark"},
    {"labels", "point", VT_K_TEXT, P(label_point), 0, 0, "I 1 a mark"},
    {"labels", "mark", VT_K_TEXT, P(label_mark), 0, 0, ""},
    {"labels", "letters", VT_K_TEXT, P(letters), 0, 0, ""},
    {"labels", "list-mark", VT_K_TEXT, P(list_mark), 0, 0, ""},
    {"labels", "sublist-mark", VT_K_TEXT, P(sublist_mark), 0, 0, ""},

    {"capacities", "tm", VT_K_TEXT, P(capacity_tm), 0, 0, ""},
    {"capacities", "kt", VT_K_TEXT, P(capacity_kt), 0, 0, ""},
    {"capacities", "tl", VT_K_TEXT, P(capacity_tl), 0, 0, ""},
    {"capacities", "tuq", VT_K_TEXT, P(capacity_tuq), 0, 0, ""},
    {"capacities", "q", VT_K_TEXT, P(capacity_q), 0, 0, ""},
};

const vt_field_row vt_style_rows[] = {
    {NULL, "size", VT_K_SIZE, S(size), 6, 40, NULL},
    {NULL, "face", VT_K_CHOICE, S(face), 0, 0, "regular bold italic bold-italic"},
    {NULL, "case", VT_K_BOOL, S(upper), 0, 0, "as-written upper"},
    {NULL, "underline", VT_K_BOOL, S(underline), 0, 0, NULL},
    {NULL, "align", VT_K_CHOICE, S(align), 0, 0, "left center right justify"},
    {NULL, "before", VT_K_LENGTH, S(before), 0, 100, NULL},
    {NULL, "after", VT_K_LENGTH, S(after), 0, 100, NULL},
    {NULL, "indent", VT_K_EXTENT, S(indent), -100, 250, NULL},
    {NULL, "hang", VT_K_LENGTH, S(hang), 0, 250, NULL},
    {NULL, "text", VT_K_TEXT, S(text), 0, 0, ""},
    {NULL, "after-text", VT_K_TEXT, S(after_text), 0, 0, ""},
    {NULL, "rule", VT_K_CHOICE, S(rule), 0, 0, "none text fraction full"},
    {NULL, "rule-length", VT_K_FRACTION, S(fraction), 0, 1, NULL},
    {NULL, "rule-gap", VT_K_LENGTH, S(rule_gap), 0, 30, NULL},
    {NULL, "rule-thickness", VT_K_LENGTH, S(rule_thickness), 0.1, 5, NULL},
    {NULL, "colour", VT_K_COLOUR, S(colour), 0, 0, NULL},
    {NULL, "frame-width", VT_K_LENGTH, S(frame_width), 0, 300, NULL},
    {NULL, "frame-height", VT_K_LENGTH, S(frame_height), 0, 100, NULL},
    {NULL, "frame-thickness", VT_K_LENGTH, S(frame_thickness), 0, 5, NULL},
    {NULL, "frame-gap", VT_K_LENGTH, S(frame_gap), 0, 20, NULL},
    {NULL, "frame-pad", VT_K_LENGTH, S(frame_pad), 0, 30, NULL},
};

const char *const vt_component_names[VT_COMPONENTS] = {
    [VT_C_NATIONAL_TITLE] = "national-title",
    [VT_C_MOTTO] = "motto",
    [VT_C_SUPERIOR] = "superior",
    [VT_C_ISSUER] = "issuer",
    [VT_C_NUMBER] = "number",
    [VT_C_PLACE_DATE] = "place-date",
    [VT_C_TYPE_NAME] = "type-name",
    [VT_C_SUBJECT] = "subject",
    [VT_C_LETTER_SUBJECT] = "letter-subject",
    [VT_C_TO_LABEL] = "to-label",
    [VT_C_TO_RECIPIENT] = "to-recipient",
    [VT_C_AUTHORITY] = "authority",
    [VT_C_BASIS] = "basis",
    [VT_C_RESOLVES] = "resolves",
    [VT_C_BODY] = "body",
    [VT_C_PART_LABEL] = "part-label",
    [VT_C_PART_TITLE] = "part-title",
    [VT_C_CHAPTER_LABEL] = "chapter-label",
    [VT_C_CHAPTER_TITLE] = "chapter-title",
    [VT_C_SECTION_LABEL] = "section-label",
    [VT_C_SECTION_TITLE] = "section-title",
    [VT_C_SUBSECTION_LABEL] = "subsection-label",
    [VT_C_SUBSECTION_TITLE] = "subsection-title",
    [VT_C_HEAD_SECTION] = "head-section",
    [VT_C_ARTICLE] = "article",
    [VT_C_CLAUSE_TITLE] = "clause-title",
    [VT_C_CLAUSE] = "clause",
    [VT_C_POINT_TITLE] = "point-title",
    [VT_C_POINT] = "point",
    [VT_C_LIST] = "list",
    [VT_C_QUOTE] = "quote",
    [VT_C_LINE] = "line",
    [VT_C_TABLE_HEAD] = "table-head",
    [VT_C_TABLE_CELL] = "table-cell",
    [VT_C_TABLE_CAPTION] = "table-caption",
    [VT_C_FOOTNOTE] = "footnote",
    [VT_C_CAPACITY] = "capacity",
    [VT_C_POSITION] = "position",
    [VT_C_OTHER_POSITION] = "other-position",
    [VT_C_SIGNER] = "signer",
    [VT_C_COPIES_LABEL] = "copies-label",
    [VT_C_COPIES] = "copies",
    [VT_C_SECRECY] = "secrecy",
    [VT_C_URGENCY] = "urgency",
    [VT_C_CIRCULATION] = "circulation",
    [VT_C_DRAFT] = "draft",
    [VT_C_DRAFTER] = "drafter",
    [VT_C_CONTACT] = "contact",
    [VT_C_ANNEX_LABEL] = "annex-label",
    [VT_C_ANNEX_TITLE] = "annex-title",
    [VT_C_ANNEX_REFERENCE] = "annex-reference",
    [VT_C_BOOK_TITLE] = "book-title",
    [VT_C_COPY_FORM] = "copy-form",
    [VT_C_ELECTRONIC_TEXT] = "electronic-text",
    [VT_C_PAGE_NUMBER] = "page-number",
};

#define COUNT(a) (sizeof(a) / sizeof *(a))
const size_t vt_pack_row_count = COUNT(vt_pack_rows);
const size_t vt_style_row_count = COUNT(vt_style_rows);

bool vt_pack_has_group(const char *group) {
    for (size_t i = 0; i < COUNT(vt_pack_rows); i++)
        if (strcmp(vt_pack_rows[i].group, group) == 0)
            return true;
    return false;
}

bool vt_pack_has_value(const char *group, const char *name) {
    for (size_t i = 0; i < COUNT(vt_pack_rows); i++)
        if (strcmp(vt_pack_rows[i].group, group) == 0 && strcmp(vt_pack_rows[i].name, name) == 0)
            return true;
    return false;
}

bool vt_pack_has_component(const char *id) {
    for (size_t i = 0; i < VT_COMPONENTS; i++)
        if (strcmp(vt_component_names[i], id) == 0)
            return true;
    return false;
}

bool vt_pack_has_property(const char *name) {
    for (size_t i = 0; i < COUNT(vt_style_rows); i++)
        if (strcmp(vt_style_rows[i].name, name) == 0)
            return true;
    return false;
}
