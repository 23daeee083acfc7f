/* records/act.c - acts: all or nothing, and parts of them; reading as of one moment. */

#include "records/store.h"

vt_status vt_records_begin(vt_records *r, vt_findings *list) {
    vt_status st;

    if (r->read_only)
        return vt_no_right(r, list);
    st = r->backend->begin(r, list);
    r->acting = st == VT_OK;
    return st;
}

/* An error of the disk or of memory may have ended the act already: what is written behind it
   would stay by itself. */
static vt_status still_acting(const vt_records *r, vt_findings *list) {
    if (r->backend->in_act(r))
        return VT_OK;
    return vt_fail(list, "KHO-27", (vt_place){.file = r->folder},
                   "Xử lý lỗi đã báo ở trên rồi làm lại cả lượt.",
                   "Lượt ghi đã bị huỷ vì một lỗi trước đó.");
}

/* With the act goes what was typed for it. */
static void ended(vt_records *r) {
    r->acting = false;
    if (r->typed)
        vt_arena_reset(r->typed);
}

vt_status vt_records_commit(vt_records *r, vt_findings *list) {
    vt_status st;

    if (!r->acting)
        return VT_OK;
    st = still_acting(r, list);
    if (!st)
        st = vt_index_settle(r, list);
    if (st)
        return st;
    st = r->backend->commit(r, list);
    ended(r);
    return st;
}

void vt_records_rollback(vt_records *r) {
    if (!r->acting)
        return;
    vt_index_forget(r, 0);
    r->backend->rollback(r);
    ended(r);
}

vt_status vt_part_begin(vt_records *r, vt_findings *list) {
    vt_status st = still_acting(r, list);

    if (st)
        return st;
    st = vt_index_room(r, list);
    r->waiting.in_part = true;
    r->waiting.before = r->waiting.count;
    return st ? st : r->backend->exec(r, list, "SAVEPOINT part");
}

vt_status vt_part_end(vt_records *r, vt_findings *list, vt_status st) {
    vt_status released;

    r->waiting.in_part = false;
    if (!st && r->backend->flush)
        st = r->backend->flush(r, list);
    if (st)
        vt_index_forget(r, r->waiting.before);
    if (!r->backend->in_act(r)) /* an error ended it already */
        return st ? st : VT_FAIL;
    if (st && r->backend->exec(r, NULL, "ROLLBACK TO part") != VT_OK)
        return st;
    released = r->backend->exec(r, list, "RELEASE part");
    return st ? st : released;
}

vt_status vt_reading_begin(vt_records *r, vt_findings *list, bool *own) {
    *own = !r->backend->in_act(r);
    return *own ? r->backend->exec(r, list, "BEGIN") : VT_OK;
}

vt_status vt_reading_end(vt_records *r, bool own, vt_status st) {
    vt_status ended = own ? r->backend->exec(r, NULL, "COMMIT") : VT_OK;

    return st ? st : ended;
}
