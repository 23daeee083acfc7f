/* cli/dossier_arrived.c - received documents: found again, their register printed and closed. */

#include "cli/dossier.h"
#include "cli/tomes.h"

#include <limits.h>
#include <string.h>

typedef struct arrivals {
    vt_arrived_query q;
    vt_dossier_paper paper;
    vt_date to;
    int per_file;
    bool close, volumes;
} arrivals;

/* ------------------------------------------------------------------ finding -- */

static json_t *arrived_json(const vt_arrived *a) {
    const struct {
        const char *key, *text;
    } texts[] = {{"id", a->id},
                 {"issuer", a->issuer},
                 {"arrivalDate", a->date},
                 {"sender", a->sender},
                 {"designation", a->designation},
                 {"date", a->document_date},
                 {"typeName", a->type_name},
                 {"subject", a->subject},
                 {"to", a->to},
                 {"note", a->note},
                 {"secrecy", a->secrecy},
                 {"dossier", a->dossier}};
    json_t *one = json_pack("{s:i, s:I}", "year", a->year, "arrivalNumber", (json_int_t)a->number);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        vt_dossier_set(one, texts[i].key, texts[i].text);
    return one;
}

static void print_arrived(vt_cli *cli, const vt_arrived *a) {
    const char *subject = strcmp(a->secrecy, "tuyet-mat") == 0 ? "" : a->subject;

    vt_cli_say(cli, "%lld/%d  %s  %s%s%s%s%s%s%s\n", (long long)a->number, a->year,
               vt_cli_day(cli->arena, a->date), *a->designation ? a->designation : "(không số)",
               *a->document_date ? " ngày " : "", vt_cli_day(cli->arena, a->document_date),
               *a->type_name || *subject ? ", " : "", a->type_name,
               *a->type_name && *subject ? ": " : "", subject);
    vt_cli_say(cli, "        %s%s%s\n", a->sender, *a->dossier ? "; hồ sơ " : "", a->dossier);
}

/* ------------------------------------------------------------------ register -- */

static json_t *register_row(vt_cli *cli, const vt_arrived *a) {
    json_t *one = json_object();
    const char *note = *a->dossier ? vt_printf(cli->arena, "%s%sHồ sơ: %s", a->note,
                                               *a->note ? "; " : "", a->dossier)
                                   : a->note;

    vt_dossier_set(one, "ngay-den", vt_cli_day(cli->arena, a->date));
    vt_dossier_set(one, "so-den", vt_printf(cli->arena, "%02lld", (long long)a->number));
    vt_dossier_set(one, "tac-gia", a->sender);
    vt_dossier_set(one, "so", a->designation);
    vt_dossier_set(one, "ngay", vt_cli_day(cli->arena, a->document_date));
    vt_dossier_set(one, "ten-loai", a->type_name);
    vt_dossier_set(one, "trich-yeu", a->subject);
    vt_dossier_set(one, "nguoi-nhan", a->to);
    vt_dossier_set(one, "ghi-chu", note);
    return one;
}

static const char BLANK[] = "..............";

/* Of a closed volume: its number, its hash; and, where it was closed just now, the log's head. */
static void set_volume(vt_cli *cli, json_t *book, const vt_arrived_volume *v) {
    vt_dossier_set(book, "quyen-so",
                   v ? vt_printf(cli->arena, "%02lld", (long long)v->volume) : BLANK);
    if (!v)
        return;
    vt_dossier_set(
        book, "khoa",
        vt_printf(cli->arena, "Quyển số %lld, khoá ngày %s; mã băm SHA-256 của các dòng: %s",
                  (long long)v->volume, vt_strndup(cli->arena, vt_cli_time(cli->arena, v->at), 10),
                  v->sha256));
    json_object_set_new(book, "viec", json_integer(v->event_serial));
    vt_dossier_set(book, "ma-bam", v->event_hash);
}

/* How much of the register one file holds: as many documents, to the end of a month where one
   ends there. */
