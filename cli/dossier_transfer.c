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

    vt_cli_say(
        cli, disposal ? "Huỷ %zu hồ sơ ngày %s theo %s.\n" : "Giao nộp %zu hồ sơ ngày %s cho %s.\n",
        t->dossier_count, vt_cli_day(cli->arena, t->date), disposal ? t->decision : t->taker);
    for (size_t i = 0; i < t->dossier_count; i++)
        vt_cli_say(cli, "  %s/%d %s\n", t->dossiers[i].code, t->dossiers[i].year,
                   t->dossiers[i].title);
    vt_cli_say(cli, "  mã %s\n", t->id);
    if (cli->json)
        cli->result = transfer_json(t);
}

/* The record of handing over and the list that goes with it. */
typedef struct papers {
    vt_dossier_paper record, inventory;
    const char *place, *maker;
} papers;

static vt_status write_papers(vt_cli *cli, const papers *p, const vt_transfer *t) {
    vt_status st = VT_OK;

    if (p->record.output)
        st = vt_dossier_paper_write(cli, &p->record, "bien-ban-giao-nhan",
                                    vt_dossier_transfer_record(cli, t, p->place));
    if (!st && p->inventory.output)
        st = vt_dossier_paper_write(cli, &p->inventory, "muc-luc-ho-so",
                                    vt_dossier_inventory_record(cli, t, p->place, p->maker));
    return st;
}

static vt_status run(vt_cli *cli, const vt_dossier_ref *common, vt_transfer *t, vt_date date, int n,
                     char **codes, const papers *p) {
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
    if (!st) {
        tell(cli, &done);
        st = write_papers(cli, p, &done);
    }
    vt_records_close(records);
    return st;
}

/* What is printed only: before anything is handed over. */
static vt_status check_typed(vt_cli *cli, papers *p) {
    vt_status st = vt_cli_typed(cli, "địa danh", VT_REASON_MOST, &p->place);

    return st ? st : vt_cli_typed(cli, "người lập mục lục", VT_REASON_MOST, &p->maker);
}

vt_status vt_dossier_transfer(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    vt_transfer t = {.kind = "hand-over", .taker = "Lưu trữ cơ quan"};
    vt_date date = {0};
    papers p = {0};
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
        {"output", 'o', VT_OPT_STRING, &p.record.output, "TỆP.pdf", "biên bản giao nhận"},
        {"inventory", 0, VT_OPT_STRING, &p.inventory.output, "TỆP",
         "mục lục hồ sơ nộp lưu kèm theo"},
        {"place", 0, VT_OPT_STRING, &p.place, "ĐỊA-DANH", "địa danh ghi trên hai bản in ấy"},
        {0}};
    vt_status st = vt_cli_options(cli, vt_dossier_command("hand-over"), opts, argc, argv, 1,
                                  DOSSIERS_MOST, &n, &done);

    if (st || done)
        return st;
    st = check_typed(cli, &p);
    if (!st)
        st = vt_dossier_paper_check(cli, &p.record);
    if (!st)
        st = vt_dossier_paper_check(cli, &p.inventory);
    if (!st && p.record.output && p.inventory.output &&
        strcmp(p.record.output, p.inventory.output) == 0)
        st = vt_bad(cli->list, "CLI-13", (vt_place){.file = p.record.output},
                    "Chọn tên khác cho --inventory.",
                    "Biên bản và mục lục không thể ghi vào cùng một tệp.");
    return st ? st : run(cli, &which, &t, date, n, argv, &p);
}

/* --------------------------------------------------------- printed again -- */

/* A transfer of its id, or the newest of a dossier. */
static vt_status print_again(vt_cli *cli, const char *name, papers *p, vt_dossier_paper *paper,
                             int argc, char **argv) {
    vt_dossier_ref which = {0};
    const bool list = paper == &p->inventory;
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        VT_DOSSIER_PAPER_OPTS(*paper),
        {"place", 0, VT_OPT_STRING, &p->place, "ĐỊA-DANH", "địa danh ghi trên bản in"},
        {"maker", 0, VT_OPT_STRING, &p->maker, "HỌ-TÊN", "người lập mục lục"},
        {0}};
    const vt_opt record_opts[] = {opts[0], opts[1], opts[2], opts[3], opts[4], {0}};
    vt_records *records = NULL;
    vt_transfer t;
    vt_status st = vt_cli_options(cli, vt_dossier_command(name), list ? opts : record_opts, argc,
                                  argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    which.reference = argv[0];
    st = check_typed(cli, p);
    if (!st)
        st = vt_dossier_paper_check(cli, paper);
    if (!st)
        st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = vt_records_transferred(records, &which, paper->output ? "hand-over" : NULL, cli->arena,
                                    cli->list, &t);
    if (!st && paper->output && strcmp(t.kind, "disposal") == 0)
        st = vt_bad(cli->list, "HS-15", (vt_place){.path = argv[0]}, NULL,
                    "Lần ấy là huỷ tài liệu theo %s, không phải giao nộp.", t.decision);
    if (!st && !paper->output)
        tell(cli, &t);
    if (!st && paper->output)
        st = write_papers(cli, p, &t);
    vt_records_close(records);
    return st;
}

vt_status vt_dossier_record(vt_cli *cli, int argc, char **argv) {
    papers p = {0};

    return print_again(cli, "record", &p, &p.record, argc, argv);
}

vt_status vt_dossier_inventory(vt_cli *cli, int argc, char **argv) {
    papers p = {0};

    return print_again(cli, "inventory", &p, &p.inventory, argc, argv);
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

    return st || done ? st : run(cli, &which, &t, date, n, argv, &(papers){0});
}
