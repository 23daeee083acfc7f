/* vanthu file - an archived file, checked against its hash. */

#include "cli/archive.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

/* "152/UBND-VX" -> "152-UBND-VX.pdf" */
static char *plain_name(vt_arena *arena, const vt_record *r, const char *suffix) {
    char *name = vt_printf(arena, "%s%s", r->designation, suffix);

    for (char *c = name; c && *c; c++)
        if (strchr("/\\:*?\"<>| ", *c) || (unsigned char)*c < ' ')
            *c = '-';
    return name && *name == '.' ? vt_printf(arena, "_%s", name) : name;
}

static vt_status hand_out(vt_cli *cli, const vt_record *r, const char *out, const vt_buf *bytes) {
    if (vt_cli_write(out, bytes, cli->list))
        return VT_FAIL;
    if (cli->json) {
        cli->result = vt_cli_record_json(r);
        json_object_set_new(cli->result, "file", vt_cli_json_text(out));
    }
    vt_cli_say(cli, "%s: %s, %zu byte, đúng mã băm đã lưu\n", out,
               vt_cli_record_name(cli->arena, r), bytes->len);
    return VT_OK;
}

enum { NO_ANNEX = INT_MIN };

/* Which file is wanted. */
typedef struct wanted {
    const char *attachment; /* its name; NULL: another file */
    int annex;              /* NO_ANNEX: another file */
    bool source;
} wanted;

/* Among those of the record, whose names are NFC; what is told has all of them. */
static vt_status find_attachment(vt_cli *cli, const vt_record *r, const char *typed,
                                 const char **role, const char **kept) {
    const char *all = "", *name = typed;

    if (vt_text_typed(cli->arena, "KHO-15", "tên tệp", 0, &name, NULL) != VT_OK)
        name = typed;

    for (size_t i = 0; i < r->file_count; i++) {
        if (strcmp(r->files[i].name, name) == 0 && *name) {
            *role = r->files[i].role;
            *kept = r->files[i].name; /* by it the source calls for the file */
            return VT_OK;
        }
        if (*r->files[i].name)
            all = vt_printf(cli->arena, "%s%s%s", all, *all ? ", " : "", r->files[i].name);
        if (!all)
            return vt_nomem(cli->list);
    }
    all =
        *all ? vt_printf(cli->arena, "Các tệp gửi kèm: %s.", all) : "Văn bản không có tệp gửi kèm.";
    return !all ? vt_nomem(cli->list)
                : vt_bad(cli->list, "KHO-13", (vt_place){.path = r->designation}, all,
                         "Không có tệp gửi kèm “%s”.", name);
}

/* The role in the archive, and the name it is handed out by. */
static vt_status choose(vt_cli *cli, const vt_record *r, const wanted *w, const char **role,
                        const char **name) {
    const char *end = w->source ? ".xml" : ".pdf", *kept = NULL;
    vt_status st;

    *role = w->source ? "source" : "pdf";
    if (w->attachment) {
        st = find_attachment(cli, r, w->attachment, role, &kept);
        *name = st ? NULL : vt_path_beside(cli->arena, ".", kept);
        return st || *name ? st
                           : vt_bad(cli->list, "CLI-01", (vt_place){.path = w->attachment},
                                    "Ghi nơi lưu: -o TỆP.", "Tên tệp gửi kèm không dùng được.");
    }
    if (w->annex != NO_ANNEX) {
        *role = vt_printf(cli->arena, "annex-%d", w->annex);
        end = vt_printf(cli->arena, "-kem-theo-%d.pdf", w->annex);
    }
    *name = *role && end ? plain_name(cli->arena, r, end) : NULL;
    return *name ? VT_OK : vt_nomem(cli->list);
}

static vt_status fetch(vt_cli *cli, vt_records *records, const char *reference, int year,
                       const wanted *w, const char *out) {
    const char *role, *name;
    vt_record *record;
    struct stat there;
    vt_buf bytes;
    vt_status st = vt_records_show(records, reference, year, cli->arena, cli->list, &record);

    if (!st)
        st = choose(cli, record, w, &role, &name);
    if (st)
        return st;
    if (!out && w->attachment && lstat(name, &there) == 0) /* the clerk's own, perhaps newer */
        return vt_bad(cli->list, "CLI-16", (vt_place){.file = name}, "Ghi nơi khác: -o TỆP.",
                      "Ở đây đã có tệp “%s”: không ghi đè.", w->attachment);
    out = out ? out : name;
    vt_buf_init(&bytes, (size_t)1 << 30);
    st = vt_cli_target(cli, out, NULL);
    if (!st)
        st = vt_records_file(records, record, role, &bytes, cli->list);
    if (!st)
        st = hand_out(cli, record, out, &bytes);
    vt_buf_free(&bytes);
    return st;
}

vt_status vt_cmd_file(vt_cli *cli, int argc, char **argv) {
    const char *out = NULL;
    bool done = false;
    wanted w = {.annex = NO_ANNEX};
    int year = 0, n = 0;
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &out, "TỆP",
         "nơi ghi; - là thiết bị ra chuẩn (mặc định: số, ký hiệu)"},
        {"source", 0, VT_OPT_FLAG, &w.source, NULL, "nguồn XML thay cho PDF"},
        {"annex", 0, VT_OPT_INT, &w.annex, "SỐ", "phụ lục thứ mấy, khi phụ lục là tệp riêng"},
        {"attachment", 0, VT_OPT_STRING, &w.attachment, "TÊN",
         "tệp gửi kèm, theo tên trong nguồn (show kể ra các tên)"},
        {"year", 0, VT_OPT_INT, &year, "NĂM", "năm của số, khi nhiều năm trùng số"},
        {0}};
    vt_records *records = NULL;
    vt_status st = vt_cli_options(cli, vt_cli_command("file"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    if ((w.source != 0) + (w.annex != NO_ANNEX) + (w.attachment != NULL) > 1)
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Lấy mỗi lần một tệp.",
                      "Chỉ chọn một trong --source, --annex, --attachment.");
    st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = fetch(cli, records, argv[0], year, &w, out);
    vt_records_close(records);
    return st;
}
