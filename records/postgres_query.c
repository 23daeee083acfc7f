/*
 * records/postgres_query.c - what the index is asked, from FTS5's words into
 * PostgreSQL's.
 *
 * The expressions records/search.c makes are a part of FTS5's language: quoted
 * strings of words, one with * behind it is a beginning; AND, OR, NOT, brackets;
 * "column : ..." and "{column column} : ...".  NOT binds closest, OR least.  A
 * string becomes its tokens, as the tokenizer gives them to FTS5 for a query.
 */
#include "records/postgres.h"
#include "records/tokenizer.h"
#include "records/words.h"

#include <string.h>

enum { ALL = (1 << VT_TEXT_COLUMNS) - 1, RUN = 1 << VT_TEXT_COLUMNS, DEPTH_MOST = 64 };
enum {
    WEIGHED = 1 << VT_COLUMN_HEADING | 1 << VT_COLUMN_SUBJECT | 1 << VT_COLUMN_BODY,
    NAMED = 1 << VT_COLUMN_ISSUER | 1 << VT_COLUMN_SIGNER | 1 << VT_COLUMN_RECIPIENT |
            1 << VT_COLUMN_KEYWORDS
};
#define NOTHING "'\3'" /* a lexeme no document has */

static const char *const COLUMNS[VT_TEXT_COLUMNS] = {"facet",  "heading",   "subject", "issuer",
                                                     "signer", "recipient", "body",    "keywords"};

typedef struct reading {
    const char *at;
    vt_buf *out;
    int depth;
    bool wrong;
} reading;

static void read_or(reading *r, unsigned columns);

static void spaces(reading *r) {
    while (*r->at == ' ')
        r->at++;
}

