/*
 * Picture files: every kind of PNG and JPEG comes out as the samples it shows,
 * notes of cameras stay outside, and whatever is damaged, too large or strange
 * is refused by name.
 */
#include "gen/picture.h"
#include "help.h"

#include <jpeglib.h>
#include <math.h>
#include <png.h>
#include <zlib.h>

#define SIDE_X 13
#define SIDE_Y 11

typedef struct bytes {
    uint8_t *at;
    size_t len;
} bytes;

typedef struct decoded {
    vt_arena *arena;
    vt_findings *list;
    vt_picture picture;
    vt_status status;
} decoded;

static decoded decode_in(bytes file, size_t ceiling) {
    decoded d = {.arena = vt_arena_new(ceiling), .list = vt_findings_new()};
    vt_decoding how = {.arena = d.arena,
                       .list = d.list,
                       .name = "anh.png",
                       .data = file.at,
                       .len = file.len,
                       .out = &d.picture};

    d.status = vt_picture_decode(&how);
    return d;
}

static decoded decode(bytes file) {
    return decode_in(file, (size_t)64 << 20);
}

static void drop(decoded *d) {
    vt_arena_free(d->arena);
    vt_findings_free(d->list);
}

static void assert_refused(bytes file, const char *id, const char *words) {
    decoded d = decode(file);

    assert_int_equal(d.status, VT_BAD);
    if (!strstr(help_findings(d.list), id) || !strstr(help_findings(d.list), words))
        fail_msg("%s, %s: %s", id, words, help_findings(d.list));
    drop(&d);
}

/* ------------------------------------------------------------- the samples -- */

/* What a PDF reader makes of a stream with Predictor 15. */
static uint8_t *unfiltered(const uint8_t *data, size_t len, uint32_t width, uint32_t height,
                           int channels) {
    const size_t row = (size_t)width * (size_t)channels, back = (size_t)channels;
    uLongf size = (uLongf)((row + 1) * height);
    uint8_t *raw = malloc(size), *out = calloc(height, row);

    assert_int_equal(uncompress(raw, &size, data, (uLong)len), Z_OK);
    assert_int_equal(size, (row + 1) * height);
    for (uint32_t y = 0; y < height; y++)
        for (size_t x = 0; x < row; x++) {
            uint8_t *at = out + y * row + x;
            const int a = x < back ? 0 : at[-(ptrdiff_t)back], b = y ? at[-(ptrdiff_t)row] : 0;
            const int c = x < back || !y ? 0 : at[-(ptrdiff_t)(row + back)];
            const int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
            const int guess[] = {0, a, b, (a + b) / 2, pa <= pb && pa <= pc ? a : pb <= pc ? b : c};
            assert_in_range(raw[y * (row + 1)], 0, 4);
            *at = (uint8_t)(raw[y * (row + 1) + 1 + x] + guess[raw[y * (row + 1)]]);
        }
    free(raw);
    return out;
}

/* -------------------------------------------------------------------- PNG -- */

typedef struct kind {
    int colour, bits;
    bool interlaced, keyed; /* keyed: one colour, or palette entries, see-through */
} kind;

static int channels_of(int colour) {
    return colour == PNG_COLOR_TYPE_GRAY         ? 1
           : colour == PNG_COLOR_TYPE_PALETTE    ? 1
           : colour == PNG_COLOR_TYPE_GRAY_ALPHA ? 2
           : colour == PNG_COLOR_TYPE_RGB        ? 3
                                                 : 4;
}

/* The value of a sample of the test picture, in its own bits. */
static unsigned value(const kind *k, unsigned x, unsigned y, int channel) {
    const unsigned most = (1u << k->bits) - 1, n = x * 37 + y * 101 + (unsigned)channel * 59;

    return k->bits == 16 ? (n * 521) & most : n & most;
}

static png_color palette_entry(unsigned i) {
    return (png_color){(png_byte)(i * 7), (png_byte)(255 - i), (png_byte)(i * 3 + 5)};
}

