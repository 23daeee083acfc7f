/*
 * gen/header.c - the head of a document: two columns (ô 1 to 4, 5b).
 * the-thuc.md 1.3 and 2.3 show the diagram.
 *
 * The right column gets what its widest line needs; if the left would then get
 * less than its share, the smaller of the coupled size sets is tried (PL I V
 * note 1), and after that the left column gives way and wraps.  White that the
 * right column does not need goes to names that would wrap otherwise.  The
 * lines of both columns stand on common baselines.
 */
#include "gen/compose.h"

#include <string.h>

/* What the two columns hold, measured for one size set. */
typedef struct vt_head {
    vt_column column;
    double left, right; /* widths of the columns */
    double right_x;
    double pitch;           /* of the lines of both columns */
    double left_y, right_y; /* where the columns end so far */
    double number_y;        /* baseline of ô 3 and ô 4 */
    bool letter;            /* ô 5b instead of ô 5a */
    bool numbered, dated;
} vt_head;

static double max2(double a, double b) {
    return a > b ? a : b;
}

/* --------------------------------------------------------------- measure -- */

static void hold(vt_ctx *ctx) {
    for (size_t i = 0; i < ctx->pieces.count; i++)
        ctx->pieces.at[i].hold = true;
}

static double words_width(vt_ctx *ctx, vt_component component, const char *text) {
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, vt_style_of(ctx, component), 0, text);
    return *text ? vt_natural(ctx, NULL, NULL) : 0;
}

static double right_width(vt_ctx *ctx) {
    const vt_style *title = vt_style_of(ctx, VT_C_NATIONAL_TITLE);
    const vt_style *motto = vt_style_of(ctx, VT_C_MOTTO);
    double width = vt_is_copy(ctx->root) ? words_width(ctx, VT_C_COPY_FORM, vt_copy_words(ctx))
                                         : max2(words_width(ctx, VT_C_NATIONAL_TITLE, title->text),
                                                words_width(ctx, VT_C_MOTTO, motto->text));

    return vt_is_dated(ctx) ? max2(width, vt_date_width(ctx)) : width;
}

/* What the left column would take unwrapped, and the least it can do with. */
typedef struct vt_need {
    double natural, least;
} vt_need;

static void need_of(vt_ctx *ctx, vt_need *need, vt_component component, const vt_node *node) {
    double least = 0;

    if (!node)
        return;
    vt_pieces_clear(ctx);
    vt_pieces_inline(ctx, vt_style_of(ctx, component), 0, node->first);
    need->natural = max2(need->natural, vt_natural(ctx, &least, node));
    need->least = max2(need->least, least);
}

static vt_need left_need(vt_ctx *ctx) {
    vt_need need = {0};

    for (const vt_node *n = vt_child(ctx->root, VT_ISSUER); n; n = vt_next_same(n)) {
        need_of(ctx, &need, VT_C_ISSUER, vt_child(n, VT_NAME));
        for (const vt_node *s = vt_child(n, VT_SUPERIOR); s; s = vt_next_same(s))
            need_of(ctx, &need, VT_C_SUPERIOR, s);
    }
    const double number = vt_child(ctx->root, VT_NUMBER) ? vt_number_width(ctx) : 0;
    return (vt_need){max2(need.natural, number), max2(need.least, number)};
}

/* The size set and the widths of the columns. */
static void solve_columns(vt_ctx *ctx, vt_head *head) {
    const double share = ctx->width * ctx->pack->header_left_share, gap = ctx->pack->header_gap;
    const int sets = ctx->pack->coupled_sizes ? 2 : 1;
    double need = 0;

    for (ctx->set = 0; ctx->set < sets; ctx->set++) {
        need = right_width(ctx);
        if (need <= ctx->width - gap - share)
            break;
    }
    if (ctx->set == sets)
        ctx->set--;
    const vt_need left = left_need(ctx);
    const double room = ctx->width - gap - need, wanted = max2(share, left.natural);
    head->left = wanted < room ? wanted : room;
    if (head->left < left.least) {
        vt_trouble(ctx, "TRANG-05", vt_child(ctx->root, VT_NUMBER),
                   "Rút ngắn địa danh, tên cơ quan hoặc ký hiệu.",
                   "Tên cơ quan, số và ký hiệu không vừa bên trái Quốc hiệu và địa danh.");
        head->left = share;
    }
    head->right_x = head->left + gap;
    head->right = ctx->width - head->right_x;
}

static double line_pitch(const vt_ctx *ctx) {
    static const vt_component lines[] = {VT_C_NATIONAL_TITLE, VT_C_MOTTO, VT_C_SUPERIOR,
                                         VT_C_ISSUER};
    double size = 0;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        size = max2(size, vt_size_of(ctx, vt_style_of(ctx, lines[i])));
    return vt_single(ctx, size);
}

