/*
 * gen/gen.h - from structured data to composed pages and a PDF.
 *
 *     read -> merge -> check -> compose -> paint
 *
 * One way through: a stage takes the previous stage's value and hands on its
 * own; none reaches back, none keeps global state.  The document tree, the
 * rule pack and the composed layout are the three values that travel.
 *
 * The format is described in docs/format.md and templates/schema/document.rng.
 */
#ifndef VT_GEN_H
#define VT_GEN_H

#include "base/base.h"
#include "fonts/fonts.h"

#define VT_NS_DOCUMENT "urn:vanthu:document:1"
#define VT_NS_MERGE "urn:vanthu:merge:1"
#define VT_NS_RULES "urn:vanthu:rules:1"

/* Limits of every input (engineering: hostile until proved otherwise). */
#define VT_MAX_INPUT_BYTES (16u << 20) /* one XML, CSV or JSON file */
#define VT_MAX_DEPTH 64
#define VT_MAX_NODES 1000000u

/* ---------------------------------------------------------------- tree -- */

/*
 * Elements and attributes of the format.  The order is the order of the
 * element table in gen/schema.c, which names them and says what may hold what.
 */
typedef enum vt_el {
    VT_TEXT, /* character data: node->text */
    /* root and its children, in the order in which they must come */
    VT_DOCUMENT,
    VT_ISSUER,
    VT_NUMBER,
    VT_PLACE,
    VT_DATE,
    VT_MARKS,
    VT_TITLE,
    VT_SUBJECT,
    VT_TO,
    VT_BODY,
    VT_COPIES,
    VT_SIGNATURE,
    VT_CONFIRMATION,
    VT_CONTACT,
    VT_ANNEX,
    VT_ATTACHED,
    VT_ENCLOSURE,
    /* inside those */
    VT_SUPERIOR,
    VT_NAME,
    VT_RECIPIENT,
    VT_AS_ABOVE,
    VT_AS_ARTICLE,
    VT_ARCHIVE,
    VT_CAPACITY,
    VT_POSITION,
    VT_OTHER_POSITION,
    VT_RANK,
    VT_ADDRESS,
    VT_PHONE,
    VT_FAX,
    VT_EMAIL,
    VT_WEBSITE,
    VT_REFERENCE,
    /* structure */
    VT_PART,
    VT_CHAPTER,
    VT_SECTION,
    VT_SUBSECTION,
    VT_ARTICLE,
    VT_CLAUSE,
    VT_POINT,
    VT_HEADING,
    /* blocks */
    VT_P,
    VT_LINE,
    VT_QUOTE,
    VT_BASIS,
    VT_AUTHORITY,
    VT_LIST,
    VT_ITEM,
    VT_TABLE,
    VT_ROW,
    VT_CELL,
    VT_FIGURE,
    VT_PAGEBREAK,
    /* inline */
    VT_B,
    VT_I,
    VT_U,
    VT_SUP,
    VT_SUB,
    VT_BR,
    VT_FOOTNOTE,
    VT_ELEMENTS
} vt_el;

typedef enum vt_at {
    VT_AT_SYSTEM,
    VT_AT_TYPE,
    VT_AT_RULES,
    VT_AT_ABBR,
    VT_AT_ORGAN,
    VT_AT_VALUE,
    VT_AT_UNIT,
    VT_AT_NOTATION,
    VT_AT_DUE,
    VT_AT_URGENCY,
    VT_AT_SECRECY,
    VT_AT_CIRCULATION,
    VT_AT_DRAFT,
    VT_AT_GROUP,
    VT_AT_AMOUNT,
    VT_AT_NOTE,
    VT_AT_N,
    VT_AT_DRAFTER,
    VT_AT_COUNT,
    VT_AT_KIND,
    VT_AT_ROLE,
    VT_AT_ORIENTATION,
    VT_AT_HREF,
    VT_AT_IMAGE,
    VT_AT_SEAL,
    VT_AT_TITLE,
    VT_AT_LABEL,
    VT_AT_RUN_IN,
    VT_AT_ALIGN,
    VT_AT_MARK,
    VT_AT_WIDTH,
    VT_AT_WIDTHS,
    VT_AT_HEADER_ROWS,
    VT_AT_CAPTION,
    VT_AT_COLSPAN,
    VT_AT_ROWSPAN,
    VT_AT_VALIGN,
    VT_ATTRIBUTES
} vt_at;

