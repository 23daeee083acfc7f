/*
 * gen/import.c - plain text in: which lines of a draft make which part of
 * which document, and the tools all of them build with.
 */
#include "gen/import.h"
#include "gen/tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------------- building -- */

vt_node *vt_make(vt_making *m, vt_node *parent, vt_el el, int line) {
    vt_node *node = NULL;

    if (parent && m->draft->nodes < VT_MAX_NODES)
        node = vt_node_new(m->draft->arena, el, line);
    m->draft->nodes += parent != NULL;
    if (!node)
        return NULL;
    /* children of a document stand in the order of vt_el */
    if (parent->el == VT_DOCUMENT && parent->last && parent->last->el > el)
        vt_insert_ordered(parent, node);
    else
        vt_append(parent, node);
    return node;
}

void vt_make_attr(vt_making *m, vt_node *node, vt_at at, const char *value) {
    if (node)
        (void)!vt_attr_set(m->draft->arena, node, at, value);
}

static vt_node *styled(vt_making *m, vt_node *parent, unsigned style, int line) {
    if (style & VT_STRONG)
        parent = vt_make(m, parent, VT_B, line);
    return style & VT_SLANTED ? vt_make(m, parent, VT_I, line) : parent;
}

static void plain(vt_making *m, vt_node *parent, vt_typed t, bool br) {
    while (parent && t.len) {
        const char *at = memchr(t.s, VT_LINE_BREAK, t.len);
        const size_t n = at ? (size_t)(at - t.s) : t.len;
        vt_node *text = n ? vt_text_new(m->draft->arena, t.s, n, t.line) : NULL;

        m->draft->nodes++;
        if (text)
            vt_append(parent, text);
        if (at && br)
            vt_make(m, parent, VT_BR, t.line);
        else if (at && (text = vt_text_new(m->draft->arena, " ", 1, t.line)))
            vt_append(parent, text);
        t = vt_part(t, n + (at != NULL), t.len);
    }
}

void vt_make_text(vt_making *m, vt_node *parent, vt_typed t, unsigned keep, bool br) {
    t = vt_trimmed(t, "");
    while (parent && t.len) {
        const unsigned style = t.style ? t.style[0] & keep : 0;
        size_t n = 1;

        while (n < t.len && (t.style ? t.style[n] & keep : 0u) == style)
            n++;
        plain(m, styled(m, parent, style, t.line), vt_part(t, 0, n), br);
        t = vt_part(t, n, t.len);
    }
}

vt_node *vt_make_words(vt_making *m, vt_node *parent, vt_el el, vt_typed text) {
    vt_node *node = vt_make(m, parent, el, text.line);

    vt_make_text(m, node, text, 0,
                 el == VT_NAME || el == VT_SUPERIOR || el == VT_CAPACITY || el == VT_POSITION ||
                     el == VT_TITLE);
    return node;
}

vt_node *vt_make_reference(vt_making *m, vt_node *parent, vt_typed t) {
    const vt_node *after = parent ? parent->last : NULL;
    vt_node *node;

    if (vt_holds(t, "..") || vt_holds(t, "…")) {
        vt_left_out(m->draft, VT_INFO, "NHAP-33", t, NULL,
                    "Dòng này còn để trống, chương trình in từ số và ngày của văn bản chính.");
        return NULL;
    }
    node = vt_make_words(m, parent, VT_REFERENCE, t);
    if (node && after && after->el == VT_DOCUMENT) { /* it stands before the text it is of */
        vt_remove(node);
        vt_insert_before(parent->last, node);
    }
    return node;
}

vt_typed vt_placeholder(int line) {
    return vt_typed_of("......", line);
}

/* Counts a finding of this id; false: enough of them have been told. */
static bool may_say(vt_draft *d, const char *id) {
    enum { TOLD = 30 };
    const int n = (id[5] - '0') * 10 + (id[6] - '0');

    return n < 0 || n >= VT_IMPORT_IDS || ++d->said[n] <= TOLD;
}

static void say_others(vt_draft *d) {
    enum { TOLD = 30 };

    for (int n = 0; n < VT_IMPORT_IDS; n++)
        if (d->said[n] > TOLD)
            vt_find(d->list,
                    &(vt_finding){.severity = VT_WARNING,
                                  .id = vt_printf(d->arena, "NHAP-%02d", n),
                                  .place = {d->file, 0, NULL},
                                  .message = vt_printf(d->arena, "Còn %d chỗ nữa cùng loại này.",
                                                       d->said[n] - TOLD)});
}

