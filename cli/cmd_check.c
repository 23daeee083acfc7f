/* vanthu check - findings on a document; 0 no error, 1 some. */

#include "cli/archive.h"

static void report(vt_cli *cli, const char *file, const vt_pack *pack, vt_status st) {
    if (cli->json)
        cli->result = json_pack("{s:o, s:s*, s:b}", "file", vt_cli_json_text(file), "pack",
                                pack ? vt_pack_id(pack) : NULL, "ok", st == VT_OK);
    else if (!st && vt_findings_count(cli->list) == 0)
        vt_cli_say(cli, "%s: không thấy lỗi thể thức (quy tắc %s)\n", file, vt_pack_id(pack));
}

/* With an archive at hand its register answers the rules that ask it; without
   one they are silent. */
static vt_status check(vt_cli *cli, const vt_pack *pack, const vt_doc *doc) {
    vt_records_options options = vt_cli_archive_options(cli, true);
    vt_records *records = NULL;
    vt_facts facts;
    bool known = vt_records_open(&options, NULL, &records) == VT_OK &&
                 vt_records_facts(records, cli->arena, NULL, &facts) == VT_OK;
    vt_status st = vt_check_with(cli->engine, pack, doc, NULL, known ? &facts : NULL, cli->list);

    vt_records_close(records);
    return st;
}

vt_status vt_cmd_check(vt_cli *cli, int argc, char **argv) {
    int n = 0;
    bool done = false;
    vt_doc *doc = NULL;
    const vt_pack *pack = NULL;
    vt_status st = vt_cli_options(cli, vt_cli_command("check"), NULL, argc, argv, 1, 1, &n, &done);
    if (st || done)
        return st;
    st = vt_cli_engine(cli);
    if (!st)
        st = vt_doc_read(cli->engine, cli->arena, argv[0], cli->list, &doc);
    if (!st)
        st = vt_pack_choose(cli->engine, doc, cli->list, &pack);
    if (!st)
        st = check(cli, pack, doc);
    report(cli, argv[0], pack, st);
    return st;
}
