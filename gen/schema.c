/*
 * gen/schema.c - the table of elements and attributes (docs/format.md).
 */
#include "gen/schema.h"

#include <string.h>

/* clang-format off */

#define B VT_BIT
#define INLINE_PLAIN (B(VT_B) | B(VT_I) | B(VT_U) | B(VT_SUP) | B(VT_SUB) | B(VT_BR))
#define INLINE (INLINE_PLAIN | B(VT_FOOTNOTE))
#define FORCED_LINE B(VT_BR)

/* Blocks by where they may stand.  Structure nests downwards only. */
#define BLOCKS_SMALL (B(VT_P) | B(VT_LINE) | B(VT_QUOTE) | B(VT_LIST))
#define BLOCKS_PLAIN (BLOCKS_SMALL | B(VT_TABLE) | B(VT_FIGURE) | B(VT_PAGEBREAK))
#define IN_ARTICLE (BLOCKS_PLAIN | B(VT_CLAUSE) | B(VT_POINT))
#define IN_SUBSECTION (IN_ARTICLE | B(VT_ARTICLE))
#define IN_SECTION (IN_SUBSECTION | B(VT_SUBSECTION))
#define IN_CHAPTER (IN_SECTION | B(VT_SECTION))
#define IN_PART (IN_CHAPTER | B(VT_CHAPTER))
#define BLOCKS_ALL (IN_PART | B(VT_PART))

#define ONE(set) {(set), true, false}
#define OPTIONAL(set) {(set), false, false}
#define SOME(set) {(set), true, true}
#define ANY(set) {(set), false, true}
#define STEPS(...) (const vt_step[]){__VA_ARGS__, {0, false, false}}
#define HEADED(blocks) STEPS(OPTIONAL(B(VT_HEADING)), ANY(blocks))

#define A(at) VT_BIT(VT_AT_##at)
#define ADDRESSEE (A(ORGAN) | A(GROUP) | A(NOTE))

