/* Each line of data/names/nicknames.txt: a given name, then what its bearers are called. A table from hash
 * to the lines that hold the name is made when the engine is; a look-up then follows one chain. */
#include "detect/nicknames.h"

#include "base/mem.h"
#include "detect/nickname_text.h"
#include "text/token.h"

enum { SLOTS = 4096, NONE = UINT16_MAX, NAMES_MAX = 2048, LINES_MAX = 1024 };

struct nickname { /* one name of one line */
    uint64_t hash;
    uint16_t line, next; /* next of the same hash's slot */
};
struct nicknames {
    uint16_t slot[SLOTS];
    uint16_t first[LINES_MAX + 1]; /* names of line l: first[l] … first[l + 1] */
    struct nickname v[NAMES_MAX];
    uint16_t n;
};

static void add_line(struct nicknames *t, uint16_t l, view line)
{
    t->first[l] = t->n;
    for (size_t at = 0; at < line.n;) {
        size_t end = view_find_byte(line, at, ' ');
        BUG_IF(t->n == NAMES_MAX);
        struct nickname *x = &t->v[t->n];
        *x = (struct nickname){ .hash = token_hash_word(view_sub(line, at, end)), .line = l };
        x->next = t->slot[x->hash % SLOTS];
        t->slot[x->hash % SLOTS] = t->n++;
        at = end + 1;
    }
}

err nicknames_new(struct nicknames **out)
{
    const view text = view_of(nickname_texts[0].p, nickname_texts[0].n);
    uint16_t l = 0;
    struct nicknames *t = mem_alloc_zero(sizeof *t);
    if (!t) return ERR_MEMORY;
    memset(t->slot, 0xFF, sizeof t->slot);
    for (size_t at = 0; at < text.n;) {
        size_t end = view_find_byte(text, at, '\n');
        BUG_IF(l == LINES_MAX);
        if (end > at && text.p[at] != '#') add_line(t, l++, view_sub(text, at, end));
        at = end + 1;
    }
    t->first[l] = t->n;
    *out = t;
    return OK;
}

void nicknames_free(struct nicknames *n)
{
    mem_free(n);
}

err nicknames_of(const struct nicknames *n, uint64_t hash, nickname_fn *each, void *ctx)
{
    err e = OK;
    for (uint16_t i = n->slot[hash % SLOTS]; i != NONE; i = n->v[i].next) {
        const struct nickname *x = &n->v[i];
        if (x->hash != hash) continue;
        for (uint16_t k = n->first[x->line]; k < n->first[x->line + 1]; k++)
            if (n->v[k].hash != hash) TRY(each(ctx, n->v[k].hash));
    }
out:
    return e;
}
