/*
 * records/keep.c - the archive's files: immutable, known by the SHA-256 of what
 * they hold.
 *
 * Small ones stand in the register itself (`blob`), so that one fsync of its
 * log puts number, rows and files on the disk together; large ones in files/
 * (records/files.c), there and synced before the row that names them.  Text is
 * kept deflated; the hash is always that of the file as it is handed out.
 *
 * Whatever was just written is read back, unpacked and hashed before the act
 * can be committed.
 */
#include "records/store.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum { KEEP_MOST = 1 << 30, PACK_LEVEL = 6, PACK_LEAST = 512 };

/* How a file is kept. */
typedef struct kept {
    bool found, in_register, packed;
    int64_t bytes, as; /* of the file; as it is kept (-1: a row from before that was told) */
    size_t read, used; /* when it was read: bytes there, and of those the file is made of */
} kept;

static bool hash_is(const vt_buf *bytes, const char *sha256) {
    vt_hash hash;
    char hex[65];

    vt_sha256(bytes->data, bytes->len, &hash);
    vt_hash_hex(&hash, hex);
    return strcmp(hex, sha256) == 0;
}

static vt_status find(vt_records *r, vt_findings *list, const char *sha256, kept *out) {
    vt_stmt *stmt;
    vt_status st = vt_sql_open(r, list,
                               "SELECT place, packing, bytes, coalesce(kept, -1) FROM file WHERE "
                               "sha256 = ?",
                               VT_ARGS(vt_text(sha256)), &stmt);

    *out = (kept){0};
    if (!st)
        st = vt_sql_row(stmt, list, &out->found);
    if (st || !out->found)
        return st;
    out->in_register = strcmp(vt_sql_view(stmt, 0), "register") == 0;
    out->packed = *vt_sql_view(stmt, 1) != '\0';
    out->bytes = vt_sql_int(stmt, 2);
    out->as = vt_sql_int(stmt, 3);
    vt_sql_done(stmt);
    return VT_OK;
}

/* ---------------------------------------------------------------- packing -- */

/* PDFs and pictures are packed already.  False: not worth it; out is empty. */
static bool pack(vt_records *r, const void *data, size_t len, vt_buf *out) {
    if (len < PACK_LEAST || memcmp(data, "%PDF", 4) == 0)
        return false;
    if (!r->packer)
        r->packer = libdeflate_alloc_compressor(PACK_LEVEL);
    if (!r->packer || !vt_buf_reserve(out, len - len / 8))
        return false;
    out->len = libdeflate_deflate_compress(r->packer, data, len, out->data, len - len / 8);
    return out->len > 0;
}

void vt_packer_free(vt_records *r) {
    libdeflate_free_compressor(r->packer);
    r->packer = NULL;
}

/* What was kept, as it was before; nothing where it does not unpack to those bytes. */
static void unpack(const vt_buf *in, kept *how, vt_buf *out) {
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    bool right =
        unpacker && how->bytes >= 0 && how->bytes <= KEEP_MOST &&
        vt_buf_reserve(out, (size_t)how->bytes) &&
        libdeflate_deflate_decompress_ex(unpacker, in->data, in->len, out->data, (size_t)how->bytes,
                                         &how->used, NULL) == LIBDEFLATE_SUCCESS;

    libdeflate_free_decompressor(unpacker);
    out->len = right ? (size_t)how->bytes : 0;
    out->data[out->len] = '\0';
}

/* ----------------------------------------------------------------- places -- */

