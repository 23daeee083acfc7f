/*
 * gen/check_close.c - rules of the signature, the receivers and the marks.
 */
#include "gen/check.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------- capacity -- */

/* A short form at the start of the words, in any spelling ("KT.", "K/T",
   "KT "): its length; 0: none.  *form: as it is written. */
static size_t typed_form(const char *words) {
    static const char *const forms[] = {"TUQ", "T/UQ", "TM",  "KT", "TL",
                                        "T/M", "K/T",  "T/L", "T/U"};
    size_t best = 0;

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t len = strlen(forms[i]);
        if (strncmp(words, forms[i], len) != 0 || len < best)
            continue;
        if (words[len] == '.' || words[len] == '/')
            len++;
        if (words[len] == ' ' || (words[len - 1] == '.' && words[len]))
            best = len;
    }
    return best;
}

/* Is what was typed just what the pack prints for one of the kinds? */
static bool pack_prints(const vt_checking *c, const char *words, size_t len) {
    const char *const forms[] = {c->pack->capacity_tm, c->pack->capacity_kt, c->pack->capacity_tl,
                                 c->pack->capacity_tuq};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t size = strcspn(forms[i], " ");
        if (size && size == len && strncmp(words, forms[i], len) == 0 && words[len] == ' ')
            return true;
    }
    return false;
}

static void capacity_text(vt_checking *c, const vt_node *node) {
    const char *words = vt_words_of(c, node);
    size_t len = typed_form(words);

    if (!len)
        return;
    if (node->el == VT_CAPACITY)
        vt_say(c, node, words, "“%.*s” gõ trong lời sẽ in hai lần.", (int)len, words);
    else if (!pack_prints(c, words, len))
        vt_say(c, node, words, "“%.*s” không phải cách ghi quyền hạn của hệ thống này.", (int)len,
               words);
}

static void capacities(vt_checking *c) {
    const vt_node *signature = vt_child(c->root, VT_SIGNATURE);

    for (; signature; signature = vt_next_same(signature))
        for (const vt_node *n = signature->first; n; n = n->next)
            if (n->el == VT_CAPACITY || n->el == VT_POSITION)
                capacity_text(c, n);
}

void vt_check_state_capacity(vt_checking *c) {
    capacities(c);
}

void vt_check_party_capacity(vt_checking *c) {
    capacities(c);
}

/* The signature's capacity of this kind; NULL: none. */
static const vt_node *capacity_of(const vt_node *signature, const char *kind) {
    const vt_node *n = vt_child(signature, VT_CAPACITY);

    while (n && strcmp(vt_attr_of(n, VT_AT_KIND), kind) != 0)
        n = vt_next_same(n);
    return n;
}

static const char *const posts[] = {
    "Chủ tịch",   "Phó Chủ tịch", "Giám đốc",    "Phó Giám đốc", "Tổng Giám đốc",  "Bí thư",
    "Phó Bí thư", "Chánh",        "Trưởng",      "Cục trưởng",   "Vụ trưởng",      "Bộ trưởng",
    "Thứ trưởng", "Hiệu trưởng",  "Viện trưởng", "Thủ trưởng",   "Chi cục trưởng", NULL};
static const char *const collectives[] = {"Ủy ban nhân dân", "UBND",    "Hội đồng", "Ban Chấp hành",
                                          "Ban Thường vụ",   "Đảng ủy", "Tỉnh ủy",  "Huyện ủy",
                                          "Thành ủy",        NULL};

void vt_check_capacity_body(vt_checking *c) {
    static const char *const deputies[] = {"Phó", "Thứ trưởng", NULL};
    const vt_node *signature = vt_child(c->root, VT_SIGNATURE);

    for (; signature; signature = vt_next_same(signature)) {
        const vt_node *tm = capacity_of(signature, "TM"), *kt = capacity_of(signature, "KT");
        const vt_node *position = vt_child(signature, VT_POSITION);
        const char *all = vt_words_of(c, tm), *head = vt_words_of(c, kt),
                   *post = vt_words_of(c, position);
        if (tm && vt_begins_any(c, all, posts))
            vt_say(c, tm, all, "“Thay mặt” đi với tên tập thể, không với chức vụ “%s”.", all);
        if (kt && vt_begins_any(c, head, collectives))
            vt_say(c, kt, head, "“Ký thay” đi với chức vụ người đứng đầu, không với “%s”.", head);
        else if (kt && *post && !vt_begins_any(c, post, deputies))
            vt_say(c, position, post, "Người ký thay là cấp phó, không phải “%s”.", post);
    }
}