static size_t tome_end(const vt_arrived *all, size_t from, size_t count, size_t most) {
    size_t end = from, bytes = 0;

    for (; end < count && end - from < most && bytes < VT_TOME_BYTES; end++)
        bytes += 200 + strlen(all[end].sender) + strlen(all[end].designation) +
                 strlen(all[end].subject) + strlen(all[end].to) + strlen(all[end].note);
    for (size_t best = end; end < count && best > from; best--)
        if (strncmp(all[best - 1].date, all[best].date, 7) != 0)
            return best;
    return end;
}

/* Some documents that follow one another, of the volume they are in. */
typedef struct tome {
    const vt_arrived *all;
    size_t count, number; /* number: of the file; 0: the only one */
    const vt_arrived_volume *volume;
} tome;

static json_t *tome_record(vt_cli *cli, void *ctx) {
    const tome *t = ctx;
    const vt_arrived *first = t->all, *last = t->all + t->count - 1;
    json_t *book = json_object(), *rows = json_array();
    const char *from = vt_printf(cli->arena, "%02lld", (long long)first->number);
    const char *to = vt_printf(cli->arena, "%02lld", (long long)last->number);

    for (size_t i = 0; i < t->count; i++)
        json_array_append_new(rows, register_row(cli, &t->all[i]));
    vt_dossier_set(book, "co-quan-chu-quan", first->superior);
    vt_dossier_set(book, "co-quan", first->issuer);
    json_object_set_new(book, "nam", json_integer(first->year));
    vt_dossier_set(book, "tu-ngay", vt_cli_day(cli->arena, first->date));
    vt_dossier_set(book, "den-ngay", vt_cli_day(cli->arena, last->date));
    vt_dossier_set(book, "tu-so", from);
    vt_dossier_set(book, "den-so", to);
    if (t->number)
        vt_dossier_set(book, "tap",
                       vt_printf(cli->arena, "Tập %zu: từ số %s đến số %s", t->number, from, to));
    set_volume(cli, book, t->volume);
    json_object_set_new(book, "dong", rows);
    return book;
}

static vt_status check_one_register(vt_cli *cli, const vt_arrived *all, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (all[i].year != all[0].year || strcmp(all[i].issuer, all[0].issuer) != 0 ||
            strcmp(all[i].superior, all[0].superior) != 0)
            return vt_bad(cli->list, "HS-02", (vt_place){0}, "Thêm --year NĂM, --issuer TÊN.",
                          "Sổ in ra là của một cơ quan, một năm.");
    return count ? VT_OK
                 : vt_bad(cli->list, "HS-01", (vt_place){0}, "Xem: vanthu dossier received.",
                          "Không có văn bản đến nào để in.");
}

/* Sổ đăng ký văn bản đến: of one agency and one year, or a closed volume of it. */
static vt_status make_register(vt_cli *cli, const arrivals *o, const vt_arrived *all, size_t count,
                               const vt_arrived_volume *volume, vt_tomes **out) {
    vt_tomes *made = *out = vt_alloc(cli->arena, sizeof *made);
    size_t at = 0;
    vt_status st = made ? check_one_register(cli, all, count) : vt_nomem(cli->list);

    if (made)
        *made = (vt_tomes){.model = "so-dang-ky-van-ban-den",
                           .output = o->paper.output,
                           .format = o->paper.format};
    for (size_t n = 1; !st && at < count; n++) {
        const size_t end = tome_end(all, at, count, (size_t)o->per_file);
        const bool parted = n > 1 || end < count;
        tome t = {all + at, end - at, parted ? n : 0, volume};

        st = vt_tomes_add(cli, made, parted, tome_record, &t);
        at = end;
    }
    return st ? st : vt_tomes_name(cli, made);
}

static const char *joined(vt_cli *cli, int n, char **words) {
    const char *all = "";

    for (int i = 0; i < n && all; i++)
        all = vt_printf(cli->arena, "%s %s", all, words[i]);
    return all ? all : "";
}

/* ------------------------------------------------------------------- volumes -- */

