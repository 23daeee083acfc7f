/* vanthu series - the books of the agency: what is decided, opened, closed. */

#include "cli/archive.h"

#include <string.h>

/* Everything the acts may want; each takes what is its own. */
typedef struct series_options {
    const char *issuer, *name, *period, *types, *reason, *void_reason, *owner, *override;
    vt_date date, from, to;
    int first;
    bool secret, suffixes, no_suffixes, congress;
} series_options;

/* ------------------------------------------------------------------ listing -- */

static json_t *series_json(const vt_series *s) {
    const struct {
        const char *key, *text;
    } texts[] = {{"id", s->id},         {"superior", s->superior}, {"issuer", s->issuer},
                 {"book", s->book},     {"name", s->name},         {"period", s->period},
                 {"opens", s->opens},   {"closes", s->closes},     {"state", s->state},
                 {"reason", s->reason}, {"lastDate", s->last_date}};
    json_t *one =
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:b}", "first", (json_int_t)s->first, "last",
                  (json_int_t)s->last, "used", (json_int_t)s->used, "reserved",
                  (json_int_t)s->reserved, "void", (json_int_t)s->voided, "suffixes", s->suffixes);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        json_object_set_new(one, texts[i].key, vt_cli_json_text(texts[i].text));
    return one;
}

static const char *period_words(vt_cli *cli, const vt_series *s) {
    if (strcmp(s->period, "term") == 0)
        return "nhiệm kỳ chưa khai";
    if (strcmp(s->period, "always") == 0)
        return "không đặt lại";
    return strlen(s->period) == 4 ? vt_printf(cli->arena, "năm %s", s->period) : s->period;
}

static void print_series(vt_cli *cli, const vt_series *s) {
    vt_cli_say(cli, "  %s/%s (%s)%s: ", s->book, s->period, period_words(cli, s),
               strcmp(s->state, "open") == 0 ? "" : ", đã khoá");
    if (s->last)
        vt_cli_say(cli, "số cuối %lld", (long long)s->last);
    else
        vt_cli_say(cli, "chưa có số, bắt đầu từ %lld", (long long)s->first);
    if (*s->last_date)
        vt_cli_say(cli, ", ngày cuối %s", vt_cli_day(cli->arena, s->last_date));
    vt_cli_say(cli, "; đã dùng %lld, đang giữ %lld, huỷ %lld\n", (long long)s->used,
               (long long)s->reserved, (long long)s->voided);
}

/* ------------------------------------------------------------ what is decided -- */

/* "ke-hoach,*" -> "Kế hoạch, mọi loại còn lại" */
static vt_status type_words(vt_cli *cli, const char *types, const char **out) {
    vt_status st = VT_OK;

    for (*out = ""; !st && *out && *types; types += strcspn(types, ","), types += *types == ',') {
        const char *slug = vt_strndup(cli->arena, types, strcspn(types, ","));
        const vt_type *type = NULL;

        if (!slug)
            return vt_nomem(cli->list);
        if (strcmp(slug, "*") != 0)
            st = vt_cli_type_known(cli, slug, &type);
        *out = vt_printf(cli->arena, "%s%s%s", *out, **out ? ", " : "",
                         type                     ? type->name
                         : strcmp(slug, "*") == 0 ? "mọi loại còn lại"
                                                  : slug);
    }
    return !st && !*out ? vt_nomem(cli->list) : st;
}

static const char *lasting(const char *period) {
    static const char *const words[][2] = {{"year", "theo năm"},
                                           {"term", "theo nhiệm kỳ"},
                                           {"congress", "theo kỳ đại hội"},
                                           {"always", "không đặt lại"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], period) == 0)
            return words[i][1];
    return period;
}

/* The agency, where another one's stood before. */
static void print_issuer(vt_cli *cli, const char *what, const char *issuer, const char *before) {
    if (!before || strcmp(issuer, before) != 0)
        vt_cli_say(cli, "%s, %s\n", what, issuer);
}

static vt_status print_book(vt_cli *cli, const vt_book *b) {
    const char *types = "chưa kể loại văn bản nào";
    vt_status st = b->types ? type_words(cli, b->types, &types) : VT_OK;

    if (st)
        return st;
    vt_cli_say(cli, "  %s%s%s%s (%s%s): ", b->book, *b->name ? " “" : "", b->name,
               *b->name ? "”" : "", lasting(b->period), b->suffixes ? ", có chữ kèm" : "");
    vt_cli_say(cli, "%s%s\n", b->secret ? "văn bản mật: " : "", types);
    return VT_OK;
}

