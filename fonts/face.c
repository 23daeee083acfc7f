/*
 * fonts/face.c - checks a TrueType file and reads what layout and PDF need.
 *
 * Cold starts count: tables are checked by their sizes and the loca table by
 * its order, but outlines only when a document first uses them (glyph.c).
 */
#include "fonts/face.h"

#include <string.h>

#define REMEDY_OTHER                                                                               \
    "Thay bằng tệp phông nguyên vẹn, hoặc bỏ cấu hình phông riêng để dùng Liberation Serif."

static vt_status broken(const vt_face_data *face, vt_findings *list, const char *what) {
    return vt_fail(list, "FNT-02", (vt_place){.file = face->file}, REMEDY_OTHER,
                   "Tệp phông “%s” hỏng: %s.", face->file, what);
}

int vt_face_scaled(const vt_face_data *face, int units) {
    int64_t n = (int64_t)units * 1000, half = face->units_per_em / 2;

    return (int)((n < 0 ? n - half : n + half) / (int64_t)face->units_per_em);
}

/* ------------------------------------------------------------- directory -- */

static vt_status find_tables(vt_face_data *face, vt_findings *list) {
    const struct {
        const char *tag;
        vt_table *table;
        size_t least; /* 0: may be absent */
        const char *missing;
    } wanted[] = {
        {"head", &face->head, 54, "thiếu hoặc cụt bảng head"},
        {"hhea", &face->hhea, 36, "thiếu hoặc cụt bảng hhea"},
        {"maxp", &face->maxp, 32, "thiếu hoặc cụt bảng maxp"},
        {"hmtx", &face->hmtx, 4, "thiếu hoặc cụt bảng hmtx"},
        {"loca", &face->loca, 4, "thiếu hoặc cụt bảng loca"},
        {"glyf", &face->glyf, 1, "thiếu bảng glyf"},
        {"cmap", &face->cmap, 4, "thiếu hoặc cụt bảng cmap"},
        {"OS/2", &face->os2, 68, "thiếu hoặc cụt bảng OS/2"},
        {"post", &face->post, 12, "thiếu hoặc cụt bảng post"},
        {"name", &face->name, 6, "thiếu hoặc cụt bảng name"},
        {"GPOS", &face->gpos, 0, NULL},
        {"kern", &face->kern, 0, NULL},
    };
    vt_table file = {face->bytes.data, face->bytes.len};
    unsigned count = vt_u16(file, 4);

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        for (unsigned k = 0; k < count; k++) {
            size_t at = 12 + (size_t)16 * k, offset = vt_u32(file, at + 8);
            size_t len = vt_u32(file, at + 12);

            if (at + 16 > file.len || memcmp(file.data + at, wanted[i].tag, 4) != 0)
                continue;
            if (offset > file.len || len > file.len - offset)
                return broken(face, list, "một bảng nằm ngoài tệp (tệp bị cụt)");
            *wanted[i].table = vt_part(file, offset, len);
            break;
        }
        if (wanted[i].table->len < wanted[i].least)
            return broken(face, list, wanted[i].missing);
    }
    return VT_OK;
}

static vt_status check_kind(const vt_face_data *face, vt_findings *list) {
    vt_table file = {face->bytes.data, face->bytes.len};
    vt_place place = {.file = face->file};

    switch (vt_u32(file, 0)) {
    case 0x00010000:
    case 0x74727565: /* "true" */
        return VT_OK;
    case 0x74746366: /* "ttcf" */
        return vt_fail(list, "FNT-06", place,
                       "Tách thành bốn tệp .ttf riêng rồi đặt vào thư mục phông.",
                       "“%s” là bộ sưu tập phông (.ttc), không dùng được.", face->file);
    case 0x4F54544F: /* "OTTO" */
        return vt_fail(list, "FNT-06", place, "Dùng phông TrueType (.ttf có bảng glyf).",
                       "“%s” là phông OpenType với nét CFF, không dùng được.", face->file);
    default:
        return vt_fail(list, "FNT-06", place, REMEDY_OTHER,
                       "“%s” không phải là tệp phông TrueType.", face->file);
    }
}

/* ---------------------------------------------------------------- tables -- */

static size_t loca_at(const vt_face_data *face, unsigned i) {
    return face->long_loca ? vt_u32(face->loca, (size_t)4 * i)
                           : (size_t)2 * vt_u16(face->loca, (size_t)2 * i);
}

vt_table vt_face_outline(const vt_face_data *face, unsigned glyph) {
    size_t at = loca_at(face, glyph);

    return vt_part(face->glyf, at, loca_at(face, glyph + 1) - at);
}

