/* Series as the head of the agency decided them, and the states of numbers. */

#include "fixture.h"

static const char *issue_text(fixture *f, const draft *d) {
    vt_record *record = NULL;
    bool existing;

    need_ok(f, issue_draft(f, d, &record, &existing));
    return record->number;
}

static vt_series series_of(fixture *f, const char *book, const char *period) {
    vt_series *all;
    size_t count;

    need_ok(f, vt_records_series(f->records, NULL, f->arena, f->list, &all, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].book, book) == 0 && strcmp(all[i].period, period) == 0)
            return all[i];
    fail_msg("no series %s/%s", book, period);
    return (vt_series){0};
}

static void need_book(fixture *f, const vt_book *book) {
    need_ok(f, vt_records_book(f->records, book, f->list));
}

static vt_status reserve(fixture *f, const vt_reserve *q, vt_reserved *out) {
    static vt_reserved unused;

    return vt_records_reserve(f->records, q, f->arena, f->list, out ? out : &unused);
}

/* ------------------------------------------------------------------- books -- */

#define PLAN .type = "ke-hoach", .book = "ke-hoach", .notation = "KH-UBND"
#define REPORT .type = "bao-cao", .book = "bao-cao", .notation = "BC-UBND"
#define LETTER .type = "cong-van", .book = "cong-van", .notation = "UBND-VP"

/* Điều 15.1.c: all types together, per type, or in groups. */
static void types_share_a_book_as_the_head_decides(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_string_equal(issue_text(&f, &(draft){LETTER}), "1");
    need_book(&f, &(vt_book){.book = "chung", .types = "ke-hoach,bao-cao", .name = "Sổ chung"});
    assert_string_equal(issue_text(&f, &(draft){PLAN}), "1");
    assert_string_equal(issue_text(&f, &(draft){REPORT}), "2");
    assert_string_equal(issue_text(&f, &(draft){LETTER}), "2");
    need_book(&f, &(vt_book){.book = "chung", .types = "*"});
    assert_string_equal(issue_text(&f, &(draft){LETTER}), "3"); /* not 3 of its old book */
    assert_string_equal(series_of(&f, "chung", "2026").name, "Sổ chung");
    assert_int_equal(series_of(&f, "chung", "2026").used, 3);
    need_refusal(&f, vt_records_book(f.records, &(vt_book){.book = "Sổ; DROP"}, f.list), VT_BAD,
                 "SO-20");
    need_refusal(&f, vt_records_book(f.records, &(vt_book){.book = "x", .types = "a,B"}, f.list),
                 VT_BAD, "SO-20");
    fixture_end(&f);
}

/* Điều 15.2: secret documents have a series of their own; the Party's have not. */
static void secret_ones_apart(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    const draft secret = {LETTER, .secrecy = "mat", .secret_apart = true};
    const draft shared = {LETTER, .secrecy = "mat"};
    assert_string_equal(issue_text(&f, &(draft){LETTER}), "1");
    need_refusal(&f, issue_draft(&f, &secret, NULL, NULL), VT_BAD, "SO-11"); /* số + ký hiệu */
    draft own = secret, plan = {PLAN, .secrecy = "mat"};
    own.notation = "UBND-M";
    plan.notation = "KH-M";
    assert_string_equal(issue_text(&f, &own), "1");
    assert_string_equal(issue_text(&f, &shared), "2");
    assert_int_equal(series_of(&f, "cong-van-mat", "2026").used, 1);
    need_book(&f, &(vt_book){.book = "mat", .types = "*", .secret = true});
    assert_string_equal(issue_text(&f, &plan), "1");
    fixture_end(&f);
}

static void a_series_may_never_reset(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_string_equal(issue_text(&f, &(draft){LETTER, .date = "2025-12-30"}), "1");
    need_book(&f, &(vt_book){.book = "giay-phep", .period = "always", .types = "giay-phep"});
    const draft licence = {.type = "giay-phep", .book = "giay-phep", .notation = "GP-UBND"};
    draft d = licence;
    d.date = "2025-12-31";
    assert_string_equal(issue_text(&f, &d), "1");
    d.date = "2026-01-02";
    assert_string_equal(issue_text(&f, &d), "2");
    assert_int_equal(series_of(&f, "giay-phep", "always").last, 2);
    fixture_end(&f);
}

