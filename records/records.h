/*
 * records/records.h - numbers that can be trusted, files that never change,
 * an archive that is searched in Vietnamese.
 *
 * An archive is one folder:
 *
 *     records.db     the register: issuers, series, numbers, documents, search
 *                    index, log (SQLite; application_id and user_version say
 *                    that it is ours and which version of the tables it holds)
 *     records.lock   held by whoever writes (see below)
 *     files/ab/cd..  PDFs and sources that are large (or all, where the archive was
 *                    made so), named by their SHA-256; the others are in the
 *                    register
 *
 * It belongs on a disk of the machine itself, not on a network share: both
 * SQLite and the lock need the locks of a local file system.
 *
 * Or it is a schema in a PostgreSQL database, for several hosts:
 * "postgresql://USER@HOST/DATABASE?schema=NAME" (libpq's URL; schema is ours,
 * "vanthu" where none is named).  Files are in the database, or in one folder
 * all hosts see.  Everything below holds for both; where a lock is spoken of, it
 * is a row there that an act locks, and the disk is the server's (and, where it
 * is set up so, its standby's).
 *
 * Words.  An issuer (cơ quan ban hành) numbers its documents in series (dãy
 * số); a series is one issuer, one book (which types share it: the pack's
 * number_class) and one period (a calendar year, or a term).  A number that
 * was ever given has a row with a state; a document has one number and its
 * files; every act is a row of a log whose rows each carry a hash over the
 * row before, so that a change of the past shows.
 *
 * An act is all or nothing, also under kill -9 and power cut.  In it, in this
 * order: the number is allotted, make() makes the document with it, PDF and
 * source are kept (in the register; or in files/: written beside, synced,
 * renamed, folder synced), read back and hashed, the rows are written, the transaction is
 * committed, and after the lock is given back its log is put on the disk before the act is told.  A
 * crash may leave a file that no row names, never a row without its file, never a number that was
 * given and lost or given twice.
 *
 * One writes at a time: an act holds records.lock (flock) from vt_records_begin
 * to commit, and so does every checkpoint.  Besides keeping numbers dense this
 * is what makes WAL safe with SQLite before 3.51.3, where a checkpoint that
 * starts while another connection commits and resets the log may lose pages
 * (the WAL-reset bug): here never more than one connection writes or
 * checkpoints.  Readers take no lock and wait for nobody.  What is inside the
 * lock is kept short: everything that does not depend on the number (reading,
 * checking, metadata) belongs before vt_records_begin; make() only sets the
 * number, composes and paints.
 *
 * Text that people type into an act and the archive keeps (a reason, a name, a note, a
 * keyword) is one line by the rule of documents' text: UTF-8, made NFC, without controls and
 * what no page may hold, of at most VT_REASON_MOST characters where nothing else is said.
 * KHO-15 tells what is not, by field, character and place, before anything is written.
 *
 * Findings: KHO-nn the archive, SO-nn issuers, series and numbers, TIM-nn
 * searching.  One vt_records is used by one thread at a time.
 */
#ifndef VT_RECORDS_H
#define VT_RECORDS_H

#include "base/base.h"
#include "gen/gen.h"

enum { VT_REASON_MOST = 500 }; /* characters of a reason, a note */

/* ------------------------------------------------------ opening, closing -- */

/* Clock and chance come from the caller: nothing below cli/ reads them. */
typedef struct vt_world {
    int64_t (*now_ms)(void *ctx); /* milliseconds since 1970, UTC */
    bool (*random)(void *ctx, void *out, size_t len);
    void *ctx;
} vt_world;

typedef struct vt_records_options {
    const char *folder; /* or "postgresql://..." */
    const char *actor;  /* who acts, for the log: "os:huong" */
    const char *maker;  /* program and version, kept with each document */
    vt_world world;
    bool read_only;    /* search, show, file: changes nothing, needs no right to write */
    bool or_read_only; /* fsck: as read_only where nothing may be written */
} vt_records_options;

typedef struct vt_records vt_records;

/* An archive's name as it may be shown: without a password.  Of malloc; NULL: no memory. */
char *vt_records_shown(const char *folder) VT_USED;

