/*
 * gen/import_lines.c - a draft's text as lines: what may not stand in a
 * document goes and is said, page numbers and drawn rules are left out.
 */
#include "gen/import.h"

#include <string.h>
#include <unicode/uchar.h>

/* What is known of a line before its marks are read. */
typedef struct vt_raw_line {
    int no;
    bool page; /* a form feed before it */
    bool hard;
} vt_raw_line;

typedef struct vt_cleaner {
    vt_draft *draft;
    char *text; /* what stays; lines end with '\n' */
    size_t len;
    vt_raw_line *lines;
    size_t count, cap;
    int no;        /* line of the file */
    size_t start;  /* of the line at hand, in `text` */
    bool page;     /* a form feed before it */
    int lost, bad; /* lines of the first lost and the first dropped character */
    int lost_count, bad_count;
} vt_cleaner;

/* ------------------------------------------------------------ characters -- */

static void end_line(vt_cleaner *c, bool page) {
    vt_raw_line *lines =
        vt_grow(c->draft->arena, c->lines, &c->cap, c->count + 1, sizeof *c->lines);

    if (!lines)
        return;
    const bool hard = c->len >= c->start + 3 && memcmp(c->text + c->len - 2, "  ", 2) == 0;
    c->lines = lines;
    c->lines[c->count++] = (vt_raw_line){c->no, c->page, hard};
    c->text[c->len++] = '\n';
    c->start = c->len;
    c->page = page;
}

static void drop(vt_cleaner *c) {
    c->bad = c->bad ? c->bad : c->no;
    c->bad_count++;
}

/* Only blanks on the line so far: Word's bullets are characters of one font. */
static bool at_start(const vt_cleaner *c) {
    for (size_t i = c->start; i < c->len; i++)
        if (c->text[i] != ' ' && c->text[i] != '\t')
            return false;
    return true;
}

static bool follows_letter(const vt_cleaner *c) {
    const char *end = c->text + c->len, *p = end;

    if (c->len == c->start)
        return false;
    do
        p--;
    while (p > c->text + c->start && ((unsigned char)*p & 0xC0) == 0x80);
    const UChar32 cp = (UChar32)vt_utf8_next(&p, end);
    return u_isalpha(cp) || u_getCombiningClass(cp) != 0;
}

static void keep(vt_cleaner *c, uint32_t cp) {
    c->len += (size_t)vt_utf8_put(cp, c->text + c->len);
}

static void other_character(vt_cleaner *c, uint32_t cp) {
    switch (u_charType((UChar32)cp)) {
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        end_line(c, false);
        break;
    case U_SPACE_SEPARATOR:
        c->text[c->len++] = ' ';
        break;
    case U_FORMAT_CHAR: /* invisible: zero width, soft hyphen, direction */
        break;
    case U_PRIVATE_USE_CHAR:
        if (at_start(c))
            keep(c, 0x2022);
        else
            drop(c);
        break;
    case U_CONTROL_CHAR:
    case U_UNASSIGNED: /* the non-characters among them */
    case U_SURROGATE:
        drop(c);
        break;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
        if (follows_letter(c))
            keep(c, cp);
        else
            drop(c);
        break;
    default:
        keep(c, cp);
    }
}

static void character(vt_cleaner *c, uint32_t cp) {
    if (cp == 0xFFFD) { /* lost in an earlier conversion: the place is shown */
        c->lost = c->lost ? c->lost : c->no;
        c->lost_count++;
        c->text[c->len++] = '?';
    } else if (cp >= 0x80) {
        other_character(c, cp);
    } else if (cp >= ' ' && cp < 0x7F) {
        c->text[c->len++] = (char)cp;
    } else if (cp == '\t') {
        c->text[c->len++] = '\t';
    } else if (cp == '\n') {
        end_line(c, false);
        c->no++;
    } else if (cp == '\f' || cp == VT_LINE_BREAK) {
        end_line(c, cp == '\f');
    } else {
        drop(c);
    }
}

/* "<br>", "<br/>", "<br />": bytes to pass; 0: none. */
static size_t forced_line(const char *s, const char *end) {
    static const char *const forms[] = {"<br>", "<br/>", "<br />", "<BR>"};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const size_t n = strlen(forms[i]);
        if ((size_t)(end - s) >= n && memcmp(s, forms[i], n) == 0)
            return n;
    }
    return 0;
}

