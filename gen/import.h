/*
 * gen/import.h - inside of vt_import_text: from a draft's bytes to the trees.
 *
 *   import_door.c    bytes of any encoding -> UTF-8, NFC
 *   import_legacy.c  VNI and TCVN3 -> Unicode
 *   import_lines.c   text -> lines: blanks, page numbers, what may not stand
 *   import_cells.c   a closing that came as a table -> lines of columns
 *   import_marks.c   Markdown marks of a draft -> styles of its characters
 *   import_lists.c   the word lists: bodies, posts, ranks, ... as data
 *   import_words.c   comparing words: keys, capitals, columns
 *   import_case.c    capitals -> natural case
 *   import_gather.c  lines -> issuer, number, place, date, title, subject, to
 *   import_head.c    ... -> system, type, elements
 *   import_number.c  one line -> number and ký hiệu, place and date
 *   import_label.c   "1.", "a)", "Điều 2.", "-": what begins a block
 *   import_block.c   lines -> blocks: lines joined, tables
 *   import_body.c    blocks -> the numbered structure
 *   import_close.c   the closing: which line is whose
 *   import_copies.c  Nơi nhận -> elements
 *   import_sign.c    the lines of a signature -> elements
 *   import_contact.c address, telephone ... of the issuer
 *   import.c         the whole: which lines make which part of which document
 *
 * No word is made up and none is lost: what has no place in the tree stands in
 * a finding.  All lives in the draft's arena; a NULL from it runs through the
 * helpers and shows at the end (vt_arena_failed).
 */
#ifndef VT_IMPORT_H
#define VT_IMPORT_H

#include "gen/pack.h"
#include "gen/text.h"

/* Styles of a byte of text. */
enum { VT_STRONG = 1, VT_SLANTED = 2 };
#define VT_LINE_BREAK '\v' /* a forced line inside a text ("<br>") */

/* Text with a style for each byte; borrowed, no NUL behind it. */
typedef struct vt_typed {
    const char *s;
    const unsigned char *style;
    size_t len;
    int line; /* in the file, from 1 */
} vt_typed;

typedef struct vt_draft_line {
    vt_typed text; /* trimmed; blanks inside as typed */
    int indent;    /* columns of white space before it */
    int tabs;      /* tabs before it */
    int heading;   /* Markdown "##": 1..6, else 0 */
    bool gap;      /* an empty line, a rule or a page's end stands before it */
    bool hard;     /* ends with Markdown's forced line (two spaces) */
} vt_draft_line;

#define VT_IMPORT_IDS 50 /* "NHAP-00" to "NHAP-49" */
typedef struct vt_draft {
    vt_engine *engine;
    vt_arena *arena;
    vt_findings *list;
    const char *file;
    const vt_import_options *options;
    vt_draft_line *lines;
    size_t count;
    int width;               /* of hard-wrapped lines, characters; 0: each paragraph is one line */
    bool blocky;             /* empty lines part the paragraphs */
    bool markdown;           /* has headings or emphasis of Markdown ... */
    bool star_is_dash;       /* ... and its lists begin with "*", none with "-" */
    char *lower;             /* the whole text in small letters, made when first asked for */
    const char *text;        /* the whole text, line ends '\n' */
    struct vt_truth *seen;   /* how words are written inside sentences (import_case.c) */
    int searches;            /* how often whole names were looked up in the text */
    int recased[12];         /* lines whose capitals became small letters ... */
    size_t recased_count;    /* ... and how many in all */
    vt_buf letters;          /* Word's bullets that are letters, as typed: "o, o" */
    int letters_line;        /* of the first */
    size_t nodes;            /* made so far: VT_MAX_NODES at most */
    int said[VT_IMPORT_IDS]; /* findings by the number in their id, left-out words apart */
    int left_out;            /* findings that hold words which are not in the tree */
    bool capital_font;       /* TCVN3: capitals were typed small and shown by a font */
    const vt_pack *packs[VT_SYSTEMS]; /* NULL: the system has none */
    vt_status status;                 /* worst of what reading packs came to */
} vt_draft;

