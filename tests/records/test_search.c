/* Searching as people do: with and without accents, by number, by filter, page by page. */

#include "fixture.h"
#include "records/store.h"
#include "records/words.h"

static const draft LIBRARY[] = {
    {.date = "2025-03-01",
     .notation = "UBND-VX",
     .subject = "tăng cường chăm sóc trẻ em",
     .text = "Kế hoạch chăm sóc trẻ em năm 2025",
     .signer = "Nguyễn Văn An",
     .to = "Các trường học"},
    {.date = "2025-06-15",
     .notation = "KH-UBND",
     .book = "ke-hoach",
     .type = "ke-hoach",
     .type_name = "Kế hoạch",
     .subject = "tổ chức Ngày hội đọc sách",
     .text = "ngày hội đọc sách tại Thư viện xã, có hòa nhạc",
     .signer = "Lê Thị Hương",
     .to = "Thư viện xã"},
    {.date = "2026-01-10",
     .notation = "UBND-VX",
     .urgency = "khan",
     .subject = "sửa đường liên thôn",
     .text = "đường bê tông liên thôn, đầu tư công",
     .signer = "Lê Thị Hương",
     .to = "Ban quản lý dự án"},
    {.date = "2026-02-20",
     .notation = "UBND-KT",
     .subject = "thu hoạch vụ đông",
     .text = "bà con khẩn trương thu hoạch; ke hoach viết không dấu",
     .signer = "Nguyễn Văn Ân",
     .to = "Các thôn trong xã"},
    {.date = "2026-02-20",
     .notation = "TB-UBND",
     .book = "thong-bao",
     .type = "thong-bao",
     .type_name = "Thông báo",
     .subject = "lịch tiếp công dân",
     .text = "tiếp công dân số 152",
     .signer = "Nguyễn Văn An",
     .to = "Nhân dân trong xã"},
};
enum { DOCUMENTS = sizeof LIBRARY / sizeof *LIBRARY };

/* Subjects of what was found, as the places in LIBRARY: "4 2". */
static const char *places(const vt_hits *hits) {
    static char text[4096];

    text[0] = '\0';
    for (size_t i = 0; i < hits->count; i++)
        for (size_t k = 0; k < DOCUMENTS; k++)
            if (strcmp(hits->items[i]->subject, LIBRARY[k].subject) == 0)
                snprintf(text + strlen(text), sizeof text - strlen(text), "%s%zu", i ? " " : "", k);
    return text;
}

static void open_library(fixture *f) {
    fixture_open(f, false);
    for (size_t i = 0; i < DOCUMENTS; i++)
        issue_number(f, &LIBRARY[i]);
    fixture_reopen(f, true);
}

static void search_ok(fixture *f, const vt_search *search, vt_hits *hits) {
    need_ok(f, vt_records_search(f->records, search, f->arena, f->list, hits));
}

static const struct {
    vt_search search;
    const char *found; /* places, newest first */
    bool folded;
} CASES[] = {
    {{.query = ""}, "4 3 2 1 0", false},
    {{.query = NULL}, "4 3 2 1 0", false},
    {{.query = "ke hoach"}, "1 3 0", false}, /* every way of writing; in the heading first */
    {{.query = "kế hoạch"}, "1 0", false},   /* only with these accents */
    {{.query = "\"ke hoach\" tre"}, "0", false},
    {{.query = "KẾ HOẠCH TRẺ EM"}, "0", false},
    {{.query = "dau tu duong"}, "2", false}, /* đ */
    {{.query = "đầu tư"}, "2", false},
    {{.query = "hoà nhạc"}, "1", false}, /* written hòa */
    {{.query = "hỏa nhạc"}, "1", true},  /* accents that find nothing are left out */
    {{.query = "thu hoach"}, "3 1", false},
    {{.query = "ke hoach -tre"}, "1 3", false},
    {{.query = "-\"ke hoach\""}, "4 2", false},
    {{.query = "hoa*"}, "3 1 0", false},
    {{.query = "khongcogi"}, "", false},
    {{.query = "KH-UBND"}, "1", false}, /* part of a number */
    /* numbers: those with the number first, then those that speak of it */
    {{.query = "1/KH-UBND"}, "1", false},
    {{.query = "số 1"}, "4 2 1 0", false},
    {{.query = "1 ubnd-vx"}, "2 0", false},
    {{.query = "1 ubnd-vx năm 2025"}, "0", false},
    {{.query = "1/UBND-VX 2026"}, "2", false},
    {{.query = "152"}, "4", false},
    /* filters */
    {{.type = "ke-hoach"}, "1", false},
    {{.type = "Kế hoạch"}, "1", false},
    {{.type = "KẾ HOẠCH", .query = "sach"}, "1", false},
    {{.type = "quyet-dinh"}, "", false},
    {{.signer = "huong"}, "2 1", false},
    {{.signer = "Nguyễn Văn An"}, "4 3 0", false}, /* a word without accents finds all */
    {{.signer = "Nguyễn Văn Ân"}, "3", false},
    {{.signer = "nguyen van an"}, "4 3 0", false},
    {{.recipient = "thu vien"}, "1", false},
    {{.issuer = "thach binh"}, "4 3 2 1 0", false},
    {{.issuer = "thach binh", .signer = "an", .recipient = "nhan dan"}, "4", false},
    {{.from = {2026, 1, 10}, .to = {2026, 1, 10}}, "2", false},
    {{.from = {2026, 0, 0}}, "4 3 2", false},
    {{.to = {2025, 0, 0}}, "1 0", false},
    {{.from = {2025, 3, 0}, .to = {2025, 3, 0}}, "0", false},
    {{.from = {2026, 1, 1}, .query = "ke hoach"}, "3", false},
    {{.query = "1 ubnd-vx", .signer = "huong"}, "2", false},
    {{.query = "1", .type = "thong-bao", .from = {2026, 0, 0}}, "4", false},
    {{.series = "thong-bao"}, "4", false},
    {{.series = "Kế hoạch/2025"}, "1", false},
    {{.series = "ke-hoach/2026"}, "", false},
    {{.series = "thong-bao", .query = "tiep cong dan"}, "4", false},
    {{.state = "issued"}, "4 3 2 1 0", false},
    {{.state = "recalled"}, "", false},
    {{.state = "issued", .query = "ke hoach"}, "1 3 0", false},
    {{.state = "khong co", .query = "ke hoach"}, "", false},
    {{.dossier = "01.VP"}, "", false},
    {{.urgency = "khan"}, "2", false},
    {{.urgency = "Khẩn", .query = "duong"}, "2", false},
    {{.urgency = "Hỏa tốc"}, "", false},
    /* words side by side in the subject come before the same words elsewhere */
    {{.query = "cong dan"}, "4 3 2 0", false},
    {{.query = "trong xã"}, "4 3", false},
    {{.query = "hoc duong"}, "", false},
};