typedef struct vt_attr vt_attr;
struct vt_attr {
    vt_attr *next; /* in ascending order of id */
    vt_at id;
    const char *value; /* NFC, white space folded */
};

/* A node of the tree.  White space of VT_TEXT is folded: runs of white space
   are one space; leading and trailing space of a block's content is dropped. */
typedef struct vt_node vt_node;
struct vt_node {
    vt_el el;
    int line; /* in the source file; of the model for merged documents */
    vt_node *parent, *first, *last, *prev, *next;
    vt_attr *attrs;
    const char *text; /* VT_TEXT only, else NULL */
    size_t len;
    unsigned look; /* VT_TEXT: what looking at every byte said, for gen/text.h; 0: not yet */
};

typedef enum vt_system { VT_STATE, VT_PARTY, VT_YOUTH, VT_SYSTEMS } vt_system;

typedef struct vt_doc {
    vt_arena *arena;    /* borrowed: all of the document lives in it */
    vt_node *root;      /* VT_DOCUMENT */
    const char *file;   /* for findings; "" when there is none */
    const char *folder; /* enclosures and figures are looked for here; NULL: nowhere */
    vt_system system;
} vt_doc;

const char *vt_el_name(vt_el el);          /* "other-position" */
const char *vt_at_name(vt_at at);          /* "header-rows" */
const char *vt_system_name(vt_system sys); /* "state" */

const char *vt_attr_get(const vt_node *node, vt_at at); /* NULL when absent */
const vt_node *vt_child(const vt_node *node, vt_el el); /* first such child or NULL */
const vt_node *vt_next_same(const vt_node *node);       /* next sibling of the same element */
/* Plain text below a node: inline marks dropped, <br/> becomes `br` (a space
   when 0), footnotes left out.  Lives in the arena; NULL without memory. */
char *vt_node_text(vt_arena *arena, const vt_node *node, char br);
vt_place vt_node_place(vt_arena *arena, const vt_doc *doc, const vt_node *node);

/* Is that root a copy of another document (sao y, sao lục, trích sao)? */
bool vt_is_copy(const vt_node *root);

/* Building (merge, import, tests).  NULL without memory. */
vt_node *vt_node_new(vt_arena *arena, vt_el el, int line);
vt_node *vt_text_new(vt_arena *arena, const char *text, size_t len, int line);
void vt_append(vt_node *parent, vt_node *child);
void vt_insert_before(vt_node *sibling, vt_node *child);
void vt_remove(vt_node *node); /* unlinks; memory stays in the arena */
bool vt_attr_set(vt_arena *arena, vt_node *node, vt_at at, const char *value); /* NULL removes */
/* Makes NFC of all text and folds its white space, as reading does: the last
   step of building, before vt_doc_validate.  False without memory. */
bool vt_doc_tidy(vt_doc *doc) VT_USED;

/* -------------------------------------------------------------- engine -- */

/*
 * What all documents of a process share: fonts, rule packs, schemas, models'
 * folder, colour profile, caches.  Opened once; one thread uses it at a time.
 * `data` is the folder that holds templates/ and fonts/ of the installation;
 * `local` (may be NULL) a folder whose rules/, state/, party/ override or add.
 */
typedef struct vt_engine vt_engine;
typedef struct vt_engine_options {
    const char *data, *local, *fonts; /* fonts NULL: the default face files */
    const char *icc_folder;           /* NULL: the default */
} vt_engine_options;

vt_status vt_engine_open(const vt_engine_options *options, vt_findings *list,
                         vt_engine **out) VT_USED;
void vt_engine_free(vt_engine *engine);
const vt_fonts *vt_engine_fonts(const vt_engine *engine);
/* Has the machine been declared isolated, in local/may-doc-lap.txt?  Only then
   may secret documents be made on it (docs/rules.md). */
bool vt_engine_isolated(const vt_engine *engine);
/* MK-02: a document of this secrecy (NULL: none) is not to be on this machine. */
vt_status vt_engine_admits(const vt_engine *engine, const char *secrecy, vt_place place,
                           vt_findings *list) VT_USED;

