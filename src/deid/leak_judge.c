/* deid/leak_judge.c — was what stands there left from the original, or put there by the run?
 *
 * A surrogate may be somebody's real value: the town that one patient gets is part of another's name. A run leaves the
 * bytes outside of what it replaces as they are, the *form* of a record. So a place of an output is the place of the
 * original that is as many bytes of the form away from the beginning; and what no original of that form has there can't
 * have been left there. Records of the same form are taken together: what one of them has there counts for all. Only
 * where no record was lost is the record of the same number, in an input as long, the original (deid/leak_pairs.c).
 * Quotation marks don't belong to the form: a table's cell gets them when its new text needs them. Nor do marks within
 * a field of a message, and how many places there are: a value that is found over several of them leaves some empty. */
#include "base/hash.h"
#include "base/sorted.h"
#include "deid/leak_inside.h"

enum { SUSPECTS_MAX = 1 << 22, FIRST_SUSPECTS = 1 << 8 };

/* ---- the form of a record ---- */

static int by_from(const void *pa, const void *pb)
{
    const struct leak_range *a = pa, *b = pb;
    return a->from < b->from ? -1 : a->from > b->from;
}

static struct leak_range of_piece(const struct piece *p)
{
    return (struct leak_range){ .from = (uint64_t)p->base + offset_start(&p->map, 0),
                                .to =
                                    (uint64_t)p->base + offset_end(&p->map, (uint32_t)p->text.n) };
}

static uint32_t all_ranges(const struct record *r, struct leak_range *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n; i++)
        if (!r->pieces[i].inside) out[n++] = of_piece(&r->pieces[i]);
    for (uint32_t i = 0; i < r->n_codes; i++)
        if (!r->codes[i].inside) out[n++] = of_piece(&r->codes[i]);
    for (uint32_t i = 0; i < r->n_embedded; i++)
        if (!r->embedded[i].inside) out[n++] = leak_embedded_at(r, i + 1);
    for (uint32_t i = 0; i < r->n_derived; i++) {
        const struct derived *d = &r->derived[i];
        if (!r->embedded[d->of].inside)
            out[n++] = (struct leak_range){ .from = d->base, .to = (uint64_t)d->base + d->length };
    }
    return n;
}

/* Goes on with the hash over bytes of the form; counts them. */
static uint64_t roll_form(uint64_t h, view bytes, uint64_t *n)
{
    for (size_t i = 0; i < bytes.n; i++) {
        if (bytes.p[i] == '"' || bytes.p[i] == '^' || bytes.p[i] == '&' || bytes.p[i] == '~')
            continue;
        h = (h ^ (uint8_t)bytes.p[i]) * UINT64_C(0x100000001B3);
        ++*n;
    }
    return h;
}

struct leak_range leak_embedded_at(const struct record *r, uint32_t inside)
{
    const struct embedded *x = &r->embedded[inside - 1];
    while (x->inside)
        x = &r->embedded[x->inside - 1];
    return (struct leak_range){ .from = x->base, .to = (uint64_t)x->base + x->length };
}

err leak_form_read(struct leak_form *f, uint64_t pair, const struct batch_record *b,
                   const struct record *r, struct arena *a)
{
    size_t most = (size_t)r->n + r->n_codes + r->n_embedded + r->n_derived;
    uint64_t pos = 0, at = 0, h = hash64(view_of_str(b->format->name), 0);
    *f = (struct leak_form){ .ranges = arena_array(a, most + 1, sizeof *f->ranges) };
    if (!f->ranges) return ERR_MEMORY;
    uint32_t n = all_ranges(r, f->ranges);
    if (n) qsort(f->ranges, n, sizeof *f->ranges, by_from);
    for (uint32_t i = 0; i < n; i++) {
        struct leak_range x = f->ranges[i];
        x.to = MAX(x.to, x.from); /* an empty one may end before it begins */
        if (x.from > pos || !f->n) {
            h = roll_form(h, view_sub(b->bytes, pos, MAX(x.from, pos)), &at);
            x.at = at;
            f->ranges[f->n++] = x;
        } else {
            f->ranges[f->n - 1].to = MAX(f->ranges[f->n - 1].to, x.to);
        }
        pos = MAX(pos, x.to);
    }
    h = roll_form(h, view_sub(b->bytes, MIN(pos, b->bytes.n), b->bytes.n), &at);
    f->hash = leak_closed(hash_mix(hash_mix(h, at), pair));
    return OK;
}

