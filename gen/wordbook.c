/*
 * gen/wordbook.c - the checker's word lists: files read, phrases found in text.
 */
#include "gen/wordbook.h"

#include "gen/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 64   /* of a section, by the first word; a power of two */
#define FILES_MAX 64 /* of one folder */
#define SECTIONS_MAX 64

struct vt_section {
    const char *id;
    vt_phrase *buckets[BUCKETS];
    vt_phrase *first, *last;
};

typedef struct vt_wordbook {
    vt_section *sections[SECTIONS_MAX];
    size_t count, phrases;
} vt_wordbook;

/* A file being read. */
typedef struct reader {
    vt_engine *engine;
    vt_arena *scratch; /* tokens, until they have become a pattern */
    vt_words_for whom;
    vt_wordbook *book;
    vt_findings *list;
    const char *file;
    int line;
    vt_section *section;
    bool skip;         /* the section serves somebody else */
    vt_phrase *phrase; /* the one that indented lines speak of */
    vt_status status;
} reader;

static void refuse(reader *r, const char *remedy, const char *what) {
    r->status = vt_bad(r->list, "TU-02", (vt_place){r->file, r->line, NULL}, remedy, "%s", what);
}

static void no_memory(reader *r) {
    r->status = vt_nomem(r->list);
}

/* --------------------------------------------------------------- phrases -- */

/* Text as pattern; NULL: refused. */
static const vt_pattern *pattern_of(reader *r, const char *text, size_t *count) {
    vt_arena_reset(r->scratch);
    const vt_token *tokens = vt_tokenise(r->scratch, text, count);
    vt_pattern *pattern = vt_alloc_array(r->engine->arena, *count + 1, sizeof *pattern);

    if (!pattern || vt_arena_failed(r->scratch)) {
        no_memory(r);
        return NULL;
    }
    if (!*count || *count > VT_PHRASE_TOKENS) {
        refuse(r, "Ghi từ một đến mười sáu từ.", "Cụm từ rỗng hoặc quá dài.");
        return NULL;
    }
    for (size_t i = 0; i < *count; i++) {
        const vt_token *t = &tokens[i];
        pattern[i] = (vt_pattern){.key = t->key, .kind = t->kind, .flags = t->flags};
        if (vt_token_is(t, '#'))
            pattern[i].place = VT_ANY_NUMBER;
        else if (vt_token_is(t, '^'))
            pattern[i].place = VT_ANY_NAME;
    }
    return pattern;
}

static void add_phrase(reader *r, const char *text) {
    vt_phrase *phrase = vt_alloc(r->engine->arena, sizeof *phrase);

    if (!phrase || !(phrase->text = vt_strdup(r->engine->arena, text))) {
        no_memory(r);
        return;
    }
    phrase->at = pattern_of(r, text, &phrase->count);
    if (!phrase->at)
        return;
    if (!r->section || phrase->at[0].place != VT_LITERAL) {
        refuse(r, "Cụm từ đứng dưới dòng [mã quy tắc] và bắt đầu bằng một từ.",
               "Cụm từ đứng không đúng chỗ.");
        return;
    }
    if (++r->book->phrases > VT_WORDBOOK_PHRASES) {
        refuse(r, "Bỏ bớt cụm từ.", "Danh mục từ có quá nhiều cụm từ.");
        return;
    }
    vt_phrase **bucket = &r->section->buckets[phrase->at[0].key % BUCKETS];
    phrase->next = *bucket;
    *bucket = phrase;
    if (r->section->last)
        r->section->last->follows = phrase;
    else
        r->section->first = phrase;
    r->section->last = phrase;
    r->phrase = phrase;
}

static vt_words_for served_by(const char *id) {
    return strncmp(id, "nháp:", sizeof "nháp:" - 1) == 0 ? VT_FOR_DRAFTS : VT_FOR_CHECKER;
}

static void begin_section(reader *r, char *id) {
    vt_wordbook *book = r->book;

    id[strcspn(id, "]")] = '\0';
    r->phrase = NULL;
    r->skip = served_by(id) != r->whom;
    if (r->skip)
        return;
    for (size_t i = 0; i < book->count; i++)
        if (strcmp(book->sections[i]->id, id) == 0) {
            r->section = book->sections[i];
            return;
        }
    vt_section *section = vt_alloc(r->engine->arena, sizeof *section);
    if (!section || !(section->id = vt_strdup(r->engine->arena, id)))
        no_memory(r);
    else if (book->count == SECTIONS_MAX)
        refuse(r, NULL, "Danh mục từ có quá nhiều nhóm.");
    else
        r->section = book->sections[book->count++] = section;
}

