/*
 * records/store.h - what the files of this room share: the open archive, the
 * store behind it, its statements, its log.
 *
 * The store seam.  Everything above this header (issuing, series, states, the
 * log, searching) is written once, in SQL both stores understand; what differs
 * stands behind vt_backend.  records/sqlite.c is the one for a folder,
 * records/postgres.c the one for a `postgresql://` URL.  Whoever writes another:
 *
 *  - fills a vt_backend and adds it to BACKENDS in records/store.c;
 *  - gives the same tables in its own dialect (records/schema/NAME/NNN.sql) with
 *    the same constraints and triggers: what a trigger refuses is a promise of
 *    the archive, and tests/records/test_tables.c holds every store to it;
 *  - takes statements as they stand here: placeholders ? and ?N (to be
 *    rewritten to $N), integers of 64 bits, text, blobs, NULL; ON CONFLICT DO
 *    NOTHING and RETURNING; no last_insert_rowid, no OR IGNORE, no scalar
 *    max(), no GLOB, no boolean columns (0 and 1), dates and times as text;
 *    functions used: coalesce, count, max, min, length, substr, instr; a year is
 *    compared as text (a date may be ""); a column that may be NULL is not what
 *    rows are ordered by; an error ends the part it happened in (vt_part_begin);
 *  - answers the few statements that cannot be one text from its own table of
 *    named ones (vt_named); the words they search for are an expression in the
 *    part of FTS5's language that records/query.c writes;
 *  - in `begin` makes sure that acts come one after the other (the log is one
 *    chain, numbers are dense) and in `commit` that VT_OK means "on the disk".
 */
#ifndef VT_STORE_H
#define VT_STORE_H

#include "records/records.h"
#include "records/uid.h"

#include <jansson.h>

/* ------------------------------------------------------------- the store -- */

/* A value bound to a statement; text and blobs are borrowed until it is reset. */
typedef struct vt_arg {
    enum { VT_ARG_INT, VT_ARG_TEXT, VT_ARG_BLOB, VT_ARG_NULL } kind;
    int64_t number;   /* VT_ARG_INT; bytes of VT_ARG_BLOB */
    const char *text; /* VT_ARG_TEXT, VT_ARG_BLOB */
} vt_arg;

/* One prepared statement; `handle` is the backend's. */
typedef struct vt_stmt {
    vt_records *records;
    const char *sql; /* a literal */
    void *handle;
} vt_stmt;

/* Statements whose text depends on the store. */
typedef enum vt_named {
    VT_SQL_FIND_NUMBERS, /* records/search.c says what they select */
    VT_SQL_FIND_WORDS,
    VT_SQL_FIND_IN_DOSSIER, /* the same, from the few documents of a dossier */
    VT_SQL_FIND_IN_STATE,   /* ... or of a state on */
    VT_SQL_COUNT_NUMBERS,   /* the same four, of VT_COUNT_COLUMNS */
    VT_SQL_COUNT_WORDS,
    VT_SQL_COUNT_IN_DOSSIER,
    VT_SQL_COUNT_IN_STATE,
    VT_SQL_ARRIVED,       /* VT_ARRIVED: received documents, ... */
    VT_SQL_ARRIVED_WORDS, /* ... or those with the words ?5, each in quotes */
    VT_SQL_ARRIVED_INDEX, /* makes received document ?1 findable; NULL: its row does */
    VT_SQL_NAMED
} vt_named;

/* Columns of document_text behind its key. */
enum {
    VT_COLUMN_FACET,
    VT_COLUMN_HEADING,
    VT_COLUMN_SUBJECT,
    VT_COLUMN_ISSUER,
    VT_COLUMN_SIGNER,
    VT_COLUMN_RECIPIENT,
    VT_COLUMN_BODY,
    VT_COLUMN_KEYWORDS,
    VT_TEXT_COLUMNS
};

/* Remedies where nothing can be written: for an act; for tables to be brought forward; for a
   view that must leave a line in the log; who or where is to mend, before ": vanthu fsck ...".
   `nobody`: not for want of a right. */
