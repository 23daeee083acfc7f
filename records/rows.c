/*
 * records/rows.c - what an object of the register is, in one hash.
 *
 * The log's chain says that the log is what it was; it says nothing of the rows
 * beside it.  So each act writes into its line the hash of all rows of what it acted
 * on, as they stand after it (records/event.c calls vt_row_hash), and fsck compares
 * the last such hash of every object with its rows: a subject, a recipient, a step
 * rewritten by other means than this program is not what the log says.
 *
 * Every column of a table stands here, or fsck compares it in another way, or
 * tests/records/test_rows.c says why it needs not be.  Rows of one object are hashed
 * in a fixed order, each field behind its length, as in the log itself; ids that are
 * the store's own are replaced by those of the objects.
 */
#include "records/store.h"

#include <stdio.h>
#include <string.h>

enum { QUERIES = 8 };

/* An object: its name in the log, how its row is found, its rows (?1: that row's id). */
static const struct kind {
    const char *name, *find, *each;
    const char *rows[QUERIES];
    int columns[QUERIES];
} KINDS[VT_ROW_KINDS] = {
    [VT_ROW_DOCUMENT] =
        {"document",
         "SELECT document_id FROM document WHERE uid = ?",
         "SELECT document_id, uid FROM document WHERE document_id > ? ORDER BY document_id LIMIT 1",
         {"SELECT d.uid, i.uid, d.state, d.sort_key, d.system, d.type, d.type_name, d.title, "
          "d.designation, d.date, d.due, d.place, d.subject, d.language, d.pages, d.amount, "
          "d.urgency, d.secrecy, d.note, d.pack, d.pack_hash, d.maker, d.key, d.again, d.created, "
          "d.drafter, d.unit, d.retention, d.access, d.info_sign, d.confidence, d.autograph, "
          "d.format, s.uid, n.issuer_id, n.period, n.number, n.suffix, n.notation, "
          "n.notation_words, n.date, n.state, n.reason, n.holder, n.until, n.actor, n.disorder "
          "FROM document d JOIN issuer i ON i.issuer_id = d.issuer_id LEFT JOIN number n ON "
          "n.number_id = d.number_id LEFT JOIN series s ON s.series_id = n.series_id WHERE "
          "d.document_id = ?",
          "SELECT ordinal, position, name FROM signer WHERE document_id = ? ORDER BY ordinal",
          "SELECT ordinal, role, name, organ, grp, sent, received FROM recipient WHERE document_id "
          "= ? ORDER BY ordinal",
          "SELECT ordinal, word FROM keyword WHERE document_id = ? ORDER BY ordinal",
          "SELECT role, generation, sha256, name, pages, at FROM document_file WHERE document_id = "
          "? ORDER BY role, generation",
          "SELECT ordinal, act, from_state, to_state, actor, at, note FROM step WHERE document_id "
          "= ? ORDER BY ordinal",
          /* told of the one it is done to; the rest of the one that does it */
          "SELECT a.uid, r.kind, b.uid, r.reason FROM relation r JOIN document a ON a.document_id "
          "= r.document_id JOIN document b ON b.document_id = r.other_id WHERE (r.other_id = ?1 "
          "AND r.kind IN ('replaces', 'corrects', 'recalls')) OR (r.document_id = ?1 AND r.kind IN "
          "('amends', 'answers')) ORDER BY r.kind, a.uid, b.uid",
          "SELECT t.facet, t.heading, t.subject, t.issuer, t.signer, t.recipient, t.body, "
          "t.keywords FROM "
          "document d JOIN document_text t ON t.sort_key = d.sort_key WHERE d.document_id = ?"},
         {47, 3, 7, 2, 6, 7, 4, 8}},
    [VT_ROW_VOLUME] =
        {"volume",
         "SELECT register_id FROM closed_register WHERE uid = ?",
         "SELECT register_id, uid FROM closed_register WHERE register_id > ? ORDER BY register_id "
         "LIMIT 1",
         {"SELECT c.uid, s.uid, c.volume, c.first_number, c.last_number, c.first_date, "
          "c.last_date, c.entries, c.sha256, c.event_serial, c.event_hash, c.actor, c.at FROM "
          "closed_register c JOIN series s ON s.series_id = c.series_id WHERE c.register_id = ?"},
         {13}},
    [VT_ROW_ARRIVALS] =
        {"arrivals",
         "SELECT closed_id FROM closed_received WHERE uid = ?",
         "SELECT closed_id, uid FROM closed_received WHERE closed_id > ? ORDER BY closed_id LIMIT "
         "1",
         {"SELECT c.uid, i.uid, c.year, c.volume, c.first_number, c.last_number, c.first_date, "
          "c.last_date, c.entries, c.sha256, c.event_serial, c.event_hash, c.actor, c.at FROM "
          "closed_received c JOIN issuer i ON i.issuer_id = c.issuer_id WHERE c.closed_id = ?"},
         {14}},
    [VT_ROW_IMPORT] =
        {"import",
         "SELECT import_id FROM import_run WHERE uid = ?",
         "SELECT import_id, uid FROM import_run WHERE import_id > ? ORDER BY import_id LIMIT 1",
         {"SELECT uid, name, sha256, taken, actor, at FROM import_run WHERE import_id = ?"},
         {6}},
    [VT_ROW_RECEIVED] =
        {"received",
         "SELECT received_id FROM received WHERE uid = ?",
         "SELECT received_id, uid FROM received WHERE received_id > ? ORDER BY received_id LIMIT 1",
         {"SELECT v.uid, i.uid, v.year, v.arrival_number, v.arrival_date, v.sender, v.organ, "
          "v.number, v.notation, v.date, v.type_name, v.subject, v.signer, v.signer_position, "
          "v.to_places, v.due, v.urgency, v.secrecy, v.language, v.pages, v.note, v.sha256, "
          "v.designation, v.again, t.body, t.folded FROM received v JOIN issuer i ON i.issuer_id = "
          "v.issuer_id LEFT JOIN received_text t ON t.received_id = v.received_id WHERE "
          "v.received_id = ?"},
         {26}},
    [VT_ROW_DOSSIER] =
        {"dossier",
         "SELECT dossier_id FROM dossier WHERE uid = ?",
         "SELECT dossier_id, uid FROM dossier WHERE dossier_id > ? ORDER BY dossier_id LIMIT 1",
         {"SELECT x.uid, i.uid, x.year, x.code, x.heading, x.title, x.retention, x.access, "
          "x.creator, x.language, x.starts, x.ends, x.handover_due, x.state, x.frozen, x.note, "
          "x.subheading, x.sheets, x.pages, x.sha256 FROM dossier x JOIN issuer i ON i.issuer_id = "
          "x.issuer_id WHERE x.dossier_id = ?",
          "SELECT e.ordinal, d.uid, v.uid, e.sheets, e.note, e.removed FROM dossier_entry e LEFT "
          "JOIN document d ON d.document_id = e.document_id LEFT JOIN received v ON v.received_id "
          "= e.received_id WHERE e.dossier_id = ? ORDER BY e.ordinal",
          "SELECT ordinal, act, entry, to_state, actor, at, note FROM dossier_step WHERE "
          "dossier_id "
          "= ? ORDER BY ordinal"},
         {20, 6, 7}},
    [VT_ROW_TRANSFER] =
        {"transfer",
         "SELECT transfer_id FROM transfer WHERE uid = ?",
         "SELECT transfer_id, uid FROM transfer WHERE transfer_id > ? ORDER BY transfer_id LIMIT 1",
         {"SELECT uid, kind, date, decision, giver, taker, reason, actor, at, bundle, basis, "
          "giver_name, giver_position, taker_name, taker_position, boxes, metres, soundness FROM "
          "transfer WHERE transfer_id = ?",
          "SELECT x.uid FROM transfer_dossier t JOIN dossier x ON x.dossier_id = t.dossier_id "
          "WHERE t.transfer_id = ? ORDER BY x.uid"},
         {18, 1}},
};

