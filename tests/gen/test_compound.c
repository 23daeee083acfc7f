/*
 * tests/gen/test_compound.c - the list of compounds: the installation's, a local
 * one beside it, lists that must be refused; what is found of it in a heading.
 */
#include "gen/compound.h"
#include "tests/gen/help.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct shop {
    vt_engine engine;
    vt_findings *list;
    vt_status status;
} shop;

static void shop_open(shop *s, const char *data, const char *local) {
    memset(s, 0, sizeof *s);
    s->engine.arena = vt_arena_new((size_t)16 << 20);
    s->engine.data = (char *)(uintptr_t)data;
    s->engine.local = (char *)(uintptr_t)local;
    s->list = vt_findings_new();
    s->status = vt_compounds_need(&s->engine, s->list);
}

static void shop_close(shop *s) {
    vt_arena_free(s->engine.arena);
    vt_findings_free(s->list);
}

/* The text with its joints: "_" inside a word, "=" between the words of a term. */
static const char *joined(const shop *s, const char *text) {
    static char out[512];
    vt_joint joints[64];
    size_t count = 0, len = 0;
    const vt_token *tokens = vt_tokenise(s->engine.arena, text, &count);

    assert_true(count < 64);
    vt_compound_joints(s->engine.compounds, text, tokens, count, joints);
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(out + len, sizeof out - len, "%.*s%c", (int)tokens[i].len,
                                text + tokens[i].at, " =_"[joints[i]]);
    out[len - 1] = '\0';
    return out;
}

static void words_are_the_longest_from_the_left(void **state) {
    static const struct {
        const char *text, *joined;
    } rows[] = {
        {"DỰ ÁN ĐẦU TƯ", "DỰ_ÁN ĐẦU_TƯ"},
        {"phong trào thanh thiếu nhi tỉnh", "phong_trào thanh_thiếu_nhi tỉnh"},
        {"thuốc bảo vệ thực vật", "thuốc bảo_vệ=thực_vật"},
        {"Ủy ban nhân dân xã", "Ủy_ban=nhân_dân xã"},
        {"hội nghị quyết định", "hội_nghị quyết_định"},
        {"9 tháng đầu năm, đầu năm học", "9 tháng đầu_năm , đầu_năm_học"},
        {"cựu chiến binh", "cựu_chiến_binh"},
        {"hợp tác xã", "hợp_tác_xã"},
        /* tone marks in their other place, punctuation, other white space, no words */
        {"UỶ BAN, HOÀ GIẢI", "UỶ_BAN , HOÀ_GIẢI"},
        {"dự, án", "dự , án"},
        {"kinh tế - xã hội", "kinh_tế - xã_hội"},
        {"kinh tế-xã hội", "kinh_tế - xã_hội"},
        {"dự án2", "dự_án 2"},
        {"tỉnh", "tỉnh"},
        {"nghiêngnghiêngnghiêngnghiêngnghiêngnghiêng án",
         "nghiêngnghiêngnghiêngnghiêngnghiêngnghiêng án"},
    };
    shop s;

    (void)state;
    shop_open(&s, ".", NULL);
    assert_int_equal(s.status, VT_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(joined(&s, rows[i].text), rows[i].joined);
    shop_close(&s);
}

/* Every word of the installation's list is found whole. */
static void the_list_is_found(void **state) {
    char line[256];
    size_t words = 0;
    FILE *file = fopen("templates/tu-ghep.txt", "r");
    shop s;

    (void)state;
    shop_open(&s, ".", NULL);
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        for (char *word = line, *next; *line != '#' && *word; word = next, words++) {
            word += strspn(word, " ");
            next = word + strcspn(word, ",\n");
            while (*next == ',' || *next == '\n')
                *next++ = '\0';
            if (!*word) {
                words--;
                continue;
            }
            if (strchr(joined(&s, word), ' '))
                fail_msg("“%s” is not found", word);
        }
    fclose(file);
    assert_true(words > 1000);
    shop_close(&s);
}

static const char *local_folder(const char *text, size_t len) {
    static char folder[] = "/tmp/vanthu-ghep-XXXXXX";
    char path[64];

    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/tu-ghep.txt", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return folder;
}

static void free_folder(const char *folder) {
    char path[64];

    snprintf(path, sizeof path, "%s/tu-ghep.txt", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void a_local_list_adds(void **state) {
    static const char text[] = "# của xã\r\nnếp cái,  hoa vàng ,\r\n\r\nnếp cái hoa vàng";
    const char *folder = local_folder(text, sizeof text - 1);
    shop s;

    (void)state;
    shop_open(&s, ".", folder);
    assert_int_equal(s.status, VT_OK);
    assert_string_equal(joined(&s, "dự án nếp cái hoa vàng"), "dự_án nếp_cái=hoa_vàng");
    shop_close(&s);
    free_folder(folder);
    shop_open(&s, ".", folder); /* no such file: none is needed */
    assert_int_equal(s.status, VT_OK);
    assert_string_equal(joined(&s, "nếp cái"), "nếp cái");
    shop_close(&s);
    shop_open(&s, "tests", NULL);
    assert_int_equal(s.status, VT_OK);
    assert_string_equal(joined(&s, "dự án"), "dự án");
    shop_close(&s);
}

static void bad_lists_are_refused(void **state) {
    static const char *const words[] = {
        "Dự án",
        "DỰ ÁN",
        "nếp",
        "a b c d e f g",
        "dự án;",
        "dự-án",
        "thành phố 2",
        "uỷ ban",
        "khoẻ mạnh",
        "hoà giải",
        "dự  án. ",
        ",dự án",
        "dự án,,",
        "đồng Ý",
        "Ưu tiên",
        "nu\xcc\x9bo\xcc\x9b c",
        "dự \xe1n",
        "dự \xe1\xba",
        "dự án\xc3",
        "\xef\xbb\xbf"
        "dự án",
    };

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[128];
        int len = snprintf(text, sizeof text, "nếp cái\n%s\n", words[i]);
        const char *folder = local_folder(text, (size_t)len);
        shop s;

        shop_open(&s, ".", folder);
        if (s.status != VT_BAD || s.engine.compounds)
            fail_msg("“%s” was taken", words[i]);
        const vt_finding *f = vt_findings_at(s.list, 0);
        assert_string_equal(f->id, "TU-02");
        assert_int_equal(f->place.line, 2);
        assert_non_null(strstr(f->place.file, "tu-ghep.txt"));
        shop_close(&s);
        free_folder(folder);
    }
    const char *folder = local_folder("dự án\0nếp", 13);
    shop s;
    shop_open(&s, ".", folder);
    assert_int_equal(s.status, VT_BAD);
    shop_close(&s);
    free_folder(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_the_longest_from_the_left),
        cmocka_unit_test(the_list_is_found),
        cmocka_unit_test(a_local_list_adds),
        cmocka_unit_test(bad_lists_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
