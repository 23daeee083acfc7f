/*
 * Plain text in: golden drafts (tests/regress/import), the same draft in every
 * encoding, no word made up or lost, and drafts that are none.
 *
 * A golden case is NAME.txt with NAME.expected: the findings, then the
 * documents.  With VT_REGRESS_WRITE set the expectations are written anew, to be
 * read over before they are committed.
 */
#include "tests/gen/help.h"
#include "tests/gen/import_words.h"

#include "gen/layout.h"

#include <iconv.h>
#include <time.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define FOLDER "tests/regress/import"

static vt_engine *engine;

typedef struct imported {
    vt_arena *arena;
    vt_findings *list;
    vt_status status;
    vt_doc **docs;
    size_t count;
} imported;

static imported import(const void *data, size_t len, const char *name) {
    imported in = {.arena = vt_arena_new((size_t)2 << 30), .list = vt_findings_new()};

    in.status =
        vt_import_text(engine, in.arena, data, len, name, NULL, in.list, &in.docs, &in.count);
    assert_int_equal(in.status == VT_OK, in.count > 0);
    if (in.status)
        assert_true(vt_findings_errors(in.list) > 0);
    return in;
}

static void done(imported *in) {
    vt_findings_free(in->list);
    vt_arena_free(in->arena);
}

static void read_all(const char *path, vt_buf *out) {
    vt_findings *list = vt_findings_new();

    vt_buf_init(out, (size_t)64 << 20);
    if (vt_file_read(path, (size_t)64 << 20, out, list))
        fail_msg("%s", path);
    vt_findings_free(list);
}

/* ---------------------------------------------------------------- golden -- */

static void print_all(vt_buf *out, const imported *in) {
    static const char *const severity[] = {"info", "warning", "error"};

    for (size_t i = 0; i < vt_findings_count(in->list); i++) {
        const vt_finding *f = vt_findings_at(in->list, i);
        vt_buf_printf(out, "%s %s line %d: %s\n", severity[f->severity], f->id, f->place.line,
                      f->message);
        if (f->excerpt)
            vt_buf_printf(out, "    “%s”\n", f->excerpt);
        if (f->remedy)
            vt_buf_printf(out, "    -> %s\n", f->remedy);
    }
    for (size_t i = 0; i < in->count; i++) {
        vt_buf xml;
        vt_buf_init(&xml, (size_t)16 << 20);
        assert_int_equal(vt_doc_write(in->docs[i], &xml, in->list), VT_OK);
        vt_buf_puts(out, xml.data);
        vt_buf_free(&xml);
    }
}

static void compare(const char *path, const vt_buf *have) {
    char expected[4096];
    vt_buf want;

    snprintf(expected, sizeof expected, "%.*s.expected", (int)strlen(path) - 4, path);
    if (getenv("VT_REGRESS_WRITE")) {
        FILE *f = fopen(expected, "wb");
        assert_non_null(f);
        fwrite(have->data, 1, have->len, f);
        fclose(f);
        return;
    }
    read_all(expected, &want);
    if (want.len != have->len || memcmp(want.data, have->data, want.len) != 0)
        fail_msg("%s is not:\n%s", expected, have->data);
    vt_buf_free(&want);
}

static void golden_drafts(void **state) {
    char *paths[64];
    const size_t n = help_files(FOLDER, ".txt", paths, 64);

    (void)state;
    assert_true(n >= 10);
    for (size_t i = 0; i < n; i++) {
        const char *slash = strrchr(paths[i], '/');
        vt_buf text, out;
        read_all(paths[i], &text);
        vt_buf_init(&out, (size_t)16 << 20);
        imported in = import(text.data, text.len, slash + 1);
        print_all(&out, &in);
        compare(paths[i], &out);
        for (size_t k = 0; k < in.count; k++)
            help_round_trip(in.docs[k]);
        done(&in);
        vt_buf_free(&out);
        vt_buf_free(&text);
        free(paths[i]);
    }
}

/* -------------------------------------------------------------- word lists -- */

