/* Numbers: dense, by issuer, book and year, never twice, never backwards. */

#include "fixture.h"

#include "records/store.h"

static void numbers_are_dense_by_year_and_book(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_int_equal(issue_number(&f, &(draft){.date = "2025-12-30"}), 1);
    assert_int_equal(issue_number(&f, &(draft){.date = "2025-12-31"}), 2);
    assert_int_equal(issue_number(&f, &(draft){.date = "2026-01-01"}), 1);
    assert_int_equal(issue_number(&f, &(draft){.date = "2025-12-31"}), 3); /* the old year, late */
    assert_int_equal(issue_number(&f, &(draft){.date = "2026-01-01"}), 2);
    const draft plan = {.date = "2026-01-02", .book = "ke-hoach", .notation = "KH-UBND"};
    assert_int_equal(issue_number(&f, &plan), 1);
    /* số + ký hiệu stands once a year, whatever the books */
    need_refusal(&f, issue_draft(&f, &(draft){.book = "ke-hoach"}, NULL, NULL), VT_BAD, "SO-11");
    assert_int_equal(issue_number(&f, &(draft){.date = "2026-01-02"}), 3);
    fixture_end(&f);
}

static void a_term_has_no_years(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_int_equal(issue_number(&f, &(draft){.date = "2025-12-31", .period = "term"}), 1);
    assert_int_equal(issue_number(&f, &(draft){.date = "2026-01-01", .period = "term"}), 2);
    fixture_end(&f);
}

static void dates_never_run_backwards(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_int_equal(issue_number(&f, &(draft){.date = "2026-05-12"}), 1);
    vt_status st = issue_draft(&f, &(draft){.date = "2026-05-11"}, NULL, NULL);
    assert_non_null(strstr(findings_text(f.list), "12/05/2026"));
    assert_non_null(strstr(findings_text(f.list), "số 1"));
    need_refusal(&f, st, VT_BAD, "SO-03");
    assert_int_equal(issue_number(&f, &(draft){.date = "2026-05-12"}), 2);
    fixture_end(&f);
}

static void not_after_today(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    need_refusal(&f, issue_draft(&f, &(draft){.date = "2026-11-21"}, NULL, NULL), VT_BAD, "SO-04");
    assert_int_equal(issue_number(&f, &(draft){.date = "2026-11-20"}), 1);
    assert_int_equal(issue_number(&f, &(draft){.date = "2026-11-21", .future = true}), 2);
    fixture_end(&f);
}

static void partial_dates_are_refused(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    need_refusal(&f, issue_draft(&f, &(draft){.date = "2026-11"}, NULL, NULL), VT_BAD, "SO-08");
    assert_int_equal(f.made, 0);
    fixture_end(&f);
}

/* --------------------------------------------------------------- issuers -- */

static void an_issuer_is_known_by_its_words(void **state) {
    static const struct {
        const char *superior, *name;
    } same[] = {
        {"Huyện ủy Lam Sơn", "Uỷ ban nhân dân xã Hòa Bình"},
        {"Huyện uỷ Lam Sơn", "Ủy ban nhân dân xã Hoà Bình"},
        {"HUYỆN ỦY LAM SƠN", "ỦY BAN NHÂN DÂN XÃ HÒA BÌNH"},
        {"Huyện ủy  Lam Sơn", "Uỷ ban nhân dân, xã Hòa Bình"},
    };
    fixture f;
    (void)state;
    fixture_open(&f, false);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_int_equal(
            issue_number(&f, &(draft){.superior = same[i].superior, .name = same[i].name}),
            (int)i + 1);
    fixture_end(&f);
}