typedef struct vt_unwritable {
    const char *act, *old, *view, *mend;
    bool nobody;
} vt_unwritable;

/* Every function says in `list` what went wrong. */
typedef struct vt_backend {
    const char *name;   /* "sqlite" */
    const char *scheme; /* beginning of the archive's name that asks for it; "": any other */

    /* A new archive: its tables, and in the same transaction vt_records_fill. */
    vt_status (*make)(vt_records *r, const vt_records_new_options *how, vt_findings *list);
    vt_status (*open)(vt_records *r, vt_findings *list); /* brings older tables forward */
    void (*close)(vt_records *r);                        /* of what is half open, too */

    /* begin waits for the right to write (KHO-07).  commit: VT_OK says that the
       act is on the disk; else it is not done, or (the disk failed at the very
       end) not known to be.  settle: what others committed and this connection
       has seen is on the disk, too. */
    vt_status (*begin)(vt_records *r, vt_findings *list);
    vt_status (*commit)(vt_records *r, vt_findings *list);
    void (*rollback)(vt_records *r);
    bool (*in_act)(const vt_records *r); /* an error may have ended the transaction */
    vt_status (*settle)(vt_records *r, vt_findings *list);

    vt_status (*prepare)(vt_stmt *stmt, vt_findings *list); /* sets stmt->handle */
    void (*finalize)(vt_stmt *stmt);
    vt_status (*bind)(vt_stmt *stmt, vt_findings *list, const vt_arg *args, size_t count);
    vt_status (*step)(vt_stmt *stmt, vt_findings *list, bool *row);
    /* NULL where nothing is gained.  run: as step where no rows are wanted; within an act it
       may be put off, and what is wrong is told by a later call, flush at the latest.  ahead:
       the rows of this statement will be asked for soon.  flush: what was put off is done. */
    vt_status (*run)(vt_stmt *stmt, vt_findings *list);
    vt_status (*ahead)(vt_stmt *stmt, vt_findings *list);
    vt_status (*flush)(vt_records *r, vt_findings *list);
    void (*reset)(vt_stmt *stmt);                /* also forgets what was bound */
    int64_t (*column_int)(vt_stmt *stmt, int i); /* 0 for NULL */
    /* Text (NUL behind it) or blob; NULL for NULL; until the next step or reset. */
    const char *(*column_text)(vt_stmt *stmt, int i, size_t *len);
    vt_status (*exec)(vt_records *r, vt_findings *list, const char *sql); /* no rows, not kept */
    /* The tables as they stand at one moment, as the register of an archive at `path`;
       NULL: such a store has its own means. */
    vt_status (*copy)(vt_records *r, vt_findings *list, const char *path);
    /* What to do where it cannot be written: for want of a right, or because nobody can here
       (a medium, a standby). */
    const vt_unwritable *(*unwritable)(const vt_records *r);

    /* VT_BAD and findings: the store itself is damaged (KHO-30), its tables are not the
       program's (KHO-35). */
    vt_status (*check)(vt_records *r, vt_findings *list);
    /* The words of a document, its columns of document_text, as the index takes them.  The
       index has the same columns, and `run`: heading and subject, each a run of pairs
       (tokenizer.h), which the search asks for words side by side.  Two words side by side
       are a token anywhere (VT_PAIRED).  `waiting`: it takes them later, and many at once. */
    void (*words)(int64_t sort_key, const char *const columns[VT_TEXT_COLUMNS], bool waiting,
                  vt_buf *out);
    /* They come into the index, and out of it. */
    vt_status (*index_add)(vt_records *r, vt_findings *list, int64_t sort_key, const char *words);
    vt_status (*index_drop)(vt_records *r, vt_findings *list, int64_t sort_key, const char *words);
    /* Is the search index what the words in document_text make of it?  Outside of an act;
       where *compared is false this store tells it only to who may write. */
    vt_status (*index_check)(vt_records *r, vt_findings *list, bool *right, bool *compared);
    /* It is made anew from them; within an act. */
    vt_status (*index_make)(vt_records *r, vt_findings *list);

    /* The words of the index that begin so, a space before each; none: there are too many.
       NULL: beginnings are as quick as words. */
    vt_status (*beginning)(vt_records *r, vt_findings *list, const char *begin, vt_buf *out);
    /* Behind a bracketed expression: it is found by itself before it is joined with others. */
    const char *together;

    const char *const *named; /* [VT_SQL_NAMED] */
} vt_backend;

