/* The life of a record: one table of steps, refused by the store what it lacks. */

#include "fixture.h"
#include "records/store.h"

#define LETTER .type = "cong-van", .book = "cong-van", .notation = "UBND-VP"

static vt_status step(fixture *f, const vt_record *record, const char *act, const char *note,
                      vt_record **out) {
    static vt_record *unused;

    return vt_records_step(f->records,
                           &(vt_step){.reference = record->id, .act = act, .note = note}, f->arena,
                           f->list, out ? out : &unused);
}

static vt_record *issued(fixture *f, const draft *d) {
    vt_record *record = NULL;
    bool existing;

    need_ok(f, issue_draft(f, d, &record, &existing));
    return record;
}

/* A draft of a letter with this key. */
static vt_record *bring_in(fixture *f, const char *key) {
    struct {
        const char *superior, *name, *organ, *abbr;
    } issuer = {"", "Ủy ban nhân dân xã Thạch Bình", NULL, "UBND"};
    vt_meta meta = {.system = VT_STATE,
                    .pack = "state-nd30",
                    .type_slug = "cong-van",
                    .type_name = "Công văn",
                    .notation = "UBND-VP",
                    .subject = "tổ chức Tết Trung thu",
                    .issuer_count = 1};
    const vt_issue q = {.meta = &meta, .book = "cong-van", .period = "year", .key = key};
    vt_record *record = NULL;

    meta.issuers = (void *)&issuer;
    need_ok(f, vt_records_draft(f->records, &q, "<document/>", 11, f->arena, f->list, &record));
    return record;
}

/* ---------------------------------------------------------------- recalling -- */

static void a_document_is_recalled_with_a_reason(void **state) {
    fixture f;
    vt_record *record, *after;
    (void)state;
    fixture_open(&f, false);
    record = issued(&f, &(draft){LETTER});
    need_refusal(&f, step(&f, record, "recall", NULL, NULL), VT_BAD, "DOI-02");
    need_ok(&f, step(&f, record, "recall", "ban hành sai thẩm quyền", &after));
    assert_string_equal(after->state, "recalled");
    assert_string_equal(after->number, "1"); /* its number stays */
    vt_status st = step(&f, record, "recall", "lần nữa", NULL);
    assert_non_null(strstr(findings_text(f.list), "chỉ có thể: lưu trữ"));
    need_refusal(&f, st, VT_BAD, "DOI-01");
    need_ok(&f, step(&f, record, "archive", NULL, &after));
    assert_string_equal(after->state, "archived");
    assert_string_equal(after->events[after->event_count - 1].act, "archive");
    /* thu hồi may come after the file went to the archive; it goes there again */
    need_ok(&f, step(&f, record, "recall", "theo kết luận thanh tra", &after));
    assert_string_equal(after->state, "recalled");
    need_ok(&f, step(&f, record, "archive", NULL, NULL));
    fixture_end(&f);
}

static void one_document_replaces_or_corrects_another(void **state) {
    fixture f;
    vt_record *old, *new, *after;
    (void)state;
    fixture_open(&f, false);
    old = issued(&f, &(draft){LETTER});
    new = issued(&f, &(draft){LETTER});
    vt_step q = {.reference = old->id, .act = "replace", .note = "nội dung đã khác"};
    need_refusal(&f, vt_records_step(f.records, &q, f.arena, f.list, &after), VT_BAD, "DOI-05");
    q.by = old->id;
    need_refusal(&f, vt_records_step(f.records, &q, f.arena, f.list, &after), VT_BAD, "DOI-05");
    q.by = new->id;
    q.act = "correct";
    need_ok(&f, vt_records_step(f.records, &q, f.arena, f.list, &after));
    assert_string_equal(after->state, "issued"); /* đính chính leaves it in force */
    q.act = "replace";
    need_ok(&f, vt_records_step(f.records, &q, f.arena, f.list, &after));
    assert_string_equal(after->state, "replaced");
    /* what is replaced replaces nothing */
    const vt_step back = {.reference = new->id, .act = "replace", .note = "x", .by = old->id};
    need_refusal(&f, vt_records_step(f.records, &back, f.arena, f.list, &after), VT_BAD, "DOI-05");
    assert_int_equal(after->relation_count, 2);
    assert_string_equal(after->relations[0].kind, "corrects");
    assert_string_equal(after->relations[0].id, new->id);
    assert_true(after->relations[0].passive);
    fixture_end(&f);
}

