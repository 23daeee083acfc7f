/*
 * gen/pack.c - the packs of a process: which files there are, which inherits
 * from which, and which one a document is set by.
 *
 * Opening reads the root element of every file alone, enough to choose by; a
 * pack itself is read when a document asks for it, since most commands need one
 * pack and reading costs some milliseconds.
 */
#include "gen/engine.h"
#include "gen/pack_raw.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    vt_raw_head head; /* with what it inherits */
    const char *file;
    bool local;
    bool replaced; /* a local pack of the same id stands in its place */
    vt_system system;
    vt_date from, to; /* to.year 0: still in force */
    vt_pack *pack;    /* NULL: not read yet */
} entry;

/* Older packs first; of one day the local one last, so that it is chosen. */
typedef struct vt_shelf {
    entry entries[2 * VT_PACK_MAX_FILES];
    size_t count;
} vt_shelf;

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
static vt_status names(vt_engine *engine, const char *folder, vt_findings *list,
                       char *out[VT_PACK_MAX_FILES], size_t *count) {
    vt_status status = VT_OK;
    vt_place place = {folder, 0, NULL};
    *count = 0;
    DIR *dir = opendir(folder);
    if (!dir && errno == ENOENT)
        return VT_OK;
    if (!dir)
        return vt_fail(list, "GOI-01", place, "Xem quyền đọc thư mục.",
                       "Không mở được thư mục gói quy tắc: %s.", vt_error_text(errno));
    for (const struct dirent *e; status == VT_OK && (e = readdir(dir)) != NULL;) {
        if (!is_pack_name(e->d_name))
            continue;
        if (*count == VT_PACK_MAX_FILES)
            status = vt_bad(list, "GOI-01", place, "Bỏ bớt tệp.", "Thư mục có quá %d gói quy tắc.",
                            VT_PACK_MAX_FILES);
        else if (!(out[(*count)++] = vt_strdup(engine->arena, e->d_name)))
            status = vt_nomem(list);
    }
    closedir(dir);
    if (status == VT_OK)
        qsort(out, *count, sizeof *out, by_name);
    return status;
}

static vt_status add(vt_engine *engine, const char *file, bool local, vt_findings *list) {
    vt_shelf *shelf = engine->shelf;
    entry e = {.file = file, .local = local};
    if (!file)
        return vt_nomem(list);
    vt_status status = vt_raw_peek(engine->arena, file, list, &e.head);
    if (status != VT_OK)
        return status;
    for (size_t i = 0; i < shelf->count; i++) {
        entry *other = &shelf->entries[i];
        if (strcmp(other->head.id, e.head.id) != 0)
            continue;
        if (other->local == local)
            return vt_bad(list, "GOI-01", (vt_place){file, 0, NULL}, "Đổi id của một tệp.",
                          "Gói quy tắc “%s” đã có ở tệp %s.", e.head.id, other->file);
        other->replaced = true;
    }
    shelf->entries[shelf->count++] = e;
    return VT_OK;
}

static vt_status add_folder(vt_engine *engine, const char *folder, bool local, vt_findings *list) {
    char *found[VT_PACK_MAX_FILES];
    size_t count = 0;
    vt_status status = folder ? names(engine, folder, list, found, &count) : vt_nomem(list);
    for (size_t i = 0; status != VT_FAIL && i < count; i++) {
        vt_status one =
            add(engine, vt_printf(engine->arena, "%s/%s", folder, found[i]), local, list);
        if (one != VT_OK)
            status = one; /* say what is wrong with the others, too */
    }
    return status;
}

/* --------------------------------------------------------- inheritance -- */

/* The pack that `own` inherits from: the local one before the installation's,
   but never itself; a local pack may have the id of what it inherits from. */
static entry *base_of(vt_shelf *shelf, const entry *own) {
    const char *id = own->head.base;
    bool same_id = id && strcmp(own->head.id, id) == 0;
    entry *base = NULL;
    for (size_t i = 0; id && i < shelf->count; i++) {
        entry *e = &shelf->entries[i];
        if (e == own || strcmp(e->head.id, id) != 0 || (same_id && e->local))
            continue;
        if (!base || e->local)
            base = e;
    }
    return base;
}

/* Follows the bases to their end and takes over what the head does not say. */
static vt_status settle(vt_shelf *shelf, entry *own, vt_findings *list) {
    vt_place place = {own->file, 0, NULL};
    int depth = 0;
    for (const entry *e = own; e->head.base; depth++) {
        const entry *base = base_of(shelf, e);
        if (!base)
            return vt_bad(list, "GOI-01", place, "Sửa base thành id của một gói đã có.",
                          "Gói quy tắc “%s” thừa kế gói “%s” không có.", e->head.id, e->head.base);
        if (depth == VT_PACK_MAX_BASES)
            return vt_bad(list, "GOI-01", place, "Sửa base.",
                          "Gói quy tắc “%s” thừa kế vòng quanh hoặc quá %d bậc.", own->head.id,
                          VT_PACK_MAX_BASES);
        own->head = vt_raw_head_over(&base->head, &own->head);
        e = base;
    }
    return VT_OK;
}

