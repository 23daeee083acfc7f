/* Data of all formats: what is read, and what is refused with which words. */
#include "gen/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static vt_status parse(const char *format, const char *text, size_t len, vt_findings *list,
                       vt_data **out) {
    char *exact = malloc(len ? len : 1); /* so that the sanitizer sees reads past the end */
    assert_non_null(exact);
    memcpy(exact, text, len);
    vt_status st = vt_data_parse(format, exact, len, "so-lieu", list, out);
    free(exact);
    return st;
}

static void print_fields(vt_buf *out, const vt_value *v) {
    for (; v; v = v->next) {
        vt_buf_puts(out, v->name);
        if (v->text) {
            vt_buf_printf(out, v->number ? "=#%s" : "=%s", v->text);
        } else {
            vt_buf_putc(out, '(');
            print_fields(out, v->first);
            vt_buf_putc(out, ')');
        }
        if (v->next)
            vt_buf_putc(out, ' ');
    }
}

/* All records as "LINE: name=text name(name=text)", one a line. */
static void expect_records(const char *format, const char *text, const char *expected) {
    vt_findings *list = vt_findings_new();
    vt_data *data = NULL;
    vt_arena *arena = vt_arena_new(1 << 20);
    vt_buf out;
    vt_buf_init(&out, 100000);
    if (parse(format, text, strlen(text), list, &data) != VT_OK)
        fail_msg("refused: %s", vt_findings_at(list, 0)->message);
    for (size_t i = 0; i < vt_data_count(data); i++) {
        vt_value *fields = NULL;
        assert_int_equal(vt_data_record(data, i, arena, list, &fields), VT_OK);
        vt_buf_printf(&out, "%d: ", vt_data_line(data, i));
        print_fields(&out, fields);
        vt_buf_putc(&out, '\n');
    }
    assert_string_equal(out.data, expected);
    assert_int_equal(vt_findings_count(list), 0);
    vt_buf_free(&out);
    vt_arena_free(arena);
    vt_data_free(data);
    vt_findings_free(list);
}

static void expect_refusal_bytes(const char *format, const char *text, size_t len, int line,
                                 const char *id, const char *words) {
    vt_findings *list = vt_findings_new();
    vt_data *data = NULL;
    if (parse(format, text, len, list, &data) != VT_BAD)
        fail_msg("took: %s", text);
    assert_null(data);
    const vt_finding *f = vt_findings_at(list, 0);
    if (!strstr(f->message, words))
        fail_msg("said: %s", f->message);
    assert_string_equal(f->id, id);
    assert_string_equal(f->place.file, "so-lieu");
    assert_int_equal(f->place.line, line);
    vt_findings_free(list);
}

static void expect_refusal(const char *format, const char *text, int line, const char *id,
                           const char *words) {
    expect_refusal_bytes(format, text, strlen(text), line, id, words);
}

/* ------------------------------------------------------------------- CSV -- */

static void test_csv_headers(void **state) {
    (void)state;
    expect_records("csv", "Họ và tên,Đơn vị (chính),6 tháng\nLê Thị Hạnh,UBND xã,12\n",
                   "2: ho-va-ten=Lê Thị Hạnh don-vi-chinh=UBND xã _6-thang=12\n");
    expect_records("csv", "\xEF\xBB\xBFHọ tên;Chức vụ\r\nVũ Văn Nam;Chủ tịch, Bí thư\r\n",
                   "2: ho-ten=Vũ Văn Nam chuc-vu=Chủ tịch, Bí thư\n");
    expect_records("csv", "a\tb\n1,5\t2;3\n", "2: a=1,5 b=2;3\n");
    expect_records("csv", "\"Kính gửi; nơi nhận\",b,c\n1,2,3\n",
                   "2: kinh-gui-noi-nhan=1 b=2 c=3\n");
    /* as many of each: tab before semicolon before comma */
    expect_records("csv", "a;b,c\n1;2\n", "2: a=1 b-c=2\n");
    expect_records("csv", "một cột\nhai\n", "2: mot-cot=hai\n");
    /* decomposed letters, and a column of a spreadsheet that was never used */
    expect_records("csv", "Ho\xCC\xA3 te\xCC\x82n,,\nMa\xCC\x83i,,\n", "2: ho-ten=M\xC3\xA3i\n");
}

