/* Spreadsheets in: what cells hold becomes CSV, row by row; hostile files are refused. */

#include "gen/gen.h"

/* cmocka wants these before its own header */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* --------------------------------------------------------- a ZIP in memory -- */

enum { PARTS = 8 };

typedef struct part {
    const char *path;
    const void *data;
    size_t len;
    enum { STORED, DEFLATED, LOCKED } how;
} part;

typedef struct zip {
    vt_buf bytes, directory;
    int count;
} zip;

static void put16(vt_buf *out, unsigned v) {
    vt_buf_putc(out, (char)(v & 0xFF));
    vt_buf_putc(out, (char)(v >> 8 & 0xFF));
}

static void put32(vt_buf *out, unsigned long v) {
    put16(out, (unsigned)(v & 0xFFFF));
    put16(out, (unsigned)(v >> 16 & 0xFFFF));
}

/* What stands in both headers of a part. */
static void put_facts(vt_buf *out, const part *p, unsigned long crc, size_t packed, size_t says) {
    put16(out, 20);
    put16(out, p->how == LOCKED);
    put16(out, p->how == DEFLATED ? 8 : 0);
    put32(out, 0x21); /* a day of 1980 */
    put32(out, crc);
    put32(out, packed);
    put32(out, says);
    put16(out, (unsigned)strlen(p->path));
    put16(out, 0);
}

