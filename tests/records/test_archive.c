/* Making and opening an archive, and every way of being refused. */

#include "fixture.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>

static void write_text(const char *folder, const char *name, const char *text) {
    char path[512];
    FILE *out;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static void init_refuses_an_archive(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    need_refusal(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list), VT_BAD,
                 "KHO-03");
    fixture_end(&f);
}

static void init_refuses_what_is_there(void **state) {
    fixture f;
    (void)state;
    fixture_start(&f);
    assert_int_equal(mkdir(f.folder, 0777), 0);
    write_text(f.folder, "anh-gia-dinh.txt", "x");
    need_refusal(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list), VT_BAD,
                 "KHO-04");
    fixture_end(&f);

    fixture_start(&f);
    f.options.folder = "/khong/co/duong/nay";
    need_refusal(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list), VT_FAIL,
                 "KHO-21");
    fixture_end(&f);
}

static void init_goes_on_after_a_crash(void **state) {
    char path[512];
    fixture f;
    (void)state;
    fixture_start(&f);
    assert_int_equal(mkdir(f.folder, 0777), 0);
    snprintf(path, sizeof path, "%s/files", f.folder);
    assert_int_equal(mkdir(path, 0777), 0);
    write_text(f.folder, "records.db.new", "half a register");
    write_text(f.folder, "records.db.new-wal", "half a log");
    write_text(f.folder, "records.lock", "");
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-01");
    need_ok(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list));
    need_ok(&f, vt_records_open(&f.options, f.list, &f.records));
    assert_int_equal(issue_number(&f, &(draft){0}), 1);
    fixture_end(&f);
}

static void open_refuses_what_is_not_ours(void **state) {
    fixture f;
    (void)state;
    fixture_start(&f);
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-01");
    assert_int_equal(mkdir(f.folder, 0777), 0);
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-01");
    write_text(f.folder, "records.db",
               "Đây là một tệp văn bản dài hơn một trăm byte, không phải sổ "
               "đăng ký văn bản nào cả, chỉ mượn tên mà thôi.");
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-02");
    write_text(f.folder, "records.db", "");
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-02");
    store_meddle(&f, "CREATE TABLE danh_ba(ten)");
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-02");
    fixture_end(&f);
}

static void open_refuses_a_newer_version(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    vt_records_close(f.records);
    f.records = NULL;
    store_meddle(&f, f.postgres ? "UPDATE setting SET value = '99' WHERE name = 'tables'"
                                : "PRAGMA user_version = 99");
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-05");
    f.options.read_only = true;
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-05");
    fixture_end(&f);
}

static void reading_changes_nothing(void **state) {
    fixture f;
    vt_hits hits;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    fixture_reopen(&f, true);
    need_ok(&f, vt_records_search(f.records, &(vt_search){0}, f.arena, f.list, &hits));
    assert_int_equal(hits.count, 1);
    need_refusal(&f, issue_draft(&f, &(draft){0}, NULL, NULL), VT_FAIL, "KHO-06");
    fixture_end(&f);
}

/* May somebody write now? */
static bool lock_is_free(const fixture *f) {
    char path[512];
    int lock;
    bool is_free;

    snprintf(path, sizeof path, "%s/records.lock", f->folder);
    lock = open(path, O_RDONLY);
    is_free = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0;
    close(lock);
    return is_free;
}

/* As a user who may only read: run in a child that gives its rights up.  Without SQLite's log
   nobody writes while he reads. */
static int read_only_child(fixture *f, bool log) {
    vt_hits hits;
    bool ok;

    if (setgid(65534) != 0 || setuid(65534) != 0)
        return 77;
    f->options.read_only = false;
    ok = vt_records_open(&f->options, f->list, &f->records) == VT_FAIL && found(f, "KHO-06");
    f->options.read_only = true;
    vt_findings_clear(f->list);
    ok = ok && vt_records_open(&f->options, f->list, &f->records) == VT_OK &&
         vt_records_search(f->records, &(vt_search){.query = "trung thu"}, f->arena, f->list,
                           &hits) == VT_OK &&
         hits.count == 1 && lock_is_free(f) == log;
    vt_records_close(f->records);
    ok = ok && lock_is_free(f);
    if (!ok)
        fputs(findings_text(f->list), stderr);
    return ok ? 0 : 1;
}

