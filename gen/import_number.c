/*
 * gen/import_number.c - "Số: 839-CV/TU" and "Lai Châu, ngày 25 tháng 3 năm
 * 2022" of a draft.
 *
 * A ký hiệu is taken apart by the pack's pattern; what the pattern would not
 * build as it was typed becomes @notation, so that no letter of it changes.
 */
#include "gen/import.h"
#include "gen/schema.h"

#include <string.h>

enum { LONGEST = 160 }; /* bytes of a number or date line */

/* ---------------------------------------------------------- small parsing -- */

/* Blanks, and what is put where something is to be filled in. */
static size_t fillers(vt_typed t, size_t at) {
    const size_t from = at;

    while (at < t.len) {
        if (strchr(" \t._\v", t.s[at]))
            at++;
        else if (at + 3 <= t.len && memcmp(t.s + at, "…", 3) == 0)
            at += 3;
        else
            break;
    }
    return at - from;
}

static size_t digits(vt_typed t, size_t at) {
    size_t n = 0;

    while (at + n < t.len && t.s[at + n] >= '0' && t.s[at + n] <= '9')
        n++;
    return n;
}

static int number_at(vt_typed t, size_t at, size_t n) {
    int value = 0;

    for (size_t i = 0; i < n && i < 6; i++)
        value = value * 10 + (t.s[at + i] - '0');
    return value;
}

/* ---------------------------------------------------------------- number -- */

typedef struct vt_typed_number {
    vt_typed number;
    char joint;        /* '/' or '-' between number and ký hiệu; 0: none */
    char notation[96]; /* blanks left out; "" none */
    bool whole;        /* nothing else on the line */
} vt_typed_number;

/* Letters behind the number: "152a". */
static size_t number_letters(vt_typed t, size_t at) {
    size_t n = 0;

    while (n < 2 && at + n < t.len && t.s[at + n] >= 'a' && t.s[at + n] <= 'z')
        n++;
    return n;
}

static bool take_notation(vt_typed t, vt_typed_number *out) {
    size_t n = 0;

    for (size_t i = 0; i < t.len; i++) {
        if (t.s[i] == ' ' || t.s[i] == '\t')
            continue;
        if (n + 1 >= sizeof out->notation || t.s[i] == ':' || t.s[i] == ',' ||
            t.s[i] == VT_LINE_BREAK)
            return false;
        out->notation[n++] = t.s[i];
    }
    out->notation[n] = '\0';
    return true;
}

/* "Số: 839-CV/TU"; false: no such line. */
static bool read_line(vt_typed t, vt_typed_number *out) {
    size_t at = vt_behind(t, "so"), n;
    bool colon = false;

    *out = (vt_typed_number){0};
    if (!at || t.len > LONGEST)
        return false;
    at += fillers(t, at);
    if (at < t.len && t.s[at] == ':') {
        colon = true;
        at++;
    }
    at += fillers(t, at);
    n = digits(t, at);
    if (n)
        n += number_letters(t, at + n);
    out->number = vt_part(t, at, at + n);
    at += n;
    at += fillers(t, at);
    if (at < t.len && (t.s[at] == '/' || t.s[at] == '-')) {
        out->joint = t.s[at];
        return take_notation(vt_part(t, at + 1, t.len), out) && (colon || out->notation[0]);
    }
    return at >= t.len && colon;
}

bool vt_is_number_line(vt_typed piece) {
    vt_typed_number number;

    return read_line(piece, &number);
}

static bool has_type(const vt_pack *pack, const char *abbr, size_t len) {
    for (size_t i = 0; pack && i < pack->type_count; i++)
        if (strlen(pack->types[i].abbr) == len && strncmp(pack->types[i].abbr, abbr, len) == 0)
            return true;
    return false;
}

vt_system vt_notation_system(const vt_draft *d, vt_typed piece, const char **type, bool *sure) {
    vt_typed_number typed;
    size_t n;

    *type = "";
    *sure = false;
    if (!piece.len || !read_line(piece, &typed) || !typed.notation[0])
        return VT_STATE;
    n = strcspn(typed.notation, "-/");
    *sure = typed.notation[n] != 0;
    if (typed.joint == '-' && typed.notation[n] == '/') { /* 839-CV/TU */
        const vt_system system =
            strstr(typed.notation + n, "ĐTN") && d->packs[VT_YOUTH] ? VT_YOUTH : VT_PARTY;
        if (has_type(d->packs[system], typed.notation, n))
            *type = vt_strndup(d->arena, typed.notation, n);
        *type = *type ? *type : "";
        return system;
    }
    if (has_type(d->packs[VT_STATE], typed.notation, n)) {
        *type = vt_strndup(d->arena, typed.notation, n);
        *type = *type ? *type : "";
    }
    return VT_STATE;
}

/* "SNV-STC" of two issuers: each has its own; false: there is one issuer, or their
   number is another. */
