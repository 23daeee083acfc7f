/*
 * records/users.c - who acts in the archive, with which rights, and what one person
 * may not do twice over on one document.
 *
 * The tables hold to it (`step_allowed`); here it is set, and each change is logged.
 * While rights are asked for, only a head may change them, and the last head stays.
 */
#include "records/typed.h"

#include <string.h>

enum { ROLES_BYTES = 1 << 12 };

static vt_status refuse(vt_findings *list, const char *id, const char *at, const char *remedy,
                        const char *what) {
    return vt_bad(list, id, (vt_place){.path = at}, remedy, "%s", what);
}

static vt_status roles_on(vt_records *r, vt_findings *list, bool *on) {
    int64_t count = 0;
    vt_status st =
        vt_sql_number(r, list, "SELECT count(*) FROM setting WHERE name = 'roles' AND value = 'on'",
                      VT_NO_ARGS, &count);

    *on = count > 0;
    return st;
}

/* Heads who can act; of them this one. */
static vt_status heads(vt_records *r, vt_findings *list, const char *name, int64_t *all,
                       int64_t *self) {
    vt_status st = vt_sql_number(r, list,
                                 "SELECT count(*) FROM actor a JOIN actor_role x ON x.name = "
                                 "a.name WHERE a.active = 1 AND x.role = 'head'",
                                 VT_NO_ARGS, all);

    return st ? st
              : vt_sql_number(r, list,
                              "SELECT count(*) FROM actor a JOIN actor_role x ON x.name = a.name "
                              "WHERE a.active = 1 AND x.role = 'head' AND a.name = ?",
                              VT_ARGS(vt_text(name)), self);
}

/* While rights are asked for, a head gives them. */
static vt_status may_manage(vt_records *r, vt_findings *list) {
    int64_t all = 0, self = 0;
    bool on = false;
    vt_status st = roles_on(r, list, &on);

    if (st || !on)
        return st;
    st = heads(r, list, r->actor, &all, &self);
    if (st || self)
        return st;
    return vt_bad(list, "DOI-03", (vt_place){.path = r->actor}, "Nhờ lãnh đạo làm.",
                  "%s không có quyền đặt người dùng: việc này của lãnh đạo.", r->actor);
}

/* Whoever asks for rights must be able to give them afterwards. */
static vt_status head_stays(vt_records *r, vt_findings *list) {
    int64_t all = 0, self = 0;
    bool on = false;
    vt_status st = roles_on(r, list, &on);

    if (st || !on)
        return st;
    st = heads(r, list, "", &all, &self);
    return st || all ? st
                     : refuse(list, "NG-02", NULL,
                              "Trao vai trò head cho một người trước: vanthu user set NGƯỜI "
                              "--roles head.",
                              "Kho đang hỏi quyền thì phải còn ít nhất một lãnh đạo (head).");
}

/* ------------------------------------------------------------------ people -- */

static vt_status put_roles(vt_records *r, vt_findings *list, const vt_user *user) {
    static const char *const known[] = {"drafter", "reviewer",  "signer",
                                        "clerk",   "archivist", "head"};
    vt_status st =
        vt_sql_run(r, list, "DELETE FROM actor_role WHERE name = ?", VT_ARGS(vt_text(user->name)));
    const char *s = user->roles;

    while (!st && *s) {
        size_t len = strcspn(s, ", "), i = 0;

        while (i < sizeof known / sizeof *known && len &&
               (strlen(known[i]) != len || strncmp(known[i], s, len) != 0))
            i++;
        if (i == sizeof known / sizeof *known)
            return refuse(list, "NG-01", s,
                          "Các vai trò: drafter (soạn thảo), reviewer (duyệt), signer (ký), clerk "
                          "(văn thư), archivist (lưu trữ), head (lãnh đạo).",
                          "Không có vai trò như vậy.");
        if (len)
            st = vt_sql_run(r, list,
                            "INSERT INTO actor_role(name, role) VALUES (?, ?) ON CONFLICT DO "
                            "NOTHING",
                            VT_ARGS(vt_text(user->name), vt_text(known[i])));
        s += len + strspn(s + len, ", ");
    }
    return st;
}

static vt_status put_user(vt_records *r, vt_findings *list, const vt_user *user) {
    vt_status st = vt_sql_run(
        r, list,
        "INSERT INTO actor(name, full_name, position, active) VALUES (?1, coalesce(?2, ''), "
        "coalesce(?3, ''), ?4) ON CONFLICT (name) DO UPDATE SET full_name = coalesce(?2, "
        "actor.full_name), position = coalesce(?3, actor.position), active = ?4",
        VT_ARGS(vt_text(user->name), vt_text(user->full_name), vt_text(user->position),
                vt_int(user->active)));

    if (!st && user->roles)
        st = put_roles(r, list, user);
    if (!st)
        st = head_stays(r, list);
    return st ? st
              : vt_event_json(r, list, "user", user->name,
                              json_pack("{s:s*, s:s*, s:s*, s:b}", "name", user->full_name,
                                        "position", user->position, "roles", user->roles, "active",
                                        user->active));
}

/* An act of its own: `put` within what is asked, and whose right that is. */
static vt_status managed(vt_records *r, vt_findings *list,
                         vt_status (*put)(vt_records *, vt_findings *, const vt_user *),
                         const vt_user *user) {
    vt_status st = vt_records_begin(r, list);

    if (st)
        return st;
    st = may_manage(r, list);
    if (!st)
        st = put(r, list, user);
    if (!st)
        st = vt_records_commit(r, list);
    vt_records_rollback(r);
    return st;
}

