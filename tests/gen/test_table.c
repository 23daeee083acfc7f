/*
 * Tables: places and widths of cells, heights, the drawn grid, structure
 * tags, and rows in two.
 */
#include "gen/table.h"

#include "gen/tablegrid.h"
#include "tests/gen/help.h"

#include <math.h>

#define EPS 0.01
#define HEAD                                                                                       \
    "<document xmlns='urn:vanthu:document:1' system='state' type='ke-hoach'>"                      \
    "<issuer abbr='UBND'><name>Ủy ban nhân dân xã Thạch Bình</name></issuer><body>"
#define TAIL "</body></document>"

typedef struct bench {
    vt_engine *engine;
    vt_arena *arena;
    vt_findings *list;
    vt_layout layout;
    vt_job job;
    vt_ctx ctx;
    uint32_t root;
} bench;

static const vt_compose_options plain;

static int open_bench(void **state) {
    const vt_engine_options options = {.data = "."};
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->list = vt_findings_new();
    b->arena = vt_arena_new((size_t)64 << 20);
    if (vt_engine_open(&options, b->list, &b->engine) != VT_OK)
        fail_msg("%s", help_findings(b->list));
    *state = b;
    return 0;
}

static int close_bench(void **state) {
    bench *b = *state;
    vt_engine_free(b->engine);
    vt_arena_free(b->arena);
    vt_findings_free(b->list);
    free(b);
    return 0;
}

/* Sets the first table of a body. */
static vt_table set(bench *b, const char *table) {
    vt_buf xml;
    vt_doc *doc = NULL;
    const vt_pack *pack = NULL;

    vt_arena_reset(b->arena);
    vt_findings_clear(b->list);
    vt_buf_init(&xml, 1 << 20);
    vt_buf_printf(&xml, "%s%s%s", HEAD, table, TAIL);
    if (vt_doc_parse(b->engine, b->arena, xml.data, xml.len, "bang.xml", NULL, b->list, &doc) !=
        VT_OK)
        fail_msg("%s", help_findings(b->list));
    vt_buf_free(&xml);
    assert_int_equal(vt_pack_choose(b->engine, doc, b->list, &pack), VT_OK);
    b->layout = (vt_layout){.arena = b->arena};
    b->job = (vt_job){.engine = b->engine,
                      .options = &plain,
                      .arena = b->arena,
                      .list = b->list,
                      .layout = &b->layout};
    b->ctx = (vt_ctx){.job = &b->job,
                      .pack = pack,
                      .doc = doc,
                      .root = doc->root,
                      .type = vt_pack_type(pack, vt_attr_get(doc->root, VT_AT_TYPE))};
    vt_ctx_begin(&b->ctx);
    b->root = vt_tag_add(&b->ctx, VT_ROLE_DOCUMENT, 0, doc->root);
    return vt_table_set(&b->ctx, vt_child(vt_child(doc->root, VT_BODY), VT_TABLE), b->root);
}

/* Text of the tag and all below it, from the rows' runs in their order. */
static void text_of_tag(const vt_table *t, const bench *b, uint32_t tag, vt_buf *out) {
    for (size_t r = 0; r < t->row_count; r++)
        for (size_t i = 0; i < t->rows[r].run_count; i++)
            if (t->rows[r].runs[i].tag == tag)
                vt_buf_add(out, t->rows[r].runs[i].text, t->rows[r].runs[i].len);
    for (uint32_t c = b->layout.tags[tag].first; c != 0; c = b->layout.tags[c].next)
        text_of_tag(t, b, c, out);
}

