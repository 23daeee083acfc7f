/*
 * The store in PostgreSQL: words and queries as it takes them, its URL, and, with
 * a server (postgres.t), what only that store has.  The last tests want one.
 */
#include "fixture.h"
#include "records/postgres.h"
#include "records/tokenizer.h"

/* ------------------------------------------------------------------- words -- */

static const char *words_of(const char *heading, const char *subject, const char *signer,
                            const char *body) {
    static char text[1 << 12];
    const char *const columns[VT_TEXT_COLUMNS] = {"", heading, subject, "", signer, "", body, ""};
    vt_buf out;

    vt_buf_init(&out, 1 << 26);
    vt_postgres_words((INT64_C(20000) << 24) + 5, columns, &out);
    assert_false(vt_buf_failed(&out));
    snprintf(text, sizeof text, "%s", out.data);
    vt_buf_free(&out);
    return text;
}

/* Of day 20,000: itself, and its place among stretches of 8, 64 ... days. */
#define STRETCHES "'\0050:20000' '\0051:2500' '\0052:312' '\0053:39' '\0054:4' '\0055:0'"

static void words_are_lexemes_with_places(void **state) {
    (void)state;
    assert_string_equal(
        words_of("Kế hoạch", "", "", ""), STRETCHES
        " '\002ke_hoach':2 '\002kế_hoach':2 '\002ke_hoạch':2 '\002kế_hoạch':2 'ke':1A 'kế':1A "
        "'hoach':2A 'hoạch':2A '\006>ndW'");
    /* a gap between columns; heading A, subject B, body none */
    assert_string_equal(words_of("a", "a b", "", "b"),
                        STRETCHES " 'a':1A,3B '\2a_b':4 'b':4B,10 '\0064gZ>'");
    /* names a second time under their column's mark */
    assert_string_equal(words_of("", "", "Lan", ""), STRETCHES " 'lan':4C '\4slan'");
    assert_string_equal(words_of("", "", "", ""), STRETCHES);
}

static const char *made_of(void make(const char *, vt_buf *), const char *expression) {
    static char text[1 << 12];
    vt_buf out;

    vt_buf_init(&out, 1 << 20);
    make(expression, &out);
    assert_false(vt_buf_failed(&out));
    snprintf(text, sizeof text, "%s", out.data);
    vt_buf_free(&out);
    return text;
}

