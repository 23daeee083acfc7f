/*
 * gen/typed.c - text that came through no document: typed into an act of the archive, or
 * kept there from a time when nobody asked.
 */
#include "gen/text.h"

#include <string.h>
#include <unicode/uchar.h>

const char *vt_text_fault_name(vt_fault fault) {
    switch (fault) {
    case VT_FAULT_CONTROL:
        return "ký tự điều khiển";
    case VT_FAULT_INVISIBLE:
        return "ký tự ẩn";
    case VT_FAULT_PRIVATE:
        return "ký tự riêng của một phông chữ";
    case VT_FAULT_NOT_A_CHARACTER:
        return "mã không phải ký tự";
    case VT_FAULT_LOST:
        return "dấu hiệu chữ đã mất khi chuyển mã";
    case VT_FAULT_LONE_MARK:
        return "dấu rời không có chữ cái đứng trước";
    case VT_FAULT_LOOSE_MARK:
        return "dấu không ghép được với chữ cái đứng trước";
    case VT_FAULT_NONE:
        break;
    }
    return "";
}

const char *vt_text_around(const char *s, size_t len, size_t at, char out[VT_CLIP]) {
    size_t from = at > 24 ? at - 24 : 0;

    while (from && ((unsigned char)s[from] & 0xC0) == 0x80)
        from--;
    return vt_text_clip(s + from, len - from, out);
}

/* ------------------------------------------------------------- what is typed -- */

size_t vt_text_chars(const char *s, size_t len) {
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += ((unsigned char)s[i] & 0xC0) != 0x80;
    return n;
}

/* What would begin another line, or jump on this one. */
static bool breaks_line(uint32_t cp) {
    return cp == '\n' || cp == '\r' || cp == 0x2028 || cp == 0x2029;
}

static const char *line_break(const char *s, size_t len, uint32_t *cp) {
    const char *end = s + len;

    while (s < end) {
        const char *here = s;

        *cp = vt_utf8_next(&s, end);
        if (breaks_line(*cp) || *cp == '\t')
            return here;
    }
    return NULL;
}

/* One typed text at the door. */
typedef struct door {
    const char *id, *what, *text;
    size_t len;
    vt_findings *list;
} door;

static vt_status refuse(const door *d, const char *excerpt, const char *remedy, const char *fmt,
                        ...) VT_PRINTF(4, 5);
static vt_status refuse(const door *d, const char *excerpt, const char *remedy, const char *fmt,
                        ...) {
    vt_finding f = {.severity = VT_ERROR,
                    .id = d->id,
                    .place = {.path = d->what},
                    .remedy = remedy,
                    .excerpt = excerpt};
    vt_buf message;
    va_list args;
    vt_status st;

    vt_buf_init(&message, 1 << 12);
    va_start(args, fmt);
    vt_buf_vprintf(&message, fmt, args);
    va_end(args);
    f.message = message.data;
    st = vt_find(d->list, &f);
    vt_buf_free(&message);
    return st;
}

static vt_status refuse_bytes(const door *d, size_t at) {
    char excerpt[VT_CLIP];

    return refuse(d, vt_text_around(d->text, d->len, at, excerpt),
                  "Gõ lại bằng Unicode (UTF-8); nếu vẫn vậy thì xem bảng mã của cửa sổ lệnh.",
                  "Phần %s có byte %02X ở chỗ thứ %zu, không phải là chữ UTF-8.", d->what,
                  (unsigned)(unsigned char)d->text[at], at + 1);
}

static vt_status refuse_character(const door *d, size_t at, uint32_t cp, const char *name,
                                  const char *remedy) {
    char excerpt[VT_CLIP];

    return refuse(d, vt_text_around(d->text, d->len, at, excerpt), remedy,
                  "Phần %s có U+%04X (%s) ở ký tự thứ %zu.", d->what, (unsigned)cp, name,
                  vt_text_chars(d->text, at) + 1);
}

