/*
 * tests/records/store.h - the tables from outside, as someone sees them who has
 * the store and not the program: included by fixture.h.
 *
 *   store_try      statements as the program's user; what was refused, in words
 *   store_meddle   as who owns the store: triggers may be dropped, foreign keys
 *                  do not hold him
 *   store_number, store_text   what a question gives: first column, first row
 *
 * SQL is SQLite's; "DROP TRIGGER x" and x'00' are put into PostgreSQL's words.
 */
#ifndef VT_TESTS_RECORDS_STORE_H
#define VT_TESTS_RECORDS_STORE_H

#include <libpq-fe.h>
#include <sqlite3.h>

/* ------------------------------------------------------------ PostgreSQL -- */

/* The URL up to "&schema=", and that name. */
static UNUSED PGconn *store_pg(const fixture *f, bool owner) {
    char url[256], sql[512];
    const char *schema = strstr(f->folder, "&schema=") + 8;
    PGconn *db;

    snprintf(url, sizeof url, "%.*s", (int)(strstr(f->folder, "&schema=") - f->folder), f->folder);
    snprintf(sql, sizeof sql, "SET search_path TO %s; SET client_min_messages TO warning%s", schema,
             owner ? "; SET session_replication_role TO replica" : "");
    if (owner) /* as the superuser: "//vanthu@" -> "//postgres@" */
        snprintf(url, sizeof url, "postgresql://postgres%.*s",
                 (int)(strstr(f->folder, "&schema=") - strchr(f->folder, '@')),
                 strchr(f->folder, '@'));
    db = PQconnectdb(url);
    if (PQstatus(db) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(db));
    PQclear(PQexec(db, sql));
    return db;
}

/* Statements of SQLite's dialect in the other one, one after the other. */
static UNUSED PGresult *store_pg_run(PGconn *db, const char *sql) {
    char one[4096], *blob;
    PGresult *result = NULL;

    while (*sql) {
        size_t n = strcspn(sql, ";");

        snprintf(one, sizeof one, "%.*s", (int)n, sql);
        sql += n + (sql[n] == ';');
        sql += strspn(sql, " ");
        if (strncmp(one, "DROP TRIGGER ", 13) == 0) {
            char name[64];

            snprintf(name, sizeof name, "%.60s", one + 13);
            snprintf(one, sizeof one,
                     "DO $$ BEGIN EXECUTE (SELECT 'DROP TRIGGER %s ON ' || tgrelid::regclass FROM "
                     "pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgname = '%s' AND "
                     "relnamespace = current_schema()::regnamespace); END $$",
                     name, name);
        }
        while ((blob = strstr(one, "x'00'")) != NULL) {
            memmove(blob + 7, blob + 5, strlen(blob + 5) + 1);
            memcpy(blob, "'\\x00'", 7);
        }
        PQclear(result);
        result = PQexec(db, one);
        if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
            break;
    }
    return result;
}

/* In SQLite's words what kind of constraint it was. */
static UNUSED const char *store_pg_kind(const PGresult *result) {
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (!state)
        return "";
    return strcmp(state, "23514") == 0   ? "CHECK "
           : strcmp(state, "23505") == 0 ? "UNIQUE "
           : strcmp(state, "23503") == 0 ? "FOREIGN KEY "
                                         : "";
}

static UNUSED bool store_pg_exec(const fixture *f, bool owner, const char *sql, char error[512]) {
    PGconn *db = store_pg(f, owner);
    PGresult *result = store_pg_run(db, sql);
    bool ok =
        PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;

    snprintf(error, 512, "%s%s", store_pg_kind(result), PQresultErrorMessage(result));
    PQclear(result);
    PQfinish(db);
    return ok;
}

static UNUSED void store_drop(const fixture *f) {
    char sql[128], error[512];

    snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS %s CASCADE",
             strstr(f->folder, "&schema=") + 8);
    if (!store_pg_exec(f, true, sql, error))
        fail_msg("%s", error);
}

/* ---------------------------------------------------------------- SQLite -- */

static UNUSED sqlite3 *store_sqlite(const fixture *f) {
    char path[512];
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/records.db", f->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    return db;
}

static UNUSED bool store_sqlite_exec(const fixture *f, bool owner, const char *sql,
                                     char error[512]) {
    sqlite3 *db = store_sqlite(f);
    char *said = NULL;
    bool ok;

    if (!owner)
        assert_int_equal(sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
    ok = sqlite3_exec(db, sql, NULL, NULL, &said) == SQLITE_OK;
    snprintf(error, 512, "%s", said ? said : "");
    sqlite3_free(said);
    sqlite3_close(db);
    return ok;
}

/* ------------------------------------------------------------------ both -- */

static UNUSED bool store_try(const fixture *f, const char *sql, char error[512]) {
    return f->postgres ? store_pg_exec(f, false, sql, error)
                       : store_sqlite_exec(f, false, sql, error);
}

static UNUSED void store_meddle(const fixture *f, const char *sql) {
    char error[512];
    bool ok =
        f->postgres ? store_pg_exec(f, true, sql, error) : store_sqlite_exec(f, true, sql, error);

    if (!ok)
        fail_msg("%s: %s", sql, error);
}

static UNUSED const char *store_text(const fixture *f, const char *sql) {
    static char text[8192];

    if (f->postgres) {
        PGconn *db = store_pg(f, false);
        PGresult *result = store_pg_run(db, sql);

        if (PQntuples(result) < 1)
            fail_msg("%s: %s", sql, PQresultErrorMessage(result));
        snprintf(text, sizeof text, "%s", PQgetvalue(result, 0, 0));
        PQclear(result);
        PQfinish(db);
    } else {
        sqlite3 *db = store_sqlite(f);
        sqlite3_stmt *stmt = NULL;

        if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK ||
            sqlite3_step(stmt) != SQLITE_ROW)
            fail_msg("%s: %s", sql, sqlite3_errmsg(db));
        snprintf(text, sizeof text, "%s", (const char *)sqlite3_column_text(stmt, 0));
        sqlite3_finalize(stmt);
        sqlite3_close(db);
    }
    return text;
}

static UNUSED int64_t store_number(const fixture *f, const char *sql) {
    return strtoll(store_text(f, sql), NULL, 10);
}

#endif
