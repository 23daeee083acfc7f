/* records/postgres.c - the store on PostgreSQL: statements, and errors in Vietnamese. */

#include "records/postgres.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARGS_MOST = 48, COLUMNS_MOST = 48, NUMBER_BYTES = 24, TEXT_MOST = 1 << 30 };
/* Types by their numbers, which never change (pg_type.dat). */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTEA = 17,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_NUMERIC = 1700
};
enum { AS_TEXT, AS_BINARY };

typedef struct vt_postgres_statement {
    char *sql; /* with $N */
    int args;
    /* of an expression for the index, how it is bound: as a tsquery, or an array of them */
    void (*query[ARGS_MOST])(const char *expression, vt_buf *out);
    unsigned generation; /* of the connection it is prepared on; 0: none */
    bool sent;           /* its answer is on the way */
    char name[16];
    Oid types[ARGS_MOST];
    const char *values[ARGS_MOST];
    int lengths[ARGS_MOST], formats[ARGS_MOST];
    char numbers[ARGS_MOST][NUMBER_BYTES];
    char *owned[ARGS_MOST]; /* what had to be written anew */
    PGresult *result;
    int row;
    char shown[COLUMNS_MOST][NUMBER_BYTES]; /* numbers as text */
} statement;

/* ----------------------------------------------------------------- errors -- */

static const struct cause {
    const char *state; /* SQLSTATE, or its beginning */
    const char *id, *text, *remedy;
} CAUSES[] = {
    {"25006", "KHO-06", "kho chỉ cho đọc", "Xin quyền ghi, hoặc dùng máy chủ chính."},
    {"25P02", "KHO-27", "lượt ghi đã bị huỷ vì một lỗi trước đó",
     "Xử lý lỗi đã báo ở trên rồi làm lại cả lượt."},
    {"42501", "KHO-06", "người dùng của máy chủ không có quyền",
     "Xin người quản trị PostgreSQL cấp quyền trên lược đồ của kho."},
    {"55P03", "KHO-07", "kho đang bận vì một chương trình khác đang ghi",
     "Đợi chương trình kia xong, hoặc kiểm tra xem nó có bị treo không."},
    {"40", "KHO-07", "kho đang bận vì một chương trình khác đang ghi", "Làm lại."},
    {"53100", "KHO-20", "đĩa của máy chủ đã đầy", "Giải phóng dung lượng rồi làm lại."},
    {"53300", "KHO-62", "máy chủ đã đủ số kết nối", "Đợi rồi làm lại, hoặc tăng max_connections."},
    {"XX001", "KHO-22", "sổ của kho bị hỏng", "Dừng ghi vào kho và phục hồi từ bản sao lưu."},
    {"XX002", "KHO-22", "chỉ mục của sổ bị hỏng", "Dừng ghi vào kho; người quản trị chạy REINDEX."},
    {"58", "KHO-23", "thiết bị đọc ghi của máy chủ bị lỗi", "Kiểm tra ổ đĩa rồi làm lại."},
    {"23", "KHO-24", "kho không nhận vì trái ràng buộc của sổ",
     "Không có gì được ghi; báo cho người quản trị kèm thông báo này."},
};

bool vt_postgres_lost(const vt_records *r) {
    const vt_postgres_store *s = vt_postgres_of(r);

    return s->pq.PQstatus(s->connection) != CONNECTION_OK;
}

/* Without the line end the server puts behind it. */
static const char *first_line(const char *text, char out[512]) {
    int n = (int)strcspn(text, "\n");

    snprintf(out, 512, "%.*s", n, text);
    return out;
}

