/*
 * base/hash.c - SHA-256 by OpenSSL.
 */
#include "base/base.h"

#include <openssl/evp.h>
#include <stdatomic.h>

/*
 * Looking the algorithm up costs more than hashing a page, so it is done once
 * per process.  After a failure (no memory) the next call tries again.
 */
static const EVP_MD *sha256(void) {
    static _Atomic(EVP_MD *) cached;
    EVP_MD *md = atomic_load(&cached), *none = NULL;

    if (md)
        return md;
    md = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (md && !atomic_compare_exchange_strong(&cached, &none, md)) {
        EVP_MD_free(md); /* another thread was faster */
        md = none;
    }
    return md;
}

bool vt_sha256(const void *data, size_t len, vt_hash *out) {
    const EVP_MD *md = sha256();

    return md && EVP_Digest(data, len, out->byte, NULL, md, NULL) == 1;
}

void vt_hash_hex(const vt_hash *hash, char out[65]) {
    static const char hex[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof hash->byte; i++) {
        out[2 * i] = hex[hash->byte[i] >> 4];
        out[2 * i + 1] = hex[hash->byte[i] & 15];
    }
    out[64] = '\0';
}
