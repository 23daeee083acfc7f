/*
 * Fuzzer for JSON data, with jansson as the referee: what we take it takes, and
 * what we call a breach of JSON's own grammar it refuses.
 *
 * Built with: clang -fsanitize=fuzzer,address,undefined, the sources of base/,
 * fonts/ and gen/, and the libraries of the Makefile.
 */
#include "gen/data.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* 1 taken, 0 refused, -1 no verdict: it knows no numbers beyond a double. */
static int referee(const uint8_t *data, size_t size) {
    json_error_t error;
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        size -= 3;
    }
    json_t *json = json_loadb((const char *)data, size,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);
    if (!json)
        return json_error_code(&error) == json_error_numeric_overflow ? -1 : 0;
    json_decref(json);
    return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new((size_t)64 << 20);
    vt_data *json = NULL;
    vt_status st = vt_data_parse("json", data, size, "fuzz.json", list, &json);
    if (st == VT_OK && referee(data, size) == 0)
        abort();
    if (st != VT_OK && vt_findings_errors(list) == 0)
        abort();
    if (st == VT_BAD && strcmp(vt_findings_at(list, 0)->id, "DL-02") == 0 &&
        !strstr(vt_findings_at(list, 0)->message, "phải là một đối tượng") &&
        referee(data, size) == 1)
        abort();
    for (size_t i = 0; json && i < vt_data_count(json); i++) {
        vt_value *fields;
        vt_arena_reset(arena);
        if (vt_data_record(json, i, arena, list, &fields) != VT_OK)
            abort();
    }
    vt_data_free(json);
    vt_arena_free(arena);
    vt_findings_free(list);
    return 0;
}
