/*
 * base/hash.c - SHA-256 by OpenSSL.
 */
#include "base/base.h"

/*
 * The plain calls, though OpenSSL would rather see its EVP layer used: they
 * allocate nothing and look nothing up, so they cannot fail.  EVP_MD_fetch of
 * OpenSSL 3.0 crashes when memory is missing while it sets itself up.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

bool vt_sha256(const void *data, size_t len, vt_hash *out) {
    SHA256_CTX context;

    return SHA256_Init(&context) == 1 && SHA256_Update(&context, data, len) == 1 &&
           SHA256_Final(out->byte, &context) == 1;
}

void vt_hash_hex(const vt_hash *hash, char out[65]) {
    static const char hex[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof hash->byte; i++) {
        out[2 * i] = hex[hash->byte[i] >> 4];
        out[2 * i + 1] = hex[hash->byte[i] & 15];
    }
    out[64] = '\0';
}