static void test_csv_cells(void **state) {
    (void)state;
    expect_records("csv", "a,b\n\"x, \"\"y\"\"\",z\n", "2: a=x, \"y\" b=z\n");
    expect_records("csv", "a,b\n  x  y ,\n,z\n", "2: a=x y\n3: b=z\n");
    expect_records("csv", "a,b\n\"dòng 1\r\ndòng 2\r\n\r\n\r\ndòng 3\n\",z\nu,v\n",
                   "2: a=dòng 1\ndòng 2\n\ndòng 3 b=z\n8: a=u b=v\n");
    expect_records("csv", "a,b\n\n1,2\n,\n\n3,4\n\n", "3: a=1 b=2\n6: a=3 b=4\n");
    expect_records("csv", "a,b\n1,2\n\xE2\x80\x87,\xC2\xA0\n3,4\n", "2: a=1 b=2\n4: a=3 b=4\n");
    expect_records("csv", "a,b\n1,2", "2: a=1 b=2\n");
    expect_records("csv", "\n\na,b\n1,2\r3,4\r", "4: a=1 b=2\n5: a=3 b=4\n");
    expect_records("csv", "a\nHội nghị \"Tổng kết\"\n<b>&amp;\n",
                   "2: a=Hội nghị \"Tổng kết\"\n3: a=<b>&amp;\n");
}

static void test_csv_refused(void **state) {
    (void)state;
    expect_refusal("csv", "Họ tên,Chức vụ,họ-tên\n1,2,3\n", 1, "DL-03",
                   "Cột A “Họ tên” và cột C “họ-tên” cùng thành trường “ho-ten”");
    expect_refusal("csv", "a,***\n1,2\n", 1, "DL-03", "Tên cột B “***”");
    expect_refusal("csv", "a,b\n1,2\n3\n", 3, "DL-04", "chỉ có 1 ô");
    expect_refusal("csv", "a,b\n1,2\n\n3,4,5\n", 4, "DL-04", "thừa từ cột C");
    expect_refusal("csv", "a,\n1,2\n", 2, "DL-03", "Cột B có số liệu mà không có tiêu đề");
    expect_refusal("csv", "a,b\n1,\"2\n", 2, "DL-02", "không đóng lại");
    expect_refusal("csv", "a,b\n\"1\" x,2\n", 2, "DL-02", "sau dấu ngoặc kép đóng");
    expect_refusal("csv", "a,b\n", 0, "DL-04", "không có bản ghi nào");
    expect_refusal("csv", "", 0, "DL-04", "không có bản ghi nào");
    expect_refusal("txt", "a", 0, "DL-02", "Không rõ dạng");
}

static void test_csv_reports_every_row(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    vt_data *data = NULL;
    const char *text = "a,b\n1\n1,2\n3\n";
    assert_int_equal(parse("csv", text, strlen(text), list, &data), VT_BAD);
    assert_int_equal(vt_findings_errors(list), 2);
    assert_int_equal(vt_findings_at(list, 1)->place.line, 4);
    vt_findings_clear(list);
    vt_buf many;
    vt_buf_init(&many, 100000);
    vt_buf_puts(&many, "a,b\n");
    for (int i = 0; i < 500; i++)
        vt_buf_puts(&many, "1\n");
    assert_int_equal(parse("csv", many.data, many.len, list, &data), VT_BAD);
    assert_int_equal(vt_findings_errors(list), VT_DATA_MAX_ERRORS);
    vt_buf_free(&many);
    vt_findings_free(list);
}

static void test_encodings_refused(void **state) {
    (void)state;
    expect_refusal_bytes("csv", "\xFF\xFEH\0", 4, 1, "DL-01", "UTF-16");
    expect_refusal_bytes("csv", "H\0\xE9\0", 4, 1, "DL-01", "UTF-16");
    expect_refusal("csv", "a\nNguy\xEAn\n", 2, "DL-01", "bảng mã cũ");
    expect_refusal("csv", "a\r\nb\r\nc\x07\n", 3, "DL-01", "ký tự điều khiển (U+0007)");
    expect_refusal("csv", "a\nUBND\xE2\x80\x8B xã\n", 2, "DL-01", "ký tự ẩn (U+200B)");
    expect_refusal("csv", "a\nCoäng hoøa xaõ hoäi chuû nghóa Vieät Nam\n", 0, "DL-01", "VNI");
}

