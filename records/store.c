/*
 * records/store.c - making, opening and closing an archive, whatever store
 * stands behind it.
 */
#include "records/store.h"
#include "records/json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* PDFs of some pages and their sources: what is larger goes to files/, if there
   is such a folder. */
enum { REGISTER_MOST = 1 << 20, REGISTER_ALL = 512 << 20 };
enum { WAITING_BYTES = 1 << 30 };

/* The first whose scheme the archive's name begins with. */
static const vt_backend *const BACKENDS[] = {&vt_postgres, &vt_sqlite};

/* -------------------------------------------------------------- messages -- */

vt_day_text vt_day(const char *iso) {
    vt_day_text day;

    if (strlen(iso) == 10 && iso[4] == '-' && iso[7] == '-')
        snprintf(day.text, sizeof day.text, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
    else
        snprintf(day.text, sizeof day.text, "%s", iso);
    return day;
}

int64_t vt_days_until(vt_records *r, const char *iso) {
    vt_date day;

    if (!vt_date_parse(iso, &day) || !day.year)
        return 0;
    return vt_date_days(day) - vt_date_days(vt_time_day(r->world.now_ms(r->world.ctx)));
}

vt_status vt_no_right(const vt_records *r, vt_findings *list) {
    return vt_fail(list, "KHO-06", (vt_place){.file = r->folder}, r->backend->unwritable(r)->act,
                   "Kho “%s” chỉ cho đọc.", r->folder);
}

vt_status vt_store_failed(const vt_records *r, vt_findings *list, const char *what, int error) {
    if (error == EACCES || error == EPERM || error == EROFS) {
        if (vt_store_is_folder(r->source))
            return vt_no_right(r, list);
        return vt_fail(list, "KHO-06", (vt_place){.file = r->files ? r->files : r->folder},
                       "Xin quyền ghi vào thư mục chứa tệp của kho, hoặc gắn lại ổ đĩa cho ghi.",
                       "Kho “%s”: không %s (%s).", r->folder, what, vt_error_text(error));
    }
    if (error == ENOSPC || error == EDQUOT)
        return vt_fail(list, "KHO-20", (vt_place){.file = r->folder},
                       "Giải phóng dung lượng rồi làm lại.", "Kho “%s”: đĩa đã đầy.", r->folder);
    return vt_fail(list, "KHO-21", (vt_place){.file = r->folder},
                   "Kiểm tra đường dẫn, quyền và ổ đĩa.", "Kho “%s”: không %s (%s).", r->folder,
                   what, vt_error_text(error));
}

vt_status vt_not_ours(const vt_records *r, vt_findings *list) {
    return vt_bad(list, "KHO-02", (vt_place){.file = r->folder},
                  "Kiểm tra lại --records, hoặc phục hồi kho từ bản sao lưu.",
                  "Sổ ở “%s” không phải là sổ của vanthu.", r->folder);
}

vt_status vt_version_known(vt_records *r, int64_t version, vt_findings *list) {
    if (version < 1)
        return vt_not_ours(r, list);
    if (version > VT_SCHEMA_VERSION)
        return vt_bad(
            list, "KHO-05", (vt_place){.file = r->folder}, "Dùng bản vanthu mới hơn để mở kho này.",
            "Kho “%s” do bản vanthu mới hơn lập (sổ phiên bản %lld, bản này biết đến %d).",
            r->folder, (long long)version, VT_SCHEMA_VERSION);
    r->old = version < VT_SCHEMA_VERSION && r->read_only;
    if (r->old)
        return vt_bad(list, "KHO-09", (vt_place){.file = r->folder}, r->backend->unwritable(r)->old,
                      "Kho “%s” do bản vanthu cũ lập (sổ phiên bản %lld) và ở đây chỉ cho đọc.",
                      r->folder, (long long)version);
    return VT_OK;
}

/* ------------------------------------------------------------- new, close -- */

char *vt_store_path(const vt_records *r, const char *name) {
    size_t size = strlen(r->folder) + strlen(name) + 2;
    char *path = malloc(size);

    if (path)
        snprintf(path, size, "%s/%s", r->folder, name);
    return path;
}

static const vt_backend *backend_of(const char *name) {
    for (size_t i = 0; i < sizeof BACKENDS / sizeof *BACKENDS; i++)
        if (strncmp(name, BACKENDS[i]->scheme, strlen(BACKENDS[i]->scheme)) == 0)
            return BACKENDS[i];
    return &vt_sqlite;
}

bool vt_store_is_folder(const char *name) {
    return backend_of(name) == &vt_sqlite;
}

/* "//NAME:...@" and "password=...&" */
static void hide_password(char *url) {
    char *host = strstr(url, "//") + 2, *end = host + strcspn(host, "/?"), *at, *colon;

    for (at = end; at > host && *at != '@'; at--)
        ;
    colon = memchr(host, ':', (size_t)(at - host));
    if (colon)
        memmove(colon, at, strlen(at) + 1);
    while ((at = strstr(url, "password=")) != NULL) {
        end = at + strcspn(at, "&");
        memmove(at, *end ? end + 1 : end, strlen(*end ? end + 1 : end) + 1);
    }
}

char *vt_records_shown(const char *folder) {
    size_t n = strlen(folder);
    char *shown;

    if (*backend_of(folder)->scheme) {
        shown = strdup(folder);
        if (shown)
            hide_password(shown);
        return shown;
    }
    while (n > 1 && folder[n - 1] == '/')
        n--;
    return strndup(folder, n);
}

static vt_records *records_new(const vt_records_options *options) {
    vt_records *r = calloc(1, sizeof *r);

    if (!r)
        return NULL;
    vt_json_watch();
    vt_buf_init(&r->waiting.words, WAITING_BYTES);
    r->backend = backend_of(options->folder);
    r->folder = vt_records_shown(options->folder);
    r->source = strdup(options->folder);
    r->actor = strdup(options->actor);
    r->maker = strdup(options->maker);
    r->world = options->world;
    r->read_only = options->read_only;
    if (!r->folder || !r->source || !r->actor || !r->maker ||
        !r->world.random(r->world.ctx, &r->jitter, sizeof r->jitter)) {
        vt_records_close(r);
        return NULL;
    }
    r->jitter |= 1;
    return r;
}

void vt_statements_drop(vt_records *r) {
    for (size_t i = 0; i < r->statement_count; i++)
        r->backend->finalize(&r->statements[i]);
    r->statement_count = 0;
}

void vt_records_close(vt_records *r) {
    if (!r)
        return;
    vt_records_rollback(r);
    r->backend->close(r);
    vt_packer_free(r);
    free(r->waiting.items);
    vt_buf_free(&r->waiting.words);
    vt_arena_free(r->typed);
    free(r->folder);
    free(r->source);
    free(r->actor);
    free(r->maker);
    free(r);
}

/* ------------------------------------------------------------------ init -- */

vt_status vt_records_fill(vt_records *r, const vt_records_new_options *how, vt_findings *list) {
    char id[VT_UID_CHARS + 1];
    vt_status st = vt_uid_make(&r->world, id) ? VT_OK : vt_nomem(list);

    if (!st)
        st = vt_sql_run(
            r, list,
            "INSERT INTO setting VALUES ('archive', ?), ('any-issuer', ?), "
            "('files', ?)",
            VT_ARGS(vt_text(id), vt_text(how->any_issuer ? "yes" : "no"),
                    vt_text(how->files_in_folder || how->files_folder ? "folder" : "register")));
    return st ? st : vt_event_json(r, list, "init", id, json_object());
}

vt_status vt_records_init(const vt_records_options *options, const vt_records_new_options *how,
                          vt_findings *list) {
    vt_records *r = records_new(options);
    vt_status st;

    if (!r)
        return vt_nomem(list);
    r->read_only = false;
    st = r->backend->make(r, how, list);
    vt_records_close(r);
    return st;
}

/* ------------------------------------------------------------------ open -- */

/* What an older program logged without their rows stands from now on as it is now. */
static vt_status adopt(vt_records *r, vt_row_kind kind, vt_findings *list) {
    char uid[VT_UID_CHARS + 1];
    int64_t id = 0;
    vt_status st;

    while (!(st = vt_row_next(r, list, kind, &id, uid)) && id && !st)
        st = vt_event_json(r, list, "adopt", uid, json_object());
    return st;
}

vt_status vt_records_migrated(vt_records *r, int64_t from, vt_findings *list) {
    vt_status st =
        vt_event_json(r, list, "migrate", "",
                      json_pack("{s:I, s:i}", "from", (json_int_t)from, "to", VT_SCHEMA_VERSION));

    for (int kind = 0; !st && kind < VT_ROW_KINDS; kind++)
        st = adopt(r, (vt_row_kind)kind, list);
    return st;
}

static vt_status read_settings(vt_records *r, vt_findings *list) {
    int64_t any = 0, folder = 0;
    vt_status st = vt_sql_number(
        r, list, "SELECT count(*) FROM setting WHERE name = 'any-issuer' AND value = 'yes'",
        VT_NO_ARGS, &any);

    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT count(*) FROM setting WHERE name = 'files' AND value = 'folder'",
                           VT_NO_ARGS, &folder);
    r->any_issuer = any > 0;
    r->register_most = folder ? 0 : r->files ? REGISTER_MOST : REGISTER_ALL;
    return st;
}

