/*
 * gen/check_facts.c - rules of facts: what the register and the directories know
 * (vt_facts in gen/gen.h).  What is not known is not judged.
 */
#include "gen/check.h"

#include <stdlib.h>
#include <string.h>

static const char *issuer_name(vt_checking *c) {
    const vt_node *issuer = vt_child(c->root, VT_ISSUER);

    return vt_words_of(c, issuer ? vt_child(issuer, VT_NAME) : NULL);
}

static const vt_node *or_root(const vt_checking *c, const vt_node *node) {
    return node ? node : c->root;
}

/* --------------------------------------------------------------- number -- */

static bool ask_number(vt_checking *c, vt_fact_number *out) {
    *out = (vt_fact_number){.used = VT_UNKNOWN};
    return vt_doc_number(c->doc) && c->facts->number &&
           c->facts->number(c->facts->context, c->pack, c->doc, out);
}

void vt_fact_number_used(vt_checking *c) {
    vt_fact_number fact;

    if (ask_number(c, &fact) && fact.used == VT_TRUE)
        vt_say(c, vt_child(c->root, VT_NUMBER), vt_doc_number(c->doc),
               "Số %s đã dùng trong sổ này%s%s.", vt_doc_number(c->doc), fact.holder ? ": " : "",
               fact.holder ? fact.holder : "");
}

void vt_fact_number_order(vt_checking *c) {
    vt_fact_number fact;
    vt_date date;
    char other[11];

    if (!ask_number(c, &fact) || !vt_doc_date(c->doc, &date) || !vt_date_full(date))
        return;
    const bool early = fact.before.year && vt_date_compare(date, fact.before) < 0;
    const bool late = fact.after.year && vt_date_compare(date, fact.after) > 0;
    vt_date_words(early ? fact.before : fact.after, other);
    if (early || late)
        vt_say(c, vt_child(c->root, VT_DATE), vt_words_in(c, VT_DATE),
               "Số %s có ngày %s hơn ngày %s của số liền %s.", vt_doc_number(c->doc),
               early ? "sớm" : "muộn", other, early ? "trước" : "sau");
}

void vt_fact_allotted(vt_checking *c) {
    vt_fact_number fact;

    if (ask_number(c, &fact) && fact.allotted == VT_FALSE)
        vt_say(c, vt_child(c->root, VT_NUMBER), vt_doc_number(c->doc),
               "Số %s không do sổ đăng ký cấp.", vt_doc_number(c->doc));
}

void vt_fact_twin(vt_checking *c) {
    const char *twin = c->facts->twin ? c->facts->twin(c->facts->context, c->pack, c->doc) : NULL;

    if (twin)
        vt_say(c, or_root(c, vt_child(c->root, VT_NUMBER)), vt_doc_number(c->doc),
               "Đã có hồ sơ cùng số, ký hiệu và cơ quan: %s.", twin);
}

/* ---------------------------------------------------------------- dates -- */

void vt_fact_date(vt_checking *c) {
    vt_date date;

    if (c->facts->today.year && vt_doc_date(c->doc, &date) && vt_date_full(date) &&
        vt_date_compare(date, c->facts->today) > 0)
        vt_say(c, vt_child(c->root, VT_DATE), vt_words_in(c, VT_DATE),
               "Ngày ban hành sau ngày hôm nay.");
}

/* 0 Monday .. 6 Sunday (Sakamoto). */
static int weekday(vt_date d) {
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    const int y = d.month < 3 ? d.year - 1 : d.year;

    return (y + y / 4 - y / 100 + y / 400 + shift[d.month - 1] + d.day + 6) % 7;
}

static vt_date next_day(vt_date d) {
    const vt_date last = vt_date_last((vt_date){d.year, d.month, 0});

    if (d.day < last.day)
        return (vt_date){d.year, d.month, d.day + 1};
    return d.month < 12 ? (vt_date){d.year, d.month + 1, 1} : (vt_date){d.year + 1, 1, 1};
}

