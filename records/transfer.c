/*
 * records/transfer.c - dossiers handed over to the archive (biên bản giao nhận),
 * or disposed of by a decision.
 */
#include "records/dossiers.h"
#include "records/typed.h"

#include <stdio.h>
#include <string.h>

typedef struct moving {
    vt_records *r;
    vt_arena *arena;
    vt_findings *list;
    const vt_transfer *q;
    bool disposal;
    const char *act;
    int64_t id;
    char uid[VT_UID_CHARS + 1];
    vt_dossier_row *rows;
    size_t count;
} moving;

static const char *said(const char *text) {
    return text ? text : "";
}

/* ------------------------------------------------------------------- checks -- */

static vt_status check_words(vt_records *r, vt_findings *list, vt_transfer *q, bool disposal) {
    vt_status st = disposal ? vt_dossier_needed(list, "quyết định (số, ký hiệu, ngày)", q->decision)
                            : vt_dossier_needed(list, "bên giao", q->giver);

    if (!st)
        st = disposal ? vt_dossier_needed(list, "lý do", q->reason)
                      : vt_dossier_needed(list, "bên nhận", q->taker);
    return st ? st
              : vt_typed(r, list,
                         VT_TYPED({"quyết định (số, ký hiệu, ngày)", &q->decision, 0},
                                  {"lý do", &q->reason, 0}, {"bên giao", &q->giver, 0},
                                  {"bên nhận", &q->taker, 0}, {"người giao", &q->giver_name, 0},
                                  {"chức vụ người giao", &q->giver_position, 0},
                                  {"người nhận", &q->taker_name, 0},
                                  {"chức vụ người nhận", &q->taker_position, 0},
                                  {"căn cứ", &q->basis, 0}, {"tên khối tài liệu", &q->bundle, 0},
                                  {"số hộp", &q->boxes, 0}, {"số mét giá", &q->metres, 0},
                                  {"tình trạng tài liệu", &q->soundness, 0}));
}

static vt_status check_date(const moving *m) {
    char today[11];
    vt_date date;

    vt_date_iso(vt_time_day(m->r->world.now_ms(m->r->world.ctx)), today);
    if (vt_date_parse(m->q->date, &date) && vt_date_full(date) && strcmp(m->q->date, today) <= 0)
        return VT_OK;
    return vt_bad(m->list, "HS-15", (vt_place){.path = m->q->date}, "Ghi: --date NGÀY.",
                  "Ngày phải đủ ngày, tháng, năm và không sau hôm nay.");
}

/* Counted from the year its work ended (TT 10/2022/TT-BNV); the tables say the same. */
static vt_status check_kept(const moving *m, const vt_dossier *d) {
    vt_date ends, date;

    if (!vt_date_parse(d->ends, &ends) || !vt_date_parse(m->q->date, &date))
        return vt_dossier_not_now(m->list, d, m->act);
    if (!d->for_ever && date.year > ends.year + d->years)
        return VT_OK;
    return vt_bad(m->list, "HS-14", (vt_place){.path = d->code}, NULL,
                  d->for_ever ? "Hồ sơ %s/%d bảo quản vĩnh viễn, không huỷ được."
                              : "Hồ sơ %s/%d còn phải bảo quản: %s, kể từ năm %d.",
                  d->code, d->year, d->retention, ends.year);
}

static vt_status check_dossier(const moving *m, const vt_dossier_row *row) {
    const vt_dossier *d = &row->d;
    vt_dossier_view view;
    vt_status st;
    bool ready =
        strcmp(d->state, "closed") == 0 || (m->disposal && strcmp(d->state, "handed-over") == 0);

    if (*d->frozen || !ready)
        return vt_dossier_not_now(m->list, d, m->act);
    if (row->issuer != m->rows[0].issuer)
        return vt_bad(m->list, "HS-15", (vt_place){.path = d->code},
                      "Giao nhận riêng từng cơ quan.", "Hồ sơ %s/%d là của cơ quan khác (%s).",
                      d->code, d->year, d->issuer);
    for (const vt_dossier_row *x = m->rows; x < row; x++)
        if (x->id == row->id)
            return vt_bad(m->list, "HS-15", (vt_place){.path = d->code}, "Bỏ bớt một lần.",
                          "Hồ sơ %s/%d được kể hai lần.", d->code, d->year);
    if (strcmp(m->q->date, d->ends) < 0)
        return vt_bad(m->list, "HS-15", (vt_place){.path = d->code}, "Ghi: --date NGÀY.",
                      "Ngày ấy trước ngày kết thúc hồ sơ %s/%d (%s).", d->code, d->year,
                      vt_day(d->ends).text);
    st = vt_dossier_entries(m->r, m->arena, m->list, row, &view);
    if (!st)
        st = vt_dossier_as_closed(m->list, m->arena, &view);
    return !st && m->disposal ? check_kept(m, d) : st;
}