static vt_status check_loca(const vt_face_data *face, vt_findings *list) {
    size_t before = 0;

    if (face->loca.len / (face->long_loca ? 4 : 2) < (size_t)face->glyphs + 1)
        return broken(face, list, "bảng loca cụt");
    for (unsigned i = 0; i <= face->glyphs; i++) {
        size_t at = loca_at(face, i);

        if (at < before || at > face->glyf.len)
            return broken(face, list, "bảng loca chỉ ra ngoài bảng glyf");
        before = at;
    }
    return VT_OK;
}

static vt_status check_tables(vt_face_data *face, vt_findings *list) {
    size_t widths;

    face->units_per_em = vt_u16(face->head, 18);
    face->glyphs = vt_u16(face->maxp, 4);
    face->hmetrics = vt_u16(face->hhea, 34);
    face->long_loca = vt_u16(face->head, 50) == 1;
    if (vt_u32(face->head, 12) != 0x5F0F3CF5 || vt_u16(face->head, 50) > 1 ||
        vt_u16(face->head, 52) != 0)
        return broken(face, list, "bảng head sai dạng");
    if (face->units_per_em < 16 || face->units_per_em > 16384)
        return broken(face, list, "số đơn vị trên một em ngoài 16–16384");
    if (vt_u32(face->maxp, 0) != 0x00010000 || face->glyphs == 0 || face->glyphs > 65534)
        return broken(face, list, "bảng maxp sai dạng");
    if (face->hmetrics == 0 || face->hmetrics > face->glyphs)
        return broken(face, list, "bảng hhea sai số bề rộng");
    widths = (size_t)4 * face->hmetrics + (size_t)2 * (face->glyphs - face->hmetrics);
    if (face->hmtx.len < widths)
        return broken(face, list, "bảng hmtx cụt");
    return check_loca(face, list);
}

/* OS/2.fsType: what the maker of the font allows. */
static vt_status check_licence(const vt_face_data *face, vt_findings *list) {
    unsigned type = vt_u16(face->os2, 8);
    const char *what = (type & 0xE) == 2 ? "cấm nhúng vào tài liệu"
                       : type & 0x100    ? "cấm nhúng một phần bộ chữ"
                       : type & 0x200    ? "chỉ cho nhúng dạng ảnh điểm"
                                         : NULL;

    if (!what)
        return VT_OK;
    return vt_fail(list, "FNT-03", (vt_place){.file = face->file},
                   "Dùng phông mà giấy phép cho nhúng, như Liberation Serif.",
                   "Giấy phép của phông “%s” %s (OS/2.fsType = 0x%04X).", face->file, what, type);
}

static vt_status load_advances(vt_arena *arena, vt_face_data *face, vt_findings *list) {
    face->advance = vt_alloc_array(arena, face->glyphs, sizeof *face->advance);
    if (!face->advance)
        return vt_nomem(list);
    for (unsigned i = 0; i < face->glyphs; i++) {
        size_t at = (size_t)4 * (i < face->hmetrics ? i : face->hmetrics - 1);

        face->advance[i] = vt_face_scaled(face, (int)vt_u16(face->hmtx, at));
    }
    return VT_OK;
}

/* ----------------------------------------------------------------- names -- */

/* The ASCII part of a name record of Windows (UTF-16BE) or Macintosh. */
static char *name_text(vt_arena *arena, vt_table storage, bool wide) {
    size_t step = wide ? 2 : 1, n = 0;
    char text[64];

    for (size_t at = 0; at + step <= storage.len && n < sizeof text - 1; at += step) {
        unsigned c = wide ? vt_u16(storage, at) : vt_u8(storage, at);

        if (c >= 0x20 && c < 0x7F)
            text[n++] = (char)c;
    }
    return vt_strndup(arena, text, n);
}

/* Name `id` in English; "" when the face has none. */
static char *find_name(vt_arena *arena, const vt_face_data *face, unsigned id) {
    vt_table t = face->name;
    unsigned count = vt_u16(t, 2), best = 0;
    size_t strings = vt_u16(t, 4), best_at = 0;

    for (unsigned i = 0; i < count; i++) {
        size_t at = 6 + (size_t)12 * i;
        unsigned platform = vt_u16(t, at), language = vt_u16(t, at + 4), worth;

        if (at + 12 > t.len)
            break;
        worth = platform == 3 && language == 0x409 ? 3 : platform == 3 ? 2 : platform == 1;
        if (vt_u16(t, at + 6) == id && worth > best) {
            best = worth;
            best_at = at;
        }
    }
    if (!best)
        return vt_strdup(arena, "");
    return name_text(arena, vt_part(t, strings + vt_u16(t, best_at + 10), vt_u16(t, best_at + 8)),
                     best >= 2);
}

/* A PDF name needs no escapes if only these are left. */
static void keep_name_characters(char *s) {
    char *to = s;

    for (; *s; s++) {
        if (*s > ' ' && !strchr("[](){}<>/%#", *s))
            *to++ = *s;
    }
    *to = '\0';
}

