/*
 * records/received.c - received documents: entered by the order of their arrival
 * in the year, kept as they came, put into a dossier.
 */
#include "records/dossiers.h"
#include "records/series.h"
#include "records/typed.h"
#include "records/words.h"

#include <stdio.h>
#include <string.h>

enum {
    PDF_MOST = 512 << 20,
    SENDER_MOST = 200, /* lengths of PL VI, part II, II */
    SUBJECT_MOST = 500,
    DESIGNATION_MOST = 41,
    TO_MOST = 1000,
    NAME_MOST = 100,
    ARRIVAL_MOST = 999999999,
    WORDS_BYTES = 64 << 20
};

/* One document on its way in. */
typedef struct receiving {
    vt_records *r;
    vt_findings *list;
    const vt_received *q;
    vt_dossier_row row;
    int64_t id, number;
    char uid[VT_UID_CHARS + 1], date[11], arrived[11], due[11];
    const char *urgency, *secrecy; /* as the archive has them */
    vt_date day;
    vt_stored file;
} receiving;

static const char *said(const char *text) {
    return text ? text : "";
}

/* ------------------------------------------------------------------- checks -- */

static vt_status check_words(vt_records *r, vt_findings *list, vt_received *q) {
    vt_status st = vt_dossier_needed(list, "nơi gửi", q->sender);

    if (!st)
        st = vt_dossier_needed(list, "trích yếu", q->subject);
    return st ? st
              : vt_typed(r, list,
                         VT_TYPED({"nơi gửi", &q->sender, SENDER_MOST},
                                  {"trích yếu", &q->subject, SUBJECT_MOST},
                                  {"số, ký hiệu văn bản", &q->designation, DESIGNATION_MOST},
                                  {"tên loại", &q->type_name, NAME_MOST},
                                  {"người ký", &q->signer, NAME_MOST},
                                  {"chức vụ người ký", &q->signer_position, NAME_MOST},
                                  {"đơn vị hoặc người nhận", &q->to, TO_MOST},
                                  {"mã định danh nơi gửi", &q->organ, NAME_MOST},
                                  {"mức độ khẩn", &q->urgency, NAME_MOST},
                                  {"độ mật", &q->secrecy, NAME_MOST},
                                  {"tờ số", &q->sheets, VT_SHEETS_MOST}, {"lý do", &q->again, 0},
                                  {"ghi chú", &q->note, 0}));
}

/* "Tuyệt mật", "tuyet-mat" -> "tuyet-mat"; "" for none; false: not one of `known`. */
static bool mark_of(const char *text, const char *const known[3], const char **out) {
    vt_buf words;

    *out = "";
    if (vt_blank(text))
        return true;
    vt_buf_init(&words, SENDER_MOST * 4);
    vt_words_folded(text, &words);
    for (char *s = words.data; *s; s++)
        *s = *s == ' ' ? '-' : *s;
    for (int i = 0; i < 3; i++)
        if (strcmp(words.data + (*words.data == '-'), known[i]) == 0)
            *out = known[i];
    vt_buf_free(&words);
    return **out != '\0';
}

static vt_status check_marks(receiving *g) {
    static const char *const urgencies[] = {"khan", "thuong-khan", "hoa-toc"};
    static const char *const secrecies[] = {"mat", "toi-mat", "tuyet-mat"};

    if (!mark_of(g->q->urgency, urgencies, &g->urgency))
        return vt_bad(g->list, "HS-16", (vt_place){.path = g->q->urgency},
                      "Ghi khan, thuong-khan hoặc hoa-toc.", "Không có mức độ khẩn “%s”.",
                      g->q->urgency);
    if (!mark_of(g->q->secrecy, secrecies, &g->secrecy))
        return vt_bad(g->list, "HS-16", (vt_place){.path = g->q->secrecy},
                      "Ghi mat, toi-mat hoặc tuyet-mat.", "Không có độ mật “%s”.", g->q->secrecy);
    return VT_OK;
}

static vt_status check_pdf(vt_findings *list, const vt_received *q) {
    if (q->pdf_len >= 5 && q->pdf_len <= PDF_MOST && memcmp(q->pdf, "%PDF-", 5) == 0)
        return VT_OK;
    return vt_bad(list, "HS-11", (vt_place){0}, "Quét hoặc in văn bản ra PDF rồi nhận lại.",
                  q->pdf_len > PDF_MOST ? "Tệp lớn hơn 512 MB." : "Tệp không phải là PDF.");
}

