/*
 * gen/pack_fill.c - flattened values into the structs that layout, labels and
 * checks read, by the tables of gen/pack_table.c.
 */
#include "gen/pack_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct filler {
    vt_arena *arena;
    vt_findings *list;
    const vt_raw_pack *raw;
    bool *asked_for; /* per value: what nobody asked for is unknown */
    bool bad;
} filler;

/* The value of the key "a/b/c" or "a/b"; NULL: there is none. */
static const vt_raw *value_of(filler *f, const char *a, const char *b, const char *c) {
    const vt_raw *v = vt_raw_find(f->raw, a, b, c);
    if (v)
        f->asked_for[v - f->raw->values] = true;
    return v;
}

/* The value may stand in a pack that this one inherits from: the message says
   which pack it is that cannot be used. */
#define BAD(f, at, remedy, fmt, ...)                                                               \
    ((f)->bad = true, (void)vt_pack_bad((f)->list, at, "GOI-03", remedy, "Gói quy tắc “%s”: " fmt, \
                                        (f)->raw->head.id, __VA_ARGS__))

/* ------------------------------------------------------------- numbers -- */

/* A plain decimal number at *s; *s is moved behind it. */
static bool decimal(const char **s, double *out) {
    const char *p = *s;
    bool minus = *p == '-';
    if (minus)
        p++;
    double value = 0, place = 1;
    int digits = 0;
    for (; *p >= '0' && *p <= '9' && digits < 9; p++, digits++)
        value = value * 10 + (*p - '0');
    if (!digits)
        return false;
    if (*p == '.')
        for (p++, digits = 0; *p >= '0' && *p <= '9' && digits < 6; p++, digits++)
            value += (*p - '0') * (place /= 10);
    *out = minus ? -value : value;
    *s = p;
    return true;
}

/* "20mm", "1.27cm", "14pt" in points. */
static bool length(const char *s, double *out) {
    static const struct {
        const char *name;
        double points;
    } units[] = {{"mm", 72 / 25.4}, {"cm", 72 / 2.54}, {"pt", 1}};
    double value;
    if (!decimal(&s, &value))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(s, units[i].name) == 0) {
            *out = value * units[i].points;
            return true;
        }
    return false;
}

static bool number(const char *s, double *out) {
    return decimal(&s, out) && *s == '\0';
}

/* One attribute of a number, inside the table's range.  NULL leaves *out. */
static bool measure(filler *f, const vt_raw *v, const vt_field_row *row, const char *text,
                    double *out) {
    bool plain = row->kind == VT_K_NUMBER || row->kind == VT_K_INT || row->kind == VT_K_FRACTION;
    double value;
    if (!text)
        return true;
    if (!(plain ? number(text, &value) : length(text, &value))) {
        BAD(f, v, plain ? "Ghi số thập phân, ví dụ 0.4." : "Ghi số kèm đơn vị mm, cm hoặc pt.",
            "giá trị “%s” của “%s” không đọc được.", text, v->key);
        return false;
    }
    if (value < row->low - 1e-6 || value > row->high + 1e-6) {
        BAD(f, v, NULL, "giá trị “%s” của “%s” quá nhỏ hoặc quá lớn.", text, v->key);
        return false;
    }
    *out = value;
    return true;
}

/* value, min, max; a value outside the range the law allows is refused. */
static bool range(filler *f, const vt_raw *v, const vt_field_row *row, double *min, double *value,
                  double *max) {
    if (!measure(f, v, row, v->value, value))
        return false;
    *min = *max = *value;
    if (!measure(f, v, row, v->min, min) || !measure(f, v, row, v->max, max))
        return false;
    if (*value >= *min - 1e-6 && *value <= *max + 1e-6)
        return true;
    BAD(f, v, "Chọn giá trị trong khoảng ấy.",
        "giá trị “%s” của “%s” ngoài khoảng cho phép %s – %s (%s).", v->value, v->key,
        v->min ? v->min : v->value, v->max ? v->max : v->value, v->source);
    return false;
}

/* --------------------------------------------------------------- words -- */

/* Position of `text` among the space-separated names; -1: none. */
static int choice(const char *names, const char *text) {
    size_t len = strlen(text);
    int i = 0;
    for (const char *p = names; *p; i++) {
        size_t n = strcspn(p, " ");
        if (n == len && memcmp(p, text, n) == 0)
            return i;
        p += n + (p[n] == ' ');
    }
    return -1;
}

static int choose(filler *f, const vt_raw *v, const char *names) {
    int i = choice(names, v->value);
    if (i < 0)
        BAD(f, v, vt_printf(f->arena, "Ghi một trong: %s.", names),
            "giá trị “%s” của “%s” không có.", v->value, v->key);
    return i;
}