static vt_status check(const door *d) {
    const vt_legacy legacy = vt_text_legacy(d->text, d->len);
    uint32_t cp = 0;
    size_t at = 0;
    const char *broken = line_break(d->text, d->len, &cp);
    vt_fault fault;

    if (broken && breaks_line(cp))
        return refuse_character(d, (size_t)(broken - d->text), cp, "xuống dòng",
                                "Viết trên một dòng.");
    if (broken)
        return refuse_character(d, (size_t)(broken - d->text), cp, "tab", "Thay bằng dấu cách.");
    if (legacy) {
        char excerpt[VT_CLIP];

        return refuse(d, vt_text_clip(d->text, d->len, excerpt),
                      "Gõ lại, bộ gõ đặt bảng mã Unicode dựng sẵn.",
                      "Phần %s gõ bằng bảng mã %s, không phải Unicode.", d->what,
                      legacy == VT_LEGACY_VNI ? "VNI" : "TCVN3 (ABC)");
    }
    fault = vt_text_fault(d->text, d->len, &cp, &at);
    if (fault == VT_FAULT_NONE || fault == VT_FAULT_LOOSE_MARK)
        return VT_OK;
    return refuse_character(d, at, cp, vt_text_fault_name(fault),
                            fault == VT_FAULT_LONE_MARK
                                ? "Gõ lại chữ này bằng bảng mã Unicode dựng sẵn."
                                : "Xóa hoặc gõ lại ký tự này.");
}

vt_status vt_text_typed(vt_arena *arena, const char *id, const char *what, size_t most,
                        const char **text, vt_findings *list) {
    door d = {.id = id, .what = what, .text = *text, .len = strlen(*text), .list = list};
    size_t chars, bad;
    vt_status st;

    if (!vt_utf8_valid(d.text, d.len, &bad))
        return refuse_bytes(&d, bad);
    d.text = vt_text_nfc(arena, d.text, d.len, &d.len);
    st = d.text ? check(&d) : vt_nomem(list);
    if (st)
        return st;
    chars = vt_text_chars(d.text, d.len);
    if (most && chars > most) {
        char excerpt[VT_CLIP];

        return refuse(&d, vt_text_clip(d.text, d.len, excerpt), "Viết ngắn lại.",
                      "Phần %s dài %zu ký tự, nhiều nhất là %zu.", what, chars, most);
    }
    *text = d.text;
    return VT_OK;
}

/* --------------------------------------------------------------- what is kept -- */

bool vt_char_shown(uint32_t cp) {
    if (cp >= ' ' && cp < 0x7F)
        return true;
    if ((cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF))
        return false;
    switch (u_charType((UChar32)cp)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return false;
    default:
        return true;
    }
}

/* In both faces that books are set in; white space folds. */
static bool in_fonts(const vt_fonts *fonts, uint32_t cp, const char *s, const char *end) {
    return !fonts || (cp > ' ' && cp < 0x7F) || vt_text_space(s, end) ||
           (vt_fonts_glyph(fonts, VT_REGULAR, cp) && vt_fonts_glyph(fonts, VT_BOLD, cp));
}

/* Typed in an encoding of before, as the reader would say of the line that begins at s. */
static bool is_legacy(const char *s) {
    return vt_text_legacy(s, strcspn(s, "\n")) != VT_LEGACY_NONE;
}

/* What no page may hold becomes "?"; false: there is nothing of the kind. */
static bool make_fit(const vt_fonts *fonts, const char *text, size_t len, char *out) {
    const char *p = text, *end = text + len;
    bool changed = false, legacy = is_legacy(text);
    char *to = out;

    while (p < end) {
        const char *here = p;
        const uint32_t cp = vt_utf8_next(&p, end);
        const vt_fault fault = vt_text_char_fault(cp, out, to);

        if ((fault != VT_FAULT_NONE && fault != VT_FAULT_LOOSE_MARK) ||
            !in_fonts(fonts, cp, here, end) ||
            (legacy && cp >= 0x80 && cp <= 0xFF &&
             vt_text_legacy_place((const unsigned char *)here, (const unsigned char *)text))) {
            *to++ = '?';
            changed = true;
            continue;
        }
        memcpy(to, here, (size_t)(p - here));
        to += p - here;
        if (cp == '\n')
            legacy = is_legacy(p);
    }
    *to = '\0';
    return changed;
}

const char *vt_text_for_page(vt_arena *arena, const vt_fonts *fonts, const char *text) {
    size_t len = strlen(text);
    const char *nfc = vt_utf8_valid(text, len, NULL) ? vt_text_nfc(arena, text, len, &len) : text;
    char *out = nfc ? vt_alloc(arena, len + 1) : NULL;

    if (!out)
        return NULL;
    return make_fit(fonts, nfc, len, out) ? out : nfc;
}
