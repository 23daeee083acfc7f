/*
 * gen/picture_png.c - PNG to the samples a PDF holds.
 *
 * libpng brings palettes, gray of few bits, 16 bits and interlacing to 8 bit
 * gray or RGB; opacity becomes a plane of its own, left out where it is full.
 * Rows are filtered as PNG filters them and deflated one by one, so that a
 * large picture needs a few rows of memory (an interlaced one all).
 */
#include "gen/picture.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define LEVEL 6 /* of zlib: pictures are few, and their bytes many */
#define STREAM_CEILING ((size_t)4 * VT_PICTURE_SAMPLES)
#define CHUNK_BYTES (1u << 20) /* of what comes beside the samples: profiles, notes */

/* One plane of samples as a deflated stream of filtered rows. */
typedef struct plane {
    z_stream zip;
    bool begun;
    int channels;
    size_t row_len;
    uint8_t *row, *above;  /* of the plane: this and the row before */
    uint8_t *trial, *best; /* filter type and filtered row */
    vt_buf out;
} plane;

typedef struct reader {
    vt_decoding *d;
    png_structp png;
    png_infop info;
    size_t at;     /* in the file */
    int channels;  /* of a row: 1 gray, 2 gray and opacity, 3 RGB, 4 RGB and opacity */
    size_t stride; /* bytes of a row */
    uint8_t *rows; /* one row; all of an interlaced picture */
    plane colour, alpha;
    bool opaque, no_memory;
    uint64_t ink[3], inked; /* sums of colour and of opacity */
} reader;

/* ------------------------------------------------------------- filtering -- */

static uint8_t paeth(int left, int above, int corner) {
    const int p = left + above - corner;
    const int a = abs(p - left), b = abs(p - above), c = abs(p - corner);

    return (uint8_t)(a <= b && a <= c ? left : b <= c ? above : corner);
}

/* Filters the row by type 0 none, 1 sub, 2 up, 4 Paeth. */
static void filter(const plane *p, int type, uint8_t *out) {
    const size_t back = (size_t)p->channels, len = p->row_len;
    const uint8_t *row = p->row, *above = p->above;

    *out++ = (uint8_t)type;
    if (type == 0)
        memcpy(out, row, len);
    for (size_t i = 0; type == 1 && i < len; i++)
        out[i] = (uint8_t)(row[i] - (i < back ? 0 : row[i - back]));
    for (size_t i = 0; type == 2 && i < len; i++)
        out[i] = (uint8_t)(row[i] - above[i]);
    for (size_t i = 0; type == 4 && i < len; i++)
        out[i] = (uint8_t)(row[i] -
                           (i < back ? above[i] : paeth(row[i - back], above[i], above[i - back])));
}

/* What is left of a filtered row: the less, the better it will deflate. */
static uint64_t weight(const uint8_t *row, size_t len) {
    uint64_t sum = 0;

    for (size_t i = 1; i <= len; i++)
        sum += row[i] < 128 ? row[i] : 256u - row[i];
    return sum;
}

static bool deflate_some(plane *p, const uint8_t *data, size_t len, int flush) {
    int result;

    p->zip.next_in = (Bytef *)data;
    p->zip.avail_in = (uInt)len;
    do {
        if (!vt_buf_reserve(&p->out, 4096))
            return false;
        p->zip.next_out = (Bytef *)p->out.data + p->out.len;
        p->zip.avail_out = (uInt)(p->out.cap - p->out.len - 1);
        const uInt room = p->zip.avail_out;
        result = deflate(&p->zip, flush);
        p->out.len += room - p->zip.avail_out;
    } while (result == Z_OK && (p->zip.avail_in || p->zip.avail_out == 0 || flush == Z_FINISH));
    return result == Z_OK || result == Z_BUF_ERROR || result == Z_STREAM_END;
}

/* The row at hand goes out in the form that is least. */
static bool plane_row(plane *p) {
    static const int types[] = {0, 1, 2, 4};
    const bool again = memcmp(p->row, p->above, p->row_len) == 0; /* the row before */
    uint64_t least = UINT64_MAX;

    if (again)
        filter(p, 2, p->best);
    for (size_t i = 0; !again && i < sizeof types / sizeof *types; i++) {
        filter(p, types[i], p->trial);
        const uint64_t sum = weight(p->trial, p->row_len);
        if (sum >= least)
            continue;
        least = sum;
        uint8_t *better = p->trial;
        p->trial = p->best;
        p->best = better;
    }
    uint8_t *done = p->row;
    p->row = p->above;
    p->above = done;
    return deflate_some(p, p->best, p->row_len + 1, Z_NO_FLUSH);
}

static bool plane_begin(plane *p, int channels, uint32_t width) {
    p->channels = channels;
    p->row_len = (size_t)width * (size_t)channels;
    vt_buf_init(&p->out, STREAM_CEILING);
    p->row = calloc(1, p->row_len);
    p->above = calloc(1, p->row_len);
    p->trial = calloc(1, p->row_len + 1);
    p->best = calloc(1, p->row_len + 1);
    p->begun = deflateInit(&p->zip, LEVEL) == Z_OK;
    return p->begun && p->row && p->above && p->trial && p->best;
}

static void plane_free(plane *p) {
    if (p->begun)
        deflateEnd(&p->zip);
    free(p->row);
    free(p->above);
    free(p->trial);
    free(p->best);
    if (p->out.data)
        vt_buf_free(&p->out);
}

static bool plane_end(plane *p, vt_arena *arena, const uint8_t **data, size_t *len) {
    if (!deflate_some(p, NULL, 0, Z_FINISH))
        return false;
    *data = (const uint8_t *)vt_strndup(arena, p->out.data, p->out.len);
    *len = p->out.len;
    return *data != NULL;
}

