/*
 * gen/check_head.c - rules of type, pack and the head of a document: issuer,
 * number and ký hiệu, place, title, trích yếu.
 */
#include "gen/check.h"

#include <string.h>

/* ---------------------------------------------------------- type and pack -- */

void vt_check_type_known(vt_checking *c) {
    const char *slug = vt_attr_of(c->root, VT_AT_TYPE);

    if (!c->type)
        vt_say(c, c->root, slug, "Gói quy tắc “%s” không có loại văn bản “%s”.",
               vt_pack_id(c->pack), slug);
}

void vt_check_type_alone(vt_checking *c) {
    if (c->type && c->type->attached_only)
        vt_say(c, c->root, NULL, "%s không phải loại văn bản ban hành riêng.", c->type->name);
}

static bool in_force(const vt_pack *p, vt_date date) {
    return vt_date_compare(date, p->valid_from) >= 0 &&
           (!p->valid_to.year || vt_date_compare(date, p->valid_to) <= 0);
}

void vt_check_pack_date(vt_checking *c) {
    vt_date date;
    char from[11], to[11] = "nay";
    const vt_pack *p = c->pack;

    if (!vt_doc_date(c->doc, &date))
        return;
    date = vt_date_last(date);
    if (in_force(p, date))
        p = c->law; /* a local pack cannot keep alive what it inherits from */
    if (in_force(p, date))
        return;
    vt_date_words(p->valid_from, from);
    if (p->valid_to.year)
        vt_date_words(p->valid_to, to);
    vt_say(c, vt_child(c->root, VT_DATE), vt_words_in(c, VT_DATE),
           "Gói quy tắc “%s” (%s) chỉ dùng cho văn bản từ %s đến %s.", p->id, p->name, from, to);
}

/* "2025/QĐ-UBND": behind the number's own mark that is "15/2025/QĐ-UBND". */
static bool has_year(const char *notation) {
    return strspn(notation, "0123456789") == 4 && notation[4] == '/' &&
           (strncmp(notation, "19", 2) == 0 || strncmp(notation, "20", 2) == 0);
}

void vt_check_normative(vt_checking *c) {
    static const char *const names[] = {"Thông tư", "Nghị định", "Luật",
                                        "Bộ luật",  "Pháp lệnh", NULL};
    const vt_node *title = vt_child(c->root, VT_TITLE), *number = vt_child(c->root, VT_NUMBER);
    const char *words = vt_words_of(c, title), *notation = vt_attr_of(number, VT_AT_NOTATION);
    const char *name = vt_begins_any(c, words, names);

    if (name)
        vt_say(c, title, words, "%s là văn bản quy phạm pháp luật, có thể thức riêng.", name);
    if (has_year(notation))
        vt_say(c, number, notation,
               "Ký hiệu có năm ban hành là cách ghi của văn bản quy phạm pháp luật.");
}

/* ---------------------------------------------------------- corrections -- */

/* Past the words, when the text begins with them. */
static const char *past(vt_checking *c, const char *text, const char *const *list) {
    const char *words = vt_begins_any(c, text, list);

    for (const char *w = words; w && *w; w += *w == ' ') {
        w += strcspn(w, " "); /* as many words, however their marks are set */
        text += strcspn(text, " ");
        text += *text == ' ';
    }
    return text;
}

/* The type whose name the text begins with, "số" right behind it; the longest. */
static const vt_type *type_numbered(vt_checking *c, const char *text) {
    const vt_type *best = NULL;

    for (size_t i = 0; i < c->pack->type_count; i++) {
        const vt_type *t = &c->pack->types[i];
        const char *words = vt_printf(c->arena, "%s số", t->name);
        if (words && vt_begins(c, text, words) && (!best || strlen(t->name) > strlen(best->name)))
            best = t;
    }
    return best;
}

