/*
 * records/postgres_act.c - acts one after the other, and what "done" means.
 *
 * An act locks one row (setting 'archive') before anything else and holds it to
 * its end: so numbers are dense and the log is one chain, whichever hosts the
 * acts come from.  A trigger takes the same lock for who writes by other means.
 *
 * "Done" is said when COMMIT came back clean.  It does not when the connection
 * is lost on the way, or when the server gave up waiting for its standby, which
 * it tells by a warning only: then the act may stand or not, and that is what is
 * told.  The same document issued once more finds out by its key.
 *
 * What others committed counts as done for us only when it is as safe as an act
 * of our own: settle writes a word into the server's log and waits for it as a
 * commit does; all that was committed before lies under it.
 */
#include "records/postgres.h"

#include <string.h>

static vt_status unsure(vt_records *r, vt_findings *list, const char *why) {
    return vt_fail(list, "KHO-64", (vt_place){.file = r->folder},
                   "Làm lại đúng lệnh ấy: cùng một nguồn thì kho nhận ra và không cấp số lần nữa.",
                   "Kho “%s”: %s khi đang ghi xong lượt này, không biết đã ghi hay chưa.",
                   r->folder, why);
}

vt_status vt_postgres_begin(vt_records *r, vt_findings *list) {
    PGresult *locked;
    vt_status st = vt_postgres_lost(r) ? vt_postgres_again(r, list) : VT_OK;

    if (st)
        return st;
    if (vt_postgres_of(r)->standby)
        return vt_fail(list, "KHO-63", (vt_place){.file = r->folder},
                       r->backend->unwritable(r)->act,
                       "Kho “%s” ở đây là bản sao trên máy chủ dự phòng, chỉ để đọc.", r->folder);
    st = vt_postgres_row(r, list,
                         "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT value FROM setting WHERE "
                         "name = 'archive' FOR UPDATE",
                         &locked);
    if (!st && !locked)
        st = vt_not_ours(r, list);
    vt_postgres_of(r)->pq.PQclear(locked);
    if (st)
        vt_postgres_rollback(r);
    return st;
}

/* Runs what ends with a commit.  A warning is as bad as an error: the server has
   stopped waiting for its standby. */
static vt_status commit_by(vt_records *r, vt_findings *list, const char *sql) {
    vt_postgres_store *s = vt_postgres_of(r);
    PGresult *result;
    ExecStatusType status;
    bool back;
    vt_status st = vt_postgres_flush(r, list);

    if (st)
        return st;
    s->warnings = 0;
    result = s->pq.PQexec(s->connection, sql);
    status = s->pq.PQresultStatus(result);
    back = result && strcmp(s->pq.PQcmdStatus(result), "ROLLBACK") == 0;
    if (vt_postgres_lost(r)) {
        s->pq.PQclear(result);
        return unsure(r, list, "mất kết nối với máy chủ");
    }
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return vt_postgres_error(r, list, result);
    s->pq.PQclear(result);
    if (back)
        return vt_fail(list, "KHO-27", (vt_place){.file = r->folder},
                       "Xử lý lỗi đã báo ở trên rồi làm lại cả lượt.",
                       "Lượt ghi đã bị huỷ vì một lỗi trước đó.");
    return s->warnings ? unsure(r, list, "máy chủ thôi đợi máy dự phòng") : VT_OK;
}

/* Words wait in the index for being put in order, which costs more than all the rest of
   an act: so it is done when the lock is given back.  Who may not leaves it to the server. */
static void tidy(vt_records *r) {
    vt_postgres_store *s = vt_postgres_of(r);

    if (s->untidy)
        s->pq.PQclear(s->pq.PQexec(
            s->connection, "SELECT gin_clean_pending_list('document_index_words'::regclass)"));
    s->untidy = false;
}

vt_status vt_postgres_commit(vt_records *r, vt_findings *list) {
    vt_status st = commit_by(r, list, "COMMIT");

    if (st)
        vt_postgres_rollback(r);
    else
        tidy(r);
    return st;
}

vt_status vt_postgres_settle(vt_records *r, vt_findings *list) {
    if (r->read_only || vt_postgres_of(r)->standby || vt_postgres_in_act(r))
        return VT_OK;
    return commit_by(r, list, "SELECT pg_logical_emit_message(true, 'vanthu', '')");
}

void vt_postgres_rollback(vt_records *r) {
    vt_postgres_store *s = vt_postgres_of(r);

    vt_postgres_flush(r, NULL);
    if (s->connection && s->pq.PQtransactionStatus(s->connection) != PQTRANS_IDLE)
        s->pq.PQclear(s->pq.PQexec(s->connection, "ROLLBACK"));
}

/* An error may be taken back by the part it happened in. */
bool vt_postgres_in_act(const vt_records *r) {
    const vt_postgres_store *s = vt_postgres_of(r);
    PGTransactionStatusType status = s->pq.PQtransactionStatus(s->connection);

    if (s->pending_count) /* the answer is on its way */
        return r->acting;
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}