static json_t *volume_json(const vt_arrived_volume *v) {
    return json_pack("{s:s, s:i, s:I, s:I, s:I, s:I, s:s, s:s, s:s}", "issuer", v->issuer, "year",
                     v->year, "volume", (json_int_t)v->volume, "first", (json_int_t)v->first,
                     "last", (json_int_t)v->last, "entries", (json_int_t)v->entries, "sha256",
                     v->sha256, "at", v->at, "actor", v->actor);
}

static vt_status list_volumes(vt_cli *cli, const arrivals *o, vt_records *records) {
    json_t *array = cli->json ? json_array() : NULL;
    vt_arrived_volume *all;
    size_t count;
    vt_status st = vt_records_arrived_volumes(records, o->q.issuer, o->q.year, cli->arena,
                                              cli->list, &all, &count);

    for (size_t i = 0; !st && i < count; i++) {
        const vt_arrived_volume *v = &all[i];

        vt_cli_say(cli,
                   "%s, năm %d, quyển số %lld: số đến %lld đến số %lld, khoá lúc %s, mã băm "
                   "%s\n",
                   v->issuer, v->year, (long long)v->volume, (long long)v->first,
                   (long long)v->last, vt_cli_time(cli->arena, v->at), v->sha256);
        if (array)
            json_array_append_new(array, volume_json(v));
    }
    if (!st && !count)
        vt_cli_say(cli, "Chưa có quyển nào được khoá.\n");
    if (array)
        cli->result = json_pack("{s:o}", "volumes", array);
    return st;
}

static vt_status find_volume(vt_cli *cli, const arrivals *o, vt_records *records,
                             const vt_arrived_volume **out) {
    vt_arrived_volume *all;
    size_t count;
    vt_status st = vt_records_arrived_volumes(records, o->q.issuer, o->q.year, cli->arena,
                                              cli->list, &all, &count);

    *out = NULL;
    for (size_t i = 0; !st && i < count; i++)
        if (all[i].volume == o->q.volume)
            *out = &all[i];
    return st;
}

static void tell_closed(vt_cli *cli, const arrivals *o, vt_arrived_volume *v) {
    vt_cli_say(cli,
               "Sổ văn bản đến năm %d: quyển số %lld đã khoá, số đến %lld đến số %lld, %lld "
               "văn bản, mã băm %s\n",
               v->year, (long long)v->volume, (long long)v->first, (long long)v->last,
               (long long)v->entries, v->sha256);
    vt_cli_say(cli, "Nhật ký đến dòng %lld, mã băm %s: ghi lại ở ngoài kho.\n",
               (long long)v->event_serial, v->event_hash);
    if (!cli->json)
        return;
    v->issuer = o->q.issuer ? o->q.issuer : "";
    cli->result = json_pack("{s:o, s:{s:I, s:s}}", "volume", volume_json(v), "log", "serial",
                            (json_int_t)v->event_serial, "hash", v->event_hash);
}

/* Closed for good only when it can be printed. */
static vt_status close_volume(vt_cli *cli, arrivals *o, vt_records *records) {
    vt_tomes *made = NULL;
    vt_arrived_volume v;
    vt_arrived *all;
    size_t count;
    vt_status st = vt_records_begin(records, cli->list);

    if (!st)
        st = vt_records_arrived_close(records, o->q.issuer, o->q.year, o->to, cli->arena, cli->list,
                                      &v);
    o->q.volume = st ? 0 : (int)v.volume;
    if (!st && o->paper.output)
        st = vt_records_arrived(records, &o->q, cli->arena, cli->list, &all, &count);
    if (!st && o->paper.output)
        st = make_register(cli, o, all, count, &v, &made);
    if (!st)
        st = vt_records_commit(records, cli->list);
    vt_records_rollback(records);
    if (!st)
        tell_closed(cli, o, &v);
    if (!st && made)
        st = vt_tomes_write(cli, made);
    vt_tomes_free(made);
    return st;
}

