/*
 * gen/numberline.c - number and notation (ô 3), place and date (ô 4).
 *
 * What is not known yet keeps a blank of the pack's width, to be written by
 * hand; in an electronic file it has a field, and then number and date stand
 * in their fields and nowhere else.
 */
#include "gen/compose.h"

#include <math.h>
#include <string.h>

/* A line of words never breaks. */
static void hold(vt_ctx *ctx) {
    for (size_t i = 0; i < ctx->pieces.count; i++)
        ctx->pieces.at[i].hold = true;
}

/* A blank swallows the spaces beside it: its text is one space in all. */
static const char *add_blank(vt_ctx *ctx, const vt_style *style, uint32_t tag, double width,
                             const char *rest) {
    vt_piece *last = ctx->pieces.count ? &ctx->pieces.at[ctx->pieces.count - 1] : NULL;

    while (last && !(last->blank > 0) && last->len && last->text[last->len - 1] == ' ')
        last->len--;
    vt_pieces_blank(ctx, style, tag, width);
    while (*rest == ' ')
        rest++;
    return rest;
}

/* Sets the pieces at hand on one line at (x, y); gives where they end. */
static double line_at(vt_column *column, vt_align align, double width, double x, double y) {
    vt_ctx *ctx = column->ctx;

    hold(ctx);
    vt_para para = vt_set(ctx, (vt_shape){.width = width, .align = align}, NULL);
    vt_column_para(column, &para, x, y, 0);
    return para.line_count ? x + para.lines[0].x + para.lines[0].width : x;
}

/* Width of `text` before `rest`, the space between them included. */
static double width_before(vt_ctx *ctx, const vt_style *style, const char *text, const char *rest) {
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, 0, text);
    vt_pieces_text(ctx, style, 0, rest);
    const double both = vt_natural(ctx, NULL, NULL);
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, 0, rest);
    return both - vt_natural(ctx, NULL, NULL);
}

/* Words beside a field: a tag of their own in the line's tag. */
static void words_at(vt_column *column, const vt_style *style, uint32_t parent, const char *text,
                     double x, double y) {
    vt_ctx *ctx = column->ctx;

    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_SPAN, parent, NULL), text);
    line_at(column, VT_LEFT, ctx->width, x, y);
}

/* ---------------------------------------------------------------- number -- */

/* "Số: [so]/UBND-VX".  The field gives way down to the blank of a paper, so
   that what has room on paper has room in an electronic file. */
static void number_field(vt_column *column, uint32_t tag, const char *prefix, const char *number,
                         const char *suffix, double x, double width, double y) {
    vt_ctx *ctx = column->ctx;
    const vt_style *style = vt_style_of(ctx, VT_C_NUMBER);
    const double before = width_before(ctx, style, prefix, suffix);
    const double behind = width_before(ctx, style, suffix, "0");
    const double field =
        fmax(fmin(ctx->pack->number_field, width - before - behind), ctx->pack->number_blank);

    x += (width - before - field - behind) / 2;
    words_at(column, style, tag, prefix, x, y);
    vt_field_words(ctx, tag, "so", "Số văn bản", style, x + before, field, y, VT_RIGHT, number);
    words_at(column, style, tag, suffix, x + before + field, y);
}

/* The number as it is printed, NULL for a blank, and the words around it. */
static bool number_words(vt_ctx *ctx, const char **prefix, const char **number,
                         const char **suffix) {
    vt_job *job = ctx->job;
    vt_status status = vt_number_parts(job->arena, ctx->pack, ctx->doc, job->list, prefix, suffix);

    *number = vt_doc_number(ctx->doc);
    if (status == VT_OK && *number) {
        *number = vt_number_padded(job->arena, ctx->pack, *number);
        if (!*number)
            vt_no_memory(ctx);
    }
    if (job->status < status)
        job->status = status;
    return job->status != VT_FAIL && status == VT_OK;
}

static void number_pieces(vt_ctx *ctx, const vt_style *style, uint32_t tag, const char *prefix,
                          const char *number, const char *suffix) {
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, tag, prefix);
    if (number)
        vt_pieces_text(ctx, style, tag, number);
    else
        suffix = add_blank(ctx, style, tag, ctx->pack->number_blank, suffix);
    vt_pieces_text(ctx, style, tag, suffix);
}

double vt_number_width(vt_ctx *ctx) {
    const vt_style *style = vt_style_of(ctx, VT_C_NUMBER);
    const char *prefix, *number, *suffix;

    if (!number_words(ctx, &prefix, &number, &suffix))
        return 0;
    if (vt_has_fields(ctx))
        return width_before(ctx, style, prefix, suffix) + ctx->pack->number_blank +
               width_before(ctx, style, suffix, "0");
    number_pieces(ctx, style, 0, prefix, number, suffix);
    hold(ctx);
    return vt_natural(ctx, NULL, NULL);
}

void vt_number_set(vt_column *column, double x, double width, double y) {
    vt_ctx *ctx = column->ctx;
    const vt_style *style = vt_style_of(ctx, VT_C_NUMBER);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, vt_child(ctx->root, VT_NUMBER));
    const char *prefix, *number, *suffix;

    if (!number_words(ctx, &prefix, &number, &suffix))
        return;
    if (vt_has_fields(ctx)) {
        number_field(column, tag, prefix, number, suffix, x, width, y);
        return;
    }
    number_pieces(ctx, style, tag, prefix, number, suffix);
    line_at(column, style->align, width, x, y);
}

/* ------------------------------------------------------------------ date -- */

