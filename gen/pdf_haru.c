/*
 * gen/pdf_haru.c - the objects of a PDF in libharu's hands.
 *
 * libharu 2.3.0 exports its object layer.  Two of its habits are worked around:
 *
 *  - It builds a dictionary from many small allocations and copies streams
 *    byte by byte.  Our objects are empty HPDF_Dict records, in an arena, which
 *    hold a place in the xref; what they say is ready text and lent bytes.  They
 *    are taken back before the xref is freed (vt_pdf.objects says which).
 *  - Its writing costs a call for every few bytes, its streams an object for
 *    their Length.  The file is put together here: libharu writes its own
 *    objects (catalogue, page tree, Info, outlines), we write ours, the
 *    cross-reference table and the trailer.
 *
 * The layout of its records is fixed at compile time, so the library loaded at
 * run time must be of the same version: vt_pdf_new refuses any other.
 */
#include "gen/pdf.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_CEILING ((size_t)1 << 30)
#define TEXT_CEILING ((size_t)1 << 30)   /* dictionaries of one document */
#define TEXT_KEEP ((size_t)8 << 20)      /* kept from one document to the next */
#define FILE_CEILING ((size_t)INT32_MAX) /* libharu's offsets */

typedef struct object {
    size_t text, text_len; /* entries, in vt_pdf.text */
    const void *data;      /* stream bytes, lent; NULL: not a stream */
    size_t data_len;
    HPDF_Dict dict; /* the record in the xref */
    bool ours;      /* an arena's record: to be taken back */
    bool deflated;
} object;

struct vt_pdf {
    vt_arena *arena;
    HPDF_Doc doc;
    object *objects;
    size_t object_cap;
    vt_buf text;
    vt_ref begun;
    HPDF_Outline outline_root;
    bool failed, too_big;
    HPDF_STATUS error; /* the first libharu told */
    vt_buf *out;
    HPDF_Stream writer; /* while the file is written */
};

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *user) {
    vt_pdf *pdf = user;

    (void)detail;
    pdf->failed = true;
    if (!pdf->error)
        pdf->error = error;
}

/* -------------------------------------------------------------- life -- */

static void close_document(vt_pdf *pdf) {
    if (!pdf->doc)
        return;
    if (pdf->doc->xref) {
        HPDF_List entries = pdf->doc->xref->entries;

        for (HPDF_UINT i = 1; i < entries->count && i < pdf->object_cap; i++)
            if (pdf->objects[i].ours)
                ((HPDF_XrefEntry)entries->obj[i])->obj = NULL;
    }
    HPDF_Free(pdf->doc);
    pdf->doc = NULL;
}

vt_status vt_pdf_new(vt_findings *list, vt_pdf **out) {
    vt_pdf *pdf;

    if (strcmp(HPDF_GetVersion(), HPDF_VERSION_TEXT) != 0)
        return vt_fail(list, "PDF-01", (vt_place){0},
                       "Cài gói libhpdf-2.3.0 của Debian, hoặc dịch lại vanthu.",
                       "Thư viện libharu có phiên bản %s, chương trình được dịch với %s",
                       HPDF_GetVersion(), HPDF_VERSION_TEXT);
    pdf = calloc(1, sizeof *pdf);
    if (!pdf)
        return vt_nomem(list);
    vt_buf_init(&pdf->text, TEXT_CEILING);
    pdf->arena = vt_arena_new(ARENA_CEILING);
    if (!pdf->arena) {
        vt_pdf_free(pdf);
        return vt_nomem(list);
    }
    *out = pdf;
    return VT_OK;
}

void vt_pdf_free(vt_pdf *pdf) {
    if (!pdf)
        return;
    close_document(pdf);
    vt_buf_free(&pdf->text);
    vt_arena_free(pdf->arena);
    free(pdf);
}

vt_arena *vt_pdf_arena(vt_pdf *pdf) {
    return pdf->arena;
}

static bool grow_objects(vt_pdf *pdf, size_t need) {
    object *grown = vt_grow(pdf->arena, pdf->objects, &pdf->object_cap, need, sizeof *pdf->objects);

    if (!grown) {
        pdf->failed = true;
        return false;
    }
    pdf->objects = grown;
    return true;
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream);

/* Makes an object of libharu's say our entries behind its own. */
static vt_ref adopt(vt_pdf *pdf, HPDF_Dict dict) {
    vt_ref number = dict->header.obj_id & 0x00FFFFFF;

    if (!grow_objects(pdf, (size_t)number + 1))
        return 0;
    dict->write_fn = write_entries;
    pdf->objects[number].dict = dict;
    return number;
}

