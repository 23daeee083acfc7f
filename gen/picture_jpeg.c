/*
 * gen/picture_jpeg.c - JPEG: checked, and embedded as it is.
 *
 * A JPEG goes into the PDF without being coded anew.  What cameras and programs
 * wrote beside the picture (place, time, owner, thumbnails, comments) is left
 * out: an official document must not carry it.  Of it only the orientation is
 * kept, as quarter turns.
 */
#include "gen/picture.h"

#include <setjmp.h>
#include <stdio.h> /* before jpeglib.h, which needs FILE */
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

/* Markers (ITU T.81, table B.1). */
enum {
    TEM = 0x01,
    RST0 = 0xD0,
    RST7 = 0xD7,
    SOI = 0xD8,
    EOI = 0xD9,
    SOS = 0xDA,
    APP0 = 0xE0,
    APP1 = 0xE1,
    APP14 = 0xEE,
    APP15 = 0xEF,
    COM = 0xFE
};

/* ------------------------------------------------------------ orientation -- */

typedef struct tiff {
    const uint8_t *at;
    size_t len;
    bool little;
} tiff;

static uint32_t number(const tiff *t, size_t at, int bytes) {
    uint32_t n = 0;

    if (at > t->len || t->len - at < (size_t)bytes)
        return 0;
    for (int i = 0; i < bytes; i++)
        n = n << 8 | t->at[at + (size_t)(t->little ? bytes - 1 - i : i)];
    return n;
}

