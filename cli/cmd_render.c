/* vanthu render - a document as PDF, draft or final, or as pages for the screen;
   nothing is recorded. */

#include "cli/archive.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

static const struct {
    vt_kind kind;
    const char *word, *suffix;
} KINDS[] = {{VT_KIND_PDF, "pdf", ".pdf"},
             {VT_KIND_SVG, "svg", ".svg"},
             {VT_KIND_HTML, "html", ".html"},
             {VT_KIND_HTML, "htm", ".htm"}};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS, NO_PAGE = INT_MIN };

/* What the person asks for, and asks of it. */
typedef struct wish {
    const char *out, *format, *number, *medium, *profile, *annexes;
    vt_date date;
    vt_make make;
} wish;

static bool ends_with(const char *path, const char *suffix) {
    size_t n = strlen(path), k = strlen(suffix);
    return n > k && strcasecmp(path + n - k, suffix) == 0;
}

/* A file that says by its name that it is another kind than --format would deceive
   whoever opens it. */
static vt_status name_agrees(vt_cli *cli, const wish *w) {
    for (size_t i = 0; w->out && i < KIND_COUNT; i++)
        if (ends_with(w->out, KINDS[i].suffix) && KINDS[i].kind != w->make.kind)
            return vt_bad(
                cli->list, "XEM-07", (vt_place){0}, "Bỏ --format, hoặc đổi đuôi tên tệp ở -o.",
                "Tệp “%s” mang đuôi %s mà --format là %s.", w->out, KINDS[i].suffix, w->format);
    return VT_OK;
}

/* --format, else what the result's name says, else PDF. */
static vt_status choose_kind(vt_cli *cli, wish *w) {
    w->make.kind = VT_KIND_PDF;
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (w->format ? strcasecmp(w->format, KINDS[i].word) == 0
                      : w->out && ends_with(w->out, KINDS[i].suffix)) {
            w->make.kind = KINDS[i].kind;
            return name_agrees(cli, w);
        }
    if (!w->format)
        return VT_OK;
    return vt_bad(cli->list, "XEM-02", (vt_place){0}, "Dùng --format pdf, svg hoặc html.",
                  "Tùy chọn --format không nhận giá trị “%s”.", w->format);
}

/* An option that would change nothing is a misunderstanding. */
static vt_status check_wish(vt_cli *cli, wish *w) {
    bool pdf = w->make.kind == VT_KIND_PDF;
    if (w->make.page != NO_PAGE && w->make.kind != VT_KIND_SVG)
        return vt_bad(cli->list, "XEM-03", (vt_place){0}, "Bỏ --page, hoặc dùng -o TỆP.svg.",
                      "Tùy chọn --page chỉ dùng khi làm SVG; PDF và HTML có đủ mọi trang.");
    if (!pdf && (w->profile || w->make.no_source))
        return vt_bad(cli->list, "XEM-04", (vt_place){0}, "Bỏ tùy chọn ấy, hoặc dùng -o TỆP.pdf.",
                      "Tùy chọn --profile và --no-source chỉ dùng khi làm PDF.");
    if (w->make.page != NO_PAGE && w->make.page < 1)
        return vt_bad(cli->list, "XEM-03", (vt_place){0}, "Trang đầu là --page 1.",
                      "Không có trang %d.", w->make.page);
    if (w->make.page == NO_PAGE)
        w->make.page = 1;
    vt_status st = vt_cli_medium(cli, w->medium, &w->make);
    if (!st)
        st = vt_cli_annexes(cli, w->annexes, &w->make);
    if (!st && w->make.part && w->out && strcmp(w->out, "-") == 0)
        return vt_bad(cli->list, "XEM-06", (vt_place){0},
                      "Thêm --for electronic và -o TỆP.pdf, hoặc bỏ --annexes separate.",
                      "Phụ lục chỉ thành tệp riêng khi làm PDF của văn bản điện tử.");
    return st ? st : vt_cli_profile(cli, w->profile, &w->make);
}

/* "thu/moi-hop.xml" -> "thu/moi-hop.pdf" */
static vt_status choose_place(vt_cli *cli, wish *w, const char *source) {
    size_t n = strlen(source);
    if (ends_with(source, ".xml"))
        n -= 4;
    if (!w->out)
        w->out = vt_printf(cli->arena, "%.*s%s", (int)n, source, KINDS[w->make.kind].suffix);
    return w->out ? vt_cli_target(cli, w->out, source) : vt_nomem(cli->list);
}

