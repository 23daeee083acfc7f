/* cli/merge_issue.c - a merge whose documents are numbered and kept, many in one act. */

#include "cli/ahead.h"
#include "cli/merge.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* An act of many documents costs the disk what one costs; but others wait for it, its PDFs
   stand in memory, and what breaks it off takes all of it back. */
enum { ACT_DOCUMENTS = 128, ACT_BYTES = 32 << 20, ACT_MS = 250 };

/* What the act has issued: nobody is told and no copy made before it is on the disk. */
typedef struct given {
    size_t record;
    char id[64], designation[64];
    bool existing, elsewhen, otherwise;
    json_t *json;
    vt_buf pdf;
} given;

typedef struct issuing {
    vt_merge_run *run;
    given act[ACT_DOCUMENTS];
    size_t act_count, act_bytes;
    int64_t act_from; /* 0: there is none */
    /* the second thread's: */
    vt_records *asked; /* for reading: what is there already */
    struct seen {
        uint64_t key; /* 0: free */
        size_t times;
    } * seen; /* equal rows, counted */
    size_t slots;
    /* both threads': */
    vt_ahead *ahead;
} issuing;

/* -------------------------------------------------- in the second thread -- */

/* Two rows of the same words are two documents: the how-manieth of its kind a
   row is belongs to what is issued once. */
static size_t nth_of_its_kind(issuing *in, vt_cli *cli, const vt_doc *doc) {
    const char *key = vt_cli_issue_key(cli, cli->arena, doc, 1);
    const char *hex = key ? strrchr(key, ':') : NULL;
    char head[17] = {0};
    uint64_t value;
    size_t at;

    if (!hex)
        return 0;
    memcpy(head, hex + 1, 16);
    value = strtoull(head, NULL, 16) | 1;
    at = (size_t)value & (in->slots - 1);
    while (in->seen[at].key && in->seen[at].key != value)
        at = (at + 1) & (in->slots - 1);
    in->seen[at].key = value;
    return ++in->seen[at].times;
}

static const char *key_of(issuing *in, vt_cli *cli, const vt_doc *doc) {
    size_t nth = nth_of_its_kind(in, cli, doc);

    return nth ? vt_cli_issue_key(cli, cli->arena, doc, nth) : NULL;
}

static vt_status make_ready(void *ctx, size_t record, vt_ahead_doc *out) {
    issuing *in = ctx;
    vt_cli *cli = &out->cli;
    vt_record *row = NULL;
    vt_doc *doc = NULL;
    const char *key = NULL;
    vt_status st = vt_merge_one(in->run, cli, record, &doc);

    if (!st && !(key = key_of(in, cli, doc)))
        st = vt_nomem(cli->list);
    if (!st)
        st = vt_records_issued(in->asked, key, cli->arena, cli->list, &row);
    if (st)
        return st;
    out->known = row != NULL;
    out->ready = (vt_ready){.doc = doc, .request.key = key};
    return row ? VT_OK
               : vt_cli_ready(cli, in->asked, doc, key, &in->run->how, cli->arena, &out->ready);
}

/* ------------------------------------------------------------ one document -- */

static void forget(given *g) {
    json_decref(g->json);
    vt_buf_free(&g->pdf);
    *g = (given){0};
}

/* Takes the PDF over. */
static void note_given(issuing *in, size_t record, const vt_record *row, bool existing,
                       bool otherwise, vt_buf *pdf) {
    given *g = &in->act[in->act_count++];

    *g = (given){.record = record,
                 .existing = existing,
                 .elsewhen = existing && vt_cli_other_date(row, &in->run->how),
                 .otherwise = otherwise,
                 .json = in->run->issued ? vt_cli_record_json(row) : NULL,
                 .pdf = *pdf};
    snprintf(g->id, sizeof g->id, "%s", row->id);
    snprintf(g->designation, sizeof g->designation, "%s", row->designation);
    in->act_bytes += g->pdf.len;
    vt_buf_init(pdf, VT_MERGE_BYTES);
}

static vt_status issue_one(issuing *in, size_t record, vt_ahead_doc *doc) {
    vt_record *row = NULL;
    bool existing = doc->known;
    const char *other = NULL;
    vt_cli *cli = &doc->cli;
    vt_status st = doc->known ? vt_records_issued(in->run->records, doc->ready.request.key,
                                                  cli->arena, cli->list, &row)
                              : vt_ahead_issue(in->ahead, doc, in->run->records, &row, &existing);

    if (!st && existing) {
        vt_buf_clear(&doc->made.pdf);
        st = vt_records_file(in->run->records, row, "pdf", &doc->made.pdf, cli->list);
    }
    if (!st && existing)
        st = vt_cli_other_beside(cli, in->run->records, doc->ready.doc, row, &other);
    if (!st)
        note_given(in, record, row, existing, other != NULL, &doc->made.pdf);
    return st;
}

