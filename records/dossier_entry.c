/*
 * records/dossier_entry.c - documents of a dossier: put in with the next
 * ordinal, taken out with a reason, read in their order.
 */
#include "records/dossiers.h"
#include "records/typed.h"

#include <stdlib.h>
#include <string.h>

enum { HASHED_BYTES = 64 << 20, SHEET_MOST = 100000 };

/* ------------------------------------------------------------------ reading -- */

static const char ENTRIES[] =
    "SELECT e.ordinal, CASE WHEN e.document_id IS NULL THEN 1 ELSE 0 END, coalesce(d.uid, c.uid), "
    "coalesce(d.designation, c.designation), coalesce(d.date, c.date), coalesce(d.type_name, "
    "c.type_name), coalesce(d.subject, c.subject), coalesce(i.name, c.sender), coalesce((SELECT "
    "name FROM signer s WHERE s.document_id = d.document_id ORDER BY s.ordinal LIMIT 1), c.signer, "
    "''), coalesce(d.secrecy, c.secrecy), coalesce(d.state, ''), coalesce(c.arrival_number, 0), "
    "coalesce(c.arrival_date, ''), " VT_ENTRY_PAGES ", e.sheets, e.note, e.removed, "
    "coalesce(c.sha256, (SELECT f.sha256 FROM document_file f WHERE f.document_id = d.document_id "
    "AND f.role = 'pdf' ORDER BY f.generation DESC LIMIT 1), ''), coalesce(n.number || n.suffix, "
    "c.number, ''), coalesce(n.notation, c.notation, ''), coalesce(c.organ, ''), "
    "coalesce(c.signer_position, ''), coalesce(c.to_places, ''), coalesce(c.due, ''), "
    "coalesce(c.urgency, '') " VT_ENTRY_JOINS "LEFT JOIN number n ON n.number_id = d.number_id "
    "LEFT JOIN issuer i ON i.issuer_id = d.issuer_id WHERE e.dossier_id = ? ORDER BY e.ordinal";

static vt_dossier_entry load(vt_arena *arena, vt_stmt *s) {
    return (vt_dossier_entry){.ordinal = vt_sql_int(s, 0),
                              .received = vt_sql_int(s, 1) != 0,
                              .id = vt_sql_text(arena, s, 2),
                              .designation = vt_sql_text(arena, s, 3),
                              .date = vt_sql_text(arena, s, 4),
                              .type_name = vt_sql_text(arena, s, 5),
                              .subject = vt_sql_text(arena, s, 6),
                              .author = vt_sql_text(arena, s, 7),
                              .signer = vt_sql_text(arena, s, 8),
                              .secrecy = vt_sql_text(arena, s, 9),
                              .state = vt_sql_text(arena, s, 10),
                              .arrival_number = vt_sql_int(s, 11),
                              .arrival_date = vt_sql_text(arena, s, 12),
                              .pages = vt_sql_int(s, 13),
                              .sheets = vt_sql_text(arena, s, 14),
                              .note = vt_sql_text(arena, s, 15),
                              .removed = vt_sql_text(arena, s, 16),
                              .sha256 = vt_sql_text(arena, s, 17),
                              .number = vt_sql_text(arena, s, 18),
                              .notation = vt_sql_text(arena, s, 19),
                              .organ = vt_sql_text(arena, s, 20),
                              .position = vt_sql_text(arena, s, 21),
                              .to = vt_sql_text(arena, s, 22),
                              .due = vt_sql_text(arena, s, 23),
                              .urgency = vt_sql_text(arena, s, 24)};
}

static vt_status load_steps(vt_records *r, vt_arena *arena, vt_findings *list, int64_t id,
                            vt_dossier_view *out) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list,
                               "SELECT act, actor, at, note, entry FROM dossier_step WHERE "
                               "dossier_id = ? ORDER BY ordinal",
                               VT_ARGS(vt_int(id)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        out->steps = vt_grow(arena, out->steps, &cap, out->step_count + 1, sizeof *out->steps);
        if (!out->steps) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        out->steps[out->step_count++] = (vt_dossier_step){.act = vt_sql_text(arena, stmt, 0),
                                                          .actor = vt_sql_text(arena, stmt, 1),
                                                          .at = vt_sql_text(arena, stmt, 2),
                                                          .note = vt_sql_text(arena, stmt, 3),
                                                          .entry = vt_sql_int(stmt, 4)};
    }
    return st;
}

