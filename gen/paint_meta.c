/*
 * gen/paint_meta.c - what the file says of itself: XMP, Info, output intent.
 *
 * Info and XMP tell the same (ISO 19005-1, 6.7.3).  Dates are the document's
 * own at 00:00 in Việt Nam, and left out while it is blank: a file made twice
 * is the same file.
 */
#include "gen/paint.h"

#include <stdlib.h>
#include <string.h>

#define ICC_FOLDER "/usr/share/color/icc"
#define ICC_MAX ((size_t)1 << 20)
#define PRODUCER "vanthu " VT_VERSION

struct facts {
    const char *title, *issuer, *subject, *language;
};

/* ----------------------------------------------------- colour profile -- */

static const struct {
    const char *file, *space, *condition;
    int components;
} profiles[VT_ICCS] = {
    [VT_ICC_GRAY] = {"Gray.icc", "GRAY", "Gray gamma 2.2", 1},
    [VT_ICC_RGB] = {"sRGB.icc", "RGB ", "sRGB IEC61966-2.1", 3},
};

static bool is_profile(const vt_buf *bytes, vt_icc which) {
    return bytes->len >= 128 && memcmp(bytes->data + 36, "acsp", 4) == 0 &&
           memcmp(bytes->data + 12, "mntr", 4) == 0 &&
           memcmp(bytes->data + 16, profiles[which].space, 4) == 0;
}

vt_status vt_paint_profile(vt_painter *p, vt_icc which) {
    static const char remedy[] = "Cài gói icc-profiles-free của Debian.";
    struct vt_icc_profile *profile = &p->cache->icc[which];
    const char *folder = p->engine->icc_folder ? p->engine->icc_folder : ICC_FOLDER;
    char *path;
    const void *deflated;
    size_t len;
    vt_buf bytes;
    vt_status status;

    if (profile->data)
        return VT_OK;
    path = vt_path_beside(p->arena, folder, profiles[which].file);
    if (!path)
        return vt_nomem(p->list);
    vt_buf_init(&bytes, ICC_MAX);
    status = vt_file_read(path, ICC_MAX, &bytes, p->list);
    if (status != VT_OK) {
        vt_buf_free(&bytes);
        return vt_fail(p->list, "PDF-06", (vt_place){.file = path}, remedy,
                       "Thiếu bảng màu ICC mà tệp PDF/A phải mang theo");
    }
    if (!is_profile(&bytes, which))
        status = vt_fail(p->list, "PDF-06", (vt_place){.file = path}, remedy,
                         "Tệp này không phải bảng màu ICC dùng được cho PDF/A");
    else if (!(deflated = vt_paint_deflate(p, bytes.data, bytes.len, &len)) ||
             !(profile->data = malloc(len)))
        status = vt_nomem(p->list);
    else {
        memcpy(profile->data, deflated, len);
        profile->len = len;
    }
    vt_buf_free(&bytes);
    return status;
}

static void output_intent(vt_painter *p, vt_buf *catalog, vt_ref object) {
    vt_icc which = p->colour ? VT_ICC_RGB : VT_ICC_GRAY;
    vt_buf *b = vt_pdf_begin(p->pdf, object);

    vt_pdf_number(b, "/N", profiles[which].components);
    vt_pdf_end(p->pdf);
    vt_pdf_stream(p->pdf, object, p->cache->icc[which].data, p->cache->icc[which].len, true);
    vt_buf_printf(catalog,
                  "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
                  "/OutputConditionIdentifier(%s)/Info(%s)/DestOutputProfile %u 0 R>>]",
                  profiles[which].condition, profiles[which].condition, object);
}

/* --------------------------------------------------------------- facts -- */

/* Words of the document's root about itself, several issuers joined. */
static const char *issuers(vt_painter *p) {
    const char *all = NULL;

    for (const vt_node *n = vt_child(p->doc->root, VT_ISSUER); n; n = vt_next_same(n)) {
        const vt_node *name = vt_child(n, VT_NAME);
        const char *text = name ? vt_node_text(p->arena, name, ' ') : "";

        if (text && *text)
            all = all ? vt_printf(p->arena, "%s; %s", all, text) : text;
    }
    return all;
}

static struct facts gather(vt_painter *p) {
    const vt_node *subject = vt_child(p->doc->root, VT_SUBJECT);
    const char *title = p->layout->title, *language = p->layout->language;

    return (struct facts){.title = title && *title ? title : "Văn bản",
                          .issuer = issuers(p),
                          .subject = subject ? vt_node_text(p->arena, subject, ' ') : NULL,
                          .language = language && *language ? language : "vi-VN"};
}

void vt_paint_pdf_date(vt_date date, vt_buf *b) {
    vt_buf_printf(b, "(D:%04d%02d%02d000000+07'00')", date.year, date.month, date.day);
}

static void info(vt_painter *p, const struct facts *facts) {
    vt_buf *b = vt_pdf_begin(p->pdf, vt_pdf_info(p->pdf));

    vt_pdf_put(b, "/Title");
    vt_pdf_text(b, facts->title);
    if (facts->issuer) {
        vt_pdf_put(b, "/Author");
        vt_pdf_text(b, facts->issuer);
    }
    if (facts->subject && *facts->subject) {
        vt_pdf_put(b, "/Subject");
        vt_pdf_text(b, facts->subject);
    }
    vt_pdf_put(b, "/Creator(" PRODUCER ")/Producer(" PRODUCER ")");
    if (vt_date_full(p->date)) {
        vt_pdf_put(b, "/CreationDate");
        vt_paint_pdf_date(p->date, b);
        vt_pdf_put(b, "/ModDate");
        vt_paint_pdf_date(p->date, b);
    }
    vt_pdf_end(p->pdf);
}