/*
 * Makes a new archive; refuses a folder that holds one (KHO-03) or anything
 * else (KHO-04).  A crash on the way leaves a folder that init accepts again.
 * `any_issuer`: issuers are recorded as they come, without new_issuer (tests,
 * imports).  `files_in_folder`: every file goes to files/; else only what is
 * larger than a mebibyte, and the rest into the register, where one sync of its
 * log is enough for number and files together.
 */
typedef struct vt_records_new_options {
    bool any_issuer;
    bool files_in_folder;
    const char *files_folder; /* of an archive in PostgreSQL; NULL: files in the database */
} vt_records_new_options;
vt_status vt_records_init(const vt_records_options *options, const vt_records_new_options *how,
                          vt_findings *list) VT_USED;

/*
 * Opens an archive.  Refused, each by name: no folder or no archive in it
 * (KHO-01), not one of ours (KHO-02), made by a newer version (KHO-05), no
 * right to write (KHO-06).  Tables of an older version are brought forward,
 * never back, also by who only reads when he might write (else KHO-09; while
 * another one is at it, KHO-07 after a minute).
 *
 * What cannot be written (a DVD, a folder of others, a standby) can be read.  A
 * folder then only while nobody writes into it, and only when nothing waits in
 * SQLite's log that cannot be read there: else KHO-06, and never a part.
 */
vt_status vt_records_open(const vt_records_options *options, vt_findings *list,
                          vt_records **out) VT_USED;
void vt_records_close(vt_records *records); /* rolls an open act back; NULL is allowed */

/* ------------------------------------------------------------- the acts -- */

/*
 * Takes the lock (waiting up to a minute, KHO-07) and opens a transaction that
 * several documents may share: all of them are kept by vt_records_commit or
 * none.  A document that fails inside takes back its own part only.
 * vt_records_issue outside of an act makes an act of its own.
 */
vt_status vt_records_begin(vt_records *records, vt_findings *list) VT_USED;
vt_status vt_records_commit(vt_records *records, vt_findings *list) VT_USED;
void vt_records_rollback(vt_records *records); /* without an act: nothing */

/* A finding of severity error that someone answered for. */
typedef struct vt_override {
    const char *rule, *reason;
} vt_override;

typedef struct vt_issue {
    const vt_meta *meta;   /* of the document before it has a number; meta->date is full */
    const char *book;      /* vt_type.number_class */
    const char *period;    /* vt_pack_period: "year" or "term" */
    const char *pack_hash; /* hexadecimal */
    /* What is issued: a hash of the source before numbering, or run and row of
       a merge.  One key is issued once; a second time gives the record that
       is there, unless `again` says why another is wanted. */
    const char *key;
    const char *again;     /* reason or NULL */
    const char *draft;     /* id of the signed draft that gets the number; NULL: none, but one
                              of the same key is used */
    const char *number;    /* "153": one held for it; "152a" behind one given; NULL: the next */
    const char *backwards; /* why the date may run backwards (SO-03); NULL: it may not */
    bool secret_apart;     /* vt_pack_secret_apart: secret documents have a book of their own */
    bool new_issuer;       /* an issuer unknown so far may be recorded */
    bool future;           /* a date after today is meant */
    bool past;             /* issued on paper long ago: `number` is what it was given then, its
                              files are those there are (pdf, source NULL: none) */
    const char *note;      /* of the old register; NULL */
    const vt_override *overrides;
    size_t override_count;
} vt_issue;

/* What make() gets. */
typedef struct vt_allotted {
    const char *id;     /* of the record to be */
    const char *number; /* "152" */
    vt_date date;
} vt_allotted;

/* An annex or attached text that is a file of its own (NĐ 30, PL I III.1.d). */
typedef struct vt_issued_part {
    const void *pdf;
    size_t pdf_len, pages;
} vt_issued_part;

/* What make() hands back; the bytes are borrowed until vt_records_issue returns. */
typedef struct vt_issued_files {
    const void *pdf, *source;
    size_t pdf_len, source_len, pages;
    const char *designation;     /* số và ký hiệu as printed: "152/UBND-VX", "05-CV/TU" */
    const vt_issued_part *parts; /* kept in the roles "annex-1", "annex-2" ..., in order */
    size_t part_count;
    const vt_beside *beside; /* vt_layout_beside: kept in the roles "attachment-1" ..., in order */
    size_t beside_count;
} vt_issued_files;

typedef vt_status (*vt_issue_fn)(void *ctx, const vt_allotted *allotted, vt_findings *list,
                                 vt_issued_files *out);

