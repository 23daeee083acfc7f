/* gen/scope.c - the declared fields of one level, found by name. */
#include "gen/model.h"

#include <string.h>

static uint32_t hash_name(const char *name) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
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

#define NEAR_MAX 48 /* bytes; longer names are not compared */

/* How many letters must be put in, left out, changed, or swapped with the next. */
static size_t distance(const char *a, size_t na, const char *b, size_t nb) {
    size_t row[3][NEAR_MAX + 1];
    for (size_t j = 0; j <= nb; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t best = before[j - 1] + (a[i - 1] != b[j - 1]);
            if (before[j] + 1 < best)
                best = before[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                earlier[j - 2] + 1 < best)
                best = earlier[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[na % 3][nb];
}

/* Takes `candidate` when it is nearer than *best: one letter in four may be
   wrong, three at most. */
static void nearer(const char *name, const char *candidate, const char **found, size_t *best) {
    size_t n = strlen(name), m = strlen(candidate);
    if (n > NEAR_MAX || m > NEAR_MAX)
        return;
    size_t limit = (n + 3) / 4 < 3 ? (n + 3) / 4 : 3;
    size_t d = distance(name, n, candidate, m);
    if (d <= limit && d < m && d < *best) {
        *found = candidate;
        *best = d;
    }
}

const char *vt_name_nearest(const char *name, const char *const *candidates, size_t count) {
    const char *found = NULL;
    size_t best = NEAR_MAX;
    for (size_t i = 0; i < count; i++)
        nearer(name, candidates[i], &found, &best);
    return found;
}

const char *vt_scope_nearest(const vt_scope *scope, const char *name) {
    const char *found = NULL;
    size_t best = NEAR_MAX;
    for (size_t i = 0; i < scope->count; i++)
        nearer(name, scope->fields[i].name, &found, &best);
    return found;
}