static void finds(void **state) {
    fixture f;
    (void)state;
    open_library(&f);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        vt_hits hits;

        search_ok(&f, &CASES[i].search, &hits);
        if (strcmp(places(&hits), CASES[i].found) != 0 || hits.folded != CASES[i].folded)
            fail_msg("case %zu “%s”: %s, folded %d", i,
                     CASES[i].search.query ? CASES[i].search.query : "", places(&hits),
                     hits.folded);
        assert_true(hits.mentions || !hits.next);
    }
    fixture_end(&f);
}

/* A number with ký hiệu and year: it alone, and behind it those that speak of it. */
static void a_whole_number_is_meant(void **state) {
    fixture f;
    vt_hits hits;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.subject = "A"});
    issue_number(&f, &(draft){.subject = "B", .text = "Căn cứ Công văn 1/UBND-VX năm 2026"});
    search_ok(&f, &(vt_search){.query = "1/UBND-VX năm 2026"}, &hits);
    assert_int_equal(hits.count, 1);
    assert_string_equal(hits.items[0]->subject, "A");
    assert_true(hits.mentions);
    search_ok(&f, &(vt_search){.query = "1/UBND-VX năm 2026", .after = hits.next}, &hits);
    assert_int_equal(hits.count, 1);
    assert_string_equal(hits.items[0]->subject, "B");
    assert_null(hits.next);
    search_ok(&f, &(vt_search){.query = "7/UBND-VX năm 2026"}, &hits);
    assert_int_equal(hits.count, 0);
    assert_false(hits.mentions);
    fixture_end(&f);
}

/* ------------------------------------------------------- counts and snippets -- */

static int64_t count_of(const vt_facets *facets, vt_facet_kind kind, const char *key) {
    for (size_t i = 0; i < facets->of[kind].count; i++)
        if (strcmp(facets->of[kind].values[i].key, key) == 0)
            return facets->of[kind].values[i].count;
    return 0;
}

static void counts(void **state) {
    fixture f;
    vt_facets facets;
    vt_hits hits;
    (void)state;
    open_library(&f);
    need_ok(&f, vt_records_facets(f.records, &(vt_search){0}, f.arena, f.list, &facets));
    assert_int_equal(facets.total, DOCUMENTS);
    assert_false(facets.estimated);
    assert_int_equal(count_of(&facets, VT_BY_TYPE, "cong-van"), 3);
    assert_string_equal(facets.of[VT_BY_TYPE].values[0].name, "Công văn");
    assert_int_equal(count_of(&facets, VT_BY_YEAR, "2026"), 3);
    assert_string_equal(facets.of[VT_BY_YEAR].values[0].key, "2026");
    assert_int_equal(count_of(&facets, VT_BY_SERIES, "van-ban/2026"), 2);
    assert_int_equal(count_of(&facets, VT_BY_SIGNER, "Lê Thị Hương"), 2);
    assert_int_equal(count_of(&facets, VT_BY_ISSUER, "Ủy ban nhân dân xã Thạch Bình"), DOCUMENTS);
    assert_int_equal(count_of(&facets, VT_BY_URGENCY, "khan"), 1);
    assert_int_equal(facets.of[VT_BY_URGENCY].count, 1);
    assert_int_equal(count_of(&facets, VT_BY_STATE, "issued"), DOCUMENTS);
    /* as many as are found, for every case of a search */
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        search_ok(&f, &CASES[i].search, &hits);
        need_ok(&f, vt_records_facets(f.records, &CASES[i].search, f.arena, f.list, &facets));
        if (!hits.mentions)
            assert_int_equal(facets.total, hits.count);
        assert_int_equal(facets.folded, hits.folded);
    }
    fixture_end(&f);
}