static vt_date next_working_day(const vt_facts *facts, vt_date day) {
    if (facts->next_working_day)
        return facts->next_working_day(facts->context, day);
    do
        day = next_day(day);
    while (weekday(day) > 4);
    return day;
}

void vt_fact_prompt(vt_checking *c) {
    const vt_node *marks = vt_child(c->root, VT_MARKS);
    const bool urgent = *vt_attr_of(marks, VT_AT_URGENCY);
    vt_date date;
    char due[11];

    if (!c->facts->signed_on.year || !vt_doc_date(c->doc, &date) || !vt_date_full(date))
        return;
    const vt_date last =
        urgent ? c->facts->signed_on : next_working_day(c->facts, c->facts->signed_on);
    vt_date_words(last, due);
    if (vt_date_compare(date, last) > 0)
        vt_say(c, vt_child(c->root, VT_DATE), vt_words_in(c, VT_DATE),
               "Văn bản phải phát hành chậm nhất ngày %s.", due);
}

/* --------------------------------------------------------------- agency -- */

static bool ask_agency(vt_checking *c, const vt_node *issuer, vt_fact_agency *out) {
    *out = (vt_fact_agency){.mode = VT_MODE_UNKNOWN};
    return issuer && c->facts->agency &&
           c->facts->agency(c->facts->context, vt_words_of(c, vt_child(issuer, VT_NAME)),
                            vt_attr_get(issuer, VT_AT_ORGAN), out);
}

void vt_fact_superior(vt_checking *c) {
    const vt_node *issuer = vt_child(c->root, VT_ISSUER);

    for (; issuer && !vt_enough(c); issuer = vt_next_same(issuer)) {
        const vt_node *superior = vt_child(issuer, VT_SUPERIOR);
        const vt_node *direct = superior;
        vt_fact_agency fact;
        if (!ask_agency(c, issuer, &fact) || !fact.superior)
            continue;
        while (direct && vt_next_same(direct))
            direct = vt_next_same(direct); /* the last one is the direct one */
        const char *a = vt_text_fold(c->arena, vt_words_of(c, direct));
        const char *b = vt_text_fold(c->arena, fact.superior);
        if (a && b && strcmp(a, b) != 0)
            vt_say(c, or_root(c, direct ? direct : issuer), vt_words_of(c, direct),
                   *fact.superior ? "Cơ quan chủ quản trực tiếp theo danh bạ là “%s”."
                                  : "Cơ quan này không có cơ quan chủ quản%s.",
                   fact.superior);
    }
}

void vt_fact_place(vt_checking *c) {
    const vt_node *place = vt_child(c->root, VT_PLACE);
    vt_fact_agency fact;

    if (place && ask_agency(c, vt_child(c->root, VT_ISSUER), &fact) && fact.place &&
        !vt_same(c, vt_words_of(c, place), fact.place))
        vt_say(c, place, vt_words_of(c, place), "Địa danh của cơ quan là “%s”.", fact.place);
}

static vt_fact_signer signer_of(vt_checking *c, const vt_node *signature) {
    const vt_node *capacity = vt_child(signature, VT_CAPACITY);
    vt_fact_signer s = {.agency = issuer_name(c), .type = vt_attr_of(c->root, VT_AT_TYPE)};

    while (capacity && vt_next_same(capacity))
        capacity = vt_next_same(capacity);
    s.kind = vt_attr_of(capacity, VT_AT_KIND);
    s.on_behalf = vt_words_of(c, capacity);
    s.position = vt_words_of(c, vt_child(signature, VT_POSITION));
    s.name = vt_words_of(c, vt_child(signature, VT_NAME));
    vt_doc_date(c->doc, &s.date);
    return s;
}

void vt_fact_mode(vt_checking *c) {
    const vt_node *signature = vt_child(c->root, VT_SIGNATURE);
    vt_fact_agency fact;

    if (!signature || !ask_agency(c, vt_child(c->root, VT_ISSUER), &fact))
        return;
    const char *first = vt_attr_of(vt_child(signature, VT_CAPACITY), VT_AT_KIND);
    if (fact.mode == VT_MODE_HEAD && strcmp(first, "TM") == 0)
        vt_say(c, signature, vt_words_of(c, vt_child(signature, VT_CAPACITY)),
               "Cơ quan làm việc theo chế độ thủ trưởng không ký thay mặt tập thể.");
}

