/* cli/dossier_book.c - lists of dossiers on paper: rows of the archive into the models of
   templates/books/. */

#include "cli/book.h"
#include "cli/dossier.h"

#include <string.h>

enum { BOOK_BYTES = 1 << 30, ROMAN_MOST = 3999 };

/* ------------------------------------------------------------------- output -- */

vt_status vt_dossier_paper_check(vt_cli *cli, vt_dossier_paper *paper) {
    vt_status st;

    if (!paper->output)
        return VT_OK;
    st = vt_cli_book_format(cli, paper->word, paper->output, &paper->format);
    if (!st)
        st = vt_cli_target(cli, paper->output, NULL);
    return st ? st : vt_cli_writable(cli, paper->output);
}

vt_status vt_dossier_paper_write(vt_cli *cli, const vt_dossier_paper *paper, const char *model,
                                 json_t *record) {
    vt_buf bytes;
    size_t pages = 0;
    vt_status st;

    vt_buf_init(&bytes, BOOK_BYTES);
    st = vt_cli_book(cli, model, record, paper->format, &bytes, &pages);
    if (!st)
        st = vt_cli_write(paper->output, &bytes, cli->list);
    if (!st)
        vt_cli_say(cli, "Đã ghi %s%s\n", paper->output,
                   pages ? vt_printf(cli->arena, " (%zu trang)", pages) : "");
    vt_buf_free(&bytes);
    return st;
}

static void number(json_t *object, const char *key, int64_t value) {
    json_object_set_new(object, key, json_integer(value));
}