/* "TR(TH TH) ..." : roles below a tag. */
static void outline_of(const bench *b, uint32_t tag, vt_buf *out) {
    static const char *const names[VT_ROLES] = {
        [VT_ROLE_TABLE] = "Table", [VT_ROLE_THEAD] = "THead", [VT_ROLE_TBODY] = "TBody",
        [VT_ROLE_TR] = "TR",       [VT_ROLE_TH] = "TH",       [VT_ROLE_TD] = "TD",
        [VT_ROLE_P] = "P",         [VT_ROLE_L] = "L",         [VT_ROLE_LI] = "LI",
        [VT_ROLE_LBL] = "Lbl",     [VT_ROLE_LBODY] = "LBody", [VT_ROLE_CAPTION] = "Caption",
    };
    const vt_tag *t = &b->layout.tags[tag];
    assert_non_null(names[t->role]);
    vt_buf_puts(out, names[t->role]);
    if (t->first == 0)
        return;
    vt_buf_putc(out, '(');
    for (uint32_t c = t->first; c != 0; c = b->layout.tags[c].next) {
        outline_of(b, c, out);
        if (b->layout.tags[c].next != 0)
            vt_buf_putc(out, ' ');
    }
    vt_buf_putc(out, ')');
}

static void assert_outline(const bench *b, const char *expected) {
    vt_buf out;
    vt_buf_init(&out, 1 << 16);
    outline_of(b, b->layout.tags[b->root].first, &out);
    assert_string_equal(out.data, expected);
    vt_buf_free(&out);
}

static size_t rules(const vt_table_row *row, bool across) {
    size_t n = 0;
    for (size_t i = 0; i < row->mark_count; i++)
        n += strcmp(row->marks[i].what, "cell") == 0 &&
             (row->marks[i].y1 == row->marks[i].y2) == across;
    return n;
}

/* All of a row stands inside it; cells' texts do not meet its rules. */
static void check_rows(const bench *b, const vt_table *t) {
    for (size_t r = 0; r < t->row_count; r++) {
        const vt_table_row *row = &t->rows[r];
        /* a line of a cell over several rows may stand across their border */
        const bool below = r + 1 < t->row_count && t->rows[r + 1].joined;
        assert_true(row->height > 0);
        for (size_t i = 0; i < row->run_count; i++) {
            const vt_run *run = &row->runs[i];
            assert_true(run->x >= 0);
            assert_true(t->x + run->x <= b->ctx.width);
            assert_true(run->y - (row->joined ? 0 : 0.7) * run->size >= -EPS);
            assert_true(run->y + (below ? -0.4 : 0.2) * run->size <= row->height + EPS);
        }
        for (size_t i = 0; i < row->mark_count; i++) {
            const vt_mark *m = &row->marks[i];
            assert_true(t->x + m->x1 - m->thickness / 2 >= -EPS || m->y1 == m->y2);
            assert_true(t->x + m->x1 >= -EPS && t->x + m->x2 <= b->ctx.width + EPS);
            assert_true(m->y1 >= -EPS && m->y2 <= row->height + EPS);
        }
    }
}

#define PLAN                                                                                                       \
    "<table header-rows='1' widths='10 50 20 20' caption='Phân công nhiệm vụ'>"                              \
    "<row><cell>TT</cell><cell>Nội dung</cell><cell>Đơn vị chủ trì</cell><cell>Thời gian</cell>"        \
    "</row><row><cell align='center'>1</cell><cell>Tổ chức tuyên truyền, phổ biến Kế hoạch đến " \
    "cán bộ, công chức và Nhân dân trên địa bàn xã bằng các hình thức phù hợp</cell>"      \
    "<cell>Văn phòng HĐND và UBND xã</cell><cell>Tháng 3 năm 2026</cell></row>"                             \
    "<row><cell align='center'>2</cell><cell><p>Kiểm tra, đôn đốc:</p><list><item>các thôn;"              \
    "</item><item>các trường học.</item></list></cell><cell/><cell>Quý IV</cell></row></table>"

