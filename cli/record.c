/* cli/record.c - records for people and for programs. */

#include "cli/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *vt_cli_day(vt_arena *arena, const char *iso) {
    const char *text = NULL;

    if (strlen(iso) == 10)
        text = vt_printf(arena, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
    return text ? text : iso;
}

static int two_digits(const char *s) {
    return (s[0] - '0') * 10 + s[1] - '0';
}

const char *vt_cli_time(vt_arena *arena, const char *utc) {
    enum { VIET_NAM = 7 };
    char words[32];
    vt_date day;

    snprintf(words, sizeof words, "%.10s", utc);
    if (strlen(utc) < sizeof "2026-03-27T18:15:02" - 1 || !vt_date_parse(words, &day))
        return utc;
    struct tm tm = {.tm_year = day.year - 1900,
                    .tm_mon = day.month - 1,
                    .tm_mday = day.day,
                    .tm_hour = two_digits(utc + 11) + VIET_NAM,
                    .tm_min = two_digits(utc + 14),
                    .tm_sec = two_digits(utc + 17)};
    timegm(&tm); /* past midnight it is the next day */
    if (!strftime(words, sizeof words, "%d/%m/%Y %H:%M:%S", &tm))
        return utc;
    const char *text = vt_strdup(arena, words);
    return text ? text : utc;
}

int vt_cli_width(const char *text) {
    int wide = 0;

    for (; *text; text++)
        wide += (*text & 0xC0) != 0x80;
    return wide;
}

const char *vt_cli_record_name(vt_arena *arena, const vt_record *r) {
    const char *name =
        vt_printf(arena, "%s %s ngày %s", r->type_name, r->designation, vt_cli_day(arena, r->date));

    return name ? name : r->designation;
}

const char *vt_cli_word(const char *key) {
    static const struct {
        const char *key, *word;
    } words[] = {
        {"khan", "khẩn"}, {"thuong-khan", "thượng khẩn"}, {"hoa-toc", "hỏa tốc"},
        {"mat", "mật"},   {"toi-mat", "tối mật"},         {"tuyet-mat", "tuyệt mật"},
        {"pdf", "PDF"},   {"source", "nguồn XML"},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].key, key) == 0)
            return words[i].word;
    return vt_record_word(key);
}

static void set_text(json_t *object, const char *key, const char *text) {
    if (text && *text)
        json_object_set_new(object, key, vt_cli_json_text(text));
}

static json_t *people_json(const vt_record *r) {
    json_t *all = json_array();

    for (size_t i = 0; i < r->signer_count; i++) {
        json_t *one = json_object();
        set_text(one, "position", r->signers[i].position);
        set_text(one, "name", r->signers[i].name);
        json_array_append_new(all, one);
    }
    return all;
}

static json_t *addressees_json(const vt_record *r) {
    static const char *const roles[] = {"to", "copy", "archive"};
    json_t *all = json_array();

    for (size_t i = 0; i < r->addressee_count; i++) {
        const vt_addressee *a = &r->addressees[i];
        json_t *one = json_object();
        set_text(one, "role", a->role >= 0 && a->role < 3 ? roles[a->role] : "");
        set_text(one, "name", a->name);
        set_text(one, "organ", a->organ);
        set_text(one, "group", a->group);
        json_array_append_new(all, one);
    }
    return all;
}

static json_t *files_json(const vt_record *r) {
    json_t *all = json_array();

    for (size_t i = 0; i < r->file_count; i++) {
        const vt_record_file *f = &r->files[i];
        json_t *one =
            json_pack("{s:s, s:i, s:s, s:s, s:I}", "role", f->role, "generation", f->generation,
                      "sha256", f->sha256, "path", f->path, "bytes", (json_int_t)f->bytes);
        if (*f->name)
            json_object_set_new(one, "name", vt_cli_json_text(f->name));
        json_array_append_new(all, one);
    }
    return all;
}

