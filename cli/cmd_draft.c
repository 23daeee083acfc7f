/* vanthu draft - a document comes into the archive before it is signed. */

#include "cli/archive.h"

enum { DRAFTS_SHOWN = 200 };

static const char *subject_of(const vt_record *r) {
    return *r->subject ? r->subject : r->title;
}

static vt_status list_drafts(vt_cli *cli, vt_records *records) {
    vt_record **all;
    size_t count = 0;
    json_t *array = cli->json ? json_array() : NULL;
    vt_status st = vt_records_drafts(records, DRAFTS_SHOWN, cli->arena, cli->list, &all, &count);

    for (size_t i = 0; !st && i < count; i++) {
        vt_cli_say(cli, "%s  %s: %s (%s)\n", all[i]->id, all[i]->type_name, subject_of(all[i]),
                   vt_record_word(all[i]->state));
        json_array_append_new(array, vt_cli_record_json(all[i]));
    }
    if (!st && !count)
        vt_cli_say(cli, "Kho không có dự thảo nào.\n");
    if (cli->json)
        cli->result = json_pack("{s:o}", "records", array);
    return st;
}

static vt_status bring_in(vt_cli *cli, vt_records *records, const char *path, bool new_issuer) {
    vt_record *record = NULL;
    vt_doc *doc = NULL;
    char *key = NULL;
    vt_status st = vt_cli_engine(cli);

    if (!st)
        st = vt_doc_read(cli->engine, cli->arena, path, cli->list, &doc);
    if (!st && vt_doc_number(doc))
        st = vt_bad(cli->list, "SO-09", (vt_place){.file = path, .path = "/document/number"},
                    "Bỏ số trong văn bản: số được cấp sau khi ký.", "Văn bản đã mang số %s.",
                    vt_doc_number(doc));
    if (!st && !(key = vt_cli_issue_key(cli, cli->arena, doc, 1)))
        st = vt_nomem(cli->list);
    if (!st)
        st = vt_cli_draft(cli, records, doc, key, new_issuer, &record);
    if (st)
        return st;
    if (cli->json)
        cli->result = vt_cli_record_json(record);
    vt_cli_say(cli, "Đã đưa vào kho: %s, mã %s.\n", vt_record_word(record->state), record->id);
    vt_cli_say(cli,
               "Trình ký: vanthu step %s submit; khi đã ký (step ... sign) thì cấp số: vanthu "
               "issue %s\n",
               record->id, path);
    return VT_OK;
}

vt_status vt_cmd_draft(vt_cli *cli, int argc, char **argv) {
    bool new_issuer = false, done = false;
    const vt_opt opts[] = {
        {"new-issuer", 0, VT_OPT_FLAG, &new_issuer, NULL, "nhận thêm cơ quan ban hành này vào kho"},
        {0}};
    int n = 0;
    vt_records *records = NULL;
    vt_status st = vt_cli_options(cli, vt_cli_command("draft"), opts, argc, argv, 0, 1, &n, &done);

    if (st || done)
        return st;
    st = vt_cli_archive_open(cli, n == 0, &records);
    if (!st)
        st = n ? bring_in(cli, records, argv[0], new_issuer) : list_drafts(cli, records);
    vt_records_close(records);
    return st;
}
