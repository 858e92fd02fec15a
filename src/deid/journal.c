#include "deid/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/little.h"
#include "base/map.h"
#include "base/random.h"

enum { HEADER = 96, RECORD = 96, CHECKED = 80, VERSION = 1, SALT = 32 };
enum { AT_VERSION = 8, AT_SIZE = 12, AT_SALT = 16, AT_TERMS = 48 };
enum {
    AT_KIND = 0,
    AT_CODE = 1,
    AT_ORDINAL = 8,
    AT_ID = 16,
    AT_BYTES = 32,
    AT_SUM = 40,
    AT_KNOWN = 72
};
static const char magic[8] = "CORDONJ\n";
/* A hundred million records; a larger journal is of several runs' work. */
static const size_t JOURNAL_MAX = (size_t)10 << 30;

struct journal {
    int fd;
    uint8_t secret[32], header_check[16];
    uint64_t records;
    struct arena arena; /* ids as keys of the map */
    struct map ids;
    struct journal_entry *v;
    size_t n, cap;
};

static view bytes_of(const void *p, size_t n)
{
    return view_of(p, n);
}

/* Keyed BLAKE2b-256 of (use, parts), lengths framed. */
static void keyed_sum(const uint8_t secret[32], const char *use, const view *parts, size_t n,
                      uint8_t out[32])
{
    struct checksum c;
    uint8_t length[8];
    checksum_init(&c);
    checksum_add(&c, bytes_of(secret, 32));
    little_put64(length, strlen(use));
    checksum_add(&c, bytes_of(length, 8));
    checksum_add(&c, view_of_str(use));
    for (size_t i = 0; i < n; i++) {
        little_put64(length, parts[i].n);
        checksum_add(&c, bytes_of(length, 8));
        checksum_add(&c, parts[i]);
    }
    checksum_end(&c, out);
}

static void make_secret(const struct key *key, const uint8_t salt[SALT], uint8_t out[32])
{
    if (key)
        key_derive(key, VIEW("journal"), bytes_of(salt, SALT), VIEW(""), out);
    else
        memcpy(out, salt, SALT);
}

static void check_record(const struct journal *j, uint64_t index, const uint8_t *record,
                         uint8_t out[16])
{
    uint8_t sum[32], place[8];
    little_put64(place, index);
    const view parts[] = { bytes_of(j->header_check, 16), bytes_of(place, 8),
                           bytes_of(record, CHECKED) };
    keyed_sum(j->secret, "record", parts, COUNT_OF(parts), sum);
    memcpy(out, sum, 16);
}

/* ---- what is known ---- */

static err remember(struct journal *j, const struct journal_entry *e)
{
    uint32_t at;
    if (map_get(&j->ids, bytes_of(e->id.b, sizeof e->id.b), &at)) {
        bool keeps = e->state == JOURNAL_DONE && j->v[at].state == JOURNAL_INTENT;
        enum journal_state state = e->state;
        struct journal_entry known = j->v[at];
        j->v[at] = keeps ? known : *e; /* DONE has the length and sum of its intent */
        j->v[at].state = state;
        return OK;
    }
    if (j->n == UINT32_MAX) return ERR_LIMIT;
    if (j->n == j->cap) {
        size_t cap = j->cap ? j->cap * 2 : 64, bytes;
        if (!size_mul(cap, sizeof *j->v, &bytes)) return ERR_MEMORY;
        struct journal_entry *v = mem_resize(j->v, bytes);
        if (!v) return ERR_MEMORY;
        j->v = v;
        j->cap = cap;
    }
    view key;
    err failed = arena_copy(&j->arena, bytes_of(e->id.b, sizeof e->id.b), &key);
    if (!failed) failed = map_put(&j->ids, key, (uint32_t)j->n);
    if (!failed) j->v[j->n++] = *e;
    return failed;
}

const struct journal_entry *journal_find(const struct journal *j, const struct journal_id *id)
{
    uint32_t at;
    return map_get(&j->ids, bytes_of(id->b, sizeof id->b), &at) ? &j->v[at] : NULL;
}

struct journal_id journal_id_of(const struct journal *j, view output, uint64_t size,
                                int64_t changed_ns)
{
    uint8_t numbers[16], sum[32];
    struct journal_id id;
    little_put64(numbers, size);
    little_put64(numbers + 8, (uint64_t)changed_ns);
    const view parts[] = { output, bytes_of(numbers, sizeof numbers) };
    keyed_sum(j->secret, "input", parts, COUNT_OF(parts), sum);
    memcpy(id.b, sum, sizeof id.b);
    return id;
}

