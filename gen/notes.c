/*
 * gen/notes.c - footnotes: a raised number in the text, the note at the foot of
 * the page on which that number stands.
 *
 * The line that holds a number is known only after lines are made, perhaps
 * deep inside a table.  So the number's run carries its note's index in place
 * of a tag, and the boxes are searched for such runs before pages are made.
 */
#include "gen/compose.h"

#define NOTES_MAX 9999     /* of one document: each is looked for among all */
#define REFERS 0x80000000u /* in vt_run.tag: the rest is the note's index */

/* The note of that node; made when it is met for the first time.  Text is
   walked again in the same order when it is measured before it is set. */
static vt_note_ref *note_of(vt_ctx *ctx, const vt_node *node, size_t *index) {
    vt_notes *notes = &ctx->notes;

    for (size_t k = 0; k < notes->count; k++) {
        const size_t i = (notes->cursor + k) % notes->count;
        if (notes->at[i].node != node)
            continue;
        notes->cursor = i + 1;
        *index = i;
        return &notes->at[i];
    }
    if (notes->count >= NOTES_MAX) {
        vt_trouble(ctx, "TRANG-14", node, "Bớt chú thích hoặc tách tài liệu.",
                   "Tài liệu có quá %d chú thích cuối trang.", NOTES_MAX);
        return NULL;
    }
    vt_note_ref *grown =
        vt_grow(ctx->job->arena, notes->at, &notes->cap, notes->count + 1, sizeof *grown);
    if (!grown) {
        vt_no_memory(ctx);
        return NULL;
    }
    notes->at = grown;
    *index = notes->count++;
    notes->cursor = 0;
    grown[*index] = (vt_note_ref){.node = node};
    grown[*index].note = vt_tag_add(ctx, VT_ROLE_NOTE, ctx->tag, node);
    return &grown[*index];
}

static const char *number_words(vt_ctx *ctx, size_t index) {
    const char *words = vt_printf(ctx->job->arena, "%d", ctx->notes.before + (int)index + 1);

    if (!words)
        vt_no_memory(ctx);
    return words ? words : "";
}

static vt_piece *raised(vt_ctx *ctx, const vt_style *style, uint32_t tag, const char *words) {
    vt_piece *piece = vt_pieces_text(ctx, style, tag, words);

    if (piece) {
        piece->rise = ctx->pack->raise_by * piece->size;
        piece->size *= ctx->pack->raise_size;
    }
    return piece;
}

void vt_note_number(vt_ctx *ctx, const vt_style *style, uint32_t tag, const vt_node *node) {
    size_t index = 0;
    vt_note_ref *note = note_of(ctx, node, &index);

    if (!note)
        return;
    note->tag = tag;
    raised(ctx, style, REFERS | (uint32_t)index, number_words(ctx, index));
}

/* -------------------------------------------------------------- the foot -- */

static vt_note set_note(vt_ctx *ctx, size_t index) {
    const vt_style *style = vt_style_of(ctx, VT_C_FOOTNOTE);
    const vt_note_ref *ref = &ctx->notes.at[index];
    const uint32_t label = vt_tag_add(ctx, VT_ROLE_LBL, ref->note, NULL);
    const uint32_t text = vt_tag_add(ctx, VT_ROLE_P, ref->note, ref->node);
    const double size = vt_size_of(ctx, style), pitch = vt_single(ctx, size);
    vt_column column = {.ctx = ctx};

    vt_pieces_clear(ctx);
    raised(ctx, style, label, number_words(ctx, index));
    vt_pieces_text(ctx, style, text, " ");
    vt_pieces_inline(ctx, style, text, ref->node->first);
    const vt_shape shape = {.width = ctx->width,
                            .first_indent = style->indent,
                            .hang = style->hang,
                            .align = style->align};
    vt_para para = vt_set(ctx, shape, ref->node);
    double y = style->before + pitch - vt_depth(ctx, size);
    y = vt_column_para(&column, &para, 0, y, pitch) + vt_depth(ctx, size);
    return (vt_note){.height = y,
                     .runs = column.runs,
                     .run_count = column.run_count,
                     .marks = column.marks,
                     .mark_count = column.mark_count};
}

/* White, and a line over part of the text's width, above the first note. */
static void separator(vt_ctx *ctx) {
    const vt_style *style = vt_style_of(ctx, VT_C_FOOTNOTE);
    const double gap = ctx->pack->paragraph_gap;

    ctx->flow.note_lead = gap + style->rule_gap;
    ctx->flow.note_rule = (vt_mark){.kind = VT_MARK_LINE,
                                    .x2 = ctx->width * style->fraction,
                                    .y1 = gap,
                                    .y2 = gap,
                                    .thickness = style->rule_thickness,
                                    .colour = style->colour,
                                    .what = "note-rule"};
}

/* Takes the marks out of a box's runs; its notes follow one another. */
static void attach(vt_ctx *ctx, vt_vbox *box, size_t *next) {
    vt_flow *flow = &ctx->flow;

    box->note = *next;
    for (size_t r = 0; r < box->run_count; r++) {
        vt_run *run = &box->runs[r];
        const size_t index = run->tag & ~REFERS;
        if (run->tag == VT_ARTIFACT || !(run->tag & REFERS) || index >= ctx->notes.count)
            continue;
        run->tag = ctx->notes.at[index].tag;
        if (*next >= ctx->notes.count)
            continue;
        flow->notes[*next] = set_note(ctx, index);
        box->notes += flow->notes[*next].height;
        box->note_count++;
        ++*next;
    }
}

void vt_notes_attach(vt_ctx *ctx) {
    const size_t count = ctx->notes.count;
    size_t next = 0;

    if (!count || vt_idle(ctx))
        return;
    ctx->flow.notes = vt_alloc_array(ctx->job->arena, count, sizeof *ctx->flow.notes);
    if (!ctx->flow.notes) {
        vt_no_memory(ctx);
        return;
    }
    separator(ctx);
    for (size_t i = 0; i < ctx->flow.count && !vt_idle(ctx); i++)
        attach(ctx, &ctx->flow.boxes[i], &next);
}