static void grow(png_structp png, png_bytep data, png_size_t len) {
    vt_buf_add(png_get_io_ptr(png), data, len);
}

static void nothing(png_structp png) {
    (void)png;
}

static void put_row(const kind *k, unsigned y, uint8_t *row) {
    const int channels = channels_of(k->colour);
    size_t bit = 0;

    memset(row, 0, SIDE_X * 8);
    for (unsigned x = 0; x < SIDE_X; x++)
        for (int c = 0; c < channels; c++, bit += (size_t)k->bits) {
            const unsigned v = value(k, x, y, c);
            if (k->bits == 16) {
                row[bit / 8] = (uint8_t)(v >> 8);
                row[bit / 8 + 1] = (uint8_t)v;
            } else {
                row[bit / 8] |= (uint8_t)(v << (8 - (unsigned)k->bits - bit % 8));
            }
        }
}

static void put_header(png_structp png, png_infop info, const kind *k) {
    png_color palette[256];
    png_byte seen[4] = {0, 85, 170, 255};
    const png_color_16 key = {.red = (png_uint_16)value(k, 0, 0, 0),
                              .green = (png_uint_16)value(k, 0, 0, 1),
                              .blue = (png_uint_16)value(k, 0, 0, 2),
                              .gray = (png_uint_16)value(k, 0, 0, 0)};

    png_set_IHDR(png, info, SIDE_X, SIDE_Y, k->bits, k->colour,
                 k->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    for (unsigned i = 0; i < 256; i++)
        palette[i] = palette_entry(i);
    if (k->colour == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, 1 << k->bits);
    if (k->keyed && k->colour == PNG_COLOR_TYPE_PALETTE)
        png_set_tRNS(png, info, seen, k->bits == 1 ? 2 : 4, NULL);
    else if (k->keyed)
        png_set_tRNS(png, info, NULL, 0, &key);
    png_set_pHYs(png, info, 11811, 11811, PNG_RESOLUTION_METER);
}

static bytes make_png(const kind *k) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    uint8_t rows[SIDE_Y][SIDE_X * 8], *pointers[SIDE_Y];
    vt_buf out;

    vt_buf_init(&out, 1 << 20);
    for (unsigned y = 0; y < SIDE_Y; y++) {
        pointers[y] = rows[y];
        put_row(k, y, rows[y]);
    }
    png_set_write_fn(png, &out, grow, nothing);
    put_header(png, info, k);
    png_write_info(png, info);
    png_write_image(png, pointers);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return (bytes){(uint8_t *)out.data, out.len};
}

static int eight_bits(unsigned v, int bits) {
    const unsigned most = (1u << bits) - 1;

    return (int)((v * 255 + most / 2) / most);
}

/* What the picture shows at a place: its channel, or its opacity (-1). */
static int shown(const kind *k, unsigned x, unsigned y, int channel) {
    const bool indexed = k->colour == PNG_COLOR_TYPE_PALETTE;
    const int last = channels_of(k->colour) - 1;
    const unsigned v = value(k, x, y, indexed ? 0 : channel < 0 ? last : channel);

    if (indexed) {
        const png_color c = palette_entry(v);
        return channel < 0 ? (v < 4 ? (int)v * 85 : 255)
                           : (channel == 0   ? c.red
                              : channel == 1 ? c.green
                                             : c.blue);
    }
    if (channel >= 0 || !k->keyed)
        return eight_bits(v, k->bits);
    bool key = true; /* where all channels are those of the key */
    for (int c = 0; c < channels_of(k->colour); c++)
        key = key && value(k, x, y, c) == value(k, 0, 0, c);
    return key ? 0 : 255;
}

