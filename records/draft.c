/*
 * records/draft.c - a document before it has a number: brought in as a draft,
 * with its source; vt_records_issue with its id gives it a number once it is
 * signed.
 */
#include "records/store.h"

#include <string.h>

static const char *or_empty(const char *s) {
    return s ? s : "";
}

static vt_status add_draft(vt_records *r, const vt_issue *q, int64_t issuer, const char *id,
                           vt_findings *list, int64_t *document) {
    const vt_meta *m = q->meta;
    char at[VT_TIME_CHARS + 1], date[11], due[11];

    vt_time_utc(r->world.now_ms(r->world.ctx), at);
    vt_date_iso(m->date, date);
    vt_date_iso(m->due, due);
    return vt_sql_number(
        r, list,
        "INSERT INTO document(uid, issuer_id, state, system, type, type_name, title, designation, "
        "date, due, place, subject, pages, amount, urgency, secrecy, pack, pack_hash, maker, key, "
        "again, created, drafter) VALUES (?, ?, 'draft', ?, ?, ?, ?, '', ?, ?, ?, ?, 0, ?, ?, ?, "
        "?, ?, ?, ?, 0, ?, ?) RETURNING document_id",
        VT_ARGS(vt_text(id), vt_int(issuer), vt_text(vt_system_name(m->system)),
                vt_text(or_empty(m->type_slug)), vt_text(or_empty(m->type_name)),
                vt_text(or_empty(m->title)), vt_text(date), vt_text(due),
                vt_text(or_empty(m->place)), vt_text(or_empty(m->subject)),
                vt_int(m->copies_amount), vt_text(or_empty(m->urgency)),
                vt_text(or_empty(m->secrecy)), vt_text(or_empty(m->pack)),
                vt_text(or_empty(q->pack_hash)), vt_text(r->maker), vt_text(q->key), vt_text(at),
                vt_text(r->actor)),
        document);
}

static vt_status keep_source(vt_records *r, int64_t document, const void *source, size_t len,
                             vt_findings *list) {
    vt_stored stored;
    vt_status st = vt_store_put(r, list, source, len, &stored);

    return st ? st : vt_document_file_add(r, list, document, "source", "", &stored, 0);
}

static vt_status not_twice(vt_records *r, vt_findings *list, const char *key) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st =
        vt_sql_open(r, list, "SELECT uid, state FROM document WHERE key = ? ORDER BY again LIMIT 1",
                    VT_ARGS(vt_text(key)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    st = vt_bad(list, "DOI-06", (vt_place){.path = vt_sql_view(stmt, 0)},
                "Xem: vanthu show MÃ; ghi bước tiếp theo: vanthu step MÃ VIỆC.",
                "Văn bản này đã có trong kho (mã %s, %s).", vt_sql_view(stmt, 0),
                vt_record_word(vt_sql_view(stmt, 1)));
    vt_sql_done(stmt);
    return st;
}

static vt_status draft(vt_records *r, const vt_issue *q, const void *source, size_t len,
                       const char *id, vt_findings *list) {
    int64_t issuer = 0, document = 0;
    vt_move move = {.name = id, .state = "", .act = "draft"};
    vt_status st = vt_move_check(r, list, &move);

    if (!st)
        st = not_twice(r, list, q->key);
    if (!st)
        st = vt_issuer_find(r, q, list, &issuer);
    if (!st)
        st = add_draft(r, q, issuer, id, list, &document);
    if (!st)
        st = keep_source(r, document, source, len, list);
    move.document = document;
    if (!st)
        st = vt_move_add(r, list, &move);
    return st ? st : vt_event_json(r, list, "draft", id, json_pack("{s:s}", "key", q->key));
}

vt_status vt_records_draft(vt_records *r, const vt_issue *q, const void *source, size_t len,
                           vt_arena *arena, vt_findings *list, vt_record **out) {
    char id[VT_UID_CHARS + 1];
    vt_status st = vt_uid_make(&r->world, id) ? VT_OK : vt_nomem(list);

    if (!st)
        st = vt_records_begin(r, list);
    if (st)
        return st;
    st = draft(r, q, source, len, id, list);
    if (!st)
        st = vt_record_find(r, id, 0, arena, list, out);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

vt_status vt_records_drafts(vt_records *r, size_t limit, vt_arena *arena, vt_findings *list,
                            vt_record ***out, size_t *count) {
    vt_record **all = NULL;
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list,
                               "SELECT " VT_RECORD_COLUMNS " FROM document d" VT_RECORD_JOINS_ALL
                               "WHERE d.number_id IS NULL ORDER BY d.document_id DESC LIMIT ?",
                               VT_ARGS(vt_int((int64_t)limit)), &stmt);

    *count = 0;
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        all = vt_grow(arena, all, &cap, *count + 1, sizeof(*all));
        vt_record *one = all ? vt_record_load(arena, stmt) : NULL;

        if (!one) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        all[(*count)++] = one;
    }
    *out = all;
    return st;
}
