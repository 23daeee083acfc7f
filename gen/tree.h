/*
 * gen/tree.h - inside of the document tree, for the reader and its kin.
 */
#ifndef VT_TREE_H
#define VT_TREE_H

#include "gen/gen.h"

/* Element path "/document/body/clause[2]/p"; an index where siblings share
   the name.  "" without memory. */
const char *vt_node_path(vt_arena *arena, const vt_node *node);

/* Puts a child of the root's kind in its place among its siblings (elements of
   a document stand in the order of vt_el). */
void vt_insert_ordered(vt_node *parent, vt_node *child);

#endif
