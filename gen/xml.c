/*
 * gen/xml.c - the door, libxml2 behind it, and what it says in Vietnamese.
 */
#include "gen/xml.h"

#include "gen/text.h"

#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <string.h>
#include <strings.h>

static int line_of(const char *data, const char *at) {
    int line = 1;

    for (const char *p = data; p < at && (p = memchr(p, '\n', (size_t)(at - p))); p++)
        line++;
    return line;
}

/* ----------------------------------------------------------------- door -- */

static vt_status not_utf8(const char *name, int line, const char *what, vt_findings *list) {
    return vt_bad(list, "XML-02", (vt_place){name, line, NULL},
                  "Mở tệp bằng trình soạn thảo rồi lưu lại dưới dạng UTF-8.",
                  "Tệp không phải UTF-8: %s.", what);
}

/* The bytes that begin UTF-16 and UTF-32 files, with or without their mark. */
static bool is_wide(const unsigned char *p, size_t len) {
    return len >= 2 && ((p[0] == 0xFE && p[1] == 0xFF) || (p[0] == 0xFF && p[1] == 0xFE) ||
                        p[0] == 0 || p[1] == 0);
}

/* The value of encoding="..." in the XML declaration; NULL: none is named. */
static const char *declared(const char *s, const char *end, size_t *len) {
    const char *stop, *quote;

    if (end - s < 6 || memcmp(s, "<?xml", 5) != 0)
        return NULL;
    if (end - s > 256)
        end = s + 256;
    stop = memchr(s, '>', (size_t)(end - s));
    for (s += 5; stop && s + 8 < stop; s++) {
        if (memcmp(s, "encoding", 8) != 0)
            continue;
        while (s < stop && *s != '"' && *s != '\'')
            s++;
        quote = s < stop ? memchr(s + 1, *s, (size_t)(stop - s - 1)) : NULL;
        if (!quote)
            return NULL;
        *len = (size_t)(quote - s - 1);
        return s + 1;
    }
    return NULL;
}

static vt_status check_encoding(const char *data, size_t len, const char *name, vt_findings *list) {
    const char *encoding;
    char clipped[VT_CLIP];
    size_t n, bad;

    if (is_wide((const unsigned char *)data, len))
        return not_utf8(name, 0, "đây là UTF-16 hoặc UTF-32", list);
    if (!vt_utf8_valid(data, len, &bad))
        return not_utf8(name, line_of(data, data + bad),
                        "có byte không thuộc bảng mã này (có thể là TCVN3, VNI hoặc Windows-1258)",
                        list);
    encoding = declared(data, data + len, &n);
    if (encoding && (n != 5 || strncasecmp(encoding, "UTF-8", 5) != 0)) {
        vt_text_clip(encoding, n, clipped);
        return vt_bad(list, "XML-02", (vt_place){name, 1, NULL},
                      "Lưu lại tệp dưới dạng UTF-8 và ghi encoding=\"UTF-8\".",
                      "Tệp khai báo bảng mã “%s”; chỉ nhận UTF-8.", clipped);
    }
    return VT_OK;
}

