/*
 * gen/import_head.c - the head of a draft: system, pack and type decided from all
 * that stands in it, then its elements made.
 */
#include "gen/import_head.h"

#include <string.h>

/* ------------------------------------------------------------- decisions -- */

/* "T/M BAN THƯỜNG VỤ" is the Party's, "TM." the state's. */
static int capacity_hint(const vt_draft *d, size_t from, size_t to) {
    for (size_t i = to; i-- > from;) {
        const vt_typed t = d->lines[i].text;
        if (t.len < 4 || t.len > 160)
            continue;
        if (memcmp(t.s, "T/M ", 4) == 0 || memcmp(t.s, "K/T ", 4) == 0)
            return 1;
        if (memcmp(t.s, "TM.", 3) == 0 || memcmp(t.s, "KT.", 3) == 0)
            return -1;
    }
    return 0;
}

static vt_system decide_system(vt_making *m, const vt_head *h, size_t from, size_t to) {
    vt_draft *d = m->draft;
    const char *type;
    bool sure;
    int score[VT_SYSTEMS] = {0};
    const vt_system by_number = vt_notation_system(d, h->number, &type, &sure);
    const int hint = capacity_hint(d, from, to);
    vt_system best = VT_STATE;

    for (int s = 0; s < VT_SYSTEMS; s++)
        score[s] += h->nation[s] ? 8 : 0;
    score[VT_STATE] += (h->motto ? 8 : 0) + (hint < 0 ? 2 : 0);
    score[VT_PARTY] += (h->star ? 4 : 0) + (hint > 0 ? 3 : 0);
    if (sure)
        score[by_number] += *type ? 5 : 3;
    for (int s = 0; s < VT_SYSTEMS; s++)
        if (score[s] > score[best] && d->packs[s])
            best = (vt_system)s;
    if (score[best] < 3)
        vt_unsure(d, VT_WARNING, "NHAP-10", (vt_typed){.s = "", .line = d->lines[from].text.line},
                  "Sai thì sửa <document system=\"...\">, hoặc chạy lại với --system.",
                  "Không thấy Quốc hiệu hay tiêu đề của Đảng; tạm coi là văn bản %s.",
                  best == VT_PARTY ? "của Đảng" : "hành chính nhà nước");
    return best;
}

static const vt_type *type_named(const vt_pack *pack, const char *name) {
    for (size_t i = 0; pack && name && i < pack->type_count; i++)
        if (strcmp(pack->types[i].name, name) == 0)
            return &pack->types[i];
    return NULL;
}

static const vt_type *type_abbreviated(const vt_pack *pack, const char *abbr) {
    for (size_t i = 0; pack && *abbr && i < pack->type_count; i++)
        if (strcmp(pack->types[i].abbr, abbr) == 0)
            return &pack->types[i];
    return NULL;
}

static void decide_type(vt_making *m, vt_head *h) {
    vt_draft *d = m->draft;
    const char *abbr, *slug = d->options ? d->options->type : NULL;
    bool sure;

    (void)vt_notation_system(d, h->number, &abbr, &sure);
    m->type = slug ? vt_pack_type(m->pack, slug) : type_named(m->pack, h->type_name);
    if (!m->type && !slug && h->type_name)
        for (int s = 0; s < VT_SYSTEMS && !m->type; s++)
            m->type = type_named(d->packs[s], h->type_name);
    if (!m->type && !slug)
        m->type = type_abbreviated(m->pack, abbr);
    if (!m->type && !slug) {
        m->type = vt_pack_type(m->pack, "cong-van");
        if (h->title.len || !(h->subject_count || h->addressed))
            vt_unsure(d, VT_WARNING, "NHAP-11",
                      h->title.len ? h->title : (vt_typed){.s = "", .line = d->lines[0].text.line},
                      "Ghi loại đúng vào <document type=\"...\">, hoặc chạy lại với --type.",
                      "Không nhận ra tên loại văn bản; tạm coi là công văn.");
    }
    vt_make_attr(m, m->root, VT_AT_TYPE, m->type ? m->type->slug : slug ? slug : "cong-van");
    if (!m->root->parent && m->pack && (!m->type || !vt_pack_type(m->pack, m->type->slug)))
        vt_unsure(d, VT_WARNING, "NHAP-11", h->title, "Xem lại loại và hệ thống văn bản.",
                  "Hệ thống văn bản này không có loại ấy.");
}

static void decide(vt_making *m, vt_head *h, size_t from, size_t to) {
    const char *forced = m->draft->options ? m->draft->options->system : NULL;
    vt_system system = VT_STATE;

    if (m->root->parent) /* attached: as the document that issues it */
        return;
    if (forced)
        while (system < VT_SYSTEMS - 1 && strcmp(vt_system_name(system), forced) != 0)
            system++;
    else
        system = decide_system(m, h, from, to);
    m->doc->system = system;
    vt_make_attr(m, m->root, VT_AT_SYSTEM, vt_system_name(system));
    if (h->date.len)
        vt_read_date(m, h->date);
    m->pack = vt_draft_pack(m->draft, m->doc); /* of its date */
}

