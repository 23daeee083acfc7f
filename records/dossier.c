/*
 * records/dossier.c - the yearly list of dossiers (danh mục hồ sơ): entered,
 * changed, listed, found by code.
 */
#include "records/dossiers.h"
#include "records/series.h"
#include "records/typed.h"
#include "records/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAMES_BYTES = 1 << 14,
    SHOWN = 6,
    CODE_MOST = 20, /* lengths of PL VI, part II, III */
    TITLE_MOST = 500,
    KEEPER_MOST = 100, /* of a unit too; the law has 30 */
    YEARS_MOST = 999
};

/* ------------------------------------------------------------------ columns -- */

#define OF_ENTRIES(what)                                                                           \
    "(SELECT " what " " VT_ENTRY_JOINS "WHERE e.dossier_id = x.dossier_id AND e.removed = '')"

#define TAKEN_OUT                                                                                  \
    "(SELECT count(*) FROM dossier_entry e WHERE e.dossier_id = x.dossier_id AND e.removed <> '')"
#define FIRST_DATE OF_ENTRIES("coalesce(min(" VT_ENTRY_DATE "), '')")
#define LAST_DATE OF_ENTRIES("coalesce(max(" VT_ENTRY_DATE "), '')")
/* The PDF, source and annexes of a document, each with a first generation; of a received one its
   PDF. */
#define ALL_FILES                                                                                  \
    "(SELECT count(*) FROM dossier_entry e JOIN document_file f ON f.document_id = e.document_id " \
    "WHERE e.dossier_id = x.dossier_id AND e.removed = '' AND f.generation = 1) + (SELECT "        \
    "count(*) FROM dossier_entry e JOIN received c ON c.received_id = e.received_id WHERE "        \
    "e.dossier_id = x.dossier_id AND e.removed = '' AND c.sha256 IS NOT NULL)"
#define ALL_PAGES OF_ENTRIES("coalesce(sum(" VT_ENTRY_PAGES "), 0)")
#define COLUMNS                                                                                    \
    "x.dossier_id, x.issuer_id, x.uid, i.superior, i.name, x.year, x.code, x.heading, "            \
    "x.subheading, x.title, coalesce(t.name, ''), coalesce(t.years, 0), coalesce(x.retention, "    \
    "''), x.creator, x.starts, x.ends, x.handover_due, x.state, x.frozen, x.note, x.sha256, "      \
    "x.sheets, x.pages, " OF_ENTRIES("count(*)") ", " TAKEN_OUT ", " FIRST_DATE ", " LAST_DATE     \
                                                 ", " ALL_PAGES                                    \
                                                 ", coalesce(i.organ, ''), " ALL_FILES
#define TABLES                                                                                     \
    " FROM dossier x JOIN issuer i ON i.issuer_id = x.issuer_id LEFT JOIN retention t ON "         \
    "t.retention = x.retention "

static void load(vt_records *r, vt_arena *arena, vt_stmt *s, vt_dossier_row *out) {
    bool open;

    *out = (vt_dossier_row){.id = vt_sql_int(s, 0), .issuer = vt_sql_int(s, 1)};
    out->d = (vt_dossier){.id = vt_sql_text(arena, s, 2),
                          .superior = vt_sql_text(arena, s, 3),
                          .issuer = vt_sql_text(arena, s, 4),
                          .year = (int)vt_sql_int(s, 5),
                          .code = vt_sql_text(arena, s, 6),
                          .heading = vt_sql_text(arena, s, 7),
                          .subheading = vt_sql_text(arena, s, 8),
                          .title = vt_sql_text(arena, s, 9),
                          .retention = vt_sql_text(arena, s, 10),
                          .years = vt_sql_int(s, 11),
                          .for_ever = strcmp(vt_sql_view(s, 12), "01") == 0,
                          .keeper = vt_sql_text(arena, s, 13),
                          .starts = vt_sql_text(arena, s, 14),
                          .ends = vt_sql_text(arena, s, 15),
                          .handover_due = vt_sql_text(arena, s, 16),
                          .state = vt_sql_text(arena, s, 17),
                          .frozen = vt_sql_text(arena, s, 18),
                          .note = vt_sql_text(arena, s, 19),
                          .sha256 = vt_sql_text(arena, s, 20),
                          .sheets = vt_sql_int(s, 21),
                          .pages = vt_sql_int(s, 22),
                          .count = vt_sql_int(s, 23),
                          .removed = vt_sql_int(s, 24),
                          .first = vt_sql_text(arena, s, 25),
                          .last = vt_sql_text(arena, s, 26),
                          .organ = vt_sql_text(arena, s, 28),
                          .files = vt_sql_int(s, 29)};
    out->d.days_left = vt_days_until(r, out->d.handover_due);
    open = strcmp(out->d.state, "open") == 0;
    if (open) { /* what was counted before it was opened again counts no more */
        out->d.pages = vt_sql_int(s, 27);
        out->d.sheets = 0;
        out->d.ends = out->d.sha256 = "";
    }
}

