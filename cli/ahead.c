/* cli/ahead.c - a second thread makes documents while the archive keeps others. */

#include "cli/ahead.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* While one act is put on the disk a hundred documents could be made: so many wait, but
   of long ones only as many as fit, and one. */
enum { PLACES = 32, BYTES = 16 << 20 };

typedef struct place {
    vt_ahead_doc doc;
    bool used;
    char guess[32];         /* number it was made with; "": none */
    size_t bytes;           /* it takes */
    const char *series;     /* what its number depends on; NULL: it gets none */
    vt_status made;         /* how the making went */
    vt_findings *made_list; /* and what was found by it */
} place;

/* Numbers of one series, one behind the other. */
typedef struct chain {
    char *series; /* of the last document; NULL: none yet */
    int64_t last; /* its number as guessed or given; 0: not known */
} chain;

struct vt_ahead {
    vt_engine *engine;
    vt_ahead_fn fn;
    void *ctx;
    size_t count, next, handed; /* documents: made by the thread, given to the caller */
    place places[PLACES];
    place *queue[PLACES]; /* of document i: at i modulo PLACES */
    chain chain;
    bool started, stop;
    place *asked;      /* to be made with another number than was guessed */
    char number[32];   /* that number */
    vt_findings *list; /* findings of making it again */
    vt_status answer;
    pthread_t thread;
    pthread_mutex_t lock;   /* of what is used, chain, stop, asked */
    pthread_cond_t changed; /* any of them */
};

/* ------------------------------------------------------------- the number -- */

/* Documents alike in this are numbered one behind the other, if nothing else is said. */
static const char *series_of(vt_arena *arena, const vt_ready *ready) {
    const vt_meta *m = &ready->meta;
    const char *superior = m->issuer_count ? m->issuers[0].superior : NULL;
    const char *name = m->issuer_count ? m->issuers[0].name : NULL;

    return vt_printf(arena, "%s|%s|%s|%s|%d", ready->request.book, superior ? superior : "",
                     name ? name : "", m->secrecy ? m->secrecy : "", m->date.year);
}

static void start_chain(chain *c, const char *series, int64_t last) {
    if (!c->series || strcmp(c->series, series) != 0) {
        free(c->series);
        c->series = strdup(series); /* NULL: the next one starts anew */
    }
    c->last = last;
}

/* The number behind the last one of the chain; "": who could know. */
static void guess(vt_ahead *ahead, place *p) {
    chain *c = &ahead->chain;

    p->used = true;
    *p->guess = '\0';
    if (!p->series)
        return;
    if (!c->series || strcmp(c->series, p->series) != 0)
        start_chain(c, p->series, 0);
    else if (c->last)
        snprintf(p->guess, sizeof p->guess, "%lld", (long long)++c->last);
}

/* The archive gave another: who comes after p is numbered from there. */
static void given(vt_ahead *ahead, const place *p, const char *number) {
    size_t behind = 0;

    for (size_t i = 0; i < PLACES; i++)
        behind +=
            &ahead->places[i] != p && ahead->places[i].used && ahead->places[i].series != NULL;
    if (p->series)
        start_chain(&ahead->chain, p->series, strtoll(number, NULL, 10) + (int64_t)behind);
}

/* ---------------------------------------------------------- in the thread -- */

static void make_next(vt_ahead *ahead, place *p, size_t index) {
    vt_ahead_doc *doc = &p->doc;

    vt_arena_reset(doc->cli.arena);
    vt_findings_clear(doc->cli.list);
    vt_findings_clear(p->made_list);
    doc->known = false;
    p->series = NULL;
    doc->status = ahead->fn(ahead->ctx, index, doc);
    if (!doc->status && !doc->known)
        p->series = series_of(doc->cli.arena, &doc->ready);
    pthread_mutex_lock(&ahead->lock);
    guess(ahead, p);
    pthread_mutex_unlock(&ahead->lock);
    if (*p->guess)
        p->made = vt_cli_number(ahead->engine, &doc->ready, p->guess, doc->cli.arena, p->made_list,
                                &doc->made);
    p->bytes = vt_arena_used(doc->cli.arena) + doc->made.pdf.len;
}

/* For the next document; NULL: there is none, or no room.  The first ones are used most:
   long documents do not fill the memory of every place. */
static place *free_place(vt_ahead *ahead) {
    place *found = NULL;
    size_t bytes = 0;

    if (ahead->next == ahead->count)
        return NULL;
    for (size_t i = PLACES; i-- > 0;) {
        place *p = &ahead->places[i];

        if (p->used)
            bytes += p->bytes;
        else
            found = p;
    }
    return bytes < BYTES || ahead->next == ahead->handed ? found : NULL;
}

