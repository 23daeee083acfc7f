/*
 * tests/gen/test_types.c - the packs' types of documents against the table of
 * types that was made from the regulations (rules/doc-types.csv of the shared
 * folder): the same types, no more and no less, by the same names, with the
 * same abbreviation, and a number line that reads as the table prints it.
 */
#include "gen/data.h"
#include "gen/engine.h"
#include "gen/pack.h"
#include "tests/gen/help.h"

#define TYPES_MAX 200
#define PACKS_MAX 16

typedef struct table {
    vt_engine engine;
    vt_findings *list;
    vt_data *data;
    vt_value *rows[TYPES_MAX];
    size_t count;
} table;

static void close_table(table *t) {
    vt_data_free(t->data);
    vt_arena_free(t->engine.arena);
    vt_findings_free(t->list);
}

/* Skips the test when the table is not at hand. */
static void open_table(table *t) {
    const char *shared = getenv("VT_SHARED");
    char path[4096];
    FILE *file;

    memset(t, 0, sizeof *t);
    snprintf(path, sizeof path, "%s/rules/doc-types.csv", shared ? shared : "../shared");
    if (!(file = fopen(path, "r"))) {
        printf("skipped: no %s (VT_SHARED names another folder)\n", path);
        skip();
    }
    fclose(file);
    t->engine.arena = vt_arena_new((size_t)64 << 20);
    t->engine.data = (char *)(uintptr_t) ".";
    t->list = vt_findings_new();
    if (vt_packs_find(&t->engine, t->list) != VT_OK ||
        vt_data_open(path, t->list, &t->data) != VT_OK)
        fail_msg("%s", help_findings(t->list));
    t->count = vt_data_count(t->data);
    assert_in_range(t->count, 1, TYPES_MAX);
    for (size_t i = 0; i < t->count; i++)
        assert_int_equal(vt_data_record(t->data, i, t->engine.arena, t->list, &t->rows[i]), VT_OK);
}

static const char *cell(const vt_value *row, const char *name) {
    for (; row; row = row->next)
        if (strcmp(row->name, name) == 0)
            return row->text;
    return "";
}

static vt_wanted wanted(const char *word) {
    return strcmp(word, "yes") == 0 ? VT_YES : strcmp(word, "optional") == 0 ? VT_OPTIONAL : VT_NO;
}

static const vt_pack *pack_at(table *t, const char *path) {
    const vt_pack *pack = NULL;
    const char *name = strrchr(path, '/') + 1;
    const char *id = vt_strndup(t->engine.arena, name, strlen(name) - strlen(".xml"));

    if (vt_pack_named(&t->engine, id, t->list, &pack) != VT_OK)
        fail_msg("%s", help_findings(t->list));
    return pack;
}

/* A document whose number reads as the example: "Số: 12/UBND-VX" is of issuer
   UBND and unit VX, "Số: 22/NQ-HĐND" of issuer HĐND. */
static const char *number_line(table *t, const vt_pack *pack, const vt_type *type,
                               const char *example) {
    vt_arena *arena = t->engine.arena;
    vt_doc doc = {.arena = arena, .file = "", .system = pack->system};
    const char *digits = strpbrk(example, "0123456789");
    const char *issuer = strrchr(example, '/') + 1, *unit = NULL;

    if (pack->system == VT_STATE && type->has_heading)
        issuer = strchr(issuer, '-') + 1;
    else if ((unit = strchr(issuer, '-')) != NULL)
        issuer = vt_strndup(arena, issuer, (size_t)(unit++ - issuer));
    doc.root = vt_node_new(arena, VT_DOCUMENT, 1);
    vt_node *from = vt_node_new(arena, VT_ISSUER, 2), *number = vt_node_new(arena, VT_NUMBER, 3);
    assert_true(vt_attr_set(arena, doc.root, VT_AT_TYPE, type->slug));
    assert_true(vt_attr_set(arena, from, VT_AT_ABBR, issuer));
    assert_true(vt_attr_set(arena, number, VT_AT_UNIT, unit));
    vt_append(doc.root, from);
    vt_append(doc.root, number);
    return vt_number_line(arena, pack, &doc,
                          vt_strndup(arena, digits, strspn(digits, "0123456789")));
}

static void compare(table *t, const vt_pack *pack, const vt_value *row) {
    const char *slug = cell(row, "slug"), *name = cell(row, "type-vi");
    const char *example = cell(row, "number-pattern-example");
    const vt_type *type = vt_pack_type(pack, slug);
    size_t len = strstr(name, " (") ? (size_t)(strstr(name, " (") - name) : strlen(name);

    if (!type || type->attached_only)
        fail_msg("%s: no type %s", pack->id, slug);
    if (strlen(type->name) != len || strncmp(type->name, name, len) != 0)
        fail_msg("%s: %s is called %s", pack->id, slug, type->name);
    if (type->has_heading != (wanted(cell(row, "has-type-heading")) == VT_YES) ||
        type->basis != wanted(cell(row, "needs-can-cu")))
        fail_msg("%s: heading or basis of %s", pack->id, slug);
    if (type->addressed != wanted(cell(row, "addressed-to")) &&
        strcmp(slug, "bao-cao") != 0) /* Party: to a higher body, too */
        fail_msg("%s: is %s addressed?", pack->id, slug);
    if (!*example)
        return;
    assert_string_equal(type->abbr, cell(row, "abbreviation"));
    assert_string_equal(number_line(t, pack, type, example), example);
}

/* Every type of the table is in each pack of its system. */
static void packs_have_all_types(void **state) {
    char *paths[PACKS_MAX];
    size_t n;
    table t;

    (void)state;
    open_table(&t); /* or skip */
    n = help_files("templates/rules", ".xml", paths, PACKS_MAX);
    assert_true(n >= 4);
    for (size_t k = 0; k < n; k++) {
        const vt_pack *pack = pack_at(&t, paths[k]);
        size_t of_system = 0;
        for (size_t i = 0; i < t.count; i++)
            if (strcmp(cell(t.rows[i], "system"), vt_system_name(pack->system)) == 0) {
                compare(&t, pack, t.rows[i]);
                of_system++;
            }
        assert_true(of_system > 0);
        free(paths[k]);
    }
    close_table(&t);
}

static bool in_table(const table *t, const vt_pack *pack, const vt_type *type) {
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(cell(t->rows[i], "system"), vt_system_name(pack->system)) == 0 &&
            strcmp(cell(t->rows[i], "slug"), type->slug) == 0)
            return true;
    return false;
}

/* A pack invents no type; what only exists attached to another is no type. */
static void packs_have_no_other_types(void **state) {
    char *paths[PACKS_MAX];
    size_t n;
    table t;

    (void)state;
    open_table(&t); /* or skip */
    n = help_files("templates/rules", ".xml", paths, PACKS_MAX);
    for (size_t k = 0; k < n; k++) {
        const vt_pack *pack = pack_at(&t, paths[k]);
        for (size_t i = 0; i < pack->type_count; i++)
            if (!pack->types[i].attached_only && !in_table(&t, pack, &pack->types[i]))
                fail_msg("%s: %s is not in the table", pack->id, pack->types[i].slug);
        free(paths[k]);
    }
    close_table(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packs_have_all_types),
        cmocka_unit_test(packs_have_no_other_types),
    };

    return cmocka_run_group_tests_name("types", tests, NULL, NULL);
}