static void may_read(fixture *f, bool log) {
    int status;
    pid_t child;

    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(read_only_child(f, log));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        print_message("skipped: only root can give rights up\n");
    else
        assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_reader_needs_no_right_to_write(void **state) {
    char path[512];
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    vt_records_close(f.records);
    f.records = NULL;
    assert_int_equal(chmod(f.temp, 0755), 0); /* mkdtemp's folder is closed to others */
    may_read(&f, true);
    /* a copy without what SQLite keeps beside the register: a burnt disk */
    snprintf(path, sizeof path, "%s/records.db-wal", f.folder);
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/records.db-shm", f.folder);
    assert_int_equal(unlink(path), 0);
    may_read(&f, false);
    fixture_end(&f);
}

/* ------------------------------------------------------------ one writer -- */

/* Nobody writes while another holds the lock; readers do not mind it. */
static void readers_do_not_wait(void **state) {
    fixture f;
    vt_records *reader;
    vt_hits hits;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    need_ok(&f, vt_records_begin(f.records, f.list));
    issue_number(&f, &(draft){0});
    f.options.read_only = true;
    need_ok(&f, vt_records_open(&f.options, f.list, &reader));
    need_ok(&f, vt_records_search(reader, &(vt_search){0}, f.arena, f.list, &hits));
    assert_int_equal(hits.count, 1); /* what is not committed is not there */
    need_ok(&f, vt_records_commit(f.records, f.list));
    need_ok(&f, vt_records_search(reader, &(vt_search){0}, f.arena, f.list, &hits));
    assert_int_equal(hits.count, 2);
    vt_records_close(reader);
    fixture_end(&f);
}

static off_t size_of(const fixture *f, const char *name) {
    char path[512];
    struct stat sb;

    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    return stat(path, &sb) == 0 ? sb.st_size : -1;
}

/* SQLite's log is emptied by a writer that has the lock, never without it:
   that is what keeps the WAL-reset bug away. */
static void only_the_lock_holder_checkpoints(void **state) {
    char path[512];
    fixture f;
    int lock;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    snprintf(path, sizeof path, "%s/records.lock", f.folder);
    lock = open(path, O_RDWR);
    assert_true(lock >= 0);
    assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
    assert_true(size_of(&f, "records.db-wal") > 0);
    fixture_reopen(&f, true); /* the writer closed, but another writes */
    assert_true(size_of(&f, "records.db-wal") > 0);
    assert_int_equal(flock(lock, LOCK_UN), 0);
    fixture_reopen(&f, false); /* a reader closed */
    assert_true(size_of(&f, "records.db-wal") > 0);
    issue_number(&f, &(draft){0});
    fixture_reopen(&f, false); /* a writer closed, alone */
    assert_int_equal(size_of(&f, "records.db-wal"), 0);
    close(lock);
    fixture_end(&f);
}

/* ------------------------------------------------------- what is kept is kept -- */

static void the_tables_refuse(void **state) {
    static const char *const acts[] = {
        "DELETE FROM number",
        "DELETE FROM issuer",
        "DELETE FROM series",
        "DELETE FROM document",
        "DELETE FROM file",
        "DELETE FROM event",
        "UPDATE event SET actor = 'ai'",
        "UPDATE file SET bytes = 0",
        "UPDATE document_file SET generation = 2",
        "UPDATE number SET number = 7",
        "UPDATE number SET state = 'void'", /* without a reason */
        "UPDATE document SET state = 'lost'",
        "INSERT INTO number(series_id, issuer_id, period, number, notation, date, state) SELECT "
        "series_id, issuer_id, period, number, 'X', date, 'used' FROM number",
    };
    char error[512];
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (store_try(&f, acts[i], error))
            fail_msg("allowed: %s", acts[i]);
    assert_int_equal(store_number(&f, "SELECT count(*) FROM number"), 1);
    fixture_end(&f);
}

/* The chain, computed here a second time from what the header says of it. */
static void the_log_is_a_chain(void **state) {
    static const char *const fields[] = {"at", "actor", "act", "object", "detail"};
    char before[65], text[8192], hex[65], sql[128];
    fixture f;
    vt_hash hash;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    issue_number(&f, &(draft){.subject = "việc khác"});
    memset(before, '0', 64);
    before[64] = '\0';
    assert_int_equal(store_number(&f, "SELECT count(*) FROM event"), 5); /* init, issuer, series,
                                                                            two issues */
    for (int row = 1; row <= 5; row++) {
        int n = snprintf(text, sizeof text, "%s%d", before, row);

        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
            snprintf(sql, sizeof sql, "SELECT %s FROM event WHERE serial = %d", fields[i], row);
            const char *field = store_text(&f, sql);
            n += snprintf(text + n, sizeof text - (size_t)n, "%zu:%s", strlen(field), field);
        }
        vt_sha256(text, (size_t)n, &hash);
        vt_hash_hex(&hash, hex);
        snprintf(sql, sizeof sql, "SELECT hash FROM event WHERE serial = %d", row);
        assert_string_equal(hex, store_text(&f, sql));
        memcpy(before, hex, sizeof hex);
    }
    fixture_end(&f);
}