/* With the lock held, but not while something is made. */
static bool work(vt_ahead *ahead) {
    place *p = ahead->asked, *next = p ? NULL : free_place(ahead);
    const size_t index = ahead->next;

    if (!p && !next)
        return false;
    pthread_mutex_unlock(&ahead->lock);
    if (p)
        ahead->answer = vt_cli_number(ahead->engine, &p->doc.ready, ahead->number, p->doc.cli.arena,
                                      ahead->list, &p->doc.made);
    else
        make_next(ahead, next, index);
    pthread_mutex_lock(&ahead->lock);
    if (p)
        ahead->asked = NULL;
    else
        ahead->queue[ahead->next++ % PLACES] = next;
    pthread_cond_broadcast(&ahead->changed);
    return true;
}

static void *run(void *ctx) {
    vt_ahead *ahead = ctx;

    pthread_mutex_lock(&ahead->lock);
    while (!ahead->stop)
        if (!work(ahead))
            pthread_cond_wait(&ahead->changed, &ahead->lock);
    pthread_mutex_unlock(&ahead->lock);
    return NULL;
}

/* ------------------------------------------------------------- the caller -- */

vt_ahead_doc *vt_ahead_next(vt_ahead *ahead) {
    place *p;

    pthread_mutex_lock(&ahead->lock);
    while (ahead->next == ahead->handed)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    p = ahead->queue[ahead->handed++ % PLACES];
    pthread_mutex_unlock(&ahead->lock);
    return &p->doc;
}

/* With the lock held. */
static vt_status make_again(vt_ahead *ahead, place *p, const char *number, vt_findings *list) {
    if ((size_t)snprintf(ahead->number, sizeof ahead->number, "%s", number) >= sizeof ahead->number)
        return vt_nomem(list);
    given(ahead, p, number);
    ahead->list = list;
    ahead->asked = p;
    pthread_cond_broadcast(&ahead->changed);
    while (ahead->asked)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    return ahead->answer;
}

static vt_status make_with(vt_ahead *ahead, place *p, const char *number, vt_findings *list) {
    vt_status st;

    if (strcmp(p->guess, number) == 0) {
        for (size_t i = 0; i < vt_findings_count(p->made_list); i++)
            vt_find(list, vt_findings_at(p->made_list, i));
        return p->made;
    }
    pthread_mutex_lock(&ahead->lock);
    st = make_again(ahead, p, number, list);
    pthread_mutex_unlock(&ahead->lock);
    return st;
}

/* What the archive calls back with. */
typedef struct making {
    vt_ahead *ahead;
    place *place;
} making;

static vt_status make(void *ctx, const vt_allotted *allotted, vt_findings *list,
                      vt_issued_files *out) {
    const making *m = ctx;
    vt_status st = make_with(m->ahead, m->place, allotted->number, list);

    *out = m->place->doc.made.files;
    return st;
}

vt_status vt_ahead_issue(vt_ahead *ahead, vt_ahead_doc *doc, vt_records *records, vt_record **out,
                         bool *existing) {
    making m = {ahead, (place *)doc}; /* its first member */

    return vt_records_issue(records, &doc->ready.request, make, &m, doc->cli.arena, doc->cli.list,
                            out, existing);
}

void vt_ahead_done(vt_ahead *ahead, vt_ahead_doc *doc) {
    pthread_mutex_lock(&ahead->lock);
    ((place *)doc)->used = false;
    pthread_cond_broadcast(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}

/* ---------------------------------------------------------- start and stop -- */

static bool fill_place(place *p, const vt_cli *cli) {
    p->doc.cli = *cli;
    p->doc.cli.list = vt_findings_new();
    p->doc.cli.arena = vt_arena_new((size_t)256 << 20);
    p->made_list = vt_findings_new();
    vt_numbered_init(&p->doc.made);
    return p->doc.cli.list && p->doc.cli.arena && p->made_list;
}

vt_status vt_ahead_start(const vt_cli *cli, size_t count, vt_ahead_fn fn, void *ctx,
                         vt_ahead **out) {
    vt_ahead *ahead = calloc(1, sizeof *ahead);
    bool ok = ahead != NULL;

    *out = NULL;
    if (!ok)
        return vt_nomem(cli->list);
    ahead->engine = cli->engine;
    ahead->count = count;
    ahead->fn = fn;
    ahead->ctx = ctx;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    for (size_t i = 0; i < PLACES; i++)
        ok = fill_place(&ahead->places[i], cli) && ok;
    ahead->started = ok && pthread_create(&ahead->thread, NULL, run, ahead) == 0;
    if (!ahead->started) {
        vt_ahead_stop(ahead);
        return vt_nomem(cli->list);
    }
    *out = ahead;
    return VT_OK;
}

void vt_ahead_stop(vt_ahead *ahead) {
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->stop = true;
    pthread_cond_broadcast(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    if (ahead->started)
        pthread_join(ahead->thread, NULL);
    for (size_t i = 0; i < PLACES; i++) {
        vt_findings_free(ahead->places[i].doc.cli.list);
        vt_findings_free(ahead->places[i].made_list);
        vt_arena_free(ahead->places[i].doc.cli.arena);
        vt_numbered_free(&ahead->places[i].doc.made);
    }
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->lock);
    free(ahead->chain.series);
    free(ahead);
}