vt_status vt_dossier_entries(vt_records *r, vt_arena *arena, vt_findings *list,
                             const vt_dossier_row *of, vt_dossier_view *out) {
    size_t cap = 0;
    int64_t page = 1;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list, ENTRIES, VT_ARGS(vt_int(of->id)), &stmt);

    *out = (vt_dossier_view){.dossier = of->d};
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        vt_dossier_entry *e;

        out->entries =
            vt_grow(arena, out->entries, &cap, out->entry_count + 1, sizeof *out->entries);
        if (!out->entries) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        e = &out->entries[out->entry_count++];
        *e = load(arena, stmt);
        if (*e->removed)
            continue;
        e->first_page = page;
        page += e->pages;
    }
    if (!st)
        st = load_steps(r, arena, list, of->id, out);
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

/* "3", "1-3", "1–3": how many sheets; 0: not to be read. */
static int64_t sheets_of(const char *text) {
    char *end;
    long first = strtol(text, &end, 10), last = first;

    if (end == text || first < 1 || first > SHEET_MOST)
        return 0;
    end += strspn(end, " ");
    if (*end == '-' || strncmp(end, "–", strlen("–")) == 0) {
        const char *from = end + (*end == '-' ? 1 : strlen("–"));

        last = strtol(from, &end, 10);
        if (end == from)
            return 0;
        end += strspn(end, " ");
    }
    return *end || last < first || last > SHEET_MOST ? 0 : last - first + 1;
}

int64_t vt_dossier_sheets(const vt_dossier_view *v) {
    int64_t all = 0;

    for (size_t i = 0; i < v->entry_count; i++) {
        int64_t n = sheets_of(v->entries[i].sheets);

        if (*v->entries[i].removed)
            continue;
        if (!n)
            return 0;
        all += n;
    }
    return all;
}

static void canon(vt_buf *buf, const char *text) {
    vt_buf_printf(buf, "%zu:%s", strlen(text), text);
}

/* What happens to a document later (recalled, corrected) is not among it. */
const char *vt_dossier_hash(vt_arena *arena, const vt_dossier_view *v) {
    vt_hash hash;
    vt_buf buf;
    char hex[65];
    bool failed;

    vt_buf_init(&buf, HASHED_BYTES);
    canon(&buf, v->dossier.id);
    canon(&buf, v->dossier.title);
    for (size_t i = 0; i < v->entry_count; i++) {
        const vt_dossier_entry *e = &v->entries[i];

        vt_buf_printf(&buf, "\n%lld ", (long long)e->ordinal);
        canon(&buf, e->id);
        canon(&buf, e->designation);
        canon(&buf, e->date);
        canon(&buf, e->subject);
        canon(&buf, e->received ? e->sha256 : "");
        canon(&buf, e->sheets);
        canon(&buf, e->removed);
    }
    failed = vt_buf_failed(&buf);
    vt_sha256(buf.data, buf.len, &hash);
    vt_buf_free(&buf);
    vt_hash_hex(&hash, hex);
    return failed ? NULL : vt_strdup(arena, hex);
}

vt_status vt_dossier_as_closed(vt_findings *list, vt_arena *arena, const vt_dossier_view *v) {
    const vt_dossier *d = &v->dossier;
    const char *now = vt_dossier_hash(arena, v);

    if (!now)
        return vt_nomem(list);
    if (strcmp(now, d->sha256) == 0)
        return VT_OK;
    return vt_bad(list, "HS-18", (vt_place){.path = d->code},
                  "So với mục lục đã in và với bản sao lưu; chạy vanthu audit verify.",
                  "Hồ sơ %s/%d không còn như khi kết thúc: mã băm mục lục nay là %s, khi ấy là %s.",
                  d->code, d->year, now, d->sha256);
}

/* ------------------------------------------------------------------ viewing -- */

static vt_status view(vt_records *r, const vt_dossier_ref *which, vt_arena *arena,
                      vt_findings *list, vt_dossier_view *out) {
    vt_dossier_row row;
    vt_status st = vt_dossier_find(r, which, arena, list, &row);

    if (!st)
        st = vt_dossier_entries(r, arena, list, &row, out);
    if (st)
        return st;
    if (strcmp(row.d.state, "open") == 0) {
        out->dossier.sheets = vt_dossier_sheets(out);
        return VT_OK;
    }
    return vt_dossier_as_closed(list, arena, out);
}

vt_status vt_records_dossier(vt_records *r, const vt_dossier_ref *which, vt_arena *arena,
                             vt_findings *list, vt_dossier_view *out) {
    vt_status st, ended;

    if (r->backend->in_act(r))
        return view(r, which, arena, list, out);
    st = r->backend->exec(r, list, "BEGIN"); /* all rows as of one moment */
    if (st)
        return st;
    st = view(r, which, arena, list, out);
    ended = r->backend->exec(r, NULL, "COMMIT");
    return st ? st : ended;
}

/* ----------------------------------------------------------------- putting in -- */