static void a_book_begins_where_paper_ended(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, true);
    assert_string_equal(issue_text(&f, &(draft){PLAN}), "1");
    const vt_opening q = {.book = "cong-van", .period = "year", .date = {2026, 7, 1}, .first = 412};
    need_ok(&f, vt_records_series_open(f.records, &q, f.arena, f.list));
    assert_int_equal(series_of(&f, "cong-van", "2026").last, 0);
    assert_string_equal(issue_text(&f, &(draft){LETTER}), "412");
    assert_string_equal(issue_text(&f, &(draft){LETTER}), "413");
    need_refusal(&f, vt_records_series_open(f.records, &q, f.arena, f.list), VT_BAD, "SO-20");
    fixture_end(&f);
}

/* ------------------------------------------------------------------- terms -- */

#define PARTY .name = "Đảng ủy xã Thạch Bình", .period = "term", PLAN

static vt_status term(fixture *f, const char *name, vt_date opens, vt_date closes) {
    return vt_records_term(f->records, &(vt_term){.name = name, .opens = opens, .closes = closes},
                           f->list);
}

/* The Party numbers per type through a term of the committee, whose dates are
   named; the series from before that is the first term's. */
static void a_term_has_its_days(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_string_equal(issue_text(&f, &(draft){PARTY, .date = "2025-12-01"}), "1");
    need_ok(&f, term(&f, "2025-2030", (vt_date){2025, 9, 16}, (vt_date){0}));
    assert_string_equal(issue_text(&f, &(draft){PARTY, .date = "2026-01-05"}), "2");
    assert_int_equal(series_of(&f, "ke-hoach", "2025-2030").used, 2);
    need_refusal(&f, issue_draft(&f, &(draft){PARTY, .date = "2025-09-15"}, NULL, NULL), VT_BAD,
                 "SO-15");
    need_refusal(&f, term(&f, "2024-2029", (vt_date){2024, 1, 1}, (vt_date){2026, 1, 1}), VT_BAD,
                 "SO-20");
    /* the congress closes: the next term begins the day after */
    need_ok(&f, term(&f, "2026-2031", (vt_date){2026, 6, 21}, (vt_date){0}));
    assert_string_equal(series_of(&f, "ke-hoach", "2025-2030").closes, "2026-06-20");
    assert_string_equal(issue_text(&f, &(draft){PARTY, .date = "2026-06-21"}), "1");
    assert_string_equal(issue_text(&f, &(draft){PARTY, .date = "2026-06-20"}), "3");
    need_refusal(&f, term(&f, "2026-2031", (vt_date){0}, (vt_date){2026, 6, 19}), VT_BAD, "SO-20");
    fixture_end(&f);
}

static void need_whole(fixture *f) {
    vt_fsck_report report;

    need_ok(f, vt_records_fsck(f->records, &(vt_fsck){0}, f->arena, f->list, &report));
}

static size_t found_in(fixture *f, const char *series) {
    vt_hits hits = {0};

    need_ok(f, vt_records_search(f->records, &(vt_search){.series = series, .limit = 10}, f->arena,
                                 f->list, &hits));
    return hits.count;
}

/* What was numbered before terms were named is the first term's everywhere: its rows are
   as the log says, and it is found by the term. */
static void the_first_term_takes_over_what_was_before(void **state) {
    fixture f;
    vt_record *record;
    bool existing;
    (void)state;
    fixture_open(&f, false);
    need_ok(&f, issue_draft(&f, &(draft){PARTY, .date = "2025-12-01"}, &record, &existing));
    issue_text(&f, &(draft){PARTY, .date = "2025-12-02"});
    need_ok(&f,
            vt_records_set(f.records, &(vt_set){.reference = record->id, .keywords = "tập huấn"},
                           f.arena, f.list, &record));
    need_ok(&f, term(&f, "2025-2030", (vt_date){2025, 9, 16}, (vt_date){0}));
    need_whole(&f);
    assert_int_equal(found_in(&f, "ke-hoach/2025-2030"), 2);
    assert_int_equal(found_in(&f, "ke-hoach/term"), 0);
    fixture_end(&f);
}