/* What people configure: few rows, one hash over them all. */
static const struct kind CONFIG = {
    "config",
    NULL,
    NULL,
    {"SELECT name, value FROM setting ORDER BY name",
     "SELECT issuer_id, uid, superior, name, exact, folded, organ, abbr, books_of FROM issuer "
     "ORDER BY issuer_id",
     "SELECT uid, issuer_id, book, period, term_id, opens, closes, first, suffixes, state, reason "
     "FROM series ORDER BY series_id",
     "SELECT term_id, uid, issuer_id, kind, name, opens, closes FROM term ORDER BY term_id",
     "SELECT issuer_id, book, name, period, suffixes FROM book ORDER BY issuer_id, book",
     "SELECT issuer_id, type, secret, book FROM book_type ORDER BY issuer_id, type, secret",
     "SELECT a.name, a.full_name, a.position, a.active, r.role FROM actor a LEFT JOIN actor_role r "
     "ON r.name = a.name ORDER BY a.name, r.role",
     "SELECT 'separation', act, other, '', 0 FROM separation UNION ALL SELECT from_state, act, "
     "to_state, role, needs_note FROM transition UNION ALL SELECT 'retention', retention, name, "
     "'', coalesce(years, -1) FROM retention UNION ALL SELECT 'duty', act, role, '', 0 FROM duty "
     "ORDER BY 1, 2, 3"},
    {2, 9, 11, 7, 5, 4, 5, 5}};