void vt_check_party_deputy(vt_checking *c) {
    const vt_node *signature = vt_child(c->root, VT_SIGNATURE);

    for (; signature; signature = vt_next_same(signature)) {
        const vt_node *kt = capacity_of(signature, "KT"), *tuq = capacity_of(signature, "TUQ");
        const char *head = vt_words_of(c, kt);
        if (tuq)
            vt_say(c, tuq, vt_words_of(c, tuq), "Đảng không có hình thức thừa ủy quyền.");
        if (kt && (capacity_of(signature, "TM") || vt_begins(c, head, "Bí thư")))
            vt_say(c, kt, head, "Cấp ủy không ký thay: phó bí thư ký thay mặt tập thể.");
    }
}

/* The picture of a seal where nobody has signed. */
void vt_check_seal_alone(vt_checking *c) {
    bool sealed = false, signs = false;

    for (const vt_node *i = vt_child(c->root, VT_ISSUER); i; i = vt_next_same(i))
        sealed = sealed || *vt_attr_of(i, VT_AT_SEAL);
    for (const vt_node *s = vt_child(c->root, VT_SIGNATURE); s; s = vt_next_same(s))
        signs = signs || *vt_attr_of(s, VT_AT_IMAGE);
    if (sealed && !signs)
        vt_say(c, vt_child(c->root, VT_ISSUER), NULL,
               "Có ảnh con dấu mà chưa có chữ ký của người có thẩm quyền.");
}

/* ------------------------------------------------------------ the signer -- */

void vt_check_signer_name(vt_checking *c) {
    static const char *const titles[] = {
        "GS",      "PGS",    "TS",    "TSKH",    "ThS",         "BS",   "BSCK",     "BSCKI",
        "BSCKII",  "DS",     "KS",    "CN",      "LS",          "NSND", "NSƯT",     "NGND",
        "NGƯT",    "TTND",   "TTƯT",  "AHLĐ",    "Dr",          "Đ/c",  "Đồng chí", "Tiến sĩ",
        "Thạc sĩ", "Bác sĩ", "Kỹ sư", "Giáo sư", "Phó Giáo sư", NULL};
    const vt_node *signature = vt_child(c->root, VT_SIGNATURE);

    for (; signature; signature = vt_next_same(signature)) {
        const vt_node *name = vt_child(signature, VT_NAME), *rank = vt_child(signature, VT_RANK);
        const char *words = vt_words_of(c, name), *title = vt_begins_any(c, words, titles);
        /* with its own marks: what folds alike may be a name */
        if (title && strncmp(words, title, strlen(title)) == 0)
            vt_say(c, name, words, "Trước họ tên có “%s”.", title);
        if (rank && c->doc->system == VT_PARTY)
            vt_say(c, rank, vt_words_of(c, rank),
                   "Văn bản của Đảng không ghi cấp bậc, học vị trước họ tên.");
    }
}

void vt_check_party_position(vt_checking *c) {
    static const char *const committees[] = {"Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy",
                                             "Đảng ủy", "Đảng bộ",  "Chi bộ",   NULL};
    static const char *const secretaries[] = {"Phó Bí thư", "Bí thư", NULL};
    const vt_node *signature = vt_child(c->root, VT_SIGNATURE);

    for (; signature; signature = vt_next_same(signature)) {
        const vt_node *position = vt_child(signature, VT_POSITION);
        const char *words = vt_words_of(c, position);
        const char *post = vt_begins_any(c, words, secretaries);
        const char *rest = post ? strchr(words, ' ') : NULL;
        for (; rest; rest = strchr(rest + 1, ' '))
            if (vt_begins_any(c, rest + 1, committees)) {
                vt_say(c, position, words, "Chức vụ “%s” kèm tên cấp ủy.", words);
                break;
            }
    }
}

