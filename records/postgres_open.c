/*
 * records/postgres_open.c - the archive in a PostgreSQL database: connecting,
 * making, opening, bringing older tables forward.
 *
 * An archive is a schema of its own.  It is made in one transaction: there is
 * all of it or nothing.
 */
#include "records/postgres.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SQL_BYTES = 1 << 20, SERVER_LEAST = 150000, MAKE_LOCK = 0x76746875 /* "vthu" */ };

/* --------------------------------------------------------- the connection -- */

static void on_notice(void *ctx, const PGresult *result) {
    vt_postgres_store *s = ctx;
    const char *severity = s->pq.PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    s->warnings += severity && strcmp(severity, "WARNING") == 0;
}

static vt_status start(vt_records *r, vt_findings *list) {
    vt_status st;

    r->store = calloc(1, sizeof(vt_postgres_store));
    if (!r->store)
        return vt_nomem(list);
    st = vt_pq_open(list, &vt_postgres_of(r)->pq);
    return st ? st : vt_postgres_url(r, list);
}

static vt_status unreachable(vt_records *r, vt_findings *list) {
    const vt_postgres_store *s = vt_postgres_of(r);
    const char *said = s->pq.PQerrorMessage(s->connection);
    int n = (int)strcspn(said, "\n");

    return vt_fail(list, "KHO-62", (vt_place){.file = r->folder},
                   "Kiểm tra địa chỉ, mật khẩu, đường mạng và máy chủ PostgreSQL.",
                   "Kho “%s”: không kết nối được với máy chủ (%.*s).", r->folder, n, said);
}

/* What the URL says itself comes first; the rest is so that a server that
   vanished is noticed within a minute.  Of several hosts the one that takes acts. */
static vt_status connect_to(vt_records *r, vt_findings *list) {
    vt_postgres_store *s = vt_postgres_of(r);
    const char *attributes = s->several && !r->read_only ? "read-write" : "any";
    const char *const names[] = {"connect_timeout",           "keepalives_idle",
                                 "keepalives_interval",       "keepalives_count",
                                 "tcp_user_timeout",          "target_session_attrs",
                                 "fallback_application_name", "dbname",
                                 "client_encoding",           NULL};
    const char *const values[] = {"15",       "15",     "15",   "3",    "60000",
                                  attributes, "vanthu", s->url, "UTF8", NULL};

    vt_postgres_flush(r, NULL);
    s->pq.PQfinish(s->connection);
    s->connection = s->pq.PQconnectdbParams(names, values, 1);
    s->generation++;
    if (!s->connection)
        return vt_nomem(list);
    s->pq.PQsetNoticeReceiver(s->connection, on_notice, s);
    return vt_postgres_lost(r) ? unreachable(r, list) : VT_OK;
}

/* Reading sees one moment inside BEGIN; acts say themselves what they want.  A
   process that hangs inside an act loses it in the end.  Rows are looked up one by one, few of
   many: as dear as the server takes that to be (4), it would rather read a whole table. */
static vt_status set_session(vt_records *r, vt_findings *list) {
    vt_buf sql;
    vt_status st;

    vt_buf_init(&sql, SQL_BYTES);
    vt_buf_printf(&sql,
                  "SET search_path TO %s, pg_temp; SET client_min_messages TO warning; "
                  "SET default_transaction_isolation TO 'repeatable read'; "
                  "SET lock_timeout TO '60s'; SET statement_timeout TO 0; "
                  "SET idle_in_transaction_session_timeout TO '15min'; SET jit TO off; "
                  "SET random_page_cost TO 1.1; "
                  "SET bytea_output TO hex; SET standard_conforming_strings TO on",
                  vt_postgres_of(r)->schema);
    if (r->read_only)
        vt_buf_puts(&sql, "; SET default_transaction_read_only TO on");
    st = vt_buf_failed(&sql) ? vt_nomem(list) : vt_postgres_exec(r, list, sql.data);
    vt_buf_free(&sql);
    return st;
}

/* ------------------------------------------------------------- the server -- */

static vt_status unfit(vt_records *r, vt_findings *list, const char *remedy, const char *what) {
    return vt_bad(list, "KHO-65", (vt_place){.file = r->folder}, remedy, "Máy chủ của kho “%s” %s.",
                  r->folder, what);
}

