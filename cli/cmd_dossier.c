/* vanthu dossier - the acts on dossiers, each with its options. */

#include "cli/dossier.h"

#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS_MOST = 1000 };

/* ---------------------------------------------------------------- documents -- */

static void say_put(vt_cli *cli, const vt_dossier_ref *which, const vt_dossier_put *put,
                    const char *document, int64_t ordinal) {
    if (document)
        vt_cli_say(cli, "Đã đưa %s vào hồ sơ %s, số thứ tự %lld.\n", document, which->reference,
                   (long long)ordinal);
    else
        vt_cli_say(cli, "Đã đưa văn bản đến số %lld vào hồ sơ %s, số thứ tự %lld.\n",
                   (long long)put->arrival_number, which->reference, (long long)ordinal);
}

/* All or none, told when it is done. */
static vt_status put_all(vt_cli *cli, vt_records *r, const vt_dossier_ref *which,
                         const vt_dossier_put *how, size_t count, char **documents) {
    int64_t *ordinals = vt_alloc_array(cli->arena, count, sizeof *ordinals);
    vt_status st = ordinals ? vt_records_begin(r, cli->list) : vt_nomem(cli->list);

    for (size_t i = 0; !st && i < count; i++) {
        vt_dossier_put put = *how;

        put.reference = documents ? documents[i] : NULL;
        st = vt_records_dossier_add(r, which, &put, cli->arena, cli->list, &ordinals[i]);
    }
    if (!st)
        st = vt_records_commit(r, cli->list);
    vt_records_rollback(r);
    for (size_t i = 0; !st && i < count; i++)
        say_put(cli, which, how, documents ? documents[i] : NULL, ordinals[i]);
    if (!st && cli->json) {
        json_t *all = json_array();
        for (size_t i = 0; i < count; i++)
            json_array_append_new(all, json_integer(ordinals[i]));
        cli->result = json_pack("{s:s, s:o}", "dossier", which->reference, "ordinals", all);
    }
    return st;
}

static vt_status add(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    vt_dossier_put put = {0};
    int n = 0, received = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        {"received", 0, VT_OPT_INT, &received, "SỐ-ĐẾN", "một văn bản đến đã nhận"},
        {"doc-year", 0, VT_OPT_INT, &put.year, "NĂM", "năm của văn bản, khi nhiều năm trùng số"},
        {"sheets", 0, VT_OPT_STRING, &put.sheets, "TỜ", "tờ số trong hồ sơ giấy: 5 hoặc 5-7"},
        {"note", 0, VT_OPT_STRING, &put.note, "CHỮ", "ghi chú ở mục lục"},
        {0}};
    vt_records *records = NULL;
    vt_status st = vt_cli_options(cli, vt_dossier_command("add"), opts, argc, argv, 1,
                                  1 + DOCUMENTS_MOST, &n, &done);

    if (st || done)
        return st;
    if ((received > 0) == (n > 1))
        return vt_bad(cli->list, "CLI-01", (vt_place){0},
                      "Ghi: vanthu dossier add MÃ VĂN-BẢN ..., hoặc --received SỐ-ĐẾN.",
                      "Chưa nói đưa văn bản nào vào hồ sơ, hoặc nói cả hai cách.");
    which.reference = argv[0];
    put.arrival_number = received;
    st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = put_all(cli, records, &which, &put, received ? 1 : (size_t)n - 1,
                     received ? NULL : argv + 1);
    vt_records_close(records);
    return st;
}

static vt_status take_out(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    const char *reason = NULL;
    char *end;
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        {"reason", 0, VT_OPT_STRING, &reason, "LÝ-DO", "vì sao; ghi vào hồ sơ và nhật ký"},
        {0}};
    vt_records *records = NULL;
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("remove"), opts, argc, argv, 2, 2, &n, &done);
    long ordinal;

    if (st || done)
        return st;
    which.reference = argv[0];
    ordinal = strtol(argv[1], &end, 10);
    if (*end || ordinal < 1)
        return vt_bad(cli->list, "CLI-01", (vt_place){0}, "Xem số thứ tự: vanthu dossier show MÃ.",
                      "“%s” không phải là số thứ tự trong hồ sơ.", argv[1]);
    st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_dossier_remove(records, &which, ordinal, reason, cli->arena, cli->list);
    if (!st)
        vt_cli_say(cli, "Đã bỏ văn bản số thứ tự %ld ra khỏi hồ sơ %s; dòng của nó vẫn còn.\n",
                   ordinal, argv[0]);
    if (!st && cli->json)
        cli->result = json_pack("{s:s, s:I}", "dossier", argv[0], "removed", (json_int_t)ordinal);
    vt_records_close(records);
    return st;
}