extern const vt_backend vt_sqlite;   /* records/sqlite.c */
extern const vt_backend vt_postgres; /* records/postgres.c */

/* -------------------------------------------------------- the open archive -- */

struct libdeflate_compressor;

enum { VT_STATEMENTS = 384 };

/* Words that come into the index when the act ends: those of its parts.  (Each savepoint writes
   SQLite's index out, which costs more than all the rest of the rows.) */
typedef struct vt_waiting {
    struct vt_waiting_words *items;
    size_t count, room, before; /* before: of the part that is open */
    vt_buf words;               /* of all items, as the backend makes them */
    bool in_part;
} vt_waiting;

struct vt_records {
    char *folder;      /* the archive's name, as it is shown: without a password */
    char *source;      /* and as it was given */
    const char *files; /* folder that holds files/, the backend's; NULL: there is none */
    char *actor, *maker;
    vt_world world;
    const vt_backend *backend;
    void *store; /* the backend's */
    bool read_only, any_issuer, acting;
    bool old;             /* of tables too old to be read without being brought forward */
    size_t register_most; /* files up to this many bytes stand in the register */
    struct libdeflate_compressor *packer; /* NULL: not wanted yet (keep.c) */
    uint64_t jitter;                      /* state of the waiting times' generator */
    vt_waiting waiting;
    vt_arena *typed; /* NFC of what was typed into the act (typed.h); NULL: not wanted yet */
    vt_stmt statements[VT_STATEMENTS];
    size_t statement_count;
};

#define VT_SCHEMA_VERSION 7

/* May tables of this version be used?  KHO-02, KHO-05, KHO-09 (old, and only to be
   read); 0 is none of ours. */
vt_status vt_version_known(vt_records *r, int64_t version, vt_findings *list) VT_USED;
vt_status vt_not_ours(const vt_records *r, vt_findings *list) VT_USED; /* KHO-02 */

/* Rows every new archive begins with; within its making transaction. */
vt_status vt_records_fill(vt_records *r, const vt_records_new_options *how,
                          vt_findings *list) VT_USED;

/* The log's line of a migration; within its transaction. */
vt_status vt_records_migrated(vt_records *r, int64_t from, vt_findings *list) VT_USED;
void vt_statements_drop(vt_records *r); /* before the connection is closed */

/* Is that the name of an archive in a folder? */
bool vt_store_is_folder(const char *name) VT_USED;

/* "FOLDER/NAME" in memory of malloc; NULL without. */
char *vt_store_path(const vt_records *r, const char *name);

/* What the system refused, in Vietnamese, by errno. */
vt_status vt_store_failed(const vt_records *r, vt_findings *list, const char *what,
                          int error) VT_USED;

/* A date as people read it: "27/03/2026" for "2026-03-27", other text as it is. */
typedef struct vt_day_text {
    char text[12];
} vt_day_text;
vt_day_text vt_day(const char *iso);
/* From today to that date; below 0: it is over; of none 0. */
int64_t vt_days_until(vt_records *r, const char *iso);

vt_status vt_no_right(const vt_records *r, vt_findings *list) VT_USED; /* KHO-06 */

/* ------------------------------------------------------------------- SQL -- */