/* One document in the making. */
typedef struct vt_making {
    vt_draft *draft;
    vt_doc *doc;
    const vt_pack *pack;
    const vt_type *type; /* NULL: unknown to the pack */
    vt_node *root;       /* VT_DOCUMENT: doc->root or the one inside <attached> */
    vt_node *body;       /* where text behind the signature goes, too */
} vt_making;

/* gen/import.c: the pack a document is set by; NULL when its system has none.
   A pack that cannot be read is told, and is the draft's status. */
const vt_pack *vt_draft_pack(vt_draft *draft, const vt_doc *doc);

/* ------------------------------------------------------ stages, in order -- */

/* gen/import_door.c: `*text` is NUL-terminated, NFC. */
vt_status vt_draft_open(vt_draft *draft, const void *data, size_t len, const char **text,
                        size_t *text_len) VT_USED;
/* gen/import_legacy.c: makes Unicode of text in an old encoding. */
char *vt_from_legacy(vt_arena *arena, vt_legacy legacy, const char *s, size_t len, size_t *out);
/* gen/import_lines.c: fills draft->lines and what is known of all of them. */
vt_status vt_draft_lines(vt_draft *draft, const char *text, size_t len) VT_USED;
/* gen/import_cells.c: Nơi nhận and signature of a pasted table as lines. */
void vt_draft_cells(vt_draft *draft);
/* gen/import_marks.c: reads the marks of a text in place; `style` has a byte
   for each byte of `s`.  Returns the new length. */
size_t vt_draft_marks(vt_draft *draft, char *s, unsigned char *style, size_t len);

/* gen/import_head.c: reads the header of lines [from, to); returns the line at
   which the body begins.  Sets doc->system, pack and type of `m`. */
size_t vt_import_head(vt_making *m, size_t from, size_t to);
/* Does the piece name the state or the Party on top of a document? */
bool vt_is_national_title(const vt_draft *draft, vt_typed piece);
/* gen/import_close.c: the line in [from, to) where Nơi nhận and signatures begin. */
size_t vt_import_close_at(const vt_draft *draft, size_t from, size_t to);
bool vt_closes(const vt_draft *draft, size_t line); /* is it "Nơi nhận:" or "KT. ..."? */
void vt_import_close(vt_making *m, size_t from, size_t to);
/* gen/import_copies.c: the pieces of Nơi nhận. */
void vt_import_copies(vt_making *m, const vt_typed *items, size_t count);

#define VT_MOST_CAPITALS 8
typedef struct vt_signer {
    vt_typed capitals[VT_MOST_CAPITALS]; /* capacities, posts: line by line */
    size_t count;
    vt_typed name;
    int column, tab; /* where its first line stands: middle in characters, tabs before it */
} vt_signer;

/* "TM.", "T/M", "KT.", "K/T", "TL.", "T/L", "TUQ.", "Q.": bytes; 0: none. */
size_t vt_capacity_of(vt_typed text, const char **kind);
/* gen/import_sign.c: the name of a body, no post and no capacity? */
bool vt_is_body(const vt_draft *draft, vt_typed text);
/* `several` sign the document. */
void vt_import_signature(vt_making *m, const vt_signer *signer, bool several);

/* gen/import_contact.c: is it "Địa chỉ: ...; Điện thoại: ..."? */
bool vt_is_contact(const vt_draft *draft, vt_typed line);
/* ... and such a line into <contact>. */
void vt_import_contact(vt_making *m, vt_typed line);
/* gen/import_body.c: blocks of [from, to) below `parent` (body, annex). */
void vt_import_body(vt_making *m, vt_node *parent, size_t from, size_t to);

/* ---------------------------------------------------------------- blocks -- */