void vt_unsure(vt_draft *d, vt_severity severity, const char *id, vt_typed excerpt,
               const char *remedy, const char *fmt, ...) {
    va_list args;
    char message[512], clipped[VT_CLIP];
    char *words = NULL;
    vt_finding f = {.severity = severity,
                    .id = id,
                    .place = {d->file, excerpt.line, NULL},
                    .message = message,
                    .remedy = remedy};

    if (!may_say(d, id))
        return;
    if (excerpt.len) /* more would not be shown */
        words = vt_strndup(d->arena, excerpt.s, excerpt.len < 256 ? excerpt.len : 256);
    for (char *c = words; c && *c; c++)
        *c = *c == '\t' || *c == VT_LINE_BREAK ? ' ' : *c;
    if (words) {
        vt_text_whole(words);
        f.excerpt = vt_text_clip(words, strlen(words), clipped);
    }
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    vt_text_whole(message);
    vt_find(d->list, &f);
}

void vt_left_out(vt_draft *d, vt_severity severity, const char *id, vt_typed words,
                 const char *remedy, const char *message) {
    d->left_out++;
    vt_find(d->list, &(vt_finding){.severity = severity,
                                   .id = id,
                                   .place = {d->file, words.line, NULL},
                                   .message = message,
                                   .remedy = remedy,
                                   .excerpt = vt_strndup(d->arena, words.s, words.len)});
}

/* ------------------------------------------------------------- the parts -- */

/* "PHỤ LỤC", "Phụ lục II", "PHỤ LỤC SỐ 01: DANH SÁCH"; bytes of it, 0: none. */
static size_t annex_label(vt_typed t) {
    static const char digits[] = "0123456789IVXL";
    size_t at = vt_behind(t, "phu luc"), n = 0;

    if (!at || t.len > 400)
        return 0;
    while (at < t.len && t.s[at] == ' ')
        at++;
    const size_t so = vt_behind(vt_part(t, at, t.len), "so");
    at += so;
    while (at < t.len && t.s[at] == ' ')
        at++;
    while (at + n < t.len && n < 6 && strchr(digits, t.s[at + n]))
        n++;
    const vt_typed rest = vt_trimmed(vt_part(t, at + n, t.len), "");
    const bool sign = rest.len && strchr(":.-", *rest.s);
    if (rest.len && !(n && sign) && !vt_all_capitals(t) && !(rest.len == 1 && sign))
        return 0;
    return (size_t)(rest.s - t.s) + (sign ? 1 : 0);
}

static bool is_reference(vt_typed t) {
    return t.len && *t.s == '(' &&
           (vt_starts(vt_part(t, 1, t.len), "kem theo") ||
            vt_starts(vt_part(t, 1, t.len), "ban hanh kem theo"));
}

static bool reference_ahead(const vt_draft *d, size_t at, size_t to) {
    enum { AHEAD = 9 };

    for (size_t i = at; i < to && i < at + AHEAD; i++)
        if (is_reference(d->lines[i].text))
            return true;
    return false;
}

/* "QUY CHẾ", and "(Ban hành kèm theo ...)" below it. */
static bool begins_attached(const vt_draft *d, size_t at, size_t to) {
    const vt_typed t = d->lines[at].text;

    if (t.len > 160 || !vt_all_capitals(t) || !reference_ahead(d, at + 1, to))
        return false;
    for (int s = 0; s < VT_SYSTEMS; s++)
        for (size_t i = 0; d->packs[s] && i < d->packs[s]->type_count; i++)
            if (vt_key_is(t, d->packs[s]->types[i].name))
                return true;
    return false;
}

/* ------------------------------------------------------------ annexes -- */

