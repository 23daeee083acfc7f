/*
 * gen/check.c - the table of rules, and a document taken through it.
 *
 * Ids, systems and severities are those of the rules' own list: E an obligation,
 * W a strong rule or one of weaker source, I a hint.  A false alarm is a fault
 * of ours, so a rule speaks only where the tree decides it.
 */
#include "gen/check.h"

#include "gen/text.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define S VT_SYS_STATE
#define P VT_SYS_PARTY
#define Y VT_SYS_YOUTH
#define B VT_SYS_ALL

static const vt_rule rules[] = {
    /* type and pack */
    {"DT-01", "NĐ 30 Điều 7; QĐ 399-QĐ/TW Điều 5", "Loại văn bản có trong gói quy tắc",
     "Sửa thuộc tính type theo danh mục loại văn bản.", VT_ERROR, B, vt_check_type_known},
    {"DT-02", "NĐ 30 Điều 7; QĐ 399-QĐ/TW Điều 5",
     "Điều lệ, nội quy, danh mục chỉ ban hành kèm theo văn bản khác",
     "Đặt văn bản ấy vào <attached> của quyết định ban hành nó.", VT_ERROR, B, vt_check_type_alone},
    {"PR-07", "Hiệu lực của từng quy định về thể thức", "Gói quy tắc hợp với ngày ban hành",
     "Bỏ thuộc tính rules để chương trình chọn theo ngày, hoặc sửa ngày.", VT_ERROR, B,
     vt_check_pack_date},
    {"PR-08", "NĐ 30 Điều 1; Luật Ban hành văn bản quy phạm pháp luật",
     "Văn bản quy phạm pháp luật không theo gói quy tắc này",
     "Soạn theo thể thức văn bản quy phạm pháp luật, không dùng gói này.", VT_ERROR, B,
     vt_check_normative},
    /* header */
    {"HD-05", "NĐ 30 Điều 8.2; QĐ 399-QĐ/TW Điều 14–17", "Không lẫn Quốc hiệu với tiêu đề của Đảng",
     "Chọn đúng hệ thống văn bản (system); tiêu đề do chương trình in, không gõ.", VT_ERROR, B,
     vt_check_mixed_header},
    {"HD-06", "NĐ 30 PL I, II.2; HD 36, PL3", "Có tên cơ quan ban hành",
     "Ghi tên đầy đủ của cơ quan ban hành vào <name>.", VT_ERROR, B, vt_check_issuer},
    {"HD-09", "NĐ 30 PL I, II.2.a", "Cơ quan chủ quản khác cơ quan ban hành",
     "Ghi đúng cơ quan chủ quản trực tiếp, hoặc bỏ <superior>.", VT_WARNING, S, vt_check_superior},
    {"HD-10", "NĐ 30 PL I, II.3.b", "Đủ thành phần của ký hiệu",
     "Ghi issuer/@abbr; công văn ghi thêm number/@unit (đơn vị soạn thảo hoặc lĩnh vực).", VT_ERROR,
     S, vt_check_state_notation},
    {"HD-11", "HD 36, 1.3; PL3", "Ký hiệu của Đảng, Đoàn gồm tên loại và tên cơ quan",
     "Ghi issuer/@abbr; nếu tự ghi ký hiệu thì theo dạng LOẠI/CƠ QUAN, ví dụ KH/TU.", VT_ERROR,
     P | Y, vt_check_party_notation},
    {"HD-12", "NĐ 30 PL I, II.3.c; HD 36, PL3", "Số nhỏ hơn 10 thêm một số 0, số khác thì không",
     "Bỏ các số 0 thừa ở đầu.", VT_ERROR, B, vt_check_leading_zeros},
    {"HD-13", "NĐ 30 PL I, II.3.c; PL III, I", "Ký hiệu viết hoa, nối bằng “-”",
     "Viết hoa chữ viết tắt (trừ CTr, TTr, QyĐ, TrS).", VT_ERROR, S, vt_check_notation_form},
    {"HD-14", "NĐ 30 PL III, I; HD 36, 1.3", "Chữ viết tắt trong ký hiệu đúng với tên loại",
     "Sửa type, <title> hoặc number/@notation cho khớp nhau.", VT_ERROR, B, vt_check_notation_type},
    {"HD-15", "NĐ 30 PL I, II.3.b", "Công văn không có chữ viết tắt tên loại, loại khác phải có",
     "Sửa number/@notation, hoặc bỏ đi để chương trình tự ghép.", VT_ERROR, S,
     vt_check_letter_notation},
    {"HD-18", "NĐ 30 PL I, II.4.c; HD 36, PL3", "Có địa danh, chỉ ghi địa danh",
     "Ghi <place> là tên đơn vị hành chính; dấu phẩy và ngày tháng do chương trình in.", VT_ERROR,
     B, vt_check_place},
    {"HD-23", "NĐ 30 PL III, Mẫu 1.9", "Biên bản không có dòng địa danh, ngày tháng",
     "Bỏ <place>; ghi thời gian, địa điểm họp trong nội dung.", VT_WARNING, S,
     vt_check_minutes_place},
    {"HD-24", "NĐ 30 PL I, II.5; HD 36, PL3", "Công văn không ghi tên loại",
     "Bỏ <title>, hoặc đổi type.", VT_ERROR, B, vt_check_title},
    {"HD-25", "NĐ 30 PL I, II.5.b; PL VI", "Có trích yếu, không quá 500 ký tự",
     "Ghi <subject> ngắn gọn, phản ánh khái quát nội dung chủ yếu.", VT_ERROR, B, vt_check_subject},
    {"HD-27", "NĐ 30 PL I, II.5.b", "“V/v” do chương trình in",
     "Bỏ “V/v”, “Về việc” ở đầu <subject>.", VT_ERROR, S, vt_check_letter_subject},
    {"HD-28", "HD 05-HD/VPTW; HD 36, PL3", "Trích yếu công văn của Đảng không dùng “V/v”",
     "Theo Hướng dẫn 05, mở đầu bằng “về việc”.", VT_WARNING, P, vt_check_party_letter_subject},
    {"HD-29", "NĐ 30 PL III, Mẫu 1.2, 1.3", "Cách mở đầu trích yếu của quyết định",
     "Mở đầu bằng “Về việc”, hoặc “Ban hành”, “Phê duyệt” khi có văn bản kèm theo.", VT_INFO, S,
     vt_check_decision_subject},
    {"HD-30", "NĐ 30 PL I, V.5", "Trích yếu không có dấu chấm cuối", "Bỏ dấu chấm cuối <subject>.",
     VT_WARNING, B, vt_check_subject_stop},
    /* body */
    {"BD-04", "NĐ 30 PL III, Mẫu 1.1–1.3", "Nghị quyết, quyết định có căn cứ",
     "Thêm ít nhất một <basis>.", VT_ERROR, S, vt_check_basis_there},
    {"BD-05", "NĐ 30 PL I, II.6.a", "Mỗi căn cứ một dòng; dấu cuối dòng do chương trình in",
     "Tách mỗi căn cứ thành một <basis>, bỏ dấu cuối và gạch đầu dòng.", VT_ERROR, S,
     vt_check_basis_form},
    {"BD-06", "HD 05-HD/VPTW; HD 36",
     "Mỗi căn cứ một dòng; gạch đầu dòng và dấu cuối do chương trình in",
     "Tách mỗi căn cứ thành một <basis>, bỏ dấu cuối và gạch đầu dòng.", VT_WARNING, P | Y,
     vt_check_basis_form},
    {"BD-09", "NĐ 30 PL III, Mẫu 1.1–1.3",
     "Có chủ thể ban hành; “QUYẾT ĐỊNH:”, “QUYẾT NGHỊ:” do chương trình in",
     "Ghi <authority> trước căn cứ; bỏ dòng “QUYẾT ĐỊNH:”, “QUYẾT NGHỊ:” gõ tay.", VT_ERROR, S,
     vt_check_resolves},
    {"BD-11", "NĐ 30 PL I, II.6.đ; HD 36, PL3", "Số thứ tự đúng kiểu, liên tục",
     "Bỏ thuộc tính label để chương trình tự đánh số, hoặc sửa cho liên tục.", VT_ERROR, B,
     vt_check_sequence},
    {"BD-12", "NĐ 30 PL I, II.6.d", "Phần, chương, mục, tiểu mục, điều có tiêu đề",
     "Thêm <heading>.", VT_ERROR, S, vt_check_titles},
    {"BD-13", "NĐ 30 PL I, V.6", "Không lẫn hai cách bố cục",
     "Dùng chương, mục, điều; hoặc dùng mục I, II, khoản, điểm.", VT_WARNING, S, vt_check_schemes},
    {"BD-14", "NĐ 30 PL I, II.6.đ", "Điểm theo thứ tự bảng chữ cái tiếng Việt, có “đ”",
     "Bỏ thuộc tính label để chương trình tự đánh: a, b, c, d, đ, e, g ...", VT_ERROR, B,
     vt_check_letters},
    {"BD-15", "NĐ 30 PL I, II.6.đ", "Nhãn viết “Điều 1.”, “1.”, “a)” và chỉ ghi một lần",
     "Bỏ nhãn gõ tay ở đầu lời, hoặc sửa thuộc tính label.", VT_ERROR, B, vt_check_label_form},
    {"BD-16", "NĐ 30 PL III, Mẫu 1.1–1.10", "Nội dung kết thúc bằng “./.”, chỉ ở cuối",
     "“./.” do chương trình in: bỏ dấu gõ tay ở giữa; câu cuối không kết thúc bằng “,” “;” “:”.",
     VT_WARNING, S | Y, vt_check_state_end},
    {"BD-17", "HD 36, HD 05-HD/VPTW (một nguồn)", "Văn bản của Đảng kết thúc bằng dấu chấm",
     "Kết thúc câu cuối bằng “.”, không dùng “./.”.", VT_WARNING, P, vt_check_party_end},
    {"AN-01", "NĐ 30 PL I, III.1.a", "Số phụ lục do chương trình đánh",
     "Bỏ “Phụ lục I” ở đầu tên phụ lục.", VT_ERROR, S, vt_check_annex_title},
    /* words */
    {"BD-20", "Văn bản ban hành không còn chỗ bỏ trống", "Không còn chỗ chờ điền",
     "Điền nốt, hoặc ghi marks/@draft nếu còn là dự thảo.", VT_ERROR, B, vt_check_placeholders},
    {"BD-21", "Quy tắc gõ văn bản thông dụng", "Dấu câu và khoảng trắng", "Sửa dấu câu.", VT_INFO,
     B, vt_check_punctuation},
    {"PG-12", "NĐ 30 và HD 36 dùng cả hai kiểu; trong một văn bản nên thống nhất",
     "Một cách đặt dấu thanh", "Chọn một cách viết cho cả văn bản.", VT_INFO, B,
     vt_check_tone_style},
    /* signature, receivers, marks */
    {"SG-01", "NĐ 30 PL I, II.7.b", "Quyền hạn ghi “TM.”, “KT.”, “TL.”, “TUQ.”, “Q.”",
     "Dùng <capacity kind=\"...\">; chữ viết tắt do chương trình in.", VT_ERROR, S | Y,
     vt_check_state_capacity},
    {"SG-02", "HD 36, 1.7.1; HD 05-HD/VPTW", "Quyền hạn ghi “T/M”, “K/T”, “T/L”, “Q.”",
     "Dùng <capacity kind=\"...\">; chữ viết tắt do chương trình in.", VT_ERROR, P,
     vt_check_party_capacity},
    {"SG-03", "NĐ 30 Điều 13; HD 36, 1.7.1", "Thay mặt tập thể, ký thay người đứng đầu",
     "TM. đi với tên tập thể; KT., TL. đi với chức vụ của người đứng đầu.", VT_WARNING, B,
     vt_check_capacity_body},
    {"SG-04", "HD 36, 1.7.1; HD 05-HD/VPTW (một nguồn)",
     "Cấp ủy làm việc tập thể: không “K/T”, không “TUQ”",
     "Phó bí thư ký “T/M”; dùng “T/L” thay cho thừa ủy quyền.", VT_ERROR, P, vt_check_party_deputy},
    {"SG-07", "NĐ 30 PL I, II.7.c; HD 05-HD/VPTW, 7.1.3",
     "Trước họ tên không ghi học hàm, học vị, danh hiệu", "Chỉ ghi họ, tên đệm, tên.", VT_ERROR, B,
     vt_check_signer_name},
    {"SG-09", "HD 05-HD/VPTW; HD 36", "Chức vụ không kèm tên cấp ủy, cơ quan",
     "Chỉ ghi chức vụ, ví dụ “Bí thư”.", VT_ERROR, P, vt_check_party_position},
    {"RC-01", "NĐ 30 PL I, II.9.b, c", "“Kính gửi” ở công văn, tờ trình, báo cáo lên cấp trên",
     "Thêm hoặc bỏ <to>.", VT_ERROR, S, vt_check_addressed},
    {"RC-02", "HD 05-HD/VPTW; HD 36",
     "Công văn có “Kính gửi”, tờ trình có “Kính gửi” hoặc “Kính trình”", "Thêm <to>.", VT_ERROR,
     P | Y, vt_check_party_addressed},
    {"RC-03", "NĐ 30 PL I, II.9.d", "Dấu câu, gạch đầu dòng của Kính gửi do chương trình in",
     "Bỏ “Kính gửi”, gạch đầu dòng và dấu câu cuối trong <recipient>.", VT_ERROR, B,
     vt_check_receivers},
    {"RC-04", "NĐ 30 PL I, II.9.d", "Nơi nhận kết thúc bằng “Lưu: VT, ...”",
     "Ghi <archive> cuối cùng, bắt đầu bằng VT; không gõ dấu câu, “Lưu”.", VT_ERROR, S,
     vt_check_state_copies},
    {"RC-05", "HD 05-HD/VPTW; HD 36", "Nơi nhận kết thúc bằng “Lưu ...”, không hai chấm",
     "Ghi <archive> cuối cùng; không gõ dấu câu, “Lưu”, “VT”.", VT_ERROR, P | Y,
     vt_check_party_copies},
    {"RC-06", "NĐ 30 PL I, II.9.b; HD 05-HD/VPTW",
     "“Như trên” đứng đầu Nơi nhận khi có Kính gửi, và chỉ khi ấy",
     "Đặt <as-above/> ở dòng đầu của <copies>, hoặc bỏ đi khi không có <to>.", VT_ERROR, B,
     vt_check_as_above},
    {"RC-07", "NĐ 30 PL III, Mẫu 1.1–1.3", "“Như Điều n” và Điều n có thật",
     "Ghi <as-article n=\"...\"/> theo điều thi hành.", VT_WARNING, S | Y, vt_check_as_article},
    {"MK-01", "NĐ 30 PL I, III.2.b", "Dấu khẩn ghi ở marks/@urgency",
     "Bỏ dòng gõ tay, ghi <marks urgency=\"...\"/>.", VT_ERROR, S, vt_check_urgency},
    {"MK-02", "Luật Bảo vệ bí mật nhà nước; NĐ 30 Điều 15.2",
     "Văn bản mật không soạn trên máy nối mạng",
     "Chỉ soạn trên máy tính độc lập theo quy định về bảo vệ bí mật nhà nước.", VT_ERROR, B,
     vt_check_secrecy},
    {"MK-04", "NĐ 30 PL I, III.2.c", "Phạm vi lưu hành có trong gói quy tắc",
     "Dùng một giá trị của gói, ví dụ luu-hanh-noi-bo, hoặc thêm vào gói riêng.", VT_WARNING, B,
     vt_check_circulation},
};

