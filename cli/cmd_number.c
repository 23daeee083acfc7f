/* vanthu reserve, void - numbers held back and their list, numbers given up. */

#include "cli/archive.h"
#include "cli/book.h"

#include <string.h>

enum { BOOK_BYTES = 1 << 30 };

/* ------------------------------------------------------------------- held -- */

typedef struct held_options {
    vt_held_query query;
    const char *word, *output;
    vt_book_format format;
} held_options;

/* "QUÁ HẠN 12 ngày", "còn 3 ngày" */
static const char *time_left(vt_cli *cli, const vt_held *h) {
    const char *text = "không hạn";

    if (*h->until && h->days_left < 0)
        text = vt_printf(cli->arena, "QUÁ HẠN %lld ngày", (long long)-h->days_left);
    else if (*h->until && h->days_left == 0)
        text = "hết hôm nay";
    else if (*h->until)
        text = vt_printf(cli->arena, "còn %lld ngày", (long long)h->days_left);
    return text ? text : "";
}

/* "van-ban/2026"; of several agencies with whose it is. */
static const char *series_of(vt_cli *cli, const vt_held *h, bool several) {
    const char *text = vt_printf(cli->arena, "%s/%s%s%s", h->book, h->period, several ? ", " : "",
                                 several ? h->issuer : "");

    return text ? text : "";
}

static size_t over_of(const vt_held *all, size_t count) {
    size_t over = 0;

    for (size_t i = 0; i < count; i++)
        over += *all[i].until && all[i].days_left < 0;
    return over;
}

/* "Tính đến ngày 16/11/2026: 3 số đang giữ, 1 số quá hạn giữ." */
static const char *held_summary(vt_cli *cli, const vt_held *all, size_t count) {
    const size_t over = over_of(all, count);
    const char *text = "Không có số nào đang giữ.";

    if (count && over)
        text = vt_printf(cli->arena, "Tính đến ngày %s: %zu số đang giữ, %zu số quá hạn giữ.",
                         vt_cli_day(cli->arena, all->today), count, over);
    else if (count)
        text = vt_printf(cli->arena, "Tính đến ngày %s: %zu số đang giữ, không số nào quá hạn.",
                         vt_cli_day(cli->arena, all->today), count);
    return text ? text : "";
}

static bool several_issuers(const vt_held *all, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (strcmp(all[i].issuer, all[0].issuer) != 0 ||
            strcmp(all[i].superior, all[0].superior) != 0)
            return true;
    return false;
}

/* ---- as a table -- */

enum { HELD_COLUMNS = 5 };

static void held_cells(vt_cli *cli, const vt_held *h, bool several,
                       const char *cells[HELD_COLUMNS]) {
    cells[0] = h->number;
    cells[1] = series_of(cli, h, several);
    cells[2] = *h->until ? vt_cli_day(cli->arena, h->until) : "";
    cells[3] = time_left(cli, h);
    cells[4] = h->holder;
}

static void print_held_row(vt_cli *cli, const char *const cells[HELD_COLUMNS],
                           const int wide[HELD_COLUMNS], const char *rest) {
    for (int i = 0; i < HELD_COLUMNS; i++)
        vt_cli_say(cli, "%s%s%*s", i ? "  " : "", cells[i], wide[i] - vt_cli_width(cells[i]), "");
    vt_cli_say(cli, "  %s\n", rest);
}

static void print_held(vt_cli *cli, const vt_held *all, size_t count, bool over) {
    static const char *const heads[HELD_COLUMNS] = {"Số", "Sổ", "Giữ đến", "Hạn giữ", "Giữ cho"};
    const bool several = several_issuers(all, count);
    const char *cells[HELD_COLUMNS];
    int wide[HELD_COLUMNS];

    if (!count) {
        vt_cli_say(cli, "Không có số nào %s.\n", over ? "quá hạn giữ" : "đang giữ");
        return;
    }
    if (!several)
        vt_cli_say(cli, "%s%s%s\n", all->superior, *all->superior ? ", " : "", all->issuer);
    for (int i = 0; i < HELD_COLUMNS; i++)
        wide[i] = vt_cli_width(heads[i]);
    for (size_t k = 0; k < count; k++) {
        held_cells(cli, &all[k], several, cells);
        for (int i = 0; i < HELD_COLUMNS; i++)
            wide[i] = vt_cli_width(cells[i]) > wide[i] ? vt_cli_width(cells[i]) : wide[i];
    }
    print_held_row(cli, heads, wide, "Lý do");
    for (size_t k = 0; k < count; k++) {
        held_cells(cli, &all[k], several, cells);
        print_held_row(cli, cells, wide, all[k].reason);
    }
    vt_cli_say(cli, "%s\n", held_summary(cli, all, count));
    if (over_of(all, count))
        vt_cli_say(cli,
                   "Số quá hạn: giữ thêm (vanthu reserve SỔ --number SỐ --until NGÀY ...) hoặc "
                   "huỷ (vanthu void SỔ SỐ --reason LÝ-DO).\n");
}