typedef enum vt_label_kind {
    VT_L_NONE,
    VT_L_PART,       /* "Phần I", "Phần thứ nhất" */
    VT_L_CHAPTER,    /* "Chương II" */
    VT_L_SECTION,    /* "Mục 1" */
    VT_L_SUBSECTION, /* "Tiểu mục 1" */
    VT_L_ARTICLE,    /* "Điều 1." */
    VT_L_LETTER,     /* "A." */
    VT_L_ROMAN,      /* "I.", "I-" */
    VT_L_CLAUSE,     /* "1.", "1.1." */
    VT_L_POINT,      /* "a)" */
    VT_L_BULLET,     /* "-", "+", "•" */
} vt_label_kind;

typedef struct vt_leader {
    vt_label_kind kind;
    int depth;    /* numbers of a clause: "1.1." has two */
    int value;    /* of the last number; 0: none */
    char sign;    /* behind it: '.', '-', ')', '/', ':' or 0; a bullet's own */
    size_t label; /* bytes of "1." as typed */
    size_t skip;  /* bytes up to the text behind it */
} vt_leader;

/* gen/import_label.c: what `s` begins with. */
vt_leader vt_leader_of(vt_typed text);

typedef struct vt_block {
    vt_typed text; /* behind the mark */
    vt_leader mark;
    const char *label; /* "1." as typed; NULL: none */
    int indent;
    int heading;    /* Markdown's level */
    bool gap;       /* an empty line before it */
    vt_node *table; /* a table, else NULL */
} vt_block;

/* gen/import_block.c */
/* "Thời gian: 8 giờ 00" in a form (giấy mời, biên bản): where the colon stands;
   0: no such line. */
size_t vt_form_colon(const vt_making *m, vt_typed text);
vt_block *vt_import_blocks(vt_making *m, size_t from, size_t to, size_t *count);

/* ----------------------------------------------------------------- lists -- */

/* gen/import_lists.c: words as data. */
typedef enum vt_list {
    VT_LIST_ORGANS,       /* names of bodies begin with them */
    VT_LIST_LEVELS,       /* "tỉnh ...", "xã ...": go on with such a name */
    VT_LIST_NO_LEVELS,    /* "Tỉnh ủy": look so and are bodies */
    VT_LIST_POSTS,        /* "Chủ tịch ...", "Phó Giám đốc" */
    VT_LIST_POSTS_BEHIND, /* may stand behind a body on its line */
    VT_LIST_RANKS,        /* before names */
    VT_LIST_FORM_TYPES,   /* slugs of types with lines "Thời gian: ..." */
    VT_LIST_BASES,        /* căn cứ behind the first begin with them */
    VT_LIST_CLOSINGS,     /* paragraphs about the whole begin with them */
    VT_LIST_COURTESIES,   /* ... or hold them */
    VT_LIST_AS_ABOVE,     /* receivers that are named above */
    VT_LIST_ADDRESS,      /* labels of the contact lines */
    VT_LIST_PHONE,
    VT_LIST_FAX,
    VT_LIST_EMAIL,
    VT_LIST_WEBSITE,
    VT_LIST_OUTSIDE, /* lines that programs put behind a text */
    VT_LIST_COUNTED, /* a Roman number may follow */
    VT_LIST_PROPER,  /* how words are written everywhere ... */
    VT_LIST_NAMES,   /* ... and in names of bodies and posts */
    VT_LISTS
} vt_list;

typedef struct vt_listed {
    const char *natural; /* as the list has it; NULL: the list ends */
    const char *folded, *small;
    size_t len; /* of natural and of small */
} vt_listed;

/* Reads the lists for the engine, once; their findings are the draft's. */
vt_status vt_lists_need(vt_draft *draft) VT_USED;
/* Its words, the longest first. */
const vt_listed *vt_list_of(const vt_draft *draft, vt_list list);
/* Bytes of the longest of its words that the text begins with; 0: none. */
size_t vt_listed_behind(const vt_draft *draft, vt_list list, vt_typed text);
bool vt_is_listed(const vt_draft *draft, vt_list list, vt_typed text);
/* Does it go on with the name of a body above: "tỉnh ...", "xã ..."? */
bool vt_is_level(const vt_draft *draft, vt_typed text);

/* ----------------------------------------------------------------- words -- */