static void add_column(vt_hasher *hasher, vt_stmt *stmt, int i) {
    char head[24];
    size_t len = 0;
    const char *text = vt_sql_blob(stmt, i, &len);

    if (!text) {
        vt_hasher_add(hasher, "-", 1);
        return;
    }
    vt_hasher_add(hasher, head, (size_t)snprintf(head, sizeof head, "%zu:", len));
    vt_hasher_add(hasher, text, len);
}

static vt_status add_rows(vt_stmt *stmt, vt_findings *list, vt_hasher *hasher, int columns) {
    bool row = true;
    vt_status st = VT_OK;

    while (!(st = vt_sql_row(stmt, list, &row)) && row) {
        vt_hasher_add(hasher, "\n", 1);
        for (int i = 0; i < columns; i++)
            add_column(hasher, stmt, i);
    }
    vt_hasher_add(hasher, "\f", 1); /* between tables */
    return st;
}

static vt_status hash_kind(vt_records *r, vt_findings *list, const struct kind *kind,
                           const vt_arg *args, size_t count, char out[VT_ROW_CHARS + 1]) {
    vt_stmt *opened[QUERIES] = {0};
    vt_hasher hasher;
    vt_hash hash;
    char hex[65];
    vt_status st = VT_OK;

    for (int i = 0; !st && i < QUERIES && kind->rows[i]; i++) {
        st = vt_sql_open(r, list, kind->rows[i], args, count, &opened[i]);
        if (!st)
            st = vt_sql_ahead(opened[i], list);
    }
    vt_hasher_start(&hasher);
    for (int i = 0; !st && i < QUERIES && kind->rows[i]; i++)
        st = add_rows(opened[i], list, &hasher, kind->columns[i]);
    for (int i = 0; st && i < QUERIES; i++)
        vt_sql_done(opened[i]);
    vt_hasher_end(&hasher, &hash);
    vt_hash_hex(&hash, hex);
    snprintf(out, VT_ROW_CHARS + 1, "%s:%s", kind->name, hex);
    return st;
}

vt_status vt_row_hash(vt_records *r, vt_findings *list, vt_row_kind kind, int64_t id,
                      char out[VT_ROW_CHARS + 1]) {
    return hash_kind(r, list, &KINDS[kind], VT_ARGS(vt_int(id)), out);
}

vt_status vt_config_hash(vt_records *r, vt_findings *list, char out[VT_ROW_CHARS + 1]) {
    return hash_kind(r, list, &CONFIG, VT_NO_ARGS, out);
}

vt_status vt_row_find(vt_records *r, vt_findings *list, const char *uid, vt_row_kind *kind,
                      int64_t *id) {
    vt_status st = VT_OK;

    *id = 0;
    for (int k = 0; !st && !*id && k < VT_ROW_KINDS; k++) {
        *kind = (vt_row_kind)k;
        st = vt_sql_number(r, list, KINDS[k].find, VT_ARGS(vt_text(uid)), id);
    }
    return st;
}

vt_status vt_row_next(vt_records *r, vt_findings *list, vt_row_kind kind, int64_t *id,
                      char uid[VT_UID_CHARS + 1]) {
    vt_stmt *stmt;
    bool row = false;
    vt_status st = vt_sql_open(r, list, KINDS[kind].each, VT_ARGS(vt_int(*id)), &stmt);

    *id = 0;
    if (!st)
        st = vt_sql_row(stmt, list, &row);
    if (st || !row)
        return st;
    *id = vt_sql_int(stmt, 0);
    snprintf(uid, VT_UID_CHARS + 1, "%s", vt_sql_view(stmt, 1));
    vt_sql_done(stmt);
    return VT_OK;
}
