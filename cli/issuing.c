/* cli/issuing.c - what stands before a number, and what is made with it. */

#include "cli/archive.h"

#include <stdlib.h>
#include <string.h>

enum { SOURCE_BYTES = 64 << 20 };

/* ------------------------------------------------------------- overrides -- */

vt_status vt_cli_issuing_check(vt_cli *cli, const vt_issuing *how) {
    const char *reason = how->reason;

    if (how->overrides && vt_blank(how->reason))
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi thêm: --reason \"LÝ DO\".",
                      "Bỏ qua lỗi (--override) phải có lý do; lý do được ghi vào nhật ký.");
    if (how->again && vt_blank(how->again))
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi: --again \"LÝ DO\".",
                      "Cấp số lần nữa (--again) phải có lý do; lý do được ghi vào nhật ký.");
    if (how->reason && !how->overrides)
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi thêm: --override MÃ-LỖI.",
                      "Có lý do (--reason) mà không nói bỏ qua lỗi nào (--override).");
    /* once, not of each row of a merge */
    return reason ? vt_text_typed(cli->arena, "KHO-15", "lý do", VT_REASON_MOST, &reason, cli->list)
                  : VT_OK;
}

/* Is id one of "HD-12,HD-19"? */
static bool overridden(const vt_issuing *how, const char *id) {
    const char *s = how->overrides;
    size_t n = strlen(id);

    while (s && *s) {
        size_t len = strcspn(s, ", ");

        if (len == n && strncmp(s, id, n) == 0)
            return true;
        s += len + strspn(s + len, ", ");
    }
    return false;
}

typedef struct answered {
    vt_override *items;
    size_t count, cap;
} answered;

static bool answer(vt_arena *arena, answered *all, const char *rule, const char *reason) {
    const char *kept = vt_strdup(arena, rule);

    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->items[i].rule, rule) == 0)
            return true;
    all->items = vt_grow(arena, all->items, &all->cap, all->count + 1, sizeof *all->items);
    if (!all->items || !kept)
        return false;
    all->items[all->count++] = (vt_override){kept, reason};
    return true;
}

/* Errors that someone answers for become warnings and go to the log. */
static vt_status take_findings(vt_cli *cli, const vt_findings *found, const vt_issuing *how,
                               vt_arena *arena, answered *all) {
    vt_status st = VT_OK;

    for (size_t i = 0; i < vt_findings_count(found); i++) {
        vt_finding f = *vt_findings_at(found, i);

        if (f.severity == VT_ERROR && overridden(how, f.id)) {
            f.severity = VT_WARNING;
            if (!answer(arena, all, f.id, how->reason))
                return vt_nomem(cli->list);
        }
        st = vt_find(cli->list, &f) > st ? VT_BAD : st;
    }
    if (vt_findings_overflowed(found))
        st = vt_bad(cli->list, "CLI-07", (vt_place){0}, "Sửa các lỗi trên rồi làm lại.",
                    "Văn bản có quá nhiều lỗi, không liệt kê hết.");
    return st;
}

static vt_status check(vt_cli *cli, vt_records *records, const vt_pack *pack, const vt_doc *doc,
                       const vt_issuing *how, vt_arena *arena, answered *all) {
    vt_findings *found = vt_findings_new();
    vt_facts facts;
    vt_status st, taken;

    if (!found)
        return vt_nomem(cli->list);
    st = vt_records_facts(records, arena, found, &facts);
    if (!st)
        st = vt_check_with(cli->engine, pack, doc, NULL, &facts, found);
    taken = take_findings(cli, found, how, arena, all);
    vt_findings_free(found);
    return st == VT_FAIL ? st : taken;
}

/* ---------------------------------------------------------- date and key -- */

static bool agree(vt_date written, vt_date given) {
    return (!written.year || written.year == given.year) &&
           (!written.month || written.month == given.month) &&
           (!written.day || written.day == given.day);
}

vt_status vt_cli_set_date(vt_cli *cli, vt_doc *doc, vt_date given) {
    vt_date written = {0};
    char text[11];

    vt_doc_date(doc, &written);
    if (agree(written, given))
        return vt_doc_set_date(doc, given, cli->list);
    vt_date_words(written, text);
    return vt_bad(cli->list, "SO-12", (vt_place){.file = doc->file, .path = "/document/date"},
                  "Sửa một trong hai cho khớp.",
                  "Ngày ghi trong văn bản (%s) khác ngày cho ở --date.", text);
}

