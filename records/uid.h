/* records/uid.h - names for records that no two machines ever give twice. */
#ifndef VT_UID_H
#define VT_UID_H

#include "records/records.h"

enum { VT_UID_CHARS = 26 };

/* A ULID: 48 bits of milliseconds, 80 bits of chance, in Crockford's base 32,
   so that ids sort by time and hold no letters people mistake.  False: the
   source of chance failed. */
bool vt_uid_make(const vt_world *world, char out[VT_UID_CHARS + 1]);

/* Upper case, with I, L read as 1 and O as 0, as people copy them.  False:
   not the beginning of an id. */
bool vt_uid_tidy(const char *s, char out[VT_UID_CHARS + 1]);

/* "2026-03-27T08:15:02.123Z" */
enum { VT_TIME_CHARS = 24 };
void vt_time_utc(int64_t ms, char out[VT_TIME_CHARS + 1]);
/* The day in Viet Nam (UTC+7, without summer time). */
vt_date vt_time_day(int64_t ms);
/* Days since 1970-01-01; negative before. */
int64_t vt_date_days(vt_date date);

#endif
