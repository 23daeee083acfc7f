/*
 * gen/import_case.c - "SỞ CÔNG THƯƠNG" as "Sở Công Thương": the format has
 * natural case, the pack sets the capitals.
 *
 * Capitals say nothing about which letters are capitals elsewhere.  What can be
 * known is taken in this order: phrases every office writes in one way (PL II);
 * the same name as the draft's own sentences write it; for headings, words the
 * draft always writes with a capital.  The rest of a name gets capitals, the
 * rest of a heading small letters, and the lines are listed for reading over.
 */
#include "gen/import.h"

#include <string.h>
#include <unicode/uchar.h>

enum { MOST_SEARCHES = 48, MOST_WORDS = 1 << 16, WORD_BYTES = 24 };

/* -------------------------------------------------------------- phrases -- */

typedef struct vt_phrase {
    const char *natural;
    bool proper; /* in a heading too */
} vt_phrase;

static const vt_phrase phrases[] = {
    /* bodies */
    {"Ủy ban nhân dân", true},
    {"Uỷ ban nhân dân", true},
    {"Hội đồng nhân dân", true},
    {"UBND", true},
    {"HĐND", true},
    {"UB MTTQ", true},
    {"MTTQ", true},
    {"Hội đồng", false},
    {"Ủy ban Mặt trận Tổ quốc", true},
    {"Mặt trận Tổ quốc Việt Nam", true},
    {"Mặt trận Tổ quốc", true},
    {"Việt Nam", true},
    {"Quốc hội", true},
    {"Chính phủ", true},
    {"Nhà nước", true},
    {"Trung ương Đảng", true},
    {"Trung ương", true},
    {"Đảng bộ", false},
    {"Đảng ủy", false},
    {"Đảng uỷ", false},
    {"Tỉnh ủy", true},
    {"Tỉnh uỷ", true},
    {"Huyện ủy", true},
    {"Huyện uỷ", true},
    {"Thành ủy", true},
    {"Thành uỷ", true},
    {"Quận ủy", true},
    {"Thị ủy", true},
    {"Chi bộ", false},
    {"Ban Chấp hành", false},
    {"Ban Thường vụ", false},
    {"Thường trực", false},
    {"Ban Bí thư", true},
    {"Bộ Chính trị", true},
    {"Ủy ban Kiểm tra", false},
    {"Ban Tổ chức", false},
    {"Ban Tuyên giáo", false},
    {"Ban Dân vận", false},
    {"Ban Nội chính", false},
    {"Ban Chỉ đạo", false},
    {"Ban Chỉ huy", false},
    {"Ban Quản lý", false},
    {"Ban Giám hiệu", false},
    {"Đoàn Thanh niên Cộng sản Hồ Chí Minh", true},
    {"Đoàn Thanh niên", false},
    {"Hội Liên hiệp Phụ nữ", false},
    {"Hội Nông dân", false},
    {"Hội Cựu chiến binh", false},
    {"Liên đoàn Lao động", false},
    {"Văn phòng", false},
    {"Thanh tra", false},
    {"Sở", false},
    {"Phòng", false},
    {"Trung tâm", false},
    {"Chi cục", false},
    {"Cục", false},
    {"Vụ", false},
    {"Bộ", false},
    {"Trường", false},
    {"Trường Tiểu học", false},
    {"Trường Mầm non", false},
    {"Trường Trung học cơ sở", false},
    {"Trường Trung học phổ thông", false},
    {"Bệnh viện", false},
    {"Trạm Y tế", false},
    {"Công an", false},
    {"Kho bạc Nhà nước", true},
    {"Ngân hàng", false},
    {"Tòa án nhân dân", false},
    {"Viện Kiểm sát nhân dân", false},
    {"Bảo hiểm xã hội", false},
    {"Hạt Kiểm lâm", false},
    {"Ban", false},
    {"Đội", false},
    /* fields */
    {"Lao động", false},
    {"Thương binh", false},
    {"Xã hội", false},
    {"Giáo dục", false},
    {"Đào tạo", false},
    {"Nội vụ", false},
    {"Tài chính", false},
    {"Kế hoạch", false},
    {"Đầu tư", false},
    {"Tư pháp", false},
    {"Văn hóa", false},
    {"Văn hoá", false},
    {"Thể thao", false},
    {"Du lịch", false},
    {"Nông nghiệp", false},
    {"Môi trường", false},
    {"Phát triển nông thôn", false},
    {"Tài nguyên", false},
    {"Xây dựng", false},
    {"Y tế", false},
    {"Công Thương", false},
    {"Khoa học", false},
    {"Công nghệ", false},
    {"Thông tin", false},
    {"Truyền thông", false},
    {"Dân tộc", false},
    {"Tôn giáo", false},
    {"Ngoại vụ", false},
    {"Giao thông vận tải", false},
    {"Kinh tế", false},
    {"Hạ tầng", false},
    {"Đô thị", false},
    {"Phục vụ hành chính công", false},
    {"Quản lý", false},
    {"Bảo trợ", false},
    {"Dự án", false},
    /* posts */
    {"Chủ tịch", false},
    {"Phó Chủ tịch", false},
    {"Bí thư", false},
    {"Phó Bí thư", false},
    {"Giám đốc", false},
    {"Phó Giám đốc", false},
    {"Tổng Giám đốc", false},
    {"Phó Tổng Giám đốc", false},
    {"Chánh Văn phòng", false},
    {"Phó Chánh Văn phòng", false},
    {"Chánh Thanh tra", false},
    {"Trưởng phòng", false},
    {"Phó Trưởng phòng", false},
    {"Trưởng ban", false},
    {"Phó Trưởng ban", false},
    {"Trưởng Ban", false},
    {"Hiệu trưởng", false},
    {"Phó Hiệu trưởng", false},
    {"Bộ trưởng", false},
    {"Thứ trưởng", false},
    {"Thủ tướng", true},
    {"Cục trưởng", false},
    {"Chi cục trưởng", false},
    {"Phó Chi cục trưởng", false},
    {"Viện trưởng", false},
    {"Đội trưởng", false},
    {"Trạm trưởng", false},
    {"Tổ trưởng", false},
    {"Thủ trưởng", false},
    {"Thư ký", false},
    {"Chủ tọa", false},
    {"Chủ toạ", false},
    {"Chủ trì", false},
    {"Hội nghị", false},
    {"Người ghi biên bản", false},
    {"Ủy viên", false},
    {"Phụ trách", false},
    /* places and joining words stay small */
    {"tỉnh", false},
    {"thành phố", false},
    {"huyện", false},
    {"quận", false},
    {"thị xã", false},
    {"thị trấn", false},
    {"xã", false},
    {"phường", false},
    {"đặc khu", false},
    {"thôn", false},
    {"khu phố", false},
    {"tổ dân phố", false},
    {"và", false},
    {"của", false},
    {"các", false},
    {"về", false},
    {"cho", false},
    {"tại", false},
    {"với", false},
    {"trong", false},
    {"theo", false},
    {"thuộc", false},
    {"trực thuộc", false},
    {"cấp", false},
    {"thành phố Hồ Chí Minh", true},
    {"Hồ Chí Minh", true},
    {"Hà Nội", true},
};

