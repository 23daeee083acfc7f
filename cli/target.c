/* cli/target.c - where results go: never over what they were made from, never
   into the archive's own files, and alone on standard output. */

#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_stdout(const char *path) {
    return strcmp(path, "-") == 0;
}

static bool same(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Links resolved; in the arena, NULL when it is not there. */
static char *resolved(vt_arena *arena, const char *path) {
    char *real = path ? realpath(path, NULL) : NULL;
    char *kept = real ? vt_strdup(arena, real) : NULL;

    free(real);
    return kept;
}

/* The same for a file that may be made. */
static char *real_path(vt_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    char *whole = resolved(arena, path);
    char *folder = whole ? NULL : resolved(arena, vt_path_folder(arena, path));

    return folder ? vt_printf(arena, "%s/%s", folder, slash ? slash + 1 : path) : whole;
}

/* Is it the archive's folder, or anything in it? */
static bool in_archive(vt_cli *cli, const char *path) {
    const char *archive = resolved(cli->arena, cli->records);
    const char *real = archive ? real_path(cli->arena, path) : NULL;
    const char *db = archive ? vt_printf(cli->arena, "%s/records.db", archive) : NULL;
    size_t n = archive ? strlen(archive) : 0;

    if (!real || !db || access(db, F_OK) != 0 || strncmp(real, archive, n) != 0)
        return false;
    return real[n] == '/' || !real[n];
}

/* A file or a pipe that standard output leads to: words would spoil it. */
static bool leads_to_stdout(const char *path) {
    struct stat target, out;

    return is_stdout(path) || (stat(path, &target) == 0 && fstat(STDOUT_FILENO, &out) == 0 &&
                               !S_ISCHR(target.st_mode) && same(&target, &out));
}

vt_status vt_cli_target(vt_cli *cli, const char *path, const char *source) {
    struct stat target, from;

    if (!path)
        return VT_OK;
    if (leads_to_stdout(path)) {
        if (cli->json)
            return vt_bad(cli->list, "CLI-12", (vt_place){0}, "Bỏ một trong hai.",
                          "Cả --json và -o %s đều dùng thiết bị ra chuẩn.", path);
        cli->quiet = true;
        return VT_OK;
    }
    if (source && stat(path, &target) == 0 && stat(source, &from) == 0 && same(&target, &from))
        return vt_bad(cli->list, "CLI-13", (vt_place){.file = path}, "Chọn tên khác cho -o.",
                      "Tệp kết quả trùng với tệp nguồn; ghi đè thì mất nguồn.");
    if (in_archive(cli, path))
        return vt_bad(cli->list, "CLI-14", (vt_place){.file = path}, "Chọn nơi khác cho -o.",
                      "Chỗ này thuộc kho văn bản “%s”; chỉ kho mới ghi vào đó.", cli->records);
    return VT_OK;
}

vt_status vt_cli_write(const char *path, const vt_buf *bytes, vt_findings *list) {
    if (!is_stdout(path))
        return vt_file_write(path, bytes->data, bytes->len, false, list);
    if (fwrite(bytes->data, 1, bytes->len, stdout) == bytes->len && fflush(stdout) == 0)
        return VT_OK;
    return vt_fail(list, "CLI-11", (vt_place){0}, "Kiểm tra chương trình nhận đầu ra.",
                   "Không ghi được tệp ra thiết bị ra chuẩn.");
}
