/* records/record.c - records as values: from rows, by reference, with their files. */

#include "records/query.h"
#include "records/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SELECT_RECORD "SELECT " VT_RECORD_COLUMNS " FROM document d" VT_RECORD_JOINS

enum { FIT_SHOWN = 6, MESSAGE_BYTES = 1 << 16 };

/* ---------------------------------------------------------------- loading -- */

/* Where a file stands, by the column of its place. */
static const char *path_of(vt_arena *arena, vt_stmt *stmt, int column, const char *sha256) {
    char name[80];

    if (strcmp(vt_sql_view(stmt, column), "folder") != 0)
        return "";
    vt_store_name(sha256, name);
    return stmt->records->files == stmt->records->folder
               ? vt_strdup(arena, name)
               : vt_printf(arena, "%s/%s", stmt->records->files ? stmt->records->files : "", name);
}

vt_record *vt_record_load(vt_arena *arena, vt_stmt *stmt) {
    vt_record *v = vt_alloc(arena, sizeof *v);

    if (!v)
        return NULL;
    const struct {
        const char **field;
        int column;
    } texts[] = {
        {&v->id, 0},         {&v->state, 1},
        {&v->notation, 4},   {&v->designation, 5},
        {&v->date, 6},       {&v->due, 7},
        {&v->system, 8},     {&v->type, 9},
        {&v->type_name, 10}, {&v->title, 11},
        {&v->superior, 12},  {&v->issuer, 13},
        {&v->abbr, 14},      {&v->organ, 15},
        {&v->place, 16},     {&v->subject, 17},
        {&v->urgency, 18},   {&v->secrecy, 19},
        {&v->signer, 20},    {&v->pack, 21},
        {&v->maker, 22},     {&v->sha256, VT_COLUMN_HASH},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i].field = vt_sql_text(arena, stmt, texts[i].column);
    v->number = vt_printf(arena, "%s%s", vt_sql_view(stmt, VT_COLUMN_NUMBER),
                          vt_sql_view(stmt, VT_COLUMN_SUFFIX));
    v->pages = vt_sql_int(stmt, VT_COLUMN_PAGES);
    v->amount = vt_sql_int(stmt, VT_COLUMN_AMOUNT);
    if (vt_arena_failed(arena))
        return NULL;
    v->path = path_of(arena, stmt, VT_COLUMN_PLACE, v->sha256);
    return v->path ? v : NULL;
}

/* The one row of a statement just opened; *out NULL: there is none. */
static vt_status load_one(vt_stmt *stmt, vt_arena *arena, vt_findings *list, vt_record **out,
                          int64_t *again) {
    bool row = false;
    vt_status st = vt_sql_row(stmt, list, &row);

    *out = NULL;
    if (st || !row)
        return st;
    if (again)
        *again = vt_sql_int(stmt, VT_COLUMN_AGAIN);
    *out = vt_record_load(arena, stmt);
    vt_sql_done(stmt);
    return *out ? VT_OK : vt_nomem(list);
}

vt_status vt_record_of(vt_records *r, int64_t document, vt_arena *arena, vt_findings *list,
                       vt_record **out) {
    vt_stmt *stmt;
    vt_status st = vt_sql_open(r, list, SELECT_RECORD "WHERE d.document_id = ?",
                               VT_ARGS(vt_int(document)), &stmt);

    return st ? st : load_one(stmt, arena, list, out, NULL);
}

vt_status vt_record_of_key(vt_records *r, const char *key, vt_arena *arena, vt_findings *list,
                           vt_record **out, int64_t *again) {
    vt_stmt *stmt;
    vt_status st = vt_sql_open(r, list, SELECT_RECORD "WHERE d.key = ? ORDER BY again DESC LIMIT 1",
                               VT_ARGS(vt_text(key)), &stmt);

    *again = 0;
    return st ? st : load_one(stmt, arena, list, out, again);
}

vt_status vt_records_issued(vt_records *r, const char *key, vt_arena *arena, vt_findings *list,
                            vt_record **out) {
    int64_t again;
    vt_status st = vt_record_of_key(r, key, arena, list, out, &again);

    return st || !*out ? st : r->backend->settle(r, list);
}

/* ----------------------------------------------------------------- details -- */

/* One row of a statement, behind what the record has of them.  Where there is no memory
   the arena says so. */