/* Does "done" mean what it says on this server? */
static vt_status check_durable(vt_records *r, vt_findings *list, const char *fsync,
                               const char *pages, const char *commit) {
    if (r->read_only)
        return VT_OK;
    if (strcmp(fsync, "on") != 0)
        return unfit(r, list, "Bật lại fsync trong postgresql.conf; không bật thì chỉ được đọc.",
                     "đã tắt fsync: mất điện là mất số đã cấp, nên không ghi vào kho này");
    if (strcmp(pages, "on") != 0)
        vt_warn(list, "KHO-66", (vt_place){.file = r->folder},
                "Bật lại full_page_writes, trừ khi hệ thống tệp tự bảo đảm (ZFS).",
                "Máy chủ của kho “%s” đã tắt full_page_writes: mất điện có thể làm hỏng sổ.",
                r->folder);
    if (strcmp(commit, "on") == 0 || strcmp(commit, "remote_apply") == 0)
        return VT_OK;
    return vt_postgres_exec(r, list, "SET synchronous_commit TO on"); /* less is a lie */
}

static vt_status check_server(vt_records *r, vt_findings *list) {
    vt_postgres_store *s = vt_postgres_of(r);
    PGresult *row;
    vt_status st = vt_postgres_row(
        r, list,
        "SELECT current_setting('server_version_num'), current_setting('server_encoding'), "
        "current_setting('fsync'), current_setting('full_page_writes'), "
        "current_setting('synchronous_commit'), pg_is_in_recovery()",
        &row);

    if (st || !row)
        return st ? st : VT_FAIL;
    s->standby = *s->pq.PQgetvalue(row, 0, 5) == 't';
    if (strtol(s->pq.PQgetvalue(row, 0, 0), NULL, 10) < SERVER_LEAST)
        st = unfit(r, list, "Dùng PostgreSQL 15 trở lên.", "quá cũ");
    else if (strcmp(s->pq.PQgetvalue(row, 0, 1), "UTF8") != 0)
        st = unfit(r, list, "Lập cơ sở dữ liệu mới với ENCODING 'UTF8'.",
                   "giữ cơ sở dữ liệu này không theo mã UTF-8");
    else
        st = check_durable(r, list, s->pq.PQgetvalue(row, 0, 2), s->pq.PQgetvalue(row, 0, 3),
                           s->pq.PQgetvalue(row, 0, 4));
    s->pq.PQclear(row);
    return st;
}

static vt_status connect_all(vt_records *r, vt_findings *list) {
    vt_status st = connect_to(r, list);

    if (!st)
        st = check_server(r, list);
    return st ? st : set_session(r, list);
}

vt_status vt_postgres_again(vt_records *r, vt_findings *list) {
    return connect_all(r, list);
}

/* --------------------------------------------------------- what stands there -- */

typedef struct standing {
    bool schema, others, ours; /* the schema; anything in it; an archive in it */
    int64_t version;           /* of its tables; 0: told nowhere */
} standing;

void vt_postgres_named(const vt_records *r, const char *format, vt_buf *out) {
    for (const char *at = format; *at; at++)
        if (*at == '@')
            vt_buf_puts(out, vt_postgres_of(r)->schema);
        else
            vt_buf_putc(out, *at);
}

static vt_status ask(vt_records *r, vt_findings *list, const char *format, int64_t *out) {
    const vt_postgres_store *s = vt_postgres_of(r);
    PGresult *row;
    vt_buf sql;
    vt_status st;

    *out = 0;
    vt_buf_init(&sql, SQL_BYTES);
    vt_postgres_named(r, format, &sql);
    st = vt_buf_failed(&sql) ? vt_nomem(list) : vt_postgres_row(r, list, sql.data, &row);
    vt_buf_free(&sql);
    if (st || !row)
        return st;
    *out = strtoll(s->pq.PQgetvalue(row, 0, 0), NULL, 10);
    s->pq.PQclear(row);
    return VT_OK;
}

