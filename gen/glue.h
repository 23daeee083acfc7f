/*
 * gen/glue.h - where a line of Vietnamese office text must not end.
 *
 * Every word is classed once (a set of bits, kept in the word cache); a table
 * of rules then looks at the words on both sides of a gap, and one further on
 * each side, and gives the gap a penalty: 0, a dislike, or VT_GLUE_BAN.  The
 * first rule that fits decides.
 */
#ifndef VT_GLUE_H
#define VT_GLUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No line may end here, unless nothing else can be set. */
#define VT_GLUE_BAN 10000

/* What a word is.  "Open" means: no punctuation follows the word, so that it
   can lean on the next one. */
enum {
    VT_GLUE_HEAD = 1 << 0,   /* takes a number or letter: Điều, khoản, số, ngày ...; open */
    VT_GLUE_NUMBER = 1 << 1, /* begins with a digit, or is a blank for a number */
    VT_GLUE_COUNT = 1 << 2,  /* nothing but a number (30, 1.500.000, 4,3); open */
    VT_GLUE_ROMAN = 1 << 3,  /* II, XIII */
    VT_GLUE_LETTER = 1 << 4, /* one letter of the list order: a, đ */
    VT_GLUE_UNIT = 1 << 5,   /* tuổi, bản, ngày, km, %, đồng ... */
    VT_GLUE_SCALE = 1 << 6,  /* nghìn, triệu, tỷ; open */
    VT_GLUE_DATEPART = 1 << 7,     /* tháng, năm; open */
    VT_GLUE_ORDINAL_HEAD = 1 << 8, /* thứ, tháng; open */
    VT_GLUE_ORDINAL = 1 << 9,      /* nhất, hai, tư, giêng ... */
    VT_GLUE_DASH = 1 << 10,        /* a dash between spaces */
    VT_GLUE_MARK = 1 << 11,        /* "-", "+", "*": begins a list item */
    VT_GLUE_LABEL = 1 << 12,       /* "a)", "1.", "(2)", "II-": begins a clause or point */
    VT_GLUE_CAPITAL = 1 << 13,     /* begins with a capital */
    VT_GLUE_OPEN = 1 << 14,        /* ends with a letter or digit */
    VT_GLUE_INITIAL = 1 << 15,     /* "A.", "V.A." */
    VT_GLUE_SINGLE = 1 << 16,      /* one capital letter, as in "Nguyễn Văn A" */
    VT_GLUE_HONORIFIC = 1 << 17,   /* ông, bà, cụ ...; open */
    VT_GLUE_DONG = 1 << 18,        /* đồng (of "đồng chí") */
    VT_GLUE_CHI = 1 << 19,         /* chí; open */
    VT_GLUE_PREFIX = 1 << 20,      /* "V/v", "TM.", "K/T", "TP.", "GS.": leans on what follows */
    VT_GLUE_CLOSER = 1 << 21,      /* punctuation alone that belongs to what precedes */
    VT_GLUE_OPENER = 1 << 22,      /* an opening bracket or quote alone */
    VT_GLUE_REFERENCE = 1 << 23,   /* 28-CT/TW, 30/2020/NĐ-CP */
    VT_GLUE_PHU = 1 << 24,         /* phụ (of "phụ lục"); open */
    VT_GLUE_LUC = 1 << 25,         /* lục; open */
    VT_GLUE_THU = 1 << 26,         /* thứ; open */
    VT_GLUE_LAN = 1 << 27,         /* lần; open */
    VT_GLUE_FIRST = 1 << 28,       /* set by vt_glue_gaps: first word of a paragraph or line */
    VT_GLUE_NAME = 1 << 29,        /* set by vt_glue_gaps: part of a name */
    VT_GLUE_PHRASE = 1 << 30,      /* a phrase may begin with it: và, của, trên, tỉnh ... */
};

/* A capital and a small letter behind it: "Thanh", of a name perhaps. */
#define VT_GLUE_PROPER (1u << 31)

/* The class of a blank that stands for a number. */
#define VT_GLUE_BLANK (VT_GLUE_NUMBER | VT_GLUE_COUNT)

uint32_t vt_glue_class(const char *word, size_t len);
/* What a word in lower case is by its meaning (gen/glue_words.c). */
uint32_t vt_glue_known(const char *word);

/* Penalties of the n - 1 gaps between n words in a row; penalty[i] belongs to
   the gap after word i.  Sets the derived bits in `classes`. */
void vt_glue_gaps(uint32_t *classes, size_t n, int32_t *penalty);

/* Does a phrase end with one word and another begin with the next?  There the
   lines of a heading part best. */
bool vt_glue_phrase(uint32_t left, uint32_t right);

/* The rule that decides one gap, by name, for tests and explanations; NULL:
   none.  The derived bits must be set. */
const char *vt_glue_rule(const uint32_t *classes, size_t n, size_t gap);

#endif
