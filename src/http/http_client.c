#include "http/http_client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "http/curl_library.h"
#include "http/house_address.h"

enum {
    CONNECT_MS = 10000,
    REQUEST_MS = 60000,
    ANSWER_MAX = 4 << 20,
    URL_MAX = 4096,
    TOKEN_MAX = 4096,
    AGAIN_MAX = 2,        /* tries after the first */
    AGAIN_FIRST_MS = 250, /* before the first of them; twice that before the next */
    AGAIN_MS_MAX = 10000, /* whatever the server asks for */
    STOP_MS = 50,         /* how long a wait does not look at `stop` */
};

struct http_client {
    const struct curl_library *lib;
    CURL *curl;
    struct curl_slist *headers, *resolve;
    struct buf url;     /* without a slash at its end */
    struct buf whole;   /* with the path of a request, and a zero byte */
    struct buf *answer; /* of the request under way */
    size_t answer_max;
    unsigned timeout_ms;
    bool (*stop)(void);
    bool allow_public, is_https;
    bool saw_public, saw_house; /* addresses that the name has, as libcurl came to them */
    bool was_long;              /* why libcurl was told to give up */
    bool has_usual_path;
};

struct http_params http_default_params(void)
{
    return (struct http_params){ .connect_ms = CONNECT_MS,
                                 .timeout_ms = REQUEST_MS,
                                 .answer_max = ANSWER_MAX };
}

/* ---- what libcurl calls ---- */

/* In place of socket(2): here the address that will be connected to is known, and no later. */
static curl_socket_t open_socket(void *client, curlsocktype purpose, struct curl_sockaddr *a)
{
    struct http_client *c = client;
    if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
    if (!house_has_address(&a->addr, a->addrlen) && !(c->allow_public && c->is_https)) {
        c->saw_public = true;
        return CURL_SOCKET_BAD;
    }
    c->saw_house = true; /* a name may have both: only this one is connected to */
    return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static size_t take_answer(char *bytes, size_t size, size_t n, void *client)
{
    struct http_client *c = client;
    if (!c->answer || !size_mul(size, n, &n)) return 0;
    if (n > c->answer_max - c->answer->n) {
        c->was_long = true;
        return 0;
    }
    return buf_add(c->answer, view_of(bytes, n)) ? 0 : n;
}

static int ask_stop(void *client, curl_off_t a, curl_off_t b, curl_off_t x, curl_off_t y)
{
    const struct http_client *c = client;
    (void)a, (void)b, (void)x, (void)y;
    return c->stop && c->stop();
}

static bool was_public(const struct http_client *c)
{
    return c->saw_public && !c->saw_house;
}

/* ---- making one ---- */

static err get_part(const struct http_client *c, CURLU *u, CURLUPart part, char **out)
{
    CURLUcode got = c->lib->curl_url_get_fn(u, part, out, 0);
    if (got == CURLUE_OUT_OF_MEMORY) return ERR_MEMORY;
    return got == CURLUE_OK ? OK : ERR_NOT_FOUND;
}

static bool has_part(const struct http_client *c, CURLU *u, CURLUPart part)
{
    char *value = NULL;
    err e = get_part(c, u, part, &value);
    if (value) c->lib->curl_free_fn(value);
    return e != ERR_NOT_FOUND;
}

static err check_parts(struct http_client *c, CURLU *u, struct diag *d)
{
    err e = OK;
    char *scheme = NULL;
    TRY(get_part(c, u, CURLUPART_SCHEME, &scheme));
    c->is_https = strcmp(scheme, "https") == 0;
    if (!c->is_https && strcmp(scheme, "http") != 0)
        TRY(DIAG(d, ERR_CONFIG, "an endpoint begins with http:// or https://"));
    if (has_part(c, u, CURLUPART_USER) || has_part(c, u, CURLUPART_PASSWORD))
        TRY(DIAG(d, ERR_CONFIG,
                 "an endpoint's URL holds no name and password: others can read it"));
    if (has_part(c, u, CURLUPART_QUERY) || has_part(c, u, CURLUPART_FRAGMENT))
        TRY(DIAG(d, ERR_CONFIG, "an endpoint's URL ends with its path"));
out:
    if (scheme) c->lib->curl_free_fn(scheme);
    return e;
}

static err read_url(struct http_client *c, const struct http_params *p, struct diag *d)
{
    err e = OK;
    char *whole = NULL, *path = NULL;
    CURLU *u = c->lib->curl_url_fn();
    if (!u) TRY(ERR_MEMORY);
    if (c->lib->curl_url_set_fn(u, CURLUPART_URL, p->url, 0))
        TRY(DIAG(d, ERR_CONFIG, "an endpoint is a URL such as http://127.0.0.1:8080/v1"));
    TRY(check_parts(c, u, d));
    TRY(get_part(c, u, CURLUPART_PATH, &path));
    c->has_usual_path = p->usual_path && strcmp(path, "/") == 0;
    if (c->has_usual_path && c->lib->curl_url_set_fn(u, CURLUPART_PATH, p->usual_path, 0))
        TRY(ERR_MEMORY);
    TRY(get_part(c, u, CURLUPART_URL, &whole));
    view v = view_of_str(whole);
    while (v.n && v.p[v.n - 1] == '/')
        v.n--;
    e = buf_add(&c->url, v);
    if (e == ERR_LIMIT) TRY(DIAG(d, ERR_CONFIG, "the endpoint's URL is too long"));
out:
    if (whole) c->lib->curl_free_fn(whole);
    if (path) c->lib->curl_free_fn(path);
    if (u) c->lib->curl_url_cleanup_fn(u);
    return e;
}

static err add_header(struct http_client *c, const char *line)
{
    struct curl_slist *more = c->lib->curl_slist_append_fn(c->headers, line);
    if (!more) return ERR_MEMORY;
    c->headers = more;
    return OK;
}

/* One word of printable ASCII, in a file that nobody else may read. */
static err add_token(struct http_client *c, const char *path, struct diag *d)
{
    err e = OK;
    struct stat st;
    struct buf file, line;
    buf_init(&file, TOKEN_MAX);
    buf_init(&line, TOKEN_MAX + 64);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st)) TRY(DIAG_OS(d, "could not open the file with the token"));
    if (st.st_mode & 077)
        TRY(DIAG(d, ERR_KEY, "the file with the token can be read by others (chmod 600)"));
    TRY(file_read_fd(fd, &file, d));
    view token = view_trim(buf_view(&file));
    bool good = token.n > 0;
    for (size_t i = 0; i < token.n; i++)
        good = good && token.p[i] > ' ' && token.p[i] < 0x7F;
    if (!good) TRY(DIAG(d, ERR_CONFIG, "the file with the token holds no token"));
    TRY(buf_add(&line, VIEW("Authorization: Bearer ")));
    TRY(buf_add(&line, token));
    TRY(buf_add_char(&line, '\0'));
    TRY(add_header(c, line.p));
