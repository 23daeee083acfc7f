/*
 * cli/past_files.c - the PDF of each row of an old register, by the names people give:
 *
 *     152-UBND-VX.pdf  152_UBND-VX_phòng dịch.pdf  20240315-152UBND-VX.pdf   number and ký hiệu
 *     CV 152.pdf  KH-15 trồng rừng.pdf                                       type and number
 *     152.pdf  so 152 signed.pdf  2024-152.pdf                               the number alone
 *
 * The surest way goes first; what it took is not asked again.  The number alone counts
 * only where one row has it and no other ký hiệu follows it.
 */
#include "cli/past.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MOST = 200000, DEPTH = 4, WAYS = 4 };

typedef struct scan {
    const char *path, *words; /* words: " 152 ubnd vx phong dich" */
    const char *name;
    size_t row; /* 1 + index; 0: none yet */
} scan;

/* What a row's file may be called, as words; NULL: it cannot be told so. */
typedef struct wanted {
    const char *number, *year, *both, *typed; /* " 152", " 2024", " 152 ubnd vx", " kh 152" */
} wanted;

typedef struct matching {
    vt_cli *cli;
    const char *file;
    vt_past_row *rows;
    wanted *wanted; /* of each row */
    size_t row_count;
    scan *scans;
    size_t count, cap;
} matching;

/* ------------------------------------------------------------------ words -- */

/* Folded; runs of digits and runs of letters are words, zeros before a number go. */
static const char *words_of(vt_arena *arena, const char *text) {
    const char *folded = vt_text_fold(arena, text);
    size_t n = folded ? strlen(folded) : 0;
    char *out = folded ? vt_alloc(arena, 2 * n + 2) : NULL, *to = out;
    int kind = 0; /* of the character before: 0 none, 1 digit, 2 letter */

    for (size_t i = 0; out && i < n; i++) {
        unsigned char c = (unsigned char)folded[i];
        int now = isdigit(c) ? 1 : isalpha(c) || c >= 0x80 ? 2 : 0;

        if (now && now != kind)
            *to++ = ' ';
        if (now == 1 && c == '0' && kind != 1 && isdigit((unsigned char)folded[i + 1]))
            now = 0; /* a zero before */
        else if (now)
            *to++ = (char)c;
        if (now == 0 && to > out && to[-1] == ' ')
            to--;
        kind = now;
    }
    if (out)
        *to = '\0';
    return out;
}

/* Does `words` stand in `text` as whole words?  Where behind it is. */
static const char *find_words(const char *text, const char *words) {
    size_t n = strlen(words);

    for (const char *s = strstr(text, words); n && s; s = strstr(s + 1, words))
        if (s[n] == '\0' || s[n] == ' ')
            return s + n;
    return NULL;
}

/* ------------------------------------------------------------------- scans -- */

static bool has_document(const vt_past_row *row) {
    return row->number && !row->voided;
}

static bool is_pdf(const char *name) {
    size_t n = strlen(name);

    return n > 4 && name[n - 4] == '.' && tolower((unsigned char)name[n - 3]) == 'p' &&
           tolower((unsigned char)name[n - 2]) == 'd' && tolower((unsigned char)name[n - 1]) == 'f';
}

static bool add_scan(matching *m, const char *path, const char *name) {
    const char *stem = vt_strndup(m->cli->arena, name, strlen(name) - 4);
    const char *kept = vt_strdup(m->cli->arena, name);
    const char *words = stem ? words_of(m->cli->arena, stem) : NULL;

    m->scans = vt_grow(m->cli->arena, m->scans, &m->cap, m->count + 1, sizeof *m->scans);
    if (!words || !m->scans || !kept)
        return false;
    m->scans[m->count++] = (scan){.path = path, .words = words, .name = kept};
    return true;
}

static vt_status list_folder(matching *m, const char *folder, int depth) {
    DIR *dir = opendir(folder);
    vt_status st = VT_OK;

    if (!dir)
        return vt_bad(m->cli->list, "NK-06", (vt_place){.file = folder},
                      "Kiểm tra đường dẫn sau --files.", "Không mở được thư mục “%s”: %s.", folder,
                      vt_error_text(errno));
    for (struct dirent *e; !st && (e = readdir(dir)) != NULL;) {
        const char *path = vt_printf(m->cli->arena, "%s/%s", folder, e->d_name);
        struct stat sb;

        if (*e->d_name == '.' || !path || lstat(path, &sb) != 0)
            continue;
        if (S_ISDIR(sb.st_mode) && depth < DEPTH)
            st = list_folder(m, path, depth + 1);
        else if (S_ISREG(sb.st_mode) && is_pdf(e->d_name) &&
                 (m->count >= FILES_MOST || !add_scan(m, path, e->d_name)))
            st = vt_nomem(m->cli->list);
    }
    closedir(dir);
    return st;
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const scan *)a)->path, ((const scan *)b)->path);
}

/* ---------------------------------------------------------------- matching -- */

static size_t rows_of_number(const matching *m, const char *number) {
    size_t count = 0;

    for (size_t i = 0; i < m->row_count; i++)
        count += has_document(&m->rows[i]) && strcmp(m->rows[i].number, number) == 0;
    return count;
}

