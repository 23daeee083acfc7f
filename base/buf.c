/*
 * base/buf.c - a growing byte buffer with a ceiling.
 *
 * While `cap` is 0, `data` is a shared empty string that is never written to.
 */
#include "base/base.h"

#include <math.h>
#include <nettle/base64.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char nothing[1] = "";

void vt_buf_init(vt_buf *buf, size_t ceiling) {
    if (ceiling > SIZE_MAX / 2) /* so that sums of two lengths cannot overflow */
        ceiling = SIZE_MAX / 2;
    *buf = (vt_buf){.data = (char *)nothing, .ceiling = ceiling};
}

void vt_buf_free(vt_buf *buf) {
    if (buf->cap)
        free(buf->data);
    vt_buf_init(buf, buf->ceiling);
}

void vt_buf_clear(vt_buf *buf) {
    buf->len = 0;
    buf->failed = false;
    if (buf->cap)
        buf->data[0] = '\0';
}

bool vt_buf_failed(const vt_buf *buf) {
    return buf->failed;
}

/* cap counts the bytes of the memory block, the NUL included. */
static bool grow(vt_buf *buf, size_t len) {
    size_t cap = buf->cap ? buf->cap : 256;
    char *data;

    while (cap <= len)
        cap = cap > SIZE_MAX / 2 ? len + 1 : cap * 2;
    if (cap - 1 > buf->ceiling)
        cap = buf->ceiling + 1;
    data = realloc(buf->cap ? buf->data : NULL, cap);
    if (!data)
        return false;
    if (!buf->cap)
        data[0] = '\0';
    buf->data = data;
    buf->cap = cap;
    return true;
}

bool vt_buf_reserve(vt_buf *buf, size_t more) {
    if (buf->failed)
        return false;
    if (more < buf->cap && buf->len < buf->cap - more)
        return true;
    if (more > buf->ceiling - buf->len || !grow(buf, buf->len + more)) {
        buf->failed = true;
        return false;
    }
    return true;
}

void vt_buf_add(vt_buf *buf, const void *data, size_t len) {
    if (len == 0 || !vt_buf_reserve(buf, len))
        return;
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void vt_buf_puts(vt_buf *buf, const char *s) {
    vt_buf_add(buf, s, strlen(s));
}

/* Mostly there is room, and the text need not be made twice. */
void vt_buf_vprintf(vt_buf *buf, const char *fmt, va_list args) {
    size_t room = buf->failed || buf->cap <= buf->len ? 0 : buf->cap - buf->len;
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(room ? buf->data + buf->len : NULL, room, fmt, args);
    if (len < 0)
        buf->failed = true;
    else if ((size_t)len < room)
        buf->len += (size_t)len;
    else if (vt_buf_reserve(buf, (size_t)len)) {
        vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, again);
        buf->len += (size_t)len;
    } else if (room)
        buf->data[buf->len] = '\0';
    va_end(again);
}

void vt_buf_printf(vt_buf *buf, const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    vt_buf_vprintf(buf, fmt, args);
    va_end(args);
}

/* The digits of n, right-aligned before `end`; returns their start. */
static char *digits_before(char *end, uint64_t n) {
    do {
        *--end = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    return end;
}

void vt_buf_number(vt_buf *buf, double value, int decimals) {
    static const uint32_t scales[] = {1, 10, 100, 1000, 10000, 100000};
    int places = decimals < 0 ? 0 : decimals > 5 ? 5 : decimals;
    uint32_t scale = scales[places];
    double size = fabs(value);
    char text[32], *end = text + sizeof text, *start;
    uint64_t whole, fraction;
    bool negative;

    if (!isfinite(value)) { /* no such number in PDF or XML: a fault of the caller's */
        buf->failed = true;
        return;
    }
    if (size >= 1e13) { /* beyond fixed point; such doubles hold no fraction worth printing */
        vt_buf_printf(buf, "%.0f", value);
        return;
    }
    whole = (uint64_t)size;
    /* the difference is exact, so that only the last place is rounded */
    fraction = (uint64_t)((size - (double)whole) * scale + 0.5);
    if (fraction == scale) {
        whole++;
        fraction = 0;
    }
    negative = value < 0 && (whole || fraction);
    start = end;
    if (fraction) {
        for (; fraction % 10 == 0; fraction /= 10)
            places--;
        start = digits_before(end, fraction);
        while (end - start < places)
            *--start = '0';
        *--start = '.';
    }
    start = digits_before(start, whole);
    if (negative)
        *--start = '-';
    vt_buf_add(buf, start, (size_t)(end - start));
}

void vt_buf_base64(vt_buf *buf, const void *data, size_t len) {
    size_t room = len / 3 * 4 + 4;

    if (len > SIZE_MAX / 2)
        buf->failed = true;
    else if (len && vt_buf_reserve(buf, room)) {
        base64_encode_raw(buf->data + buf->len, len, data);
        buf->len += BASE64_ENCODE_RAW_LENGTH(len);
        buf->data[buf->len] = '\0';
    }
}
