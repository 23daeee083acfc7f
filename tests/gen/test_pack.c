/*
 * tests/gen/test_pack.c - the packs of the installation, local packs over
 * them, packs that must be refused, choice by date, labels and numbers.
 */
#include "gen/engine.h"
#include "gen/pack_raw.h"
#include "tests/gen/help.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <sys/stat.h>
#include <unistd.h>

#define assert_near(a, b) assert_true((a) - (b) < 1e-6 && (b) - (a) < 1e-6)

/* ------------------------------------------------------------- fixtures -- */

typedef struct shop {
    vt_engine engine;
    vt_findings *list;
    vt_status status;
} shop;

static void shop_open(shop *s, const char *data, const char *local) {
    memset(s, 0, sizeof *s);
    s->engine.arena = vt_arena_new((size_t)64 << 20);
    s->engine.data = (char *)(uintptr_t)data;
    s->engine.local = (char *)(uintptr_t)local;
    s->list = vt_findings_new();
    s->status = vt_packs_find(&s->engine, s->list);
}

/* The pack, read; fails the test when it cannot be. */
static const vt_pack *pack_of(shop *s, const char *id) {
    const vt_pack *pack = NULL;

    if (s->status != VT_OK || vt_pack_named(&s->engine, id, s->list, &pack) != VT_OK)
        fail_msg("%s", help_findings(s->list));
    return pack;
}

static void shop_close(shop *s) {
    vt_arena_free(s->engine.arena);
    vt_findings_free(s->list);
}

/* A folder with rules/local.xml of this text; free_folder removes it. */
static const char *local_folder(const char *text, size_t len) {
    static char folder[] = "/tmp/vanthu-pack-XXXXXX";
    char path[64];

    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/rules", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/rules/local.xml", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return folder;
}

static void free_folder(const char *folder) {
    char path[64];

    snprintf(path, sizeof path, "%s/rules/local.xml", folder);
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/rules", folder);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* A document with these attributes, as far as numbers and packs ask. */
typedef struct paper {
    vt_doc doc;
    vt_node *number;
} paper;

static paper paper_new(vt_arena *arena, vt_system system, const char *type, const char *abbr,
                       const char *unit, const char *date) {
    paper p = {.doc = {.arena = arena, .file = "", .system = system}};

    p.doc.root = vt_node_new(arena, VT_DOCUMENT, 1);
    assert_true(vt_attr_set(arena, p.doc.root, VT_AT_SYSTEM, vt_system_name(system)));
    assert_true(vt_attr_set(arena, p.doc.root, VT_AT_TYPE, type));
    vt_node *issuer = vt_node_new(arena, VT_ISSUER, 2);
    assert_true(vt_attr_set(arena, issuer, VT_AT_ABBR, abbr));
    vt_append(p.doc.root, issuer);
    p.number = vt_node_new(arena, VT_NUMBER, 3);
    assert_true(vt_attr_set(arena, p.number, VT_AT_UNIT, unit));
    vt_append(p.doc.root, p.number);
    if (date) {
        vt_node *node = vt_node_new(arena, VT_DATE, 4);
        if (*date)
            vt_append(node, vt_text_new(arena, date, strlen(date), 4));
        vt_append(p.doc.root, node);
    }
    return p;
}

/* ------------------------------------------------------------ the packs -- */

static void packs_load(void **state) {
    static const char *const ids[] = {"state-nd30", "party-hd36", "party-hd05", "youth-29hd"};
    shop s;

    (void)state;
    shop_open(&s, ".", NULL);
    if (s.status != VT_OK)
        fail_msg("%s", help_findings(s.list));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const vt_pack *pack = pack_of(&s, ids[i]);
        for (int c = 0; c < VT_COMPONENTS; c++) {
            const vt_style *style = &pack->styles[c];
            assert_true(style->size[0] >= style->size[1] && style->size[1] >= style->size_min);
            assert_true(style->size_max >= style->size[0]);
            assert_non_null(style->text);
            assert_non_null(style->after_text);
        }
        assert_true(pack->origin_count > 300);
        for (size_t k = 0; k < pack->origin_count; k++)
            assert_true(*pack->origin[k].source && strchr("ABCUD", pack->origin[k].confidence));
    }
    const vt_pack *none = NULL;
    assert_int_equal(vt_pack_named(&s.engine, "state-nd31", s.list, &none), VT_BAD);
    assert_null(none);
    shop_close(&s);
}

