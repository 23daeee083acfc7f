/* vanthu issue - number, PDF and archive in one act. */

#include "cli/archive.h"

#include <string.h>

static void report(vt_cli *cli, const vt_record *r, const char *out, bool existing) {
    const char *file = out;

    if (!file && *r->path) /* else it stands in the register: vanthu file hands it out */
        file = vt_cli_kept_path(cli, r->path);
    if (cli->json) {
        cli->result = vt_cli_record_json(r);
        if (file)
            json_object_set_new(cli->result, "file", vt_cli_json_text(file));
        json_object_set_new(cli->result, "existing", json_boolean(existing));
    }
    if (existing)
        vt_cli_say(cli, "Văn bản này đã được cấp số trước đây, không cấp số mới:\n");
    vt_cli_say(cli, "%s%s (%lld trang)\n",
               existing ? "  " : "Đã cấp số và lưu: ", vt_cli_record_name(cli->arena, r),
               (long long)r->pages);
    vt_cli_say(cli, "  mã: %s\n", r->id);
    if (out)
        vt_cli_say(cli, "  tệp: %s\n", out);
    if (existing)
        vt_cli_say(cli, "  cần cấp số lần nữa: thêm --again \"LÝ DO\"\n");
}

/* What was issued before may have been made otherwise than is asked for now. */
static vt_status parts_out(vt_cli *cli, vt_records *records, const vt_record *r, const vt_doc *doc,
                           const vt_issuing *how, const char *out, bool existing) {
    size_t found = 0;

    if (!out || strcmp(out, "-") == 0 || !vt_doc_parts(doc) || !(how->make.part || existing))
        return VT_OK;
    vt_status st = vt_cli_parts_out(cli, records, r->id, out, &found);
    if (!st && how->make.part && !found)
        return vt_warn(cli->list, "XEM-08", (vt_place){.file = out},
                       "Cần tệp riêng thì cấp số lần nữa: --again \"LÝ DO\".",
                       "Văn bản đã ban hành với phụ lục cùng tệp.");
    return st;
}

/* The same words with another file are another document for people, and the same one here. */
static vt_status tell_other_beside(vt_cli *cli, vt_records *records, const vt_doc *doc,
                                   const vt_record *r) {
    const char *name;
    vt_status st = vt_cli_other_beside(cli, records, doc, r, &name);

    if (st || !name)
        return st;
    return vt_warn(cli->list, "SO-27", (vt_place){.file = doc->file},
                   "Là văn bản khác thì cấp số riêng: --again \"LÝ DO\".",
                   "Tệp “%s” nay khác tệp đã lưu cùng văn bản này: số và PDF là của lần trước.",
                   name);
}

static vt_status issue(vt_cli *cli, const char *path, const char *out, const vt_issuing *how,
                       vt_buf *pdf) {
    vt_records *records = NULL;
    vt_record *record = NULL;
    vt_doc *doc = NULL;
    bool existing = false;
    const char *key = NULL;
    vt_status st = vt_cli_archive_open(cli, false, &records);

    if (!st)
        st = vt_cli_engine(cli);
    if (!st)
        st = vt_doc_read(cli->engine, cli->arena, path, cli->list, &doc);
    if (!st && !(key = vt_cli_issue_key(cli, cli->arena, doc, 1)))
        st = vt_nomem(cli->list);
    if (!st)
        st = vt_cli_target(cli, out, path);
    if (!st && out)
        st = vt_cli_writable(cli, out);
    if (!st && how->make.part)
        st = vt_cli_parts_target(cli, doc, out, path);
    if (!st)
        st = vt_cli_issue(cli, records, doc, key, how, cli->arena, pdf, &record, &existing);
    if (!st) {
        st = vt_cli_copy_out(cli, record, out, pdf);
        report(cli, record, st ? NULL : out, existing);
        if (!st)
            st = parts_out(cli, records, record, doc, how, out, existing);
        if (!st && existing)
            st = tell_other_beside(cli, records, doc, record);
        if (existing && how->number && strcmp(record->number, how->number) != 0)
            st = vt_bad(cli->list, "SO-09", (vt_place){.file = path},
                        "Bỏ --number; cần số khác thì cấp số lần nữa: --again \"LÝ DO\".",
                        "Văn bản đã có số %s, không nhận số %s.", record->number, how->number);
        if (existing && vt_cli_other_date(record, how))
            vt_warn(cli->list, "SO-14", (vt_place){.file = path},
                    "Cần ngày khác thì cấp số lần nữa: --again \"LÝ DO\".",
                    "Văn bản đã ban hành ngày %s, không theo ngày cho ở --date.",
                    vt_cli_day(cli->arena, record->date));
    }
    vt_records_close(records);
    return st;
}

vt_status vt_cmd_issue(vt_cli *cli, int argc, char **argv) {
    const char *out = NULL, *medium = NULL, *profile = NULL, *annexes = NULL;
    vt_issuing how = {0};
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &out, "TỆP",
         "ghi thêm một bản PDF ra tệp này; - là thiết bị ra chuẩn"},
        {"date", 0, VT_OPT_DATE, &how.date, "NGÀY", "ngày ban hành (mặc định: ngày trong văn bản)"},
        {"new-issuer", 0, VT_OPT_FLAG, &how.new_issuer, NULL,
         "nhận thêm cơ quan ban hành này vào kho"},
        {"number", 0, VT_OPT_STRING, &how.number, "SỐ",
         "dùng số đã giữ chỗ này (153), hoặc chèn số có chữ kèm (152a) nếu sổ cho phép"},
        {"again", 0, VT_OPT_STRING, &how.again, "LÝ-DO", "cấp số lần nữa cho cùng một nguồn"},
        {"override", 0, VT_OPT_STRING, &how.overrides, "MÃ-LỖI", "bỏ qua lỗi này (HD-12,HD-19)"},
        {"reason", 0, VT_OPT_STRING, &how.reason, "LÝ-DO", "vì sao bỏ qua; ghi vào nhật ký"},
        {"for", 0, VT_OPT_STRING, &medium, "LOẠI",
         "paper (giấy, mặc định) hoặc electronic (điện tử)"},
        {"annexes", 0, VT_OPT_STRING, &annexes, "CÁCH",
         "together (cùng tệp, mặc định) hoặc separate (tệp riêng, văn bản điện tử)"},
        {"two-sided", 0, VT_OPT_FLAG, &how.make.two_sided, NULL, "in hai mặt: lề mặt sau đổi chỗ"},
        {"profile", 0, VT_OPT_STRING, &profile, "CHUẨN",
         "chuẩn PDF/A: 3a (kèm nguồn, mặc định) hoặc 2a (không kèm tệp)"},
        {0}};
    int n = 0;
    bool done = false;
    vt_buf pdf;
    vt_status st = vt_cli_options(cli, vt_cli_command("issue"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    vt_buf_init(&pdf, (size_t)1 << 30);
    st = vt_cli_medium(cli, medium, &how.make);
    if (!st)
        st = vt_cli_annexes(cli, annexes, &how.make);
    if (!st)
        st = vt_cli_profile(cli, profile, &how.make);
    if (!st)
        st = vt_cli_issuing_check(cli, &how);
    if (!st)
        st = issue(cli, argv[0], out, &how, &pdf);
    vt_buf_free(&pdf);
    return st;
}
