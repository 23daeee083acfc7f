/*
 * gen/compound.c - the list of compounds: read, and found in a row of tokens.
 *
 * Every cold start reads the list, so a compound is kept as a hash of its bytes,
 * and the words of a heading are written as the list writes its own: in small
 * letters, the tone mark on the letter that bears it in "ủy", "hòa".
 */
#include "gen/compound.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/uchar.h>

#define LIST "tu-ghep.txt"
#define LIST_BYTES (1u << 20) /* of one file */
#define SYLLABLE_MAX 32       /* bytes; longer ones are no syllables */

typedef struct vt_compounds {
    uint64_t *slots; /* open addressing; 0: free */
    size_t mask;     /* slots - 1; slots are a power of two, twice the words at least */
} vt_compounds;

typedef struct reader {
    vt_compounds *to;
    vt_findings *list;
    vt_place place;
    vt_status status;
} reader;

/* FNV-1a, of characters. */
#define KEY_START UINT64_C(0xCBF29CE484222325)
static uint64_t mixed(uint64_t key, uint32_t cp) {
    return (key ^ cp) * UINT64_C(0x100000001B3);
}

static uint64_t *slot_of(const vt_compounds *c, uint64_t key) {
    size_t i = (size_t)(key >> 32) & c->mask;
    while (c->slots[i] && c->slots[i] != key)
        i = (i + 1) & c->mask;
    return &c->slots[i];
}

/* ------------------------------------------------------------------ tones -- */

/* Ends of syllables that are written in two ways, of the same length in bytes. */
static const struct tone {
    const char *other, *ours;
} tones[] = {
    {"oà", "òa"}, {"oá", "óa"}, {"oả", "ỏa"}, {"oã", "õa"}, {"oạ", "ọa"},
    {"oè", "òe"}, {"oé", "óe"}, {"oẻ", "ỏe"}, {"oẽ", "õe"}, {"oẹ", "ọe"},
    {"uỳ", "ùy"}, {"uý", "úy"}, {"uỷ", "ủy"}, {"uỹ", "ũy"}, {"uỵ", "ụy"},
};

/* The other way, when the syllable ends so; NULL: it does not ("quý" has no other). */
static const struct tone *other_tone(const char *s, size_t len) {
    size_t last = len;
    while (last > 0 && ((unsigned char)s[last - 1] & 0xC0) == 0x80)
        last--;
    if (last < 2 || last == len || (s[last - 2] != 'o' && s[last - 2] != 'u') ||
        (last > 2 && s[last - 3] == 'q'))
        return NULL;
    const char *end = s + last - 2;
    const size_t n = len - last + 2;
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (strlen(tones[i].other) == n && memcmp(tones[i].other, end, n) == 0)
            return &tones[i];
    return NULL;
}

/* ---------------------------------------------------------------- reading -- */

/* A small letter of Vietnamese, as one character: so what is read is UTF-8 and NFC.
   Returns its bytes; 0: there is none. */
static size_t small_letter(const unsigned char *s, uint32_t *cp) {
    if (*s >= 'a' && *s <= 'z') {
        *cp = *s;
        return 1;
    }
    if (*s < 0xC3 || (s[1] & 0xC0) != 0x80)
        return 0;
    *cp = (uint32_t)(*s & 0x1F) << 6 | (s[1] & 0x3F);
    switch (*s) {
    case 0xC3: /* à..ý */
        return s[1] >= 0xA0 && s[1] <= 0xBD ? 2 : 0;
    case 0xC4: /* ă, đ, ĩ */
    case 0xC5: /* ũ */
        return s[1] & 1 ? 2 : 0;
    case 0xC6:
        return s[1] == 0xA1 || s[1] == 0xB0 ? 2 : 0; /* ơ, ư */
    case 0xE1:                                       /* ạ..ỹ */
        *cp = 0x1000u | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3F);
        return (s[1] & 0xFE) == 0xBA && (s[2] & 0xC1) == 0x81 ? 3 : 0;
    default:
        return 0;
    }
}

/* A compound up to a comma or the end of the line; NULL: none of the right form. */
static const char *read_word(vt_compounds *to, const char *s) {
    uint64_t key = KEY_START;
    const char *syllable = NULL;
    size_t n = 0, bytes;
    uint32_t cp;
    for (;; s += bytes) {
        bytes = small_letter((const unsigned char *)s, &cp);
        if (bytes) {
            if (!syllable && n++)
                key = mixed(key, ' ');
            syllable = syllable ? syllable : s;
            key = mixed(key, cp);
            continue;
        }
        if (syllable && (s[-1] & 0x80) && other_tone(syllable, (size_t)(s - syllable)))
            return NULL;
        syllable = NULL;
        bytes = 1;
        if (*s != ' ' && *s != '\r')
            break;
    }
    if (n < 2 || n > VT_COMPOUND_SYLLABLES || (*s && *s != ','))
        return NULL;
    *slot_of(to, key) = key;
    return s;
}

static void refuse(reader *r) {
    r->status = vt_bad(r->list, "TU-02", r->place,
                       "Ghi như “thanh thiếu nhi, ủy ban”: hai đến sáu âm tiết chữ thường, dấu đặt "
                       "như “ủy”, “hòa”, các từ cách nhau dấu phẩy; lưu bằng UTF-8, Unicode dựng "
                       "sẵn.",
                       "Danh mục từ ghép có một từ không đúng dạng.");
}

/* Words between commas, one of which may end the line. */
static void read_line(reader *r, const char *s, const char *end) {
    while (s < end && s[strspn(s, " \r")] != '\0') {
        s = read_word(r->to, s);
        if (!s)
            break;
        s += *s == ',';
    }
    if (!s || s + strspn(s, " \r") != end) /* a NUL is no end */
        refuse(r);
}

