/* records/tokenizer.c - words, facets and runs for FTS5. */

#include "records/tokenizer.h"
#include "records/words.h"

#include <string.h>

typedef int (*emit_fn)(void *ctx, int flags, const char *token, int len, int start, int end);

/* The tokenizer has no state: FTS5 is handed the address of a constant. */
static const char STATELESS;

static int create(void *ctx, const char **args, int count, Fts5Tokenizer **out) {
    (void)ctx, (void)args, (void)count;
    *out = (Fts5Tokenizer *)(uintptr_t)&STATELESS;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer) {
    (void)tokenizer;
}

static int emit_facet(const char *text, const char **at, const char *end, void *ctx, emit_fn emit) {
    const char *start = *at;
    const char *stop = memchr(start, ' ', (size_t)(end - start));

    *at = stop ? stop : end;
    return emit(ctx, 0, start, (int)(*at - start), (int)(start - text), (int)(*at - text));
}

static int emit_word(const char *text, const vt_word_forms *word, int flags, void *ctx,
                     emit_fn emit) {
    int start = (int)(word->start - text), end = (int)(word->end - text);
    bool differs = strcmp(word->folded, word->exact) != 0;
    int rc;

    if (differs && (flags & FTS5_TOKENIZE_QUERY))
        return emit(ctx, 0, word->exact, (int)word->exact_len, start, end);
    rc = emit(ctx, 0, word->folded, (int)word->folded_len, start, end);
    if (rc == SQLITE_OK && differs)
        rc = emit(ctx, FTS5_TOKEN_COLOCATED, word->exact, (int)word->exact_len, start, end);
    return rc;
}

/* A word of a name, behind the mark of whose it is. */
static int emit_name(const char *text, const char mark[VT_WORD_MARK], vt_word_forms *word,
                     int flags, void *ctx, emit_fn emit) {
    memmove(word->folded + VT_WORD_MARK, word->folded, word->folded_len + 1);
    memmove(word->exact + VT_WORD_MARK, word->exact, word->exact_len + 1);
    memcpy(word->folded, mark, VT_WORD_MARK);
    memcpy(word->exact, mark, VT_WORD_MARK);
    word->folded_len += VT_WORD_MARK;
    word->exact_len += VT_WORD_MARK;
    return emit_word(text, word, flags, ctx, emit);
}

/* Facets, and behind them names. */
static int tokenize_facets(const char *text, const char *end, int flags, void *ctx, emit_fn emit) {
    const char *at = text, *mark = NULL;
    vt_word_forms word;
    int rc = SQLITE_OK;

    while (rc == SQLITE_OK && at < end) {
        const char *stop = memchr(at + 1, VT_NAME, (size_t)(end - at - 1));

        stop = stop ? stop : end;
        if (*at == VT_NAME && end - at > 1) {
            mark = at;
            at += VT_WORD_MARK;
        }
        while (rc == SQLITE_OK && mark && vt_word_next(&at, stop, &word))
            rc = emit_name(text, mark, &word, flags, ctx, emit);
        while (rc == SQLITE_OK && !mark && at < stop)
            if (*at == VT_FACET)
                rc = emit_facet(text, &at, stop, ctx, emit);
            else
                at++;
    }
    return rc;
}

/* ------------------------------------------------------------------- pairs -- */

/* One form of the two words of a pair. */
static int emit_joined(const char *text, const vt_word_forms pair[2], bool exact, bool exact_next,
                       int flags, void *ctx, emit_fn emit) {
    char token[1 + 2 * VT_WORD_BYTES] = {VT_RUN};
    size_t a = exact ? pair[0].exact_len : pair[0].folded_len;
    size_t b = exact_next ? pair[1].exact_len : pair[1].folded_len;

    memcpy(token + 1, exact ? pair[0].exact : pair[0].folded, a);
    token[1 + a] = VT_PAIR;
    memcpy(token + 2 + a, exact_next ? pair[1].exact : pair[1].folded, b);
    return emit(ctx, flags, token, (int)(a + 2 + b), (int)(pair[0].start - text),
                (int)(pair[1].end - text));
}

static int emit_pair(const char *text, const vt_word_forms pair[2], int flags, void *ctx,
                     emit_fn emit) {
    bool first = strcmp(pair[0].folded, pair[0].exact) != 0;
    bool second = strcmp(pair[1].folded, pair[1].exact) != 0;
    int rc;

    if (flags & FTS5_TOKENIZE_QUERY)
        return emit_joined(text, pair, true, true, 0, ctx, emit);
    rc = emit_joined(text, pair, false, false, 0, ctx, emit);
    if (rc == SQLITE_OK && first)
        rc = emit_joined(text, pair, true, false, FTS5_TOKEN_COLOCATED, ctx, emit);
    if (rc == SQLITE_OK && second)
        rc = emit_joined(text, pair, false, true, FTS5_TOKEN_COLOCATED, ctx, emit);
    if (rc == SQLITE_OK && first && second)
        rc = emit_joined(text, pair, true, true, FTS5_TOKEN_COLOCATED, ctx, emit);
    return rc;
}

