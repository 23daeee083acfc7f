/*
 * gen/paint.c - a composed layout becomes a PDF/A-3a, tagged to PDF/UA-1.
 *
 * docs/pdf.md tells what the file holds and why.  Objects come in the order
 * catalogue, pages, Info, fields, fonts, pictures, pages, structure, metadata, files,
 * outlines: the same for every document, so that later acts find them easily.
 */
#include "gen/paint.h"

#include <stdlib.h>
#include <string.h>

#define DEFLATE_LEVEL 1 /* measured: half the time of 6 for 5 to 9 % more bytes of content */
#define CONTENT_CEILING ((size_t)256 << 20) /* of one page */
#define KEEP ((size_t)4 << 20)              /* of a buffer, from document to document */

/* --------------------------------------------------------------- cache -- */

static void free_faces(vt_paint_face faces[VT_FACES]) {
    for (vt_face face = 0; face < VT_FACES; face++) {
        vt_subset_free(faces[face].subset);
        free(faces[face].code);
        free(faces[face].kern);
        free(faces[face].repertoire[0].glyphs);
        free(faces[face].repertoire[1].glyphs);
        free(faces[face].glyphs);
    }
}

void vt_paint_cache_free(struct vt_paint_cache *cache) {
    if (!cache)
        return;
    vt_pdf_free(cache->pdf);
    libdeflate_free_compressor(cache->deflate);
    for (int i = 0; i < VT_ICCS; i++)
        free(cache->icc[i].data);
    free_faces(cache->faces[0]);
    free_faces(cache->faces[1]);
    vt_buf_free(&cache->content);
    vt_buf_free(&cache->source);
    vt_buf_free(&cache->xml);
    free(cache);
}

static vt_status cache_new(vt_findings *list, struct vt_paint_cache **out) {
    struct vt_paint_cache *cache = calloc(1, sizeof *cache);
    vt_status status;

    if (!cache)
        return vt_nomem(list);
    vt_buf_init(&cache->content, CONTENT_CEILING);
    vt_buf_init(&cache->source, VT_MAX_INPUT_BYTES * 8u);
    vt_buf_init(&cache->xml, VT_MAX_INPUT_BYTES);
    status = vt_pdf_new(list, &cache->pdf);
    if (status == VT_OK) {
        cache->deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);
        if (!cache->deflate)
            status = vt_nomem(list);
    }
    if (status == VT_OK)
        *out = cache;
    else
        vt_paint_cache_free(cache);
    return status;
}

static void trim(vt_buf *buf) {
    if (buf->cap > KEEP)
        vt_buf_free(buf);
}

const void *vt_paint_deflate(vt_painter *p, const void *data, size_t len, size_t *out_len) {
    size_t room = libdeflate_zlib_compress_bound(p->cache->deflate, len);
    void *out = vt_alloc(p->arena, room);

    if (!out)
        return NULL;
    *out_len = libdeflate_zlib_compress(p->cache->deflate, data, len, out, room);
    return *out_len ? out : NULL;
}

/* ------------------------------------------------------------------ ID -- */

/* The ID is a hash of all the file is made from: program, tree, pack, fonts,
   options here; page contents and enclosures as they are written. */
static vt_status begin_id(vt_painter *p) {
    const unsigned char options[] = {(unsigned char)p->part, p->no_source, p->shared, p->colour};
    vt_status status;

    vt_hasher_start(&p->digest);
    vt_hasher_add(&p->digest, "vanthu " VT_VERSION, sizeof "vanthu " VT_VERSION);
    vt_hasher_add(&p->digest, options, sizeof options);
    vt_hasher_add(&p->digest, vt_pack_hash(p->pack), sizeof(vt_hash));
    vt_hasher_add(&p->digest, vt_fonts_hash(p->engine->fonts), sizeof(vt_hash));
    vt_buf_clear(&p->cache->source);
    status = vt_doc_write(p->doc, &p->cache->source, p->list);
    if (status != VT_OK)
        return status;
    vt_hasher_add(&p->digest, p->cache->source.data, p->cache->source.len);
    return VT_OK;
}

