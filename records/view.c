/*
 * records/view.c - a record and its files handed out; each view of what is
 * restricted leaves a line in the log.
 */
#include "records/store.h"

#include <stdio.h>

/* Secret, or not open to use (TT 05/2025: chế độ sử dụng "mật"). */
static vt_status is_restricted(vt_records *r, const char *id, vt_findings *list, bool *out) {
    int64_t n = 0;
    vt_status st = vt_sql_number(r, list,
                                 "SELECT count(*) FROM document WHERE uid = ? AND (secrecy <> '' "
                                 "OR access = '03')",
                                 VT_ARGS(vt_text(id)), &n);

    *out = n > 0;
    return st;
}

static vt_status log_now(vt_records *r, const char *id, const char *what, vt_findings *list) {
    json_t *detail = json_pack("{s:s}", "what", what);
    bool own = !r->acting;
    vt_status st = own ? vt_records_begin(r, list) : VT_OK;

    if (st) {
        json_decref(detail);
        return st;
    }
    st = vt_event_json(r, list, "view", id, detail);
    if (own && !st)
        st = vt_records_commit(r, list);
    if (own)
        vt_records_rollback(r);
    return st;
}

/* Who only reads needs the right to write this one line. */
static vt_status log_beside(vt_records *r, const char *id, const char *what, vt_findings *list) {
    const vt_records_options writing = {
        .folder = r->source, .actor = r->actor, .maker = r->maker, .world = r->world};
    vt_records *writer = NULL;
    vt_status st = vt_records_open(&writing, NULL, &writer);

    if (!st)
        st = log_now(writer, id, what, NULL);
    vt_records_close(writer);
    if (!st)
        return VT_OK;
    return vt_fail(list, "KHO-14", (vt_place){.path = id}, r->backend->unwritable(r)->view,
                   "Văn bản này hạn chế sử dụng: mỗi lần xem phải ghi vào nhật ký, mà kho ở đây "
                   "không ghi được.");
}

vt_status vt_view_log(vt_records *r, const char *id, const char *what, vt_findings *list) {
    return r->read_only ? log_beside(r, id, what, list) : log_now(r, id, what, list);
}

static vt_status log_view(vt_records *r, const char *id, const char *what, vt_findings *list) {
    bool restricted = false;
    vt_status st = is_restricted(r, id, list, &restricted);

    return st || !restricted ? st : vt_view_log(r, id, what, list);
}

vt_status vt_records_show(vt_records *r, const char *reference, int year, vt_arena *arena,
                          vt_findings *list, vt_record **out) {
    vt_record *record = NULL;
    vt_status st = vt_record_find(r, reference, year, arena, list, &record);

    if (!st)
        st = log_view(r, record->id, "record", list);
    *out = st ? NULL : record;
    return st;
}

vt_status vt_records_attachments(vt_records *r, const char *id, vt_arena *arena, vt_findings *list,
                                 vt_attachments *out) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st =
        vt_sql_open(r, list,
                    "SELECT f.role, f.name, f.sha256 FROM document_file f JOIN document d USING "
                    "(document_id) WHERE d.uid = ? AND f.name <> '' ORDER BY "
                    "length(f.role), f.role",
                    VT_ARGS(vt_text(id)), &stmt);

    *out = (vt_attachments){0};
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        out->items = vt_grow(arena, out->items, &cap, out->count + 1, sizeof *out->items);
        if (!out->items) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        out->items[out->count++] = (struct vt_attached){
            vt_sql_text(arena, stmt, 0), vt_sql_text(arena, stmt, 1), vt_sql_text(arena, stmt, 2)};
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

vt_status vt_records_file(vt_records *r, const vt_record *record, const char *role, vt_buf *out,
                          vt_findings *list) {
    char sha256[65] = "";
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(r, list,
                               "SELECT f.sha256 FROM document_file f JOIN document d USING "
                               "(document_id) WHERE d.uid = ? AND f.role = ? ORDER BY f.generation "
                               "DESC LIMIT 1",
                               VT_ARGS(vt_text(record->id), vt_text(role)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (!st && row) {
        snprintf(sha256, sizeof sha256, "%s", vt_sql_view(stmt, 0));
        vt_sql_done(stmt);
    }
    if (!st && !row)
        st = vt_bad(list, "KHO-13", (vt_place){.path = record->id}, NULL,
                    "Văn bản %s không có tệp loại “%s”.", record->designation, role);
    if (!st)
        st = log_view(r, record->id, role, list);
    return st ? st : vt_store_get(r, list, sha256, out);
}
