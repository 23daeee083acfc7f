/*
 * gen/pack.h - a rule pack in memory: what layout, labels and checks read.
 *
 * The file templates/rules/ID.xml holds each value with its legal source and
 * confidence (A official text .. C one secondary source, U unconfirmed, D own
 * default where the law leaves a choice); templates/schema/rules.rng is its
 * schema.  gen/pack.c fills these structs through tables (name, offset, kind,
 * lawful range), and refuses a pack that lacks a value or has an unknown one.
 * No size, gap, word or mark of a document stands in C.
 *
 * All lengths here are points; the files say mm, cm or pt.
 */
#ifndef VT_PACK_H
#define VT_PACK_H

#include "gen/gen.h"
#include "gen/layout.h"

/* The drawn line below a component. */
typedef enum vt_rule_kind {
    VT_RULE_NONE,
    VT_RULE_TEXT,     /* as long as the text line above it (Tiêu ngữ, Party title) */
    VT_RULE_FRACTION, /* `fraction` of the last text line, centred (issuer, trích yếu) */
    VT_RULE_FULL,     /* over the full text width (contact, copies) */
} vt_rule_kind;

/* How one component is set. */
typedef struct vt_style {
    double size[2];            /* by size set: [0] large, [1] small (PL I V note 1) */
    double size_min, size_max; /* what the law allows, for the checker */
    vt_face face;
    bool upper; /* printed in capitals */
    bool underline;
    vt_align align;
    double before, after; /* least gaps; between two blocks the larger one counts */
    double indent, indent_min, indent_max; /* first line; what the law allows */
    double hang;                           /* further lines and what stands below (lists) */
    const char *text;       /* fixed words ("Nơi nhận:", "CỘNG HÒA ..."), "" when none */
    const char *after_text; /* printed line below ("*", "-----"), "" when none */
    vt_rule_kind rule;
    double fraction, fraction_min, fraction_max; /* VT_RULE_FRACTION */
    double rule_gap, rule_thickness; /* gap: from the descenders to the middle of the line */
    vt_rgb colour;
    double frame_width, frame_height; /* stamps; 0: none / by content; a word's own size wins */
    double frame_thickness;           /* 0: no frame */
    double frame_gap;                 /* white between the two frames of a double one; 0: single */
    double frame_pad;                 /* from the text to a frame that follows its content */
} vt_style;

/* Components, named in the file as in the second column of the table in
   gen/pack.c: VT_C_NATIONAL_TITLE is <component id="national-title">. */
typedef enum vt_component {
    VT_C_NATIONAL_TITLE, /* ô 1: Quốc hiệu; Party title; Youth title */
    VT_C_MOTTO,          /* ô 1: Tiêu ngữ (text "" where the system has none) */
    VT_C_SUPERIOR,       /* ô 2 */
    VT_C_ISSUER,         /* ô 2 */
    VT_C_NUMBER,         /* ô 3 */
    VT_C_PLACE_DATE,     /* ô 4 */
    VT_C_TYPE_NAME,      /* ô 5a */
    VT_C_SUBJECT,        /* ô 5a */
    VT_C_LETTER_SUBJECT, /* ô 5b; text: "V/v " */
    VT_C_TO_LABEL,       /* ô 9a; text: "Kính gửi:" */
    VT_C_TO_RECIPIENT,
    VT_C_AUTHORITY,
    VT_C_BASIS,
    VT_C_RESOLVES, /* "QUYẾT ĐỊNH:"; words per type in vt_pack.resolves */
    VT_C_BODY,     /* paragraph of the body */
    VT_C_PART_LABEL,
    VT_C_PART_TITLE,
    VT_C_CHAPTER_LABEL,
    VT_C_CHAPTER_TITLE,
    VT_C_SECTION_LABEL,
    VT_C_SECTION_TITLE, /* mục inside a chương */
    VT_C_SUBSECTION_LABEL,
    VT_C_SUBSECTION_TITLE, /* tiểu mục */
    VT_C_HEAD_SECTION,     /* "I. MỤC ĐÍCH": mục of scheme b, label and title on one line */
    VT_C_ARTICLE,          /* "Điều 1. Tiêu đề" */
    VT_C_CLAUSE_TITLE,     /* "1. Phạm vi" bold; label and title */
    VT_C_CLAUSE,
    VT_C_POINT_TITLE,
    VT_C_POINT,
    VT_C_LIST, /* items of dash lists */
    VT_C_QUOTE,
    VT_C_LINE,
    VT_C_TABLE_HEAD,
    VT_C_TABLE_CELL,
    VT_C_TABLE_CAPTION, /* and of figures */
    VT_C_FOOTNOTE,
    VT_C_CAPACITY,       /* ô 7a: TM., KT. ... */
    VT_C_POSITION,       /* ô 7a */
    VT_C_OTHER_POSITION, /* ô 7b */
    VT_C_SIGNER,         /* ô 7b */
    VT_C_COPIES_LABEL,   /* ô 9b; text: "Nơi nhận:" */
    VT_C_COPIES,         /* ô 9b */
    VT_C_SECRECY,        /* ô 10a */
    VT_C_URGENCY,        /* ô 10b */
    VT_C_CIRCULATION,    /* ô 11 */
    VT_C_DRAFT,          /* "Dự thảo lần 2" */
    VT_C_DRAFTER,        /* ô 12 */
    VT_C_CONTACT,        /* ô 13 */
    VT_C_ANNEX_LABEL,
    VT_C_ANNEX_TITLE,
    VT_C_ANNEX_REFERENCE,
    VT_C_BOOK_TITLE,      /* "SỔ ĐĂNG KÝ VĂN BẢN ĐI" on its cover */
    VT_C_COPY_FORM,       /* "SAO Y" */
    VT_C_ELECTRONIC_TEXT, /* ô 14 and signature text of separate files */
    VT_C_PAGE_NUMBER,
    VT_COMPONENTS
} vt_component;