static vt_status look(vt_records *r, vt_findings *list, standing *out) {
    int64_t schema, tables = 0, setting = 0;
    vt_status st = ask(r, list, "SELECT count(*) FROM pg_namespace WHERE nspname = '@'", &schema);

    if (!st)
        st = ask(r, list,
                 "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                 "WHERE n.nspname = '@'",
                 &tables);
    if (!st)
        st = ask(r, list,
                 "SELECT count(*) FROM pg_tables WHERE schemaname = '@' AND tablename = 'setting'",
                 &setting);
    *out = (standing){.schema = schema != 0, .others = tables != 0, .ours = setting != 0};
    if (!st && setting)
        st = ask(r, list,
                 "SELECT coalesce(max(value), '0') FROM @.setting WHERE name = 'tables' AND value "
                 "~ '^[0-9]{1,9}$'",
                 &out->version);
    return st;
}

/* ------------------------------------------------------------------ tables -- */

/* From the tables of version `from` (0: none) to those of this program. */
static vt_status build(vt_records *r, int64_t from, vt_findings *list) {
    int64_t first = from ? from - VT_POSTGRES_FIRST + 1 : 0;
    char sql[96];
    vt_status st = VT_OK;

    for (int64_t i = first; !st && i < vt_postgresql_schema_count; i++)
        st = vt_postgres_exec(r, list, vt_postgresql_schema[i]);
    snprintf(sql, sizeof sql, "UPDATE setting SET value = '%d' WHERE name = 'tables'",
             VT_POSTGRES_FIRST + vt_postgresql_schema_count - 1);
    return st ? st : vt_postgres_exec(r, list, sql);
}

/* The words of all documents anew, where they were others. */
static vt_status fill_index(vt_records *r, int64_t from, vt_findings *list) {
    enum { WORDS_SINCE = 6 /* version of the tables */ };

    return from < WORDS_SINCE ? vt_postgres_index_make(r, list) : VT_OK;
}

