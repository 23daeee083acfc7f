/*
 * gen/pdf_notation.c - numbers, references and strings as PDF writes them.
 */
#include "gen/pdf.h"

#include <string.h>

char *vt_pdf_digits(char *out, int64_t value) {
    char digits[20], *p = digits + sizeof digits;
    uint64_t n = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    if (value < 0)
        *out++ = '-';
    do {
        *--p = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    while (p < digits + sizeof digits)
        *out++ = *p++;
    return out;
}

/* Room for a number and what stands around it; NULL without. */
static char *room(vt_buf *buf, size_t more) {
    return vt_buf_reserve(buf, more + 32) ? buf->data + buf->len : NULL;
}

static void ended(vt_buf *buf, char *end) {
    *end = '\0';
    buf->len = (size_t)(end - buf->data);
}

void vt_pdf_int(vt_buf *buf, int64_t value) {
    char *s = room(buf, 0);

    if (s)
        ended(buf, vt_pdf_digits(s, value));
}

static char *put_ref(char *s, vt_ref object) {
    s = vt_pdf_digits(s, object);
    memcpy(s, " 0 R", 4);
    return s + 4;
}

void vt_pdf_ref(vt_buf *buf, vt_ref object) {
    char *s = room(buf, 0);

    if (s)
        ended(buf, put_ref(s, object));
}

static char *put_key(char *s, const char *key, size_t len) {
    memcpy(s, key, len);
    s[len] = ' ';
    return s + len + 1;
}

void vt_pdf_number(vt_buf *buf, const char *key, int64_t value) {
    size_t len = strlen(key);
    char *s = room(buf, len);

    if (s)
        ended(buf, vt_pdf_digits(put_key(s, key, len), value));
}

void vt_pdf_entry(vt_buf *buf, const char *key, vt_ref object) {
    size_t len = strlen(key);
    char *s = room(buf, len);

    if (s)
        ended(buf, put_ref(put_key(s, key, len), object));
}

static void put_byte(vt_buf *buf, char c) {
    if (c == '(' || c == ')' || c == '\\' || c == '\r')
        vt_buf_putc(buf, '\\');
    vt_buf_putc(buf, c == '\r' ? 'r' : c); /* a bare CR in a string reads as LF */
}

void vt_pdf_bytes(vt_buf *buf, const void *data, size_t len) {
    const char *s = data;

    vt_buf_putc(buf, '(');
    for (size_t i = 0; i < len; i++)
        put_byte(buf, s[i]);
    vt_buf_putc(buf, ')');
}

static const char hex[] = "0123456789ABCDEF";

void vt_pdf_hex(vt_buf *buf, const uint8_t *bytes, size_t len) {
    vt_buf_putc(buf, '<');
    for (size_t i = 0; i < len; i++) {
        vt_buf_putc(buf, hex[bytes[i] >> 4]);
        vt_buf_putc(buf, hex[bytes[i] & 15]);
    }
    vt_buf_putc(buf, '>');
}

static void put_utf16(vt_buf *buf, unsigned unit) {
    put_byte(buf, (char)(unit >> 8));
    put_byte(buf, (char)(unit & 0xFF));
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
    vt_pdf_put(buf, "(\xFE\xFF"); /* half as long as hexadecimal */
    for (s = utf8; s < end;) {
        uint32_t cp = vt_utf8_next(&s, end);

        if (cp >= 0x10000) {
            put_utf16(buf, 0xD800 + ((cp - 0x10000) >> 10));
            cp = 0xDC00 + (cp & 0x3FF);
        }
        put_utf16(buf, cp);
    }
    vt_buf_putc(buf, ')');
}
