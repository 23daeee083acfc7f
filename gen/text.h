/*
 * gen/text.h - text at the door: NFC, what may not stand in it, old encodings.
 */
#ifndef VT_TEXT_H
#define VT_TEXT_H

#include "gen/gen.h"

/*
 * One pass over the bytes that rules out what nearly all Vietnamese text does
 * not have.  A set bit means "look closer":
 */
enum {
    VT_SCAN_NFC = 1,    /* may not be NFC */
    VT_SCAN_SPACE = 2,  /* has white space other than single spaces */
    VT_SCAN_FAULT = 4,  /* may have faults */
    VT_SCAN_LEGACY = 8, /* may be of an old encoding */
    VT_SCAN_DONE = 16,  /* always set: remembered with a text, it need not be looked at again */
};
unsigned vt_text_scan(const char *s, size_t len);
/* The same of VT_SCAN_NFC alone; false: perhaps not. */
bool vt_text_is_nfc(const char *s, size_t len);

/* NFC in the arena, or `s` itself when it is that already.  NULL: no memory. */
const char *vt_text_nfc(vt_arena *arena, const char *s, size_t len, size_t *out_len);

/* Length in bytes of the white space at s (any Unicode space, tab, line end);
   0: none there.  All of it folds to plain spaces. */
size_t vt_text_space(const char *s, const char *end);

/* A cheap answer for most bytes: surely no white space begins here.  Reads at
   most one byte further, which may be the NUL behind the text. */
static inline bool vt_text_no_space(const char *s) {
    unsigned char c = (unsigned char)*s;
    return c > ' ' && c != 0xC2 && c != 0xE2 && c != 0xE3 &&
           (c != 0xE1 || (unsigned char)s[1] != 0x9A);
}

/* What may not stand in a document's text. */
typedef enum vt_fault {
    VT_FAULT_NONE,
    VT_FAULT_CONTROL,   /* C0, DEL, C1 */
    VT_FAULT_INVISIBLE, /* zero width, direction, byte order mark, soft hyphen */
    VT_FAULT_PRIVATE,   /* a meaning only one font knows */
    VT_FAULT_NOT_A_CHARACTER,
    VT_FAULT_LOST,       /* U+FFFD: lost in an earlier conversion */
    VT_FAULT_LONE_MARK,  /* a combining mark without a letter before it */
    VT_FAULT_LOOSE_MARK, /* ... that does not compose with its letter: may print badly */
} vt_fault;

/* The first fault of NFC text, the worst kind first (a loose mark only when
   there is nothing else); *cp and *at say which character, at which byte. */
vt_fault vt_text_fault(const char *s, size_t len, uint32_t *cp, size_t *at);
/* Of one character that stands at `at`, behind what begins at s. */
vt_fault vt_text_char_fault(uint32_t cp, const char *s, const char *at);
const char *vt_text_fault_name(vt_fault fault);  /* "ký tự ẩn"; "" for none */
size_t vt_text_chars(const char *s, size_t len); /* how many characters */

/* One character as vt_text_fold() writes it; returns its bytes (0 for a mark). */
int vt_text_fold_char(uint32_t cp, char out[4]);

/* For messages: at most 60 bytes of s, cut between characters ("…" where it was
   cut), what cannot be printed safely as U+FFFD. */
#define VT_CLIP 64
const char *vt_text_clip(const char *s, size_t len, char out[VT_CLIP]);
/* The same of some words around byte `at`. */
const char *vt_text_around(const char *s, size_t len, size_t at, char out[VT_CLIP]);
/* Drops what a cut (by snprintf, say) has left of the last character. */
void vt_text_whole(char *s);

/* Text that was typed in an encoding of the time before Unicode and only looks
   like letters (gen/legacy.c). */
typedef enum vt_legacy { VT_LEGACY_NONE, VT_LEGACY_VNI, VT_LEGACY_TCVN3 } vt_legacy;
vt_legacy vt_text_legacy(const char *s, size_t len);
#define VT_LEGACY_EVIDENCE 2 /* places that it takes at least */
/* Is the character of two bytes at p (U+0080..00FF) such a place?  At most two
   bytes before p are looked at, none before `start`. */
bool vt_text_legacy_place(const unsigned char *p, const unsigned char *start);

#endif
