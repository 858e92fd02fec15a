#include "http/http_client.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "http/house_address.h"
#include "http/http_inside.h"

enum {
    CONNECT_MS = 10000,
    REQUEST_MS = 60000,
    ANSWER_MAX = 4 << 20,
    URL_MAX = 4096,
    TOKEN_MAX = 4096,
    CA_FILE_MAX = 64 << 20,
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

/* GnuTLS takes a file without a certificate, and then trusts nobody: that looks as if the server were wrong. */
static err check_ca_file(const char *path, struct diag *d)
{
    static const view mark = VIEW("CERTIFICATE-----");
    struct diag own = { 0 };
    struct buf file;
    buf_init(&file, CA_FILE_MAX);
    err e = file_read(path, &file, &own);
    bool holds_one = !e && file.n && memmem(file.p, file.n, mark.p, mark.n);
    buf_clear(&file);
    if (e == ERR_MEMORY) return e;
    if (e) return DIAG(d, ERR_CONFIG, "the file of certificates can't be read (--ca-file)");
    return holds_one ? OK : DIAG(d, ERR_CONFIG, "the file of certificates holds none (--ca-file)");
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
    if (p->ca_file) TRY(check_ca_file(p->ca_file, d));
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

long http_status(const struct http_client *c)
{
    return c->status;
}

bool http_has_usual_path(const struct http_client *c)
{
    return c->has_usual_path;
}
