/* cli/tomes.c - a register of any length in files. */

#include "cli/tomes.h"

#include "cli/archive.h"

#include <string.h>
#include <unistd.h>

enum { BOOK_BYTES = 1 << 30, NAMES_BYTES = 1 << 16, LEFT_SHOWN = 20 };

vt_status vt_tomes_rows(vt_cli *cli, int rows) {
    if (rows >= 1 && rows <= VT_TOME_ROWS)
        return VT_OK;
    return vt_bad(cli->list, "SO-24", (vt_place){0}, NULL, "Mỗi tập có từ 1 đến %d số.",
                  VT_TOME_ROWS);
}

/* ------------------------------------------------------------------- making -- */

/* Lines of CSV go on in the one file, without the header again. */
static vt_status add_lines(vt_cli *cli, vt_buf *all, const vt_buf *more) {
    const char *s = all->len ? strstr(more->data, "\r\n") : NULL;

    s = s ? s + 2 : more->data;
    vt_buf_add(all, s, more->len - (size_t)(s - more->data));
    return vt_buf_failed(all) ? vt_nomem(cli->list) : VT_OK;
}

static vt_status take(vt_cli *cli, vt_tomes *t, vt_buf *bytes, size_t pages) {
    vt_status st;

    if (t->format == VT_AS_CSV && t->count) {
        st = add_lines(cli, &t->bytes[0], bytes);
        vt_buf_free(bytes);
        return st;
    }
    if (t->format != VT_AS_PDF)
        pages = 0;
    t->pages += pages;
    t->file_pages[t->count] = pages;
    t->bytes[t->count++] = *bytes;
    return VT_OK;
}

vt_status vt_tomes_add(vt_cli *cli, vt_tomes *t, bool parted, vt_tome_record *record, void *ctx) {
    vt_arena *whole = cli->arena, *own;
    vt_buf bytes;
    size_t pages = t->pages;
    vt_status st;

    if (t->count == VT_TOMES_MOST ||
        (parted && t->format != VT_AS_CSV && strcmp(t->output, "-") == 0))
        return vt_bad(cli->list, "SO-24", (vt_place){0},
                      "Ghi ra tệp: -o so.pdf; hoặc in từng phần: từng năm, từng sổ, từng quyển.",
                      "Sổ dài quá một tập, không đưa ra thiết bị ra chuẩn được.");
    st = vt_cli_engine(cli); /* which stays */
    if (st)
        return st;
    own = vt_arena_new((size_t)1 << 30);
    if (!own)
        return vt_nomem(cli->list);
    vt_buf_init(&bytes, BOOK_BYTES);
    cli->arena = own;
    st = vt_cli_book(cli, t->model, record(cli, ctx), t->format, &bytes, &pages);
    cli->arena = whole;
    if (st)
        vt_buf_free(&bytes);
    else
        st = take(cli, t, &bytes, pages);
    vt_arena_free(own);
    return st;
}

/* ------------------------------------------------------------------ writing -- */

/* "so.pdf" -> "so-tap-2.pdf" */
static const char *tome_name(vt_cli *cli, const char *path, size_t n) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    size_t stem = dot ? (size_t)(dot - path) : strlen(path);

    return vt_printf(cli->arena, "%.*s-tap-%zu%s", (int)stem, path, n, path + stem);
}

vt_status vt_tomes_name(vt_cli *cli, vt_tomes *t) {
    vt_status st = VT_OK;

    for (size_t i = 0; !st && i < t->count; i++) {
        t->names[i] = t->count == 1 ? t->output : tome_name(cli, t->output, i + 1);
        if (!t->names[i])
            return vt_nomem(cli->list);
        if (t->count > 1)
            st = vt_cli_target(cli, t->names[i], NULL);
        if (!st && t->count > 1)
            st = vt_cli_writable(cli, t->names[i]);
    }
    return st;
}

static void note_left(vt_buf *names, size_t *count, const char *name) {
    if ((*count)++ < LEFT_SHOWN)
        vt_buf_printf(names, "%s“%s”", names->len ? ", " : "", name);
}

/* Not taken away: whose they are is not known for sure. */
static vt_status tell_left(vt_cli *cli, const vt_tomes *t) {
    vt_buf names;
    size_t count = 0;
    vt_status st = VT_OK;

    if (strcmp(t->output, "-") == 0)
        return VT_OK;
    vt_buf_init(&names, NAMES_BYTES);
    if (t->count > 1 && access(t->output, F_OK) == 0)
        note_left(&names, &count, t->output);
    for (size_t n = t->count > 1 ? t->count + 1 : 1; n <= VT_TOMES_MOST; n++) {
        const char *name = tome_name(cli, t->output, n);

        if (!name || access(name, F_OK) != 0)
            break;
        note_left(&names, &count, name);
    }
    if (count)
        st = vt_warn(cli->list, "SO-26", (vt_place){.file = t->output},
                     "Xem lại rồi xoá các tệp ấy, để không đóng nhầm vào sổ.",
                     "Còn %zu tệp của một lần in trước, không thuộc sổ vừa ghi: %s%s.", count,
                     names.data, count > LEFT_SHOWN ? " ..." : "");
    vt_buf_free(&names);
    return st;
}

vt_status vt_tomes_write(vt_cli *cli, vt_tomes *t) {
    vt_status st = VT_OK;

    for (size_t i = 0; !st && i < t->count; i++)
        st = vt_cli_write(t->names[i], &t->bytes[i], cli->list);
    for (size_t i = 0; !st && i < t->count; i++)
        vt_cli_say(cli, "Đã ghi %s%s\n", t->names[i],
                   t->file_pages[i] ? vt_printf(cli->arena, " (%zu trang)", t->file_pages[i]) : "");
    return st || !t->count ? st : tell_left(cli, t);
}

void vt_tomes_free(vt_tomes *t) {
    for (size_t i = 0; t && i < t->count; i++)
        vt_buf_free(&t->bytes[i]);
}