static const vt_el_info elements[VT_ELEMENTS] = {
    [VT_TEXT] = {"#text", "chữ", VT_CONTENT_EMPTY, 0, 0, 0, NULL, false},

    [VT_DOCUMENT] = {"document", "văn bản", VT_CONTENT_CHILDREN,
        A(SYSTEM) | A(TYPE) | A(RULES), A(SYSTEM) | A(TYPE), 0,
        STEPS(SOME(B(VT_ISSUER)), OPTIONAL(B(VT_NUMBER)), OPTIONAL(B(VT_PLACE)),
              OPTIONAL(B(VT_DATE)), OPTIONAL(B(VT_MARKS)), OPTIONAL(B(VT_TITLE)),
              OPTIONAL(B(VT_SUBJECT)), OPTIONAL(B(VT_TO)), ONE(B(VT_BODY)),
              OPTIONAL(B(VT_COPIES)), ANY(B(VT_SIGNATURE)), ANY(B(VT_CONFIRMATION)),
              OPTIONAL(B(VT_CONTACT)),
              ANY(B(VT_ANNEX)), ANY(B(VT_ATTACHED)), ANY(B(VT_ENCLOSURE))), false},
    [VT_ISSUER] = {"issuer", "cơ quan ban hành", VT_CONTENT_CHILDREN,
        A(ABBR) | A(ORGAN) | A(SEAL), 0, 0,
        STEPS(ANY(B(VT_SUPERIOR)), ONE(B(VT_NAME))), false},
    [VT_NUMBER] = {"number", "số, ký hiệu", VT_CONTENT_EMPTY,
        A(VALUE) | A(UNIT) | A(NOTATION), 0, 0, NULL, false},
    [VT_PLACE] = {"place", "địa danh", VT_CONTENT_TEXT, 0, 0, 0, NULL, false},
    [VT_DATE] = {"date", "thời gian ban hành", VT_CONTENT_TEXT, A(DUE), 0, 0, NULL, true},
    [VT_MARKS] = {"marks", "mức khẩn, độ mật, phạm vi lưu hành", VT_CONTENT_EMPTY,
        A(URGENCY) | A(SECRECY) | A(CIRCULATION) | A(DRAFT), 0, 0, NULL, false},
    [VT_TITLE] = {"title", "tên loại, tên phụ lục", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_SUBJECT] = {"subject", "trích yếu", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_TO] = {"to", "Kính gửi", VT_CONTENT_CHILDREN, A(LABEL), 0, 0,
        STEPS(SOME(B(VT_RECIPIENT))), false},
    [VT_BODY] = {"body", "nội dung", VT_CONTENT_CHILDREN, A(MARK) | A(ORIENTATION), 0, 0,
        STEPS(SOME(BLOCKS_ALL | B(VT_BASIS) | B(VT_AUTHORITY))), false},
    [VT_COPIES] = {"copies", "nơi nhận", VT_CONTENT_CHILDREN, A(AMOUNT), 0, 0,
        STEPS(SOME(B(VT_RECIPIENT) | B(VT_AS_ABOVE) | B(VT_AS_ARTICLE) | B(VT_ARCHIVE))), false},
    [VT_SIGNATURE] = {"signature", "chữ ký", VT_CONTENT_CHILDREN, A(ROLE) | A(IMAGE), 0, 0,
        STEPS(ANY(B(VT_CAPACITY)), ONE(B(VT_POSITION)), ANY(B(VT_OTHER_POSITION)),
              OPTIONAL(B(VT_RANK)), OPTIONAL(B(VT_NAME))), false},
    [VT_CONFIRMATION] = {"confirmation", "xác nhận", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_CONTACT] = {"contact", "địa chỉ, thông tin liên hệ", VT_CONTENT_CHILDREN, 0, 0, 0,
        STEPS(OPTIONAL(B(VT_ADDRESS)), OPTIONAL(B(VT_PHONE)), OPTIONAL(B(VT_FAX)),
              OPTIONAL(B(VT_EMAIL)), OPTIONAL(B(VT_WEBSITE))), false},
    [VT_ANNEX] = {"annex", "phụ lục", VT_CONTENT_CHILDREN, A(ORIENTATION), 0, 0,
        STEPS(ONE(B(VT_TITLE)), OPTIONAL(B(VT_REFERENCE)), SOME(BLOCKS_ALL)), false},
    [VT_ATTACHED] = {"attached", "văn bản kèm theo", VT_CONTENT_CHILDREN, 0, 0, 0,
        STEPS(OPTIONAL(B(VT_REFERENCE)), ONE(B(VT_DOCUMENT))), false},
    [VT_ENCLOSURE] = {"enclosure", "tài liệu gửi kèm", VT_CONTENT_EMPTY,
        A(HREF) | A(TITLE), A(HREF), 0, NULL, false},

    [VT_SUPERIOR] = {"superior", "cơ quan chủ quản", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_NAME] = {"name", "tên", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_RECIPIENT] = {"recipient", "nơi nhận", VT_CONTENT_TEXT, ADDRESSEE, 0, FORCED_LINE, NULL, false},
    [VT_AS_ABOVE] = {"as-above", "Như trên", VT_CONTENT_TEXT, 0, 0, 0, NULL, true},
    [VT_AS_ARTICLE] = {"as-article", "Như Điều ...", VT_CONTENT_TEXT, A(N), A(N), 0, NULL, true},
    [VT_ARCHIVE] = {"archive", "Lưu", VT_CONTENT_TEXT, A(DRAFTER) | A(COUNT), 0, 0, NULL, false},
    [VT_CAPACITY] = {"capacity", "quyền hạn", VT_CONTENT_TEXT, A(KIND), A(KIND), FORCED_LINE, NULL, false},
    [VT_POSITION] = {"position", "chức vụ", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_OTHER_POSITION] = {"other-position", "chức vụ khác", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_RANK] = {"rank", "cấp bậc, học vị", VT_CONTENT_TEXT, 0, 0, 0, NULL, false},
    [VT_ADDRESS] = {"address", "địa chỉ", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_PHONE] = {"phone", "điện thoại", VT_CONTENT_TEXT, 0, 0, 0, NULL, false},
    [VT_FAX] = {"fax", "số fax", VT_CONTENT_TEXT, 0, 0, 0, NULL, false},
    [VT_EMAIL] = {"email", "thư điện tử", VT_CONTENT_TEXT, 0, 0, 0, NULL, false},
    [VT_WEBSITE] = {"website", "trang thông tin điện tử", VT_CONTENT_TEXT, 0, 0, 0, NULL, false},
    [VT_REFERENCE] = {"reference", "dòng “(Kèm theo ...)”", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, true},

    [VT_PART] = {"part", "phần", VT_CONTENT_CHILDREN, A(LABEL), 0, 0, HEADED(IN_PART), false},
    [VT_CHAPTER] = {"chapter", "chương", VT_CONTENT_CHILDREN, A(LABEL), 0, 0, HEADED(IN_CHAPTER), false},
    [VT_SECTION] = {"section", "mục", VT_CONTENT_CHILDREN, A(LABEL), 0, 0, HEADED(IN_SECTION), false},
    [VT_SUBSECTION] = {"subsection", "tiểu mục", VT_CONTENT_CHILDREN, A(LABEL), 0, 0,
        HEADED(IN_SUBSECTION), false},
    [VT_ARTICLE] = {"article", "điều", VT_CONTENT_CHILDREN, A(LABEL), 0, 0, HEADED(IN_ARTICLE), false},
    [VT_CLAUSE] = {"clause", "khoản", VT_CONTENT_CHILDREN, A(LABEL), 0, 0, HEADED(IN_ARTICLE), false},
    [VT_POINT] = {"point", "điểm", VT_CONTENT_CHILDREN, A(LABEL), 0, 0, HEADED(BLOCKS_PLAIN), false},
    [VT_HEADING] = {"heading", "tiêu đề", VT_CONTENT_TEXT, A(RUN_IN) | A(ALIGN), 0, INLINE, NULL, false},

    [VT_P] = {"p", "đoạn văn", VT_CONTENT_TEXT, A(ALIGN), 0, INLINE, NULL, false},
    [VT_LINE] = {"line", "dòng có nhãn", VT_CONTENT_TEXT, A(LABEL), A(LABEL), INLINE, NULL, true},
    [VT_QUOTE] = {"quote", "đoạn trích dẫn", VT_CONTENT_CHILDREN, 0, 0, 0,
        STEPS(SOME(BLOCKS_ALL)), false},
    [VT_BASIS] = {"basis", "căn cứ", VT_CONTENT_TEXT, 0, 0, INLINE, NULL, false},
    [VT_AUTHORITY] = {"authority", "thẩm quyền ban hành", VT_CONTENT_TEXT, 0, 0, FORCED_LINE, NULL, false},
    [VT_LIST] = {"list", "danh sách", VT_CONTENT_CHILDREN, A(MARK), 0, 0,
        STEPS(SOME(B(VT_ITEM))), false},
    [VT_ITEM] = {"item", "mục của danh sách", VT_CONTENT_FLOW, 0, 0, INLINE,
        STEPS(SOME(BLOCKS_SMALL)), false},
    [VT_TABLE] = {"table", "bảng", VT_CONTENT_CHILDREN, A(WIDTHS) | A(HEADER_ROWS) | A(CAPTION), 0, 0,
        STEPS(SOME(B(VT_ROW))), false},
    [VT_ROW] = {"row", "hàng của bảng", VT_CONTENT_CHILDREN, 0, 0, 0, STEPS(SOME(B(VT_CELL))), false},
    [VT_CELL] = {"cell", "ô của bảng", VT_CONTENT_FLOW,
        A(COLSPAN) | A(ROWSPAN) | A(ALIGN) | A(VALIGN), 0, INLINE,
        STEPS(SOME(BLOCKS_SMALL | B(VT_FIGURE))), true},
    [VT_FIGURE] = {"figure", "hình", VT_CONTENT_EMPTY, A(HREF) | A(WIDTH) | A(TITLE) | A(CAPTION), A(HREF), 0, NULL, false},
    [VT_PAGEBREAK] = {"pagebreak", "ngắt trang", VT_CONTENT_EMPTY, 0, 0, 0, NULL, false},

    [VT_B] = {"b", "chữ đậm", VT_CONTENT_TEXT, 0, 0, INLINE, NULL, true},
    [VT_I] = {"i", "chữ nghiêng", VT_CONTENT_TEXT, 0, 0, INLINE, NULL, true},
    [VT_U] = {"u", "gạch chân", VT_CONTENT_TEXT, 0, 0, INLINE, NULL, true},
    [VT_SUP] = {"sup", "chỉ số trên", VT_CONTENT_TEXT, 0, 0, INLINE, NULL, true},
    [VT_SUB] = {"sub", "chỉ số dưới", VT_CONTENT_TEXT, 0, 0, INLINE, NULL, true},
    [VT_BR] = {"br", "xuống dòng", VT_CONTENT_EMPTY, 0, 0, 0, NULL, false},
    [VT_FOOTNOTE] = {"footnote", "chú thích", VT_CONTENT_TEXT, 0, 0, INLINE_PLAIN, NULL, false},
};