static void add_part(zip *z, const part *p) {
    unsigned long crc = crc32(0, p->data, (unsigned)p->len);
    size_t at = z->bytes.len, packed = p->len;
    Bytef *deflated = NULL;

    if (p->how == DEFLATED) {
        z_stream s = {0};
        uLong room = compressBound((uLong)p->len);

        deflated = malloc(room);
        assert_non_null(deflated);
        assert_int_equal(deflateInit2(&s, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
        s.next_in = (Bytef *)(uintptr_t)p->data;
        s.avail_in = (uInt)p->len;
        s.next_out = deflated;
        s.avail_out = (uInt)room;
        assert_int_equal(deflate(&s, Z_FINISH), Z_STREAM_END);
        packed = s.total_out;
        deflateEnd(&s);
    }
    put32(&z->bytes, 0x04034b50);
    put_facts(&z->bytes, p, crc, packed, p->len);
    vt_buf_puts(&z->bytes, p->path);
    vt_buf_add(&z->bytes, p->how == DEFLATED ? (const void *)deflated : p->data, packed);
    put32(&z->directory, 0x02014b50);
    put16(&z->directory, 20);
    put_facts(&z->directory, p, crc, packed, p->len);
    put16(&z->directory, 0);
    put16(&z->directory, 0);
    put16(&z->directory, 0);
    put32(&z->directory, 0);
    put32(&z->directory, at);
    vt_buf_puts(&z->directory, p->path);
    z->count++;
    free(deflated);
}

static void make_zip(zip *z, const part *parts) {
    size_t at;

    z->count = 0;
    vt_buf_init(&z->bytes, (size_t)64 << 20);
    vt_buf_init(&z->directory, 1 << 20);
    for (; parts->path; parts++)
        add_part(z, parts);
    at = z->bytes.len;
    vt_buf_add(&z->bytes, z->directory.data, z->directory.len);
    put32(&z->bytes, 0x06054b50);
    put16(&z->bytes, 0);
    put16(&z->bytes, 0);
    put16(&z->bytes, (unsigned)z->count);
    put16(&z->bytes, (unsigned)z->count);
    put32(&z->bytes, z->directory.len);
    put32(&z->bytes, at);
    put16(&z->bytes, 0);
    vt_buf_free(&z->directory);
    assert_false(vt_buf_failed(&z->bytes));
}

/* -------------------------------------------------------------- a workbook -- */

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define NS " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define WORKBOOK(more)                                                                             \
    HEAD "<workbook" NS                                                                            \
         " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" more  \
         "<sheets><sheet name=\"Sổ\" sheetId=\"1\" r:id=\"rId7\"/><sheet name=\"Khác\" "        \
         "sheetId=\"2\" r:id=\"rId1\"/></sheets></workbook>"
static const char RELATIONS[] =
    HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId7\" "
         "Target=\"worksheets/sheet2.xml\"/></Relationships>";
static const char STYLES[] =
    HEAD "<styleSheet" NS "><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"
         "<numFmt numFmtId=\"165\" formatCode=\"0.0&quot; ngày&quot;\"/><numFmt numFmtId=\"166\" "
         "formatCode=\"dd/mm/yyyy\\ h:mm\"/></numFmts><cellStyleXfs>"
         "<xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
         "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"10\"/><xf "
         "numFmtId=\"20\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>";
static const char STRINGS[] =
    HEAD "<sst" NS "><si><t>Số</t></si><si><r><t>Trích </t></r><r><t>yếu</t></r><rPh><t>x</t></rPh>"
         "</si></sst>";
#define SHEET(rows) HEAD "<worksheet" NS "><sheetData>" rows "</sheetData></worksheet>"

static vt_status read_with(const char *workbook, const char *sheet, size_t sheet_len, vt_buf *out,
                           vt_findings *list) {
    const part parts[PARTS] = {
        {"xl/workbook.xml", workbook, strlen(workbook), STORED},
        {"xl/_rels/workbook.xml.rels", RELATIONS, sizeof RELATIONS - 1, DEFLATED},
        {"xl/styles.xml", STYLES, sizeof STYLES - 1, DEFLATED},
        {"xl/sharedStrings.xml", STRINGS, sizeof STRINGS - 1, DEFLATED},
        {"xl/worksheets/sheet2.xml", sheet, sheet_len, DEFLATED},
    };
    vt_status st;
    zip z;

    make_zip(&z, parts);
    st = vt_xlsx_csv(z.bytes.data, z.bytes.len, "so.xlsx", list, out);
    vt_buf_free(&z.bytes);
    return st;
}

/* `told`: what is warned of, one below the other. */
static void need_told(const char *workbook, const char *sheet, const char *csv, const char *told) {
    vt_findings *list = vt_findings_new();
    vt_buf out, said;

    vt_buf_init(&out, 1 << 20);
    vt_buf_init(&said, 1 << 16);
    if (read_with(workbook, sheet, strlen(sheet), &out, list) != VT_OK)
        fail_msg("%s", vt_findings_at(list, 0)->message);
    assert_string_equal(out.data, csv);
    for (size_t i = 0; i < vt_findings_count(list); i++)
        vt_buf_printf(&said, "%d: %s\n", vt_findings_at(list, i)->place.line,
                      vt_findings_at(list, i)->message);
    assert_string_equal(said.len ? said.data : "", told);
    vt_buf_free(&out);
    vt_buf_free(&said);
    vt_findings_free(list);
}

static void need(const char *workbook, const char *sheet, const char *csv) {
    need_told(workbook, sheet, csv, "");
}

/* A file that is refused, its message holding `words`. */
static void need_words(const void *bytes, size_t len, const char *words) {
    vt_findings *list = vt_findings_new();
    vt_buf out;

    vt_buf_init(&out, 1 << 20);
    assert_int_equal(vt_xlsx_csv(bytes, len, "so.xlsx", list, &out), VT_BAD);
    if (!strstr(vt_findings_at(list, 0)->message, words))
        fail_msg("%s", vt_findings_at(list, 0)->message);
    vt_buf_free(&out);
    vt_findings_free(list);
}

static void need_refusal(const char *sheet, size_t len, const char *id) {
    vt_findings *list = vt_findings_new();
    vt_buf out;

    vt_buf_init(&out, VT_MAX_INPUT_BYTES);
    assert_int_equal(read_with(WORKBOOK(""), sheet, len, &out, list), VT_BAD);
    assert_string_equal(vt_findings_at(list, 0)->id, id);
    vt_buf_free(&out);
    vt_findings_free(list);
}

/* ------------------------------------------------------------------- tests -- */

static void cells(void **state) {
    (void)state;
    need(WORKBOOK(""),
         SHEET("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row>"
               "<row r=\"4\"><c r=\"A4\"><v>152</v></c><c r=\"B4\" s=\"1\"><v>45366</v></c>"
               "<c r=\"C4\" t=\"inlineStr\"><is><t>a \"b\"\nc</t></is></c></row>"
               "<row><c><v>1.5</v></c><c s=\"3\"><v>45366</v></c><c t=\"str\"><f>A1</f><v>x</v></c>"
               "</row>"),
         "\n\"Số\",,\"Trích yếu\"\n\n\"152\",\"15/03/2024\",\"a \"\"b\"\" c\"\n"
         "\"1.5\",\"45366\",\"x\"\n");
    need(WORKBOOK(""), SHEET(""), "");
}

static void days(void **state) {
    (void)state;
    need(WORKBOOK(""),
         SHEET("<row><c s=\"2\"><v>1</v></c><c s=\"2\"><v>59</v></c><c s=\"2\"><v>61</v></c>"
               "<c s=\"2\"><v>36585.75</v></c><c s=\"2\"><v>2958465</v></c><c s=\"2\"><v>0</v></c>"
               "</row>"),
         "\"01/01/1900\",\"28/02/1900\",\"01/03/1900\",\"29/02/2000\",\"31/12/9999\",\"0\"\n");
    need(WORKBOOK("<workbookPr date1904=\"1\"/>"), SHEET("<row><c s=\"2\"><v>43904</v></c></row>"),
         "\"15/03/2024\"\n");
}

/* Numbers as a spreadsheet shows them. */
static void numbers(void **state) {
    (void)state;
    need(WORKBOOK(""),
         SHEET("<row><c><v>4.2999999999999997E-2</v></c><c s=\"4\"><v>4.2999999999999997E-2</v></c>"
               "<c s=\"5\"><v>0.35416666666666669</v></c><c s=\"6\"><v>45366.354166666664</v></c>"
               "<c s=\"5\"><v>0.99999999999</v></c><c><v>1E+20</v></c><c t=\"b\"><v>1</v></c>"
               "<c t=\"d\"><v>2024-03-15T00:00:00</v></c></row>"),
         "\"0.043\",\"4.3%\",\"08:30\",\"15/03/2024 08:30\",\"00:00\",\"1E+20\",\"TRUE\","
         "\"2024-03-15\"\n");
    need(WORKBOOK(""),
         SHEET("<row><c t=\"inlineStr\"><is><t>a_x000D__x000A_b_x0041__x00</t></is></c></row>"),
         "\"a  b_x0041__x00\"\n");
}

#define JOINED(rows, joins)                                                                        \
    HEAD "<worksheet" NS "><sheetData>" rows "</sheetData><mergeCells>" joins                      \
         "</mergeCells></worksheet>"
#define JOIN(ref) "<mergeCell ref=\"" ref "\"/>"
#define CELL(at, text) "<c r=\"" at "\" t=\"str\"><v>" text "</v></c>"

/* Titles and notes over the whole width are no rows of the table; what is left out is told, and
   what stands for more cells than the one it is read in. */
static void joined_cells(void **state) {
    (void)state;
    need_told(WORKBOOK(""),
              JOINED("<row r=\"1\">" CELL("A1", "SỔ") "</row><row r=\"2\">" CELL("A2", "2")
                         CELL("D2", "3") "</row><row r=\"3\">" CELL("A3", "4") "</row>",
                     JOIN("A1:D1") JOIN("A2:C2") JOIN("A3:B3")),
              "\n\"2\",,,\"3\"\n\"4\",,,\n",
              "1: Ô gộp A1:D1 “SỔ” đứng một mình trong hàng: coi là tiêu đề hay ghi chú, không "
              "đọc.\n");
    need_told(WORKBOOK(""),
              JOINED("<row r=\"1\">" CELL("A1", "Số")
                         CELL("B1", "Bản") "</row><row r=\"2\">" CELL("B2", "chính")
                             CELL("C2", "sao") "</row><row r=\"3\">" CELL("A3", "7") "</row>",
                     JOIN("A1:A2") JOIN("B1:C1") JOIN("A3:A9") JOIN("B3:C3")),
              "\"Số\",\"Bản\",\n,\"chính\",\"sao\"\n\"7\",,\n",
              "1: Ô gộp A1:A2 “Số” chỉ được đọc ở ô A1; các ô khác của nó coi là trống.\n"
              "1: Ô gộp B1:C1 “Bản” chỉ được đọc ở ô B1; các ô khác của nó coi là trống.\n");
    need_told(
        WORKBOOK(""),
        JOINED("<row r=\"1\">" CELL("A1", "SỔ") "</row><row r=\"3\">" CELL("A3", "1") "</row>",
               JOIN("A1:D2") JOIN("A1:D2") JOIN("XFD7:XFD9")),
        "\n\n\"1\"\n",
        "1: Ô gộp A1:D2 “SỔ” đứng một mình trong hàng: coi là tiêu đề hay ghi chú, không "
        "đọc.\n");
}

/* Files that are no spreadsheets of this kind say what they are. */
static void other_kinds(void **state) {
    static const char ole[1024] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    static const struct {
        part part;
        const char *words;
    } cases[] = {
        {{"xl/workbook.xml", "0123456789abcdef", 16, LOCKED}, "có mật khẩu"},
        {{"content.xml", "<a/>", 4, DEFLATED}, ".ods"},
        {{"word/document.xml", "<a/>", 4, DEFLATED}, ".docx"},
        {{"xl/workbook.bin", "1", 1, DEFLATED}, ".xlsb"},
        {{"readme", "1", 1, DEFLATED}, "không có trang tính"},
    };
    char locked[1024];
    zip z;
    (void)state;
    need_words(ole, sizeof ole, ".xls của Excel đời cũ");
    memcpy(locked, ole, sizeof locked);
    memcpy(locked + sizeof locked - sizeof name + 1, name, sizeof name - 1);
    need_words(locked, sizeof locked, "có mật khẩu");
    need_words("a,b\n1,2\n", 8, "không phải tệp .xlsx");
    need_words("PK\3\4", 4, "bị cắt cụt");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const part parts[2] = {cases[i].part};

        make_zip(&z, parts);
        need_words(z.bytes.data, z.bytes.len, cases[i].words);
        vt_buf_free(&z.bytes);
    }
}

static void hostile(void **state) {
    static const struct {
        const char *sheet, *id;
    } cases[] = {
        {SHEET("<row><c t=\"s\"><v>9</v></c></row>"), "DL-02"},
        {SHEET("<row><c r=\"AAAAAA1\"><v>9</v></c></row>"), "DL-02"},
        {SHEET("<row><c r=\"ZZ1\"><v>9</v></c></row>"), "DL-02"},
        {SHEET("<row><c r=\"XFD1048576\"><v>9</v></c></row>"), "DL-02"},
        {SHEET("<row><c r=\"A1048577\"><v>9</v></c></row>"), "DL-02"},
        {SHEET("<row><c r=\"A1 \"><v>9</v></c></row>"), "DL-02"},
        {SHEET("<c><v>9</v></c>"), "DL-02"}, /* of no row */
        {SHEET("<row><c r=\"A1\"><v>8</v></c><c r=\"A1\"><v>9</v></c></row>"), "DL-02"},
        {SHEET("<row><c t=\"s\"><v>-1</v></c></row>"), "DL-02"},
        {SHEET("<row><c t=\"s\"><v>1a</v></c></row>"), "DL-02"},
        {SHEET("<row><c t=\"e\"><v>#REF!</v></c></row>"), "DL-02"},
        {SHEET("<row><c><v>&a;</v></c></row>"), "XML-01"},
        {HEAD "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><worksheet/>", "XML-03"},
        {SHEET("<row r=\"99999999999999999999\"><c><v>9</v></c></row>"), "DL-02"},
        {SHEET("<row r=\"0\"><c><v>9</v></c></row>"), "DL-02"},
        {SHEET("<row><c><v>9</v></row>"), "XML-01"},
        {HEAD "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>", "XML-03"},
        {HEAD "<worksheet" NS "><mergeCells><mergeCell ref=\"A1:0\"/></mergeCells></worksheet>",
         "DL-02"},
        {JOINED("", JOIN("B2:A1")), "DL-02"},
        {JOINED("", JOIN("A1:")), "DL-02"},
        {JOINED("", JOIN("A1:B2 C1:C2")), "DL-02"},
    };
    char *zeros = calloc(1, (size_t)20 << 20), *deep = calloc(1, 300001);
    vt_findings *list = vt_findings_new();
    vt_buf out;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        need_refusal(cases[i].sheet, strlen(cases[i].sheet), cases[i].id);
    assert_non_null(zeros);
    assert_non_null(deep);
    for (size_t i = 0; i < 300000; i += 3)
        strcpy(deep + i, "<a>");
    need_refusal(deep, 300000, "XML-01");
    free(deep);
    need_refusal(zeros, (size_t)20 << 20, "DL-05"); /* 20 MiB of nothing in some kilobytes */
    vt_buf_init(&out, 1 << 20);
    assert_int_equal(vt_xlsx_csv("PK\3\4", 4, "x", list, &out), VT_BAD);
    assert_int_equal(vt_xlsx_csv("", 0, "x", list, &out), VT_BAD);
    vt_buf_free(&out);
    vt_findings_free(list);
    free(zeros);
}

/* Each byte of a workbook may be wrong: it is read or refused. */
static void spoilt(void **state) {
    static const char sheet[] = SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
    const part parts[PARTS] = {
        {"xl/workbook.xml", WORKBOOK(""), sizeof WORKBOOK("") - 1, DEFLATED},
        {"xl/_rels/workbook.xml.rels", RELATIONS, sizeof RELATIONS - 1, DEFLATED},
        {"xl/sharedStrings.xml", STRINGS, sizeof STRINGS - 1, DEFLATED},
        {"xl/worksheets/sheet2.xml", sheet, sizeof sheet - 1, DEFLATED},
    };
    vt_findings *list = vt_findings_new();
    vt_buf out;
    zip z;
    (void)state;
    make_zip(&z, parts);
    for (size_t i = 0; i < z.bytes.len; i++) {
        char was = z.bytes.data[i];

        z.bytes.data[i] = (char)(was ^ (char)(1 << i % 8));
        vt_buf_init(&out, 1 << 20);
        vt_findings_clear(list);
        assert_int_not_equal(vt_xlsx_csv(z.bytes.data, z.bytes.len, "x", list, &out), VT_FAIL);
        vt_buf_free(&out);
        z.bytes.data[i] = was;
    }
    vt_buf_free(&z.bytes);
    vt_findings_free(list);
}

/* As data of a merge. */
static void records(void **state) {
    static const char sheet[] = SHEET(
        "<row><c t=\"inlineStr\"><is><t>Họ tên</t></is></c><c t=\"inlineStr\"><is><t>Ngày sinh</t>"
        "</is></c></row><row><c t=\"inlineStr\"><is><t>Lê An</t></is></c><c s=\"1\"><v>32874</v>"
        "</c></row>");
    const part parts[PARTS] = {
        {"xl/workbook.xml", WORKBOOK(""), sizeof WORKBOOK("") - 1, DEFLATED},
        {"xl/styles.xml", STYLES, sizeof STYLES - 1, DEFLATED},
        {"xl/worksheets/sheet1.xml", sheet, sizeof sheet - 1, DEFLATED},
    };
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new(1 << 20);
    vt_data_field *fields;
    vt_data *data = NULL;
    size_t count;
    zip z;
    (void)state;
    make_zip(&z, parts);
    assert_int_equal(vt_data_parse("xlsx", z.bytes.data, z.bytes.len, "x.xlsx", list, &data),
                     VT_OK);
    assert_int_equal(vt_data_count(data), 1);
    assert_int_equal(vt_data_line(data, 0), 2);
    assert_int_equal(vt_data_fields(data, 0, arena, list, &fields, &count), VT_OK);
    assert_int_equal(count, 2);
    assert_string_equal(fields[0].name, "ho-ten");
    assert_string_equal(fields[1].text, "01/01/1990");
    vt_data_free(data);
    vt_buf_free(&z.bytes);
    vt_arena_free(arena);
    vt_findings_free(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),        cmocka_unit_test(days),        cmocka_unit_test(numbers),
        cmocka_unit_test(joined_cells), cmocka_unit_test(other_kinds), cmocka_unit_test(hostile),
        cmocka_unit_test(spoilt),       cmocka_unit_test(records),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