/* ------------------------------------------------------------------ finding -- */

static vt_status none_such(vt_findings *list, const vt_dossier_ref *which) {
    return vt_bad(list, "HS-01", (vt_place){.path = which->reference},
                  "Xem danh mục hồ sơ: vanthu dossier list.",
                  "Kho không có hồ sơ nào có số và ký hiệu “%s”%s.", which->reference,
                  which->year ? " trong năm ấy" : "");
}

/* The ones of that very code, code and year, or id; *found: how many, the newest in *out. */
static vt_status find_exact(vt_records *r, const vt_dossier_ref *which, int64_t of, vt_arena *arena,
                            vt_findings *list, vt_dossier_row *out, int *found) {
    vt_dossier_row one;
    vt_buf names;
    vt_stmt *stmt;
    bool row = true;
    vt_status st;

    *found = 0;
    vt_buf_init(&names, NAMES_BYTES);
    st = vt_sql_open(
        r, list,
        "SELECT " COLUMNS TABLES "WHERE (x.code = ?1 OR x.code || '/' || x.year = ?1 "
        "OR x.uid = ?1) AND (?2 = 0 OR x.year = ?2) AND (?3 = 0 OR x.issuer_id = ?3) "
        "ORDER BY x.year DESC, x.dossier_id LIMIT ?4",
        VT_ARGS(vt_text(which->reference), vt_int(which->year), vt_int(of), vt_int(SHOWN)), &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        load(r, arena, stmt, &one);
        if (!*found)
            *out = one;
        vt_buf_printf(&names, "%s%s/%d (%s)", (*found)++ ? ", " : "", one.d.code, one.d.year,
                      one.d.issuer);
    }
    if (!st && vt_arena_failed(arena))
        st = vt_nomem(list);
    if (!st && *found > 1)
        st = vt_bad(list, "HS-02", (vt_place){.path = which->reference},
                    "Ghi cả năm: MÃ/NĂM; thêm --issuer khi nhiều cơ quan có hồ sơ cùng mã.",
                    "Có nhiều hồ sơ ứng với “%s”: %s.", which->reference, names.data);
    vt_buf_free(&names);
    return st;
}

/* A code with the same words: case, signs, spaces and the form of Unicode do not matter.
   With `dated` also code and year.  *out NULL: none. */
static vt_status find_alike(vt_records *r, vt_findings *list, const vt_dossier_ref *which,
                            int64_t of, bool dated, vt_arena *arena, const char **out) {
    vt_buf asked, words;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list,
                               "SELECT code, code || '/' || year FROM dossier WHERE (?1 = 0 OR "
                               "year = ?1) AND (?2 = 0 OR issuer_id = ?2) ORDER BY dossier_id DESC",
                               VT_ARGS(vt_int(which->year), vt_int(of)), &stmt);

    *out = NULL;
    vt_buf_init(&asked, NAMES_BYTES);
    vt_buf_init(&words, NAMES_BYTES);
    vt_words_exact(which->reference, &asked);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row)
        for (int i = 0; i <= (dated ? 1 : 0) && !*out; i++) {
            vt_buf_clear(&words);
            vt_words_exact(vt_sql_view(stmt, i), &words);
            if (asked.len && strcmp(words.data, asked.data) == 0)
                *out = vt_sql_text(arena, stmt, i);
        }
    vt_buf_free(&asked);
    vt_buf_free(&words);
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