static vt_status identify(entry *own, vt_findings *list) {
    static const char *const systems[VT_SYSTEMS] = {"state", "party", "youth"};
    const vt_raw_head *head = &own->head;
    vt_place place = {own->file, 0, NULL};
    int system = VT_SYSTEMS;
    while (system-- > 0 && !(head->system && strcmp(head->system, systems[system]) == 0))
        ;
    if (system < 0)
        return vt_bad(list, "GOI-03", place, "Ghi system=\"state\", \"party\" hoặc \"youth\".",
                      "Gói quy tắc “%s”: không ghi hệ thống văn bản.", head->id);
    own->system = (vt_system)system;
    if (!head->from || !vt_date_parse(head->from, &own->from) || !vt_date_full(own->from) ||
        (head->to && (!vt_date_parse(head->to, &own->to) || !vt_date_full(own->to) ||
                      vt_date_compare(own->from, own->to) > 0)))
        return vt_bad(list, "GOI-03", place,
                      "Ghi from=\"2020-03-05\" và, nếu đã hết hiệu lực, to=\"...\" sau ngày ấy.",
                      "Gói quy tắc “%s”: không ghi rõ ngày hiệu lực.", head->id);
    return VT_OK;
}

static bool later(const entry *a, const entry *b) {
    int order = vt_date_compare(a->from, b->from);
    return order ? order > 0 : a->local && !b->local;
}

static void put_in_order(vt_shelf *shelf) {
    for (size_t i = 1; i < shelf->count; i++) {
        entry e = shelf->entries[i];
        size_t k = i;
        for (; k > 0 && later(&shelf->entries[k - 1], &e); k--)
            shelf->entries[k] = shelf->entries[k - 1];
        shelf->entries[k] = e;
    }
}

vt_status vt_packs_find(vt_engine *engine, vt_findings *list) {
    engine->shelf = vt_alloc(engine->arena, sizeof *engine->shelf);
    if (!engine->shelf)
        return vt_nomem(list);
    vt_status status = add_folder(
        engine, vt_printf(engine->arena, "%s/templates/rules", engine->data), false, list);
    if (status == VT_OK && engine->local)
        status =
            add_folder(engine, vt_printf(engine->arena, "%s/rules", engine->local), true, list);
    if (status != VT_OK)
        return status;
    if (engine->shelf->count == 0)
        return vt_bad(list, "GOI-01", (vt_place){engine->data, 0, NULL},
                      "Xem lại thư mục cài đặt (--data).",
                      "Không có gói quy tắc nào trong %s/templates/rules.", engine->data);
    for (size_t i = 0; i < engine->shelf->count; i++) {
        entry *e = &engine->shelf->entries[i];
        vt_status one = settle(engine->shelf, e, list);
        if (one == VT_OK)
            one = identify(e, list);
        if (one != VT_OK)
            status = one;
    }
    put_in_order(engine->shelf);
    return status;
}

/* -------------------------------------------------------------- reading -- */

static vt_status read_whole(vt_engine *engine, const entry *own, vt_findings *list,
                            const vt_raw_pack **out) {
    const vt_raw_pack *under = NULL;
    vt_raw_pack *raw = NULL, *whole = NULL;
    const entry *base = base_of(engine->shelf, own);
    vt_status status = vt_raw_read(engine->arena, own->file, list, &raw);
    if (status == VT_OK && base) /* settle() saw to it that this ends */
        status = read_whole(engine, base, list, &under);
    if (status == VT_OK && base)
        status = vt_raw_overlay(engine->arena, under, raw, list, &whole);
    if (status == VT_OK)
        *out = base ? whole : raw;
    return status;
}

static vt_status pack_of(vt_engine *engine, entry *e, vt_findings *list, const vt_pack **out) {
    const vt_raw_pack *raw = NULL;
    if (e->pack) {
        *out = e->pack;
        return VT_OK;
    }
    vt_pack *pack = vt_alloc(engine->arena, sizeof *pack);
    vt_status status = pack ? read_whole(engine, e, list, &raw) : vt_nomem(list);
    if (status == VT_OK)
        status = vt_pack_fill(engine->arena, raw, list, pack);
    if (status != VT_OK)
        return status;
    pack->system = e->system;
    pack->valid_from = e->from;
    pack->valid_to = e->to;
    *out = e->pack = pack;
    return VT_OK;
}

/* ------------------------------------------------------------- choosing -- */

static entry *named(vt_engine *engine, const char *id) {
    for (size_t i = 0; i < engine->shelf->count; i++)
        if (!engine->shelf->entries[i].replaced &&
            strcmp(engine->shelf->entries[i].head.id, id) == 0)
            return &engine->shelf->entries[i];
    return NULL;
}

