/*
 * tests/tools/verify.c - does an archive hold what it promises?
 *
 *   verify FOLDER [ACKS]
 *
 * Knows the tables but none of the program that writes them: plain SQLite,
 * read-only, and OpenSSL.  Says each thing that is wrong and ends with 1.
 *
 *  - SQLite's own integrity and foreign keys
 *  - numbers of a series run without gap or repetition from its first on; dates
 *    never run backwards but where the row says why
 *  - every number in use has one document, every document but a draft one number,
 *    one PDF and one source (but what came from an old register), words to be found
 *    by, and its line in the log
 *  - every file the register names is there with that hash
 *  - the log is a chain
 *  - every line "KEY PERIOD NUMBER" of ACKS is in the register
 */
#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static int wrong;
static sqlite3 *db;

static void say(const char *what, const char *detail) {
    wrong++;
    printf("wrong: %s: %s\n", what, detail ? detail : "");
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *stmt = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
        say(sql, sqlite3_errmsg(db));
        exit(1);
    }
    return stmt;
}

/* Every row of the query is something wrong; its first column says what. */
static void none(const char *what, const char *sql) {
    sqlite3_stmt *stmt = prepare(sql);
    int rc;

    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        say(what, (const char *)sqlite3_column_text(stmt, 0));
    if (rc != SQLITE_DONE)
        say(what, sqlite3_errmsg(db));
    sqlite3_finalize(stmt);
}

static void to_hex(const unsigned char *hash, char out[65]) {
    for (int i = 0; i < 32; i++)
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

static void hash_bytes(const void *data, size_t len, char out[65]) {
    unsigned char hash[32];

    EVP_Digest(data, len, hash, NULL, EVP_sha256(), NULL);
    to_hex(hash, out);
}

/* A whole file; NULL when it cannot be read. */
static unsigned char *read_file(const char *path, size_t *len) {
    FILE *in = fopen(path, "rb");
    unsigned char *data = NULL;
    long size;

    *len = 0;
    if (in && fseek(in, 0, SEEK_END) == 0 && (size = ftell(in)) >= 0) {
        rewind(in);
        data = malloc((size_t)size + 1);
        *len = data ? fread(data, 1, (size_t)size, in) : 0;
    }
    if (in)
        fclose(in);
    return data;
}

/* As it was before it was packed (raw deflate), by another library. */
static unsigned char *inflate_all(const unsigned char *data, size_t len, size_t bytes) {
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)data, .avail_in = (unsigned)len};
    unsigned char *out = malloc(bytes + 1);

    z.next_out = out;
    z.avail_out = (unsigned)bytes + 1;
    if (inflateInit2(&z, -15) != Z_OK || inflate(&z, Z_FINISH) != Z_STREAM_END ||
        z.total_out != bytes) {
        free(out);
        out = NULL;
    }
    inflateEnd(&z);
    return out;
}

/* Bytes as kept; are they what the row says? */
static void check_file(const char *sha, long long bytes, bool packed, const unsigned char *data,
                       size_t len, const char *where) {
    unsigned char *plain = packed && data ? inflate_all(data, len, (size_t)bytes) : NULL;
    char hex[65] = "";

    if (packed && plain)
        hash_bytes(plain, (size_t)bytes, hex);
    else if (!packed && data && (long long)len == bytes)
        hash_bytes(data, len, hex);
    if (strcmp(hex, sha) != 0)
        say("file", where);
    free(plain);
}

static void check_files(const char *folder) {
    sqlite3_stmt *stmt = prepare("SELECT f.sha256, f.bytes, f.place, f.packing, b.data FROM file f "
                                 "LEFT JOIN blob b USING (sha256)");

    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *sha = (const char *)sqlite3_column_text(stmt, 0);
        bool packed = strcmp((const char *)sqlite3_column_text(stmt, 3), "deflate") == 0;
        char path[4096];
        size_t len;

        if (strcmp((const char *)sqlite3_column_text(stmt, 2), "register") == 0) {
            const unsigned char *data = sqlite3_column_blob(stmt, 4);
            check_file(sha, sqlite3_column_int64(stmt, 1), packed, data,
                       (size_t)sqlite3_column_bytes(stmt, 4), sha);
        } else {
            snprintf(path, sizeof path, "%s/files/%.2s/%s", folder, sha, sha + 2);
            unsigned char *data = read_file(path, &len);
            check_file(sha, sqlite3_column_int64(stmt, 1), packed, data, len, path);
            free(data);
        }
    }
    sqlite3_finalize(stmt);
}