static vt_status register_get(vt_records *r, vt_findings *list, const char *sha256, vt_buf *out) {
    vt_stmt *stmt;
    const void *data;
    size_t len;
    bool row = false;
    vt_status st = vt_sql_open(r, list, "SELECT data FROM blob WHERE sha256 = ?",
                               VT_ARGS(vt_text(sha256)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (!st && !row)
        return vt_fail(list, "KHO-28", (vt_place){.path = sha256}, "Phục hồi nó từ bản sao lưu.",
                       "Tệp đã ban hành không còn trong sổ của kho.");
    if (st)
        return st;
    vt_buf_clear(out);
    data = vt_sql_blob(stmt, 0, &len);
    vt_buf_add(out, data, len);
    vt_sql_done(stmt);
    return vt_buf_failed(out) ? vt_nomem(list) : VT_OK;
}

static vt_status get_kept(vt_records *r, vt_findings *list, const char *sha256, const kept *how,
                          vt_buf *out) {
    return how->in_register ? register_get(r, list, sha256, out)
                            : vt_folder_get(r, list, sha256, out);
}

static vt_status get(vt_records *r, vt_findings *list, const char *sha256, kept *how, vt_buf *out) {
    vt_buf packed;
    vt_status st;

    if (!how->packed) {
        st = get_kept(r, list, sha256, how, out);
        how->read = how->used = out->len;
        return st;
    }
    vt_buf_init(&packed, KEEP_MOST);
    vt_buf_clear(out);
    st = get_kept(r, list, sha256, how, &packed);
    how->read = packed.len;
    if (!st)
        unpack(&packed, how, out); /* the hash tells what came of it */
    vt_buf_free(&packed);
    return st;
}

static vt_status get_proved(vt_records *r, vt_findings *list, const char *sha256, kept *how,
                            vt_buf *out) {
    vt_status st = find(r, list, sha256, how);

    if (!st)
        st = get(r, list, sha256, how, out);
    if (!st && !hash_is(out, sha256))
        st = vt_fail(list, "KHO-12", (vt_place){.path = sha256},
                     "Không dùng tệp này; phục hồi nó từ bản sao lưu.",
                     "Tệp trong kho không còn đúng như khi ban hành (mã băm không khớp).");
    return st;
}

vt_status vt_store_get(vt_records *r, vt_findings *list, const char *sha256, vt_buf *out) {
    kept how;

    return get_proved(r, list, sha256, &how, out);
}

vt_status vt_store_check(vt_records *r, vt_findings *list, const char *sha256, vt_buf *out) {
    kept how;
    vt_status st = get_proved(r, list, sha256, &how, out);
    int64_t as = how.as < 0 ? how.bytes : how.as;

    if (!st && (how.bytes != (int64_t)out->len || as != (int64_t)how.read || how.used != how.read))
        st = vt_bad(list, "KHO-12", (vt_place){.path = sha256}, "Phục hồi nó từ bản sao lưu.",
                    "Tệp trong kho không dài như sổ ghi.");
    return st;
}

/* ---------------------------------------------------------------- keeping -- */

/* The self-check before the commit: what is read and unpacked is what was hashed. */
static vt_status read_back(vt_records *r, vt_findings *list, const char *sha256, kept *how,
                           const void *data, size_t len) {
    vt_buf back;
    vt_status st;

    vt_buf_init(&back, KEEP_MOST);
    st = get(r, list, sha256, how, &back);
    if (!st && (back.len != len || memcmp(back.data, data, len) != 0))
        st = vt_fail(list, "KHO-26", (vt_place){.file = r->folder}, "Kiểm tra ổ đĩa rồi làm lại.",
                     "Tệp vừa ghi vào kho “%s” đọc lại không đúng.", r->folder);
    vt_buf_free(&back);
    return st == VT_BAD ? VT_FAIL : st;
}

/* Bytes to where they belong. */
static vt_status place(vt_records *r, vt_findings *list, const char *sha256, const kept *how,
                       const void *data, size_t len) {
    if (how->in_register)
        return vt_sql_run(r, list, "INSERT INTO blob(sha256, data) VALUES (?, ?)",
                          VT_ARGS(vt_text(sha256), vt_blob(data, len)));
    return vt_folder_put(r, list, sha256, data, len);
}

static vt_status add_row(vt_records *r, vt_findings *list, const char *sha256, const kept *how,
                         size_t len) {
    return vt_sql_run(
        r, list, "INSERT INTO file(sha256, bytes, place, packing, kept) VALUES (?, ?, ?, ?, ?)",
        VT_ARGS(vt_text(sha256), vt_int(how->bytes),
                vt_text(how->in_register ? "register" : "folder"),
                vt_text(how->packed ? "deflate" : ""), vt_int((int64_t)len)));
}

static vt_status keep_new(vt_records *r, vt_findings *list, const char *sha256, const void *data,
                          size_t len, vt_buf *packed) {
    kept how = {.bytes = (int64_t)len, .packed = pack(r, data, len, packed)};
    const void *as = how.packed ? packed->data : data;
    size_t as_len = how.packed ? packed->len : len;
    vt_status st;

    how.in_register = as_len <= r->register_most;
    st = add_row(r, list, sha256, &how, as_len);
    if (!st)
        st = place(r, list, sha256, &how, as, as_len);
    return st ? st : read_back(r, list, sha256, &how, data, len);
}

/* A file that is there already is not trusted either: it is read back, and in
   files/ written anew where it is not what it was. */
static vt_status keep(vt_records *r, vt_findings *list, const char *sha256, const void *data,
                      size_t len, vt_buf *packed) {
    kept how;
    vt_status st = find(r, list, sha256, &how);

    if (st || !how.found)
        return st ? st : keep_new(r, list, sha256, data, len, packed);
    if (how.in_register || read_back(r, NULL, sha256, &how, data, len) == VT_OK)
        return read_back(r, list, sha256, &how, data, len);
    if (how.packed && pack(r, data, len, packed))
        st = vt_folder_put(r, list, sha256, packed->data, packed->len);
    else
        st = vt_folder_put(r, list, sha256, data, len);
    return st ? st : read_back(r, list, sha256, &how, data, len);
}

vt_status vt_store_put(vt_records *r, vt_findings *list, const void *data, size_t len,
                       vt_stored *out) {
    vt_hash hash;
    vt_buf packed;
    vt_status st;

    vt_sha256(data, len, &hash);
    vt_hash_hex(&hash, out->sha256);
    out->bytes = (int64_t)len;
    vt_buf_init(&packed, KEEP_MOST);
    st = keep(r, list, out->sha256, data, len, &packed);
    vt_buf_free(&packed);
    return st;
}
