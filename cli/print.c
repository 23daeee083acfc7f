/* cli/print.c - findings and results, for people and for programs. */

#include "cli/cli.h"

static void print_one(const vt_finding *f, FILE *to) {
    static const char *const word[] = {"lưu ý", "cảnh báo", "LỖI"};
    if (f->place.file && *f->place.file) {
        fprintf(to, "%s:", f->place.file);
        if (f->place.line > 0)
            fprintf(to, "%d:", f->place.line);
        fputc(' ', to);
    }
    fprintf(to, "%s [%s] %s\n", word[f->severity], f->id ? f->id : "?", f->message);
    if (f->place.path && *f->place.path)
        fprintf(to, "    ở: %s\n", f->place.path);
    if (f->excerpt && *f->excerpt)
        fprintf(to, "    trích: “%s”\n", f->excerpt);
    if (f->remedy && *f->remedy)
        fprintf(to, "    cách sửa: %s\n", f->remedy);
    if (f->source && *f->source)
        fprintf(to, "    căn cứ: %s\n", f->source);
}

void vt_cli_print_findings(const vt_cli *cli, FILE *to) {
    for (size_t i = 0; i < vt_findings_count(cli->list); i++)
        print_one(vt_findings_at(cli->list, i), to);
    if (vt_findings_overflowed(cli->list))
        fputs("(còn nữa: danh sách đã đầy, hãy sửa các lỗi trên rồi chạy lại)\n", to);
}

static void set_text(json_t *object, const char *key, const char *text) {
    if (text && *text)
        json_object_set_new(object, key, json_string(text));
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

void vt_cli_say(const vt_cli *cli, const char *fmt, ...) {
    if (cli->json || cli->quiet)
        return;
    va_list ap;
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
}
