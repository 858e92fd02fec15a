#include "detect/seen.h"

#include "base/hash.h"
#include "base/random.h"

enum { SLOTS = 2048, FOUND_MAX = 3 };

struct entry {
    uint64_t of; /* 0: empty */
    uint8_t n_text, n_field, n_found;
    char bytes[SEEN_BYTES_MAX]; /* text, then field */
    struct finding found[FOUND_MAX];
};
struct slot {
    struct entry again, once;
};
struct seen {
    uint64_t seed; /* nobody can choose texts that fall into one slot */
    struct slot slots[SLOTS];
};

err seen_new(struct seen **out)
{
    struct seen *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    random_bytes(&s->seed, sizeof s->seed);
    *out = s;
    return OK;
}

void seen_free(struct seen *s)
{
    mem_free(s);
}

static bool fits(view text, view field)
{
    return text.n <= SEEN_BYTES_MAX && field.n <= SEEN_BYTES_MAX - text.n;
}

static struct slot *slot_of(struct seen *s, view text, view field)
{
    return &s->slots[hash64(text, hash64(field, s->seed)) % SLOTS];
}

static bool is_of(const struct entry *e, uint64_t of, view text, view field)
{
    return e->of == of && view_eq(view_of(e->bytes, e->n_text), text) &&
           view_eq(view_of(e->bytes + e->n_text, e->n_field), field);
}

static bool copy_found(const struct entry *e, struct findings *out)
{
    uint32_t before = out->n;
    for (uint32_t i = 0; i < e->n_found; i++)
        if (findings_add(out, e->found[i])) {
            out->n = before; /* the usual way meets the same limit and says so */
            return false;
        }
    return true;
}

bool seen_find(struct seen *s, uint64_t of, view text, view field, struct findings *out)
{
    if (!fits(text, field)) return false;
    struct slot *at = slot_of(s, text, field);
    if (is_of(&at->again, of, text, field)) return copy_found(&at->again, out);
    if (!is_of(&at->once, of, text, field)) return false;
    struct entry swap = at->again;
    at->again = at->once;
    at->once = swap;
    return copy_found(&at->again, out);
}

void seen_keep(struct seen *s, uint64_t of, view text, view field, const struct findings *found)
{
    if (!fits(text, field) || found->n > FOUND_MAX) return;
    struct entry *e = &slot_of(s, text, field)->once;
    *e = (struct entry){ .of = of,
                         .n_text = (uint8_t)text.n,
                         .n_field = (uint8_t)field.n,
                         .n_found = (uint8_t)found->n };
    if (text.n) memcpy(e->bytes, text.p, text.n);
    if (field.n) memcpy(e->bytes + text.n, field.p, field.n);
    if (found->n) memcpy(e->found, found->v, found->n * sizeof *found->v);
}
