/* cli/dossier_view.c - dossiers for people and for programs. */

#include "cli/dossier.h"

#include <string.h>

enum { LABEL_COLUMN = 18, NOTICE_DAYS = 30 };

/* --------------------------------------------------------------------- JSON -- */

void vt_dossier_set(json_t *object, const char *key, const char *text) {
    if (text && *text)
        json_object_set_new(object, key, vt_cli_json_text(text));
}

json_t *vt_dossier_json(const vt_dossier *d) {
    const struct {
        const char *key, *text;
    } texts[] = {
        {"id", d->id},           {"superior", d->superior},   {"issuer", d->issuer},
        {"code", d->code},       {"heading", d->heading},     {"subheading", d->subheading},
        {"title", d->title},     {"retention", d->retention}, {"keeper", d->keeper},
        {"starts", d->starts},   {"ends", d->ends},           {"handoverDue", d->handover_due},
        {"state", d->state},     {"locked", d->frozen},       {"note", d->note},
        {"firstDate", d->first}, {"lastDate", d->last},       {"sha256", d->sha256}};
    json_t *one = json_pack("{s:i, s:I, s:I, s:I, s:I, s:I}", "year", d->year, "documents",
                            (json_int_t)d->count, "removed", (json_int_t)d->removed, "files",
                            (json_int_t)d->files, "pages", (json_int_t)d->pages, "sheets",
                            (json_int_t)d->sheets);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        vt_dossier_set(one, texts[i].key, texts[i].text);
    if (*d->handover_due)
        json_object_set_new(one, "daysLeft", json_integer(d->days_left));
    return one;
}

json_t *vt_dossier_entry_json(const vt_dossier_entry *e) {
    const struct {
        const char *key, *text;
    } texts[] = {{"id", e->id},           {"designation", e->designation},
                 {"date", e->date},       {"typeName", e->type_name},
                 {"subject", e->subject}, {"author", e->author},
                 {"signer", e->signer},   {"secrecy", e->secrecy},
                 {"state", e->state},     {"arrivalDate", e->arrival_date},
                 {"sheets", e->sheets},   {"note", e->note},
                 {"removed", e->removed}, {"sha256", e->sha256}};
    json_t *one = json_pack("{s:I, s:b, s:I}", "ordinal", (json_int_t)e->ordinal, "received",
                            e->received, "pages", (json_int_t)e->pages);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        vt_dossier_set(one, texts[i].key, texts[i].text);
    if (e->received)
        json_object_set_new(one, "arrivalNumber", json_integer(e->arrival_number));
    if (e->first_page)
        json_object_set_new(one, "firstPage", json_integer(e->first_page));
    return one;
}

static json_t *view_json(const vt_dossier_view *v) {
    json_t *one = vt_dossier_json(&v->dossier), *entries = json_array(), *steps = json_array();

    for (size_t i = 0; i < v->entry_count; i++)
        json_array_append_new(entries, vt_dossier_entry_json(&v->entries[i]));
    for (size_t i = 0; i < v->step_count; i++)
        json_array_append_new(steps,
                              json_pack("{s:s, s:s, s:s, s:s, s:I}", "act", v->steps[i].act,
                                        "actor", v->steps[i].actor, "at", v->steps[i].at, "note",
                                        v->steps[i].note, "entry", (json_int_t)v->steps[i].entry));
    json_object_set_new(one, "entries", entries);
    json_object_set_new(one, "steps", steps);
    return one;
}

/* ------------------------------------------------------------------- people -- */

/* "còn 20 ngày đến hạn nộp lưu 05/03/2027"; "" where nothing presses. */
static const char *notice(vt_cli *cli, const vt_dossier *d) {
    const char *day = vt_cli_day(cli->arena, d->handover_due), *text = "";

    if (strcmp(d->state, "closed") != 0 || !*d->handover_due || d->days_left > NOTICE_DAYS)
        return "";
    if (d->days_left < 0)
        text =
            vt_printf(cli->arena, "QUÁ HẠN nộp lưu %lld ngày (%s)", (long long)-d->days_left, day);
    else
        text = vt_printf(cli->arena, "còn %lld ngày đến hạn nộp lưu (%s)", (long long)d->days_left,
                         day);
    return text ? text : "";
}

static const char *counted(vt_cli *cli, const vt_dossier *d) {
    const char *sheets = d->sheets ? vt_printf(cli->arena, ", %lld tờ", (long long)d->sheets) : "";
    const char *text = d->count ? vt_printf(cli->arena, "%lld văn bản, %lld trang%s",
                                            (long long)d->count, (long long)d->pages, sheets)
                                : "chưa có văn bản";

    return text ? text : "";
}