/* "trẻ|em" of what is marked. */
static const char *marks_of(const vt_marked *m) {
    static char text[512];

    text[0] = '\0';
    for (size_t i = 0; i < m->count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.*s", i ? "|" : "",
                 (int)m->marks[i].len, m->text + m->marks[i].start);
    return text;
}

static void snippets(void **state) {
    static const struct {
        const char *query, *subject, *text;
    } cases[] = {{"tre em", "trẻ|em", "trẻ|em"},
                 {"trẻ EM -sách", "trẻ|em", "trẻ|em"},
                 {"\"chăm sóc\"", "chăm|sóc", "chăm|sóc"},
                 {"ke hoa*", "", "Kế|hoạch"},
                 {"hoà nhạc", "", "hòa|nhạc"},
                 {"hỏa nhạc", "", "hòa|nhạc"}}; /* accents left out */
    fixture f;
    vt_hits hits;
    (void)state;
    open_library(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        search_ok(&f, &(vt_search){.query = cases[i].query, .snippets = true}, &hits);
        assert_true(hits.count > 0);
        assert_string_equal(marks_of(&hits.snippets[hits.count - 1].subject), cases[i].subject);
        assert_string_equal(marks_of(&hits.snippets[hits.count - 1].text), cases[i].text);
    }
    fixture_end(&f);
}

/* The piece of a long text, on one line; nothing of the text of what is secret. */
static void pieces(void **state) {
    static char text[20000];
    fixture f;
    vt_hits hits;
    (void)state;
    for (int i = 0; i < 800; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s",
                 i == 300   ? "Trạm bơm.\n"
                 : i == 500 ? "trạm quan trắc\nmặn, "
                            : "lời nói ");
    fixture_open(&f, false);
    issue_number(&f, &(draft){.text = text});
    issue_number(&f, &(draft){.text = text, .secrecy = "mat"});
    search_ok(&f, &(vt_search){.query = "tram quan trac man", .snippets = true}, &hits);
    assert_int_equal(hits.count, 2);
    assert_string_equal(hits.snippets[0].text.text, "");
    assert_string_equal(marks_of(&hits.snippets[1].text), "trạm|quan|trắc|mặn");
    assert_non_null(strstr(hits.snippets[1].text.text, "… lời nói lời nói lời nói trạm quan trắc "
                                                       "mặn, lời nói"));
    assert_null(strchr(hits.snippets[1].text.text, '\n'));
    fixture_end(&f);
}

/* Behind the heading, which is shown beside, unless the words are there only. */
static void pieces_are_of_the_body(void **state) {
    static const struct {
        const char *query, *text; /* what the piece begins and ends with */
    } cases[] = {{"đọc sách", "… Căn cứ: đọc sách là quyền.\nSách hay."},
                 {"hội đọc sách", "… Căn cứ: đọc sách là quyền.\nSách hay."},
                 {"ngày hội", "UBND XÃ\nKẾ HOẠCH\ntổ chức Ngày hội\nđọc sách\nCăn cứ: đọc sách "
                              "là quyền.\nSách hay."}};
    fixture f;
    vt_hits hits;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.type = "ke-hoach",
                              .type_name = "Kế hoạch",
                              .subject = "tổ chức Ngày hội đọc sách",
                              .text = cases[2].text});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];

        search_ok(&f, &(vt_search){.query = cases[i].query, .snippets = true}, &hits);
        assert_int_equal(hits.count, 1);
        snprintf(text, sizeof text, "%s", cases[i].text);
        for (char *c = text; *c; c++)
            if (*c == '\n')
                *c = ' ';
        assert_string_equal(hits.snippets[0].text.text, text);
    }
    fixture_end(&f);
}

/* ------------------------------------------------------------------ filters -- */

