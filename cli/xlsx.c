/* cli/xlsx.c - opening libxlsxwriter. */

#include "cli/xlsx.h"

#define LIBRARY "libxlsxwriter.so." LXW_SOVERSION

vt_status vt_xlsx_open(vt_findings *list, vt_xlsx *out) {
#define PLACE(name) {#name, offsetof(vt_xlsx, name)},
    static const vt_function functions[] = {VT_XLSX_FUNCTIONS(PLACE)};
#undef PLACE
    vt_xlsx x = {0};

    if (!vt_library_open(LIBRARY, functions, sizeof functions / sizeof *functions, &x, &x.library))
        return vt_fail(list, "CLI-23", (vt_place){0},
                       "Cài gói libxlsxwriter4 của Debian, hoặc chọn --format csv hay pdf.",
                       "Không mở được thư viện làm tệp XLSX (%s).", LIBRARY);
    *out = x;
    return VT_OK;
}

void vt_xlsx_close(vt_xlsx *xlsx) {
    vt_library_close(xlsx->library);
    *xlsx = (vt_xlsx){0};
}
