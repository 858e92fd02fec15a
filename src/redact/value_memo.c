#include "redact/value_memo.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/random.h"

enum { SLOTS = 1024, VALUE_MAX = 48, EDITS_MAX = 4, BYTES_MAX = 128 };

struct entry {
    bool is_used, was_masked;
    uint8_t action, label, part, n_value, n_edits;
    struct {
        uint8_t from, to, n;
    } edit[EDITS_MAX];
    char bytes[BYTES_MAX]; /* the value, then the replacements in order */
};
struct slot {
    struct entry again, once;
};
struct value_memo {
    uint64_t seed; /* nobody can choose values that fall into one slot */
    uint64_t of;
    struct slot slots[SLOTS];
};

err value_memo_new(struct value_memo **out)
{
    struct value_memo *m = mem_alloc_zero(sizeof *m);
    if (!m) return ERR_MEMORY;
    random_bytes(&m->seed, sizeof m->seed);
    *out = m;
    return OK;
}

void value_memo_free(struct value_memo *m)
{
    mem_free(m);
}

void value_memo_serve(struct value_memo *m, uint64_t of)
{
    if (LIKELY(m->of == of)) return;
    mem_wipe(m->slots, sizeof m->slots);
    m->of = of;
}

static struct slot *slot_of(struct value_memo *m, enum action action, const struct rewrite *r)
{
    uint64_t kind = (uint64_t)action << 16 | (uint64_t)r->label << 8 | r->part;
    return &m->slots[hash64(r->value, m->seed + kind) % SLOTS];
}

static bool is_of(const struct entry *e, enum action action, const struct rewrite *r)
{
    return e->is_used && e->action == action && e->label == r->label && e->part == r->part &&
           e->n_value == r->value.n && !memcmp(e->bytes, r->value.p, r->value.n);
}

static err put(const struct entry *x, struct rewrite *r)
{
    err e = OK;
    size_t at = x->n_value;
    for (unsigned i = 0; i < x->n_edits; i++) {
        view with = view_of(x->bytes + at, x->edit[i].n);
        TRY(rewrite_put(r, x->edit[i].from, x->edit[i].to, with));
        at += with.n;
    }
out:
    return e;
}

err value_memo_put(struct value_memo *m, enum action action, struct rewrite *r, bool *was_masked,
                   bool *known)
{
    *known = false;
    if (!r->value.n || r->value.n > VALUE_MAX) return OK;
    struct slot *at = slot_of(m, action, r);
    if (!is_of(&at->again, action, r)) {
        if (!is_of(&at->once, action, r)) return OK;
        struct entry swap = at->again;
        at->again = at->once;
        at->once = swap;
    }
    *known = true;
    *was_masked = at->again.was_masked;
    return put(&at->again, r);
}

void value_memo_keep(struct value_memo *m, enum action action, const struct rewrite *r,
                     uint32_t first, bool was_masked)
{
    uint32_t n = r->n - first;
    size_t bytes = r->value.n;
    if (!bytes || bytes > VALUE_MAX || n > EDITS_MAX) return;
    for (uint32_t i = 0; i < n; i++) {
        if (r->v[first + i].with.n > BYTES_MAX) return;
        bytes += r->v[first + i].with.n;
    }
    if (bytes > BYTES_MAX) return;
    struct entry *e = &slot_of(m, action, r)->once;
    *e = (struct entry){ .is_used = true,
                         .was_masked = was_masked,
                         .action = (uint8_t)action,
                         .label = (uint8_t)r->label,
                         .part = r->part,
                         .n_value = (uint8_t)r->value.n,
                         .n_edits = (uint8_t)n };
    memcpy(e->bytes, r->value.p, r->value.n);
    size_t at = r->value.n;
    for (uint32_t i = 0; i < n; i++) {
        const struct edit *x = &r->v[first + i];
        e->edit[i].from = (uint8_t)(x->start - r->base);
        e->edit[i].to = (uint8_t)(x->end - r->base);
        e->edit[i].n = (uint8_t)x->with.n;
        if (x->with.n) memcpy(e->bytes + at, x->with.p, x->with.n);
        at += x->with.n;
    }
}
