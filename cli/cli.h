/*
 * cli/cli.h - what the commands share: the table of commands, options,
 * printing of findings, the engine, and the way from a tree to a PDF.
 *
 * A command is one file cli/cmd_NAME.c and one row in cli/main.c.  It returns
 * a vt_status, which is the exit status of the program; what went wrong is in
 * cli->list and is printed by main.
 */
#ifndef VT_CLI_H
#define VT_CLI_H

#include "base/base.h"
#include "gen/gen.h"

#include <jansson.h>
#include <stdio.h>

#define VT_VERSION "0.1.0"

typedef struct vt_cli {
    vt_findings *list;
    vt_engine *engine;                /* opened by vt_cli_engine */
    vt_arena *arena;                  /* for the command */
    bool json;                        /* --json: results and findings as JSON on stdout */
    bool quiet;                       /* only errors */
    const char *data, *local, *fonts; /* --data, --local, --fonts */
    const char *records;              /* --records, else VANTHU_RECORDS, else ./vanthu-records */
    json_t *result;                   /* with --json: what the command hands back */
} vt_cli;

/* ------------------------------------------------------------- options -- */

typedef enum vt_opt_kind { VT_OPT_FLAG, VT_OPT_STRING, VT_OPT_INT, VT_OPT_DATE } vt_opt_kind;

typedef struct vt_opt {
    const char *name; /* long name without dashes */
    char letter;      /* short form or 0 */
    vt_opt_kind kind;
    void *value;      /* bool*, const char**, int*, vt_date* */
    const char *arg;  /* "TỆP" in the help; NULL for flags */
    const char *help; /* one line */
} vt_opt;

typedef struct vt_command {
    const char *name;
    const char *usage;   /* "VĂN-BẢN.xml [-o TỆP.pdf]" */
    const char *summary; /* one line */
    const char *details; /* some lines, for --help; may be NULL */
    vt_status (*run)(vt_cli *cli, int argc, char **argv);
} vt_command;

const vt_command *vt_cli_command(const char *name); /* NULL: none */

/*
 * Parses options (own table ended by {0}, may be NULL) and the common ones
 * (--json, --data, --local, --fonts, --records, --quiet, --help).  Operands
 * end up in argv[0..*operands); their number must lie in [least, most].
 * VT_BAD with a finding on misuse.  --help prints the command's page and sets
 * *done: return VT_OK at once.
 */
vt_status vt_cli_options(vt_cli *cli, const vt_command *command, const vt_opt *opts, int argc,
                         char **argv, int least, int most, int *operands, bool *done) VT_USED;

/* A text of an option that is printed, or kept with many rows: by the rule of what is typed
   (KHO-15), asked once before anything is done.  *text NULL is allowed; it becomes NFC. */
vt_status vt_cli_typed(vt_cli *cli, const char *what, size_t most, const char **text) VT_USED;

/* A page of help, the version: as it is, or with --json as `key` of the object. */
void vt_cli_page(vt_cli *cli, const char *key, const vt_buf *text);

/* -------------------------------------------------------------- engine -- */

/* Opens cli->engine once (fonts, packs), finding the installation's data. */
vt_status vt_cli_engine(vt_cli *cli) VT_USED;

/* A model by path, or by name ("state/giay-moi") in the local folder and the
   installation.  VT_BAD tells which there are; cli->data must be known. */
vt_status vt_cli_model(vt_cli *cli, const char *name, const char **path) VT_USED;

/* ------------------------------------------------------- types (types.c) -- */

/* A type as people name it ("Kế hoạch", "ke hoach", "ke-hoach"), in the packs of that system;
   VT_SYSTEMS: in any.  CLI-19: there is none; tells the one most like it. */
vt_status vt_cli_type(vt_cli *cli, const char *typed, vt_system system,
                      const vt_type **out) VT_USED;
/* The type of just this slug, in any pack; NULL: none. */
vt_status vt_cli_type_known(vt_cli *cli, const char *slug, const vt_type **out) VT_USED;
/* Several with commas between, "*" for all others: "ke-hoach,*" for the records. */
vt_status vt_cli_types(vt_cli *cli, const char *typed, const char **out) VT_USED;

