/*
 * records/narrow.c - filters that name what there is not.
 *
 * Such a search finds nothing, as if nothing had been issued: it is told (TIM-05), with
 * the name that was probably meant.  Whether a filter lets anything through is asked only
 * where nothing was found.
 */
#include "records/dossiers.h"
#include "records/searching.h"

#include <string.h>

enum { ONE_FILTER = 1 << 18, FAR = 1 << 20, OFF_MOST = 3 };

/* Once, for pages and counts. */
static vt_status tell(const vt_searching *s, const char *typed, const char *remedy,
                      const char *message) {
    for (size_t i = 0; i < vt_findings_count(s->list); i++) {
        const vt_finding *f = vt_findings_at(s->list, i);

        if (strcmp(f->id, "TIM-05") == 0 && strcmp(f->message, message) == 0)
            return VT_OK;
    }
    return vt_warn(s->list, "TIM-05", (vt_place){.path = typed}, remedy, "%s", message);
}

vt_status vt_searching_state(vt_searching *s, const char *typed) {
    static const char *const states[] = {"draft",  "submitted", "returned", "signed",   "numbered",
                                         "sealed", "issued",    "recalled", "replaced", "archived"};

    s->state = typed ? typed : "";
    for (size_t i = 0; *s->state && i < sizeof states / sizeof *states; i++)
        if (strcmp(typed, states[i]) == 0 || strcmp(typed, vt_record_word(states[i])) == 0) {
            s->state = states[i];
            return VT_OK;
        }
    return !*s->state ? VT_OK
                      : tell(s, typed, "Dùng issued, recalled, replaced hoặc archived.",
                             "Không có tình trạng nào như vậy.");
}

vt_status vt_searching_dossier(vt_searching *s, const char *typed) {
    const char *written = NULL;
    vt_status st;

    s->dossier = typed ? typed : "";
    if (!*s->dossier)
        return VT_OK;
    st = vt_dossier_written(s->r, typed, s->arena, s->list, &written);
    if (!st && written)
        s->dossier = written;
    return st || written ? st
                         : tell(s, typed, "Xem danh mục hồ sơ: vanthu dossier list.",
                                "Kho không có hồ sơ nào có số và ký hiệu như vậy.");
}

/* -------------------------------------------------------- what was meant -- */

/* Letters of folded words apart: 0, 1, or FAR. */
static size_t apart(const char *a, size_t na, const char *b, size_t nb) {
    bool alike = na <= VT_NEAR_MAX && nb <= VT_NEAR_MAX && na <= nb + 1 && nb <= na + 1;
    size_t letters = alike ? vt_letters_apart(a, na, b, nb) : FAR;

    return letters > 1 ? FAR : letters;
}

/* Of a name few words need be typed, so words are compared, each with the one most like it:
   letters apart in all; FAR: too far, or what was typed stands there as it is. */
static size_t unlike(const vt_filter *filter, const char *name) {
    const char *typed = filter->typed, *end = typed + strlen(typed);
    vt_word_forms word, other;
    size_t all = 0;
    bool same = true;

    while (vt_word_next(&typed, end, &word)) {
        const char *at = name, *name_end = name + strlen(name);
        size_t best = FAR;
        bool there = false;

        while (vt_word_next(&at, name_end, &other)) {
            size_t d = apart(word.folded, word.folded_len, other.folded, other.folded_len);

            best = d < best ? d : best;
            there = there || (d == 0 && (filter->facet || strcmp(word.exact, other.exact) == 0));
        }
        if (2 * best > word.folded_len)
            return FAR;
        all += best;
        same = same && there;
    }
    return same || all > OFF_MOST ? FAR : all;
}

/* Of the newest documents. */
#define NEWEST(columns, table)                                                                     \
    "SELECT " columns " FROM (SELECT document_id FROM document WHERE sort_key IS NOT NULL "        \
    "ORDER BY sort_key DESC LIMIT 2000) d JOIN " table " USING (document_id)"