vt_status vt_pack_named(vt_engine *engine, const char *id, vt_findings *list, const vt_pack **out) {
    entry *e = named(engine, id);
    if (!e)
        return vt_bad(list, "GOI-04", (vt_place){0}, NULL, "Không có gói quy tắc “%s”.", id);
    return pack_of(engine, e, list, out);
}

/* By date: the newest in force; else the newest that had come into force; a
   date before every pack: the oldest; no date: the newest. */
static entry *by_date(vt_engine *engine, vt_system system, const vt_date *date) {
    entry *oldest = NULL, *begun = NULL, *in_force = NULL, *newest = NULL;
    for (size_t i = 0; i < engine->shelf->count; i++) {
        entry *e = &engine->shelf->entries[i];
        if (e->system != system || e->replaced)
            continue;
        if (!oldest)
            oldest = e;
        newest = e;
        if (!date || vt_date_compare(e->from, *date) > 0)
            continue;
        begun = e;
        if (!e->to.year || vt_date_compare(*date, e->to) <= 0)
            in_force = e;
    }
    if (!date)
        return newest;
    return in_force ? in_force : begun ? begun : oldest;
}

static vt_status by_attribute(vt_engine *engine, const vt_doc *doc, const char *id,
                              vt_findings *list, const vt_pack **out) {
    vt_place place = {doc->file, doc->root->line, "/document"};
    entry *e = named(engine, id);
    if (!e)
        return vt_bad(list, "GOI-04", place, "Sửa hoặc bỏ thuộc tính rules.",
                      "Không có gói quy tắc “%s”.", id);
    if (e->system != doc->system)
        return vt_bad(list, "GOI-04", place, "Sửa thuộc tính rules hoặc system.",
                      "Gói quy tắc “%s” không dùng cho hệ thống văn bản “%s”.", id,
                      vt_system_name(doc->system));
    return pack_of(engine, e, list, out);
}

vt_status vt_pack_choose(vt_engine *engine, const vt_doc *doc, vt_findings *list,
                         const vt_pack **out) {
    const char *id = vt_attr_get(doc->root, VT_AT_RULES);
    vt_date date;
    if (id)
        return by_attribute(engine, doc, id, list, out);
    bool dated = vt_doc_date(doc, &date);
    if (dated)
        date = vt_date_last(date);
    entry *e = by_date(engine, doc->system, dated ? &date : NULL);
    if (!e)
        return vt_bad(list, "GOI-04", (vt_place){doc->file, doc->root->line, "/document"},
                      "Cài gói quy tắc cho hệ thống ấy.",
                      "Không có gói quy tắc nào cho hệ thống văn bản “%s”.",
                      vt_system_name(doc->system));
    return pack_of(engine, e, list, out);
}

/* The installation's pack behind an entry: the base it inherits from at last;
   for a local pack without one, what was in force when it begins. */
static entry *law_of(vt_shelf *shelf, entry *e) {
    entry *law = NULL;
    const vt_system system = e->system; /* a pack may inherit from another system's */

    while (e->local && base_of(shelf, e)) /* settle() saw to it that this ends */
        e = base_of(shelf, e);
    if (!e->local && e->system == system)
        return e;
    for (size_t i = 0; i < shelf->count; i++) {
        entry *other = &shelf->entries[i];
        if (!other->local && other->system == system &&
            (!law || vt_date_compare(other->from, e->from) <= 0))
            law = other;
    }
    return law ? law : e;
}

vt_status vt_pack_law(vt_engine *engine, const vt_pack *pack, vt_findings *list,
                      const vt_pack **out) {
    for (size_t i = 0; i < engine->shelf->count; i++)
        if (engine->shelf->entries[i].pack == pack)
            return pack_of(engine, law_of(engine->shelf, &engine->shelf->entries[i]), list, out);
    *out = pack; /* not of this engine's shelf */
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

bool vt_pack_secret_apart(const vt_pack *pack) {
    return pack->secret_apart;
}

const vt_type *vt_pack_type(const vt_pack *pack, const char *slug) {
    for (size_t i = 0; slug && i < pack->type_count; i++)
        if (strcmp(pack->types[i].slug, slug) == 0)
            return &pack->types[i];
    return NULL;
}

const vt_type *vt_pack_type_abbr(const vt_pack *pack, const char *abbr) {
    for (size_t i = 0; *abbr && i < pack->type_count; i++)
        if (strcmp(pack->types[i].abbr, abbr) == 0)
            return &pack->types[i];
    return NULL;
}

const vt_type *vt_pack_types(const vt_pack *pack, size_t *count) {
    *count = pack->type_count;
    return pack->types;
}

const struct vt_word *vt_pack_word(const vt_pack *pack, const char *key) {
    for (size_t i = 0; key && i < pack->word_count; i++)
        if (strcmp(pack->words[i].key, key) == 0)
            return &pack->words[i];
    return NULL;
}
