/* cli/dossier_receive.c - received documents: entered into a dossier, found again. */

#include "cli/dossier.h"
#include "cli/past.h"

#include <limits.h>
#include <string.h>

enum { PDF_BYTES = 512 << 20, WORDS_BYTES = 16 << 20 };

/* ---------------------------------------------------------------- receiving -- */

typedef struct receiving {
    vt_cli *cli;
    const char *path;
    vt_received q;
    int arrival, pages;
    vt_buf pdf, words;
} receiving;

/* What is in the PDF is looked at by pdftotext alone, a program of its own with limits. */
static vt_status read_pdf(receiving *g) {
    size_t pages = 0;
    vt_status st = vt_file_read(g->path, PDF_BYTES, &g->pdf, g->cli->list);

    if (st)
        return st;
    g->q.pdf = g->pdf.data;
    g->q.pdf_len = g->pdf.len;
    if (g->pdf.len < 5 || memcmp(g->pdf.data, "%PDF-", 5) != 0)
        return VT_OK; /* the archive says so */
    if (!vt_pdf_words(g->path, &g->words, &pages))
        st = vt_warn(g->cli->list, "HS-20", (vt_place){.file = g->path},
                     "Mở tệp xem có hỏng không; cài poppler-utils nếu máy chưa có pdftotext.",
                     "pdftotext không đọc được tệp, có thể tệp hỏng: văn bản chỉ tìm được theo "
                     "những gì ghi ở đây.");
    else if (!g->words.data[strspn(g->words.data, " ")])
        st = vt_warn(g->cli->list, "HS-20", (vt_place){.file = g->path}, NULL,
                     "Tệp không có chữ (bản quét): văn bản chỉ tìm được theo những gì ghi ở đây.");
    g->q.words = g->words.data;
    g->q.pages = g->pages > 0 ? (size_t)g->pages : pages;
    return st;
}

static void tell(vt_cli *cli, const vt_dossier_ref *which, const receiving *g,
                 const vt_arrival *a) {
    vt_cli_say(
        cli, "Đã nhận %s của %s: số đến %lld ngày %s (%zu trang), hồ sơ %s, số thứ tự %lld.\n",
        g->q.designation ? g->q.designation : "văn bản", g->q.sender, (long long)a->number,
        vt_cli_day(cli->arena, a->date), g->q.pages, which->reference, (long long)a->ordinal);
    if (cli->json)
        cli->result =
            json_pack("{s:s, s:I, s:s, s:I, s:I, s:s}", "id", a->id, "arrivalNumber",
                      (json_int_t)a->number, "arrivalDate", a->date, "ordinal",
                      (json_int_t)a->ordinal, "pages", (json_int_t)g->q.pages, "sha256", a->sha256);
}

static vt_status run(receiving *g, const vt_dossier_ref *which) {
    vt_cli *cli = g->cli;
    vt_records *records = NULL;
    vt_arrival arrival;
    vt_status st = read_pdf(g);

    if (!st)
        st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_receive(records, which, &g->q, cli->arena, cli->list, &arrival);
    if (!st)
        tell(cli, which, g, &arrival);
    vt_records_close(records);
    return st;
}

vt_status vt_dossier_receive(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    receiving g = {.cli = cli};
    vt_received *q = &g.q;
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        {"sender", 0, VT_OPT_STRING, &q->sender, "TÁC-GIẢ", "cơ quan, tổ chức ban hành văn bản"},
        {"number", 0, VT_OPT_STRING, &q->designation, "SỐ", "số, ký hiệu văn bản: 125/SGDĐT-VP"},
        {"date", 0, VT_OPT_DATE, &q->date, "NGÀY", "ngày văn bản"},
        {"type", 0, VT_OPT_STRING, &q->type_name, "TÊN-LOẠI", "tên loại: Giấy mời, Công văn"},
        {"subject", 0, VT_OPT_STRING, &q->subject, "CHỮ", "trích yếu nội dung"},
        {"signer", 0, VT_OPT_STRING, &q->signer, "HỌ-TÊN", "người ký"},
        {"signer-position", 0, VT_OPT_STRING, &q->signer_position, "CHỨC-VỤ", "chức vụ người ký"},
        {"arrived", 0, VT_OPT_DATE, &q->arrival_date, "NGÀY", "ngày đến (mặc định: hôm nay)"},
        {"arrival", 0, VT_OPT_INT, &g.arrival, "SỐ",
         "số đến, khi sổ giấy đã cấp (mặc định: số kế tiếp của năm)"},
        {"to", 0, VT_OPT_STRING, &q->to, "AI", "đơn vị hoặc người nhận"},
        {"due", 0, VT_OPT_DATE, &q->due, "NGÀY", "hạn trả lời"},
        {"urgency", 0, VT_OPT_STRING, &q->urgency, "MỨC", "khan, thuong-khan, hoa-toc"},
        {"secrecy", 0, VT_OPT_STRING, &q->secrecy, "ĐỘ", "mat, toi-mat, tuyet-mat"},
        {"organ", 0, VT_OPT_STRING, &q->organ, "MÃ", "mã định danh của nơi gửi"},
        {"pages", 0, VT_OPT_INT, &g.pages, "SỐ", "số trang, khi máy không đếm được"},
        {"sheets", 0, VT_OPT_STRING, &q->sheets, "TỜ", "tờ số trong hồ sơ giấy: 5 hoặc 5-7"},
        {"note", 0, VT_OPT_STRING, &q->note, "CHỮ", "ghi chú"},
        {"again", 0, VT_OPT_STRING, &q->again, "LÝ-DO", "vì sao nhận lần nữa văn bản đã nhận"},
        {0}};
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("receive"), opts, argc, argv, 2, 2, &n, &done);

    if (st || done)
        return st;
    which.reference = argv[0];
    g.path = argv[1];
    q->arrival_number = g.arrival;
    vt_buf_init(&g.pdf, PDF_BYTES);
    vt_buf_init(&g.words, WORDS_BYTES);
    st = run(&g, &which);
    vt_buf_free(&g.pdf);
    vt_buf_free(&g.words);
    return st;
}

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