static void clean(vt_cleaner *c, const char *s, const char *end) {
    while (s < end) {
        const char *from = s;
        size_t n;

        while (s < end && (unsigned char)*s >= ' ' && (unsigned char)*s < 0x7F && *s != '<')
            s++;
        memcpy(c->text + c->len, from, (size_t)(s - from));
        c->len += (size_t)(s - from);
        if (s >= end)
            break;
        if (*s == '<' && (n = forced_line(s, end)) > 0) {
            c->text[c->len++] = VT_LINE_BREAK;
            s += n;
            continue;
        }
        const uint32_t cp = vt_utf8_next(&s, end);
        if (cp == '\r') {
            if (s < end && *s == '\n')
                s++;
            character(c, '\n');
        } else {
            character(c, cp);
        }
    }
    end_line(c, false);
}

static void say_losses(const vt_cleaner *c) {
    if (c->lost)
        vt_warn(c->draft->list, "NHAP-03", (vt_place){c->draft->file, c->lost, NULL},
                "Xem bản gốc rồi gõ lại chữ ở chỗ dấu hỏi.",
                "Có %d chữ đã hỏng từ lần đổi mã trước, được thay bằng dấu “?”.", c->lost_count);
    if (c->bad)
        vt_warn(c->draft->list, "NHAP-03", (vt_place){c->draft->file, c->bad, NULL},
                "Xem lại các dòng ấy so với bản gốc.",
                "Đã bỏ %d ký tự không đứng được trong văn bản (ký tự điều khiển, ký tự riêng của "
                "một phông).",
                c->bad_count);
}

/* ----------------------------------------------------------------- lines -- */

/* No letter and no digit: "-----", "***", "_____". */
static bool is_rule(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (!strchr("-_=*~. \t", s[i]) && (unsigned char)s[i] < 0x80 && len > 1)
            return false;
    for (const char *p = s; p < s + len;)
        if (u_isalnum((UChar32)vt_utf8_next(&p, s + len)))
            return false;
    return len >= 3 || (len == 1 && strchr("*|", *s));
}

static bool is_fence(const char *s, size_t len) {
    return len >= 3 && memcmp(s, "```", 3) == 0 && !memchr(s, ' ', len);
}

/* "2", "- 2 -", "Trang 2", "Trang 2/5": the number; 0: none. */
static int page_number(const char *s, size_t len) {
    const char *p = s, *end = s + len;
    int n = 0, digits = 0;

    p += strspn(p, "-–— ");
    if (end - p > 6 && (memcmp(p, "Trang ", 6) == 0 || memcmp(p, "trang ", 6) == 0))
        p += 6;
    for (; p < end && *p >= '0' && *p <= '9' && digits < 4; p++, digits++)
        n = n * 10 + (*p - '0');
    if (p < end && *p == '/' && p > s + 5)
        p += 1 + strspn(p + 1, "0123456789");
    p += strspn(p, "-–— ");
    return p >= end && digits && digits < 4 ? n : 0;
}

typedef struct vt_splitter {
    vt_draft *draft;
    size_t cap;
    bool gap;
    int page;              /* last page number that was left out */
    int pages, first_page; /* how many, and the line of the first */
    vt_buf numbers;        /* as typed */
} vt_splitter;

/* Page numbers run on; a lone number elsewhere is text. */
static bool left_out_page(vt_splitter *sp, const vt_draft_line *line, bool page_before) {
    const int n = page_number(line->text.s, line->text.len);

    if (!n || !(page_before || line->gap) || (sp->page ? n != sp->page + 1 : n > 2))
        return false;
    sp->page = n;
    sp->first_page = sp->first_page ? sp->first_page : line->text.line;
    vt_buf_printf(&sp->numbers, "%s%.*s", sp->pages++ ? ", " : "", (int)line->text.len,
                  line->text.s);
    return true;
}

static int indent_of(const char *s, size_t *blanks, int *tabs) {
    int columns = 0;
    size_t i = 0;

    *tabs = 0;
    for (; s[i] == ' ' || s[i] == '\t'; i++) {
        columns += s[i] == '\t' ? 4 : 1;
        *tabs += s[i] == '\t';
    }
    *blanks = i;
    return columns;
}

/* "## ", "> " before the text. */
static vt_typed without_prefix(vt_draft *d, vt_typed t, int *heading) {
    size_t n = strspn(t.s, "#");

    if (n >= 1 && n <= 6 && (t.s[n] == ' ' || !t.s[n])) {
        *heading = (int)n;
        d->markdown = true;
        return vt_trimmed(vt_part(t, n, t.len), "");
    }
    while (t.len >= 2 && t.s[0] == '>' && t.s[1] == ' ')
        t = vt_trimmed(vt_part(t, 2, t.len), "");
    return t;
}