/* -------------------------------------------------------------- elements -- */

static vt_typed joined(vt_draft *d, const vt_typed *parts, size_t count, char with) {
    size_t len = 0;
    char *s, *to;

    for (size_t i = 0; i < count; i++)
        len += parts[i].len + 1;
    s = to = vt_alloc(d->arena, len + 1);
    for (size_t i = 0; s && i < count; i++) {
        if (i)
            *to++ = with;
        memcpy(to, parts[i].s, parts[i].len);
        to += parts[i].len;
    }
    return (vt_typed){s ? s : "", NULL, s ? (size_t)(to - s) : 0, count ? parts[0].line : 0};
}

/* "SỞ NỘI VỤ - SỞ TÀI CHÍNH": two bodies; 0: one. */
static size_t joint_at(const vt_draft *d, vt_typed t) {
    enum { LONGEST_NAMES = 1000 }; /* of all bodies together */

    for (size_t i = 1; t.len <= LONGEST_NAMES && i + 3 < t.len; i++)
        if (memcmp(t.s + i, " - ", 3) == 0 &&
            vt_is_listed(d, VT_LIST_ORGANS, vt_part(t, i + 3, t.len)))
            return i;
    return 0;
}

static void make_issuer(vt_making *m, const vt_typed *superior, size_t superiors, vt_typed name) {
    vt_draft *d = m->draft;
    const size_t cut = joint_at(d, name);
    vt_node *issuer = vt_make(m, m->root, VT_ISSUER, superiors ? superior->line : name.line);

    for (size_t i = 0; i < superiors; i++)
        vt_make_words(m, issuer, VT_SUPERIOR, vt_natural_case(d, superior[i], VT_CASE_NAME));
    vt_make_words(m, issuer, VT_NAME,
                  vt_natural_case(d, cut ? vt_part(name, 0, cut) : name, VT_CASE_NAME));
    if (cut)
        make_issuer(m, NULL, 0, vt_part(name, cut + 3, name.len));
}

/* A new body begins where a line begins with such a word; else the line goes
   on with the one before, on a line of its own behind a name without a place. */
static void make_issuers(vt_making *m, const vt_head *h) {
    vt_typed bodies[VT_HEAD_ORGANS];
    size_t count = 0;

    for (size_t i = 0; i < h->organ_count; i++) {
        const vt_typed t = vt_trimmed(h->organs[i], "-*");
        if (!t.len)
            continue;
        if (!count || (vt_is_listed(m->draft, VT_LIST_ORGANS, t) && !vt_is_level(m->draft, t))) {
            bodies[count++] = t;
            continue;
        }
        const vt_typed parts[] = {bodies[count - 1], t};
        bodies[count - 1] =
            joined(m->draft, parts, 2, vt_is_level(m->draft, t) ? VT_LINE_BREAK : ' ');
    }
    if (count) {
        make_issuer(m, bodies, count - 1, bodies[count - 1]);
        return;
    }
    const vt_typed line = {.s = "", .line = m->root->line};
    vt_make_words(m, vt_make(m, m->root, VT_ISSUER, line.line), VT_NAME, vt_placeholder(line.line));
    vt_unsure(m->draft, VT_WARNING, "NHAP-12", line, "Ghi tên cơ quan vào <issuer><name>.",
              "Bản nháp không có tên cơ quan ban hành; chỗ ấy để dấu chấm.");
}

static void make_marks(vt_making *m, const vt_head *h) {
    vt_node *marks;

    if (!h->urgency && !h->secrecy && !h->circulation && !h->draft)
        return;
    marks = vt_make(m, m->root, VT_MARKS, m->root->line);
    if (h->urgency)
        vt_make_attr(m, marks, VT_AT_URGENCY, h->urgency);
    if (h->secrecy)
        vt_make_attr(m, marks, VT_AT_SECRECY, h->secrecy);
    if (h->circulation)
        vt_make_attr(m, marks, VT_AT_CIRCULATION, h->circulation);
    if (h->draft)
        vt_make_attr(m, marks, VT_AT_DRAFT, vt_printf(m->draft->arena, "%d", h->draft));
}

/* Capitals of a part become small letters here, those of the whole later. */
static vt_typed joined_subject(vt_draft *d, const vt_head *h) {
    bool small = false;

    for (size_t i = 0; i < h->subject_count; i++)
        small = small || !vt_all_capitals(h->subject[i]);
    if (small && h->subject_count > 1 && vt_all_capitals(h->subject[0]))
        h->subject[0] = vt_natural_case(d, h->subject[0], VT_CASE_HEADING);
    return joined(d, h->subject, h->subject_count, ' ');
}

