/* records/metadata.c - a record in the fields of the law, and what of them may change. */

#include "records/metadata.h"
#include "records/dossiers.h"
#include "records/typed.h"
#include "records/words.h"

#include <stdio.h>
#include <string.h>

enum { NOTE_MOST = 500, KEYWORDS_MOST = 100, WORDS_BYTES = 1 << 14 };

/* ------------------------------------------------------------------ fields -- */

/* In the order of the columns below. */
static const struct field {
    const char *name, *group;
    bool number;
    int most;
} FIELDS[] = {
    {"OrganId", "FileCode", false, 35}, /* PL VI: 13, the older codes */
    {"FileCatalog", "FileCode", true, 4},
    {"FileNotation", "FileCode", false, 20},
    {"DocOrdinal", "", true, 3},
    {"TypeName", "", false, 100},
    {"CodeNumber", "", false, 11},
    {"CodeNotation", "", false, 30},
    {"IssuedDate", "", false, 10},
    {"OrganName", "", false, 200},
    {"Subject", "", false, 500},
    {"Language", "", false, 30},
    {"PageAmount", "", true, 3},
    {"Description", "", false, NOTE_MOST},
    {"Position", "SignerInfo", false, 100},
    {"FullName", "SignerInfo", false, 50},
    {"Priority", "", true, 1},
    {"IssuedAmount", "", true, 3},
    {"DueDate", "", false, 10},
    {"Maintenance", "", false, 0},
    {"Mode", "", false, 20},
    {"InforSign", "", false, 100},
    {"ConfidenceLevel", "", false, 0},
    {"Autograph", "", false, 0},
    {"Format", "", false, 50},
    {"Keyword", "", false, KEYWORDS_MOST},
};
enum { FIELD_COUNT = sizeof FIELDS / sizeof *FIELDS, KEYWORD = FIELD_COUNT - 1, MODE = 19 };
static const char SELECT[] =
    "SELECT m.OrganId, m.FileCatalog, m.FileNotation, m.DocOrdinal, m.TypeName, m.CodeNumber, "
    "m.CodeNotation, m.IssuedDate, m.OrganName, m.Subject, m.Language, m.PageAmount, "
    "m.Description, m.Position, m.FullName, m.Priority, m.IssuedAmount, m.DueDate, m.Maintenance, "
    "m.Mode, m.InforSign, m.ConfidenceLevel, m.Autograph, m.Format, coalesce((SELECT name FROM "
    "retention t WHERE t.retention = m.Maintenance), '') FROM outgoing_metadata m WHERE "
    "m.DocumentUid = ?";

static int characters(const char *text) {
    int n = 0;

    for (; *text; text++)
        n += (*text & 0xC0) != 0x80;
    return n;
}

static const char *keywords_of(vt_records *r, const char *id, vt_arena *arena, vt_findings *list,
                               vt_status *st) {
    const char *all = "";
    vt_stmt *stmt;
    bool row = true;

    *st = vt_sql_open(r, list,
                      "SELECT k.word FROM keyword k JOIN document d ON d.document_id = "
                      "k.document_id WHERE d.uid = ? ORDER BY k.ordinal",
                      VT_ARGS(vt_text(id)), &stmt);
    while (!*st && !(*st = vt_sql_row(stmt, list, &row)) && row) {
        all = *all ? vt_printf(arena, "%s; %s", all, vt_sql_view(stmt, 0))
                   : vt_sql_text(arena, stmt, 0);
        if (!all) {
            vt_sql_done(stmt);
            *st = vt_nomem(list);
            return "";
        }
    }
    return all;
}

static void fill(vt_metadatum *m, const struct field *field, const char *text) {
    *m = (vt_metadatum){.name = field->name,
                        .group = field->group,
                        .text = text,
                        .number = field->number,
                        .most = field->most};
    m->too_long = m->most && characters(text) > m->most;
}

