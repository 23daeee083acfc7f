/*
 * records/issuer.c - which issuer a document is of.
 *
 * Names are compared with their accents: "Phú Ninh" and "Phù Ninh" are two
 * places and must never share a series.  Names that differ in accents alone
 * are shown to the person instead.
 */
#include "records/store.h"
#include "records/words.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 1 << 16, NAMES_SHOWN = 5 };

/* What the document says of its first issuer, with the words compared. */
typedef struct issuer_words {
    const char *superior, *name, *abbr, *organ; /* organ NULL: none */
    vt_buf exact, folded;
} issuer_words;

static const char *or_empty(const char *s) {
    return s ? s : "";
}

static vt_status read_issuer(const vt_meta *meta, vt_findings *list, issuer_words *out) {
    out->superior = or_empty(meta->issuers[0].superior);
    out->name = or_empty(meta->issuers[0].name);
    out->abbr = or_empty(meta->issuers[0].abbr);
    out->organ = meta->issuers[0].organ && *meta->issuers[0].organ ? meta->issuers[0].organ : NULL;
    vt_words_exact(out->superior, &out->exact);
    vt_buf_puts(&out->exact, " /");
    vt_words_exact(out->name, &out->exact);
    vt_words_folded(out->superior, &out->folded);
    vt_buf_puts(&out->folded, " /");
    vt_words_folded(out->name, &out->folded);
    return vt_buf_failed(&out->exact) || vt_buf_failed(&out->folded) ? vt_nomem(list) : VT_OK;
}

/* With --organ: *id 0 when no issuer has it. */
static vt_status by_organ(vt_records *r, const issuer_words *w, vt_findings *list, int64_t *id) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st;

    if (!w->organ)
        return VT_OK;
    st = vt_sql_open(r, list, "SELECT issuer_id, exact, name FROM issuer WHERE organ = ?",
                     VT_ARGS(vt_text(w->organ)), &stmt);
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    *id = vt_sql_int(stmt, 0);
    if (strcmp(vt_sql_view(stmt, 1), w->exact.data) != 0)
        vt_warn(list, "SO-06", (vt_place){.path = "/document/issuer"},
                "Xem lại tên cơ quan hoặc mã định danh trong văn bản.",
                "Mã định danh %s trong kho là của “%s”; văn bản ghi “%s”.", w->organ,
                vt_sql_view(stmt, 2), w->name);
    vt_sql_done(stmt);
    return VT_OK;
}

static vt_status learn_organ(vt_records *r, const issuer_words *w, vt_findings *list, int64_t id,
                             const char *uid) {
    vt_status st = vt_sql_run(r, list, "UPDATE issuer SET organ = ? WHERE issuer_id = ?",
                              VT_ARGS(vt_text(w->organ), vt_int(id)));

    return st ? st
              : vt_event_json(r, list, "issuer-organ", uid, json_pack("{s:s}", "organ", w->organ));
}

