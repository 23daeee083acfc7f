/*
 * gen/validate.c - the grammar of gen/schema.c held against a tree, and what
 * a grammar cannot say: empty texts, faulty characters, dates of the calendar,
 * tables whose rows do not fit.
 */
#include "gen/validate.h"

#include "gen/grid.h"
#include "gen/schema.h"
#include "gen/text.h"
#include "gen/tree.h"

#include <string.h>

#define VT_MAX_ISSUERS 64 /* of a joint document */

typedef struct checker {
    const vt_doc *doc;
    vt_arena *arena;
    vt_findings *list;
    vt_status status;
    bool incomplete;
    bool legacy_seen; /* said once: the rest of the document is the same */
    int found;
} checker;

static void note(checker *c, vt_status st) {
    if (st > c->status)
        c->status = st;
    c->found++;
}

static bool enough(const checker *c) {
    return c->found > VT_MAX_FINDINGS;
}

vt_status vt_too_many(vt_findings *list, const char *file, int line) {
    return vt_bad(list, "XML-32", (vt_place){file, line, NULL}, "Sửa các lỗi trên rồi đọc lại.",
                  "Có quá %d lỗi; phần sau chưa được xem.", VT_MAX_FINDINGS);
}

/* A finding at a node; `remedy` NULL may also mean that there was no memory. */
#define BAD(c, id, node, remedy, ...)                                                              \
    note((c), vt_bad((c)->list, (id), vt_node_place((c)->arena, (c)->doc, (node)), (remedy),       \
                     __VA_ARGS__))

static const char *safe(const char *s) {
    return s ? s : "";
}

/* "<p>, <list>" of a set. */
static const char *listed(checker *c, vt_set set) {
    const char *text = "";

    for (int el = VT_DOCUMENT; el < VT_ELEMENTS && text; el++)
        if (set & VT_BIT(el))
            text = vt_printf(c->arena, "%s%s<%s>", text, *text ? ", " : "", vt_el_name((vt_el)el));
    return safe(text);
}

/* All that may stand in an element, in its order. */
static const char *order_in(checker *c, const vt_el_info *info) {
    const char *text = info->content == VT_CONTENT_CHILDREN ? "" : "chữ";
    vt_set rest = info->inlines;

    if (rest)
        text = vt_printf(c->arena, "%s, %s", text, listed(c, rest));
    for (const vt_step *s = info->steps; s && s->els && text; s++)
        text = vt_printf(c->arena, "%s%s%s", text, *text ? ", " : "", listed(c, s->els));
    return safe(text);
}

/* ----------------------------------------------------------- characters -- */

static void report_fault(checker *c, const vt_node *node, vt_fault fault, uint32_t cp,
                         const char *excerpt) {
    bool loose = fault == VT_FAULT_LOOSE_MARK, mark = loose || fault == VT_FAULT_LONE_MARK;
    vt_finding finding = {
        .severity = loose ? VT_WARNING : VT_ERROR,
        .id = loose  ? "XML-23"
              : mark ? "XML-22"
                     : "XML-21",
        .place = vt_node_place(c->arena, c->doc, node),
        .message = vt_printf(c->arena, "Có U+%04X: %s.", (unsigned)cp, vt_text_fault_name(fault)),
        .remedy = loose ? "Gõ lại chữ này; nếu đúng là chữ dân tộc thì xem kỹ bản in."
                  : mark ? "Gõ lại chữ này bằng bảng mã Unicode dựng sẵn."
                         : "Xóa hoặc gõ lại ký tự này.",
        .excerpt = excerpt,
    };

    if (!finding.message)
        finding.message = vt_text_fault_name(fault);
    note(c, vt_find(c->list, &finding));
}

static void report_legacy(checker *c, const vt_node *node, vt_legacy legacy, const char *text,
                          size_t len) {
    bool vni = legacy == VT_LEGACY_VNI;
    char excerpt[VT_CLIP];
    vt_finding finding = {
        .severity = VT_ERROR,
        .id = vni ? "XML-24" : "XML-25",
        .place = vt_node_place(c->arena, c->doc, node),
        .message = vni ? "Chữ gõ bằng bảng mã VNI, không phải Unicode."
                       : "Chữ gõ bằng bảng mã TCVN3 (ABC), không phải Unicode.",
        .remedy = "Chuyển toàn bộ văn bản sang Unicode bằng công cụ chuyển mã rồi đọc lại.",
        .excerpt = vt_text_clip(text, len, excerpt),
    };

    c->legacy_seen = true;
    note(c, vt_find(c->list, &finding));
}

