/*
 * gen/picture.c - a picture file beside the document: found, measured, decoded.
 */
#include "gen/picture.h"

#include "gen/compose.h"

#include <string.h>

#define PICTURES_MAX 512 /* files of one document, enclosed ones included */

vt_status vt_picture_admit(const vt_decoding *d, uint32_t width, uint32_t height) {
    if (width == 0 || height == 0)
        return vt_picture_damaged(d);
    if (width <= VT_PICTURE_SIDE && height <= VT_PICTURE_SIDE &&
        (uint64_t)width * height <= VT_PICTURE_SAMPLES) {
        if (d->used + (uint64_t)width * height <= VT_PICTURES_SAMPLES)
            return VT_OK;
        return vt_bad(d->list, "HINH-05", d->place, "Thu nhỏ các ảnh, hoặc bớt ảnh.",
                      "Từ ảnh “%s”, các ảnh của văn bản có hơn %u triệu điểm.", d->name,
                      VT_PICTURES_SAMPLES / 1000000);
    }
    return vt_bad(d->list, "HINH-03", d->place,
                  "Thu nhỏ ảnh; in khổ A4 ở 600 dpi chỉ cần khoảng 4960 × 7016 điểm.",
                  "Ảnh “%s” có %u × %u điểm, quá giới hạn %u điểm mỗi chiều và %u triệu điểm.",
                  d->name, width, height, VT_PICTURE_SIDE, VT_PICTURE_SAMPLES / 1000000);
}

vt_status vt_picture_damaged(const vt_decoding *d) {
    return vt_bad(d->list, "HINH-04", d->place, "Xuất lại ảnh từ bản gốc.",
                  "Tệp ảnh “%s” bị hỏng hoặc bị cắt cụt.", d->name);
}

vt_status vt_picture_decode(vt_decoding *d) {
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    static const uint8_t jpeg[] = {0xFF, 0xD8, 0xFF};

    if (d->len > sizeof png && memcmp(d->data, png, sizeof png) == 0)
        return vt_picture_png(d);
    if (d->len > sizeof jpeg && memcmp(d->data, jpeg, sizeof jpeg) == 0)
        return vt_picture_jpeg(d);
    return vt_bad(d->list, "HINH-02", d->place, "Lưu ảnh thành PNG hoặc JPEG.",
                  "Tệp “%s” không phải ảnh PNG hay JPEG.", d->name);
}

/* ---------------------------------------------------------- the document -- */

/* The picture of that file, when it stands somewhere else already. */
static bool known(const vt_ctx *ctx, const char *path, uint32_t *index) {
    const vt_layout *layout = ctx->job->layout;

    for (size_t i = 0; i < layout->picture_count; i++)
        if (strcmp(layout->pictures[i].path, path) == 0) {
            *index = (uint32_t)i;
            return true;
        }
    return false;
}

static uint64_t samples_used(const vt_ctx *ctx) {
    const vt_layout *layout = ctx->job->layout;
    uint64_t sum = 0;

    for (size_t i = 0; i < layout->picture_count; i++)
        sum += (uint64_t)layout->pictures[i].width * layout->pictures[i].height;
    return sum;
}

static vt_picture *new_picture(vt_ctx *ctx) {
    vt_layout *layout = ctx->job->layout;
    vt_picture *grown = vt_grow(ctx->job->arena, layout->pictures, &layout->picture_cap,
                                layout->picture_count + 1, sizeof *grown);

    if (!grown) {
        vt_no_memory(ctx);
        return NULL;
    }
    layout->pictures = grown;
    return &grown[layout->picture_count];
}

/* Decoded once in a process, admitted for each document. */
static vt_status decode_once(vt_ctx *ctx, vt_decoding *d) {
    const char *path = d->out->path;
    vt_hash hash;

    vt_sha256(d->data, d->len, &hash);
    const vt_picture *before = vt_picture_recall(ctx->job->engine, &hash);
    if (!before) {
        const vt_status status = vt_picture_decode(d);
        if (status == VT_OK)
            vt_picture_remember(ctx->job->engine, &hash, d->out);
        return status;
    }
    *d->out = *before;
    d->out->path = path;
    return vt_picture_admit(d, before->width, before->height);
}

const vt_picture *vt_picture_beside(vt_ctx *ctx, const vt_node *node, vt_at at, uint32_t *index) {
    vt_layout *layout = ctx->job->layout;
    const char *name = vt_attr_get(node, at), *folder = ctx->doc->folder;
    const char *path = name && folder ? vt_path_beside(ctx->job->arena, folder, name) : NULL;
    vt_decoding d = {.arena = ctx->job->arena,
                     .list = ctx->job->list,
                     .place = vt_node_place(ctx->job->arena, ctx->doc, node),
                     .name = name};

    if (!path) {
        vt_trouble(ctx, "HINH-01", node,
                   "Đặt tệp ảnh cùng thư mục với văn bản và ghi đúng tên tệp.",
                   "Không tìm được ảnh “%s”.", name ? name : "");
        return NULL;
    }
    if (known(ctx, path, index))
        return &layout->pictures[*index];
    if (layout->picture_count >= PICTURES_MAX) {
        vt_trouble(ctx, "HINH-05", node, "Bớt ảnh, hoặc chuyển ảnh vào tệp gửi kèm.",
                   "Văn bản có quá %d tệp ảnh.", PICTURES_MAX);
        return NULL;
    }
    if (!vt_ctx_read(ctx, node, path, VT_PICTURE_BYTES, &d.data, &d.len) ||
        !(d.out = new_picture(ctx)))
        return NULL;
    *d.out = (vt_picture){.path = path};
    d.used = samples_used(ctx);
    const vt_status status = decode_once(ctx, &d);
    vt_worsen(ctx, status);
    if (status != VT_OK)
        return NULL;
    if (at == VT_AT_HREF) /* a figure; not a signature, not a seal */
        vt_ctx_beside(ctx, name, d.data, d.len);
    *index = (uint32_t)layout->picture_count++;
    return d.out;
}