/* Sổ đăng ký văn bản đến: of one agency and one year, or a closed volume of it. */
static vt_status print_register(vt_cli *cli, const vt_dossier_paper *paper, const vt_arrived *all,
                                size_t count, const vt_arrived_volume *volume) {
    json_t *book, *rows;

    for (size_t i = 1; i < count; i++)
        if (all[i].year != all[0].year || strcmp(all[i].issuer, all[0].issuer) != 0 ||
            strcmp(all[i].superior, all[0].superior) != 0)
            return vt_bad(cli->list, "HS-02", (vt_place){0}, "Thêm --year NĂM, --issuer TÊN.",
                          "Sổ in ra là của một cơ quan, một năm.");
    if (!count)
        return vt_bad(cli->list, "HS-01", (vt_place){0}, "Xem: vanthu dossier received.",
                      "Không có văn bản đến nào để in.");
    book = json_object();
    rows = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(rows, register_row(cli, &all[i]));
    vt_dossier_set(book, "co-quan-chu-quan", all[0].superior);
    vt_dossier_set(book, "co-quan", all[0].issuer);
    json_object_set_new(book, "nam", json_integer(all[0].year));
    vt_dossier_set(book, "tu-ngay", vt_cli_day(cli->arena, all[0].date));
    vt_dossier_set(book, "den-ngay", vt_cli_day(cli->arena, all[count - 1].date));
    vt_dossier_set(book, "tu-so", vt_printf(cli->arena, "%02lld", (long long)all[0].number));
    vt_dossier_set(book, "den-so",
                   vt_printf(cli->arena, "%02lld", (long long)all[count - 1].number));
    set_volume(cli, book, volume);
    json_object_set_new(book, "dong", rows);
    return vt_dossier_paper_write(cli, paper, "so-dang-ky-van-ban-den", book);
}

static const char *joined(vt_cli *cli, int n, char **words) {
    const char *all = "";

    for (int i = 0; i < n && all; i++)
        all = vt_printf(cli->arena, "%s %s", all, words[i]);
    return all ? all : "";
}

/* ------------------------------------------------------------------- volumes -- */

typedef struct arrivals {
    vt_arrived_query q;
    vt_dossier_paper paper;
    vt_date to;
    bool close, volumes;
} arrivals;

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

/* Closed for good only when it can be printed. */
static vt_status close_volume(vt_cli *cli, arrivals *o, vt_records *records) {
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
        st = print_register(cli, &o->paper, all, count, &v);
    if (!st)
        st = vt_records_commit(records, cli->list);
    vt_records_rollback(records);
    if (st)
        return st;
    vt_cli_say(cli,
               "Sổ văn bản đến năm %d: quyển số %lld đã khoá, số đến %lld đến số %lld, %lld "
               "văn bản, mã băm %s\n",
               v.year, (long long)v.volume, (long long)v.first, (long long)v.last,
               (long long)v.entries, v.sha256);
    vt_cli_say(cli, "Nhật ký đến dòng %lld, mã băm %s: ghi lại ở ngoài kho.\n",
               (long long)v.event_serial, v.event_hash);
    if (cli->json) {
        v.issuer = o->q.issuer ? o->q.issuer : "";
        cli->result = json_pack("{s:o, s:{s:I, s:s}}", "volume", volume_json(&v), "log", "serial",
                                (json_int_t)v.event_serial, "hash", v.event_hash);
    }
    return VT_OK;
}

static vt_status list_arrived(vt_cli *cli, const arrivals *o, vt_records *records) {
    const vt_arrived_volume *volume = NULL;
    vt_arrived *all = NULL;
    size_t count = 0;
    json_t *array;
    vt_status st = vt_records_arrived(records, &o->q, cli->arena, cli->list, &all, &count);

    if (!st && o->q.volume)
        st = find_volume(cli, o, records, &volume);
    if (!st && o->paper.output)
        st = print_register(cli, &o->paper, all, count, volume);
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
    arrivals o = {.q.volume = INT_MIN}; /* not said */
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
