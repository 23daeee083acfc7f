/*
 * gen/import_door.c - a draft's bytes made UTF-8, NFC: UTF-16, Windows code
 * pages and the encodings of the time before Unicode are recognised and said;
 * files that hold no plain text are refused by name.
 */
#include "gen/import.h"

#include <string.h>
#include <unicode/ucnv.h>

/* ------------------------------------------------------- not plain text -- */

typedef struct vt_foreign {
    const char *begins;
    size_t len;
    const char *what, *remedy;
} vt_foreign;

#define SAVE_AS "Mở tệp ấy, chọn hết rồi dán sang một tệp .txt, lưu bằng mã UTF-8."
static const vt_foreign foreign[] = {
    {"PK\3\4", 4, "tệp Word (.docx), Excel hoặc tệp nén", SAVE_AS},
    {"\xD0\xCF\x11\xE0", 4, "tệp Word đời cũ (.doc)", SAVE_AS},
    {"%PDF", 4, "tệp PDF", SAVE_AS},
    {"{\\rtf", 5, "tệp RTF", SAVE_AS},
    {"<!DOCTYPE", 9, "trang HTML", SAVE_AS},
    {"<html", 5, "trang HTML", SAVE_AS},
    {"<?xml", 5, "tệp XML",
     "Văn bản đã ở định dạng XML thì dùng thẳng: vanthu check, vanthu render."},
    {"\xFF\xD8\xFF", 3, "ảnh JPEG", "Nhận dạng chữ trong ảnh trước, rồi đưa phần chữ vào."},
    {"\x89PNG", 4, "ảnh PNG", "Nhận dạng chữ trong ảnh trước, rồi đưa phần chữ vào."},
};

static vt_status refuse(vt_draft *d, int line, const char *remedy, const char *what) {
    return vt_bad(d->list, "NHAP-01", (vt_place){d->file, line, NULL}, remedy, "%s", what);
}

static vt_status check_kind(vt_draft *d, const char *s, size_t len) {
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (len >= foreign[i].len && memcmp(s, foreign[i].begins, foreign[i].len) == 0)
            return vt_bad(d->list, "NHAP-01", (vt_place){d->file, 0, NULL}, foreign[i].remedy,
                          "Đây là %s, không phải văn bản chữ thuần.", foreign[i].what);
    return VT_OK;
}

/* -------------------------------------------------------------- decoding -- */

/* By ICU, into the arena.  NULL: no memory, or no such converter. */
static char *decode(vt_draft *d, const char *from, const char *s, size_t len, size_t *out) {
    const size_t room = 3 * len + 16;
    UErrorCode err = U_ZERO_ERROR;
    char *text = vt_alloc(d->arena, room);

    if (!text)
        return NULL;
    const int32_t n = ucnv_convert("UTF-8", from, text, (int32_t)room - 1, s, (int32_t)len, &err);
    if (U_FAILURE(err) || n < 0)
        return NULL;
    *out = (size_t)n;
    return text;
}

static void converted(vt_draft *d, int line, const char *from) {
    vt_place place = {d->file, line, NULL};
    const vt_finding f = {
        .severity = VT_INFO,
        .id = "NHAP-02",
        .place = place,
        .message = vt_printf(d->arena, "Chữ ở bảng mã %s, đã đổi sang Unicode.", from),
        .remedy = "Đọc lướt lại xem có chữ nào đổi sai.",
    };

    if (f.message)
        vt_find(d->list, &f);
}

/* UTF-16 without a mark: every second byte of its Latin letters is zero. */
static const char *wide(const unsigned char *s, size_t len) {
    size_t zeros[2] = {0, 0};

    if (len >= 2 && s[0] == 0xFF && s[1] == 0xFE)
        return "UTF-16LE";
    if (len >= 2 && s[0] == 0xFE && s[1] == 0xFF)
        return "UTF-16BE";
    for (size_t i = 0; i < len; i++)
        zeros[i & 1] += !s[i];
    if (zeros[1] > len / 8 && zeros[0] < len / 64)
        return "UTF-16LE";
    return zeros[0] > len / 8 && zeros[1] < len / 64 ? "UTF-16BE" : NULL;
}

static int line_at(const char *s, size_t at) {
    int line = 1;

    for (size_t i = 0; i < at; i++)
        line += s[i] == '\n';
    return line;
}

/* Letters that only Vietnamese has, U+1EA0..1EF9 and the horned ones. */
static size_t vietnamese(const char *s, size_t len) {
    const char *end = s + len;
    size_t n = 0;

    while (s < end) {
        const uint32_t cp = vt_utf8_next(&s, end);
        n += (cp >= 0x1EA0 && cp <= 0x1EF9) || cp == 0x111 || cp == 0x1A1 || cp == 0x1B0;
    }
    return n;
}