static vt_status settle_date(vt_cli *cli, vt_doc *doc, vt_date given) {
    vt_place place = {.file = doc->file, .path = "/document/date"};
    vt_date written = {0};

    if (given.year && !vt_date_full(given))
        return vt_bad(cli->list, "SO-08", place, "Ghi đủ: --date 2026-03-27.",
                      "Ngày ban hành phải đủ ngày, tháng, năm.");
    if (given.year)
        return vt_cli_set_date(cli, doc, given);
    vt_doc_date(doc, &written);
    if (vt_date_full(written))
        return VT_OK;
    return vt_bad(cli->list, "SO-08", place, "Ghi ngày vào văn bản, hoặc thêm --date 2026-03-27.",
                  "Văn bản chưa có đủ ngày ban hành nên chưa cấp số được.");
}

char *vt_cli_issue_key(vt_cli *cli, vt_arena *arena, const vt_doc *doc, size_t nth) {
    char hex[65];
    vt_hash hash;
    vt_buf xml;
    bool ok;

    vt_buf_init(&xml, SOURCE_BYTES);
    ok = vt_doc_write(doc, &xml, cli->list) == VT_OK;
    vt_sha256(xml.data, xml.len, &hash);
    vt_buf_free(&xml);
    if (!ok)
        return NULL;
    vt_hash_hex(&hash, hex);
    return nth > 1 ? vt_printf(arena, "source:%s:%zu", hex, nth)
                   : vt_printf(arena, "source:%s", hex);
}

/* --------------------------------------------------------- before a number -- */

static vt_status type_of(vt_cli *cli, const vt_pack *pack, const vt_meta *meta,
                         const vt_type **out) {
    *out = vt_pack_type(pack, meta->type_slug);
    if (*out)
        return VT_OK;
    return vt_bad(cli->list, "SO-13", (vt_place){.path = "/document/@type"},
                  "Sửa loại văn bản, hoặc chọn gói quy tắc khác ở thuộc tính rules.",
                  "Gói quy tắc %s không có loại văn bản “%s” nên không biết cấp số ở sổ nào.",
                  vt_pack_id(pack), meta->type_slug);
}

/* What the series would refuse and someone answers for. */
static bool answer_series(vt_arena *arena, answered *all, const vt_issuing *how) {
    static const char *const ids[] = {"SO-03", "SO-04"};

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (overridden(how, ids[i]) && !answer(arena, all, ids[i], how->reason))
            return false;
    return true;
}

static vt_status numbered_already(vt_cli *cli, const vt_doc *doc) {
    return vt_bad(cli->list, "SO-09", (vt_place){.file = doc->file, .path = "/document/number"},
                  "Bỏ số trong văn bản để kho cấp số mới; văn bản cũ đã có số thì nhập vào kho, "
                  "không cấp lại.",
                  "Văn bản đã mang số %s.", vt_doc_number(doc));
}

/* What the register takes from a document, from what it copies, too. */
static vt_status describe(vt_cli *cli, const vt_pack *pack, const vt_doc *doc, vt_arena *arena,
                          vt_meta *out) {
    const vt_place place = {.file = doc->file, .path = "/document"};
    vt_status st = vt_meta_extract(arena, pack, doc, cli->list, out);

    if (!st)
        st = vt_meta_copied(cli->engine, arena, pack, doc, cli->list, out);
    return st ? st : vt_engine_admits(cli->engine, out->secrecy, place, cli->list);
}

/* What the archive is asked for, by pack and metadata. */
static void request_of(vt_ready *ready, const vt_type *type, const char *key,
                       const vt_issuing *how) {
    vt_hash_hex(vt_pack_hash(ready->pack), ready->pack_hash);
    ready->request = (vt_issue){.meta = &ready->meta,
                                .book = type->number_class,
                                .period = vt_pack_period(ready->pack),
                                .pack_hash = ready->pack_hash,
                                .key = key,
                                .secret_apart = vt_pack_secret_apart(ready->pack),
                                .new_issuer = how->new_issuer};
}

