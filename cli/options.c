/* cli/options.c - options of a command, and its help page, from one table. */

#include "cli/cli.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPTS = 40, FIRST_LONG = 1000, HELP_COLUMN = 26 };

/* The common options stand behind the command's own in one table. */
static int gather(vt_cli *cli, const vt_opt *own, bool *help, vt_opt *all) {
    int n = 0;
    for (; own && own->name; own++)
        all[n++] = *own;
    const vt_opt common[] = {
        {"records", 0, VT_OPT_STRING, &cli->records, "THƯ-MỤC",
         "kho văn bản: thư mục, hoặc postgresql://... (mặc định: $VANTHU_RECORDS, rồi "
         "./vanthu-records)"},
        {"data", 0, VT_OPT_STRING, &cli->data, "THƯ-MỤC", "nơi đặt templates/ của bản cài đặt"},
        {"local", 0, VT_OPT_STRING, &cli->local, "THƯ-MỤC", "quy tắc và mẫu riêng của cơ quan"},
        {"fonts", 0, VT_OPT_STRING, &cli->fonts, "THƯ-MỤC", "bốn kiểu chữ của cơ quan"},
        {"json", 0, VT_OPT_FLAG, &cli->json, NULL, "kết quả dạng JSON"},
        {"quiet", 'q', VT_OPT_FLAG, &cli->quiet, NULL, "chỉ in lỗi"},
        {"help", 'h', VT_OPT_FLAG, help, NULL, "in trang này"},
    };
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        all[n++] = common[i];
    return n;
}

static void print_help(vt_cli *cli, const vt_command *command, const vt_opt *all, int n) {
    vt_buf page;
    vt_buf_init(&page, (size_t)1 << 16);
    vt_buf_printf(&page, "Cách dùng: vanthu %s%s%s\n\n%s.\n", command->name,
                  *command->usage ? " " : "", command->usage, command->summary);
    if (command->details)
        vt_buf_printf(&page, "\n%s\n", command->details);
    vt_buf_puts(&page, "\nTùy chọn:\n");
    for (int i = 0; i < n; i++) {
        char letter[] = {'-', all[i].letter, ',', 0};
        char left[96];
        snprintf(left, sizeof left, "%3s --%s%s%s", all[i].letter ? letter : "", all[i].name,
                 all[i].arg ? " " : "", all[i].arg ? all[i].arg : "");
        int wide = 0; /* in characters, not bytes: argument names are Vietnamese */
        for (const char *s = left; *s; s++)
            wide += (*s & 0xC0) != 0x80;
        vt_buf_printf(&page, "  %s%*s%s\n", left, wide < HELP_COLUMN ? HELP_COLUMN - wide : 1, "",
                      all[i].help);
    }
    vt_cli_page(cli, "help", &page);
    vt_buf_free(&page);
}

static vt_status misuse(vt_cli *cli, const vt_command *command, const char *what,
                        const char *which) {
    char remedy[400];
    snprintf(remedy, sizeof remedy, "Cách dùng: vanthu %s%s%s; xem thêm: vanthu %s --help.",
             command->name, *command->usage ? " " : "", command->usage, command->name);
    return vt_bad(cli->list, "CLI-01", (vt_place){0}, remedy, "%s%s%s%s.", what, which ? ": “" : "",
                  which ? which : "", which ? "”" : "");
}

static bool parse_int(const char *s, int *out) {
    char *end;
    errno = 0;
    long v = strtol(s, &end, 10);
    if (errno || end == s || *end || v < INT_MIN || v > INT_MAX)
        return false;
    *out = (int)v;
    return true;
}

static vt_status store(vt_cli *cli, const vt_command *command, const vt_opt *opt, const char *arg) {
    switch (opt->kind) {
    case VT_OPT_FLAG:
        *(bool *)opt->value = true;
        break;
    case VT_OPT_STRING:
        *(const char **)opt->value = arg;
        break;
    case VT_OPT_INT:
        if (!parse_int(arg, opt->value))
            return misuse(cli, command,
                          vt_printf(cli->arena, "Giá trị của --%s phải là số nguyên", opt->name),
                          arg);
        break;
    case VT_OPT_DATE:
        if (!*arg || !vt_date_parse(arg, opt->value))
            return misuse(cli, command, "Ngày phải có thật và viết dạng 2026-03-27", arg);
        break;
    }
    return VT_OK;
}

static int letters(const vt_opt *all, int n, char *out, struct option *longs) {
    int at = 0;
    out[at++] = ':'; /* a missing value is told apart from an unknown option */
    for (int i = 0; i < n; i++) {
        bool takes = all[i].kind != VT_OPT_FLAG;
        longs[i] = (struct option){all[i].name, takes, NULL, FIRST_LONG + i};
        if (!all[i].letter)
            continue;
        out[at++] = all[i].letter;
        if (takes)
            out[at++] = ':';
    }
    out[at] = 0;
    longs[n] = (struct option){0};
    return at;
}

/* getopt leaves the letter in optopt: "-zq" is named by its "-z". */
static vt_status unknown(vt_cli *cli, const vt_command *command, const char *arg) {
    char letter[] = {'-', (char)optopt, 0};
    if (optopt > ' ' && optopt < 0x7F)
        arg = letter;
    return misuse(cli, command, "Không có tùy chọn này, hoặc nó không nhận giá trị", arg);
}

vt_status vt_cli_options(vt_cli *cli, const vt_command *command, const vt_opt *opts, int argc,
                         char **argv, int least, int most, int *operands, bool *done) {
    bool help = false;
    vt_opt all[MAX_OPTS];
    struct option longs[MAX_OPTS + 1];
    char shorts[2 * MAX_OPTS + 2];
    int n = gather(cli, opts, &help, all);
    letters(all, n, shorts, longs);
    optind = 1;
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        const vt_opt *opt = NULL;
        for (int i = 0; i < n && !opt; i++)
            if (c == FIRST_LONG + i || (all[i].letter && c == all[i].letter))
                opt = &all[i];
        if (c == ':')
            return misuse(cli, command, "Thiếu giá trị cho tùy chọn", argv[optind - 1]);
        if (!opt)
            return unknown(cli, command, argv[optind - 1]);
        vt_status st = store(cli, command, opt, optarg);
        if (st)
            return st;
    }
    *done = help;
    if (help) {
        print_help(cli, command, all, n);
        return VT_OK;
    }
    *operands = argc - optind;
    if (*operands < least)
        return misuse(cli, command, "Thiếu tham số", NULL);
    if (*operands > most)
        return misuse(cli, command, "Thừa tham số", argv[optind + most]);
    memmove(argv, argv + optind, (size_t)*operands * sizeof *argv);
    return VT_OK;
}

vt_status vt_cli_typed(vt_cli *cli, const char *what, size_t most, const char **text) {
    return *text ? vt_text_typed(cli->arena, "KHO-15", what, most, text, cli->list) : VT_OK;
}