void vt_check_amendment(vt_checking *c) {
    static const char *const opening[] = {"Về việc", "V/v", "Về", NULL};
    static const char *const correcting[] = {"Đính chính", NULL};
    static const char *const amending[] = {"Sửa đổi, bổ sung", "Sửa đổi", "Bổ sung", "Thay thế",
                                           NULL};
    static const char *const of[] = {
        "một số điều của", "một số nội dung của", "một số điểm của", "một phần", "nội dung", NULL};
    const vt_node *subject = vt_child(c->root, VT_SUBJECT);
    const char *words = vt_words_of(c, subject), *text = past(c, words, opening);

    if (!c->type || !*words)
        return;
    if (vt_begins_any(c, text, correcting) && strcmp(c->type->slug, "cong-van") != 0)
        vt_say(c, subject, words, "Đính chính bằng công văn, không bằng %s.", c->type->name);
    if (!vt_begins_any(c, text, amending))
        return;
    const vt_type *other = type_numbered(c, past(c, past(c, text, amending), of));
    if (other && other != c->type)
        vt_say(c, subject, words, "%s sửa đổi, thay thế bằng %s, không bằng %s.", other->name,
               other->name, c->type->name);
}

/* --------------------------------------------------------------- issuer -- */

static void mixed_title(vt_checking *c, const vt_words *w) {
    static const char *const state[] = {"Cộng hòa xã hội chủ nghĩa Việt Nam",
                                        "Độc lập - Tự do - Hạnh phúc", NULL};
    static const char *const party[] = {"Đảng Cộng sản Việt Nam", NULL};
    const char *const *other = c->doc->system == VT_STATE ? party : state;

    for (; *other; other++)
        if (vt_word_at(w, 0, *other) && vt_same(c, w->text, *other))
            vt_say(c, w->node, w->text, "Văn bản %s không dùng dòng “%s”.",
                   c->doc->system == VT_STATE ? "của cơ quan nhà nước" : "của Đảng, đoàn thể",
                   *other);
}

void vt_check_mixed_header(vt_checking *c) {
    static const char *const party[] = {"Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy",
                                        "Đảng ủy", "Đảng bộ",  "Chi bộ",   NULL};
    static const char *const state[] = {"Ủy ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND",
                                        NULL};
    const char *const *other = c->doc->system == VT_STATE ? party : state;
    const vt_node *issuer = vt_child(c->root, VT_ISSUER);
    const vt_node *name = issuer ? vt_child(issuer, VT_NAME) : NULL;
    const char *words = vt_words_of(c, name);

    if (vt_begins_any(c, words, other))
        vt_say(c, name, words, "%s không ban hành văn bản theo thể thức %s.", words,
               c->doc->system == VT_STATE ? "của cơ quan nhà nước" : "của Đảng, đoàn thể");
    for (size_t i = 0; i < c->word_count; i++)
        if (!(c->words[i].where & (VT_IN_QUOTE | VT_IN_ANNEX)))
            mixed_title(c, &c->words[i]);
}

static bool has_letters(const char *text) {
    for (const char *end = text + strlen(text); text < end;) {
        uint32_t cp = vt_utf8_next(&text, end);
        if ((cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp < 0x2000))
            return true;
    }
    return false;
}

void vt_check_issuer(vt_checking *c) {
    const vt_node *issuer = vt_child(c->root, VT_ISSUER);

    for (; issuer; issuer = vt_next_same(issuer)) {
        const char *name = vt_words_of(c, vt_child(issuer, VT_NAME));
        if (!has_letters(name))
            vt_say(c, issuer, name, "Chưa ghi tên cơ quan ban hành.");
    }
}

void vt_check_superior(vt_checking *c) {
    const vt_node *issuer = vt_child(c->root, VT_ISSUER);

    for (; issuer; issuer = vt_next_same(issuer)) {
        const char *name = vt_words_of(c, vt_child(issuer, VT_NAME));
        const vt_node *superior = vt_child(issuer, VT_SUPERIOR);
        for (; superior; superior = vt_next_same(superior))
            if (vt_same(c, name, vt_words_of(c, superior)))
                vt_say(c, superior, name, "Cơ quan chủ quản trùng với cơ quan ban hành.");
    }
}

/* --------------------------------------------------------------- number -- */

/* Does the document bear a number?  (Thư công needs none.) */
static bool numbered(const vt_checking *c) {
    return c->type &&
           (*c->type->abbr || c->type->addressed == VT_YES || vt_child(c->root, VT_NUMBER));
}

static const char *own_notation(const vt_checking *c) {
    return vt_attr_of(vt_child(c->root, VT_NUMBER), VT_AT_NOTATION);
}

