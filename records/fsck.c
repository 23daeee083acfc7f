/*
 * records/fsck.c - do register and files agree?  Every difference by name.
 *
 * Nothing is changed but on request, and then only what can be proved: a file
 * comes back when bytes are found whose hash is the one the register has for
 * it; the search index is made anew from the words it was made of.
 */
#include "records/fsck.h"
#include "records/dossier.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { WRONG_SHOWN = 200, DOSSIER_BYTES = 256 << 20 };

void vt_fsck_wrong(vt_inspection *c, const char *id, const char *at, const char *remedy,
                   const char *what) {
    if (c->report->wrong++ < WRONG_SHOWN)
        vt_bad(c->list, id, (vt_place){.path = at}, remedy, "%s", what);
    if (c->worst < VT_BAD)
        c->worst = VT_BAD;
}

void vt_fsck_strange(vt_inspection *c, const char *at, const char *remedy, const char *what) {
    if (c->report->strange++ < WRONG_SHOWN)
        vt_warn(c->list, "KHO-34", (vt_place){.path = at}, remedy, "%s", what);
}

const char *vt_fsck_mend(const vt_inspection *c, const char *here, const char *with) {
    const vt_unwritable *is = c->r->backend->unwritable(c->r);

    return vt_printf(c->arena, "%s: vanthu fsck --repair%s.",
                     c->r->read_only || is->nobody ? is->mend : here, with);
}

/* ------------------------------------------------------------------ tables -- */

/* Each row of a query is something wrong; its first column says what. */
static const struct rule {
    const char *what, *sql;
} RULES[] = {
    {"Sổ có số không có dòng (mất số)",
     "SELECT s.book || '/' || s.period || ', sau số ' || n.number FROM number n JOIN series s "
     "USING (series_id) WHERE n.suffix = '' AND n.number < (SELECT max(m.number) FROM number m "
     "WHERE m.series_id = n.series_id) AND NOT EXISTS (SELECT 1 FROM number m WHERE m.series_id = "
     "n.series_id AND m.number = n.number + 1 AND m.suffix = '')"},
    {"Sổ không bắt đầu từ số đầu của nó",
     "SELECT s.book || '/' || s.period FROM series s WHERE EXISTS (SELECT 1 FROM number n WHERE "
     "n.series_id = s.series_id) AND NOT EXISTS (SELECT 1 FROM number n WHERE n.series_id = "
     "s.series_id AND n.number = s.first)"},
    {"Số đã dùng mà không có văn bản",
     "SELECT s.book || '/' || s.period || ' số ' || n.number || n.suffix FROM number n JOIN series "
     "s USING (series_id) WHERE n.state = 'used' AND NOT EXISTS (SELECT 1 FROM document d WHERE "
     "d.number_id = n.number_id)"},
    {"Ngày của văn bản khác ngày của số",
     "SELECT d.uid FROM document d JOIN number n USING (number_id) WHERE n.state <> 'used' OR "
     "n.date <> d.date"},
    {"Ngày đi lùi trong một sổ mà không có lý do",
     "SELECT b.book || '/' || b.period || ' số ' || b.number FROM (SELECT s.book, s.period, "
     "n.number, n.date, max(n.date) OVER (PARTITION BY n.series_id ORDER BY n.number, n.suffix) AS "
     "latest FROM number n JOIN series s USING (series_id) WHERE n.state = 'used' AND n.disorder = "
     "'') b WHERE b.date < b.latest"},
    {"Văn bản thiếu PDF hoặc nguồn",
     "SELECT d.uid FROM document d WHERE d.number_id IS NOT NULL AND (((SELECT count(*) FROM "
     "document_file f WHERE f.document_id = d.document_id AND f.role = 'pdf') = 0 AND NOT EXISTS "
     "(SELECT 1 FROM step s WHERE s.document_id = d.document_id AND s.act = 'import')) OR (d.pack "
     "<> '' "
     "AND (SELECT count(*) FROM document_file f WHERE f.document_id = d.document_id AND f.role = "
     "'source') = 0))"},
    {"Tình trạng của văn bản không theo bước cuối của nó",
     "SELECT d.uid FROM document d WHERE d.state <> coalesce((SELECT s.to_state FROM step s WHERE "
     "s.document_id = d.document_id ORDER BY s.ordinal DESC LIMIT 1), '')"},
    {"Văn bản không có chữ để tìm",
     "SELECT d.uid FROM document d WHERE d.sort_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
     "document_text t WHERE t.sort_key = d.sort_key)"},
    {"Số thứ tự trong hồ sơ không liền nhau",
     "SELECT x.code || '/' || x.year FROM dossier x WHERE (SELECT count(*) FROM dossier_entry e "
     "WHERE e.dossier_id = x.dossier_id) <> coalesce((SELECT max(e.ordinal) FROM dossier_entry e "
     "WHERE e.dossier_id = x.dossier_id), 0)"},
    {"Tình trạng của hồ sơ không theo bước cuối của nó",
     "SELECT x.code || '/' || x.year FROM dossier x WHERE x.state <> coalesce((SELECT s.to_state "
     "FROM dossier_step s WHERE s.dossier_id = x.dossier_id ORDER BY s.ordinal DESC LIMIT 1), '')"},
    {"Hồ sơ khoá hay mở khoá mà không có bước ấy",
     "SELECT x.code || '/' || x.year FROM dossier x WHERE (x.frozen <> '') <> ('lock' = "
     "coalesce((SELECT s.act FROM dossier_step s WHERE s.dossier_id = x.dossier_id AND s.act IN "
     "('lock', 'unlock') ORDER BY s.ordinal DESC LIMIT 1), ''))"},
    {"Hồ sơ đã nộp lưu hay đã huỷ mà không có biên bản, quyết định",
     "SELECT x.code || '/' || x.year FROM dossier x WHERE x.state IN ('handed-over', 'disposed') "
     "AND NOT EXISTS (SELECT 1 FROM transfer_dossier t JOIN transfer f USING (transfer_id) WHERE "
     "t.dossier_id = x.dossier_id AND f.kind = CASE x.state WHEN 'disposed' THEN 'disposal' ELSE "
     "'hand-over' END)"},
    {"Văn bản đến không có dòng chữ của nó",
     "SELECT c.uid FROM received c WHERE NOT EXISTS (SELECT 1 FROM "
     "received_text t WHERE t.received_id = c.received_id)"},
};