static void check_text(checker *c, const vt_node *node, unsigned look, const char *s, size_t len) {
    vt_legacy legacy = look & VT_SCAN_LEGACY ? vt_text_legacy(s, len) : VT_LEGACY_NONE;
    char excerpt[VT_CLIP];
    vt_fault fault;
    uint32_t cp;
    size_t at;

    if (legacy) {
        if (!c->legacy_seen)
            report_legacy(c, node, legacy, s, len);
        return;
    }
    fault = look & VT_SCAN_FAULT ? vt_text_fault(s, len, &cp, &at) : VT_FAULT_NONE;
    if (fault)
        report_fault(c, node, fault, cp, vt_text_around(s, len, at, excerpt));
}

/* ----------------------------------------------------------- attributes -- */

static void check_calendar(checker *c, const vt_node *node, const char *value) {
    vt_date date;

    if (!vt_date_parse(value, &date))
        BAD(c, "XML-27", node, "Kiểm tra lại năm, tháng, ngày.", "Ngày “%s” không có trong lịch.",
            value);
}

static void check_value(checker *c, const vt_node *node, const vt_attr *a) {
    const vt_at_info *info = vt_at_info_of(a->id);
    size_t len = strlen(a->value);
    char clipped[VT_CLIP];

    check_text(c, node, vt_text_scan(a->value, len), a->value, len);
    if (node->el == VT_LINE && !*a->value)
        BAD(c, "XML-18", node, "Ghi nhãn, ví dụ “Thời gian”; dòng không có nhãn là <p>.",
            "<line> có @label trống.");
    else if (!vt_value_ok(info, a->value))
        BAD(c, "XML-18", node, vt_value_wanted(c->arena, info),
            "Giá trị “%s” của @%s (%s) không hợp lệ.",
            vt_text_clip(a->value, strlen(a->value), clipped), info->name, info->term);
    else if (info->kind == VT_VALUE_DATE)
        check_calendar(c, node, a->value);
}

static void check_attributes(checker *c, const vt_node *node, const vt_el_info *info) {
    vt_set seen = 0;

    for (const vt_attr *a = node->attrs; a; a = a->next) {
        seen |= VT_BIT(a->id);
        if (info->attrs & VT_BIT(a->id))
            check_value(c, node, a);
        else
            BAD(c, "XML-11", node, "Bỏ thuộc tính này.", "<%s> không có thuộc tính @%s.",
                info->name, vt_at_name(a->id));
    }
    for (int at = 0; at < VT_ATTRIBUTES; at++)
        if (info->required & ~seen & VT_BIT(at))
            BAD(c, "XML-17", node, vt_value_wanted(c->arena, vt_at_info_of((vt_at)at)),
                "<%s> thiếu thuộc tính @%s (%s).", info->name, vt_at_name((vt_at)at),
                vt_at_info_of((vt_at)at)->term);
}

/* -------------------------------------------------------------- content -- */

static void report_misplaced(checker *c, const vt_node *child, const vt_el_info *parent) {
    BAD(c, "XML-12", child,
        parent->content == VT_CONTENT_EMPTY
            ? "Phần tử này luôn rỗng."
            : vt_printf(c->arena, "Trong <%s> được dùng: %s.", parent->name, order_in(c, parent)),
        "<%s> không được đứng trong <%s>.", vt_el_name(child->el), parent->name);
}

static void report_stray(checker *c, const vt_node *text, const vt_node *parent) {
    bool blocks = vt_el_info_of(parent)->content == VT_CONTENT_CHILDREN &&
                  (vt_el_allowed(vt_el_info_of(parent)) & VT_BIT(VT_P));
    char excerpt[VT_CLIP];
    vt_finding finding = {
        .severity = VT_ERROR,
        .id = "XML-16",
        .place = {c->doc->file, text->line, vt_node_path(c->arena, parent)},
        .message = vt_printf(c->arena, "Có chữ nằm trực tiếp trong <%s>.", vt_el_name(parent->el)),
        .remedy = blocks ? "Đặt chữ ấy vào <p>." : "Đặt chữ ấy vào phần tử của nó hoặc xóa đi.",
        .excerpt = vt_text_clip(text->text, text->len, excerpt),
    };

    if (!finding.message)
        finding.message = "Có chữ nằm sai chỗ.";
    note(c, vt_find(c->list, &finding));
}

static const vt_step *step_with(const vt_step *steps, vt_el el) {
    for (; steps->els; steps++)
        if (steps->els & VT_BIT(el))
            return steps;
    return NULL;
}

