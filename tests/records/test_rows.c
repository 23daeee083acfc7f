/*
 * Rows against the log.  Whoever owns the file may take the triggers away, rewrite any
 * column, and put the triggers back: fsck or the audit names it.  Every column of every
 * table is tried; what needs not be seen stands in UNSEEN, with the reason.  A column
 * that is added later is tried, too, so that nobody forgets it.
 */
#include "fixture.h"

#include "records/dossier.h"
#include "records/store.h"

#include <sqlite3.h>

enum { NAME = 64, COLUMNS = 64, TABLES = 64, SQL = 1024, TRIGGERS_BYTES = 1 << 17 };

static const struct {
    const char *table, *column, *why;
} UNSEEN[] = {
    {"blob", "blob_id", "the store's own; a file is known by its hash"},
    {"import_run", "import_id", "the store's own; nothing points to it"},
    {"closed_register", "register_id", "the store's own; nothing points to it"},
    {"closed_received", "closed_id", "the store's own; nothing points to it"},
    {"saved_search", "*", "what somebody looks for proves nothing"},
};

static bool is_unseen(const char *table, const char *column) {
    for (size_t i = 0; i < sizeof UNSEEN / sizeof *UNSEEN; i++)
        if (strcmp(UNSEEN[i].table, table) == 0 &&
            (strcmp(UNSEEN[i].column, column) == 0 || strcmp(UNSEEN[i].column, "*") == 0))
            return true;
    return false;
}

/* ------------------------------------------------------------- an archive -- */

static void run(sqlite3 *db, const char *sql) {
    char *error = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
}

static sqlite3 *register_of(const fixture *f) {
    char path[512];
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/records.db", f->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    return db;
}

/* What an act of the program would do: rows, and its line in the log behind them. */
static void act(fixture *f, const char *sql, const char *object) {
    sqlite3 *db;

    vt_records_close(f->records);
    f->records = NULL;
    db = register_of(f);
    run(db, sql);
    sqlite3_close(db);
    need_ok(f, vt_records_open(&f->options, f->list, &f->records));
    need_ok(f, vt_records_begin(f->records, f->list));
    need_ok(f, vt_event_json(f->records, f->list, "test", object, json_object()));
    need_ok(f, vt_records_commit(f->records, f->list));
}

static void number_acts(fixture *f) {
    vt_reserved held;
    const vt_reserve q = {.series = "van-ban",
                          .count = 2,
                          .holder = "Phòng Kinh tế",
                          .until = "2026-12-20",
                          .reason = "chờ ký"};

    need_ok(f, vt_records_reserve(f->records, &q, f->arena, f->list, &held));
    need_ok(f, vt_records_void(f->records, NULL, "van-ban", "5", "không ký", f->arena, f->list));
}

static void relate(fixture *f, const char *act, const char *of, const char *by) {
    const vt_step q = {.reference = of, .act = act, .note = "sai số liệu", .by = by};
    vt_record *after;

    need_ok(f, vt_records_step(f->records, &q, f->arena, f->list, &after));
}

static void books(fixture *f) {
    const vt_term term = {.name = "2026-2031", .opens = {2026, 5, 1}};
    const vt_book book = {.book = "chung", .name = "Sổ chung", .types = "bao-cao,to-trinh"};

    need_ok(f, vt_records_book(f->records, &book, f->list));
    need_ok(f, vt_records_term(f->records, &term, f->list));
}

static void close_volume(fixture *f) {
    vt_register closed;

    issue_number(f, &(draft){.type = "quyet-dinh", .book = "quyet-dinh", .notation = "QĐ-UBND"});
    need_ok(f, vt_records_register_close(f->records, &(vt_register_query){.series = "quyet-dinh"},
                                         f->arena, f->list, &closed));
}

