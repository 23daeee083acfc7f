/* cli/main.c - the table of commands and the one place that ends the program. */

#include "cli/cli.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static const vt_command COMMANDS[] = {
    {"render", "VĂN-BẢN.xml [-o TỆP.{pdf,html,svg}] [--date NGÀY] [--number SỐ]",
     "Dàn trang một văn bản thành PDF, hoặc để xem trên màn hình",
     "Số và ngày chưa cho thì để trống đúng chỗ luật định. Lỗi thể thức vẫn được báo\n"
     "nhưng không ngăn việc dàn trang; lệnh issue thì dừng lại ở lỗi.\n"
     "Đuôi của TỆP nói làm gì:\n"
     "  .pdf   văn bản để in, ký, gửi đi\n"
     "  .html  mọi trang để xem bằng trình duyệt trên máy hay điện thoại; tìm và chép chữ được\n"
     "  .svg   một trang để xem, chọn bằng --page\n"
     "Trang để xem đúng như trang PDF; văn bản điện tử có thêm khung nét đứt ở chỗ sẽ có số,\n"
     "ngày, chữ ký, dấu.",
     vt_cmd_render},
    {"check", "VĂN-BẢN.xml | --list | --explain MÃ",
     "Kiểm tra thể thức, chỉ rõ chỗ sai và cách sửa", NULL, vt_cmd_check},
    {"import", "BẢN-NHÁP.txt [-o VĂN-BẢN.xml]",
     "Đưa bản nháp chữ thuần (gõ, dán, quét) thành văn bản XML",
     "Nhận ra phần đầu, trích yếu, Kính gửi, căn cứ, điều khoản, bảng, Nơi nhận, chữ ký, phụ lục.\n"
     "Mã UTF-8, UTF-16, VNI, TCVN3 đều đọc được; dấu Markdown (**, ##) được hiểu và bỏ đi.\n"
     "Không thêm, không bớt chữ nào: chỗ chưa chắc được báo theo dòng của bản nháp để đọc lại.\n"
     "Một bản nháp có nhiều văn bản (công văn và tài liệu gửi kèm) thành VĂN-BẢN-1.xml,\n"
     "VĂN-BẢN-2.xml ...",
     vt_cmd_import},
    {"merge", "MẪU DỮ-LIỆU.{csv,xlsx,json,xml} -o THƯ-MỤC [--issue]",
     "Trộn dữ liệu vào mẫu: mỗi bản ghi thành một văn bản",
     "MẪU là tệp mẫu, hoặc tên mẫu có sẵn: state/ (nhà nước), party/ (Đảng) hay youth/ (Đoàn)\n"
     "và loại văn bản, như state/giay-moi; gõ một tên không có thì được kể các tên có.\n"
     "Bản ghi hỏng được báo và bỏ qua; các bản ghi khác vẫn thành văn bản.\n"
     "Với --issue, mỗi nội dung chỉ được cấp số một lần: chạy lại thì bản ghi đã có số giữ số\n"
     "và ngày cũ, chỉ bản ghi mới hay đã sửa được cấp số tiếp theo. Hai bản ghi giống hệt nhau\n"
     "trong một tệp là hai văn bản.",
     vt_cmd_merge},
    {"init", "", "Lập kho văn bản mới",
     "Kho là một thư mục: sổ (records.db) và các tệp đã ban hành (files/). Đặt nó trên ổ đĩa\n"
     "của chính máy này, không trên thư mục mạng.\n"
     "Nhiều máy hay nhiều cơ quan dùng chung thì lập kho trên máy chủ PostgreSQL:\n"
     "--records postgresql://NGƯỜI-DÙNG@MÁY/CƠ-SỞ-DỮ-LIỆU?schema=TÊN.",
     vt_cmd_init},
    {"issue", "VĂN-BẢN.xml [-o TỆP.pdf] [--date NGÀY]",
     "Cấp số, làm PDF và lưu cả hai vào kho, trong một lần",
     "Được tất cả hoặc không gì cả, kể cả khi mất điện giữa chừng. Văn bản đã cấp số thì\n"
     "không cấp lại: lệnh cho biết số đã cấp. Lỗi thể thức ngăn việc cấp số.",
     vt_cmd_issue},
    {"search", "[TỪ-KHÓA ...] [--facets] [-o TỆP]", "Tìm văn bản đã ban hành, mới nhất trước",
     "Gõ không dấu thì tìm mọi cách viết, gõ có dấu thì tìm đúng dấu. \"nhiều từ\" là một cụm,\n"
     "từ* là phần đầu của từ, -từ là không có từ ấy (câu tìm bắt đầu bằng dấu trừ thì đặt sau\n"
     "--). Số viết như trên văn bản: 152/UBND-VX. Chữ tìm thấy in đậm, hoặc nằm trong «».\n"
     "--facets đếm kết quả theo loại, sổ, năm ...; nhiều quá bốn nghìn thì phần cũ là ước lượng.\n"
     "-o ghi danh sách ra PDF, CSV hoặc XLSX. --save lưu câu tìm cùng điều kiện, của riêng người\n"
     "lưu; --saved tìm lại.",
     vt_cmd_search},
    {"show", "MÃ-HOẶC-SỐ [--year NĂM]", "Xem một văn bản trong kho và các việc đã làm với nó",
     "SỐ viết như trên văn bản: 152/UBND-VX. MÃ là mã của văn bản trong kho, search in ra ở cuối\n"
     "mỗi kết quả; dùng nó khi nhiều văn bản trùng số.",
     vt_cmd_show},
    {"series", "[VIỆC [TÊN]]", "Xem và quyết định các sổ cấp số",
     "Không kể việc gì: liệt kê các sổ với số cuối, ngày cuối, số đang giữ.\n"
     "  issuer VĂN-BẢN.xml  ghi cơ quan của văn bản vào kho khi chưa cấp số nào, để đặt sổ trước\n"
     "  set SỔ      đặt sổ: --types LOẠI,... --period KỲ [--secret] [--suffixes]\n"
     "  share TÊN   --issuer CƠ-QUAN dùng chung sổ của TÊN (các cơ quan của một đại hội)\n"
     "  open SỔ     mở sổ từ số --first cho kỳ có ngày --date; hoặc mở lại sổ đã khoá\n"
     "  close SỔ/KỲ khoá sổ: --reason LÝ-DO\n"
     "  carry       --date NGÀY: khoá mọi sổ hết kỳ trước ngày ấy, mở sổ kế tiếp\n"
     "  term TÊN    khai nhiệm kỳ (--from, --to), hoặc kỳ đại hội (--congress)",
     vt_cmd_series},
    {"reserve", "[SỔ --for AI --reason LÝ-DO [--until NGÀY]]",
     "Giữ chỗ một hay nhiều số; xem các số đang giữ",
     "Số giữ chỗ nằm trong sổ với tên người giữ, hạn và lý do; dùng nó bằng issue --number.\n"
     "Giữ lại một số đang giữ là gia hạn. Không kể sổ nào: liệt kê các số đang giữ, số quá hạn\n"
     "giữ đứng trước, rồi theo hạn; -o ghi ra PDF, CSV hoặc XLSX.",
     vt_cmd_reserve},
    {"void", "SỔ SỐ --reason LÝ-DO", "Huỷ một số đang giữ, hoặc bỏ qua số kế tiếp",
     "Số đã huỷ vẫn nằm trong sổ với lý do và người huỷ, không bao giờ cấp nữa.", vt_cmd_void},
    {"recall", "MÃ-HOẶC-SỐ --reason LÝ-DO [--by VĂN-BẢN]", "Thu hồi một văn bản đã ban hành",
     "Văn bản vẫn nằm trong kho với số của nó; sổ ghi là đã thu hồi, vì sao và bằng văn bản nào.",
     vt_cmd_recall},
    {"replace", "MÃ-HOẶC-SỐ --by VĂN-BẢN --reason LÝ-DO", "Ghi rằng một văn bản đã bị thay thế",
     NULL, vt_cmd_replace},
    {"correct", "MÃ-HOẶC-SỐ --by CÔNG-VĂN --reason LÝ-DO", "Ghi rằng một văn bản được đính chính",
     "Sai về thể thức, kỹ thuật trình bày, thủ tục thì đính chính bằng công văn; văn bản vẫn có\n"
     "hiệu lực (Điều 18.3).",
     vt_cmd_correct},
    {"step", "MÃ-HOẶC-SỐ VIỆC", "Ghi một bước trong đời của văn bản",
     "VIỆC là submit (trình), withdraw (rút), return (trả lại), sign (ký), seal (đóng dấu),\n"
     "release (phát hành), archive (lưu trữ). Bước không được phép thì kho từ chối và nói rõ lúc\n"
     "này làm được gì.",
     vt_cmd_step},
    {"draft", "[VĂN-BẢN.xml]", "Đưa một dự thảo vào kho trước khi ký",
     "Không kể văn bản nào: liệt kê các văn bản chưa có số. Các bước tiếp theo: step MÃ submit\n"
     "(trình), sign (ký), rồi issue chính tệp ấy để cấp số (hoặc step MÃ return để trả lại: bản\n"
     "sửa lại là một dự thảo mới), step MÃ seal (đóng dấu), release (phát hành).",
     vt_cmd_draft},
    {"user", "[VIỆC ...]", "Người dùng, vai trò, những việc một người không làm cả hai",
     "Không kể việc gì: liệt kê người dùng, vai trò, và kho có hỏi quyền không.\n"
     "  set NGƯỜI        thêm hay đổi một người (os:huong là người dùng huong của máy này)\n"
     "  roles on|off     hỏi quyền ở mỗi bước của văn bản, hoặc thôi; chỉ lãnh đạo (head) bật, "
     "tắt\n"
     "  separate A B     một người không làm cả việc A lẫn việc B trên một văn bản\n"
     "  join A B         bỏ quy tắc ấy\n"
     "Trên dòng lệnh, người làm là người dùng của hệ điều hành: ai đổi được người dùng ấy, hay "
     "sửa\n"
     "được tệp của kho, thì đổi được cả quyền; nhật ký và fsck cho thấy điều đó.",
     vt_cmd_user},
    {"dossier", "VIỆC [MÃ ...]", "Lập hồ sơ: danh mục, văn bản trong hồ sơ, nộp lưu",
     "Hồ sơ nằm trong danh mục của một năm với số và ký hiệu (01.VP), tiêu đề, thời hạn bảo quản,\n"
     "người lập. Mọi việc được ghi lại; việc không được phép thì kho từ chối và nói vì sao. MÃ là\n"
     "số và ký hiệu hồ sơ, thêm năm khi nhiều năm trùng mã: 01.VP/2026.",
     vt_cmd_dossier},
    {"stats", "[--year NĂM] [--by MỤC,...] [-o TỆP]", "Thống kê văn bản đã ban hành",
     "Theo loại, đơn vị soạn thảo (ghi sau VT ở dòng Lưu), cơ quan, người ký, tháng, sổ, thời "
     "gian\n"
     "phát hành (trong ngày ký hoặc ngày làm việc tiếp theo là đúng hạn: Điều 18; ngày lễ chưa\n"
     "được trừ), hạn trả lời. Không nói năm thì tính mọi văn bản của kho.",
     vt_cmd_stats},
    {"fsck", "[--repair [--from THƯ-MỤC]]", "Kiểm xem sổ và tệp có khớp nhau không",
     "Kể tên từng chỗ sai; --repair chỉ phục hồi điều mã băm chứng minh được: tệp lấy từ một bản\n"
     "sao của kho, và chỉ mục tìm kiếm. Kho chỉ cho đọc (DVD, máy chủ dự phòng) vẫn kiểm được.",
     vt_cmd_fsck},
    {"audit", "[verify|head|export]", "Kiểm nhật ký, lấy mã băm cuối, xuất nhật ký",
     "verify tìm dòng bị sửa, bỏ hay đổi chỗ và nói ở đâu. Ai giữ tệp của kho có thể viết lại cả\n"
     "nhật ký: hãy giữ mã băm cuối (head) hoặc bản xuất ở nơi khác, rồi verify --against.",
     vt_cmd_audit},
    {"import-register", "SỔ-CŨ.{xlsx,csv} [--files THƯ-MỤC] [--dry-run]",
     "Nhập sổ đăng ký cũ và các PDF của nó vào kho",
     "Cột được nhận ra theo tiêu đề: Số, ký hiệu; Ngày, tháng; Tên loại và trích yếu nội dung;\n"
     "Người ký; Nơi nhận; Ghi chú. Được cả sổ hoặc không gì cả; --dry-run kể trước mọi chỗ vướng\n"
     "theo dòng: trùng số, ngày đi lùi, thiếu số, loại lạ, thiếu PDF.",
     vt_cmd_past},
    {"backup", "-o THƯ-MỤC [--keep SỐ]", "Sao lưu kho trong lúc mọi người vẫn làm việc",
     "Mỗi bản sao lưu là một thư mục vanthu-NGÀY-GIỜ trong THƯ-MỤC, chỉ mang tên ấy sau khi đã\n"
     "được kiểm: sổ, nhật ký và từng tệp. --keep chỉ xoá bản cũ khi bản mới đã được kiểm.",
     vt_cmd_backup},
    {"restore", "BẢN-SAO-LƯU --records THƯ-MỤC-MỚI", "Phục hồi kho từ một bản sao lưu",
     "Không ghi đè lên kho nào: được cả kho trong thư mục mới, hoặc không gì cả. --check chỉ\n"
     "đối chiếu bản sao lưu với bản kê của nó.",
     vt_cmd_restore},
    {"register", "[--series SỔ] [--year NĂM] [-o TỆP]", "In, khoá sổ đăng ký văn bản đi",
     "Sổ có bìa và mười cột theo Phụ lục IV Nghị định 30/2020/NĐ-CP: PDF để in và đóng quyển,\n"
     "XLSX, CSV. Mỗi số một dòng, kể cả số huỷ và số giữ chỗ. Không nói sổ nào thì in mọi sổ.\n"
     "Cuối sổ in mã băm của nhật ký: giữ bản giấy là giữ bằng chứng nhật ký không bị sửa.\n"
     "--close khoá các số chưa khoá thành một quyển: từ đó các dòng ấy không đổi được nữa.",
     vt_cmd_register},
    {"set", "MÃ-HOẶC-SỐ [--keywords TỪ] [--retention HẠN] [--access MỨC] [--note GHI-CHÚ]",
     "Đặt từ khoá, thời hạn lưu trữ, mức tiếp cận, ghi chú của văn bản",
     "Chỉ bốn phần ấy đổi được sau khi ban hành; mỗi lần đều ghi vào nhật ký. Để trống (\"\") là\n"
     "bỏ phần ấy. Tìm được văn bản theo từ khoá.",
     vt_cmd_set},
    {"file", "MÃ-HOẶC-SỐ [-o TỆP]", "Lấy tệp đã lưu, đúng từng byte như khi ban hành",
     "Tệp được đối chiếu với mã băm ghi lúc ban hành; không còn nguyên vẹn thì lệnh báo lỗi và\n"
     "không lấy ra. MÃ và SỐ như ở lệnh show.",
     vt_cmd_file},
};