static void report_missing(checker *c, const vt_node *node, const vt_step *step) {
    vt_el first = VT_DOCUMENT;

    while (!(step->els & VT_BIT(first)))
        first = (vt_el)(first + 1);
    if (step->els == VT_BIT(first))
        BAD(c, "XML-15", node, "Thêm phần tử này đúng thứ tự.", "<%s> thiếu <%s> (%s).",
            vt_el_name(node->el), vt_el_name(first), vt_el_info_in(first, NULL)->term);
    else
        BAD(c, "XML-15", node, vt_printf(c->arena, "Dùng: %s.", listed(c, step->els)),
            "<%s> không có nội dung.", vt_el_name(node->el));
}

/* The place of the reading in the order of children. */
typedef struct order {
    const vt_el_info *info;
    const vt_step *now;
    vt_el last; /* the child that brought it there */
    vt_set seen;
    bool faulty; /* a child has been reported */
} order;

/* True: the child stands where it may. */
static bool place_child(checker *c, order *o, const vt_node *child) {
    const char *name = vt_el_name(child->el);
    const vt_step *step = step_with(o->info->steps, child->el);

    if (child->el == VT_TEXT) {
        report_stray(c, child, child->parent);
        return false;
    }
    if (!step) {
        report_misplaced(c, child, o->info);
        return false;
    }
    if (step < o->now) {
        BAD(c, "XML-13", child,
            vt_printf(c->arena, "Thứ tự trong <%s>: %s.", o->info->name, order_in(c, o->info)),
            "<%s> đứng sai thứ tự: phải đứng trước <%s>.", name, vt_el_name(o->last));
        return false;
    }
    if (!step->many && (o->seen & step->els)) {
        BAD(c, "XML-14", child, "Giữ một phần tử, bỏ phần tử thừa.",
            "<%s> chỉ được có một lần trong <%s>.", name, o->info->name);
        return false;
    }
    o->now = step;
    o->last = child->el;
    return true;
}

/* What is not there; where a child has been reported, content is not missing. */
static void check_missing(checker *c, const order *o, const vt_node *node) {
    for (const vt_step *s = o->info->steps; s->els; s++)
        if (s->required && !(o->seen & s->els) && !(o->faulty && (s->els & (s->els - 1))))
            report_missing(c, node, s);
    if (!node->first && o->info->steps[0].els == VT_BIT(VT_HEADING))
        BAD(c, "XML-15", node, "Thêm <heading> hoặc <p>.", "<%s> không có nội dung.",
            o->info->name);
}

static void check_children(checker *c, const vt_node *node, const vt_el_info *info) {
    order o = {.info = info, .now = info->steps};

    for (const vt_node *child = node->first; child && !enough(c); child = child->next) {
        if (!place_child(c, &o, child))
            o.faulty = true;
        if (child->el != VT_TEXT)
            o.seen |= VT_BIT(child->el);
    }
    if (!c->incomplete)
        check_missing(c, &o, node);
}

static bool inside_footnote(const vt_node *node) {
    for (node = node->parent; node && vt_el_inline(node->el); node = node->parent)
        if (node->el == VT_FOOTNOTE)
            return true;
    return false;
}

static void check_empty(checker *c, const vt_node *node, const vt_el_info *info) {
    if (!info->blank && !c->incomplete)
        BAD(c, "XML-20", node, "Ghi nội dung, hoặc bỏ phần tử nếu không cần.",
            "<%s> (%s) để trống.", info->name, info->term);
}

static bool is_blank(const vt_node *node) {
    for (const vt_node *n = node->first; n; n = n->next)
        if (n->el == VT_TEXT || (n->el != VT_BR && !is_blank(n)))
            return false;
    return true;
}

/* Text among inline elements; in FLOW content lists may follow it. */
static void check_words(checker *c, const vt_node *node, const vt_el_info *info) {
    bool listing = false;

    for (const vt_node *child = node->first; child && !enough(c); child = child->next) {
        bool inl = child->el == VT_TEXT || (info->inlines & VT_BIT(child->el));

        if (info->content == VT_CONTENT_FLOW && child->el == VT_LIST)
            listing = true;
        else if (child->el == VT_TEXT && listing)
            report_stray(c, child, node);
        else if (!inl || listing)
            report_misplaced(c, child, info);
        else if (child->el == VT_FOOTNOTE && inside_footnote(child))
            BAD(c, "XML-12", child, "Đưa chú thích bên trong ra ngoài.",
                "<footnote> không được đứng trong <footnote>.");
    }
    if (is_blank(node))
        check_empty(c, node, info);
}

