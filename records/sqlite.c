/* records/sqlite.c - the store on SQLite: statements, and errors in Vietnamese. */

#include "records/sqlite.h"
#include "records/tokenizer.h"
#include "records/words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct cause {
    int code;
    const char *id, *text, *remedy; /* NULL: vt_unwritable has it */
} CAUSES[] = {
    {SQLITE_FULL, "KHO-20", "đĩa chứa kho đã đầy", "Giải phóng dung lượng rồi làm lại."},
    {SQLITE_READONLY, "KHO-06", "kho chỉ cho đọc", NULL},
    {SQLITE_PERM, "KHO-06", "không có quyền ghi vào kho", NULL},
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
    sqlite3 *db = r->store ? vt_sqlite_of(r)->db : NULL;
    int system = db ? sqlite3_system_errno(db) : 0;

    rc &= 0xFF;
    if ((rc == SQLITE_IOERR || rc == SQLITE_CANTOPEN) && (system == ENOSPC || system == EDQUOT))
        return SQLITE_FULL;
    return rc;
}

vt_status vt_sqlite_error(vt_records *r, vt_findings *list, int rc) {
    vt_place place = {.file = r->folder};
    sqlite3 *db = r->store ? vt_sqlite_of(r)->db : NULL;
    const char *detail = db ? sqlite3_errmsg(db) : sqlite3_errstr(rc);
    int code = main_code(r, rc);

    if (code == SQLITE_NOMEM)
        return vt_nomem(list);
    for (size_t i = 0; i < sizeof CAUSES / sizeof *CAUSES; i++)
        if (CAUSES[i].code == code)
            return vt_fail(list, CAUSES[i].id, place,
                           CAUSES[i].remedy ? CAUSES[i].remedy : vt_sqlite_unwritable(r)->act,
                           "Kho “%s”: %s (%s).", r->folder, CAUSES[i].text, detail);
    return vt_fail(list, "KHO-25", place, "Báo cho người quản trị kèm thông báo này.",
                   "Kho “%s”: lỗi của sổ (%s).", r->folder, detail);
}

/* ------------------------------------------------------------- statements -- */

int vt_sqlite_exec(vt_records *r, const char *sql) {
    return sqlite3_exec(vt_sqlite_of(r)->db, sql, NULL, NULL, NULL);
}

static vt_status exec(vt_records *r, vt_findings *list, const char *sql) {
    int rc = vt_sqlite_exec(r, sql);

    return rc == SQLITE_OK ? VT_OK : vt_sqlite_error(r, list, rc);
}

static vt_status prepare(vt_stmt *stmt, vt_findings *list) {
    sqlite3_stmt *made = NULL;
    int rc = sqlite3_prepare_v3(vt_sqlite_of(stmt->records)->db, stmt->sql, -1,
                                SQLITE_PREPARE_PERSISTENT, &made, NULL);

    stmt->handle = made;
    return rc == SQLITE_OK ? VT_OK : vt_sqlite_error(stmt->records, list, rc);
}

static void finalize(vt_stmt *stmt) {
    sqlite3_finalize(stmt->handle);
}

