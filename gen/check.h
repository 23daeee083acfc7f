/*
 * gen/check.h - inside of the checker: one document under examination.
 *
 * Each rule is one function that reads the tree and says what breaks the rule.
 * It never says what the engine prints by itself: only what people wrote can be
 * wrong here.
 */
#ifndef VT_CHECK_H
#define VT_CHECK_H

#include "gen/pack.h"

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
};

/* The inline text of one element: a paragraph, a heading, a receiver ... */
typedef struct vt_words {
    const vt_node *node;
    const char *text; /* <br/> is a space, footnotes are left out */
    unsigned where;
} vt_words;

typedef struct vt_checking {
    const vt_pack *pack;
    const vt_doc *doc;
    const vt_node *root;
    const vt_type *type; /* NULL: the pack does not know it */
    const vt_rule *rule; /* the one being checked */
    vt_words *words;     /* all text of the document, in reading order */
    size_t word_count, word_cap;
    vt_arena *arena; /* of this check only */
    vt_findings *list;
    vt_status status;
} vt_checking;

/* A finding of the rule at hand, at a node; `excerpt` may be NULL. */
void vt_say(vt_checking *c, const vt_node *at, const char *excerpt, const char *fmt, ...)
    VT_PRINTF(4, 5);

/* ---------------------------------------------------------------- asking -- */

/* Text of a node ("" when it is NULL or empty), of the root's first such child. */
const char *vt_words_of(vt_checking *c, const vt_node *node);
const char *vt_words_in(vt_checking *c, vt_el el);
const char *vt_attr_of(const vt_node *node, vt_at at); /* "" when absent */

/* The next node below `top` in reading order after `n` (first: n = top); NULL:
   no more.  `inside` false leaves out what is below n. */
const vt_node *vt_walk(const vt_node *top, const vt_node *n, bool inside);

/* Does the text begin with these words, and do they end there?  Is it these
   words?  Without regard to case and to where a tone mark stands ("uỷ", "ủy"). */
bool vt_begins(vt_checking *c, const char *text, const char *words);
bool vt_same(vt_checking *c, const char *text, const char *words);
/* The first of the space-free names in a NULL-ended list that `text` begins with. */
const char *vt_begins_any(vt_checking *c, const char *text, const char *const *list);
/* About forty characters of text around `at`, cut between words. */
const char *vt_excerpt(vt_checking *c, const char *text, const char *at);
/* Ends with the mark, spaces and closing quotation marks aside. */
bool vt_ends(const char *text, const char *mark);
size_t vt_characters(const char *text);
/* "QUYẾT ĐỊNH:" of a type that resolves; NULL: another. */
const struct vt_word *vt_resolves_of(const vt_checking *c);

/* ----------------------------------------------------------------- rules -- */

void vt_check_type_known(vt_checking *c);
void vt_check_type_alone(vt_checking *c);
void vt_check_pack_date(vt_checking *c);
void vt_check_normative(vt_checking *c);
void vt_check_mixed_header(vt_checking *c);
void vt_check_issuer(vt_checking *c);
void vt_check_superior(vt_checking *c);
void vt_check_state_notation(vt_checking *c);
void vt_check_party_notation(vt_checking *c);
void vt_check_leading_zeros(vt_checking *c);
void vt_check_notation_form(vt_checking *c);
void vt_check_notation_type(vt_checking *c);
void vt_check_letter_notation(vt_checking *c);
void vt_check_place(vt_checking *c);
void vt_check_minutes_place(vt_checking *c);
void vt_check_title(vt_checking *c);
void vt_check_subject(vt_checking *c);
void vt_check_letter_subject(vt_checking *c);
void vt_check_party_letter_subject(vt_checking *c);
void vt_check_decision_subject(vt_checking *c);
void vt_check_subject_stop(vt_checking *c);

void vt_check_basis_there(vt_checking *c);
void vt_check_basis_form(vt_checking *c);
void vt_check_resolves(vt_checking *c);
void vt_check_sequence(vt_checking *c);
void vt_check_titles(vt_checking *c);
void vt_check_schemes(vt_checking *c);
void vt_check_letters(vt_checking *c);
void vt_check_label_form(vt_checking *c);
void vt_check_state_end(vt_checking *c);
void vt_check_party_end(vt_checking *c);
void vt_check_annex_title(vt_checking *c);

void vt_check_placeholders(vt_checking *c);
void vt_check_punctuation(vt_checking *c);
void vt_check_tone_style(vt_checking *c);

void vt_check_state_capacity(vt_checking *c);
void vt_check_party_capacity(vt_checking *c);
void vt_check_capacity_body(vt_checking *c);
void vt_check_party_deputy(vt_checking *c);
void vt_check_signer_name(vt_checking *c);
void vt_check_party_position(vt_checking *c);
void vt_check_addressed(vt_checking *c);
void vt_check_party_addressed(vt_checking *c);
void vt_check_receivers(vt_checking *c);
void vt_check_state_copies(vt_checking *c);
void vt_check_party_copies(vt_checking *c);
void vt_check_as_above(vt_checking *c);
void vt_check_as_article(vt_checking *c);
void vt_check_urgency(vt_checking *c);
void vt_check_secrecy(vt_checking *c);
void vt_check_circulation(vt_checking *c);

#endif
