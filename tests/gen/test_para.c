/*
 * Paragraphs: what every setting must keep (words, order, room, widths), and
 * the cases that have their own rule.
 */
#include "gen/para.h"

#include "gen/compound.h"
#include "gen/wordcache.h"
#include "tests/gen/help.h"

#include <math.h>

#define SIZE 14.0
#define EPS 1e-6

typedef struct bench {
    vt_fonts *fonts;
    vt_word_cache *cache;
    vt_arena *arena;
    vt_findings *list;
    vt_engine engine; /* of which headings need the compounds */
} bench;

static const vt_place nowhere;

static int open_bench(void **state) {
    static char data[] = ".";
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->list = vt_findings_new();
    b->arena = vt_arena_new((size_t)256 << 20);
    assert_int_equal(vt_fonts_open(NULL, b->list, &b->fonts), VT_OK);
    b->cache = vt_word_cache_new(b->fonts);
    b->engine = (vt_engine){.data = data, .arena = vt_arena_new((size_t)4 << 20)};
    assert_int_equal(vt_compounds_need(&b->engine, b->list), VT_OK);
    vt_word_compounds_put(b->cache, b->engine.compounds);
    *state = b;
    return b->list == NULL || b->arena == NULL || b->cache == NULL;
}

static int close_bench(void **state) {
    bench *b = *state;
    vt_word_cache_free(b->cache);
    vt_fonts_free(b->fonts);
    vt_arena_free(b->engine.arena);
    vt_arena_free(b->arena);
    vt_findings_free(b->list);
    free(b);
    return 0;
}

/* --------------------------------------------------------------- samples -- */

static const char *const syllables[] = {
    "cán",      "bộ,",    "công",  "chức", "xã",     "Thạch", "Bình", "thực",  "hiện", "kế",
    "hoạch",    "số",     "15",    "ngày", "05",     "tháng", "01",   "năm",   "2026", "theo",
    "Điều",     "5",      "khoản", "2",    "(điểm",  "a)",    "của",  "Luật;", "-",    "nghiêng",
    "trường",   "AVATAR", "To",    "P.",   "Yên,",   "%",     "30",   "bản",   "ông",  "Nguyễn",
    "28-CT/TW", "A",      "và",    "các",  "“Tháng", "vì",    "trẻ",  "em”",   "2021", "V.",
};

