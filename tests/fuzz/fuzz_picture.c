/*
 * Fuzzer for picture files: whatever the bytes, a picture comes out whole, or a
 * reason why not.
 */
#include "gen/picture.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    vt_arena *arena = vt_arena_new((size_t)256 << 20);
    vt_findings *list = vt_findings_new();
    vt_picture picture = {0};
    vt_decoding d = {
        .arena = arena, .list = list, .name = "anh", .data = data, .len = size, .out = &picture};

    if (!arena || !list)
        abort();
    if ((vt_picture_decode(&d) == VT_OK) == (vt_findings_errors(list) > 0))
        abort();
    vt_findings_free(list);
    vt_arena_free(arena);
    return 0;
}
