/*
 * gen/wordbook.h - word lists of the checker: how words are written, which are
 * known, which are no longer used; and of who reads drafts (gen/import_lists.c).
 *
 * They are data: templates/words/NAME.txt of the installation, words/NAME.txt of
 * the local folder, which add to each other.  docs/rules.md describes the files.
 *
 *     [CP-03]
 *     tỉnh ^
 *         trừ: tỉnh Đoàn
 *
 * A line is a phrase as it must be written, below the id of the rule it serves;
 * "#" stands for any number, "^" for any word with a capital.  Indented lines say
 * more of the phrase above: what must stand before it (sau) or behind it (trước),
 * what must not (không sau, không trước), what it does not mean itself (trừ), since
 * when (từ), what stands in its place today (thay).
 */
#ifndef VT_WORDBOOK_H
#define VT_WORDBOOK_H

#include "gen/engine.h"
#include "gen/tokens.h"

#define VT_WORDBOOK_BYTES (1u << 20) /* of one file */
#define VT_WORDBOOK_PHRASES 20000
#define VT_PHRASE_TOKENS 16

/* A place of a phrase. */
typedef enum vt_place_kind { VT_LITERAL, VT_ANY_NUMBER, VT_ANY_NAME } vt_place_kind;
typedef struct vt_pattern {
    uint64_t key;
    uint8_t place, kind, flags; /* kind and flags as of the token it was read from */
} vt_pattern;

typedef struct vt_guard vt_guard;
struct vt_guard {
    const vt_guard *next;
    const vt_pattern *at;
    size_t count;
};

typedef struct vt_phrase vt_phrase;
struct vt_phrase {
    const char *text; /* as it must be written */
    const vt_pattern *at;
    size_t count;
    const vt_guard *after, *not_after, *before, *not_before, *except;
    vt_date from;             /* year 0: ever since */
    const char *instead;      /* NULL: nothing is said */
    const vt_phrase *next;    /* of its bucket */
    const vt_phrase *follows; /* of its section, as they are written in the files; NULL: the last */
};

typedef struct vt_section vt_section;

/* Whom a section serves: sections "[nháp: ...]" who reads drafts, others the checker. */
typedef enum vt_words_for { VT_FOR_CHECKER, VT_FOR_DRAFTS } vt_words_for;

/* The word lists of one of them, read when they are first asked for. */
vt_status vt_wordbook_need(vt_engine *engine, vt_words_for whom, vt_findings *list) VT_USED;
/* Phrases of a section; NULL: the lists have none. */
const vt_section *vt_wordbook_section(const vt_engine *engine, const char *id);
/* The first of them, as they are written in the files; NULL: none. */
const vt_phrase *vt_section_first(const vt_section *section);
/* The longest phrase that begins with token i, whatever its case, and whose
   guards let it pass; NULL: none. */
const vt_phrase *vt_phrase_at(const vt_section *section, const vt_token *tokens, size_t count,
                              size_t i);

#endif