static inline vt_arg vt_int(int64_t v) {
    return (vt_arg){.kind = VT_ARG_INT, .number = v};
}
/* NULL binds NULL. */
static inline vt_arg vt_text(const char *s) {
    return (vt_arg){.kind = s ? VT_ARG_TEXT : VT_ARG_NULL, .text = s};
}
static inline vt_arg vt_blob(const void *data, size_t len) {
    return (vt_arg){.kind = VT_ARG_BLOB, .number = (int64_t)len, .text = data};
}
#define VT_ARGS(...)                                                                               \
    ((const vt_arg[]){__VA_ARGS__}), (sizeof((const vt_arg[]){__VA_ARGS__}) / sizeof(vt_arg))
#define VT_NO_ARGS NULL, 0

/*
 * Runs a statement that gives no rows.  `sql` is a literal: the statement made
 * from it is kept with the archive and found again by the literal's address.
 * Within an act it may be put off: what the store refuses is then told by a later
 * statement, or by the end of the part or the act.
 */
vt_status vt_sql_run(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                     size_t count) VT_USED;
/* The integer in the first column of the first row ("... RETURNING x_id"); 0: no row, or NULL. */
vt_status vt_sql_number(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                        size_t count, int64_t *out) VT_USED;
/*
 * A statement that gives rows: bound, not yet stepped.  vt_sql_row steps it;
 * *row false: no more (it is then reset).  Whoever stops earlier calls
 * vt_sql_done.  One statement is open once at a time.
 */
vt_status vt_sql_open(vt_records *r, vt_findings *list, const char *sql, const vt_arg *args,
                      size_t count, vt_stmt **out) VT_USED;
vt_status vt_sql_row(vt_stmt *stmt, vt_findings *list, bool *row) VT_USED;
void vt_sql_done(vt_stmt *stmt);
/* Its rows will be asked for soon: of several such statements a distant store answers
   all in one trip.  Nothing may be changed between this and the first row. */
vt_status vt_sql_ahead(vt_stmt *stmt, vt_findings *list) VT_USED;
int64_t vt_sql_int(vt_stmt *stmt, int i); /* 0 for NULL */
/* Column i, borrowed until the next step; "" for NULL. */
const char *vt_sql_view(vt_stmt *stmt, int i);
/* The same of a blob, with its length; NULL for NULL. */
const void *vt_sql_blob(vt_stmt *stmt, int i, size_t *len);
bool vt_sql_null(vt_stmt *stmt, int i);
/* Column i as text in the arena; "" for NULL. */
const char *vt_sql_text(vt_arena *arena, vt_stmt *stmt, int i);

/* What is read in between is as of one moment; within an act, as of the act. */
vt_status vt_reading_begin(vt_records *r, vt_findings *list, bool *own) VT_USED;
vt_status vt_reading_end(vt_records *r, bool own, vt_status st) VT_USED; /* st, or why not */

/* A part of an act that can be taken back alone: begun, then kept or taken
   back.  An error of the disk may end the whole act instead (KHO-27). */
vt_status vt_part_begin(vt_records *r, vt_findings *list) VT_USED;
vt_status vt_part_end(vt_records *r, vt_findings *list, vt_status st) VT_USED;

/* ------------------------------------------------------------------- log -- */

/* Appends a row to the log, within the open act.  `detail` is JSON. */
vt_status vt_event_add(vt_records *r, vt_findings *list, const char *act, const char *object,
                       const char *detail) VT_USED;

/* The hash of a row: over the hash before it, its serial and its fields (at, actor,
   act, object, detail). */
vt_status vt_event_hash(vt_findings *list, const char *before, int64_t serial,
                        const char *const *fields, size_t count, char out[65]) VT_USED;

/* The same, of an object that is taken over (NULL is no memory), with the hash of the
   rows of what was acted on. */
vt_status vt_event_json(vt_records *r, vt_findings *list, const char *act, const char *object,
                        json_t *detail) VT_USED;
/* The head that goes out of the house on the paper of a closed register, `given_to` its uid. */
vt_status vt_event_anchor(vt_records *r, vt_findings *list, const char *given_to,
                          const char *at) VT_USED;

/* ------------------------------------------------------------------ rows -- */

