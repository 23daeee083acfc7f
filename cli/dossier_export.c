/*
 * cli/dossier_export.c - a whole dossier as a folder or one ZIP: its documents as PDF and XML in
 * the order of time, the list of them, what is known of it, and a manifest of hashes
 * (PL VI, part I, III.4).
 *
 *     muc-luc.pdf               mục lục văn bản, tài liệu
 *     ho-so.xml                 metadata under the names of PL VI, part II, and TT 05/2025
 *     001_2026-03-16_01-ubnd-vp.pdf, .xml, _kem-theo-1.pdf ...
 *     manifest.txt              for sha256sum -c; written last
 *
 * Folder or ZIP bears its name only when all of it is there.  The ZIP is made of such a folder.
 */
#include "cli/dossier.h"
#include "cli/zip.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES = 1 << 30, XML_BYTES = 64 << 20, MANIFEST_BYTES = 16 << 20, NAME_MOST = 60 };

typedef struct exporting {
    vt_cli *cli;
    vt_records *records;
    const char *target, *temp; /* temp: the folder while it is filled */
    bool zip;
    vt_dossier_view view;
    vt_dossier_entry **order; /* those in it, in the order of time */
    size_t count, files;
    vt_zip_file *written; /* to pack them, and to take them away again */
    size_t written_cap;
    const char *day; /* of the document whose files are written */
    vt_buf bytes, xml, manifest;
} exporting;

/* ------------------------------------------------------------------- writing -- */

static vt_status cannot(const exporting *x, const char *path, int error) {
    return vt_fail(x->cli->list, "CLI-08", (vt_place){.file = path},
                   "Kiểm tra đường dẫn, quyền và chỗ trống rồi làm lại.",
                   "Không ghi được “%s”: %s. Không có gì dở dang được để lại.", path,
                   vt_error_text(error));
}

/* One file of the folder, and its line in the manifest. */
static vt_status put(exporting *x, const char *name, const vt_buf *bytes) {
    const char *path = vt_printf(x->cli->arena, "%s/%s", x->temp, name);
    vt_hash hash;
    char hex[65];
    vt_status st;

    x->written =
        vt_grow(x->cli->arena, x->written, &x->written_cap, x->files + 1, sizeof *x->written);
    if (!path || !x->written)
        return vt_nomem(x->cli->list);
    x->written[x->files++] = (vt_zip_file){path, name, x->day};
    st = vt_file_write(path, bytes->data, bytes->len, false, x->cli->list);
    vt_sha256(bytes->data, bytes->len, &hash);
    vt_hash_hex(&hash, hex);
    vt_buf_printf(&x->manifest, "%s  %s\n", hex, name);
    return st;
}

static void take_away(const exporting *x) {
    for (size_t i = 0; i < x->files; i++)
        unlink(x->written[i].path);
    rmdir(x->temp);
}

/* --------------------------------------------------------------------- order -- */

static const char *day_of(const vt_dossier_entry *e) {
    return *e->date || !e->received ? e->date : e->arrival_date;
}

