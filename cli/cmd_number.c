/* vanthu reserve, void - numbers held back, numbers given up. */

#include "cli/archive.h"

#include <string.h>

/* ---------------------------------------------------------------- reserve -- */

static void report_reserved(vt_cli *cli, const vt_reserve *q, const vt_reserved *got) {
    json_t *numbers = cli->json ? json_array() : NULL;

    vt_cli_say(cli, "Đã giữ ở sổ %s/%s cho %s%s%s:", got->book, got->period, q->holder,
               q->until && *q->until ? " đến " : "",
               q->until && *q->until ? vt_cli_day(cli->arena, q->until) : "");
    for (size_t i = 0; i < got->count; i++) {
        vt_cli_say(cli, " %s", got->numbers[i]);
        json_array_append_new(numbers, json_string(got->numbers[i]));
    }
    vt_cli_say(cli, "\nDùng số ấy: vanthu issue VĂN-BẢN.xml --number %s\n", got->numbers[0]);
    if (cli->json)
        cli->result = json_pack("{s:s, s:s, s:o}", "book", got->book, "period", got->period,
                                "numbers", numbers);
}

static vt_status until_text(vt_cli *cli, vt_date until, char out[11]) {
    vt_date_iso(until, out);
    if (until.year && !vt_date_full(until))
        return vt_bad(cli->list, "SO-20", (vt_place){0}, "Ghi đủ: --until 2026-12-31.",
                      "Hạn giữ số phải đủ ngày, tháng, năm.");
    return VT_OK;
}

vt_status vt_cmd_reserve(vt_cli *cli, int argc, char **argv) {
    vt_reserve q = {0};
    vt_date until = {0};
    int count = 1, n = 0;
    char day[11];
    const vt_opt opts[] = {
        {"for", 0, VT_OPT_STRING, &q.holder, "AI", "giữ cho người hoặc đơn vị nào"},
        {"reason", 0, VT_OPT_STRING, &q.reason, "LÝ-DO", "vì sao giữ; ghi vào sổ"},
        {"until", 0, VT_OPT_DATE, &until, "NGÀY", "giữ đến hết ngày nào"},
        {"count", 0, VT_OPT_INT, &count, "N", "giữ N số liền nhau (mặc định 1)"},
        {"number", 0, VT_OPT_STRING, &q.number, "SỐ",
         "giữ thêm hạn cho số này, hoặc số có chữ kèm"},
        {"issuer", 0, VT_OPT_STRING, &q.issuer, "TÊN", "cơ quan ban hành, khi kho có nhiều"},
        {0}};
    bool done = false;
    vt_records *records = NULL;
    vt_reserved got;
    vt_status st =
        vt_cli_options(cli, vt_cli_command("reserve"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    st = until_text(cli, until, day);
    q.series = argv[0];
    q.until = day;
    q.count = count < 0 ? 0 : (size_t)count;
    if (!st)
        st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_reserve(records, &q, cli->arena, cli->list, &got);
    if (!st)
        report_reserved(cli, &q, &got);
    vt_records_close(records);
    return st;
}

/* ------------------------------------------------------------------- void -- */

vt_status vt_cmd_void(vt_cli *cli, int argc, char **argv) {
    const char *issuer = NULL, *reason = NULL;
    const vt_opt opts[] = {
        {"reason", 0, VT_OPT_STRING, &reason, "LÝ-DO", "vì sao huỷ; ghi vào sổ"},
        {"issuer", 0, VT_OPT_STRING, &issuer, "TÊN", "cơ quan ban hành, khi kho có nhiều"},
        {0}};
    int n = 0;
    bool done = false;
    vt_records *records = NULL;
    vt_status st = vt_cli_options(cli, vt_cli_command("void"), opts, argc, argv, 2, 2, &n, &done);

    if (st || done)
        return st;
    st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_void(records, issuer, argv[0], argv[1], reason, cli->arena, cli->list);
    if (!st)
        vt_cli_say(cli, "Số %s của sổ %s đã huỷ.\n", argv[1], argv[0]);
    vt_records_close(records);
    return st;
}