/* What the lists are asked for stands in the files: a section misspelt is no section. */
static void every_word_list_has_words(void **state) {
    vt_draft draft = {.engine = engine, .list = vt_findings_new()};

    (void)state;
    assert_int_equal(vt_lists_need(&draft), VT_OK);
    for (int i = 0; i < VT_LISTS; i++) {
        const vt_listed *word = vt_list_of(&draft, (vt_list)i);
        if (!word->natural)
            fail_msg("list %d is empty", i);
        for (; word[1].natural; word++) {
            assert_true(word->len >= word[1].len);
            if (strcmp(word->natural, word[1].natural) == 0)
                fail_msg("“%s” stands twice", word->natural);
        }
    }
    vt_findings_free(draft.list);
}

static vt_typed typed(const char *s) {
    return vt_typed_of(s, 1);
}

static void words_are_known_whatever_their_case_and_marks(void **state) {
    vt_draft draft = {.engine = engine, .list = vt_findings_new()};

    (void)state;
    assert_int_equal(vt_lists_need(&draft), VT_OK);
    assert_true(vt_is_listed(&draft, VT_LIST_ORGANS, typed("UỶ BAN nhân dân")));
    assert_false(vt_is_listed(&draft, VT_LIST_ORGANS, typed("SỞN LÒNG")));
    assert_int_equal(vt_listed_behind(&draft, VT_LIST_RANKS, typed("PGS.TS. Vũ An")), 7);
    assert_true(vt_is_level(&draft, typed("tỉnh Lam Giang")));
    assert_false(vt_is_level(&draft, typed("TỈNH ỦY LAM GIANG")));
    assert_true(vt_is_contact(&draft, typed("ĐT: 0299.3811.222")));
    assert_true(vt_is_contact(&draft, typed("Số 12 Lê Lợi - Email: a@b.example")));
    assert_false(vt_is_contact(&draft, typed("Điện thoại của đơn vị hỏng")));
    assert_false(vt_is_contact(&draft, typed("Số 12 Lê Lợi")));
    vt_findings_free(draft.list);
}

/* ----------------------------------------------------------------- words -- */

/* What the pages show: labels, "Số:", Quốc hiệu and so on included. */
static void add_pages(import_bag *bag, const imported *in, const vt_doc *doc) {
    const vt_compose_options options = {.draft = true};
    vt_findings *list = vt_findings_new();
    const vt_pack *pack = NULL;
    vt_layout *layout = NULL;
    vt_buf text;

    vt_buf_init(&text, (size_t)16 << 20);
    assert_int_equal(vt_pack_choose(engine, doc, list, &pack), VT_OK);
    if (vt_compose(engine, pack, doc, &options, in->arena, list, &layout) == VT_FAIL || !layout)
        fail_msg("%s", help_findings(list));
    for (size_t p = 0; p < layout->page_count; p++)
        for (size_t i = 0; i < layout->pages[p].run_count; i++) {
            const vt_run *run = &layout->pages[p].runs[i], *last = i ? run - 1 : NULL;
            if (!last || last->y != run->y || last->x + last->width + 0.5 < run->x)
                vt_buf_putc(&text, ' ');
            vt_buf_add(&text, run->text, run->len);
        }
    import_add(bag, text.data, text.len, 1);
    vt_buf_free(&text);
    vt_findings_free(list);
}