/* --------------------------------------------------------------------- acts -- */

static vt_status run_act(vt_cli *cli, const vt_dossier_ref *which, const vt_dossier_act *act) {
    vt_records *records = NULL;
    vt_dossier d;
    vt_status st = vt_cli_archive_open(cli, false, &records);

    if (!st)
        st = vt_records_dossier_act(records, which, act, cli->arena, cli->list, &d);
    if (!st)
        vt_dossier_print(cli, &d);
    vt_records_close(records);
    return st;
}

static vt_status with_reason(vt_cli *cli, const char *name, int argc, char **argv) {
    vt_dossier_ref which = {0};
    vt_dossier_act act = {.act = name};
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        {"reason", 0, VT_OPT_STRING, &act.reason, "LÝ-DO", "vì sao; ghi vào hồ sơ và nhật ký"},
        {"due", 0, VT_OPT_DATE, &act.due, "NGÀY", "hạn nộp lưu mới"},
        {0}};
    const vt_opt without_due[] = {opts[0], opts[1], opts[2], {0}};
    vt_status st = vt_cli_options(cli, vt_dossier_command(name),
                                  strcmp(name, "extend") == 0 ? opts : without_due, argc, argv, 1,
                                  1, &n, &done);

    if (st || done)
        return st;
    which.reference = argv[0];
    return run_act(cli, &which, &act);
}

static vt_status close_it(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    vt_dossier_act act = {.act = "close"};
    int n = 0, sheets = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        {"date", 0, VT_OPT_DATE, &act.ends, "NGÀY",
         "ngày công việc kết thúc (mặc định: ngày của văn bản cuối)"},
        {"sheets", 0, VT_OPT_INT, &sheets, "SỐ", "số tờ, khi không ghi tờ số ở từng văn bản"},
        {"due", 0, VT_OPT_DATE, &act.due, "NGÀY",
         "hạn nộp lưu (mặc định: một năm sau; xây dựng: 3 tháng từ ngày quyết toán)"},
        {"reason", 0, VT_OPT_STRING, &act.reason, "CHỮ", "ghi chú"},
        {0}};
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("close"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    which.reference = argv[0];
    act.sheets = sheets;
    return run_act(cli, &which, &act);
}

static vt_status reopen(vt_cli *cli, int argc, char **argv) {
    return with_reason(cli, "reopen", argc, argv);
}

static vt_status lock(vt_cli *cli, int argc, char **argv) {
    return with_reason(cli, "lock", argc, argv);
}

static vt_status unlock(vt_cli *cli, int argc, char **argv) {
    return with_reason(cli, "unlock", argc, argv);
}

static vt_status extend(vt_cli *cli, int argc, char **argv) {
    return with_reason(cli, "extend", argc, argv);
}

/* -------------------------------------------------------------------- table -- */

