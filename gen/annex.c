/*
 * gen/annex.c - what is issued with a document: annexes (phụ lục) and attached
 * texts (a quy chế that a decision issues).
 *
 * Each begins on a page of its own and counts its pages from 1 (PL I III.1.đ).
 * An annex has a heading block instead of a head; an attached text has issuer
 * and national title of its own but neither number nor date.  Both say what
 * they came with: "(Kèm theo ...)", filled on paper, dotted in an electronic
 * file, where number and date come after signing.
 */
#include "gen/tablegrid.h"

#include <string.h>

/* ------------------------------------------------------------- reference -- */

/* All of them: "Sở A, Sở B và Chi cục C". */
static const char *issuer_names(const vt_ctx *main) {
    const char *all = NULL;

    for (const vt_node *i = vt_child(main->root, VT_ISSUER); i; i = vt_next_same(i)) {
        const vt_node *name = vt_child(i, VT_NAME);
        const char *words = name ? vt_node_text(main->job->arena, name, ' ') : NULL;
        if (words)
            all = !all ? words
                       : vt_printf(main->job->arena, "%s%s%s", all, vt_next_same(i) ? ", " : " và ",
                                   words);
    }
    return all ? all : "";
}

/* An electronic file gets number and date after its parts have been signed. */
static bool left_blank(const vt_ctx *main) {
    return main->job->options->electronic && !main->issued;
}

static const char *number_of(const vt_ctx *main, const char *blank) {
    const char *number = vt_doc_number(main->doc), *prefix = "", *suffix = "", *filled = NULL;
    vt_job *job = main->job;

    if (vt_number_parts(job->arena, main->pack, main->doc, job->list, &prefix, &suffix) != VT_OK)
        return blank;
    if (number && !left_blank(main))
        filled = vt_number_padded(job->arena, main->pack, number);
    const char *words = vt_printf(job->arena, "%s%s", filled ? filled : blank, suffix);
    return words ? words : blank;
}

static const char *date_word(const vt_ctx *main, int value, int pad, const char *blank) {
    const char *words = value && !left_blank(main)
                            ? vt_printf(main->job->arena, value < pad ? "%02d" : "%d", value)
                            : NULL;

    return words ? words : blank;
}

/* "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 02 năm 2026 của ...)" */
static const char *reference_words(vt_ctx *ctx, const vt_ctx *main) {
    const vt_pack *pack = main->pack;
    const char *blank = pack->annex_blank;
    vt_date date = {0};

    vt_doc_date(main->doc, &date);
    const vt_slot slots[] = {{"type", main->type->name},
                             {"number", number_of(main, blank)},
                             {"day", date_word(main, date.day, pack->day_pad, blank)},
                             {"month", date_word(main, date.month, pack->month_pad, blank)},
                             {"year", date_word(main, date.year, 0, blank)},
                             {"issuer", issuer_names(main)}};
    return vt_fill(ctx, pack->annex_reference, slots, sizeof slots / sizeof *slots);
}

/* The line itself: own words override, empty ones leave it out. */
void vt_reference_line(vt_ctx *ctx, const vt_ctx *main, const vt_node *owner) {
    const vt_style *style = vt_style_of(ctx, VT_C_ANNEX_REFERENCE);
    const vt_node *own = vt_child(owner, VT_REFERENCE);

    if (own && !own->first)
        return;
    const uint32_t tag = vt_tag_add(ctx, VT_ROLE_P, ctx->tag, own ? own : owner);
    vt_pieces_clear(ctx);
    if (own)
        vt_pieces_inline(ctx, style, tag, own->first);
    else
        vt_pieces_text(ctx, style, tag, reference_words(ctx, main));
    vt_title_para(ctx, style, owner, style->before, "reference-rule");
}

/* ----------------------------------------------------------------- annex -- */

