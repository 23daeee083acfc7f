/*
 * tests/tools/ua_check.c - is a PDF tagged as PDF/UA-1 (ISO 14289-1) wants it?
 *
 *   ua_check FILE ...   a line per breach: FILE, rule, where; status 1 if any
 *
 * The rules a program can decide and our files can break.  tests/referee
 * breaks a good file in every one of these ways and sees that it is told.
 */
#include "tests/tools/ua_table.h"

enum { MAX_PAGES = 20000, MAX_MCIDS = 65536, MAX_DEPTH = 64, CODES = 65536 };

static const char *file;
static int breaches;

#define breach(rule, ...)                                                                          \
    do {                                                                                           \
        printf("%s: %s ", file, rule);                                                             \
        printf(__VA_ARGS__);                                                                       \
        putchar('\n');                                                                             \
        breaches++;                                                                                \
    } while (0)

typedef struct page {
    json_t *ref, *dict;
    bool has_content[MAX_MCIDS]; /* by MCID: seen in the content stream */
    bool claimed[MAX_MCIDS];     /* by MCID: some element holds it */
    int mcids;                   /* highest + 1 */
} page;

static page *pages[MAX_PAGES];
static size_t page_count;
static json_t *catalog, *tree, *parents; /* parents: key -> value of the parent tree */

/* --------------------------------------------------------------- pages -- */

static void find_pages(json_t *node, int depth) {
    json_t *kids = pdf_get(node, "/Kids"), *kid;
    size_t i;

    json_array_foreach(kids, i, kid) {
        if (depth < MAX_DEPTH && strcmp(pdf_text(pdf_get(kid, "/Type")), "/Pages") == 0)
            find_pages(kid, depth + 1);
        else if (page_count < MAX_PAGES) {
            page *p = calloc(1, sizeof *p);

            p->ref = kid;
            p->dict = pdf_value(kid);
            pages[page_count++] = p;
        }
    }
}

static page *page_of(json_t *ref) {
    for (size_t i = 0; i < page_count; i++)
        if (pdf_is_ref(ref) &&
            strcmp(json_string_value(pages[i]->ref), json_string_value(ref)) == 0)
            return pages[i];
    return NULL;
}

/* ------------------------------------------------------------ the fonts -- */

static unsigned hex(const char **s) {
    unsigned n = 0;

    for (; **s && **s != '>'; (*s)++) {
        char c = **s;

        if (c >= '0' && c <= '9')
            n = n * 16 + (unsigned)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            n = n * 16 + (unsigned)((c | 32) - 'a' + 10);
    }
    return n;
}

/* The next <hex> before `end`, its value; false: no more. */
static bool next_hex(const char **s, const char *end, unsigned *out) {
    const char *at = memchr(*s, '<', (size_t)(end - *s));

    if (!at)
        return false;
    *s = at + 1;
    *out = hex(s);
    return true;
}

static void map_code(bool *known, unsigned code, unsigned text) {
    if (code < CODES)
        known[code] = text != 0 && text != 0xFEFF && text != 0xFFFE;
}

/* "<from> <to> <text>" or "<from> <to> [<text> <text> ...]". */
static void read_range(const char **s, const char *end, unsigned from, bool *known) {
    const char *list;
    unsigned to, text;

    if (!next_hex(s, end, &to))
        return;
    list = *s + strspn(*s, "> \r\n");
    if (*list == '[') {
        const char *last = strchr(list, ']');

        while (last && next_hex(s, last, &text))
            map_code(known, from++, text);
        return;
    }
    if (next_hex(s, end, &text))
        for (; from <= to && from < CODES; from++)
            map_code(known, from, text++);
}

static void read_cmap(const char *cmap, bool *known) {
    for (const char *s = cmap; (s = strstr(s, "beginbf")) != NULL;) {
        bool range = strncmp(s, "beginbfrange", 12) == 0;
        const char *end = strstr(s, "endbf");
        unsigned code, text;

        if (!end)
            break;
        while (next_hex(&s, end, &code)) {
            if (range)
                read_range(&s, end, code, known);
            else if (next_hex(&s, end, &text))
                map_code(known, code, text);
        }
        s = end + 1;
    }
}