vt_status vt_pdf_open(vt_pdf *pdf, bool pdf14, vt_findings *list) {
    close_document(pdf);
    vt_arena_reset(pdf->arena);
    if (pdf->text.cap > TEXT_KEEP)
        vt_buf_free(&pdf->text);
    vt_buf_clear(&pdf->text);
    pdf->objects = NULL;
    pdf->object_cap = 0;
    pdf->outline_root = NULL;
    pdf->failed = pdf->too_big = false;
    pdf->error = 0;
    pdf->begun = 0;
    pdf->doc = HPDF_New(on_error, pdf);
    if (!pdf->doc)
        return vt_nomem(list);
    pdf->doc->pdf_version = pdf14 ? HPDF_VER_14 : HPDF_VER_17;
    HPDF_Dict_RemoveElement(pdf->doc->info, "Producer"); /* the painter names its own */
    if (!grow_objects(pdf, 256) || !adopt(pdf, pdf->doc->catalog) || !adopt(pdf, pdf->doc->info))
        return vt_nomem(list);
    return VT_OK;
}

vt_ref vt_pdf_catalog(const vt_pdf *pdf) {
    return pdf->doc->catalog->header.obj_id & 0x00FFFFFF;
}

vt_ref vt_pdf_info(const vt_pdf *pdf) {
    return pdf->doc->info->header.obj_id & 0x00FFFFFF;
}

vt_ref vt_pdf_page_root(const vt_pdf *pdf) {
    return pdf->doc->root_pages->header.obj_id & 0x00FFFFFF;
}

/* ------------------------------------------------------------ objects -- */

/* HPDF_Xref_Add without its way of freeing what it could not add. */
static bool xref_add(vt_pdf *pdf, HPDF_Dict dict) {
    HPDF_Xref xref = pdf->doc->xref;
    HPDF_XrefEntry entry;

    if (xref->entries->count >= HPDF_LIMIT_MAX_XREF_ELEMENT) {
        pdf->too_big = true;
        return false;
    }
    entry = HPDF_GetMem(xref->mmgr, sizeof *entry);
    if (!entry)
        return false;
    *entry = (HPDF_XrefEntry_Rec){.entry_typ = HPDF_IN_USE_ENTRY, .obj = dict};
    dict->header.obj_id = xref->entries->count | HPDF_OTYPE_INDIRECT;
    if (HPDF_List_Add(xref->entries, entry) != HPDF_OK) {
        HPDF_FreeMem(xref->mmgr, entry);
        return false;
    }
    return true;
}

vt_ref vt_pdf_add(vt_pdf *pdf, size_t n) {
    HPDF_Dict dicts = pdf->failed ? NULL : vt_alloc_array(pdf->arena, n, sizeof *dicts);
    size_t first;

    if (!dicts) {
        pdf->failed = true;
        return 0;
    }
    first = pdf->doc->xref->entries->count;
    if (!grow_objects(pdf, first + n))
        return 0;
    for (size_t i = 0; i < n; i++) {
        HPDF_Dict dict = &dicts[i];

        dict->header.obj_class = HPDF_OCLASS_DICT;
        dict->mmgr = pdf->doc->mmgr;
        dict->error = &pdf->doc->error;
        if (!xref_add(pdf, dict)) {
            pdf->failed = true;
            return 0;
        }
        pdf->objects[first + i].dict = dict;
        pdf->objects[first + i].ours = true;
    }
    return (vt_ref)first;
}

/* libharu's own pages bring resources that PDF 1.4 made obsolete, boxes in
   floats, and a use of freed memory where memory ends; its page tree takes ours. */
vt_ref vt_pdf_page(vt_pdf *pdf, vt_ref *contents) {
    vt_ref page = vt_pdf_add(pdf, 2);
    HPDF_Array kids;
    HPDF_Dict dict;

    *contents = page ? page + 1 : 0;
    if (!page)
        return 0;
    dict = pdf->objects[page].dict;
    dict->header.obj_class |= HPDF_OSUBCLASS_PAGE;
    kids = HPDF_Dict_GetItem(pdf->doc->root_pages, "Kids", HPDF_OCLASS_ARRAY);
    if (!kids || HPDF_Array_Add(kids, dict) != HPDF_OK) {
        pdf->failed = true;
        pdf->too_big = kids && HPDF_Array_Items(kids) >= HPDF_LIMIT_MAX_ARRAY;
        return 0;
    }
    return page;
}

