/* gen/scope.c - the declared fields of one level, found by name. */
#include "gen/model.h"

#include <string.h>

static uint32_t hash_name(const char *name) {
    return vt_fnv(VT_FNV_START, name, strlen(name));
}

bool vt_scope_index(vt_arena *arena, vt_scope *scope) {
    scope->index_size = 8;
    while (scope->index_size < 2 * scope->count)
        scope->index_size *= 2;
    scope->index = vt_alloc_array(arena, scope->index_size, sizeof *scope->index);
    for (size_t i = 0; scope->index && i < scope->count; i++) {
        size_t at = hash_name(scope->fields[i].name) & (scope->index_size - 1);
        while (scope->index[at])
            at = (at + 1) & (scope->index_size - 1);
        scope->index[at] = (uint16_t)(i + 1);
    }
    return scope->index != NULL;
}

int vt_scope_find(const vt_scope *scope, const char *name) {
    size_t at = hash_name(name) & (scope->index_size - 1);
    for (; scope->index[at]; at = (at + 1) & (scope->index_size - 1))
        if (strcmp(scope->fields[scope->index[at] - 1].name, name) == 0)
            return scope->index[at] - 1;
    return -1;
}

bool vt_scope_use(const vt_scope *scope, const char *name, int line) {
    int at = vt_scope_find(scope, name);
    bool known = at >= 0;
    if (known && scope->line[at] < 0)
        scope->line[at] = line;
    for (size_t i = 0; i < scope->count; i++)
        if (scope->inner[i] && vt_scope_use(scope->inner[i], name, line))
            known = true;
    return known;
}

/* ------------------------------------------------------- misspelt names -- */

/* Takes `candidate` when it is nearer than *best: one letter in four may be
   wrong, three at most. */
static void nearer(const char *name, const char *candidate, const char **found, size_t *best) {
    size_t n = strlen(name), m = strlen(candidate);
    if (n > VT_NEAR_MAX || m > VT_NEAR_MAX)
        return;
    size_t limit = (n + 3) / 4 < 3 ? (n + 3) / 4 : 3;
    size_t d = vt_letters_apart(name, n, candidate, m);
    if (d <= limit && d < m && d < *best) {
        *found = candidate;
        *best = d;
    }
}

const char *vt_name_nearest(const char *name, const char *const *candidates, size_t count) {
    const char *found = NULL;
    size_t best = VT_NEAR_MAX;
    for (size_t i = 0; i < count; i++)
        nearer(name, candidates[i], &found, &best);
    return found;
}

const char *vt_scope_nearest(const vt_scope *scope, const char *name) {
    const char *found = NULL;
    size_t best = VT_NEAR_MAX;
    for (size_t i = 0; i < scope->count; i++)
        nearer(name, scope->fields[i].name, &found, &best);
    return found;
}
