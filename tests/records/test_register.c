/* The register of outgoing documents: no number without its row, closed for ever. */

#include "fixture.h"
#include "records/register.h"

static vt_register read_register(fixture *f, const vt_register_query *q) {
    vt_register reg;

    need_ok(f, vt_records_register(f->records, q, f->arena, f->list, &reg));
    return reg;
}

static void issue_on(fixture *f, const char *date) {
    need_ok(f, issue_draft(f, &(draft){.date = date}, NULL, NULL));
}

static void void_number(fixture *f, const char *number) {
    need_ok(f, vt_records_void(f->records, NULL, "van-ban", number, "không ký", f->arena, f->list));
}

/* 1 used, 2 void, 3 used, 4 and 5 reserved, 6 used, 7 void */
static void seven_numbers(fixture *f) {
    vt_reserved held;
    const vt_reserve q = {.series = "van-ban",
                          .count = 2,
                          .holder = "Văn phòng",
                          .until = "2026-12-20",
                          .reason = "chờ ký"};

    fixture_open(f, false);
    issue_on(f, "2026-03-02");
    void_number(f, "2");
    issue_on(f, "2026-03-30");
    need_ok(f, vt_records_reserve(f->records, &q, f->arena, f->list, &held));
    issue_on(f, "2026-04-02");
    void_number(f, "7");
}

static vt_date day(const char *iso) {
    vt_date d;

    assert_true(vt_date_parse(iso, &d));
    return d;
}

static void every_number_has_its_row(void **state) {
    static const char *const states[] = {"used",     "void", "used", "reserved",
                                         "reserved", "used", "void"};
    fixture f;
    (void)state;
    seven_numbers(&f);
    vt_register reg = read_register(&f, &(vt_register_query){0});
    assert_int_equal(reg.part_count, 1);
    const vt_register_part *p = reg.parts;
    assert_int_equal(p->row_count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(strtol(p->rows[i].number, NULL, 10), i + 1);
        assert_string_equal(p->rows[i].state, states[i]);
    }
    assert_int_equal(p->used, 3);
    assert_int_equal(p->reserved, 2);
    assert_int_equal(p->voided, 2);
    assert_string_equal(p->first_date, "2026-03-02");
    assert_string_equal(p->last_date, "2026-04-02");
    assert_string_equal(p->rows[0].designation, "1/UBND-VX");
    assert_string_equal(p->rows[0].signers, "Lê Thị Hương");
    assert_string_equal(p->rows[0].recipients, "Các thôn trong xã");
    assert_string_equal(p->rows[0].sent, "2026-11-20"); /* the day in Viet Nam */
    assert_string_equal(p->rows[1].reason, "không ký");
    assert_string_equal(p->rows[1].actor, "os:huong");
    assert_string_equal(p->rows[3].holder, "Văn phòng");
    assert_string_equal(p->rows[3].until, "2026-12-20");
    fixture_end(&f);
}

/* Ranges of days that follow one another hold every number once. */
static void months_leave_no_number_out(void **state) {
    static const char *const months[][2] = {
        {"2026-01-01", "2026-03-02"}, {"2026-03-03", "2026-03-31"}, {"2026-04-01", "2026-12-31"}};
    static const size_t wanted[] = {2, 3, 2};
    fixture f;
    (void)state;
    seven_numbers(&f);
    for (size_t i = 0; i < 3; i++) {
        const vt_register_query q = {.from = day(months[i][0]), .to = day(months[i][1])};
        assert_int_equal(read_register(&f, &q).parts->row_count, wanted[i]);
    }
    const vt_register_query later = {.from = day("2026-05-01")};
    vt_register reg;
    need_refusal(&f, vt_records_register(f.records, &later, f.arena, f.list, &reg), VT_BAD,
                 "SO-21");
    const vt_register_query other = {.year = 2025};
    need_refusal(&f, vt_records_register(f.records, &other, f.arena, f.list, &reg), VT_BAD,
                 "SO-16");
    fixture_end(&f);
}