uint64_t journal_known_of(const struct journal *j, uint64_t digest)
{
    uint8_t number[8], sum[32];
    little_put64(number, digest);
    const view parts[] = { bytes_of(number, sizeof number) };
    keyed_sum(j->secret, "known", parts, COUNT_OF(parts), sum);
    return little_get64(sum);
}

/* ---- reading ---- */

/* ERR_CORRUPT without a diag: the record does not hold. */
static err read_record(struct journal *j, const uint8_t *r)
{
    uint8_t check[16];
    check_record(j, j->records, r, check);
    if (memcmp(check, r + CHECKED, sizeof check) != 0) return ERR_CORRUPT;
    if (r[AT_KIND] < JOURNAL_INTENT || r[AT_KIND] > JOURNAL_FAILED) return ERR_VERSION;
    struct journal_entry e = { .state = r[AT_KIND], .bytes = little_get64(r + AT_BYTES) };
    memcpy(e.id.b, r + AT_ID, sizeof e.id.b);
    memcpy(e.sum, r + AT_SUM, sizeof e.sum);
    e.known = little_get64(r + AT_KNOWN);
    return remember(j, &e);
}

static err read_header(struct journal *j, const uint8_t *h, const struct key *key, view terms,
                       struct diag *d)
{
    uint8_t sum[32];
    if (memcmp(h, magic, sizeof magic) != 0) return DIAG(d, ERR_FORMAT, "the file is no journal");
    if (little_get32(h + AT_VERSION) != VERSION || little_get32(h + AT_SIZE) != RECORD)
        return DIAG(d, ERR_VERSION, "the journal was written by another version");
    checksum32(bytes_of(h, CHECKED), sum);
    if (memcmp(sum, h + CHECKED, 16) != 0) return DIAG(d, ERR_CORRUPT, "the journal's header");
    memcpy(j->header_check, h + CHECKED, 16);
    make_secret(key, h + AT_SALT, j->secret);
    keyed_sum(j->secret, "terms", &terms, 1, sum);
    if (memcmp(sum, h + AT_TERMS, sizeof sum) != 0)
        return DIAG(d, ERR_CONFIG,
                    "the journal is of a run with another key, version or options; --force begins "
                    "anew");
    return OK;
}

/* *used: the bytes that hold. A header that was never whole holds none. */
static err replay(struct journal *j, view bytes, const struct key *key, view terms, size_t *used,
                  struct diag *d)
{
    err e = OK;
    const uint8_t *p = (const uint8_t *)bytes.p;
    *used = 0;
    if (bytes.n < HEADER) {
        if (!view_starts(bytes, bytes_of(magic, MIN(bytes.n, sizeof magic))))
            e = DIAG(d, ERR_FORMAT, "the file is no journal");
        return e;
    }
    TRY(read_header(j, p, key, terms, d));
    *used = HEADER;
    while (bytes.n - *used >= RECORD) {
        e = read_record(j, p + *used);
        bool is_last = bytes.n - *used < (size_t)2 * RECORD;
        if (e == ERR_CORRUPT && is_last) { /* torn: never acknowledged */
            e = OK;
            break;
        }
        if (e == ERR_CORRUPT) DIAG_AT(d, e, "a record of the journal", *used, RECORD);
        if (e == ERR_VERSION)
            DIAG_AT(d, e, "a record of the journal is of another version", *used, 1);
        TRY(e);
        *used += RECORD;
        j->records++;
    }
out:
    return e;
}

/* ---- writing ---- */

static err write_header(struct journal *j, const struct key *key, view terms, struct diag *d)
{
    uint8_t h[HEADER] = { 0 }, sum[32];
    memcpy(h, magic, sizeof magic);
    little_put32(h + AT_VERSION, VERSION);
    little_put32(h + AT_SIZE, RECORD);
    random_bytes(h + AT_SALT, SALT);
    make_secret(key, h + AT_SALT, j->secret);
    keyed_sum(j->secret, "terms", &terms, 1, sum);
    memcpy(h + AT_TERMS, sum, sizeof sum);
    checksum32(bytes_of(h, CHECKED), sum);
    memcpy(h + CHECKED, sum, 16);
    memcpy(j->header_check, sum, 16);
    if (ftruncate(j->fd, 0) != 0 || lseek(j->fd, 0, SEEK_SET) != 0)
        return DIAG_OS(d, "the journal can't be written");
    err e = file_write_fd(j->fd, bytes_of(h, sizeof h), d);
    if (!e && fdatasync(j->fd) != 0) return DIAG_OS(d, "the journal can't be synced");
    return e;
}