typedef struct vt_record vt_record;

/*
 * Issues one document.  The issuer is known by meta's organ, else by superior
 * and name (case, placement of tone marks, punctuation and line breaks do not
 * matter; accents do); never by abbreviation.  The first document's issuer is
 * recorded; a further unknown one is refused (SO-02) unless new_issuer.  Of
 * joint issuers the first one's series counts.  Refused before a number is
 * taken: a date before the last one of the series (SO-03), a date after today
 * (SO-04), a closed series.
 *
 * *out lives in the arena.  *existing: the key was issued before, *out is that
 * record, make() was not called and nothing was changed.
 */
vt_status vt_records_issue(vt_records *records, const vt_issue *request, vt_issue_fn make,
                           void *ctx, vt_arena *arena, vt_findings *list, vt_record **out,
                           bool *existing) VT_USED;

/* The record of a key, without taking the lock; *out is NULL when there is none. */
vt_status vt_records_issued(vt_records *records, const char *key, vt_arena *arena,
                            vt_findings *list, vt_record **out) VT_USED;

/* --------------------------------------------------------------- series -- */

/*
 * What the head of the agency decided (Điều 15.1): books, and which types of
 * document go into which; what is not said follows the rule pack.  A book lasts
 * a year, a term (whose dates are named), the days of a congress, or for ever.
 * Each such period of a book is a series; it is opened by its first document.
 *
 * `issuer` are words of the issuer's name ("xã thạch bình"); NULL: the only one
 * of the archive.  `series` is "van-ban/2026", "van-ban" when only one fits or
 * only one of those is open, or an id.  SO-16 when none or several fit.  Every act here is logged.
 */
typedef struct vt_series {
    const char *id, *superior, *issuer;
    const char *book, *name, *period; /* period: "2026", a term's name, "term", "always" */
    const char *opens, *closes;       /* dates its documents may have; "": no bound */
    const char *state, *reason;       /* "open", "closed" and why */
    bool suffixes;                    /* 152a is a number */
    int64_t first, last;              /* last number given; 0: none yet */
    const char *last_date;            /* of the last document; "" */
    int64_t used, reserved, voided;
} vt_series;

vt_status vt_records_series(vt_records *records, const char *issuer, vt_arena *arena,
                            vt_findings *list, vt_series **out, size_t *count) VT_USED;

/* Records the issuer of a document, that its books may be decided on before the first number is
   given; *known: it was there. */
vt_status vt_records_issuer(vt_records *records, const vt_meta *meta, vt_findings *list,
                            bool *known) VT_USED;

typedef struct vt_book {
    const char *issuer, *book;
    const char *name;   /* as printed; NULL: as it was; `book` has at most 64 letters (SO-20) */
    const char *period; /* "year", "term", "congress", "always"; NULL: as it was, a new one
                           as the issuer's other ones */
    const char *types;  /* "ke-hoach,bao-cao" go into it; "*": all not named; NULL: as they were */
    bool secret;        /* ... of secret documents, else of all others */
    bool suffixes, no_suffixes; /* 152a is a number; is none; neither: as it was (none) */
} vt_book;
vt_status vt_records_book(vt_records *records, const vt_book *book, vt_findings *list) VT_USED;
/* `issuer` numbers in the books of `owner`: the organs of a congress in the congress's. */
vt_status vt_records_books_of(vt_records *records, const char *issuer, const char *owner,
                              vt_findings *list) VT_USED;

/*
 * A term, or a congress, with its days.  A term that had no end ends the day
 * before this one begins.  The series without dates, from before terms were
 * named, become the first named term's when all their documents are of its days.
 */
typedef struct vt_term {
    const char *issuer, *name; /* "2025-2030" */
    vt_date opens, closes;     /* closes: year 0: not known yet */
    bool congress;
} vt_term;
vt_status vt_records_term(vt_records *records, const vt_term *term, vt_findings *list) VT_USED;

/* What was decided, of one issuer or (NULL) of all: a book has an item for its types and
   one for its secret ones; types NULL: none were told. */