/* How many sequences of two bytes and more are UTF-8, how many bytes are not. */
static void count_utf8(const char *s, size_t len, size_t *good, size_t *bad) {
    const char *end = s + len;

    *good = *bad = 0;
    while (s < end) {
        const char *from = s;
        const uint32_t cp = vt_utf8_next(&s, end);
        *good += s - from > 1;
        *bad += cp == 0xFFFD && s - from == 1;
    }
}

/* A few broken letters in a file of UTF-8 (cut in the middle, say): the lines
   say where they were. */
static vt_status mend(vt_draft *d, const char **text, size_t *len) {
    const char *s = *text, *end = s + *len;
    char *whole = vt_alloc(d->arena, 3 * *len + 1), *to = whole;

    if (!whole)
        return vt_nomem(d->list);
    while (s < end)
        to += vt_utf8_put(vt_utf8_next(&s, end), to);
    *text = whole;
    *len = (size_t)(to - whole);
    return VT_OK;
}

/* Bytes that are not UTF-8: VNI or TCVN3, else Windows-1258. */
static vt_status decode_bytes(vt_draft *d, size_t bad_at, const char **text, size_t *len) {
    size_t n = 0, nfc_len = 0, good, bad;

    count_utf8(*text, *len, &good, &bad);
    if (good > 16 * bad)
        return mend(d, text, len);
    char *west = decode(d, "windows-1252", *text, *len, &n);
    const vt_legacy legacy = west ? vt_text_legacy(west, n) : VT_LEGACY_NONE;

    if (!west)
        return vt_nomem(d->list);
    if (legacy) {
        *text = west; /* looks like letters now, as after a paste: the next step converts */
        *len = n;
        return VT_OK;
    }
    char *viet = decode(d, "windows-1258", *text, *len, &n);
    const char *nfc = viet ? vt_text_nfc(d->arena, viet, n, &nfc_len) : NULL;
    if (!nfc)
        return vt_nomem(d->list);
    if (vietnamese(nfc, nfc_len) < VT_LEGACY_EVIDENCE)
        return refuse(d, line_at(*text, bad_at), "Lưu lại tệp bằng mã UTF-8 rồi đọc lại.",
                      "Không nhận ra bảng mã: không phải UTF-8, UTF-16, VNI, TCVN3 hay "
                      "Windows-1258.");
    converted(d, 0, "Windows-1258");
    *text = nfc;
    *len = nfc_len;
    return VT_OK;
}

static vt_status to_utf8(vt_draft *d, const char **text, size_t *len) {
    const char *from = wide((const unsigned char *)*text, *len);
    size_t bad;

    if (from) {
        char *utf8 = decode(d, from, *text, *len & ~(size_t)1, len);
        if (!utf8)
            return vt_nomem(d->list);
        *text = utf8;
        converted(d, 0, "UTF-16");
    }
    if (*len >= 3 && memcmp(*text, "\xEF\xBB\xBF", 3) == 0) {
        *text += 3;
        *len -= 3;
    }
    if (memchr(*text, 0, *len))
        return refuse(d, line_at(*text, (size_t)((const char *)memchr(*text, 0, *len) - *text)),
                      SAVE_AS, "Tệp có byte 0: không phải văn bản chữ thuần.");
    return vt_utf8_valid(*text, *len, &bad) ? VT_OK : decode_bytes(d, bad, text, len);
}

vt_status vt_draft_open(vt_draft *d, const void *data, size_t len, const char **text,
                        size_t *text_len) {
    const char *s = data;
    vt_status st = VT_OK;

    if (len > VT_MAX_INPUT_BYTES)
        st = refuse(d, 0, "Tách thành nhiều tệp.", "Bản nháp lớn hơn 16 MiB.");
    if (!st)
        st = check_kind(d, s, len);
    if (!st)
        st = to_utf8(d, &s, &len);
    if (st)
        return st;
    const vt_legacy legacy = vt_text_legacy(s, len);
    if (legacy) {
        d->capital_font = legacy == VT_LEGACY_TCVN3;
        converted(d, 0, legacy == VT_LEGACY_VNI ? "VNI" : "TCVN3 (ABC)");
        s = vt_from_legacy(d->arena, legacy, s, len, &len);
    } else {
        s = vt_text_nfc(d->arena, s, len, &len);
    }
    if (!s)
        return vt_nomem(d->list);
    *text = s;
    *text_len = len;
    return VT_OK;
}
