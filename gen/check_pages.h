/*
 * gen/check_pages.h - what the rules of composed pages share (gen/check_pages.c,
 * gen/check_boxes.c).
 */
#ifndef VT_CHECK_PAGES_H
#define VT_CHECK_PAGES_H

#include "gen/check_lines.h"

#define VT_SLACK_PT 0.5

/* The first line of the main text with these words of the pack, of this element
   of the head; NULL: none. */
const vt_text_line *vt_line_with(const vt_checking *c, const char *text);
const vt_text_line *vt_line_of(const vt_checking *c, vt_el el, vt_el parent);
/* Does the line keep to the law's size, face and capitals of a component?  Says
   so if not. */
bool vt_keeps_style(vt_checking *c, const vt_text_line *line, vt_component component,
                    const char *what);
/* The first mark of that name on the document's first page; NULL: none. */
const vt_mark *vt_mark_named(const vt_checking *c, const char *what);
/* The text area of a page as it lies. */
typedef struct vt_area {
    double left, right, top, bottom;
} vt_area;
vt_area vt_area_of(const vt_checking *c, const vt_page *page);
bool vt_is_black(vt_rgb colour);
bool vt_in_capitals(vt_checking *c, const char *text);

#endif