static vt_status check_rule(vt_inspection *c, const struct rule *rule) {
    char text[512];
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(c->r, c->list, rule->sql, VT_NO_ARGS, &stmt);

    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row) {
        snprintf(text, sizeof text, "%s: %s.", rule->what, vt_sql_view(stmt, 0));
        vt_fsck_wrong(c, "KHO-31", vt_sql_view(stmt, 0), "Phục hồi kho từ bản sao lưu.", text);
    }
    return st;
}

static vt_status check_tables(vt_inspection *c) {
    vt_status st = VT_OK;

    for (size_t i = 0; !st && i < sizeof RULES / sizeof *RULES; i++)
        st = check_rule(c, &RULES[i]);
    return st;
}

/* ---------------------------------------------------------------- dossiers -- */

/* A closed dossier is held against the hash it had then. */
static vt_status check_closed(vt_inspection *c, const char *id) {
    vt_arena *arena = vt_arena_new(DOSSIER_BYTES);
    const vt_dossier_ref which = {.reference = id};
    vt_dossier_view view;
    bool own = false;
    vt_status st = arena ? vt_reading_begin(c->r, NULL, &own) : VT_FAIL;

    if (!st) /* no act comes between its rows and its hash */
        st = vt_reading_end(c->r, own, vt_records_dossier(c->r, &which, arena, NULL, &view));
    if (st == VT_BAD)
        vt_fsck_wrong(c, "KHO-31", id, "Đối chiếu với mục lục đã in và bản sao lưu.",
                      "Hồ sơ đã kết thúc không còn đúng với mã băm của mục lục.");
    vt_arena_free(arena);
    return st == VT_FAIL ? vt_nomem(c->list) : VT_OK;
}

