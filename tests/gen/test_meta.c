/*
 * tests/gen/test_meta.c - what the register and the search take from a document.
 */
#include "tests/gen/help.h"

#define NS "xmlns=\"urn:vanthu:document:1\""

static vt_engine *engine;
static vt_arena *arena;
static vt_findings *list;

static int open_engine(void **state) {
    (void)state;
    list = vt_findings_new();
    arena = vt_arena_new((size_t)64 << 20);
    return vt_engine_open(&(vt_engine_options){.data = "."}, list, &engine) == VT_OK ? 0 : -1;
}

static int close_engine(void **state) {
    (void)state;
    vt_engine_free(engine);
    vt_arena_free(arena);
    vt_findings_free(list);
    return 0;
}

static const vt_pack *pack_named(const char *id) {
    const vt_pack *pack = NULL;

    assert_int_equal(vt_pack_named(engine, id, list, &pack), VT_OK);
    return pack;
}

static vt_doc *parsed(const char *xml) {
    vt_doc *doc = NULL;

    if (vt_doc_parse(engine, arena, xml, strlen(xml), "x.xml", NULL, list, &doc) != VT_OK)
        fail_msg("%s", help_findings(list));
    return doc;
}

static vt_meta meta_of(const char *pack, const char *xml) {
    vt_meta meta;

    assert_int_equal(vt_meta_extract(arena, pack_named(pack), parsed(xml), list, &meta), VT_OK);
    return meta;
}

static void full_letter(void **state) {
    vt_meta m = meta_of(
        "state-nd30",
        "<document " NS " system='state' type='cong-van'>"
        "<issuer abbr='UBND' organ='H35.12'><superior>UBND tỉnh Lam Giang</superior>"
        "<name>Ủy ban nhân dân<br/>xã Thạch Bình</name></issuer>"
        "<number value='007' unit='VX'/><place>Thạch Bình</place>"
        "<date due='2026-03-20'>2026-03-05</date><marks urgency='khan' secrecy='mat'/>"
        "<subject>rà soát hộ nghèo</subject>"
        "<to><recipient organ='H35.01'>Sở Nội vụ</recipient></to>"
        "<body><p>Một<footnote>ghi chú</footnote> và <b>hai</b></p>"
        "<line label='Thời gian'>8 giờ</line>"
        "<table caption='Số hộ'><row><cell>thôn Đông</cell><cell>12</cell></row></table></body>"
        "<copies amount='25'><as-above/><recipient note='để b/c' group='lanh-dao'>Huyện "
        "ủy</recipient><archive>VT, VX</archive></copies>"
        "<signature><capacity kind='KT'>Chủ tịch</capacity><position>Phó Chủ tịch</position>"
        "<name>Trần Văn Lộc</name></signature>"
        "<enclosure href='a.pdf' title='Danh sách hộ nghèo'/></document>");

    (void)state;
    assert_string_equal(m.pack, "state-nd30");
    assert_string_equal(m.type_slug, "cong-van");
    assert_string_equal(m.type_name, "Công văn");
    assert_string_equal(m.number, "7");
    assert_string_equal(m.notation, "UBND-VX");
    assert_int_equal(m.date.day, 5);
    assert_int_equal(m.due.day, 20);
    assert_string_equal(m.place, "Thạch Bình");
    assert_string_equal(m.subject, "rà soát hộ nghèo");
    assert_int_equal(m.issuer_count, 1);
    assert_string_equal(m.issuers[0].superior, "UBND tỉnh Lam Giang");
    assert_string_equal(m.issuers[0].name, "Ủy ban nhân dân xã Thạch Bình");
    assert_string_equal(m.issuers[0].organ, "H35.12");
    assert_string_equal(m.issuers[0].abbr, "UBND");
    assert_int_equal(m.signer_count, 1);
    assert_string_equal(m.signers[0].position, "Phó Chủ tịch");
    assert_string_equal(m.signers[0].name, "Trần Văn Lộc");
    assert_int_equal(m.addressee_count, 3);
    assert_string_equal(m.addressees[0].name, "Sở Nội vụ");
    assert_string_equal(m.addressees[0].organ, "H35.01");
    assert_int_equal(m.addressees[0].role, 0);
    assert_string_equal(m.addressees[1].name, "Huyện ủy");
    assert_string_equal(m.addressees[1].group, "lanh-dao");
    assert_int_equal(m.addressees[1].role, 1);
    assert_string_equal(m.addressees[2].name, "VT, VX");
    assert_int_equal(m.addressees[2].role, 2);
    assert_string_equal(m.urgency, "khan");
    assert_string_equal(m.secrecy, "mat");
    assert_int_equal(m.copies_amount, 25);
    /* a công văn does not print its type */
    assert_string_equal(m.text, "UBND tỉnh Lam Giang\nỦy ban nhân dân\nxã Thạch Bình\n"
                                "Thạch Bình\nrà soát hộ nghèo\nSở Nội vụ\n"
                                "Một ghi chú và hai\nThời gian: 8 giờ\n"
                                "Số hộ\nthôn Đông\n12\nHuyện ủy (để b/c)\nVT, VX\n"
                                "Chủ tịch\nPhó Chủ tịch\nTrần Văn Lộc\nDanh sách hộ nghèo\n");
}

