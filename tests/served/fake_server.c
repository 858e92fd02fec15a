/* fake_server.c — a model's server for tests, on a port of 127.0.0.1 that the system gives.
 *
 *      fake_server PORT_FILE ANSWER_FILE LOG_FILE SHAPES
 *
 * http://127.0.0.1:PORT/KIND/v1/models and …/chat/completions answer as a well-behaved server would, with
 * the words of ANSWER_FILE (read anew each time), in which @CASE@ is the first "case-…" of the request. What
 * is asked goes to LOG_FILE. With a request that holds "case-13", or with every request when KIND begins
 * with "all-", it misbehaves as KIND says: "status-413" answers so. "webui" has its chat below /webui/api, as Open
 * WebUI has. It ends when it is killed. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_MAX = 1 << 20 };
static const char *answer_path, *log_path, *shapes;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int refusals; /* of the kinds that give in after the first */

struct request {
    char bytes[REQUEST_MAX + 1], kind[32];
    char *body;
};

static bool send_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k <= 0) return false;
        p += k;
        n -= (size_t)k;
    }
    return true;
}

static bool send_status(int fd, const char *status, const char *more, const char *body)
{
    char head[512];
    int n = snprintf(head, sizeof head, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n", status,
                     more, strlen(body));
    return send_all(fd, head, (size_t)n) && send_all(fd, body, strlen(body));
}

/* The next request of the connection; false at its end. */
static bool receive(int fd, struct request *r)
{
    size_t n = 0, want = 0;
    r->body = NULL;
    for (;;) {
        ssize_t k = recv(fd, r->bytes + n, REQUEST_MAX - n, 0);
        if (k <= 0) return false;
        n += (size_t)k;
        r->bytes[n] = '\0';
        if (r->bytes[0] == 0x16) { /* a TLS handshake */
            (void)send_status(fd, "400 Bad Request", "", "");
            return false;
        }
        char *end = strstr(r->bytes, "\r\n\r\n");
        if (!end) continue;
        char *length = strcasestr(r->bytes, "\r\nContent-Length:");
        r->body = end + 4;
        want = (size_t)(r->body - r->bytes) +
               (length && length < end ? strtoul(length + 17, NULL, 10) : 0);
        if (n >= want) break;
    }
    r->kind[0] = '\0';
    char *slash = strchr(r->bytes, '/');
    for (size_t i = 0; slash && i + 1 < sizeof r->kind && slash[i + 1] > ' ' && slash[i + 1] != '/';
         i++) {
        r->kind[i] = slash[i + 1];
        r->kind[i + 1] = '\0';
    }
    return true;
}

static void write_log(const struct request *r)
{
    pthread_mutex_lock(&log_lock);
    FILE *f = fopen(log_path, "a");
    if (f) fprintf(f, "%s\n", r->body);
    if (f) fclose(f);
    pthread_mutex_unlock(&log_lock);
}

/* The file's bytes with a zero byte behind them, to be freed; NULL where there is none. */
static char *read_whole(const char *path)
{
    FILE *f = fopen(path, "r");
    char *bytes = f ? calloc(1, 1 << 16) : NULL;
    if (bytes && fread(bytes, 1, (1 << 16) - 1, f) == 0 && ferror(f)) exit(1);
    if (f) fclose(f);
    return bytes;
}

/* The shape that a server of this kind gives to `what`, or NULL. */
static char *read_shape(const char *kind, const char *what)
{
    char path[4096];
    bool is_ollama = strcmp(kind, "v1") == 0 || strcmp(kind, "api") == 0;
    (void)snprintf(path, sizeof path, "%s/%s%s-%s.json", shapes, is_ollama ? "ollama-" : "", kind,
                   what);
    return read_whole(path);
}

/* The words of ANSWER_FILE as a JSON string without its quotes, to be freed. */
static char *escaped_words(const struct request *r)
{
    char name[32] = "case-0";
    char *words = read_whole(answer_path), *out = calloc(1, 1 << 18);
    if (!words || !out) exit(1);
    const char *found = strstr(r->body, "case-");
    if (found)
        (void)snprintf(name, sizeof name, "%.*s", (int)(5 + strspn(found + 5, "0123456789")),
                       found);
    size_t at = 0;
    for (size_t i = 0; words[i]; i++) {
        if (strncmp(words + i, "@CASE@", 6) == 0) {
            memcpy(out + at, name, strlen(name));
            at += strlen(name);
            i += 5;
        } else if (words[i] == '\n') {
            out[at++] = '\\';
            out[at++] = 'n';
        } else {
            if (words[i] == '"' || words[i] == '\\') out[at++] = '\\';
            out[at++] = words[i];
        }
    }
    free(words);
    return out;
}

static void append(char *out, const char *mark, const char *from, const char *value)
{
    (void)snprintf(out + strlen(out), (size_t)(mark - from) + 1, "%s", from);
    memcpy(out + strlen(out), value, strlen(value) + 1);
}

/* The words of the model as the body of an answer. */
static bool send_answer(int fd, const struct request *r, const char *kind, const char *reason)
{
    static const char usual[] =
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
        "\"content\":\"@WORDS@\"},\"finish_reason\":\"@REASON@\"}]}";
    char *shape = read_shape(kind, "chat"), *words = escaped_words(r), *body = calloc(1, 1 << 19);
    const char *rest = shape ? shape : usual, *mark;
    if (!body) exit(1);
    while ((mark = strchr(rest, '@')) != NULL) { /* nothing else in a shape has one */
        append(body, mark, rest, mark[1] == 'W' ? words : reason);
        rest = strchr(mark + 1, '@') + 1;
    }
    memcpy(body + strlen(body), rest, strlen(rest) + 1);
    bool good = send_status(fd, "200 OK", "Content-Type: application/json\r\n", body);
    free(shape);
    free(words);
    free(body);
    return good;
}

