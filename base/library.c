/* base/library.c - opening a shared library when it is wanted. */

#include "base/base.h"

#include <dlfcn.h>
#include <string.h>

bool vt_library_open(const char *name, const vt_function *functions, size_t count, void *out,
                     void **library) {
    void *opened = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
    bool all = opened != NULL;

    for (size_t i = 0; all && i < count; i++) {
        void *address = dlsym(opened, functions[i].name);

        memcpy((char *)out + functions[i].at, &address, sizeof address);
        all = address != NULL;
    }
    if (!all)
        vt_library_close(opened);
    *library = all ? opened : NULL;
    return all;
}

void vt_library_close(void *library) {
    if (library)
        dlclose(library);
}
