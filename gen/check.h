/*
 * gen/check.h - inside of the checker: one document under examination.
 *
 * Each rule is a row of a table (gen/rules_*.c) with one function for each kind
 * of thing it reads: the document tree, where only what people wrote can be
 * wrong; the composed pages (gen/check_pages.c), where the pack may be wrong;
 * facts of the register and the directories (gen/check_facts.c).
 */
#ifndef VT_CHECK_H
#define VT_CHECK_H

#include "gen/pack.h"
#include "gen/wordbook.h"

#define VT_SYS_STATE (1u << VT_STATE)
#define VT_SYS_PARTY (1u << VT_PARTY)
#define VT_SYS_YOUTH (1u << VT_YOUTH)
#define VT_SYS_ALL (VT_SYS_STATE | VT_SYS_PARTY | VT_SYS_YOUTH)

/* Where a piece of text stands. */
enum {
    VT_IN_QUOTE = 1, /* another document's words */
    VT_IN_TABLE = 2,
    VT_IN_ANNEX = 4,
    VT_IN_ATTACHED = 8,
    VT_IN_FORM = 16, /* a labelled line or a reference: blanks may be meant */
    VT_IN_BODY = 32, /* of the document or of an attached text */
};

/* The inline text of one element: a paragraph, a heading, a receiver ... */
typedef struct vt_words {
    const vt_node *node;
    const vt_node *top; /* the body or annex it stands in; NULL: the head or the foot */
    const char *text;   /* <br/> is a space, footnotes are left out */
    vt_token *tokens;
    size_t token_count;
    unsigned where;
} vt_words;

/* A document named by its number: "số 145-KH/HU" (gen/check_cite.c). */
typedef struct vt_cite {
    const vt_words *words;
    size_t first, last; /* its tokens, from the number on */
    uint64_t key;
    bool numbered; /* "số" stands before it */
    bool dated;    /* "ngày 27/3/2024", "ngày 27 tháng 3 năm 2024" behind it */
    bool embedded; /* in the trích yếu of the document named before */
    size_t end;    /* behind the date, or behind last */
} vt_cite;

typedef struct vt_checking {
    vt_engine *engine;
    const vt_pack *pack, *law; /* law: the ranges a local pack cannot widen */
    const vt_doc *doc;
    const vt_node *root;
    const vt_type *type;     /* NULL: the pack does not know it */
    const vt_layout *layout; /* NULL: not composed */
    const vt_facts *facts;   /* NULL: none */
    const vt_rule *rule;     /* the one being checked */
    vt_words *words;         /* all text of the document, in reading order */
    size_t word_count, word_cap;
    vt_cite *cites;
    size_t cite_count, cite_cap;
    struct vt_lines *lines; /* of the composed pages (gen/check_lines.h) */
    bool alone;             /* the layout is an annex's or an attached text's own file */
    size_t said;            /* by this rule */
    vt_arena *arena;        /* of this check only */
    vt_findings *list;
    vt_status status;
} vt_checking;

/* A finding of the rule at hand, at a node; `excerpt` may be NULL.  A rule says
   VT_SAID_MAX things of one document, then no more. */
#define VT_SAID_MAX 100
void vt_say(vt_checking *c, const vt_node *at, const char *excerpt, const char *fmt, ...)
    VT_PRINTF(4, 5);
static inline bool vt_enough(const vt_checking *c) {
    return c->said > VT_SAID_MAX;
}

/* ---------------------------------------------------------------- asking -- */

/* Text of a node ("" when it is NULL or empty), of the root's first such child. */
const char *vt_words_of(vt_checking *c, const vt_node *node);
const char *vt_words_in(vt_checking *c, vt_el el);
const char *vt_attr_of(const vt_node *node, vt_at at); /* "" when absent */

/* The next node below `top` in reading order after `n` (first: n = top); NULL:
   no more.  `inside` false leaves out what is below n. */
const vt_node *vt_walk(const vt_node *top, const vt_node *n, bool inside);
bool vt_within(const vt_node *node, vt_el el, const vt_node *top);
static inline bool vt_is_structure(vt_el el) {
    return el >= VT_PART && el <= VT_POINT;
}