/* A term does not begin before what the term before it has numbered. */
static void a_term_begins_behind_the_last_document(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_text(&f, &(draft){PARTY, .date = "2025-08-01"});
    need_ok(&f, term(&f, "2020-2025", (vt_date){2020, 9, 16}, (vt_date){0}));
    issue_text(&f, &(draft){PARTY, .date = "2025-09-20"});
    vt_status st = term(&f, "2025-2030", (vt_date){2025, 9, 16}, (vt_date){0});
    assert_non_null(strstr(findings_text(f.list), "20/09/2025"));
    need_refusal(&f, st, VT_BAD, "SO-20");
    assert_string_equal(series_of(&f, "ke-hoach", "2020-2025").closes, "");
    need_ok(&f, term(&f, "2025-2030", (vt_date){2025, 9, 21}, (vt_date){0}));
    fixture_end(&f);
}

/* A book nobody decided on lasts as the agency's others do. */
static void a_party_s_book_opens_for_a_term(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_text(&f, &(draft){PARTY, .date = "2026-01-05"});
    const vt_opening q = {.book = "quyet-dinh", .date = {2026, 7, 1}, .first = 50};
    need_ok(&f, vt_records_series_open(f.records, &q, f.arena, f.list));
    draft decision = {PARTY, .date = "2026-07-02"};
    decision.type = decision.book = "quyet-dinh";
    decision.notation = "QĐ/ĐU";
    assert_string_equal(issue_text(&f, &decision), "50");
    /* nor does one decided on without saying how long it lasts begin anew each year */
    need_book(&f, &(vt_book){.book = "chung", .types = "bao-cao"});
    vt_books decided;
    need_ok(&f, vt_records_books(f.records, NULL, f.arena, f.list, &decided));
    assert_int_equal(decided.count, 1);
    assert_string_equal(decided.items[0].period, "term");
    fixture_end(&f);
}

/* HD 36, 1.3.1: from opening to closing one series for all types and all organs. */
static void a_congress_has_one_series_for_its_organs(void **state) {
    static const vt_term days = {.issuer = "đại hội đảng bộ xã thạch bình",
                                 .name = "Đại hội XXIV",
                                 .opens = {2026, 6, 17},
                                 .closes = {2026, 6, 19},
                                 .congress = true};
    fixture f;
    (void)state;
    fixture_open(&f, true);
    draft congress = {PARTY, .date = "2026-06-10"}, chair = congress;
    congress.name = chair.superior = "Đại hội Đảng bộ xã Thạch Bình";
    chair.name = "Đoàn Chủ tịch";
    chair.type = "bao-cao";
    chair.notation = "BC/ĐH";
    assert_string_equal(issue_text(&f, &congress), "1");
    assert_string_equal(issue_text(&f, &chair), "1");
    need_book(
        &f,
        &(vt_book){.issuer = days.issuer, .book = "dai-hoi", .period = "congress", .types = "*"});
    need_refusal(&f, issue_draft(&f, &congress, NULL, NULL), VT_BAD, "SO-15");
    need_ok(&f, vt_records_term(f.records, &days, f.list));
    need_ok(&f, vt_records_books_of(f.records, "đoàn chủ tịch", days.issuer, f.list));
    vt_books decided;
    need_ok(&f, vt_records_books(f.records, "đoàn chủ tịch", f.arena, f.list, &decided));
    assert_int_equal(decided.shared_count, 1);
    assert_string_equal(decided.shared[0].issuer, "Đoàn Chủ tịch");
    assert_string_equal(decided.shared[0].owner, "Đại hội Đảng bộ xã Thạch Bình");
    congress.date = "2026-06-17", chair.date = "2026-06-18";
    assert_string_equal(issue_text(&f, &congress), "1");
    assert_string_equal(issue_text(&f, &chair), "2");
    assert_int_equal(series_of(&f, "dai-hoi", "Đại hội XXIV").used, 2);
    congress.date = "2026-06-20";
    need_refusal(&f, issue_draft(&f, &congress, NULL, NULL), VT_BAD, "SO-15");
    /* nothing follows a congress: its series is closed, and stops no other's */
    vt_carried *carried;
    size_t count;
    need_ok(&f, vt_records_carry(f.records, (vt_date){2027, 1, 1}, NULL, NULL, f.arena, f.list,
                                 &carried, &count));
    assert_int_equal(count, 1);
    assert_string_equal(carried[0].next, "");
    assert_string_equal(series_of(&f, "dai-hoi", "Đại hội XXIV").state, "closed");
    need_refusal(&f, vt_records_books_of(f.records, days.issuer, "đoàn chủ tịch", f.list), VT_BAD,
                 "SO-20");
    fixture_end(&f);
}