static int bind_one(sqlite3_stmt *stmt, int at, const vt_arg *arg) {
    switch (arg->kind) {
    case VT_ARG_INT:
        return sqlite3_bind_int64(stmt, at, arg->number);
    case VT_ARG_TEXT:
        return sqlite3_bind_text(stmt, at, arg->text, -1, SQLITE_STATIC);
    case VT_ARG_BLOB:
        return sqlite3_bind_blob64(stmt, at, arg->text, (sqlite3_uint64)arg->number, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(stmt, at);
    }
}

static vt_status bind(vt_stmt *stmt, vt_findings *list, const vt_arg *args, size_t count) {
    int rc = SQLITE_OK;

    for (size_t i = 0; i < count && rc == SQLITE_OK; i++)
        rc = bind_one(stmt->handle, (int)i + 1, &args[i]);
    return rc == SQLITE_OK ? VT_OK : vt_sqlite_error(stmt->records, list, rc);
}

static vt_status step(vt_stmt *stmt, vt_findings *list, bool *row) {
    int rc = sqlite3_step(stmt->handle);

    *row = rc == SQLITE_ROW;
    return *row || rc == SQLITE_DONE ? VT_OK : vt_sqlite_error(stmt->records, list, rc);
}

static void reset(vt_stmt *stmt) {
    sqlite3_reset(stmt->handle);
    sqlite3_clear_bindings(stmt->handle);
}

static int64_t column_int(vt_stmt *stmt, int i) {
    return sqlite3_column_int64(stmt->handle, i);
}

static const char *column_text(vt_stmt *stmt, int i, size_t *len) {
    bool blob = sqlite3_column_type(stmt->handle, i) == SQLITE_BLOB;
    const void *data = blob ? sqlite3_column_blob(stmt->handle, i)
                            : (const void *)sqlite3_column_text(stmt->handle, i);

    *len = (size_t)sqlite3_column_bytes(stmt->handle, i);
    return blob && !data ? "" : data;
}

/* ------------------------------------------------------------------ checks -- */

/* Rows that say what is broken; "ok" is not. */
static vt_status complaints(vt_records *r, vt_findings *list, const char *sql, bool *any) {
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list, sql, VT_NO_ARGS, &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        vt_bad(list, "KHO-30", (vt_place){.file = r->folder}, "Phục hồi kho từ bản sao lưu.",
               "Sổ bị hỏng; SQLite báo: “%s”.", vt_sql_view(stmt, 0));
        *any = true;
    }
    return st;
}

static vt_status check(vt_records *r, vt_findings *list) {
    bool any = false;
    /* SQLite 3.44 and 3.45 would write for an index of words, too, and say that they could not */
    vt_status st = complaints(
        r, list,
        "SELECT * FROM pragma_integrity_check(20) WHERE integrity_check <> 'ok' AND "
        "integrity_check NOT LIKE 'unable to validate the inverted index%readonly database'",
        &any);

    if (!st)
        st = complaints(r, list,
                        "SELECT 'bảng ' || \"table\" || ' trỏ tới dòng không có' FROM "
                        "pragma_foreign_key_check LIMIT 20",
                        &any);
    if (!st)
        st = vt_sqlite_schema_check(r, list, &any);
    return !st && any ? VT_BAD : st;
}

/* A column, taken apart now if the index will want all at once later. */
static void add_words(vt_buf *out, const char *text, size_t len, bool waiting) {
    if (waiting)
        vt_tokens(text, len, out);
    else
        vt_buf_add(out, text, len);
    vt_buf_add(out, "", 1);
}

/* As the view document_words has it: names behind the facets, a run of the heading and one of
   the subject, and then each column. */
static void words(int64_t sort_key, const char *const columns[VT_TEXT_COLUMNS], bool waiting,
                  vt_buf *out) {
    vt_buf facet, run;

    (void)sort_key;
    vt_buf_init(&facet, out->ceiling);
    vt_buf_init(&run, out->ceiling);
    vt_buf_printf(&facet, "%s%c%c%s%c%c%s%c%c%s", columns[VT_COLUMN_FACET], VT_NAME, VT_NAME_ISSUER,
                  columns[VT_COLUMN_ISSUER], VT_NAME, VT_NAME_SIGNER, columns[VT_COLUMN_SIGNER],
                  VT_NAME, VT_NAME_RECIPIENT, columns[VT_COLUMN_RECIPIENT]);
    vt_buf_printf(&run, "%c%s%c%s", VT_RUN, columns[VT_COLUMN_HEADING], VT_RUN,
                  columns[VT_COLUMN_SUBJECT]);
    add_words(out, facet.data, facet.len, waiting);
    add_words(out, run.data, run.len, waiting);
    for (size_t i = VT_COLUMN_HEADING; i < VT_TEXT_COLUMNS; i++)
        add_words(out, columns[i], strlen(columns[i]), waiting);
    out->failed = out->failed || vt_buf_failed(&facet) || vt_buf_failed(&run);
    vt_buf_free(&facet);
    vt_buf_free(&run);
}

