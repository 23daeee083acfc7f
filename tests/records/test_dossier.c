/* Dossiers: ordinals, locks, closing, handing over; random acts against a model. */

#include "fixture.h"
#include "records/dossier.h"
#include "records/store.h"

static const char PDF[] = "%PDF-1.7 giấy mời";

static vt_dossier open_dossier(fixture *f, const char *code, const char *retention) {
    const vt_dossier_words w = {.year = 2026,
                                .code = code,
                                .title = "Hồ sơ Tết Trung thu năm 2026",
                                .heading = "VĂN PHÒNG",
                                .retention = retention,
                                .keeper = "Lê Thị Hương"};
    vt_dossier d;

    need_ok(f, vt_records_dossier_open(f->records, &w, f->arena, f->list, &d));
    return d;
}

static vt_status add(fixture *f, const char *code, const char *number, int64_t *ordinal) {
    const vt_dossier_ref which = {.reference = code};
    const vt_dossier_put put = {.reference = number};

    return vt_records_dossier_add(f->records, &which, &put, f->arena, f->list, ordinal);
}

static vt_status take_out(fixture *f, const char *code, int64_t ordinal, const char *reason) {
    const vt_dossier_ref which = {.reference = code};

    return vt_records_dossier_remove(f->records, &which, ordinal, reason, f->arena, f->list);
}

static vt_status act_on(fixture *f, const char *code, const vt_dossier_act *act, vt_dossier *out) {
    const vt_dossier_ref which = {.reference = code};

    return vt_records_dossier_act(f->records, &which, act, f->arena, f->list, out);
}

static vt_status plain_act(fixture *f, const char *code, const char *act) {
    vt_dossier d;

    return act_on(f, code, &(vt_dossier_act){.act = act, .reason = "theo yêu cầu"}, &d);
}

static vt_dossier_view show(fixture *f, const char *code) {
    const vt_dossier_ref which = {.reference = code};
    vt_dossier_view view;

    need_ok(f, vt_records_dossier(f->records, &which, f->arena, f->list, &view));
    return view;
}

static vt_status hand_over(fixture *f, const char *code, const char *kind, const char *date) {
    const vt_dossier_ref which = {.reference = code};
    const vt_transfer t = {.kind = kind,
                           .date = date,
                           .decision = "12/QĐ-UBND ngày 05/01/2046",
                           .reason = "hết thời hạn",
                           .giver = "Văn phòng",
                           .taker = "Lưu trữ cơ quan"};
    vt_transfer out;

    return vt_records_transfer(f->records, &which, 1, &t, f->arena, f->list, &out);
}

static void start(fixture *f, int documents) {
    fixture_open(f, false);
    for (int i = 0; i < documents; i++)
        issue_number(f, &(draft){.date = "2026-05-12"});
}

/* -------------------------------------------------------------------- cases -- */

static void the_list_of_a_year(void **state) {
    static const struct {
        const char *typed, *kept;
        int years;
    } periods[] = {{"Vĩnh viễn", "Vĩnh viễn", 0}, {"vinh vien", "Vĩnh viễn", 0},
                   {"20 năm", "20 năm", 20},      {"20", "20 năm", 20},
                   {"5 năm", "05 năm", 5},        {"15 nam", "15 năm", 15},
                   {"15", "15 năm", 15},          {NULL, "", 0}};
    fixture f;
    vt_dossier d, *all;
    size_t count;
    char code[16];
    (void)state;
    start(&f, 1);
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        snprintf(code, sizeof code, "%02zu.VP", i + 1);
        d = open_dossier(&f, code, periods[i].typed);
        assert_string_equal(d.retention, periods[i].kept);
        assert_int_equal(d.years, periods[i].years);
        assert_int_equal(d.for_ever, i < 2);
    }
    const char *const bad[] = {"mười năm", "0 năm", "-5", "20 tháng", "99999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const vt_dossier_words w = {
            .year = 2026, .code = "99.VP", .title = "x", .retention = bad[i]};
        need_refusal(&f, vt_records_dossier_open(f.records, &w, f.arena, f.list, &d), VT_BAD,
                     "HS-04");
    }
    const vt_dossier_words again = {.year = 2026, .code = "01.VP", .title = "x"};
    need_refusal(&f, vt_records_dossier_open(f.records, &again, f.arena, f.list, &d), VT_BAD,
                 "HS-03");
    const vt_dossier_words nameless = {.year = 2026, .code = "98.VP", .title = "  "};
    need_refusal(&f, vt_records_dossier_open(f.records, &nameless, f.arena, f.list, &d), VT_BAD,
                 "HS-16");
    need_ok(&f, vt_records_dossiers(f.records, &(vt_dossier_query){.year = 2026}, f.arena, f.list,
                                    &all, &count));
    assert_int_equal(count, 8);
    vt_fsck_report report; /* a period of its own is told by the log */
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