static bool need_abbr(vt_checking *c) {
    const vt_node *issuer = vt_child(c->root, VT_ISSUER);

    if (!issuer || *vt_attr_of(issuer, VT_AT_ABBR))
        return false;
    vt_say(c, issuer, vt_words_of(c, vt_child(issuer, VT_NAME)),
           "Chưa có chữ viết tắt tên cơ quan để ghép ký hiệu.");
    return true;
}

void vt_check_state_notation(vt_checking *c) {
    const vt_node *number = vt_child(c->root, VT_NUMBER);

    if (!numbered(c) || *own_notation(c) || need_abbr(c))
        return;
    if (!c->type->has_heading && !*vt_attr_of(number, VT_AT_UNIT))
        vt_say(c, number ? number : c->root, NULL,
               "Ký hiệu công văn thiếu chữ viết tắt đơn vị soạn thảo hoặc lĩnh vực.");
}

void vt_check_party_notation(vt_checking *c) {
    const char *own = own_notation(c), *slash = strchr(own, '/');

    if (!numbered(c))
        return;
    if (!*own)
        need_abbr(c);
    else if (!slash || slash == own || !slash[1])
        vt_say(c, vt_child(c->root, VT_NUMBER), own, "Ký hiệu “%s” không theo dạng LOẠI/CƠ QUAN.",
               own);
}

void vt_check_leading_zeros(vt_checking *c) {
    const vt_node *number = vt_child(c->root, VT_NUMBER);
    const char *value = vt_attr_of(number, VT_AT_VALUE);
    size_t zeros = strspn(value, "0"), digits = strspn(value, "0123456789");

    if (zeros > 1 || (zeros == 1 && digits != 2))
        vt_say(c, number, value, "Số “%s” thừa số 0 ở đầu.", value);
}

/* A letter pair of the list of type abbreviations ("CTr"), or the one agency
   abbreviation that is written so. */
static bool mixed_case_allowed(const vt_checking *c, const char *group, size_t len) {
    for (size_t i = 0; i < c->pack->type_count; i++)
        if (strlen(c->pack->types[i].abbr) == len &&
            memcmp(c->pack->types[i].abbr, group, len) == 0)
            return true;
    return len == 3 && memcmp(group, "TTg", len) == 0;
}

static void check_group(vt_checking *c, const vt_node *at, const char *group, size_t len) {
    const char *text = vt_strndup(c->arena, group, len);
    const char *upper = text ? vt_text_upper(c->arena, text) : NULL;

    if (upper && strcmp(upper, text) != 0 && !mixed_case_allowed(c, group, len))
        vt_say(c, at, text, "“%s” trong ký hiệu phải viết hoa.", text);
}

static void check_groups(vt_checking *c, const vt_node *at, const char *s) {
    if (!*s)
        return;
    if (strstr(s, "--") || strchr("-/", s[0]) || strchr("-/", s[strlen(s) - 1]) || strstr(s, "–"))
        vt_say(c, at, s, "Ký hiệu “%s” có dấu nối sai.", s);
    while (*s) {
        size_t len = strcspn(s, "-/");
        check_group(c, at, s, len);
        s += len + (s[len] != '\0');
    }
}

void vt_check_notation_form(vt_checking *c) {
    const vt_node *number = vt_child(c->root, VT_NUMBER), *issuer = vt_child(c->root, VT_ISSUER);

    check_groups(c, number, own_notation(c));
    if (*own_notation(c))
        return;
    check_groups(c, issuer, vt_attr_of(issuer, VT_AT_ABBR));
    check_groups(c, number, vt_attr_of(number, VT_AT_UNIT));
}

/* The type whose abbreviation is this first group of a ký hiệu; NULL: none. */
static const vt_type *type_of_group(const vt_checking *c, const char *group, size_t len) {
    if (c->type && strlen(c->type->abbr) == len && memcmp(c->type->abbr, group, len) == 0)
        return c->type;
    for (size_t i = 0; i < c->pack->type_count; i++)
        if (len && strlen(c->pack->types[i].abbr) == len &&
            memcmp(c->pack->types[i].abbr, group, len) == 0)
            return &c->pack->types[i];
    return NULL;
}

