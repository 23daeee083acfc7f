/*
 * What the tables refuse by themselves, whoever asks: the promises of the
 * archive that do not rest on the program (records/schema/README.md).
 */
#include "fixture.h"

static void allows(const fixture *f, const char *sql) {
    char error[512];

    if (!store_try(f, sql, error))
        fail_msg("%s: %s", sql, error);
}

/* Refused, and for this reason. */
static void refuses(const fixture *f, const char *why, const char *sql) {
    char error[512];

    if (store_try(f, sql, error))
        fail_msg("allowed: %s", sql);
    if (!strstr(error, why))
        fail_msg("%s: refused with “%s”, not “%s”", sql, error, why);
}

/* Two documents of 2026 in one series: 1 of 12 May and 2 of 14 May. */
static void two_documents(fixture *f) {
    fixture_open(f, false);
    issue_number(f, &(draft){.date = "2026-05-12"});
    issue_number(f, &(draft){.date = "2026-05-14"});
}

#define ADD_NUMBER(columns, values)                                                                \
    "INSERT INTO number(series_id, issuer_id, period, number, " columns ") SELECT series_id, "     \
    "issuer_id, period, " values " FROM series"

static void nothing_is_deleted(void **state) {
    static const char *const tables[] = {"issuer", "series",        "number", "document",
                                         "file",   "document_file", "event",  "step",
                                         "signer", "recipient"};
    fixture f;
    char sql[64];
    (void)state;
    two_documents(&f);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        refuses(&f, i > 7 ? "stays as it is" : "", sql);
    }
    fixture_end(&f);
}

static void a_number_has_a_state_and_a_reason(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
    refuses(&f, "CHECK", ADD_NUMBER("state", "3, 'void'"));
    refuses(&f, "CHECK", ADD_NUMBER("state, reason", "3, 'reserved', 'giữ chỗ'")); /* for whom? */
    refuses(&f, "CHECK", ADD_NUMBER("state, reason", "3, 'lost', 'không rõ'"));
    allows(&f, ADD_NUMBER("state, reason, holder", "3, 'reserved', 'chờ ký', 'Phòng Kinh tế'"));
    refuses(&f, "CHECK", "UPDATE number SET state = 'used' WHERE number = 3"); /* no date */
    refuses(&f, "place", "UPDATE number SET number = 4 WHERE number = 3");
    allows(&f, "UPDATE number SET state = 'void', reason = 'không ký nữa' WHERE number = 3");
    refuses(&f, "stays so", "UPDATE number SET state = 'reserved' WHERE number = 3");
    refuses(&f, "stays so", "UPDATE number SET state = 'void', reason = 'x' WHERE number = 1");
    refuses(&f, "stays so", "UPDATE number SET date = '2026-05-13' WHERE number = 1");
    refuses(&f, "UNIQUE",
            ADD_NUMBER("state, reason, holder", "3, 'reserved', 'chờ ký', 'Phòng Kinh tế'"));
    fixture_end(&f);
}

static void numbers_and_dates_go_forward_together(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
#define USED(number, date) ADD_NUMBER("notation, date, state", number ", 'KH', " date ", 'used'")
    refuses(&f, "backwards", USED("3", "'2026-05-13'"));
    refuses(&f, "outside of the period", USED("3", "'2027-01-01'"));
    allows(&f, USED("5", "'2026-05-20'"));
    /* a number held back goes between its neighbours */
    allows(&f, ADD_NUMBER("state, reason, holder", "4, 'reserved', 'chờ ký', 'Phòng Kinh tế'"));
#define TAKE(date) "UPDATE number SET notation = 'KH', state = 'used', date = " date
    refuses(&f, "backwards", TAKE("'2026-05-13' WHERE number = 4"));
    refuses(&f, "backwards", TAKE("'2026-05-21' WHERE number = 4"));
    allows(&f, TAKE("'2026-05-16' WHERE number = 4"));
    /* only with a reason, which then stands in the row */
    allows(&f, ADD_NUMBER("notation, date, state, disorder",
                          "6, 'KH', '2026-05-13', 'used', 'ghi chậm do mất điện'"));
    refuses(&f, "backwards", USED("7", "'2026-05-19'"));
    allows(&f, USED("7", "'2026-05-20'"));
    fixture_end(&f);
}

