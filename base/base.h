/*
 * base/base.h - what every room stands on: statuses, findings, arenas,
 * bounded buffers, dates, files, hashes.
 *
 * Conventions of the whole house (said once, here):
 *
 *  - Functions that can go wrong return vt_status, put their value into an
 *    out-parameter and say what went wrong in the caller's findings list.
 *    On anything but VT_OK the out-parameters are untouched or NULL.
 *  - Ownership is in the name: *_new makes an object its caller frees with
 *    *_free; *_take takes its argument over; *_view borrows.  What lives in an
 *    arena is freed with the arena and by nothing else.
 *  - Text is UTF-8, NFC, NUL-terminated unless a length stands beside it.
 *  - Lengths are points (1/72 inch) unless the name says otherwise (_mm).
 *  - No function below cli/ exits, prints, or reads clock, locale or
 *    environment.  There is no global state but immutable tables.
 */
#ifndef VT_BASE_H
#define VT_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The program's version: `vanthu --version`, producer and ID of its PDFs. */
#define VT_VERSION "0.1.0"

/* ------------------------------------------------------------- statuses -- */

/* The value is the exit status of the command that ends with it. */
typedef enum vt_status {
    VT_OK = 0,   /* done */
    VT_BAD = 1,  /* the document or the request is at fault */
    VT_FAIL = 2, /* the program could not work: I/O, memory, store */
} vt_status;

#if defined(__GNUC__)
#define VT_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define VT_USED __attribute__((warn_unused_result))
#else
#define VT_PRINTF(fmt, first)
#define VT_USED
#endif

/* --------------------------------------------------------------- arenas -- */

/*
 * A pool for everything that lives as long as one document or one request.
 * Allocation is a pointer bump; memory is zeroed and aligned for any type.
 * An arena never holds more than `ceiling` bytes: past it, or when malloc
 * fails, allocation returns NULL and vt_arena_failed() stays true until the
 * next reset, so that a long computation may test once at its end.
 */
typedef struct vt_arena vt_arena;

vt_arena *vt_arena_new(size_t ceiling); /* NULL: no memory */
void vt_arena_free(vt_arena *arena);    /* NULL is allowed */
void vt_arena_reset(vt_arena *arena);   /* empties it, keeps its memory for reuse */
bool vt_arena_failed(const vt_arena *arena);
size_t vt_arena_used(const vt_arena *arena);

void *vt_alloc(vt_arena *arena, size_t size);                 /* zeroed; NULL on failure */
void *vt_alloc_array(vt_arena *arena, size_t n, size_t size); /* checks n * size */
/* Grows an array that lives in the arena (old memory is kept until reset):
   doubles *cap until it holds `need`.  Returns the new place or NULL. */
void *vt_grow(vt_arena *arena, void *old, size_t *cap, size_t need, size_t size);
char *vt_strdup(vt_arena *arena, const char *s);
char *vt_strndup(vt_arena *arena, const char *s, size_t len);
char *vt_printf(vt_arena *arena, const char *fmt, ...) VT_PRINTF(2, 3);

/* -------------------------------------------------------------- buffers -- */

/*
 * A growing byte buffer that names its ceiling at birth.  Errors are sticky:
 * after one, adds do nothing and vt_buf_failed() is true.  `data` is always
 * NUL-terminated behind `len` (and never NULL after vt_buf_init).
 */
typedef struct vt_buf {
    char *data;
    size_t len, cap, ceiling;
    bool failed;
} vt_buf;

void vt_buf_init(vt_buf *buf, size_t ceiling);
void vt_buf_free(vt_buf *buf);
void vt_buf_clear(vt_buf *buf); /* len = 0, failed = false, memory kept */
bool vt_buf_failed(const vt_buf *buf);
bool vt_buf_reserve(vt_buf *buf, size_t more); /* room for `more` further bytes */
void vt_buf_add(vt_buf *buf, const void *data, size_t len);
void vt_buf_puts(vt_buf *buf, const char *s);
static inline void vt_buf_putc(vt_buf *buf, char c) {
    if (buf->failed || buf->cap - buf->len < 2) {
        vt_buf_add(buf, &c, 1);
        return;
    }
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}
void vt_buf_printf(vt_buf *buf, const char *fmt, ...) VT_PRINTF(2, 3);
void vt_buf_vprintf(vt_buf *buf, const char *fmt, va_list args) VT_PRINTF(2, 0);
/* A decimal number with at most `decimals` (0..5) places, trailing zeros left
   out, "." whatever the locale: what PDF, SVG and XML want.  A value that is
   not finite fails the buffer. */
