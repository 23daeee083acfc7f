/* cli/dossier_receive.c - a received document is entered into a dossier. */

#include "cli/dossier.h"
#include "cli/past.h"

#include <string.h>

enum { PDF_BYTES = 512 << 20, WORDS_BYTES = 16 << 20 };

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
