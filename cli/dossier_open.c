/* cli/dossier_open.c - dossiers entered one by one, or the list of a year from a CSV file. */

#include "cli/dossier.h"

#include <ctype.h>
#include <string.h>

enum { LIST_BYTES = 16 << 20 };

/* ------------------------------------------------------------------ columns -- */

typedef enum column {
    CODE,
    NAME,
    TITLE,
    HEADING,
    SUBHEADING,
    RETENTION,
    KEEPER,
    NOTE,
    COLUMNS
} column;

/* Headers as PL V and offices write them, folded, signs left out. */
static const struct header {
    const char *words;
    column column;
} HEADERS[] = {{"so va ky hieu ho so", CODE},
               {"so ky hieu ho so", CODE},
               {"so ky hieu", CODE},
               {"ma ho so", CODE},
               {"ten de muc va tieu de ho so", NAME},
               {"tieu de ho so", TITLE},
               {"tieu de", TITLE},
               {"de muc", HEADING},
               {"de muc lon", HEADING},
               {"de muc nho", SUBHEADING},
               {"thoi han bao quan", RETENTION},
               {"nguoi lap ho so", KEEPER},
               {"don vi nguoi lap ho so", KEEPER},
               {"nguoi lap", KEEPER},
               {"ghi chu", NOTE}};

