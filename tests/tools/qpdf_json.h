/*
 * tests/tools/qpdf_json.h - a PDF as qpdf tells it, for test tools.
 *
 * qpdf reads the file and prints every object, streams decoded, as JSON; so a
 * referee needs no PDF reader of ours.  Memory is freed with the process.
 */
#ifndef VT_TESTS_QPDF_JSON_H
#define VT_TESTS_QPDF_JSON_H

#include <fcntl.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static json_t *pdf_objects; /* "obj:12 0 R" -> {"value": ..} or {"stream": ..}, "trailer" */

static bool pdf_read(const char *path) {
    int ends[2], status = 0;
    json_t *all;
    pid_t child;
    FILE *in;

    if (pipe(ends) || (child = fork()) < 0)
        return false;
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execlp("qpdf", "qpdf", "--json=2", "--json-stream-data=inline",
               "--decode-level=generalized", path, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    in = fdopen(ends[0], "r");
    all = json_loadf(in, JSON_ALLOW_NUL, NULL);
    fclose(in);
    waitpid(child, &status, 0);
    pdf_objects = json_array_get(json_object_get(all, "qpdf"), 1);
    return pdf_objects != NULL && WIFEXITED(status) && WEXITSTATUS(status) != 2;
}

/* "12 0 R" as a string of JSON is a reference; other strings have a prefix. */
static bool pdf_is_ref(const json_t *v) {
    const char *s = json_string_value(v);
    size_t len = s ? strlen(s) : 0;

    return len > 4 && s[0] >= '0' && s[0] <= '9' && strcmp(s + len - 2, " R") == 0;
}

static json_t *pdf_object(const json_t *ref) {
    char key[64];

    snprintf(key, sizeof key, "obj:%s", json_string_value(ref));
    return json_object_get(pdf_objects, key);
}

/* Follows a reference: to a value, or to a stream's dictionary. */
static json_t *pdf_value(json_t *v) {
    json_t *object, *stream;

    if (!pdf_is_ref(v))
        return v;
    object = pdf_object(v);
    stream = json_object_get(object, "stream");
    return stream ? json_object_get(stream, "dict") : json_object_get(object, "value");
}

static json_t *pdf_get(json_t *dict, const char *key) {
    return pdf_value(json_object_get(pdf_value(dict), key));
}

/* The text of a string ("u:..."), or the name ("/Name"); "" for anything else. */
static const char *pdf_text(json_t *v) {
    const char *s = json_string_value(pdf_value(v));

    if (!s)
        return "";
    return strncmp(s, "u:", 2) == 0 ? s + 2 : s;
}

static int base64_digit(char c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* A stream's bytes, decoded, NUL behind; NULL when `ref` is not to a stream. */
static char *pdf_stream(json_t *ref, size_t *len) {
    json_t *data = pdf_is_ref(ref)
                       ? json_object_get(json_object_get(pdf_object(ref), "stream"), "data")
                       : NULL;
    const char *s = json_string_value(data);
    char *out = s ? malloc(strlen(s) + 1) : NULL;
    unsigned bits = 0, held = 0;

    *len = 0;
    for (; out && *s && *s != '='; s++) {
        held = held << 6 | (unsigned)base64_digit(*s);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[(*len)++] = (char)(held >> bits & 0xFF);
        }
    }
    if (out)
        out[*len] = '\0';
    return out;
}

#endif
