/* vanthu merge - one document per record of the data; with --issue numbered
   and archived (merge_issue.c). */

#include "cli/merge.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "so-lieu/giay-moi.csv" -> "giay-moi" */
static char *stem_of(vt_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return vt_strndup(arena, name, dot ? (size_t)(dot - name) : strlen(name));
}

static vt_status make_folder(vt_cli *cli, const char *folder) {
    struct stat st;
    int error = mkdir(folder, 0777) == 0 ? 0 : errno;
    if (error == EEXIST)
        error = stat(folder, &st) != 0 ? errno : S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
    if (!error && access(folder, W_OK | X_OK) != 0)
        error = errno;
    if (!error)
        return VT_OK;
    return vt_fail(cli->list, "CLI-05", (vt_place){.file = folder},
                   "Chọn thư mục khác cho -o, hoặc xin quyền ghi.",
                   "Không ghi được vào thư mục kết quả: %s.", vt_error_text(error));
}

/* ------------------------------------------------------------ one record -- */

char *vt_merge_path(const vt_merge_run *run, vt_arena *arena, size_t record, const char *suffix) {
    return vt_printf(arena, "%s/%s-%05zu%s", run->folder, run->stem, record + 1, suffix);
}

static vt_status write_as(const vt_merge_run *run, vt_cli *cli, size_t record, const char *suffix,
                          const vt_buf *bytes) {
    char *path = vt_merge_path(run, cli->arena, record, suffix);

    return path ? vt_file_write(path, bytes->data, bytes->len, false, cli->list)
                : vt_nomem(cli->list);
}

static vt_status write_source(const vt_merge_run *run, vt_cli *cli, size_t record,
                              const vt_doc *doc) {
    vt_buf xml;
    vt_status st;

    vt_buf_init(&xml, VT_MERGE_BYTES);
    st = vt_doc_write(doc, &xml, cli->list);
    if (!st)
        st = write_as(run, cli, record, ".xml", &xml);
    vt_buf_free(&xml);
    return st;
}

vt_status vt_merge_one(const vt_merge_run *run, vt_cli *cli, size_t record, vt_doc **out) {
    vt_status st = vt_merge(run->model, run->data, record, cli->arena, cli->list, out);

    return !st && run->keep_xml ? write_source(run, cli, record, *out) : st;
}

static vt_status make_one(vt_merge_run *run, vt_cli *cli, size_t record, vt_buf *pdf) {
    vt_doc *doc = NULL;
    vt_status st = vt_merge_one(run, cli, record, &doc);

    if (!st)
        st = vt_cli_make(cli, doc, &run->how.make, cli->arena, pdf, NULL);
    return st ? st : write_as(run, cli, record, ".pdf", pdf);
}

/* What one record's findings say gets the record's place in the data. */
void vt_merge_keep_findings(vt_merge_run *run, vt_findings *list, size_t record) {
    for (size_t i = 0; i < vt_findings_count(list); i++) {
        vt_finding f = *vt_findings_at(list, i);
        f.place.path = vt_printf(run->arena, "bản ghi %zu (dòng %d)%s%s", record + 1,
                                 vt_data_line(run->data, record), f.place.path ? ", " : "",
                                 f.place.path ? f.place.path : "");
        vt_find(run->all, &f);
    }
    vt_findings_clear(list);
}

void vt_merge_progress(const vt_merge_run *run, size_t done) {
    const size_t total = vt_data_count(run->data);

    if (run->cli->json || run->cli->quiet || !isatty(STDERR_FILENO))
        return;
    if (done % 50 == 0 || done == total)
        fprintf(stderr, "\r%zu/%zu văn bản%s", done, total, done == total ? "\n" : "");
}

/* ------------------------------------------------------------ all of them -- */

/* A record at fault is passed over; a full disk or missing memory ends the run. */
static vt_status make_all(vt_merge_run *run) {
    vt_cli own = *run->cli;
    const size_t total = vt_data_count(run->data);
    vt_status worst = VT_OK;
    vt_buf pdf;

    own.arena = run->arena;
    vt_buf_init(&pdf, VT_MERGE_BYTES);
    for (size_t i = 0; i < total && worst != VT_FAIL; i++) {
        vt_arena_reset(run->arena);
        vt_status st = make_one(run, &own, i, &pdf);
        run->made += st == VT_OK;
        run->failed += st != VT_OK;
        vt_merge_keep_findings(run, own.list, i);
        worst = st > worst ? st : worst;
        vt_merge_progress(run, i + 1);
    }
    vt_buf_free(&pdf);
    return worst;
}

static void report(vt_merge_run *run) {
    vt_cli *cli = run->cli;
    if (cli->json) {
        cli->result = json_pack("{s:o, s:I, s:I}", "folder", vt_cli_json_text(run->folder), "made",
                                (json_int_t)run->made, "failed", (json_int_t)run->failed);
        if (run->issued)
            json_object_set(cli->result, "issued", run->issued);
    }
    vt_cli_say(cli, "%s: %zu văn bản đã làm", run->folder, run->made);
    if (*run->first)
        vt_cli_say(cli, ", cấp số %s%s%s", run->first, strcmp(run->first, run->last) ? " đến " : "",
                   strcmp(run->first, run->last) ? run->last : "");
    if (run->known)
        vt_cli_say(cli, ", %zu đã có số từ trước", run->known);
    if (run->failed)
        vt_cli_say(cli, ", %zu bản ghi hỏng (xem các lỗi dưới đây)", run->failed);
    vt_cli_say(cli, "\n");
}