/* Does the text begin with these words, and do they end there?  Is it these
   words?  Without regard to case and to where a tone mark stands ("uỷ", "ủy"). */
bool vt_begins(vt_checking *c, const char *text, const char *words);
bool vt_same(vt_checking *c, const char *text, const char *words);
/* The first of the names in a NULL-ended list that `text` begins with. */
const char *vt_begins_any(vt_checking *c, const char *text, const char *const *list);
/* About forty characters of text around `at`, cut between words. */
const char *vt_excerpt(vt_checking *c, const char *text, const char *at);
/* The same of tokens [from, to) of a text. */
const char *vt_excerpt_tokens(vt_checking *c, const vt_words *w, size_t from, size_t to);
/* Ends with the mark, spaces and closing quotation marks aside. */
bool vt_ends(const char *text, const char *mark);
size_t vt_characters(const char *text);
/* "QUYẾT ĐỊNH:" of a type that resolves; NULL: another. */
const struct vt_word *vt_resolves_of(const vt_checking *c);
/* Token i is this word ("điều", any case); false past the end. */
bool vt_word_at(const vt_words *w, size_t i, const char *word);
/* Tokens from i on are these words, separated by single spaces in `words`; how
   many tokens they are, 0: they are not. */
size_t vt_words_at(const vt_words *w, size_t i, const char *words);

/* The words in a text's tail: NULL when a part (body or annex) ends otherwise
   (with a table, a figure, a form's line). */
const vt_words *vt_last_words(const vt_checking *c, const vt_node *top);

/* gen/check_body.c: the numbered elements of one kind in a part, as printed. */
typedef struct vt_numbered {
    const vt_node *node;
    int number;
} vt_numbered;
/* All of them in reading order; *count how many. */
const vt_numbered *vt_numbers_of(vt_checking *c, const vt_node *top, vt_el el, size_t *count);
/* A Roman number at *s, moved behind it; 0: none. */
int vt_roman(const char **s);

/* gen/check_cite.c: fills c->cites; the first citation of a text, NULL: none. */
void vt_cites_find(vt_checking *c);
const vt_cite *vt_cite_of(const vt_checking *c, const vt_words *w);

/* ----------------------------------------------------------------- tables -- */

typedef struct vt_rule_table {
    const vt_rule *rules;
    size_t count;
} vt_rule_table;
extern const vt_rule_table vt_rules_form, vt_rules_text, vt_rules_close;

/* gen/rules_form.c */
vt_rule_check vt_check_type_known;
vt_rule_check vt_check_type_alone;
vt_rule_check vt_check_pack_date;
vt_rule_check vt_check_normative;
vt_rule_check vt_page_size;
vt_rule_check vt_page_orientation;
vt_rule_check vt_page_margins;
vt_rule_check vt_page_inside;
vt_rule_check vt_page_font;
vt_rule_check vt_page_number;
vt_rule_check vt_page_annex_number;
vt_rule_check vt_page_coupling;
vt_rule_check vt_check_tone_style;
vt_rule_check vt_page_colour;
vt_rule_check vt_page_rows;
vt_rule_check vt_page_national_title;
vt_rule_check vt_page_motto;
vt_rule_check vt_page_motto_rule;
vt_rule_check vt_page_party_title;
vt_rule_check vt_check_mixed_header;
vt_rule_check vt_check_issuer;
vt_rule_check vt_page_issuer;
vt_rule_check vt_page_issuer_rule;
vt_rule_check vt_page_issuer_mark;
vt_rule_check vt_check_superior;
vt_rule_check vt_fact_superior;
vt_rule_check vt_check_state_notation;
vt_rule_check vt_page_number_line;
vt_rule_check vt_check_party_notation;
vt_rule_check vt_check_leading_zeros;
vt_rule_check vt_page_number_padding;
vt_rule_check vt_check_notation_form;
vt_rule_check vt_page_notation_spaces;
vt_rule_check vt_check_notation_type;
vt_rule_check vt_check_letter_notation;
vt_rule_check vt_fact_number_used;
vt_rule_check vt_fact_number_order;
vt_rule_check vt_check_place;
vt_rule_check vt_page_dateline;
vt_rule_check vt_page_date_padding;
vt_rule_check vt_fact_date;
vt_rule_check vt_fact_place;
vt_rule_check vt_page_same_line;
vt_rule_check vt_check_minutes_place;
vt_rule_check vt_check_title;
vt_rule_check vt_page_type_name;
vt_rule_check vt_check_subject;
vt_rule_check vt_page_subject;
vt_rule_check vt_page_subject_mark;
vt_rule_check vt_check_letter_subject;
vt_rule_check vt_page_letter_subject;
vt_rule_check vt_check_party_letter_subject;
vt_rule_check vt_check_decision_subject;
vt_rule_check vt_check_subject_stop;