/* ---- as JSON, on paper -- */

static json_t *held_json(const vt_held *all, size_t count) {
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        const vt_held *h = &all[i];
        json_t *one = json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "issuer", h->issuer, "book",
                                h->book, "period", h->period, "number", h->number, "actor",
                                h->actor, "over", *h->until && h->days_left < 0);

        json_object_set_new(one, "for", vt_cli_json_text(h->holder));
        json_object_set_new(one, "reason", vt_cli_json_text(h->reason));
        if (*h->until) {
            json_object_set_new(one, "until", json_string(h->until));
            json_object_set_new(one, "daysLeft", json_integer(h->days_left));
        }
        json_array_append_new(array, one);
    }
    return json_pack("{s:o, s:I}", "held", array, "over", (json_int_t)over_of(all, count));
}

static json_t *held_book(vt_cli *cli, const vt_held *all, size_t count) {
    const bool several = several_issuers(all, count);
    json_t *book = json_object(), *rows = json_array();

    for (size_t i = 0; i < count; i++) {
        const vt_held *h = &all[i];
        const struct {
            const char *key, *text;
        } texts[] = {{"so", h->number},
                     {"ten-so", h->name},
                     {"so-cap", series_of(cli, h, several)},
                     {"giu-cho", h->holder},
                     {"den-ngay", *h->until ? vt_cli_day(cli->arena, h->until) : ""},
                     {"han", time_left(cli, h)},
                     {"ly-do", h->reason},
                     {"nguoi-giu", strncmp(h->actor, "os:", 3) == 0 ? h->actor + 3 : h->actor}};
        json_t *one = json_object();

        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            if (*texts[k].text)
                json_object_set_new(one, texts[k].key, vt_cli_json_text(texts[k].text));
        json_array_append_new(rows, one);
    }
    if (count && !several && *all[0].superior)
        json_object_set_new(book, "co-quan-chu-quan", vt_cli_json_text(all[0].superior));
    json_object_set_new(
        book, "co-quan",
        vt_cli_json_text(count && !several ? all[0].issuer : "Các cơ quan dùng chung kho văn bản"));
    json_object_set_new(book, "tom-tat", vt_cli_json_text(held_summary(cli, all, count)));
    json_object_set_new(book, "dong", rows);
    return book;
}

static vt_status write_held(vt_cli *cli, const held_options *o, const vt_held *all, size_t count) {
    vt_buf bytes;
    size_t pages = 0;
    vt_status st;

    vt_buf_init(&bytes, BOOK_BYTES);
    st = vt_cli_book(cli, "so-dang-giu", held_book(cli, all, count), o->format, &bytes, &pages);
    if (!st)
        st = vt_cli_write(o->output, &bytes, cli->list);
    if (!st)
        vt_cli_say(cli, "Đã ghi %s: %s\n", o->output, held_summary(cli, all, count));
    vt_buf_free(&bytes);
    return st;
}

static vt_status list_held(vt_cli *cli, held_options *o) {
    vt_records *records = NULL;
    vt_held *all = NULL;
    size_t count = 0;
    vt_status st = VT_OK;

    if (o->output)
        st = vt_cli_book_format(cli, o->word, o->output, &o->format);
    if (!st)
        st = vt_cli_target(cli, o->output, NULL);
    if (!st && o->output)
        st = vt_cli_writable(cli, o->output);
    if (!st)
        st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = vt_records_held(records, &o->query, cli->arena, cli->list, &all, &count);
    if (!st && o->output)
        st = write_held(cli, o, all, count);
    else if (!st)
        print_held(cli, all, count, o->query.over);
    if (!st && cli->json)
        cli->result = held_json(all, count);
    vt_records_close(records);
    return st;
}

/* ---------------------------------------------------------------- reserve -- */

static void report_reserved(vt_cli *cli, const vt_reserve *q, const vt_reserved *got) {
    json_t *numbers = cli->json ? json_array() : NULL;

    vt_cli_say(cli, "Đã giữ ở sổ %s/%s cho %s%s%s:", got->book, got->period, q->holder,
               q->until && *q->until ? " đến " : "",
               q->until && *q->until ? vt_cli_day(cli->arena, q->until) : "");
    for (size_t i = 0; i < got->count; i++) {
        vt_cli_say(cli, " %s", got->numbers[i]);
        json_array_append_new(numbers, json_string(got->numbers[i]));
    }
    vt_cli_say(cli, "\nDùng số ấy: vanthu issue VĂN-BẢN.xml --number %s\n", got->numbers[0]);
    if (cli->json)
        cli->result = json_pack("{s:s, s:s, s:o}", "book", got->book, "period", got->period,
                                "numbers", numbers);
}

