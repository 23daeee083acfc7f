/*
 * tests/fuzz/replay.c - a fuzzer's target run over files, without the fuzzer:
 * every run of the tests replays the corpora under the sanitizers.
 *
 *   fuzz_NAME FILE ...
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f || fseek(f, 0, SEEK_END) != 0) {
            perror(argv[i]);
            return 2;
        }
        long len = ftell(f);
        uint8_t *data = malloc((size_t)len + 1);
        rewind(f);
        if (!data || fread(data, 1, (size_t)len, f) != (size_t)len)
            return 2;
        fclose(f);
        LLVMFuzzerTestOneInput(data, (size_t)len);
        free(data);
        printf("ok %d - %s\n", i, argv[i]);
        fflush(stdout);
    }
    printf("1..%d\n", argc - 1);
    return 0;
}
