/* Statistics: every document is counted once in each group. */

#include "fixture.h"
#include "records/stats.h"
#include "records/store.h"

static vt_stats count(fixture *f, const vt_stats_query *q) {
    vt_stats s;

    need_ok(f, vt_records_stats(f->records, q, f->arena, f->list, &s));
    return s;
}

static const vt_stat *part_of(const vt_stats *s, const char *by) {
    for (size_t i = 0; i < s->part_count; i++)
        if (strcmp(s->parts[i].by, by) == 0)
            return &s->parts[i];
    fail_msg("no part %s", by);
    return NULL;
}

/* "Công văn 3, Kế hoạch 1" */
static const char *words(const vt_stats *s, const char *by) {
    static char text[1 << 12];
    const vt_stat *part = part_of(s, by);
    size_t len = 0;

    text[0] = '\0';
    for (size_t i = 0; i < part->count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s %d", i ? ", " : "",
                                part->rows[i].name, (int)part->rows[i].documents);
    return text;
}

/* TODAY_MS is Friday 2026-11-20: what bears Thursday or Friday is in time. */
static void some_documents(fixture *f) {
    static const draft list[] = {
        {.date = "2026-11-12", .signer = "Lê Thị Hương"},
        {.date = "2026-11-19", .signer = "Trần Văn Lộc"},
        {.date = "2026-11-20", .signer = "Lê Thị Hương"},
        {.date = "2026-11-20",
         .type = "ke-hoach",
         .type_name = "Kế hoạch",
         .notation = "KH-UBND",
         .book = "ke-hoach"},
    };

    fixture_open(f, false);
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        issue_number(f, &list[i]);
}

static void each_document_once_in_each_group(void **state) {
    fixture f;
    (void)state;
    some_documents(&f);
    vt_stats s = count(&f, &(vt_stats_query){0});
    assert_int_equal(s.all.documents, 4);
    assert_string_equal(s.first, "2026-11-12");
    assert_string_equal(s.last, "2026-11-20");
    assert_string_equal(s.issuer, "Ủy ban nhân dân xã Thạch Bình");
    assert_int_equal(s.part_count, 8);
    for (size_t i = 0; i < s.part_count; i++) {
        int64_t all = 0, pages = 0;
        for (size_t k = 0; k < s.parts[i].count; k++) {
            all += s.parts[i].rows[k].documents;
            pages += s.parts[i].rows[k].pages;
        }
        assert_int_equal(all, 4);
        assert_int_equal(pages, s.all.pages);
    }
    assert_string_equal(words(&s, "type"), "Công văn 3, Kế hoạch 1");
    assert_string_equal(words(&s, "signer"), "Lê Thị Hương 3, Trần Văn Lộc 1");
    assert_string_equal(words(&s, "series"), "van-ban/2026 3, ke-hoach/2026 1");
    assert_string_equal(words(&s, "unit"), "VX 3,  1"); /* a công văn's ký hiệu; none */
    assert_string_equal(words(&s, "month"), "2026-11 4");
    fixture_end(&f);
}

/* More groups than a table begins with; a long name is cut behind a letter. */
static void groups_may_be_many_and_long(void **state) {
    enum { SIGNERS = 150 };
    fixture f;
    vt_stats s;
    (void)state;
    fixture_open(&f, false);
    for (int i = 0; i < 2 * SIGNERS; i++) {
        char name[32];

        snprintf(name, sizeof name, "Người ký %03d", i % SIGNERS);
        issue_number(&f, &(draft){.signer = name, .notation = "UBND-ếếếếếếếếếếếếếếế"});
    }
    s = count(&f, &(vt_stats_query){0});
    assert_int_equal(part_of(&s, "signer")->count, SIGNERS);
    for (size_t i = 0; i < SIGNERS; i++)
        assert_int_equal(part_of(&s, "signer")->rows[i].documents, 2);
    assert_string_equal(part_of(&s, "signer")->rows[SIGNERS - 1].name, "Người ký 149");
    assert_string_equal(words(&s, "unit"), "ếếếếếếếếếếếếế 300");
    fixture_end(&f);
}

static void in_time_is_the_next_working_day(void **state) {
    static const struct {
        const char *date;
        int64_t days; /* issued so many days after */
        const char *wanted;
    } cases[] = {
        {"2026-11-20", 0, "in-time 1"}, /* Friday */
        {"2026-11-20", 3, "in-time 1"}, /* Monday */
        {"2026-11-20", 4, "late 1"},    /* Tuesday */
        {"2026-11-19", 1, "in-time 1"}, /* Thursday, Friday */
        {"2026-11-19", 4, "late 1"},    /* Thursday, Monday */
        {"2026-11-21", 2, "in-time 1"}, /* Saturday, Monday */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        vt_date day;
        fixture_open(&f, false);
        assert_true(vt_date_parse(cases[i].date, &day));
        f.now_ms = TODAY_MS + (day.day - 20 + cases[i].days) * INT64_C(86400000);
        issue_number(&f, &(draft){.date = cases[i].date});
        vt_stats s = count(&f, &(vt_stats_query){.by = "time"});
        assert_int_equal(s.part_count, 1);
        assert_string_equal(words(&s, "time"), cases[i].wanted);
        fixture_end(&f);
    }
}

static void ranges_series_and_mistakes(void **state) {
    fixture f;
    vt_stats s;
    vt_record *record;
    (void)state;
    some_documents(&f);
    s = count(&f, &(vt_stats_query){.from = {2026, 11, 19}, .to = {2026, 11, 19}});
    assert_int_equal(s.all.documents, 1);
    s = count(&f, &(vt_stats_query){.from = {2026, 0, 0}, .to = {2026, 11, 0}});
    assert_int_equal(s.all.documents, 4);
    s = count(&f, &(vt_stats_query){.series = "ke-hoach/2026"});
    assert_int_equal(s.all.documents, 1);
    const vt_step step = {.reference = "1/KH-UBND", .act = "recall", .note = "sai số liệu"};
    need_ok(&f, vt_records_step(f.records, &step, f.arena, f.list, &record));
    s = count(&f, &(vt_stats_query){0});
    assert_int_equal(s.all.recalled, 1);
    need_refusal(
        &f,
        vt_records_stats(f.records, &(vt_stats_query){.from = {2027, 0, 0}}, f.arena, f.list, &s),
        VT_BAD, "SO-21");
    need_refusal(
        &f, vt_records_stats(f.records, &(vt_stats_query){.by = "type,moon"}, f.arena, f.list, &s),
        VT_BAD, "SO-20");
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_document_once_in_each_group),
        cmocka_unit_test(groups_may_be_many_and_long),
        cmocka_unit_test(in_time_is_the_next_working_day),
        cmocka_unit_test(ranges_series_and_mistakes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