static void packs_follow_the_schema(void **state) {
    char *paths[16];
    size_t n = help_files("templates/rules", ".xml", paths, 16);
    xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt("templates/schema/rules.rng");
    xmlRelaxNG *schema = xmlRelaxNGParse(parser);

    (void)state;
    assert_non_null(schema);
    assert_true(n >= 3);
    for (size_t i = 0; i < n; i++) {
        xmlDoc *doc = xmlReadFile(paths[i], NULL, XML_PARSE_NONET);
        xmlRelaxNGValidCtxt *valid = xmlRelaxNGNewValidCtxt(schema);
        assert_int_equal(xmlRelaxNGValidateDoc(valid, doc), 0);
        xmlRelaxNGFreeValidCtxt(valid);
        xmlFreeDoc(doc);
        free(paths[i]);
    }
    xmlRelaxNGFree(schema);
    xmlRelaxNGFreeParserCtxt(parser);
}

/* A few values against the tables of the law, read by hand. */
static void values_are_those_of_the_law(void **state) {
    shop s;
    const double mm = 72 / 25.4;

    (void)state;
    shop_open(&s, ".", NULL);
    const vt_pack *nd30 = pack_of(&s, "state-nd30");
    const vt_pack *hd36 = pack_of(&s, "party-hd36");
    const vt_pack *hd05 = pack_of(&s, "party-hd05");
    assert_near(nd30->page_width, 210 * mm);
    assert_near(nd30->margin_left.min, 30 * mm);
    assert_near(nd30->margin_left.max, 35 * mm);
    const vt_style *title = nd30->styles;
    assert_near(title[VT_C_NATIONAL_TITLE].size[0], 13);
    assert_near(title[VT_C_NATIONAL_TITLE].size[1], 12);
    assert_near(title[VT_C_MOTTO].size[1], 13);
    assert_near(title[VT_C_PLACE_DATE].size[1], 13);
    assert_int_equal(title[VT_C_MOTTO].rule, VT_RULE_TEXT);
    assert_int_equal(title[VT_C_ISSUER].rule, VT_RULE_FRACTION);
    assert_int_equal(title[VT_C_NUMBER].rule, VT_RULE_NONE);
    assert_int_equal(title[VT_C_SUPERIOR].face, VT_REGULAR);
    assert_int_equal(title[VT_C_COPIES_LABEL].face, VT_BOLD_ITALIC);
    assert_near(title[VT_C_COPIES].size[0], 11);
    assert_string_equal(title[VT_C_LETTER_SUBJECT].text, "V/v ");
    assert_string_equal(nd30->end_mark, "./.");
    assert_string_equal(nd30->to_separator, ";");
    assert_string_equal(hd36->to_separator, ",");
    assert_string_equal(hd05->to_separator, ";");
    assert_string_equal(hd36->petition_label, "");
    assert_string_equal(hd05->petition_label, "Kính trình:");
    assert_string_equal(hd36->styles[VT_C_ISSUER].after_text, "*");
    assert_string_equal(hd36->styles[VT_C_SUBJECT].after_text, "-----");
    assert_string_equal(hd36->styles[VT_C_MOTTO].text, "");
    assert_string_equal(hd36->capacity_tuq, "");
    assert_int_equal(hd36->styles[VT_C_POSITION].face, VT_REGULAR);
    assert_true(hd36->styles[VT_C_COPIES_LABEL].underline);
    assert_near(hd36->line_exact, 19);
    assert_near(hd36->line_range.max, 22);
    assert_near(nd30->line_range.max, 1.5);
    assert_string_equal(vt_pack_period(nd30), "year");
    assert_string_equal(vt_pack_period(hd36), "term");
    const struct vt_word *urgent = vt_pack_word(nd30, "thuong-khan");
    assert_string_equal(urgent->text, "THƯỢNG KHẨN");
    assert_near(urgent->frame_width, 40 * mm);
    assert_null(vt_pack_word(nd30, "khong-co"));
    assert_string_equal(vt_pack_type(hd36, "quy-dinh")->number_class, "quyet-dinh");
    assert_true(vt_pack_type(nd30, "noi-quy")->attached_only);
    assert_false(vt_pack_type(nd30, "bien-ban")->has_dateline);
    assert_null(vt_pack_type(nd30, "thong-tu"));
    shop_close(&s);
}

/* What tells a paper of the Youth Union from one of the Party. */
static void youth_is_not_party(void **state) {
    const double mm = 72 / 25.4;
    shop s;

    (void)state;
    shop_open(&s, ".", NULL);
    const vt_pack *pack = pack_of(&s, "youth-29hd");
    assert_int_equal(pack->system, VT_YOUTH);
    assert_near(pack->margin_right.value, 20 * mm);
    assert_string_equal(pack->styles[VT_C_NATIONAL_TITLE].text, "ĐOÀN TNCS HỒ CHÍ MINH");
    assert_string_equal(pack->styles[VT_C_ISSUER].after_text, "***");
    assert_string_equal(pack->end_mark, "./.");
    assert_string_equal(pack->capacity_tm, "TM. ");
    assert_string_equal(pack->as_article, "Như điều {n}");
    assert_string_equal(pack->basis_prefix, "- ");
    paper p = paper_new(s.engine.arena, VT_YOUTH, "huong-dan", "TWĐTN", "VP", NULL);
    assert_string_equal(vt_number_line(s.engine.arena, pack, &p.doc, "29"), "Số: 29-HD/TWĐTN-VP");
    p = paper_new(s.engine.arena, VT_YOUTH, "cong-van", "ĐTN", NULL, NULL);
    assert_string_equal(vt_number_line(s.engine.arena, pack, &p.doc, "07"), "Số: 07-CV/ĐTN");
    shop_close(&s);
}