/* --------------------------------------------------------------- carry over -- */

static void at_new_year_books_are_carried_over(void **state) {
    fixture f;
    vt_carried *carried;
    size_t count;
    (void)state;
    fixture_open(&f, false);
    issue_text(&f, &(draft){LETTER, .date = "2025-12-30"});
    issue_text(&f, &(draft){PLAN, .date = "2025-12-30"});
    need_ok(&f, reserve(&f,
                        &(vt_reserve){.series = "cong-van/2025",
                                      .count = 1,
                                      .holder = "Phòng Y tế",
                                      .reason = "chờ ký"},
                        NULL));
    vt_status st = vt_records_carry(f.records, (vt_date){2026, 1, 1}, NULL, NULL, f.arena, f.list,
                                    &carried, &count);
    assert_non_null(strstr(findings_text(f.list), "2 (Phòng Y tế)"));
    need_refusal(&f, st, VT_BAD, "SO-18");
    assert_string_equal(series_of(&f, "ke-hoach", "2025").state, "open"); /* all or nothing */
    need_ok(&f, vt_records_carry(f.records, (vt_date){2026, 1, 1}, "hết năm không ký", NULL,
                                 f.arena, f.list, &carried, &count));
    assert_int_equal(count, 2);
    const char *periods[] = {carried[0].book, carried[0].period, carried[0].next, carried[1].book};
    const char *wanted[] = {"cong-van", "2025", "2026", "ke-hoach"};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(periods[i], wanted[i]);
    assert_int_equal(carried[0].last, 2);
    assert_int_equal(carried[1].last, 1);
    assert_string_equal(series_of(&f, "cong-van", "2025").state, "closed");
    assert_int_equal(series_of(&f, "cong-van", "2025").voided, 1);
    assert_string_equal(series_of(&f, "cong-van", "2026").state, "open");
    need_refusal(&f, issue_draft(&f, &(draft){LETTER, .date = "2025-12-31"}, NULL, NULL), VT_BAD,
                 "SO-07");
    assert_string_equal(issue_text(&f, &(draft){LETTER, .date = "2026-01-02"}), "1");
    /* closed too early: opened again, with a reason in the log */
    const vt_opening again = {.book = "cong-van",
                              .period = "year",
                              .date = {2025, 12, 31},
                              .first = 1,
                              .reason = "sót một công văn"};
    need_ok(&f, vt_records_series_open(f.records, &again, f.arena, f.list));
    assert_string_equal(issue_text(&f, &(draft){LETTER, .date = "2025-12-31"}), "3");
    fixture_end(&f);
}

/* ------------------------------------------------------------------ numbers -- */

