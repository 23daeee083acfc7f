/* cli/past_columns.c - which column of an old register is which. */

#include "cli/past.h"

#include <string.h>

enum { HEADER_ROWS = 40, HEADERS_LEAST = 3 };

/* Headers as offices write them, folded. */
static const struct header {
    const char *words;
    vt_column column;
} HEADERS[] = {
    {"so ky hieu", VT_COL_DESIGNATION},
    {"so va ky hieu", VT_COL_DESIGNATION},
    {"so ky hieu van ban", VT_COL_DESIGNATION},
    {"so va ky hieu van ban", VT_COL_DESIGNATION},
    {"so hieu", VT_COL_DESIGNATION},
    {"so hieu van ban", VT_COL_DESIGNATION},
    {"so", VT_COL_NUMBER},
    {"so van ban", VT_COL_NUMBER},
    {"so di", VT_COL_NUMBER},
    {"so vb", VT_COL_NUMBER},
    {"ky hieu", VT_COL_NOTATION},
    {"ky hieu van ban", VT_COL_NOTATION},
    {"ngay", VT_COL_DATE},
    {"ngay thang", VT_COL_DATE},
    {"ngay thang nam", VT_COL_DATE},
    {"ngay thang van ban", VT_COL_DATE},
    {"ngay thang nam van ban", VT_COL_DATE},
    {"ngay van ban", VT_COL_DATE},
    {"ngay ban hanh", VT_COL_DATE},
    {"ngay ky", VT_COL_DATE},
    {"ten loai va trich yeu", VT_COL_TITLE},
    {"ten loai va trich yeu noi dung", VT_COL_TITLE},
    {"ten loai va trich yeu noi dung van ban", VT_COL_TITLE},
    {"ten loai trich yeu noi dung van ban", VT_COL_TITLE},
    {"ten loai trich yeu", VT_COL_TITLE},
    {"ten loai", VT_COL_TYPE},
    {"ten loai van ban", VT_COL_TYPE},
    {"loai", VT_COL_TYPE},
    {"loai van ban", VT_COL_TYPE},
    {"trich yeu", VT_COL_SUBJECT},
    {"trich yeu noi dung", VT_COL_SUBJECT},
    {"trich yeu noi dung van ban", VT_COL_SUBJECT},
    {"trich yeu van ban", VT_COL_SUBJECT},
    {"noi dung", VT_COL_SUBJECT},
    {"noi dung van ban", VT_COL_SUBJECT},
    {"nguoi ky", VT_COL_SIGNER},
    {"nguoi ky van ban", VT_COL_SIGNER},
    {"noi nhan", VT_COL_RECIPIENTS},
    {"noi nhan van ban", VT_COL_RECIPIENTS},
    {"don vi nguoi nhan ban luu", VT_COL_KEEPERS},
    {"don vi hoac nguoi nhan ban luu", VT_COL_KEEPERS},
    {"don vi nhan ban luu", VT_COL_KEEPERS},
    {"nguoi nhan ban luu", VT_COL_KEEPERS},
    {"luu", VT_COL_KEEPERS},
    {"so luong", VT_COL_AMOUNT},
    {"so luong ban", VT_COL_AMOUNT},
    {"so ban", VT_COL_AMOUNT},
    {"ghi chu", VT_COL_NOTE},
    {"tep", VT_COL_FILE},
    {"ten tep", VT_COL_FILE},
    {"file", VT_COL_FILE},
    {"ten file", VT_COL_FILE},
};

char *vt_past_words_of(vt_arena *arena, const char *text) {
    char *folded = vt_text_fold(arena, text), *to = folded;
    bool gap = false;

    for (const char *s = folded; s && *s; s++) {
        if (strchr(" \t\n,.;:/()-_*\"", *s)) {
            gap = to != folded;
            continue;
        }
        if (gap)
            *to++ = ' ';
        gap = false;
        *to++ = *s;
    }
    if (to)
        *to = '\0';
    return folded;
}

vt_column vt_past_column(vt_arena *arena, const char *header) {
    const char *words = vt_past_words_of(arena, header);

    for (size_t i = 0; words && i < sizeof HEADERS / sizeof *HEADERS; i++)
        if (strcmp(HEADERS[i].words, words) == 0)
            return HEADERS[i].column;
    return VT_COL_NONE;
}

/* The end of a row: a line's end outside of quotation marks. */
static char *row_end(char *at, const char *end) {
    bool quoted = false;

    for (; at < end && (quoted || *at != '\n'); at++)
        quoted = quoted != (*at == '"');
    return at;
}

/* How many cells of a row are headers that are known. */
static size_t known_headers(vt_arena *arena, const char *at, const char *end) {
    size_t count = 0;

    while (at < end) {
        const char *stop = at;
        bool quoted = false;

        for (; stop < end && (quoted || !strchr(",;\t", *stop)); stop++)
            quoted = quoted != (*stop == '"');
        const char *cell = vt_strndup(arena, at, (size_t)(stop - at));
        count += cell && vt_past_column(arena, cell) != VT_COL_NONE;
        at = stop + 1;
    }
    return count;
}

/* Only the line ends stay of what stands above `at`. */
static void empty_lines(vt_buf *text, const char *at) {
    size_t above = (size_t)(at - text->data), lines = 0;

    for (size_t i = 0; i < above; i++)
        lines += text->data[i] == '\n';
    memset(text->data, '\n', lines);
    memmove(text->data + lines, at, text->len - above + 1);
    text->len -= above - lines;
}

void vt_past_find_header(vt_arena *arena, vt_buf *text) {
    char *at = text->data;
    const char *end = text->data + text->len;

    for (int i = 0; i < HEADER_ROWS && at < end; i++) {
        char *stop = row_end(at, end);

        if (known_headers(arena, at, stop) >= HEADERS_LEAST) {
            empty_lines(text, at);
            return;
        }
        at = stop + 1;
    }
}
