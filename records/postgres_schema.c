/*
 * records/postgres_schema.c - are the tables those the program makes?
 *
 * As records/sqlite_schema.c asks it: the tables of this version are made anew, in
 * a schema of their own inside a transaction that is taken back, and every table,
 * constraint, index, trigger, function and view is compared by the words the server
 * has for it.  Rows that point nowhere and triggers that were switched off show, too.
 */
#include "records/postgres.h"

#include <stdio.h>
#include <string.h>

#define PATTERN "vanthu_pattern"

/* Without the names of both schemas, wherever they stand: so both sides lose the same. */
#define STRIP(words)                                                                               \
    "regexp_replace(regexp_replace(" words ", '\\m(@|" PATTERN ")\\.', '', 'g'), '''(@|" PATTERN   \
    ")''', '', 'g')"
/* What is in a schema, as (type, name, words). */
#define OBJECTS(schema)                                                                            \
    "(SELECT type, " STRIP("name") " AS name, " STRIP(                                             \
        "words") " AS words FROM (SELECT 'table' AS type, c.relname || '' AS name, "               \
                 "coalesce(string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) "   \
                 "|| ' ' || "                                                                      \
                 "a.attnotnull || ' ' || a.attidentity::text || ' ' || "                           \
                 "coalesce(pg_get_expr(d.adbin, "                                                  \
                 "d.adrelid), "                                                                    \
                 "''), ', ' ORDER BY a.attname), '') || CASE c.relkind WHEN 'v' THEN "             \
                 "pg_get_viewdef(c.oid) "                                                          \
                 "ELSE '' END AS words FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = "  \
                 "c.oid AND "                                                                      \
                 "a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = "      \
                 "c.oid AND "                                                                      \
                 "d.adnum = a.attnum WHERE c.relnamespace = '" schema                              \
                 "'::regnamespace AND c.relkind NOT IN ('i', 'S', 't', 'c') GROUP BY c.oid, "      \
                 "c.relname, "                                                                     \
                 "c.relkind UNION "                                                                \
                 "ALL SELECT 'constraint', coalesce(c.conrelid::regclass::text, '') || ' ' || "    \
                 "c.conname, "                                                                     \
                 "pg_get_constraintdef(c.oid) || c.convalidated FROM pg_constraint c WHERE "       \
                 "c.connamespace = "                                                               \
                 "'" schema "'::regnamespace UNION ALL SELECT 'index', c.relname, "                \
                 "pg_get_indexdef(c.oid) FROM pg_class "                                           \
                 "c WHERE c.relnamespace = '" schema "'::regnamespace AND c.relkind = 'i' UNION "  \
                 "ALL SELECT 'trigger', CASE t.tgname WHEN "                                       \
                 "'no_truncate' THEN c.relname || ' ' ELSE '' END || t.tgname, "                   \
                 "pg_get_triggerdef(t.oid) || "                                                    \
                 "t.tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE " \
                 "NOT "                                                                            \
                 "t.tgisinternal AND c.relnamespace = '" schema                                    \
                 "'::regnamespace UNION ALL SELECT 'function', p.proname, "                        \
                 "pg_get_functiondef(p.oid) FROM "                                                 \
                 "pg_proc p WHERE p.pronamespace = '" schema "'::regnamespace) o) "

static const char COMPARE[] =
    "SELECT CASE WHEN b.name IS NULL THEN 'có thêm' WHEN a.name IS NULL THEN 'thiếu' ELSE 'đã bị "
    "sửa ở' END || ': ' || coalesce(a.type, b.type) || ' ' || coalesce(a.name, b.name) "
    "FROM " OBJECTS("@") "a FULL JOIN " OBJECTS(
        PATTERN) "b ON a.type = b.type AND a.name = b.name "
                 "WHERE a.words IS DISTINCT FROM b.words ORDER BY 1 LIMIT 50";

static vt_status tell(vt_records *r, vt_findings *list, const char *sql, const char *id,
                      const char *what, bool *any) {
    const vt_postgres_store *s = vt_postgres_of(r);
    PGresult *rows;
    vt_status st = vt_postgres_row(r, list, sql, &rows);

    for (int i = 0; !st && rows && i < s->pq.PQntuples(rows); i++) {
        vt_bad(
            list, id, (vt_place){.file = r->folder},
            "Phục hồi kho từ bản sao lưu: khi thiếu những quy tắc này, dữ liệu có thể đã bị sửa.",
            "%s%s.", what, s->pq.PQgetvalue(rows, i, 0));
        *any = true;
    }
    s->pq.PQclear(rows);
    return st;
}

/* Whoever may not make schemas in the database cannot compare. */
static vt_status make_pattern(vt_records *r, vt_findings *list, bool *made) {
    PGresult *row;
    vt_status st = vt_postgres_row(
        r, list,
        "SELECT 1 WHERE has_database_privilege(current_database(), 'CREATE') AND NOT "
        "pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'",
        &row);

    *made = row != NULL;
    vt_postgres_of(r)->pq.PQclear(row);
    if (st || !*made)
        return st;
    st = vt_postgres_exec(
        r, list, "CREATE SCHEMA " PATTERN "; SET LOCAL search_path TO " PATTERN ", pg_temp");
    for (int i = 0; !st && i < vt_postgresql_schema_count; i++)
        st = vt_postgres_exec(r, list, vt_postgresql_schema[i]);
    return st;
}

static vt_status compare(vt_records *r, vt_findings *list, bool *any) {
    bool made = false;
    vt_buf sql;
    vt_status st = make_pattern(r, list, &made);

    if (!st && !made)
        return vt_warn(list, "KHO-68", (vt_place){.file = r->folder},
                       vt_postgres_of(r)->standby
                           ? "Chạy vanthu fsck trên máy chủ chính, bằng người dùng có quyền CREATE "
                             "trên cơ sở dữ liệu."
                           : "Chạy vanthu fsck bằng người dùng có quyền CREATE trên cơ sở dữ liệu.",
                       "Không đối chiếu được các bảng và điều cấm của kho với chương trình.");
    vt_buf_init(&sql, 1 << 20);
    vt_postgres_named(r, COMPARE, &sql);
    if (!st)
        st = vt_buf_failed(&sql) ? vt_nomem(list) : tell(r, list, sql.data, "KHO-35", "Sổ ", any);
    vt_buf_free(&sql);
    return st;
}

vt_status vt_postgres_check(vt_records *r, vt_findings *list) {
    bool any = false;
    vt_status st = vt_postgres_exec(r, list, "BEGIN ISOLATION LEVEL READ COMMITTED");

    if (!st)
        st = tell(r, list, "SELECT * FROM complaints()", "KHO-30", "Sổ bị hỏng: ", &any);
    if (!st)
        st = compare(r, list, &any);
    vt_postgres_rollback(r);
    return !st && any ? VT_BAD : st;
}
