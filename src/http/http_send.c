/* http/http_send.c — one request: its tries, and what comes of it. */
#include <poll.h>

#include "base/clock.h"
#include "http/http_inside.h"

enum {
    AGAIN_MAX = 2,        /* tries after the first */
    AGAIN_FIRST_MS = 250, /* before the first of them; twice that before the next */
    AGAIN_MS_MAX = 10000, /* whatever the server asks for */
    STOP_MS = 50,         /* how long a wait does not look at `stop` */
};

static bool was_public(const struct http_client *c)
{
    return c->saw_public && !c->saw_house;
}

static err of_status(long status, struct diag *d)
{
    switch (status) {
    case 200: return OK;
    case 400:
    case 415:
    case 422:
    case 501: return DIAG(d, ERR_UNSUPPORTED, "the model's server refused the request");
    case 404:
        return DIAG(d, ERR_CONFIG,
                    "the model's server has no model of that name, or nothing at that path");
    case 405: return DIAG(d, ERR_CONFIG, "the model's server takes no request at that path");
    case 413: return DIAG(d, ERR_LIMIT, "the text is too long for the model's server");
    case 429:
    case 503: return DIAG(d, ERR_SYSTEM, "the model's server is busy, or not ready yet");
    case 401:
    case 403:
    case 407: return DIAG(d, ERR_PERMISSION, "the model's server wants a token, or another one");
    }
    if (status >= 300 && status < 400)
        return DIAG(d, ERR_FORMAT, "the model's server sends elsewhere, which is not followed");
    return DIAG(d, ERR_SYSTEM, "the model's server could not answer");
}

static err of_failure(const struct http_client *c, CURLcode code, struct diag *d)
{
    if (c->was_long) return DIAG(d, ERR_FORMAT, "the model's server sent too long an answer");
    if (was_public(c))
        return DIAG(d, ERR_CONFIG,
                    "the endpoint is no address of the house, loopback or private (to a public "
                    "one: https and --allow-public)");
    switch (code) {
    case CURLE_ABORTED_BY_CALLBACK: return DIAG(d, ERR_CANCELLED, "stopped");
    case CURLE_OUT_OF_MEMORY:
    case CURLE_WRITE_ERROR: return DIAG(d, ERR_MEMORY, "no room for an answer");
    case CURLE_OPERATION_TIMEDOUT: return DIAG(d, ERR_TIMEOUT, "the model's server took too long");
    case CURLE_COULDNT_RESOLVE_HOST:
        return DIAG(d, ERR_SYSTEM, "the endpoint's name has no address");
    case CURLE_COULDNT_CONNECT: return DIAG(d, ERR_SYSTEM, "there is no server at the endpoint");
    case CURLE_SSL_CACERT_BADFILE:
        return DIAG(d, ERR_CONFIG, "the file of certificates can't be used (--ca-file)");
    case CURLE_SSL_CONNECT_ERROR:
        return DIAG(d, ERR_SYSTEM,
                    "the server does not speak TLS there, or none that is safe (try http://)");
    case CURLE_PEER_FAILED_VERIFICATION:
        return DIAG(d, ERR_SYSTEM, "the server's certificate can't be verified (see --ca-file)");
    default: return DIAG(d, ERR_SYSTEM, "the connection to the model's server broke");
    }
}

/* Nothing of an answer came, or the server said that it did not begin. */
static bool is_safe_again(const struct http_client *c, CURLcode code, long status)
{
    if (was_public(c) || c->was_long) return false;
    return code == CURLE_COULDNT_CONNECT || (code == CURLE_GOT_NOTHING && c->answer->n == 0) ||
           (code == CURLE_OK && (status == 429 || status == 503));
}

static uint64_t now_ms(void)
{
    return clock_mono_ns() / 1000000;
}

/* False when it is to be stopped, or the time would be over. */
static bool wait_ms(const struct http_client *c, uint64_t ms, uint64_t end)
{
    uint64_t until = now_ms() + ms;
    if (until >= end) return false;
    for (uint64_t now; (now = now_ms()) < until;) {
        if (c->stop && c->stop()) return false;
        (void)poll(NULL, 0, (int)MIN(until - now, (uint64_t)STOP_MS));
    }
    return true;
}

static err put_url(struct http_client *c, view path)
{
    err e = OK;
    buf_reset(&c->whole);
    TRY(buf_add(&c->whole, buf_view(&c->url)));
    TRY(buf_add(&c->whole, path));
    TRY(buf_add_char(&c->whole, '\0'));
    if (c->lib->curl_easy_setopt_fn(c->curl, CURLOPT_URL, c->whole.p)) e = ERR_MEMORY;
out:
    return e;
}

static err put_body(struct http_client *c, view body)
{
    const struct curl_library *l = c->lib;
    if (!body.p) return l->curl_easy_setopt_fn(c->curl, CURLOPT_HTTPGET, 1L) ? ERR_MEMORY : OK;
    if (l->curl_easy_setopt_fn(c->curl, CURLOPT_POST, 1L) ||
        l->curl_easy_setopt_fn(c->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n) ||
        l->curl_easy_setopt_fn(c->curl, CURLOPT_POSTFIELDS, body.p))
        return ERR_MEMORY;
    return OK;
}

err http_send(struct http_client *c, view path, view body, struct buf *answer, struct diag *d)
{
    err e = OK;
    const uint64_t end = now_ms() + c->timeout_ms;
    uint64_t pause_ms = AGAIN_FIRST_MS;
    CURLcode code = CURLE_OK;
    long status = 0;
    c->status = 0;
    c->answer = answer;
    TRY(put_url(c, path));
    TRY(put_body(c, body));
    for (int again = 0;; again++) {
        buf_reset(answer);
        c->saw_public = c->saw_house = c->was_long = false;
        uint64_t now = now_ms();
        long left = now < end ? (long)(end - now) : 1;
        (void)c->lib->curl_easy_setopt_fn(c->curl, CURLOPT_TIMEOUT_MS, left);
        code = c->lib->curl_easy_perform_fn(c->curl);
        status = 0;
        (void)c->lib->curl_easy_getinfo_fn(c->curl, CURLINFO_RESPONSE_CODE, &status);
        if (again == AGAIN_MAX || !is_safe_again(c, code, status)) break;
        curl_off_t asked = 0;
        if (code == CURLE_OK)
            (void)c->lib->curl_easy_getinfo_fn(c->curl, CURLINFO_RETRY_AFTER, &asked);
        uint64_t ms = MAX(pause_ms, (uint64_t)MAX(asked, 0) * 1000);
        if (!wait_ms(c, MIN(ms, (uint64_t)AGAIN_MS_MAX), end)) break;
        pause_ms *= 2;
    }
    c->status = status;
    if (c->stop && c->stop()) code = CURLE_ABORTED_BY_CALLBACK;
    TRY(code == CURLE_OK ? of_status(status, d) : of_failure(c, code, d));
out:
    c->answer = NULL;
    if (e) {
        buf_reset(answer);
        DIAG(d, e, "the request could not be made");
    }
    return e;
}