static vt_status check_dossiers(vt_inspection *c) {
    char id[VT_UID_CHARS + 1];
    int64_t last = 0;
    bool row = true;
    vt_status st = VT_OK;

    while (!st && row) { /* one after the other: each is looked up anew */
        vt_stmt *stmt;

        st = vt_sql_open(c->r, c->list,
                         "SELECT uid, dossier_id FROM dossier WHERE state <> 'open' AND dossier_id "
                         "> ? ORDER BY dossier_id LIMIT 1",
                         VT_ARGS(vt_int(last)), &stmt);
        if (!st)
            st = vt_sql_row(stmt, c->list, &row);
        if (st || !row)
            break;
        snprintf(id, sizeof id, "%s", vt_sql_view(stmt, 0));
        last = vt_sql_int(stmt, 1);
        vt_sql_done(stmt);
        st = check_closed(c, id);
    }
    return st;
}

/* ------------------------------------------------------------ log and rows -- */

/* Annexes that are files of their own, attachments: all of them, as they were. */
static vt_status check_kept(vt_inspection *c, const char *id, json_t *hashes, const char *role,
                            int64_t *agrees) {
    vt_status st = VT_OK;

    for (size_t i = 0; !st && *agrees == 1 && i < json_array_size(hashes); i++)
        st = vt_sql_number(
            c->r, c->list,
            "SELECT count(*) FROM document d JOIN document_file f USING (document_id) WHERE d.uid "
            "= ? AND f.role = ? || ? AND f.sha256 = ?",
            VT_ARGS(vt_text(id), vt_text(role), vt_int((int64_t)i + 1),
                    vt_text(json_string_value(json_array_get(hashes, i)))),
            agrees);
    return st;
}

/* What the log says a document was when it was numbered. */
static vt_status check_event(vt_inspection *c, const char *id, const char *detail) {
    json_t *said = json_loads(detail, 0, NULL);
    const char *date = json_string_value(json_object_get(said, "date"));
    const char *pdf = json_string_value(json_object_get(said, "pdf"));
    const char *number = json_string_value(json_object_get(said, "number"));
    int64_t agrees = 0;
    vt_status st = vt_sql_number(
        c->r, c->list,
        "SELECT count(*) FROM document d JOIN number n USING (number_id) JOIN document_file f ON "
        "f.document_id = d.document_id AND f.role = 'pdf' WHERE d.uid = ? AND d.date = ? AND "
        "n.number || n.suffix = ? AND f.sha256 = ?",
        VT_ARGS(vt_text(id), vt_text(date), vt_text(number), vt_text(pdf)), &agrees);

    if (!st)
        st = check_kept(c, id, json_object_get(said, "annexes"), "annex-", &agrees);
    if (!st)
        st = check_kept(c, id, json_object_get(said, "attachments"), "attachment-", &agrees);
    if (!st && agrees != 1)
        vt_fsck_wrong(c, "KHO-32", id,
                      "Đối chiếu với bản sao lưu và nhật ký (vanthu audit verify).",
                      "Sổ không còn như nhật ký ghi lúc cấp số (số, ngày hoặc PDF).");
    json_decref(said);
    return st;
}

/* What the log says a received document was when it came in. */
static vt_status check_arrival(vt_inspection *c, const char *id, const char *detail) {
    json_t *said = json_loads(detail, 0, NULL);
    int64_t agrees = 0;
    vt_status st = vt_sql_number(
        c->r, c->list,
        "SELECT count(*) FROM received WHERE uid = ? AND arrival_number = ? AND arrival_date = ? "
        "AND sender = ? AND sha256 = ?",
        VT_ARGS(vt_text(id), vt_int(json_integer_value(json_object_get(said, "arrival"))),
                vt_text(json_string_value(json_object_get(said, "date"))),
                vt_text(json_string_value(json_object_get(said, "sender"))),
                vt_text(json_string_value(json_object_get(said, "pdf")))),
        &agrees);

    if (!st && agrees != 1)
        vt_fsck_wrong(
            c, "KHO-32", id, "Đối chiếu với bản sao lưu và nhật ký (vanthu audit verify).",
            "Văn bản đến không còn như nhật ký ghi lúc nhận (số đến, ngày, nơi gửi hoặc PDF).");
    json_decref(said);
    return st;
}