static void expressions_are_queries(void **state) {
    static const struct {
        const char *expression, *query;
    } cases[] = {
        {"", ""},
        {"\"ke\" AND \"hoach\"", "('ke') & ('hoach')"},
        {"\"ke hoach\"", "('ke' <-> 'hoach')"},
        {"\"ke hoa\"*", "('ke' <-> 'hoa':*)"},
        {"(\"a\") NOT (\"b\" OR \"c\")", "(('a')) & !(('b') | ('c'))"},
        {"facet : \"\1all\"", "('\1all')"},
        {"(facet : \"\1t:quyet-dinh\")", "(('\1t:quyet-dinh'))"},
        {"{heading subject} : \"ke hoach\"", "('ke':AB <-> 'hoach':AB)"},
        {"(signer : (\"lan\" AND \"anh\"))", "((('\4slan') & ('\4sanh')))"},
        {"body : \"a\"*", "('a':*D)"},
        {"run : \"\2ke hoạch tre\"", "('\2ke_hoạch' <-> '\2hoạch_tre')"},
        {"(\"\6kế hoạch trẻ\" AND \"ke hoach tre\")",
         "(('\6>ndW' & '\6;O7U') & ('ke' <-> 'hoach' <-> 'tre'))"},
        {"\"\6ke\"", "('\3')"},
        /* what is none asks for nothing that exists */
        {"\"a", "'\3'"},
        {"nowhere : \"a\"", "'\3'"},
        {"(\"a\"", "'\3'"},
        {"\"a\" \"b\"", "'\3'"},
        {"\"\"", "('\3')"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(made_of(vt_postgres_query, cases[i].expression), cases[i].query);
}

/* And the parts of a wider one, as the index does not know how words stand. */
static void words_in_a_row_are_asked_for_twice(void **state) {
    static const struct {
        const char *expression, *queries;
    } cases[] = {
        {"", "{\"\",\"\",\"\"}"},
        {"\"ke\" AND \"hoach\"", "{\"'ke' & 'hoach'\",\"'ke' & 'hoach'\",\"'ke'\",\"'hoach'\"}"},
        {"((\"ke\")) AND (\"ke\")", "{\"'ke' & 'ke'\",\"'ke' & 'ke'\",\"'ke'\"}"},
        {"\"a\" OR \"b\"", "{\"('a') | ('b')\",\"('a') | ('b')\",\"('a') | ('b')\"}"},
        {"(\"a\" OR \"b\") AND \"c\"", "{\"(('a') | ('b')) & 'c'\",\"(('a') | ('b')) & 'c'\","
                                       "\"(('a') | ('b'))\",\"'c'\"}"},
        {"\"OR \" AND (\"c\" AND (\"d\" OR \"e\"))",
         "{\"'or' & 'c' & (('d') | ('e'))\",\"'or' & 'c' & (('d') | ('e'))\","
         "\"'or'\",\"'c'\",\"(('d') | ('e'))\"}"},
        {"(\"a\") NOT (\"b\")", "{\"'a' & !(('b'))\",\"'a' & !(('b'))\",\"'a' & !(('b'))\"}"},
        {"\"ke hoa\"*", "{\"('ke' <-> 'hoa':*)\",\"'ke' & 'hoa':*\",\"'ke'\",\"'hoa':*\"}"},
        {"run : \"\2ke hoạch tre\"",
         "{\"('\2ke_hoạch' <-> '\2hoạch_tre')\",\"'\2ke_hoạch' & '\2hoạch_tre'\","
         "\"'\2ke_hoạch'\",\"'\2hoạch_tre'\"}"},
        {"(\"\6kế hoạch trẻ\" AND \"ke hoach\")",
         "{\"(('\6>ndW' & '\6;O7U') & ('ke' <-> 'hoach'))\","
         "\"'\6>ndW' & '\6;O7U' & 'ke' & 'hoach'\","
         "\"'\6>ndW'\",\"'\6;O7U'\",\"'ke'\",\"'hoach'\"}"},
        {"{signer} : \"lan anh\"",
         "{\"('\4slan' & '\4sanh')\",\"('\4slan' & '\4sanh')\",\"('\4slan' & '\4sanh')\"}"},
        /* less is excluded by words in a row than by words */
        {"\"a\" NOT (\"b c\")", "{\"'a' & !(('b' <-> 'c'))\",\"'a' & !(('b' <-> 'c'))\","
                                "\"'a' & !(('b' <-> 'c'))\"}"},
        {"\"a b\" NOT \"c\"",
         "{\"('a' <-> 'b') & !('c')\",\"'a' & 'b' & !('c')\",\"'a'\",\"'b' & !('c')\"}"},
        {"\"a b c d e f g h i\"",
         "{\"('a' <-> 'b' <-> 'c' <-> 'd' <-> 'e' <-> 'f' <-> 'g' <-> 'h' <-> 'i')\","
         "\"'a' & 'b' & 'c' & 'd' & 'e' & 'f' & 'g' & 'h' & 'i'\","
         "\"'a' & 'i'\",\"'b'\",\"'c'\",\"'d'\",\"'e'\",\"'f'\",\"'g'\",\"'h'\"}"},
        {"\"a", "{\"'\3'\",\"'\3'\",\"'\3'\"}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(made_of(vt_postgres_queries, cases[i].expression), cases[i].queries);
}

/* -------------------------------------------------------------------- names -- */

static void no_password_is_shown(void **state) {
    static const struct {
        const char *name, *shown;
    } cases[] = {
        {"kho/", "kho"},
        {"/", "/"},
        {"postgresql://an:bi-mat@may/kho", "postgresql://an@may/kho"},
        {"postgresql://an@may/kho?schema=a", "postgresql://an@may/kho?schema=a"},
        {"postgresql://an:b@c:d@may:5432/kho?x=@", "postgresql://an@may:5432/kho?x=@"},
        {"postgresql://may/kho?password=bi-mat&schema=a", "postgresql://may/kho?schema=a"},
        {"postgresql://may/kho?password=bi-mat", "postgresql://may/kho?"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *shown = vt_records_shown(cases[i].name);

        assert_string_equal(shown, cases[i].shown);
        free(shown);
    }
}

static void a_schema_is_a_plain_name(void **state) {
    static const char *const wrong[] = {
        "schema=",
        "schema=A",
        "schema=a;drop",
        "schema=pg_x",
        "schema=a\"b",
        "schema=1a",
        "schema=a%20b",
        "x=y&schema='",
        "schema=a&schema=B",
        "schema=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    char url[256];
    fixture f;
    (void)state;
    fixture_start(&f);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(url, sizeof url, "postgresql:///x?%s", wrong[i]);
        f.options.folder = url;
        need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-61");
    }
    f.options.folder = "postgresql://[x/y";
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-61");
    f.options.folder = "postgresql:///vanthu?host=/nowhere/at/all";
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_FAIL, "KHO-62");
    need_refusal(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list), VT_FAIL,
                 "KHO-62");
    f.postgres = false;
    fixture_end(&f);
}

/* --------------------------------------------------------- with a server -- */

/* Tables, columns (NULL or not) and triggers are the same in both stores. */
static void both_stores_have_the_same_tables(void **state) {
    static const char columns_sqlite[] =
        "SELECT group_concat(x, ' ') FROM (SELECT t.name || '.' || c.name || CASE WHEN "
        "c.\"notnull\" "
        "OR c.pk THEN '!' ELSE '' END AS x FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND t.name NOT LIKE '%_fts%' ORDER BY 1)";
    static const char columns_postgres[] =
        "SELECT string_agg(x, ' ' ORDER BY x COLLATE \"C\") FROM (SELECT table_name || '.' || "
        "column_name || CASE is_nullable WHEN 'NO' THEN '!' ELSE '' END AS x FROM "
        "information_schema.columns WHERE table_schema = current_schema() AND table_name NOT IN "
        "('document_index', 'outgoing_metadata')) c";
    static const char triggers_sqlite[] =
        "SELECT group_concat(x, ' ') FROM (SELECT tbl_name || '.' || name AS x FROM sqlite_schema "
        "WHERE type = 'trigger' ORDER BY 1)";
    static const char triggers_postgres[] =
        "SELECT string_agg(x, ' ' ORDER BY x COLLATE \"C\") FROM (SELECT c.relname || '.' || "
        "tgname "
        "AS x FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE c.relnamespace = "
        "current_schema()::regnamespace AND NOT tgisinternal AND tgname <> 'no_truncate') t";
    static char wanted[1 << 14];
    fixture f, folder;
    (void)state;
    fixture_open(&f, false);
    fixture_start(&folder);
    folder.postgres = false;
    snprintf(folder.folder, sizeof folder.folder, "%s", folder.files);
    need_ok(&folder, vt_records_init(&folder.options, &(vt_records_new_options){0}, folder.list));
    snprintf(wanted, sizeof wanted, "%s", store_text(&folder, columns_sqlite));
    assert_string_equal(store_text(&f, columns_postgres), wanted);
    snprintf(wanted, sizeof wanted, "%s", store_text(&folder, triggers_sqlite));
    assert_string_equal(store_text(&f, triggers_postgres), wanted);
    fixture_end(&folder);
    fixture_end(&f);
}

/* A database may hold many archives; one does not see the other. */
static void archives_stand_side_by_side(void **state) {
    fixture a, b;
    (void)state;
    fixture_open(&a, false);
    fixture_open(&b, false);
    assert_int_equal(issue_number(&a, &(draft){0}), 1);
    assert_int_equal(issue_number(&a, &(draft){0}), 2);
    assert_int_equal(issue_number(&b, &(draft){0}), 1);
    assert_int_equal(store_number(&b, "SELECT count(*) FROM document"), 1);
    fixture_end(&a);
    fixture_end(&b);
}

static void init_takes_only_what_is_empty(void **state) {
    char sql[128], error[512];
    const char *schema;
    fixture f;
    (void)state;
    fixture_start(&f);
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-01");
    schema = strstr(f.folder, "&schema=") + 8;
    snprintf(sql, sizeof sql, "CREATE SCHEMA %s AUTHORIZATION vanthu", schema);
    assert_true(store_pg_exec(&f, true, sql, error));
    assert_true(store_try(&f, "CREATE TABLE danh_ba(ten text)", error));
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-01");
    need_refusal(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list), VT_BAD,
                 "KHO-04");
    assert_true(store_try(&f, "DROP TABLE danh_ba", error));
    assert_true(store_try(&f, "CREATE TABLE setting(name text, value text)", error));
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-02");
    assert_true(store_try(&f, "DROP TABLE setting", error));
    need_refusal(
        &f, vt_records_init(&f.options, &(vt_records_new_options){.files_in_folder = true}, f.list),
        VT_BAD, "KHO-04"); /* in which folder? */
    need_ok(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list));
    need_ok(&f, vt_records_open(&f.options, f.list, &f.records));
    assert_int_equal(issue_number(&f, &(draft){0}), 1);
    fixture_end(&f);
}

/* Tables of a later program, and tables that are not all there (half a dump came back), are
   refused, and told apart; put right, the archive opens. */
static void other_tables_are_refused(void **state) {
    char sql[128];
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    vt_records_close(f.records);
    f.records = NULL;
    store_meddle(&f, "UPDATE setting SET value = '99' WHERE name = 'tables'");
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-05");
    need_refusal(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list), VT_BAD,
                 "KHO-03");
    snprintf(sql, sizeof sql,
             "UPDATE setting SET value = '%d' WHERE name = 'tables';"
             "ALTER TABLE anchor SET SCHEMA public",
             VT_SCHEMA_VERSION);
    store_meddle(&f, sql);
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-69");
    need_refusal(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list), VT_BAD,
                 "KHO-03");
    f.options.read_only = true;
    need_refusal(&f, vt_records_open(&f.options, f.list, &f.records), VT_BAD, "KHO-69");
    f.options.read_only = false;
    snprintf(sql, sizeof sql, "ALTER TABLE public.anchor SET SCHEMA %s",
             strstr(f.folder, "&schema=") + 8);
    store_meddle(&f, sql);
    need_ok(&f, vt_records_open(&f.options, f.list, &f.records));
    assert_int_equal(issue_number(&f, &(draft){0}), 2);
    fixture_end(&f);
}