/* What does it came after what it is done to, is in force, and does it once. */
static void what_replaces_came_later_and_is_in_force(void **state) {
    fixture f;
    vt_record *first, *second, *third, *after;
    (void)state;
    fixture_open(&f, false);
    first = issued(&f, &(draft){LETTER, .date = "2026-01-05"});
    second = issued(&f, &(draft){LETTER, .date = "2026-01-06"});
    third = issued(&f, &(draft){LETTER, .date = "2026-01-07"});
    vt_step q = {
        .reference = second->id, .act = "replace", .note = "nội dung đã khác", .by = first->id};
    need_refusal(&f, vt_records_step(f.records, &q, f.arena, f.list, &after), VT_BAD, "DOI-05");
    q = (vt_step){.reference = first->id, .act = "correct", .note = "sai ngày", .by = second->id};
    need_ok(&f, vt_records_step(f.records, &q, f.arena, f.list, &after));
    need_refusal(&f, vt_records_step(f.records, &q, f.arena, f.list, &after), VT_BAD, "DOI-05");
    need_ok(&f, step(&f, third, "archive", NULL, NULL)); /* it is in force all the same */
    q = (vt_step){.reference = first->id, .act = "replace", .note = "đã khác", .by = third->id};
    need_ok(&f, vt_records_step(f.records, &q, f.arena, f.list, &after));
    assert_string_equal(after->state, "replaced");
    need_ok(&f, step(&f, third, "recall", "sai thẩm quyền", NULL));
    need_ok(&f, step(&f, third, "archive", NULL, NULL));
    q = (vt_step){.reference = second->id, .act = "replace", .note = "đã khác", .by = third->id};
    need_refusal(&f, vt_records_step(f.records, &q, f.arena, f.list, &after), VT_BAD, "DOI-05");
    fixture_end(&f);
}

/* ------------------------------------------------------------------- drafts -- */

static size_t events_of(const vt_record *record, const char *act) {
    size_t count = 0;

    for (size_t i = 0; i < record->event_count; i++)
        count += strcmp(record->events[i].act, act) == 0;
    return count;
}

static vt_status fsck(fixture *f) {
    vt_fsck_report report;

    return vt_records_fsck(f->records, &(vt_fsck){0}, f->arena, f->list, &report);
}

static void a_draft_is_signed_before_it_is_numbered(void **state) {
    fixture f;
    vt_record *record, *after;
    (void)state;
    fixture_open(&f, false);
    record = bring_in(&f, "du-thao:1");
    assert_string_equal(record->state, "draft");
    assert_string_equal(record->number, "");
    need_refusal(&f, issue_draft(&f, &(draft){LETTER, .key = "du-thao:1"}, NULL, NULL), VT_BAD,
                 "DOI-01");
    need_refusal(&f, step(&f, record, "sign", NULL, NULL), VT_BAD, "DOI-01");
    need_ok(&f, step(&f, record, "submit", NULL, NULL));
    need_refusal(&f, step(&f, record, "return", NULL, NULL), VT_BAD, "DOI-02");
    need_ok(&f, step(&f, record, "return", "thiếu căn cứ", NULL));
    need_ok(&f, step(&f, record, "submit", NULL, NULL));
    need_ok(&f, step(&f, record, "sign", NULL, NULL));
    need_refusal(&f, step(&f, record, "number", NULL, NULL), VT_BAD, "DOI-01");
    after = issued(&f, &(draft){LETTER, .key = "du-thao:1"});
    assert_string_equal(after->id, record->id);
    assert_string_equal(after->state, "numbered");
    assert_string_equal(after->number, "1");
    need_ok(&f, step(&f, record, "seal", NULL, NULL));
    need_ok(&f, step(&f, record, "release", NULL, &after));
    assert_string_equal(after->state, "issued");
    assert_int_equal(after->file_count,
                     3); /* the PDF, the source as it came and as it was numbered */
    assert_int_equal(events_of(after, "number"), 1);
    assert_int_equal(events_of(after, "issue"), 0);
    need_ok(&f, fsck(&f));
    fixture_end(&f);
}