static void print_term(vt_cli *cli, const vt_term *t) {
    char opens[11], closes[11];

    vt_date_words(t->opens, opens);
    vt_date_words(t->closes, closes);
    vt_cli_say(cli, "  %s (%s): từ %s%s%s\n", t->name, t->congress ? "đại hội" : "nhiệm kỳ", opens,
               *closes ? " đến " : "", closes);
}

static json_t *decided_json(const vt_books *all, bool terms) {
    json_t *array = json_array();

    for (size_t i = 0; !terms && i < all->count; i++) {
        const vt_book *b = &all->items[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:b}", "issuer", b->issuer,
                                        "book", b->book, "name", b->name, "period", b->period,
                                        "types", b->types ? b->types : "", "secret", b->secret,
                                        "suffixes", b->suffixes));
    }
    for (size_t i = 0; terms && i < all->term_count; i++) {
        const vt_term *t = &all->terms[i];
        char opens[11], closes[11];
        vt_date_iso(t->opens, opens);
        vt_date_iso(t->closes, closes);
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:s, s:b}", "issuer", t->issuer,
                                               "name", t->name, "opens", opens, "closes", closes,
                                               "congress", t->congress));
    }
    return array;
}

static json_t *shared_json(const vt_books *all) {
    json_t *array = json_array();

    for (size_t i = 0; i < all->shared_count; i++)
        json_array_append_new(array, json_pack("{s:s, s:s}", "issuer", all->shared[i].issuer,
                                               "owner", all->shared[i].owner));
    return array;
}

static vt_status print_decided(vt_cli *cli, const vt_books *all) {
    vt_status st = VT_OK;

    for (size_t i = 0; !st && i < all->count; i++) {
        print_issuer(cli, "Sổ đã đặt", all->items[i].issuer, i ? all->items[i - 1].issuer : NULL);
        st = print_book(cli, &all->items[i]);
    }
    for (size_t i = 0; !st && i < all->shared_count; i++)
        vt_cli_say(cli, "%s dùng chung sổ của %s\n", all->shared[i].issuer, all->shared[i].owner);
    for (size_t i = 0; !st && i < all->term_count; i++) {
        print_issuer(cli, "Kỳ đã khai", all->terms[i].issuer, i ? all->terms[i - 1].issuer : NULL);
        print_term(cli, &all->terms[i]);
    }
    return st;
}

static vt_status list_series(vt_cli *cli, const series_options *o, vt_records *records) {
    vt_series *all;
    vt_books decided;
    size_t count = 0;
    json_t *array = NULL;
    vt_status st = vt_records_series(records, o->issuer, cli->arena, cli->list, &all, &count);

    if (!st)
        st = vt_records_books(records, o->issuer, cli->arena, cli->list, &decided);
    if (st)
        return st;
    array = cli->json ? json_array() : NULL;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(all[i].issuer, all[i - 1].issuer) != 0 ||
            strcmp(all[i].superior, all[i - 1].superior) != 0)
            vt_cli_say(cli, "%s%s%s\n", all[i].superior, *all[i].superior ? ", " : "",
                       all[i].issuer);
        print_series(cli, &all[i]);
        json_array_append_new(array, series_json(&all[i]));
    }
    if (count == 0)
        vt_cli_say(cli, "Kho chưa có sổ nào: văn bản đầu tiên sẽ mở sổ của nó.\n");
    if (cli->json)
        cli->result = json_pack("{s:o, s:o, s:o, s:o}", "series", array, "books",
                                decided_json(&decided, false), "shared", shared_json(&decided),
                                "terms", decided_json(&decided, true));
    return cli->json ? VT_OK : print_decided(cli, &decided);
}

/* --------------------------------------------------------------------- acts -- */

static vt_status set_book(vt_cli *cli, const series_options *o, vt_records *r, const char *book) {
    vt_book b = {.issuer = o->issuer,
                 .book = book,
                 .name = o->name,
                 .period = o->period,
                 .secret = o->secret,
                 .suffixes = o->suffixes,
                 .no_suffixes = o->no_suffixes};
    vt_status st = o->types ? vt_cli_types(cli, o->types, &b.types) : VT_OK;

    if (!st && o->suffixes && o->no_suffixes)
        st = vt_bad(cli->list, "CLI-16", (vt_place){.path = book}, "Chỉ ghi một trong hai.",
                    "--suffixes và --no-suffixes trái nhau.");
    return st ? st : vt_records_book(r, &b, cli->list);
}

