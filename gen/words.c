/* gen/words.c - dates, numbers and money in the words of official documents. */
#include "gen/words.h"

#include <string.h>

/* ---------------------------------------------------------------- dates -- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Reads `s` as up to three numbers with one kind of mark between them. */
static int split_numbers(const char *s, size_t len, int value[3], size_t digits[3], char *mark) {
    int n = 0;
    size_t i = 0;
    *mark = 0;
    for (;;) {
        size_t from = i;
        int v = 0;
        while (i < len && is_digit(s[i]) && i - from < 4)
            v = v * 10 + (s[i++] - '0');
        if (i == from || n == 3)
            return 0;
        value[n] = v;
        digits[n++] = i - from;
        if (i == len)
            return n;
        if (s[i] != '/' && s[i] != '-' && s[i] != '.')
            return 0;
        if (*mark && s[i] != *mark)
            return 0;
        *mark = s[i++];
    }
}

bool vt_words_read_date(const char *s, size_t len, vt_date *out) {
    int v[3] = {0, 0, 0};
    size_t digits[3] = {0, 0, 0};
    char mark;
    int n = split_numbers(s, len, v, digits, &mark);
    if (n == 0)
        return false;
    vt_date d = {0, 0, 0};
    if (digits[0] == 4 && (n == 1 || mark == '-')) { /* the year first: ISO */
        d = (vt_date){v[0], v[1], v[2]};
    } else if (n >= 2 && digits[n - 1] == 4 && digits[0] <= 2 && digits[n - 2] <= 2) {
        d = (vt_date){v[n - 1], v[n - 2], n == 3 ? v[0] : 0};
    } else {
        return false;
    }
    if ((n >= 2 && d.month == 0) || (n == 3 && d.day == 0))
        return false;
    if (d.year < 1900 || d.month > 12 || d.day > 31)
        return false;
    char iso[11]; /* the calendar's own test is vt_date_parse */
    vt_date_iso(d, iso);
    return vt_date_parse(iso, out);
}

void vt_words_date(vt_buf *out, vt_date d) {
    if (d.day)
        vt_buf_printf(out, "ngày %02d ", d.day);
    if (d.month)
        vt_buf_printf(out, d.month <= 2 ? "tháng %02d " : "tháng %d ", d.month);
    if (d.year)
        vt_buf_printf(out, "năm %d", d.year);
}

void vt_words_date_figures(vt_buf *out, vt_date d) {
    if (d.day)
        vt_buf_printf(out, "%02d/", d.day);
    if (d.month)
        vt_buf_printf(out, d.month <= 2 ? "%02d/" : "%d/", d.month);
    if (d.year)
        vt_buf_printf(out, "%d", d.year);
}

/* -------------------------------------------------------------- numbers -- */

/* Digits of the whole part, with or without groups.  Returns where it ends. */
static const char *read_whole(const char *p, const char *end, uint64_t *whole) {
    uint64_t v = 0;
    int since_mark = -1; /* digits behind the last mark; -1: no mark yet */
    int digits = 0;
    char mark = 0;
    for (; p < end; p++) {
        if (is_digit(*p)) {
            v = v * 10 + (uint64_t)(*p - '0');
            if (v > VT_DECIMAL_MAX || (since_mark >= 0 && ++since_mark > 3))
                return NULL;
            digits++;
        } else if ((*p == '.' || *p == ' ') && p + 1 < end && is_digit(p[1])) {
            bool first = mark == 0; /* "0.125" would be a fraction, not a group */
            if (first ? digits == 0 || digits > 3 || v == 0 : *p != mark || since_mark != 3)
                return NULL;
            mark = *p;
            since_mark = 0;
        } else {
            break;
        }
    }
    if (digits == 0 || (since_mark >= 0 && since_mark != 3))
        return NULL;
    *whole = v;
    return p;
}

static const char *read_decimal(const char *s, size_t len, vt_decimal *out) {
    const char *p = s, *end = s + len;
    vt_decimal n = {0};
    if (p < end && *p == '-') {
        n.negative = true;
        p++;
    }
    p = read_whole(p, end, &n.whole);
    if (!p)
        return NULL;
    if (p + 1 < end && *p == ',' && is_digit(p[1])) {
        size_t places = 0;
        for (p++; p < end && is_digit(*p); p++) {
            if (places == VT_DECIMAL_PLACES)
                return NULL;
            n.fraction[places++] = *p;
        }
    }
    if (n.whole == VT_DECIMAL_MAX && n.fraction[0])
        return NULL;
    if (n.whole == 0 && strspn(n.fraction, "0") == strlen(n.fraction))
        n.negative = false;
    *out = n;
    return p;
}

