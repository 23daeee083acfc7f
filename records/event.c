/*
 * records/event.c - the log: rows that each carry a hash over the row before.
 *
 * The hash covers the hash before and every column, each behind its length, so
 * that nothing can be moved between columns or rows.  A chain alone does not
 * stop who owns the file from rebuilding it all: its head belongs on paper (the
 * printed register) and in other hands.
 */
#include "records/json.h"
#include "records/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENT_BYTES = 16 << 20 };

static void add_field(vt_buf *buf, const char *text) {
    vt_buf_printf(buf, "%zu:", strlen(text));
    vt_buf_puts(buf, text);
}

vt_status vt_event_hash(vt_findings *list, const char *before, int64_t serial, const char *const *f,
                        size_t fields, char out[65]) {
    vt_hash hash;
    vt_buf buf;
    bool ok;

    vt_buf_init(&buf, EVENT_BYTES);
    vt_buf_printf(&buf, "%s%lld", before, (long long)serial);
    for (size_t i = 0; i < fields; i++)
        add_field(&buf, f[i]);
    ok = !vt_buf_failed(&buf);
    vt_sha256(buf.data, buf.len, &hash);
    vt_buf_free(&buf);
    if (!ok)
        return vt_nomem(list);
    vt_hash_hex(&hash, out);
    return VT_OK;
}

vt_status vt_event_add(vt_records *r, vt_findings *list, const char *act, const char *object,
                       const char *detail) {
    char at[VT_TIME_CHARS + 1], hash[65];
    const char *const fields[] = {at, r->actor, act, object, detail};
    vt_anchor head;
    vt_status st = vt_records_head(r, list, &head);

    vt_time_utc(r->world.now_ms(r->world.ctx), at);
    if (!st)
        st = vt_event_hash(list, head.hash, ++head.serial, fields, sizeof fields / sizeof *fields,
                           hash);
    if (!st)
        st = vt_sql_run(r, list, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
                        VT_ARGS(vt_int(head.serial), vt_text(at), vt_text(r->actor), vt_text(act),
                                vt_text(object), vt_text(detail), vt_text(hash)));
    return st;
}

vt_status vt_event_anchor(vt_records *r, vt_findings *list, const char *given_to, const char *at) {
    return vt_sql_run(r, list,
                      "INSERT INTO anchor(serial, hash, given_to, at) SELECT serial, hash, "
                      "'register ' || ?, ? FROM event ORDER BY serial DESC LIMIT 1",
                      VT_ARGS(vt_text(given_to), vt_text(at)));
}

/* Acts on no object of its own and on nothing that is configured. */
static bool leaves_rows(const char *act) {
    static const char *const acts[] = {"view", "reserve", "void", "backup", "index-rebuilt"};

    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i], act) == 0)
            return true;
    return false;
}

/* What the rows are after the act: records/rows.c. */
static vt_status add_row(vt_records *r, vt_findings *list, const char *act, const char *object,
                         json_t *detail) {
    char row[VT_ROW_CHARS + 1];
    vt_row_kind kind;
    int64_t id;
    vt_status st;

    if (leaves_rows(act))
        return VT_OK;
    st = vt_row_find(r, list, object, &kind, &id);
    if (!st)
        st = id ? vt_row_hash(r, list, kind, id, row) : vt_config_hash(r, list, row);
    if (!st && json_object_set_new(detail, "row", json_string(row)) != 0)
        st = vt_nomem(list);
    return st;
}

vt_status vt_event_json(vt_records *r, vt_findings *list, const char *act, const char *object,
                        json_t *detail) {
    char *text = NULL;
    vt_status st = detail ? vt_duty_check(r, list, act) : vt_nomem(list);

    if (!st)
        st = add_row(r, list, act, object, detail);
    if (!st)
        text = json_dumps(detail, JSON_COMPACT | JSON_SORT_KEYS);
    if (vt_json_failed() && !st) /* what is there need not be all */
        st = vt_nomem(list);
    if (!st)
        st = text ? vt_event_add(r, list, act, object, text) : vt_nomem(list);
    free(text);
    json_decref(detail);
    return st;
}
