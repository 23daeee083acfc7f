/*
 * records/postgres_words.c - the words of a document as a tsvector.
 *
 * The same words as in FTS5 (records/words.c), accented form beside the
 * folded one at the same position; no dictionary of PostgreSQL's sees them.
 * Columns show as weights (heading A, subject B, names C, body D); names stand
 * a second time under a mark of their column, so that a signer is not found as a
 * recipient.  Words side by side in heading and subject are pairs, too, as they
 * are for FTS5 (records/tokenizer.h).  Facets, stretches of time and the pairs of the
 * other words have no position.
 *
 * A tsvector has its limits, and a long document meets them: no position past
 * 16,383, 255 positions of one word, a mebibyte in all.  The short columns come
 * first and always fit.  What is past a limit is still found by its words, but
 * not as a run of words; past the last one new words are left out.
 */
#include "records/postgres.h"
#include "records/tokenizer.h"
#include "records/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    POSITION_MOST = 16382,
    POSITIONS_MOST = 255,
    VECTOR_MOST = 1000000, /* bytes, of 1,048,575 */
    TEXT_MOST = 64 << 20,
    SLOTS_FIRST = 1024
};

static const char WEIGHTS[VT_TEXT_COLUMNS] = {0, 'A', 'B', 'C', 'C', 'C', 0, 'C'};
static const char MARKS[VT_TEXT_COLUMNS] = {
    0, 0, 0, VT_NAME_ISSUER, VT_NAME_SIGNER, VT_NAME_RECIPIENT, 0, 'k'};
/* The long one last. */
static const int ORDER[] = {VT_COLUMN_HEADING, VT_COLUMN_SUBJECT,   VT_COLUMN_ISSUER,
                            VT_COLUMN_SIGNER,  VT_COLUMN_RECIPIENT, VT_COLUMN_KEYWORDS,
                            VT_COLUMN_BODY};

typedef struct lexeme {
    size_t text, len; /* in the pool */
    uint32_t hash;
    int count;     /* positions */
    vt_buf places; /* "1A,5B" */
} lexeme;

typedef struct vector {
    vt_buf pool;
    lexeme *all;
    size_t count, cap;
    uint32_t *slots; /* index + 1 into all; 0: empty */
    size_t slot_count;
    size_t size; /* about what the server will store */
    bool failed;
} vector;

/* ---------------------------------------------------------------- lexemes -- */

static size_t cut(const char *text, size_t len) {
    if (len <= VT_LEXEME_BYTES)
        return len;
    len = VT_LEXEME_BYTES;
    while (len && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    return len;
}

static void add_quoted(vt_buf *out, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\'' || text[i] == '\\')
            vt_buf_putc(out, text[i]);
        vt_buf_putc(out, text[i]);
    }
}

void vt_postgres_lexeme(vt_buf *out, int column, const char *text, size_t len) {
    vt_buf_putc(out, '\'');
    if (column < VT_TEXT_COLUMNS && MARKS[column])
        vt_buf_printf(out, "%c%c", VT_NAME, MARKS[column]);
    add_quoted(out, text, cut(text, len));
    vt_buf_putc(out, '\'');
}

/* ------------------------------------------------------------------ table -- */

static bool grow_slots(vector *v) {
    size_t n = v->slot_count ? v->slot_count * 2 : SLOTS_FIRST;
    uint32_t *fresh = calloc(n, sizeof *fresh);

    if (!fresh)
        return false;
    for (size_t i = 0; i < v->count; i++) {
        size_t at = v->all[i].hash & (n - 1);

        while (fresh[at])
            at = (at + 1) & (n - 1);
        fresh[at] = (uint32_t)i + 1;
    }
    free(v->slots);
    v->slots = fresh;
    v->slot_count = n;
    return true;
}

static lexeme *add_new(vector *v, size_t slot, const char *text, size_t len, uint32_t hash) {
    if (v->count == v->cap) {
        size_t cap = v->cap ? v->cap * 2 : SLOTS_FIRST / 2;
        lexeme *all = realloc(v->all, cap * sizeof *all);

        if (!all)
            return NULL;
        v->all = all;
        v->cap = cap;
    }
    v->all[v->count] = (lexeme){.text = v->pool.len, .len = len, .hash = hash};
    vt_buf_init(&v->all[v->count].places, VECTOR_MOST);
    vt_buf_add(&v->pool, text, len);
    v->slots[slot] = (uint32_t)++v->count;
    v->size += len + 4;
    return &v->all[v->count - 1];
}

/* The lexeme, made where there is room for it; NULL: there is none, or no memory. */
static lexeme *find(vector *v, const char *text, size_t len) {
    uint32_t hash = vt_fnv(VT_FNV_START, text, len);
    size_t at;

    if (v->count * 2 >= v->slot_count && !grow_slots(v)) {
        v->failed = true;
        return NULL;
    }
    at = hash & (v->slot_count - 1);
    for (; v->slots[at]; at = (at + 1) & (v->slot_count - 1)) {
        lexeme *l = &v->all[v->slots[at] - 1];

        if (l->hash == hash && l->len == len && memcmp(v->pool.data + l->text, text, len) == 0)
            return l;
    }
    if (v->size > VECTOR_MOST)
        return NULL;
    lexeme *made = add_new(v, at, text, len, hash);
    v->failed = v->failed || !made;
    return made;
}