static void a_plan_is_set(void **state) {
    bench *b = *state;
    vt_table t = set(b, PLAN);
    assert_int_equal(b->job.status, VT_OK);
    assert_int_equal(t.row_count, 3);
    assert_int_equal(t.header_rows, 1);
    assert_true(t.rows[0].header && !t.rows[1].header);
    assert_int_equal(t.caption.line_count, 1);
    check_rows(b, &t);
    assert_outline(b, "Table(Caption THead(TR(TH(P) TH(P) TH(P) TH(P))) "
                      "TBody(TR(TD(P) TD(P) TD(P) TD(P)) "
                      "TR(TD(P) TD(P L(LI(Lbl LBody) LI(Lbl LBody))) TD TD(P))))");
    /* the grid: four columns have five rules; a rule above each row, below the last */
    for (size_t r = 0; r < 3; r++) {
        assert_int_equal(rules(&t.rows[r], false), 5);
        assert_int_equal(rules(&t.rows[r], true), r == 2 ? 2 : 1);
    }
    vt_buf text;
    vt_buf_init(&text, 1 << 16);
    text_of_tag(&t, b, b->layout.tags[b->root].first, &text);
    assert_non_null(strstr(text.data, "Tổ chức tuyên truyền, phổ biến Kế hoạch đến cán bộ, công "
                                      "chức và Nhân dân trên địa bàn xã bằng các hình thức phù "
                                      "hợp"));
    assert_non_null(strstr(text.data, "- các thôn;- các trường học."));
    vt_buf_free(&text);
}

static void widths_in_per_cent_are_kept(void **state) {
    bench *b = *state;
    vt_table t = set(b, PLAN);
    double edges[5];
    size_t n = 0;
    for (size_t i = 0; i < t.rows[1].mark_count; i++)
        if (t.rows[1].marks[i].x1 == t.rows[1].marks[i].x2)
            edges[n++] = t.rows[1].marks[i].x1;
    assert_int_equal(n, 5);
    const double room = edges[4] - edges[0], share[] = {0, 0.1, 0.6, 0.8, 1};
    assert_true(room <= b->ctx.width && room > b->ctx.width - 1);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(edges[i] - edges[0] - share[i] * room) < EPS);
}

static void placed(bench *b, const char *table, vt_tgrid *grid) {
    set(b, table);
    const vt_node *node = vt_child(vt_child(b->ctx.root, VT_BODY), VT_TABLE);
    assert_true(vt_tgrid_place(&b->ctx, node, grid));
    vt_tgrid_sort(grid);
    assert_true(vt_tgrid_measure(grid));
    assert_true(vt_tgrid_widths(grid, b->ctx.width));
}

static void widths_follow_the_content(void **state) {
    bench *b = *state;
    vt_tgrid g;
    placed(b,
           "<table><row><cell>TT</cell><cell>Họ và tên</cell><cell>Nội dung nhiệm vụ được giao "
           "trong năm và kết quả thực hiện tính đến hết ngày 31 tháng 12 năm 2026</cell></row>"
           "<row><cell>1</cell><cell>Nguyễn Văn Minh</cell><cell>Tốt</cell></row></table>",
           &g);
    const double *const e = g.edges;
    assert_int_equal(g.columns, 3);
    assert_true(fabs(e[3] - b->ctx.width) < EPS);
    for (int i = 0; i < g.columns; i++) /* nothing is parted that need not be */
        assert_true(e[i + 1] - e[i] >= g.tiers[VT_TIER_HELD][i] - EPS);
    assert_true(e[1] - e[0] < e[2] - e[1] && e[2] - e[1] < e[3] - e[2]);
    assert_true(e[2] - e[1] <=
                g.tiers[VT_TIER_LINE][1] + EPS); /* what it does not need it leaves */
    /* where not even what is unbroken fits, the widest columns give way */
    placed(b,
           "<table><row><cell>STT</cell><cell>https://vanban.lamgiang.example/tra-cuu/ho-so-cong-"
           "viec-rat-dai-cua-xa-thach-binh</cell><cell>https://vanban.lamgiang.example/tra-cuu/"
           "thach-binh/2026/ho-so-cong-viec-rat-dai</cell></row></table>",
           &g);
    assert_true(fabs(g.edges[1] - g.tiers[VT_TIER_PART][0]) < EPS);
    assert_true(fabs(g.edges[3] - b->ctx.width) < EPS);
    /* a table that has room is as wide as the text all the same */
    placed(b, "<table><row><cell>a</cell><cell>b</cell></row></table>", &g);
    assert_true(fabs(g.edges[2] - b->ctx.width) < EPS);
}

