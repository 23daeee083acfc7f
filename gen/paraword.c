#include "gen/paraword.h"

#include "gen/compound.h"
#include "gen/glue.h"

#include <string.h>
#include <unicode/uchar.h>

#define TEXT_MAX ((size_t)64 << 20) /* bytes of one paragraph; input has 16 MiB */
#define MISSING_MAX 8               /* different characters reported for one paragraph */

typedef struct reader {
    vt_word_cache *cache;
    const vt_para_spec *spec;
    vt_words *w;
    vt_place place;
    vt_findings *list;
    bool word_open, frag_open;
    uint32_t segment;   /* first word of the segment being read */
    int32_t kern_after; /* of the fragment closed last */
    uint32_t glue;      /* its class */
    uint32_t style;     /* of the fragment opened last, gaps too */
    uint32_t missing[MISSING_MAX];
    size_t missing_count;
} reader;

static bool white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool same_style(const vt_piece *a, const vt_piece *b) {
    return a->face == b->face && a->size == b->size && a->rise == b->rise &&
           a->underline == b->underline && a->hold == b->hold && a->tag == b->tag &&
           a->colour.r == b->colour.r && a->colour.g == b->colour.g && a->colour.b == b->colour.b &&
           !(a->blank > 0) && !(b->blank > 0);
}

/* ---------------------------------------------------------------- reading -- */

