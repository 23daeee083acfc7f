/*
 * records/duty.c - whose right an act is that is no step of a document.
 *
 * Steps of documents ask `transition` (records/life.c); who gives rights is asked in
 * records/users.c.  Of all else the table `duty` says it, by the name the act has in the log:
 * every act writes its line there, and is asked when it does (records/event.c), so that none is
 * forgotten.  The table of the log refuses it all the same.
 */
#include "records/store.h"

#include <string.h>

enum { NAMES_BYTES = 1 << 12 };

/* What the acts are called, "không có quyền ...". */
static const struct duty {
    const char *act, *word;
} DUTIES[] = {
    {"backup", "sao lưu kho"},
    {"book", "đặt sổ"},
    {"books-of", "đặt sổ dùng chung"},
    {"close-received", "khoá quyển sổ văn bản đến"},
    {"close-register", "khoá quyển sổ văn bản đi"},
    {"correct", "ghi đính chính"},
    {"dossier-add", "đưa văn bản vào hồ sơ"},
    {"dossier-change", "sửa hồ sơ"},
    {"dossier-close", "kết thúc hồ sơ"},
    {"dossier-dispose", "ghi huỷ hồ sơ"},
    {"dossier-extend", "gia hạn nộp lưu"},
    {"dossier-hand-over", "giao nộp hồ sơ"},
    {"dossier-lock", "khoá hồ sơ"},
    {"dossier-open", "mở hồ sơ"},
    {"dossier-remove", "bỏ văn bản ra khỏi hồ sơ"},
    {"dossier-reopen", "mở lại hồ sơ"},
    {"dossier-restore", "đưa văn bản trở lại hồ sơ"},
    {"dossier-unlock", "mở khoá hồ sơ"},
    {"import-run", "nhập sổ cũ"},
    {"receive", "nhận văn bản đến"},
    {"reserve", "giữ số"},
    {"series-close", "khoá sổ"},
    {"series-open", "mở sổ"},
    {"set", "đặt thông tin lưu trữ"},
    {"term", "khai nhiệm kỳ, đại hội"},
    {"void", "huỷ số"},
};

static const char *word_of(const char *act) {
    for (size_t i = 0; i < sizeof DUTIES / sizeof *DUTIES; i++)
        if (strcmp(DUTIES[i].act, act) == 0)
            return DUTIES[i].word;
    return act;
}

/* "văn thư, lãnh đạo" */
static vt_status roles_of(vt_records *r, vt_findings *list, const char *act, vt_buf *out) {
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list, "SELECT role FROM duty WHERE act = ? ORDER BY role",
                               VT_ARGS(vt_text(act)), &stmt);

    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row)
        vt_buf_printf(out, "%s%s", out->len ? ", " : "", vt_record_word(vt_sql_view(stmt, 0)));
    return st ? st : vt_buf_failed(out) ? vt_nomem(list) : VT_OK;
}

/* What a document brings with it many times over is asked as its step. */
static bool of_a_step(const char *act) {
    static const char *const acts[] = {"issue",  "number", "import", "draft",
                                       "series", "issuer", "view"};

    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i], act) == 0)
            return true;
    return false;
}

vt_status vt_duty_check(vt_records *r, vt_findings *list, const char *act) {
    int64_t refused = 0;
    vt_buf roles;
    vt_status st =
        of_a_step(act)
            ? VT_OK
            : vt_sql_number(
                  r, list,
                  "SELECT count(*) FROM setting s WHERE s.name = 'roles' AND s.value = 'on' AND "
                  "EXISTS (SELECT 1 FROM duty d WHERE d.act = ?1) AND NOT EXISTS (SELECT 1 FROM "
                  "duty d JOIN actor_role x ON x.role = d.role JOIN actor a ON a.name = x.name "
                  "WHERE d.act = ?1 AND a.name = ?2 AND a.active = 1)",
                  VT_ARGS(vt_text(act), vt_text(r->actor)), &refused);

    if (st || !refused)
        return st;
    vt_buf_init(&roles, NAMES_BYTES);
    st = roles_of(r, list, act, &roles);
    if (!st)
        st = vt_bad(list, "DOI-03", (vt_place){.path = r->actor}, "Nhờ người có quyền ấy làm.",
                    "%s không có quyền %s: việc này của %s.", r->actor, word_of(act), roles.data);
    vt_buf_free(&roles);
    return st;
}

vt_status vt_records_duties(vt_records *r, vt_arena *arena, vt_findings *list, vt_duty **out,
                            size_t *count) {
    size_t cap = 0;
    vt_duty *all = NULL;
    vt_stmt *stmt;
    bool row = true;
    vt_status st =
        vt_sql_open(r, list, "SELECT act, role FROM duty ORDER BY act, role", VT_NO_ARGS, &stmt);

    *count = 0;
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        const char *act = vt_sql_text(arena, stmt, 0), *role = vt_sql_text(arena, stmt, 1);

        if (*count && act && role && strcmp(all[*count - 1].act, act) == 0) {
            all[*count - 1].roles = vt_printf(arena, "%s,%s", all[*count - 1].roles, role);
            continue;
        }
        all = vt_grow(arena, all, &cap, *count + 1, sizeof *all);
        if (!all || !act || !role) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        all[(*count)++] = (vt_duty){act, word_of(act), role};
    }
    *out = all;
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}