static void dossiers(fixture *f, const char *document) {
    const vt_dossier_words words = {.year = 2026,
                                    .code = "01.VP",
                                    .title = "Hồ sơ Tết Trung thu",
                                    .retention = "10 năm",
                                    .starts = "2026-11-01"};
    const vt_dossier_ref which = {.reference = "01.VP"};
    const vt_received received = {.sender = "Sở Nội vụ",
                                  .designation = "125/SNV-VP",
                                  .subject = "Về việc tuyển dụng",
                                  .date = {2026, 11, 10},
                                  .pdf = "%PDF-1.7 đến %%EOF",
                                  .pdf_len = sizeof "%PDF-1.7 đến %%EOF" - 1,
                                  .pages = 1,
                                  .words = "tuyển dụng"};
    const vt_transfer transfer = {
        .kind = "hand-over", .date = "2026-11-20", .giver = "Văn phòng", .taker = "Lưu trữ"};
    vt_dossier d;
    vt_arrived_volume volume;
    vt_arrival arrival;
    vt_transfer out;
    int64_t ordinal;

    need_ok(f, vt_records_dossier_open(f->records, &words, f->arena, f->list, &d));
    need_ok(f, vt_records_dossier_add(f->records, &which,
                                      &(vt_dossier_put){.reference = document, .sheets = "1"},
                                      f->arena, f->list, &ordinal));
    need_ok(f, vt_records_receive(f->records, &which, &received, f->arena, f->list, &arrival));
    need_ok(f, vt_records_arrived_close(f->records, NULL, 2026, (vt_date){0}, f->arena, f->list,
                                        &volume));
    need_ok(f, vt_records_dossier_act(f->records, &which,
                                      &(vt_dossier_act){.act = "close", .sheets = 2}, f->arena,
                                      f->list, &d));
    need_ok(f, vt_records_transfer(f->records, &which, 1, &transfer, f->arena, f->list, &out));
}

/* A row in every table. */
static void fill(fixture *f) {
    const vt_past_run past = {.name = "so.csv", .sha256 = "00", .gaps = "trang bị rách"};
    vt_record *first, *second, *third;
    size_t voided;
    bool existing;

    fixture_start(f);
    need_ok(f, vt_records_init(&f->options, &(vt_records_new_options){0}, f->list));
    need_ok(f, vt_records_open(&f->options, f->list, &f->records));
    need_ok(f, issue_draft(f, &(draft){0}, &first, &existing));
    need_ok(f, issue_draft(f, &(draft){0}, &second, &existing));
    number_acts(f);
    need_ok(f, issue_draft(f, &(draft){.urgency = "khan"}, &third, &existing));
    relate(f, "correct", first->id, third->id);
    relate(f, "replace", first->id, third->id);
    books(f);
    close_volume(f);
    need_ok(f, vt_records_begin(f->records, f->list));
    need_ok(f, vt_records_past(f->records, &past, f->arena, f->list, &voided));
    need_ok(f, vt_records_commit(f->records, f->list));
    act(f,
        "INSERT INTO keyword VALUES (2, 1, 'trung thu'); UPDATE document SET retention = '06', "
        "unit = 'Văn phòng' WHERE document_id = 2; UPDATE recipient SET sent = '2026-11-20' WHERE "
        "document_id = 2",
        second->id);
    act(f,
        "INSERT INTO actor VALUES ('os:lan', 'Phạm Thị Lan', 'văn thư', 1); INSERT INTO actor_role "
        "VALUES ('os:lan', 'clerk'); INSERT INTO separation VALUES ('sign', 'submit'); UPDATE "
        "issuer SET books_of = issuer_id",
        "");
    dossiers(f, second->id);
    act(f, "INSERT INTO saved_search VALUES ('TIM', 'os:huong', 'khẩn', '{}')", "");
}

/* --------------------------------------------------------------- meddling -- */

typedef struct column {
    char table[NAME], name[NAME], type[NAME];
} column;

static char triggers[TRIGGERS_BYTES]; /* as they were, to be put back */

/* Text in the first column of every row, one after the other. */
static void join(sqlite3 *db, const char *sql, char *out, size_t size, const char *between) {
    sqlite3_stmt *stmt;
    size_t len = 0;

    out[0] = '\0';
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        len += (size_t)snprintf(out + len, size - len, "%s%s", len ? between : "",
                                (const char *)sqlite3_column_text(stmt, 0));
        assert_true(len < size);
    }
    sqlite3_finalize(stmt);
}

static size_t all_columns(sqlite3 *db, column *out, size_t most) {
    sqlite3_stmt *stmt;
    size_t n = 0;

    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT t.name, c.name, c.type FROM sqlite_schema t JOIN "
                                        "pragma_table_info(t.name) c WHERE t.type = 'table' AND "
                                        "t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE "
                                        "'%_fts%' ORDER BY t.name, c.cid",
                                        -1, &stmt, NULL),
                     SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        assert_true(n < most);
        snprintf(out[n].table, NAME, "%s", (const char *)sqlite3_column_text(stmt, 0));
        snprintf(out[n].name, NAME, "%s", (const char *)sqlite3_column_text(stmt, 1));
        snprintf(out[n++].type, NAME, "%s", (const char *)sqlite3_column_text(stmt, 2));
    }
    sqlite3_finalize(stmt);
    return n;
}