size_t vt_check_rules(const vt_rule **out) {
    *out = rules;
    return sizeof rules / sizeof *rules;
}

void vt_say(vt_checking *c, const vt_node *at, const char *excerpt, const char *fmt, ...) {
    char message[600], cut[240];
    va_list args;

    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    vt_text_whole(message);
    if (excerpt) {
        snprintf(cut, sizeof cut, "%s", excerpt);
        vt_text_whole(cut);
    }
    vt_finding f = {.severity = c->rule->severity,
                    .id = c->rule->id,
                    .place = vt_node_place(c->arena, c->doc, at),
                    .message = message,
                    .remedy = c->rule->remedy,
                    .source = c->rule->source,
                    .excerpt = excerpt ? cut : NULL};
    vt_status status = vt_find(c->list, &f);
    if (status > c->status)
        c->status = status;
}

/* ----------------------------------------------------------------- words -- */

static bool is_inline(vt_el el) {
    return el == VT_TEXT || (el >= VT_B && el <= VT_BR);
}

/* The element's own inline content, up to the first block in it. */
static void add_inline(vt_checking *c, vt_buf *text, const vt_node *first) {
    for (const vt_node *n = first; n && (is_inline(n->el) || n->el == VT_FOOTNOTE); n = n->next) {
        if (n->el == VT_TEXT)
            vt_buf_add(text, n->text, n->len);
        else if (n->el == VT_BR)
            vt_buf_putc(text, ' ');
        else if (n->el != VT_FOOTNOTE)
            add_inline(c, text, n->first);
    }
}