vt_status vt_metadata_load(vt_records *r, vt_record *v, vt_arena *arena, vt_findings *list) {
    vt_metadatum *all = vt_alloc_array(arena, FIELD_COUNT, sizeof *all);
    vt_stmt *stmt = NULL;
    vt_status st;
    bool row = false;

    if (!all)
        return vt_nomem(list);
    v->keywords = v->retention = "";
    st = vt_sql_open(r, list, SELECT, VT_ARGS(vt_text(v->id)), &stmt);
    if (!st)
        st = vt_sql_ahead(stmt, list);
    if (!st)
        v->keywords = keywords_of(r, v->id, arena, list, &st);
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row) {
        vt_sql_done(stmt);
        return st;
    }
    for (int i = 0; i < FIELD_COUNT; i++)
        fill(&all[i], &FIELDS[i], i == KEYWORD ? v->keywords : vt_sql_text(arena, stmt, i));
    if (!*all[MODE].text && *v->secrecy) /* what is secret is not open to use */
        fill(&all[MODE], &FIELDS[MODE], "03");
    v->retention = vt_sql_text(arena, stmt, KEYWORD);
    vt_sql_done(stmt);
    v->metadata = all;
    v->metadata_count = FIELD_COUNT;
    return vt_arena_failed(arena) ? vt_nomem(list) : VT_OK;
}

/* ------------------------------------------------------------------ access -- */

static const struct {
    const char *code, *word, *folded;
} ACCESS[] = {{"01", "công khai", " cong khai"},
              {"02", "có điều kiện", " co dieu kien"},
              {"03", "mật", " mat"}};
enum { ACCESS_COUNT = sizeof ACCESS / sizeof *ACCESS };

const char *vt_access_word(const char *access) {
    for (size_t i = 0; i < ACCESS_COUNT; i++)
        if (strcmp(ACCESS[i].code, access) == 0)
            return ACCESS[i].word;
    return access;
}

static vt_status find_access(vt_findings *list, const vt_record *v, const char *typed,
                             const char **out) {
    vt_buf folded;
    const char *code = NULL;

    *out = "";
    if (vt_blank(typed))
        return VT_OK;
    vt_buf_init(&folded, WORDS_BYTES);
    vt_words_folded(typed, &folded);
    for (size_t i = 0; i < ACCESS_COUNT; i++)
        if (strcmp(ACCESS[i].code, typed) == 0 || strcmp(ACCESS[i].folded, folded.data) == 0)
            code = ACCESS[i].code;
    vt_buf_free(&folded);
    if (!code)
        return vt_bad(list, "MD-03", (vt_place){.path = typed},
                      "Ghi 01 (công khai), 02 (có điều kiện) hoặc 03 (mật).",
                      "Không có mức tiếp cận “%s”.", typed);
    if (*v->secrecy && strcmp(code, "03") != 0)
        return vt_bad(list, "MD-03", (vt_place){.path = v->designation},
                      "Văn bản phải được giải mật trước.",
                      "%s là văn bản mật, không cho tiếp cận rộng hơn được.", v->designation);
    *out = code;
    return VT_OK;
}

/* ----------------------------------------------------------------- keywords -- */

/* The words between ';' and ',', each once. */
typedef struct words {
    const char **items;
    size_t count, cap;
} words;

static vt_status add_word(vt_findings *list, vt_arena *arena, words *w, const char *start,
                          const char *end) {
    const char *word;

    while (start < end && *start == ' ')
        start++;
    while (end > start && end[-1] == ' ')
        end--;
    word = vt_strndup(arena, start, (size_t)(end - start));
    for (size_t i = 0; word && i < w->count; i++)
        if (strcmp(w->items[i], word) == 0)
            return VT_OK;
    if (word && !*word)
        return VT_OK;
    w->items = word ? vt_grow(arena, w->items, &w->cap, w->count + 1, sizeof *w->items) : NULL;
    if (!w->items)
        return vt_nomem(list);
    w->items[w->count++] = word;
    return VT_OK;
}

static vt_status split(vt_findings *list, vt_arena *arena, const char *text, words *out) {
    vt_status st = VT_OK;

    *out = (words){0};
    for (const char *at = text; !st && *at;) {
        size_t n = strcspn(at, ";,");

        st = add_word(list, arena, out, at, at + n);
        at += n + (at[n] != '\0');
    }
    return st;
}

