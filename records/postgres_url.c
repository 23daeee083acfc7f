/*
 * records/postgres_url.c - the name of an archive in PostgreSQL.
 *
 * It is a URL as libpq takes it, with one word of ours: ?schema=NAME, so that
 * several agencies may share a database.  A name is letters, digits and "_" and
 * nothing else: it may stand in a statement as it is.
 */
#include "records/postgres.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_SCHEMA "vanthu"

static const char OURS[] = "schema=";

static vt_status bad_schema(vt_records *r, vt_findings *list) {
    return vt_bad(list, "KHO-61", (vt_place){.file = r->folder},
                  "Dùng chữ thường không dấu, chữ số và _, bắt đầu bằng chữ, nhiều nhất 63 ký tự; "
                  "pg_... là của PostgreSQL.",
                  "Tên lược đồ (schema) trong địa chỉ kho không dùng được.");
}

static bool is_schema(const char *name, size_t len) {
    if (len == 0 || len >= VT_SCHEMA_BYTES || !(name[0] >= 'a' && name[0] <= 'z'))
        return false;
    if (strncmp(name, "pg_", 3) == 0)
        return false;
    for (size_t i = 0; i < len; i++)
        if (!(name[i] >= 'a' && name[i] <= 'z') && !(name[i] >= '0' && name[i] <= '9') &&
            name[i] != '_')
            return false;
    return true;
}

/* Takes "schema=NAME" out of the URL, which then is what libpq reads. */
static vt_status take_schema(vt_records *r, vt_findings *list, char *url, char *schema) {
    char *at = strchr(url, '?');

    memcpy(schema, DEFAULT_SCHEMA, sizeof DEFAULT_SCHEMA);
    while (at) {
        char *word = at + 1, *end = word + strcspn(word, "&");
        size_t n = strlen(OURS), len;

        if (strncmp(word, OURS, n) != 0) {
            at = *end ? end : NULL;
            continue;
        }
        len = (size_t)(end - word) - n;
        if (!is_schema(word + n, len))
            return bad_schema(r, list);
        memcpy(schema, word + n, len);
        schema[len] = '\0';
        if (*end) /* "?schema=a&x=y" -> "?x=y" */
            memmove(word, end + 1, strlen(end + 1) + 1);
        else
            *at = '\0';
        if (!*end)
            break;
    }
    return VT_OK;
}

static vt_status check_url(vt_records *r, vt_findings *list, vt_postgres_store *s) {
    char *why = NULL;
    PQconninfoOption *parts = s->pq.PQconninfoParse(s->url, &why);
    vt_status st = VT_OK;

    if (!parts)
        st = vt_bad(list, "KHO-61", (vt_place){.file = r->folder},
                    "Ghi như: postgresql://NGƯỜI-DÙNG@MÁY/CƠ-SỞ-DỮ-LIỆU?schema=TÊN.",
                    "Địa chỉ kho không đúng dạng.");
    for (const PQconninfoOption *p = parts; p && p->keyword; p++)
        if (strncmp(p->keyword, "host", 4) == 0 && p->val && strchr(p->val, ','))
            s->several = true;
    s->pq.PQconninfoFree(parts);
    s->pq.PQfreemem(why); /* it may show the password */
    return st;
}

vt_status vt_postgres_url(vt_records *r, vt_findings *list) {
    vt_postgres_store *s = vt_postgres_of(r);
    vt_status st;

    s->url = strdup(r->source);
    if (!s->url)
        return vt_nomem(list);
    st = take_schema(r, list, s->url, s->schema);
    return st ? st : check_url(r, list, s);
}