static void a_second_issuer_is_announced(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_int_equal(issue_number(&f, &(draft){.name = "Ủy ban nhân dân xã Phú Ninh"}), 1);
    vt_status st = issue_draft(&f, &(draft){.name = "Ủy ban nhân dân xã Phù Ninh"}, NULL, NULL);
    assert_non_null(strstr(findings_text(f.list), "chỉ khác dấu"));
    assert_non_null(strstr(findings_text(f.list), "“Ủy ban nhân dân xã Phú Ninh”"));
    need_refusal(&f, st, VT_BAD, "SO-02");
    assert_int_equal(f.made, 1);
    assert_int_equal(
        issue_number(&f, &(draft){.name = "Ủy ban nhân dân xã Phù Ninh", .new_issuer = true}), 1);
    assert_int_equal(issue_number(&f, &(draft){.name = "Ủy ban nhân dân xã Phù Ninh"}), 2);
    assert_int_equal(issue_number(&f, &(draft){.name = "Ủy ban nhân dân xã Phú Ninh"}), 2);
    /* the same name below another body is another issuer */
    need_refusal(
        &f,
        issue_draft(&f,
                    &(draft){.superior = "Tỉnh Lam Giang", .name = "Ủy ban nhân dân xã Phú Ninh"},
                    NULL, NULL),
        VT_BAD, "SO-02");
    fixture_end(&f);
}

static void an_issuer_is_known_by_its_identifier(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_int_equal(issue_number(&f, &(draft){.name = "Phòng Văn hóa"}), 1);
    assert_int_equal(issue_number(&f, &(draft){.name = "Phòng Văn hóa", .organ = "A01"}), 2);
    /* renamed: the identifier counts, and the difference is told */
    assert_int_equal(issue_number(&f, &(draft){.name = "Phòng Văn hóa - Xã hội", .organ = "A01"}),
                     3);
    assert_true(found(&f, "SO-06"));
    vt_findings_clear(f.list);
    need_refusal(&f, issue_draft(&f, &(draft){.name = "Phòng Văn hóa", .organ = "A02"}, NULL, NULL),
                 VT_BAD, "SO-05");
    fixture_end(&f);
}

static void any_issuer_may_come(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, true);
    assert_int_equal(issue_number(&f, &(draft){.name = "Sở Một"}), 1);
    assert_int_equal(issue_number(&f, &(draft){.name = "Sở Hai"}), 1);
    need_refusal(&f, issue_draft(&f, &(draft){.name = ""}, NULL, NULL), VT_BAD, "SO-01");
    fixture_end(&f);
}

/* ------------------------------------------------------------------ once -- */

static void a_source_is_issued_once(void **state) {
    fixture f;
    vt_record *first, *again;
    bool existing;
    (void)state;
    fixture_open(&f, false);
    need_ok(&f, issue_draft(&f, &(draft){.key = "src:1"}, &first, &existing));
    assert_false(existing);
    need_ok(&f, issue_draft(&f, &(draft){.key = "src:1", .date = "2026-11-18"}, &again, &existing));
    assert_true(existing);
    assert_string_equal(again->id, first->id);
    assert_int_equal(f.made, 1);
    need_ok(&f, issue_draft(&f, &(draft){.key = "src:1", .again = "in lại cho đợt hai"}, &again,
                            &existing));
    assert_false(existing);
    assert_string_equal(again->number, "2");
    need_ok(&f, vt_records_issued(f.records, "src:1", f.arena, f.list, &again));
    assert_string_equal(again->number, "2");
    need_ok(&f, vt_records_issued(f.records, "src:2", f.arena, f.list, &again));
    assert_null(again);
    need_refusal(&f, issue_draft(&f, &(draft){.key = "src:1", .again = ""}, NULL, NULL), VT_BAD,
                 "SO-10");
    fixture_end(&f);
}

/* ------------------------------------------------------------------- acts -- */

static void what_fails_takes_no_number(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    f.make_fails = true;
    need_refusal(&f, issue_draft(&f, &(draft){0}, NULL, NULL), VT_BAD, "THU-1");
    f.make_fails = false;
    /* not even its issuer was recorded: another may be the first */
    assert_int_equal(issue_number(&f, &(draft){.name = "Sở Khác"}), 1);
    fixture_end(&f);
}

