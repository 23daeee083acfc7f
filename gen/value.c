/*
 * gen/value.c - attribute values: what is well-formed, and how to say it.
 *
 * The patterns are those of templates/schema/document.rng.
 */
#include "gen/schema.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t characters(const char *s) {
    size_t n = 0;

    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

static bool sized(const char *s, size_t min, int max) {
    size_t n = characters(s);

    return n >= min && n <= (size_t)max;
}

static bool slug_ok(const char *s, int max) {
    bool word = false;

    if (!sized(s, 1, max))
        return false;
    for (; *s; s++) {
        if (*s == '-' ? !word : !(is_digit(*s) || (*s >= 'a' && *s <= 'z')))
            return false;
        word = *s != '-';
    }
    return word;
}

static bool organ_ok(const char *s, int max) {
    if (!sized(s, 1, max) || !(is_letter(*s) || is_digit(*s)))
        return false;
    for (; *s; s++)
        if (!is_letter(*s) && !is_digit(*s) && *s != '.' && *s != '-')
            return false;
    return true;
}

static bool word_ok(const char *words, const char *s) {
    size_t n = strlen(s);

    for (const char *w = words; n && w; w = strchr(w, '|')) {
        w += *w == '|';
        if (strncmp(w, s, n) == 0 && (w[n] == '|' || w[n] == '\0'))
            return true;
    }
    return false;
}

/* A decimal number without leading zeros; moves *s behind it; 0: none. */
static long counted(const char **s) {
    long n = 0;
    int digits = 0;

    if (**s == '0')
        return 0;
    for (; is_digit(**s); (*s)++) {
        if (++digits > 6)
            return 0;
        n = n * 10 + (**s - '0');
    }
    return n;
}

static bool count_ok(const char *s, int max) {
    long n = counted(&s);

    return *s == '\0' && n >= 1 && n <= max;
}

static bool counts_ok(const char *s, int max) {
    for (;;) {
        long n = counted(&s);

        if (n < 1 || n > max)
            return false;
        if (*s == '\0')
            return true;
        if (s[0] != ',' || s[1] != ' ')
            return false;
        s += 2;
    }
}

/* "152", "152a", "05": one to six digits, not all zero, and up to two letters. */
static bool number_ok(const char *s) {
    static const char letter_dd[] = "đ", letter_DD[] = "Đ";
    size_t digits = strspn(s, "0123456789");

    if (digits < 1 || digits > 6 || strspn(s, "0") == digits)
        return false;
    s += digits;
    for (int i = 0; i < 2 && *s; i++) {
        if (is_letter(*s))
            s++;
        else if (strncmp(s, letter_dd, 2) == 0 || strncmp(s, letter_DD, 2) == 0)
            s += 2;
        else
            return false;
    }
    return *s == '\0';
}

/* A name in the same folder: dots only between other characters, no colon. */
static bool file_ok(const char *s, int max) {
    bool dot = true; /* a dot may not follow here */

    if (!sized(s, 1, max))
        return false;
    for (; *s; s++) {
        if (*s == '/' || *s == '\\' || *s == ':' || (*s == '.' && dot))
            return false;
        dot = *s == '.';
    }
    return !dot;
}

/* Moves *s behind a percentage: 1..100, at most two decimals below 100. */
static bool percent(const char **s) {
    long n = counted(s);
    int decimals = 0;

    if (n < 1 || n > 100)
        return false;
    if (**s != '.')
        return true;
    for ((*s)++; is_digit(**s); (*s)++)
        decimals++;
    return n < 100 && decimals >= 1 && decimals <= 2;
}

/* "80", "33.3", "120mm" */
static bool width_ok(const char *s, int max) {
    const char *end = s;
    const long n = counted(&end);

    if (strcmp(end, "mm") == 0)
        return n >= 1 && n <= max;
    return percent(&s) && *s == '\0';
}

static bool percents_ok(const char *s) {
    while (percent(&s)) {
        if (*s == '\0')
            return true;
        if (*s++ != ' ')
            return false;
    }
    return false;
}

bool vt_value_date_form(const char *text, size_t len, bool whole) {
    static const char form[] = "dddd-dd-dd";

    if (whole ? len != 10 : (len != 0 && len != 4 && len != 7 && len != 10))
        return false;
    for (size_t i = 0; i < len; i++)
        if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != '-')
            return false;
    return true;
}