/* A word in capitals follows the number: a ký hiệu, and not this row's. */
static bool other_notation(const char *name, const char *number) {
    const char *s = strstr(name, number);

    if (!s)
        return false;
    s += strlen(number);
    s += strspn(s, " _-.");
    return isupper((unsigned char)s[0]) && (isupper((unsigned char)s[1]) || (s[1] & 0x80));
}

/* The number is the first one in the name, but for the year. */
static bool number_first(const char *words, const wanted *w) {
    for (const char *s = words, *end; *s; s = end) {
        size_t n;

        end = s + 1 + strcspn(s + 1, " ");
        n = (size_t)(end - s);
        if (!isdigit((unsigned char)s[1]) || (n == strlen(w->year) && strncmp(s, w->year, n) == 0))
            continue;
        return n == strlen(w->number) && strncmp(s, w->number, n) == 0;
    }
    return false;
}

/* Is this the file of that row, in way 0 (named by the row), 1, 2, 3 (see above)? */
static bool is_of(const matching *m, const scan *f, size_t at, int way) {
    const vt_past_row *row = &m->rows[at];
    const wanted *w = &m->wanted[at];

    switch (way) {
    case 0:
        return *row->cell[VT_COL_FILE] && strcmp(f->name, row->cell[VT_COL_FILE]) == 0;
    case 1:
        return w->both && find_words(f->words, w->both) != NULL;
    case 2:
        return w->typed && find_words(f->words, w->typed) != NULL;
    default:
        return number_first(f->words, w) && rows_of_number(m, row->number) == 1 &&
               !other_notation(f->name, row->number);
    }
}

static vt_status want(matching *m) {
    vt_arena *arena = m->cli->arena;

    m->wanted = vt_alloc_array(arena, m->row_count + 1, sizeof *m->wanted);
    for (size_t i = 0; m->wanted && i < m->row_count; i++) {
        const vt_past_row *row = &m->rows[i];
        const char *typed;

        if (!has_document(row))
            continue;
        m->wanted[i].number = words_of(arena, row->number);
        m->wanted[i].year = vt_printf(arena, " %d", row->date.year);
        if (*row->notation)
            m->wanted[i].both = words_of(arena, row->designation);
        if (!row->type || !*row->type->abbr)
            continue;
        typed = vt_printf(arena, "%s %s", row->type->abbr, row->number);
        m->wanted[i].typed = typed ? words_of(arena, typed) : NULL;
    }
    return vt_arena_failed(arena) || !m->wanted ? vt_nomem(m->cli->list) : VT_OK;
}

static vt_status several(const matching *m, const vt_past_row *row, const char *a, const char *b) {
    return vt_bad(m->cli->list, "NK-07", (vt_place){.file = m->file, .line = row->line},
                  "Đổi tên tệp cho có cả số và ký hiệu, hoặc ghi tên tệp vào một cột “Tên tệp”.",
                  "Văn bản %s có thể là “%s” mà cũng có thể là “%s”.", row->designation, a, b);
}

static vt_status match_row(matching *m, size_t at, int way) {
    vt_past_row *row = &m->rows[at];
    vt_status st = VT_OK;

    for (size_t i = 0; i < m->count; i++) {
        scan *f = &m->scans[i];

        if ((f->row && f->row != at + 1) || !is_of(m, f, at, way))
            continue;
        if (row->file)
            st = several(m, row, row->file, f->path);
        row->file = f->path;
        f->row = at + 1;
    }
    return st;
}

static vt_status match_all(matching *m) {
    vt_status worst = VT_OK;

    for (int way = 0; way < WAYS; way++)
        for (size_t i = 0; i < m->row_count; i++) {
            vt_past_row *row = &m->rows[i];

            if (row->file || !has_document(row))
                continue;
            if (match_row(m, i, way) > worst)
                worst = VT_BAD;
        }
    return worst;
}

vt_status vt_past_match(vt_cli *cli, const char *register_file, const char *folder, bool needed,
                        vt_past_row *rows, size_t count) {
    matching m = {.cli = cli, .file = register_file, .rows = rows, .row_count = count};
    vt_status st = list_folder(&m, folder, 0);

    if (!st)
        st = want(&m);
    if (st)
        return st;
    if (m.count)
        qsort(m.scans, m.count, sizeof *m.scans, by_path);
    st = match_all(&m);
    for (size_t i = 0; needed && i < count; i++)
        if (!rows[i].file && has_document(&rows[i]))
            st = vt_bad(cli->list, "NK-06", (vt_place){.file = register_file, .line = rows[i].line},
                        "Thêm tệp vào thư mục, hoặc nhận cả văn bản không có tệp: --without-pdf.",
                        "Không thấy PDF của văn bản %s trong “%s”.", rows[i].designation, folder);
    for (size_t i = 0; i < m.count; i++)
        if (!m.scans[i].row)
            vt_warn(cli->list, "NK-09", (vt_place){.file = m.scans[i].path},
                    "Xem tệp này là của văn bản nào; tên nên có số và ký hiệu.",
                    "Tệp PDF này không khớp với hàng nào của sổ nên không được nhận.");
    return vt_arena_failed(cli->arena) ? vt_nomem(cli->list) : st;
}