vt_status vt_dossier_written(vt_records *r, const char *typed, vt_arena *arena, vt_findings *list,
                             const char **out) {
    const vt_dossier_ref which = {typed, NULL, 0};
    int64_t there = 0;
    vt_status st = vt_sql_number(
        r, list, "SELECT count(*) FROM dossier WHERE code = ?1 OR code || '/' || year = ?1",
        VT_ARGS(vt_text(typed)), &there);

    *out = typed;
    return st || there ? st : find_alike(r, list, &which, 0, true, arena, out);
}

vt_status vt_dossier_find(vt_records *r, const vt_dossier_ref *which, vt_arena *arena,
                          vt_findings *list, vt_dossier_row *out) {
    vt_dossier_ref alike = *which;
    int64_t of = 0;
    int found = 0;
    vt_status st = which->issuer ? vt_issuer_named(r, list, which->issuer, &of) : VT_OK;

    if (!st)
        st = find_exact(r, which, of, arena, list, out, &found);
    if (st || found)
        return st;
    st = find_alike(r, list, which, of, true, arena, &alike.reference);
    if (!st && alike.reference)
        st = find_exact(r, &alike, of, arena, list, out, &found);
    return st || found ? st : none_such(list, which);
}

vt_status vt_dossier_not_now(vt_findings *list, const vt_dossier *d, const char *act) {
    if (*d->frozen)
        return vt_bad(list, "HS-05", (vt_place){.path = d->code},
                      "Muốn mở khoá: vanthu dossier unlock MÃ --reason LÝ-DO.",
                      "Hồ sơ %s/%d đang khoá (%s) nên không %s được.", d->code, d->year, d->frozen,
                      vt_record_word(act));
    return vt_bad(list, "HS-05", (vt_place){.path = d->code},
                  strcmp(d->state, "closed") == 0
                      ? "Muốn sửa thì mở lại: vanthu dossier reopen MÃ --reason LÝ-DO."
                      : NULL,
                  "Hồ sơ %s/%d %s nên không %s được.", d->code, d->year, vt_record_word(d->state),
                  vt_record_word(act));
}

vt_status vt_dossier_find_open(vt_records *r, const vt_dossier_ref *which, const char *act,
                               vt_arena *arena, vt_findings *list, vt_dossier_row *out) {
    vt_status st = vt_dossier_find(r, which, arena, list, out);

    if (!st && (*out->d.frozen || strcmp(out->d.state, "open") != 0))
        st = vt_dossier_not_now(list, &out->d, act);
    return st;
}

vt_status vt_dossier_reason(vt_findings *list, const vt_dossier *d, const char *act,
                            const char *reason) {
    return !vt_blank(reason)
               ? VT_OK
               : vt_bad(list, "HS-10", (vt_place){.path = d->code}, "Ghi thêm: --reason LÝ-DO.",
                        "Muốn %s phải có lý do; lý do được ghi vào hồ sơ và nhật ký.",
                        vt_record_word(act));
}

/* -------------------------------------------------------------------- steps -- */

/* Where a step leads: the state as it is, but for these. */
static const char *leads_to(const char *state, const char *act) {
    static const struct {
        const char *act, *state;
    } moves[] = {{"close", "closed"},
                 {"reopen", "open"},
                 {"hand-over", "handed-over"},
                 {"dispose", "disposed"}};

    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (strcmp(moves[i].act, act) == 0)
            return moves[i].state;
    return state;
}

vt_status vt_dossier_step_add(vt_records *r, vt_findings *list, const vt_dossier_row *row,
                              const char *act, int64_t entry, const char *note) {
    char at[VT_TIME_CHARS + 1];

    vt_time_utc(r->world.now_ms(r->world.ctx), at);
    return vt_sql_run(
        r, list,
        "INSERT INTO dossier_step(dossier_id, ordinal, act, entry, to_state, actor, "
        "at, note) SELECT ?1, 1 + (SELECT count(*) FROM dossier_step WHERE dossier_id "
        "= ?1), ?2, ?3, ?4, ?5, ?6, ?7",
        VT_ARGS(vt_int(row->id), vt_text(act), vt_int(entry), vt_text(leads_to(row->d.state, act)),
                vt_text(r->actor), vt_text(at), vt_text(note ? note : "")));
}