void vt_buf_number(vt_buf *buf, double value, int decimals);
/* Base64 with its padding, on one line: what a data: URI holds. */
void vt_buf_base64(vt_buf *buf, const void *data, size_t len);

/* ------------------------------------------------------------- findings -- */

typedef enum vt_severity { VT_INFO, VT_WARNING, VT_ERROR } vt_severity;

/* Where something stands.  Any part may be absent (NULL, 0). */
typedef struct vt_place {
    const char *file; /* as the user named it */
    int line;         /* from 1; 0 unknown */
    const char *path; /* element path "/document/body/clause[2]/p", a field name, a record */
} vt_place;

typedef struct vt_finding {
    vt_severity severity;
    const char *id; /* rule id ("HD-12") or the room's own ("XML-03") */
    vt_place place;
    const char *message; /* one Vietnamese sentence: what is wrong */
    const char *remedy;  /* what to do about it; may be NULL */
    const char *source;  /* place in the law, for rules; may be NULL */
    const char *excerpt; /* the words in question; may be NULL */
} vt_finding;

/*
 * The caller's list of what was found.  It copies all strings it is given.
 * Adding never fails visibly: without memory, or past 1,000 findings, a flag
 * is set and the count goes on.  A NULL list swallows everything.
 */
typedef struct vt_findings vt_findings;

vt_findings *vt_findings_new(void);
void vt_findings_free(vt_findings *list);
void vt_findings_clear(vt_findings *list);
size_t vt_findings_count(const vt_findings *list); /* those kept */
const vt_finding *vt_findings_at(const vt_findings *list, size_t i);
size_t vt_findings_errors(const vt_findings *list); /* how many of severity error, kept or not */
bool vt_findings_overflowed(const vt_findings *list);

/* Copies `f` into the list.  Returns VT_BAD for an error, else VT_OK. */
vt_status vt_find(vt_findings *list, const vt_finding *f);

/* The common cases.  vt_bad: the input is at fault (returns VT_BAD).
   vt_fail: the program could not work (returns VT_FAIL; recorded as error).
   `remedy` may be NULL; the format gives the message. */
vt_status vt_bad(vt_findings *list, const char *id, vt_place place, const char *remedy,
                 const char *fmt, ...) VT_PRINTF(5, 6);
vt_status vt_warn(vt_findings *list, const char *id, vt_place place, const char *remedy,
                  const char *fmt, ...) VT_PRINTF(5, 6); /* returns VT_OK */
vt_status vt_fail(vt_findings *list, const char *id, vt_place place, const char *remedy,
                  const char *fmt, ...) VT_PRINTF(5, 6);
vt_status vt_nomem(vt_findings *list); /* "Hết bộ nhớ": VT_FAIL */

/* ---------------------------------------------------------------- dates -- */

/* A date of the calendar; month and day may be 0 (left blank on the page). */
typedef struct vt_date {
    int year, month, day;
} vt_date;

/* "2024-03-27", "2024-05", "2021", "" (all zero).  False: not a date of the
   calendar, or the year is outside 1900..9999. */
bool vt_date_parse(const char *s, vt_date *out);
bool vt_date_full(vt_date d);    /* year, month and day are there */
vt_date vt_date_last(vt_date d); /* a partial date counts as its last day; an empty one stays */
int vt_date_compare(vt_date a, vt_date b);   /* of full dates: <0, 0, >0 */
void vt_date_iso(vt_date d, char out[11]);   /* "2024-03-27"; the blank parts left out */
void vt_date_words(vt_date d, char out[11]); /* "27/03/2024", "05/2024", for people */

/* ----------------------------------------------------------------- UTF-8 -- */

/* Decodes one code point at *s, moves *s behind it; never reads at or past
   end (there it returns 0 and stays).  Returns U+FFFD and moves one byte for
   an ill-formed sequence. */
