/* vanthu file - an archived file, checked against its hash. */

#include "cli/archive.h"

#include <string.h>

/* "152/UBND-VX" -> "152-UBND-VX.pdf" */
static char *plain_name(vt_arena *arena, const vt_record *r, const char *suffix) {
    char *name = vt_printf(arena, "%s%s", r->designation, suffix);

    for (char *c = name; c && *c; c++)
        if (strchr("/\\:*?\"<>| ", *c) || (unsigned char)*c < ' ')
            *c = '-';
    return name && *name == '.' ? vt_printf(arena, "_%s", name) : name;
}

static vt_status hand_out(vt_cli *cli, const vt_record *r, const char *out, const vt_buf *bytes) {
    if (vt_cli_write(out, bytes, cli->list))
        return VT_FAIL;
    if (cli->json) {
        cli->result = vt_cli_record_json(r);
        json_object_set_new(cli->result, "file", vt_cli_json_text(out));
    }
    vt_cli_say(cli, "%s: %s, %zu byte, đúng mã băm đã lưu\n", out,
               vt_cli_record_name(cli->arena, r), bytes->len);
    return VT_OK;
}

static vt_status fetch(vt_cli *cli, vt_records *records, const char *reference, int year,
                       bool source, int annex, const char *out) {
    const char *role = source ? "source" : "pdf", *suffix = source ? ".xml" : ".pdf";
    vt_record *record;
    vt_buf bytes;
    vt_status st = vt_records_show(records, reference, year, cli->arena, cli->list, &record);

    if (st)
        return st;
    if (annex) {
        role = vt_printf(cli->arena, "annex-%d", annex);
        suffix = vt_printf(cli->arena, "-kem-theo-%d.pdf", annex);
    }
    if (!role || !suffix || (!out && !(out = plain_name(cli->arena, record, suffix))))
        return vt_nomem(cli->list);
    vt_buf_init(&bytes, (size_t)1 << 30);
    st = vt_cli_target(cli, out, NULL);
    if (!st)
        st = vt_records_file(records, record, role, &bytes, cli->list);
    if (!st)
        st = hand_out(cli, record, out, &bytes);
    vt_buf_free(&bytes);
    return st;
}

vt_status vt_cmd_file(vt_cli *cli, int argc, char **argv) {
    const char *out = NULL;
    bool source = false, done = false;
    int year = 0, annex = 0, n = 0;
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &out, "TỆP",
         "nơi ghi; - là thiết bị ra chuẩn (mặc định: số, ký hiệu)"},
        {"source", 0, VT_OPT_FLAG, &source, NULL, "nguồn XML thay cho PDF"},
        {"annex", 0, VT_OPT_INT, &annex, "SỐ", "phụ lục thứ mấy, khi phụ lục là tệp riêng"},
        {"year", 0, VT_OPT_INT, &year, "NĂM", "năm của số, khi nhiều năm trùng số"},
        {0}};
    vt_records *records = NULL;
    vt_status st = vt_cli_options(cli, vt_cli_command("file"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = fetch(cli, records, argv[0], year, source, annex, out);
    vt_records_close(records);
    return st;
}
