/* cli/found.c - what a search found, for people and for programs. */

#include "cli/found.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ------------------------------------------------------------------ people -- */

/* Words that were found: bold on a terminal, in «» elsewhere. */
static bool marks_bold(void) {
    const char *plain = getenv("NO_COLOR");

    return isatty(STDOUT_FILENO) && !(plain && *plain);
}

static void say_piece(vt_cli *cli, const char *text, size_t len) {
    const char *piece = vt_strndup(cli->arena, text, len);

    vt_cli_say(cli, "%s", piece ? piece : "");
}

static void say_marked(vt_cli *cli, const vt_marked *text, bool terminal) {
    size_t at = 0;

    for (size_t i = 0; i < text->count; i++) {
        const vt_mark *m = &text->marks[i];

        say_piece(cli, text->text + at, m->start - at);
        vt_cli_say(cli, terminal ? "\033[1m" : "«");
        say_piece(cli, text->text + m->start, m->len);
        vt_cli_say(cli, terminal ? "\033[0m" : "»");
        at = m->start + m->len;
    }
    vt_cli_say(cli, "%s", text->text + at);
}

static void print_hit(vt_cli *cli, const vt_record *r, const vt_snippet *snippet, int column) {
    const bool bold = marks_bold();
    const vt_marked plain = {.text = r->subject};

    vt_cli_say(cli, "%s%*s  %s  %s%s", r->designation, column - vt_cli_width(r->designation), "",
               vt_cli_day(cli->arena, r->date), r->type_name, *r->subject ? ": " : "");
    say_marked(cli, snippet && bold ? &snippet->subject : &plain, bold);
    vt_cli_say(cli, "\n");
    vt_cli_say(cli, "%*s  %s%s%s%s%s; mã %s\n", column, "", r->superior, *r->superior ? ", " : "",
               r->issuer, *r->signer ? "; ký: " : "", r->signer, r->id);
    if (snippet && *snippet->text.text) {
        vt_cli_say(cli, "%*s  ", column, "");
        say_marked(cli, &snippet->text, bold);
        vt_cli_say(cli, "\n");
    }
}

/* Number, date, subject; whose, by whom, id; a piece of the text. */
void vt_cli_print_hits(vt_cli *cli, const vt_hits *hits) {
    int column = 0;

    if (hits->folded && hits->count)
        vt_cli_say(cli, "Không có văn bản nào viết đúng dấu như vậy; dưới đây là kết quả không "
                        "xét dấu.\n");
    if (!hits->count)
        vt_cli_say(cli, "Không tìm thấy văn bản nào.\n");
    for (size_t i = 0; i < hits->count; i++) {
        int width = vt_cli_width(hits->items[i]->designation);
        column = width > column ? width : column;
    }
    for (size_t i = 0; i < hits->count; i++)
        print_hit(cli, hits->items[i], hits->snippets ? &hits->snippets[i] : NULL, column);
    if (hits->next)
        vt_cli_say(cli, "%s: thêm --after %s\n",
                   hits->mentions ? "Văn bản nhắc đến số này, nếu có" : "Còn nữa", hits->next);
}

/* ------------------------------------------------------------------ counts -- */

static const struct {
    const char *key, *label;
} KINDS[VT_FACETS] = {
    [VT_BY_TYPE] = {"type", "Loại"},         [VT_BY_SERIES] = {"series", "Sổ"},
    [VT_BY_YEAR] = {"year", "Năm"},          [VT_BY_ISSUER] = {"issuer", "Cơ quan"},
    [VT_BY_SIGNER] = {"signer", "Người ký"}, [VT_BY_URGENCY] = {"urgency", "Độ khẩn"},
    [VT_BY_STATE] = {"state", "Tình trạng"},
};

/* "1.234.567", as people write it. */
static const char *grouped(vt_arena *arena, int64_t n) {
    if (n < 1000)
        return vt_printf(arena, "%lld", (long long)n);
    if (n < 1000000)
        return vt_printf(arena, "%lld.%03lld", (long long)(n / 1000), (long long)(n % 1000));
    return vt_printf(arena, "%lld.%03lld.%03lld", (long long)(n / 1000000),
                     (long long)(n / 1000 % 1000), (long long)(n % 1000));
}

