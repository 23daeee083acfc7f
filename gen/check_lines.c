#include "gen/check_lines.h"

struct vt_lines *vt_lines_of(vt_checking *c) {
    (void)c;
    return NULL;
}
