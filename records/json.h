/*
 * records/json.h - JSON of which nothing is missing.
 *
 * Where jansson has no memory some of its functions leave something out and say that all is well:
 * a member behind "s*" of json_pack, a name in what json_dumps writes.  In the log that would stand
 * for ever.  So its allocations are watched, and who writes JSON down asks before he does.
 */
#ifndef VT_JSON_H
#define VT_JSON_H

#include "base/base.h"

void vt_json_watch(void); /* before jansson is used */
/* Has an allocation failed in this thread since it was last asked? */
bool vt_json_failed(void);

#endif