static void add_words(vt_checking *c, vt_buf *text, const vt_node *node, unsigned where) {
    vt_buf_clear(text);
    add_inline(c, text, node->first);
    vt_words *words =
        vt_grow(c->arena, c->words, &c->word_cap, c->word_count + 1, sizeof *c->words);
    const char *copy = vt_strndup(c->arena, text->data, text->len);
    if (!words || !copy)
        return; /* the arena remembers */
    c->words = words;
    words[c->word_count++] = (vt_words){node, copy, where};
}

static unsigned place_of(vt_el el) {
    switch (el) {
    case VT_QUOTE:
        return VT_IN_QUOTE;
    case VT_TABLE:
        return VT_IN_TABLE;
    case VT_ANNEX:
        return VT_IN_ANNEX;
    case VT_ATTACHED:
        return VT_IN_ATTACHED;
    case VT_LINE:
    case VT_REFERENCE:
    case VT_CONFIRMATION:
    case VT_CONTACT:
        return VT_IN_FORM;
    default:
        return 0;
    }
}

/* The tree is at most VT_MAX_DEPTH deep.  Footnotes stand inside the words of
   another element and are words of their own. */
static void collect(vt_checking *c, vt_buf *text, const vt_node *node, unsigned where) {
    const vt_node *first = node->first;
    where |= place_of(node->el);
    if (!is_inline(node->el) && first && (is_inline(first->el) || first->el == VT_FOOTNOTE))
        add_words(c, text, node, where);
    for (const vt_node *n = first; n; n = n->next)
        collect(c, text, n, where);
}