/* -------------------------------------------------------- read and write -- */

/*
 * Reads a document file / bytes.  No DTD, entities or network; at most
 * VT_MAX_INPUT_BYTES, VT_MAX_DEPTH, VT_MAX_NODES; NFC is made at the door;
 * control characters, VNI and TCVN3 mojibake are refused by name.  Every
 * problem is a finding with file:line and element path; VT_BAD if any is an
 * error.  `name` stands in findings; `folder` as in vt_doc.
 */
vt_status vt_doc_read(vt_engine *engine, vt_arena *arena, const char *path, vt_findings *list,
                      vt_doc **out) VT_USED;
vt_status vt_doc_parse(vt_engine *engine, vt_arena *arena, const void *data, size_t len,
                       const char *name, const char *folder, vt_findings *list,
                       vt_doc **out) VT_USED;
/* The same checks for a tree made in memory. */
vt_status vt_doc_validate(const vt_doc *doc, vt_findings *list) VT_USED;

/* Canonical XML: our element and attribute order, two-space indents, no
   comments, instructions or foreign names; reading it back gives an equal tree. */
vt_status vt_doc_write(const vt_doc *doc, vt_buf *out, vt_findings *list) VT_USED;
bool vt_doc_equal(const vt_doc *a, const vt_doc *b);

/* Date of issue as written (blank parts 0).  False: absent or empty. */
bool vt_doc_date(const vt_doc *doc, vt_date *out);
vt_status vt_doc_set_date(vt_doc *doc, vt_date date, vt_findings *list) VT_USED;
const char *vt_doc_number(const vt_doc *doc); /* "152", "152a"; NULL: blank */
vt_status vt_doc_set_number(vt_doc *doc, const char *number, vt_findings *list) VT_USED;

/* --------------------------------------------------------------- packs -- */

/* A rule pack: all that the law fixes, as data (templates/rules/PACK.xml). */
typedef struct vt_pack vt_pack;

/* By @rules, else by system and date (a partial date counts as its last day;
   none: the newest pack; a date before every pack: the oldest).  A pack is read
   when it is first asked for. */
vt_status vt_pack_choose(vt_engine *engine, const vt_doc *doc, vt_findings *list,
                         const vt_pack **out) VT_USED;
vt_status vt_pack_named(vt_engine *engine, const char *id, vt_findings *list,
                        const vt_pack **out) VT_USED;
/* The pack of the installation that a local pack stands for or inherits from: the
   law's own ranges, which a local pack cannot widen.  Its own pack otherwise. */
vt_status vt_pack_law(vt_engine *engine, const vt_pack *pack, vt_findings *list,
                      const vt_pack **out) VT_USED;
const char *vt_pack_id(const vt_pack *pack);
const vt_hash *vt_pack_hash(const vt_pack *pack); /* of its file and the files it inherits from */

/* A type of document as the pack knows it. */
typedef enum vt_wanted { VT_NO, VT_OPTIONAL, VT_YES } vt_wanted;
typedef struct vt_type {
    const char *slug;         /* "ke-hoach" */
    const char *name;         /* "Kế hoạch" */
    const char *abbr;         /* "KH"; "" when there is none */
    bool has_heading;         /* prints its name (công văn does not) */
    bool has_subject;         /* trích yếu (giấy giới thiệu, giấy nghỉ phép: none) */
    bool subject_rule;        /* the line or mark below the trích yếu (biên bản: none) */
    bool has_dateline;        /* place and date (biên bản: none) */
    vt_wanted addressed;      /* Kính gửi, Kính trình */
    vt_wanted basis;          /* căn cứ */
    const char *number_class; /* series group: types with the same class share a book */
    bool end_mark;            /* the pack's mark ends its content (thư công: none) */
    bool attached_only; /* not issued by itself: exists only inside <attached>, or is a book */
    enum vt_book_kind { VT_BOOK_NO, VT_BOOK_LIST, VT_BOOK_COVER } book; /* gen/book.c */
} vt_type;
const vt_type *vt_pack_type(const vt_pack *pack, const char *slug);      /* NULL: unknown */
const vt_type *vt_pack_type_abbr(const vt_pack *pack, const char *abbr); /* "KH"; NULL: unknown */
const vt_type *vt_pack_types(const vt_pack *pack, size_t *count);        /* all of them */

