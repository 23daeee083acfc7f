/*
 * base/hash.c - SHA-256 by nettle, whose calls allocate nothing, look
 * nothing up and therefore cannot fail.
 */
#include "base/base.h"

#include <nettle/sha2.h>

_Static_assert(sizeof(vt_hasher) >= sizeof(struct sha256_ctx), "a hasher holds nettle's context");
_Static_assert(_Alignof(vt_hasher) >= _Alignof(struct sha256_ctx), "and is aligned like it");

void vt_hasher_start(vt_hasher *hasher) {
    sha256_init((struct sha256_ctx *)hasher);
}

void vt_hasher_add(vt_hasher *hasher, const void *data, size_t len) {
    sha256_update((struct sha256_ctx *)hasher, len, data);
}

void vt_hasher_end(vt_hasher *hasher, vt_hash *out) {
    sha256_digest((struct sha256_ctx *)hasher, sizeof out->byte, out->byte);
}

void vt_sha256(const void *data, size_t len, vt_hash *out) {
    vt_hasher hasher;

    vt_hasher_start(&hasher);
    vt_hasher_add(&hasher, data, len);
    vt_hasher_end(&hasher, out);
}

void vt_hash_hex(const vt_hash *hash, char out[65]) {
    static const char hex[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof hash->byte; i++) {
        out[2 * i] = hex[hash->byte[i] >> 4];
        out[2 * i + 1] = hex[hash->byte[i] & 15];
    }
    out[64] = '\0';
}
