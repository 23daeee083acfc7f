/*
 * tests/tools/pixels.c - do two pictures of a page show the same?
 *
 *   pixels [-s SQUARE] [-l LIMIT] A.png B.png    0: they do; 1: they do not; 2: misuse
 *
 * Programs that draw the same outlines put glyphs on whole or quarter pixels and
 * soften edges each in its way.  So SQUARE x SQUARE pixels first become one (1:
 * as they are), and each of those is compared as the mean of the nine around it,
 * colour by colour.  What is told is the greatest difference, of 255, and where.
 */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CHANNELS = 3, LIMIT = 40, ROUNDING = 1 };

typedef struct picture {
    int width, height;
    unsigned char *pixels;
} picture;

static int load(const char *path, picture *out) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    png_color white = {255, 255, 255};

    if (!png_image_begin_read_from_file(&image, path))
        return 0;
    image.format = PNG_FORMAT_RGB;
    *out = (picture){(int)image.width, (int)image.height, malloc(PNG_IMAGE_SIZE(image))};
    return out->pixels && png_image_finish_read(&image, &white, out->pixels, 0, NULL);
}

/* Squares of pixels become one each; what is left at right and bottom is cut. */
static void shrink(picture *p, int square) {
    int width = p->width / square, height = p->height / square;

    for (int i = 0; i < width * height * CHANNELS; i++) {
        int channel = i % CHANNELS, x = i / CHANNELS % width, y = i / CHANNELS / width, sum = 0;

        for (int k = 0; k < square * square; k++)
            sum += p->pixels[(((size_t)(y * square + k / square)) * (size_t)p->width +
                              (size_t)(x * square + k % square)) *
                                 CHANNELS +
                             (size_t)channel];
        p->pixels[i] = (unsigned char)(sum / (square * square)); /* behind what is still read */
    }
    p->width = width;
    p->height = height;
}

/* Beyond the edge everything is paper. */
static int at(const picture *p, int x, int y, int channel) {
    if (x < 0 || y < 0 || x >= p->width || y >= p->height)
        return 255;
    return p->pixels[((size_t)y * (size_t)p->width + (size_t)x) * CHANNELS + (size_t)channel];
}

static int mean(const picture *p, int x, int y, int channel) {
    int sum = 0;

    for (int i = 0; i < 9; i++)
        sum += at(p, x + i % 3 - 1, y + i / 3 - 1, channel);
    return sum / 9;
}

static int compare(const picture *a, const picture *b, int limit) {
    int worst = 0, x = 0, y = 0;

    if (abs(a->width - b->width) > ROUNDING || abs(a->height - b->height) > ROUNDING) {
        printf("%dx%d is no %dx%d\n", a->width, a->height, b->width, b->height);
        return 1;
    }
    for (int i = 0; i < a->height * a->width * CHANNELS; i++) {
        int column = i / CHANNELS % a->width, row = i / CHANNELS / a->width;
        int difference =
            abs(mean(a, column, row, i % CHANNELS) - mean(b, column, row, i % CHANNELS));

        if (difference > worst) {
            worst = difference;
            x = column;
            y = row;
        }
    }
    printf("%d at %d,%d\n", worst, x, y);
    return worst > limit;
}

int main(int argc, char **argv) {
    picture a, b;
    int square = 1, limit = LIMIT, option, differ;

    while ((option = getopt(argc, argv, "s:l:")) != -1)
        *(option == 's' ? &square : &limit) = (int)strtol(optarg ? optarg : "", NULL, 10);
    if (argc - optind != 2 || square < 1 || !load(argv[optind], &a) ||
        !load(argv[optind + 1], &b)) {
        fputs("pixels [-s SQUARE] [-l LIMIT] A.png B.png\n", stderr);
        return 2;
    }
    shrink(&a, square);
    shrink(&b, square);
    differ = compare(&a, &b, limit);
    free(a.pixels);
    free(b.pixels);
    return differ;
}