static void collect_all(vt_checking *c) {
    vt_buf text;

    vt_buf_init(&text, VT_MAX_INPUT_BYTES);
    collect(c, &text, c->root, 0);
    vt_buf_free(&text);
}

/* --------------------------------------------------------------- asking -- */

const char *vt_words_of(vt_checking *c, const vt_node *node) {
    const char *text = node ? vt_node_text(c->arena, node, ' ') : NULL;

    return text ? text : "";
}

const char *vt_words_in(vt_checking *c, vt_el el) {
    return vt_words_of(c, vt_child(c->root, el));
}

const char *vt_attr_of(const vt_node *node, vt_at at) {
    const char *value = node ? vt_attr_get(node, at) : NULL;

    return value ? value : "";
}

const vt_node *vt_walk(const vt_node *top, const vt_node *n, bool inside) {
    if (inside && n->first)
        return n->first;
    for (; n != top; n = n->parent)
        if (n->next)
            return n->next;
    return NULL;
}

#define KEY_UNITS 512 /* UTF-16 units of a compared text, taken apart */

static bool is_tone(UChar u) {
    return u == 0x300 || u == 0x301 || u == 0x303 || u == 0x309 || u == 0x323;
}

/* Letters small, their marks apart, and each tone at the end of its syllable:
   "ỦY" and "uỷ" have one key, "ủy" and "úy" have two.  False: too long. */
