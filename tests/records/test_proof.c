/* The log shows what was done to it; fsck names each difference of register and files. */

#include "fixture.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* What one could do who owns the store. */
static void meddle(fixture *f, const char *sql) {
    vt_records_close(f->records);
    f->records = NULL;
    store_meddle(f, sql);
    need_ok(f, vt_records_open(&f->options, f->list, &f->records));
}

static void with_documents(fixture *f, bool in_folder) {
    fixture_make_archive(f, (vt_records_new_options){.files_in_folder = in_folder});
    for (int i = 0; i < 4; i++)
        issue_number(f, &(draft){0});
}

static vt_status audit(fixture *f, const vt_anchor *anchor, vt_anchor *head) {
    vt_anchor unused;

    return vt_records_audit(f->records, anchor, anchor ? 1 : 0, f->arena, f->list,
                            head ? head : &unused);
}

/* ---------------------------------------------------------------------- log -- */

#define FREE_LOG "DROP TRIGGER event_fixed; DROP TRIGGER event_kept; "

static void the_log_names_what_was_done_to_it(void **state) {
    static const struct {
        const char *act, *id, *says;
    } acts[] = {
        {FREE_LOG "UPDATE event SET actor = 'os:khac' WHERE serial = 5", "KHO-40", "dòng 5"},
        {FREE_LOG "UPDATE event SET at = '2020' WHERE serial = 1", "KHO-40", "dòng 1"},
        {FREE_LOG "DELETE FROM event WHERE serial = 4", "KHO-41", "mất từ dòng 4 đến dòng 4"},
        {FREE_LOG "DELETE FROM event WHERE serial < 3", "KHO-41", "mất từ dòng 1 đến dòng 2"},
        {FREE_LOG
         "UPDATE event SET serial = -1 WHERE serial = 4; UPDATE event SET serial = 4 WHERE "
         "serial = 5; UPDATE event SET serial = 5 WHERE serial = -1",
         "KHO-40", "dòng 4"},
        {"INSERT INTO event VALUES (99, '', 'os:khac', 'issue', '', '{}', '')", "KHO-41",
         "mất từ dòng 8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        fixture f;
        with_documents(&f, false);
        need_ok(&f, audit(&f, NULL, NULL));
        meddle(&f, acts[i].act);
        vt_status st = audit(&f, NULL, NULL);
        if (!strstr(findings_text(f.list), acts[i].says))
            fail_msg("%s: %s", acts[i].act, findings_text(f.list));
        need_refusal(&f, st, VT_BAD, acts[i].id);
        fixture_end(&f);
    }
}

/* A chain alone does not show that its end is gone, or that all of it was made
   anew: what was kept elsewhere does. */
static void a_head_kept_elsewhere_shows_the_rest(void **state) {
    fixture f;
    vt_anchor head, wrong;
    (void)state;
    with_documents(&f, false);
    need_ok(&f, vt_records_head(f.records, f.list, &head));
    assert_int_equal(head.serial, 7); /* init, issuer, series, four issues */
    issue_number(&f, &(draft){0});
    need_ok(&f, audit(&f, &head, NULL));
    wrong = head;
    wrong.hash[0] = wrong.hash[0] == '0' ? '1' : '0';
    need_refusal(&f, audit(&f, &wrong, NULL), VT_BAD, "KHO-42");
    meddle(&f, FREE_LOG "DELETE FROM event WHERE serial > 5");
    need_ok(&f, audit(&f, NULL, NULL)); /* cut, and whole in itself */
    vt_status st = audit(&f, &head, NULL);
    assert_non_null(strstr(findings_text(f.list), "dòng cuối trong kho là 5"));
    need_refusal(&f, st, VT_BAD, "KHO-42");
    fixture_end(&f);
}

static void the_log_is_exported_as_lines(void **state) {
    fixture f;
    vt_buf out;
    int64_t last;
    (void)state;
    with_documents(&f, false);
    vt_buf_init(&out, 1 << 20);
    need_ok(&f, vt_records_export_log(f.records, 0, 3, &out, f.list, &last));
    assert_int_equal(last, 3);
    assert_non_null(strstr(out.data, "\"act\":\"init\""));
    vt_buf_clear(&out);
    need_ok(&f, vt_records_export_log(f.records, 7, 3, &out, f.list, &last));
    assert_int_equal(last, 7);
    assert_int_equal(out.len, 0);
    vt_buf_free(&out);
    fixture_end(&f);
}

/* Each view of what is secret leaves a line; where none can be left there is no view. */
static void a_view_of_a_secret_is_logged(void **state) {
    fixture f;
    vt_record *record;
    vt_anchor before, after;
    vt_buf out;
    bool existing;
    (void)state;
    fixture_open(&f, false);
    vt_buf_init(&out, 1 << 20);
    need_ok(&f, issue_draft(&f, &(draft){.secrecy = "mat"}, &record, &existing));
    const char *id = record->id;
    need_ok(&f, vt_records_head(f.records, f.list, &before));
    fixture_reopen(&f, true); /* also for who only reads */
    need_ok(&f, vt_records_show(f.records, id, 0, f.arena, f.list, &record));
    need_ok(&f, vt_records_file(f.records, record, "pdf", &out, f.list));
    need_ok(&f, vt_records_head(f.records, f.list, &after));
    assert_int_equal(after.serial, before.serial + 2);
    need_ok(&f, vt_records_show(f.records, id, 0, f.arena, f.list, &record));
    assert_string_equal(record->events[record->event_count - 1].act, "view");
    meddle(&f, f.postgres ? "CREATE TRIGGER full_ BEFORE INSERT ON event FOR EACH ROW EXECUTE "
                            "FUNCTION refuse('x')"
                          : "CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, "
                            "'x'); END");
    need_refusal(&f, vt_records_show(f.records, id, 0, f.arena, f.list, &record), VT_FAIL,
                 "KHO-14");
    vt_buf_clear(&out);
    need_refusal(&f, vt_records_file(f.records, &(vt_record){.id = id}, "pdf", &out, f.list),
                 VT_FAIL, "KHO-14");
    assert_int_equal(out.len, 0);
    vt_buf_free(&out);
    fixture_end(&f);
}

/* --------------------------------------------------------------------- fsck -- */

static vt_status fsck(fixture *f, const vt_fsck *how, vt_fsck_report *out) {
    return vt_records_fsck(f->records, how, f->arena, f->list, out);
}

#define SIGNERS_MAY_GO                                                                             \
    "DROP TRIGGER signer_kept; CREATE TRIGGER signer_kept BEFORE DELETE ON signer BEGIN SELECT "   \
    "1; END"

static void fsck_names_each_difference(void **state) {
    static const struct {
        const char *act, *id, *says;
    } acts[] = {
        {"DROP TRIGGER blob_fixed; UPDATE blob SET data = x'00' WHERE blob_id = 3", "KHO-30",
         "Tệp trong sổ"},
        {"DROP TRIGGER blob_kept; DELETE FROM blob WHERE blob_id = 2", "KHO-30", "Tệp trong sổ"},
        {"DROP TRIGGER number_kept; DELETE FROM number WHERE number = 2", "KHO-31", "sau số 1"},
        {"DROP TRIGGER number_fixed; UPDATE number SET number = 9 WHERE number = 4", "KHO-31",
         "sau số 3"},
        {"DROP TRIGGER document_kept; DELETE FROM document WHERE document_id = 3", "KHO-31",
         "không có văn bản"},
        {"DROP TRIGGER number_state; UPDATE number SET date = '2026-11-15' WHERE number = 2",
         "KHO-31", "khác ngày của số"},
        {"DROP TRIGGER document_file_kept; DELETE FROM document_file WHERE role = 'source'",
         "KHO-31", "thiếu PDF hoặc nguồn"},
        {"DROP TRIGGER document_state; UPDATE document SET state = 'archived' WHERE document_id = "
         "1",
         "KHO-31", "theo bước cuối"},
        {"DROP TRIGGER document_fixed; UPDATE document SET date = '2026-11-17' WHERE document_id = "
         "4; DROP TRIGGER number_state; UPDATE number SET date = '2026-11-17' WHERE number = 4",
         "KHO-32", "lúc cấp số"},
        {FREE_LOG "UPDATE event SET actor = 'os:khac' WHERE serial = 5", "KHO-40", "dòng 5"},
        {"DROP TRIGGER number_told", "KHO-35", "thiếu: trigger number_told"},
        {SIGNERS_MAY_GO, "KHO-35", "đã bị sửa ở: trigger signer_kept"},
        {"CREATE TABLE them(a text)", "KHO-35", "có thêm: table them"},
        {"DROP INDEX number_held", "KHO-35", "thiếu: index number_held"},
        {"INSERT INTO signer VALUES (2, 9, 'Chủ tịch', 'Ai đó')", "KHO-32", "Văn bản 2/UBND-VX"},
        {"DROP TRIGGER signer_fixed; UPDATE signer SET name = 'Ai đó' WHERE document_id = 2",
         "KHO-32", "Văn bản 2/UBND-VX"},
        {"INSERT INTO setting VALUES ('roles', 'off')", "KHO-32", "được đặt cho kho"},
        {"DELETE FROM document_text WHERE sort_key = (SELECT max(sort_key) FROM document)",
         "KHO-31", "không có chữ"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        fixture f;
        vt_fsck_report report;
        with_documents(&f, false);
        need_ok(&f, fsck(&f, &(vt_fsck){0}, &report));
        assert_int_equal(report.documents, 4);
        assert_int_equal(report.files, 8);
        meddle(&f, f.postgres && strcmp(acts[i].act, SIGNERS_MAY_GO) == 0
                       ? "CREATE OR REPLACE TRIGGER signer_kept BEFORE DELETE ON signer FOR EACH "
                         "ROW EXECUTE FUNCTION refuse('x')"
                       : acts[i].act);
        vt_status st = fsck(&f, &(vt_fsck){.repair = true}, &report);
        if (!strstr(findings_text(f.list), acts[i].says))
            fail_msg("%s: %s", acts[i].act, findings_text(f.list));
        need_refusal(&f, st, VT_BAD, acts[i].id); /* nothing here can be proved back */
        assert_true(report.wrong > 0);
        fixture_end(&f);
    }
}

/* Log, documents and files are read a page at a time: each once, also behind the first page. */
static void fsck_sees_what_stands_behind_a_page(void **state) {
    enum { MANY = 230 };
    fixture f;
    vt_fsck_report report;
    vt_anchor head, end;
    (void)state;
    fixture_open(&f, false);
    need_ok(&f, vt_records_begin(f.records, f.list));
    for (int i = 1; i <= MANY; i++)
        assert_int_equal(issue_number(&f, &(draft){0}), i);
    need_ok(&f, vt_records_commit(f.records, f.list));
    need_ok(&f, vt_records_head(f.records, f.list, &end));
    need_ok(&f, fsck(&f, &(vt_fsck){0}, &report));
    assert_int_equal(report.files, 2 * MANY);
    assert_int_equal(report.events, end.serial);
    need_ok(&f, vt_records_audit(f.records, &end, 1, f.arena, f.list, &head));
    assert_string_equal(head.hash, end.hash);
    end.serial++;
    need_refusal(&f, vt_records_audit(f.records, &end, 1, f.arena, f.list, &head), VT_BAD,
                 "KHO-42");
    meddle(&f, "DROP TRIGGER document_fixed; UPDATE document SET date = '2026-11-17' WHERE "
               "document_id = (SELECT max(document_id) FROM document)");
    vt_status st = fsck(&f, &(vt_fsck){0}, &report);
    assert_non_null(strstr(findings_text(f.list), "lúc cấp số"));
    need_refusal(&f, st, VT_BAD, "KHO-32");
    meddle(&f, FREE_LOG "UPDATE event SET actor = 'os:khac' WHERE serial = (SELECT max(serial) "
                        "FROM event)");
    need_refusal(&f, vt_records_audit(f.records, NULL, 0, f.arena, f.list, &head), VT_BAD,
                 "KHO-40");
    fixture_end(&f);
}

/* Copies a file of the archive to DIR/files/ab/cd... */
static void copy_file(const fixture *f, const char *dir, const char *name) {
    char from[1024], to[1024];
    vt_buf bytes;

    vt_buf_init(&bytes, 1 << 20);
    snprintf(from, sizeof from, "%s/%s", f->files, name);
    snprintf(to, sizeof to, "%s/files", dir);
    mkdir(to, 0777);
    snprintf(to, sizeof to, "%s/%.8s", dir, name);
    mkdir(to, 0777);
    snprintf(to, sizeof to, "%s/%s", dir, name);
    need_ok(f, vt_file_read(from, 1 << 20, &bytes, f->list));
    need_ok(f, vt_file_write(to, bytes.data, bytes.len, false, f->list));
    vt_buf_free(&bytes);
}

/* A file comes back only when bytes of its hash are found. */
static void fsck_restores_what_a_hash_proves(void **state) {
    char copy[512], path[1024];
    fixture f;
    vt_fsck_report report;
    vt_record *record;
    bool existing;
    (void)state;
    with_documents(&f, true);
    need_ok(&f, issue_draft(&f, &(draft){0}, &record, &existing));
    snprintf(copy, sizeof copy, "%s-sao", f.files);
    assert_int_equal(mkdir(copy, 0777), 0);
    copy_file(&f, copy, fixture_kept(&f, record));
    snprintf(path, sizeof path, "%s/%s", f.files, fixture_kept(&f, record));
    assert_int_equal(unlink(path), 0);
    need_refusal(&f, fsck(&f, &(vt_fsck){0}, &report), VT_BAD, "KHO-30");
    need_refusal(&f, fsck(&f, &(vt_fsck){.repair = true}, &report), VT_BAD, "KHO-30");
    need_ok(&f, fsck(&f, &(vt_fsck){.repair = true, .from = copy}, &report));
    assert_int_equal(report.repaired, 1);
    need_ok(&f, fsck(&f, &(vt_fsck){0}, &report));
    /* what is no longer right in the copy proves nothing */
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/%s", copy, fixture_kept(&f, record));
    need_ok(&f, vt_file_write(path, "khác", 5, false, f.list));
    need_refusal(&f, fsck(&f, &(vt_fsck){.repair = true, .from = copy}, &report), VT_BAD, "KHO-30");
    remove_tree(copy);
    fixture_end(&f);
}

static void fsck_makes_the_index_anew(void **state) {
    fixture f;
    vt_fsck_report report;
    vt_hits hits;
    (void)state;
    with_documents(&f, false);
    meddle(&f, f.postgres
                   ? "DELETE FROM document_index WHERE sort_key = (SELECT min(sort_key) FROM "
                     "document)"
                   : "DELETE FROM document_fts_data WHERE id > 10");
    need_refusal(&f, fsck(&f, &(vt_fsck){0}, &report), VT_BAD, "KHO-33");
    need_ok(&f, fsck(&f, &(vt_fsck){.repair = true}, &report));
    assert_int_equal(report.repaired, 1);
    need_ok(&f, vt_records_search(f.records, &(vt_search){.query = "trung thu"}, f.arena, f.list,
                                  &hits));
    assert_int_equal(hits.count, 4);
    fixture_end(&f);
}

/* Acts without end on what is there already, each of which changes rows and their hash in the
   log: of a document, of what is configured, of a number. */
static void write_on(fixture *f) {
    static const char *const notes[] = {"bản giấy ở tủ 1", "bản giấy ở tủ 2"};
    char number[16];
    vt_record *record;
    vt_status st;

    prctl(PR_SET_PDEATHSIG, SIGKILL); /* when the test fails */
    st = vt_records_open(&f->options, f->list, &f->records);
    for (int i = 0; !st; i++) {
        const vt_set set = {.reference = "1/UBND-VX", .note = notes[i % 2]};
        const vt_user user = {.name = "os:mai", .roles = i % 2 ? "clerk" : "archivist"};

        st = vt_records_set(f->records, &set, f->arena, f->list, &record);
        if (!st)
            st = vt_records_user(f->records, &user, f->list);
        snprintf(number, sizeof number, "%d", 5 + i);
        if (!st)
            st = vt_records_void(f->records, NULL, "van-ban", number, "viết hỏng", f->arena,
                                 f->list);
        vt_arena_reset(f->arena);
    }
    fprintf(stderr, "status %d: %s", (int)st, findings_text(f->list));
    _exit(1);
}

/* What is written while fsck looks is no difference. */
static void fsck_is_not_misled_by_who_writes(void **state) {
    enum { RUNS = 10 };
    fixture f;
    vt_fsck_report report;
    pid_t writer;
    (void)state;
    with_documents(&f, false);
    vt_records_close(f.records);
    f.records = NULL;
    fflush(NULL);
    writer = fork();
    assert_true(writer >= 0);
    if (writer == 0) {
        f.seed = 11;
        write_on(&f);
    }
    need_ok(&f, vt_records_open(&f.options, f.list, &f.records));
    for (int i = 0; i < RUNS; i++) {
        need_ok(&f, fsck(&f, &(vt_fsck){0}, &report));
        vt_arena_reset(f.arena);
    }
    assert_int_equal(waitpid(writer, NULL, WNOHANG), 0); /* it writes still */
    kill(writer, SIGKILL);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_log_names_what_was_done_to_it),
        cmocka_unit_test(a_head_kept_elsewhere_shows_the_rest),
        cmocka_unit_test(the_log_is_exported_as_lines),
        cmocka_unit_test(a_view_of_a_secret_is_logged),
        cmocka_unit_test(fsck_names_each_difference),
        cmocka_unit_test(fsck_sees_what_stands_behind_a_page),
        cmocka_unit_test(fsck_restores_what_a_hash_proves),
        cmocka_unit_test(fsck_makes_the_index_anew),
        cmocka_unit_test(fsck_is_not_misled_by_who_writes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