static void kill_sessions(const fixture *f) {
    char error[512];

    assert_true(store_pg_exec(f, true,
                              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                              "application_name = 'vanthu' AND datname = current_database()",
                              error));
    usleep(100000);
}

/* Nothing of an act that was cut off; the next one connects anew. */
static void a_lost_connection_leaves_nothing(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    assert_int_equal(issue_number(&f, &(draft){0}), 1);
    need_ok(&f, vt_records_begin(f.records, f.list));
    assert_int_equal(issue_number(&f, &(draft){0}), 2);
    kill_sessions(&f);
    need_refusal(&f, issue_draft(&f, &(draft){0}, NULL, NULL), VT_FAIL, "KHO-62");
    vt_records_rollback(f.records);
    assert_int_equal(store_number(&f, "SELECT count(*) FROM document"), 1);
    kill_sessions(&f);
    assert_int_equal(issue_number(&f, &(draft){.key = "k"}), 2);
    /* lost at the very end: not known to be, and asked again by the key */
    need_ok(&f, vt_records_begin(f.records, f.list));
    assert_int_equal(issue_number(&f, &(draft){.key = "l"}), 3);
    need_ok(&f, vt_index_settle(f.records, f.list));
    need_ok(&f, vt_postgres_flush(f.records, f.list));
    kill_sessions(&f);
    need_refusal(&f, vt_records_commit(f.records, f.list), VT_FAIL, "KHO-64");
    assert_int_equal(issue_number(&f, &(draft){.key = "l"}), 3);
    assert_int_equal(issue_number(&f, &(draft){.key = "k"}), 2);
    fixture_end(&f);
}