/* Title and reference of an annex; returns the line at which it goes on. */
static size_t annex_head(vt_making *m, vt_node *annex, size_t from, size_t to) {
    vt_draft *d = m->draft;
    const size_t label = annex_label(d->lines[from].text);
    vt_typed title = vt_trimmed(vt_part(d->lines[from].text, label, d->lines[from].text.len), "");
    vt_typed reference = {0};
    size_t at = from + 1;

    for (; at < to; at++) {
        const vt_draft_line *line = &d->lines[at];
        const vt_typed t = line->text;
        if (is_reference(t) && !reference.len)
            reference = t;
        else if (reference.len || vt_leader_of(t).kind || t.len > 300 ||
                 (title.len && !(vt_all_capitals(t) && !line->gap)))
            break;
        else if (!title.len)
            title = t;
        else {
            const char *s =
                vt_printf(d->arena, "%.*s %.*s", (int)title.len, title.s, (int)t.len, t.s);
            title = s ? vt_typed_of(s, title.line) : title;
        }
    }
    if (!title.len) {
        vt_unsure(d, VT_WARNING, "NHAP-42", d->lines[from].text, "Ghi tên vào <annex><title>.",
                  "Phụ lục này không có tên; chỗ ấy để dấu chấm.");
        title = vt_placeholder(d->lines[from].text.line);
    }
    vt_make_words(m, annex, VT_TITLE, vt_natural_case(d, title, VT_CASE_HEADING));
    if (reference.len)
        vt_make_reference(m, annex, reference);
    return at;
}

static void make_annex(vt_making *m, size_t from, size_t to) {
    vt_node *annex = vt_make(m, m->root, VT_ANNEX, m->draft->lines[from].text.line);
    const size_t at = annex_head(m, annex, from, to);
    vt_node *holder = annex ? vt_node_new(m->draft->arena, VT_BODY, annex->line) : NULL;

    if (!holder)
        return;
    vt_import_body(m, holder, at, to);
    for (vt_node *child = holder->first, *next; child; child = next) {
        next = child->next;
        vt_remove(child);
        vt_append(annex, child);
    }
}

/* ---------------------------------------------------------- attached texts -- */

static vt_node *copy_issuer(vt_making *m, const vt_node *from) {
    vt_node *to = from->el == VT_TEXT
                      ? vt_text_new(m->draft->arena, from->text, from->len, from->line)
                      : vt_node_new(m->draft->arena, from->el, from->line);

    for (const vt_node *c = from->first; to && c; c = c->next) {
        vt_node *child = copy_issuer(m, c);
        if (child)
            vt_append(to, child);
    }
    return to;
}

/* Returns the attached document, which annexes behind it belong to. */
static vt_making make_attached(vt_making *main, size_t from, size_t to) {
    vt_making m = *main;
    vt_node *attached = vt_make(main, main->root, VT_ATTACHED, main->draft->lines[from].text.line);

    m.root = vt_make(main, attached, VT_DOCUMENT, main->draft->lines[from].text.line);
    if (!m.root)
        return *main;
    const size_t at = vt_import_head(&m, from, to);
    const vt_node *issuer = vt_child(main->root, VT_ISSUER);
    if (!vt_child(m.root, VT_ISSUER) && issuer) {
        vt_node *own = copy_issuer(main, issuer);
        if (own)
            vt_insert_ordered(m.root, own);
    }
    m.body = vt_make(&m, m.root, VT_BODY, m.root->line);
    vt_import_body(&m, m.body, at, to);
    return m;
}

/* ------------------------------------------------------------ documents -- */

/* The next part behind the closing: annex or attached text; `to` when none. */
static size_t next_part(const vt_draft *d, size_t from, size_t to, bool closed) {
    for (size_t i = from; i < to; i++) {
        if (closed && (annex_label(d->lines[i].text) || begins_attached(d, i, to)))
            return i;
        closed = closed || vt_closes(d, i);
    }
    return to;
}

static void make_parts(vt_making *m, size_t from, size_t to) {
    vt_making owner = *m;

    while (from < to) {
        const size_t next = next_part(m->draft, from + 1, to, true);
        if (annex_label(m->draft->lines[from].text))
            make_annex(&owner, from, next);
        else
            owner = make_attached(m, from, next);
        from = next;
    }
}

static vt_doc *make_document(vt_draft *d, size_t from, size_t to) {
    vt_doc *doc = vt_alloc(d->arena, sizeof *doc);
    vt_making m = {.draft = d, .doc = doc};
    const size_t parts = next_part(d, from, to, false);

    if (!doc)
        return NULL;
    doc->arena = d->arena;
    doc->file = d->file;
    doc->root = vt_node_new(d->arena, VT_DOCUMENT, d->lines[from].text.line);
    if (!doc->root)
        return NULL;
    m.root = doc->root;
    const size_t body = vt_import_head(&m, from, parts);
    if (!m.pack)
        return NULL; /* the draft's status says why */
    const size_t close = vt_import_close_at(d, body, parts);
    m.body = vt_make(&m, m.root, VT_BODY, d->lines[body < to ? body : from].text.line);
    vt_import_body(&m, m.body, body, close);
    vt_import_close(&m, close, parts);
    make_parts(&m, parts, to);
    return doc;
}

