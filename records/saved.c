/* records/saved.c - searches kept under a name. */

#include "records/json.h"
#include "records/typed.h"

#include <stdlib.h>
#include <string.h>

enum { QUERY_MOST = 2000 };

/* ------------------------------------------------------------ as they stand -- */

static const struct {
    const char *key, *what;
    size_t offset;
} TEXTS[] = {
    {"query", "câu tìm", offsetof(vt_search, query)},
    {"type", "loại văn bản", offsetof(vt_search, type)},
    {"issuer", "cơ quan", offsetof(vt_search, issuer)},
    {"signer", "người ký", offsetof(vt_search, signer)},
    {"series", "sổ", offsetof(vt_search, series)},
    {"recipient", "nơi nhận", offsetof(vt_search, recipient)},
    {"urgency", "độ khẩn", offsetof(vt_search, urgency)},
    {"state", "tình trạng", offsetof(vt_search, state)},
    {"dossier", "hồ sơ", offsetof(vt_search, dossier)},
};
enum { TEXT_COUNT = sizeof TEXTS / sizeof *TEXTS };

static const char **text_of(vt_search *search, size_t i) {
    return (const char **)(void *)((char *)search + TEXTS[i].offset);
}

static json_t *date_json(vt_date date) {
    char iso[11];

    vt_date_iso(date, iso);
    return json_string(iso);
}

/* NULL: no memory. */
static char *search_text(vt_search search) {
    json_t *all = json_object();
    bool right = all != NULL;
    char *text;

    for (size_t i = 0; i < TEXT_COUNT; i++)
        if (*text_of(&search, i) && **text_of(&search, i))
            right &= json_object_set_new(all, TEXTS[i].key, json_string(*text_of(&search, i))) == 0;
    if (search.from.year)
        right &= json_object_set_new(all, "from", date_json(search.from)) == 0;
    if (search.to.year)
        right &= json_object_set_new(all, "to", date_json(search.to)) == 0;
    text = right ? json_dumps(all, JSON_COMPACT) : NULL;
    json_decref(all);
    if (vt_json_failed()) {
        free(text);
        text = NULL;
    }
    return text;
}

static bool read_search(const char *text, vt_arena *arena, vt_search *out) {
    json_t *all = json_loads(text, 0, NULL);
    const char *from = json_string_value(json_object_get(all, "from"));
    const char *to = json_string_value(json_object_get(all, "to"));

    *out = (vt_search){0};
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const char *value = json_string_value(json_object_get(all, TEXTS[i].key));
        *text_of(out, i) = value ? vt_strdup(arena, value) : NULL;
    }
    if (from && !vt_date_parse(from, &out->from))
        out->from = (vt_date){0};
    if (to && !vt_date_parse(to, &out->to))
        out->to = (vt_date){0};
    json_decref(all);
    return !vt_arena_failed(arena);
}

/* ----------------------------------------------------------------- keeping -- */

static vt_status unknown(vt_findings *list, const char *name) {
    return vt_bad(list, "TIM-03", (vt_place){.path = name}, "Xem: vanthu search --searches.",
                  "Không có lần tìm nào được lưu với tên “%s”.", name);
}

static vt_status insert(vt_records *r, vt_findings *list, const char *name, const char *text) {
    char uid[VT_UID_CHARS + 1];

    if (!vt_uid_make(&r->world, uid))
        return vt_nomem(list);
    return vt_sql_run(r, list,
                      "INSERT INTO saved_search(uid, owner, name, query) VALUES (?, ?, ?, ?) ON "
                      "CONFLICT (owner, name) DO UPDATE SET query = excluded.query",
                      VT_ARGS(vt_text(uid), vt_text(r->actor), vt_text(name), vt_text(text)));
}

vt_status vt_records_search_save(vt_records *r, const char *name, const vt_search *search,
                                 vt_findings *list) {
    vt_search said = *search;
    char *text = NULL;
    vt_status st;

    if (vt_blank(name))
        return vt_bad(list, "TIM-04", (vt_place){0}, "Cho một tên ngắn.",
                      "Lần tìm được lưu phải có tên.");
    st = vt_typed(r, list, VT_TYPED({"tên lần tìm", &name, VT_NAME_MOST}));
    for (size_t i = 0; !st && i < TEXT_COUNT; i++)
        st = vt_typed(r, list, VT_TYPED({TEXTS[i].what, text_of(&said, i), QUERY_MOST}));
    text = st ? NULL : search_text(said);
    if (!st && !text)
        st = vt_nomem(list);
    if (!st)
        st = vt_records_begin(r, list);
    if (!st)
        st = insert(r, list, name, text);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    free(text);
    return st;
}

/* As it is kept.  One from before that was asked stands as it was typed: both are looked for. */
static const char *kept_name(vt_records *r, const char *name) {
    const char *nfc = name;

    return vt_typed(r, NULL, VT_TYPED({"tên lần tìm", &nfc, 0})) == VT_OK ? nfc : name;
}

vt_status vt_records_search_saved(vt_records *r, const char *name, vt_arena *arena,
                                  vt_findings *list, vt_search *out) {
    vt_stmt *stmt;
    bool row = false, right;
    vt_status st =
        vt_sql_open(r, list, "SELECT query FROM saved_search WHERE owner = ? AND name IN (?, ?)",
                    VT_ARGS(vt_text(r->actor), vt_text(kept_name(r, name)), vt_text(name)), &stmt);

    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st ? st : unknown(list, name);
    right = read_search(vt_sql_view(stmt, 0), arena, out);
    vt_sql_done(stmt);
    return right ? VT_OK : vt_nomem(list);
}

vt_status vt_records_search_forget(vt_records *r, const char *name, vt_findings *list) {
    int64_t there = 0;
    vt_status st = vt_records_begin(r, list);

    if (!st)
        st = vt_sql_number(r, list,
                           "DELETE FROM saved_search WHERE owner = ? AND name IN (?, ?) RETURNING "
                           "1",
                           VT_ARGS(vt_text(r->actor), vt_text(kept_name(r, name)), vt_text(name)),
                           &there);
    if (!st && !there)
        st = unknown(list, name);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

vt_status vt_records_searches(vt_records *r, vt_arena *arena, vt_findings *list, vt_saved **out,
                              size_t *count) {
    vt_saved *all = NULL;
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st =
        vt_sql_open(r, list, "SELECT name, query FROM saved_search WHERE owner = ? ORDER BY name",
                    VT_ARGS(vt_text(r->actor)), &stmt);

    *count = 0;
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        all = vt_grow(arena, all, &cap, *count + 1, sizeof *all);
        if (!all || !read_search(vt_sql_view(stmt, 1), arena, &all[*count].search)) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        all[(*count)++].name = vt_sql_text(arena, stmt, 0);
    }
    *out = all;
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}