vt_status vt_dossier_log(vt_records *r, vt_findings *list, const vt_dossier_row *row,
                         const char *act, const char *note, json_t *detail) {
    char event[32];

    snprintf(event, sizeof event, "dossier-%s", act);
    if (detail && note && *note)
        json_object_set_new(detail, "reason", json_string(note));
    return vt_event_json(r, list, event, row->d.id, detail);
}

vt_status vt_dossier_begin(vt_records *r, vt_findings *list, bool *own) {
    *own = !r->acting;
    return *own ? vt_records_begin(r, list) : VT_OK;
}

vt_status vt_dossier_end(vt_records *r, vt_findings *list, bool own, vt_status st) {
    if (own && !st)
        st = vt_records_commit(r, list);
    if (own)
        vt_records_rollback(r);
    return st;
}

/* -------------------------------------------------------------------- words -- */

vt_status vt_dossier_needed(vt_findings *list, const char *what, const char *text) {
    if (!vt_blank(text))
        return VT_OK;
    return vt_bad(list, "HS-16", (vt_place){.path = what}, NULL, "Thiếu %s.", what);
}

static vt_status check_words(vt_records *r, vt_findings *list, vt_dossier_words *w, bool new) {
    vt_status st = new ? vt_dossier_needed(list, "số và ký hiệu hồ sơ", w->code) : VT_OK;

    if (!st && (new || w->title))
        st = vt_dossier_needed(list, "tiêu đề hồ sơ", w->title);
    return st ? st
              : vt_typed(r, list,
                         VT_TYPED({"số và ký hiệu hồ sơ", &w->code, CODE_MOST},
                                  {"tiêu đề hồ sơ", &w->title, TITLE_MOST},
                                  {"đề mục", &w->heading, TITLE_MOST},
                                  {"đề mục nhỏ", &w->subheading, TITLE_MOST},
                                  {"người lập hồ sơ", &w->keeper, KEEPER_MOST},
                                  {"ghi chú", &w->note, TITLE_MOST}));
}

/* ---------------------------------------------------------------- retention -- */

/* A period that stands in no code list yet gets a row of its own ("07": other). */
static vt_status add_years(vt_records *r, vt_findings *list, vt_arena *arena, long years,
                           const char **out) {
    const char *code = vt_printf(arena, "07-%ld", years);
    const char *name = vt_printf(arena, years < 10 ? "0%ld năm" : "%ld năm", years);
    int64_t added = 0;
    vt_status st;

    if (!code || !name)
        return vt_nomem(list);
    *out = code;
    st = vt_sql_number(r, list,
                       "INSERT INTO retention(retention, name, years) VALUES (?, ?, ?) ON CONFLICT "
                       "DO NOTHING RETURNING 1",
                       VT_ARGS(vt_text(code), vt_text(name), vt_int(years)), &added);
    return st || !added
               ? st
               : vt_event_json(r, list, "retention", code, json_pack("{s:s}", "name", name));
}

static vt_status retention_unknown(vt_findings *list, const char *text) {
    return vt_bad(list, "HS-04", (vt_place){.path = text},
                  "Ghi “Vĩnh viễn” hoặc số năm cụ thể, như “20 năm” (PL V, I.4).",
                  "Không hiểu thời hạn bảo quản “%s”.", text);
}

/* "20 năm", "20", "vĩnh viễn", a code of TT 05/2025 is not meant: "05" are five years. */
vt_status vt_retention_find(vt_records *r, vt_findings *list, vt_arena *arena, const char *text,
                            const char **out) {
    vt_buf words;
    vt_stmt *stmt;
    char *end;
    long years;
    bool row = false;
    vt_status st = VT_OK;

    *out = NULL;
    if (vt_blank(text))
        return VT_OK;
    vt_buf_init(&words, NAMES_BYTES);
    vt_words_folded(text, &words);
    years = strtol(words.data, &end, 10);
    if (strcmp(words.data, " vinh vien") == 0)
        *out = "01";
    else if (vt_buf_failed(&words) || *text == '-' || years < 1 || years > YEARS_MOST ||
             (*end && strcmp(end, " nam") != 0))
        st = retention_unknown(list, text);
    vt_buf_free(&words);
    if (st || *out)
        return st;
    st = vt_sql_open(r, list, "SELECT retention FROM retention WHERE years = ? ORDER BY retention",
                     VT_ARGS(vt_int(years)), &stmt);
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st)
        return st;
    if (!row)
        return add_years(r, list, arena, years, out);
    *out = vt_sql_text(arena, stmt, 0);
    vt_sql_done(stmt);
    return VT_OK;
}

