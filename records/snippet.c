/*
 * records/snippet.c - subjects with the words that were looked for marked, and a
 * piece of the text that holds most of them.  Done by the words' own rules, not
 * by the store, so that it is the same whatever the store.
 */
#include "records/snippet.h"
#include "records/query.h"

#include <string.h>

enum {
    BEFORE = 6,     /* words of the piece before the first one found */
    LENGTH = 30,    /* words of the piece */
    FOUND_MOST = 64 /* of one text that are weighed */
};

/* ------------------------------------------------------------------- words -- */

/* Which of the words typed is it?  -1: none. */
static int which(const vt_typed_words *typed, const vt_word_forms *word) {
    for (size_t i = 0; i < typed->count; i++) {
        const vt_typed_word *t = &typed->words[i];
        const char *form = t->accents ? word->exact : word->folded;

        if (t->prefix ? strncmp(form, t->text, strlen(t->text)) == 0 : strcmp(form, t->text) == 0)
            return (int)i;
    }
    return -1;
}

static vt_status mark(const vt_typed_words *typed, const char *text, vt_arena *arena,
                      vt_findings *list, vt_marked *out) {
    const char *at = text, *end = text + strlen(text);
    vt_mark *marks = NULL;
    size_t cap = 0;
    vt_word_forms word;

    *out = (vt_marked){.text = text};
    while (vt_word_next(&at, end, &word)) {
        if (which(typed, &word) < 0)
            continue;
        marks = vt_grow(arena, marks, &cap, out->count + 1, sizeof *marks);
        if (!marks)
            return vt_nomem(list);
        marks[out->count++] =
            (vt_mark){(size_t)(word.start - text), (size_t)(word.end - word.start)};
        out->marks = marks;
    }
    return VT_OK;
}

/* -------------------------------------------------------------- the piece -- */

/* A word found: how many words stand before it, where its piece would begin. */
typedef struct place {
    size_t ordinal;
    const char *begin;
    int which;
} place;

/* The words found, up to FOUND_MOST. */
static size_t find_places(const vt_typed_words *typed, const char *text, place *out) {
    const char *at = text, *end = text + strlen(text), *starts[BEFORE] = {0};
    vt_word_forms word;
    size_t count = 0;

    for (size_t n = 0; count < FOUND_MOST && vt_word_next(&at, end, &word); n++) {
        const char *begin = n < BEFORE ? text : starts[n % BEFORE];
        int i = which(typed, &word);

        starts[n % BEFORE] = word.start;
        if (i >= 0)
            out[count++] = (place){n, begin, i};
    }
    return count;
}

/* How many different words stand within a piece that begins with place i. */
static int worth(const place *places, size_t count, size_t i) {
    uint64_t seen = 0;
    int n = 0;

    for (size_t k = i; k < count && places[k].ordinal < places[i].ordinal + LENGTH - BEFORE; k++)
        seen |= UINT64_C(1) << places[k].which;
    for (; seen; seen &= seen - 1)
        n++;
    return n;
}

static const char *end_of_piece(const char *begin, const char *end) {
    vt_word_forms word;
    const char *at = begin, *last = begin;

    for (int i = 0; i < LENGTH && vt_word_next(&at, end, &word); i++)
        last = word.end;
    while (last < end && strchr(".,;:!?)”", *last)) /* the mark behind the last word */
        last++;
    return at == end ? end : last;
}

/* On one line, with dots where something was left out. */
static const char *tidy(const char *text, const char *begin, const char *end, vt_arena *arena) {
    char *piece = vt_printf(arena, "%s%.*s%s", begin > text ? "… " : "", (int)(end - begin), begin,
                            *end ? " …" : "");

    for (char *c = piece; c && *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    return piece;
}

/* Behind the lines that hold `name` and nothing else, first below `text`; `text` where none do. */
static const char *behind(const char *text, const char *name) {
    const char *end = text + strlen(text), *name_end = name + strlen(name);
    vt_word_forms word, wanted;

    for (const char *line = text; line < end; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *at = line, *name_at = name, *last = NULL;
        bool same = true;

        while (same && vt_word_next(&name_at, name_end, &wanted)) {
            same = vt_word_next(&at, end, &word) && strcmp(word.exact, wanted.exact) == 0;
            last = word.end;
        }
        if (!same || !last)
            continue;
        at = last;
        last += strcspn(last, "\n");
        if (!vt_word_next(&at, last, &word))
            return last + strspn(last, "\n ");
    }
    return text;
}

/* Of what stands behind the heading, which is shown beside; of the heading where the words are
   found there only. */
static vt_status piece_of(const vt_typed_words *typed, const char *text, const vt_record *record,
                          vt_arena *arena, vt_findings *list, vt_marked *out) {
    const char *heading = behind(text, *record->title ? record->title : record->type_name);
    place places[FOUND_MOST];
    size_t count = find_places(typed, behind(heading, record->subject), places), best = 0;
    const char *piece;

    *out = (vt_marked){.text = ""};
    if (count == 0)
        count = find_places(typed, text, places);
    if (count == 0)
        return VT_OK;
    for (size_t i = 1; i < count; i++)
        if (worth(places, count, i) > worth(places, count, best))
            best = i;
    piece = tidy(text, places[best].begin, end_of_piece(places[best].begin, text + strlen(text)),
                 arena);
    return piece ? mark(typed, piece, arena, list, out) : vt_nomem(list);
}

/* ------------------------------------------------------------------- hits -- */

/* The text of what anybody may read. */
static vt_status of_record(vt_records *r, const vt_typed_words *typed, const vt_record *record,
                           vt_arena *arena, vt_findings *list, vt_snippet *out) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = mark(typed, record->subject, arena, list, &out->subject);

    out->text = (vt_marked){.text = ""};
    if (!st)
        st = vt_sql_open(r, list,
                         "SELECT t.body FROM document d JOIN document_text t ON t.sort_key = "
                         "d.sort_key WHERE d.uid = ? AND d.secrecy = '' AND d.access <> '03'",
                         VT_ARGS(vt_text(record->id)), &stmt);
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    st = piece_of(typed, vt_sql_view(stmt, 0), record, arena, list, &out->text);
    vt_sql_done(stmt);
    return st;
}

vt_status vt_snippets(vt_records *r, const char *query, vt_arena *arena, vt_findings *list,
                      vt_hits *hits) {
    vt_snippet *all = vt_alloc_array(arena, hits->count + 1, sizeof *all);
    vt_typed_words *typed = vt_alloc(arena, sizeof *typed);
    vt_status st = VT_OK;

    if (!all || !typed)
        return vt_nomem(list);
    vt_query_typed(query, hits->folded, typed);
    for (size_t i = 0; !st && i < hits->count; i++)
        st = of_record(r, typed, hits->items[i], arena, list, &all[i]);
    hits->snippets = all;
    return st;
}
