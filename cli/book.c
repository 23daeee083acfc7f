/* cli/book.c - from rows of the archive to a register, a list, a statistic. */

#include "cli/book.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *word;
    vt_book_format format;
} FORMATS[] = {{"pdf", VT_AS_PDF}, {"csv", VT_AS_CSV}, {"xlsx", VT_AS_XLSX}};
enum { FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS };

/* A name that promises what is not made. */
static const char *const OTHERS[] = {"doc", "docx", "odt", "rtf", "xls", "xlsm",
                                     "ods", "html", "txt", "xml", "json"};

vt_status vt_cli_book_format(vt_cli *cli, const char *word, const char *path, vt_book_format *out) {
    const char *dot = path ? strrchr(path, '.') : NULL;

    *out = VT_AS_PDF;
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (word ? strcmp(word, FORMATS[i].word) == 0
                 : dot && strcasecmp(dot + 1, FORMATS[i].word) == 0) {
            *out = FORMATS[i].format;
            return VT_OK;
        }
    for (size_t i = 0; !word && dot && i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (strcasecmp(dot + 1, OTHERS[i]) == 0)
            return vt_bad(cli->list, "CLI-20", (vt_place){.file = path},
                          "Dùng đuôi .pdf, .csv hoặc .xlsx.",
                          "Không làm được tệp dạng %s: đuôi tên tệp sẽ nói sai.", dot);
    if (!word)
        return VT_OK;
    return vt_bad(cli->list, "CLI-20", (vt_place){0}, "Dùng --format pdf, csv hoặc xlsx.",
                  "Tùy chọn --format không nhận giá trị “%s”.", word);
}

/* Words of the archive may be older than the question whether a page can hold them: "?" for
   what it cannot.  `fonts`: those of the page; NULL: of a spreadsheet.  False: no memory. */
static bool fit(vt_cli *cli, const vt_fonts *fonts, json_t *value) {
    const char *text, *key;
    bool right = true;
    json_t *child;
    size_t i;

    if (json_is_string(value)) {
        text = vt_text_for_page(cli->arena, fonts, json_string_value(value));
        return text && (text == json_string_value(value) || json_string_set(value, text) == 0);
    }
    json_array_foreach(value, i, child) right &= fit(cli, fonts, child);
    json_object_foreach(value, key, child) right &= fit(cli, fonts, child);
    return right;
}

static vt_status merge(vt_cli *cli, const char *name, json_t *record, vt_doc **out) {
    const char *path, *model_name = vt_printf(cli->arena, "books/%s", name);
    char *text = json_dumps(record, JSON_COMPACT);
    vt_model *model = NULL;
    vt_data *data = NULL;
    vt_status st = model_name && text ? vt_cli_model(cli, model_name, &path) : vt_nomem(cli->list);

    if (!st)
        st = vt_model_open(cli->engine, path, cli->list, &model);
    if (!st)
        st = vt_data_parse("json", text, strlen(text), name, cli->list, &data);
    if (!st)
        st = vt_merge(model, data, 0, cli->arena, cli->list, out);
    vt_data_free(data);
    vt_model_free(model);
    free(text);
    return st;
}

/* Words of the archive are as long as they are: that one had to be parted in a column of
   ours (TRANG-07) nobody who prints a list can mend. */
static vt_status compose(vt_cli *cli, const vt_pack *pack, const vt_doc *doc, size_t before,
                         vt_layout **out) {
    const vt_compose_options how = {.first_page = (int)before + 1};
    vt_findings *found = vt_findings_new();
    vt_status st = found ? vt_compose(cli->engine, pack, doc, &how, cli->arena, found, out)
                         : vt_nomem(cli->list);

    for (size_t i = 0; i < vt_findings_count(found); i++) {
        const vt_finding *f = vt_findings_at(found, i);

        if (strcmp(f->id, "TRANG-07") != 0)
            vt_find(cli->list, f);
    }
    vt_findings_free(found);
    return st;
}

static vt_status paint(vt_cli *cli, const vt_doc *doc, vt_buf *out, size_t *pages) {
    const vt_paint_options how = {.no_source = true};
    const vt_pack *pack = NULL;
    vt_layout *layout = NULL;
    vt_status st = vt_pack_choose(cli->engine, doc, cli->list, &pack);

    if (!st)
        st = compose(cli, pack, doc, pages ? *pages : 0, &layout);
    if (!st)
        st = vt_paint(cli->engine, pack, doc, layout, &how, out, cli->list);
    if (!st && pages)
        *pages = vt_layout_pages(layout);
    return st;
}

vt_status vt_cli_book(vt_cli *cli, const char *name, json_t *record, vt_book_format format,
                      vt_buf *out, size_t *pages) {
    vt_doc *doc = NULL;
    vt_status st = record ? vt_cli_engine(cli) : vt_nomem(cli->list);

    if (!st && !fit(cli, format == VT_AS_PDF ? vt_engine_fonts(cli->engine) : NULL, record))
        st = vt_nomem(cli->list);
    if (!st)
        st = merge(cli, name, record, &doc);
    json_decref(record);
    if (st)
        return st;
    switch (format) {
    case VT_AS_CSV:
        return vt_sheet_csv(cli, doc, out);
    case VT_AS_XLSX:
        return vt_sheet_xlsx(cli, doc, out);
    default:
        return paint(cli, doc, out, pages);
    }
}
