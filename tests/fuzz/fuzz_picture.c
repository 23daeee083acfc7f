/*
 * Fuzzer for picture files: whatever the bytes, a picture comes out whole, or a
 * reason why not.
 *
 * A PNG's chunks bear checksums that no chance change keeps right, and what lies
 * behind them is what is to be tried: a file whose checksums are wrong is read
 * once as it is, and once with them put right.
 */
#include "gen/picture.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEMAND(what)                                                                               \
    do {                                                                                           \
        if (!(what))                                                                               \
            abort();                                                                               \
    } while (0)

static void check_picture(const vt_picture *p) {
    DEMAND(p->width > 0 && p->height > 0);
    DEMAND((uint64_t)p->width * p->height <= VT_PICTURE_SAMPLES);
    DEMAND(p->channels == 1 || p->channels == 3);
    DEMAND(p->samples && p->samples_len && p->file && p->file_len && p->mime);
    DEMAND((p->alpha != NULL) == (p->alpha_len > 0));
    DEMAND(p->turn >= 0 && p->turn < 4);
}

static void decode(const uint8_t *data, size_t size) {
    vt_arena *arena = vt_arena_new((size_t)256 << 20);
    vt_findings *list = vt_findings_new();
    vt_picture picture = {0};
    vt_decoding d = {
        .arena = arena, .list = list, .name = "anh", .data = data, .len = size, .out = &picture};

    DEMAND(arena && list);
    const vt_status status = vt_picture_decode(&d);
    DEMAND((status == VT_OK) == (vt_findings_errors(list) == 0));
    if (status == VT_OK)
        check_picture(&picture);
    vt_findings_free(list);
    vt_arena_free(arena);
}

/* Puts the checksums of a PNG's chunks right; false: they were. */
static bool put_right(uint8_t *data, size_t size) {
    enum { SIGNATURE = 8, AROUND = 12 /* length, type, checksum */ };
    bool changed = false;

    for (size_t at = SIGNATURE; size - at >= AROUND;) {
        const size_t len = (size_t)data[at] << 24 | (size_t)data[at + 1] << 16 |
                           (size_t)data[at + 2] << 8 | data[at + 3];
        if (len > size - at - AROUND)
            break;
        const uLong crc = crc32(crc32(0, NULL, 0), data + at + 4, (uInt)(len + 4));
        const uint8_t right[] = {(uint8_t)(crc >> 24), (uint8_t)(crc >> 16), (uint8_t)(crc >> 8),
                                 (uint8_t)crc};
        changed = changed || memcmp(data + at + 8 + len, right, sizeof right) != 0;
        memcpy(data + at + 8 + len, right, sizeof right);
        at += AROUND + len;
    }
    return changed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    decode(data, size);
    if (size > 8 && memcmp(data, "\x89PNG", 4) == 0) {
        uint8_t *copy = malloc(size);
        DEMAND(copy);
        memcpy(copy, data, size);
        if (put_right(copy, size))
            decode(copy, size);
        free(copy);
    }
    return 0;
}