/* ------------------------------------------------------------ pipeline -- */

typedef enum vt_kind { VT_KIND_PDF, VT_KIND_SVG, VT_KIND_HTML } vt_kind;

typedef struct vt_make {
    vt_kind kind;
    int page; /* SVG: which, from 1 */
    bool electronic;
    bool two_sided; /* paper only */
    int part;       /* as in vt_compose_options */
    int pdfa_part;  /* 0: default */
    bool no_source;
    bool draft; /* findings of severity error do not stop it */
} vt_make;

typedef struct vt_made {
    size_t pages;
    const vt_pack *pack;
} vt_made;

/* check -> compose -> paint, or draw for the screen.  `out` is cleared first.
   With make->draft the checker's errors are reported but do not stop. */
vt_status vt_cli_make(vt_cli *cli, const vt_doc *doc, const vt_make *make, vt_arena *arena,
                      vt_buf *out, vt_made *made) VT_USED;

/* "paper" / "electronic" into make; NULL is paper.  An electronic file has no
   back pages: make->two_sided is known by now. */
vt_status vt_cli_medium(vt_cli *cli, const char *word, vt_make *make) VT_USED;
/* "together" / "separate" into make->part; NULL is together.  Only an electronic
   PDF has files of its own for annexes; make->electronic is known by now. */
vt_status vt_cli_annexes(vt_cli *cli, const char *word, vt_make *make) VT_USED;
/* "qd.pdf" -> "qd-kem-theo-1.pdf": annexes first, then attached texts. */
const char *vt_cli_part_path(vt_cli *cli, const char *main, size_t n);
/* "3a" / "2a" into make; NULL is 3a. */
vt_status vt_cli_profile(vt_cli *cli, const char *word, vt_make *make) VT_USED;

/* -------------------------------------------------------------- targets -- */

/* Before anything is made: may the result go to `path` (-o; NULL is allowed)?
   Not over `source`, which it is made from (NULL: none), nor into the archive.
   "-" and whatever else leads to standard output silences what is said there,
   and cannot be had with --json. */
vt_status vt_cli_target(vt_cli *cli, const char *path, const char *source) VT_USED;
/* Writes the file; "-" is standard output. */
vt_status vt_cli_write(const char *path, const vt_buf *bytes, vt_findings *list) VT_USED;

/* ------------------------------------------------------------- printing -- */

/* A JSON string of any text: bytes that are not UTF-8 (names of files) become
   U+FFFD, so that nothing is left out. */
json_t *vt_cli_json_text(const char *text);

void vt_cli_print_findings(const vt_cli *cli, FILE *to);
json_t *vt_cli_findings_json(const vt_findings *list);
/* Text of JSON with what jansson writes as it is though a terminal would act on it (DEL, C1,
   U+202E) as \uXXXX: the same strings. */
void vt_cli_escape(const char *text, size_t len, vt_buf *out);
/* JSON as programs read it, and without what a terminal would act on.  False: not all of it
   was written. */
bool vt_cli_put_json(const json_t *json, FILE *to) VT_USED;
/* A line for people on stdout, not with --json or --quiet.  What the format says is written as
   it is; in the texts of its %s, which may be anybody's, controls and what cannot be shown
   become U+FFFD.  It knows %s, %d, %ld, %lld, %zu, with a width or "*". */
void vt_cli_say(const vt_cli *cli, const char *fmt, ...) VT_PRINTF(2, 3);

/* ------------------------------------------------------------- commands -- */

vt_status vt_cmd_render(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_check(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_import(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_merge(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_init(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_issue(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_search(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_show(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_set(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_file(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_series(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_reserve(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_register(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_stats(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_dossier(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_void(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_recall(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_replace(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_correct(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_step(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_draft(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_user(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_fsck(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_audit(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_past(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_backup(vt_cli *cli, int argc, char **argv);
vt_status vt_cmd_restore(vt_cli *cli, int argc, char **argv);

#endif