bool vt_is_dated(const vt_ctx *ctx) {
    return (vt_child(ctx->root, VT_DATE) || vt_child(ctx->root, VT_PLACE)) &&
           (!ctx->type || ctx->type->has_dateline);
}

static const char *padded(vt_ctx *ctx, int value, int pad) {
    return value ? vt_printf(ctx->job->arena, value < pad ? "%02d" : "%d", value) : NULL;
}

/* The value of one slot of the date pattern; NULL: a blank of that width. */
static const char *date_slot(vt_ctx *ctx, vt_date date, const char *name, size_t len,
                             double *blank) {
    const vt_pack *pack = ctx->pack;

    if (len == 3 && memcmp(name, "day", len) == 0) {
        *blank = pack->day_blank;
        return padded(ctx, date.day, pack->day_pad);
    }
    if (len == 5 && memcmp(name, "month", len) == 0) {
        *blank = pack->month_blank;
        return padded(ctx, date.month, pack->month_pad);
    }
    *blank = pack->number_blank;
    return padded(ctx, date.year, 0);
}

/* "ngày {day} tháng {month} năm {year}" as pieces. */
static void date_pieces(vt_ctx *ctx, const vt_style *style, uint32_t tag, vt_date date,
                        const char *s) {
    while (*s) {
        const char *open = strchr(s, '{'), *close = open ? strchr(open, '}') : NULL;
        const size_t before = close ? (size_t)(open - s) : strlen(s);
        const char *words = vt_strndup(ctx->job->arena, s, before);
        double blank = 0;
        if (words && before)
            vt_pieces_text(ctx, style, tag, words);
        if (!close || !words)
            return;
        const char *value = date_slot(ctx, date, open + 1, (size_t)(close - open - 1), &blank);
        s = close + 1;
        if (value)
            vt_pieces_text(ctx, style, tag, value);
        else
            s = add_blank(ctx, style, tag, blank, s);
    }
}

/* Splits the pack's pattern: "{place}, " filled, and the date's own pattern. */
static const char *date_parts(vt_ctx *ctx, const char **place) {
    static const char slot[] = "{place}";
    const char *pattern = ctx->pack->date_pattern;
    const vt_node *node = vt_child(ctx->root, VT_PLACE);
    const char *name = node ? vt_node_text(ctx->job->arena, node, 0) : "";
    size_t gap = 0;

    *place = "";
    if (strncmp(pattern, slot, sizeof slot - 1) != 0)
        return pattern;
    pattern += sizeof slot - 1;
    gap = strcspn(pattern, "{abcdefghijklmnopqrstuvwxyz");
    if (name && *name)
        *place = vt_printf(ctx->job->arena, "%s%.*s", name, (int)gap, pattern);
    if (!name || !*place) {
        if (!name)
            vt_no_memory(ctx);
        *place = *place ? *place : "";
    }
    return pattern + gap;
}

static vt_date date_of(const vt_ctx *ctx) {
    vt_date date = {0};

    vt_doc_date(ctx->doc, &date);
    return date;
}

/* No date is wider: digits are of one width. */
static double date_field_width(vt_ctx *ctx, const vt_style *style, const char *pattern) {
    vt_pieces_clear(ctx);
    date_pieces(ctx, style, 0, (vt_date){2028, 12, 28}, pattern);
    return vt_natural(ctx, NULL, NULL);
}

static const char *date_value(vt_ctx *ctx, vt_date date, const char *pattern) {
    const vt_slot slots[] = {{"day", padded(ctx, date.day, ctx->pack->day_pad)},
                             {"month", padded(ctx, date.month, ctx->pack->month_pad)},
                             {"year", padded(ctx, date.year, 0)}};

    return vt_date_full(date) ? vt_fill(ctx, pattern, slots, 3) : NULL;
}

/* "Hà Nội, [ngày dd tháng mm năm yyyy]" */
static void date_field(vt_column *column, uint32_t tag, double x, double width, double y) {
    vt_ctx *ctx = column->ctx;
    const vt_style *style = vt_style_of(ctx, VT_C_PLACE_DATE);
    const char *place, *pattern = date_parts(ctx, &place);
    const double before = width_before(ctx, style, place, "0");
    const double field = date_field_width(ctx, style, pattern);

    x += (width - before - field) / 2;
    if (*place)
        words_at(column, style, tag, place, x, y);
    vt_field_words(ctx, tag, "ngay", "Ngày, tháng, năm ban hành", style, x + before, field, y,
                   VT_LEFT, date_value(ctx, date_of(ctx), pattern));
}

double vt_date_width(vt_ctx *ctx) {
    const vt_style *style = vt_style_of(ctx, VT_C_PLACE_DATE);
    const char *place, *pattern = date_parts(ctx, &place);

    if (vt_has_fields(ctx))
        return width_before(ctx, style, place, "0") + date_field_width(ctx, style, pattern);
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, 0, place);
    date_pieces(ctx, style, 0, date_of(ctx), pattern);
    return vt_natural(ctx, NULL, NULL);
}

void vt_date_set(vt_column *column, double x, double width, double y) {
    vt_ctx *ctx = column->ctx;
    const vt_style *style = vt_style_of(ctx, VT_C_PLACE_DATE);
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, vt_child(ctx->root, VT_DATE));
    const char *place, *pattern = date_parts(ctx, &place);

    if (vt_has_fields(ctx)) {
        date_field(column, tag, x, width, y);
        return;
    }
    vt_pieces_clear(ctx);
    if (*place)
        vt_pieces_text(ctx, style, tag, place);
    date_pieces(ctx, style, tag, date_of(ctx), pattern);
    line_at(column, style->align, width, x, y);
}