/* Filters that no document passes are told, each once, with what was meant where that is near. */
static void unknown_filters_are_told(void **state) {
    static const struct {
        vt_search search;
        const char *message, *remedy; /* NULL: nothing is told */
    } cases[] = {
        {{.type = "ke hoac"}, "thuộc loại “ke hoac”", "Có phải “ke-hoach”?"},
        {{.type = "Quyết định"}, "thuộc loại “Quyết định”", "Ghi tên loại"},
        {{.series = "van-ban/2062"}, "dãy số “van-ban/2062”", "Có phải “van-ban/2026”?"},
        {{.series = "nghi-quyet"}, "dãy số “nghi-quyet”", "vanthu series"},
        {{.urgency = "khâ"}, "độ khẩn “khâ”", "Có phải “khan”?"},
        {{.urgency = "Hỏa tốc"}, "độ khẩn “Hỏa tốc”", "Các độ khẩn"},
        {{.issuer = "thach bin"},
         "cơ quan “thach bin”",
         "Có phải “Ủy ban nhân dân xã Thạch Bình”?"},
        {{.issuer = "Thạch Bỉnh"}, "“Thạch Bỉnh”", "Có phải “Ủy ban nhân dân xã Thạch Bình”?"},
        {{.signer = "le thi hunog"}, "do “le thi hunog” ký", "Có phải “Lê Thị Hương”?"},
        {{.signer = "chu tihc"}, "do “chu tihc” ký", "Có phải “Chủ tịch”?"},
        {{.recipient = "thu vein"}, "gửi “thu vein”", "Có phải “Thư viện xã”?"},
        {{.recipient = "bệnh viện"}, "gửi “bệnh viện”", "Bớt chữ"},
        /* each filter lets something through, or is no word */
        {{.type = "ke-hoach", .signer = "an"}, NULL, NULL},
        {{.query = "khongcogi", .urgency = "khan", .recipient = "thu vien"}, NULL, NULL},
        {{.type = "/", .query = "khongcogi"}, NULL, NULL},
    };
    fixture f;
    vt_hits hits;
    vt_facets facets;
    (void)state;
    open_library(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const vt_finding *told;

        vt_findings_clear(f.list);
        search_ok(&f, &cases[i].search, &hits);
        need_ok(&f, vt_records_facets(f.records, &cases[i].search, f.arena, f.list, &facets));
        assert_int_equal(hits.count, 0);
        assert_int_equal(vt_findings_count(f.list), cases[i].message ? 1 : 0);
        if (!cases[i].message)
            continue;
        told = vt_findings_at(f.list, 0);
        assert_string_equal(told->id, "TIM-05");
        if (!strstr(told->message, cases[i].message) || !strstr(told->remedy, cases[i].remedy))
            fail_msg("%s %s", told->message, told->remedy);
    }
    fixture_end(&f);
}

/* Bytes by which the index knows what a word is may stand in what people typed before that was
   asked. */
static void words_are_not_marks(void **state) {
    static const vt_search spoofed[] = {{.issuer = "toa an"},
                                        {.signer = "khong co"},
                                        {.recipient = "la lam"},
                                        {.type = "sac-lenh"},
                                        {.issuer = "vien kiem sat"}};
    vt_fsck_report report;
    vt_hits hits;
    fixture f;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.signer = "Lê Mạnh \4iTòa án \4iviện kiểm sát",
                              .subject = "\4rlạ lắm, chuyện \1tsac-lenh",
                              .text = "\4skhông có \1t:sac-lenh"});
    for (size_t i = 0; i < sizeof spoofed / sizeof *spoofed; i++) {
        (void)!vt_records_search(f.records, &spoofed[i], f.arena, f.list, &hits); /* told, too */
        assert_int_equal(hits.count, 0);
    }
    search_ok(&f, &(vt_search){.query = "itòa án iviện kiểm sát rlạ lắm skhông có"}, &hits);
    assert_int_equal(hits.count, 1);
    need_ok(&f, vt_records_fsck(f.records, &(vt_fsck){0}, f.arena, f.list, &report));
    fixture_end(&f);
}

static void saved_searches(void **state) {
    fixture f;
    vt_search back;
    vt_saved *all;
    size_t count;
    (void)state;
    fixture_open(&f, false);
    need_refusal(&f, vt_records_search_save(f.records, " ", &(vt_search){0}, f.list), VT_BAD,
                 "TIM-04");
    need_refusal(&f, vt_records_search_save(f.records, "a", &(vt_search){.query = "\xFF"}, f.list),
                 VT_BAD, "KHO-15");
    need_refusal(&f, vt_records_search_saved(f.records, "a", f.arena, f.list, &back), VT_BAD,
                 "TIM-03");
    need_ok(&f, vt_records_search_save(f.records, "trẻ em", &(vt_search){.query = "cũ"}, f.list));
    need_ok(&f, vt_records_search_save(f.records, "trẻ em",
                                       &(vt_search){.query = "kế hoạch",
                                                    .type = "Công văn",
                                                    .from = {2026, 3, 0},
                                                    .to = {2026, 3, 27}},
                                       f.list));
    need_ok(&f, vt_records_search_saved(f.records, "trẻ em", f.arena, f.list, &back));
    assert_string_equal(back.query, "kế hoạch");
    assert_string_equal(back.type, "Công văn");
    assert_null(back.issuer);
    assert_int_equal(back.from.month, 3);
    assert_int_equal(back.from.day, 0);
    assert_int_equal(back.to.day, 27);
    f.options.actor = "os:binh"; /* each has his own */
    fixture_reopen(&f, false);
    need_ok(&f, vt_records_searches(f.records, f.arena, f.list, &all, &count));
    assert_int_equal(count, 0);
    need_refusal(&f, vt_records_search_forget(f.records, "trẻ em", f.list), VT_BAD, "TIM-03");
    f.options.actor = "os:huong";
    fixture_reopen(&f, false);
    need_ok(&f, vt_records_searches(f.records, f.arena, f.list, &all, &count));
    assert_int_equal(count, 1);
    assert_string_equal(all[0].name, "trẻ em");
    need_ok(&f, vt_records_search_forget(f.records, "trẻ em", f.list));
    need_refusal(&f, vt_records_search_forget(f.records, "trẻ em", f.list), VT_BAD, "TIM-03");
    fixture_end(&f);
}

