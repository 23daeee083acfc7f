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

/* One form of the two words of a pair. */
static int emit_joined(const char *text, const vt_word_forms pair[2], bool exact, bool exact_next,
                       int flags, void *ctx, emit_fn emit) {
    char token[2 * VT_WORD_BYTES];
    size_t a = exact ? pair[0].exact_len : pair[0].folded_len;
    size_t b = exact_next ? pair[1].exact_len : pair[1].folded_len;

    memcpy(token, exact ? pair[0].exact : pair[0].folded, a);
    token[a] = VT_PAIR;
    memcpy(token + a + 1, exact_next ? pair[1].exact : pair[1].folded, b);
    return emit(ctx, flags, token, (int)(a + 1 + b), (int)(pair[0].start - text),
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

static int tokenize(Fts5Tokenizer *tokenizer, void *ctx, int flags, const char *text, int len,
                    emit_fn emit) {
    const char *at = text, *end = text + len;
    vt_word_forms word;
    int rc = SQLITE_OK;

    (void)tokenizer;
    if (at < end && *at == VT_RUN)
        return tokenize_run(text, end, flags, ctx, emit);
    while (rc == SQLITE_OK && at < end) {
        while (at < end && *at == ' ')
            at++;
        if (at < end && *at == VT_FACET)
            rc = emit_facet(text, &at, end, ctx, emit);
        else if (vt_word_next(&at, end, &word))
            rc = emit_word(text, &word, flags, ctx, emit);
    }
    return rc;
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
