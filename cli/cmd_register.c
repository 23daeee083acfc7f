/* vanthu register - the register of outgoing documents, printed and closed. */

#include "cli/archive.h"
#include "cli/register.h"
#include "cli/tomes.h"

#include <limits.h>
#include <string.h>

enum { NOTE_BYTES = 1 << 16 };

typedef struct options {
    vt_register_query query;
    const char *format, *output;
    int per_file; /* numbers at most */
    bool close, volumes;
} options;

/* --------------------------------------------------------------- the notes -- */

static void say(vt_buf *note, const char *fmt, ...) VT_PRINTF(2, 3);
static void say(vt_buf *note, const char *fmt, ...) {
    va_list args;

    if (note->len)
        vt_buf_puts(note, "; ");
    va_start(args, fmt);
    vt_buf_vprintf(note, fmt, args);
    va_end(args);
}

static void say_why(vt_buf *note, const char *why) {
    if (*why)
        vt_buf_printf(note, ": %s", why);
}

/* "os:huong" is told as who was logged in on the machine. */
static const char *person(const char *actor) {
    return strncmp(actor, "os:", 3) == 0 ? actor + 3 : actor;
}

/* By which document, told once: of what put it out of force the reason stands behind it. */
static void note_relations(vt_cli *cli, const vt_register_row *row, vt_buf *note) {
    static const struct {
        const char *kind, *words, *undoes;
    } said[] = {{"replaces", "Bị thay thế", "replace"},
                {"corrects", "Được đính chính", NULL},
                {"recalls", "Bị thu hồi", "recall"},
                {"amends", "Được sửa đổi, bổ sung", NULL},
                {"answers", "Được trả lời", NULL}};
    bool undone = *row->undone == '\0';

    for (size_t i = 0; i < row->relation_count; i++)
        for (size_t k = 0; k < sizeof said / sizeof *said; k++) {
            if (strcmp(row->relations[i].kind, said[k].kind) != 0)
                continue;
            say(note, "%s bởi %s ngày %s", said[k].words, row->relations[i].designation,
                vt_cli_day(cli->arena, row->relations[i].date));
            if (!undone && said[k].undoes && strcmp(said[k].undoes, row->undone) == 0) {
                say_why(note, row->undone_why);
                undone = true;
            }
        }
    if (undone)
        return;
    say(note, strcmp(row->undone, "recall") == 0 ? "Đã thu hồi" : "Đã bị thay thế");
    say_why(note, row->undone_why);
}

/* State and reason of what is not simply issued. */
static const char *note_of(vt_cli *cli, const vt_register_row *row) {
    vt_buf note;
    const char *text;

    vt_buf_init(&note, NOTE_BYTES);
    if (strcmp(row->state, "void") == 0) {
        say(&note, "Số huỷ");
        say_why(&note, row->reason);
        if (*row->actor)
            vt_buf_printf(&note, " (%s)", person(row->actor));
    } else if (strcmp(row->state, "reserved") == 0) {
        say(&note, "Giữ chỗ cho %s", row->holder);
        if (*row->until)
            vt_buf_printf(&note, " đến ngày %s", vt_cli_day(cli->arena, row->until));
        say_why(&note, row->reason);
    }
    note_relations(cli, row, &note);
    if (*row->disorder)
        say(&note, "Ngày lùi: %s", row->disorder);
    text = vt_buf_failed(&note) ? NULL : vt_strdup(cli->arena, note.data);
    vt_buf_free(&note);
    return text ? text : "";
}

/* ----------------------------------------------------------------- the book -- */

static void set(json_t *object, const char *key, const char *text) {
    if (text && *text)
        json_object_set_new(object, key, vt_cli_json_text(text));
}

static const char *padded(vt_cli *cli, const vt_pack *pack, int64_t number) {
    const char *text = vt_printf(cli->arena, "%lld", (long long)number);

    return text ? vt_number_padded(cli->arena, pack, text) : "";
}