/* A text that is issued by the main document: own header, no number, no date
   (PL III, Mẫu 1.3); the system is that of the main document. */
static const vt_el_info attached_document = {"document", "văn bản kèm theo", VT_CONTENT_CHILDREN,
    A(SYSTEM) | A(TYPE), A(TYPE), 0,
    STEPS(SOME(B(VT_ISSUER)), OPTIONAL(B(VT_TITLE)), OPTIONAL(B(VT_SUBJECT)), ONE(B(VT_BODY)),
          ANY(B(VT_SIGNATURE)), ANY(B(VT_ANNEX))), false};

/* A copy: what it copies is enclosed, what is its own stands below (PL I Phần II). */
static const vt_el_info copy_document = {"document", "bản sao", VT_CONTENT_CHILDREN,
    A(SYSTEM) | A(TYPE) | A(RULES), A(SYSTEM) | A(TYPE), 0,
    STEPS(SOME(B(VT_ISSUER)), OPTIONAL(B(VT_NUMBER)), OPTIONAL(B(VT_PLACE)),
          OPTIONAL(B(VT_DATE)), OPTIONAL(B(VT_TITLE)), OPTIONAL(B(VT_COPIES)),
          ANY(B(VT_SIGNATURE)), ONE(B(VT_ENCLOSURE))), false};

