/* records/tokenizer.h - the FTS5 tokenizer "vi". */
#ifndef VT_TOKENIZER_H
#define VT_TOKENIZER_H

#include "base/base.h"

#include <sqlite3.h>

/* A text that begins with this byte is one token up to the next space, as it
   stands: facets such as "\1t:ke-hoach", which no text of people can hold. */
#define VT_FACET '\1'
#define VT_FACET_TYPE 't'    /* ke-hoach */
#define VT_FACET_SERIES 's'  /* van-ban and van-ban/2026 */
#define VT_FACET_URGENCY 'u' /* khan */

/*
 * Behind facets come names: this byte, a letter that says whose, and words.  Each is a
 * token with both before it ("\4ibinh"), so that a filter reads the list of those who
 * are named so and not that of all who speak of it.
 */
#define VT_NAME '\4'
#define VT_NAME_ISSUER 'i'
#define VT_NAME_SIGNER 's'
#define VT_NAME_RECIPIENT 'r'

/*
 * A text that begins with this byte is a run: each two words side by side are one
 * token ("\2ke_hoach"), so that words that stand nowhere side by side are known at
 * once not to, and a phrase of a run costs what its rarest pair does.  The byte
 * again ends one run and begins the next.
 */
#define VT_RUN '\2'
#define VT_PAIR '_' /* between the words of a pair: no word holds it */

/*
 * In any other text two words side by side are a token, too ("\6ke_hoach"), folded only,
 * if both may be paired (records/words.h).  A query that begins with this byte asks for
 * the pairs of its words; those that may not be paired are not to be in it.
 */
#define VT_PAIRED '\6'

/*
 * A text that begins with this byte is tokens already, as vt_tokens gives them: to take words
 * apart is half of the work of indexing them, and may be done before the index wants them.
 */
#define VT_TOKENS '\7'
/* The tokens of a text as such a text, behind what `out` holds; without a NUL in it. */
void vt_tokens(const char *text, size_t len, vt_buf *out);

/*
 * Registers "vi" with a connection.  Each word becomes its folded token, with
 * the exact one at the same place when it differs.  In a query a word with
 * accents is its exact token, one without is its folded token: accents typed
 * are honoured, none typed find all.  Of a run a pair has up to four tokens at its
 * place, each word folded or exact; in a query one, as its words were typed.
 * Returns an SQLite code.
 */
int vt_tokenizer_register(sqlite3 *db);

#endif
