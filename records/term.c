/*
 * records/term.c - the terms of a committee and the days of a congress, which its books
 * go by.
 */
#include "records/series.h"
#include "records/typed.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static vt_status refuse(vt_findings *list, const char *at, const char *remedy, const char *what) {
    return vt_bad(list, "SO-20", (vt_place){.path = at}, remedy, "%s", what);
}

/* ------------------------------------------------------------------ listing -- */

vt_status vt_terms_list(vt_records *r, vt_findings *list, vt_arena *arena, int64_t issuer,
                        vt_term **out, size_t *count) {
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT i.name, t.name, t.opens, t.closes, CASE t.kind WHEN 'congress' THEN 1 ELSE 0 END "
        "FROM term t JOIN issuer i ON i.issuer_id = t.issuer_id WHERE ?1 = 0 OR t.issuer_id = ?1 "
        "ORDER BY t.issuer_id, t.opens, t.term_id",
        VT_ARGS(vt_int(issuer)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        vt_term term = {.issuer = vt_sql_text(arena, stmt, 0),
                        .name = vt_sql_text(arena, stmt, 1),
                        .congress = vt_sql_int(stmt, 4) != 0};
        vt_term *all = vt_grow(arena, *out, &cap, *count + 1, sizeof **out);

        if (!all) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        vt_date_parse(vt_sql_view(stmt, 2), &term.opens);
        if (*vt_sql_view(stmt, 3))
            vt_date_parse(vt_sql_view(stmt, 3), &term.closes);
        *out = all;
        all[(*count)++] = term;
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

/* -------------------------------------------------------------------- terms -- */

/* The day before, as ISO text. */
static void day_before(vt_date date, char out[11]) {
    vt_date_iso(vt_time_day((vt_date_days(date) - 1) * 86400000), out);
}

/* A term ends behind its last document. */
static vt_status ends_behind(vt_records *r, vt_findings *list, int64_t term, const char *name,
                             const char *closes) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT d.designation, d.date, t.name FROM term t JOIN series s ON s.term_id = t.term_id "
        "JOIN number n ON n.series_id = s.series_id JOIN document d ON d.number_id = n.number_id "
        "WHERE t.term_id = ?1 AND ?2 <> '' AND d.date > ?2 ORDER BY d.date DESC, n.number DESC "
        "LIMIT 1",
        VT_ARGS(vt_int(term), vt_text(closes)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    st = vt_bad(list, "SO-20", (vt_place){.path = name},
                "Ghi ngày sau văn bản ấy: số đã cấp không chuyển sang nhiệm kỳ khác được.",
                "Nhiệm kỳ %s đã có văn bản %s ngày %s nên không kết thúc ngày %s được.",
                vt_sql_view(stmt, 2), vt_sql_view(stmt, 0), vt_day(vt_sql_view(stmt, 1)).text,
                vt_day(closes).text);
    vt_sql_done(stmt);
    return st;
}

/* A term's end is its series', too, so that carrying over finds them. */
static vt_status end_term(vt_records *r, vt_findings *list, int64_t term, const char *name,
                          const char *closes) {
    vt_status st = ends_behind(r, list, term, name, closes);

    if (!st)
        st = vt_sql_run(r, list, "UPDATE term SET closes = ? WHERE term_id = ?",
                        VT_ARGS(vt_text(closes), vt_int(term)));
    return st ? st
              : vt_sql_run(r, list, "UPDATE series SET closes = ? WHERE term_id = ?",
                           VT_ARGS(vt_text(closes), vt_int(term)));
}

/* A term without an end ends the day before the next one begins. */
static vt_status end_open_term(vt_records *r, vt_findings *list, int64_t issuer, const char *kind,
                               const vt_term *next, const char *opens, const char *last_day) {
    int64_t term = 0;
    vt_status st = vt_sql_number(r, list,
                                 "SELECT term_id FROM term WHERE issuer_id = ? AND kind = ? AND "
                                 "closes = '' AND opens < ?",
                                 VT_ARGS(vt_int(issuer), vt_text(kind), vt_text(opens)), &term);

    return st || !term ? st : end_term(r, list, term, next->name, last_day);
}

/* Documents of a term, one after the other: the words of the series they are in, and a line
   of the log with their rows as they stand from now on. */
static vt_status retell(vt_records *r, vt_findings *list, int64_t term, const char *name) {
    char uid[VT_UID_CHARS + 1];
    int64_t id = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = VT_OK;

    while (!st) {
        st = vt_sql_open(r, list,
                         "SELECT d.document_id, d.uid FROM document d JOIN number n ON n.number_id "
                         "= d.number_id JOIN series s ON s.series_id = n.series_id WHERE s.term_id "
                         "= ? AND d.document_id > ? ORDER BY d.document_id LIMIT 1",
                         VT_ARGS(vt_int(term), vt_int(id)), &stmt);
        if (!st)
            st = vt_sql_row(stmt, list, &row);
        if (st || !row)
            break;
        id = vt_sql_int(stmt, 0);
        snprintf(uid, sizeof uid, "%s", vt_sql_view(stmt, 1));
        vt_sql_done(stmt);
        st = vt_index_series(r, list, id);
        if (!st)
            st = vt_event_json(r, list, "term", uid, json_pack("{s:s}", "name", name));
    }
    return st;
}

/* The series without dates, from before terms were named, are this term's when
   all their documents are of its days. */
static vt_status adopt(vt_records *r, vt_findings *list, int64_t issuer, int64_t term,
                       const vt_term *q, const char *opens, const char *closes) {
    vt_status st = vt_sql_run(
        r, list,
        "UPDATE series SET period = ?3, term_id = ?2, opens = ?4, closes = ?5 WHERE issuer_id = ?1 "
        "AND period = 'term' AND NOT EXISTS (SELECT 1 FROM number n WHERE n.series_id = "
        "series.series_id AND n.date IS NOT NULL AND (n.date < ?4 OR (?5 <> '' AND n.date > ?5)))",
        VT_ARGS(vt_int(issuer), vt_int(term), vt_text(q->name), vt_text(opens), vt_text(closes)));

    return st ? st : retell(r, list, term, q->name);
}

static vt_status add_term(vt_records *r, vt_findings *list, int64_t issuer, const vt_term *q) {
    const char *kind = q->congress ? "congress" : "term";
    char uid[VT_UID_CHARS + 1], opens[11], closes[11], last_day[11];
    int64_t term = 0;
    vt_status st = vt_uid_make(&r->world, uid) ? VT_OK : vt_nomem(list);

    vt_date_iso(q->opens, opens);
    vt_date_iso(q->closes, closes);
    day_before(q->opens, last_day);
    if (!st)
        st = end_open_term(r, list, issuer, kind, q, opens, last_day);
    if (!st)
        st = vt_sql_number(r, list,
                           "INSERT INTO term(uid, issuer_id, kind, name, opens, closes) VALUES (?, "
                           "?, ?, ?, ?, ?) RETURNING term_id",
                           VT_ARGS(vt_text(uid), vt_int(issuer), vt_text(kind), vt_text(q->name),
                                   vt_text(opens), vt_text(closes)),
                           &term);
    if (!st && !q->congress)
        st = adopt(r, list, issuer, term, q, opens, closes);
    return st ? st
              : vt_event_json(r, list, "term", uid,
                              json_pack("{s:s, s:s, s:s, s:s}", "kind", kind, "name", q->name,
                                        "opens", opens, "closes", closes));
}

/* A term that is known already may be given its end. */
static vt_status set_term(vt_records *r, vt_findings *list, int64_t issuer, const vt_term *q) {
    char closes[11];
    int64_t term = 0;
    vt_status st = vt_sql_number(
        r, list, "SELECT term_id FROM term WHERE issuer_id = ? AND kind = ? AND name = ?",
        VT_ARGS(vt_int(issuer), vt_text(q->congress ? "congress" : "term"), vt_text(q->name)),
        &term);

    vt_date_iso(q->closes, closes);
    if (st || !term)
        return st ? st : add_term(r, list, issuer, q);
    st = end_term(r, list, term, q->name, closes);
    return st ? st
              : vt_event_json(r, list, "term", "",
                              json_pack("{s:s, s:s}", "name", q->name, "closes", closes));
}

static vt_status check_term(vt_findings *list, const vt_term *q) {
    if (!q->name || !*q->name || strcmp(q->name, "term") == 0 || strcmp(q->name, "always") == 0)
        return refuse(list, q->name, "Ghi như: vanthu series term 2025-2030 --from 2025-09-16.",
                      "Nhiệm kỳ phải có tên.");
    if ((q->opens.year && !vt_date_full(q->opens)) || (q->closes.year && !vt_date_full(q->closes)))
        return refuse(list, q->name, NULL, "Ngày của nhiệm kỳ phải đủ ngày, tháng, năm.");
    if (!q->opens.year && !q->closes.year)
        return refuse(list, q->name, "Ghi --from NGÀY, hoặc --to NGÀY cho nhiệm kỳ đã khai.",
                      "Nhiệm kỳ phải có ngày bắt đầu.");
    if (q->opens.year && q->closes.year && vt_date_compare(q->opens, q->closes) > 0)
        return refuse(list, q->name, NULL, "Nhiệm kỳ kết thúc trước khi bắt đầu.");
    return VT_OK;
}

static vt_status overlaps(vt_records *r, vt_findings *list, int64_t issuer, const vt_term *q) {
    char opens[11], closes[11];
    vt_stmt *stmt;
    bool row = false;
    vt_status st;

    vt_date_iso(q->opens, opens);
    vt_date_iso(q->closes, closes);
    if (!q->opens.year)
        return VT_OK;
    st = vt_sql_open(r, list,
                     "SELECT name, opens, closes FROM term WHERE issuer_id = ? AND kind = ? AND "
                     "name <> ? AND (closes >= ?4 OR (closes = '' AND opens >= ?4)) AND (?5 = '' "
                     "OR opens <= ?5) LIMIT 1",
                     VT_ARGS(vt_int(issuer), vt_text(q->congress ? "congress" : "term"),
                             vt_text(q->name), vt_text(opens), vt_text(closes)),
                     &stmt);
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    st = vt_bad(list, "SO-20", (vt_place){.path = q->name}, "Xem lại ngày bắt đầu và kết thúc.",
                "Nhiệm kỳ %s chồng lên nhiệm kỳ %s (từ %s).", q->name, vt_sql_view(stmt, 0),
                vt_sql_view(stmt, 1));
    vt_sql_done(stmt);
    return st;
}

vt_status vt_records_term(vt_records *r, const vt_term *asked, vt_findings *list) {
    vt_term said = *asked;
    const vt_term *q = &said;
    int64_t issuer = 0;
    vt_status st = check_term(list, q);

    if (!st)
        st = vt_typed(r, list, VT_TYPED({"tên nhiệm kỳ", &said.name, VT_BOOK_MOST}));
    if (!st)
        st = vt_records_begin(r, list);
    if (st)
        return st;
    st = vt_issuer_named(r, list, q->issuer, &issuer);
    if (!st)
        st = overlaps(r, list, issuer, q);
    if (!st)
        st = set_term(r, list, issuer, q);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}