/* ------------------------------------------------------------ Kính gửi -- */

/* Other words than "Kính gửi" are those of a công điện, a phiếu chuyển. */
void vt_check_addressed(vt_checking *c) {
    const vt_node *to = vt_child(c->root, VT_TO);
    const char *own = vt_attr_of(to, VT_AT_LABEL);

    if (!c->type)
        return;
    if (c->type->addressed == VT_YES && !to)
        vt_say(c, c->root, NULL, "%s thiếu “Kính gửi”.", c->type->name);
    if (c->type->addressed == VT_NO && to && !*own)
        vt_say(c, to, NULL, "%s không ghi “Kính gửi”.", c->type->name);
    if (c->type->addressed == VT_YES && *own)
        vt_say(c, to, own, "%s ghi “Kính gửi”, không ghi “%s”.", c->type->name, own);
}

void vt_check_party_addressed(vt_checking *c) {
    if (c->type && c->type->addressed == VT_YES && !vt_child(c->root, VT_TO))
        vt_say(c, c->root, NULL, "%s thiếu nơi gửi.", c->type->name);
}

/* Marks that the engine sets itself. */
static void check_receiver(vt_checking *c, const vt_node *node, const char *words) {
    size_t len = strlen(words);

    if (len && strchr(";,.", words[len - 1]))
        vt_say(c, node, words, "Nơi nhận gõ sẵn dấu “%c” ở cuối.", words[len - 1]);
    if (strncmp(words, "- ", 2) == 0 || strncmp(words, "– ", strlen("– ")) == 0)
        vt_say(c, node, words, "Nơi nhận gõ sẵn gạch đầu dòng.");
}

void vt_check_receivers(vt_checking *c) {
    static const char *const labels[] = {"Kính gửi", "Kính trình", NULL};
    const vt_node *to = vt_child(c->root, VT_TO);

    for (const vt_node *n = to ? to->first : NULL; n; n = n->next) {
        const char *words = vt_words_of(c, n), *label = vt_begins_any(c, words, labels);
        check_receiver(c, n, words);
        if (label)
            vt_say(c, n, words, "“%s” gõ trong lời sẽ in hai lần.", label);
    }
}

/* -------------------------------------------------------------- Nơi nhận -- */

/* The last line is what is kept; said once when it is not. */
static const vt_node *archive_of(vt_checking *c) {
    const vt_node *copies = vt_child(c->root, VT_COPIES);
    const vt_node *archive = copies ? vt_child(copies, VT_ARCHIVE) : NULL;

    if (!copies)
        vt_say(c, c->root, NULL, "Thiếu nơi nhận.");
    else if (!archive)
        vt_say(c, copies, NULL, "Nơi nhận thiếu dòng lưu.");
    else if (archive->next)
        vt_say(c, archive, vt_words_of(c, archive), "Dòng lưu không đứng cuối nơi nhận.");
    return archive;
}

static void check_copies(vt_checking *c, const vt_node *archive) {
    const vt_node *copies = vt_child(c->root, VT_COPIES);
    const char *kept = vt_words_of(c, archive);

    for (const vt_node *n = copies ? copies->first : NULL; n; n = n->next)
        check_receiver(c, n, vt_words_of(c, n));
    if (vt_begins(c, kept, "Lưu"))
        vt_say(c, archive, kept, "“Lưu” gõ trong lời sẽ in hai lần.");
}

static bool begins_with_registry(const char *kept) {
    return strncmp(kept, "VT", 2) == 0 && (!kept[2] || strchr(",.; (", kept[2]));
}

void vt_check_state_copies(vt_checking *c) {
    if (!c->type || (!*c->type->abbr && c->type->addressed != VT_YES))
        return; /* thư công */
    const vt_node *archive = archive_of(c);
    const char *kept = vt_words_of(c, archive);

    check_copies(c, archive);
    if (archive && !begins_with_registry(kept) && !vt_begins(c, kept, "Lưu"))
        vt_say(c, archive, kept, "Dòng lưu không bắt đầu bằng “VT”.");
}