static void assert_shows(const kind *k) {
    bytes file = make_png(k);
    decoded d = decode(file);
    const vt_picture *p = &d.picture;
    const bool gray = k->colour == PNG_COLOR_TYPE_GRAY || k->colour == PNG_COLOR_TYPE_GRAY_ALPHA;
    const bool alpha = k->keyed || (k->colour & PNG_COLOR_MASK_ALPHA);

    if (d.status != VT_OK)
        fail_msg("colour %d, %d bits: %s", k->colour, k->bits, help_findings(d.list));
    assert_int_equal(p->width, SIDE_X);
    assert_int_equal(p->height, SIDE_Y);
    assert_int_equal(p->channels, gray ? 1 : 3);
    assert_int_equal(lround(p->dpi), 300);
    assert_int_equal(p->alpha != NULL, alpha);
    uint8_t *colours = unfiltered(p->samples, p->samples_len, SIDE_X, SIDE_Y, p->channels);
    uint8_t *seen = alpha ? unfiltered(p->alpha, p->alpha_len, SIDE_X, SIDE_Y, 1) : NULL;
    for (unsigned y = 0; y < SIDE_Y; y++)
        for (unsigned x = 0; x < SIDE_X; x++) {
            for (int c = 0; c < p->channels; c++)
                if (colours[(y * SIDE_X + x) * (unsigned)p->channels + (unsigned)c] !=
                    shown(k, x, y, c))
                    fail_msg("colour %d, %d bits: sample %u %u", k->colour, k->bits, x, y);
            if (seen && seen[y * SIDE_X + x] != shown(k, x, y, -1))
                fail_msg("colour %d, %d bits: opacity %u %u is %d, not %d", k->colour, k->bits, x,
                         y, seen[y * SIDE_X + x], shown(k, x, y, -1));
        }
    free(colours);
    free(seen);
    free(file.at);
    drop(&d);
}

static void every_kind_of_png_becomes_8_bit_samples(void **state) {
    static const struct {
        int colour, least, most;
    } kinds[] = {{PNG_COLOR_TYPE_GRAY, 1, 16},
                 {PNG_COLOR_TYPE_PALETTE, 1, 8},
                 {PNG_COLOR_TYPE_RGB, 8, 16},
                 {PNG_COLOR_TYPE_GRAY_ALPHA, 8, 16},
                 {PNG_COLOR_TYPE_RGB_ALPHA, 8, 16}};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (int bits = kinds[i].least; bits <= kinds[i].most; bits *= 2)
            for (int way = 0; way < 4; way++) {
                const kind k = {kinds[i].colour, bits, way & 1, way & 2};
                if (!k.keyed || !(k.colour & PNG_COLOR_MASK_ALPHA))
                    assert_shows(&k);
            }
}

/* A channel of opacity that hides nothing would make a PDF transparent for nothing. */
static void full_opacity_is_left_out(void **state) {
    const uint8_t opaque[] = {10, 20, 30, 255, 40, 50, 60, 255};
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = 2, .height = 1, .format = PNG_FORMAT_RGBA};
    uint8_t out[1024];
    png_alloc_size_t len = sizeof out;

    (void)state;
    assert_true(png_image_write_to_memory(&image, out, &len, 0, opaque, 0, NULL));
    decoded d = decode((bytes){out, len});
    assert_int_equal(d.status, VT_OK);
    assert_int_equal(d.picture.channels, 3);
    assert_null(d.picture.alpha);
    drop(&d);
}

/* ------------------------------------------------------------------- JPEG -- */

typedef struct jpeg_kind {
    int channels;
    bool progressive;
    int scans; /* beyond what an encoder makes: 0 its own */
} jpeg_kind;

static void write_rows(j_compress_ptr j) {
    uint8_t row[64 * 4], *rows = row;

    while (j->next_scanline < j->image_height) {
        for (unsigned i = 0; i < sizeof row; i++)
            row[i] = (uint8_t)(i * 3 + j->next_scanline * 5);
        jpeg_write_scanlines(j, &rows, 1);
    }
}