/* Of a document at the highest degree of secrecy the register keeps no trích yếu. */
static bool hidden(const vt_register_row *row) {
    return strcmp(row->secrecy, "tuyet-mat") == 0;
}

static json_t *book_row(vt_cli *cli, const vt_pack *pack, const vt_register_row *row) {
    json_t *one = json_object();

    set(one, "so",
        *row->designation ? row->designation : vt_number_padded(cli->arena, pack, row->number));
    set(one, "ngay", vt_cli_day(cli->arena, row->date));
    set(one, "ten-loai", row->type_name);
    set(one, "trich-yeu", hidden(row) ? "" : row->subject);
    set(one, "nguoi-ky", row->signers);
    set(one, "noi-nhan", row->recipients);
    set(one, "luu", row->keepers);
    if (row->amount)
        json_object_set_new(one, "so-luong", json_integer(row->amount));
    set(one, "ngay-chuyen", vt_cli_day(cli->arena, row->sent));
    set(one, "ghi-chu", note_of(cli, row));
    return one;
}

/* "Năm: 2026", "Nhiệm kỳ: 2025-2030"; a series without end has none. */
static const char *period_line(vt_cli *cli, const vt_series *s) {
    if (strcmp(s->period, "term") == 0 || strcmp(s->period, "always") == 0)
        return "";
    return vt_printf(cli->arena, "%s: %s", strlen(s->period) == 4 ? "Năm" : "Kỳ", s->period);
}

/* What a series is called: as it was named, else the type it is of. */
static const char *book_name(vt_cli *cli, const vt_pack *pack, const vt_series *s) {
    size_t n = strlen(s->book);
    bool secret = n > 4 && strcmp(s->book + n - 4, "-mat") == 0;
    const char *slug = secret ? vt_strndup(cli->arena, s->book, n - 4) : s->book;
    const vt_type *type = slug ? vt_pack_type(pack, slug) : NULL;

    if (*s->name)
        return s->name;
    return vt_printf(cli->arena, "%s%s", type ? type->name : s->book, secret ? " (mật)" : "");
}

static const char *summary(vt_cli *cli, const vt_pack *pack, const vt_register_part *p) {
    return vt_printf(cli->arena,
                     "Có %zu số, từ số %s đến số %s: %zu số đã cấp cho văn bản, %zu số đang giữ "
                     "chỗ, %zu số huỷ.",
                     p->row_count, padded(cli, pack, p->first), padded(cli, pack, p->last), p->used,
                     p->reserved, p->voided);
}

static json_t *book_part(vt_cli *cli, const vt_pack *pack, const vt_register_part *p, bool named) {
    json_t *rows = json_array(), *part = json_object();

    for (size_t i = 0; i < p->row_count; i++)
        json_array_append_new(rows, book_row(cli, pack, &p->rows[i]));
    if (named)
        set(part, "ten",
            vt_printf(cli->arena, "%s, %s", book_name(cli, pack, &p->series), p->series.period));
    set(part, "tom-tat", summary(cli, pack, p));
    json_object_set_new(part, "dong", rows);
    return part;
}

static const char BLANK[] = "..............";

/* From, to: by date over all parts; by number where there is one part. */
static void set_span(vt_cli *cli, const vt_pack *pack, const vt_register *r, json_t *book) {
    const char *first = "", *last = "";

    for (size_t i = 0; i < r->part_count; i++) {
        const vt_register_part *p = &r->parts[i];
        if (*p->first_date && (!*first || strcmp(p->first_date, first) < 0))
            first = p->first_date;
        if (strcmp(p->last_date, last) > 0)
            last = p->last_date;
    }
    set(book, "tu-ngay", *first ? vt_cli_day(cli->arena, first) : BLANK);
    set(book, "den-ngay", *last ? vt_cli_day(cli->arena, last) : BLANK);
    set(book, "tu-so", r->part_count == 1 ? padded(cli, pack, r->parts->first) : BLANK);
    set(book, "den-so", r->part_count == 1 ? padded(cli, pack, r->parts->last) : BLANK);
}