static err add_record(struct journal *j, const struct journal_entry *x, uint64_t ordinal, err code,
                      struct diag *d)
{
    err e = OK;
    uint8_t r[RECORD] = { 0 };
    r[AT_KIND] = (uint8_t)x->state;
    r[AT_CODE] = (uint8_t)code;
    little_put64(r + AT_ORDINAL, ordinal);
    memcpy(r + AT_ID, x->id.b, sizeof x->id.b);
    little_put64(r + AT_BYTES, x->bytes);
    memcpy(r + AT_SUM, x->sum, sizeof x->sum);
    little_put64(r + AT_KNOWN, x->known);
    check_record(j, j->records, r, r + CHECKED);
    TRY(remember(j, x));
    TRY(file_write_fd(j->fd, bytes_of(r, sizeof r), d));
    j->records++;
out:
    return e ? DIAG(d, e, "the journal can't be written") : OK;
}

err journal_intend(struct journal *j, const struct journal_id *id, uint64_t ordinal, uint64_t bytes,
                   const uint8_t sum[32], uint64_t known, struct diag *d)
{
    struct journal_entry x = { .id = *id, .state = JOURNAL_INTENT, .bytes = bytes, .known = known };
    memcpy(x.sum, sum, sizeof x.sum);
    err e = add_record(j, &x, ordinal, OK, d);
    if (!e && fdatasync(j->fd) != 0) return DIAG_OS(d, "the journal can't be synced");
    return e;
}

err journal_done(struct journal *j, const struct journal_id *id, uint64_t ordinal, struct diag *d)
{
    const struct journal_entry *known = journal_find(j, id);
    BUG_IF(!known);
    struct journal_entry x = *known;
    x.state = JOURNAL_DONE;
    return add_record(j, &x, ordinal, OK, d);
}

err journal_failed(struct journal *j, const struct journal_id *id, uint64_t ordinal, err why,
                   struct diag *d)
{
    const struct journal_entry x = { .id = *id, .state = JOURNAL_FAILED };
    return add_record(j, &x, ordinal, why, d);
}

/* ---- the whole ---- */

static err make(struct journal **out)
{
    struct journal *j = mem_alloc_zero(sizeof *j);
    if (!j) return ERR_MEMORY;
    j->fd = -1;
    arena_init(&j->arena, JOURNAL_MAX);
    map_init(&j->ids, &j->arena);
    *out = j;
    return OK;
}

void journal_free(struct journal *j)
{
    if (!j) return;
    if (j->fd >= 0) close(j->fd);
    arena_clear(&j->arena);
    mem_free(j->v);
    mem_free(j);
}

static err open_file(struct journal *j, const char *path, struct diag *d)
{
    struct stat st;
    j->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (j->fd < 0) return DIAG_OS(d, "the journal can't be opened");
    if (fstat(j->fd, &st) != 0) return DIAG_OS(d, "the journal can't be opened");
    if (!S_ISREG(st.st_mode)) return DIAG(d, ERR_USAGE, "the journal is no file");
    /* On a file system without locks two runs at once are the operator's to avoid. */
    if (flock(j->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return DIAG(d, ERR_EXISTS, "another run holds the journal");
    return OK;
}

err journal_open(struct journal **out, const struct journal_params *p, struct diag *d)
{
    err e = OK;
    struct buf all;
    size_t used = 0;
    struct journal *j = NULL;
    buf_init(&all, JOURNAL_MAX);
    TRY(make(&j));
    TRY(open_file(j, p->path, d));
    TRY(file_read_fd(j->fd, &all, d));
    bool is_ours =
        all.n == 0 || view_starts(buf_view(&all), bytes_of(magic, MIN(all.n, sizeof magic)));
    if (!is_ours)
        TRY(DIAG(d, ERR_EXISTS, "the file given as journal is none")); /* never truncated */
    if (!p->restart) TRY(replay(j, buf_view(&all), p->key, p->terms, &used, d));
    if (!used) {
        TRY(write_header(j, p->key, p->terms, d));
    } else if (ftruncate(j->fd, (off_t)used) != 0 || lseek(j->fd, (off_t)used, SEEK_SET) < 0) {
        TRY(DIAG_OS(d, "the journal can't be written"));
    }
    *out = j;
    j = NULL;
out:
    if (e) DIAG(d, e, "the journal could not be read");
    buf_clear(&all);
    journal_free(j);
    return e;
}

err journal_check(view bytes, const struct key *key, view terms, uint64_t *records, struct diag *d)
{
    err e = OK;
    size_t used;
    struct journal *j = NULL;
    *records = 0;
    TRY(make(&j));
    TRY(replay(j, bytes, key, terms, &used, d));
    *records = j->records;
out:
    journal_free(j);
    return e;
}
