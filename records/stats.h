/*
 * records/stats.h - what was issued, counted: by type, drafting unit, issuer,
 * signer, month, series, and whether it went out in time (PL VI, part I, III.6).
 *
 * Counted are documents with a number, by the day they bear.  The drafting unit is
 * what stands behind VT at Lưu ("VT, VX": VX), else what a công văn's ký hiệu says
 * ("UBND-VX").  In time is who goes out on the day of
 * the signature or the next working day (Điều 18.1): Saturdays and Sundays are no
 * working days, holidays are not known.  What an old register brought has no such day.
 *
 * Findings: SO-21 nothing was issued in that range; SO-20 the request itself.
 */
#ifndef VT_STATS_H
#define VT_STATS_H

#include "records/records.h"

typedef struct vt_stat_row {
    const char *name; /* "Công văn"; of "time" and "due" a key; "" not said */
    int64_t documents, pages, recalled, replaced;
} vt_stat_row;

typedef struct vt_stat {
    const char *by;    /* "type", "unit", "issuer", "signer", "month", "series", "time", "due" */
    vt_stat_row *rows; /* most documents first; months in their order */
    size_t count;
} vt_stat;

/* Keys of "time": in-time, late, waiting (has a number, is not out), unknown; of "due"
   (hạn trả lời): before, after, none. */

typedef struct vt_stats {
    const char *superior, *issuer; /* "" where several were counted */
    const char *first, *last;      /* days of the first and the last document */
    vt_stat_row all;
    vt_stat *parts;
    size_t part_count;
} vt_stats;

typedef struct vt_stats_query {
    const char *issuer; /* words of the name; NULL: all */
    const char *series; /* "van-ban", "van-ban/2026"; NULL: all */
    vt_date from, to;   /* year 0: open; a partial date counts as its first or last day */
    const char *by;     /* "type,month"; NULL: all */
} vt_stats_query;

vt_status vt_records_stats(vt_records *records, const vt_stats_query *query, vt_arena *arena,
                           vt_findings *list, vt_stats *out) VT_USED;

#endif
