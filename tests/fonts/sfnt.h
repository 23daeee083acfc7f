/*
 * tests/fonts/sfnt.h - a second, plain reader of TrueType outlines, to hold
 * subsets against the fonts they come from.  It trusts its input.
 */
#ifndef VT_TESTS_FONTS_SFNT_H
#define VT_TESTS_FONTS_SFNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct sfnt {
    const uint8_t *data;
    size_t len;
} sfnt;

static inline unsigned sfnt16(const uint8_t *p) {
    return (unsigned)(p[0] << 8 | p[1]);
}

static inline int sfnt_signed(const uint8_t *p) {
    return (int16_t)sfnt16(p);
}

static inline uint32_t sfnt32(const uint8_t *p) {
    return (uint32_t)sfnt16(p) << 16 | sfnt16(p + 2);
}

/* The table and its length; NULL: the font has none. */
static inline const uint8_t *sfnt_table(sfnt f, const char *tag, size_t *len) {
    for (unsigned i = 0; i < sfnt16(f.data + 4); i++) {
        const uint8_t *entry = f.data + 12 + 16 * i;

        if (memcmp(entry, tag, 4) == 0) {
            if (len)
                *len = sfnt32(entry + 12);
            return f.data + sfnt32(entry + 8);
        }
    }
    return NULL;
}

static inline uint32_t sfnt_sum(const uint8_t *p, size_t len) {
    uint32_t sum = 0;

    for (size_t i = 0; i < len; i++)
        sum += (uint32_t)p[i] << (24 - 8 * (i % 4));
    return sum;
}

static inline const uint8_t *sfnt_glyph(sfnt f, unsigned glyph, size_t *len) {
    const uint8_t *loca = sfnt_table(f, "loca", NULL), *glyf = sfnt_table(f, "glyf", NULL);
    bool wide = sfnt16(sfnt_table(f, "head", NULL) + 50) == 1;
    size_t at = wide ? sfnt32(loca + 4 * glyph) : 2 * (size_t)sfnt16(loca + 2 * glyph);
    size_t end = wide ? sfnt32(loca + 4 * glyph + 4) : 2 * (size_t)sfnt16(loca + 2 * glyph + 2);

    *len = end - at;
    return glyf + at;
}

/* Points of an outline, components put in their places. */
typedef struct outline {
    struct {
        int x, y;
        bool on, last; /* on the curve; last of its contour */
    } points[2000];
    size_t count;
} outline;

static inline void sfnt_simple(const uint8_t *p, outline *out) {
    unsigned contours = sfnt16(p), count = sfnt16(p + 8 + 2 * contours) + 1;
    const uint8_t *at = p + 10 + 2 * contours;
    uint8_t flags[2000];
    size_t start = out->count;
    int x = 0, y = 0;

    at += 2 + sfnt16(at);
    for (unsigned i = 0; i < count;) {
        uint8_t flag = *at++;
        unsigned times = flag & 8 ? *at++ + 1u : 1;

        while (times--)
            flags[i++] = flag;
    }
    for (unsigned i = 0; i < count; i++) {
        if (flags[i] & 2)
            x += flags[i] & 16 ? *at++ : -(int)*at++;
        else if (!(flags[i] & 16)) {
            x += sfnt_signed(at);
            at += 2;
        }
        out->points[start + i].x = x;
        out->points[start + i].on = flags[i] & 1;
        out->points[start + i].last = false;
    }
    for (unsigned i = 0; i < count; i++) {
        if (flags[i] & 4)
            y += flags[i] & 32 ? *at++ : -(int)*at++;
        else if (!(flags[i] & 32)) {
            y += sfnt_signed(at);
            at += 2;
        }
        out->points[start + i].y = y;
    }
    for (unsigned i = 0; i < contours; i++)
        out->points[start + sfnt16(p + 10 + 2 * i)].last = true;
    out->count = start + count;
}

/* A component without a scale; the fonts we test with have no others (the
   answer false would say so).  Points may be matched instead of placed. */
static inline bool sfnt_outline(sfnt f, unsigned glyph, outline *out) {
    size_t len, base = out->count;
    const uint8_t *p = sfnt_glyph(f, glyph, &len);
    unsigned flags = 0x20;

    if (len == 0)
        return true;
    if (sfnt_signed(p) >= 0) {
        sfnt_simple(p, out);
        return true;
    }
    for (p += 10; flags & 0x20;) {
        size_t start = out->count;
        int dx, dy;

        flags = sfnt16(p);
        if (flags & 0xC8 || !sfnt_outline(f, sfnt16(p + 2), out))
            return false;
        dx = flags & 1 ? sfnt_signed(p + 4) : (int8_t)p[4];
        dy = flags & 1 ? sfnt_signed(p + 6) : (int8_t)p[5];
        if (!(flags & 2)) {
            size_t parent = base + (flags & 1 ? sfnt16(p + 4) : p[4]);
            size_t child = start + (flags & 1 ? sfnt16(p + 6) : p[5]);

            dx = out->points[parent].x - out->points[child].x;
            dy = out->points[parent].y - out->points[child].y;
        }
        for (size_t i = start; i < out->count; i++) {
            out->points[i].x += dx;
            out->points[i].y += dy;
        }
        p += flags & 1 ? 8 : 6;
    }
    return true;
}

#endif