static vt_status check_dates(vt_records *r, vt_findings *list, const vt_received *q, vt_date *day) {
    const vt_date today = vt_time_day(r->world.now_ms(r->world.ctx));

    *day = q->arrival_date.year ? q->arrival_date : today;
    if (!vt_date_full(*day) || vt_date_compare(*day, today) > 0)
        return vt_bad(list, "HS-13", (vt_place){0}, "Ghi đủ: --arrived 2026-03-27.",
                      "Ngày đến phải đủ ngày, tháng, năm và không sau hôm nay.");
    if (q->date.year && vt_date_full(q->date) && vt_date_compare(q->date, *day) > 0)
        return vt_bad(list, "HS-13", (vt_place){0}, "Xem lại ngày văn bản và ngày đến.",
                      "Ngày văn bản ở sau ngày đến.");
    return VT_OK;
}

static bool same_words(const char *a, const char *b) {
    vt_buf x, y;
    bool same;

    vt_buf_init(&x, SENDER_MOST * 16);
    vt_buf_init(&y, SENDER_MOST * 16);
    vt_words_exact(a, &x);
    vt_words_exact(b, &y);
    same = !vt_buf_failed(&x) && !vt_buf_failed(&y) && strcmp(x.data, y.data) == 0;
    vt_buf_free(&x);
    vt_buf_free(&y);
    return same;
}

/* PL VI, III.1: the same number of the same sender is told, whatever its case and signs. */
static vt_status check_twice(vt_records *r, vt_findings *list, const vt_dossier_row *row,
                             const vt_received *q, const char *date) {
    int64_t before = 0;
    vt_stmt *stmt;
    bool more = true;
    vt_status st;

    if (vt_blank(q->designation) || !vt_blank(q->again))
        return VT_OK;
    st = vt_sql_open(r, list,
                     "SELECT arrival_number, sender, designation FROM received WHERE issuer_id = ? "
                     "AND date = ? ORDER BY year, arrival_number",
                     VT_ARGS(vt_int(row->issuer), vt_text(date)), &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &more)) && more)
        if (same_words(vt_sql_view(stmt, 1), q->sender) &&
            same_words(vt_sql_view(stmt, 2), q->designation))
            before = vt_sql_int(stmt, 0);
    if (st || !before)
        return st;
    return vt_bad(
        list, "HS-12", (vt_place){.path = q->designation},
        "Đưa văn bản đã nhận vào hồ sơ: vanthu dossier add MÃ --received SỐ-ĐẾN; nhận lần "
        "nữa thì nói vì sao: --again LÝ-DO.",
        "Văn bản %s của %s đã nhận, số đến %lld.", q->designation, q->sender, (long long)before);
}

/* The very same file under other words may be right: it is told, not refused. */
static vt_status check_file(const receiving *g) {
    int64_t before = 0;
    vt_status st = vt_sql_number(
        g->r, g->list,
        "SELECT coalesce(max(arrival_number), 0) FROM received WHERE "
        "issuer_id = ? AND year = ? AND sha256 = ?",
        VT_ARGS(vt_int(g->row.issuer), vt_int(g->day.year), vt_text(g->file.sha256)), &before);

    return st || !before || !vt_blank(g->q->again)
               ? st
               : vt_warn(g->list, "HS-12", (vt_place){.path = g->q->designation},
                         "Xem có nhận hai lần không: vanthu dossier received --year NĂM.",
                         "Tệp PDF này, đúng từng byte, đã nhận với số đến %lld năm %d.",
                         (long long)before, g->day.year);
}

/* By the order of arrival in the year (Điều 22): day and number go forward together.
   Who names a number enters what a book on paper already has. */