static vt_status set_keywords(vt_records *r, vt_findings *list, vt_arena *arena, int64_t document,
                              const char *text) {
    const char *joined = "";
    words w;
    vt_status st = split(list, arena, text, &w);

    if (!st)
        st = vt_sql_run(r, list, "DELETE FROM keyword WHERE document_id = ?",
                        VT_ARGS(vt_int(document)));
    for (size_t i = 0; !st && i < w.count; i++) {
        joined = i ? vt_printf(arena, "%s; %s", joined, w.items[i]) : w.items[i];
        st = joined
                 ? vt_sql_run(
                       r, list, "INSERT INTO keyword(document_id, ordinal, word) VALUES (?, ?, ?)",
                       VT_ARGS(vt_int(document), vt_int((int64_t)i + 1), vt_text(w.items[i])))
                 : vt_nomem(list);
    }
    return st ? st : vt_index_keywords(r, list, document, joined);
}

/* ----------------------------------------------------------------- setting -- */

static vt_status has_number(vt_findings *list, const vt_record *v) {
    if (!*v->number)
        return vt_bad(list, "MD-01", (vt_place){.path = v->id},
                      "Cấp số cho văn bản trước; dự thảo thì sửa trong chính dự thảo.",
                      "Văn bản chưa có số, chưa đặt được thông tin lưu trữ.");
    return VT_OK;
}

/* What is told now, and nothing else. */
static vt_status log_set(vt_records *r, vt_findings *list, const vt_record *v, const vt_set *set,
                         const char *retention, const char *access) {
    return vt_event_json(r, list, "set", v->id,
                         json_pack("{s:s*, s:s*, s:s*, s:s*}", "keywords", set->keywords,
                                   "retention", set->retention ? retention : NULL, "access",
                                   set->access ? access : NULL, "note", set->note));
}

static vt_status set_all(vt_records *r, const vt_set *set, const vt_record *v, vt_arena *arena,
                         vt_findings *list) {
    const char *retention = NULL, *access = "";
    int64_t document = 0;
    vt_status st = has_number(list, v);

    if (!st && set->access)
        st = find_access(list, v, set->access, &access);
    if (!st && set->retention)
        st = vt_retention_find(r, list, arena, set->retention, &retention);
    if (!st)
        st = vt_sql_number(r, list, "SELECT document_id FROM document WHERE uid = ?",
                           VT_ARGS(vt_text(v->id)), &document);
    if (!st && set->keywords)
        st = set_keywords(r, list, arena, document, set->keywords);
    if (!st)
        st = vt_sql_run(
            r, list,
            "UPDATE document SET retention = CASE ?2 WHEN 1 THEN ?3 ELSE retention END, access = "
            "CASE ?4 WHEN 1 THEN ?5 ELSE access END, note = coalesce(?6, note) WHERE document_id "
            "= ?1",
            VT_ARGS(vt_int(document), vt_int(set->retention != NULL), vt_text(retention),
                    vt_int(set->access != NULL), vt_text(access), vt_text(set->note)));
    return st ? st : log_set(r, list, v, set, retention ? retention : "", access);
}

vt_status vt_records_set(vt_records *r, const vt_set *asked, vt_arena *arena, vt_findings *list,
                         vt_record **out) {
    vt_set said = *asked;
    const vt_set *set = &said;
    bool own = !r->acting;
    vt_status st = vt_typed(r, list,
                            VT_TYPED({"từ khoá", &said.keywords, KEYWORDS_MOST},
                                     {"ghi chú", &said.note, NOTE_MOST},
                                     {"mức tiếp cận", &said.access, NOTE_MOST},
                                     {"thời hạn lưu trữ", &said.retention, NOTE_MOST}));

    if (!st && own)
        st = vt_records_begin(r, list);
    *out = NULL;
    if (st)
        return st;
    st = vt_record_find(r, set->reference, set->year, arena, list, out);
    if (!st)
        st = set_all(r, set, *out, arena, list);
    if (!st)
        st = vt_record_find(r, (*out)->id, 0, arena, list, out);
    if (own && !st)
        st = vt_records_commit(r, list);
    if (own)
        vt_records_rollback(r);
    if (st)
        *out = NULL;
    return st;
}