static const vt_command ACTS[] = {
    {"dossier list", "[--year NĂM] [--due]", "Danh mục hồ sơ của năm",
     "Hồ sơ đã kết thúc mà còn 30 ngày nữa đến hạn nộp lưu, hay đã quá hạn, được nhắc ở dòng của\n"
     "nó; --due chỉ liệt kê các hồ sơ ấy. Với -o thì in danh mục theo Phụ lục V Nghị định\n"
     "30/2020/NĐ-CP.",
     vt_dossier_list},
    {"dossier open", "MÃ --title TIÊU-ĐỀ --year NĂM | --csv DANH-MỤC.csv --year NĂM",
     "Mở một hồ sơ, hoặc lập cả danh mục hồ sơ của năm",
     "MÃ là số và ký hiệu hồ sơ: 01.VP. Tệp CSV có các cột của danh mục hồ sơ (Phụ lục V Nghị\n"
     "định 30/2020/NĐ-CP): Số và ký hiệu hồ sơ; Tên đề mục và tiêu đề hồ sơ; Thời hạn bảo quản;\n"
     "Người lập hồ sơ; Ghi chú. Dòng không có mã là đề mục: “I. ...” là đề mục lớn, “1. ...” là\n"
     "đề mục nhỏ. Được cả danh mục hoặc không gì cả; cột không thuộc danh mục thì được nhắc và\n"
     "không ghi vào kho. Danh mục in ra dạng CSV thì nhập lại được cho năm sau.",
     vt_dossier_open},
    {"dossier set", "MÃ [--title ...]", "Sửa những gì ghi về một hồ sơ đang mở", NULL,
     vt_dossier_change},
    {"dossier add", "MÃ VĂN-BẢN ... [--sheets TỜ]", "Đưa văn bản của kho vào hồ sơ",
     "VĂN-BẢN viết như ở lệnh show: 152/UBND-VX, hoặc mã. Một văn bản có thể ở nhiều hồ sơ. Số\n"
     "thứ tự được cấp tự động; văn bản đã bỏ ra mà đưa vào lại thì trở về số thứ tự cũ.",
     add},
    {"dossier receive", "MÃ TỆP.pdf --sender TÁC-GIẢ --subject CHỮ [--number SỐ --date NGÀY]",
     "Nhận một văn bản đến vào hồ sơ",
     "Số đến theo thứ tự trong năm; PDF được giữ đúng từng byte như khi nhận, chữ trong đó tìm\n"
     "được bằng dossier received. Cùng tác giả, số và ngày mà nhận lần nữa thì phải nói vì sao; "
     "đúng\n"
     "tệp ấy mà ghi khác thì được nhắc.",
     vt_dossier_receive},
    {"dossier received", "[TỪ-KHÓA ...] [--year NĂM] [--close | --volume SỐ | --volumes] [-o TỆP]",
     "Tìm văn bản đến, theo số đến; khoá sổ văn bản đến thành quyển",
     "Không phân biệt có dấu hay không; tìm trong tác giả, số, tên loại, trích yếu, người ký và\n"
     "chữ của PDF. Với -o thì in sổ đăng ký văn bản đến (Phụ lục IV Nghị định 30/2020/NĐ-CP).\n"
     "Với --close thì các số chưa khoá của năm thành quyển kế tiếp, giữ mã băm; in và khoá cùng\n"
     "lúc: không in được thì không khoá. --volume in lại một quyển đã khoá.",
     vt_dossier_arrived},
    {"dossier remove", "MÃ SỐ-THỨ-TỰ --reason LÝ-DO", "Bỏ một văn bản ra khỏi hồ sơ",
     "Dòng của nó vẫn còn với lý do; số thứ tự ấy không cấp cho văn bản khác.", take_out},
    {"dossier show", "MÃ [-o TỆP]", "Xem một hồ sơ, các văn bản trong đó và các việc đã làm",
     "Với -o thì in mục lục văn bản, tài liệu trong hồ sơ (Phụ lục V Nghị định 30/2020/NĐ-CP).",
     vt_dossier_show},
    {"dossier close", "MÃ [--date NGÀY] [--sheets SỐ]", "Kết thúc hồ sơ",
     "Số trang, số tờ được đếm, hạn nộp lưu được tính (Điều 30: một năm; bảo quản dưới 5 năm thì\n"
     "không phải nộp), mục lục được giữ mã băm. Từ đó hồ sơ không thay đổi nữa, trừ khi mở lại.",
     close_it},
    {"dossier reopen", "MÃ --reason LÝ-DO", "Mở lại một hồ sơ đã kết thúc", NULL, reopen},
    {"dossier lock", "MÃ --reason LÝ-DO", "Khoá hồ sơ: không gì của nó thay đổi được",
     "Hồ sơ đang khoá không nhận, không bỏ văn bản, không giao nộp, không huỷ được.", lock},
    {"dossier unlock", "MÃ --reason LÝ-DO", "Mở khoá hồ sơ", NULL, unlock},
    {"dossier extend", "MÃ --due NGÀY --reason LÝ-DO", "Gia hạn nộp lưu",
     "Đơn vị giữ lại hồ sơ không quá 2 năm và phải được đồng ý bằng văn bản (Điều 30): ghi văn\n"
     "bản ấy vào lý do.",
     extend},
    {"dossier hand-over", "MÃ ... --giver BÊN-GIAO --taker BÊN-NHẬN",
     "Giao nộp hồ sơ vào lưu trữ cơ quan",
     "Được mọi hồ sơ kể ra hoặc không hồ sơ nào. Biên bản giao nhận (-o) và mục lục hồ sơ nộp lưu\n"
     "(--inventory) in theo Phụ lục V Nghị định 30/2020/NĐ-CP.",
     vt_dossier_transfer},
    {"dossier record", "MÃ | MÃ-LẦN-GIAO [-o TỆP]", "Xem, in lại biên bản giao nhận", NULL,
     vt_dossier_record},
    {"dossier inventory", "MÃ | MÃ-LẦN-GIAO [-o TỆP]", "Xem, in lại mục lục hồ sơ nộp lưu", NULL,
     vt_dossier_inventory},
    {"dossier export", "MÃ -o THƯ-MỤC | -o TỆP.zip", "Xuất cả hồ sơ ra một thư mục hay một tệp ZIP",
     "Văn bản ra PDF và XML theo thứ tự thời gian (phụ lục là tệp riêng thì ra cùng), mục lục\n"
     "(muc-luc.pdf), dữ liệu đặc tả (ho-so.xml, tên trường theo Phụ lục VI) và mã băm của mọi tệp\n"
     "(manifest.txt, kiểm bằng sha256sum -c). Văn bản đã bỏ ra thì không xuất. Thư mục hay\n"
     "tệp ZIP chỉ mang tên ấy khi đã đủ; nơi đã có thì không bị ghi đè.",
     vt_dossier_export},
    {"dossier dispose", "MÃ ... --decision QUYẾT-ĐỊNH --reason LÝ-DO",
     "Ghi việc huỷ hồ sơ hết thời hạn bảo quản theo quyết định",
     "Hồ sơ bảo quản vĩnh viễn hay còn thời hạn (tính từ năm công việc kết thúc) thì kho từ chối.\n"
     "Lệnh này ghi việc huỷ tài liệu; văn bản đã ban hành và tệp của chúng vẫn nằm trong kho.",
     vt_dossier_dispose},
};