out:
    if (fd >= 0) (void)close(fd);
    buf_clear(&file);
    buf_clear(&line);
    return e;
}

static err set_options(struct http_client *c, const struct http_params *p)
{
    const struct curl_library *l = c->lib;
    bool bad = false;
#define SET(option, value) bad |= l->curl_easy_setopt_fn(c->curl, (option), (value)) != CURLE_OK
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, c);
    SET(CURLOPT_WRITEFUNCTION, take_answer);
    SET(CURLOPT_WRITEDATA, c);
    SET(CURLOPT_XFERINFOFUNCTION, ask_stop);
    SET(CURLOPT_XFERINFODATA, c);
    SET(CURLOPT_NOPROGRESS, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_PROXY, ""); /* also none that the environment names */
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)p->connect_ms);
    SET(CURLOPT_HTTPHEADER, c->headers);
    if (p->ca_file) SET(CURLOPT_CAINFO, p->ca_file);
    if (c->resolve) SET(CURLOPT_RESOLVE, c->resolve);
#undef SET
    return bad ? ERR_UNSUPPORTED : OK;
}

err http_client_new(struct http_client **out, const struct http_params *p, struct diag *d)
{
    err e = OK;
    struct http_client *c = mem_alloc_zero(sizeof *c);
    if (!c) return DIAG(d, ERR_MEMORY, "no room for a connection");
    buf_init(&c->url, URL_MAX);
    buf_init(&c->whole, (size_t)2 * URL_MAX);
    c->answer_max = p->answer_max;
    c->timeout_ms = p->timeout_ms;
    c->stop = p->stop;
    c->allow_public = p->allow_public;
    TRY(curl_library_open(&c->lib, d));
    TRY(read_url(c, p, d));
    if (p->ca_file && access(p->ca_file, R_OK))
        TRY(DIAG_OS(d, "could not read the file of certificates"));
    TRY(add_header(c, "Content-Type: application/json"));
    TRY(add_header(c, "Accept: application/json"));
    TRY(add_header(c, "Expect:")); /* libcurl would wait a second for leave to send a long body */
    if (p->token_file) TRY(add_token(c, p->token_file, d));
    if (p->resolve) {
        c->resolve = c->lib->curl_slist_append_fn(NULL, p->resolve);
        if (!c->resolve) TRY(ERR_MEMORY);
    }
    c->curl = c->lib->curl_easy_init_fn();
    if (!c->curl) TRY(ERR_MEMORY);
    e = set_options(c, p);
    if (e) TRY(DIAG(d, e, "libcurl is too old, or was built without what is needed"));
    *out = c;
    c = NULL;
out:
    if (e) DIAG(d, e, "the connection could not be set up");
    http_client_free(c);
    return e;
}

void http_client_free(struct http_client *c)
{
    if (!c) return;
    if (c->curl) c->lib->curl_easy_cleanup_fn(c->curl);
    if (c->headers) c->lib->curl_slist_free_all_fn(c->headers);
    if (c->resolve) c->lib->curl_slist_free_all_fn(c->resolve);
    buf_clear(&c->url);
    buf_clear(&c->whole);
    mem_free(c);
}

view http_url(const struct http_client *c)
{
    return buf_view(&c->url);
}

bool http_has_usual_path(const struct http_client *c)
{
    return c->has_usual_path;
}

/* ---- a request ---- */

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
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
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