static vt_status fill(vt_cli *cli, vt_doc *doc, const char *number, vt_date date) {
    vt_status st = VT_OK;
    if (number)
        st = vt_doc_set_number(doc, number, cli->list);
    if (!st && date.year)
        st = vt_cli_set_date(cli, doc, date);
    return st;
}

static vt_status write_parts(vt_cli *cli, wish *w, const vt_doc *doc, const char *source,
                             vt_buf *out) {
    const size_t count = w->make.part ? vt_doc_parts(doc) : 0;
    vt_status st = VT_OK;

    for (size_t i = 1; i <= count && !st; i++) {
        const char *path = vt_cli_part_path(cli, w->out, i);
        vt_made made = {0};
        w->make.part = (int)i;
        st = path ? vt_cli_target(cli, path, source) : vt_nomem(cli->list);
        if (!st)
            st = vt_cli_make(cli, doc, &w->make, cli->arena, out, &made);
        if (!st)
            st = vt_cli_write(path, out, cli->list);
        if (!st)
            vt_cli_say(cli, "%s: %zu trang\n", path, made.pages);
    }
    return st;
}

static void report(vt_cli *cli, const wish *w, const vt_made *made, size_t bytes) {
    if (cli->json)
        cli->result = json_pack("{s:o, s:I, s:I, s:s}", "file", vt_cli_json_text(w->out), "pages",
                                (json_int_t)made->pages, "bytes", (json_int_t)bytes, "pack",
                                vt_pack_id(made->pack));
    if (w->make.kind == VT_KIND_SVG)
        vt_cli_say(cli, "%s: trang %d trong %zu trang, quy tắc %s\n", w->out, w->make.page,
                   made->pages, vt_pack_id(made->pack));
    else
        vt_cli_say(cli, "%s: %zu trang, quy tắc %s\n", w->out, made->pages, vt_pack_id(made->pack));
}

vt_status vt_cmd_render(vt_cli *cli, int argc, char **argv) {
    wish w = {.make = {.draft = true, .page = NO_PAGE}};
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &w.out, "TỆP",
         "tệp .pdf, .html hay .svg; - là thiết bị ra chuẩn (mặc định: .pdf cạnh nguồn)"},
        {"format", 0, VT_OPT_STRING, &w.format, "DẠNG",
         "pdf, html hoặc svg, khi tên tệp không nói"},
        {"page", 0, VT_OPT_INT, &w.make.page, "TRANG", "trang nào, khi làm SVG (mặc định: 1)"},
        {"number", 0, VT_OPT_STRING, &w.number, "SỐ", "số văn bản để in"},
        {"date", 0, VT_OPT_DATE, &w.date, "NGÀY", "ngày ban hành, dạng 2026-03-27"},
        {"for", 0, VT_OPT_STRING, &w.medium, "LOẠI",
         "paper (giấy, mặc định) hoặc electronic (điện tử)"},
        {"annexes", 0, VT_OPT_STRING, &w.annexes, "CÁCH",
         "together (cùng tệp, mặc định) hoặc separate (tệp riêng, văn bản điện tử)"},
        {"two-sided", 0, VT_OPT_FLAG, &w.make.two_sided, NULL, "in hai mặt: lề mặt sau đổi chỗ"},
        {"profile", 0, VT_OPT_STRING, &w.profile, "CHUẨN",
         "chuẩn PDF/A: 3a (kèm nguồn, mặc định) hoặc 2a (không kèm tệp)"},
        {"no-source", 0, VT_OPT_FLAG, &w.make.no_source, NULL, "không kèm nguồn XML vào PDF"},
        {0}};
    int n = 0;
    bool done = false;
    vt_doc *doc = NULL;
    vt_made made = {0};
    vt_buf out;
    vt_buf_init(&out, (size_t)1 << 30);

    vt_status st = vt_cli_options(cli, vt_cli_command("render"), opts, argc, argv, 1, 1, &n, &done);
    if (st || done)
        goto out;
    st = choose_kind(cli, &w);
    if (!st)
        st = check_wish(cli, &w);
    if (!st)
        st = choose_place(cli, &w, argv[0]);
    if (!st)
        st = vt_cli_engine(cli);
    if (!st)
        st = vt_doc_read(cli->engine, cli->arena, argv[0], cli->list, &doc);
    if (!st)
        st = fill(cli, doc, w.number, w.date);
    if (!st)
        st = vt_cli_make(cli, doc, &w.make, cli->arena, &out, &made);
    if (!st)
        st = vt_cli_write(w.out, &out, cli->list);
    if (!st)
        report(cli, &w, &made, out.len);
    if (!st)
        st = write_parts(cli, &w, doc, argv[0], &out);
out:
    vt_buf_free(&out);
    return st;
}
