/*
 * cli/zip.h - files as one ZIP.
 */
#ifndef VT_CLI_ZIP_H
#define VT_CLI_ZIP_H

#include "base/base.h"

typedef struct vt_zip_file {
    const char *path; /* on the disk */
    const char *name; /* in the ZIP: ASCII */
    const char *day;  /* ISO: the time it bears there, at noon */
} vt_zip_file;

/*
 * Makes the ZIP `path`, which is not there yet, of the files in their order.  They are stored as
 * they are: PDFs are deflated already, and so it is the same bytes whatever version of a library
 * packs it.  VT_FAIL leaves nothing: CLI-08 the disk, CLI-24 libzip is not installed.
 */
vt_status vt_zip_write(const char *path, const vt_zip_file *files, size_t count,
                       vt_findings *list) VT_USED;

#endif
