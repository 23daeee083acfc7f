#include "gen/para.h"

#include "gen/glue.h"
#include "gen/paracache.h"
#include "gen/paraword.h"

#include <math.h>

#define STRETCH_LIMIT 0.25 /* ems, where the caller names none */

/* ------------------------------------------------------------- one line -- */

/* A line being set: words first..last of `w`, spaces changed by `ratio`. */
typedef struct setting {
    const vt_words *w;
    vt_word_cache *cache;
    vt_arena *arena;
    uint32_t first, last;
    double ratio; /* vt_fit_ratio; 0: natural */
} setting;

static double word_space(const setting *s, const vt_piece *style) {
    if (s->ratio >= 0)
        return s->ratio * style->size;
    return s->ratio * vt_word_space(s->cache, style->face).units * style->size / 3000;
}

/* May f stand in the run that begins with `head`? */
static bool same_run(const vt_frag *head, const vt_frag *f) {
    return head->style == f->style && !head->blank && !f->blank;
}

/* The gap at which the line ends stays as its last space, in the style of the
   word before it where that is possible. */
static vt_frag tail_of(const setting *s) {
    const vt_words *w = s->w;
    vt_frag tail = w->frags[w->starts[s->last + 1] - 1];
    const vt_frag *before = &w->frags[w->starts[s->last + 1] - 2];
    tail.units -= tail.lead;
    tail.lead = 0;
    if (tail.len == 0 || before->blank || tail.style == before->style)
        return tail;
    vt_face face = w->pieces[before->style].face;
    vt_space space = vt_word_space(s->cache, face);
    tail.style = before->style;
    tail.units =
        space.units + vt_fonts_kern(vt_word_fonts(s->cache), face,
                                    w->glyphs[before->glyph + before->count - 1], space.glyph);
    w->glyphs[tail.glyph] = space.glyph;
    return tail;
}

/* Fragments that make one run. */
typedef struct slice {
    const vt_frag *first, *last;
    int64_t units;
    uint32_t spaces;
} slice;

static const vt_frag *gather(const vt_frag *f, const vt_frag *end, slice *out) {
    *out = (slice){f, f, 0, f->blank};
    do {
        out->units += f->units;
        out->spaces += f->gap ? f->len : 0;
        out->last = f++;
    } while (f < end && same_run(out->first, f));
    return f;
}

static size_t count_runs(const setting *s, const vt_frag *tail) {
    const vt_words *w = s->w;
    const vt_frag *f = &w->frags[w->starts[s->first]];
    const vt_frag *end = &w->frags[w->starts[s->last + 1] - 1];
    slice part;
    size_t n = 0;
    if (w->turns == 0)
        return 1; /* one style: nothing to count */
    do {          /* a line holds a word, a word a fragment */
        f = gather(f, end, &part);
        n++;
    } while (f < end);
    return n + (tail->len > 0 && !same_run(part.first, tail));
}

/* A run at x; what it holds may still grow by the line's tail. */
static void set_run(const setting *s, const slice *part, double x, vt_run *run) {
    const vt_words *w = s->w;
    const vt_frag *first = part->first, *last = part->last;
    const vt_piece *style = &w->pieces[first->style];
    double natural = (double)part->units * style->size / 1000;
    double space = first->blank ? style->blank - natural : word_space(s, style);
    *run = (vt_run){.x = x,
                    .y = -style->rise,
                    .width = natural + part->spaces * space,
                    .size = style->size,
                    .word_space = space,
                    .face = style->face,
                    .colour = style->colour,
                    .tag = first->style, /* a piece: see gen/paracache.h */
                    .text = w->text + first->text,
                    .len = last->text + last->len - first->text,
                    .count = last->glyph + last->count - first->glyph,
                    .glyphs = w->glyphs + first->glyph};
}

/* The rule under a run of underlined text. */
static void underline(const setting *s, const vt_run *run, vt_line *line) {
    const vt_face_info *info = vt_fonts_info(vt_word_fonts(s->cache), run->face);
    double y = run->y - info->underline_position * run->size / 1000;
    line->marks[line->mark_count++] =
        (vt_mark){.kind = VT_MARK_LINE,
                  .x1 = run->x,
                  .y1 = y,
                  .x2 = run->x + run->width,
                  .y2 = y,
                  .thickness = info->underline_thickness * run->size / 1000,
                  .colour = run->colour,
                  .what = "underline"};
}

