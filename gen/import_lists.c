/*
 * gen/import_lists.c - the words a draft is read by: bodies, posts, ranks, how
 * closing paragraphs begin, how capitals are written small.
 *
 * They are data, the sections "[nháp: ...]" of the word lists (gen/wordbook.h;
 * templates/words/ban-nhap.txt and the agency's own).  Each phrase is kept as
 * written, folded for comparing, and in small letters for text in capitals.
 */
#include "gen/import.h"
#include "gen/wordbook.h"

#include <stdlib.h>
#include <string.h>

static const char *const sections[VT_LISTS] = {
    [VT_LIST_ORGANS] = "nháp: cơ quan",
    [VT_LIST_LEVELS] = "nháp: cấp hành chính",
    [VT_LIST_NO_LEVELS] = "nháp: không phải cấp hành chính",
    [VT_LIST_POSTS] = "nháp: chức vụ",
    [VT_LIST_POSTS_BEHIND] = "nháp: chức vụ sau tên cơ quan",
    [VT_LIST_RANKS] = "nháp: quân hàm, học vị",
    [VT_LIST_FORM_TYPES] = "nháp: loại có dòng mẫu",
    [VT_LIST_BASES] = "nháp: căn cứ",
    [VT_LIST_CLOSINGS] = "nháp: đoạn kết",
    [VT_LIST_COURTESIES] = "nháp: lời kết",
    [VT_LIST_AS_ABOVE] = "nháp: như trên",
    [VT_LIST_ADDRESS] = "nháp: địa chỉ",
    [VT_LIST_PHONE] = "nháp: điện thoại",
    [VT_LIST_FAX] = "nháp: fax",
    [VT_LIST_EMAIL] = "nháp: thư điện tử",
    [VT_LIST_WEBSITE] = "nháp: trang thông tin",
    [VT_LIST_OUTSIDE] = "nháp: ngoài văn bản",
    [VT_LIST_COUNTED] = "nháp: trước số La Mã",
    [VT_LIST_PROPER] = "nháp: viết hoa ở mọi chỗ",
    [VT_LIST_NAMES] = "nháp: viết hoa ở tên",
};

struct vt_lists {
    vt_listed *of[VT_LISTS]; /* the longest first; the last has no text */
};

static int longest_first(const void *a, const void *b) {
    const vt_listed *x = a, *y = b;

    if (x->len != y->len)
        return x->len > y->len ? -1 : 1;
    return strcmp(x->natural, y->natural);
}

static vt_listed *read_list(vt_arena *arena, const vt_section *section) {
    size_t n = 0, i = 0;

    for (const vt_phrase *p = vt_section_first(section); p; p = p->follows)
        n++;
    vt_listed *list = vt_alloc_array(arena, n + 1, sizeof *list);
    for (const vt_phrase *p = vt_section_first(section); list && p; p = p->follows) {
        char *small = vt_strdup(arena, p->text);
        if (!small || !(list[i].folded = vt_text_fold(arena, p->text)))
            return NULL;
        vt_lower(small);
        list[i].natural = p->text;
        list[i].small = small;
        list[i++].len = strlen(small);
    }
    if (list && n)
        qsort(list, n, sizeof *list, longest_first);
    return list;
}

vt_status vt_lists_need(vt_draft *d) {
    vt_engine *engine = d->engine;
    const vt_status status = vt_wordbook_need(engine, VT_FOR_DRAFTS, d->list);
    struct vt_lists *lists;

    if (status || engine->lists)
        return status;
    lists = vt_alloc(engine->arena, sizeof *lists);
    for (int i = 0; lists && i < VT_LISTS; i++)
        if (!(lists->of[i] = read_list(engine->arena, vt_wordbook_section(engine, sections[i]))))
            return vt_nomem(d->list);
    engine->lists = lists;
    return lists ? VT_OK : vt_nomem(d->list);
}

const vt_listed *vt_list_of(const vt_draft *d, vt_list list) {
    static const vt_listed none[1];

    return d->engine->lists ? d->engine->lists->of[list] : none;
}

size_t vt_listed_behind(const vt_draft *d, vt_list list, vt_typed text) {
    for (const vt_listed *word = vt_list_of(d, list); word->natural; word++) {
        const size_t n = vt_behind(text, word->folded);
        if (n)
            return n;
    }
    return 0;
}

bool vt_is_listed(const vt_draft *d, vt_list list, vt_typed text) {
    return vt_listed_behind(d, list, text) > 0;
}

bool vt_is_level(const vt_draft *d, vt_typed text) {
    return vt_is_listed(d, VT_LIST_LEVELS, text) && !vt_is_listed(d, VT_LIST_NO_LEVELS, text);
}
