#include "deid/ahead.h"

#include "base/tuning.h"
#include "deid/patient_cache.h"
#include "format/reader.h"

struct ahead {
    /* Records in the order of their turns. */
    struct exam records[TUNE_TOGETHER_MAX];
    view bytes[TUNE_TOGETHER_MAX];
    bool failed[TUNE_TOGETHER_MAX]; /* it could not be opened */
    uint32_t n_records, next;
    const struct format *format;
    /* Their texts, or those of the one record whose turn it is. */
    struct detect_task tasks[TUNE_TOGETHER_MAX];
    struct known_list known[TUNE_TOGETHER_MAX];
    struct findings found[TUNE_TOGETHER_MAX];
    uint32_t piece[TUNE_TOGETHER_MAX];
    uint32_t n;
    size_t n_bytes;
};

err ahead_new(struct ahead **out)
{
    struct ahead *a = mem_alloc_zero(sizeof *a);
    if (!a) return ERR_MEMORY;
    for (unsigned i = 0; i < TUNE_TOGETHER_MAX; i++)
        findings_init(&a->found[i], DETECT_MAX);
    *out = a;
    return OK;
}

void ahead_free(struct ahead *a)
{
    for (unsigned i = 0; a && i < TUNE_TOGETHER_MAX; i++)
        findings_clear(&a->found[i]);
    mem_free(a);
}

void ahead_drop(struct deid_scratch *s)
{
    struct ahead *a = s->ahead;
    a->n_records = a->next = a->n = 0;
    a->n_bytes = 0;
    exam_forget_keys(s);
    arena_reset(&s->arena);
}

/* ---- texts ---- */

err ahead_known(struct exam *x, const struct piece *p, struct known_list *out)
{
    err e = OK;
    struct patient_said said;
    out->n = 2;
    TRY(record_known_for(&x->values, p, &out->v[0]));
    TRY(patient_cache_find(x->d, x->s, record_owner_patient(&x->owner, p), &out->v[1], &said));
out:
    return e;
}

/* One that is long goes alone: it has the caches to itself, and what is found in it does not stay in memory. */
static bool goes_with_others(const struct piece *p)
{
    return p->role < ROLE_NAME && p->text.n <= tune.together_bytes;
}

/* Adds the prose of x from piece `from` on. False: there was no room for all of it. */
static bool gather(struct ahead *a, struct exam *x, uint32_t from)
{
    x->text = x->texts_end = a->n;
    for (x->gathered = from; x->gathered < x->r->n; x->gathered++) {
        const struct piece *p = &x->r->pieces[x->gathered];
        const uint32_t i = a->n;
        if (!goes_with_others(p)) continue;
        if (i == tune.together || a->n_bytes + p->text.n > tune.together_bytes) return false;
        if (ahead_known(x, p, &a->known[i])) return false;
        a->tasks[i] = (struct detect_task){ p->text, p->field, &a->known[i], &a->found[i], OK };
        a->piece[i] = x->gathered;
        a->n_bytes += p->text.n;
        x->texts_end = ++a->n;
    }
    return true;
}

/* The prose of x from piece `from` on, in place of what was looked through before: no record is open that still waits for
 * its turn. */
static void look_on(struct ahead *a, struct exam *x, uint32_t from)
{
    const uint64_t forgotten = x->s->cache.forgotten;
    a->n = 0;
    a->n_bytes = 0;
    gather(a, x, from);
    if (x->gathered == from) x->gathered++;              /* it failed: let its turn say so */
    if (a->n == 1 || x->s->cache.forgotten != forgotten) /* what is known of some is gone */
        x->text = x->texts_end = 0;
    else
        detect_together(x->d->detect, x->s->detect, a->tasks, a->n);
}

static bool copy_found(const struct findings *from, struct findings *out)
{
    for (uint32_t i = 0; i < from->n; i++)
        if (findings_add(out, from->v[i])) {
            out->n = 0;
            return false;
        }
    return true;
}

bool ahead_found(struct exam *x, const struct piece *p, struct findings *out)
{
    struct ahead *a = x->s->ahead;
    const uint32_t i = (uint32_t)(p - x->r->pieces);
    if (!goes_with_others(p)) return false;
    if (i >= x->gathered && a->next == a->n_records) look_on(a, x, i);
    if (x->text == x->texts_end || a->piece[x->text] != i) return false;
    const struct detect_task *t = &a->tasks[x->text++];
    BUG_IF(t->text.p != p->text.p || t->text.n != p->text.n); /* another text's findings */
    return !t->result && copy_found(t->out, out);
}

/* ---- records ---- */

size_t deid_ahead(const struct deid *d, struct deid_scratch *s, const struct format *f,
                  enum encoding enc, view block)
{
    struct ahead *a = s->ahead;
    size_t pos = 0, end = 0;
    bool has_room = f->is_stream;
    ahead_drop(s);
    exam_serve(s, d);
    const uint64_t forgotten = s->cache.forgotten;
    a->format = f;
    while (has_room && pos < block.n && a->n_records < tune.together) {
        struct diag unsaid = { 0 };
        const uint32_t i = a->n_records;
        a->bytes[i] = reader_record(f, block, &end);
        if (end > tune.together_bytes) break;
        a->failed[i] =
            exam_open(d, s, f, enc, a->bytes[i], VIEW(""), &a->records[i], &unsaid) != OK;
        has_room = a->failed[i] || gather(a, &a->records[i], 0);
        a->n_records++;
        pos = end;
    }
    if (s->cache.forgotten != forgotten) /* what is known of some is gone */
        ahead_drop(s);
    else
        detect_together(d->detect, s->detect, a->tasks, a->n);
    return pos ? pos : f->is_stream ? end : block.n;
}

struct exam *ahead_next(const struct deid *d, struct deid_scratch *s, const struct format *f,
                        view bytes, view domain)
{
    struct ahead *a = s->ahead;
    const uint32_t i = a->next;
    if (i == a->n_records || a->format != f || a->bytes[i].p != bytes.p ||
        a->bytes[i].n != bytes.n || domain.n || s->engine != d->number) {
        ahead_drop(s);
        return NULL;
    }
    a->next++;
    return a->failed[i] ? NULL : &a->records[i];
}
