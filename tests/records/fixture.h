/*
 * tests/records/fixture.h - an archive in a folder of its own, a clock that is
 * set, chance that repeats, documents made of a few words.
 *
 * With VT_POSTGRES (the URL of an empty database, postgres.t) the archive is a
 * schema of its own there: every test holds for both stores, but those that look
 * at the files of SQLite, which stand last in their programs (RUN_TESTS).
 */
#ifndef VT_TESTS_RECORDS_FIXTURE_H
#define VT_TESTS_RECORDS_FIXTURE_H

#include "records/records.h"

/* cmocka wants these before its own header */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNUSED __attribute__((unused))

/* 2026-11-20 10:00 in Viet Nam */
#define TODAY_MS INT64_C(1795143600000)

typedef struct fixture {
    char folder[256]; /* of the archive, or its URL */
    char files[256];  /* folder that holds files/, where the archive was made so */
    char temp[256];
    bool postgres;
    int64_t now_ms;
    uint64_t seed;
    vt_records_options options;
    vt_findings *list;
    vt_arena *arena;
    vt_records *records;
    int made; /* how often the maker was called */
    bool make_fails;
} fixture;

static UNUSED int64_t fixture_now(void *ctx) {
    return ((fixture *)ctx)->now_ms++;
}

static UNUSED bool fixture_random(void *ctx, void *out, size_t len) {
    fixture *f = ctx;

    for (size_t i = 0; i < len; i++) {
        f->seed = f->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        ((uint8_t *)out)[i] = (uint8_t)(f->seed >> 56);
    }
    return true;
}

/* All findings as text, for asserting and for failures. */
static UNUSED const char *findings_text(const vt_findings *list) {
    static char text[1 << 16];
    size_t len = 0;

    text[0] = '\0';
    for (size_t i = 0; i < vt_findings_count(list) && len < sizeof text - 1024; i++) {
        const vt_finding *f = vt_findings_at(list, i);

        len += (size_t)snprintf(text + len, sizeof text - len, "%s: %s [%s]\n", f->id, f->message,
                                f->remedy ? f->remedy : "");
    }
    return text;
}

static UNUSED bool found(const fixture *f, const char *id) {
    for (size_t i = 0; i < vt_findings_count(f->list); i++)
        if (strcmp(vt_findings_at(f->list, i)->id, id) == 0)
            return true;
    return false;
}

static UNUSED void need_ok(const fixture *f, vt_status st) {
    if (st != VT_OK)
        fail_msg("status %d: %s", (int)st, findings_text(f->list));
}

/* Refused with this finding, and forgotten. */
static UNUSED void need_refusal(fixture *f, vt_status st, vt_status wanted, const char *id) {
    if (st != wanted || !found(f, id))
        fail_msg("wanted %s, got status %d: %s", id, (int)st, findings_text(f->list));
    vt_findings_clear(f->list);
}

/* The schema is named after the folder of this test, which nobody else has. */
static UNUSED void fixture_name(fixture *f) {
    const char *url = getenv("VT_POSTGRES");
    char schema[64];
    int n = 0;

    snprintf(f->files, sizeof f->files, "%.240s/kho", f->temp);
    snprintf(f->folder, sizeof f->folder, "%s", f->files);
    f->postgres = url && *url;
    if (!f->postgres)
        return;
    for (const char *s = strrchr(f->temp, '-') + 1; *s && n < 40; s++) /* XXXXXX, in lower case */
        n += snprintf(schema + n, sizeof schema - (size_t)n, "%02x", (unsigned)*s);
    snprintf(f->folder, sizeof f->folder, "%.180s&schema=t%s", url, schema);
}