vt_ref vt_pdf_outline(vt_pdf *pdf, vt_ref parent) {
    HPDF_Outline above = NULL, outline;

    if (pdf->failed)
        return 0;
    if (!pdf->outline_root) {
        pdf->outline_root = HPDF_OutlineRoot_New(pdf->doc->mmgr, pdf->doc->xref);
        if (!pdf->outline_root ||
            HPDF_Dict_Add(pdf->doc->catalog, "Outlines", pdf->outline_root) != HPDF_OK) {
            pdf->failed = true;
            return 0;
        }
    }
    above = parent ? pdf->objects[parent].dict : pdf->outline_root;
    outline = HPDF_Outline_New(pdf->doc->mmgr, above, "", NULL, pdf->doc->xref);
    if (!outline) {
        pdf->failed = true;
        return 0;
    }
    HPDF_Dict_RemoveElement(outline, "Title"); /* ours is UTF-16 */
    HPDF_Dict_RemoveElement(outline, "Type");  /* "Outlines" is the root's */
    return adopt(pdf, outline);
}

vt_buf *vt_pdf_begin(vt_pdf *pdf, vt_ref number) {
    if (number && !pdf->failed)
        pdf->objects[number].text = pdf->text.len;
    pdf->begun = number;
    return &pdf->text;
}

void vt_pdf_end(vt_pdf *pdf) {
    object *o;

    if (!pdf->begun || pdf->failed)
        return;
    o = &pdf->objects[pdf->begun];
    o->text_len = pdf->text.len - o->text;
    pdf->begun = 0;
}

void vt_pdf_stream(vt_pdf *pdf, vt_ref number, const void *data, size_t len, bool deflated) {
    object *o;

    if (!number || pdf->failed)
        return;
    if (len > FILE_CEILING) {
        pdf->failed = pdf->too_big = true;
        return;
    }
    o = &pdf->objects[number];
    o->data = data;
    o->data_len = len;
    o->deflated = deflated;
}

/* ------------------------------------------------------------ writing -- */

static HPDF_STATUS write_out(HPDF_Stream stream, const HPDF_BYTE *data, HPDF_UINT len) {
    vt_pdf *pdf = stream->attr;

    if (stream->size > FILE_CEILING - len) {
        pdf->too_big = true;
        return HPDF_FILE_IO_ERROR;
    }
    vt_buf_add(pdf->out, data, len);
    return vt_buf_failed(pdf->out) ? HPDF_FILE_IO_ERROR : HPDF_OK;
}

/* Our entries of a dictionary of libharu's, behind its own. */
static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream) {
    vt_pdf *pdf = stream->attr;
    const object *o = &pdf->objects[dict->header.obj_id & 0x00FFFFFF];

    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)pdf->text.data + o->text,
                             (HPDF_UINT)o->text_len);
}

static void put_object(vt_pdf *pdf, const object *o) {
    vt_buf *out = pdf->out;

    vt_pdf_put(out, "<<\n");
    vt_buf_add(out, pdf->text.data + o->text, o->text_len);
    if (o->data) {
        vt_pdf_number(out, "/Length", (int64_t)o->data_len);
        vt_pdf_put(out, o->deflated ? "/Filter/FlateDecode" : "");
    }
    vt_pdf_put(out, ">>");
    if (o->data) {
        vt_pdf_put(out, "\nstream\r\n");
        vt_buf_add(out, o->data, o->data_len);
        vt_pdf_put(out, "\nendstream");
    }
}

/* The objects in the order of their numbers; their offsets are noted. */
static HPDF_STATUS put_objects(vt_pdf *pdf, size_t start) {
    HPDF_List entries = pdf->doc->xref->entries;

    for (HPDF_UINT i = 1; i < entries->count; i++) {
        HPDF_XrefEntry entry = entries->obj[i];

        entry->byte_offset = (HPDF_UINT)(pdf->out->len - start);
        vt_pdf_int(pdf->out, i);
        vt_pdf_put(pdf->out, " 0 obj\n");
        if (i < pdf->object_cap && pdf->objects[i].ours) {
            put_object(pdf, &pdf->objects[i]);
        } else {
            HPDF_STATUS status = HPDF_Obj_WriteValue(entry->obj, pdf->writer, NULL);

            if (status != HPDF_OK)
                return status;
        }
        vt_pdf_put(pdf->out, "\nendobj\n");
        if (pdf->out->len - start > FILE_CEILING || vt_buf_failed(pdf->out)) {
            pdf->too_big = !vt_buf_failed(pdf->out);
            return HPDF_FILE_IO_ERROR;
        }
    }
    return HPDF_OK;
}