static int tokenize_run(const char *text, const char *end, int flags, void *ctx, emit_fn emit) {
    vt_word_forms pair[2];
    const char *at = text;
    bool any = false;
    int rc = SQLITE_OK;

    while (rc == SQLITE_OK && vt_word_next(&at, end, &pair[1])) {
        if (any && !memchr(pair[0].end, VT_RUN, (size_t)(pair[1].start - pair[0].end)))
            rc = emit_pair(text, pair, flags, ctx, emit);
        pair[0] = pair[1];
        any = true;
    }
    return rc;
}

static int emit_paired(uint32_t first, uint32_t second, int flags, int start, int end, void *ctx,
                       emit_fn emit) {
    char token[1 + VT_PAIR_LETTERS] = {VT_PAIRED};

    vt_word_pair(first, second, token + 1);
    return emit(ctx, flags, token, sizeof token, start, end);
}

/* ------------------------------------------------------------------- words -- */

/* Words, at the place of each its pair with the one before. */
static int tokenize_words(const char *text, const char *end, int flags, void *ctx, emit_fn emit) {
    bool query = flags & FTS5_TOKENIZE_QUERY;
    bool pairs = query && text < end && *text == VT_PAIRED; /* they alone are asked for */
    uint32_t before = 0;
    const char *at = text;
    vt_word_forms word;
    int rc = SQLITE_OK;

    while (rc == SQLITE_OK && vt_word_next(&at, end, &word)) {
        uint32_t now = query && !pairs ? 0 : vt_word_hash(&word);

        if (!pairs)
            rc = emit_word(text, &word, flags, ctx, emit);
        if (rc == SQLITE_OK && before && now)
            rc = emit_paired(before, now, pairs ? 0 : FTS5_TOKEN_COLOCATED,
                             (int)(word.start - text), (int)(word.end - text), ctx, emit);
        before = now;
    }
    return rc;
}

/* ------------------------------------------------------------------ tokens -- */

/* Before each token two bytes, none of them NUL: the lower bits of its length; the upper ones, and
   whether it is at the place of the one before. */
enum { TOKEN_HEAD = 2, LOWER_BITS = 7, SAME_PLACE = 1 << 1, UPPER_AT = 2, TOKEN_MOST = 1 << 13 };

static int tokenize_tokens(const char *text, const char *end, void *ctx, emit_fn emit) {
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *stop = (const unsigned char *)end;
    int rc = SQLITE_OK;

    while (rc == SQLITE_OK && stop - at > TOKEN_HEAD) {
        int len = (at[0] & 0x7F) | at[1] >> UPPER_AT << LOWER_BITS;

        if (len > stop - at - TOKEN_HEAD)
            return SQLITE_CORRUPT;
        rc = emit(ctx, at[1] & SAME_PLACE ? FTS5_TOKEN_COLOCATED : 0, (const char *)at + TOKEN_HEAD,
                  len, 0, 0);
        at += TOKEN_HEAD + len;
    }
    return rc;
}

static int keep_token(void *ctx, int flags, const char *token, int len, int start, int end) {
    vt_buf *out = ctx;

    (void)start, (void)end;
    out->failed = out->failed || len >= TOKEN_MOST;
    if (!vt_buf_reserve(out, TOKEN_HEAD + (size_t)len))
        return SQLITE_NOMEM;
    out->data[out->len] = (char)(0x80 | (len & 0x7F));
    out->data[out->len + 1] =
        (char)(1 | (flags & FTS5_TOKEN_COLOCATED ? SAME_PLACE : 0) | len >> LOWER_BITS << UPPER_AT);
    memcpy(out->data + out->len + TOKEN_HEAD, token, (size_t)len);
    out->len += TOKEN_HEAD + (size_t)len;
    return SQLITE_OK;
}

static int tokenize_text(const char *text, const char *end, int flags, void *ctx, emit_fn emit) {
    if (text < end && *text == VT_TOKENS)
        return tokenize_tokens(text + 1, end, ctx, emit);
    if (text < end && *text == VT_RUN)
        return tokenize_run(text, end, flags, ctx, emit);
    if (text < end && (*text == VT_FACET || *text == VT_NAME))
        return tokenize_facets(text, end, flags, ctx, emit);
    return tokenize_words(text, end, flags, ctx, emit);
}

void vt_tokens(const char *text, size_t len, vt_buf *out) {
    vt_buf_putc(out, VT_TOKENS);
    (void)tokenize_text(text, text + len, FTS5_TOKENIZE_DOCUMENT, out, keep_token);
}

static int tokenize(Fts5Tokenizer *tokenizer, void *ctx, int flags, const char *text, int len,
                    emit_fn emit) {
    (void)tokenizer;
    return tokenize_text(text, text + len, flags, ctx, emit);
}

/* FTS5 hands out its API through a pointer bound to a query. */
static int find_api(sqlite3 *db, fts5_api **out) {
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL);

    *out = NULL;
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_pointer(stmt, 1, out, "fts5_api_ptr", NULL);
    if (rc == SQLITE_OK)
        sqlite3_step(stmt);
    rc = sqlite3_finalize(stmt);
    return rc == SQLITE_OK && !*out ? SQLITE_ERROR : rc;
}

int vt_tokenizer_register(sqlite3 *db) {
    fts5_tokenizer vi = {create, destroy, tokenize};
    fts5_api *api;
    int rc = find_api(db, &api);

    return rc == SQLITE_OK ? api->xCreateTokenizer(api, "vi", NULL, &vi, NULL) : rc;
}
