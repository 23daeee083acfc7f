/*
 * gen/enclose.c - documents and files sent along with a document.
 *
 * A document file is set by its own rules and its pages follow, numbered on
 * their own, its structure one Part.  A PDF becomes an attachment of the file.
 * Names are names in the document's own folder.
 */
#include "gen/compose.h"

#include <string.h>
#include <sys/stat.h>

#define ENCLOSURE_DEPTH 4           /* files inside files inside ... */
#define ENCLOSURE_BYTES (64u << 20) /* of one attached PDF */
#define ENCLOSURES_MAX 64           /* in all */

static const char *REMEDY = "Đặt tệp gửi kèm cùng thư mục với văn bản và ghi đúng tên tệp.";

static bool ends_with(const char *name, const char *end) {
    const size_t n = strlen(name), m = strlen(end);

    if (n < m)
        return false;
    for (size_t i = 0; i < m; i++) {
        char c = name[n - m + i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != end[i])
            return false;
    }
    return true;
}

void vt_worsen(vt_ctx *ctx, vt_status status) {
    if (status > ctx->job->status)
        ctx->job->status = status;
}

/* What was found about a file, told where the document names it. */
static void tell_at(vt_ctx *ctx, const vt_node *node, const vt_findings *about) {
    const vt_place place = vt_node_place(ctx->job->arena, ctx->doc, node);

    for (size_t i = 0; i < vt_findings_count(about); i++) {
        vt_finding there = *vt_findings_at(about, i);
        there.place = place;
        vt_worsen(ctx, vt_find(ctx->job->list, &there));
    }
}

