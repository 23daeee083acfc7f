/*
 * gen/compound.h - words of two syllables that a heading should not part.
 *
 * Vietnamese writes syllables apart, and in running text a line may end after
 * any of them.  In the few large lines of a heading or an agency's name
 * "DỰ / ÁN" reads badly, so balanced lines avoid it.
 */
#ifndef VT_COMPOUND_H
#define VT_COMPOUND_H

#include <stdbool.h>
#include <stddef.h>

bool vt_compound(const char *left, size_t left_len, const char *right, size_t right_len);

#endif