/* What another did to a document, and why, is seen in its row. */
static void a_recall_is_seen(void **state) {
    fixture f;
    vt_record *record;
    (void)state;
    fixture_open(&f, false);
    issue_on(&f, "2026-03-02");
    const vt_step step = {.reference = "1/UBND-VX", .act = "recall", .note = "sai thẩm quyền"};
    need_ok(&f, vt_records_step(f.records, &step, f.arena, f.list, &record));
    vt_register reg = read_register(&f, &(vt_register_query){0});
    assert_string_equal(reg.parts->rows[0].document_state, "recalled");
    assert_string_equal(reg.parts->rows[0].undone, "recall");
    assert_string_equal(reg.parts->rows[0].undone_why, "sai thẩm quyền");
    fixture_end(&f);
}

static vt_status close_register(fixture *f, const char *to, vt_register *out) {
    const vt_register_query q = {.series = "van-ban", .to = to ? day(to) : (vt_date){0}};

    return vt_records_register_close(f->records, &q, f->arena, f->list, out);
}

static void volumes_follow_one_another(void **state) {
    fixture f;
    vt_register reg;
    vt_volume *volumes;
    size_t count;
    (void)state;
    seven_numbers(&f);
    need_ok(&f, close_register(&f, "2026-03-29", &reg));
    assert_int_equal(reg.parts->volume, 1);
    assert_int_equal(reg.parts->last, 2);
    need_refusal(&f, close_register(&f, NULL, &reg), VT_BAD, "SO-18"); /* 4 and 5 are held */
    void_number(&f, "4");
    void_number(&f, "5");
    need_ok(&f, close_register(&f, NULL, &reg));
    assert_int_equal(reg.parts->volume, 2);
    assert_int_equal(reg.parts->first, 3);
    assert_int_equal(reg.parts->last, 7);
    need_refusal(&f, close_register(&f, NULL, &reg), VT_BAD, "SO-21"); /* nothing new */
    need_ok(&f, vt_records_volumes(f.records, NULL, f.arena, f.list, &volumes, &count));
    assert_int_equal(count, 2);
    assert_string_equal(
        volumes[1].sha256,
        read_register(&f, &(vt_register_query){.series = "van-ban", .volume = 2}).parts->sha256);
    issue_on(&f, "2026-04-03");
    need_ok(&f, close_register(&f, NULL, &reg));
    assert_int_equal(reg.parts->first, 8);
    need_refusal(
        &f,
        vt_records_register(f.records, &(vt_register_query){.volume = 9}, f.arena, f.list, &reg),
        VT_BAD, "SO-22");
    fixture_end(&f);
}

/* Being recalled later changes the note, not the closed row. */
static void a_closed_volume_stays_as_it_was(void **state) {
    fixture f;
    vt_register reg;
    vt_record *record;
    (void)state;
    fixture_open(&f, false);
    issue_on(&f, "2026-03-02");
    need_ok(&f, close_register(&f, NULL, &reg));
    const vt_step step = {.reference = "1/UBND-VX", .act = "recall", .note = "sai thẩm quyền"};
    need_ok(&f, vt_records_step(f.records, &step, f.arena, f.list, &record));
    const vt_register_query first = {.volume = 1};
    assert_string_equal(read_register(&f, &first).parts->sha256, reg.parts->sha256);

    /* whoever rewrites the file behind the tables' back is found out */
    store_meddle(&f, "DROP TRIGGER document_fixed; UPDATE document SET subject = 'việc khác'");
    need_refusal(&f, vt_records_register(f.records, &first, f.arena, f.list, &reg), VT_BAD,
                 "SO-23");
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_has_its_row),
        cmocka_unit_test(months_leave_no_number_out),
        cmocka_unit_test(a_recall_is_seen),
        cmocka_unit_test(volumes_follow_one_another),
        cmocka_unit_test(a_closed_volume_stays_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