/* --------------------------------------------------------------- reading -- */

static void on_error(png_structp png, png_const_charp message) {
    reader *r = png_get_error_ptr(png);

    r->no_memory = strstr(message, "emory") != NULL;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void give(png_structp png, png_bytep out, png_size_t len) {
    reader *r = png_get_io_ptr(png);

    if (len > r->d->len - r->at)
        png_error(png, "end of file");
    memcpy(out, r->d->data + r->at, len);
    r->at += len;
}

static void add_ink(reader *r, uint32_t x) {
    const uint8_t opacity = r->alpha.row[x];
    const uint32_t colours = (uint32_t)r->colour.channels;

    r->opaque = r->opaque && opacity == 255;
    r->inked += opacity;
    for (uint32_t c = 0; c < 3; c++)
        r->ink[c] += (uint64_t)opacity * r->colour.row[x * colours + (colours == 3 ? c : 0)];
}

/* Colour and opacity of a row, each into its plane. */
static bool take_row(reader *r, const uint8_t *row) {
    const int colours = r->colour.channels;
    const uint32_t width = r->d->out->width;
    const bool alpha = r->channels > colours;

    if (!alpha) {
        memcpy(r->colour.row, row, r->colour.row_len);
        return plane_row(&r->colour);
    }
    for (uint32_t x = 0; x < width; x++) {
        for (int c = 0; c < colours; c++)
            r->colour.row[x * (uint32_t)colours + (uint32_t)c] = *row++;
        r->alpha.row[x] = *row++;
        add_ink(r, x);
    }
    return plane_row(&r->colour) && plane_row(&r->alpha);
}

static void read_header(reader *r) {
    vt_picture *out = r->d->out;
    png_uint_32 across, down;
    int unit;

    png_set_read_fn(r->png, r, give);
    png_set_user_limits(r->png, VT_PICTURE_SIDE, VT_PICTURE_SIDE);
    png_set_chunk_malloc_max(r->png, CHUNK_BYTES);
    png_read_info(r->png, r->info);
    png_set_expand(r->png);
    png_set_scale_16(r->png);
    png_set_interlace_handling(r->png);
    png_read_update_info(r->png, r->info);
    r->channels = png_get_channels(r->png, r->info);
    r->stride = png_get_rowbytes(r->png, r->info);
    out->width = png_get_image_width(r->png, r->info);
    out->height = png_get_image_height(r->png, r->info);
    out->channels = r->channels < 3 ? 1 : 3;
    if (png_get_pHYs(r->png, r->info, &across, &down, &unit) && unit == PNG_RESOLUTION_METER)
        out->dpi = across * 0.0254;
}

/* An interlaced picture comes in passes over all its rows. */
static void read_rows(reader *r) {
    const uint32_t height = r->d->out->height;
    const bool whole = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;
    const int passes = whole ? 7 : 1;

    for (int pass = 0; pass < passes; pass++)
        for (uint32_t y = 0; y < height; y++) {
            uint8_t *row = r->rows + (whole ? y * r->stride : 0);
            png_read_row(r->png, row, NULL);
            if (pass + 1 == passes && !take_row(r, row)) {
                r->no_memory = true;
                return;
            }
        }
    png_read_end(r->png, NULL);
}

static bool allocate(reader *r) {
    const bool whole = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;

    r->rows = calloc(whole ? r->d->out->height : 1, r->stride);
    return r->rows && plane_begin(&r->colour, r->d->out->channels, r->d->out->width) &&
           (r->channels == r->colour.channels || plane_begin(&r->alpha, 1, r->d->out->width));
}

/* False: not a sound PNG, or no memory. */
static bool decode(reader *r) {
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    read_header(r);
    if (!allocate(r)) {
        r->no_memory = true;
        return false;
    }
    read_rows(r);
    return !r->no_memory;
}

static bool finish(reader *r) {
    vt_picture *out = r->d->out;

    if (r->inked)
        out->ink = (vt_rgb){(uint8_t)(r->ink[0] / r->inked), (uint8_t)(r->ink[1] / r->inked),
                            (uint8_t)(r->ink[2] / r->inked)};
    return plane_end(&r->colour, r->d->arena, &out->samples, &out->samples_len) &&
           (!r->alpha.begun || r->opaque ||
            plane_end(&r->alpha, r->d->arena, &out->alpha, &out->alpha_len));
}

static uint32_t big_endian(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

vt_status vt_picture_png(vt_decoding *d) {
    enum { IHDR = 12, WIDTH = 16, HEIGHT = 20, HEADER = 33 };
    reader r = {.d = d, .opaque = true};
    vt_status status;

    if (d->len < HEADER || memcmp(d->data + IHDR, "IHDR", 4) != 0)
        return vt_picture_damaged(d);
    status = vt_picture_admit(d, big_endian(d->data + WIDTH), big_endian(d->data + HEIGHT));
    if (status != VT_OK)
        return status;
    r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, on_error, on_warning);
    r.info = r.png ? png_create_info_struct(r.png) : NULL;
    if (!r.info)
        status = vt_nomem(d->list);
    else if (!decode(&r))
        status = r.no_memory ? vt_nomem(d->list) : vt_picture_damaged(d);
    else if (!finish(&r))
        status = vt_nomem(d->list);
    png_destroy_read_struct(&r.png, &r.info, NULL);
    plane_free(&r.colour);
    plane_free(&r.alpha);
    free(r.rows);
    d->out->mime = "image/png";
    d->out->file = d->data;
    d->out->file_len = d->len;
    return status;
}