typedef struct vt_span {
    double min, value, max;
} vt_span; /* lawful range and our choice */

struct vt_pack {
    const char *id;   /* "state-nd30" */
    const char *name; /* "Nghị định 30/2020/NĐ-CP" */
    vt_system system;
    vt_date valid_from, valid_to; /* valid_to.year 0: still in force */
    vt_hash hash;

    /* page (1.2, 2.2) */
    double page_width, page_height;
    vt_span margin_top, margin_bottom, margin_left, margin_right;
    bool mirror_margins;         /* back pages of two-sided paper: side margins exchanged (2.2) */
    double page_number_baseline; /* below the top edge */
    int page_number_first;       /* first page that shows its number: 2 */

    /* header (1.3, 1.20) */
    double header_gap;            /* least white between the two columns */
    double header_left_share;     /* of the text width, where both fit */
    double number_gap, date_gap;  /* from the block above to ô 3 / ô 4 (same line) */
    double subject_gap;           /* from ô 3 to ô 5b (6 pt) */
    double title_gap;             /* from the header to ô 5a */
    double title_inset, to_inset; /* least white on either side of ô 5a, of ô 9a */
    double to_gap, body_gap;      /* before ô 9a; before ô 6 */
    bool coupled_sizes;           /* fall back to size set [1] when the date line is too wide */
    double number_blank, day_blank, month_blank; /* widths left to be written by hand */

    /* text */
    const char *font_families; /* that all text may be set in, ";" between them */
    double line_single;   /* what the law calls a single line, in ems of the type size: 1.15, the
                             natural pitch of Times; header and closing are set with it */
    double line_factor;   /* in such single lines; 0: line_exact rules */
    double line_exact;    /* points; Party 18..22 */
    vt_span line_range;   /* what the law allows (factor or points) */
    double paragraph_gap; /* least 6 pt */
    double stretch_limit; /* of a word space before a line counts as loose, in ems */
    int widow_lines;      /* least lines of a paragraph on either side of a page's end: 2 */
    double fit_tighten;   /* share by which lines may close up, inside line_range ... */
    double fit_last;      /* ... to save a last page filled to at most this share */
    double raise_size, raise_by, lower_by; /* sup and sub, in ems of the text around them */

    /* tables: what the law leaves open */
    double column_least;   /* a narrower column of running text turns the annex's sheet */
    bool turn_annex;       /* an annex whose table needs it is set on the sheet's width (1.2) */
    vt_align order_align;  /* columns of ordinals, by their content ... */
    vt_align number_align; /* ... of numbers, to the right by their decimal signs ... */
    vt_align date_align;   /* ... of dates and of marks ("x") */

