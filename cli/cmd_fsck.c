/* vanthu fsck - do register and files agree? */

#include "cli/archive.h"

static void report(vt_cli *cli, const vt_fsck_report *r) {
    if (cli->json)
        cli->result =
            json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:b}", "documents", (json_int_t)r->documents,
                      "files", (json_int_t)r->files, "events", (json_int_t)r->events, "wrong",
                      (json_int_t)r->wrong, "repaired", (json_int_t)r->repaired, "strange",
                      (json_int_t)r->strange, "indexCompared", r->index_compared);
    vt_cli_say(cli, "Đã kiểm: %zu văn bản, %zu tệp, %zu dòng nhật ký. ", r->documents, r->files,
               r->events);
    if (r->repaired)
        vt_cli_say(cli, "Đã phục hồi %zu chỗ. ", r->repaired);
    if (r->wrong)
        vt_cli_say(cli, "Có %zu chỗ sai.\n", r->wrong);
    else
        vt_cli_say(cli, "Sổ và tệp khớp nhau.\n");
    if (!r->index_compared)
        vt_cli_say(cli, "Kho ở đây chỉ cho đọc nên chỉ mục tìm kiếm chưa được đối chiếu; muốn đối "
                        "chiếu cả chỉ mục thì chép cả thư mục kho sang ổ đĩa ghi được rồi chạy "
                        "vanthu fsck ở đó.\n");
    if (r->strange)
        vt_cli_say(cli, "Trong kho có %zu thứ lạ (cảnh báo ở trên).\n", r->strange);
}

vt_status vt_cmd_fsck(vt_cli *cli, int argc, char **argv) {
    vt_fsck how = {0};
    const vt_opt opts[] = {
        {"repair", 0, VT_OPT_FLAG, &how.repair, NULL, "phục hồi những gì chứng minh được"},
        {"from", 0, VT_OPT_STRING, &how.from, "THƯ-MỤC", "lấy tệp từ bản sao này của kho"},
        {0}};
    int n = 0;
    bool done = false;
    vt_records_options options;
    vt_records *records = NULL;
    vt_fsck_report found;
    vt_status st = vt_cli_options(cli, vt_cli_command("fsck"), opts, argc, argv, 0, 0, &n, &done);

    if (st || done)
        return st;
    if (how.from && !how.repair)
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Thêm --repair, hoặc bỏ --from.",
                      "--from chỉ dùng khi phục hồi.");
    options = vt_cli_archive_options(cli, false);
    options.or_read_only = !how.repair;
    st = vt_records_open(&options, cli->list, &records);
    if (!st) {
        st = vt_records_fsck(records, &how, cli->arena, cli->list, &found);
        if (st != VT_FAIL)
            report(cli, &found);
    }
    vt_records_close(records);
    return st;
}
