/*
 * records/dossier.h - dossiers (hồ sơ): the yearly list with its codes, what is
 * in each, how it is closed, locked, handed over, disposed of (NĐ 30/2020/NĐ-CP,
 * Điều 28-31, PL V; functions of PL VI, part I, III.4 and III.5).
 *
 * A dossier stands in the list of one year under a code ("01.VP").  It holds
 * documents of the archive and received ones; each gets the next ordinal when it
 * comes in and keeps it; what is taken out keeps its row, with the reason.
 *
 *     open -close-> closed -hand-over-> handed-over -dispose-> disposed
 *       ^--reopen-----'  '-----------dispose-----------------^
 *     locked ('lock' .. 'unlock'): nothing about it changes, whatever its state
 *
 * Every act is a step of the dossier (who, when, why) and a row of the log.  What
 * is not allowed is refused here with HS-05 and by the tables themselves.  Closing
 * counts pages and sheets and keeps a hash of the list of documents.  Disposal
 * needs a decision and a period of retention that has run out; it is recorded, no
 * file of the archive is erased by it.
 *
 * Findings: HS-01 no such dossier, HS-02 several, HS-03 code taken, HS-04 retention,
 * HS-05 not in this state, HS-06 in it already, HS-07 a document without a number,
 * HS-08 closing: dates, retention, documents, HS-09 no such entry, HS-10 no reason,
 * HS-11 no PDF, HS-12 received before, HS-13 arrival, HS-14 still to be kept, HS-15
 * transfer, HS-16 words missing, HS-18 not what it was when closed,
 * HS-19 the day of handing over.  HS-12 is a warning for the very same file.
 */
#ifndef VT_DOSSIER_H
#define VT_DOSSIER_H

#include "records/records.h"

typedef struct vt_dossier {
    const char *id, *superior, *issuer, *organ; /* organ: the issuer's mã định danh; "" */
    int year;
    const char *code, *heading, *subheading, *title;
    const char *retention; /* "20 năm", "Vĩnh viễn"; "": not told */
    int64_t years;         /* of the retention; 0: for ever, or not told in years */
    bool for_ever;
    const char *keeper;         /* đơn vị, người lập hồ sơ */
    const char *starts, *ends;  /* of its documents; "": not closed yet */
    const char *handover_due;   /* hạn nộp lưu; "": none */
    int64_t days_left;          /* until then, from today; negative: late */
    const char *state, *frozen; /* frozen: why nothing may change; "": it may */
    const char *note, *sha256;  /* sha256: of the list when it was closed */
    int64_t sheets, pages;  /* as closed; while open: of what is in it now (sheets 0: not known) */
    int64_t count, removed; /* documents in it, and taken out */
    int64_t files;          /* of those in it: PDFs, sources, annexes that are files of their own */
    const char *first, *last; /* dates of its documents; "" */
} vt_dossier;

/* What is said of one; NULL: not said (a new one: empty). */
typedef struct vt_dossier_words {
    const char *issuer; /* words of the name; NULL: the only one */
    int year;
    const char *code, *heading, *subheading, *title;
    const char *retention; /* "20 năm", "20", "vĩnh viễn" */
    const char *keeper, *note;
    const char *starts; /* ISO; when it was begun */
} vt_dossier_words;

/* Which one: "01.VP", "01.VP/2026", or an id.  Case, signs, spaces and the form of Unicode do
   not matter unless a code is written so. */
typedef struct vt_dossier_ref {
    const char *reference, *issuer;
    int year; /* 0: the only one of that code */
} vt_dossier_ref;

typedef struct vt_dossier_entry {
    int64_t ordinal;
    bool received;  /* a received document, else one of the archive */
    const char *id; /* of the document */
    const char *designation, *number, *notation, *date, *type_name, *subject, *author, *signer;
    const char *secrecy, *state; /* state of a document of the archive */
    int64_t arrival_number;      /* of a received one */
    const char *arrival_date;
    const char *organ, *position, *to, *due, *urgency; /* of a received one; "": not told */
    int64_t pages,
        first_page; /* first_page: where it begins in the dossier, from 1; 0: taken out */
    const char *sheets, *note; /* sheets: "1-3", as written on the paper */
    const char *removed;       /* why it was taken out; "": it is in */
    const char *sha256;        /* of its PDF; "": none */
} vt_dossier_entry;

