/*
 * tests/tools/make_archive.c - an archive of N invented documents, made straight
 * into the tables: the same N gives the same documents.
 *
 *   make_archive FOLDER N          or postgresql://... in place of the folder
 *
 * Twenty years up to 2026, eleven issuers, seven types with a book each; words
 * that two thirds of all documents hold, words of one in a hundred, and numbers
 * and names that few hold.  Three documents are Công điện.  They are documents of
 * an old register: without files, their first step is "import".  FOLDER must not be there.
 */
#include "archive_words.h"
#include "records/series.h"
#include "records/store.h"
#include "records/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_YEAR = 2007,
    LAST_YEAR = 2026,
    YEARS = LAST_YEAR - FIRST_YEAR + 1,
    DAYS = YEARS * 365 + 4,
    SLOTS = 1 << 24, /* of a day in the sort key */
    ACT = 5000,      /* documents of one act */
    TELEGRAMS = 3,
    TELEGRAM = COUNT(TYPES) - 1,
    TEXT = 1 << 16
};

typedef struct maker {
    uint64_t seed;
    int64_t now_ms;
    vt_records *r;
    vt_findings *list;
    vt_arena *arena;
    vt_records_options options;
    int64_t issuer[COUNT(ISSUERS)];
    int64_t series[COUNT(ISSUERS)][COUNT(TYPES)][YEARS], last[COUNT(ISSUERS)][COUNT(TYPES)][YEARS];
    int64_t first_day, day, slot;
} maker;

/* What one document is. */
typedef struct made {
    size_t issuer, type, year;
    int64_t number, id;
    vt_date date;
    char iso[11], designation[64], signer[128];
    vt_buf subject, body;
} made;

static int64_t now_ms(void *ctx) {
    return ((maker *)ctx)->now_ms;
}

static uint64_t next(maker *m) {
    m->seed = m->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return m->seed >> 33;
}

static size_t below(maker *m, size_t n) {
    return (size_t)(next(m) % n);
}

static bool chance(void *ctx, void *out, size_t len) {
    for (size_t i = 0; i < len; i++)
        ((uint8_t *)out)[i] = (uint8_t)next(ctx);
    return true;
}

static int fail(const maker *m) {
    for (size_t i = 0; i < vt_findings_count(m->list); i++)
        fprintf(stderr, "make_archive: %s\n", vt_findings_at(m->list, i)->message);
    return 1;
}

#define PICK(m, all) ((all)[below(m, COUNT(all))])

/* ------------------------------------------------------------------- words -- */

static void put_person(maker *m, vt_buf *out) {
    vt_buf_printf(out, "%s %s ", PICK(m, SURNAMES), PICK(m, MIDDLES));
    if (below(m, 2))
        vt_buf_printf(out, "%s ", PICK(m, GIVEN));
    vt_buf_puts(out, PICK(m, GIVEN));
}

static void put_slot(maker *m, char slot, size_t year, vt_buf *out) {
    switch (slot) {
    case 'p':
        vt_buf_printf(out, "%s %s %s", PICK(m, KINDS), PICK(m, PLACES), PICK(m, PLACES));
        break;
    case 'f':
        vt_buf_puts(out, PICK(m, FIELDS));
        break;
    case 'y':
        vt_buf_printf(out, "%zu", FIRST_YEAR + year);
        break;
    case 'd':
        vt_buf_printf(out, "%zu/%zu/%zu", 1 + below(m, 28), 1 + below(m, 12), FIRST_YEAR + year);
        break;
    case 'm':
        vt_buf_printf(out, "%zu", 1 + below(m, 12));
        break;
    case 'h':
        put_person(m, out);
        break;
    default:
        vt_buf_printf(out, "%zu", 1 + below(m, 100000));
        break;
    }
}

static void put(maker *m, const char *text, size_t year, vt_buf *out) {
    for (; *text; text++)
        if (*text == '{') {
            put_slot(m, text[1], year, out);
            text += 2;
        } else {
            vt_buf_putc(out, *text);
        }
}

static void write_words(maker *m, made *d) {
    vt_buf_clear(&d->subject);
    vt_buf_clear(&d->body);
    put(m, PICK(m, SUBJECTS), d->year, &d->subject);
    for (size_t i = 0; i < COUNT(SENTENCES); i++)
        if ((int)below(m, 100) < SENTENCES[i].percent) {
            put(m, SENTENCES[i].text, d->year, &d->body);
            vt_buf_putc(&d->body, '\n');
        }
}

/* -------------------------------------------------------------------- rows -- */

static size_t by_share(maker *m, const int *share, size_t stride) {
    int at = (int)below(m, 1000);
    size_t i = 0;

    while (at >= *(const int *)((const char *)share + i * stride)) {
        at -= *(const int *)((const char *)share + i * stride);
        i++;
    }
    return i;
}