static void blanks(void **state) {
    vt_meta m = meta_of("state-nd30", "<document " NS " system='state' type='ke-hoach'>"
                                      "<issuer abbr='SCT'><name>Sở Công Thương</name></issuer>"
                                      "<date>2026-03</date><body><p>a</p></body></document>");

    (void)state;
    assert_null(m.number);
    assert_string_equal(m.notation, "KH-SCT");
    assert_string_equal(m.title, "Kế hoạch");
    assert_int_equal(m.date.month, 3);
    assert_int_equal(m.date.day, 0);
    assert_null(m.subject);
    assert_null(m.place);
    assert_null(m.urgency);
    assert_null(m.issuers[0].superior);
    assert_int_equal(m.signer_count + m.addressee_count, 0);
    assert_int_equal(m.copies_amount, 0);
    assert_string_equal(m.text, "Sở Công Thương\nKế hoạch\na\n");
}

#define SECRET_XML                                                                                 \
    "<document " NS " system='state' type='ke-hoach'><issuer abbr='SCT'>"                          \
    "<name>Sở Công Thương</name></issuer><date>2026-03-05</date><marks secrecy='%s'/>"        \
    "<subject>Dự trữ xăng dầu</subject><body><p>Kho số 7</p></body></document>"

/* MK-03: of the highest degree of secrecy nothing of the content is entered. */
static void top_secrets_are_not_told(void **state) {
    vt_meta top = meta_of("state-nd30", vt_printf(arena, SECRET_XML, "tuyet-mat"));
    vt_meta lower = meta_of("state-nd30", vt_printf(arena, SECRET_XML, "toi-mat"));

    (void)state;
    assert_null(top.subject);
    assert_string_equal(top.text, "");
    assert_string_equal(top.notation, "KH-SCT"); /* it has its number and its place in the book */
    assert_string_equal(lower.subject, "Dự trữ xăng dầu");
    assert_non_null(strstr(lower.text, "Kho số 7"));
}

static void joint_document(void **state) {
    vt_meta m =
        meta_of("party-hd36", "<document " NS " system='party' type='chuong-trinh'>"
                              "<issuer abbr='BTG'><superior>Đảng bộ tỉnh Lam Giang</superior>"
                              "<name>Ban Tuyên giáo</name></issuer>"
                              "<issuer abbr='BDV'><name>Ban Dân vận</name></issuer>"
                              "<title>Chương trình<br/>phối hợp</title><body><p>a.</p></body>"
                              "<signature role='BDV'><position>Trưởng Ban</position></signature>"
                              "<signature role='BTG'><position>Trưởng Ban</position>"
                              "<name>Lê Thị Hoa</name></signature></document>");

    (void)state;
    assert_string_equal(m.type_name, "Chương trình");
    assert_string_equal(m.title, "Chương trình phối hợp");
    assert_int_equal(m.issuer_count, 2);
    assert_string_equal(m.issuers[1].superior, "Đảng bộ tỉnh Lam Giang");
    assert_int_equal(m.signer_count, 2);
    assert_null(m.signers[0].name);
    assert_string_equal(m.signers[1].name, "Lê Thị Hoa");
    assert_non_null(strstr(m.text, "Chương trình\nphối hợp\n"));
}

static void unknown_type(void **state) {
    vt_doc *doc = parsed("<document " NS " system='state' type='thu-ngo'><issuer><name>a</name>"
                         "</issuer><body><p>a</p></body></document>");
    vt_meta meta;

    (void)state;
    assert_int_equal(vt_meta_extract(arena, pack_named("state-nd30"), doc, list, &meta), VT_BAD);
    assert_string_equal(vt_findings_at(list, 0)->id, "XML-31");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_letter),
        cmocka_unit_test(blanks),
        cmocka_unit_test(top_secrets_are_not_told),
        cmocka_unit_test(joint_document),
        cmocka_unit_test(unknown_type),
    };

    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