bool vt_words_read_number(const char *s, size_t len, vt_decimal *out) {
    vt_decimal n;
    if (read_decimal(s, len, &n) != s + len)
        return false;
    *out = n;
    return true;
}

bool vt_words_read_money(const char *s, size_t len, vt_decimal *out) {
    static const char *const units[] = {"", "đồng", "Đồng", "đ", "VND", "VNĐ", "vnđ", "vnd"};
    vt_decimal n;
    const char *p = read_decimal(s, len, &n), *end = s + len;
    if (!p || n.fraction[0])
        return false;
    while (p < end && *p == ' ')
        p++;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i]) == (size_t)(end - p) && memcmp(units[i], p, (size_t)(end - p)) == 0) {
            *out = n;
            return true;
        }
    return false;
}

static void put_fraction(vt_buf *out, const vt_decimal *n) {
    if (n->fraction[0])
        vt_buf_printf(out, ",%s", n->fraction);
}

void vt_words_number_plain(vt_buf *out, const vt_decimal *n) {
    vt_buf_printf(out, "%s%llu", n->negative ? "-" : "", (unsigned long long)n->whole);
    put_fraction(out, n);
}

void vt_words_money(vt_buf *out, const vt_decimal *n) {
    char digits[24];
    size_t len = 0;
    for (uint64_t v = n->whole; len == 0 || v; v /= 10)
        digits[len++] = (char)('0' + v % 10);
    if (n->negative)
        vt_buf_putc(out, '-');
    while (len--) {
        vt_buf_putc(out, digits[len]);
        if (len && len % 3 == 0)
            vt_buf_putc(out, '.');
    }
    put_fraction(out, n);
}

void vt_words_number(vt_buf *out, const vt_decimal *n) {
    if (n->whole < 10 && !n->fraction[0] && !n->negative)
        vt_buf_putc(out, '0');
    vt_words_money(out, n);
}

/* ---------------------------------------------------------------- spell -- */

static void put_word(vt_buf *out, const char *word) {
    if (out->len && out->data[out->len - 1] != ' ')
        vt_buf_putc(out, ' ');
    vt_buf_puts(out, word);
}

static const char *const digit_word[] = {"không", "một", "hai", "ba",  "bốn",
                                         "năm",   "sáu", "bảy", "tám", "chín"};

/* Below a hundred.  `inner`: hundreds have been said, so that a lone unit
   takes "linh" (the standard word; "lẻ" is the southern one). */
static void spell_tens(vt_buf *out, unsigned tens, unsigned units, bool inner) {
    if (tens == 1) {
        put_word(out, "mười");
    } else if (tens > 1) {
        put_word(out, digit_word[tens]);
        put_word(out, "mươi");
    } else if (units && inner) {
        put_word(out, "linh");
    }
    if (units == 1 && tens > 1)
        put_word(out, "mốt");
    else if (units == 4 && tens > 1)
        put_word(out, "tư");
    else if (units == 5 && tens > 0)
        put_word(out, "lăm");
    else if (units)
        put_word(out, digit_word[units]);
}

static void spell_group(vt_buf *out, unsigned group, bool leading) {
    bool hundreds = !leading || group >= 100;
    if (hundreds) {
        put_word(out, digit_word[group / 100]);
        put_word(out, "trăm");
    }
    spell_tens(out, group / 10 % 10, group % 10, hundreds);
}

/* Below 10^9, then the same again for the number of "tỷ". */
static void spell_whole(vt_buf *out, uint64_t n, bool leading) {
    static const struct {
        uint64_t value;
        const char *word;
    } scale[] = {{1000000, "triệu"}, {1000, "nghìn"}, {1, NULL}};
    if (n >= 1000000000) {
        spell_whole(out, n / 1000000000, leading);
        put_word(out, "tỷ");
        n %= 1000000000;
        leading = false;
    }
    for (size_t i = 0; i < 3; i++) {
        unsigned group = (unsigned)(n / scale[i].value % 1000);
        if (group == 0)
            continue;
        spell_group(out, group, leading);
        if (scale[i].word)
            put_word(out, scale[i].word);
        leading = false;
    }
}

bool vt_words_spell(vt_buf *out, const vt_decimal *n) {
    if (n->fraction[0])
        return false;
    if (n->negative)
        put_word(out, "âm");
    if (n->whole == 0)
        put_word(out, digit_word[0]);
    else
        spell_whole(out, n->whole, true);
    return true;
}