static void suffixes_only_where_the_series_has_them(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
#define WITH_SUFFIX                                                                                \
    ADD_NUMBER("suffix, notation, date, state", "1, 'a', 'KH', '2026-05-13', 'used'")
    refuses(&f, "no suffixes", WITH_SUFFIX);
    allows(&f, "UPDATE series SET suffixes = 1");
    allows(&f, WITH_SUFFIX);
    refuses(&f, "UNIQUE", WITH_SUFFIX);
    fixture_end(&f);
}

static void a_closed_series_gives_no_number(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
    allows(&f, "UPDATE series SET state = 'closed', reason = 'hết năm'");
    refuses(&f, "closed", USED("3", "'2026-05-20'"));
    refuses(&f, "issuer and book", "UPDATE series SET book = 'khac'");
    fixture_end(&f);
}

static void a_bound_register_is_frozen(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
#define BIND                                                                                       \
    "INSERT INTO closed_register(uid, series_id, volume, first_number, last_number, first_date, "  \
    "last_date, entries, sha256, event_serial, event_hash, actor, at) SELECT 'R1', series_id, 1, " \
    "1, 4, '2026-05-12', '2026-05-14', 4, '', 1, '', 'os:huong', '' FROM series"
    allows(&f, "UPDATE series SET suffixes = 1");
    allows(&f, ADD_NUMBER("state, reason, holder", "3, 'reserved', 'chờ ký', 'Phòng Kinh tế'"));
    refuses(&f, "still reserved", BIND);
    allows(&f, "UPDATE number SET state = 'void', reason = 'không ký' WHERE number = 3");
    allows(&f, BIND);
    refuses(&f, "register of this number is closed",
            ADD_NUMBER("suffix, state, reason", "2, 'a', 'void', 'thử chèn'"));
    refuses(&f, "closed registers are kept", "UPDATE closed_register SET entries = 3");
    allows(&f, ADD_NUMBER("state, reason", "5, 'void', 'bỏ trống'"));
    fixture_end(&f);
}

static void terms_do_not_overlap(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
#define TERM(uid, name, dates)                                                                     \
    "INSERT INTO term(uid, issuer_id, kind, name, opens, closes) SELECT " uid                      \
    ", issuer_id, 'term', " name ", " dates " FROM issuer"
    allows(&f, TERM("'T1'", "'2020-2025'", "'2020-08-02', '2025-09-15'"));
    refuses(&f, "overlap", TERM("'T2'", "'2025-2030'", "'2025-09-15', ''"));
    allows(&f, TERM("'T2'", "'2025-2030'", "'2025-09-16', ''"));
    refuses(&f, "overlap", TERM("'T3'", "'2030-2035'", "'2030-09-20', ''"));
    allows(&f, "UPDATE term SET closes = '2030-09-19' WHERE uid = 'T2'");
    allows(&f, TERM("'T3'", "'2030-2035'", "'2030-09-20', ''"));
    refuses(&f, "overlap", "UPDATE term SET opens = '2030-09-19' WHERE uid = 'T3'");
    fixture_end(&f);
}

/* ------------------------------------------------------------ life, files -- */

static void what_has_a_number_stays(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
    refuses(&f, "stays as it is", "UPDATE document SET subject = 'việc khác'");
    refuses(&f, "stays as it is", "UPDATE document SET date = '2026-05-13'");
    refuses(&f, "by a step", "UPDATE document SET state = 'recalled'");
    refuses(&f, "not rewritten", "UPDATE signer SET name = 'Ai đó'");
    refuses(&f, "not rewritten", "UPDATE recipient SET name = 'Ai đó'");
    allows(&f, "UPDATE document SET retention = '01', access = '01', note = 'đã gửi'");
    allows(&f, "UPDATE recipient SET sent = '2026-05-15'");
    refuses(&f, "FOREIGN KEY", "UPDATE document SET retention = '99'");
    fixture_end(&f);
}

