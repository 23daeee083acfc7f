/*
 * gen/seal.c - pictures of signature and seal, where they are drawn on the page:
 * the signature between post and name (PL I II.7.d), the seal in its real size
 * over the left third of it (PL I II.8.a; Điều 33.1).
 *
 * An electronic file is born without them.  There they come with the acts that
 * they picture: the person signs, and only then the office seals (Điều 32.2).
 */
#include "gen/compose.h"

/* How far a file's own measure may be from the common seal's, either way. */
#define SEAL_ODD 1.5

static const char remedy[] = "Dùng ảnh PNG nền trong suốt: chữ ký màu xanh, dấu màu đỏ.";

/* What a picture's ink is like; pictures of no colour are neither. */
static bool is_blue(vt_rgb ink) {
    return ink.b > ink.r && ink.b > ink.g;
}

static bool is_red(vt_rgb ink) {
    return ink.r > ink.g && ink.r > ink.b;
}

static const vt_picture *see_through(vt_ctx *ctx, const vt_node *node, vt_at at, uint32_t *index) {
    const vt_picture *picture = vt_picture_beside(ctx, node, at, index);
    const bool seal = at == VT_AT_SEAL;

    if (!picture)
        return NULL;
    if (!picture->alpha) {
        vt_trouble(ctx, "HINH-07", node, remedy, "Ảnh %s “%s” không có nền trong suốt.",
                   seal ? "con dấu" : "chữ ký", vt_attr_get(node, at));
        return NULL;
    }
    if (!(seal ? is_red : is_blue)(picture->ink))
        vt_worsen(ctx, vt_warn(ctx->job->list, "SG-11",
                               vt_node_place(ctx->job->arena, ctx->doc, node), remedy,
                               seal ? "Ảnh con dấu “%s” không phải màu đỏ."
                                    : "Ảnh chữ ký “%s” không phải màu xanh.",
                               vt_attr_get(node, at)));
    return picture;
}

static void put(vt_column *column, const vt_node *node, vt_mark mark, const char *alt) {
    vt_ctx *ctx = column->ctx;

    mark.kind = VT_MARK_PICTURE;
    mark.tag = vt_tag_add(ctx, VT_ROLE_FIGURE, ctx->tag, node);
    if (mark.tag)
        ctx->job->layout->tags[mark.tag].alt = alt;
    if (!alt)
        vt_no_memory(ctx);
    vt_column_mark(column, &mark);
}

static const char *words(vt_ctx *ctx, const char *what, const vt_node *node) {
    const vt_node *name = vt_child(node, VT_NAME);
    const char *text = name ? vt_node_text(ctx->job->arena, name, ' ') : NULL;

    return text ? vt_printf(ctx->job->arena, "%s của %s", what, text)
                : vt_strdup(ctx->job->arena, what);
}

/* As large as its room allows, in the middle of it. */
static vt_mark fitted(const vt_ctx *ctx, const vt_picture *picture, double middle, double top) {
    const double room_w = ctx->pack->signature_width, room_h = ctx->pack->signature_space;
    const double scale_w = room_w / picture->width, scale_h = room_h / picture->height;
    const double scale = scale_w < scale_h ? scale_w : scale_h;
    const double w = picture->width * scale, h = picture->height * scale;

    return (vt_mark){.x1 = middle - w / 2,
                     .x2 = middle + w / 2,
                     .y1 = top + (room_h - h) / 2,
                     .y2 = top + (room_h + h) / 2,
                     .what = "signature"};
}

/* The size the file states, else the common one; 0: it states an odd one. */
static double seal_width(vt_ctx *ctx, const vt_picture *picture, const vt_node *issuer) {
    const double common = ctx->pack->seal_size;
    const double real = picture->dpi > 0 ? picture->width * 72 / picture->dpi : common;

    if (real <= common * SEAL_ODD && real >= common / SEAL_ODD)
        return real;
    vt_trouble(ctx, "HINH-08", issuer,
               "Ghi độ phân giải của ảnh sao cho dấu đúng cỡ thật, hoặc bỏ độ phân giải khỏi ảnh.",
               "Theo độ phân giải ghi trong ảnh, con dấu “%s” rộng %.0f mm.",
               vt_attr_get(issuer, VT_AT_SEAL), real * 25.4 / 72);
    return 0;
}

/* Over the left third of the signature, or of the room left for one. */
static void seal(vt_column *column, const vt_node *issuer, const vt_mark *signature) {
    vt_ctx *ctx = column->ctx;
    uint32_t index = 0;
    const vt_picture *picture = see_through(ctx, issuer, VT_AT_SEAL, &index);
    const double w = picture ? seal_width(ctx, picture, issuer) : 0;

    if (w <= 0)
        return;
    const double right = signature->x1 + (signature->x2 - signature->x1) / 3;
    const double centre = (signature->y1 + signature->y2) / 2;
    const double h = w * picture->height / picture->width;
    put(column, issuer,
        (vt_mark){.x1 = right - w,
                  .x2 = right,
                  .y1 = centre - h / 2,
                  .y2 = centre + h / 2,
                  .picture = index,
                  .what = "seal"},
        words(ctx, "Dấu", issuer));
}

void vt_sign_pictures(vt_column *column, const vt_node *signature, const vt_node *issuer,
                      double middle, double top) {
    vt_ctx *ctx = column->ctx;
    const double half = ctx->pack->signature_width / 2;
    vt_mark at = {.x1 = middle - half,
                  .x2 = middle + half,
                  .y1 = top,
                  .y2 = top + ctx->pack->signature_space};
    uint32_t index = 0;

    if (ctx->job->options->electronic)
        return;
    if (vt_attr_get(signature, VT_AT_IMAGE)) {
        const vt_picture *picture = see_through(ctx, signature, VT_AT_IMAGE, &index);
        if (picture) {
            at = fitted(ctx, picture, middle, top);
            at.picture = index;
            put(column, signature, at, words(ctx, "Chữ ký", signature));
        }
    }
    if (issuer && vt_attr_get(issuer, VT_AT_SEAL))
        seal(column, issuer, &at);
}
