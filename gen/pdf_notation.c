/*
 * gen/pdf_notation.c - numbers, references and strings as PDF writes them.
 */
#include "gen/pdf.h"

#include <string.h>

void vt_pdf_int(vt_buf *buf, int64_t value) {
    char digits[24], *p = digits + sizeof digits;
    uint64_t n = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        *--p = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    if (value < 0)
        *--p = '-';
    vt_buf_add(buf, p, (size_t)(digits + sizeof digits - p));
}

void vt_pdf_ref(vt_buf *buf, vt_ref object) {
    vt_pdf_int(buf, object);
    vt_buf_add(buf, " 0 R", 4);
}

void vt_pdf_bytes(vt_buf *buf, const void *data, size_t len) {
    const char *s = data;

    vt_buf_putc(buf, '(');
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '(' || s[i] == ')' || s[i] == '\\')
            vt_buf_putc(buf, '\\');
        if (s[i] == '\r') /* a bare CR in a string reads as LF */
            vt_buf_add(buf, "\\r", 2);
        else
            vt_buf_putc(buf, s[i]);
    }
    vt_buf_putc(buf, ')');
}

static void put_utf16(vt_buf *buf, unsigned unit) {
    static const char hex[] = "0123456789ABCDEF";
    char digits[4] = {hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15],
                      hex[unit & 15]};

    vt_buf_add(buf, digits, sizeof digits);
}

void vt_pdf_text(vt_buf *buf, const char *utf8) {
    size_t len = strlen(utf8);
    const char *s = utf8, *end = utf8 + len;

    while (s < end && *s >= ' ' && *s <= '~')
        s++;
    if (s == end) {
        vt_pdf_bytes(buf, utf8, len);
        return;
    }
    vt_buf_puts(buf, "<FEFF");
    for (s = utf8; s < end;) {
        uint32_t cp = vt_utf8_next(&s, end);

        if (cp >= 0x10000) {
            put_utf16(buf, 0xD800 + ((cp - 0x10000) >> 10));
            cp = 0xDC00 + (cp & 0x3FF);
        }
        put_utf16(buf, cp);
    }
    vt_buf_putc(buf, '>');
}
