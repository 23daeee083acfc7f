/*
 * gen/pack.c - the packs of a process: which files there are, which inherits
 * from which, and which one a document is set by.
 */
#include "gen/engine.h"
#include "gen/pack_raw.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct shelf {
    vt_engine *engine;
    vt_findings *list;
    vt_raw_pack *raw[2 * VT_PACK_MAX_FILES]; /* the installation's, then the local ones */
    size_t count;
} shelf;

/* --------------------------------------------------------------- files -- */

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_pack_name(const char *name) {
    size_t len = strlen(name);
    return name[0] != '.' && len > 4 && strcmp(name + len - 4, ".xml") == 0;
}

/* Names of the pack files of a folder, sorted: the order of a folder is not
   the same on every machine.  A folder that is not there holds none. */
static vt_status names(shelf *s, const char *folder, char *out[VT_PACK_MAX_FILES], size_t *count) {
    vt_status status = VT_OK;
    vt_place place = {folder, 0, NULL};
    *count = 0;
    DIR *dir = opendir(folder);
    if (!dir && errno == ENOENT)
        return VT_OK;
    if (!dir)
        return vt_fail(s->list, "GOI-01", place, "Xem quyền đọc thư mục.",
                       "Không mở được thư mục gói quy tắc: %s.", strerror(errno));
    for (const struct dirent *e; status == VT_OK && (e = readdir(dir)) != NULL;) {
        if (!is_pack_name(e->d_name))
            continue;
        if (*count == VT_PACK_MAX_FILES)
            status = vt_bad(s->list, "GOI-01", place, "Bỏ bớt tệp.",
                            "Thư mục có quá %d gói quy tắc.", VT_PACK_MAX_FILES);
        else if (!(out[(*count)++] = vt_strdup(s->engine->arena, e->d_name)))
            status = vt_nomem(s->list);
    }
    closedir(dir);
    if (status == VT_OK)
        qsort(out, *count, sizeof *out, by_name);
    return status;
}

static vt_status read_folder(shelf *s, const char *folder, bool local) {
    char *found[VT_PACK_MAX_FILES];
    size_t count = 0, first = s->count;
    vt_status status = folder ? names(s, folder, found, &count) : vt_nomem(s->list);
    for (size_t i = 0; status != VT_FAIL && i < count; i++) {
        vt_raw_pack *raw = NULL;
        const char *path = vt_printf(s->engine->arena, "%s/%s", folder, found[i]);
        vt_status one =
            path ? vt_raw_read(s->engine->arena, path, s->list, &raw) : vt_nomem(s->list);
        if (one != VT_OK) {
            status = one;
            continue; /* say what is wrong with the others, too */
        }
        raw->local = local;
        for (size_t k = first; k < s->count; k++)
            if (strcmp(s->raw[k]->id, raw->id) == 0)
                status = vt_bad(s->list, "GOI-01", (vt_place){path, 0, NULL}, "Đổi id của một tệp.",
                                "Gói quy tắc “%s” đã có ở tệp %s.", raw->id, s->raw[k]->file);
        s->raw[s->count++] = raw;
    }
    return status;
}

/* --------------------------------------------------------- inheritance -- */

/* The pack `id`: the local one before the installation's; a local pack may
   have the id of the installation's pack that it inherits from. */
static const vt_raw_pack *named(const shelf *s, const char *id, const vt_raw_pack *but) {
    for (size_t i = s->count; i-- > 0;)
        if (s->raw[i] != but && strcmp(s->raw[i]->id, id) == 0 &&
            !(but && strcmp(but->id, id) == 0 && s->raw[i]->local))
            return s->raw[i];
    return NULL;
}

static vt_status inherit(shelf *s, const vt_raw_pack *own, int depth, const vt_raw_pack **out) {
    const vt_raw_pack *under = NULL;
    vt_raw_pack *whole = NULL;
    vt_place place = {own->file, 0, NULL};
    if (!own->base) {
        *out = own;
        return VT_OK;
    }
    const vt_raw_pack *base = named(s, own->base, own);
    if (!base)
        return vt_bad(s->list, "GOI-01", place, "Sửa base thành id của một gói đã có.",
                      "Gói quy tắc “%s” thừa kế gói “%s” không có.", own->id, own->base);
    if (depth >= VT_PACK_MAX_BASES)
        return vt_bad(s->list, "GOI-01", place, "Sửa base.",
                      "Gói quy tắc “%s” thừa kế vòng quanh hoặc quá %d bậc.", own->id,
                      VT_PACK_MAX_BASES);
    vt_status status = inherit(s, base, depth + 1, &under);
    if (status == VT_OK)
        status = vt_raw_overlay(s->engine->arena, under, own, s->list, &whole);
    if (status == VT_OK)
        *out = whole;
    return status;
}

/* Older packs first; of one day, the local one last, so that it is chosen. */
static bool older(const vt_pack *a, const vt_pack *b) {
    if (a->system != b->system)
        return a->system < b->system;
    return vt_date_compare(a->valid_from, b->valid_from) <= 0;
}