/* An act waits for the one before it, for a minute and no longer. */
static void an_act_waits_for_the_one_before(void **state) {
    vt_records *other;
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    need_ok(&f, vt_records_open(&f.options, f.list, &other));
    need_ok(&f, vt_records_begin(f.records, f.list));
    need_ok(&f, other->backend->exec(other, f.list, "SET lock_timeout TO '200ms'"));
    need_refusal(&f, vt_records_begin(other, f.list), VT_FAIL, "KHO-07");
    need_ok(&f, vt_records_commit(f.records, f.list));
    need_ok(&f, vt_records_begin(other, f.list));
    vt_records_close(other);
    fixture_end(&f);
}

/* Whoever writes past the program waits for the same row. */
static void the_tables_take_the_lock_too(void **state) {
    char error[512];
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    need_ok(&f, vt_records_begin(f.records, f.list));
    assert_false(store_try(&f,
                           "SET lock_timeout TO '200ms'; INSERT INTO number(series_id, issuer_id, "
                           "period, number, state, reason) SELECT series_id, issuer_id, period, 2, "
                           "'void', 'thử' FROM series",
                           error));
    assert_non_null(strstr(error, "lock timeout"));
    need_ok(&f, vt_records_commit(f.records, f.list));
    fixture_end(&f);
}