vt_status vt_cli_ready(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                       const vt_issuing *how, vt_arena *arena, vt_ready *ready) {
    const vt_type *type = NULL;
    answered all = {0};
    vt_status st = vt_doc_number(doc) ? numbered_already(cli, doc) : VT_OK;

    *ready = (vt_ready){.doc = doc, .make = &how->make};
    if (!st)
        st = settle_date(cli, doc, how->date);
    if (!st)
        st = vt_pack_choose(cli->engine, doc, cli->list, &ready->pack);
    if (!st)
        st = check(cli, records, ready->pack, doc, how, arena, &all);
    if (!st)
        st = describe(cli, ready->pack, doc, arena, &ready->meta);
    if (!st)
        st = type_of(cli, ready->pack, &ready->meta, &type);
    if (!st)
        st = answer_series(arena, &all, how) ? VT_OK : vt_nomem(cli->list);
    if (st)
        return st;
    request_of(ready, type, key, how);
    ready->request.again = how->again;
    ready->request.number = how->number;
    ready->request.backwards = overridden(how, "SO-03") ? how->reason : NULL;
    ready->request.future = overridden(how, "SO-04");
    ready->request.overrides = all.items;
    ready->request.override_count = all.count;
    return VT_OK;
}

/* ------------------------------------------------------- with its number -- */

void vt_numbered_init(vt_numbered *n) {
    *n = (vt_numbered){0};
    vt_buf_init(&n->pdf, (size_t)1 << 30);
    vt_buf_init(&n->source, SOURCE_BYTES);
}

static void free_parts(vt_numbered *n) {
    for (size_t i = 0; i < n->part_count; i++)
        vt_buf_free(&n->parts[i]);
    n->part_count = 0;
}

void vt_numbered_free(vt_numbered *n) {
    free_parts(n);
    vt_buf_free(&n->pdf);
    vt_buf_free(&n->source);
}

static vt_status designation(const vt_ready *ready, const char *number, vt_arena *arena,
                             vt_findings *list, const char **out) {
    const char *prefix, *suffix;
    const char *padded = vt_number_padded(arena, ready->pack, number);
    vt_status st = vt_number_parts(arena, ready->pack, ready->doc, list, &prefix, &suffix);

    *out = !st && padded ? vt_printf(arena, "%s%s", padded, suffix) : NULL;
    return !st && !*out ? vt_nomem(list) : st;
}

/* Attached in several parts, a file is kept once. */
static vt_status take_beside(const vt_layout *layout, vt_arena *arena, vt_findings *list,
                             vt_numbered *n) {
    size_t count;
    const vt_beside *beside = vt_layout_beside(layout, &count);

    for (size_t i = 0; i < count; i++) {
        size_t at = 0;

        while (at < n->files.beside_count && strcmp(n->beside[at].name, beside[i].name) != 0)
            at++;
        if (at < n->files.beside_count) {
            vt_status st = vt_beside_same(&n->beside[at], beside[i].data, beside[i].len, list);

            if (st)
                return st;
            continue;
        }
        n->beside = vt_grow(arena, n->beside, &n->beside_cap, at + 1, sizeof *n->beside);
        if (!n->beside)
            return vt_nomem(list);
        n->beside[n->files.beside_count++] = beside[i];
    }
    n->files.beside = n->beside;
    return VT_OK;
}

static vt_status compose_one(vt_engine *engine, const vt_ready *ready, int part, vt_arena *arena,
                             vt_findings *list, vt_numbered *n, vt_buf *pdf, size_t *pages) {
    const vt_make *make = ready->make;
    const vt_compose_options how = {
        .electronic = make->electronic, .two_sided = make->two_sided, .part = part};
    const vt_paint_options paint = {.pdfa_part = make->pdfa_part, .no_source = make->no_source};
    vt_layout *layout = NULL;
    vt_status st = vt_compose(engine, ready->pack, ready->doc, &how, arena, list, &layout);

    if (!st)
        st = vt_paint(engine, ready->pack, ready->doc, layout, &paint, pdf, list);
    if (!st)
        st = take_beside(layout, arena, list, n);
    if (!st)
        *pages = vt_layout_pages(layout);
    return st;
}