static vt_status pick_number(vt_records *r, vt_findings *list, const vt_dossier_row *row,
                             const vt_received *q, vt_date day, int64_t *number) {
    char iso[11];
    int64_t taken = 0;
    vt_status st;

    vt_date_iso(day, iso);
    *number = q->arrival_number;
    if (*number < 0 || *number > ARRIVAL_MOST)
        return vt_bad(list, "HS-13", (vt_place){0}, NULL, "Số đến %lld không dùng được.",
                      (long long)*number);
    if (!*number) {
        st = vt_sql_number(r, list,
                           "SELECT count(*) FROM received WHERE issuer_id = ? AND year = ? AND "
                           "arrival_date > ?",
                           VT_ARGS(vt_int(row->issuer), vt_int(day.year), vt_text(iso)), &taken);
        if (!st && taken)
            st = vt_bad(list, "HS-13", (vt_place){.path = iso},
                        "Ghi đúng ngày đến; sổ giấy đã có số thì ghi số ấy: --arrival SỐ.",
                        "Đã có văn bản đến sau ngày ấy: số đến theo thứ tự thời gian.");
        return st ? st
                  : vt_sql_number(r, list,
                                  "SELECT 1 + coalesce(max(arrival_number), 0) FROM received "
                                  "WHERE issuer_id = ? AND year = ?",
                                  VT_ARGS(vt_int(row->issuer), vt_int(day.year)), number);
    }
    st = vt_sql_number(r, list,
                       "SELECT count(*) FROM received WHERE issuer_id = ? AND year = ? AND "
                       "arrival_number = ?",
                       VT_ARGS(vt_int(row->issuer), vt_int(day.year), vt_int(*number)), &taken);
    if (!st && taken)
        st = vt_bad(list, "HS-13", (vt_place){0}, NULL, "Số đến %lld của năm %d đã dùng.",
                    (long long)*number, day.year);
    if (!st)
        st = vt_sql_number(r, list,
                           "SELECT count(*) FROM closed_received WHERE issuer_id = ? AND year = ? "
                           "AND last_number >= ?",
                           VT_ARGS(vt_int(row->issuer), vt_int(day.year), vt_int(*number)), &taken);
    if (!st && taken)
        st = vt_bad(list, "HS-13", (vt_place){0}, "Nhận với số kế tiếp: bỏ --arrival.",
                    "Số đến %lld của năm %d nằm trong quyển sổ đã khoá.", (long long)*number,
                    day.year);
    return st;
}

/* ---------------------------------------------------------------- receiving -- */

/* Of what is at the highest degree of secrecy no trích yếu is kept, and no words. */
static bool top_secret(const receiving *g) {
    return strcmp(g->secrecy, "tuyet-mat") == 0;
}

static vt_status insert(receiving *g) {
    const vt_received *q = g->q;
    const size_t digits = strspn(said(q->designation), "0123456789");
    char number[12] = "";
    const char *notation = said(q->designation) + digits;

    if (digits && digits < sizeof number)
        snprintf(number, sizeof number, "%.*s", (int)digits, q->designation);
    return vt_sql_number(
        g->r, g->list,
        "INSERT INTO received(uid, issuer_id, year, arrival_number, arrival_date, sender, organ, "
        "number, notation, designation, date, type_name, subject, signer, signer_position, "
        "to_places, due, urgency, secrecy, pages, note, again, sha256) VALUES (?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING received_id",
        VT_ARGS(vt_text(g->uid), vt_int(g->row.issuer), vt_int(g->day.year), vt_int(g->number),
                vt_text(g->arrived), vt_text(q->sender), vt_text(said(q->organ)), vt_text(number),
                vt_text(notation + strspn(notation, "/- ")), vt_text(said(q->designation)),
                vt_text(g->date), vt_text(said(q->type_name)),
                vt_text(top_secret(g) ? "" : q->subject), vt_text(said(q->signer)),
                vt_text(said(q->signer_position)), vt_text(said(q->to)), vt_text(g->due),
                vt_text(g->urgency), vt_text(g->secrecy), vt_int((int64_t)q->pages),
                vt_text(said(q->note)), vt_text(said(q->again)), vt_text(g->file.sha256)),
        &g->id);
}