/* Which codes the font's ToUnicode gives a text; NULL: it has none. */
static bool *to_unicode(json_t *font) {
    static struct {
        json_t *font;
        bool *known;
    } seen[64];
    size_t len, i = 0;
    char *cmap;

    while (i < 63 && seen[i].font && seen[i].font != font)
        i++;
    if (seen[i].font == font)
        return seen[i].known;
    free(seen[i].known);
    seen[i].font = font;
    cmap = pdf_stream(json_object_get(font, "/ToUnicode"), &len);
    seen[i].known = cmap ? calloc(CODES, sizeof(bool)) : NULL;
    if (seen[i].known)
        read_cmap(cmap, seen[i].known);
    free(cmap);
    return seen[i].known;
}

/* -------------------------------------------------------- content stream -- */

typedef struct reader {
    const char *s, *end;
    page *page;
    size_t number;     /* of the page, from 1 */
    char operand[128]; /* the last name before the operator */
    long mcid;         /* of the last property list, -1 none */
    json_t *fonts;
    char font[128];
    bool *known;
    unsigned char *codes; /* of the strings before the operator */
    size_t code_len;
    struct {
        bool artifact, tagged;
    } open[MAX_DEPTH];
    int depth;
} reader;

static void add_code(reader *r, int byte) {
    r->codes[r->code_len++] = (unsigned char)byte;
}

static void read_literal(reader *r) {
    int nested = 1;

    for (; r->s < r->end; r->s++) {
        char c = *r->s;

        if (c == '\\' && r->s + 1 < r->end) {
            static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
            const char *at;

            c = *++r->s;
            at = strchr(from, c);
            if (c >= '0' && c <= '7') {
                int n = 0;

                for (int i = 0; i < 3 && *r->s >= '0' && *r->s <= '7'; i++)
                    n = n * 8 + *r->s++ - '0';
                r->s--;
                add_code(r, n & 0xFF);
            } else if (c != '\n')
                add_code(r, at ? to[at - from] : c);
            continue;
        }
        if (c == '(')
            nested++;
        if (c == ')' && --nested == 0) {
            r->s++;
            return;
        }
        add_code(r, c);
    }
}

static void read_hex(reader *r) {
    int half = -1;

    for (; r->s < r->end && *r->s != '>'; r->s++) {
        char c = *r->s, lower = (char)(c | 32);
        int digit = c >= '0' && c <= '9'           ? c - '0'
                    : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
                                                   : -1;

        if (digit < 0)
            continue;
        if (half < 0)
            half = digit;
        else {
            add_code(r, half * 16 + digit);
            half = -1;
        }
    }
    r->s++;
}

static bool delimiter(char c) {
    return strchr("()<>[]{}/% \t\r\n\f", c) != NULL; /* NUL too */
}

static size_t read_word(reader *r, char *out, size_t room) {
    size_t len = 0;

    while (r->s < r->end && !delimiter(*r->s)) {
        if (len + 1 < room)
            out[len++] = *r->s;
        r->s++;
    }
    out[len] = '\0';
    return len;
}

static void check_text(reader *r) {
    bool told = false;

    if (!r->known)
        breach("UA-15", "page %zu: font %s has no ToUnicode", r->number, r->font);
    for (size_t i = 0; r->known && i + 1 < r->code_len && !told; i += 2) {
        unsigned code = (unsigned)r->codes[i] << 8 | r->codes[i + 1];

        if (!r->known[code]) {
            breach("UA-15", "page %zu: font %s code %04X has no text", r->number, r->font, code);
            told = true;
        }
    }
}

static void begin_content(reader *r, bool listed) {
    bool artifact = strcmp(r->operand, "/Artifact") == 0;
    long mcid = listed ? r->mcid : -1;

    if (r->depth == MAX_DEPTH - 1)
        return;
    if (r->depth && (r->open[r->depth].artifact ? mcid >= 0 : artifact && r->open[r->depth].tagged))
        breach("UA-21", "page %zu: tagged content and artifact inside one another", r->number);
    r->depth++;
    r->open[r->depth].artifact = artifact || r->open[r->depth - 1].artifact;
    r->open[r->depth].tagged = mcid >= 0 || r->open[r->depth - 1].tagged;
    if (mcid < 0 || mcid >= MAX_MCIDS)
        return;
    if (r->page->has_content[mcid])
        breach("UA-08", "page %zu: MCID %ld twice", r->number, mcid);
    r->page->has_content[mcid] = true;
    if (mcid >= r->page->mcids)
        r->page->mcids = (int)mcid + 1;
}