static vt_status add_issuers(maker *m) {
    vt_status st = VT_OK;

    for (size_t i = 0; !st && i < COUNT(ISSUERS); i++) {
        struct {
            const char *superior, *name, *organ, *abbr;
        } issuer = {"", ISSUERS[i].name, NULL, "UBND"};
        vt_meta meta = {.issuers = (void *)&issuer, .issuer_count = 1};

        st = vt_issuer_find(m->r, &(vt_issue){.meta = &meta, .new_issuer = true}, m->list,
                            &m->issuer[i]);
    }
    return st;
}

static vt_status find_series(maker *m, const made *d) {
    int64_t *id = &m->series[d->issuer][d->type][d->year];
    vt_series_row row;
    vt_status st;

    if (*id)
        return VT_OK;
    st =
        vt_series_of_book(m->r, m->list, m->arena, m->issuer[d->issuer],
                          &(vt_issue){.book = TYPES[d->type].book, .period = "year"}, d->iso, &row);
    *id = row.id;
    return st;
}

static vt_status add_number(maker *m, made *d) {
    static char words[64];
    vt_buf folded;

    vt_buf_init(&folded, sizeof words);
    vt_words_folded(TYPES[d->type].notation, &folded);
    snprintf(words, sizeof words, "%s", folded.data);
    vt_buf_free(&folded);
    return vt_sql_number(
        m->r, m->list,
        "INSERT INTO number(series_id, issuer_id, period, number, notation, notation_words, date, "
        "state) VALUES (?, ?, ?, ?, ?, ?, ?, 'used') RETURNING number_id",
        VT_ARGS(vt_int(m->series[d->issuer][d->type][d->year]), vt_int(m->issuer[d->issuer]),
                vt_text(vt_printf(m->arena, "%zu", FIRST_YEAR + d->year)), vt_int(d->number),
                vt_text(TYPES[d->type].notation), vt_text(words), vt_text(d->iso)),
        &d->id);
}

static vt_status add_document(maker *m, const made *d, const vt_meta *meta, const char *uid,
                              int64_t sort_key, int64_t *document) {
    return vt_sql_number(
        m->r, m->list,
        "INSERT INTO document(uid, sort_key, number_id, issuer_id, state, system, type, type_name, "
        "title, designation, date, due, place, subject, pages, amount, urgency, secrecy, pack, "
        "pack_hash, maker, key, again, created, drafter) VALUES (?1, ?2, ?3, ?4, 'issued', "
        "'state', ?5, ?6, '', ?7, ?8, '', 'Thạch Bình', ?9, 0, 0, ?10, '', '', '', 'make_archive', "
        "?1, 0, '', 'os:do') RETURNING document_id",
        VT_ARGS(vt_text(uid), vt_int(sort_key), vt_int(d->id), vt_int(m->issuer[d->issuer]),
                vt_text(meta->type_slug), vt_text(meta->type_name), vt_text(d->designation),
                vt_text(d->iso), vt_text(meta->subject), vt_text(meta->urgency)),
        document);
}

static vt_status add_people(maker *m, const vt_meta *meta, int64_t document) {
    vt_status st = vt_sql_run(
        m->r, m->list, "INSERT INTO signer VALUES (?, 1, ?, ?)",
        VT_ARGS(vt_int(document), vt_text(meta->signers->position), vt_text(meta->signers->name)));

    for (size_t i = 0; !st && i < meta->addressee_count; i++)
        st = vt_sql_run(m->r, m->list,
                        "INSERT INTO recipient(document_id, ordinal, role, name, organ, grp) "
                        "VALUES (?, ?, ?, ?, '', '')",
                        VT_ARGS(vt_int(document), vt_int((int64_t)i + 1),
                                vt_int(meta->addressees[i].role),
                                vt_text(meta->addressees[i].name)));
    return st;
}

static vt_status add_step(maker *m, int64_t document) {
    return vt_sql_run(m->r, m->list,
                      "INSERT INTO step VALUES (?, 1, 'import', '', 'issued', 'os:do', "
                      "'2026-12-01T00:00:00.000Z', '')",
                      VT_ARGS(vt_int(document)));
}

/* All rows of a document. */
static vt_status add_rows(maker *m, made *d, const vt_meta *meta) {
    char uid[VT_UID_CHARS + 1];
    int64_t document = 0, sort_key = (m->first_day + m->day) * SLOTS + m->slot;
    vt_status st = add_number(m, d);

    m->now_ms = (m->first_day + m->day) * INT64_C(86400000) + m->slot;
    if (!vt_uid_make(&m->r->world, uid))
        return VT_FAIL;
    if (!st)
        st = add_document(m, d, meta, uid, sort_key, &document);
    if (!st)
        st = add_people(m, meta, document);
    if (!st)
        st = add_step(m, document);
    if (!st)
        st = vt_index_add(m->r, m->list, sort_key, meta, d->designation);
    return st ? st : vt_event_json(m->r, m->list, "import", uid, json_object());
}

/* As a part of its act, as a merge issues: the words come into the index together at the act's
   end.  (Each statement with triggers would write SQLite's index out.) */