/* Annexes and attached texts in files of their own (PL I III.1.d). */
static vt_status make_parts(vt_engine *engine, const vt_ready *ready, vt_arena *arena,
                            vt_findings *list, vt_numbered *n) {
    const size_t count = ready->make->part ? vt_doc_parts(ready->doc) : 0;
    vt_issued_part *parts = vt_alloc_array(arena, count, sizeof *parts);
    vt_status st = VT_OK;

    n->parts = vt_alloc_array(arena, count, sizeof *n->parts);
    if (count && (!parts || !n->parts))
        return vt_nomem(list);
    for (size_t i = 0; i < count && !st; i++) {
        vt_buf *pdf = &n->parts[n->part_count++];
        vt_buf_init(pdf, (size_t)1 << 30);
        st = compose_one(engine, ready, (int)i + 1, arena, list, n, pdf, &parts[i].pages);
        parts[i].pdf = pdf->data;
        parts[i].pdf_len = pdf->len;
    }
    n->files.parts = parts;
    n->files.part_count = count;
    return st;
}

vt_status vt_cli_number(vt_engine *engine, const vt_ready *ready, const char *number,
                        vt_arena *arena, vt_findings *list, vt_numbered *n) {
    vt_status st = vt_doc_set_number(ready->doc, number, list);

    free_parts(n);
    vt_buf_clear(&n->pdf);
    vt_buf_clear(&n->source);
    n->files = (vt_issued_files){0};
    n->beside = NULL;
    n->beside_cap = 0;
    if (!st)
        st =
            compose_one(engine, ready, ready->make->part, arena, list, n, &n->pdf, &n->files.pages);
    if (!st)
        st = make_parts(engine, ready, arena, list, n);
    if (!st)
        st = vt_doc_write(ready->doc, &n->source, list);
    if (!st)
        st = designation(ready, number, arena, list, &n->files.designation);
    n->files.pdf = n->pdf.data;
    n->files.pdf_len = n->pdf.len;
    n->files.source = n->source.data;
    n->files.source_len = n->source.len;
    return st;
}

/* ----------------------------------------------------------------- issuing -- */

/* What the archive calls back with once the number is known. */
typedef struct maker {
    vt_engine *engine;
    const vt_ready *ready;
    vt_arena *arena;
    vt_numbered *made;
} maker;

static vt_status make_numbered(void *ctx, const vt_allotted *allotted, vt_findings *list,
                               vt_issued_files *out) {
    const maker *m = ctx;
    vt_status st = vt_cli_number(m->engine, m->ready, allotted->number, m->arena, list, m->made);

    *out = m->made->files;
    return st;
}

static vt_status issue_new(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                           const vt_issuing *how, vt_arena *arena, vt_numbered *made,
                           vt_record **out, bool *existing) {
    vt_ready ready;
    maker m = {.engine = cli->engine, .ready = &ready, .arena = arena, .made = made};
    vt_status st = vt_cli_ready(cli, records, doc, key, how, arena, &ready);

    return st ? st
              : vt_records_issue(records, &ready.request, make_numbered, &m, arena, cli->list, out,
                                 existing);
}

vt_status vt_cli_issue(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                       const vt_issuing *how, vt_arena *arena, vt_buf *pdf, vt_record **out,
                       bool *existing) {
    vt_numbered made;
    vt_status st = VT_OK;

    *out = NULL;
    *existing = false;
    if (vt_doc_number(doc))
        return numbered_already(cli, doc);
    vt_numbered_init(&made);
    if (!how->again)
        st = vt_records_issued(records, key, arena, cli->list, out);
    *existing = *out != NULL;
    if (!st && !*existing)
        st = issue_new(cli, records, doc, key, how, arena, &made, out, existing);
    if (!st && *existing)
        st = vt_records_file(records, *out, "pdf", &made.pdf, cli->list);
    vt_buf_free(pdf);
    *pdf = made.pdf;
    made.pdf = (vt_buf){0};
    vt_numbered_free(&made);
    return st;
}

vt_status vt_cli_draft(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                       bool new_issuer, vt_record **out) {
    const vt_issuing how = {.new_issuer = new_issuer};
    const vt_type *type = NULL;
    vt_ready ready = {.doc = doc};
    vt_buf source;
    vt_status st = vt_pack_choose(cli->engine, doc, cli->list, &ready.pack);

    vt_buf_init(&source, SOURCE_BYTES);
    if (!st)
        st = describe(cli, ready.pack, doc, cli->arena, &ready.meta);
    if (!st)
        st = type_of(cli, ready.pack, &ready.meta, &type);
    if (!st)
        st = vt_doc_write(doc, &source, cli->list);
    if (!st) {
        request_of(&ready, type, key, &how);
        st = vt_records_draft(records, &ready.request, source.data, source.len, cli->arena,
                              cli->list, out);
    }
    vt_buf_free(&source);
    return st;
}
