/*
 * What the tables refuse by themselves, whoever asks: the promises of the
 * archive that do not rest on the program (records/schema/README.md).
 */
#include "fixture.h"

#include <sqlite3.h>

static sqlite3 *open_register(const fixture *f) {
    char path[512];
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/records.db", f->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void allows(sqlite3 *db, const char *sql) {
    char *error = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
}

/* Refused, and for this reason. */
static void refuses(sqlite3 *db, const char *why, const char *sql) {
    char *error = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &error) == SQLITE_OK)
        fail_msg("allowed: %s", sql);
    if (!strstr(error, why))
        fail_msg("%s: refused with “%s”, not “%s”", sql, error, why);
    sqlite3_free(error);
}

/* Two documents of 2026 in one series: 1 of 12 May and 2 of 14 May. */
static sqlite3 *two_documents(fixture *f) {
    fixture_open(f, false);
    issue_number(f, &(draft){.date = "2026-05-12"});
    issue_number(f, &(draft){.date = "2026-05-14"});
    return open_register(f);
}

static void end(fixture *f, sqlite3 *db) {
    sqlite3_close(db);
    fixture_end(f);
}

#define ADD_NUMBER(columns, values)                                                                \
    "INSERT INTO number(series_id, issuer_id, period, number, " columns ") SELECT series_id, "     \
    "issuer_id, period, " values " FROM series"

static void nothing_is_deleted(void **state) {
    static const char *const tables[] = {"issuer", "series",        "number", "document",
                                         "file",   "document_file", "event",  "step",
                                         "signer", "recipient"};
    fixture f;
    sqlite3 *db = two_documents(&f);
    char sql[64];
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        refuses(db, i > 7 ? "stays as it is" : "", sql);
    }
    end(&f, db);
}

static void a_number_has_a_state_and_a_reason(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
    refuses(db, "CHECK", ADD_NUMBER("state", "3, 'void'"));
    refuses(db, "CHECK", ADD_NUMBER("state, reason", "3, 'reserved', 'giữ chỗ'")); /* for whom? */
    refuses(db, "CHECK", ADD_NUMBER("state, reason", "3, 'lost', 'không rõ'"));
    allows(db, ADD_NUMBER("state, reason, holder", "3, 'reserved', 'chờ ký', 'Phòng Kinh tế'"));
    refuses(db, "CHECK", "UPDATE number SET state = 'used' WHERE number = 3"); /* no date */
    refuses(db, "place", "UPDATE number SET number = 4 WHERE number = 3");
    allows(db, "UPDATE number SET state = 'void', reason = 'không ký nữa' WHERE number = 3");
    refuses(db, "stays so", "UPDATE number SET state = 'reserved' WHERE number = 3");
    refuses(db, "stays so", "UPDATE number SET state = 'void', reason = 'x' WHERE number = 1");
    refuses(db, "stays so", "UPDATE number SET date = '2026-05-13' WHERE number = 1");
    refuses(db, "UNIQUE",
            ADD_NUMBER("state, reason, holder", "3, 'reserved', 'chờ ký', 'Phòng Kinh tế'"));
    end(&f, db);
}

static void numbers_and_dates_go_forward_together(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
#define USED(number, date) ADD_NUMBER("notation, date, state", number ", 'KH', " date ", 'used'")
    refuses(db, "backwards", USED("3", "'2026-05-13'"));
    refuses(db, "outside of the period", USED("3", "'2027-01-01'"));
    allows(db, USED("5", "'2026-05-20'"));
    /* a number held back goes between its neighbours */
    allows(db, ADD_NUMBER("state, reason, holder", "4, 'reserved', 'chờ ký', 'Phòng Kinh tế'"));
#define TAKE(date) "UPDATE number SET notation = 'KH', state = 'used', date = " date
    refuses(db, "backwards", TAKE("'2026-05-13' WHERE number = 4"));
    refuses(db, "backwards", TAKE("'2026-05-21' WHERE number = 4"));
    allows(db, TAKE("'2026-05-16' WHERE number = 4"));
    /* only with a reason, which then stands in the row */
    allows(db, ADD_NUMBER("notation, date, state, disorder",
                          "6, 'KH', '2026-05-13', 'used', 'ghi chậm do mất điện'"));
    refuses(db, "backwards", USED("7", "'2026-05-19'"));
    allows(db, USED("7", "'2026-05-20'"));
    end(&f, db);
}

