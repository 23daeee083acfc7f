/*
 * Fuzzer for plain text in: whatever the bytes, the draft is refused with a
 * reason, or its documents are valid, read back as they were written, hold no
 * word the draft has not, and have lost none but those the packs print.
 *
 * Labels are generated, so numbers, letters and Roman numbers that are missing
 * prove nothing here; tests/gen/test_import.c looks at them on pages.
 */
#include "tests/gen/import_words.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static vt_engine *engine;
static vt_draft draft; /* its packs: the words they print */

/* What packs print and a draft's reader therefore leaves out, as keys: it is
   recognised whatever signs and blanks stand among its letters. */
static void add_key(vt_buf *keys, const char *words) {
    vt_arena *arena = vt_arena_new(1 << 16);
    char *key = vt_key(arena, words, strlen(words));
    vt_buf_printf(keys, "%s|", key ? key : "");
    vt_arena_free(arena);
}

static void make_known(vt_buf *keys) {
    static const char *const words[] = {
        "Số",         "V/v",   "Kính gửi", "Kính trình", "Nơi nhận",    "Như trên",   "Lưu",
        "ngày",       "tháng", "năm",      "Điều",       "Chương",      "Phần",       "Mục",
        "Tiểu mục",   "thứ",   "nhất",     "hai",        "ba",          "tư",         "sáu",
        "bảy",        "tám",   "chín",     "mười",       "Dự thảo lần", "Phụ lục số", "Quyết định",
        "Quyết nghị", "Trang", "TM",       "KT",         "TL",          "TUQ",        "br"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add_key(keys, words[i]);
    for (int s = 0; s < VT_SYSTEMS; s++) {
        const vt_pack *pack = draft.packs[s];
        for (int c = 0; pack && c < VT_COMPONENTS; c++)
            add_key(keys, pack->styles[c].text);
        for (size_t i = 0; pack && i < pack->type_count; i++) {
            add_key(keys, pack->types[i].name);
            add_key(keys, pack->types[i].abbr);
        }
        for (size_t i = 0; pack && i < pack->word_count; i++)
            add_key(keys, pack->words[i].text);
    }
}

/* Made once: they are of the packs alone. */
static void add_known(vt_buf *keys) {
    static vt_buf made;
    if (made.len) {
        vt_buf_add(keys, made.data, made.len);
        return;
    }
    vt_buf_init(&made, 1 << 20);
    make_known(&made);
    vt_buf_add(keys, made.data, made.len);
}

static bool is_label(const char *word) {
    const size_t n = strlen(word);
    return strspn(word, "0123456789") == n || strspn(word, "ivxl") == n || n == 1 ||
           strcmp(word, "đ") == 0;
}

static void find_packs(void) {
    vt_arena *arena = vt_arena_new(1 << 20);
    vt_findings *list = vt_findings_new();
    for (int s = 0; s < VT_SYSTEMS; s++) {
        vt_node root = {.el = VT_DOCUMENT};
        vt_doc doc = {.arena = arena, .root = &root, .file = "", .system = (vt_system)s};
        (void)!vt_pack_choose(engine, &doc, list, &draft.packs[s]);
    }
    vt_findings_free(list);
    vt_arena_free(arena);
}

/* "02năm" is a number and such a word, run together. */
static bool is_known(vt_arena *arena, const vt_buf *keys, const char *word) {
    word += strspn(word, "0123456789");
    const char *key = vt_key(arena, word, strlen(word));
    return key && strstr(keys->data, key);
}

static void round_trip(const vt_doc *doc, vt_arena *arena, vt_findings *list) {
    vt_buf xml;
    vt_doc *again = NULL;
    vt_buf_init(&xml, (size_t)64 << 20);
    if (vt_doc_write(doc, &xml, list) ||
        vt_doc_parse(NULL, arena, xml.data, xml.len, "again", NULL, list, &again) ||
        !vt_doc_equal(doc, again)) {
        fprintf(stderr, "%s\n", xml.data);
        abort();
    }
    vt_buf_free(&xml);
}

static void check_words(vt_arena *arena, const uint8_t *data, size_t size, vt_findings *list,
                        vt_doc **docs, size_t count) {
    import_bag typed = import_bag_new(), kept = import_bag_new(), shown = import_bag_new();
    vt_buf known;
    vt_draft d = {.engine = engine, .arena = arena, .list = list, .file = ""};
    const char *text = NULL;
    size_t len = 0;
    if (vt_draft_open(&d, data, size, &text, &len) || vt_draft_lines(&d, text, len))
        abort();
    vt_buf_init(&known, 1 << 20);
    add_known(&known);
    for (size_t i = 0; i < count; i++) { /* blanks in a ký hiệu go: "UBND - VX" */
        const vt_node *number = vt_child(docs[i]->root, VT_NUMBER);
        const vt_node *issuer = vt_child(docs[i]->root, VT_ISSUER);
        const vt_attr *lists[] = {number ? number->attrs : NULL, issuer ? issuer->attrs : NULL};
        for (size_t k = 0; k < 2; k++)
            for (const vt_attr *a = lists[k]; a; a = a->next)
                add_key(&known, a->value);
    }
    import_add(&typed, d.text, strlen(d.text), 1);
    import_add_findings(&shown, list, 1);
    for (size_t i = 0; i < count; i++) {
        import_add_tree(&shown, docs[i]->root, true, 1);
        import_add_tree(&kept, docs[i]->root, false, 1);
    }
    for (size_t i = 0; i < typed.size; i++) {
        const import_word *w = &typed.at[i];
        if (w->text[0] && w->count > import_find(&shown, w->text)->count && !is_label(w->text) &&
            !is_known(arena, &known, w->text) && w->text[IMPORT_WORD - 8] == 0) {
            fprintf(stderr, "lost: “%s” (%ld of %ld)\n", w->text, w->count,
                    import_find(&shown, w->text)->count);
            abort();
        }
    }
    for (size_t i = 0; i < kept.size; i++) {
        const import_word *w = &kept.at[i];
        if (w->text[0] && !import_find(&typed, w->text)->text[0] && !is_label(w->text)) {
            fprintf(stderr, "made up: “%s”\n", w->text);
            abort();
        }
    }
    vt_buf_free(&known);
    free(typed.at), free(kept.at), free(shown.at);
}

/* Errors a draft may end with; any other is a tree that should not have been made. */
static void check_refusal(const vt_findings *list) {
    static const char *const may[] = {"NHAP-01", "NHAP-05", "XML-24", "XML-25"};
    for (size_t i = 0; i < vt_findings_count(list); i++) {
        const vt_finding *f = vt_findings_at(list, i);
        bool known = f->severity != VT_ERROR;
        for (size_t k = 0; k < sizeof may / sizeof *may; k++)
            known |= strcmp(f->id, may[k]) == 0;
        if (!known) {
            fprintf(stderr, "%s: %s\n", f->id, f->message);
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    vt_findings *list = vt_findings_new();
    vt_arena *arena = vt_arena_new((size_t)1 << 30);
    vt_doc **docs = NULL;
    size_t count = 0;
    if (!engine) {
        const vt_engine_options options = {.data = "."};
        if (vt_engine_open(&options, list, &engine))
            abort();
        find_packs();
    }
    const vt_status st = vt_import_text(engine, arena, data, size, "", NULL, list, &docs, &count);
    if (st == VT_FAIL || (st == VT_BAD && vt_findings_errors(list) == 0) ||
        (st == VT_OK && vt_findings_errors(list) > 0))
        abort();
    check_refusal(list);
    for (size_t i = 0; st == VT_OK && i < count; i++)
        round_trip(docs[i], arena, list);
    if (st == VT_OK)
        check_words(arena, data, size, list, docs, count);
    vt_arena_free(arena);
    vt_findings_free(list);
    return 0;
}