/* ----------------------------------------------------------- left column -- */

/* Sets an element's words in the left column, below what stands there; `more`
   behind them. */
static vt_para left_para(vt_ctx *ctx, vt_head *head, const vt_node *node, vt_component component,
                         const char *more) {
    const vt_style *style = vt_style_of(ctx, component);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, node);

    vt_pieces_clear(ctx);
    vt_pieces_inline(ctx, style, tag, node->first);
    vt_pieces_text(ctx, style, tag, more);
    return vt_set(ctx, (vt_shape){.width = head->left, .align = style->align}, node);
}

static void next_left(vt_head *head, double baseline) {
    head->left_y = baseline + head->pitch;
}

/* Names of joint issuers on one line, if they fit; false: stack them. */
static bool joint_names(vt_ctx *ctx, vt_head *head, vt_para *para) {
    const vt_style *style = vt_style_of(ctx, VT_C_ISSUER);
    const vt_node *first = vt_child(ctx->root, VT_ISSUER);

    vt_pieces_clear(ctx);
    for (const vt_node *n = first; n; n = vt_next_same(n)) {
        if (n != first && vt_child(n, VT_SUPERIOR))
            return false;
        if (n != first)
            vt_pieces_text(ctx, style, 0, ctx->pack->issuer_joiner);
        const vt_node *name = vt_child(n, VT_NAME);
        if (name)
            vt_pieces_inline(ctx, style, 0, name->first);
    }
    for (size_t i = 0; i < ctx->pieces.count; i++)
        if (ctx->pieces.at[i].br)
            return false;
    if (vt_natural(ctx, NULL, first) > head->left)
        return false;

    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, first);
    for (size_t i = 0; i < ctx->pieces.count; i++)
        ctx->pieces.at[i].tag = tag;
    *para = vt_set(ctx, (vt_shape){.width = head->left, .align = style->align}, first);
    return true;
}

static void superiors(vt_ctx *ctx, vt_head *head, const vt_node *issuer) {
    for (const vt_node *n = vt_child(issuer, VT_SUPERIOR); n; n = vt_next_same(n)) {
        vt_para para = left_para(ctx, head, n, VT_C_SUPERIOR, "");
        next_left(head, vt_column_para(&head->column, &para, 0, head->left_y, head->pitch));
    }
}

/* Behind a name on lines of its own, without the space before the next: else nobody
   sees where one body ends. */
static const char *joiner_behind(const vt_ctx *ctx, const vt_node *issuer) {
    const vt_node *next = vt_next_same(issuer);
    const char *joiner = ctx->pack->issuer_joiner;
    size_t len = strlen(joiner);

    if (!next || vt_child(next, VT_SUPERIOR))
        return "";
    while (len && joiner[len - 1] == ' ')
        len--;
    const char *mark = vt_printf(ctx->job->arena, "%.*s", (int)len, joiner);
    return mark ? mark : "";
}

/* Superior bodies and issuers (ô 2); gives the last paragraph. */
static vt_para issuers(vt_ctx *ctx, vt_head *head) {
    const vt_node *first = vt_child(ctx->root, VT_ISSUER);
    vt_para para = {0};

    if (first)
        superiors(ctx, head, first);
    if (first && vt_next_same(first) && joint_names(ctx, head, &para)) {
        next_left(head, vt_column_para(&head->column, &para, 0, head->left_y, head->pitch));
        return para;
    }
    for (const vt_node *n = first; n; n = vt_next_same(n)) {
        const vt_node *name = vt_child(n, VT_NAME);
        if (n != first)
            superiors(ctx, head, n);
        if (!name)
            continue;
        para = left_para(ctx, head, name, VT_C_ISSUER, joiner_behind(ctx, n));
        next_left(head, vt_column_para(&head->column, &para, 0, head->left_y, head->pitch));
    }
    return para;
}

/* The issuer's mark: a line of 1/3 to 1/2 of its last line; Party: "*". */
static void left_column(vt_ctx *ctx, vt_head *head, double top) {
    const vt_style *style = vt_style_of(ctx, VT_C_ISSUER);

    head->left_y = top;
    vt_para para = issuers(ctx, head);
    double last = head->left_y - head->pitch;
    if (*style->after_text) {
        para = vt_set_words(ctx, VT_C_ISSUER, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, NULL),
                            style->after_text, head->left);
        last = vt_column_para(&head->column, &para, 0, head->left_y, head->pitch);
    }
    head->left_y = last + vt_depth(ctx, vt_size_of(ctx, style));
    if (para.line_count && style->rule != VT_RULE_NONE)
        head->left_y = last + vt_column_rule(&head->column, style, &para.lines[para.line_count - 1],
                                             0, last, "issuer-rule");
}