static const char *value_of(const vt_pack *pack, const char *key) {
    for (size_t i = 0; i < pack->origin_count; i++)
        if (strcmp(pack->origin[i].key, key) == 0)
            return pack->origin[i].value;
    return NULL;
}

/* The keys whose values differ, or that `b` lacks, in the order of `a`. */
static const char *differing(const vt_pack *a, const vt_pack *b) {
    static char keys[4096];
    size_t len = 0;

    keys[0] = '\0';
    for (size_t i = 0; i < a->origin_count && len < sizeof keys; i++) {
        const char *other = value_of(b, a->origin[i].key);
        if (!other || strcmp(other, a->origin[i].value) != 0)
            len += (size_t)snprintf(keys + len, sizeof keys - len, "%s\n", a->origin[i].key);
    }
    return keys;
}

#define CHANGED                                                                                    \
    "strings/to-separator\nstrings/copies-separator\nstrings/petition-label\n"                     \
    "strings/petition-types\nstrings/subject-start\n"

/* What Hướng dẫn 05 changed in Hướng dẫn 36, as far as its text is known. */
static void guidances_of_the_party_differ_in_this(void **state) {
    shop s;

    (void)state;
    shop_open(&s, ".", NULL);
    const vt_pack *hd36 = pack_of(&s, "party-hd36"), *hd05 = pack_of(&s, "party-hd05");
    assert_string_equal(differing(hd05, hd36), CHANGED);
    assert_string_equal(
        differing(hd36, hd05), CHANGED
        "words/hoa-toc-hen-gio/text\nwords/hoa-toc-hen-gio/width\nwords/hoa-toc-hen-gio/height\n");
    shop_close(&s);
}

/* --------------------------------------------------------------- choice -- */

static void pack_by_system_and_date(void **state) {
    static const struct {
        vt_system system;
        const char *date, *id;
    } rows[] = {
        {VT_STATE, NULL, "state-nd30"},         {VT_STATE, "", "state-nd30"},
        {VT_STATE, "2019-01-01", "state-nd30"}, {VT_STATE, "2026-11-01", "state-nd30"},
        {VT_PARTY, NULL, "party-hd05"},         {VT_PARTY, "2022-03-25", "party-hd36"},
        {VT_PARTY, "2026-05-26", "party-hd36"}, {VT_PARTY, "2026-05-27", "party-hd05"},
        {VT_PARTY, "2026-05", "party-hd05"},    {VT_PARTY, "2026-04", "party-hd36"},
        {VT_PARTY, "2026", "party-hd05"},       {VT_PARTY, "2025", "party-hd36"},
        {VT_PARTY, "2010", "party-hd36"},       {VT_YOUTH, NULL, "youth-29hd"},
        {VT_YOUTH, "2026-03-26", "youth-29hd"}, {VT_YOUTH, "2013-10-28", "youth-29hd"},
    };
    shop s;

    (void)state;
    shop_open(&s, ".", NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        paper p = paper_new(s.engine.arena, rows[i].system, "cong-van", "TU", "VP", rows[i].date);
        const vt_pack *pack = NULL;
        assert_int_equal(vt_pack_choose(&s.engine, &p.doc, s.list, &pack), VT_OK);
        assert_string_equal(vt_pack_id(pack), rows[i].id);
    }
    shop_close(&s);
}

static void pack_by_name(void **state) {
    shop s;
    const vt_pack *pack = NULL;

    (void)state;
    shop_open(&s, ".", NULL);
    paper p = paper_new(s.engine.arena, VT_PARTY, "ke-hoach", "TU", NULL, "2026-06-01");
    assert_true(vt_attr_set(s.engine.arena, p.doc.root, VT_AT_RULES, "party-hd36"));
    assert_int_equal(vt_pack_choose(&s.engine, &p.doc, s.list, &pack), VT_OK);
    assert_string_equal(vt_pack_id(pack), "party-hd36");
    assert_true(vt_attr_set(s.engine.arena, p.doc.root, VT_AT_RULES, "state-nd30"));
    assert_int_equal(vt_pack_choose(&s.engine, &p.doc, s.list, &pack), VT_BAD);
    assert_non_null(strstr(help_findings(s.list), "“state-nd30” không dùng cho"));
    assert_true(vt_attr_set(s.engine.arena, p.doc.root, VT_AT_RULES, "youth-29hd"));
    assert_int_equal(vt_pack_choose(&s.engine, &p.doc, s.list, &pack), VT_BAD);
    assert_true(vt_attr_set(s.engine.arena, p.doc.root, VT_AT_RULES, "youth-30hd"));
    assert_int_equal(vt_pack_choose(&s.engine, &p.doc, s.list, &pack), VT_BAD);
    assert_int_equal(vt_findings_errors(s.list), 3);
    shop_close(&s);
}