static vt_status keep(maker *m, made *d, const vt_meta *meta) {
    vt_status st = vt_part_begin(m->r, m->list);

    return st ? st : vt_part_end(m->r, m->list, add_rows(m, d, meta));
}

static vt_status add(maker *m, made *d, size_t serial, size_t count) {
    int64_t day = (int64_t)(serial * (DAYS - 1) / count);
    vt_status st;

    m->slot = day == m->day ? m->slot + 1 : 0;
    m->day = day;
    d->date = vt_time_day((m->first_day + day) * INT64_C(86400000));
    vt_date_iso(d->date, d->iso);
    d->year = (size_t)(d->date.year - FIRST_YEAR);
    d->issuer = by_share(m, &ISSUERS->share, sizeof *ISSUERS);
    d->type = serial % (count / TELEGRAMS) == 7 && serial / (count / TELEGRAMS) < TELEGRAMS
                  ? TELEGRAM
                  : by_share(m, &TYPES->share, sizeof *TYPES);
    st = find_series(m, d);
    d->number = ++m->last[d->issuer][d->type][d->year];
    snprintf(d->designation, sizeof d->designation, "%02lld/%s", (long long)d->number,
             TYPES[d->type].notation);
    /* the chairman changes every five years */
    snprintf(d->signer, sizeof d->signer, "%s %s %s",
             SURNAMES[(d->issuer * 7 + d->year / 5 * 3) % COUNT(SURNAMES)],
             MIDDLES[(d->issuer + d->year / 5) % COUNT(MIDDLES)],
             GIVEN[(d->issuer * 5 + d->year / 5 + below(m, 3)) % COUNT(GIVEN)]);
    write_words(m, d);

    vt_person signer = {"Chủ tịch", d->signer};
    vt_addressee to[] = {
        {.name = vt_printf(m->arena, "Nhân dân %s %s", PICK(m, PLACES), PICK(m, PLACES))},
        {.role = 1, .name = "Như trên"},
        {.role = 2, .name = "VT"}};
    struct {
        const char *superior, *name, *organ, *abbr;
    } issuer = {"", ISSUERS[d->issuer].name, NULL, "UBND"};
    size_t urgent = below(m, 1000);
    vt_meta meta = {.type_slug = TYPES[d->type].slug,
                    .type_name = TYPES[d->type].name,
                    .notation = TYPES[d->type].notation,
                    .subject = d->subject.data,
                    .issuers = (void *)&issuer,
                    .issuer_count = 1,
                    .signers = &signer,
                    .signer_count = 1,
                    .addressees = to,
                    .addressee_count = 3,
                    .urgency = urgent < 5    ? "hoa-toc"
                               : urgent < 40 ? "khan"
                                             : "",
                    .text = d->body.data};
    return st ? st : keep(m, d, &meta);
}

static vt_status add_all(maker *m, size_t count) {
    made d = {0};
    vt_status st = VT_OK;

    vt_buf_init(&d.subject, TEXT);
    vt_buf_init(&d.body, TEXT);
    for (size_t i = 0; !st && i < count; i++) {
        if (i % ACT == 0)
            st = vt_records_begin(m->r, m->list);
        if (!st && i == 0)
            st = add_issuers(m);
        vt_arena_reset(m->arena);
        if (!st)
            st = add(m, &d, i, count);
        if (!st && (i % ACT == ACT - 1 || i + 1 == count))
            st = vt_records_commit(m->r, m->list);
    }
    vt_records_rollback(m->r);
    vt_buf_free(&d.subject);
    vt_buf_free(&d.body);
    return st;
}

/* SQLite's two megabytes are few where a million rows come in one go. */
static vt_status use_memory(maker *m) {
    return vt_store_is_folder(m->options.folder)
               ? m->r->backend->exec(m->r, m->list, "PRAGMA cache_size = -500000")
               : VT_OK;
}

int main(int argc, char **argv) {
    static maker m = {.seed = 20261120, .day = -1};
    size_t count = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    int result = 1;

    if (count < 2 * TELEGRAMS * 8) {
        fputs("make_archive FOLDER N (from 48)\n", stderr);
        return 2;
    }
    m.first_day = vt_date_days((vt_date){FIRST_YEAR, 1, 1});
    m.now_ms = m.first_day * INT64_C(86400000);
    m.list = vt_findings_new();
    m.arena = vt_arena_new((size_t)64 << 20);
    m.options = (vt_records_options){.folder = argv[1],
                                     .actor = "os:do",
                                     .maker = "make_archive",
                                     .world = {now_ms, chance, &m}};
    if (!m.list || !m.arena)
        return 1;
    if (vt_records_init(&m.options, &(vt_records_new_options){.any_issuer = true}, m.list) ||
        vt_records_open(&m.options, m.list, &m.r) || use_memory(&m) || add_all(&m, count))
        result = fail(&m);
    else
        result = 0;
    vt_records_close(m.r);
    vt_arena_free(m.arena);
    vt_findings_free(m.list);
    return result;
}