static bool is_control(char c) {
    return (unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

/* The first control character or `end`; whole blocks at a time, so that the
   compiler can look at many bytes at once. */
static const char *find_control(const char *s, const char *end) {
    while (end - s >= 64) {
        unsigned found = 0;

        for (int i = 0; i < 64; i++)
            found |= is_control(s[i]);
        if (found)
            break;
        s += 64;
    }
    while (s < end && !is_control(*s))
        s++;
    return s;
}

static vt_status check_controls(const char *data, size_t len, const char *name, vt_findings *list) {
    const char *end = data + len, *at = find_control(data, end);

    if (at == end)
        return VT_OK;
    return vt_bad(list, "XML-21", (vt_place){name, line_of(data, at), NULL},
                  "Xóa ký tự này (thường do sao chép từ chương trình khác).",
                  "Có ký tự điều khiển U+%04X.", (unsigned)*at);
}

static const char *find(const char *s, const char *end, const char *what) {
    size_t n = strlen(what);

    for (; (size_t)(end - s) >= n && (s = memchr(s, *what, (size_t)(end - s) - n + 1)); s++)
        if (memcmp(s, what, n) == 0)
            return s + n;
    return end;
}

static bool begins(const char *s, const char *end, const char *what) {
    size_t n = strlen(what);

    return (size_t)(end - s) >= n && memcmp(s, what, n) == 0;
}

/* Moves behind a tag; counts the equal signs outside quotes. */
static const char *skip_tag(const char *s, const char *end, int *equals) {
    char quote = 0;

    for (*equals = 0; s < end; s++) {
        if (quote) {
            if (*s == quote)
                quote = 0;
        } else if (*s == '"' || *s == '\'') {
            quote = *s;
        } else if (*s == '>') {
            return s + 1;
        } else if (*s == '=') {
            ++*equals;
        }
    }
    return end;
}

/* A document type could define entities; the format has none. */
static vt_status refuse_doctype(const char *name, int line, vt_findings *list) {
    return vt_bad(list, "XML-03", (vt_place){name, line, NULL},
                  "Xóa phần <!DOCTYPE ...>; ký tự đặc biệt ghi thẳng bằng UTF-8.",
                  "Tệp có khai báo <!DOCTYPE>; định dạng này không dùng DTD và thực thể.");
}

/* Moves behind a comment, an instruction or CDATA at s; NULL: a tag begins here. */
static const char *skip_other(const char *s, const char *end) {
    if (begins(s, end, "<!--"))
        return find(s + 4, end, "-->");
    if (begins(s, end, "<![CDATA["))
        return find(s + 9, end, "]]>");
    return begins(s, end, "<?") ? find(s + 2, end, "?>") : NULL;
}

static vt_status check_markup(const char *data, size_t len, const char *name, vt_findings *list) {
    const char *s = data, *end = data + len;

    while (s < end && (s = memchr(s, '<', (size_t)(end - s)))) {
        const char *tag = s;
        int equals;

        if ((s = skip_other(tag, end)))
            continue;
        if (begins(tag, end, "<!"))
            return refuse_doctype(name, line_of(data, tag), list);
        s = skip_tag(tag, end, &equals);
        if (equals > VT_MAX_ATTRIBUTES)
            return vt_bad(list, "XML-07", (vt_place){name, line_of(data, tag), NULL},
                          "Chỉ dùng các thuộc tính của định dạng.",
                          "Một phần tử có quá %d thuộc tính.", VT_MAX_ATTRIBUTES);
    }
    return VT_OK;
}

size_t vt_xml_head(const char *data, size_t len) {
    const char *s = data, *end = data + len, *other;
    int equals;

    while (s < end && (s = memchr(s, '<', (size_t)(end - s)))) {
        if (!(other = skip_other(s, end)))
            return (size_t)(skip_tag(s, end, &equals) - data);
        s = other;
    }
    return len;
}

static vt_status door(const void *data, size_t len, const char *name, vt_findings *list) {
    vt_status st = VT_OK;

    if (len > VT_MAX_INPUT_BYTES)
        return vt_bad(list, "XML-04", (vt_place){name, 0, NULL},
                      "Tách thành nhiều văn bản hoặc đưa phần lớn vào tài liệu gửi kèm.",
                      "Tệp lớn quá %u MiB.", VT_MAX_INPUT_BYTES >> 20);
    st = check_encoding(data, len, name, list);
    if (!st)
        st = check_controls(data, len, name, list);
    if (!st)
        st = check_markup(data, len, name, list);
    return st;
}

/* ----------------------------------------------------------- complaints -- */

typedef struct complaint {
    int code;
    const char *message, *remedy; /* %s, %t, %d: the names and the line libxml2 gives */
} complaint;

static const complaint complaints[] = {
    {XML_ERR_DOCUMENT_EMPTY, "Tệp trống hoặc không bắt đầu bằng một phần tử XML",
     "Bắt đầu tệp bằng phần tử gốc, của văn bản là <document xmlns=\"" VT_NS_DOCUMENT "\" ...>."},
    {XML_ERR_DOCUMENT_END, "Có nội dung thừa sau phần tử gốc",
     "Mỗi tệp chỉ có một phần tử gốc; xóa phần sau thẻ đóng của nó."},
    {XML_ERR_TAG_NAME_MISMATCH, "Thẻ đóng </%t> không khớp với thẻ mở <%s> ở dòng %d",
     "Đóng các phần tử theo thứ tự ngược với khi mở."},
    {XML_ERR_TAG_NOT_FINISHED, "Phần tử <%s> chưa được đóng", "Thêm thẻ đóng."},
    {XML_ERR_GT_REQUIRED, "Thẻ thiếu dấu “>”", "Kết thúc thẻ bằng “>”."},
    {XML_ERR_LT_REQUIRED, "Thiếu dấu “<” ở đầu thẻ", "Bắt đầu thẻ bằng “<”."},
    {XML_ERR_LTSLASH_REQUIRED, "Thiếu thẻ đóng “</...>”", "Thêm thẻ đóng."},
    {XML_ERR_NAME_REQUIRED, "Sau “<” hoặc “&” không có tên hợp lệ",
     "Trong chữ thường, ghi “<” là “&lt;” và “&” là “&amp;”."},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, "Dấu “&” đứng một mình trong chữ", "Ghi “&” là “&amp;”."},
    {XML_ERR_UNDECLARED_ENTITY, "Không có thực thể “&%s;”",
     "Chỉ có &amp; &lt; &gt; &quot; &apos;; ký tự khác ghi thẳng bằng UTF-8."},
    {XML_ERR_INVALID_CHAR, "Có ký tự mà XML không cho phép", "Xóa ký tự ấy."},
    {XML_ERR_INVALID_CHARREF, "Tham chiếu ký tự “&#...;” không hợp lệ",
     "Ghi thẳng ký tự bằng UTF-8."},
    {XML_ERR_INVALID_HEX_CHARREF, "Tham chiếu ký tự “&#x...;” không hợp lệ",
     "Ghi thẳng ký tự bằng UTF-8."},
    {XML_ERR_INVALID_DEC_CHARREF, "Tham chiếu ký tự “&#...;” không hợp lệ",
     "Ghi thẳng ký tự bằng UTF-8."},
    {XML_ERR_ATTRIBUTE_REDEFINED, "Thuộc tính “%s” ghi hai lần trong một thẻ", "Bỏ một lần."},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "Giá trị thuộc tính không nằm trong dấu nháy",
     "Đặt giá trị trong dấu nháy kép."},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "Giá trị thuộc tính thiếu dấu nháy đóng",
     "Thêm dấu nháy kép ở cuối giá trị."},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "Thuộc tính “%s” không có giá trị",
     "Ghi thuộc tính theo dạng tên=\"giá trị\"."},
    {XML_ERR_LT_IN_ATTRIBUTE, "Có dấu “<” trong giá trị thuộc tính",
     "Ghi “<” là “&lt;”, hoặc thêm dấu nháy đóng còn thiếu ở trước."},
    {XML_ERR_SPACE_REQUIRED, "Thiếu khoảng trắng giữa các thuộc tính",
     "Đặt một khoảng trắng trước mỗi thuộc tính."},
    {XML_ERR_MISPLACED_CDATA_END, "Có “]]>” trong chữ thường", "Ghi “]]&gt;”."},
    {XML_ERR_COMMENT_NOT_FINISHED, "Chú giải “<!--” chưa được đóng", "Thêm “-->”."},
    {XML_ERR_HYPHEN_IN_COMMENT, "Có “--” trong chú giải", "Bỏ “--” bên trong chú giải."},
    {XML_ERR_CDATA_NOT_FINISHED, "Đoạn CDATA chưa được đóng", "Thêm “]]>”."},
    {XML_ERR_PI_NOT_FINISHED, "Chỉ thị “<?” chưa được đóng", "Thêm “?>”."},
    {XML_ERR_RESERVED_XML_NAME, "Khai báo <?xml ...?> không đứng ở đầu tệp",
     "Xóa mọi ký tự trước <?xml."},
    {XML_ERR_XMLDECL_NOT_FINISHED, "Khai báo <?xml ...?> chưa được đóng", "Thêm “?>”."},
    {XML_ERR_UNKNOWN_VERSION, "Phiên bản XML không được hỗ trợ", "Ghi version=\"1.0\"."},
    {XML_ERR_VERSION_MISSING, "Khai báo <?xml ...?> thiếu version", "Ghi version=\"1.0\"."},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "Tiền tố “%s” không có không gian tên",
     "Bỏ tiền tố hoặc khai báo xmlns cho nó."},
};