/* From where the tables stand now: another may have been quicker. */
static vt_status bring_forward(vt_records *r, vt_findings *list) {
    standing now = {0};
    vt_status st = vt_records_begin(r, list);

    if (st)
        return st;
    st = look(r, list, &now);
    if (!st && now.version < VT_SCHEMA_VERSION) {
        st = build(r, now.version, list);
        if (!st)
            st = fill_index(r, now.version, list);
        if (!st)
            st = vt_records_migrated(r, now.version, list);
    }
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

/* ------------------------------------------------------------------- files -- */

/* Where files/ is, when it is not the database that holds them. */
static vt_status read_files(vt_records *r, vt_findings *list) {
    vt_postgres_store *s = vt_postgres_of(r);
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(r, list, "SELECT value FROM setting WHERE name = 'files-folder'",
                               VT_NO_ARGS, &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    s->files = strdup(vt_sql_view(stmt, 0));
    vt_sql_done(stmt);
    r->files = s->files;
    return s->files ? VT_OK : vt_nomem(list);
}

/* Every host that issues must see it under this name: so it is told whole. */
static vt_status make_files(vt_records *r, const char *folder, vt_findings *list) {
    vt_postgres_store *s = vt_postgres_of(r);

    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return vt_fail(list, "KHO-21", (vt_place){.file = folder},
                       "Kiểm tra đường dẫn, quyền và ổ đĩa.",
                       "Không tạo được thư mục chứa tệp “%s” (%s).", folder, vt_error_text(errno));
    s->files = realpath(folder, NULL);
    if (!s->files)
        return vt_fail(list, "KHO-21", (vt_place){.file = folder}, NULL,
                       "Không đọc được thư mục chứa tệp “%s” (%s).", folder, vt_error_text(errno));
    r->files = s->files;
    return vt_store_fans(r, list);
}

/* -------------------------------------------------------------------- init -- */

static vt_status check_free(vt_records *r, const standing *s, vt_findings *list) {
    if (s->ours)
        return vt_bad(list, "KHO-03", (vt_place){.file = r->folder},
                      "Dùng ngay kho ấy, hoặc chọn lược đồ khác: ...?schema=TÊN.",
                      "Ở “%s” đã có kho văn bản.", r->folder);
    if (s->others)
        return vt_bad(list, "KHO-04", (vt_place){.file = r->folder},
                      "Chọn một lược đồ trống hoặc chưa có: ...?schema=TÊN.",
                      "Lược đồ “%s” có thứ khác, không lập kho ở đây được.",
                      vt_postgres_of(r)->schema);
    return VT_OK;
}

static vt_status make_schema(vt_records *r, const standing *s, vt_findings *list) {
    char sql[64 + VT_SCHEMA_BYTES];

    snprintf(sql, sizeof sql, "CREATE SCHEMA %s", vt_postgres_of(r)->schema);
    return s->schema ? VT_OK : vt_postgres_exec(r, list, sql);
}

static vt_status fill(vt_records *r, const vt_records_new_options *how, vt_findings *list) {
    standing now = {0};
    vt_status st = look(r, list, &now);

    if (!st)
        st = check_free(r, &now, list);
    if (!st)
        st = make_schema(r, &now, list);
    if (!st && how->files_folder)
        st = make_files(r, how->files_folder, list);
    if (!st)
        st = build(r, 0, list);
    if (!st && r->files)
        st = vt_sql_run(r, list, "INSERT INTO setting VALUES ('files-folder', ?)",
                        VT_ARGS(vt_text(r->files)));
    if (!st)
        st = vt_records_fill(r, how, list);
    return st;
}

vt_status vt_postgres_make(vt_records *r, const vt_records_new_options *how, vt_findings *list) {
    char sql[96];
    vt_status st = start(r, list);

    if (!st)
        st = connect_all(r, list);
    if (!st && how->files_in_folder && !how->files_folder)
        st = vt_bad(list, "KHO-04", (vt_place){.file = r->folder},
                    "Nêu thư mục dùng chung: --files-folder THƯ-MỤC.",
                    "Kho trên PostgreSQL không có thư mục riêng để giữ tệp.");
    snprintf(sql, sizeof sql,
             "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(%d)", MAKE_LOCK);
    if (!st)
        st = vt_postgres_exec(r, list, sql);
    if (st)
        return st;
    st = fill(r, how, list);
    if (!st)
        st = vt_postgres_commit(r, list);
    vt_postgres_rollback(r);
    return st;
}

/* -------------------------------------------------------------------- open -- */

static vt_status find_archive(vt_records *r, vt_findings *list, standing *s) {
    vt_status st = look(r, list, s);

    if (st || s->ours)
        return st;
    return vt_bad(list, "KHO-01", (vt_place){.file = r->folder},
                  "Chỉ đúng kho: ...?schema=TÊN, hoặc lập kho mới: vanthu init.",
                  "Ở “%s” không có kho văn bản (lược đồ “%s”).", r->folder,
                  vt_postgres_of(r)->schema);
}

/* Tables the program makes. */
static int64_t tables_made(void) {
    static const char make[] = "\nCREATE TABLE ";
    int64_t n = 0;

    for (int i = 0; i < vt_postgresql_schema_count; i++)
        for (const char *at = vt_postgresql_schema[i]; (at = strstr(at, make)); at++)
            n++;
    return n;
}

/* Making an archive is one transaction; a dump that came back in part is not. */
static vt_status check_whole(vt_records *r, vt_findings *list) {
    int64_t there, made = tables_made();
    vt_status st = ask(r, list, "SELECT count(*) FROM pg_tables WHERE schemaname = '@'", &there);

    if (st || there >= made)
        return st;
    return vt_bad(
        list, "KHO-69", (vt_place){.file = r->folder},
        "Phục hồi lại cả lược đồ từ bản sao lưu (pg_restore) rồi chạy vanthu fsck.",
        "Kho “%s” không đủ bảng (%lld trong %lld): chưa phục hồi xong hoặc đã bị xoá bớt.",
        r->folder, (long long)there, (long long)made);
}

vt_status vt_postgres_open(vt_records *r, vt_findings *list) {
    standing s = {0};
    vt_status st = start(r, list);

    if (!st)
        st = connect_all(r, list);
    if (!st)
        st = find_archive(r, list, &s);
    if (!st)
        st = vt_version_known(r, s.version < VT_POSTGRES_FIRST ? 0 : s.version, list);
    if (!st && s.version < VT_SCHEMA_VERSION)
        st = bring_forward(r, list);
    if (!st)
        st = check_whole(r, list);
    return st ? st : read_files(r, list);
}

/* ------------------------------------------------------------------- close -- */

void vt_postgres_close(vt_records *r) {
    vt_postgres_store *s = r->store;

    if (!s)
        return;
    if (s->pq.library) {
        vt_statements_drop(r);
        s->pq.PQfinish(s->connection);
    }
    vt_pq_close(&s->pq);
    free(s->url);
    free(s->files);
    free(s);
    r->files = NULL;
    r->store = NULL;
}
