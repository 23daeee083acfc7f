/* vanthu search - documents by words and numbers, newest first. */

#include "cli/archive.h"

#include <limits.h>
#include <string.h>

static json_t *hits_json(const vt_hits *hits) {
    json_t *all = json_array();

    for (size_t i = 0; i < hits->count; i++)
        json_array_append_new(all, vt_cli_record_json(hits->items[i]));
    return json_pack("{s:o, s:s?, s:b}", "records", all, "next", hits->next, "folded",
                     hits->folded);
}

/* Two lines for each: number, date, subject; whose, by whom, id. */
static void print_hits(vt_cli *cli, const vt_hits *hits) {
    int column = 0;

    for (size_t i = 0; i < hits->count; i++) {
        int width = vt_cli_width(hits->items[i]->designation);
        column = width > column ? width : column;
    }
    for (size_t i = 0; i < hits->count; i++) {
        const vt_record *r = hits->items[i];
        vt_cli_say(cli, "%s%*s  %s  %s%s%s\n", r->designation,
                   column - vt_cli_width(r->designation), "", vt_cli_day(cli->arena, r->date),
                   r->type_name, *r->subject ? ": " : "", r->subject);
        vt_cli_say(cli, "%*s  %s%s%s%s%s; mã %s\n", column, "", r->superior,
                   *r->superior ? ", " : "", r->issuer, *r->signer ? "; ký: " : "", r->signer,
                   r->id);
    }
}

static void print_all(vt_cli *cli, const vt_hits *hits) {
    if (hits->folded && hits->count)
        vt_cli_say(cli, "Không có văn bản nào viết đúng dấu như vậy; dưới đây là kết quả không "
                        "xét dấu.\n");
    if (!hits->count)
        vt_cli_say(cli, "Không tìm thấy văn bản nào.\n");
    print_hits(cli, hits);
    if (hits->next)
        vt_cli_say(cli, "Còn nữa: thêm --after %s\n", hits->next);
}

/* "trẻ em" in two arguments is one query. */
static char *join(vt_arena *arena, int n, char **words) {
    size_t size = 1;
    char *all, *at;

    for (int i = 0; i < n; i++)
        size += strlen(words[i]) + 1;
    at = all = vt_alloc(arena, size);
    for (int i = 0; i < n && all; i++) {
        at = stpcpy(at, words[i]);
        *at++ = ' ';
    }
    return all;
}

vt_status vt_cmd_search(vt_cli *cli, int argc, char **argv) {
    vt_search search = {0};
    int limit = 20, n = 0;
    const vt_opt opts[] = {
        {"type", 0, VT_OPT_STRING, &search.type, "LOẠI", "loại văn bản: ke-hoach, \"Kế hoạch\""},
        {"from", 0, VT_OPT_DATE, &search.from, "NGÀY", "từ ngày (2026, 2026-03 hoặc 2026-03-27)"},
        {"to", 0, VT_OPT_DATE, &search.to, "NGÀY", "đến hết ngày"},
        {"issuer", 0, VT_OPT_STRING, &search.issuer, "TÊN", "cơ quan ban hành"},
        {"signer", 0, VT_OPT_STRING, &search.signer, "TÊN", "người ký hoặc chức vụ"},
        {"recipient", 0, VT_OPT_STRING, &search.recipient, "TÊN", "nơi nhận"},
        {"series", 0, VT_OPT_STRING, &search.series, "SỔ", "dãy số: van-ban, van-ban/2026"},
        {"dossier", 0, VT_OPT_STRING, &search.dossier, "MÃ",
         "số và ký hiệu của hồ sơ: 01.VP, 01.VP/2026"},
        {"state", 0, VT_OPT_STRING, &search.state, "TÌNH-TRẠNG",
         "issued, recalled, replaced, archived"},
        {"urgency", 0, VT_OPT_STRING, &search.urgency, "ĐỘ", "độ khẩn: khan, \"Hỏa tốc\""},
        {"limit", 'n', VT_OPT_INT, &limit, "SỐ", "nhiều nhất bấy nhiêu văn bản (mặc định 20)"},
        {"after", 0, VT_OPT_STRING, &search.after, "KHOÁ",
         "lấy tiếp, bằng khóa mà lần tìm trước in ở cuối"},
        {0}};
    bool done = false;
    vt_records *records = NULL;
    vt_hits hits;
    vt_status st =
        vt_cli_options(cli, vt_cli_command("search"), opts, argc, argv, 0, INT_MAX, &n, &done);

    if (st || done)
        return st;
    if (limit < 1 || limit > VT_SEARCH_MOST)
        return vt_bad(cli->list, "CLI-10", (vt_place){0}, "Cho một số từ 1 đến 1000.",
                      "Tùy chọn --limit không nhận giá trị %d.", limit);
    search.limit = (size_t)limit;
    search.query = join(cli->arena, n, argv);
    if (!search.query)
        return vt_nomem(cli->list);
    st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = vt_records_search(records, &search, cli->arena, cli->list, &hits);
    if (!st && cli->json)
        cli->result = hits_json(&hits);
    if (!st)
        print_all(cli, &hits);
    vt_records_close(records);
    return st;
}