/* Twenty bytes an entry (ISO 32000-1, 7.5.4). */
static void put_table(vt_pdf *pdf) {
    HPDF_List entries = pdf->doc->xref->entries;
    char line[] = "0000000000 65535 f\r\n", digits[24];

    vt_pdf_put(pdf->out, "xref\n0 ");
    vt_pdf_int(pdf->out, entries->count);
    vt_pdf_put(pdf->out, "\n");
    vt_pdf_put(pdf->out, line);
    memcpy(line + 10, " 00000 n", 8);
    for (HPDF_UINT i = 1; i < entries->count; i++) {
        const HPDF_XrefEntry entry = entries->obj[i];
        size_t n = (size_t)(vt_pdf_digits(digits, entry->byte_offset) - digits);

        memset(line, '0', 10);
        memcpy(line + 10 - n, digits, n);
        vt_buf_add(pdf->out, line, 20);
    }
}

/* Room for the file at once, so that growing does not copy it over and over. */
static bool reserve(vt_pdf *pdf) {
    size_t count = pdf->doc->xref->entries->count, need = 4096 + count * 64 + pdf->text.len;

    for (size_t i = 1; i < count && i < pdf->object_cap; i++) {
        need += pdf->objects[i].data_len;
        if (need > FILE_CEILING) {
            pdf->too_big = true;
            return false;
        }
    }
    return vt_buf_reserve(pdf->out, need);
}

static void put_trailer(vt_pdf *pdf, const uint8_t id[16], size_t table) {
    vt_pdf_number(pdf->out, "trailer\n<<\n/Size", pdf->doc->xref->entries->count);
    vt_pdf_entry(pdf->out, "/Root", vt_pdf_catalog(pdf));
    vt_pdf_entry(pdf->out, "/Info", vt_pdf_info(pdf));
    vt_pdf_put(pdf->out, "/ID[");
    vt_pdf_hex(pdf->out, id, 16);
    vt_pdf_hex(pdf->out, id, 16);
    vt_pdf_put(pdf->out, "]>>\nstartxref\n");
    vt_pdf_int(pdf->out, (int64_t)table);
    vt_pdf_put(pdf->out, "\n%%EOF\n");
}

static HPDF_STATUS write_file(vt_pdf *pdf, const uint8_t id[16]) {
    size_t start = pdf->out->len, table;
    HPDF_STATUS status;

    vt_pdf_put(pdf->out, pdf->doc->pdf_version == HPDF_VER_14 ? "%PDF-1.4\n%\342\343\317\323\n"
                                                              : "%PDF-1.7\n%\342\343\317\323\n");
    status = put_objects(pdf, start);
    if (status != HPDF_OK)
        return status;
    table = pdf->out->len - start;
    put_table(pdf);
    put_trailer(pdf, id, table);
    return HPDF_OK;
}

vt_status vt_pdf_write(vt_pdf *pdf, const uint8_t id[16], vt_buf *out, vt_findings *list) {
    HPDF_STATUS status = pdf->error;
    size_t before = out->len;
    vt_status result = VT_OK;

    pdf->out = out;
    if (pdf->failed || vt_buf_failed(&pdf->text) || vt_arena_failed(pdf->arena) || !reserve(pdf))
        pdf->failed = true;
    else {
        pdf->writer = HPDF_CallbackWriter_New(pdf->doc->mmgr, write_out, pdf);
        status = pdf->writer ? write_file(pdf, id) : HPDF_FAILD_TO_ALLOC_MEM;
        if (pdf->writer)
            HPDF_Stream_Free(pdf->writer);
        pdf->writer = NULL;
    }
    if (pdf->too_big)
        result = vt_bad(list, "PDF-02", (vt_place){0},
                        "Chia văn bản thành nhiều tệp, hoặc bớt tài liệu gửi kèm.",
                        "Tệp PDF sẽ lớn quá 2 GiB hoặc có quá 8 triệu đối tượng");
    else if (pdf->failed || vt_buf_failed(out) || status == HPDF_FAILD_TO_ALLOC_MEM)
        result = vt_nomem(list);
    else if (status != HPDF_OK || pdf->doc->error.error_no != HPDF_OK)
        result =
            vt_fail(list, "PDF-03", (vt_place){0}, NULL,
                    "Thư viện libharu không ghi được tệp PDF (lỗi 0x%04lX)", (unsigned long)status);
    if (result != VT_OK)
        out->len = before;
    close_document(pdf);
    return result;
}
