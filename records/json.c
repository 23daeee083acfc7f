/* records/json.c - see json.h. */

#include "records/json.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>

static _Thread_local bool failed;

static void *watched_malloc(size_t size) {
    void *memory = malloc(size);

    failed = failed || !memory;
    return memory;
}

static void watch(void) {
    json_set_alloc_funcs(watched_malloc, free);
}

void vt_json_watch(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, watch);
}

bool vt_json_failed(void) {
    bool now = failed;

    failed = false;
    return now;
}
