/* vanthu check - findings on a document; 0 no error, 1 some.  --list and
   --explain tell of the rules themselves. */

#include "cli/archive.h"

#include <string.h>

/* ----------------------------------------------------------------- rules -- */

static const char *severity_word(vt_severity severity) {
    static const char *const words[] = {"lưu ý", "cảnh báo", "lỗi"};
    return words[severity];
}

/* The words whose bits are set, commas between. */
static const char *words_of(vt_cli *cli, unsigned bits, const char *const *words, unsigned count) {
    const char *all = "";
    for (unsigned i = 0; i < count && all; i++)
        if (bits & (1u << i))
            all = vt_printf(cli->arena, "%s%s%s", all, *all ? ", " : "", words[i]);
    return all ? all : "";
}

static const char *systems_words(vt_cli *cli, unsigned systems) {
    static const char *const words[VT_SYSTEMS] = {"Nhà nước", "Đảng", "Đoàn"};
    return words_of(cli, systems, words, VT_SYSTEMS);
}

static const char *confidence_words(char confidence) {
    switch (confidence) {
    case 'A':
        return "đã đọc văn bản gốc";
    case 'B':
        return "nhiều nguồn thống nhất";
    case 'C':
        return "một nguồn";
    case 'D':
        return "quy ước của chương trình, pháp luật để ngỏ";
    default:
        return "chưa kiểm chứng";
    }
}

static const char *reads_words(vt_cli *cli, const vt_rule *r) {
    static const char *const words[] = {"văn bản", "trang đã dàn", "sổ đăng ký và danh bạ"};
    return words_of(cli, (r->tree ? 1u : 0) | (r->pages ? 2u : 0) | (r->facts ? 4u : 0), words, 3);
}

static json_t *rule_json(vt_cli *cli, const vt_rule *r) {
    static const char *const severities[] = {"info", "warning", "error"};
    json_t *systems = json_array();
    for (unsigned i = 0; i < VT_SYSTEMS; i++)
        if (r->systems & (1u << i))
            json_array_append_new(systems, json_string(vt_system_name((vt_system)i)));
    const char confidence[] = {r->confidence, 0};
    (void)cli;
    return json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[b,b,b]}", "id", r->id,
                     "severity", severities[r->severity], "systems", systems, "source", r->source,
                     "confidence", confidence, "title", r->title, "remedy", r->remedy, "why",
                     r->why, "wrong", r->wrong, "right", r->right, "reads", r->tree != NULL,
                     r->pages != NULL, r->facts != NULL);
}

static void list_rules(vt_cli *cli) {
    json_t *all = json_array();
    for (size_t i = 0; i < vt_rule_count(); i++) {
        const vt_rule *r = vt_rule_at(i);
        if (cli->json)
            json_array_append_new(all, rule_json(cli, r));
        else
            printf("%-6s %s (%s; %s)\n", r->id, r->title, severity_word(r->severity),
                   systems_words(cli, r->systems));
    }
    if (cli->json)
        cli->result = json_pack("{s:o}", "rules", all);
    else
        json_decref(all);
}

static vt_status explain(vt_cli *cli, const char *id) {
    const vt_rule *r = vt_rule_named(id);
    if (!r)
        return vt_bad(cli->list, "CLI-20", (vt_place){0}, "Xem các quy tắc: vanthu check --list.",
                      "Không có quy tắc “%s”.", id);
    if (cli->json) {
        cli->result = json_pack("{s:o}", "rule", rule_json(cli, r));
        return VT_OK;
    }
    printf("%s  %s\n\n", r->id, r->title);
    printf("  Mức:       %s\n", severity_word(r->severity));
    printf("  Hệ thống:  %s\n", systems_words(cli, r->systems));
    printf("  Căn cứ:    %s\n", r->source);
    printf("  Tin cậy:   %c - %s\n", r->confidence, confidence_words(r->confidence));
    printf("  Đọc:       %s\n", reads_words(cli, r));
    printf("  Vì sao:    %s\n", r->why);
    printf("  Sai:       %s\n", r->wrong);
    printf("  Đúng:      %s\n", r->right);
    printf("  Cách sửa:  %s\n", r->remedy);
    return VT_OK;
}

/* -------------------------------------------------------------- documents -- */

static bool is_said(const vt_findings *list, const char *id) {
    for (size_t i = 0; i < vt_findings_count(list); i++)
        if (strcmp(vt_findings_at(list, i)->id, id) == 0)
            return true;
    return false;
}

/* What composing found, but for what the rules have said already. */
static vt_status take_over(vt_cli *cli, const vt_findings *found, vt_status st) {
    for (size_t i = 0; i < vt_findings_count(found); i++) {
        const vt_finding *f = vt_findings_at(found, i);
        if (!is_said(cli->list, f->id) && vt_find(cli->list, f) > st)
            st = VT_BAD;
    }
    return st;
}