static const complaint *complaint_for(int code) {
    static const complaint other = {0, "Tệp không đúng cú pháp XML",
                                    "Sửa dòng này theo cú pháp XML."};

    for (size_t i = 0; i < sizeof complaints / sizeof complaints[0]; i++)
        if (complaints[i].code == code)
            return &complaints[i];
    return &other;
}

/* The line in question, for people to recognise it. */
static const char *excerpt_of(const char *data, size_t len, int line, char out[VT_CLIP]) {
    const char *s = data, *end = data + len, *stop;

    for (int n = 1; n < line && (s = memchr(s, '\n', (size_t)(end - s))); n++)
        s++;
    if (!s)
        return NULL;
    while (s < end && (*s == ' ' || *s == '\t'))
        s++;
    stop = memchr(s, '\n', (size_t)(end - s));
    return vt_text_clip(s, (size_t)((stop ? stop : end) - s), out);
}

/* Fills "%s", "%t" and "%d" of a complaint with libxml2's two names and line. */
static void put_message(vt_buf *out, const char *form, const xmlError *error) {
    char clipped[VT_CLIP];

    for (; *form; form++) {
        const char *name = form[0] == '%' && form[1] == 't' ? error->str2 : error->str1;

        if (*form != '%') {
            vt_buf_putc(out, *form);
            continue;
        }
        if (*++form == 'd')
            vt_buf_printf(out, "%d", error->int1);
        else if (name)
            vt_buf_puts(out, vt_text_clip(name, strlen(name), clipped));
    }
    vt_buf_putc(out, '.');
}

