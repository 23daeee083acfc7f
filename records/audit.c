/*
 * records/audit.c - is the log what it was?
 *
 * Each row's hash covers the hash before it (records/event.c), so a row that was
 * changed, taken out, put in or moved shows, and where.  Who owns the file can
 * rebuild the whole chain: against that only heads kept elsewhere help, on the
 * printed register, in an export, in other hands.
 */
#include "records/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FIELDS = 5, WRONG_SHOWN = 20, PAGE = 200 };

typedef struct auditing {
    vt_records *r;
    vt_findings *list;
    const vt_anchor *anchors;
    size_t anchor_count;
    bool *met;
    vt_anchor last; /* row before, as it stands */
    size_t wrong;
} auditing;

/* Past some findings only their number matters. */
static vt_findings *where(auditing *a) {
    return a->wrong++ < WRONG_SHOWN ? a->list : NULL;
}

static vt_status check_serial(auditing *a, int64_t serial) {
    if (serial == a->last.serial + 1)
        return VT_OK;
    if (serial <= a->last.serial)
        return vt_bad(where(a), "KHO-41", (vt_place){.file = a->r->folder}, NULL,
                      "Nhật ký: dòng %" PRId64 " đứng sau dòng %" PRId64 ".", serial,
                      a->last.serial);
    return vt_bad(
        where(a), "KHO-41", (vt_place){.file = a->r->folder}, "Phục hồi nhật ký từ bản sao lưu.",
        "Nhật ký mất từ dòng %" PRId64 " đến dòng %" PRId64 ".", a->last.serial + 1, serial - 1);
}

static vt_status check_hash(auditing *a, int64_t serial, const char *const *fields,
                            const char *stands) {
    char hash[65];
    vt_status st = vt_event_hash(a->list, a->last.hash, serial, fields, FIELDS, hash);

    if (st || strcmp(hash, stands) == 0)
        return st;
    return vt_bad(where(a), "KHO-40", (vt_place){.file = a->r->folder},
                  "Đối chiếu dòng ấy và dòng trước với bản nhật ký đã xuất hoặc bản sao lưu.",
                  "Nhật ký: dòng %" PRId64 " (%s, %s, %s) không khớp mã băm: nó, hoặc dòng trước "
                  "nó, đã bị sửa, bỏ hay đổi chỗ.",
                  serial, fields[0], fields[1], fields[2]);
}

/* What was written down elsewhere is what stands here. */
static vt_status check_anchors(auditing *a, int64_t serial, const char *stands) {
    vt_status st = VT_OK;

    for (size_t i = 0; i < a->anchor_count; i++) {
        if (a->anchors[i].serial != serial)
            continue;
        a->met[i] = true;
        if (strcmp(a->anchors[i].hash, stands) != 0)
            st = vt_bad(where(a), "KHO-42", (vt_place){.file = a->r->folder},
                        "Tin bản giữ ở ngoài; phục hồi nhật ký từ bản sao lưu.",
                        "Nhật ký đã bị viết lại: mã băm của dòng %" PRId64
                        " giữ ở ngoài kho là %s, trong kho là %s.",
                        serial, a->anchors[i].hash, stands);
    }
    return st;
}

static vt_status worse(vt_status a, vt_status b) {
    return b > a ? b : a;
}

static vt_status check_row(auditing *a, vt_stmt *stmt) {
    const char *fields[FIELDS];
    const char *stands = vt_sql_view(stmt, FIELDS + 1);
    int64_t serial = vt_sql_int(stmt, 0);
    vt_status st = check_serial(a, serial);

    for (int i = 0; i < FIELDS; i++)
        fields[i] = vt_sql_view(stmt, i + 1);
    st = worse(st, check_hash(a, serial, fields, stands));
    st = worse(st, check_anchors(a, serial, stands));
    a->last.serial = serial;
    snprintf(a->last.hash, sizeof a->last.hash, "%s", stands);
    return st;
}

static vt_status check_missing(auditing *a) {
    vt_status st = VT_OK;

    for (size_t i = 0; i < a->anchor_count; i++)
        if (!a->met[i])
            st = vt_bad(where(a), "KHO-42", (vt_place){.file = a->r->folder},
                        "Phục hồi nhật ký từ bản sao lưu.",
                        "Nhật ký đã bị cắt: dòng %" PRId64
                        " giữ ở ngoài kho không còn; dòng cuối trong kho là %" PRId64 ".",
                        a->anchors[i].serial, a->last.serial);
    return st;
}