/* Another value of its kind. */
static void other_value(const column *c, char *out, size_t size) {
    if (strcmp(c->type, "INTEGER") == 0)
        snprintf(out, size, "coalesce(\"%s\", 0) + 1000", c->name);
    else if (strcmp(c->type, "BLOB") == 0)
        snprintf(out, size, "x'00'");
    else
        snprintf(out, size, "coalesce(\"%s\", '') || 'x'", c->name);
}

/* Names of the primary key's columns, each with `tail` behind. */
static void key_of(sqlite3 *db, const char *table, const char *tail, char *out, size_t size) {
    char sql[SQL];

    snprintf(
        sql, sizeof sql,
        "SELECT '\"' || name || '\"%s' FROM pragma_table_info('%.63s') WHERE pk > 0 ORDER BY pk",
        tail, table);
    join(db, sql, out, size, ", ");
}

/* The column of one row, first or last of its table; false: no row to change. */
static bool rewrite(const fixture *f, const column *c, bool last) {
    char keys[SQL], order[SQL], value[SQL / 4], drop[1 << 13], sql[4 * SQL];
    sqlite3 *db = register_of(f);
    int changed;

    key_of(db, c->table, "", keys, sizeof keys);
    key_of(db, c->table, last ? " DESC" : " ASC", order, sizeof order);
    other_value(c, value, sizeof value);
    join(db, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'", drop,
         sizeof drop, ";");
    run(db, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
    run(db, drop);
    snprintf(sql, sizeof sql,
             "UPDATE \"%.63s\" SET \"%.63s\" = %s WHERE (%s) IN (SELECT %s FROM \"%.63s\" ORDER BY "
             "%s LIMIT "
             "1)",
             c->table, c->name, value, keys, keys, c->table, order);
    run(db, sql);
    changed = sqlite3_changes(db);
    run(db, triggers);
    sqlite3_close(db);
    return changed == 1;
}

/* Opened, checked, audited: is anything said? */
static bool is_named(fixture *f) {
    vt_fsck_report report;
    vt_anchor head;
    vt_status st = vt_records_open(&f->options, f->list, &f->records);

    if (!st)
        st = vt_records_fsck(f->records, &(vt_fsck){0}, f->arena, f->list, &report);
    if (!st)
        st = vt_records_audit(f->records, NULL, 0, f->arena, f->list, &head);
    if (st == VT_FAIL && !found(f, "KHO-22") && !found(f, "KHO-10"))
        fail_msg("failed: %s", findings_text(f->list));
    vt_records_close(f->records);
    f->records = NULL;
    vt_findings_clear(f->list);
    return st != VT_OK;
}

static void every_column_is_watched(void **state) {
    static column columns[TABLES * 8];
    char path[512];
    vt_buf whole;
    fixture f;
    vt_fsck_report report;
    size_t n, tried = 0, missed = 0;
    (void)state;
    fill(&f);
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    assert_int_equal(report.strange, 0);
    vt_records_close(f.records);
    f.records = NULL;
    sqlite3 *db = register_of(&f);
    n = all_columns(db, columns, sizeof columns / sizeof *columns);
    join(db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", triggers, sizeof triggers,
         ";\n");
    sqlite3_close(db);
    vt_buf_init(&whole, 1 << 24);
    snprintf(path, sizeof path, "%s/records.db", f.folder);
    need_ok(&f, vt_file_read(path, 1 << 24, &whole, f.list));
    for (size_t i = 0; i < n; i++) {
        bool last = i % 2, unseen = is_unseen(columns[i].table, columns[i].name);

        if (!rewrite(&f, &columns[i], last))
            fail_msg("no row of %s to try", columns[i].table);
        if (is_named(&f) == unseen) {
            print_error("%s.%s (%s): %s\n", columns[i].table, columns[i].name,
                        last ? "last" : "first",
                        unseen ? "is seen, and stands among the unseen"
                               : "was rewritten and nothing said so");
            missed++;
        }
        tried++;
        need_ok(&f, vt_file_write(path, whole.data, whole.len, true, f.list));
    }
    assert_int_equal(missed, 0);
    assert_true(tried > 200);
    vt_buf_free(&whole);
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_is_watched),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
