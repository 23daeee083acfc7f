/* vanthu init - a new archive. */

#include "cli/archive.h"

vt_status vt_cmd_init(vt_cli *cli, int argc, char **argv) {
    vt_records_new_options how = {0};
    const vt_opt opts[] = {
        {"any-issuer", 0, VT_OPT_FLAG, &how.any_issuer, NULL,
         "nhận mọi cơ quan ban hành (để thử, để nhập dữ liệu cũ)"},
        {"files-in-folder", 0, VT_OPT_FLAG, &how.files_in_folder, NULL,
         "để mọi tệp trong files/; mặc định chỉ tệp lớn, tệp nhỏ nằm trong sổ"},
        {"files-folder", 0, VT_OPT_STRING, &how.files_folder, "THƯ-MỤC",
         "kho trên PostgreSQL: để mọi tệp trong thư mục dùng chung này; mặc định "
         "tệp nằm trong cơ sở dữ liệu"},
        {0}};
    int n = 0;
    bool done = false;
    char *name;
    vt_status st = vt_cli_options(cli, vt_cli_command("init"), opts, argc, argv, 0, 0, &n, &done);

    if (st || done)
        return st;
    vt_records_options options = vt_cli_archive_options(cli, false);
    st = vt_records_init(&options, &how, cli->list);
    if (st)
        return st;
    name = vt_records_shown(cli->records);
    if (!name)
        return vt_nomem(cli->list);
    if (cli->json)
        cli->result = json_pack("{s:o}", "records", vt_cli_json_text(name));
    vt_cli_say(cli,
               "Đã lập kho văn bản ở %s.\n"
               "Số được cấp theo sổ mặc định của gói quy tắc: văn bản nhà nước theo năm, văn bản "
               "Đảng, Đoàn theo nhiệm kỳ.\n"
               "Việc tiếp theo: vanthu issue VĂN-BẢN.xml -o TỆP.pdf\n",
               name);
    free(name);
    return VT_OK;
}