/* `note` is written as that marker, when there is one. */
static bytes make_jpeg(const jpeg_kind *k, int marker, const char *note, size_t note_len) {
    struct jpeg_compress_struct j;
    struct jpeg_error_mgr errors;
    bytes out = {0};
    unsigned long len = 0;

    j.err = jpeg_std_error(&errors);
    jpeg_create_compress(&j);
    jpeg_mem_dest(&j, &out.at, &len);
    j.image_width = 40;
    j.image_height = 24;
    j.input_components = k->channels;
    j.in_color_space = k->channels == 1 ? JCS_GRAYSCALE : k->channels == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&j);
    j.density_unit = 1;
    j.X_density = j.Y_density = 200;
    if (k->progressive)
        jpeg_simple_progression(&j);
    jpeg_start_compress(&j, TRUE);
    if (note)
        jpeg_write_marker(&j, marker, (const JOCTET *)note, (unsigned)note_len);
    write_rows(&j);
    jpeg_finish_compress(&j);
    jpeg_destroy_compress(&j);
    out.len = len;
    return out;
}

static bool holds(const uint8_t *data, size_t len, const char *words) {
    const size_t n = strlen(words);

    for (size_t i = 0; i + n <= len; i++)
        if (memcmp(data + i, words, n) == 0)
            return true;
    return false;
}

static void a_jpeg_is_embedded_as_it_is(void **state) {
    (void)state;
    for (int way = 0; way < 4; way++) {
        const jpeg_kind k = {.channels = way & 1 ? 3 : 1, .progressive = way & 2};
        bytes file = make_jpeg(&k, 0, NULL, 0);
        decoded d = decode(file);
        assert_int_equal(d.status, VT_OK);
        assert_int_equal(d.picture.channels, k.channels);
        assert_int_equal(d.picture.width, 40);
        assert_int_equal(d.picture.height, 24);
        assert_int_equal(d.picture.dpi, 200);
        assert_null(d.picture.alpha);
        assert_int_equal(d.picture.samples_len, file.len);
        assert_memory_equal(d.picture.samples, file.at, file.len);
        assert_ptr_equal(d.picture.samples, d.picture.file);
        drop(&d);
        free(file.at);
    }
}

/* Where a photograph was taken, by whom and with what is nobody's business. */
static void notes_of_cameras_stay_outside(void **state) {
    static const char where[] = "Exif\0\0MM\0*\0\0\0\x08\0\0 GPS 21.0285 105.8542";
    static const struct {
        int marker;
        const char *words;
        size_t len;
    } notes[] = {{JPEG_APP0 + 1, where, sizeof where},
                 {JPEG_APP0 + 1, "http://ns.adobe.com/xap/1.0/ GPS", 32},
                 {JPEG_APP0 + 2, "ICC_PROFILE GPS", 15},
                 {JPEG_APP0 + 13, "Photoshop 3.0 GPS", 17},
                 {JPEG_COM, "chup boi may GPS", 16}};
    const jpeg_kind k = {.channels = 3};
    bytes bare = make_jpeg(&k, 0, NULL, 0);

    (void)state;
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        bytes file = make_jpeg(&k, notes[i].marker, notes[i].words, notes[i].len);
        decoded d = decode(file);
        assert_int_equal(d.status, VT_OK);
        assert_true(holds(file.at, file.len, "GPS"));
        assert_false(holds(d.picture.file, d.picture.file_len, "GPS"));
        assert_int_equal(d.picture.file_len, bare.len);
        assert_memory_equal(d.picture.file, bare.at, bare.len);
        drop(&d);
        free(file.at);
    }
    free(bare.at);
}

