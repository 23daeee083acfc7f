/*
 * tests/tools/ua_table.h - are tagged tables regular?
 *
 * PDF/UA-1 7.5 (14.8.4.3.4 of ISO 32000-1): header rows come before the rows
 * they head, and with their spans the cells of all rows fill one grid, none
 * over another and none beyond it.
 */
#ifndef VT_TESTS_UA_TABLE_H
#define VT_TESTS_UA_TABLE_H

#include "tests/tools/qpdf_json.h"

enum { UA_COLUMNS = 200 };

typedef struct ua_table {
    int covered[UA_COLUMNS]; /* rows that a cell above still covers */
    int columns;             /* of the first row; 0: not known */
    bool body;               /* rows of a body have been seen */
    const char *fault;       /* the first one */
} ua_table;

/* Kids of an element that are elements, one call each. */
static void ua_each(json_t *element, void (*each)(ua_table *, json_t *), ua_table *t) {
    json_t *kids = pdf_get(element, "/K"), *kid;
    size_t i;

    if (json_is_array(kids))
        json_array_foreach(kids, i, kid) each(t, kid);
    else if (pdf_is_ref(json_object_get(pdf_value(element), "/K")))
        each(t, json_object_get(pdf_value(element), "/K"));
}

static int ua_span(json_t *cell, const char *name) {
    json_t *value = pdf_get(pdf_get(cell, "/A"), name);

    return value ? (int)json_integer_value(value) : 1;
}

static void ua_fault(ua_table *t, const char *fault) {
    if (!t->fault)
        t->fault = fault;
}

static void ua_cell(ua_table *t, json_t *cell) {
    const int wide = ua_span(cell, "/ColSpan"), deep = ua_span(cell, "/RowSpan");
    int at = 0;

    while (at < UA_COLUMNS && t->covered[at])
        at++;
    if (wide < 1 || deep < 1 || wide > UA_COLUMNS - at) {
        ua_fault(t, "a span that no table has");
        return;
    }
    for (int i = 0; i < wide; i++, at++) {
        if (t->covered[at])
            ua_fault(t, "a cell over another");
        t->covered[at] = deep;
    }
}

static void ua_row(ua_table *t, json_t *row) {
    int width = 0;

    ua_each(row, ua_cell, t);
    for (int i = 0; i < UA_COLUMNS; i++) {
        if (t->covered[i]) {
            width = i + 1;
            t->covered[i]--;
        } else if (i < t->columns) {
            ua_fault(t, "a row with a hole");
        }
    }
    if (!t->columns)
        t->columns = width;
    if (width > t->columns)
        ua_fault(t, "a row wider than the first");
}

/* No cell reaches from one group of rows into the next. */
static void ua_group_end(ua_table *t) {
    for (int i = 0; i < UA_COLUMNS; i++)
        if (t->covered[i]) {
            ua_fault(t, "a cell beyond the last row of its group");
            t->covered[i] = 0;
        }
}

static void ua_part(ua_table *t, json_t *part) {
    const char *role = pdf_text(pdf_get(part, "/S"));

    if (strcmp(role, "/TR") == 0) {
        t->body = true;
        ua_row(t, part);
        return;
    }
    if (strcmp(role, "/THead") == 0 && t->body)
        ua_fault(t, "a header behind the rows it heads");
    if (strcmp(role, "/THead") != 0 && strcmp(role, "/TBody") != 0 && strcmp(role, "/TFoot") != 0)
        return;
    t->body = true;
    ua_each(part, ua_row, t);
    ua_group_end(t);
}

/* What is wrong with the table; NULL: it is regular. */
static const char *ua_table_fault(json_t *table) {
    ua_table t = {.columns = 0};

    ua_each(table, ua_part, &t);
    ua_group_end(&t);
    return t.fault;
}

#endif
