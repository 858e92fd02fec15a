/* What a client refuses before it connects, and that it leaves nothing behind. Requests are tested against
 * a server, tests/served. */
#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include "faults.h"
#include "http/http_client.h"

static err open_url(const char *url, struct diag *d)
{
    struct http_client *c = NULL;
    struct http_params p = http_default_params();
    p.url = url;
    p.usual_path = "/v1";
    err e = http_client_new(&c, &p, d);
    http_client_free(c);
    return e;
}

static void urls(void **state)
{
    (void)state;
    static const char *const good[] = { "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/",
                                        "https://model.hospital.example/a/b",
                                        "http://[::1]:11434" };
    static const char *const bad[] = { "",
                                       "127.0.0.1:8080",
                                       "/v1",
                                       "ftp://127.0.0.1/",
                                       "file:///etc/passwd",
                                       "gopher://127.0.0.1/",
                                       "http://",
                                       "http://user@127.0.0.1/",
                                       "http://user:word@127.0.0.1/",
                                       "http://127.0.0.1/v1?key=word",
                                       "http://127.0.0.1/v1#part",
                                       "http://127.0.0.1:99999/" };
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        struct diag d = { 0 };
        if (open_url(good[i], &d)) fail_msg("%s: %s", good[i], d.what);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct diag d = { 0 };
        err e = open_url(bad[i], &d);
        if (e != ERR_CONFIG || !d.what) fail_msg("%s: %s", bad[i], err_name(e));
    }
}

/* Wrong configuration, told before anything is connected to. */
static void files_of_certificates(void **state)
{
    (void)state;
    static const struct {
        const char *holds;
        err want;
    } cases[] = {
        { NULL, ERR_CONFIG },
        { "", ERR_CONFIG },
        { "-----BEGIN PRIVATE KEY-----\n", ERR_CONFIG },
        { "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n", OK },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char path[] = "/tmp/cordon-ca-XXXXXX";
        struct diag d = { 0 };
        struct http_client *c = NULL;
        struct http_params p = http_default_params();
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        const size_t n = cases[i].holds ? strlen(cases[i].holds) : 0;
        assert_int_equal(n ? write(fd, cases[i].holds, n) : 0, n);
        (void)close(fd);
        if (!cases[i].holds) assert_int_equal(unlink(path), 0);
        p.url = "https://127.0.0.1/v1";
        p.ca_file = path;
        assert_err(http_client_new(&c, &p, &d), cases[i].want);
        if (cases[i].want) assert_non_null(strstr(d.what, "file of certificates"));
        http_client_free(c);
        (void)unlink(path);
    }
}

static bool stopped;
static bool stop(void)
{
    return stopped;
}

/* No name is looked up, and nothing is sent: the address stands in the URL. */
static void outside_is_not_connected_to(void **state)
{
    (void)state;
    static const char *const urls[] = { "http://192.0.2.1/v1", "https://192.0.2.1/v1",
                                        "http://[2001:db8::1]/v1" };
    for (size_t i = 0; i < COUNT_OF(urls); i++) {
        struct diag d = { 0 };
        struct http_client *c = NULL;
        struct buf answer;
        struct http_params p = http_default_params();
        buf_init(&answer, 1 << 20);
        p.url = urls[i];
        p.stop = stop;
        p.allow_public = i == 0; /* not without https */
        assert_ok(http_client_new(&c, &p, &d));
        assert_err(http_send(c, VIEW("/x"), VIEW("{}"), &answer, &d), ERR_CONFIG);
        assert_int_equal(answer.n, 0);
        http_client_free(c);
        buf_clear(&answer);
    }
}

static void a_stop_is_heard(void **state)
{
    (void)state;
    struct diag d = { 0 };
    struct http_client *c = NULL;
    struct buf answer;
    struct http_params p = http_default_params();
    buf_init(&answer, 1 << 20);
    p.url = "http://127.0.0.1:9";
    p.stop = stop;
    stopped = true;
    assert_ok(http_client_new(&c, &p, &d));
    assert_err(http_send(c, VIEW("/x"), VIEW("{}"), &answer, &d), ERR_CANCELLED);
    stopped = false;
    http_client_free(c);
    buf_clear(&answer);
}

static err make_one(void *ctx)
{
    (void)ctx;
    struct diag d = { 0 };
    return open_url("http://127.0.0.1:8080", &d);
}

static void memory(void **state)
{
    (void)state;
    assert_ok(make_one(NULL)); /* the library is opened once, by this */
    faults_in_turn(make_one, NULL);
}

/* A name with a public and a house address: the second is connected to, and where nothing listens there, that
 * is the reason that is told. */
static void a_name_with_two_addresses(void **state)
{
    (void)state;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM,
                    0); /* bound, so that nobody else takes the port, and not listening */
    assert_int_equal(bind(fd, (struct sockaddr *)&a, len), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
    static const struct {
        const char *addresses;
        err want;
    } cases[] = {
        { "192.0.2.1,127.0.0.1", ERR_SYSTEM },
        { "127.0.0.1,192.0.2.1", ERR_SYSTEM },
        { "192.0.2.1,192.0.2.2", ERR_CONFIG },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char url[64], resolve[128];
        struct diag d = { 0 };
        struct http_client *c = NULL;
        struct buf answer;
        struct http_params p = http_default_params();
        const int port = ntohs(a.sin_port);
        (void)snprintf(url, sizeof url, "http://model.example:%d/v1", port);
        (void)snprintf(resolve, sizeof resolve, "model.example:%d:%s", port, cases[i].addresses);
        buf_init(&answer, 1 << 20);
        p.url = url;
        p.resolve = resolve;
        assert_ok(http_client_new(&c, &p, &d));
        assert_err(http_send(c, VIEW("/x"), VIEW("{}"), &answer, &d), cases[i].want);
        http_client_free(c);
        buf_clear(&answer);
    }
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urls),
        cmocka_unit_test(files_of_certificates),
        cmocka_unit_test(outside_is_not_connected_to),
        cmocka_unit_test(a_name_with_two_addresses),
        cmocka_unit_test(a_stop_is_heard),
        cmocka_unit_test(memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