static void end_id(vt_painter *p, uint8_t id[16]) {
    vt_hash sum;

    vt_hasher_end(&p->digest, &sum);
    memcpy(id, sum.byte, 16);
}

/* -------------------------------------------------------------- layout -- */

vt_status vt_paint_unsound(const vt_painter *p) {
    return vt_fail(p->list, "PDF-08", (vt_place){.file = p->doc->file},
                   "Đây là lỗi của chương trình; xin báo cho người phát triển.",
                   "Các trang đã xếp chữ không hợp lệ, không ghi thành PDF được");
}

static bool is_black(vt_rgb c) {
    return !c.r && !c.g && !c.b;
}

static bool has_colour(const vt_layout *layout) {
    if (layout->form_count)
        return true; /* the seal that is set later is red */
    for (size_t i = 0; i < layout->picture_count; i++)
        if (layout->pictures[i].channels > 1)
            return true;
    for (size_t i = 0; i < layout->page_count; i++) {
        const vt_page *page = &layout->pages[i];

        for (size_t j = 0; j < page->run_count; j++)
            if (!is_black(page->runs[j].colour))
                return true;
        for (size_t j = 0; j < page->mark_count; j++)
            if (!is_black(page->marks[j].colour))
                return true;
    }
    return false;
}

/* --------------------------------------------------------------- paint -- */

static vt_status paint(vt_painter *p, vt_buf *out) {
    uint8_t id[16];
    vt_status status;

    if ((status = vt_paint_profile(p, p->colour ? VT_ICC_RGB : VT_ICC_GRAY)) != VT_OK ||
        (status = begin_id(p)) != VT_OK)
        return status;
    if (p->layout->form_count) /* see paint_forms.c */
        p->fields = vt_pdf_add(p->pdf, 2 * p->layout->form_count + 2);
    if ((status = vt_paint_fonts(p)) != VT_OK || (status = vt_paint_pictures(p)) != VT_OK ||
        (status = vt_paint_pages(p)) != VT_OK || (status = vt_paint_tags(p)) != VT_OK ||
        (status = vt_paint_forms(p)) != VT_OK || (status = vt_paint_meta(p)) != VT_OK ||
        (status = vt_paint_outlines(p)) != VT_OK)
        return status;
    end_id(p, id);
    return vt_pdf_write(p->pdf, id, out, p->list);
}

vt_status vt_paint(vt_engine *engine, const vt_pack *pack, const vt_doc *doc,
                   const vt_layout *layout, const vt_paint_options *options, vt_buf *out,
                   vt_findings *list) {
    static const vt_paint_options plain = {0};
    vt_painter p = {.engine = engine, .pack = pack, .doc = doc, .layout = layout, .list = list};
    vt_status status;

    if (!options)
        options = &plain;
    p.part = options->pdfa_part ? options->pdfa_part : 3;
    p.no_source = options->no_source;
    p.shared = options->shared_subset;
    if (p.part < 1 || p.part > 3)
        return vt_bad(list, "PDF-09", (vt_place){0}, "Chọn phần 2 hoặc 3.",
                      "Không có chuẩn PDF/A phần %d", p.part);
    if (!engine->paint && (status = cache_new(list, &engine->paint)) != VT_OK)
        return status;
    p.cache = engine->paint;
    p.pdf = p.cache->pdf;
    p.arena = vt_pdf_arena(p.pdf);
    if (!vt_layout_sound(layout))
        return vt_paint_unsound(&p);
    if ((status = vt_pdf_open(p.pdf, p.part == 1, list)) != VT_OK)
        return status;
    p.colour = has_colour(layout);
    if (!vt_doc_date(doc, &p.date))
        p.date = (vt_date){0};
    status = paint(&p, out);
    trim(&p.cache->content);
    trim(&p.cache->source);
    return status;
}
