/*
 * gen/check_lines.h - composed pages as lines of text with what they are: what
 * the rules of the composed page read (gen/check_lines.c).
 */
#ifndef VT_CHECK_LINES_H
#define VT_CHECK_LINES_H

#include "gen/check.h"

struct vt_lines *vt_lines_of(vt_checking *c);

#endif