/* A page of the log, from behind *last on; *more: it was full. */
static vt_status walk_page(auditing *a, int64_t *last, bool *more) {
    int rows = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status found = VT_OK;
    vt_status st = vt_sql_open(a->r, a->list,
                               "SELECT serial, at, actor, act, object, detail, hash FROM event "
                               "WHERE serial > ? ORDER BY serial LIMIT ?",
                               VT_ARGS(vt_int(*last), vt_int(PAGE)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, a->list, &row)) && row) {
        rows++;
        *last = vt_sql_int(stmt, 0);
        found = worse(found, check_row(a, stmt));
        if (found == VT_FAIL) {
            vt_sql_done(stmt);
            return found;
        }
    }
    *more = rows == PAGE;
    return worse(st, found);
}

static vt_status walk(auditing *a) {
    int64_t last = INT64_MIN;
    bool more = true;
    vt_status found = VT_OK;

    while (more && found != VT_FAIL)
        found = worse(found, walk_page(a, &last, &more));
    if (found == VT_FAIL)
        return found;
    found = worse(found, check_missing(a));
    if (a->wrong > WRONG_SHOWN)
        found = worse(found, vt_bad(a->list, "KHO-40", (vt_place){.file = a->r->folder}, NULL,
                                    "Nhật ký còn %zu chỗ sai nữa.", a->wrong - WRONG_SHOWN));
    return found;
}

vt_status vt_records_audit(vt_records *r, const vt_anchor *anchors, size_t count, vt_arena *arena,
                           vt_findings *list, vt_anchor *head) {
    auditing a = {.r = r,
                  .list = list,
                  .anchors = anchors,
                  .anchor_count = count,
                  .met = vt_alloc_array(arena, count ? count : 1, sizeof(bool))};
    vt_status st;

    if (!a.met)
        return vt_nomem(list);
    memset(a.last.hash, '0', 64);
    st = walk(&a);
    *head = a.last;
    return st;
}

/* ----------------------------------------------------------- head, export -- */

vt_status vt_records_head(vt_records *r, vt_findings *list, vt_anchor *out) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(
        r, list, "SELECT serial, hash FROM event ORDER BY serial DESC LIMIT 1", VT_NO_ARGS, &stmt);

    *out = (vt_anchor){0};
    memset(out->hash, '0', 64);
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    out->serial = vt_sql_int(stmt, 0);
    snprintf(out->hash, sizeof out->hash, "%s", vt_sql_view(stmt, 1));
    vt_sql_done(stmt);
    return VT_OK;
}

/* Nothing the program wrote is no UTF-8; a row that others rewrote is exported all the same. */
static json_t *text_of(vt_stmt *stmt, int column) {
    const char *text = vt_sql_view(stmt, column);
    json_t *string = json_string(text);
    vt_buf mended;

    if (string)
        return string;
    vt_buf_init(&mended, 3 * strlen(text) + 1);
    vt_utf8_mend(text, strlen(text), &mended);
    string = json_string(mended.data);
    vt_buf_free(&mended);
    return string;
}

/* One row as a line of JSON, its detail as text: what was hashed. */
static void add_line(vt_stmt *stmt, vt_buf *out) {
    json_t *line =
        json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "serial", (json_int_t)vt_sql_int(stmt, 0),
                  "at", text_of(stmt, 1), "actor", text_of(stmt, 2), "act", text_of(stmt, 3),
                  "object", text_of(stmt, 4), "detail", text_of(stmt, 5), "hash", text_of(stmt, 6));
    size_t size = line ? json_dumpb(line, NULL, 0, JSON_COMPACT) : 0;

    if (size && vt_buf_reserve(out, size + 1)) {
        json_dumpb(line, out->data + out->len, size, JSON_COMPACT);
        out->len += size;
        vt_buf_putc(out, '\n');
    }
    out->failed = out->failed || size == 0;
    json_decref(line);
}

vt_status vt_records_export_log(vt_records *r, int64_t after, size_t limit, vt_buf *out,
                                vt_findings *list, int64_t *last) {
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list,
                               "SELECT serial, at, actor, act, object, detail, hash FROM event "
                               "WHERE serial > ? ORDER BY serial LIMIT ?",
                               VT_ARGS(vt_int(after), vt_int((int64_t)limit)), &stmt);

    *last = after;
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        *last = vt_sql_int(stmt, 0);
        add_line(stmt, out);
    }
    return !st && vt_buf_failed(out) ? vt_nomem(list) : st;
}