static bool contains(vt_checking *c, const char *text, const char *words) {
    const char *a = vt_text_fold(c->arena, text), *b = vt_text_fold(c->arena, words);

    return a && b && strstr(a, b);
}

/* A title that is the name of another type: its ký hiệu would be wrong. */
static void title_of_other_type(vt_checking *c) {
    const vt_node *title = vt_child(c->root, VT_TITLE);
    const char *words = vt_words_of(c, title);

    if (!*words || contains(c, words, c->type->name))
        return;
    for (size_t i = 0; i < c->pack->type_count; i++) {
        const vt_type *other = &c->pack->types[i];
        if (!other->attached_only && vt_begins(c, words, other->name)) {
            vt_say(c, title, words, "Tên loại “%s” không phải loại “%s” đã khai.", words,
                   c->type->name);
            return;
        }
    }
}

void vt_check_notation_type(vt_checking *c) {
    const char *own = own_notation(c);
    size_t len = strcspn(own, "-/");

    if (!c->type)
        return;
    if (c->type->has_heading)
        title_of_other_type(c);
    const vt_type *other = type_of_group(c, own, len);
    if (other && other != c->type && *c->type->abbr)
        vt_say(c, vt_child(c->root, VT_NUMBER), own, "Ký hiệu “%s” là của %s, không phải %s.", own,
               other->name, c->type->name);
}

void vt_check_letter_notation(vt_checking *c) {
    const char *own = own_notation(c);
    size_t len = strcspn(own, "-/");
    const vt_node *number = vt_child(c->root, VT_NUMBER);
    const char *abbr = vt_attr_of(vt_child(c->root, VT_ISSUER), VT_AT_ABBR);

    if (!c->type || !*own || strspn(own, "0123456789") == len) /* a year: PR-08 */
        return;
    bool typed = type_of_group(c, own, len) || (len == 2 && strncmp(own, "CV", 2) == 0);
    if (!c->type->has_heading && typed && strlen(abbr) != len)
        vt_say(c, number, own, "Ký hiệu công văn “%s” có chữ viết tắt tên loại.", own);
    if (c->type->has_heading && *c->type->abbr && !typed)
        vt_say(c, number, own, "Ký hiệu “%s” thiếu chữ viết tắt tên loại “%s”.", own,
               c->type->abbr);
}

/* ---------------------------------------------------------------- place -- */

void vt_check_place(vt_checking *c) {
    const vt_node *place = vt_child(c->root, VT_PLACE);
    const char *words = vt_words_of(c, place);

    if (!c->type || !c->type->has_dateline)
        return;
    if (!place)
        vt_say(c, c->root, NULL, "Thiếu địa danh.");
    else if (vt_ends(words, ",") || vt_ends(words, ".") || strstr(words, ", ngày"))
        vt_say(c, place, words, "Địa danh “%s” có phần do chương trình in.", words);
}

void vt_check_minutes_place(vt_checking *c) {
    const vt_node *place = vt_child(c->root, VT_PLACE);

    if (place && c->type && !c->type->has_dateline)
        vt_say(c, place, vt_words_of(c, place),
               "%s không có dòng địa danh, ngày tháng ở đầu: địa danh này không được in.",
               c->type->name);
}

/* -------------------------------------------------------- title, subject -- */

void vt_check_title(vt_checking *c) {
    const vt_node *title = vt_child(c->root, VT_TITLE);

    if (title && c->type && !c->type->has_heading)
        vt_say(c, title, vt_words_of(c, title), "%s không ghi tên loại.", c->type->name);
}

void vt_check_subject(vt_checking *c) {
    const vt_node *subject = vt_child(c->root, VT_SUBJECT);
    size_t length = vt_characters(vt_words_of(c, subject));

    if (!c->type || !c->type->has_subject)
        return;
    if (!length)
        vt_say(c, subject ? subject : c->root, NULL, "%s thiếu trích yếu nội dung.", c->type->name);
    else if (length > 500 && c->doc->system == VT_STATE) /* PL VI: Subject, String 500 */
        vt_say(c, subject, NULL, "Trích yếu dài %zu ký tự, quá 500.", length);
}

static bool is_letter(const vt_checking *c) {
    return c->type && !c->type->has_heading;
}

