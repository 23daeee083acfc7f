/*
 * records/issue.c - one document gets its number and is kept.
 *
 * Everything here happens inside the act, that is inside the lock: the order of
 * the steps is the order in records.h.
 */
#include "records/series.h"
#include "records/typed.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAY_SLOTS = 1 << 24, /* documents of one day in the sort key */
    PAST_MOST = 2000,    /* characters of a text of an old register */
    KIND_MOST = 5        /* ".jpeg" */
};
#define KIND_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* What is known of the document on its way into the archive. */
typedef struct issuing {
    vt_records *r;
    const vt_issue *request;
    vt_findings *list;
    vt_arena *arena;
    char id[VT_UID_CHARS + 1], date[11], at[VT_TIME_CHARS + 1];
    int64_t issuer, document, sort_key, again;
    vt_series_row series;
    vt_number_row number;
    vt_move move;
    vt_issued_files files;
    vt_stored pdf, source;
    vt_stored *parts, *beside; /* as many as files.part_count, files.beside_count */
} issuing;

static const char *or_empty(const char *s) {
    return s ? s : "";
}

static vt_status not_after_today(issuing *in) {
    vt_date today = vt_time_day(in->r->world.now_ms(in->r->world.ctx));
    char text[11];

    if (in->request->future || vt_date_compare(in->request->meta->date, today) <= 0)
        return VT_OK;
    vt_date_iso(today, text);
    return vt_bad(in->list, "SO-04", (vt_place){.path = "/document/date"},
                  "Kiểm tra lại ngày ban hành; nếu đúng ý, thêm --override SO-04 --reason LÝ-DO.",
                  "Ngày ban hành %s ở sau hôm nay (%s).", vt_day(in->date).text, vt_day(text).text);
}

/* ------------------------------------------------------------------- files -- */

static vt_status make_files(issuing *in, vt_issue_fn make, void *ctx) {
    const vt_allotted allotted = {in->id, in->number.text, in->request->meta->date};
    vt_status st = make(ctx, &allotted, in->list, &in->files);

    if (!st && in->files.pdf)
        st = vt_store_put(in->r, in->list, in->files.pdf, in->files.pdf_len, &in->pdf);
    if (!st && in->files.source)
        st = vt_store_put(in->r, in->list, in->files.source, in->files.source_len, &in->source);
    in->parts = vt_alloc_array(in->arena, in->files.part_count, sizeof *in->parts);
    in->beside = vt_alloc_array(in->arena, in->files.beside_count, sizeof *in->beside);
    if (!st && ((in->files.part_count && !in->parts) || (in->files.beside_count && !in->beside)))
        st = vt_nomem(in->list);
    for (size_t i = 0; !st && i < in->files.part_count; i++)
        st = vt_store_put(in->r, in->list, in->files.parts[i].pdf, in->files.parts[i].pdf_len,
                          &in->parts[i]);
    for (size_t i = 0; !st && i < in->files.beside_count; i++)
        st = vt_store_put(in->r, in->list, in->files.beside[i].data, in->files.beside[i].len,
                          &in->beside[i]);
    return st;
}

/* -------------------------------------------------------------------- rows -- */

