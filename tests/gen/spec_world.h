/*
 * tests/gen/spec_world.h - what an example of the specification may say besides
 * the document: a local pack, and facts of the register and the directories.
 *
 *     <pack><page source="..." confidence="D"><set .../></page></pack>
 *     <facts today="2026-03-10" signed="2026-03-02">
 *       <number used="yes" allotted="no" holder="..." before="..." after="..."/>
 *       <agency superior="..." place="..." mode="head" ranks="no"/>
 *       <signer may="no" authorised="no"/>
 *       <receiver name="..." copies="3"/>      the directory: others are not in it
 *       <name>Sở Công Thương</name>
 *       <twin>...</twin>
 *     </facts>
 */
#ifndef SPEC_WORLD_H
#define SPEC_WORLD_H

#include "gen/gen.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORLD_UNUSED __attribute__((unused))

/* Cuts "<name ...>...</name>" out of the text; "" when it is not there. */
static WORLD_UNUSED char *world_cut(char *text, const char *name) {
    char open[32], close[32];

    snprintf(open, sizeof open, "<%s", name);
    snprintf(close, sizeof close, "</%s>", name);
    char *from = strstr(text, open), *to = from ? strstr(from, close) : NULL;
    if (!to)
        return strdup("");
    to += strlen(close);
    char *cut = strndup(from, (size_t)(to - from));
    memmove(from, to, strlen(to) + 1);
    return cut;
}

/* ------------------------------------------------------------------ packs -- */