static void operate(reader *r, const char *op) {
    static const char *const shows[] = {"Tj", "TJ", "'", "\"", "S",  "s",  "f",  "F", "f*",
                                        "B",  "B*", "b", "b*", "sh", "Do", "EI", NULL};

    if (strcmp(op, "Tf") == 0) {
        snprintf(r->font, sizeof r->font, "%s", r->operand);
        r->known = to_unicode(pdf_get(r->fonts, r->operand));
    } else if (strcmp(op, "BDC") == 0 || strcmp(op, "BMC") == 0)
        begin_content(r, op[1] == 'D');
    else if (strcmp(op, "EMC") == 0) {
        if (r->depth == 0)
            breach("UA-07", "page %zu: EMC without beginning", r->number);
        else
            r->depth--;
    }
    for (size_t i = 0; shows[i]; i++) {
        if (strcmp(op, shows[i]) != 0)
            continue;
        if (!r->open[r->depth].artifact && !r->open[r->depth].tagged)
            breach("UA-07", "page %zu: %s outside of any tag or artifact", r->number, op);
        if (i < 4 && !r->open[r->depth].artifact)
            check_text(r);
    }
    r->operand[0] = '\0';
    r->mcid = -1;
    r->code_len = 0;
}

static void read_content(reader *r) {
    char word[128];

    while (r->s < r->end) {
        char c = *r->s;

        if (c == '/') {
            r->s++;
            read_word(r, word, sizeof word);
            if (strcmp(word, "MCID") == 0)
                r->mcid = strtol(r->s, NULL, 10);
            else if (!r->operand[0])
                snprintf(r->operand, sizeof r->operand, "/%.120s", word);
        } else if (c == '(') {
            r->s++;
            read_literal(r);
        } else if (c == '<' && r->s[1] != '<') {
            r->s++;
            read_hex(r);
        } else if (delimiter(c))
            r->s += c == '<' || (c == '>' && r->s[1] == '>') ? 2 : 1;
        else {
            read_word(r, word, sizeof word);
            if (!strchr("0123456789+-.", word[0]))
                operate(r, word);
        }
    }
    if (r->depth)
        breach("UA-07", "page %zu: marked content is not ended", r->number);
}

static void check_page_content(size_t index) {
    page *p = pages[index];
    size_t len;
    char *content = pdf_stream(json_object_get(p->dict, "/Contents"), &len);
    reader r = {.s = content,
                .end = content + len,
                .page = p,
                .number = index + 1,
                .mcid = -1,
                .codes = malloc(len + 1)};

    r.fonts = pdf_get(pdf_get(p->dict, "/Resources"), "/Font");
    if (content)
        read_content(&r);
    free(r.codes);
    free(content);
}

/* ---------------------------------------------------------- parent tree -- */

static void read_numbers(json_t *node, int depth) {
    json_t *nums = pdf_get(node, "/Nums"), *kids = pdf_get(node, "/Kids"), *kid;
    char key[32];
    size_t i;

    for (i = 0; i + 1 < json_array_size(nums); i += 2) {
        snprintf(key, sizeof key, "%lld", json_integer_value(json_array_get(nums, i)));
        json_object_set(parents, key, json_array_get(nums, i + 1));
    }
    json_array_foreach(kids, i, kid) if (depth < MAX_DEPTH) read_numbers(kid, depth + 1);
}

static json_t *parent_entry(json_t *number) {
    char key[32];

    if (!json_is_integer(number))
        return NULL;
    snprintf(key, sizeof key, "%lld", json_integer_value(number));
    return json_object_get(parents, key);
}

static bool same_ref(json_t *a, json_t *b) {
    return pdf_is_ref(a) && pdf_is_ref(b) &&
           strcmp(json_string_value(a), json_string_value(b)) == 0;
}

/* ------------------------------------------------------------- elements -- */

static const char *const roles[] = {
    "/Document", "/Part",  "/Art",   "/Sect",      "/Div",     "/BlockQuote", "/Caption",
    "/TOC",      "/TOCI",  "/Index", "/NonStruct", "/Private", "/P",          "/H",
    "/H1",       "/H2",    "/H3",    "/H4",        "/H5",      "/H6",         "/L",
    "/LI",       "/Lbl",   "/LBody", "/Table",     "/TR",      "/TH",         "/TD",
    "/THead",    "/TBody", "/TFoot", "/Span",      "/Quote",   "/Note",       "/Reference",
    "/BibEntry", "/Code",  "/Link",  "/Annot",     "/Ruby",    "/Warichu",    "/Figure",
    "/Formula",  "/Form",  NULL};