#define COLUMNS "rowid, facet, run, heading, subject, issuer, signer, recipient, body, keywords"
#define VALUES "?, ?, ?, ?, ?, ?, ?, ?, ?, ?"

static vt_status index_run(vt_records *r, vt_findings *list, const char *sql, int64_t sort_key,
                           const char *words) {
    enum { COUNT = VT_TEXT_COLUMNS + 1 /* run */ };
    vt_arg args[1 + COUNT] = {vt_int(sort_key)};

    for (size_t i = 0; i < COUNT; i++) {
        args[1 + i] = vt_text(words);
        words += strlen(words) + 1;
    }
    return vt_sql_run(r, list, sql, args, 1 + COUNT);
}

static vt_status index_add(vt_records *r, vt_findings *list, int64_t sort_key, const char *words) {
    return index_run(r, list, "INSERT INTO document_fts(" COLUMNS ") VALUES (" VALUES ")", sort_key,
                     words);
}

static vt_status index_drop(vt_records *r, vt_findings *list, int64_t sort_key, const char *words) {
    return index_run(r, list,
                     "INSERT INTO document_fts(document_fts, " COLUMNS ") VALUES ('delete', " VALUES
                     ")",
                     sort_key, words);
}

static vt_status index_make(vt_records *r, vt_findings *list) {
    return exec(r, list,
                "INSERT INTO document_fts(document_fts) VALUES ('rebuild'); INSERT INTO "
                "received_fts(received_fts) VALUES ('rebuild')");
}

/* FTS5 compares its index with the words when something is written into it, and only then. */
static vt_status index_check(vt_records *r, vt_findings *list, bool *right, bool *compared) {
    vt_status st;
    int rc;

    *compared = !r->read_only;
    if (r->read_only)
        return VT_OK;
    st = vt_records_begin(r, list);
    if (st)
        return st;
    rc = vt_sqlite_exec(
        r, "INSERT INTO document_fts(document_fts, rank) VALUES ('integrity-check', 1); "
           "INSERT INTO received_fts(received_fts, rank) VALUES ('integrity-check', 1)");
    *right = rc == SQLITE_OK;
    if (rc != SQLITE_OK && (rc & 0xFF) != SQLITE_CORRUPT)
        st = vt_sqlite_error(r, list, rc);
    vt_records_rollback(r);
    return st;
}

/* -------------------------------------------------------------- beginnings -- */

enum { BEGINNINGS_MOST = 64, TERM_BYTES = 4 * VT_WORD_BYTES };

