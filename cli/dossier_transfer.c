/* cli/dossier_transfer.c - dossiers handed over to the archive, or disposed of. */

#include "cli/dossier.h"

#include <string.h>

enum { DOSSIERS_MOST = 2000 };

static json_t *transfer_json(const vt_transfer *t) {
    const struct {
        const char *key, *text;
    } texts[] = {
        {"id", t->id},         {"kind", t->kind},   {"date", t->date},   {"decision", t->decision},
        {"reason", t->reason}, {"giver", t->giver}, {"taker", t->taker}, {"actor", t->actor},
        {"at", t->at}};
    json_t *one = json_object(), *all = json_array();

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        vt_dossier_set(one, texts[i].key, texts[i].text);
    for (size_t i = 0; i < t->dossier_count; i++)
        json_array_append_new(all, vt_dossier_json(&t->dossiers[i]));
    json_object_set_new(one, "dossiers", all);
    return one;
}

static void tell(vt_cli *cli, const vt_transfer *t) {
    bool disposal = strcmp(t->kind, "disposal") == 0;

    vt_cli_say(cli,
               disposal ? "Đã ghi việc huỷ %zu hồ sơ ngày %s theo %s.\n"
                        : "Đã giao nộp %zu hồ sơ ngày %s cho %s.\n",
               t->dossier_count, vt_cli_day(cli->arena, t->date),
               disposal ? t->decision : t->taker);
    for (size_t i = 0; i < t->dossier_count; i++)
        vt_cli_say(cli, "  %s/%d %s\n", t->dossiers[i].code, t->dossiers[i].year,
                   t->dossiers[i].title);
    vt_cli_say(cli, "  mã %s\n", t->id);
    if (cli->json)
        cli->result = transfer_json(t);
}

static vt_status run(vt_cli *cli, const vt_dossier_ref *common, vt_transfer *t, vt_date date, int n,
                     char **codes) {
    vt_dossier_ref *which = vt_alloc_array(cli->arena, (size_t)n, sizeof *which);
    vt_records *records = NULL;
    vt_transfer done;
    char iso[11];
    vt_status st = which ? VT_OK : vt_nomem(cli->list);

    vt_date_iso(date, iso);
    t->date = iso;
    for (int i = 0; !st && i < n; i++)
        which[i] = (vt_dossier_ref){codes[i], common->issuer, common->year};
    if (!st)
        st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_transfer(records, which, (size_t)n, t, cli->arena, cli->list, &done);
    if (!st)
        tell(cli, &done);
    vt_records_close(records);
    return st;
}

vt_status vt_dossier_transfer(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    vt_transfer t = {.kind = "hand-over", .taker = "Lưu trữ cơ quan"};
    vt_date date = {0};
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        {"date", 0, VT_OPT_DATE, &date, "NGÀY", "ngày giao nhận"},
        {"giver", 0, VT_OPT_STRING, &t.giver, "BÊN-GIAO", "đơn vị, cá nhân giao nộp"},
        {"giver-name", 0, VT_OPT_STRING, &t.giver_name, "HỌ-TÊN", "người đại diện bên giao"},
        {"giver-position", 0, VT_OPT_STRING, &t.giver_position, "CHỨC-VỤ", "chức vụ người ấy"},
        {"taker", 0, VT_OPT_STRING, &t.taker, "BÊN-NHẬN", "mặc định: Lưu trữ cơ quan"},
        {"taker-name", 0, VT_OPT_STRING, &t.taker_name, "HỌ-TÊN", "người đại diện bên nhận"},
        {"taker-position", 0, VT_OPT_STRING, &t.taker_position, "CHỨC-VỤ", "chức vụ người ấy"},
        {"basis", 0, VT_OPT_STRING, &t.basis, "CHỮ", "căn cứ: danh mục hồ sơ, kế hoạch thu thập"},
        {"bundle", 0, VT_OPT_STRING, &t.bundle, "CHỮ", "tên khối tài liệu giao nộp"},
        {"boxes", 0, VT_OPT_STRING, &t.boxes, "SỐ", "tổng số hộp (cặp)"},
        {"metres", 0, VT_OPT_STRING, &t.metres, "SỐ", "quy ra mét giá"},
        {"condition", 0, VT_OPT_STRING, &t.soundness, "CHỮ", "tình trạng tài liệu"},
        {0}};
    vt_status st = vt_cli_options(cli, vt_dossier_command("hand-over"), opts, argc, argv, 1,
                                  DOSSIERS_MOST, &n, &done);

    return st || done ? st : run(cli, &which, &t, date, n, argv);
}

vt_status vt_dossier_dispose(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    vt_transfer t = {.kind = "disposal"};
    vt_date date = {0};
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        {"date", 0, VT_OPT_DATE, &date, "NGÀY", "ngày huỷ"},
        {"decision", 0, VT_OPT_STRING, &t.decision, "QUYẾT-ĐỊNH",
         "số, ký hiệu, ngày của quyết định huỷ tài liệu"},
        {"reason", 0, VT_OPT_STRING, &t.reason, "LÝ-DO", "vì sao; ghi vào nhật ký"},
        {0}};
    vt_status st = vt_cli_options(cli, vt_dossier_command("dispose"), opts, argc, argv, 1,
                                  DOSSIERS_MOST, &n, &done);

    return st || done ? st : run(cli, &which, &t, date, n, argv);
}
