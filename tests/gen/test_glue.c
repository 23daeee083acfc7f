/*
 * Where a line must not end: each rule by name, with the words for which it
 * was made, and words that only look like them.
 */
#include "gen/glue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WORDS_MAX 32

/* The words of a text, classed; "~" before a word marks the gap in question. */
typedef struct sample {
    uint32_t classes[WORDS_MAX];
    int32_t penalty[WORDS_MAX];
    size_t n, gap;
} sample;

static sample sample_of(const char *text) {
    sample s = {.gap = SIZE_MAX};
    while (*text != '\0') {
        size_t len = strcspn(text, " ~");
        s.classes[s.n++] = vt_glue_class(text, len);
        text += len;
        if (*text == '~')
            s.gap = s.n - 1;
        text += *text != '\0';
    }
    vt_glue_gaps(s.classes, s.n, s.penalty);
    return s;
}

static const struct {
    const char *rule; /* NULL: a line may end at ~ */
    const char *text;
    int kind; /* 0 free, 1 dislike, 2 ban */
} cases[] = {
    {"mark or label of an item and its first word", "-~Các sở, ban, ngành", 2},
    {"mark or label of an item and its first word", "+~Các xã", 2},
    {"mark or label of an item and its first word", "a)~Tổ chức", 2},
    {"mark or label of an item and its first word", "đ)~Tổ chức", 2},
    {"mark or label of an item and its first word", "1.~Mục đích", 2},
    {"mark or label of an item and its first word", "1.1.~Mục đích", 2},
    {"mark or label of an item and its first word", "II.~MỤC ĐÍCH", 2},
    {"mark or label of an item and its first word", "I-~MỤC ĐÍCH", 2},
    {"mark or label of an item and its first word", "(2)~Tổ chức", 2},
    {NULL, "gồm a)~Tổ chức", 0},
    {NULL, "Năm~học", 0},
    {"punctuation never begins a line", "như sau~:", 2},
    {"punctuation never begins a line", "hiệu quả~./.", 2},
    {"punctuation never begins a line", "thực hiện~...", 2},
    {"opening mark never ends a line", "huyện (~gọi tắt", 2},
    {"V/v, TM., TP. and what follows", "V/v~tăng cường", 2},
    {"V/v, TM., TP. and what follows", "TM.~ỦY BAN NHÂN DÂN", 2},
    {"V/v, TM., TP. and what follows", "T/M~BAN THƯỜNG VỤ", 2},
    {"V/v, TM., TP. and what follows", "KT.~CHỦ TỊCH", 2},
    {"V/v, TM., TP. and what follows", "tại TP.~Lam Giang", 2},
    {"V/v, TM., TP. and what follows", "PGS.TS.~Trần Thị Hoa", 2},
    {"day and its month", "ngày 05~tháng 01 năm 2026", 2},
    {"month and year of one date", "ngày 05 tháng 01~năm 2026", 1},
    {"month and year of one date", "quý II~năm 2026", 1},
    {"day and its month", "ngày ...~tháng ... năm 2026", 2},
    {"phụ lục and its label", "tại Phụ~lục II", 2},
    {"label of a phụ lục", "tại Phụ lục~II kèm theo", 2},
    {"label of a phụ lục", "(Phụ lục~1)", 2},
    {NULL, "các phụ~lục kèm theo", 0},
    {"điều, khoản, số ... and their number", "theo Điều~5 Luật", 2},
    {"điều, khoản, số ... and their number", "ĐIỀU~5", 2},
    {"điều, khoản, số ... and their number", "khoản~2 Điều 5", 2},
    {"điều, khoản, số ... and their number", "(khoản~2 Điều 5)", 2},
    {"điều, khoản, số ... and their number", "điểm~a khoản 2", 2},
    {"điều, khoản, số ... and their number", "điểm~đ, khoản 2", 2},
    {"điều, khoản, số ... and their number", "tại Chương~II", 2},
    {"điều, khoản, số ... and their number", "Chỉ thị số~28-CT/TW", 2},
    {"điều, khoản, số ... and their number", "Số:~152/UBND-VX", 2},
    {"điều, khoản, số ... and their number", "Số~/UBND-VX", 2},
    {"điều, khoản, số ... and their number", "ngày~05 tháng 01", 2},
    {"điều, khoản, số ... and their number", "ngày 05 tháng~01 năm 2026", 2},
    {"điều, khoản, số ... and their number", "năm~2026", 2},
    {"điều, khoản, số ... and their number", "ngày~05/6/2020", 2},
    {"điều, khoản, số ... and their number", "khóa~XIII", 2},
    {"điều, khoản, số ... and their number", "Quận~1", 2},
    {"điều, khoản, số ... and their number", "giai đoạn~2021-2030", 2},
    {"điều, khoản, số ... and their number", "Mẫu~1.3", 2},
    {NULL, "các điều,~05 khoản", 0},
    {NULL, "trong năm~học mới", 0},
    {NULL, "một số~nội dung", 0},
    {NULL, "một phần~ở xã", 0},
    {"thứ, tháng and a number in words", "thứ~Hai", 2},
    {"thứ, tháng and a number in words", "thứ~năm", 2},
    {"thứ, tháng and a number in words", "tháng~Giêng", 2},
    {"lần thứ and its number", "Đại hội lần~thứ XIII", 1},
    {"điều, khoản, số ... and their number", "Đại hội lần thứ~XIII", 2},
    {"dash inside a range", "giai đoạn 2021~- 2030", 2},
    {"end of a range", "giai đoạn 2021 -~2030", 2},
    {"end of a range", "5.000 –~10.000 đồng", 2},
    {"a dash never begins a line", "chính trị~- xã hội", 2},
    {"a dash never begins a line", "Lao động~– Thương binh", 2},
    {NULL, "chính trị -~xã hội", 0},
    {"number and unit", "tăng 10~%", 2},
    {"number and unit", "trẻ em dưới 5~tuổi", 2},
    {"number and unit", "gồm 02~bản", 2},
    {"number and unit", "trong 30~ngày, kể từ", 2},
    {"number and unit", "khoảng 40.000~người", 2},
    {"number and unit", "dài 4,3~km", 2},
    {"number and unit", "1.500.000~đồng", 2},
    {"number and unit", "500~triệu đồng", 2},
    {"nghìn, triệu, tỷ and unit", "500 triệu~đồng", 2},
    {"nghìn, triệu, tỷ and unit", "2,5 nghìn~tỷ đồng", 2},
    {NULL, "hàng triệu~người", 0},
    {NULL, "năm 2024~người dân", 0},
    {NULL, "gồm 5,~người dân", 0},
    {NULL, "gồm 40.000~trẻ em", 0},
    {"initial and name", "ông V.~Nam", 2},
    {"name and initial", "Nguyễn~V. Nam", 2},
    {"name and initial", "Nguyễn Văn~A", 2},
    {NULL, "nhóm II,~V", 0},
    {NULL, "Bảng A,~B", 0},
    {NULL, "Tạp chí~Cộng sản", 0},
    {"đồng chí", "giao đồng~chí Lê", 1},
    {NULL, "1 triệu đồng,~chí ít", 0},
    {"ông, bà, đồng chí and name", "đồng chí~Lê Thị Mai", 1},
    {"ông, bà, đồng chí and name", "giao bà~Mai", 1},
    {"inside a name", "đồng chí Lê~Thị Mai", 1},
    {"inside a name", "đồng chí Lê Thị~Mai, Chủ tịch", 1},
    {NULL, "đồng chí Lê Thị Mai,~Chủ tịch", 0},
    {"inside a name", "xã Thạch~Bình", 1},
    {"inside a name", "xã Thạch~Bình, nơi", 1},
    {"inside a name", "cấp cho Lục~Thị Thanh Xuân sinh ngày", 1},
    {"inside a name", "cấp cho Lục Thị Thanh~Xuân sinh ngày", 1},
    {NULL, "xã Thạch~Bình tổ chức", 0}, /* a name, but nothing tells it from the next */
    {NULL, "gửi Ban~Tổ chức Tỉnh ủy", 0},
    {NULL, "Lục Thị Thanh Xuân,~Bí thư", 0},
    {NULL, "ỦY BAN~NHÂN DÂN", 0},
    {"document and its reference number", "Chỉ thị~28-CT/TW", 1},
    {"document and its reference number", "Nghị định~30/2020/NĐ-CP", 1},
};

