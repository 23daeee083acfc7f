/* cli/archive.c - opening the archive and issuing into it. */

#include "cli/archive.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SOURCE_BYTES = 64 << 20, MILLION = 1000000 };

/* --------------------------------------------------------------- opening -- */

static int64_t now_ms(void *ctx) {
    struct timespec t;

    (void)ctx;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / MILLION;
}

static bool chance(void *ctx, void *out, size_t len) {
    (void)ctx;
    return getrandom(out, len, 0) == (ssize_t)len;
}

/* The log says that it was a user of the system, not one who logged in. */
static const char *actor(vt_cli *cli) {
    const struct passwd *user = getpwuid(getuid());
    const char *name = user ? vt_printf(cli->arena, "os:%s", user->pw_name)
                            : vt_printf(cli->arena, "os:%ld", (long)getuid());

    return name ? name : "os:?";
}

vt_records_options vt_cli_archive_options(vt_cli *cli, bool read_only) {
    return (vt_records_options){.folder = cli->records,
                                .actor = actor(cli),
                                .maker = "vanthu " VT_VERSION,
                                .world = {now_ms, chance, NULL},
                                .read_only = read_only};
}

vt_status vt_cli_archive_open(vt_cli *cli, bool read_only, vt_records **out) {
    vt_records_options options = vt_cli_archive_options(cli, read_only);

    return vt_records_open(&options, cli->list, out);
}

const char *vt_cli_kept_path(vt_cli *cli, const char *path) {
    const char *whole = *path == '/' ? path : vt_printf(cli->arena, "%s/%s", cli->records, path);

    return whole ? whole : path;
}

/* ------------------------------------------------------------- overrides -- */

vt_status vt_cli_issuing_check(vt_cli *cli, const vt_issuing *how) {
    if (how->overrides && vt_blank(how->reason))
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi thêm: --reason \"LÝ DO\".",
                      "Bỏ qua lỗi (--override) phải có lý do; lý do được ghi vào nhật ký.");
    if (how->again && vt_blank(how->again))
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi: --again \"LÝ DO\".",
                      "Cấp số lần nữa (--again) phải có lý do; lý do được ghi vào nhật ký.");
    if (how->reason && !how->overrides)
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi thêm: --override MÃ-LỖI.",
                      "Có lý do (--reason) mà không nói bỏ qua lỗi nào (--override).");
    return VT_OK;
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

/* ---------------------------------------------------------------- making -- */

/* What the archive calls back with once the number is known. */
typedef struct numbering {
    vt_cli *cli;
    vt_doc *doc;
    const vt_pack *pack;
    const vt_make *make;
    vt_arena *arena;
    vt_buf *pdf, *source;
    vt_buf *parts; /* of annexes in files of their own */
    size_t part_count;
} numbering;

static vt_status designation(const numbering *n, const char *number, const char **out) {
    const char *prefix, *suffix;
    const char *padded = vt_number_padded(n->arena, n->pack, number);
    vt_status st = vt_number_parts(n->arena, n->pack, n->doc, n->cli->list, &prefix, &suffix);

    *out = !st && padded ? vt_printf(n->arena, "%s%s", padded, suffix) : NULL;
    return !st && !*out ? vt_nomem(n->cli->list) : st;
}

static vt_status compose_one(numbering *n, int part, vt_buf *pdf, vt_findings *list,
                             size_t *pages) {
    const vt_compose_options how = {
        .electronic = n->make->electronic, .two_sided = n->make->two_sided, .part = part};
    const vt_paint_options paint = {.pdfa_part = n->make->pdfa_part,
                                    .no_source = n->make->no_source};
    vt_layout *layout = NULL;
    vt_status st = vt_compose(n->cli->engine, n->pack, n->doc, &how, n->arena, list, &layout);

    if (!st)
        st = vt_paint(n->cli->engine, n->pack, n->doc, layout, &paint, pdf, list);
    if (!st)
        *pages = vt_layout_pages(layout);
    return st;
}

/* Annexes and attached texts in files of their own (PL I III.1.d). */
static vt_status make_parts(numbering *n, vt_findings *list, vt_issued_files *out) {
    const size_t count = n->make->part ? vt_doc_parts(n->doc) : 0;
    vt_issued_part *parts = vt_alloc_array(n->arena, count, sizeof *parts);
    vt_status st = VT_OK;

    n->parts = vt_alloc_array(n->arena, count, sizeof *n->parts);
    if (count && (!parts || !n->parts))
        return vt_nomem(list);
    for (size_t i = 0; i < count && !st; i++) {
        vt_buf *pdf = &n->parts[n->part_count++];
        vt_buf_init(pdf, (size_t)1 << 30);
        st = compose_one(n, (int)i + 1, pdf, list, &parts[i].pages);
        parts[i].pdf = pdf->data;
        parts[i].pdf_len = pdf->len;
    }
    out->parts = parts;
    out->part_count = count;
    return st;
}

