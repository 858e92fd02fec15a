/* http/http_client.h — JSON to a server of the house and its answer back, over HTTP/1.1 by libcurl.
 *
 *     struct http_params p = http_default_params();
 *     p.url = "http://127.0.0.1:8080/v1";
 *     http_client_new(&c, &p, &d);   http_send(c, VIEW("/chat/completions"), body, &answer, &d);
 *
 * A server is reached at loopback and private addresses alone (http/house_address.h) unless public ones
 * are allowed, and those by https only. The address is looked at when the socket is made, so it is the
 * one connected to, whatever a name resolves to. No proxy, no redirect, no cookie, no password file;
 * certificates are verified.
 * A request is sent again, twice at most, when the server can't have worked on it: no connection, or it
 * said that it is busy (429, 503), or it closed a kept connection before a byte of an answer.
 *
 * libcurl is opened when the first client is made, not linked: a run that needs no network has no network
 * code in its process, and starts faster.
 * Threads: a client belongs to one thread at a time; several may be used at once.
 */
#pragma once
#include "base/buf.h"
#include "base/diag.h"

struct http_params {
    const char *url;        /* scheme, host and the path that requests go below; copied */
    const char *usual_path; /* where the URL has none: "/v1"; NULL: none */
    const char
        *ca_file; /* certificates to trust, PEM, in place of the system's; NULL: the system's */
    const char *token_file; /* holds what the server wants as "Bearer"; NULL: nothing is sent */
    bool allow_public;
    unsigned connect_ms,
        timeout_ms;    /* of one request with all its tries; default 10,000 and 60,000 */
    size_t answer_max; /* bytes; a longer answer is ERR_FORMAT; default 4 MB */
    bool (*stop)(
        void); /* asked now and then; true ends a request with ERR_CANCELLED. NULL: never */
    const char
        *resolve; /* for tests: what a name resolves to, as CURLOPT_RESOLVE; NULL: as it does */
};
struct http_params http_default_params(void);

struct http_client;
/* ERR_CONFIG: the URL, the certificates or the token can't be used; ERR_UNSUPPORTED: no libcurl here. */
MUST_USE err http_client_new(struct http_client **out, const struct http_params *p, struct diag *d);
void http_client_free(struct http_client *c);
/* The URL that requests go below, without a slash at its end; borrowed. */
view http_url(const struct http_client *c);
/* Had the URL no path, so that the usual one was taken? */
bool http_has_usual_path(const struct http_client *c);
/* POSTs `body` to `path` below the URL, or GETs when body.p is NULL. OK: *answer (reset first) is the body
 * of a 200. ERR_UNSUPPORTED: the server refused the request as such (400, 415, 422, 501);
 * ERR_LIMIT: the body is too long for it (413); ERR_CONFIG: it has no such path or model (404), takes no
 * request there (405), or is no address of the house, or no certificate is in the file; ERR_PERMISSION: it wants
 * another token; ERR_TIMEOUT;
 * ERR_CANCELLED; ERR_SYSTEM: no connection, or it failed; ERR_FORMAT: a redirect, or too long an answer. */
MUST_USE err http_send(struct http_client *c, view path, view body, struct buf *answer,
                       struct diag *d);
/* The HTTP status that the last request got; 0: no answer came. */
long http_status(const struct http_client *c);