/* Any bytes may be asked for, and stand in a document. */
static void text_may_be_anything(void **state) {
    static const char *const queries[] = {"\xFF\xFE", "a\\'b",     "'; DROP TABLE number; --",
                                          "\"",       "* * -",     "\"a\" \"",
                                          "\\",       "a:*b & !c", "\1all",
                                          "\2slan",   "$1 ?2"};
    static char huge[200000];
    fixture f;
    vt_hits hits;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.subject = "dấu ' và \\ và \" trong trích yếu", .to = "\xC3\x28"});
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        need_ok(&f, vt_records_search(f.records,
                                      &(vt_search){.query = queries[i],
                                                   .state = queries[i],
                                                   .type = queries[i],
                                                   .signer = queries[i],
                                                   .dossier = queries[i]},
                                      f.arena, f.list, &hits));
    memset(huge, 'x', sizeof huge - 1);
    need_ok(&f, vt_records_search(f.records, &(vt_search){.query = huge, .type = huge}, f.arena,
                                  f.list, &hits));
    for (size_t i = 0; i + 1 < sizeof huge; i += 2)
        memcpy(huge + i, "a ", 2);
    need_ok(&f, vt_records_search(f.records, &(vt_search){.query = huge}, f.arena, f.list, &hits));
    need_ok(&f, vt_records_search(f.records, &(vt_search){.query = "va trong trich yeu"}, f.arena,
                                  f.list, &hits));
    assert_int_equal(hits.count, 1);
    fixture_end(&f);
}

/* Past what a tsvector holds a document is found by less, never refused. */
static void a_long_text_is_found_by_its_words(void **state) {
    enum { WORDS = 200000, WORD = 8 };
    char *text = malloc((size_t)WORDS * WORD + 1), query[32];
    fixture f;
    vt_hits hits;
    (void)state;
    assert_non_null(text);
    for (int i = 0; i < WORDS; i++)
        snprintf(text + (size_t)i * WORD, WORD + 1, "w%06u ", (unsigned)i % 1000000);
    fixture_open(&f, false);
    issue_number(&f, &(draft){.text = text, .subject = "tiếng nói của thôn"});
    const char *const found[] = {"\"tieng noi cua thon\"", "\"w000010 w000011\"", "w016000",
                                 "w050000"};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        need_ok(&f, vt_records_search(f.records, &(vt_search){.query = found[i]}, f.arena, f.list,
                                      &hits));
        if (hits.count != 1)
            fail_msg("not found: %s", found[i]);
    }
    snprintf(query, sizeof query, "w%06d", WORDS - 1); /* past the mebibyte */
    need_ok(&f, vt_records_search(f.records, &(vt_search){.query = query}, f.arena, f.list, &hits));
    assert_int_equal(hits.count, 0);
    free(text);
    fixture_end(&f);
}

/* 6,000 documents of thirty years, some days with hundreds of them: more than are looked
   at at once, in one stretch of time and over all. */
static void fill_index(const fixture *f) {
    store_meddle(
        f, "CREATE TEMP TABLE made AS SELECT i, (CAST(20000 - CASE WHEN i % 2 = 0 THEN i % 9 ELSE "
           "(i * 7919) % 11000 END AS bigint) << 24) + i AS key FROM generate_series(1, 6000) i;"
           "INSERT INTO document(document_id, uid, sort_key, number_id, issuer_id, state, system, "
           "type, type_name, title, designation, date, due, place, subject, pages, amount, "
           "urgency, secrecy, pack, pack_hash, maker, key, again) SELECT i, i, key, i, 1, CASE "
           "WHEN i % 400 = 0 THEN 'recalled' WHEN i % 4 = 0 THEN 'issued' ELSE 'archived' END, '', "
           "'', '', '', '', '', '', '', '', 0, 0, '', '', '', '', '', i, 0 FROM made;"
           "INSERT INTO document_index SELECT key, CAST(concat('''a'':1 ', CASE WHEN i % 3 > 0 "
           "THEN '''b'':2' END, CASE WHEN i % 7 < 3 THEN ' ''c'':' || 3 + i % 7 END, "
           "CASE WHEN i % 701 = 0 THEN ' rare' END, CASE WHEN key >> 24 < "
           "13000 THEN ' old' END, ' w', i % 5, ' ', (SELECT string_agg('''' || chr(5) || level || "
           "':' || (key >> (24 + 3 * level)) || '''', ' ') FROM generate_series(0, 5) level)) "
           "AS tsvector) FROM made");
}

