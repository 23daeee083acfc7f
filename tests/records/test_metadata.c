/* The fields of the law, and what of them may change after issue. */

#include "fixture.h"
#include "records/store.h"

static const char *value(const vt_record *record, const char *name) {
    for (size_t i = 0; i < record->metadata_count; i++)
        if (strcmp(record->metadata[i].name, name) == 0)
            return record->metadata[i].text;
    fail_msg("no field %s", name);
    return "";
}

static vt_record *shown(fixture *f, const char *reference) {
    vt_record *record;

    need_ok(f, vt_records_show(f->records, reference, 0, f->arena, f->list, &record));
    return record;
}

static vt_status set(fixture *f, const vt_set *what) {
    vt_record *record;

    return vt_records_set(f->records, what, f->arena, f->list, &record);
}

static size_t found_by(fixture *f, const char *query) {
    vt_hits hits;

    need_ok(f,
            vt_records_search(f->records, &(vt_search){.query = query}, f->arena, f->list, &hits));
    return hits.count;
}

static void need_whole(fixture *f) {
    vt_fsck_report report;

    need_ok(f, vt_records_fsck(f->records, &(vt_fsck){0}, f->arena, f->list, &report));
    assert_int_equal(report.wrong, 0);
}

static void the_machine_fills(void **state) {
    static char subject[2001];
    fixture f;
    vt_record *record;
    (void)state;
    fixture_open(&f, true);
    issue_number(&f, &(draft){.organ = "H35.01.02", .urgency = "khan"});
    record = shown(&f, "1");
    assert_string_equal(value(record, "OrganId"), "H35.01.02");
    assert_string_equal(value(record, "CodeNumber"), "1");
    assert_string_equal(value(record, "CodeNotation"), "UBND-VX");
    assert_string_equal(value(record, "IssuedDate"), "2026-11-16");
    assert_string_equal(value(record, "FullName"), "Lê Thị Hương");
    assert_string_equal(value(record, "Priority"), "1");
    assert_string_equal(value(record, "PageAmount"), "1");
    assert_string_equal(value(record, "Mode"), "");
    issue_number(&f, &(draft){.secrecy = "mat"});
    assert_string_equal(value(shown(&f, "2"), "Mode"), "03"); /* secret: not open */
    for (int i = 0; i < 300; i++)
        snprintf(subject + strlen(subject), sizeof subject - strlen(subject), "ữ ");
    issue_number(&f, &(draft){.subject = subject});
    record = shown(&f, "3");
    for (size_t i = 0; i < record->metadata_count; i++)
        assert_int_equal(record->metadata[i].too_long,
                         strcmp(record->metadata[i].name, "Subject") == 0);
    fixture_end(&f);
}

static void four_may_change(void **state) {
    fixture f;
    vt_record *record;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.subject = "a"});
    need_ok(&f, set(&f, &(vt_set){.reference = "1",
                                  .keywords = " đèn đường;an toàn, đèn đường ;; ",
                                  .retention = "20 năm",
                                  .access = "Có điều kiện",
                                  .note = "bản giấy ở kho B"}));
    record = shown(&f, "1");
    assert_string_equal(record->keywords, "đèn đường; an toàn");
    assert_string_equal(record->retention, "20 năm");
    assert_string_equal(value(record, "Maintenance"), "05");
    assert_string_equal(value(record, "Mode"), "02");
    assert_string_equal(value(record, "Description"), "bản giấy ở kho B");
    assert_string_equal(value(record, "Keyword"), "đèn đường; an toàn");
    assert_string_equal(record->events[record->event_count - 1].act, "set");
    assert_int_equal(found_by(&f, "den duong"), 1);
    assert_int_equal(found_by(&f, "đèn đường"), 1);
    need_ok(&f, set(&f, &(vt_set){.reference = "1", .keywords = "cầu treo"})); /* the rest stays */
    record = shown(&f, "1");
    assert_string_equal(record->keywords, "cầu treo");
    assert_string_equal(record->retention, "20 năm");
    assert_int_equal(found_by(&f, "den duong"), 0);
    assert_int_equal(found_by(&f, "cau treo"), 1);
    need_ok(&f,
            set(&f, &(vt_set){.reference = "1", .keywords = "", .retention = "", .access = ""}));
    record = shown(&f, "1");
    assert_string_equal(record->keywords, "");
    assert_string_equal(record->retention, "");
    assert_string_equal(value(record, "Mode"), "");
    assert_int_equal(found_by(&f, "cau treo"), 0);
    need_whole(&f);
    fixture_end(&f);
}

static void what_is_refused_changes_nothing(void **state) {
    static char wide[400];
    fixture f;
    vt_record *record;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.subject = "a"});
    issue_number(&f, &(draft){.subject = "b", .secrecy = "mat"});
    memset(wide, 'x', sizeof wide - 1);
    need_refusal(&f, set(&f, &(vt_set){.reference = "9", .note = "a"}), VT_BAD, "KHO-10");
    need_refusal(&f, set(&f, &(vt_set){.reference = "1", .keywords = wide}), VT_BAD, "KHO-15");
    need_refusal(&f, set(&f, &(vt_set){.reference = "1", .note = "\xFF"}), VT_BAD, "KHO-15");
    need_refusal(&f, set(&f, &(vt_set){.reference = "1", .note = "a", .access = "mở"}), VT_BAD,
                 "MD-03");
    need_refusal(&f, set(&f, &(vt_set){.reference = "2", .access = "01"}), VT_BAD, "MD-03");
    need_refusal(&f, set(&f, &(vt_set){.reference = "1", .note = "a", .retention = "lâu"}), VT_BAD,
                 "HS-04");
    record = shown(&f, "1");
    assert_string_equal(value(record, "Description"), "");
    assert_int_equal(record->event_count, 1);
    need_ok(&f, f.records->backend->exec(f.records, f.list,
                                         "INSERT INTO setting VALUES ('roles', 'on'); INSERT INTO "
                                         "actor(name) VALUES ('os:huong'); INSERT INTO actor_role "
                                         "VALUES ('os:huong', 'drafter')"));
    need_refusal(&f, set(&f, &(vt_set){.reference = "1", .note = "a"}), VT_BAD, "DOI-03");
    need_ok(&f, f.records->backend->exec(f.records, f.list,
                                         "INSERT INTO actor_role VALUES ('os:huong', "
                                         "'archivist')"));
    need_ok(&f, set(&f, &(vt_set){.reference = "1", .note = "a"}));
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_machine_fills),
        cmocka_unit_test(four_may_change),
        cmocka_unit_test(what_is_refused_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