static void read_text(reader *r, vt_buf *text) {
    char *line = text->data, *end = line + text->len;
    for (char *next; r->status == VT_OK && line < end; line = next + 1) {
        next = memchr(line, '\n', (size_t)(end - line));
        next = next ? next : end;
        *next = '\0';
        r->place.line++;
        if (*line != '#')
            read_line(r, line, next);
    }
}

/* How many words there can be at most. */
static size_t most_words(const vt_buf *text) {
    size_t n = 1;
    for (size_t i = 0; i < text->len; i++)
        n += text->data[i] == ',' || text->data[i] == '\n';
    return n;
}

static vt_compounds *compounds_new(vt_arena *arena, size_t words) {
    vt_compounds *c = vt_alloc(arena, sizeof *c);
    size_t slots = 16;
    while (slots < 2 * words)
        slots *= 2;
    if (c) {
        c->mask = slots - 1;
        c->slots = vt_alloc_array(arena, slots, sizeof *c->slots);
    }
    return c && c->slots ? c : NULL;
}

typedef struct source {
    const char *path;
    vt_buf text;
} source;

/* A file that is not there holds nothing. */
static vt_status read_source(source *s, vt_findings *list) {
    struct stat st;
    if (stat(s->path, &st) != 0 && errno == ENOENT)
        return VT_OK;
    return vt_file_read(s->path, LIST_BYTES, &s->text, list);
}

static vt_status read_sources(vt_engine *engine, source *sources, size_t n, vt_findings *list) {
    reader r = {.list = list};
    size_t words = 0;
    for (size_t i = 0; i < n && r.status == VT_OK; i++) {
        r.status = read_source(&sources[i], list);
        words += most_words(&sources[i].text);
    }
    r.to = compounds_new(engine->arena, words);
    if (!r.to && r.status == VT_OK)
        r.status = vt_nomem(list);
    for (size_t i = 0; i < n && r.status == VT_OK; i++) {
        r.place = (vt_place){.file = sources[i].path};
        read_text(&r, &sources[i].text);
    }
    if (r.status == VT_OK)
        engine->compounds = r.to;
    return r.status;
}

vt_status vt_compounds_need(vt_engine *engine, vt_findings *list) {
    source sources[2];
    size_t n = 0;
    if (engine->compounds)
        return VT_OK;
    sources[n++].path = vt_printf(engine->arena, "%s/templates/" LIST, engine->data);
    if (engine->local)
        sources[n++].path = vt_path_beside(engine->arena, engine->local, LIST);
    for (size_t i = 0; i < n; i++) {
        vt_buf_init(&sources[i].text, LIST_BYTES);
        if (!sources[i].path)
            return vt_nomem(list);
    }
    vt_status status = read_sources(engine, sources, n, list);
    for (size_t i = 0; i < n; i++)
        vt_buf_free(&sources[i].text);
    return status;
}

/* ---------------------------------------------------------------- finding -- */

/* The key of the words before with a syllable behind them; 0: it is none. */
static uint64_t with_syllable(uint64_t key, const char *text, const vt_token *t) {
    char small[SYLLABLE_MAX + 4];
    const char *s = text + t->at, *end = s + t->len;
    size_t n = 0;
    while (s < end && n < SYLLABLE_MAX)
        n += (size_t)vt_utf8_put((uint32_t)u_tolower((UChar32)vt_utf8_next(&s, end)), small + n);
    if (s < end || t->kind != VT_TOK_WORD)
        return 0;
    const struct tone *tone = other_tone(small, n);
    if (tone)
        memcpy(small + n - strlen(tone->ours), tone->ours, strlen(tone->ours));
    for (s = small, end = small + n; s < end;)
        key = mixed(key, vt_utf8_next(&s, end));
    return key;
}

/* The longest compound among the first `count` tokens, which begins with the first;
   `exact`: no shorter one than all of them.  1: there is none. */
static size_t longest(const vt_compounds *c, const char *text, const vt_token *tokens, size_t count,
                      bool exact) {
    size_t best = 1;
    uint64_t key = KEY_START;
    for (size_t i = 0; i < count && i < VT_COMPOUND_SYLLABLES; i++) {
        if (i && vt_token_joined(&tokens[i]))
            break;
        key = with_syllable(i ? mixed(key, ' ') : key, text, &tokens[i]);
        if (!key)
            break;
        if (i && (!exact || i + 1 == count) && *slot_of(c, key))
            best = i + 1;
    }
    return best;
}

/* A compound of n syllables: one word, or a term of words that are listed, too. */
static void mark(const vt_compounds *c, const char *text, const vt_token *tokens, size_t n,
                 vt_joint *joints) {
    for (size_t left = n > 2 ? n - 2 : 0; left > 1; left--) {
        if (longest(c, text, tokens, left, true) == 1 ||
            longest(c, text, tokens + left, n - left, true) == 1)
            continue;
        joints[left - 1] = VT_JOINT_TERM;
        mark(c, text, tokens, left, joints);
        mark(c, text, tokens + left, n - left, joints + left);
        return;
    }
    for (size_t i = 0; i + 1 < n; i++)
        joints[i] = VT_JOINT_WORD;
}

void vt_compound_joints(const vt_compounds *compounds, const char *text, const vt_token *tokens,
                        size_t count, vt_joint *joints) {
    for (size_t i = 0; i < count;) {
        const size_t n = compounds ? longest(compounds, text, tokens + i, count - i, false) : 1;
        mark(compounds, text, tokens + i, n, joints + i);
        joints[i + n - 1] = VT_JOINT_NONE;
        i += n;
    }
}