/* What acts act on, by their id in the log (records/rows.c). */
typedef enum vt_row_kind {
    VT_ROW_DOCUMENT,
    VT_ROW_VOLUME,   /* of a closed register */
    VT_ROW_ARRIVALS, /* a volume of received documents */
    VT_ROW_IMPORT,
    VT_ROW_RECEIVED,
    VT_ROW_DOSSIER,
    VT_ROW_TRANSFER,
    VT_ROW_KINDS
} vt_row_kind;
enum { VT_ROW_CHARS = 80 }; /* "document:" and a hash */

/* All rows of an object as they stand, and all that is configured, as one hash.
   vt_event_json writes it into the line of each act ("row"), so an act logs itself
   when its rows are written and not before. */
vt_status vt_row_hash(vt_records *r, vt_findings *list, vt_row_kind kind, int64_t id,
                      char out[VT_ROW_CHARS + 1]) VT_USED;
vt_status vt_config_hash(vt_records *r, vt_findings *list, char out[VT_ROW_CHARS + 1]) VT_USED;
/* The object of this id; *id 0: none of them. */
vt_status vt_row_find(vt_records *r, vt_findings *list, const char *uid, vt_row_kind *kind,
                      int64_t *id) VT_USED;
/* The one behind *id (0: the first), with its uid; *id 0: no more. */
vt_status vt_row_next(vt_records *r, vt_findings *list, vt_row_kind kind, int64_t *id,
                      char uid[VT_UID_CHARS + 1]) VT_USED;

/* ----------------------------------------------------------------- files -- */

typedef struct vt_stored {
    char sha256[65];
    int64_t bytes;
} vt_stored;

/* Makes the folders of files/: once, when the archive is made. */
vt_status vt_store_fans(vt_records *r, vt_findings *list) VT_USED;

/* Puts the names in a folder on the disk.  0 or an errno. */
int vt_sync_folder(const char *path);

/* Where a file of this hash stands in the archive: "files/ab/cd..". */
void vt_store_name(const char *sha256, char out[80]);

/* Keeps bytes under their hash, with their row in `file`, and reads them back
   before it says VT_OK; within an act.  What is there already is checked and
   used.  On the disk with the act's commit. */
vt_status vt_store_put(vt_records *r, vt_findings *list, const void *data, size_t len,
                       vt_stored *out) VT_USED;
/* The bytes of a hash, unpacked, checked against it. */
vt_status vt_store_get(vt_records *r, vt_findings *list, const char *sha256, vt_buf *out) VT_USED;
/* The same, and as many bytes there as its row says, none behind (VT_BAD). */
vt_status vt_store_check(vt_records *r, vt_findings *list, const char *sha256, vt_buf *out) VT_USED;

void vt_packer_free(vt_records *r);

/* Bytes as they are kept, in files/: durably before it says VT_OK. */
vt_status vt_folder_put(vt_records *r, vt_findings *list, const char *sha256, const void *data,
                        size_t len) VT_USED;
vt_status vt_folder_get(vt_records *r, vt_findings *list, const char *sha256, vt_buf *out) VT_USED;

/* --------------------------------------------------------------- issuers -- */

/* The issuer's row, made when that is allowed. */
vt_status vt_issuer_find(vt_records *r, const vt_issue *request, vt_findings *list,
                         int64_t *out) VT_USED;

/* The same issuer where the archive has it, nothing made or told; 0: it has not. */
vt_status vt_issuer_known(vt_records *r, const vt_meta *meta, vt_findings *list,
                          int64_t *out) VT_USED;

/* ----------------------------------------------------------------- index -- */

/* The words of a document, with what is printed as its number.  Within a part of an act
   they are found only when the act is done. */
vt_status vt_index_add(vt_records *r, vt_findings *list, int64_t sort_key, const vt_meta *meta,
                       const char *designation) VT_USED;

/* Other keywords; the words of the series its number is in, as that is called now. */
vt_status vt_index_keywords(vt_records *r, vt_findings *list, int64_t document,
                            const char *keywords) VT_USED;