static void steps_follow_the_table(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
#define STEP(n, act, from, to, note)                                                               \
    "INSERT INTO step VALUES (1, " n ", '" act "', '" from "', '" to "', 'os:lan', '', '" note "'" \
    ")"
    refuses(&f, "no such step", STEP("2", "sign", "issued", "signed", ""));
    refuses(&f, "no such step", STEP("2", "recall", "issued", "recalled", "")); /* why? */
    refuses(&f, "follow one another", STEP("3", "archive", "issued", "archived", ""));
    refuses(&f, "follow one another", STEP("2", "archive", "recalled", "archived", ""));
    allows(&f, STEP("2", "recall", "issued", "recalled", "sai thẩm quyền"));
    refuses(&f, "by a step", "UPDATE document SET state = 'replaced' WHERE document_id = 1");
    allows(&f, "UPDATE document SET state = 'recalled' WHERE document_id = 1");
    refuses(&f, "steps are kept", "UPDATE step SET actor = 'os:khac'");
    fixture_end(&f);
}

static void roles_and_separation_of_duties(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
    allows(&f, "INSERT INTO setting VALUES ('roles', 'on')");
    refuses(&f, "right", STEP("2", "archive", "issued", "archived", ""));
    allows(&f, "INSERT INTO actor(name, full_name) VALUES ('os:lan', 'Phạm Thị Lan')");
    allows(&f, "INSERT INTO actor_role VALUES ('os:lan', 'clerk')");
    refuses(&f, "right", STEP("2", "archive", "issued", "archived", ""));
    allows(&f, "INSERT INTO actor_role VALUES ('os:lan', 'archivist')");
    allows(&f, STEP("2", "archive", "issued", "archived", ""));
    allows(&f, "UPDATE setting SET value = 'off' WHERE name = 'roles'");
    allows(&f, "INSERT INTO separation VALUES ('recall', 'issue')");
    /* os:huong issued it */
    refuses(&f, "both",
            "INSERT INTO step VALUES (2, 2, 'recall', 'issued', 'recalled', 'os:huong', '', 'x')");
    allows(&f, "INSERT INTO step VALUES (2, 2, 'recall', 'issued', 'recalled', 'os:lan', '', 'x')");
    fixture_end(&f);
}

/* Every act has its line in the log: the table refuses that of who has not the right. */
static void an_act_is_whose_right_it_is(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
#define EVENT(act)                                                                                 \
    "INSERT INTO event SELECT 1 + max(serial), '', 'os:lan', '" act "', '', '', '' FROM event"
    allows(&f, EVENT("dossier-extend"));
    allows(&f, "INSERT INTO setting VALUES ('roles', 'on')");
    refuses(&f, "right", EVENT("dossier-extend"));
    allows(&f, "INSERT INTO actor(name, full_name) VALUES ('os:lan', 'Phạm Thị Lan')");
    allows(&f, "INSERT INTO actor_role VALUES ('os:lan', 'clerk')");
    allows(&f, EVENT("receive"));
    allows(&f, EVENT("view")); /* nobody's in particular */
    refuses(&f, "right", EVENT("dossier-extend"));
    allows(&f, "INSERT INTO actor_role VALUES ('os:lan', 'head')");
    allows(&f, EVENT("dossier-extend"));
    allows(&f, "UPDATE actor SET active = 0");
    refuses(&f, "right", EVENT("receive"));
    fixture_end(&f);
}