static void add_line(vt_splitter *sp, vt_typed text, const vt_raw_line *raw) {
    vt_draft *d = sp->draft;
    vt_draft_line line = {.gap = sp->gap || raw->page || !d->count, .hard = raw->hard};
    size_t blanks;

    line.indent = indent_of(text.s, &blanks, &line.tabs);
    text = vt_trimmed(vt_part(text, blanks, text.len), "");
    line.text = without_prefix(d, text, &line.heading);
    if (!line.text.len || is_rule(line.text.s, line.text.len) ||
        is_fence(line.text.s, line.text.len) || left_out_page(sp, &line, raw->page)) {
        /* a star below the issuer tells the Party's header: it stays a line */
        sp->gap = true;
        if (!(line.text.len == 1 && *line.text.s == '*'))
            return;
    }
    vt_draft_line *lines = vt_grow(d->arena, d->lines, &sp->cap, d->count + 1, sizeof *lines);
    if (!lines)
        return;
    d->lines = lines;
    d->lines[d->count++] = line;
    sp->gap = false;
}

static void split(vt_draft *d, char *s, const unsigned char *style, size_t len,
                  const vt_cleaner *c) {
    vt_splitter sp = {.draft = d};
    size_t at = 0;

    vt_buf_init(&sp.numbers, (size_t)1 << 16);

    for (size_t i = 0; i < c->count && at <= len; i++) {
        char *end = memchr(s + at, '\n', len - at);
        const size_t n = end ? (size_t)(end - s) - at : len - at;
        vt_typed text = {s + at, style + at, n, c->lines[i].no};

        /* each line ends with a NUL of its own; the whole is kept besides */
        if (end)
            *end = '\0';
        add_line(&sp, text, &c->lines[i]);
        at += n + 1;
    }
    if (sp.pages)
        vt_find(d->list,
                &(vt_finding){.severity = VT_INFO,
                              .id = "NHAP-04",
                              .place = {d->file, sp.first_page, NULL},
                              .message = vt_printf(d->arena, "Đã bỏ %d số trang.", sp.pages),
                              .excerpt = sp.numbers.data});
    vt_buf_free(&sp.numbers);
}

/* ----------------------------------------------------- how it is typed -- */

static int characters(vt_typed t) {
    int n = 0;

    for (size_t i = 0; i < t.len; i++)
        n += ((unsigned char)t.s[i] & 0xC0) != 0x80;
    return n;
}

/* May the line's sentence go on in the next one? */
static bool may_go_on(const vt_draft *d, size_t at) {
    const vt_typed t = d->lines[at].text, next = d->lines[at + 1].text;

    return !d->lines[at + 1].gap && !strchr(".;:!?", t.s[t.len - 1]) && !vt_leader_of(next).kind &&
           !vt_all_capitals(t) && !vt_all_capitals(next);
}

/* Lines broken at one width: most of those that go on in the next line are
   nearly as long as the longest. */
static int wrapped_width(const vt_draft *d) {
    enum { WIDEST = 130, LEAST = 3 };
    int widest = 0, going_on = 0, wide = 0;

    for (size_t i = 0; i < d->count; i++) {
        const int n = characters(d->lines[i].text);
        widest = n > widest ? n : widest;
    }
    for (size_t i = 0; i + 1 < d->count; i++) {
        const int n = characters(d->lines[i].text);
        if (n * 2 < widest || !may_go_on(d, i))
            continue;
        going_on++;
        wide += n * 5 >= widest * 4;
    }
    return widest <= WIDEST && wide >= LEAST && wide * 2 > going_on ? widest : 0;
}

static void look_at(vt_draft *d) {
    enum { LONG = 60 };
    int longer = 0, apart = 0;
    bool dash = false, star = false;

    for (size_t i = 0; i < d->count; i++) {
        const vt_typed t = d->lines[i].text;
        const bool is_long = characters(t) >= LONG;
        longer += is_long;
        apart += is_long && d->lines[i].gap;
        dash |= t.len > 1 && t.s[0] == '-' && t.s[1] == ' ';
        star |= t.len > 1 && t.s[0] == '*' && t.s[1] == ' ';
    }
    d->blocky = apart * 10 >= longer * 7; /* empty lines part the paragraphs */
    d->star_is_dash = d->markdown && star && !dash;
    d->width = wrapped_width(d);
}

/* "TRƯờNG TIểU HọC": typed in capitals, where the letters with marks have none. */
static bool is_half_capitals(vt_typed t) {
    enum { LEAST = 3 };
    int capitals = 0, marked = 0;

    for (size_t i = 0; i < t.len; i++) {
        if (t.s[i] >= 'a' && t.s[i] <= 'z')
            return false;
        capitals += t.s[i] >= 'A' && t.s[i] <= 'Z';
    }
    for (const char *s = t.s, *end = s + t.len; s < end;)
        marked += vt_small(vt_utf8_next(&s, end));
    return marked && capitals >= LEAST;
}

