#include "cli/batches.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "cli/version.h"
#include "lexicon/lexicon.h"

enum { SHARDS_MAX = 1000000 };
static const size_t LIST_MAX = (size_t)4 << 30;

void batches_init(struct batches *b)
{
    *b = (struct batches){ 0 };
    arena_init(&b->arena, 2 * LIST_MAX);
    buf_init(&b->terms, 1 << 20);
}

void batches_clear(struct batches *b)
{
    arena_clear(&b->arena);
    buf_clear(&b->terms);
}

static bool read_shard(const char *s, struct batch_params *p)
{
    view v = view_of_str(s);
    size_t slash = view_find_byte(v, 0, '/');
    uint64_t i, n;
    if (!view_to_u64(view_sub(v, 0, slash), &i) || !view_to_u64(view_sub(v, slash + 1, v.n), &n))
        return false;
    if (i < 1 || i > n || n > SHARDS_MAX) return false;
    p->shard = (unsigned)i;
    p->shards = (unsigned)n;
    return true;
}

/* Lines, or pieces ended by NUL when there is one: names may hold line ends. Empty ones say nothing. */
static err split_list(struct batches *b, view all, const char ***out, size_t *n)
{
    char end = all.n && memchr(all.p, 0, all.n) ? '\0' : '\n';
    size_t count = 0;
    for (size_t i = 0; i < all.n; i++)
        count += all.p[i] == end;
    const char **v = arena_array(&b->arena, count + 1, sizeof *v);
    if (!v) return ERR_MEMORY;
    *n = 0;
    for (size_t at = 0; at < all.n;) {
        size_t stop = view_find_byte(all, at, end);
        size_t length = stop - at;
        if (end == '\n' && length && all.p[stop - 1] == '\r') length--;
        char *path = arena_alloc(&b->arena, length + 1);
        if (!path) return ERR_MEMORY;
        memcpy(path, all.p + at, length);
        path[length] = '\0';
        if (length) v[(*n)++] = path;
        at = stop + 1;
    }
    *out = v;
    return OK;
}

static err read_list(struct batches *b, struct batch_params *p, struct diag *d)
{
    err e = OK;
    struct buf all;
    const char **v;
    size_t n;
    buf_init(&all, LIST_MAX);
    TRY(file_read_operand(b->inputs_from, &all, d));
    TRY(split_list(b, buf_view(&all), &v, &n));
    if (n == 0) TRY(DIAG(d, ERR_USAGE, "the list of inputs is empty"));
    p->inputs = v;
    p->n_inputs = n;
out:
    buf_clear(&all);
    return e ? DIAG(d, e, "the list of inputs could not be read") : OK;
}

bool batches_ready(struct batches *b, struct console *c, struct batch_params *p)
{
    struct diag d = { 0 };
    err e = OK;
    if (b->shard && !read_shard(b->shard, p)) {
        (void)console_misuse(c->command, "--shard takes I/N: the I-th of N parts, from 1");
        return false;
    }
    if (b->inputs_from) e = read_list(b, p, &d);
    if (e) (void)console_stop(c, e, &d);
    return !e;
}

/* Options that say where and how, not what comes out. */
static bool is_indifferent(const struct opt *o)
{
    static const char *const names[] = { "output",     "jobs",  "quiet",       "report",
                                         "journal",    "shard", "inputs-from", "force",
                                         "no-journal", "diff",  "help",        "failures" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(o->name, names[i]) == 0) return true;
    return o->kind == OPT_HEADING;
}

static err add_text(struct buf *out, const char *s, bool by_content)
{
    err e = OK;
    uint8_t sum[32];
    char hex[64];
    struct file_map m;
    enum file_kind kind;
    TRY(buf_add_u64(out, s ? strlen(s) : 0));
    TRY(buf_add_char(out, ':'));
    TRY(buf_add(out, view_of_str(s)));
    /* A file (key, site, columns) says what is in it; a vault grows with the run. */
    if (!s || !by_content || file_kind_of(s, &kind, NULL) || kind != FILE_REGULAR ||
        file_map(&m, s, NULL))
        return OK;
    checksum32(m.bytes, sum);
    file_unmap(&m);
    checksum_hex(sum, hex);
    TRY(buf_add(out, view_of(hex, sizeof hex)));
out:
    return e;
}

