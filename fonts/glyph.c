/*
 * fonts/glyph.c - outlines as they go into PDFs: checked, without instructions.
 *
 * A printed page needs no hints, and without them a face is a third of its
 * size.  Each glyph is treated once, when a document first needs it.
 */
#include "fonts/face.h"

#include <string.h>

enum vt_shape_state { UNKNOWN, BUSY, GOOD, BROKEN };

#define HEADER 10 /* contours and bounding box */

/* Flags of a simple glyph's point. */
#define X_SHORT 0x02
#define Y_SHORT 0x04
#define REPEAT 0x08
#define X_SAME 0x10
#define Y_SAME 0x20

/* Flags of a component. */
#define ARGS_ARE_WORDS 0x0001
#define HAS_SCALE 0x0008
#define MORE 0x0020
#define HAS_TWO_SCALES 0x0040
#define HAS_MATRIX 0x0080
#define HAS_INSTRUCTIONS 0x0100

/* Points of the contours; 0: they do not ascend. */
static unsigned count_points(vt_table t, unsigned contours) {
    unsigned points = 0;

    for (unsigned i = 0; i < contours; i++) {
        unsigned end = vt_u16(t, HEADER + (size_t)2 * i) + 1;

        if (end < points)
            return 0;
        points = end;
    }
    return points;
}

/* Where flags and coordinates that start at `at` end; 0: beyond the table. */
static size_t points_end(vt_table t, size_t at, unsigned points) {
    size_t coordinates = 0;

    for (unsigned done = 0; done < points;) {
        unsigned flags = vt_u8(t, at++), times = 1;

        if (flags & REPEAT)
            times += vt_u8(t, at++);
        if (at > t.len || times > points - done)
            return 0;
        coordinates += times * (size_t)(flags & X_SHORT ? 1 : flags & X_SAME ? 0 : 2);
        coordinates += times * (size_t)(flags & Y_SHORT ? 1 : flags & Y_SAME ? 0 : 2);
        done += times;
    }
    return coordinates <= t.len - at ? at + coordinates : 0;
}

static bool copy_simple(vt_face_data *face, vt_shape *shape, vt_table t) {
    static const char no_instructions[2] = {0, 0};
    unsigned contours = vt_u16(t, 0), points;
    size_t head = HEADER + (size_t)2 * contours, start, end;

    if (contours == 0) /* some tools write a header for a blank */
        return true;
    start = head + 2 + vt_u16(t, head);
    points = count_points(t, contours);
    if (start > t.len || points == 0)
        return false;
    end = points_end(t, start, points);
    if (end == 0)
        return false;
    vt_buf_add(&face->shape_bytes, t.data, head);
    vt_buf_add(&face->shape_bytes, no_instructions, sizeof no_instructions);
    vt_buf_add(&face->shape_bytes, t.data + start, end - start);
    shape->len = (uint32_t)(head + 2 + end - start);
    return true;
}

/* Size of a component's record by its flags. */
static size_t component_size(unsigned flags) {
    return 4 + (size_t)(flags & ARGS_ARE_WORDS ? 4 : 2) +
           (size_t)(flags & HAS_SCALE        ? 2
                    : flags & HAS_TWO_SCALES ? 4
                    : flags & HAS_MATRIX     ? 8
                                             : 0);
}

size_t vt_shape_component(vt_table bytes, size_t *at) {
    size_t record = *at;

    if (record == 0) {
        if (vt_i16(bytes, 0) >= 0)
            return 0;
        record = HEADER;
    } else {
        unsigned flags = vt_u16(bytes, record);

        if (!(flags & MORE))
            return 0;
        record += component_size(flags);
    }
    *at = record;
    return record + 4 <= bytes.len ? record + 2 : 0;
}

static bool load(vt_face_data *face, unsigned glyph, unsigned level);

/* Checks all components; returns where the last one ends, 0: broken. */
static size_t check_components(vt_face_data *face, vt_shape *shape, vt_table t, unsigned level) {
    size_t at = 0, id, end = 0;

    while ((id = vt_shape_component(t, &at)) != 0) {
        unsigned part = vt_u16(t, id);
        const vt_shape *below;

        end = at + component_size(vt_u16(t, at));
        if (end > t.len || part >= face->glyphs || !load(face, part, level + 1))
            return 0;
        below = &face->shapes[part];
        if (below->depth >= shape->depth)
            shape->depth = (uint8_t)(below->depth + 1);
        shape->parts = (uint16_t)(shape->parts + below->parts);
        if (shape->depth > VT_COMPOSITE_DEPTH || shape->parts > VT_COMPOSITE_PARTS)
            return 0;
    }
    /* the walk must have ended behind a last component, not at the table's end */
    return end == at + component_size(vt_u16(t, at)) && !(vt_u16(t, at) & MORE) ? end : 0;
}

static bool copy_composite(vt_face_data *face, vt_shape *shape, vt_table t, unsigned level) {
    size_t end = check_components(face, shape, t, level), at = 0;
    uint8_t *copy;

    if (end == 0)
        return false;
    shape->at = (uint32_t)face->shape_bytes.len; /* behind what the components added */
    vt_buf_add(&face->shape_bytes, t.data, end);
    if (vt_buf_failed(&face->shape_bytes))
        return false;
    shape->len = (uint32_t)end;
    copy = (uint8_t *)face->shape_bytes.data + shape->at;
    while (vt_shape_component(t, &at))
        vt_put16(copy + at, vt_u16(t, at) & ~(unsigned)HAS_INSTRUCTIONS);
    return true;
}

/*
 * A failure is remembered only for the glyph asked for (level 0): its parts
 * may be sound by themselves, their chain being too long only from up there.
 */
static bool load(vt_face_data *face, unsigned glyph, unsigned level) {
    vt_shape *shape = &face->shapes[glyph];
    vt_table t = vt_face_outline(face, glyph);
    bool good;

    if (shape->state == GOOD)
        return true;
    if (shape->state != UNKNOWN || level > VT_COMPOSITE_DEPTH)
        return false;
    *shape = (vt_shape){.at = (uint32_t)face->shape_bytes.len, .state = BUSY};
    if (t.len == 0)
        good = true;
    else if (t.len < HEADER)
        good = false;
    else if (vt_i16(t, 0) < 0)
        good = copy_composite(face, shape, t, level);
    else {
        shape->parts = 1;
        good = copy_simple(face, shape, t);
    }
    if (vt_buf_failed(&face->shape_bytes)) /* no memory: try again another time */
        *shape = (vt_shape){.state = UNKNOWN};
    else if (good)
        shape->state = GOOD;
    else
        *shape = (vt_shape){.state = level ? UNKNOWN : BROKEN};
    return shape->state == GOOD;
}

const vt_shape *vt_shape_get(vt_face_data *face, unsigned glyph) {
    face->shape_bytes.failed = false;
    return load(face, glyph, 0) ? &face->shapes[glyph] : NULL;
}
