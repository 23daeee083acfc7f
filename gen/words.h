/*
 * gen/words.h - dates, numbers and money: read as a clerk types them, written
 * as official documents write them.  Pure functions; all text is ASCII in and
 * Vietnamese out.  Numbers are kept as decimal digits: nothing is rounded.
 */
#ifndef VT_WORDS_H
#define VT_WORDS_H

#include "base/base.h"

/* "2026-03-27", "27/3/2026", "27-3-2026", "27.3.2026"; without a day
   ("2026-03", "3/2026") or with the year only.  Day before month, year in full. */
bool vt_words_read_date(const char *s, size_t len, vt_date *out);

/* "ngày 05 tháng 01 năm 2026": a day below 10 and the months 1 and 2 take a
   zero, other months do not (NĐ 30 PL I, II.4.b).  Blank parts are left out. */
void vt_words_date(vt_buf *out, vt_date date);
/* The same in figures: "05/01/2026", "27/3/2026", "3/2026". */
void vt_words_date_figures(vt_buf *out, vt_date date);

#define VT_DECIMAL_MAX UINT64_C(1000000000000000000) /* 10^18 */
#define VT_DECIMAL_PLACES 12

typedef struct vt_decimal {
    bool negative;
    uint64_t whole;                       /* at most VT_DECIMAL_MAX */
    char fraction[VT_DECIMAL_PLACES + 1]; /* the digits behind the comma as written, "" none */
} vt_decimal;

/* "1250000", "1.250.000", "1 250 000", "12,5", "-3": dots and spaces part
   groups of three, a comma stands before the decimals.  "1.25" is refused:
   it may mean two things. */
bool vt_words_read_number(const char *s, size_t len, vt_decimal *out);
/* The same for money: a whole number, "đồng", "đ" or "VND" may follow. */
bool vt_words_read_money(const char *s, size_t len, vt_decimal *out);

/* "1250000", "12,5": the one form in which records keep numbers. */
void vt_words_number_plain(vt_buf *out, const vt_decimal *n);
/* "05", "12,5", "1.250.000": a zero before a single digit, groups of three. */
void vt_words_number(vt_buf *out, const vt_decimal *n);
/* "1.250.000": money has no zero in front. */
void vt_words_money(vt_buf *out, const vt_decimal *n);
/* "một triệu hai trăm năm mươi nghìn".  False: the number has decimals. */
bool vt_words_spell(vt_buf *out, const vt_decimal *n);

#endif