static int by_time(const void *a, const void *b) {
    const vt_dossier_entry *x = *(vt_dossier_entry *const *)a, *y = *(vt_dossier_entry *const *)b;
    const int days = strcmp(day_of(x), day_of(y));

    return days ? days : (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

static vt_status put_in_order(exporting *x) {
    x->order = vt_alloc_array(x->cli->arena, x->view.entry_count + 1, sizeof *x->order);
    if (!x->order)
        return vt_nomem(x->cli->list);
    for (size_t i = 0; i < x->view.entry_count; i++)
        if (!*x->view.entries[i].removed)
            x->order[x->count++] = &x->view.entries[i];
    if (x->count)
        qsort(x->order, x->count, sizeof(vt_dossier_entry *), by_time);
    return VT_OK;
}

/* "01/UBND-VP" -> "01-ubnd-vp" */
static char *plain(exporting *x, const char *text) {
    char *words = vt_text_fold(x->cli->arena, text), *to = words;

    for (const char *s = words; s && *s && to - words < NAME_MOST; s++) {
        if (isalnum((unsigned char)*s))
            *to++ = *s;
        else if (to > words && to[-1] != '-')
            *to++ = '-';
    }
    if (to)
        *to = '\0';
    return words;
}

/* "001_2026-03-16_01-ubnd-vp": any file system takes it. */
static const char *name_of(exporting *x, size_t at) {
    const vt_dossier_entry *e = x->order[at];
    const char *what = *e->designation ? e->designation : e->type_name;
    const char *words = plain(x, *what ? what : "van ban");

    return words ? vt_printf(x->cli->arena, "%03zu_%s_%s%s", at + 1, day_of(e),
                             e->received ? "den-" : "", words)
                 : NULL;
}

/* ----------------------------------------------------------------------- XML -- */

static void element(vt_buf *xml, const char *name, const char *text) {
    if (!text || !*text)
        return;
    vt_buf_printf(xml, "<%s>", name);
    for (; *text; text++)
        switch (*text) {
        case '<':
            vt_buf_puts(xml, "&lt;");
            break;
        case '>':
            vt_buf_puts(xml, "&gt;");
            break;
        case '&':
            vt_buf_puts(xml, "&amp;");
            break;
        default:
            vt_buf_putc(xml, *text);
        }
    vt_buf_printf(xml, "</%s>\n", name);
}

static void counted(vt_buf *xml, const char *name, int64_t value) {
    vt_buf_printf(xml, "<%s>%lld</%s>\n", name, (long long)value, name);
}

/* FileCode, Title ... Description (PL VI, part II, III). */
static void dossier_xml(vt_buf *xml, const vt_dossier *d) {
    vt_buf_puts(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<Dossier xmlns=\"urn:vanthu:dossier:1\">\n<FileCode>\n");
    element(xml, "OrganId", d->organ);
    counted(xml, "FileCatalog", d->year);
    element(xml, "FileNotation", d->code);
    vt_buf_puts(xml, "</FileCode>\n");
    element(xml, "OrganName", d->issuer);
    element(xml, "Title", d->title);
    element(xml, "Maintenance", d->retention);
    element(xml, "Creator", d->keeper);
    element(xml, "Language", "vi");
    element(xml, "StartDate", *d->starts ? d->starts : d->first);
    element(xml, "EndDate", d->ends);
    counted(xml, "DocTotal", d->count);
    counted(xml, "PageTotal", d->pages);
    element(xml, "Description", d->note);
    element(xml, "State", d->state);
}

static bool is_hidden(const vt_dossier_entry *e) {
    return strcmp(e->secrecy, "tuyet-mat") == 0;
}

/* PL VI, part II, I, and TT 05/2025, but for FileCode, which is the dossier's. */
static void outgoing_xml(vt_buf *xml, const vt_dossier_entry *e, const vt_record *record) {
    const char *group = "";

    for (size_t i = 0; i < record->metadata_count; i++) {
        const vt_metadatum *m = &record->metadata[i];

        if (!*m->text || strcmp(m->group, "FileCode") == 0 || strcmp(m->name, "DocOrdinal") == 0 ||
            (is_hidden(e) && strcmp(m->name, "Subject") == 0))
            continue;
        if (*group && strcmp(group, m->group) != 0)
            vt_buf_printf(xml, "</%s>\n", group);
        if (*m->group && strcmp(group, m->group) != 0)
            vt_buf_printf(xml, "<%s>\n", m->group);
        group = m->group;
        element(xml, m->name, m->text);
    }
    if (*group)
        vt_buf_printf(xml, "</%s>\n", group);
    for (size_t i = 0; i < record->addressee_count; i++) {
        vt_buf_puts(xml, "<To>\n");
        element(xml, "OrganId", record->addressees[i].organ);
        element(xml, "OrganName", record->addressees[i].name);
        vt_buf_puts(xml, "</To>\n");
    }
    element(xml, "State", e->state);
}

/* PL VI, part II, II. */
static void incoming_xml(vt_buf *xml, const vt_dossier_entry *e) {
    static const char *const urgencies[] = {"", "khan", "thuong-khan", "hoa-toc"};

    element(xml, "TypeName", e->type_name);
    element(xml, "CodeNumber", e->number);
    element(xml, "CodeNotation", e->notation);
    element(xml, "IssuedDate", e->date);
    element(xml, "OrganId", e->organ);
    element(xml, "OrganName", e->author);
    element(xml, "Subject", is_hidden(e) ? "" : e->subject);
    counted(xml, "PageAmount", e->pages);
    element(xml, "Description", e->note);
    element(xml, "ArrivalDate", e->arrival_date);
    counted(xml, "ArrivalNumber", e->arrival_number);
    if (*e->position || *e->signer) {
        vt_buf_puts(xml, "<SignerInfo>\n");
        element(xml, "Position", e->position);
        element(xml, "FullName", e->signer);
        vt_buf_puts(xml, "</SignerInfo>\n");
    }
    for (int i = 0; i < 4; i++)
        if (strcmp(urgencies[i], e->urgency) == 0)
            counted(xml, "Priority", i);
    element(xml, "ToPlaces", e->to);
    element(xml, "DueDate", e->due);
}

/* The element stays open: annexes in files of their own and attachments are still to come. */
static vt_status document_xml(exporting *x, const vt_dossier_entry *e, const char *pdf,
                              const char *source) {
    vt_record *record = NULL;
    vt_status st =
        e->received ? VT_OK
                    : vt_records_show(x->records, e->id, 0, x->cli->arena, x->cli->list, &record);

    if (st)
        return st;
    vt_buf_printf(&x->xml, "<%s>\n", e->received ? "Incoming" : "Outgoing");
    counted(&x->xml, "DocOrdinal", e->ordinal);
    if (e->received)
        incoming_xml(&x->xml, e);
    else
        outgoing_xml(&x->xml, e, record);
    element(&x->xml, "DocumentUid", e->id);
    element(&x->xml, "File", pdf);
    element(&x->xml, "Source", source);
    return VT_OK;
}

/* ----------------------------------------------------------------- documents -- */

/* A file of one document; *name NULL: it has none of that role. */
static vt_status copy(exporting *x, const vt_dossier_entry *e, const char *role, const char *stem,
                      const char *end, const char **name) {
    vt_findings *found = vt_findings_new();
    vt_status st;
    bool none = false;

    *name = NULL;
    if (!found)
        return vt_nomem(x->cli->list);
    st = vt_records_dossier_file(x->records, e, role, x->cli->arena, &x->bytes, found);
    for (size_t i = 0; i < vt_findings_count(found); i++) {
        none = none || strcmp(vt_findings_at(found, i)->id, "KHO-13") == 0;
        if (st && !none)
            vt_find(x->cli->list, vt_findings_at(found, i));
    }
    vt_findings_free(found);
    if (st)
        return st == VT_BAD && none ? VT_OK : st;
    *name = vt_printf(x->cli->arena, "%s%s", stem, end);
    return *name ? put(x, *name, &x->bytes) : vt_nomem(x->cli->list);
}

static vt_status export_annexes(exporting *x, const vt_dossier_entry *e, const char *stem) {
    const char *name = stem;
    vt_status st = VT_OK;

    for (int i = 1; !st && name; i++) {
        const char *role = vt_printf(x->cli->arena, "annex-%d", i);
        const char *end = vt_printf(x->cli->arena, "_kem-theo-%d.pdf", i);

        st = role && end ? copy(x, e, role, stem, end, &name) : vt_nomem(x->cli->list);
        if (!st)
            element(&x->xml, "Annex", name);
    }
    return st;
}

/* "_gui-kem-1_ban-do.pdf" */
static const char *attachment_end(exporting *x, int number, const char *name) {
    const char *dot = strrchr(name, '.');
    const char *base = vt_strndup(x->cli->arena, name, dot ? (size_t)(dot - name) : strlen(name));
    const char *kind = dot ? plain(x, dot + 1) : "";

    base = base ? plain(x, base) : NULL;
    return base && kind ? vt_printf(x->cli->arena, "_gui-kem-%d_%s%s%s", number, base,
                                    *kind ? "." : "", kind)
                        : NULL;
}

/* What the source needs to be set again: under its own name it stands in the XML. */
static vt_status export_attachments(exporting *x, const vt_dossier_entry *e, const char *stem) {
    vt_attachments all;
    vt_status st = vt_records_attachments(x->records, e->id, x->cli->arena, x->cli->list, &all);

    for (size_t i = 0; !st && i < all.count; i++) {
        const char *end = attachment_end(x, (int)i + 1, all.items[i].name), *name = NULL;

        st = end ? copy(x, e, all.items[i].role, stem, end, &name) : vt_nomem(x->cli->list);
        if (!st)
            element(&x->xml, "Attachment", name);
        if (!st)
            element(&x->xml, "AttachmentName", all.items[i].name);
    }
    return st;
}

static vt_status export_document(exporting *x, size_t at) {
    const vt_dossier_entry *e = x->order[at];
    const char *stem = name_of(x, at), *pdf = NULL, *source = NULL;
    vt_status st = stem ? VT_OK : vt_nomem(x->cli->list);

    x->day = day_of(e);
    if (!st)
        st = copy(x, e, "pdf", stem, ".pdf", &pdf);
    if (!st && !e->received)
        st = copy(x, e, "source", stem, ".xml", &source);
    if (!st && !pdf)
        st = vt_warn(x->cli->list, "HS-21", (vt_place){.path = e->designation},
                     "Bản giấy nếu có thì kèm riêng.", "Văn bản số thứ tự %lld không có tệp PDF.",
                     (long long)e->ordinal);
    if (!st)
        st = document_xml(x, e, pdf, source);
    if (!st && !e->received)
        st = export_annexes(x, e, stem);
    if (!st && !e->received)
        st = export_attachments(x, e, stem);
    vt_buf_printf(&x->xml, "</%s>\n", e->received ? "Incoming" : "Outgoing");
    return st;
}

/* --------------------------------------------------------------------- whole -- */

static vt_status contents(exporting *x) {
    size_t pages;
    vt_status st;

    vt_buf_clear(&x->bytes);
    st = vt_cli_book(x->cli, "muc-luc-van-ban", vt_dossier_contents_record(x->cli, &x->view),
                     VT_AS_PDF, &x->bytes, &pages);
    return st ? st : put(x, "muc-luc.pdf", &x->bytes);
}

static vt_status fill(exporting *x) {
    const char *last = x->count ? day_of(x->order[x->count - 1]) : "";
    vt_status st;

    x->day = last; /* of lists, too: no clock in what is handed on */
    st = contents(x);
    dossier_xml(&x->xml, &x->view.dossier);
    for (size_t i = 0; !st && i < x->count; i++)
        st = export_document(x, i);
    vt_buf_puts(&x->xml, "</Dossier>\n");
    x->day = last;
    if (!st && vt_buf_failed(&x->xml))
        st = vt_nomem(x->cli->list);
    if (!st)
        st = put(x, "ho-so.xml", &x->xml);
    if (!st && vt_buf_failed(&x->manifest))
        st = vt_nomem(x->cli->list);
    return st ? st : put(x, "manifest.txt", &x->manifest);
}

/* The folder's files as one, which then takes the target's name. */
static vt_status pack(exporting *x) {
    const char *made = vt_printf(x->cli->arena, "%s.zip", x->temp);
    vt_status st =
        made ? vt_zip_write(made, x->written, x->files, x->cli->list) : vt_nomem(x->cli->list);

    if (!st && rename(made, x->target) != 0) {
        st = cannot(x, x->target, errno);
        unlink(made);
    }
    take_away(x);
    return st;
}

static vt_status make(exporting *x) {
    struct stat sb;
    vt_status st;

    if (lstat(x->target, &sb) == 0)
        return vt_bad(x->cli->list, "CLI-08", (vt_place){.file = x->target}, "Chọn tên chưa có.",
                      "“%s” đã có; hồ sơ được xuất ra thư mục mới hoặc tệp mới.", x->target);
    if (mkdir(x->temp, 0777) != 0)
        return cannot(x, x->temp, errno);
    st = fill(x);
    if (!st && x->zip)
        return pack(x);
    if (!st && rename(x->temp, x->target) != 0)
        st = cannot(x, x->target, errno);
    if (st)
        take_away(x);
    return st;
}

static vt_status check(exporting *x) {
    const vt_dossier *d = &x->view.dossier;

    if (strcmp(d->state, "disposed") != 0)
        return VT_OK;
    return vt_bad(x->cli->list, "HS-05", (vt_place){.path = d->code}, NULL,
                  "Hồ sơ %s/%d đã huỷ nên không xuất được.", d->code, d->year);
}

static void tell(const exporting *x) {
    vt_cli_say(x->cli, "Đã xuất hồ sơ %s/%d ra “%s”: %zu văn bản, %zu tệp.\n", x->view.dossier.code,
               x->view.dossier.year, x->target, x->count, x->files);
    if (x->cli->json)
        x->cli->result =
            json_pack("{s:s, s:i, s:o, s:I, s:I}", "code", x->view.dossier.code, "year",
                      x->view.dossier.year, x->zip ? "file" : "folder", vt_cli_json_text(x->target),
                      "documents", (json_int_t)x->count, "files", (json_int_t)x->files);
}

static vt_status run(exporting *x, const vt_dossier_ref *which) {
    vt_status st = vt_cli_target(x->cli, x->target, NULL);

    x->temp = vt_printf(x->cli->arena, "%s.dang-xuat-%ld", x->target, (long)getpid());
    if (!st && !x->temp)
        st = vt_nomem(x->cli->list);
    if (!st)
        st = vt_cli_archive_open(x->cli, true, &x->records);
    if (!st)
        st = vt_records_dossier(x->records, which, x->cli->arena, x->cli->list, &x->view);
    if (!st)
        st = check(x);
    if (!st)
        st = put_in_order(x);
    if (!st)
        st = make(x);
    if (!st)
        tell(x);
    vt_records_close(x->records);
    return st;
}

/* "ho-so/" -> "ho-so"; "ho-so.zip" is one file. */
static bool name_target(exporting *x, const char *output) {
    size_t n = strlen(output);

    while (n > 1 && output[n - 1] == '/')
        n--;
    x->target = vt_strndup(x->cli->arena, output, n);
    x->zip = x->target && n == strlen(output) && n > 4 && strcasecmp(output + n - 4, ".zip") == 0;
    return x->target != NULL;
}

vt_status vt_dossier_export(vt_cli *cli, int argc, char **argv) {
    vt_dossier_ref which = {0};
    exporting x = {.cli = cli};
    const char *output = NULL;
    int operands = 0;
    bool done = false;
    const vt_opt opts[] = {
        VT_DOSSIER_OPTS(which),
        {"output", 'o', VT_OPT_STRING, &output, "NƠI", "thư mục mới, hoặc tệp mới tên là TÊN.zip"},
        {0}};
    vt_status st =
        vt_cli_options(cli, vt_dossier_command("export"), opts, argc, argv, 1, 1, &operands, &done);

    if (st || done)
        return st;
    if (!output || !*output || strcmp(output, "-") == 0)
        return vt_bad(cli->list, "CLI-01", (vt_place){0}, "Ghi: -o THƯ-MỤC, hoặc -o TỆP.zip.",
                      "Chưa nói xuất ra thư mục hay tệp nào.");
    which.reference = argv[0];
    vt_buf_init(&x.bytes, FILE_BYTES);
    vt_buf_init(&x.xml, XML_BYTES);
    vt_buf_init(&x.manifest, MANIFEST_BYTES);
    st = name_target(&x, output) ? run(&x, &which) : vt_nomem(cli->list);
    vt_buf_free(&x.bytes);
    vt_buf_free(&x.xml);
    vt_buf_free(&x.manifest);
    return st;
}
