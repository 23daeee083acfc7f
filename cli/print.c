/* cli/print.c - findings and results, for people and for programs. */

#include "cli/cli.h"

#include <string.h>

/* Text of other people's files on a terminal: controls that could move the
   cursor or turn the direction of reading show as U+FFFD. */
static bool harmless(uint32_t cp) {
    bool control = cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
    bool direction = cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
                     (cp >= 0x2066 && cp <= 0x2069);
    return !control && !direction;
}

static void put(FILE *to, const char *before, const char *text, const char *after) {
    const char *end = text + strlen(text);
    fputs(before, to);
    while (text < end) {
        uint32_t cp = vt_utf8_next(&text, end);
        char bytes[4];
        int n = vt_utf8_put(harmless(cp) ? cp : 0xFFFD, bytes);
        fwrite(bytes, 1, (size_t)n, to);
    }
    fputs(after, to);
}

static void print_one(const vt_finding *f, FILE *to) {
    static const char *const word[] = {"lưu ý", "cảnh báo", "LỖI"};
    if (f->place.file && *f->place.file) {
        put(to, "", f->place.file, ":");
        if (f->place.line > 0)
            fprintf(to, "%d:", f->place.line);
        fputc(' ', to);
    }
    fprintf(to, "%s [%s] ", word[f->severity], f->id ? f->id : "?");
    put(to, "", f->message, "\n");
    if (f->place.path && *f->place.path)
        put(to, "    ở: ", f->place.path, "\n");
    if (f->excerpt && *f->excerpt)
        put(to, "    trích: “", f->excerpt, "”\n");
    if (f->remedy && *f->remedy)
        put(to, "    cách sửa: ", f->remedy, "\n");
    if (f->source && *f->source)
        put(to, "    căn cứ: ", f->source, "\n");
}

void vt_cli_print_findings(const vt_cli *cli, FILE *to) {
    for (size_t i = 0; i < vt_findings_count(cli->list); i++)
        print_one(vt_findings_at(cli->list, i), to);
    if (vt_findings_overflowed(cli->list))
        fputs("(còn nữa: danh sách đã đầy, hãy sửa các lỗi trên rồi chạy lại)\n", to);
}

json_t *vt_cli_json_text(const char *text) {
    const char *end = text + strlen(text);
    json_t *string = json_string(text);
    vt_buf clean;
    if (string)
        return string;
    vt_buf_init(&clean, 3 * (size_t)(end - text) + 1); /* U+FFFD has three bytes */
    while (text < end) {
        char bytes[4];
        int n = vt_utf8_put(vt_utf8_next(&text, end), bytes);
        vt_buf_add(&clean, bytes, (size_t)n);
    }
    string = json_string(clean.data);
    vt_buf_free(&clean);
    return string;
}

static void set_text(json_t *object, const char *key, const char *text) {
    if (text && *text)
        json_object_set_new(object, key, vt_cli_json_text(text));
}

json_t *vt_cli_findings_json(const vt_findings *list) {
    static const char *const word[] = {"info", "warning", "error"};
    json_t *all = json_array();
    for (size_t i = 0; i < vt_findings_count(list); i++) {
        const vt_finding *f = vt_findings_at(list, i);
        json_t *one = json_object();
        set_text(one, "severity", word[f->severity]);
        set_text(one, "id", f->id);
        set_text(one, "file", f->place.file);
        if (f->place.line > 0)
            json_object_set_new(one, "line", json_integer(f->place.line));
        set_text(one, "path", f->place.path);
        set_text(one, "message", f->message);
        set_text(one, "remedy", f->remedy);
        set_text(one, "source", f->source);
        set_text(one, "excerpt", f->excerpt);
        json_array_append_new(all, one);
    }
    return all;
}

void vt_cli_page(vt_cli *cli, const char *key, const vt_buf *text) {
    if (cli->json)
        cli->result = json_pack("{s:s}", key, text->data);
    else
        fputs(text->data, stdout);
}

void vt_cli_say(const vt_cli *cli, const char *fmt, ...) {
    if (cli->json || cli->quiet)
        return;
    va_list ap;
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
}