static bool set_joint_letters(vt_making *m, vt_node *issuer, const char *letters) {
    size_t issuers = 0, parts = 1;

    for (const vt_node *i = issuer; i && i->el == VT_ISSUER; i = i->next)
        issuers++;
    for (const char *p = letters; p && *p; p++)
        parts += *p == '-';
    if (issuers < 2 || !letters || parts != issuers)
        return false;
    for (vt_node *i = issuer; i && i->el == VT_ISSUER; i = i->next) {
        const size_t n = strcspn(letters, "-");
        const char *abbr = vt_strndup(m->draft->arena, letters, n);
        if (abbr && vt_value_ok(vt_at_info_of(VT_AT_ABBR), abbr))
            vt_make_attr(m, i, VT_AT_ABBR, abbr);
        letters += n + (letters[n] == '-');
    }
    return true;
}

/* Takes the ký hiệu apart: "UBND-VX" of a letter, "KH-SCT", "CV/TU". */
static void set_letters(vt_making *m, vt_node *issuer, vt_node *number, vt_typed piece,
                        const char *typed) {
    const bool letter = m->type && !m->type->has_heading && m->doc->system == VT_STATE;
    const size_t n = strcspn(typed, letter ? "-" : m->doc->system == VT_STATE ? "-" : "/");
    const char *first = vt_strndup(m->draft->arena, typed, n);
    const char *rest = typed[n] ? typed + n + 1 : NULL;
    const char *abbr = letter ? first : rest, *unit = letter ? rest : NULL;

    if (set_joint_letters(m, issuer, letter ? typed : rest))
        unit = NULL;
    else if (abbr && vt_value_ok(vt_at_info_of(VT_AT_ABBR), abbr))
        vt_make_attr(m, issuer, VT_AT_ABBR, abbr);
    if (unit && vt_value_ok(vt_at_info_of(VT_AT_UNIT), unit))
        vt_make_attr(m, number, VT_AT_UNIT, unit);
    const char *built = m->pack ? vt_notation(m->draft->arena, m->pack, m->doc) : NULL;
    if (built && strcmp(built, typed) != 0) {
        vt_make_attr(m, number, VT_AT_UNIT, NULL);
        if (vt_value_ok(vt_at_info_of(VT_AT_NOTATION), typed))
            vt_make_attr(m, number, VT_AT_NOTATION, typed);
        else
            vt_left_out(m->draft, VT_WARNING, "NHAP-13", piece,
                        "Ghi lại ký hiệu vào <number notation=\"...\">.",
                        "Ký hiệu quá dài, chưa đưa vào.");
    }
}

void vt_read_number(vt_making *m, vt_typed piece) {
    vt_node *number = vt_make(m, m->root, VT_NUMBER, piece.line);
    vt_node *issuer = (vt_node *)(uintptr_t)vt_child(m->root, VT_ISSUER);
    vt_typed_number typed;

    if (!piece.len || !read_line(piece, &typed)) {
        vt_unsure(m->draft, VT_INFO, "NHAP-13", (vt_typed){.s = "", .line = piece.line},
                  "Nếu đã biết ký hiệu thì ghi vào <issuer abbr=\"...\"> và <number>.",
                  "Bản nháp không có dòng “Số: ...”; số để trống, ký hiệu chưa có.");
        return;
    }
    while (typed.number.len > 1 && *typed.number.s == '0')
        typed.number = vt_part(typed.number, 1, typed.number.len);
    const char *value = vt_strndup(m->draft->arena, typed.number.s, typed.number.len);
    if (value && *value && vt_value_ok(vt_at_info_of(VT_AT_VALUE), value))
        vt_make_attr(m, number, VT_AT_VALUE, value);
    else if (value && *value && strspn(value, "0") != strlen(value))
        vt_left_out(m->draft, VT_WARNING, "NHAP-13", piece,
                    "Ghi lại số vào <number value=\"...\">.", "Không đọc được số văn bản.");
    const char *notation = vt_strdup(m->draft->arena, typed.notation);
    if (notation && *notation)
        set_letters(m, issuer, number, piece, notation);
}

/* ------------------------------------------------------------------ date -- */

typedef struct vt_typed_date {
    vt_typed place;
    int day, month, year; /* 0: left blank */
} vt_typed_date;

/* A number or a blank, then (unless NULL) a word. */
static bool take(vt_typed t, size_t *at, int *value, const char *word) {
    size_t n, behind;

    *at += fillers(t, *at);
    n = digits(t, *at);
    *value = n && n <= 4 ? number_at(t, *at, n) : 0;
    *at += n;
    *at += fillers(t, *at);
    if (!word)
        return true;
    behind = vt_behind(vt_part(t, *at, t.len), word);
    *at += behind;
    return behind > 0;
}