/* With an archive at hand its register answers the rules that ask it; without
   one they are silent. */
static vt_status ask_rules(vt_cli *cli, const vt_pack *pack, const vt_doc *doc,
                           const vt_layout *layout) {
    vt_records_options options = vt_cli_archive_options(cli, true);
    vt_records *records = NULL;
    vt_facts facts;
    bool known = vt_records_open(&options, NULL, &records) == VT_OK &&
                 vt_records_facts(records, cli->arena, NULL, &facts) == VT_OK;
    vt_status st = vt_check_with(cli->engine, pack, doc, layout, known ? &facts : NULL, cli->list);

    vt_records_close(records);
    return st;
}

/* The pages are judged where the document can be set at all. */
static vt_status check(vt_cli *cli, const vt_pack *pack, const vt_doc *doc, const vt_make *make) {
    const vt_compose_options how = {.electronic = make->electronic, .part = make->part};
    vt_layout *layout = NULL;
    vt_findings *found = vt_findings_new();
    if (!found)
        return vt_nomem(cli->list);
    vt_status composed = vt_compose(cli->engine, pack, doc, &how, cli->arena, found, &layout);
    vt_status st = ask_rules(cli, pack, doc, composed ? NULL : layout);
    st = take_over(cli, found, st);
    vt_findings_free(found);
    return composed > st ? composed : st;
}

/* Of annexes in files of their own only what has not been said of the document. */
static vt_status check_parts(vt_cli *cli, const vt_pack *pack, const vt_doc *doc, vt_make make) {
    const size_t count = make.part ? vt_doc_parts(doc) : 0;
    vt_status st = check(cli, pack, doc, &make);

    for (size_t i = 1; i <= count && st != VT_FAIL; i++) {
        vt_findings *all = cli->list;
        vt_findings *found = vt_findings_new();
        if (!found)
            return vt_nomem(all);
        cli->list = found;
        make.part = (int)i;
        (void)check(cli, pack, doc, &make);
        cli->list = all;
        st = take_over(cli, found, st);
        vt_findings_free(found);
    }
    return st;
}

static void report(vt_cli *cli, const char *file, const vt_pack *pack, vt_status st) {
    if (cli->json)
        cli->result = json_pack("{s:o, s:s*, s:b}", "file", vt_cli_json_text(file), "pack",
                                pack ? vt_pack_id(pack) : NULL, "ok", st == VT_OK);
    else if (!st && vt_findings_count(cli->list) == 0)
        vt_cli_say(cli, "%s: không thấy lỗi thể thức (quy tắc %s)\n", file, vt_pack_id(pack));
}

vt_status vt_cmd_check(vt_cli *cli, int argc, char **argv) {
    int n = 0;
    bool done = false, list = false;
    const char *id = NULL, *medium = NULL, *annexes = NULL;
    vt_make make = {0};
    vt_doc *doc = NULL;
    const vt_pack *pack = NULL;
    const vt_opt opts[] = {
        {"list", 0, VT_OPT_FLAG, &list, NULL, "kể các quy tắc"},
        {"explain", 0, VT_OPT_STRING, &id, "MÃ", "giải thích một quy tắc: căn cứ, vì sao, ví dụ"},
        {"for", 0, VT_OPT_STRING, &medium, "LOẠI",
         "xét trang của văn bản paper (giấy, mặc định) hoặc electronic (điện tử)"},
        {"annexes", 0, VT_OPT_STRING, &annexes, "CÁCH",
         "together (cùng tệp, mặc định) hoặc separate (tệp riêng, văn bản điện tử)"},
        {0}};
    vt_status st = vt_cli_options(cli, vt_cli_command("check"), opts, argc, argv, 0, 1, &n, &done);
    if (st || done)
        return st;
    if (list)
        list_rules(cli);
    if (id)
        return explain(cli, id);
    if (list)
        return VT_OK;
    if (n == 0)
        return vt_bad(cli->list, "CLI-01", (vt_place){0},
                      "Cách dùng: vanthu check VĂN-BẢN.xml; vanthu check --list.",
                      "Thiếu tham số.");
    st = vt_cli_medium(cli, medium, &make);
    if (!st)
        st = vt_cli_annexes(cli, annexes, &make);
    if (!st)
        st = vt_cli_engine(cli);
    if (!st)
        st = vt_doc_read(cli->engine, cli->arena, argv[0], cli->list, &doc);
    if (!st)
        st = vt_pack_choose(cli->engine, doc, cli->list, &pack);
    if (!st)
        st = check_parts(cli, pack, doc, make);
    report(cli, argv[0], pack, st);
    return st;
}