/* "UBND-VX", "KH-SCT", "839-CV/TU" without the number: the ký hiệu as the
   register keeps it ("UBND-VX", "CV/TU").  In the arena. */
char *vt_notation(vt_arena *arena, const vt_pack *pack, const vt_doc *doc);
/* "Số: 152/UBND-VX", "Số 839-CV/TU" for a number already padded or NULL. */
char *vt_number_line(vt_arena *arena, const vt_pack *pack, const vt_doc *doc, const char *number);
/* The same line in its parts, around the number or the blank left for it:
   "Số: " and "/UBND-VX". */
vt_status vt_number_parts(vt_arena *arena, const vt_pack *pack, const vt_doc *doc,
                          vt_findings *list, const char **prefix, const char **suffix) VT_USED;
/* "05" for "5": the pack's padding. */
char *vt_number_padded(vt_arena *arena, const vt_pack *pack, const char *number);

/* Numbering scope the pack sets by default: "year" or "term". */
const char *vt_pack_period(const vt_pack *pack);
/* Do secret documents have a series of their own (Điều 15.2)? */
bool vt_pack_secret_apart(const vt_pack *pack);

/* ------------------------------------------------------------- metadata -- */

/* What the register and the PDF's metadata take from a document (NĐ 30 PL VI). */
typedef struct vt_person {
    const char *position, *name;
} vt_person;
typedef struct vt_addressee {
    const char *name, *organ, *group;
    int role; /* 0 Kính gửi, 1 Nơi nhận, 2 Lưu */
} vt_addressee;
typedef struct vt_meta {
    vt_system system;
    const char *pack, *type_slug, *type_name, *title; /* title: printed name of the type */
    const char *number, *notation;                    /* number NULL: blank */
    vt_date date, due;
    const char *place, *subject;
    struct {
        const char *superior, *name, *organ, *abbr;
    } * issuers;
    size_t issuer_count;
    vt_person *signers;
    size_t signer_count;
    vt_addressee *addressees;
    size_t addressee_count;
    const char *urgency, *secrecy; /* NULL: none */
    int copies_amount;             /* 0: not said */
    const char *text;              /* all words of the document, for search */
} vt_meta;
vt_status vt_meta_extract(vt_arena *arena, const vt_pack *pack, const vt_doc *doc,
                          vt_findings *list, vt_meta *out) VT_USED;
/* Of a copy (vt_is_copy): into `out` what it has of the document it copies: the subject,
   "Quyết định số 07/QĐ-UBND ngày ... của ... về việc ..." (of a PDF, its enclosure's title;
   NULL: it has none), and the secrecy.  Any other document: nothing.  TRANG-10: the copied
   file is not there. */
vt_status vt_meta_copied(vt_engine *engine, vt_arena *arena, const vt_pack *pack, const vt_doc *doc,
                         vt_findings *list, vt_meta *out) VT_USED;
/* The document a copy was made of, read from the copy's folder; NULL: it is a PDF, or `doc` is
   no copy.  TRANG-10. */
vt_status vt_doc_copied(vt_engine *engine, vt_arena *arena, const vt_doc *doc, vt_findings *list,
                        vt_doc **out) VT_USED;

/* Upper case by the rules of Vietnamese (ICU, locale "vi"), NFC. */
char *vt_text_upper(vt_arena *arena, const char *text);
/* Folded for comparing and searching: lower case, marks and horns dropped,
   đ -> d, white space single.  "Tỉnh uỷ" and "Tỉnh ủy" fold alike. */
char *vt_text_fold(vt_arena *arena, const char *text);

/*
 * Text that came through no document, by the rule of documents' text.  One line that
 * somebody typed (a reason, a name): *text becomes its NFC, in the arena where it was
 * another.  Refused under `id`, told with the character, its place in it and the remedy:
 * bytes that are no UTF-8, controls, line breaks, hidden characters, those of one font only
 * or of an old encoding (VNI, TCVN3), more than `most` characters (0: any number).  `what`
 * it is stands in the message: "lý do".
 */