static UNUSED void fixture_start(fixture *f) {
    const char *tmp = getenv("TMP");

    /* a disk of memory: there is much syncing here and nothing that depends on it */
    if (access("/dev/shm", W_OK) == 0)
        tmp = "/dev/shm";
    *f = (fixture){.now_ms = TODAY_MS, .seed = 7};
    snprintf(f->temp, sizeof f->temp, "%s/vt-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(f->temp));
    fixture_name(f);
    f->options = (vt_records_options){.folder = f->folder,
                                      .actor = "os:huong",
                                      .maker = "vanthu test",
                                      .world = {fixture_now, fixture_random, f}};
    f->list = vt_findings_new();
    f->arena = vt_arena_new((size_t)64 << 20);
    assert_non_null(f->list);
    assert_non_null(f->arena);
}

static UNUSED void fixture_make_archive(fixture *f, vt_records_new_options how) {
    fixture_start(f);
    how.files_folder = how.files_in_folder && f->postgres ? f->files : NULL;
    need_ok(f, vt_records_init(&f->options, &how, f->list));
    need_ok(f, vt_records_open(&f->options, f->list, &f->records));
}

static UNUSED void fixture_open(fixture *f, bool any_issuer) {
    fixture_make_archive(f, (vt_records_new_options){.any_issuer = any_issuer});
}

static UNUSED void fixture_reopen(fixture *f, bool read_only) {
    vt_records_close(f->records);
    f->options.read_only = read_only;
    need_ok(f, vt_records_open(&f->options, f->list, &f->records));
}

static UNUSED void remove_tree(const char *path) {
    DIR *dir = opendir(path);
    char name[1024];

    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        if (unlink(name) != 0)
            remove_tree(name);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

#include "store.h"

static UNUSED void fixture_end(fixture *f) {
    vt_records_close(f->records);
    if (f->postgres)
        store_drop(f);
    remove_tree(f->temp);
    vt_arena_free(f->arena);
    vt_findings_free(f->list);
}

/* "files/ab/cd..", whichever way the record tells it. */
static UNUSED const char *fixture_kept(const fixture *f, const vt_record *record) {
    size_t n = strlen(f->files);

    return strncmp(record->path, f->files, n) == 0 ? record->path + n + 1 : record->path;
}

/* ------------------------------------------------------------- documents -- */

/* A document in a few words; what is NULL gets a usual value. */
typedef struct draft {
    const char *superior, *name, *organ;
    const char *book, *period; /* book, "year" or "term" */
    const char *type, *type_name, *notation, *date, *subject, *signer, *to, *text, *key, *again,
        *number, *backwards, *secrecy, *urgency;
    bool new_issuer, future, secret_apart;
} draft;

static UNUSED const char *either(const char *a, const char *b) {
    return a ? a : b;
}

typedef struct making {
    fixture *f;
    const char *notation;
} making;

static UNUSED vt_status fixture_make(void *ctx, const vt_allotted *allotted, vt_findings *list,
                                     vt_issued_files *out) {
    static char pdf[256], source[256], designation[300];
    making *m = ctx;
    fixture *f = m->f;
    char date[11];

    f->made++;
    if (f->make_fails)
        return vt_bad(list, "THU-1", (vt_place){0}, NULL, "không làm được");
    vt_date_iso(allotted->date, date);
    snprintf(pdf, sizeof pdf, "%%PDF %s %s %s", allotted->id, allotted->number, date);
    snprintf(source, sizeof source, "<document id='%s' number='%s'/>", allotted->id,
             allotted->number);
    snprintf(designation, sizeof designation, "%s/%s", allotted->number, m->notation);
    *out = (vt_issued_files){.pdf = pdf,
                             .source = source,
                             .pdf_len = strlen(pdf),
                             .source_len = strlen(source),
                             .pages = 1,
                             .designation = designation};
    return VT_OK;
}

static UNUSED vt_status issue_draft(fixture *f, const draft *d, vt_record **out, bool *existing) {
    static int serial;
    struct {
        const char *superior, *name, *organ, *abbr;
    } issuer = {d->superior, either(d->name, "Ủy ban nhân dân xã Thạch Bình"), d->organ, "UBND"};
    vt_person signer = {"Chủ tịch", either(d->signer, "Lê Thị Hương")};
    vt_addressee to = {.name = either(d->to, "Các thôn trong xã")};
    vt_meta meta = {.system = VT_STATE,
                    .pack = "state-nd30",
                    .type_slug = either(d->type, "cong-van"),
                    .type_name = either(d->type_name, "Công văn"),
                    .notation = either(d->notation, "UBND-VX"),
                    .subject = either(d->subject, "tổ chức Tết Trung thu"),
                    .signers = &signer,
                    .signer_count = 1,
                    .addressees = &to,
                    .addressee_count = 1,
                    .issuer_count = 1,
                    .secrecy = d->secrecy,
                    .urgency = d->urgency,
                    .text = either(d->text, "")};
    making m = {f, meta.notation};
    vt_record *record;
    bool was;
    char key[64];
    vt_issue request = {.meta = &meta,
                        .book = either(d->book, "van-ban"),
                        .period = either(d->period, "year"),
                        .pack_hash = "00",
                        .key = d->key,
                        .again = d->again,
                        .number = d->number,
                        .backwards = d->backwards,
                        .secret_apart = d->secret_apart,
                        .new_issuer = d->new_issuer,
                        .future = d->future};

    meta.issuers = (void *)&issuer; /* a struct without a name, of the same fields */
    assert_true(vt_date_parse(either(d->date, "2026-11-16"), &meta.date));
    snprintf(key, sizeof key, "test:%d", serial++);
    request.key = either(d->key, key);
    return vt_records_issue(f->records, &request, fixture_make, &m, f->arena, f->list,
                            out ? out : &record, existing ? existing : &was);
}

/* Issued without fault; its number. */
static UNUSED int issue_number(fixture *f, const draft *d) {
    vt_record *record = NULL;
    bool existing;

    need_ok(f, issue_draft(f, d, &record, &existing));
    return (int)strtol(record->number, NULL, 10);
}

/* Of these the last few are about SQLite's files. */
#define RUN_TESTS(tests, of_sqlite)                                                                \
    _cmocka_run_group_tests(#tests, tests,                                                         \
                            sizeof(tests) / sizeof *(tests) -                                      \
                                (getenv("VT_POSTGRES") ? (size_t)(of_sqlite) : 0),                 \
                            NULL, NULL)

#endif
