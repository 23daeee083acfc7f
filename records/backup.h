/*
 * records/backup.h - what making a backup and restoring one share: files copied
 * and hashed in one go, the manifest, folders that are taken away again.
 *
 * A backup is a folder:
 *
 *     manifest.txt      what it holds; readable by sha256sum -c, ends with a hash of itself
 *     register.backup   the register as it was at one moment; not named records.db, so that
 *                       nobody issues numbers into a backup
 *     files/ab/cd..     the files of that register which stand in files/, as they stand there
 *
 * While it is made, or taken away, it has a name that begins with a dot.
 */
#ifndef VT_BACKUP_H
#define VT_BACKUP_H

#include "records/store.h"

#include <sys/types.h>

#define VT_MANIFEST "manifest.txt"
#define VT_REGISTER_COPY "register.backup"

/* ---------------------------------------------------------------- copies -- */

typedef struct vt_copy {
    char sha256[65];
    int64_t bytes;
    int error;      /* errno of what failed */
    const char *at; /* which of the two paths it concerns */
} vt_copy;

/* Copies a regular file to a name that is not taken, synced, hashed on the way.
   `to` NULL: hashed only. */
bool vt_copy_file(const char *from, const char *to, mode_t mode, vt_copy *out);

/* What the system refused, on a path of the backup or of the new archive (KHO-52). */
vt_status vt_copy_failed(vt_findings *list, const char *path, int error) VT_USED;

/* A new folder, or one that is there already.  0 or an errno. */
int vt_folder_make(const char *path);

/* Takes away a folder that holds a backup, or what was begun of one or of a restored
   archive: only names that this program makes.  False: something else is in it. */
bool vt_backup_remove(vt_arena *arena, const char *folder);

/* The folder, for this process alone; *fd is its lock.  KHO-53: another one has it. */
vt_status vt_backup_claim(const char *folder, vt_findings *list, int *fd) VT_USED;

/* -------------------------------------------------------------- manifest -- */

typedef struct vt_manifest_line {
    const char *sha256, *path;
} vt_manifest_line;

typedef struct vt_manifest {
    const char *archive, *made, *maker; /* id of the archive, time (UTC), program */
    vt_anchor head;                     /* last row of the log */
    int64_t documents, numbers;
    vt_manifest_line *lines; /* register.backup first */
    size_t count, cap;
} vt_manifest;

/* Text of a manifest, with its last line. */
void vt_manifest_write(const vt_manifest *manifest, vt_buf *out);
/* Reads FOLDER/manifest.txt: KHO-50 none is there, KHO-51 it is not whole. */
vt_status vt_manifest_read(const char *folder, vt_arena *arena, vt_findings *list,
                           vt_manifest *out) VT_USED;

#endif
