/*
 * gen/compose.c - from document and rule pack to pages: the driver.
 */
#include "gen/compose.h"

#include "gen/compound.h"
#include "gen/wordcache.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------- the job -- */

bool vt_idle(const vt_ctx *ctx) {
    return ctx->job->status == VT_FAIL;
}

void vt_no_memory(vt_ctx *ctx) {
    if (ctx->job->status != VT_FAIL)
        ctx->job->status = vt_nomem(ctx->job->list);
}

/* No element path: finding an element's ordinal would cost a walk over its
   siblings for every paragraph. */
vt_place vt_at_node(const vt_ctx *ctx, const vt_node *node) {
    return (vt_place){.file = ctx->doc->file,
                      .line = node ? node->line : 0,
                      .path = node ? vt_el_name(node->el) : NULL};
}

/* A full path is a walk over siblings: the first of many findings get one. */
#define PATHS_MAX 100

void vt_trouble(vt_ctx *ctx, const char *id, const vt_node *node, const char *remedy,
                const char *fmt, ...) {
    char message[512];
    va_list args;

    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);

    if (!node)
        node = ctx->root;
    const vt_place place = vt_findings_count(ctx->job->list) < PATHS_MAX
                               ? vt_node_place(ctx->job->arena, ctx->doc, node)
                               : vt_at_node(ctx, node);
    const vt_status status = vt_bad(ctx->job->list, id, place, remedy, "%s", message);
    if (ctx->job->status < status)
        ctx->job->status = status;
}

/* ------------------------------------------------------------ the sheet -- */

static vt_sheet sheet_of(const vt_pack *pack) {
    return (vt_sheet){.width = pack->page_width,
                      .height = pack->page_height,
                      .left = pack->margin_left.value,
                      .right = pack->margin_right.value,
                      .top = pack->margin_top.value,
                      .bottom = pack->margin_bottom.value};
}

/* Lines close up by what the pack allows, never below what the law allows. */
static vt_squeeze fit_of(const vt_pack *pack) {
    const double value = pack->line_factor > 0 ? pack->line_factor : pack->line_exact;
    double least = 1 - pack->fit_tighten;

    if (value > 0 && least * value < pack->line_range.min)
        least = pack->line_range.min / value;
    return (vt_squeeze){.least = least < 1 ? least : 1, .last = pack->fit_last};
}

void vt_ctx_begin(vt_ctx *ctx) {
    const vt_face_info *face = vt_fonts_info(ctx->job->engine->fonts, VT_REGULAR);

    ctx->root = ctx->doc->root;
    ctx->sheet = sheet_of(ctx->pack);
    ctx->width = ctx->sheet.width - ctx->sheet.left - ctx->sheet.right;
    vt_flow_init(&ctx->flow, ctx->job->arena, face->ascent / 1000.0, -face->descent / 1000.0,
                 ctx->pack->widow_lines);
}

void vt_turn_sheet(vt_ctx *ctx) {
    const vt_sheet upright = ctx->sheet;

    ctx->sheet.width = upright.height;
    ctx->sheet.height = upright.width;
    ctx->sheet.top = upright.left;
    ctx->sheet.bottom = upright.right;
    ctx->sheet.left = upright.bottom;
    ctx->sheet.right = upright.top;
    ctx->width = ctx->sheet.width - ctx->sheet.left - ctx->sheet.right;
}

/* Wide tables that are no annex: the document may lie (PL I I.2). */
static bool lies(const vt_node *body) {
    const char *orientation = body ? vt_attr_get(body, VT_AT_ORIENTATION) : NULL;

    return orientation && strcmp(orientation, "landscape") == 0;
}

/* ------------------------------------------------------------ the pages -- */

/* Adds runs and marks to a page that is there already. */
static void put_on_page(vt_ctx *ctx, vt_page *page, const vt_column *column, double x, double y) {
    vt_arena *arena = ctx->job->arena;
    vt_run *runs = vt_grow(arena, page->runs, &page->run_cap, page->run_count + column->run_count,
                           sizeof *runs);
    vt_mark *marks = vt_grow(arena, page->marks, &page->mark_cap,
                             page->mark_count + column->mark_count + 1, sizeof *marks);

    if (!runs || !marks) {
        vt_no_memory(ctx);
        return;
    }
    page->runs = runs;
    page->marks = marks;
    for (size_t i = 0; i < column->run_count; i++) {
        vt_run *run = &runs[page->run_count++];
        *run = column->runs[i];
        run->x += x;
        run->y += y;
    }
    for (size_t i = 0; i < column->mark_count; i++) {
        vt_mark *mark = &marks[page->mark_count++];
        *mark = column->marks[i];
        mark->x1 += x;
        mark->x2 += x;
        mark->y1 += y;
        mark->y2 += y;
    }
}