typedef void put_fn(vt_arena *arena, vt_record *v, vt_stmt *s, size_t *cap);

static void put_signer(vt_arena *arena, vt_record *v, vt_stmt *s, size_t *cap) {
    vt_person *all = vt_grow(arena, (void *)v->signers, cap, v->signer_count + 1, sizeof *all);

    if (!all)
        return;
    all[v->signer_count++] =
        (vt_person){.position = vt_sql_text(arena, s, 0), .name = vt_sql_text(arena, s, 1)};
    v->signers = all;
}

static void put_addressee(vt_arena *arena, vt_record *v, vt_stmt *s, size_t *cap) {
    vt_addressee *all =
        vt_grow(arena, (void *)v->addressees, cap, v->addressee_count + 1, sizeof *all);

    if (!all)
        return;
    all[v->addressee_count++] = (vt_addressee){.role = (int)vt_sql_int(s, 0),
                                               .name = vt_sql_text(arena, s, 1),
                                               .organ = vt_sql_text(arena, s, 2),
                                               .group = vt_sql_text(arena, s, 3)};
    v->addressees = all;
}

static void put_file(vt_arena *arena, vt_record *v, vt_stmt *s, size_t *cap) {
    vt_record_file *all = vt_grow(arena, (void *)v->files, cap, v->file_count + 1, sizeof *all);

    if (!all)
        return;
    all[v->file_count++] = (vt_record_file){.role = vt_sql_text(arena, s, 0),
                                            .generation = (int)vt_sql_int(s, 1),
                                            .sha256 = vt_sql_text(arena, s, 2),
                                            .bytes = vt_sql_int(s, 3),
                                            .path = path_of(arena, s, 4, vt_sql_view(s, 2)),
                                            .name = vt_sql_text(arena, s, 5)};
    v->files = all;
}

static void put_relation(vt_arena *arena, vt_record *v, vt_stmt *s, size_t *cap) {
    vt_relation *all =
        vt_grow(arena, (void *)v->relations, cap, v->relation_count + 1, sizeof *all);

    if (!all)
        return;
    all[v->relation_count++] = (vt_relation){.kind = vt_sql_text(arena, s, 0),
                                             .id = vt_sql_text(arena, s, 1),
                                             .designation = vt_sql_text(arena, s, 2),
                                             .date = vt_sql_text(arena, s, 3),
                                             .reason = vt_sql_text(arena, s, 4),
                                             .passive = vt_sql_int(s, 5) != 0};
    v->relations = all;
}

static void put_dossier(vt_arena *arena, vt_record *v, vt_stmt *s, size_t *cap) {
    vt_record_dossier *all =
        vt_grow(arena, (void *)v->dossiers, cap, v->dossier_count + 1, sizeof *all);

    if (!all)
        return;
    all[v->dossier_count++] = (vt_record_dossier){.code = vt_sql_text(arena, s, 0),
                                                  .title = vt_sql_text(arena, s, 1),
                                                  .year = (int)vt_sql_int(s, 2),
                                                  .ordinal = vt_sql_int(s, 3)};
    v->dossiers = all;
}

static void put_event(vt_arena *arena, vt_record *v, vt_stmt *s, size_t *cap) {
    vt_event *all = vt_grow(arena, (void *)v->events, cap, v->event_count + 1, sizeof *all);

    if (!all)
        return;
    all[v->event_count++] = (vt_event){.serial = vt_sql_int(s, 0),
                                       .at = vt_sql_text(arena, s, 1),
                                       .actor = vt_sql_text(arena, s, 2),
                                       .act = vt_sql_text(arena, s, 3),
                                       .detail = vt_sql_text(arena, s, 4)};
    v->events = all;
}

