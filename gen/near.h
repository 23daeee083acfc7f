/*
 * gen/near.h - how far a misspelt name is from the one that was meant.
 */
#ifndef VT_NEAR_H
#define VT_NEAR_H

#include <stddef.h>

#define VT_NEAR_MAX 48 /* bytes; longer names are not compared */

/* How many letters must be put in, left out, changed, or swapped with the next
   (Damerau's distance with adjacent swaps).  Both at most VT_NEAR_MAX bytes. */
size_t vt_letters_apart(const char *a, size_t na, const char *b, size_t nb);

#endif