vt_status vt_postgres_error(vt_records *r, vt_findings *list, PGresult *result) {
    const vt_postgres_store *s = vt_postgres_of(r);
    const char *state = result ? s->pq.PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *said = result ? s->pq.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    vt_place place = {.file = r->folder};
    char line[512];
    bool memory = !result && !vt_postgres_lost(r);

    first_line(said ? said : s->pq.PQerrorMessage(s->connection), line);
    for (size_t i = 0; state && i < sizeof CAUSES / sizeof *CAUSES; i++) {
        const struct cause *c = &CAUSES[i];

        if (strncmp(state, c->state, strlen(c->state)) == 0) {
            s->pq.PQclear(result);
            return vt_fail(list, c->id, place, c->remedy, "Kho “%s”: %s (%s).", r->folder, c->text,
                           line);
        }
    }
    s->pq.PQclear(result);
    if (memory)
        return vt_nomem(list);
    if (vt_postgres_lost(r))
        return vt_fail(list, "KHO-62", place,
                       "Kiểm tra máy chủ và đường mạng rồi làm lại; lượt ghi dở dang không để lại "
                       "gì.",
                       "Kho “%s”: mất kết nối với máy chủ (%s).", r->folder, line);
    return vt_fail(list, "KHO-25", place, "Báo cho người quản trị kèm thông báo này.",
                   "Kho “%s”: lỗi của sổ (%s).", r->folder, line);
}

