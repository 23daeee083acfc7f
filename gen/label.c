/*
 * gen/label.c - what the pack's patterns print: labels of the structure, the
 * number line and the ký hiệu.
 */
#include "gen/pack.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_CEILING 4096 /* bytes of one label or number line */

/* -------------------------------------------------------------- numerals -- */

static void roman(vt_buf *out, int n) {
    static const struct {
        int value;
        const char *digits;
    } steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    if (n < 1 || n > 3999) { /* no such Roman number */
        vt_buf_printf(out, "%d", n);
        return;
    }
    for (size_t i = 0; n > 0; i++)
        for (; n >= steps[i].value; n -= steps[i].value)
            vt_buf_puts(out, steps[i].digits);
}

/* The n-th word of a space-separated list; *len is 0 when there are fewer. */
static const char *nth(const char *list, int n, size_t *len) {
    for (; n > 1 && *list; n--) {
        list += strcspn(list, " ");
        list += *list == ' ';
    }
    *len = strcspn(list, " ");
    return list;
}

static int words_in(const char *list) {
    int n = *list != '\0';
    for (; *list; list++)
        n += *list == ' ';
    return n;
}

/* a, b, c, d, đ ...; after the last letter aa, ab ... */
static void letter(vt_buf *out, const char *letters, int n) {
    int count = words_in(letters);
    size_t len;
    if (n < 1 || count < 1) {
        vt_buf_printf(out, "%d", n);
        return;
    }
    if (n > count)
        letter(out, letters, (n - 1) / count);
    const char *text = nth(letters, (n - 1) % count + 1, &len);
    vt_buf_add(out, text, len);
}

static void nested(vt_buf *out, const int *counters, int depth) {
    for (int i = 0; i < depth; i++)
        vt_buf_printf(out, i ? ".%d" : "%d", counters[i]);
}

char *vt_label(vt_arena *arena, const vt_pack *pack, const char *pattern, const int *counters,
               int depth, const char *mark) {
    vt_buf out;
    int own = depth > 0 ? counters[depth - 1] : 0;
    vt_buf_init(&out, TEXT_CEILING);
    for (const char *p = pattern; *p;) {
        size_t plain = strcspn(p, "{"), name = strcspn(p + plain, "}");
        vt_buf_add(&out, p, plain);
        p += plain;
        if (!*p)
            break;
        if (strncmp(p, "{I}", 3) == 0)
            roman(&out, own);
        else if (strncmp(p, "{1}", 3) == 0)
            vt_buf_printf(&out, "%d", own);
        else if (strncmp(p, "{a}", 3) == 0)
            letter(&out, pack->letters, own);
        else if (strncmp(p, "{n.n}", 5) == 0)
            nested(&out, counters, depth);
        else if (strncmp(p, "{mark}", 6) == 0)
            vt_buf_puts(&out, mark ? mark : pack->label_mark);
        p += name + (p[name] == '}');
    }
    char *label = vt_buf_failed(&out) ? NULL : vt_strndup(arena, out.data, out.len);
    vt_buf_free(&out);
    return label;
}

/* ---------------------------------------------------------- number line -- */

char *vt_number_padded(vt_arena *arena, const vt_pack *pack, const char *number) {
    if (!number)
        return NULL;
    size_t digits = strspn(number, "0123456789");
    bool pad =
        digits > 0 && digits < 9 && number[0] != '0' && strtol(number, NULL, 10) < pack->number_pad;
    return vt_printf(arena, "%s%s", pad ? "0" : "", number);
}

/* What stands for a name of the pattern in this document. */
static const char *number_part(const vt_pack *pack, const vt_doc *doc, const char *name,
                               size_t len) {
    const vt_node *issuer = vt_child(doc->root, VT_ISSUER),
                  *number = vt_child(doc->root, VT_NUMBER);
    const vt_type *type = vt_pack_type(pack, vt_attr_get(doc->root, VT_AT_TYPE));
    const char *text = NULL;
    if (len == 4 && memcmp(name, "type", len) == 0)
        text = type ? type->abbr : NULL;
    else if (len == 6 && memcmp(name, "issuer", len) == 0)
        text = issuer ? vt_attr_get(issuer, VT_AT_ABBR) : NULL;
    else if (len == 4 && memcmp(name, "unit", len) == 0)
        text = number ? vt_attr_get(number, VT_AT_UNIT) : NULL;
    return text ? text : "";
}

/* The pattern's ký hiệu; what has no value goes with the mark that joins it. */
static char *built(vt_arena *arena, const vt_pack *pack, const vt_doc *doc, const char *pattern) {
    vt_buf out;
    vt_buf_init(&out, TEXT_CEILING);
    const char *joint = pattern;
    size_t joint_len = 0;
    for (const char *p = pattern; *p;) {
        if (*p != '{') {
            joint = p;
            joint_len = strcspn(p, "{");
            p += joint_len;
            continue;
        }
        size_t len = strcspn(p, "}") - 1;
        const char *text = number_part(pack, doc, p + 1, len);
        if (*text && out.len)
            vt_buf_add(&out, joint, joint_len);
        vt_buf_puts(&out, text);
        p += len + 2;
    }
    char *notation = vt_buf_failed(&out) ? NULL : vt_strndup(arena, out.data, out.len);
    vt_buf_free(&out);
    return notation;
}

/* The pattern in its parts: before the number, the mark behind it, the rest. */
static const char *pattern_of(const vt_pack *pack, const vt_doc *doc, size_t *prefix,
                              const char **mark, size_t *mark_len) {
    const vt_type *type = vt_pack_type(pack, vt_attr_get(doc->root, VT_AT_TYPE));
    const char *pattern =
        type && !type->has_heading ? pack->letter_number_pattern : pack->number_pattern;
    const char *hole = strstr(pattern, "{number}"); /* the loader saw to it */
    *prefix = (size_t)(hole - pattern);
    *mark = hole + strlen("{number}");
    *mark_len = strcspn(*mark, "{");
    return pattern;
}

char *vt_notation(vt_arena *arena, const vt_pack *pack, const vt_doc *doc) {
    const vt_node *number = vt_child(doc->root, VT_NUMBER);
    const char *own = number ? vt_attr_get(number, VT_AT_NOTATION) : NULL;
    size_t prefix, mark_len;
    const char *mark;
    (void)pattern_of(pack, doc, &prefix, &mark, &mark_len);
    return own ? vt_strdup(arena, own) : built(arena, pack, doc, mark + mark_len);
}

vt_status vt_number_parts(vt_arena *arena, const vt_pack *pack, const vt_doc *doc,
                          vt_findings *list, const char **prefix, const char **suffix) {
    size_t before, mark_len;
    const char *mark;
    const char *pattern = pattern_of(pack, doc, &before, &mark, &mark_len);
    const char *notation = vt_notation(arena, pack, doc);
    const char *head = vt_strndup(arena, pattern, before);
    const char *tail = !notation   ? NULL
                       : *notation ? vt_printf(arena, "%.*s%s", (int)mark_len, mark, notation)
                                   : "";
    if (!head || !tail)
        return vt_nomem(list);
    *prefix = head;
    *suffix = tail;
    return VT_OK;
}

char *vt_number_line(vt_arena *arena, const vt_pack *pack, const vt_doc *doc, const char *number) {
    const char *prefix, *suffix;
    if (vt_number_parts(arena, pack, doc, NULL, &prefix, &suffix) != VT_OK)
        return NULL;
    return vt_printf(arena, "%s%s%s", prefix, number ? number : "", suffix);
}