/* A telephone held upright stores its picture lying and says so. */
static void orientation_becomes_turns(void **state) {
    static const int turns[] = {0, 0, 0, 2, 2, 3, 1, 1, 3};
    static const bool mirrored[] = {0, 0, 1, 0, 1, 1, 0, 1, 0};
    static const char big[] =
        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x09\0\0\0\0\0";
    static const char little[] =
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0\0\0\0";
    const jpeg_kind k = {.channels = 3};

    (void)state;
    for (int i = 1; i <= 8; i++)
        for (int order = 0; order < 2; order++) {
            char note[sizeof big];
            memcpy(note, order ? little : big, sizeof note);
            for (size_t at = 14; at < sizeof note; at++)
                note[at] = note[at] == '\t' ? (char)i : note[at];
            bytes file = make_jpeg(&k, JPEG_APP0 + 1, note, sizeof note - 1);
            decoded d = decode(file);
            assert_int_equal(d.status, VT_OK);
            assert_int_equal(d.picture.turn, turns[i]);
            assert_int_equal(d.picture.mirrored, mirrored[i]);
            drop(&d);
            free(file.at);
        }
}

static void colours_of_printers_are_refused(void **state) {
    const jpeg_kind k = {.channels = 4};
    bytes file = make_jpeg(&k, 0, NULL, 0);

    (void)state;
    assert_refused(file, "HINH-06", "CMYK");
    free(file.at);
}

/* --------------------------------------------------------------- the limits -- */

/* A header that promises too much is refused before anything is decoded. */
static void a_picture_of_60000_by_60000_is_refused(void **state) {
    const kind k = {PNG_COLOR_TYPE_GRAY, 8, false, false};
    const jpeg_kind jk = {.channels = 1};
    bytes png = make_png(&k), jpeg = make_jpeg(&jk, 0, NULL, 0);

    (void)state;
    memcpy(png.at + 16, "\0\0\xEA\x60\0\0\xEA\x60", 8);
    assert_refused(png, "HINH-03", "60000 × 60000");
    memcpy(png.at + 16, "\0\0\x4E\x21\0\0\0\x01", 8); /* one sample too wide */
    assert_refused(png, "HINH-03", "20001 × 1");
    memcpy(png.at + 16, "\0\0\x17\x71\0\0\x17\x70", 8); /* one column beyond the sum */
    assert_refused(png, "HINH-03", "6001 × 6000");
    memcpy(png.at + 16, "\0\0\0\0\0\0\0\x01", 8);
    assert_refused(png, "HINH-04", "hỏng");
    for (size_t i = 0; i + 9 < jpeg.len; i++)
        if (jpeg.at[i] == 0xFF && jpeg.at[i + 1] == 0xC0)
            memcpy(jpeg.at + i + 5, "\xEA\x60\xEA\x60", 4);
    assert_refused(jpeg, "HINH-03", "60000 × 60000");
    free(png.at);
    free(jpeg.at);
}

/* Many pictures, each within the limits, are a bomb too. */
static void all_pictures_of_a_document_have_a_limit(void **state) {
    const kind k = {PNG_COLOR_TYPE_GRAY, 8, false, false};
    bytes file = make_png(&k);

    (void)state;
    for (int over = 0; over < 2; over++) {
        decoded d = {.arena = vt_arena_new(1 << 20), .list = vt_findings_new()};
        vt_decoding how = {.arena = d.arena,
                           .list = d.list,
                           .name = "anh.png",
                           .data = file.at,
                           .len = file.len,
                           .used = VT_PICTURES_SAMPLES - SIDE_X * SIDE_Y + (unsigned)over,
                           .out = &d.picture};
        assert_int_equal(vt_picture_decode(&how), over ? VT_BAD : VT_OK);
        assert_int_equal(over, strstr(help_findings(d.list), "HINH-05") != NULL);
        drop(&d);
    }
    free(file.at);
}

/* A header alone, with few bytes behind it, costs little and is a damaged file. */
static void a_picture_that_promises_more_than_it_holds(void **state) {
    const kind k = {PNG_COLOR_TYPE_RGB_ALPHA, 8, false, false};
    bytes png = make_png(&k);

    (void)state;
    memcpy(png.at + 16, "\0\0\x17\x70\0\0\x17\x70", 8);
    const uLong crc = crc32(0, png.at + 12, 17);
    for (int i = 0; i < 4; i++)
        png.at[29 + i] = (uint8_t)(crc >> (24 - 8 * i));
    assert_refused(png, "HINH-04", "hỏng");
    free(png.at);
}

