/*
 * tests/gen/test_check.c - the rules against their executable specification
 * (the files tests/spec/NAME.md), and against the real cases as judged by hand.
 *
 * A specification file holds, for every rule, examples:
 *
 *     ## HD-30
 *     ```pass state-cong-van
 *     <subject>về việc họp</subject>
 *     ```
 *     ```fail state-cong-van without=to also=RC-01
 *     <subject>về việc họp.</subject>
 *     ```
 *     > part of the message
 *
 * The elements of an example replace those of the same name in the document
 * tests/spec/base/NAME.xml; without= takes some out; type= and rules= set the
 * root's attributes, electronic sets its fields, annex sets its first annex as a file of its own,
 * sans sets it in another family, astray leaves that as if it stood in the main file, renumber
 * numbers pages wrongly.  <pack> and <facts> are told of in tests/gen/spec_world.h: a pack there
 * stands in the place of the one in force, as a bad local pack would.  All examples are composed.
 * A passing example gives no finding at all, a failing one those of its rule and of also=, nothing
 * else.
 */
#include "gen/engine.h"
#include "gen/layout.h"
#include "tests/gen/help.h"
#include "tests/gen/spec_world.h"

#define LINE 2048 /* bytes of a line of the specification */
#define NAMESPACE "urn:vanthu:document:1"

typedef struct shop {
    vt_engine *engine;
    vt_arena *arena;
    vt_findings *list;
} shop;

static int shop_open(void **state) {
    shop *s = calloc(1, sizeof *s);

    assert_non_null(s);
    s->arena = vt_arena_new((size_t)256 << 20);
    s->list = vt_findings_new();
    if (vt_engine_open(&(vt_engine_options){.data = "."}, s->list, &s->engine) != VT_OK)
        fail_msg("%s", help_findings(s->list));
    *state = s;
    return 0;
}

static int shop_close(void **state) {
    shop *s = *state;

    vt_engine_free(s->engine);
    vt_arena_free(s->arena);
    vt_findings_free(s->list);
    free(s);
    return 0;
}

/* ------------------------------------------------------------ an example -- */

typedef struct example {
    char rule[16], base[64], options[LINE], message[LINE];
    char body[8192];
    bool fails;
    int line;
} example;

/* "without=place,to" of the options: the word after the name; "": none. */
static void option(const example *e, const char *name, char out[128]) {
    char key[32];

    snprintf(key, sizeof key, "%s=", name);
    const char *at = strstr(e->options, key);
    snprintf(out, 128, "%.*s", at ? (int)strcspn(at + strlen(key), " ") : 0,
             at ? at + strlen(key) : "");
}

static bool listed(const char *list, const char *name) {
    size_t len = strlen(name);

    for (const char *s = list; (s = strstr(s, name)) != NULL; s += len)
        if ((s == list || s[-1] == ',') && (s[len] == ',' || !s[len]))
            return true;
    return false;
}

static int order_of(const xmlNode *node) {
    for (int el = VT_ISSUER; el <= VT_ENCLOSURE; el++)
        if (node->type == XML_ELEMENT_NODE &&
            strcmp((const char *)node->name, vt_el_name((vt_el)el)) == 0)
            return el;
    return 0;
}

static void take_out(xmlNode *root, const char *names) {
    for (xmlNode *n = root->children, *next; n; n = next) {
        next = n->next;
        if (n->type == XML_ELEMENT_NODE && listed(names, (const char *)n->name)) {
            xmlUnlinkNode(n);
            xmlFreeNode(n);
        }
    }
}

static void put_in(xmlNode *root, xmlNode *node) {
    for (xmlNode *n = root->children; n; n = n->next)
        if (order_of(n) > order_of(node)) {
            xmlAddPrevSibling(n, node);
            return;
        }
    xmlAddChild(root, node);
}