/* The header of which line `title` is part begins some lines before it. */
static size_t header_from(const vt_draft *d, size_t title, size_t least) {
    size_t at = title, first = title;

    while (at > least && title - at < 8) {
        const vt_typed t = d->lines[at - 1].text;
        const bool star = t.len == 1 && *t.s == '*';
        if (!star && !vt_is_number_line(t) && !vt_all_capitals(t))
            break;
        at--;
        if (!star && !vt_is_number_line(t) && vt_is_listed(d, VT_LIST_ORGANS, t) &&
            !vt_is_level(d, t))
            first = at;
    }
    return first;
}

static bool titled(const vt_draft *d, size_t line) {
    vt_typed columns[3];
    const vt_typed t = d->lines[line].text;
    const size_t n = t.len > 300 ? 0 : vt_columns(t, columns, 3);

    for (size_t i = 0; i < n; i++)
        if (vt_is_national_title(d, columns[i]))
            return true;
    return false;
}

/* Where the document that begins at `from` ends: a new head behind its closing. */
static size_t document_end(const vt_draft *d, size_t from) {
    bool closed = false;

    for (size_t i = from; i < d->count; i++) {
        if (closed && titled(d, i) && !reference_ahead(d, i, d->count))
            return header_from(d, i, from + 1);
        closed = closed || vt_closes(d, i);
    }
    return d->count;
}

/* -------------------------------------------------------------- findings -- */

