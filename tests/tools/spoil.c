/*
 * tests/tools/spoil.c - changes a register behind the program's back, as one
 * could who owns the file: spoil FOLDER SQL
 */
#include <sqlite3.h>
#include <stdio.h>

int main(int argc, char **argv) {
    char path[4096], *error = NULL;
    sqlite3 *db = NULL;
    int rc;

    if (argc != 3)
        return 2;
    snprintf(path, sizeof path, "%s/records.db", argv[1]);
    rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db, argv[2], NULL, NULL, &error);
    if (rc != SQLITE_OK)
        fprintf(stderr, "spoil: %s\n", error ? error : sqlite3_errmsg(db));
    sqlite3_free(error);
    sqlite3_close(db);
    return rc == SQLITE_OK ? 0 : 1;
}