/* The tables' function against the plain question: words common, rare, of old documents
   only, side by side, beginnings, none; ranges; pages of any length; states of many and few. */
static void found_is_what_the_index_has(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    fill_index(&f);
    assert_int_equal(
        store_number(
            &f,
            "SELECT count(*) FROM (SELECT ARRAY(SELECT found(CAST(q || (wider || "
            "string_to_array(wider, ' & ')) AS tsquery[]), low, high, most, apart, among, "
            "in_state)) AS found, ARRAY(SELECT x.sort_key FROM document_index x JOIN document d "
            "USING (sort_key) WHERE x.words @@ CAST(q AS tsquery) AND x.sort_key BETWEEN low AND "
            "high AND x.sort_key <> ALL (apart) AND (in_state = '' OR d.state = in_state) AND "
            "(among IS NULL OR x.sort_key = ANY (among)) ORDER BY x.sort_key DESC LIMIT most) AS "
            "plain FROM (VALUES ('a', 'a'), ('b', 'b'), ('rare', 'rare'), ('old', 'old'), "
            "('b & old', 'b & old'), ('a <-> b', 'a & b'), ('b <-> a', 'b & a'), "
            "('b <-> c', 'b & c'), ('b <-> c & old', 'b & c & old'), "
            "('a & !(b <-> c)', 'a & !(b <-> c)'), ('c & !(a <-> b)', 'c & !(a <-> b)'), "
            "('rare & !(b <-> c)', 'rare'), ('w4 & !b', 'w4 & !b'), ('w:*', 'w:*'), "
            "('ra:* & old', 'ra:* & old'), ('no', 'no')) q(q, wider), (VALUES "
            "(-9223372036854775808, 9223372036854775807), (19998::bigint << 24, (19999::bigint << "
            "24) - 1), (12000::bigint << 24, 19990::bigint << 24), (0, 1)) r(low, high), (VALUES "
            "(1), (21), (7000)) m(most), (VALUES ('', CAST(NULL AS bigint[])), ('archived', NULL), "
            "('recalled', NULL), ('draft', NULL), ('', ARRAY(SELECT sort_key FROM document WHERE "
            "document_id % 50 = 1)), ('', '{}')) s(in_state, among), (VALUES (CAST('{}' AS "
            "bigint[])), (ARRAY(SELECT sort_key FROM document ORDER BY sort_key DESC LIMIT 3))) "
            "t(apart)) x WHERE found IS DISTINCT FROM plain"),
        0);
    assert_int_equal(store_number(&f,
                                  "SELECT count(*) FROM found('{a,a,a}', 0, 9223372036854775807, "
                                  "7000, '{}', NULL, '')"),
                     6000);
    fixture_end(&f);
}