/* gen/import_words.c.  A key: letters and digits only, small, without marks:
   "Độc lập – Tự do" and "ĐỘC LẬP - TỰ DO" have one.  NULL without memory. */
char *vt_key(vt_arena *arena, const char *s, size_t len);
bool vt_key_is(vt_typed text, const char *words);    /* of equal key */
bool vt_starts(vt_typed text, const char *folded);   /* folded words, up to a word's end */
size_t vt_behind(vt_typed text, const char *folded); /* bytes of them in `text`; 0: no */
bool vt_holds(vt_typed text, const char *words);     /* exactly */
bool vt_word_ends(const char *s, const char *end);   /* no letter or digit stands at `s` */
bool vt_all_capitals(vt_typed text);                 /* has letters, none of them small */
bool vt_starts_small(vt_typed text);                 /* its first letter is small */
bool vt_is_person(vt_typed text);                    /* "Nguyễn Văn An" */
vt_typed vt_unbulleted(vt_typed text);               /* behind its "-", if it has one */
vt_typed vt_part(vt_typed text, size_t from, size_t to);
vt_typed vt_trimmed(vt_typed text, const char *ends); /* blanks, and `ends` at its end */
vt_typed vt_typed_of(const char *s, int line);
/* Columns of a line: parts between tabs or wide blanks, at most `max`. */
size_t vt_columns(vt_typed line, vt_typed *out, size_t max);
void vt_upper(char *s, size_t len); /* in place, as vt_lower */
void vt_lower(char *s);             /* in place: Vietnamese small letters are as long as capitals */
bool vt_capital(uint32_t cp);
bool vt_small(uint32_t cp);
bool vt_is_word(uint32_t cp); /* a letter or a digit */
uint32_t vt_smaller(uint32_t cp);

/* gen/import_case.c */
typedef enum vt_case_kind { VT_CASE_NAME, VT_CASE_HEADING } vt_case_kind;
/* Natural case of text typed in capitals; other text as it is. */
vt_typed vt_natural_case(vt_draft *draft, vt_typed text, vt_case_kind kind);

/* gen/import_lines.c: a lone letter behind the last stop ("dân vận. k") is what
   recognition makes of a stroke. */
void vt_say_stray(vt_draft *draft, vt_typed text);

/* gen/import_number.c */
bool vt_is_number_line(vt_typed piece);
void vt_read_number(vt_making *m, vt_typed piece); /* number, and abbr of the issuer */
bool vt_is_date_line(vt_typed piece);
void vt_read_date(vt_making *m, vt_typed piece);
/* "CV" of "839-CV/TU" and the system that writes so; "" when it cannot be told. */
vt_system vt_notation_system(const vt_draft *draft, vt_typed piece, const char **type, bool *sure);

/* -------------------------------------------------------------- building -- */

/* gen/import.c; a NULL parent or node passes through. */
vt_node *vt_make(vt_making *m, vt_node *parent, vt_el el, int line);
void vt_make_attr(vt_making *m, vt_node *node, vt_at at, const char *value);
/* The text with styles in `keep` as inline elements; forced lines where `br`. */
void vt_make_text(vt_making *m, vt_node *parent, vt_typed text, unsigned keep, bool br);
vt_node *vt_make_words(vt_making *m, vt_node *parent, vt_el el, vt_typed text);
vt_typed vt_placeholder(int line); /* "......", where the format must have words */

/* "(Kèm theo ...)": filled in it is kept; with blanks it is left out, for the
   program prints it. */
vt_node *vt_make_reference(vt_making *m, vt_node *parent, vt_typed text);

/* Findings at a line of the draft; `excerpt` may be empty.  Of one id only the
   first are told one by one, the others are counted. */
void vt_unsure(vt_draft *draft, vt_severity severity, const char *id, vt_typed excerpt,
               const char *remedy, const char *fmt, ...) VT_PRINTF(6, 7);
/* The same for words that are not in the tree: the excerpt has all of them. */
void vt_left_out(vt_draft *draft, vt_severity severity, const char *id, vt_typed words,
                 const char *remedy, const char *message);

#endif
