/*
 * Fuzzer for font files: whatever the bytes, a face is refused with a reason
 * or answers everything asked of it.
 *
 * Built with: clang -fsanitize=fuzzer,address,undefined, the sources of base/
 * and fonts/, -lcrypto -ldeflate -lm.  Start it with a folder of real fonts
 * (copies of LiberationSerif-*.ttf): from nothing it takes very long to find
 * a file with the letters a face must have.  No font is kept in this tree.
 */
#include "tests/fonts/exercise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    exercise_font(data, size);
    return 0;
}
