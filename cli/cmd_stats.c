/* vanthu stats - what was issued, counted, on the terminal and in print. */

#include "cli/archive.h"
#include "cli/book.h"

#include <string.h>

enum { BOOK_BYTES = 1 << 30, NAME_COLUMN = 44, NUMBER_COLUMN = 10 };

typedef struct options {
    vt_stats_query query;
    int year;
    const char *word, *output;
    vt_book_format format;
} options;

/* --------------------------------------------------------------------- words -- */

static const char *part_words(const char *by) {
    static const struct {
        const char *by, *words;
    } parts[] = {{"type", "Theo loại văn bản"},
                 {"unit", "Theo đơn vị soạn thảo"},
                 {"issuer", "Theo cơ quan ban hành"},
                 {"signer", "Theo người ký"},
                 {"month", "Theo tháng"},
                 {"series", "Theo sổ"},
                 {"time", "Theo thời gian phát hành (Điều 18)"},
                 {"due", "Theo hạn trả lời"}};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].by, by) == 0)
            return parts[i].words;
    return by;
}

static const char *row_words(vt_cli *cli, const char *by, const char *name) {
    static const struct {
        const char *key, *words;
    } keys[] = {{"in-time", "Trong ngày ký hoặc ngày làm việc tiếp theo"},
                {"late", "Chậm hơn"},
                {"waiting", "Đã cấp số, chưa phát hành"},
                {"unknown", "Không rõ (nhập từ sổ cũ)"},
                {"before", "Ban hành trước hạn hoặc đúng hạn"},
                {"after", "Ban hành sau hạn"},
                {"none", "Không ghi hạn"}};
    const char *month = NULL;

    if (!*name)
        return "(không ghi)";
    if (strcmp(by, "month") == 0 && strlen(name) == 7)
        month = vt_printf(cli->arena, "%.2s/%.4s", name + 5, name);
    if (strcmp(by, "time") == 0 || strcmp(by, "due") == 0)
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (strcmp(keys[i].key, name) == 0)
                return keys[i].words;
    return month ? month : name;
}

/* "12,5" per cent. */
static const char *share(vt_cli *cli, int64_t part, int64_t all) {
    const int64_t tenths = all ? (2000 * part + all) / (2 * all) : 0;
    const char *text =
        vt_printf(cli->arena, "%lld,%lld", (long long)(tenths / 10), (long long)(tenths % 10));

    return text ? text : "";
}

/* ------------------------------------------------------------------ terminal -- */

static void print_row(vt_cli *cli, const char *name, const vt_stat_row *row, int64_t all) {
    const int gap = NAME_COLUMN - vt_cli_width(name);

    vt_cli_say(cli, "  %s%*s%*lld%*s%*lld%*lld%*lld\n", name, gap > 0 ? gap : 1, "", NUMBER_COLUMN,
               (long long)row->documents, NUMBER_COLUMN, share(cli, row->documents, all),
               NUMBER_COLUMN, (long long)row->pages, NUMBER_COLUMN, (long long)row->recalled,
               NUMBER_COLUMN, (long long)row->replaced);
}

/* A word at the right of its column, whatever its bytes. */
static void head(vt_cli *cli, const char *word) {
    vt_cli_say(cli, "%*s%s", NUMBER_COLUMN - vt_cli_width(word), "", word);
}

static void print_stats(vt_cli *cli, const vt_stats *s) {
    static const char *const heads[] = {"Văn bản", "Tỷ lệ %", "Trang", "Thu hồi", "Thay thế"};

    vt_cli_say(cli, "%s%sVăn bản từ ngày %s đến ngày %s\n", s->issuer, *s->issuer ? ". " : "",
               vt_cli_day(cli->arena, s->first), vt_cli_day(cli->arena, s->last));
    vt_cli_say(cli, "%*s", NAME_COLUMN + 2, "");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        head(cli, heads[i]);
    vt_cli_say(cli, "\n");
    for (size_t i = 0; i < s->part_count; i++) {
        vt_cli_say(cli, "%s\n", part_words(s->parts[i].by));
        for (size_t k = 0; k < s->parts[i].count; k++)
            print_row(cli, row_words(cli, s->parts[i].by, s->parts[i].rows[k].name),
                      &s->parts[i].rows[k], s->all.documents);
    }
    vt_cli_say(cli, "Cộng\n");
    print_row(cli, "", &s->all, s->all.documents);
}

/* ---------------------------------------------------------------------- JSON -- */

static json_t *row_json(const vt_stat_row *row, bool named) {
    json_t *one = json_pack("{s:I, s:I, s:I, s:I}", "documents", (json_int_t)row->documents,
                            "pages", (json_int_t)row->pages, "recalled", (json_int_t)row->recalled,
                            "replaced", (json_int_t)row->replaced);

    if (named)
        json_object_set_new(one, "name", vt_cli_json_text(row->name));
    return one;
}

static json_t *stats_json(const vt_stats *s) {
    json_t *all = row_json(&s->all, false);

    json_object_set_new(all, "issuer", vt_cli_json_text(s->issuer));
    json_object_set_new(all, "first", vt_cli_json_text(s->first));
    json_object_set_new(all, "last", vt_cli_json_text(s->last));
    for (size_t i = 0; i < s->part_count; i++) {
        json_t *rows = json_array();
        for (size_t k = 0; k < s->parts[i].count; k++)
            json_array_append_new(rows, row_json(&s->parts[i].rows[k], true));
        json_object_set_new(all, s->parts[i].by, rows);
    }
    return all;
}