/* Page by page, each hit comes once and in the order of one long page. */
static void pages(void **state) {
    static const char *const queries[] = {"", "1", "ubnd", "hỏa", "1 ubnd", "kế hoạch"};
    fixture f;
    (void)state;
    open_library(&f);
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++)
        for (size_t limit = 1; limit <= DOCUMENTS; limit++) {
            vt_hits all, page = {0};
            size_t seen = 0;

            search_ok(&f, &(vt_search){.query = queries[q]}, &all);
            do {
                search_ok(&f, &(vt_search){.query = queries[q], .limit = limit, .after = page.next},
                          &page);
                assert_true(page.count <= limit);
                assert_int_equal(page.folded, all.folded);
                for (size_t i = 0; i < page.count; i++, seen++)
                    assert_string_equal(page.items[i]->id, all.items[seen]->id);
            } while (page.next);
            assert_int_equal(seen, all.count);
        }
    need_refusal(
        &f,
        vt_records_search(f.records, &(vt_search){.after = "x:1"}, f.arena, f.list, &(vt_hits){0}),
        VT_BAD, "TIM-01");
    fixture_end(&f);
}

/* ------------------------------------------------------------- side by side -- */

enum { MADE = 60, WORDS = 6, ASKED = 400 };
static const char *const SYLLABLES[] = {"kế", "ke", "hoạch", "hoach", "trẻ", "đê"};

static const char *pick_words(fixture *f, size_t n, char *out) {
    uint8_t r;

    *out = '\0';
    for (size_t i = 0; i < n; i++) {
        fixture_random(f, &r, 1);
        strcat(out, i ? " " : "");
        strcat(out, SYLLABLES[r % (sizeof SYLLABLES / sizeof *SYLLABLES)]);
    }
    return out;
}

static size_t take(const char *text, vt_word_forms *words) {
    const char *end = text + strlen(text);
    size_t n = 0;

    while (vt_word_next(&text, end, &words[n]))
        n++;
    return n;
}

/* Accents typed are honoured, none typed find all. */
static bool same(const vt_word_forms *typed, const vt_word_forms *word) {
    return strcmp(typed->exact, typed->folded) == 0 ? strcmp(typed->folded, word->folded) == 0
                                                    : strcmp(typed->exact, word->exact) == 0;
}

/* 2: the words stand side by side, 1: all of them stand there, 0. */
static int rank(const char *subject, const char *query) {
    vt_word_forms words[WORDS + 2], typed[WORDS + 2];
    size_t n = take(subject, words), m = take(query, typed), all = 0;

    for (size_t at = 0; at + m <= n; at++) {
        size_t k = 0;
        while (k < m && same(&typed[k], &words[at + k]))
            k++;
        if (k == m)
            return 2;
    }
    for (size_t k = 0; k < m; k++) {
        size_t at = 0;
        while (at < n && !same(&typed[k], &words[at]))
            at++;
        all += at < n;
    }
    return all == m;
}

/* Words side by side in the subject come first, and none that only look so. */
static void side_by_side_comes_first(void **state) {
    static char subjects[MADE][128];
    fixture f;
    (void)state;
    fixture_open(&f, false);
    for (size_t i = 0; i < MADE; i++)
        issue_number(&f, &(draft){.subject = pick_words(&f, WORDS, subjects[i])});
    for (size_t q = 0; q < ASKED; q++) {
        char query[128];
        size_t wanted = 0;
        vt_hits hits;

        pick_words(&f, 2 + q % 3, query);
        vt_arena_reset(f.arena);
        search_ok(&f, &(vt_search){.query = query, .limit = 100}, &hits);
        for (int tier = 2; tier > 0; tier--)
            for (size_t i = MADE; i-- > 0;)
                if (rank(subjects[i], query) == tier) {
                    if (wanted >= hits.count ||
                        strcmp(hits.items[wanted]->subject, subjects[i]) != 0)
                        fail_msg("“%s”: hit %zu is not “%s”", query, wanted, subjects[i]);
                    wanted++;
                }
        if (wanted)
            assert_int_equal(wanted, hits.count);
    }
    fixture_end(&f);
}