static vt_status prepare(vt_merge_run *run, const char *data) {
    run->stem = stem_of(run->cli->arena, data);
    run->arena = vt_arena_new((size_t)256 << 20);
    run->all = vt_findings_new();
    if (run->issue && run->cli->json)
        run->issued = json_array();
    return run->stem && run->arena && run->all ? VT_OK : vt_nomem(run->cli->list);
}

static vt_status open_all(vt_merge_run *run, const char *model, const char *data) {
    vt_cli *cli = run->cli;
    const char *path = NULL;
    vt_status st = vt_cli_engine(cli);
    if (!st)
        st = vt_cli_model(cli, model, &path);
    if (!st)
        st = vt_model_open(cli->engine, path, cli->list, &run->model);
    if (!st)
        st = vt_data_open(data, cli->list, &run->data);
    if (!st && run->issue)
        st = vt_cli_archive_open(cli, false, &run->records);
    if (!st)
        st = make_folder(cli, run->folder);
    return st ? st : prepare(run, data);
}

static vt_status run_all(vt_merge_run *run) {
    vt_status st = run->issue ? vt_merge_issue(run) : make_all(run);
    vt_findings *last = run->cli->list;
    run->cli->list = run->all;
    run->all = last;
    report(run);
    if (run->elsewhen)
        vt_warn(run->cli->list, "SO-14", (vt_place){0},
                "Cần ngày khác thì ghi ngày vào số liệu hoặc sửa nội dung bản ghi.",
                "Có %zu văn bản đã ban hành từ trước giữ ngày cũ, không theo ngày cho ở --date.",
                run->elsewhen);
    if (run->otherwise)
        vt_warn(run->cli->list, "SO-27", (vt_place){0},
                "Cần bản mới thì sửa nội dung bản ghi, hoặc cấp số lần nữa từng văn bản: vanthu "
                "issue --again.",
                "Có %zu văn bản đã ban hành từ trước với tệp đi kèm nay đã khác: số và PDF là của "
                "lần trước.",
                run->otherwise);
    return st;
}

static vt_status check_options(vt_merge_run *run, const char *medium, const char *profile) {
    vt_cli *cli = run->cli;
    if (!run->folder)
        return vt_bad(cli->list, "CLI-06", (vt_place){0}, "Thêm -o THƯ-MỤC.",
                      "Chưa nói để các văn bản ở đâu.");
    if (!run->issue && (run->how.date.year || run->how.overrides || run->how.new_issuer))
        return vt_bad(cli->list, "CLI-15", (vt_place){0}, "Thêm --issue, hoặc bỏ tùy chọn ấy.",
                      "Tùy chọn --date, --override, --new-issuer chỉ dùng cùng --issue.");
    vt_status st = vt_cli_target(cli, run->folder, NULL);
    if (!st)
        st = vt_cli_medium(cli, medium, &run->how.make);
    if (!st)
        st = vt_cli_profile(cli, profile, &run->how.make);
    return st ? st : vt_cli_issuing_check(cli, &run->how);
}

vt_status vt_cmd_merge(vt_cli *cli, int argc, char **argv) {
    vt_merge_run run = {.cli = cli};
    const char *medium = NULL, *profile = NULL;
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &run.folder, "THƯ-MỤC", "nơi để các văn bản làm ra"},
        {"issue", 0, VT_OPT_FLAG, &run.issue, NULL, "cấp số và lưu từng văn bản vào kho"},
        {"date", 0, VT_OPT_DATE, &run.how.date, "NGÀY", "ngày ban hành (cùng --issue)"},
        {"new-issuer", 0, VT_OPT_FLAG, &run.how.new_issuer, NULL,
         "nhận thêm cơ quan ban hành này vào kho"},
        {"override", 0, VT_OPT_STRING, &run.how.overrides, "MÃ-LỖI", "bỏ qua lỗi này (HD-12)"},
        {"reason", 0, VT_OPT_STRING, &run.how.reason, "LÝ-DO", "vì sao bỏ qua; ghi vào nhật ký"},
        {"xml", 0, VT_OPT_FLAG, &run.keep_xml, NULL, "để cả nguồn XML cạnh mỗi PDF"},
        {"for", 0, VT_OPT_STRING, &medium, "LOẠI",
         "paper (giấy, mặc định) hoặc electronic (điện tử)"},
        {"two-sided", 0, VT_OPT_FLAG, &run.how.make.two_sided, NULL,
         "in hai mặt: lề mặt sau đổi chỗ"},
        {"profile", 0, VT_OPT_STRING, &profile, "CHUẨN",
         "chuẩn PDF/A: 3a (kèm nguồn, mặc định) hoặc 2a (không kèm tệp)"},
        {"no-source", 0, VT_OPT_FLAG, &run.how.make.no_source, NULL, "không kèm nguồn vào PDF"},
        {0}};
    int n = 0;
    bool done = false;
    vt_status st = vt_cli_options(cli, vt_cli_command("merge"), opts, argc, argv, 2, 2, &n, &done);
    if (st || done)
        goto out;
    st = check_options(&run, medium, profile);
    if (!st)
        st = open_all(&run, argv[0], argv[1]);
    if (!st)
        st = run_all(&run);
out:
    vt_records_close(run.records);
    vt_data_free(run.data);
    vt_model_free(run.model);
    vt_arena_free(run.arena);
    vt_findings_free(run.all);
    json_decref(run.issued);
    return st;
}