static vt_status open_once(const vt_records_options *options, vt_findings *list, bool *old,
                           vt_records **out) {
    vt_records *r = records_new(options);
    vt_status st;

    *out = NULL;
    *old = false;
    if (!r)
        return vt_nomem(list);
    st = r->backend->open(r, list);
    if (!st)
        st = read_settings(r, list);
    *old = r->old;
    if (st)
        vt_records_close(r);
    else
        *out = r;
    return st;
}

/* Is nothing wrong but that nobody, or not this one, may write here? */
static bool only_unwritable(const vt_findings *why) {
    static const char *const ids[] = {"KHO-06", "KHO-62" /* no host that takes acts */,
                                      "KHO-63" /* a standby */,
                                      "KHO-65" /* a server that forgets */};
    size_t n = 0;

    for (size_t i = 0; i < vt_findings_count(why); i++) {
        const vt_finding *f = vt_findings_at(why, i);

        for (size_t j = 0; j < sizeof ids / sizeof *ids; j++)
            n += f->severity == VT_ERROR && strcmp(f->id, ids[j]) == 0;
    }
    return n > 0 && n == vt_findings_errors(why);
}

/* Who only reads, but might write, brings old tables forward first.  Where he may not, that is
   told; where he might and it failed (another is at it, the disk is full), why. */