static void add(vector *v, const char *text, size_t len, int position, char weight) {
    lexeme *l = find(v, text, len);

    if (!l || position > POSITION_MOST || position < 1 || l->count == POSITIONS_MOST ||
        v->size > VECTOR_MOST)
        return;
    vt_buf_printf(&l->places, l->count++ ? ",%d" : "%d", position);
    if (weight)
        vt_buf_putc(&l->places, weight);
    v->failed = v->failed || vt_buf_failed(&l->places);
    v->size += 2;
}

/* ---------------------------------------------------------------- columns -- */

static void add_facets(vector *v, const char *text) {
    while (*text) {
        const char *end = text + strcspn(text, " ");

        if (*text == VT_FACET)
            add(v, text, cut(text, (size_t)(end - text)), 0, 0);
        text = *end ? end + 1 : end;
    }
}

/* Days, and stretches of eight times the one before. */
static void add_stretches(vector *v, int64_t sort_key) {
    enum { LEVELS = 6, DAY_BITS = 24, LEVEL_BITS = 3 };
    char text[32];

    for (int level = 0; level < LEVELS; level++) {
        int64_t part = sort_key >> (DAY_BITS + LEVEL_BITS * level);

        add(v, text, (size_t)snprintf(text, sizeof text, "\5%d:%lld", level, (long long)part), 0,
            0);
    }
}

/* A name's word under its column's mark: filters ask for words, not for runs. */
static void add_marked(vector *v, int column, const char *word, size_t len) {
    char text[VT_WORD_BYTES + 2] = {VT_NAME, MARKS[column]};

    memcpy(text + 2, word, len);
    add(v, text, len + 2, 0, 0);
}

/* Two words side by side: each form of one with each of the other, behind a mark, or the
   beginning of a word would find them. */
static void add_pair(vector *v, const vt_word_forms *a, const vt_word_forms *b, int position) {
    for (int form = 0; form < 4; form++) {
        bool exact = form & 1, exact_next = form & 2;
        size_t n = exact ? a->exact_len : a->folded_len;
        size_t m = exact_next ? b->exact_len : b->folded_len;
        char text[1 + 2 * VT_WORD_BYTES] = {VT_RUN};

        if ((exact && strcmp(a->exact, a->folded) == 0) ||
            (exact_next && strcmp(b->exact, b->folded) == 0))
            continue;
        memcpy(text + 1, exact ? a->exact : a->folded, n);
        text[1 + n] = VT_PAIR;
        memcpy(text + 2 + n, exact_next ? b->exact : b->folded, m);
        add(v, text, 2 + n + m, position, 0);
    }
}

static void add_pairs(vector *v, const char *text, int position) {
    const char *end = text + strlen(text);
    vt_word_forms pair[2];
    bool any = false;

    for (; vt_word_next(&text, end, &pair[1]); position++) {
        if (any && !memchr(pair[0].end, VT_RUN, (size_t)(pair[1].start - pair[0].end)))
            add_pair(v, &pair[0], &pair[1], position);
        pair[0] = pair[1];
        any = true;
    }
}

/* Words side by side anywhere, as far as their places are kept. */
static void add_paired(vector *v, uint32_t first, uint32_t second) {
    char token[1 + VT_PAIR_LETTERS] = {VT_PAIRED};

    vt_word_pair(first, second, token + 1);
    add(v, token, sizeof token, 0, 0);
}

/* The next position: a gap of one keeps runs of words inside their column. */
static int add_column(vector *v, int column, const char *text, int position) {
    const char *end = text + strlen(text);
    uint32_t before = 0;
    vt_word_forms w;

    while (!v->failed && vt_word_next(&text, end, &w)) {
        bool differs = strcmp(w.folded, w.exact) != 0;
        uint32_t now = vt_word_hash(&w);

        add(v, w.folded, w.folded_len, position, WEIGHTS[column]);
        if (differs)
            add(v, w.exact, w.exact_len, position, WEIGHTS[column]);
        if (MARKS[column]) {
            add_marked(v, column, w.folded, w.folded_len);
            if (differs)
                add_marked(v, column, w.exact, w.exact_len);
        }
        if (before && now && position <= POSITION_MOST)
            add_paired(v, before, now);
        before = now;
        position += position <= POSITION_MOST;
    }
    return position + 1;
}

static void write_all(const vector *v, vt_buf *out) {
    for (size_t i = 0; i < v->count; i++) {
        const lexeme *l = &v->all[i];

        if (i)
            vt_buf_putc(out, ' ');
        vt_postgres_lexeme(out, VT_TEXT_COLUMNS, v->pool.data + l->text, l->len);
        if (l->count)
            vt_buf_printf(out, ":%s", l->places.data);
    }
}

void vt_postgres_words(int64_t sort_key, const char *const columns[VT_TEXT_COLUMNS], vt_buf *out) {
    vector v = {0};
    int position = 1;

    vt_buf_init(&v.pool, TEXT_MOST);
    add_stretches(&v, sort_key);
    add_facets(&v, columns[VT_COLUMN_FACET]);
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
        if (ORDER[i] == VT_COLUMN_HEADING || ORDER[i] == VT_COLUMN_SUBJECT)
            add_pairs(&v, columns[ORDER[i]], position);
        position = add_column(&v, ORDER[i], columns[ORDER[i]], position);
    }
    write_all(&v, out);
    out->failed = out->failed || v.failed || vt_buf_failed(&v.pool);
    for (size_t i = 0; i < v.count; i++)
        vt_buf_free(&v.all[i].places);
    vt_buf_free(&v.pool);
    free(v.all);
    free(v.slots);
}
