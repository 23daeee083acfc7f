/*
 * Fuzzer for CSV data: whatever the bytes, the file is refused with a reason,
 * or every record can be built, has declared names only and clean text.
 *
 * Built with: clang -fsanitize=fuzzer,address,undefined, the sources of base/,
 * fonts/ and gen/, and the libraries of the Makefile.
 */
#include "gen/data.h"
#include "gen/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_values(const vt_value *v, int line) {
    for (; v; v = v->next) {
        uint32_t cp;
        size_t at;
        if (!v->text || v->first || v->len == 0 || strlen(v->text) != v->len || v->line < line)
            abort();
        vt_fault fault = vt_text_fault(v->text, v->len, &cp, &at);
        if (fault != VT_FAULT_NONE && fault != VT_FAULT_LOOSE_MARK)
            abort();
        for (const char *p = v->name; *p; p++)
            if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", *p))
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new((size_t)64 << 20);
    vt_data *csv = NULL;
    vt_status st = vt_data_parse("csv", data, size, "fuzz.csv", list, &csv);
    if (st != VT_OK && vt_findings_errors(list) == 0)
        abort();
    for (size_t i = 0; csv && i < vt_data_count(csv); i++) {
        vt_value *fields;
        vt_arena_reset(arena);
        if (vt_data_record(csv, i, arena, list, &fields) != VT_OK || !fields)
            abort();
        check_values(fields, vt_data_line(csv, i));
    }
    vt_data_free(csv);
    vt_arena_free(arena);
    vt_findings_free(list);
    return 0;
}