/* "I", "IV": large headings (PL V, I.1). */
static const char *roman(vt_cli *cli, int n) {
    static const struct {
        int value;
        const char *digits;
    } parts[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    vt_buf text;
    const char *kept;

    vt_buf_init(&text, 64);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && n <= ROMAN_MOST; i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            vt_buf_puts(&text, parts[i].digits);
    kept = vt_strdup(cli->arena, text.data);
    vt_buf_free(&text);
    return kept ? kept : "";
}

/* ----------------------------------------------------------- danh mục hồ sơ -- */

static void heading(json_t *rows, const char *text) {
    json_t *one = json_object();

    vt_dossier_set(one, "de-muc", text);
    json_array_append_new(rows, one);
}

/* Headings where they change: "I. VĂN PHÒNG", "1. Tổng hợp". */
static void headings(vt_cli *cli, json_t *rows, const vt_dossier *d, const vt_dossier *before,
                     int *big, int *small) {
    const bool new_big = !before || strcmp(before->heading, d->heading) != 0;

    if (new_big) {
        *small = 0;
        if (*d->heading)
            heading(rows, vt_printf(cli->arena, "%s. %s", roman(cli, ++*big), d->heading));
    }
    if (*d->subheading && (new_big || strcmp(before->subheading, d->subheading) != 0))
        heading(rows, vt_printf(cli->arena, "%d. %s", ++*small, d->subheading));
}

static json_t *list_rows(vt_cli *cli, const vt_dossier *all, size_t count) {
    json_t *rows = json_array();
    int big = 0, small = 0;

    for (size_t i = 0; i < count; i++) {
        const vt_dossier *d = &all[i];
        json_t *one = json_object();

        headings(cli, rows, d, i ? d - 1 : NULL, &big, &small);
        vt_dossier_set(one, "ma", d->code);
        vt_dossier_set(one, "tieu-de", d->title);
        vt_dossier_set(one, "thoi-han", d->retention);
        vt_dossier_set(one, "nguoi-lap", d->keeper);
        vt_dossier_set(one, "ghi-chu", d->note);
        json_array_append_new(rows, one);
    }
    return rows;
}

json_t *vt_dossier_list_record(vt_cli *cli, const vt_dossier *all, size_t count,
                               const char *decision) {
    json_t *book = json_object();
    int64_t for_ever = 0, unknown = 0;

    for (size_t i = 0; i < count; i++) {
        for_ever += all[i].for_ever;
        unknown += !*all[i].retention;
    }
    vt_dossier_set(book, "co-quan-chu-quan", all[0].superior);
    vt_dossier_set(book, "co-quan", all[0].issuer);
    number(book, "nam", all[0].year);
    vt_dossier_set(book, "quyet-dinh", decision);
    vt_dossier_set(book, "tong", vt_printf(cli->arena, "%02zu", count));
    vt_dossier_set(book, "vinh-vien", vt_printf(cli->arena, "%02lld", (long long)for_ever));
    vt_dossier_set(book, "co-thoi-han",
                   vt_printf(cli->arena, "%02lld", (long long)count - for_ever - unknown));
    if (unknown)
        vt_dossier_set(book, "chua-dinh", vt_printf(cli->arena, "%02lld", (long long)unknown));
    json_object_set_new(book, "dong", list_rows(cli, all, count));
    return book;
}

/* ---------------------------------------------------- mục lục hồ sơ nộp lưu -- */

static const char *span(vt_cli *cli, const char *from, const char *to) {
    const char *first = vt_cli_day(cli->arena, from), *last = vt_cli_day(cli->arena, to);
    const char *both =
        strcmp(from, to) == 0 ? first : vt_printf(cli->arena, "%s\u00A0- %s", first, last);

    return both ? both : "";
}

static const char *sheets_and_pages(vt_cli *cli, const vt_dossier *d) {
    const char *text =
        d->sheets  ? vt_printf(cli->arena, "%lld/%lld", (long long)d->sheets, (long long)d->pages)
        : d->pages ? vt_printf(cli->arena, "%lld trang", (long long)d->pages)
                   : "";

    return text ? text : "";
}

static json_t *inventory_rows(vt_cli *cli, const vt_dossier *all, size_t count) {
    json_t *rows = json_array();

    for (size_t i = 0; i < count; i++) {
        const vt_dossier *d = &all[i];
        json_t *one = json_object();

        number(one, "stt", (int64_t)i + 1);
        vt_dossier_set(one, "ma", d->code);
        vt_dossier_set(one, "tieu-de", d->title);
        vt_dossier_set(one, "thoi-gian", span(cli, d->starts, d->ends));
        vt_dossier_set(one, "thoi-han", d->retention);
        vt_dossier_set(one, "so-to", sheets_and_pages(cli, d));
        vt_dossier_set(one, "ghi-chu", d->note);
        json_array_append_new(rows, one);
    }
    return rows;
}

/* "2025", "2025 - 2026": the years of the lists the dossiers are of. */
static const char *years(vt_cli *cli, const vt_dossier *all, size_t count) {
    int first = all[0].year, last = all[0].year;
    const char *text;

    for (size_t i = 1; i < count; i++) {
        first = all[i].year < first ? all[i].year : first;
        last = all[i].year > last ? all[i].year : last;
    }
    text = first == last ? vt_printf(cli->arena, "%d", first)
                         : vt_printf(cli->arena, "%d - %d", first, last);
    return text ? text : "";
}

json_t *vt_dossier_inventory_record(vt_cli *cli, const vt_transfer *t, const char *place,
                                    const char *maker) {
    json_t *book = json_object();

    vt_dossier_set(book, "co-quan", t->dossiers[0].issuer);
    vt_dossier_set(book, "don-vi", t->giver);
    vt_dossier_set(book, "khoi", t->bundle);
    vt_dossier_set(book, "nam", years(cli, t->dossiers, t->dossier_count));
    vt_dossier_set(book, "dia-danh", place);
    vt_dossier_set(book, "ngay-lap", t->date);
    vt_dossier_set(book, "nguoi-lap", maker);
    number(book, "tong", (int64_t)t->dossier_count);
    json_object_set_new(book, "dong", inventory_rows(cli, t->dossiers, t->dossier_count));
    return book;
}

/* ------------------------------------------------------ biên bản giao nhận -- */

json_t *vt_dossier_transfer_record(vt_cli *cli, const vt_transfer *t, const char *place) {
    const char *first = t->dossiers[0].starts, *last = t->dossiers[0].ends;
    json_t *book = json_object();
    int64_t files = 0, paper = 0;

    for (size_t i = 0; i < t->dossier_count; i++) {
        const vt_dossier *d = &t->dossiers[i];

        first = strcmp(d->starts, first) < 0 ? d->starts : first;
        last = strcmp(d->ends, last) > 0 ? d->ends : last;
        files += d->files;
        paper += d->sheets > 0;
    }
    if (!paper && (*t->boxes || *t->metres)) /* handed over on paper, not counted by sheets */
        paper = (int64_t)t->dossier_count;
    const struct {
        const char *key, *text;
    } texts[] = {
        {"co-quan-chu-quan", t->dossiers[0].superior},
        {"co-quan", t->dossiers[0].issuer},
        {"dia-danh", place},
        {"ngay-giao", t->date},
        {"can-cu", t->basis},
        {"ben-giao", t->giver},
        {"nguoi-giao", t->giver_name},
        {"chuc-vu-giao", t->giver_position},
        {"ben-nhan", t->taker},
        {"nguoi-nhan", t->taker_name},
        {"chuc-vu-nhan", t->taker_position},
        {"khoi", t->bundle},
        {"so-hop", t->boxes},
        {"met-gia", t->metres},
        {"tinh-trang", t->soundness},
        {"thoi-gian", vt_printf(cli->arena, "từ ngày %s đến ngày %s", vt_cli_day(cli->arena, first),
                                vt_cli_day(cli->arena, last))},
        {"so-giay", paper ? vt_printf(cli->arena, "%02lld", (long long)paper) : ""},
        {"so-ho-so", vt_printf(cli->arena, "%02zu", t->dossier_count)},
        {"so-tep", vt_printf(cli->arena, "%02lld", (long long)files)}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        vt_dossier_set(book, texts[i].key, texts[i].text);
    return book;
}

/* ----------------------------------------------- mục lục văn bản trong hồ sơ -- */

/* Sheets as written on the paper, else the pages it has in the dossier. */
static const char *where(vt_cli *cli, const vt_dossier_entry *e) {
    const int64_t last = e->first_page + e->pages - 1;
    const char *text = "";

    if (*e->sheets)
        return e->sheets;
    if (e->pages == 1)
        text = vt_printf(cli->arena, "%lld", (long long)last);
    else if (e->pages > 1)
        text = vt_printf(cli->arena, "%lld-%lld", (long long)e->first_page, (long long)last);
    return text ? text : "";
}

static const char *note_of(vt_cli *cli, const vt_dossier_entry *e) {
    const char *note = e->note, *state = "";

    if (e->received)
        state = vt_printf(cli->arena, "Đến số %lld ngày %s", (long long)e->arrival_number,
                          vt_cli_day(cli->arena, e->arrival_date));
    else if (strcmp(e->state, "recalled") == 0 || strcmp(e->state, "replaced") == 0)
        state = vt_record_word(e->state);
    if (*note && *state)
        note = vt_printf(cli->arena, "%s; %s", state, note);
    else if (*state)
        note = state;
    return note ? note : "";
}

static json_t *contents_row(vt_cli *cli, const vt_dossier_entry *e) {
    json_t *one = json_object();

    number(one, "stt", e->ordinal);
    vt_dossier_set(one, "so", e->designation);
    vt_dossier_set(one, "ngay", vt_cli_day(cli->arena, e->date));
    vt_dossier_set(one, "ten-loai", e->type_name);
    vt_dossier_set(one, "trich-yeu", strcmp(e->secrecy, "tuyet-mat") == 0 ? "" : e->subject);
    vt_dossier_set(one, "tac-gia", e->author);
    vt_dossier_set(one, "to-so", where(cli, e));
    vt_dossier_set(one, "ghi-chu", note_of(cli, e));
    return one;
}

json_t *vt_dossier_contents_record(vt_cli *cli, const vt_dossier_view *v) {
    const vt_dossier *d = &v->dossier;
    json_t *book = json_object(), *rows = json_array();

    for (size_t i = 0; i < v->entry_count; i++)
        if (!*v->entries[i].removed)
            json_array_append_new(rows, contents_row(cli, &v->entries[i]));
    vt_dossier_set(book, "co-quan-chu-quan", d->superior);
    vt_dossier_set(book, "co-quan", d->issuer);
    vt_dossier_set(book, "ma", d->code);
    vt_dossier_set(book, "tieu-de", d->title);
    number(book, "nam", d->year);
    vt_dossier_set(
        book, "tom-tat",
        vt_printf(cli->arena, "Hồ sơ có %lld văn bản, tài liệu; %lld trang%s%s.",
                  (long long)d->count, (long long)d->pages,
                  d->sheets ? vt_printf(cli->arena, ", %lld tờ", (long long)d->sheets) : "",
                  d->removed ? vt_printf(cli->arena,
                                         "; %lld văn bản đã bỏ ra, số thứ tự của chúng "
                                         "để trống",
                                         (long long)d->removed)
                             : ""));
    vt_dossier_set(book, "ma-bam", d->sha256);
    json_object_set_new(book, "dong", rows);
    return book;
}
