/*
 * gen/copied.c - what a copy (bản sao) is a copy of: its trích yếu and its
 * secrecy are those of the document that is copied.
 *
 * A copy has no subject of its own.  Who looks for it, in the register or years
 * later, knows what was copied: "Quyết định số 07/QĐ-UBND ngày 05 tháng 02 năm
 * 2026 của Ủy ban nhân dân xã ... về việc ...".  And the copy of a secret is one.
 */
#include "gen/engine.h"
#include "gen/pack.h"
#include "gen/schema.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unicode/uchar.h>

enum { COPIES_OF_COPIES = 4 };

static bool is_pdf(const char *name) {
    const size_t len = strlen(name);

    return len > 4 && strcasecmp(name + len - 4, ".pdf") == 0;
}

vt_status vt_doc_copied(vt_engine *engine, vt_arena *arena, const vt_doc *doc, vt_findings *list,
                        vt_doc **out) {
    const vt_node *enclosure = vt_is_copy(doc->root) ? vt_child(doc->root, VT_ENCLOSURE) : NULL;
    const char *name = enclosure ? vt_attr_get(enclosure, VT_AT_HREF) : NULL, *path;
    struct stat st;

    *out = NULL;
    if (!name || is_pdf(name))
        return VT_OK;
    path = doc->folder ? vt_path_beside(arena, doc->folder, name) : NULL;
    if (!path || lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return vt_bad(list, "TRANG-10", vt_node_place(arena, doc, enclosure),
                      "Đặt chính tệp văn bản được sao vào thư mục của bản sao.",
                      "Không tìm được văn bản được sao “%s”.", name);
    return vt_doc_read(engine, arena, path, list, out);
}

/* ------------------------------------------------------------------ words -- */

/* In the midst of a sentence: "Phê duyệt kế hoạch" -> "phê duyệt kế hoạch"; a name
   ("Hà Nội ...", "UBND ...") keeps its capital, which its next letters or word tell. */
static const char *in_sentence(vt_arena *arena, const char *words) {
    const char *s = words, *end = words + strlen(words), *rest;
    const UChar32 first = (UChar32)vt_utf8_next(&s, end);
    char lower[4];
    int n;

    rest = s;
    if (!u_isupper(first) || u_isupper((UChar32)vt_utf8_next(&s, end)))
        return words;
    s = strchr(words, ' ');
    s = s ? s + strspn(s, " ") : end;
    if (u_isupper((UChar32)vt_utf8_next(&s, end)))
        return words;
    n = vt_utf8_put((uint32_t)u_tolower(first), lower);
    return vt_printf(arena, "%.*s%s", n, lower, rest);
}

/* "V/v họp giao ban", "Về việc họp", "Họp giao ban" -> "về việc họp giao ban" */
static const char *about(vt_arena *arena, const char *subject) {
    static const char *const openings[] = {"V/v ", "Về việc "};
    const char *words;

    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (strncmp(subject, openings[i], strlen(openings[i])) == 0)
            return vt_printf(arena, "về việc %s", subject + strlen(openings[i]));
    words = in_sentence(arena, subject);
    return words ? vt_printf(arena, "về việc %s", words) : NULL;
}

/* " số 07/QĐ-UBND"; "": it has none. */
static const char *number_of(vt_arena *arena, const vt_pack *pack, const vt_doc *doc) {
    const char *number = vt_doc_number(doc), *prefix, *suffix;
    const char *written = number ? vt_number_padded(arena, pack, number) : "";

    if (!number)
        return "";
    if (!written || vt_number_parts(arena, pack, doc, NULL, &prefix, &suffix) != VT_OK)
        return NULL;
    return vt_printf(arena, " số %s%s", written, suffix);
}

static const char *day_of(vt_arena *arena, vt_date d) {
    enum { PAD = 10, MONTH_PAD = 3 }; /* NĐ 30 PL I II.4.b, as documents are cited */

    if (!vt_date_full(d))
        return "";
    return vt_printf(
        arena, d.month < MONTH_PAD ? " ngày %s%d tháng 0%d năm %d" : " ngày %s%d tháng %d năm %d",
        d.day < PAD ? "0" : "", d.day, d.month, d.year);
}

/* All agencies: "Sở Y tế, Sở Tài chính". */
static const char *agencies(vt_arena *arena, const vt_meta *m) {
    const char *all = "";

    for (size_t i = 0; all && i < m->issuer_count; i++)
        if (m->issuers[i].name)
            all = vt_printf(arena, "%s%s%s", all, *all ? ", " : " của ", m->issuers[i].name);
    return all;
}

static const char *cited(vt_arena *arena, const vt_pack *pack, const vt_doc *doc,
                         const vt_meta *m) {
    const char *number = number_of(arena, pack, doc), *day = day_of(arena, m->date);
    const char *whose = agencies(arena, m);
    const char *subject = m->subject && *m->subject ? about(arena, m->subject) : "";

    if (!number || !day || !whose || !subject)
        return NULL;
    return vt_printf(arena, "%s%s%s%s%s%s", m->type_name, number, day, whose, *subject ? " " : "",
                     subject);
}

/* ----------------------------------------------------------- the original -- */

/* What a copy says of its original, and how secret that is: down to what is no copy
   itself, for a sao lục is made from a sao y (Điều 25.2). */
typedef struct original {
    const char *words, *secrecy;
} original;

static vt_status find_original(vt_engine *engine, vt_arena *arena, const vt_doc *copy, int depth,
                               vt_findings *list, original *out) {
    const vt_node *enclosure = vt_child(copy->root, VT_ENCLOSURE);
    const vt_pack *pack = NULL;
    vt_doc *doc = NULL;
    vt_meta m;
    vt_status st = vt_doc_copied(engine, arena, copy, list, &doc);

    *out = (original){.words = enclosure ? vt_attr_get(enclosure, VT_AT_TITLE) : NULL};
    if (st || !doc)
        return st;
    if (depth == COPIES_OF_COPIES) /* what stands deeper could be a secret */
        return vt_bad(list, "TRANG-13", vt_node_place(arena, copy, enclosure),
                      "Sao thẳng từ văn bản gốc hoặc từ bản sao y.",
                      "Bản sao của bản sao lồng quá %d tầng, hoặc sao vòng quanh.",
                      COPIES_OF_COPIES);
    if (vt_is_copy(doc->root))
        return find_original(engine, arena, doc, depth + 1, list, out);
    st = vt_pack_choose(engine, doc, list, &pack);
    if (!st)
        st = vt_meta_extract(arena, pack, doc, list, &m);
    if (st)
        return st;
    *out = (original){cited(arena, pack, doc, &m), m.secrecy};
    return out->words ? VT_OK : vt_nomem(list);
}

/* One type of the Party's is all forms of copies: its words come first. */
static const char *with_form(vt_arena *arena, const vt_pack *pack, const vt_doc *doc,
                             const char *words) {
    const vt_node *title = vt_child(doc->root, VT_TITLE);
    const struct vt_word *usual = vt_pack_word(pack, "sao-y");
    const char *form = title ? vt_node_text(arena, title, ' ') : usual ? usual->text : "Sao";

    return form ? vt_printf(arena, "%s %s", form, words) : NULL;
}

vt_status vt_meta_copied(vt_engine *engine, vt_arena *arena, const vt_pack *pack, const vt_doc *doc,
                         vt_findings *list, vt_meta *out) {
    original found;
    vt_status st = VT_OK;

    if (!vt_is_copy(doc->root))
        return VT_OK;
    st = find_original(engine, arena, doc, 0, list, &found);
    if (st)
        return st;
    out->subject = found.words && doc->system == VT_PARTY ? with_form(arena, pack, doc, found.words)
                                                          : found.words;
    out->secrecy = found.secrecy;
    if (out->secrecy && strcmp(out->secrecy, "tuyet-mat") == 0)
        out->subject = NULL; /* as vt_meta_extract has it */
    return vt_arena_failed(arena) ? vt_nomem(list) : VT_OK;
}