static vt_status complain(const xmlError *error, const vt_xml *xml) {
    const complaint *c = complaint_for(error->code);
    char excerpt[VT_CLIP];
    vt_finding finding = {
        .severity = VT_ERROR,
        .id = "XML-01",
        .place = {xml->name, error->line, NULL},
        .remedy = c->remedy,
        .excerpt = excerpt_of(xml->data, xml->len, error->line, excerpt),
    };
    vt_status st;
    vt_buf message;

    if (error->code == XML_ERR_NO_MEMORY)
        return vt_nomem(xml->list);
    vt_buf_init(&message, 512);
    put_message(&message, c->message, error);
    finding.message = message.data;
    st = vt_find(xml->list, &finding);
    vt_buf_free(&message);
    return st;
}

/* -------------------------------------------------------------- reading -- */

static int line_now(const vt_xml *xml) {
    return xml->parser->input ? xml->parser->input->line : 0;
}

/* libxml2 only knows where it is, which is behind what it reports. */
int vt_xml_line(const vt_xml *xml) {
    return xml->begun ? xml->line : line_now(xml);
}

void vt_xml_stop(vt_xml *xml, vt_status status) {
    if (status > xml->status)
        xml->status = status;
    xml->stopped = true;
}

bool vt_xml_stopped(const vt_xml *xml) {
    return xml->stopped || xml->parser->disableSAX != 0;
}