static const struct detail {
    const char *sql; /* of document ?1 */
    put_fn *put;
} DETAILS[] = {
    {"SELECT position, name FROM signer WHERE document_id = ?1 ORDER BY ordinal", put_signer},
    {"SELECT role, name, organ, grp FROM recipient WHERE document_id = ?1 ORDER BY ordinal",
     put_addressee},
    {"SELECT f.role, f.generation, f.sha256, x.bytes, x.place, f.name FROM document_file f JOIN "
     "file x "
     "USING (sha256) WHERE f.document_id = ?1 ORDER BY f.role, f.generation",
     put_file},
    {"SELECT x.kind, o.uid, o.designation, o.date, x.reason, 1 AS passive FROM relation x JOIN "
     "document o ON o.document_id = x.document_id WHERE x.other_id = ?1 UNION ALL SELECT x.kind, "
     "o.uid, o.designation, o.date, x.reason, 0 FROM relation x JOIN document o ON o.document_id = "
     "x.other_id WHERE x.document_id = ?1 ORDER BY passive DESC, 1, 2",
     put_relation},
    {"SELECT x.code, x.title, x.year, e.ordinal FROM dossier_entry e JOIN dossier x USING "
     "(dossier_id) WHERE e.document_id = ?1 AND e.removed = '' ORDER BY x.year, x.code",
     put_dossier},
    {"SELECT serial, at, actor, act, detail FROM event WHERE object = (SELECT uid FROM document "
     "WHERE document_id = ?1) ORDER BY serial",
     put_event},
};
enum { DETAIL_COUNT = sizeof DETAILS / sizeof *DETAILS };

static vt_status take_detail(const struct detail *detail, vt_stmt *stmt, vt_record *v,
                             vt_arena *arena, vt_findings *list) {
    size_t cap = 0;
    bool row = true;
    vt_status st;

    while (!(st = vt_sql_row(stmt, list, &row)) && row)
        detail->put(arena, v, stmt, &cap);
    return st;
}

/* A distant store answers all of them in one trip. */
static vt_status load_details(vt_records *r, int64_t document, vt_record *v, vt_arena *arena,
                              vt_findings *list) {
    vt_stmt *opened[DETAIL_COUNT] = {0};
    vt_status st = VT_OK;

    for (int i = 0; !st && i < DETAIL_COUNT; i++) {
        st = vt_sql_open(r, list, DETAILS[i].sql, VT_ARGS(vt_int(document)), &opened[i]);
        if (!st)
            st = vt_sql_ahead(opened[i], list);
    }
    for (int i = 0; !st && i < DETAIL_COUNT; i++)
        st = take_detail(&DETAILS[i], opened[i], v, arena, list);
    for (int i = 0; st && i < DETAIL_COUNT; i++)
        vt_sql_done(opened[i]);
    if (!st)
        st = vt_metadata_load(r, v, arena, list);
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

/* -------------------------------------------------------------- references -- */

/* One that a reference may mean. */
typedef struct fitting {
    vt_record *record;
    int64_t document;
} fitting;

/* Up to FIT_SHOWN records of an open statement. */
static vt_status load_fitting(vt_stmt *stmt, vt_arena *arena, vt_findings *list, fitting *fit,
                              size_t *count) {
    bool row = true;
    vt_status st = VT_OK;

    *count = 0;
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        fit[*count] = (fitting){.record = vt_record_load(arena, stmt),
                                .document = vt_sql_int(stmt, VT_COLUMN_DOCUMENT)};
        if (!fit[(*count)++].record) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
    }
    return st;
}

bool vt_year_span(vt_arena *arena, int year, const char **from, const char **before) {
    *from = year ? vt_printf(arena, "%04d", year) : "";
    *before = year ? vt_printf(arena, "%04d", year + 1) : "9999";
    return *from && *before;
}

bool vt_number_span(const vt_typed_number *typed, int year, vt_arena *arena, const char **from,
                    const char **before) {
    char day[11];

    if (!typed->day.day || (year && year != typed->year))
        return vt_year_span(arena, year ? year : typed->year, from, before);
    vt_date_iso(typed->day, day);
    *from = vt_printf(arena, "%s", day);
    *before = vt_printf(arena, "%s0", day); /* sorts before the next day */
    return *from && *before;
}

/* A notation typed whole comes before those it is the beginning of: then it
   alone fits. */