static void line(vt_cli *cli, const char *label, const char *text) {
    if (text && *text)
        vt_cli_say(cli, "  %s:%*s %s\n", label, LABEL_COLUMN - vt_cli_width(label), "", text);
}

static void print(vt_cli *cli, const vt_dossier *d) {
    vt_cli_say(cli, "Hồ sơ %s năm %d: %s\n", d->code, d->year, d->title);
    line(cli, "Cơ quan", d->issuer);
    line(cli, "Đề mục", d->heading);
    line(cli, "Đề mục nhỏ", d->subheading);
    line(cli, "Thời hạn bảo quản", *d->retention ? d->retention : "chưa định");
    line(cli, "Người lập", d->keeper);
    line(cli, "Tình trạng", vt_record_word(d->state));
    line(cli, "Đang khoá", d->frozen);
    if (*d->ends)
        line(cli, "Thời gian",
             vt_printf(cli->arena, "từ %s đến %s", vt_cli_day(cli->arena, d->starts),
                       vt_cli_day(cli->arena, d->ends)));
    line(cli, "Có", counted(cli, d));
    line(cli, "Hạn nộp lưu", vt_cli_day(cli->arena, d->handover_due));
    line(cli, "Nhắc", notice(cli, d));
    line(cli, "Ghi chú", d->note);
    line(cli, "Mã băm mục lục", d->sha256);
}

void vt_dossier_print(vt_cli *cli, const vt_dossier *d) {
    print(cli, d);
    if (cli->json)
        cli->result = vt_dossier_json(d);
}

/* ------------------------------------------------------------------ listing -- */

static void print_row(vt_cli *cli, const vt_dossier *d, int wide) {
    const char *hint = notice(cli, d);

    vt_cli_say(cli, "    %s%*s  %s\n", d->code, wide - vt_cli_width(d->code), "", d->title);
    vt_cli_say(cli, "    %*s  %s; %s%s%s%s%s%s%s%s\n", wide, "",
               *d->retention ? d->retention : "chưa định thời hạn", vt_record_word(d->state),
               *d->frozen ? ", khoá" : "", "; ", counted(cli, d), *d->keeper ? "; " : "", d->keeper,
               *hint ? "; " : "", hint);
}

static void print_list(vt_cli *cli, const vt_dossier *all, size_t count) {
    int wide = 0;

    for (size_t i = 0; i < count; i++)
        wide = vt_cli_width(all[i].code) > wide ? vt_cli_width(all[i].code) : wide;
    for (size_t i = 0; i < count; i++) {
        const vt_dossier *d = &all[i], *before = i ? d - 1 : NULL;
        bool first = !before || before->year != d->year || strcmp(before->issuer, d->issuer) != 0;

        if (first)
            vt_cli_say(cli, "Danh mục hồ sơ năm %d, %s\n", d->year, d->issuer);
        if (*d->heading && (first || strcmp(before->heading, d->heading) != 0))
            vt_cli_say(cli, "  %s\n", d->heading);
        print_row(cli, d, wide);
    }
    if (!count)
        vt_cli_say(cli, "Không có hồ sơ nào.\n");
}

/* A printed list is of one agency and one year. */
static vt_status print_paper(vt_cli *cli, const vt_dossier_paper *paper, const char *decision,
                             const vt_dossier *all, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (all[i].year != all[0].year || strcmp(all[i].issuer, all[0].issuer) != 0 ||
            strcmp(all[i].superior, all[0].superior) != 0)
            return vt_bad(cli->list, "HS-02", (vt_place){0}, "Thêm --year NĂM, --issuer TÊN.",
                          "Danh mục in ra là của một cơ quan, một năm.");
    if (!count)
        return vt_bad(cli->list, "HS-01", (vt_place){0}, "Xem: vanthu dossier list.",
                      "Không có hồ sơ nào để in.");
    return vt_dossier_paper_write(cli, paper, "danh-muc-ho-so",
                                  vt_dossier_list_record(cli, all, count, decision));
}

