/* records/sql.c - statements kept prepared, whatever the store. */

#include "records/store.h"

static vt_status find_kept(vt_records *r, vt_findings *list, const char *sql, vt_stmt **out) {
    vt_stmt *fresh = &r->statements[r->statement_count];
    vt_status st;

    for (size_t i = 0; i < r->statement_count; i++) {
        *out = &r->statements[i];
        if ((*out)->sql == sql)
            return VT_OK;
    }
    if (r->statement_count == VT_STATEMENTS) /* a literal too many: the tests would say so */
        return vt_nomem(list);
    *fresh = (vt_stmt){.records = r, .sql = sql};
    st = r->backend->prepare(fresh, list);
    if (st)
        return st;
    r->statement_count++;
    *out = fresh;
    return VT_OK;
}

vt_status vt_sql_open(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                      size_t count, vt_stmt **out) {
    vt_stmt *stmt;
    vt_status st = find_kept(r, list, sql, &stmt);

    if (!st)
        st = r->backend->bind(stmt, list, args, count);
    if (!st)
        *out = stmt;
    return st;
}

vt_status vt_sql_row(vt_stmt *stmt, vt_findings *list, bool *row) {
    vt_status st = stmt->records->backend->step(stmt, list, row);

    if (st || !*row)
        vt_sql_done(stmt);
    return st;
}

void vt_sql_done(vt_stmt *stmt) {
    if (stmt)
        stmt->records->backend->reset(stmt);
}

vt_status vt_sql_run(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                     size_t count) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(r, list, sql, args, count, &stmt);

    if (st)
        return st;
    st = r->backend->run ? r->backend->run(stmt, list) : r->backend->step(stmt, list, &row);
    vt_sql_done(stmt);
    return st;
}

vt_status vt_sql_ahead(vt_stmt *stmt, vt_findings *list) {
    const vt_backend *backend = stmt->records->backend;

    return backend->ahead ? backend->ahead(stmt, list) : VT_OK;
}

vt_status vt_sql_number(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                        size_t count, int64_t *out) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(r, list, sql, args, count, &stmt);

    *out = 0;
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (!st && row) {
        *out = vt_sql_int(stmt, 0);
        vt_sql_done(stmt);
    }
    return st;
}

int64_t vt_sql_int(vt_stmt *stmt, int i) {
    return stmt->records->backend->column_int(stmt, i);
}

const void *vt_sql_blob(vt_stmt *stmt, int i, size_t *len) {
    return stmt->records->backend->column_text(stmt, i, len);
}

const char *vt_sql_view(vt_stmt *stmt, int i) {
    size_t len;
    const char *s = vt_sql_blob(stmt, i, &len);

    return s ? s : "";
}

bool vt_sql_null(vt_stmt *stmt, int i) {
    size_t len;

    return vt_sql_blob(stmt, i, &len) == NULL;
}

const char *vt_sql_text(vt_arena *arena, vt_stmt *stmt, int i) {
    const char *s = vt_sql_view(stmt, i);

    return *s ? vt_strdup(arena, s) : "";
}
