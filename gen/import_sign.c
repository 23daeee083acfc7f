/*
 * gen/import_sign.c - the lines above a name as capacities and posts.
 */
#include "gen/import.h"

#include <string.h>

static vt_typed with_line(vt_draft *d, vt_typed a, vt_typed b, const char *between) {
    const char *s = vt_printf(d->arena, "%.*s%s%.*s", (int)a.len, a.s, between, (int)b.len, b.s);

    return s && a.len ? vt_typed_of(s, a.line) : b;
}

/* "BAN THƯỜNG VỤ PHÓ BÍ THƯ": where the post begins, 0: nowhere. */
static size_t post_inside(const vt_draft *d, vt_typed t) {
    for (size_t i = 1; i < t.len; i++)
        if (t.s[i - 1] == ' ' && vt_is_listed(d, VT_LIST_POSTS_BEHIND, vt_part(t, i, t.len)))
            return i;
    return 0;
}

typedef struct vt_post {
    struct {
        const char *kind;
        vt_typed words;
    } capacities[VT_MOST_CAPITALS];
    size_t count;
    vt_typed position;
} vt_post;

bool vt_is_body(const vt_draft *d, vt_typed t) {
    const char *kind;

    return vt_is_listed(d, VT_LIST_ORGANS, t) && !vt_is_listed(d, VT_LIST_POSTS, t) &&
           !vt_capacity_of(t, &kind) && !vt_is_level(d, t);
}

/* Of a joint document: "SỞ NỘI VỤ" above "GIÁM ĐỐC" goes behind it, for a post names
   its body there (PL I II.7.b). */
static void name_body(vt_draft *d, vt_post *post, vt_typed body) {
    vt_typed *words = post->count ? &post->capacities[0].words : &post->position;

    if (!body.len)
        return;
    *words = with_line(d, *words, body, " ");
    vt_unsure(d, VT_INFO, "NHAP-37", body, "Xem lại <signature>.",
              "Tên cơ quan đứng trên chức vụ: đã ghi vào sau chức vụ.");
}

/* Sorts the lines in capitals into capacities and the post; a body above its post
   goes to `body`, unless that is NULL. */
static void sort_out(vt_draft *d, const vt_signer *s, vt_post *post, vt_typed *body) {
    for (size_t i = 0; i < s->count; i++) {
        const vt_typed t = s->capitals[i];
        const char *kind = NULL;
        const size_t at = vt_capacity_of(t, &kind);
        if (body && i == 0 && s->count > 1 && vt_is_body(d, t)) {
            *body = t;
        } else if (at && *kind == 'Q') {
            post->capacities[post->count].kind = kind;
            post->capacities[post->count++].words = (vt_typed){.s = "", .line = t.line};
            post->position = with_line(d, post->position, vt_part(t, at, t.len), "\v");
        } else if (at && !post->position.len) {
            post->capacities[post->count].kind = kind;
            post->capacities[post->count++].words = vt_part(t, at, t.len);
        } else if (post->position.len || vt_is_listed(d, VT_LIST_POSTS, t) || !post->count) {
            post->position = with_line(d, post->position, t, "\v");
        } else { /* the name of a body goes on */
            vt_typed *words = &post->capacities[post->count - 1].words;
            *words = with_line(d, *words, t, vt_is_level(d, t) ? "\v" : " ");
        }
    }
    if (post->position.len || !post->count)
        return;
    vt_typed *last = &post->capacities[post->count - 1].words;
    const size_t at = post_inside(d, *last);
    if (at) {
        post->position = vt_part(*last, at, last->len);
        *last = vt_trimmed(vt_part(*last, 0, at), "");
    }
}

static vt_typed natural_name(vt_draft *d, vt_typed t) {
    return vt_all_capitals(t) ? vt_natural_case(d, t, VT_CASE_NAME) : t;
}

static void make_name(vt_making *m, vt_node *signature, vt_typed t) {
    const size_t rank = vt_listed_behind(m->draft, VT_LIST_RANKS, t);

    if (!t.len)
        return;
    if (rank)
        vt_make_words(m, signature, VT_RANK, vt_part(t, 0, rank));
    vt_make_words(m, signature, VT_NAME,
                  natural_name(m->draft, vt_trimmed(vt_part(t, rank, t.len), "")));
}

static const char *role_of(vt_typed position) {
    if (vt_starts(position, "thu ky") || vt_starts(position, "nguoi ghi"))
        return "secretary";
    return vt_starts(position, "chu toa") || vt_starts(position, "chu tri") ? "chair" : NULL;
}

void vt_import_signature(vt_making *m, const vt_signer *s, bool several) {
    vt_post *post = vt_alloc(m->draft->arena, sizeof *post);
    vt_typed body = {0};
    const int line = s->count ? s->capitals[0].line : s->name.line;
    vt_node *node = vt_make(m, m->root, VT_SIGNATURE, line);

    if (!post || !node)
        return;
    sort_out(m->draft, s, post, several ? &body : NULL);
    name_body(m->draft, post, body);
    if (several && role_of(post->position))
        vt_make_attr(m, node, VT_AT_ROLE, role_of(post->position));
    for (size_t i = 0; i < post->count; i++) {
        vt_node *capacity = vt_make(m, node, VT_CAPACITY, post->capacities[i].words.line);
        vt_make_attr(m, capacity, VT_AT_KIND, post->capacities[i].kind);
        vt_make_text(m, capacity,
                     vt_natural_case(m->draft, post->capacities[i].words, VT_CASE_NAME), 0, true);
    }
    if (!post->position.len) {
        vt_unsure(m->draft, VT_WARNING, "NHAP-30", (vt_typed){.s = "", .line = line},
                  "Ghi chức vụ vào <signature><position>.",
                  "Không thấy chức vụ người ký; chỗ ấy để dấu chấm.");
        post->position = vt_placeholder(line);
    }
    vt_make_words(m, node, VT_POSITION, vt_natural_case(m->draft, post->position, VT_CASE_NAME));
    make_name(m, node, s->name);
    if (!s->name.len)
        vt_unsure(m->draft, VT_INFO, "NHAP-30", (vt_typed){.s = "", .line = line},
                  "Ghi họ tên vào <signature><name> khi đã biết.", "Không thấy họ tên người ký.");
}