void vt_check_letter_subject(vt_checking *c) {
    static const char *const prefixes[] = {"V/v", "Về việc", NULL};
    const vt_node *subject = vt_child(c->root, VT_SUBJECT);
    const char *words = vt_words_of(c, subject), *prefix = vt_begins_any(c, words, prefixes);

    if (prefix && is_letter(c))
        vt_say(c, subject, words, "Trích yếu mở đầu bằng “%s” sẽ in thành “V/v %s ...”.", prefix,
               prefix);
}

void vt_check_party_letter_subject(vt_checking *c) {
    const vt_node *subject = vt_child(c->root, VT_SUBJECT);
    const char *words = vt_words_of(c, subject), *start = c->pack->subject_start;

    if (!is_letter(c) || !*words)
        return;
    if (vt_begins(c, words, "V/v"))
        vt_say(c, subject, words, "Trích yếu công văn của Đảng không mở đầu bằng “V/v”.");
    else if (*start && !vt_begins(c, words, start))
        vt_say(c, subject, words, "Trích yếu công văn chưa mở đầu bằng “%s”.", start);
}

void vt_check_decision_subject(vt_checking *c) {
    static const char *const direct[] = {"Về việc", "Về", "Ban hành", "Phê duyệt", NULL};
    static const char *const carries[] = {"Ban hành", "Phê duyệt", "Về việc ban hành",
                                          "Về việc phê duyệt", NULL};
    const vt_node *subject = vt_child(c->root, VT_SUBJECT);
    const char *words = vt_words_of(c, subject);
    bool attached = vt_child(c->root, VT_ATTACHED) != NULL;

    if (!c->type || strcmp(c->type->slug, "quyet-dinh") != 0 || !*words)
        return;
    if (attached && !vt_begins_any(c, words, carries))
        vt_say(c, subject, words,
               "Quyết định có văn bản kèm theo thường mở đầu trích yếu bằng “Ban hành” hoặc “Phê "
               "duyệt”.");
    else if (!attached && !vt_begins_any(c, words, direct))
        vt_say(c, subject, words, "Trích yếu quyết định thường mở đầu bằng “Về việc”.");
}

void vt_check_subject_stop(vt_checking *c) {
    const vt_node *subject = vt_child(c->root, VT_SUBJECT);
    const char *words = vt_words_of(c, subject);
    size_t len = strlen(words);

    if (len && words[len - 1] == '.')
        vt_say(c, subject, vt_excerpt(c, words, words + len), "Trích yếu có dấu chấm cuối.");
}

/* ------------------------------------------------- lengths of the register -- */

/* One field of Phụ lục VI, Phần II, I. */
static void too_long(vt_checking *c, const vt_node *at, const char *words, const char *what,
                     size_t most) {
    const size_t length = vt_characters(words);

    if (length > most)
        vt_say(c, at, vt_excerpt(c, words, words), "%s dài %zu ký tự, quá %zu.", what, length,
               most);
}

static void signer_lengths(vt_checking *c, const vt_node *signature) {
    const vt_node *position = vt_child(signature, VT_POSITION),
                  *name = vt_child(signature, VT_NAME);

    too_long(c, position, vt_words_of(c, position), "Chức vụ người ký", 100);
    too_long(c, name, vt_words_of(c, name), "Họ tên người ký", 50);
}

void vt_check_lengths(vt_checking *c) {
    const vt_node *title = vt_child(c->root, VT_TITLE), *number = vt_child(c->root, VT_NUMBER);
    const char *notation = vt_notation(c->arena, c->pack, c->doc);

    too_long(c, title, vt_words_of(c, title), "Tên loại", 100);
    too_long(c, number, notation ? notation : "", "Ký hiệu", 30);
    for (const vt_node *n = c->root->first; n && !vt_enough(c); n = n->next) {
        if (n->el == VT_ISSUER)
            too_long(c, n, vt_words_of(c, vt_child(n, VT_NAME)), "Tên cơ quan", 200);
        if (n->el == VT_SIGNATURE)
            signer_lengths(c, n);
        if (n->el != VT_TO && n->el != VT_COPIES)
            continue;
        for (const vt_node *to = n->first; to; to = to->next)
            too_long(c, to, vt_words_of(c, to), "Tên nơi nhận", 200);
    }
}
