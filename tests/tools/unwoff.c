/*
 * tests/tools/unwoff.c - the web fonts of an SVG or HTML file, as TrueType files.
 *
 *   unwoff FILE FOLDER       writes FOLDER/1.ttf, 2.ttf ... and their number
 *
 * So that programs which know only installed fonts can draw a preview with the
 * very fonts it carries: fontconfig is pointed at the folder and nowhere else.
 */
#include <nettle/base64.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define BEFORE "data:font/woff;base64,"

static uint32_t get(const uint8_t *p, int bytes) {
    uint32_t v = 0;

    while (bytes--)
        v = v << 8 | *p++;
    return v;
}

static void put(uint8_t *p, int bytes, uint32_t v) {
    for (; bytes--; v >>= 8)
        p[bytes] = (uint8_t)v;
}

static int fail(const char *what) {
    fprintf(stderr, "unwoff: %s\n", what);
    return 0;
}

/* One table: its bytes into `font` at `to`, its entry of the directory. */
static int unpack(const uint8_t *woff, size_t len, const uint8_t *entry, uint8_t *font,
                  uint8_t *out_entry, size_t to, size_t room) {
    size_t at = get(entry + 4, 4), packed = get(entry + 8, 4), whole = get(entry + 12, 4);
    uLongf got = whole;

    if (at > len || packed > len - at || whole > room || packed > whole)
        return fail("a table lies outside of its file");
    if (packed == whole)
        memcpy(font + to, woff + at, whole);
    else if (uncompress(font + to, &got, woff + at, packed) != Z_OK || got != whole)
        return fail("a table does not unpack");
    memcpy(out_entry, entry, 4);
    put(out_entry + 4, 4, get(entry + 16, 4));
    put(out_entry + 8, 4, (uint32_t)to);
    put(out_entry + 12, 4, (uint32_t)whole);
    return 1;
}

static int write_font(const uint8_t *woff, size_t len, const char *path) {
    size_t tables = get(woff + 12, 2), size = get(woff + 16, 4), to = 12 + 16 * tables;
    uint8_t *font;
    FILE *file;
    unsigned range = 1, power = 0;

    if (len < 44 || memcmp(woff, "wOFF", 4) != 0 || get(woff + 8, 4) != len ||
        44 + 20 * tables > len || size < to || size > 1u << 24)
        return fail("the header is not that of a WOFF file");
    font = calloc(1, size);
    if (!font)
        return fail("no memory");
    for (; range * 2 <= tables; range *= 2)
        power++;
    put(font, 4, 0x00010000);
    put(font + 4, 2, (uint32_t)tables);
    put(font + 6, 2, range * 16);
    put(font + 8, 2, power);
    put(font + 10, 2, (uint32_t)tables * 16 - range * 16);
    for (size_t i = 0; i < tables; i++) {
        if (!unpack(woff, len, woff + 44 + 20 * i, font, font + 12 + 16 * i, to, size - to))
            return 0;
        to += (get(woff + 44 + 20 * i + 12, 4) + 3) & ~(size_t)3;
    }
    if (to != size)
        return fail("the unpacked font has another size than its header says");
    file = fopen(path, "wb");
    if (!file || fwrite(font, 1, size, file) != size || fclose(file) != 0)
        return fail("the font could not be written");
    free(font);
    return 1;
}

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    long size;
    char *text;

    if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
        return NULL;
    rewind(file);
    text = calloc(1, (size_t)size + 1);
    if (text && fread(text, 1, (size_t)size, file) != (size_t)size)
        return NULL;
    fclose(file);
    return text;
}

int main(int argc, char **argv) {
    char *text = argc == 3 ? read_all(argv[1]) : NULL;
    int count = 0;

    if (!text) {
        fputs("unwoff FILE FOLDER\n", stderr);
        return 2;
    }
    for (char *at = text; (at = strstr(at, BEFORE)) != NULL;) {
        size_t length = strcspn(at += strlen(BEFORE), ")"), len = BASE64_DECODE_LENGTH(length);
        uint8_t *woff = malloc(len + 1);
        struct base64_decode_ctx decoder;
        char path[4096];

        base64_decode_init(&decoder);
        snprintf(path, sizeof path, "%s/%d.ttf", argv[2], ++count);
        if (!woff || !base64_decode_update(&decoder, &len, woff, length, at) ||
            !base64_decode_final(&decoder) || !write_font(woff, len, path))
            return 1;
        free(woff);
    }
    free(text);
    printf("%d\n", count);
    return 0;
}