/* --------------------------------------------------------------- the damaged -- */

/* A progressive file without its last scans still is a picture to libjpeg; it
   has no end, and so it is cut. */
static void a_file_that_is_cut_is_refused_wherever(void **state) {
    const kind kinds[] = {{PNG_COLOR_TYPE_RGB, 8, false, false},
                          {PNG_COLOR_TYPE_PALETTE, 2, true, true}};
    const jpeg_kind jpegs[] = {{.channels = 3}, {.channels = 1, .progressive = true}};

    (void)state;
    for (int i = 0; i < 4; i++) {
        bytes file = i < 2 ? make_png(&kinds[i]) : make_jpeg(&jpegs[i - 2], 0, NULL, 0);
        for (size_t len = 0; len < file.len; len++) {
            bytes cut = {malloc(len + 1), len};
            memcpy(cut.at, file.at, len);
            decoded d = decode(cut);
            if (d.status != VT_BAD)
                fail_msg("file %d, cut at %zu of %zu", i, len, file.len);
            drop(&d);
            free(cut.at);
        }
        free(file.at);
    }
}

/* Whatever bytes: a picture, or a reason. */
static void damaged_files_are_survived(void **state) {
    const kind k = {PNG_COLOR_TYPE_RGB_ALPHA, 16, true, false};
    const jpeg_kind j = {.channels = 3, .progressive = true};
    uint64_t seed = 42;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        bytes file = round & 1 ? make_png(&k) : make_jpeg(&j, JPEG_COM, "ghi", 3);
        for (int spoilt = 0; spoilt < 3; spoilt++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            file.at[(seed >> 33) % file.len] = (uint8_t)(seed >> 20);
        }
        decoded d = decode(file);
        assert_true(d.status == VT_OK || vt_findings_errors(d.list) == 1);
        drop(&d);
        free(file.at);
    }
}

static void what_is_no_picture_is_named(void **state) {
    (void)state;
    assert_refused((bytes){(uint8_t *)"GIF89a..........", 16}, "HINH-02", "PNG hay JPEG");
    assert_refused((bytes){(uint8_t *)"", 0}, "HINH-02", "PNG hay JPEG");
}

static void memory_may_end_anywhere(void **state) {
    const kind k = {PNG_COLOR_TYPE_RGB_ALPHA, 8, false, false};
    const jpeg_kind j = {.channels = 3};

    (void)state;
    for (int i = 0; i < 2; i++) {
        bytes file = i ? make_png(&k) : make_jpeg(&j, 0, NULL, 0);
        vt_status status = VT_FAIL;
        for (size_t ceiling = 16; status != VT_OK; ceiling += 64) {
            decoded d = decode_in(file, ceiling);
            status = d.status;
            assert_true(status == VT_OK || status == VT_FAIL);
            drop(&d);
        }
        free(file.at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_png_becomes_8_bit_samples),
        cmocka_unit_test(full_opacity_is_left_out),
        cmocka_unit_test(a_jpeg_is_embedded_as_it_is),
        cmocka_unit_test(notes_of_cameras_stay_outside),
        cmocka_unit_test(orientation_becomes_turns),
        cmocka_unit_test(colours_of_printers_are_refused),
        cmocka_unit_test(a_picture_of_60000_by_60000_is_refused),
        cmocka_unit_test(all_pictures_of_a_document_have_a_limit),
        cmocka_unit_test(a_picture_that_promises_more_than_it_holds),
        cmocka_unit_test(a_file_that_is_cut_is_refused_wherever),
        cmocka_unit_test(damaged_files_are_survived),
        cmocka_unit_test(what_is_no_picture_is_named),
        cmocka_unit_test(memory_may_end_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
