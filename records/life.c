/*
 * records/life.c - the life of a record: draft, submitted, signed, numbered,
 * issued, recalled ...
 *
 * What may follow what, and whose right it is, stands in one table of the
 * archive (`transition`); who may not do both of two acts in another
 * (`separation`).  Here a step is checked to say in Vietnamese why not; the
 * tables refuse it all the same.
 */
#include "records/typed.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_BYTES = 1 << 14 };

/* ------------------------------------------------------------------- words -- */

const char *vt_record_word(const char *key) {
    static const struct {
        const char *key, *word;
    } words[] = {
        {"draft", "dự thảo"},
        {"submitted", "đã trình"},
        {"returned", "bị trả lại"},
        {"signed", "đã ký"},
        {"numbered", "đã cấp số"},
        {"sealed", "đã đóng dấu"},
        {"issued", "đã ban hành"},
        {"recalled", "đã thu hồi"},
        {"replaced", "đã bị thay thế"},
        {"archived", "đã lưu trữ"},
        {"submit", "trình"},
        {"withdraw", "rút lại"},
        {"return", "trả lại"},
        {"sign", "ký"},
        {"number", "cấp số"},
        {"seal", "đóng dấu"},
        {"release", "phát hành"},
        {"issue", "ban hành"},
        {"import", "nhập từ sổ cũ"},
        {"recall", "thu hồi"},
        {"replace", "thay thế"},
        {"correct", "đính chính"},
        {"archive", "lưu trữ"},
        {"adopt", "ghi nhận khi nâng sổ"},
        {"term", "vào sổ của nhiệm kỳ"},
        {"reserved", "đang giữ chỗ"},
        {"void", "đã huỷ"},
        {"override", "bỏ qua lỗi"},
        {"view", "xem"},
        {"set", "đặt thông tin lưu trữ"},
        {"drafter", "người soạn thảo"},
        {"reviewer", "người duyệt"},
        {"signer", "người ký"},
        {"clerk", "văn thư"},
        {"archivist", "người làm lưu trữ"},
        {"head", "lãnh đạo"},
        {"replaces", "thay thế"},
        {"corrects", "đính chính"},
        {"recalls", "thu hồi"},
        /* of dossiers */
        {"open", "đang mở"},
        {"closed", "đã kết thúc"},
        {"handed-over", "đã nộp lưu"},
        {"disposed", "đã huỷ"},
        {"add", "đưa văn bản vào"},
        {"remove", "bỏ văn bản ra"},
        {"restore", "đưa văn bản trở lại"},
        {"change", "sửa"},
        {"close", "kết thúc"},
        {"reopen", "mở lại"},
        {"lock", "khoá"},
        {"unlock", "mở khoá"},
        {"extend", "gia hạn nộp lưu"},
        {"hand-over", "giao nộp"},
        {"dispose", "huỷ"},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].key, key) == 0)
            return words[i].word;
    return key;
}

/* ------------------------------------------------------------------ checks -- */

static vt_status no_such_step(vt_records *r, vt_findings *list, const vt_move *m) {
    vt_buf acts;
    vt_stmt *stmt;
    bool row = true;
    vt_status st =
        vt_sql_open(r, list, "SELECT act FROM transition WHERE from_state = ? ORDER BY act",
                    VT_ARGS(vt_text(m->state)), &stmt);

    vt_buf_init(&acts, NAMES_BYTES);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row)
        vt_buf_printf(&acts, "%s%s", acts.len ? ", " : "", vt_record_word(vt_sql_view(stmt, 0)));
    if (!st && acts.len)
        st = vt_bad(list, "DOI-01", (vt_place){.path = m->name}, NULL,
                    "Văn bản %s ở tình trạng “%s” nên không %s được; lúc này chỉ có thể: %s.",
                    m->name, vt_record_word(m->state), vt_record_word(m->act), acts.data);
    else if (!st)
        st = vt_bad(list, "DOI-01", (vt_place){.path = m->name}, NULL,
                    "Văn bản %s ở tình trạng “%s” nên không %s được; từ đây không còn bước nào.",
                    m->name, vt_record_word(m->state), vt_record_word(m->act));
    vt_buf_free(&acts);
    return st;
}

/* Whose right the step is, when the archive asks for it. */
static vt_status check_role(vt_records *r, vt_findings *list, const char *name, const char *act,
                            const char *role) {
    int64_t asked = 0, has = 0;
    vt_status st =
        vt_sql_number(r, list, "SELECT count(*) FROM setting WHERE name = 'roles' AND value = 'on'",
                      VT_NO_ARGS, &asked);

    if (st || !asked)
        return st;
    st = vt_sql_number(r, list,
                       "SELECT count(*) FROM actor a JOIN actor_role r ON r.name = a.name WHERE "
                       "a.name = ? AND a.active = 1 AND r.role = ?",
                       VT_ARGS(vt_text(r->actor), vt_text(role)), &has);
    if (st || has)
        return st;
    return vt_bad(list, "DOI-03", (vt_place){.path = name}, "Nhờ người có quyền ấy làm.",
                  "%s không có quyền %s: việc này của %s.", r->actor, vt_record_word(act),
                  vt_record_word(role));
}