typedef struct vt_books {
    vt_book *items;
    size_t count;
    vt_term *terms; /* and congresses; by their days */
    size_t term_count;
    struct vt_shared {
        const char *issuer, *owner; /* that issuer numbers in the owner's books */
    } * shared;
    size_t shared_count;
} vt_books;
vt_status vt_records_books(vt_records *records, const char *issuer, vt_arena *arena,
                           vt_findings *list, vt_books *out) VT_USED;

/* Opens the series of a book that holds `date`, to begin at `first` where a
   paper book was kept before; or opens it again. */
typedef struct vt_opening {
    const char *issuer, *book;
    const char *period; /* as in vt_book, for a book that is not configured; NULL: as the
                           issuer's series last */
    vt_date date;
    int64_t first; /* 1 */
    const char *reason;
} vt_opening;
vt_status vt_records_series_open(vt_records *records, const vt_opening *opening, vt_arena *arena,
                                 vt_findings *list) VT_USED;
/* No number is given any more.  Numbers still held stop it (SO-18), unless
   void_reason says why they are void. */
vt_status vt_records_series_close(vt_records *records, const char *issuer, const char *series,
                                  const char *reason, const char *void_reason, vt_arena *arena,
                                  vt_findings *list) VT_USED;
/* A series that was closed, and the one opened after it. */
typedef struct vt_carried {
    const char *issuer, *book, *period;
    const char *next; /* period; "": nothing follows (a congress) */
    int64_t last;     /* the closed one's last number; 0: it has none */
} vt_carried;
/* New Year, a new term: closes every series whose days end before `date` and
   opens the one that holds it; hands out which, by agency.  All or nothing.  A date more than a
   year ahead closes books that are still in use: SO-25, unless `far` says why it is meant (kept
   with each series closed). */
vt_status vt_records_carry(vt_records *records, vt_date date, const char *void_reason,
                           const char *far, vt_arena *arena, vt_findings *list, vt_carried **out,
                           size_t *count) VT_USED;

/* -------------------------------------------------------------- numbers -- */

/* Holds the next numbers of a series, or a given one (a suffix, or one held
   already, for longer). */
typedef struct vt_reserve {
    const char *issuer, *series;
    const char *number; /* NULL: the next `count` */
    size_t count;
    const char *holder, *until, *reason; /* for whom, until which day ("" : open), why */
} vt_reserve;
typedef struct vt_reserved {
    const char *book, *period;
    const char **numbers;
    size_t count;
} vt_reserved;
vt_status vt_records_reserve(vt_records *records, const vt_reserve *reserve, vt_arena *arena,
                             vt_findings *list, vt_reserved *out) VT_USED;
/* The numbers held, whose time is over first: by that day, those without one last.  `series`
   as above; NULL: of every one.  `over`: only those whose time is over. */
typedef struct vt_held {
    const char *superior, *issuer, *book, *name, *period; /* name: of the book, ""; */
    const char *number, *holder, *until, *reason;
    const char *actor; /* who held it, as in the log */
    int64_t days_left; /* the last day is 0; below: it is over; until "": 0 */
    const char *today; /* they are counted from */
} vt_held;
typedef struct vt_held_query {
    const char *issuer, *series;
    bool over;
} vt_held_query;
vt_status vt_records_held(vt_records *records, const vt_held_query *query, vt_arena *arena,
                          vt_findings *list, vt_held **out, size_t *count) VT_USED;
/* A number held, or the next one, is void for ever. */
vt_status vt_records_void(vt_records *records, const char *issuer, const char *series,
                          const char *number, const char *reason, vt_arena *arena,
                          vt_findings *list) VT_USED;

/* ------------------------------------------------------------------ life -- */

/*
 * A record's life is one table of the archive: from which state which act leads
 * where, and whose right it is.  What it does not hold is refused here (DOI-01)
 * and by the tables themselves.
 *
 *     draft -submit-> submitted -sign-> signed -number-> numbered -seal-> sealed
 *       ^---withdraw---'   '-return-> returned (-submit->)      '-release-> issued
 *     issued -recall-> recalled    issued -replace-> replaced    ... -archive-> archived
 *     (and from archived, recall and replace again)
 *
 * "number" is vt_records_issue with the draft's id; issuing without a draft is
 * one step from nothing to issued, for what was signed on paper.  recall wants
 * a reason, replace and correct (đính chính, which changes no state) want a
 * reason and the document that does it; they leave a relation between the two.
 *
 * With the setting "roles" on, an actor needs the role the table names (DOI-03);
 * rows of `separation` name acts one person may not both do (DOI-04).
 */