static vt_status by_name(vt_records *r, const issuer_words *w, vt_findings *list, int64_t *id) {
    char uid[VT_UID_CHARS + 1] = "";
    vt_stmt *stmt;
    bool row = false, learn;
    vt_status st = vt_sql_open(r, list, "SELECT issuer_id, organ, uid FROM issuer WHERE exact = ?",
                               VT_ARGS(vt_text(w->exact.data)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    *id = vt_sql_int(stmt, 0);
    learn = w->organ && vt_sql_null(stmt, 1);
    if (w->organ && !learn) /* had it been equal, by_organ would have found it */
        st = vt_bad(list, "SO-05", (vt_place){.path = "/document/issuer/@organ"},
                    "Sửa mã định danh trong văn bản cho đúng.",
                    "“%s” trong kho có mã định danh %s; văn bản ghi %s.", w->name,
                    vt_sql_view(stmt, 1), w->organ);
    memcpy(uid, vt_sql_view(stmt, 2), VT_UID_CHARS);
    vt_sql_done(stmt);
    return !st && learn ? learn_organ(r, w, list, *id, uid) : st;
}

/* Names of issuers the archive knows, look-alikes first, for the message. */
static vt_status known_names(vt_records *r, const issuer_words *w, vt_findings *list, vt_buf *out,
                             bool *any, bool *alike) {
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list,
                               "SELECT superior, name, folded = ?1 AS alike FROM issuer "
                               "ORDER BY alike DESC, issuer_id LIMIT ?2",
                               VT_ARGS(vt_text(w->folded.data), vt_int(NAMES_SHOWN)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        const char *superior = vt_sql_view(stmt, 0);

        vt_buf_printf(out, "%s“%s%s%s”", *any ? ", " : "", superior, *superior ? ", " : "",
                      vt_sql_view(stmt, 1));
        *any = true;
        *alike = *alike || (int)vt_sql_int(stmt, 2);
    }
    return st;
}

/* The first issuer, one that is announced, or any where any may come. */
static vt_status may_add(vt_records *r, const issuer_words *w, bool announced, vt_findings *list) {
    bool any = false, alike = false;
    vt_buf names;
    vt_status st;

    if (r->any_issuer || announced)
        return VT_OK;
    vt_buf_init(&names, NAME_BYTES);
    st = known_names(r, w, list, &names, &any, &alike);
    if (!st && any)
        st = vt_bad(list, "SO-02", (vt_place){.path = "/document/issuer"},
                    "Sửa tên cơ quan trong văn bản, hoặc thêm --new-issuer nếu đúng là cơ quan "
                    "mới của kho.",
                    "Kho chưa có cơ quan ban hành “%s%s%s”%s. Kho có: %s.", w->superior,
                    *w->superior ? ", " : "", w->name, alike ? " (có tên chỉ khác dấu)" : "",
                    names.data);
    vt_buf_free(&names);
    return st;
}

static vt_status add_issuer(vt_records *r, const issuer_words *w, vt_findings *list, int64_t *id) {
    char uid[VT_UID_CHARS + 1];
    vt_status st = vt_uid_make(&r->world, uid) ? VT_OK : vt_nomem(list);

    if (!st)
        st = vt_sql_number(r, list,
                           "INSERT INTO issuer(uid, superior, name, exact, folded, organ, abbr) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING issuer_id",
                           VT_ARGS(vt_text(uid), vt_text(w->superior), vt_text(w->name),
                                   vt_text(w->exact.data), vt_text(w->folded.data),
                                   vt_text(w->organ), vt_text(w->abbr)),
                           id);
    return st ? st
              : vt_event_json(r, list, "issuer", uid,
                              json_pack("{s:s, s:s}", "superior", w->superior, "name", w->name));
}

vt_status vt_issuer_find(vt_records *r, const vt_issue *request, vt_findings *list, int64_t *out) {
    issuer_words w = {0};
    vt_status st = VT_OK;

    *out = 0;
    if (request->meta->issuer_count == 0 || !*or_empty(request->meta->issuers[0].name))
        return vt_bad(list, "SO-01", (vt_place){.path = "/document/issuer"},
                      "Ghi tên cơ quan ban hành vào văn bản.",
                      "Văn bản không có cơ quan ban hành nên không biết cấp số ở sổ nào.");
    vt_buf_init(&w.exact, NAME_BYTES);
    vt_buf_init(&w.folded, NAME_BYTES);
    st = read_issuer(request->meta, list, &w);
    if (!st)
        st = by_organ(r, &w, list, out);
    if (!st && !*out)
        st = by_name(r, &w, list, out);
    if (!st && !*out) {
        st = may_add(r, &w, request->new_issuer, list);
        if (!st)
            st = add_issuer(r, &w, list, out);
    }
    vt_buf_free(&w.exact);
    vt_buf_free(&w.folded);
    return st;
}

vt_status vt_issuer_known(vt_records *r, const vt_meta *meta, vt_findings *list, int64_t *out) {
    issuer_words w = {0};
    vt_status st;

    *out = 0;
    if (meta->issuer_count == 0 || !*or_empty(meta->issuers[0].name))
        return VT_OK;
    vt_buf_init(&w.exact, NAME_BYTES);
    vt_buf_init(&w.folded, NAME_BYTES);
    st = read_issuer(meta, list, &w);
    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT issuer_id FROM issuer WHERE organ = ?1 OR exact = ?2 ORDER BY "
                           "CASE WHEN organ = ?1 THEN 0 ELSE 1 END LIMIT 1",
                           VT_ARGS(vt_text(w.organ), vt_text(w.exact.data)), out);
    vt_buf_free(&w.exact);
    vt_buf_free(&w.folded);
    return st;
}

vt_status vt_records_issuer(vt_records *r, const vt_meta *meta, vt_findings *list, bool *known) {
    const vt_issue q = {.meta = meta, .new_issuer = true};
    int64_t id = 0;
    vt_status st = vt_records_begin(r, list);

    if (st)
        return st;
    st = vt_duty_check(r, list, "book"); /* whose books they are is decided with them */
    if (!st)
        st = vt_issuer_known(r, meta, list, &id);
    *known = id != 0;
    if (!st)
        st = vt_issuer_find(r, &q, list, &id);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}