/* ---------------------------------------------------------- right column -- */

static double right_line(vt_ctx *ctx, vt_head *head, vt_component component, const char *what,
                         double y) {
    const vt_style *style = vt_style_of(ctx, component);

    if (!*style->text)
        return y;
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_P, ctx->tag, NULL), style->text);
    hold(ctx);
    vt_para para = vt_set(ctx, (vt_shape){.width = head->right, .align = style->align}, NULL);
    vt_column_para(&head->column, &para, head->right_x, y, head->pitch);
    head->right_y = y + vt_depth(ctx, vt_size_of(ctx, style));
    if (para.line_count)
        head->right_y =
            y + vt_column_rule(&head->column, style, &para.lines[0], head->right_x, y, what);
    return y + head->pitch;
}

/* "SAO Y" in the place of the national title. */
static void copy_form(vt_ctx *ctx, vt_head *head, double top) {
    const vt_style *style = vt_style_of(ctx, VT_C_COPY_FORM);

    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_H1, ctx->tag, NULL), vt_copy_words(ctx));
    vt_para para = vt_set(ctx, (vt_shape){.width = head->right, .align = style->align}, NULL);
    vt_column_para(&head->column, &para, head->right_x, top, head->pitch);
    head->right_y = top + vt_depth(ctx, vt_size_of(ctx, style));
}

static void right_column(vt_ctx *ctx, vt_head *head, double top) {
    if (vt_is_copy(ctx->root)) {
        copy_form(ctx, head, top);
        return;
    }
    double y = right_line(ctx, head, VT_C_NATIONAL_TITLE, "title-rule", top);

    right_line(ctx, head, VT_C_MOTTO, "motto-rule", y);
}

/* ------------------------------------------------------------ ô 3, 4, 5b -- */

/* ô 3 and ô 4 on one baseline below the longer column (PL I II.4.c). */
static void number_and_date(vt_ctx *ctx, vt_head *head) {
    const double number = vt_size_of(ctx, vt_style_of(ctx, VT_C_NUMBER));
    const double date = vt_size_of(ctx, vt_style_of(ctx, VT_C_PLACE_DATE));
    double left = head->left_y + ctx->pack->number_gap + vt_ascent(ctx, number);
    double right = head->right_y + ctx->pack->date_gap + vt_ascent(ctx, date);

    if (!head->numbered && !head->dated)
        return;
    head->number_y = max2(head->numbered ? left : 0, head->dated ? right : 0);
    if (head->numbered) {
        vt_number_set(&head->column, 0, head->left, head->number_y);
        head->left_y = head->number_y + vt_depth(ctx, number);
    }
    if (head->dated) {
        vt_date_set(&head->column, head->right_x, head->right, head->number_y);
        head->right_y = head->number_y + vt_depth(ctx, date);
    }
}

/* ô 5b: the subject of a công văn below its number. */
static void letter_subject(vt_ctx *ctx, vt_head *head) {
    const vt_style *style = vt_style_of(ctx, VT_C_LETTER_SUBJECT);
    const vt_node *subject = vt_child(ctx->root, VT_SUBJECT);
    const double size = vt_size_of(ctx, style);

    if (!subject)
        return;
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_H1, ctx->tag, subject);
    vt_pieces_clear(ctx);
    if (*style->text)
        vt_pieces_text(ctx, style, tag, style->text);
    vt_pieces_inline(ctx, style, tag, subject->first);
    vt_para para = vt_set(ctx, (vt_shape){.width = head->left, .align = style->align}, subject);
    double y = head->left_y + ctx->pack->subject_gap + vt_ascent(ctx, size);
    y = vt_column_para(&head->column, &para, 0, y, vt_single(ctx, size));
    head->left_y = y + vt_depth(ctx, size);
}

void vt_header(vt_ctx *ctx) {
    vt_head head = {.column.ctx = ctx};

    head.letter = !vt_prints_title(ctx) && !vt_is_copy(ctx->root);
    head.numbered = vt_child(ctx->root, VT_NUMBER) != NULL;
    head.dated = vt_is_dated(ctx);
    solve_columns(ctx, &head);
    head.pitch = line_pitch(ctx);

    const double top = vt_ascent(ctx, head.pitch / ctx->pack->line_single);
    vt_copy_mark(&head.column);
    left_column(ctx, &head, top);
    right_column(ctx, &head, top);
    number_and_date(ctx, &head);
    if (head.letter)
        letter_subject(ctx, &head);
    head.left_y = vt_marks(&head.column, head.left, head.left_y);
    vt_column_box(&head.column, max2(head.left_y, head.right_y), 0, 0);
}
