/* cli/past_rows.c - a row of an old register: number, date, type and the rest of it. */

#include "cli/past.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPE_WORDS = 6, NUMBER_DIGITS = 9 };

static vt_place place_of(const vt_past_way *way, const vt_past_row *row) {
    return (vt_place){.file = way->file, .line = row->line};
}

static size_t digits(const char *s) {
    return strspn(s, "0123456789");
}

/* ----------------------------------------------------------------- number -- */

/* "152", "152a", "05" -> "152", "152a", "5"; what follows is left in *rest. */
static const char *take_number(vt_arena *arena, const char *text, const char **rest) {
    const char *s = text;
    size_t n;
    bool letter;

    while (*s == '0' && digits(s) > 1)
        s++;
    n = digits(s);
    if (n == 0 || n > NUMBER_DIGITS || *s == '0')
        return NULL;
    letter = s[n] >= 'a' && s[n] <= 'z' && !(s[n + 1] >= 'a' && s[n + 1] <= 'z');
    *rest = s + n + letter;
    return vt_strndup(arena, s, n + letter);
}

/* "152/UBND-VX", "05-CV/TU", "Số: 152 /QĐ-UBND" */
static bool read_designation(vt_cli *cli, const vt_past_way *way, vt_past_row *row) {
    const char *whole = row->cell[VT_COL_DESIGNATION], *rest = "";
    const char *text = *whole ? whole : row->cell[VT_COL_NUMBER];

    if (!*text || digits(text) == 0)
        text += strcspn(text, "0123456789");
    row->number = take_number(cli->arena, text, &rest);
    if (!row->number)
        return false;
    rest += strspn(rest, " /-");
    row->notation = *whole && *rest ? rest : row->cell[VT_COL_NOTATION];
    row->designation =
        *whole
            ? text
            : vt_printf(cli->arena, "%s%s%s", text,
                        *row->notation ? (way->system == VT_STATE ? "/" : "-") : "", row->notation);
    return row->designation != NULL;
}

/* ------------------------------------------------------------------- date -- */

/* "15/3/2024", "15-03-2024", "15.3.2024", "2024-03-15", "15/3" with a year given; a time of
   day behind a full date, as programs export it, is none of the register's. */
static bool read_date(const char *text, int year, vt_date *out) {
    int part[3] = {0, 0, 0}, n = 0;
    const char *s = text;
    char iso[32];
    bool year_first = digits(s) == 4;

    while (n < 3 && digits(s) > 0 && digits(s) <= 4) {
        part[n++] = (int)strtol(s, NULL, 10);
        s += digits(s);
        if (!*s || !strchr("/-. ", *s))
            break;
        s++;
    }
    if (n == 3 && s[-1] == ' ')
        s += strspn(s, "0123456789:");
    if (*s || n < 2 || (n == 2 && !year))
        return false;
    if (year_first)
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", part[0], part[1], part[2]);
    else
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", n == 3 ? part[2] : year, part[1], part[0]);
    return vt_date_parse(iso, out) && vt_date_full(*out);
}

/* ------------------------------------------------------------------- type -- */

/* "Kế hoạch" -> "ke-hoach"; of the first `words` words. */
static const char *slug_of(vt_arena *arena, const char *text, size_t words, size_t *len) {
    const char *s = text;
    char *slug;

    for (size_t i = 0; i < words && *s; i++) {
        s += strspn(s, " ");
        s += strcspn(s, " ");
    }
    *len = (size_t)(s - text);
    slug = vt_strndup(arena, text, *len - (*len && strchr(":,;", text[*len - 1])));
    slug = slug ? vt_text_fold(arena, slug) : NULL;
    for (char *c = slug; c && *c; c++)
        if (*c == ' ')
            *c = '-';
    return slug;
}

/* The type whose name a text begins with; *len is how much of it that is. */
static const vt_type *type_before(vt_arena *arena, const vt_pack *pack, const char *text,
                                  size_t *len) {
    for (size_t words = TYPE_WORDS; words > 0; words--) {
        const char *slug = slug_of(arena, text, words, len);
        const vt_type *type = slug ? vt_pack_type(pack, slug) : NULL;

        if (type)
            return type;
    }
    *len = 0;
    return NULL;
}

/* "QĐ-UBND", "CV/TU": the first part of a ký hiệu that is a type's. */
static const vt_type *type_in_notation(vt_arena *arena, const vt_pack *pack, const char *notation) {
    const char *first = vt_strndup(arena, notation, strcspn(notation, "-/ "));

    return first ? vt_pack_type_abbr(pack, first) : NULL;
}

/* The type column, else the ký hiệu, else the words; a công văn of the state shows its
   type in none of them. */
static bool read_type(vt_cli *cli, const vt_past_way *way, vt_past_row *row) {
    const char *said = row->cell[VT_COL_TYPE], *title = row->cell[VT_COL_TITLE];
    size_t len = 0, all = 0;
    const vt_type *before = type_before(cli->arena, way->pack, title, &len);

    if (*said) {
        row->type = type_before(cli->arena, way->pack, said, &all);
        if (said[all])
            row->type = NULL;
    } else {
        row->type = type_in_notation(cli->arena, way->pack, row->notation);
        if (!row->type && *row->notation)
            row->type = vt_pack_type(way->pack, "cong-van");
        if (!row->type)
            row->type = before;
    }
    row->subject = row->cell[VT_COL_SUBJECT];
    if (!*row->subject)
        row->subject = before && before == row->type ? title + len : title;
    row->subject += strspn(row->subject, " :,;-\n");
    return row->type != NULL;
}

/* -------------------------------------------------------------------- row -- */

vt_status vt_past_read_row(vt_cli *cli, const vt_past_way *way, vt_past_row *row) {
    const bool numbered = read_designation(cli, way, row);
    const bool typed = numbered && read_type(cli, way, row);
    const bool dated = read_date(row->cell[VT_COL_DATE], way->year, &row->date);
    vt_status st = numbered ? vt_past_read_void(cli, way, row) : VT_OK;

    if (st)
        return st;
    if (!numbered)
        st = vt_bad(cli->list, "NK-02", place_of(way, row), "Ghi như 152/UBND-VX, hoặc 152.",
                    "Không đọc được số của văn bản: “%s”.",
                    *row->cell[VT_COL_DESIGNATION] ? row->cell[VT_COL_DESIGNATION]
                                                   : row->cell[VT_COL_NUMBER]);
    if (!dated && !(row->voided && !*row->cell[VT_COL_DATE]))
        st = vt_bad(cli->list, "NK-03", place_of(way, row),
                    "Ghi như 15/3/2024; chỉ có ngày và tháng thì thêm --year NĂM; số đã huỷ thì "
                    "ghi “Số huỷ” vào cột ghi chú.",
                    "Không đọc được ngày của văn bản: “%s”.", row->cell[VT_COL_DATE]);
    if (numbered && !typed && !(row->voided && !*row->cell[VT_COL_TYPE]))
        st = vt_bad(cli->list, "NK-04", place_of(way, row),
                    "Ghi tên loại như trong luật: Quyết định, Kế hoạch, Công văn ...",
                    "Không biết loại của văn bản: “%s”.",
                    *row->cell[VT_COL_TYPE] ? row->cell[VT_COL_TYPE] : row->cell[VT_COL_TITLE]);
    return vt_arena_failed(cli->arena) ? vt_nomem(cli->list) : st;
}