/* In quotation marks, wherever they stand, with numbers between: what holds them, and no more. */
static void in_quotation_marks(void **state) {
    static char texts[MADE][512];
    static const char *const between[] = {" ", " 5 ", " khoản 2a, ", " Đ "};
    fixture f;
    size_t found = 0;
    (void)state;
    fixture_open(&f, false);
    for (size_t i = 0; i < MADE; i++) {
        char a[128], b[128];

        snprintf(texts[i], sizeof texts[i], "%s%s%s", pick_words(&f, 3, a),
                 between[i % (sizeof between / sizeof *between)], pick_words(&f, 2, b));
        issue_number(&f, &(draft){.subject = "-", .text = texts[i]});
    }
    for (size_t q = 0; q < ASKED; q++) {
        char a[128], b[128], words[512], query[600];
        size_t wanted = 0;
        vt_hits hits;

        snprintf(words, sizeof words, "%s%s%s", pick_words(&f, 1 + q % 2, a),
                 between[q % (sizeof between / sizeof *between)], pick_words(&f, q / 4 % 3, b));
        snprintf(query, sizeof query, q % 3 ? "\"%s\"" : "-\"%s\"", words);
        vt_arena_reset(f.arena);
        search_ok(&f, &(vt_search){.query = query, .limit = 100}, &hits);
        for (size_t i = MADE; i-- > 0;) {
            if ((rank(texts[i], words) == 2) == (q % 3 == 0))
                continue;
            if (hits.folded || wanted >= hits.count ||
                strtoul(hits.items[wanted]->number, NULL, 10) != i + 1)
                fail_msg("“%s”: hit %zu is not “%s”", query, wanted, texts[i]);
            wanted++;
        }
        if (wanted || !hits.folded)
            assert_int_equal(wanted, hits.count);
        found += q % 3 ? wanted : 0;
    }
    assert_true(found > ASKED / 4);
    fixture_end(&f);
}

/* All words of the name, in any order. */
static bool has_words(const char *name, const char *typed) {
    vt_word_forms words[2 * WORDS], asked[WORDS + 1];
    size_t n = take(name, words), m = take(typed, asked), all = 0;

    for (size_t k = 0; k < m; k++) {
        size_t at = 0;
        while (at < n && !same(&asked[k], &words[at]))
            at++;
        all += at < n;
    }
    return all == m;
}

/* Filters of every kind together let through what each lets through. */
static void filters_hold(void **state) {
    static const char *const types[] = {"cong-van", "ke-hoach", "bao-cao"};
    static const char *const urgencies[] = {"", "khan", "hoa-toc"};
    static struct {
        char subject[128], signer[128], to[128], words[400];
        const char *type, *urgency;
    } made[MADE];
    fixture f;
    size_t all = 0;
    (void)state;
    fixture_open(&f, false);
    for (size_t i = 0; i < MADE; i++) {
        made[i].type = types[i % 3];
        made[i].urgency = urgencies[i / 3 % 3];
        issue_number(&f, &(draft){.subject = pick_words(&f, 4, made[i].subject),
                                  .signer = pick_words(&f, 2, made[i].signer),
                                  .to = pick_words(&f, 2, made[i].to),
                                  .type = made[i].type,
                                  .urgency = made[i].urgency});
        snprintf(made[i].words, sizeof made[i].words, "%.127s %.127s %.127s", made[i].subject,
                 made[i].signer, made[i].to);
    }
    for (size_t q = 0; q < ASKED; q++) {
        char query[128], signer[128], to[128];
        const char *type = q % 4 ? types[q % 3] : NULL,
                   *urgency = q % 5 ? NULL : urgencies[1 + q % 2];
        size_t wanted = 0;
        vt_hits hits;

        vt_arena_reset(f.arena);
        vt_findings_clear(f.list);
        search_ok(&f,
                  &(vt_search){.query = pick_words(&f, q % 3, query),
                               .type = type,
                               .urgency = urgency,
                               .issuer = q % 2 ? "thạch bình" : NULL,
                               .signer = pick_words(&f, q / 3 % 3, signer),
                               .recipient = pick_words(&f, q / 9 % 2, to),
                               .limit = 100},
                  &hits);
        if (hits.folded)
            continue;
        for (size_t i = 0; i < MADE; i++) {
            size_t at = 0;

            if ((type && type != made[i].type) || (urgency && urgency != made[i].urgency) ||
                !has_words(made[i].signer, signer) || !has_words(made[i].to, to) ||
                !has_words(made[i].words, query))
                continue;
            wanted++;
            while (at < hits.count && strtoul(hits.items[at]->number, NULL, 10) != i + 1)
                at++;
            if (at == hits.count)
                fail_msg("“%s” to “%s” from “%s”: not there", made[i].subject, made[i].to,
                         made[i].signer);
        }
        if (wanted != hits.count)
            fail_msg("“%s” of “%s” to “%s”, %s %s: %zu, not %zu", query, signer, to,
                     type ? type : "", urgency ? urgency : "", hits.count, wanted);
        all += wanted;
    }
    assert_true(all > ASKED);
    fixture_end(&f);
}

