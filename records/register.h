/*
 * records/register.h - the register of outgoing documents (sổ đăng ký văn bản
 * đi, NĐ 30 PL IV) as rows: what is printed, bound and kept.
 *
 * A register is one or more parts; a part is one series, or some numbers of it
 * one after the other.  Every number ever given has its row, also void and
 * reserved ones.  Rows are read in one transaction, so that what is printed
 * was true at one moment.
 *
 * Findings: SO-16 no such series, SO-18 numbers still reserved, SO-21 a range
 * without numbers, SO-22 no such volume, SO-23 a closed volume is not what it was.
 */
#ifndef VT_REGISTER_H
#define VT_REGISTER_H

#include "records/records.h"

typedef struct vt_register_row {
    const char *number; /* "152", "152a" */
    const char *state;  /* "used", "void", "reserved" */
    const char *designation, *date, *type_name, *subject;
    const char *secrecy, *urgency;
    const char *signers, *recipients, *keepers; /* joined by "; "; keepers: Lưu */
    const char *sent; /* day it was issued; "": not known, as of an old register */
    int64_t amount;   /* 0: not said */
    const char *reason, *holder, *until, *actor; /* of a void or reserved number */
    const char *disorder;                        /* why its date runs backwards; "" */
    const char *document_state;                  /* "issued", "recalled" ... */
    const char *undone, *undone_why;             /* "recall", "replace" or "", with its reason */
    /* what later documents did to it: "recalls", "replaces", "corrects" */
    const vt_relation *relations;
    size_t relation_count;
} vt_register_row;

typedef struct vt_register_part {
    vt_series series;
    vt_register_row *rows;
    size_t row_count, used, reserved, voided;
    int64_t first, last;                /* numbers */
    const char *first_date, *last_date; /* of its documents; "" */
    int64_t volume;                     /* quyển số; 0: not closed */
    const char *sha256;                 /* of its rows as they must stay */
    const char *closed_at, *closed_by;  /* "" while it is open */
} vt_register_part;

typedef struct vt_register {
    const char *superior, *issuer;
    vt_register_part *parts;
    size_t part_count;
    int64_t event_serial; /* head of the log when the rows were read */
    const char *event_hash;
} vt_register;

typedef struct vt_register_query {
    const char *issuer; /* words of the name; NULL: the only one */
    const char *series; /* "van-ban", "van-ban/2026", an id; NULL: all */
    int year;           /* 0: any */
    vt_date from, to;   /* days of the documents; year 0: open */
    int volume;         /* a closed volume of one series; 0: as it is now */
} vt_register_query;

/*
 * Reads a register.  A number without a date (void, reserved) belongs to the
 * range that holds the document before it, so that ranges that follow one
 * another leave none out.
 */
vt_status vt_records_register(vt_records *records, const vt_register_query *query, vt_arena *arena,
                              vt_findings *list, vt_register *out) VT_USED;

/*
 * Closes the next volume of each series of the query: from behind the last
 * closed number to the last one given (of query->to).  Its rows are frozen by
 * the tables: no number is added in between, none is changed; its hash, and the
 * head of the log before, are kept and logged.  Nothing may be reserved in it
 * (SO-18).  All or nothing, within the caller's act when there is one: so it can be
 * printed before it is closed for good.  *out is what was closed; the head of the log
 * in it, with the closing itself, has a row in `anchor`, and is to be kept elsewhere.
 */
vt_status vt_records_register_close(vt_records *records, const vt_register_query *query,
                                    vt_arena *arena, vt_findings *list, vt_register *out) VT_USED;

/* Volumes closed so far, oldest first in each series. */
typedef struct vt_volume {
    const char *issuer, *book, *period;
    int64_t volume, first, last;
    const char *first_date, *last_date, *sha256, *at, *actor;
} vt_volume;
vt_status vt_records_volumes(vt_records *records, const char *issuer, vt_arena *arena,
                             vt_findings *list, vt_volume **out, size_t *count) VT_USED;

#endif