const vt_command *vt_dossier_command(const char *act) {
    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++)
        if (strcmp(ACTS[i].name + strlen("dossier "), act) == 0)
            return &ACTS[i];
    return NULL;
}

static vt_status overview(vt_cli *cli) {
    const vt_command *whole = vt_cli_command("dossier");
    vt_buf page;

    vt_buf_init(&page, (size_t)1 << 16);
    vt_buf_printf(&page, "Cách dùng: vanthu dossier %s\n\n%s.\n\n%s\n\nViệc:\n", whole->usage,
                  whole->summary, whole->details);
    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++)
        vt_buf_printf(&page, "  %-10s %s\n", ACTS[i].name + strlen("dossier "), ACTS[i].summary);
    vt_buf_puts(&page, "\nXem từng việc: vanthu dossier VIỆC --help\n");
    vt_cli_page(cli, "help", &page);
    vt_buf_free(&page);
    return VT_OK;
}

vt_status vt_cmd_dossier(vt_cli *cli, int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "list";
    const vt_command *act = vt_dossier_command(name);

    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return overview(cli);
    if (!act && *name == '-')
        return vt_dossier_list(cli, argc, argv);
    if (!act)
        return vt_bad(cli->list, "CLI-17", (vt_place){0}, "Xem các việc: vanthu dossier --help.",
                      "Không có việc “%s” với hồ sơ.", name);
    return act->run(cli, argc > 1 ? argc - 1 : argc, argc > 1 ? argv + 1 : argv);
}
