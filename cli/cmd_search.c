/* vanthu search - documents by words and numbers, newest first. */

#include "cli/found.h"

#include <limits.h>
#include <string.h>

/* "trẻ em" in two arguments is one query. */
static char *join(vt_arena *arena, int n, char **words) {
    size_t size = 1;
    char *all, *at;

    for (int i = 0; i < n; i++)
        size += strlen(words[i]) + 1;
    at = all = vt_alloc(arena, size);
    for (int i = 0; i < n && all; i++) {
        if (i)
            *at++ = ' ';
        at = stpcpy(at, words[i]);
    }
    return all;
}

enum { UNSAID = INT_MIN, SHOWN = 20, LISTED = 1000, LISTED_MOST = 100000 };

typedef struct options {
    vt_search search;
    int limit;
    bool facets, searches;
    const char *save, *saved, *forget, *format, *output;
} options;

/* A partial date counts as its first day here, as its last there. */
static vt_status check_days(vt_cli *cli, const vt_search *s) {
    const vt_date from = {s->from.year, s->from.month ? s->from.month : 1,
                          s->from.day ? s->from.day : 1};

    if (!from.year || !s->to.year || vt_date_compare(from, vt_date_last(s->to)) <= 0)
        return VT_OK;
    return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Đổi chỗ --from và --to.",
                  "Ngày đầu (--from) ở sau ngày cuối (--to).");
}

/* What is typed now goes before what was kept. */
static void put_over(vt_search *kept, const vt_search *typed) {
    const struct {
        const char **kept, *typed;
    } texts[] = {{&kept->query, vt_blank(typed->query) ? NULL : typed->query},
                 {&kept->type, typed->type},
                 {&kept->issuer, typed->issuer},
                 {&kept->signer, typed->signer},
                 {&kept->recipient, typed->recipient},
                 {&kept->series, typed->series},
                 {&kept->urgency, typed->urgency},
                 {&kept->state, typed->state},
                 {&kept->dossier, typed->dossier},
                 {&kept->after, typed->after}};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].typed)
            *texts[i].kept = texts[i].typed;
    if (typed->from.year)
        kept->from = typed->from;
    if (typed->to.year)
        kept->to = typed->to;
}

static vt_status list_searches(vt_cli *cli, vt_records *records) {
    json_t *array = cli->json ? json_array() : NULL;
    vt_saved *all;
    size_t count = 0;
    vt_status st = vt_records_searches(records, cli->arena, cli->list, &all, &count);

    for (size_t i = 0; !st && i < count; i++) {
        const char *words = vt_cli_search_words(cli, &all[i].search);

        vt_cli_say(cli, "%s: %s\n", all[i].name, words);
        if (cli->json)
            json_array_append_new(array,
                                  json_pack("{s:o, s:o}", "name", vt_cli_json_text(all[i].name),
                                            "search", vt_cli_json_text(words)));
    }
    if (!st && !count)
        vt_cli_say(cli, "Chưa lưu lần tìm nào.\n");
    if (cli->json)
        cli->result = json_pack("{s:o}", "searches", array);
    return st;
}

/* Hits, and how many there are of each kind. */
static vt_status show(vt_cli *cli, vt_records *records, options *o) {
    vt_facets facets = {0};
    vt_hits hits = {0};
    vt_status st;

    o->search.snippets = true;
    o->search.limit = (size_t)o->limit;
    st = vt_records_search(records, &o->search, cli->arena, cli->list, &hits);
    if (!st && o->facets)
        st = vt_records_facets(records, &o->search, cli->arena, cli->list, &facets);
    if (st)
        return st;
    if (cli->json)
        cli->result = vt_cli_hits_json(&hits);
    if (cli->json && o->facets)
        json_object_set_new(cli->result, "facets", vt_cli_facets_json(&facets));
    vt_cli_print_hits(cli, &hits);
    if (o->facets)
        vt_cli_print_facets(cli, &facets);
    return VT_OK;
}

static vt_status find(vt_cli *cli, vt_records *records, options *o) {
    vt_book_format format = VT_AS_PDF;
    vt_search kept = {0};
    vt_status st = VT_OK;

    if (o->saved) {
        st = vt_records_search_saved(records, o->saved, cli->arena, cli->list, &kept);
        put_over(&kept, &o->search);
        o->search = kept;
        if (!st)
            st = check_days(cli, &o->search);
    }
    if (!st && o->save)
        st = vt_records_search_save(records, o->save, &o->search, cli->list);
    if (st)
        return st;
    if (!o->output)
        return show(cli, records, o);
    st = vt_cli_book_format(cli, o->format, o->output, &format);
    return st ? st
              : vt_cli_found_list(cli, records, &o->search, (size_t)o->limit, format, o->output);
}

