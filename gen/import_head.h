/*
 * gen/import_head.h - the head of a draft, sorted: what stands where.
 *
 *   import_gather.c  lines -> vt_head, in any order in which two columns come out
 *                    of a program that pastes or recognises them
 *   import_head.c    vt_head -> system, type, elements
 */
#ifndef VT_IMPORT_HEAD_H
#define VT_IMPORT_HEAD_H

#include "gen/import.h"

enum { VT_HEAD_ORGANS = 16, VT_HEAD_CONTACTS = 4, VT_HEAD_MARKS = 8 };

/* Whose subject lines go on with the next line. */
typedef enum vt_open { VT_OPEN_NONE, VT_OPEN_LETTER, VT_OPEN_TITLE, VT_OPEN_TO } vt_open;

typedef struct vt_head {
    vt_typed organs[VT_HEAD_ORGANS];
    size_t organ_count;
    vt_typed number, date, title, reference;
    const char *type_name; /* of a pack; NULL: the title is none of a pack's */
    vt_typed *subject;
    size_t subject_count, subject_cap;
    vt_typed *to;
    size_t to_count, to_cap;
    bool addressed; /* "Kính gửi" stands there */
    vt_typed contacts[VT_HEAD_CONTACTS];
    size_t contact_count;
    vt_typed marks[VT_HEAD_MARKS]; /* as typed */
    size_t mark_count;
    const char *urgency, *secrecy, *circulation;
    int draft;
    bool nation[VT_SYSTEMS], motto, star, seen;
    vt_open open;
} vt_head;

/* Reads lines from `from` on; returns the line at which the body begins. */
size_t vt_head_gather(vt_draft *draft, vt_head *head, size_t from, size_t to);

#endif
