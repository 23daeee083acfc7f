/*
 * Models and merging: the golden cases of tests/regress/merge, the models that
 * are delivered with their sample data, and what a failing record leaves behind.
 *
 * A golden case is a folder with model.xml, perhaps data.csv, .json or .xml, and
 * expected.txt: what opening the model finds, then for each record the document
 * or what was found.  With VT_REGRESS_WRITE set the files are written anew, to
 * be read over before they are committed.
 */
#include "gen/data.h"
#include "gen/model.h"
#include "tests/gen/help.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>

#define MERGE_FOLDER "tests/regress/merge"

static void print_findings(vt_buf *out, vt_findings *list) {
    for (size_t i = 0; i < vt_findings_count(list); i++) {
        static const char *const word[] = {"info", "warning", "error"};
        const vt_finding *f = vt_findings_at(list, i);
        const char *slash = strrchr(f->place.file, '/');
        vt_buf_printf(out, "%s %s %s:%d %s\n    %s\n", word[f->severity], f->id,
                      slash ? slash + 1 : f->place.file, f->place.line,
                      f->place.path ? f->place.path : "-", f->message);
        if (f->remedy)
            vt_buf_printf(out, "    -> %s\n", f->remedy);
    }
    vt_findings_clear(list);
}

/* ---------------------------------------------------------- golden cases -- */

static void print_record(vt_buf *out, vt_model *model, const vt_data *data, size_t record,
                         vt_arena *arena, vt_findings *list) {
    vt_doc *doc = NULL;
    vt_arena_reset(arena);
    vt_status st = vt_merge(model, data, record, arena, list, &doc);
    vt_buf_printf(out, "== record %zu, line %d: status %d\n", record + 1,
                  vt_data_line(data, record), st);
    assert_int_equal(st == VT_OK, doc != NULL); /* never half a letter */
    print_findings(out, list);
    if (!doc)
        return;
    vt_buf xml;
    vt_buf_init(&xml, 1 << 20);
    assert_int_equal(vt_doc_write(doc, &xml, list), VT_OK);
    vt_buf_puts(out, xml.data);
    vt_doc *again = NULL; /* what was merged is what would be read */
    assert_int_equal(vt_doc_parse(NULL, arena, xml.data, xml.len, "x", NULL, list, &again), VT_OK);
    assert_true(vt_doc_equal(doc, again));
    vt_buf_free(&xml);
}

static vt_data *open_data(const char folder[256], vt_findings *list, vt_buf *out) {
    static const char *const formats[] = {"csv", "json", "xml"};
    for (size_t i = 0; i < 3; i++) {
        char path[512];
        vt_data *data = NULL;
        snprintf(path, sizeof path, "%s/data.%s", folder, formats[i]);
        FILE *there = fopen(path, "rb");
        if (!there)
            continue;
        fclose(there);
        vt_status st = vt_data_open(path, list, &data);
        vt_buf_printf(out, "data: status %d\n", st);
        print_findings(out, list);
        return data;
    }
    return NULL;
}

static void run_case(const char folder[256], vt_buf *out) {
    char path[512];
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new((size_t)16 << 20);
    vt_model *model = NULL;
    snprintf(path, sizeof path, "%s/model.xml", folder);
    vt_status st = vt_model_open(NULL, path, list, &model);
    vt_buf_printf(out, "model: status %d\n", st);
    print_findings(out, list);
    vt_data *data = st ? NULL : open_data(folder, list, out);
    for (size_t i = 0; data && i < vt_data_count(data); i++)
        print_record(out, model, data, i, arena, list);
    vt_data_free(data);
    vt_model_free(model);
    vt_arena_free(arena);
    vt_findings_free(list);
}