static json_t *closings(vt_cli *cli, const vt_pack *pack, const vt_register *r) {
    json_t *lines = json_array();

    for (size_t i = 0; i < r->part_count; i++) {
        const vt_register_part *p = &r->parts[i];
        if (p->volume)
            json_array_append_new(
                lines,
                vt_cli_json_text(vt_printf(
                    cli->arena, "%s, quyển số %lld, khoá ngày %s; mã băm SHA-256 của các dòng: %s",
                    book_name(cli, pack, &p->series), (long long)p->volume,
                    vt_strndup(cli->arena, vt_cli_time(cli->arena, p->closed_at), 10), p->sha256)));
    }
    return lines;
}

static json_t *book_of(vt_cli *cli, const vt_pack *pack, const vt_register *r, const char *tome) {
    json_t *book = json_object(), *parts = json_array();
    const vt_register_part *one = r->part_count == 1 ? r->parts : NULL;

    set(book, "co-quan-chu-quan", r->superior);
    set(book, "co-quan", r->issuer);
    set(book, "ten-so", one && *one->series.name ? one->series.name : "Sổ đăng ký văn bản đi");
    set(book, "ky", period_line(cli, &r->parts->series));
    set_span(cli, pack, r, book);
    set(book, "tap", tome);
    set(book, "quyen-so", one && one->volume ? padded(cli, pack, one->volume) : BLANK);
    for (size_t i = 0; i < r->part_count; i++)
        json_array_append_new(parts, book_part(cli, pack, &r->parts[i], !one));
    json_object_set_new(book, "phan", parts);
    json_object_set_new(book, "khoa", closings(cli, pack, r));
    json_object_set_new(book, "viec", json_integer(r->event_serial));
    set(book, "ma-bam", r->event_hash);
    return book;
}

/* ------------------------------------------------------------------ results -- */

static json_t *part_json(const vt_register_part *p) {
    json_t *one =
        json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:s, s:I}", "book", p->series.book, "period",
                  p->series.period, "first", (json_int_t)p->first, "last", (json_int_t)p->last,
                  "used", (json_int_t)p->used, "reserved", (json_int_t)p->reserved, "void",
                  (json_int_t)p->voided, "sha256", p->sha256, "volume", (json_int_t)p->volume);
    json_t *rows = json_array();

    for (size_t i = 0; i < p->row_count; i++) {
        const vt_register_row *r = &p->rows[i];
        json_t *row = json_object();
        const struct {
            const char *key, *text;
        } texts[] = {{"number", r->number},
                     {"state", r->state},
                     {"designation", r->designation},
                     {"date", r->date},
                     {"typeName", r->type_name},
                     {"subject", hidden(r) ? "" : r->subject},
                     {"signers", r->signers},
                     {"recipients", r->recipients},
                     {"keepers", r->keepers},
                     {"sent", r->sent},
                     {"reason", r->reason},
                     {"holder", r->holder},
                     {"until", r->until},
                     {"documentState", r->document_state}};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            set(row, texts[k].key, texts[k].text);
        json_array_append_new(rows, row);
    }
    json_object_set_new(one, "rows", rows);
    return one;
}