/* A slip of the year would close what is in use. */
static void books_are_carried_far_only_if_meant(void **state) {
    fixture f;
    vt_carried *carried;
    size_t count;
    (void)state;
    fixture_open(&f, false);
    issue_text(&f, &(draft){LETTER});
    const struct {
        vt_date date;
        const char *far, *id; /* today is 2026-11-20 */
    } tries[] = {{{2027, 11, 21}, NULL, "SO-25"},
                 {{2206, 1, 1}, NULL, "SO-25"},
                 {{2206, 1, 1}, " ", "SO-20"}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        need_refusal(&f,
                     vt_records_carry(f.records, tries[i].date, NULL, tries[i].far, f.arena, f.list,
                                      &carried, &count),
                     VT_BAD, tries[i].id);
    assert_string_equal(series_of(&f, "cong-van", "2026").state, "open");
    need_ok(&f, vt_records_carry(f.records, (vt_date){2028, 1, 1}, NULL, "giải thể năm 2027",
                                 f.arena, f.list, &carried, &count));
    assert_int_equal(count, 1);
    assert_string_equal(series_of(&f, "cong-van", "2026").reason,
                        "hết kỳ, chuyển sổ đến ngày 01/01/2028: giải thể năm 2027");
    need_ok(&f, vt_records_carry(f.records, (vt_date){2027, 11, 20}, NULL, NULL, f.arena, f.list,
                                 &carried, &count));
    assert_int_equal(count, 0);
    fixture_end(&f);
}

static void a_number_can_be_held(void **state) {
    fixture f;
    vt_reserved got;
    (void)state;
    fixture_open(&f, false);
    assert_string_equal(issue_text(&f, &(draft){LETTER, .date = "2026-05-04"}), "1");
    const vt_reserve two = {.series = "cong-van",
                            .count = 2,
                            .holder = "Phòng Kinh tế",
                            .reason = "chờ lãnh đạo ký",
                            .until = "2026-11-30"};
    need_ok(&f, reserve(&f, &two, &got));
    assert_int_equal(got.count, 2);
    assert_string_equal(got.numbers[1], "3");
    assert_string_equal(issue_text(&f, &(draft){LETTER, .date = "2026-05-08"}), "4");
    /* its date lies between its neighbours' */
    need_refusal(&f,
                 issue_draft(&f, &(draft){LETTER, .number = "2", .date = "2026-05-03"}, NULL, NULL),
                 VT_BAD, "SO-03");
    need_refusal(&f,
                 issue_draft(&f, &(draft){LETTER, .number = "2", .date = "2026-05-09"}, NULL, NULL),
                 VT_BAD, "SO-03");
    assert_string_equal(issue_text(&f, &(draft){LETTER, .number = "2", .date = "2026-05-06"}), "2");
    need_refusal(&f,
                 issue_draft(&f, &(draft){LETTER, .number = "2", .date = "2026-05-06"}, NULL, NULL),
                 VT_BAD, "SO-17");
    need_refusal(&f,
                 issue_draft(&f, &(draft){LETTER, .number = "9", .date = "2026-05-20"}, NULL, NULL),
                 VT_BAD, "SO-17");
    need_refusal(&f, issue_draft(&f, &(draft){LETTER, .number = "hai"}, NULL, NULL), VT_BAD,
                 "SO-20");
    /* past its day it is not given any more, until it is held longer */
    f.now_ms += INT64_C(15) * 86400000;
    const draft late = {LETTER, .number = "3", .date = "2026-05-07"};
    need_refusal(&f, issue_draft(&f, &late, NULL, NULL), VT_BAD, "SO-17");
    need_ok(&f, reserve(&f,
                        &(vt_reserve){.series = "cong-van",
                                      .number = "3",
                                      .count = 1,
                                      .holder = "Phòng Kinh tế",
                                      .reason = "ký chậm",
                                      .until = "2026-12-31"},
                        &got));
    assert_string_equal(issue_text(&f, &late), "3");
    fixture_end(&f);
}

static size_t held(fixture *f, const vt_held_query *q, vt_held **out) {
    size_t count;

    need_ok(f, vt_records_held(f->records, q, f->arena, f->list, out, &count));
    return count;
}

/* Whose time is over stands first, what has no end last; of one series where it is asked for. */
static void numbers_held_are_listed_by_their_time(void **state) {
    static const struct {
        const char *series, *until;
    } holds[] = {
        {"cong-van", ""},           {"cong-van", "2026-12-31"}, {"quyet-dinh", "2026-11-21"},
        {"cong-van", "2026-11-25"}, {"quyet-dinh", ""},         {"cong-van", "2026-11-25"}};
    static const char *const order[] = {"2 quyet-dinh", "4 cong-van", "5 cong-van",
                                        "3 cong-van",   "2 cong-van", "3 quyet-dinh"};
    fixture f;
    vt_held *all;
    char text[64];
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.book = "cong-van"});
    issue_number(&f, &(draft){.book = "quyet-dinh", .notation = "QĐ-UBND"});
    assert_int_equal(held(&f, &(vt_held_query){0}, &all), 0);
    for (size_t i = 0; i < sizeof holds / sizeof *holds; i++)
        need_ok(&f, reserve(&f,
                            &(vt_reserve){.series = holds[i].series,
                                          .count = 1,
                                          .holder = "Văn phòng",
                                          .until = holds[i].until,
                                          .reason = "chờ ký"},
                            NULL));
    assert_int_equal(held(&f, &(vt_held_query){.over = true}, &all), 0);
    f.now_ms += 2 * INT64_C(86400000); /* 22/11 */
    assert_int_equal(held(&f, &(vt_held_query){0}, &all), sizeof order / sizeof *order);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        snprintf(text, sizeof text, "%s %s", all[i].number, all[i].book);
        assert_string_equal(text, order[i]);
    }
    assert_int_equal(all[0].days_left, -1);
    assert_int_equal(all[1].days_left, 3);
    assert_string_equal(all[0].today, "2026-11-22");
    assert_string_equal(all[0].holder, "Văn phòng");
    assert_string_equal(all[0].actor, "os:huong");
    assert_string_equal(all[5].until, "");
    assert_int_equal(held(&f, &(vt_held_query){.over = true}, &all), 1);
    assert_int_equal(held(&f, &(vt_held_query){.series = "cong-van", .over = true}, &all), 0);
    assert_int_equal(held(&f, &(vt_held_query){.series = "quyet-dinh/2026"}, &all), 2);
    assert_int_equal(held(&f, &(vt_held_query){.issuer = "thạch bình"}, &all), 6);
    /* one that is given or given up is held no more */
    need_ok(&f, vt_records_void(f.records, NULL, "quyet-dinh", "2", "thôi", f.arena, f.list));
    assert_int_equal(held(&f, &(vt_held_query){.over = true}, &all), 0);
    size_t count;
    need_refusal(&f,
                 vt_records_held(f.records, &(vt_held_query){.series = "ke-hoach"}, f.arena, f.list,
                                 &all, &count),
                 VT_BAD, "SO-16");
    fixture_end(&f);
}

