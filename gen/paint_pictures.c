/*
 * gen/paint_pictures.c - pictures as image objects: the streams come ready from
 * gen/picture.c, opacity as a soft mask (PDF 32000-1, 8.9.5 and 11.6.5.3).
 */
#include "gen/paint.h"

bool vt_paint_shows(const vt_painter *p, const vt_picture *picture) {
    return p->part > 1 || !picture->alpha;
}

/* Rows filtered as PNG filters them; colours as the output intent means them. */
static void rows(const vt_picture *picture, int channels, vt_buf *b) {
    vt_pdf_put(b, "/DecodeParms<</Predictor 15");
    vt_pdf_number(b, "/Colors", channels);
    vt_pdf_number(b, "/Columns", picture->width);
    vt_pdf_put(b, ">>");
}

static vt_buf *begin_image(vt_painter *p, vt_ref object, const vt_picture *picture, int channels) {
    vt_buf *b = vt_pdf_begin(p->pdf, object);

    vt_pdf_put(b, "/Type/XObject/Subtype/Image");
    vt_pdf_number(b, "/Width", picture->width);
    vt_pdf_number(b, "/Height", picture->height);
    vt_pdf_put(b, "/BitsPerComponent 8/ColorSpace");
    vt_pdf_put(b, channels == 1 ? "/DeviceGray" : "/DeviceRGB");
    return b;
}

static void image(vt_painter *p, vt_ref object, const vt_picture *picture) {
    const bool jpeg = picture->samples == picture->file;
    vt_buf *b = begin_image(p, object, picture, picture->channels);

    if (jpeg)
        vt_pdf_put(b, "/Filter/DCTDecode");
    else
        rows(picture, picture->channels, b);
    if (picture->alpha)
        vt_pdf_entry(b, "/SMask", object + 1);
    vt_pdf_end(p->pdf);
    vt_pdf_stream(p->pdf, object, picture->samples, picture->samples_len, !jpeg);
    vt_hasher_add(&p->digest, picture->samples, picture->samples_len);
}

static void opacity(vt_painter *p, vt_ref object, const vt_picture *picture) {
    vt_buf *b = begin_image(p, object, picture, 1);

    rows(picture, 1, b);
    vt_pdf_end(p->pdf);
    vt_pdf_stream(p->pdf, object, picture->alpha, picture->alpha_len, true);
    vt_hasher_add(&p->digest, picture->alpha, picture->alpha_len);
}

vt_status vt_paint_pictures(vt_painter *p) {
    const size_t count = p->layout->picture_count;

    if (!count)
        return VT_OK;
    p->pictures = vt_alloc_array(p->arena, count, sizeof *p->pictures);
    if (!p->pictures)
        return vt_nomem(p->list);
    for (size_t i = 0; i < count; i++) {
        const vt_picture *picture = &p->layout->pictures[i];

        if (!vt_paint_shows(p, picture))
            continue;
        p->pictures[i] = vt_pdf_add(p->pdf, picture->alpha ? 2 : 1);
        image(p, p->pictures[i], picture);
        if (picture->alpha)
            opacity(p, p->pictures[i] + 1, picture);
    }
    return VT_OK;
}