vt_status vt_dossier_list(vt_cli *cli, int argc, char **argv) {
    vt_dossier_query q = {0};
    vt_dossier_paper paper = {0};
    const char *decision = NULL;
    bool due = false, done = false;
    int n = 0;
    const vt_opt opts[] = {
        {"year", 0, VT_OPT_INT, &q.year, "NĂM", "danh mục của năm (mặc định: mọi năm)"},
        {"issuer", 0, VT_OPT_STRING, &q.issuer, "TÊN", "của cơ quan có tên này"},
        {"state", 0, VT_OPT_STRING, &q.state, "TÌNH-TRẠNG",
         "open, closed, handed-over hoặc disposed"},
        {"due", 0, VT_OPT_FLAG, &due, NULL, "chỉ hồ sơ đến hạn nộp lưu trong 30 ngày, hay đã quá"},
        VT_DOSSIER_PAPER_OPTS(paper),
        {"decision", 0, VT_OPT_STRING, &decision, "CHỮ",
         "bản in kèm theo: \"Quyết định số ... ngày ... của ...\""},
        {0}};
    vt_records *records = NULL;
    vt_dossier *all = NULL;
    size_t count = 0;
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("list"), opts, argc, argv, 0, 0, &n, &done);

    if (st || done)
        return st;
    q.due_days = due ? NOTICE_DAYS : 0;
    st = vt_cli_typed(cli, "quyết định", VT_REASON_MOST, &decision);
    if (!st)
        st = vt_dossier_paper_check(cli, &paper);
    if (!st)
        st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = vt_records_dossiers(records, &q, cli->arena, cli->list, &all, &count);
    if (!st && paper.output)
        st = print_paper(cli, &paper, decision, all, count);
    else if (!st)
        print_list(cli, all, count);
    if (!st && cli->json) {
        json_t *array = json_array();
        for (size_t i = 0; i < count; i++)
            json_array_append_new(array, vt_dossier_json(&all[i]));
        cli->result = json_pack("{s:o}", "dossiers", array);
    }
    vt_records_close(records);
    return st;
}

/* ------------------------------------------------------------------ showing -- */

static bool hidden(const vt_dossier_entry *e) {
    return strcmp(e->secrecy, "tuyet-mat") == 0;
}

static void print_entry(vt_cli *cli, const vt_dossier_entry *e) {
    const char *what = hidden(e) ? "" : e->subject;

    vt_cli_say(cli, "  %3lld. %s%s%s, %s%s%s\n", (long long)e->ordinal,
               *e->designation ? e->designation : "(không số)", *e->date ? " ngày " : "",
               vt_cli_day(cli->arena, e->date), e->type_name, *e->type_name && *what ? ": " : "",
               what);
    vt_cli_say(cli, "       %s", e->author);
    if (e->received)
        vt_cli_say(cli, "; văn bản đến số %lld ngày %s", (long long)e->arrival_number,
                   vt_cli_day(cli->arena, e->arrival_date));
    else if (strcmp(e->state, "issued") != 0)
        vt_cli_say(cli, "; %s", vt_record_word(e->state));
    if (*e->sheets)
        vt_cli_say(cli, "; tờ %s", e->sheets);
    else if (e->first_page && e->pages)
        vt_cli_say(cli, e->pages > 1 ? "; trang %lld-%lld" : "; trang %lld",
                   (long long)e->first_page, (long long)(e->first_page + e->pages - 1));
    if (*e->note)
        vt_cli_say(cli, "; %s", e->note);
    if (*e->removed)
        vt_cli_say(cli, "; ĐÃ BỎ RA: %s", e->removed);
    vt_cli_say(cli, "\n");
}

static const char *act_word(const char *act) {
    return strcmp(act, "open") == 0 ? "mở hồ sơ" : vt_record_word(act);
}

static void print_view(vt_cli *cli, const vt_dossier_view *v) {
    print(cli, &v->dossier);
    for (size_t i = 0; i < v->entry_count; i++)
        print_entry(cli, &v->entries[i]);
    for (size_t i = 0; i < v->step_count; i++) {
        const vt_dossier_step *s = &v->steps[i];
        const char *entry =
            s->entry ? vt_printf(cli->arena, " số thứ tự %lld", (long long)s->entry) : "";
        line(cli, "Nhật ký",
             vt_printf(cli->arena, "%s (UTC+7), %s: %s%s%s%s", vt_cli_time(cli->arena, s->at),
                       s->actor, act_word(s->act), entry, *s->note ? ", lý do: " : "", s->note));
    }
}

vt_status vt_dossier_show(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    vt_dossier_view view;
    int n = 0;
    bool done = false;
    vt_dossier_paper paper = {0};
    const vt_opt opts[] = {VT_DOSSIER_OPTS(which), VT_DOSSIER_PAPER_OPTS(paper), {0}};
    vt_records *records = NULL;
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("show"), opts, argc, argv, 1, 1, &n, &done);

    if (st || done)
        return st;
    which.reference = argv[0];
    st = vt_dossier_paper_check(cli, &paper);
    if (!st)
        st = vt_cli_archive_open(cli, true, &records);
    if (!st)
        st = vt_records_dossier(records, &which, cli->arena, cli->list, &view);
    if (!st && paper.output)
        st = vt_dossier_paper_write(cli, &paper, "muc-luc-van-ban",
                                    vt_dossier_contents_record(cli, &view));
    else if (!st)
        print_view(cli, &view);
    if (!st && cli->json)
        cli->result = view_json(&view);
    vt_records_close(records);
    return st;
}