vt_status vt_text_typed(vt_arena *arena, const char *id, const char *what, size_t most,
                        const char **text, vt_findings *list) VT_USED;
/* May a screen show it?  Not controls, line breaks, what is hidden or turns the direction. */
bool vt_char_shown(uint32_t cp);
/* Text of an archive from before that was asked: "?" for what no page may hold, nor the faces
   have (NULL: any would do).  `text` itself where there is nothing of the kind; else in the
   arena, NULL without memory. */
const char *vt_text_for_page(vt_arena *arena, const vt_fonts *fonts, const char *text);

/* --------------------------------------------------------------- merge -- */

/* A model: a document with {{XPath}} in text and attributes, for-each and if,
   and a declaration of its fields.  docs/models.md is the manual. */
typedef struct vt_model vt_model;
typedef enum vt_field_kind {
    VT_FIELD_TEXT,
    VT_FIELD_LINES,
    VT_FIELD_DATE,
    VT_FIELD_NUMBER,
    VT_FIELD_MONEY,
    VT_FIELD_CHOICE,
    VT_FIELD_LIST /* repeated records: children are fields */
} vt_field_kind;
typedef struct vt_field {
    const char *name, *label, *hint, *initial /* default or NULL */;
    vt_field_kind kind;
    bool required;
    const char **choices;
    size_t choice_count;
    const struct vt_field *fields;
    size_t field_count; /* VT_FIELD_LIST */
} vt_field;

vt_status vt_model_open(vt_engine *engine, const char *path, vt_findings *list,
                        vt_model **out) VT_USED;
void vt_model_free(vt_model *model);
size_t vt_model_fields(const vt_model *model, const vt_field **out);

/* Data: records of fields.  The format is told by the file's name (.xml, .csv,
   .json, .xlsx).  Field names become unaccented kebab-case. */
typedef struct vt_data vt_data;
vt_status vt_data_open(const char *path, vt_findings *list, vt_data **out) VT_USED;
vt_status vt_data_parse(const char *format, const void *bytes, size_t len, const char *name,
                        vt_findings *list, vt_data **out) VT_USED;
/* The first sheet of a spreadsheet (XLSX) as CSV: row N is line N; a line break in a cell is a
   space, a day is 27/03/2026.  What vt_data_parse does with the format "xlsx", in two steps.
   DL-02 not readable, DL-05 too large, DL-06 (VT_FAIL) libzip is not installed, DL-07 (warnings)
   joined cells that are left out or read in their first cell only. */
vt_status vt_xlsx_csv(const void *bytes, size_t len, const char *name, vt_findings *list,
                      vt_buf *out) VT_USED;
void vt_data_free(vt_data *data);
size_t vt_data_count(const vt_data *data);
int vt_data_line(const vt_data *data, size_t record); /* where it stands in its file */

/* The fields of one record as they stand, in file order; empty ones are left out. */
typedef struct vt_data_field {
    const char *name, *text; /* name: unaccented kebab-case */
} vt_data_field;
vt_status vt_data_fields(const vt_data *data, size_t record, vt_arena *arena, vt_findings *list,
                         vt_data_field **out, size_t *count) VT_USED;
/* The header or key of a field as its file spells it, "Số hộp" of so-hop; in one line. */
const char *vt_data_spelt(const vt_data *data, const char *name, vt_arena *arena);

/* One record -> one document in the arena (validated).  A missing, misspelt
   or ill-formed field is an error naming field, model line and record. */
vt_status vt_merge(vt_model *model, const vt_data *data, size_t record, vt_arena *arena,
                   vt_findings *list, vt_doc **out) VT_USED;

/* -------------------------------------------------------------- import -- */

/*
 * Plain text in (docs/import.md): a draft as people type or paste it, with or
 * without Markdown marks, in UTF-8, UTF-16, Windows-1258, VNI or TCVN3, becomes
 * documents: one, or more when a further head follows a closing (a letter and
 * what it sends on), at most VT_IMPORT_MOST.
 *
 * No word is made up; none is lost: what is not in the trees (Quốc hiệu, page
 * numbers and the like apart, which the packs print) stands in a finding's
 * excerpt.  What was unsure is a finding at its line of the draft.  Where the
 * format must have words and the draft has none there stands "......", with a
 * warning.  The trees are valid; VT_BAD when the text cannot be read at all.
 */