static void set_tail(const setting *s, slice *part, const vt_frag *tail, vt_line *line) {
    vt_run *last = &line->runs[line->run_count - 1];
    if (!same_run(part->first, tail)) {
        slice own = {tail, tail, tail->units, tail->len};
        set_run(s, &own, last->x + last->width, &line->runs[line->run_count++]);
        return;
    }
    part->last = tail;
    part->units += tail->units;
    part->spaces += tail->len;
    set_run(s, part, last->x, last);
}

static bool set_line(const setting *s, double x, vt_line *line) {
    const vt_words *w = s->w;
    const vt_frag *f = &w->frags[w->starts[s->first]];
    const vt_frag *end = &w->frags[w->starts[s->last + 1] - 1];
    vt_frag tail = tail_of(s);
    size_t runs = count_runs(s, &tail);
    slice part;
    line->runs = vt_alloc_array(s->arena, runs, sizeof *line->runs);
    if (w->underlined)
        line->marks = vt_alloc_array(s->arena, runs, sizeof *line->marks);
    if (line->runs == NULL || (w->underlined && line->marks == NULL))
        return false;
    line->x = x;
    do {
        vt_run *run = &line->runs[line->run_count++];
        f = gather(f, end, &part);
        set_run(s, &part, x, run);
        if (line->marks != NULL && w->pieces[part.first->style].underline)
            underline(s, run, line);
        line->size = fmax(line->size, run->size);
        x += run->width;
    } while (f < end);
    line->width = x - line->x;
    if (tail.len > 0)
        set_tail(s, &part, &tail, line);
    return true;
}

/* ------------------------------------------------------------- paragraph -- */

typedef struct composer {
    const vt_para_spec *spec;
    vt_words words;
    vt_word_cache *cache;
    vt_arena *arena;
    vt_para *out;
    size_t line_cap;
} composer;

static double indent_of(const vt_para_spec *spec, size_t line) {
    return line == 0 ? spec->first_indent : spec->hang;
}

static bool ragged(const vt_para_spec *spec) {
    return spec->align != VT_JUSTIFY;
}

static vt_line *new_line(composer *c) {
    vt_para *p = c->out;
    vt_line *lines = vt_grow(c->arena, p->lines, &c->line_cap, p->line_count + 1, sizeof *lines);
    if (lines == NULL)
        return NULL;
    p->lines = lines;
    vt_line *line = &lines[p->line_count++];
    *line = (vt_line){0};
    return line;
}

/* Words first..last of a segment as the next line. */
static bool compose_line(composer *c, const vt_box *boxes, uint32_t first, uint32_t last,
                         bool stretch) {
    const vt_para_spec *spec = c->spec;
    double indent = indent_of(spec, c->out->line_count), room = spec->width - indent;
    double natural = boxes[last].end - boxes[first].start;
    setting s = {&c->words, c->cache, c->arena, first, last, 0};
    if (!ragged(spec) && (stretch || natural > room))
        s.ratio = fmax(vt_fit_ratio(boxes, first, last, room), -1);
    double x = indent;
    if (spec->align == VT_CENTER)
        x += (room - natural) / 2;
    else if (spec->align == VT_RIGHT)
        x += room - natural;
    vt_line *line = new_line(c);
    return line != NULL && set_line(&s, x, line);
}

static double largest_size(const vt_words *w, const vt_segment *segment) {
    double size = 0;
    for (uint32_t f = w->starts[segment->first]; f < w->starts[segment->last]; f++)
        size = fmax(size, w->pieces[w->frags[f].style].size);
    return size;
}

static bool compose_segment(composer *c, const vt_segment *segment) {
    const vt_para_spec *spec = c->spec;
    uint32_t first = segment->first, n = segment->last - first;
    vt_box *boxes = c->words.boxes;
    vt_fitted fitted;
    if (n == 0) {
        vt_line *line = new_line(c);
        if (line == NULL)
            return false;
        line->x = indent_of(spec, c->out->line_count - 1);
        line->size = segment->size;
        return true;
    }
    vt_fit fit = {.first = spec->width - indent_of(spec, c->out->line_count),
                  .rest = spec->width - spec->hang,
                  .limit = spec->stretch_limit > 0 ? spec->stretch_limit : STRETCH_LIMIT,
                  .em = largest_size(&c->words, segment),
                  .justify = !ragged(spec),
                  .balance = spec->balance};
    if (!vt_fit_lines(boxes + first, n, &fit, vt_word_scratch(c->cache), &fitted))
        return false;
    c->out->loose = c->out->loose || fitted.loose;
    for (size_t k = 0, i = 0; k < fitted.lines; i = fitted.ends[k++] + 1u)
        if (!compose_line(c, boxes, first + (uint32_t)i, first + fitted.ends[k],
                          k + 1 < fitted.lines))
            return false;
    return true;
}

