/* vanthu user - who acts, with which rights, and what is done by two. */

#include "cli/archive.h"

#include <string.h>

typedef struct options {
    vt_user user;
    bool inactive;
} options;

/* ------------------------------------------------------------------ listing -- */

static const char *role_words(vt_cli *cli, const char *roles) {
    const char *words = "";

    while (*roles && words) {
        size_t len = strcspn(roles, ",");
        const char *role = vt_strndup(cli->arena, roles, len);

        words =
            role ? vt_printf(cli->arena, "%s%s%s", words, *words ? ", " : "", vt_record_word(role))
                 : NULL;
        roles += len + strspn(roles + len, ",");
    }
    return words && *words ? words : "không có vai trò";
}

static void print_users(vt_cli *cli, const vt_users *all, const vt_duty *duties, size_t count) {
    vt_cli_say(cli,
               all->roles_on
                   ? "Kho hỏi quyền: mỗi việc chỉ người có vai trò ấy làm được.\n"
                   : "Kho không hỏi quyền: ai cũng làm được mọi việc (vanthu user roles on).\n");
    for (size_t i = 0; i < all->count; i++) {
        const vt_user *u = &all->items[i];
        vt_cli_say(cli, "  %s%s%s%s%s: %s%s\n", u->name, *u->full_name ? ", " : "", u->full_name,
                   *u->position ? ", " : "", u->position, role_words(cli, u->roles),
                   u->active ? "" : " (đã ngừng)");
    }
    for (size_t i = 0; i < all->apart_count; i++)
        vt_cli_say(cli, "Một người không vừa %s vừa %s một văn bản.\n",
                   vt_record_word(all->apart[i].name), vt_record_word(all->apart[i].roles));
    for (size_t i = 0; all->roles_on && i < count; i++)
        vt_cli_say(cli, "%s%s: %s\n", i ? "  " : "Ngoài các bước của văn bản:\n  ", duties[i].word,
                   role_words(cli, duties[i].roles));
}

static json_t *users_json(const vt_users *all, const vt_duty *duties, size_t count) {
    json_t *users = json_array(), *apart = json_array(), *acts = json_object();

    for (size_t i = 0; i < all->count; i++) {
        const vt_user *u = &all->items[i];
        json_t *one = json_object();
        json_object_set_new(one, "id", vt_cli_json_text(u->name));
        json_object_set_new(one, "name", vt_cli_json_text(u->full_name));
        json_object_set_new(one, "position", vt_cli_json_text(u->position));
        json_object_set_new(one, "roles", json_string(u->roles));
        json_object_set_new(one, "active", json_boolean(u->active));
        json_array_append_new(users, one);
    }
    for (size_t i = 0; i < all->apart_count; i++)
        json_array_append_new(apart, json_pack("[s, s]", all->apart[i].name, all->apart[i].roles));
    for (size_t i = 0; i < count; i++)
        json_object_set_new(acts, duties[i].act, json_string(duties[i].roles));
    return json_pack("{s:b, s:o, s:o, s:o}", "roles", all->roles_on, "users", users, "separations",
                     apart, "duties", acts);
}

static vt_status list_users(vt_cli *cli, vt_records *records) {
    vt_users all;
    vt_duty *duties;
    size_t count;
    vt_status st = vt_records_users(records, cli->arena, cli->list, &all);

    if (!st)
        st = vt_records_duties(records, cli->arena, cli->list, &duties, &count);
    if (!st && cli->json)
        cli->result = users_json(&all, duties, count);
    if (!st)
        print_users(cli, &all, duties, count);
    return st;
}

/* --------------------------------------------------------------------- acts -- */

static vt_status not_so(vt_cli *cli, const char *what) {
    return vt_bad(cli->list, "CLI-17", (vt_place){.path = what}, "Xem: vanthu user --help.",
                  "Không hiểu việc ấy.");
}

static vt_status switch_roles(vt_cli *cli, vt_records *records, const char *how) {
    bool on = strcmp(how, "on") == 0;

    return on || strcmp(how, "off") == 0 ? vt_records_roles(records, on, cli->list)
                                         : not_so(cli, how);
}

static vt_status act(vt_cli *cli, const options *o, vt_records *records, int n, char **argv) {
    bool apart = strcmp(argv[0], "separate") == 0;
    vt_user user = o->user;

    user.name = n > 1 ? argv[1] : "";
    user.active = !o->inactive;
    if (n == 2 && strcmp(argv[0], "set") == 0)
        return vt_records_user(records, &user, cli->list);
    if (n == 2 && strcmp(argv[0], "roles") == 0)
        return switch_roles(cli, records, argv[1]);
    if (n == 3 && (apart || strcmp(argv[0], "join") == 0))
        return vt_records_separate(records, argv[1], argv[2], apart, cli->list);
    return not_so(cli, argv[0]);
}

vt_status vt_cmd_user(vt_cli *cli, int argc, char **argv) {
    options o = {0};
    const vt_opt opts[] = {
        {"name", 0, VT_OPT_STRING, &o.user.full_name, "HỌ-TÊN", "set: họ và tên"},
        {"position", 0, VT_OPT_STRING, &o.user.position, "CHỨC-VỤ", "set: chức vụ"},
        {"roles", 0, VT_OPT_STRING, &o.user.roles, "VAI-TRÒ,...",
         "set: drafter, reviewer, signer, clerk, archivist, head; thay các vai trò cũ"},
        {"inactive", 0, VT_OPT_FLAG, &o.inactive, NULL, "set: không còn làm việc ở đây"},
        {0}};
    int n = 0;
    bool done = false, set;
    vt_records *records = NULL;
    vt_status st = vt_cli_options(cli, vt_cli_command("user"), opts, argc, argv, 0, 3, &n, &done);

    if (st || done)
        return st;
    set = n && strcmp(argv[0], "set") == 0;
    if (!set && (o.user.full_name || o.user.position || o.user.roles || o.inactive))
        return vt_bad(cli->list, "CLI-16", (vt_place){0}, "Ghi: vanthu user set NGƯỜI ...",
                      "Các tùy chọn ấy chỉ dùng với user set.");
    st = vt_cli_archive_open(cli, n == 0, &records);
    if (!st)
        st = n ? act(cli, &o, records, n, argv) : list_users(cli, records);
    if (!st && n)
        vt_cli_say(cli, "Đã ghi.\n");
    vt_records_close(records);
    return st;
}