uint32_t vt_utf8_decode(const char **s, const char *end);
static inline uint32_t vt_utf8_next(const char **s, const char *end) {
    if (*s < end && (unsigned char)**s < 0x80)
        return (unsigned char)*(*s)++;
    return vt_utf8_decode(s, end);
}
int vt_utf8_put(uint32_t cp, char out[4]); /* bytes written */
bool vt_utf8_valid(const char *s, size_t len, size_t *bad_at);
/* The text with U+FFFD for each byte that is no UTF-8. */
void vt_utf8_mend(const char *text, size_t len, vt_buf *out);
bool vt_blank(const char *s); /* NULL, or nothing but white space: no reason, no name */

/* ---------------------------------------------------------------- files -- */

/* An errno in Vietnamese, to stand inside a sentence: "đĩa đã đầy". */
const char *vt_error_text(int number);

/* Reads a whole regular file of at most `max` bytes.  The buffer's ceiling
   is set by the call.  Names file and cause in Vietnamese otherwise. */
vt_status vt_file_read(const char *path, size_t max, vt_buf *out, vt_findings *list) VT_USED;

/*
 * The bytes of a regular file of at most `max` bytes where they stand on the
 * disk, for large files of which little is read.  For files of the installation
 * alone: whoever shortens the file while it is mapped ends the program (SIGBUS).
 */
typedef struct vt_mapping {
    const void *data; /* NULL: an empty file */
    size_t len;
} vt_mapping;
vt_status vt_file_map(const char *path, size_t max, vt_mapping *out, vt_findings *list) VT_USED;
void vt_file_unmap(vt_mapping *mapping);

/*
 * Writes a whole file, all or nothing: temporary file beside it, fsync,
 * rename, fsync of the folder.  What stands there before stays whole until
 * the rename.  A target that is not a regular file (a pipe, /dev/stdout) is
 * written straight.  `durable` false leaves the fsyncs out (drafts).
 */
vt_status vt_file_write(const char *path, const void *data, size_t len, bool durable,
                        vt_findings *list) VT_USED;

/* Joins folder and name in the arena; refuses (NULL) a name that is empty,
   absolute, or holds "/", "\\", ".." or a control character. */
char *vt_path_beside(vt_arena *arena, const char *folder, const char *name);
char *vt_path_folder(vt_arena *arena, const char *path); /* "." when it has none */

/* ------------------------------------------------------------ libraries -- */

/* A function of a library, and where its address goes in the caller's struct:
   {"zip_open", offsetof(packing, zip_open)}. */
typedef struct vt_function {
    const char *name;
    size_t at;
} vt_function;

/*
 * Opens a shared library ("libzip.so.4") which few commands want and whose
 * loading would cost all of them; fills the addresses of its functions into
 * the struct at `out`.  False: it is not installed, or lacks one of them;
 * nothing stays open, the struct is not to be used.
 */
bool vt_library_open(const char *name, const vt_function *functions, size_t count, void *out,
                     void **library);
void vt_library_close(void *library); /* NULL: nothing */

/* ---------------------------------------------------------------- names -- */

#define VT_NEAR_MAX 48 /* bytes; longer names are not compared */

/* How many letters must be put in, left out, changed, or swapped with the next
   (Damerau's distance with adjacent swaps).  Both at most VT_NEAR_MAX bytes. */
size_t vt_letters_apart(const char *a, size_t na, const char *b, size_t nb);

/* --------------------------------------------------------------- hashes -- */

/*
 * FNV-1a of 32 bits, for tables in memory and for pairs of words, whose values stand in the
 * index of archives in PostgreSQL (records/words.c): what it gives never changes.  Several
 * pieces are hashed one behind the other: vt_fnv(vt_fnv(VT_FNV_START, ..), ..).
 */
#define VT_FNV_START UINT32_C(2166136261)
static inline uint32_t vt_fnv(uint32_t hash, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)text[i]) * UINT32_C(16777619);
    return hash;
}

typedef struct vt_hash {
    uint8_t byte[32];
} vt_hash; /* SHA-256 */

void vt_sha256(const void *data, size_t len, vt_hash *out);

/* The same over several pieces. */
typedef struct vt_hasher {
    uint64_t state[16];
} vt_hasher;
void vt_hasher_start(vt_hasher *hasher);
void vt_hasher_add(vt_hasher *hasher, const void *data, size_t len);
void vt_hasher_end(vt_hasher *hasher, vt_hash *out);

void vt_hash_hex(const vt_hash *hash, char out[65]);

#endif