void vt_check_party_copies(vt_checking *c) {
    if (!c->type || (!*c->type->abbr && c->type->addressed != VT_YES))
        return; /* papers: nothing is laid down */
    const vt_node *archive = archive_of(c);
    const char *kept = vt_words_of(c, archive);

    check_copies(c, archive);
    if (*kept == ':')
        vt_say(c, archive, kept, "Sau “Lưu” không có dấu hai chấm.");
    else if (c->doc->system == VT_PARTY && begins_with_registry(kept))
        vt_say(c, archive, kept, "Dòng lưu của Đảng ghi tên cơ quan lưu, không ghi “VT”.");
}

/* Giấy giới thiệu names its bearer above and says "Như trên" (Mẫu 1.8). */
static bool names_its_own(vt_checking *c, const vt_node *as_above) {
    static const char *const plain[] = {"Như trên", "Như kính gửi", NULL};
    const char *words = vt_words_of(c, as_above);

    return (*words && !vt_begins_any(c, words, plain)) ||
           (c->type && strcmp(c->type->slug, "giay-gioi-thieu") == 0);
}

void vt_check_as_above(vt_checking *c) {
    const vt_node *copies = vt_child(c->root, VT_COPIES);
    const vt_node *as_above = copies ? vt_child(copies, VT_AS_ABOVE) : NULL;
    const vt_node *to = vt_child(c->root, VT_TO);

    if (!copies)
        return;
    if (to && !as_above)
        vt_say(c, copies, NULL, "Có “Kính gửi” mà Nơi nhận thiếu “Như trên”.");
    else if (to && copies->first != as_above)
        vt_say(c, as_above, NULL, "“Như trên” không đứng đầu Nơi nhận.");
    else if (!to && as_above && !names_its_own(c, as_above))
        vt_say(c, as_above, NULL, "Có “Như trên” mà không có “Kính gửi”.");
}

/* How many articles the body counts. */
static int articles_in(const vt_node *body) {
    int n = 0;

    for (const vt_node *p = body; p; p = vt_walk(body, p, p->el != VT_QUOTE))
        n += p->el == VT_ARTICLE;
    return n;
}

void vt_check_as_article(vt_checking *c) {
    const vt_node *body = vt_child(c->root, VT_BODY), *copies = vt_child(c->root, VT_COPIES);
    const vt_node *as = copies ? vt_child(copies, VT_AS_ARTICLE) : NULL;
    bool decides = vt_resolves_of(c) != NULL;
    int articles = body ? articles_in(body) : 0;

    if (decides && copies && articles && !as)
        vt_say(c, copies, NULL, "Nơi nhận của %s thiếu “Như Điều ...”.", c->type->name);
    for (; as; as = vt_next_same(as)) {
        const char *n = vt_attr_of(as, VT_AT_N);
        for (const char *s = n; *s; s += strcspn(s, "0123456789")) {
            int number = 0;
            for (; *s >= '0' && *s <= '9'; s++)
                number = number * 10 + (*s - '0');
            if (number > articles)
                vt_say(c, as, n, "Văn bản không có Điều %d.", number);
        }
    }
}

/* ---------------------------------------------------------------- marks -- */

/* A stamp typed as a line of its own, in capitals. */
static void typed_marks(vt_checking *c, const char *const *keys, const char *what) {
    for (size_t i = 0; i < c->word_count; i++) {
        const vt_words *w = &c->words[i];
        if (w->where & VT_IN_QUOTE)
            continue;
        for (const char *const *key = keys; *key; key++) {
            const struct vt_word *word = vt_pack_word(c->pack, *key);
            if (word && strcmp(w->text, word->text) == 0)
                vt_say(c, w->node, w->text, "%s “%s” gõ thành dòng chữ.", what, w->text);
        }
    }
}

