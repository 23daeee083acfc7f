/*
 * records/dossier_act.c - a dossier is closed, opened again, locked, unlocked;
 * its day of handing over is put off.
 */
#include "records/dossiers.h"
#include "records/typed.h"

#include <string.h>

enum { KEPT_BY_UNIT = 5 /* years: below, nothing is handed over (Điều 31.2.c) */ };

typedef struct acting {
    vt_records *r;
    vt_arena *arena;
    vt_findings *list;
    const vt_dossier_act *q;
    vt_dossier_row row;
} acting;

/* The same day so many years later; 29 February becomes the 28th. */
static vt_date years_later(vt_date d, int years) {
    d.year += years;
    if (d.month == 2 && d.day == 29)
        d.day = 28;
    return d;
}

static vt_status changed(const acting *a, const char *sql, const vt_arg *args, size_t count) {
    return vt_sql_run(a->r, a->list, sql, args, count);
}

/* ------------------------------------------------------------------- closing -- */

static vt_status cannot_close(const acting *a, const char *remedy, const char *why) {
    return vt_bad(a->list, "HS-08", (vt_place){.path = a->row.d.code}, remedy,
                  "Chưa kết thúc được hồ sơ %s/%d: %s.", a->row.d.code, a->row.d.year, why);
}

typedef struct closing {
    vt_date ends;
    char starts[11], last[11], due[11];
    int64_t sheets;
    const char *sha256;
} closing;

static vt_status close_days(const acting *a, closing *c) {
    const vt_dossier *d = &a->row.d;
    const char *starts = *d->starts && strcmp(d->starts, d->first) < 0 ? d->starts : d->first;

    if (a->q->ends.year)
        c->ends = a->q->ends;
    else if (!vt_date_parse(d->last, &c->ends))
        return cannot_close(a, "Ghi ngày kết thúc công việc: --date NGÀY.", "văn bản thiếu ngày");
    c->ends = vt_date_last(c->ends);
    vt_date_iso(c->ends, c->last);
    memcpy(c->starts, starts, strlen(starts) < sizeof c->starts ? strlen(starts) + 1 : 0);
    if (!vt_date_full(c->ends) ||
        vt_date_compare(c->ends, vt_time_day(a->r->world.now_ms(a->r->world.ctx))) > 0)
        return cannot_close(a, "Ghi: --date NGÀY.", "ngày kết thúc phải đủ và không sau hôm nay");
    if (strcmp(c->last, d->last) < 0)
        return cannot_close(a, "Xem lại ngày, hoặc bỏ văn bản ấy ra khỏi hồ sơ.",
                            "có văn bản sau ngày kết thúc");
    return VT_OK;
}

/* Điều 30: a year after the work ended; Điều 31: what is kept less than five years
   stays with the unit. */
static vt_status close_due(const acting *a, closing *c) {
    const vt_dossier *d = &a->row.d;

    c->due[0] = '\0';
    if (a->q->due.year) {
        if (!vt_date_full(a->q->due) || vt_date_compare(a->q->due, c->ends) < 0)
            return vt_bad(a->list, "HS-19", (vt_place){.path = d->code}, "Ghi: --due NGÀY.",
                          "Hạn nộp lưu phải đủ ngày và không trước ngày kết thúc.");
        if (vt_date_compare(a->q->due, years_later(c->ends, 1)) > 0)
            return vt_bad(a->list, "HS-19", (vt_place){.path = d->code},
                          "Bỏ --due; cần giữ lâu hơn thì dùng vanthu dossier extend, có lý do.",
                          "Hạn nộp lưu không quá một năm từ ngày kết thúc (Điều 30 Nghị định "
                          "30/2020/NĐ-CP).");
        vt_date_iso(a->q->due, c->due);
    } else if (d->for_ever || d->years == 0 || d->years >= KEPT_BY_UNIT) {
        vt_date_iso(years_later(c->ends, 1), c->due);
    }
    return VT_OK;
}