static void add_field(EVP_MD_CTX *md, const char *text, int len) {
    char head[16];
    int n = snprintf(head, sizeof head, "%d:", len);

    EVP_DigestUpdate(md, head, (size_t)n);
    EVP_DigestUpdate(md, text, (size_t)len);
}

static void check_log(void) {
    sqlite3_stmt *stmt =
        prepare("SELECT serial, at, actor, act, object, detail, hash FROM event ORDER BY serial");
    char before[65], hex[65], serial[32];
    unsigned char hash[32];
    long long n = 0;

    memset(before, '0', 64);
    before[64] = '\0';
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        EVP_MD_CTX *md = EVP_MD_CTX_new();

        snprintf(serial, sizeof serial, "%lld", ++n);
        EVP_DigestInit_ex(md, EVP_sha256(), NULL);
        EVP_DigestUpdate(md, before, 64);
        EVP_DigestUpdate(md, serial, strlen(serial));
        for (int i = 1; i <= 5; i++)
            add_field(md, (const char *)sqlite3_column_text(stmt, i),
                      sqlite3_column_bytes(stmt, i));
        EVP_DigestFinal_ex(md, hash, NULL);
        EVP_MD_CTX_free(md);
        to_hex(hash, hex);
        if (sqlite3_column_int64(stmt, 0) != n ||
            strcmp(hex, (const char *)sqlite3_column_text(stmt, 6)) != 0)
            say("log", serial);
        memcpy(before, hex, sizeof hex);
    }
    sqlite3_finalize(stmt);
}

static void check_acks(const char *path) {
    sqlite3_stmt *stmt = prepare("SELECT count(*) FROM document d JOIN number n USING (number_id) "
                                 "WHERE d.key = ? AND n.period = ? AND n.number = ?");
    FILE *in = fopen(path, "r");
    char key[128], period[16], number[16], line[256];

    while (in && fgets(line, sizeof line, in)) {
        if (sscanf(line, "%127s %15s %15s", key, period, number) != 3) {
            say("acks", line);
            continue;
        }
        sqlite3_bind_text(stmt, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmt, 2, period, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmt, 3, number, -1, SQLITE_STATIC);
        if (sqlite3_step(stmt) != SQLITE_ROW || sqlite3_column_int(stmt, 0) != 1)
            say("acknowledged and lost", line);
        sqlite3_reset(stmt);
    }
    if (in)
        fclose(in);
    sqlite3_finalize(stmt);
}