static vt_status check(vt_cli *cli, options *o) {
    int most = o->output ? LISTED_MOST : VT_SEARCH_MOST;
    vt_book_format format;
    vt_status st;

    if (o->limit == UNSAID)
        o->limit = o->output ? LISTED : SHOWN;
    if (o->limit < 1 || o->limit > most)
        return vt_bad(cli->list, "CLI-10", (vt_place){0},
                      vt_printf(cli->arena, "Cho một số từ 1 đến %d.", most),
                      "Tùy chọn --limit không nhận giá trị %d.", o->limit);
    if (o->format && !o->output)
        return vt_bad(cli->list, "CLI-20", (vt_place){0},
                      "Ghi thêm: -o TỆP (- là thiết bị ra chuẩn).",
                      "Có dạng (--format) mà không nói ghi vào đâu.");
    if (o->facets && o->output)
        return vt_bad(cli->list, "CLI-01", (vt_place){0}, "Bỏ một trong hai.",
                      "Danh sách ghi ra tệp (-o) không có số đếm (--facets).");
    if (!o->output)
        return VT_OK;
    st = vt_cli_book_format(cli, o->format, o->output, &format);
    if (!st)
        st = vt_cli_target(cli, o->output, NULL);
    return st ? st : vt_cli_writable(cli, o->output);
}

static vt_status parse(vt_cli *cli, int argc, char **argv, options *o, bool *done) {
    vt_search *s = &o->search;
    int n = 0;
    const vt_opt opts[] = {
        {"type", 0, VT_OPT_STRING, &s->type, "LOẠI", "loại văn bản: ke-hoach, \"Kế hoạch\""},
        {"from", 0, VT_OPT_DATE, &s->from, "NGÀY", "từ ngày (2026, 2026-03 hoặc 2026-03-27)"},
        {"to", 0, VT_OPT_DATE, &s->to, "NGÀY", "đến hết ngày"},
        {"issuer", 0, VT_OPT_STRING, &s->issuer, "TÊN", "cơ quan ban hành"},
        {"signer", 0, VT_OPT_STRING, &s->signer, "TÊN", "người ký hoặc chức vụ"},
        {"recipient", 0, VT_OPT_STRING, &s->recipient, "TÊN", "nơi nhận"},
        {"series", 0, VT_OPT_STRING, &s->series, "SỔ", "dãy số: van-ban, van-ban/2026"},
        {"dossier", 0, VT_OPT_STRING, &s->dossier, "MÃ",
         "số và ký hiệu của hồ sơ: 01.VP, 01.VP/2026"},
        {"state", 0, VT_OPT_STRING, &s->state, "TÌNH-TRẠNG",
         "issued, recalled, replaced, archived"},
        {"urgency", 0, VT_OPT_STRING, &s->urgency, "ĐỘ", "độ khẩn: khan, \"Hỏa tốc\""},
        {"limit", 'n', VT_OPT_INT, &o->limit, "SỐ",
         "nhiều nhất bấy nhiêu văn bản (mặc định 20; ghi ra tệp: 1000)"},
        {"after", 0, VT_OPT_STRING, &s->after, "KHOÁ",
         "lấy tiếp, bằng khóa mà lần tìm trước in ở cuối"},
        {"facets", 0, VT_OPT_FLAG, &o->facets, NULL,
         "đếm theo loại, sổ, năm, cơ quan, người ký, độ khẩn, tình trạng"},
        {"output", 'o', VT_OPT_STRING, &o->output, "TỆP", "ghi danh sách ra tệp"},
        {"format", 0, VT_OPT_STRING, &o->format, "DẠNG",
         "pdf, csv hoặc xlsx (mặc định theo đuôi tên tệp)"},
        {"save", 0, VT_OPT_STRING, &o->save, "TÊN", "lưu lần tìm này với tên ấy"},
        {"saved", 0, VT_OPT_STRING, &o->saved, "TÊN", "tìm lại lần đã lưu; thêm điều kiện được"},
        {"searches", 0, VT_OPT_FLAG, &o->searches, NULL, "liệt kê các lần tìm đã lưu"},
        {"forget", 0, VT_OPT_STRING, &o->forget, "TÊN", "xoá lần tìm đã lưu"},
        {0}};
    vt_status st =
        vt_cli_options(cli, vt_cli_command("search"), opts, argc, argv, 0, INT_MAX, &n, done);

    if (st || *done)
        return st;
    s->query = join(cli->arena, n, argv);
    if (!s->query)
        return vt_nomem(cli->list);
    st = check_days(cli, s);
    return st ? st : check(cli, o);
}

vt_status vt_cmd_search(vt_cli *cli, int argc, char **argv) {
    options o = {.limit = UNSAID};
    bool done = false;
    vt_records *records = NULL;
    vt_status st = parse(cli, argc, argv, &o, &done);

    if (st || done)
        return st;
    st = vt_cli_archive_open(cli, !o.save && !o.forget, &records);
    if (!st && o.forget)
        st = vt_records_search_forget(records, o.forget, cli->list);
    else if (!st)
        st = o.searches ? list_searches(cli, records) : find(cli, records, &o);
    if (!st && o.forget)
        vt_cli_say(cli, "Đã xoá lần tìm “%s”.\n", o.forget);
    vt_records_close(records);
    return st;
}