vt_status vt_index_series(vt_records *r, vt_findings *list, int64_t document) VT_USED;

/* What waits for the end of the act comes into the index: by vt_records_commit. */
vt_status vt_index_settle(vt_records *r, vt_findings *list) VT_USED;
void vt_index_forget(vt_records *r, size_t count); /* all that waits but the first so many */
/* Between parts: where much waits already, it comes into the index now. */
vt_status vt_index_room(vt_records *r, vt_findings *list) VT_USED;

/* ------------------------------------------------------------------ life -- */

/* A step of a document: from where it stands, by an act, to where that leads. */
typedef struct vt_move {
    int64_t document; /* 0: not there yet */
    const char *name; /* for messages */
    const char *state, *act, *note;
    char to[32]; /* filled by the check */
} vt_move;

/* May this actor do it?  DOI-01 .. 04. */
vt_status vt_move_check(vt_records *r, vt_findings *list, vt_move *move) VT_USED;
vt_status vt_move_add(vt_records *r, vt_findings *list, const vt_move *move) VT_USED; /* its row */
/* May this actor do an act that is no step, when the archive asks (`duty`)?  By its name in the
   log, whose every line is asked so; DOI-03. */
vt_status vt_duty_check(vt_records *r, vt_findings *list, const char *act) VT_USED;

/* The next generation of a document's file; `name` as in vt_record_file. */
vt_status vt_document_file_add(vt_records *r, vt_findings *list, int64_t document, const char *role,
                               const char *name, const vt_stored *file, int64_t pages) VT_USED;

/* --------------------------------------------------------------- records -- */

/*
 * The columns of a record, for "SELECT " VT_RECORD_COLUMNS " FROM document d"
 * VT_RECORD_JOINS.
 */
#define VT_RECORD_COLUMNS                                                                          \
    "d.uid, d.state, n.number, n.suffix, n.notation, d.designation, d.date, d.due, d.system, "     \
    "d.type, d.type_name, d.title, i.superior, i.name, i.abbr, i.organ, d.place, d.subject, "      \
    "d.urgency, d.secrecy, (SELECT name FROM signer s WHERE s.document_id = d.document_id "        \
    "ORDER BY ordinal LIMIT 1), d.pack, d.maker, (SELECT sha256 FROM document_file f "             \
    "WHERE f.document_id = d.document_id AND role = 'pdf' ORDER BY generation DESC LIMIT 1), "     \
    "(SELECT place FROM document_file f JOIN file USING (sha256) WHERE f.document_id = "           \
    "d.document_id AND role = 'pdf' ORDER BY generation DESC LIMIT 1), d.pages, d.amount, "        \
    "d.document_id, d.sort_key, d.again"
/* Of drafts, too: their number is NULL. */
#define VT_RECORD_JOINS_ALL                                                                        \
    " LEFT JOIN number n ON n.number_id = d.number_id JOIN issuer i ON i.issuer_id = d.issuer_id "
#define VT_RECORD_JOINS                                                                            \
    " JOIN number n ON n.number_id = d.number_id JOIN issuer i ON i.issuer_id = d.issuer_id "
enum {
    VT_COLUMN_NUMBER = 2,
    VT_COLUMN_SUFFIX = 3,
    VT_COLUMN_HASH = 23,
    VT_COLUMN_PLACE,
    VT_COLUMN_PAGES,
    VT_COLUMN_AMOUNT,
    VT_COLUMN_DOCUMENT,
    VT_COLUMN_SORT,
    VT_COLUMN_AGAIN,
    VT_COLUMNS
};

/* A record from a row of those columns; NULL without memory. */
vt_record *vt_record_load(vt_arena *arena, vt_stmt *stmt);

/* Is the number of row n the one typed?  ?1 number (0: none), ?2 suffix, ?3 notation; its date
   from ?4 to before ?11: texts of vt_year_span */