static bool is_not_behind(const void *range, const void *offset)
{
    return ((const struct leak_range *)range)->from <= *(const uint64_t *)offset;
}

struct leak_range *leak_range_of(const struct leak_form *f, uint64_t offset)
{
    uint32_t n = sorted_first(f->ranges, f->n, sizeof *f->ranges, &offset, is_not_behind);
    return n && offset < f->ranges[n - 1].to ? &f->ranges[n - 1] : NULL;
}

/* ---- who is under suspicion ---- */

static uint64_t key_of(const struct leak_form *f, const struct leak_range *r, uint64_t value)
{
    return leak_closed(hash_mix(hash_mix(f->hash, r->at), value));
}

static struct leak_suspect *slot_of(const struct leak_suspects *s, uint64_t key)
{
    uint32_t i = (uint32_t)key & (s->cap - 1);
    while (s->v[i].key && s->v[i].key != key)
        i = (i + 1) & (s->cap - 1);
    return &s->v[i];
}

static err put(struct leak_suspects *s, uint64_t key)
{
    if (s->cap == 0 || s->n * 2 >= s->cap) {
        struct leak_suspects more = { .n = s->n, .cap = s->cap ? s->cap * 2 : FIRST_SUSPECTS };
        more.v = mem_alloc_zero((size_t)more.cap * sizeof *more.v);
        if (!more.v) return ERR_MEMORY;
        for (uint32_t i = 0; i < s->cap; i++)
            if (s->v[i].key) *slot_of(&more, s->v[i].key) = s->v[i];
        mem_free(s->v);
        *s = more;
    }
    struct leak_suspect *x = slot_of(s, key);
    s->n += !x->key;
    x->key = key;
    return OK;
}

err leak_suspect(struct leak_hunt *h, const struct leak_form *f)
{
    err e = OK;
    struct leak_suspects *s = &h->c->suspects;
    (void)pthread_mutex_lock(&h->c->lock);
    for (uint32_t i = 0; i < h->n && !e; i++) {
        const struct leak_range *r = leak_range_of(f, h->v[i].offset);
        if (s->n >= SUSPECTS_MAX) s->is_full = true;
        if (!r || s->is_full) continue;
        e = put(s, f->hash);
        if (!e) e = put(s, key_of(f, r, h->v[i].value));
    }
    (void)pthread_mutex_unlock(&h->c->lock);
    return e;
}

static bool is_original(const struct leak_suspects *s, uint64_t key)
{
    return slot_of(s, key)->is_original;
}

bool leak_is_form(const struct leak_check *c, const struct leak_form *f)
{
    return c->suspects.n && slot_of(&c->suspects, f->hash)->key;
}

/* Workers may say so at the same time. False when it is under no suspicion. */
static bool set_original(struct leak_suspects *s, uint64_t key)
{
    struct leak_suspect *x = slot_of(s, key);
    if (x->key) __atomic_store_n(&x->is_original, true, __ATOMIC_RELAXED);
    return x->key != 0;
}

void leak_mark_form(struct leak_check *c, const struct leak_form *f)
{
    (void)set_original(&c->suspects, f->hash);
}

void leak_mark(struct leak_check *c, const struct leak_form *f, uint64_t offset, uint64_t value)
{
    struct leak_range *r = leak_range_of(f, offset);
    if (r) r->is_marked |= set_original(&c->suspects, key_of(f, r, value));
}

void leak_judge(struct leak_hunt *h, const struct leak_form *f)
{
    const struct leak_suspects *s = &h->c->suspects;
    bool is_known = is_original(s, f->hash);
    for (uint32_t i = 0; i < h->n; i++) {
        const struct leak_range *r = leak_range_of(f, h->v[i].offset);
        h->v[i].is_formless = r && !is_known;
        h->v[i].is_put = r && is_known && !is_original(s, key_of(f, r, h->v[i].value));
    }
}