/* Types that are copies. */
static const char *const copies[] = {"sao-y", "sao-luc", "trich-sao", "ban-sao"};

static const vt_at_info attributes[VT_ATTRIBUTES] = {
    [VT_AT_SYSTEM] = {"system", "hệ thống", VT_VALUE_ENUM, 0, "state|party|youth"},
    [VT_AT_TYPE] = {"type", "loại văn bản", VT_VALUE_SLUG, 64, NULL},
    [VT_AT_RULES] = {"rules", "bộ quy tắc", VT_VALUE_SLUG, 64, NULL},
    [VT_AT_ABBR] = {"abbr", "chữ viết tắt tên cơ quan", VT_VALUE_TOKEN, 40, NULL},
    [VT_AT_ORGAN] = {"organ", "mã định danh cơ quan", VT_VALUE_ORGAN, 64, NULL},
    [VT_AT_VALUE] = {"value", "số văn bản", VT_VALUE_NUMBER, 0, NULL},
    [VT_AT_UNIT] = {"unit", "chữ viết tắt đơn vị soạn thảo", VT_VALUE_TOKEN, 40, NULL},
    [VT_AT_NOTATION] = {"notation", "ký hiệu", VT_VALUE_TOKEN, 80, NULL},
    [VT_AT_DUE] = {"due", "hạn trả lời", VT_VALUE_DATE, 0, NULL},
    [VT_AT_URGENCY] = {"urgency", "mức khẩn", VT_VALUE_ENUM, 0, "khan|thuong-khan|hoa-toc|hoa-toc-hen-gio"},
    [VT_AT_SECRECY] = {"secrecy", "độ mật", VT_VALUE_ENUM, 0, "mat|toi-mat|tuyet-mat"},
    [VT_AT_CIRCULATION] = {"circulation", "phạm vi lưu hành", VT_VALUE_SLUG, 64, NULL},
    [VT_AT_DRAFT] = {"draft", "lần dự thảo", VT_VALUE_COUNT, 99, NULL},
    [VT_AT_GROUP] = {"group", "nhóm trong danh bạ", VT_VALUE_TEXT, 200, NULL},
    [VT_AT_AMOUNT] = {"amount", "số lượng bản", VT_VALUE_COUNT, 99999, NULL},
    [VT_AT_NOTE] = {"note", "mục đích gửi", VT_VALUE_TEXT, 200, NULL},
    [VT_AT_N] = {"n", "số của điều", VT_VALUE_COUNTS, 999, NULL},
    [VT_AT_DRAFTER] = {"drafter", "ký hiệu người soạn thảo", VT_VALUE_TEXT, 60, NULL},
    [VT_AT_COUNT] = {"count", "số bản", VT_VALUE_COUNT, 99999, NULL},
    [VT_AT_KIND] = {"kind", "hình thức ký", VT_VALUE_ENUM, 0, "TM|KT|TL|TUQ|Q"},
    [VT_AT_ROLE] = {"role", "vai trò người ký", VT_VALUE_TOKEN, 40, NULL},
    [VT_AT_ORIENTATION] = {"orientation", "chiều trang", VT_VALUE_ENUM, 0, "portrait|landscape"},
    [VT_AT_HREF] = {"href", "tên tệp", VT_VALUE_FILE, 200, NULL},
    [VT_AT_IMAGE] = {"image", "ảnh chữ ký", VT_VALUE_FILE, 200, NULL},
    [VT_AT_SEAL] = {"seal", "ảnh con dấu", VT_VALUE_FILE, 200, NULL},
    [VT_AT_TITLE] = {"title", "tên gọi", VT_VALUE_TEXT, 500, NULL},
    [VT_AT_LABEL] = {"label", "nhãn", VT_VALUE_LABEL, 200, NULL},
    [VT_AT_RUN_IN] = {"run-in", "viết liền", VT_VALUE_ENUM, 0, "yes|no"},
    [VT_AT_ALIGN] = {"align", "căn lề", VT_VALUE_ENUM, 0, "left|center|right|justify"},
    [VT_AT_MARK] = {"mark", "dấu đầu dòng", VT_VALUE_TOKEN, 3, NULL},
    [VT_AT_WIDTH] = {"width", "chiều rộng", VT_VALUE_WIDTH, 400, NULL},
    [VT_AT_WIDTHS] = {"widths", "chiều rộng các cột", VT_VALUE_PERCENTS, 0, NULL},
    [VT_AT_HEADER_ROWS] = {"header-rows", "số hàng tiêu đề", VT_VALUE_COUNT, 100, NULL},
    [VT_AT_CAPTION] = {"caption", "tên bảng, tên hình", VT_VALUE_TEXT, 500, NULL},
    [VT_AT_COLSPAN] = {"colspan", "số cột gộp", VT_VALUE_COUNT, 100, NULL},
    [VT_AT_ROWSPAN] = {"rowspan", "số hàng gộp", VT_VALUE_COUNT, 1000, NULL},
    [VT_AT_VALIGN] = {"valign", "căn dọc", VT_VALUE_ENUM, 0, "top|middle|bottom"},
};