static void tell(vt_cli *cli, const options *o, const vt_pack *pack, const vt_register *r,
                 const vt_tomes *made) {
    json_t *parts = cli->json ? json_array() : NULL;
    json_t *files = cli->json && made->count > 1 ? json_array() : NULL;

    for (size_t i = 0; i < r->part_count; i++) {
        const vt_register_part *p = &r->parts[i];
        vt_cli_say(cli, "%s/%s: %s\n", p->series.book, p->series.period, summary(cli, pack, p));
        if (p->volume)
            vt_cli_say(cli, "  quyển số %lld đã khoá, mã băm %s\n", (long long)p->volume,
                       p->sha256);
        if (cli->json)
            json_array_append_new(parts, part_json(p));
    }
    if (o->close)
        vt_cli_say(cli, "Nhật ký đến dòng %lld, mã băm %s: ghi lại ở ngoài kho.\n",
                   (long long)r->event_serial, r->event_hash);
    for (size_t i = 0; files && i < made->count; i++)
        json_array_append_new(files, vt_cli_json_text(made->names[i]));
    if (cli->json)
        cli->result =
            json_pack("{s:s, s:s, s:o, s:{s:I, s:s}, s:o*, s:o*}", "superior", r->superior,
                      "issuer", r->issuer, "parts", parts, "log", "serial",
                      (json_int_t)r->event_serial, "hash", r->event_hash, "file",
                      made->count == 1 ? vt_cli_json_text(made->names[0]) : NULL, "files", files);
}

/* ----------------------------------------------------------------- printing -- */

/* "Tập 2: từ số 16601 đến số 33200"; of several series without the numbers. */
static const char *tome_words(vt_cli *cli, const vt_pack *pack, const vt_register *r, size_t n) {
    if (r->part_count != 1)
        return vt_printf(cli->arena, "Tập %zu", n);
    return vt_printf(cli->arena, "Tập %zu: từ số %s đến số %s", n,
                     padded(cli, pack, r->parts->first), padded(cli, pack, r->parts->last));
}

typedef struct tome {
    const vt_pack *pack;
    const vt_register *slice;
    const char *words;
} tome;

static json_t *tome_record(vt_cli *cli, void *ctx) {
    const tome *t = ctx;

    return book_of(cli, t->pack, t->slice, t->words);
}

static vt_status make_tomes(vt_cli *cli, const options *o, const vt_pack *pack,
                            const vt_register *reg, vt_tomes *made) {
    size_t part = 0, row = 0;
    vt_register slice;
    vt_status st = VT_OK;

    for (size_t n = 1; !st && part < reg->part_count; n++) {
        if (!vt_register_slice(cli->arena, reg, (size_t)o->per_file, &part, &row, &slice))
            return vt_nomem(cli->list);
        bool parted = n > 1 || part < reg->part_count;
        tome t = {pack, &slice, parted ? tome_words(cli, pack, &slice, n) : ""};

        st = t.words ? vt_tomes_add(cli, made, parted, tome_record, &t) : vt_nomem(cli->list);
    }
    return st ? st : vt_tomes_name(cli, made);
}

static vt_status print_book(vt_cli *cli, const options *o, vt_book_format format,
                            vt_records *recs) {
    const vt_pack *pack = NULL;
    vt_register reg;
    vt_tomes *made = vt_alloc(cli->arena, sizeof *made);
    vt_status st = made ? vt_cli_engine(cli) : vt_nomem(cli->list);

    if (made)
        *made = (vt_tomes){.model = "so-dang-ky-van-ban-di", .output = o->output, .format = format};
    if (!st)
        st = vt_pack_named(cli->engine, "state-nd30", cli->list, &pack);
    if (!st && o->close) /* closed for good only when it can be printed */
        st = vt_records_begin(recs, cli->list);
    if (!st && o->close)
        st = vt_records_register_close(recs, &o->query, cli->arena, cli->list, &reg);
    else if (!st)
        st = vt_records_register(recs, &o->query, cli->arena, cli->list, &reg);
    if (!st && o->output)
        st = make_tomes(cli, o, pack, &reg, made);
    if (!st)
        st = vt_records_commit(recs, cli->list);
    vt_records_rollback(recs);
    if (!st)
        tell(cli, o, pack, &reg, made);
    if (!st)
        st = vt_tomes_write(cli, made);
    vt_tomes_free(made);
    return st;
}