/* ---------------------------------------------------------------- guards -- */

static char *trimmed(char *s) {
    s += strspn(s, " \t");
    for (size_t len = strlen(s); len && strchr(" \t\r", s[len - 1]); len--)
        s[len - 1] = '\0';
    return s;
}

/* "ủy ban; hội đồng" into a list. */
static void add_guards(reader *r, const vt_guard **list, char *words) {
    for (char *word = words, *next; r->status == VT_OK && word; word = next) {
        next = strchr(word, ';');
        if (next)
            *next++ = '\0';
        vt_guard *guard = vt_alloc(r->engine->arena, sizeof *guard);
        if (!guard) {
            no_memory(r);
            return;
        }
        guard->at = pattern_of(r, trimmed(word), &guard->count);
        guard->next = *list;
        *list = guard;
    }
}

static void add_detail(reader *r, char *line) {
    char *words = strchr(line, ':');
    vt_phrase *phrase = r->phrase;

    if (!words || !phrase) {
        refuse(r, "Ghi như “không sau: ủy ban; hội đồng” dưới một cụm từ.",
               "Dòng thụt vào không đúng dạng.");
        return;
    }
    *words++ = '\0';
    line = trimmed(line);
    words = trimmed(words);
    if (strcmp(line, "sau") == 0)
        add_guards(r, &phrase->after, words);
    else if (strcmp(line, "không sau") == 0)
        add_guards(r, &phrase->not_after, words);
    else if (strcmp(line, "trước") == 0)
        add_guards(r, &phrase->before, words);
    else if (strcmp(line, "không trước") == 0)
        add_guards(r, &phrase->not_before, words);
    else if (strcmp(line, "trừ") == 0)
        add_guards(r, &phrase->except, words);
    else if (strcmp(line, "thay") == 0)
        phrase->instead = vt_strdup(r->engine->arena, words);
    else if (strcmp(line, "từ") != 0)
        refuse(r, "Dùng: sau, không sau, trước, không trước, trừ, từ, thay.", "Không có mục này.");
    else if (!vt_date_parse(words, &phrase->from) || !vt_date_full(phrase->from))
        refuse(r, "Ghi như “từ: 2025-07-01”.", "Ngày không đúng.");
}

/* ----------------------------------------------------------------- files -- */

static void read_line(reader *r, char *line) {
    char *words = trimmed(line);

    if (!*words || *words == '#')
        return;
    if (*words == '[')
        begin_section(r, words + 1);
    else if (r->skip)
        return;
    else if (words != line)
        add_detail(r, words);
    else
        add_phrase(r, words);
}

static void read_file(reader *r) {
    vt_buf text = {0};
    size_t bad;

    r->status = vt_file_read(r->file, VT_WORDBOOK_BYTES, &text, r->list);
    r->line = 0;
    r->section = NULL;
    r->skip = false;
    r->phrase = NULL;
    if (r->status == VT_OK &&
        (!vt_utf8_valid(text.data, text.len, &bad) || !vt_text_is_nfc(text.data, text.len)))
        refuse(r, "Lưu tệp bằng UTF-8, Unicode dựng sẵn.", "Tệp không phải Unicode dựng sẵn.");
    for (char *line = text.data, *next; r->status == VT_OK && line && *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        r->line++;
        read_line(r, line);
    }
    vt_buf_free(&text);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_list(const char *name) {
    const size_t len = strlen(name);

    return name[0] != '.' && len > 4 && strcmp(name + len - 4, ".txt") == 0;
}

/* Files in the order of their names.  A folder that is not there holds none. */
static void read_folder(reader *r, const char *folder) {
    char *names[FILES_MAX];
    size_t count = 0;
    DIR *dir = folder ? opendir(folder) : NULL;

    if (!folder) {
        no_memory(r);
        return;
    }
    if (!dir) {
        if (errno != ENOENT)
            r->status =
                vt_fail(r->list, "TU-01", (vt_place){folder, 0, NULL}, "Xem quyền đọc thư mục.",
                        "Không mở được thư mục danh mục từ: %s.", vt_error_text(errno));
        return;
    }
    for (const struct dirent *e; count < FILES_MAX && (e = readdir(dir)) != NULL;)
        if (is_list(e->d_name) && (names[count] = vt_strdup(r->engine->arena, e->d_name)))
            count++;
    closedir(dir);
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count && r->status == VT_OK; i++) {
        r->file = vt_printf(r->engine->arena, "%s/%s", folder, names[i]);
        if (r->file)
            read_file(r);
    }
}

