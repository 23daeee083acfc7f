/*
 * records/manifest.c - the manifest of a backup: lines as sha256sum writes them,
 * behind lines that begin with # and tell what they belong to.  The last line is
 * a hash of all lines above it: a manifest that was cut or changed shows.
 */
#include "records/backup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MANIFEST_BYTES = 1 << 30, HASH = 64 };

static const char FIRST[] = "# vanthu backup 1\n";
static const char LAST[] = "# end ";

/* --------------------------------------------------------------- writing -- */

static void write_end(vt_buf *out) {
    vt_hash hash;
    char hex[65];

    vt_sha256(out->data, out->len, &hash);
    vt_hash_hex(&hash, hex);
    vt_buf_printf(out, "%s%s\n", LAST, hex);
}

void vt_manifest_write(const vt_manifest *m, vt_buf *out) {
    vt_buf_puts(out, FIRST);
    vt_buf_printf(out, "# archive %s\n# made %s\n# maker %s\n", m->archive, m->made, m->maker);
    vt_buf_printf(out, "# log %lld %s\n", (long long)m->head.serial, m->head.hash);
    vt_buf_printf(out, "# documents %lld\n# numbers %lld\n", (long long)m->documents,
                  (long long)m->numbers);
    for (size_t i = 0; i < m->count; i++)
        vt_buf_printf(out, "%s  %s\n", m->lines[i].sha256, m->lines[i].path);
    write_end(out);
}

/* --------------------------------------------------------------- reading -- */

static bool is_hex(const char *s, size_t len) {
    return strlen(s) >= len && strspn(s, "0123456789abcdef") >= len;
}

/* The register, or "files/ab/cd..." and nothing else: a manifest leads nowhere out
   of its folder. */
static bool is_ours(const char *path) {
    return strcmp(path, VT_REGISTER_COPY) == 0 ||
           (strncmp(path, "files/", 6) == 0 && is_hex(path + 6, 2) && path[8] == '/' &&
            strlen(path) == 9 + HASH - 2 && is_hex(path + 9, HASH - 2));
}

static bool read_file_line(vt_manifest *m, vt_arena *arena, char *line) {
    if (!is_hex(line, HASH) || strncmp(line + HASH, "  ", 2) != 0 || !is_ours(line + HASH + 2))
        return false;
    m->lines = vt_grow(arena, m->lines, &m->cap, m->count + 1, sizeof *m->lines);
    if (!m->lines)
        return false;
    line[HASH] = '\0';
    m->lines[m->count++] = (vt_manifest_line){line, line + HASH + 2};
    return true;
}

static bool read_head(vt_manifest *m, const char *value) {
    char *end;

    m->head.serial = strtoll(value, &end, 10);
    if (m->head.serial < 1 || *end != ' ' || strlen(end + 1) != HASH || !is_hex(end + 1, HASH))
        return false;
    memcpy(m->head.hash, end + 1, HASH + 1);
    return true;
}

/* "# name value" */
static bool read_fact(vt_manifest *m, const char *line) {
    const struct {
        const char *name, **value;
    } texts[] = {{"archive ", &m->archive}, {"made ", &m->made}, {"maker ", &m->maker}};

    line += 2;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strncmp(line, texts[i].name, strlen(texts[i].name)) == 0) {
            *texts[i].value = line + strlen(texts[i].name);
            return true;
        }
    if (strncmp(line, "log ", 4) == 0)
        return read_head(m, line + 4);
    if (strncmp(line, "documents ", 10) == 0)
        m->documents = strtoll(line + 10, NULL, 10);
    else if (strncmp(line, "numbers ", 8) == 0)
        m->numbers = strtoll(line + 8, NULL, 10);
    else
        return false;
    return true;
}

/* Is the last line the hash of those above?  Cuts it off. */
static bool is_whole(vt_buf *text) {
    size_t end = sizeof LAST - 1 + HASH + 1; /* and a line's end */
    char *last = text->len > end ? text->data + text->len - end : NULL;
    vt_hash hash;
    char hex[65];

    if (!last || strlen(text->data) != text->len ||
        strncmp(text->data, FIRST, strlen(FIRST)) != 0 || strncmp(last, LAST, strlen(LAST)) != 0)
        return false;
    vt_sha256(text->data, (size_t)(last - text->data), &hash);
    vt_hash_hex(&hash, hex);
    if (strncmp(last + strlen(LAST), hex, HASH) != 0)
        return false;
    *last = '\0';
    return true;
}

static bool read_lines(vt_manifest *m, vt_arena *arena, char *text) {
    char *rest = text + strlen(FIRST), *line;

    while ((line = strsep(&rest, "\n")) != NULL && rest)
        if (*line == '#' ? !read_fact(m, line) : !read_file_line(m, arena, line))
            return false;
    return m->archive && m->made && m->maker && m->head.serial && m->count &&
           strcmp(m->lines[0].path, VT_REGISTER_COPY) == 0;
}

static vt_status parse(vt_buf *text, const char *path, vt_arena *arena, vt_findings *list,
                       vt_manifest *out) {
    char *kept = is_whole(text) ? vt_strdup(arena, text->data) : NULL;

    *out = (vt_manifest){0};
    if (kept && read_lines(out, arena, kept))
        return VT_OK;
    if (vt_arena_failed(arena))
        return vt_nomem(list);
    return vt_bad(list, "KHO-51", (vt_place){.file = path}, "Dùng một bản sao lưu khác.",
                  "Bản sao lưu bị hỏng: bản kê “%s” không còn nguyên vẹn.", path);
}

vt_status vt_manifest_read(const char *folder, vt_arena *arena, vt_findings *list,
                           vt_manifest *out) {
    const char *path = vt_printf(arena, "%s/%s", folder, VT_MANIFEST);
    vt_buf text;
    vt_status st;

    if (!path)
        return vt_nomem(list);
    if (access(path, F_OK) != 0)
        return vt_bad(list, "KHO-50", (vt_place){.file = folder},
                      "Chỉ ra một thư mục do vanthu backup làm (vanthu-NGÀY-GIỜ).",
                      "Ở “%s” không có bản sao lưu nào.", folder);
    vt_buf_init(&text, MANIFEST_BYTES);
    st = vt_file_read(path, MANIFEST_BYTES, &text, list);
    if (!st)
        st = parse(&text, path, arena, list, out);
    vt_buf_free(&text);
    return st;
}
