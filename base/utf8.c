/*
 * base/utf8.c - decoding and encoding of UTF-8 (RFC 3629: no overlong forms,
 * no surrogates, nothing beyond U+10FFFF).
 *
 * Every character of every document comes through here many times, so
 * the common lengths are told apart first and checked by the value they give.
 */
#include "base/base.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu
#define SURROGATES 0x1Bu              /* U+D800..U+DFFF, shifted by 11 */
#define HIGH_BITS 0x8080808080808080u /* of eight bytes: none set in ASCII */

static bool continues(unsigned byte) {
    return (byte & 0xC0) == 0x80;
}

/* Length of the well-formed sequence at s, which is not ASCII; 0: none. */
static int longer(const unsigned char *s, ptrdiff_t left, uint32_t *cp) {
    unsigned lead = s[0];

    if (left < 2 || !continues(s[1]))
        return 0;
    if (lead < 0xE0) {
        *cp = (lead & 0x1F) << 6 | (s[1] & 0x3F);
        return lead >= 0xC2 ? 2 : 0;
    }
    if (left < 3 || !continues(s[2]))
        return 0;
    if (lead < 0xF0) {
        *cp = (lead & 0xF) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3F);
        return *cp >= 0x800 && *cp >> 11 != SURROGATES ? 3 : 0;
    }
    if (left < 4 || !continues(s[3]) || lead > 0xF4)
        return 0;
    *cp = (lead & 7) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3F);
    return *cp >= 0x10000 && *cp <= 0x10FFFF ? 4 : 0;
}

/* What remains: ASCII, four bytes, the ill-formed, the end. */
static uint32_t decode_rare(const char **s, const char *end) {
    uint32_t cp = REPLACEMENT;
    int len = 1;

    if (*s >= end)
        return 0;
    if ((unsigned char)**s < 0x80)
        cp = (unsigned char)**s;
    else
        len = longer((const unsigned char *)*s, end - *s, &cp);
    *s += len ? len : 1;
    return len ? cp : REPLACEMENT;
}

uint32_t vt_utf8_decode(const char **s, const char *end) {
    const unsigned char *at = (const unsigned char *)*s;
    ptrdiff_t left = end - *s;

    if (left >= 3 && at[0] >> 4 == 0xE && continues(at[1]) && continues(at[2])) {
        uint32_t cp = (at[0] & 0xFu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);

        if (cp >= 0x800 && cp >> 11 != SURROGATES) {
            *s += 3;
            return cp;
        }
    } else if (left >= 2 && at[0] >= 0xC2 && at[0] < 0xE0 && continues(at[1])) {
        *s += 2;
        return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    }
    return decode_rare(s, end);
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

static bool ascii8(const char *s) {
    uint64_t word;

    memcpy(&word, s, sizeof word);
    return (word & HIGH_BITS) == 0;
}

bool vt_utf8_valid(const char *s, size_t len, size_t *bad_at) {
    const char *at = s, *end = s + len;
    uint32_t cp;

    while (at < end) {
        int n = 1;

        if (end - at >= 8 && ascii8(at))
            n = 8;
        else if ((unsigned char)*at >= 0x80)
            n = longer((const unsigned char *)at, end - at, &cp);
        if (n == 0) {
            if (bad_at)
                *bad_at = (size_t)(at - s);
            return false;
        }
        at += n;
    }
    return true;
}

void vt_utf8_mend(const char *text, size_t len, vt_buf *out) {
    const char *end = text + len;

    while (text < end) {
        char bytes[4];
        int n = vt_utf8_put(vt_utf8_next(&text, end), bytes);

        vt_buf_add(out, bytes, (size_t)n);
    }
}

bool vt_blank(const char *s) {
    const char *end = s ? s + strlen(s) : s;

    while (s < end) {
        uint32_t cp = vt_utf8_next(&s, end);

        if (cp > ' ' && cp != 0xA0 && !(cp >= 0x2000 && cp <= 0x200F) && cp != 0x202F &&
            cp != 0x3000 && cp != 0xFEFF)
            return false;
    }
    return true;
}