#define VT_IMPORT_MOST 16
typedef struct vt_import_options {
    const char *system, *type; /* "party", "ke-hoach"; NULL: recognised */
} vt_import_options;
vt_status vt_import_text(vt_engine *engine, vt_arena *arena, const void *data, size_t len,
                         const char *name, const vt_import_options *options, vt_findings *list,
                         vt_doc **out[], size_t *count) VT_USED;
/* Does the letter send the other document on (its text names the number)? */
bool vt_import_sends(vt_engine *engine, const vt_doc *letter, const vt_doc *other);

/* --------------------------------------------------------------- check -- */

typedef struct vt_layout vt_layout; /* gen/layout.h */

/*
 * What the register and the directories know, asked by the rules about facts
 * (records/ answers; tests give fixtures).  A function may be NULL and may know
 * nothing: the rules that ask it are silent then.  What a function hands out
 * must live until the check is over.
 */
typedef enum vt_answer { VT_UNKNOWN, VT_TRUE, VT_FALSE } vt_answer;

/* The document's number in its own book and period. */
typedef struct vt_fact_number {
    vt_answer used;        /* by another document */
    vt_answer allotted;    /* taken from the register for this document */
    const char *holder;    /* the other document in words; NULL: not known */
    vt_date before, after; /* dates of the next lower and the next higher number issued */
} vt_fact_number;

typedef enum vt_mode { VT_MODE_UNKNOWN, VT_MODE_HEAD, VT_MODE_COLLECTIVE } vt_mode;
typedef struct vt_fact_agency {
    const char *superior, *place; /* NULL: not known; "": has none */
    vt_mode mode;                 /* led by one head, or decides as a body (Điều 13) */
    vt_answer ranks;              /* writes ranks and degrees before names (PL I II.7.c) */
} vt_fact_agency;

/* A signature of the document, for the tables of powers and authorisations. */
typedef struct vt_fact_signer {
    const char *agency, *type;    /* issuer's name; slug of the document's type */
    const char *kind, *on_behalf; /* last capacity: "KT", "Chủ tịch"; "" when none */
    const char *position, *name;  /* "" when absent */
    vt_date date;                 /* of the document, as far as written */
} vt_fact_signer;

typedef struct vt_fact_receiver {
    vt_answer known; /* in the directory of addressees */
    int copies;      /* how many it stands for (a group's members); 0: not known */
} vt_fact_receiver;

typedef struct vt_facts {
    void *context;
    vt_date today;      /* year 0: not known */
    vt_date signed_on;  /* when it was signed; year 0: not known */
    vt_answer isolated; /* this machine is declared isolated (secrets) */
    bool (*number)(void *context, const vt_pack *pack, const vt_doc *doc, vt_fact_number *out);
    bool (*agency)(void *context, const char *name, const char *organ, vt_fact_agency *out);
    vt_answer (*may_sign)(void *context, const vt_fact_signer *signer);
    vt_answer (*authorised)(void *context, const vt_fact_signer *signer); /* TL, TUQ */
    bool (*receiver)(void *context, const char *name, const char *organ, const char *group,
                     vt_fact_receiver *out);
    /* official names of agencies and units, as they are written */
    const char *const *(*names)(void *context, size_t *count);
    /* another record of the same number, ký hiệu and issuer, in words; NULL: none */
    const char *(*twin)(void *context, const vt_pack *pack, const vt_doc *doc);
    vt_date (*next_working_day)(void *context, vt_date day); /* NULL: Monday to Friday */
} vt_facts;

/* The rules of the document tree, in Vietnamese, by id.  VT_BAD if an error is
   among them. */
vt_status vt_check(vt_engine *engine, const vt_pack *pack, const vt_doc *doc,
                   vt_findings *list) VT_USED;
/* The same, and the rules of the composed pages and of facts where those are
   given (NULL: not).  The layout is one of this document by this pack. */