static vt_status find_dossiers(moving *m, const vt_dossier_ref *which, size_t count) {
    vt_status worst = VT_OK;

    m->rows = vt_alloc_array(m->arena, count + 1, sizeof *m->rows);
    if (!m->rows)
        return vt_nomem(m->list);
    if (!count)
        return vt_bad(m->list, "HS-15", (vt_place){0}, "Kể mã các hồ sơ.", "Chưa nói hồ sơ nào.");
    for (size_t i = 0; i < count; i++) {
        vt_status st = vt_dossier_find(m->r, &which[i], m->arena, m->list, &m->rows[m->count]);

        if (!st)
            st = check_dossier(m, &m->rows[m->count]);
        if (!st)
            m->count++;
        worst = st > worst ? st : worst;
        if (st && !m->count)
            break; /* the first one says whose they are */
    }
    return worst;
}

/* ------------------------------------------------------------------- writing -- */

static vt_status insert(moving *m) {
    const vt_transfer *q = m->q;
    char at[VT_TIME_CHARS + 1];

    if (!vt_uid_make(&m->r->world, m->uid))
        return vt_nomem(m->list);
    vt_time_utc(m->r->world.now_ms(m->r->world.ctx), at);
    return vt_sql_number(
        m->r, m->list,
        "INSERT INTO transfer(uid, kind, date, decision, giver, taker, reason, actor, at, bundle, "
        "basis, giver_name, giver_position, taker_name, taker_position, boxes, metres, soundness) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING transfer_id",
        VT_ARGS(vt_text(m->uid), vt_text(q->kind), vt_text(q->date), vt_text(said(q->decision)),
                vt_text(said(q->giver)), vt_text(said(q->taker)), vt_text(said(q->reason)),
                vt_text(m->r->actor), vt_text(at), vt_text(said(q->bundle)),
                vt_text(said(q->basis)), vt_text(said(q->giver_name)),
                vt_text(said(q->giver_position)), vt_text(said(q->taker_name)),
                vt_text(said(q->taker_position)), vt_text(said(q->boxes)), vt_text(said(q->metres)),
                vt_text(said(q->soundness))),
        &m->id);
}

static vt_status move_one(const moving *m, const vt_dossier_row *row) {
    const char *why = m->disposal ? m->q->reason : NULL;
    vt_status st = vt_sql_run(m->r, m->list,
                              "INSERT INTO transfer_dossier(transfer_id, dossier_id) VALUES (?, ?)",
                              VT_ARGS(vt_int(m->id), vt_int(row->id)));

    if (!st)
        st = vt_dossier_step_add(m->r, m->list, row, m->act, 0, why);
    if (!st)
        st =
            vt_sql_run(m->r, m->list, "UPDATE dossier SET state = ?2 WHERE dossier_id = ?1",
                       VT_ARGS(vt_int(row->id), vt_text(m->disposal ? "disposed" : "handed-over")));
    return st ? st
              : vt_dossier_log(m->r, m->list, row, m->act, why,
                               json_pack("{s:s, s:s, s:s*, s:s*}", "transfer", m->uid, "date",
                                         m->q->date, "decision",
                                         m->disposal ? m->q->decision : NULL, "taker",
                                         m->disposal ? NULL : m->q->taker));
}

static vt_status move_all(moving *m) {
    json_t *codes = json_array();
    vt_status st = insert(m);

    for (size_t i = 0; !st && i < m->count; i++)
        st = move_one(m, &m->rows[i]);
    for (size_t i = 0; i < m->count; i++)
        json_array_append_new(codes, json_string(m->rows[i].d.id));
    if (st) {
        json_decref(codes);
        return st;
    }
    return vt_event_json(m->r, m->list, m->q->kind, m->uid,
                         json_pack("{s:s, s:o, s:s*}", "date", m->q->date, "dossiers", codes,
                                   "decision", m->disposal ? m->q->decision : NULL));
}

/* ------------------------------------------------------------------- reading -- */