/* -------------------------------------------------------------------- acts -- */

static int64_t clock_ms(void) {
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + 1;
}

static vt_status begin_act(issuing *in) {
    vt_status st = in->act_from ? VT_OK : vt_records_begin(in->run->records, in->run->cli->list);

    if (!st && !in->act_from)
        in->act_from = clock_ms();
    return st;
}

static bool act_is_full(const issuing *in) {
    return in->act_count == ACT_DOCUMENTS || in->act_bytes >= ACT_BYTES ||
           clock_ms() - in->act_from >= ACT_MS;
}

/* A number that stands on the disk: told, and the PDF copied out. */
static vt_status hand_out(vt_merge_run *run, given *g) {
    const vt_record row = {.id = g->id, .designation = g->designation};
    const char *path = vt_merge_path(run, run->arena, g->record, ".pdf");

    run->known += g->existing;
    run->elsewhen += g->elsewhen;
    run->otherwise += g->otherwise;
    if (!g->existing && !*run->first)
        snprintf(run->first, sizeof run->first, "%s", g->designation);
    if (!g->existing)
        snprintf(run->last, sizeof run->last, "%s", g->designation);
    if (g->json) {
        json_object_set_new(g->json, "file", path ? vt_cli_json_text(path) : NULL);
        json_object_set_new(g->json, "existing", json_boolean(g->existing));
        json_array_append(run->issued, g->json);
    }
    return path ? vt_cli_copy_out(run->cli, &row, path, &g->pdf) : vt_nomem(run->cli->list);
}

/* What an act that failed would have issued is not issued. */
static vt_status end_act(issuing *in) {
    const size_t count = in->act_count;
    vt_merge_run *run = in->run;
    vt_status worst = vt_records_commit(in->run->records, run->cli->list);
    const bool kept = worst == VT_OK;

    if (!kept) {
        vt_records_rollback(in->run->records);
        if (count)
            vt_merge_keep_findings(run, run->cli->list, in->act[0].record);
    }
    vt_arena_reset(run->arena);
    for (size_t i = 0; i < count; i++) {
        vt_status st = kept ? hand_out(run, &in->act[i]) : worst;
        vt_merge_keep_findings(run, run->cli->list, in->act[i].record);
        run->made += st == VT_OK;
        run->failed += st != VT_OK;
        worst = st > worst ? st : worst;
        forget(&in->act[i]);
    }
    in->act_count = in->act_bytes = 0;
    in->act_from = 0;
    return worst;
}

static vt_status one_in_act(issuing *in, size_t record) {
    vt_merge_run *run = in->run;
    vt_ahead_doc *doc = vt_ahead_next(in->ahead);
    vt_status st = begin_act(in);

    if (!st)
        st = doc->status ? doc->status : issue_one(in, record, doc);
    run->failed += st != VT_OK;
    vt_merge_keep_findings(run, doc->cli.list, record);
    vt_merge_keep_findings(run, run->cli->list, record);
    vt_ahead_done(in->ahead, doc);
    return st;
}

/* A record at fault is passed over; a full disk or missing memory ends the run. */
static vt_status all_records(issuing *in) {
    const size_t total = vt_data_count(in->run->data);
    vt_status worst = VT_OK;

    for (size_t i = 0; i < total && worst != VT_FAIL; i++) {
        vt_status st = one_in_act(in, i);

        worst = st > worst ? st : worst;
        if (in->act_from && (i + 1 == total || worst == VT_FAIL || act_is_full(in))) {
            st = end_act(in);
            worst = st > worst ? st : worst;
        }
        vt_merge_progress(in->run, i + 1);
    }
    return worst;
}

static vt_status start(issuing *in) {
    vt_cli *cli = in->run->cli;
    const size_t records = vt_data_count(in->run->data);
    vt_status st = vt_cli_archive_open(cli, true, &in->asked);

    for (in->slots = 64; in->slots < 2 * records;)
        in->slots *= 2;
    in->seen = calloc(in->slots, sizeof *in->seen);
    if (!st && !in->seen)
        st = vt_nomem(cli->list);
    if (!st)
        st = vt_ahead_start(cli, records, make_ready, in, &in->ahead);
    for (size_t i = 0; i < vt_findings_count(cli->list); i++) /* of no record */
        vt_find(in->run->all, vt_findings_at(cli->list, i));
    vt_findings_clear(cli->list);
    return st;
}

vt_status vt_merge_issue(vt_merge_run *run) {
    issuing *in = calloc(1, sizeof *in);
    vt_status st;

    if (!in)
        return vt_nomem(run->all); /* the one list that is printed */
    in->run = run;
    st = start(in);
    if (!st)
        st = all_records(in);
    vt_ahead_stop(in->ahead);
    vt_records_close(in->asked);
    free(in->seen);
    free(in);
    return st;
}