typedef struct vt_step {
    const char *reference; /* as in vt_records_show */
    int year;
    const char *act;  /* "submit", "recall" ... */
    const char *note; /* reason; NULL: none */
    const char *by;   /* the document that recalls, replaces, corrects; NULL: none */
    int by_year;
} vt_step;
vt_status vt_records_step(vt_records *records, const vt_step *step, vt_arena *arena,
                          vt_findings *list, vt_record **out) VT_USED;

/* Brings a document in that has no number yet, with its source; DOI-06 when its key is
   there already.  A draft that was returned and written anew is another draft. */
vt_status vt_records_draft(vt_records *records, const vt_issue *request, const void *source,
                           size_t len, vt_arena *arena, vt_findings *list, vt_record **out) VT_USED;

/* Documents without a number, the newest first, at most `limit`. */
vt_status vt_records_drafts(vt_records *records, size_t limit, vt_arena *arena, vt_findings *list,
                            vt_record ***out, size_t *count) VT_USED;

/*
 * Who acts, with which rights (drafter, reviewer, signer, clerk, archivist, head), and
 * pairs of acts on one document that one person may not both do.  Each change is logged.
 * Rights are asked for only after vt_records_roles(true): for steps of documents, and for acts
 * on books, numbers held, dossiers, received documents, metadata, imports and backups by the
 * archive's table of duties (vt_records_duties); then a head changes people and rules (DOI-03)
 * and one active head stays (NG-02).  Who has a backup may restore it: the files are his.  NG-01 a
 * name or role that is none, NG-03 no such acts.
 */
typedef struct vt_user {
    const char *name;                 /* as in the log: "os:huong" */
    const char *full_name, *position; /* NULL: as they were */
    const char *roles; /* "clerk,archivist": instead of those it had; NULL: as they were */
    bool active;
} vt_user;
vt_status vt_records_user(vt_records *records, const vt_user *user, vt_findings *list) VT_USED;
vt_status vt_records_roles(vt_records *records, bool on, vt_findings *list) VT_USED;
vt_status vt_records_separate(vt_records *records, const char *act, const char *other, bool apart,
                              vt_findings *list) VT_USED;
typedef struct vt_users {
    bool roles_on;
    vt_user *items;
    size_t count;
    vt_user *apart; /* pairs of acts: name and roles */
    size_t apart_count;
} vt_users;
vt_status vt_records_users(vt_records *records, vt_arena *arena, vt_findings *list,
                           vt_users *out) VT_USED;
/* Whose right the acts are that are no steps of documents. */
typedef struct vt_duty {
    const char *act, *word; /* as in the log; in words: "khoá sổ" */
    const char *roles;      /* "clerk,head" */
} vt_duty;
vt_status vt_records_duties(vt_records *records, vt_arena *arena, vt_findings *list, vt_duty **out,
                            size_t *count) VT_USED;

/* The Vietnamese word of a state, an act, a role; the key itself when there is none. */
const char *vt_record_word(const char *key);

/* -------------------------------------------------------------- records -- */

typedef struct vt_record_file {
    const char *role;   /* "pdf", "source", "annex-1", "attachment-1" */
    const char *name;   /* of an attachment, as the source names it (of TUYỆT MẬT:
                           "gui-kem-1.pdf"); "": of another file */
    const char *sha256; /* hexadecimal */
    const char *path;   /* in the archive's folder: "files/ab/cd.."; whole, where the archive
                           is in PostgreSQL; "": in the register */
    int64_t bytes;
    int generation; /* from 1; the newest counts */
} vt_record_file;

typedef struct vt_event {
    int64_t serial;
    const char *at; /* "2026-03-27T08:15:02.123Z" */
    const char *actor, *act;
    const char *detail; /* JSON */
} vt_event;

/* What another document does to this one (passive), or this one to another. */
typedef struct vt_relation {
    const char *kind; /* "replaces", "corrects", "recalls", "amends", "answers" */
    const char *id, *designation, *date, *reason;
    bool passive;
} vt_relation;

/* A dossier a record is in. */
typedef struct vt_record_dossier {
    const char *code, *title; /* "01.VP" */
    int year;
    int64_t ordinal;
} vt_record_dossier;