/* clang-format on */

const vt_el_info *vt_el_info_in(vt_el el, const vt_node *parent) {
    if (el == VT_DOCUMENT && parent)
        return &attached_document;
    return &elements[el];
}

bool vt_is_copy(const vt_node *root) {
    const char *type = root->el == VT_DOCUMENT ? vt_attr_get(root, VT_AT_TYPE) : NULL;

    for (size_t i = 0; type && !root->parent && i < sizeof copies / sizeof *copies; i++)
        if (strcmp(type, copies[i]) == 0)
            return true;
    return false;
}

const vt_el_info *vt_el_info_of(const vt_node *node) {
    if (node->el == VT_DOCUMENT && vt_is_copy(node))
        return &copy_document;
    return vt_el_info_in(node->el, node->parent);
}

const vt_at_info *vt_at_info_of(vt_at at) {
    return &attributes[at];
}

vt_set vt_el_allowed(const vt_el_info *info) {
    vt_set set = info->inlines;

    for (const vt_step *s = info->steps; s && s->els; s++)
        set |= s->els;
    return set;
}

const char *vt_el_name(vt_el el) {
    return elements[el].name;
}

const char *vt_at_name(vt_at at) {
    return attributes[at].name;
}

const char *vt_system_name(vt_system sys) {
    static const char *const names[VT_SYSTEMS] = {"state", "party", "youth"};

    return names[sys];
}