/* A context for a part of `main` that begins on a page of its own. */
static vt_ctx part_of(vt_ctx *main, const vt_node *node) {
    vt_ctx ctx = {.job = main->job,
                  .outer = main,
                  .pack = main->pack,
                  .doc = main->doc,
                  .root = main->root,
                  .type = main->type,
                  .issued = main->issued,
                  .set = main->set};

    vt_ctx_begin(&ctx);
    ctx.tag = vt_tag_add(&ctx, VT_ROLE_PART, main->tag, node);
    return ctx;
}

static const char *annex_label(vt_ctx *ctx, int n, bool several) {
    const char *words =
        several ? vt_label(ctx->job->arena, ctx->pack, ctx->pack->annex_label, &n, 1, NULL)
                : ctx->pack->annex_label_single;

    if (!words)
        vt_no_memory(ctx);
    return words ? words : "";
}

static void annex_heading(vt_ctx *ctx, const vt_node *node, const char *label) {
    const vt_style *style = vt_style_of(ctx, VT_C_ANNEX_LABEL);
    const vt_node *title = vt_child(node, VT_TITLE);
    const uint32_t heading = vt_tag_add(ctx, VT_ROLE_H1, ctx->tag, node);
    const char *words = title ? vt_node_text(ctx->job->arena, title, ' ') : NULL;

    vt_outline_entry(ctx, 1, words ? vt_printf(ctx->job->arena, "%s: %s", label, words) : label);
    vt_pieces_clear(ctx);
    vt_pieces_text(ctx, style, vt_tag_add(ctx, VT_ROLE_SPAN, heading, NULL), label);
    vt_title_para(ctx, style, node, 0, NULL);
    if (!title)
        return;
    style = vt_style_of(ctx, VT_C_ANNEX_TITLE);
    vt_pieces_clear(ctx);
    vt_pieces_inline(ctx, style, vt_tag_add(ctx, VT_ROLE_SPAN, heading, title), title->first);
    vt_title_para(ctx, style, title, style->before, NULL);
}

/* As the document says; else across when a table asks for it (PL I I.2). */
static bool lies_across(vt_ctx *ctx, const vt_node *node) {
    const char *orientation = vt_attr_get(node, VT_AT_ORIENTATION);

    if (orientation)
        return strcmp(orientation, "landscape") == 0;
    return ctx->pack->turn_annex && vt_tables_exceed(ctx, node, VT_TIER_TEXT, ctx->width);
}

/* A file of its own has a title of its own: "Phụ lục II: Danh sách (Kế hoạch số ...)". */
static void title_alone(vt_ctx *ctx, const char *label, const vt_node *words) {
    vt_layout *layout = ctx->job->layout;
    const char *name = words ? vt_node_text(ctx->job->arena, words, ' ') : NULL;

    if (ctx->job->options->part <= 0 || ctx->outer->outer)
        return;
    layout->title = vt_printf(ctx->job->arena, "%s%s%s (%s)", label, name ? ": " : "",
                              name ? name : "", layout->title);
    if (!layout->title)
        vt_no_memory(ctx);
}

static void annex(vt_ctx *main, const vt_node *node, int n, bool several) {
    vt_ctx ctx = part_of(main, node);

    if (lies_across(&ctx, node))
        vt_turn_sheet(&ctx);
    ctx.heading_base = 2;
    ctx.notes.before = main->notes.before + (int)main->notes.count;
    title_alone(&ctx, annex_label(&ctx, n, several), vt_child(node, VT_TITLE));
    annex_heading(&ctx, node, annex_label(&ctx, n, several));
    vt_reference_line(&ctx, main, node);
    vt_flow_join(&ctx.flow, ctx.pack->widow_lines);
    vt_body(&ctx, node);
    vt_part_fields(&ctx);
    if (main->copier && !vt_next_same(node) && !vt_child(main->root, VT_ATTACHED)) {
        ctx.copier = main->copier;
        vt_copy_block(&ctx);
    }
    vt_ctx_pages(&ctx);
    main->notes.before += (int)ctx.notes.count;
}

/* -------------------------------------------------------------- attached -- */