/* Of few words or of very many, with others before it, left out: what begins so. */
static void beginnings(void **state) {
    enum { EACH = 90, ALL = EACH + 4 };
    static const char *const others[] = {"kế", "kể", "kem", "xin"};
    static const struct {
        const char *query, *begin;
        bool folded, before, not ;
    } asked[] = {{"k*", "k", true, false, false},      {"kb1*", "kb1", true, false, false},
                 {"kb*", "kb", true, false, false},    {"ke*", "ke", true, false, false},
                 {"kế*", "kế", false, false, false},   {"\"xin kb1\"*", "kb1", true, true, false},
                 {"xin -kb*", "kb", true, true, true}, {"kz*", "kz", true, false, false}};
    static char subjects[ALL][32];
    fixture f;
    (void)state;
    fixture_open(&f, false);
    for (size_t i = 0; i < ALL; i++) {
        if (i < EACH)
            snprintf(subjects[i], sizeof subjects[i], "%s kb%zu", i % 2 ? "xin" : "cho", i);
        else
            snprintf(subjects[i], sizeof subjects[i], "xin %s", others[i - EACH]);
        issue_number(&f, &(draft){.subject = subjects[i], .text = "-"});
    }
    for (size_t q = 0; q < sizeof asked / sizeof *asked; q++) {
        size_t seen = 0;
        vt_hits hits;

        search_ok(&f, &(vt_search){.query = asked[q].query, .limit = 200}, &hits);
        for (size_t i = ALL; i-- > 0;) {
            vt_word_forms words[WORDS + 1];
            const char *second =
                (take(subjects[i], words), asked[q].folded) ? words[1].folded : words[1].exact;
            bool begins = strncmp(second, asked[q].begin, strlen(asked[q].begin)) == 0;

            if (begins == asked[q].not || (asked[q].before && strcmp(words[0].folded, "xin") != 0))
                continue;
            if (seen >= hits.count || strcmp(hits.items[seen]->subject, subjects[i]) != 0)
                fail_msg("“%s”: hit %zu is not “%s”", asked[q].query, seen, subjects[i]);
            seen++;
        }
        assert_int_equal(seen, hits.count);
    }
    fixture_end(&f);
}

/* What is rare is asked for first: a state, a dossier, with words in every record. */
static void by_state_and_dossier(void **state) {
    fixture f;
    vt_record *record;
    vt_hits hits;
    vt_dossier d;
    vt_dossier_view in;
    const vt_dossier_words words = {.year = 2026, .code = "01.VP", .title = "Hồ sơ"};
    const vt_dossier_ref dossier = {.reference = "01.VP"};
    int64_t ordinal;
    (void)state;
    open_library(&f);
    fixture_reopen(&f, false);
    need_ok(&f, vt_records_dossier_open(f.records, &words, f.arena, f.list, &d));
    search_ok(&f, &(vt_search){0}, &hits);
    for (size_t i = 0; i < hits.count; i++)
        if (strchr("st", *hits.items[i]->subject))
            need_ok(&f, vt_records_dossier_add(f.records, &dossier,
                                               &(vt_dossier_put){.reference = hits.items[i]->id},
                                               f.arena, f.list, &ordinal));
    need_ok(&f, vt_records_dossier(f.records, &dossier, f.arena, f.list, &in));
    for (size_t i = 0; i < in.entry_count; i++)
        if (strncmp(in.entries[i].subject, "sửa", strlen("sửa")) == 0)
            need_ok(&f, vt_records_dossier_remove(f.records, &dossier, in.entries[i].ordinal,
                                                  "nhầm", f.arena, f.list));
    need_ok(&f, vt_records_step(
                    f.records,
                    &(vt_step){.reference = "1/KH-UBND", .act = "recall", .note = "sai số liệu"},
                    f.arena, f.list, &record));
    search_ok(&f, &(vt_search){.state = "recalled", .query = "xa"}, &hits);
    assert_string_equal(places(&hits), "1");
    search_ok(&f, &(vt_search){.state = "issued"}, &hits);
    assert_string_equal(places(&hits), "4 3 2 0");
    search_ok(&f, &(vt_search){.query = "1/KH-UBND", .state = "issued"}, &hits);
    assert_string_equal(places(&hits), "");
    search_ok(&f, &(vt_search){.dossier = "01.VP"}, &hits);
    assert_string_equal(places(&hits), "3 1 0");
    search_ok(&f, &(vt_search){.dossier = "01.VP", .query = "ke hoach", .limit = 1}, &hits);
    assert_string_equal(places(&hits), "1");
    search_ok(&f,
              &(vt_search){.dossier = "01.VP", .query = "ke hoach", .limit = 1, .after = hits.next},
              &hits);
    assert_string_equal(places(&hits), "3");
    search_ok(&f, &(vt_search){.dossier = "01.VP", .state = "recalled"}, &hits);
    assert_string_equal(places(&hits), "1");
    fixture_end(&f);
}

/* Any bytes are a query. */
static void garbage_is_no_error(void **state) {
    static const char *const pieces[] = {
        "\"",   "*",  "-", "(", ")",   " ", "AND", "NOT", "NEAR(",        ":",       "^", "kế",
        "\xFF", "\1", "{", "}", "152", "/", "+",   "'",   "\xE2\x80\x9C", "subject", ",", ";",
        "\\",   "%",  "_", "đ"};
    fixture f;
    (void)state;
    open_library(&f);
    for (int i = 0; i < 2000; i++) {
        char query[256] = "";
        uint8_t n, pick;
        vt_hits hits;

        fixture_random(&f, &n, 1);
        for (int k = 0; k < n % 12; k++) {
            fixture_random(&f, &pick, 1);
            strcat(query, pieces[pick % (sizeof pieces / sizeof *pieces)]);
        }
        vt_arena_reset(f.arena);
        search_ok(&f, &(vt_search){.query = query, .signer = query, .type = query}, &hits);
        search_ok(&f,
                  &(vt_search){.query = query, .series = query, .urgency = query, .dossier = query},
                  &hits);
        search_ok(&f, &(vt_search){.query = query, .state = query}, &hits);
        search_ok(&f, &(vt_search){.query = query, .snippets = true}, &hits);
        need_ok(&f, vt_records_facets(f.records, &(vt_search){.query = query, .issuer = query},
                                      f.arena, f.list, &(vt_facets){0}));
    }
    fixture_end(&f);
}