static bool succeeded(const vt_postgres_store *s, const PGresult *result) {
    ExecStatusType status = s->pq.PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

vt_status vt_postgres_exec(vt_records *r, vt_findings *list, const char *sql) {
    const vt_postgres_store *s = vt_postgres_of(r);
    vt_status st = vt_postgres_flush(r, list);
    PGresult *result;

    if (st)
        return st;
    result = s->pq.PQexec(s->connection, sql);
    if (!succeeded(s, result))
        return vt_postgres_error(r, list, result);
    s->pq.PQclear(result);
    return VT_OK;
}

vt_status vt_postgres_row(vt_records *r, vt_findings *list, const char *sql, PGresult **out) {
    const vt_postgres_store *s = vt_postgres_of(r);
    vt_status st = vt_postgres_flush(r, list);
    PGresult *result;

    *out = NULL;
    if (st)
        return st;
    result = s->pq.PQexec(s->connection, sql);
    if (!succeeded(s, result))
        return vt_postgres_error(r, list, result);
    if (s->pq.PQntuples(result) > 0)
        *out = result;
    else
        s->pq.PQclear(result);
    return VT_OK;
}

/* ------------------------------------------------------------ placeholders -- */

/* Behind "'...'", where no placeholder is one. */
static const char *skip_literal(const char *at) {
    const char *end = strchr(at + 1, at[0]);

    return end ? end + 1 : at + strlen(at);
}

/* ? is the next number, ?N that one; what is cast to tsquery is a query. */
static void number_args(const char *sql, statement *out, vt_buf *buf) {
    int next = 0;

    while (*sql) {
        if (*sql == '\'' || *sql == '"') {
            const char *end = skip_literal(sql);

            vt_buf_add(buf, sql, (size_t)(end - sql));
            sql = end;
        } else if (*sql == '?') {
            char *end;
            long n = strtol(sql + 1, &end, 10);

            if (end == sql + 1)
                n = next + 1;
            if (n < 1 || n > ARGS_MOST) {
                buf->failed = true;
                return;
            }
            next = (int)n > next ? (int)n : next;
            sql = end;
            vt_buf_printf(buf, "$%ld", n);
            if (strncmp(sql, " AS tsquery)", 12) == 0)
                out->query[n - 1] = vt_postgres_query;
            else if (strncmp(sql, " AS tsquery[])", 14) == 0)
                out->query[n - 1] = vt_postgres_queries;
        } else {
            vt_buf_putc(buf, *sql++);
        }
    }
}

static vt_status prepare(vt_stmt *stmt, vt_findings *list) {
    statement *made = calloc(1, sizeof *made);
    vt_buf sql;

    if (!made)
        return vt_nomem(list);
    vt_buf_init(&sql, 1 << 16);
    number_args(stmt->sql, made, &sql);
    made->sql = vt_buf_failed(&sql) ? NULL : strdup(sql.data);
    vt_buf_free(&sql);
    if (!made->sql) {
        free(made);
        return vt_nomem(list);
    }
    stmt->handle = made;
    return VT_OK;
}

static void reset(vt_stmt *stmt) {
    vt_postgres_store *store = vt_postgres_of(stmt->records);
    statement *s = stmt->handle;

    for (size_t i = 0; s->sent && i < store->pending_count; i++)
        if (store->pending[i].of == s && !store->pending[i].prepares)
            store->pending[i].of = NULL;
    s->sent = false;
    store->pq.PQclear(s->result);
    s->result = NULL;
    for (int i = 0; i < s->args; i++) {
        free(s->owned[i]);
        s->owned[i] = NULL;
    }
    s->args = 0;
}

static void finalize(vt_stmt *stmt) {
    statement *s = stmt->handle;

    reset(stmt);
    vt_postgres_flush(stmt->records, NULL); /* it may still be on its way to being prepared */
    free(s->sql);
    free(s);
    stmt->handle = NULL;
}

/* ----------------------------------------------------------------- binding -- */

/* The server takes no text that is not UTF-8: what is not is U+FFFD. */
static bool mend(statement *s, int i, const char *text, size_t len) {
    const char *at = text, *end = text + len;
    vt_buf out;

    vt_buf_init(&out, TEXT_MOST);
    while (at < end) {
        char bytes[4];
        int n = vt_utf8_put(vt_utf8_next(&at, end), bytes);

        vt_buf_add(&out, bytes, (size_t)n);
    }
    s->owned[i] = vt_buf_failed(&out) ? NULL : strdup(out.data);
    vt_buf_free(&out);
    s->values[i] = s->owned[i];
    return s->owned[i] != NULL;
}

static bool as_query(statement *s, int i, const char *expression) {
    vt_buf out;

    vt_buf_init(&out, TEXT_MOST);
    s->query[i](expression, &out);
    s->owned[i] = vt_buf_failed(&out) ? NULL : strdup(out.data);
    vt_buf_free(&out);
    s->values[i] = s->owned[i];
    return s->owned[i] != NULL;
}

static bool bind_one(statement *s, int i, const vt_arg *arg) {
    s->formats[i] = AS_TEXT;
    s->lengths[i] = 0;
    switch (arg->kind) {
    case VT_ARG_INT:
        s->types[i] = TYPE_INT8;
        snprintf(s->numbers[i], NUMBER_BYTES, "%lld", (long long)arg->number);
        s->values[i] = s->numbers[i];
        return true;
    case VT_ARG_TEXT:
        s->types[i] = TYPE_TEXT;
        s->values[i] = arg->text;
        if (s->query[i])
            return as_query(s, i, arg->text);
        return vt_utf8_valid(arg->text, strlen(arg->text), NULL) ||
               mend(s, i, arg->text, strlen(arg->text));
    case VT_ARG_BLOB:
        s->types[i] = TYPE_BYTEA;
        s->formats[i] = AS_BINARY;
        s->values[i] = arg->text ? arg->text : "";
        s->lengths[i] = (int)arg->number;
        return arg->number <= TEXT_MOST;
    default:
        s->types[i] = 0; /* by where it stands */
        s->values[i] = NULL;
        return true;
    }
}

static vt_status bind(vt_stmt *stmt, vt_findings *list, const vt_arg *args, size_t count) {
    statement *s = stmt->handle;
    bool ok = count <= ARGS_MOST;

    reset(stmt);
    for (size_t i = 0; ok && i < count; i++) {
        s->args = (int)i + 1;
        ok = bind_one(s, (int)i, &args[i]);
    }
    return ok ? VT_OK : vt_nomem(list);
}

/* ----------------------------------------------------------------- running -- */

/*
 * A trip to the server and back costs more than most statements do.  So they are sent one
 * behind the other (libpq's pipeline), and their answers are read when somebody wants rows,
 * at the end of a part and before COMMIT.  What the server refuses is told then; what was
 * sent behind it is not done.
 */

static void push(vt_postgres_store *store, statement *s, bool prepares) {
    store->pending[store->pending_count++] = (vt_pending){s, prepares};
}

/* Under a name on this connection.  The types are those of the first time: NULL
   then leaves them to the server, as text it reads every later value. */
static bool make_ready(vt_postgres_store *store, statement *s) {
    if (s->generation == store->generation)
        return true;
    snprintf(s->name, sizeof s->name, "s%u", ++store->prepared);
    if (!store->pq.PQsendPrepare(store->connection, s->name, s->sql, s->args, s->types))
        return false;
    s->generation = store->generation;
    push(store, s, true);
    return true;
}

/* `rows`: they are wanted. */
static vt_status send(vt_stmt *stmt, vt_findings *list, bool rows) {
    vt_postgres_store *store = vt_postgres_of(stmt->records);
    statement *s = stmt->handle;
    vt_status st =
        store->pending_count + 2 > VT_PENDING_MOST ? vt_postgres_flush(stmt->records, list) : VT_OK;

    if (st)
        return st;
    if (store->pq.PQenterPipelineMode(store->connection) != 1 || !make_ready(store, s) ||
        !store->pq.PQsendQueryPrepared(store->connection, s->name, s->args, s->values, s->lengths,
                                       s->formats, AS_BINARY))
        return vt_postgres_error(stmt->records, list, NULL);
    push(store, rows ? s : NULL, false);
    s->sent = rows;
    return VT_OK;
}

static void take_answer(vt_postgres_store *store, const vt_pending *to, PGresult *result) {
    bool ok = succeeded(store, result);

    if (to->prepares && !ok)
        to->of->generation = 0;
    if (!to->prepares && to->of)
        to->of->sent = false;
    if (ok && to->of && !to->prepares) {
        to->of->result = result;
        to->of->row = -1; /* nobody has stepped it yet */
    } else if (!ok && !store->refused &&
               store->pq.PQresultStatus(result) != PGRES_PIPELINE_ABORTED) {
        store->refused = result;
    } else {
        store->pq.PQclear(result);
    }
}

vt_status vt_postgres_flush(vt_records *r, vt_findings *list) {
    vt_postgres_store *store = vt_postgres_of(r);
    PGresult *refused;

    if (!store->pending_count)
        return VT_OK;
    vt_pq_sync(&store->pq, store->connection);
    for (size_t i = 0; i < store->pending_count; i++) {
        take_answer(store, &store->pending[i], store->pq.PQgetResult(store->connection));
        store->pq.PQclear(store->pq.PQgetResult(store->connection)); /* NULL: its end */
    }
    store->pending_count = 0;
    vt_pq_synced(&store->pq, store->connection);
    store->pq.PQexitPipelineMode(store->connection);
    refused = store->refused;
    store->refused = NULL;
    return refused || vt_postgres_lost(r) ? vt_postgres_error(r, list, refused) : VT_OK;
}

/* Within an act nobody waits for what has no rows. */
static vt_status run(vt_stmt *stmt, vt_findings *list) {
    vt_status st = send(stmt, list, false);

    return st || stmt->records->acting ? st : vt_postgres_flush(stmt->records, list);
}

static vt_status ahead(vt_stmt *stmt, vt_findings *list) {
    return send(stmt, list, true);
}

/* All rows come at once: the connection is free for the statements between them. */
static vt_status step(vt_stmt *stmt, vt_findings *list, bool *row) {
    vt_postgres_store *store = vt_postgres_of(stmt->records);
    statement *s = stmt->handle;
    vt_status st = VT_OK;

    *row = false;
    if (!s->result) {
        if (!s->sent)
            st = send(stmt, list, true);
        if (!st)
            st = vt_postgres_flush(stmt->records, list);
        if (!st && !s->result) /* an answer read before was an error */
            st = vt_postgres_error(stmt->records, list, NULL);
    }
    s->row++;
    *row = !st && s->row < store->pq.PQntuples(s->result);
    return st;
}

/* ----------------------------------------------------------------- columns -- */

static int64_t word_at(const char *at) {
    uint16_t v;

    memcpy(&v, at, sizeof v);
    return (int16_t)be16toh(v);
}

/* A whole number as the server keeps sums: digits of 10,000, the first of which
   stands for 10,000 to the power of `weight`. */
static int64_t numeric(const char *at) {
    int64_t digits = word_at(at), weight = word_at(at + 2), sign = word_at(at + 4), n = 0;

    for (int64_t i = 0; i <= weight; i++)
        n = n * 10000 + (i < digits ? word_at(at + 8 + 2 * i) : 0);
    return sign ? -n : n;
}

static int64_t number_at(Oid type, const char *at) {
    uint32_t small;
    uint64_t large;

    switch (type) {
    case TYPE_BOOL:
        return *at;
    case TYPE_INT2:
        return word_at(at);
    case TYPE_INT4:
        memcpy(&small, at, sizeof small);
        return (int32_t)be32toh(small);
    case TYPE_INT8:
        memcpy(&large, at, sizeof large);
        return (int64_t)be64toh(large);
    case TYPE_NUMERIC:
        return numeric(at);
    default:
        return strtoll(at, NULL, 10);
    }
}

static int64_t column_int(vt_stmt *stmt, int i) {
    const vt_pq *pq = &vt_postgres_of(stmt->records)->pq;
    const statement *s = stmt->handle;

    if (pq->PQgetisnull(s->result, s->row, i))
        return 0;
    return number_at(pq->PQftype(s->result, i), pq->PQgetvalue(s->result, s->row, i));
}

static bool is_number(Oid type) {
    return type == TYPE_BOOL || type == TYPE_INT2 || type == TYPE_INT4 || type == TYPE_INT8 ||
           type == TYPE_NUMERIC;
}

static const char *column_text(vt_stmt *stmt, int i, size_t *len) {
    const vt_pq *pq = &vt_postgres_of(stmt->records)->pq;
    statement *s = stmt->handle;

    *len = 0;
    if (i >= COLUMNS_MOST || pq->PQgetisnull(s->result, s->row, i))
        return NULL;
    if (is_number(pq->PQftype(s->result, i))) {
        *len = (size_t)snprintf(s->shown[i], NUMBER_BYTES, "%lld", (long long)column_int(stmt, i));
        return s->shown[i];
    }
    *len = (size_t)pq->PQgetlength(s->result, s->row, i);
    return pq->PQgetvalue(s->result, s->row, i);
}

/* ------------------------------------------------------------------- table -- */

/* The tables' function gives the newest documents with the words; `among`: of these few only. */
#define FIND(columns, among)                                                                       \
    "SELECT " columns " FROM found(CAST(?7 AS tsquery[]), ?5, ?6, ?8, (SELECT "                    \
    "coalesce(array_agg(d.sort_key), '{}') FROM number n JOIN document d ON d.number_id = "        \
    "n.number_id WHERE ?1 > 0 AND " VT_NUMBER_TYPED "), " among                                    \
    ", ?9) k JOIN document d ON d.sort_key = k" VT_RECORD_JOINS "ORDER BY d.sort_key DESC"
#define OF_ALL "CAST(NULL AS bigint[])"
#define OF_DOSSIER                                                                                 \
    "(SELECT coalesce(array_agg(d.sort_key), '{}') FROM document d WHERE d.document_id "           \
    "IN " VT_DOSSIER_DOCUMENTS " AND (?9 = '' OR d.state = ?9))"
/* The same of a number's documents. */
#define NUMBERS(columns)                                                                           \
    "SELECT " columns " FROM numbered(?1, ?2, ?3, ?4, ?11, CAST(?7 AS tsquery), ?5, ?6, ?8, CASE " \
    "WHEN ?10 <> '' THEN " OF_DOSSIER " END, ?9) k JOIN document d ON d.sort_key = "               \
    "k" VT_RECORD_JOINS "ORDER BY n.date DESC, d.sort_key DESC"

static const char *const NAMED[VT_SQL_NAMED] = {
    [VT_SQL_FIND_NUMBERS] = NUMBERS(VT_RECORD_COLUMNS),
    [VT_SQL_FIND_WORDS] = FIND(VT_RECORD_COLUMNS, OF_ALL),
    [VT_SQL_FIND_IN_DOSSIER] = FIND(VT_RECORD_COLUMNS, OF_DOSSIER),
    [VT_SQL_FIND_IN_STATE] = FIND(VT_RECORD_COLUMNS, OF_ALL),
    [VT_SQL_COUNT_NUMBERS] = NUMBERS(VT_COUNT_COLUMNS),
    [VT_SQL_COUNT_WORDS] = FIND(VT_COUNT_COLUMNS, OF_ALL),
    [VT_SQL_COUNT_IN_DOSSIER] = FIND(VT_COUNT_COLUMNS, OF_DOSSIER),
    [VT_SQL_ARRIVED] = VT_ARRIVED("received c", "?5 = ''"),
    [VT_SQL_ARRIVED_WORDS] =
        VT_ARRIVED("received_text x JOIN received c ON c.received_id = x.received_id",
                   "words_of(x.folded) @> words_of(CAST(translate(?5, '\"', '') AS plain))"),
    [VT_SQL_COUNT_IN_STATE] = FIND(VT_COUNT_COLUMNS, OF_ALL),
};

static const vt_unwritable *unwritable(const vt_records *r) {
    static const vt_unwritable right = {
        "Xin người quản trị PostgreSQL cấp quyền ghi trên lược đồ của kho.",
        "Nhờ người được ghi vào kho chạy vanthu series một lần: sổ được nâng lên lúc ấy.",
        "Xin người quản trị PostgreSQL cấp quyền ghi trên lược đồ của kho.",
        "Nhờ người được ghi vào kho chạy", false};
    static const vt_unwritable standby = {
        "Chỉ địa chỉ kho vào máy chủ chính, hoặc kể cả hai máy trong địa chỉ.",
        "Chạy vanthu series trên máy chủ chính trước: sổ được nâng lên ở đó, máy dự phòng theo "
        "sau.",
        "Xem trên máy chủ chính: chỉ địa chỉ kho vào đó.", "Chạy trên máy chủ chính", true};

    return r->store && vt_postgres_of(r)->standby ? &standby : &right;
}

static void words(int64_t sort_key, const char *const columns[VT_TEXT_COLUMNS], bool waiting,
                  vt_buf *out) {
    (void)waiting;
    vt_postgres_words(sort_key, columns, out);
}

const vt_backend vt_postgres = {
    .name = "postgresql",
    .scheme = "postgresql://",
    .make = vt_postgres_make,
    .open = vt_postgres_open,
    .close = vt_postgres_close,
    .begin = vt_postgres_begin,
    .commit = vt_postgres_commit,
    .rollback = vt_postgres_rollback,
    .in_act = vt_postgres_in_act,
    .settle = vt_postgres_settle,
    .prepare = prepare,
    .finalize = finalize,
    .bind = bind,
    .step = step,
    .run = run,
    .ahead = ahead,
    .flush = vt_postgres_flush,
    .reset = reset,
    .column_int = column_int,
    .column_text = column_text,
    .exec = vt_postgres_exec,
    .copy = NULL,
    .unwritable = unwritable,
    .check = vt_postgres_check,
    .words = words,
    .index_add = vt_postgres_index_add,
    .index_drop = vt_postgres_index_drop,
    .index_check = vt_postgres_index_check,
    .index_make = vt_postgres_index_make,
    .together = "",
    .named = NAMED,
};
