/*
 * gen/preview.h - inside of the preview: what its parts share.
 *
 *   preview.c        the files: SVG of one page, HTML of all
 *   preview_fonts.c  the faces a file uses, as embedded web fonts
 *   preview_page.c   what one page shows
 */
#ifndef VT_PREVIEW_H
#define VT_PREVIEW_H

#include "gen/engine.h"
#include "gen/layout.h"

/* One file while it is made. */
typedef struct vt_preview {
    vt_engine *engine;
    const vt_layout *layout;
    size_t first, end; /* the pages it shows */
    vt_buf *out;
    vt_findings *list;
    char family[20]; /* of its fonts: a hash of what they hold, since several files
                        may come to stand in one page of a browser */
    bool *drawn;     /* [picture_count]: the file has this picture already */
} vt_preview;

/* Finds the family's name from what the pages show. */
void vt_preview_name(vt_preview *p);
/* The @font-face rules, faces in use only. */
vt_status vt_preview_fonts(vt_preview *p) VT_USED;
/* Attributes of an <svg> and what is inside of it: a page's marks, text, fields. */
void vt_preview_attributes(vt_preview *p, const vt_page *page);
void vt_preview_page(vt_preview *p, size_t index);

void vt_preview_text(vt_buf *out, const char *text);      /* as content */
void vt_preview_attribute(vt_buf *out, const char *text); /* between double quotes */

#endif