static vt_status load_dossiers(vt_records *r, vt_arena *arena, vt_findings *list, int64_t id,
                               vt_transfer *out) {
    size_t cap = 0, count = 0;
    const char **ids = NULL;
    vt_dossier_row row;
    vt_stmt *stmt;
    bool more = true;
    vt_status st = vt_sql_open(r, list,
                               "SELECT x.uid FROM transfer_dossier t JOIN dossier x USING "
                               "(dossier_id) WHERE t.transfer_id = ? ORDER BY x.year, x.dossier_id",
                               VT_ARGS(vt_int(id)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &more)) && more) {
        ids = vt_grow(arena, ids, &cap, count + 1, sizeof *ids);
        if (!ids) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        ids[count++] = vt_sql_text(arena, stmt, 0);
    }
    out->dossiers = vt_alloc_array(arena, count + 1, sizeof *out->dossiers);
    if (!st && (!out->dossiers || vt_arena_failed(arena)))
        st = vt_nomem(list);
    for (size_t i = 0; !st && i < count; i++) {
        st = vt_dossier_find(r, &(vt_dossier_ref){ids[i], NULL, 0}, arena, list, &row);
        if (!st)
            out->dossiers[out->dossier_count++] = row.d;
    }
    return st;
}

static void load(vt_arena *arena, vt_stmt *s, vt_transfer *out) {
    const char **const to[] = {
        &out->id,    &out->kind,       &out->date,           &out->decision,   &out->giver,
        &out->taker, &out->reason,     &out->actor,          &out->at,         &out->bundle,
        &out->basis, &out->giver_name, &out->giver_position, &out->taker_name, &out->taker_position,
        &out->boxes, &out->metres,     &out->soundness};

    *out = (vt_transfer){0};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        *to[i] = vt_sql_text(arena, s, (int)i + 1);
}

/* By its id, or the newest that dossier `of` is in; kind "": any. */
static vt_status load_transfer(vt_records *r, vt_arena *arena, vt_findings *list, const char *uid,
                               int64_t of, const char *kind, vt_transfer *out, bool *found) {
    int64_t id = 0;
    vt_stmt *stmt;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT t.transfer_id, t.uid, t.kind, t.date, t.decision, t.giver, t.taker, t.reason, "
        "t.actor, t.at, t.bundle, t.basis, t.giver_name, t.giver_position, t.taker_name, "
        "t.taker_position, t.boxes, t.metres, t.soundness FROM transfer t WHERE t.uid = ?1 OR "
        "(t.transfer_id IN (SELECT x.transfer_id FROM transfer_dossier x WHERE x.dossier_id = ?2) "
        "AND (?3 = '' OR t.kind = ?3)) ORDER BY t.transfer_id DESC LIMIT 1",
        VT_ARGS(vt_text(uid), vt_int(of), vt_text(kind)), &stmt);

    *found = false;
    if (!st)
        st = vt_sql_row(stmt, list, found);
    if (st || !*found)
        return st;
    id = vt_sql_int(stmt, 0);
    load(arena, stmt, out);
    vt_sql_done(stmt);
    return load_dossiers(r, arena, list, id, out);
}

vt_status vt_records_transferred(vt_records *r, const vt_dossier_ref *which, const char *kind,
                                 vt_arena *arena, vt_findings *list, vt_transfer *out) {
    vt_dossier_row row;
    bool found;
    vt_status st = load_transfer(r, arena, list, which->reference, 0, "", out, &found);

    if (st || found)
        return st;
    st = vt_dossier_find(r, which, arena, list, &row);
    if (!st)
        st = load_transfer(r, arena, list, "", row.id, said(kind), out, &found);
    if (!st && !found)
        st = vt_bad(list, "HS-15", (vt_place){.path = which->reference},
                    "Giao nộp: vanthu dossier hand-over MÃ.", "Hồ sơ %s/%d chưa giao nộp lần nào.",
                    row.d.code, row.d.year);
    return st;
}

static vt_status transfer(moving *m, const vt_dossier_ref *which, size_t count, vt_transfer *out) {
    bool found;
    vt_status st = find_dossiers(m, which, count);

    if (!st)
        st = move_all(m);
    return st ? st : load_transfer(m->r, m->arena, m->list, m->uid, 0, "", out, &found);
}

vt_status vt_records_transfer(vt_records *r, const vt_dossier_ref *which, size_t count,
                              const vt_transfer *asked, vt_arena *arena, vt_findings *list,
                              vt_transfer *out) {
    vt_transfer words = *asked;
    const vt_transfer *q = &words;
    const bool disposal = strcmp(q->kind, "disposal") == 0;
    moving m = {.r = r,
                .arena = arena,
                .list = list,
                .q = q,
                .disposal = disposal,
                .act = disposal ? "dispose" : "hand-over"};
    bool own;
    vt_status st = check_words(r, list, &words, disposal);

    if (!st)
        st = check_date(&m);
    if (!st)
        st = vt_dossier_begin(r, list, &own);
    if (st)
        return st;
    st = transfer(&m, which, count, out);
    return vt_dossier_end(r, list, own, st);
}
