/*
 * tests/gen/test_read.c - reading and writing: the real cases, the round trip,
 * folding of white space, limits, and every bad input of tests/regress/bad with
 * the findings that stand beside it in NAME.expected.
 */
#include "base/base.h"
#include "gen/gen.h"
#include "tests/gen/help.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#define HEAD                                                                                       \
    "<document xmlns=\"urn:vanthu:document:1\" system=\"state\" type=\"cong-van\">"                \
    "<issuer abbr=\"UBND\"><name>UBND xã Thạch Bình</name></issuer>"
#define WITH(body) HEAD "<body>" body "</body></document>"

/* One reading with all that it needs. */
typedef struct reading {
    vt_arena *arena;
    vt_findings *list;
    vt_doc *doc;
    vt_status status;
} reading;

static reading parsed(const char *xml, size_t len) {
    reading r = {vt_arena_new((size_t)1 << 30), vt_findings_new(), NULL, VT_OK};

    r.status = vt_doc_parse(NULL, r.arena, xml, len, "x.xml", NULL, r.list, &r.doc);
    return r;
}

static void done(reading *r) {
    vt_findings_free(r->list);
    vt_arena_free(r->arena);
}

static void refused(const char *xml, size_t len, const char *id) {
    reading r = parsed(xml, len);

    assert_int_equal(r.status, VT_BAD);
    assert_null(r.doc);
    assert_int_equal(vt_findings_count(r.list), 1);
    assert_string_equal(vt_findings_at(r.list, 0)->id, id);
    done(&r);
}

/* ---------------------------------------------------------------- cases -- */

static void cases_are_read(void **state) {
    char *paths[64];
    size_t n = help_cases(paths, 64);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        vt_arena *arena = vt_arena_new((size_t)64 << 20);
        vt_findings *list = vt_findings_new();
        vt_doc *doc = NULL;

        if (vt_doc_read(NULL, arena, paths[i], list, &doc) != VT_OK)
            fail_msg("%s: %s", paths[i], help_findings(list));
        assert_int_equal(vt_findings_count(list), 0);
        help_round_trip(doc);
        vt_findings_free(list);
        vt_arena_free(arena);
        free(paths[i]);
    }
    if (!n)
        skip();
}

/* ------------------------------------------------------------ bad inputs -- */

static void bad_inputs(void **state) {
    char *paths[256], expected_path[512];
    size_t n = help_files("tests/regress/bad", ".xml", paths, 256);

    (void)state;
    assert_true(n > 100);
    for (size_t i = 0; i < n; i++) {
        vt_arena *arena = vt_arena_new((size_t)64 << 20);
        vt_findings *list = vt_findings_new();
        vt_doc *doc = NULL;
        vt_status st = vt_doc_read(NULL, arena, paths[i], list, &doc);
        vt_buf expected;

        vt_buf_init(&expected, 1 << 20);
        snprintf(expected_path, sizeof expected_path, "%.*s.expected", (int)strlen(paths[i]) - 4,
                 paths[i]);
        assert_int_equal(vt_file_read(expected_path, 1 << 20, &expected, list), VT_OK);
        if (strcmp(expected.data, help_findings(list)) != 0)
            fail_msg("%s\nexpected %sfound    %s", paths[i], expected.data, help_findings(list));
        assert_int_equal(st, vt_findings_errors(list) ? VT_BAD : VT_OK);
        assert_true((doc != NULL) == (st == VT_OK));
        vt_buf_free(&expected);
        vt_findings_free(list);
        vt_arena_free(arena);
        free(paths[i]);
    }
}

/* --------------------------------------------------------------- folding -- */