/* What goes in: a document or a received one. */
typedef struct putting {
    vt_dossier_row row;
    int64_t document, received; /* one of them is 0 */
    const char *id, *name;
    const char *sheets, *note;
} putting;

static vt_arg id_or_null(int64_t id) {
    return id ? vt_int(id) : vt_text(NULL);
}

/* Where it stands already; *out 0: nowhere. */
static vt_status stands(vt_records *r, vt_findings *list, const putting *p, int64_t *out,
                        bool *removed) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st =
        vt_sql_open(r, list,
                    "SELECT ordinal, removed FROM dossier_entry WHERE dossier_id = ?1 "
                    "AND (document_id = ?2 OR received_id = ?3)",
                    VT_ARGS(vt_int(p->row.id), vt_int(p->document), vt_int(p->received)), &stmt);

    *out = 0;
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    *out = vt_sql_int(stmt, 0);
    *removed = *vt_sql_view(stmt, 1) != '\0';
    vt_sql_done(stmt);
    return VT_OK;
}

static vt_status put_new(vt_records *r, vt_findings *list, const putting *p, int64_t *ordinal) {
    vt_status st =
        vt_sql_number(r, list, "SELECT 1 + count(*) FROM dossier_entry WHERE dossier_id = ?",
                      VT_ARGS(vt_int(p->row.id)), ordinal);

    if (!st)
        st = vt_dossier_step_add(r, list, &p->row, "add", *ordinal, NULL);
    if (!st)
        st = vt_sql_run(r, list,
                        "INSERT INTO dossier_entry(dossier_id, ordinal, document_id, "
                        "received_id, sheets, note) VALUES (?, ?, ?, ?, ?, ?)",
                        VT_ARGS(vt_int(p->row.id), vt_int(*ordinal), id_or_null(p->document),
                                id_or_null(p->received), vt_text(p->sheets ? p->sheets : ""),
                                vt_text(p->note ? p->note : "")));
    return st ? st
              : vt_dossier_log(r, list, &p->row, "add", NULL,
                               json_pack("{s:s, s:I, s:s}", "document", p->id, "ordinal",
                                         (json_int_t)*ordinal, "designation", p->name));
}

/* Taken out by mistake: it comes back to its place. */
static vt_status put_back(vt_records *r, vt_findings *list, const putting *p, int64_t ordinal) {
    vt_status st = vt_dossier_step_add(r, list, &p->row, "restore", ordinal, NULL);

    if (!st)
        st = vt_sql_run(
            r, list,
            "UPDATE dossier_entry SET removed = '', sheets = coalesce(?3, sheets), "
            "note = coalesce(?4, note) WHERE dossier_id = ?1 AND ordinal = ?2",
            VT_ARGS(vt_int(p->row.id), vt_int(ordinal), vt_text(p->sheets), vt_text(p->note)));
    return st ? st
              : vt_dossier_log(
                    r, list, &p->row, "restore", NULL,
                    json_pack("{s:s, s:I}", "document", p->id, "ordinal", (json_int_t)ordinal));
}

static vt_status put(vt_records *r, vt_findings *list, const putting *p, int64_t *ordinal) {
    bool removed = false;
    vt_status st = VT_OK;

    if (p->sheets && *p->sheets && !sheets_of(p->sheets))
        st = vt_bad(list, "HS-16", (vt_place){.path = p->sheets}, "Ghi: --sheets 5 hoặc 5-7.",
                    "Không hiểu tờ số “%s”.", p->sheets);
    if (!st)
        st = stands(r, list, p, ordinal, &removed);
    if (!st && *ordinal && !removed)
        st = vt_bad(list, "HS-06", (vt_place){.path = p->row.d.code}, NULL,
                    "%s đã có trong hồ sơ %s/%d, số thứ tự %lld.", p->name, p->row.d.code,
                    p->row.d.year, (long long)*ordinal);
    if (st)
        return st;
    return *ordinal ? put_back(r, list, p, *ordinal) : put_new(r, list, p, ordinal);
}

static vt_status find_document(vt_records *r, const vt_dossier_put *q, vt_arena *arena,
                               vt_findings *list, putting *p) {
    vt_record *record;
    vt_status st = vt_record_find(r, q->reference, q->year, arena, list, &record);

    if (!st && !*record->number)
        st = vt_bad(list, "HS-07", (vt_place){.path = record->id}, "Cấp số trước: vanthu issue.",
                    "Văn bản %s nên chưa đưa vào hồ sơ được.", vt_record_word(record->state));
    if (!st)
        st = vt_sql_number(r, list, "SELECT document_id FROM document WHERE uid = ?",
                           VT_ARGS(vt_text(record->id)), &p->document);
    if (st)
        return st;
    p->id = record->id;
    p->name = record->designation;
    return VT_OK;
}