bool vt_value_ok(const vt_at_info *info, const char *value) {
    switch (info->kind) {
    case VT_VALUE_TEXT:
        return sized(value, 1, info->max);
    case VT_VALUE_LABEL:
        return sized(value, 0, info->max);
    case VT_VALUE_TOKEN:
        return sized(value, 1, info->max) && !strpbrk(value, " \t\r\n");
    case VT_VALUE_ORGAN:
        return organ_ok(value, info->max);
    case VT_VALUE_SLUG:
        return slug_ok(value, info->max);
    case VT_VALUE_ENUM:
        return word_ok(info->words, value);
    case VT_VALUE_COUNT:
        return count_ok(value, info->max);
    case VT_VALUE_COUNTS:
        return counts_ok(value, info->max);
    case VT_VALUE_NUMBER:
        return number_ok(value);
    case VT_VALUE_DATE:
        return vt_value_date_form(value, strlen(value), true);
    case VT_VALUE_FILE:
        return file_ok(value, info->max);
    case VT_VALUE_WIDTH:
        return width_ok(value, info->max);
    case VT_VALUE_PERCENTS:
        return percents_ok(value);
    }
    return false;
}

/* "a|b|c" -> "“a”, “b”, “c”" */
static char *words_listed(vt_arena *arena, const char *words) {
    char *list = vt_strdup(arena, "");

    while (list && *words) {
        size_t n = strcspn(words, "|");

        list = vt_printf(arena, "%s%s“%.*s”", list, *list ? ", " : "", (int)n, words);
        words += n + (words[n] == '|');
    }
    return list;
}

char *vt_value_wanted(vt_arena *arena, const vt_at_info *info) {
    char *words;

    switch (info->kind) {
    case VT_VALUE_TEXT:
        return vt_printf(arena, "Ghi từ 1 đến %d ký tự, hoặc bỏ thuộc tính này.", info->max);
    case VT_VALUE_LABEL:
        return vt_printf(arena, "Ghi không quá %d ký tự.", info->max);
    case VT_VALUE_TOKEN:
        return vt_printf(arena, "Ghi từ 1 đến %d ký tự, không có khoảng trắng.", info->max);
    case VT_VALUE_ORGAN:
        return vt_printf(arena, "Ghi mã định danh gồm chữ cái không dấu, chữ số, dấu chấm, "
                                "dấu gạch nối, ví dụ “H35.12.01”.");
    case VT_VALUE_SLUG:
        return vt_printf(arena,
                         "Viết thường, không dấu, nối các tiếng bằng “-”, ví dụ “ke-hoach”.");
    case VT_VALUE_ENUM:
        words = words_listed(arena, info->words);
        return words ? vt_printf(arena, "Dùng một trong các giá trị: %s.", words) : NULL;
    case VT_VALUE_COUNT:
        return vt_printf(arena, "Ghi một số nguyên từ 1 đến %d.", info->max);
    case VT_VALUE_COUNTS:
        return vt_printf(arena, "Ghi số của điều, ví dụ “2” hoặc “2, 3”.");
    case VT_VALUE_NUMBER:
        return vt_printf(arena, "Ghi từ 1 đến 6 chữ số, có thể thêm một hoặc hai chữ cái liền sau, "
                                "ví dụ “152”, “152a”; chưa có số thì bỏ thuộc tính này.");
    case VT_VALUE_DATE:
        return vt_printf(arena, "Ghi đủ năm-tháng-ngày, ví dụ “2026-03-05”.");
    case VT_VALUE_FILE:
        return vt_printf(arena, "Ghi tên một tệp đặt cùng thư mục, không có “/”, “\\”, “:”, “..”.");
    case VT_VALUE_WIDTH:
        return vt_printf(arena,
                         "Ghi số phần trăm từ 1 đến 100, ví dụ “60”, hoặc số mi-li-mét "
                         "từ 1 đến %d, ví dụ “120mm”.",
                         info->max);
    case VT_VALUE_PERCENTS:
        return vt_printf(arena, "Ghi phần trăm của từng cột, cách nhau một khoảng trắng, "
                                "ví dụ “10 40 25 25”.");
    }
    return NULL;
}