const vt_command *vt_cli_command(const char *name) {
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            return &COMMANDS[i];
    return NULL;
}

static void list_commands(vt_buf *to) {
    vt_buf_puts(to, "vanthu " VT_VERSION
                    ": soạn, cấp số, lưu và tìm văn bản hành chính đúng thể thức\n\n"
                    "Cách dùng: vanthu LỆNH [THAM-SỐ ...]\n\nLệnh:\n");
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        vt_buf_printf(to, "  %-9s %s\n", COMMANDS[i].name, COMMANDS[i].summary);
    vt_buf_puts(to, "\nXem từng lệnh: vanthu LỆNH --help\n");
}

/* Findings go to stderr for people; with --json everything is one object on
   stdout, so that a program reads one thing. */
static vt_status finish(vt_cli *cli, vt_status st) {
    if (cli->json) {
        json_t *all = cli->result ? cli->result : json_object();
        cli->result = NULL;
        json_object_set_new(all, "findings", vt_cli_findings_json(cli->list));
        json_object_set_new(all, "status", json_integer(st));
        if (!vt_cli_put_json(all, stdout))
            st = VT_FAIL;
        putchar('\n');
        json_decref(all);
    } else {
        fflush(stdout);
        vt_cli_print_findings(cli, stderr);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("vanthu: không ghi được kết quả ra thiết bị ra chuẩn\n", stderr);
        st = VT_FAIL;
    }
    return st;
}