/* Names a filter may have meant. */
static const char *const KNOWN[VT_FILTERS] = {
    [VT_BY_TYPE_NAMED] = "WITH RECURSIVE t(type) AS (SELECT min(type) FROM document UNION ALL "
                         "SELECT (SELECT min(type) FROM document d WHERE d.type > t.type) FROM t "
                         "WHERE t.type IS NOT NULL) SELECT type FROM t WHERE type IS NOT NULL",
    [VT_BY_SERIES_NAMED] = "SELECT book || '/' || period FROM series UNION "
                           "SELECT book FROM series ORDER BY 1",
    [VT_BY_URGENCY_NAMED] = "SELECT 'khan' UNION SELECT 'thuong-khan' UNION "
                            "SELECT 'hoa-toc' ORDER BY 1",
    [VT_BY_ISSUER_NAMED] = "SELECT name FROM issuer ORDER BY issuer_id",
    [VT_BY_SIGNER_NAMED] =
        NEWEST("name", "signer") " UNION " NEWEST("position", "signer") " ORDER BY 1",
    [VT_BY_RECIPIENT_NAMED] = NEWEST("DISTINCT name", "recipient") " ORDER BY 1",
};

/* The known name most like what was typed; NULL: none is. */
static vt_status nearest(const vt_searching *s, vt_filter_kind kind, const char **out) {
    size_t best = FAR;
    vt_stmt *stmt;
    bool row = true;
    vt_status st = vt_sql_open(s->r, s->list, KNOWN[kind], VT_NO_ARGS, &stmt);

    *out = NULL;
    while (!st && !(st = vt_sql_row(stmt, s->list, &row)) && row) {
        size_t d = unlike(&s->filter[kind], vt_sql_view(stmt, 0));

        if (d < best) {
            best = d;
            *out = vt_sql_text(s->arena, stmt, 0);
        }
    }
    return st;
}

/* ------------------------------------------------------------ the filters -- */

/* Does any document pass this filter alone? */
static vt_status passes(const vt_searching *s, const vt_filter *filter, bool *any) {
    vt_searching alone = {
        .r = s->r, .list = s->list, .state = "", .dossier = "", .year_from = "", .year_before = ""};
    vt_stmt *stmt;
    vt_status st = VT_OK;

    *any = true;
    vt_buf_init(&alone.words, ONE_FILTER);
    vt_searching_filter(&alone.words, filter);
    if (vt_buf_failed(&alone.words))
        st = vt_nomem(s->list);
    else if (alone.words.len)
        st = vt_searching_open(&alone, VT_FOUND_COUNTS, INT64_MIN, INT64_MAX, 1, &stmt);
    if (!st && alone.words.len && !(st = vt_sql_row(stmt, s->list, any)) && *any)
        vt_sql_done(stmt);
    vt_buf_free(&alone.words);
    return st;
}

vt_status vt_searching_tell(const vt_searching *s) {
    static const struct {
        const char *message, *remedy;
    } TOLD[VT_FILTERS] = {
        [VT_BY_TYPE_NAMED] = {"Kho không có văn bản nào thuộc loại “%s”.",
                              "Ghi tên loại như trên văn bản: công văn, \"Kế hoạch\"."},
        [VT_BY_SERIES_NAMED] = {"Kho không có văn bản nào trong dãy số “%s”.",
                                "Xem các dãy số: vanthu series."},
        [VT_BY_URGENCY_NAMED] = {"Kho không có văn bản nào có độ khẩn “%s”.",
                                 "Các độ khẩn: khan, thuong-khan, hoa-toc."},
        [VT_BY_ISSUER_NAMED] = {"Kho không có văn bản nào của cơ quan “%s”.",
                                "Bớt chữ của tên, hoặc gõ không dấu."},
        [VT_BY_SIGNER_NAMED] = {"Kho không có văn bản nào do “%s” ký.",
                                "Bớt chữ của tên hoặc chức vụ, hoặc gõ không dấu."},
        [VT_BY_RECIPIENT_NAMED] = {"Kho không có văn bản nào gửi “%s”.",
                                   "Bớt chữ của tên, hoặc gõ không dấu."},
    };
    vt_status st = VT_OK;

    for (int i = 0; !st && i < VT_FILTERS; i++) {
        const char *typed = s->filter[i].typed, *meant = NULL, *remedy, *message;
        bool any = true;

        if (typed && *typed)
            st = passes(s, &s->filter[i], &any);
        if (!st && !any)
            st = nearest(s, (vt_filter_kind)i, &meant);
        if (st || any)
            continue;
        remedy = meant ? vt_printf(s->arena, "Có phải “%s”?", meant) : TOLD[i].remedy;
        message = vt_printf(s->arena, TOLD[i].message, typed);
        st = remedy && message ? tell(s, typed, remedy, message) : vt_nomem(s->list);
    }
    return st;
}
