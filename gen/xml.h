/*
 * gen/xml.h - the one way XML comes in: a door before libxml2, libxml2 with
 * everything dangerous switched off, and its complaints in Vietnamese.
 *
 * libxml2 is not made for hostile input; what it is known to handle badly
 * (document types, entities, other encodings, thousands of attributes) never
 * reaches it.
 */
#ifndef VT_XML_H
#define VT_XML_H

#include "base/base.h"

#include <libxml/parser.h>

#define VT_MAX_ATTRIBUTES 64 /* of one element, namespace declarations included */
#define VT_MAX_NAMES 10000   /* different names in a file: libxml2's table of them is small */

/* One reading.  libxml2's callbacks get it as their first argument. */
typedef struct vt_xml {
    const char *name; /* for findings */
    vt_findings *list;
    void *user;
    xmlParserCtxtPtr parser;
    const char *data;
    size_t len;
    vt_status status;
    startElementNsSAX2Func start;
    endElementNsSAX2Func end;
    charactersSAXFunc text;
    int line;   /* where the last event ended: where this one begins */
    bool begun; /* the root element has been met */
    bool stopped;
} vt_xml;

/*
 * The door: size, encoding, control characters, DOCTYPE and number of
 * attributes are checked before libxml2 sees a byte (findings XML-02, 03, 04,
 * 07, 21).  Behind it the bytes are well-formed UTF-8 and parsed; `start`, `end` and `text`
 * are called as libxml2 calls them.  The first breach of XML's own rules is a
 * finding XML-01 and ends the reading.
 */
vt_status vt_xml_read(const void *data, size_t len, const char *name, vt_findings *list,
                      startElementNsSAX2Func start, endElementNsSAX2Func end,
                      charactersSAXFunc text, void *user) VT_USED;
/* How many bytes reach behind a file's first tag: enough to see what it is. */
size_t vt_xml_head(const char *data, size_t len);
int vt_xml_line(const vt_xml *xml);              /* where this tag or text begins */
void vt_xml_stop(vt_xml *xml, vt_status status); /* from a callback: behind it all ends so */
bool vt_xml_stopped(const vt_xml *xml);

/* Text on its way out (gen/write.c): escaped for content, or for an attribute
   between double quotes. */
void vt_xml_put(vt_buf *out, const char *s, size_t len, bool attribute);

#endif