static vt_status insert_words(receiving *g) {
    const vt_received *q = g->q;
    const bool hidden = top_secret(g);
    const char *const words = hidden ? NULL : q->words, *const subject = hidden ? NULL : q->subject;
    const char *const said_of_it[] = {q->sender, q->designation, q->type_name,
                                      subject,   q->signer,      words};
    const char *const index = g->r->backend->named[VT_SQL_ARRIVED_INDEX];
    vt_buf folded;
    vt_status st;

    vt_buf_init(&folded, WORDS_BYTES);
    for (size_t i = 0; i < sizeof said_of_it / sizeof *said_of_it; i++)
        vt_words_folded(said(said_of_it[i]), &folded);
    st = vt_buf_failed(&folded)
             ? vt_nomem(g->list)
             : vt_sql_run(g->r, g->list,
                          "INSERT INTO received_text(received_id, body, folded) VALUES (?, ?, ?)",
                          VT_ARGS(vt_int(g->id), vt_text(said(words)), vt_text(folded.data)));
    if (!st && index)
        st = vt_sql_run(g->r, g->list, index, VT_ARGS(vt_int(g->id)));
    vt_buf_free(&folded);
    return st;
}

static vt_status enter(receiving *g) {
    const vt_received *q = g->q;
    vt_status st = vt_uid_make(&g->r->world, g->uid) ? VT_OK : vt_nomem(g->list);

    if (!st)
        st = vt_store_put(g->r, g->list, q->pdf, q->pdf_len, &g->file);
    if (!st)
        st = check_file(g);
    if (!st)
        st = insert(g);
    if (!st)
        st = insert_words(g);
    return st ? st
              : vt_event_json(g->r, g->list, "receive", g->uid,
                              json_pack("{s:I, s:s, s:s, s:s, s:s, s:s*}", "arrival",
                                        (json_int_t)g->number, "date", g->arrived, "sender",
                                        q->sender, "designation", said(q->designation), "pdf",
                                        g->file.sha256, "again", q->again));
}

static vt_status receive(receiving *g, const vt_dossier_ref *which, vt_arena *arena,
                         vt_arrival *out) {
    const char *name;
    vt_status st = vt_dossier_find_open(g->r, which, "add", arena, g->list, &g->row);

    if (!st)
        st = check_dates(g->r, g->list, g->q, &g->day);
    vt_date_iso(g->day, g->arrived);
    vt_date_iso(g->q->date, g->date);
    vt_date_iso(g->q->due, g->due);
    if (!st)
        st = check_twice(g->r, g->list, &g->row, g->q, g->date);
    if (!st)
        st = pick_number(g->r, g->list, &g->row, g->q, g->day, &g->number);
    if (!st)
        st = enter(g);
    name = vt_printf(arena, "Văn bản đến số %lld", (long long)g->number);
    if (!st)
        st = name ? vt_dossier_put_received(g->r, &g->row, g->id, g->uid, name, g->q->sheets,
                                            g->list, &out->ordinal)
                  : vt_nomem(g->list);
    out->id = vt_strdup(arena, g->uid);
    out->sha256 = vt_strdup(arena, g->file.sha256);
    out->date = vt_strdup(arena, g->arrived);
    out->number = g->number;
    return !st && vt_arena_failed(arena) ? vt_nomem(g->list) : st;
}

vt_status vt_records_receive(vt_records *r, const vt_dossier_ref *which, const vt_received *asked,
                             vt_arena *arena, vt_findings *list, vt_arrival *out) {
    vt_received words = *asked;
    const vt_received *q = &words;
    receiving g = {.r = r, .list = list, .q = q};
    bool own;
    vt_status st = check_words(r, list, &words);

    if (!st)
        st = check_marks(&g);
    if (!st)
        st = check_pdf(list, q);
    if (!st)
        st = vt_dossier_begin(r, list, &own);
    if (st)
        return st;
    st = receive(&g, which, arena, out);
    return vt_dossier_end(r, list, own, st);
}

/* -------------------------------------------------------------------- files -- */

vt_status vt_records_dossier_file(vt_records *r, const vt_dossier_entry *entry, const char *role,
                                  vt_arena *arena, vt_buf *out, vt_findings *list) {
    vt_record *record;
    vt_status st;

    if (!entry->received) {
        st = vt_record_find(r, entry->id, 0, arena, list, &record);
        return st ? st : vt_records_file(r, record, role, out, list);
    }
    if (strcmp(role, "pdf") != 0)
        return vt_bad(list, "KHO-13", (vt_place){.path = entry->id}, NULL,
                      "Văn bản đến chỉ có tệp PDF.");
    st = *entry->secrecy ? vt_view_log(r, entry->id, role, list) : VT_OK;
    return st ? st : vt_store_get(r, list, entry->sha256, out);
}