static vt_status list_arrived(vt_cli *cli, const arrivals *o, vt_records *records) {
    const vt_arrived_volume *volume = NULL;
    vt_arrived *all = NULL;
    vt_tomes *made = NULL;
    size_t count = 0;
    json_t *array;
    vt_status st = vt_records_arrived(records, &o->q, cli->arena, cli->list, &all, &count);

    if (!st && o->q.volume)
        st = find_volume(cli, o, records, &volume);
    if (!st && o->paper.output)
        st = make_register(cli, o, all, count, volume, &made);
    if (!st && made)
        st = vt_tomes_write(cli, made);
    vt_tomes_free(made);
    array = !st && cli->json ? json_array() : NULL;
    for (size_t i = 0; !st && i < count; i++) {
        if (!o->paper.output)
            print_arrived(cli, &all[i]);
        if (array)
            json_array_append_new(array, arrived_json(&all[i]));
    }
    if (!st && !count)
        vt_cli_say(cli, "Không có văn bản đến nào như vậy.\n");
    if (array)
        cli->result = json_pack("{s:o}", "received", array);
    return st;
}

static vt_status check_asked(vt_cli *cli, const arrivals *o, bool words, bool volume) {
    if (words && (o->paper.output || o->close || volume || o->volumes))
        return vt_bad(cli->list, "CLI-01", (vt_place){0}, "Bỏ từ khóa, hoặc bỏ -o.",
                      "Sổ in ra có mọi văn bản đến của năm, không chọn theo từ khóa.");
    if ((o->close || volume) && !o->q.year)
        return vt_bad(cli->list, "HS-02", (vt_place){0}, "Thêm --year NĂM.",
                      "Chưa nói sổ văn bản đến của năm nào.");
    if (volume && (o->close || o->q.volume < 1))
        return vt_bad(cli->list, "SO-22", (vt_place){0},
                      "Xem các quyển đã khoá: vanthu dossier received --volumes.",
                      "--volume là số của một quyển đã khoá.");
    if (o->to.year && !o->close)
        return vt_bad(cli->list, "CLI-01", (vt_place){0}, "Thêm --close, hoặc bỏ --to.",
                      "--to chỉ dùng khi khoá quyển.");
    return VT_OK;
}

vt_status vt_dossier_arrived(vt_cli *cli, int argc, char **argv) {
    arrivals o = {.q.volume = INT_MIN /* not said */, .per_file = VT_TOME_ROWS};
    int n = 0;
    bool done = false, volume;
    const vt_opt opts[] = {
        {"year", 0, VT_OPT_INT, &o.q.year, "NĂM", "đến trong năm này"},
        {"issuer", 0, VT_OPT_STRING, &o.q.issuer, "TÊN", "của cơ quan có tên này"},
        {"close", 0, VT_OPT_FLAG, &o.close, NULL,
         "khoá các số chưa khoá (đến --to) của năm thành quyển kế tiếp"},
        {"to", 0, VT_OPT_DATE, &o.to, "NGÀY", "--close: các văn bản đến hết ngày này"},
        {"volume", 0, VT_OPT_INT, &o.q.volume, "SỐ", "một quyển đã khoá"},
        {"volumes", 0, VT_OPT_FLAG, &o.volumes, NULL, "liệt kê các quyển đã khoá"},
        VT_DOSSIER_PAPER_OPTS(o.paper),
        {"per-file", 0, VT_OPT_INT, &o.per_file, "SỐ",
         "mỗi tập nhiều nhất chừng ấy số (mặc định 10000); sổ dài hơn thành TÊN-tap-1, -tap-2 ..."},
        {0}};
    vt_records *records = NULL;
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("received"), opts, argc, argv, 0, 1000, &n, &done);

    if (st || done)
        return st;
    o.q.words = joined(cli, n, argv);
    volume = o.q.volume != INT_MIN;
    st = check_asked(cli, &o, n > 0, volume);
    o.q.volume = volume ? o.q.volume : 0;
    if (!st)
        st = vt_tomes_rows(cli, o.per_file);
    if (!st)
        st = vt_dossier_paper_check(cli, &o.paper);
    if (!st)
        st = vt_cli_archive_open(cli, !o.close, &records);
    if (!st)
        st = o.volumes ? list_volumes(cli, &o, records)
             : o.close ? close_volume(cli, &o, records)
                       : list_arrived(cli, &o, records);
    vt_records_close(records);
    return st;
}
