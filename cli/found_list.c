/* cli/found_list.c - what a search found as a list on paper or as a spreadsheet. */

#include "cli/found.h"

#include <string.h>

enum { LIST_BYTES = 1 << 30 };

static void set(json_t *object, const char *key, const char *text) {
    if (text && *text)
        json_object_set_new(object, key, vt_cli_json_text(text));
}

static json_t *row_of(vt_cli *cli, const vt_record *r) {
    json_t *one = json_object();

    set(one, "so", r->designation);
    set(one, "ngay", vt_cli_day(cli->arena, r->date));
    set(one, "ten-loai", r->type_name);
    set(one, "trich-yeu", r->subject);
    set(one, "co-quan", r->issuer);
    set(one, "nguoi-ky", r->signer);
    set(one, "tinh-trang", vt_record_word(r->state));
    set(one, "ma", r->id);
    return one;
}

/* Rows of one page after the other. */
static vt_status take_rows(vt_cli *cli, vt_records *records, vt_search search, size_t limit,
                           json_t *rows, bool *more) {
    vt_hits hits = {0};
    vt_status st = VT_OK;

    search.snippets = false;
    do {
        size_t left = limit - json_array_size(rows);

        search.limit = left < VT_SEARCH_MOST ? left : VT_SEARCH_MOST;
        st = vt_records_search(records, &search, cli->arena, cli->list, &hits);
        for (size_t i = 0; !st && i < hits.count; i++)
            json_array_append_new(rows, row_of(cli, hits.items[i]));
        search.after = hits.next;
    } while (!st && hits.next && json_array_size(rows) < limit);
    *more = hits.next != NULL;
    return st;
}

static json_t *list_of(vt_cli *cli, const vt_search *search, json_t *rows, bool more) {
    json_t *list = json_object();
    size_t count = json_array_size(rows);

    set(list, "dieu-kien", vt_cli_search_words(cli, search));
    set(list, "tom-tat",
        vt_printf(cli->arena,
                  more ? "%zu văn bản mới nhất; còn nữa, không liệt kê ở đây."
                       : "Tất cả %zu văn bản.",
                  count));
    json_object_set_new(list, "dong", rows);
    return list;
}

vt_status vt_cli_found_list(vt_cli *cli, vt_records *records, const vt_search *search, size_t limit,
                            vt_book_format format, const char *path) {
    json_t *rows = json_array();
    size_t count, pages = 0;
    bool more = false;
    vt_buf bytes;
    vt_status st =
        rows ? take_rows(cli, records, *search, limit, rows, &more) : vt_nomem(cli->list);

    if (st) {
        json_decref(rows);
        return st;
    }
    count = json_array_size(rows);
    vt_buf_init(&bytes, LIST_BYTES);
    st = vt_cli_book(cli, "ket-qua-tim-kiem", list_of(cli, search, rows, more), format, &bytes,
                     &pages);
    if (!st)
        st = vt_cli_write(path, &bytes, cli->list);
    vt_buf_free(&bytes);
    if (st)
        return st;
    vt_cli_say(cli, "Đã ghi %s: %zu văn bản%s%s\n", path, count,
               pages ? vt_printf(cli->arena, ", %zu trang", pages) : "",
               more ? "; còn nữa: thêm --limit" : "");
    if (cli->json)
        cli->result = json_pack("{s:o, s:I, s:I, s:b}", "file", vt_cli_json_text(path), "count",
                                (json_int_t)count, "pages", (json_int_t)pages, "more", more);
    return VT_OK;
}