static void a_bound_register_of_arrivals_is_frozen(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
#define ARRIVAL(n)                                                                                 \
    "INSERT INTO received(uid, issuer_id, year, arrival_number, arrival_date, sender, subject) "   \
    "SELECT 'V" n "', issuer_id, 2026, " n ", '2026-05-12', 'Trạm y tế', 'tiêm chủng' FROM issuer"
#define BIND_ARRIVALS(volume, first, last)                                                         \
    "INSERT INTO closed_received(uid, issuer_id, year, volume, first_number, last_number, "        \
    "first_date, last_date, entries, sha256, event_serial, event_hash, actor, at) SELECT "         \
    "'Q" volume "', issuer_id, 2026, " volume ", " first ", " last                                 \
    ", '', '', 1, '', 1, '', 'os:huong', '' FROM issuer"
    allows(&f, ARRIVAL("1"));
    allows(&f, ARRIVAL("3"));
    refuses(&f, "volumes follow", BIND_ARRIVALS("2", "1", "3"));
    allows(&f, BIND_ARRIVALS("1", "1", "3"));
    refuses(&f, "register of this number is closed", ARRIVAL("2"));
    refuses(&f, "volumes follow", BIND_ARRIVALS("2", "3", "4"));
    refuses(&f, "closed registers are kept", "UPDATE closed_received SET entries = 3");
    refuses(&f, "closed registers are kept", "DELETE FROM closed_received");
    allows(&f, ARRIVAL("4"));
    allows(&f, BIND_ARRIVALS("2", "4", "4"));
    fixture_end(&f);
}

/* The next step of dossier 1; `entry` of which document. */
#define DOSSIER_STEP(act, entry, to, note)                                                         \
    "INSERT INTO dossier_step(dossier_id, ordinal, act, entry, to_state, actor, at, note) SELECT " \
    "1, 1 + count(*), '" act "', " entry ", '" to "', 'os:huong', '', '" note                      \
    "' FROM dossier_step"
#define ENTER(ordinal, document)                                                                   \
    "INSERT INTO dossier_entry(dossier_id, ordinal, document_id) VALUES (1, " ordinal              \
    ", " document ")"

static void one_dossier(fixture *f) {
    two_documents(f);
    refuses(f, "begins so",
            "INSERT INTO dossier(uid, issuer_id, year, code, title, state) SELECT 'H1', issuer_id, "
            "2026, '01.VP', 'Hồ sơ', 'closed' FROM issuer");
    allows(f,
           "INSERT INTO dossier(dossier_id, uid, issuer_id, year, code, title, retention) SELECT "
           "1, 'H1', issuer_id, 2026, '01.VP', 'Hồ sơ Tết Trung thu', '06' FROM issuer");
    refuses(f, "follow one another", DOSSIER_STEP("add", "1", "open", ""));
    allows(f, DOSSIER_STEP("open", "0", "open", ""));
    allows(f, ENTER("1", "1"));
}

static void entries_keep_their_ordinal(void **state) {
    fixture f;
    (void)state;
    one_dossier(&f);
    refuses(&f, "UNIQUE", ENTER("2", "1"));
    refuses(&f, "follow one another", ENTER("3", "2"));
    allows(&f, ENTER("2", "2"));
    refuses(&f, "entries are kept", "DELETE FROM dossier_entry");
    refuses(&f, "keeps its place", "UPDATE dossier_entry SET ordinal = 3 WHERE ordinal = 2");
    refuses(&f, "by a step", "UPDATE dossier_entry SET removed = 'nhầm' WHERE ordinal = 2");
    refuses(&f, "CHECK", DOSSIER_STEP("remove", "2", "open", "")); /* no reason */
    allows(&f, DOSSIER_STEP("remove", "2", "open", "nhầm"));
    refuses(&f, "by a step", "UPDATE dossier_entry SET removed = 'nhầm' WHERE ordinal = 1");
    allows(&f, "UPDATE dossier_entry SET removed = 'nhầm' WHERE ordinal = 2");
    refuses(&f, "steps are kept", "DELETE FROM dossier_step");
    refuses(&f, "steps are kept", "UPDATE dossier_step SET note = 'khác'");
    fixture_end(&f);
}

static void a_locked_dossier_stays_as_it_is(void **state) {
    fixture f;
    (void)state;
    one_dossier(&f);
    refuses(&f, "locked by a step", "UPDATE dossier SET frozen = 'đang thanh tra'");
    refuses(&f, "CHECK", DOSSIER_STEP("lock", "0", "open", ""));
    allows(&f, DOSSIER_STEP("lock", "0", "open", "đang thanh tra"));
    allows(&f, "UPDATE dossier SET frozen = 'đang thanh tra'");
    refuses(&f, "nothing more", ENTER("2", "2"));
    refuses(&f, "frozen", "UPDATE dossier SET title = 'khác'");
    refuses(&f, "frozen", DOSSIER_STEP("close", "0", "closed", ""));
    refuses(&f, "locked by a step", "UPDATE dossier SET frozen = ''");
    allows(&f, DOSSIER_STEP("unlock", "0", "open", "xong"));
    allows(&f, "UPDATE dossier SET frozen = ''");
    refuses(&f, "keeps its code", "UPDATE dossier SET code = '02.VP'");
    fixture_end(&f);
}