/* What the log says of the number is held to what stands, also where it says "issue" of a
   draft, as logs did before. */
static void the_log_of_a_numbered_draft_is_proof(void **state) {
    (void)state;
    for (int old = 0; old < 2; old++) {
        fixture f;
        vt_record *record;
        char detail[8192];
        fixture_open(&f, false);
        record = bring_in(&f, "du-thao:1");
        need_ok(&f, step(&f, record, "submit", NULL, NULL));
        need_ok(&f, step(&f, record, "sign", NULL, NULL));
        issued(&f, &(draft){LETTER, .key = "du-thao:1"});
        if (old) {
            snprintf(detail, sizeof detail, "%s",
                     store_text(&f, "SELECT detail FROM event WHERE act = 'number'"));
            store_meddle(&f, "DROP TRIGGER event_kept; DELETE FROM event WHERE act = 'number'");
            need_ok(&f, vt_records_begin(f.records, f.list));
            need_ok(&f, vt_event_add(f.records, f.list, "issue", record->id, detail));
            need_ok(&f, vt_records_commit(f.records, f.list));
        }
        vt_status st = fsck(&f); /* of the old one it says that a trigger is missing */
        assert_true(old ? !found(&f, "KHO-32") : st == VT_OK);
        vt_findings_clear(f.list);
        store_meddle(&f, "DROP TRIGGER document_file_fixed; UPDATE document_file SET sha256 = "
                         "(SELECT x.sha256 FROM document_file x WHERE x.role = 'source' AND "
                         "x.generation = 1) WHERE role = 'pdf'");
        st = fsck(&f);
        assert_non_null(strstr(findings_text(f.list), "lúc cấp số"));
        need_refusal(&f, st, VT_BAD, "KHO-32");
        fixture_end(&f);
    }
}

/* ------------------------------------------------------------ who may do what -- */

static void be(fixture *f, const char *actor) {
    f->options.actor = actor;
    fixture_reopen(f, false);
}

static void a_step_is_somebodys_right(void **state) {
    fixture f;
    vt_record *record, *later;
    (void)state;
    fixture_open(&f, false);
    record = issued(&f, &(draft){LETTER});
    later = issued(&f, &(draft){LETTER});
    store_meddle(&f,
                 "INSERT INTO setting VALUES ('roles', 'on'); INSERT INTO actor(name) VALUES "
                 "('os:huong'), ('os:lan'); INSERT INTO actor_role VALUES ('os:lan', 'clerk');");
    need_refusal(&f, step(&f, record, "recall", "sai", NULL), VT_BAD, "DOI-03");
    const vt_step correct = {
        .reference = record->id, .act = "correct", .note = "sai ngày", .by = later->id};
    need_refusal(&f, vt_records_step(f.records, &correct, f.arena, f.list, &record), VT_BAD,
                 "DOI-03");
    need_refusal(&f, issue_draft(&f, &(draft){LETTER}, NULL, NULL), VT_BAD, "DOI-03");
    be(&f, "os:lan");
    assert_string_equal(issued(&f, &(draft){LETTER})->number, "3");
    store_meddle(&f, "INSERT INTO separation VALUES ('issue', 'recall')");
    need_ok(&f, step(&f, record, "recall", "sai", NULL));
    record = issued(&f, &(draft){LETTER});
    need_refusal(&f, step(&f, record, "recall", "sai", NULL), VT_BAD, "DOI-04");
    fixture_end(&f);
}

/* ----------------------------------------------------------------- at random -- */