    /* signature block (1.9, 1.10) */
    double copies_share;      /* width of the Nơi nhận column, share of the text width */
    double signature_gap;     /* before the block */
    double signature_space;   /* between post and name, for the signature */
    int lines_with_signature; /* least lines of text on its page: 2 */
    double column_gap;        /* least white between copies and signer, signer and signer */
    /* boxes of the fields of an electronic file */
    double number_field, signature_width, seal_size, copy_field_width, copy_field_height;

    /* words; {name} stands for a value */
    const char *number_pattern;        /* "Số: {number}/{type}-{issuer}" */
    const char *letter_number_pattern; /* types without a heading: "Số: {number}/{issuer}-{unit}" */
    const char *date_pattern;          /* "{place}, ngày {day} tháng {month} năm {year}" */
    const char *end_mark;              /* "./."; "": typed by the author */
    const char *to_separator, *to_last, *copies_separator, *copies_last, *basis_separator,
        *basis_last;
    const char *to_mark, *copies_mark; /* before each receiver: "- " */
    const char *basis_prefix;          /* Party: "- " */
    const char *as_above, *as_article; /* "Như trên", "Như Điều {n}" */
    const char *note_pattern;          /* "({note})" */
    const char *archive_prefix;        /* "Lưu: ", "Lưu " */
    const char *drafter_pattern;       /* ". {drafter}.({count})", appended to the archive line */
    const char *drafter_plain;         /* ". {drafter}", when no count is given */
    const char *petition_label;     /* Kính trình: for types listed in petition_types, else "" */
    const char *petition_types;     /* slugs separated by spaces */
    const char *subject_start;      /* what a công văn's subject must begin with; "" anything */
    const char *draft_pattern;      /* "Dự thảo lần {n}" */
    const char *annex_label;        /* "Phụ lục {I}", from two annexes on */
    const char *annex_label_single; /* "Phụ lục" */
    const char *annex_reference; /* "(Kèm theo {type} số {number} ngày {day} ... của {issuer})" */
    const char *annex_blank;     /* what stands for number, day, month, year in electronic files */
    const char *electronic_pattern; /* signature text of a separate file, ô 14 (PL I II.8.b) */
    const char *copy_pattern;       /* signature text of an electronic copy (Mẫu 3.2) */
    const char *line_separator;     /* ": " after line/@label */
    const char *issuer_joiner;      /* " - " between joint issuers on one line */

    /* numbering */
    const char *period;                 /* "year", "term" */
    bool secret_apart;                  /* secret documents have a series of their own */
    int number_pad, day_pad, month_pad; /* below this value a leading zero: 10, 10, 3 */

    /* labels: "{I}" Roman, "{1}" Arabic, "{a}" letter in letter order, "{n.n}" nested,
       "{mark}" body/@mark, label_mark where there is none */
    const char *label_part, *label_chapter, *label_section, *label_head_section, *label_subsection,
        *label_article, *label_clause, *label_subclause, *label_point;
    const char *label_mark;               /* "." */
    const char *letters;                  /* "a b c d đ e g h i k l ..." */
    const char *list_mark, *sublist_mark; /* "-", "+" */

    /* capacity forms: kind -> prefix ("TM. ", "T/M "); "": the system has none */
    const char *capacity_tm, *capacity_kt, *capacity_tl, *capacity_tuq, *capacity_q;
    /* urgency, secrecy, circulation, copy forms, contact labels: key -> printed words */
    struct vt_word {
        const char *key, *text;
        double frame_width, frame_height;
    } * words;
    size_t word_count;
    /* "quyet-dinh" -> "QUYẾT ĐỊNH:" */
    struct vt_word *resolves;
    size_t resolve_count;

    vt_style styles[VT_COMPONENTS];
    vt_type *types;
    size_t type_count;
    /* every value with where it comes from: for `check --explain`, docs, tests */
    struct vt_provenance {
        const char *key, *value, *source;
        char confidence;
    } * origin;
    size_t origin_count;
};

/* Words of a marks attribute or copy form ("khan" -> "KHẨN"); NULL: unknown. */
const struct vt_word *vt_pack_word(const vt_pack *pack, const char *key);

/* "I", "đ", "1.2", by the counters' style; see label_* above. */
char *vt_label(vt_arena *arena, const vt_pack *pack, const char *pattern, const int *counters,
               int depth, const char *mark);

#endif