/* What may stand directly inside what, where that is not free. */
static const struct {
    const char *child, *parents;
} nesting[] = {
    {"/LI", "/L"},        {"/Lbl", "/LI /Note /TOCI"},
    {"/LBody", "/LI"},    {"/TR", "/Table /THead /TBody /TFoot"},
    {"/TH", "/TR"},       {"/TD", "/TR"},
    {"/THead", "/Table"}, {"/TBody", "/Table"},
    {"/TFoot", "/Table"},
};

static int heading; /* level of the last one */
static json_t *note_ids;

static void check_role(const char *role, const char *above, const char *where) {
    size_t i = 0;

    while (roles[i] && strcmp(roles[i], role) != 0)
        i++;
    if (!roles[i])
        breach("UA-10", "%s: %s is no standard type", where, role);
    for (i = 0; i < sizeof nesting / sizeof *nesting; i++)
        if (strcmp(nesting[i].child, role) == 0) {
            const char *at = strstr(nesting[i].parents, above);
            size_t len = strlen(above);

            if (!len || !at || (at[len] && at[len] != ' '))
                breach("UA-17", "%s: %s inside %s", where, role, above);
        }
    if (role[1] == 'H' && role[2] >= '1' && role[2] <= '6') {
        if (role[2] - '0' > heading + 1)
            breach("UA-11", "%s: %s after H%d", where, role, heading);
        heading = role[2] - '0';
    }
}

static void check_attributes(json_t *element, const char *role, const char *where) {
    if (strcmp(role, "/Figure") == 0 && !*pdf_text(pdf_get(element, "/Alt")))
        breach("UA-16", "%s: Figure without Alt", where);
    if (strcmp(role, "/TH") == 0 && !*pdf_text(pdf_get(pdf_get(element, "/A"), "/Scope")))
        breach("UA-20", "%s: TH without Scope", where);
    if (strcmp(role, "/Table") == 0 && ua_table_fault(element))
        breach("UA-22", "%s: %s", where, ua_table_fault(element));
    if (strcmp(role, "/Note") == 0) {
        const char *id = pdf_text(pdf_get(element, "/ID"));

        if (!*id || json_object_get(note_ids, id))
            breach("UA-19", "%s: Note without an ID of its own", where);
        json_object_set_new(note_ids, id, json_true());
    }
}

static void check_mcid(json_t *element, json_t *page_ref, long mcid, const char *where) {
    page *p = page_of(page_ref);
    json_t *entry = p ? pdf_value(parent_entry(json_object_get(p->dict, "/StructParents"))) : NULL;

    if (!p || mcid < 0 || mcid >= MAX_MCIDS || !p->has_content[mcid]) {
        breach("UA-09", "%s: MCID %ld is not on its page", where, mcid);
        return;
    }
    if (p->claimed[mcid])
        breach("UA-09", "%s: MCID %ld belongs to two elements", where, mcid);
    p->claimed[mcid] = true;
    if (!same_ref(json_array_get(entry, (size_t)mcid), element))
        breach("UA-09", "%s: the parent tree gives MCID %ld to another", where, mcid);
}

static void check_widget(json_t *element, json_t *widget, const char *role, const char *where) {
    if (strcmp(role, "/Form") != 0)
        breach("UA-12", "%s: a field inside %s", where, role);
    if (!same_ref(parent_entry(json_object_get(pdf_value(widget), "/StructParent")), element))
        breach("UA-12", "%s: the parent tree gives the field to another", where);
    json_object_set_new(pdf_value(widget), "claimed", json_true());
}

static void check_element(json_t *element, json_t *parent, const char *above, int depth);

static void check_kid(json_t *element, json_t *kid, json_t *page_ref, const char *role, int depth) {
    const char *where = json_string_value(element);
    const char *type = pdf_text(pdf_get(kid, "/Type"));

    if (json_is_integer(kid))
        check_mcid(element, page_ref, (long)json_integer_value(kid), where);
    else if (strcmp(type, "/MCR") == 0) {
        json_t *own = json_object_get(pdf_value(kid), "/Pg");

        check_mcid(element, own ? own : page_ref, (long)json_integer_value(pdf_get(kid, "/MCID")),
                   where);
    } else if (strcmp(type, "/OBJR") == 0)
        check_widget(element, json_object_get(pdf_value(kid), "/Obj"), role, where);
    else
        check_element(kid, element, role, depth + 1);
}