static void many_narrow_columns_stay_on_the_page(void **state) {
    bench *b = *state;
    vt_buf xml;
    for (int columns = 2; columns <= 60; columns++) {
        vt_tgrid g;
        vt_buf_init(&xml, 1 << 16);
        vt_buf_puts(&xml, "<table><row>");
        for (int i = 1; i < columns; i++)
            vt_buf_puts(&xml, "<cell>i l i l i l i l i l i l</cell>");
        vt_buf_puts(&xml,
                    "<cell>Rà soát các thủ tục hành chính thuộc thẩm quyền giải quyết của xã "
                    "và đề nghị bãi bỏ những giấy tờ không còn cần thiết</cell></row></table>");
        placed(b, xml.data, &g);
        vt_buf_free(&xml);
        assert_true(fabs(g.edges[columns] - b->ctx.width) < EPS);
    }
}

/* Where the text of each cell of a row stands: left, middle, right. */
static void aligned(const vt_tgrid *g, int row, const char *expected) {
    static const char names[] = "lcrj";
    char found[VT_MAX_COLUMNS + 1] = "";
    size_t n = 0;
    for (size_t i = 0; i < g->cell_count; i++)
        if (g->cells[i].row == row)
            found[n++] = names[g->cells[i].align];
    assert_string_equal(found, expected);
}

static void columns_are_aligned_by_what_they_hold(void **state) {
    bench *b = *state;
    vt_tgrid g;
    placed(b,
           "<table header-rows='1'><row><cell>TT</cell><cell>Việc</cell><cell>Vốn</cell>"
           "<cell>Hạn</cell><cell>Năm</cell><cell>Xong</cell></row>"
           "<row><cell>1.</cell><cell>2026</cell><cell>1.234,5</cell><cell>05/3/2026</cell>"
           "<cell>2026</cell><cell>x</cell></row>"
           "<row><cell>IV</cell><cell>Rà soát</cell><cell>-12</cell><cell>12/2026</cell>"
           "<cell>2027</cell><cell/></row>"
           "<row><cell>đ)</cell><cell>Số hóa</cell><cell>Chưa có</cell><cell>Quý IV</cell>"
           "<cell><p>2028</p></cell><cell>x</cell></row>"
           "<row><cell colspan='2'>Cộng</cell><cell><b>1.222,50</b></cell><cell/><cell/><cell/>"
           "</row></table>",
           &g);
    aligned(&g, 0, "cccccc");
    aligned(&g, 1, "clrccc");
    aligned(&g, 2, "clrccc");
    aligned(&g, 3, "cllccc");
    aligned(&g, 4, "lrccc");
    /* decimal signs stand in line: two decimals, one, none */
    assert_true(fabs(g.cells[25].inset) < EPS);
    assert_true(fabs(g.cells[8].tail + g.cells[8].inset - g.cells[25].tail) < EPS);
    assert_true(fabs(g.cells[14].tail + g.cells[14].inset - g.cells[25].tail) < EPS);
    assert_true(g.cells[8].inset > 0 && g.cells[14].inset > g.cells[8].inset);
}

static void a_table_too_wide_takes_smaller_type_and_says_so(void **state) {
    bench *b = *state;
    vt_buf xml;
    for (int columns = 6; columns <= 14; columns += 4) {
        vt_tgrid g;
        vt_buf_init(&xml, 1 << 16);
        vt_buf_puts(&xml, "<table><row>");
        for (int i = 0; i < columns; i++)
            vt_buf_puts(&xml, "<cell>25/12/2026</cell>");
        vt_buf_puts(&xml, "</row></table>");
        placed(b, xml.data, &g);
        vt_buf_free(&xml);
        const double size = vt_size_of(&b->ctx, &g.cell);
        const bool fits = vt_tgrid_width(&g, VT_TIER_WORD) <= b->ctx.width + EPS;
        assert_true(columns == 6 ? size == 13 : size == 11);
        assert_int_equal(vt_findings_errors(b->list), 0);
        assert_true((vt_findings_count(b->list) == 0) == fits);
        assert_true(fabs(g.edges[columns] - b->ctx.width) < EPS);
    }
}