/* "25/3/2022" */
static bool take_figures(vt_typed t, size_t *at, vt_typed_date *out) {
    int *const parts[] = {&out->day, &out->month, &out->year};

    *at += fillers(t, *at);
    for (int i = 0; i < 3; i++) {
        const size_t n = digits(t, *at);
        if (!n || n > 4)
            return false;
        *parts[i] = number_at(t, *at, n);
        *at += n;
        if (i < 2 && (*at >= t.len || !strchr("/-.", t.s[(*at)++])))
            return false;
    }
    return true;
}

/* "Hòa Lạc", "TP. Hồ Chí Minh"; "Thời gian: 8 giờ" is none. */
static bool is_place(vt_typed t) {
    enum { LONGEST_PLACE = 60 };

    for (size_t i = 0; i < t.len; i++)
        if (strchr(":(/\"", t.s[i]) || (t.s[i] >= '0' && t.s[i] <= '9'))
            return false;
    return t.len <= LONGEST_PLACE;
}

/* What follows "ngày": to the end of the line, nothing else. */
static bool read_from(vt_typed t, size_t at, vt_typed_date *out) {
    size_t words = at, figures = at;

    if (take(t, &words, &out->day, "thang") && take(t, &words, &out->month, "nam") &&
        take(t, &words, &out->year, NULL) && words >= t.len)
        return true;
    return take_figures(t, &figures, out) && figures + fillers(t, figures) >= t.len;
}

static bool read_date(vt_typed t, vt_typed_date *out) {
    if (t.len > LONGEST)
        return false;
    for (size_t i = 0; i < t.len; i++) {
        const size_t n =
            i && t.s[i - 1] != ' ' && t.s[i - 1] != ',' && t.s[i - 1] != '(' && t.s[i - 1] != '\t'
                ? 0
                : vt_behind(vt_part(t, i, t.len), "ngay");
        *out = (vt_typed_date){.place = vt_trimmed(vt_part(t, 0, i), ",.…_ ")};
        if (n && is_place(out->place) && read_from(t, i + n, out))
            return true;
    }
    return false;
}

/* "Lam Giang, ngày 1I tháng 3 năm 2026": a date all the same, which cannot be read;
   where its words begin, 0: no such line. */
static size_t broken_date(vt_typed t) {
    bool month = false;
    size_t day = 0;

    for (size_t i = 1; t.len <= LONGEST && i < t.len; i++) {
        const vt_typed rest = vt_part(t, i, t.len);
        if (t.s[i - 1] != ' ' && t.s[i - 1] != ',')
            continue;
        if (!day && vt_starts(rest, "ngay") && is_place(vt_trimmed(vt_part(t, 0, i), ",. ")))
            day = i;
        month = month || (day && vt_starts(rest, "thang"));
        if (month && vt_starts(rest, "nam"))
            return t.len - i <= 12 ? day : 0;
    }
    return 0;
}

bool vt_is_date_line(vt_typed piece) {
    vt_typed_date date;

    return read_date(piece, &date) || broken_date(piece);
}

/* "2024-05" of what is known; NULL: no date of the calendar. */
static const char *iso(vt_draft *d, vt_typed_date *date) {
    vt_date check;
    const char *text = "";

    if (date->year && date->month && date->day)
        text = vt_printf(d->arena, "%04d-%02d-%02d", date->year, date->month, date->day);
    else if (date->year && date->month)
        text = vt_printf(d->arena, "%04d-%02d", date->year, date->month);
    else if (date->year)
        text = vt_printf(d->arena, "%04d", date->year);
    return text && vt_date_parse(text, &check) ? text : NULL;
}

void vt_read_date(vt_making *m, vt_typed piece) {
    vt_typed_date date = {0};
    const char *text = NULL;

    if (read_date(piece, &date)) {
        if (date.place.len)
            vt_make_words(m, m->root, VT_PLACE,
                          vt_natural_case(m->draft, date.place, VT_CASE_NAME));
        text = iso(m->draft, &date);
        if (!text || (!date.year && (date.month || date.day)) || (date.day && !date.month))
            vt_left_out(m->draft, VT_WARNING, "NHAP-14", piece, "Ghi lại ngày vào <date>.",
                        "Ngày, tháng, năm ghi không trọn hoặc không có trong lịch.");
    } else if (broken_date(piece)) {
        const vt_typed place = vt_trimmed(vt_part(piece, 0, broken_date(piece)), ",. ");
        if (place.len)
            vt_make_words(m, m->root, VT_PLACE, place);
        vt_left_out(m->draft, VT_WARNING, "NHAP-14", piece, "Ghi lại ngày vào <date>.",
                    "Không đọc được ngày, tháng, năm.");
    }
    vt_node *node = vt_make(m, m->root, VT_DATE, piece.line);
    if (text && *text)
        vt_make_text(m, node, vt_typed_of(text, piece.line), 0, false);
}