static vt_status by_number(vt_records *r, const vt_typed_number *typed, int year, vt_arena *arena,
                           vt_findings *list, fitting *fit, size_t *count) {
    const char *from, *before;
    vt_stmt *stmt;
    vt_status st;

    if (!vt_number_span(typed, year, arena, &from, &before))
        return vt_nomem(list);
    st = vt_sql_open(
        r, list,
        SELECT_RECORD
        "WHERE n.number = ?1 AND n.suffix = ?2 AND n.date >= ?4 AND n.date < ?6 AND "
        "(n.notation_words = ?3 OR (instr(n.notation_words, ?3) > 0 AND NOT EXISTS (SELECT 1 FROM "
        "number m WHERE m.number = ?1 AND m.suffix = ?2 AND m.date >= ?4 AND m.date < ?6 AND "
        "m.notation_words = ?3))) ORDER BY n.date DESC, d.sort_key DESC LIMIT ?5",
        VT_ARGS(vt_int(typed->number), vt_text(typed->suffix), vt_text(typed->notation),
                vt_text(from), vt_int(FIT_SHOWN), vt_text(before)),
        &stmt);
    return st ? st : load_fitting(stmt, arena, list, fit, count);
}

static vt_status by_id(vt_records *r, const char *reference, vt_arena *arena, vt_findings *list,
                       fitting *fit, size_t *count) {
    char id[VT_UID_CHARS + 1], past[VT_UID_CHARS + 2];
    vt_stmt *stmt;
    vt_status st;

    if (!vt_uid_tidy(reference, id))
        return VT_OK;
    snprintf(past, sizeof past, "%s~", id); /* sorts behind every digit of an id */
    st = vt_sql_open(r, list,
                     "SELECT " VT_RECORD_COLUMNS " FROM document d" VT_RECORD_JOINS_ALL
                     "WHERE d.uid >= ? AND d.uid < ? ORDER BY d.uid DESC LIMIT ?",
                     VT_ARGS(vt_text(id), vt_text(past), vt_int(FIT_SHOWN)), &stmt);
    return st ? st : load_fitting(stmt, arena, list, fit, count);
}

static vt_status several(const char *reference, const fitting *fit, size_t count,
                         vt_findings *list) {
    vt_buf names;
    vt_status st;

    vt_buf_init(&names, MESSAGE_BYTES);
    for (size_t i = 0; i < count && i + 1 < FIT_SHOWN; i++)
        vt_buf_printf(&names, "%s%s (%s, %s, %s, mã %s)", i ? "; " : "", fit[i].record->designation,
                      fit[i].record->type_name, vt_day(fit[i].record->date).text,
                      fit[i].record->issuer, fit[i].record->id);
    st = vt_bad(list, "KHO-11", (vt_place){.path = reference},
                "Ghi đủ số, ký hiệu và năm (--year), hoặc dùng mã.",
                "Có %s văn bản ứng với “%s”: %s%s.", count < FIT_SHOWN ? "vài" : "nhiều", reference,
                names.data, count < FIT_SHOWN ? "" : " ...");
    vt_buf_free(&names);
    return st;
}

vt_status vt_record_find(vt_records *r, const char *reference, int year, vt_arena *arena,
                         vt_findings *list, vt_record **out) {
    fitting fit[FIT_SHOWN];
    vt_typed_number typed;
    size_t count = 0;
    vt_status st = VT_OK;

    *out = NULL;
    if (vt_number_parse(reference, &typed))
        st = by_number(r, &typed, year, arena, list, fit, &count);
    if (!st && count == 0)
        st = by_id(r, reference, arena, list, fit, &count);
    if (!st && count == 0)
        st = vt_bad(list, "KHO-10", (vt_place){.path = reference},
                    "Xem lại số và năm, hoặc tìm bằng: vanthu search.",
                    "Kho không có văn bản nào ứng với “%s”.", reference);
    if (!st && count > 1)
        st = several(reference, fit, count, list);
    if (!st)
        st = load_details(r, fit[0].document, fit[0].record, arena, list);
    if (!st)
        *out = fit[0].record;
    return st;
}

/* ------------------------------------------------------------------- files -- */

vt_status vt_document_file_add(vt_records *r, vt_findings *list, int64_t document, const char *role,
                               const char *name, const vt_stored *file, int64_t pages) {
    char at[VT_TIME_CHARS + 1];

    vt_time_utc(r->world.now_ms(r->world.ctx), at);
    return vt_sql_run(
        r, list,
        "INSERT INTO document_file(document_id, role, generation, sha256, pages, at, name) SELECT "
        "?1, "
        "?2, 1 + (SELECT count(*) FROM document_file WHERE document_id = ?1 AND role = ?2), ?3, "
        "?4, ?5, ?6",
        VT_ARGS(vt_int(document), vt_text(role), vt_text(file->sha256), vt_int(pages), vt_text(at),
                vt_text(name)));
}
