/*
 * tests/gen/layouts.h - layouts made by hand, for tests of the painter.
 *
 * A letter of an invented agency with all the painter has to draw: two-column
 * header, headings, justified paragraphs across a page break, lists, a table,
 * a note, a stamp in colour, page numbers, fields.  Lines are broken greedily;
 * what composing must do is not what is tested here.
 */
#ifndef VT_TESTS_LAYOUTS_H
#define VT_TESTS_LAYOUTS_H

#include "gen/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.89
#define LEFT 85.04
#define RIGHT (A4_WIDTH - 56.69)
#define TOP 56.69
#define BOTTOM (A4_HEIGHT - 56.69)

typedef struct maker {
    vt_layout *layout;
    vt_arena *arena;
    const vt_fonts *fonts;
    double y;
} maker;

/* Tests stop where the fixture itself has no memory. */
static inline void *must(void *p) {
    if (!p) {
        fputs("layouts.h: no memory\n", stderr);
        abort();
    }
    return p;
}

static inline vt_page *last_page(maker *m) {
    return &m->layout->pages[m->layout->page_count - 1];
}

static inline uint32_t make_tag(maker *m, uint32_t parent, vt_role role) {
    vt_layout *l = m->layout;
    uint32_t index = (uint32_t)l->tag_count;
    vt_tag *up;

    l->tags = must(vt_grow(m->arena, l->tags, &l->tag_cap, l->tag_count + 1, sizeof *l->tags));
    l->tags[l->tag_count++] = (vt_tag){.role = role, .parent = parent};
    if (index == 0)
        return 0;
    up = &l->tags[parent];
    if (up->last)
        l->tags[up->last].next = index;
    else
        up->first = index;
    up->last = index;
    return index;
}

static inline vt_run *make_run(maker *m, double x, double y, vt_face face, double size,
                               uint32_t tag, const char *text, size_t len) {
    vt_page *page = last_page(m);
    uint16_t *glyphs = must(vt_alloc_array(m->arena, len + 1, sizeof *glyphs));
    vt_run *run;

    page->runs = must(
        vt_grow(m->arena, page->runs, &page->run_cap, page->run_count + 1, sizeof *page->runs));
    run = &page->runs[page->run_count++];
    *run = (vt_run){.x = x,
                    .y = y,
                    .size = size,
                    .face = face,
                    .tag = tag,
                    .text = vt_strndup(m->arena, text, len),
                    .len = (uint32_t)len,
                    .glyphs = glyphs};
    for (const char *s = text; s < text + len; run->count++)
        glyphs[run->count] = vt_fonts_glyph(m->fonts, face, vt_utf8_next(&s, text + len));
    run->width = (double)vt_fonts_width(m->fonts, face, text, len) * size / 1000;
    return run;
}

static inline vt_run *make_text(maker *m, double x, double y, vt_face face, double size,
                                uint32_t tag, const char *text) {
    return make_run(m, x, y, face, size, tag, text, strlen(text));
}

static inline void make_centred(maker *m, double middle, double y, vt_face face, double size,
                                uint32_t tag, const char *text) {
    vt_run *run = make_text(m, 0, y, face, size, tag, text);

    run->x = middle - run->width / 2;
}

static inline vt_mark *make_mark(maker *m, vt_mark_kind kind, double x1, double y1, double x2,
                                 double y2) {
    vt_page *page = last_page(m);

    page->marks = must(
        vt_grow(m->arena, page->marks, &page->mark_cap, page->mark_count + 1, sizeof *page->marks));
    page->marks[page->mark_count] =
        (vt_mark){.kind = kind, .x1 = x1, .y1 = y1, .x2 = x2, .y2 = y2, .thickness = 0.5};
    return &page->marks[page->mark_count++];
}

static inline void make_page(maker *m) {
    vt_layout *l = m->layout;
    char number[24];

    l->pages = must(vt_grow(m->arena, l->pages, &l->page_cap, l->page_count + 1, sizeof *l->pages));
    l->pages[l->page_count++] =
        (vt_page){.width = A4_WIDTH, .height = A4_HEIGHT, .number = (int)l->page_count};
    m->y = TOP;
    if (l->page_count > 1) {
        snprintf(number, sizeof number, "%zu", l->page_count);
        make_centred(m, A4_WIDTH / 2, 38, VT_REGULAR, 13, VT_ARTIFACT, number);
    }
}

/* A justified paragraph, onto the next page where it must. */
static inline void make_para(maker *m, uint32_t tag, vt_face face, double size, double indent,
                             const char *text) {
    double x = LEFT + indent;

    while (*text) {
        const char *end = text, *next = text;
        double room = RIGHT - x, width = 0;
        vt_run *run;
        int spaces = 0;

        while (*next) {
            const char *word_end = next + strcspn(next, " ");

            width = (double)vt_fonts_width(m->fonts, face, text, (size_t)(word_end - text)) * size /
                    1000;
            if (width > room && end > text)
                break;
            end = word_end;
            next = *word_end ? word_end + 1 : word_end;
        }
        if (m->y + 18 > BOTTOM)
            make_page(m);
        m->y += 18;
        for (const char *s = text; s < end; s++)
            spaces += *s == ' ';
        width = (double)vt_fonts_width(m->fonts, face, text, (size_t)(end - text)) * size / 1000;
        run = make_run(m, x, m->y, face, size, tag, text, (size_t)(next - text));
        if (*next && spaces) {
            run->word_space = (room - width) / spaces;
            run->width = room;
        }
        text = next;
        x = LEFT;
    }
    m->y += 6;
}