static void check_words(const char *path) {
    vt_buf bytes;
    vt_draft draft = {.engine = engine, .file = path, .list = vt_findings_new()};
    const char *text = NULL, *word;
    size_t len = 0;

    read_all(path, &bytes);
    imported in = import(bytes.data, bytes.len, path);
    if (in.status == VT_OK) {
        import_bag typed = import_bag_new(), shown = import_bag_new(), kept = import_bag_new();
        draft.arena = in.arena;
        assert_int_equal(vt_draft_open(&draft, bytes.data, bytes.len, &text, &len), VT_OK);
        char *plain = vt_strndup(in.arena, text, len); /* "<br>" is no word */
        for (char *p = plain; (p = strstr(p, "<br>")) != NULL;)
            memcpy(p, "    ", 4);
        import_add(&typed, plain, len, 1);
        import_add_findings(&shown, in.list, 1);
        for (size_t i = 0; i < in.count; i++) {
            add_pages(&shown, &in, in.docs[i]);
            import_add_tree(&kept, in.docs[i]->root, false, 1);
        }
        word = import_missing(&typed, &shown, NULL);
        if (word)
            fail_msg("%s: “%s” is lost", path, word);
        for (size_t i = 0; i < typed.size; i++) /* an attached text repeats its issuer */
            typed.at[i].count *= 4;
        for (size_t i = 0; i < in.count; i++) { /* the date's form is the format's */
            const vt_node *date = vt_child(in.docs[i]->root, VT_DATE);
            if (date)
                import_add_tree(&kept, date, false, -1);
        }
        word = import_missing(&kept, &typed, NULL);
        if (word)
            fail_msg("%s: “%s” is made up", path, word);
        free(typed.at), free(shown.at), free(kept.at);
    }
    vt_findings_free(draft.list);
    vt_buf_free(&bytes);
    done(&in);
}

static void no_word_is_lost_or_made_up(void **state) {
    const char *shared = getenv("VT_SHARED");
    char folder[4096], *paths[80];
    size_t n = help_files(FOLDER, ".txt", paths, 64);

    (void)state;
    snprintf(folder, sizeof folder, "%s/seeds", shared ? shared : "../shared");
    n += help_files(folder, ".txt", paths + n, 16);
    for (size_t i = 0; i < n; i++) {
        check_words(paths[i]);
        free(paths[i]);
    }
}

/* ------------------------------------------------------------- encodings -- */

/* The documents alone, for comparing what two drafts become. */
static char *documents_of(const void *data, size_t len) {
    imported in = import(data, len, "nhap.txt");
    vt_buf out;

    vt_buf_init(&out, (size_t)16 << 20);
    if (in.status)
        fail_msg("%s", help_findings(in.list));
    for (size_t i = 0; i < in.count; i++)
        assert_int_equal(vt_doc_write(in.docs[i], &out, in.list), VT_OK);
    char *copy = strdup(out.data);
    vt_buf_free(&out);
    done(&in);
    return copy;
}

static void same_documents(const char *what, const char *path, const char *want, const void *data,
                           size_t len) {
    char *have = documents_of(data, len);

    if (strcmp(want, have) != 0)
        fail_msg("%s as %s:\n%s\nbut:\n%s", path, what, want, have);
    free(have);
}

/* By iconv; the caller frees. */
static char *encoded(const char *to, const char *s, size_t len, size_t *out) {
    iconv_t cd = iconv_open(to, "UTF-8");
    char *text = malloc(4 * len + 8), *at = text, *in = (char *)(uintptr_t)s;
    size_t left = 4 * len + 8;

    assert_true(cd != (iconv_t)-1);
    if (iconv(cd, &in, &len, &at, &left) == (size_t)-1 ||
        iconv(cd, NULL, NULL, &at, &left) == (size_t)-1) {
        free(text);
        text = NULL;
    }
    iconv_close(cd);
    *out = text ? (size_t)(at - text) : 0;
    return text;
}

static char *decomposed(const char *s, size_t len, size_t *out) {
    UErrorCode err = U_ZERO_ERROR;
    UChar *from = malloc((len + 1) * sizeof *from), *to = malloc((4 * len + 1) * sizeof *to);
    char *text = malloc(12 * len + 1);
    int32_t n = 0, bytes = 0;

    u_strFromUTF8(from, (int32_t)len + 1, &n, s, (int32_t)len, &err);
    n = unorm2_normalize(unorm2_getNFDInstance(&err), from, n, to, (int32_t)(4 * len), &err);
    u_strToUTF8(text, (int32_t)(12 * len), &bytes, to, n, &err);
    assert_true(U_SUCCESS(err));
    free(from);
    free(to);
    *out = (size_t)bytes;
    return text;
}

static char *with_line_ends(const char *s, size_t len, const char *ends, size_t *out) {
    char *text = malloc(2 * len + 1);

    *out = 0;
    for (size_t i = 0; i < len; i++) {
        if (s[i] != '\n') {
            text[(*out)++] = s[i];
            continue;
        }
        memcpy(text + *out, ends, strlen(ends));
        *out += strlen(ends);
    }
    return text;
}