static void white_space(void **state) {
    static const char *const table[][2] = {
        {"<p>a b</p>", "<p>a b</p>"},
        {"<p>\n  a\t\n b  </p>", "<p>a b</p>"},
        {"<p>a <b> b</b></p>", "<p>a <b>b</b></p>"},
        {"<p>a<b> b</b></p>", "<p>a<b> b</b></p>"},
        {"<p>a <b>b </b> c</p>", "<p>a <b>b </b>c</p>"},
        {"<p><b>a </b> </p>", "<p><b>a</b></p>"},
        {"<p> <b> a</b></p>", "<p><b>a</b></p>"},
        {"<p>a<b> </b>b</p>", "<p>a<b> </b>b</p>"},
        {"<p>a <b/> b</p>", "<p>a <b/>b</p>"},
        {"<p>a <br/> b</p>", "<p>a<br/>b</p>"},
        {"<p>a <b>x <br/> y</b></p>", "<p>a <b>x<br/>y</b></p>"},
        {"<p>a <footnote> n  m </footnote> b</p>", "<p>a <footnote>n m</footnote> b</p>"},
        {"<p>a\xC2\xA0\xE2\x80\xAF"
         "b\xE3\x80\x80</p>",
         "<p>a b</p>"},
        {"<p>a<!-- c -->b<?p i?>c<![CDATA[<d> &]]></p>", "<p>abc&lt;d&gt; &amp;</p>"},
        {"<p>&#x20;a&#13;&#10;b]]&gt;</p>", "<p>a b]]&gt;</p>"},
        {"<line label=\"  a \t b \">x</line>", "<line label=\"a b\">x</line>"},
        {"<line label=\"&quot;a&quot; &amp; &lt;b>\">x</line>",
         "<line label=\"&quot;a&quot; &amp; &lt;b&gt;\">x</line>"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char xml[1024], wanted[1024];
        reading r;
        vt_buf out;
        const char *body;

        snprintf(xml, sizeof xml, WITH("%s"), table[i][0]);
        snprintf(wanted, sizeof wanted, "<body>\n    %s\n  </body>", table[i][1]);
        r = parsed(xml, strlen(xml));
        if (r.status)
            fail_msg("%s: %s", table[i][0], help_findings(r.list));
        vt_buf_init(&out, 1 << 20);
        assert_int_equal(vt_doc_write(r.doc, &out, r.list), VT_OK);
        body = strstr(out.data, "<body>");
        assert_non_null(body);
        if (strncmp(body, wanted, strlen(wanted)) != 0)
            fail_msg("%s gives %s", table[i][0], body);
        help_round_trip(r.doc);
        vt_buf_free(&out);
        done(&r);
    }
}

static void lists_in_items(void **state) {
    static const char xml[] = WITH("<list><item> Gồm: <list mark=\"+\"><item>một</item></list>\n"
                                   "</item><item><p>hai</p><p>ba</p></item></list>");
    static const char wanted[] = "    <list>\n"
                                 "      <item>Gồm:\n"
                                 "        <list mark=\"+\">\n"
                                 "          <item>một</item>\n"
                                 "        </list>\n"
                                 "      </item>\n"
                                 "      <item>\n"
                                 "        <p>hai</p>\n"
                                 "        <p>ba</p>\n"
                                 "      </item>\n"
                                 "    </list>\n";
    reading r = parsed(xml, sizeof xml - 1);
    vt_buf out;

    (void)state;
    assert_int_equal(r.status, VT_OK);
    vt_buf_init(&out, 1 << 20);
    assert_int_equal(vt_doc_write(r.doc, &out, r.list), VT_OK);
    assert_non_null(strstr(out.data, wanted));
    help_round_trip(r.doc);
    vt_buf_free(&out);
    done(&r);
}

/* --------------------------------------------------------------- Unicode -- */

static void nfc_at_the_door(void **state) {
    static const char nfd[] = WITH("<line label=\"Đi\xCC\xA3"
                                   "a điê\xCC\x89m\">Ti\xCC\x89nh u\xCC\x89y</line>");
    static const char nfc[] = WITH("<line label=\"Địa điểm\">Tỉnh ủy</line>");
    reading a = parsed(nfd, sizeof nfd - 1), b = parsed(nfc, sizeof nfc - 1);

    (void)state;
    assert_int_equal(a.status, VT_OK);
    assert_int_equal(b.status, VT_OK);
    assert_true(vt_doc_equal(a.doc, b.doc));
    done(&a);
    done(&b);
}

static void byte_order_mark(void **state) {
    static const char xml[] = "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>" WITH("<p>a</p>");
    reading r = parsed(xml, sizeof xml - 1);

    (void)state;
    assert_int_equal(r.status, VT_OK);
    done(&r);
}

/* ---------------------------------------------------------------- limits -- */

static char *repeated(const char *head, const char *piece, size_t n, const char *tail,
                      size_t *len) {
    size_t h = strlen(head), p = strlen(piece), t = strlen(tail);
    char *text = malloc(h + n * p + t + 1), *to = text;

    assert_non_null(text);
    to += sprintf(to, "%s", head);
    for (size_t i = 0; i < n; i++, to += p)
        memcpy(to, piece, p);
    memcpy(to, tail, t + 1);
    *len = h + n * p + t;
    return text;
}

/* clause in clause below document and body: `levels` elements in all. */
static reading nested(size_t levels) {
    size_t opened, closed, len;
    char *open = repeated(HEAD "<body>", "<clause>", levels - 3, "<p>a</p>", &opened);
    char *close = repeated("", "</clause>", levels - 3, "</body></document>", &closed);
    char *xml = repeated(open, close, 1, "", &len);
    reading r = parsed(xml, len);

    free(open);
    free(close);
    free(xml);
    return r;
}

static void depth(void **state) {
    reading r = nested(VT_MAX_DEPTH);

    (void)state;
    assert_int_equal(r.status, VT_OK);
    done(&r);
    r = nested(VT_MAX_DEPTH + 1);
    assert_int_equal(r.status, VT_BAD);
    assert_string_equal(vt_findings_at(r.list, 0)->id, "XML-05");
    done(&r);
    r = nested(200000); /* no deeper than the limit is ever built */
    assert_int_equal(r.status, VT_BAD);
    assert_string_equal(vt_findings_at(r.list, 0)->id, "XML-05");
    done(&r);
}

static void nodes(void **state) {
    size_t len;
    char *xml = repeated(HEAD "<body><p>", "<b/>", VT_MAX_NODES, "</p></body></document>", &len);

    (void)state;
    refused(xml, len, "XML-06");
    free(xml);
}

static void attributes(void **state) {
    size_t len;
    char *xml = repeated("<document", " a=''", 500000, "/>", &len);

    (void)state;
    refused(xml, len, "XML-07");
    free(xml);
}

static void lines_beyond_65535(void **state) {
    size_t len;
    char *xml = repeated(HEAD "<body>", "\n", 100000, "<p>a</p><q/></body></document>", &len);
    reading r = parsed(xml, len);

    (void)state;
    assert_int_equal(r.status, VT_BAD);
    assert_int_equal(vt_findings_at(r.list, 0)->place.line, 100001);
    done(&r);
    free(xml);
    xml = repeated(HEAD "<body>", "\n", 100000, "<p>a</q></body></document>", &len);
    r = parsed(xml, len);
    assert_int_equal(vt_findings_at(r.list, 0)->place.line, 100001);
    done(&r);
    free(xml);
}

/* A document of nothing but errors is left after some, not looked at for hours. */
static void many_findings(void **state) {
    static const char *const pieces[] = {"<p><q/></p>",
                                         "<p/>",
                                         "<p x='1'>a</p>",
                                         "<row/>",
                                         "a<p>b</p>",
                                         "<p>\xE2\x80\x8B</p>",
                                         "<p>\xC6\xB0\xCC\x86</p>"};

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        size_t len, count;
        char *xml = repeated(HEAD "<body>", pieces[i], 20000, "</body></document>", &len);
        reading r = parsed(xml, len);

        count = vt_findings_count(r.list);
        assert_int_equal(r.status, VT_BAD);
        assert_in_range(count, 200, 210);
        assert_string_equal(vt_findings_at(r.list, count - 1)->id, "XML-32");
        done(&r);
        free(xml);
    }
}