static uint32_t draw(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Random text; `gap` stands between words. */
static char *text_of(vt_arena *arena, size_t words, uint32_t seed, const char *gap) {
    vt_buf buf;
    vt_buf_init(&buf, 64 << 20);
    for (size_t i = 0; i < words; i++) {
        if (i > 0)
            vt_buf_puts(&buf, gap);
        vt_buf_puts(&buf, syllables[draw(&seed, sizeof syllables / sizeof *syllables)]);
    }
    char *text = vt_strndup(arena, buf.data, buf.len);
    vt_buf_free(&buf);
    assert_non_null(text);
    return text;
}

static vt_piece piece(const char *text) {
    return (vt_piece){.text = text, .len = strlen(text), .size = SIZE, .tag = 1};
}

static vt_para_spec spec_of(const vt_piece *pieces, size_t n, double width, vt_align align) {
    return (vt_para_spec){.pieces = pieces,
                          .piece_count = n,
                          .width = width,
                          .first_indent = align == VT_JUSTIFY ? 28.35 : 0,
                          .align = align,
                          .stretch_limit = 0.25};
}

static vt_para set(bench *b, const vt_para_spec *spec) {
    vt_para para = {0};
    vt_status status = vt_para_set(b->fonts, b->cache, spec, b->arena, nowhere, b->list, &para);
    if (status != VT_OK)
        fail_msg("%s", help_findings(b->list));
    return para;
}

static vt_para set_text(bench *b, const char *text, double width, vt_align align) {
    vt_piece p = piece(text);
    vt_para_spec spec = spec_of(&p, 1, width, align);
    return set(b, &spec);
}

/* All text of a paragraph, run after run. */
static const char *text_in(bench *b, const vt_para *para) {
    vt_buf buf;
    vt_buf_init(&buf, 64 << 20);
    for (size_t i = 0; i < para->line_count; i++)
        for (size_t r = 0; r < para->lines[i].run_count; r++)
            vt_buf_add(&buf, para->lines[i].runs[r].text, para->lines[i].runs[r].len);
    const char *text = vt_strndup(b->arena, buf.data, buf.len);
    vt_buf_free(&buf);
    return text;
}

static const char *line_text(bench *b, const vt_para *para, size_t line) {
    vt_para one = {.lines = &para->lines[line], .line_count = 1};
    return text_in(b, &one);
}

/* ------------------------------------------------------------ properties -- */

/* What the painter will find: glyphs of the characters, and their advances,
   kerning and word spaces add up to the width. */
static void check_run(const bench *b, const vt_run *run) {
    const char *p = run->text, *end = run->text + run->len;
    double units = 0;
    uint32_t count = 0, spaces = 0;
    while (p < end) {
        uint32_t cp = vt_utf8_next(&p, end);
        uint16_t glyph = vt_fonts_glyph(b->fonts, run->face, cp);
        assert_int_equal(run->glyphs[count], glyph);
        units += vt_fonts_advance(b->fonts, run->face, glyph);
        if (count > 0)
            units += vt_fonts_kern(b->fonts, run->face, run->glyphs[count - 1], glyph);
        spaces += cp == ' ';
        count++;
    }
    assert_int_equal(run->count, count);
    assert_true(fabs(units * run->size / 1000 + spaces * run->word_space - run->width) < EPS);
}

static double ink_of(const bench *b, const vt_line *line) {
    const vt_run *last = &line->runs[line->run_count - 1];
    double end = last->x + last->width;
    if (last->len > 1 && last->text[last->len - 1] == ' ') {
        uint16_t space = vt_fonts_glyph(b->fonts, last->face, ' ');
        int units = vt_fonts_advance(b->fonts, last->face, space) +
                    vt_fonts_kern(b->fonts, last->face, last->glyphs[last->count - 2], space);
        end -= units * last->size / 1000 + last->word_space;
    }
    return end - line->runs[0].x;
}

static bool has_gap(const vt_line *line) {
    for (size_t r = 0; r < line->run_count; r++) {
        const char *space = memchr(line->runs[r].text, ' ', line->runs[r].len);
        if (space != NULL &&
            (r + 1 < line->run_count || space < line->runs[r].text + line->runs[r].len - 1))
            return true;
    }
    return false;
}

static void check_para(const bench *b, const vt_para_spec *spec, const vt_para *para) {
    for (size_t i = 0; i < para->line_count; i++) {
        const vt_line *line = &para->lines[i];
        double indent = i == 0 ? spec->first_indent : spec->hang;
        assert_true(line->run_count > 0);
        assert_true(fabs(line->runs[0].x - line->x) < EPS);
        for (size_t r = 0; r < line->run_count; r++) {
            check_run(b, &line->runs[r]);
            if (r > 0)
                assert_true(fabs(line->runs[r - 1].x + line->runs[r - 1].width - line->runs[r].x) <
                            EPS);
        }
        assert_true(fabs(ink_of(b, line) - line->width) < EPS);
        assert_true(line->x >= indent - EPS);
        assert_true(line->x + line->width <= spec->width + 0.01);
        if (spec->align == VT_JUSTIFY && i + 1 < para->line_count && has_gap(line))
            assert_true(fabs(line->x + line->width - spec->width) < 0.01);
        if (spec->align == VT_RIGHT)
            assert_true(fabs(line->x + line->width - spec->width) < 0.01);
        if (spec->align == VT_CENTER)
            assert_true(fabs(line->x - indent - (spec->width - line->x - line->width)) < 0.01);
    }
}

static void every_word_in_order_within_the_column(void **state) {
    bench *b = *state;
    for (uint32_t seed = 1; seed <= 200; seed++) {
        size_t words = 1 + draw(&seed, 150);
        const char *text = text_of(b->arena, words, seed, " ");
        vt_piece p = piece(text);
        vt_para_spec spec = spec_of(&p, 1, 120 + draw(&seed, 400), (vt_align)(seed % 4));
        spec.balance = seed % 8 < 4;
        vt_para para = set(b, &spec);
        check_para(b, &spec, &para);
        assert_string_equal(text_in(b, &para), text);
        vt_arena_reset(b->arena);
    }
}

/* A text cut into pieces of many styles at random bytes between characters. */
static size_t random_pieces(const char *text, uint32_t seed, vt_piece *pieces, size_t max) {
    size_t n = 0;
    while (*text != '\0') {
        size_t len = 1 + draw(&seed, 24);
        len = len > strlen(text) || n + 1 == max ? strlen(text) : len;
        while (((uint8_t)text[len] & 0xC0) == 0x80)
            len++;
        pieces[n] = (vt_piece){.text = text,
                               .len = len,
                               .face = (vt_face)draw(&seed, VT_FACES),
                               .size = draw(&seed, 4) ? SIZE : 9,
                               .rise = draw(&seed, 8) ? 0 : 4,
                               .underline = draw(&seed, 5) == 0,
                               .tag = draw(&seed, 2)};
        text += pieces[n++].len;
    }
    return n;
}

static void styles_change_no_word(void **state) {
    bench *b = *state;
    for (uint32_t seed = 1; seed <= 200; seed++) {
        vt_piece pieces[200];
        const char *text = text_of(b->arena, 20 + seed, seed, " ");
        size_t n = random_pieces(text, seed, pieces, 200);
        vt_para_spec spec = spec_of(pieces, n, 200 + seed, (vt_align)(seed % 4));
        vt_para para = set(b, &spec);
        check_para(b, &spec, &para);
        assert_string_equal(text_in(b, &para), text);
        vt_arena_reset(b->arena);
    }
}

static void white_space_is_folded(void **state) {
    bench *b = *state;
    const char *plain = text_of(b->arena, 60, 5, " "), *wide = text_of(b->arena, 60, 5, " \n\t ");
    vt_piece pieces[] = {piece("  \n"), piece(wide), piece("  "), piece(" \t")};
    vt_para_spec spec = spec_of(pieces, 4, 300, VT_JUSTIFY);
    vt_para para = set(b, &spec);
    check_para(b, &spec, &para);
    assert_string_equal(text_in(b, &para), plain);
    vt_arena_reset(b->arena);
}

/* ---------------------------------------------------------- single rules -- */

/* "(<i>abc</i>)," is one word, wherever the line happens to end. */
static void words_over_styles_hold_together(void **state) {
    bench *b = *state;
    for (double width = 60; width < 160; width += 3) {
        vt_piece pieces[] = {piece("theo quy định ("), piece("gọi tắt"), piece("), và các xã")};
        pieces[1].face = VT_ITALIC;
        vt_para_spec spec = spec_of(pieces, 3, width, VT_LEFT);
        vt_para para = set(b, &spec);
        for (size_t i = 0; i < para.line_count; i++) {
            const char *line = line_text(b, &para, i);
            size_t len = strlen(line);
            assert_int_not_equal(line[len - 1], '(');
            assert_int_not_equal(line[0], ')');
        }
        vt_arena_reset(b->arena);
    }
}

static void breaks_are_forced(void **state) {
    bench *b = *state;
    vt_piece pieces[] = {piece("Dòng một"), piece(""), piece(" dòng ba"), piece("")};
    pieces[0].br = pieces[1].br = pieces[2].br = true;
    vt_para_spec spec = spec_of(pieces, 4, 300, VT_JUSTIFY);
    vt_para para = set(b, &spec);
    assert_int_equal(para.line_count, 3); /* a break at the very end opens no line */
    assert_string_equal(line_text(b, &para, 0), "Dòng một ");
    assert_int_equal(para.lines[1].run_count, 0);
    assert_true(para.lines[1].size == SIZE);
    assert_string_equal(line_text(b, &para, 2), "dòng ba");
    assert_true(para.lines[0].x == spec.first_indent && para.lines[2].x == 0);
    assert_true(para.lines[0].runs[0].word_space == 0);
}

static void nothing_makes_no_line(void **state) {
    bench *b = *state;
    vt_piece pieces[] = {piece(""), piece("   "), piece(" \n ")};
    vt_para_spec spec = spec_of(pieces, 3, 300, VT_JUSTIFY);
    assert_int_equal(set(b, &spec).line_count, 0);
    spec.piece_count = 0;
    assert_int_equal(set(b, &spec).line_count, 0);
    pieces[0].br = true;
    spec.piece_count = 1;
    assert_int_equal(set(b, &spec).line_count, 1);
}

/* A place to be filled by hand has its width and one space in the text. */
static void blanks_keep_their_place(void **state) {
    bench *b = *state;
    vt_piece pieces[] = {piece("Số: "), piece(" "), piece("/UBND-VX")};
    pieces[1].blank = 40;
    vt_para_spec spec = spec_of(pieces, 3, 300, VT_LEFT);
    vt_para para = set(b, &spec);
    assert_int_equal(para.line_count, 1);
    assert_int_equal(para.lines[0].run_count, 3);
    assert_true(fabs(para.lines[0].runs[1].width - 40) < EPS);
    assert_string_equal(text_in(b, &para), "Số:  /UBND-VX");
    for (size_t r = 0; r < 3; r++)
        check_run(b, &para.lines[0].runs[r]);
    spec.width = 70; /* too narrow: "Số:" and the blank still stand together */
    para = set(b, &spec);
    for (size_t i = 0; i < para.line_count; i++)
        assert_string_not_equal(line_text(b, &para, i), "Số: ");
}

static void held_pieces_do_not_break(void **state) {
    bench *b = *state;
    vt_piece p = piece("Độc lập - Tự do - Hạnh phúc");
    vt_piece lead = piece("Tiêu ngữ: ");
    p.hold = true;
    vt_piece pieces[] = {lead, p};
    vt_para_spec spec = spec_of(pieces, 2, 190, VT_LEFT);
    vt_para para = set(b, &spec);
    assert_int_equal(para.line_count, 2);
    assert_string_equal(line_text(b, &para, 1), "Độc lập - Tự do - Hạnh phúc");
    spec.width = 100; /* what cannot be held is not held */
    para = set(b, &spec);
    assert_true(para.line_count > 2);
    check_para(b, &spec, &para);
}

static double widest_space(const vt_para *para) {
    double widest = 0;
    for (size_t i = 0; i < para->line_count; i++)
        for (size_t r = 0; r < para->lines[i].run_count; r++)
            widest = fmax(widest, para->lines[i].runs[r].word_space);
    return widest;
}

/* A long address need not push wide spaces into the line above it: on the
   average of many columns spaces are half as wide as with one that holds. */
static void an_address_is_parted_rather_than_a_line_stretched(void **state) {
    bench *b = *state;
    const char *before = "Tài liệu phục vụ hội nghị được đăng tại chuyên mục ";
    const char *address = "https://vanban.lamgiang.example/tra-cuu/thach-binh/2026/hoi-nghi";
    const char *after = " để các đơn vị nghiên cứu trước khi dự họp.";
    double parted = 0, whole = 0;
    for (double width = 320; width < 480; width += 4) {
        vt_piece pieces[] = {piece(before), piece(address), piece(after)};
        vt_para_spec spec = spec_of(pieces, 3, width, VT_JUSTIFY);
        vt_para para = set(b, &spec);
        check_para(b, &spec, &para);
        parted += widest_space(&para);
        pieces[1] = piece("httpsxxxvanbanxlamgiangxexamplextraxcuuxthachxbinhx2026xhoixnghi");
        para = set(b, &spec);
        whole += widest_space(&para);
    }
    assert_true(parted < whole / 2);
}

/* An address is parted behind its slashes, a reference number only by force. */
static void only_what_is_too_wide_is_parted(void **state) {
    bench *b = *state;
    const char *text = "tại https://vanban.lamgiang.example/tra-cuu/thach-binh/2026 theo 28-CT/TW";
    vt_para para = set_text(b, text, 230, VT_LEFT);
    assert_string_equal(text_in(b, &para), text);
    assert_non_null(strstr(line_text(b, &para, para.line_count - 1), "theo 28-CT/TW"));
    const char *first = line_text(b, &para, 0);
    assert_int_equal(first[strlen(first) - 1], '/');
    for (double width = 68; width < 90; width += 2) {
        para = set_text(b, "theo 28-CT/TW và 30-NQ/TW", width, VT_LEFT);
        for (size_t i = 0; i < para.line_count; i++)
            assert_null(strchr("-/", line_text(b, &para, i)[strlen(line_text(b, &para, i)) - 1]));
    }
    para = set_text(b, "28-CT/TW", 30, VT_LEFT);
    assert_true(para.line_count > 1);
    assert_string_equal(text_in(b, &para), "28-CT/TW");
}

static void no_column_is_too_narrow(void **state) {
    bench *b = *state;
    const char *text = "Ủy ban nhân dân xã: 28-CT/TW; Điều 5, Luật";
    for (double width = -20; width <= 60; width += 5)
        for (int align = 0; align < 8; align++) {
            vt_piece p = piece(text);
            vt_para_spec spec = spec_of(&p, 1, width, (vt_align)(align % 4));
            spec.balance = align > 3;
            vt_para para = set(b, &spec);
            assert_string_equal(text_in(b, &para), text);
            for (size_t i = 0; i < para.line_count; i++)
                for (size_t r = 0; r < para.lines[i].run_count; r++)
                    check_run(b, &para.lines[i].runs[r]);
        }
}

static void underlines_follow_the_ink(void **state) {
    bench *b = *state;
    vt_piece pieces[] = {piece("Thư ký "), piece("ghi biên bản của"), piece(" hội nghị")};
    pieces[1].underline = true;
    vt_para_spec spec = spec_of(pieces, 3, 100, VT_LEFT);
    vt_para para = set(b, &spec);
    size_t marks = 0;
    for (size_t i = 0; i < para.line_count; i++) {
        const vt_line *line = &para.lines[i];
        for (size_t m = 0; m < line->mark_count; m++, marks++) {
            assert_true(line->marks[m].x2 <= line->x + line->width + EPS);
            assert_true(line->marks[m].x1 < line->marks[m].x2);
            assert_true(line->marks[m].y1 > 0 && line->marks[m].thickness > 0);
        }
    }
    assert_int_equal(marks, 2);
}

static void a_missing_character_is_named(void **state) {
    bench *b = *state;
    vt_piece p = piece("Đồng ý ☐ Không đồng ý ☐");
    vt_para_spec spec = spec_of(&p, 1, 300, VT_LEFT);
    vt_para para = {0};
    vt_place place = {.file = "don.xml", .line = 12};
    vt_findings_clear(b->list);
    assert_int_equal(vt_para_set(b->fonts, b->cache, &spec, b->arena, place, b->list, &para),
                     VT_BAD);
    assert_null(para.lines);
    assert_int_equal(vt_findings_count(b->list), 1); /* once, though it stands there twice */
    const vt_finding *f = vt_findings_at(b->list, 0);
    assert_string_equal(f->id, "BO-01");
    assert_int_equal(f->place.line, 12);
    assert_non_null(strstr(f->message, "☐"));
    assert_non_null(strstr(f->message, "U+2610"));
    assert_non_null(f->remedy);
    vt_findings_clear(b->list);
}

/* Names and subjects as they stand in narrow columns. */
static void headings_part_between_phrases(void **state) {
    bench *b = *state;
    static const struct {
        double width;
        const char *text, *lines;
    } samples[] = {
        {190, "ỦY BAN NHÂN DÂN THÀNH PHỐ LAM GIANG", "ỦY BAN NHÂN DÂN |THÀNH PHỐ LAM GIANG|"},
        {300, "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG CÁC CÔNG TRÌNH GIAO THÔNG",
         "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG |CÁC CÔNG TRÌNH GIAO THÔNG|"},
        {300, "Về việc góp ý dự thảo Kế hoạch phát triển kinh tế - xã hội giai đoạn 2026 - 2030",
         "Về việc góp ý dự thảo Kế hoạch phát triển |kinh tế - xã hội giai đoạn 2026 - 2030|"},
        {250, "Đại hội đại biểu Đảng bộ xã Thạch Bình lần thứ I, nhiệm kỳ 2025 - 2030",
         "Đại hội đại biểu Đảng bộ xã Thạch Bình |lần thứ I, nhiệm kỳ 2025 - 2030|"},
        {190, "BAN CHẤP HÀNH ĐOÀN PHƯỜNG TÂN HÀ", "BAN CHẤP HÀNH ĐOÀN |PHƯỜNG TÂN HÀ|"},
        /* words are kept whole */
        {300, "công tác Đoàn và phong trào thanh thiếu nhi tỉnh Lam Giang năm 2027",
         "công tác Đoàn và phong trào |thanh thiếu nhi tỉnh Lam Giang năm 2027|"},
        {300, "hỗ trợ thanh niên nông thôn khởi nghiệp giai đoạn 2026 - 2030",
         "hỗ trợ thanh niên nông thôn |khởi nghiệp giai đoạn 2026 - 2030|"},
        {300, "nâng cao chất lượng sinh hoạt chi bộ khu phố giai đoạn 2026 - 2030",
         "nâng cao chất lượng sinh hoạt chi bộ |khu phố giai đoạn 2026 - 2030|"},
        {300, "Thu gom, xử lý bao gói thuốc bảo vệ thực vật sau sử dụng năm 2026",
         "Thu gom, xử lý bao gói thuốc |bảo vệ thực vật sau sử dụng năm 2026|"},
        {300, "Thời gian nhập học đầu năm học 2026 - 2027 đối với học sinh lớp 10",
         "Thời gian nhập học đầu năm học |2026 - 2027 đối với học sinh lớp 10|"},
        /* a term is parted between its words where it must be */
        {130, "CHI CỤC BẢO VỆ THỰC VẬT", "CHI CỤC BẢO VỆ |THỰC VẬT|"},
        /* the last line is not one syllable */
        {230, "Về việc tổ chức Ngày hội Đại đoàn kết ở thôn",
         "Về việc tổ chức Ngày hội |Đại đoàn kết ở thôn|"},
        {150, "Về việc đón đoàn khách ở xã", "Về việc đón |đoàn khách ở xã|"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        vt_piece p = piece(samples[i].text);
        vt_para_spec spec = spec_of(&p, 1, samples[i].width, VT_CENTER);
        spec.balance = true;
        vt_para para = set(b, &spec);
        vt_buf lines;
        vt_buf_init(&lines, 1 << 16);
        for (size_t k = 0; k < para.line_count; k++)
            vt_buf_printf(&lines, "%s|", line_text(b, &para, k));
        assert_string_equal(lines.data, samples[i].lines);
        vt_buf_free(&lines);
    }
}

static const char *lines_of(bench *b, const vt_para *para) {
    vt_buf lines;
    vt_buf_init(&lines, 1 << 16);
    for (size_t k = 0; k < para->line_count; k++)
        vt_buf_printf(&lines, "%s|", line_text(b, para, k));
    const char *text = vt_strndup(b->arena, lines.data, lines.len);
    vt_buf_free(&lines);
    return text;
}

/* At how many widths a line that is not loose ends so. */
static size_t parted(bench *b, vt_face face, const char *text, const char *where) {
    size_t n = 0;
    for (double width = 240; width <= 480; width += 1) {
        vt_piece p = piece(text);
        p.face = face;
        vt_para_spec spec = spec_of(&p, 1, width, VT_JUSTIFY);
        vt_para para = set(b, &spec);
        n += !para.loose && strstr(lines_of(b, &para), where) != NULL;
    }
    return n;
}

/* A name in running text is kept whole where the lines stay good, the words of a
   heading in bold likewise. */
static void justified_lines_mind_names_and_bold_words(void **state) {
    bench *b = *state;
    static const char named[] =
        "Trường Trung học phổ thông Tân Giang giới thiệu đồng nghiệp là Lục Thị Thanh Xuân, "
        "giáo "
        "viên của trường, đến nhận sách giáo khoa năm học mới của lớp mười hai.";
    static const char unnamed[] =
        "Trường Trung học phổ thông Tân Giang giới thiệu đồng nghiệp là lục thị thanh xuân, "
        "giáo "
        "viên của trường, đến nhận sách giáo khoa năm học mới của lớp mười hai.";
    static const char heading[] =
        "Phân công nhiệm vụ, tổ chức thực hiện, kiểm tra, giám sát, sơ kết và tổng kết phong trào "
        "thanh thiếu nhi năm học mới ở các trường trên địa bàn";
    const size_t names = parted(b, VT_REGULAR, named, "Thanh |Xuân");
    assert_true(names < parted(b, VT_REGULAR, unnamed, "thanh |xuân"));
    const size_t words = parted(b, VT_BOLD, heading, "sơ |kết");
    vt_word_cache *knowing = b->cache;
    b->cache = vt_word_cache_new(b->fonts);
    assert_true(words < parted(b, VT_BOLD, heading, "sơ |kết"));
    vt_word_cache_free(b->cache);
    b->cache = knowing;
}

/* ------------------------------------------------------------- measuring -- */

static void measured_is_what_is_set(void **state) {
    bench *b = *state;
    for (uint32_t seed = 1; seed <= 100; seed++) {
        const char *text = text_of(b->arena, 1 + seed % 30, seed, " ");
        vt_piece p = piece(text);
        vt_para_spec spec = spec_of(&p, 1, 0, VT_LEFT);
        vt_extent e;
        assert_int_equal(
            vt_para_measure(b->fonts, b->cache, &spec, b->arena, nowhere, b->list, true, &e),
            VT_OK);
        assert_true(e.part > 0 && e.part <= e.word && e.word <= e.held && e.held <= e.line);
        const double natural = e.line, least = e.held;
        spec.width = natural;
        vt_para para = set(b, &spec);
        assert_int_equal(para.line_count, 1);
        assert_true(fabs(para.lines[0].width - natural) < EPS);
        spec.width = least;
        para = set(b, &spec);
        assert_false(para.loose);
        check_para(b, &spec, &para);
        vt_arena_reset(b->arena);
    }
}

/* ----------------------------------------------------------- cache, size -- */

static void the_cache_changes_nothing(void **state) {
    bench *b = *state;
    vt_piece p = piece(text_of(b->arena, 300, 9, " "));
    vt_para_spec spec = spec_of(&p, 1, 400, VT_JUSTIFY);
    vt_para a = set(b, &spec), c = {0};
    assert_int_equal(vt_para_set(b->fonts, NULL, &spec, b->arena, nowhere, b->list, &c), VT_OK);
    /* more words than it holds, then the same text again */
    for (uint32_t i = 0; i < 20000; i++) {
        uint16_t glyphs[32];
        char word[32];
        vt_measured m;
        int len = snprintf(word, sizeof word, "từ%u", i);
        vt_word_measure(b->cache, VT_REGULAR, word, (size_t)len, glyphs, &m);
        assert_int_equal(m.count, len - 2);
    }
    vt_para d = set(b, &spec);
    assert_int_equal(a.line_count, c.line_count);
    assert_int_equal(a.line_count, d.line_count);
    for (size_t i = 0; i < a.line_count; i++) {
        assert_true(a.lines[i].width == c.lines[i].width);
        assert_true(a.lines[i].width == d.lines[i].width);
        assert_true(a.lines[i].runs[0].word_space == d.lines[i].runs[0].word_space);
    }
    vt_arena_reset(b->arena);
}

static void assert_same_run(const vt_run *a, const vt_run *b) {
    assert_true(a->x == b->x && a->y == b->y && a->width == b->width && a->size == b->size);
    assert_true(a->word_space == b->word_space && a->face == b->face && a->tag == b->tag);
    assert_memory_equal(&a->colour, &b->colour, sizeof a->colour);
    assert_int_equal(a->len, b->len);
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->text, b->text, a->len);
    assert_memory_equal(a->glyphs, b->glyphs, a->count * sizeof *a->glyphs);
}

static void assert_same(const vt_para *a, const vt_para *b) {
    assert_int_equal(a->line_count, b->line_count);
    assert_int_equal(a->loose, b->loose);
    for (size_t i = 0; i < a->line_count; i++) {
        const vt_line *x = &a->lines[i], *y = &b->lines[i];
        assert_true(x->x == y->x && x->width == y->width && x->size == y->size);
        assert_int_equal(x->run_count, y->run_count);
        assert_int_equal(x->mark_count, y->mark_count);
        for (size_t r = 0; r < x->run_count; r++)
            assert_same_run(&x->runs[r], &y->runs[r]);
        for (size_t m = 0; m < x->mark_count; m++)
            assert_true(x->marks[m].x1 == y->marks[m].x1 && x->marks[m].y1 == y->marks[m].y1 &&
                        x->marks[m].x2 == y->marks[m].x2);
    }
}

/* Changes one thing a paragraph depends on; false: there is no such thing. */
static bool vary(int what, vt_para_spec *spec, vt_piece pieces[4]) {
    switch (what) {
    case 0:
        pieces[1].text = "mot hai ba bon nam sau bay chin";
        return true;
    case 1:
        pieces[1].face = VT_ITALIC;
        return true;
    case 2:
        pieces[1].size = 11;
        return true;
    case 3:
        pieces[1].rise = 4;
        return true;
    case 4:
        pieces[1].underline = true;
        return true;
    case 5:
        pieces[1].br = true;
        return true;
    case 6:
        pieces[1].hold = true;
        return true;
    case 7:
        pieces[1].colour.b = 200;
        return true;
    case 8:
        pieces[1].tag = pieces[0].tag;
        return true; /* one run more, or less */
    case 9:
        pieces[2].blank = 60;
        return true;
    case 10:
        spec->width -= 31;
        return true;
    case 11:
        spec->first_indent += 17;
        return true;
    case 12:
        spec->hang += 23;
        return true;
    case 13:
        spec->align = VT_RIGHT;
        return true;
    case 14:
        spec->balance = true;
        return true;
    case 15:
        spec->stretch_limit = 0.01;
        return true;
    case 16:
        spec->piece_count = 2;
        return true;
    case 17:
        for (uint32_t k = 0; k < 4; k++)
            pieces[k].tag = 8 + k;
        return true;
    default:
        return false;
    }
}

/* A paragraph that differs from one set before in one thing gets its own lines,
   and the same one set again the lines it had. */
static void set_before_or_anew_is_the_same(void **state) {
    bench *b = *state;
    const char *first = text_of(b->arena, 60, 21, " "), *last = text_of(b->arena, 40, 22, " ");
    for (int what = 0, more = 1; more; what++) {
        vt_piece pieces[4] = {piece(first), piece("mot hai ba bon nam sau bay tam."), piece(" "),
                              piece(last)};
        pieces[1].tag = 2;
        pieces[2].blank = 25;
        vt_para_spec spec = spec_of(pieces, 4, 200, what == 14 ? VT_CENTER : VT_JUSTIFY);
        vt_para kept, again, anew = {0};
        set(b, &spec); /* is in the cache now */
        more = vary(what, &spec, pieces);
        kept = set(b, &spec);
        again = set(b, &spec);
        assert_int_equal(vt_para_set(b->fonts, NULL, &spec, b->arena, nowhere, b->list, &anew),
                         VT_OK);
        assert_same(&kept, &anew);
        assert_same(&again, &anew);
    }
    vt_arena_reset(b->arena);
}

static void a_mebibyte_is_set(void **state) {
    bench *b = *state;
    const char *text = text_of(b->arena, 200000, 4, " ");
    assert_true(strlen(text) > 1 << 20);
    vt_para para = set_text(b, text, 453, VT_JUSTIFY);
    assert_true(para.line_count > 5000);
    assert_string_equal(text_in(b, &para), text);
    char *word = vt_alloc(b->arena, (1 << 20) + 1);
    assert_non_null(word);
    memset(word, 'x', 1 << 20); /* and one word of a mebibyte */
    para = set_text(b, word, 453, VT_JUSTIFY);
    assert_true(para.line_count > 10000);
    assert_string_equal(text_in(b, &para), word);
    vt_arena_reset(b->arena);
}

/* Memory that ends anywhere is an error, never a crash. */
static void memory_may_end_anywhere(void **state) {
    bench *b = *state;
    char *text = strdup(text_of(b->arena, 400, 2, " "));
    bool done = false;
    assert_non_null(text);
    for (size_t ceiling = 64; !done; ceiling += 700) {
        vt_arena *small = vt_arena_new(ceiling);
        vt_piece p = piece(text);
        vt_para_spec spec = spec_of(&p, 1, 300, VT_JUSTIFY);
        vt_para para = {0};
        vt_status status = vt_para_set(b->fonts, b->cache, &spec, small, nowhere, b->list, &para);
        done = status == VT_OK;
        assert_true(done || (status == VT_FAIL && para.lines == NULL));
        vt_arena_free(small);
    }
    free(text);
    vt_findings_clear(b->list);
    vt_arena_reset(b->arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_in_order_within_the_column),
        cmocka_unit_test(styles_change_no_word),
        cmocka_unit_test(white_space_is_folded),
        cmocka_unit_test(words_over_styles_hold_together),
        cmocka_unit_test(breaks_are_forced),
        cmocka_unit_test(nothing_makes_no_line),
        cmocka_unit_test(blanks_keep_their_place),
        cmocka_unit_test(held_pieces_do_not_break),
        cmocka_unit_test(only_what_is_too_wide_is_parted),
        cmocka_unit_test(an_address_is_parted_rather_than_a_line_stretched),
        cmocka_unit_test(no_column_is_too_narrow),
        cmocka_unit_test(underlines_follow_the_ink),
        cmocka_unit_test(a_missing_character_is_named),
        cmocka_unit_test(headings_part_between_phrases),
        cmocka_unit_test(justified_lines_mind_names_and_bold_words),
        cmocka_unit_test(measured_is_what_is_set),
        cmocka_unit_test(the_cache_changes_nothing),
        cmocka_unit_test(set_before_or_anew_is_the_same),
        cmocka_unit_test(a_mebibyte_is_set),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