static void a_number_given_up_stays_in_the_register(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_text(&f, &(draft){LETTER});
    need_ok(&f, reserve(&f,
                        &(vt_reserve){.series = "cong-van",
                                      .count = 1,
                                      .holder = "Phòng Kinh tế",
                                      .reason = "chờ ký"},
                        NULL));
#define VOID(number, reason)                                                                       \
    vt_records_void(f.records, NULL, "cong-van/2026", number, reason, f.arena, f.list)
    need_refusal(&f, VOID("2", ""), VT_BAD, "SO-20");
    need_refusal(&f, VOID(NULL, "nhầm"), VT_BAD, "SO-20");
    need_refusal(&f, VOID(" ", "nhầm"), VT_BAD, "SO-20");
    need_refusal(&f, VOID("1", "nhầm"), VT_BAD, "SO-17"); /* a document has it */
    need_refusal(&f, VOID("7", "nhầm"), VT_BAD, "SO-17");
    need_ok(&f, VOID("2", "không ký nữa"));
    need_refusal(&f, VOID("2", "lần nữa"), VT_BAD, "SO-17");
    need_ok(&f, VOID("3", "phôi giấy hỏng")); /* the next one, left out on purpose */
    need_refusal(&f, issue_draft(&f, &(draft){LETTER, .number = "2"}, NULL, NULL), VT_BAD, "SO-17");
    assert_string_equal(issue_text(&f, &(draft){LETTER}), "4");
    const vt_series s = series_of(&f, "cong-van", "2026");
    assert_int_equal(s.used, 2);
    assert_int_equal(s.voided, 2);
    fixture_end(&f);
}

static void suffixes_only_if_the_series_allows_them(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_text(&f, &(draft){LETTER, .date = "2026-05-04"});
    issue_text(&f, &(draft){LETTER, .date = "2026-05-08"});
    const draft between = {LETTER, .number = "1a", .date = "2026-05-05"};
    need_refusal(&f, issue_draft(&f, &between, NULL, NULL), VT_BAD, "SO-19");
    need_book(&f, &(vt_book){.book = "cong-van", .suffixes = true});
    need_refusal(
        &f, issue_draft(&f, &(draft){LETTER, .number = "3a", .date = "2026-05-09"}, NULL, NULL),
        VT_BAD, "SO-17");
    assert_string_equal(issue_text(&f, &between), "1a");
    need_refusal(&f, issue_draft(&f, &between, NULL, NULL), VT_BAD, "SO-17");
    draft further = between;
    further.number = "1b";
    need_book(&f, &(vt_book){.book = "cong-van", .name = "Sổ công văn"}); /* says nothing of it */
    assert_string_equal(issue_text(&f, &further), "1b");
    further.number = "1đ"; /* which is not 1d */
    vt_status st = issue_draft(&f, &further, NULL, NULL);
    assert_non_null(strstr(findings_text(f.list), "không được có dấu"));
    need_refusal(&f, st, VT_BAD, "SO-20");
    further.number = "1c";
    need_book(&f, &(vt_book){.book = "cong-van", .no_suffixes = true});
    need_refusal(&f, issue_draft(&f, &further, NULL, NULL), VT_BAD, "SO-19");
    assert_string_equal(issue_text(&f, &(draft){LETTER, .date = "2026-05-08"}), "3");
    fixture_end(&f);
}