static void make_title(vt_making *m, const vt_head *h) {
    vt_draft *d = m->draft;

    if (h->title.len && (!m->type || !vt_key_is(h->title, m->type->name)))
        vt_make_words(m, m->root, VT_TITLE, vt_natural_case(d, h->title, VT_CASE_HEADING));
    const vt_typed subject = joined_subject(d, h);
    if (subject.len)
        vt_make_words(m, m->root, VT_SUBJECT, vt_natural_case(d, subject, VT_CASE_HEADING));
    else if (!m->type || m->type->has_subject)
        vt_unsure(d, VT_WARNING, "NHAP-15",
                  h->title.len ? h->title : (vt_typed){.s = "", .line = m->root->line},
                  "Ghi trích yếu vào <subject>.", "Không thấy trích yếu nội dung.");
}

static void make_to(vt_making *m, const vt_head *h) {
    vt_node *to;

    if (!h->to_count)
        return;
    to = vt_make(m, m->root, VT_TO, h->to[0].line);
    for (size_t i = 0; i < h->to_count; i++) {
        const vt_typed name = vt_trimmed(h->to[i], ";,.");
        if (name.len)
            vt_make_words(m, to, VT_RECIPIENT, name);
    }
    if (to && !to->first)
        vt_remove(to);
}

/* A biên bản has no such line (Mẫu 1.9). */
static void no_date(vt_making *m, const vt_head *h) {
    if (h->date.len || m->root->parent || (m->type && !m->type->has_dateline))
        return;
    vt_make(m, m->root, VT_DATE, m->root->line);
    vt_unsure(m->draft, VT_INFO, "NHAP-14", (vt_typed){.s = "", .line = m->root->line},
              "Ghi địa danh vào <place>; ngày có thể để trống đến lúc cấp số.",
              "Bản nháp không có dòng địa danh và ngày, tháng, năm.");
}

static void make_contact(vt_making *m, vt_typed line) {
    if (m->root->parent) /* an attached text has none */
        vt_left_out(m->draft, VT_WARNING, "NHAP-36", line, "Cần dùng thì đưa vào nội dung.",
                    "Địa chỉ, thông tin liên hệ của văn bản kèm theo, không đưa vào.");
    else
        vt_import_contact(m, line);
}

/* What the head of such a document has no place for. */
static void leave_out(vt_making *m, const vt_head *h) {
    const bool attached = m->root->parent != NULL;

    if (!attached && h->reference.len)
        vt_left_out(m->draft, VT_WARNING, "NHAP-39", h->reference,
                    "Đưa văn bản này vào sau văn bản ban hành nó.",
                    "Dòng này chỉ có ở văn bản kèm theo văn bản khác, không đưa vào.");
    if (!attached)
        return;
    const vt_typed lines[] = {h->number, h->date};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].len)
            vt_left_out(m->draft, VT_WARNING, "NHAP-39", lines[i],
                        "Có số, ngày riêng thì tách thành một tệp.",
                        "Văn bản kèm theo không có số và ngày riêng, không đưa dòng này vào.");
    for (size_t i = 0; i < h->mark_count; i++)
        vt_left_out(m->draft, VT_WARNING, "NHAP-39", h->marks[i],
                    "Mức khẩn, độ mật, dự thảo là của cả văn bản ban hành nó.",
                    "Văn bản kèm theo không có dấu riêng, không đưa dòng này vào.");
    for (size_t i = 0; i < h->to_count; i++)
        vt_left_out(m->draft, VT_WARNING, "NHAP-39", h->to[i],
                    "Có nơi gửi riêng thì tách thành một tệp.",
                    "Văn bản kèm theo không có nơi gửi riêng, không đưa vào.");
}

size_t vt_import_head(vt_making *m, size_t from, size_t to) {
    vt_head *h = vt_alloc(m->draft->arena, sizeof *h);
    size_t body;

    if (!h)
        return to;
    body = vt_head_gather(m->draft, h, from, to);
    decide(m, h, from, to);
    if (!m->pack) {
        if (!m->draft->status)
            m->draft->status =
                vt_bad(m->draft->list, "NHAP-10", (vt_place){m->draft->file, 0, NULL},
                       "Cài gói quy tắc cho hệ thống ấy, hoặc chọn --system khác.",
                       "Không có gói quy tắc cho hệ thống văn bản này.");
        return to;
    }
    decide_type(m, h);
    no_date(m, h);
    if (!m->root->parent || h->organ_count)
        make_issuers(m, h);
    if (!m->root->parent)
        make_marks(m, h);
    make_title(m, h);
    if (h->reference.len && m->root->parent)
        vt_make_reference(m, m->root->parent, h->reference);
    leave_out(m, h);
    for (size_t i = 0; i < h->contact_count; i++)
        make_contact(m, h->contacts[i]);
    if (!m->root->parent) {
        make_to(m, h);
        vt_read_number(m, h->number.len ? h->number : (vt_typed){.s = "", .line = m->root->line});
    }
    return body;
}
