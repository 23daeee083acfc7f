/* vanthu merge - one document per record of the data; with --issue numbered
   and archived. */

#include "cli/archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MERGE_BYTES ((size_t)1 << 30) /* of one PDF */

/* An act of many documents costs the disk what one costs; but others wait for it, its PDFs
   stand in memory, and what breaks it off takes all of it back. */
enum { ACT_DOCUMENTS = 128, ACT_BYTES = 32 << 20, ACT_MS = 250 };

/* What the act has issued: nobody is told and no copy made before it is on the disk. */
typedef struct given {
    size_t record;
    char id[64], designation[64];
    bool existing, elsewhen;
    json_t *json;
    vt_buf pdf;
} given;

typedef struct merge_run {
    vt_cli *cli;
    vt_model *model;
    vt_data *data;
    vt_records *records; /* with --issue */
    const char *folder, *stem;
    vt_issuing how;
    bool keep_xml, issue;
    vt_arena *arena; /* emptied for each record */
    vt_buf out;
    vt_findings *all; /* those of every record; cli->list holds one record's */
    json_t *issued;   /* with --issue --json */
    struct seen {
        uint64_t key; /* 0: free */
        size_t times;
    } * seen; /* equal rows, counted */
    size_t slots;
    given act[ACT_DOCUMENTS];
    size_t act_count, act_bytes;
    int64_t act_from; /* 0: there is none */
    size_t made, failed, known;
    size_t elsewhen;          /* of the known: issued with another date than --date */
    char first[64], last[64]; /* numbers given */
} merge_run;

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

static char *path_of(merge_run *run, size_t record, const char *suffix) {
    return vt_printf(run->arena, "%s/%s-%05zu%s", run->folder, run->stem, record + 1, suffix);
}

static vt_status write_as(merge_run *run, size_t record, const char *suffix) {
    char *path = path_of(run, record, suffix);
    if (!path)
        return vt_nomem(run->cli->list);
    return vt_file_write(path, run->out.data, run->out.len, false, run->cli->list);
}

/* Two rows of the same words are two documents: the how-manieth of its kind a
   row is belongs to what is issued once. */
static size_t nth_of_its_kind(merge_run *run, const vt_doc *doc) {
    const char *key = vt_cli_issue_key(run->cli, run->arena, doc, 1);
    const char *hex = key ? strrchr(key, ':') : NULL;
    if (!hex)
        return 0;
    char head[17] = {0};
    memcpy(head, hex + 1, 16);
    uint64_t value = strtoull(head, NULL, 16) | 1;
    size_t at = (size_t)value & (run->slots - 1);
    while (run->seen[at].key && run->seen[at].key != value)
        at = (at + 1) & (run->slots - 1);
    run->seen[at].key = value;
    return ++run->seen[at].times;
}

static void forget(given *g) {
    json_decref(g->json);
    vt_buf_free(&g->pdf);
    *g = (given){0};
}

static void note_given(merge_run *run, size_t record, const vt_record *row, bool existing) {
    given *g = &run->act[run->act_count++];

    *g = (given){.record = record,
                 .existing = existing,
                 .elsewhen = existing && vt_cli_other_date(row, &run->how),
                 .json = run->issued ? vt_cli_record_json(row) : NULL,
                 .pdf = run->out};
    snprintf(g->id, sizeof g->id, "%s", row->id);
    snprintf(g->designation, sizeof g->designation, "%s", row->designation);
    run->act_bytes += g->pdf.len;
    vt_buf_init(&run->out, MERGE_BYTES);
}

static vt_status issue_one(merge_run *run, size_t record, vt_doc *doc) {
    vt_record *row = NULL;
    bool existing = false;
    size_t nth = nth_of_its_kind(run, doc);
    const char *key = nth ? vt_cli_issue_key(run->cli, run->arena, doc, nth) : NULL;
    if (!key)
        return vt_nomem(run->cli->list);
    vt_status st = vt_cli_issue(run->cli, run->records, doc, key, &run->how, run->arena, &run->out,
                                &row, &existing);
    if (!st)
        note_given(run, record, row, existing);
    return st;
}

static vt_status one(merge_run *run, size_t record) {
    vt_doc *doc = NULL;
    vt_status st = vt_merge(run->model, run->data, record, run->arena, run->cli->list, &doc);
    if (!st && run->keep_xml) {
        vt_buf_clear(&run->out);
        st = vt_doc_write(doc, &run->out, run->cli->list);
        if (!st)
            st = write_as(run, record, ".xml");
    }
    if (!st && run->issue)
        return issue_one(run, record, doc);
    if (!st)
        st = vt_cli_make(run->cli, doc, &run->how.make, run->arena, &run->out, NULL);
    return st ? st : write_as(run, record, ".pdf");
}

/* What one record's findings say gets the record's place in the data. */
static void keep_findings(merge_run *run, size_t record) {
    for (size_t i = 0; i < vt_findings_count(run->cli->list); i++) {
        vt_finding f = *vt_findings_at(run->cli->list, i);
        f.place.path = vt_printf(run->arena, "bản ghi %zu (dòng %d)%s%s", record + 1,
                                 vt_data_line(run->data, record), f.place.path ? ", " : "",
                                 f.place.path ? f.place.path : "");
        vt_find(run->all, &f);
    }
    vt_findings_clear(run->cli->list);
}

