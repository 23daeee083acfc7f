/*
 * base/utf8.c - decoding and encoding of UTF-8 (RFC 3629: no overlong forms,
 * no surrogates, nothing beyond U+10FFFF).
 */
#include "base/base.h"

#define REPLACEMENT 0xFFFDu

static unsigned byte_at(const char *s, ptrdiff_t i) {
    return (unsigned char)s[i];
}

/* Length of the well-formed sequence at s, 0 if there is none. */
static int sequence(const char *s, const char *end, uint32_t *cp) {
    unsigned lead = byte_at(s, 0);
    unsigned low = 0x80, high = 0xBF; /* range of the second byte */
    int len = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    if (len == 1) {
        *cp = lead;
        return 1;
    }
    if (len == 0 || lead > 0xF4 || end - s < len)
        return 0;
    if (lead == 0xE0)
        low = 0xA0; /* overlong */
    else if (lead == 0xED)
        high = 0x9F; /* surrogates */
    else if (lead == 0xF0)
        low = 0x90; /* overlong */
    else if (lead == 0xF4)
        high = 0x8F; /* beyond U+10FFFF */
    if (byte_at(s, 1) < low || byte_at(s, 1) > high)
        return 0;
    *cp = lead & (0x7Fu >> len);
    for (int i = 1; i < len; i++) {
        if ((byte_at(s, i) & 0xC0) != 0x80)
            return 0;
        *cp = *cp << 6 | (byte_at(s, i) & 0x3F);
    }
    return len;
}

uint32_t vt_utf8_next(const char **s, const char *end) {
    uint32_t cp = REPLACEMENT;
    int len;

    if (*s >= end)
        return 0;
    len = sequence(*s, end, &cp);
    *s += len ? len : 1;
    return len ? cp : REPLACEMENT;
}

int vt_utf8_put(uint32_t cp, char out[4]) {
    int len = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

    if ((cp >= 0xD800 && cp < 0xE000) || cp > 0x10FFFF) {
        cp = REPLACEMENT;
        len = 3;
    }
    if (len == 1) {
        out[0] = (char)cp;
        return 1;
    }
    for (int i = len - 1; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)((0xF00u >> len & 0xFF) | cp);
    return len;
}

bool vt_utf8_valid(const char *s, size_t len, size_t *bad_at) {
    const char *at = s, *end = s + len;
    uint32_t cp;

    while (at < end) {
        int n = byte_at(at, 0) < 0x80 ? 1 : sequence(at, end, &cp);

        if (n == 0) {
            if (bad_at)
                *bad_at = (size_t)(at - s);
            return false;
        }
        at += n;
    }
    return true;
}