static void every_rule_by_its_words(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sample s = sample_of(cases[i].text);
        assert_true(s.gap < s.n);
        const char *rule = vt_glue_rule(s.classes, s.n, s.gap);
        int kind = s.penalty[s.gap] == VT_GLUE_BAN ? 2 : s.penalty[s.gap] > 0;
        if ((rule == NULL) != (cases[i].rule == NULL) ||
            (rule != NULL && strcmp(rule, cases[i].rule) != 0) || kind != cases[i].kind)
            fail_msg("\"%s\": rule \"%s\" (%d), expected \"%s\" (%d)", cases[i].text,
                     rule != NULL ? rule : "-", kind, cases[i].rule != NULL ? cases[i].rule : "-",
                     cases[i].kind);
    }
}

/* The quick refusal in vt_glue_gaps must not hide a rule. */
static void fast_path_agrees_with_the_table(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        uint32_t classes[6];
        int32_t penalty[6];
        for (size_t i = 0; i < 6; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *text = cases[(seed >> 8) % (sizeof cases / sizeof *cases)].text;
            size_t len = strcspn(text, " ~");
            classes[i] = vt_glue_class(text, len) | 1u << (seed >> 3) % 28;
        }
        vt_glue_gaps(classes, 6, penalty);
        for (size_t i = 0; i < 5; i++)
            assert_int_equal(penalty[i] != 0, vt_glue_rule(classes, 6, i) != NULL);
    }
}

