/*
 * gen/data_names.c - headers and keys become names of fields: "Họ và tên" is
 * the field ho-va-ten.
 */
#include "gen/data.h"

#include <string.h>

char *vt_data_name(vt_arena *arena, const char *header) {
    const char *folded = vt_text_fold(arena, header);
    if (!folded)
        return NULL;
    size_t len = strlen(folded), n = 0;
    char *name = vt_alloc(arena, 2 * len + 2);
    if (!name)
        return NULL;
    bool gap = false;
    for (size_t i = 0; i < len; i++) {
        char c = folded[i];
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
            gap = n > 0;
            continue;
        }
        if (n == 0 && c <= '9')
            name[n++] = '_'; /* a name of XML cannot start with a digit */
        if (gap)
            name[n++] = '-';
        gap = false;
        name[n++] = c;
    }
    name[n] = 0;
    return name;
}

/* ---------------------------------------------------------------- table -- */

/* Keys already turned into names: open addressing, never shrinks.  Each name
   has an entry of its own (key == name), which knows how the file spells it. */
typedef struct entry {
    const char *key, *name;
    const char *spelt; /* where key == name: the key of the file */
} entry;

struct vt_name_table {
    entry *entries;
    size_t count;
};
#define TABLE_SIZE (4u * 8192u) /* a power of two, well above 2 * VT_DATA_MAX_NAMES */

static entry *find(const struct vt_name_table *table, const char *key) {
    size_t i = vt_fnv(VT_FNV_START, key, strlen(key)) & (TABLE_SIZE - 1);
    while (table->entries[i].key && strcmp(table->entries[i].key, key) != 0)
        i = (i + 1) & (TABLE_SIZE - 1);
    return &table->entries[i];
}

static bool make_table(vt_data *data) {
    if (!data->names)
        data->names = vt_alloc(data->arena, sizeof *data->names);
    if (data->names && !data->names->entries)
        data->names->entries = vt_alloc_array(data->arena, TABLE_SIZE, sizeof(entry));
    return data->names && data->names->entries;
}

static bool printable(const char *key) {
    for (; *key; key++)
        if ((unsigned char)*key < 0x20 || *key == 0x7F)
            return false;
    return true;
}

vt_status vt_data_enter_name(vt_data *data, const char *key, int line, vt_findings *list) {
    vt_place place = vt_data_place(data, line, NULL);
    if (!make_table(data))
        return vt_nomem(list);
    const entry *known = find(data->names, key);
    if (known->key && (known->name != known->key || strcmp(known->spelt, key) == 0))
        return VT_OK;
    if (data->names->count++ == VT_DATA_MAX_NAMES)
        return vt_bad(list, "DL-05", place, NULL, "Tệp có hơn %u tên trường khác nhau.",
                      VT_DATA_MAX_NAMES);
    const char *copy = vt_strdup(data->arena, key), *name = vt_data_name(data->arena, key);
    if (!copy || !name)
        return vt_nomem(list);
    if (!*name || !printable(key))
        return vt_bad(list, "DL-03", place, "Đặt tên trường bằng chữ, ví dụ “ho-va-ten”.",
                      "Một tên trường không có chữ hay số nào, hoặc có ký tự điều khiển.");
    entry *own = find(data->names, name);
    if (own->spelt)
        return vt_bad(list, "DL-03", vt_data_place(data, line, name),
                      "Đổi tên một trong hai trường.",
                      "Trường “%s” và trường “%s” cùng thành “%s”.", own->spelt, key, name);
    *own = (entry){name, name, copy};
    if (strcmp(name, key) != 0)
        *find(data->names, key) = (entry){copy, name, NULL};
    return VT_OK;
}

const char *vt_data_find_name(const vt_data *data, const char *key) {
    return find(data->names, key)->name;
}

/* Runs of spaces and line breaks are one space. */
static const char *one_line(vt_arena *arena, const char *text) {
    char *line = vt_strdup(arena, text), *to = line;

    for (const char *s = text; line && *s; s++)
        if (!strchr(" \t\r\n", *s))
            *to++ = *s;
        else if (to > line && to[-1] != ' ')
            *to++ = ' ';
    while (line && to > line && to[-1] == ' ')
        to--;
    if (line)
        *to = '\0';
    return line;
}

const char *vt_data_spelt(const vt_data *data, const char *name, vt_arena *arena) {
    const entry *own = data->names && data->names->entries ? find(data->names, name) : NULL;
    const char *spelt = own && own->spelt ? own->spelt : NULL, *line;

    for (size_t i = 0; !spelt && i < data->column_count; i++)
        if (data->columns[i] && strcmp(data->columns[i], name) == 0)
            spelt = data->headers[i];
    line = spelt ? one_line(arena, spelt) : NULL;
    return line ? line : name;
}