/* Behind a callback: libxml2 frees at once what the callback's arguments point into. */
static void settle(vt_xml *xml) {
    if (xml->stopped && xml->parser->disableSAX == 0)
        xmlStopParser(xml->parser);
}

static void on_error(void *user, xmlErrorPtr error) {
    vt_xml *xml = user;

    /* an odd namespace is foreign, no matter how odd; out of memory, libxml2
       says that of ours too */
    if (error->level == XML_ERR_WARNING || error->code == XML_WAR_NS_URI || xml->status)
        return;
    xml->status = complain(error, xml);
    if (xml->status)
        xmlStopParser(xml->parser);
}

static void refuse_names(vt_xml *xml) {
    vt_xml_stop(xml, vt_bad(xml->list, "XML-07", (vt_place){xml->name, vt_xml_line(xml), NULL},
                            "Chỉ dùng các tên của định dạng.",
                            "Tệp dùng quá %d tên phần tử, thuộc tính, không gian tên khác nhau.",
                            VT_MAX_NAMES));
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **ns, int count, int defaulted,
                     const xmlChar **attributes) {
    vt_xml *xml = user;

    if (xmlDictSize(xml->parser->dict) > VT_MAX_NAMES && !vt_xml_stopped(xml))
        refuse_names(xml);
    else
        xml->start(xml, name, prefix, uri, namespaces, ns, count, defaulted, attributes);
    xml->begun = true;
    xml->line = line_now(xml);
    settle(xml);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    vt_xml *xml = user;

    xml->end(xml, name, prefix, uri);
    xml->line = line_now(xml);
    settle(xml);
}

static void on_text(void *user, const xmlChar *s, int len) {
    vt_xml *xml = user;

    xml->text(xml, s, len);
    xml->line = line_now(xml);
    settle(xml);
}

static void on_comment(void *user, const xmlChar *s) {
    vt_xml *xml = user;

    (void)s;
    xml->line = line_now(xml);
}

static void on_instruction(void *user, const xmlChar *target, const xmlChar *data) {
    (void)data;
    on_comment(user, target);
}

/* The door has seen none; a second lock for what it may have misread. */
static void on_doctype(void *user, const xmlChar *root, const xmlChar *external,
                       const xmlChar *system) {
    vt_xml *xml = user;

    (void)root, (void)external, (void)system;
    vt_xml_stop(xml, refuse_doctype(xml->name, line_now(xml), xml->list));
    settle(xml);
}

vt_status vt_xml_read(const void *data, size_t len, const char *name, vt_findings *list,
                      startElementNsSAX2Func start, endElementNsSAX2Func end,
                      charactersSAXFunc text, void *user) {
    vt_xml xml = {.name = name,
                  .list = list,
                  .user = user,
                  .data = data,
                  .len = len,
                  .start = start,
                  .end = end,
                  .text = text};
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_doctype,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .comment = on_comment,
        .processingInstruction = on_instruction,
        .serror = on_error,
    };

    xml.status = door(data, len, name, list);
    if (xml.status)
        return xml.status;
    xmlInitParser();
    xml.parser = xmlCreateMemoryParserCtxt(len ? data : " ", len ? (int)len : 1);
    if (!xml.parser)
        return vt_nomem(list);
    *xml.parser->sax = sax;
    xml.parser->userData = &xml;
    /* NOENT: without it &amp; in an attribute arrives as "&#38;".  No DTD, no
       entities but the five of XML. */
    xmlCtxtUseOptions(xml.parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
    xmlParseDocument(xml.parser);
    if (!xml.parser->wellFormed && !xml.status)
        xml.status = vt_bad(list, "XML-01", (vt_place){name, line_now(&xml), NULL}, NULL,
                            "Tệp không đúng cú pháp XML.");
    xmlFreeDoc(xml.parser->myDoc);
    xml.parser->myDoc = NULL;
    xmlFreeParserCtxt(xml.parser);
    return xml.status;
}