void vt_fact_authorised(vt_checking *c) {
    const vt_node *s = vt_child(c->root, VT_SIGNATURE);

    for (; s && c->facts->authorised && !vt_enough(c); s = vt_next_same(s)) {
        const vt_fact_signer signer = signer_of(c, s);
        const bool asked = strcmp(signer.kind, "TL") == 0 || strcmp(signer.kind, "TUQ") == 0;
        if (asked && c->facts->authorised(c->facts->context, &signer) == VT_FALSE)
            vt_say(c, s, signer.name, "%s không được %s vào ngày này, với loại văn bản này.",
                   signer.position, signer.kind[1] == 'L' ? "thừa lệnh" : "thừa ủy quyền");
    }
}

void vt_fact_may_sign(vt_checking *c) {
    const vt_node *s = vt_child(c->root, VT_SIGNATURE);

    for (; s && c->facts->may_sign && !vt_enough(c); s = vt_next_same(s)) {
        const vt_fact_signer signer = signer_of(c, s);
        if (c->facts->may_sign(c->facts->context, &signer) == VT_FALSE)
            vt_say(c, s, signer.position, "%s không có thẩm quyền ký %s.", signer.position,
                   c->type ? c->type->name : "văn bản này");
    }
}

void vt_fact_ranks(vt_checking *c) {
    const vt_node *s = vt_child(c->root, VT_SIGNATURE);
    vt_fact_agency fact;

    if (!ask_agency(c, vt_child(c->root, VT_ISSUER), &fact) || fact.ranks != VT_FALSE)
        return;
    for (; s && !vt_enough(c); s = vt_next_same(s))
        if (vt_child(s, VT_RANK))
            vt_say(c, vt_child(s, VT_RANK), vt_words_of(c, vt_child(s, VT_RANK)),
                   "Cơ quan này không ghi cấp bậc, học vị trước họ tên.");
}

/* ------------------------------------------------------------- receivers -- */

static bool ask_receiver(vt_checking *c, const vt_node *r, vt_fact_receiver *out) {
    *out = (vt_fact_receiver){.known = VT_UNKNOWN};
    return r->el == VT_RECIPIENT && c->facts->receiver &&
           c->facts->receiver(c->facts->context, vt_words_of(c, r), vt_attr_get(r, VT_AT_ORGAN),
                              vt_attr_get(r, VT_AT_GROUP), out);
}

void vt_fact_receivers(vt_checking *c) {
    const vt_node *const lists[] = {vt_child(c->root, VT_TO), vt_child(c->root, VT_COPIES)};
    vt_fact_receiver fact;

    for (size_t i = 0; i < 2; i++)
        for (const vt_node *r = lists[i] ? lists[i]->first : NULL; r && !vt_enough(c); r = r->next)
            if (ask_receiver(c, r, &fact) && fact.known == VT_FALSE)
                vt_say(c, r, vt_words_of(c, r), "Nơi nhận không có trong danh bạ.");
}

/* Copies that go to a list; -1: one of its receivers is not known. */
static int copies_of(vt_checking *c, const vt_node *list) {
    vt_fact_receiver fact;
    int n = 0;

    for (const vt_node *r = list ? list->first : NULL; r; r = r->next) {
        if (r->el != VT_RECIPIENT)
            continue;
        if (!ask_receiver(c, r, &fact) || fact.copies <= 0 || n > 1000000)
            return -1;
        n += fact.copies;
    }
    return n;
}

#define KEPT 2 /* the register's and the file's (Điều 19.1) */

void vt_fact_copies(vt_checking *c) {
    const vt_node *copies = vt_child(c->root, VT_COPIES);
    const char *amount = vt_attr_of(copies, VT_AT_AMOUNT);
    const int to = copies_of(c, vt_child(c->root, VT_TO)), more = copies_of(c, copies);

    if (*amount && to >= 0 && more >= 0 && strtol(amount, NULL, 10) != to + more + KEPT)
        vt_say(c, copies, amount, "Số lượng %s bản, nơi nhận và bản lưu cần %d bản.", amount,
               to + more + KEPT);
}

