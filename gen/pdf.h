/*
 * gen/pdf.h - a PDF file while it is written: numbered objects, pages, outlines.
 *
 * A thin layer over libharu, which keeps catalogue, page tree, outline tree,
 * cross-reference table and trailer.  Everything else of the file is said as
 * PDF text: the entries of an object's dictionary are written into a buffer
 * and, for a stream, its bytes are lent; libharu numbers the objects and
 * writes them out in order.  Neither its font nor its text functions are used
 * (docs: they are neither fast nor archivable).
 *
 * gen/pdf_haru.c is the one file that knows libharu's internals.
 *
 * Errors are sticky: after one, all calls are harmless and vt_pdf_write tells.
 */
#ifndef VT_PDF_H
#define VT_PDF_H

#include "base/base.h"

#include <string.h>

typedef struct vt_pdf vt_pdf;
typedef uint32_t vt_ref; /* an object's number; 0: none */

/* One per process; every document is written between open and write. */
vt_status vt_pdf_new(vt_findings *list, vt_pdf **out) VT_USED;
void vt_pdf_free(vt_pdf *pdf); /* NULL is allowed */

/* Starts an empty document of PDF 1.4 or 1.7; one that was not written is dropped. */
vt_status vt_pdf_open(vt_pdf *pdf, bool pdf14, vt_findings *list) VT_USED;
/* Memory that lives until the next vt_pdf_open. */
vt_arena *vt_pdf_arena(vt_pdf *pdf);

vt_ref vt_pdf_catalog(const vt_pdf *pdf);
vt_ref vt_pdf_info(const vt_pdf *pdf);
vt_ref vt_pdf_page_root(const vt_pdf *pdf);
/* n new objects with consecutive numbers: the first of them. */
vt_ref vt_pdf_add(vt_pdf *pdf, size_t n);
/* A page behind the others, and its content stream.  The page's dictionary names
   both its Contents and, as Parent, vt_pdf_page_root. */
vt_ref vt_pdf_page(vt_pdf *pdf, vt_ref *contents);
/* An outline entry, the last below `parent` (0: of the first level).  Of its
   dictionary all but Title and Dest are written by themselves.
   Parents must come from this function, too. */
vt_ref vt_pdf_outline(vt_pdf *pdf, vt_ref parent);

/* Where the entries of the object's dictionary are to be written, without the
   angle brackets; one object at a time, ended before the next is begun. */
vt_buf *vt_pdf_begin(vt_pdf *pdf, vt_ref object);
void vt_pdf_end(vt_pdf *pdf);
/* Makes the object a stream of these bytes, which must live until the file is
   written.  Length and (deflated: zlib format) Filter are written by themselves;
   another Filter is an entry of the dictionary. */
void vt_pdf_stream(vt_pdf *pdf, vt_ref object, const void *data, size_t len, bool deflated);

/* Appends the whole file to `out`.  `id` is both halves of the trailer's ID. */
vt_status vt_pdf_write(vt_pdf *pdf, const uint8_t id[16], vt_buf *out, vt_findings *list) VT_USED;

/* ---------------------------------------------------------- PDF notation -- */

/* Adds constant text where the buffer has room; most of a PDF is written so. */
static inline void vt_pdf_put(vt_buf *buf, const char *s) {
    size_t len = strlen(s);

    if (len < buf->cap - buf->len)
        memcpy(buf->data + buf->len, s, len + 1);
    else if (!vt_buf_reserve(buf, len))
        return;
    else
        memcpy(buf->data + buf->len, s, len + 1);
    buf->len += len;
}

/* At most 20 digits and a sign; returns the end. */
char *vt_pdf_digits(char *out, int64_t value);
void vt_pdf_int(vt_buf *buf, int64_t value);
/* "/Key 12" */
void vt_pdf_number(vt_buf *buf, const char *key, int64_t value);
/* "/Key 12 0 R" */
void vt_pdf_entry(vt_buf *buf, const char *key, vt_ref object);
void vt_pdf_ref(vt_buf *buf, vt_ref object); /* "12 0 R" */
/* Text for people, as a literal string: ASCII where that holds it, else UTF-16BE
   with its mark FE FF. */
void vt_pdf_text(vt_buf *buf, const char *utf8);
/* Bytes as <hex>. */
void vt_pdf_hex(vt_buf *buf, const uint8_t *bytes, size_t len);
/* A string's bytes as (literal), escaped. */
void vt_pdf_bytes(vt_buf *buf, const void *data, size_t len);

#endif
