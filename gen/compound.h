/*
 * gen/compound.h - words of several syllables that a heading should not part.
 *
 * Vietnamese writes syllables apart, and in running text a line may end after
 * any of them.  In the few large lines of a heading or an agency's name
 * "DỰ / ÁN" reads badly.  Nothing in the letters tells a word: the words are
 * data, templates/tu-ghep.txt of the installation and tu-ghep.txt of the local
 * folder, which add to each other.
 *
 *     # what follows is a comment
 *     thanh thiếu nhi, dự án, bảo vệ, thực vật,
 *     bảo vệ thực vật
 */
#ifndef VT_COMPOUND_H
#define VT_COMPOUND_H

#include "gen/engine.h"
#include "gen/tokens.h"

#define VT_COMPOUND_SYLLABLES 6

/* Reads the lists when they are first asked for, into engine->compounds.
   Findings TU-01, TU-02. */
vt_status vt_compounds_need(vt_engine *engine, vt_findings *list) VT_USED;

/* The gap behind a token. */
typedef enum vt_joint {
    VT_JOINT_NONE, /* between two words */
    VT_JOINT_TERM, /* between two words of a term: bảo vệ | thực vật */
    VT_JOINT_WORD, /* inside a word */
} vt_joint;

/* Words are the longest in the list, from left to right, whatever their case and
   where their tone marks stand.  `tokens` are those of `text`; `joints` has room for
   `count`; `compounds` NULL: there is no list. */
void vt_compound_joints(const struct vt_compounds *compounds, const char *text,
                        const vt_token *tokens, size_t count, vt_joint *joints);

#endif
