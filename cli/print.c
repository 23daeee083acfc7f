/* cli/print.c - findings and results, for people and for programs. */

#include "cli/cli.h"

#include <string.h>

/* Text of the archive, of other people's files, of arguments: what a terminal might act on, or
   cannot show, is U+FFFD. */
static void put_text(FILE *to, const char *text) {
    const char *end = text + strlen(text);

    while (text < end) {
        const uint32_t cp = vt_utf8_next(&text, end);
        char bytes[4];

        fwrite(bytes, 1, (size_t)vt_utf8_put(vt_char_shown(cp) ? cp : 0xFFFD, bytes), to);
    }
}

static void put(FILE *to, const char *before, const char *text, const char *after) {
    fputs(before, to);
    put_text(to, text);
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
    json_t *string = json_string(text);
    vt_buf clean;

    if (string)
        return string;
    vt_buf_init(&clean, 3 * strlen(text) + 1); /* U+FFFD has three bytes */
    vt_utf8_mend(text, strlen(text), &clean);
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

/* One conversion of vt_cli_say at its "%"; what stands behind it. */
static const char *say_one(FILE *to, const char *at, va_list *args) {
    int width = 0;

    if (*++at == '*') {
        width = va_arg(*args, int);
        at++;
    }
    for (; *at >= '0' && *at <= '9'; at++)
        width = width * 10 + (*at - '0');
    if (*at == 's') {
        const char *text = va_arg(*args, const char *);

        for (int i = (int)strlen(text); i < width; i++)
            fputc(' ', to);
        put_text(to, text);
        return at + 1;
    }
    if (strncmp(at, "lld", 3) == 0) {
        fprintf(to, "%*lld", width, va_arg(*args, long long));
        return at + 3;
    }
    if (strncmp(at, "ld", 2) == 0) {
        fprintf(to, "%*ld", width, va_arg(*args, long));
        return at + 2;
    }
    if (strncmp(at, "zu", 2) == 0) {
        fprintf(to, "%*zu", width, va_arg(*args, size_t));
        return at + 2;
    }
    if (*at == 'd') {
        fprintf(to, "%*d", width, va_arg(*args, int));
        return at + 1;
    }
    fputs(at, to); /* none of those: seen by who wrote it */
    return at + strlen(at);
}

void vt_cli_say(const vt_cli *cli, const char *fmt, ...) {
    va_list args;

    if (cli->json || cli->quiet)
        return;
    va_start(args, fmt);
    while (*fmt) {
        const size_t plain = strcspn(fmt, "%");

        fwrite(fmt, 1, plain, stdout);
        fmt += plain;
        if (*fmt)
            fmt = say_one(stdout, fmt, &args);
    }
    va_end(args);
}

/* --------------------------------------------------------------------- JSON -- */

void vt_cli_escape(const char *text, size_t len, vt_buf *out) {
    const char *end = text + len, *next, *from = text;

    for (const char *here = text; here < end; here = next) {
        next = here;
        uint32_t cp = vt_utf8_next(&next, end);
        if (cp < 0x7F || vt_char_shown(cp))
            continue;
        vt_buf_add(out, from, (size_t)(here - from));
        from = next;
        if (cp >= 0x10000) {
            vt_buf_printf(out, "\\u%04x", 0xD7C0u + (unsigned)(cp >> 10));
            cp = 0xDC00 + (cp & 0x3FF);
        }
        vt_buf_printf(out, "\\u%04x", (unsigned)cp);
    }
    vt_buf_add(out, from, (size_t)(end - from));
}

static int escape(const char *text, size_t len, void *out) {
    vt_cli_escape(text, len, out);
    return vt_buf_failed(out) ? -1 : 0;
}

bool vt_cli_put_json(const json_t *json, FILE *to) {
    vt_buf text;
    bool right;

    vt_buf_init(&text, (size_t)1 << 31);
    right = json_dump_callback(json, escape, &text, JSON_INDENT(2)) == 0 &&
            fwrite(text.data, 1, text.len, to) == text.len;
    vt_buf_free(&text);
    return right;
}