/* Headings stand where they came first, whenever their dossiers came. */
static void headings_stay_together(void **state) {
    static const char *const list[][2] = {
        {"01.VP", "VĂN PHÒNG"}, {"01.KT", "KINH TẾ"}, {"02.VP", "VĂN PHÒNG"}, {"02.KT", "KINH TẾ"}};
    static const char *const wanted[] = {"01.VP", "02.VP", "01.KT", "02.KT"};
    fixture f;
    vt_dossier d, *all;
    size_t count;
    (void)state;
    start(&f, 1);
    for (size_t i = 0; i < 4; i++) {
        const vt_dossier_words w = {
            .year = 2026, .code = list[i][0], .title = "x", .heading = list[i][1]};
        need_ok(&f, vt_records_dossier_open(f.records, &w, f.arena, f.list, &d));
    }
    need_ok(&f,
            vt_records_dossiers(f.records, &(vt_dossier_query){0}, f.arena, f.list, &all, &count));
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(all[i].code, wanted[i]);
    fixture_end(&f);
}

static void the_same_code_in_two_years(void **state) {
    fixture f;
    vt_dossier_view view;
    (void)state;
    start(&f, 1);
    open_dossier(&f, "01.VP", "20 năm");
    const vt_dossier_words w = {.year = 2027, .code = "01.VP", .title = "Năm sau"};
    vt_dossier d;
    need_ok(&f, vt_records_dossier_open(f.records, &w, f.arena, f.list, &d));
    const vt_dossier_ref both = {.reference = "01.VP"};
    need_refusal(&f, vt_records_dossier(f.records, &both, f.arena, f.list, &view), VT_BAD, "HS-02");
    assert_string_equal(show(&f, "01.VP/2027").dossier.title, "Năm sau");
    const vt_dossier_ref none = {.reference = "09.VP"};
    need_refusal(&f, vt_records_dossier(f.records, &none, f.arena, f.list, &view), VT_BAD, "HS-01");
    fixture_end(&f);
}

static void a_document_is_in_several(void **state) {
    fixture f;
    int64_t ordinal;
    (void)state;
    start(&f, 2);
    open_dossier(&f, "01.VP", "20 năm");
    open_dossier(&f, "02.VP", "20 năm");
    need_ok(&f, add(&f, "01.VP", "1/UBND-VX", &ordinal));
    need_ok(&f, add(&f, "01.VP", "2/UBND-VX", &ordinal));
    assert_int_equal(ordinal, 2);
    need_ok(&f, add(&f, "02.VP", "2/UBND-VX", &ordinal));
    assert_int_equal(ordinal, 1);
    need_refusal(&f, add(&f, "02.VP", "2/UBND-VX", &ordinal), VT_BAD, "HS-06");
    need_refusal(&f, add(&f, "02.VP", "7/UBND-VX", &ordinal), VT_BAD, "KHO-10");
    need_refusal(&f, take_out(&f, "01.VP", 2, "  "), VT_BAD, "HS-10");
    need_ok(&f, take_out(&f, "01.VP", 2, "của hồ sơ khác"));
    need_refusal(&f, take_out(&f, "01.VP", 2, "lần nữa"), VT_BAD, "HS-09");
    need_refusal(&f, take_out(&f, "01.VP", 3, "không có"), VT_BAD, "HS-09");
    vt_dossier_view v = show(&f, "01.VP");
    assert_int_equal(v.entry_count, 2);
    assert_string_equal(v.entries[1].removed, "của hồ sơ khác");
    assert_int_equal(v.dossier.count, 1);
    assert_int_equal(v.dossier.removed, 1);
    need_ok(&f, add(&f, "01.VP", "2/UBND-VX", &ordinal)); /* to its place again */
    assert_int_equal(ordinal, 2);
    assert_int_equal(show(&f, "01.VP").step_count, 5);
    fixture_end(&f);
}