vt_status vt_wordbook_need(vt_engine *engine, vt_words_for whom, vt_findings *list) {
    reader r = {.engine = engine, .whom = whom, .list = list};

    if (engine->wordbooks[whom])
        return VT_OK;
    r.book = vt_alloc(engine->arena, sizeof *r.book);
    r.scratch = r.book ? vt_arena_new(VT_WORDBOOK_BYTES * (size_t)64) : NULL;
    if (!r.scratch)
        return vt_nomem(list);
    read_folder(&r, vt_printf(engine->arena, "%s/templates/words", engine->data));
    if (r.status == VT_OK && engine->local)
        read_folder(&r, vt_printf(engine->arena, "%s/words", engine->local));
    if (r.status == VT_OK && vt_arena_failed(engine->arena))
        r.status = vt_nomem(list);
    if (r.status == VT_OK)
        engine->wordbooks[whom] = r.book;
    vt_arena_free(r.scratch);
    return r.status;
}

const vt_section *vt_wordbook_section(const vt_engine *engine, const char *id) {
    const vt_wordbook *book = engine->wordbooks[served_by(id)];

    for (size_t i = 0; book && i < book->count; i++)
        if (strcmp(book->sections[i]->id, id) == 0)
            return book->sections[i];
    return NULL;
}

const vt_phrase *vt_section_first(const vt_section *section) {
    return section ? section->first : NULL;
}

/* --------------------------------------------------------------- finding -- */

static bool fits(const vt_pattern *p, const vt_token *t) {
    switch ((vt_place_kind)p->place) {
    case VT_ANY_NUMBER:
        return t->kind == VT_TOK_NUMBER;
    case VT_ANY_NAME:
        return t->kind == VT_TOK_WORD && (t->flags & VT_TOK_CAPITAL);
    default:
        return t->kind == p->kind && t->key == p->key;
    }
}

static bool all_fit(const vt_pattern *p, size_t n, const vt_token *t) {
    for (size_t i = 0; i < n; i++)
        if (!fits(&p[i], &t[i]))
            return false;
    return true;
}

static bool before_fits(const vt_guard *guard, const vt_token *tokens, size_t i) {
    for (; guard; guard = guard->next)
        if (guard->count <= i && all_fit(guard->at, guard->count, tokens + i - guard->count))
            return true;
    return false;
}

static bool behind_fits(const vt_guard *guard, const vt_token *tokens, size_t count, size_t i) {
    for (; guard; guard = guard->next)
        if (i + guard->count <= count && all_fit(guard->at, guard->count, tokens + i))
            return true;
    return false;
}

/* "phường 1.200": the phrase ends within a number. */
static bool cuts_number(const vt_token *tokens, size_t count, size_t end) {
    const vt_token *mark = &tokens[end];

    return end + 1 < count && mark[-1].kind == VT_TOK_NUMBER && mark[1].kind == VT_TOK_NUMBER &&
           vt_token_joined(mark) && vt_token_joined(mark + 1) &&
           (vt_token_is(mark, '.') || vt_token_is(mark, ','));
}

static bool let_pass(const vt_phrase *p, const vt_token *tokens, size_t count, size_t i) {
    const size_t end = i + p->count;

    return !cuts_number(tokens, count, end) && (!p->after || before_fits(p->after, tokens, i)) &&
           !before_fits(p->not_after, tokens, i) && !behind_fits(p->except, tokens, count, i) &&
           (!p->before || behind_fits(p->before, tokens, count, end)) &&
           !behind_fits(p->not_before, tokens, count, end);
}

const vt_phrase *vt_phrase_at(const vt_section *section, const vt_token *tokens, size_t count,
                              size_t i) {
    const vt_phrase *best = NULL;

    for (const vt_phrase *p = section->buckets[tokens[i].key % BUCKETS]; p; p = p->next)
        if (p->count <= count - i && (!best || p->count > best->count) &&
            all_fit(p->at, p->count, tokens + i) && let_pass(p, tokens, count, i))
            best = p;
    return best;
}