static vt_status make_numbered(void *ctx, const vt_allotted *allotted, vt_findings *list,
                               vt_issued_files *out) {
    numbering *n = ctx;
    vt_status st = vt_doc_set_number(n->doc, allotted->number, list);

    if (!st)
        st = compose_one(n, n->make->part, n->pdf, list, &out->pages);
    if (!st)
        st = make_parts(n, list, out);
    if (!st)
        st = vt_doc_write(n->doc, n->source, list);
    if (!st)
        st = designation(n, allotted->number, &out->designation);
    if (st)
        return st;
    out->pdf = n->pdf->data;
    out->pdf_len = n->pdf->len;
    out->source = n->source->data;
    out->source_len = n->source->len;
    return VT_OK;
}

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

/* Everything before the lock: rules, metadata; then the act. */
static vt_status issue_new(vt_cli *cli, vt_records *records, numbering *n, const char *key,
                           const vt_issuing *how, vt_record **out, bool *existing) {
    const vt_type *type = NULL;
    answered all = {0};
    vt_meta meta;
    char hash[65];
    vt_status st = settle_date(cli, n->doc, how->date);

    if (!st)
        st = vt_pack_choose(cli->engine, n->doc, cli->list, &n->pack);
    if (!st)
        st = check(cli, records, n->pack, n->doc, how, n->arena, &all);
    if (!st)
        st = vt_meta_extract(n->arena, n->pack, n->doc, cli->list, &meta);
    if (!st)
        st = type_of(cli, n->pack, &meta, &type);
    if (!st)
        st = answer_series(n->arena, &all, how) ? VT_OK : vt_nomem(cli->list);
    if (st)
        return st;
    vt_hash_hex(vt_pack_hash(n->pack), hash);
    vt_issue request = {.meta = &meta,
                        .book = type->number_class,
                        .period = vt_pack_period(n->pack),
                        .pack_hash = hash,
                        .key = key,
                        .again = how->again,
                        .number = how->number,
                        .backwards = overridden(how, "SO-03") ? how->reason : NULL,
                        .secret_apart = vt_pack_secret_apart(n->pack),
                        .new_issuer = how->new_issuer,
                        .future = overridden(how, "SO-04"),
                        .overrides = all.items,
                        .override_count = all.count};
    return vt_records_issue(records, &request, make_numbered, n, n->arena, cli->list, out,
                            existing);
}

vt_status vt_cli_draft(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                       bool new_issuer, vt_record **out) {
    const vt_pack *pack = NULL;
    const vt_type *type = NULL;
    vt_buf source;
    vt_meta meta;
    char hash[65];
    vt_status st = vt_pack_choose(cli->engine, doc, cli->list, &pack);

    vt_buf_init(&source, SOURCE_BYTES);
    if (!st)
        st = vt_meta_extract(cli->arena, pack, doc, cli->list, &meta);
    if (!st)
        st = type_of(cli, pack, &meta, &type);
    if (!st)
        st = vt_doc_write(doc, &source, cli->list);
    if (!st) {
        vt_hash_hex(vt_pack_hash(pack), hash);
        const vt_issue request = {.meta = &meta,
                                  .book = type->number_class,
                                  .period = vt_pack_period(pack),
                                  .pack_hash = hash,
                                  .key = key,
                                  .new_issuer = new_issuer};
        st = vt_records_draft(records, &request, source.data, source.len, cli->arena, cli->list,
                              out);
    }
    vt_buf_free(&source);
    return st;
}

static vt_status numbered_already(vt_cli *cli, const vt_doc *doc) {
    return vt_bad(cli->list, "SO-09", (vt_place){.file = doc->file, .path = "/document/number"},
                  "Bỏ số trong văn bản để kho cấp số mới; văn bản cũ đã có số thì nhập vào kho, "
                  "không cấp lại.",
                  "Văn bản đã mang số %s.", vt_doc_number(doc));
}

