/*
 * records/postgres_lib.c - opening libpq.
 *
 * It brings a dozen libraries of its own (TLS, Kerberos, LDAP), which who works
 * with a folder never needs: it is opened with the archive, not linked.
 */
#include "records/postgres.h"

#include <dlfcn.h>

#define LIBRARY "libpq.so.5"

static bool found(void *library, const char *name, void *function) {
    *(void **)function = dlsym(library, name);
    return *(void **)function != NULL;
}

vt_status vt_pq_open(vt_findings *list, vt_pq *out) {
    bool all = true;

    *out = (vt_pq){.library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL)};
    all = out->library != NULL;
#define FIND(name) all = all && found(out->library, #name, &out->name);
    VT_PQ_FUNCTIONS(FIND)
#undef FIND
    if (all)
        return VT_OK;
    vt_pq_close(out);
    return vt_fail(list, "KHO-60", (vt_place){0}, "Cài gói libpq5 của Debian.",
                   "Không mở được thư viện của PostgreSQL (%s).", LIBRARY);
}

/* The library stays: what it brought registers things that end with the process. */
void vt_pq_close(vt_pq *pq) {
    *pq = (vt_pq){0};
}