static bool take(reading *r, const char *word) {
    size_t n = strlen(word);

    spaces(r);
    if (strncmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

/* ----------------------------------------------------------------- strings -- */

/* One token of a string; false: no more. */
static bool next_token(const char **at, const char *end, const char **text, size_t *len,
                       vt_word_forms *word) {
    while (*at < end && **at == ' ')
        ++*at;
    if (*at < end && (**at == VT_FACET || **at == VT_NAME)) {
        const char *stop = memchr(*at, ' ', (size_t)(end - *at));

        *text = *at;
        *len = (size_t)((stop ? stop : end) - *at);
        *at = stop ? stop : end;
        return true;
    }
    if (!vt_word_next(at, end, word))
        return false;
    *text = word->exact; /* the same as the folded one where nothing was accented */
    *len = word->exact_len;
    return true;
}

/* Marks behind a lexeme: a beginning, in these columns. */
static void add_marks(vt_buf *out, bool prefix, unsigned columns) {
    bool some = columns != ALL && !(columns & 1 << VT_COLUMN_FACET);

    if (prefix || some)
        vt_buf_puts(out, ":");
    if (prefix)
        vt_buf_putc(out, '*');
    if (some && columns & 1 << VT_COLUMN_HEADING)
        vt_buf_putc(out, 'A');
    if (some && columns & 1 << VT_COLUMN_SUBJECT)
        vt_buf_putc(out, 'B');
    if (some && columns & 1 << VT_COLUMN_BODY)
        vt_buf_putc(out, 'D');
}

/* Tokens one after the other; of a column of names, all of them somewhere in it. */
static void add_run(reading *r, const char *text, const char *end, bool prefix, unsigned columns,
                    int name) {
    const char *token, *following;
    size_t len, next_len;
    vt_word_forms words[2];
    int which = 0;
    bool more = next_token(&text, end, &token, &len, &words[0]);

    if (!more)
        vt_buf_puts(r->out, NOTHING);
    while (more) {
        which = !which;
        more = next_token(&text, end, &following, &next_len, &words[which]);
        vt_postgres_lexeme(r->out, name, token, len);
        add_marks(r->out, prefix && !more, name < VT_TEXT_COLUMNS ? ALL : columns);
        if (more)
            vt_buf_puts(r->out, name < VT_TEXT_COLUMNS ? " & " : " <-> ");
        token = following;
        len = next_len;
    }
}

/* Words side by side: their pairs, one after the other. */
static void add_pairs(reading *r, const char *text, const char *end) {
    vt_word_forms pair[2];
    bool any = false;

    if (!vt_word_next(&text, end, &pair[0])) {
        vt_buf_puts(r->out, NOTHING);
        return;
    }
    while (vt_word_next(&text, end, &pair[1])) {
        char token[1 + 2 * VT_WORD_BYTES] = {VT_RUN};
        size_t n = pair[0].exact_len;

        memcpy(token + 1, pair[0].exact, n);
        token[1 + n] = VT_PAIR;
        memcpy(token + 2 + n, pair[1].exact, pair[1].exact_len);
        vt_buf_puts(r->out, any ? " <-> " : "");
        vt_postgres_lexeme(r->out, VT_TEXT_COLUMNS, token, 2 + n + pair[1].exact_len);
        pair[0] = pair[1];
        any = true;
    }
    if (!any)
        vt_buf_puts(r->out, NOTHING);
}

/* The same wherever they stand: all of them, in any order. */
static void add_paired(reading *r, const char *text, const char *end) {
    char token[1 + VT_PAIR_LETTERS] = {VT_PAIRED};
    uint32_t before = 0;
    vt_word_forms word;
    bool any = false;

    while (vt_word_next(&text, end, &word)) {
        uint32_t now = vt_word_hash(&word);

        if (before && now) {
            vt_word_pair(before, now, token + 1);
            vt_buf_puts(r->out, any ? " & " : "");
            vt_postgres_lexeme(r->out, VT_TEXT_COLUMNS, token, sizeof token);
            any = true;
        }
        before = now;
    }
    if (!any)
        vt_buf_puts(r->out, NOTHING);
}

static void read_string(reading *r, unsigned columns) {
    const char *text = r->at + 1, *end = strchr(text, '"');
    bool any = false, prefix;

    if (!end) {
        r->wrong = true;
        return;
    }
    r->at = end + 1;
    prefix = take(r, "*");
    vt_buf_putc(r->out, '(');
    if (*text == VT_PAIRED) {
        add_paired(r, text, end);
        columns = 0;
        any = true;
    }
    if (columns == RUN) {
        add_pairs(r, text, end);
        any = true;
    }
    if (columns == ALL || columns & (WEIGHED | 1 << VT_COLUMN_FACET)) {
        add_run(r, text, end, prefix, columns, VT_TEXT_COLUMNS);
        any = true;
    }
    for (int i = 0; i < VT_TEXT_COLUMNS; i++) {
        if (columns == ALL || !(columns & NAMED & 1u << i))
            continue;
        vt_buf_puts(r->out, any ? " | " : "");
        add_run(r, text, end, prefix, columns, i);
        any = true;
    }
    vt_buf_putc(r->out, ')');
}

/* ----------------------------------------------------------------- columns -- */

static unsigned read_column(reading *r) {
    size_t n;

    spaces(r);
    n = strspn(r->at, "abcdefghijklmnopqrstuvwxyz");
    if (n == 3 && strncmp(r->at, "run", n) == 0) {
        r->at += n;
        return RUN;
    }
    for (int i = 0; n && i < VT_TEXT_COLUMNS; i++) {
        if (strlen(COLUMNS[i]) == n && strncmp(COLUMNS[i], r->at, n) == 0) {
            r->at += n;
            return 1u << i;
        }
    }
    r->wrong = true;
    return 0;
}

/* "subject :", "{heading subject} :" */
static unsigned read_columns(reading *r) {
    unsigned columns = 0;

    if (!take(r, "{"))
        columns = read_column(r);
    else
        while (!r->wrong && !take(r, "}"))
            columns |= read_column(r);
    r->wrong = r->wrong || !take(r, ":");
    return columns;
}

/* -------------------------------------------------------------- expressions -- */

static void read_one(reading *r, unsigned columns) {
    spaces(r);
    if (++r->depth > DEPTH_MOST) {
        r->wrong = true;
    } else if (*r->at == '(') {
        r->at++;
        vt_buf_putc(r->out, '(');
        read_or(r, columns);
        vt_buf_putc(r->out, ')');
        r->wrong = r->wrong || !take(r, ")");
    } else if (*r->at == '"') {
        read_string(r, columns);
    } else {
        columns = read_columns(r);
        if (!r->wrong)
            read_one(r, columns);
    }
    r->depth--;
}

static void read_not(reading *r, unsigned columns) {
    read_one(r, columns);
    while (!r->wrong && take(r, "NOT ")) {
        vt_buf_puts(r->out, " & !");
        read_one(r, columns);
    }
}

static void read_and(reading *r, unsigned columns) {
    read_not(r, columns);
    while (!r->wrong && take(r, "AND ")) {
        vt_buf_puts(r->out, " & ");
        read_not(r, columns);
    }
}

static void read_or(reading *r, unsigned columns) {
    read_and(r, columns);
    while (!r->wrong && take(r, "OR ")) {
        vt_buf_puts(r->out, " | ");
        read_and(r, columns);
    }
}

void vt_postgres_query(const char *expression, vt_buf *out) {
    reading r = {.at = expression, .out = out};
    size_t before = out->len;

    if (!*expression)
        return;
    read_or(&r, ALL);
    spaces(&r);
    if (!r.wrong && !*r.at)
        return;
    out->len = before;
    vt_buf_puts(out, NOTHING);
}