static vt_status until_text(vt_cli *cli, vt_date until, char out[11]) {
    vt_date_iso(until, out);
    if (until.year && !vt_date_full(until))
        return vt_bad(cli->list, "SO-20", (vt_place){0}, "Ghi đủ: --until 2026-12-31.",
                      "Hạn giữ số phải đủ ngày, tháng, năm.");
    return VT_OK;
}

/* Without a series the numbers held are listed: then nothing is to be held. */
static vt_status check_asked(vt_cli *cli, const vt_reserve *q, const held_options *o, int n) {
    const bool listing = o->query.series || o->query.over || o->output || o->word;
    const bool holding = q->holder || q->reason || q->number || *q->until;

    if (n && listing)
        return vt_bad(cli->list, "CLI-01", (vt_place){.path = q->series},
                      "Liệt kê: vanthu reserve --series SỔ; giữ số: bỏ --series, --over, -o.",
                      "Vừa nói giữ số vừa nói liệt kê các số đang giữ.");
    if (!n && holding)
        return vt_bad(cli->list, "CLI-01", (vt_place){0},
                      "Ghi: vanthu reserve SỔ --for AI --reason LÝ-DO.",
                      "Chưa nói giữ số ở sổ nào.");
    return VT_OK;
}

vt_status vt_cmd_reserve(vt_cli *cli, int argc, char **argv) {
    vt_reserve q = {0};
    held_options o = {0};
    vt_date until = {0};
    int count = 1, n = 0;
    char day[11];
    const vt_opt opts[] = {
        {"for", 0, VT_OPT_STRING, &q.holder, "AI", "giữ cho người hoặc đơn vị nào"},
        {"reason", 0, VT_OPT_STRING, &q.reason, "LÝ-DO", "vì sao giữ; ghi vào sổ"},
        {"until", 0, VT_OPT_DATE, &until, "NGÀY", "giữ đến hết ngày nào"},
        {"count", 0, VT_OPT_INT, &count, "N", "giữ N số liền nhau (mặc định 1)"},
        {"number", 0, VT_OPT_STRING, &q.number, "SỐ",
         "giữ thêm hạn cho số này, hoặc số có chữ kèm"},
        {"issuer", 0, VT_OPT_STRING, &q.issuer, "TÊN", "cơ quan ban hành, khi kho có nhiều"},
        {"series", 0, VT_OPT_STRING, &o.query.series, "SỔ", "liệt kê: chỉ của sổ này"},
        {"over", 0, VT_OPT_FLAG, &o.query.over, NULL, "liệt kê: chỉ các số đã quá hạn giữ"},
        {"output", 'o', VT_OPT_STRING, &o.output, "TỆP",
         "liệt kê: ghi ra tệp; - là thiết bị ra chuẩn"},
        {"format", 0, VT_OPT_STRING, &o.word, "DẠNG",
         "pdf, csv hoặc xlsx (mặc định theo đuôi tên tệp)"},
        {0}};
    bool done = false;
    vt_records *records = NULL;
    vt_reserved got;
    vt_status st =
        vt_cli_options(cli, vt_cli_command("reserve"), opts, argc, argv, 0, 1, &n, &done);

    if (st || done)
        return st;
    st = until_text(cli, until, day);
    q.series = n ? argv[0] : NULL;
    q.until = day;
    q.count = count < 0 ? 0 : (size_t)count;
    o.query.issuer = q.issuer;
    if (!st)
        st = check_asked(cli, &q, &o, n);
    if (!st && !n)
        return list_held(cli, &o);
    if (!st)
        st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_reserve(records, &q, cli->arena, cli->list, &got);
    if (!st)
        report_reserved(cli, &q, &got);
    vt_records_close(records);
    return st;
}

/* ------------------------------------------------------------------- void -- */

vt_status vt_cmd_void(vt_cli *cli, int argc, char **argv) {
    const char *issuer = NULL, *reason = NULL;
    const vt_opt opts[] = {
        {"reason", 0, VT_OPT_STRING, &reason, "LÝ-DO", "vì sao huỷ; ghi vào sổ"},
        {"issuer", 0, VT_OPT_STRING, &issuer, "TÊN", "cơ quan ban hành, khi kho có nhiều"},
        {0}};
    int n = 0;
    bool done = false;
    vt_records *records = NULL;
    vt_status st = vt_cli_options(cli, vt_cli_command("void"), opts, argc, argv, 2, 2, &n, &done);

    if (st || done)
        return st;
    st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_void(records, issuer, argv[0], argv[1], reason, cli->arena, cli->list);
    if (!st)
        vt_cli_say(cli, "Số %s của sổ %s đã huỷ.\n", argv[1], argv[0]);
    vt_records_close(records);
    return st;
}
