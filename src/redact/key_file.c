/* A key on disk: six lines of text that an operator can look at without reading the secret aloud.
 *
 *     cordon-key 1
 *     id 7QK2M4XA
 *     scheme 1
 *     created 2025-01-31T12:00:00Z
 *     secret <64 hexadecimal digits>
 *     check <64 hexadecimal digits>      BLAKE2b-256 of every byte before this line
 *
 * As ssh does with its keys, links are followed (secrets of a container are links) and the file that
 * was opened is judged: a regular one whose group and others have no permission at all. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/random.h"
#include "redact/key_secret.h"

enum { KEY_FILE_MAX = 1024, HEX_LEN = 2 * KEY_SECRET_LEN };
_Static_assert(KEY_SECRET_LEN == 32, "secret and checksum are both 32 bytes");

static err add_hex(struct buf *b, const uint8_t bytes[32])
{
    char hex[HEX_LEN + 1];
    sodium_bin2hex(hex, sizeof hex, bytes, 32);
    err e = buf_add(b, view_of(hex, HEX_LEN));
    sodium_memzero(hex, sizeof hex);
    return e;
}

static err add_time(struct buf *b)
{
    char out[CLOCK_STAMP];
    struct clock_utc now = clock_utc_now();
    return buf_add(b, clock_utc_stamp(&now, out));
}

static err write_lines(struct buf *b, const struct key *k, const uint8_t secret[KEY_SECRET_LEN])
{
    uint8_t check[32];
    err e = OK;
    TRY(buf_add(b, VIEW("cordon-key 1\nid ")));
    TRY(buf_add(b, key_id(k)));
    TRY(buf_add(b, VIEW("\nscheme ")));
    TRY(buf_add_u64(b, KEY_SCHEME));
    TRY(buf_add(b, VIEW("\ncreated ")));
    TRY(add_time(b));
    TRY(buf_add(b, VIEW("\nsecret ")));
    TRY(add_hex(b, secret));
    TRY(buf_add_char(b, '\n'));
    checksum32(buf_view(b), check);
    TRY(buf_add(b, VIEW("check ")));
    TRY(add_hex(b, check));
    TRY(buf_add_char(b, '\n'));
out:
    return e;
}

err key_create_file(const char *path, struct diag *d)
{
    struct file_out f = { .fd = -1 };
    struct key *k = NULL;
    struct buf b;
    uint8_t secret[KEY_SECRET_LEN];
    err e = OK;

    buf_init(&b, KEY_FILE_MAX);
    if (sodium_init() < 0) return DIAG(d, ERR_SYSTEM, "no source of randomness for a key");
    random_bytes(secret, sizeof secret);
    TRY(key_from_secret(&k, secret, false));
    TRY(write_lines(&b, k, secret));
    TRY(file_out_open(&f, path, FILE_OUT_PRIVATE, d));
    TRY(file_out_write(&f, buf_view(&b), d));
    TRY(file_out_commit(&f, d));
out:
    file_out_clear(&f);
    buf_clear(&b); /* wipes */
    sodium_memzero(secret, sizeof secret);
    key_free(k);
    if (e) diag_set(d, e, "could not make a key file"); /* unless a deeper place said more */
    return e;
}

/* The rest of the line that begins with `name` and a space; moves *left past it. */
static bool take_line(view *left, view name, view *value)
{
    if (!view_starts(*left, name) || left->n <= name.n || left->p[name.n] != ' ') return false;
    size_t end = view_find_byte(*left, 0, '\n');
    if (end == left->n) return false;
    *value = view_sub(*left, name.n + 1, end);
    *left = view_sub(*left, end + 1, left->n);
    return true;
}

static bool read_hex(view v, uint8_t out[32])
{
    size_t n = 0;
    const char *end = NULL;
    return v.n == HEX_LEN && sodium_hex2bin(out, 32, v.p, v.n, NULL, &n, &end) == 0 && n == 32 &&
           end == v.p + v.n;
}

static err parse(view text, struct key **out, struct diag *d)
{
    view left = text, version, id, scheme, created, secret_hex, check_hex;
    uint8_t secret[KEY_SECRET_LEN], check[32], found[32];
    uint64_t n;
    err e = OK;

    if (!take_line(&left, VIEW("cordon-key"), &version))
        return DIAG(d, ERR_KEY, "not a key file: the first line is not 'cordon-key 1'");
    if (!view_eq(version, VIEW("1")))
        return DIAG(d, ERR_VERSION, "a key file of a later format than this program reads");
    if (!take_line(&left, VIEW("id"), &id))
        return DIAG(d, ERR_KEY, "the key's 'id' line is damaged");
    if (!take_line(&left, VIEW("scheme"), &scheme) || !view_to_u64(scheme, &n) || n == 0)
        return DIAG(d, ERR_KEY, "the key's 'scheme' line is damaged");
    if (n > KEY_SCHEME)
        return DIAG(d, ERR_VERSION, "a key of a later scheme than this program has");
    if (!take_line(&left, VIEW("created"), &created))
        return DIAG(d, ERR_KEY, "the key's 'created' line is damaged");
    if (!take_line(&left, VIEW("secret"), &secret_hex) || !read_hex(secret_hex, secret))
        return DIAG(d, ERR_KEY, "the key's 'secret' line is damaged");

    view checked = view_sub(text, 0, text.n - left.n);
    if (!take_line(&left, VIEW("check"), &check_hex) || !read_hex(check_hex, check) || left.n) {
        e = DIAG(d, ERR_KEY, "the key's 'check' line is damaged");
        goto out;
    }
    checksum32(checked, found);
    if (sodium_memcmp(found, check, sizeof check) != 0) {
        e = DIAG(d, ERR_KEY, "the key file was changed: its 'check' line does not hold");
        goto out;
    }
    TRY(key_from_secret(out, secret, false));
    if (!view_eq(key_id(*out), id)) {
        key_free(*out);
        *out = NULL;
        e = DIAG(d, ERR_KEY, "the key's 'id' does not belong to its secret");
    }
out:
    sodium_memzero(secret, sizeof secret);
    return e;
}

err key_open_file(struct key **out, const char *path, struct diag *d)
{
    struct stat st;
    struct buf b;
    err e = OK;

    *out = NULL;
    buf_init(&b, KEY_FILE_MAX);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) != 0) {
        int os = errno;
        e = DIAG(d, ERR_KEY, "the key file could not be opened");
        if (d) d->os = os;
        goto out;
    }
    if (!S_ISREG(st.st_mode)) {
        e = DIAG(d, ERR_KEY, "the key file is not a regular file");
        goto out;
    }
    if (st.st_mode & (S_IRWXG | S_IRWXO)) {
        e = DIAG(d, ERR_KEY, "the key file is open to its group or to others: chmod 600 it");
        goto out;
    }
    e = file_read_fd(fd, &b, NULL);
    if (e == ERR_LIMIT) e = DIAG(d, ERR_KEY, "not a key file: too large");
    if (e) goto out;
    TRY(parse(buf_view(&b), out, d));
out:
    if (fd >= 0) close(fd);
    buf_clear(&b); /* wipes */
    if (e) diag_set(d, e, "the key file could not be read");
    return e;
}
