/*
 * base/date.c - dates of the calendar, as far as they are known.
 */
#include "base/base.h"

#include <string.h>

#define YEAR_MIN 1900
#define YEAR_MAX 9999

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* Exactly n digits at s; -1 otherwise.  Stops at a NUL. */
static int digits(const char *s, int n) {
    int value = 0;

    for (int i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

bool vt_date_parse(const char *s, vt_date *out) {
    size_t len = strnlen(s, 11);
    vt_date d = {0, 0, 0};

    if (len != 0 && len != 4 && len != 7 && len != 10)
        return false;
    if (len >= 4) {
        d.year = digits(s, 4);
        if (d.year < YEAR_MIN)
            return false;
    }
    if (len >= 7) {
        d.month = digits(s + 5, 2);
        if (s[4] != '-' || d.month < 1 || d.month > 12)
            return false;
    }
    if (len == 10) {
        d.day = digits(s + 8, 2);
        if (s[7] != '-' || d.day < 1 || d.day > days_in(d.year, d.month))
            return false;
    }
    *out = d;
    return true;
}

bool vt_date_full(vt_date d) {
    return d.year >= YEAR_MIN && d.year <= YEAR_MAX && d.month >= 1 && d.month <= 12 &&
           d.day >= 1 && d.day <= days_in(d.year, d.month);
}

vt_date vt_date_last(vt_date d) {
    if (d.year == 0)
        return d;
    if (d.month < 1 || d.month > 12)
        return (vt_date){d.year, 12, 31};
    if (d.day == 0)
        d.day = days_in(d.year, d.month);
    return d;
}

int vt_date_compare(vt_date a, vt_date b) {
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* value in n digits; the higher ones fall away, so that nothing overflows. */
static char *put_digits(char *out, int value, int n) {
    for (int i = n - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + n;
}

void vt_date_words(vt_date d, char out[11]) {
    if (d.year > 0) {
        if (d.month > 0 && d.day > 0) {
            out = put_digits(out, d.day, 2);
            *out++ = '/';
        }
        if (d.month > 0) {
            out = put_digits(out, d.month, 2);
            *out++ = '/';
        }
        out = put_digits(out, d.year, 4);
    }
    *out = '\0';
}

void vt_date_iso(vt_date d, char out[11]) {
    if (d.year > 0) {
        out = put_digits(out, d.year, 4);
        if (d.month > 0) {
            *out++ = '-';
            out = put_digits(out, d.month, 2);
        }
        if (d.month > 0 && d.day > 0) {
            *out++ = '-';
            out = put_digits(out, d.day, 2);
        }
    }
    *out = '\0';
}