static bool is_border(const char *s, const char *end) {
    return s >= end || !u_isalnum((UChar32)vt_utf8_next(&s, end));
}

/* The longest phrase at `s` (small letters); NULL: none. */
static const vt_phrase *phrase_at(const char *s, const char *end, bool heading) {
    const vt_phrase *best = NULL;
    size_t longest = 0;

    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        char small[64];
        const size_t n = strlen(phrases[i].natural);
        if (n <= longest || n >= sizeof small || n > (size_t)(end - s) ||
            (heading && !phrases[i].proper))
            continue;
        memcpy(small, phrases[i].natural, n + 1);
        vt_lower(small);
        if (memcmp(small, s, n) != 0 || !is_border(s + n, end))
            continue;
        best = &phrases[i];
        longest = n;
    }
    return best;
}

/* ------------------------------------------------------ the draft's words -- */

typedef struct vt_word_use {
    char word[WORD_BYTES]; /* small letters */
    uint32_t small, capital, upper;
} vt_word_use;

typedef struct vt_truth {
    vt_word_use *table; /* MOST_WORDS places at most, half of them used */
    size_t size, used;
} vt_truth;

/* Where the word at `at` ends; `at` itself when none begins there. */
static size_t word_end(const char *s, size_t at, size_t len) {
    const char *p = s + at;

    while (p < s + len) {
        const char *next = p;
        const uint32_t cp = vt_utf8_next(&next, s + len);
        if (!u_isalnum((UChar32)cp))
            break;
        p = next;
    }
    return (size_t)(p - s);
}

