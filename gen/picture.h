/*
 * gen/picture.h - picture files: what is let in, and in which form.
 *
 *   picture.c        which file, its limits, once for each document
 *   picture_png.c    PNG of every kind, to 8 bit samples and their opacity
 *   picture_jpeg.c   JPEG as it is, without the notes of cameras and authors
 *   picture_cache.c  what the process has decoded before
 *
 * Limits are tested on the header, before anything is decoded; then the whole
 * file is decoded, so that what stands in a layout is known to be sound.
 */
#ifndef VT_PICTURE_H
#define VT_PICTURE_H

#include "gen/layout.h"

#define VT_PICTURE_BYTES (16u << 20)
#define VT_PICTURE_SIDE 20000u         /* samples */
#define VT_PICTURE_SAMPLES 36000000u   /* in all: A4 at 600 dpi has 34.8 million */
#define VT_PICTURES_SAMPLES 120000000u /* of all pictures of a document: what decoding may cost */
#define VT_PICTURE_SCANS 100           /* of a progressive JPEG; encoders make about ten */

/* A picture being read: what its decoder needs and gives. */
typedef struct vt_decoding {
    vt_arena *arena;
    vt_findings *list;
    vt_place place;
    const char *name; /* of the file, for messages */
    const uint8_t *data;
    size_t len;
    uint64_t used; /* samples of the document's other pictures */
    vt_picture *out;
} vt_decoding;

/* Decodes a PNG or JPEG.  VT_BAD: a finding says what it is not. */
vt_status vt_picture_decode(vt_decoding *d) VT_USED;

/* The decoders; the file begins as one of theirs. */
vt_status vt_picture_png(vt_decoding *d) VT_USED;
vt_status vt_picture_jpeg(vt_decoding *d) VT_USED;

/* Width and height from the header: within the limits? */
vt_status vt_picture_admit(const vt_decoding *d, uint32_t width, uint32_t height) VT_USED;
vt_status vt_picture_damaged(const vt_decoding *d);

/* The file of that hash as decoded before in this process, or NULL.  It lives as
   long as the engine; its path is empty.  Limits are the caller's to test. */
const vt_picture *vt_picture_recall(const vt_engine *engine, const vt_hash *hash);
/* Keeps a copy while there is room. */
void vt_picture_remember(vt_engine *engine, const vt_hash *hash, const vt_picture *picture);

#endif