static bool key_of(const char *text, size_t len, UChar out[KEY_UNITS]) {
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[KEY_UNITS], apart[KEY_UNITS], tones[8];
    int32_t n = 0, size = 0, tone = 0, o = 0;

    u_strFromUTF8WithSub(wide, KEY_UNITS, &n, text, (int32_t)len, 0xFFFD, NULL, &error);
    size = unorm2_normalize(unorm2_getNFDInstance(&error), wide, n, apart, KEY_UNITS, &error);
    if (U_FAILURE(error) || size >= KEY_UNITS)
        return false;
    for (int32_t i = 0; i <= size; i++) {
        UChar u = i < size ? apart[i] : 0;
        if (is_tone(u) && tone < 8) {
            tones[tone++] = u;
            continue;
        }
        if (!u_isalpha(u) && u_getCombiningClass(u) == 0) {
            memcpy(out + o, tones, (size_t)tone * sizeof *tones);
            o += tone;
            tone = 0;
        }
        out[o++] = (UChar)u_tolower(u); /* 0 at the end */
    }
    return true;
}

/* The first letter rules nearly all words out, before they are taken apart. */
static bool other_start(const UChar *key, const char *words) {
    return !(*words & 0x80) && key[0] != (UChar)u_tolower(*words);
}

bool vt_same(vt_checking *c, const char *text, const char *words) {
    UChar a[KEY_UNITS], b[KEY_UNITS];
    size_t len = strlen(text), size = strlen(words);

    (void)c;
    /* most text is far longer than what is asked for, or begins otherwise */
    if (len > 2 * size || (!((*text | *words) & 0x80) && (*text | 0x20) != (*words | 0x20)))
        return false;
    return key_of(text, len, a) && key_of(words, size, b) && !u_strcmp(a, b);
}

