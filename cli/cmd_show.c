/* vanthu show - one record and what was done with it. */

#include "cli/archive.h"

#include <string.h>

enum { LABEL_COLUMN = 20 };

static void line(vt_cli *cli, const char *label, const char *text) {
    if (text && *text)
        vt_cli_say(cli, "  %s:%*s %s\n", label, LABEL_COLUMN - vt_cli_width(label), "", text);
}

/* "annex-2": which of those kept apart; an attachment by its name. */
static const char *file_word(vt_cli *cli, const vt_record_file *f) {
    static const char annex[] = "annex-";

    if (*f->name)
        return vt_printf(cli->arena, "gửi kèm “%s”", f->name);
    if (strncmp(f->role, annex, sizeof annex - 1) != 0)
        return vt_cli_word(f->role);
    return vt_printf(cli->arena, "PDF kèm theo %s", f->role + sizeof annex - 1);
}

static void print_people(vt_cli *cli, const vt_record *r) {
    static const char *const roles[] = {"Kính gửi", "Nơi nhận", "Lưu"};

    for (size_t i = 0; i < r->signer_count; i++)
        line(cli, "Người ký",
             vt_printf(cli->arena, "%s%s%s", r->signers[i].name, *r->signers[i].name ? ", " : "",
                       r->signers[i].position));
    for (size_t i = 0; i < r->addressee_count; i++)
        if (r->addressees[i].role >= 0 && r->addressees[i].role < 3)
            line(cli, roles[r->addressees[i].role], r->addressees[i].name);
}

/* The log, with the reasons people gave. */
static void print_events(vt_cli *cli, const vt_record *r) {
    for (size_t i = 0; i < r->event_count; i++) {
        const vt_event *e = &r->events[i];
        json_t *detail = json_loads(e->detail, 0, NULL);
        const char *rule = json_string_value(json_object_get(detail, "rule"));
        const char *reason = json_string_value(json_object_get(detail, "reason"));
        const char *again = json_string_value(json_object_get(detail, "again"));

        line(cli, "Nhật ký",
             vt_printf(cli->arena, "%s (UTC+7), %s: %s%s%s%s%s%s%s", vt_cli_time(cli->arena, e->at),
                       e->actor, vt_cli_word(e->act), rule ? " " : "", rule ? rule : "",
                       reason ? ", lý do: " : "", reason ? reason : "",
                       again ? ", cấp lại vì: " : "", again ? again : ""));
        json_decref(detail);
    }
}

static void print_relations(vt_cli *cli, const vt_record *r) {
    for (size_t i = 0; i < r->relation_count; i++) {
        const vt_relation *x = &r->relations[i];
        const char *verb = vt_record_word(x->kind);

        line(cli, "Quan hệ",
             vt_printf(cli->arena, x->passive ? "bị %s bởi %s ngày %s%s%s" : "%s %s ngày %s%s%s",
                       verb, x->designation, vt_cli_day(cli->arena, x->date),
                       *x->reason ? ", lý do: " : "", x->reason));
    }
}

/* Of the fields of the law those that stand nowhere else. */
static void print_metadata(vt_cli *cli, const vt_record *r) {
    for (size_t i = 0; i < r->metadata_count; i++) {
        const vt_metadatum *m = &r->metadata[i];

        if (strcmp(m->name, "Mode") == 0)
            line(cli, "Mức độ tiếp cận", vt_access_word(m->text));
        else if (strcmp(m->name, "Description") == 0)
            line(cli, "Ghi chú", m->text);
        if (m->too_long)
            line(cli, "Dài quá quy định",
                 vt_printf(cli->arena, "%s, nhiều nhất %d ký tự", m->name, m->most));
    }
}

/* The newest of a role counts: the source a draft came with is an older one. */
static bool outdated(const vt_record *r, const vt_record_file *f) {
    for (size_t i = 0; i < r->file_count; i++)
        if (r->files[i].generation > f->generation && strcmp(r->files[i].role, f->role) == 0)
            return true;
    return false;
}

static void print_file(vt_cli *cli, const vt_record *r, const vt_record_file *f) {
    line(cli, "Tệp",
         vt_printf(cli->arena, "%s%s, %lld byte, %s", file_word(cli, f),
                   outdated(r, f) ? " (bản trước)" : "", (long long)f->bytes,
                   *f->path ? vt_cli_kept_path(cli, f->path) : "trong sổ"));
}

static void print_record(vt_cli *cli, const vt_record *r) {
    vt_cli_say(cli, "%s\n", vt_cli_record_name(cli->arena, r));
    line(cli, "Mã", r->id);
    line(cli, "Tình trạng", vt_cli_word(r->state));
    line(cli, "Cơ quan chủ quản", r->superior);
    line(cli, "Cơ quan ban hành", r->issuer);
    line(cli, "Mã định danh", r->organ);
    line(cli, "Tên", r->title);
    line(cli, "Trích yếu", r->subject);
    line(cli, "Địa danh", r->place);
    line(cli, "Hạn trả lời", *r->due ? vt_cli_day(cli->arena, r->due) : "");
    line(cli, "Mức khẩn", vt_cli_word(r->urgency));
    line(cli, "Độ mật", vt_cli_word(r->secrecy));
    print_people(cli, r);
    line(cli, "Số trang", vt_printf(cli->arena, "%lld", (long long)r->pages));
    if (r->amount)
        line(cli, "Số lượng bản", vt_printf(cli->arena, "%lld", (long long)r->amount));
    line(cli, "Từ khoá", r->keywords);
    line(cli, "Thời hạn lưu trữ", r->retention);
    print_metadata(cli, r);
    line(cli, "Quy tắc", r->pack);
    line(cli, "Làm bằng", r->maker);
    for (size_t i = 0; i < r->file_count; i++)
        print_file(cli, r, &r->files[i]);
    print_relations(cli, r);
    for (size_t i = 0; i < r->dossier_count; i++)
        line(cli, "Hồ sơ",
             vt_printf(cli->arena, "%s/%d, số thứ tự %lld: %s", r->dossiers[i].code,
                       r->dossiers[i].year, (long long)r->dossiers[i].ordinal,
                       r->dossiers[i].title));
    print_events(cli, r);
}

vt_status vt_cmd_show(vt_cli *cli, int argc, char **argv) {
    int year = 0, n = 0;
    const vt_opt opts[] = {
        {"year", 0, VT_OPT_INT, &year, "NĂM", "năm của số, khi nhiều năm trùng số"}, {0}};
    bool done = false;
    vt_records *records = NULL;
    vt_record *record;
    vt_status st = vt_cli_options(cli, vt_cli_command("show"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = vt_records_show(records, argv[0], year, cli->arena, cli->list, &record);
    if (!st && cli->json)
        cli->result = vt_cli_record_json(record);
    if (!st)
        print_record(cli, record);
    vt_records_close(records);
    return st;
}