#define SPANS                                                                                                             \
    "<table header-rows='2'><row><cell rowspan='2'>TT</cell><cell rowspan='2'>Đơn vị</cell>"                          \
    "<cell colspan='2'>Chỉ tiêu</cell></row><row><cell>Năm 2025</cell><cell>Năm 2026</cell></row>"                   \
    "<row><cell rowspan='3'>1</cell><cell rowspan='3' valign='middle'>Thôn Đông, thôn Đoài, thôn "                 \
    "Thượng, thôn Hạ, thôn Trung, thôn Cầu, thôn Chùa, thôn Chợ, thôn Bến và các khu dân cư mới " \
    "thành lập trong năm</cell><cell>10</cell><cell>12</cell></row><row><cell>11</cell>"                              \
    "<cell>13</cell></row><row><cell colspan='2'>Không giao</cell></row></table>"

static void spans_reach_over_rows_and_columns(void **state) {
    bench *b = *state;
    vt_table t = set(b, SPANS);
    assert_int_equal(b->job.status, VT_OK);
    assert_int_equal(t.row_count, 5);
    assert_int_equal(t.header_rows, 2);
    check_rows(b, &t);
    assert_false(t.rows[0].joined);
    assert_true(t.rows[1].joined);
    assert_false(t.rows[2].joined);
    assert_true(t.rows[3].joined && t.rows[4].joined);
    /* no rule runs through a cell that spans */
    assert_int_equal(rules(&t.rows[0], false), 4);
    assert_int_equal(rules(&t.rows[1], false), 5);
    assert_int_equal(rules(&t.rows[4], false), 4);
    for (size_t i = 0; i < t.rows[3].mark_count; i++)
        if (t.rows[3].marks[i].y1 == t.rows[3].marks[i].y2)
            assert_true(t.rows[3].marks[i].x1 > b->ctx.width / 8);
    const vt_tag *tags = b->layout.tags;
    bool seen[2] = {false, false};
    for (size_t i = 0; i < b->layout.tag_count; i++) {
        seen[0] = seen[0] || (tags[i].role == VT_ROLE_TH && tags[i].rowspan == 2);
        seen[1] = seen[1] || (tags[i].role == VT_ROLE_TD && tags[i].colspan == 2);
        assert_true(tags[i].role != VT_ROLE_TH || tags[i].column_scope);
    }
    assert_true(seen[0] && seen[1]);
}

/* Rows come from elsewhere too (trees made in memory): spans are cut to fit. */
static void spans_that_do_not_fit_are_cut(void **state) {
    bench *b = *state;
    vt_tgrid g;
    set(b, PLAN);
    vt_node *table = vt_child(b->ctx.root, VT_BODY)->first;
    vt_node *cell = table->first->first;
    assert_true(vt_attr_set(b->arena, cell, VT_AT_ROWSPAN, "1000"));
    assert_true(vt_attr_set(b->arena, cell->next, VT_AT_COLSPAN, "99999999999999999999"));
    assert_true(vt_attr_set(b->arena, table->last->first, VT_AT_COLSPAN, "-4"));
    assert_true(vt_tgrid_place(&b->ctx, table, &g));
    assert_int_equal(g.columns, VT_MAX_COLUMNS);
    for (size_t i = 0; i < g.cell_count; i++) {
        assert_true(g.cells[i].columns >= 1 && g.cells[i].rows >= 1);
        assert_true(g.cells[i].column + g.cells[i].columns <= g.columns);
        assert_true(g.cells[i].row + g.cells[i].rows <= g.rows);
    }
    vt_table t = vt_table_set(&b->ctx, table, b->root);
    assert_int_equal(t.row_count, 3);
}