static void check_encodings(const char *path) {
    static const char *const wide[] = {"UTF-16", "UTF-16LE", "UTF-16BE"};
    vt_buf text;
    size_t n;

    read_all(path, &text);
    if (memchr(text.data, '\r', text.len) || !vt_utf8_valid(text.data, text.len, &n)) {
        vt_buf_free(&text); /* is such a variant itself */
        return;
    }
    char *want = documents_of(text.data, text.len);
    for (size_t i = 0; i < 3; i++) {
        char *bytes = encoded(wide[i], text.data, text.len, &n);
        same_documents(wide[i], path, want, bytes, n);
        free(bytes);
    }
    char *nfd = decomposed(text.data, text.len, &n);
    same_documents("NFD", path, want, nfd, n);
    free(nfd);
    static const char *const ends[] = {"\r\n", "\r"};
    for (size_t i = 0; i < 2; i++) {
        char *other = with_line_ends(text.data, text.len, ends[i], &n);
        same_documents(i ? "CR" : "CRLF", path, want, other, n);
        free(other);
    }
    free(want);
    vt_buf_free(&text);
}

static void one_draft_in_every_encoding(void **state) {
    char *paths[64];
    const size_t n = help_files(FOLDER, ".txt", paths, 64);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        if (!strstr(paths[i], "hong-"))
            check_encodings(paths[i]);
        free(paths[i]);
    }
}

/* What the door makes of the bytes; the caller frees. */
static char *opened(const char *bytes, size_t len) {
    vt_draft d = {.arena = vt_arena_new((size_t)64 << 20), .list = vt_findings_new(), .file = "x"};
    const char *text = NULL;
    size_t n = 0;

    if (vt_draft_open(&d, bytes, len, &text, &n))
        fail_msg("%s", help_findings(d.list));
    char *copy = strndup(text, n);
    vt_findings_free(d.list);
    vt_arena_free(d.arena);
    return copy;
}

#define EVERY_LETTER                                                                                                                                     \
    "a à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ e è é ẻ ẽ ẹ ê ề ế ể ễ ệ i ì í ỉ ĩ ị o ò ó ỏ õ ọ " \
    "ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ u ù ú ủ ũ ụ ư ừ ứ ử ữ ự y ỳ ý ỷ ỹ ỵ đ"

/* glibc's TCVN is the referee of our table. */
static void tcvn3_becomes_unicode(void **state) {
    static const char words[] =
        "Việt Nam, đường Đống Đa, trường học, những điều ước: " EVERY_LETTER;
    size_t n;
    char *bytes = encoded("TCVN", words, strlen(words), &n);
    char *text = opened(bytes, n);

    (void)state;
    assert_string_equal(text, words);
    free(text);
    /* the same bytes shown as West European letters and pasted */
    char *pasted = NULL;
    iconv_t cd = iconv_open("UTF-8", "ISO-8859-1");
    char *in = bytes, *at = pasted = calloc(1, 4 * n);
    size_t left = 4 * n;
    assert_int_equal(iconv(cd, &in, &n, &at, &left), 0);
    iconv_close(cd);
    text = opened(pasted, (size_t)(at - pasted));
    assert_string_equal(text, words);
    free(text);
    free(pasted);
    free(bytes);
}