static vt_status open_reading(const vt_records_options *options, vt_findings *why,
                              vt_records **out) {
    vt_records_options writing = *options;
    vt_records *r = NULL;
    bool old = false, still;
    vt_status st = open_once(options, why, &old, out);

    if (!old)
        return st;
    vt_findings_clear(why);
    writing.read_only = false;
    st = open_once(&writing, why, &still, &r);
    vt_records_close(r);
    if (st && !only_unwritable(why))
        return st;
    vt_findings_clear(why);
    return open_once(options, why, &still, out);
}

vt_status vt_records_open(const vt_records_options *options, vt_findings *list, vt_records **out) {
    vt_records_options reading = *options;
    vt_findings *why = vt_findings_new();
    bool old = false, read = options->read_only;
    vt_status st = VT_OK;

    *out = NULL;
    if (!why)
        return vt_nomem(list);
    reading.read_only = true;
    if (!read) {
        st = open_once(options, why, &old, out);
        read = st && options->or_read_only && only_unwritable(why);
    }
    if (read) {
        vt_findings_clear(why);
        st = open_reading(&reading, why, out);
    }
    for (size_t i = 0; i < vt_findings_count(why); i++)
        vt_find(list, vt_findings_at(why, i));
    if (st && !vt_findings_count(why))
        st = vt_nomem(list);
    vt_findings_free(why);
    return st;
}