/* A date backwards is possible, with a reason that stays in the register; later
   dates do not follow it back. */
static void an_override_lets_one_date_run_backwards(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_text(&f, &(draft){LETTER, .date = "2026-05-12"});
    assert_string_equal(
        issue_text(&f, &(draft){LETTER, .date = "2026-05-11", .backwards = "vào sổ muộn"}), "2");
    need_refusal(&f, issue_draft(&f, &(draft){LETTER, .date = "2026-05-11"}, NULL, NULL), VT_BAD,
                 "SO-03");
    assert_string_equal(
        issue_text(&f, &(draft){LETTER, .date = "2026-05-12", .backwards = "không cần"}), "3");
    fixture_end(&f);
}

/* ----------------------------------------------------------------- at random -- */

enum { RANDOM_ACTS = 400 };

/* Whatever is done in whatever order: numbers 1..n each have one row, the dates
   of those in use go forward, and what is void or used stays so. */
static void random_acts_leave_no_gap(void **state) {
    static const char *const dates[] = {"2026-03-02", "2026-04-06", "2026-05-04", "2026-05-05",
                                        "2026-06-01", "2026-07-06", "2026-08-03"};
    fixture f;
    uint64_t seed = 20261129;
    int64_t rows, last;
    (void)state;
    fixture_open(&f, false);
    issue_text(&f, &(draft){LETTER, .date = dates[0]});
    for (int i = 0; i < RANDOM_ACTS; i++) {
        char number[24];
        vt_status st;
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        unsigned at = (unsigned)(seed >> 33);

        vt_findings_clear(f.list);
        last = series_of(&f, "cong-van", "2026").last;
        snprintf(number, sizeof number, "%lld", (long long)(1 + (at >> 3) % (unsigned)(last + 2)));
        if (at % 4 == 0)
            st = reserve(&f,
                         &(vt_reserve){.series = "cong-van",
                                       .count = 1 + at % 3,
                                       .holder = "Phòng Nội vụ",
                                       .reason = "chờ ký"},
                         NULL);
        else if (at % 4 == 1)
            st = VOID(number, "không dùng");
        else
            st = issue_draft(&f,
                             &(draft){LETTER, .number = at % 4 == 2 ? number : NULL,
                                      .date = dates[(at >> 8) % 7]},
                             NULL, NULL);
        if (st == VT_FAIL)
            fail_msg("act %d: %s", i, findings_text(f.list));
        vt_series s = series_of(&f, "cong-van", "2026");
        rows = s.used + s.reserved + s.voided;
        assert_int_equal(rows, s.last);
    }
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_share_a_book_as_the_head_decides),
        cmocka_unit_test(secret_ones_apart),
        cmocka_unit_test(a_series_may_never_reset),
        cmocka_unit_test(a_book_begins_where_paper_ended),
        cmocka_unit_test(a_term_has_its_days),
        cmocka_unit_test(the_first_term_takes_over_what_was_before),
        cmocka_unit_test(a_term_begins_behind_the_last_document),
        cmocka_unit_test(a_party_s_book_opens_for_a_term),
        cmocka_unit_test(a_congress_has_one_series_for_its_organs),
        cmocka_unit_test(at_new_year_books_are_carried_over),
        cmocka_unit_test(books_are_carried_far_only_if_meant),
        cmocka_unit_test(a_number_can_be_held),
        cmocka_unit_test(numbers_held_are_listed_by_their_time),
        cmocka_unit_test(a_number_given_up_stays_in_the_register),
        cmocka_unit_test(suffixes_only_if_the_series_allows_them),
        cmocka_unit_test(an_override_lets_one_date_run_backwards),
        cmocka_unit_test(random_acts_leave_no_gap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