static vt_status list_volumes(vt_cli *cli, const options *o, vt_records *records) {
    vt_volume *all;
    size_t count = 0;
    json_t *array = cli->json ? json_array() : NULL;
    vt_status st =
        vt_records_volumes(records, o->query.issuer, cli->arena, cli->list, &all, &count);

    for (size_t i = 0; !st && i < count; i++) {
        const vt_volume *v = &all[i];
        vt_cli_say(cli, "%s, %s/%s, quyển số %lld: số %lld đến số %lld, khoá lúc %s, mã băm %s\n",
                   v->issuer, v->book, v->period, (long long)v->volume, (long long)v->first,
                   (long long)v->last, vt_cli_time(cli->arena, v->at), v->sha256);
        if (cli->json)
            json_array_append_new(array,
                                  json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:s, s:s, s:s}",
                                            "issuer", v->issuer, "book", v->book, "period",
                                            v->period, "volume", (json_int_t)v->volume, "first",
                                            (json_int_t)v->first, "last", (json_int_t)v->last,
                                            "sha256", v->sha256, "at", v->at, "actor", v->actor));
    }
    if (!st && !count)
        vt_cli_say(cli, "Chưa có quyển nào được khoá.\n");
    if (cli->json)
        cli->result = json_pack("{s:o}", "volumes", array);
    return st;
}

vt_status vt_cmd_register(vt_cli *cli, int argc, char **argv) {
    options o = {.per_file = VT_TOME_ROWS};
    vt_register_query *q = &o.query;
    int n = 0, volume = INT_MAX; /* not said */
    bool done = false;
    const vt_opt opts[] = {
        {"output", 'o', VT_OPT_STRING, &o.output, "TỆP", "nơi ghi; - là thiết bị ra chuẩn"},
        {"format", 0, VT_OPT_STRING, &o.format, "DẠNG",
         "pdf, csv hoặc xlsx (mặc định theo đuôi tên tệp)"},
        {"year", 0, VT_OPT_INT, &q->year, "NĂM", "các sổ của năm"},
        {"series", 0, VT_OPT_STRING, &q->series, "SỔ", "một sổ: van-ban, van-ban/2026"},
        {"per-file", 0, VT_OPT_INT, &o.per_file, "SỐ",
         "mỗi tập nhiều nhất chừng ấy số (mặc định 10000); sổ dài hơn thành TÊN-tap-1, -tap-2 ..."},
        {"issuer", 0, VT_OPT_STRING, &q->issuer, "TÊN", "của cơ quan có tên này"},
        {"from", 0, VT_OPT_DATE, &q->from, "NGÀY", "từ ngày"},
        {"to", 0, VT_OPT_DATE, &q->to, "NGÀY", "đến hết ngày"},
        {"volume", 0, VT_OPT_INT, &volume, "SỐ", "in lại quyển đã khoá này"},
        {"close", 0, VT_OPT_FLAG, &o.close, NULL,
         "khoá các số chưa khoá (đến --to) thành quyển kế tiếp"},
        {"volumes", 0, VT_OPT_FLAG, &o.volumes, NULL, "liệt kê các quyển đã khoá"},
        {0}};
    vt_book_format format;
    vt_records *records = NULL;
    vt_status st =
        vt_cli_options(cli, vt_cli_command("register"), opts, argc, argv, 0, 0, &n, &done);

    if (st || done)
        return st;
    if (volume < 1)
        return vt_bad(cli->list, "SO-22", (vt_place){0},
                      "Xem các quyển đã khoá: vanthu register --volumes.", "Không có quyển số %d.",
                      volume);
    q->volume = volume == INT_MAX ? 0 : volume;
    st = vt_tomes_rows(cli, o.per_file);
    if (!st)
        st = vt_cli_book_format(cli, o.format, o.output, &format);
    if (!st)
        st = vt_cli_target(cli, o.output, NULL);
    if (!st && o.output)
        st = vt_cli_writable(cli, o.output);
    if (!st)
        st = vt_cli_archive_open(cli, !o.close, &records);
    if (!st)
        st = o.volumes ? list_volumes(cli, &o, records) : print_book(cli, &o, format, records);
    vt_records_close(records);
    return st;
}