vt_status vt_check_with(vt_engine *engine, const vt_pack *pack, const vt_doc *doc,
                        const vt_layout *layout, const vt_facts *facts, vt_findings *list) VT_USED;

struct vt_checking; /* gen/check.h */
typedef void vt_rule_check(struct vt_checking *);
typedef struct vt_rule {
    const char *id;
    vt_severity severity;
    unsigned systems;                    /* bit per vt_system */
    char confidence;                     /* of the source: A, B, C, U, D as in a pack */
    const char *source;                  /* place in the law */
    const char *title;                   /* what must be */
    const char *remedy;                  /* what to do where it is not */
    const char *why;                     /* what it is good for */
    const char *wrong, *right;           /* an example */
    vt_rule_check *tree, *pages, *facts; /* by what they read; NULL: no such check */
} vt_rule;
size_t vt_rule_count(void);
const vt_rule *vt_rule_at(size_t i);          /* in the order of the law's own parts */
const vt_rule *vt_rule_named(const char *id); /* NULL: none */

/* ------------------------------------------------------------- compose -- */

typedef struct vt_compose_options {
    bool electronic; /* number, date, signatures and seal are form fields */
    bool draft;      /* re-set documents of other bodies need no copy mark */
    bool two_sided;  /* back pages have their side margins exchanged, where the pack knows such */
    /* Parts kept in files of their own (PL I III.1.d): 0 all in one file,
       VT_MAIN_PART without annexes and attached texts, n only the n-th of these. */
    int part;
    int first_page; /* the printed number of page 1, of what goes on from another file; 0: 1 */
} vt_compose_options;
#define VT_MAIN_PART (-1)
size_t vt_doc_parts(const vt_doc *doc); /* its annexes and attached texts */

/* Sets the document's pages (enclosed documents included).  All in `arena`. */
vt_status vt_compose(vt_engine *engine, const vt_pack *pack, const vt_doc *doc,
                     const vt_compose_options *options, vt_arena *arena, vt_findings *list,
                     vt_layout **out) VT_USED;
size_t vt_layout_pages(const vt_layout *layout);
/* The files that stood beside the document and that its pages were made of, with the bytes that
   were read: enclosures, what these enclose, figures; each once.  Pictures of signatures and
   seals are not among them: loose, they would serve whoever forges.  In the arena. */
typedef struct vt_beside {
    const char *name;
    const void *data;
    size_t len;
} vt_beside;
const vt_beside *vt_layout_beside(const vt_layout *layout, size_t *count);
/* TEP-10: read again for the same document, it was another file. */
vt_status vt_beside_same(const vt_beside *before, const void *data, size_t len,
                         vt_findings *list) VT_USED;

/* --------------------------------------------------------------- paint -- */

typedef struct vt_paint_options {
    int pdfa_part;      /* 3 (default when 0), 2, or 1 (tests: no attachments) */
    bool no_source;     /* leave the embedded source out of a part 3 file */
    bool shared_subset; /* one font subset for all documents of a process: larger files */
} vt_paint_options;

/* Writes the PDF into `out`.  Byte-identical for identical input. */
vt_status vt_paint(vt_engine *engine, const vt_pack *pack, const vt_doc *doc,
                   const vt_layout *layout, const vt_paint_options *options, vt_buf *out,
                   vt_findings *list) VT_USED;

/* ------------------------------------------------------------- preview -- */

/*
 * The same pages for a screen, drawn from the same boxes: text as text, in the
 * faces' own outlines (an embedded subset), each word at its place to a
 * hundredth of a point; so it can be read aloud, selected and searched.  Fields of an
 * electronic file are light boxes, which the PDF does not show.  Nothing is
 * fetched and nothing runs: no script, no address of any kind.  Appended to
 * `out`; byte-identical for identical input.  VT_BAD: there is no such page.
 */
/* One page (from 0) as an SVG file. */
vt_status vt_preview_svg(vt_engine *engine, const vt_layout *layout, size_t page, vt_buf *out,
                         vt_findings *list) VT_USED;
/* All pages in one HTML file, with a list of pages and headings before them. */
vt_status vt_preview_html(vt_engine *engine, const vt_layout *layout, vt_buf *out,
                          vt_findings *list) VT_USED;

#endif