static void attached(vt_ctx *main, const vt_node *node) {
    vt_node *root = node->last;

    while (root && root->el != VT_DOCUMENT)
        root = root->prev;
    if (!root)
        return;
    vt_doc doc = *main->doc;
    doc.root = root;
    vt_ctx ctx = {.job = main->job, .outer = main, .pack = main->pack, .doc = &doc, .root = root};
    ctx.type = vt_type_of(&ctx);
    if (!ctx.type)
        return;
    ctx.attached = node;
    title_alone(&ctx, ctx.type->name, vt_child(root, VT_SUBJECT));
    ctx.issued = main->issued;
    ctx.copier = vt_next_same(node) ? NULL : main->copier;
    ctx.tag = vt_tag_add(main, VT_ROLE_PART, main->tag, root);
    vt_compose_document(&ctx);
}

void vt_annexes(vt_ctx *ctx) {
    const vt_node *first = vt_child(ctx->root, VT_ANNEX);
    const bool several = first && vt_next_same(first);
    int n = 0;

    for (const vt_node *node = first; node && !vt_idle(ctx); node = vt_next_same(node))
        annex(ctx, node, ++n, several);
    for (const vt_node *node = vt_child(ctx->root, VT_ATTACHED); node && !vt_idle(ctx);
         node = vt_next_same(node))
        attached(ctx, node);
}

/* ------------------------------------------------------ files of their own -- */

size_t vt_doc_parts(const vt_doc *doc) {
    size_t n = 0;

    for (const vt_node *node = doc->root->first; node; node = node->next)
        n += node->el == VT_ANNEX || node->el == VT_ATTACHED;
    return n;
}

/* Annexes stand before attached texts, and so they count. */
void vt_annex_alone(vt_ctx *ctx, int n) {
    const vt_node *node = ctx->root->first, *first = vt_child(ctx->root, VT_ANNEX);

    vt_ctx_begin(ctx);
    for (int left = n; node; node = node->next)
        if ((node->el == VT_ANNEX || node->el == VT_ATTACHED) && --left == 0)
            break;
    if (!node)
        vt_trouble(ctx, "TRANG-14", NULL, "Kiểm tra lại số thứ tự.",
                   "Văn bản không có phụ lục, văn bản kèm theo thứ %d.", n);
    else if (node->el == VT_ANNEX)
        annex(ctx, node, n, vt_next_same(first) != NULL);
    else
        attached(ctx, node);
}

/* "Số: 07/QĐ-UBND; 05/02/2026; ...", the hour left to who seals; nothing while
   the main document has no number. */
static const char *sealed_words(vt_ctx *ctx, const vt_ctx *main) {
    vt_arena *arena = ctx->job->arena;
    const char *blank = main->pack->annex_blank, *prefix = "", *suffix = "";
    const char *number = vt_doc_number(main->doc);
    vt_date date = {0};

    if (!number || !vt_doc_date(main->doc, &date) || !vt_date_full(date) ||
        vt_number_parts(arena, main->pack, main->doc, ctx->job->list, &prefix, &suffix) != VT_OK)
        return NULL;
    const vt_slot slots[] = {
        {"number", vt_printf(arena, "%s%s", vt_number_padded(arena, main->pack, number), suffix)},
        {"dd", vt_printf(arena, "%02d", date.day)},
        {"mm", vt_printf(arena, "%02d", date.month)},
        {"yyyy", vt_printf(arena, "%d", date.year)},
        {"hh", blank},
        {"mi", blank},
        {"ss", blank},
        {"zone", "+07:00"}};
    return vt_fill(ctx, main->pack->electronic_pattern, slots, sizeof slots / sizeof *slots);
}

/* PL I II.8.b, III.1.d: each such file bears the agency's seal, without a
   picture, at the right of the top margin of its first page. */
void vt_part_fields(vt_ctx *ctx) {
    const vt_ctx *main = ctx->outer;

    if (ctx->job->options->part <= 0 || !ctx->job->options->electronic || !main || main->outer)
        return;
    vt_field_sealed(ctx, "kem_theo", "Số, ký hiệu, thời gian ký của văn bản chính",
                    sealed_words(ctx, main), "Chữ ký số của cơ quan, tổ chức ban hành");
}