static bool has_words(const vt_node *node) {
    for (const vt_node *n = node->first; n; n = n->next)
        if (vt_el_inline(n->el))
            return true;
    return false;
}

static void check_flow(checker *c, const vt_node *node, const vt_el_info *info) {
    if (has_words(node) || !node->first) {
        check_words(c, node, info);
        return;
    }
    for (const vt_node *child = node->first; child && !enough(c); child = child->next)
        if (!(info->steps[0].els & VT_BIT(child->el)))
            report_misplaced(c, child, info);
}

static void check_nothing(checker *c, const vt_node *node, const vt_el_info *info) {
    for (const vt_node *child = node->first; child && !enough(c); child = child->next) {
        if (child->el == VT_TEXT)
            report_stray(c, child, node);
        else
            report_misplaced(c, child, info);
    }
}

/* ---------------------------------------------- what no grammar can say -- */

static void check_date(checker *c, const vt_node *node) {
    const vt_node *text = node->first;
    char clipped[VT_CLIP];

    if (!text || text->next || text->el != VT_TEXT)
        return; /* empty, or reported already */
    if (!vt_value_date_form(text->text, text->len, false))
        BAD(c, "XML-19", node,
            "Ghi “2026-03-05”, hoặc “2026-03”, “2026” khi chưa có ngày, tháng, hoặc để trống.",
            "Thời gian “%s” không hợp lệ.", vt_text_clip(text->text, text->len, clipped));
    else
        check_calendar(c, node, text->text);
}

/* A signer is the chair, the secretary, or an issuer by its letters. */
static void check_role(checker *c, const vt_node *node) {
    const char *role = vt_attr_get(node, VT_AT_ROLE);
    int left = VT_MAX_ISSUERS;

    if (!role || strcmp(role, "chair") == 0 || strcmp(role, "secretary") == 0)
        return;
    for (const vt_node *n = vt_child(node->parent, VT_ISSUER); n && left;
         n = vt_next_same(n), left--) {
        const char *abbr = vt_attr_get(n, VT_AT_ABBR);

        if (abbr && strcmp(abbr, role) == 0)
            return;
    }
    BAD(c, "XML-29", node, "Ghi “chair”, “secretary” hoặc @abbr của một <issuer>.",
        "Vai trò “%s” không ứng với cơ quan ban hành nào.", role);
}

static void check_issuers(checker *c, const vt_node *node) {
    int n = 0;

    for (const vt_node *i = vt_child(node, VT_ISSUER); i; i = vt_next_same(i))
        n++;
    if (n > VT_MAX_ISSUERS)
        BAD(c, "XML-06", node, "Gộp các cơ quan.", "Văn bản có quá %d cơ quan ban hành.",
            VT_MAX_ISSUERS);
}

/* "Q." stands alone before the position; the others name whom they act for. */
static void check_capacity(checker *c, const vt_node *node, const vt_el_info *info) {
    const char *kind = vt_attr_get(node, VT_AT_KIND);

    if (!kind || strcmp(kind, "Q") != 0)
        check_words(c, node, info);
    else if (node->first)
        BAD(c, "XML-16", node, "Viết <capacity kind=\"Q\"/>; chức vụ ghi ở <position>.",
            "<capacity kind=\"Q\"> phải để trống.");
}

static void check_table(checker *c, const vt_node *table) {
    static const char *const remedy = "Sửa số ô, @colspan, @rowspan cho các hàng khớp nhau.";
    vt_grid_fault f;

    if (vt_grid_check(table, &f))
        return;
    switch (f.kind) {
    case VT_GRID_TOO_WIDE:
        BAD(c, "XML-28", f.node, "Tách bảng.", "Bảng có quá %d cột.", f.should);
        break;
    case VT_GRID_UNEVEN:
        BAD(c, "XML-28", f.node, remedy, "Hàng này có %d cột, hàng đầu có %d cột.", f.is, f.should);
        break;
    case VT_GRID_OVERLAP:
        BAD(c, "XML-28", f.node, remedy, "Ô này đè lên ô gộp từ hàng trên ở cột %d.", f.is);
        break;
    case VT_GRID_TOO_DEEP:
        BAD(c, "XML-28", f.node, remedy, "Ô này gộp %d hàng nhưng bảng chỉ còn %d hàng.", f.is,
            f.should);
        break;
    case VT_GRID_WIDTHS:
        BAD(c, "XML-28", f.node, "Ghi mỗi cột một số.", "@widths có %d số, bảng có %d cột.", f.is,
            f.should);
        break;
    case VT_GRID_SUM:
        BAD(c, "XML-28", f.node, "Sửa cho tổng bằng 100.", "Tổng @widths là %d%%.", f.is);
        break;
    case VT_GRID_HEADER:
        BAD(c, "XML-28", f.node, "Giảm @header-rows.",
            "@header-rows là %d nhưng bảng chỉ có %d hàng.", f.is, f.should);
        break;
    case VT_GRID_SPLIT:
        BAD(c, "XML-28", f.node, "Giảm @rowspan, hoặc tăng @header-rows của bảng.",
            "Ô tiêu đề này gộp %d hàng nhưng phần tiêu đề chỉ còn %d hàng.", f.is, f.should);
        break;
    case VT_GRID_TOO_MANY:
        BAD(c, "XML-28", f.node, "Tách bảng.", "Bảng có quá %d chỗ (số hàng nhân số cột).",
            f.should);
        break;
    case VT_GRID_FITS:
        break;
    }
}

