/* cli/xlsx.c - opening libxlsxwriter. */

#include "cli/xlsx.h"

#include <dlfcn.h>

#define LIBRARY "libxlsxwriter.so." LXW_SOVERSION

static bool found(void *library, const char *name, void *function) {
    *(void **)function = dlsym(library, name);
    return *(void **)function != NULL;
}

vt_status vt_xlsx_open(vt_findings *list, vt_xlsx *out) {
    vt_xlsx x = {.library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL)};
    bool all = x.library != NULL;

#define VT_XLSX_FIND(name) all = all && found(x.library, #name, &x.name);
    VT_XLSX_FUNCTIONS(VT_XLSX_FIND)
#undef VT_XLSX_FIND
    if (!all) {
        vt_xlsx_close(&x);
        return vt_fail(list, "CLI-23", (vt_place){0},
                       "Cài gói libxlsxwriter4 của Debian, hoặc chọn --format csv hay pdf.",
                       "Không mở được thư viện làm tệp XLSX (%s).", LIBRARY);
    }
    *out = x;
    return VT_OK;
}

void vt_xlsx_close(vt_xlsx *xlsx) {
    if (xlsx->library)
        dlclose(xlsx->library);
    *xlsx = (vt_xlsx){0};
}