static inline void make_field(maker *m, vt_form_kind kind, uint32_t parent, const char *name,
                              const char *label, double x, double y, double width, double height) {
    vt_layout *l = m->layout;

    l->forms = must(vt_grow(m->arena, l->forms, &l->form_cap, l->form_count + 1, sizeof *l->forms));
    l->forms[l->form_count++] = (vt_form){.kind = kind,
                                          .name = name,
                                          .label = label,
                                          .page = l->page_count - 1,
                                          .x1 = x,
                                          .y1 = y,
                                          .x2 = x + width,
                                          .y2 = y + height,
                                          .baseline = y + height - 4,
                                          .size = 13,
                                          .align = VT_RIGHT,
                                          .tag = make_tag(m, parent, VT_ROLE_FORM)};
}

static inline void make_outline(maker *m, int level, const char *text) {
    vt_layout *l = m->layout;

    l->outlines = must(
        vt_grow(m->arena, l->outlines, &l->outline_cap, l->outline_count + 1, sizeof *l->outlines));
    l->outlines[l->outline_count++] =
        (vt_outline){.level = level, .text = text, .page = l->page_count - 1, .y = m->y};
}

/* ------------------------------------------------------------- the letter -- */

static const char *const letter_words[] = {
    "Thực hiện Kế hoạch công tác năm 2026 của Ủy ban nhân dân tỉnh Lam Giang về phát triển văn hóa "
    "đọc trong cộng đồng, Ủy ban nhân dân xã Thạch Bình đề nghị các thôn, các trường học và các tổ "
    "chức đoàn thể trên địa bàn xã phối hợp triển khai những nội dung sau đây, bảo đảm thiết thực, "
    "tiết kiệm và đúng thời gian quy định.",
    "Rà soát tủ sách của nhà văn hóa thôn, lập danh mục sách hiện có; vận động người dân, doanh "
    "nghiệp và những người con quê hương đang công tác xa nhà tặng sách, bàn ghế, giá kệ cho các "
    "điểm đọc sách; mỗi thôn cử một người phụ trách và mở cửa ít nhất hai buổi trong một tuần.",
    "Phối hợp với Thư viện tỉnh tổ chức luân chuyển sách về các điểm đọc, mỗi quý một lần, ưu tiên "
    "sách thiếu nhi, sách khoa học kỹ thuật nông nghiệp, sách pháp luật phổ thông; ghi chép số "
    "lượt "
    "người đọc, số lượt mượn để báo cáo về Ủy ban nhân dân xã trước ngày 25 hằng tháng.",
};

static inline void make_header(maker *m) {
    uint32_t doc = make_tag(m, 0, VT_ROLE_DOCUMENT);

    make_centred(m, 170, 70, VT_REGULAR, 13, make_tag(m, doc, VT_ROLE_P), "UBND HUYỆN AN PHÚ");
    make_centred(m, 170, 86, VT_BOLD, 13, make_tag(m, doc, VT_ROLE_P), "UBND XÃ THẠCH BÌNH");
    make_mark(m, VT_MARK_LINE, 135, 91, 205, 91)->what = "issuer-rule";
    make_centred(m, 420, 70, VT_BOLD, 13, make_tag(m, doc, VT_ROLE_P),
                 "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    make_centred(m, 420, 86, VT_BOLD, 13, make_tag(m, doc, VT_ROLE_P),
                 "Độc lập - Tự do - Hạnh phúc");
    make_mark(m, VT_MARK_LINE, 330, 91, 510, 91)->what = "motto-rule";
    make_text(m, 100, 110, VT_REGULAR, 13, make_tag(m, doc, VT_ROLE_P), "Số:       /UBND-VX");
    make_text(m, 330, 110, VT_ITALIC, 13, make_tag(m, doc, VT_ROLE_P),
              "Thạch Bình, ngày 05 tháng 3 năm 2026");
    m->y = 130;
}

static inline void make_section(maker *m, int number) {
    char heading[64];
    uint32_t section = make_tag(m, 0, VT_ROLE_SECT), list, item, label;

    snprintf(heading, sizeof heading, "%d. Nhiệm vụ trọng tâm", number);
    if (m->y > BOTTOM - 80)
        make_page(m);
    make_outline(m, 1, vt_strdup(m->arena, heading));
    make_para(m, make_tag(m, section, VT_ROLE_H1), VT_BOLD, 14, 28, heading);
    make_para(m, make_tag(m, section, VT_ROLE_P), VT_REGULAR, 14, 28, letter_words[0]);
    list = make_tag(m, section, VT_ROLE_L);
    for (int i = 1; i < 3; i++) {
        item = make_tag(m, list, VT_ROLE_LI);
        label = make_tag(m, item, VT_ROLE_LBL);
        if (m->y + 18 > BOTTOM)
            make_page(m);
        make_text(m, LEFT + 28, m->y + 18, VT_REGULAR, 14, label, i == 1 ? "a) " : "b) ");
        make_para(m, make_tag(m, item, VT_ROLE_LBODY), VT_REGULAR, 14, 44, letter_words[i]);
    }
}