/* Who cannot see a picture is told what it shows. */
static void check_figure(checker *c, const vt_node *node) {
    if (!vt_attr_get(node, VT_AT_TITLE) && !vt_attr_get(node, VT_AT_CAPTION))
        BAD(c, "XML-17", node,
            "Thêm @caption (tên hình, in dưới hình) hoặc @title (lời tả cho người không nhìn "
            "thấy).",
            "<figure> thiếu lời tả hình.");
}

static void check_system(checker *c, const vt_node *node) {
    const char *system = vt_attr_get(node, VT_AT_SYSTEM);

    if (node->parent && system && strcmp(system, vt_system_name(c->doc->system)) != 0)
        BAD(c, "XML-30", node, "Bỏ @system hoặc ghi như văn bản chính.",
            "Văn bản kèm theo có hệ thống khác với văn bản chính.");
}

/* ---------------------------------------------------------------- whole -- */

static void check_content(checker *c, const vt_node *node, const vt_el_info *info) {
    switch (info->content) {
    case VT_CONTENT_EMPTY:
        check_nothing(c, node, info);
        break;
    case VT_CONTENT_CHILDREN:
        check_children(c, node, info);
        break;
    case VT_CONTENT_TEXT:
        if (node->el == VT_CAPACITY)
            check_capacity(c, node, info);
        else
            check_words(c, node, info);
        break;
    case VT_CONTENT_FLOW:
        check_flow(c, node, info);
        break;
    }
}

static void check_special(checker *c, const vt_node *node) {
    switch (node->el) {
    case VT_DATE:
        check_date(c, node);
        break;
    case VT_SIGNATURE:
        if (node->parent)
            check_role(c, node);
        break;
    case VT_TABLE:
        check_table(c, node);
        break;
    case VT_FIGURE:
        check_figure(c, node);
        break;
    case VT_DOCUMENT:
        check_issuers(c, node);
        check_system(c, node);
        break;
    default:
        break;
    }
}

static void check_node(checker *c, const vt_node *node, int depth) {
    const vt_el_info *info = vt_el_info_of(node);

    if (node->el == VT_TEXT) {
        check_text(c, node, node->look ? node->look : vt_text_scan(node->text, node->len),
                   node->text, node->len);
        return;
    }
    if (depth > VT_MAX_DEPTH) {
        BAD(c, "XML-05", node, "Bớt các cấp lồng nhau.", "Các phần tử lồng nhau quá %d cấp.",
            VT_MAX_DEPTH);
        return;
    }
    check_attributes(c, node, info);
    check_content(c, node, info);
    check_special(c, node);
    for (const vt_node *child = node->first; child && !enough(c); child = child->next)
        check_node(c, child, depth + 1);
}

vt_status vt_validate(const vt_doc *doc, bool incomplete, vt_findings *list) {
    checker c = {.doc = doc, .arena = doc->arena, .list = list, .incomplete = incomplete};

    if (doc->root->el != VT_DOCUMENT || doc->root->parent)
        BAD(&c, "XML-08", doc->root, NULL, "Phần tử gốc không phải <document>.");
    else
        check_node(&c, doc->root, 1);
    if (enough(&c))
        note(&c, vt_too_many(list, doc->file, 0));
    if (c.status == VT_OK && vt_arena_failed(doc->arena))
        return vt_nomem(list);
    return c.status;
}

vt_status vt_doc_validate(const vt_doc *doc, vt_findings *list) {
    return vt_validate(doc, false, list);
}