static void test_large_csv(void **state) {
    (void)state;
    enum { ROWS = 100000 };
    vt_buf text;
    vt_buf_init(&text, VT_MAX_INPUT_BYTES);
    vt_buf_puts(&text, "Họ và tên,Ghi chú\n");
    for (int i = 0; i < ROWS; i++)
        vt_buf_printf(&text, "Đại biểu số %d,\"a, b\"\n", i);
    vt_findings *list = vt_findings_new();
    vt_data *data = NULL;
    assert_int_equal(parse("csv", text.data, text.len, list, &data), VT_OK);
    assert_int_equal(vt_data_count(data), ROWS);
    vt_arena *arena = vt_arena_new(1 << 16);
    vt_value *fields;
    assert_int_equal(vt_data_record(data, ROWS - 1, arena, list, &fields), VT_OK);
    assert_string_equal(fields->text, "Đại biểu số 99999");
    assert_int_equal(vt_data_line(data, ROWS - 1), ROWS + 1);
    assert_int_equal(vt_data_record(data, ROWS, arena, list, &fields), VT_BAD);
    vt_arena_free(arena);
    vt_data_free(data);
    vt_findings_free(list);
    vt_buf_free(&text);
}

/* ------------------------------------------------------------------ JSON -- */

static void test_json(void **state) {
    (void)state;
    expect_records("json", "{\"Họ và tên\": \"Lê Thị Hạnh\", \"tuoi\": 41}",
                   "1: ho-va-ten=Lê Thị Hạnh tuoi=#41\n");
    expect_records("json", "[\n{\"a\": \"1\"},\n {\"a\":\n\"2\"}, {\"b\": \"3\"}\n]\n",
                   "2: a=1\n3: a=2\n4: b=3\n");
    expect_records("json",
                   "{\"khach\": [{\"ten\": \"A\"}, {\"ten\": \"B\", \"x\": null}], \"y\": []}",
                   "1: khach(ten=A) khach(ten=B)\n");
    expect_records(
        "json",
        "{\"nguoi-ky\": {\"ten\": \"A\", \"vu\": {\"c\": \"x\"}}, \"l\": [\"1\", null, \"\", 2]}",
        "1: nguoi-ky(ten=A vu(c=x)) l=1 l=#2\n");
    /* numbers keep their text */
    expect_records("json",
                   "{\"a\": 0.10, \"b\": 12345678901234567890, \"c\": -1.50e+3, \"d\": \"0.10\"}",
                   "1: a=#0.10 b=#12345678901234567890 c=#-1.50e+3 d=0.10\n");
    expect_records("json", "{\"a\": true, \"b\": false, \"c\": \"x\\ny \\u00e1 \\\"1\\\" \\\\\"}",
                   "1: a=có c=x\ny á \"1\" \\\n");
    expect_records("json", "{\"a\": \"a\\u0301\"}", "1: a=á\n");
    expect_records("json", "{\"a\": \"\\ud835\\udc00 \\/\", \"b\": \"dòng\\n\\nhai\"}",
                   "1: a=\xF0\x9D\x90\x80 / b=dòng\n\nhai\n");
}