static int by_number(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static void say_recased(vt_draft *d) {
    const size_t most = sizeof d->recased / sizeof *d->recased;
    vt_buf lines;

    if (!d->recased_count)
        return;
    vt_buf_init(&lines, 512);
    qsort(d->recased, d->recased_count < most ? d->recased_count : most, sizeof *d->recased,
          by_number);
    for (size_t i = 0; i < d->recased_count && i < most; i++)
        vt_buf_printf(&lines, "%s%d", i ? ", " : "", d->recased[i]);
    if (d->recased_count > most)
        vt_buf_puts(&lines, " ...");
    vt_unsure(d, VT_INFO, "NHAP-16", (vt_typed){.s = "", .line = d->recased[0]},
              "Xem lại tên riêng ở các dòng ấy: chữ nào viết hoa, chữ nào không.",
              "Chữ in hoa đã đổi thành chữ thường (khi in, gói quy tắc tự viết hoa): dòng %s.",
              lines.data);
    vt_buf_free(&lines);
}

/* ----------------------------------------------------------------- whole -- */

const vt_pack *vt_draft_pack(vt_draft *d, const vt_doc *doc) {
    vt_findings *own = vt_findings_new();
    const vt_pack *pack = NULL;
    const vt_status st = own ? vt_pack_choose(d->engine, doc, own, &pack) : vt_nomem(d->list);

    for (size_t i = 0; st && i < vt_findings_count(own); i++) {
        const vt_finding *f = vt_findings_at(own, i);
        if (st == VT_BAD && strcmp(f->id, "GOI-04") == 0)
            continue; /* the installation has no pack for that system */
        vt_find(d->list, f);
        d->status = st > d->status ? st : d->status;
    }
    if (st == VT_FAIL)
        d->status = st;
    vt_findings_free(own);
    return st ? NULL : pack;
}

static vt_status find_packs(vt_draft *d) {
    for (int s = 0; s < VT_SYSTEMS; s++) {
        vt_node root = {.el = VT_DOCUMENT};
        const vt_doc doc = {.arena = d->arena, .root = &root, .file = "", .system = (vt_system)s};
        d->packs[s] = vt_draft_pack(d, &doc);
    }
    return d->status;
}

static vt_status finish(vt_draft *d, vt_doc *doc) {
    enum { MOST_LEFT_OUT = 300 }; /* all of them must have room among the findings */

    if (d->nodes >= VT_MAX_NODES)
        return vt_bad(d->list, "NHAP-01", (vt_place){d->file, 0, NULL}, "Tách thành nhiều tệp.",
                      "Bản nháp có quá nhiều đoạn, ô và dòng.");
    if (d->left_out > MOST_LEFT_OUT)
        return vt_bad(d->list, "NHAP-01", (vt_place){d->file, 0, NULL},
                      "Giữ lại phần văn bản, bỏ các phần khác, rồi đọc lại.",
                      "Quá nhiều dòng không thuộc văn bản nào.");
    if (d->status)
        return d->status;
    if (!doc || vt_arena_failed(d->arena) || !vt_doc_tidy(doc))
        return vt_nomem(d->list);
    return vt_doc_validate(doc, d->list);
}

static void say_letters(vt_draft *d) {
    if (d->letters_line)
        vt_left_out(
            d, VT_INFO, "NHAP-38",
            (vt_typed){.s = d->letters.data, .len = d->letters.len, .line = d->letters_line},
            "Là chữ của câu thì gõ lại vào đầu mục.",
            "Chữ đứng một mình ở đầu dòng là ký hiệu gạch đầu dòng của Word.");
    vt_buf_free(&d->letters);
}

static vt_status make_all(vt_draft *d, vt_doc **docs, size_t *count) {
    vt_status status = VT_OK;
    size_t from = 0;

    while (from < d->count && *count < VT_IMPORT_MOST && !status) {
        const size_t to = *count + 1 < VT_IMPORT_MOST ? document_end(d, from) : d->count;
        docs[*count] = make_document(d, from, to);
        status = finish(d, docs[*count]);
        ++*count;
        from = to;
    }
    say_recased(d);
    say_letters(d);
    say_others(d);
    return status;
}

/* By line of the draft, as a person reads it over. */
static int by_line(const void *a, const void *b) {
    const vt_finding *const *x = a, *const *y = b;

    if ((*x)->place.line != (*y)->place.line)
        return (*x)->place.line < (*y)->place.line ? -1 : 1;
    const int order = strcmp((*x)->id, (*y)->id);
    return order ? order : strcmp((*x)->message, (*y)->message);
}

static void hand_over(vt_draft *d, vt_findings *list) {
    const size_t n = vt_findings_count(d->list);
    const vt_finding **all = vt_alloc_array(d->arena, n + 1, sizeof(const vt_finding *));

    for (size_t i = 0; all && i < n; i++)
        all[i] = vt_findings_at(d->list, i);
    if (all)
        qsort(all, n, sizeof(const vt_finding *), by_line);
    for (size_t i = 0; i < n; i++)
        vt_find(list, all ? all[i] : vt_findings_at(d->list, i));
}

vt_status vt_import_text(vt_engine *engine, vt_arena *arena, const void *data, size_t len,
                         const char *name, const vt_import_options *options, vt_findings *list,
                         vt_doc **out[], size_t *count) {
    vt_draft *d = vt_alloc(arena, sizeof *d);
    vt_doc **docs = vt_alloc_array(arena, VT_IMPORT_MOST, sizeof(vt_doc *));
    const char *text = NULL;
    size_t text_len = 0, n = 0;

    if (!d || !docs)
        return vt_nomem(list);
    *d = (vt_draft){.engine = engine, .arena = arena, .options = options};
    vt_buf_init(&d->letters, VT_MAX_INPUT_BYTES);
    d->list = vt_findings_new();
    d->file = vt_strdup(arena, name ? name : "");
    vt_status status =
        d->file && d->list ? vt_draft_open(d, data, len, &text, &text_len) : vt_nomem(list);
    if (!status)
        status = vt_draft_lines(d, text, text_len);
    if (!status) {
        status = vt_lists_need(d);
        if (!status)
            status = find_packs(d);
        if (!status)
            status = make_all(d, docs, &n);
    }
    hand_over(d, list);
    vt_findings_free(d->list);
    if (status)
        return status;
    *out = docs;
    *count = n;
    return VT_OK;
}

bool vt_import_sends(vt_engine *engine, const vt_doc *letter, const vt_doc *other) {
    vt_findings *quiet = vt_findings_new();
    const char *value = vt_doc_number(other), *text, *prefix, *suffix;
    const vt_pack *pack = NULL;
    bool sends = false;

    if (value && vt_pack_choose(engine, other, quiet, &pack) == VT_OK &&
        vt_number_parts(other->arena, pack, other, quiet, &prefix, &suffix) == VT_OK && *suffix) {
        const char *number = vt_printf(other->arena, " %s%s", value, suffix);
        text = vt_node_text(letter->arena, letter->root, ' ');
        sends = number && text && strstr(text, number);
    }
    vt_findings_free(quiet);
    return sends;
}