vt_status vt_cli_issue(vt_cli *cli, vt_records *records, vt_doc *doc, const char *key,
                       const vt_issuing *how, vt_arena *arena, vt_buf *pdf, vt_record **out,
                       bool *existing) {
    vt_buf source;
    numbering n = {
        .cli = cli, .doc = doc, .make = &how->make, .arena = arena, .pdf = pdf, .source = &source};
    vt_status st = VT_OK;

    *out = NULL;
    *existing = false;
    if (vt_doc_number(doc))
        return numbered_already(cli, doc);
    vt_buf_init(&source, SOURCE_BYTES);
    vt_buf_clear(pdf);
    if (!how->again)
        st = vt_records_issued(records, key, arena, cli->list, out);
    *existing = *out != NULL;
    if (!st && !*existing)
        st = issue_new(cli, records, &n, key, how, out, existing);
    if (!st && *existing)
        st = vt_records_file(records, *out, "pdf", pdf, cli->list);
    vt_buf_free(&source);
    for (size_t i = 0; i < n.part_count; i++)
        vt_buf_free(&n.parts[i]);
    return st;
}

vt_status vt_cli_parts_target(vt_cli *cli, const vt_doc *doc, const char *out, const char *source) {
    vt_status st = VT_OK;

    if (out && strcmp(out, "-") == 0)
        return vt_bad(cli->list, "XEM-06", (vt_place){0},
                      "Dùng -o TỆP.pdf, hoặc bỏ --annexes separate.",
                      "Phụ lục ở tệp riêng thì không ghi ra thiết bị ra chuẩn được.");
    for (size_t i = 1, count = out ? vt_doc_parts(doc) : 0; i <= count && !st; i++) {
        const char *path = vt_cli_part_path(cli, out, i);
        st = path ? vt_cli_target(cli, path, source) : vt_nomem(cli->list);
        if (!st)
            st = vt_cli_writable(cli, path);
    }
    return st;
}

vt_status vt_cli_parts_out(vt_cli *cli, vt_records *records, const char *id, const char *out,
                           size_t *found) {
    vt_record *record = NULL;
    vt_buf bytes;

    vt_buf_init(&bytes, (size_t)1 << 30);
    vt_status st = vt_records_show(records, id, 0, cli->arena, cli->list, &record);
    for (size_t i = 0; !st && i < record->file_count; i++) {
        const char *role = record->files[i].role;
        if (strncmp(role, "annex-", strlen("annex-")) != 0)
            continue;
        const char *path =
            vt_cli_part_path(cli, out, (size_t)strtoul(role + strlen("annex-"), NULL, 10));
        ++*found;
        vt_buf_clear(&bytes);
        st = path ? vt_records_file(records, record, role, &bytes, cli->list) : vt_nomem(cli->list);
        if (!st)
            st = vt_cli_copy_out(cli, record, path, &bytes);
        if (!st)
            vt_cli_say(cli, "  phụ lục: %s\n", path);
    }
    vt_buf_free(&bytes);
    return st;
}

bool vt_cli_other_date(const vt_record *record, const vt_issuing *how) {
    char given[11];

    vt_date_iso(how->date, given);
    return how->date.year && strcmp(record->date, given) != 0;
}

/* ---------------------------------------------------------- copy to keep -- */

vt_status vt_cli_writable(vt_cli *cli, const char *path) {
    const char *folder = vt_path_folder(cli->arena, path);
    struct stat sb;
    int error = 0;

    if (!folder)
        return vt_nomem(cli->list);
    if (strcmp(path, "-") == 0)
        return VT_OK;
    if (stat(path, &sb) == 0)
        error = S_ISDIR(sb.st_mode) ? EISDIR : access(path, W_OK) != 0 ? errno : 0;
    if (!error && access(folder, W_OK | X_OK) != 0 && (stat(path, &sb) != 0 || S_ISREG(sb.st_mode)))
        error = errno;
    if (!error)
        return VT_OK;
    return vt_fail(cli->list, "CLI-08", (vt_place){.file = path},
                   "Chọn nơi khác cho -o, hoặc xin quyền ghi.",
                   "Không ghi được tệp kết quả (%s); chưa cấp số.", vt_error_text(error));
}

vt_status vt_cli_copy_out(vt_cli *cli, const vt_record *record, const char *path,
                          const vt_buf *pdf) {
    char *remedy;

    if (!path || vt_cli_write(path, pdf, NULL) == VT_OK)
        return VT_OK;
    remedy = vt_printf(cli->arena, "Lấy tệp bằng: vanthu file %s -o TỆP.pdf", record->id);
    vt_warn(cli->list, "CLI-09", (vt_place){.file = path}, remedy,
            "Văn bản đã được cấp số %s và lưu vào kho, nhưng không ghi được bản sao ra “%s”.",
            record->designation, path);
    return VT_FAIL;
}