static void compare(const char folder[256], const vt_buf *got) {
    char path[512];
    vt_buf expected;
    vt_findings *list = vt_findings_new();
    snprintf(path, sizeof path, "%s/expected.txt", folder);
    vt_buf_init(&expected, 1);
    if (getenv("VT_REGRESS_WRITE"))
        assert_int_equal(vt_file_write(path, got->data, got->len, false, list), VT_OK);
    assert_int_equal(vt_file_read(path, 1 << 20, &expected, list), VT_OK);
    if (strcmp(expected.data, got->data) != 0)
        fail_msg("%s differs; now:\n%s", path, got->data);
    vt_buf_free(&expected);
    vt_findings_free(list);
}

static void test_golden(void **state) {
    static const char *const cases[] = {
        "lines",   "markup",    "empty",           "functions",       "lists",        "faults",
        "runaway", "bad-names", "bad-expressions", "bad-declaration", "bad-structure"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char folder[256];
        vt_buf out;
        vt_buf_init(&out, 1 << 20);
        snprintf(folder, sizeof folder, MERGE_FOLDER "/%s", cases[i]);
        run_case(folder, &out);
        assert_false(vt_buf_failed(&out));
        compare(folder, &out);
        vt_buf_free(&out);
    }
}

/* ------------------------------------------------------ delivered models -- */

static const struct {
    const char *model, *data;
    size_t records;
} delivered[] = {
    {"state/cong-van", "cong-van.csv", 1},
    {"state/giay-moi", "giay-moi.csv", 20},
    {"state/ke-hoach", "ke-hoach.json", 1},
    {"state/chuong-trinh", "chuong-trinh.json", 1},
    {"state/quyet-dinh", "quyet-dinh.xml", 1},
    {"state/thong-bao", "thong-bao.csv", 1},
    {"state/nghi-quyet", "nghi-quyet.xml", 1},
    {"state/bao-cao", "bao-cao.json", 1},
    {"state/to-trinh", "to-trinh.json", 1},
    {"state/bien-ban", "bien-ban.json", 1},
    {"state/giay-gioi-thieu", "giay-gioi-thieu.csv", 3},
    {"party/cong-van", "dang-cong-van.csv", 1},
    {"party/ke-hoach", "dang-ke-hoach.json", 1},
    {"party/chuong-trinh", "dang-chuong-trinh.json", 1},
    {"party/quyet-dinh", "dang-quyet-dinh.json", 1},
    {"party/thong-bao", "dang-thong-bao.csv", 1},
    {"party/nghi-quyet", "dang-nghi-quyet.json", 1},
    {"party/bao-cao", "dang-bao-cao.json", 1},
    {"party/to-trinh", "dang-to-trinh.json", 1},
    {"party/bien-ban", "dang-bien-ban.json", 1},
    {"party/giay-moi", "dang-giay-moi.csv", 3},
    {"youth/cong-van", "doan-cong-van.csv", 1},
    {"youth/ke-hoach", "doan-ke-hoach.json", 1},
    {"youth/giay-moi", "doan-giay-moi.csv", 3},
};
#define DELIVERED (sizeof delivered / sizeof *delivered)

static void open_delivered(size_t i, vt_findings *list, vt_model **model, vt_data **data) {
    char path[256];
    snprintf(path, sizeof path, "templates/%s.xml", delivered[i].model);
    if (vt_model_open(NULL, path, list, model) != VT_OK)
        fail_msg("%s: %s", path, vt_findings_at(list, 0)->message);
    snprintf(path, sizeof path, "templates/examples/%s", delivered[i].data);
    if (vt_data_open(path, list, data) != VT_OK)
        fail_msg("%s: %s", path, vt_findings_at(list, 0)->message);
}