static void report_missing(reader *r, vt_face face, uint32_t cp) {
    char shown[5] = "";
    for (size_t i = 0; i < r->missing_count; i++)
        if (r->missing[i] == cp)
            return;
    if (r->missing_count == MISSING_MAX)
        return;
    r->missing[r->missing_count++] = cp;
    if (u_isgraph((UChar32)cp) &&
        !u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        shown[vt_utf8_put(cp, shown)] = '\0';
    (void)vt_bad(
        r->list, "BO-01", r->place, "Thay hoặc xóa ký tự này, hoặc dùng bộ phông chữ có ký tự đó.",
        "Phông chữ %s không có ký tự “%s” (U+%04X).",
        vt_fonts_info(vt_word_fonts(r->cache), face)->postscript_name, shown, (unsigned)cp);
}

static vt_frag *last_frag(const vt_words *w) {
    return &w->frags[w->frag_count - 1];
}

/* The gap before a word just begun: its kerning with the word. */
static void lean_gap(vt_words *w, uint32_t style, int32_t kern_before) {
    uint32_t first = w->starts[w->word_count];
    if (w->frag_count - 1 != first || first == 0)
        return;
    vt_frag *gap = &w->frags[first - 1];
    if (gap->style == style && gap->len > 0) {
        gap->lead = kern_before;
        gap->units += kern_before;
    }
}

static void close_frag(reader *r) {
    vt_words *w = r->w;
    if (!r->frag_open)
        return;
    vt_frag *f = last_frag(w);
    vt_face face = w->pieces[f->style].face;
    vt_measured m;
    vt_word_measure(r->cache, face, w->text + f->text, f->len, w->glyphs + f->glyph, &m);
    if (m.missing != 0)
        report_missing(r, face, m.missing);
    f->count = m.count;
    f->units = m.units;
    w->glyph_count += m.count;
    r->kern_after = m.kern_after;
    r->glue = m.glue;
    r->frag_open = false;
    lean_gap(w, f->style, m.kern_before);
}

static vt_frag *open_frag(reader *r, uint32_t style) {
    vt_words *w = r->w;
    close_frag(r);
    if (!r->word_open)
        w->starts[w->word_count] = w->frag_count;
    r->word_open = true;
    vt_frag *f = &w->frags[w->frag_count++];
    *f = (vt_frag){.style = style, .text = w->text_len, .glyph = w->glyph_count};
    if (style != r->style) {
        r->style = style;
        w->turns++;
    }
    return f;
}

static void add_text(reader *r, uint32_t style, const char *text, size_t len) {
    vt_words *w = r->w;
    if (!r->frag_open || last_frag(w)->style != style) {
        open_frag(r, style);
        r->frag_open = true;
    }
    memcpy(w->text + w->text_len, text, len);
    w->text_len += (uint32_t)len;
    last_frag(w)->len += (uint32_t)len;
}

static void put_space(reader *r, vt_frag *f) {
    vt_words *w = r->w;
    vt_space space = vt_word_space(r->cache, w->pieces[f->style].face);
    w->text[w->text_len++] = ' ';
    w->glyphs[w->glyph_count++] = space.glyph;
    f->len = f->count = 1;
    f->units = space.units;
}

static void add_blank(reader *r, uint32_t style) {
    vt_frag *f = open_frag(r, style);
    f->blank = true;
    put_space(r, f);
}

static uint32_t word_class(const reader *r) {
    const vt_words *w = r->w;
    uint32_t first = w->starts[w->word_count];
    for (uint32_t f = first; f < w->frag_count; f++)
        if (w->frags[f].blank)
            return VT_GLUE_BLANK;
    if (w->frag_count - first == 1)
        return r->glue;
    uint32_t from = w->frags[first].text;
    return vt_glue_class(w->text + from, w->text_len - from);
}

/* Ends a word with its gap: a space of `style`, or nothing at the very end. */
static void close_word(reader *r, uint32_t style, bool space) {
    vt_words *w = r->w;
    if (!r->word_open)
        return;
    close_frag(r);
    const vt_frag *before = last_frag(w);
    bool leans = space && before->style == style && !before->blank;
    w->classes[w->word_count] = word_class(r);
    vt_frag *gap = &w->frags[w->frag_count++];
    *gap = (vt_frag){.gap = true, .style = style, .text = w->text_len, .glyph = w->glyph_count};
    if (space)
        put_space(r, gap);
    if (leans)
        gap->units += r->kern_after;
    if (style != r->style) {
        r->style = style;
        w->turns++;
    }
    w->starts[++w->word_count] = w->frag_count;
    r->word_open = false;
}

static void close_segment(reader *r, double size) {
    vt_words *w = r->w;
    w->segments[w->segment_count++] = (vt_segment){r->segment, w->word_count, size};
    if (w->word_count > r->segment)
        vt_glue_gaps(w->classes + r->segment, w->word_count - r->segment,
                     w->penalties + r->segment);
    r->segment = w->word_count;
}

static void read_piece(reader *r, uint32_t index, uint32_t style) {
    const vt_piece *p = &r->spec->pieces[index];
    const char *s = p->text, *end = s + p->len;
    if (p->blank > 0) {
        add_blank(r, style);
        s = end;
    }
    while (s < end) {
        const char *from = s;
        while (s < end && ((uint8_t)*s > ' ' || !white(*s)))
            s++;
        if (s > from)
            add_text(r, style, from, (size_t)(s - from));
        if (s < end)
            close_word(r, style, true);
        while (s < end && white(*s))
            s++;
    }
    if (p->br) {
        close_word(r, style, true);
        close_segment(r, p->size);
    }
}

/* The space behind the last word says nothing. */
static void drop_last_space(vt_words *w) {
    vt_frag *gap = w->frag_count > 0 ? last_frag(w) : NULL;
    if (gap == NULL || gap->len == 0)
        return;
    w->text_len -= gap->len;
    w->glyph_count -= gap->count;
    gap->len = gap->count = 0;
    gap->units = 0;
}

static void read_all(reader *r) {
    uint32_t style = 0;
    for (uint32_t i = 0; i < r->spec->piece_count; i++) {
        r->w->underlined = r->w->underlined || r->spec->pieces[i].underline;
        if (i == 0 || !same_style(&r->spec->pieces[style], &r->spec->pieces[i]))
            style = i;
        read_piece(r, i, style);
    }
    close_word(r, style, false);
    drop_last_space(r->w);
    if (r->w->word_count > r->segment)
        close_segment(r, 0);
}

/* ----------------------------------------------------------------- boxes -- */

/* Places the words of every segment on one endless line. */
static void place_boxes(vt_word_cache *cache, vt_words *w) {
    for (uint32_t s = 0; s < w->segment_count; s++) {
        double x = 0, stretch = 0, shrink = 0;
        for (uint32_t i = w->segments[s].first; i < w->segments[s].last; i++) {
            const vt_frag *f = &w->frags[w->starts[i]], *gap = &w->frags[w->starts[i + 1] - 1];
            const vt_piece *style = &w->pieces[gap->style];
            vt_box *b = &w->boxes[i];
            *b = (vt_box){x, x, stretch, shrink, style->hold ? VT_GLUE_BAN : w->penalties[i]};
            for (; f < gap; f++)
                b->end += vt_frag_width(w, f);
            x = b->end + vt_frag_width(w, gap);
            if (gap->len > 0) {
                stretch += style->size;
                shrink += vt_word_space(cache, style->face).units * style->size / 3000;
            }
        }
    }
}

/* What stands behind each word of a segment: joints[i] belongs to word first + i. */
static vt_joint *joints_of(vt_word_cache *cache, const vt_words *w, const vt_segment *segment) {
    vt_arena *scratch = vt_word_scratch(cache);
    const uint32_t first = segment->first, last = segment->last;
    const uint32_t from = w->frags[w->starts[first]].text;
    const uint32_t to = w->frags[w->starts[last] - 1].text;
    size_t count = 0;
    vt_joint *of_words = vt_alloc_array(scratch, last - first, sizeof *of_words);
    const char *text = vt_strndup(scratch, w->text + from, to - from);
    const vt_token *tokens = text != NULL ? vt_tokenise(scratch, text, &count) : NULL;
    vt_joint *of_tokens = vt_alloc_array(scratch, count + 1, sizeof *of_tokens);
    if (vt_arena_failed(scratch))
        return NULL;
    vt_compound_joints(vt_word_compounds(cache), text, tokens, count, of_tokens);
    for (uint32_t t = 0, word = first; t < count; t++) {
        while (word + 1 < last && w->frags[w->starts[word + 1]].text <= from + tokens[t].at)
            word++;
        of_words[word - first] = of_tokens[t]; /* its last token's stays */
    }
    return of_words;
}

/* Does the word begin with a small letter? */
static bool is_small(const vt_words *w, uint32_t i) {
    const vt_frag *f = &w->frags[w->starts[i]];
    const char *s = w->text + f->text;

    return f->len > 0 && u_islower((UChar32)vt_utf8_next(&s, s + f->len));
}

/* Inside a name: capitals after a word in small letters ("xã Thạch / Bình").
   Where all is in capitals nothing tells a name. */
static bool inside_name(const vt_words *w, uint32_t first, uint32_t i) {
    const uint32_t *c = w->classes;

    if (!(c[i] & VT_GLUE_CAPITAL) || !(c[i] & VT_GLUE_OPEN) || !(c[i + 1] & VT_GLUE_CAPITAL))
        return false;
    while (i > first && (c[i] & VT_GLUE_CAPITAL))
        i--;
    return is_small(w, i);
}

/* How bad it is to end a line inside a phrase, a term, a word or a name.  In balanced
   lines: as bad as a line shorter by so many per cent; a word is rather kept whole at
   the price of a further line ("GIÁM / ĐỐC"): the square is a little more than the
   cost of one.  Justified headings have lines enough to choose from. */
typedef struct manners {
    int32_t phrase, term, word, name;
} manners;
static const manners balanced = {15, 30, 1100000, 1100000};
static const manners justified = {0, 70, 200, 0};

static int32_t penalty_at(const vt_words *w, uint32_t first, uint32_t i, vt_joint joint,
                          const manners *m) {
    if (joint == VT_JOINT_WORD)
        return m->word;
    if (m->name && inside_name(w, first, i))
        return m->name;
    if (joint == VT_JOINT_TERM)
        return m->term;
    return vt_glue_phrase(w->classes[i], w->classes[i + 1]) ? 0 : m->phrase;
}

/* The lines of a heading part between words, and between phrases where they can. */
static bool mind_words(vt_word_cache *cache, vt_words *w, double width, const manners *m) {
    for (uint32_t s = 0; s < w->segment_count; s++) {
        const vt_segment *segment = &w->segments[s];
        if (segment->first == segment->last || w->boxes[segment->last - 1].end <= width)
            continue;
        const vt_joint *joints = joints_of(cache, w, segment);
        if (joints == NULL)
            return false;
        for (uint32_t i = segment->first; i + 1 < segment->last; i++) {
            const int32_t p = penalty_at(w, segment->first, i, joints[i - segment->first], m);
            if (w->boxes[i].penalty != VT_GLUE_BAN && w->boxes[i].penalty < p)
                w->boxes[i].penalty = p;
        }
    }
    return true;
}

/* All in bold: a heading, whatever it is called. */
static bool is_heading(const vt_para_spec *spec) {
    size_t i = 0;
    while (i < spec->piece_count &&
           (spec->pieces[i].face == VT_BOLD || spec->pieces[i].face == VT_BOLD_ITALIC))
        i++;
    return i > 0 && i == spec->piece_count;
}

typedef struct extent {
    size_t bytes, words, breaks;
} extent;

/* Upper bounds, so that every array is allocated once. */
static extent extent_of(const vt_para_spec *spec) {
    extent e = {1, 1, 0};
    for (size_t i = 0; i < spec->piece_count && e.bytes <= TEXT_MAX; i++) {
        const vt_piece *p = &spec->pieces[i];
        e.bytes += p->len + 2; /* a blank's space, a break's space */
        e.breaks += p->br;
        for (size_t k = 0; k < p->len; k++)
            e.words += (uint8_t)p->text[k] <= ' ';
    }
    e.words += e.breaks;
    return e;
}

static bool allocate(vt_words *w, const extent *e, size_t pieces, vt_arena *arena,
                     vt_arena *scratch) {
    w->text = vt_alloc(arena, e->bytes);
    w->glyphs = vt_alloc_array(arena, e->bytes, sizeof *w->glyphs);
    w->frags = vt_alloc_array(scratch, e->words * 2 + pieces + 1, sizeof *w->frags);
    w->starts = vt_alloc_array(scratch, e->words + 1, sizeof *w->starts);
    w->classes = vt_alloc_array(scratch, e->words, sizeof *w->classes);
    w->penalties = vt_alloc_array(scratch, e->words, sizeof *w->penalties);
    w->boxes = vt_alloc_array(scratch, e->words, sizeof *w->boxes);
    w->segments = vt_alloc_array(scratch, e->breaks + 1, sizeof *w->segments);
    return w->text != NULL && w->glyphs != NULL && w->frags != NULL && w->starts != NULL &&
           w->classes != NULL && w->penalties != NULL && w->boxes != NULL && w->segments != NULL;
}

vt_status vt_words_read(vt_word_cache *cache, const vt_para_spec *spec, vt_arena *arena,
                        vt_place place, vt_findings *list, vt_words *out) {
    vt_arena *scratch = vt_word_scratch(cache);
    extent e = extent_of(spec);
    *out = (vt_words){.pieces = spec->pieces};
    if (e.bytes > TEXT_MAX || spec->piece_count > TEXT_MAX)
        return vt_bad(list, "BO-02", place, "Chia đoạn văn thành nhiều đoạn ngắn hơn.",
                      "Đoạn văn dài quá %zu MiB.", TEXT_MAX >> 20);
    if (!allocate(out, &e, spec->piece_count, arena, scratch))
        return vt_nomem(list);
    reader r = {.cache = cache, .spec = spec, .w = out, .place = place, .list = list};
    read_all(&r);
    if (r.missing_count > 0)
        return VT_BAD;
    if (!vt_words_part(cache, spec, out))
        return vt_nomem(list);
    place_boxes(cache, out);
    if (!spec->balance && !is_heading(spec))
        return VT_OK;
    return mind_words(cache, out, spec->width, spec->balance ? &balanced : &justified)
               ? VT_OK
               : vt_nomem(list);
}