static vt_status load_names(vt_arena *arena, vt_face_data *face, vt_findings *list) {
    char *postscript = find_name(arena, face, 6);
    char *family = find_name(arena, face, 16);

    if (family && !*family)
        family = find_name(arena, face, 1);
    if (!postscript || !family)
        return vt_nomem(list);
    keep_name_characters(postscript);
    if (!*postscript || !*family)
        return broken(face, list, "bảng name thiếu tên phông");
    face->info.postscript_name = postscript;
    face->info.family = family;
    return VT_OK;
}

/* --------------------------------------------------------------- metrics -- */

/* Height of a letter's outline, for faces whose OS/2 table does not say it. */
static int letter_height(const vt_face_data *face, uint32_t cp) {
    return vt_i16(vt_face_outline(face, vt_face_glyph(face, cp)), 8);
}

static void load_metrics(vt_face_data *face) {
    vt_face_info *info = &face->info;
    bool heights = vt_u16(face->os2, 0) >= 2 && face->os2.len >= 90;
    unsigned weight = vt_u16(face->os2, 4);
    double angle = (double)(int32_t)vt_u32(face->post, 4) / 65536;
    int cap = heights ? vt_i16(face->os2, 88) : 0, x = heights ? vt_i16(face->os2, 86) : 0;

    info->ascent = vt_face_scaled(face, vt_i16(face->hhea, 4));
    info->descent = vt_face_scaled(face, vt_i16(face->hhea, 6));
    info->cap_height = vt_face_scaled(face, cap > 0 ? cap : letter_height(face, 'H'));
    info->x_height = vt_face_scaled(face, x > 0 ? x : letter_height(face, 'x'));
    info->italic_angle_deg = (int)(angle < 0 ? angle - 0.5 : angle + 0.5);
    for (size_t i = 0; i < 4; i++)
        info->bbox[i] = vt_face_scaled(face, vt_i16(face->head, 36 + 2 * i));
    /* no table says it; an accepted estimate from the weight class (400 -> 87) */
    weight = weight < 100 ? 100 : weight > 900 ? 900 : weight;
    info->stem_v = (int)(50 + weight * weight / (65 * 65));
    info->underline_position = vt_face_scaled(face, vt_i16(face->post, 8));
    info->underline_thickness = vt_face_scaled(face, vt_i16(face->post, 10));
    /* serif unless PANOSE says sans; Identity-H fonts count as symbolic */
    info->pdf_flags = 1u << 2;
    if (!(vt_u8(face->os2, 32) == 2 && vt_u8(face->os2, 33) >= 11))
        info->pdf_flags |= 1u << 1;
    if (info->italic_angle_deg != 0)
        info->pdf_flags |= 1u << 6;
}

/* ------------------------------------------------------------------- all -- */

static vt_status check_repertoire(const vt_face_data *face, vt_findings *list) {
    unsigned missing = 0;
    uint32_t first = 0;
    char letter[5] = "";

    for (size_t i = 0; i < vt_repertoire_required_count; i++) {
        if (vt_face_glyph(face, vt_repertoire_required[i]) == 0 && missing++ == 0)
            first = vt_repertoire_required[i];
    }
    if (!missing)
        return VT_OK;
    vt_utf8_put(first, letter);
    return vt_fail(
        list, "FNT-04", (vt_place){.file = face->file},
        "Cài phông đủ chữ Việt: apt install fonts-liberation2 (Debian 12), fonts-liberation "
        "(Debian 13).",
        "Phông “%s” thiếu %u chữ cần cho văn bản tiếng Việt, trước hết là “%s” (U+%04X).",
        face->file, missing, letter, (unsigned)first);
}

vt_status vt_face_load(vt_arena *arena, vt_face_data *face, vt_findings *list) {
    vt_status status = check_kind(face, list);

    if (status == VT_OK)
        status = find_tables(face, list);
    if (status == VT_OK)
        status = check_tables(face, list);
    if (status == VT_OK)
        status = check_licence(face, list);
    if (status == VT_OK)
        status = load_advances(arena, face, list);
    if (status == VT_OK)
        status = load_names(arena, face, list);
    if (status == VT_OK)
        status = vt_face_cmap(arena, face, list);
    if (status == VT_OK)
        status = check_repertoire(face, list);
    if (status == VT_OK)
        status = vt_face_kerning(arena, face, list);
    if (status != VT_OK)
        return status;
    load_metrics(face);
    face->shapes = vt_alloc_array(arena, face->glyphs, sizeof *face->shapes);
    vt_buf_init(&face->shape_bytes, VT_FONT_FILE_MAX);
    return face->shapes ? VT_OK : vt_nomem(list);
}
