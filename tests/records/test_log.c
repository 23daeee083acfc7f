/* SQLite's log in long pieces: few writes, nobody sees a frame that is not there,
   and a disk that is full at any write costs the act and nothing else. */

#include "fixture.h"
#include "records/sqlite.h"

enum { KEYS = 300, ACTS = 400, COPIED = 12 };

/* ------------------------------------------------------- a disk that fails -- */

typedef struct sick_file {
    sqlite3_file base;
    sqlite3_io_methods methods;
    const sqlite3_io_methods *real;
} sick_file;

static sqlite3_vfs *healthy, sick;
static sick_file logs[8]; /* methods of the logs that are open, by their files */
static long writes, fail_from = -1, fail_until;

static int sick_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at) {
    const sick_file *log = logs;

    while (file->pMethods != &log->methods)
        log++;
    writes++;
    if (fail_from >= 0 && writes >= fail_from && writes < fail_until) {
        log->real->xWrite(file, bytes, len / 2, at); /* half of it was room for */
        return SQLITE_FULL;
    }
    return log->real->xWrite(file, bytes, len, at);
}

static int sick_open(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out) {
    static size_t next;
    int rc = healthy->xOpen(healthy, name, file, flags, out);

    (void)self;
    if (rc == SQLITE_OK && flags & SQLITE_OPEN_WAL) {
        sick_file *log = &logs[next++ % 8];

        log->real = file->pMethods;
        log->methods = *file->pMethods;
        log->methods.xWrite = sick_write;
        file->pMethods = &log->methods;
    }
    return rc;
}

static int set_up(void **state) {
    (void)state;
    healthy = sqlite3_vfs_find(NULL);
    sick = *healthy;
    sick.zName = "sick";
    sick.xOpen = sick_open;
    return sqlite3_vfs_register(&sick, 1);
}

/* ------------------------------------------------------------ the register -- */

static char path[300];

static sqlite3 *open_as(const char *vfs) {
    sqlite3 *db;

    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs),
                     SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(
            db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "PRAGMA cache_size = 10; PRAGMA wal_autocheckpoint = 200;"
            "CREATE TABLE IF NOT EXISTS t(k INTEGER PRIMARY KEY, v BLOB CHECK(length(v) > 0))",
            NULL, NULL, NULL),
        SQLITE_OK);
    return db;
}

static sqlite3 *fresh(void) {
    static int n;

    snprintf(path, sizeof path, "%s/vt-log-%d-%d.db", getenv("TMP") ? getenv("TMP") : "/tmp",
             (int)getpid(), n++);
    return open_as(vt_sqlite_vfs());
}

static void remove_all(void) {
    static const char *const tails[] = {"", "-wal", "-shm"};
    char name[320];

    for (size_t i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, tails[i]);
        unlink(name);
    }
}

static int put(sqlite3 *db, int key, int len) {
    char sql[120];

    if (len)
        snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO t VALUES (%d, zeroblob(%d))", key, len);
    else
        snprintf(sql, sizeof sql, "DELETE FROM t WHERE k = %d", key);
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* By the system's own VFS: what another program would read. */
static void assert_holds(const int *expected) {
    sqlite3 *db;
    sqlite3_stmt *stmt;
    int seen = 0, wanted = 0;

    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, "unix"), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_prepare_v2(db, "SELECT k, length(v) FROM t", -1, &stmt, NULL);
    for (; sqlite3_step(stmt) == SQLITE_ROW; seen++)
        assert_int_equal(sqlite3_column_int(stmt, 1), expected[sqlite3_column_int(stmt, 0)]);
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    for (int i = 0; i < KEYS; i++)
        wanted += expected[i] > 0;
    assert_int_equal(seen, wanted);
    sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, NULL);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(stmt, 0), "ok");
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

/* ------------------------------------------------------------------- cases -- */