struct vt_record {
    const char *id;    /* 26 characters, unique in the world, sorted by time */
    const char *state; /* "issued" ... */
    const char *number, *notation, *designation; /* "152", "UBND-VX", "152/UBND-VX" */
    const char *date, *due;                      /* ISO; due "" when there is none */
    const char *system, *type, *type_name, *title;
    const char *superior, *issuer, *abbr, *organ;
    const char *place, *subject, *urgency, *secrecy; /* "" when absent */
    const char *signer;                              /* name of the first, "" when none */
    const char *pack, *maker;
    int64_t pages, amount;
    const char *sha256, *path; /* of the newest PDF; path "": in the register */
    /* the rest is filled by vt_records_show only */
    const vt_person *signers;
    size_t signer_count;
    const vt_addressee *addressees;
    size_t addressee_count;
    const vt_record_file *files;
    size_t file_count;
    const vt_relation *relations;
    size_t relation_count;
    const vt_record_dossier *dossiers;
    size_t dossier_count;
    const char *keywords, *retention;    /* "trẻ em; trường học"; "20 năm"; "" */
    const struct vt_metadatum *metadata; /* none without a number */
    size_t metadata_count;
    const vt_event *events;
    size_t event_count;
};

/*
 * One record by its id, the unique beginning of an id, or its number as people
 * write it: "152/UBND-VX", "152 ubnd", "số 152".  `year` 0: any.  KHO-10 when
 * there is none; KHO-11 names those that fit when there are several.
 */
vt_status vt_records_show(vt_records *records, const char *reference, int year, vt_arena *arena,
                          vt_findings *list, vt_record **out) VT_USED;

/* The attachments of a document, by its id: their roles, names as its source has them, hashes. */
typedef struct vt_attachments {
    struct vt_attached {
        const char *role, *name, *sha256;
    } * items;
    size_t count;
} vt_attachments;
vt_status vt_records_attachments(vt_records *records, const char *id, vt_arena *arena,
                                 vt_findings *list, vt_attachments *out) VT_USED;

/* The bytes of the record's newest file of a role ("pdf", "source", "annex-1"), hashed
   again before they are handed out (KHO-12 when they are not what they were).
   As vt_records_show, it leaves a line in the log when the record is secret or
   not open to use, and hands nothing out where that cannot be written (KHO-14). */
vt_status vt_records_file(vt_records *records, const vt_record *record, const char *role,
                          vt_buf *out, vt_findings *list) VT_USED;

/* ----------------------------------------------------------------- past -- */

/*
 * A number that an old register has as void, in the act of its import: of the series that a
 * document of such an issuer, type, book and date would have.  `number` is the number, `note`
 * the reason.  *series is the id of its series, as is that of a document by its id.  *existing:
 * it was void already.  SO-17 where it is in use or held, SO-19.
 */
vt_status vt_records_past_void(vt_records *records, const vt_issue *request, vt_arena *arena,
                               vt_findings *list, const char **series, bool *existing) VT_USED;
vt_status vt_records_past_series(vt_records *records, const char *id, vt_arena *arena,
                                 vt_findings *list, const char **out) VT_USED;

/*
 * The end of an import of an old register (vt_issue.past), inside its act: numbers
 * that stand nowhere between those of a series are void for the reason `gaps`; without
 * one each is told (SO-21, VT_BAD), since no number is missing without a row.  Then the
 * run is written down: which register, its hash, how many documents it brought.
 */
typedef struct vt_past_run {
    const char *name, *sha256; /* of the register */
    size_t taken;
    const char *gaps; /* NULL: none are expected */
    int64_t *known;   /* put in order: numbers of rows that could not come in are not missing */
    size_t known_count;
} vt_past_run;
vt_status vt_records_past(vt_records *records, const vt_past_run *run, vt_arena *arena,
                          vt_findings *list, size_t *voided) VT_USED;

/* ---------------------------------------------------------------- proof -- */

/* A row of the log as it was written down elsewhere: on a printed register, in
   an export. */
typedef struct vt_anchor {
    int64_t serial;
    char hash[65];
} vt_anchor;

/*
 * Is the log what it was?  Each row that was changed, taken out or moved is
 * named (KHO-40, 41; VT_BAD).  A chain alone can be rebuilt by who owns the
 * file: anchors kept elsewhere show that, too (KHO-42).  *head is its last row.
 */