static vt_word_use *place_of(vt_truth *truth, const char *word) {
    size_t hash = 5381;

    for (const char *p = word; *p; p++)
        hash = hash * 33 + (unsigned char)*p;
    hash ^= hash >> 15;
    for (size_t i = hash & (truth->size - 1);; i = (i + 1) & (truth->size - 1))
        if (!truth->table[i].word[0] || strcmp(truth->table[i].word, word) == 0)
            return &truth->table[i];
}

static void count_word(vt_truth *truth, const char *s, size_t len, bool begins) {
    char word[WORD_BYTES];
    const char *p = s, *end = s + len;

    if (len + 1 > WORD_BYTES)
        return;
    memcpy(word, s, len);
    word[len] = '\0';
    vt_lower(word);
    vt_word_use *use = place_of(truth, word);
    if (!use->word[0]) {
        if (truth->used * 2 >= truth->size)
            return;
        memcpy(use->word, word, len + 1);
        truth->used++;
    }
    const bool capital = vt_capital(vt_utf8_next(&p, end));
    const bool second = capital && p < end && vt_capital(vt_utf8_next(&p, end));
    if (second)
        use->upper++;
    else if (!capital)
        use->small++;
    else if (!begins)
        use->capital++;
}

static void count_line(vt_truth *truth, vt_typed t) {
    bool begins = true;

    for (size_t at = 0; at < t.len;) {
        const size_t end = word_end(t.s, at, t.len);
        if (end > at) {
            count_word(truth, t.s + at, end - at, begins);
            begins = false;
            at = end;
            continue;
        }
        if (strchr(".:;!?-\"(+*", t.s[at]) || (unsigned char)t.s[at] == 0xE2)
            begins = true;
        at++;
    }
}

static const vt_truth *truth_of(vt_draft *d) {
    vt_truth *truth = d->seen;
    size_t size = 1024;

    if (truth)
        return truth;
    truth = vt_alloc(d->arena, sizeof *truth);
    for (size_t bytes = strlen(d->text); size < bytes / 4 && size < MOST_WORDS; size *= 2)
        ;
    if (truth)
        truth->table = vt_alloc_array(d->arena, size, sizeof *truth->table);
    if (!truth || !truth->table)
        return NULL;
    truth->size = size;
    for (size_t i = 0; i < d->count; i++)
        if (!vt_all_capitals(d->lines[i].text))
            count_line(truth, d->lines[i].text);
    d->seen = truth;
    return truth;
}

/* The needle (small letters) as the draft's sentences write it; NULL: nowhere. */
static const char *as_written(vt_draft *d, const char *needle, size_t len) {
    enum { MOST_PLACES = 40 };
    const size_t all = strlen(d->text);

    if (len < 3 || d->searches++ >= MOST_SEARCHES)
        return NULL;
    if (!d->lower && (d->lower = vt_strndup(d->arena, d->text, all)))
        vt_lower(d->lower);
    if (!d->lower)
        return NULL;
    const char *at = d->lower;
    for (int i = 0; i < MOST_PLACES; i++, at++) {
        at = strstr(at, needle);
        if (!at)
            return NULL;
        const vt_typed typed = {d->text + (at - d->lower), NULL, len, 0};
        const char *p = typed.s;
        if (is_border(at + len, d->lower + all) &&
            (at == d->lower || !u_isalnum((UChar32)at[-1])) && !vt_all_capitals(typed) &&
            vt_capital(vt_utf8_next(&p, typed.s + len)))
            return typed.s;
    }
    return NULL;
}

/* ------------------------------------------------------------- rewriting -- */

static void raise_first(char *s, size_t len) {
    const char *next = s;
    char capital[4];
    const uint32_t cp = vt_utf8_next(&next, s + len);
    const int n = vt_utf8_put((uint32_t)u_toupper((UChar32)cp), capital);

    if (n == (int)(next - s))
        memcpy(s, capital, (size_t)n);
}