static void closing_counts(void **state) {
    fixture f;
    vt_dossier d;
    int64_t ordinal;
    (void)state;
    start(&f, 2);
    issue_number(&f, &(draft){.date = "2026-06-02"});
    open_dossier(&f, "01.VP", "20 năm");
    need_refusal(&f, plain_act(&f, "01.VP", "close"), VT_BAD, "HS-08"); /* empty */
    for (int i = 1; i <= 3; i++) {
        char number[24];
        const vt_dossier_ref which = {.reference = "01.VP"};
        const vt_dossier_put put = {.reference = number, .sheets = i == 2 ? "2-4" : "1"};
        snprintf(number, sizeof number, "%d/UBND-VX", i);
        need_ok(&f, vt_records_dossier_add(f.records, &which, &put, f.arena, f.list, &ordinal));
    }
    const vt_dossier_act early = {.act = "close", .ends = {2026, 5, 30}};
    need_refusal(&f, act_on(&f, "01.VP", &early, &d), VT_BAD, "HS-08");
    const vt_dossier_act late = {.act = "close", .ends = {2026, 12, 30}};
    need_refusal(&f, act_on(&f, "01.VP", &late, &d), VT_BAD, "HS-08");
    need_ok(&f, act_on(&f, "01.VP", &(vt_dossier_act){.act = "close"}, &d));
    assert_string_equal(d.state, "closed");
    assert_string_equal(d.starts, "2026-05-12");
    assert_string_equal(d.ends, "2026-06-02");
    assert_string_equal(d.handover_due, "2027-06-02");
    assert_int_equal(d.pages, 3);
    assert_int_equal(d.sheets, 5);
    need_refusal(&f, add(&f, "01.VP", "1/UBND-VX", &ordinal), VT_BAD, "HS-05");
    need_refusal(&f, take_out(&f, "01.VP", 1, "x"), VT_BAD, "HS-05");
    const vt_dossier_words w = {.title = "khác"};
    const vt_dossier_ref which = {.reference = "01.VP"};
    need_refusal(&f, vt_records_dossier_change(f.records, &which, &w, f.arena, f.list, &d), VT_BAD,
                 "HS-05");
    need_ok(&f, plain_act(&f, "01.VP", "reopen"));
    need_ok(&f, take_out(&f, "01.VP", 2, "thừa"));
    need_ok(&f, act_on(&f, "01.VP", &(vt_dossier_act){.act = "close"}, &d));
    assert_int_equal(d.sheets, 2);
    fixture_end(&f);
}

/* Điều 30, 31: a year; nothing for less than five years; two years more at most. */
static void the_day_of_handing_over(void **state) {
    fixture f;
    vt_dossier d, *all;
    size_t count;
    int64_t ordinal;
    (void)state;
    start(&f, 1);
    open_dossier(&f, "01.VP", "3 năm");
    open_dossier(&f, "02.VP", "Vĩnh viễn");
    need_ok(&f, add(&f, "01.VP", "1/UBND-VX", &ordinal));
    need_ok(&f, add(&f, "02.VP", "1/UBND-VX", &ordinal));
    need_ok(&f, act_on(&f, "01.VP", &(vt_dossier_act){.act = "close"}, &d));
    assert_string_equal(d.handover_due, "");
    const vt_dossier_act late = {.act = "close", .due = {2099, 1, 1}};
    const vt_dossier_act soon = {.act = "close", .due = {2026, 12, 20}};
    need_refusal(&f, act_on(&f, "02.VP", &late, &d), VT_BAD, "HS-19");
    need_ok(&f, act_on(&f, "02.VP", &soon, &d));
    assert_int_equal(d.days_left, 30);
    const vt_dossier_query due = {.due_days = 30};
    need_ok(&f, vt_records_dossiers(f.records, &due, f.arena, f.list, &all, &count));
    assert_int_equal(count, 1);
    assert_string_equal(all[0].code, "02.VP");
    const vt_dossier_act far = {.act = "extend", .reason = "đồng ý", .due = {2029, 5, 13}};
    need_refusal(&f, act_on(&f, "02.VP", &far, &d), VT_BAD, "HS-19");
    const vt_dossier_act back = {.act = "extend", .reason = "đồng ý", .due = {2026, 12, 1}};
    need_refusal(&f, act_on(&f, "02.VP", &back, &d), VT_BAD, "HS-19");
    const vt_dossier_act more = {.act = "extend", .reason = "đồng ý", .due = {2029, 5, 12}};
    need_ok(&f, act_on(&f, "02.VP", &more, &d));
    need_ok(&f, vt_records_dossiers(f.records, &due, f.arena, f.list, &all, &count));
    assert_int_equal(count, 0);
    fixture_end(&f);
}