/* gen/rules_text.c */
vt_rule_check vt_page_body;
vt_rule_check vt_page_one_size;
vt_rule_check vt_check_basis_there;
vt_rule_check vt_check_basis_form;
vt_rule_check vt_page_basis;
vt_rule_check vt_check_basis_full;
vt_rule_check vt_check_basis_valid;
vt_rule_check vt_check_resolves;
vt_rule_check vt_page_resolves;
vt_rule_check vt_check_citations;
vt_rule_check vt_check_sequence;
vt_rule_check vt_check_titles;
vt_rule_check vt_check_schemes;
vt_rule_check vt_check_letters;
vt_rule_check vt_check_label_form;
vt_rule_check vt_check_state_end;
vt_rule_check vt_page_end_mark;
vt_rule_check vt_check_party_end;
vt_rule_check vt_check_annex_named;
vt_rule_check vt_check_references;
vt_rule_check vt_check_placeholders;
vt_rule_check vt_check_punctuation;
vt_rule_check vt_check_form_lines;
vt_rule_check vt_check_abolished;
vt_rule_check vt_check_abbreviations;
vt_rule_check vt_check_sentence_capitals;
vt_rule_check vt_check_dictionary;
vt_rule_check vt_fact_names;

/* gen/rules_close.c */
vt_rule_check vt_check_state_capacity;
vt_rule_check vt_page_capacity;
vt_rule_check vt_check_party_capacity;
vt_rule_check vt_check_capacity_body;
vt_rule_check vt_fact_mode;
vt_rule_check vt_check_party_deputy;
vt_rule_check vt_fact_authorised;
vt_rule_check vt_fact_may_sign;
vt_rule_check vt_check_signer_name;
vt_rule_check vt_fact_ranks;
vt_rule_check vt_page_signature_faces;
vt_rule_check vt_check_party_position;
vt_rule_check vt_page_signature_alone;
vt_rule_check vt_page_seal;
vt_rule_check vt_check_seal_alone;
vt_rule_check vt_check_addressed;
vt_rule_check vt_check_party_addressed;
vt_rule_check vt_check_receivers;
vt_rule_check vt_page_to;
vt_rule_check vt_check_state_copies;
vt_rule_check vt_page_copies;
vt_rule_check vt_check_party_copies;
vt_rule_check vt_check_as_above;
vt_rule_check vt_check_as_article;
vt_rule_check vt_fact_copies;
vt_rule_check vt_check_twice;
vt_rule_check vt_fact_receivers;
vt_rule_check vt_check_urgency;
vt_rule_check vt_page_urgency;
vt_rule_check vt_check_secrecy;
vt_rule_check vt_check_circulation;
vt_rule_check vt_page_circulation;
vt_rule_check vt_check_annex_title;
vt_rule_check vt_page_annex_label;
vt_rule_check vt_page_annex_reference;
vt_rule_check vt_check_attached;
vt_rule_check vt_page_annex_text;
vt_rule_check vt_check_copy;
vt_rule_check vt_page_copy;
vt_rule_check vt_page_copy_text;
vt_rule_check vt_check_copied_pdf;
vt_rule_check vt_check_copied;
vt_rule_check vt_fact_allotted;
vt_rule_check vt_check_amendment;
vt_rule_check vt_fact_prompt;
vt_rule_check vt_check_lengths;
vt_rule_check vt_fact_twin;

#endif