static void vni_becomes_unicode(void **state) {
    static const struct {
        const char *vni, *unicode;
    } pairs[] = {
        {"COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {"Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"},
        {"Nhöõng ñieàu öôùc cuûa ngöôøi treû", "Những điều ước của người trẻ"},
        {"tröôøng Thò xaõ, huyeän Nghóa Ñaøn, kyø nghæ heø",
         "trường Thị xã, huyện Nghĩa Đàn, kỳ nghỉ hè"},
        {"baéc, baèng, baúng, baüng, baëng, aên", "bắc, bằng, bẳng, bẵng, bặng, ăn"},
        {"aù aø aû aõ aï aâ aá aà aå aã aä", "á à ả ã ạ â ấ ầ ẩ ẫ ậ"},
        {"eù eø eû eõ eï eâ eá eà eå eã eä", "é è ẻ ẽ ẹ ê ế ề ể ễ ệ"},
        {"où oø oû oõ oï oâ oá oà oå oã oä", "ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ"},
        {"ôù ôø ôû ôõ ôï öù öø öû öõ öï ô ö", "ớ ờ ở ỡ ợ ứ ừ ử ữ ự ơ ư"},
        {"uù uø uû uõ uï yù yø yû yõ î í ì æ ó ò ñ", "ú ù ủ ũ ụ ý ỳ ỷ ỹ ỵ í ì ỉ ĩ ị đ"},
    };
    static const char lead[] = "Vieät Nam ñöôøng ";

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char typed[512], want[512];
        size_t n;
        snprintf(typed, sizeof typed, "%s%s", lead, pairs[i].vni);
        snprintf(want, sizeof want, "Việt Nam đường %s", pairs[i].unicode);
        char *text = opened(typed, strlen(typed));
        assert_string_equal(text, want);
        free(text);
        char *bytes = encoded("WINDOWS-1252", typed, strlen(typed), &n);
        text = opened(bytes, n);
        assert_string_equal(text, want);
        free(text);
        free(bytes);
    }
}

static void windows_1258_becomes_unicode(void **state) {
    static const char words[] = "Đề nghị các đơn vị thực hiện nghiêm túc, đúng thời hạn.";
    size_t n;
    char *bytes = encoded("CP1258", words, strlen(words), &n);
    char *text = opened(bytes, n);

    (void)state;
    assert_string_equal(text, words);
    free(text);
    free(bytes);
}

/* -------------------------------------------------------------- none such -- */

static void refused(const char *what, const void *data, size_t len, const char *id) {
    imported in = import(data, len, "nhap.txt");

    if (in.status != VT_BAD || vt_findings_count(in.list) == 0 ||
        strcmp(vt_findings_at(in.list, 0)->id, id) != 0)
        fail_msg("%s: status %d\n%s", what, in.status, help_findings(in.list));
    assert_non_null(vt_findings_at(in.list, 0)->remedy);
    done(&in);
}

static void what_is_no_text_is_refused_by_name(void **state) {
    (void)state;
    refused("nothing", "", 0, "NHAP-05");
    refused("blanks", " \n\t\n\r\n", 6, "NHAP-05");
    refused("rules", "-----\n***\n", 10, "NHAP-05");
    refused("docx", "PK\3\4 word/document.xml", 23, "NHAP-01");
    refused("pdf", "%PDF-1.7\n", 9, "NHAP-01");
    refused("rtf", "{\\rtf1 x}", 9, "NHAP-01");
    refused("xml", "<?xml version=\"1.0\"?><document/>", 32, "NHAP-01");
    refused("a zero", "abc\0def ghi jkl mno pqr stu vwx yz abc def", 42, "NHAP-01");
    refused("bytes", "\xFF\x80\x81\x90 x \xFE\x8D", 10, "NHAP-01");
}

/* Repeats a piece up to `len` bytes. */
static char *repeated(const char *piece, size_t len) {
    char *text = malloc(len + 1);
    const size_t n = strlen(piece);

    for (size_t i = 0; i < len; i++)
        text[i] = piece[i % n];
    text[len] = '\0';
    return text;
}

/* A file cut in the middle of a letter is still read; the place is said. */
static void a_broken_letter_is_told(void **state) {
    static const char draft[] =
        "Đề nghị các đơn vị thực hiện nghiêm túc, đúng thời hạn quy định; định kỳ hằng "
        "tháng báo cáo kết quả về Ủy ban nhân dân xã trước ngày 25 để tổng hợ\xE1\xBA";
    imported in = import(draft, sizeof draft - 1, "nhap.txt");
    bool told = false;

    (void)state;
    assert_int_equal(in.status, VT_OK);
    for (size_t i = 0; i < vt_findings_count(in.list); i++)
        told |= strcmp(vt_findings_at(in.list, i)->id, "NHAP-03") == 0;
    assert_true(told);
    done(&in);
}