/* The base document with the example's elements in place of its own. */
static void build(const example *e, vt_buf *out) {
    char path[160], names[128], value[128];
    vt_buf wrapped;

    snprintf(path, sizeof path, "tests/spec/base/%s.xml", e->base);
    xmlDoc *doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
    if (!doc)
        fail_msg("line %d: no %s", e->line, path);
    xmlNode *root = xmlDocGetRootElement(doc);
    vt_buf_init(&wrapped, 1 << 20);
    vt_buf_printf(&wrapped, "<x xmlns=\"%s\">%s</x>", NAMESPACE, e->body);
    xmlDoc *part = xmlReadMemory(wrapped.data, (int)wrapped.len, "example", NULL, 0);
    if (!part)
        fail_msg("line %d: not well-formed", e->line);
    option(e, "without", names);
    take_out(root, names);
    for (xmlNode *n = xmlDocGetRootElement(part)->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            take_out(root, (const char *)n->name);
    for (xmlNode *n = xmlDocGetRootElement(part)->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            put_in(root, xmlDocCopyNode(n, doc, 1));
    for (size_t i = 0; i < 2; i++) {
        const char *name = i ? "rules" : "type";
        option(e, name, value);
        if (*value)
            xmlSetProp(root, (const xmlChar *)name, (const xmlChar *)value);
    }
    xmlChar *text = NULL;
    int len = 0;
    xmlDocDumpMemoryEnc(doc, &text, &len, "UTF-8");
    vt_buf_add(out, text, (size_t)len);
    xmlFree(text);
    xmlFreeDoc(part);
    xmlFreeDoc(doc);
    vt_buf_free(&wrapped);
}

/* How a document is to be checked. */
typedef struct how {
    vt_engine *engine; /* NULL: the shop's */
    const vt_facts *facts;
    bool electronic, renumber, shift, annex, astray;
} how;

/* What cannot be set is checked as a tree. */
static vt_layout *composed(shop *s, vt_engine *engine, const vt_pack *pack, const vt_doc *doc,
                           const how *h) {
    const vt_compose_options options = {.electronic = h->electronic || h->annex,
                                        .part = h->annex ? 1 : 0};
    vt_layout *layout = NULL;
    vt_findings *found = vt_findings_new();

    if (vt_compose(engine, pack, doc, &options, s->arena, found, &layout) != VT_OK)
        layout = NULL;
    vt_findings_free(found);
    for (size_t i = 0; layout && h->renumber && i < layout->page_count; i++)
        layout->pages[i].number += i > 0;
    for (size_t i = 0; layout && h->astray && i < layout->tag_count; i++)
        if (layout->tags[i].role == VT_ROLE_PART)
            layout->tags[i].role = VT_ROLE_SECT;
    for (size_t i = 0; layout && h->shift && i < layout->pages[0].run_count; i++) {
        vt_run *run = &layout->pages[0].runs[i];
        const vt_node *node = run->tag == VT_ARTIFACT ? NULL : layout->tags[run->tag].node;
        run->y += node && node->el == VT_DATE ? 6 : 0;
    }
    return layout;
}

static void check_how(shop *s, const void *data, size_t len, const char *name, const how *h) {
    vt_engine *engine = h->engine ? h->engine : s->engine;
    vt_doc *doc = NULL;
    const vt_pack *pack = NULL;

    vt_findings_clear(s->list);
    if (vt_doc_parse(engine, s->arena, data, len, name, "tests/spec/base", s->list, &doc) !=
            VT_OK ||
        vt_findings_count(s->list) > 0)
        fail_msg("%s: %s\n%.*s", name, help_findings(s->list), (int)len, (const char *)data);
    if (vt_pack_choose(engine, doc, s->list, &pack) != VT_OK)
        fail_msg("%s: %s", name, help_findings(s->list));
    vt_status status =
        vt_check_with(engine, pack, doc, composed(s, engine, pack, doc, h), h->facts, s->list);
    assert_int_equal(status, vt_findings_errors(s->list) ? VT_BAD : VT_OK);
    for (size_t i = 0; i < vt_findings_count(s->list); i++) {
        const vt_finding *f = vt_findings_at(s->list, i);
        assert_true(f->place.line > 0 && f->place.path && *f->place.path == '/');
        assert_true(f->remedy && f->source && *f->message);
        assert_true(vt_utf8_valid(f->message, strlen(f->message), NULL));
    }
    vt_arena_reset(s->arena);
}

static void check_bytes(shop *s, const void *data, size_t len, const char *name) {
    check_how(s, data, len, name, &(how){.engine = NULL});
}

/* The pack that a base document is set by. */
static const char *pack_of_base(const char *base) {
    return strncmp(base, "party", 5) == 0   ? "party-hd05"
           : strncmp(base, "youth", 5) == 0 ? "youth-29hd"
                                            : "state-nd30";
}

static void check_example(shop *s, example *e, const char *name) {
    char *pack = world_cut(e->body, "pack"), *facts = world_cut(e->body, "facts");
    char folder[64] = "";
    world w;
    vt_buf bytes;
    how h = {.facts = world_open(&w, facts),
             .electronic = strstr(e->options, "electronic") != NULL,
             .renumber = strstr(e->options, "renumber") != NULL,
             .shift = strstr(e->options, "shift") != NULL,
             .annex = strstr(e->options, "annex") != NULL,
             .astray = strstr(e->options, "astray") != NULL};

    vt_buf_init(&bytes, 1 << 20);
    build(e, &bytes);
    const bool sans = strstr(e->options, "sans") != NULL;
    vt_engine_options options = {.data = "."};
    if (*pack) {
        world_pack(folder, pack_of_base(e->base), pack);
        options.local = folder;
    } else if (sans) {
        world_sans(folder);
        options.fonts = folder;
    }
    if (*folder && vt_engine_open(&options, s->list, &h.engine))
        fail_msg("%s: %s", name, help_findings(s->list));
    check_how(s, bytes.data, bytes.len, name, &h);
    if (*folder)
        vt_engine_free(h.engine);
    if (*pack)
        world_pack_remove(folder);
    else if (sans)
        world_sans_remove(folder);
    world_close(&w);
    vt_buf_free(&bytes);
    free(pack);
    free(facts);
}

static bool run_example(shop *s, example *e) {
    char also[128], name[64];
    bool found = false, said = !*e->message, right = true;

    snprintf(name, sizeof name, "%s, line %d", e->rule, e->line);
    check_example(s, e, name);
    option(e, "also", also);
    for (size_t i = 0; i < vt_findings_count(s->list); i++) {
        const vt_finding *f = vt_findings_at(s->list, i);
        bool own = strcmp(f->id, e->rule) == 0;
        if (!(own && e->fails) && !listed(also, f->id)) {
            print_error("%s: unexpected: %s", name, help_findings(s->list));
            right = false;
            break;
        }
        found = found || own;
        said = said || (own && strstr(f->message, e->message));
    }
    if (right && e->fails && !(found && said)) {
        print_error("%s: not found “%s”: %s\n", name, e->message, help_findings(s->list));
        right = false;
    }
    return right;
}

/* ----------------------------------------------------- the specification -- */

typedef struct spec {
    const char *at;
    int line;
    char rule[16];
} spec;

static bool next_line(spec *sp, char out[LINE]) {
    size_t len = strcspn(sp->at, "\n");

    if (!*sp->at)
        return false;
    snprintf(out, LINE, "%.*s", (int)len, sp->at);
    sp->at += len + (sp->at[len] == '\n');
    sp->line++;
    return true;
}

/* The next example; false at the end of the file. */
static bool next_example(spec *sp, example *e) {
    char line[LINE];
    size_t len = 0;
    int got = 0;

    memset(e, 0, sizeof *e);
    while (next_line(sp, line)) {
        if (sscanf(line, "## %15s", sp->rule) == 1)
            continue;
        e->fails = strncmp(line, "```fail ", 8) == 0;
        if (!e->fails && strncmp(line, "```pass ", 8) != 0)
            continue;
        sscanf(line + 8, "%63s%n", e->base, &got);
        snprintf(e->options, sizeof e->options, "%s", line + 8 + got);
        snprintf(e->rule, sizeof e->rule, "%s", sp->rule);
        e->line = sp->line;
        while (next_line(sp, line) && strcmp(line, "```") != 0)
            len += (size_t)snprintf(e->body + len, sizeof e->body - len, "%s\n", line);
        if (strncmp(sp->at, "> ", 2) == 0 && next_line(sp, line))
            snprintf(e->message, sizeof e->message, "%s", line + 2);
        return true;
    }
    return false;
}

static void specification(void **state) {
    shop *s = *state;
    char *paths[16];
    size_t n = help_files("tests/spec", ".md", paths, 16), count = vt_rule_count();
    int passing[256] = {0}, failing[256] = {0}, wrong = 0;
    example *e = malloc(sizeof *e);

    assert_non_null(e);
    assert_true(n > 0 && count < 256);
    for (size_t i = 0; i < n; i++) {
        vt_buf text = {0};
        assert_int_equal(vt_file_read(paths[i], 1 << 20, &text, s->list), VT_OK);
        spec sp = {.at = text.data};
        while (next_example(&sp, e)) {
            size_t r = 0;
            while (r < count && strcmp(vt_rule_at(r)->id, e->rule) != 0)
                r++;
            if (r == count)
                fail_msg("%s:%d: no rule “%s”", paths[i], e->line, e->rule);
            wrong += !run_example(s, e);
            *(e->fails ? &failing[r] : &passing[r]) += 1;
        }
        vt_buf_free(&text);
        free(paths[i]);
    }
    for (size_t r = 0; r < count; r++)
        if (!passing[r] || !failing[r])
            fail_msg("%s: %d passing, %d failing examples", vt_rule_at(r)->id, passing[r],
                     failing[r]);
    assert_int_equal(wrong, 0);
    free(e);
}

static void base_documents_are_clean(void **state) {
    char *paths[32];
    size_t n = help_files("tests/spec/base", ".xml", paths, 32);

    assert_true(n > 5);
    for (size_t i = 0; i < n; i++) {
        shop *s = *state;
        vt_buf text = {0};
        assert_int_equal(vt_file_read(paths[i], 1 << 20, &text, s->list), VT_OK);
        check_bytes(s, text.data, text.len, paths[i]);
        if (vt_findings_count(s->list))
            fail_msg("%s", help_findings(s->list));
        vt_buf_free(&text);
        free(paths[i]);
    }
}

/* A receiver of a thousand letters without a space: what is said of it stays
   short and is text. */
static void long_words_are_cut(void **state) {
    static const char head[] =
        "<document xmlns=\"" NAMESPACE
        "\" system=\"state\" type=\"cong-van\"><issuer abbr=\"A\"><name>Sở Xây dựng</name></issuer>"
        "<number unit=\"B\"/><place>Lam Giang</place><subject>họp</subject><to><recipient>";
    static const char tail[] = ";</recipient></to><body><p>Họp</p></body><copies><as-above/>"
                               "<archive>VT</archive></copies></document>";
    shop *s = *state;

    for (size_t shift = 0; shift < 4; shift++) {
        vt_buf text;
        vt_buf_init(&text, 1 << 20);
        vt_buf_puts(&text, head);
        vt_buf_add(&text, "aaaa", shift);
        for (int i = 0; i < 1000; i++)
            vt_buf_puts(&text, "ộ");
        vt_buf_puts(&text, tail);
        check_bytes(s, text.data, text.len, "long");
        size_t i = 0; /* others speak of its length */
        while (i < vt_findings_count(s->list) &&
               strcmp(vt_findings_at(s->list, i)->id, "RC-03") != 0)
            i++;
        assert_true(i < vt_findings_count(s->list));
        const vt_finding *f = vt_findings_at(s->list, i);
        assert_true(strlen(f->excerpt) < 300 &&
                    vt_utf8_valid(f->excerpt, strlen(f->excerpt), NULL));
        vt_buf_free(&text);
    }
}

/* ------------------------------------------------------------ the table -- */

static void rules_are_told(void **state) {
    (void)state;
    for (size_t i = 0; i < vt_rule_count(); i++) {
        const vt_rule *r = vt_rule_at(i);
        assert_true(*r->id && *r->source && *r->title && *r->remedy);
        assert_true(*r->why && *r->wrong && *r->right && strcmp(r->wrong, r->right) != 0);
        assert_true(r->confidence && strchr("ABCUD", r->confidence));
        assert_true(r->systems != 0 && (r->tree || r->pages || r->facts));
        assert_ptr_equal(vt_rule_named(r->id), r); /* no id twice */
    }
    assert_null(vt_rule_at(vt_rule_count()));
    assert_null(vt_rule_named("XX-99"));
    /* which annex nobody mentions, the message says; not always the first */
    assert_null(strstr(vt_rule_named("BD-18")->remedy, "Phụ lục I"));
}

/* Every check of the rules' list is a rule of ours, or docs/rules.md says why not. */
static void the_list_is_accounted_for(void **state) {
    shop *s = *state;
    const char *shared = getenv("VT_SHARED");
    char path[512], id[8];
    vt_buf list = {0}, docs = {0};
    int missing = 0, seen = 0;

    snprintf(path, sizeof path, "%s/rules/the-thuc.md", shared ? shared : "../shared");
    if (access(path, R_OK) != 0) {
        print_message("no list of rules: SKIP\n");
        skip();
    }
    assert_int_equal(vt_file_read(path, 1 << 20, &list, s->list), VT_OK);
    assert_int_equal(vt_file_read("docs/rules.md", 1 << 20, &docs, s->list), VT_OK);
    for (const char *at = list.data; (at = strstr(at, "\n| ")) != NULL; at++) {
        int end = 0;
        if (sscanf(at, "\n| %5[A-Z0-9-] |%n", id, &end) != 1 || !end || strlen(id) != 5 ||
            id[2] != '-')
            continue;
        seen++;
        if (!vt_rule_named(id) && !strstr(docs.data, id)) {
            print_error("%s is neither a rule nor explained\n", id);
            missing++;
        }
    }
    assert_true(seen > 100);
    assert_int_equal(missing, 0);
    vt_buf_free(&list);
    vt_buf_free(&docs);
}

/* ------------------------------------------------------- hostile lengths -- */

/* A megabyte of what each rule looks for: a rule that looked at all of a text for
   every place in it would take hours. */
static void long_texts_take_linear_time(void **state) {
    static const char *const pieces[] = {"[",
                                         "a,a",
                                         "./. ",
                                         "Phụ lục I, ",
                                         "Điều 1, khoản 2 ",
                                         "số 1-KH/TU ",
                                         "1/1/1/",
                                         "nhân dân ",
                                         "UBND huyện ",
                                         "(BCĐ ",
                                         "ngày 1 tháng ",
                                         "v.v. a",
                                         "khoản 1 Điều 9, ",
                                         "tỉnh Lam tỉnh "};
    shop *s = *state;

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        vt_buf text;
        vt_doc *doc = NULL;
        const vt_pack *pack = NULL;
        vt_buf_init(&text, 2 << 20);
        vt_buf_puts(&text, "<document xmlns=\"" NAMESPACE
                           "\" system=\"state\" type=\"quy-che\"><issuer abbr=\"A\"><name>Sở Xây "
                           "dựng</name></issuer><body><article><p>");
        while (text.len < 1000000)
            vt_buf_puts(&text, pieces[i]);
        vt_buf_puts(&text, "</p></article></body></document>");
        vt_findings_clear(s->list);
        alarm(120);
        assert_int_equal(
            vt_doc_parse(s->engine, s->arena, text.data, text.len, "long", NULL, s->list, &doc),
            VT_OK);
        assert_int_equal(vt_pack_choose(s->engine, doc, s->list, &pack), VT_OK);
        assert_int_not_equal(vt_check(s->engine, pack, doc, s->list), VT_FAIL);
        alarm(0);
        assert_false(vt_findings_overflowed(s->list));
        vt_arena_reset(s->arena);
        vt_buf_free(&text);
    }
}

/* --------------------------------------------------- models and examples -- */

/* What our own models make of our own examples breaks no rule. */
static void check_model(shop *s, const char *model_path, const char *data_path) {
    vt_model *model = NULL;
    vt_data *data = NULL;

    vt_findings_clear(s->list);
    if (vt_model_open(s->engine, model_path, s->list, &model) != VT_OK ||
        vt_data_open(data_path, s->list, &data) != VT_OK)
        fail_msg("%s: %s", model_path, help_findings(s->list));
    for (size_t i = 0; i < vt_data_count(data); i++) {
        vt_doc *doc = NULL;
        const vt_pack *pack = NULL;
        if (vt_merge(model, data, i, s->arena, s->list, &doc) != VT_OK ||
            vt_pack_choose(s->engine, doc, s->list, &pack) != VT_OK ||
            vt_check(s->engine, pack, doc, s->list) != VT_OK || vt_findings_count(s->list) > 0)
            fail_msg("%s, record %zu: %s", data_path, i, help_findings(s->list));
        vt_arena_reset(s->arena);
    }
    vt_data_free(data);
    vt_model_free(model);
}

static void models_make_clean_documents(void **state) {
    char *data[64], name[128], model[256];
    size_t n = help_files("templates/examples", "", data, 64);
    int made = 0;

    for (size_t i = 0; i < n; i++) {
        const char *file = strrchr(data[i], '/') + 1;
        const char *system = strncmp(file, "dang-", 5) == 0   ? "party"
                             : strncmp(file, "doan-", 5) == 0 ? "youth"
                                                              : "state";
        snprintf(name, sizeof name, "%s", file + (strcmp(system, "state") != 0 ? 5 : 0));
        name[strcspn(name, ".")] = '\0';
        snprintf(model, sizeof model, "templates/%s/%s.xml", system, name);
        if (*name && access(model, R_OK) == 0) {
            check_model(*state, model, data[i]);
            made++;
        }
        free(data[i]);
    }
    assert_true(made > 5);
}

/* --------------------------------------------------------- the real cases -- */

#define JUDGED "tests/spec/cases.md" /* by hand, with the reason for each */
#define CASE_FACTS                                                                                 \
    "<facts today=\"2026-11-29\"><name>Sở Lao động - Thương binh và Xã hội</name></facts>"

typedef struct judged {
    int line;
    char id[16], words[128];
    bool found;
} judged;

/* The rows of a case's table: "| 19 | CP-02 | words | why |". */
static size_t judged_of(const char *text, const char *name, judged out[64]) {
    char head[160], why[1024];
    size_t n = 0;

    snprintf(head, sizeof head, "### %s\n", name);
    const char *at = strstr(text, head);
    if (!at)
        fail_msg("%s has nothing on %s", JUDGED, name);
    for (at = strchr(at, '\n') + 1; *at && strncmp(at, "###", 3) != 0 && n < 64;
         at += strcspn(at, "\n") + 1) {
        judged *j = &out[n];
        *j = (judged){.found = false};
        if (sscanf(at, "| %d | %15[^ ] | %127[^|]| %1023[^|]|", &j->line, j->id, j->words, why) ==
            4) {
            j->words[strlen(j->words) - 1] = '\0'; /* the space before the bar */
            n++;
        }
    }
    return n;
}

static bool is_judged(judged *list, size_t n, const vt_finding *f) {
    for (size_t i = 0; i < n; i++)
        if (!list[i].found && list[i].line == f->place.line && strcmp(list[i].id, f->id) == 0 &&
            (strstr(f->message, list[i].words) ||
             (f->excerpt && strstr(f->excerpt, list[i].words))))
            return list[i].found = true;
    return false;
}

static int judge_case(shop *s, const char *path, const char *judgement) {
    const char *slash = strrchr(path, '/');
    char name[128];
    judged list[64];
    vt_buf text = {0};
    int wrong = 0;

    snprintf(name, sizeof name, "%.*s", (int)strcspn(slash + 1, "."), slash + 1);
    const size_t n = judged_of(judgement, name, list);
    assert_int_equal(vt_file_read(path, 1 << 20, &text, s->list), VT_OK);
    world w;
    check_how(s, text.data, text.len, path, &(how){.facts = world_open(&w, CASE_FACTS)});
    world_close(&w);
    for (size_t k = 0; k < vt_findings_count(s->list); k++) {
        const vt_finding *f = vt_findings_at(s->list, k);
        if (is_judged(list, n, f))
            continue;
        print_error("%s:%d: false alarm: %s %s «%s»\n", name, f->place.line, f->id, f->message,
                    f->excerpt ? f->excerpt : "");
        wrong++;
    }
    for (size_t k = 0; k < n; k++)
        if (!list[k].found) {
            print_error("%s:%d: missed: %s “%s”\n", name, list[k].line, list[k].id, list[k].words);
            wrong++;
        }
    vt_buf_free(&text);
    return wrong;
}

static void cases_as_judged(void **state) {
    shop *s = *state;
    char *paths[64];
    size_t n = help_cases(paths, 64);
    vt_buf judgement = {0};
    int wrong = 0;

    if (n == 0) {
        print_message("no cases: SKIP\n");
        skip();
    }
    assert_int_equal(vt_file_read(JUDGED, 1 << 20, &judgement, s->list), VT_OK);
    for (size_t i = 0; i < n; i++) {
        wrong += judge_case(s, paths[i], judgement.data);
        free(paths[i]);
    }
    vt_buf_free(&judgement);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_told),
        cmocka_unit_test(base_documents_are_clean),
        cmocka_unit_test(specification),
        cmocka_unit_test(the_list_is_accounted_for),
        cmocka_unit_test(long_words_are_cut),
        cmocka_unit_test(long_texts_take_linear_time),
        cmocka_unit_test(models_make_clean_documents),
        cmocka_unit_test(cases_as_judged),
    };

    return cmocka_run_group_tests(tests, shop_open, shop_close);
}