/* A link in a folder that came from elsewhere may name any file of this machine. */
static bool is_link(const char *path) {
    struct stat st;

    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

bool vt_ctx_read(vt_ctx *ctx, const vt_node *node, const char *path, size_t max,
                 const uint8_t **data, size_t *len) {
    vt_findings *about;
    vt_buf buf;
    vt_status status;

    if (is_link(path)) {
        vt_trouble(ctx, "TEP-09", node, "Chép chính tệp ấy vào thư mục của văn bản.",
                   "“%s” là liên kết tới tệp khác, không phải tệp trong thư mục của văn bản.",
                   path);
        return false;
    }
    about = vt_findings_new();
    vt_buf_init(&buf, max);
    status = about ? vt_file_read(path, max, &buf, about) : vt_nomem(ctx->job->list);
    if (about)
        tell_at(ctx, node, about);
    vt_findings_free(about);
    if (status == VT_OK) {
        *len = buf.len;
        *data = (const uint8_t *)vt_strndup(ctx->job->arena, buf.data, buf.len);
        if (!*data)
            status = vt_nomem(ctx->job->list);
    }
    vt_buf_free(&buf);
    vt_worsen(ctx, status);
    return status == VT_OK;
}

vt_status vt_beside_same(const vt_beside *before, const void *data, size_t len, vt_findings *list) {
    if (before->len == len && (len == 0 || memcmp(before->data, data, len) == 0))
        return VT_OK;
    return vt_bad(list, "TEP-10", (vt_place){.file = before->name},
                  "Đợi tệp được ghi xong rồi làm lại.",
                  "Tệp “%s” đã đổi trong lúc đang dàn trang văn bản.", before->name);
}

void vt_ctx_beside(vt_ctx *ctx, const char *name, const void *data, size_t len) {
    vt_layout *layout = ctx->job->layout;
    vt_beside *grown;

    for (size_t i = 0; i < layout->beside_count; i++)
        if (strcmp(layout->beside[i].name, name) == 0) { /* all stand in one folder */
            vt_worsen(ctx, vt_beside_same(&layout->beside[i], data, len, ctx->job->list));
            return;
        }
    grown = vt_grow(ctx->job->arena, layout->beside, &layout->beside_cap, layout->beside_count + 1,
                    sizeof *grown);
    if (!grown) {
        vt_no_memory(ctx);
        return;
    }
    layout->beside = grown;
    grown[layout->beside_count++] = (vt_beside){name, data, len};
}

/* --------------------------------------------------------------- a PDF -- */

/* It begins as one and its end has not been cut off: "%%EOF" stands in the
   last bytes, where readers look for it. */
static bool whole_pdf(const uint8_t *data, size_t len) {
    enum { MARK = 5, TAIL = 1024 };

    if (len < MARK || memcmp(data, "%PDF-", MARK) != 0)
        return false;
    for (size_t at = len > TAIL ? len - TAIL : 0; at + MARK <= len; at++)
        if (memcmp(data + at, "%%EOF", MARK) == 0)
            return true;
    return false;
}

static void attach_pdf(vt_ctx *ctx, const vt_node *node, const char *name, const char *path) {
    vt_layout *layout = ctx->job->layout;
    const char *title = vt_attr_get(node, VT_AT_TITLE);
    struct vt_attachment *grown;
    const uint8_t *data = NULL;
    size_t len = 0, cap = layout->attachment_count;

    if (!vt_ctx_read(ctx, node, path, ENCLOSURE_BYTES, &data, &len))
        return;
    if (!whole_pdf(data, len)) {
        vt_trouble(ctx, "TRANG-12", node, "Gửi kèm đúng tệp PDF.",
                   "Tệp “%s” không phải là PDF, hoặc bị cắt cụt.", name);
        return;
    }
    grown = vt_grow(ctx->job->arena, layout->attachments, &cap, layout->attachment_count + 1,
                    sizeof *grown);
    if (!grown) {
        vt_no_memory(ctx);
        return;
    }
    vt_ctx_beside(ctx, name, data, len);
    layout->attachments = grown;
    grown[layout->attachment_count++] = (struct vt_attachment){.name = name,
                                                               .title = title ? title : name,
                                                               .data = data,
                                                               .len = len,
                                                               .mime = "application/pdf"};
}

/* ---------------------------------------------------------- a document -- */

static bool encloses_itself(const vt_ctx *ctx, const vt_hash *hash) {
    for (; ctx; ctx = ctx->outer)
        if (memcmp(ctx->source.byte, hash->byte, sizeof hash->byte) == 0)
            return true;
    return false;
}

static int depth_of(const vt_ctx *ctx) {
    int depth = 0;

    for (; ctx->outer; ctx = ctx->outer)
        depth++;
    return depth;
}

/* Names are compared as registers do: "Tỉnh uỷ" is "Tỉnh ủy". */
static const char *issuer_folded(const vt_ctx *ctx) {
    vt_arena *arena = ctx->job->arena;
    const vt_node *issuer = vt_child(ctx->root, VT_ISSUER);
    const char *words = issuer ? vt_node_text(arena, issuer, ' ') : "";
    const char *folded = words ? vt_text_fold(arena, words) : NULL;

    return folded ? folded : "";
}

static bool is_of_another(const vt_ctx *ctx, const vt_ctx *enclosed) {
    return strcmp(issuer_folded(ctx), issuer_folded(enclosed)) != 0;
}

static int degree_of(const vt_node *root) {
    static const char *const degrees[] = {"mat", "toi-mat", "tuyet-mat"};
    const vt_node *marks = vt_child(root, VT_MARKS);
    const char *secrecy = marks ? vt_attr_get(marks, VT_AT_SECRECY) : NULL;

    for (int i = 0; secrecy && i < 3; i++)
        if (strcmp(degrees[i], secrecy) == 0)
            return i + 1;
    return 0;
}

/* One file, one record: with the secret it holds it is one, of that degree at least.  A copy is as
   secret as what it copies (gen/copied.c). */
static bool admits(vt_ctx *outer, const vt_node *node, const char *name, const vt_doc *enclosed) {
    const vt_ctx *bears = outer;

    while (bears && vt_is_copy(bears->root))
        bears = bears->outer;
    if (!bears || degree_of(enclosed->root) <= degree_of(bears->root))
        return true;
    vt_trouble(outer, "MK-05", node,
               "Đóng dấu độ mật cao nhất của các tài liệu gửi kèm lên văn bản (marks/@secrecy), "
               "hoặc gửi tài liệu mật riêng.",
               "Tài liệu gửi kèm “%s” có độ mật cao hơn văn bản gửi nó.", name);
    return false;
}

static void set_document(vt_ctx *outer, const vt_node *node, const char *name, const char *path,
                         vt_ctx *copier) {
    vt_job *job = outer->job;
    vt_ctx ctx = {.job = job, .outer = outer, .issued = true, .copier = copier};
    const uint8_t *data = NULL;
    size_t len = 0;
    vt_doc *doc = NULL;

    if (!vt_ctx_read(outer, node, path, VT_MAX_INPUT_BYTES, &data, &len))
        return;
    vt_sha256(data, len, &ctx.source);
    if (encloses_itself(outer, &ctx.source) || depth_of(outer) >= ENCLOSURE_DEPTH) {
        vt_trouble(outer, "TRANG-13", node, "Bỏ tài liệu gửi kèm gây ra vòng lặp.",
                   "Tài liệu gửi kèm “%s” lại gửi kèm chính nó hoặc lồng quá %d tầng.", name,
                   ENCLOSURE_DEPTH);
        return;
    }
    vt_worsen(outer, vt_doc_parse(job->engine, job->arena, data, len, name, outer->doc->folder,
                                  job->list, &doc));
    if (!doc || !admits(outer, node, name, doc))
        return;
    vt_ctx_beside(outer, name, data, len);
    vt_worsen(outer, vt_pack_choose(job->engine, doc, job->list, &ctx.pack));
    if (!ctx.pack)
        return;
    ctx.doc = doc;
    ctx.root = doc->root;
    ctx.type = vt_type_of(&ctx);
    if (!ctx.type)
        return;
    ctx.copied = !copier && !job->options->draft && is_of_another(outer, &ctx);
    ctx.tag = vt_tag_add(outer, VT_ROLE_PART, 0, doc->root);
    vt_compose_document(&ctx);
}

bool vt_enclosed_is_pdf(const vt_node *enclosure) {
    const char *name = vt_attr_get(enclosure, VT_AT_HREF);

    return name && ends_with(name, ".pdf");
}

/* One of them; false: there are too many, and no more are looked at. */
static bool enclose(vt_ctx *ctx, const vt_node *node, vt_ctx *copier) {
    const char *name = vt_attr_get(node, VT_AT_HREF), *folder = ctx->doc->folder;
    const char *path = name && folder ? vt_path_beside(ctx->job->arena, folder, name) : NULL;

    if (!path)
        vt_trouble(ctx, "TRANG-10", node, REMEDY, "Không tìm được tài liệu gửi kèm “%s”.",
                   name ? name : "");
    else if (++ctx->job->enclosed > ENCLOSURES_MAX)
        vt_trouble(ctx, "TRANG-11", node, "Gộp các tài liệu gửi kèm.", "Quá %d tài liệu gửi kèm.",
                   ENCLOSURES_MAX);
    else if (vt_enclosed_is_pdf(node))
        attach_pdf(ctx, node, name, path);
    else
        set_document(ctx, node, name, path, copier);
    return ctx->job->enclosed <= ENCLOSURES_MAX;
}

void vt_enclosures(vt_ctx *ctx) {
    const vt_node *node = vt_child(ctx->root, VT_ENCLOSURE);

    while (node && !vt_idle(ctx) && enclose(ctx, node, NULL))
        node = vt_next_same(node);
}

void vt_copied(vt_ctx *copier, const vt_node *enclosure) {
    enclose(copier, enclosure, copier);
}