#define VT_NUMBER_TYPED                                                                            \
    "(n.number = ?1 AND n.suffix = ?2 AND n.date >= ?4 AND n.date < ?11 AND "                      \
    "(?3 = '' OR instr(n.notation_words, ?3) > 0))"
/* The year typed (0: any) as the two texts; in the arena. */
bool vt_year_span(vt_arena *arena, int year, const char **from, const char **before);
/* Is document d in state ?9 and in the dossier of code ?10 ("": any)? */
#define VT_DOSSIER_DOCUMENTS                                                                       \
    "(SELECT e.document_id FROM dossier x JOIN dossier_entry e USING (dossier_id) "                \
    "WHERE (x.code = ?10 OR x.code || '/' || x.year = ?10) AND e.removed = '')"
#define VT_NARROWED                                                                                \
    "(?9 = '' OR d.state = ?9) AND (?10 = '' OR d.document_id IN " VT_DOSSIER_DOCUMENTS ")"
/* What documents are counted by (records/facet.c). */
#define VT_COUNT_COLUMNS                                                                           \
    "d.sort_key, d.type, n.series_id, d.issuer_id, (SELECT name FROM signer s WHERE "              \
    "s.document_id = d.document_id ORDER BY ordinal LIMIT 1), d.urgency, d.state"
/* VT_SQL_FIND_NUMBERS, given how a store says that document d has the words ?7.  The + keeps
   a store from reading all documents in order; numbers have them in the order of their days. */
#define VT_FIND_NUMBERS(columns, has_words)                                                        \
    "SELECT " columns " FROM document d" VT_RECORD_JOINS "WHERE " VT_NUMBER_TYPED                  \
    " AND +d.sort_key BETWEEN ?5 AND ?6 AND (?7 = '' OR " has_words ") AND " VT_NARROWED           \
    " ORDER BY n.date DESC, d.sort_key DESC LIMIT ?8"

/* VT_SQL_ARRIVED...: of an issuer ?1 (0: any), year ?2 (0: any), numbers ?3 to ?4 (0: no end);
   `from` gives received documents as c, `has_words` the condition that they have the words ?5. */
#define VT_ARRIVED(from, has_words)                                                                \
    "SELECT c.uid, c.year, c.arrival_number, c.arrival_date, c.sender, c.designation, c.date, "    \
    "c.type_name, c.subject, c.to_places, c.note, c.secrecy, coalesce((SELECT x.code || '/' || "   \
    "x.year FROM dossier_entry e JOIN dossier x USING (dossier_id) WHERE e.received_id = "         \
    "c.received_id AND e.removed = '' ORDER BY e.dossier_id LIMIT 1), ''), i.name, i.superior "    \
    "FROM " from " JOIN issuer i ON i.issuer_id = c.issuer_id WHERE " has_words                    \
    " AND (?1 = 0 OR c.issuer_id = ?1) AND (?2 = 0 OR c.year = ?2) AND c.arrival_number >= ?3 "    \
    "AND (?4 = 0 OR c.arrival_number <= ?4) ORDER BY c.issuer_id, c.year, c.arrival_number"

/* The line in the log that a view of what is restricted leaves (KHO-14). */
vt_status vt_view_log(vt_records *r, const char *id, const char *what, vt_findings *list) VT_USED;

/* The fields of the law, into a record (records/metadata.c). */
vt_status vt_metadata_load(vt_records *r, vt_record *v, vt_arena *arena, vt_findings *list) VT_USED;

/* vt_records_show without the line in the log that a view of what is restricted leaves. */
vt_status vt_record_find(vt_records *r, const char *reference, int year, vt_arena *arena,
                         vt_findings *list, vt_record **out) VT_USED;
vt_status vt_record_of(vt_records *r, int64_t document, vt_arena *arena, vt_findings *list,
                       vt_record **out) VT_USED;
/* The newest record of a key, and how often it was issued again; NULL: none. */
vt_status vt_record_of_key(vt_records *r, const char *key, vt_arena *arena, vt_findings *list,
                           vt_record **out, int64_t *again) VT_USED;

#endif