/* ------------------------------------------------------------------ opening -- */

/* A list of a year has a code once, however it is typed. */
static vt_status check_code(vt_records *r, vt_findings *list, vt_arena *arena,
                            const vt_dossier_words *w, int64_t issuer) {
    const vt_dossier_ref which = {w->code, NULL, w->year};
    const char *taken;
    vt_status st = find_alike(r, list, &which, issuer, false, arena, &taken);

    return st || !taken ? st
                        : vt_bad(list, "HS-03", (vt_place){.path = w->code},
                                 "Dùng số khác, hoặc xem hồ sơ ấy: vanthu dossier show MÃ.",
                                 "Danh mục hồ sơ năm %d đã có hồ sơ “%s”.", w->year, taken);
}

static vt_status insert(vt_records *r, vt_findings *list, const vt_dossier_words *w,
                        const char *retention, vt_dossier_row *row) {
    char uid[VT_UID_CHARS + 1];
    const char *const empty = "";
    vt_status st = vt_uid_make(&r->world, uid) ? VT_OK : vt_nomem(list);

    if (st)
        return st;
    st = vt_sql_number(
        r, list,
        "INSERT INTO dossier(uid, issuer_id, year, code, heading, subheading, title, retention, "
        "creator, starts, note, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open') "
        "RETURNING dossier_id",
        VT_ARGS(vt_text(uid), vt_int(row->issuer), vt_int(w->year), vt_text(w->code),
                vt_text(w->heading ? w->heading : empty),
                vt_text(w->subheading ? w->subheading : empty), vt_text(w->title),
                vt_text(retention), vt_text(w->keeper ? w->keeper : empty),
                vt_text(w->starts ? w->starts : empty), vt_text(w->note ? w->note : empty)),
        &row->id);
    row->d = (vt_dossier){.id = uid, .state = "open", .frozen = "", .code = w->code};
    if (!st)
        st = vt_dossier_step_add(r, list, row, "open", 0, NULL);
    return st ? st
              : vt_dossier_log(r, list, row, "open", NULL,
                               json_pack("{s:i, s:s, s:s, s:s*}", "year", w->year, "code", w->code,
                                         "title", w->title, "retention", retention));
}

static vt_status open_one(vt_records *r, const vt_dossier_words *w, vt_arena *arena,
                          vt_findings *list, vt_dossier *out) {
    const char *retention = NULL;
    vt_dossier_row row = {0};
    vt_status st = vt_issuer_named(r, list, w->issuer, &row.issuer);

    if (!st)
        st = vt_retention_find(r, list, arena, w->retention, &retention);
    if (!st)
        st = check_code(r, list, arena, w, row.issuer);
    if (!st)
        st = insert(r, list, w, retention, &row);
    if (!st) {
        const vt_dossier_ref which = {w->code, w->issuer, w->year};
        st = vt_dossier_find(r, &which, arena, list, &row);
    }
    if (!st)
        *out = row.d;
    return st;
}

vt_status vt_records_dossier_open(vt_records *r, const vt_dossier_words *words, vt_arena *arena,
                                  vt_findings *list, vt_dossier *out) {
    vt_dossier_words said = *words;
    bool own;
    vt_status st = check_words(r, list, &said, true);

    if (!st)
        st = vt_dossier_begin(r, list, &own);
    if (st)
        return st;
    st = open_one(r, &said, arena, list, out);
    return vt_dossier_end(r, list, own, st);
}

/* ----------------------------------------------------------------- changing -- */

/* A step that changes nothing is none. */
static vt_status check_change(vt_findings *list, const vt_dossier_ref *which,
                              const vt_dossier_words *w) {
    const char *const said[] = {w->heading, w->subheading, w->title,    w->keeper,
                                w->note,    w->starts,     w->retention};

    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i] && (said[i] != w->retention || !vt_blank(w->retention)))
            return VT_OK;
    return vt_bad(list, "HS-16", (vt_place){.path = which->reference},
                  "Ghi thêm, ví dụ: --title TIÊU-ĐỀ, --retention \"20 năm\".",
                  "Chưa nói sửa gì của hồ sơ.");
}