/* The table as it is meant, a second time, by hand. */
static const char *leads_to(const char *state, const char *act) {
    static const char *const table[][3] = {
        {"draft", "submit", "submitted"},    {"submitted", "withdraw", "draft"},
        {"submitted", "return", "returned"}, {"returned", "submit", "submitted"},
        {"submitted", "sign", "signed"},     {"signed", "return", "returned"},
        {"signed", "number", "numbered"},    {"numbered", "seal", "sealed"},
        {"numbered", "release", "issued"},   {"sealed", "release", "issued"},
        {"numbered", "recall", "recalled"},  {"sealed", "recall", "recalled"},
        {"issued", "recall", "recalled"},    {"issued", "archive", "archived"},
        {"recalled", "archive", "archived"}, {"replaced", "archive", "archived"},
        {"archived", "recall", "recalled"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i][0], state) == 0 && strcmp(table[i][1], act) == 0)
            return table[i][2];
    return NULL;
}

enum { WALKS = 12, STEPS = 30 };

/* Random acts never reach a state the table does not lead to, and a number is
   there exactly from "numbered" on. */
static void random_walks_stay_on_the_table(void **state) {
    static const char *const acts[] = {"submit", "withdraw", "return",  "sign",   "number",
                                       "seal",   "release",  "archive", "recall", "xoa"};
    fixture f;
    uint64_t seed = 30;
    int moves = 0;
    (void)state;
    fixture_open(&f, false);
    for (int walk = 0; walk < WALKS; walk++) {
        char key[32], now[32] = "draft";
        snprintf(key, sizeof key, "walk:%d", walk);
        vt_record *record = bring_in(&f, key), *after;
        for (int i = 0; i < STEPS; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            const char *act = acts[(seed >> 33) % 10], *to = leads_to(now, act);
            bool existing;
            vt_status st = strcmp(act, "number") == 0
                               ? issue_draft(&f, &(draft){LETTER, .key = key}, &after, &existing)
                               : step(&f, record, act, "ngẫu nhiên", &after);

            if (strcmp(act, "number") == 0 && !st && existing)
                to = now; /* numbered before: the same record again */
            if ((st == VT_OK) != (to != NULL))
                fail_msg("%s from %s: status %d %s", act, now, st, findings_text(f.list));
            vt_findings_clear(f.list);
            if (!to)
                continue;
            assert_string_equal(after->state, to);
            snprintf(now, sizeof now, "%s", to);
            moves++;
            bool before = strcmp(now, "draft") == 0 || strcmp(now, "submitted") == 0 ||
                          strcmp(now, "returned") == 0 || strcmp(now, "signed") == 0;
            assert_int_equal(*after->number == '\0', before);
        }
    }
    assert_true(moves > 2 * WALKS);
    fixture_end(&f);
}

/* -------------------------------------------------- at random, with rights -- */

static const char *const PEOPLE[] = {"os:an", "os:binh", "os:chi", "os:dung"};
enum { PEOPLE_COUNT = 4, ACTS = 9 };

/* Who has which role, as it is set below. */
static bool has_role(int who, const char *role) {
    static const char *const roles[PEOPLE_COUNT] = {"drafter", "reviewer signer drafter",
                                                    "clerk signer", "archivist clerk head"};

    return strstr(roles[who], role) != NULL;
}

static const char *role_for(const char *state, const char *act) {
    if (strcmp(act, "submit") == 0 || strcmp(act, "withdraw") == 0)
        return "drafter";
    if (strcmp(act, "return") == 0)
        return strcmp(state, "submitted") == 0 ? "reviewer" : "clerk";
    if (strcmp(act, "sign") == 0)
        return "signer";
    return strcmp(act, "archive") == 0 ? "archivist" : "clerk";
}

/* Who submits does not sign, who signs does not number. */
static bool by_two(const char *a, const char *b) {
    static const char *const pairs[][2] = {{"submit", "sign"}, {"sign", "number"}};

    for (int i = 0; i < 2; i++)
        if ((strcmp(pairs[i][0], a) == 0 && strcmp(pairs[i][1], b) == 0) ||
            (strcmp(pairs[i][0], b) == 0 && strcmp(pairs[i][1], a) == 0))
            return true;
    return false;
}