static void a_high_row_is_parted(void **state) {
    bench *b = *state;
    vt_buf xml;
    vt_buf_init(&xml, 1 << 20);
    vt_buf_puts(&xml, "<table widths='30 70'><row><cell>Ghi chú về <u>những việc</u> chung</cell>"
                      "<cell>");
    for (int i = 0; i < 200; i++)
        vt_buf_puts(&xml, "Ủy ban nhân dân xã giao các thôn <u>rà soát</u>, báo cáo. ");
    vt_buf_puts(&xml, "</cell></row></table>");
    vt_table t = set(b, xml.data);
    vt_buf_free(&xml);
    assert_int_equal(t.row_count, 1);
    const size_t runs = t.rows[0].run_count;
    vt_table_rest *rest = vt_table_rest_new(b->arena, &t.rows[0]);
    vt_table_row part;
    size_t parts = 0, runs_seen = 0;
    assert_non_null(rest);
    assert_true(rest->height > 1000);
    assert_false(vt_table_take(b->arena, rest, 5, 1, &part));
    assert_false(vt_table_take(b->arena, rest, 25, 2, &part)); /* a line alone */
    assert_false(rest->begun);
    for (bool last = false; !last; parts++) {
        const double before = rest->height;
        last = before <= 300;
        assert_true(vt_table_take(b->arena, rest, 300, 2, &part));
        assert_true(part.height == (last ? before : 300) && rest->height < before);
        vt_table one = {.x = t.x, .rows = &part, .row_count = 1};
        check_rows(b, &one);
        assert_int_equal(rules(&part, false), 3);
        assert_int_equal(rules(&part, true), (parts == 0) + last); /* edges close the others */
        assert_true(last || part.line_most >= 2);
        runs_seen += part.run_count;
    }
    assert_true(parts > 3 && rest->height == 0);
    assert_int_equal(runs_seen, runs);
}

/* Which rows of a table of four columns stay with the next, a letter each: 'h' those that do. */
static void heads_of(bench *b, const char *rows, const char *expected) {
    vt_buf xml;
    vt_buf_init(&xml, 1 << 16);
    vt_buf_printf(&xml, "<table widths='10 50 20 20'>%s</table>", rows);
    vt_table t = set(b, xml.data);
    vt_buf_free(&xml);
    assert_int_equal(t.row_count, strlen(expected));
    for (size_t r = 0; r < t.row_count; r++)
        if (t.rows[r].heads != (expected[r] == 'h'))
            fail_msg("row %zu of “%s”", r + 1, rows);
}

static void a_bold_title_stays_with_what_it_heads(void **state) {
#define ROW(a, b, c, d)                                                                            \
    "<row><cell>" a "</cell><cell>" b "</cell><cell>" c "</cell><cell>" d "</cell></row>"
    bench *b = *state;

    heads_of(b, ROW("I", "<b>Giao thông</b>", "", "") ROW("1", "Đường thôn", "5", "2"), "h.");
    heads_of(b, ROW("", "<b>Theo sổ</b>", "", "-") ROW("1", "van-ban/2026", "35", "1"), "h.");
    heads_of(b,
             "<row><cell>I</cell><cell colspan='3'>Giao thông</cell></row>" ROW("1", "a", "5", "2"),
             "h.");
    heads_of(b, ROW("1", "Đường thôn", "", "") ROW("2", "Cầu", "", ""), "..");
    heads_of(b, ROW("", "<b>Cộng</b>", "<b>35</b>", "<b>1</b>") ROW("", "<b>A</b> và B", "", ""),
             "..");
    heads_of(b,
             ROW("", "<b>A</b>", "", "") ROW("", "<b>B</b>", "", "") ROW("", "<b>C</b>", "", "")
                 ROW("", "<b>D</b>", "", ""),
             "hhh.");
#undef ROW
}

