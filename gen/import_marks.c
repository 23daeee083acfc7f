/*
 * gen/import_marks.c - Markdown in a draft: emphasis becomes a style of its
 * characters, escapes and code fences go.
 *
 * A run of "*" or "_" opens before a letter and closes behind one, as in
 * CommonMark, and only within its paragraph.  A mark without its partner is a
 * character like another: notes are marked with "*", blanks are "____".
 */
#include "gen/import.h"

#include <string.h>

enum { PENDING = 16 }; /* opened marks that are remembered */

typedef struct vt_sign_run {
    size_t at; /* where it stands in the text */
    int count; /* 1..3 */
    char sign;
} vt_sign_run;

typedef struct vt_reading {
    vt_draft *draft;
    const char *s;
    size_t len;
    unsigned char *mark; /* for each byte: 1 it is dropped, 2 opens, 4 closes (style above) */
    vt_sign_run open[PENDING];
    size_t opened;
} vt_reading;

enum { DROPPED = 1, OPENS = 2, CLOSES = 4, STYLE_SHIFT = 4 };

static bool is_word(char c) {
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == VT_LINE_BREAK || c == 0;
}

/* Bytes that stand for quotation marks and dashes are no letters. */
static bool wordish_before(const char *s, size_t at) {
    if (at >= 3 && (unsigned char)s[at - 3] == 0xE2)
        return false;
    return at > 0 && is_word(s[at - 1]);
}

static bool wordish_behind(const char *s, size_t len, size_t at) {
    return at < len && (unsigned char)s[at] != 0xE2 && is_word(s[at]);
}

static void pair(vt_reading *r, const vt_sign_run *open, const vt_sign_run *close) {
    const unsigned style = open->count == 3   ? VT_STRONG | VT_SLANTED
                           : open->count == 2 ? VT_STRONG
                                              : VT_SLANTED;

    for (int i = 0; i < open->count; i++)
        r->mark[open->at + (size_t)i] |= DROPPED;
    for (int i = 0; i < close->count; i++)
        r->mark[close->at + (size_t)i] |= DROPPED;
    r->mark[open->at] |= (unsigned char)(OPENS | style << STYLE_SHIFT);
    r->mark[close->at] |= (unsigned char)(CLOSES | style << STYLE_SHIFT);
    r->draft->markdown = true;
}

static void remember(vt_reading *r, vt_sign_run run) {
    if (r->opened == PENDING) {
        memmove(r->open, r->open + 1, (PENDING - 1) * sizeof *r->open);
        r->opened--;
    }
    r->open[r->opened++] = run;
}

static void take_run(vt_reading *r, vt_sign_run run, size_t behind) {
    const bool before_blank = is_blank(run.at ? r->s[run.at - 1] : 0);
    const bool behind_blank = is_blank(behind < r->len ? r->s[behind] : 0);

    if (!before_blank && !wordish_behind(r->s, r->len, behind))
        for (size_t i = r->opened; i-- > 0;)
            if (r->open[i].sign == run.sign && r->open[i].count == run.count) {
                pair(r, &r->open[i], &run);
                r->opened = i;
                return;
            }
    if (!behind_blank && !wordish_before(r->s, run.at))
        remember(r, run);
}

/* "\*", "\-": the sign itself. */
static bool escapes(const char *s, size_t len, size_t at) {
    return s[at] == '\\' && at + 1 < len && strchr("\\*_#-+.[](){}!`>|~", s[at + 1]);
}

/* A new paragraph, or a line that is one by what it begins with. */
static bool paragraph_ends(const char *s, size_t len, size_t newline) {
    size_t at = newline + 1;

    while (at < len && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at >= len || strchr("\n#|-+>", s[at]) ||
           (s[at] == '*' && at + 1 < len && s[at + 1] == ' ');
}

static void find_runs(vt_reading *r) {
    for (size_t i = 0; i < r->len;) {
        const char c = r->s[i];
        size_t n = 1;

        if (escapes(r->s, r->len, i)) {
            r->mark[i] |= DROPPED;
            i += 2;
            continue;
        }
        if (c == '*' || c == '_') {
            while (i + n < r->len && r->s[i + n] == c)
                n++;
            if (n <= 3)
                take_run(r, (vt_sign_run){i, (int)n, c}, i + n);
        } else if (c == '\n' && paragraph_ends(r->s, r->len, i)) {
            r->opened = 0;
        }
        i += n;
    }
}

size_t vt_draft_marks(vt_draft *draft, char *s, unsigned char *style, size_t len) {
    vt_reading r = {.draft = draft, .s = s, .len = len, .mark = style};
    unsigned now = 0;
    size_t to = 0;

    find_runs(&r);
    for (size_t i = 0; i < len; i++) {
        const unsigned char mark = style[i];

        if (mark & OPENS)
            now |= mark >> STYLE_SHIFT;
        if (mark & CLOSES)
            now &= ~(unsigned)(mark >> STYLE_SHIFT);
        if (mark & DROPPED)
            continue;
        s[to] = s[i];
        style[to++] = (unsigned char)now;
    }
    s[to] = '\0';
    return to;
}