typedef struct vt_dossier_step {
    const char *act, *actor, *at, *note;
    int64_t entry;
} vt_dossier_step;

/* A dossier with what is in it. */
typedef struct vt_dossier_view {
    vt_dossier dossier;
    vt_dossier_entry *entries; /* by ordinal */
    size_t entry_count;
    vt_dossier_step *steps;
    size_t step_count;
} vt_dossier_view;

/* --------------------------------------------------------------- the list -- */

/* Puts a dossier into the list of its year.  HS-03, HS-04, HS-16. */
vt_status vt_records_dossier_open(vt_records *records, const vt_dossier_words *words,
                                  vt_arena *arena, vt_findings *list, vt_dossier *out) VT_USED;
/* Changes what is said of an open one (not issuer, year, code). */
vt_status vt_records_dossier_change(vt_records *records, const vt_dossier_ref *which,
                                    const vt_dossier_words *words, vt_arena *arena,
                                    vt_findings *list, vt_dossier *out) VT_USED;

typedef struct vt_dossier_query {
    const char *issuer; /* NULL: all */
    int year;           /* 0: all */
    const char *state;  /* NULL: any */
    int due_days;       /* closed ones to be handed over within so many days from today, or late;
                                 0: all, -1: only late ones */
} vt_dossier_query;
/* In the order of the list: headings as they came, in them the dossiers as they came. */
vt_status vt_records_dossiers(vt_records *records, const vt_dossier_query *query, vt_arena *arena,
                              vt_findings *list, vt_dossier **out, size_t *count) VT_USED;

/* One with its documents and steps; a closed one is held against its hash (HS-18). */
vt_status vt_records_dossier(vt_records *records, const vt_dossier_ref *which, vt_arena *arena,
                             vt_findings *list, vt_dossier_view *out) VT_USED;

/* -------------------------------------------------------------- documents -- */

typedef struct vt_dossier_put {
    const char *reference; /* of a document, as in vt_records_show */
    int year;
    int64_t arrival_number;    /* or of a received one of `year`; 0: none */
    const char *sheets, *note; /* NULL: none */
} vt_dossier_put;
/* Puts a document in, or back in.  *ordinal: its place. */
vt_status vt_records_dossier_add(vt_records *records, const vt_dossier_ref *which,
                                 const vt_dossier_put *put, vt_arena *arena, vt_findings *list,
                                 int64_t *ordinal) VT_USED;
vt_status vt_records_dossier_remove(vt_records *records, const vt_dossier_ref *which,
                                    int64_t ordinal, const char *reason, vt_arena *arena,
                                    vt_findings *list) VT_USED;

/* A received document (văn bản đến; PL VI, part II, II): the PDF is kept as it came. */
typedef struct vt_received {
    const char *sender, *organ, *designation; /* designation: "125/SGDĐT-VP" */
    const char *type_name, *subject, *signer, *signer_position, *to, *note;
    vt_date date, arrival_date, due; /* date, due: year 0: none; arrival_date: year 0: today */
    int64_t arrival_number;          /* 0: the next of the year */
    const char *urgency, *secrecy;   /* NULL: none */
    const char *again; /* why the same sender, number and date come twice; NULL: they do not */
    const void *pdf;
    size_t pdf_len, pages;
    const char *words;  /* of the PDF; NULL: none */
    const char *sheets; /* NULL */
} vt_received;
typedef struct vt_arrival {
    const char *id, *sha256;
    int64_t number, ordinal; /* số đến; place in the dossier */
    const char *date;
} vt_arrival;
/* Enters it in the year's arrivals of the dossier's issuer and puts it in, in one act. */
vt_status vt_records_receive(vt_records *records, const vt_dossier_ref *which,
                             const vt_received *received, vt_arena *arena, vt_findings *list,
                             vt_arrival *out) VT_USED;

/* Received documents by the order of arrival; `words` (NULL: any) are looked for in
   sender, number, type, subject, signer and the words of the PDF, without regard to
   accents. */