static bool send_shape(int fd, const char *kind, const char *what, const char *status)
{
    char *body = read_shape(kind, what);
    bool good = send_status(fd, status, "Content-Type: application/json\r\n", body ? body : "");
    free(body);
    return good;
}

/* What a server known by its shapes does not do; false when it answers as any would. *good: as send_all. */
static bool is_refused(int fd, const struct request *r, const char *kind, bool *good)
{
    if (strcmp(kind, "llama") == 0 && atomic_fetch_add(&refusals, 1) == 0) {
        *good = send_shape(fd, kind, "busy", "503 Service Unavailable");
        return true;
    }
    if (strstr(r->body, "\"model\":\"llama9\"")) {
        *good = send_shape(fd, kind, "error", "404 Not Found");
        return true;
    }
    char *refused = strstr(r->body, "case-13") ? read_shape(kind, "refused") : NULL;
    if (refused) *good = send_status(fd, "400 Bad Request", "", refused);
    free(refused);
    return refused != NULL;
}

static bool send_models(int fd, const char *kind)
{
    char *shape = read_shape(kind, "models");
    if (shape) {
        bool good = send_status(fd, "200 OK", "", shape);
        free(shape);
        return good;
    }
    return send_status(fd, "200 OK", "",
                       strcmp(kind, "several") == 0
                           ? "{\"object\":\"list\",\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"
                           : "{\"object\":\"list\",\"data\":[{\"id\":\"fake-1b\"}]}");
}

/* False when the connection is to be closed. */
static bool misbehave(int fd, const struct request *r, const char *kind)
{
    static char chunk[1 << 16];
    if (strcmp(kind, "slow") == 0) { /* for as long as the other side waits */
        char c;
        while (recv(fd, &c, 1, 0) > 0)
            continue;
        return false;
    }
    if (strcmp(kind, "huge") == 0) {
        bool good = send_all(fd, "HTTP/1.1 200 OK\r\n\r\n", 19);
        while (good)
            good = send_all(fd, chunk, sizeof chunk);
        return false;
    }
    if (strcmp(kind, "close") == 0) return false;
    if (strcmp(kind, "half") == 0) {
        (void)send_all(fd, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"choices\":[", 54);
        return false;
    }
    if (strcmp(kind, "redirect") == 0)
        return send_status(fd, "307 Temporary Redirect", "Location: /good/v1/chat/completions\r\n",
                           "");
    if (strncmp(kind, "status-", 7) == 0)
        return send_status(fd, kind + 7, "Retry-After: 0\r\n", "");
    if (strcmp(kind, "broken") == 0) return send_status(fd, "500 Internal Server Error", "", "");
    if (strcmp(kind, "nonsense") == 0) return send_status(fd, "200 OK", "", "<html>Hello</html>");
    if (strcmp(kind, "cut") == 0) return send_answer(fd, r, kind, "length");
    if (strcmp(kind, "busy-once") == 0 && atomic_fetch_add(&refusals, 1) == 0)
        return send_status(fd, "503 Service Unavailable", "Retry-After: 0\r\n", "");
    if (strcmp(kind, "close-once") == 0 && atomic_fetch_add(&refusals, 1) == 0) return false;
    return send_answer(fd, r, kind, "stop");
}

static void *serve(void *at)
{
    int fd = (int)(size_t)at;
    struct request *r = calloc(1, sizeof *r);
    bool good = r != NULL;
    while (good && receive(fd, r)) {
        const char *kind = r->kind;
        bool always = strncmp(kind, "all-", 4) == 0;
        if (always) kind += 4;
        write_log(r);
        if (is_refused(fd, r, kind, &good)) {
            continue;
        } else if (strcmp(kind, "webui") == 0 && strstr(r->bytes, "/tags ")) {
            good = send_status(fd, "200 OK", "",
                               "<!doctype html>"); /* as for all that it does not know */
        } else if (strstr(r->bytes, "/models ") || strstr(r->bytes, "/tags ")) {
            good = send_models(fd, kind);
        } else if (strcmp(kind, "webui") == 0 && strstr(r->bytes, "/api/chat ")) {
            good = send_status(fd, "405 Method Not Allowed", "", "");
        } else if (strcmp(kind, "plain") == 0 && strstr(r->body, "response_format")) {
            good = send_status(fd, "400 Bad Request", "", "{\"error\":\"response_format\"}");
        } else if (strcmp(kind, "token") == 0 &&
                   !strstr(r->bytes, "\r\nAuthorization: Bearer open-sesame\r\n")) {
            good = send_status(fd, "401 Unauthorized", "", "");
        } else if (always || strstr(r->body, "case-13")) {
            good = misbehave(fd, r, kind);
        } else {
            good = send_answer(fd, r, kind, "stop");
        }
    }
    close(fd);
    free(r);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 5) return 2;
    answer_path = argv[2];
    log_path = argv[3];
    shapes = argv[4];
    signal(SIGPIPE, SIG_IGN);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof a;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&a, len) || listen(listener, 64) ||
        getsockname(listener, (struct sockaddr *)&a, &len))
        return 1;
    char temp[4096]; /* renamed, so that the file is there only when it is whole */
    (void)snprintf(temp, sizeof temp, "%s.new", argv[1]);
    FILE *f = fopen(temp, "w");
    if (!f || fprintf(f, "%d\n", ntohs(a.sin_port)) < 0 || fclose(f) || rename(temp, argv[1]))
        return 1;
    for (;;) {
        pthread_t thread;
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) continue;
        if (pthread_create(&thread, NULL, serve, (void *)(size_t)fd) == 0)
            pthread_detach(thread);
        else
            close(fd);
    }
}