/* Exif's orientation, 1 to 8; 1 where there is none. */
static int orientation(const uint8_t *data, size_t len) {
    enum { ENTRY = 12, ORIENTATION = 0x0112 };
    const tiff t = {data + 6, len - 6, data[6] == 'I'};
    const uint32_t ifd = number(&t, 4, 4), entries = number(&t, ifd, 2);

    for (uint32_t i = 0; i < entries && i < 256; i++) {
        const size_t at = (size_t)ifd + 2 + (size_t)i * ENTRY;
        const uint32_t value = number(&t, at + 8, 2);
        if (number(&t, at, 2) == ORIENTATION)
            return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

/* --------------------------------------------------------------- segments -- */

typedef struct cleaner {
    const uint8_t *data;
    size_t len, at;
    uint8_t *out;
    size_t out_len;
    int orientation;
} cleaner;

static void keep(cleaner *c, size_t from, size_t end) {
    memcpy(c->out + c->out_len, c->data + from, end - from);
    c->out_len += end - from;
}

static bool begins(const uint8_t *data, size_t len, const char *words) {
    const size_t n = strlen(words) + 1; /* their NUL stands in the file */

    return len >= n && memcmp(data, words, n) == 0;
}

/* A segment without which the picture is the same. */
static bool is_note(cleaner *c, int marker, const uint8_t *data, size_t len) {
    if (marker == COM)
        return true;
    if (marker < APP0 || marker > APP15)
        return false;
    if (marker == APP1 && len > 14 && begins(data, len, "Exif"))
        c->orientation = orientation(data, len);
    return !(marker == APP0 && begins(data, len, "JFIF")) &&
           !(marker == APP14 && len >= 5 && memcmp(data, "Adobe", 5) == 0);
}

/* Entropy-coded data up to the next marker that is none of its own. */
static void keep_scan(cleaner *c) {
    const size_t from = c->at;

    while (c->at + 1 < c->len) {
        const int next = c->data[c->at + 1];
        if (c->data[c->at] == 0xFF && next != 0 && next != 0xFF && (next < RST0 || next > RST7))
            break;
        c->at++;
    }
    keep(c, from, c->at);
}

/* One marker with its segment; false: the file ends before the picture does. */
static bool keep_segment(cleaner *c, int marker) {
    const size_t from = c->at;

    if (marker == TEM || (marker >= RST0 && marker <= SOI)) {
        keep(c, from, c->at += 2);
        return true;
    }
    if (c->len - c->at < 4)
        return false;
    const size_t len = (size_t)c->data[from + 2] << 8 | c->data[from + 3];
    if (len < 2 || len > c->len - from - 2)
        return false;
    c->at = from + 2 + len;
    if (!is_note(c, marker, c->data + from + 4, len - 2))
        keep(c, from, c->at);
    if (marker == SOS)
        keep_scan(c);
    return true;
}

/* The picture from its first marker to its end, notes left out. */
static bool clean(cleaner *c) {
    while (c->len - c->at >= 2) {
        if (c->data[c->at] != 0xFF)
            return false;
        const int marker = c->data[c->at + 1];
        if (marker == 0xFF) { /* a marker may be led by more of these */
            c->at++;
            continue;
        }
        if (marker == EOI) {
            keep(c, c->at, c->at + 2);
            return true;
        }
        if (!keep_segment(c, marker))
            return false;
    }
    return false;
}

/* --------------------------------------------------------------- decoding -- */

typedef struct decoder {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf out;
    bool no_memory;
} decoder;

static void on_error(j_common_ptr jpeg) {
    decoder *d = jpeg->client_data;

    d->no_memory = jpeg->err->msg_code == JERR_OUT_OF_MEMORY;
    longjmp(d->out, 1);
}

/* A warning tells that samples are guessed; what stands between segments does not. */
static void on_message(j_common_ptr jpeg, int level) {
    const int code = jpeg->err->msg_code;

    if (level < 0 && code != JWRN_EXTRANEOUS_DATA && code != JWRN_JFIF_MAJOR)
        on_error(jpeg);
}

static void on_progress(j_common_ptr jpeg) {
    if (((j_decompress_ptr)jpeg)->input_scan_number > VT_PICTURE_SCANS)
        on_error(jpeg);
}

static vt_status refuse_colours(const vt_decoding *d, const char *what) {
    return vt_bad(d->list, "HINH-06", d->place, "Lưu lại ảnh ở hệ màu RGB hoặc thang xám, 8 bit.",
                  "Ảnh JPEG “%s” %s.", d->name, what);
}

/* What a PDF and a browser show alike. */
static vt_status admit(const vt_decoding *d, const decoder *dec) {
    const struct jpeg_decompress_struct *j = &dec->jpeg;
    const vt_status status = vt_picture_admit(d, j->image_width, j->image_height);

    if (status != VT_OK)
        return status;
    if (j->data_precision != 8 || j->arith_code)
        return refuse_colours(d, "có cách nén ít phần mềm đọc được");
    if (j->jpeg_color_space == JCS_CMYK || j->jpeg_color_space == JCS_YCCK)
        return refuse_colours(d, "ở hệ màu CMYK của nhà in");
    if (j->jpeg_color_space != JCS_GRAYSCALE && j->jpeg_color_space != JCS_YCbCr &&
        !(j->jpeg_color_space == JCS_RGB && j->saw_Adobe_marker))
        return refuse_colours(d, "có hệ màu không thông dụng");
    return VT_OK;
}

static void describe(vt_picture *out, const struct jpeg_decompress_struct *j) {
    out->width = j->image_width;
    out->height = j->image_height;
    out->channels = j->jpeg_color_space == JCS_GRAYSCALE ? 1 : 3;
    out->dpi = j->density_unit == 1 ? j->X_density : j->density_unit == 2 ? j->X_density * 2.54 : 0;
}

/* All samples are decoded and none is kept. */
static vt_status read_through(vt_decoding *d, decoder *dec, const uint8_t *data, size_t len) {
    j_decompress_ptr j = &dec->jpeg;
    vt_status status;

    if (setjmp(dec->out))
        return dec->no_memory ? vt_nomem(d->list) : vt_picture_damaged(d);
    jpeg_create_decompress(j);
    j->progress = &dec->progress;
    jpeg_mem_src(j, data, (unsigned long)len);
    jpeg_read_header(j, TRUE);
    status = admit(d, dec);
    if (status != VT_OK)
        return status;
    describe(d->out, j);
    j->out_color_space = j->jpeg_color_space;
    jpeg_start_decompress(j);
    JSAMPARRAY row = (*j->mem->alloc_sarray)((j_common_ptr)j, JPOOL_IMAGE,
                                             j->output_width * (JDIMENSION)j->output_components, 1);
    while (j->output_scanline < j->output_height)
        jpeg_read_scanlines(j, row, 1);
    jpeg_finish_decompress(j);
    return VT_OK;
}

static vt_status decode(vt_decoding *d, const uint8_t *data, size_t len) {
    decoder dec = {.progress = {.progress_monitor = on_progress}};
    vt_status status;

    dec.jpeg.err = jpeg_std_error(&dec.errors);
    dec.jpeg.client_data = &dec;
    dec.errors.error_exit = on_error;
    dec.errors.emit_message = on_message;
    status = read_through(d, &dec, data, len);
    jpeg_destroy_decompress(&dec.jpeg);
    return status;
}

/* Exif's eight: quarter turns clockwise, the mirrored ones (of scanners, of
   pictures taken of oneself) mirrored before they are turned. */
static void orient(vt_picture *out, int exif) {
    static const int turns[9] = {0, 0, 0, 2, 2, 3, 1, 1, 3};

    out->turn = turns[exif];
    out->mirrored = exif == 2 || exif == 4 || exif == 5 || exif == 7;
}

vt_status vt_picture_jpeg(vt_decoding *d) {
    cleaner c = {.data = d->data, .len = d->len, .orientation = 1};

    c.out = vt_alloc(d->arena, d->len);
    if (!c.out)
        return vt_nomem(d->list);
    if (!clean(&c))
        return vt_picture_damaged(d);
    d->out->mime = "image/jpeg";
    d->out->file = d->out->samples = c.out;
    d->out->file_len = d->out->samples_len = c.out_len;
    orient(d->out, c.orientation);
    return decode(d, c.out, c.out_len);
}