static void defaults(vt_cli *cli) {
    cli->data = getenv("VANTHU_DATA");
    cli->local = getenv("VANTHU_LOCAL");
    cli->fonts = getenv("VANTHU_FONTS");
    cli->records = getenv("VANTHU_RECORDS");
    if (!cli->records || !*cli->records)
        cli->records = "./vanthu-records";
}

/* Known before the options are read, so that their misuse is told as JSON too. */
static bool wants_json(int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            return true;
    return false;
}

/* What stands where a command should: help, the version, or a mistake. */
static vt_status no_command(vt_cli *cli, const char *name) {
    vt_buf text;
    vt_status st = VT_OK;
    vt_buf_init(&text, (size_t)1 << 16);
    if (strcmp(name, "--version") == 0)
        vt_buf_puts(&text, "vanthu " VT_VERSION "\n");
    else
        list_commands(&text);
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
        strcmp(name, "--version") == 0)
        vt_cli_page(cli, *name == '-' && name[2] == 'v' ? "version" : "help", &text);
    else if (!*name || strcmp(name, "--json") == 0)
        st = vt_bad(cli->list, "CLI-17", (vt_place){0}, "Xem các lệnh: vanthu --help.",
                    "Chưa nói làm việc gì: tham số đầu tiên phải là một lệnh.");
    else
        st = vt_bad(cli->list, "CLI-17", (vt_place){0}, "Xem các lệnh: vanthu --help.",
                    "Không có lệnh “%s”.", name);
    vt_buf_free(&text);
    return st;
}

/* What a command holds until the process ends is not given back piece by piece. */
static vt_status run(const vt_command *command, const char *name, int argc, char **argv) {
    static vt_cli cli;
    cli = (vt_cli){.list = vt_findings_new(),
                   .arena = vt_arena_new((size_t)1 << 30),
                   .json = wants_json(argc, argv)};
    defaults(&cli);
    if (cli.list && cli.arena)
        return finish(&cli, command ? command->run(&cli, argc, argv) : no_command(&cli, name));
    fputs("vanthu: hết bộ nhớ\n", stderr);
    return VT_FAIL;
}

/* A command lives for some milliseconds: memory is asked for in larger steps and
   what is freed is kept for the next request. */
static void keep_memory(void) {
#ifdef __GLIBC__
    mallopt(M_TOP_PAD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

int main(int argc, char **argv) {
    keep_memory();
    const char *name = argc > 1 ? argv[1] : "";
    const vt_command *command = vt_cli_command(name);
    int skip = command ? 1 : 0;
    return (int)run(command, name, argc - skip, argv + skip);
}