static void long_queries_are_cut(void **state) {
    static char query[100001];
    fixture f;
    vt_hits hits;
    (void)state;
    open_library(&f);
    for (size_t i = 0; i + 3 < sizeof query; i += 3)
        memcpy(query + i, "ke ", 3);
    search_ok(&f, &(vt_search){.query = query}, &hits);
    assert_true(found(&f, "TIM-02"));
    assert_string_equal(places(&hits), "3 1 0");
    fixture_end(&f);
}

/* ------------------------------------------------------------------ show -- */

static void show_by_number_and_id(void **state) {
    static const struct {
        const char *reference;
        int year;
        const char *subject; /* NULL: refused */
        const char *refusal;
    } shown[] = {
        {"1/KH-UBND", 0, "tổ chức Ngày hội đọc sách", NULL},
        {"số 1 kh", 0, "tổ chức Ngày hội đọc sách", NULL},
        {"1/UBND-VX", 2026, "sửa đường liên thôn", NULL},
        {"1/UBND-VX năm 2025", 0, "tăng cường chăm sóc trẻ em", NULL},
        {"1/UBND-VX", 0, NULL, "KHO-11"},
        {"1", 0, NULL, "KHO-11"},
        {"99/UBND-VX", 0, NULL, "KHO-10"},
        {"khongco", 0, NULL, "KHO-10"},
        {"", 0, NULL, "KHO-10"},
        {"0", 0, NULL, "KHO-11"}, /* the beginning of every id */
    };
    fixture f;
    vt_record *record, *again;
    char id[40];
    (void)state;
    open_library(&f);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        vt_status st =
            vt_records_show(f.records, shown[i].reference, shown[i].year, f.arena, f.list, &record);
        if (shown[i].subject) {
            need_ok(&f, st);
            assert_string_equal(record->subject, shown[i].subject);
        } else {
            need_refusal(&f, st, VT_BAD, shown[i].refusal);
        }
    }
    need_ok(&f, vt_records_show(f.records, "1/KH-UBND", 0, f.arena, f.list, &record));
    assert_string_equal(record->designation, "1/KH-UBND");
    assert_string_equal(record->date, "2025-06-15");
    assert_string_equal(record->type, "ke-hoach");
    assert_string_equal(record->state, "issued");
    assert_int_equal(record->signer_count, 1);
    assert_string_equal(record->signers[0].name, "Lê Thị Hương");
    assert_string_equal(record->addressees[0].name, "Thư viện xã");
    assert_int_equal(record->file_count, 2);
    assert_int_equal(record->event_count, 1);
    assert_string_equal(record->events[0].actor, "os:huong");
    snprintf(id, sizeof id, "%s", record->id);
    for (char *c = id; *c; c++) /* as people may copy it */
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 32);
    need_ok(&f, vt_records_show(f.records, id, 0, f.arena, f.list, &again));
    assert_string_equal(again->id, record->id);
    id[24] = '\0';
    need_ok(&f, vt_records_show(f.records, id, 0, f.arena, f.list, &again));
    assert_string_equal(again->id, record->id);
    fixture_end(&f);
}

/* A notation typed whole is not mistaken for the beginning of a longer one. */
static void whole_notation_comes_first(void **state) {
    fixture f;
    vt_record *record;
    (void)state;
    fixture_open(&f, false);
    issue_number(&f, &(draft){.notation = "UBND", .book = "a"});
    issue_number(&f, &(draft){.notation = "UBND-VX", .book = "b"});
    need_ok(&f, vt_records_show(f.records, "1/UBND", 0, f.arena, f.list, &record));
    assert_string_equal(record->notation, "UBND");
    fixture_end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(a_whole_number_is_meant),
        cmocka_unit_test(counts),
        cmocka_unit_test(snippets),
        cmocka_unit_test(pieces),
        cmocka_unit_test(pieces_are_of_the_body),
        cmocka_unit_test(unknown_filters_are_told),
        cmocka_unit_test(words_are_not_marks),
        cmocka_unit_test(saved_searches),
        cmocka_unit_test(pages),
        cmocka_unit_test(side_by_side_comes_first),
        cmocka_unit_test(in_quotation_marks),
        cmocka_unit_test(filters_hold),
        cmocka_unit_test(beginnings),
        cmocka_unit_test(by_state_and_dossier),
        cmocka_unit_test(garbage_is_no_error),
        cmocka_unit_test(long_queries_are_cut),
        cmocka_unit_test(show_by_number_and_id),
        cmocka_unit_test(whole_notation_comes_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