static void insert(vt_engine *engine, vt_pack *pack) {
    size_t i = engine->pack_count++;
    for (; i > 0 && !older(engine->packs[i - 1], pack); i--)
        engine->packs[i] = engine->packs[i - 1];
    engine->packs[i] = pack;
}

static vt_status build(shelf *s, const vt_raw_pack *own) {
    const vt_raw_pack *whole = NULL;
    vt_arena *arena = s->engine->arena;
    if (named(s, own->id, NULL) != own)
        return VT_OK; /* a local pack stands in its place */
    vt_status status = inherit(s, own, 0, &whole);
    if (status != VT_OK)
        return status;
    vt_pack *pack = vt_alloc(arena, sizeof *pack);
    if (!pack)
        return vt_nomem(s->list);
    status = vt_pack_fill(arena, whole, s->list, pack);
    if (status == VT_OK)
        insert(s->engine, pack);
    return status;
}

vt_status vt_packs_load(vt_engine *engine, vt_findings *list) {
    shelf s = {.engine = engine, .list = list};
    vt_status status =
        read_folder(&s, vt_printf(engine->arena, "%s/templates/rules", engine->data), false);
    if (status == VT_OK && engine->local)
        status = read_folder(&s, vt_printf(engine->arena, "%s/rules", engine->local), true);
    if (status != VT_OK)
        return status;
    if (s.count == 0)
        return vt_bad(list, "GOI-01", (vt_place){engine->data, 0, NULL},
                      "Xem lại thư mục cài đặt (--data).",
                      "Không có gói quy tắc nào trong %s/templates/rules.", engine->data);
    engine->packs = vt_alloc_array(engine->arena, s.count, sizeof *engine->packs);
    if (!engine->packs)
        return vt_nomem(list);
    for (size_t i = 0; status != VT_FAIL && i < s.count; i++) {
        vt_status one = build(&s, s.raw[i]);
        if (one != VT_OK)
            status = one;
    }
    return status;
}

/* ------------------------------------------------------------- choosing -- */

const vt_pack *vt_pack_named(vt_engine *engine, const char *id) {
    for (size_t i = 0; id && i < engine->pack_count; i++)
        if (strcmp(engine->packs[i]->id, id) == 0)
            return engine->packs[i];
    return NULL;
}

/* By date: the newest in force; else the newest that had come into force; a
   date before every pack: the oldest; no date: the newest. */
static const vt_pack *by_date(const vt_engine *engine, vt_system system, const vt_date *date) {
    const vt_pack *oldest = NULL, *begun = NULL, *in_force = NULL, *newest = NULL;
    for (size_t i = 0; i < engine->pack_count; i++) {
        const vt_pack *p = engine->packs[i];
        if (p->system != system)
            continue;
        if (!oldest)
            oldest = p;
        newest = p;
        if (!date || vt_date_compare(p->valid_from, *date) > 0)
            continue;
        begun = p;
        if (!p->valid_to.year || vt_date_compare(*date, p->valid_to) <= 0)
            in_force = p;
    }
    if (!date)
        return newest;
    return in_force ? in_force : begun ? begun : oldest;
}

vt_status vt_pack_choose(vt_engine *engine, const vt_doc *doc, vt_findings *list,
                         const vt_pack **out) {
    const char *id = vt_attr_get(doc->root, VT_AT_RULES);
    vt_place place = {doc->file, doc->root->line, "/document"};
    vt_date date;
    const vt_pack *pack;
    if (id) {
        pack = vt_pack_named(engine, id);
        if (!pack)
            return vt_bad(list, "GOI-04", place, "Sửa hoặc bỏ thuộc tính rules.",
                          "Không có gói quy tắc “%s”.", id);
        if (pack->system != doc->system)
            return vt_bad(list, "GOI-04", place, "Sửa thuộc tính rules hoặc system.",
                          "Gói quy tắc “%s” không dùng cho hệ thống văn bản “%s”.", id,
                          vt_system_name(doc->system));
    } else {
        bool dated = vt_doc_date(doc, &date);
        if (dated)
            date = vt_date_last(date);
        pack = by_date(engine, doc->system, dated ? &date : NULL);
        if (!pack)
            return vt_bad(list, "GOI-04", place, "Cài gói quy tắc cho hệ thống ấy.",
                          "Không có gói quy tắc nào cho hệ thống văn bản “%s”.",
                          vt_system_name(doc->system));
    }
    *out = pack;
    return VT_OK;
}

/* --------------------------------------------------------------- asking -- */

const char *vt_pack_id(const vt_pack *pack) {
    return pack->id;
}

const vt_hash *vt_pack_hash(const vt_pack *pack) {
    return &pack->hash;
}

const char *vt_pack_period(const vt_pack *pack) {
    return pack->period;
}

const vt_type *vt_pack_type(const vt_pack *pack, const char *slug) {
    for (size_t i = 0; slug && i < pack->type_count; i++)
        if (strcmp(pack->types[i].slug, slug) == 0)
            return &pack->types[i];
    return NULL;
}

const struct vt_word *vt_pack_word(const vt_pack *pack, const char *key) {
    for (size_t i = 0; key && i < pack->word_count; i++)
        if (strcmp(pack->words[i].key, key) == 0)
            return &pack->words[i];
    return NULL;
}