/* A page of the log, from behind *last on; *more: it was full. */
static vt_status check_events(vt_inspection *c, int64_t *last, bool *more) {
    int rows = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(
        c->r, c->list,
        "SELECT object, detail, act, serial FROM event WHERE serial > ? AND (act IN ('issue', "
        "'number', 'receive') OR (act = 'import' AND instr(detail, '\"pdf\"') > 0)) ORDER BY "
        "serial LIMIT ?",
        VT_ARGS(vt_int(*last), vt_int(VT_FSCK_PAGE)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, c->list, &row)) && row) {
        rows++;
        *last = vt_sql_int(stmt, 3);
        st = (*vt_sql_view(stmt, 2) == 'r' ? check_arrival : check_event)(c, vt_sql_view(stmt, 0),
                                                                          vt_sql_view(stmt, 1));
        if (st)
            vt_sql_done(stmt);
    }
    *more = rows == VT_FSCK_PAGE;
    return st;
}

static vt_status check_log(vt_inspection *c, vt_arena *arena) {
    int64_t last = INT64_MIN;
    vt_anchor head;
    bool more = true;
    vt_status st = vt_records_audit(c->r, NULL, 0, arena, c->list, &head);

    if (st == VT_BAD) {
        c->report->wrong++;
        c->worst = VT_BAD;
        st = VT_OK;
    }
    c->report->events = (size_t)head.serial;
    while (!st && more)
        st = check_events(c, &last, &more);
    return st;
}

/* ------------------------------------------------------------------- store -- */

static vt_status check_store(vt_inspection *c) {
    vt_status st = c->r->backend->check(c->r, c->list);

    if (st == VT_BAD) {
        c->report->wrong++;
        c->worst = VT_BAD;
    }
    return st == VT_BAD ? VT_OK : st;
}

static vt_status rebuild_index(vt_inspection *c) {
    vt_status st = vt_records_begin(c->r, c->list);

    if (!st)
        st = c->r->backend->index_make(c->r, c->list);
    if (!st)
        st = vt_event_add(c->r, c->list, "index-rebuilt", "", "{}");
    if (!st)
        st = vt_records_commit(c->r, c->list);
    vt_records_rollback(c->r);
    if (!st)
        c->report->repaired++;
    return st;
}

static vt_status check_index(vt_inspection *c) {
    bool right = true;
    vt_status st = c->r->backend->index_check(c->r, c->list, &right, &c->report->index_compared);

    if (st || right)
        return st;
    if (c->how->repair)
        return rebuild_index(c);
    vt_fsck_wrong(c, "KHO-33", "document_fts", vt_fsck_mend(c, "Làm lại", ""),
                  "Chỉ mục tìm kiếm không khớp với các văn bản.");
    return VT_OK;
}

/* Who may not repair is told before an hour is spent on looking. */
static vt_status check_right(vt_inspection *c) {
    vt_status st = c->how->repair ? vt_records_begin(c->r, c->list) : VT_OK;
    const char *from = c->how->repair ? c->how->from : NULL;
    struct stat sb;

    vt_records_rollback(c->r);
    if (!st && from && (stat(from, &sb) != 0 || !S_ISDIR(sb.st_mode)))
        return vt_bad(c->list, "KHO-01", (vt_place){.file = from},
                      "Chỉ đúng thư mục của một bản sao của kho: --from THƯ-MỤC.",
                      "“%s” không phải là một thư mục.", from);
    return st;
}

vt_status vt_records_fsck(vt_records *r, const vt_fsck *how, vt_arena *arena, vt_findings *list,
                          vt_fsck_report *out) {
    vt_inspection c = {.r = r, .arena = arena, .list = list, .how = how, .report = out};
    int64_t documents = 0;
    vt_status st;

    *out = (vt_fsck_report){0};
    st = check_right(&c);
    if (!st)
        st = check_store(&c);
    if (!st)
        st = vt_sql_number(r, list, "SELECT count(*) FROM document", VT_NO_ARGS, &documents);
    out->documents = (size_t)documents;
    if (!st)
        st = check_tables(&c);
    if (!st)
        st = check_dossiers(&c);
    if (!st)
        st = check_log(&c, arena);
    if (!st)
        st = vt_fsck_rows(&c);
    if (!st)
        st = vt_fsck_files(&c);
    if (!st)
        st = check_index(&c);
    return st ? st : c.worst;
}
