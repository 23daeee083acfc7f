/*
 * Fuzzer for font files: whatever the bytes, a face is refused with a reason
 * or answers everything asked of it.
 *
 * tests/fuzz.sh starts it with the installed Liberation Serif: from nothing it
 * takes very long to find a file with the letters a face must have.
 */
#include "tests/fonts/exercise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    exercise_font(data, size);
    return 0;
}
