/* cli/pipeline.c - the one way from a document tree to a PDF. */

#include "cli/cli.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static bool is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The installation's data stand above the build folder, or in share/vanthu
   beside the bin folder the program was installed into. */
static const char *find_data(vt_cli *cli) {
    static const char *const places[] = {"..", "../..", "../share/vanthu"};
    char exe[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n <= 0)
        return NULL;
    exe[n] = 0;
    const char *folder = vt_path_folder(cli->arena, exe);
    for (size_t i = 0; folder && i < sizeof places / sizeof *places; i++) {
        char *rules = vt_printf(cli->arena, "%s/%s/templates/rules", folder, places[i]);
        if (rules && is_folder(rules))
            return vt_printf(cli->arena, "%s/%s", folder, places[i]);
    }
    return NULL;
}

vt_status vt_cli_engine(vt_cli *cli) {
    if (cli->engine)
        return VT_OK;
    if (!cli->data)
        cli->data = find_data(cli);
    if (!cli->data)
        return vt_fail(cli->list, "CLI-02", (vt_place){0},
                       "Cài lại chương trình, hoặc chỉ rõ: --data THƯ-MỤC.",
                       "Không tìm thấy thư mục templates/ của bản cài đặt.");
    if (cli->local && !is_folder(cli->local))
        return vt_bad(cli->list, "CLI-21", (vt_place){.file = cli->local},
                      "Kiểm tra lại đường dẫn của --local (hay $VANTHU_LOCAL), hoặc bỏ đi.",
                      "Không có thư mục quy tắc và mẫu riêng này.");
    vt_engine_options options = {.data = cli->data, .local = cli->local, .fonts = cli->fonts};
    return vt_engine_open(&options, cli->list, &cli->engine);
}

/* Errors the checker found are the person's to mend: a final document stops at
   them, a draft is made all the same and shows them. */
static vt_status check(vt_cli *cli, const vt_pack *pack, const vt_doc *doc, bool draft) {
    vt_status st = vt_check(cli->engine, pack, doc, cli->list);
    return st == VT_BAD && draft ? VT_OK : st;
}

static vt_status draw(vt_cli *cli, const vt_pack *pack, const vt_doc *doc, const vt_layout *layout,
                      const vt_make *make, vt_buf *out) {
    const vt_paint_options paint = {.pdfa_part = make->pdfa_part, .no_source = make->no_source};

    switch (make->kind) {
    case VT_KIND_SVG:
        return vt_preview_svg(cli->engine, layout, (size_t)make->page - 1, out, cli->list);
    case VT_KIND_HTML:
        return vt_preview_html(cli->engine, layout, out, cli->list);
    default:
        return vt_paint(cli->engine, pack, doc, layout, &paint, out, cli->list);
    }
}

vt_status vt_cli_make(vt_cli *cli, const vt_doc *doc, const vt_make *make, vt_arena *arena,
                      vt_buf *out, vt_made *made) {
    const vt_pack *pack = NULL;
    vt_layout *layout = NULL;
    const vt_compose_options how = {.electronic = make->electronic,
                                    .draft = make->draft,
                                    .two_sided = make->two_sided,
                                    .part = make->part};
    vt_buf_clear(out);
    vt_status st = vt_pack_choose(cli->engine, doc, cli->list, &pack);
    if (!st && make->part <= 0) /* the main part comes first and is checked for all */
        st = check(cli, pack, doc, make->draft);
    if (!st)
        st = vt_compose(cli->engine, pack, doc, &how, arena, cli->list, &layout);
    if (!st)
        st = draw(cli, pack, doc, layout, make, out);
    if (!st && made)
        *made = (vt_made){.pages = vt_layout_pages(layout), .pack = pack};
    return st;
}

vt_status vt_cli_medium(vt_cli *cli, const char *word, vt_make *make) {
    make->electronic = word && strcmp(word, "electronic") == 0;
    if (make->electronic && make->two_sided)
        return vt_bad(cli->list, "CLI-03", (vt_place){0}, "Bỏ --two-sided hoặc --for electronic.",
                      "Văn bản điện tử không có mặt sau.");
    if (!word || make->electronic || strcmp(word, "paper") == 0)
        return VT_OK;
    return vt_bad(cli->list, "CLI-03", (vt_place){0}, "Dùng --for paper hoặc --for electronic.",
                  "Tùy chọn --for không nhận giá trị “%s”.", word);
}

const char *vt_cli_part_path(vt_cli *cli, const char *main, size_t n) {
    const size_t len = strlen(main),
                 end = len > 4 && strcasecmp(main + len - 4, ".pdf") == 0 ? 4 : 0;

    return vt_printf(cli->arena, "%.*s-kem-theo-%zu.pdf", (int)(len - end), main, n);
}

vt_status vt_cli_annexes(vt_cli *cli, const char *word, vt_make *make) {
    if (word && strcmp(word, "separate") != 0 && strcmp(word, "together") != 0)
        return vt_bad(cli->list, "XEM-05", (vt_place){0},
                      "Dùng --annexes together hoặc --annexes separate.",
                      "Tùy chọn --annexes không nhận giá trị “%s”.", word);
    make->part = word && *word == 's' ? VT_MAIN_PART : 0;
    if (make->part && !(make->electronic && make->kind == VT_KIND_PDF))
        return vt_bad(cli->list, "XEM-06", (vt_place){0},
                      "Thêm --for electronic và -o TỆP.pdf, hoặc bỏ --annexes separate.",
                      "Phụ lục chỉ thành tệp riêng khi làm PDF của văn bản điện tử.");
    return VT_OK;
}

vt_status vt_cli_profile(vt_cli *cli, const char *word, vt_make *make) {
    make->pdfa_part = word && strcmp(word, "2a") == 0 ? 2 : 3;
    if (!word || make->pdfa_part == 2 || strcmp(word, "3a") == 0)
        return VT_OK;
    return vt_bad(cli->list, "CLI-04", (vt_place){0}, "Dùng --profile 3a hoặc --profile 2a.",
                  "Tùy chọn --profile không nhận giá trị “%s”.", word);
}