void vt_check_urgency(vt_checking *c) {
    static const char *const keys[] = {"khan", "thuong-khan", "hoa-toc", NULL};

    typed_marks(c, keys, "Dấu khẩn");
}

void vt_check_secrecy(vt_checking *c) {
    static const char *const keys[] = {"mat", "toi-mat", "tuyet-mat", NULL};
    const vt_node *marks = vt_child(c->root, VT_MARKS);
    const struct vt_word *word = vt_pack_word(c->pack, vt_attr_of(marks, VT_AT_SECRECY));

    if ((c->facts && c->facts->isolated == VT_TRUE) || vt_engine_isolated(c->engine))
        return;
    if (*vt_attr_of(marks, VT_AT_SECRECY))
        vt_say(c, marks, word ? word->text : NULL,
               "Văn bản có độ mật: máy này chưa được khai là máy độc lập.");
    typed_marks(c, keys, "Dấu độ mật");
}

void vt_check_circulation(vt_checking *c) {
    const vt_node *marks = vt_child(c->root, VT_MARKS);
    const char *key = vt_attr_of(marks, VT_AT_CIRCULATION);

    if (*key && !vt_pack_word(c->pack, key))
        vt_say(c, marks, key, "Gói quy tắc “%s” không có phạm vi lưu hành “%s”.",
               vt_pack_id(c->pack), key);
}

/* ------------------------------------------------------------ said twice -- */

typedef struct receiver {
    const vt_node *node;
    const char *words; /* folded */
    size_t order;
} receiver;

static int by_words(const void *a, const void *b) {
    const receiver *x = a, *y = b;
    const int order = strcmp(x->words, y->words);

    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* The receivers of one list; a name that stands in Kính gửi and in Nơi nhận is
   another matter (RC-06). */
static void twice_in(vt_checking *c, const vt_node *list) {
    size_t n = 0;

    for (const vt_node *r = list ? list->first : NULL; r; r = r->next)
        n++;
    receiver *all = vt_alloc_array(c->arena, n + 1, sizeof *all);
    if (!all)
        return;
    n = 0;
    for (const vt_node *r = list ? list->first : NULL; r; r = r->next) {
        const char *fold = r->el == VT_RECIPIENT ? vt_text_fold(c->arena, vt_words_of(c, r)) : NULL;
        if (fold && *fold) {
            all[n] = (receiver){r, fold, n};
            n++;
        }
    }
    qsort(all, n, sizeof *all, by_words);
    for (size_t i = 1; i < n && !vt_enough(c); i++)
        if (strcmp(all[i - 1].words, all[i].words) == 0)
            vt_say(c, all[i].node, vt_words_of(c, all[i].node), "Nơi nhận ghi hai lần.");
}

void vt_check_twice(vt_checking *c) {
    twice_in(c, vt_child(c->root, VT_TO));
    twice_in(c, vt_child(c->root, VT_COPIES));
}

/* --------------------------------------------------------- attached texts -- */

void vt_check_attached(vt_checking *c) {
    const vt_node *attached = vt_child(c->root, VT_ATTACHED);

    for (; attached && !vt_enough(c); attached = vt_next_same(attached)) {
        const vt_node *text = vt_child(attached, VT_DOCUMENT);
        const vt_node *issuer = text ? vt_child(text, VT_ISSUER) : NULL;
        const vt_node *own = vt_child(c->root, VT_ISSUER);
        const char *name = vt_words_of(c, issuer ? vt_child(issuer, VT_NAME) : NULL);
        const char *issued = vt_words_of(c, own ? vt_child(own, VT_NAME) : NULL);
        const vt_type *type = text ? vt_pack_type(c->pack, vt_attr_of(text, VT_AT_TYPE)) : NULL;
        if (issuer && !vt_same(c, name, issued))
            vt_say(c, issuer, name,
                   "Văn bản kèm theo mang tên cơ quan khác với cơ quan ban hành “%s”.", issued);
        if (text && type && type->has_subject && !vt_child(text, VT_SUBJECT))
            vt_say(c, text, type->name, "Văn bản kèm theo thiếu trích yếu.");
    }
}