vt_status vt_records_user(vt_records *r, const vt_user *user, vt_findings *list) {
    vt_user said = *user;
    vt_status st = vt_typed(r, list,
                            VT_TYPED({"tên người dùng", &said.name, VT_NAME_MOST},
                                     {"họ tên", &said.full_name, VT_NAME_MOST},
                                     {"chức vụ", &said.position, VT_NAME_MOST}));

    if (st)
        return st;
    if (vt_blank(user->name) || strchr(user->name, ' '))
        return refuse(list, "NG-01", user->name,
                      "Ghi tên như trong nhật ký: os:huong (người dùng của hệ điều hành).",
                      "Tên người dùng trống hoặc có dấu cách.");
    return managed(r, list, put_user, &said);
}

/* ------------------------------------------------------------------- rules -- */

static vt_status put_roles_on(vt_records *r, vt_findings *list, const vt_user *wanted) {
    const char *value = wanted->active ? "on" : "off";
    vt_status st = vt_sql_run(r, list,
                              "INSERT INTO setting(name, value) VALUES ('roles', ?) ON CONFLICT "
                              "(name) DO UPDATE SET value = excluded.value",
                              VT_ARGS(vt_text(value)));

    if (!st)
        st = may_manage(r, list); /* and so after it is on */
    return st ? st : vt_event_json(r, list, "roles", "", json_pack("{s:s}", "roles", value));
}

vt_status vt_records_roles(vt_records *r, bool on, vt_findings *list) {
    return managed(r, list, put_roles_on, &(vt_user){.active = on});
}

static vt_status put_separation(vt_records *r, vt_findings *list, const vt_user *pair) {
    int64_t known = 0;
    vt_status st =
        vt_sql_number(r, list, "SELECT count(DISTINCT act) FROM transition WHERE act IN (?, ?)",
                      VT_ARGS(vt_text(pair->name), vt_text(pair->roles)), &known);

    if (!st && known != 2)
        return refuse(list, "NG-03", pair->name,
                      "Ghi hai việc khác nhau: draft, submit, return, sign, number, seal, release, "
                      "issue, recall, replace, archive.",
                      "Không có hai việc như vậy.");
    if (!st)
        st = vt_sql_run(r, list,
                        "DELETE FROM separation WHERE (act = ?1 AND other = ?2) OR (act = ?2 AND "
                        "other = ?1)",
                        VT_ARGS(vt_text(pair->name), vt_text(pair->roles)));
    if (!st && pair->active)
        st = vt_sql_run(r, list, "INSERT INTO separation(act, other) VALUES (?, ?)",
                        VT_ARGS(vt_text(pair->name), vt_text(pair->roles)));
    return st ? st
              : vt_event_json(r, list, "separation", "",
                              json_pack("{s:s, s:s, s:b}", "act", pair->name, "other", pair->roles,
                                        "apart", pair->active));
}

vt_status vt_records_separate(vt_records *r, const char *act, const char *other, bool apart,
                              vt_findings *list) {
    return managed(r, list, put_separation,
                   &(vt_user){.name = act, .roles = other, .active = apart});
}

/* ----------------------------------------------------------------- reading -- */

static vt_status roles_of(vt_records *r, vt_arena *arena, vt_findings *list, vt_user *user) {
    vt_buf roles;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list, "SELECT role FROM actor_role WHERE name = ? ORDER BY role",
                               VT_ARGS(vt_text(user->name)), &stmt);

    vt_buf_init(&roles, ROLES_BYTES);
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row)
        vt_buf_printf(&roles, "%s%s", roles.len ? "," : "", vt_sql_view(stmt, 0));
    user->roles = vt_strdup(arena, roles.len ? roles.data : "");
    if (!st && (vt_buf_failed(&roles) || !user->roles))
        st = vt_nomem(list);
    vt_buf_free(&roles);
    return st;
}

/* Rows of two texts (people, pairs) as users: name and, of pairs, roles. */
static vt_status read_rows(vt_records *r, vt_arena *arena, vt_findings *list, const char *sql,
                           vt_user **out, size_t *count) {
    vt_user *all = NULL;
    size_t cap = 0;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(r, list, sql, VT_NO_ARGS, &stmt);

    *count = 0;
    while (!st && !(st = vt_sql_row(stmt, list, &row)) && row) {
        all = vt_grow(arena, all, &cap, *count + 1, sizeof *all);
        if (!all) {
            vt_sql_done(stmt);
            return vt_nomem(list);
        }
        all[(*count)++] = (vt_user){.name = vt_sql_text(arena, stmt, 0),
                                    .full_name = vt_sql_text(arena, stmt, 1),
                                    .position = vt_sql_text(arena, stmt, 2),
                                    .roles = vt_sql_text(arena, stmt, 1),
                                    .active = vt_sql_int(stmt, 3) != 0};
    }
    *out = all;
    return !st && vt_arena_failed(arena) ? vt_nomem(list) : st;
}

vt_status vt_records_users(vt_records *r, vt_arena *arena, vt_findings *list, vt_users *out) {
    vt_status st;

    *out = (vt_users){0};
    st = roles_on(r, list, &out->roles_on);
    if (!st)
        st = read_rows(r, arena, list,
                       "SELECT name, full_name, position, active FROM actor ORDER BY name",
                       &out->items, &out->count);
    for (size_t i = 0; !st && i < out->count; i++)
        st = roles_of(r, arena, list, &out->items[i]);
    return st ? st
              : read_rows(r, arena, list,
                          "SELECT act, other, '', 1 FROM separation ORDER BY act, other",
                          &out->apart, &out->apart_count);
}