/* ----------------------------------------------------------------- XMP -- */

static void put_xml(vt_buf *b, const char *text) {
    for (; *text; text++) {
        size_t plain = strcspn(text, "&<>");

        vt_buf_add(b, text, plain);
        text += plain;
        if (!*text)
            break;
        vt_pdf_put(b, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : "&gt;");
    }
}

static void put_element(vt_buf *b, const char *before, const char *text, const char *after) {
    if (!text || !*text)
        return;
    vt_pdf_put(b, before);
    put_xml(b, text);
    vt_pdf_put(b, after);
}

static const char xmp_head[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n";

/* PDF/A admits properties it does not know only with their schema (6.7.8). */
static const char xmp_extension[] =
    "<rdf:Description rdf:about=\"\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property>"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

static void xmp_dates(vt_painter *p, vt_buf *b) {
    static const char *const names[] = {"CreateDate", "ModifyDate", "MetadataDate"};

    for (size_t i = 0; i < sizeof names / sizeof *names && vt_date_full(p->date); i++)
        vt_buf_printf(b, "<xmp:%s>%04d-%02d-%02dT00:00:00+07:00</xmp:%s>", names[i], p->date.year,
                      p->date.month, p->date.day, names[i]);
}

static vt_status xmp(vt_painter *p, const struct facts *facts, vt_ref object) {
    vt_buf *b = &p->cache->xml;
    char *copy;

    vt_buf_clear(b);
    vt_pdf_put(b, xmp_head);
    vt_pdf_put(b, "<rdf:Description rdf:about=\"\""
                  " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">");
    vt_buf_printf(b, "<pdfaid:part>%d</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
                  p->part);
    vt_pdf_put(b, "</rdf:Description>\n<rdf:Description rdf:about=\"\""
                  " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">"
                  "<pdfuaid:part>1</pdfuaid:part></rdf:Description>\n"
                  "<rdf:Description rdf:about=\"\""
                  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                  "<dc:format>application/pdf</dc:format>");
    put_element(b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->title,
                "</rdf:li></rdf:Alt></dc:title>");
    put_element(b, "<dc:creator><rdf:Seq><rdf:li>", facts->issuer,
                "</rdf:li></rdf:Seq></dc:creator>");
    put_element(b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->subject,
                "</rdf:li></rdf:Alt></dc:description>");
    put_element(b, "<dc:language><rdf:Bag><rdf:li>", facts->language,
                "</rdf:li></rdf:Bag></dc:language>");
    vt_pdf_put(b, "</rdf:Description>\n<rdf:Description rdf:about=\"\""
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
                  "<xmp:CreatorTool>" PRODUCER "</xmp:CreatorTool>");
    xmp_dates(p, b);
    vt_pdf_put(b, "</rdf:Description>\n<rdf:Description rdf:about=\"\""
                  " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">"
                  "<pdf:Producer>" PRODUCER "</pdf:Producer></rdf:Description>\n");
    vt_pdf_put(b, xmp_extension);
    vt_pdf_put(b, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    copy = vt_buf_failed(b) ? NULL : vt_strndup(p->arena, b->data, b->len);
    if (!copy)
        return vt_nomem(p->list);
    b = vt_pdf_begin(p->pdf, object);
    vt_pdf_put(b, "/Type/Metadata/Subtype/XML");
    vt_pdf_end(p->pdf);
    vt_pdf_stream(p->pdf, object, copy, p->cache->xml.len, false);
    return VT_OK;
}

/* ----------------------------------------------------------- catalogue -- */

vt_status vt_paint_meta(vt_painter *p) {
    enum { XMP, PROFILE, OBJECTS };
    struct facts facts = gather(p);
    vt_ref first = vt_pdf_add(p->pdf, OBJECTS);
    vt_buf *b = &p->cache->content;
    vt_status status;

    vt_buf_clear(b); /* files write objects of their own while the catalogue's text grows */
    vt_pdf_put(b, "/Lang");
    vt_pdf_text(b, facts.language);
    vt_pdf_put(b, "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>");
    vt_pdf_entry(b, "/StructTreeRoot", p->tag_root);
    vt_pdf_entry(b, "/Metadata", first + XMP);
    output_intent(p, b, first + PROFILE);
    if (p->layout->form_count)
        vt_pdf_entry(b, "/AcroForm", p->fields + 2 * (vt_ref)p->layout->form_count + 1);
    info(p, &facts);
    status = xmp(p, &facts, first + XMP);
    if (status == VT_OK)
        status = vt_paint_files(p, b);
    if (status != VT_OK)
        return status;
    if (vt_buf_failed(b))
        return vt_nomem(p->list);
    vt_buf_add(vt_pdf_begin(p->pdf, vt_pdf_catalog(p->pdf)), b->data, b->len);
    vt_pdf_end(p->pdf);
    return VT_OK;
}
