/*
 * cli/dossier.h - dossiers as the command shows, prints and hands them out.
 *
 * vanthu dossier ACT ...: each act is a vt_command of its own with its options
 * and its page of help; cli/cmd_dossier.c holds their table.
 */
#ifndef VT_CLI_DOSSIER_H
#define VT_CLI_DOSSIER_H

#include "cli/archive.h"
#include "cli/book.h"

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

/* ---------------------------------------------------------- on paper -- */

/* Where a list goes and as what; output NULL: nowhere. */
typedef struct vt_dossier_paper {
    const char *output, *word; /* -o, --format */
    vt_book_format format;
} vt_dossier_paper;
#define VT_DOSSIER_PAPER_OPTS(paper)                                                               \
    {"output", 'o', VT_OPT_STRING, &(paper).output, "TỆP", "nơi ghi; - là thiết bị ra chuẩn"}, {   \
        "format", 0, VT_OPT_STRING, &(paper).word, "DẠNG",                                         \
            "pdf, csv hoặc xlsx (mặc định theo đuôi tên tệp)"                          \
    }
/* Before anything is done: may it be written there? */
vt_status vt_dossier_paper_check(vt_cli *cli, vt_dossier_paper *paper) VT_USED;
/* `record` (released here) into a model of books/. */
vt_status vt_dossier_paper_write(vt_cli *cli, const vt_dossier_paper *paper, const char *model,
                                 json_t *record) VT_USED;

/* Records for danh-muc-ho-so (all of one year), muc-luc-van-ban, muc-luc-ho-so,
   bien-ban-giao-nhan; count > 0. */
json_t *vt_dossier_list_record(vt_cli *cli, const vt_dossier *all, size_t count,
                               const char *decision);
json_t *vt_dossier_contents_record(vt_cli *cli, const vt_dossier_view *view);
json_t *vt_dossier_inventory_record(vt_cli *cli, const vt_transfer *transfer, const char *place,
                                    const char *maker);
json_t *vt_dossier_transfer_record(vt_cli *cli, const vt_transfer *transfer, const char *place);

/* ------------------------------------------------------------ the acts -- */

vt_status vt_dossier_inventory(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_record(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_export(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_list(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_show(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_open(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_change(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_receive(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_arrived(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_transfer(vt_cli *cli, int argc, char **argv);
vt_status vt_dossier_dispose(vt_cli *cli, int argc, char **argv);

#endif