/* The same of numbers: with ký hiệu or none, years, letters, ranges, words, states, dossiers. */
static void numbered_is_what_the_numbers_have(void **state) {
    fixture f;
    (void)state;
    fixture_open(&f, false);
    fill_index(&f);
    store_meddle(&f, "INSERT INTO number(number_id, series_id, issuer_id, period, number, suffix, "
                     "notation, notation_words, date, state) SELECT document_id, document_id, 1, "
                     "CAST(document_id AS text), 1 + document_id % 7, CASE WHEN document_id % 11 = "
                     "0 THEN 'a' ELSE '' END, "
                     "'', CASE WHEN document_id % 5 = 0 THEN ' kh ubnd' ELSE ' ubnd vx' END, "
                     "to_char(date '1970-01-01' + CAST(sort_key >> 24 AS int), 'YYYY-MM-DD'), "
                     "'used' FROM document");
    assert_int_equal(
        store_number(
            &f,
            "SELECT count(*) FROM (SELECT ARRAY(SELECT numbered(typed, letter, sign, since, "
            "before, CAST(q AS tsquery), low, high, most, among, in_state)) AS found, ARRAY(SELECT "
            "d.sort_key FROM number n JOIN document d USING (number_id) JOIN document_index x "
            "USING (sort_key) WHERE n.number = typed AND n.suffix = letter AND strpos(' ' || "
            "n.notation_words, sign) > 0 AND n.date >= since AND n.date < before AND d.sort_key "
            "BETWEEN low AND high AND (q = '' OR x.words @@ CAST(q AS tsquery)) AND (in_state = '' "
            "OR d.state = in_state) AND (among IS NULL OR d.sort_key = ANY (among)) ORDER BY "
            "d.sort_key DESC LIMIT most) AS plain FROM (VALUES (3, ''), (3, 'a'), (9, '')) "
            "t(typed, letter), (VALUES (''), (' kh ubnd'), (' ubnd')) w(sign), (VALUES ('', "
            "'9999'), ('2001', '2002')) y(since, before), (VALUES (''), ('b'), ('no')) q(q), "
            "(VALUES (-9223372036854775808, 9223372036854775807), (12000::bigint << 24, "
            "19990::bigint << 24)) r(low, high), (VALUES (1), (21), (7000)) m(most), (VALUES ('', "
            "CAST(NULL AS bigint[])), ('recalled', NULL), ('', ARRAY(SELECT sort_key FROM document "
            "WHERE document_id % 50 = 1)), ('', '{}')) s(in_state, among)) x WHERE found IS "
            "DISTINCT FROM plain"),
        0);
    assert_int_equal(store_number(&f, "SELECT count(*) FROM numbered(3, '', ' kh ubnd', '', "
                                      "'9999', '', 0, 9223372036854775807, 7000, NULL, '')"),
                     store_number(&f, "SELECT count(*) FROM number WHERE number = 3 AND suffix = "
                                      "'' AND notation_words = ' kh ubnd'"));
    fixture_end(&f);
}

static void fsck_sees_what_was_switched_off(void **state) {
    vt_fsck_report report;
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){0});
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    store_meddle(&f, "ALTER TABLE event DISABLE TRIGGER event_kept");
    need_refusal(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report), VT_BAD,
                 "KHO-35");
    store_meddle(&f, "ALTER TABLE event ENABLE TRIGGER event_kept");
    store_meddle(&f, "DELETE FROM issuer");
    vt_status st = vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report);
    assert_non_null(strstr(findings_text(f.list), "trỏ tới dòng không có"));
    need_refusal(&f, st, VT_BAD, "KHO-30");
    fixture_end(&f);
}

/* A schema whose name is a part of what stands in it is as right as another. */
static void a_schema_may_be_named_as_a_table(void **state) {
    static const char *const names[] = {"tep", "d", "dossier", "step"};
    vt_fsck_report report;
    fixture f;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_start(&f);
        snprintf(f.folder, sizeof f.folder, "%.180s&schema=%s", getenv("VT_POSTGRES"), names[i]);
        store_drop(&f);
        need_ok(&f, vt_records_init(&f.options, &(vt_records_new_options){0}, f.list));
        need_ok(&f, vt_records_open(&f.options, f.list, &f.records));
        issue_number(&f, &(draft){.new_issuer = true});
        need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
        fixture_end(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_lexemes_with_places),
        cmocka_unit_test(expressions_are_queries),
        cmocka_unit_test(words_in_a_row_are_asked_for_twice),
        cmocka_unit_test(no_password_is_shown),
        cmocka_unit_test(a_schema_is_a_plain_name),
        cmocka_unit_test(both_stores_have_the_same_tables),
        cmocka_unit_test(archives_stand_side_by_side),
        cmocka_unit_test(init_takes_only_what_is_empty),
        cmocka_unit_test(other_tables_are_refused),
        cmocka_unit_test(a_lost_connection_leaves_nothing),
        cmocka_unit_test(an_act_waits_for_the_one_before),
        cmocka_unit_test(the_tables_take_the_lock_too),
        cmocka_unit_test(text_may_be_anything),
        cmocka_unit_test(a_long_text_is_found_by_its_words),
        cmocka_unit_test(found_is_what_the_index_has),
        cmocka_unit_test(numbered_is_what_the_numbers_have),
        cmocka_unit_test(fsck_sees_what_was_switched_off),
        cmocka_unit_test(a_schema_may_be_named_as_a_table),
    };
    size_t without = 4; /* those that want no server */

    return _cmocka_run_group_tests("postgres", tests,
                                   getenv("VT_POSTGRES") ? sizeof tests / sizeof *tests : without,
                                   NULL, NULL);
}