/* Letters and digits, runs of anything else as one space. */
static const char *plain(vt_arena *arena, const char *text) {
    char *folded = vt_text_fold(arena, text), *to = folded;

    for (const char *s = folded; s && *s; s++) {
        if (isalnum((unsigned char)*s))
            *to++ = *s;
        else if (to > folded && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to > folded && to[-1] == ' ')
        to--;
    if (to)
        *to = '\0';
    return folded ? folded : "";
}

static int column_of(vt_arena *arena, const char *header) {
    const char *words = plain(arena, header);

    for (size_t i = 0; i < sizeof HEADERS / sizeof *HEADERS; i++)
        if (strcmp(HEADERS[i].words, words) == 0)
            return (int)HEADERS[i].column;
    return -1;
}

/* --------------------------------------------------------------------- rows -- */

/* The list being read: headings stand until the next one. */
typedef struct reading {
    vt_cli *cli;
    vt_records *records;
    const char *file;
    int year;
    const char *issuer, *heading, *subheading;
    const char *told; /* headers that are not read, each between line ends */
    size_t opened;
} reading;

/* "I. VĂN PHÒNG": what stands behind the number; NULL: no such number. */
static const char *behind(const char *text, const char *digits) {
    size_t n = strspn(text, digits);

    if (!n || text[n] != '.')
        return NULL;
    text += n + 1;
    return text + strspn(text, " ");
}

static vt_status read_heading(reading *g, const char *name, int line) {
    const char *big = behind(name, "IVXLC"), *small = behind(name, "0123456789");

    if (big) {
        g->heading = big;
        g->subheading = "";
    } else if (small) {
        g->subheading = small;
    } else {
        return vt_bad(g->cli->list, "HS-17", (vt_place){.file = g->file, .line = line},
                      "Hồ sơ phải có số và ký hiệu; đề mục viết “I. ...” hoặc “1. ...”.",
                      "Dòng này không có số và ký hiệu hồ sơ, cũng không phải là đề mục: “%s”.",
                      name);
    }
    return VT_OK;
}

static vt_status open_row(reading *g, const char *const cell[COLUMNS], int line) {
    const vt_dossier_words words = {
        .issuer = g->issuer,
        .year = g->year,
        .code = cell[CODE],
        .title = *cell[TITLE] ? cell[TITLE] : cell[NAME],
        .heading = *cell[HEADING] ? cell[HEADING] : g->heading,
        .subheading = *cell[HEADING] || *cell[SUBHEADING] ? cell[SUBHEADING] : g->subheading,
        .retention = cell[RETENTION],
        .keeper = cell[KEEPER],
        .note = cell[NOTE]};
    vt_findings *found = vt_findings_new();
    vt_dossier d;
    vt_status st = found ? vt_records_dossier_open(g->records, &words, g->cli->arena, found, &d)
                         : vt_nomem(g->cli->list);

    for (size_t i = 0; i < vt_findings_count(found); i++) {
        vt_finding f = *vt_findings_at(found, i);

        f.place = (vt_place){.file = g->file, .line = line, .path = cell[CODE]};
        vt_find(g->cli->list, &f);
    }
    vt_findings_free(found);
    g->opened += st == VT_OK;
    return st;
}

/* Words below a header nobody reads are not kept: told once for each. */
static vt_status tell_unknown(reading *g, const vt_data *data, const char *field, int line) {
    const char *words = plain(g->cli->arena, field);
    const char *mark = vt_printf(g->cli->arena, "\n%s\n", field);

    if (!mark)
        return vt_nomem(g->cli->list);
    if (!*words || strcmp(words, "stt") == 0 || strcmp(words, "so tt") == 0 ||
        strstr(g->told, mark))
        return VT_OK;
    g->told = vt_printf(g->cli->arena, "%s%s", g->told, mark);
    return !g->told ? vt_nomem(g->cli->list)
                    : vt_warn(g->cli->list, "HS-22", (vt_place){.file = g->file, .line = line},
                              "Đổi tên cột như danh mục hồ sơ (Phụ lục V Nghị định "
                              "30/2020/NĐ-CP), hoặc xoá cột ấy.",
                              "Cột “%s” không thuộc danh mục hồ sơ: chữ trong cột ấy không được "
                              "ghi vào kho.",
                              vt_data_spelt(data, field, g->cli->arena));
}

/* "'-": so a list that was printed as CSV keeps a spreadsheet from computing. */
static const char *unguarded(const char *text) {
    return *text == '\'' && text[1] && strchr("=+-@", text[1]) ? text + 1 : text;
}

/* "(1) (2) (3)": the numbers of the columns, as PL V has them below the header. */
static bool numbers_columns(const char *const cell[COLUMNS]) {
    return strcmp(cell[CODE], "(1)") == 0 &&
           (strcmp(cell[NAME], "(2)") == 0 || strcmp(cell[TITLE], "(2)") == 0);
}

static vt_status read_row(reading *g, const vt_data *data, size_t at) {
    const char *cell[COLUMNS];
    const int line = vt_data_line(data, at);
    vt_data_field *fields;
    size_t count;
    vt_status st = vt_data_fields(data, at, g->cli->arena, g->cli->list, &fields, &count);

    for (int c = 0; c < COLUMNS; c++)
        cell[c] = "";
    for (size_t i = 0; !st && i < count; i++) {
        int c = column_of(g->cli->arena, fields[i].name);

        if (c >= 0)
            cell[c] = unguarded(fields[i].text);
        else if (!vt_blank(fields[i].text))
            st = tell_unknown(g, data, fields[i].name, line);
    }
    if (st || (!*cell[CODE] && !*cell[NAME] && !*cell[TITLE]) || numbers_columns(cell))
        return st;
    return *cell[CODE] ? open_row(g, cell, line)
                       : read_heading(g, *cell[NAME] ? cell[NAME] : cell[TITLE], line);
}

/* A part of the act that fails takes all of it back: every row is looked at before. */
static vt_status read_rows(reading *g, const vt_data *data) {
    vt_status worst = VT_OK, st = vt_records_begin(g->records, g->cli->list);

    if (st)
        return st;
    for (size_t i = 0; i < vt_data_count(data) && worst != VT_FAIL; i++) {
        st = read_row(g, data, i);
        worst = st > worst ? st : worst;
    }
    if (!worst && !g->opened)
        worst = vt_bad(g->cli->list, "HS-17", (vt_place){.file = g->file},
                       "Đặt tiêu đề cột như danh mục hồ sơ: Số và ký hiệu hồ sơ; Tên đề mục và "
                       "tiêu đề hồ sơ; Thời hạn bảo quản; Người lập hồ sơ; Ghi chú.",
                       "Không đọc được hồ sơ nào trong tệp.");
    if (!worst)
        worst = vt_records_commit(g->records, g->cli->list);
    vt_records_rollback(g->records);
    return worst;
}

static vt_status open_list(reading *g) {
    vt_cli *cli = g->cli;
    vt_data *data = NULL;
    vt_buf text;
    vt_status st;

    vt_buf_init(&text, LIST_BYTES);
    st = vt_file_read(g->file, LIST_BYTES, &text, cli->list);
    if (!st)
        st = vt_data_parse("csv", text.data, text.len, g->file, cli->list, &data);
    if (!st)
        st = read_rows(g, data);
    if (!st)
        vt_cli_say(cli, "Đã lập danh mục hồ sơ năm %d: %zu hồ sơ.\n", g->year, g->opened);
    else if (st == VT_BAD)
        vt_cli_say(cli, "Danh mục có chỗ phải sửa (kể ở dưới). Kho chưa thay đổi gì.\n");
    if (!st && cli->json)
        cli->result = json_pack("{s:i, s:I}", "year", g->year, "opened", (json_int_t)g->opened);
    vt_data_free(data);
    vt_buf_free(&text);
    return st;
}

/* ----------------------------------------------------------------- commands -- */

#define WORDS_OPTS(w)                                                                              \
    {"title", 0, VT_OPT_STRING, &(w).title, "CHỮ", "tiêu đề hồ sơ"},                               \
        {"heading", 0, VT_OPT_STRING, &(w).heading, "CHỮ", "đề mục lớn của danh mục"},             \
        {"subheading", 0, VT_OPT_STRING, &(w).subheading, "CHỮ", "đề mục nhỏ"},                    \
        {"retention",    0,          VT_OPT_STRING,                                                \
         &(w).retention, "THỜI-HẠN", "thời hạn bảo quản: \"20 năm\", \"Vĩnh viễn\""},              \
        {"keeper", 0, VT_OPT_STRING, &(w).keeper, "AI", "đơn vị, người lập hồ sơ"}, {              \
        "note", 0, VT_OPT_STRING, &(w).note, "CHỮ", "ghi chú"                                     \
    }

static const char *iso(vt_cli *cli, vt_date date) {
    char text[11];

    vt_date_iso(date, text);
    return date.year ? vt_strdup(cli->arena, text) : NULL;
}

static vt_status check_open(vt_cli *cli, const vt_dossier_words *w, const char *csv) {
    if (!w->year)
        return vt_bad(cli->list, "CLI-01", (vt_place){0}, "Ghi thêm: --year 2026.",
                      "Chưa nói danh mục của năm nào.");
    if (w->year < 1900 || w->year > 9999)
        return vt_bad(cli->list, "CLI-01", (vt_place){0}, "Ghi: --year 2026.",
                      "Năm %d không dùng được.", w->year);
    if ((csv != NULL) == (w->code != NULL))
        return vt_bad(cli->list, "CLI-01", (vt_place){0},
                      "Ghi: vanthu dossier open MÃ --title TIÊU-ĐỀ, hoặc --csv TỆP.",
                      "Chưa nói mở hồ sơ nào, hoặc nói cả hai cách.");
    return VT_OK;
}

vt_status vt_dossier_open(vt_cli *cli, int argc, char **argv) {
    vt_dossier_words w = {0};
    vt_date starts = {0};
    const char *csv = NULL;
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {
        {"year", 0, VT_OPT_INT, &w.year, "NĂM", "năm của danh mục"},
        {"csv", 0, VT_OPT_STRING, &csv, "TỆP", "lập cả danh mục từ tệp này"},
        WORDS_OPTS(w),
        {"starts", 0, VT_OPT_DATE, &starts, "NGÀY", "ngày bắt đầu"},
        {"issuer", 0, VT_OPT_STRING, &w.issuer, "TÊN", "cơ quan, khi kho có nhiều"},
        {0}};
    vt_records *records = NULL;
    vt_dossier d;
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("open"), opts, argc, argv, 0, 1, &n, &done);

    if (st || done)
        return st;
    w.code = n ? argv[0] : NULL;
    w.starts = iso(cli, starts);
    st = check_open(cli, &w, csv);
    if (!st)
        st = vt_cli_archive_open(cli, false, &records);
    if (!st && csv) {
        reading g = {.cli = cli,
                     .records = records,
                     .file = csv,
                     .year = w.year,
                     .issuer = w.issuer,
                     .heading = "",
                     .subheading = "",
                     .told = ""};
        st = open_list(&g);
    } else if (!st) {
        st = vt_records_dossier_open(records, &w, cli->arena, cli->list, &d);
        if (!st)
            vt_dossier_print(cli, &d);
    }
    vt_records_close(records);
    return st;
}

vt_status vt_dossier_change(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    vt_dossier_words w = {0};
    vt_date starts = {0};
    int n = 0;
    bool done = false;
    const vt_opt opts[] = {VT_DOSSIER_OPTS(which),
                           WORDS_OPTS(w),
                           {"starts", 0, VT_OPT_DATE, &starts, "NGÀY", "ngày bắt đầu"},
                           {0}};
    vt_records *records = NULL;
    vt_dossier d;
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("set"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    which.reference = argv[0];
    w.starts = iso(cli, starts);
    st = vt_cli_archive_open(cli, false, &records);
    if (!st)
        st = vt_records_dossier_change(records, &which, &w, cli->arena, cli->list, &d);
    if (!st)
        vt_dossier_print(cli, &d);
    vt_records_close(records);
    return st;
}
