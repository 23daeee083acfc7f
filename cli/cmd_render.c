/* vanthu render - a document as PDF, draft or final; nothing is recorded. */

#include "cli/cli.h"

#include <string.h>

/* "thu/moi-hop.xml" -> "thu/moi-hop.pdf" */
static char *beside(vt_arena *arena, const char *path) {
    size_t n = strlen(path);
    if (n > 4 && strcmp(path + n - 4, ".xml") == 0)
        n -= 4;
    return vt_printf(arena, "%.*s.pdf", (int)n, path);
}

static vt_status fill(vt_cli *cli, vt_doc *doc, const char *number, vt_date date) {
    vt_status st = VT_OK;
    if (number)
        st = vt_doc_set_number(doc, number, cli->list);
    if (!st && date.year)
        st = vt_doc_set_date(doc, date, cli->list);
    return st;
}

static void report(vt_cli *cli, const char *out, const vt_made *made, size_t bytes) {
    if (cli->json)
        cli->result = json_pack("{s:o, s:I, s:I, s:s}", "file", vt_cli_json_text(out), "pages",
                                (json_int_t)made->pages, "bytes", (json_int_t)bytes, "pack",
                                vt_pack_id(made->pack));
    vt_cli_say(cli, "%s: %zu trang, quy tắc %s\n", out, made->pages, vt_pack_id(made->pack));
}

vt_status vt_cmd_render(vt_cli *cli, int argc, char **argv) {
    const char *out = NULL, *number = NULL, *medium = NULL, *profile = NULL;
    vt_date date = {0};
    vt_make make = {.draft = true};
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &out, "TỆP",
         "tệp PDF; - là thiết bị ra chuẩn (mặc định: cạnh tệp nguồn)"},
        {"number", 0, VT_OPT_STRING, &number, "SỐ", "số văn bản để in"},
        {"date", 0, VT_OPT_DATE, &date, "NGÀY", "ngày ban hành, dạng 2026-03-27"},
        {"for", 0, VT_OPT_STRING, &medium, "LOẠI", "paper (giấy) hoặc electronic (điện tử)"},
        {"profile", 0, VT_OPT_STRING, &profile, "CHUẨN", "3a (kèm nguồn) hoặc 2a (không kèm tệp)"},
        {"no-source", 0, VT_OPT_FLAG, &make.no_source, NULL, "không kèm nguồn XML vào PDF"},
        {0}};
    int n = 0;
    bool done = false;
    vt_doc *doc = NULL;
    vt_made made = {0};
    vt_buf pdf;
    vt_buf_init(&pdf, (size_t)1 << 30);

    vt_status st = vt_cli_options(cli, vt_cli_command("render"), opts, argc, argv, 1, 1, &n, &done);
    if (st || done)
        goto out;
    st = vt_cli_medium(cli, medium, &make);
    if (!st)
        st = vt_cli_profile(cli, profile, &make);
    if (!st && !out && !(out = beside(cli->arena, argv[0])))
        st = vt_nomem(cli->list);
    if (!st)
        st = vt_cli_target(cli, out, argv[0]);
    if (!st)
        st = vt_cli_engine(cli);
    if (!st)
        st = vt_doc_read(cli->engine, cli->arena, argv[0], cli->list, &doc);
    if (!st)
        st = fill(cli, doc, number, date);
    if (!st)
        st = vt_cli_make(cli, doc, &make, cli->arena, &pdf, &made);
    if (!st)
        st = vt_cli_write(out, &pdf, cli->list);
    if (!st)
        report(cli, out, &made, pdf.len);
out:
    vt_buf_free(&pdf);
    return st;
}