/* A thousand jumps in the numbers are thirty findings and a count. */
static void findings_of_one_kind_are_counted(void **state) {
    char *text = repeated("1. A\n", 5000);
    imported in = import(text, 5000, "nhap.txt");

    (void)state;
    assert_int_equal(in.status, VT_OK);
    assert_in_range(vt_findings_count(in.list), 30, 60);
    assert_false(vt_findings_overflowed(in.list));
    done(&in);
    free(text);
}

static void a_draft_too_large_is_refused(void **state) {
    const size_t len = VT_MAX_INPUT_BYTES + 1;
    char *text = malloc(len);

    (void)state;
    memset(text, 'a', len);
    refused("16 MiB and a byte", text, len, "NHAP-01");
    free(text);
}

/* The worst of each kind, again and again. */
static void hostile_drafts_end_soon(void **state) {
    static const char *const pieces[] = {
        "a",
        "\n",
        "a\n",
        "a\n\n",
        "- a\n",
        "1. A\n",
        "1.1.1.1. ",
        "a) b\n",
        "| a | b\n",
        "a\tb\tc\n",
        "*a ",
        "**a",
        "**a** ",
        "_a ",
        "\\*",
        "# A\n",
        "PHỤ LỤC\n",
        "Nơi nhận:\n",
        "KT. A\n",
        "Điều 1.\n",
        "Căn cứ;\n",
        "SỐ: 1/A\n",
        "KẾ HOẠCH\n",
        "A B C D E F G\n\n",
        "\xCC\x81",
        "\xE2\x80\x8B",
        "a;\n\n",
        "a,\n\n",
        "(((",
        "   ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNơi nhận:\n",
        "ỦY BAN ",
        "I. ",
        "+ a\n- b\n",
        "ĐT: 1\n",
        "Số 1 ĐT: 1 ",
        "Địa chỉ: a; ",
        "- a; ",
        "Nơi nhận: a; - b; ",
        "| Nơi nhận:<br>a |\n",
        "<br>",
        "| Nơi nhận<br><br>",
        "a | b\n-|-\n",
        "SỞ A - SỞ B - ",
        "SỞ A\tSỞ B\tGIÁM ĐỐC\n",
        "o A\n",
        "ngày 1I tháng 2 năm ",
        "**1. A**\n1. b\n",
        "(NTH.15b) ",
        "GIÁM ĐỐC\nLê An\n",
        "(Kèm theo a)\nPHỤ LỤC\nQUY CHẾ\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        const size_t len = (size_t)1 << 16;
        char *text = repeated(pieces[i], len);
        const clock_t start = clock();
        imported in = import(text, len, "nhap.txt");
        const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 5)
            fail_msg("“%s” again and again takes %.1f s", pieces[i], seconds);
        done(&in);
        free(text);
    }
}

static int set_up(void **state) {
    const vt_engine_options options = {.data = "."};
    vt_findings *list = vt_findings_new();
    const vt_status st = vt_engine_open(&options, list, &engine);

    (void)state;
    if (st)
        printf("%s\n", help_findings(list));
    vt_findings_free(list);
    return st;
}

static int tear_down(void **state) {
    (void)state;
    vt_engine_free(engine);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_drafts),
        cmocka_unit_test(every_word_list_has_words),
        cmocka_unit_test(words_are_known_whatever_their_case_and_marks),
        cmocka_unit_test(no_word_is_lost_or_made_up),
        cmocka_unit_test(one_draft_in_every_encoding),
        cmocka_unit_test(tcvn3_becomes_unicode),
        cmocka_unit_test(vni_becomes_unicode),
        cmocka_unit_test(windows_1258_becomes_unicode),
        cmocka_unit_test(what_is_no_text_is_refused_by_name),
        cmocka_unit_test(a_broken_letter_is_told),
        cmocka_unit_test(findings_of_one_kind_are_counted),
        cmocka_unit_test(a_draft_too_large_is_refused),
        cmocka_unit_test(hostile_drafts_end_soon),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