static json_t *dossiers_json(const vt_record *r) {
    json_t *all = json_array();

    for (size_t i = 0; i < r->dossier_count; i++)
        json_array_append_new(all, json_pack("{s:s, s:i, s:I}", "code", r->dossiers[i].code, "year",
                                             r->dossiers[i].year, "ordinal",
                                             (json_int_t)r->dossiers[i].ordinal));
    return all;
}

static json_t *relations_json(const vt_record *r) {
    json_t *all = json_array();

    for (size_t i = 0; i < r->relation_count; i++) {
        const vt_relation *x = &r->relations[i];
        json_array_append_new(all, json_pack("{s:s, s:b, s:s, s:s, s:s, s:s}", "kind", x->kind,
                                             "passive", x->passive, "id", x->id, "designation",
                                             x->designation, "date", x->date, "reason", x->reason));
    }
    return all;
}

static json_t *events_json(const vt_record *r) {
    json_t *all = json_array();

    for (size_t i = 0; i < r->event_count; i++) {
        const vt_event *e = &r->events[i];
        json_array_append_new(all,
                              json_pack("{s:I, s:s, s:s, s:s, s:o?}", "serial",
                                        (json_int_t)e->serial, "at", e->at, "actor", e->actor,
                                        "act", e->act, "detail", json_loads(e->detail, 0, NULL)));
    }
    return all;
}

/* Fields by the names of the law; those of a group in an object of its own. */
static json_t *metadata_json(const vt_record *r) {
    json_t *all = json_object(), *to = json_array(), *too_long = json_array();

    for (size_t i = 0; i < r->metadata_count; i++) {
        const vt_metadatum *m = &r->metadata[i];
        json_t *group = *m->group ? json_object_get(all, m->group) : all;

        if (!group && (group = json_object()))
            json_object_set_new(all, m->group, group);
        if (m->too_long)
            json_array_append_new(too_long, json_string(m->name));
        if (m->number && *m->text)
            json_object_set_new(group, m->name, json_integer(strtoll(m->text, NULL, 10)));
        else
            set_text(group, m->name, m->text);
    }
    for (size_t i = 0; i < r->addressee_count; i++) {
        json_t *one;

        if (r->addressees[i].role == 2) /* "Lưu: VT" is a column of its own, not Nơi nhận (PL IV) */
            continue;
        one = json_object();
        set_text(one, "OrganId", r->addressees[i].organ);
        set_text(one, "OrganName", r->addressees[i].name);
        json_array_append_new(to, one);
    }
    json_object_set_new(all, "To", to);
    json_object_set_new(all, "tooLong", too_long);
    return all;
}

json_t *vt_cli_record_json(const vt_record *r) {
    const struct {
        const char *key, *text;
    } texts[] = {
        {"id", r->id},
        {"number", r->number},
        {"notation", r->notation},
        {"date", r->date},
        {"designation", r->designation},
        {"state", r->state},
        {"system", r->system},
        {"type", r->type},
        {"typeName", r->type_name},
        {"title", r->title},
        {"superior", r->superior},
        {"issuer", r->issuer},
        {"abbr", r->abbr},
        {"organ", r->organ},
        {"place", r->place},
        {"subject", r->subject},
        {"due", r->due},
        {"urgency", r->urgency},
        {"secrecy", r->secrecy},
        {"signer", r->signer},
        {"rules", r->pack},
        {"maker", r->maker},
        {"sha256", r->sha256},
        {"archived", r->path},
    };
    json_t *object = json_object();

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        set_text(object, texts[i].key, texts[i].text);
    json_object_set_new(object, "pages", json_integer(r->pages));
    if (r->amount)
        json_object_set_new(object, "copies", json_integer(r->amount));
    if (r->event_count) { /* vt_records_show filled it */
        json_object_set_new(object, "signers", people_json(r));
        json_object_set_new(object, "recipients", addressees_json(r));
        json_object_set_new(object, "files", files_json(r));
        json_object_set_new(object, "relations", relations_json(r));
        json_object_set_new(object, "dossiers", dossiers_json(r));
        json_object_set_new(object, "metadata", metadata_json(r));
        json_object_set_new(object, "events", events_json(r));
    }
    return object;
}
