#include "deid/vault_log.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "text/utf8.h"

enum { LOG_MAX = 256 << 20, LINE_MAX_BYTES = 8192, CHAIN = 64 };
#define CHAIN_KEY ",\"chain\":\""

bool vault_reason_holds(view reason)
{
    view v = view_trim(reason);
    if (v.n < REASON_MIN || v.n > REASON_MAX || utf8_bad_at(v) < v.n) return false;
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] < 0x20 || v.p[i] == 0x7F) return false;
    return true;
}

static void chain_of(const struct key *k, view before, view line, char out[CHAIN])
{
    uint8_t h[32];
    key_derive(k, VIEW("vault log 1"), before, line, h);
    checksum_hex(h, out);
}

/* The chain of the last line into `last`; ERR_CORRUPT when one does not follow from those before it. */
static err check_lines(view all, const struct key *k, char last[CHAIN], size_t *n_last)
{
    const size_t tail = sizeof CHAIN_KEY - 1 + CHAIN + 2; /* and "} */
    *n_last = 0;
    for (size_t at = 0; at < all.n;) {
        size_t end = view_find_byte(all, at, '\n');
        view line = view_sub(all, at, end);
        char chain[CHAIN];
        if (end == all.n || line.n < tail) return ERR_CORRUPT;
        view body = view_sub(line, 0, line.n - tail);
        chain_of(k, view_of(last, *n_last), body, chain);
        size_t sum = line.n - CHAIN - 2; /* where it stands */
        if (!view_eq(view_sub(line, body.n, sum), VIEW(CHAIN_KEY)) ||
            !view_eq(view_sub(line, sum, sum + CHAIN), view_of(chain, CHAIN)) ||
            !view_eq(view_sub(line, sum + CHAIN, line.n), VIEW("\"}")))
            return ERR_CORRUPT;
        memcpy(last, chain, CHAIN);
        *n_last = CHAIN;
        at = end + 1;
    }
    return OK;
}

static err add_pair(struct buf *b, const char *name, uint64_t n)
{
    err e = OK;
    TRY(buf_add(b, VIEW(",\"")));
    TRY(buf_add(b, view_of_str(name)));
    TRY(buf_add(b, VIEW("\":")));
    TRY(buf_add_u64(b, n));
out:
    return e;
}

static err add_time(struct buf *b)
{
    char out[CLOCK_STAMP];
    struct clock_utc now = clock_utc_now();
    return buf_add(b, clock_utc_stamp(&now, out));
}

/* The name that the system has for the user, not one that the environment says. */
static err add_user(struct buf *b)
{
    struct passwd entry, *found = NULL;
    char room[4096];
    if (getpwuid_r(getuid(), &entry, room, sizeof room, &found) != 0) found = NULL;
    view name = found ? view_of_str(found->pw_name) : VIEW("");
    return buf_add_json(b, utf8_bad_at(name) < name.n ? VIEW("") : name);
}

static err print_event(const struct vault_event *event, const struct key *k, struct buf *b)
{
    err e = OK;
    TRY(buf_add(b, VIEW("{\"time\":\"")));
    TRY(add_time(b));
    TRY(buf_add(b, VIEW("\"")));
    TRY(add_pair(b, "uid", getuid()));
    TRY(buf_add(b, VIEW(",\"user\":")));
    TRY(add_user(b));
    TRY(buf_add(b, VIEW(",\"event\":")));
    TRY(buf_add_json(b, view_of_str(event->name)));
    if (event->reason.n) {
        TRY(buf_add(b, VIEW(",\"reason\":")));
        TRY(buf_add_json(b, view_trim(event->reason)));
    } else {
        TRY(add_pair(b, "records", event->records));
        TRY(add_pair(b, "put_back", event->put_back));
        TRY(add_pair(b, "left", event->left));
    }
    TRY(buf_add(b, VIEW(",\"key\":")));
    TRY(buf_add_json(b, key_id(k)));
out:
    return e;
}

err vault_log_add(const char *path, const struct key *k, const struct vault_event *event,
                  struct diag *d)
{
    err e = OK;
    char last[CHAIN], chain[CHAIN];
    size_t n_last = 0;
    struct buf all, line;
    buf_init(&all, LOG_MAX);
    buf_init(&line, LINE_MAX_BYTES);
    int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0) TRY(DIAG_OS(d, "the record of uses of the vault can't be opened"));
    if (flock(fd, LOCK_EX) != 0) TRY(DIAG_OS(d, "the record of uses of the vault can't be locked"));
    TRY(file_read_fd(fd, &all, d));
    if (check_lines(buf_view(&all), k, last, &n_last))
        TRY(DIAG(d, ERR_CORRUPT,
                 "the record of earlier uses was changed, or is of another key: find out why, and "
                 "move it away to go on"));
    TRY(print_event(event, k, &line));
    chain_of(k, view_of(last, n_last), buf_view(&line), chain);
    TRY(buf_add(&line, VIEW(CHAIN_KEY)));
    TRY(buf_add(&line, view_of(chain, CHAIN)));
    TRY(buf_add(&line, VIEW("\"}\n")));
    TRY(file_write_fd(fd, buf_view(&line), d));
    if (fsync(fd) != 0) TRY(DIAG_OS(d, "the use of the vault could not be recorded"));
out:
    if (fd >= 0) close(fd);
    buf_clear(&all);
    buf_clear(&line);
    if (e) DIAG(d, e, "the use of the vault could not be recorded");
    return e;
}