/* Before the first number: so that its books can be decided on in time. */
static vt_status record_issuer(vt_cli *cli, const series_options *o, vt_records *r,
                               const char *path) {
    const vt_pack *pack = NULL;
    vt_doc *doc = NULL;
    vt_meta meta;
    bool known = false;
    vt_status st = vt_cli_engine(cli);

    (void)o;
    if (!st)
        st = vt_doc_read(cli->engine, cli->arena, path, cli->list, &doc);
    if (!st)
        st = vt_pack_choose(cli->engine, doc, cli->list, &pack);
    if (!st)
        st = vt_meta_extract(cli->arena, pack, doc, cli->list, &meta);
    if (!st)
        st = vt_records_issuer(r, &meta, cli->list, &known);
    if (!st)
        vt_cli_say(cli, known ? "Kho đã có cơ quan ấy: %s.\n" : "Đã ghi cơ quan vào kho: %s.\n",
                   meta.issuers[0].name);
    return st;
}

static vt_status share_books(vt_cli *cli, const series_options *o, vt_records *r,
                             const char *owner) {
    if (!o->issuer)
        return vt_bad(cli->list, "SO-20", (vt_place){0},
                      "Ghi: vanthu series share \"CƠ QUAN CÓ SỔ\" --issuer \"CƠ QUAN DÙNG CHUNG\".",
                      "Chưa nói cơ quan nào dùng chung sổ.");
    return vt_records_books_of(r, o->issuer, owner, cli->list);
}

static vt_status open_book(vt_cli *cli, const series_options *o, vt_records *r, const char *book) {
    const vt_opening q = {.issuer = o->issuer,
                          .book = book,
                          .period = o->period,
                          .date = o->date,
                          .first = o->first,
                          .reason = o->reason};

    return vt_records_series_open(r, &q, cli->arena, cli->list);
}

static vt_status close_series(vt_cli *cli, const series_options *o, vt_records *r,
                              const char *series) {
    return vt_records_series_close(r, o->issuer, series, o->reason, o->void_reason, cli->arena,
                                   cli->list);
}

static vt_status name_term(vt_cli *cli, const series_options *o, vt_records *r, const char *name) {
    const vt_term t = {o->issuer, name, o->from, o->to, o->congress};

    return vt_records_term(r, &t, cli->list);
}

/* What each series left behind, and which one follows. */
static vt_status tell_carried(vt_cli *cli, const vt_carried *all, size_t count) {
    json_t *array = cli->json ? json_array() : NULL;

    if (count == 0)
        vt_cli_say(cli, "Không có sổ nào hết kỳ: không có gì phải chuyển.\n");
    for (size_t i = 0; i < count; i++) {
        const vt_carried *c = &all[i];

        print_issuer(cli, "Đã chuyển sổ", c->issuer, i ? all[i - 1].issuer : NULL);
        vt_cli_say(cli, "  %s: %s → %s; ", c->book, c->period,
                   *c->next ? c->next : "không mở tiếp");
        if (c->last)
            vt_cli_say(cli, "số cuối %lld\n", (long long)c->last);
        else
            vt_cli_say(cli, "chưa có số\n");
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:s, s:I}", "issuer", c->issuer,
                                               "book", c->book, "period", c->period, "next",
                                               c->next, "last", (json_int_t)c->last));
    }
    if (cli->json)
        cli->result = json_pack("{s:I, s:o}", "carried", (json_int_t)count, "series", array);
    return VT_OK;
}

static vt_status carry(vt_cli *cli, const series_options *o, vt_records *r, const char *unused) {
    vt_carried *carried;
    size_t count = 0;
    vt_status st;

    (void)unused;
    if (o->override && strcmp(o->override, "SO-25") != 0)
        return vt_bad(cli->list, "CLI-16", (vt_place){.path = o->override}, "Bỏ --override.",
                      "Khi chuyển sổ chỉ bỏ qua được SO-25.");
    if (!o->override != !o->reason)
        return vt_bad(cli->list, "CLI-16", (vt_place){0},
                      "Ghi cả hai: --override SO-25 --reason \"LÝ DO\", hoặc bỏ cả hai.",
                      "Bỏ qua lỗi (--override) phải có lý do (--reason).");
    st = vt_records_carry(r, o->date, o->void_reason, o->override ? o->reason : NULL, cli->arena,
                          cli->list, &carried, &count);
    return st ? st : tell_carried(cli, carried, count);
}

