/*
 * gen/para.h - paragraphs: inline content to justified lines.
 *
 * Breaking is optimum-fit over the whole paragraph (least total demerits), not
 * line by line.  A break is taken only at white space, inside a web address at
 * a price (ICU's offers; those inside other words only where a word is wider
 * than the line), and never where the glue rules of Vietnamese office text forbid it: "Điều 5",
 * "khoản 2", "số 28-CT/TW", "ngày 05 tháng 01 năm 2026", number + unit,
 * initials + name, a list's dash and its first word (gen/glue.h has the rules).
 * Glue lives here; the text keeps its plain spaces.
 *
 * White space is folded, over the borders of pieces too; a <br/> becomes a
 * space at the end of its line.  A word may run over several pieces
 * ("(<i>abc</i>),") and is not broken at their borders.  Neighbouring pieces of
 * one style and tag make one run; kerning holds inside a run and not between
 * two.  An empty paragraph has no lines; a <br/> at its very end opens none.
 */
#ifndef VT_PARA_H
#define VT_PARA_H

#include "gen/layout.h"
#include "gen/pack.h"

/* A stretch of inline text in one style.  A piece never holds a line break:
   <br/> ends the piece with `br`. */
typedef struct vt_piece {
    const char *text;
    size_t len;
    vt_face face;
    double size;
    double rise; /* >0: above the baseline (sup), <0 below (sub) */
    bool underline;
    bool br;      /* a forced line break follows this piece */
    bool hold;    /* no break may be taken inside this piece (header lines) */
    double blank; /* > 0: an empty place of this width instead of text (a
                     number or day to be written by hand); text is then the
                     single space that stands for it in the text layer */
    vt_rgb colour;
    uint32_t tag; /* for the runs made from it */
} vt_piece;

typedef struct vt_para_spec {
    const vt_piece *pieces;
    size_t piece_count;
    double width;         /* of the column */
    double first_indent;  /* of the first line, may be negative with `hang` */
    double hang;          /* of further lines */
    vt_align align;       /* VT_JUSTIFY: last line (and lines before <br/>) left */
    bool balance;         /* lines of about equal length (headings, header columns) */
    double stretch_limit; /* pack->stretch_limit, ems per word space */
} vt_para_spec;

typedef struct vt_line {
    vt_run *runs;
    size_t run_count; /* x from the column's left edge, y from the baseline */
    vt_mark *marks;
    size_t mark_count; /* underlines, likewise */
    double x, width;   /* extent of the ink */
    double size;       /* largest type size on the line */
} vt_line;

typedef struct vt_para {
    vt_line *lines;
    size_t line_count;
    bool loose; /* some line had to be stretched beyond the limit */
} vt_para;

/* Breaks and sets a paragraph.  A character the face lacks is an error naming
   it, its code point and the place (`place`).  All in `arena`.
   `cache` may be NULL; with it, words measured before are not measured again. */
typedef struct vt_word_cache vt_word_cache;
vt_word_cache *vt_word_cache_new(const vt_fonts *fonts); /* NULL: no memory; bounded in size */
void vt_word_cache_free(vt_word_cache *cache);

vt_status vt_para_set(const vt_fonts *fonts, vt_word_cache *cache, const vt_para_spec *spec,
                      vt_arena *arena, vt_place place, vt_findings *list, vt_para *out) VT_USED;

/* How wide the pieces are: for tables whose widths follow their content.  Each
   is at least as wide as the one before it. */
typedef struct vt_extent {
    double part; /* widest stretch without any place to part it: a date, a syllable; only
                    when asked for, since ICU must be */
    double word; /* widest word; an address counts as its parts */
    double held; /* widest stretch that glue holds together ("ngày 05 tháng 01") */
    double line; /* all on one line: the widest, where there are forced breaks */
    double text; /* these lines one behind the other */
} vt_extent;

/* Indents count; spec->width does not.  `arena` is not touched. */
vt_status vt_para_measure(const vt_fonts *fonts, vt_word_cache *cache, const vt_para_spec *spec,
                          vt_arena *arena, vt_place place, vt_findings *list, bool parts,
                          vt_extent *out) VT_USED;

#endif
