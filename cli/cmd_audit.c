/* vanthu audit - the log: is it what it was, its head, a copy of it. */

#include "cli/archive.h"

#include <stdlib.h>
#include <string.h>

enum { EXPORT_ROWS = 1000, ANCHOR_BYTES = 1 << 30, LINE_MOST = 1 << 20, HASH_CHARS = 64 };

typedef struct anchors {
    vt_anchor *items;
    size_t count, cap;
} anchors;

/* ---------------------------------------------------------------- anchors -- */

static bool add_anchor(vt_cli *cli, anchors *all, int64_t serial, const char *hash) {
    vt_anchor *one;

    if (serial < 1 || strlen(hash) != HASH_CHARS || strspn(hash, "0123456789abcdef") != HASH_CHARS)
        return false;
    all->items = vt_grow(cli->arena, all->items, &all->cap, all->count + 1, sizeof *all->items);
    if (!all->items)
        return false;
    one = &all->items[all->count++];
    one->serial = serial;
    memcpy(one->hash, hash, HASH_CHARS + 1);
    return true;
}

/* "152 9f86d0..." */
static bool read_plain(vt_cli *cli, const char *line, anchors *all) {
    char *end;
    long long serial = strtoll(line, &end, 10);

    return end != line && *end == ' ' && add_anchor(cli, all, serial, end + strspn(end, " "));
}

/* A line of an export. */
static bool read_json(vt_cli *cli, const char *line, anchors *all) {
    json_t *row = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    const char *hash = json_string_value(json_object_get(row, "hash"));
    bool ok =
        hash && add_anchor(cli, all, json_integer_value(json_object_get(row, "serial")), hash);

    json_decref(row);
    return ok;
}

static vt_status read_line(vt_cli *cli, const char *file, int number, const char *line,
                           anchors *all) {
    if (!*line || *line == '#')
        return VT_OK;
    if (*line == '{' ? read_json(cli, line, all) : read_plain(cli, line, all))
        return VT_OK;
    return vt_bad(cli->list, "CLI-18", (vt_place){.file = file, .line = number},
                  "Mỗi dòng là “SỐ-DÒNG MÃ-BĂM” như vanthu audit head in ra, hoặc một dòng của "
                  "vanthu audit export.",
                  "Không hiểu dòng này của tệp neo.");
}

static vt_status read_anchors(vt_cli *cli, const char *file, anchors *all) {
    vt_buf text;
    int number = 0;
    char *line;
    vt_status st;

    vt_buf_init(&text, ANCHOR_BYTES);
    st = vt_file_read(file, ANCHOR_BYTES, &text, cli->list);
    line = text.data;
    while (!st && line && *line) {
        size_t len = strcspn(line, "\r\n");
        char *next = line + len + strspn(line + len, "\r\n");

        line[len] = '\0';
        st = read_line(cli, file, ++number, line, all);
        line = next;
    }
    vt_buf_free(&text);
    return st;
}

/* ------------------------------------------------------------------- acts -- */

static void show_head(vt_cli *cli, const vt_anchor *head) {
    if (cli->json)
        cli->result =
            json_pack("{s:I, s:s}", "serial", (json_int_t)head->serial, "hash", head->hash);
}

static vt_status verify(vt_cli *cli, vt_records *records, const char *against) {
    anchors all = {0};
    vt_anchor head;
    vt_status st = against ? read_anchors(cli, against, &all) : VT_OK;

    if (!st)
        st = vt_records_audit(records, all.items, all.count, cli->arena, cli->list, &head);
    if (st)
        return st;
    show_head(cli, &head);
    vt_cli_say(cli, "Nhật ký liền mạch: %lld dòng, mã băm cuối %s.\n", (long long)head.serial,
               head.hash);
    if (all.count)
        vt_cli_say(cli, "Khớp với %zu mã băm giữ ở ngoài kho.\n", all.count);
    else
        vt_cli_say(cli, "Chuỗi tự nó không chứng minh được rằng không ai viết lại cả nhật ký: đối "
                        "chiếu với mã băm giữ ở ngoài kho bằng --against.\n");
    return VT_OK;
}

static vt_status head(vt_cli *cli, vt_records *records) {
    vt_anchor at;
    vt_status st = vt_records_head(records, cli->list, &at);

    if (st)
        return st;
    show_head(cli, &at);
    vt_cli_say(cli, "%lld %s\n", (long long)at.serial, at.hash);
    return VT_OK;
}

static vt_status export_log(vt_cli *cli, vt_records *records, const char *out) {
    vt_buf rows, text;
    int64_t after = 0, last = -1;
    vt_status st = VT_OK;

    vt_buf_init(&rows, ANCHOR_BYTES);
    vt_buf_init(&text, ANCHOR_BYTES);
    while (!st && after != last) {
        last = after;
        vt_buf_clear(&rows);
        st = vt_records_export_log(records, last, EXPORT_ROWS, &rows, cli->list, &after);
        vt_cli_escape(rows.data, rows.len, &text);
    }
    if (!st)
        st = vt_buf_failed(&text) ? vt_nomem(cli->list)
                                  : vt_cli_write(out ? out : "-", &text, cli->list);
    vt_buf_free(&rows);
    vt_buf_free(&text);
    return st;
}

static vt_status run(vt_cli *cli, const char *act, const char *against, const char *out) {
    vt_records *records = NULL;
    vt_status st = VT_OK;

    if (out && strcmp(act, "export") != 0)
        return vt_bad(cli->list, "CLI-16", (vt_place){0},
                      "Bỏ -o; hoặc: vanthu audit export -o TỆP.", "-o chỉ dùng với audit export.");
    if (against && strcmp(act, "verify") != 0)
        return vt_bad(cli->list, "CLI-16", (vt_place){0},
                      "Bỏ --against; hoặc: vanthu audit verify --against TỆP.",
                      "--against chỉ dùng với audit verify.");
    if (strcmp(act, "export") == 0)
        st = vt_cli_target(cli, out ? out : "-", NULL);
    if (!st)
        st = vt_cli_archive_open(cli, true, &records);
    if (!st && strcmp(act, "verify") == 0)
        st = verify(cli, records, against);
    else if (!st && strcmp(act, "head") == 0)
        st = head(cli, records);
    else if (!st && strcmp(act, "export") == 0)
        st = export_log(cli, records, out);
    else if (!st)
        st = vt_bad(cli->list, "CLI-17", (vt_place){0}, "Xem: vanthu audit --help.",
                    "Không có việc “%s”.", act);
    vt_records_close(records);
    return st;
}

vt_status vt_cmd_audit(vt_cli *cli, int argc, char **argv) {
    const char *against = NULL, *out = NULL;
    const vt_opt opts[] = {
        {"against", 0, VT_OPT_STRING, &against, "TỆP",
         "verify: các mã băm giữ ở ngoài kho (bản xuất, hoặc các dòng audit head in ra)"},
        {"output", 'o', VT_OPT_STRING, &out, "TỆP", "export: ghi ra tệp này"},
        {0}};
    int n = 0;
    bool done = false;
    vt_status st = vt_cli_options(cli, vt_cli_command("audit"), opts, argc, argv, 0, 1, &n, &done);

    return st || done ? st : run(cli, n ? argv[0] : "verify", against, out);
}