static void test_json_refused(void **state) {
    (void)state;
    expect_refusal("json", "[{\"a\": 1},\n{\"a\": }]", 2, "DL-02", "Sai cú pháp JSON");
    expect_refusal("json", "[{\"a\": 1}\n{\"a\": 2}]", 2, "DL-02", "Sai cú pháp JSON");
    expect_refusal("json", "[{\"a\": 1},]", 1, "DL-02", "phải là một đối tượng");
    expect_refusal("json", "{\"a\": 1,}", 1, "DL-02", "Sai cú pháp JSON");
    expect_refusal("json", "{\"a\" 1}", 1, "DL-02", "Sai cú pháp JSON");
    expect_refusal("json", "{a: 1}", 1, "DL-02", "Sai cú pháp JSON");
    expect_refusal("json", "{\"a\": [1, 2}", 1, "DL-02", "Sai cú pháp JSON");
    expect_refusal("json", "{\"a\": [1,]}", 1, "DL-02", "Sai cú pháp JSON");
    expect_refusal("json", "{\"a\": nul}", 1, "DL-02", "Sai cú pháp JSON");
    expect_refusal("json", "[{\"a\": 1}", 1, "DL-02", "hết giữa chừng");
    expect_refusal("json", "{\"a\": 1} x", 1, "DL-02", "Có chữ thừa");
    expect_refusal("json", "{\"a\": \"x", 1, "DL-02", "hết giữa chừng");
    expect_refusal("json", "{\"a\": \"x\ny\"}", 1, "DL-02", "xuống dòng");
    expect_refusal("json", "[1, 2]", 1, "DL-02", "phải là một đối tượng");
    expect_refusal("json", "\"a\"", 1, "DL-02", "phải là một đối tượng");
    expect_refusal("json", "", 1, "DL-02", "phải là một đối tượng");
    expect_refusal("json", "[]", 0, "DL-04", "không có bản ghi nào");
    expect_refusal("json", "{\"a\": 1,\n \"a\": 2}", 2, "DL-03", "viết hai lần");
    expect_refusal("json", "{\"b\": 1, \"a\": {\"b\": 2}, \"b\": 3}", 1, "DL-03", "viết hai lần");
    expect_refusal("json", "{\"a\":\n 0912}", 2, "DL-02", "Số viết sai");
    expect_refusal("json", "{\"a\": 1.250.000}", 1, "DL-02", "Số viết sai");
    expect_refusal("json", "{\"a\": -}", 1, "DL-02", "Số viết sai");
    expect_refusal("json", "{\"a\": 1e}", 1, "DL-02", "Số viết sai");
    expect_refusal("json", "{\"a\": [[1]]}", 1, "DL-04", "Mảng nằm trực tiếp trong mảng");
    expect_refusal("json", "{\"Họ tên\": 1, \"ho-ten\": 2}", 1, "DL-03",
                   "“Họ tên” và trường “ho-ten” cùng thành “ho-ten”");
    expect_refusal("json", "{\"a\": \"x\\u0007\"}", 1, "DL-01", "ký tự điều khiển (U+0007)");
    expect_refusal("json", "{\"a\": \"\\u0000\"}", 1, "DL-02", "ký tự rỗng");
    expect_refusal("json", "{\"\\u001b[31m\": 1}", 1, "DL-03", "không có chữ hay số");
    static const char *const escapes[] = {
        "\\ud800", "\\udc00", "\\ud800\\u0041", "\\u12", "\\u 123", "\\x41", "\\'", "\\u00g1"};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        char text[64];
        snprintf(text, sizeof text, "{\"a\": \"%s\"}", escapes[i]);
        expect_refusal("json", text, 1, "DL-02", "dùng sai");
    }
}

static void test_json_depth(void **state) {
    (void)state;
    vt_buf text;
    vt_buf_init(&text, 1 << 20);
    for (int i = 0; i < 100; i++)
        vt_buf_puts(&text, "{\"a\":");
    vt_buf_puts(&text, "1");
    for (int i = 0; i < 100; i++)
        vt_buf_puts(&text, "}");
    expect_refusal("json", text.data, 1, "DL-05", "lồng nhau quá");
    vt_buf_clear(&text);
    for (int i = 0; i < 100000; i++)
        vt_buf_puts(&text, "{\"a\":");
    expect_refusal("json", text.data, 1, "DL-05", "lồng nhau quá sâu");
    vt_buf_free(&text);
}

/* ------------------------------------------------------------------- XML -- */

static void test_xml(void **state) {
    (void)state;
    expect_records(
        "xml",
        "<data>\n<record><ho-ten> Lê  Thị Hạnh </ho-ten><x/></record>\n"
        "<!-- hết "
        "--><record><khach><ten>A</ten></khach><khach><ten>B</ten></khach></record></data>",
        "2: ho-ten=Lê Thị Hạnh\n3: khach(ten=A) khach(ten=B)\n");
    expect_records("xml", "<?xml version=\"1.0\"?><record><a>1 &lt; 2 <![CDATA[<b>]]></a></record>",
                   "1: a=1 < 2 <b>\n");
    expect_records("xml", "<record><Họ_tên>A</Họ_tên><a>x\ny</a></record>", "1: ho-ten=A a=x\ny\n");
}