/* ----------------------------------------------------------------- names -- */

/* A name's words, as keys; marks between them do not count. */
typedef struct official {
    const char *name;
    const vt_token *tokens;
    size_t count;
} official;

static int by_first_key(const void *a, const void *b) {
    const official *x = a, *y = b;

    return x->tokens[0].key < y->tokens[0].key ? -1 : x->tokens[0].key > y->tokens[0].key;
}

static official *officials(vt_checking *c, size_t *count) {
    size_t n = 0, names = 0;
    const char *const *all = c->facts->names ? c->facts->names(c->facts->context, &names) : NULL;
    official *out = all ? vt_alloc_array(c->arena, names + 1, sizeof *out) : NULL;

    for (size_t i = 0; out && i < names; i++) {
        official *o = &out[n];
        o->name = all[i];
        o->tokens = vt_tokenise(c->arena, all[i], &o->count);
        n += o->tokens && o->count > 2; /* "Sở": of two words nothing can be said */
    }
    if (out)
        qsort(out, n, sizeof *out, by_first_key);
    *count = n;
    return out;
}

static size_t skip_marks(const vt_token *t, size_t i, size_t count) {
    while (i < count && t[i].kind == VT_TOK_MARK &&
           (vt_token_is(&t[i], '-') || vt_token_is(&t[i], ',')))
        i++;
    return i;
}

/* Where the name ends in the text; 0: it does not stand there.  *alike: as it is
   written. */
static size_t name_at(const vt_words *w, size_t i, const official *o, bool *alike) {
    size_t k = 0;

    *alike = true;
    while (k < o->count) {
        const size_t text = skip_marks(w->tokens, i, w->token_count);
        const size_t name = skip_marks(o->tokens, k, o->count);
        if (name == o->count)
            break;
        if (text == w->token_count || w->tokens[text].key != o->tokens[name].key)
            return 0;
        const unsigned shape = w->tokens[text].flags ^ o->tokens[name].flags;
        if (w->tokens[text].flags & VT_TOK_CAPITALS && !(o->tokens[name].flags & VT_TOK_CAPITALS))
            return 0; /* a line in capitals */
        *alike = *alike && text - i == name - k && !(shape & VT_TOK_CAPITAL);
        i = text + 1;
        k = name + 1;
    }
    return i;
}

static size_t first_of(const official *all, size_t n, uint64_t key) {
    size_t low = 0, high = n;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (all[middle].tokens[0].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The longest name at token i; gives where it ends, 0 for none. */
static size_t longest(const vt_words *w, size_t i, const official *all, size_t n, size_t *which,
                      bool *alike) {
    size_t end = 0;

    for (size_t k = first_of(all, n, w->tokens[i].key);
         k < n && all[k].tokens[0].key == w->tokens[i].key; k++) {
        bool same;
        const size_t here = name_at(w, i, &all[k], &same);
        if (here > end || (here == end && here && same)) {
            end = here;
            *which = k;
            *alike = same;
        }
    }
    return end;
}

void vt_fact_names(vt_checking *c) {
    size_t n = 0;
    const official *all = officials(c, &n);

    for (size_t i = 0; all && n && i < c->word_count && !vt_enough(c); i++) {
        const vt_words *w = &c->words[i];
        for (size_t k = 0; !(w->where & VT_IN_QUOTE) && k < w->token_count; k++) {
            size_t which = 0;
            bool alike = true;
            const size_t end = longest(w, k, all, n, &which, &alike);
            if (!end)
                continue;
            if (!alike)
                vt_say(c, w->node, vt_excerpt(c, w->text, w->text + w->tokens[k].at),
                       "“%s” viết là “%s”.", vt_excerpt_tokens(c, w, k, end), all[which].name);
            k = end - 1;
        }
    }
}
