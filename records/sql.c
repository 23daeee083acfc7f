/* records/sql.c - statements kept prepared, and SQLite's errors in Vietnamese. */

#include "records/store.h"

#include <errno.h>

static const struct cause {
    int code;
    const char *id, *text, *remedy;
} CAUSES[] = {
    {SQLITE_FULL, "KHO-20", "đĩa chứa kho đã đầy", "Giải phóng dung lượng rồi làm lại."},
    {SQLITE_READONLY, "KHO-06", "kho chỉ cho đọc",
     "Xin quyền ghi vào thư mục kho, hoặc gắn lại ổ đĩa cho ghi."},
    {SQLITE_PERM, "KHO-06", "không có quyền ghi vào kho", "Xin quyền ghi vào thư mục kho."},
    {SQLITE_BUSY, "KHO-07", "kho đang bận vì một chương trình khác đang ghi",
     "Đợi chương trình kia xong rồi làm lại."},
    {SQLITE_LOCKED, "KHO-07", "kho đang bận vì một chương trình khác đang ghi",
     "Đợi chương trình kia xong rồi làm lại."},
    {SQLITE_CANTOPEN, "KHO-21", "không mở được tệp của kho",
     "Kiểm tra thư mục kho và quyền trên các tệp trong đó."},
    {SQLITE_NOTADB, "KHO-02", "records.db không phải là sổ của vanthu",
     "Kiểm tra lại --records, hoặc phục hồi kho từ bản sao lưu."},
    {SQLITE_CORRUPT, "KHO-22", "sổ của kho bị hỏng",
     "Dừng ghi vào kho và phục hồi từ bản sao lưu."},
    {SQLITE_IOERR, "KHO-23", "thiết bị đọc ghi của kho bị lỗi", "Kiểm tra ổ đĩa rồi làm lại."},
    {SQLITE_CONSTRAINT, "KHO-24", "kho không nhận vì trái ràng buộc của sổ",
     "Không có gì được ghi; báo cho người quản trị kèm thông báo này."},
};

/* A full disk may also show as an I/O error of some kind. */
static int main_code(const vt_records *r, int rc) {
    int system = r->db ? sqlite3_system_errno(r->db) : 0;

    rc &= 0xFF;
    if ((rc == SQLITE_IOERR || rc == SQLITE_CANTOPEN) && (system == ENOSPC || system == EDQUOT))
        return SQLITE_FULL;
    return rc;
}

vt_status vt_sql_error(vt_records *r, vt_findings *list, int rc) {
    vt_place place = {.file = r->folder};
    const char *detail = r->db ? sqlite3_errmsg(r->db) : sqlite3_errstr(rc);
    int code = main_code(r, rc);

    if (code == SQLITE_NOMEM)
        return vt_nomem(list);
    for (size_t i = 0; i < sizeof CAUSES / sizeof *CAUSES; i++)
        if (CAUSES[i].code == code)
            return vt_fail(list, CAUSES[i].id, place, CAUSES[i].remedy, "Kho “%s”: %s (%s).",
                           r->folder, CAUSES[i].text, detail);
    return vt_fail(list, "KHO-25", place, "Báo cho người quản trị kèm thông báo này.",
                   "Kho “%s”: lỗi của sổ (%s).", r->folder, detail);
}

int vt_sql_exec(vt_records *r, const char *sql) {
    return sqlite3_exec(r->db, sql, NULL, NULL, NULL);
}

static sqlite3_stmt *find_kept(vt_records *r, const char *sql) {
    for (size_t i = 0; i < r->statement_count; i++)
        if (r->statements[i].sql == sql)
            return r->statements[i].stmt;
    return NULL;
}

static int prepare(vt_records *r, const char *sql, sqlite3_stmt **out) {
    int rc;

    *out = find_kept(r, sql);
    if (*out)
        return SQLITE_OK;
    if (r->statement_count == VT_STATEMENTS)
        return SQLITE_FULL; /* a literal too many: the tests would say so */
    rc = sqlite3_prepare_v3(r->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    if (rc == SQLITE_OK) {
        r->statements[r->statement_count].sql = sql;
        r->statements[r->statement_count++].stmt = *out;
    }
    return rc;
}

static int bind(sqlite3_stmt *stmt, const vt_arg *args, size_t count) {
    int rc = SQLITE_OK;

    for (size_t i = 0; i < count && rc == SQLITE_OK; i++) {
        int at = (int)i + 1;

        if (args[i].kind == VT_ARG_INT)
            rc = sqlite3_bind_int64(stmt, at, args[i].number);
        else if (args[i].kind == VT_ARG_TEXT)
            rc = sqlite3_bind_text(stmt, at, args[i].text, -1, SQLITE_STATIC);
        else
            rc = sqlite3_bind_null(stmt, at);
    }
    return rc;
}

vt_status vt_sql_open(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                      size_t count, sqlite3_stmt **out) {
    sqlite3_stmt *stmt;
    int rc = prepare(r, sql, &stmt);

    if (rc == SQLITE_OK)
        rc = bind(stmt, args, count);
    if (rc != SQLITE_OK)
        return vt_sql_error(r, list, rc);
    *out = stmt;
    return VT_OK;
}

vt_status vt_sql_row(vt_records *r, vt_findings *list, sqlite3_stmt *stmt, bool *row) {
    int rc = sqlite3_step(stmt);
    vt_status st = VT_OK;

    *row = rc == SQLITE_ROW;
    if (*row)
        return VT_OK;
    if (rc != SQLITE_DONE)
        st = vt_sql_error(r, list, rc);
    vt_sql_done(stmt);
    return st;
}

void vt_sql_done(sqlite3_stmt *stmt) {
    if (!stmt)
        return;
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
}

vt_status vt_sql_run(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                     size_t count) {
    sqlite3_stmt *stmt;
    bool row;
    vt_status st = vt_sql_open(r, list, sql, args, count, &stmt);

    if (!st)
        st = vt_sql_row(r, list, stmt, &row);
    if (!st && row)
        vt_sql_done(stmt);
    return st;
}

const char *vt_sql_text(vt_arena *arena, sqlite3_stmt *stmt, int i) {
    const char *s = (const char *)sqlite3_column_text(stmt, i);

    return s ? vt_strdup(arena, s) : "";
}
