/*
 * Fuzzer for models: whatever the bytes, the model is refused with a reason, or
 * a record that holds nothing and one that holds its fields' names are merged
 * or refused with a reason.
 *
 * Built with: clang -fsanitize=fuzzer,address,undefined, the sources of base/,
 * fonts/ and gen/, and the libraries of the Makefile.  Start it with the models
 * of templates/ and tests/regress/merge.
 */
#include "gen/model.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_fields(vt_buf *out, const vt_field *f, size_t count, int depth) {
    for (size_t i = 0; i < count; i++) {
        vt_buf_printf(out, "<%s>", f[i].name);
        if (f[i].field_count && depth < 3)
            put_fields(out, f[i].fields, f[i].field_count, depth + 1);
        else if (f[i].kind == VT_FIELD_CHOICE)
            vt_buf_puts(out, "khan");
        else
            vt_buf_puts(out, f[i].kind == VT_FIELD_DATE ? "5/1/2026" : "12");
        vt_buf_printf(out, "</%s>", f[i].name);
    }
}

static void merge(vt_model *model, const char *xml, size_t len, vt_findings *list) {
    vt_data *records = NULL;
    vt_arena *arena = vt_arena_new((size_t)64 << 20);
    if (vt_data_parse("xml", xml, len, "fuzz.xml", list, &records) == VT_OK) {
        vt_doc *doc = NULL;
        vt_findings_clear(list);
        vt_status st = vt_merge(model, records, 0, arena, list, &doc);
        if ((st == VT_OK) != (doc != NULL) || (st != VT_OK && vt_findings_errors(list) == 0))
            abort();
    }
    vt_data_free(records);
    vt_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char nothing[] = "<record/>";
    vt_findings *list = vt_findings_new();
    vt_model *model = NULL;
    const vt_field *fields;
    vt_status st = vt_model_parse(data, size, "fuzz.xml", list, &model);
    if (st != VT_OK && vt_findings_errors(list) == 0)
        abort();
    if (model) {
        vt_buf xml;
        vt_buf_init(&xml, 1 << 20);
        vt_buf_puts(&xml, "<record>");
        size_t count = vt_model_fields(model, &fields);
        put_fields(&xml, fields, count, 0);
        vt_buf_puts(&xml, "</record>");
        merge(model, nothing, sizeof nothing - 1, list);
        if (!vt_buf_failed(&xml))
            merge(model, xml.data, xml.len, list);
        vt_buf_free(&xml);
    }
    vt_model_free(model);
    vt_findings_free(list);
    return 0;
}