/* Two duties that one person may not have on one document. */
static vt_status check_duties(vt_records *r, vt_findings *list, const vt_move *m) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT p.act FROM step p JOIN separation x ON (x.act = p.act AND x.other = ?3) OR "
        "(x.other = p.act AND x.act = ?3) WHERE p.document_id = ?1 AND p.actor = ?2 LIMIT 1",
        VT_ARGS(vt_int(m->document), vt_text(r->actor), vt_text(m->act)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    st = vt_bad(list, "DOI-04", (vt_place){.path = m->name}, "Nhờ người khác làm.",
                "%s đã %s văn bản này nên không được %s nó.", r->actor,
                vt_record_word(vt_sql_view(stmt, 0)), vt_record_word(m->act));
    vt_sql_done(stmt);
    return st;
}

vt_status vt_move_check(vt_records *r, vt_findings *list, vt_move *m) {
    vt_stmt *stmt;
    char role[32] = "";
    bool row = false, note = false;
    vt_status st = vt_sql_open(
        r, list,
        "SELECT to_state, role, needs_note FROM transition WHERE from_state = ? AND act = ?",
        VT_ARGS(vt_text(m->state), vt_text(m->act)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st ? st : no_such_step(r, list, m);
    snprintf(m->to, sizeof m->to, "%s", vt_sql_view(stmt, 0));
    snprintf(role, sizeof role, "%s", vt_sql_view(stmt, 1));
    note = vt_sql_int(stmt, 2) != 0;
    vt_sql_done(stmt);
    if (note && vt_blank(m->note))
        return vt_bad(list, "DOI-02", (vt_place){.path = m->name}, "Ghi thêm: --reason LÝ-DO.",
                      "Muốn %s văn bản phải có lý do.", vt_record_word(m->act));
    st = check_role(r, list, m->document ? m->name : NULL, m->act, role);
    return st || !m->document ? st : check_duties(r, list, m);
}

/* -------------------------------------------------------------------- steps -- */

vt_status vt_move_add(vt_records *r, vt_findings *list, const vt_move *m) {
    char at[VT_TIME_CHARS + 1];

    vt_time_utc(r->world.now_ms(r->world.ctx), at);
    return vt_sql_run(r, list,
                      "INSERT INTO step(document_id, ordinal, act, from_state, to_state, actor, "
                      "at, note) SELECT ?1, 1 + (SELECT count(*) FROM step WHERE document_id = "
                      "?1), ?2, ?3, ?4, ?5, ?6, ?7",
                      VT_ARGS(vt_int(m->document), vt_text(m->act), vt_text(m->state),
                              vt_text(m->to), vt_text(r->actor), vt_text(at),
                              vt_text(m->note ? m->note : "")));
}

/* One step asked for. */
typedef struct stepping {
    vt_records *r;
    vt_findings *list;
    const vt_step *q;
    const vt_record *record;
    vt_move move;
    int64_t by;
} stepping;

static vt_place place_of(const stepping *s) {
    return (vt_place){.path = s->record->id};
}

static vt_status relate(const stepping *s, const char *kind) {
    return vt_sql_run(s->r, s->list,
                      "INSERT INTO relation(document_id, kind, other_id, reason) VALUES (?, ?, ?, "
                      "?) ON CONFLICT DO NOTHING",
                      VT_ARGS(vt_int(s->by), vt_text(kind), vt_int(s->move.document),
                              vt_text(s->q->note ? s->q->note : "")));
}

static vt_status unfit(const stepping *s, const vt_record *other, const char *why) {
    return vt_bad(s->list, "DOI-05", (vt_place){.path = s->q->by},
                  "Xem hai văn bản: vanthu show SỐ/KÝ-HIỆU.",
                  "Văn bản %s ngày %s %s nên không %s văn bản này được.", other->designation,
                  vt_day(other->date).text, why, vt_record_word(s->q->act));
}

/* What does it to another is in force and came after it; what it corrects it corrects once. */
static vt_status check_by(const stepping *s, const vt_record *other) {
    int64_t out = 0, done = 0;
    vt_status st;

    if (strcmp(other->state, "issued") != 0 && strcmp(other->state, "archived") != 0)
        return unfit(s, other, vt_record_word(other->state));
    if (strcmp(other->date, s->record->date) < 0)
        return unfit(s, other, "ban hành trước");
    st = vt_sql_number(s->r, s->list,
                       "SELECT count(*) FROM step WHERE document_id = ? AND act IN ('recall', "
                       "'replace')",
                       VT_ARGS(vt_int(s->by)), &out);
    if (!st && out) /* before its file went to the archive */
        return unfit(s, other, "không còn hiệu lực");
    if (!st)
        st = vt_sql_number(s->r, s->list,
                           "SELECT count(*) FROM relation WHERE document_id = ? AND other_id = ? "
                           "AND kind = 'corrects'",
                           VT_ARGS(vt_int(s->by), vt_int(s->move.document)), &done);
    return !st && done && strcmp(s->q->act, "correct") == 0
               ? unfit(s, other, "đã ghi là đính chính nó từ trước")
               : st;
}

/* The document that does it to the other: "replaces" for "replace". */
static vt_status find_by(stepping *s, vt_arena *arena, const char **by) {
    vt_record *other = NULL;
    vt_status st;

    *by = NULL;
    if (!s->q->by)
        return VT_OK;
    st = vt_record_find(s->r, s->q->by, s->q->by_year, arena, s->list, &other);
    if (!st && strcmp(other->id, s->record->id) == 0)
        st = vt_bad(s->list, "DOI-05", place_of(s), NULL, "Một văn bản không tự %s được.",
                    vt_record_word(s->q->act));
    if (!st)
        st = vt_sql_number(s->r, s->list, "SELECT document_id FROM document WHERE uid = ?",
                           VT_ARGS(vt_text(other->id)), &s->by);
    if (!st)
        st = check_by(s, other);
    if (!st)
        *by = other->id;
    return st;
}

static vt_status log_step(const stepping *s, const char *by) {
    const char *to = s->move.to;

    return vt_event_json(
        s->r, s->list, s->q->act, s->record->id,
        json_pack("{s:s*, s:s*, s:s*}", "reason", s->q->note, "by", by, "state", *to ? to : NULL));
}

static vt_status move(stepping *s) {
    vt_status st = vt_move_check(s->r, s->list, &s->move);

    if (!st)
        st = vt_move_add(s->r, s->list, &s->move);
    return st ? st
              : vt_sql_run(s->r, s->list, "UPDATE document SET state = ? WHERE document_id = ?",
                           VT_ARGS(vt_text(s->move.to), vt_int(s->move.document)));
}

/* Điều 18.3: an error of form is corrected by a công văn; the document stays, also one
   whose file went to the archive. */
static vt_status correct(const stepping *s) {
    if (strcmp(s->record->state, "issued") != 0 && strcmp(s->record->state, "archived") != 0)
        return no_such_step(s->r, s->list, &s->move);
    if (vt_blank(s->q->note))
        return vt_bad(s->list, "DOI-02", place_of(s), "Ghi thêm: --reason LÝ-DO.",
                      "Muốn đính chính văn bản phải có lý do.");
    return vt_duty_check(s->r, s->list, "correct");
}

/* How one document acts on another. */
static const struct relation {
    const char *act, *kind;
    bool wants_by;
} RELATIONS[] = {
    {"recall", "recalls", false}, {"replace", "replaces", true}, {"correct", "corrects", true}};

static vt_status find_relation(const stepping *s, const struct relation **out) {
    *out = NULL;
    for (size_t i = 0; i < sizeof RELATIONS / sizeof *RELATIONS; i++)
        if (strcmp(RELATIONS[i].act, s->q->act) == 0)
            *out = &RELATIONS[i];
    if (*out && (*out)->wants_by && !s->q->by)
        return vt_bad(s->list, "DOI-05", place_of(s), "Ghi văn bản ấy: --by SỐ/KÝ-HIỆU.",
                      "Muốn %s phải nói bằng văn bản nào.", vt_record_word(s->q->act));
    return VT_OK;
}

static vt_status take_step(stepping *s, vt_arena *arena) {
    const struct relation *relation;
    const char *by = NULL;
    vt_status st = vt_sql_number(s->r, s->list, "SELECT document_id FROM document WHERE uid = ?",
                                 VT_ARGS(vt_text(s->record->id)), &s->move.document);

    if (!st)
        st = find_relation(s, &relation);
    if (!st)
        st = find_by(s, arena, &by);
    if (!st)
        st = strcmp(s->q->act, "correct") == 0 ? correct(s) : move(s);
    if (!st && s->by && relation)
        st = relate(s, relation->kind);
    return st ? st : log_step(s, by);
}

/* The number comes with a document (vt_records_issue), not with a step. */
static vt_status check_act(const vt_step *q, vt_findings *list) {
    if (strcmp(q->act, "number") != 0)
        return VT_OK;
    return vt_bad(list, "DOI-01", (vt_place){.path = q->reference}, "Cấp số: vanthu issue.",
                  "Số được cấp cùng lúc với việc làm văn bản, không ghi riêng được.");
}

vt_status vt_records_step(vt_records *r, const vt_step *asked, vt_arena *arena, vt_findings *list,
                          vt_record **out) {
    vt_step said = *asked;
    const vt_step *q = &said;
    vt_record *record = NULL;
    vt_status st = check_act(q, list);

    if (!st)
        st = vt_typed_reason(r, list, &said.note);
    if (!st)
        st = vt_records_begin(r, list);
    if (st)
        return st;
    st = vt_record_find(r, q->reference, q->year, arena, list, &record);
    if (!st) {
        const char *name = *record->designation ? record->designation : record->id;
        stepping s = {
            .r = r,
            .list = list,
            .q = q,
            .record = record,
            .move = {.name = name, .state = record->state, .act = q->act, .note = q->note}};
        st = take_step(&s, arena);
    }
    if (!st)
        st = vt_record_find(r, record->id, 0, arena, list, &record);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    if (!st)
        *out = record;
    return st;
}