static void phrases_begin_where_they_do(void **state) {
    static const struct {
        const char *left, *right;
        bool phrase;
    } gaps[] = {
        {"tăng", "cường", false}, {"vận", "động,", false}, {"động,", "hỗ", true},
        {"lực", "cho", true},     {"cho", "Quỹ", false},   {"NHÂN", "DÂN", false},
        {"DÂN", "TỈNH", true},    {"trợ", "Quỹ", true},    {"-", "xã", true},
        {"và", "của", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
        assert_int_equal(vt_glue_phrase(vt_glue_class(gaps[i].left, strlen(gaps[i].left)),
                                        vt_glue_class(gaps[i].right, strlen(gaps[i].right))),
                         gaps[i].phrase);
}

/* Every entry is found, so the table is in order. */
static void known_words_are_found(void **state) {
    char line[256];
    size_t n = 0;
    FILE *source = fopen("gen/glue_words.c", "r");
    (void)state;
    assert_non_null(source);
    while (fgets(line, sizeof line, source) != NULL)
        if (strncmp(line, "    {\"", 6) == 0) {
            line[6 + strcspn(line + 6, "\"")] = '\0';
            assert_int_not_equal(vt_glue_known(line + 6), 0);
            n++;
        }
    fclose(source);
    assert_true(n > 100);
    assert_int_equal(vt_glue_known("khoản"), VT_GLUE_HEAD);
    assert_int_equal(vt_glue_known("Khoản") | vt_glue_known("") | vt_glue_known("khoả"), 0);
}

static void odd_words_do_no_harm(void **state) {
    (void)state;
    static const char *const odd[] = {"",  "(",    ")",    "\xFF\xFE", "(((", "…", "“”",      "-.-",
                                      "đ", "a.b.", "Ａ１", "....",     "/",   "%", "\xE1\xBB"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        (void)vt_glue_class(odd[i], strlen(odd[i]));
    char *wide = malloc(1 << 20);
    assert_non_null(wide);
    memset(wide, 'x', 1 << 20);
    assert_int_equal(vt_glue_class(wide, 1 << 20) & VT_GLUE_HEAD, 0);
    free(wide);
    vt_glue_gaps(NULL, 0, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_by_its_words),
        cmocka_unit_test(fast_path_agrees_with_the_table),
        cmocka_unit_test(phrases_begin_where_they_do),
        cmocka_unit_test(known_words_are_found),
        cmocka_unit_test(odd_words_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
