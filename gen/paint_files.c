/*
 * gen/paint_files.c - embedded files of a PDF/A-3: the document's own source,
 * and the enclosures (ISO 19005-3, 6.8 and annex E).
 */
#include "gen/paint.h"

#include <string.h>

/* What readers show for the embedded source.  It is our canonical writing of
   the tree, so the user's file name and comments stay outside. */
#define SOURCE_NAME "van-ban.xml"
#define SOURCE_TITLE "Dữ liệu nguồn của văn bản"

typedef struct file {
    const char *name, *title, *mime, *relation;
    const void *data;
    size_t len;
    vt_ref spec; /* Filespec; the EmbeddedFile is the object behind it */
} file;

/* "application/pdf" as a name: "/" and what is not regular become #xx. */
static void put_name(vt_buf *b, const char *text) {
    vt_buf_putc(b, '/');
    for (; *text; text++) {
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
            (*text >= '0' && *text <= '9') || strchr("-+._", *text))
            vt_buf_putc(b, *text);
        else
            vt_buf_printf(b, "#%02X", (unsigned)(unsigned char)*text);
    }
}

static vt_status embed(vt_painter *p, file *f) {
    vt_ref data = vt_pdf_add(p->pdf, 2) + 1;
    const void *deflated;
    size_t len;
    vt_buf *b;

    f->spec = data - 1;
    deflated = vt_paint_deflate(p, f->data, f->len, &len);
    if (!deflated)
        return vt_nomem(p->list);
    b = vt_pdf_begin(p->pdf, data);
    vt_pdf_put(b, "/Type/EmbeddedFile/Subtype");
    put_name(b, f->mime);
    vt_pdf_number(b, "/Params<</Size", (int64_t)f->len);
    if (vt_date_full(p->date)) {
        vt_pdf_put(b, "/ModDate");
        vt_paint_pdf_date(p->date, b);
    }
    vt_pdf_put(b, ">>");
    vt_pdf_end(p->pdf);
    vt_pdf_stream(p->pdf, data, deflated, len, true);
    b = vt_pdf_begin(p->pdf, f->spec);
    vt_pdf_put(b, "/Type/Filespec/F");
    vt_pdf_text(b, f->name);
    vt_pdf_put(b, "/UF");
    vt_pdf_text(b, f->name);
    vt_pdf_put(b, "/AFRelationship/");
    vt_pdf_put(b, f->relation);
    vt_pdf_entry(b, "/EF<</F", data);
    vt_pdf_entry(b, "/UF", data);
    vt_pdf_put(b, ">>");
    if (f->title && *f->title) {
        vt_pdf_put(b, "/Desc");
        vt_pdf_text(b, f->title);
    }
    vt_pdf_end(p->pdf);
    return VT_OK;
}

static bool is_ascii(const char *s) {
    while (*s > 0)
        s++;
    return !*s;
}

/* Order of the keys as vt_pdf_text writes them: UTF-16 begins with FE. */
static int compare(const char *a, const char *b) {
    bool ascii = is_ascii(a);

    return ascii != is_ascii(b) ? (ascii ? -1 : 1) : strcmp(a, b);
}

/* The names tree wants its keys in order and each once. */
static vt_status sort_by_name(vt_painter *p, file *files, size_t count) {
    for (size_t i = 1; i < count; i++) {
        file f = files[i];
        size_t at = i;

        for (; at > 0 && compare(files[at - 1].name, f.name) > 0; at--)
            files[at] = files[at - 1];
        files[at] = f;
        if (at > 0 && strcmp(files[at - 1].name, f.name) == 0)
            return vt_bad(p->list, "PDF-05", (vt_place){.path = f.name},
                          "Đổi tên một trong hai tệp.", "Hai tài liệu gửi kèm cùng mang tên “%s”",
                          f.name);
    }
    return VT_OK;
}

static void put_catalog(const file *files, size_t count, vt_buf *b) {
    vt_pdf_put(b, "/AF[");
    for (size_t i = 0; i < count; i++) {
        vt_pdf_ref(b, files[i].spec);
        vt_buf_putc(b, ' ');
    }
    vt_pdf_put(b, "]/Names<</EmbeddedFiles<</Names[");
    for (size_t i = 0; i < count; i++) {
        vt_pdf_text(b, files[i].name);
        vt_buf_putc(b, ' ');
        vt_pdf_ref(b, files[i].spec);
        vt_buf_putc(b, '\n');
    }
    vt_pdf_put(b, "]>>>>");
}

vt_status vt_paint_files(vt_painter *p, vt_buf *catalog) {
    const vt_layout *layout = p->layout;
    size_t count = 0;
    file *files;
    vt_status status;

    if (p->part != 3)
        return VT_OK; /* PDF/A-1 forbids them, -2 admits only PDF/A files */
    files = vt_alloc_array(p->arena, layout->attachment_count + 1, sizeof *files);
    if (!files)
        return vt_nomem(p->list);
    if (!p->no_source)
        files[count++] = (file){.name = SOURCE_NAME,
                                .title = SOURCE_TITLE,
                                .mime = "application/xml",
                                .relation = "Source",
                                .data = p->cache->source.data,
                                .len = p->cache->source.len};
    for (size_t i = 0; i < layout->attachment_count; i++) {
        const struct vt_attachment *a = &layout->attachments[i];

        files[count++] = (file){.name = a->name,
                                .title = a->title,
                                .mime = a->mime,
                                .relation = "Supplement",
                                .data = a->data,
                                .len = a->len};
        vt_hasher_add(&p->digest, a->data, a->len);
    }
    status = sort_by_name(p, files, count);
    for (size_t i = 0; i < count && status == VT_OK; i++)
        status = embed(p, &files[i]);
    if (status == VT_OK && count)
        put_catalog(files, count, catalog);
    return status;
}