void vt_cli_print_facets(vt_cli *cli, const vt_facets *f) {
    vt_cli_say(cli, "%s %s văn bản%s\n", f->estimated ? "Khoảng" : "Tất cả",
               grouped(cli->arena, f->total),
               f->estimated ? " (ước lượng, kể cả các số dưới đây):" : ":");
    for (int k = 0; k < VT_FACETS; k++) {
        const vt_facet *facet = &f->of[k];

        for (size_t i = 0; i < facet->count; i++) {
            const vt_facet_value *v = &facet->values[i];

            if (i == 0)
                vt_cli_say(cli, "  %s:\n", KINDS[k].label);
            vt_cli_say(cli, "    %9s  %s\n", grouped(cli->arena, v->count),
                       k == VT_BY_URGENCY || k == VT_BY_STATE ? vt_cli_word(v->key) : v->name);
        }
        if (facet->more)
            vt_cli_say(cli, "    và %zu mục khác\n", facet->more);
    }
}

/* -------------------------------------------------------------------- JSON -- */

/* Characters, not bytes: as the string of JSON is counted in most languages' code points. */
static json_t *marked_json(const vt_marked *text) {
    json_t *marks = json_array();
    size_t at = 0, chars = 0;

    for (size_t i = 0; i < text->count; i++) {
        const vt_mark *m = &text->marks[i];
        size_t start, len = 0;

        for (; at < m->start; at++)
            chars += (text->text[at] & 0xC0) != 0x80;
        start = chars;
        for (; at < m->start + m->len; at++)
            len += (text->text[at] & 0xC0) != 0x80;
        chars += len;
        json_array_append_new(marks, json_pack("[I, I]", (json_int_t)start, (json_int_t)len));
    }
    return json_pack("{s:o, s:o}", "text", vt_cli_json_text(text->text), "marks", marks);
}

json_t *vt_cli_hits_json(const vt_hits *hits) {
    json_t *all = json_array();

    for (size_t i = 0; i < hits->count; i++) {
        json_t *one = vt_cli_record_json(hits->items[i]);

        if (hits->snippets)
            json_object_set_new(one, "snippet",
                                json_pack("{s:o, s:o}", "subject",
                                          marked_json(&hits->snippets[i].subject), "text",
                                          marked_json(&hits->snippets[i].text)));
        json_array_append_new(all, one);
    }
    return json_pack("{s:o, s:s?, s:b}", "records", all, "next", hits->next, "folded",
                     hits->folded);
}

json_t *vt_cli_facets_json(const vt_facets *f) {
    json_t *all = json_pack("{s:I, s:b}", "total", (json_int_t)f->total, "estimated", f->estimated);

    for (int k = 0; k < VT_FACETS; k++) {
        json_t *values = json_array();

        for (size_t i = 0; i < f->of[k].count; i++) {
            const vt_facet_value *v = &f->of[k].values[i];

            json_array_append_new(
                values, json_pack("{s:o, s:o, s:I}", "key", vt_cli_json_text(v->key), "name",
                                  vt_cli_json_text(v->name), "count", (json_int_t)v->count));
        }
        json_object_set_new(
            all, KINDS[k].key,
            json_pack("{s:o, s:I}", "values", values, "more", (json_int_t)f->of[k].more));
    }
    return all;
}

/* ------------------------------------------------------------------- words -- */

static void put_words(vt_buf *out, const char *label, const char *text) {
    if (text && *text)
        vt_buf_printf(out, "%s%s%s", out->len ? "; " : "", label, text);
}

static const char *day(vt_cli *cli, vt_date date) {
    char iso[11];

    if (!date.year)
        return NULL;
    vt_date_iso(date, iso);
    return vt_strdup(cli->arena, vt_cli_day(cli->arena, iso));
}

const char *vt_cli_search_words(vt_cli *cli, const vt_search *s) {
    vt_buf out;
    const char *text;

    vt_buf_init(&out, 1 << 16);
    put_words(&out, "", vt_blank(s->query) ? NULL : s->query);
    put_words(&out, "loại: ", s->type);
    put_words(&out, "sổ: ", s->series);
    put_words(&out, "cơ quan: ", s->issuer);
    put_words(&out, "người ký: ", s->signer);
    put_words(&out, "nơi nhận: ", s->recipient);
    put_words(&out, "độ khẩn: ", s->urgency);
    put_words(&out, "tình trạng: ", s->state);
    put_words(&out, "hồ sơ: ", s->dossier);
    put_words(&out, "từ ngày ", day(cli, s->from));
    put_words(&out, "đến ngày ", day(cli, s->to));
    text = vt_buf_failed(&out) ? "" : vt_strdup(cli->arena, out.len ? out.data : "mọi văn bản");
    vt_buf_free(&out);
    return text ? text : "";
}