/* An archive with all its files in files/. */
static void open_with_folder(fixture *f) {
    fixture_make_archive(f, (vt_records_new_options){.files_in_folder = true});
}

static void small_files_stand_in_the_register(void **state) {
    fixture f;
    vt_record *record;
    vt_buf out;
    bool existing;
    (void)state;
    fixture_open(&f, false);
    vt_buf_init(&out, 1 << 20);
    need_ok(&f, issue_draft(&f, &(draft){0}, &record, &existing));
    assert_string_equal(record->path, "");
    need_ok(&f, vt_records_file(f.records, record, "pdf", &out, f.list));
    assert_memory_equal(out.data, "%PDF", 4);
    assert_int_equal(store_number(&f, "SELECT count(*) FROM blob"), 2);
    vt_records_close(f.records);
    f.records = NULL;
    store_meddle(&f, "DROP TRIGGER blob_fixed; UPDATE blob SET data = x'00'");
    need_ok(&f, vt_records_open(&f.options, f.list, &f.records));
    need_refusal(&f, vt_records_file(f.records, record, "pdf", &out, f.list), VT_FAIL, "KHO-12");
    vt_buf_free(&out);
    fixture_end(&f);
}

static void files_are_checked_when_handed_out(void **state) {
    char path[512];
    fixture f;
    vt_record *record;
    vt_buf out;
    bool existing;
    (void)state;
    open_with_folder(&f);
    vt_buf_init(&out, 1 << 20);
    need_ok(&f, issue_draft(&f, &(draft){0}, &record, &existing));
    need_ok(&f, vt_records_file(f.records, record, "pdf", &out, f.list));
    assert_memory_equal(out.data, "%PDF", 4);
    need_ok(&f, vt_records_file(f.records, record, "source", &out, f.list));
    assert_memory_equal(out.data, "<document", 9);
    need_refusal(&f, vt_records_file(f.records, record, "anh", &out, f.list), VT_BAD, "KHO-13");
    snprintf(path, sizeof path, "%s/%s", f.files, fixture_kept(&f, record));
    assert_int_equal(chmod(path, 0644), 0);
    write_text(f.files, fixture_kept(&f, record), "%PDF sửa");
    need_refusal(&f, vt_records_file(f.records, record, "pdf", &out, f.list), VT_FAIL, "KHO-12");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(vt_records_file(f.records, record, "pdf", &out, f.list), VT_FAIL);
    vt_buf_free(&out);
    fixture_end(&f);
}

/* A copy that lost the empty folders is an archive all the same. */
static void empty_folders_come_back(void **state) {
    char path[512];
    fixture f;
    (void)state;
    open_with_folder(&f);
    for (unsigned i = 0; i < 256; i++) {
        snprintf(path, sizeof path, "%s/files/%02x", f.files, i);
        assert_int_equal(rmdir(path), 0);
    }
    assert_int_equal(issue_number(&f, &(draft){0}), 1);
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(init_refuses_an_archive),
        cmocka_unit_test(open_refuses_a_newer_version),
        cmocka_unit_test(reading_changes_nothing),
        cmocka_unit_test(readers_do_not_wait),
        cmocka_unit_test(the_tables_refuse),
        cmocka_unit_test(the_log_is_a_chain),
        cmocka_unit_test(small_files_stand_in_the_register),
        cmocka_unit_test(files_are_checked_when_handed_out),
        cmocka_unit_test(empty_folders_come_back),
        cmocka_unit_test(init_refuses_what_is_there),
        cmocka_unit_test(init_goes_on_after_a_crash),
        cmocka_unit_test(open_refuses_what_is_not_ours),
        cmocka_unit_test(a_reader_needs_no_right_to_write),
        cmocka_unit_test(only_the_lock_holder_checkpoints),
    };

    return RUN_TESTS(tests, 5);
}