vt_status vt_records_audit(vt_records *records, const vt_anchor *anchors, size_t count,
                           vt_arena *arena, vt_findings *list, vt_anchor *head) VT_USED;
vt_status vt_records_head(vt_records *records, vt_findings *list, vt_anchor *out) VT_USED;
/* Up to `limit` rows behind `after`, a line of JSON each; *last is the last one's
   serial (`after`: there are no more). */
vt_status vt_records_export_log(vt_records *records, int64_t after, size_t limit, vt_buf *out,
                                vt_findings *list, int64_t *last) VT_USED;

/*
 * Do register and files agree?  Store and its tables, rows against the log, the log, every
 * file against its hash, the search index; each difference by name (KHO-30 .. 33, 35; VT_BAD).
 * `repair` restores only what is proved by a hash: files missing from files/ or
 * spoilt there, from a folder `from` laid out in the same way (another copy of
 * the archive), and the index from its words; of what is open for reading only it
 * is refused (KHO-06).  Nothing else is written, so a DVD and a standby are
 * compared as they stand; of a folder without the search index (index_compared).
 */
typedef struct vt_fsck {
    bool repair;
    const char *from; /* a copy of the archive's folder; NULL: none */
} vt_fsck;
typedef struct vt_fsck_report {
    size_t documents, files, events, wrong, repaired;
    size_t strange;      /* warnings (KHO-34): what is not the archive's and stands in it */
    bool index_compared; /* false: SQLite compares it only where it may write; all else was */
} vt_fsck_report;
vt_status vt_records_fsck(vt_records *records, const vt_fsck *how, vt_arena *arena,
                          vt_findings *list, vt_fsck_report *out) VT_USED;

/*
 * What the register knows, for vt_check_with: is a document's number another's,
 * was it allotted here (to this very source), the dates beside it, a twin of the
 * same number, ký hiệu and issuer, today, the issuers' names.  Of a document
 * without a number, and of an issuer it has not, it knows nothing: whether a new
 * number may be given is told by vt_records_issue, inside the lock.  Answers and
 * *out live in the arena, and as long as `records` is open.
 */
vt_status vt_records_facts(vt_records *records, vt_arena *arena, vt_findings *list,
                           vt_facts *out) VT_USED;

/* --------------------------------------------------------------- backup -- */

/*
 * A backup of the whole archive, made while others issue: a folder of its own
 * below `folder`, named by the time (UTC), with the register as it was at one
 * moment, the files it names and a manifest (records/backup.h).  It bears its name
 * only after it went through vt_records_fsck; a crash leaves nothing that looks like
 * one.  KHO-52 what the disk refused, KHO-53 another one is being made there, KHO-54
 * the archive itself is damaged: then nothing is kept and nothing is removed.  The
 * archive's log tells of it.
 */
typedef struct vt_backup {
    const char *folder;
    size_t keep; /* of this archive's backups there, so many newest stay; 0: all */
} vt_backup;
typedef struct vt_backup_report {
    const char *path;
    size_t documents, files, removed;
    int64_t bytes;
    vt_anchor head; /* last row of the log in it */
} vt_backup_report;
vt_status vt_records_backup(const vt_records_options *options, const vt_backup *how,
                            vt_arena *arena, vt_findings *list, vt_backup_report *out) VT_USED;

/*
 * An archive in options->folder, which is not there yet or empty (KHO-03, 04), from
 * the backup in the folder `backup`: all of it, after every file was compared with the
 * manifest (KHO-51 names the one that is not what it was), or nothing.  Its log tells
 * where it came from; its numbers go on behind the last one.  Documents issued after
 * the backup are not in it: before their numbers are given again, void what is known
 * to have been given.
 */
vt_status vt_records_restore(const vt_records_options *options, const char *backup, vt_arena *arena,
                             vt_findings *list, vt_backup_report *out) VT_USED;
/* Is a backup still what it was when it was made?  Reads all of it; changes nothing. */
vt_status vt_backup_check(const char *backup, vt_arena *arena, vt_findings *list,
                          vt_backup_report *out) VT_USED;

/* Dossiers, metadata, the register in print, searching, statistics: manuals of their own, seen
   through this one. */
#include "records/dossier.h"
#include "records/metadata.h"
#include "records/register.h"
#include "records/search.h"
#include "records/stats.h"

#endif
