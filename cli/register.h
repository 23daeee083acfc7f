/*
 * cli/register.h - a register of any length, parted into volumes to be bound (tập).
 */
#ifndef VT_CLI_REGISTER_H
#define VT_CLI_REGISTER_H

#include "cli/archive.h"

/*
 * Some rows of a register that follow one another, with the counts, numbers and days of their
 * own: of at most `most` rows, and so much text as one document of the engine holds.  Where
 * there is more to come it ends with a month, if one ends there, and never between 152 and
 * 152a.  *part and *row are where it begins (0, 0) and, after, where the next one does; false:
 * no memory.
 */
bool vt_register_slice(vt_arena *arena, const vt_register *all, size_t most, size_t *part,
                       size_t *row, vt_register *out);

#endif