static vt_status close_count(const acting *a, closing *c) {
    vt_dossier_view view;
    vt_status st = vt_dossier_entries(a->r, a->arena, a->list, &a->row, &view);

    if (st)
        return st;
    if (a->q->sheets < 0)
        return cannot_close(a, NULL, "số tờ không thể âm");
    c->sheets = a->q->sheets ? a->q->sheets : vt_dossier_sheets(&view);
    c->sha256 = vt_dossier_hash(a->arena, &view);
    return c->sha256 ? VT_OK : vt_nomem(a->list);
}

static vt_status close_one(const acting *a) {
    const vt_dossier *d = &a->row.d;
    closing c = {0};
    vt_status st = VT_OK;

    if (strcmp(d->state, "open") != 0)
        return vt_dossier_not_now(a->list, d, "close");
    if (!d->count)
        return cannot_close(a, NULL, "chưa có văn bản nào trong hồ sơ");
    if (!*d->retention)
        return cannot_close(a, "Ghi: vanthu dossier set MÃ --retention \"20 năm\".",
                            "chưa có thời hạn bảo quản");
    st = close_days(a, &c);
    if (!st)
        st = close_due(a, &c);
    if (!st)
        st = close_count(a, &c);
    if (!st)
        st = vt_dossier_step_add(a->r, a->list, &a->row, "close", 0, a->q->reason);
    if (!st)
        st = changed(a,
                     "UPDATE dossier SET state = 'closed', starts = ?2, ends = ?3, handover_due "
                     "= ?4, sheets = ?5, pages = ?6, sha256 = ?7 WHERE dossier_id = ?1",
                     VT_ARGS(vt_int(a->row.id), vt_text(c.starts), vt_text(c.last), vt_text(c.due),
                             vt_int(c.sheets), vt_int(d->pages), vt_text(c.sha256)));
    return st ? st
              : vt_dossier_log(a->r, a->list, &a->row, "close", a->q->reason,
                               json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:s}", "starts", c.starts,
                                         "ends", c.last, "due", c.due, "documents",
                                         (json_int_t)d->count, "pages", (json_int_t)d->pages,
                                         "sheets", (json_int_t)c.sheets, "sha256", c.sha256));
}

/* ------------------------------------------------------------ the other acts -- */

/* A step, what it changes, its line in the log. */
static vt_status moved(const acting *a, const char *act, const char *sql, const vt_arg *args,
                       size_t count) {
    vt_status st = vt_dossier_step_add(a->r, a->list, &a->row, act, 0, a->q->reason);

    if (!st)
        st = changed(a, sql, args, count);
    return st ? st : vt_dossier_log(a->r, a->list, &a->row, act, a->q->reason, json_object());
}

static vt_status reopen_one(const acting *a) {
    if (strcmp(a->row.d.state, "closed") != 0)
        return vt_dossier_not_now(a->list, &a->row.d, "reopen");
    return moved(a, "reopen", "UPDATE dossier SET state = 'open' WHERE dossier_id = ?",
                 VT_ARGS(vt_int(a->row.id)));
}

static vt_status lock_one(const acting *a) {
    return moved(a, "lock", "UPDATE dossier SET frozen = ?2 WHERE dossier_id = ?1",
                 VT_ARGS(vt_int(a->row.id), vt_text(a->q->reason)));
}

static vt_status unlock_one(const acting *a) {
    if (!*a->row.d.frozen)
        return vt_bad(a->list, "HS-05", (vt_place){.path = a->row.d.code}, NULL,
                      "Hồ sơ %s/%d không khoá.", a->row.d.code, a->row.d.year);
    return moved(a, "unlock", "UPDATE dossier SET frozen = '' WHERE dossier_id = ?1",
                 VT_ARGS(vt_int(a->row.id)));
}

/* Điều 30: kept back at most two years more, with the written consent that the
   reason names. */
