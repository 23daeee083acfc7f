/*
 * records/sqlite_schema.c - are the tables those the program makes?
 *
 * What the law wants kept is kept by triggers, uniqueness and checks; who takes one
 * away can do what he likes and put it back.  So fsck makes the tables of this version
 * anew, in memory, and compares every table, index, trigger and view by its words.
 */
#include "records/sqlite.h"
#include "records/tokenizer.h"

#include <ctype.h>
#include <string.h>

#define OBJECTS                                                                                    \
    "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' "      \
    "ORDER BY type, name"

/* Behind blanks, quotes (SQLite's own releases differ there when they rename a table)
   and comments. */
static const char *next_word(const char *s) {
    for (;; s++) {
        if (s[0] == '-' && s[1] == '-')
            s += strcspn(s, "\n");
        if (*s != '"' && !isspace((unsigned char)*s))
            return s;
    }
}

static bool same_words(const char *a, const char *b) {
    for (;; a++, b++) {
        a = next_word(a);
        b = next_word(b);
        if (*a != *b || !*a)
            return *a == *b;
    }
}

static int make_pattern(sqlite3 **out) {
    int rc = sqlite3_open_v2(
        ":memory:", out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

    if (rc == SQLITE_OK)
        rc = vt_tokenizer_register(*out);
    for (int v = 0; v < vt_sqlite_schema_count && rc == SQLITE_OK; v++)
        rc = sqlite3_exec(*out, vt_sqlite_schema[v], NULL, NULL, NULL);
    return rc;
}

static const char *text(sqlite3_stmt *stmt, int i) {
    const char *s = (const char *)sqlite3_column_text(stmt, i);

    return s ? s : "";
}

static void complain(vt_records *r, vt_findings *list, sqlite3_stmt *which, const char *what) {
    vt_bad(list, "KHO-35", (vt_place){.file = r->folder},
           "Phục hồi kho từ bản sao lưu: khi thiếu những quy tắc này, dữ liệu có thể đã bị sửa.",
           "Sổ %s: %s %s.", what, text(which, 0), text(which, 1));
}

static int compare_names(sqlite3_stmt *a, sqlite3_stmt *b) {
    int order = strcmp(text(a, 0), text(b, 0));

    return order ? order : strcmp(text(a, 1), text(b, 1));
}

/* Both lists in one order: what is missing, what differs, what is more. */
static int compare(vt_records *r, vt_findings *list, sqlite3_stmt *is, sqlite3_stmt *should,
                   bool *any) {
    int a = sqlite3_step(is), b = sqlite3_step(should);

    while (a == SQLITE_ROW || b == SQLITE_ROW) {
        int order = a != SQLITE_ROW ? 1 : b != SQLITE_ROW ? -1 : compare_names(is, should);
        bool right = order == 0 && same_words(text(is, 2), text(should, 2));

        if (!right)
            complain(r, list, order > 0 ? should : is,
                     order > 0   ? "thiếu"
                     : order < 0 ? "có thêm"
                                 : "đã bị sửa ở");
        *any = *any || !right;
        if (order <= 0)
            a = sqlite3_step(is);
        if (order >= 0)
            b = sqlite3_step(should);
    }
    return a != SQLITE_DONE ? a : b;
}

vt_status vt_sqlite_schema_check(vt_records *r, vt_findings *list, bool *any) {
    sqlite3 *pattern = NULL;
    sqlite3_stmt *is = NULL, *should = NULL;
    int rc = make_pattern(&pattern);

    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(pattern, OBJECTS, -1, &should, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(vt_sqlite_of(r)->db, OBJECTS, -1, &is, NULL);
    if (rc == SQLITE_OK)
        rc = compare(r, list, is, should, any);
    sqlite3_finalize(is);
    sqlite3_finalize(should);
    sqlite3_close(pattern);
    return rc == SQLITE_OK || rc == SQLITE_DONE ? VT_OK : vt_sqlite_error(r, list, rc);
}
