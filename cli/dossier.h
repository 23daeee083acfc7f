/*
 * cli/dossier.h - dossiers as the command shows, prints and hands them out.
 *
 * vanthu dossier ACT ...: each act is a vt_command of its own with its options
 * and its page of help; cli/cmd_dossier.c holds their table.
 */
#ifndef VT_CLI_DOSSIER_H
#define VT_CLI_DOSSIER_H

#include "cli/archive.h"

const vt_command *vt_dossier_command(const char *act); /* "open" -> "dossier open" */

/* The two options every act on one dossier has. */
#define VT_DOSSIER_OPTS(ref)                                                                       \
    {"year", 0, VT_OPT_INT, &(ref).year, "NĂM", "năm của danh mục, khi nhiều năm trùng mã"}, {     \
        "issuer", 0, VT_OPT_STRING, &(ref).issuer, "TÊN", "của cơ quan có tên này"           \
    }

/* "01.VP/2026: Hồ sơ ..." and what is known of it; with --json as the result. */
void vt_dossier_print(vt_cli *cli, const vt_dossier *d);
json_t *vt_dossier_json(const vt_dossier *d);
json_t *vt_dossier_entry_json(const vt_dossier_entry *e);
/* Sets a field that has words. */
void vt_dossier_set(json_t *object, const char *key, const char *text);

vt_status vt_dossier_list(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_show(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_open(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_change(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_transfer(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_dispose(vt_cli *cli, int argc, char **argv);

#endif