static void set_rights(fixture *f) {
    static const char *const given[PEOPLE_COUNT] = {"drafter", "reviewer,signer,drafter",
                                                    "clerk, signer", "archivist,clerk,head"};

    for (int i = 0; i < PEOPLE_COUNT; i++)
        need_ok(f, vt_records_user(f->records,
                                   &(vt_user){.name = PEOPLE[i], .roles = given[i], .active = true},
                                   f->list));
    need_refusal(f, vt_records_roles(f->records, true, f->list), VT_BAD, "DOI-03");
    need_ok(f, vt_records_separate(f->records, "submit", "sign", true, f->list));
    need_ok(f, vt_records_separate(f->records, "number", "sign", true, f->list));
    be(f, PEOPLE[3]);
    need_ok(f, vt_records_roles(f->records, true, f->list));
    need_refusal(f,
                 vt_records_user(f->records,
                                 &(vt_user){.name = PEOPLE[3], .roles = "clerk", .active = true},
                                 f->list),
                 VT_BAD, "NG-02");
    be(f, PEOPLE[2]);
    need_refusal(f, vt_records_separate(f->records, "submit", "sign", false, f->list), VT_BAD,
                 "DOI-03");
}

/* A step is taken exactly when the table has it, the person the right, and nothing the
   person did before forbids it; the archive proves it all afterwards. */
static void random_walks_keep_to_rights(void **state) {
    static const char *const acts[ACTS] = {"submit", "withdraw", "return",  "sign",  "number",
                                           "seal",   "release",  "archive", "recall"};
    vt_fsck_report report;
    fixture f;
    uint64_t seed = 4;
    int moves = 0, refused = 0;
    (void)state;
    fixture_open(&f, false);
    issued(&f, &(draft){LETTER}); /* the issuer is known */
    set_rights(&f);
    for (int walk = 0; walk < WALKS; walk++) {
        bool did[PEOPLE_COUNT][ACTS] = {0};
        char key[32], now[32] = "draft";
        snprintf(key, sizeof key, "rights:%d", walk);
        be(&f, PEOPLE[0]);
        vt_record *record = bring_in(&f, key), *after;
        for (int i = 0; i < 2 * STEPS; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            int who = (int)((seed >> 33) % PEOPLE_COUNT), which = (int)((seed >> 40) % ACTS);
            const char *act = acts[which], *to = leads_to(now, act);
            bool may = to && has_role(who, role_for(now, act)), existing = false;
            for (int k = 0; k < ACTS; k++)
                may = may && !(did[who][k] && by_two(acts[k], act));
            be(&f, PEOPLE[who]);
            vt_status st = strcmp(act, "number") == 0
                               ? issue_draft(&f, &(draft){LETTER, .key = key}, &after, &existing)
                               : step(&f, record, act, "ngẫu nhiên", &after);
            if (existing) { /* numbered before: the same record again */
                vt_findings_clear(f.list);
                continue;
            }
            if ((st == VT_OK) != may)
                fail_msg("%s: %s from %s: status %d %s", PEOPLE[who], act, now, st,
                         findings_text(f.list));
            vt_findings_clear(f.list);
            refused += !may;
            if (!may)
                continue;
            did[who][which] = true;
            snprintf(now, sizeof now, "%s", to);
            moves++;
        }
    }
    assert_true(moves > 2 * WALKS && refused > moves);
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_recalled_with_a_reason),
        cmocka_unit_test(one_document_replaces_or_corrects_another),
        cmocka_unit_test(what_replaces_came_later_and_is_in_force),
        cmocka_unit_test(a_draft_is_signed_before_it_is_numbered),
        cmocka_unit_test(the_log_of_a_numbered_draft_is_proof),
        cmocka_unit_test(a_step_is_somebodys_right),
        cmocka_unit_test(random_walks_stay_on_the_table),
        cmocka_unit_test(random_walks_keep_to_rights),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