/* --------------------------------------------------------------- labels -- */

static void labels(void **state) {
    shop s;

    (void)state;
    shop_open(&s, ".", NULL);
    const vt_pack *p = pack_of(&s, "state-nd30");
    const struct {
        const char *pattern;
        int counters[3], depth;
        const char *mark, *label;
    } rows[] = {
        {p->label_part, {4}, 1, NULL, "Phần IV"},
        {p->label_chapter, {19}, 1, NULL, "Chương XIX"},
        {p->label_section, {2}, 1, NULL, "Mục 2"},
        {p->label_subsection, {3}, 1, NULL, "Tiểu mục 3"},
        {p->label_head_section, {1}, 1, NULL, "I."},
        {p->label_head_section, {3999}, 1, NULL, "MMMCMXCIX."},
        {p->label_head_section, {4000}, 1, NULL, "4000."},
        {p->label_head_section, {2}, 1, "-", "II-"},
        {p->label_article, {12}, 1, NULL, "Điều 12."},
        {p->label_clause, {7}, 1, NULL, "7."},
        {p->label_clause, {7}, 1, "-", "7-"},
        {p->label_subclause, {1, 2}, 2, NULL, "1.2."},
        {p->label_subclause, {1, 2, 10}, 3, NULL, "1.2.10."},
        {p->label_point, {1}, 1, NULL, "a)"},
        {p->label_point, {4}, 1, NULL, "d)"},
        {p->label_point, {5}, 1, NULL, "đ)"},
        {p->label_point, {6}, 1, NULL, "e)"},
        {p->label_point, {7}, 1, NULL, "g)"},
        {p->label_point, {23}, 1, NULL, "y)"},
        {p->label_point, {24}, 1, NULL, "aa)"},
        {p->label_point, {0}, 1, NULL, "0)"},
        {p->annex_label, {2}, 1, NULL, "Phụ lục II"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(vt_label(s.engine.arena, p, rows[i].pattern, rows[i].counters,
                                     rows[i].depth, rows[i].mark),
                            rows[i].label);
    shop_close(&s);
}

static void numbers(void **state) {
    static const struct {
        const char *number, *padded;
    } rows[] = {{"5", "05"},   {"05", "05"},   {"9", "09"},      {"10", "10"},
                {"5a", "05a"}, {"152", "152"}, {"152a", "152a"}, {"", ""}};
    shop s;
    const char *prefix = NULL, *suffix = NULL;

    (void)state;
    shop_open(&s, ".", NULL);
    const vt_pack *nd30 = pack_of(&s, "state-nd30");
    const vt_pack *hd36 = pack_of(&s, "party-hd36");
    vt_arena *a = s.engine.arena;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(vt_number_padded(a, nd30, rows[i].number), rows[i].padded);
    assert_null(vt_number_padded(a, nd30, NULL));

    paper letter = paper_new(a, VT_STATE, "cong-van", "UBND", "VX", NULL);
    assert_string_equal(vt_number_line(a, nd30, &letter.doc, NULL), "Số: /UBND-VX");
    assert_string_equal(vt_number_line(a, nd30, &letter.doc, "152"), "Số: 152/UBND-VX");
    assert_string_equal(vt_notation(a, nd30, &letter.doc), "UBND-VX");
    assert_int_equal(vt_number_parts(a, nd30, &letter.doc, s.list, &prefix, &suffix), VT_OK);
    assert_string_equal(prefix, "Số: ");
    assert_string_equal(suffix, "/UBND-VX");
    /* without a unit the joint goes, too */
    paper plain = paper_new(a, VT_STATE, "cong-van", "UBND", NULL, NULL);
    assert_string_equal(vt_number_line(a, nd30, &plain.doc, "7"), "Số: 7/UBND");
    paper bare = paper_new(a, VT_STATE, "cong-van", NULL, NULL, NULL);
    assert_string_equal(vt_number_line(a, nd30, &bare.doc, "7"), "Số: 7");
    paper plan = paper_new(a, VT_PARTY, "ke-hoach", "HU", NULL, NULL);
    assert_string_equal(vt_number_line(a, hd36, &plan.doc, "145"), "Số 145-KH/HU");
    assert_string_equal(vt_notation(a, hd36, &plan.doc), "KH/HU");
    paper invitation = paper_new(a, VT_PARTY, "giay-moi", "TU", NULL, NULL);
    assert_string_equal(vt_number_line(a, hd36, &invitation.doc, "12"), "Số 12-TU");
    assert_true(vt_attr_set(a, invitation.number, VT_AT_NOTATION, "GM/TU"));
    assert_string_equal(vt_number_line(a, hd36, &invitation.doc, "12"), "Số 12-GM/TU");
    shop_close(&s);
}

/* ---------------------------------------------------------- local packs -- */

#define HEAD                                                                                       \
    "<rules xmlns=\"urn:vanthu:rules:1\" id=\"xa-thach-binh\" base=\"state-nd30\" "                \
    "from=\"2025-07-01\""
#define TAIL "</rules>"

static void local_pack_changes_one_value(void **state) {
    static const char text[] =
        HEAD "><page source=\"Quy chế văn thư của xã\" confidence=\"D\">"
             "<set name=\"margin-right\" value=\"15mm\"/></page>"
             "<component id=\"body\" source=\"Quy chế văn thư của xã\" confidence=\"D\">"
             "<set name=\"size\" value=\"13pt\" small=\"13pt\"/></component>"
             "<types source=\"Quy chế văn thư của xã\" confidence=\"D\">"
             "<type slug=\"phieu-trinh\" name=\"Phiếu trình\" abbr=\"PTr\"/>"
             "<type slug=\"ke-hoach\" number-class=\"chung\"/></types>" TAIL;
    const char *folder = local_folder(text, sizeof text - 1);
    shop s;
    const vt_pack *chosen = NULL;

    (void)state;
    shop_open(&s, ".", folder);
    if (s.status != VT_OK)
        fail_msg("%s", help_findings(s.list));
    const vt_pack *base = pack_of(&s, "state-nd30");
    const vt_pack *own = pack_of(&s, "xa-thach-binh");
    assert_near(own->margin_right.value, 15 * 72 / 25.4);
    assert_near(own->margin_right.max, 20 * 72 / 25.4); /* the law's range stays */
    assert_near(base->margin_right.value, 20 * 72 / 25.4);
    /* what is like the body goes with it, what has a size of its own does not */
    assert_near(own->styles[VT_C_CLAUSE].size[0], 13);
    assert_near(own->styles[VT_C_COPIES].size[0], 11);
    assert_string_equal(own->end_mark, base->end_mark);
    assert_string_equal(vt_pack_type(own, "phieu-trinh")->abbr, "PTr");
    assert_string_equal(vt_pack_type(own, "ke-hoach")->number_class, "chung");
    assert_string_equal(vt_pack_type(own, "ke-hoach")->abbr, "KH");
    assert_memory_not_equal(vt_pack_hash(own), vt_pack_hash(base), sizeof(vt_hash));
    /* newer than the installation's: it is the one that is chosen */
    paper p = paper_new(s.engine.arena, VT_STATE, "ke-hoach", "UBND", NULL, "2025-07-01");
    assert_int_equal(vt_pack_choose(&s.engine, &p.doc, s.list, &chosen), VT_OK);
    assert_ptr_equal(chosen, own);
    p = paper_new(s.engine.arena, VT_STATE, "ke-hoach", "UBND", NULL, "2025-06-30");
    assert_int_equal(vt_pack_choose(&s.engine, &p.doc, s.list, &chosen), VT_OK);
    assert_ptr_equal(chosen, base);
    shop_close(&s);
    free_folder(folder);
}

/* Another organisation's rules are a short pack over a like one's: the Youth
   Union's number is "Số: 29-HD/TWĐTN-VP". */
static void pack_of_another_system(void **state) {
    static const char text[] =
        "<rules xmlns=\"urn:vanthu:rules:1\" id=\"doan\" base=\"party-hd36\" system=\"youth\" "
        "from=\"2013-10-29\"><name>Thể thức của Đoàn</name>"
        "<strings source=\"Hướng dẫn của Trung ương Đoàn\" confidence=\"C\">"
        "<set name=\"number-pattern\" value=\"Số: {number}-{type}/{issuer}-{unit}\"/></strings>"
        "<component id=\"national-title\" source=\"s\" confidence=\"C\">"
        "<set name=\"text\" value=\"ĐOÀN TNCS HỒ CHÍ MINH\"/></component>"
        "<component id=\"issuer\" source=\"s\" confidence=\"C\">"
        "<set name=\"after-text\" value=\"***\"/></component>"
        "<capacities source=\"s\" confidence=\"C\"><set name=\"tm\" value=\"TM. \"/>"
        "</capacities></rules>";
    const char *folder = local_folder(text, sizeof text - 1);
    const vt_pack *pack = NULL;
    shop s;

    (void)state;
    shop_open(&s, ".", folder);
    paper p = paper_new(s.engine.arena, VT_YOUTH, "huong-dan", "TWĐTN", "VP", "2026-02-01");
    assert_int_equal(s.status, VT_OK);
    assert_int_equal(vt_pack_choose(&s.engine, &p.doc, s.list, &pack), VT_OK);
    assert_string_equal(vt_pack_id(pack), "doan");
    assert_int_equal(pack->system, VT_YOUTH);
    assert_int_equal(pack->valid_to.year, 0); /* its own `from` ends the base's `to` */
    assert_string_equal(pack->styles[VT_C_ISSUER].after_text, "***");
    assert_string_equal(vt_number_line(s.engine.arena, pack, &p.doc, "29"), "Số: 29-HD/TWĐTN-VP");
    assert_string_equal(vt_notation(s.engine.arena, pack, &p.doc), "HD/TWĐTN-VP");
    shop_close(&s);
    free_folder(folder);
}

/* A local pack may have the name of the one it inherits from. */
static void local_pack_stands_in_place(void **state) {
    static const char text[] = "<rules xmlns=\"urn:vanthu:rules:1\" id=\"party-hd05\" "
                               "base=\"party-hd05\"><strings source=\"Văn phòng Tỉnh ủy\" "
                               "confidence=\"D\"><set name=\"to-separator\" value=\",\"/>"
                               "</strings></rules>";
    const char *folder = local_folder(text, sizeof text - 1);
    shop s;

    (void)state;
    shop_open(&s, ".", folder);
    if (s.status != VT_OK)
        fail_msg("%s", help_findings(s.list));
    const vt_pack *pack = pack_of(&s, "party-hd05");
    assert_string_equal(pack->to_separator, ",");
    assert_string_equal(pack->copies_separator, ";");
    shop_close(&s);
    free_folder(folder);
}

/* ------------------------------------------------------------- refusals -- */

#define SET(group, attrs)                                                                          \
    HEAD "><" group " source=\"s\" confidence=\"D\"><set " attrs "/></" group ">" TAIL
#define STYLE(id, attrs)                                                                           \
    HEAD "><component id=\"" id "\" source=\"s\" confidence=\"D\"><set " attrs "/></"              \
         "component>" TAIL

/* The finding stands in the local file, or says whose base it stands in. */
static bool names_the_pack(const vt_findings *list) {
    const vt_finding *f = vt_findings_at(list, 0);

    return f && (strstr(f->place.file, "local.xml") || strstr(f->message, "“xa-thach-binh”"));
}

static void bad_packs_are_refused(void **state) {
    static const struct {
        const char *text, *message;
    } rows[] = {
        {HEAD "><page", "XML-01"},
        {"", "XML-01"},
        {"\xff\xfe<", "Tệp không phải UTF-8"},
        {"<!DOCTYPE rules [<!ENTITY a \"b\">]>" HEAD "/>", "Tệp có khai báo <!DOCTYPE>"},
        {"<rules", "Tệp không phải gói quy tắc"},
        {"<rules id=\"a\"/>", "Tệp không phải gói quy tắc"},
        {"<rules xmlns=\"urn:vanthu:rules:1\"/>", "<rules> thiếu thuộc tính “id”"},
        {"<rules xmlns=\"urn:vanthu:rules:1\" id=\"Gói 1\"/>", "Tên “Gói 1”"},
        {HEAD " when=\"x\"/>", "thuộc tính lạ “when”"},
        {HEAD " system=\"army\"/>", "không ghi hệ thống văn bản"},
        {HEAD " to=\"2024-01-01\"/>", "không ghi rõ ngày hiệu lực"},
        {HEAD " to=\"2025-13-01\"/>", "không ghi rõ ngày hiệu lực"},
        {HEAD ">chữ" TAIL, "<rules> có nội dung lạ"},
        {HEAD "><paper/>" TAIL, "Không có nhóm <paper>"},
        {HEAD "><page><note/></page>" TAIL, "Trong <page> chỉ được có <set>"},
        {HEAD "><page>20 mm</page>" TAIL, "Trong <page> chỉ được có <set>"},
        {HEAD "><name>Gói <b/></name>" TAIL, "Trong <name> chỉ được có chữ"},
        {SET("page", "name=\"width\" value=\"210mm\"><b/></set><set"),
         "Phần tử <set> không được có nội dung"},
        {HEAD
         "><types source=\"s\" confidence=\"D\"><type slug=\"ke-hoah\" abbr=\"KH\"/></types>" TAIL,
         "Không có giá trị “types/ke-hoah/abbr”"},
        {HEAD "><page><set name=\"width\" value=\"210mm\"/></page>" TAIL,
         "“page/width” không có nguồn"},
        {HEAD "><page source=\"s\" confidence=\"E\"/>" TAIL, "Mức tin cậy “E” không có"},
        {SET("page", "name=\"widht\" value=\"1\""), "Không có giá trị “page/widht”"},
        {SET("page", "name=\"width\""), "<set> thiếu thuộc tính “value”"},
        {SET("page", "name=\"width\" value=\"210\""), "“210” của “page/width” không đọc được"},
        {SET("page", "name=\"width\" value=\"210 mm\""), "không đọc được"},
        {SET("page", "name=\"width\" value=\"99999999999mm\""), "không đọc được"},
        {SET("page", "name=\"width\" value=\"9000mm\""), "quá nhỏ hoặc quá lớn"},
        {SET("page", "name=\"width\" value=\"-210mm\""), "quá nhỏ hoặc quá lớn"},
        {SET("page", "name=\"width\" value=\"80mm\""), "của “page/width” không dùng được"},
        {SET("page", "name=\"margin-right\" value=\"14mm\""),
         "ngoài khoảng cho phép 15mm – 20mm (s)"},
        {SET("page", "name=\"number-first\" value=\"1.5\""), "phải là số nguyên"},
        {SET("page", "name=\"mirror-margins\" value=\"có\""), "“có” của “page/mirror-margins”"},
        {SET("text", "name=\"line-factor\" value=\"0\" min=\"0\" max=\"0\""),
         "“xa-thach-binh”: giá trị “0” của “text/line-factor” không dùng được"},
        {SET("strings", "name=\"number-pattern\" value=\"Số: {numer}\""), "có chỗ điền lạ"},
        {SET("strings", "name=\"number-pattern\" value=\"Số: {\""), "có chỗ điền lạ"},
        {SET("strings", "name=\"number-pattern\" value=\"Số: 1\""), "không dùng được"},
        {SET("strings", "name=\"end-mark\" value=\"{number}\""), "có chỗ điền lạ"},
        {SET("strings", "name=\"end-mark\" value=\"a&#9;b\""), "ký tự điều khiển"},
        {SET("labels", "name=\"letters\" value=\"a  b\""), "không dùng được"},
        {SET("labels", "name=\"letters\" value=\"\""), "không dùng được"},
        {SET("numbering", "name=\"period\" value=\"month\""), "không dùng được"},
        {STYLE("isuer", "name=\"size\" value=\"13pt\""), "Không có thành phần “isuer”"},
        {STYLE("issuer", "name=\"colour\" value=\"red\""), "màu “red”"},
        {STYLE("issuer", "name=\"colour\" value=\"#12345g\""), "màu “#12345g”"},
        {STYLE("issuer", "name=\"face\" value=\"heavy\""), "“heavy” của “issuer/face”"},
        {STYLE("issuer", "name=\"weight\" value=\"1\""), "Không có giá trị “issuer/weight”"},
        {STYLE("national-title", "name=\"size\" value=\"14pt\""),
         "ngoài khoảng cho phép 12pt – 13pt"},
        {STYLE("national-title", "name=\"size\" value=\"12pt\" small=\"13pt\""), "cỡ nhỏ “13pt”"},
        {STYLE("issuer", "name=\"rule-length\" value=\"0.6\""), "ngoài khoảng cho phép"},
        {HEAD "><component id=\"issuer\" like=\"boss\"/>" TAIL, "“boss” không có"},
        {HEAD "><component id=\"superior\" like=\"issuer\" source=\"s\" confidence=\"D\"/>" TAIL,
         "thành vòng quanh"},
        {HEAD "><page source=\"s\" confidence=\"D\"><set name=\"width\" value=\"210mm\"/>"
              "<set name=\"width\" value=\"210mm\"/></page>" TAIL,
         "“page/width” ghi hai lần"},
        {"<rules xmlns=\"urn:vanthu:rules:1\" id=\"a\" base=\"b\"/>", "thừa kế gói “b” không có"},
        {"<rules xmlns=\"urn:vanthu:rules:1\" id=\"a\" base=\"a\"/>", "thừa kế gói “a” không có"},
        {"<rules xmlns=\"urn:vanthu:rules:1\" id=\"a\" system=\"state\" from=\"2020-01-01\"/>",
         "“a”: thiếu giá trị “page/width”"},
        {"<rules xmlns=\"urn:vanthu:rules:1\" id=\"a\" system=\"state\" from=\"2020-01-01\"/>",
         "“a”: thiếu thành phần “issuer”"},
        /* a letter and its mark apart */
        {SET("strings", "name=\"as-above\" value=\"Nhu\xcc\x9b tre\xcc\x82n\""), "Unicode tổ hợp"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *folder = local_folder(rows[i].text, strlen(rows[i].text));
        shop s;
        shop_open(&s, ".", folder);
        const vt_pack *pack = NULL;
        if (s.status == VT_OK)
            s.status = vt_pack_named(
                &s.engine, strstr(rows[i].text, "id=\"a\"") ? "a" : "xa-thach-binh", s.list, &pack);
        const char *found = help_findings(s.list);
        if (s.status != VT_BAD || !strstr(found, rows[i].message) || !names_the_pack(s.list))
            fail_msg("row %zu: wanted “%s”, got %d: %s", i, rows[i].message, (int)s.status, found);
        shop_close(&s);
        free_folder(folder);
    }
}

static void line_is_said(void **state) {
    static const char text[] = HEAD ">\n<page source=\"s\" confidence=\"D\">\n"
                                    "<set name=\"width\" value=\"210\"/>\n</page>" TAIL;
    const char *folder = local_folder(text, sizeof text - 1);
    shop s;

    (void)state;
    const vt_pack *pack = NULL;
    shop_open(&s, ".", folder);
    assert_int_equal(vt_pack_named(&s.engine, "xa-thach-binh", s.list, &pack), VT_BAD);
    assert_int_equal(vt_findings_at(s.list, 0)->place.line, 3);
    assert_string_equal(vt_findings_at(s.list, 0)->id, "GOI-03");
    shop_close(&s);
    free_folder(folder);
}

static void no_packs_at_all(void **state) {
    shop s;

    (void)state;
    shop_open(&s, "tests", NULL);
    assert_int_equal(s.status, VT_BAD);
    assert_non_null(strstr(help_findings(s.list), "Không có gói quy tắc nào"));
    shop_close(&s);
}

/* Every prefix of a pack is refused or read, never a crash; so is a pack with
   one byte changed. */
static void broken_bytes(void **state) {
    static const char text[] =
        HEAD "><name>Gói &amp; thử</name><page source=\"s\" confidence=\"D\">"
             "<set name=\"margin-right\" min=\"15mm\" value=\"15mm\" max=\"20mm\"/></page>"
             "<words source=\"s\" confidence=\"D\"><word key=\"khan\" text=\"KHẨN\" "
             "width=\"20mm\"/></words></rules>";
    char mutant[sizeof text], path[64];
    vt_arena *arena = vt_arena_new((size_t)1 << 20);
    vt_findings *list = vt_findings_new();

    (void)state;
    for (size_t i = 0; i < 2 * sizeof text; i++) {
        bool cut = i % 2;
        vt_raw_pack *raw = NULL;
        memcpy(mutant, text, sizeof text);
        mutant[i / 2] = (char)(mutant[i / 2] ^ (cut ? 0 : 0x15));
        const char *folder = local_folder(mutant, cut ? i / 2 : sizeof text - 1);
        snprintf(path, sizeof path, "%s/rules/local.xml", folder);
        vt_status status = vt_raw_read(arena, path, list, &raw);
        assert_true(status == VT_OK ? raw != NULL : vt_findings_errors(list) > 0);
        vt_raw_head head = {0};
        vt_status peeked = vt_raw_peek(arena, path, list, &head);
        assert_true(peeked == VT_OK ? head.id != NULL : status != VT_OK);
        free_folder(folder);
        vt_findings_clear(list);
        vt_arena_reset(arena);
    }
    vt_findings_free(list);
    vt_arena_free(arena);
}

/* Memory may end anywhere: a failure, never a crash or half a pack. */
static void memory_ends(void **state) {
    vt_status status = VT_FAIL;
    size_t ceiling = 1 << 10;

    (void)state;
    for (; status != VT_OK; ceiling += 9 << 10) {
        const vt_pack *pack = NULL;
        shop s;
        memset(&s, 0, sizeof s);
        s.engine.arena = vt_arena_new(ceiling);
        s.engine.data = (char *)(uintptr_t) ".";
        s.list = vt_findings_new();
        status = vt_packs_find(&s.engine, s.list);
        if (status == VT_OK)
            status = vt_pack_named(&s.engine, "party-hd05", s.list, &pack);
        assert_true(status == VT_OK ? pack != NULL : status == VT_FAIL && !pack);
        shop_close(&s);
    }
    assert_true(ceiling > 50 << 10 && ceiling < 1 << 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packs_load),
        cmocka_unit_test(packs_follow_the_schema),
        cmocka_unit_test(values_are_those_of_the_law),
        cmocka_unit_test(guidances_of_the_party_differ_in_this),
        cmocka_unit_test(youth_is_not_party),
        cmocka_unit_test(pack_by_system_and_date),
        cmocka_unit_test(pack_by_name),
        cmocka_unit_test(labels),
        cmocka_unit_test(numbers),
        cmocka_unit_test(local_pack_changes_one_value),
        cmocka_unit_test(local_pack_stands_in_place),
        cmocka_unit_test(pack_of_another_system),
        cmocka_unit_test(bad_packs_are_refused),
        cmocka_unit_test(line_is_said),
        cmocka_unit_test(no_packs_at_all),
        cmocka_unit_test(broken_bytes),
        cmocka_unit_test(memory_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
