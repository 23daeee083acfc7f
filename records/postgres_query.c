/*
 * records/postgres_query.c - what the index is asked, from FTS5's words into
 * PostgreSQL's.
 *
 * The expressions records/search.c makes are a part of FTS5's language: quoted
 * strings of words, one with * behind it is a beginning; AND, OR, NOT, brackets;
 * "column : ..." and "{column column} : ...".  NOT binds closest, OR least.  A
 * string becomes its tokens, as the tokenizer gives them to FTS5 for a query.
 *
 * PostgreSQL's index knows words, not places: of each row it gives for a run of words the
 * server must read them all, to see how they stand.  So there is a second, wider query
 * that the index answers alone, and only of what a page shows is the first one asked.
 * The wider one comes in parts, too: of several conditions the index skips in the list
 * of each what another has not, of one that joins them it goes through the shortest.
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
    bool wider;    /* words of a run that is wanted may stand in any order */
    bool is_wider; /* there was one */
    bool parts;    /* where this stands all must be so: PART behind each */
    bool wrong;
} reading;

enum { PARTS_MOST = 8 };
#define PART "\n"
#define AND " & "
#define NEXT_TO " <-> "

static void read_or(reading *r, unsigned columns);

static const char *joint(const reading *r) {
    return r->parts ? PART : AND;
}

static const char *next_to(reading *r) {
    r->is_wider = r->is_wider || r->wider;
    return r->wider ? joint(r) : NEXT_TO;
}

/* Is there an OR before the bracket that ends this? */
static bool has_or(const char *at) {
    int depth = 0;

    for (; *at && depth >= 0; at++) {
        if (*at == '"' && !(at = strchr(at + 1, '"')))
            return false;
        depth += (*at == '(') - (*at == ')');
        if (depth == 0 && strncmp(at, "OR ", 3) == 0)
            return true;
    }
    return false;
}

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
            vt_buf_puts(r->out, name < VT_TEXT_COLUMNS ? AND : next_to(r));
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
        vt_buf_puts(r->out, any ? next_to(r) : "");
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
            vt_buf_puts(r->out, any ? joint(r) : "");
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
    bool any = false, prefix, parts = r->parts;

    if (!end) {
        r->wrong = true;
        return;
    }
    r->at = end + 1;
    prefix = take(r, "*");
    r->parts = parts && (*text == VT_PAIRED || columns == RUN || columns == ALL);
    vt_buf_puts(r->out, r->parts ? "" : "(");
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
    vt_buf_puts(r->out, r->parts ? "" : ")");
    r->parts = parts;
}

static void read_bracket(reading *r, unsigned columns) {
    bool parts = r->parts;

    r->at++;
    r->parts = parts && !has_or(r->at);
    vt_buf_puts(r->out, r->parts ? "" : "(");
    read_or(r, columns);
    vt_buf_puts(r->out, r->parts ? "" : ")");
    r->parts = parts;
    r->wrong = r->wrong || !take(r, ")");
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
        read_bracket(r, columns);
    } else if (*r->at == '"') {
        read_string(r, columns);
    } else {
        columns = read_columns(r);
        if (!r->wrong)
            read_one(r, columns);
    }
    r->depth--;
}

static void read_unwanted(reading *r, unsigned columns) {
    bool wider = r->wider, parts = r->parts;

    r->wider = r->parts = false;
    vt_buf_puts(r->out, AND "!");
    read_one(r, columns);
    r->wider = wider;
    r->parts = parts;
}

static void read_not(reading *r, unsigned columns) {
    read_one(r, columns);
    while (!r->wrong && take(r, "NOT "))
        read_unwanted(r, columns);
}

static void read_and(reading *r, unsigned columns) {
    read_not(r, columns);
    while (!r->wrong && take(r, "AND ")) {
        vt_buf_puts(r->out, joint(r));
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

/* Is it wider than what was asked for? */
static bool write_query(const char *expression, bool wider, vt_buf *out) {
    reading r = {
        .at = expression, .out = out, .wider = wider, .parts = wider && !has_or(expression)};

    if (!*expression)
        return false;
    read_or(&r, ALL);
    spaces(&r);
    if (!r.wrong && !*r.at)
        return r.is_wider;
    vt_buf_clear(out);
    vt_buf_puts(out, NOTHING);
    return false;
}

void vt_postgres_query(const char *expression, vt_buf *out) {
    write_query(expression, false, out);
}

/* Parts are joined. */
static void add_escaped(vt_buf *out, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"' || text[i] == '\\')
            vt_buf_putc(out, '\\');
        if (text[i] == *PART)
            vt_buf_puts(out, AND);
        else
            vt_buf_putc(out, text[i]);
    }
}

static bool was_before(const char *parts, const char *part, size_t len) {
    while (parts < part) {
        size_t n = strcspn(parts, PART);

        if (n == len && memcmp(parts, part, n) == 0)
            return true;
        parts += n + 1;
    }
    return false;
}

/* Each once; what are too many are dealt out to the first ones. */
static void add_parts(vt_buf *out, const char *parts) {
    vt_buf element[PARTS_MOST];
    size_t n = 0, len;

    for (size_t i = 0; i < PARTS_MOST; i++)
        vt_buf_init(&element[i], out->ceiling);
    for (const char *at = parts;; at += len + 1) {
        len = strcspn(at, PART);
        if (!was_before(parts, at, len)) {
            vt_buf *e = &element[n++ % PARTS_MOST];

            vt_buf_puts(e, e->len ? AND : "");
            add_escaped(e, at, len);
        }
        if (!at[len])
            break;
    }
    for (size_t i = 0; i < PARTS_MOST; i++) {
        if (i < n)
            vt_buf_printf(out, ",\"%s\"", element[i].data);
        out->failed = out->failed || vt_buf_failed(&element[i]);
        vt_buf_free(&element[i]);
    }
}

void vt_postgres_queries(const char *expression, vt_buf *out) {
    vt_buf exact, wider;
    bool differ;

    vt_buf_init(&exact, out->ceiling);
    vt_buf_init(&wider, out->ceiling);
    differ = write_query(expression, true, &wider);
    if (differ)
        write_query(expression, false, &exact);
    vt_buf_puts(out, "{\"");
    add_escaped(out, differ ? exact.data : wider.data, differ ? exact.len : wider.len);
    vt_buf_puts(out, "\",\"");
    add_escaped(out, wider.data, wider.len);
    vt_buf_putc(out, '"');
    add_parts(out, wider.data);
    vt_buf_putc(out, '}');
    out->failed = out->failed || vt_buf_failed(&exact) || vt_buf_failed(&wider);
    vt_buf_free(&exact);
    vt_buf_free(&wider);
}