/* A model's documents must pass the checker without a word. */
static void test_delivered_models(void **state) {
    vt_engine *engine = *state;
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new((size_t)64 << 20);
    for (size_t i = 0; i < DELIVERED; i++) {
        vt_model *model;
        vt_data *data;
        open_delivered(i, list, &model, &data);
        assert_int_equal(vt_data_count(data), delivered[i].records);
        for (size_t r = 0; r < delivered[i].records; r++) {
            vt_doc *doc = NULL;
            const vt_pack *pack = NULL;
            vt_arena_reset(arena);
            if (!vt_merge(model, data, r, arena, list, &doc) &&
                !vt_doc_set_date(doc, (vt_date){2026, 11, 18}, list) &&
                !vt_pack_choose(engine, doc, list, &pack))
                assert_int_equal(vt_check(engine, pack, doc, list), VT_OK);
            if (vt_findings_count(list))
                fail_msg("%s: %s", delivered[i].model, vt_findings_at(list, 0)->message);
            assert_non_null(pack);
        }
        vt_data_free(data);
        vt_model_free(model);
    }
    vt_arena_free(arena);
    vt_findings_free(list);
}

static void check_labels(vt_arena *arena, const char *model, const vt_field *fields, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(vt_data_name(arena, fields[i].label), fields[i].name) != 0)
            fail_msg("%s: label “%s” is not the header of %s", model, fields[i].label,
                     fields[i].name);
        check_labels(arena, model, fields[i].fields, fields[i].field_count);
    }
}

enum { MODELS_MAX = 200 };

