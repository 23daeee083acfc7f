/*
 * fonts/table.h - reading numbers out of font tables.
 *
 * A font file is input like any other: its offsets and counts are claims.
 * Every read goes through these functions, which answer 0 beyond the end of
 * the table, so that no claim can lead out of it.
 */
#ifndef VT_FONTS_TABLE_H
#define VT_FONTS_TABLE_H

#include <stddef.h>
#include <stdint.h>

typedef struct vt_table {
    const uint8_t *data;
    size_t len; /* 0: the font has no such table */
} vt_table;

static inline unsigned vt_u8(vt_table t, size_t at) {
    return at < t.len ? t.data[at] : 0;
}

static inline unsigned vt_u16(vt_table t, size_t at) {
    if (t.len < 2 || at > t.len - 2)
        return 0;
    return (unsigned)t.data[at] << 8 | t.data[at + 1];
}

static inline int vt_i16(vt_table t, size_t at) {
    return (int16_t)vt_u16(t, at);
}

static inline uint32_t vt_u32(vt_table t, size_t at) {
    if (t.len < 4 || at > t.len - 4)
        return 0;
    return (uint32_t)t.data[at] << 24 | (uint32_t)t.data[at + 1] << 16 |
           (uint32_t)t.data[at + 2] << 8 | t.data[at + 3];
}

/* The rest of t from `at` on, at most `len` bytes of it. */
static inline vt_table vt_part(vt_table t, size_t at, size_t len) {
    if (at > t.len)
        return (vt_table){0};
    if (len > t.len - at)
        len = t.len - at;
    return (vt_table){t.data + at, len};
}

static inline void vt_put16(uint8_t *out, unsigned v) {
    out[0] = (uint8_t)(v >> 8);
    out[1] = (uint8_t)v;
}

static inline void vt_put32(uint8_t *out, uint32_t v) {
    vt_put16(out, v >> 16);
    vt_put16(out + 2, v & 0xFFFF);
}

#endif