/* A folder for --local with one pack that stands in the place of `id`. */
static WORLD_UNUSED void world_pack(char folder[64], const char *id, const char *pack) {
    char path[128];

    snprintf(folder, 64, "/tmp/vanthu-spec-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/rules", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/rules/local.xml", folder);
    FILE *f = fopen(path, "w");
    if (!f)
        abort();
    const char *inside = strchr(pack, '>') + 1;
    fprintf(f, "<rules xmlns=\"" VT_NS_RULES "\" id=\"%s\" base=\"%s\">%.*s</rules>", id, id,
            (int)(strlen(inside) - strlen("</pack>")), inside);
    fclose(f);
}

static WORLD_UNUSED void world_pack_remove(const char *folder) {
    char path[128];

    snprintf(path, sizeof path, "%s/rules/local.xml", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/rules", folder);
    rmdir(path);
    rmdir(folder);
}

/* ------------------------------------------------------------------ fonts -- */

static const char *const world_faces[] = {"regular", "bold", "italic", "bold-italic"};
static const char *const world_files[] = {"Regular", "Bold", "Italic", "BoldItalic"};

/* A folder for --fonts with Liberation Sans, from where Debian puts it. */
static WORLD_UNUSED void world_sans(char folder[64]) {
    static const char *const homes[] = {"/usr/share/fonts/truetype/liberation2",
                                        "/usr/share/fonts/truetype/liberation"};
    char path[128], file[160];

    snprintf(folder, 64, "/tmp/vanthu-sans-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/manifest.txt", folder);
    FILE *f = fopen(path, "w");
    if (!f)
        abort();
    for (int i = 0; i < 4; i++) {
        fprintf(f, "%s = %s.ttf\n", world_faces[i], world_faces[i]);
        snprintf(file, sizeof file, "%s/LiberationSans-%s.ttf", homes[0], world_files[i]);
        if (access(file, R_OK) != 0)
            snprintf(file, sizeof file, "%s/LiberationSans-%s.ttf", homes[1], world_files[i]);
        snprintf(path, sizeof path, "%s/%s.ttf", folder, world_faces[i]);
        if (symlink(file, path) != 0)
            abort();
    }
    fclose(f);
}

static WORLD_UNUSED void world_sans_remove(const char *folder) {
    char path[128];

    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s.ttf", folder, world_faces[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/manifest.txt", folder);
    unlink(path);
    rmdir(folder);
}

/* ------------------------------------------------------------------ facts -- */

typedef struct world {
    xmlDoc *doc;
    char texts[64][160];
    size_t text_count;
    const char *names[32];
    vt_facts facts;
} world;

static const char *world_keep(world *w, xmlChar *text) {
    if (!text || w->text_count == 64)
        return NULL;
    char *kept = w->texts[w->text_count++];
    snprintf(kept, sizeof w->texts[0], "%s", (const char *)text);
    xmlFree(text);
    return kept;
}

static xmlNode *world_node(const world *w, const char *name) {
    for (xmlNode *n = xmlDocGetRootElement(w->doc)->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0)
            return n;
    return NULL;
}

static const char *world_attr(world *w, xmlNode *n, const char *name) {
    return n ? world_keep(w, xmlGetProp(n, (const xmlChar *)name)) : NULL;
}

static vt_answer world_answer(const char *text) {
    return !text ? VT_UNKNOWN : strcmp(text, "yes") == 0 ? VT_TRUE : VT_FALSE;
}

static vt_date world_date(const char *text) {
    vt_date date = {0};

    if (text)
        (void)vt_date_parse(text, &date);
    return date;
}

static bool world_number(void *context, const vt_pack *pack, const vt_doc *doc,
                         vt_fact_number *out) {
    world *w = context;
    xmlNode *n = world_node(w, "number");

    (void)pack;
    (void)doc;
    *out = (vt_fact_number){.used = world_answer(world_attr(w, n, "used")),
                            .allotted = world_answer(world_attr(w, n, "allotted")),
                            .holder = world_attr(w, n, "holder"),
                            .before = world_date(world_attr(w, n, "before")),
                            .after = world_date(world_attr(w, n, "after"))};
    return n != NULL;
}

static bool world_agency(void *context, const char *name, const char *organ, vt_fact_agency *out) {
    world *w = context;
    xmlNode *n = world_node(w, "agency");
    const char *mode = world_attr(w, n, "mode");

    (void)name;
    (void)organ;
    *out = (vt_fact_agency){.superior = world_attr(w, n, "superior"),
                            .place = world_attr(w, n, "place"),
                            .ranks = world_answer(world_attr(w, n, "ranks"))};
    out->mode = !mode                       ? VT_MODE_UNKNOWN
                : strcmp(mode, "head") == 0 ? VT_MODE_HEAD
                                            : VT_MODE_COLLECTIVE;
    return n != NULL;
}

static vt_answer world_may_sign(void *context, const vt_fact_signer *signer) {
    (void)signer;
    return world_answer(world_attr(context, world_node(context, "signer"), "may"));
}

static vt_answer world_authorised(void *context, const vt_fact_signer *signer) {
    (void)signer;
    return world_answer(world_attr(context, world_node(context, "signer"), "authorised"));
}

static bool world_receiver(void *context, const char *name, const char *organ, const char *group,
                           vt_fact_receiver *out) {
    world *w = context;
    xmlNode *n = world_node(w, "receiver");

    (void)organ;
    (void)group;
    *out = (vt_fact_receiver){.known = n ? VT_FALSE : VT_UNKNOWN};
    for (; n; n = n->next) {
        const char *own = n->type == XML_ELEMENT_NODE ? world_attr(w, n, "name") : NULL;
        if (!own || strcmp(own, name) != 0)
            continue;
        const char *copies = world_attr(w, n, "copies");
        *out = (vt_fact_receiver){VT_TRUE, copies ? atoi(copies) : 0};
    }
    return out->known != VT_UNKNOWN;
}

static const char *const *world_names(void *context, size_t *count) {
    world *w = context;

    *count = 0;
    for (xmlNode *n = world_node(w, "name"); n && *count < 32; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "name") == 0)
            w->names[(*count)++] = world_keep(w, xmlNodeGetContent(n));
    return w->names;
}

static const char *world_twin(void *context, const vt_pack *pack, const vt_doc *doc) {
    xmlNode *n = world_node(context, "twin");

    (void)pack;
    (void)doc;
    return n ? world_keep(context, xmlNodeGetContent(n)) : NULL;
}

/* Facts of the text "<facts ...>"; NULL when it is empty. */
static WORLD_UNUSED const vt_facts *world_open(world *w, const char *text) {
    memset(w, 0, sizeof *w);
    if (!*text)
        return NULL;
    w->doc = xmlReadMemory(text, (int)strlen(text), "facts", NULL, 0);
    if (!w->doc)
        abort();
    xmlNode *root = xmlDocGetRootElement(w->doc);
    w->facts = (vt_facts){.context = w,
                          .today = world_date(world_attr(w, root, "today")),
                          .signed_on = world_date(world_attr(w, root, "signed")),
                          .isolated = world_answer(world_attr(w, root, "isolated")),
                          .number = world_number,
                          .agency = world_agency,
                          .may_sign = world_may_sign,
                          .authorised = world_authorised,
                          .receiver = world_receiver,
                          .names = world_names,
                          .twin = world_twin};
    return &w->facts;
}

static WORLD_UNUSED void world_close(world *w) {
    xmlFreeDoc(w->doc);
}

#endif