/* Arabic digits in the middle of the top margin, not on page 1 (PL I I.7). */
static void page_numbers(vt_ctx *ctx, size_t first) {
    vt_layout *layout = ctx->job->layout;
    const int before = ctx->job->options->first_page > 1 ? ctx->job->options->first_page - 1 : 0;

    for (size_t i = first; i < layout->page_count && !vt_idle(ctx); i++) {
        vt_page *page = &layout->pages[i];
        vt_column column = {.ctx = ctx};
        if (page->number < ctx->pack->page_number_first)
            continue;
        const char *text = vt_printf(ctx->job->arena, "%d", before + page->number);
        if (!text) {
            vt_no_memory(ctx);
            return;
        }
        vt_para para = vt_set_words(ctx, VT_C_PAGE_NUMBER, VT_ARTIFACT, text, ctx->width);
        vt_column_para(&column, &para, ctx->sheet.left, ctx->pack->page_number_baseline, 0);
        put_on_page(ctx, page, &column, 0, 0);
    }
}

/* The highest of a box's notes, where these are higher than the box; NULL: none. */
static const vt_note *note_of(const vt_flow *flow, const vt_vbox *box) {
    const vt_note *best = NULL;

    for (size_t i = 0; flow->notes && i < box->note_count; i++)
        if (!best || flow->notes[box->note + i].height > best->height)
            best = &flow->notes[box->note + i];
    return best && best->height > box->ascent + box->depth ? best : NULL;
}

/* Where a box of the flow comes from; NULL: it is not known. */
static const vt_node *node_of(const vt_ctx *ctx, const vt_vbox *box) {
    const vt_layout *layout = ctx->job->layout;
    const vt_note *note = note_of(&ctx->flow, box);
    uint32_t tag = note && note->run_count ? note->runs[0].tag
                   : box->run_count        ? box->runs[0].tag
                                           : 0;

    while (tag && tag < layout->tag_count && !layout->tags[tag].node)
        tag = layout->tags[tag].parent;
    return tag && tag < layout->tag_count ? layout->tags[tag].node : NULL;
}

void vt_ctx_pages(vt_ctx *ctx) {
    const vt_squeeze fit = fit_of(ctx->pack);
    vt_column foot = {.ctx = ctx};
    const vt_reach before = vt_reach_now(ctx);
    size_t first = 0, too_high = SIZE_MAX;

    const double contact = ctx->has_contact ? vt_contact(&foot) : 0;
    if (contact > 0)
        ctx->sheet.foot = contact + ctx->pack->paragraph_gap;
    vt_notes_attach(ctx);
    if (vt_idle(ctx))
        return;
    if (!vt_flow_pages(&ctx->flow, &ctx->sheet, &fit, ctx->job->layout, &first, &too_high)) {
        vt_no_memory(ctx);
        return;
    }
    if (too_high != SIZE_MAX)
        vt_trouble(ctx, "TRANG-02", node_of(ctx, &ctx->flow.boxes[too_high]),
                   "Rút gọn hoặc tách phần này thành nhiều phần.",
                   "Có phần cao hơn một trang giấy (kể cả chú thích của nó), không thể dàn trang.");
    if (contact > 0)
        put_on_page(ctx, &ctx->job->layout->pages[first], &foot, ctx->sheet.left,
                    ctx->sheet.height - ctx->sheet.bottom - contact);
    page_numbers(ctx, first);
    vt_verso(ctx, before);
}

/* ---------------------------------------------------------- the document -- */

static const char *type_words(vt_ctx *ctx) {
    const vt_node *title = vt_child(ctx->root, VT_TITLE);
    const char *words = title ? vt_node_text(ctx->job->arena, title, ' ') : NULL;

    return words ? words : ctx->type->name;
}

/* "Kế hoạch số 12/KH-SCT: Thực hiện ...", "Công văn số 3/UBND-VX: V/v ..." */
static const char *title_words(vt_ctx *ctx) {
    vt_arena *arena = ctx->job->arena;
    const vt_node *subject = vt_child(ctx->root, VT_SUBJECT);
    const char *number = vt_doc_number(ctx->doc), *prefix = "", *suffix = "";
    const char *words = subject ? vt_node_text(arena, subject, ' ') : NULL, *name;

    if (number &&
        vt_number_parts(arena, ctx->pack, ctx->doc, ctx->job->list, &prefix, &suffix) == VT_OK)
        name = vt_printf(arena, "%s số %s%s", type_words(ctx),
                         vt_number_padded(arena, ctx->pack, number), suffix);
    else
        name = type_words(ctx);
    const char *mark = vt_prints_title(ctx) ? "" : vt_style_of(ctx, VT_C_LETTER_SUBJECT)->text;
    const char *title = name && words ? vt_printf(arena, "%s: %s%s", name, mark, words) : name;
    if (!title)
        vt_no_memory(ctx);
    return title ? title : "";
}