static inline void make_table(maker *m) {
    static const char *const cells[3][3] = {
        {"Thôn", "Số sách", "Người phụ trách"},
        {"Bình An", "412", "Nguyễn Thị Vân"},
        {"Bình Hòa", "365", "Trần AV. Tùng"},
    };
    uint32_t table = make_tag(m, 0, VT_ROLE_TABLE);

    make_para(m, make_tag(m, table, VT_ROLE_CAPTION), VT_ITALIC, 13, 0, "Tủ sách của các thôn");
    for (int r = 0; r < 3; r++) {
        uint32_t row = make_tag(m, table, VT_ROLE_TR);

        for (int c = 0; c < 3; c++) {
            uint32_t cell = make_tag(m, row, r == 0 ? VT_ROLE_TH : VT_ROLE_TD);
            double x = LEFT + c * 130;

            m->layout->tags[cell].column_scope = r == 0;
            if (r == 1 && c == 2)
                m->layout->tags[cell].rowspan = 1;
            make_text(m, x + 5, m->y + 14, r ? VT_REGULAR : VT_BOLD, 13, cell, cells[r][c]);
            make_mark(m, VT_MARK_FRAME, x, m->y, x + 130, m->y + 20)->what = "cell";
        }
        m->y += 20;
    }
    m->y += 10;
}

static inline void make_closing(maker *m, bool electronic) {
    uint32_t note = make_tag(m, 0, VT_ROLE_NOTE);
    uint32_t figure = make_tag(m, 0, VT_ROLE_FIGURE);

    make_text(m, LEFT, m->y + 12, VT_REGULAR, 11, make_tag(m, note, VT_ROLE_LBL), "1 ");
    make_text(m, LEFT + 8, m->y + 12, VT_REGULAR, 11, make_tag(m, note, VT_ROLE_P),
              "Số liệu đến ngày 28/02/2026; (nguồn: Thư viện tỉnh) \\ To A.V. 50%.");
    m->layout->tags[figure].alt = "Dấu mức độ khẩn";
    make_mark(m, VT_MARK_FRAME, LEFT, m->y + 24, LEFT + 60, m->y + 44)->colour =
        (vt_rgb){200, 0, 0};
    make_text(m, LEFT + 10, m->y + 39, VT_BOLD, 13, figure, "KHẨN")->colour = (vt_rgb){200, 0, 0};
    make_text(m, 340, m->y + 30, VT_BOLD_ITALIC, 13, make_tag(m, 0, VT_ROLE_P), "Nguyễn Văn Bình");
    if (!electronic)
        return;
    make_field(m, VT_FORM_TEXT, 0, "so", "Số của văn bản", 120, 96, 40, 18);
    make_field(m, VT_FORM_TEXT, 0, "ngay", "Ngày, tháng, năm ban hành", 330, 96, 200, 18);
    m->layout->forms[m->layout->form_count - 1].value = "ngày 05 tháng 3 năm 2026";
    make_field(m, VT_FORM_TEXT, 0, "ban_sao", "Nội dung bản sao điện tử", LEFT, 740, 300, 60);
    make_field(m, VT_FORM_SIGNATURE, 0, "ky_1", "Chữ ký số của người ký", 330, 620, 160, 70);
    make_field(m, VT_FORM_SIGNATURE, 0, "dau_1", "Dấu của cơ quan ban hành", 280, 620, 80, 80);
}

/* A letter of so many sections (about half a page each). */
static inline vt_layout *make_letter(vt_arena *arena, const vt_fonts *fonts, int sections,
                                     bool electronic) {
    maker m = {.arena = arena, .fonts = fonts, .layout = must(vt_alloc(arena, sizeof(vt_layout)))};

    m.layout->arena = arena;
    m.layout->title = "Công văn của UBND xã Thạch Bình: V/v phát triển văn hóa đọc";
    m.layout->language = "vi-VN";
    make_page(&m);
    make_header(&m);
    for (int i = 1; i <= sections; i++)
        make_section(&m, i);
    if (m.y > BOTTOM - 220)
        make_page(&m);
    make_table(&m);
    make_closing(&m, electronic);
    return m.layout;
}

/* Black text only, no fields: what a plain paper document is. */
static inline vt_layout *make_plain(vt_arena *arena, const vt_fonts *fonts, int sections) {
    maker m = {.arena = arena, .fonts = fonts, .layout = must(vt_alloc(arena, sizeof(vt_layout)))};

    m.layout->arena = arena;
    m.layout->title = "Công văn của UBND xã Thạch Bình: V/v phát triển văn hóa đọc";
    m.layout->language = "vi-VN";
    make_page(&m);
    make_header(&m);
    for (int i = 1; i <= sections; i++)
        make_section(&m, i);
    return m.layout;
}

#endif