static vt_status compose_anew(composer *c, vt_place place, vt_findings *list) {
    vt_status status = vt_words_read(c->cache, c->spec, c->arena, place, list, &c->words);
    if (status != VT_OK)
        return status;
    for (uint32_t i = 0; i < c->words.segment_count; i++)
        if (!compose_segment(c, &c->words.segments[i]))
            return vt_nomem(list);
    return VT_OK;
}

/* As it was set before, or anew. */
static vt_status compose(composer *c, vt_place place, vt_findings *list) {
    vt_para_cache *kept = vt_word_paras(c->cache);
    vt_para_key key = vt_para_key_of(kept, c->spec);
    vt_recall found =
        key.data != NULL ? vt_para_recall(kept, &key, c->arena, c->out) : VT_RECALL_NONE;
    if (found != VT_RECALL_NONE)
        return found == VT_RECALL_FOUND ? VT_OK : vt_nomem(list);
    vt_status status = compose_anew(c, place, list);
    if (status == VT_OK && key.data != NULL)
        vt_para_keep(kept, &key, c->out);
    return status;
}

/* Runs name the pieces they come from; readers want the pieces' tags. */
static void put_tags(const vt_para_spec *spec, vt_para *para) {
    for (size_t i = 0; i < para->line_count; i++)
        for (size_t r = 0; r < para->lines[i].run_count; r++) {
            vt_run *run = &para->lines[i].runs[r];
            run->tag = spec->pieces[run->tag].tag;
        }
}

vt_status vt_para_set(const vt_fonts *fonts, vt_word_cache *cache, const vt_para_spec *spec,
                      vt_arena *arena, vt_place place, vt_findings *list, vt_para *out) {
    vt_word_cache *own = cache == NULL ? vt_word_cache_new(fonts) : NULL;
    vt_para para = {0};
    composer c = {.spec = spec, .cache = own != NULL ? own : cache, .arena = arena, .out = &para};
    if (c.cache == NULL)
        return vt_nomem(list);
    vt_status status = compose(&c, place, list);
    vt_word_done(c.cache);
    vt_word_cache_free(own);
    if (status != VT_OK)
        return status;
    put_tags(spec, &para);
    *out = para;
    return VT_OK;
}

/* ------------------------------------------------------------- measuring -- */

/* A word with its indent, whole and in its parts. */
static void word_extent(vt_word_cache *cache, const vt_words *w, uint32_t i, double indent,
                        bool parts, vt_extent *out) {
    const double width = w->boxes[i].end - w->boxes[i].start;

    out->word = fmax(out->word, indent + width);
    if (parts && indent + width > out->part)
        out->part = fmax(out->part, indent + fmin(vt_words_widest_part(cache, w, i), width));
}

static void extents(vt_word_cache *cache, const vt_words *w, const vt_para_spec *spec, bool parts,
                    vt_extent *out) {
    for (uint32_t s = 0; s < w->segment_count; s++) {
        uint32_t from = w->segments[s].first, last = w->segments[s].last;
        for (uint32_t i = from, chain = from; i < last; i++) {
            double indent = indent_of(spec, s == 0 && chain == from ? 0 : 1);
            word_extent(cache, w, i, indent, parts, out);
            out->held = fmax(out->held, indent + w->boxes[i].end - w->boxes[chain].start);
            out->line =
                fmax(out->line, indent_of(spec, s) + w->boxes[i].end - w->boxes[from].start);
            if (w->boxes[i].penalty != VT_GLUE_BAN)
                chain = i + 1;
        }
        if (from < last)
            out->text += w->boxes[last - 1].end - w->boxes[from].start;
    }
}

vt_status vt_para_measure(const vt_fonts *fonts, vt_word_cache *cache, const vt_para_spec *spec,
                          vt_arena *arena, vt_place place, vt_findings *list, bool parts,
                          vt_extent *out) {
    vt_word_cache *own = cache == NULL ? vt_word_cache_new(fonts) : NULL;
    vt_word_cache *c = own != NULL ? own : cache;
    vt_para_spec wide = *spec;
    vt_words words;
    (void)arena;
    if (c == NULL)
        return vt_nomem(list);
    wide.width = HUGE_VAL; /* no word is too wide: addresses alone are parted */
    *out = (vt_extent){0};
    vt_status status = vt_words_read(c, &wide, vt_word_scratch(c), place, list, &words);
    if (status == VT_OK)
        extents(c, &words, &wide, parts, out);
    vt_word_done(c);
    vt_word_cache_free(own);
    return status;
}