static void issuers_and_signers(void **state) {
    size_t len, heads;
    char *issuers =
        repeated("<document xmlns='urn:vanthu:document:1' system='state' type='cong-van'>",
                 "<issuer abbr='A'><name>a</name></issuer>", 20000,
                 "<issuer abbr='Z'><name>a</name></issuer><body><p>a</p></body>", &heads);
    char *xml = repeated(issuers, "<signature role='Z'><position>a</position></signature>", 20000,
                         "</document>", &len);

    (void)state;
    reading r = parsed(xml, len);
    assert_string_equal(vt_findings_at(r.list, 0)->id, "XML-06");
    done(&r);
    free(issuers);
    free(xml);
}

/* Names that differ, within something unknown or as namespaces. */
static void many_names(void **state) {
    static const char *const forms[] = {"<p xmlns:a%d='urn:x'>a</p>", "<e%d/>"};

    (void)state;
    for (int i = 0; i < 2; i++) {
        vt_buf xml;
        reading r;

        vt_buf_init(&xml, 1 << 24);
        vt_buf_printf(&xml, "%s<body>%s", HEAD, i ? "<q>" : "");
        for (int n = 0; n < 50000; n++)
            vt_buf_printf(&xml, forms[i], n);
        vt_buf_puts(&xml, i ? "</q></body></document>" : "</body></document>");
        r = parsed(xml.data, xml.len);
        assert_int_equal(r.status, VT_BAD);
        assert_string_equal(vt_findings_at(r.list, (size_t)i)->id, "XML-07");
        done(&r);
        vt_buf_free(&xml);
    }
}

