/* What the register tells the checker about a document's number. */

#include "fixture.h"

static const char XML[] =
    "<document xmlns='urn:vanthu:document:1' system='state' type='cong-van'>"
    "<issuer abbr='UBND'><name>Ủy ban nhân dân xã Suối Trầu</name></issuer>"
    "<number%s unit='VP'/><place>Suối Trầu</place><date>%s</date>"
    "<subject>%s</subject><to><recipient>Trưởng các thôn</recipient></to>"
    "<body><p>Đề nghị các thôn gửi danh sách.</p></body>"
    "<copies><as-above/><archive>VT</archive></copies>"
    "<signature><position>Chủ tịch</position><name>Lê Thị Mai</name></signature></document>";

typedef struct library {
    fixture f;
    vt_engine *engine;
    const vt_pack *pack;
    vt_facts facts;
} library;

static vt_doc *parse(library *l, const char *number, const char *date, const char *subject) {
    char xml[4096];
    vt_doc *doc = NULL;
    int n = snprintf(xml, sizeof xml, XML, number, date, subject);

    need_ok(&l->f,
            vt_doc_parse(l->engine, l->f.arena, xml, (size_t)n, "thử.xml", NULL, l->f.list, &doc));
    return doc;
}

/* Keeps the document as it is written with its number: its source. */
static vt_status make(void *ctx, const vt_allotted *allotted, vt_findings *list,
                      vt_issued_files *out) {
    static vt_buf source;
    vt_status st = vt_doc_set_number(ctx, allotted->number, list);

    vt_buf_free(&source);
    vt_buf_init(&source, 1 << 20);
    if (!st)
        st = vt_doc_write(ctx, &source, list);
    *out = (vt_issued_files){.pdf = "%PDF",
                             .pdf_len = 4,
                             .source = source.data,
                             .source_len = source.len,
                             .pages = 1,
                             .designation = allotted->number};
    return st;
}

static void issue(library *l, const char *date, const char *subject) {
    vt_doc *doc = parse(l, "", date, subject);
    vt_record *record;
    bool existing;
    vt_meta meta;

    need_ok(&l->f, vt_pack_choose(l->engine, doc, l->f.list, &l->pack));
    need_ok(&l->f, vt_meta_extract(l->f.arena, l->pack, doc, l->f.list, &meta));
    const vt_issue q = {
        .meta = &meta, .book = "cong-van", .period = "year", .pack_hash = "", .key = subject};
    need_ok(&l->f, vt_records_issue(l->f.records, &q, make, doc, l->f.arena, l->f.list, &record,
                                    &existing));
}

static void open_library(library *l) {
    const vt_engine_options o = {.data = "."};

    *l = (library){0};
    fixture_open(&l->f, false);
    need_ok(&l->f, vt_engine_open(&o, l->f.list, &l->engine));
    issue(l, "2026-03-10", "việc thứ nhất");
    issue(l, "2026-03-12", "việc thứ hai");
    issue(l, "2026-03-16", "việc thứ ba");
    need_ok(&l->f, vt_records_facts(l->f.records, l->f.arena, l->f.list, &l->facts));
}

static void close_library(library *l) {
    vt_engine_free(l->engine);
    fixture_end(&l->f);
}

static vt_fact_number number_of(library *l, vt_doc *doc) {
    vt_fact_number n = {0};

    assert_true(l->facts.number(l->facts.context, l->pack, doc, &n));
    return n;
}

static void a_number_is_this_documents_or_anothers(void **state) {
    vt_fact_number n;
    library l;
    (void)state;
    open_library(&l);
    n = number_of(&l, parse(&l, " value='2'", "2026-03-12", "việc thứ hai"));
    assert_int_equal(n.used, VT_FALSE);
    assert_int_equal(n.allotted, VT_TRUE);
    assert_int_equal(n.before.day, 10);
    assert_int_equal(n.after.day, 16);
    n = number_of(&l, parse(&l, " value='2'", "2026-03-12", "việc khác hẳn"));
    assert_int_equal(n.used, VT_TRUE);
    assert_int_equal(n.allotted, VT_FALSE);
    assert_non_null(strstr(n.holder, "12/03/2026, việc thứ hai"));
    n = number_of(&l, parse(&l, " value='7'", "2026-03-12", "việc khác hẳn"));
    assert_int_equal(n.used, VT_FALSE);
    assert_int_equal(n.allotted, VT_FALSE);
    /* the same number of another year is another number */
    n = number_of(&l, parse(&l, " value='2'", "2025-03-12", "việc khác hẳn"));
    assert_int_equal(n.used, VT_FALSE);
    close_library(&l);
}

static void a_twin_is_told_in_words(void **state) {
    library l;
    (void)state;
    open_library(&l);
    vt_doc *other = parse(&l, " value='3'", "2026-03-16", "việc khác hẳn");
    assert_non_null(strstr(l.facts.twin(l.facts.context, l.pack, other), "việc thứ ba"));
    vt_doc *self = parse(&l, " value='3'", "2026-03-16", "việc thứ ba");
    assert_null(l.facts.twin(l.facts.context, l.pack, self));
    close_library(&l);
}

static void of_what_it_has_not_it_knows_nothing(void **state) {
    vt_fact_number n;
    library l;
    size_t count = 0;
    (void)state;
    open_library(&l);
    assert_false(
        l.facts.number(l.facts.context, l.pack, parse(&l, "", "2026-03-20", "chưa có số"), &n));
    assert_string_equal(l.facts.names(l.facts.context, &count)[0], "Ủy ban nhân dân xã Suối Trầu");
    assert_int_equal(count, 1);
    assert_int_equal(l.facts.today.month, 11);
    close_library(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_this_documents_or_anothers),
        cmocka_unit_test(a_twin_is_told_in_words),
        cmocka_unit_test(of_what_it_has_not_it_knows_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