static vt_status change_one(vt_records *r, const vt_dossier_ref *which, const vt_dossier_words *w,
                            vt_arena *arena, vt_findings *list, vt_dossier *out) {
    const char *retention = NULL;
    vt_dossier_row row;
    vt_status st = vt_dossier_find_open(r, which, "change", arena, list, &row);

    if (!st)
        st = vt_retention_find(r, list, arena, w->retention, &retention);
    if (!st)
        st = vt_dossier_step_add(r, list, &row, "change", 0, NULL);
    if (!st)
        st = vt_sql_run(
            r, list,
            "UPDATE dossier SET heading = coalesce(?2, heading), subheading = coalesce(?3, "
            "subheading), title = coalesce(?4, title), retention = coalesce(?5, retention), "
            "creator = coalesce(?6, creator), note = coalesce(?7, note), starts = coalesce(?8, "
            "starts) WHERE dossier_id = ?1",
            VT_ARGS(vt_int(row.id), vt_text(w->heading), vt_text(w->subheading), vt_text(w->title),
                    vt_text(retention), vt_text(w->keeper), vt_text(w->note), vt_text(w->starts)));
    if (!st)
        st = vt_dossier_log(r, list, &row, "change", NULL,
                            json_pack("{s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*}", "heading",
                                      w->heading, "subheading", w->subheading, "title", w->title,
                                      "retention", retention, "keeper", w->keeper, "note", w->note,
                                      "starts", w->starts));
    if (!st)
        st = vt_dossier_find(r, &(vt_dossier_ref){row.d.id, NULL, 0}, arena, list, &row);
    if (!st)
        *out = row.d;
    return st;
}

vt_status vt_records_dossier_change(vt_records *r, const vt_dossier_ref *which,
                                    const vt_dossier_words *words, vt_arena *arena,
                                    vt_findings *list, vt_dossier *out) {
    vt_dossier_words said = *words;
    bool own;
    vt_status st = check_words(r, list, &said, false);

    if (!st)
        st = check_change(list, which, &said);
    if (!st)
        st = vt_dossier_begin(r, list, &own);
    if (st)
        return st;
    st = change_one(r, which, &said, arena, list, out);
    return vt_dossier_end(r, list, own, st);
}

/* ------------------------------------------------------------------ listing -- */

/* Where a heading came first, all of it stands; what has none stands before them. */
#define HEADING_FIRST(same)                                                                        \
    "(SELECT min(y.dossier_id) FROM dossier y WHERE y.issuer_id = x.issuer_id AND y.year = "       \
    "x.year AND y.heading = x.heading" same ")"

static const char LIST[] =
    "SELECT " COLUMNS TABLES
    "WHERE (?1 = 0 OR x.issuer_id = ?1) AND (?2 = 0 OR x.year = ?2) AND (?3 = '' OR x.state = ?3) "
    "AND (?4 = '' OR (x.state = 'closed' AND x.handover_due <> '' AND x.handover_due <= ?4)) ORDER "
    "BY x.issuer_id, x.year, x.heading <> '', " HEADING_FIRST(
        "") ", x.subheading <> '', " HEADING_FIRST(" AND y.subheading = x.subheading") ", "
                                                                                       "x.dossier_"
                                                                                       "id";

vt_status vt_records_dossiers(vt_records *r, const vt_dossier_query *q, vt_arena *arena,
                              vt_findings *list, vt_dossier **out, size_t *count) {
    size_t cap = 0;
    int64_t of = 0;
    char due[11] = "";
    vt_dossier_row one;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = q->issuer ? vt_issuer_named(r, list, q->issuer, &of) : VT_OK;

    *out = NULL;
    *count = 0;
    if (q->due_days)
        vt_date_iso(vt_time_day(r->world.now_ms(r->world.ctx) + q->due_days * INT64_C(86400000)),
                    due);
    if (!st)
        st = vt_sql_open(
            r, list, LIST,
            VT_ARGS(vt_int(of), vt_int(q->year), vt_text(q->state ? q->state : ""), vt_text(due)),
            &stmt);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        *out = vt_grow(arena, *out, &cap, *count + 1, sizeof **out);
        if (!*out) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        load(r, arena, stmt, &one);
        (*out)[(*count)++] = one.d;
    }
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}