static void disposal_wants_time_and_a_decision(void **state) {
    fixture f;
    vt_transfer out;
    int64_t ordinal;
    (void)state;
    start(&f, 1);
    open_dossier(&f, "01.VP", "10 năm");
    open_dossier(&f, "02.VP", "Vĩnh viễn");
    for (int i = 1; i <= 2; i++) {
        const char *code = i == 1 ? "01.VP" : "02.VP";
        need_ok(&f, add(&f, code, "1/UBND-VX", &ordinal));
        need_refusal(&f, hand_over(&f, code, "hand-over", "2026-11-20"), VT_BAD, "HS-05");
        need_ok(&f, plain_act(&f, code, "close"));
    }
    need_refusal(&f, hand_over(&f, "01.VP", "hand-over", "2026-12-20"), VT_BAD, "HS-15");
    need_ok(&f, hand_over(&f, "01.VP", "hand-over", "2026-11-20"));
    need_refusal(&f, hand_over(&f, "01.VP", "hand-over", "2026-11-20"), VT_BAD, "HS-05");
    need_refusal(&f, plain_act(&f, "01.VP", "reopen"), VT_BAD, "HS-05");
    need_refusal(&f, hand_over(&f, "01.VP", "disposal", "2026-11-20"), VT_BAD, "HS-14");
    f.now_ms += INT64_C(10) * 366 * 86400000; /* 2036 */
    need_refusal(&f, hand_over(&f, "01.VP", "disposal", "2036-11-20"), VT_BAD, "HS-14");
    f.now_ms += INT64_C(100) * 86400000;
    const vt_dossier_ref which = {.reference = "01.VP"};
    const vt_transfer bare = {.kind = "disposal", .date = "2037-01-05", .reason = "hết hạn"};
    need_refusal(&f, vt_records_transfer(f.records, &which, 1, &bare, f.arena, f.list, &out),
                 VT_BAD, "HS-16");
    need_ok(&f, hand_over(&f, "01.VP", "disposal", "2037-01-05"));
    need_refusal(&f, hand_over(&f, "02.VP", "disposal", "2037-01-05"), VT_BAD, "HS-14");
    assert_string_equal(show(&f, "01.VP").dossier.state, "disposed");
    need_ok(&f, vt_records_transferred(f.records, &which, NULL, f.arena, f.list, &out));
    assert_string_equal(out.kind, "disposal");
    need_ok(&f, vt_records_transferred(f.records, &which, "hand-over", f.arena, f.list, &out));
    assert_string_equal(out.date, "2026-11-20");
    fixture_end(&f);
}

/* --------------------------------------------------------- received documents -- */

static vt_status receive(fixture *f, const vt_received *q, vt_arrival *out) {
    const vt_dossier_ref which = {.reference = "01.VP"};

    return vt_records_receive(f->records, &which, q, f->arena, f->list, out);
}

#define RECEIVED                                                                                   \
    .sender = "Phòng Văn hóa - Xã hội", .designation = "25/GM-VHXH", .subject = "mời họp",         \
    .type_name = "Giấy mời", .date = {2026, 11, 2}, .pdf = PDF, .pdf_len = sizeof PDF - 1,         \
    .pages = 2