/* The document of this bench has no folder, and so no pictures. */
/* Rows that hang together and are higher than a page are parted at their borders, and no
   line stands across one; on one page a cell runs through its rows as if they were one. */
static void no_line_stands_across_a_border_that_parts(void **state) {
    bench *b = *state;
    vt_buf xml;

    for (int words = 40; words <= 400; words *= 10) {
        bool across = false;
        size_t lines = 0;
        vt_buf_init(&xml, 1 << 20);
        vt_buf_puts(&xml, "<table widths='30 70'><row><cell rowspan='7' valign='middle'>");
        for (int i = 0; i < words; i++)
            vt_buf_printf(&xml, "<p>Việc thứ %d của thôn.</p>", i + 1);
        vt_buf_puts(&xml, "</cell><cell>Thôn Một</cell></row>");
        for (int i = 0; i < 6; i++)
            vt_buf_puts(&xml, "<row><cell>Thôn khác</cell></row>");
        vt_buf_puts(&xml, "</table>");
        vt_table t = set(b, xml.data);
        vt_buf_free(&xml);
        assert_int_equal(t.row_count, 7);
        for (size_t r = 0; r < t.row_count; r++)
            for (size_t i = 0; i < t.rows[r].line_count; i++, lines++)
                across = across || t.rows[r].lines[i].top < -EPS ||
                         t.rows[r].lines[i].bottom > t.rows[r].height + EPS;
        assert_true(lines >= (size_t)words + 7);
        assert_int_equal(across, words == 40);
        for (size_t r = 1; r < t.row_count; r++)
            assert_true(words == 40 || !t.rows[r].crossed);
    }
}

static void a_figure_that_is_not_there_is_named(void **state) {
    bench *b = *state;
    vt_table t = set(b, "<table widths='100'><row><cell><figure href='so-do.png' title='Sơ đồ'/>"
                        "</cell></row></table>");
    assert_int_equal(b->job.status, VT_BAD);
    assert_string_equal(vt_findings_at(b->list, 0)->id, "HINH-01");
    assert_int_equal(t.row_count, 1);
}

/* Memory that ends anywhere makes an error and no crash. */
static void memory_may_end_anywhere(void **state) {
    bench *b = *state;
    set(b, SPANS);
    const vt_node *table = vt_child(vt_child(b->ctx.root, VT_BODY), VT_TABLE);
    bool done = false;
    for (size_t ceiling = 256; !done; ceiling += 512) {
        vt_arena *small = vt_arena_new(ceiling);
        vt_layout layout = {.arena = small};
        vt_job job = b->job;
        vt_ctx ctx = b->ctx;
        job.arena = small;
        job.layout = &layout;
        ctx.job = &job;
        ctx.pieces = (vt_pieces){0};
        uint32_t root = vt_tag_add(&ctx, VT_ROLE_DOCUMENT, 0, NULL);
        vt_table t = vt_table_set(&ctx, table, root);
        done = job.status == VT_OK;
        assert_true(done ? t.row_count == 5 : job.status == VT_FAIL && t.row_count == 0);
        vt_arena_free(small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_is_set),
        cmocka_unit_test(widths_in_per_cent_are_kept),
        cmocka_unit_test(widths_follow_the_content),
        cmocka_unit_test(many_narrow_columns_stay_on_the_page),
        cmocka_unit_test(columns_are_aligned_by_what_they_hold),
        cmocka_unit_test(a_table_too_wide_takes_smaller_type_and_says_so),
        cmocka_unit_test(spans_reach_over_rows_and_columns),
        cmocka_unit_test(spans_that_do_not_fit_are_cut),
        cmocka_unit_test(a_high_row_is_parted),
        cmocka_unit_test(no_line_stands_across_a_border_that_parts),
        cmocka_unit_test(a_bold_title_stays_with_what_it_heads),
        cmocka_unit_test(a_figure_that_is_not_there_is_named),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