typedef struct vt_arrived_query {
    const char *words, *issuer;
    int year;   /* of arrival; 0: any */
    int volume; /* a closed volume of that year and issuer (SO-22, SO-23); 0: all */
} vt_arrived_query;
typedef struct vt_arrived {
    const char *id, *superior, *issuer; /* issuer: who received it */
    int year;
    int64_t number;
    const char *date, *sender, *designation, *document_date, *type_name, *subject;
    const char *to, *note, *secrecy;
    const char *dossier; /* "01.VP/2026", the first it is in */
} vt_arrived;
vt_status vt_records_arrived(vt_records *records, const vt_arrived_query *query, vt_arena *arena,
                             vt_findings *list, vt_arrived **out, size_t *count) VT_USED;

/*
 * A closed volume of the register of received documents (sổ đăng ký văn bản đến): all of
 * one issuer and year from behind the last closed number on, to the last one (of `to`).
 * Received documents never change; the tables put none in between any more.  Its hash and the
 * head of the log are kept, and logged, as those of outgoing documents are (records/register.h);
 * within the caller's act where there is one.  SO-21: nothing new.
 */
typedef struct vt_arrived_volume {
    const char *issuer;
    int year;
    int64_t volume, first, last, entries; /* numbers of arrival */
    const char *first_date, *last_date, *sha256, *at, *actor;
    int64_t event_serial; /* head of the log, of one that was closed just now with the closing */
    const char *event_hash;
} vt_arrived_volume;
vt_status vt_records_arrived_close(vt_records *records, const char *issuer, int year, vt_date to,
                                   vt_arena *arena, vt_findings *list,
                                   vt_arrived_volume *out) VT_USED;
/* All of them, oldest first. */
vt_status vt_records_arrived_volumes(vt_records *records, const char *issuer, int year,
                                     vt_arena *arena, vt_findings *list, vt_arrived_volume **out,
                                     size_t *count) VT_USED;

/* A file of an entry ("pdf", of a document of the archive also "source", "annex-1",
   "attachment-1"), hashed again (KHO-13: none); of what is restricted a line goes to the log. */
vt_status vt_records_dossier_file(vt_records *records, const vt_dossier_entry *entry,
                                  const char *role, vt_arena *arena, vt_buf *out,
                                  vt_findings *list) VT_USED;

/* ------------------------------------------------------------------- acts -- */

typedef struct vt_dossier_act {
    const char *act;    /* "close", "reopen", "lock", "unlock", "extend" */
    const char *reason; /* wanted by all but close */
    vt_date ends;       /* close: when the work ended; year 0: the last document's day */
    vt_date due;        /* close: by when to be handed over; year 0: a year later, or never where
                           it is kept for less than five years (Điều 30, 31).  extend: the new day */
    int64_t sheets;     /* close: counted by hand; 0: from what is written at the documents */
} vt_dossier_act;
vt_status vt_records_dossier_act(vt_records *records, const vt_dossier_ref *which,
                                 const vt_dossier_act *act, vt_arena *arena, vt_findings *list,
                                 vt_dossier *out) VT_USED;

/* Handing over to the archive (biên bản giao nhận), or disposal. */
typedef struct vt_transfer {
    const char *id;                /* out */
    const char *kind;              /* "hand-over", "disposal" */
    const char *date;              /* ISO */
    const char *decision, *reason; /* of a disposal; decision: số, ký hiệu, ngày */
    const char *giver, *giver_name, *giver_position;
    const char *taker, *taker_name, *taker_position;
    const char *basis, *bundle, *boxes, *metres, *soundness;
    const char *actor, *at; /* out */
    vt_dossier *dossiers;   /* out */
    size_t dossier_count;
} vt_transfer;
/* All of the dossiers, or none. */
vt_status vt_records_transfer(vt_records *records, const vt_dossier_ref *which, size_t count,
                              const vt_transfer *transfer, vt_arena *arena, vt_findings *list,
                              vt_transfer *out) VT_USED;
/* One by its id, or the newest of a dossier ("01.VP"), of that kind; NULL: of any. */
vt_status vt_records_transferred(vt_records *records, const vt_dossier_ref *which, const char *kind,
                                 vt_arena *arena, vt_findings *list, vt_transfer *out) VT_USED;

#endif