#define CLOSE                                                                                      \
    "UPDATE dossier SET state = 'closed', starts = '2026-05-12', ends = '2026-05-14', sha256 = "   \
    "'x'"
#define TRANSFER(uid, kind, date)                                                                  \
    "INSERT INTO transfer(uid, kind, date, decision, reason, actor, at) VALUES ('" uid "', '" kind \
    "', '" date "', '12/QĐ-UBND', 'hết thời hạn', 'os:huong', '')"

static void a_dossier_is_disposed_of_by_a_decision(void **state) {
    fixture f;
    (void)state;
    one_dossier(&f);
    refuses(&f, "by a step", CLOSE);
    refuses(&f, "no such step", DOSSIER_STEP("dispose", "0", "disposed", "x"));
    allows(&f, DOSSIER_STEP("close", "0", "closed", ""));
    refuses(&f, "its dates", "UPDATE dossier SET state = 'closed'");
    allows(&f, CLOSE);
    refuses(&f, "stays as it is", "UPDATE dossier SET title = 'khác'");
    refuses(&f, "nothing more", ENTER("2", "2"));
    refuses(&f, f.postgres ? "recorded decision" : "by a step", /* both: which is asked first? */
            "UPDATE dossier SET state = 'disposed'");
    allows(&f, DOSSIER_STEP("dispose", "0", "disposed", "hết thời hạn"));
    refuses(&f, "recorded decision", "UPDATE dossier SET state = 'disposed'");
    allows(&f, TRANSFER("B1", "disposal", "2036-12-30"));
    refuses(&f, "still to be kept", "INSERT INTO transfer_dossier VALUES (1, 1)");
    allows(&f, TRANSFER("B2", "disposal", "2037-01-05"));
    allows(&f, "INSERT INTO transfer_dossier VALUES (2, 1)");
    allows(&f, "UPDATE dossier SET state = 'disposed'");
    refuses(&f, "no such step", DOSSIER_STEP("reopen", "0", "open", "x"));
    refuses(&f, "transfers are kept", "UPDATE transfer_dossier SET transfer_id = 1");
    fixture_end(&f);
}

/* PL VI, part II.I: every field has its lawful name. */
static void metadata_have_the_names_of_the_law(void **state) {
    fixture f;
    (void)state;
    two_documents(&f);
    assert_string_equal(store_text(&f, "SELECT CodeNumber || '|' || CodeNotation || '|' || "
                                       "IssuedDate || '|' || TypeName || '|' || FullName || '|' "
                                       "|| PageAmount FROM outgoing_metadata ORDER BY 1"),
                        "1|UBND-VX|2026-05-12|Công văn|Lê Thị Hương|1");
    fixture_end(&f);
}

/* TRUNCATE goes past what is said of rows. */
static void nothing_goes_all_at_once(void **state) {
    static const char *const tables[] = {"event", "step", "number", "document", "file", "blob"};
    fixture f;
    char sql[64];
    (void)state;
    two_documents(&f);
    for (size_t i = 0; f.postgres && i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql, "TRUNCATE %s CASCADE", tables[i]);
        refuses(&f, "records are kept", sql);
    }
    fixture_end(&f);
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
        cmocka_unit_test(an_act_is_whose_right_it_is),
        cmocka_unit_test(a_bound_register_of_arrivals_is_frozen),
        cmocka_unit_test(entries_keep_their_ordinal),
        cmocka_unit_test(a_locked_dossier_stays_as_it_is),
        cmocka_unit_test(a_dossier_is_disposed_of_by_a_decision),
        cmocka_unit_test(nothing_goes_all_at_once),
        cmocka_unit_test(metadata_have_the_names_of_the_law),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
