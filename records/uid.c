/* records/uid.c - ULIDs, and times as text. */

#include "records/uid.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { TIME_BYTES = 6, ID_BYTES = 16, DAY_MS = 86400000, ZONE_MS = 7 * 3600000 };

bool vt_uid_make(const vt_world *world, char out[VT_UID_CHARS + 1]) {
    uint8_t byte[ID_BYTES];
    uint64_t ms = (uint64_t)world->now_ms(world->ctx);
    unsigned bits = 0, have = 2; /* 130 bits of text for 128: two zeros in front */

    if (!world->random(world->ctx, byte + TIME_BYTES, ID_BYTES - TIME_BYTES))
        return false;
    for (int i = 0; i < TIME_BYTES; i++)
        byte[i] = (uint8_t)(ms >> (8 * (TIME_BYTES - 1 - i)));
    for (size_t i = 0, n = 0; n < VT_UID_CHARS; n++) {
        while (have < 5) {
            bits = (bits << 8 | byte[i++]) & 0xFFFF;
            have += 8;
        }
        have -= 5;
        out[n] = DIGITS[(bits >> have) & 31];
    }
    out[VT_UID_CHARS] = '\0';
    return true;
}

bool vt_uid_tidy(const char *s, char out[VT_UID_CHARS + 1]) {
    size_t n = strlen(s);

    if (n == 0 || n > VT_UID_CHARS)
        return false;
    for (size_t i = 0; i < n; i++) {
        int c = toupper((unsigned char)s[i]);

        if (c == 'I' || c == 'L')
            c = '1';
        if (c == 'O')
            c = '0';
        if (!strchr(DIGITS, c))
            return false;
        out[i] = (char)c;
    }
    out[n] = '\0';
    return true;
}

/* Civil date of a day number and back, after the calendar's 400-year cycle of
   146,097 days counted from 1 March of year 0. */
static vt_date from_days(int64_t days) {
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;

    return (vt_date){(int)(yoe + era * 400 + (month <= 2)), (int)month,
                     (int)(doy - (153 * mp + 2) / 5 + 1)};
}

int64_t vt_date_days(vt_date d) {
    int64_t y = d.month <= 2 ? d.year - 1 : d.year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;

    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static int64_t floor_days(int64_t ms) {
    return (ms >= 0 ? ms : ms - (DAY_MS - 1)) / DAY_MS;
}

vt_date vt_time_day(int64_t ms) {
    return from_days(floor_days(ms + ZONE_MS));
}

void vt_time_utc(int64_t ms, char out[VT_TIME_CHARS + 1]) {
    int64_t days = floor_days(ms);
    unsigned rest = (unsigned)(ms - days * DAY_MS);
    vt_date d = from_days(days);
    char text[64];

    snprintf(text, sizeof text, "%04d-%02d-%02dT%02u:%02u:%02u.%03uZ", d.year, d.month, d.day,
             rest / 3600000, rest / 60000 % 60, rest / 1000 % 60, rest % 1000);
    memcpy(out, text, VT_TIME_CHARS);
    out[VT_TIME_CHARS] = '\0';
}