static size_t all_models(char **paths) {
    static const char *const folders[] = {"templates/state", "templates/party", "templates/youth"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        n += help_files(folders[i], ".xml", paths + n, MODELS_MAX - n);
    assert_true(n > 50);
    return n;
}

/* A form's labels can be typed as the headers of a table: in every model. */
static void test_labels_are_headers(void **state) {
    char *paths[MODELS_MAX];

    (void)state;
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new(1 << 20);
    size_t count = all_models(paths);
    for (size_t i = 0; i < count; i++) {
        vt_model *model = NULL;
        const vt_field *fields;
        if (vt_model_open(NULL, paths[i], list, &model) != VT_OK || vt_findings_count(list))
            fail_msg("%s: %s", paths[i], vt_findings_at(list, 0)->message);
        size_t n = vt_model_fields(model, &fields);
        assert_true(n >= 8);
        check_labels(arena, paths[i], fields, n);
        vt_model_free(model);
        free(paths[i]);
    }
    vt_arena_free(arena);
    vt_findings_free(list);
}

static void test_declaration_for_forms(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    vt_model *model = NULL;
    const vt_field *f = NULL;
    assert_int_equal(vt_model_open(NULL, "templates/state/ke-hoach.xml", list, &model), VT_OK);
    size_t n = vt_model_fields(model, &f), i = 0;
    while (i < n && strcmp(f[i].name, "nhiem-vu") != 0)
        i++;
    assert_true(i < n);
    assert_int_equal(f[i].kind, VT_FIELD_LIST);
    assert_true(f[i].required);
    assert_string_equal(f[i].label, "Nhiệm vụ");
    assert_int_equal(f[i].field_count, 5);
    assert_string_equal(f[i].fields[4].name, "thoi-han");
    assert_int_equal(f[i].fields[4].kind, VT_FIELD_DATE);
    assert_false(f[i].fields[4].required);
    vt_model_free(model);
    assert_int_equal(vt_model_open(NULL, "templates/state/cong-van.xml", list, &model), VT_OK);
    n = vt_model_fields(model, &f);
    for (i = 0; i < n && strcmp(f[i].name, "muc-khan") != 0;)
        i++;
    assert_int_equal(f[i].choice_count, 3);
    assert_string_equal(f[i].choices[2], "hoa-toc");
    vt_model_free(model);
    vt_findings_free(list);
}

/* What stands between ``` and ``` of a manual, from its first word on. */
static void manual_block(const vt_buf *manual, const char *first, vt_buf *out) {
    const char *at = strstr(manual->data, first), *end = at ? strstr(at, "```") : NULL;
    assert_non_null(end);
    vt_buf_add(out, at, (size_t)(end - at));
}

/* The small model of docs/models.md does what the manual says. */
static void test_manual(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new(1 << 20);
    vt_model *model = NULL;
    vt_data *data = NULL;
    vt_doc *doc = NULL;
    vt_buf manual, xml, csv;
    vt_buf_init(&manual, 1);
    vt_buf_init(&xml, 100000);
    vt_buf_init(&csv, 100000);
    assert_int_equal(vt_file_read("docs/models.md", 1 << 20, &manual, list), VT_OK);
    manual_block(&manual, "<?xml version", &xml);
    manual_block(&manual, "Khách mời;", &csv);
    assert_int_equal(vt_model_parse(xml.data, xml.len, "m.xml", list, &model), VT_OK);
    assert_int_equal(vt_data_parse("csv", csv.data, csv.len, "d.csv", list, &data), VT_OK);
    assert_int_equal(vt_data_count(data), 2);
    assert_int_equal(vt_merge(model, data, 0, arena, list, &doc), VT_OK);
    const char *text = vt_node_text(arena, doc->root, 0);
    assert_non_null(strstr(text, "8 giờ 00, ngày 27 tháng 11 năm 2026"));
    assert_int_equal(vt_findings_count(list), 0);
    vt_data_free(data);
    vt_model_free(model);
    vt_buf_free(&manual);
    vt_buf_free(&xml);
    vt_buf_free(&csv);
    vt_arena_free(arena);
    vt_findings_free(list);
}

static void silent(void *user, xmlError *error) {
    (void)user;
    (void)error;
}

static bool fits_schema(xmlRelaxNG *schema, const char *path) {
    xmlDoc *doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
    xmlRelaxNGValidCtxt *ctxt = xmlRelaxNGNewValidCtxt(schema);
    assert_non_null(doc);
    xmlRelaxNGSetValidStructuredErrors(ctxt, silent, NULL);
    int wrong = xmlRelaxNGValidateDoc(ctxt, doc);
    xmlRelaxNGFreeValidCtxt(ctxt);
    xmlFreeDoc(doc);
    return wrong == 0;
}

/* What editors are told about models is what the program takes. */
static void test_schema_of_models(void **state) {
    static const struct {
        const char *name;
        bool good;
    } cases[] = {{"lines", true},
                 {"functions", true},
                 {"lists", true},
                 {"bad-declaration", false},
                 {"bad-structure", false}};
    char path[512], *paths[MODELS_MAX];
    (void)state;
    xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt("templates/schema/model.rng");
    xmlRelaxNG *schema = xmlRelaxNGParse(parser);
    assert_non_null(schema);
    size_t count = all_models(paths);
    for (size_t i = 0; i < count; i++) {
        if (!fits_schema(schema, paths[i]))
            fail_msg("%s does not fit model.rng", paths[i]);
        free(paths[i]);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(path, sizeof path, MERGE_FOLDER "/%s/model.xml", cases[i].name);
        assert_int_equal(fits_schema(schema, path), cases[i].good);
    }
    xmlRelaxNGFree(schema);
    xmlRelaxNGFreeParserCtxt(parser);
}

/* ------------------------------------------------------------- behaviour -- */

/* Arenas of every size: either a document or VT_FAIL, and the next is whole. */
static void test_small_arenas(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    vt_model *model;
    vt_data *data;
    size_t failed = 0, made = 0;
    open_delivered(0, list, &model, &data);
    for (size_t ceiling = 64; made < 2; ceiling += ceiling / 8 + 64) {
        vt_arena *arena = vt_arena_new(ceiling);
        vt_doc *doc = NULL;
        vt_status st = vt_merge(model, data, 0, arena, list, &doc);
        assert_true(st == VT_OK ? doc != NULL : st == VT_FAIL && doc == NULL);
        made += st == VT_OK;
        failed += st == VT_FAIL;
        vt_arena_free(arena);
        vt_findings_clear(list);
    }
    assert_true(failed > 5);
    vt_data_free(data);
    vt_model_free(model);
    vt_findings_free(list);
}

static void append_record(vt_buf *csv, int i) {
    vt_buf_printf(csv, "UBND,Người thứ %d,%s\n", i, i % 100 == 7 ? "31/2/2026" : "27/3/2026");
}

/* 10,000 records: the faulty ones are named, all others made, memory is flat. */
static void test_many_records(void **state) {
    static const char text[] =
        "<document xmlns='urn:vanthu:document:1' xmlns:m='urn:vanthu:merge:1' system='state' "
        "type='giay-moi'><m:fields><m:field name='co-quan' label='Cơ quan'/><m:field "
        "name='khach' label='Khách'/><m:field name='ngay' label='Ngày' kind='date'/></m:fields>"
        "<issuer><name>{{co-quan}}</name></issuer><body><p>{{khach}}, {{ngay(ngay)}}, "
        "{{count(khach)}}</p></body></document>";
    enum { RECORDS = 10000 };
    (void)state;
    vt_findings *list = vt_findings_new();
    vt_model *model = NULL;
    vt_data *data = NULL;
    vt_buf csv;
    vt_buf_init(&csv, VT_MAX_INPUT_BYTES);
    vt_buf_puts(&csv, "Cơ quan,Khách,Ngày\n");
    for (int i = 0; i < RECORDS; i++)
        append_record(&csv, i);
    assert_int_equal(vt_model_parse(text, sizeof text - 1, "m.xml", list, &model), VT_OK);
    assert_int_equal(vt_data_parse("csv", csv.data, csv.len, "d.csv", list, &data), VT_OK);
    vt_arena *arena = vt_arena_new(1 << 16);
    size_t made = 0;
    for (size_t i = 0; i < RECORDS; i++) {
        vt_doc *doc = NULL;
        vt_arena_reset(arena);
        vt_status st = vt_merge(model, data, i, arena, list, &doc);
        assert_int_equal(st, i % 100 == 7 ? VT_BAD : VT_OK);
        made += st == VT_OK;
    }
    assert_int_equal(made, RECORDS - RECORDS / 100);
    assert_int_equal(vt_findings_errors(list), RECORDS / 100);
    assert_non_null(strstr(vt_findings_at(list, 1)->message, "(d.csv, dòng 109)"));
    vt_arena_free(arena);
    vt_buf_free(&csv);
    vt_data_free(data);
    vt_model_free(model);
    vt_findings_free(list);
}

static void test_no_such_record_or_model(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    vt_model *model = NULL;
    vt_data *data = NULL;
    vt_doc *doc = NULL;
    vt_arena *arena = vt_arena_new(1 << 16);
    assert_int_not_equal(vt_model_open(NULL, "/khong/co/mau.xml", list, &model), VT_OK);
    assert_null(model);
    open_delivered(0, list, &model, &data);
    assert_int_equal(vt_merge(model, data, 1, arena, list, &doc), VT_BAD);
    assert_null(doc);
    vt_data_free(data);
    vt_model_free(model);
    vt_arena_free(arena);
    vt_findings_free(list);
}

static int open_engine(void **state) {
    vt_engine *engine = NULL;
    assert_int_equal(vt_engine_open(&(vt_engine_options){.data = "."}, NULL, &engine), VT_OK);
    *state = engine;
    return 0;
}

static int close_engine(void **state) {
    vt_engine_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_delivered_models),
        cmocka_unit_test(test_labels_are_headers),
        cmocka_unit_test(test_declaration_for_forms),
        cmocka_unit_test(test_manual),
        cmocka_unit_test(test_schema_of_models),
        cmocka_unit_test(test_small_arenas),
        cmocka_unit_test(test_many_records),
        cmocka_unit_test(test_no_such_record_or_model),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