vt_el vt_el_find(const char *name) {
    for (int el = VT_DOCUMENT; el < VT_ELEMENTS; el++)
        if (elements[el].name[0] == name[0] && strcmp(elements[el].name, name) == 0)
            return (vt_el)el;
    return VT_ELEMENTS;
}

vt_at vt_at_find(const char *name) {
    for (int at = 0; at < VT_ATTRIBUTES; at++)
        if (attributes[at].name[0] == name[0] && strcmp(attributes[at].name, name) == 0)
            return (vt_at)at;
    return VT_ATTRIBUTES;
}

bool vt_el_inline(vt_el el) {
    return el == VT_TEXT || (VT_BIT(el) & INLINE) != 0;
}

/* ------------------------------------------------------- misspelt names -- */

#define NAME_MAX_LEN 24
_Static_assert(NAME_MAX_LEN <= VT_NEAR_MAX, "names of the format can be compared");

/* Keeps the nearer of the two; a name of n letters may differ in n/3 of them. */
static void nearer(const char *candidate, const char *lower, size_t len, const char **best,
                   int *best_distance) {
    size_t n = strlen(candidate);
    int d;

    if (n > NAME_MAX_LEN)
        return;
    d = (int)vt_letters_apart(lower, len, candidate, n);
    if (d <= (int)(n + 2) / 3 && d < (int)n && d < *best_distance) {
        *best = candidate;
        *best_distance = d;
    }
}

static size_t lowered(const char *name, char out[NAME_MAX_LEN + 1]) {
    size_t len = strlen(name);

    if (len > NAME_MAX_LEN)
        return 0;
    for (size_t i = 0; i <= len; i++) {
        char c = name[i];

        out[i] = c == '_' ? '-' : (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return len;
}

/* What people who write web pages put for ours. */
static const struct {
    const char *html;
    vt_el el;
} HTML[] = {{"tr", VT_ROW},     {"td", VT_CELL},          {"th", VT_CELL},    {"ul", VT_LIST},
            {"ol", VT_LIST},    {"li", VT_ITEM},          {"strong", VT_B},   {"em", VT_I},
            {"ins", VT_U},      {"blockquote", VT_QUOTE}, {"img", VT_FIGURE}, {"div", VT_P},
            {"h1", VT_HEADING}, {"h2", VT_HEADING},       {"h3", VT_HEADING}, {"h4", VT_HEADING}};

const char *vt_el_nearest(vt_set set, const char *name) {
    char lower[NAME_MAX_LEN + 1];
    size_t len = lowered(name, lower);
    const char *best = NULL;
    int d = 4;

    for (size_t i = 0; len && i < sizeof HTML / sizeof *HTML; i++)
        if (strcmp(lower, HTML[i].html) == 0)
            return set & VT_BIT(HTML[i].el) ? elements[HTML[i].el].name : NULL;

    for (int el = VT_DOCUMENT; len && el < VT_ELEMENTS; el++)
        if (set & VT_BIT(el))
            nearer(elements[el].name, lower, len, &best, &d);
    return best;
}

const char *vt_at_nearest(vt_set set, const char *name) {
    char lower[NAME_MAX_LEN + 1];
    size_t len = lowered(name, lower);
    const char *best = NULL;
    int d = 4;

    for (int at = 0; len && at < VT_ATTRIBUTES; at++)
        if (set & VT_BIT(at))
            nearer(attributes[at].name, lower, len, &best, &d);
    return best;
}