static void suffixes_only_where_the_series_has_them(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
#define WITH_SUFFIX                                                                                \
    ADD_NUMBER("suffix, notation, date, state", "1, 'a', 'KH', '2026-05-13', 'used'")
    refuses(db, "no suffixes", WITH_SUFFIX);
    allows(db, "UPDATE series SET suffixes = 1");
    allows(db, WITH_SUFFIX);
    refuses(db, "UNIQUE", WITH_SUFFIX);
    end(&f, db);
}

static void a_closed_series_gives_no_number(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
    allows(db, "UPDATE series SET state = 'closed', reason = 'hết năm'");
    refuses(db, "closed", USED("3", "'2026-05-20'"));
    refuses(db, "issuer and book", "UPDATE series SET book = 'khac'");
    end(&f, db);
}

static void a_bound_register_is_frozen(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
#define BIND                                                                                       \
    "INSERT INTO closed_register(uid, series_id, volume, first_number, last_number, first_date, "  \
    "last_date, entries, sha256, event_serial, event_hash, actor, at) SELECT 'R1', series_id, 1, " \
    "1, 4, '2026-05-12', '2026-05-14', 4, '', 1, '', 'os:huong', '' FROM series"
    allows(db, "UPDATE series SET suffixes = 1");
    allows(db, ADD_NUMBER("state, reason, holder", "3, 'reserved', 'chờ ký', 'Phòng Kinh tế'"));
    refuses(db, "still reserved", BIND);
    allows(db, "UPDATE number SET state = 'void', reason = 'không ký' WHERE number = 3");
    allows(db, BIND);
    refuses(db, "register of this number is closed",
            ADD_NUMBER("suffix, state, reason", "2, 'a', 'void', 'thử chèn'"));
    refuses(db, "closed registers are kept", "UPDATE closed_register SET entries = 3");
    allows(db, ADD_NUMBER("state, reason", "5, 'void', 'bỏ trống'"));
    end(&f, db);
}

static void terms_do_not_overlap(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
#define TERM(uid, name, dates)                                                                     \
    "INSERT INTO term(uid, issuer_id, kind, name, opens, closes) SELECT " uid                      \
    ", issuer_id, 'term', " name ", " dates " FROM issuer"
    allows(db, TERM("'T1'", "'2020-2025'", "'2020-08-02', '2025-09-15'"));
    refuses(db, "overlap", TERM("'T2'", "'2025-2030'", "'2025-09-15', ''"));
    allows(db, TERM("'T2'", "'2025-2030'", "'2025-09-16', ''"));
    refuses(db, "overlap", TERM("'T3'", "'2030-2035'", "'2030-09-20', ''"));
    allows(db, "UPDATE term SET closes = '2030-09-19' WHERE uid = 'T2'");
    allows(db, TERM("'T3'", "'2030-2035'", "'2030-09-20', ''"));
    refuses(db, "overlap", "UPDATE term SET opens = '2030-09-19' WHERE uid = 'T3'");
    end(&f, db);
}

/* ------------------------------------------------------------ life, files -- */

static void what_has_a_number_stays(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
    refuses(db, "stays as it is", "UPDATE document SET subject = 'việc khác'");
    refuses(db, "stays as it is", "UPDATE document SET date = '2026-05-13'");
    refuses(db, "by a step", "UPDATE document SET state = 'recalled'");
    refuses(db, "not rewritten", "UPDATE signer SET name = 'Ai đó'");
    refuses(db, "not rewritten", "UPDATE recipient SET name = 'Ai đó'");
    allows(db, "UPDATE document SET retention = '01', access = '01', note = 'đã gửi'");
    allows(db, "UPDATE recipient SET sent = '2026-05-15'");
    refuses(db, "FOREIGN KEY", "UPDATE document SET retention = '99'");
    end(&f, db);
}

static void steps_follow_the_table(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
#define STEP(n, act, from, to, note)                                                               \
    "INSERT INTO step VALUES (1, " n ", '" act "', '" from "', '" to "', 'os:lan', '', '" note "'" \
    ")"
    refuses(db, "no such step", STEP("2", "sign", "issued", "signed", ""));
    refuses(db, "no such step", STEP("2", "recall", "issued", "recalled", "")); /* why? */
    refuses(db, "follow one another", STEP("3", "archive", "issued", "archived", ""));
    refuses(db, "follow one another", STEP("2", "archive", "recalled", "archived", ""));
    allows(db, STEP("2", "recall", "issued", "recalled", "sai thẩm quyền"));
    refuses(db, "by a step", "UPDATE document SET state = 'replaced' WHERE document_id = 1");
    allows(db, "UPDATE document SET state = 'recalled' WHERE document_id = 1");
    refuses(db, "steps are kept", "UPDATE step SET actor = 'os:khac'");
    end(&f, db);
}

