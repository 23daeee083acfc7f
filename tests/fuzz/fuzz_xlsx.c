/*
 * Fuzzer for spreadsheets: whatever the bytes, the file is refused with a reason, or what is
 * read is CSV whose rows are all of one width, and whose cells the reader of CSV takes as they are.
 *
 * An input that begins with "PK" or OLE's mark is a file.  Any other is the parts of one, so that
 * a change bites before a checksum does: sheet, shared strings, styles, workbook and relations, in
 * this order, parted by lines "%%"; parts that are left out are those of a plain workbook.
 */
#include "gen/data_xlsx.h"

#include <stdlib.h>
#include <string.h>

enum { PARTS = 5, OUT_BYTES = 1 << 22 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct input {
    const char *part[PARTS];
    size_t len[PARTS];
} input;

static const char *const paths[PARTS] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                         "xl/styles.xml", "xl/workbook.xml",
                                         "xl/_rels/workbook.xml.rels"};

static void split(const char *s, size_t len, input *out) {
    const char *end = s + len;

    *out = (input){{"<worksheet/>", NULL, NULL, "<workbook/>", NULL}, {12, 0, 0, 11, 0}};
    for (int i = 0; i < PARTS && s <= end; i++) {
        const char *stop = s;

        while (stop < end && !(end - stop >= 4 && memcmp(stop, "\n%%\n", 4) == 0))
            stop++;
        out->part[i] = s;
        out->len[i] = (size_t)(stop - s);
        s = stop + 4;
    }
}

static vt_status read_part(void *ctx, const char *path, vt_findings *list, vt_buf *out,
                           bool *there) {
    const input *in = ctx;

    (void)list;
    *there = false;
    for (int i = 0; i < PARTS; i++)
        if (strcmp(path, paths[i]) == 0 && in->part[i]) {
            vt_buf_add(out, in->part[i], in->len[i]);
            *there = true;
        }
    return VT_OK;
}

/* Cells of the line at s; moves behind it.  0: it is empty. */
static int cells_of(const char **s) {
    int cells = **s != '\n';
    bool quoted = false;

    for (; **s && (quoted || **s != '\n'); ++*s) {
        if (quoted && strchr("\n\r\t", **s))
            abort();
        quoted = quoted != (**s == '"');
        cells += !quoted && **s == ',';
    }
    if (**s != '\n')
        abort();
    ++*s;
    return cells;
}

static void check_lines(const vt_buf *csv) {
    const char *s = csv->data ? csv->data : "";
    int width = 0, lines = 0;

    while (*s) {
        int cells = cells_of(&s);

        if (cells && width && cells != width)
            abort();
        width = cells ? cells : width;
        lines++;
    }
    if ((size_t)(s - (csv->data ? csv->data : s)) != csv->len || lines > VT_XLSX_ROWS)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    vt_findings *list = vt_findings_new();
    bool file = size >= 2 && (memcmp(data, "PK", 2) == 0 || memcmp(data, "\xD0\xCF", 2) == 0);
    vt_data *read = NULL;
    vt_status st;
    input in;
    vt_buf csv;

    vt_buf_init(&csv, OUT_BYTES);
    split((const char *)data, size, &in);
    st = file ? vt_xlsx_csv(data, size, "fuzz.xlsx", list, &csv)
              : vt_xlsx_read(&(vt_xlsx_parts){read_part, &in}, "fuzz.xlsx", list, &csv);
    if (st == VT_FAIL || (st == VT_OK) != (vt_findings_errors(list) == 0))
        abort();
    if (!st) {
        check_lines(&csv);
        st = vt_data_parse("csv", csv.data, csv.len, "fuzz.xlsx", list, &read);
        if (st == VT_FAIL)
            abort();
    }
    vt_data_free(read);
    vt_buf_free(&csv);
    vt_findings_free(list);
    return 0;
}