static void progress(const merge_run *run, size_t done, size_t total) {
    if (run->cli->json || run->cli->quiet || !isatty(STDERR_FILENO))
        return;
    if (done % 50 == 0 || done == total)
        fprintf(stderr, "\r%zu/%zu văn bản%s", done, total, done == total ? "\n" : "");
}

/* ----------------------------------------------------------------- acts -- */

static int64_t clock_ms(void) {
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + 1;
}

static vt_status begin_act(merge_run *run) {
    vt_status st = run->act_from ? VT_OK : vt_records_begin(run->records, run->cli->list);

    if (!st && !run->act_from)
        run->act_from = clock_ms();
    return st;
}

static bool act_is_full(const merge_run *run) {
    return run->act_count == ACT_DOCUMENTS || run->act_bytes >= ACT_BYTES ||
           clock_ms() - run->act_from >= ACT_MS;
}

/* A number that stands on the disk: told, and the PDF copied out. */
static vt_status hand_out(merge_run *run, given *g) {
    const vt_record row = {.id = g->id, .designation = g->designation};
    const char *path = path_of(run, g->record, ".pdf");

    run->known += g->existing;
    run->elsewhen += g->elsewhen;
    if (!g->existing && !*run->first)
        snprintf(run->first, sizeof run->first, "%s", g->designation);
    if (!g->existing)
        snprintf(run->last, sizeof run->last, "%s", g->designation);
    if (g->json) {
        json_object_set_new(g->json, "file", path ? vt_cli_json_text(path) : NULL);
        json_object_set_new(g->json, "existing", json_boolean(g->existing));
        json_array_append(run->issued, g->json);
    }
    return path ? vt_cli_copy_out(run->cli, &row, path, &g->pdf) : vt_nomem(run->cli->list);
}

/* What an act that failed would have issued is not issued. */
static vt_status end_act(merge_run *run) {
    const size_t count = run->act_count;
    vt_status worst = vt_records_commit(run->records, run->cli->list);
    const bool kept = worst == VT_OK;

    if (!kept) {
        vt_records_rollback(run->records);
        if (count)
            keep_findings(run, run->act[0].record);
    }
    for (size_t i = 0; i < count; i++) {
        vt_status st = kept ? hand_out(run, &run->act[i]) : worst;
        keep_findings(run, run->act[i].record);
        run->made += st == VT_OK;
        run->failed += st != VT_OK;
        worst = st > worst ? st : worst;
        forget(&run->act[i]);
    }
    run->act_count = run->act_bytes = 0;
    run->act_from = 0;
    return worst;
}

static vt_status one_in_act(merge_run *run, size_t record) {
    vt_status st = begin_act(run);

    if (!st)
        st = one(run, record);
    run->failed += st != VT_OK;
    return st;
}

static vt_status one_made(merge_run *run, size_t record) {
    vt_status st = one(run, record);

    run->made += st == VT_OK;
    run->failed += st != VT_OK;
    return st;
}

/* A record at fault is passed over; a full disk or missing memory ends the run. */
static vt_status all_records(merge_run *run) {
    size_t total = vt_data_count(run->data);
    vt_status worst = VT_OK;
    for (size_t i = 0; i < total && worst != VT_FAIL; i++) {
        vt_arena_reset(run->arena);
        vt_status st = run->issue ? one_in_act(run, i) : one_made(run, i);
        keep_findings(run, i);
        worst = st > worst ? st : worst;
        if (run->act_from && (i + 1 == total || worst == VT_FAIL || act_is_full(run))) {
            st = end_act(run);
            worst = st > worst ? st : worst;
        }
        progress(run, i + 1, total);
    }
    return worst;
}

static void report(merge_run *run) {
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

static vt_status prepare(merge_run *run, const char *data) {
    size_t records = vt_data_count(run->data);
    for (run->slots = 64; run->slots < 2 * records;)
        run->slots *= 2;
    run->stem = stem_of(run->cli->arena, data);
    run->arena = vt_arena_new((size_t)256 << 20);
    run->all = vt_findings_new();
    run->seen = calloc(run->slots, sizeof *run->seen);
    if (run->issue && run->cli->json)
        run->issued = json_array();
    return run->stem && run->arena && run->all && run->seen ? VT_OK : vt_nomem(run->cli->list);
}

static vt_status open_all(merge_run *run, const char *model, const char *data) {
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

static vt_status run_all(merge_run *run) {
    vt_status st = all_records(run);
    vt_findings *last = run->cli->list;
    run->cli->list = run->all;
    run->all = last;
    report(run);
    if (run->elsewhen)
        vt_warn(run->cli->list, "SO-14", (vt_place){0},
                "Cần ngày khác thì ghi ngày vào số liệu hoặc sửa nội dung bản ghi.",
                "Có %zu văn bản đã ban hành từ trước giữ ngày cũ, không theo ngày cho ở --date.",
                run->elsewhen);
    return st;
}

static vt_status check_options(merge_run *run, const char *medium, const char *profile) {
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
    merge_run run = {.cli = cli};
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
    vt_buf_init(&run.out, MERGE_BYTES);
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
    vt_buf_free(&run.out);
    vt_data_free(run.data);
    vt_model_free(run.model);
    vt_arena_free(run.arena);
    vt_findings_free(run.all);
    json_decref(run.issued);
    free(run.seen);
    return st;
}