void vt_compose_document(vt_ctx *ctx) {
    const vt_node *body = vt_child(ctx->root, VT_BODY);

    vt_ctx_begin(ctx);
    if (lies(body))
        vt_turn_sheet(ctx);
    vt_outline_entry(ctx, 1, title_words(ctx));
    if (vt_is_copy(ctx->root)) {
        vt_copy_document(ctx);
        return;
    }
    /* headings of the body stand below the title, where there is one */
    ctx->heading_base = vt_prints_title(ctx) || vt_child(ctx->root, VT_SUBJECT) ? 2 : 1;
    if (ctx->type->book) {
        vt_book_head(ctx);
    } else {
        vt_header(ctx);
        vt_field_copy(ctx);
        vt_copy_fields(ctx);
        vt_part_fields(ctx);
        vt_title(ctx);
    }
    vt_to(ctx);
    if (body)
        vt_body(ctx, body);
    vt_closing(ctx);
    vt_confirmations(ctx);
    ctx->has_contact = vt_child(ctx->root, VT_CONTACT) != NULL;
    if (!vt_child(ctx->root, VT_ANNEX) && !vt_child(ctx->root, VT_ATTACHED))
        vt_copy_block(ctx);
    vt_ctx_pages(ctx);
    if (ctx->outer || ctx->job->options->part != VT_MAIN_PART)
        vt_annexes(ctx);
    vt_enclosures(ctx);
}

/* No rule for back pages: the same margins on both sides are asked for by
   asking for nothing. */
static void check_sides(vt_ctx *ctx) {
    if (ctx->job->options->two_sided && !ctx->pack->mirror_margins)
        vt_trouble(ctx, "TRANG-06", NULL, "Bỏ --two-sided: mặt sau có lề như mặt trước.",
                   "Gói quy tắc “%s” (%s) không quy định lề riêng cho mặt sau.", ctx->pack->id,
                   ctx->pack->name);
}

const vt_type *vt_type_of(vt_ctx *ctx) {
    const char *slug = vt_attr_get(ctx->root, VT_AT_TYPE);
    const vt_type *type = slug ? vt_pack_type(ctx->pack, slug) : NULL;

    if (!type)
        vt_trouble(ctx, "TRANG-03", ctx->root, "Chọn một loại văn bản có trong bộ quy tắc.",
                   "Bộ quy tắc %s không có loại văn bản “%s”.", ctx->pack->id, slug ? slug : "");
    return type;
}

vt_status vt_compose(vt_engine *engine, const vt_pack *pack, const vt_doc *doc,
                     const vt_compose_options *options, vt_arena *arena, vt_findings *list,
                     vt_layout **out) {
    static const vt_compose_options plain = {0};
    vt_layout *layout = vt_alloc(arena, sizeof *layout);
    vt_job job = {.engine = engine,
                  .options = options ? options : &plain,
                  .arena = arena,
                  .list = list,
                  .layout = layout};
    vt_ctx ctx = {.job = &job, .pack = pack, .doc = doc};

    if (!layout)
        return vt_nomem(list);
    if (!engine->words && !(engine->words = vt_word_cache_new(engine->fonts)))
        return vt_nomem(list);
    vt_status status = vt_compounds_need(engine, list);
    if (status != VT_OK)
        return status;
    vt_word_compounds_put(engine->words, engine->compounds);
    layout->arena = arena;
    layout->language = "vi-VN";
    ctx.root = doc->root;
    ctx.tag = vt_tag_add(&ctx, VT_ROLE_DOCUMENT, 0, doc->root);
    ctx.type = vt_type_of(&ctx);
    if (!ctx.type)
        return job.status;
    layout->title = title_words(&ctx);
    check_sides(&ctx);
    if (job.options->part > 0)
        vt_annex_alone(&ctx, job.options->part);
    else
        vt_compose_document(&ctx);
    if (vt_arena_failed(arena) && job.status != VT_FAIL)
        job.status = vt_nomem(list);
    if (job.status == VT_OK)
        *out = layout;
    return job.status;
}

size_t vt_layout_pages(const vt_layout *layout) {
    return layout->page_count;
}

const vt_beside *vt_layout_beside(const vt_layout *layout, size_t *count) {
    *count = layout->beside_count;
    return layout->beside;
}
