/* vanthu backup - a copy of the whole archive while others issue. */

#include "cli/archive.h"

#include <string.h>

static void report(vt_cli *cli, const vt_backup_report *r) {
    if (cli->json)
        cli->result = json_pack("{s:o, s:I, s:I, s:I, s:I, s:{s:I, s:s}}", "backup",
                                vt_cli_json_text(r->path), "documents", (json_int_t)r->documents,
                                "files", (json_int_t)r->files, "bytes", (json_int_t)r->bytes,
                                "removed", (json_int_t)r->removed, "log", "serial",
                                (json_int_t)r->head.serial, "hash", r->head.hash);
    vt_cli_say(cli, "Đã sao lưu vào %s và kiểm lại: %zu văn bản, %zu tệp, %lld byte.\n", r->path,
               r->documents, r->files, (long long)r->bytes);
    vt_cli_say(cli, "Nhật ký đến dòng %lld, mã băm %s.\n", (long long)r->head.serial, r->head.hash);
    if (r->removed)
        vt_cli_say(cli, "Đã xoá %zu bản sao lưu cũ.\n", r->removed);
}

vt_status vt_cmd_backup(vt_cli *cli, int argc, char **argv) {
    const char *out = NULL;
    int keep = 0, n = 0;
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &out, "THƯ-MỤC", "thư mục chứa các bản sao lưu"},
        {"keep", 0, VT_OPT_INT, &keep, "SỐ", "giữ chừng ấy bản mới nhất của kho này"},
        {0}};
    bool done = false;
    vt_backup_report made;
    vt_status st = vt_cli_options(cli, vt_cli_command("backup"), opts, argc, argv, 0, 0, &n, &done);

    if (st || done)
        return st;
    if (!out || !*out)
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi thêm: -o THƯ-MỤC.",
                      "Chưa nói sao lưu vào đâu.");
    if (strcmp(out, "-") == 0)
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi tên một thư mục: -o THƯ-MỤC.",
                      "Bản sao lưu là một thư mục, không ghi ra thiết bị ra chuẩn được.");
    if (keep < 0)
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi một số từ 1: --keep 7.",
                      "Số bản sao lưu phải giữ không thể là %d.", keep);
    if ((st = vt_cli_target(cli, out, NULL)) != VT_OK)
        return st;
    vt_records_options options = vt_cli_archive_options(cli, false);
    st = vt_records_backup(&options, &(vt_backup){.folder = out, .keep = (size_t)keep}, cli->arena,
                           cli->list, &made);
    if (!st)
        report(cli, &made);
    return st;
}