static void an_act_is_few_writes(void **state) {
    int expected[KEYS] = {0};
    sqlite3 *db = fresh();
    long before;

    (void)state;
    sqlite3_exec(db, "PRAGMA cache_size = 2000; BEGIN", NULL, NULL, NULL);
    for (int i = 0; i < 60; i++)
        assert_int_equal(put(db, i, expected[i] = 4000), SQLITE_OK);
    before = writes;
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_in_range(writes - before, 1, 10); /* one by one: 120 and more */
    assert_holds(expected);
    sqlite3_close(db);
    remove_all();
}

/* Pages go out before the act ends, are read again, changed again, taken back. */
static void what_is_held_is_read(void **state) {
    int expected[KEYS] = {0};
    sqlite3 *db = fresh();

    (void)state;
    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 200; i++)
            assert_int_equal(put(db, i, expected[i] = 500 + 700 * round + i), SQLITE_OK);
    sqlite3_exec(db, "SAVEPOINT s", NULL, NULL, NULL);
    for (int i = 0; i < 200; i++)
        assert_int_equal(put(db, i, 9000), SQLITE_OK);
    sqlite3_exec(db, "ROLLBACK TO s", NULL, NULL, NULL);
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_holds(expected);
    sqlite3_close(db);
    remove_all();
}

static unsigned chance_seed;

static int chance(int n) {
    chance_seed = chance_seed * 1103515245u + 12345u;
    return (int)((chance_seed >> 8) % (unsigned)n);
}

/* Many rows by one statement, which can be taken back alone: a disk that is full then
   does not end the act. */
static int copy_up(sqlite3 *db, int from) {
    char sql[200];

    snprintf(sql, sizeof sql,
             "INSERT INTO t SELECT k + %d, v FROM t WHERE k BETWEEN %d AND %d"
             " AND k < %d AND k + %d NOT IN (SELECT k FROM t)",
             KEYS / 2, from, from + COPIED - 1, KEYS / 2, KEYS / 2);
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

typedef enum outcome { KEPT, GIVEN_UP, REFUSED } outcome;

/* One act of up to forty changes; next becomes what the register then holds if it stands. */
static outcome one_act(sqlite3 *db, int *next) {
    bool meant = chance(6) > 0;

    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return REFUSED;
    for (int n = chance(40); n >= 0 && !sqlite3_get_autocommit(db); n--) {
        int key = chance(KEYS), len = chance(5) ? 1 + chance(6000) : 0;

        if (put(db, key, len) == SQLITE_OK) /* else that statement is taken back, or all */
            next[key] = len;
        if (!sqlite3_get_autocommit(db) && copy_up(db, key % (KEYS / 2)) == SQLITE_OK)
            for (int i = key % (KEYS / 2), end = i + COPIED; i < KEYS / 2 && i < end; i++)
                next[i + KEYS / 2] = next[i + KEYS / 2] ? next[i + KEYS / 2] : next[i];
    }
    if (!sqlite3_get_autocommit(db) && meant &&
        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
        return KEPT;
    if (!sqlite3_get_autocommit(db))
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return meant ? REFUSED : GIVEN_UP;
}

static void a_full_disk_costs_the_act_alone(void **state) {
    int now[KEYS] = {0}, next[KEYS], counts[3] = {0};
    sqlite3 *db = fresh();

    (void)state;
    chance_seed = 7;
    for (int act = 0; act < ACTS; act++) {
        outcome what;

        memcpy(next, now, sizeof next);
        fail_from = chance(2) ? writes + 1 + chance(20) : -1;
        fail_until = fail_from + (chance(3) ? 1 : 60);
        what = one_act(db, next);
        fail_from = -1;
        counts[what]++;
        if (what == KEPT)
            memcpy(now, next, sizeof now);
        if (act % 5 == 0)
            assert_holds(now);
        if (act % 50 == 0) { /* who comes after a crash */
            sqlite3_close(db);
            db = open_as(vt_sqlite_vfs());
        }
    }
    for (int i = 0; i < 3; i++)
        assert_in_range(counts[i], 20, ACTS);
    sqlite3_close(db);
    assert_holds(now);
    remove_all();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_act_is_few_writes),
        cmocka_unit_test(what_is_held_is_read),
        cmocka_unit_test(a_full_disk_costs_the_act_alone),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