static void check_tables(void) {
    none("integrity", "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
    none("foreign key", "SELECT \"table\" FROM pragma_foreign_key_check");
    none(
        "series with a gap or a number twice",
        "SELECT series_id || ': ' || count(*) || ' numbers up to ' || max(number) FROM number JOIN "
        "series s USING (series_id) WHERE suffix = '' GROUP BY series_id HAVING count(*) <> "
        "max(number) - s.first + 1 OR min(number) <> s.first OR count(DISTINCT number) <> "
        "count(*)");
    none("suffix without its number",
         "SELECT number_id FROM number n WHERE suffix <> '' AND NOT EXISTS (SELECT 1 FROM number m "
         "WHERE m.series_id = n.series_id AND m.number = n.number AND m.suffix = '')");
    none("date backwards", "SELECT b.number_id FROM (SELECT number_id, date, max(date) OVER "
                           "(PARTITION BY series_id ORDER BY number, suffix) AS latest FROM number "
                           "WHERE state = 'used' AND disorder = '') b WHERE b.date < b.latest");
    none("state not of its last step",
         "SELECT uid FROM document d WHERE state IS NOT (SELECT to_state FROM step s WHERE "
         "s.document_id = d.document_id ORDER BY ordinal DESC LIMIT 1)");
    none("number without its document",
         "SELECT number_id FROM number n WHERE state = 'used' AND (SELECT count(*) FROM document d "
         "WHERE d.number_id = n.number_id) <> 1");
    none("document without number",
         "SELECT uid FROM document WHERE number_id IS NULL AND state NOT IN "
         "('draft', 'submitted', 'returned', 'signed')");
    none("document without its two files",
         "SELECT uid FROM document d JOIN step s ON s.document_id = d.document_id AND s.ordinal = "
         "1 WHERE s.act = 'issue' AND (SELECT group_concat(role) FROM (SELECT role FROM "
         "document_file f WHERE f.document_id = d.document_id AND role NOT LIKE 'attachment-%' "
         "ORDER BY role)) IS NOT 'pdf,source'");
    none("draft without source, or numbered without PDF",
         "SELECT uid FROM document d JOIN step s ON s.document_id = d.document_id AND s.ordinal = "
         "1 WHERE s.act = 'draft' AND (NOT EXISTS (SELECT 1 FROM document_file f WHERE "
         "f.document_id = d.document_id AND f.role = 'source') OR (d.number_id IS NOT NULL AND NOT "
         "EXISTS (SELECT 1 FROM document_file f WHERE f.document_id = d.document_id AND f.role = "
         "'pdf')))");
    none("document without words", "SELECT uid FROM document WHERE number_id IS NOT NULL AND "
                                   "sort_key NOT IN (SELECT sort_key FROM document_text)");
    none("words not in the index", "SELECT sort_key FROM document_text WHERE sort_key NOT IN "
                                   "(SELECT id FROM document_fts_docsize)");
    none("index without words", "SELECT id FROM document_fts_docsize WHERE id NOT IN (SELECT "
                                "sort_key FROM document_text)");
    none("document without its line in the log",
         "SELECT uid FROM document d WHERE number_id IS NOT NULL AND (SELECT count(*) FROM event e "
         "WHERE e.object = d.uid AND e.act IN ('issue', 'number', 'import')) <> 1");
    none("ordinals of a dossier", "SELECT dossier_id FROM dossier_entry GROUP BY dossier_id HAVING "
                                  "max(ordinal) <> count(*)");
    none("dossier not where its last step led",
         "SELECT uid FROM dossier x WHERE state <> (SELECT to_state FROM dossier_step s WHERE "
         "s.dossier_id = x.dossier_id ORDER BY ordinal DESC LIMIT 1)");
    none("dossier act without its line in the log",
         "SELECT x.uid FROM dossier x JOIN dossier_step s USING (dossier_id) WHERE s.at "
         "<> '' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.object = x.uid AND e.act = "
         "'dossier-' || s.act)");
    none("received without its line in the log",
         "SELECT uid FROM received c WHERE sha256 IS NOT NULL AND (SELECT count(*) FROM event e "
         "WHERE e.object = c.uid "
         "AND e.act = 'receive') <> 1");
    none("key twice", "SELECT key FROM document WHERE again = 0 GROUP BY key HAVING count(*) > 1");
}

int main(int argc, char **argv) {
    char path[4096];
    sqlite3_stmt *stmt;

    if (argc < 2)
        return 2;
    snprintf(path, sizeof path, "%s/records.db", argv[1]);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        say("open", sqlite3_errmsg(db));
        return 1;
    }
    check_tables();
    check_files(argv[1]);
    check_log();
    if (argc > 2)
        check_acks(argv[2]);
    stmt = prepare("SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM series)");
    sqlite3_step(stmt);
    printf("%lld documents in %lld series\n", (long long)sqlite3_column_int64(stmt, 0),
           (long long)sqlite3_column_int64(stmt, 1));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return wrong ? 1 : 0;
}