/* The first term of the index at or behind `from`, over it. */
static vt_status next_term(vt_records *r, vt_findings *list, char from[TERM_BYTES], bool *any) {
    vt_stmt *stmt;
    vt_status st =
        vt_sql_open(r, list, "SELECT term FROM temp.document_terms WHERE term >= ? LIMIT 1",
                    VT_ARGS(vt_text(from)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, any);
    if (st || !*any)
        return st;
    snprintf(from, TERM_BYTES, "%s", vt_sql_view(stmt, 0));
    vt_sql_done(stmt);
    return VT_OK;
}

/* FTS5 joins the lists of all words of a beginning before it gives the first row; of words it
   is told by name it reads no more than is wanted. */
static vt_status beginning(vt_records *r, vt_findings *list, const char *begin, vt_buf *out) {
    char term[TERM_BYTES];
    size_t n = strlen(begin), count = 0;
    bool any = true;
    vt_status st = exec(r, list,
                        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.document_terms USING "
                        "fts5vocab('main', 'document_fts', 'instance')");

    snprintf(term, sizeof term, "%s", begin);
    while (!st && count <= BEGINNINGS_MOST) {
        st = next_term(r, list, term, &any);
        if (st || !any || strncmp(term, begin, n) != 0)
            break;
        vt_buf_printf(out, " %s", term);
        memcpy(term + strlen(term), "\1", 2);
        count++;
    }
    if (count > BEGINNINGS_MOST)
        vt_buf_clear(out);
    return st;
}

/* ------------------------------------------------------------------ table -- */

#define HAS_WORDS "x.document_fts MATCH ?7 AND "
#define NEWEST "NOT " VT_NUMBER_TYPED " AND " VT_NARROWED " ORDER BY d.sort_key DESC LIMIT ?8"
/* From the documents to the index: CROSS JOIN holds the order. */
#define FEW(columns, few)                                                                          \
    "SELECT " columns " FROM document d CROSS JOIN document_fts x ON x.rowid = "                   \
    "d.sort_key" VT_RECORD_JOINS "WHERE " few " AND " HAS_WORDS                                    \
    "d.sort_key BETWEEN ?5 AND ?6 AND " NEWEST
#define IN_DOSSIER "d.document_id IN " VT_DOSSIER_DOCUMENTS
/* From the index to the documents, in the order of the index. */
#define MANY(columns, document)                                                                    \
    "SELECT " columns " FROM document_fts x CROSS JOIN document d " document                       \
    "ON d.sort_key = x.rowid" VT_RECORD_JOINS "WHERE " HAS_WORDS                                   \
    "x.rowid BETWEEN ?5 AND ?6 AND NOT " VT_NUMBER_TYPED " AND " VT_NARROWED                       \
    " ORDER BY x.rowid DESC LIMIT ?8"
#define NUMBERS(columns)                                                                           \
    VT_FIND_NUMBERS(columns, "EXISTS (SELECT 1 FROM document_fts WHERE document_fts MATCH ?7 AND " \
                             "rowid = d.sort_key)")

static const char *const NAMED[VT_SQL_NAMED] = {
    [VT_SQL_FIND_NUMBERS] = NUMBERS(VT_RECORD_COLUMNS),
    [VT_SQL_FIND_WORDS] = MANY(VT_RECORD_COLUMNS, ""),
    [VT_SQL_FIND_IN_DOSSIER] = FEW(VT_RECORD_COLUMNS, IN_DOSSIER),
    [VT_SQL_FIND_IN_STATE] = FEW(VT_RECORD_COLUMNS, "d.state = ?9"),
    [VT_SQL_COUNT_NUMBERS] = NUMBERS(VT_COUNT_COLUMNS),
    [VT_SQL_COUNT_WORDS] = MANY(VT_COUNT_COLUMNS, "INDEXED BY document_facets "),
    [VT_SQL_COUNT_IN_DOSSIER] = FEW(VT_COUNT_COLUMNS, IN_DOSSIER),
    [VT_SQL_ARRIVED_INDEX] = ("INSERT INTO received_fts(rowid, folded) SELECT received_id, folded "
                              "FROM received_text WHERE received_id = ?1"),
    [VT_SQL_ARRIVED] = VT_ARRIVED("received c", "?5 = ''"),
    [VT_SQL_ARRIVED_WORDS] =
        VT_ARRIVED("received_fts x CROSS JOIN received c ON c.received_id = x.rowid",
                   "x.received_fts MATCH ?5"),
    [VT_SQL_COUNT_IN_STATE] = FEW(VT_COUNT_COLUMNS, "d.state = ?9"),
};

const vt_backend vt_sqlite = {
    .name = "sqlite",
    .scheme = "",
    .make = vt_sqlite_make,
    .open = vt_sqlite_open,
    .close = vt_sqlite_close,
    .begin = vt_sqlite_begin,
    .commit = vt_sqlite_commit,
    .rollback = vt_sqlite_rollback,
    .in_act = vt_sqlite_in_act,
    .settle = vt_sqlite_settle,
    .prepare = prepare,
    .finalize = finalize,
    .bind = bind,
    .step = step,
    .reset = reset,
    .column_int = column_int,
    .column_text = column_text,
    .exec = exec,
    .copy = vt_sqlite_copy,
    .unwritable = vt_sqlite_unwritable,
    .check = check,
    .words = words,
    .index_add = index_add,
    .index_drop = index_drop,
    .index_check = index_check,
    .index_make = index_make,
    .beginning = beginning,
    .together = " NOT \"\1none\"", /* FTS5 makes one AND of those in one another */
    .named = NAMED,
};