static void roles_and_separation_of_duties(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    (void)state;
    allows(db, "INSERT INTO setting VALUES ('roles', 'on')");
    refuses(db, "right", STEP("2", "archive", "issued", "archived", ""));
    allows(db, "INSERT INTO actor(name, full_name) VALUES ('os:lan', 'Phạm Thị Lan')");
    allows(db, "INSERT INTO actor_role VALUES ('os:lan', 'clerk')");
    refuses(db, "right", STEP("2", "archive", "issued", "archived", ""));
    allows(db, "INSERT INTO actor_role VALUES ('os:lan', 'archivist')");
    allows(db, STEP("2", "archive", "issued", "archived", ""));
    allows(db, "UPDATE setting SET value = 'off' WHERE name = 'roles'");
    allows(db, "INSERT INTO separation VALUES ('recall', 'issue')");
    /* os:huong issued it */
    refuses(db, "both",
            "INSERT INTO step VALUES (2, 2, 'recall', 'issued', 'recalled', 'os:huong', '', 'x')");
    allows(db, "INSERT INTO step VALUES (2, 2, 'recall', 'issued', 'recalled', 'os:lan', '', 'x')");
    end(&f, db);
}

/* The next step of dossier 1; `entry` of which document. */
#define DOSSIER_STEP(act, entry, to, note)                                                         \
    "INSERT INTO dossier_step(dossier_id, ordinal, act, entry, to_state, actor, at, note) SELECT " \
    "1, 1 + count(*), '" act "', " entry ", '" to "', 'os:huong', '', '" note                      \
    "' FROM dossier_step"
#define ENTER(ordinal, document)                                                                   \
    "INSERT INTO dossier_entry(dossier_id, ordinal, document_id) VALUES (1, " ordinal              \
    ", " document ")"

static sqlite3 *one_dossier(fixture *f) {
    sqlite3 *db = two_documents(f);

    refuses(db, "begins so",
            "INSERT INTO dossier(uid, issuer_id, year, code, title, state) SELECT 'H1', issuer_id, "
            "2026, '01.VP', 'Hồ sơ', 'closed' FROM issuer");
    allows(db, "INSERT INTO dossier(uid, issuer_id, year, code, title, retention) SELECT 'H1', "
               "issuer_id, 2026, '01.VP', 'Hồ sơ Tết Trung thu', '06' FROM issuer");
    refuses(db, "follow one another", DOSSIER_STEP("add", "1", "open", ""));
    allows(db, DOSSIER_STEP("open", "0", "open", ""));
    allows(db, ENTER("1", "1"));
    return db;
}

static void entries_keep_their_ordinal(void **state) {
    fixture f;
    sqlite3 *db = one_dossier(&f);
    (void)state;
    refuses(db, "UNIQUE", ENTER("2", "1"));
    refuses(db, "follow one another", ENTER("3", "2"));
    allows(db, ENTER("2", "2"));
    refuses(db, "entries are kept", "DELETE FROM dossier_entry");
    refuses(db, "keeps its place", "UPDATE dossier_entry SET ordinal = 3 WHERE ordinal = 2");
    refuses(db, "by a step", "UPDATE dossier_entry SET removed = 'nhầm' WHERE ordinal = 2");
    refuses(db, "CHECK", DOSSIER_STEP("remove", "2", "open", "")); /* no reason */
    allows(db, DOSSIER_STEP("remove", "2", "open", "nhầm"));
    refuses(db, "by a step", "UPDATE dossier_entry SET removed = 'nhầm' WHERE ordinal = 1");
    allows(db, "UPDATE dossier_entry SET removed = 'nhầm' WHERE ordinal = 2");
    refuses(db, "steps are kept", "DELETE FROM dossier_step");
    refuses(db, "steps are kept", "UPDATE dossier_step SET note = 'khác'");
    end(&f, db);
}