/* --------------------------------------------------------------------- paper -- */

static void set(json_t *object, const char *key, const char *text) {
    if (text && *text)
        json_object_set_new(object, key, vt_cli_json_text(text));
}

static json_t *book_row(vt_cli *cli, const char *name, const vt_stat_row *row, int64_t all) {
    json_t *one = json_object();

    set(one, "noi-dung", name);
    json_object_set_new(one, "so-van-ban", json_integer(row->documents));
    set(one, "ty-le", share(cli, row->documents, all));
    json_object_set_new(one, "so-trang", json_integer(row->pages));
    json_object_set_new(one, "thu-hoi", json_integer(row->recalled));
    json_object_set_new(one, "thay-the", json_integer(row->replaced));
    return one;
}

static json_t *book_of(vt_cli *cli, const vt_stats *s) {
    json_t *book = json_object(), *rows = json_array();

    for (size_t i = 0; i < s->part_count; i++) {
        json_t *heading = json_object();
        set(heading, "muc", part_words(s->parts[i].by));
        json_array_append_new(rows, heading);
        for (size_t k = 0; k < s->parts[i].count; k++) {
            json_t *one = book_row(cli, row_words(cli, s->parts[i].by, s->parts[i].rows[k].name),
                                   &s->parts[i].rows[k], s->all.documents);
            json_object_set_new(one, "stt", json_integer((json_int_t)k + 1));
            json_array_append_new(rows, one);
        }
    }
    set(book, "co-quan-chu-quan", s->superior);
    set(book, "co-quan", *s->issuer ? s->issuer : "Các cơ quan dùng chung kho văn bản");
    set(book, "tu-ngay", vt_cli_day(cli->arena, s->first));
    set(book, "den-ngay", vt_cli_day(cli->arena, s->last));
    json_object_set_new(book, "dong", rows);
    json_object_set_new(book, "cong",
                        json_pack("[o]", book_row(cli, "Cộng", &s->all, s->all.documents)));
    return book;
}

/* --------------------------------------------------------------------- whole -- */

static vt_status write_paper(vt_cli *cli, const options *o, const vt_stats *s) {
    vt_buf bytes;
    size_t pages = 0;
    vt_status st;

    vt_buf_init(&bytes, BOOK_BYTES);
    st = vt_cli_book(cli, "thong-ke-van-ban-di", book_of(cli, s), o->format, &bytes, &pages);
    if (!st)
        st = vt_cli_write(o->output, &bytes, cli->list);
    if (!st)
        vt_cli_say(cli, "Đã ghi %s%s\n", o->output,
                   pages ? vt_printf(cli->arena, " (%zu trang)", pages) : "");
    vt_buf_free(&bytes);
    return st;
}

static vt_status run(vt_cli *cli, options *o) {
    vt_records *records = NULL;
    vt_stats stats;
    vt_status st = VT_OK;

    if (o->year && (o->query.from.year || o->query.to.year))
        return vt_bad(cli->list, "CLI-01", (vt_place){0}, "Bỏ --year, hoặc bỏ --from và --to.",
                      "Vừa nói năm vừa nói ngày.");
    if (o->year)
        o->query.from = o->query.to = (vt_date){o->year, 0, 0};
    if (o->output)
        st = vt_cli_book_format(cli, o->word, o->output, &o->format);
    if (!st)
        st = vt_cli_target(cli, o->output, NULL);
    if (!st && o->output)
        st = vt_cli_writable(cli, o->output);
    if (!st)
        st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = vt_records_stats(records, &o->query, cli->arena, cli->list, &stats);
    if (!st && o->output)
        st = write_paper(cli, o, &stats);
    else if (!st)
        print_stats(cli, &stats);
    if (!st && cli->json)
        cli->result = stats_json(&stats);
    vt_records_close(records);
    return st;
}

vt_status vt_cmd_stats(vt_cli *cli, int argc, char **argv) {
    options o = {0};
    vt_stats_query *q = &o.query;
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {
        {"year", 0, VT_OPT_INT, &o.year, "NĂM", "văn bản của năm"},
        {"from", 0, VT_OPT_DATE, &q->from, "NGÀY", "từ ngày; 2026-03 là từ đầu tháng"},
        {"to", 0, VT_OPT_DATE, &q->to, "NGÀY", "đến hết ngày; 2026-03 là đến cuối tháng"},
        {"issuer", 0, VT_OPT_STRING, &q->issuer, "TÊN", "của cơ quan có tên này"},
        {"series", 0, VT_OPT_STRING, &q->series, "SỔ", "một sổ: van-ban, van-ban/2026"},
        {"by", 0, VT_OPT_STRING, &q->by, "MỤC,...",
         "type, unit, issuer, signer, month, series, time, due (mặc định: tất cả)"},
        {"output", 'o', VT_OPT_STRING, &o.output, "TỆP", "nơi ghi; - là thiết bị ra chuẩn"},
        {"format", 0, VT_OPT_STRING, &o.word, "DẠNG",
         "pdf, csv hoặc xlsx (mặc định theo đuôi tên tệp)"},
        {0}};
    vt_status st = vt_cli_options(cli, vt_cli_command("stats"), opts, argc, argv, 0, 0, &n, &done);

    return st || done ? st : run(cli, &o);
}