static void arrivals_are_in_order(void **state) {
    fixture f;
    vt_arrival a;
    vt_buf bytes;
    (void)state;
    start(&f, 1);
    open_dossier(&f, "01.VP", "20 năm");
    need_ok(&f, receive(&f, &(vt_received){RECEIVED, .arrival_date = {2026, 11, 3}}, &a));
    assert_int_equal(a.number, 1);
    assert_int_equal(a.ordinal, 1);
    need_refusal(&f, receive(&f, &(vt_received){RECEIVED}, &a), VT_BAD, "HS-12");
    need_refusal(
        &f,
        receive(&f, &(vt_received){RECEIVED, .again = "bản sửa", .arrival_date = {2026, 11, 2}},
                &a),
        VT_BAD, "HS-13");
    need_refusal(
        &f,
        receive(&f, &(vt_received){RECEIVED, .again = "bản sửa", .arrival_date = {2026, 12, 2}},
                &a),
        VT_BAD, "HS-13"); /* not yet */
    need_ok(&f, receive(&f, &(vt_received){RECEIVED, .again = "bản sửa"}, &a));
    assert_int_equal(a.number, 2);
    need_refusal(&f, receive(&f, &(vt_received){RECEIVED, .again = "x", .arrival_number = 2}, &a),
                 VT_BAD, "HS-13");
    vt_received text = {RECEIVED, .again = "x"};
    text.pdf = "<html>";
    text.pdf_len = 6;
    need_refusal(&f, receive(&f, &text, &a), VT_BAD, "HS-11");
    vt_dossier_view v = show(&f, "01.VP");
    assert_int_equal(v.entry_count, 2);
    assert_true(v.entries[0].received);
    assert_string_equal(v.entries[0].designation, "25/GM-VHXH");
    assert_int_equal(v.entries[1].first_page, 3);
    vt_buf_init(&bytes, 1 << 20);
    need_ok(&f, vt_records_dossier_file(f.records, &v.entries[0], "pdf", f.arena, &bytes, f.list));
    assert_memory_equal(bytes.data, PDF, sizeof PDF - 1);
    vt_buf_free(&bytes);
    vt_fsck_report report;
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

static size_t arrived(fixture *f, const vt_arrived_query *q) {
    vt_arrived *all;
    size_t count;

    need_ok(f, vt_records_arrived(f->records, q, f->arena, f->list, &all, &count));
    return count;
}

static void arrivals_are_found_by_words(void **state) {
    fixture f;
    vt_arrival a;
    (void)state;
    start(&f, 1);
    open_dossier(&f, "01.VP", "20 năm");
    need_ok(&f, receive(&f, &(vt_received){RECEIVED, .words = "Trạm bơm Đồng Vân, mục 4.2"}, &a));
    need_ok(&f, receive(&f, &(vt_received){RECEIVED, .again = "x", .secrecy = "tuyet-mat"}, &a));
    assert_int_equal(arrived(&f, &(vt_arrived_query){0}), 2);
    assert_int_equal(arrived(&f, &(vt_arrived_query){.year = 2025}), 0);
    assert_int_equal(arrived(&f, &(vt_arrived_query){.words = "van hoa"}), 2);
    assert_int_equal(arrived(&f, &(vt_arrived_query){.words = "MỜI họp"}), 1);
    assert_int_equal(arrived(&f, &(vt_arrived_query){.words = "dong bom tram"}), 1);
    assert_int_equal(arrived(&f, &(vt_arrived_query){.words = "25/GM-VHXH 4.2", .year = 2026}), 1);
    assert_int_equal(arrived(&f, &(vt_arrived_query){.words = "tra"}), 0); /* words are whole */
    assert_int_equal(arrived(&f, &(vt_arrived_query){.words = "\"* ( AND"}), 0);
    fixture_end(&f);
}

static vt_status close_arrivals(fixture *f, vt_date to, vt_arrived_volume *out) {
    return vt_records_arrived_close(f->records, NULL, 2026, to, f->arena, f->list, out);
}

static void arrivals_are_closed_in_volumes(void **state) {
    static const vt_date ever = {0};
    fixture f;
    vt_arrival a;
    vt_arrived_volume v, *all;
    vt_fsck_report report;
    size_t count;
    (void)state;
    start(&f, 1);
    open_dossier(&f, "01.VP", "20 năm");
    need_refusal(&f, close_arrivals(&f, ever, &v), VT_BAD, "SO-21");
    need_ok(&f, receive(&f, &(vt_received){RECEIVED, .arrival_date = {2026, 11, 3}}, &a));
    need_ok(&f, receive(&f, &(vt_received){RECEIVED, .again = "x", .arrival_number = 4}, &a));
    need_ok(&f, close_arrivals(&f, (vt_date){2026, 11, 3}, &v));
    assert_true(v.volume == 1 && v.first == 1 && v.last == 1 && v.entries == 1);
    need_ok(&f, close_arrivals(&f, ever, &v));
    assert_true(v.volume == 2 && v.first == 4 && v.last == 4);
    assert_int_equal(store_number(&f, "SELECT count(*) FROM anchor"), 2);
    need_refusal(&f, close_arrivals(&f, ever, &v), VT_BAD, "SO-21");
    need_refusal(&f, receive(&f, &(vt_received){RECEIVED, .again = "x", .arrival_number = 3}, &a),
                 VT_BAD, "HS-13"); /* within a closed volume */
    need_ok(&f, receive(&f, &(vt_received){RECEIVED, .again = "x"}, &a));
    assert_int_equal(a.number, 5);
    assert_int_equal(arrived(&f, &(vt_arrived_query){.year = 2026, .volume = 2}), 1);
    need_ok(&f, vt_records_arrived_volumes(f.records, NULL, 0, f.arena, f.list, &all, &count));
    assert_int_equal(count, 2);
    assert_true(all[0].last == 1 && all[1].first == 4);
    assert_string_not_equal(all[0].sha256, all[1].sha256);
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

/* Whoever rewrites the file behind the tables' back is found out. */
static void a_closed_list_stays_as_it_was(void **state) {
    fixture f;
    int64_t ordinal;
    vt_fsck_report report;
    vt_dossier_view view;
    const vt_dossier_ref which = {.reference = "01.VP"};
    (void)state;
    start(&f, 2);
    open_dossier(&f, "01.VP", "20 năm");
    need_ok(&f, add(&f, "01.VP", "1/UBND-VX", &ordinal));
    need_ok(&f, plain_act(&f, "01.VP", "close"));
    store_meddle(&f, "DROP TRIGGER dossier_entry_changed; DROP TRIGGER dossier_entry_fixed; "
                     "UPDATE dossier_entry SET document_id = 2");
    need_refusal(&f, vt_records_dossier(f.records, &which, f.arena, f.list, &view), VT_BAD,
                 "HS-18");
    need_refusal(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report), VT_BAD,
                 "KHO-31");
    fixture_end(&f);
}

/* ------------------------------------------------------------- random acts -- */

enum { DOSSIERS = 3, DOCUMENTS = 7, ACTS = 700 };

/* What a dossier must be. */
typedef struct model {
    char code[16];
    const char *state;
    bool locked;
    int place[DOCUMENTS]; /* ordinal, 0: never in */
    bool in[DOCUMENTS];
    int places, steps;
} model;

static int chance(fixture *f, int below) {
    uint8_t byte[2];

    fixture_random(f, byte, sizeof byte);
    return (byte[0] * 256 + byte[1]) % below;
}

static bool some_in(const model *m) {
    for (int i = 0; i < DOCUMENTS; i++)
        if (m->in[i])
            return true;
    return false;
}

static bool is(const model *m, const char *state) {
    return !m->locked && strcmp(m->state, state) == 0;
}

static void expect(fixture *f, model *m, vt_status st, bool allowed, const char *what) {
    if ((st == VT_OK) != allowed)
        fail_msg("%s of %s (%s%s): status %d, %s", what, m->code, m->state,
                 m->locked ? ", locked" : "", (int)st, findings_text(f->list));
    vt_findings_clear(f->list);
    m->steps += allowed;
}

static void random_put(fixture *f, model *m) {
    const int document = chance(f, DOCUMENTS);
    int64_t ordinal = 0;
    char number[24];
    bool allowed = is(m, "open") && !m->in[document];

    snprintf(number, sizeof number, "%d/UBND-VX", document + 1);
    expect(f, m, add(f, m->code, number, &ordinal), allowed, "add");
    if (!allowed)
        return;
    if (!m->place[document])
        m->place[document] = ++m->places;
    m->in[document] = true;
    assert_int_equal(ordinal, m->place[document]);
}

static void random_take(fixture *f, model *m) {
    const int ordinal = 1 + chance(f, DOCUMENTS);
    int document = -1;

    for (int i = 0; i < DOCUMENTS; i++)
        if (m->place[i] == ordinal && m->in[i])
            document = i;
    expect(f, m, take_out(f, m->code, ordinal, "không thuộc hồ sơ"), is(m, "open") && document >= 0,
           "remove");
    if (is(m, "open") && document >= 0)
        m->in[document] = false;
}

static void random_act(fixture *f, model *m) {
    static const char *const acts[] = {"close", "reopen", "lock", "unlock"};
    const int which = chance(f, 4);
    const bool allowed[] = {is(m, "open") && some_in(m), is(m, "closed"), !m->locked, m->locked};
    const bool done = allowed[which];

    expect(f, m, plain_act(f, m->code, acts[which]), done, acts[which]);
    if (done && which < 2)
        m->state = which ? "open" : "closed";
    else if (done)
        m->locked = which == 2;
}

static void same(fixture *f, const model *m) {
    vt_dossier_view v = show(f, m->code);
    int in = 0;

    assert_string_equal(v.dossier.state, m->state);
    assert_int_equal(*v.dossier.frozen != '\0', m->locked);
    assert_int_equal(v.entry_count, m->places);
    assert_int_equal(v.step_count, m->steps);
    for (int i = 0; i < m->places; i++)
        assert_int_equal(v.entries[i].ordinal, i + 1);
    for (int i = 0; i < DOCUMENTS; i++) {
        in += m->in[i];
        if (!m->place[i])
            continue;
        const vt_dossier_entry *e = &v.entries[m->place[i] - 1];
        assert_int_equal(strtol(e->designation, NULL, 10), i + 1);
        assert_int_equal(*e->removed == '\0', m->in[i]);
    }
    assert_int_equal(v.dossier.count, in);
}

static void random_acts_keep_every_promise(void **state) {
    fixture f;
    model models[DOSSIERS] = {0};
    vt_fsck_report report;
    (void)state;
    start(&f, DOCUMENTS);
    for (int i = 0; i < DOSSIERS; i++) {
        models[i].state = "open";
        models[i].steps = 1;
        snprintf(models[i].code, sizeof models[i].code, "%02d.VP", i + 1);
        open_dossier(&f, models[i].code, "20 năm");
    }
    for (int i = 0; i < ACTS; i++) {
        model *m = &models[chance(&f, DOSSIERS)];
        const int what = chance(&f, 10);

        (what < 5 ? random_put : what < 7 ? random_take : random_act)(&f, m);
        if (i % 20 == 0) {
            same(&f, m);
            vt_arena_reset(f.arena);
        }
    }
    for (int i = 0; i < DOSSIERS; i++)
        same(&f, &models[i]);
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_of_a_year),
        cmocka_unit_test(headings_stay_together),
        cmocka_unit_test(the_same_code_in_two_years),
        cmocka_unit_test(a_document_is_in_several),
        cmocka_unit_test(closing_counts),
        cmocka_unit_test(the_day_of_handing_over),
        cmocka_unit_test(disposal_wants_time_and_a_decision),
        cmocka_unit_test(arrivals_are_in_order),
        cmocka_unit_test(arrivals_are_found_by_words),
        cmocka_unit_test(arrivals_are_closed_in_volumes),
        cmocka_unit_test(a_closed_list_stays_as_it_was),
        cmocka_unit_test(random_acts_keep_every_promise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
