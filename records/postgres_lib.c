/*
 * records/postgres_lib.c - opening libpq.
 *
 * It brings a dozen libraries of its own (TLS, Kerberos, LDAP), which who works
 * with a folder never needs: it is opened with the archive, not linked.
 */
#include "records/postgres.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#define LIBRARY "libpq.so.5"

vt_status vt_pq_open(vt_findings *list, vt_pq *out) {
#define PLACE(name) {#name, offsetof(vt_pq, name)},
    static const vt_function functions[] = {VT_PQ_FUNCTIONS(PLACE)};
#undef PLACE

    *out = (vt_pq){0};
    if (vt_library_open(LIBRARY, functions, sizeof functions / sizeof *functions, out,
                        &out->library))
        return VT_OK;
    return vt_fail(list, "KHO-60", (vt_place){0}, "Cài gói libpq5 của Debian.",
                   "Không mở được thư viện của PostgreSQL (%s).", LIBRARY);
}

/* The library stays: what it brought registers things that end with the process. */
void vt_pq_close(vt_pq *pq) {
    *pq = (vt_pq){0};
}

static void end_connection(const vt_pq *pq, PGconn *connection) {
    shutdown(pq->PQsocket(connection), SHUT_RDWR);
}

void vt_pq_sync(const vt_pq *pq, PGconn *connection) {
    if (!pq->PQpipelineSync(connection))
        end_connection(pq, connection);
}

/* Of an answer it had no memory for libpq notes that, and waits for the next one. */
void vt_pq_synced(const vt_pq *pq, PGconn *connection) {
    enum { PATIENCE = 1000 /* ms */ };
    struct pollfd socket = {.fd = pq->PQsocket(connection), .events = POLLIN};
    int ready = 1;

    while (ready >= 0 && pq->PQisBusy(connection)) {
        ready = poll(&socket, 1, PATIENCE);
        if (ready > 0 && !pq->PQconsumeInput(connection))
            break;
        if (ready == 0 && *pq->PQerrorMessage(connection))
            end_connection(pq, connection);
        if (ready < 0 && errno == EINTR)
            ready = 0;
    }
    pq->PQclear(pq->PQgetResult(connection));
}