static void a_batch_is_kept_or_not_as_a_whole(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    need_ok(&f, vt_records_begin(f.records, f.list));
    assert_int_equal(issue_number(&f, &(draft){0}), 1);
    assert_int_equal(issue_number(&f, &(draft){0}), 2);
    vt_records_rollback(f.records);
    need_ok(&f, vt_records_begin(f.records, f.list));
    assert_int_equal(issue_number(&f, &(draft){0}), 1);
    f.make_fails = true; /* one of them fails: the others stand, dense */
    need_refusal(&f, issue_draft(&f, &(draft){.name = "Sở Khác", .new_issuer = true}, NULL, NULL),
                 VT_BAD, "THU-1");
    f.make_fails = false;
    assert_int_equal(issue_number(&f, &(draft){0}), 2);
    need_ok(&f, vt_records_commit(f.records, f.list));
    fixture_reopen(&f, false);
    assert_int_equal(issue_number(&f, &(draft){0}), 3);
    fixture_end(&f);
}

/* Words of a batch come into the index when it ends: those of what failed late do not. */
static void a_batch_is_found_when_it_is_done(void **state) {
    vt_fsck_report report;
    vt_hits hits;
    fixture f;
    (void)state;
    fixture_open(&f, false);
    for (int round = 0; round < 2; round++) {
        need_ok(&f, vt_records_begin(f.records, f.list));
        issue_number(&f, &(draft){.subject = "nuôi ong"});
        need_ok(&f, f.records->backend->exec(
                        f.records, f.list,
                        f.postgres ? "CREATE TRIGGER no_log BEFORE INSERT ON event FOR EACH ROW "
                                     "WHEN (NEW.act = 'issue') EXECUTE FUNCTION refuse('x')"
                                   : "CREATE TEMP TRIGGER no_log BEFORE INSERT ON event WHEN "
                                     "NEW.act = 'issue' BEGIN SELECT RAISE(ABORT, 'x'); END"));
        need_refusal(&f, issue_draft(&f, &(draft){.subject = "nuôi ong"}, NULL, NULL), VT_FAIL,
                     "KHO-24");
        need_ok(&f, f.records->backend->exec(f.records, f.list,
                                             f.postgres ? "DROP TRIGGER no_log ON event"
                                                        : "DROP TRIGGER no_log"));
        issue_number(&f, &(draft){.subject = "nuôi ong"});
        if (round == 0)
            vt_records_rollback(f.records);
        else
            need_ok(&f, vt_records_commit(f.records, f.list));
    }
    issue_number(&f, &(draft){.subject = "nuôi ong"});
    need_ok(&f, vt_records_search(f.records, &(vt_search){.query = "nuoi ong"}, f.arena, f.list,
                                  &hits));
    assert_int_equal(hits.count, 3);
    /* a pair of words is no beginning of one */
    need_ok(&f, vt_records_search(f.records, &(vt_search){.query = "\"nuoi n\"*"}, f.arena, f.list,
                                  &hits));
    assert_int_equal(hits.count, 0);
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

/* Words wait as tokens, and come into the index in the order of their days: long ones, pairs of
   long ones, words that are no letters of ours. */
static void a_batch_has_the_words_of_its_documents(void **state) {
#define LONG "ngoằnngoèongoằnngoèongoằnngoèongoằnngoèongoằnngoèo"
    static const char *const subjects[] = {LONG " " LONG, "\7\2\6 \1t:khac", "ong (ong) 12-ong", "",
                                           "Москва 東京 ong"};
    static const char *const dates[] = {"2026-03-27", "2025-02-01", "2026-03-28", "2025-01-31",
                                        "2025-02-02"};
    static const char *const found[][2] = {{LONG, "1"},     {"\"" LONG " " LONG "\"", "1"},
                                           {"ong", "2"},    {"\"ong ong\"", "1"},
                                           {"москва", "1"}, {"khac", "1"}};
    vt_fsck_report report;
    vt_hits hits;
    fixture f;
    (void)state;
    fixture_open(&f, true);
    need_ok(&f, vt_records_begin(f.records, f.list));
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        issue_number(&f, &(draft){.name = i % 2 ? "Sở Một" : "Sở Hai",
                                  .date = dates[i],
                                  .backwards = "nhập bổ sung",
                                  .subject = subjects[i],
                                  .text = subjects[i]});
    need_ok(&f, vt_records_commit(f.records, f.list));
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        need_ok(&f, vt_records_search(f.records, &(vt_search){.query = found[i][0]}, f.arena,
                                      f.list, &hits));
        if (hits.count != (size_t)atoi(found[i][1]))
            fail_msg("%s: %zu", found[i][0], hits.count);
    }
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

/* The store may end an act by itself, when it has no memory or no disk: nothing stays of it. */
static void an_act_that_was_ended_leaves_no_words(void **state) {
    vt_fsck_report report;
    vt_hits hits;
    fixture f;
    (void)state;
    fixture_open(&f, false);
    need_ok(&f, vt_records_begin(f.records, f.list));
    issue_number(&f, &(draft){.subject = "nuôi ong"});
    need_ok(&f, f.records->backend->exec(f.records, f.list, "ROLLBACK"));
    need_refusal(&f, vt_records_commit(f.records, f.list), VT_FAIL, "KHO-27");
    vt_records_rollback(f.records);
    need_ok(&f, vt_records_search(f.records, &(vt_search){.query = "nuoi ong"}, f.arena, f.list,
                                  &hits));
    assert_int_equal(hits.count, 0);
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

static void closing_forgets_an_open_act(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    need_ok(&f, vt_records_begin(f.records, f.list));
    assert_int_equal(issue_number(&f, &(draft){0}), 1);
    fixture_reopen(&f, false);
    assert_int_equal(issue_number(&f, &(draft){0}), 1);
    fixture_end(&f);
}

/* Random acts against a model that only counts. */
static void random_acts_keep_numbers_dense(void **state) {
    static const char *const names[] = {"Sở Một", "Sở Hai", "Sở Ba"};
    static const char *const books[] = {"van-ban", "ke-hoach"};
    int last[3][2][2] = {0};
    fixture f;
    (void)state;
    fixture_open(&f, true);
    for (int i = 0; i < 400; i++) {
        uint8_t chance[4];
        char date[11];

        fixture_random(&f, chance, sizeof chance);
        size_t who = chance[0] % 3, book = chance[1] % 2, year = i > 200 && chance[2] % 3;
        snprintf(date, sizeof date, "202%d-%02d-01", year ? 6 : 5, year ? i / 40 : 12);
        f.make_fails = chance[3] % 8 == 0;
        draft d = {.name = names[who], .book = books[book], .notation = books[book], .date = date};
        if (f.make_fails)
            need_refusal(&f, issue_draft(&f, &d, NULL, NULL), VT_BAD, "THU-1");
        else
            assert_int_equal(issue_number(&f, &d), ++last[who][book][year]);
        if (chance[3] % 50 == 1)
            fixture_reopen(&f, false);
    }
    fixture_end(&f);
}

/* ------------------------------------------------------------------ typed -- */

/* On paper long ago: nothing but the archive reads these words. */
static vt_status issue_past(fixture *f, const vt_meta *like, const char *book, vt_findings *list) {
    struct {
        const char *superior, *name, *organ, *abbr;
    } issuer = {"", "Ủy ban nhân dân xã Suối Trầu", NULL, "UBND"};
    making m = {f, "QĐ-UBND"};
    vt_meta meta = *like;
    vt_issue request = {.meta = &meta,
                        .book = book,
                        .period = "year",
                        .pack_hash = "00",
                        .key = "past",
                        .number = "1",
                        .past = true};
    vt_record *record;
    bool existing;

    meta.system = VT_STATE;
    meta.type_slug = "quyet-dinh";
    meta.date = (vt_date){2023, 3, 1};
    if (!meta.issuer_count) {
        meta.issuers = (void *)&issuer;
        meta.issuer_count = 1;
    }
    return vt_records_issue(f->records, &request, fixture_make, &m, f->arena, list, &record,
                            &existing);
}

static void past_words_are_read(void **state) {
    static const char BAD[] = "a\xE2\x80\x8Bz";
    struct {
        const char *superior, *name, *organ, *abbr;
    } issuers[] = {{"", BAD, NULL, ""}, {BAD, "Sở Khác", NULL, ""}, {"", "Sở Khác", NULL, BAD}};
    vt_person signers[] = {{"", BAD}, {BAD, "Lê Thị Hương"}};
    vt_addressee to = {.name = BAD};
    const vt_meta bad[] = {{.subject = BAD},
                           {.subject = "a", .place = BAD},
                           {.issuers = (void *)&issuers[0], .issuer_count = 1},
                           {.issuers = (void *)&issuers[1], .issuer_count = 1},
                           {.issuers = (void *)&issuers[2], .issuer_count = 1},
                           {.signers = &signers[0], .signer_count = 1},
                           {.signers = &signers[1], .signer_count = 1},
                           {.addressees = &to, .addressee_count = 1}};
    char book[66];
    fixture f;
    (void)state;
    fixture_open(&f, true);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        need_refusal(&f, issue_past(&f, &bad[i], "quyet-dinh", f.list), VT_BAD, "KHO-15");
    memset(book, 's', sizeof book);
    book[65] = '\0';
    need_refusal(&f, issue_past(&f, &(vt_meta){.subject = "a"}, book, f.list), VT_BAD, "SO-20");
    need_refusal(&f, issue_draft(&f, &(draft){.book = book}, NULL, NULL), VT_BAD, "SO-20");
    assert_int_equal(f.made, 0);
    book[64] = '\0';
    need_ok(&f, issue_past(&f, &(vt_meta){.subject = "a"}, book, f.list));
    fixture_end(&f);
}

/* Of several in one act each has its own; what is refused takes nothing of the others'. */
static void typed_in_one_act(void **state) {
    static const char loose[] = "do ba\xCC\x83o"; /* "do bão", the mark by itself */
    vt_record *record;
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.key = "a"});
    need_ok(&f, vt_records_begin(f.records, f.list));
    for (int i = 0; i < 3; i++)
        need_ok(&f, issue_draft(&f, &(draft){.key = "a", .again = loose}, &record, NULL));
    need_refusal(&f, issue_draft(&f, &(draft){.key = "a", .again = "x\x1B"}, NULL, NULL), VT_BAD,
                 "KHO-15");
    need_refusal(&f, issue_draft(&f, &(draft){.backwards = "x\x1B"}, NULL, NULL), VT_BAD, "KHO-15");
    need_ok(&f, vt_records_commit(f.records, f.list));
    need_ok(&f, vt_records_show(f.records, record->id, 0, f.arena, f.list, &record));
    assert_string_equal(record->number, "4");
    assert_non_null(strstr(record->events[0].detail, "do bão"));
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_dense_by_year_and_book),
        cmocka_unit_test(a_term_has_no_years),
        cmocka_unit_test(dates_never_run_backwards),
        cmocka_unit_test(not_after_today),
        cmocka_unit_test(partial_dates_are_refused),
        cmocka_unit_test(an_issuer_is_known_by_its_words),
        cmocka_unit_test(a_second_issuer_is_announced),
        cmocka_unit_test(an_issuer_is_known_by_its_identifier),
        cmocka_unit_test(any_issuer_may_come),
        cmocka_unit_test(a_source_is_issued_once),
        cmocka_unit_test(what_fails_takes_no_number),
        cmocka_unit_test(a_batch_is_kept_or_not_as_a_whole),
        cmocka_unit_test(a_batch_is_found_when_it_is_done),
        cmocka_unit_test(a_batch_has_the_words_of_its_documents),
        cmocka_unit_test(an_act_that_was_ended_leaves_no_words),
        cmocka_unit_test(closing_forgets_an_open_act),
        cmocka_unit_test(past_words_are_read),
        cmocka_unit_test(typed_in_one_act),
        cmocka_unit_test(random_acts_keep_numbers_dense),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