/* No capital, no figure, no stop: a name or a post in a font of capitals. */
static bool may_be_capitals(vt_typed t) {
    enum { LONGEST = 100 };
    const char *s = t.s, *end = s + t.len;

    while (s < end) {
        const uint32_t cp = vt_utf8_next(&s, end);
        if (vt_capital(cp) || (cp >= '0' && cp <= '9') || cp == ';' || cp == ':' || cp == ',')
            return false;
    }
    return t.len && t.len <= LONGEST && vt_starts_small(t) && !strchr("-+.", t.s[t.len - 1]);
}

/* In the line and in the whole text: in capitals, or as the word is written. */
static void raise_here(vt_draft *d, const char *base, vt_typed t, const vt_listed *word) {
    char *both[] = {(char *)(uintptr_t)t.s, (char *)(uintptr_t)d->text + (t.s - base)};

    for (size_t i = 0; i < 2; i++)
        if (word)
            memcpy(both[i], word->natural, word->len);
        else
            vt_upper(both[i], t.len);
}

/* "ủy ban nhân dân": its first letter has no capital in such a font. */
static void raise_word(vt_draft *d, const char *base, vt_typed t, const vt_listed *word) {
    for (size_t i = 0; i + word->len <= t.len; i++)
        if ((i == 0 || t.s[i - 1] == ' ') && memcmp(t.s + i, word->small, word->len) == 0 &&
            (i + word->len == t.len || strchr(" ,.;:", t.s[i + word->len])))
            raise_here(d, base, vt_part(t, i, i + word->len), word);
}

/* Above the number and below Nơi nhận such lines are capitals again. */
static void raise_capitals(vt_draft *d, const char *base) {
    bool head = true, close = false;

    for (size_t i = 0; i < d->count; i++) {
        const vt_typed t = d->lines[i].text;
        head = head && !vt_is_number_line(t) && !vt_is_date_line(t);
        close = close || vt_starts(t, "noi nhan");
        if (is_half_capitals(t) || ((head || close) && (*t.s != '-') && may_be_capitals(t)))
            raise_here(d, base, t, NULL);
        for (const vt_listed *w = vt_list_of(d, VT_LIST_PROPER); w->natural; w++)
            if ((unsigned char)*w->natural >= 0x80)
                raise_word(d, base, t, w);
    }
}

void vt_say_stray(vt_draft *d, vt_typed t) {
    enum { FEW = 4 };
    size_t at = t.len;
    int letters = 0;

    t = vt_trimmed(t, "");
    for (at = t.len; at > 0 && t.s[at - 1] != ' '; at--)
        letters += ((unsigned char)t.s[at - 1] & 0xC0) != 0x80;
    const vt_typed word = vt_part(t, at, t.len);
    if (at >= 2 && strchr(".;", t.s[at - 2]) && letters <= FEW && vt_starts_small(word) &&
        !vt_capital((unsigned char)*word.s) && u_isalpha((unsigned char)word.s[word.len - 1]))
        vt_unsure(d, VT_WARNING, "NHAP-34", word, "Không có trong bản gốc thì xóa đi.",
                  "Sau dấu chấm cuối còn một chữ lẻ, có thể là nét quét nhầm.");
}

vt_status vt_draft_lines(vt_draft *d, const char *text, size_t len) {
    /* room: a bullet of three bytes for one of three, a line end more */
    vt_cleaner c = {.draft = d, .text = vt_alloc(d->arena, len + 2), .no = 1};
    unsigned char *style = vt_alloc(d->arena, len + 2);

    if (!c.text || !style)
        return vt_nomem(d->list);
    clean(&c, text, text + len);
    say_losses(&c);
    /* a mark may meet its letter where a sign between them has gone */
    c.text = (char *)(uintptr_t)vt_text_nfc(d->arena, c.text, c.len, &c.len);
    if (!c.text)
        return vt_nomem(d->list);
    c.len = vt_draft_marks(d, c.text, style, c.len);
    d->text = vt_strndup(d->arena, c.text, c.len);
    split(d, c.text, style, c.len, &c);
    if (d->capital_font)
        raise_capitals(d, c.text);
    vt_draft_cells(d);
    look_at(d);
    if (vt_arena_failed(d->arena))
        return vt_nomem(d->list);
    if (!d->count)
        return vt_bad(d->list, "NHAP-05", (vt_place){d->file, 0, NULL},
                      "Xem lại tệp, có khi đã lưu nhầm tệp trống.", "Bản nháp không có chữ nào.");
    return VT_OK;
}