static void test_xml_refused(void **state) {
    (void)state;
    expect_refusal("xml", "<data><record><a>1</b></record></data>", 1, "XML-01", "");
    expect_refusal("xml", "<!DOCTYPE data [<!ENTITY e 'x'>]><data/>", 1, "XML-03", "");
    expect_refusal("xml", "<rows/>", 1, "DL-02", "Phần tử gốc");
    expect_refusal("xml", "<data><row/></data>", 1, "DL-02", "chỉ có thể là <record>");
    expect_refusal("xml", "<data>\nx<record/></data>", 2, "DL-04", "nằm ngoài các trường");
    expect_refusal("xml", "<record>x</record>", 1, "DL-04", "nằm ngoài các trường");
    expect_refusal("xml", "<record><a>x<b>y</b></a></record>", 1, "DL-04", "nằm ngoài");
    expect_refusal("xml", "<record><a><b>y</b>x</a></record>", 1, "DL-04", "nằm ngoài");
    expect_refusal("xml", "<record><a kieu='1'>x</a></record>", 1, "DL-04", "Thuộc tính");
    expect_refusal("xml", "<record><Ho_ten>A</Ho_ten><ho-ten>B</ho-ten></record>", 1, "DL-03",
                   "“Ho_ten” và trường “ho-ten”");
    expect_refusal("xml", "<data/>", 0, "DL-04", "không có bản ghi nào");
    vt_buf text;
    vt_buf_init(&text, 1 << 20);
    vt_buf_puts(&text, "<record>");
    for (int i = 0; i < 100; i++)
        vt_buf_puts(&text, "<a>");
    for (int i = 0; i < 100; i++)
        vt_buf_puts(&text, "</a>");
    vt_buf_puts(&text, "</record>");
    expect_refusal("xml", text.data, 1, "DL-05", "quá sâu");
    vt_buf_free(&text);
}

/* ------------------------------------------------------------------ files -- */

static void test_open(void **state) {
    (void)state;
    vt_findings *list = vt_findings_new();
    vt_data *data = NULL;
    assert_int_not_equal(vt_data_open("/khong/co/tep.csv", list, &data), VT_OK);
    assert_null(data);
    assert_int_equal(vt_findings_count(list), 1);
    vt_findings_free(list);
}

/* A message names a field as its file does. */
static void fields_are_told_as_they_are_spelt(void **state) {
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new((size_t)1 << 20);
    vt_data *data = NULL;
    static const char csv[] = "\"Số \n hộp\",so-to\n1,2\n", json[] = "[{\"Số hộp\": \"1\"}]";
    (void)state;
    assert_int_equal(vt_data_parse("csv", csv, strlen(csv), "so-lieu", list, &data), VT_OK);
    assert_string_equal(vt_data_spelt(data, "so-hop", arena), "Số hộp");
    assert_string_equal(vt_data_spelt(data, "so-to", arena), "so-to");
    assert_string_equal(vt_data_spelt(data, "khong-co", arena), "khong-co");
    vt_data_free(data);
    assert_int_equal(vt_data_parse("json", json, strlen(json), "so-lieu", list, &data), VT_OK);
    assert_string_equal(vt_data_spelt(data, "so-hop", arena), "Số hộp");
    vt_data_free(data);
    vt_arena_free(arena);
    vt_findings_free(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_told_as_they_are_spelt),
        cmocka_unit_test(test_csv_headers),
        cmocka_unit_test(test_csv_cells),
        cmocka_unit_test(test_csv_refused),
        cmocka_unit_test(test_csv_reports_every_row),
        cmocka_unit_test(test_encodings_refused),
        cmocka_unit_test(test_large_csv),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_json_refused),
        cmocka_unit_test(test_json_depth),
        cmocka_unit_test(test_xml),
        cmocka_unit_test(test_xml_refused),
        cmocka_unit_test(test_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