#define START_BYTES 160 /* of a text whose beginning is asked for */

/* The key of the text's beginning, cut before a character. */
static bool start_key(const char *text, UChar out[KEY_UNITS]) {
    size_t len = strnlen(text, START_BYTES);

    while (len == START_BYTES && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    return key_of(text, len, out);
}

static bool key_begins(const UChar *key, const char *words) {
    UChar b[KEY_UNITS];

    if (other_start(key, words) || !key_of(words, strlen(words), b))
        return false;
    int32_t n = u_strlen(b);
    return n > 0 && u_strncmp(key, b, n) == 0 && !u_isalnum(key[n]) &&
           u_getCombiningClass(key[n]) == 0;
}

bool vt_begins(vt_checking *c, const char *text, const char *words) {
    UChar key[KEY_UNITS];

    (void)c;
    return start_key(text, key) && key_begins(key, words);
}

const char *vt_begins_any(vt_checking *c, const char *text, const char *const *list) {
    UChar key[KEY_UNITS];

    (void)c;
    for (bool known = *text && start_key(text, key); known && *list; list++)
        if (key_begins(key, *list))
            return *list;
    return NULL;
}

#define EXCERPT_SIDE 40 /* bytes to either side */

const char *vt_excerpt(vt_checking *c, const char *text, const char *at) {
    size_t len = strlen(text), pos = (size_t)(at - text);
    size_t from = pos > EXCERPT_SIDE ? pos - EXCERPT_SIDE : 0;
    size_t to = pos + EXCERPT_SIDE < len ? pos + EXCERPT_SIDE : len;

    while (from > 0 && from < pos && text[from - 1] != ' ')
        from++;
    while (to < len && text[to] != ' ')
        to++;
    const char *cut = vt_printf(c->arena, "%s%.*s%s", from ? "… " : "", (int)(to - from),
                                text + from, to < len ? " …" : "");
    return cut ? cut : "";
}

bool vt_ends(const char *text, const char *mark) {
    static const char *const closing[] = {" ", "\"", "”", "’", "'", ")", "»", "]"};
    size_t len = strlen(text), size = strlen(mark);
    bool again = true;

    while (again) {
        if (len >= size && memcmp(text + len - size, mark, size) == 0)
            return true;
        again = false;
        for (size_t i = 0; !again && i < sizeof closing / sizeof *closing; i++) {
            size_t n = strlen(closing[i]);
            again = len >= n && memcmp(text + len - n, closing[i], n) == 0;
            if (again)
                len -= n;
        }
    }
    return false;
}

size_t vt_characters(const char *text) {
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/* ---------------------------------------------------------------- whole -- */

#define CHECK_CEILING ((size_t)256 << 20) /* memory of one check */

vt_status vt_check(vt_engine *engine, const vt_pack *pack, const vt_doc *doc, vt_findings *list) {
    vt_checking c = {.pack = pack, .doc = doc, .root = doc->root, .list = list, .status = VT_OK};

    (void)engine; /* the rules to come ask its directories and fonts */
    c.arena = vt_arena_new(CHECK_CEILING);
    if (!c.arena)
        return vt_nomem(list);
    c.type = vt_pack_type(pack, vt_attr_of(doc->root, VT_AT_TYPE));
    collect_all(&c);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        c.rule = &rules[i];
        if (c.rule->systems & (1u << doc->system))
            c.rule->check(&c);
    }
    if (vt_arena_failed(c.arena))
        c.status = vt_nomem(list);
    vt_arena_free(c.arena);
    return c.status;
}