static void a_locked_dossier_stays_as_it_is(void **state) {
    fixture f;
    sqlite3 *db = one_dossier(&f);
    (void)state;
    refuses(db, "locked by a step", "UPDATE dossier SET frozen = 'đang thanh tra'");
    refuses(db, "CHECK", DOSSIER_STEP("lock", "0", "open", ""));
    allows(db, DOSSIER_STEP("lock", "0", "open", "đang thanh tra"));
    allows(db, "UPDATE dossier SET frozen = 'đang thanh tra'");
    refuses(db, "nothing more", ENTER("2", "2"));
    refuses(db, "frozen", "UPDATE dossier SET title = 'khác'");
    refuses(db, "frozen", DOSSIER_STEP("close", "0", "closed", ""));
    refuses(db, "locked by a step", "UPDATE dossier SET frozen = ''");
    allows(db, DOSSIER_STEP("unlock", "0", "open", "xong"));
    allows(db, "UPDATE dossier SET frozen = ''");
    refuses(db, "keeps its code", "UPDATE dossier SET code = '02.VP'");
    end(&f, db);
}

#define CLOSE                                                                                      \
    "UPDATE dossier SET state = 'closed', starts = '2026-05-12', ends = '2026-05-14', sha256 = "   \
    "'x'"
#define TRANSFER(uid, kind, date)                                                                  \
    "INSERT INTO transfer(uid, kind, date, decision, reason, actor, at) VALUES ('" uid "', '" kind \
    "', '" date "', '12/QĐ-UBND', 'hết thời hạn', 'os:huong', '')"

static void a_dossier_is_disposed_of_by_a_decision(void **state) {
    fixture f;
    sqlite3 *db = one_dossier(&f);
    (void)state;
    refuses(db, "by a step", CLOSE);
    refuses(db, "no such step", DOSSIER_STEP("dispose", "0", "disposed", "x"));
    allows(db, DOSSIER_STEP("close", "0", "closed", ""));
    refuses(db, "its dates", "UPDATE dossier SET state = 'closed'");
    allows(db, CLOSE);
    refuses(db, "stays as it is", "UPDATE dossier SET title = 'khác'");
    refuses(db, "nothing more", ENTER("2", "2"));
    refuses(db, "by a step", "UPDATE dossier SET state = 'disposed'");
    allows(db, DOSSIER_STEP("dispose", "0", "disposed", "hết thời hạn"));
    refuses(db, "recorded decision", "UPDATE dossier SET state = 'disposed'");
    allows(db, TRANSFER("B1", "disposal", "2036-12-30"));
    refuses(db, "still to be kept", "INSERT INTO transfer_dossier VALUES (1, 1)");
    allows(db, TRANSFER("B2", "disposal", "2037-01-05"));
    allows(db, "INSERT INTO transfer_dossier VALUES (2, 1)");
    allows(db, "UPDATE dossier SET state = 'disposed'");
    refuses(db, "no such step", DOSSIER_STEP("reopen", "0", "open", "x"));
    refuses(db, "transfers are kept", "UPDATE transfer_dossier SET transfer_id = 1");
    end(&f, db);
}

/* PL VI, part II.I: every field has its lawful name. */
static void metadata_have_the_names_of_the_law(void **state) {
    fixture f;
    sqlite3 *db = two_documents(&f);
    sqlite3_stmt *stmt;
    (void)state;
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT CodeNumber || '|' || CodeNotation || '|' || "
                                        "IssuedDate || '|' || TypeName || '|' || FullName || '|' "
                                        "|| PageAmount FROM outgoing_metadata ORDER BY 1",
                                        -1, &stmt, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(stmt, 0),
                        "1|UBND-VX|2026-05-12|Công văn|Lê Thị Hương|1");
    sqlite3_finalize(stmt);
    end(&f, db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_deleted),
        cmocka_unit_test(a_number_has_a_state_and_a_reason),
        cmocka_unit_test(numbers_and_dates_go_forward_together),
        cmocka_unit_test(suffixes_only_where_the_series_has_them),
        cmocka_unit_test(a_closed_series_gives_no_number),
        cmocka_unit_test(a_bound_register_is_frozen),
        cmocka_unit_test(terms_do_not_overlap),
        cmocka_unit_test(what_has_a_number_stays),
        cmocka_unit_test(steps_follow_the_table),
        cmocka_unit_test(roles_and_separation_of_duties),
        cmocka_unit_test(entries_keep_their_ordinal),
        cmocka_unit_test(a_locked_dossier_stays_as_it_is),
        cmocka_unit_test(a_dossier_is_disposed_of_by_a_decision),
        cmocka_unit_test(metadata_have_the_names_of_the_law),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
