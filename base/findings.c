/*
 * base/findings.c - the caller's list of what was found.
 *
 * The slots are allocated with the list, the strings live in its arena.  So
 * "out of memory" itself, which needs no copy, can always be reported.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FINDINGS_MAX 1000
#define FINDINGS_TEXT_MAX ((size_t)8 << 20)

struct vt_findings {
    vt_arena *arena;
    size_t count, errors;
    bool overflowed;
    vt_finding items[FINDINGS_MAX];
};

vt_findings *vt_findings_new(void) {
    vt_findings *list = malloc(sizeof *list);

    if (!list)
        return NULL;
    list->count = list->errors = 0;
    list->overflowed = false;
    list->arena = vt_arena_new(FINDINGS_TEXT_MAX);
    if (!list->arena) {
        free(list);
        return NULL;
    }
    return list;
}

void vt_findings_free(vt_findings *list) {
    if (!list)
        return;
    vt_arena_free(list->arena);
    free(list);
}

void vt_findings_clear(vt_findings *list) {
    if (!list)
        return;
    vt_arena_reset(list->arena);
    list->count = list->errors = 0;
    list->overflowed = false;
}

size_t vt_findings_count(const vt_findings *list) {
    return list ? list->count : 0;
}

const vt_finding *vt_findings_at(const vt_findings *list, size_t i) {
    return list && i < list->count ? &list->items[i] : NULL;
}

size_t vt_findings_errors(const vt_findings *list) {
    return list ? list->errors : 0;
}

bool vt_findings_overflowed(const vt_findings *list) {
    return list && list->overflowed;
}

static const char *copied(vt_findings *list, const char *s) {
    return s ? vt_strdup(list->arena, s) : NULL;
}

/* Copies every string of f; false without memory. */
static bool copy_strings(vt_findings *list, vt_finding *f) {
    const char **strings[] = {&f->id,     &f->place.file, &f->place.path, &f->message,
                              &f->remedy, &f->source,     &f->excerpt};

    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        const char *s = copied(list, *strings[i]);

        if (*strings[i] && !s)
            return false;
        *strings[i] = s;
    }
    return true;
}

vt_status vt_find(vt_findings *list, const vt_finding *f) {
    vt_finding copy = *f;

    if (list) {
        list->errors += f->severity == VT_ERROR;
        if (list->count < FINDINGS_MAX && copy_strings(list, &copy))
            list->items[list->count++] = copy;
        else
            list->overflowed = true;
    }
    return f->severity == VT_ERROR ? VT_BAD : VT_OK;
}

static void find_formatted(vt_findings *list, vt_severity severity, const char *id, vt_place place,
                           const char *remedy, const char *fmt, va_list args) VT_PRINTF(6, 0);
static void find_formatted(vt_findings *list, vt_severity severity, const char *id, vt_place place,
                           const char *remedy, const char *fmt, va_list args) {
    vt_finding f = {.severity = severity, .id = id, .place = place, .remedy = remedy};
    vt_buf message;

    if (!list)
        return;
    vt_buf_init(&message, FINDINGS_TEXT_MAX);
    vt_buf_vprintf(&message, fmt, args);
    if (vt_buf_failed(&message)) {
        list->errors += severity == VT_ERROR;
        list->overflowed = true;
    } else {
        f.message = message.data;
        vt_find(list, &f);
    }
    vt_buf_free(&message);
}

vt_status vt_bad(vt_findings *list, const char *id, vt_place place, const char *remedy,
                 const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    find_formatted(list, VT_ERROR, id, place, remedy, fmt, args);
    va_end(args);
    return VT_BAD;
}

vt_status vt_warn(vt_findings *list, const char *id, vt_place place, const char *remedy,
                  const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    find_formatted(list, VT_WARNING, id, place, remedy, fmt, args);
    va_end(args);
    return VT_OK;
}

vt_status vt_fail(vt_findings *list, const char *id, vt_place place, const char *remedy,
                  const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    find_formatted(list, VT_ERROR, id, place, remedy, fmt, args);
    va_end(args);
    return VT_FAIL;
}

vt_status vt_nomem(vt_findings *list) {
    if (list) {
        list->errors++;
        if (list->count < FINDINGS_MAX)
            list->items[list->count++] = (vt_finding){
                .severity = VT_ERROR,
                .id = "BO-NHO",
                .message = "Hết bộ nhớ.",
                .remedy = "Đóng bớt chương trình khác hoặc chia nhỏ công việc rồi làm lại.",
            };
        else
            list->overflowed = true;
    }
    return VT_FAIL;
}
