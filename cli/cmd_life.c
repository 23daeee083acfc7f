/* vanthu recall, replace, correct, step - what becomes of a record. */

#include "cli/archive.h"

#include <string.h>

static void report(vt_cli *cli, const vt_record *r, const char *act) {
    if (cli->json)
        cli->result = vt_cli_record_json(r);
    vt_cli_say(cli, "Đã ghi: %s %s; tình trạng: %s.\n", vt_record_word(act),
               *r->designation ? r->designation : r->id, vt_record_word(r->state));
}

static vt_status take(vt_cli *cli, const vt_step *q) {
    vt_records *records = NULL;
    vt_record *record = NULL;
    vt_status st = vt_cli_archive_open(cli, false, &records);

    if (!st)
        st = vt_records_step(records, q, cli->arena, cli->list, &record);
    if (!st)
        report(cli, record, q->act);
    vt_records_close(records);
    return st;
}

/* The act is the command's name. */
static vt_status named_act(vt_cli *cli, const char *act, int argc, char **argv) {
    vt_step q = {.act = act};
    const vt_opt opts[] = {
        {"reason", 0, VT_OPT_STRING, &q.note, "LÝ-DO", "vì sao; ghi vào sổ và nhật ký"},
        {"by", 0, VT_OPT_STRING, &q.by, "MÃ-HOẶC-SỐ", "bằng văn bản nào"},
        {"by-year", 0, VT_OPT_INT, &q.by_year, "NĂM", "năm của văn bản ấy"},
        {"year", 0, VT_OPT_INT, &q.year, "NĂM", "năm của số, khi nhiều năm trùng số"},
        {0}};
    int n = 0;
    bool done = false;
    vt_status st = vt_cli_options(cli, vt_cli_command(act), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    q.reference = argv[0];
    return take(cli, &q);
}

vt_status vt_cmd_recall(vt_cli *cli, int argc, char **argv) {
    return named_act(cli, "recall", argc, argv);
}

vt_status vt_cmd_replace(vt_cli *cli, int argc, char **argv) {
    return named_act(cli, "replace", argc, argv);
}

vt_status vt_cmd_correct(vt_cli *cli, int argc, char **argv) {
    return named_act(cli, "correct", argc, argv);
}

vt_status vt_cmd_step(vt_cli *cli, int argc, char **argv) {
    vt_step q = {0};
    const vt_opt opts[] = {
        {"reason", 0, VT_OPT_STRING, &q.note, "GHI-CHÚ", "lý do hay ghi chú; ghi vào nhật ký"},
        {"year", 0, VT_OPT_INT, &q.year, "NĂM", "năm của số, khi nhiều năm trùng số"},
        {0}};
    int n = 0;
    bool done = false;
    vt_status st = vt_cli_options(cli, vt_cli_command("step"), opts, argc, argv, 2, 2, &n, &done);

    if (st || done)
        return st;
    q.reference = argv[0];
    q.act = argv[1];
    return take(cli, &q);
}