/* A word of capitals that is no word: "HĐND", "III" behind "quý". */
static bool stays_upper(vt_typed typed, size_t from, size_t to, const char *small, size_t before) {
    static const char *const counted[] = {"quý",  "khóa", "khoá", "kỳ",  "phần", "chương",
                                          "loại", "hạng", "thứ",  "lần", "cấp",  "mục"};
    const size_t len = to - from;
    bool vowel = false, roman = true;

    for (size_t i = from; i < to; i++) {
        vowel |= (unsigned char)typed.s[i] >= 0x80 ? memcmp(typed.s + i, "Đ", 2) != 0 &&
                                                         ((unsigned char)typed.s[i] & 0xC0) != 0x80
                                                   : strchr("AEIOUY", typed.s[i]) != NULL;
        roman &= strchr("IVXL", typed.s[i]) != NULL;
    }
    if (!roman)
        return !vowel && len > 1 && !strpbrk(small + from, "0123456789");
    if (len > 1 && strncmp(typed.s + from, "VI", len) != 0)
        return true;
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        const size_t n = strlen(counted[i]);
        if (before >= n && memcmp(small + before - n, counted[i], n) == 0)
            return true;
    }
    return false;
}

static void heading_word(vt_draft *d, char *small, vt_typed typed, size_t from, size_t to,
                         size_t before) {
    const vt_truth *truth = truth_of(d);
    char word[WORD_BYTES];
    const vt_word_use *use = NULL;

    if (stays_upper(typed, from, to, small, before)) {
        memcpy(small + from, typed.s + from, to - from);
        return;
    }
    if (truth && to - from < WORD_BYTES) {
        memcpy(word, small + from, to - from);
        word[to - from] = '\0';
        use = place_of((vt_truth *)(uintptr_t)truth, word);
    }
    if (!use || use->small)
        return;
    if (use->capital)
        raise_first(small + from, to - from);
    else if (use->upper)
        memcpy(small + from, typed.s + from, to - from);
}

/* What follows the phrases of a name: as the draft writes it, else capitals. */
static size_t name_rest(vt_draft *d, char *small, size_t from, size_t len) {
    size_t end = from;

    for (size_t at = from; at < len;) {
        const size_t to = word_end(small, at, len);
        if (to > at && at > from && phrase_at(small + at, small + len, false))
            break;
        end = to > at ? to : end;
        at = to > at ? to : at + 1;
    }
    const char *needle = vt_strndup(d->arena, small + from, end - from);
    const char *typed = needle ? as_written(d, needle, end - from) : NULL;
    if (typed) {
        memcpy(small + from, typed, end - from);
        return end;
    }
    for (size_t at = from; at < end;) {
        const size_t to = word_end(small, at, end);
        if (to > at)
            raise_first(small + at, to - at);
        at = to > at ? to : at + 1;
    }
    return end;
}

static void note(vt_draft *d, int line) {
    const size_t most = sizeof d->recased / sizeof *d->recased;

    if (d->recased_count && d->recased_count <= most && d->recased[d->recased_count - 1] == line)
        return;
    if (d->recased_count < most)
        d->recased[d->recased_count] = line;
    d->recased_count++;
}

vt_typed vt_natural_case(vt_draft *d, vt_typed typed, vt_case_kind kind) {
    char *small = vt_strndup(d->arena, typed.s, typed.len);
    size_t at = 0, before = 0;

    if (!small || !vt_all_capitals(typed))
        return typed;
    vt_lower(small);
    while (at < typed.len) {
        const size_t end = word_end(small, at, typed.len);
        if (end == at) {
            at++;
            continue;
        }
        const vt_phrase *phrase = phrase_at(small + at, small + typed.len, kind == VT_CASE_HEADING);
        before = at ? at - 1 : 0;
        if (phrase) {
            memcpy(small + at, phrase->natural, strlen(phrase->natural));
            at += strlen(phrase->natural);
        } else if (kind == VT_CASE_HEADING) {
            heading_word(d, small, typed, at, end, before);
            at = end;
        } else {
            at = name_rest(d, small, at, typed.len);
        }
    }
    for (at = 0; at < typed.len && word_end(small, at, typed.len) == at;)
        at++;
    if (at < typed.len)
        raise_first(small + at, typed.len - at);
    note(d, typed.line);
    return (vt_typed){small, NULL, typed.len, typed.line};
}