/* Namespaces nobody uses do not matter, however odd. */
static void odd_namespace(void **state) {
    static const char xml[] =
        "<v:document xmlns:v='urn:vanthu:document:1' xmlns:x='not a URI' system='state' "
        "type='cong-van'><v:issuer><v:name>a</v:name></v:issuer><v:body><v:p>a</v:p></v:body>"
        "</v:document>";
    reading r = parsed(xml, sizeof xml - 1);

    (void)state;
    assert_int_equal(r.status, VT_OK);
    done(&r);
}

/* A finding names the line where its tag or text begins. */
static void lines_of_tags_and_text(void **state) {
    static const char xml[] = "<?xml version=\"1.0\"?>\n"
                              "<!-- two\n lines -->\n" HEAD "\n"
                              "<body>\n"
                              "<p\n"
                              " style=\"x\"\n" /* 7 */
                              ">a</p>\n"
                              "<!-- c\n -->\n" /* 9, 10 */
                              "<p>one\n two \xE2\x80\x8B\n</p>\n"
                              "<?p i\n?><q/>\n"
                              "</body></document>";
    static const struct {
        const char *id;
        int line;
    } wanted[] = {{"XML-11", 6}, {"XML-10", 15}, {"XML-21", 11}};
    reading r = parsed(xml, sizeof xml - 1);

    (void)state;
    assert_int_equal(vt_findings_count(r.list), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(vt_findings_at(r.list, i)->id, wanted[i].id);
        assert_int_equal(vt_findings_at(r.list, i)->place.line, wanted[i].line);
    }
    done(&r);
}

/* A file of 1 GB is refused by its size, unread. */
static void huge_file(void **state) {
    const char *folder = getenv("TMP");
    char path[4096];
    vt_arena *arena = vt_arena_new((size_t)64 << 20);
    vt_findings *list = vt_findings_new();
    vt_doc *doc = NULL;
    clock_t start;
    int fd;

    (void)state;
    snprintf(path, sizeof path, "%s/vanthu-huge-%ld.xml", folder ? folder : "/tmp", (long)getpid());
    fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)1 << 30), 0);
    close(fd);
    start = clock();
    assert_int_equal(vt_doc_read(NULL, arena, path, list, &doc), VT_BAD);
    assert_true(clock() - start < CLOCKS_PER_SEC / 5);
    unlink(path);
    vt_findings_free(list);
    vt_arena_free(arena);
    refused("", (size_t)VT_MAX_INPUT_BYTES + 1, "XML-04"); /* the bytes are not looked at */
}

/* A prefix of a document is never one; nothing is read behind its end. */
static void cut_anywhere(void **state) {
    static const char xml[] = WITH("<p a=\"x\">Đ&amp;<![CDATA[x]]><!-- c --></p>");

    (void)state;
    for (size_t n = 0; n < sizeof xml - 1; n++) {
        char *copy = malloc(n + 1); /* exact, for the sanitizers */
        reading r;

        assert_non_null(copy);
        memcpy(copy, xml, n);
        r = parsed(copy, n);
        assert_int_equal(r.status, VT_BAD);
        assert_true(vt_findings_errors(r.list) > 0);
        done(&r);
        free(copy);
    }
}

/* With too little memory reading fails, and says so. */
static void little_memory(void **state) {
    static const char xml[] = WITH("<table><row><cell><p>o\xCC\xA3</p></cell></row></table>");
    bool succeeded = false;

    (void)state;
    for (size_t ceiling = 64; !succeeded; ceiling += 64) {
        vt_arena *arena = vt_arena_new(ceiling);
        vt_findings *list = vt_findings_new();
        vt_doc *doc = NULL;
        vt_status st = vt_doc_parse(NULL, arena, xml, sizeof xml - 1, "x", NULL, list, &doc);

        succeeded = st == VT_OK;
        if (!succeeded) {
            assert_int_equal(st, VT_FAIL);
            assert_null(doc);
            assert_int_equal(vt_findings_errors(list), 1);
        }
        vt_findings_free(list);
        vt_arena_free(arena);
        assert_true(ceiling < (1 << 20));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_read),
        cmocka_unit_test(bad_inputs),
        cmocka_unit_test(white_space),
        cmocka_unit_test(lists_in_items),
        cmocka_unit_test(nfc_at_the_door),
        cmocka_unit_test(byte_order_mark),
        cmocka_unit_test(depth),
        cmocka_unit_test(nodes),
        cmocka_unit_test(attributes),
        cmocka_unit_test(lines_beyond_65535),
        cmocka_unit_test(lines_of_tags_and_text),
        cmocka_unit_test(many_findings),
        cmocka_unit_test(issuers_and_signers),
        cmocka_unit_test(odd_namespace),
        cmocka_unit_test(many_names),
        cmocka_unit_test(huge_file),
        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(little_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