static vt_status extend_one(const acting *a) {
    const vt_dossier *d = &a->row.d;
    vt_date ends, due;
    char iso[11];
    vt_status st;

    if (strcmp(d->state, "closed") != 0)
        return vt_dossier_not_now(a->list, d, "extend");
    if (!vt_date_parse(d->ends, &ends) || !vt_date_parse(d->handover_due, &due) || !due.year)
        return vt_bad(a->list, "HS-19", (vt_place){.path = d->code}, NULL,
                      "Hồ sơ %s/%d không phải nộp lưu.", d->code, d->year);
    if (!vt_date_full(a->q->due) || vt_date_compare(a->q->due, due) <= 0 ||
        vt_date_compare(a->q->due, years_later(ends, 3)) > 0)
        return vt_bad(a->list, "HS-19", (vt_place){.path = d->code}, "Ghi: --due NGÀY.",
                      "Hạn mới phải sau hạn cũ (%s) và giữ lại không quá 2 năm (Điều 30).",
                      vt_day(d->handover_due).text);
    vt_date_iso(a->q->due, iso);
    st = vt_dossier_step_add(a->r, a->list, &a->row, "extend", 0, a->q->reason);
    if (!st)
        st = changed(a, "UPDATE dossier SET handover_due = ?2 WHERE dossier_id = ?1",
                     VT_ARGS(vt_int(a->row.id), vt_text(iso)));
    return st ? st
              : vt_dossier_log(a->r, a->list, &a->row, "extend", a->q->reason,
                               json_pack("{s:s, s:s}", "before", d->handover_due, "due", iso));
}

/* -------------------------------------------------------------------- whole -- */

static const struct act {
    const char *name;
    vt_status (*run)(const acting *);
    bool reason;
} ACTS[] = {{"close", close_one, false},
            {"reopen", reopen_one, true},
            {"lock", lock_one, true},
            {"unlock", unlock_one, true},
            {"extend", extend_one, true}};

/* Whoever opens again or goes on with what was altered behind the program would seal it. */
static vt_status check_closed(const acting *a) {
    vt_dossier_view view;
    vt_status st;

    if (strcmp(a->row.d.state, "open") == 0)
        return VT_OK;
    st = vt_dossier_entries(a->r, a->arena, a->list, &a->row, &view);
    return st ? st : vt_dossier_as_closed(a->list, a->arena, &view);
}

static vt_status take(acting *a, const vt_dossier_ref *which, const struct act *act) {
    vt_status st = vt_dossier_find(a->r, which, a->arena, a->list, &a->row);

    if (!st && *a->row.d.frozen && strcmp(act->name, "unlock") != 0)
        st = vt_dossier_not_now(a->list, &a->row.d, act->name);
    if (!st && act->reason)
        st = vt_dossier_reason(a->list, &a->row.d, act->name, a->q->reason);
    if (!st && act->run != lock_one && act->run != unlock_one)
        st = check_closed(a);
    return st ? st : act->run(a);
}

vt_status vt_records_dossier_act(vt_records *r, const vt_dossier_ref *which,
                                 const vt_dossier_act *asked, vt_arena *arena, vt_findings *list,
                                 vt_dossier *out) {
    vt_dossier_act said = *asked;
    const vt_dossier_act *q = &said;
    acting a = {.r = r, .arena = arena, .list = list, .q = q};
    const struct act *act = NULL;
    bool own;
    vt_status st;

    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++)
        if (strcmp(ACTS[i].name, q->act) == 0)
            act = &ACTS[i];
    if (!act)
        return vt_bad(list, "HS-05", (vt_place){.path = q->act}, NULL, "Không có việc “%s”.",
                      q->act);
    st = vt_typed_reason(r, list, &said.reason);
    if (!st)
        st = vt_dossier_begin(r, list, &own);
    if (st)
        return st;
    st = take(&a, which, act);
    if (!st)
        st = vt_dossier_find(r, &(vt_dossier_ref){a.row.d.id, NULL, 0}, arena, list, &a.row);
    st = vt_dossier_end(r, list, own, st);
    if (!st)
        *out = a.row.d;
    return st;
}