static vt_status find_received(vt_records *r, const vt_dossier_put *q, vt_arena *arena,
                               vt_findings *list, putting *p) {
    int64_t year = q->year ? q->year : p->row.d.year;
    vt_stmt *stmt;
    bool row = false;
    vt_status st =
        vt_sql_open(r, list,
                    "SELECT received_id, uid, designation FROM received WHERE issuer_id "
                    "= ? AND year = ? AND arrival_number = ?",
                    VT_ARGS(vt_int(p->row.issuer), vt_int(year), vt_int(q->arrival_number)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (!st && !row)
        st = vt_bad(list, "HS-13", (vt_place){.path = p->row.d.code}, "Ghi thêm: --doc-year NĂM.",
                    "Không có văn bản đến số %lld năm %lld.", (long long)q->arrival_number,
                    (long long)year);
    if (st)
        return st;
    p->received = vt_sql_int(stmt, 0);
    p->id = vt_sql_text(arena, stmt, 1);
    p->name = vt_printf(arena, "Văn bản đến số %lld", (long long)q->arrival_number);
    vt_sql_done(stmt);
    return p->name ? VT_OK : vt_nomem(list);
}

static vt_status add(vt_records *r, const vt_dossier_ref *which, const vt_dossier_put *q,
                     vt_arena *arena, vt_findings *list, int64_t *ordinal) {
    putting p = {.sheets = q->sheets, .note = q->note};
    vt_status st = vt_dossier_find_open(r, which, "add", arena, list, &p.row);

    if (!st)
        st = q->arrival_number ? find_received(r, q, arena, list, &p)
                               : find_document(r, q, arena, list, &p);
    return st ? st : put(r, list, &p, ordinal);
}

vt_status vt_records_dossier_add(vt_records *r, const vt_dossier_ref *which,
                                 const vt_dossier_put *q, vt_arena *arena, vt_findings *list,
                                 int64_t *ordinal) {
    vt_dossier_put said = *q;
    bool own;
    vt_status st = vt_typed(
        r, list, VT_TYPED({"tờ số", &said.sheets, VT_SHEETS_MOST}, {"ghi chú", &said.note, 0}));

    if (!st)
        st = vt_dossier_begin(r, list, &own);
    if (st)
        return st;
    st = add(r, which, &said, arena, list, ordinal);
    return vt_dossier_end(r, list, own, st);
}

vt_status vt_dossier_put_received(vt_records *r, const vt_dossier_row *row, int64_t received,
                                  const char *id, const char *name, const char *sheets,
                                  vt_findings *list, int64_t *ordinal) {
    const putting p = {.row = *row, .received = received, .id = id, .name = name, .sheets = sheets};

    return put(r, list, &p, ordinal);
}

/* ----------------------------------------------------------------- taking out -- */

static vt_status take_out(vt_records *r, const vt_dossier_ref *which, int64_t ordinal,
                          const char *reason, vt_arena *arena, vt_findings *list) {
    vt_dossier_row row;
    int64_t in = 0;
    vt_status st = vt_dossier_find_open(r, which, "remove", arena, list, &row);

    if (!st)
        st = vt_dossier_reason(list, &row.d, "remove", reason);
    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT count(*) FROM dossier_entry WHERE dossier_id = ? AND ordinal = "
                           "? AND removed = ''",
                           VT_ARGS(vt_int(row.id), vt_int(ordinal)), &in);
    if (!st && !in)
        st = vt_bad(list, "HS-09", (vt_place){.path = row.d.code},
                    "Xem số thứ tự: vanthu dossier show MÃ.",
                    "Trong hồ sơ %s/%d không có văn bản số thứ tự %lld.", row.d.code, row.d.year,
                    (long long)ordinal);
    if (!st)
        st = vt_dossier_step_add(r, list, &row, "remove", ordinal, reason);
    if (!st)
        st = vt_sql_run(r, list,
                        "UPDATE dossier_entry SET removed = ?3 WHERE dossier_id = ?1 AND "
                        "ordinal = ?2",
                        VT_ARGS(vt_int(row.id), vt_int(ordinal), vt_text(reason)));
    return st ? st
              : vt_dossier_log(r, list, &row, "remove", reason,
                               json_pack("{s:I}", "ordinal", (json_int_t)ordinal));
}

vt_status vt_records_dossier_remove(vt_records *r, const vt_dossier_ref *which, int64_t ordinal,
                                    const char *reason, vt_arena *arena, vt_findings *list) {
    bool own;
    vt_status st = vt_typed_reason(r, list, &reason);

    if (!st)
        st = vt_dossier_begin(r, list, &own);
    if (st)
        return st;
    st = take_out(r, which, ordinal, reason, arena, list);
    return vt_dossier_end(r, list, own, st);
}
