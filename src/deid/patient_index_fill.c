/* deid/patient_index_fill.c — the first pass over the inputs. Apart from the index, which the library has too:
 * a batch keeps state of the process. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "deid/patient_inside.h"

static const size_t FILL_ARENA_MAX = (size_t)1 << 30;
enum { GISTS = 1 << 15 }; /* a power of two */

/* What is said of people is often the same in the next record of a patient: those need not be decoded again. A gist that
 * is forgotten for another one costs time alone. */
struct fill_scratch {
    struct arena arena;
    uint64_t *gists; /* GISTS hashes of what was added, each where its last bits say; 0: none */
};
struct filling {
    struct patient_index *x;
    bool must_say; /* what is read has to be read whole, and to say whose its values are */
};

static err scratch_make(void **out)
{
    struct fill_scratch *s = mem_alloc_zero(sizeof *s);
    *out = s;
    if (!s) return ERR_MEMORY;
    arena_init(&s->arena, FILL_ARENA_MAX);
    s->gists = mem_alloc_zero(GISTS * sizeof *s->gists);
    return s->gists ? OK : ERR_MEMORY;
}

static void scratch_drop(void *p)
{
    struct fill_scratch *s = p;
    if (!s) return;
    arena_clear(&s->arena);
    mem_free(s->gists);
    mem_free(s);
}

/* Of the record, by which it is known again; 0: it can't be. Under the key of the table: nobody can make another record
 * that is taken for it. */
static uint64_t gist_of(const struct patient_index *x, const struct batch_record *r,
                        struct arena *a)
{
    view gist;
    if (!r->format->gist || !r->format->gist(r->format, r->bytes, a, &gist)) return 0;
    uint64_t hash = patient_hash(x, gist, false, CHAIN_VALUES);
    if (!x->inputs.wanted || !r->path) return hash;
    const uint64_t both[2] = { hash, hash64(view_of_str(r->path), 0) };
    return patient_hash(x, view_of((const char *)both, sizeof both), false, CHAIN_VALUES);
}

static err fill_one(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                    struct deid_counts *counts, struct diag *d)
{
    (void)out, (void)counts;
    const struct filling *f = ctx;
    struct fill_scratch *s = scratch;
    struct record rec;
    uint64_t gist = 0;
    if (!format_has_roles(r->format) && f->must_say) return ERR_FORMAT;
    if (!format_has_roles(r->format) || patient_index_has_failed(f->x)) return OK;
    arena_reset(&s->arena);
    if (!f->must_say) gist = gist_of(f->x, r, &s->arena);
    if (gist && s->gists[gist & (GISTS - 1)] == gist) return OK;
    err e = format_decode(r->format, r->bytes, r->encoding, &s->arena, &rec, d);
    /* the run that follows refuses it too, and says so */
    if (e) return e == ERR_MEMORY || f->must_say ? e : OK;
    if (!f->must_say && r->path) e = patient_note_input(f->x, r->path, &rec);
    if (!e) e = patient_index_add(f->x, &rec, &s->arena);
    if (!e && gist) s->gists[gist & (GISTS - 1)] = gist;
    return e;
}

/* Also for what is passed over: nothing is written in this pass. */
static err left_out(const void *ctx, void *scratch, const struct batch_record *r, err why,
                    struct buf *out)
{
    (void)scratch, (void)r, (void)out;
    const struct filling *f = ctx;
    if (why == ERR_MEMORY) (void)patient_index_fail(f->x, why);
    return OK;
}

static err fill(const struct filling *f, const struct batch_params *p, struct diag *d)
{
    err e = OK;
    struct batch_params pass = *p;
    struct batch_result result;
    const struct batch_work work = { .ctx = f,
                                     .scratch_new = scratch_make,
                                     .scratch_free = scratch_drop,
                                     .record = fill_one,
                                     .failed = left_out,
                                     .collect = true };
    pass.output = NULL;
    pass.on_failure = NULL;
    pass.on_failed_path = NULL;
    pass.on_output = NULL;
    TRY(batch_run_work(&work, &pass, &result, d));
    patient_inputs_done(f->x);
    e = patient_index_fail(f->x, OK);
    if (e == ERR_LIMIT) DIAG(d, e, "too many patients for one run: give fewer inputs a run");
    if (e) DIAG(d, e, "the patient index could not be written");
    if (!e && f->must_say && result.inputs_failed + result.records_failed)
        e = DIAG(d, ERR_CONFIG, "rosters: a file of the form records is none, or is faulty");
out:
    return e;
}

err patient_index_fill(struct patient_index *x, const struct batch_params *p, struct diag *d)
{
    const struct filling f = { .x = x };
    return fill(&f, p, d);
}

err patient_index_fill_from(struct patient_index *x, view paths, const struct batch_params *p,
                            struct diag *d)
{
    err e = OK;
    const struct filling f = { .x = x, .must_say = true };
    struct batch_params pass = *p;
    pass.format = NULL; /* a roster need not be what the inputs are */
    pass.encoding = ENC_AUTO;
    pass.n_inputs = 1;
    pass.shards = 0;
    pass.on_progress = NULL;
    for (size_t at = 0; at < paths.n; at = view_find_byte(paths, at, '\0') + 1) {
        const char *path = paths.p + at;
        uint64_t before = x->said;
        pass.inputs = &path;
        TRY(fill(&f, &pass, d));
        if (x->said == before)
            TRY(DIAG(d, ERR_CONFIG, "rosters: a file of records says of no patient who it is"));
    }
out:
    return e;
}

/* Compressed or not to be opened: it may well be. */
static bool may_have_roles(const char *path, const struct format_options *o)
{
    char head[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return true;
    ssize_t n = read(fd, head, sizeof head);
    close(fd);
    if (n < 4) return true;
    bool packed = memcmp(head, "\x1F\x8B", 2) == 0 || memcmp(head, "\x28\xB5\x2F\xFD", 4) == 0;
    bool has_roles = packed || format_may_have_roles(format_sniff(view_of(head, (size_t)n)), o);
    mem_wipe(head, sizeof head);
    return has_roles;
}

bool patient_index_may_help(const struct batch_params *p)
{
    bool helps = false;
    struct stat st;
    if (p->format && !format_may_have_roles(p->format, p->format_options)) return false;
    for (size_t i = 0; i < p->n_inputs; i++) {
        if (strcmp(p->inputs[i], "-") == 0 || stat(p->inputs[i], &st) != 0) return false;
        if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) return false;
        helps = helps || p->format || S_ISDIR(st.st_mode) ||
                may_have_roles(p->inputs[i], p->format_options);
    }
    return helps;
}
