/* cli/archive.c - opening the archive, and copies of what it holds. */

#include "cli/archive.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MILLION = 1000000, BESIDE_BYTES = 64 << 20 };

/* --------------------------------------------------------------- opening -- */

static int64_t now_ms(void *ctx) {
    struct timespec t;

    (void)ctx;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / MILLION;
}

static bool chance(void *ctx, void *out, size_t len) {
    (void)ctx;
    return getrandom(out, len, 0) == (ssize_t)len;
}

/* The log says that it was a user of the system, not one who logged in. */
static const char *actor(vt_cli *cli) {
    const struct passwd *user = getpwuid(getuid());
    const char *name = user ? vt_printf(cli->arena, "os:%s", user->pw_name)
                            : vt_printf(cli->arena, "os:%ld", (long)getuid());

    return name ? name : "os:?";
}

vt_records_options vt_cli_archive_options(vt_cli *cli, bool read_only) {
    return (vt_records_options){.folder = cli->records,
                                .actor = actor(cli),
                                .maker = "vanthu " VT_VERSION,
                                .world = {now_ms, chance, NULL},
                                .read_only = read_only};
}

vt_status vt_cli_archive_open(vt_cli *cli, bool read_only, vt_records **out) {
    vt_records_options options = vt_cli_archive_options(cli, read_only);

    return vt_records_open(&options, cli->list, out);
}

const char *vt_cli_kept_path(vt_cli *cli, const char *path) {
    const char *whole = *path == '/' ? path : vt_printf(cli->arena, "%s/%s", cli->records, path);

    return whole ? whole : path;
}

/* --------------------------------------------------------- annexes' files -- */

vt_status vt_cli_parts_target(vt_cli *cli, const vt_doc *doc, const char *out, const char *source) {
    vt_status st = VT_OK;

    if (out && strcmp(out, "-") == 0)
        return vt_bad(cli->list, "XEM-06", (vt_place){0},
                      "Dùng -o TỆP.pdf, hoặc bỏ --annexes separate.",
                      "Phụ lục ở tệp riêng thì không ghi ra thiết bị ra chuẩn được.");
    for (size_t i = 1, count = out ? vt_doc_parts(doc) : 0; i <= count && !st; i++) {
        const char *path = vt_cli_part_path(cli, out, i);
        st = path ? vt_cli_target(cli, path, source) : vt_nomem(cli->list);
        if (!st)
            st = vt_cli_writable(cli, path);
    }
    return st;
}

vt_status vt_cli_parts_out(vt_cli *cli, vt_records *records, const char *id, const char *out,
                           size_t *found) {
    vt_record *record = NULL;
    vt_buf bytes;

    vt_buf_init(&bytes, (size_t)1 << 30);
    vt_status st = vt_records_show(records, id, 0, cli->arena, cli->list, &record);
    for (size_t i = 0; !st && i < record->file_count; i++) {
        const char *role = record->files[i].role;
        if (strncmp(role, "annex-", strlen("annex-")) != 0)
            continue;
        const char *path =
            vt_cli_part_path(cli, out, (size_t)strtoul(role + strlen("annex-"), NULL, 10));
        ++*found;
        vt_buf_clear(&bytes);
        st = path ? vt_records_file(records, record, role, &bytes, cli->list) : vt_nomem(cli->list);
        if (!st)
            st = vt_cli_copy_out(cli, record, path, &bytes);
        if (!st)
            vt_cli_say(cli, "  phụ lục: %s\n", path);
    }
    vt_buf_free(&bytes);
    return st;
}

bool vt_cli_other_date(const vt_record *record, const vt_issuing *how) {
    char given[11];

    vt_date_iso(how->date, given);
    return how->date.year && strcmp(record->date, given) != 0;
}

/* Does a file of another hash stand there? */
static bool is_another(const char *path, const char *sha256) {
    struct stat sb;
    char hex[65];
    vt_hash hash;
    vt_buf bytes;
    bool read;

    if (!path || lstat(path, &sb) != 0 || !S_ISREG(sb.st_mode))
        return false;
    vt_buf_init(&bytes, BESIDE_BYTES);
    read = vt_file_read(path, BESIDE_BYTES, &bytes, NULL) == VT_OK;
    vt_sha256(bytes.data, bytes.len, &hash);
    vt_buf_free(&bytes);
    vt_hash_hex(&hash, hex);
    return read && strcmp(hex, sha256) != 0;
}

vt_status vt_cli_other_beside(vt_cli *cli, vt_records *records, const vt_doc *doc,
                              const vt_record *record, const char **name) {
    vt_attachments all = {0};
    vt_status st = VT_OK;

    *name = NULL;
    if (doc->folder && strcmp(record->secrecy, "tuyet-mat") != 0) /* whose names are not kept */
        st = vt_records_attachments(records, record->id, cli->arena, cli->list, &all);
    for (size_t i = 0; !st && !*name && i < all.count; i++)
        if (is_another(vt_path_beside(cli->arena, doc->folder, all.items[i].name),
                       all.items[i].sha256))
            *name = all.items[i].name;
    return st;
}

/* ---------------------------------------------------------- copy to keep -- */

vt_status vt_cli_writable(vt_cli *cli, const char *path) {
    const char *folder = vt_path_folder(cli->arena, path);
    struct stat sb;
    int error = 0;

    if (!folder)
        return vt_nomem(cli->list);
    if (strcmp(path, "-") == 0)
        return VT_OK;
    if (stat(path, &sb) == 0)
        error = S_ISDIR(sb.st_mode) ? EISDIR : access(path, W_OK) != 0 ? errno : 0;
    if (!error && access(folder, W_OK | X_OK) != 0 && (stat(path, &sb) != 0 || S_ISREG(sb.st_mode)))
        error = errno;
    if (!error)
        return VT_OK;
    return vt_fail(cli->list, "CLI-08", (vt_place){.file = path},
                   "Chọn nơi khác cho -o, hoặc xin quyền ghi.",
                   "Không ghi được tệp kết quả (%s); chưa cấp số.", vt_error_text(error));
}

vt_status vt_cli_copy_out(vt_cli *cli, const vt_record *record, const char *path,
                          const vt_buf *pdf) {
    char *remedy;

    if (!path || vt_cli_write(path, pdf, NULL) == VT_OK)
        return VT_OK;
    remedy = vt_printf(cli->arena, "Lấy tệp bằng: vanthu file %s -o TỆP.pdf", record->id);
    vt_warn(cli->list, "CLI-09", (vt_place){.file = path}, remedy,
            "Văn bản đã được cấp số %s và lưu vào kho, nhưng không ghi được bản sao ra “%s”.",
            record->designation, path);
    return VT_FAIL;
}
