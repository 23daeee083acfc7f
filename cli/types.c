/*
 * cli/types.c - a type of document as people name it: "Kế hoạch", "ke hoach", "ke-hoach".
 *
 * The packs know a type by its name without accents; a name that is no type's is told with the
 * one most like it.
 */
#include "cli/cli.h"

#include <string.h>

static const struct {
    vt_system system;
    const char *id;
} PACKS[] = {{VT_STATE, "state-nd30"},
             {VT_PARTY, "party-hd05"},
             {VT_PARTY, "party-hd36"},
             {VT_YOUTH, "youth-29hd"}};

typedef struct looking {
    const char *typed; /* folded, words parted by "-" */
    const vt_type *found, *like;
    size_t apart; /* letters, of the type most like it */
} looking;

static char *dashed(vt_arena *arena, const char *text) {
    char *slug = vt_text_fold(arena, text);

    for (char *c = slug; c && *c; c++)
        if (*c == ' ' || *c == '_')
            *c = '-';
    return slug;
}

/* A type is as far as two letters from a slip of the finger. */
static void look_at(looking *l, const vt_type *type) {
    const size_t n = strlen(l->typed), m = strlen(type->slug);

    if (strcmp(l->typed, type->slug) == 0) {
        l->found = type;
    } else if (n <= VT_NEAR_MAX && m <= VT_NEAR_MAX) {
        size_t apart = vt_letters_apart(l->typed, n, type->slug, m);

        if (apart < l->apart) {
            l->apart = apart;
            l->like = type;
        }
    }
}

/* "Bản sao y" is known as sao-y. */
static vt_status look_at_name(vt_cli *cli, looking *l, const vt_type *type) {
    const char *name = dashed(cli->arena, type->name);

    if (!name)
        return vt_nomem(cli->list);
    if (strcmp(l->typed, name) == 0)
        l->found = type;
    return VT_OK;
}

static vt_status look_in(vt_cli *cli, looking *l, const char *id) {
    const vt_pack *pack;
    const vt_type *types;
    size_t count = 0;
    vt_status st = vt_pack_named(cli->engine, id, cli->list, &pack);

    types = st ? NULL : vt_pack_types(pack, &count);
    for (size_t i = 0; !l->found && i < count; i++)
        look_at(l, &types[i]);
    for (size_t i = 0; !st && !l->found && i < count; i++)
        st = look_at_name(cli, l, &types[i]);
    return st;
}

vt_status vt_cli_type(vt_cli *cli, const char *typed, vt_system system, const vt_type **out) {
    looking l = {.typed = dashed(cli->arena, typed), .apart = 3};
    vt_status st = l.typed ? vt_cli_engine(cli) : vt_nomem(cli->list);
    const char *remedy = "Ghi tên loại như “Kế hoạch” hoặc ke-hoach; nhiều loại cách nhau bằng "
                         "dấu phẩy.";

    for (size_t i = 0; !st && !l.found && i < sizeof PACKS / sizeof *PACKS; i++)
        if (system == VT_SYSTEMS || system == PACKS[i].system)
            st = look_in(cli, &l, PACKS[i].id);
    *out = l.found;
    if (st || l.found)
        return st;
    if (l.like)
        remedy = vt_printf(cli->arena, "Có phải là “%s” (%s)?", l.like->name, l.like->slug);
    return !remedy ? vt_nomem(cli->list)
                   : vt_bad(cli->list, "CLI-19", (vt_place){.path = typed}, remedy,
                            "Không có loại văn bản “%s”.", typed);
}

vt_status vt_cli_type_known(vt_cli *cli, const char *slug, const vt_type **out) {
    vt_status st = vt_cli_engine(cli);
    const vt_pack *pack;

    *out = NULL;
    for (size_t i = 0; !st && !*out && i < sizeof PACKS / sizeof *PACKS; i++)
        if (!(st = vt_pack_named(cli->engine, PACKS[i].id, cli->list, &pack)))
            *out = vt_pack_type(pack, slug);
    return st;
}

vt_status vt_cli_types(vt_cli *cli, const char *typed, const char **out) {
    vt_status st = VT_OK;

    for (*out = ""; !st && *typed; typed += *typed == ',') {
        const size_t len = strcspn(typed, ",");
        const char *name = vt_strndup(cli->arena, typed, len), *slug = NULL;
        const vt_type *type = NULL;

        typed += len;
        if (!name)
            return vt_nomem(cli->list);
        name += strspn(name, " ");
        if (strspn(name, "* ") == strlen(name))
            slug = strchr(name, '*') ? "*" : "";
        else if (!(st = vt_cli_type(cli, name, VT_SYSTEMS, &type)))
            slug = type->slug;
        if (slug && *slug)
            *out = vt_printf(cli->arena, "%s%s%s", *out, **out ? "," : "", slug);
        if (!*out)
            return vt_nomem(cli->list);
    }
    return st;
}