/* The day above, a serial of the day below. */
static vt_status next_sort_key(issuing *in) {
    int64_t day = vt_date_days(in->request->meta->date) * DAY_SLOTS;
    vt_stmt *stmt;
    bool row = false;
    vt_status st =
        vt_sql_open(in->r, in->list,
                    "SELECT sort_key + 1 FROM document WHERE sort_key BETWEEN ?1 AND ?1 + ?2 - 1 "
                    "ORDER BY sort_key DESC LIMIT 1",
                    VT_ARGS(vt_int(day), vt_int(DAY_SLOTS)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, in->list, &row);
    if (st)
        return st;
    in->sort_key = row ? vt_sql_int(stmt, 0) : day;
    if (row)
        vt_sql_done(stmt);
    return VT_OK;
}

/* Signed on paper: from nothing to issued in one step. */
static vt_status add_document(issuing *in) {
    const vt_meta *m = in->request->meta;
    char due[11];
    vt_status st;

    vt_date_iso(m->due, due);
    st = vt_sql_number(
        in->r, in->list,
        "INSERT INTO document(uid, sort_key, number_id, issuer_id, state, system, type,"
        " type_name, title, designation, date, due, place, subject, pages, amount, urgency,"
        " secrecy, pack, pack_hash, maker, key, again, created, drafter, note)"
        " VALUES (?, ?, ?, ?, 'issued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?)"
        " RETURNING document_id",
        VT_ARGS(vt_text(in->id), vt_int(in->sort_key), vt_int(in->number.id), vt_int(in->issuer),
                vt_text(vt_system_name(m->system)), vt_text(or_empty(m->type_slug)),
                vt_text(or_empty(m->type_name)), vt_text(or_empty(m->title)),
                vt_text(or_empty(in->files.designation)), vt_text(in->date), vt_text(due),
                vt_text(or_empty(m->place)), vt_text(or_empty(m->subject)),
                vt_int((int64_t)in->files.pages), vt_int(m->copies_amount),
                vt_text(or_empty(m->urgency)), vt_text(or_empty(m->secrecy)),
                vt_text(or_empty(m->pack)), vt_text(or_empty(in->request->pack_hash)),
                vt_text(in->r->maker), vt_text(in->request->key), vt_int(in->again),
                vt_text(in->at), vt_text(in->r->actor), vt_text(or_empty(in->request->note))),
        &in->document);
    in->move.document = in->document;
    return st ? st : vt_move_add(in->r, in->list, &in->move);
}

/* A draft that was signed gets what it lacked. */
static vt_status fill_draft(issuing *in) {
    const vt_meta *m = in->request->meta;
    char due[11];
    vt_status st = vt_move_add(in->r, in->list, &in->move);

    vt_date_iso(m->due, due);
    if (!st)
        st = vt_sql_run(
            in->r, in->list,
            "UPDATE document SET state = ?, sort_key = ?, number_id = ?, issuer_id = ?, system = "
            "?, type = ?, type_name = ?, title = ?, designation = ?, date = ?, due = ?, place = ?, "
            "subject = ?, pages = ?, amount = ?, urgency = ?, secrecy = ?, pack = ?, pack_hash = "
            "?, maker = ? WHERE document_id = ?",
            VT_ARGS(vt_text(in->move.to), vt_int(in->sort_key), vt_int(in->number.id),
                    vt_int(in->issuer), vt_text(vt_system_name(m->system)),
                    vt_text(or_empty(m->type_slug)), vt_text(or_empty(m->type_name)),
                    vt_text(or_empty(m->title)), vt_text(or_empty(in->files.designation)),
                    vt_text(in->date), vt_text(due), vt_text(or_empty(m->place)),
                    vt_text(or_empty(m->subject)), vt_int((int64_t)in->files.pages),
                    vt_int(m->copies_amount), vt_text(or_empty(m->urgency)),
                    vt_text(or_empty(m->secrecy)), vt_text(or_empty(m->pack)),
                    vt_text(or_empty(in->request->pack_hash)), vt_text(in->r->maker),
                    vt_int(in->document)));
    return st;
}

static vt_status add_people(issuing *in) {
    const vt_meta *m = in->request->meta;
    vt_status st = VT_OK;

    for (size_t i = 0; !st && i < m->signer_count; i++)
        st = vt_sql_run(in->r, in->list, "INSERT INTO signer VALUES (?, ?, ?, ?)",
                        VT_ARGS(vt_int(in->document), vt_int((int64_t)i + 1),
                                vt_text(or_empty(m->signers[i].position)),
                                vt_text(or_empty(m->signers[i].name))));
    for (size_t i = 0; !st && i < m->addressee_count; i++)
        st = vt_sql_run(in->r, in->list,
                        "INSERT INTO recipient(document_id, ordinal, role, name, organ, grp) "
                        "VALUES (?, ?, ?, ?, ?, ?)",
                        VT_ARGS(vt_int(in->document), vt_int((int64_t)i + 1),
                                vt_int(m->addressees[i].role),
                                vt_text(or_empty(m->addressees[i].name)),
                                vt_text(or_empty(m->addressees[i].organ)),
                                vt_text(or_empty(m->addressees[i].group))));
    return st;
}

/* --------------------------------------------------------------------- log -- */

/* NULL: what was issued on paper may have none. */
static const char *hash_of(const vt_stored *file) {
    return *file->sha256 ? file->sha256 : NULL;
}

/* Hashes of files, in order; NULL: there are none. */
static json_t *hashes_json(const vt_stored *files, size_t count) {
    json_t *all = count ? json_array() : NULL;

    for (size_t i = 0; all && i < count; i++)
        json_array_append_new(all, json_string(files[i].sha256));
    return all;
}

/* Of TUYỆT MẬT no words go into the register, those of a file's name neither (NĐ 63/2026 PL III):
   "gui-kem-1.pdf". */
static const char *attachment_name(const issuing *in, size_t i) {
    const char *secrecy = in->request->meta->secrecy, *name = in->files.beside[i].name;
    const char *kind = strrchr(name, '.');

    if (!secrecy || strcmp(secrecy, "tuyet-mat") != 0)
        return name;
    if (!kind || strspn(kind + 1, KIND_LETTERS) != strlen(kind + 1) || strlen(kind) > KIND_MOST)
        kind = "";
    return vt_printf(in->arena, "gui-kem-%zu%s", i + 1, kind);
}

static vt_status add_parts(issuing *in) {
    vt_status st = VT_OK;
    char role[32];

    for (size_t i = 0; !st && i < in->files.part_count; i++) {
        snprintf(role, sizeof role, "annex-%zu", i + 1);
        st = vt_document_file_add(in->r, in->list, in->document, role, "", &in->parts[i],
                                  (int64_t)in->files.parts[i].pages);
    }
    for (size_t i = 0; !st && i < in->files.beside_count; i++) {
        const char *name = attachment_name(in, i);

        snprintf(role, sizeof role, "attachment-%zu", i + 1);
        st = name ? vt_document_file_add(in->r, in->list, in->document, role, name, &in->beside[i],
                                         0)
                  : vt_nomem(in->list);
    }
    return st;
}

/* The log names what must not change: number, date, both files.  A signed draft is "number"
   there ("issue" in logs of before), since it is issued only when it is released. */
static vt_status log_issue(issuing *in) {
    const vt_issue *q = in->request;
    vt_status st = vt_event_json(
        in->r, in->list, in->move.act, in->id,
        json_pack("{s:s, s:s, s:s, s:s, s:s*, s:s*, s:s*, s:o*, s:o*}", "series", in->series.uid,
                  "number", in->number.text, "designation", or_empty(in->files.designation), "date",
                  in->date, "pdf", hash_of(&in->pdf), "source", hash_of(&in->source), "again",
                  in->again ? q->again : NULL, "annexes",
                  hashes_json(in->parts, in->files.part_count), "attachments",
                  hashes_json(in->beside, in->files.beside_count)));

    for (size_t i = 0; !st && i < q->override_count; i++)
        st = vt_event_json(in->r, in->list, "override", in->id,
                           json_pack("{s:s, s:s}", "rule", q->overrides[i].rule, "reason",
                                     q->overrides[i].reason));
    return st;
}

/* ----------------------------------------------------------------- the act -- */

static vt_status keep(issuing *in) {
    vt_status st = vt_number_use(in->r, in->list, &in->series, in->request, in->date, &in->number);

    if (!st)
        st = next_sort_key(in);
    if (!st)
        st = in->document ? fill_draft(in) : add_document(in);
    if (!st && hash_of(&in->pdf))
        st = vt_document_file_add(in->r, in->list, in->document, "pdf", "", &in->pdf,
                                  (int64_t)in->files.pages);
    if (!st && hash_of(&in->source))
        st = vt_document_file_add(in->r, in->list, in->document, "source", "", &in->source, 0);
    if (!st)
        st = add_parts(in);
    if (!st)
        st = add_people(in);
    if (!st)
        st = vt_index_add(in->r, in->list, in->sort_key, in->request->meta, in->files.designation);
    return st ? st : log_issue(in);
}

/* The draft that is to be numbered: by its id, or the one of this source. */
static vt_status find_draft(issuing *in) {
    const char *draft = in->request->draft;
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(in->r, in->list,
                               "SELECT document_id, uid, state FROM document WHERE uid = ?1 OR "
                               "(?1 = '' AND key = ?2 AND again = 0 AND number_id IS NULL)",
                               VT_ARGS(vt_text(or_empty(draft)), vt_text(in->request->key)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, in->list, &row);
    if (!st && row) {
        in->document = vt_sql_int(stmt, 0);
        snprintf(in->id, sizeof in->id, "%s", vt_sql_view(stmt, 1));
        in->move = (vt_move){.document = in->document,
                             .name = in->id,
                             .state = vt_sql_text(in->arena, stmt, 2),
                             .act = "number"};
        vt_sql_done(stmt);
    }
    if (!st && !row && draft)
        st = vt_bad(in->list, "KHO-10", (vt_place){.path = draft}, NULL,
                    "Kho không có dự thảo nào mang mã %s.", draft);
    return st;
}

static vt_status may_issue(issuing *in) {
    vt_status st;

    in->move = (vt_move){.name = "này", .state = "", .act = in->request->past ? "import" : "issue"};
    st = in->again || in->request->past ? VT_OK : find_draft(in);
    if (!st && vt_arena_failed(in->arena))
        st = vt_nomem(in->list);
    return st ? st : vt_move_check(in->r, in->list, &in->move);
}

static vt_status issue(issuing *in, vt_issue_fn make, void *ctx, vt_record **out) {
    vt_status st = not_after_today(in);

    if (!st)
        st = may_issue(in);

    if (!st)
        st = vt_issuer_find(in->r, in->request, in->list, &in->issuer);
    if (!st)
        st = vt_series_use(in->r, in->list, in->arena, in->issuer, in->request, in->date,
                           &in->series);
    if (!st)
        st = vt_number_pick(in->r, in->list, &in->series, in->request, in->date, &in->number);
    if (!st && !in->document && !vt_uid_make(&in->r->world, in->id))
        st = vt_nomem(in->list);
    if (!st)
        st = make_files(in, make, ctx);
    if (!st)
        st = keep(in);
    return st ? st : vt_record_of(in->r, in->document, in->arena, in->list, out);
}

/* Was it issued before?  Then that is the answer, unless another is wanted. */
static vt_status look_up(issuing *in, vt_record **out) {
    vt_status st = vt_record_of_key(in->r, in->request->key, in->arena, in->list, out, &in->again);

    if (!st && *out && in->request->again) {
        *out = NULL;
        in->again++;
    }
    return st;
}

static vt_status check_request(const vt_records *r, const vt_issue *q, vt_findings *list) {
    if (!vt_date_full(q->meta->date))
        return vt_bad(list, "SO-08", (vt_place){.path = "/document/date"},
                      "Ghi đủ ngày, tháng, năm ban hành: --date 2026-03-27.",
                      "Văn bản chưa có đủ ngày ban hành nên chưa cấp số được.");
    if (q->meta->number)
        return vt_bad(list, "SO-09", (vt_place){.path = "/document/number"},
                      "Bỏ số trong văn bản để kho cấp số; văn bản cũ thì nhập vào kho, không cấp "
                      "lại.",
                      "Văn bản đã mang số %s.", q->meta->number);
    if (q->again && !*q->again)
        return vt_bad(list, "SO-10", (vt_place){.file = r->folder}, "Ghi lý do sau --again.",
                      "Cấp số lần nữa cho cùng một nguồn cần có lý do.");
    /* typed for an old register; else as a rule pack of the agency's own has it */
    return q->past || strlen(q->book) > VT_BOOK_MOST ? vt_book_check(list, q->book) : VT_OK;
}

static vt_status check_typed(issuing *in, vt_issue *q) {
    vt_override *overrides = vt_alloc_array(in->arena, q->override_count + 1, sizeof *overrides);
    vt_status st =
        overrides
            ? vt_typed(in->r, in->list,
                       VT_TYPED({"lý do cấp số lần nữa", &q->again, 0},
                                {"lý do ngày lùi", &q->backwards, 0}, {"ghi chú", &q->note, 0}))
            : vt_nomem(in->list);

    for (size_t i = 0; !st && i < q->override_count; i++) {
        overrides[i] = q->overrides[i];
        st = vt_typed_reason(in->r, in->list, &overrides[i].reason);
    }
    q->overrides = overrides;
    return st;
}

/* Of what was issued on paper nothing else has read the words. */
static vt_status check_past(issuing *in, vt_meta *m) {
    const vt_meta was = *m;
    vt_person *signers = vt_alloc_array(in->arena, m->signer_count + 1, sizeof *signers);
    vt_addressee *to = vt_alloc_array(in->arena, m->addressee_count + 1, sizeof *to);
    const size_t most = PAST_MOST;
    vt_status st;

    m->issuers = vt_alloc_array(in->arena, m->issuer_count + 1, sizeof *m->issuers);
    if (!signers || !to || !m->issuers)
        return vt_nomem(in->list);
    st = vt_typed(in->r, in->list,
                  VT_TYPED({"trích yếu", &m->subject, most}, {"địa danh", &m->place, most}));
    for (size_t i = 0; !st && i < m->issuer_count; i++) {
        m->issuers[i] = was.issuers[i];
        st = vt_typed(in->r, in->list,
                      VT_TYPED({"tên cơ quan", &m->issuers[i].name, most},
                               {"cơ quan chủ quản", &m->issuers[i].superior, most},
                               {"chữ viết tắt của cơ quan", &m->issuers[i].abbr, most}));
    }
    for (size_t i = 0; !st && i < m->signer_count; i++) {
        signers[i] = was.signers[i];
        st = vt_typed(in->r, in->list,
                      VT_TYPED({"người ký", &signers[i].name, most},
                               {"chức vụ người ký", &signers[i].position, most}));
    }
    for (size_t i = 0; !st && i < m->addressee_count; i++) {
        to[i] = was.addressees[i];
        st = vt_typed(in->r, in->list, VT_TYPED({"nơi nhận", &to[i].name, most}));
    }
    m->signers = signers;
    m->addressees = to;
    return st;
}

static vt_status look_up_or_issue(issuing *in, vt_issue_fn make, void *ctx, vt_record **out,
                                  bool *existing) {
    vt_status st = look_up(in, out);

    *existing = !st && *out;
    return st || *existing ? st : issue(in, make, ctx, out);
}

/* Among others in one act: what fails takes back its own part and leaves theirs. */
static vt_status issue_inside(issuing *in, vt_issue_fn make, void *ctx, vt_record **out,
                              bool *existing) {
    vt_status st = vt_part_begin(in->r, in->list);

    if (st)
        return st;
    st = look_up_or_issue(in, make, ctx, out, existing);
    return vt_part_end(in->r, in->list, st);
}

vt_status vt_records_issue(vt_records *r, const vt_issue *request, vt_issue_fn make, void *ctx,
                           vt_arena *arena, vt_findings *list, vt_record **out, bool *existing) {
    vt_issue said = *request;
    vt_meta meta = *request->meta;
    issuing in = {.r = r, .request = &said, .list = list, .arena = arena};
    bool own = !r->acting;
    vt_status st = check_request(r, request, list);

    *out = NULL;
    *existing = false;
    said.meta = &meta;
    if (!st)
        st = check_typed(&in, &said);
    if (!st && said.past)
        st = check_past(&in, &meta);
    if (st)
        return st;
    vt_date_iso(request->meta->date, in.date);
    vt_time_utc(r->world.now_ms(r->world.ctx), in.at);
    if (own && (st = vt_records_begin(r, list)) != VT_OK)
        return st;
    st = own ? look_up_or_issue(&in, make, ctx, out, existing)
             : issue_inside(&in, make, ctx, out, existing);
    if (own && !st)
        st = vt_records_commit(r, list);
    if (own)
        vt_records_rollback(r);
    if (!st && own && *existing)
        st = r->backend->settle(r, list);
    if (st)
        *out = NULL;
    return st;
}
