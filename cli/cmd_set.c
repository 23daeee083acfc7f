/* vanthu set - what of a record may change after it was issued. */

#include "cli/archive.h"

vt_status vt_cmd_set(vt_cli *cli, int argc, char **argv) {
    vt_set set = {0};
    int n = 0;
    const vt_opt opts[] = {
        {"year", 0, VT_OPT_INT, &set.year, "NĂM", "năm của số, khi nhiều năm trùng số"},
        {"keywords", 0, VT_OPT_STRING, &set.keywords, "TỪ",
         "từ khoá, cách nhau bằng dấu chấm phẩy"},
        {"retention", 0, VT_OPT_STRING, &set.retention, "HẠN",
         "thời hạn lưu trữ: \"20 năm\", \"Vĩnh viễn\""},
        {"access", 0, VT_OPT_STRING, &set.access, "MỨC",
         "mức độ tiếp cận: 01 (công khai), 02 (có điều kiện), 03 (mật)"},
        {"note", 0, VT_OPT_STRING, &set.note, "GHI-CHÚ", "ghi chú"},
        {0}};
    bool done = false;
    vt_records *records = NULL;
    vt_record *record = NULL;
    vt_status st = vt_cli_options(cli, vt_cli_command("set"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    if (!set.keywords && !set.retention && !set.access && !set.note)
        return vt_bad(cli->list, "CLI-10", (vt_place){0},
                      "Dùng --keywords, --retention, --access hoặc --note; các phần khác của văn "
                      "bản đã ban hành giữ nguyên.",
                      "Chưa nói đặt gì.");
    set.reference = argv[0];
    st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_set(records, &set, cli->arena, cli->list, &record);
    if (!st && cli->json)
        cli->result = vt_cli_record_json(record);
    if (!st)
        vt_cli_say(cli, "Đã ghi cho %s.\n", vt_cli_record_name(cli->arena, record));
    vt_records_close(records);
    return st;
}