static err add_option(struct buf *out, const struct opt *o)
{
    err e = OK;
    TRY(buf_add(out, view_of_str(o->name)));
    TRY(buf_add_char(out, '='));
    switch (o->kind) {
    case OPT_FLAG: TRY(buf_add_u64(out, *(const bool *)o->into)); break;
    case OPT_TEXT:
        TRY(add_text(out, *(const char *const *)o->into, strcmp(o->name, "vault") != 0));
        break;
    case OPT_COUNT: TRY(buf_add_u64(out, *(const unsigned *)o->into)); break;
    case OPT_SIZE: TRY(buf_add_u64(out, *(const size_t *)o->into)); break;
    case OPT_CHOICE:
    case OPT_MAYBE: TRY(buf_add_u64(out, (uint64_t)(*(const int *)o->into + 1))); break;
    case OPT_TEXTS: {
        const struct opt_texts *t = o->into;
        for (unsigned i = 0; i < t->n; i++)
            TRY(add_text(out, t->v[i], true));
        break;
    }
    case OPT_HEADING: break;
    }
    TRY(buf_add_char(out, '\n'));
out:
    return e;
}

static err make_terms(struct batches *b, const struct opt *table, size_t n)
{
    err e = OK;
    TRY(buf_add(&b->terms, VIEW("cordon " CORDON_VERSION "\n")));
    TRY(buf_add(&b->terms, lexicon_version(lexicon_builtin())));
    for (size_t i = 0; i < n; i++)
        if (!is_indifferent(&table[i])) TRY(add_option(&b->terms, &table[i]));
out:
    return e;
}

static bool is_folder(const char *path)
{
    struct stat st;
    size_t n = strlen(path);
    return (n && path[n - 1] == '/') || (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* "clean/" gives "clean.journal", its third part of five "clean.3-of-5.journal". */
static err name_journal(struct batches *b, struct batch_params *p, const char **out)
{
    err e = OK;
    struct buf s;
    view folder = view_of_str(p->output), path;
    buf_init(&s, PATH_MAX);
    while (folder.n > 1 && folder.p[folder.n - 1] == '/')
        folder.n--;
    TRY(buf_add(&s, folder));
    if (p->shards) {
        TRY(buf_add_char(&s, '.'));
        TRY(buf_add_u64(&s, p->shard));
        TRY(buf_add(&s, VIEW("-of-")));
        TRY(buf_add_u64(&s, p->shards));
    }
    TRY(buf_add(&s, VIEW(".journal")));
    TRY(buf_add_char(&s, '\0'));
    TRY(arena_copy(&b->arena, buf_view(&s), &path));
    *out = path.p;
out:
    buf_clear(&s);
    return e;
}

/* Several results in a folder that can be made, beside which a file can be. */
static bool wants_journal(const struct batch_params *p)
{
    char parent[PATH_MAX];
    bool many = p->n_inputs > 1;
    size_t n = p->output ? strlen(p->output) : 0;
    if (!n || n >= sizeof parent) return false;
    for (size_t i = 0; i < p->n_inputs && !many; i++)
        many = is_folder(p->inputs[i]);
    if (!many && !is_folder(p->output)) return false;
    memcpy(parent, p->output, n + 1);
    while (n > 1 && parent[n - 1] == '/')
        n--;
    while (n > 0 && parent[n - 1] != '/')
        n--;
    parent[n] = '\0';
    return access(n ? parent : ".", W_OK) == 0;
}

bool batches_may_journal(const struct batches *b, const struct batch_params *p)
{
    return b->journal || (!b->no_journal && wants_journal(p));
}

bool batches_journal(struct batches *b, struct console *c, const struct opt *table, size_t n,
                     const struct key *key, bool repeatable, struct batch_params *p)
{
    err e = OK;
    struct diag d = { 0 };
    if (b->journal && (b->no_journal || !repeatable)) {
        (void)console_misuse(
            c->command, b->no_journal
                            ? "--journal and --no-journal: choose one"
                            : "--journal needs --key or --style mask: what a key that ends with "
                              "the run has made can't be continued");
        return false;
    }
    if (!repeatable || !batches_may_journal(b, p)) return true;
    bool automatic = !b->journal;
    p->journal = b->journal;
    p->journal_key = key;
    if (automatic) TRY(name_journal(b, p, &p->journal));
    TRY(make_terms(b, table, n));
    p->journal_terms = buf_view(&b->terms);
out:
    if (e) (void)console_stop(c, e, &d);
    return !e;
}