static void check_element(json_t *element, json_t *parent, const char *above, int depth) {
    const char *role = pdf_text(pdf_get(element, "/S")), *where = json_string_value(element);
    json_t *kids = pdf_get(element, "/K"), *kid, *page_ref;
    size_t i;

    if (!where || depth > MAX_DEPTH || !*role) {
        breach("UA-18", "%s: not a structure element", where ? where : "?");
        return;
    }
    if (!same_ref(json_object_get(pdf_value(element), "/P"), parent))
        breach("UA-18", "%s: its parent is another", where);
    check_role(role, above, where);
    check_attributes(element, role, where);
    page_ref = json_object_get(pdf_value(element), "/Pg");
    if (json_is_array(kids))
        json_array_foreach(kids, i, kid) check_kid(element, kid, page_ref, role, depth);
    else if (kids)
        check_kid(element, json_object_get(pdf_value(element), "/K"), page_ref, role, depth);
}

/* ---------------------------------------------------------- whole file -- */

static void check_catalog(void) {
    size_t len;
    char *xmp = pdf_stream(json_object_get(catalog, "/Metadata"), &len);
    const char *title = xmp ? strstr(xmp, "<dc:title>") : NULL;
    const char *item = title ? strstr(title, "<rdf:li") : NULL;

    if (!json_is_true(pdf_get(pdf_get(catalog, "/MarkInfo"), "/Marked")))
        breach("UA-01", "MarkInfo does not say Marked");
    if (!tree)
        breach("UA-02", "no StructTreeRoot");
    if (!*pdf_text(pdf_get(catalog, "/Lang")))
        breach("UA-03", "no Lang");
    if (!json_is_true(pdf_get(pdf_get(catalog, "/ViewerPreferences"), "/DisplayDocTitle")))
        breach("UA-04", "DisplayDocTitle is not true");
    if (!item || strchr(item, '>')[1] == '<')
        breach("UA-05", "XMP has no title");
    if (!xmp || !strstr(xmp, "<pdfuaid:part>1</pdfuaid:part>"))
        breach("UA-06", "XMP does not say pdfuaid:part 1");
    free(xmp);
}

static void check_page_tags(size_t index) {
    page *p = pages[index];
    json_t *entry = pdf_value(parent_entry(json_object_get(p->dict, "/StructParents"))), *annots,
           *a;
    size_t i;

    if (p->mcids && !entry)
        breach("UA-08", "page %zu: no entry in the parent tree", index + 1);
    for (int m = 0; entry && m < p->mcids; m++)
        if (p->has_content[m] && (!pdf_is_ref(json_array_get(entry, (size_t)m)) || !p->claimed[m]))
            breach("UA-08", "page %zu: MCID %d belongs to no element", index + 1, m);
    annots = pdf_get(p->dict, "/Annots");
    if (json_array_size(annots) && strcmp(pdf_text(pdf_get(p->dict, "/Tabs")), "/S") != 0)
        breach("UA-14", "page %zu: annotations, but Tabs is not S", index + 1);
    json_array_foreach(annots, i, a) {
        if (strcmp(pdf_text(pdf_get(a, "/Subtype")), "/Widget") != 0)
            continue;
        if (!json_is_true(json_object_get(pdf_value(a), "claimed")))
            breach("UA-12", "page %zu: a field in no Form element", index + 1);
        if (!*pdf_text(pdf_get(a, "/TU")))
            breach("UA-13", "page %zu: a field without TU", index + 1);
    }
}

static void check_file(void) {
    json_t *kids, *kid, *root_ref;
    size_t i;

    catalog = pdf_get(pdf_get(pdf_objects, "trailer"), "value");
    catalog = pdf_get(catalog, "/Root");
    root_ref = json_object_get(catalog, "/StructTreeRoot");
    tree = pdf_value(root_ref);
    page_count = 0;
    heading = 0;
    parents = json_object();
    note_ids = json_object();
    find_pages(json_object_get(catalog, "/Pages"), 0);
    read_numbers(json_object_get(tree, "/ParentTree"), 0);
    check_catalog();
    for (i = 0; i < page_count; i++)
        check_page_content(i);
    kids = pdf_get(tree, "/K");
    if (json_is_array(kids))
        json_array_foreach(kids, i, kid) check_element(kid, root_ref, "", 0);
    else if (kids)
        check_element(json_object_get(tree, "/K"), root_ref, "", 0);
    for (i = 0; i < page_count; i++)
        check_page_tags(i);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        file = argv[i];
        if (!pdf_read(file))
            breach("UA-00", "qpdf cannot read it");
        else
            check_file();
    }
    return breaches ? 1 : 0;
}
