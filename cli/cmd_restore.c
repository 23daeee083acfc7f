/* vanthu restore - an archive from a backup; or only: is the backup what it was? */

#include "cli/archive.h"

static void report(vt_cli *cli, const vt_backup_report *r, bool check) {
    if (cli->json)
        cli->result = json_pack("{s:o, s:I, s:I, s:I, s:{s:I, s:s}}", check ? "backup" : "records",
                                vt_cli_json_text(check ? r->path : cli->records), "documents",
                                (json_int_t)r->documents, "files", (json_int_t)r->files, "bytes",
                                (json_int_t)r->bytes, "log", "serial", (json_int_t)r->head.serial,
                                "hash", r->head.hash);
    if (check)
        vt_cli_say(cli, "Bản sao lưu %s còn nguyên vẹn: %zu văn bản, %zu tệp.\n", r->path,
                   r->documents, r->files);
    else
        vt_cli_say(
            cli,
            "Đã phục hồi kho vào %s và kiểm lại: %zu văn bản, %zu tệp.\n"
            "Văn bản ban hành sau bản sao lưu không có trong kho này: trước khi cấp số tiếp, "
            "huỷ các số đã biết là đã cấp (vanthu void).\n",
            cli->records, r->documents, r->files);
}

vt_status vt_cmd_restore(vt_cli *cli, int argc, char **argv) {
    bool check = false, done = false;
    const vt_opt opts[] = {
        {"check", 0, VT_OPT_FLAG, &check, NULL, "chỉ đối chiếu bản sao lưu, không phục hồi"}, {0}};
    int n = 0;
    vt_backup_report made;
    vt_status st =
        vt_cli_options(cli, vt_cli_command("restore"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    vt_records_options options = vt_cli_archive_options(cli, false);
    st = check ? vt_backup_check(argv[0], cli->arena, cli->list, &made)
               : vt_records_restore(&options, argv[0], cli->arena, cli->list, &made);
    if (!st)
        report(cli, &made, check);
    return st;
}