/* Control characters are refused, and placeholders other than those named. */
static const char *pattern(filler *f, const vt_raw *v, const char *names) {
    for (const char *p = v->value; *p; p++) {
        char name[32];
        size_t n = strcspn(p, "}") - 1;
        if ((unsigned char)*p < ' ') {
            BAD(f, v, NULL, "giá trị của “%s” có ký tự điều khiển.", v->key);
            break;
        }
        if (*p != '{')
            continue;
        snprintf(name, sizeof name, "%.*s", n < sizeof name ? (int)n : 0, p + 1);
        if (p[n + 1] == '}' && choice(names, name) >= 0)
            continue;
        BAD(f, v, *names ? vt_printf(f->arena, "Được dùng: %s.", names) : "Bỏ dấu ngoặc nhọn.",
            "giá trị “%s” của “%s” có chỗ điền lạ.", v->value, v->key);
        break;
    }
    return v->value;
}

static void colour(filler *f, const vt_raw *v, vt_rgb *out) {
    const char *hex = *v->value ? v->value + 1 : "";
    if (v->value[0] == '#' && strlen(hex) == 6 && strspn(hex, "0123456789abcdefABCDEF") == 6) {
        unsigned long rgb = strtoul(hex, NULL, 16);
        *out = (vt_rgb){(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb};
    } else
        BAD(f, v, "Ghi như #E00000.", "màu “%s” của “%s” không đọc được.", v->value, v->key);
}

/* ---------------------------------------------------------------- rows -- */

static void put_numbers(filler *f, const vt_raw *v, const vt_field_row *row, void *at) {
    double min = 0, value = 0, max = 0;
    if (!range(f, v, row, &min, &value, &max))
        return;
    if (row->kind == VT_K_SPAN)
        *(vt_span *)at = (vt_span){min, value, max};
    else if (row->kind == VT_K_FRACTION || row->kind == VT_K_EXTENT)
        memcpy(at, (double[]){value, min, max}, 3 * sizeof(double));
    else if (row->kind == VT_K_INT && value != floor(value))
        BAD(f, v, NULL, "giá trị “%s” của “%s” phải là số nguyên.", v->value, v->key);
    else if (row->kind == VT_K_INT)
        *(int *)at = (int)value;
    else
        *(double *)at = value;
}

static void put_size(filler *f, const vt_raw *v, const vt_field_row *row, vt_style *style) {
    double *size = style->size;
    if (!range(f, v, row, &style->size_min, &size[0], &style->size_max))
        return;
    size[1] = size[0];
    if (!measure(f, v, row, v->small, &size[1]))
        return;
    if (size[1] > size[0] || size[1] < style->size_min - 1e-6)
        BAD(f, v, NULL, "cỡ nhỏ “%s” của “%s” lớn hơn cỡ thường hoặc ngoài khoảng cho phép.",
            v->small, v->key);
}

static void put(filler *f, const vt_raw *v, const vt_field_row *row, void *base) {
    void *at = (char *)base + row->offset;
    int i;
    switch (row->kind) {
    case VT_K_LENGTH:
    case VT_K_NUMBER:
    case VT_K_INT:
    case VT_K_SPAN:
    case VT_K_FRACTION:
    case VT_K_EXTENT:
        put_numbers(f, v, row, at);
        break;
    case VT_K_SIZE:
        put_size(f, v, row, base);
        break;
    case VT_K_BOOL:
        *(bool *)at = choose(f, v, row->names ? row->names : "no yes") == 1;
        break;
    case VT_K_TEXT:
        *(const char **)at = pattern(f, v, row->names);
        break;
    case VT_K_CHOICE:
        i = choose(f, v, row->names);
        memcpy(at, &i, sizeof i);
        break;
    case VT_K_COLOUR:
        colour(f, v, at);
        break;
    }
}

static void missing(filler *f, const char *group, const char *name) {
    vt_raw at = {.key = vt_printf(f->arena, "%s/%s", group, name), .file = f->raw->file};
    BAD(f, &at, "Ghi thêm giá trị ấy, hoặc thừa kế một gói đã có (base=\"...\").",
        "thiếu giá trị “%s”.", at.key);
}

/* ---------------------------------------------------------- components -- */

/* What the file says of the component itself; the body must say everything. */
static void own_properties(filler *f, const char *id, bool all, vt_style *style) {
    for (size_t i = 0; i < vt_style_row_count; i++) {
        const vt_field_row *row = &vt_style_rows[i];
        const vt_raw *v = value_of(f, id, row->name, NULL);
        if (v)
            put(f, v, row, style);
        else if (all)
            missing(f, id, row->name);
    }
}

typedef enum filled { EMPTY, FILLING, FULL } filled;

static void fill_component(filler *f, int c, vt_style *styles, filled *state) {
    const char *id = vt_component_names[c];
    const vt_raw *like = value_of(f, id, "like", NULL);
    state[c] = FILLING;
    if (!like) {
        vt_raw at = {.key = id, .file = f->raw->file};
        BAD(f, &at, "Ghi thêm <component>, hoặc thừa kế một gói đã có (base=\"...\").",
            "thiếu thành phần “%s”.", id);
    } else if (c == VT_C_BODY) {
        if (like->value)
            BAD(f, like, "Bỏ like.", "%s", "thành phần “body” không theo thành phần khác.");
    } else {
        int from = like->value ? (int)vt_pack_component(like->value) : VT_C_BODY;
        if (state[from] == EMPTY)
            fill_component(f, from, styles, state);
        if (state[from] == FILLING)
            BAD(f, like, "Sửa like.", "thành phần “%s” theo “%s” thành vòng quanh.", id,
                vt_component_names[from]);
        styles[c] = styles[from];
    }
    own_properties(f, id, c == VT_C_BODY, &styles[c]);
    state[c] = FULL;
}

static void fill_components(filler *f, vt_pack *out) {
    filled state[VT_COMPONENTS] = {EMPTY};
    for (int c = 0; c < VT_COMPONENTS; c++)
        if (state[c] == EMPTY)
            fill_component(f, c, out->styles, state);
}

/* ------------------------------------------------------ words and types -- */

/* KEY of "words/KEY/text", when the value's key has that shape; else NULL. */
static const char *middle(filler *f, size_t value, const char *group, const char *part) {
    const char *key = f->raw->values[value].key;
    const size_t len = strlen(group);
    if (strncmp(key, group, len) != 0 || key[len] != '/')
        return NULL;
    const char *start = key + len + 1, *slash = strchr(start, '/');
    if (!slash || strcmp(slash + 1, part) != 0)
        return NULL;
    f->asked_for[value] = true;
    return vt_strndup(f->arena, start, (size_t)(slash - start));
}

static void frame_side(filler *f, const char *group, const char *key, const char *part,
                       double *out) {
    static const vt_field_row row = {NULL, NULL, VT_K_LENGTH, 0, 5, 300, NULL};
    const vt_raw *v = value_of(f, group, key, part);
    if (v)
        (void)measure(f, v, &row, v->value, out);
}

static void fill_words(filler *f, const char *group, struct vt_word **out, size_t *count) {
    size_t cap = 0;
    for (size_t i = 0; i < f->raw->count; i++) {
        const char *key = middle(f, i, group, "text");
        struct vt_word *words =
            key ? vt_grow(f->arena, *out, &cap, *count + 1, sizeof *words) : NULL;
        if (!words)
            continue;
        *out = words;
        struct vt_word *word = &words[(*count)++];
        word->key = key;
        word->text = pattern(f, &f->raw->values[i], "");
        frame_side(f, group, key, "width", &word->frame_width);
        frame_side(f, group, key, "height", &word->frame_height);
    }
}

static bool flag(filler *f, const char *slug, const char *tail, bool otherwise) {
    const vt_raw *v = value_of(f, "types", slug, tail);
    return v ? choose(f, v, "no yes") == 1 : otherwise;
}

static vt_wanted wanted(filler *f, const char *slug, const char *tail) {
    const vt_raw *v = value_of(f, "types", slug, tail);
    int i = v ? choose(f, v, "no optional yes") : 0;
    return i > 0 ? (vt_wanted)i : VT_NO;
}

static const char *type_text(filler *f, const char *slug, const char *tail, const char *otherwise) {
    const vt_raw *v = value_of(f, "types", slug, tail);
    return v ? pattern(f, v, "") : otherwise;
}

static enum vt_book_kind book(filler *f, const char *slug) {
    const vt_raw *v = value_of(f, "types", slug, "book");
    int i = v ? choose(f, v, "no list cover") : 0;
    return i > 0 ? (enum vt_book_kind)i : VT_BOOK_NO;
}

static vt_type make_type(filler *f, const char *slug, const char *name) {
    return (vt_type){
        .slug = slug,
        .name = name,
        .abbr = type_text(f, slug, "abbr", ""),
        .has_heading = flag(f, slug, "heading", true),
        .has_subject = flag(f, slug, "subject", true),
        .subject_rule = flag(f, slug, "subject-rule", true),
        .has_dateline = flag(f, slug, "dateline", true),
        .addressed = wanted(f, slug, "addressed"),
        .basis = wanted(f, slug, "basis"),
        .number_class = type_text(f, slug, "number-class", slug),
        .end_mark = flag(f, slug, "end-mark", true),
        .attached_only = flag(f, slug, "attached-only", false),
        .book = book(f, slug),
    };
}

static void fill_types(filler *f, vt_pack *out) {
    size_t cap = 0;
    for (size_t i = 0; i < f->raw->count; i++) {
        const char *slug = middle(f, i, "types", "name");
        vt_type *types =
            slug ? vt_grow(f->arena, out->types, &cap, out->type_count + 1, sizeof *types) : NULL;
        if (!types)
            continue;
        out->types = types;
        types[out->type_count++] = make_type(f, slug, pattern(f, &f->raw->values[i], ""));
    }
}

/* --------------------------------------------------------------- whole -- */

static void need(filler *f, const char *key, bool right, const char *remedy) {
    const vt_raw *v = value_of(f, key, NULL, NULL);
    if (v && !right)
        BAD(f, v, remedy, "giá trị “%s” của “%s” không dùng được.", v->value, key);
}

static bool letters_right(const char *s) {
    for (bool letter = false;; s++) {
        if (*s == ' ' || *s == '\0') {
            if (!letter)
                return false;
            if (!*s)
                return true;
            letter = false;
        } else
            letter = true;
    }
}

/* What holds between values. */
static void fill_relations(filler *f, vt_pack *p) {
    const vt_raw *line =
        value_of(f, "text", p->line_factor > 0 ? "line-factor" : "line-exact", NULL);
    vt_field_row row = {NULL, NULL, p->line_factor > 0 ? VT_K_NUMBER : VT_K_LENGTH, 0, 0, 60, NULL};
    vt_span *span = &p->line_range;
    if (line)
        (void)range(f, line, &row, &span->min, &span->value, &span->max);
    need(f, "text/line-factor", p->line_factor > 0 || p->line_exact > 0,
         "Ghi khoảng cách dòng ở line-factor hoặc line-exact.");
    const char *hole = "{number}";
    need(f, "strings/number-pattern", p->number_pattern && strstr(p->number_pattern, hole),
         "Phải có {number}.");
    need(f, "strings/letter-number-pattern",
         p->letter_number_pattern && strstr(p->letter_number_pattern, hole), "Phải có {number}.");
    need(f, "numbering/period", p->period && choice("year term", p->period) >= 0,
         "Ghi year hoặc term.");
    need(f, "labels/letters", p->letters && letters_right(p->letters),
         "Ghi các chữ cái cách nhau một dấu cách.");
    need(f, "page/width",
         p->page_width - p->margin_left.value - p->margin_right.value > 200 &&
             p->page_height - p->margin_top.value - p->margin_bottom.value > 200,
         "Khổ giấy trừ lề phải còn chỗ cho chữ.");
}

static void fill_origin(filler *f, vt_pack *out) {
    out->origin = vt_alloc_array(f->arena, f->raw->count + 1, sizeof *out->origin);
    for (size_t i = 0; out->origin && i < f->raw->count; i++) {
        const vt_raw *v = &f->raw->values[i];
        if (!v->value || !v->source)
            continue; /* like="...", presence */
        out->origin[out->origin_count++] =
            (struct vt_provenance){v->key, v->value, v->source, v->confidence};
    }
}

static void refuse_unknown(filler *f) {
    for (size_t i = 0; i < f->raw->count; i++) {
        const vt_raw *v = &f->raw->values[i];
        if (f->asked_for[i])
            continue;
        f->bad = true;
        (void)vt_pack_bad(f->list, v, "GOI-02", "Sửa tên theo templates/schema/rules.rng.",
                          "Không có giá trị “%s”.", v->key);
    }
}

vt_status vt_pack_fill(vt_arena *arena, const vt_raw_pack *raw, vt_findings *list, vt_pack *out) {
    filler f = {.arena = arena, .list = list, .raw = raw};
    f.asked_for = vt_alloc_array(arena, raw->count + 1, sizeof *f.asked_for);
    if (!f.asked_for)
        return vt_nomem(list);
    out->id = raw->head.id;
    out->name = raw->name ? raw->name : raw->head.id;
    out->hash = raw->hash;
    for (size_t i = 0; i < vt_pack_row_count; i++) {
        const vt_field_row *row = &vt_pack_rows[i];
        const vt_raw *v = value_of(&f, row->group, row->name, NULL);
        if (v)
            put(&f, v, row, out);
        else
            missing(&f, row->group, row->name);
    }
    fill_components(&f, out);
    fill_words(&f, "words", &out->words, &out->word_count);
    fill_words(&f, "resolves", &out->resolves, &out->resolve_count);
    fill_types(&f, out);
    fill_relations(&f, out);
    fill_origin(&f, out);
    refuse_unknown(&f);
    if (vt_arena_failed(arena))
        return vt_nomem(list);
    return f.bad ? VT_BAD : VT_OK;
}