static const struct act {
    const char *name;
    const char *done; /* what is said then, with its second word; "": nothing; NULL: it has none */
    vt_status (*run)(vt_cli *, const series_options *, vt_records *, const char *);
} ACTS[] = {
    {"set", "Đã đặt sổ", set_book},
    {"share", "Đã ghi: cơ quan ấy dùng chung sổ của", share_books},
    {"open", "Đã mở sổ", open_book},
    {"close", "Đã khoá sổ", close_series},
    {"term", "Đã khai kỳ", name_term},
    {"carry", NULL, carry},
    {"issuer", "", record_issuer},
};

static const struct act *find_act(const char *name) {
    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++)
        if (strcmp(ACTS[i].name, name) == 0)
            return &ACTS[i];
    return NULL;
}

static vt_status run_act(vt_cli *cli, const series_options *o, int n, char **argv) {
    const struct act *act = n ? find_act(argv[0]) : NULL;
    vt_records *records = NULL;
    vt_status st;

    if (n && (!act || n != (act->done ? 2 : 1)))
        return vt_bad(cli->list, "CLI-17", (vt_place){0}, "Xem: vanthu series --help.",
                      "Không hiểu việc “%s” với %d tham số.", argv[0], n - 1);
    st = vt_cli_archive_open(cli, !act, &records);
    if (!st)
        st = act ? act->run(cli, o, records, act->done ? argv[1] : NULL)
                 : list_series(cli, o, records);
    if (!st && act && act->done && *act->done)
        vt_cli_say(cli, "%s %s.\n", act->done, argv[1]);
    vt_records_close(records);
    return st;
}

vt_status vt_cmd_series(vt_cli *cli, int argc, char **argv) {
    series_options o = {.first = 1};
    const vt_opt opts[] = {
        {"issuer", 0, VT_OPT_STRING, &o.issuer, "TÊN", "cơ quan ban hành, khi kho có nhiều"},
        {"name", 0, VT_OPT_STRING, &o.name, "TÊN", "set: tên sổ để in"},
        {"period", 0, VT_OPT_STRING, &o.period, "KỲ",
         "set, open: year (năm), term (nhiệm kỳ), congress (đại hội), always (không đặt lại)"},
        {"types", 0, VT_OPT_STRING, &o.types, "LOẠI,...",
         "set: các loại văn bản vào sổ này; * là mọi loại còn lại"},
        {"secret", 0, VT_OPT_FLAG, &o.secret, NULL, "set: nói về văn bản mật của các loại ấy"},
        {"suffixes", 0, VT_OPT_FLAG, &o.suffixes, NULL, "set: cho phép số có chữ kèm (152a)"},
        {"no-suffixes", 0, VT_OPT_FLAG, &o.no_suffixes, NULL, "set: không cho phép nữa"},
        {"date", 0, VT_OPT_DATE, &o.date, "NGÀY", "open, carry: một ngày của kỳ mới"},
        {"first", 0, VT_OPT_INT, &o.first, "SỐ", "open: số đầu, khi sổ giấy đã dùng các số trước"},
        {"from", 0, VT_OPT_DATE, &o.from, "NGÀY", "term: ngày đầu nhiệm kỳ"},
        {"to", 0, VT_OPT_DATE, &o.to, "NGÀY", "term: ngày cuối nhiệm kỳ"},
        {"congress", 0, VT_OPT_FLAG, &o.congress, NULL, "term: đây là kỳ đại hội"},
        {"override", 0, VT_OPT_STRING, &o.override, "MÃ-LỖI",
         "carry: SO-25, khi ngày ấy ở sau hôm nay hơn một năm"},
        {"reason", 0, VT_OPT_STRING, &o.reason, "LÝ-DO",
         "close, open, carry --override: vì sao; ghi vào nhật ký"},
        {"void", 0, VT_OPT_STRING, &o.void_reason, "LÝ-DO",
         "close, carry: huỷ các số còn đang giữ, vì lý do này"},
        {0}};
    int n = 0;
    bool done = false;
    vt_status st = vt_cli_options(cli, vt_cli_command("series"), opts, argc, argv, 0, 2, &n, &done);

    return st || done ? st : run_act(cli, &o, n, argv);
}
